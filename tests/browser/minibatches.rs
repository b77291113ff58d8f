//! The Minibatches lab: GD beside SGD on the risk of data in view.

use ravine::labs::KINDS;
use ravine::labs::Lab as _;
use ravine::labs::planar::PlanarLab;
use ravine::labs::planar::experiment::LabKind;
use ravine::labs::planar::presets;
use ravine::objective::problems::PROBLEMS;
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::harness::{PIXELS_OF, Page, browse};

const FIGURE: &str = "problem=mean&gd2.average=all&step=57";

pub async fn open_tab(page: &Page, lab: &str) {
    let index = KINDS.iter().position(|kind| kind.key == lab).unwrap();
    page.click(&format!("#labs > :nth-child({})", index + 1)).await;
    page.wait_for(&format!("JSON.parse(ravine.lab.model()).lab === '{lab}'")).await;
    page.painted().await;
}

/// The titles of the plots that are seen.
async fn titles(page: &Page) -> Vec<String> {
    page.painted().await;
    page.eval(
        "[...document.querySelectorAll('#plots > .panel')]
             .filter((panel) => panel.checkVisibility())
             .map((panel) => panel.querySelector('h2').textContent)",
    )
    .await
}

/// The share of a canvas's pixels that have ink.
async fn ink(page: &Page, canvas: &str) -> f64 {
    page.painted().await;
    page.call(
        &format!(
            "{PIXELS_OF}
             const {{ data }} = pixelsOf(arguments[0]);
             let inked = 0;
             for (let at = 3; at < data.length; at += 4) if (data[at] > 8) inked += 1;
             return inked / (data.length / 4);"
        ),
        json!([canvas]),
    )
    .await
}

#[test]
fn the_tabs_go_there_and_back_to_where_one_was() {
    browse("surface=booth&theme=dark&step=7", async |page| {
        let current = "document.querySelector('#labs [aria-current=page]').textContent";
        assert_eq!(page.eval::<String>(current).await, "Surface");
        assert!(!page.eval::<bool>("document.getElementById('deck').checkVisibility()").await);
        let surface = page.ask::<String>("lab.fingerprint()").await;

        open_tab(page, "minibatches").await;
        assert_eq!(page.eval::<String>(current).await, "Minibatches");
        assert_eq!(titles(page).await, ["GD, all 100 examples", "SGD, m = 1 of 100"]);
        assert!(page.ask::<String>("lab.link()").await.contains("theme=dark"), "one's own light");
        page.set("#scrub", "12").await;
        page.change("gd2.batch", "7").await;
        page.wait_for("location.hash.includes('gd2.batch=7')").await;
        let risk = page.ask::<String>("lab.fingerprint()").await;

        open_tab(page, "surface").await;
        page.wait_for("location.hash === '#surface=booth&theme=dark&step=7'").await;
        assert_eq!(page.ask::<String>("lab.fingerprint()").await, surface);
        open_tab(page, "minibatches").await;
        assert_eq!(page.ask::<String>("lab.fingerprint()").await, risk);
        assert_eq!(page.step().await, 12);
        // And both ways are steps to undo.
        page.wait_for("location.hash.includes('gd2.batch=7')").await;
        page.press(&[Key::Control], 'z').await;
        page.wait_for("document.documentElement.dataset.lab === 'surface'").await;
    });
}

#[test]
fn the_plots_are_filled_at_once_when_a_tab_or_the_window_gives_them_another_size() {
    browse("step=50", async |page| {
        // What is on the canvas of the field when the browser is about to paint.
        let seen: Vec<u32> = page
            .call(
                &format!(
                    "{PIXELS_OF}
                     const frame = () => new Promise((done) => requestAnimationFrame(done));
                     const task = () => new Promise((done) => {{
                         const {{ port1, port2 }} = new MessageChannel();
                         port1.onmessage = done;
                         port2.postMessage(0);
                     }});
                     const seen = [];
                     for (const lab of ['minibatches', 'surface', 'minibatches']) {{
                         ravine.page.act({{ lab: {{ key: lab }} }});
                         await frame();
                         await task();
                         for (const id of lab === 'surface' ? ['plot-field'] : ['plot-field', 'plot2-field']) {{
                             seen.push(pixelsOf(id).data[3]);
                         }}
                     }}
                     return seen;"
                ),
                json!([]),
            )
            .await;
        assert_eq!(seen, [255; 5]);
    });
}

