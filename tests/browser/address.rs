//! The address holds everything that is shown: every change writes it, and opening it again,
//! by reload, Back, undo or redo, restores it.

use serde_json::{Value, json};
use thirtyfour::Key;

use crate::harness::{Page, browse};

/// What the page shows, the clock included.
async fn shown(page: &Page) -> [Value; 2] {
    [page.model().await, page.live().await]
}

/// Waits until the address holds all of these parts.
async fn addressed(page: &Page, parts: &[&str]) {
    for part in parts {
        page.wait_for(&format!("location.hash.slice(1).split('&').includes('{part}')")).await;
    }
}

#[test]
fn every_kind_of_change_is_in_the_address_and_survives_a_reload() {
    browse("surface=rosenbrock&step=10", async |page| {
        page.set("#surface-dials input[type=number]", "0.5").await;
        page.set("[data-run=momentum] input[type=number]", "0.0005").await;
        page.set("#horizon input[type=number]", "400").await;
        page.set("#chart-by select", "evaluations").await;
        page.set("#start-x", "-1.5").await;
        page.set("#window-top", "4").await;
        page.set("#scrub", "37").await;
        page.click("[data-run=gd] .sample").await;
        addressed(
            page,
            &[
                "surface=rosenbrock",
                "f.a=0.5",
                "momentum.alpha=5e-4".replace("5e-4", "0.0005").as_str(),
                "steps=400",
                "by=evaluations",
                "start=-1.5,1",
                "window=-2.2,2.2,-1,4",
                "step=37",
                "gd.hidden=yes",
            ],
        )
        .await;
        let before = shown(page).await;
        page.reload().await;
        assert_eq!(shown(page).await, before);
        assert!(page.notes().await.is_empty());
    });
}

#[test]
fn the_address_is_written_at_most_twice_a_second() {
    browse("step=0", async |page| {
        page.painted().await;
        // As many changes as there are frames, for as long as five writes take.
        let (gaps, changes): (Vec<f64>, u32) = page
            .call(
                "const writes = [];
                 for (const name of ['pushState', 'replaceState']) {
                     const write = history[name].bind(history);
                     history[name] = (...values) => {
                         writes.push(performance.now());
                         write(...values);
                     };
                 }
                 let changes = 0;
                 while (writes.length < 5) {
                     changes += 1;
                     ravine.page.set('f.kappa', String(20 + changes));
                     await new Promise((done) => requestAnimationFrame(done));
                 }
                 const gaps = writes.slice(1).map((at, index) => at - writes[index]);
                 return [gaps, changes];",
                json!([]),
            )
            .await;
        assert!(changes > 5, "{changes} changes");
        // A timer may be a little early by the page's own coarse clock.
        assert!(gaps.iter().all(|gap| *gap > 490.0), "{gaps:?}");
    });
}

#[test]
fn back_and_forward_go_through_what_was_shown() {
    browse("step=5", async |page| {
        page.change("f.kappa", "30").await;
        addressed(page, &["f.kappa=30"]).await;
        page.change("f.kappa", "40").await;
        addressed(page, &["f.kappa=40"]).await;
        let kappa = "JSON.parse(ravine.lab.model()).surface.dials[0].value";
        page.back().await;
        page.wait_for(&format!("{kappa} === 30")).await;
        page.back().await;
        page.wait_for(&format!("{kappa} === 20")).await;
        assert_eq!(page.link().await, "step=5");
        page.forward().await;
        page.forward().await;
        page.wait_for(&format!("{kappa} === 40")).await;
        page.painted().await;
        assert_eq!(
            page.eval::<String>(
                "document.querySelector('#surface-dials input[type=number]').value"
            )
            .await,
            "40"
        );
    });
}

