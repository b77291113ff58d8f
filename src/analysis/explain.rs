//! What is going on in a run, true for the numbers in hand.
//!
//! [`claims`] asks a row of observations, the most telling first; each looks at the run and either
//! has something to claim or passes. On a quadratic surface they speak from theory, which is exact
//! there (see [`super::stability`] and [`super::mean_square`]); elsewhere from the local Hessian, and
//! say so with "here"; and everywhere from what the path has done. A [`Claim`] is a condition with its
//! numbers; [`text`] alone puts claims into words.

mod claim;
mod ends;
mod local;
mod newton;
mod noise;
mod quadratic;
mod text;

use super::milestones::{Milestones, distance};
use super::stability::{MOST_TAKEN, Mode, effective_alpha, newton_share};
use crate::math::symmetric::{eigenvalues, eigenvectors};
use crate::optimizers::Rule;
use crate::optimizers::newton::DAMPING;
use crate::training::run::{Ending, Path};

pub use claim::{Afterwards, Claim, Direction, Fared, Goal, Measure, Place, Product, Rest, Summit};
pub use text::text;

/// A run at one of its steps, as [`claims`] needs to see it.
#[derive(Clone, Copy)]
pub struct Account<'a> {
    /// The run's update rule.
    pub rule: &'a Rule,
    /// The values of the rule's dials, in their order; α that of the coming step.
    pub values: &'a [f64],
    /// Which part of α its schedule has left for the coming step; `None` without a schedule.
    pub scheduled: Option<f64>,
    /// Whether ĝ is an estimate: noise is on the gradient, or a batch is not all examples.
    pub noisy: bool,
    /// What is known of the batches, where a batch is not all examples.
    pub batches: Option<Sgd>,
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
    /// The Hessian at the minimum that the path ends nearest to.
    pub at_minimum: Option<[f64; 3]>,
    /// f at any point.
    pub f: &'a dyn Fn([f64; 2]) -> f64,
    /// Whether theory speaks of the run as a whole: the Hessian is the same everywhere, that of each
    /// example too where there are batches, and α is constant.
    pub quadratic: bool,
    /// The least known value of f.
    pub floor: Option<f64>,
    /// Whether theory knows that f is at its lowest at one point at most.
    pub sole: bool,
    /// A run to compare with: its name, and how it fared.
    pub rival: Option<(&'static str, Fared)>,
}

/// Batches that are not all examples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sgd {
    /// The batch size m.
    pub m: usize,
    /// The number of updates in an epoch.
    pub period: usize,
    /// The α below which SGD is stable in the mean square, if there is one. Exact where all examples
    /// are quadratic, else linearised at the minimum.
    pub limit: Option<f64>,
    /// By how much an update multiplies E|θ − θ*|² in the long run.
    pub factor: Option<f64>,
}

/// The slope and the curvature of the surface at a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Local {
    /// ∇f
    pub gradient: [f64; 2],
    /// The Hessian: f_xx, f_xy, f_yy.
    pub hessian: [f64; 3],
}

/// What an observation claims, if it has something to say.
type Observation = fn(&Sight) -> Option<Vec<Claim>>;

/// The observations, the most telling first.
const OBSERVATIONS: [Observation; 21] = [
    ends::diverged,
    ends::starts_at_rest,
    ends::frozen,
    newton::climbs,
    quadratic::diverges,
    quadratic::saddle,
    local::runs_off,
    ends::converged,
    quadratic::overshoots,
    ends::at_a_saddle,
    ends::at_a_maximum,
    ends::on_a_plateau,
    noise::in_a_noise_ball,
    quadratic::zig_zags,
    quadratic::reaches,
    quadratic::creeps,
    quadratic::damping,
    local::walks,
    noise::on_its_way,
    ends::hovers,
    local::pace,
];

/// What is going on in the run at the step shown: one claim, or two.
pub fn claims(account: &Account) -> Vec<Claim> {
    if account.path.theta.is_empty() {
        return vec![Claim::NoValueAtStart];
    }
    let sight = Sight::of(account);
    OBSERVATIONS
        .iter()
        .find_map(|observation| observation(&sight))
        .unwrap_or_else(|| vec![local::progress(&sight)])
}

