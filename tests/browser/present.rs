//! Before a class: keys, a clicker, full screen, and a picture in which nothing moves or overlaps.

use serde_json::{Value, json};
use thirtyfour::Key;

use crate::harness::{Page, Screen, browse};

const PRESET: &str = "JSON.parse(ravine.lab.model()).preset";
/// The first scene of each lab.
const LABS: [&str; 3] = [
    "",
    "problem=mean&gd2.average=all",
    "net=4,2&gd.alpha=0.02&gd2.alpha=0.02&momentum.alpha=0.02&momentum.beta=0.9",
];

async fn scene(page: &Page) -> i64 {
    page.painted().await;
    page.eval(PRESET).await
}

/// Tells what Full screen and the screen are asked for, and answers as a browser does: a browser
/// without a screen has no full one.
async fn pretend_full_screen(page: &Page) {
    page.call::<()>(
        "let full = null;
         Object.defineProperty(document, 'fullscreenElement', { get: () => full, configurable: true });
         const turn = (element) => {
             full = element;
             document.dispatchEvent(new Event('fullscreenchange'));
             return Promise.resolve();
         };
         document.documentElement.requestFullscreen = () => turn(document.documentElement);
         document.exitFullscreen = () => turn(null);",
        json!([]),
    )
    .await;
}

#[test]
fn a_clicker_turns_scenes_wherever_the_focus_is() {
    let everywhere = [
        "[data-run=gd] input[type=range]",
        "[data-run=gd] input[type=number]",
        "#gallery",
        "#chart-by select",
        "#scrub",
        "#step-now",
        "#play",
        "#plot",
        "#scene-title",
    ];
    browse("present=yes&step=0", async |page| {
        for selector in everywhere {
            page.call::<()>("ravine.page.act({ scene: { index: 0 } });", json!([])).await;
            page.painted().await;
            page.focus(selector).await;
            page.press(&[], Key::PageDown).await;
            assert_eq!(scene(page).await, 1, "from {selector}");
            page.focus(selector).await;
            page.press(&[], Key::PageUp).await;
            assert_eq!(scene(page).await, 0, "from {selector}");
        }
        // What is half typed goes to the scene that it was typed in.
        page.focus("[data-run=gd] input[type=number]").await;
        page.press(&[Key::Control], 'a').await;
        page.type_text("0.05").await;
        page.press(&[], Key::PageDown).await;
        assert_eq!(scene(page).await, 1);
        // Outside, too, unless a text box has the focus.
        page.press(&[], Key::Escape).await;
        page.wait_for("document.documentElement.dataset.present === 'no'").await;
        for selector in everywhere {
            page.call::<()>("ravine.page.act({ scene: { index: 0 } });", json!([])).await;
            page.painted().await;
            page.focus(selector).await;
            page.press(&[], Key::PageDown).await;
            let is_text = selector.contains("number") || selector == "#step-now";
            page.painted().await;
            let turned = page.eval::<i64>("JSON.parse(ravine.lab.model()).scene").await == 1;
            assert_eq!(turned, !is_text, "from {selector}");
        }
    });
}

#[test]
fn space_plays_unless_a_button_was_reached_by_keyboard() {
    browse("step=5", async |page| {
        page.click("#step").await;
        assert_eq!(page.step().await, 6);
        page.press(&[], ' ').await;
        assert!(page.ask::<bool>("lab.playing()").await, "Space plays after a click on a button");
        page.press(&[], ' ').await;
        assert!(!page.ask::<bool>("lab.playing()").await);
        // By Tab from there: the button is meant.
        page.click("#play").await;
        page.click("#play").await;
        page.press(&[], Key::Tab).await;
        page.wait_for("document.activeElement.id === 'step'").await;
        let before = page.step().await;
        page.press(&[], ' ').await;
        page.painted().await;
        assert_eq!(page.step().await, before + 1);
        assert!(!page.ask::<bool>("lab.playing()").await);
        // A slider has no use for Space, however it was reached.
        page.press(&[], Key::Tab).await;
        page.press(&[], Key::Tab).await;
        page.focus("#scrub").await;
        page.press(&[], ' ').await;
        assert!(page.ask::<bool>("lab.playing()").await);
    });
}

