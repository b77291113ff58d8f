//! The reader's own lessons: on the shelf, as files, and as places in a link.

use std::time::{Duration, Instant};

use ravine::labs::lesson::{
    About, Lesson, Question, Scene, Section, Shelf, built_in, is_own, read, write,
};
use ravine::labs::{Action, App, Kind, OpenLab};

use super::place;
use crate::laws::dice::{Dice, cases};
use crate::laws::link_is_page::{nets, plane};

/// A lesson with these links.
fn file(links: &[&str]) -> String {
    let scenes = links.iter().zip(1..).map(|(link, at)| Scene {
        title: format!("Scene {at}"),
        link: (*link).to_owned(),
        text: "Look.".to_owned(),
        ..Scene::default()
    });
    write(&Lesson { key: String::new(), title: "Mine".to_owned(), scenes: scenes.collect() })
}

/// An app at a link, with a lesson of these links.
fn app(key: &str, links: &[&str], link: &str) -> App {
    let mut shelf = Shelf::default();
    shelf.put(key, &file(links)).unwrap();
    App::with_lessons(link, shelf)
}

fn enter(key: &str, scene: usize) -> Action {
    Action::Lesson { key: key.to_owned(), scene }
}

#[test]
fn built_in_lessons_are_written_as_they_are_read() {
    for lesson in built_in() {
        let text = write(lesson);
        assert_eq!(&read(&lesson.key, &text).unwrap(), lesson);
        assert!(!text.contains("[]") && !text.contains("\"notes\": \"\""), "{text}");
    }
}

#[test]
fn any_lesson_is_written_as_it_is_read() {
    let mut dice = Dice::new(5);
    for _ in 0..cases(300) {
        let lesson = lesson(&mut dice);
        let text = write(&lesson);
        assert_eq!(read("own", &text).as_ref(), Ok(&lesson), "{text}");
    }
}

/// A random lesson, as valid as one can be.
fn lesson(dice: &mut Dice) -> Lesson {
    let scenes = (0..=dice.below(4)).map(|_| Scene {
        title: words(dice),
        link: if dice.one_in(5) { String::new() } else { link(dice) },
        text: words(dice),
        tries: (0..dice.below(3)).map(|_| words(dice)).collect(),
        notes: if dice.one_in(2) { String::new() } else { words(dice) },
        shows: Section::ALL.into_iter().filter(|_| dice.one_in(2)).collect(),
        question: None,
    });
    let mut scenes: Vec<Scene> = scenes.collect();
    // Of the default experiment anything can be asked.
    for scene in scenes.iter_mut().filter(|scene| scene.link.is_empty()) {
        scene.question = Some(question(dice));
    }
    Lesson { key: "own".to_owned(), scenes, title: words(dice) }
}

/// A random question about the default experiment.
fn question(dice: &mut Dice) -> Question {
    let run = dice.of(&["gd", "momentum"]).to_owned();
    let level = dice.within(0.001..1.0);
    let about = match dice.below(6) {
        0 => About::Where { run, step: None },
        1 => About::Where { run, step: Some(1 + dice.below(40)) },
        2 => About::First { level },
        3 => About::Direction,
        4 => About::Steps { run, level, most: dice.one_in(2).then_some(30) },
        _ => About::Alpha { run: "gd".to_owned() },
    };
    Question { ask: words(dice), about, why: words(dice) }
}

/// The link of a random experiment, as the page writes it.
fn link(dice: &mut Dice) -> String {
    let link = if dice.one_in(3) { nets::link(dice) } else { plane::link(dice) };
    OpenLab::new(&link).link()
}

/// A text that is not empty, of what a file may have to escape.
fn words(dice: &mut Dice) -> String {
    const PIECES: [&str; 9] = ["a", "\"", "\\", "\n", "α", "<b>", "\u{1f600}", "\t", "{"];
    (0..=dice.below(6)).fold("x".to_owned(), |text, _| text + dice.of(&PIECES))
}

