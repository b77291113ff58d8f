//! Lessons: every scene of every lesson, forwards and backwards, however the page looks.

use serde_json::{Value, json};
use thirtyfour::Key;

use crate::harness::{Page, Screen, browse};

const LESSONS: &str = "JSON.parse(ravine.lab.lessons())";
/// Where the picture stands that the scene is about, and whether anything reaches beyond the page.
const PLACE: &str = "(() => {
    const picture = [...document.querySelectorAll('.panel')].find((panel) => panel.checkVisibility());
    const { x, y, width, height } = picture.getBoundingClientRect();
    return [x, y, width, height];
})()";
const WIDER: &str = "document.documentElement.scrollWidth > innerWidth";

/// What the address is about to be.
async fn link(page: &Page) -> String {
    page.ask("ravine.lab.link()").await
}

async fn place(page: &Page) -> Value {
    page.painted().await;
    page.ask("JSON.parse(ravine.lab.model()).lesson").await
}

/// A scene stands there, as its link says, and stays where it is while it plays.
async fn stands(page: &Page, lesson: &Value, scene: usize, besides: &str) {
    let title = lesson["scenes"][scene]["title"].as_str().unwrap();
    let shown = place(page).await;
    assert_eq!((&shown["key"], shown["scene"].as_u64()), (&lesson["key"], Some(scene as u64)));
    assert_eq!(shown["isChanged"], false, "{title}");
    assert_eq!(page.text("#scene-name").await, title);
    let key = lesson["key"].as_str().unwrap();
    // Where a scene plays when it is opened, its clock may stand at its end already.
    let opened = link(page).await;
    let opened = opened.split_once("&step=").map_or(&*opened, |(scene, _)| scene);
    assert_eq!(opened, format!("lesson={key}&scene={}{besides}", scene + 1));
    // Whichever lab it was entered from, the picture of a net has its size.
    page.wait_for(
        "[...document.querySelectorAll('.node')].every((node) => !node.checkVisibility()
            || node.getBoundingClientRect().width > 8)",
    )
    .await;
    let before: [f64; 4] = page.eval(PLACE).await;
    let asks = !lesson["scenes"][scene]["question"].is_null();
    if asks {
        page.call::<()>("ravine.page.act('reveal');", json!([])).await;
        page.painted().await;
    }
    page.call::<()>("ravine.lab.play(); ravine.page.moved();", json!([])).await;
    for _ in 0..2 {
        page.painted().await;
    }
    let after: [f64; 4] = page.eval(PLACE).await;
    assert_eq!(before, after, "{title}: the plot jumps");
    assert!(before[2] > 100.0 && before[3] > 100.0, "{title}: {before:?}");
    assert!(!page.eval::<bool>(WIDER).await, "{title} is wider than the page");
    if asks {
        // For the way back.
        page.call::<()>("ravine.page.act('ask-again');", json!([])).await;
    }
}

/// Goes through all lessons with a clicker.
async fn walk(page: &Page, besides: &str) {
    walk_on(page, besides, false).await;
}

/// The same, there and, if it is wanted, back again.
async fn walk_on(page: &Page, besides: &str, and_back: bool) {
    let lessons: Vec<Value> = page.eval(LESSONS).await;
    for lesson in &lessons {
        let last = lesson["scenes"].as_array().unwrap().len() - 1;
        page.open(&format!("lesson={}{besides}", lesson["key"].as_str().unwrap())).await;
        for scene in 0..=last {
            stands(page, lesson, scene, besides).await;
            page.press(&[], Key::PageDown).await;
        }
        // A lesson has an end.
        assert_eq!(place(page).await["scene"].as_u64(), Some(last as u64));
        for scene in (0..last).rev().filter(|_| and_back) {
            page.call::<()>(
                "ravine.lab.rewind(); ravine.lab.play(); ravine.page.moved();",
                json!([]),
            )
            .await;
            page.press(&[], Key::PageUp).await;
            stands(page, lesson, scene, besides).await;
        }
    }
}

#[test]
fn every_scene_stands_in_light_and_leads_on_and_back() {
    browse("", async |page| walk_on(page, "", true).await);
}

#[test]
fn every_scene_stands_in_the_dark() {
    browse("", async |page| walk(page, "&theme=dark").await);
}

#[test]
fn every_scene_stands_before_a_class() {
    browse("", async |page| {
        page.screen(Screen::PROJECTOR).await;
        walk(page, "&present=yes").await;
    });
}

#[test]
fn every_scene_stands_on_a_phone() {
    browse("", async |page| {
        page.screen(Screen::PHONE).await;
        walk(page, "").await;
    });
}

#[test]
fn the_list_is_the_table_of_contents_and_undo_brings_a_changed_scene_back() {
    browse("lesson=basic-training&scene=5", async |page| {
        page.change("gd.alpha", "0.01").await;
        page.painted().await;
        let changed = link(page).await;
        assert!(changed.starts_with("lesson=basic-training&scene=5&"), "{changed}");
        page.click("#scene-title").await;
        page.wait_for(
            "document.querySelector('#scene-list:popover-open')?.style.visibility === ''",
        )
        .await;
        page.click("#scene-list button[value='9']").await;
        assert_eq!(place(page).await["scene"], 9);
        assert_eq!(page.text("#scene-count").await, "10 / 13");
        page.call::<()>("document.activeElement.blur();", json!([])).await;
        page.press(&[Key::Control], 'z').await;
        page.painted().await;
        assert_eq!(link(page).await, changed);
        page.press(&[], Key::Right).await;
        assert_eq!(place(page).await["scene"], 5);
        page.press(&[Key::Control], 'z').await;
        page.painted().await;
        page.press(&[], Key::Left).await;
        assert_eq!((place(page).await["scene"].as_u64(), link(page).await.len()), (Some(4), 29));
        page.press(&[Key::Control], 'z').await;
        page.painted().await;
        page.click("#scene-again").await;
        assert_eq!(place(page).await["isChanged"], false);
    });
}

#[test]
fn panels_fold_and_unfold_and_a_reload_shows_the_same() {
    const SIDE: &str = "document.querySelector('.loss').checkVisibility()";
    browse("lesson=basic-training&scene=4", async |page| {
        assert!(!page.eval::<bool>(SIDE).await);
        page.click("#scene-panels").await;
        page.painted().await;
        assert!(page.eval::<bool>(SIDE).await);
        assert_eq!(link(page).await, "lesson=basic-training&scene=4&panels=all");
        page.reload().await;
        assert!(page.eval::<bool>(SIDE).await);
        page.click("#scene-panels").await;
        page.painted().await;
        assert!(!page.eval::<bool>(SIDE).await);
    });
}

#[test]
fn the_first_steps_are_offered_on_the_first_visit_and_not_again() {
    const OFFERED: &str = "document.querySelector('#scene-first').checkVisibility()";
    browse("", async |page| {
        page.call::<()>("localStorage.clear();", json!([])).await;
        page.open("").await;
        assert!(page.eval::<bool>(OFFERED).await);
        page.click("#scene-first").await;
        let shown = place(page).await;
        assert_eq!((&shown["key"], &shown["scene"]), (&json!("first-steps"), &json!(0)));
        page.open("").await;
        assert!(!page.eval::<bool>(OFFERED).await);
        // Help leads there still.
        page.click("#help-open").await;
        page.click("#help a[href='#lesson=first-steps']").await;
        page.wait_for("!document.querySelector('#help').open").await;
        assert_eq!(place(page).await["key"], "first-steps");
    });
}
