//! One's own lesson: written, kept, saved. Beside it: how lessons are opened.

mod opened;

use serde_json::{Value, json};
use thirtyfour::Key;

use crate::harness::{Page, Screen, browse};

const TITLES: &str = "JSON.parse(ravine.lab.lessons()).at(-1).scenes.map(({ title }) => title)";
/// How many lessons there are besides those of Ravine.
const OWN: &str =
    r"JSON.parse(ravine.lab.lessons()).filter(({ key }) => /^own|\//.test(key)).length";
const FOCUS: &str = "document.activeElement.id";
/// Has what would be downloaded kept beside the page.
const KEEP_DOWNLOADS: &str = "window.downloads = [];
    const make = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (blob) => { blob.text().then((text) => downloads.push(text)); return make(blob); };
    HTMLAnchorElement.prototype.click = function () { downloads.name = this.download; };";

/// Chooses a row of the list of scenes.
async fn choose(page: &Page, title: &str) {
    page.click("#scene-title").await;
    page.painted().await;
    page.call::<()>(
        "[...document.querySelectorAll('#scene-list button')]
             .find((row) => row.querySelector('b').textContent === arguments[0]).click();",
        json!([title]),
    )
    .await;
    page.painted().await;
}

async fn link(page: &Page) -> String {
    page.painted().await;
    page.ask("lab.link()").await
}

async fn titles(page: &Page) -> Vec<String> {
    page.painted().await;
    page.eval(TITLES).await
}

/// Waits for a note that begins so, and tells all that is noted.
async fn noted(page: &Page, begin: &str) -> Vec<String> {
    page.wait_for(&format!(
        "[...document.querySelectorAll('#notes p')].some(({{ textContent }}) => textContent.startsWith({}))",
        json!(begin)
    ))
    .await;
    page.notes().await
}

#[test]
fn scenes_of_two_labs_are_added_edited_moved_removed_saved_and_kept() {
    browse("surface=beale&steps=40&step=12", async |page| {
        page.call::<()>("localStorage.clear();", json!([])).await;
        choose(page, "Add this scene").await;
        assert_eq!(link(page).await, "lesson=own&scene=1&surface=beale&steps=40&step=12");
        assert_eq!(page.eval::<String>(FOCUS).await, "writing-title");
        page.type_text("A valley").await;
        page.set("#writing-text", "Look at the valley.").await;
        page.set("#writing-try", "Drag it.\n\nTurn it.").await;
        page.set("#writing-notes", "Wait.").await;
        page.click("#writing-shows input[value='runs']").await;
        page.painted().await;
        assert_eq!(page.text("#caption").await, "Look at the valley.");
        assert_eq!(page.text("#scene-name").await, "A valley");

        page.click(".tab[value='network']").await;
        page.painted().await;
        page.click("#writing-add").await;
        page.painted().await;
        page.type_text("A net").await;
        assert_eq!(titles(page).await, ["A valley", "A net"]);
        assert!(link(page).await.starts_with("lesson=own&scene=2&net="));
        assert_eq!(page.text("#scene-count").await, "2 / 2");

        page.click("#writing-up").await;
        assert_eq!(titles(page).await, ["A net", "A valley"]);
        assert!(link(page).await.starts_with("lesson=own&scene=1&net="));
        page.click("#writing-remove").await;
        assert_eq!(titles(page).await, ["A valley"]);
        assert!(link(page).await.contains("surface=beale"));
        // What has the focus shows the scene that is now in its place.
        assert_eq!(
            page.eval::<String>("document.querySelector('#writing-title').value").await,
            "A valley"
        );
        page.click("#notes .chip").await;
        assert_eq!(titles(page).await, ["A net", "A valley"]);
        assert!(link(page).await.starts_with("lesson=own&scene=1&net="));
        page.click("#writing-down").await;
        assert_eq!(titles(page).await, ["A valley", "A net"]);

        page.call::<()>(KEEP_DOWNLOADS, json!([])).await;
        page.click("#writing-save").await;
        page.wait_for("downloads.length === 1").await;
        assert_eq!(page.eval::<String>("downloads.name").await, "my-lesson.json");
        let saved: String = page.eval("downloads[0]").await;
        let saved: Value = serde_json::from_str(&saved).unwrap();
        assert_eq!(saved["title"], "My lesson");
        assert_eq!(
            saved["scenes"][0],
            json!({
                "title": "A valley",
                "link": "surface=beale&steps=40&step=12",
                "text": "Look at the valley.",
                "try": ["Drag it.", "Turn it."],
                "notes": "Wait.",
                "shows": ["formula", "chart"],
            })
        );
        assert_eq!(page.text("#writing-state").await, "saved as a file");

        page.set("#writing-title", "Nets").await;
        page.reload().await;
        assert_eq!(titles(page).await, ["A valley", "Nets"]);
        assert!(link(page).await.starts_with("lesson=own&scene=2&net="));
        assert_eq!(page.text("#scene-name").await, "Nets");

        // After a fault of the core, too.
        page.expect_complaint("The core stopped");
        page.call::<()>("ravine.lab.fail();", json!([])).await;
        assert_eq!(titles(page).await, ["A valley", "Nets"]);
        assert_eq!(page.text("#scene-name").await, "Nets");
    });
}

