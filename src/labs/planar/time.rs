//! Time: the lab's clock, and the ways to move it.

use super::Lab;
use crate::labs::clock::Clock;
use crate::labs::experiment::Setting;
use crate::math::budget::Budget;

impl Lab {
    /// The step that is shown.
    pub fn step(&self) -> usize {
        self.clock.step()
    }

    /// Whether the clock runs.
    pub fn is_playing(&self) -> bool {
        self.clock.is_playing()
    }

    /// Lets time pass and goes on with the work as far as the budget lets it; returns whether
    /// anything still moves: the clock, or something that is not computed yet. The clock waits for
    /// the runs that are shown, and for what is said of them.
    pub fn tick(&mut self, milliseconds: f64, budget: &mut Budget) -> bool {
        let before = self.clock;
        let is_said = !self.is_complete() || self.knows_curvature();
        if self.reached() >= self.step() && is_said {
            let speed = self.experiment.setting(Setting::Speed);
            self.clock.pass(milliseconds, speed, self.experiment.steps());
        }
        let is_done = self.work_on(budget);
        self.clock.wait_at(self.reached(), before);
        self.keep_step();
        self.is_playing() || !is_done
    }

    /// Plays, from the start again where the horizon is reached.
    pub fn play(&mut self) {
        self.clock.play(self.experiment.steps());
        self.keep_step();
        self.experiment.line = None;
    }

    /// Notes in the experiment where the clock stands, so that its link says so.
    pub(super) fn keep_step(&mut self) {
        self.experiment.stopped_at = self.clock.stands_at();
    }

    /// Stops at the step that is shown.
    pub fn pause(&mut self) {
        self.clock.pause();
        self.keep_step();
        self.experiment.line = None;
    }

    /// Shows this step, or the horizon where that is less, and stops there.
    pub fn seek(&mut self, step: usize) {
        self.clock = Clock::stopped_at(step.min(self.experiment.steps()) as u32);
        self.pause();
    }

    /// Goes back to step 0.
    pub fn rewind(&mut self) {
        self.clock.rewind();
        if !self.clock.is_playing() {
            self.pause();
        }
    }
}
