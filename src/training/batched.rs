//! Pieces of a run on batches: no update needs R and ∇R themselves, so these are computed when the points are
//! known, of two at once. The same path to the last bit as one update after the other.

use super::run::{Path, Walker};
use crate::objective::Objective;

impl Walker {
    /// Makes at most so many updates that are not the last, and takes down the points before them; returns
    /// how many it has made, which is 0 where the updates need more than the batch's gradient.
    pub(super) fn advance_on_batches(
        &mut self,
        objective: &Objective,
        path: &mut Path,
        most: usize,
    ) -> usize {
        let first = path.theta.len();
        let count = most.min(self.steps.saturating_sub(first));
        if self.rule.direction.is_some() || count < 2 {
            return 0;
        }
        let Some((risk, mut epochs)) = objective.risk().zip(self.epochs.take()) else { return 0 };
        let mut points = Vec::with_capacity(count);
        for update in first..first + count {
            let theta = self.descent.theta;
            let batch = epochs.mean_gradient(risk, theta, update);
            points.push((theta, self.descent.coast(), batch.value));
            let estimate = self.with_noise(batch.gradient);
            self.descent.step(&estimate);
        }
        self.epochs = Some(epochs);
        let mut noted = points.iter();
        objective.gradients(points.iter().map(|(theta, ..)| *theta), |jet| {
            let Some(&(theta, coast, batch_loss)) = noted.next() else { return };
            if !path.is_complete() && path.record(objective, theta, jet, coast) {
                path.batch_loss.push(batch_loss);
            }
        });
        count
    }
}
