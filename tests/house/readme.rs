//! The README is short, and what it names is there.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use ravine::cli;
use ravine::data::classes::Shape;
use ravine::export::reference::document::slug;
use ravine::labs::lesson::LESSON_KEY;
use ravine::labs::network::MOST_NETS;
use ravine::labs::planar::experiment::{MOST_RUNS, SETTINGS, Setting};
use ravine::labs::{App, KINDS};
use ravine::math::param::Scale;
use ravine::network::{ACTIVATION, INITIALIZATION, MOST_HIDDEN, MOST_INPUTS, MOST_UNITS};
use ravine::objective::problems::PROBLEMS;
use ravine::objective::surfaces::GALLERY;

const README: &str = include_str!("../../README.md");

/// The most lines of it.
const MOST: usize = 200;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What stands between backticks in a text.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The part behind a heading.
fn part(heading: &str) -> &'static str {
    let (_, behind) = README.split_once(&format!("\n## {heading}\n")).expect(heading);
    behind.split("\n## ").next().unwrap()
}

/// All files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn it_is_short() {
    assert!(README.lines().count() <= MOST, "{} lines", README.lines().count());
}

#[test]
fn its_links_and_its_pictures_lead_somewhere_and_no_picture_is_left_over() {
    let headings = README.lines().filter(|line| line.starts_with('#'));
    let headings: Vec<String> =
        headings.map(|line| slug(line.trim_start_matches('#').trim_start())).collect();
    let mut shown = Vec::new();
    for target in README.split("](").skip(1).filter_map(|rest| Some(rest.split_once(')')?.0)) {
        if let Some(name) = target.strip_prefix('#') {
            assert!(headings.iter().any(|heading| heading == name), "{target}");
        } else if !target.starts_with("https://") {
            assert!(root().join(target).is_file(), "{target} is not there");
            shown.push(root().join(target));
        }
    }
    for picture in files(&root().join("www/pictures")) {
        assert!(shown.contains(&picture), "{} is not shown", picture.display());
    }
}

/// What the pictures show: the view, the link, and the size in pixels.
const PICTURES: [(&str, &str, &str, [&str; 2]); 6] = [
    ("surface.svg", "plot", "step=21", ["540", "250"]),
    ("hill.svg", "plot", "view=hill&turn=-75&tilt=30&step=30", ["540", "400"]),
    (
        "basins.svg",
        "plot",
        "surface=camel&runs=momentum&momentum.alpha=0.03&momentum.beta=0.9&steps=150&map=basins&step=60",
        ["540", "250"],
    ),
    ("alphabeta.svg", "alphabeta", "", ["540", "300"]),
    ("minibatches.svg", "plot", "problem=mean&gd2.average=all&step=57", ["540", "290"]),
    (
        "network.svg",
        "plot",
        "net=4,2&gd.alpha=0.02&gd2.alpha=0.02&momentum.alpha=0.02&momentum.beta=0.9&step=100",
        ["540", "210"],
    ),
];

/// `RAVINE_WRITE=yes` draws them anew.
#[test]
fn its_pictures_of_the_labs_are_what_their_links_show() {
    for (name, view, link, [width, height]) in PICTURES {
        let drawn = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_file(&drawn);
        let mut figure = Command::new(env!("CARGO_BIN_EXE_ravine"));
        figure
            .args(["figure", link, "--view", view])
            .arg(&drawn)
            .args(["--width", width, "--height", height]);
        assert!(figure.status().unwrap().success(), "{link}");
        let kept = root().join("www/pictures").join(name);
        if env::var_os("RAVINE_WRITE").is_some() {
            fs::copy(&drawn, &kept).unwrap();
        }
        let same = fs::read(&drawn).unwrap() == fs::read(&kept).unwrap();
        assert!(same, "{name} is not what {link} shows: RAVINE_WRITE=yes draws it anew");
    }
}

#[test]
fn its_commands_are_taken() {
    let mut count = 0;
    for command in code(README).filter_map(|words| words.strip_prefix("cargo run -- ")) {
        let words = command.split_whitespace().map(|word| word.trim_matches('\''));
        let taken = cli::command().try_get_matches_from(["ravine"].into_iter().chain(words));
        assert!(taken.is_ok(), "cargo run -- {command}: {}", taken.unwrap_err());
        count += 1;
    }
    assert!(count >= 5, "{count} commands");
}

