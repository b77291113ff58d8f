//! What a scene asks before it shows.

use serde::Serialize;
use ts_rs::TS;

use crate::labs::link::point;
use crate::math::param::{quoted, read_number, write_number};

/// The letters of the four directions to choose from, as a link writes them.
pub const LETTERS: [&str; 4] = ["a", "b", "c", "d"];

/// A question about what the scene will show.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Question {
    /// The question, a sentence.
    pub ask: String,
    /// What it is about.
    #[serde(flatten)]
    pub about: About,
    /// One sentence that says why it is so.
    pub why: String,
}

/// What a question is about. Runs are called by their names in links; a `level` is a share of the
/// loss at the start, in the labs on a plane of that above the lowest known.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum About {
    /// Where on the plane a run will be.
    Where {
        /// The run.
        run: String,
        /// After so many steps; at the end where it is not said.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        step: Option<usize>,
    },
    /// Which run is the first, along the axis of the loss chart, to be down to a level.
    First {
        /// The level, 0 to 1.
        level: f64,
    },
    /// Which of four directions from the start falls fastest.
    Direction,
    /// After how many steps of the clock a run is down to a level.
    Steps {
        /// The run.
        run: String,
        /// The level, 0 to 1.
        level: f64,
        /// The most that can be guessed; the horizon where it is not said.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[ts(optional)]
        most: Option<usize>,
    },
    /// The largest α at which a run converges.
    Alpha {
        /// The run.
        run: String,
    },
}

impl About {
    /// The kinds, as a file calls them.
    pub const KINDS: [&str; 5] = ["where", "first", "direction", "steps", "alpha"];

    /// Its kind, as a file calls it.
    pub fn kind(&self) -> &'static str {
        Self::KINDS[match self {
            Self::Where { .. } => 0,
            Self::First { .. } => 1,
            Self::Direction => 2,
            Self::Steps { .. } => 3,
            Self::Alpha { .. } => 4,
        }]
    }

    /// The run that it names.
    pub fn run(&self) -> Option<&str> {
        match self {
            Self::Where { run, .. } | Self::Steps { run, .. } | Self::Alpha { run } => Some(run),
            Self::First { .. } | Self::Direction => None,
        }
    }
}

/// What somebody expects.
#[derive(Clone, Debug, PartialEq)]
pub enum Guess {
    /// A point of the plane.
    Place([f64; 2]),
    /// The name of a run, or one of [`LETTERS`].
    Choice(String),
    /// A number of steps, or an α.
    Number(f64),
}

impl Guess {
    /// Reads a guess as a link writes it.
    ///
    /// # Errors
    /// A sentence that starts after the key.
    pub fn read(about: &About, text: &str) -> Result<Self, String> {
        match about {
            About::Where { .. } => point(text).map(Self::Place),
            About::First { .. } => Ok(Self::Choice(text.to_owned())),
            About::Direction if LETTERS.contains(&text) => Ok(Self::Choice(text.to_owned())),
            About::Direction => {
                let known = LETTERS.join(", ");
                Err(format!("must be one of {known}, and {} is not", quoted(text)))
            }
            About::Steps { .. } | About::Alpha { .. } => {
                let number = read_number(text)?;
                let fits = number.is_finite() && number >= 0.0;
                let fault = || format!("must be a number from 0 on, and {} is not", quoted(text));
                fits.then_some(Self::Number(number)).ok_or_else(fault)
            }
        }
    }

    /// The guess as a link writes it.
    pub fn write(&self) -> String {
        match self {
            Self::Place(at) => at.map(write_number).join(","),
            Self::Choice(name) => name.clone(),
            Self::Number(number) => write_number(*number),
        }
    }
}

/// What somebody has answered to the question of a scene.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// What is expected, once it was said.
    pub guess: Option<Guess>,
    /// Whether the truth may be seen: the question is no longer open.
    pub is_revealed: bool,
}
