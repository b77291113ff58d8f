//! The page as one file: opened from a disk, with nothing beside it, and in a frame without an origin.

use std::fs;
use std::path::{Path, PathBuf};

use ravine::cli;
use ravine::site::{self, Core, Inside};
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::harness::{Page, browse, folder, origin};

const LESSON: &str = r#"{ "title": "Week 3", "scenes": [
    { "title": "A valley", "link": "surface=beale&steps=40", "text": "No end: </script> is text." },
    { "title": "A net", "link": "net=4", "text": "Some units." }
] }"#;

/// A file, alone in a folder of its own, and its address.
fn alone(name: &str, bytes: &[u8]) -> (PathBuf, String) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("single").join(name);
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("ravine.html");
    fs::write(&file, bytes).unwrap();
    let address = format!("file://{}", file.display());
    (file, address)
}

/// What the build has put beside the page.
fn template() -> Vec<u8> {
    // It is there once the site is built.
    assert!(!origin().is_empty());
    fs::read(folder().join("single.html")).unwrap()
}

/// Whether the plot shows something.
async fn is_drawn(page: &Page) -> bool {
    let shown = page.picture_of("plot-paths").await;
    let empty: String = page
        .eval("((canvas) => (canvas.width = 9, canvas.toDataURL()))(document.createElement('canvas'))")
        .await;
    shown.len() > empty.len() + 1000
}

/// Presses a button, in a frame as in a window.
async fn press(page: &Page, button: &str) {
    page.call::<()>("document.querySelector(arguments[0]).click();", json!([button])).await;
}

/// It plays, another lab opens, a map is computed by a worker, and a table is read.
async fn assert_works(page: &Page) {
    assert!(is_drawn(page).await);
    page.call::<()>("ravine.lab.seek(0); ravine.lab.play(); ravine.page.moved();", json!([])).await;
    page.wait_for("JSON.parse(ravine.lab.live()).step > 2").await;
    page.call::<()>(
        "globalThis.made = 0;
         const Made = Worker;
         globalThis.Worker = class extends Made {
             constructor(...how) {
                 super(...how);
                 this.addEventListener('message', ({ data }) => { made += data.found ? 1 : 0; });
             }
         };
         ravine.lab.pause();
         ravine.page.set('map', 'basins');",
        json!([]),
    )
    .await;
    page.rests().await;
    assert!(page.eval::<u32>("made").await > 0, "no worker has found anything");
    press(page, "#labs button[value=minibatches]").await;
    page.wait_for("document.documentElement.dataset.lab === 'minibatches'").await;
    page.give_text("#data-plot", "drop", "a;b\n1;2\n2;4,5\n3;6\n4;8").await;
    page.wait_for("document.getElementById('table').open").await;
    page.wait_for("document.getElementById('table-summary').textContent.startsWith('4 rows')")
        .await;
    press(page, "#table-take").await;
    page.painted().await;
    assert_eq!(page.examples().await[1], [2.0, 4.5]);
}

#[test]
fn it_runs_from_the_disk_and_asks_nobody_for_anything() {
    let template = template();
    println!("A single file has {} bytes.", template.len());
    let (_, address) = alone("disk", &template);
    browse("", async |page| {
        page.open_elsewhere(&address, "#surface=himmelblau&steps=40").await;
        assert_works(page).await;
        page.wait_for("location.hash.includes('problem=')").await;
        let requests = page.requests().await;
        let of_file = |at: &&String| !at.starts_with(origin()) && !at.starts_with("about:");
        for request in requests.iter().filter(of_file) {
            let is_within = request.starts_with("blob:") || request.starts_with("data:");
            assert!(is_within || request.starts_with(&address), "{request}");
        }
        // And if it would, it is refused.
        let refused: bool =
            page.eval("fetch('http://127.0.0.1:9/').then(() => false, () => true)").await;
        assert!(refused);
        let complaints = page.complaints().await;
        assert!(
            complaints.iter().any(|line| line.contains("connect-src 'none'")),
            "{complaints:?}"
        );
        page.expect_complaint("connect-src 'none'");
        page.expect_complaint("127.0.0.1:9");
    });
}

#[test]
fn it_runs_in_a_frame_without_an_origin_by_its_address_and_by_its_text() {
    let template = String::from_utf8(template()).unwrap();
    browse("", async |page| {
        let address = format!("{}single.html#surface=himmelblau&steps=40", origin());
        page.frame_of("src", &address).await;
        page.wait_until_ready().await;
        assert_eq!(page.eval::<String>("self.origin").await, "null");
        assert_works(page).await;
        page.leave_frame().await;
        page.frame_of("srcdoc", &template).await;
        page.wait_until_ready().await;
        assert_eq!(page.eval::<String>("location.protocol").await, "about:");
        // A link to a lesson stays in the frame.
        press(page, "#help a[href^='#lesson']").await;
        page.wait_for("ravine.lab.link().startsWith('lesson=first-steps')").await;
        assert_works(page).await;
    });
}

