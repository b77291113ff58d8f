//! What never changes in the two labs on a plane.

use super::{PlanarLab, presets};
use crate::labs::link::{self, Fault, plain_keys};
use crate::labs::model::gallery;
use crate::labs::planar::experiment::link::DATA_KEYS;
use crate::labs::planar::experiment::{Experiment, LabKind, MOST_RUNS};
use crate::labs::{Kind, OpenLab};

/// The Surface lab.
pub static SURFACE: Kind = Kind {
    key: "surface",
    name: "Surface",
    marks: &[],
    keys: plain_keys::<Experiment>,
    presets: presets::SURFACE,
    most_runs: MOST_RUNS,
    has_hessian: true,
    gallery: || gallery(LabKind::Surface),
    choice_key: "surface",
    formula_key: "f",
    own: "Your formula",
    hint: "Any formula in x and y, or in two letters such as x_1 and x_2: `x^2 + 3sin(y)^2`, also \
           from LaTeX. Other letters become dials.",
    rewrite,
    open,
};

/// The Minibatches lab.
pub static MINIBATCHES: Kind = Kind {
    key: "minibatches",
    name: "Minibatches",
    marks: &DATA_KEYS,
    keys: plain_keys::<Experiment>,
    presets: presets::MINIBATCHES,
    most_runs: MOST_RUNS,
    has_hessian: true,
    gallery: || gallery(LabKind::Minibatches),
    choice_key: "problem",
    formula_key: "loss",
    own: "Your loss",
    hint: "The loss of one example (x, y), such as `abs(y - w*x - b)`. What is learned is w and b, \
           m and b, theta0 and theta1 or the like, or named in front: `L(p, q) = …`. Other letters \
           become dials.",
    rewrite,
    open,
};

impl LabKind {
    /// What never changes in it.
    pub fn kind(self) -> &'static Kind {
        match self {
            Self::Surface => &SURFACE,
            Self::Minibatches => &MINIBATCHES,
        }
    }
}

fn rewrite(text: &str) -> (String, Vec<Fault>) {
    let (experiment, faults) = link::read(text);
    (link::write(&experiment), faults)
}

fn open(link: &str) -> OpenLab {
    OpenLab::Planar(Box::new(PlanarLab::new(link)))
}
