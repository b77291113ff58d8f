//! A run: an update rule walks down an objective from a start, and leaves a path.
//!
//! ```text
//! ĝ = ∇f(θ) + σ·z,  z ~ N(0, I)                θ ← update(θ, ĝ)       on a surface
//! ĝ = 1/|J_k| Σ_{i ∈ J_k} ∇L(θ; x⁽ⁱ⁾, y⁽ⁱ⁾)     θ ← update(θ, ĝ)       on a risk
//! ```
//!
//! A rule of second order is told the Hessian too: that of f, or the mean over the same batch. It is
//! exact where noise is on ĝ.

use crate::data::Batches;
use crate::math::budget::Budget;
use crate::math::formula::Jet;
use crate::math::random::Random;
use crate::objective::{Epochs, Objective};
use crate::optimizers::Rule;
use crate::optimizers::average::{Average, Averager};
use crate::optimizers::descent::Descent;
use crate::optimizers::schedule::Schedule;

/// What a run has been through: entry k belongs to the point after k updates.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Path {
    /// θ = [x, y]; entry 0 is the start.
    pub theta: Vec<[f64; 2]>,
    /// f(θ).
    pub loss: Vec<f64>,
    /// |∇f(θ)|, of the true gradient even where the run follows a noisy one.
    pub grad_norm: Vec<f64>,
    /// The mean loss over the batch that the next update uses; empty where a batch is all
    /// examples, or there are none.
    pub batch_loss: Vec<f64>,
    /// The displacement that the velocity alone would make next; empty if the rule has none.
    pub coast: Vec<[f64; 2]>,
    /// How it ended.
    pub status: Status,
}

impl Path {
    /// Whether the run has ended: what is said of a whole path is not said of a part of it.
    pub fn is_complete(&self) -> bool {
        self.status != Status::Walking
    }

    /// Takes down a point, with f and ∇f there and what the velocity alone would add to it; tells
    /// whether they are finite. If not, the path ends before it.
    pub(super) fn record(
        &mut self,
        objective: &Objective,
        theta: [f64; 2],
        Jet { value, gradient: [gx, gy] }: Jet,
        coast: Option<[f64; 2]>,
    ) -> bool {
        let step = self.theta.len();
        let finite = [theta[0], theta[1], value, gx, gy].iter().all(|value| value.is_finite());
        if !finite {
            let outgrew = self.theta.last().is_some_and(|from| outgrows(objective, *from, theta));
            self.status =
                if outgrew { Status::Diverged { step } } else { Status::Stopped { step } };
            return false;
        }
        self.theta.push(theta);
        self.loss.push(value);
        self.grad_norm.push(norm([gx, gy]));
        self.coast.extend(coast);
        true
    }

    /// How it ended, by the name that is given to it everywhere.
    pub fn ending(&self) -> Ending {
        match self.status {
            Status::Walking | Status::Finished => Ending::Finished,
            _ if self.theta.is_empty() => Ending::Nowhere,
            Status::Diverged { step } => Ending::Overflowed { step },
            Status::Singular { step } => Ending::Singular { step },
            Status::Stopped { step } => Ending::LeftDomain { step },
        }
    }

    /// A number that differs, but for one chance in 2⁶⁴, as soon as one bit of the path does
    /// (after FNV-1a, a word at a time): for telling whether two machines agree.
    pub fn fingerprint(&self) -> u64 {
        let Self { theta, loss, grad_norm, batch_loss, coast, status } = self;
        let ended = match status {
            Status::Finished => u64::MAX,
            Status::Walking => u64::MAX - 1,
            Status::Diverged { step } | Status::Stopped { step } | Status::Singular { step } => {
                *step as u64
            }
        };
        let points = theta.iter().chain(coast).flatten();
        let numbers = points.chain(loss).chain(grad_norm).chain(batch_loss);
        let words = numbers.map(|number| number.to_bits()).chain([theta.len() as u64, ended]);
        words.fold(0xcbf2_9ce4_8422_2325, |hash, word| {
            (hash ^ word).wrapping_mul(0x0100_0000_01b3).rotate_left(23)
        })
    }
}