#[test]
fn scenes_that_are_removed_one_after_the_other_all_come_back() {
    browse("surface=bowl", async |page| {
        page.call::<()>("localStorage.clear();", json!([])).await;
        choose(page, "Add this scene").await;
        page.type_text("One").await;
        for title in ["Two", "Three"] {
            page.click("#writing-add").await;
            page.painted().await;
            page.type_text(title).await;
        }
        for _ in 0..2 {
            page.click("#writing-remove").await;
            page.painted().await;
        }
        assert_eq!(titles(page).await, ["One"]);
        let told = page.notes().await;
        assert!(told[0].contains("“Three”") && told[1].contains("“Two”"), "{told:?}");
        assert_eq!(page.text("#notes .chip").await, "Undo the last");
        page.click("#notes .chip").await;
        assert_eq!(titles(page).await, ["One", "Two"]);
        page.click("#notes .chip").await;
        assert_eq!(titles(page).await, ["One", "Two", "Three"]);
        assert!(page.notes().await.is_empty());
        // Whoever closes the note has no more of it to come.
        page.click("#writing-remove").await;
        page.click("#notes .note > button").await;
        page.click("#writing-remove").await;
        assert_eq!(page.notes().await.len(), 1);
    });
}

#[test]
fn what_is_not_valid_stays_in_its_field_over_a_reload_and_the_rest_goes_on() {
    browse("surface=bowl", async |page| {
        page.call::<()>("localStorage.clear();", json!([])).await;
        choose(page, "Add this scene").await;
        page.set("#writing-link", "surface=bowl&gd.alpha=nine").await;
        page.painted().await;
        let fault = "Scene 1: link has a fault: gd.alpha must be a number, and “nine” is not.";
        assert!(page.text("#writing-faults").await.ends_with(fault));
        assert_eq!(
            page.eval::<String>("document.querySelector('#writing-link').ariaInvalid").await,
            "true"
        );
        assert_eq!(
            page.eval::<String>("document.querySelector('#writing-title').ariaInvalid").await,
            "false"
        );
        // Another scene finds its place all the same.
        page.click("#writing-add").await;
        assert_eq!(titles(page).await.len(), 2);
        page.click("#scene-back").await;
        page.wait_for("document.querySelector('#writing-link').value.endsWith('nine')").await;
        page.reload().await;
        assert_eq!(titles(page).await.len(), 2);
        page.click("#scene-edit").await;
        page.painted().await;
        assert_eq!(
            page.eval::<String>("document.querySelector('#writing-link').value").await,
            "surface=bowl&gd.alpha=nine"
        );
        assert!(page.text("#writing-faults").await.ends_with(fault));
        page.set("#writing-link", "surface=bowl&gd.alpha=0.0900").await;
        page.painted().await;
        assert!(page.eval::<bool>("document.querySelector('#writing-faults').hidden").await);
        // Once it is left it stands there as the page writes it.
        page.focus("#writing-link").await;
        page.focus("#writing-title").await;
        page.painted().await;
        assert_eq!(
            page.eval::<String>("document.querySelector('#writing-link').value").await,
            "surface=bowl&gd.alpha=0.09"
        );
    });
}

