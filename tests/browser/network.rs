//! The Network lab: nets side by side, their picture, their numbers, the surface they walk on.

use ravine::labs::Lab as _;
use ravine::labs::network::{NetLab, PRESETS};
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::harness::{PIXELS_OF, Page, browse};
use crate::minibatches::open_tab;

mod hand;
mod told;

const LINK: &str = "net=4,2&data.n=60&step=20";

/// The core is where its clock is.
async fn settled(page: &Page) {
    page.wait_for(
        "(({ step, net }) => net.reached === step)(JSON.parse(ravine.lab.live()))
         && location.hash.slice(1) === ravine.lab.link()",
    )
    .await;
    page.painted().await;
}

/// The core is where its clock is, and the loss surface is surveyed to the end and painted. That no
/// progress is shown says less: nor is there any before the first of it is told.
pub async fn surveyed(page: &Page) {
    settled(page).await;
    // What is said of it takes room, and where that changes its picture's shape it is surveyed anew.
    while {
        page.wait_for("JSON.parse(ravine.lab.live()).net.surface.progress === 1").await;
        page.painted().await;
        page.wait_for("!ravine.lab.draw()").await;
        page.painted().await;
        page.eval("!document.getElementById('land-progress').hidden").await
    } {}
}

/// The page, its clock standing, has trained what its link trains natively, bit for bit.
async fn assert_native(page: &Page) -> String {
    if page.ask("lab.playing()").await {
        page.click("#play").await;
        page.wait_for("!ravine.lab.playing()").await;
    }
    settled(page).await;
    let link: String = page.ask("lab.link()").await;
    let mut native = NetLab::new(&link);
    assert_eq!(native.faults(), [], "{link}");
    native.settle();
    let print: String = page.ask("lab.fingerprint()").await;
    assert_eq!(print, native.fingerprint(), "{link}");
    print
}

/// How many colours a canvas has, up to a hundred, and a number that tells its pixels from others.
async fn seen(page: &Page, canvas: &str) -> [u64; 2] {
    page.painted().await;
    page.call(
        &format!(
            "{PIXELS_OF}
             const data = new Uint32Array(pixelsOf(arguments[0]).data.buffer);
             const colors = new Set();
             let sum = 0;
             for (const pixel of data) {{
                 if (colors.size < 100) colors.add(pixel);
                 sum = (sum * 31 + pixel) >>> 0;
             }}
             return [colors.size, sum];"
        ),
        json!([canvas]),
    )
    .await
}

async fn undo(page: &Page) {
    page.call::<()>("document.activeElement?.blur();", json!([])).await;
    page.press(&[Key::Control], 'z').await;
    settled(page).await;
}

/// The aria-labels and values of what a selector finds.
async fn labels(page: &Page, selector: &str) -> Vec<String> {
    page.call(
        "return [...document.querySelectorAll(arguments[0])].map((element) => element.ariaLabel ?? '');",
        json!([selector]),
    )
    .await
}

async fn is_seen(page: &Page, id: &str) -> bool {
    page.eval(&format!("document.getElementById('{id}').checkVisibility()")).await
}

/// Where on the screen an example lies in the first panel.
async fn place_of(page: &Page, index: usize) -> [f64; 2] {
    let [left, top, ..] = page.rectangle("#net1-plot").await;
    let [x, y]: [f64; 2] = page
        .call("return JSON.parse(ravine.lab.data_choose(...arguments)).at;", json!([index]))
        .await;
    [left + x, top + y]
}

async fn rows(page: &Page) -> Vec<String> {
    page.ask::<String>("lab.data_text()").await.lines().skip(1).map(str::to_owned).collect()
}

