//! Gradient descent:
//!
//! ```text
//! θ ← θ − αĝ
//! ```
//!
//! * θ: the parameters; ĝ: the gradient at θ, or an estimate of it (then this is SGD);
//! * α: the learning rate.
//!
//! Source: Cauchy 1847; with an estimated gradient, Robbins & Monro 1951.
//! As `torch.optim.SGD` without momentum.

use super::equation::{becomes, line, minus, times, var};
use super::{Optimizer, Rule, Updates, alpha};
use crate::math::real::Real;

/// Gradient descent with its learning rate set. It has no memory.
#[derive(Clone)]
pub struct GradientDescent {
    alpha: f64,
}

impl GradientDescent {
    /// Gradient descent at learning rate α.
    pub fn new(alpha: f64) -> Self {
        Self { alpha }
    }
}

impl Optimizer for GradientDescent {
    fn set_alpha(&mut self, alpha: f64) {
        self.alpha = alpha;
    }

    fn step(&mut self, theta: &mut [f64], grad: &[f64]) {
        let Self { alpha } = *self;
        for (theta, g) in theta.iter_mut().zip(grad) {
            *theta = update(alpha, *theta, *g);
        }
    }
}

/// θ after an update.
fn update<T: Real>(alpha: T, theta: T, g: T) -> T {
    theta - alpha * g
}

/// See [`Updates::plain`].
pub(super) fn next<T: Real>(_: &[f64], dials: &[T], theta: T, g: T, _: &mut [T], _: &mut [T]) -> T {
    update(dials[0], theta, g)
}

/// Gradient descent in the registry.
pub static RULE: Rule = Rule {
    key: "gd",
    name: "GD",
    parameters: &[alpha(0.095)],
    normalized: false,
    equation: |_, g| line(&becomes(&var("θ"), &minus(&var("θ"), &times(&var("α"), g)))),
    source: "Cauchy 1847; Robbins & Monro 1951",
    direction: None,
    make: |values, _| Box::new(GradientDescent::new(values[0])),
    updates: Updates {
        own: 0,
        shared: 0,
        symbolic: |values, dials, theta, g, own, shared| next(values, dials, theta, g, own, shared),
        plain: next,
        coast: None,
    },
};
