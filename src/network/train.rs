//! Training: an update rule walks θ down the risk of a net, batch after batch.
//!
//! ```text
//! ĝ = 1/|J_k| Σ_{i ∈ J_k} ∂L⁽ⁱ⁾/∂θ + ∂penalty/∂θ            θ ← update(θ, ĝ)
//! ```
//!
//! Everything follows from the start, the rule and the batches: training again from the start, or
//! from a checkpoint, gives the same bits.

use std::mem;

use super::{Architecture, Examples, Regularisation, Risk, Workspace};
use crate::data::Batches;
use crate::math::param::{Choice, Param};
use crate::optimizers::{Optimizer, Rule};

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
    batches: Batches,
    regularisation: Regularisation,
    /// Whether biases stay where they are.
    are_biases_frozen: bool,
    /// The order of the examples in an epoch, and which epoch that is.
    order: Vec<u32>,
    epoch: Option<usize>,
    workspace: Workspace,
}

/// A place in a training that it can be taken back to.
#[derive(Clone)]
pub struct Checkpoint {
    theta: Vec<f64>,
    optimizer: Box<dyn Optimizer>,
    /// How many updates it has had.
    update: usize,
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
            theta,
            optimizer: (rule.make)(values, n),
            update: 0,
            diverged: false,
            grad: vec![0.0; n],
        };
        Ok(Self {
            at: start,
            batches,
            regularisation,
            are_biases_frozen: false,
            order: Vec::new(),
            epoch: None,
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
        let [now, k] = self.batches.place(self.at.update);
        if self.epoch != Some(now) {
            (self.epoch, self.order) = (Some(now), self.batches.order(now));
        }
        let order = mem::take(&mut self.order);
        let loss = self.step_with(examples, &order[self.batches.part(k)]);
        self.order = order;
        loss
    }

    /// One update with this batch, at least one of the examples, whosever turn it is; else as
    /// [`Trainer::step`].
    ///
    /// # Errors
    /// Those of [`Trainer::step`].
    pub fn step_with(&mut self, examples: &Examples, batch: &[u32]) -> Result<f64, Diverged> {
        let Self { at, regularisation, are_biases_frozen, workspace, .. } = self;
        let Checkpoint { theta, optimizer, update, diverged, grad, before } = at;
        if *diverged {
            return Err(Diverged { update: *update });
        }
        let loss = workspace.gradient(theta, examples, batch, grad);
        regularisation.add_gradient(workspace.architecture(), theta, grad);
        if *are_biases_frozen {
            for layer in workspace.architecture().layers() {
                grad[layer.biases()].fill(0.0);
            }
        }
        if loss.is_finite() {
            before.copy_from_slice(theta);
            optimizer.step(theta, grad);
            if all_finite(theta) {
                *update += 1;
                return Ok(loss);
            }
        } else {
            *update = update.saturating_sub(1);
        }
        theta.copy_from_slice(before);
        *diverged = true;
        Err(Diverged { update: *update })
    }

    /// The mean loss over some examples that fit the net, without the penalty, and the part of them
    /// whose class is predicted.
    pub fn risk(&mut self, examples: &Examples) -> Risk {
        self.workspace.risk(&self.at.theta, examples)
    }

    /// The weights and biases.
    pub fn theta(&self) -> &[f64] {
        &self.at.theta
    }

    /// Sets one weight or bias by hand; `index` is below the length of θ.
    pub fn set_weight(&mut self, index: usize, value: f64) {
        self.at.theta[index] = value;
    }

    /// Sets the learning rate of the updates to come: what a schedule does.
    pub fn set_alpha(&mut self, alpha: f64) {
        self.at.optimizer.set_alpha(alpha);
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
        self.at.update
    }

    /// The batches it takes.
    pub fn batches(&self) -> Batches {
        self.batches
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
        (&self.at.theta, &mut self.workspace)
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

fn all_finite(numbers: &[f64]) -> bool {
    // All are looked at, so that the loop has no branch.
    numbers.iter().fold(true, |all, number| all & number.is_finite())
}
