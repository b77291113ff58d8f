//! Typing a formula: faults stand under their character, the last good surface stays on the
//! plot, letters become dials, and the gallery can be read and edited as text.

use ravine::math::formula::Formula;
use ravine::objective::problems::{PROBLEMS, read_loss};
use ravine::objective::surfaces::GALLERY;
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::harness::{Page, browse};

async fn open_editor(page: &Page) {
    page.click("#formula-edit").await;
    page.wait_for("document.activeElement.id === 'formula-text'").await;
}

/// Types over what stands in the editor, key by key.
async fn type_over(page: &Page, text: &str) {
    page.press(&[Key::Control], 'a').await;
    page.type_text(text).await;
    page.painted().await;
}

#[test]
fn a_fault_stands_under_its_character_and_the_last_good_surface_stays() {
    browse("f=x^2%2By^2&step=0", async |page| {
        open_editor(page).await;
        for text in ["x^2 + * y", "sin x", "(x + 1", "x^2 + y) * 2", "3 # x", "foo(x)", "x^", "2 +"]
        {
            let error = Formula::parse(text).unwrap_err();
            type_over(page, text).await;
            let said = page.text("#formula-fault").await;
            assert!(said.contains(&error.message), "{text}: {said}");
            assert!(said.to_lowercase().contains("column "), "{text}: {said}");

            // The mark's middle lies under the middle of the character.
            let (mark, letter): (f64, f64) = page
                .call(
                    "const [before] = arguments;
                     const input = document.getElementById('formula-text');
                     const style = getComputedStyle(input);
                     const pen = document.createElement('canvas').getContext('2d');
                     pen.font = style.font;
                     const box = document.getElementById('formula-caret').getBoundingClientRect();
                     const left = input.getBoundingClientRect().left
                         + parseFloat(style.borderLeftWidth) + parseFloat(style.paddingLeft);
                     const at = left + pen.measureText(before).width + pen.measureText('x').width / 2;
                     return [box.left + box.width / 2, at];",
                    json!([text.chars().take(error.column - 1).collect::<String>()]),
                )
                .await;
            assert!((mark - letter).abs() < 3.0, "{text}: the mark is at {mark}, not {letter}");

            let surface = &page.model().await["surface"];
            let last_good = surface["text"].as_str().unwrap();
            assert!(Formula::parse(last_good).is_ok() && last_good != text, "{last_good}");
            assert_eq!(page.ask::<Value>("JSON.parse(lab.faults())").await, json!([]));
        }
        // A good one takes the fault away, and Enter takes the formula.
        type_over(page, "x^2 + 3sin(y)^2").await;
        assert_eq!(page.text("#formula-fault").await, "");
        assert_eq!(page.model().await["surface"]["text"], "x^2 + 3sin(y)^2");
        page.press(&[], Key::Enter).await;
        assert!(page.eval::<bool>("document.getElementById('formula-editor').hidden").await);
        page.wait_for("location.hash.includes('3sin(y)^2')").await;
    });
}

#[test]
fn the_mark_follows_a_text_that_is_longer_than_its_box() {
    browse("f=x^2%2By^2&step=0", async |page| {
        open_editor(page).await;
        type_over(page, &format!("{}@", "x + ".repeat(60))).await;
        let (mark, right): (f64, f64) = page
            .eval(
                "(() => {
                    const box = (id) => document.getElementById(id).getBoundingClientRect();
                    return [box('formula-caret').left, box('formula-text').right];
                })()",
            )
            .await;
        assert!(mark < right && mark > right - 40.0, "{mark}, and the box ends at {right}");
    });
}

