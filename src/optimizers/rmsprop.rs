//! RMSProp: AdaGrad that forgets, so that it keeps moving.
//!
//! ```text
//! s ← ρs + (1 − ρ)ĝ²
//! θ ← θ − α ĝ / (√s + ε)
//! ```
//!
//! * θ: the parameters; ĝ: the gradient at θ, or an estimate of it; squares are elementwise;
//! * s: a moving average of squared gradients, 0 at first; ρ: how much of it is kept;
//! * α: the learning rate; ε: keeps the division from being one by zero.
//!
//! Where ĝ settles, a step is about α long however small ĝ is: at a fixed α
//! this rule circles a minimum and does not come to rest.
//!
//! Source: Hinton 2012, lecture 6e; as `torch.optim.RMSprop` with its defaults,
//! which calls ρ `alpha` and α `lr`.

use super::equation::{becomes, line, minus, over, plus, rest, root, squared, times, var};
use super::{Optimizer, Rule, Updates, alpha, epsilon};
use crate::math::param::{Param, Scale};
use crate::math::real::Real;

/// RMSProp with its dials set, and its average of squared gradients.
#[derive(Clone)]
pub struct RmsProp {
    alpha: f64,
    rho: f64,
    eps: f64,
    /// s, one number for each of θ.
    s: Vec<f64>,
}

impl RmsProp {
    /// RMSProp before its first step, for n parameters.
    pub fn new(alpha: f64, rho: f64, eps: f64, n: usize) -> Self {
        Self { alpha, rho, eps, s: vec![0.0; n] }
    }
}

impl Optimizer for RmsProp {
    fn set_alpha(&mut self, alpha: f64) {
        self.alpha = alpha;
    }

    fn memory(&mut self) -> [&mut [f64]; 3] {
        [&mut self.s, &mut [], &mut []]
    }

    fn step(&mut self, theta: &mut [f64], grad: &[f64]) {
        let Self { alpha, rho, eps, ref mut s } = *self;
        for ((theta, g), s) in theta.iter_mut().zip(grad).zip(s) {
            [*theta, *s] = update([alpha, rho, eps], *theta, *g, *s);
        }
    }
}

/// θ and s after an update.
#[inline(always)]
fn update<T: Real>([alpha, rho, eps]: [T; 3], theta: T, g: T, s: T) -> [T; 2] {
    let s = rho * s + (T::from(1.0) - rho) * (g * g);
    [theta - alpha * (g / (s.sqrt() + eps)), s]
}

/// See [`Updates::plain`].
fn next<T: Real>(_: &[f64], dials: &[T], theta: T, g: T, own: &mut [T], _: &mut [T]) -> T {
    let [theta, s] = update([dials[0], dials[1], dials[2]], theta, g, own[0]);
    own[0] = s;
    theta
}

fn equation(_: &[f64], g: &str) -> String {
    let [theta, s, alpha, rho, eps] = ["θ", "s", "α", "ρ", "ε"].map(var);
    let average = plus(&times(&rho, &s), &times(&rest(&rho), &squared(g)));
    let step = times(&alpha, &over(g, &plus(&root(&s), &eps)));
    line(&format!("{}<mo>,</mo>{}", becomes(&s, &average), becomes(&theta, &minus(&theta, &step))))
}

/// RMSProp in the registry.
pub static RULE: Rule = Rule {
    key: "rmsprop",
    name: "RMSProp",
    parameters: &[
        alpha(0.01),
        Param::new("rho", "ρ", "mean decay", [0.0, 0.9999], Scale::Linear, 0.99),
        epsilon(1e-8),
    ],
    normalized: true,
    equation,
    source: "Hinton 2012, lecture 6e; PyTorch's torch.optim.RMSprop (there ρ is called alpha)",
    direction: None,
    make: |values, n| Box::new(RmsProp::new(values[0], values[1], values[2], n)),
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
    fn under_a_constant_gradient_its_size_falls_out() {
        // s = (1 − ρᵏ)ĝ², so step k is α / √(1 − ρᵏ).
        for g in [7.0, 7e-3] {
            let mut rule = RmsProp::new(0.5, 0.9, 1e-16, 1);
            let mut theta = [0.0];
            let mut kept = 1.0;
            for k in 1..=50 {
                kept *= 0.9;
                let before = theta[0];
                rule.step(&mut theta, &[g]);
                let step = 0.5 / f64::sqrt(1.0 - kept);
                assert!((before - theta[0] - step).abs() < 1e-13, "gradient {g}, step {k}");
            }
        }
    }
}
