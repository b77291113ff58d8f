//! Gradient descent with momentum. Three forms are in use:
//!
//! ```text
//! accumulate   v ← βv + ĝ           θ ← θ − αv     PyTorch; Goh 2017
//! velocity     v ← βv − αĝ          θ ← θ + v      Goodfellow et al. 2016, algorithm 8.2
//! average      v ← βv + (1 − β)ĝ    θ ← θ − αv     the velocity as a moving average
//! ```
//!
//! * θ: the parameters; ĝ: the gradient at θ, or an estimate of it;
//! * v: the velocity, 0 at first; α: the learning rate; β: how much of v is kept.
//!
//! At constant α the first two walk the same path, and so does the third at α/(1 − β).
//!
//! Source: Polyak 1964. The first form is `torch.optim.SGD(momentum=β)`. (PyTorch's
//! `dampening=β` is not the third: there v starts at ĝ, here at 0.)

use super::equation::{becomes, line, minus, plus, rest, then, times, var};
use super::{Optimizer, Rule, Updates, alpha};
use crate::math::param::{Choice, Param, Scale};
use crate::math::real::Real;

/// Which of the three forms of momentum; see the top of this file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Form {
    /// v ← βv + ĝ, θ ← θ − αv
    Accumulate,
    /// v ← βv − αĝ, θ ← θ + v
    Velocity,
    /// v ← βv + (1 − β)ĝ, θ ← θ − αv
    Average,
}

impl Form {
    /// Every form, in the order of the dial `form`, whose value is an index into this.
    pub const ALL: [Form; 3] = [Form::Accumulate, Form::Velocity, Form::Average];
}

/// Momentum with its dials set, and its velocity.
#[derive(Clone)]
pub struct Momentum {
    alpha: f64,
    beta: f64,
    form: Form,
    /// v, one number for each of θ.
    v: Vec<f64>,
}

impl Momentum {
    /// Momentum at rest, for n parameters.
    pub fn new(alpha: f64, beta: f64, form: Form, n: usize) -> Self {
        Self { alpha, beta, form, v: vec![0.0; n] }
    }
}

impl Optimizer for Momentum {
    fn set_alpha(&mut self, alpha: f64) {
        self.alpha = alpha;
    }

    fn step(&mut self, theta: &mut [f64], grad: &[f64]) {
        let Self { alpha, beta, form, ref mut v } = *self;
        for ((theta, g), v) in theta.iter_mut().zip(grad).zip(v) {
            [*theta, *v] = update(form, [alpha, beta], *theta, *g, *v);
        }
    }

    fn memory(&mut self) -> [&mut [f64]; 3] {
        [&mut self.v, &mut [], &mut []]
    }

    fn coast(&self, out: &mut [f64]) -> bool {
        let Self { alpha, beta, form, ref v } = *self;
        for (out, v) in out.iter_mut().zip(v) {
            *out = coast(form, [alpha, beta], *v);
        }
        true
    }
}

/// θ and v after an update.
#[inline(always)]
fn update<T: Real>(form: Form, [alpha, beta]: [T; 2], theta: T, g: T, v: T) -> [T; 2] {
    match form {
        Form::Accumulate => {
            let v = beta * v + g;
            [theta - alpha * v, v]
        }
        Form::Velocity => {
            let v = beta * v - alpha * g;
            [theta + v, v]
        }
        Form::Average => {
            let v = beta * v + (T::from(1.0) - beta) * g;
            [theta - alpha * v, v]
        }
    }
}

/// See [`Updates::plain`].
fn next<T: Real>(values: &[f64], dials: &[T], theta: T, g: T, own: &mut [T], _: &mut [T]) -> T {
    let form = Form::ALL[values[2] as usize];
    let [theta, v] = update(form, [dials[0], dials[1]], theta, g, own[0]);
    own[0] = v;
    theta
}

/// What v alone adds to θ in the next update.
#[inline(always)]
fn coast<T: Real>(form: Form, [alpha, beta]: [T; 2], v: T) -> T {
    match form {
        Form::Accumulate | Form::Average => -alpha * (beta * v),
        Form::Velocity => beta * v,
    }
}

fn equation(values: &[f64], g: &str) -> String {
    let [theta, v, alpha, beta] = ["θ", "v", "α", "β"].map(var);
    let kept = times(&beta, &v);
    let against = minus(&theta, &times(&alpha, &v));
    let (velocity, step) = match Form::ALL[values[2] as usize] {
        Form::Accumulate => (plus(&kept, g), against),
        Form::Velocity => (minus(&kept, &times(&alpha, g)), plus(&theta, &v)),
        Form::Average => (plus(&kept, &times(&rest(&beta), g)), against),
    };
    line(&then(&becomes(&v, &velocity), &becomes(&theta, &step)))
}

/// The place of β among the dials.
pub const BETA: usize = 1;

/// Momentum in the registry.
pub static RULE: Rule = Rule {
    key: "momentum",
    name: "Momentum",
    parameters: &[
        alpha(0.095),
        Param::new("beta", "β", "momentum", [0.0, 0.999], Scale::Linear, 0.5),
        Param::choice(
            "form",
            "form",
            &[
                Choice { key: "accumulate", label: "accumulate: v ← βv + ĝ" },
                Choice { key: "velocity", label: "velocity: v ← βv − αĝ" },
                Choice { key: "average", label: "average: v ← βv + (1 − β)ĝ" },
            ],
        )
        .about("which of the three forms of momentum"),
    ],
    normalized: false,
    equation,
    source: "Polyak 1964; PyTorch's torch.optim.SGD; Goodfellow et al. 2016, algorithm 8.2",
    direction: None,
    make: |values, n| {
        Box::new(Momentum::new(values[0], values[1], Form::ALL[values[2] as usize], n))
    },
    updates: Updates {
        own: 1,
        shared: 0,
        symbolic: |values, dials, theta, g, own, shared| next(values, dials, theta, g, own, shared),
        plain: next,
        coast: Some(|values, dials, v| {
            coast(Form::ALL[values[2] as usize], [dials[0], dials[1]], v)
        }),
    },
};

#[cfg(test)]
mod tests {
    use super::*;

    /// Twenty steps on f = ½ · 3θ² from θ = 1.
    fn walk(alpha: f64, beta: f64, form: Form) -> Vec<f64> {
        let mut rule = Momentum::new(alpha, beta, form, 1);
        let mut theta = [1.0];
        (0..20)
            .map(|_| {
                let grad = [3.0 * theta[0]];
                rule.step(&mut theta, &grad);
                theta[0]
            })
            .collect()
    }

    #[test]
    fn the_three_forms_are_one_path_rescaled() {
        let [alpha, beta] = [0.2, 0.7];
        let accumulate = walk(alpha, beta, Form::Accumulate);
        let velocity = walk(alpha, beta, Form::Velocity);
        let average = walk(alpha / (1.0 - beta), beta, Form::Average);
        for k in 0..20 {
            assert!((velocity[k] - accumulate[k]).abs() < 1e-14, "velocity, step {k}");
            assert!((average[k] - accumulate[k]).abs() < 1e-14, "average, step {k}");
        }
    }

    #[test]
    fn two_steps_by_hand() {
        // f = ½ · 3θ², α = 0.1, β = 0.5: v = 3, θ = 0.7; v = 1.5 + 2.1 = 3.6, θ = 0.34.
        let theta = walk(0.1, 0.5, Form::Accumulate);
        assert!((theta[0] - 0.7).abs() < 1e-15);
        assert!((theta[1] - 0.34).abs() < 1e-15);
    }
}
