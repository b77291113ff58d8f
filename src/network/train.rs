//! Training: an update rule walks θ down the risk of a net, batch after batch.
//!
//! ```text
//! ĝ = 1/|J_k| Σ_{i ∈ J_k} ∂L⁽ⁱ⁾/∂θ + ∂penalty/∂θ            θ ← update(θ, ĝ)
//! ```
//!
//! Everything follows from the start, the rule and the batches: training again from the start, or
//! from a checkpoint, gives the same bits.

use super::{Architecture, Examples, Regularisation, Risk, Workspace};
use crate::data::{Batches, Dealer};
use crate::math::param::{Choice, Param};
use crate::optimizers::Rule;
use crate::optimizers::descent::Descent;
use crate::optimizers::schedule::Schedule;

/// What training leaves as it is, as a dial of a net.
pub const FROZEN: Param = Param::choice(
    "frozen",
    "frozen",
    &[Choice { key: "none", label: "none" }, Choice { key: "biases", label: "biases" }],
)
.about("what training leaves as it is");

/// A net in training.
#[derive(Clone)]
pub struct Trainer {
    at: Checkpoint,
    dealer: Dealer,
    regularisation: Regularisation,
    /// Whether biases stay where they are.
    are_biases_frozen: bool,
    workspace: Workspace,
}

/// A place in a training that it can be taken back to.
#[derive(Clone)]
pub struct Checkpoint {
    descent: Descent<Vec<f64>>,
    diverged: bool,
    /// ĝ of the update before.
    grad: Vec<f64>,
    /// θ before it.
    before: Vec<f64>,
}

/// Why training stopped: θ or the loss is no longer finite.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Diverged {
    /// The number of updates that the kept weights have had.
    pub update: usize,
}

impl Trainer {
    /// A net of this shape at its start, with the values of the rule's dials in their order.
    ///
    /// # Errors
    /// A sentence, where θ has not as many numbers as the net.
    pub fn new(
        architecture: &Architecture,
        theta: Vec<f64>,
        (rule, values): (&Rule, &[f64]),
        batches: Batches,
        regularisation: Regularisation,
    ) -> Result<Self, String> {
        let n = architecture.parameters();
        if theta.len() != n {
            return Err(format!("This net has {n} weights and biases, and not {}.", theta.len()));
        }
        let start = Checkpoint {
            before: theta.clone(),
            descent: Descent::new(rule, values, theta, Schedule::Constant, usize::MAX),
            diverged: false,
            grad: vec![0.0; n],
        };
        Ok(Self {
            at: start,
            dealer: Dealer::new(batches),
            regularisation,
            are_biases_frozen: false,
            workspace: Workspace::new(architecture),
        })
    }

    /// The same with its biases frozen: their part of ĝ is 0, so that updates leave them as they are.
    pub fn with_frozen_biases(self) -> Self {
        Self { are_biases_frozen: true, ..self }
    }

    /// One update with the batch whose turn it is. `examples` are those of training: `batches.n` of
    /// them, that fit the net. Returns the mean loss over the batch, before the update and without
    /// the penalty.
    ///
    /// # Errors
    /// Where θ or the loss stops being finite: then θ goes back to the last weights with which both
    /// were, and so it is for every further call.
    pub fn step(&mut self, examples: &Examples) -> Result<f64, Diverged> {
        let Self { at, dealer, regularisation, are_biases_frozen, workspace } = self;
        let batch = dealer.deal(at.update());
        at.step((regularisation, *are_biases_frozen), workspace, examples, batch)
    }

    /// One update with this batch, at least one of the examples, whosever turn it is; else as
    /// [`Trainer::step`].
    ///
    /// # Errors
    /// Those of [`Trainer::step`].
    pub fn step_with(&mut self, examples: &Examples, batch: &[u32]) -> Result<f64, Diverged> {
        let Self { at, regularisation, are_biases_frozen, workspace, .. } = self;
        at.step((regularisation, *are_biases_frozen), workspace, examples, batch)
    }

    /// The mean loss over some examples that fit the net, without the penalty, and the part of them
    /// whose class is predicted.
    pub fn risk(&mut self, examples: &Examples) -> Risk {
        self.workspace.risk(&self.at.descent.theta, examples)
    }

    /// The weights and biases.
    pub fn theta(&self) -> &[f64] {
        &self.at.descent.theta
    }

    /// Sets one weight or bias by hand; `index` is below the length of θ.
    pub fn set_weight(&mut self, index: usize, value: f64) {
        self.at.descent.theta[index] = value;
    }

    /// ĝ of the update before, the penalty's gradient with it; zeros at the start.
    pub fn grad(&self) -> &[f64] {
        &self.at.grad
    }

    /// θ before the update before: what that changed is the difference.
    pub fn before(&self) -> &[f64] {
        &self.at.before
    }

    /// How many updates it has had.
    pub fn update(&self) -> usize {
        self.at.update()
    }

    /// The batches it takes.
    pub fn batches(&self) -> Batches {
        self.dealer.batches()
    }

    /// Whether it has stopped because something was no longer finite.
    pub fn has_diverged(&self) -> bool {
        self.at.diverged
    }

    /// What a forward pass of so many examples costs, in units of a
    /// [`Budget`](crate::math::budget::Budget); with the backward pass it is three times as much.
    pub fn cost(&self, examples: usize) -> u64 {
        self.workspace.architecture().cost(examples)
    }

    /// Room for the numbers of a pass through this net.
    pub fn workspace(&mut self) -> (&[f64], &mut Workspace) {
        (&self.at.descent.theta, &mut self.workspace)
    }

    /// Where it is.
    pub fn checkpoint(&self) -> Checkpoint {
        self.at.clone()
    }

    /// Goes back, or forward, to where it was.
    pub fn restore(&mut self, checkpoint: &Checkpoint) {
        self.at = checkpoint.clone();
    }
}

impl Checkpoint {
    /// How many updates its weights have had: where it diverged, the last of them was taken back.
    fn update(&self) -> usize {
        self.descent.updates().saturating_sub(usize::from(self.diverged))
    }

    /// [`Trainer::step_with`].
    fn step(
        &mut self,
        (regularisation, are_biases_frozen): (&Regularisation, bool),
        workspace: &mut Workspace,
        examples: &Examples,
        batch: &[u32],
    ) -> Result<f64, Diverged> {
        let Self { descent, diverged, grad, before } = self;
        if !*diverged {
            let loss = workspace.training_gradient(&descent.theta, examples, batch, grad);
            regularisation.add_gradient(workspace.architecture(), &descent.theta, grad);
            if are_biases_frozen {
                for layer in workspace.architecture().layers() {
                    grad[layer.biases()].fill(0.0);
                }
            }
            if loss.is_finite() {
                before.copy_from_slice(&descent.theta);
                descent.step(grad);
                if all_finite(&descent.theta) {
                    return Ok(loss);
                }
            }
            descent.theta.copy_from_slice(before);
            *diverged = true;
        }
        Err(Diverged { update: self.update() })
    }
}

fn all_finite(numbers: &[f64]) -> bool {
    // All are looked at, so that the loop has no branch.
    numbers.iter().fold(true, |all, number| all & number.is_finite())
}
