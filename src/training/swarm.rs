//! A swarm: many walkers of one rule at once, each with its own start or its own order of the
//! data.
//!
//! An update rule is elementwise, so N walkers in the plane are one θ of 2N numbers
//! [x₁, y₁, x₂, y₂, …], and one call of the rule moves all of them.

use crate::data::{Batches, Dealer};
use crate::math::random::Random;
use crate::objective::Objective;
use crate::optimizers::average::Average;
use crate::optimizers::descent::Descent;
use crate::training::run::RunSpec;

/// Walkers side by side, and where each was at every step so far.
pub struct Swarm {
    descent: Descent<Vec<f64>>,
    noise: f64,
    batches: Option<Batches>,
    /// Of each walker, the noise on its gradients.
    noises: Vec<Random>,
    /// Of each walker, who deals out its examples; none where a batch is all of them.
    dealers: Vec<Dealer>,
    grad: Vec<f64>,
    /// Entry k: where the walkers stand after k updates; NaN from where one diverged.
    history: Vec<Vec<[f64; 2]>>,
}

impl std::fmt::Debug for Swarm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Swarm of {} after {} updates", self.len(), self.steps())
    }
}

impl Swarm {
    /// Walkers of one spec, each with a seed of its own, from one start.
    pub fn of_seeds(spec: &RunSpec, seeds: &[u64]) -> Self {
        Self::new(spec, &vec![spec.start; seeds.len()], seeds)
    }

    /// Walkers of one spec, each with a start and a seed of its own (as many of the one as of
    /// the other).
    pub fn new(spec: &RunSpec, starts: &[[f64; 2]], seeds: &[u64]) -> Self {
        let count = starts.len().min(seeds.len());
        let theta = starts[..count].iter().flatten().copied().collect();
        let batches = spec.batches.filter(|batches| !batches.is_full());
        let dealers = batches.iter().flat_map(|&batches| {
            seeds[..count].iter().map(move |&seed| Dealer::new(Batches { seed, ..batches }))
        });
        Self {
            descent: Descent::new(spec.rule, spec.values, theta, spec.schedule, spec.steps),
            noise: spec.noise,
            batches,
            dealers: dealers.collect(),
            noises: seeds[..count].iter().map(|&seed| Random::new(seed)).collect(),
            grad: vec![0.0; 2 * count],
            history: vec![starts[..count].to_vec()],
        }
    }

    /// How many walkers there are.
    pub fn len(&self) -> usize {
        self.noises.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.noises.is_empty()
    }

    /// How many updates they have made.
    pub fn steps(&self) -> usize {
        self.history.len() - 1
    }

    /// Where the walkers stood after so many updates, at most [`Swarm::steps`].
    pub fn at(&self, step: usize) -> &[[f64; 2]] {
        &self.history[step]
    }

    /// The averaged iterate of each walker after so many updates, at most [`Swarm::steps`].
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
        /// What an update costs each walker besides its gradient.
        const UPDATE: u64 = 40;
        let gradient = match self.batches {
            Some(batches) => objective.cost_over(batches.m).gradient,
            None => objective.cost().gradient,
        };
        (UPDATE + gradient) * self.len() as u64
    }

    /// One update of every walker.
    pub fn advance(&mut self, objective: &Objective) {
        let update = self.steps();
        self.gradients(objective);
        for walker in 0..self.len() {
            let theta = [0, 1].map(|axis| self.descent.theta[2 * walker + axis]);
            let mut estimate = self.estimate(objective, walker, theta, update);
            if self.noise > 0.0 {
                let [zx, zy] = self.noises[walker].gaussians();
                estimate = [estimate[0] + self.noise * zx, estimate[1] + self.noise * zy];
            }
            self.grad[2 * walker..2 * walker + 2].copy_from_slice(&estimate);
        }
        self.descent.step(&self.grad);
        let (points, _) = self.descent.theta.as_chunks::<2>();
        let finite = |point: &[f64; 2]| {
            if point.iter().all(|part| part.is_finite()) { *point } else { [f64::NAN; 2] }
        };
        self.history.push(points.iter().map(finite).collect());
    }

    /// ĝ of a walker: over its batch, or the whole gradient where there are no batches.
    fn estimate(
        &mut self,
        objective: &Objective,
        walker: usize,
        theta: [f64; 2],
        update: usize,
    ) -> [f64; 2] {
        match (objective.risk(), self.dealers.get_mut(walker)) {
            (Some(risk), Some(dealer)) => risk.gradient_over(theta, dealer.deal(update)).gradient,
            _ if objective.risk().is_some() => objective.gradient(theta).gradient,
            _ => [0, 1].map(|axis| self.grad[2 * walker + axis]),
        }
    }

    /// Writes the gradient where each walker stands, if they are on a surface.
    fn gradients(&mut self, objective: &Objective) {
        let Some(tape) = objective.surface() else { return };
        let (points, _) = self.descent.theta.as_chunks::<2>();
        let (xs, ys): (Vec<f64>, Vec<f64>) = points.iter().map(|&[x, y]| (x, y)).unzip();
        let [mut f, mut fx, mut fy] = [0; 3].map(|_| vec![0.0; xs.len()]);
        tape.gradients(&xs, &ys, &mut f, [&mut fx, &mut fy]);
        let (grad, _) = self.grad.as_chunks_mut::<2>();
        for ((grad, fx), fy) in grad.iter_mut().zip(fx).zip(fy) {
            *grad = [fx, fy];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
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
            let spec = experiment.run_spec(1);
            let mut swarm = Swarm::of_seeds(&spec, &seeds);
            for _ in 0..40 {
                swarm.advance(&objective);
            }
            for (walker, &seed) in seeds.iter().enumerate() {
                let batches = spec.batches.map(|batches| Batches { seed, ..batches });
                let alone = walk(&objective, &RunSpec { seed, batches, ..spec.clone() });
                for step in 0..=40 {
                    assert_eq!(swarm.at(step)[walker], alone.theta[step], "seed {seed}, {step}");
                }
            }
            assert_ne!(swarm.at(40)[0], swarm.at(40)[1]);
        }
    }

    #[test]
    fn a_walker_that_diverges_leaves_the_others_alone() {
        let mut experiment = Experiment::on_problem(&PROBLEMS[0]);
        experiment.runs[0].values[0] = 1.2;
        let objective = experiment.objective();
        let [x, y] = objective.minima()[0];
        let spec = experiment.run_spec(0);
        let mut swarm = Swarm::new(&spec, &[[x, y], [x + 1e9, y]], &[1, 1]);
        let mut alone = Swarm::new(&spec, &[[x, y]], &[1]);
        // Each update doubles the distance in x.
        for _ in 0..1000 {
            swarm.advance(&objective);
            alone.advance(&objective);
        }
        assert!(swarm.at(1000)[1].iter().all(|part| part.is_nan()));
        assert!((0..=1000).all(|step| swarm.at(step)[0] == alone.at(step)[0]));
        assert!(alone.at(20)[0].iter().zip([x, y]).all(|(part, at)| (part - at).abs() < 1e-3));
    }
}