#[test]
fn letters_become_dials_that_keep_their_values() {
    browse("f=x^2%2By^2&step=0", async |page| {
        let labels = "[...document.querySelectorAll('#surface-dials label')]
            .map((label) => label.textContent)";
        open_editor(page).await;
        type_over(page, "a*x^2 + b*y^2").await;
        assert_eq!(page.eval::<Vec<String>>(labels).await, ["a", "b"]);
        page.set("#surface-dials > :nth-child(2) input[type=number]", "20").await;
        page.wait_for("location.hash.includes('f.b=20')").await;
        page.focus("#formula-text").await;
        type_over(page, "b*y^2 + kappa*x^2 + b").await;
        assert_eq!(page.eval::<Vec<String>>(labels).await, ["b", "κ"]);
        let dials = &page.model().await["surface"]["dials"];
        assert_eq!(dials[0]["value"].as_f64(), Some(20.0));
        assert_eq!(dials[1]["value"].as_f64(), Some(1.0));
        // The formula is shown as mathematics.
        let shown: String = page.text("#formula-shown math").await;
        assert!(shown.contains('κ'), "{shown}");
    });
}

#[test]
fn every_surface_of_the_gallery_opens_as_text_that_is_the_same_surface() {
    browse("step=0", async |page| {
        for surface in GALLERY {
            page.set("#gallery", surface.key).await;
            // A formula of one's own has no equal scales unless asked for.
            page.change("equal", "no").await;
            page.painted().await;
            let before: [Value; 2] =
                page.ask("[lab.fingerprint(), JSON.parse(lab.model()).surface.window]").await;
            open_editor(page).await;
            let text: String = page.eval("document.getElementById('formula-text').value").await;
            assert_eq!(text, surface.formula);
            // A blank makes it the user's own.
            page.press(&[], Key::End).await;
            page.type_text(" ").await;
            page.painted().await;
            let model = page.model().await;
            assert_eq!(model["surface"]["typed"], true, "{text}");
            let names = |dials: &Value| dials.as_array().map_or(0, Vec::len);
            assert_eq!(names(&model["surface"]["dials"]), surface.parameters.len(), "{text}");
            let after: [Value; 2] =
                page.ask("[lab.fingerprint(), JSON.parse(lab.model()).surface.window]").await;
            assert_eq!(after, before, "{}", surface.key);
            // Escape gives the gallery's surface back.
            page.press(&[], Key::Escape).await;
            page.painted().await;
            assert_eq!(page.model().await["surface"]["key"], surface.key);
        }
    });
}

#[test]
fn a_loss_is_typed_as_a_formula_is_with_faults_under_their_character() {
    browse("problem=linear&step=20", async |page| {
        open_editor(page).await;
        let text: String = page.eval("document.getElementById('formula-text').value").await;
        assert_eq!(text, PROBLEMS[1].loss);
        assert!(page.text("#formula-hint").await.contains("theta1"));
        for text in ["(y - w*x - )^2", "abs(y - w*x", "y + x", "w ^^ b"] {
            let error = read_loss(text).unwrap_err();
            type_over(page, text).await;
            let said = page.text("#formula-fault").await;
            assert!(said.contains(&error.message), "{text}: {said}");
            assert!(said.to_lowercase().contains("column "), "{text}: {said}");
            let column: String = page
                .eval("document.getElementById('formula-caret').style.getPropertyValue('--column')")
                .await;
            assert_eq!(column, (error.column - 1).to_string(), "{text}");
        }
        // Other letters are dials, θ is called as it was typed, and the data stay.
        let data = page.examples().await;
        type_over(page, "c*abs(y - a*x - b)").await;
        let model = page.model().await;
        assert_eq!(model["surface"]["variables"], json!(["a", "b"]));
        assert_eq!(model["surface"]["dials"][0]["key"], "f.c");
        assert!(page.text("#formula-head").await.starts_with("L(a,b;x,y)"));
        assert_eq!(page.examples().await, data);
        assert_eq!(page.eval::<String>("document.getElementById('gallery').value").await, "");
        page.press(&[], Key::Enter).await;
        page.wait_for("location.hash.slice(1) === ravine.lab.link()").await;
        page.reload().await;
        assert_eq!(page.model().await, model);
        // The problem chosen again is the problem again.
        page.set("#gallery", "linear").await;
        page.painted().await;
        assert_eq!(page.model().await["surface"]["text"], PROBLEMS[1].loss);
        // Escape gives back what stood there before.
        open_editor(page).await;
        type_over(page, "(y - w*x)^4").await;
        page.press(&[], Key::Escape).await;
        page.painted().await;
        assert_eq!(page.model().await["surface"]["key"], "linear");
    });
}
