//! Lessons that are opened: as files, by a path beside the page, by a link of one's own; and what is
//! said where nothing can be kept.

use std::fs;

use serde_json::json;
use thirtyfour::Key;

use super::{KEEP_DOWNLOADS, OWN, choose, link, noted};
use crate::harness::{Page, browse, folder, origin};

/// A lesson with these titles, as a file.
fn file(titles: &[&str]) -> String {
    let scenes = titles
        .iter()
        .map(|title| json!({ "title": title, "link": "surface=bowl", "text": "Look." }));
    json!({ "title": "From a file", "scenes": scenes.collect::<Vec<_>>() }).to_string()
}

/// Drops a file on an element.
async fn drop_file(page: &Page, selector: &str, name: &str, text: &str) {
    page.call::<()>(
        "const [selector, name, text] = arguments;
         const dataTransfer = new DataTransfer();
         dataTransfer.items.add(new File([text], name));
         document.querySelector(selector)
             .dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));",
        json!([selector, name, text]),
    )
    .await;
}

#[test]
fn files_open_by_drop_and_by_dialog_each_beside_the_others_and_tables_go_on_as_before() {
    browse("problem=linear", async |page| {
        page.call::<()>("localStorage.clear();", json!([])).await;
        drop_file(page, "#data-plot", "one.json", &file(&["One", "Two"])).await;
        noted(page, "“From a file” is open").await;
        assert_eq!(link(page).await, "lesson=own&scene=1&surface=bowl");
        page.call::<()>(
            "const chosen = new DataTransfer();
             chosen.items.add(new File([arguments[0]], 'two.json'));
             const input = document.querySelector('#lesson-file');
             input.files = chosen.files;
             input.dispatchEvent(new Event('change'));",
            json!([file(&["Three"])]),
        )
        .await;
        page.wait_for(&format!("{OWN} === 2")).await;
        assert_eq!(link(page).await, "lesson=own-2&scene=1&surface=bowl");
        page.reload().await;
        assert_eq!(page.eval::<usize>(OWN).await, 2);

        let broken = r#"{ "title": "x", "scenes": [{ "title": "", "link": "", "text": "a" }, { "titel": 1 }] }"#;
        drop_file(page, "body", "broken.json", broken).await;
        let notes = noted(page, "The lesson in broken.json").await;
        assert_eq!(
            notes[1..],
            [
                "Scene 1: title is empty.",
                "Scene 2: title is missing.",
                "Scene 2: link is missing.",
                "Scene 2: text is missing.",
                "Scene 2: “titel” is unknown.",
            ]
        );
        drop_file(page, "body", "long.json", &" ".repeat(2_000_001)).await;
        noted(page, "It has 2,000,001 bytes, and the longest lesson has 2,000,000.").await;
        drop_file(page, "#plot", "table.csv", "1,2\n3,4\n").await;
        noted(page, "Here a lesson can be dropped").await;
        assert_eq!(page.eval::<usize>(OWN).await, 2);

        page.turn_to("problem=linear").await;
        drop_file(page, "#data-plot", "table.csv", "1,2\n3,4\n").await;
        page.wait_for("document.querySelector('#table').open").await;
    });
}