#[test]
fn present_has_a_black_screen_a_speed_by_key_and_escape_leaves() {
    browse("step=5", async |page| {
        pretend_full_screen(page).await;
        let black = "!document.getElementById('black').hidden";
        page.press(&[], 'b').await;
        assert!(!page.eval::<bool>(black).await, "only in Present");
        page.press(&[], 'p').await;
        page.wait_for("document.documentElement.dataset.present === 'yes'").await;
        assert_eq!(page.text("#present").await, "Leave Present");
        assert!(page.eval::<bool>("document.fullscreenElement !== null").await);
        page.press(&[], ' ').await;
        page.press(&[], 'b').await;
        assert!(page.eval::<bool>(black).await);
        let covered: bool = page
            .eval("document.elementFromPoint(innerWidth / 2, innerHeight / 2).id === 'black'")
            .await;
        assert!(covered && !page.ask::<bool>("lab.playing()").await, "nothing is missed");
        // The next press of the clicker brings it back, and only that.
        page.press(&[], Key::PageDown).await;
        assert!(!page.eval::<bool>(black).await);
        assert_eq!(page.eval::<i64>(PRESET).await, 0);
        assert!(page.ask::<bool>("lab.playing()").await);
        page.press(&[], ' ').await;

        let speed = "JSON.parse(ravine.lab.model()).settings.find((s) => s.key === 'speed').value";
        page.press(&[], '>').await;
        page.wait_for(&format!("{speed} === 12")).await;
        page.press(&[], '<').await;
        page.press(&[], '<').await;
        page.wait_for(&format!("{speed} === 3")).await;

        page.press(&[], Key::Escape).await;
        page.wait_for("document.documentElement.dataset.present === 'no'").await;
        assert!(page.eval::<bool>("document.fullscreenElement === null").await);
        // In full screen a browser keeps Escape: the page hears that full screen has ended.
        page.press(&[], 'p').await;
        page.call::<()>("await document.exitFullscreen();", json!([])).await;
        page.wait_for("document.documentElement.dataset.present === 'no'").await;
        // By its button full screen ends, and Present stays.
        page.press(&[], 'p').await;
        page.painted().await;
        page.click("#full-screen").await;
        page.painted().await;
        assert!(page.eval::<bool>("document.fullscreenElement === null").await);
        assert_eq!(page.eval::<String>("document.documentElement.dataset.present").await, "yes");
    });
}

#[test]
fn a_clicker_that_is_pressed_four_times_within_a_frame_turns_four_scenes() {
    browse("present=yes", async |page| {
        page.call::<()>(
            "for (let press = 0; press < 4; press++) {
                 document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'PageDown', bubbles: true, cancelable: true }));
             }",
            json!([]),
        )
        .await;
        page.painted().await;
        assert_eq!(scene(page).await, 4);
    });
}

#[test]
fn a_reload_in_present_loses_no_place() {
    browse("present=yes", async |page| {
        for _ in 0..6 {
            page.press(&[], Key::PageDown).await;
        }
        assert_eq!(scene(page).await, 6);
        page.change("gd.alpha", "0.2").await;
        page.call::<()>("ravine.lab.seek(17);", json!([])).await;
        page.change("speed", "0.5").await;
        page.wait_for("location.hash.includes('scene=saddle') && location.hash.includes('speed')")
            .await;
        page.press(&[], ' ').await;
        assert!(page.ask::<bool>("lab.playing()").await);
        page.reload().await;
        let model = page.model().await;
        assert_eq!(json!([model["scene"], model["preset"]]), json!([6, -1]));
        assert_eq!(page.text("#scene-count").await, "7 / 14, changed");
        let live = page.live().await;
        assert_eq!(live["playing"], true);
        let step = live["step"].as_u64().unwrap();
        assert!((17..25).contains(&step), "{step}");
        assert_eq!(page.eval::<String>("document.documentElement.dataset.present").await, "yes");
        // On from there.
        page.press(&[], Key::PageDown).await;
        assert_eq!(scene(page).await, 7);
    });
}

#[test]
fn a_scenes_caption_stays_when_a_dial_is_turned() {
    browse("", async |page| {
        for link in LABS {
            page.turn_to(link).await;
            let caption = page.text("#caption").await;
            let again = "document.getElementById('scene-again').checkVisibility({ visibilityProperty: true })";
            assert!(!page.eval::<bool>(again).await);
            page.change("gd.alpha", "0.03").await;
            assert_eq!(page.text("#caption").await, caption);
            assert!(page.eval::<bool>(again).await);
            page.click("#scene-again").await;
            page.painted().await;
            assert!(!page.eval::<bool>(again).await);
            assert_eq!(scene(page).await, 0);
            assert_eq!(page.text("#caption").await, caption);
        }
    });
}

