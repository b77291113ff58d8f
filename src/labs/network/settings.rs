//! What can be set of an experiment with nets, each declared once.

use crate::labs::planar::experiment::{
    CHART, CHASE, FUTURE, HEIGHT, PAUSED, PRESENT, SEED, Setting as Plain, THEME,
};
use crate::math::param::{Choice, Param, Scale};
use crate::network::{ACTIVATION, FROZEN, INITIAL_SCALE, INITIALIZATION, L1, L2};
use crate::view::hill::{STRETCH, TILT, TURN, ZOOM};

/// What is set of the net. The declarations are [`NET`], in the same order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NetDial {
    /// φ
    Activation,
    /// How weights are drawn.
    Initialization,
    /// By how much they are multiplied.
    Scale,
    /// The output with its loss.
    Output,
    /// What a sigmoid is to say of a class that an example is not of; of its own, 1 less that.
    Low,
    /// What training leaves as it is.
    Frozen,
}

/// The declarations of [`NetDial`].
pub static NET: [Param; 6] = [
    ACTIVATION,
    INITIALIZATION,
    INITIAL_SCALE,
    Param::choice(
        "output",
        "output",
        &[
            Choice { key: "auto", label: "automatic" },
            Choice { key: "softmax", label: "softmax, cross-entropy" },
            Choice { key: "linear", label: "linear, L2" },
            Choice { key: "sigmoids", label: "a sigmoid a class, L2" },
        ],
    )
    .about("the output with its loss"),
    Param::new("target.low", "", "target of other classes", [0.0, 0.49], Scale::Linear, 0.0)
        .about("what a sigmoid of its own class aims at for the examples of the others"),
    FROZEN,
];

/// What a run of a net has besides its rule and its batch. The declarations are [`RUN`], in the
/// same order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunDial {
    /// The loss of one logit.
    Loss,
    /// λ₁
    L1,
    /// λ₂
    L2,
}

/// The declarations of [`RunDial`].
pub static RUN: [Param; 3] = [
    Param::choice(
        "loss",
        "loss",
        &[Choice { key: "entropy", label: "cross-entropy" }, Choice { key: "l2", label: "L2" }],
    )
    .about("the loss of one logit"),
    L1,
    L2,
];

/// The settings that belong to no run and not to the net. The declarations are [`SETTINGS_OF_NETS`], in the
/// same order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // their declarations say what they are
pub enum Setting {
    Steps,
    Clock,
    Seed,
    Speed,
    Curve,
    Chart,
    By,
    Test,
    Deck,
    Pass,
    Example,
    At,
    Plane,
    View,
    Height,
    Stretch,
    Turn,
    Tilt,
    Zoom,
    Chase,
    Theme,
    Present,
    Future,
    Paused,
}

/// What the chart has along its axes, in the order of the choices of [`Setting::By`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The loss of the way, by epochs, …
    Epochs,
    /// … by updates, …
    Updates,
    /// … or by examples seen.
    Examples,
    /// The loss at the end, by the learning rate.
    Alpha,
    /// What becomes of a net, by the learning rate and the scale of its initial weights, …
    AlphaInit,
    /// … or by the learning rate and the batch size.
    AlphaBatch,
}

impl By {
    /// All of them, by their value.
    pub const ALL: [Self; 6] = [
        Self::Epochs,
        Self::Updates,
        Self::Examples,
        Self::Alpha,
        Self::AlphaInit,
        Self::AlphaBatch,
    ];

    /// Whether it is about runs with other dials.
    pub fn is_of_trials(self) -> bool {
        matches!(self, Self::Alpha | Self::AlphaInit | Self::AlphaBatch)
    }

    /// Whether it is a map over two dials.
    pub fn is_map(self) -> bool {
        matches!(self, Self::AlphaInit | Self::AlphaBatch)
    }
}

