//! The noise ball: at a constant learning rate SGD never settles, but stays about the minimiser θ*
//! at a distance that grows with α and shrinks with the batch size m.
//!
//! Measured, not derived: walkers start at θ*, and what is told is the mean of |θ_t − θ*|² over the
//! last half of their updates. (For small α theory has it proportional to α/m: Bottou, Curtis &
//! Nocedal 2018, theorem 4.6.)

use crate::data::Batches;
use crate::objective::Objective;
use crate::run::{Course, Path, Status};
use crate::schedule::Schedule;
use crate::swarm::Swarm;

/// How many updates a walker of a sweep makes.
pub const UPDATES: usize = 400;
/// How many learning rates a sweep has.
const RATES: usize = 13;
/// The decades that they span.
const DECADES: f64 = 2.5;

/// The mean squared distance at several learning rates, for one batch size.
#[derive(Clone, Debug, PartialEq)]
pub struct Sweep {
    /// The batch size m.
    pub m: usize,
    /// The learning rates, ascending.
    pub alphas: Vec<f64>,
    /// The mean squared distance at each; NaN where a walker diverges.
    pub values: Vec<f64>,
}

/// The mean of |θ_t − θ*|² over the last half of a path; `None` where it diverged or has no update.
pub fn mean_square(path: &Path, minimum: [f64; 2]) -> Option<f64> {
    let last = path.theta.len().checked_sub(1).filter(|last| *last > 0)?;
    if path.status != Status::Finished {
        return None;
    }
    Some(square_distance(path.theta[last / 2 + 1..].iter(), minimum))
}

/// The mean of |θ − θ*|²; not a number where a point is not.
fn square_distance<'a>(points: impl Iterator<Item = &'a [f64; 2]>, [x, y]: [f64; 2]) -> f64 {
    let (mut sum, mut count) = (0.0, 0);
    for [px, py] in points {
        sum += (px - x) * (px - x) + (py - y) * (py - y);
        count += 1;
    }
    sum / f64::from(count)
}

/// Sweeps of the rule and the dials of a course about `minimum`, for several batch sizes below n,
/// its own among them: learning rates up to `most`.
pub fn sweeps(objective: &Objective, course: &Course, minimum: [f64; 2], most: f64) -> Vec<Sweep> {
    let Some(batches) = course.batches else { return Vec::new() };
    let alphas: Vec<f64> = (0..RATES)
        .map(|k| most * libm::exp10(DECADES * (k as f64 / (RATES - 1) as f64 - 1.0)))
        .collect();
    let mut sizes: Vec<usize> = [1, 4, 16, 64, 256]
        .into_iter()
        .filter(|m| 2 * m <= batches.n)
        .map(|m| divisor_near(batches.n, m))
        .collect();
    if let (false, Err(place)) = (batches.is_full(), sizes.binary_search(&batches.m)) {
        sizes.insert(place, batches.m);
    }
    let one = |m: usize, alpha: f64| {
        let mut values = course.values.to_vec();
        values[0] = alpha;
        let course = Course {
            values: &values,
            start: minimum,
            batches: Some(Batches { m, ..batches }),
            schedule: Schedule::Constant,
            ..course.clone()
        };
        // Small batches scatter most, and cost least.
        let walkers = (64 / m).clamp(1, 8) as u64;
        let seeds: Vec<u64> = (0..walkers).map(|walker| course.seed + walker).collect();
        let mut swarm = Swarm::of_seeds(&course, &seeds);
        for _ in 0..UPDATES {
            swarm.advance(objective);
        }
        let last_half = (UPDATES / 2 + 1..=UPDATES).flat_map(|step| swarm.at(step));
        square_distance(last_half, minimum)
    };
    sizes
        .into_iter()
        .map(|m| Sweep {
            m,
            alphas: alphas.clone(),
            values: alphas.iter().map(|&a| one(m, a)).collect(),
        })
        .collect()
}

/// A divisor of n that is about m, if there is one from m to 2m, or else m. A short last batch
/// would weigh its examples more, and add noise that full ones average away over an epoch.
fn divisor_near(n: usize, m: usize) -> usize {
    (m..2 * m).find(|size| n.is_multiple_of(*size)).unwrap_or(m)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Experiment;
    use crate::problems::PROBLEMS;

    #[test]
    fn the_ball_grows_with_alpha_and_shrinks_with_m() {
        let experiment = Experiment::on_problem(&PROBLEMS[0]);
        let objective = experiment.objective();
        let sweeps = sweeps(&objective, &experiment.course(1), objective.minima()[0], 0.5);
        assert_eq!(sweeps.iter().map(|s| s.m).collect::<Vec<_>>(), [1, 4, 20]);
        for Sweep { m, alphas, values } in &sweeps {
            assert_eq!(alphas.last(), Some(&0.5));
            assert!(values[RATES - 1] > 20.0 * values[0], "m = {m}: {values:?}");
        }
        for (few, many) in sweeps[0].values.iter().zip(&sweeps[2].values) {
            assert!(many < few);
        }
    }

    #[test]
    fn the_mean_is_over_the_last_half_alone() {
        let path =
            Path { theta: vec![[9.0, 9.0], [8.0, 0.0], [1.0, 0.0], [0.0, 3.0]], ..Path::default() };
        assert_eq!(mean_square(&path, [0.0, 0.0]), Some(5.0));
        let gone = Path { status: Status::Diverged { step: 4 }, ..path };
        assert_eq!(mean_square(&gone, [0.0, 0.0]), None);
    }
}
