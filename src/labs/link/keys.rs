//! The keys of links that stand for no [`Param`](crate::math::param::Param), each declared once: links
//! are read by them, and the reference tells of them.

use crate::data::classes::CLASSES_KEY;
use crate::labs::experiment::LabKind;
use crate::labs::presets::SCENE_KEY;

/// What the reference says of a key: text as in [`crate::export::reference`], where `{{name}}` stands for
/// one of its limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// The key itself.
    pub key: &'static str,
    /// What it sets.
    pub meaning: &'static str,
    /// What may stand behind it.
    pub values: &'static str,
    /// What holds where it is not there.
    pub default: &'static str,
}

/// A key of the Surface lab or of the Minibatches lab whose value is a text of its own kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // `Key::about` says what each is
pub enum Key {
    Surface,
    Formula,
    Problem,
    Loss,
    Data,
    Classes,
    Start,
    Window,
    Runs,
    Follow,
    Step,
    Line,
    Scene,
}

/// What stands in an address in the place of `data` that are too long for it, see `www/kept.js`.
pub const KEPT: About = About {
    key: "data.kept",
    meaning: "stands in the address in place of `data` that are too long for it; the browser tab \
              in which they were given keeps them, and \u{201c}Share\u{201d} gives a link with \
              the data in it",
    values: "written by the page alone",
    default: "none",
};

impl Key {
    /// Every key.
    pub const ALL: [Self; 13] = [
        Self::Surface,
        Self::Formula,
        Self::Problem,
        Self::Loss,
        Self::Data,
        Self::Classes,
        Self::Start,
        Self::Window,
        Self::Runs,
        Self::Follow,
        Self::Step,
        Self::Line,
        Self::Scene,
    ];

    /// The key that a link writes so.
    pub fn called(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.about().key == key)
    }

    /// The lab that alone has it, if it is not both.
    pub fn lab(self) -> Option<LabKind> {
        match self {
            Self::Surface | Self::Formula => Some(LabKind::Surface),
            Self::Problem | Self::Loss | Self::Data | Self::Classes | Self::Follow | Self::Line => {
                Some(LabKind::Minibatches)
            }
            Self::Start | Self::Window | Self::Runs | Self::Step | Self::Scene => None,
        }
    }

    /// What the reference says of it.
    pub const fn about(self) -> About {
        match self {
            Self::Surface => About {
                key: "surface",
                meaning: "the surface",
                values: "a key of [the gallery](#surfaces)",
                default: "`ravine`",
            },
            Self::Formula => About {
                key: "f",
                meaning: "a [formula](#formulas) of one's own, in place of `surface`",
                values: "up to {{characters}} characters",
                default: "none",
            },
            Self::Problem => About {
                key: "problem",
                meaning: "the loss of an example, the data, the window and the start",
                values: "a key of [the problems](#problems)",
                default: "`mean`; beside a `loss` alone, `linear`",
            },
            Self::Loss => About {
                key: "loss",
                meaning: "a loss of one's own over the problem's data, in `x`, `y` and θ, which \
                          is `w` and `b`, `theta0` and `theta1` or [the like](#formulas)",
                values: "up to {{characters}} characters",
                default: "the problem's",
            },
            Self::Data => About {
                key: "data",
                meaning: "examples of one's own, in place of generated ones, `x,y;x,y;…`",
                values: "1 to {{examples}} examples, −{{far}} to {{far}}; y is 0 or 1 where the \
                         problem has labels",
                default: "none",
            },
            Self::Classes => About {
                key: CLASSES_KEY,
                meaning: "what the labels 0 and 1 of one's own examples are called, `no,yes`",
                values: "two names with a comma between them",
                default: "`0,1`",
            },
            Self::Start => About {
                key: "start",
                meaning: "where all runs start, `x,y`",
                values: "−{{far}} to {{far}}",
                default: "the surface's or the problem's; `{{start}}` for a formula",
            },
            Self::Window => About {
                key: "window",
                meaning: "what the plot shows, `left,right,bottom,top`",
                values: "−{{far}} to {{far}}",
                default: "the surface's or the problem's; `{{window}}` for a formula",
            },
            Self::Runs => About {
                key: "runs",
                meaning: "the update rules side by side, with commas between them",
                values: "up to {{runs}} of {{rules}}",
                default: "`gd,momentum`; `gd,gd` in the Minibatches lab",
            },
            Self::Follow => About {
                key: "follow",
                meaning: "the run that the data view and the pseudo code show",
                values: "a run",
                default: "the first that is shown and uses batches",
            },
            Self::Step => About {
                key: "step",
                meaning: "the step at which the clock stands still",
                values: "0 to `steps`",
                default: "the clock plays from the start",
            },
            Self::Line => About {
                key: "line",
                meaning: "the line of the pseudo code at which the clock stands still, beside \
                          `step`",
                values: "1 to 10",
                default: "the one that ends the step",
            },
            Self::Scene => About {
                key: SCENE_KEY,
                meaning: "the [scene](#scenes) that it was opened as, where something was \
                          changed since: its caption stays",
                values: "the key of a scene of the lab that is about the same surface or problem",
                default: "none",
            },
        }
    }
}
