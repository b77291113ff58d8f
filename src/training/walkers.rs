//! Walkers: many walks of one rule at once, each with its own start or its own order of the data, as
//! they stand now.
//!
//! An update rule is elementwise, so N walkers in the plane are one θ of 2N numbers
//! [x₁, x₂, …, y₁, y₂, …], and one call of the rule moves all of them. A rule of second order turns
//! each walker's ĝ by the Hessian where that walker stands before.

use crate::data::{Batches, Dealer};
use crate::math::random::Random;
use crate::objective::Objective;
use crate::optimizers::Rule;
use crate::optimizers::descent::Descent;
use crate::training::run::{DIRECTION, RunSpec};

/// Walkers side by side, where they stand after some updates.
#[derive(Clone)]
pub struct Walkers {
    rule: &'static Rule,
    dials: Vec<f64>,
    descent: Descent<Vec<f64>>,
    updates: usize,
    noise: f64,
    batches: Option<Batches>,
    /// Of each walker, the noise on its gradients.
    noises: Vec<Random>,
    /// Of each walker, who deals out its examples; none where a batch is all of them.
    dealers: Vec<Dealer>,
    /// f where each walker stands.
    values: Vec<f64>,
    /// ∇f there, or what is taken for it; placed as in θ.
    grad: Vec<f64>,
}

impl std::fmt::Debug for Walkers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} walkers after {} updates", self.len(), self.updates)
    }
}