#[test]
fn the_tab_opens_nets_that_play_and_each_lab_is_left_as_it_was() {
    browse("surface=booth&theme=dark&step=7", async |page| {
        let surface: String = page.ask("lab.fingerprint()").await;
        assert!(!is_seen(page, "nets").await);
        open_tab(page, "network").await;
        assert!(is_seen(page, "nets").await && !is_seen(page, "plot").await);
        assert!(page.ask::<String>("lab.link()").await.contains("theme=dark"), "one's own light");
        page.wait_for("JSON.parse(ravine.lab.live()).step > 3").await;
        assert!(page.ask::<bool>("lab.playing()").await);
        assert_native(page).await;
        page.change("gd.alpha", "0.3").await;
        let print = assert_native(page).await;
        let link = page.link().await;

        open_tab(page, "surface").await;
        page.wait_for("location.hash === '#surface=booth&theme=dark&step=7'").await;
        assert_eq!(page.ask::<String>("lab.fingerprint()").await, surface);
        assert!(seen(page, "plot-field").await[0] > 5 && seen(page, "chart-curves").await[0] > 5);
        open_tab(page, "network").await;
        settled(page).await;
        assert_eq!(page.link().await, link);
        assert_eq!(page.ask::<String>("lab.fingerprint()").await, print);
        open_tab(page, "minibatches").await;
        assert!(is_seen(page, "deck").await && !is_seen(page, "net-deck").await);
        open_tab(page, "network").await;
        settled(page).await;
        assert_eq!(page.link().await.split('&').next(), Some("net=4,2"));
    });
}

#[test]
fn every_run_has_its_panel_and_each_is_painted_with_what_its_net_says() {
    browse(LINK, async |page| {
        settled(page).await;
        let panels = page.model().await["net"]["panels"].clone();
        assert_eq!(panels.as_array().unwrap().len(), 3);
        let mut pictures = Vec::new();
        for (at, name) in ["net1", "net2", "net3"].into_iter().enumerate() {
            assert!(is_seen(page, &format!("{name}-plot")).await);
            assert_eq!(page.text(&format!("#{name}-title")).await, panels[at]["title"]);
            let [colors, field] = seen(page, &format!("{name}-field")).await;
            assert!(colors > 10, "{name} has {colors} colours");
            assert!(seen(page, &format!("{name}-marks")).await[0] > 5, "{name} has no points");
            pictures.push(field);
        }
        assert!(pictures[0] != pictures[1] && pictures[1] != pictures[2], "{pictures:?}");
        assert!(!is_seen(page, "net4-plot").await);
        for canvas in ["net-edges", "chart-curves"] {
            assert!(seen(page, canvas).await[0] > 5, "{canvas} is empty");
        }
        // The picture follows the weights.
        page.click("#step").await;
        settled(page).await;
        assert_ne!(seen(page, "net1-field").await[1], pictures[0]);
        // A hidden run gives its place to the next.
        page.change("gd.hidden", "yes").await;
        assert_eq!(page.text("#net1-title").await, panels[1]["title"]);
        assert!(!is_seen(page, "net3-plot").await);
        // A fourth run has the fourth panel.
        page.change("gd.hidden", "no").await;
        page.call::<()>("ravine.page.act({ add: { rule: 'adam' } });", json!([])).await;
        settled(page).await;
        assert!(is_seen(page, "net4-plot").await && seen(page, "net4-field").await[0] > 10);
    });
}

#[test]
fn every_way_to_a_step_gives_the_same_weights_and_a_reload_keeps_everything() {
    browse(LINK, async |page| {
        let start = assert_native(page).await;
        page.click("#step").await;
        let next = assert_native(page).await;
        assert_eq!(page.step().await, 21);
        assert_ne!(next, start);
        page.click("#back").await;
        assert_eq!(assert_native(page).await, start);
        page.set("#scrub", "140").await;
        assert_native(page).await;
        page.set("#scrub", "21").await;
        assert_eq!(assert_native(page).await, next);
        page.click("#rewind").await;
        let first = assert_native(page).await;
        assert_eq!(page.step().await, 0);
        // A dial that is turned while the clock stands gives what it would have given from the start.
        page.set("#scrub", "20").await;
        page.set("[data-run=gd] .dial:nth-child(1) input[type=number]", "0.25").await;
        page.set("[data-run=gd2] .dial:nth-child(2) input[type=number]", "7").await;
        let turned = assert_native(page).await;
        assert_ne!(turned, start);
        let link = page.link().await;
        assert!(link.contains("gd.alpha=0.25") && link.contains("gd2.batch=7"), "{link}");
        page.reload().await;
        assert_eq!(assert_native(page).await, turned);
        assert_eq!(page.link().await, link);
        undo(page).await;
        page.change("gd2.batch", "10").await;
        page.change("gd.alpha", "0.1").await;
        assert_eq!(assert_native(page).await, start);
        page.set("#scrub", "0").await;
        assert_eq!(assert_native(page).await, first, "not the same weights again");
        page.click("#new-seed").await;
        assert_ne!(assert_native(page).await, first);
        assert!(page.link().await.contains("seed=2"));
    });
}

