//! Whatever a link or a text box holds, the page shows a valid experiment, names what it could
//! not take, and treats no text of the user's as markup.

use serde_json::{Value, json};

use crate::harness::{Page, browse};

const IMAGE: &str = "<img src=x onerror=window.ran=1>";
const SCRIPT: &str = "\"><script>window.ran=1</script>";

/// A valid experiment is shown and the address names it.
async fn assert_valid(page: &Page) {
    let model = page.model().await;
    assert!(model["surface"]["mathml"].as_str().unwrap().starts_with("<math"), "{model}");
    let drawn: bool = page
        .eval(
            "document.querySelectorAll('#cards > article').length ===
                 JSON.parse(ravine.lab.model()).runs.length
             && !!document.querySelector('#formula-shown math')
             && await (async () => {
                 for (let wait = 0; wait < 40 && ravine.lab.link() !== location.hash.slice(1); wait += 1) {
                     await new Promise((done) => setTimeout(done, 50));
                 }
                 return ravine.lab.link() === location.hash.slice(1);
             })()",
        )
        .await;
    assert!(drawn, "the page and its core disagree at {}", page.link().await);
}

/// No element was made of text, no handler hangs on one, and nothing ran.
async fn assert_no_markup(page: &Page) {
    let strangers: Vec<String> = page
        .eval(
            "[...document.querySelectorAll('*')].filter((element) => {
                 if (element.matches('img, iframe, object, embed, base, style')) return true;
                 if (element.matches('script')) {
                     const own = ['main', 'opening/start', 'opening/opening', 'opening/compile'].map((name) => `head > script[src=\"www/${name}.js\"]`);
                     return !element.matches([...own, '#opening[type=\"application/json\"]'].join());
                 }
                 return [...element.attributes].some(({ name, value }) =>
                     name.startsWith('on') || /^\\s*javascript:/i.test(value));
             }).map(({ outerHTML }) => outerHTML)",
        )
        .await;
    assert!(strangers.is_empty(), "{strangers:?}");
    assert_eq!(page.eval::<Value>("window.ran ?? null").await, Value::Null);
}

#[test]
fn a_broken_link_opens_a_valid_experiment_and_the_page_names_its_keys() {
    let broken = [
        ("gd.alpha=-1", vec!["gd.alpha"]),
        ("gd.alpha=NaN&momentum.beta=1e999", vec!["gd.alpha", "momentum.beta"]),
        ("surface=nowhere", vec!["surface"]),
        ("surface=bowl&f=x^2", vec!["surface"]),
        ("f=sin(", vec!["f, column"]),
        ("f.kappa=0", vec!["f.kappa"]),
        ("runs=gd,sgd", vec!["runs"]),
        ("runs=gd,gd,gd,gd,gd,gd,gd,gd,gd", vec!["runs"]),
        ("adam.alpha=0.1", vec!["adam.alpha"]),
        ("window=1,0,0,1&start=5", vec!["window", "start"]),
        ("steps=100000&step=70", vec!["steps", "step"]),
        ("nonsense=1&=2&&&x", vec!["nonsense", "x"]),
        ("%FF%FE=%FF", vec!["UTF-8"]),
        ("seed=1&seed=2", vec!["seed"]),
        ("palette=pink&theme=&present=1", vec!["palette", "theme", "present"]),
        ("problem=nothing", vec!["problem"]),
        ("problem=linear&surface=bowl", vec!["surface"]),
        ("problem=linear&data=1,2;3", vec!["data", "example 2"]),
        ("problem=linear&data=1,2;1e999,3", vec!["data"]),
        ("problem=logistic&data=1,0;2,5", vec!["data", "labels"]),
        ("problem=linear&data=", vec!["data"]),
        ("problem=linear&data.n=3", vec!["data.n"]),
        ("problem=linear&data.n=2001&data.noise=-1", vec!["data.n", "data.noise"]),
        ("problem=linear&loss=(y-w*x", vec!["loss, column"]),
        ("problem=linear&loss=y-x", vec!["loss, column"]),
        ("problem=linear&line=11&step=3", vec!["line"]),
        ("problem=linear&line=0", vec!["line"]),
        ("problem=linear&follow=nobody", vec!["follow"]),
        ("problem=linear&gd2.batch=0&gd.batch=61", vec!["gd2.batch", "gd.batch"]),
        ("problem=linear&ensemble=501&layout=none&deck=", vec!["ensemble", "layout", "deck"]),
        ("problem=linear&gd2.schedule=never&gd2.average=some", vec!["schedule", "average"]),
        ("data=1,2;3,4", vec!["data"]),
        ("gd.batch=3&data.n=20", vec!["gd.batch", "data.n"]),
    ];
    browse("", async |page| {
        for (link, keys) in broken {
            page.turn_to(link).await;
            let notes = page.notes().await.join("\n");
            for key in keys {
                assert!(notes.contains(key), "{link}: {notes}");
            }
            assert_valid(page).await;
        }
        // What is wrong does not take the rest along.
        page.open("surface=booth&gd.alpha=-1&momentum.beta=0.25&step=7").await;
        assert_eq!(page.link().await, "surface=booth&momentum.beta=0.25&step=7");
        // The note stays until it is closed.
        page.click("#notes button").await;
        assert!(page.notes().await.is_empty());
    });
}

#[test]
fn a_link_of_a_megabyte_is_refused_at_once() {
    browse("", async |page| {
        page.open(&format!("f={}", "x%2B".repeat(250_000))).await;
        let notes = page.notes().await.join("\n");
        assert!(notes.contains("1000002 bytes"), "{notes}");
        assert_valid(page).await;
        assert_eq!(page.link().await, "");
    });
}