#[test]
fn a_link_is_read_and_written_as_by_its_lab() {
    let mut dice = Dice::new(8);
    for at in 0..cases(2_000) {
        let mut link = if dice.one_in(3) { nets::link(&mut dice) } else { plane::link(&mut dice) };
        if at % 4 == 0 {
            link += "&gd.alpha=nine&unknown=1";
        }
        let lab = OpenLab::new(&link);
        let (written, faults) = (Kind::of_link(&link).rewrite)(&link);
        assert_eq!((written, &*faults), (lab.link(), lab.faults()), "{link}");
    }
}

#[test]
fn a_shelf_has_the_built_in_lessons_first_and_one_lesson_a_key() {
    let mut shelf = Shelf::default();
    let keys = |shelf: &Shelf| shelf.iter().map(|it| it.key.clone()).collect::<Vec<_>>();
    shelf.put("own", &file(&["surface=bowl"])).unwrap();
    shelf.put("lessons/week3.json", &file(&["", "net=4"])).unwrap();
    shelf.put("own", &file(&["surface=bowl", "net=2"])).unwrap();
    assert_eq!(
        keys(&shelf),
        ["basic-training", "first-steps", "beyond-one-path", "own", "lessons/week3.json"]
    );
    assert_eq!(shelf.find("own").unwrap().scenes.len(), 2);
    // What cannot be read changes nothing.
    let faults = shelf.put("own", &file(&["surface=bowl", "gd.alpha=nine"])).unwrap_err();
    let fault = "Scene 2: link has a fault: gd.alpha must be a number, and “nine” is not.";
    assert_eq!(
        (faults, shelf.find("own").unwrap().scenes[1].link.as_str()),
        (vec![fault.into()], "net=2")
    );
    for key in ["basic-training", ""] {
        let faults = shelf.put(key, &file(&[""])).unwrap_err();
        assert!(faults[0].starts_with("No lesson can be put under the key"), "{faults:?}");
    }
    shelf.remove("own");
    shelf.remove("first-steps");
    assert_eq!(
        keys(&shelf),
        ["basic-training", "first-steps", "beyond-one-path", "lessons/week3.json"]
    );
}

#[test]
fn own_keys_are_known_by_their_form() {
    for (key, own) in [
        ("own", true),
        ("own-2", true),
        ("own-17", true),
        ("own-", false),
        ("own-x", false),
        ("owner", false),
        ("lessons/own.json", false),
    ] {
        assert_eq!(is_own(key), own, "{key}");
    }
}

#[test]
fn a_scene_of_ones_own_has_its_experiment_in_the_link_and_opens_without_the_lesson() {
    let links = ["surface=bowl", "", "net=4&steps=50"];
    let mut mine = app("own", &links, "lesson=own&scene=1");
    for (at, link) in ["surface=bowl", "surface=ravine", "net=4&steps=50"].iter().enumerate() {
        mine.act(&enter("own", at)).unwrap();
        assert_eq!(mine.link(), format!("lesson=own&scene={}&{link}", at + 1));
        assert!(!place(&mine).is_changed);
        let again = app("own", &links, &mine.link());
        assert_eq!((again.link(), place(&again)), (mine.link(), place(&mine)));

        let other = App::new(&mine.link());
        let faults: Vec<String> = other.faults().map(ToString::to_string).collect();
        assert_eq!(
            faults,
            [
                "The lesson of this link was written in another browser, or has been closed here: ask \
              for its file, and open that."
            ]
        );
        assert_eq!(other.lab.link(), mine.lab.link());
    }
}

#[test]
fn a_lesson_beside_the_page_has_its_path_for_a_key() {
    for (key, written) in [
        ("lessons/week3.json", "lessons/week3.json"),
        ("week 3 & 4.json", "week%203%20%26%204.json"),
    ] {
        let link = format!("lesson={written}&scene=2");
        let app = app(key, &["surface=bowl", "net=4"], &link);
        assert_eq!(app.faults().count(), 0);
        assert_eq!((app.link(), place(&app).key.as_str(), place(&app).scene), (link, key, 1));
    }
}

#[test]
fn a_place_outlives_what_becomes_of_its_lesson() {
    let mut app = app("own", &["surface=bowl", "net=4"], "lesson=own&scene=2");
    app.put_lesson("own", &file(&["surface=bowl", "net=5"])).unwrap();
    assert_eq!((place(&app).scene, place(&app).is_changed), (1, true), "the net is what it was");
    // The scene that it was is gone.
    app.put_lesson("own", &file(&["net=4"])).unwrap();
    assert_eq!((place(&app).scene, place(&app).is_changed), (0, false));
    app.close_lesson("own");
    assert_eq!(app.link(), "net=4");
    assert!(app.act(&enter("own", 0)).is_err());
}

