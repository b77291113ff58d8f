//! Lessons: how a place in one is written in a link, how scenes are entered and left, how a file is
//! read, and what the scenes of those that are built in claim.

mod basic_training;
mod beyond_one_path;
mod files;
mod first_steps;
mod own;
mod questions;

use ravine::labs::lesson::{LESSON_KEY, Lesson, built_in};
use ravine::labs::model::{LessonPlace, Model};
use ravine::labs::{Action, App};
use ravine::view::Theme;

/// Whether these are all scenes of a lesson, by their titles.
fn assert_titles(lesson: &Lesson, titles: &[&str]) {
    let scenes: Vec<&str> = lesson.scenes.iter().map(|scene| &*scene.title).collect();
    assert_eq!(scenes, titles, "each scene has its claims");
}

/// A test for each scene of a lesson, by its title, and one that says that no scene is without.
macro_rules! scenes {
    ($lesson:expr; $($name:ident, $title:literal => $claim:expr;)*) => {
        $(
            #[test]
            fn $name() {
                let claim: fn(&str) = $claim;
                let scene = $lesson.scenes.iter().find(|scene| scene.title == $title);
                claim(&scene.expect("a scene of this title").link);
            }
        )*

        #[test]
        fn every_scene_has_its_claims() {
            crate::lessons::assert_titles($lesson, &[$($title),*]);
        }
    };
}
pub(crate) use scenes;

fn place(app: &App) -> LessonPlace {
    app.model(&Theme::LIGHT).lesson.expect("a lesson is open")
}

/// What the page is told, in a lesson: there the lab's own scenes are not told of.
fn alike(app: &App, other: &App) -> Model {
    let Model { scene, preset, .. } = other.model(&Theme::LIGHT);
    Model { scene, preset, ..app.model(&Theme::LIGHT) }
}

fn every_scene() -> impl Iterator<Item = (&'static Lesson, usize)> {
    built_in().iter().flat_map(|lesson| (0..lesson.scenes.len()).map(move |at| (lesson, at)))
}

fn enter(lesson: &Lesson, scene: usize) -> Action {
    Action::Lesson { key: lesson.key.clone(), scene }
}

#[test]
fn a_scenes_link_is_written_as_the_experiment_is() {
    let mut others = Vec::new();
    for (lesson, at) in every_scene() {
        let scene = &lesson.scenes[at];
        let app = App::new(&scene.link);
        assert_eq!(app.faults().count(), 0, "{}", scene.title);
        if app.link() != scene.link {
            others.push(format!("{}: {} is written {}", scene.title, scene.link, app.link()));
        }
    }
    assert!(others.is_empty(), "{}", others.join("\n"));
}

#[test]
fn a_scene_as_it_came_has_a_short_link_and_a_changed_one_says_all() {
    for (lesson, at) in every_scene() {
        let scene = &lesson.scenes[at];
        let mut short = format!("lesson={}&scene={}", lesson.key, at + 1);
        let mut app = App::new(&short);
        assert_eq!(app.faults().count(), 0, "{short}");
        if scene.question.is_none() {
            assert_eq!((app.link(), app.lab.link()), (short.clone(), scene.link.clone()));
        } else {
            assert_eq!(app.link(), short);
            app.act(&Action::Reveal).unwrap();
            short.push_str("&revealed=yes");
        }
        assert!(!place(&app).is_changed);

        app.lab.set("theme", "dark").unwrap();
        app.lab.timeline_mut().seek(3);
        assert!(!place(&app).is_changed, "the light is the reader's");
        let again = App::new(&app.link());
        let written = app.link();
        let mut besides: Vec<&str> =
            written.strip_prefix(&*short).expect("the place first").split('&').skip(1).collect();
        besides.sort_unstable();
        assert_eq!(besides, ["step=3", "theme=dark"]);
        assert_eq!((again.link(), again.lab.link()), (app.link(), app.lab.link()));

        app.lab.set("seed", "77").unwrap();
        assert!(place(&app).is_changed, "{short}");
        let again = App::new(&app.link());
        assert_eq!(again.faults().count(), 0, "{}", app.link());
        assert_eq!((again.link(), again.model(&Theme::LIGHT)), (app.link(), alike(&app, &again)));
    }
}

