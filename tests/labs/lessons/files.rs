//! A lesson as a file, written by hand.

use ravine::labs::lesson::read;

#[test]
fn a_file_is_read_as_it_is_written() {
    let text = r#"{
        "title": "Two scenes",
        "scenes": [
            { "title": "One", "link": "https://ravine.example/#surface=bowl", "text": "A bowl." },
            { "title": "Two", "link": "net=4", "text": "A net.", "try": ["Look."],
              "notes": "Wait.", "shows": ["net", "chart"] }
        ]
    }"#;
    let lesson = read("mine", text).unwrap();
    assert_eq!((&*lesson.key, &*lesson.title, lesson.scenes.len()), ("mine", "Two scenes", 2));
    assert_eq!(lesson.scenes[0].link, "surface=bowl");
    assert!(lesson.scenes[0].shows.is_empty() && lesson.scenes[0].tries.is_empty());
    let keys: Vec<&str> = lesson.scenes[1].shows.iter().map(|section| section.key()).collect();
    assert_eq!((keys, &*lesson.scenes[1].notes), (vec!["net", "chart"], "Wait."));
}

#[test]
fn each_fault_names_scene_and_field() {
    let text = r#"{
        "titel": "Faults",
        "scenes": [
            { "title": "", "link": "surface=bowl&gd.alpha=nine", "text": 5 },
            { "link": "lesson=basic-training", "text": "A", "try": ["", 7], "shows": ["plot"] },
            12
        ]
    }"#;
    let faults = read("mine", text).unwrap_err();
    assert_eq!(
        faults,
        [
            "The lesson: title is missing.",
            "The lesson: “titel” is unknown.",
            "Scene 1: title is empty.",
            "Scene 1: link has a fault: gd.alpha must be a number, and “nine” is not.",
            "Scene 1: text must be a text, and is a number.",
            "Scene 2: title is missing.",
            "Scene 2: link is a place in a lesson; it must be an experiment.",
            "Scene 2: try, entry 1, is empty.",
            "Scene 2: try, entry 2, must be a text, and is a number.",
            "Scene 2: shows must name some of formula, data, net, detail, chart, runs, and “plot” is none.",
            "And 1 more.",
        ]
    );
}

#[test]
fn what_is_no_lesson_is_named_in_a_sentence() {
    for (text, fault) in [
        ("", "The lesson is not JSON: line 1, column 0."),
        ("{\"title\": \"a\",\n oops}", "The lesson is not JSON: line 2, column 2."),
        ("[]", "A lesson is an object: {\"title\": …, \"scenes\": […]}."),
        (r#"{"title": "a", "scenes": []}"#, "The lesson: scenes is empty."),
        (r#"{"title": "a", "scenes": [{}]}"#, "Scene 1: title is missing."),
        (r#"{"title": "a", "scenes": {}}"#, "The lesson: scenes must be a list, and is an object."),
    ] {
        assert_eq!(read("mine", text).unwrap_err()[0], fault, "{text}");
    }
    let long = format!(r#"{{"title": "a", "scenes": "{}"}}"#, "x".repeat(2_000_000));
    assert!(read("mine", &long).unwrap_err()[0].starts_with("The lesson has 2,000,0"));
}
