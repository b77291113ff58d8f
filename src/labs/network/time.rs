//! Time: the clock of nets, which waits for their training, and the ways to move it.

use super::course::Course;
use super::lab::NetLab;
use super::settings::Setting;
use crate::labs::clock::Clock;
use crate::math::budget::Budget;

impl NetLab {
    /// The tick that is shown.
    pub fn step(&self) -> usize {
        self.clock.step()
    }

    /// Whether the clock runs.
    pub fn is_playing(&self) -> bool {
        self.clock.is_playing()
    }

    /// Whether the weights change from frame to frame: the clock runs, or runs are on their way to it.
    pub fn is_moving(&self) -> bool {
        self.is_playing() || !self.is_there()
    }

    /// The tick that the slowest run has reached, at most the clock's.
    pub fn reached(&self) -> usize {
        self.courses.iter().map(Course::tick).min().unwrap_or(usize::MAX).min(self.step())
    }

    /// How far the runs are on their way to the clock, from 0 to 1: training again from where they
    /// were taken back to, or on to a tick far off.
    pub fn progress(&self) -> f64 {
        let target = self.step();
        let ticks = self.courses.iter().map(|course| course.tick().min(target));
        let all = self.courses.len() * target;
        if all == 0 { 1.0 } else { ticks.sum::<usize>() as f64 / all as f64 }
    }

    /// Lets time pass and trains as far as the budget lets it; returns whether anything still
    /// moves. The clock waits for the runs: it goes as fast as they are trained.
    pub fn tick(&mut self, milliseconds: f64, budget: &mut Budget) -> bool {
        let before = self.clock;
        if self.reached() == self.step() {
            let speed = self.experiment.setting(Setting::Speed);
            self.clock.pass(milliseconds, speed, self.experiment.steps());
        }
        let there = self.train(budget);
        self.clock.wait_at(self.reached(), before);
        self.keep_step();
        let maps = there && self.survey(budget);
        self.spent = budget.spent();
        self.clock.is_playing() || !there || maps
    }

    /// Trains towards the clock's tick as far as the budget lets it; returns whether all runs are
    /// there.
    fn train(&mut self, budget: &mut Budget) -> bool {
        let target = self.step();
        self.stride = self.stride.max(Course::stride_for(target));
        let stride = self.stride;
        let mut there = true;
        let ticks = |courses: &[Course]| courses.iter().map(Course::tick).sum::<usize>();
        let before = ticks(&self.courses);
        // Side by side, so that none waits for another.
        let behind = self.courses.iter().map(Course::tick).min().unwrap_or(target);
        for upto in behind..target.max(behind) {
            for course in &mut self.courses {
                course.set_stride(stride);
                there &= course.go_on(upto + 1, budget);
            }
            if !there {
                break;
            }
        }
        // A clock that stands shows whole ticks: what can be come back to.
        let whole = !self.clock.is_playing();
        for course in &mut self.courses {
            course.go_back(target, whole);
            there &= course.tick() == target;
        }
        if ticks(&self.courses) != before {
            self.versions.weights += 1;
        }
        there
    }

    /// Trains until all runs are where the clock is.
    pub fn settle(&mut self) {
        while !self.train(&mut Budget::unlimited()) {}
    }

    /// Plays, from the start again where the horizon is reached.
    pub fn play(&mut self) {
        self.clock.play(self.experiment.steps());
        self.keep_step();
    }

    /// Notes in the experiment where the clock stands, so that its link says so.
    pub(super) fn keep_step(&mut self) {
        self.experiment.stopped_at = self.clock.stands_at();
    }

    /// Stops at the tick that is shown.
    pub fn pause(&mut self) {
        self.clock.pause();
        self.keep_step();
    }

    /// Shows this tick, or the horizon where that is less, and stops there.
    pub fn seek(&mut self, step: usize) {
        self.clock = Clock::stopped_at(step.min(self.experiment.steps()) as u32);
        self.pause();
    }

    /// Goes back to the start: the same weights again.
    pub fn rewind(&mut self) {
        self.clock.rewind();
        if !self.clock.is_playing() {
            self.pause();
        }
    }
}