#[test]
fn of_forty_thousand_unknown_keys_ten_are_named() {
    browse("", async |page| {
        let keys: Vec<String> = (0..40_000).map(|at| format!("k{at}=1")).collect();
        page.open(&keys.join("&")).await;
        let notes = page.notes().await.join("\n");
        assert!(notes.contains("k9 is not a key") && !notes.contains("k10 "), "{notes}");
        assert!(notes.contains("And 39,990 more."), "{notes}");
        assert_valid(page).await;
    });
}

#[test]
fn no_text_of_a_link_becomes_markup() {
    browse("", async |page| {
        let escaped: String = SCRIPT.bytes().map(|byte| format!("%{byte:02X}")).collect();
        for hostile in [IMAGE, &escaped] {
            for link in [
                format!("{hostile}=1&{hostile}"),
                format!("f={hostile}"),
                format!("f=x%2B{hostile}&f.{hostile}=2"),
                format!("surface={hostile}&runs={hostile}&start={hostile}"),
                format!("gd.{hostile}=1&{hostile}.alpha=1&gd.alpha={hostile}"),
                format!("theme={hostile}&step={hostile}&palette={hostile}"),
                format!("problem={hostile}&data={hostile}"),
                format!("problem=linear&loss={hostile}&data={hostile};1,2&data.{hostile}=1"),
                format!("problem=linear&line={hostile}&follow={hostile}&deck={hostile}"),
                format!("problem=linear&gd2.batch={hostile}&data.n={hostile}&f.{hostile}=1"),
            ] {
                page.turn_to(&link).await;
                assert_ne!(page.notes().await, Vec::<String>::new(), "{link}");
                assert_no_markup(page).await;
                assert_valid(page).await;
            }
        }
        let notes = page.notes().await.join("\n");
        assert!(notes.contains("<script>"), "the text itself is to be read: {notes}");
    });
}

#[test]
fn no_text_that_is_typed_becomes_markup() {
    browse("step=0", async |page| {
        page.click("#formula-edit").await;
        for text in [IMAGE, SCRIPT, "x^2 + <b>y</b>", "x + &lt;img&gt;", "x<!--y-->"] {
            page.set("#formula-text", text).await;
            page.painted().await;
            assert_ne!(page.text("#formula-fault").await, "", "{text}");
            assert_no_markup(page).await;
        }
        for action in [
            json!({ "add": { "rule": IMAGE } }),
            json!({ "run": { "name": IMAGE, "change": "remove" } }),
            json!({ "lab": { "key": IMAGE } }),
            json!(IMAGE),
        ] {
            page.call::<()>("ravine.page.act(...arguments);", json!([action])).await;
            page.painted().await;
            let notes = page.notes().await.join("\n");
            assert!(notes.contains("<img"), "{action}: {notes}");
            assert_no_markup(page).await;
        }
        // Names of dials, titles and descriptions come from what is typed.
        page.set("#formula-text", "a*x^2 + b_1*y^2 + kappa").await;
        page.painted().await;
        assert_no_markup(page).await;
        assert_title_is_text(page).await;
    });
}

#[test]
fn extreme_data_never_break_the_page() {
    let many: Vec<String> = (0..2000).map(|at| format!("{at},{}", at % 7)).collect();
    let links = [
        "problem=linear&data=0,0".to_owned(),
        "problem=linear&data=1,1;1,1;1,1&data.standardise=yes".to_owned(),
        "problem=linear&data=1e9,-1e9;-1e9,1e9;1e9,1e9".to_owned(),
        "problem=sine&data=1e-300,1;1e9,0&gd.alpha=10&gd2.alpha=10".to_owned(),
        "problem=logistic&data=0,1;1,1;2,1&gd.alpha=10".to_owned(),
        format!("problem=mean&data={}&gd2.batch=1", many.join(";")),
        "problem=linear&loss=exp(w*x)*b&gd.alpha=10&gd2.alpha=10".to_owned(),
        "problem=linear&loss=1/w%2Bln(b)-y&ensemble=500".to_owned(),
        "problem=linear&loss=w*0&ensemble=500&cloud=paths&isolines=yes&fan=yes".to_owned(),
        "problem=linear&runs=&ensemble=500".to_owned(),
        "problem=linear&gd.hidden=yes&gd2.hidden=yes&ensemble=20&deck=ball".to_owned(),
        "problem=linear&window=1e8,1.1e8,0,1&fan=yes&isolines=yes".to_owned(),
    ];
    browse("", async |page| {
        for link in &links {
            page.open(&format!("{link}&step=37")).await;
            page.change("deck", "ball").await;
            page.change("deck", "code").await;
            assert!(page.notes().await.is_empty(), "{link}: {:?}", page.notes().await);
            // And it goes on.
            for key in ['.', ']', '[', 'f', ' '] {
                page.press(&[], key).await;
            }
            page.painted().await;
            assert!(page.step().await >= 37, "{link}");
            page.press(&[], ',').await;
            assert_valid(page).await;
        }
    });
}

/// Attributes that a browser shows are text as well.
async fn assert_title_is_text(page: &Page) {
    let title: String = page.eval("document.getElementById('formula').title").await;
    let text: String = page.ask("JSON.parse(lab.model()).surface.text").await;
    // Names are shown without the signs that only mark an index.
    assert_eq!(title, text.replace("_", ""));
}