/// Below this part of the larger one an eigenvalue is rounding.
const ROUNDING: f64 = 1e-12;

/// Whether a Hessian with these eigenvalues curves down somewhere, but for rounding.
pub fn curves_down([low, high]: [f64; 2]) -> bool {
    low < -ROUNDING * high.abs()
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

    /// How the path ends, if it is here that it ends.
    fn ended(&self) -> Option<Ending> {
        (self.k == self.last).then(|| self.account.path.ending())
    }

    /// Whether it ends here, before its last update.
    fn ended_early(&self) -> bool {
        self.ended().is_some_and(|ending| ending != Ending::Finished)
    }

    fn theta(&self) -> [f64; 2] {
        self.account.path.theta[self.k]
    }

    /// From where to where the last step led, at the start the next one.
    fn last_or_next_move(&self) -> Option<[[f64; 2]; 2]> {
        let theta = &self.account.path.theta;
        let to = self.k.max(1);
        Some([*theta.get(to - 1)?, *theta.get(to)?])
    }

    fn loss(&self) -> f64 {
        self.account.path.loss[self.k]
    }

    fn grad_norm(&self) -> f64 {
        self.account.path.grad_norm[self.k]
    }

    /// The distance from the start.
    fn way(&self) -> f64 {
        distance(self.account.path.theta[0], self.theta())
    }

    /// Whether the rule keeps a velocity.
    fn has_velocity(&self) -> bool {
        !self.account.path.coast.is_empty()
    }

    /// The gradient along an eigendirection of the Hessian here.
    fn slope_along(&self, axis: usize) -> f64 {
        dot(self.account.here.gradient, self.axes[axis])
    }

    /// Whether f curves down somewhere here, but for rounding.
    fn curves_down(&self) -> bool {
        curves_down(self.lambda)
    }

    /// The part of the distance from the local quadratic's stationary point that a step of Newton's
    /// method takes off along an eigendirection; None for the other rules.
    fn newton_share(&self, axis: usize) -> Option<f64> {
        newton_share(self.account.rule, self.account.values, self.lambda[axis])
    }

    /// How the rule moves along an eigendirection; None for the rules that are not linear.
    fn mode(&self, axis: usize) -> Option<Mode> {
        Mode::new(self.account.rule, self.account.values, self.lambda[axis])
    }

    /// α·λ_max by the curvature here, and the value above which the rule diverges, where curvature is
    /// upward.
    fn product(&self) -> Option<Product> {
        let at = self.product_at(self.lambda[1])?;
        (self.lambda[1] > 0.0).then_some(at)
    }

    /// The same for another λ_max.
    fn product_at(&self, lambda_max: f64) -> Option<Product> {
        let values = self.account.values;
        if let Some(value) = newton_share(self.account.rule, values, lambda_max) {
            let measure = if values[DAMPING] > 0.0 { Measure::Damped } else { Measure::Newton };
            return Some(Product { value, bound: MOST_TAKEN, measure });
        }
        let [alpha, bound] = self.linear?;
        let measure = if alpha == values[0] { Measure::Plain } else { Measure::Averaged };
        Some(Product { value: alpha * lambda_max, bound, measure })
    }

    /// An eigendirection by its name.
    fn along(&self, axis: usize) -> Direction {
        let [x, y] = self.axes[axis];
        let [low, high] = self.lambda;
        let apart = high - low;
        if apart <= 1e-9 * high.abs().max(low.abs()) {
            Direction::Any
        } else if y.abs() < 1e-3 {
            Direction::Axis(0)
        } else if x.abs() < 1e-3 {
            Direction::Axis(1)
        } else if low > 0.0 && high > 2.0 * low {
            [Direction::AlongValley, Direction::AcrossValley][axis]
        } else {
            Direction::Vector([x, y])
        }
    }

    /// When the run comes to 1 % of the starting distance, and how its rival fared.
    fn comparison(&self) -> Option<Claim> {
        let step = self.account.milestones.first_within?;
        Some(Claim::Within { step, rival: self.account.rival })
    }
}

/// The scalar product.
fn dot(a: [f64; 2], b: [f64; 2]) -> f64 {
    a[0] * b[0] + a[1] * b[1]
}
