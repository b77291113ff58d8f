//! The ensemble: the followed run with many seeds at once, a little in every frame.

use super::PlanarLab;
use super::inputs::path_inputs;
use crate::labs::planar::experiment::Setting;
use crate::math::budget::Budget;
use crate::training::swarm::Swarm;

/// Where the walkers' paths are drawn, each update is a line of each walker, which costs as much as
/// so many units.
const LINE: u64 = 150;

/// The walkers, and what they were made from.
#[derive(Debug, Default)]
pub(super) struct Ensemble {
    swarm: Option<Swarm>,
    inputs: Vec<u64>,
    /// The averages of the walkers at a step.
    averages: Option<(usize, Vec<[f64; 2]>)>,
}

impl PlanarLab {
    /// The walkers of the ensemble at the step that is shown, or as near to it as they have come.
    pub fn ensemble(&self) -> &[[f64; 2]] {
        let shown = self.ensemble_step();
        self.ensemble.swarm.as_ref().map_or(&[], |swarm| swarm.at(shown))
    }

    /// The averaged iterates of the walkers there; empty where none is drawn of the run.
    pub fn ensemble_averages(&self) -> &[[f64; 2]] {
        self.ensemble.averages.as_ref().map_or(&[], |(_, averages)| averages)
    }

    /// The step at which the ensemble stands.
    pub fn ensemble_step(&self) -> usize {
        self.ensemble.swarm.as_ref().map_or(0, |swarm| self.step().min(swarm.steps()))
    }

    /// The path of each walker from a step up to where the ensemble stands.
    pub fn ensemble_paths(&self, from: usize) -> Vec<Vec<[f64; 2]>> {
        let Some(swarm) = &self.ensemble.swarm else { return Vec::new() };
        let steps = from..=self.ensemble_step();
        let path = |walker: usize| steps.clone().map(|step| swarm.at(step)[walker]).collect();
        (0..swarm.len()).map(path).collect()
    }

    /// Makes the walkers anew where anything that they depend on has changed.
    pub(super) fn begin_ensemble(&mut self) {
        let count = self.experiment.setting(Setting::Ensemble) as u64;
        let followed = self.experiment.followed().filter(|_| count > 0);
        let Some(index) = followed.filter(|_| self.experiment.ground.problem().is_some()) else {
            self.ensemble = Ensemble::default();
            return;
        };
        let mut inputs = path_inputs(&self.experiment, index, self.ground);
        inputs.push(count);
        if inputs == self.ensemble.inputs {
            return;
        }
        let spec = self.experiment.run_spec(index);
        let seeds: Vec<u64> = (0..count).map(|walker| spec.seed + walker).collect();
        let swarm = Some(Swarm::of_seeds(&spec, &seeds));
        self.ensemble = Ensemble { swarm, inputs, averages: None };
    }

    /// Lets the walkers follow the clock, as far as the budget lets them; tells whether they are
    /// where it is.
    pub(super) fn advance_ensemble(&mut self, budget: &mut Budget) -> bool {
        let target = self.step();
        let cost = self.ensemble_cost();
        let average = self.experiment.followed().and_then(|at| self.experiment.runs[at].average());
        let Ensemble { swarm: Some(swarm), averages, .. } = &mut self.ensemble else {
            return true;
        };
        while swarm.steps() < target {
            let granted = budget.pieces(target - swarm.steps(), cost);
            if granted == 0 {
                break;
            }
            for _ in 0..granted {
                swarm.advance(&self.objective);
            }
        }
        let shown = target.min(swarm.steps());
        if averages.as_ref().is_none_or(|(step, _)| *step != shown) {
            *averages = average.map(|average| (shown, swarm.average_at(shown, average)));
            if average.is_some() {
                budget.count((shown * swarm.len()) as u64);
            }
        }
        swarm.steps() >= target
    }

    /// What an update of all walkers costs, in units.
    pub(super) fn ensemble_cost(&self) -> u64 {
        let walks = self.experiment.setting(Setting::Cloud) != 0.0;
        let line = if walks { LINE } else { 0 };
        let swarm = self.ensemble.swarm.as_ref();
        swarm.map_or(0, |swarm| swarm.cost(&self.objective) + line * swarm.len() as u64)
    }
}
