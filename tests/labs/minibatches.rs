//! Laws of the Minibatches lab, over the gallery of problems: a problem that joins it is held to
//! them all.

mod data;
mod figure;
mod minima;
mod offers;
mod risk;
mod runs;
mod time;

use ravine::labs::link;
use ravine::labs::planar::PlanarLab;
use ravine::labs::planar::experiment::Experiment;
use ravine::objective::Objective;
use ravine::objective::problems::PROBLEMS;

/// The experiment of a link without a fault.
#[track_caller]
fn experiment(link: &str) -> Experiment {
    let (experiment, faults) = link::read(link);
    assert_eq!(faults, [], "{link}");
    experiment
}

/// The lab of a link without a fault.
#[track_caller]
fn lab(link: &str) -> PlanarLab {
    PlanarLab::of(experiment(link))
}

/// Each problem with this behind its link, and what it minimises then.
fn objectives(more: &str) -> Vec<(String, Objective)> {
    let links = PROBLEMS.iter().map(|problem| format!("problem={}{more}", problem.key));
    links.map(|link| (link.clone(), experiment(&link).objective())).collect()
}

/// Whether two numbers agree to within a part of this size.
fn is_near(a: f64, b: f64, size: f64) -> bool {
    (a - b).abs() <= size
}
