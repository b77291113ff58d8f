//! Walkers: many walks of one rule at once, each with its own start, its own order of the data or its own
//! values of the dials, as they stand now.
//!
//! An update rule is elementwise, so N walkers in the plane are one θ of 2N numbers
//! [x₁, x₂, …, y₁, y₂, …], and one call of the rule moves all of them. A rule of second order turns
//! each walker's ĝ by the Hessian where that walker stands before.

use super::own_dials::OwnDials;
use crate::data::{Batches, Dealer};
use crate::math::formula::Jet;
use crate::math::random::Random;
use crate::objective::Objective;
use crate::optimizers::descent::Descent;
use crate::training::run::{DIRECTION, RunSpec};
use crate::training::setup::Setup;

/// Walkers side by side, where they stand after some updates.
#[derive(Clone)]
pub struct Walkers {
    setup: Setup,
    descent: Descent<Vec<f64>>,
    /// What moves them in its place, where they have values of their own for the dials.
    own: Option<OwnDials>,
    chances: Vec<Chance>,
    /// Of each walker, the place of its chance; those with the same stand together.
    chance_of: Vec<usize>,
    /// f where each walker stands.
    values: Vec<f64>,
    /// ∇f there, or what is taken for it; placed as in θ.
    grad: Vec<f64>,
    /// f_xx, f_xy and f_yy there, where the rule asks for them and the objective is a surface.
    hessians: [Vec<f64>; 3],
}

/// What is random for walkers with one seed.
#[derive(Clone)]
struct Chance {
    /// The noise on their gradients.
    noise: Random,
    /// Who deals out their examples, and those of the update at hand; nobody where a batch is all.
    dealer: Option<Dealer>,
    batch: [Vec<f64>; 2],
}