#[test]
fn a_lesson_beside_the_page_opens_by_its_path_and_a_copy_of_it_is_ones_own() {
    browse("", async |page| {
        page.call::<()>("localStorage.clear();", json!([])).await;
        fs::create_dir_all(folder().join("lessons")).unwrap();
        fs::write(folder().join("lessons/week 3.json"), file(&["One", "Two"])).unwrap();
        fs::write(folder().join("lessons/broken.json"), r#"{ "title": "x", "scenes": [] }"#)
            .unwrap();
        let address = "lesson=lessons/week%203.json&scene=2";
        page.open(address).await;
        assert_eq!(
            (link(page).await.as_str(), page.text("#scene-name").await.as_str()),
            (address, "Two")
        );
        assert!(page.eval::<bool>("document.querySelector('#scene-edit').hidden").await);
        page.press(&[], Key::PageUp).await;
        assert_eq!(link(page).await, "lesson=lessons/week%203.json&scene=1");
        // It is not among those that are kept.
        choose(page, "Edit a copy of this lesson").await;
        assert_eq!(link(page).await, "lesson=own&scene=1&surface=bowl");
        page.reload().await;
        assert_eq!(page.eval::<usize>(OWN).await, 1);

        page.expect_complaint("404");
        for (path, why) in [
            ("lessons/none.json", "The site has no such file."),
            ("//localhost:1/x.json", "It must be a file of this site."),
            ("lessons/broken.json", "The lesson: scenes is empty."),
        ] {
            let address = format!("lesson={path}&scene=2&surface=beale");
            page.open(&address).await;
            let notes = noted(page, &format!("The lesson {path} could not be opened")).await;
            assert_eq!(notes[1..], [why]);
            assert_eq!(link(page).await, "surface=beale");
            assert_eq!(page.link().await, address, "a reload may find it");
        }
    });
}

#[test]
fn the_page_does_not_wait_for_a_lesson_that_is_slow() {
    browse("surface=bowl", async |page| {
        fs::create_dir_all(folder().join("lessons")).unwrap();
        fs::write(folder().join("lessons/slow.json"), file(&["One", "Two"])).unwrap();
        page.call::<()>(
            "const real = fetch;
             window.fetch = async (...asked) => {
                 await new Promise((go) => { window.go = go; });
                 return real(...asked);
             };",
            json!([]),
        )
        .await;
        let address = "lesson=lessons/slow.json&scene=2";
        for is_left in [false, true] {
            let address =
                if is_left { address.replace("slow", "slow2") } else { address.to_owned() };
            fs::copy(folder().join("lessons/slow.json"), folder().join("lessons/slow2.json"))
                .unwrap();
            page.turn_to(&address).await;
            let before = link(page).await;
            noted(page, "The lesson lessons/slow").await;
            assert_ne!(before, address);
            assert_eq!(page.link().await, address);
            if is_left {
                // Who goes on meanwhile is not torn away.
                page.change("seed", "5").await;
                page.wait_for("location.hash.includes('seed=5')").await;
                page.call::<()>("go();", json!([])).await;
                noted(page, "The lesson lessons/slow2.json is there now.").await;
                assert!(link(page).await.contains("seed=5"));
                page.click("#notes .chip").await;
                page.painted().await;
                assert_eq!(link(page).await, "lesson=lessons/slow2.json&scene=1");
            } else {
                page.call::<()>("go();", json!([])).await;
                page.wait_for(&format!("ravine.lab.link() === '{address}'")).await;
                page.wait_for("document.querySelectorAll('#notes p').length === 0").await;
                page.back().await;
                page.wait_for("ravine.lab.link() === 'surface=bowl'").await;
                page.forward().await;
                page.wait_for(&format!("ravine.lab.link() === '{address}'")).await;
            }
        }
    });
}

#[test]
fn the_link_of_ones_own_lesson_opens_the_experiment_elsewhere_and_share_offers_the_file() {
    browse("surface=beale&steps=40", async |page| {
        page.call::<()>("localStorage.clear();", json!([])).await;
        choose(page, "Add this scene").await;
        page.call::<()>(
            "navigator.clipboard.writeText = async (text) => { window.copied = text; };",
            json!([]),
        )
        .await;
        page.open_dialog("#share", "link").await;
        assert_eq!(
            page.text("#link-lesson").await,
            "“My lesson” is in this browser alone: to hand on the lesson, send its file."
        );
        page.click("#link-copy").await;
        page.wait_for("document.getElementById('link-said').textContent === 'Copied.'").await;
        let copied: String = page.eval("copied").await;
        assert_eq!(copied, format!("{}#surface=beale&steps=40", origin()));
        page.call::<()>(KEEP_DOWNLOADS, json!([])).await;
        page.click("#link-lesson-save").await;
        page.wait_for("downloads.length === 1").await;
        page.press(&[], Key::Escape).await;

        let address = link(page).await;
        page.wait_for(r#"localStorage.getItem('ravine.lesson.own').includes('"isSaved":true')"#)
            .await;
        page.call::<()>("localStorage.clear();", json!([])).await;
        page.open(&address).await;
        let notes = page.notes().await;
        assert_eq!(
            notes[1..],
            [
                "The lesson of this link was written in another browser, or has been closed here: ask \
              for its file, and open that."
            ]
        );
        assert_eq!(link(page).await, "surface=beale&steps=40");
    });
}

#[test]
fn where_nothing_can_be_kept_the_page_says_so() {
    browse("surface=bowl", async |page| {
        page.call::<()>(
            "localStorage.clear();
             Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };",
            json!([]),
        )
        .await;
        choose(page, "Add this scene").await;
        noted(page, "This browser keeps nothing of your lesson").await;
        page.painted().await;
        assert_eq!(page.text("#writing-state").await, "kept nowhere");
        // Else the browser would ask before the page is left.
        page.call::<()>(KEEP_DOWNLOADS, json!([])).await;
        page.click("#writing-save").await;
        page.painted().await;
        assert_eq!(page.text("#writing-state").await, "saved as a file");
    });
}

#[test]
fn two_tabs_write_lessons_of_their_own_and_each_shows_the_others_texts() {
    browse("surface=bowl", async |page| {
        page.call::<()>("localStorage.clear();", json!([])).await;
        choose(page, "Add this scene").await;
        page.wait_for("localStorage.getItem('ravine.lesson.own') !== null").await;
        page.wait_for("location.hash.startsWith('#lesson=own')").await;
        page.call::<()>("window.open(location.href);", json!([])).await;
        let [here, there] = page.windows().await.try_into().unwrap_or_else(|all| panic!("{all:?}"));
        page.go_to(&there).await;
        page.wait_until_ready().await;
        assert_eq!(page.text("#scene-name").await, "Bowl");
        choose(page, "Begin another lesson").await;
        assert!(link(page).await.starts_with("lesson=own-2&scene=1"));
        page.wait_for("localStorage.getItem('ravine.lesson.own-2') !== null").await;

        page.go_to(&here).await;
        page.set("#writing-title", "Typed here").await;
        // It has heard of the other's, too.
        choose(page, "Begin another lesson").await;
        assert!(link(page).await.starts_with("lesson=own-3&scene=1"));
        page.go_to(&there).await;
        page.wait_for("JSON.parse(ravine.lab.lessons()).some(({ scenes }) => scenes[0].title === 'Typed here')").await;
        // What is closed there stays where it is open here, and goes where it is not.
        page.go_to(&here).await;
        page.call::<()>("ravine.page.act({ lesson: { key: 'own', scene: 0 } });", json!([])).await;
        page.painted().await;
        page.go_to(&there).await;
        page.call::<()>(
            "for (const key of ['own', 'own-2']) localStorage.removeItem(`ravine.lesson.${key}`);",
            json!([]),
        )
        .await;
        page.close().await;
        page.go_to(&here).await;
        page.wait_for("localStorage.getItem('ravine.lesson.own') !== null").await;
        page.wait_for("JSON.parse(ravine.lab.lessons()).every(({ key }) => key !== 'own-2')").await;
        assert_eq!(page.text("#scene-name").await, "Typed here");
    });
}