/// The declarations of [`Setting`].
pub static SETTINGS_OF_NETS: [Param; 24] = [
    Param::new("steps", "", "horizon", [1.0, 20_000.0], Scale::LogInteger, 300.0)
        .about("the last tick of the clock"),
    Param::choice(
        "clock",
        "the clock counts",
        &[Choice { key: "epochs", label: "epochs" }, Choice { key: "updates", label: "updates" }],
    )
    .about("what a tick of the clock is"),
    SEED,
    Param::new("speed", "", "a second", [0.5, 10_000.0], Scale::Log, 20.0)
        .about("ticks a second while the clock plays"),
    Param::choice(
        "curve",
        "chart",
        &[Choice { key: "loss", label: "Loss" }, Choice { key: "accuracy", label: "Accuracy" }],
    )
    .about("what the chart shows"),
    CHART,
    Param::choice(
        "by",
        "loss against",
        &[
            Choice { key: "epochs", label: "by epochs" },
            Choice { key: "updates", label: "by updates" },
            Choice { key: "examples", label: "by examples seen" },
            Choice { key: "alpha", label: "by α" },
            Choice { key: "alphainit", label: "by α and initial scale" },
            Choice { key: "alphabatch", label: "by α and batch size" },
        ],
    )
    .about(
        "what the chart counts: the loss on the way, by `epochs`, `updates` or `examples` seen; the loss \
         at the end, by `alpha`; or where training works, by α and the initial scale (`alphainit`), or \
         by α and the batch size after as many examples (`alphabatch`)",
    ),
    Param::switch("test", "test examples", false)
        .about("whether the examples of the test are drawn"),
    Param::choice(
        "deck",
        "beside the net",
        &[
            Choice { key: "passes", label: "Forward & backward" },
            Choice { key: "weights", label: "Weights" },
            Choice { key: "surface", label: "Loss surface" },
            Choice { key: "losses", label: "Loss functions" },
        ],
    )
    .about("what stands beside the net's picture"),
    Param::choice(
        "pass",
        "step",
        &[Choice { key: "layers", label: "by layer" }, Choice { key: "units", label: "by unit" }],
    )
    .about("whether passes go by layers or by units"),
    Param::new("example", "", "example", [1.0, 2000.0], Scale::Integer, 1.0)
        .about("the example whose passes are shown, counted from 1"),
    Param::new("at", "", "place in the passes", [0.0, 500.0], Scale::Integer, 0.0)
        .about("the place in its passes, counted from 0"),
    Param::choice(
        "plane",
        "plane through",
        &[
            Choice { key: "paths", label: "the paths (PCA)" },
            Choice { key: "random", label: "random directions" },
            Choice { key: "weights", label: "two weights" },
        ],
    )
    .about("what spans the plane of the loss surface"),
    Param::choice(
        "view",
        "surface shown",
        &[Choice { key: "plot", label: "from above" }, Choice { key: "hill", label: "in 3-D" }],
    )
    .about("the loss surface from above, or as a hill in three dimensions"),
    HEIGHT,
    STRETCH,
    TURN,
    TILT,
    ZOOM,
    CHASE,
    THEME,
    PRESENT,
    FUTURE,
    PAUSED,
];

/// The settings of the loss surface in three dimensions.
const HILL: [Setting; 7] = [
    Setting::View,
    Setting::Height,
    Setting::Stretch,
    Setting::Turn,
    Setting::Tilt,
    Setting::Zoom,
    Setting::Chase,
];

impl Setting {
    /// The settings that are the reader's own preferences, with those of the other labs that they are.
    pub const PREFERENCES: [(Setting, Plain); 4] = [
        (Setting::Theme, Plain::Theme),
        (Setting::Present, Plain::Present),
        (Setting::Future, Plain::Future),
        (Setting::Paused, Plain::Paused),
    ];

    /// The word under which the setting at `index` stands among others; empty where it has a place of its own.
    pub fn group(index: usize) -> &'static str {
        const GROUPS: [(&str, &[Setting]); 4] = [
            ("runs", &[Setting::Seed, Setting::Clock]),
            ("pictures", &[Setting::Test, Setting::Theme, Setting::Future]),
            ("3-D", &HILL),
            ("scenes", &[Setting::Paused]),
        ];
        let holds = |settings: &[Setting]| settings.iter().any(|known| *known as usize == index);
        GROUPS.iter().find(|(_, settings)| holds(settings)).map_or("", |(name, _)| name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labs::planar::experiment::SETTINGS;

    #[test]
    fn preferences_are_declared_as_in_the_other_labs() {
        for (own, plain) in Setting::PREFERENCES {
            assert_eq!(SETTINGS_OF_NETS[own as usize], SETTINGS[plain as usize]);
        }
    }
}
