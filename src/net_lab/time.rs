//! Time: the clock of nets, which waits for their training, and the ways to move it.

use super::course::Course;
use super::lab::NetLab;
use super::settings::Setting;
use crate::clock::Clock;

impl NetLab {
    /// The tick that is shown.
    pub fn step(&self) -> usize {
        self.clock.step()
    }

    /// Whether the clock runs.
    pub fn is_playing(&self) -> bool {
        self.clock.is_playing()
    }

    /// The tick that the slowest run has reached, at most the clock's.
    pub fn reached(&self) -> usize {
        self.courses.iter().map(Course::tick).min().unwrap_or(usize::MAX).min(self.step())
    }

    /// Lets time pass and trains for as long as `still` says; returns whether anything still moves.
    /// The clock waits for the runs: it goes as fast as they are trained.
    pub fn tick(&mut self, milliseconds: f64, still: &mut dyn FnMut() -> bool) -> bool {
        let before = self.step();
        if self.reached() == before {
            let speed = self.experiment.setting(Setting::Speed);
            self.clock.pass(milliseconds, speed, self.experiment.steps());
        }
        let there = self.train(still);
        if self.step() > before {
            self.clock.keep_within(self.reached().max(before));
        }
        self.keep_step();
        let maps = there && self.survey(still);
        self.clock.is_playing() || !there || maps
    }

    /// Trains towards the clock's tick while there is time; returns whether all runs are there.
    fn train(&mut self, still: &mut dyn FnMut() -> bool) -> bool {
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
                there &= course.go_on(upto + 1, still);
            }
            if !there || !still() {
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
        while !self.train(&mut || true) {}
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
