//! AdaGrad: each parameter's learning rate shrinks with the gradients it has seen.
//!
//! ```text
//! s ← s + ĝ²
//! θ ← θ − α ĝ / (√s + ε)
//! ```
//!
//! * θ: the parameters; ĝ: the gradient at θ, or an estimate of it; squares are elementwise;
//! * s: the sum of squared gradients, 0 at first; α: the learning rate;
//! * ε: keeps the division from being one by zero.
//!
//! Source: Duchi, Hazan & Singer 2011; as `torch.optim.Adagrad` with its defaults.

use super::equation::{becomes, line, minus, over, plus, root, squared, times, var};
use super::{Optimizer, Rule, Updates, alpha, epsilon};
use crate::math::real::Real;

/// AdaGrad with its dials set, and its sum of squared gradients.
#[derive(Clone)]
pub struct AdaGrad {
    alpha: f64,
    eps: f64,
    /// s, one number for each of θ.
    s: Vec<f64>,
}

impl AdaGrad {
    /// AdaGrad before its first step, for n parameters.
    pub fn new(alpha: f64, eps: f64, n: usize) -> Self {
        Self { alpha, eps, s: vec![0.0; n] }
    }
}

impl Optimizer for AdaGrad {
    fn set_alpha(&mut self, alpha: f64) {
        self.alpha = alpha;
    }

    fn memory(&mut self) -> [&mut [f64]; 3] {
        [&mut self.s, &mut [], &mut []]
    }

    fn step(&mut self, theta: &mut [f64], grad: &[f64]) {
        let Self { alpha, eps, ref mut s } = *self;
        for ((theta, g), s) in theta.iter_mut().zip(grad).zip(s) {
            [*theta, *s] = update([alpha, eps], *theta, *g, *s);
        }
    }
}

/// θ and s after an update.
#[inline(always)]
fn update<T: Real>([alpha, eps]: [T; 2], theta: T, g: T, s: T) -> [T; 2] {
    let s = s + g * g;
    [theta - alpha * (g / (s.sqrt() + eps)), s]
}

/// See [`Updates::plain`].
fn next<T: Real>(_: &[f64], dials: &[T], theta: T, g: T, own: &mut [T], _: &mut [T]) -> T {
    let [theta, s] = update([dials[0], dials[1]], theta, g, own[0]);
    own[0] = s;
    theta
}

fn equation(_: &[f64], g: &str) -> String {
    let [theta, s, alpha, eps] = ["θ", "s", "α", "ε"].map(var);
    let step = times(&alpha, &over(g, &plus(&root(&s), &eps)));
    line(&format!(
        "{}<mo>,</mo>{}",
        becomes(&s, &plus(&s, &squared(g))),
        becomes(&theta, &minus(&theta, &step))
    ))
}

/// AdaGrad in the registry.
pub static RULE: Rule = Rule {
    key: "adagrad",
    name: "AdaGrad",
    parameters: &[alpha(0.01), epsilon(1e-10)],
    normalized: true,
    equation,
    source: "Duchi, Hazan & Singer 2011; PyTorch's torch.optim.Adagrad",
    direction: None,
    make: |values, n| Box::new(AdaGrad::new(values[0], values[1], n)),
    updates: Updates {
        own: 1,
        shared: 0,
        symbolic: |values, dials, theta, g, own, shared| next(values, dials, theta, g, own, shared),
        plain: next,
        coast: None,
    },
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn under_a_constant_gradient_step_k_is_alpha_over_root_k() {
        let mut rule = AdaGrad::new(0.5, 1e-16, 1);
        let mut theta = [0.0];
        for k in 1..=50 {
            let before = theta[0];
            rule.step(&mut theta, &[7.0]);
            assert!((before - theta[0] - 0.5 / f64::from(k).sqrt()).abs() < 1e-14, "step {k}");
        }
    }
}
