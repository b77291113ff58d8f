//! Nets by their numbers: units and weights by keyboard, the passes, the loss surface.

use serde_json::json;
use thirtyfour::Key;

use super::{LINK, assert_native, is_seen, labels, place_of, seen, settled, surveyed, undo};
use crate::harness::{Screen, browse};

#[test]
fn the_keyboard_goes_through_the_net_and_sets_a_weight() {
    browse(LINK, async |page| {
        let before = assert_native(page).await;
        page.focus("#net-nodes button[tabindex='0']").await;
        let here = async || page.eval::<String>("document.activeElement.ariaLabel").await;
        assert_eq!(here().await, "Input x₁");
        page.press(&[], Key::Down).await;
        assert_eq!(here().await, "Input x₂");
        page.press(&[], Key::Right).await;
        assert!(here().await.ends_with("of hidden layer 1"), "{}", here().await);
        page.press(&[], Key::Right).await;
        assert!(here().await.ends_with("of hidden layer 2"), "{}", here().await);
        page.press(&[], Key::Right).await;
        assert!(here().await.starts_with("Output"), "{}", here().await);
        page.press(&[], Key::Left).await;
        page.press(&[], Key::Enter).await;
        settled(page).await;
        assert!(page.link().await.contains("weight=w2."), "{}", page.link().await);
        page.click("#net-chips button:nth-child(2)").await;
        settled(page).await;
        assert!(page.text("#unit-title").await.contains("hidden layer 2"));
        let names = labels(page, "#unit-rows input").await;
        assert_eq!(names.len(), 5, "{names:?}");
        assert!(names[4].starts_with("b2."), "{names:?}");
        page.set("#unit-rows tr:nth-child(2) input", "0.75").await;
        let print = assert_native(page).await;
        assert_ne!(print, before);
        assert!(
            page.link().await.contains(&format!("hand=20,{},0.75,gd", names[1])),
            "{}",
            page.link().await
        );
        let shown: String =
            page.eval("document.querySelector('#unit-rows tr:nth-child(2) input').value").await;
        assert_eq!(shown, "0.75");
        // Going away and back finds it again, nonsense is told, undo takes it back.
        page.set("#scrub", "30").await;
        settled(page).await;
        page.set("#scrub", "20").await;
        assert_eq!(assert_native(page).await, print);
        page.set("#unit-rows tr:nth-child(2) input", "heavy").await;
        page.painted().await;
        let invalid = "document.querySelector('#unit-rows tr:nth-child(2) input').ariaInvalid";
        assert_eq!(page.eval::<String>(invalid).await, "true");
        undo(page).await;
        assert_eq!(assert_native(page).await, before);

        // An edge under the pointer is read, and chosen by a click.
        let edge: [f64; 2] = page
            .call(
                "const { lab } = ravine;
                 const { clientWidth, clientHeight } = document.getElementById('net-picture');
                 for (let x = 4; x < clientWidth; x += 6) for (let y = 4; y < clientHeight; y += 6) {
                     const box = document.getElementById('net-picture').getBoundingClientRect();
                     const over = document.elementFromPoint(box.left + x, box.top + y);
                     if (over?.id === 'net-edges' && lab.pick('net', x, y) !== '') return [x, y];
                 }
                 return [-1, -1];",
                json!([]),
            )
            .await;
        assert!(edge[0] > 0.0, "there is no edge");
        let [left, top, ..] = page.rectangle("#net-picture").await;
        page.move_to([left + edge[0], top + edge[1]]).await;
        page.wait_for("!document.getElementById('net-readout').hidden").await;
        let terms: Vec<String> = page
            .eval("[...document.querySelectorAll('#net-readout dt')].map((dt) => dt.textContent)")
            .await;
        assert_eq!(terms[2], "last change", "{terms:?}");
        page.click_at([left + edge[0], top + edge[1]]).await;
        settled(page).await;
        assert!(is_seen(page, "net-weights").await);
        assert_eq!(
            page.eval::<u32>("document.querySelectorAll('#unit-rows .lit').length").await,
            1
        );
        page.move_to([3.0, 300.0]).await;
        page.wait_for("document.getElementById('net-readout').hidden").await;
    });
}

#[test]
fn the_passes_go_forwards_and_backwards_as_formulas_with_their_numbers() {
    browse(LINK, async |page| {
        settled(page).await;
        let place = async || page.text("#pass-place").await;
        let counted = async || -> [u32; 3] {
            page.eval(
                "['math', 'mn', 'img'].map((what) =>
                     document.querySelectorAll(`#pass-lines ${what}`).length)",
            )
            .await
        };
        // Three layers forwards, the loss, two stages a layer backwards, update, batch and chain.
        assert_eq!(place().await, "1 of 13");
        let mut titles = Vec::new();
        for at in 1..=13 {
            page.painted().await;
            assert_eq!(place().await, format!("{at} of 13"));
            titles.push(page.text("#pass-title").await);
            let [math, numbers, others] = counted().await;
            assert!(math > 1 && numbers > 1 && others == 0, "{at}: {math}, {numbers}");
            let text = page.text("#pass-lines").await;
            assert!(!text.contains('<') && !text.contains("NaN"), "{text}");
            page.press(&[], ']').await;
        }
        assert_eq!(place().await, "13 of 13");
        assert!(
            titles[0].starts_with("Forward") && titles[4].starts_with("Backward"),
            "{titles:?}"
        );
        page.press(&[], '[').await;
        page.painted().await;
        assert_eq!(
            (place().await, page.text("#pass-title").await),
            ("12 of 13".into(), titles[11].clone())
        );
        page.click("#pass-back").await;
        page.click("#pass-forth").await;
        page.painted().await;
        assert_eq!(page.text("#pass-title").await, titles[11]);
        assert!(page.ask::<String>("lab.link()").await.contains("at=11"));
        // The lit units are those of the stage.
        page.change("at", "1").await;
        let lit = labels(page, "#net-nodes .lit").await;
        assert_eq!(lit, ["Unit 1 of hidden layer 2", "Unit 2 of hidden layer 2"]);
        // Unit by unit there are more, and another example has other numbers.
        page.change("pass", "units").await;
        page.change("at", "0").await;
        assert_eq!(place().await, "1 of 25");
        let one = page.text("#pass-lines").await;
        page.change("example", "2").await;
        assert_ne!(page.text("#pass-lines").await, one);
        // An example that is chosen on a panel is the one whose passes are shown.
        let at = place_of(page, 5).await;
        page.click_at(at).await;
        settled(page).await;
        assert!(page.ask::<String>("lab.link()").await.contains("example="));
        page.reload().await;
        assert_eq!(place().await, "1 of 25");
        assert_native(page).await;
    });
}

