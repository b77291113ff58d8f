//! The ensemble: the followed run with many seeds at once, a little in every frame.

use super::PlanarLab;
use super::inputs::path_inputs;
use crate::labs::planar::experiment::Setting;
use crate::math::budget::Budget;
use crate::training::ensemble::Ensemble;

/// Where the walkers' paths are drawn, each update is a line of each walker, which costs as much as
/// so many units.
const LINE: u64 = 150;

/// The walkers, and what they were made from.
#[derive(Debug, Default)]
pub(super) struct Seeds {
    walkers: Option<Ensemble>,
    inputs: Vec<u64>,
    /// The averages of the walkers at a step.
    averages: Option<(usize, Vec<[f64; 2]>)>,
}

impl PlanarLab {
    /// The walkers of the ensemble at the step that is shown, or as near to it as they have come.
    pub fn ensemble(&self) -> &[[f64; 2]] {
        let shown = self.ensemble_step();
        self.ensemble.walkers.as_ref().map_or(&[], |walkers| walkers.at(shown))
    }

    /// The averaged iterates of the walkers there; empty where none is drawn of the run.
    pub fn ensemble_averages(&self) -> &[[f64; 2]] {
        self.ensemble.averages.as_ref().map_or(&[], |(_, averages)| averages)
    }

    /// The step at which the ensemble stands.
    pub fn ensemble_step(&self) -> usize {
        self.ensemble.walkers.as_ref().map_or(0, |walkers| self.step().min(walkers.steps()))
    }

    /// The path of each walker from a step up to where the ensemble stands.
    pub fn ensemble_paths(&self, from: usize) -> Vec<Vec<[f64; 2]>> {
        let Some(walkers) = &self.ensemble.walkers else { return Vec::new() };
        let steps = from..=self.ensemble_step();
        let path = |walker: usize| steps.clone().map(|step| walkers.at(step)[walker]).collect();
        (0..walkers.len()).map(path).collect()
    }

    /// Makes the walkers anew where anything that they depend on has changed.
    pub(super) fn begin_ensemble(&mut self) {
        let count = self.experiment.setting(Setting::Ensemble) as u64;
        let followed = self.experiment.followed().filter(|_| count > 0);
        let Some(index) = followed.filter(|_| self.experiment.source.problem().is_some()) else {
            self.ensemble = Seeds::default();
            return;
        };
        let mut inputs = path_inputs(&self.experiment, index, self.objective_id);
        inputs.push(count);
        if inputs == self.ensemble.inputs {
            return;
        }
        let spec = self.experiment.run_spec(index);
        let seeds: Vec<u64> = (0..count).map(|walker| spec.seed + walker).collect();
        let walkers = Some(Ensemble::of_seeds(&spec, &seeds));
        self.ensemble = Seeds { walkers, inputs, averages: None };
    }

    /// Lets the walkers follow the clock, as far as the budget lets them; tells whether they are
    /// where it is.
    pub(super) fn advance_ensemble(&mut self, budget: &mut Budget) -> bool {
        let target = self.step();
        let cost = self.ensemble_cost();
        let average = self.experiment.followed().and_then(|at| self.experiment.runs[at].average());
        let Seeds { walkers: Some(walkers), averages, .. } = &mut self.ensemble else {
            return true;
        };
        while walkers.steps() < target {
            let granted = budget.pieces(target - walkers.steps(), cost);
            if granted == 0 {
                break;
            }
            for _ in 0..granted {
                walkers.advance(&self.objective);
            }
        }
        let shown = target.min(walkers.steps());
        if averages.as_ref().is_none_or(|(step, _)| *step != shown) {
            *averages = average.map(|average| (shown, walkers.average_at(shown, average)));
            if average.is_some() {
                budget.count((shown * walkers.len()) as u64);
            }
        }
        walkers.steps() >= target
    }

    /// What an update of all walkers costs, in units.
    pub(super) fn ensemble_cost(&self) -> u64 {
        let walks = self.experiment.setting(Setting::Cloud) != 0.0;
        let line = if walks { LINE } else { 0 };
        let walkers = self.ensemble.walkers.as_ref();
        walkers.map_or(0, |walkers| walkers.cost(&self.objective) + line * walkers.len() as u64)
    }
}