/// How a run ended, if it has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// It made all its updates.
    #[default]
    Finished,
    /// It is still being computed: there is more of the path to come.
    Walking,
    /// θ, the loss or the gradient became too large to compute: a result, not an error.
    Diverged {
        /// The first update whose outcome is not finite; that point is not in the path.
        step: usize,
    },
    /// The loss or the gradient is not finite where the run is led to, and not by its size.
    Stopped {
        /// The first update whose outcome is not finite; that point is not in the path.
        /// 0 where already the start has no finite loss and gradient.
        step: usize,
    },
    /// A rule of second order has no next step: the Hessian has no inverse where the run stands.
    Singular {
        /// The update that cannot be made.
        step: usize,
    },
}

/// How a path ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// After all its updates; or it has not ended yet.
    Finished,
    /// The start has no finite loss and gradient.
    Nowhere,
    /// This update's outcome was too large to compute: it diverged.
    Overflowed {
        /// The first update whose outcome is not finite.
        step: usize,
    },
    /// This update led to where the objective or its gradient is not a finite number, and not because
    /// it were too large: it stopped.
    LeftDomain {
        /// The first update whose outcome is not finite.
        step: usize,
    },
    /// This update would need the inverse of a Hessian that has none.
    Singular {
        /// The update that cannot be made.
        step: usize,
    },
}

/// Everything that decides a path besides the objective.
#[derive(Clone, Debug)]
pub struct RunSpec<'a> {
    /// The update rule.
    pub rule: &'static Rule,
    /// The values of the rule's parameters, in their declared order.
    pub values: &'a [f64],
    /// The standard deviation σ of the noise on each component of the gradient; 0 for none.
    pub noise: f64,
    /// Where the run starts, [x, y].
    pub start: [f64; 2],
    /// How many updates it makes.
    pub steps: usize,
    /// Where the noise begins: runs with one seed meet the same noise.
    pub seed: u64,
    /// How a risk's examples are dealt out to updates; `None` on a surface.
    pub batches: Option<Batches>,
    /// How the learning rate changes on the way.
    pub schedule: Schedule,
}

/// Walks the whole path of a run. The path ends early only where something stops being finite.
pub fn walk(objective: &Objective, spec: &RunSpec) -> Path {
    let (mut walker, mut path) = Walker::new(objective, spec);
    walker.advance(objective, &mut path, usize::MAX, &mut Budget::unlimited());
    path
}

/// A run on its way: what it needs besides its path to make the next update.
pub struct Walker {
    pub(super) rule: &'static Rule,
    pub(super) values: Vec<f64>,
    pub(super) descent: Descent<[f64; 2]>,
    random: Random,
    /// `None` where a batch is all examples: that is the risk itself, whose gradient is known.
    pub(super) epochs: Option<Epochs>,
    pub(super) noise: f64,
    pub(super) steps: usize,
    /// What an update costs, in units of a [`Budget`].
    cost: u64,
}

impl std::fmt::Debug for Walker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Walker at {:?}", self.descent.theta)
    }
}

impl Walker {
    /// A run at its start, and its path, which has no point yet.
    pub fn new(objective: &Objective, spec: &RunSpec) -> (Self, Path) {
        /// What an update costs besides its gradients.
        const UPDATE: u64 = 40;
        let RunSpec { rule, values, noise, start, steps, seed, batches, schedule } = *spec;
        let partial = batches.filter(|batches| objective.risk().is_some() && !batches.is_full());
        let of_batch = partial.map(|batches| objective.cost_over(batches.m));
        let batch = of_batch.map_or(0, |costs| costs.gradient);
        let curvature = match rule.direction {
            Some(_) => DIRECTION + of_batch.unwrap_or(objective.cost()).hessian,
            None => 0,
        };
        let walker = Self {
            rule,
            values: values.to_vec(),
            descent: Descent::new(rule, values, start, schedule, steps),
            random: Random::new(seed),
            epochs: partial.map(Epochs::new),
            noise,
            steps,
            cost: UPDATE + objective.cost().gradient + batch + curvature,
        };
        (walker, Path { status: Status::Walking, ..Path::default() })
    }