#[test]
fn the_loss_surface_is_surveyed_with_its_progress_and_its_note() {
    browse("net=4,2&data.n=200&step=60&deck=surface", async |page| {
        surveyed(page).await;
        let note = page.text("#land-note").await;
        assert!(note.starts_with("The plane holds ") && note.contains("variance"), "{note}");
        assert!(seen(page, "land-field").await[0] > 10, "no surface");
        assert!(seen(page, "land-lines").await[0] > 5, "no isolines");
        assert!(seen(page, "land-paths").await[0] > 5, "no paths");
        assert!(!is_seen(page, "land-pair").await);
        let mut fields = vec![seen(page, "land-field").await[1]];
        for plane in ["random", "weights"] {
            let progress: Vec<f64> = page
                .call(
                    "const told = [];
                     ravine.page.set('plane', arguments[0]);
                     for (;;) {
                         await new Promise((done) => requestAnimationFrame(done));
                         const { progress } = JSON.parse(ravine.lab.live()).net.surface;
                         told.push(progress);
                         if (told.length > 1 && progress >= 1) return told;
                     }",
                    json!([plane]),
                )
                .await;
            assert!(progress.windows(2).skip(1).all(|pair| pair[0] <= pair[1]), "{progress:?}");
            settled(page).await;
            page.painted().await;
            fields.push(seen(page, "land-field").await[1]);
        }
        assert!(fields[0] != fields[1] && fields[1] != fields[2], "{fields:?}");
        assert!(is_seen(page, "land-pair").await);
        page.set("#net-pair", "w1.2.1,b1.2").await;
        settled(page).await;
        assert!(page.link().await.contains("pair=w1.2.1,b1.2"));
        surveyed(page).await;
        assert_ne!(seen(page, "land-field").await[1], fields[2]);
        page.set("#net-pair", "w1.2.1").await;
        page.painted().await;
        assert!(!page.text("#net-pair-fault").await.is_empty());
        // Before the first step there is no path to lay a plane through.
        page.open("net=4,2&data.n=200&step=0&deck=surface").await;
        settled(page).await;
        assert!(page.text("#land-note").await.contains("have not moved yet"));
    });
}

#[test]
fn the_loss_surface_is_surveyed_once_and_rests_on_every_screen() {
    browse("net=4,2&data.n=60&step=30&deck=surface", async |page| {
        let widths = [1440, 1300, 1200, 1080, 900, 820];
        let desktops = widths.map(|width| Screen { width, ..Screen::DESKTOP });
        for screen in [&desktops[..], &[Screen::PROJECTOR, Screen::PHONE]].concat() {
            page.screen(screen).await;
            for plane in ["paths", "weights"] {
                page.change("plane", plane).await;
                surveyed(page).await;
                let (shapes, surveys): (Vec<Vec<f64>>, Vec<f64>) = page
                    .call(
                        "const land = document.getElementById('land');
                         const progress = document.getElementById('land-progress');
                         const shape = () => [land.clientWidth, land.clientHeight];
                         const shapes = [shape()];
                         progress.hidden = false;
                         shapes.push(shape());
                         progress.hidden = true;
                         const surveys = [];
                         for (let frame = 0; frame < 12; frame++) {
                             await new Promise((done) => requestAnimationFrame(done));
                             surveys.push(JSON.parse(ravine.lab.live()).net.surface.progress);
                         }
                         return [shapes, surveys];",
                        json!([]),
                    )
                    .await;
                assert_eq!(shapes[0], shapes[1], "{screen:?}, {plane}: progress takes room");
                assert_eq!(surveys, [1.0; 12], "{screen:?}, {plane}: it is surveyed again");
            }
        }
    });
}

#[test]
fn the_picture_of_a_tall_net_stands_within_its_panel() {
    browse("net=8,8,8&runs=gd,adam&data.n=60&step=5", async |page| {
        for screen in [Screen::DESKTOP, Screen { width: 1280, height: 720, ..Screen::DESKTOP }] {
            page.screen(screen).await;
            settled(page).await;
            let [panel, picture, unit]: [f64; 3] = page
                .eval(
                    "['.net', '#net-picture', '#net-nodes .node'].map((selector) =>
                         Math.max(...[...document.querySelectorAll(selector)]
                             .map((element) => element.getBoundingClientRect().bottom)))",
                )
                .await;
            assert!(unit <= picture && picture <= panel + 1.0, "{screen:?}: {panel} {picture}");
        }
    });
}