/// What overlaps, is cut off or cannot be read: the boxes of the page's parts by twos, what of a
/// text is not seen, and what is wider than the screen.
const FAULTS: &str = "(() => {
    const faults = [];
    const seen = (selector) => [...document.querySelectorAll(selector)]
        .filter((element) => element.checkVisibility());
    const parts = seen('.head, #surface, .panel, .data, .told:not(.told .told), .net, .scene, .side, #chart, .runs, #transport');
    const boxes = parts.map((part) => [part.id || part.className, part.getBoundingClientRect()]);
    const within = (a, b) => a !== b && (a.contains(b) || b.contains(a));
    boxes.forEach(([name, box], i) => boxes.slice(i + 1).forEach(([other, to], j) => {
        if (within(parts[i], parts[i + 1 + j])) return;
        const across = Math.min(box.right, to.right) - Math.max(box.left, to.left);
        const down = Math.min(box.bottom, to.bottom) - Math.max(box.top, to.top);
        if (across > 1 && down > 1 && !parts[i].closest('.stage, .side') !== !parts[i + 1 + j].closest('.stage, .side')) {
            // What scrolls away under the transport is not over it.
            const clip = (parts[i].closest('.stage, .side') ?? parts[i + 1 + j].closest('.stage, .side')).getBoundingClientRect();
            if (Math.min(clip.bottom, box.bottom, to.bottom) - Math.max(box.top, to.top, clip.top) <= 1) return;
        }
        if (across > 1 && down > 1) faults.push(`${name} overlaps ${other}`);
    }));
    if (document.documentElement.scrollWidth > innerWidth) faults.push('wider than the screen');
    if (document.documentElement.scrollHeight > innerHeight) faults.push('higher than the screen');
    for (const side of seen('.side')) if (side.scrollWidth > side.clientWidth) faults.push('the side is too wide');
    return faults;
})()";

async fn assert_clear(page: &Page, what: &str) {
    let faults: Vec<String> = page.eval(FAULTS).await;
    assert!(faults.is_empty(), "{what}: {faults:#?}");
}

/// The plots, or the panels of nets, that are shown: their boxes.
async fn plots(page: &Page) -> Vec<[f64; 4]> {
    page.eval(
        "[...document.querySelectorAll('.plots .plot, .plots .data-plot')]
             .filter((plot) => plot.checkVisibility()).map((plot) => plot.getBoundingClientRect())
             .map(({ left, top, width, height }) => [left, top, width, height])",
    )
    .await
}

/// How much of the window's height the plots take together.
fn share_of_height(plots: &[[f64; 4]], height: u32) -> f64 {
    let top = plots.iter().map(|[_, top, ..]| *top).fold(f64::INFINITY, f64::min);
    let bottom = plots.iter().map(|[_, top, _, height]| top + height).fold(0.0, f64::max);
    (bottom - top) / f64::from(height)
}

/// What is said is seen to its last line, at every part of the way.
async fn assert_nothing_cut(page: &Page, what: &str) {
    let cut: Vec<String> = page
        .eval(
            "(async () => {
                 const { lab, page } = ravine;
                 const cut = new Set();
                 const { steps } = JSON.parse(lab.live());
                 const last = JSON.parse(lab.model()).net ? Math.min(40, steps) : steps;
                 for (const part of [0, 0.2, 0.5, 1]) {
                     lab.seek(Math.round(part * last));
                     page.moved();
                     for (let frame = 0; frame < 3; frame += 1) {
                         await new Promise((done) => requestAnimationFrame(done));
                     }
                     for (const box of document.querySelectorAll('.card, .sentence, #caption, #chart-note, .plot-head')) {
                         if (!box.checkVisibility({ visibilityProperty: true })) continue;
                         // A hat or an index may reach a little beyond its line.
                         if (box.scrollHeight > box.clientHeight + 3) cut.add(`${box.id || box.className}: ${box.textContent.trim().slice(-160)}`);
                     }
                 }
                 return [...cut];
             })()",
        )
        .await;
    assert!(cut.is_empty(), "{what}: {cut:#?}");
}