#[test]
fn pausing_in_the_middle_of_the_training_shows_a_whole_step() {
    // Epochs of so many updates that one takes longer than a frame.
    browse("net=8,8,8&data.n=2000&gd2.batch=1&speed=500", async |page| {
        for _ in 0..3 {
            page.wait_for("JSON.parse(ravine.lab.live()).step > 1").await;
            page.click("#play").await;
            page.wait_for("!ravine.lab.playing()").await;
            assert_native(page).await;
            page.click("#rewind").await;
            page.click("#play").await;
        }
    });
}

#[test]
fn every_preset_opens_without_a_complaint() {
    browse("net=4,2&step=0", async |page| {
        for (index, preset) in PRESETS.iter().enumerate() {
            page.call::<()>("ravine.page.act({ scene: { index: arguments[0] } });", json!([index]))
                .await;
            page.wait_for("JSON.parse(ravine.lab.live()).step > 1 || !ravine.lab.playing()").await;
            page.call::<()>("ravine.lab.pause(); ravine.page.moved();", json!([])).await;
            assert_native(page).await;
            assert_eq!(page.text("#scene-title").await, preset.title);
            let caption = page.text("#caption").await;
            assert!(caption.starts_with(&preset.sentence[..20]), "{caption}");
            let lost: Value = page.eval("JSON.parse(ravine.lab.faults())").await;
            assert_eq!(lost, json!([]), "{}", preset.link);
            for panel in 1..=page.model().await["net"]["panels"].as_array().unwrap().len() {
                assert!(seen(page, &format!("net{panel}-marks")).await[0] > 5, "{}", preset.title);
            }
        }
    });
}

#[test]
fn a_run_that_diverges_says_so_while_the_others_go_on() {
    let link = "net=4&data.shape=plane&activation=relu&runs=gd,gd&gd.alpha=10&gd.batch=1&step=30";
    browse(link, async |page| {
        assert_native(page).await;
        let said = async |run: &str| page.text(&format!("[data-run={run}] .sentence")).await;
        assert!(said("gd").await.contains("Diverged in epoch"), "{}", said("gd").await);
        assert!(!said("gd2").await.contains("Diverged"), "{}", said("gd2").await);
        let print = page.ask::<String>("lab.fingerprint()").await;
        page.click("#step").await;
        assert_ne!(assert_native(page).await, print, "the other run stands");
        // Its last good net is still shown, and a smaller α starts again.
        assert!(seen(page, "net1-marks").await[0] > 5);
        page.change("gd.alpha", "0.001").await;
        assert_native(page).await;
        assert!(!said("gd").await.contains("Diverged"), "{}", said("gd").await);
    });
}

#[test]
fn after_a_panic_the_nets_are_as_they_were() {
    let link = "net=4,2&data.n=60&hand=5,w1.1.1,0.5,gd&deck=surface&theme=dark&step=20";
    browse(link, async |page| {
        let print = assert_native(page).await;
        let address = page.link().await;
        surveyed(page).await;
        let canvases = ["net1-field", "net3-marks", "net-edges", "chart-curves", "land-field"];
        let mut before = Vec::new();
        for canvas in canvases {
            before.push(seen(page, canvas).await);
        }
        page.expect_complaint("The core stopped and is restarted");
        page.call::<()>("ravine.lab.fail();", json!([])).await;
        assert_eq!(assert_native(page).await, print);
        assert_eq!((page.link().await, page.step().await), (address, 20));
        surveyed(page).await;
        for (canvas, before) in canvases.into_iter().zip(before) {
            assert_eq!(seen(page, canvas).await, before, "{canvas}");
        }
        assert!(page.notes().await[0].contains("restarted from the link"));
    });
}
