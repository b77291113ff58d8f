//! What the page's buttons ask for, apart from values that are set by the key of a link.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::math::param::short;

/// What a button asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Opens a lab as it was left.
    Lab {
        /// The lab's key.
        key: String,
    },
    /// Opens a scene of a lesson, with the reader's own light and size.
    Lesson {
        /// The lesson's key.
        key: String,
        /// Which scene, counted from 0.
        scene: usize,
    },
    /// Leaves the lesson; the experiment stays.
    LeaveLesson,
    /// Unfolds all panels, or folds those that the lesson's scene does without.
    Panels {
        /// Whether all are there.
        all: bool,
    },
    /// Lets the answer to the question of the lesson's scene be seen.
    Reveal,
    /// Asks the question of the lesson's scene once more.
    AskAgain,
    /// Opens a scene of the lab, with the reader's own light and size.
    Scene {
        /// Which one, counted from 0.
        index: usize,
    },
    /// Adds a run.
    Add {
        /// The key of its update rule.
        rule: String,
    },
    /// Changes the list of runs.
    Run {
        /// The run's name.
        name: String,
        /// What becomes of it.
        change: RunChange,
    },
    /// Generates data in the place of one's own.
    GenerateData,
    /// Takes what makes runs on these data converge.
    Offer {
        /// Which of the ways out.
        offer: OfferKind,
    },
    /// Shows the start, the minima and where the runs come to rest.
    Fit,
    /// Shows what the surface or the problem opens with.
    ResetWindow,
    /// Gives the nets one hidden layer more or less, the last one.
    Layers {
        /// Which of the two.
        change: Change,
    },
    /// Gives a hidden layer one unit more or less.
    Units {
        /// Which layer, counted from 1.
        layer: usize,
        /// Which of the two.
        change: Change,
    },
    /// Takes a feature for an input of the nets, or leaves it out.
    Feature {
        /// The feature's key.
        key: String,
    },
    /// Draws other weights to start from.
    NewSeed,
    /// Chooses the class that is drawn by hand.
    Brush {
        /// Which one, counted from 0.
        class: usize,
    },
}

/// What becomes of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum RunChange {
    /// A second one like it follows it.
    Duplicate,
    /// It is there no more.
    Remove,
    /// It changes places with the one before.
    Up,
    /// It changes places with the next.
    Down,
}

/// A way out for runs that cannot but diverge on the data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum OfferKind {
    /// x is standardised.
    Standardise,
    /// α is put at half its limit.
    Alpha,
}

/// One more or one less.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// One more.
    More,
    /// One less.
    Less,
}

impl Action {
    /// Reads an action from JSON, such as `"fit"` or `{"add":{"rule":"adam"}}`.
    ///
    /// # Errors
    /// A sentence that names what is unknown or what does not fit.
    pub fn parse(json: &str) -> Result<Self, String> {
        let why = |error: serde_json::Error| {
            let name = short(name(json).unwrap_or("without a name"));
            if error.to_string().starts_with(&format!("unknown variant `{name}`")) {
                format!("Unknown action: {name}.")
            } else {
                format!("The action {name} cannot be done with {}.", short(json))
            }
        };
        serde_json::from_str(json).map_err(why)
    }

    /// That the open lab has nothing like it, as a sentence.
    pub(crate) fn unknown_here(&self) -> String {
        let json = serde_json::to_string(self).unwrap_or_default();
        format!("Unknown action: {}.", name(&json).unwrap_or_default())
    }
}

/// The name of an action in JSON: the first string there is.
fn name(json: &str) -> Option<&str> {
    json.split('"').nth(1)
}
