//! The lab's work, a slice at a time: what is shown first, then the rest.
//!
//! Every change only says what is to be computed. A call that changes something does a slice of it
//! and answers; the ticks of the clock go on. What is cheap is complete within the call.

use super::PlanarLab;
use crate::math::budget::{Budget, CALL};
use crate::training::run::DIVISIONS;

/// The curves of longer paths go through so many of their steps while a hand moves the runs.
pub(super) const GLANCE: usize = 400;

/// What the window is to show once everything is known that belongs in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// All of it.
    Everything,
    /// All of it, if a minimum lies outside of the window.
    Minima,
}

/// The work that is left, and how it is parted.
#[derive(Debug)]
pub(super) struct Work {
    /// The most units that a call does.
    pub limit: u64,
    /// What the last call did.
    spent: u64,
    is_complete: bool,
    /// How many points there were when the layers were last said to be stale.
    told: usize,
    pub fit: Option<Fit>,
    /// How many more calls the paths count as in a hand: those that were there were begun anew.
    in_hand: u8,
}

impl Default for Work {
    fn default() -> Self {
        Self { limit: CALL, spent: 0, is_complete: false, told: 0, fit: None, in_hand: 0 }
    }
}

impl PlanarLab {
    /// Whether everything is computed: the paths to their ends, and all that follows from them.
    pub fn is_complete(&self) -> bool {
        self.work.is_complete
    }

    /// How much of the work is done, from 0 to 1.
    pub fn progress(&self) -> f64 {
        if self.is_complete() {
            return self.maps_progress();
        }
        let parts = [self.path_work(), self.objective.work(), self.ball_work()];
        let [all, done] = [0, 1].map(|at| parts.iter().map(|part| part[at]).sum::<u64>() as f64);
        if all > 0.0 { (done / all).min(1.0) } else { 0.0 }
    }

    /// The units of work that the last call did.
    pub fn spent(&self) -> u64 {
        self.work.spent
    }

    /// The units of the largest piece of work there is: one gradient, Hessian or row of a grid over
    /// all examples, or one update of all walkers of the ensemble or of a block of the swarm or of a map.
    pub fn largest_piece(&self) -> u64 {
        let costs = self.objective.cost();
        let walked = self.objective.cost_over(self.experiment.data.len().min(300)).value * 61;
        let points = 10 * (self.experiment.steps() as u64 + 1);
        // The last one of a path may lead to where there is no value, and be asked why.
        let update = 40 + 2 * costs.gradient + DIVISIONS * costs.value;
        (costs.hessian + costs.value)
            .max(walked)
            .max(points)
            .max(update)
            .max(self.ensemble_cost())
            .max(self.swarm_piece())
            .max(self.gathering_piece())
            .max(self.basins_piece())
            .max(self.trials_piece())
    }

    /// The slice of work of a call that has changed something.
    pub(super) fn work_a_slice(&mut self) {
        let mut budget = Budget::units(self.work.limit);
        self.work_on(&mut budget);
    }

    /// Whether a hand moves the runs: the paths of this frame are not those of the frame before, and
    /// the next frame's may be others again. So this one is drawn coarsely, and that one finely if it
    /// has the same.
    pub fn follows_hand(&self) -> bool {
        self.work.in_hand > 0
    }

    /// Paths that were there are begun anew.
    pub(super) fn take_in_hand(&mut self) {
        // This frame's call, and the next one's. Short paths are drawn as they are.
        self.work.in_hand = if self.experiment.steps() > GLANCE { 2 } else { 0 };
    }

    /// A frame goes by; tells whether the next is to be drawn more finely.
    pub(super) fn let_go(&mut self) -> bool {
        if self.follows_hand() {
            self.work.in_hand -= 1;
        }
        self.follows_hand()
    }

    /// Goes on with the work as far as the budget lets it; tells whether all of it is done, and the
    /// ensemble and swarm where the clock is, the runs with other dials or starts, and the map of basins.
    pub(super) fn work_on(&mut self, budget: &mut Budget) -> bool {
        let was_complete = self.work.is_complete;
        self.work.is_complete = was_complete || self.advance(budget);
        if !was_complete {
            self.floor = self.lowest_known();
            self.tell_layers();
        }
        let is_there = self.work.is_complete
            && self.measure_curvature(budget)
            && self.advance_ensemble(budget)
            && self.advance_swarm(budget)
            && self.walk_trials(budget)
            && self.gather_losses(budget)
            && self.map_basins(budget);
        self.work.spent = budget.spent();
        is_there
    }

    /// Everything but what is measured, walked and mapped besides.
    fn advance(&mut self, budget: &mut Budget) -> bool {
        let (step, shown) = (self.step(), self.shown_runs());
        let all: Vec<usize> = (0..self.paths.len()).collect();
        self.walk(&shown, step, budget)
            && self.follow_paths(&shown, step, budget)
            && self.search(budget)
            && self.search_standardised(budget)
            && self.walk(&shown, usize::MAX, budget)
            && self.walk(&all, usize::MAX, budget)
            && self.follow_paths(&all, usize::MAX, budget)
            && self.tell_milestones(budget)
            && self.examples.measure(&self.experiment, &self.objective, budget)
            && self.measure_ball(budget)
            && self.fit_window()
    }

    /// Searches for minima.
    pub(super) fn search(&mut self, budget: &mut Budget) -> bool {
        if self.objective.is_complete() {
            return true;
        }
        let is_complete = self.objective.advance(budget);
        // They are marked, and losses are measured from the lowest.
        self.versions.objective += u32::from(is_complete);
        is_complete
    }

    /// Shows what was to be shown.
    fn fit_window(&mut self) -> bool {
        let window = self.experiment.window;
        let are_in_sight = || self.objective.minima().iter().all(|&at| window.contains(at));
        match self.work.fit.take() {
            None => {}
            Some(Fit::Minima) if are_in_sight() => {}
            Some(Fit::Everything | Fit::Minima) => {
                self.experiment.window = self.window_around_everything();
            }
        }
        true
    }

    /// Something is to be computed.
    pub(super) fn begin_work(&mut self) {
        self.work.is_complete = false;
        self.work.told = 0;
    }

    /// Lets the layers be drawn again when there is enough that is new, and at the end.
    fn tell_layers(&mut self) {
        let points: usize = self.paths.iter().map(|path| path.theta.len()).sum();
        self.versions.model += u32::from(self.work.is_complete);
        if self.work.is_complete || points > self.work.told + self.work.told / 8 {
            self.work.told = points;
            self.versions.paths += 1;
        }
    }
}
