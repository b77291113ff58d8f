//! What the page shows before the core has arrived. The build of the site writes it into
//! `index.html`, where `www/opening/opening.js` chooses from it by the address.

use std::collections::BTreeSet;

use serde::Serialize;
use ts_rs::TS;

use crate::labs::lesson::{self, GUESS_KEY, LESSON_KEY, Lesson, PANELS_KEY, REVEALED_KEY, Section};
use crate::labs::link::{passing_keys, without_preferences};
use crate::labs::presets::SCENE_KEY;
use crate::labs::{KINDS, OpenLab};
use crate::view::Theme;

/// What the page shows before the core has arrived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Opening {
    /// The labs, in the order of their tabs.
    pub labs: Vec<OpeningLab>,
    /// The scenes of all labs. The first is what a bare address opens.
    pub scenes: Vec<OpeningScene>,
    /// The lessons.
    pub lessons: Vec<OpeningLesson>,
    /// The keys of a link that do not make it another scene.
    pub passing: Vec<&'static str>,
    /// The key that says which scene a changed link was opened as.
    pub scene_key: &'static str,
    /// The key that names the lesson.
    pub lesson_key: &'static str,
    /// The key that unfolds what a lesson's scene does without.
    pub panels_key: &'static str,
    /// The key of what is guessed, and that which says that the truth may be seen.
    pub guess_key: &'static str,
    /// See `guess_key`.
    pub revealed_key: &'static str,
    /// The longest file of a lesson, in bytes.
    pub longest_lesson: usize,
    /// Every key of a link that has no dot in it: by one of them a link is known as such.
    pub keys: BTreeSet<&'static str>,
}

/// A lab, and how its links are told from those of the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct OpeningLab {
    /// Its name in a link.
    pub key: &'static str,
    /// What its tab says.
    pub name: &'static str,
    /// A link with one of these keys is of this lab, or of a later one that has a key in it.
    pub marks: &'static [&'static str],
}

/// A lesson, by the scenes that it leads through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct OpeningLesson {
    /// Its name in a link.
    pub key: &'static str,
    /// Its scenes. Their keys are empty: they are counted.
    pub scenes: Vec<OpeningScene>,
}

/// A scene, and how much room its pictures take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct OpeningScene {
    /// The key of its lab.
    pub lab: &'static str,
    /// Its name in a link.
    pub key: &'static str,
    /// Its link, without the keys that are in `passing`.
    pub link: String,
    /// What the page calls it.
    pub title: &'static str,
    /// What there is to see.
    pub sentence: &'static str,
    /// How many pictures stand side by side.
    pub panels: usize,
    /// The panels of the page that it needs. Empty: all.
    pub shows: &'static [Section],
    /// What it asks before it tells what there is to see; `null` where it asks nothing.
    pub ask: Option<&'static str>,
}

/// What the page shows before the core has arrived, for any address.
pub fn opening() -> Opening {
    let labs = KINDS.map(|kind| OpeningLab { key: kind.key, name: kind.name, marks: kind.marks });
    Opening {
        labs: labs.into(),
        scenes: (KINDS.iter().flat_map(|kind| kind.presets))
            .map(|preset| scene(preset.key, preset.link, preset.title, preset.sentence))
            .collect(),
        lessons: lesson::built_in().iter().map(opening_lesson).collect(),
        passing: passing_keys().collect(),
        scene_key: SCENE_KEY,
        lesson_key: LESSON_KEY,
        panels_key: PANELS_KEY,
        guess_key: GUESS_KEY,
        revealed_key: REVEALED_KEY,
        longest_lesson: lesson::LONGEST,
        keys: (KINDS.iter().flat_map(|kind| (kind.keys)()))
            .chain([LESSON_KEY, PANELS_KEY, GUESS_KEY, REVEALED_KEY])
            .collect(),
    }
}

fn opening_lesson(lesson: &'static Lesson) -> OpeningLesson {
    let scenes = lesson.scenes.iter().map(|one| OpeningScene {
        shows: &one.shows,
        ask: one.question.as_ref().map(|question| &*question.ask),
        ..scene("", &one.link, &one.title, &one.text)
    });
    OpeningLesson { key: &lesson.key, scenes: scenes.collect() }
}

/// A scene as it stands there before the core does.
fn scene(
    key: &'static str,
    link: &str,
    title: &'static str,
    sentence: &'static str,
) -> OpeningScene {
    let lab = OpenLab::new(link);
    let model = lab.model(&Theme::LIGHT);
    OpeningScene {
        lab: lab.kind().key,
        key,
        link: without_preferences(link),
        title,
        sentence,
        panels: model.net.map_or(model.plots.len(), |net| net.panels.len()),
        shows: &[],
        ask: None,
    }
}
