//! Adam: momentum over RMSProp, both averages corrected for their start at zero.
//!
//! ```text
//! m ← β₁m + (1 − β₁)ĝ        m̂ = m / (1 − β₁ᵗ)
//! s ← β₂s + (1 − β₂)ĝ²       ŝ = s / (1 − β₂ᵗ)
//! θ ← θ − α m̂ / (√ŝ + ε)
//! ```
//!
//! * θ: the parameters; ĝ: the gradient at θ, or an estimate of it; squares are elementwise;
//! * m, s: moving averages of ĝ and ĝ², 0 at first; t: the number of this step, from 1;
//! * α: the learning rate; ε: keeps the division from being one by zero.
//!
//! Source: Kingma & Ba 2015, algorithm 1 (its v is s here); as `torch.optim.Adam`
//! with its defaults.

use super::equation::{
    becomes, hat, lines, minus, over, plus, rest, root, squared, sub, times, var,
};
use super::{Optimizer, Rule, Updates, alpha, epsilon};
use crate::math::param::{Param, Scale};
use crate::math::real::Real;

/// Adam with its dials set, and its two averages.
#[derive(Clone)]
pub struct Adam {
    alpha: f64,
    /// [β₁, β₂]
    betas: [f64; 2],
    eps: f64,
    /// [β₁ᵗ, β₂ᵗ], multiplied up step by step.
    powers: [f64; 2],
    /// m, one number for each of θ.
    m: Vec<f64>,
    /// s, one number for each of θ.
    s: Vec<f64>,
}

impl Adam {
    /// Adam before its first step, for n parameters.
    pub fn new(alpha: f64, betas: [f64; 2], eps: f64, n: usize) -> Self {
        Self { alpha, betas, eps, powers: [1.0; 2], m: vec![0.0; n], s: vec![0.0; n] }
    }
}

impl Optimizer for Adam {
    fn set_alpha(&mut self, alpha: f64) {
        self.alpha = alpha;
    }

    fn memory(&mut self) -> [&mut [f64]; 3] {
        [&mut self.m, &mut self.s, &mut self.powers]
    }

    fn step(&mut self, theta: &mut [f64], grad: &[f64]) {
        let Self { alpha, betas: [beta1, beta2], eps, ref mut powers, ref mut m, ref mut s } =
            *self;
        *powers = next_powers([beta1, beta2], *powers);
        let dials = [alpha, beta1, beta2, eps];
        for (((theta, g), m), s) in theta.iter_mut().zip(grad).zip(m).zip(s) {
            [*theta, *m, *s] = update(dials, *powers, *theta, *g, [*m, *s]);
        }
    }
}

/// [β₁ᵗ, β₂ᵗ] of the next update.
#[inline(always)]
fn next_powers<T: Real>([beta1, beta2]: [T; 2], powers: [T; 2]) -> [T; 2] {
    [powers[0] * beta1, powers[1] * beta2]
}

/// θ, m and s after an update whose powers of β₁ and β₂ are these.
#[inline(always)]
fn update<T: Real>(
    [alpha, beta1, beta2, eps]: [T; 4],
    powers: [T; 2],
    theta: T,
    g: T,
    [m, s]: [T; 2],
) -> [T; 3] {
    let one = T::from(1.0);
    let m = beta1 * m + (one - beta1) * g;
    let s = beta2 * s + (one - beta2) * (g * g);
    let m_hat = m / (one - powers[0]);
    let s_hat = s / (one - powers[1]);
    [theta - alpha * (m_hat / (s_hat.sqrt() + eps)), m, s]
}

/// See [`Updates::plain`].
fn next<T: Real>(_: &[f64], dials: &[T], theta: T, g: T, own: &mut [T], shared: &mut [T]) -> T {
    let powers = next_powers([dials[1], dials[2]], [shared[0], shared[1]]);
    shared.copy_from_slice(&powers);
    let dials = [dials[0], dials[1], dials[2], dials[3]];
    let [theta, m, s] = update(dials, powers, theta, g, [own[0], own[1]]);
    own.copy_from_slice(&[m, s]);
    theta
}

fn equation(_: &[f64], g: &str) -> String {
    let [theta, m, s, alpha, eps] = ["θ", "m", "s", "α", "ε"].map(var);
    let [beta1, beta2] = [sub("β", "1"), sub("β", "2")];
    let step = times(&alpha, &over(&hat("m"), &plus(&root(&hat("s")), &eps)));
    lines(&[
        becomes(&m, &plus(&times(&beta1, &m), &times(&rest(&beta1), g))),
        becomes(&s, &plus(&times(&beta2, &s), &times(&rest(&beta2), &squared(g)))),
        becomes(&theta, &minus(&theta, &step)),
    ])
}

/// Adam in the registry.
pub static RULE: Rule = Rule {
    key: "adam",
    name: "Adam",
    parameters: &[
        alpha(1e-3),
        Param::new("beta1", "β₁", "mean decay", [0.0, 0.9999], Scale::Linear, 0.9),
        Param::new("beta2", "β₂", "square decay", [0.0, 0.99999], Scale::Linear, 0.999),
        epsilon(1e-8),
    ],
    normalized: true,
    equation,
    source: "Kingma & Ba 2015, algorithm 1; PyTorch's torch.optim.Adam",
    direction: None,
    make: |values, n| Box::new(Adam::new(values[0], [values[1], values[2]], values[3], n)),
    updates: Updates {
        own: 2,
        shared: 2,
        symbolic: |values, dials, theta, g, own, shared| next(values, dials, theta, g, own, shared),
        plain: next,
        coast: None,
    },
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn under_a_constant_gradient_every_step_is_alpha() {
        for g in [7.0, 7e-3] {
            let mut rule = Adam::new(0.5, [0.9, 0.999], 1e-16, 1);
            let mut theta = [0.0];
            for t in 1..=200 {
                let before = theta[0];
                rule.step(&mut theta, &[g]);
                assert!((before - theta[0] - 0.5).abs() < 1e-11, "gradient {g}, step {t}");
            }
        }
    }
}
