//! A run and what is going on in it, as the page is told.

use serde::Serialize;
use ts_rs::TS;

use super::card::{Run, card};
use super::dial::{Dial, of_rule};
use super::{objective, title};
use crate::analysis::explain::text;
use crate::labs::planar::experiment::LabKind;
use crate::labs::planar::{Basis, PlanarLab};
use crate::labs::runs::{EXTRAS, NOISE, RunConfig, batch_of};
use crate::math::number::{count, digits};
use crate::optimizers::equation;
use crate::view::Theme;

/// A mark on a slider: the largest learning rate that is stable.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Limit {
    /// The key of the [`Dial`].
    pub key: String,
    /// Where on it.
    pub value: f64,
    /// The words for it.
    pub label: String,
}

/// The run at an index: its card, its dials, its look.
pub(super) fn run(
    lab: &PlanarLab,
    setup: &RunConfig,
    index: usize,
    name: &str,
    theme: &Theme,
) -> Run {
    let experiment = lab.experiment();
    let on_data = experiment.lab() == LabKind::Minibatches;
    let before = [name, "."].concat();
    let mut dials = of_rule(&before, setup, experiment.default_alpha(setup.rule));
    if on_data {
        let n = experiment.data.len();
        let size = setup.batch_size(n) as f64;
        dials.insert(1, Dial::under(&before, &batch_of(n), size, n as f64));
        for (at, param) in EXTRAS.iter().enumerate() {
            if setup.uses_at(at) {
                dials.push(Dial::under(&before, param, setup.extras[at], param.default));
            }
        }
    }
    dials.push(Dial::under(&before, &NOISE, setup.noise, NOISE.default));
    let is_estimate = setup.noise > 0.0 || !experiment.is_full_batch(index);
    let gradient = match (is_estimate, on_data) {
        (true, _) => equation::ESTIMATE,
        (false, true) => equation::RISK_GRADIENT,
        (false, false) => equation::GRADIENT,
    };
    let follow = on_data.then(|| experiment.followed() == Some(index));
    card(setup, name, title(experiment, index), gradient, dials, follow, theme)
}

/// The largest α that is stable for a run, and the words for it, if there is one.
pub(super) fn limit(lab: &PlanarLab, index: usize) -> Option<Limit> {
    if !lab.knows_curvature() {
        return None;
    }
    let (limit, basis) = lab.limit(index)?;
    let experiment = lab.experiment();
    let alpha = digits(limit, 3);
    let label = match basis {
        Basis::Quadratic => format!("Stable below α = {alpha}"),
        Basis::Here => format!("Stable below α = {alpha} by the curvature where it stands"),
        Basis::MeanSquare => {
            format!("Stable below α = {alpha} in the mean square, over random batches")
        }
        Basis::MeanSquareAtMinimum => format!(
            "Stable below α = {alpha} in the mean square, over random batches, by the curvature at \
             the minimum"
        ),
    };
    let rule = experiment.runs[index].rule;
    let key = format!("{}.{}", experiment.runs.names()[index], rule.parameters[0].key);
    Some(Limit { key, value: limit, label })
}

/// What is going on in a run at the step that is shown.
pub(super) fn explained(lab: &PlanarLab, index: usize) -> String {
    let experiment = lab.experiment();
    // A sentence speaks of the whole path, and of the first run's beside it.
    let is_told = (0..experiment.runs.len()).all(|at| lab.is_told(at));
    if !is_told || !lab.knows_curvature() {
        return "Being computed.".to_owned();
    }
    // A sentence knows the whole path.
    if !lab.sees_ahead() && lab.step() + 1 < lab.paths()[index].theta.len() {
        return String::new();
    }
    let [first, second] = objective::variables(experiment);
    text(&lab.claims(index), [objective::symbol(experiment), &first, &second])
}

/// Where a run is, and how low.
pub(super) fn readout(lab: &PlanarLab, index: usize) -> String {
    let path = &lab.paths()[index];
    let Some(last) = path.theta.len().checked_sub(1) else {
        if !path.is_complete() {
            return String::new();
        }
        return format!("{} is not finite at the start", objective::symbol(lab.experiment()));
    };
    if !lab.is_there(index) {
        return format!("computed up to step {}", count(last));
    }
    let step = lab.step().min(last);
    let [x, y] = path.theta[step].map(|value| digits(value, 4));
    let f = objective::symbol(lab.experiment());
    format!("{f} = {} at ({x}, {y})", digits(path.loss[step], 4))
}
