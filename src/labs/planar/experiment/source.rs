//! What the runs of an experiment walk on, and what it brings with it.

use crate::math::window::Window;
use crate::objective::problems::{PROBLEMS, Problem};
use crate::objective::surfaces::{GALLERY, Surface};
use crate::optimizers::Rule;

/// Where the plot of a typed formula opens.
pub(super) const TYPED_WINDOW: Window = Window::new(-5.0, 5.0, -4.0, 4.0);
/// Where runs on a typed formula start.
const TYPED_START: [f64; 2] = [3.0, 2.0];

/// One of the labs in which runs walk on a plane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabKind {
    /// Runs on a surface f(x, y).
    Surface,
    /// Runs on the risk over data.
    Minibatches,
}

impl LabKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Surface, Self::Minibatches];
}

/// Where the objective comes from, which the runs walk down.
#[derive(Clone, Copy, Debug)]
pub enum ObjectiveSource {
    /// A surface of the gallery.
    Gallery(&'static Surface),
    /// The user's own formula.
    Typed,
    /// A risk over data.
    Data {
        /// Where its data, its window and its start come from.
        problem: &'static Problem,
        /// Whether the per-example loss is the user's own.
        typed: bool,
    },
}

impl ObjectiveSource {
    /// The surface that a bare address opens.
    pub fn first_surface() -> Self {
        Self::Gallery(&GALLERY[0])
    }

    /// The problem that the Minibatches lab opens with.
    pub fn first_problem() -> Self {
        Self::Data { problem: &PROBLEMS[0], typed: false }
    }

    /// The lab that it belongs to.
    pub fn lab(&self) -> LabKind {
        match self {
            Self::Gallery(_) | Self::Typed => LabKind::Surface,
            Self::Data { .. } => LabKind::Minibatches,
        }
    }

    /// Whether its formula is the user's own.
    pub fn is_typed(&self) -> bool {
        matches!(self, Self::Typed | Self::Data { typed: true, .. })
    }

    /// The problem of the gallery that the data come from, if it has data.
    pub fn problem(&self) -> Option<&'static Problem> {
        match self {
            Self::Data { problem, .. } => Some(problem),
            _ => None,
        }
    }

    /// What the plot shows at first.
    pub fn window(&self) -> Window {
        match self {
            Self::Gallery(surface) => surface.window,
            Self::Typed => TYPED_WINDOW,
            Self::Data { problem, .. } => problem.window,
        }
    }

    /// Where runs start at first.
    pub fn start(&self) -> [f64; 2] {
        match self {
            Self::Gallery(surface) => surface.start,
            Self::Typed => TYPED_START,
            Self::Data { problem, .. } => problem.start,
        }
    }

    /// Whether the lesson is about angles, which only equal scales on both axes show.
    pub(super) fn teaches_angles(&self) -> bool {
        matches!(self, Self::Gallery(surface) if surface.angles)
    }

    /// How many updates runs make at first, where it says so.
    pub(super) fn steps(&self) -> Option<f64> {
        match self {
            Self::Gallery(surface) => Some(f64::from(surface.steps)),
            Self::Typed => None,
            Self::Data { problem, .. } => Some(f64::from(problem.steps)),
        }
    }

    /// The learning rate that a run of `rule` has when nothing is said.
    pub(super) fn alpha(&self, rule: &Rule) -> f64 {
        match self {
            Self::Gallery(surface) if !rule.has_own_alpha() => surface.alpha,
            Self::Data { problem, .. } if !rule.has_own_alpha() => problem.alpha,
            _ => rule.parameters[0].default,
        }
    }
}