#[test]
fn undo_that_is_held_writes_few_entries_and_the_address_catches_up() {
    browse("step=5", async |page| {
        // As WebKit has it: more than 100 changes of the address in 30 s throw.
        let outcome: Value = page
            .call(
                "const times = [];
                 for (const name of ['pushState', 'replaceState']) {
                     const write = history[name].bind(history);
                     history[name] = (...values) => {
                         const now = performance.now();
                         if (times.filter((time) => now - time < 30_000).length >= 100) {
                             throw new DOMException('Too many.', 'SecurityError');
                         }
                         times.push(now);
                         write(...values);
                     };
                 }
                 const { lab, page } = ravine;
                 const rest = (ms) => new Promise((done) => setTimeout(done, ms));
                 for (const kappa of [30, 40, 50]) {
                     page.set('f.kappa', String(kappa));
                     await rest(600);
                 }
                 times.length = 0;
                 const begin = performance.now();
                 for (let press = 0; press < 240; press += 1) {
                     document.body.dispatchEvent(new KeyboardEvent('keydown', {
                         key: 'z', ctrlKey: true, shiftKey: press % 6 >= 3, bubbles: true,
                     }));
                     await rest(12);
                 }
                 const took = performance.now() - begin;
                 await rest(600);
                 // Where nothing more is allowed, it is tried again, and the page goes on.
                 const few = times.length;
                 for (let more = 0; more < 100; more += 1) times.push(performance.now());
                 page.set('f.kappa', '77');
                 await rest(700);
                 const late = location.hash;
                 times.length = 0;
                 await rest(1300);
                 return { few, took, late, hash: location.hash, link: lab.link() };",
                json!([]),
            )
            .await;
        let [few, took] = ["few", "took"].map(|key| outcome[key].as_f64().unwrap());
        assert!(few <= took / 300.0 + 2.0, "{outcome}");
        assert_eq!(outcome["late"], "#f.kappa=50&step=5&scene=ravine");
        assert_eq!(outcome["hash"], "#f.kappa=77&step=5&scene=ravine");
        assert_eq!(outcome["link"], "f.kappa=77&step=5&scene=ravine");
    });
}

#[test]
fn a_change_in_the_last_moment_before_a_reload_is_kept() {
    let obstacles = [
        (true, ""),
        // Firefox takes no address any more while a page is left.
        (true, "for (const name of ['pushState', 'replaceState']) history[name] = () => {};"),
        // The page's own timer writes it when the browser has begun to reload the one before.
        (false, "history.pushState(null, '', '#surface=bowl&gd.alpha=0.3&step=5');"),
    ];
    browse("", async |page| {
        for (is_first, obstacle) in obstacles {
            page.open("surface=bowl&step=5").await;
            let leave = format!(
                "ravine.page.set('gd.alpha', '0.3');
                 addEventListener('beforeunload', () => {{ {obstacle} }}, {{ capture: {is_first} }});"
            );
            page.call::<()>(&leave, json!([])).await;
            page.reload().await;
            assert_eq!(page.ask::<String>("lab.link()").await, "surface=bowl&gd.alpha=0.3&step=5");
            page.wait_for("location.hash === '#surface=bowl&gd.alpha=0.3&step=5'").await;
        }
        // A link that is opened anew is what it says.
        page.open("surface=bowl&step=5").await;
        assert_eq!(page.ask::<String>("lab.link()").await, "surface=bowl&step=5");
    });
}

#[test]
fn a_clock_that_runs_goes_on_after_a_reload_from_where_it_was() {
    browse("", async |page| {
        for link in ["surface=bowl&steps=5000", "net=2&steps=500&speed=5"] {
            page.open(link).await;
            page.ask::<()>("lab.seek(40)").await;
            page.ask::<()>("lab.play()").await;
            page.call::<()>("ravine.page.moved();", json!([])).await;
            page.wait_for("JSON.parse(ravine.lab.live()).step > 40").await;
            page.reload().await;
            let live = page.live().await;
            assert_eq!(live["playing"], true, "{link}");
            assert!(live["step"].as_u64().unwrap() > 40, "{link}: {live}");
        }
        // An address that is opened anew plays from the start.
        page.open("surface=bowl&steps=5000&speed=1").await;
        assert!(page.step().await < 40);
    });
}

