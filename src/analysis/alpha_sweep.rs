//! The learning-rate finder: with which loss a run ends, against α.
//!
//! At each of many learning rates the run is walked anew, all else as it is, and the loss after its
//! last update is taken down; where the seed makes a difference, with several seeds.

use serde::{Deserialize, Serialize};

use crate::math::budget::{Budget, GRID};
use crate::objective::Objective;
use crate::training::setup::Setup;
use crate::training::trials::{Low, Trials};

/// How many seeds there are where the seed makes a difference: the run's own and those after it.
pub const SEEDS: u64 = 15;
/// Their losses are told from this rank to the same from above, and the one in the middle.
const RANK: usize = 1;
/// How many learning rates there are, evenly on a logarithmic axis.
const RATES: usize = 257;
/// They are walked from every so-manieth on, then those between them.
const STRIDES: [usize; 3] = [16, 4, 1];

/// The loss after the last update; infinite where a number stops being finite before.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// In the middle of those of all seeds.
    pub middle: f64,
    /// The second lowest and the second highest of the seeds; both the middle where there is one seed.
    pub band: [f64; 2],
}

impl Outcome {
    /// Of a single loss.
    pub fn sole(loss: f64) -> Self {
        Self { middle: loss, band: [loss; 2] }
    }

    /// Of the losses of all seeds.
    fn of(mut losses: Vec<f64>) -> Self {
        losses.sort_unstable_by(f64::total_cmp);
        let last = losses.len() - 1;
        let rank = RANK.min(last / 2);
        Self { middle: losses[last / 2], band: [losses[rank], losses[last - rank]] }
    }
}

/// What a sweep knows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcomes {
    /// At each of the learning rates, ascending.
    outcomes: Vec<Option<Outcome>>,
    /// How many are still to come.
    left: usize,
}

/// What a run ends with at each learning rate, as far as it is known.
#[derive(Debug)]
pub struct Sweep {
    /// α, ascending, and with what it ends.
    points: Vec<(f64, Option<Outcome>)>,
    /// The places among `points` that are still to come, the next one last.
    left: Vec<usize>,
    /// How many there were at first.
    all: usize,
    /// How many of them are there with the first stride.
    rough: usize,
}

impl Sweep {
    /// A sweep from 10 to one power to 10 to another one, of which nothing is known yet; an α costs
    /// so many units.
    pub fn new([low, high]: [f64; 2], each: u64) -> Self {
        let share = |place: usize| place as f64 / (RATES - 1) as f64;
        let alpha = |place| libm::exp10(low + (high - low) * share(place));
        let mut order: Vec<usize> = Vec::with_capacity(RATES);
        let mut rough = 0;
        for stride in STRIDES {
            let places = (0..RATES).step_by(stride);
            if rough > 0 && each.saturating_mul(places.len() as u64) > GRID {
                break;
            }
            let is_new = |place: &usize| !order.contains(place);
            let new: Vec<usize> = places.filter(is_new).collect();
            order.extend(new);
            if rough == 0 {
                rough = order.len();
            }
        }
        let all = order.len();
        order.reverse();
        let points = (0..RATES).map(|place| (alpha(place), None)).collect();
        Self { points, left: order, all, rough }
    }

    /// The learning rates at which it is known, ascending, and what is.
    pub fn points(&self) -> impl Iterator<Item = (f64, Outcome)> {
        self.points.iter().filter_map(|&(alpha, outcome)| Some((alpha, outcome?)))
    }

    /// The learning rate of those that are known which is nearest to one, and what is known there.
    pub fn nearest(&self, alpha: f64) -> Option<(f64, Outcome)> {
        let far = |other: f64| (libm::log(other) - libm::log(alpha)).abs();
        self.points().min_by(|(a, _), (b, _)| far(*a).total_cmp(&far(*b)))
    }

    /// Whether it is known all along, if only roughly.
    pub fn is_rough(&self) -> bool {
        self.all - self.left.len() >= self.rough
    }

