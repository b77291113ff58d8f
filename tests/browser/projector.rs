//! A second window for the projector: it follows the lecturer's, and either outlives the other.

use serde_json::{Value, json};
use thirtyfour::{Key, WindowHandle};

use crate::harness::{Page, Screen, browse};

/// What both windows must agree in.
const SHOWN: &str = "[ravine.lab.link(), JSON.parse(ravine.lab.live()).step]";
const THERE: &str = "document.documentElement.dataset.projected === 'yes'";

/// Opens the projector's window by its button; returns both, and stays in the lecturer's.
async fn open(page: &Page) -> [WindowHandle; 2] {
    let before = page.windows().await;
    page.click("#projector").await;
    page.wait_for(THERE).await;
    let windows = page.windows().await;
    assert_eq!(windows.len(), before.len() + 1);
    let new = windows.into_iter().find(|window| !before.contains(window)).unwrap();
    page.go_to(&new).await;
    page.screen(Screen::PROJECTOR).await;
    page.wait_until_ready().await;
    page.go_to(&before[0]).await;
    [before[0].clone(), new]
}

/// Both show the same after a while.
async fn assert_same(page: &Page, [lecturer, projector]: &[WindowHandle; 2], what: &str) {
    page.go_to(lecturer).await;
    page.painted().await;
    let shown: Value = page.eval(SHOWN).await;
    page.go_to(projector).await;
    page.wait_for(&format!("JSON.stringify({SHOWN}) === {}", json!(shown.to_string()))).await;
    assert_eq!(page.eval::<Value>(SHOWN).await, shown, "{what}");
    page.go_to(lecturer).await;
}

#[test]
fn the_projector_shows_the_stage_alone_and_the_lecturer_notes_besides() {
    browse("lesson=basic-training&scene=5&step=3", async |page| {
        assert!(!page.eval::<bool>("document.querySelector('#desk').checkVisibility()").await);
        let [lecturer, projector] = open(page).await;
        let scenes: Value = page.eval("JSON.parse(ravine.lab.lessons())[0].scenes").await;
        let notes = scenes[4]["notes"].as_str().unwrap();
        // Indices are set lower.
        assert_eq!(page.text("#desk-notes").await, notes.replace('_', ""));
        assert_eq!(
            page.text("#desk-next").await,
            format!("Next: {}", scenes[5]["title"].as_str().unwrap())
        );
        page.wait_for("document.querySelector('#desk-since').textContent === '0:02'").await;
        page.click("#desk-reset").await;
        assert_eq!(page.text("#desk-since").await, "0:00");
        page.press(&[], Key::PageDown).await;
        page.painted().await;
        assert_eq!(page.text("#desk-notes").await, scenes[5]["notes"].as_str().unwrap());

        page.go_to(&projector).await;
        page.wait_for("document.title.startsWith('Walking down the hill')").await;
        let seen: Vec<String> = page
            .eval(
                "['.head', '.head button', '#projector', '#present', '#full-screen', '.transport', '#desk', '.scene-keys', '#plot', '#caption'].filter((part) =>
                     document.querySelector(part).checkVisibility({ visibilityProperty: true }))",
            )
            .await;
        assert_eq!(seen, ["#plot", "#caption"]);
        assert_eq!(
            page.text("#caption").await,
            scenes[5]["text"].as_str().unwrap(),
            "what the class reads"
        );
        let share: f64 =
            page.eval("document.querySelector('#plot').clientHeight / innerHeight").await;
        assert!(share >= 0.6, "{share}");
        // A clicker speaks to the window that was clicked last.
        page.press(&[], Key::PageDown).await;
        page.wait_for("document.title.startsWith('Backpropagation')").await;
        page.go_to(&lecturer).await;
        assert_eq!(page.text("#scene-name").await, "Backpropagation");
    });
}

