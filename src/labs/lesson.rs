//! Lessons: a sequence of scenes through all labs, each an experiment with what is to be said of it.
//!
//! A lesson is a file, see [`read()`]; so are the two that are built in. `tests/labs/lessons` computes
//! what their sentences claim. The reader's own lie beside them on the [`Shelf`].

pub mod answer;
mod place;
mod question;
mod read;
mod shelf;
mod write;

use std::sync::LazyLock;

use serde::Serialize;
use ts_rs::TS;

pub use place::{GUESS_KEY, LESSON_KEY, Opened, PANELS_KEY, Place, REVEALED_KEY, opened};
pub use question::{About, Answer, Guess, LETTERS, Question};
pub use read::{KEYS, LONGEST, MOST_SCENES, read};
pub use shelf::{OWN, Shelf, is_own};
pub use write::write;

/// A sequence of scenes.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Lesson {
    /// Its name in a link.
    pub key: String,
    /// What the page calls it.
    pub title: String,
    /// In the order in which they are shown; at least one.
    pub scenes: Vec<Scene>,
}

/// An experiment, and what is to be said of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, TS)]
pub struct Scene {
    /// What the page calls it.
    pub title: String,
    /// The experiment, of any lab, as a link writes it. With a `step` in it, it opens paused.
    pub link: String,
    /// What there is to see: a few sentences.
    pub text: String,
    /// What a reader may try, a sentence each.
    #[serde(rename = "try")]
    pub tries: Vec<String>,
    /// What the lecturer alone sees.
    pub notes: String,
    /// The panels that it needs; the others are folded away. Empty: it needs all.
    pub shows: Vec<Section>,
    /// What is asked before the scene plays.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub question: Option<Question>,
}

impl Scene {
    /// The step at which it opens, paused; `None` where it plays from the start.
    pub fn opens_at(&self) -> Option<usize> {
        self.link.split('&').find_map(|part| part.strip_prefix("step=")?.parse().ok())
    }
}

/// A part of the page that a scene may do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Section {
    /// The choice of the surface or problem, its formula and its dials.
    Formula,
    /// The examples.
    Data,
    /// The net's layers and picture.
    Net,
    /// Pseudo code, noise ball, passes, weights, loss surface: what the reader chooses among.
    Detail,
    /// The loss chart.
    Chart,
    /// The runs with their dials.
    Runs,
}

impl Section {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Formula, Self::Data, Self::Net, Self::Detail, Self::Chart, Self::Runs];

    /// Its name in a file.
    pub fn key(self) -> &'static str {
        match self {
            Self::Formula => "formula",
            Self::Data => "data",
            Self::Net => "net",
            Self::Detail => "detail",
            Self::Chart => "chart",
            Self::Runs => "runs",
        }
    }
}

/// The key and the file of each lesson that is built in.
const FILES: [(&str, &str); 3] = [
    ("basic-training", include_str!("lesson/basic-training.json")),
    ("first-steps", include_str!("lesson/first-steps.json")),
    ("beyond-one-path", include_str!("lesson/beyond-one-path.json")),
];

/// The lessons that are built in. The first is the lecture.
pub fn built_in() -> &'static [Lesson] {
    static LESSONS: LazyLock<Vec<Lesson>> = LazyLock::new(|| {
        let lesson =
            |(key, text): (&str, &str)| match read::read_with(key, text, read::Links::Tested) {
                Ok(lesson) => lesson,
                Err(faults) => panic!("lesson {key}: {}", faults.join(" ")),
            };
        FILES.map(lesson).into()
    });
    &LESSONS
}