#[test]
fn an_answer_is_forgotten_with_its_question_and_not_with_a_text() {
    let ask = |link: &str, text: &str| {
        let about = About::First { level: 0.1 };
        let question = Question { ask: "Which?".into(), about, why: "It is.".into() };
        let scene = |link: &str, question| Scene {
            title: "Asks".into(),
            link: link.to_owned(),
            text: text.to_owned(),
            question,
            ..Scene::default()
        };
        let scenes = vec![scene(link, Some(question)), scene("surface=bowl", None)];
        write(&Lesson { key: String::new(), title: "Mine".into(), scenes })
    };
    let mut shelf = Shelf::default();
    shelf.put("own", &ask("", "One.")).unwrap();
    let mut app = App::with_lessons("lesson=own&scene=1", shelf);
    app.set("guess", "momentum").unwrap();
    app.act(&Action::Reveal).unwrap();
    assert!(app.link().contains("guess=momentum&revealed=yes"));
    app.put_lesson("own", &ask("", "Another.")).unwrap();
    assert!(app.link().contains("guess=momentum&revealed=yes"), "{}", app.link());
    app.put_lesson("own", &ask("gd.alpha=0.03", "Another.")).unwrap();
    assert!(!app.link().contains("guess") && !app.link().contains("revealed"), "{}", app.link());
    // Nor is it there when another scene comes into its place, and goes again.
    app.act(&Action::Reveal).unwrap();
    app.act(&enter("own", 1)).unwrap();
    app.put_lesson("own", &ask("gd.alpha=0.04", "Another.")).unwrap();
    app.act(&enter("own", 0)).unwrap();
    assert!(!app.link().contains("revealed"), "{}", app.link());
}

#[test]
fn what_is_shown_is_taken_for_a_scene_without_being_opened_again() {
    let mut app = app("own", &["surface=bowl", "net=4"], "surface=beale");
    app.lab.timeline_mut().seek(7);
    app.stand_at("own", 1).unwrap();
    assert_eq!((place(&app).scene, place(&app).is_changed), (1, true));
    assert_eq!((app.lab.link().as_str(), app.lab.timeline().step()), ("surface=beale&step=7", 7));
    assert!(app.stand_at("own", 2).is_err() && app.stand_at("own-2", 0).is_err());
    assert_eq!(place(&app).scene, 1);
}

#[test]
fn the_link_of_a_scene_has_the_step_where_the_clock_was_stopped_on_its_way_and_no_preference() {
    let mut app = App::new("surface=beale&steps=40&theme=dark&present=yes");
    assert_eq!(app.scene_link(), "surface=beale&steps=40");
    for (step, link) in [
        (0, "surface=beale&steps=40&step=0"),
        (12, "surface=beale&steps=40&step=12"),
        (40, "surface=beale&steps=40"),
    ] {
        app.lab.timeline_mut().seek(step);
        assert_eq!(app.scene_link(), link);
    }
    // Nor does it say which scene of its lab it was opened as.
    let mut app = App::new("");
    app.lab.set("gd.alpha", "0.03").unwrap();
    assert!(app.lab.link().contains("scene=ravine"), "{}", app.lab.link());
    assert_eq!(app.scene_link(), "gd.alpha=0.03");
}

#[test]
fn two_hundred_scenes_are_read_while_one_is_typed() {
    let mut dice = Dice::new(3);
    let links: Vec<String> = (0..200).map(|_| link(&mut dice)).collect();
    let links: Vec<&str> = links.iter().map(|link| &**link).collect();
    let text = file(&links);
    let mut shelf = Shelf::default();
    let mut time = || {
        let start = Instant::now();
        shelf.put("own", &text).unwrap();
        start.elapsed()
    };
    let first = time();
    let again = (0..3).map(|_| time()).min().unwrap();
    println!("200 scenes: {first:?}, again {again:?}");
    assert!(first < Duration::from_millis(500), "{first:?}");
    assert!(again < Duration::from_millis(20), "{again:?}");
}
