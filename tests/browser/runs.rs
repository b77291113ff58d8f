//! Up to eight runs side by side, each a card with its line, its equation and its dials.

use serde_json::{Value, json};
use thirtyfour::Key;

use ravine::analysis::stability::alpha_limit;
use ravine::labs::planar::PlanarLab;

use crate::harness::{PIXELS_OF, Page, browse};

/// The runs, by the order of their cards.
async fn cards(page: &Page) -> Vec<String> {
    page.painted().await;
    page.eval("[...document.querySelectorAll('#cards > article')].map((card) => card.dataset.run)")
        .await
}

/// Picks an entry of the menu on a run's card.
async fn pick(page: &Page, run: &str, verb: &str) {
    page.click(&format!("[data-run={run}] > header > .icon")).await;
    page.wait_for("document.querySelector('#run-menu:popover-open')?.style.visibility === ''")
        .await;
    page.click(&format!("#run-menu [data-change={verb}]")).await;
    page.painted().await;
}

/// Adds a run of the rule at `index`, counted from 1.
async fn add(page: &Page, index: usize) {
    page.click("#run-add").await;
    page.wait_for("document.querySelector('#rule-list:popover-open')?.style.visibility === ''")
        .await;
    page.click(&format!("#rule-list > :nth-child({index})")).await;
    page.painted().await;
}

#[test]
fn a_rule_that_needs_the_hessian_is_offered_where_there_is_one() {
    for (link, offers) in [("surface=bowl", true), ("problem=mean", true), ("net=2", false)] {
        browse(link, async |page| {
            page.click("#run-add").await;
            let list = "[...document.querySelectorAll('#rule-list button')]";
            let seen = ".filter((button) => button.checkVisibility())";
            let rules = format!("{list}{seen}.map(({{ dataset }}) => dataset.rule)");
            let rules: Vec<String> = page.eval(&rules).await;
            assert_eq!(rules.iter().any(|rule| rule == "newton"), offers, "{link}: {rules:?}");
            assert_eq!(rules.len(), if offers { 7 } else { 6 }, "{link}");
        });
    }
}

#[test]
fn runs_are_added_duplicated_moved_and_removed() {
    browse("step=30", async |page| {
        assert_eq!(cards(page).await, ["gd", "momentum"]);
        add(page, 6).await;
        assert_eq!(cards(page).await, ["gd", "momentum", "adam"]);
        page.set("[data-run=momentum] input[type=number]", "0.05").await;
        pick(page, "momentum", "duplicate").await;
        assert_eq!(cards(page).await, ["gd", "momentum", "momentum2", "adam"]);
        let model = page.model().await;
        let alphas = [1, 2].map(|run: usize| model["runs"][run]["dials"][0]["value"].clone());
        assert_eq!(alphas, [json!(0.05), json!(0.05)]);
        assert_ne!(model["runs"][1]["look"], model["runs"][2]["look"], "two runs, two lines");

        pick(page, "adam", "up").await;
        assert_eq!(cards(page).await, ["gd", "momentum", "adam", "momentum2"]);
        pick(page, "gd", "down").await;
        assert_eq!(cards(page).await, ["momentum", "gd", "adam", "momentum2"]);
        pick(page, "momentum", "remove").await;
        assert_eq!(cards(page).await, ["gd", "adam", "momentum"]);
        assert_eq!(page.step().await, 30);
        // Nothing but the cards of what there is, and the address says the same.
        page.wait_for("location.hash.includes('runs=gd,adam,momentum')").await;
        for run in ["gd", "adam"] {
            pick(page, run, "remove").await;
        }
        // What happens within half a second is one step to undo.
        page.wait_for("location.hash.includes('runs=momentum')").await;
        pick(page, "momentum", "remove").await;
        assert!(cards(page).await.is_empty());
        page.press(&[Key::Control], 'z').await;
        assert_eq!(cards(page).await, ["momentum"]);
        assert!(page.notes().await.is_empty());
    });
}

#[test]
fn eight_runs_look_different_and_a_ninth_is_refused() {
    browse("runs=gd&step=30", async |page| {
        for rule in [2, 3, 4, 5, 6, 1] {
            add(page, rule).await;
        }
        pick(page, "adam", "duplicate").await;
        assert_eq!(cards(page).await.len(), 8);
        assert!(page.eval::<bool>("document.getElementById('run-add').disabled").await);
        pick(page, "gd", "duplicate").await;
        assert_eq!(cards(page).await.len(), 8);
        let notes = page.notes().await;
        assert!(matches!(&notes[..], [one] if one.contains("8 runs")), "{notes:?}");
        // By colour, and as well by the mark on their line.
        let samples: Vec<[String; 2]> = page
            .eval(
                "[...document.querySelectorAll('.sample')].map((sample) => [
                    sample.querySelector('path').getAttribute('fill'),
                    sample.querySelector('path').getAttribute('d'),
                ])",
            )
            .await;
        for part in [0, 1] {
            let mut kinds: Vec<_> = samples.iter().map(|sample| &sample[part]).collect();
            kinds.sort();
            kinds.dedup();
            assert_eq!(kinds.len(), 8, "{samples:#?}");
        }
    });
}

