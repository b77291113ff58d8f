//! A run: an update rule walks down an objective from a start, and leaves a path.
//!
//! ```text
//! ĝ = ∇f(θ) + σ·z,  z ~ N(0, I)        θ ← update(θ, ĝ)
//! ```

use rand_core::{Rng, SeedableRng};
use rand_pcg::Pcg32;

use crate::objective::Objective;
use crate::optimizers::Rule;

/// What a run has been through: entry k belongs to the point after k updates.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Path {
    /// θ = [x, y]; entry 0 is the start.
    pub theta: Vec<[f64; 2]>,
    /// f(θ).
    pub loss: Vec<f64>,
    /// |∇f(θ)|, of the true gradient even where the run follows a noisy one.
    pub grad_norm: Vec<f64>,
    /// The displacement that the velocity alone would make next; empty if the rule has none.
    pub coast: Vec<[f64; 2]>,
    /// How it ended.
    pub status: Status,
}

impl Path {
    /// A number that differs, but for one chance in 2⁶⁴, as soon as one bit of the path does
    /// (after FNV-1a, a word at a time): for telling whether two machines agree.
    pub fn fingerprint(&self) -> u64 {
        let Self { theta, loss, grad_norm, coast, status } = self;
        let ended = match status {
            Status::Finished => u64::MAX,
            Status::Diverged { step } => *step as u64,
        };
        let numbers = theta.iter().chain(coast).flatten().chain(loss).chain(grad_norm);
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
}

/// Walks the whole course. The path ends early only where something stops being finite.
pub fn walk(objective: &Objective, course: &Course) -> Path {
    let Course { rule, values, noise, start, steps, seed } = *course;
    let mut optimizer = (rule.make)(values, 2);
    let mut gaussian = Gaussian::new(seed);
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
        if noise > 0.0 {
            let [zx, zy] = gaussian.pair();
            estimate = [gx + noise * zx, gy + noise * zy];
        }
        optimizer.step(&mut theta, &estimate);
    }
    path
}

/// The Euclidean length of a vector, without overflow on the way.
pub(crate) fn norm([x, y]: [f64; 2]) -> f64 {
    let square = x * x + y * y;
    // Where the squares neither over- nor underflow this is several times faster than hypot.
    if (1e-280..=1e300).contains(&square) { square.sqrt() } else { libm::hypot(x, y) }
}

/// Independent N(0, 1) numbers, two at a time (Box & Muller 1958), from PCG32.
struct Gaussian(Pcg32);

impl Gaussian {
    fn new(seed: u64) -> Self {
        Self(Pcg32::seed_from_u64(seed))
    }

    fn pair(&mut self) -> [f64; 2] {
        // 53 bits each; u is in (0, 1], so that its logarithm is finite.
        let u = ((self.0.next_u64() >> 11) + 1) as f64 / (1u64 << 53) as f64;
        let v = (self.0.next_u64() >> 11) as f64 / (1u64 << 53) as f64;
        let radius = (-2.0 * libm::log(u)).sqrt();
        let angle = 2.0 * std::f64::consts::PI * v;
        [radius * libm::cos(angle), radius * libm::sin(angle)]
    }
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

    #[test]
    fn the_noise_is_standard_normal() {
        let mut gaussian = Gaussian::new(7);
        let n = 200_000;
        let (mut sum, mut squares, mut product, mut beyond_two) = (0.0, 0.0, 0.0, 0);
        for _ in 0..n {
            let [a, b] = gaussian.pair();
            sum += a + b;
            squares += a * a + b * b;
            product += a * b;
            beyond_two += usize::from(a.abs() > 2.0) + usize::from(b.abs() > 2.0);
        }
        let count = 2.0 * n as f64;
        assert!((sum / count).abs() < 0.01, "mean {}", sum / count);
        assert!((squares / count - 1.0).abs() < 0.01, "variance {}", squares / count);
        assert!((product / n as f64).abs() < 0.01, "covariance {}", product / n as f64);
        // P(|z| > 2) = 0.0455
        assert!((beyond_two as f64 / count - 0.0455).abs() < 0.002);
    }
}
