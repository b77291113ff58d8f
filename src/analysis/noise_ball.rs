//! The noise ball: at a constant learning rate SGD never settles, but stays about the minimiser θ*
//! at a distance that grows with α and shrinks with the batch size m.
//!
//! Measured, not derived: walkers start at θ*, and what is told is the mean of |θ_t − θ*|² over the
//! last half of their updates. (For small α theory has it proportional to α/m: Bottou, Curtis &
//! Nocedal 2018, theorem 4.6.)

use crate::data::Batches;
use crate::math::budget::Budget;
use crate::objective::Objective;
use crate::optimizers::Rule;
use crate::optimizers::schedule::Schedule;
use crate::training::ensemble::Ensemble;
use crate::training::run::{Path, RunSpec, Status};

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

/// Sweeps of the rule and the dials of a run about `minimum`, for several batch sizes below n,
/// its own among them: learning rates up to `most`.
pub fn sweeps(objective: &Objective, spec: &RunSpec, minimum: [f64; 2], most: f64) -> Vec<Sweep> {
    let mut sweeping = Sweeping::new(spec, minimum, most);
    sweeping.advance(objective, &mut Budget::unlimited());
    sweeping.sweeps
}

/// Sweeps that are being measured, an update of the walkers at a time.
#[derive(Debug)]
pub struct Sweeping {
    rule: &'static Rule,
    values: Vec<f64>,
    noise: f64,
    seed: u64,
    batches: Option<Batches>,
    minimum: [f64; 2],
    alphas: Vec<f64>,
    sizes: Vec<usize>,
    ensemble: Option<Ensemble>,
    sweeps: Vec<Sweep>,
}

impl Sweeping {
    /// Sweeps of which nothing is measured yet, see [`sweeps`].
    pub fn new(spec: &RunSpec, minimum: [f64; 2], most: f64) -> Self {
        let alphas = (0..RATES)
            .map(|k| most * libm::exp10(DECADES * (k as f64 / (RATES - 1) as f64 - 1.0)))
            .collect();
        Self {
            rule: spec.rule,
            values: spec.values.to_vec(),
            noise: spec.noise,
            seed: spec.seed,
            batches: spec.batches,
            minimum,
            alphas,
            sizes: spec.batches.as_ref().map_or(Vec::new(), sizes),
            ensemble: None,
            sweeps: Vec::new(),
        }
    }

    /// The sweeps; the last may have fewer values than learning rates while it is measured.
    pub fn sweeps(&self) -> &[Sweep] {
        &self.sweeps
    }

    /// Goes on as far as the budget lets it; tells whether all is measured.
    pub fn advance(&mut self, objective: &Objective, budget: &mut Budget) -> bool {
        while let Some(m) = self.size_in_hand() {
            let mut ensemble = match self.ensemble.take() {
                Some(ensemble) => ensemble,
                None => self.walkers(m),
            };
            let left = UPDATES - ensemble.steps();
            let granted = budget.pieces(left, ensemble.cost(objective));
            for _ in 0..granted {
                ensemble.advance(objective);
            }
            if ensemble.steps() < UPDATES {
                self.ensemble = Some(ensemble);
                if granted == 0 {
                    return false;
                }
                continue;
            }
            let last_half = (UPDATES / 2 + 1..=UPDATES).flat_map(|step| ensemble.at(step));
            let value = square_distance(last_half, self.minimum);
            if let Some(sweep) = self.sweeps.last_mut() {
                sweep.values.push(value);
            }
        }
        true
    }

    /// How much work the sweeps are and how much of it is done, in units.
    pub fn work(&self, objective: &Objective) -> [u64; 2] {
        let each = |m: usize| {
            let walk = objective.cost_over(m).gradient * walkers(m) * UPDATES as u64;
            walk * RATES as u64
        };
        let whole = |sweep: &Sweep| each(sweep.m) * sweep.values.len() as u64 / RATES as u64;
        [self.sizes.iter().map(|&m| each(m)).sum(), self.sweeps.iter().map(whole).sum()]
    }

    /// The batch size that is being swept: the next one where the last is done.
    fn size_in_hand(&mut self) -> Option<usize> {
        if self.sweeps.last().is_none_or(|sweep| sweep.values.len() == RATES) {
            let m = *self.sizes.get(self.sweeps.len())?;
            self.sweeps.push(Sweep { m, alphas: self.alphas.clone(), values: Vec::new() });
        }
        self.sweeps.last().map(|sweep| sweep.m)
    }

    /// The walkers of the learning rate in hand, at the minimum.
    fn walkers(&mut self, m: usize) -> Ensemble {
        let at = self.sweeps.last().map_or(0, |sweep| sweep.values.len());
        self.values[0] = self.alphas[at];
        let spec = RunSpec {
            rule: self.rule,
            values: &self.values,
            noise: self.noise,
            start: self.minimum,
            steps: UPDATES,
            seed: self.seed,
            batches: self.batches.map(|batches| Batches { m, ..batches }),
            schedule: Schedule::Constant,
        };
        let seeds: Vec<u64> = (0..walkers(m)).map(|walker| self.seed + walker).collect();
        Ensemble::of_seeds(&spec, &seeds)
    }
}

/// How many walkers measure a batch size: small batches scatter most, and cost least.
fn walkers(m: usize) -> u64 {
    (64 / m).clamp(1, 8) as u64
}

/// The batch sizes of the sweeps.
fn sizes(batches: &Batches) -> Vec<usize> {
    let mut sizes: Vec<usize> = [1, 4, 16, 64, 256]
        .into_iter()
        .filter(|m| 2 * m <= batches.n)
        .map(|m| divisor_near(batches.n, m))
        .collect();
    if let (false, Err(place)) = (batches.is_full(), sizes.binary_search(&batches.m)) {
        sizes.insert(place, batches.m);
    }
    sizes
}

/// A divisor of n that is about m, if there is one from m to 2m, or else m. A short last batch
/// would weigh its examples more, and add noise that full ones average away over an epoch.
fn divisor_near(n: usize, m: usize) -> usize {
    (m..2 * m).find(|size| n.is_multiple_of(*size)).unwrap_or(m)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labs::planar::experiment::Experiment;
    use crate::objective::problems::PROBLEMS;

    #[test]
    fn the_ball_grows_with_alpha_and_shrinks_with_m() {
        let experiment = Experiment::on_problem(&PROBLEMS[0]);
        let objective = experiment.objective();
        let sweeps = sweeps(&objective, &experiment.run_spec(1), objective.minima()[0], 0.5);
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
