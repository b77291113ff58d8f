//! The settings of an experiment that belong to no run and no surface, each declared once.

use super::LabKind;
use crate::math::param::{Choice, Param, Scale};
use crate::view::hill::{STRETCH, TILT, TURN, ZOOM};

/// The settings of an experiment that belong to no run and no surface. Their declarations are
/// [`SETTINGS`], in the same order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // their declarations say what they are
pub enum Setting {
    Steps,
    Seed,
    Speed,
    Chart,
    By,
    Palette,
    Arrows,
    Velocity,
    Slopes,
    Memory,
    Theme,
    Present,
    Future,
    Paused,
    Equal,
    View,
    Height,
    Stretch,
    Turn,
    Tilt,
    Zoom,
    Chase,
    Map,
    Swarm,
    Walkers,
    Radius,
    Dots,
    Layout,
    Deck,
    Same,
    BatchLoss,
    Isolines,
    Fan,
    Residuals,
    Past,
    Ensemble,
    Cloud,
}

/// What the loss chart has along its axes, in the order of the choices of [`Setting::By`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The loss of the way, by updates, …
    Updates,
    /// … or gradient evaluations.
    Evaluations,
    /// The loss after the last update, by the learning rate.
    Alpha,
    /// How fast momentum comes down, by α and β.
    AlphaBeta,
    /// With which losses runs end from very many starts.
    Starts,
    /// The loss on the way, by epochs. (A surface has none: it stands behind the others.)
    Epochs,
}

impl By {
    /// All of them, by their value.
    pub const ALL: [Self; 6] = [
        Self::Updates,
        Self::Evaluations,
        Self::Alpha,
        Self::AlphaBeta,
        Self::Starts,
        Self::Epochs,
    ];
}

/// From where a swarm starts, in the order of the choices of [`Setting::Swarm`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SwarmFrom {
    /// There is none.
    Nowhere,
    /// A grid over the objective's own window.
    Grid,
    /// All over the window that is shown.
    Window,
    /// A disc about the start.
    Disc,
}

impl SwarmFrom {
    /// All of them, by their value.
    pub const ALL: [Self; 4] = [Self::Nowhere, Self::Grid, Self::Window, Self::Disc];
}

impl Setting {
    /// The settings that are the reader's own and not an experiment's: a scene leaves them as they are.
    pub const PREFERENCES: [Self; 5] =
        [Self::Palette, Self::Theme, Self::Present, Self::Future, Self::Paused];

    /// Whether the setting at `index` of [`SETTINGS`] does something in a lab.
    pub fn belongs(index: usize, lab: LabKind) -> bool {
        match lab {
            LabKind::Surface => index < Setting::Layout as usize,
            LabKind::Minibatches => ![Setting::Arrows, Setting::Slopes, Setting::Memory]
                .iter()
                .any(|it| *it as usize == index),
        }
    }

    /// The word under which the setting at `index` of [`SETTINGS`] stands among others of its
    /// kind; empty where it has a place of its own.
    pub fn group(index: usize) -> &'static str {
        use Setting::*;
        const GROUPS: [(&str, &[Setting]); 8] = [
            ("runs", &[Seed, Same]),
            (
                "plot",
                &[Palette, Map, Arrows, Velocity, Slopes, Memory, Theme, Layout, Equal, Future],
            ),
            ("3-D", &[View, Height, Stretch, Turn, Tilt, Zoom, Chase]),
            ("scenes", &[Paused]),
            ("batch", &[Isolines, Fan]),
            ("data", &[Residuals, Past]),
            ("swarm", &[Swarm, Walkers, Radius, Dots]),
            ("ensemble", &[Ensemble, Cloud]),
        ];
        let holds = |settings: &[Setting]| settings.iter().any(|known| *known as usize == index);
        GROUPS.iter().find(|(_, settings)| holds(settings)).map_or("", |(name, _)| name)
    }
}

/// Where random numbers begin.
pub const SEED: Param =
    Param::new("seed", "", "random seed", [0.0, 999_999.0], Scale::Integer, 1.0)
        .about("where random numbers begin: noise, initial weights, the order of the data");

/// The loss chart's scale.
pub const CHART: Param = Param::choice(
    "chart",
    "loss scale",
    &[Choice { key: "log", label: "log scale" }, Choice { key: "linear", label: "linear scale" }],
)
.about("the scale of the loss chart");

/// The scale of heights of a hill.
pub const HEIGHT: Param = Param::choice(
    "height",
    "heights",
    &[Choice { key: "linear", label: "linear" }, Choice { key: "log", label: "logarithmic" }],
)
.about("the scale of the hill's height: the loss, or its logarithm above the minimum");

/// Whether a hill is seen from behind a run.
pub const CHASE: Param = Param::switch("chase", "follow the run", false).about(
    "whether the hill is seen from behind the head of the followed run, near it, with `turn` counted \
     from where it goes",
);

/// Light or dark.
pub const THEME: Param = Param::choice(
    "theme",
    "light or dark",
    &[
        Choice { key: "auto", label: "As the system" },
        Choice { key: "light", label: "Light" },
        Choice { key: "dark", label: "Dark" },
    ],
);

/// Large type for a projector.
pub const PRESENT: Param = Param::switch("present", "large, for a projector", false)
    .about("large type and thick lines, for a projector");

