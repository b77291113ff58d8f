//! An ensemble: one run with many seeds at once, and where each was at every step.

use super::walkers::Walkers;
use crate::objective::Objective;
use crate::optimizers::average::Average;
use crate::training::run::RunSpec;

/// Walkers side by side, and where each was at every step so far.
pub struct Ensemble {
    walkers: Walkers,
    /// Entry k: where the walkers stand after k updates; NaN from where one diverged.
    history: Vec<Vec<[f64; 2]>>,
}

impl std::fmt::Debug for Ensemble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Ensemble of {} after {} updates", self.len(), self.steps())
    }
}

impl Ensemble {
    /// Walkers of one spec, each with a seed of its own, from one start.
    pub fn of_seeds(spec: &RunSpec, seeds: &[u64]) -> Self {
        Self::new(spec, &vec![spec.start; seeds.len()], seeds)
    }

    /// The same, each from a start of its own.
    fn new(spec: &RunSpec, starts: &[[f64; 2]], seeds: &[u64]) -> Self {
        Self { walkers: Walkers::new(spec, starts, seeds), history: vec![starts.to_vec()] }
    }

    /// How many walkers there are.
    pub fn len(&self) -> usize {
        self.walkers.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.walkers.is_empty()
    }

    /// How many updates they have made.
    pub fn steps(&self) -> usize {
        self.history.len() - 1
    }

    /// Where the walkers stood after so many updates, at most [`Ensemble::steps`].
    pub fn at(&self, step: usize) -> &[[f64; 2]] {
        &self.history[step]
    }

    /// The averaged iterate of each walker after so many updates, at most [`Ensemble::steps`].
    pub fn average_at(&self, step: usize, average: Average) -> Vec<[f64; 2]> {
        let mut means = vec![[0.0; 2]; self.len()];
        for (k, points) in self.history[..=step].iter().enumerate() {
            let weight = average.weight(k, step);
            if weight == 0.0 {
                continue;
            }
            for ([mx, my], [x, y]) in means.iter_mut().zip(points) {
                *mx += weight * x;
                *my += weight * y;
            }
        }
        means
    }

    /// What an update costs, all walkers together, in units of a [`Budget`](crate::math::budget::Budget).
    pub fn cost(&self, objective: &Objective) -> u64 {
        self.walkers.cost(objective)
    }

    /// One update of every walker.
    pub fn advance(&mut self, objective: &Objective) {
        if self.walkers.follow_the_gradient() {
            self.walkers.measure(objective);
        }
        self.walkers.step(objective);
        let finite = |point: [f64; 2]| {
            if point.iter().all(|part| part.is_finite()) { point } else { [f64::NAN; 2] }
        };
        self.history.push(self.walkers.points().map(finite).collect());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::Batches;
    use crate::labs::planar::experiment::Experiment;
    use crate::objective::problems::PROBLEMS;
    use crate::training::run::walk;

    #[test]
    fn every_walker_walks_as_a_run_with_its_seed() {
        for problem in [&PROBLEMS[0], &PROBLEMS[2]] {
            let mut experiment = Experiment::on_problem(problem);
            experiment.runs[1].batch = Some(7);
            experiment.runs[1].noise = 0.3;
            experiment.runs[1].extras[0] = 1.0;
            let objective = experiment.objective();
            let seeds = [1, 5, 99];
            let first_order = experiment.run_spec(1);
            // Of second order, by the Hessian over its own batch.
            let newton = RunSpec {
                rule: &crate::optimizers::newton::RULE,
                values: &[0.5, 0.2, 1.0],
                ..first_order.clone()
            };
            for spec in [first_order, newton] {
                let mut ensemble = Ensemble::of_seeds(&spec, &seeds);
                for _ in 0..40 {
                    ensemble.advance(&objective);
                }
                for (walker, &seed) in seeds.iter().enumerate() {
                    let batches = spec.batches.map(|batches| Batches { seed, ..batches });
                    let alone = walk(&objective, &RunSpec { seed, batches, ..spec.clone() });
                    for step in 0..=40 {
                        let [here, there] = [ensemble.at(step)[walker], alone.theta[step]];
                        assert_eq!(here, there, "{}, seed {seed}, {step}", spec.rule.key);
                    }
                }
                assert_ne!(ensemble.at(40)[0], ensemble.at(40)[1]);
            }
        }
    }

    #[test]
    fn a_walker_that_diverges_leaves_the_others_alone() {
        let mut experiment = Experiment::on_problem(&PROBLEMS[0]);
        experiment.runs[0].values[0] = 1.2;
        let objective = experiment.objective();
        let [x, y] = objective.minima()[0];
        let spec = experiment.run_spec(0);
        let mut ensemble = Ensemble::new(&spec, &[[x, y], [x + 1e9, y]], &[1, 1]);
        let mut alone = Ensemble::new(&spec, &[[x, y]], &[1]);
        // Each update doubles the distance in x.
        for _ in 0..1000 {
            ensemble.advance(&objective);
            alone.advance(&objective);
        }
        assert!(ensemble.at(1000)[1].iter().all(|part| part.is_nan()));
        assert!((0..=1000).all(|step| ensemble.at(step)[0] == alone.at(step)[0]));
        assert!(alone.at(20)[0].iter().zip([x, y]).all(|(part, at)| (part - at).abs() < 1e-3));
    }
}