    /// How much of it is known, from 0 to 1.
    pub fn progress(&self) -> f64 {
        (self.all - self.left.len()) as f64 / self.all as f64
    }

    /// All of that, for another sweep of the same run.
    pub fn outcomes(&self) -> Outcomes {
        let outcomes = self.points.iter().map(|(_, outcome)| *outcome).collect();
        Outcomes { outcomes, left: self.left.len() }
    }

    /// Takes what another sweep of the same run knows, if that is more; tells whether it is.
    pub fn take(&mut self, Outcomes { outcomes, left }: Outcomes) -> bool {
        let is_more = left < self.left.len();
        if is_more {
            for (point, outcome) in self.points.iter_mut().zip(outcomes) {
                point.1 = outcome;
            }
            self.left.truncate(left);
        }
        is_more
    }

    /// Goes on as long as `find` finds with what runs end at the next learning rates, at most so many at
    /// once and first of all the rough ones; tells whether all is known.
    pub fn advance(
        &mut self,
        most: usize,
        find: &mut dyn FnMut(&[f64]) -> Option<Vec<Outcome>>,
    ) -> bool {
        while !self.left.is_empty() {
            let finer = self.all - self.rough;
            let missing = match self.left.len() {
                left if left > finer => left - finer,
                left => left,
            };
            let from = self.left.len() - missing.min(most);
            let next = &self.left[from..];
            let alphas: Vec<f64> = next.iter().map(|&place| self.points[place].0).collect();
            let Some(found) = find(&alphas) else { return false };
            for (&place, outcome) in next.iter().zip(found) {
                self.points[place].1 = Some(outcome);
            }
            self.left.truncate(from);
        }
        true
    }
}

/// The sweep of a run on a plane.
#[derive(Debug)]
pub struct AlphaSweep {
    setup: Setup,
    start: [f64; 2],
    sweep: Sweep,
    /// The runs at the learning rates in hand: with each seed, one after the other, at all of them.
    walking: Option<Trials>,
}

impl AlphaSweep {
    /// A sweep from 10 to one power to 10 to another one, of which nothing is known yet.
    pub fn new(objective: &Objective, setup: Setup, start: [f64; 2], decades: [f64; 2]) -> Self {
        let seeds = seeds(&setup);
        let sweep = Sweep::new(decades, Trials::cost(&setup, objective).saturating_mul(seeds));
        Trials::expect(sweep.all, &setup, objective);
        Self { setup, start, sweep, walking: None }
    }

    /// What is known.
    pub fn known(&self) -> &Sweep {
        &self.sweep
    }

    /// What the piece at hand costs at most, in units of a [`Budget`]: an update of each run.
    pub fn piece(&self, objective: &Objective) -> u64 {
        self.walking.as_ref().map_or(0, |trials| trials.piece(objective))
    }

    /// Goes on from what another sweep of the same run knows, if that is more.
    pub fn take(&mut self, known: Outcomes) {
        if self.sweep.take(known) {
            self.walking = None;
        }
    }

    /// Goes on as far as the budget lets it; tells whether all is known.
    pub fn advance(&mut self, objective: &Objective, budget: &mut Budget) -> bool {
        let Self { setup, start, sweep, walking } = self;
        let seeds = seeds(setup);
        let most = (Trials::at_once(objective) / seeds as usize).max(1);
        sweep.advance(most, &mut |alphas| {
            let count = alphas.len();
            let trials = walking.get_or_insert_with(|| {
                let (mut of_seeds, mut of_alphas) = (Vec::new(), Vec::new());
                for later in 0..seeds {
                    of_seeds.resize(of_seeds.len() + count, setup.seed + later);
                    of_alphas.extend_from_slice(alphas);
                }
                Trials::new(setup, *start, &of_seeds, vec![(0, of_alphas)], Low::NONE)
            });
            let ends = trials.advance(objective, budget)?;
            let of =
                |at: usize| (0..seeds as usize).map(|seed| ends[seed * count + at].loss).collect();
            let outcomes = (0..count).map(|at| Outcome::of(of(at))).collect();
            *walking = None;
            Some(outcomes)
        })
    }
}