impl Walkers {
    /// Walkers of one spec, each with a start and a seed of its own (as many of the one as of the
    /// other).
    pub fn new(spec: &RunSpec, starts: &[[f64; 2]], seeds: &[u64]) -> Self {
        let count = starts.len().min(seeds.len());
        let (mut theta, ys): (Vec<f64>, Vec<f64>) =
            starts[..count].iter().map(|&[x, y]| (x, y)).unzip();
        theta.extend(ys);
        let batches = spec.batches.filter(|batches| !batches.is_full());
        let dealers = batches.iter().flat_map(|&batches| {
            seeds[..count].iter().map(move |&seed| Dealer::new(Batches { seed, ..batches }))
        });
        Self {
            rule: spec.rule,
            dials: spec.values.to_vec(),
            descent: Descent::new(spec.rule, spec.values, theta, spec.schedule, spec.steps),
            updates: 0,
            noise: spec.noise,
            batches,
            dealers: dealers.collect(),
            noises: seeds[..count].iter().map(|&seed| Random::new(seed)).collect(),
            values: vec![0.0; count],
            grad: vec![0.0; 2 * count],
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
    pub fn updates(&self) -> usize {
        self.updates
    }

    /// Where each walker stands.
    pub fn points(&self) -> impl Iterator<Item = [f64; 2]> {
        let (xs, ys) = self.descent.theta.split_at(self.len());
        xs.iter().zip(ys).map(|(&x, &y)| [x, y])
    }

    /// What an update costs, all walkers together, in units of a
    /// [`Budget`](crate::math::budget::Budget).
    pub fn cost(&self, objective: &Objective) -> u64 {
        /// What an update costs each walker besides its gradient.
        const UPDATE: u64 = 10;
        let gradient = match self.batches {
            Some(batches) => objective.cost_over(batches.m).gradient,
            // Many points at once take less than one after the other.
            None if objective.surface().is_some() => objective.cost().gradient / 2,
            None => objective.cost().gradient,
        };
        let examples = self.batches.map(|batches| objective.cost_over(batches.m));
        let curvature = match self.rule.direction {
            Some(_) => DIRECTION + examples.unwrap_or(objective.cost()).hessian,
            None => 0,
        };
        (UPDATE + gradient + curvature) * self.len() as u64
    }

    /// Computes f and ∇f where each walker stands; tells whether these and all places are finite.
    pub fn measure(&mut self, objective: &Objective) -> bool {
        let count = self.len();
        let (xs, ys) = self.descent.theta.split_at(count);
        let (fx, fy) = self.grad.split_at_mut(count);
        match objective.surface() {
            Some(tape) => tape.gradients(xs, ys, &mut self.values, [fx, fy]),
            None => {
                for walker in 0..count {
                    let jet = objective.gradient([xs[walker], ys[walker]]);
                    self.values[walker] = jet.value;
                    [fx[walker], fy[walker]] = jet.gradient;
                }
            }
        }
        // Without a way out half-way, so that vector registers hold several.
        let are_finite =
            |all: &[f64]| all.iter().fold(true, |so_far, number| so_far & number.is_finite());
        are_finite(&self.descent.theta) & are_finite(&self.values) & are_finite(&self.grad)
    }

    /// The x of all, and the y of all.
    pub fn places(&self) -> [&[f64]; 2] {
        self.descent.theta.split_at(self.len()).into()
    }

    /// |∇f|² where each walker stands, as it was last measured.
    pub fn slopes(&self, slopes: &mut Vec<f64>) {
        let (fx, fy) = self.grad.split_at(self.len());
        slopes.clear();
        slopes.extend(fx.iter().zip(fy).map(|(fx, fy)| fx * fx + fy * fy));
    }

    /// Whether the place of a walker, f and ∇f there are finite, as they were last measured.
    pub fn is_finite(&self, walker: usize) -> bool {
        let Self { descent, values, grad, .. } = self;
        let parts = [walker, walker + self.len()].map(|at| [descent.theta[at], grad[at]]);
        values[walker].is_finite() && parts.as_flattened().iter().all(|part| part.is_finite())
    }

    /// One update of every walker, from the gradients that [`Walkers::measure`] has left where they
    /// stand, or those over their batches.
    pub fn step(&mut self, objective: &Objective) {
        let count = self.len();
        let is_plain =
            self.noise == 0.0 && self.dealers.is_empty() && self.rule.direction.is_none();
        for walker in if is_plain { 0..0 } else { 0..count } {
            let places = [walker, walker + count];
            let theta = places.map(|at| self.descent.theta[at]);
            let batch = objective.risk().zip(self.dealers.get_mut(walker));
            let batch = batch.map(|(risk, dealer)| (risk, dealer.deal(self.updates)));
            if let Some((risk, examples)) = batch {
                let [gx, gy] = risk.gradient_over(theta, examples).gradient;
                (self.grad[walker], self.grad[walker + count]) = (gx, gy);
            }
            if self.noise > 0.0 {
                let [zx, zy] = self.noises[walker].gaussians();
                self.grad[walker] += self.noise * zx;
                self.grad[walker + count] += self.noise * zy;
            }
            if let Some(direction) = self.rule.direction {
                let hessian = match batch {
                    Some((risk, examples)) => risk.hessian_over(theta, examples).hessian,
                    None => objective.hessian(theta).hessian,
                };
                let turned = direction(&self.dials, hessian, places.map(|at| self.grad[at]));
                (self.grad[walker], self.grad[walker + count]) = (turned[0], turned[1]);
            }
        }
        self.descent.step(&self.grad);
        self.updates += 1;
    }

    /// [Measures](Walkers::measure), and ends the walkers that have no finite f and ∇f: their places are not
    /// numbers from then on.
    pub fn measure_and_end(&mut self, objective: &Objective) {
        if self.measure(objective) {
            return;
        }
        let count = self.len();
        for walker in 0..count {
            if !self.is_finite(walker) {
                for at in [walker, walker + count] {
                    self.descent.theta[at] = f64::NAN;
                }
            }
        }
    }

    /// f where each walker stands, as it was last measured; infinite where one has ended.
    pub fn losses(&self) -> impl Iterator<Item = f64> {
        let all = self.values.iter().enumerate();
        all.map(|(walker, f)| if self.is_finite(walker) { *f } else { f64::INFINITY })
    }

    /// Whether an update needs ∇f where the walkers stand.
    pub fn follow_the_gradient(&self) -> bool {
        self.batches.is_none()
    }
}
