//! Regularisation: a penalty on large weights, added to the mean loss, as [`DEFINITIONS`] says.
//!
//! Both sum over weights and not over biases. Its gradient is part of ĝ, and so goes through the
//! update rule: λ₂ is PyTorch's `weight_decay` on the weights, of `SGD` and of `Adam` (not of
//! `AdamW`).

use super::Architecture;
use crate::math::param::{Definition, Param, Scale};

/// What [`L1`] and [`L2`] add to the mean loss, and to its derivative by a weight.
pub const DEFINITIONS: [Definition; 2] = [
    Definition::new("λ₁ Σ |w|, which adds λ₁ sign w, 0 at w = 0", ""),
    Definition::new("λ₂/2 Σ w², which adds λ₂ w", ""),
];

/// λ₁, as a dial of a run.
pub const L1: Param = Param::new("l1", "λ₁", "L1 penalty", [0.0, 10.0], Scale::Log, 0.0);

/// λ₂, as a dial of a run.
pub const L2: Param = Param::new("l2", "λ₂", "L2 penalty", [0.0, 10.0], Scale::Log, 0.0);

/// A penalty on the weights of a net.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Regularisation {
    /// λ₁
    pub l1: f64,
    /// λ₂
    pub l2: f64,
}

impl Regularisation {
    /// λ₂/2 Σ w² + λ₁ Σ |w|
    pub fn penalty(self, architecture: &Architecture, theta: &[f64]) -> f64 {
        let Self { l1, l2 } = self;
        if self == Self::default() {
            return 0.0; // even where a square overflows
        }
        let weights = || architecture.layers().iter().flat_map(|layer| &theta[layer.weights()]);
        let squares: f64 = weights().map(|w| w * w).sum();
        let sizes: f64 = weights().map(|w| w.abs()).sum();
        0.5 * l2 * squares + l1 * sizes
    }

    /// Adds the penalty's gradient to `grad`.
    pub fn add_gradient(self, architecture: &Architecture, theta: &[f64], grad: &mut [f64]) {
        let Self { l1, l2 } = self;
        if self == Self::default() {
            return;
        }
        for layer in architecture.layers() {
            for (grad, &w) in grad[layer.weights()].iter_mut().zip(&theta[layer.weights()]) {
                let sign = if w == 0.0 { 0.0 } else { 1_f64.copysign(w) };
                *grad += l2 * w + l1 * sign;
            }
        }
    }
}
