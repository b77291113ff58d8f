//! The training of all runs, side by side, up to the tick that is shown.

use super::NetLab;
use super::training_run::TrainingRun;
use crate::math::budget::Budget;

impl NetLab {
    /// Whether the weights change from frame to frame: the clock runs, or runs are on their way to it.
    pub fn is_moving(&self) -> bool {
        self.experiment.timeline.is_playing() || !self.is_there()
    }

    /// How far the runs are on their way to the clock, from 0 to 1: training again from where they
    /// were taken back to, or on to a tick far off.
    pub fn progress(&self) -> f64 {
        let target = self.step();
        let ticks = self.training_runs.iter().map(|training_run| training_run.tick().min(target));
        let all = self.training_runs.len() * target;
        if all == 0 { 1.0 } else { ticks.sum::<usize>() as f64 / all as f64 }
    }

    /// Trains towards the clock's tick as far as the budget lets it; returns whether all runs are
    /// there.
    pub(super) fn train(&mut self, budget: &mut Budget) -> bool {
        let target = self.step();
        self.stride = self.stride.max(TrainingRun::stride_for(target));
        let stride = self.stride;
        let mut there = true;
        let ticks = |training_runs: &[TrainingRun]| {
            training_runs.iter().map(TrainingRun::tick).sum::<usize>()
        };
        let before = ticks(&self.training_runs);
        // Side by side, so that none waits for another.
        let behind = self.training_runs.iter().map(TrainingRun::tick).min().unwrap_or(target);
        for upto in behind..target.max(behind) {
            for training_run in &mut self.training_runs {
                training_run.set_stride(stride);
                there &= training_run.go_on(upto + 1, budget);
            }
            if !there {
                break;
            }
        }
        // A clock that stands shows whole ticks: what can be come back to.
        let whole = !self.experiment.timeline.is_playing();
        for training_run in &mut self.training_runs {
            training_run.go_back(target, whole);
            there &= training_run.tick() == target;
        }
        if ticks(&self.training_runs) != before {
            self.versions.weights += 1;
        }
        there
    }
}