/// Every card is in sight, sentence and all.
async fn assert_cards_in_sight(page: &Page, what: &str) {
    let hidden: Vec<String> = page
        .eval(
            "(() => {
                const side = document.querySelector('.side');
                const box = (side.getClientRects().length > 0 ? side : document.querySelector('.runs'))
                    .getBoundingClientRect();
                return [...document.querySelectorAll('.card')]
                    .filter((card) => card.getBoundingClientRect().bottom > box.bottom + 1)
                    .map((card) => card.dataset.run);
            })()",
        )
        .await;
    assert!(hidden.is_empty(), "{what}: {hidden:?} are below the edge");
}

/// All that is computed in a step of a pass is in sight.
async fn assert_pass_in_sight(page: &Page, what: &str) {
    let [needs, has]: [[f64; 2]; 2] = page
        .eval(
            "(({ scrollWidth, scrollHeight, clientWidth, clientHeight }) =>
                [[scrollWidth, scrollHeight], [clientWidth, clientHeight]])(document.getElementById('pass-lines'))",
        )
        .await;
    assert!((0..2).all(|side| needs[side] <= has[side] + 1.0), "{what}: {needs:?} of {has:?}");
}

#[test]
fn in_every_scene_of_every_lesson_the_plots_have_three_fifths_of_the_height() {
    browse("", async |page| {
        let lessons: Value = page.eval("JSON.parse(ravine.lab.lessons())").await;
        for (width, height) in [(1280, 720), (1920, 1080)] {
            page.screen(Screen { width, height, ratio: 1.0, phone: false }).await;
            for lesson in lessons.as_array().unwrap() {
                let key = lesson["key"].as_str().unwrap();
                for (scene, told) in (1..).zip(lesson["scenes"].as_array().unwrap()) {
                    let asks = !told["question"].is_null();
                    let states = ["", "&panels=all", "&revealed=yes"];
                    for more in &states[..if asks { 3 } else { 2 }] {
                        let link =
                            format!("lesson={key}&scene={scene}{more}&present=yes&paused=yes");
                        page.turn_to(&link).await;
                        let what = format!("{link} at {width}×{height}");
                        let share = share_of_height(&plots(page).await, height);
                        assert!(share >= 0.6, "{what}: {share}");
                        assert_clear(page, &what).await;
                        assert_nothing_cut(page, &what).await;
                        if *more != "&panels=all" {
                            assert_cards_in_sight(page, &what).await;
                            assert_pass_in_sight(page, &what).await;
                        }
                    }
                }
            }
        }
    });
}

#[test]
fn present_shows_what_captions_speak_of_on_every_projector() {
    let screen = |width, height| Screen { width, height, ratio: 1.0, phone: false };
    browse("", async |page| {
        for (width, height) in [(1280, 720), (1920, 1080), (640, 360)] {
            page.screen(screen(width, height)).await;
            for link in LABS {
                let more = if link.is_empty() { "" } else { "&" };
                page.turn_to(&format!("{link}{more}present=yes&paused=yes")).await;
                let count = page.scenes().await;
                for index in 0..count {
                    page.call::<()>(
                        "ravine.page.act({ scene: { index: arguments[0] } });",
                        json!([index]),
                    )
                    .await;
                    page.painted().await;
                    let what = format!("{link}, scene {index} at {width}×{height}");
                    assert_clear(page, &what).await;
                    let plots = plots(page).await;
                    // A phone on its side scrolls to the rest.
                    let least = if height > 360 { 0.6 } else { 0.5 };
                    let share = share_of_height(&plots, height);
                    assert!(share >= least, "{what}: {share}");
                    let mut wanted = vec!["#caption", "#chart"];
                    // A chart of other dials is what the caption speaks of: it has the deck's place.
                    let sets: String =
                        page.eval("document.getElementById('chart').dataset.sets").await;
                    let has_deck_place = sets == "dials" && !link.is_empty();
                    if has_deck_place && height > 360 {
                        let [.., height_of] = page.rectangle("#chart").await;
                        assert!(height_of > 0.3 * f64::from(height), "{what}: {height_of}");
                    } else if height > 360 {
                        match link {
                            "" => {}
                            _ if link.starts_with("net") => {
                                wanted.extend(["#net-picture", "#net-chips"])
                            }
                            _ => wanted.extend(["#data-plot", "#deck-chips"]),
                        }
                    }
                    for part in wanted {
                        let [left, top, width_of, height_of] = page.rectangle(part).await;
                        let inside = left >= 0.0
                            && top >= 0.0
                            && left + width_of <= f64::from(width)
                            && top + height_of <= f64::from(height);
                        assert!(inside && height_of > 15.0, "{what}: {part} is not in sight");
                    }
                    if height > 360 {
                        assert_cards_in_sight(page, &what).await;
                    }
                    assert_nothing_cut(page, &what).await;
                    // An equation that is cut off is a wrong one.
                    let cut: Vec<String> = page
                        .eval(
                            "[...document.querySelectorAll('.equation')]
                                 .filter((equation) => equation.checkVisibility()
                                     && equation.scrollWidth > equation.clientWidth + 1)
                                 .map((equation) => equation.textContent)",
                        )
                        .await;
                    assert!(cut.is_empty(), "{what}: {cut:?}");
                }
            }
        }
    });
}

