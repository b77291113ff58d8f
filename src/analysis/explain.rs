//! One sentence of what is going on in a run, true for the numbers in hand.
//!
//! [`sentence`] asks a row of observations, the most telling first; each looks
//! at the run and either has something to say or passes. On a quadratic surface they
//! speak from theory, which is exact there (see [`super::stability`]); elsewhere from the
//! local Hessian, and say so with "here"; and everywhere from what the path has done.

mod ends;
mod local;
mod quadratic;

use super::milestones::{Milestones, distance};
use super::number::{beside, count, three};
use super::stability::{Mode, effective_alpha, eigenvalues, eigenvectors};
use crate::optimizers::Rule;
use crate::run::{Path, Status};

/// A run at one of its steps, as [`sentence`] needs to see it.
#[derive(Clone, Copy)]
pub struct Account<'a> {
    /// The run's update rule.
    pub rule: &'a Rule,
    /// The values of the rule's dials, in their order.
    pub values: &'a [f64],
    /// Whether ĝ is an estimate: noise is on the gradient, or a batch is not all examples.
    pub noisy: bool,
    /// Where the run went, to its end.
    pub path: &'a Path,
    /// What happened on that path.
    pub milestones: &'a Milestones,
    /// The step that is shown; beyond the path's end, its end.
    pub shown: usize,
    /// The surface at the start.
    pub start: Local,
    /// The surface at the step that is shown.
    pub here: Local,
    /// Whether the surface is a quadratic: its Hessian is the same everywhere.
    pub quadratic: bool,
    /// The least known value of f.
    pub floor: Option<f64>,
    /// What the surface is called, and its two variables: `["f", "x", "y"]`.
    pub symbols: [&'a str; 3],
    /// A run to compare with: its name, and its [`Milestones::first_within`].
    pub rival: Option<(&'a str, Option<usize>)>,
}

/// The slope and the curvature of the surface at a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Local {
    /// ∇f
    pub gradient: [f64; 2],
    /// The Hessian: f_xx, f_xy, f_yy.
    pub hessian: [f64; 3],
}

/// What an observation says, if it has something to say.
type Observation = fn(&Sight) -> Option<String>;

/// The observations, the most telling first.
const OBSERVATIONS: [Observation; 17] = [
    ends::diverged,
    ends::starts_at_rest,
    quadratic::diverges,
    quadratic::saddle,
    local::runs_off,
    quadratic::overshoots,
    ends::converged,
    ends::at_a_saddle,
    ends::on_a_plateau,
    ends::in_a_noise_ball,
    quadratic::zig_zags,
    quadratic::reaches,
    quadratic::creeps,
    quadratic::damping,
    local::walks,
    ends::hovers,
    local::pace,
];

/// What is going on in the run at the step shown: plain text, at most two short sentences.
/// Subscripts are written as `λ_max`.
pub fn sentence(account: &Account) -> String {
    if account.path.theta.is_empty() {
        return format!(
            "{} or its gradient is not a finite number at the start.",
            account.symbols[0]
        );
    }
    let sight = Sight::of(account);
    OBSERVATIONS
        .iter()
        .find_map(|observation| observation(&sight))
        .unwrap_or_else(|| local::progress(&sight))
}

/// An [`Account`] with what several observations need already worked out.
struct Sight<'a> {
    account: &'a Account<'a>,
    /// The step shown, within the path.
    k: usize,
    /// The path's last step.
    last: usize,
    /// The eigenvalues of the Hessian at the step shown, the smaller first.
    lambda: [f64; 2],
    /// Their eigenvectors.
    axes: [[f64; 2]; 2],
    /// Of a linear rule: the α that multiplies the gradient, and the largest stable α·λ_max.
    linear: Option<[f64; 2]>,
    /// The length of the step that led here; None at the start.
    last_move: Option<f64>,
    /// The distance from the minimum that the path ends nearest to.
    remaining: Option<f64>,
}

impl<'a> Sight<'a> {
    fn of(account: &'a Account<'a>) -> Self {
        let Account { rule, values, path, milestones, here, .. } = *account;
        let last = path.theta.len() - 1;
        let k = account.shown.min(last);
        Self {
            account,
            k,
            last,
            lambda: eigenvalues(here.hessian),
            axes: eigenvectors(here.hessian),
            linear: effective_alpha(rule, values),
            last_move: (k > 0).then(|| distance(path.theta[k], path.theta[k - 1])),
            remaining: milestones.minimum.map(|minimum| distance(path.theta[k], minimum)),
        }
    }

    /// Whether the path ends here because its numbers stopped being finite.
    fn ended(&self) -> Option<usize> {
        match self.account.path.status {
            Status::Diverged { step } if self.k == self.last => Some(step),
            _ => None,
        }
    }

    fn loss(&self) -> f64 {
        self.account.path.loss[self.k]
    }

    fn grad_norm(&self) -> f64 {
        self.account.path.grad_norm[self.k]
    }

    /// Whether the rule keeps a velocity.
    fn has_velocity(&self) -> bool {
        !self.account.path.coast.is_empty()
    }

    /// The gradient along an eigendirection of the Hessian here.
    fn slope_along(&self, axis: usize) -> f64 {
        dot(self.account.here.gradient, self.axes[axis])
    }

    /// How the rule moves along an eigendirection; None for the rules that are not linear.
    fn mode(&self, axis: usize) -> Option<Mode> {
        Mode::new(self.account.rule, self.account.values, self.lambda[axis])
    }

    /// α·λ_max and the value above which the rule diverges, where curvature is upward.
    fn product(&self) -> Option<[f64; 2]> {
        let [alpha, bound] = self.linear?;
        (self.lambda[1] > 0.0).then(|| [alpha * self.lambda[1], bound])
    }

    /// `α·λ_max = 1.9`, by the name that it has for this rule.
    fn product_in_words(&self, product: f64, bound: f64) -> String {
        let factor = match self.linear {
            Some([alpha, _]) if alpha != self.account.values[0] => "(1 − β)·",
            _ => "",
        };
        format!("{factor}α·λ_max = {}", beside(product, bound))
    }

    /// `along y`, `across the valley`, or `along (0.6, 0.8)`.
    fn along(&self, axis: usize) -> String {
        let [x, y] = self.axes[axis];
        let [low, high] = self.lambda;
        let [_, first, second] = self.account.symbols;
        if y.abs() < 1e-3 {
            format!("along {first}")
        } else if x.abs() < 1e-3 {
            format!("along {second}")
        } else if low > 0.0 && high > 2.0 * low {
            ["along the valley", "across the valley"][axis].to_owned()
        } else {
            format!("along {}", super::number::point([x, y]))
        }
    }

    /// The comparison of when the run and its rival come to 1 % of the starting distance.
    fn comparison(&self) -> Option<String> {
        let near = self.account.milestones.first_within?;
        let verb = if self.k >= near { "Reached" } else { "Reaches" };
        let rival = match self.account.rival {
            Some((name, Some(step))) => format!("; {name} needs {}", count(step)),
            Some((name, None)) => format!("; {name} does not in {} steps", count(self.last)),
            None => String::new(),
        };
        Some(format!("{verb} 1 % of the distance at step {}{rival}.", count(near)))
    }
}

/// The scalar product.
fn dot(a: [f64; 2], b: [f64; 2]) -> f64 {
    a[0] * b[0] + a[1] * b[1]
}

/// `59 %`
fn percent(share: f64) -> String {
    format!("{} %", three(100.0 * share))
}
