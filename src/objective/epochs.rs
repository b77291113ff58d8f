//! The examples of a risk as its epochs use them, one batch after the other.

use super::Risk;
use crate::data::{Batches, Dealer};
use crate::math::formula::{Jet, Jet2};

/// The examples of a risk dealt out in batches: ĝ for one update after the other. The examples
/// of the epoch in hand lie in the order of their use, so that a batch is a piece of them.
#[derive(Clone, Debug)]
pub struct Epochs {
    dealer: Dealer,
    x: Vec<f64>,
    y: Vec<f64>,
}

impl Epochs {
    /// A risk's examples dealt out so; `batches.n` is their number.
    pub fn new(batches: Batches) -> Self {
        Self { dealer: Dealer::new(batches), x: Vec::new(), y: Vec::new() }
    }

    /// The mean loss over the batch of an update (counted from 0) at θ, and ĝ, its gradient.
    /// Updates of one epoch in a row cost no shuffling but the first. The risk is always the same.
    pub fn mean_gradient(&mut self, risk: &Risk, theta: [f64; 2], update: usize) -> Jet {
        let [x, y] = self.batch(risk, update);
        risk.mean_gradient(theta, x, y)
    }

    /// The same with the Hessian over that batch.
    pub fn mean_hessian(&mut self, risk: &Risk, theta: [f64; 2], update: usize) -> Jet2 {
        let [x, y] = self.batch(risk, update);
        risk.mean_hessian(theta, x, y)
    }

    /// The examples of an update.
    fn batch(&mut self, risk: &Risk, update: usize) -> [&[f64]; 2] {
        let batches = self.dealer.batches();
        let [epoch, k] = batches.place(update);
        if let Some(order) = self.dealer.shuffle_for(epoch) {
            risk.gather(order, &mut self.x, &mut self.y);
        }
        let part = batches.part(k);
        [&self.x[part.clone()], &self.y[part]]
    }
}