/// With how many seeds each run is walked.
fn seeds(setup: &Setup) -> u64 {
    if setup.is_random() { SEEDS } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::formula::Formula;
    use crate::optimizers::rule;
    use crate::optimizers::schedule::Schedule;
    use crate::training::run::{Path, Status, walk};

    /// The loss that a path ends with.
    fn end(path: &Path) -> f64 {
        match path.status {
            Status::Finished => path.loss.last().copied().unwrap_or(f64::INFINITY),
            _ => f64::INFINITY,
        }
    }

    fn bowl() -> Objective {
        let formula = Formula::parse("(x^2+20*y^2)/2").unwrap();
        Objective::new(&formula, &[], &[[0.0, 0.0]])
    }

    fn setup(key: &str, noise: f64) -> Setup {
        let rule = rule(key).unwrap();
        let (values, schedule) = (rule.defaults(), Schedule::Constant);
        Setup { rule, values, noise, steps: 40, seed: 7, batches: None, schedule }
    }

    fn whole(setup: Setup) -> AlphaSweep {
        let mut sweep = AlphaSweep::new(&bowl(), setup, [3.0, 1.0], [-4.0, 1.0]);
        assert!(sweep.advance(&bowl(), &mut Budget::unlimited()));
        sweep
    }

    #[test]
    fn gd_on_a_bowl_ends_as_the_closed_form_has_it() {
        let sweep = whole(setup("gd", 0.0));
        assert_eq!(sweep.known().points().count(), RATES);
        for (alpha, Outcome { middle, band }) in sweep.known().points() {
            let left = |lambda: f64| libm::pow(1.0 - alpha * lambda, 40.0);
            let [x, y] = [3.0 * left(1.0), left(20.0)];
            let exact = 0.5 * (x * x + 20.0 * y * y);
            assert!((middle - exact).abs() <= 1e-10 * exact, "{alpha}: {middle} and {exact}");
            assert_eq!(band, [middle; 2]);
        }
    }

    #[test]
    fn with_noise_the_band_is_that_of_fifteen_runs() {
        let sweep = whole(setup("momentum", 0.5));
        for (alpha, outcome) in sweep.known().points().step_by(40) {
            let run = |seed| {
                let mut setup = Setup { seed, ..setup("momentum", 0.5) };
                setup.values[0] = alpha;
                end(&walk(&bowl(), &setup.run([3.0, 1.0])))
            };
            let mut losses: Vec<f64> = (7..22).map(run).collect();
            losses.sort_unstable_by(f64::total_cmp);
            assert_eq!(outcome, Outcome { middle: losses[7], band: [losses[1], losses[13]] });
        }
    }

    #[test]
    fn it_is_rough_first_and_the_same_in_slices() {
        let at_once = whole(setup("adam", 0.0));
        let mut sliced = AlphaSweep::new(&bowl(), setup("adam", 0.0), [3.0, 1.0], [-4.0, 1.0]);
        let mut was_rough = false;
        while !sliced.advance(&bowl(), &mut Budget::units(3_000)) {
            if sliced.known().is_rough() && !was_rough {
                was_rough = true;
                assert!((17..40).contains(&sliced.known().points().count()));
            }
        }
        assert!(was_rough && sliced.known().progress() == 1.0);
        assert!(sliced.known().points().eq(at_once.known().points()));
    }

    #[test]
    fn what_diverges_ends_infinitely_high_and_long_runs_have_fewer_learning_rates() {
        let mut long = setup("gd", 0.0);
        long.steps = 5000;
        let last = whole(long).known().points().last().unwrap();
        assert_eq!((last.0, last.1.middle), (10.0, f64::INFINITY));
        long = setup("gd", 0.5);
        long.steps = 50_000_000;
        let sweep = AlphaSweep::new(&bowl(), long, [3.0, 1.0], [-4.0, 1.0]);
        assert_eq!(sweep.known().all, 17);
    }
}
