//! An update rule at work, one update after the other: what a run in the plane, a swarm of them and a
//! net in training have in common.
//!
//! ```text
//! for t = 1, 2, …
//!     θ ← update(θ, ĝ),  with the learning rate α_t of the schedule
//! ```
//!
//! Where ĝ is from is for its user to say, who also sees to it that θ stays finite.

use super::schedule::Schedule;
use super::{Optimizer, Rule};

/// θ on its way down, with the rule that takes it there.
#[derive(Clone)]
pub struct Descent<Theta> {
    /// θ, as the updates so far have left it.
    pub theta: Theta,
    optimizer: Box<dyn Optimizer>,
    alpha: f64,
    schedule: Schedule,
    updates: usize,
    last: usize,
}

impl<Theta: AsMut<[f64]>> Descent<Theta> {
    /// The rule with the values of its dials in their order, at its start θ. From the update `last`
    /// on the learning rate stays as it is.
    pub fn new(
        rule: &Rule,
        values: &[f64],
        mut theta: Theta,
        schedule: Schedule,
        last: usize,
    ) -> Self {
        let optimizer = (rule.make)(values, theta.as_mut().len());
        Self { theta, optimizer, alpha: values[0], schedule, updates: 0, last }
    }

    /// How many updates it has made.
    pub fn updates(&self) -> usize {
        self.updates
    }

    /// What the velocity alone would add to θ in the next update; `None` for a rule without one.
    pub fn coast(&self) -> Option<Theta>
    where
        Theta: Default,
    {
        let mut coast = Theta::default();
        self.optimizer.coast(coast.as_mut()).then_some(coast)
    }

    /// The learning rate of an update, counted from 1.
    fn alpha(&self, update: usize) -> f64 {
        self.alpha * self.schedule.factor(update.min(self.last).max(1))
    }

    /// The learning rates of the next n updates.
    pub fn alphas(&self, n: usize) -> Vec<f64> {
        if self.schedule == Schedule::Constant {
            return vec![self.alpha; n];
        }
        (self.updates + 1..=self.updates + n).map(|update| self.alpha(update)).collect()
    }

    /// What the rule remembers: see [`Optimizer::memory`].
    pub(crate) fn memory(&mut self) -> [&mut [f64]; 3] {
        self.optimizer.memory()
    }

    /// So many more updates have been made by somebody else, who has left θ and what the rule
    /// remembers as they are after them.
    pub(crate) fn went_on(&mut self, updates: usize) {
        self.updates += updates;
        let alpha = self.alpha(self.updates + 1);
        self.optimizer.set_alpha(alpha);
    }

    /// One update from ĝ, which has as many numbers as θ.
    pub fn step(&mut self, grad: &[f64]) {
        self.optimizer.step(self.theta.as_mut(), grad);
        self.updates += 1;
        if self.schedule != Schedule::Constant && self.updates < self.last {
            self.optimizer.set_alpha(self.alpha(self.updates + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optimizers::rule;

    #[test]
    fn the_learning_rate_follows_the_schedule() {
        let schedule = Schedule::Inverse { tau: 1.0 };
        let mut descent = Descent::new(rule("gd").unwrap(), &[0.5], [0.0], schedule, 4);
        for t in 1..=6 {
            let before = descent.theta[0];
            descent.step(&[1.0]);
            assert_eq!(descent.theta[0], before - 0.5 / f64::from(t.min(4)));
            assert_eq!(descent.updates(), t as usize);
        }
    }
}