#[test]
fn it_opens_with_what_is_inside() {
    assert!(!origin().is_empty());
    let made = |link: &str, lesson: Option<&str>| {
        let lesson = lesson.map(|text| ("week 3.json".to_owned(), text.to_owned()));
        let inside = Inside { link: link.to_owned(), lesson };
        site::single_file(Core::Tested, &cli::reference(), &inside).unwrap()
    };
    let (_, with_lesson) = alone("lesson", &made("", Some(LESSON)));
    let (_, with_link) = alone("link", &made("surface=booth&step=7", None));
    browse("", async |page| {
        page.open_elsewhere(&with_lesson, "").await;
        assert_eq!(page.text("#scene-name").await, "A valley");
        assert_eq!(page.text("#caption").await, "No end: </script> is text.");
        assert_eq!(page.notes().await, [""; 0]);
        page.press(&[], Key::PageDown).await;
        page.wait_for("document.documentElement.dataset.lab === 'network'").await;
        page.wait_for("location.hash.includes('scene=2')").await;
        page.reload().await;
        assert_eq!(page.text("#scene-name").await, "A net");
        page.open_elsewhere(&with_lesson, "#surface=bowl").await;
        assert_eq!(page.link().await, "surface=bowl", "an address has the last word");
        page.open_elsewhere(&with_lesson, "#lesson=other.json").await;
        let notes = page.notes().await.join("\n");
        assert!(notes.contains("single file, which reads no other"), "{notes}");
        page.open_elsewhere(&with_link, "").await;
        assert_eq!(page.link().await, "surface=booth&step=7");
    });
}

#[test]
fn the_page_saves_itself_as_one_file_which_does_so_again() {
    browse("surface=beale&step=3", async |page| {
        let saved: String = page
            .call(
                "const { singleFile } = await import(new URL('www/offline/single.js', location.href));
                 const file = await singleFile({ link: 'lesson=own-2&scene=2', lesson: { key: 'own-2', text: arguments[0] } });
                 return file.text();",
                json!([LESSON]),
            )
            .await;
        let (_, address) = alone("saved", saved.as_bytes());
        page.open_elsewhere(&address, "").await;
        assert_eq!(page.text("#scene-name").await, "A net");
        assert_eq!(page.text("#scene-count").await, "2 / 2");
        // What it hands on is what it was before anything ran.
        let own: String = page.eval("within.source").await;
        let (_, address) = alone("again", own.as_bytes());
        page.open_elsewhere(&address, "").await;
        assert_eq!(page.text("#scene-name").await, "A net");
        assert_eq!(page.eval::<String>("within.source").await, own);
    });
}

#[test]
fn from_the_disk_the_projectors_window_follows_and_either_may_be_loaded_anew() {
    const THERE: &str = "document.documentElement.dataset.projected === 'yes'";
    let (_, address) = alone("projector", &template());
    browse("", async |page| {
        page.open_elsewhere(&address, "#present=yes&step=5").await;
        let before = page.windows().await;
        page.click("#projector").await;
        page.wait_for(THERE).await;
        let windows = page.windows().await;
        let projector = windows.iter().find(|window| !before.contains(window)).unwrap();
        let mut alpha = 0.03;
        for reloaded in [None, Some(projector), Some(&before[0])] {
            if let Some(window) = reloaded {
                page.go_to(window).await;
                page.reload().await;
                page.go_to(&before[0]).await;
                page.wait_for(THERE).await;
            }
            alpha += 0.01;
            page.change("gd.alpha", &alpha.to_string()).await;
            let link: String = page.ask("lab.link()").await;
            page.go_to(projector).await;
            page.wait_for(&format!("globalThis.ravine?.lab.link() === {}", json!(link))).await;
            page.go_to(&before[0]).await;
        }
        page.go_to(projector).await;
        page.close().await;
        page.go_to(&before[0]).await;
        page.wait_for(&format!("!({THERE})")).await;
    });
}

#[test]
fn the_reference_is_within_and_its_examples_open_in_the_labs() {
    let (_, address) = alone("reference", &template());
    browse("", async |page| {
        page.open_elsewhere(&address, "").await;
        let labs = page.windows().await;
        page.click("#help-open").await;
        page.click("#reference").await;
        let windows = loop {
            let windows = page.windows().await;
            if windows.len() == 2 {
                break windows;
            }
        };
        page.go_to(windows.iter().find(|window| !labs.contains(window)).unwrap()).await;
        page.wait_for("document.title === 'Ravine: reference'").await;
        let styled: Value =
            page.eval("getComputedStyle(document.querySelector('nav')).position").await;
        assert_ne!(styled, "static", "its style is refused");
        page.click("a[href='./#by=alpha']").await;
        page.close().await;
        page.go_to(&labs[0]).await;
        page.wait_for("ravine.lab.link() === 'by=alpha'").await;
    });
}
