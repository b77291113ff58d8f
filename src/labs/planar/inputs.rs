//! What is computed from what: two experiments with the same inputs here have the same objective,
//! the same path.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::labs::planar::experiment::Experiment;
use crate::labs::runs::Extra;
use crate::optimizers;

/// Everything that the objective depends on, as bits.
pub(super) fn objective_inputs(experiment: &Experiment) -> Vec<u64> {
    // A gallery's surface knows its minima, and the same text typed does not.
    let kind = [u64::from(experiment.source.is_typed()), experiment.lab() as u64];
    let text = experiment.formula().text().bytes().map(u64::from);
    let values = experiment.surface_values().iter().map(|value| value.to_bits());
    let mut inputs: Vec<u64> = kind.into_iter().chain(text).chain(values).collect();
    if let Some(problem) = experiment.source.problem() {
        let place = key_as_number(problem.key);
        let dials = experiment.data.values().iter().map(|value| value.to_bits());
        let own = experiment.data.own().into_iter().flatten().flatten();
        inputs.extend([place].into_iter().chain(dials).chain(own.map(|part| part.to_bits())));
    }
    inputs
}

/// A key as a number.
fn key_as_number(key: &str) -> u64 {
    key.bytes().fold(0, |sum: u64, byte| sum.rotate_left(7) ^ u64::from(byte))
}

/// A number for the objective that has these inputs: in every lab the same.
pub(super) fn objective_id(objective_inputs: &[u64]) -> u64 {
    let mut hasher = DefaultHasher::new();
    objective_inputs.hash(&mut hasher);
    hasher.finish()
}

/// Everything that a path and its average depend on, as bits.
pub(super) fn path_inputs(experiment: &Experiment, index: usize, objective: u64) -> Vec<u64> {
    let mut inputs = run_inputs(experiment, index, objective);
    inputs.extend(experiment.start.map(f64::to_bits));
    inputs
}

/// The same from any start.
pub(super) fn run_inputs(experiment: &Experiment, index: usize, objective: u64) -> Vec<u64> {
    let spec = experiment.run_spec(index);
    let setup = &experiment.runs[index];
    let place = optimizers::RULES.iter().position(|rule| rule.key == spec.rule.key);
    let partial = spec.batches.filter(|batches| !batches.is_full());
    let mut inputs = vec![
        objective,
        place.unwrap_or(usize::MAX) as u64,
        spec.noise.to_bits(),
        spec.steps as u64,
        // The seed moves only what has noise or batches.
        if spec.noise > 0.0 || partial.is_some() { spec.seed } else { 0 },
        partial.map_or(0, |batches| batches.m as u64),
    ];
    let extras = [Extra::Schedule, Extra::Tau, Extra::Gamma, Extra::Average, Extra::Keep];
    inputs.extend(extras.map(|e| if setup.uses(e) { setup.extra(e).to_bits() } else { 0 }));
    inputs.extend(spec.values.iter().map(|value| value.to_bits()));
    inputs
}