    /// Goes on along its path until that has the point after `upto` updates or ends, as far as the
    /// budget lets it; tells whether it is there. The objective is the one it began on.
    pub fn advance(
        &mut self,
        objective: &Objective,
        path: &mut Path,
        upto: usize,
        budget: &mut Budget,
    ) -> bool {
        let upto = upto.min(self.steps);
        loop {
            let missing = (upto + 1).saturating_sub(path.theta.len());
            if path.is_complete() || missing == 0 {
                return true;
            }
            if path.theta.capacity() == 0 {
                path.theta.reserve_exact(self.steps + 1);
                path.loss.reserve_exact(self.steps + 1);
                path.grad_norm.reserve_exact(self.steps + 1);
                if self.rule.updates.coast.is_some() {
                    path.coast.reserve_exact(self.steps + 1);
                }
            }
            let granted = budget.pieces(missing, self.cost);
            if granted == 0 {
                return false;
            }
            let made = match self.advance_compiled(objective, path, granted) {
                0 => self.advance_on_batches(objective, path, granted),
                made => made,
            };
            for _ in made..granted {
                if path.is_complete() {
                    break;
                }
                self.update(objective, path);
            }
            if !matches!(path.ending(), Ending::Finished) {
                budget.count(DIVISIONS * objective.cost().value);
            }
        }
    }

    /// How much there is to do up to the point after `upto` updates, and how much of it is done, in
    /// units.
    pub fn work(&self, path: &Path, upto: usize) -> [u64; 2] {
        let done = path.theta.len();
        let all = if path.is_complete() { done } else { (upto.min(self.steps) + 1).max(done) };
        [all as u64 * self.cost, done as u64 * self.cost]
    }

    /// Records the point where it stands, and makes the update from there.
    fn update(&mut self, objective: &Objective, path: &mut Path) {
        let step = path.theta.len();
        let theta = self.descent.theta;
        let jet = objective.gradient(theta);
        if !path.record(objective, theta, jet, self.descent.coast()) {
            return;
        }
        let mut estimate = jet.gradient;
        if let Some((risk, epochs)) = objective.risk().zip(self.epochs.as_mut()) {
            let batch = epochs.mean_gradient(risk, theta, step);
            path.batch_loss.push(batch.value);
            estimate = batch.gradient;
        }
        estimate = self.with_noise(estimate);
        if step == self.steps {
            path.status = Status::Finished;
            return;
        }
        if let Some(direction) = self.rule.direction {
            let hessian = self.hessian(objective, theta, step);
            let turned = direction(&self.values, hessian, estimate);
            let is_known = hessian.iter().chain(&estimate).all(|part| part.is_finite());
            if is_known && turned.iter().any(|part| part.is_nan()) {
                path.status = Status::Singular { step: step + 1 };
                return;
            }
            estimate = turned;
        }
        self.descent.step(&estimate);
    }

    /// ĝ with the next noise on it, where there is any.
    pub(super) fn with_noise(&mut self, estimate: [f64; 2]) -> [f64; 2] {
        if self.noise == 0.0 {
            return estimate;
        }
        let [zx, zy] = self.random.gaussians();
        [estimate[0] + self.noise * zx, estimate[1] + self.noise * zy]
    }

    /// The Hessian over the examples that an update, counted from 0, uses.
    fn hessian(&mut self, objective: &Objective, theta: [f64; 2], update: usize) -> [f64; 3] {
        match objective.risk().zip(self.epochs.as_mut()) {
            Some((risk, epochs)) => epochs.mean_hessian(risk, theta, update).hessian,
            None => objective.hessian(theta).hessian,
        }
    }
}

/// What it costs a rule of second order to turn ĝ, in units of a [`Budget`].
pub(super) const DIRECTION: u64 = 60;

/// How often the way to a point without a finite value is divided, to see why it has none.
pub(crate) const DIVISIONS: u64 = 96;

