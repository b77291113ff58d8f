//! The settings of an experiment that belong to no run and no surface, each declared once.

use crate::param::{Choice, Param, Scale};

/// The settings of an experiment that belong to no run and no surface. Their declarations are
/// [`SETTINGS`], in the same order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// How many updates each run makes.
    Steps,
    /// Where the noise begins.
    Seed,
    /// Updates a second while playing.
    Speed,
    /// The loss chart's scale.
    Chart,
    /// What the loss chart counts.
    By,
    /// The field's colours.
    Palette,
    /// Arrows where plain GD would go.
    Arrows,
    /// The velocity as an arrow.
    Velocity,
    /// Light or dark.
    Theme,
    /// Large type for a projector.
    Present,
}

/// The declarations of the settings, in the order of [`Setting`].
pub static SETTINGS: [Param; 10] = [
    Param::new("steps", "", "updates", [1.0, 5000.0], Scale::LogInteger, 50.0),
    Param::new("seed", "", "seed of the noise", [0.0, 999_999.0], Scale::Integer, 1.0),
    Param::new("speed", "", "updates a second", [0.5, 10_000.0], Scale::Log, 6.0),
    Param::choice(
        "chart",
        "loss scale",
        &[
            Choice { key: "log", label: "log scale" },
            Choice { key: "linear", label: "linear scale" },
        ],
    ),
    Param::choice(
        "by",
        "loss against",
        &[
            Choice { key: "updates", label: "by updates" },
            Choice { key: "evaluations", label: "by gradient evaluations" },
        ],
    ),
    Param::choice(
        "palette",
        "colours of the surface",
        &[
            Choice { key: "quiet", label: "Quiet" },
            Choice { key: "viridis", label: "Viridis" },
            Choice { key: "cividis", label: "Cividis" },
        ],
    ),
    Param::switch("arrows", "where plain GD would step", false),
    Param::switch("velocity", "velocity at the head", false),
    Param::choice(
        "theme",
        "light or dark",
        &[
            Choice { key: "auto", label: "As the system" },
            Choice { key: "light", label: "Light" },
            Choice { key: "dark", label: "Dark" },
        ],
    ),
    Param::switch("present", "large, for a projector", false),
];
