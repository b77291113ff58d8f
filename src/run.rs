//! A run: an update rule walks down an objective from a start, and leaves a path.
//!
//! ```text
//! ĝ = ∇f(θ) + σ·z,  z ~ N(0, I)                θ ← update(θ, ĝ)       on a surface
//! ĝ = 1/|J_k| Σ_{i ∈ J_k} ∇L(θ; x⁽ⁱ⁾, y⁽ⁱ⁾)     θ ← update(θ, ĝ)       on a risk
//! ```

use crate::average::Average;
use crate::data::Batches;
use crate::objective::{Epochs, Objective};
use crate::optimizers::Rule;
use crate::random::Random;
use crate::schedule::Schedule;

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
    /// A number that differs, but for one chance in 2⁶⁴, as soon as one bit of the path does
    /// (after FNV-1a, a word at a time): for telling whether two machines agree.
    pub fn fingerprint(&self) -> u64 {
        let Self { theta, loss, grad_norm, batch_loss, coast, status } = self;
        let ended = match status {
            Status::Finished => u64::MAX,
            Status::Diverged { step } => *step as u64,
        };
        let points = theta.iter().chain(coast).flatten();
        let numbers = points.chain(loss).chain(grad_norm).chain(batch_loss);
        let words = numbers.map(|number| number.to_bits()).chain([theta.len() as u64, ended]);
        words.fold(0xcbf2_9ce4_8422_2325, |hash, word| {
            (hash ^ word).wrapping_mul(0x0100_0000_01b3).rotate_left(23)
        })
    }
}

/// How a run ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// It made all its updates.
    #[default]
    Finished,
    /// θ, the loss or the gradient stopped being finite: a result, not an error.
    Diverged {
        /// The first update whose outcome is not finite; that point is not in the path.
        /// 0 where already the start has no finite loss and gradient.
        step: usize,
    },
}

/// Everything that decides a path besides the objective.
#[derive(Clone, Debug)]
pub struct Course<'a> {
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

/// Walks the whole course. The path ends early only where something stops being finite.
pub fn walk(objective: &Objective, course: &Course) -> Path {
    let Course { rule, values, noise, start, steps, seed, batches, schedule } = *course;
    let mut optimizer = (rule.make)(values, 2);
    let mut random = Random::new(seed);
    // A batch of all examples is the risk itself, whose gradient is known already.
    let partial = batches.filter(|batches| !batches.is_full());
    let mut epochs = objective.risk().zip(partial).map(|(risk, b)| Epochs::new(risk, b));
    let mut theta = start;
    let mut path = Path::default();
    path.theta.reserve_exact(steps + 1);
    path.loss.reserve_exact(steps + 1);
    path.grad_norm.reserve_exact(steps + 1);
    for step in 0..=steps {
        let jet = objective.gradient(theta);
        let [gx, gy] = jet.gradient;
        let finite = [theta[0], theta[1], jet.value, gx, gy].iter().all(|value| value.is_finite());
        if !finite {
            path.status = Status::Diverged { step };
            break;
        }
        path.theta.push(theta);
        path.loss.push(jet.value);
        path.grad_norm.push(norm([gx, gy]));
        let mut coast = [0.0; 2];
        if optimizer.coast(&mut coast) {
            path.coast.push(coast);
        }
        let mut estimate = [gx, gy];
        if let Some(epochs) = &mut epochs {
            let batch = epochs.mean_gradient(theta, step);
            path.batch_loss.push(batch.value);
            estimate = batch.gradient;
        }
        if noise > 0.0 {
            let [zx, zy] = random.gaussians();
            estimate = [estimate[0] + noise * zx, estimate[1] + noise * zy];
        }
        if schedule != Schedule::Constant {
            optimizer.set_alpha(values[0] * schedule.factor(step + 1));
        }
        optimizer.step(&mut theta, &estimate);
    }
    path
}

/// The averaged iterate θ̄ of a path, and f there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Averaged {
    /// θ̄ at each step, the start included.
    pub theta: Vec<[f64; 2]>,
    /// f(θ̄).
    pub loss: Vec<f64>,
}

impl Averaged {
    /// The average along a path.
    pub fn of(objective: &Objective, path: &Path, average: Average) -> Self {
        let theta = average.along(&path.theta);
        let loss = theta.iter().map(|&theta| objective.value(theta)).collect();
        Self { theta, loss }
    }
}

/// The Euclidean length of a vector, without overflow on the way.
pub(crate) fn norm([x, y]: [f64; 2]) -> f64 {
    let square = x * x + y * y;
    // Where the squares neither over- nor underflow this is several times faster than hypot.
    if (1e-280..=1e300).contains(&square) { square.sqrt() } else { libm::hypot(x, y) }
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