/// Whether the objective or its gradient is not finite at `to` because it is too large there: on the
/// straight way from a point where it is finite, its size passes all bounds. Where it has no value, as
/// ln x has none below 0, it does not.
fn outgrows(objective: &Objective, from: [f64; 2], to: [f64; 2]) -> bool {
    const HUGE: f64 = 1e250;
    let is_far = to.iter().any(|part| !part.is_finite() || part.abs() > HUGE);
    let is_huge = |value: f64| value.is_finite() && value.abs() > HUGE;
    let (mut near, mut far) = (0.0_f64, 1.0_f64);
    let at = |part: f64| [0, 1].map(|axis| from[axis] + part * (to[axis] - from[axis]));
    if is_far || is_huge(objective.value(from)) || is_huge(objective.value(to)) {
        return true;
    }
    (0..DIVISIONS).any(|_| {
        // First by size, since the next point may be 10²⁰⁰ times as far off.
        let middle = if near == 0.0 {
            0.25 * far * far
        } else if far > 2.0 * near {
            near.sqrt() * far.sqrt()
        } else {
            0.5 * (near + far)
        };
        let value = objective.value(at(middle));
        *(if value.is_finite() { &mut near } else { &mut far }) = middle;
        is_huge(value)
    })
}

/// The averaged iterate θ̄ of a path, and f there.
#[derive(Clone, Debug)]
pub struct Averaged {
    /// θ̄ at each step, the start included.
    pub theta: Vec<[f64; 2]>,
    /// f(θ̄).
    pub loss: Vec<f64>,
    averager: Averager,
}

impl Averaged {
    /// An average that has not begun yet.
    pub fn new(average: Average) -> Self {
        Self { theta: Vec::new(), loss: Vec::new(), averager: Averager::new(average) }
    }

    /// The average along a path.
    pub fn of(objective: &Objective, path: &Path, average: Average) -> Self {
        let mut averaged = Self::new(average);
        averaged.advance(objective, &path.theta, &mut Budget::unlimited());
        averaged
    }

    /// Goes on along the points of a path, as far as the budget lets it; tells whether it has them
    /// all.
    pub fn advance(
        &mut self,
        objective: &Objective,
        points: &[[f64; 2]],
        budget: &mut Budget,
    ) -> bool {
        let cost = Self::cost(objective);
        loop {
            let done = self.theta.len();
            let missing = &points[done.min(points.len())..];
            if missing.is_empty() {
                return true;
            }
            let granted = budget.pieces(missing.len(), cost);
            if granted == 0 {
                return false;
            }
            self.theta.extend(missing[..granted].iter().map(|&theta| self.averager.next(theta)));
            let means = self.theta[done..].iter().copied();
            objective.values(means, |value| self.loss.push(value));
        }
    }

    /// What a point of an average costs, in units of a [`Budget`].
    pub fn cost(objective: &Objective) -> u64 {
        10 + objective.cost().value
    }
}

/// The Euclidean length of a vector, without overflow on the way.
pub(crate) fn norm([x, y]: [f64; 2]) -> f64 {
    let square = x * x + y * y;
    // Where the squares neither over- nor underflow this is several times faster than hypot.
    if is_ordinary(square) { square.sqrt() } else { libm::hypot(x, y) }
}

/// Whether a sum of squares is neither so large nor so small that one of them may be lost.
pub(super) fn is_ordinary(square: f64) -> bool {
    (1e-280..=1e300).contains(&square)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_neither_overflows_nor_vanishes() {
        for size in [1e-320, 1e-200, 1e-140, 1e-10, 1.0, 1e149, 1e151, 1e300] {
            for (x, y, length) in [(3.0, -4.0, 5.0), (0.0, 2.0, 2.0), (-1.0, 0.0, 1.0)] {
                let ratio = norm([x * size, y * size]) / (length * size);
                assert!((ratio - 1.0).abs() < if size < 1e-300 { 1e-3 } else { 1e-15 }, "{size}");
            }
        }
        assert_eq!(norm([0.0, -0.0]), 0.0);
    }
}