#[test]
fn a_link_behind_a_question_mark_is_put_behind_the_hash() {
    browse("", async |page| {
        for link in ["surface=bowl&step=5", "gd.alpha=0.3&step=5", "net=3&step=0"] {
            page.open_at(&format!("?{link}")).await;
            assert_eq!(page.ask::<String>("lab.link()").await, link);
            page.wait_for(&format!("location.hash === '#{link}' && location.search === ''")).await;
        }
        // What others hang on an address is no link, and beside one it is left alone.
        for (behind, search, link) in [
            ("?utm_source=mail&fbclid=1", "?utm_source=mail&fbclid=1", "scene=ravine"),
            ("?surface=bowl#surface=saddle&step=5", "?surface=bowl", "surface=saddle&step=5"),
        ] {
            page.open_at(behind).await;
            assert_eq!(page.eval::<String>("location.search").await, search);
            let shown = page.ask::<String>("lab.link()").await;
            assert!(shown == link || link.starts_with("scene") && shown.is_empty(), "{shown}");
            assert!(page.notes().await.is_empty());
        }
    });
}

#[test]
fn a_change_in_the_last_moment_before_back_can_be_had_again() {
    browse("step=5", async |page| {
        page.change("f.kappa", "30").await;
        addressed(page, &["f.kappa=30"]).await;
        page.call::<()>("ravine.page.set('f.kappa', '31'); history.back();", json!([])).await;
        page.wait_for("ravine.lab.link() === 'step=5'").await;
        page.press(&[Key::Control], 'z').await;
        page.wait_for("ravine.lab.link() === 'f.kappa=31&step=5&scene=ravine'").await;
    });
}

#[test]
fn what_a_press_begins_is_a_step_of_its_own_however_soon_it_comes() {
    browse("step=5", async |page| {
        let middle = page.middle("#plot").await;
        let [x, y] = middle;
        page.change("f.kappa", "30").await;
        page.drag(&[middle, [x + 20.0, y + 10.0], [x + 60.0, y + 30.0]]).await;
        page.drag(&[middle, [x - 20.0, y + 10.0], [x - 60.0, y + 30.0]]).await;
        let window = async || page.ask::<String>("lab.link()").await;
        let last = window().await;
        page.press(&[Key::Control], 'z').await;
        let first = window().await;
        assert!(first.contains("window=") && first != last, "{first}");
        page.press(&[Key::Control], 'z').await;
        assert_eq!(window().await, "f.kappa=30&step=5&scene=ravine");
        page.press(&[Key::Control], 'z').await;
        assert_eq!(window().await, "step=5");
        page.press(&[Key::Control], 'y').await;
        assert_eq!(window().await, "f.kappa=30&step=5&scene=ravine");
    });
}

#[test]
fn labs_are_found_again_as_they_were_left_after_a_reload() {
    browse("surface=bowl&gd.alpha=0.3&step=4", async |page| {
        page.click("#labs button:nth-child(3)").await;
        page.wait_for("location.hash.includes('net=')").await;
        page.reload().await;
        page.click("#labs button:nth-child(1)").await;
        assert_eq!(page.ask::<String>("lab.link()").await, "surface=bowl&gd.alpha=0.3&step=4");
    });
}