#[test]
fn the_default_experiment_within_another_scene_is_told_from_that_scene() {
    let mut app = App::new("lesson=first-steps&scene=3");
    app.act(&Action::Lab { key: "minibatches".into() }).unwrap();
    app.act(&Action::Lab { key: "surface".into() }).unwrap();
    app.lab.open("");
    assert_eq!(app.link(), "lesson=first-steps&scene=3&surface=ravine");
    let again = App::new(&app.link());
    assert_eq!((again.link(), again.lab.link()), (app.link(), String::new()));
    assert!(place(&again).is_changed);
}

#[test]
fn one_action_a_scene_leads_through_the_lesson_and_back_with_the_readers_own_settings() {
    let mut app = App::new("theme=dark&paused=yes");
    for lesson in built_in() {
        let there = 0..lesson.scenes.len();
        for at in there.clone().chain(there.rev()) {
            app.act(&enter(lesson, at)).unwrap();
            assert_eq!((place(&app).scene, place(&app).is_changed), (at, false));
            let theme = |(key, value): &(String, String)| key == "theme" && value == "dark";
            assert!(app.lab.preferences().iter().any(theme), "{at}");
            assert!(!app.lab.timeline().is_playing());
        }
    }
}

#[test]
fn coming_back_to_a_scene_that_was_changed_opens_it_as_it_came() {
    let mut app = App::new("lesson=basic-training&scene=5");
    app.lab.set("gd.alpha", "0.01").unwrap();
    let changed = app.link();
    app.act(&enter(&built_in()[0], 5)).unwrap();
    app.act(&enter(&built_in()[0], 4)).unwrap();
    assert!(!place(&app).is_changed);
    // Undo opens the link that was there before.
    app.open(&changed);
    assert_eq!((app.link(), place(&app).is_changed), (changed, true));
}

#[test]
fn panels_are_folded_to_what_a_scene_needs_until_all_are_asked_for() {
    let mut app = App::new("lesson=basic-training");
    assert_eq!((place(&app).scene, place(&app).shows_all), (0, false));
    app.act(&Action::Panels { all: true }).unwrap();
    assert!(place(&app).shows_all);
    let again = App::new(&app.link());
    assert_eq!((place(&again), again.link()), (place(&app), app.link()));
    app.act(&enter(&built_in()[0], 1)).unwrap();
    assert!(!place(&app).shows_all);
    app.act(&Action::LeaveLesson).unwrap();
    assert_eq!(app.model(&Theme::LIGHT).lesson, None);
    assert_eq!(app.link(), app.lab.link());
    let none = app.act(&Action::Panels { all: true });
    assert_eq!(none, Err("No lesson is open.".to_owned()));
}

#[test]
fn a_place_that_is_none_is_named_and_the_experiment_stands() {
    for (link, fault) in [
        (
            "lesson=cooking&gd.alpha=0.05",
            "lesson must be one of basic-training, first-steps, beyond-one-path, and “cooking” is not.",
        ),
        (
            "lesson=basic-training&scene=0&gd.alpha=0.05",
            "scene must be a whole number from 1 to 13 in this lesson, and “0” is not.",
        ),
        (
            "lesson=basic-training&scene=ravine&gd.alpha=0.05",
            "scene must be a whole number from 1 to 13 in this lesson, and “ravine” is not.",
        ),
    ] {
        let app = App::new(link);
        let faults: Vec<String> = app.faults().map(ToString::to_string).collect();
        assert_eq!(faults, [fault], "{link}");
        assert_eq!(app.lab.link(), "gd.alpha=0.05");
        assert_eq!(app.link(), "gd.alpha=0.05");
    }
    let mut app = App::new("");
    for (key, scene) in [("cooking", 0), ("first-steps", 99)] {
        let action = Action::Lesson { key: key.to_owned(), scene };
        assert!(app.act(&action).is_err());
    }
    assert_eq!(app.link(), "");
}

#[test]
fn a_scene_needs_no_panel_that_its_lab_has_not() {
    for (lesson, at) in every_scene() {
        let scene = &lesson.scenes[at];
        let app = App::new(&scene.link);
        let model = app.model(&Theme::LIGHT);
        for section in &scene.shows {
            let is_there = match section.key() {
                "formula" => model.net.is_none(),
                "data" => model.net.is_none() && model.data.is_some(),
                "net" => model.net.is_some(),
                "detail" => model.net.is_some() || model.data.is_some(),
                _ => true,
            };
            assert!(is_there, "{}: {}", scene.title, section.key());
        }
        assert!(!scene.link.contains(LESSON_KEY));
    }
}