#[test]
fn one_window_is_found_again_and_a_reload_of_either_heals() {
    browse("present=yes&step=5", async |page| {
        let pair = open(page).await;
        page.click("#projector").await;
        page.painted().await;
        assert_eq!(page.windows().await.len(), 2, "it is not opened twice");
        assert_same(page, &pair, "at first").await;
        page.go_to(&pair[1]).await;
        page.reload().await;
        page.go_to(&pair[0]).await;
        page.change("gd.alpha", "0.05").await;
        assert_same(page, &pair, "after a reload of the projector's").await;
        page.reload().await;
        page.wait_for(THERE).await;
        page.change("gd.alpha", "0.03").await;
        assert_same(page, &pair, "after a reload of the lecturer's").await;
        page.click("#projector").await;
        page.painted().await;
        assert_eq!(page.windows().await.len(), 2, "it is found after a reload");
        assert_same(page, &pair, "and not loaded anew with what it was opened with").await;
    });
}

#[test]
fn closing_either_window_leaves_the_other_sound() {
    browse("present=yes&step=5", async |page| {
        let [lecturer, projector] = open(page).await;
        page.go_to(&projector).await;
        page.close().await;
        page.go_to(&lecturer).await;
        page.wait_for(&format!("!({THERE})")).await;
        assert!(!page.eval::<bool>("document.querySelector('#desk').checkVisibility()").await);
        page.change("gd.alpha", "0.05").await;
        let pair = open(page).await;
        assert_same(page, &pair, "a second one").await;
        let shown: Value = page.eval(SHOWN).await;
        page.close().await;
        page.go_to(&pair[1]).await;
        page.wait_for(
            "document.querySelector('#projector-state').textContent.startsWith('No answer')",
        )
        .await;
        assert_eq!(page.eval::<Value>(SHOWN).await, shown);
    });
}

#[test]
fn a_blocked_window_becomes_a_link() {
    browse("step=5", async |page| {
        page.call::<()>("window.open = () => null;", json!([])).await;
        page.click("#projector").await;
        assert_eq!(
            page.notes().await,
            ["The browser did not let the page open a second window.", "Open the projector window",]
        );
        page.click("#notes a").await;
        page.wait_for(THERE).await;
        assert_eq!(page.windows().await.len(), 2);
        assert!(page.notes().await.is_empty());
    });
}

#[test]
fn two_lecturers_do_not_talk_to_each_others_projector() {
    browse("present=yes&step=5", async |page| {
        let pair = open(page).await;
        // A copy of the window has what its session stored, too.
        page.call::<()>("window.open(location.href, '_blank', 'popup');", json!([])).await;
        let windows = page.windows().await;
        let copy = windows.iter().find(|window| !pair.contains(window)).unwrap().clone();
        page.go_to(&copy).await;
        page.wait_until_ready().await;
        // The older one says so at once.
        page.wait_for("performance.now() > 1000").await;
        page.change("gd.alpha", "0.01").await;
        page.painted().await;
        assert!(!page.eval::<bool>(THERE).await);
        assert_same(page, &pair, "the first pair").await;
        page.go_to(&copy).await;
        let own = open(page).await;
        assert_eq!(page.windows().await.len(), 4);
        assert_same(page, &[copy, own[1].clone()], "the second pair").await;
        page.go_to(&pair[0]).await;
        page.change("gd.alpha", "0.07").await;
        assert_same(page, &pair, "the first pair again").await;
        page.go_to(&own[1]).await;
        assert!(page.ask::<String>("lab.link()").await.contains("gd.alpha=0.01"));
    });
}

