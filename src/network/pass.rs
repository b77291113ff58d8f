//! Passes over many examples: the mean loss, and ĝ, its gradient.
//!
//! ```text
//! R(θ) = 1/n Σ L(y⁽ⁱ⁾, f(x⁽ⁱ⁾ | θ))            ĝ = 1/|J| Σ_{i ∈ J} ∂L⁽ⁱ⁾/∂θ
//! ```
//!
//! Sums run in an order that is the same everywhere: block after block of 40 examples, and in a block
//! as `rows.rs` has it. So a run gives the same bits natively and in WebAssembly.

use std::ops::Range;

use super::rows::BLOCK;
use super::{Examples, Workspace};

/// How good a net is on some examples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Risk {
    /// The mean loss.
    pub loss: f64,
    /// Which part of the examples has its class predicted, from 0 to 1; `None` without classes.
    pub accuracy: Option<f64>,
}

impl Workspace {
    /// The mean loss over the examples of a batch, at least one, and its gradient, which is written
    /// to `grad` in the order of θ. z, a and δ of the last examples are found in the workspace.
    pub fn gradient(
        &mut self,
        theta: &[f64],
        examples: &Examples,
        batch: &[u32],
        grad: &mut [f64],
    ) -> f64 {
        let n = batch.len() as f64;
        let mut loss = 0.0;
        grad.fill(0.0);
        for block in batch.chunks(BLOCK) {
            self.load(examples, block.iter().map(|&index| index as usize));
            self.forward(theta);
            loss += self.backward(theta, grad);
        }
        let part = 1.0 / n;
        grad.iter_mut().for_each(|g| *g *= part);
        loss / n
    }

    /// The same to the last bit for training, which asks for nothing else: what is found in the
    /// workspace is of no batch.
    pub(super) fn training_gradient(
        &mut self,
        theta: &[f64],
        examples: &Examples,
        batch: &[u32],
        grad: &mut [f64],
    ) -> f64 {
        match batch {
            &[index] => self.gradient_of_one(theta, examples, index as usize, grad),
            _ => self.gradient(theta, examples, batch, grad),
        }
    }

    /// The mean loss over all examples, and how many of them have their class predicted.
    pub fn risk(&mut self, theta: &[f64], examples: &Examples) -> Risk {
        let n = examples.len() as f64;
        let (mut loss, mut right) = (0.0, 0);
        self.each_block(theta, examples, |workspace, block| {
            loss += workspace.output_deltas();
            if let Some(classes) = examples.classes.get(block) {
                right += (0..).zip(classes).filter(|&(i, c)| workspace.class(i) == *c).count();
            }
        });
        let accuracy = (!examples.classes.is_empty()).then_some(right as f64 / n);
        Risk { loss: loss / n, accuracy }
    }

    /// Sends all examples forwards, block by block; `read` is told which they are and finds z and a
    /// of every unit in the workspace.
    pub fn each_block(
        &mut self,
        theta: &[f64],
        examples: &Examples,
        read: impl FnMut(&mut Self, Range<usize>),
    ) {
        self.each_block_of(theta, examples, 0..examples.len(), read);
    }

    /// The same for some of the examples, those of a range within them.
    pub fn each_block_of(
        &mut self,
        theta: &[f64],
        examples: &Examples,
        range: Range<usize>,
        mut read: impl FnMut(&mut Self, Range<usize>),
    ) {
        for start in range.clone().step_by(BLOCK) {
            let block = start..range.end.min(start + BLOCK);
            self.load(examples, block.clone());
            self.forward(theta);
            read(self, block);
        }
    }

    /// The class that is predicted for an example of the block.
    fn class(&self, example: usize) -> usize {
        let layer = self.architecture.layers().len() - 1;
        let output = self.architecture.output();
        output.class((0..output.units()).map(|unit| self.z(layer, unit)[example]))
    }
}