#[test]
fn what_is_shown_takes_the_place_of_a_scenes_experiment() {
    browse("surface=bowl", async |page| {
        page.call::<()>("localStorage.clear();", json!([])).await;
        choose(page, "Add this scene").await;
        let scene = "JSON.parse(ravine.lab.lessons()).at(-1).scenes[0].link";
        page.change("gd.alpha", "0.07").await;
        assert!(page.text("#scene-count").await.ends_with("changed"));
        page.click("#writing-use").await;
        page.painted().await;
        assert_eq!(page.text("#scene-count").await, "1 / 1");
        assert_eq!(page.eval::<String>(scene).await, "surface=bowl&gd.alpha=0.07");
        page.call::<()>("ravine.lab.seek(5); ravine.page.moved();", json!([])).await;
        page.click("#writing-paused").await;
        page.painted().await;
        assert_eq!(page.eval::<String>(scene).await, "surface=bowl&gd.alpha=0.07&step=5");
        page.click("#writing-paused").await;
        page.painted().await;
        assert_eq!(page.eval::<String>(scene).await, "surface=bowl&gd.alpha=0.07");
        // A panel stays, whatever is asked for.
        for panel in ["formula", "chart", "runs"] {
            page.click(&format!("#writing-shows input[value='{panel}']")).await;
            page.painted().await;
        }
        let shows: Vec<String> =
            page.eval("JSON.parse(ravine.lab.lessons()).at(-1).scenes[0].shows").await;
        assert_eq!(shows, ["runs"]);
        // The page itself does not scroll, however long the panel is.
        let scrolls = "document.documentElement.scrollHeight > innerHeight";
        assert!(!page.eval::<bool>(scrolls).await);
        // The panel stands although the scene does without the chart.
        assert!(page.eval::<bool>("document.querySelector('#writing').checkVisibility()").await);
    });
}

#[test]
fn a_lesson_that_no_file_has_is_closed_after_asking_and_comes_back_by_undo() {
    browse("surface=bowl", async |page| {
        page.call::<()>("localStorage.clear();", json!([])).await;
        choose(page, "Add this scene").await;
        page.click("#writing-close").await;
        assert_eq!(page.eval::<String>(FOCUS).await, "writing-ask-save");
        page.click("#writing-ask-keep").await;
        assert_eq!(page.eval::<usize>(OWN).await, 1);
        page.click("#writing-close").await;
        page.click("#writing-ask-close").await;
        assert_eq!((link(page).await.as_str(), page.eval::<usize>(OWN).await), ("surface=bowl", 0));
        page.click("#notes .chip").await;
        assert_eq!(link(page).await, "lesson=own&scene=1&surface=bowl");
        page.reload().await;
        assert_eq!(page.eval::<usize>(OWN).await, 1);
        // What a file has is closed at once.
        page.call::<()>(KEEP_DOWNLOADS, json!([])).await;
        page.click("#scene-edit").await;
        page.click("#writing-save").await;
        page.click("#writing-close").await;
        page.painted().await;
        assert_eq!(page.eval::<usize>(OWN).await, 0);
        page.reload().await;
        assert_eq!(page.eval::<usize>(OWN).await, 0);
    });
}