/// A random life in the lecturer's window, from a seed; after each change, what both windows show
/// one frame after it was drawn. Returns how many changes were seen late, and those that were never
/// the same.
const LIFE: &str = "
    const [seed, changes] = arguments;
    const { lab, page } = ravine;
    const other = window.open('', `ravine-projector-${sessionStorage.getItem('ravine.pair')}`);
    let state = seed;
    const random = () => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return state / 2 ** 32;
    };
    const one = (list) => list[Math.floor(random() * list.length)];
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const model = () => JSON.parse(lab.model());
    const turn = ({ key, scale, min, max, choices }) => page.set(key, scale === 'switch' ? one(['yes', 'no'])
        : choices.length > 0 ? one(choices).key : String(min + random() * (max - min)));
    const acts = [
        () => page.act({ lab: { key: one(page.catalog.labs).key } }),
        () => page.act({ scene: { index: Math.floor(random() * 7) } }),
        () => page.act({ lesson: { key: 'basic-training', scene: Math.floor(random() * 13) } }),
        () => { lab.seek(Math.floor(random() * 40)); page.moved(); },
        () => { if (lab.playing()) lab.pause(); else lab.play(); page.moved(); },
        () => { lab.step(); page.moved(); },
        () => { lab.turn(one([-1, 1])); page.moved(); },
        () => { lab.put_handle('plot', 200 * random(), 200 * random()); page.edited(); },
        () => page.act(model().question?.isOpen ? 'reveal' : model().question ? 'ask-again' : 'fit'),
        () => { const asked = model().question; if (asked?.isOpen) page.set('guess', asked.axes ? `${random()},1` : asked.choices[0]?.value ?? '0.5'); },
        () => { lab.zoom(100, 100, 0.5 + random()); page.edited(); },
        () => { const run = one(model().runs); if (run) turn(one(run.dials.filter(({ scale }) => scale === 'log' || scale === 'linear'))); },
        () => { const dial = one(model().settings.filter(({ key, choices, scale }) => key !== 'present' && (choices.length > 0 || scale === 'switch'))); turn(dial); },
        () => document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, bubbles: true, cancelable: true })),
    ];
    const shown = (of) => JSON.stringify([of.link(), of.position()]);
    let late = 0;
    const never = [];
    for (let change = 0; change < changes; change += 1) {
        const act = one(acts);
        act();
        page.set('present', 'yes');
        await frame();
        // What was told in this frame, or while the clock runs in the next ones.
        const told = [shown(lab)];
        let frames = 0;
        for (; frames < 30; frames += 1) {
            await frame();
            told.push(shown(lab));
            if (told.includes(shown(other.ravine.lab))) break;
        }
        if (frames > 0) late += 1;
        if (frames === 30) never.push([String(act), told.at(-1), shown(other.ravine.lab)]);
    }
    return [late, never];";

#[test]
fn both_windows_are_in_step_within_a_frame_over_a_thousand_random_changes() {
    browse("present=yes", async |page| {
        open(page).await;
        let mut late = 0;
        for seed in 0..20 {
            let (later, never): (usize, Vec<Value>) = page.call(LIFE, json!([seed, 50])).await;
            assert!(never.is_empty(), "seed {seed}: {never:#?}");
            late += later;
        }
        // Two windows share two processors with other tests: now and then one of them waits for its turn.
        assert!(late <= 20, "{late} of 1,000 changes were seen more than a frame later");
    });
}

#[test]
fn what_the_projector_computes_is_the_same_to_the_bit() {
    browse("present=yes", async |page| {
        let pair = open(page).await;
        for link in [
            "surface=rosenbrock&runs=gd,momentum,adam&adam.alpha=0.02&step=77&present=yes",
            "problem=mean&gd2.average=all&step=63&present=yes",
            "net=4,2&gd.batch=10&step=12&present=yes",
        ] {
            page.turn_to(link).await;
            // Readouts and sentences are made of all numbers of the runs.
            let told = "(({ readouts, sentences, code, step, progress }) =>
                JSON.stringify([readouts, sentences, code, step, progress]))(JSON.parse(ravine.lab.live()))";
            page.wait_for("JSON.parse(ravine.lab.live()).progress >= 1").await;
            let lecturer: String = page.eval(told).await;
            page.go_to(&pair[1]).await;
            page.wait_for(&format!("{told} === {}", json!(lecturer))).await;
            page.go_to(&pair[0]).await;
        }
    });
}