#[test]
fn a_hidden_run_leaves_the_pictures_and_keeps_its_card() {
    browse("step=40", async |page| {
        // Momentum's red is nowhere else on these canvases.
        let reds = format!(
            "{PIXELS_OF} return ['plot-paths', 'chart-curves'].map((id) => {{
                 const {{ data }} = pixelsOf(id);
                 let reds = 0;
                 for (let at = 0; at < data.length; at += 4) {{
                     const [r, g, b, a] = data.subarray(at, at + 4);
                     if (a > 128 && r > 150 && g < 90 && b < 110) reds += 1;
                 }}
                 return reds;
             }});"
        );
        let reds = async || page.call::<[u32; 2]>(&reds, json!([])).await;
        let before = reds().await;
        assert!(before.iter().all(|count| *count > 50), "{before:?}");
        page.click("[data-run=momentum] .sample").await;
        page.painted().await;
        assert_eq!(reds().await, [0, 0]);
        assert_eq!(cards(page).await, ["gd", "momentum"]);
        let pressed = "document.querySelector('[data-run=momentum] .sample').ariaPressed";
        assert_eq!(page.eval::<String>(pressed).await, "false");
        page.wait_for("location.hash.includes('momentum.hidden=yes')").await;
        page.click("[data-run=momentum] .sample").await;
        page.painted().await;
        assert_eq!(reds().await, before);
    });
}

#[test]
fn a_card_has_its_equation_and_a_sentence_for_the_step_that_is_shown() {
    browse("runs=gd,momentum,nesterov,adagrad,rmsprop,adam&step=50", async |page| {
        for run in cards(page).await {
            let card = format!("[data-run={run}]");
            assert!(page.text(&format!("{card} .equation math")).await.contains('θ'), "{run}");
            assert!(page.text(&format!("{card} .numbers")).await.starts_with("f = "), "{run}");
            let title = page.text(&format!("{card} h3")).await;
            assert!(!title.is_empty());
        }
        let sentence = page.text("[data-run=gd] .sentence").await;
        assert!(sentence.contains("1.9"), "α·λ_max: {sentence}");
        page.change("gd.alpha", "0.12").await;
        let sentence = page.text("[data-run=gd] .sentence").await.to_lowercase();
        assert!(sentence.contains("diverge"), "{sentence}");
        // Momentum's other forms have other equations.
        let equation = page.text("[data-run=momentum] .equation").await;
        page.change("momentum.form", "velocity").await;
        assert_ne!(page.text("[data-run=momentum] .equation").await, equation);
    });
}

#[test]
fn the_tick_on_alpha_is_the_stability_limit() {
    let link = "runs=gd,momentum,adam&step=10";
    browse(link, async |page| {
        for (kappa, beta) in [("20", "0.5"), ("50", "0.9"), ("400", "0")] {
            page.change("f.kappa", kappa).await;
            page.change("momentum.beta", beta).await;
            let lambda: f64 = kappa.parse().unwrap();
            let beta: f64 = beta.parse().unwrap();
            for (run, limit) in [("gd", 2.0 / lambda), ("momentum", 2.0 * (1.0 + beta) / lambda)] {
                let (tick, track): (f64, [f64; 2]) = page
                    .call(
                        "const slide = document.querySelector(arguments[0]);
                         const box = (part) => slide.querySelector(part).getBoundingClientRect();
                         const [tick, range] = [box('.tick'), box('input')];
                         return [tick.left + tick.width / 2, [range.left, range.right]];",
                        json!([format!("[data-run={run}] .slide")]),
                    )
                    .await;
                // The dial is logarithmic, from 10⁻⁶ to 10 unless it says otherwise.
                let dial: Value = page
                    .ask(&format!(
                        "JSON.parse(lab.model()).runs.find(({{ name }}) => name === '{run}').dials[0]"
                    ))
                    .await;
                assert_eq!(dial["scale"], "log");
                let (min, max) = (dial["min"].as_f64().unwrap(), dial["max"].as_f64().unwrap());
                let least = if min > 0.0 { min } else { max / 1e6 };
                let part = (limit / least).ln() / (max / least).ln();
                let expected = track[0] + part * (track[1] - track[0]);
                // A range's thumb stays inside of it: up to half of it either way.
                assert!((tick - expected).abs() < 9.0, "{run}: {tick}, not {expected}");
                let words: String = page
                    .eval(&format!(
                        "document.querySelector('[data-run={run}] .slide input').ariaValueText"
                    ))
                    .await;
                assert!(words.contains("Stable below"), "{words}");
            }
        }
        // A slider at the limit has its thumb under the tick, and one that has none shows none.
        let hidden: bool =
            page.eval("document.querySelector('[data-run=adam] .tick').hidden").await;
        assert!(hidden, "Adam has no such limit");
        let lab = PlanarLab::new("f.kappa=400&step=10");
        let setup = &lab.experiment().runs[0];
        assert_eq!(alpha_limit(setup.rule, &setup.values, 400.0), Some(2.0 / 400.0));
    });
}