#[test]
fn a_lesson_is_written_by_keyboard_alone() {
    browse("surface=bowl&step=3", async |page| {
        page.call::<()>("localStorage.clear();", json!([])).await;
        page.focus("#scene-title").await;
        page.press(&[], Key::Enter).await;
        page.wait_for("document.querySelector('#scene-list').matches(':popover-open')").await;
        while !page
            .eval::<bool>("document.activeElement.textContent.startsWith('Add this scene')")
            .await
        {
            page.press(&[], Key::Tab).await;
        }
        page.press(&[], Key::Enter).await;
        page.wait_for("document.activeElement.id === 'writing-title'").await;
        page.type_text("Typed").await;
        let mut reached = Vec::new();
        loop {
            page.press(&[], Key::Tab).await;
            let focus: String =
                page.eval("document.activeElement.id || document.activeElement.value").await;
            if focus == "writing-add" {
                break;
            }
            reached.push(focus);
            assert!(reached.len() < 20, "{reached:?}");
        }
        assert_eq!(
            reached,
            [
                "writing-text",
                "writing-try",
                "writing-notes",
                "formula",
                "chart",
                "runs",
                "writing-link",
                "writing-use",
                "writing-paused",
                "writing-kind",
            ]
        );
        page.press(&[], Key::Enter).await;
        page.wait_for("document.querySelector('#scene-count').textContent === '2 / 2'").await;
        assert_eq!(titles(page).await, ["Typed", "Typed"]);
        // Down to the last, the button hands the focus to its neighbour.
        page.focus("#writing-up").await;
        page.press(&[], Key::Enter).await;
        page.painted().await;
        assert_eq!(page.eval::<String>(FOCUS).await, "writing-down");
        page.focus("#writing-fold").await;
        page.press(&[], Key::Enter).await;
        page.painted().await;
        assert_eq!(page.eval::<String>(FOCUS).await, "scene-edit");
        assert!(page.eval::<bool>("document.querySelector('#writing').hidden").await);
        // The arrows turn the scenes of a lesson of one's own, too.
        page.call::<()>("document.activeElement.blur();", json!([])).await;
        page.press(&[], Key::Right).await;
        assert!(link(page).await.starts_with("lesson=own&scene=2"));
    });
}

#[test]
fn on_a_phone_the_panel_stands_below_and_in_present_not_at_all() {
    browse("surface=bowl", async |page| {
        page.call::<()>("localStorage.clear();", json!([])).await;
        page.screen(Screen::PHONE).await;
        choose(page, "Add this scene").await;
        let wider = "document.documentElement.scrollWidth > innerWidth";
        assert!(!page.eval::<bool>(wider).await);
        let below: bool = page
            .eval(
                "document.querySelector('#writing').getBoundingClientRect().top
                     >= document.querySelector('.surface').getBoundingClientRect().bottom - 1",
            )
            .await;
        assert!(below);
        page.set("#writing-title", "By thumb").await;
        assert_eq!(titles(page).await, ["By thumb"]);

        page.screen(Screen::PROJECTOR).await;
        page.change("present", "yes").await;
        for part in ["#writing", "#scene-edit"] {
            let seen = format!("document.querySelector('{part}').checkVisibility()");
            assert!(!page.eval::<bool>(&seen).await, "{part}");
        }
        choose(page, "Add this scene").await;
        noted(page, "What is shown is scene 2 of “My lesson”.").await;
    });
}

#[test]
fn a_question_is_written_in_its_fields_and_asked_at_once() {
    browse("", async |page| {
        page.call::<()>("localStorage.clear();", json!([])).await;
        choose(page, "Add this scene").await;
        page.set("#writing-kind", "steps").await;
        page.painted().await;
        assert!(
            page.text("#writing-faults").await.ends_with("Scene 1, question: why is empty."),
            "nothing is asked before all of it is said"
        );
        page.set("#writing-run", "momentum").await;
        page.set("#writing-level", "nine").await;
        page.set("#writing-why", "It gathers speed.").await;
        page.painted().await;
        assert_eq!(
            page.eval::<String>("document.querySelector('#writing-level').ariaInvalid").await,
            "true"
        );
        page.set("#writing-level", "0.05").await;
        page.painted().await;
        assert!(page.eval::<bool>("document.querySelector('#writing-faults').hidden").await);
        assert_eq!(
            page.eval::<Value>("JSON.parse(ravine.lab.lessons()).at(-1).scenes[0].question").await,
            json!({
                "ask": "How many steps does it take?", "kind": "steps", "run": "momentum",
                "level": 0.05, "why": "It gathers speed.",
            })
        );
        assert_eq!(page.text("#caption").await, "How many steps does it take?");
        page.set("#writing-kind", "").await;
        page.painted().await;
        assert!(page.eval::<bool>("document.querySelector('#question').hidden").await);
    });
}