#[test]
fn a_ring_stands_at_the_same_place_of_the_same_picture_while_its_key_is_held() {
    const RING: &str = "(() => {
        const ring = document.querySelector('#ring');
        if (!ring.checkVisibility()) return null;
        const { left, top, width, height } = ring.getBoundingClientRect();
        const plot = document.querySelector('#plot2').getBoundingClientRect();
        return [(left + width / 2 - plot.left) / plot.width, (top + height / 2 - plot.top) / plot.height];
    })()";
    browse("problem=mean&step=5", async |page| {
        let [lecturer, projector] = open(page).await;
        let [left, top, width, height] = page.rectangle("#plot2").await;
        let key =
            |kind| json!({ "type": kind, "key": "r", "code": "KeyR", "windowsVirtualKeyCode": 82 });
        page.move_to([left + 0.25 * width, top + 0.5 * height]).await;
        assert_eq!(page.eval::<Value>(RING).await, Value::Null);
        page.devtools("Input.dispatchKeyEvent", key("keyDown")).await;
        for [x, y] in [[0.25, 0.5], [0.7, 0.2]] {
            page.move_to([left + x * width, top + y * height]).await;
            page.painted().await;
            for window in [&lecturer, &projector] {
                page.go_to(window).await;
                page.wait_for(&format!(
                    "(({RING}) ?? [9, 9]).every((part, at) => Math.abs(part - [{x}, {y}][at]) < 0.01)"
                ))
                .await;
            }
            page.go_to(&lecturer).await;
        }
        // Beside every picture there is nothing to point at.
        page.move_to([5.0, 5.0]).await;
        assert_eq!(page.eval::<Value>(RING).await, Value::Null);
        page.move_to([left + 9.0, top + 9.0]).await;
        assert!(page.eval::<Value>(RING).await.is_array());
        page.devtools("Input.dispatchKeyEvent", key("keyUp")).await;
        for window in [&lecturer, &projector] {
            page.go_to(window).await;
            page.wait_for(&format!("({RING}) === null")).await;
        }
    });
}

#[test]
fn the_black_screen_is_the_projectors_where_there_is_one() {
    const BLACK: &str = "document.querySelector('#black').checkVisibility()";
    browse("present=yes&step=5", async |page| {
        let [lecturer, projector] = open(page).await;
        page.press(&[], ' ').await;
        page.press(&[], 'b').await;
        assert!(!page.eval::<bool>(BLACK).await && !page.ask::<bool>("lab.playing()").await);
        page.go_to(&projector).await;
        page.wait_for(BLACK).await;
        page.go_to(&lecturer).await;
        page.press(&[], Key::PageDown).await;
        assert!(page.ask::<bool>("lab.playing()").await, "any key brings it back, and only that");
        assert_eq!(page.eval::<i64>("JSON.parse(ravine.lab.model()).scene").await, 0);
        page.go_to(&projector).await;
        page.wait_for(&format!("!({BLACK})")).await;
    });
}

#[test]
fn a_lesson_of_ones_own_is_shown_on_the_projector_as_it_is_written() {
    browse("surface=bowl&step=5", async |page| {
        page.call::<()>("localStorage.clear();", json!([])).await;
        page.click("#scene-title").await;
        page.painted().await;
        page.call::<()>(
            "[...document.querySelectorAll('#scene-list button')]
                 .find((row) => row.textContent.startsWith('Add this scene')).click();",
            json!([]),
        )
        .await;
        page.painted().await;
        let pair = open(page).await;
        page.set("#writing-text", "Typed before the class.").await;
        page.go_to(&pair[1]).await;
        page.wait_for(
            "document.querySelector('#caption').textContent === 'Typed before the class.'",
        )
        .await;
        // What the channel tells is enough where storage is not shared.
        page.call::<()>("localStorage.clear();", json!([])).await;
        page.reload().await;
        page.wait_for(
            "document.querySelector('#caption').textContent === 'Typed before the class.'",
        )
        .await;
        let link: String = page.eval("ravine.lab.link()").await;
        assert!(link.starts_with("lesson=own&scene=1&surface=bowl"), "{link}");
        page.go_to(&pair[0]).await;
    });
}
