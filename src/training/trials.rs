//! Trials: runs from one start, each with dials and a seed of its own, of which only the end is told.
//!
//! They walk side by side, each by the same numbers as a run of its own, and nothing is kept of their
//! ways.

use super::setup::Setup;
use super::walkers::Walkers;
use crate::math::budget::Budget;
use crate::objective::Objective;

/// What a run ends with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct End {
    /// The loss after its last update; infinite where a number stops being finite before.
    pub loss: f64,
    /// The first step at which the loss is low enough; infinite where it is at none.
    pub low: f64,
}

/// Which loss is low: one that is at most so much above another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Low {
    /// The loss from which others are measured.
    pub lowest: f64,
    /// How far above it a low one is at most; none is where this is not a number.
    pub above: f64,
}

impl Low {
    /// No loss is.
    pub const NONE: Self = Self { lowest: 0.0, above: f64::NAN };
}

/// After so many updates those that have ended are left behind, if they are many.
const ROUNDS: usize = 4;

/// Trials on their way.
pub struct Trials {
    walkers: Walkers,
    steps: usize,
    low: Low,
    /// Which trial each walker is; one may be there twice.
    trials: Vec<usize>,
    /// The step at which each walker was low first: infinite if at none so far, and not a number where f
    /// or ∇f has not been finite.
    since: Vec<f64>,
    /// Of each trial, as far as it is known; those that are left behind have none but this.
    ends: Vec<End>,
}

impl std::fmt::Debug for Trials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} trials after {} updates", self.ends.len(), self.walkers.updates())
    }
}

impl Trials {
    /// How many are worth walking together: on a surface each instruction is one of several of them;
    /// over data each has its own sums, and as few are a piece of work that is not too large.
    pub fn at_once(objective: &Objective) -> usize {
        if objective.surface().is_some() { 384 } else { 32 }
    }

    /// What one costs, in units of a [`Budget`].
    pub fn cost(setup: &Setup, objective: &Objective) -> u64 {
        let one = Walkers::new(&setup.run([0.0; 2]), &[[0.0; 2]], &[setup.seed]);
        (setup.steps as u64 + 1).saturating_mul(one.watched_cost(objective))
    }

    /// So many runs of a setup are to come.
    pub fn expect(runs: usize, setup: &Setup, objective: &Objective) {
        let is_plain = !setup.is_random() && setup.rule.direction.is_none();
        if let Some(tape) = objective.surface().filter(|_| is_plain) {
            tape.expect_updates((runs as u64).saturating_mul(setup.steps as u64));
        }
    }

    /// Runs of a setup from a start, of which each has a seed of its own and values of its own for some
    /// of the dials, by their places.
    pub fn new(
        setup: &Setup,
        start: [f64; 2],
        seeds: &[u64],
        dials: Vec<(usize, Vec<f64>)>,
        low: Low,
    ) -> Self {
        let count = seeds.len();
        let mut trials: Vec<usize> = (0..count).collect();
        let mut walkers = Walkers::new(&setup.run(start), &vec![start; count], seeds);
        dials.into_iter().for_each(|(dial, values)| walkers.set_dial(dial, values));
        even(&mut trials);
        walkers.keep(&trials);
        Self {
            walkers,
            steps: setup.steps,
            low,
            since: vec![f64::INFINITY; trials.len()],
            trials,
            ends: vec![End { loss: f64::INFINITY, low: f64::INFINITY }; count],
        }
    }

    /// What the next piece of work costs, in units of a [`Budget`]: an update of each.
    pub fn piece(&self, objective: &Objective) -> u64 {
        self.walkers.watched_cost(objective)
    }

    /// Goes on as far as the budget lets it; what each ends with, once all have.
    pub fn advance(&mut self, objective: &Objective, budget: &mut Budget) -> Option<&[End]> {
        let mut cost = self.piece(objective);
        while !self.walkers.is_empty() {
            if !budget.piece(cost) {
                return None;
            }
            let step = self.walkers.updates();
            let losses = self.walkers.losses(objective);
            look(losses, self.low, step as f64, &mut self.since);
            if step >= self.steps {
                self.end();
                break;
            }
            self.walkers.step(objective);
            if step.is_multiple_of(ROUNDS) {
                self.leave_behind();
                cost = self.piece(objective);
            }
        }
        Some(&self.ends)
    }

    /// Those that have ended walk no more, where that makes the others faster.
    fn leave_behind(&mut self) {
        let gone = self.since.iter().fold(0, |gone, since| gone + usize::from(since.is_nan()));
        if gone * 4 <= self.since.len() {
            return;
        }
        let mut stays: Vec<usize> =
            (0..self.since.len()).filter(|&at| !self.since[at].is_nan()).collect();
        even(&mut stays);
        self.walkers.keep(&stays);
        self.trials = stays.iter().map(|&at| self.trials[at]).collect();
        self.since = stays.iter().map(|&at| self.since[at]).collect();
    }

    /// All that walk have made their last update. Where θ has not been finite it still is not.
    fn end(&mut self) {
        for (walker, [x, y]) in self.walkers.points().enumerate() {
            let low = self.since[walker];
            if !low.is_nan() && x.is_finite() && y.is_finite() {
                self.ends[self.trials[walker]] = End { loss: self.walkers.loss(walker), low };
            }
        }
        self.walkers.keep(&[]);
    }
}

/// Kernels take two at once: the last of an odd number is there twice.
fn even(all: &mut Vec<usize>) {
    if all.len() % 2 == 1 {
        all.extend_from_within(all.len() - 1..);
    }
}

/// The losses of walkers after so many updates, which are no number where ∇f is not finite.
fn look(losses: &[f64], Low { lowest, above }: Low, step: f64, since: &mut [f64]) {
    for (since, loss) in since.iter_mut().zip(losses) {
        let low = if loss - lowest <= above { step } else { f64::INFINITY };
        let first = if low < *since { low } else { *since };
        // That is 0, or no number, and then it stays so.
        *since = first + 0.0 * loss;
    }
}