/// Whether what lies ahead of the clock is shown: curves, and what is said of where a run ends.
pub const FUTURE: Param = Param::switch("future", "what lies ahead of the clock", true)
    .about("whether what lies ahead of the clock is shown");

/// Whether scenes stand at their start when they are opened, until they are played.
pub const PAUSED: Param = Param::switch("paused", "open scenes paused", false)
    .about("whether scenes stand at their start when they are opened");

/// The declarations of the settings, in the order of [`Setting`].
pub static SETTINGS: [Param; 37] = [
    Param::new("steps", "", "updates", [1.0, 5000.0], Scale::LogInteger, 50.0)
        .about("how many updates each run makes"),
    SEED,
    Param::new("speed", "", "updates a second", [0.5, 10_000.0], Scale::Log, 6.0)
        .about("updates a second while the clock plays"),
    CHART,
    Param::choice(
        "by",
        "loss against",
        &[
            Choice { key: "updates", label: "by updates" },
            Choice { key: "evaluations", label: "by gradient evaluations" },
            Choice { key: "alpha", label: "by α" },
            Choice { key: "alphabeta", label: "by α and β" },
            Choice { key: "starts", label: "from all starts" },
            Choice { key: "epochs", label: "by epochs" },
        ],
    )
    .about(
        "what the loss chart counts: the loss on the way, by `updates`, `evaluations` of gradients or \
         `epochs`; the loss at the end, by `alpha`; how fast momentum comes down, by `alphabeta`; or how the \
         losses at the end are distributed over the `starts` that a swarm has",
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
    Param::switch("arrows", "where plain GD would step", false)
        .about("arrows over the plot where plain GD would step"),
    Param::switch("velocity", "velocity at the head", false)
        .about("the velocity at the head of each path, as an arrow"),
    Param::switch("slopes", "slope in each direction", false)
        .about("the slope in each direction at the head of the first run"),
    Param::switch("memory", "what momentum adds up", false)
        .about("the past gradients that sum to momentum's step, and their weights"),
    THEME,
    PRESENT,
    FUTURE,
    PAUSED,
    Param::switch("equal", "equal scales", false).about("one scale for both axes of the plot"),
    Param::choice(
        "view",
        "surface shown",
        &[
            Choice { key: "plot", label: "from above" },
            Choice { key: "hill", label: "in 3-D" },
            Choice { key: "both", label: "both" },
        ],
    )
    .about("the surface from above, as a hill in three dimensions, or both beside each other"),
    HEIGHT,
    STRETCH,
    TURN,
    TILT,
    ZOOM,
    CHASE,
    Param::choice(
        "map",
        "colours of the plane",
        &[
            Choice { key: "height", label: "height" },
            Choice { key: "basins", label: "where runs end" },
        ],
    )
    .about(
        "what the plot is coloured by: the surface's height, or the minimum that the followed run ends \
         at from each start",
    ),
    Param::choice(
        "swarm",
        "many walkers",
        &[
            Choice { key: "no", label: "none" },
            Choice { key: "grid", label: "from a grid" },
            Choice { key: "window", label: "from the window" },
            Choice { key: "disc", label: "from a disc" },
        ],
    )
    .about(
        "from where very many walkers of the followed run start: a `grid` over the surface's own window, \
         all over the `window` that is shown, or a `disc` about the start; each has a seed of its own",
    ),
    Param::new("walkers", "", "how many", [100.0, 100_000.0], Scale::LogInteger, 100_000.0)
        .about("how many walkers a swarm has, about, and from how many starts losses are gathered"),
    Param::new("radius", "", "radius of the disc", [0.001, 1000.0], Scale::Log, 0.5)
        .about("the radius of the disc from which a swarm starts"),
    Param::switch("dots", "as points", false)
        .about("whether the walkers of a swarm are points, or else a density"),
    Param::choice(
        "layout",
        "plots",
        &[
            Choice { key: "beside", label: "GD beside SGD" },
            Choice { key: "overlay", label: "all in one" },
        ],
    )
    .about("runs on all examples beside those with batches, or all in one plot"),
    Param::choice(
        "deck",
        "beside the data",
        &[
            Choice { key: "code", label: "Pseudo code" },
            Choice { key: "ball", label: "Noise ball" },
        ],
    )
    .about("what stands beside the data"),
    Param::switch("same", "one α for all runs", false),
    Param::switch("batchloss", "loss of the batch", false)
        .about("the loss of the batch in the loss chart"),
    Param::switch("isolines", "isolines of the batch", false).about("isolines of the batch's risk"),
    Param::switch("fan", "gradient of each example", false)
        .about("the gradient of each example of the batch, as an arrow"),
    Param::switch("residuals", "residuals", false).about("lines from the examples to the curve"),
    Param::switch("past", "earlier curves", false).about("the curves of earlier steps"),
    Param::new("ensemble", "", "seeds at once", [0.0, 500.0], Scale::Integer, 0.0)
        .about("with how many seeds at once the followed run is walked"),
    Param::choice(
        "cloud",
        "shown as",
        &[
            Choice { key: "points", label: "a cloud of points" },
            Choice { key: "paths", label: "faint paths" },
        ],
    )
    .about("how these are drawn"),
];