#[test]
fn gd_and_sgd_stand_side_by_side_or_in_one_plot() {
    browse(FIGURE, async |page| {
        let [a, b] = [page.rectangle("#plot").await, page.rectangle("#plot2").await];
        assert!(b[0] > a[0] + a[2] && b[1] == a[1], "{a:?} {b:?}");
        assert!((a[2] - b[2]).abs() < 1.0 && (a[3] - b[3]).abs() < 1.0, "{a:?} {b:?}");
        for canvas in ["plot-paths", "plot2-paths"] {
            assert!(ink(page, canvas).await > 0.001, "{canvas} is empty");
        }
        page.change("layout", "overlay").await;
        assert_eq!(titles(page).await, ["GD and SGD"]);
        let wide = page.rectangle("#plot").await;
        assert!(wide[2] > 1.9 * a[2], "{wide:?}");
        page.change("layout", "beside").await;
        assert_eq!(titles(page).await.len(), 2);
        // A batch of all examples is GD, and stands with it.
        page.set("[data-run=gd2] .dial:nth-child(2) input[type=number]", "100").await;
        assert_eq!(titles(page).await, ["GD, all 100 examples"]);
        page.set("[data-run=gd2] .dial:nth-child(2) input[type=number]", "25").await;
        assert_eq!(titles(page).await, ["GD, all 100 examples", "SGD, m = 25 of 100"]);
        page.wait_for("location.hash.includes('gd2.batch=25')").await;
    });
}

#[test]
fn both_plots_zoom_pan_and_hover_as_one() {
    browse(FIGURE, async |page| {
        let fields = async || {
            let one = page.picture_of("plot-field").await;
            assert!(one == page.picture_of("plot2-field").await, "two plots, two windows");
            one
        };
        let mut seen = vec![fields().await];
        for plot in ["#plot2", "#plot"] {
            let [x, y] = page.middle(plot).await.map(f64::round);
            let point = page.frame().await.window;
            page.wheel([x + 30.0, y], -240.0).await;
            page.wait_for(&format!(
                "Math.abs(JSON.parse(ravine.lab.model()).surface.window[0] - {}) > 1e-6",
                point.x[0]
            ))
            .await;
            seen.push(fields().await);
            page.drag(&[[x, y + 60.0], [x + 10.0, y + 60.0], [x + 60.0, y + 90.0]]).await;
            seen.push(fields().await);
        }
        for pair in seen.windows(2) {
            assert!(pair[0] != pair[1]);
        }
        // The hand over one plot is marked in the other, and read where it is.
        page.move_to([5.0, 300.0]).await;
        page.wait_for("document.getElementById('plot-readout').hidden").await;
        let bare = page.picture_of("plot-heads").await;
        let place = page.middle("#plot2").await;
        page.move_to([place[0] - 90.0, place[1] - 60.0]).await;
        page.wait_for("!document.getElementById('plot2-readout').hidden").await;
        assert!(page.text("#plot2-readout").await.contains('R'));
        assert!(page.eval::<bool>("document.getElementById('plot-readout').hidden").await);
        assert!(page.picture_of("plot-heads").await != bare);
        page.move_to([5.0, 300.0]).await;
        page.wait_for("document.getElementById('plot2-readout').hidden").await;
        assert!(page.picture_of("plot-heads").await == bare);
    });
}

#[test]
fn the_start_is_dragged_in_either_plot_with_all_paths_following() {
    browse(FIGURE, async |page| {
        for (plot, to) in [("#plot2", [-2.0, 3.0]), ("#plot", [2.0, 5.0])] {
            let [home, away] = [page.start_point().await, to];
            let [from, to] = [page.place_in(plot, home).await, page.place_in(plot, away).await];
            let print: String = page.ask("lab.fingerprint()").await;
            page.drag(&[from, [from[0] + 9.0, from[1]], to]).await;
            page.painted().await;
            let [x, y] = page.start_point().await;
            assert!((x - away[0]).abs() < 0.1 && (y - away[1]).abs() < 0.1, "{plot}: {x}, {y}");
            let link: String = page.ask("lab.link()").await;
            let native = PlanarLab::new(&link).fingerprint();
            assert_eq!(page.ask::<String>("lab.fingerprint()").await, native, "{link}");
            assert_ne!(native, print);
        }
        page.focus("#plot2").await;
        let [x, y] = page.start_point().await;
        page.press(&[Key::Shift], Key::Right).await;
        let [now, same] = page.start_point().await;
        assert!(now > x && (same - y).abs() < 1e-9);
    });
}

#[test]
fn every_problem_and_every_preset_opens_without_a_complaint() {
    browse("problem=mean&step=0", async |page| {
        for problem in PROBLEMS {
            page.set("#gallery", problem.key).await;
            page.painted().await;
            let surface = &page.model().await["surface"];
            assert_eq!(surface["key"], problem.key);
            assert_eq!(surface["text"], problem.loss);
            assert!(page.text("#formula-head").await.starts_with('L'));
            assert!(ink(page, "data-ground").await > 0.001, "{}: no data", problem.key);
            assert!(ink(page, "plot2-heads").await > 0.0003, "{}: no run", problem.key);
        }
        for (index, preset) in presets::of(LabKind::Minibatches).iter().enumerate() {
            page.call::<()>("ravine.page.act({ scene: { index: arguments[0] } });", json!([index]))
                .await;
            page.painted().await;
            assert_eq!(page.text("#scene-title").await, preset.title);
            let caption = page.text("#caption").await;
            assert!(caption.starts_with(&preset.sentence[..20]), "{caption}");
            let lost: Value = page.eval("JSON.parse(ravine.lab.faults())").await;
            assert_eq!(lost, json!([]), "{}", preset.link);
        }
    });
}
