//! Nesterov's accelerated gradient, in the form that deep learning uses:
//!
//! ```text
//! v ← βv + ĝ
//! θ ← θ − α(ĝ + βv)
//! ```
//!
//! * θ: the parameters; ĝ: the gradient at θ, or an estimate of it;
//! * v: the velocity, 0 at first; α: the learning rate; β: how much of v is kept.
//!
//! Nesterov's own form steps from a point φ and takes the gradient at the point
//! to which the velocity would carry it, θ = φ − αβv. Written for that θ, it is this.
//!
//! Source: Nesterov 1983; Sutskever et al. 2013; as `torch.optim.SGD(momentum=β, nesterov=True)`.

use super::equation::{becomes, group, line, minus, plus, then, times, var};
use super::{Optimizer, Rule, Updates, alpha};
use crate::math::param::{Param, Scale};
use crate::math::real::Real;

/// Nesterov's momentum with its dials set, and its velocity.
#[derive(Clone)]
pub struct Nesterov {
    alpha: f64,
    beta: f64,
    /// v, one number for each of θ.
    v: Vec<f64>,
}

impl Nesterov {
    /// Nesterov's momentum at rest, for n parameters.
    pub fn new(alpha: f64, beta: f64, n: usize) -> Self {
        Self { alpha, beta, v: vec![0.0; n] }
    }
}

impl Optimizer for Nesterov {
    fn set_alpha(&mut self, alpha: f64) {
        self.alpha = alpha;
    }

    fn step(&mut self, theta: &mut [f64], grad: &[f64]) {
        let Self { alpha, beta, ref mut v } = *self;
        for ((theta, g), v) in theta.iter_mut().zip(grad).zip(v) {
            [*theta, *v] = update([alpha, beta], *theta, *g, *v);
        }
    }

    fn memory(&mut self) -> [&mut [f64]; 3] {
        [&mut self.v, &mut [], &mut []]
    }

    fn coast(&self, out: &mut [f64]) -> bool {
        let Self { alpha, beta, ref v } = *self;
        for (out, v) in out.iter_mut().zip(v) {
            *out = coast([alpha, beta], *v);
        }
        true
    }
}

/// θ and v after an update.
#[inline(always)]
fn update<T: Real>([alpha, beta]: [T; 2], theta: T, g: T, v: T) -> [T; 2] {
    let v = beta * v + g;
    [theta - alpha * (g + beta * v), v]
}

/// See [`Updates::plain`].
fn next<T: Real>(_: &[f64], dials: &[T], theta: T, g: T, own: &mut [T], _: &mut [T]) -> T {
    let [theta, v] = update([dials[0], dials[1]], theta, g, own[0]);
    own[0] = v;
    theta
}

/// What v alone adds to θ in the next update: with ĝ = 0 the new velocity is βv, and the step −αβ
/// times that.
#[inline(always)]
fn coast<T: Real>([alpha, beta]: [T; 2], v: T) -> T {
    -alpha * (beta * (beta * v))
}

fn equation(_: &[f64], g: &str) -> String {
    let [theta, v, alpha, beta] = ["θ", "v", "α", "β"].map(var);
    let kept = times(&beta, &v);
    let step = times(&alpha, &group(&plus(g, &kept)));
    line(&then(&becomes(&v, &plus(&kept, g)), &becomes(&theta, &minus(&theta, &step))))
}

/// Nesterov's momentum in the registry.
pub static RULE: Rule = Rule {
    key: "nesterov",
    name: "Nesterov",
    parameters: &[
        alpha(0.06),
        Param::new("beta", "β", "momentum", [0.0, 0.999], Scale::Linear, 0.5),
    ],
    normalized: false,
    equation,
    source: "Nesterov 1983; Sutskever et al. 2013; PyTorch's torch.optim.SGD(nesterov=True)",
    direction: None,
    make: |values, n| Box::new(Nesterov::new(values[0], values[1], n)),
    updates: Updates {
        own: 1,
        shared: 0,
        symbolic: |values, dials, theta, g, own, shared| next(values, dials, theta, g, own, shared),
        plain: next,
        coast: Some(|_, dials, v| coast([dials[0], dials[1]], v)),
    },
};

#[cfg(test)]
mod tests {
    use super::*;

    /// Nesterov 1983: the gradient is taken at the point to which the velocity carries φ.
    #[test]
    fn this_is_the_look_ahead_form_seen_from_the_point_looked_ahead_to() {
        let [alpha, beta] = [0.1, 0.8];
        let slope = |theta: f64| 3.0 * theta + theta * theta * theta;
        let mut rule = Nesterov::new(alpha, beta, 1);
        let mut theta = [0.9];
        let [mut phi, mut velocity] = [0.9, 0.0];
        for step in 0..30 {
            velocity = beta * velocity - alpha * slope(phi + beta * velocity);
            phi += velocity;
            let grad = [slope(theta[0])];
            rule.step(&mut theta, &grad);
            assert!((theta[0] - (phi + beta * velocity)).abs() < 1e-14, "step {step}");
        }
    }
}
