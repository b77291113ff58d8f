//! The batch in view: its examples, their gradients, and how far ĝ is off the true gradient.

use super::PlanarLab;
use crate::objective::Risk;

/// The batch of one update of the followed run, seen from where the run stood before it.
#[derive(Clone, Debug, PartialEq)]
pub struct BatchView {
    /// The update, counted from 0.
    pub update: usize,
    /// J_k: the indices of its examples, in the order of their use.
    pub indices: Vec<u32>,
    /// θ before the update.
    pub at: [f64; 2],
    /// ĝ there.
    pub estimate: [f64; 2],
    /// ∇R there.
    pub gradient: [f64; 2],
    /// α of this update.
    pub alpha: f64,
}

impl BatchView {
    /// The angle between ĝ and ∇R in degrees; `None` where one of them is 0.
    pub fn angle(&self) -> Option<f64> {
        let ([a, b], [c, d]) = (self.estimate, self.gradient);
        let degrees = libm::atan2((a * d - b * c).abs(), a * c + b * d).to_degrees();
        let is_zero = |[x, y]: [f64; 2]| x == 0.0 && y == 0.0;
        (!is_zero([a, b]) && !is_zero([c, d]) && degrees.is_finite()).then_some(degrees)
    }
}

/// The steps that plain descent would make from a point: −α times each gradient.
#[derive(Clone, Debug, PartialEq)]
pub struct Fan {
    /// Where from.
    pub at: [f64; 2],
    /// With the gradient of each example of the batch alone; their mean is `batch`.
    pub examples: Vec<[f64; 2]>,
    /// With ĝ.
    pub batch: [f64; 2],
    /// With ∇R.
    pub risk: [f64; 2],
    /// All are this many times as long as those steps, where they would be too short to be seen;
    /// else 1.
    pub magnified: f64,
}

/// The batch that was seen last: of which paths, on which objective, of which update and at which
/// step.
pub(super) type Seen = Option<((u32, u64, usize, usize), BatchView)>;

impl PlanarLab {
    /// The steps that the examples of the batch in view pull to; as many as can be told apart.
    pub fn fan(&self) -> Option<Fan> {
        const MOST: usize = 120;
        // In px: shorter arrows than the one are made as long as the other.
        const SHORT: f64 = 24.0;
        const LONG: f64 = 70.0;
        let BatchView { indices, at, estimate, gradient, alpha, .. } = self.batch_view()?;
        let risk = self.objective.risk()?;
        let frame = self.frame();
        let length = |gradient: [f64; 2]| {
            let [dx, dy] = frame.to_pixels(gradient.map(|part| alpha * part));
            libm::hypot(dx, dy)
        };
        let longest = length(estimate).max(length(gradient));
        let magnified = if longest > 0.0 && longest < SHORT { LONG / longest } else { 1.0 };
        let step = |gradient: [f64; 2]| gradient.map(|part| -alpha * magnified * part);
        let one = |&index: &u32| step(risk.loss(at, risk.example(index as usize)).gradient);
        let examples = indices.iter().take(MOST).map(one).collect();
        Some(Fan { at, examples, batch: step(estimate), risk: step(gradient), magnified })
    }

    /// The batch in view; `None` on a surface, without runs, and where the run has ended before.
    pub fn batch_view(&self) -> Option<BatchView> {
        let key = (self.versions.paths, self.objective_id, self.update_in_view()?, self.step());
        let mut seen = self.seen.borrow_mut();
        if seen.as_ref().is_none_or(|(before, _)| *before != key) {
            *seen = Some((key, self.view_batch()?));
        }
        seen.as_ref().map(|(_, view)| view.clone())
    }

    fn view_batch(&self) -> Option<BatchView> {
        let risk = self.objective.risk()?;
        let index = self.experiment.followed()?;
        let update = self.update_in_view()?;
        let indices = self.experiment.batches(index)?.batch(update);
        let at = *self.paths[index].theta.get(update)?;
        let estimate = risk.gradient_over(at, &indices).gradient;
        let gradient = risk.gradient(at).gradient;
        let setup = &self.experiment.runs[index];
        let factor = setup.schedule(self.experiment.steps()).factor(update + 1);
        let alpha = setup.values[0] * factor;
        Some(BatchView { update, indices, at, estimate, gradient, alpha })
    }

    /// The risk over the batch in view alone; `None` where the batch is all examples.
    pub fn batch_risk(&self) -> Option<Risk> {
        let risk = self.objective.risk()?;
        let indices = self.batch_view()?.indices;
        (indices.len() < risk.len()).then(|| risk.over(&indices))
    }
}