#[test]
fn runs_say_in_which_settings_they_differ_where_their_dials_are_not_shown() {
    browse("", async |page| {
        page.screen(Screen { width: 1280, height: 720, ratio: 1.0, phone: false }).await;
        for (lab, scene, told) in [
            ("minibatches", 3, "schedule of α: constant, schedule of α: 1/t"),
            ("network", 3, "α = 0.003, α = 0.1, α = 3"),
            ("network", 5, "loss: L2, loss: cross-entropy"),
            ("network", 8, "λ₂ = 0, λ₂ = 0.02"),
        ] {
            page.call::<()>(
                "ravine.page.act({ lab: { key: arguments[0] } });
                 ravine.page.act({ scene: { index: arguments[1] } });
                 ravine.page.set('present', 'yes');",
                json!([lab, scene]),
            )
            .await;
            page.painted().await;
            let seen: Vec<String> = page
                .eval(
                    "[...document.querySelectorAll('.differs span')]
                         .filter((part) => part.checkVisibility()).map((part) => part.textContent)",
                )
                .await;
            assert_eq!(seen.join(", "), told, "{lab} {scene}");
        }
    });
}

#[test]
fn nothing_in_present_moves_while_it_plays() {
    let screen = Screen { width: 1280, height: 720, ratio: 1.0, phone: false };
    const BOXES: &str = "[...document.querySelectorAll(
            '.plot, .data-plot, .card, .sentence, #chart, #caption, #transport, .deck')]
        .filter((part) => part.checkVisibility()).map((part) => {
            const { left, top, width, height } = part.getBoundingClientRect();
            return [part.id || part.className, left, top, width, height];
        })";
    browse("", async |page| {
        page.screen(screen).await;
        for link in LABS {
            let more = if link.is_empty() { "" } else { "&" };
            page.turn_to(&format!("{link}{more}present=yes&paused=yes")).await;
            let count = page.scenes().await;
            for index in 0..count {
                // Long trainings would only be waited for.
                let parts = if link.starts_with("net") { 4 } else { 12 };
                let moved: Value = page
                    .call(
                        &format!(
                            "const {{ lab, page }} = ravine;
                             const frame = () => new Promise((done) => requestAnimationFrame(done));
                             page.act({{ scene: {{ index: arguments[0] }} }});
                             await frame(); await frame();
                             const before = {BOXES};
                             const {{ steps }} = JSON.parse(lab.live());
                             const last = JSON.parse(lab.model()).net ? 40 : steps;
                             for (let part = 1; part <= arguments[1]; part += 1) {{
                                 lab.seek(Math.round(part / arguments[1] * last));
                                 page.moved();
                                 await frame(); await frame(); await frame();
                                 const after = {BOXES};
                                 const same = (one, other) => one.every((side, at) =>
                                     side === other[at] || Math.abs(side - other[at]) < 1);
                                 const other = after.filter((box, at) => !same(box, before[at] ?? []));
                                 if (other.length > 0 || after.length !== before.length) {{
                                     return [part, other, before, after];
                                 }}
                             }}
                             return null;"
                        ),
                        json!([index, parts]),
                    )
                    .await;
                assert_eq!(moved, Value::Null, "{link}, scene {index}");
            }
        }
    });
}