#[test]
fn its_examples_open_without_a_fault_each_in_its_lab() {
    let mut tabs = Vec::new();
    for link in code(README).filter_map(|words| words.strip_prefix('#')) {
        let app = App::new(link);
        assert_eq!(app.faults().count(), 0, "{link}");
        // A lesson leads through all labs.
        if !link.is_empty() && !link.starts_with(LESSON_KEY) {
            tabs.push(app.lab.kind().key);
        }
    }
    assert_eq!(tabs, KINDS.map(|kind| kind.key));
}

#[test]
fn the_files_and_folders_that_it_names_are_there() {
    let mut count = 0;
    for name in code(README).filter(|name| name.contains('/') && !name.contains([' ', ':'])) {
        assert!(root().join(name).exists(), "{name} is not there");
        count += 1;
    }
    assert!(count > 20, "{count} names");
}

#[test]
fn the_map_has_every_room() {
    let rooms = part("The map of the house").lines().filter_map(|line| line.strip_prefix("| `"));
    let rooms: Vec<&str> = rooms.filter_map(|row| Some(row.split_once('`')?.0)).collect();
    assert_eq!(rooms.len(), 13);
    let src = root().join("src");
    for room in &rooms {
        assert!(src.join(room).is_dir(), "{room} is no room");
    }
    for entry in fs::read_dir(&src).unwrap().map(|entry| entry.unwrap().path()) {
        let name = entry.file_name().unwrap().to_str().unwrap();
        assert!(entry.is_file() || rooms.contains(&name), "{name} is not on the map");
    }
}

#[test]
fn what_it_says_to_add_to_is_so_called_in_the_sources() {
    let sources = [files(&root().join("src")), files(&root().join("www"))].concat();
    let texts: String = sources.iter().filter_map(|path| fs::read_to_string(path).ok()).collect();
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let mut count = 0;
    for words in code(part("To add something")) {
        let name = words.trim_end_matches("::…");
        // `first_link`, `Setting::group`
        if name.split("::").all(|part| !part.is_empty() && part.chars().all(is_name)) {
            let last = name.split("::").last().unwrap();
            let is_there =
                texts.split(|c: char| !is_name(c)).any(|word| word == last || word == name);
            assert!(is_there, "{name} is nowhere");
            count += 1;
        }
    }
    assert!(count > 15, "{count} names");
}

#[test]
fn a_setting_before_the_layout_is_one_of_the_surface_lab() {
    use ravine::labs::planar::experiment::LabKind;
    let layout = Setting::Layout as usize;
    for index in 0..SETTINGS.len() {
        assert_eq!(Setting::belongs(index, LabKind::Surface), index < layout);
    }
}

#[test]
fn there_are_as_many_of_everything_as_it_says() {
    let choices = |scale: Scale| match scale {
        Scale::Choice(choices) => choices.len(),
        _ => 0,
    };
    const WORDS: [&str; 17] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen",
    ];
    for (count, what) in [
        (GALLERY.len(), "surfaces, from the bowl"),
        (PROBLEMS.len(), "problems with two parameters"),
        (Shape::ALL.len(), "made-up data sets"),
        (choices(ACTIVATION.scale), "activations"),
        (choices(INITIALIZATION.scale), "ways to draw the weights"),
    ] {
        let words = format!("{} {what}", WORDS[count]);
        assert!(README.contains(&words), "it does not say “{words}”");
    }
    let seeds = SETTINGS[Setting::Ensemble as usize].range[1];
    for words in [
        format!("Up to {MOST_RUNS} runs"),
        format!("up to {MOST_NETS} runs"),
        format!("up to {MOST_INPUTS} inputs"),
        format!("up to {MOST_HIDDEN} hidden layers of up to {MOST_UNITS} units"),
        format!("up to {seeds} seeds"),
    ] {
        assert!(README.contains(&words), "it does not say “{words}”");
    }
}