#[test]
fn a_note_about_a_link_goes_with_what_it_is_about() {
    browse("f=logistic(&step=3", async |page| {
        let told = page.notes().await.join(" ");
        assert!(told.contains("f, column"), "{told}");
        page.call::<()>("location.hash = 'f=x^2+y^2&step=3';", json!([])).await;
        page.wait_for("document.getElementById('notes').childElementCount === 0").await;
        // Another note does not take its place, and what is put right is taken off it.
        page.open("f=sin(&gd.alpha=-1&step=3").await;
        page.call::<()>("ravine.page.act('fly');", json!([])).await;
        let told = page.notes().await.join(" ");
        assert!(told.contains("Unknown action: fly.") && told.contains("gd.alpha"), "{told}");
        page.call::<()>("ravine.page.set('gd.alpha', '0.1');", json!([])).await;
        let told = page.notes().await.join(" ");
        assert!(told.contains("f, column") && !told.contains("gd.alpha"), "{told}");
        page.call::<()>("ravine.page.set('f', 'x^2+y^2');", json!([])).await;
        let told = page.notes().await.join(" ");
        assert!(!told.contains("f, column"), "{told}");
    });
}

#[test]
fn an_address_typed_over_opens() {
    browse("step=5", async |page| {
        page.call::<()>("location.hash = 'surface=bowl&gd.alpha=0.7&step=3';", json!([])).await;
        page.wait_for("document.getElementById('gallery').value === 'bowl'").await;
        assert_eq!(page.step().await, 3);
        assert_eq!(page.link().await, "surface=bowl&gd.alpha=0.7&step=3");
    });
}

#[test]
fn undo_and_redo_go_through_a_hundred_changes() {
    browse("step=5", async |page| {
        // Each change is one step of its own as soon as its half second is over: here time passes
        // faster. A browser takes no more than 200 changes of an address in ten seconds.
        let hurry = "const patient = window.setTimeout;
            window.setTimeout = (call, ms) => patient(call, ms / 50);";
        page.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": hurry })).await;
        page.reload().await;
        // The links on the way through a hundred changes.
        let trail = async |change: &str| -> Vec<String> {
            let body = format!(
                "const {{ lab, page }} = ravine;
                 const press = (shiftKey) => document.body.dispatchEvent(new KeyboardEvent(
                     'keydown', {{ key: 'z', ctrlKey: true, shiftKey, bubbles: true }}));
                 const trail = [lab.link()];
                 for (let change = 1; change <= 100; change += 1) {{
                     {change};
                     await new Promise((done) => setTimeout(done, 60 * 50));
                     trail.push(lab.link());
                 }}
                 return trail;"
            );
            page.call(&body, json!([])).await
        };
        let there = trail("page.set('f.kappa', String(20 + change))").await;
        let mut back = trail("press(false)").await;
        let again = trail("press(true)").await;
        assert_eq!(there[100], "f.kappa=120&step=5&scene=ravine");
        assert_eq!(again, there);
        back.reverse();
        assert_eq!(back, there);
        page.wait_for("location.hash === '#f.kappa=120&step=5&scene=ravine'").await;
    });
}

#[test]
fn a_drag_is_one_step_to_undo_and_another_change_ends_redo() {
    browse("step=5", async |page| {
        let [from, to] = [page.place_of([10.0, 1.0]).await, page.place_of([6.0, -1.0]).await];
        let between = |part: f64| [0, 1].map(|axis| from[axis] + part * (to[axis] - from[axis]));
        page.drag(&[from, between(0.3), between(0.6), to]).await;
        page.painted().await;
        let [x, y] = page.start_point().await;
        assert!((x - 6.0).abs() < 0.1 && (y + 1.0).abs() < 0.1, "({x}, {y})");
        page.press(&[Key::Control], 'z').await;
        assert_eq!(page.start_point().await, [10.0, 1.0]);
        page.press(&[Key::Control], 'y').await;
        assert_eq!(page.start_point().await, [x, y]);
        page.press(&[Key::Control], 'z').await;
        page.change("f.kappa", "30").await;
        page.press(&[Key::Control, Key::Shift], 'z').await;
        assert_eq!(page.start_point().await, [10.0, 1.0]);
        assert!(page.ask::<String>("lab.link()").await.contains("f.kappa=30"));
    });
}