impl std::fmt::Debug for Walkers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} walkers after {} updates", self.len(), self.updates())
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
        let chance = |&seed: &u64| Chance {
            noise: Random::new(seed),
            dealer: batches.map(|batches| Dealer::new(Batches { seed, ..batches })),
            batch: [Vec::new(), Vec::new()],
        };
        let groups = seeds[..count].chunk_by(u64::eq);
        let chance_of =
            groups.clone().enumerate().flat_map(|(at, group)| group.iter().map(move |_| at));
        let setup = Setup::of(spec);
        Self {
            descent: Descent::new(spec.rule, spec.values, theta, spec.schedule, spec.steps),
            own: None,
            chance_of: chance_of.collect(),
            chances: groups.filter_map(|group| group.first().map(chance)).collect(),
            values: vec![0.0; count],
            grad: vec![0.0; 2 * count],
            hessians: [0; 3]
                .map(|_| vec![0.0; if spec.rule.direction.is_some() { count } else { 0 }]),
            setup,
        }
    }

    /// Gives each walker its own value of the dial at a place, before the first update: of one on which
    /// nothing depends that the rule remembers for all of θ.
    pub fn set_dial(&mut self, dial: usize, values: Vec<f64>) {
        let own = || OwnDials::new(&self.setup, &mut self.descent);
        self.own.get_or_insert_with(own).set(dial, values);
    }

    /// Goes on with the walkers at these places only, in their order: with those of them that have dials
    /// of their own.
    pub fn keep(&mut self, places: &[usize]) {
        let Some(own) = &mut self.own else { return };
        own.keep(places);
        self.chance_of = places.iter().map(|&place| self.chance_of[place]).collect();
        self.values.resize(places.len(), 0.0);
        self.grad.resize(2 * places.len(), 0.0);
        if self.setup.rule.direction.is_some() {
            self.hessians.iter_mut().for_each(|part| part.resize(places.len(), 0.0));
        }
    }

    /// How many walkers there are.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// How many updates they have made.
    pub fn updates(&self) -> usize {
        self.own.as_ref().map_or(self.descent.updates(), OwnDials::updates)
    }

    /// Where each walker stands.
    pub fn points(&self) -> impl Iterator<Item = [f64; 2]> {
        let [xs, ys] = self.places();
        xs.iter().zip(ys).map(|(&x, &y)| [x, y])
    }

    /// What an update costs, all walkers together, in units of a
    /// [`Budget`](crate::math::budget::Budget).
    pub fn cost(&self, objective: &Objective) -> u64 {
        /// What an update costs each walker besides its gradient.
        const UPDATE: u64 = 10;
        let examples = self.batch_size().map(|m| objective.cost_over(m));
        let gradient = match examples {
            Some(examples) => examples.gradient,
            // Many points at once take less than one after the other.
            None if objective.surface().is_some() => objective.cost().gradient / 2,
            None => objective.cost().gradient,
        };
        let curvature = match self.setup.rule.direction {
            Some(_) => DIRECTION + examples.unwrap_or(objective.cost()).hessian,
            None => 0,
        };
        (UPDATE + gradient + curvature) * self.len() as u64
    }

    /// The same where f and ∇f are looked at before every update, whether it asks for them or not.
    pub fn watched_cost(&self, objective: &Objective) -> u64 {
        /// What a look costs each walker.
        const WATCH: u64 = 8;
        let measuring = if self.follow_the_gradient() { 0 } else { objective.cost().gradient };
        self.cost(objective) + (WATCH + measuring) * self.len() as u64
    }

    /// The size of a batch, where that is not all examples.
    fn batch_size(&self) -> Option<usize> {
        self.setup.batches.filter(|batches| !batches.is_full()).map(|batches| batches.m)
    }

    /// Where all stand, placed as θ is.
    fn theta(&self) -> &[f64] {
        self.own.as_ref().map_or(&self.descent.theta, OwnDials::theta)
    }

    /// Computes f and ∇f where each walker stands.
    pub fn measure(&mut self, objective: &Objective) {
        let count = self.len();
        let theta = self.own.as_ref().map_or(&*self.descent.theta, OwnDials::theta);
        let (xs, ys) = theta.split_at(count);
        let (fx, fy) = self.grad.split_at_mut(count);
        match objective.surface() {
            Some(tape) if self.setup.rule.direction.is_some() => {
                let hessians = self.hessians.each_mut().map(|part| &mut part[..]);
                tape.hessians(xs, ys, &mut self.values, [fx, fy], hessians);
            }
            Some(tape) => tape.gradients(xs, ys, &mut self.values, [fx, fy]),
            None => {
                for walker in 0..count {
                    let jet = objective.gradient([xs[walker], ys[walker]]);
                    self.values[walker] = jet.value;
                    [fx[walker], fy[walker]] = jet.gradient;
                }
            }
        }
    }

    /// f where each walker stands; no number where ∇f is not finite. The next update is one from there.
    pub fn losses(&mut self, objective: &Objective) -> &[f64] {
        let count = self.len();
        let is_plain = self.is_plain();
        let plain = objective.surface().zip(self.own.as_mut()).filter(|_| is_plain);
        if plain.is_some_and(|(tape, own)| own.measure(&self.setup, tape, &mut self.values)) {
            return &self.values;
        }
        self.measure(objective);
        for walker in 0..count {
            let gradient = [self.grad[walker], self.grad[walker + count]];
            self.values[walker] = Jet { value: self.values[walker], gradient }.whole();
        }
        &self.values
    }

    /// Whether each number of θ is moved by its own number of ∇f.
    fn is_plain(&self) -> bool {
        let Setup { noise, rule, .. } = self.setup;
        noise == 0.0 && self.batch_size().is_none() && rule.direction.is_none()
    }

    /// Whether all places, f and ∇f are finite, as they were last measured. Where they are of more than
    /// 10³⁰⁷ it may be denied: [`Walkers::is_finite`] tells of each walker.
    pub fn are_finite(&self) -> bool {
        let [xs, ys] = self.places();
        let (fx, fy) = self.grad.split_at(self.len());
        let all = xs.iter().zip(ys).zip(&self.values).zip(fx.iter().zip(fy));
        // A sum is finite only where all its terms are. Without a way out half-way, so that vector
        // registers hold several.
        all.fold(true, |so_far, (((x, y), f), (fx, fy))| so_far & (x + y + f + fx + fy).is_finite())
    }

    /// What [`Walkers::losses`] has told last of a walker.
    pub fn loss(&self, walker: usize) -> f64 {
        self.values[walker]
    }

    /// The x of all, and the y of all.
    pub fn places(&self) -> [&[f64]; 2] {
        self.theta().split_at(self.len()).into()
    }

    /// |∇f|² where each walker stands, as it was last measured.
    pub fn slopes(&self, slopes: &mut Vec<f64>) {
        let (fx, fy) = self.grad.split_at(self.len());
        slopes.clear();
        slopes.extend(fx.iter().zip(fy).map(|(fx, fy)| fx * fx + fy * fy));
    }

    /// Whether the place of a walker, f and ∇f there are finite, as they were last measured.
    pub fn is_finite(&self, walker: usize) -> bool {
        let Self { values, grad, .. } = self;
        let parts = [walker, walker + self.len()].map(|at| [self.theta()[at], grad[at]]);
        values[walker].is_finite() && parts.as_flattened().iter().all(|part| part.is_finite())
    }

    /// One update of every walker, from the gradients that [`Walkers::measure`] has left where they
    /// stand, or those over their batches.
    pub fn step(&mut self, objective: &Objective) {
        if !self.is_plain() {
            self.estimate(objective);
        }
        match &mut self.own {
            Some(own) => own.step(&self.setup, &self.grad),
            None => self.descent.step(&self.grad),
        }
    }

    /// Makes what the update follows of the gradients.
    fn estimate(&mut self, objective: &Objective) {
        let (count, update) = (self.len(), self.updates());
        let Setup { noise, rule, ref values, .. } = self.setup;
        let theta = self.own.as_ref().map_or(&*self.descent.theta, OwnDials::theta);
        let mut chance_before = None;
        let mut z = [0.0; 2];
        for (walker, &at) in self.chance_of.iter().enumerate() {
            let Chance { noise: random, dealer, batch } = &mut self.chances[at];
            let batch = objective.risk().zip(dealer.as_mut()).map(|(risk, dealer)| {
                if chance_before != Some(at) {
                    let [x, y] = &mut *batch;
                    risk.gather(dealer.deal(update), x, y);
                }
                (risk, &*batch)
            });
            if noise > 0.0 && chance_before != Some(at) {
                z = random.gaussians();
            }
            chance_before = Some(at);
            let places = [walker, walker + count];
            let theta = places.map(|at| theta[at]);
            let mut estimate = places.map(|at| self.grad[at]);
            if let Some((risk, [x, y])) = batch {
                estimate = risk.mean_gradient(theta, x, y).gradient;
            }
            if noise > 0.0 {
                estimate = [0, 1].map(|axis| estimate[axis] + noise * z[axis]);
            }
            if let Some(direction) = rule.direction {
                let hessian = match batch {
                    Some((risk, [x, y])) => risk.mean_hessian(theta, x, y).hessian,
                    // On a surface it was measured with ∇f.
                    None if objective.surface().is_some() => {
                        self.hessians.each_ref().map(|part| part[walker])
                    }
                    None => objective.hessian(theta).hessian,
                };
                estimate = direction(values, hessian, estimate);
            }
            places.into_iter().zip(estimate).for_each(|(at, part)| self.grad[at] = part);
        }
    }

    /// [Measures](Walkers::measure), and ends the walkers that have no finite f and ∇f, all with the same
    /// dials: their places are not numbers from then on.
    pub fn measure_and_end(&mut self, objective: &Objective) {
        self.measure(objective);
        if self.are_finite() {
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
    pub fn measured(&self) -> impl Iterator<Item = f64> {
        let all = self.values.iter().enumerate();
        all.map(|(walker, f)| if self.is_finite(walker) { *f } else { f64::INFINITY })
    }

    /// Whether an update needs ∇f where the walkers stand.
    pub fn follow_the_gradient(&self) -> bool {
        self.batch_size().is_none()
    }
}
