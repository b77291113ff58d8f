//! The learning-rate finder: with which loss a run ends, against α.
//!
//! At each of many learning rates the run is walked anew, all else as it is, and the loss after its
//! last update is taken down; where the seed makes a difference, with several seeds.

mod sweep;

pub use sweep::{Find, Outcome, Outcomes, Sweep};

use crate::math::budget::Budget;
use crate::objective::Objective;
use crate::training::setup::Setup;
use crate::training::trials::{Low, Trials};

/// How many seeds there are where the seed makes a difference: the run's own and those after it.
pub const SEEDS: u64 = 15;

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
        Trials::expect(sweep.count(), &setup, objective);
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
        let most = self.most(objective);
        let Self { setup, start, sweep, walking } = self;
        sweep.advance(most, &mut outcomes(setup, *start, walking, objective, budget))
    }

    /// Goes on from the other end with what somebody else sweeps, see [`Sweep::help`].
    pub fn help(&mut self, objective: &Objective, budget: &mut Budget) -> Vec<(usize, Outcome)> {
        let most = self.most(objective);
        let Self { setup, start, sweep, walking } = self;
        sweep.help(most, &mut outcomes(setup, *start, walking, objective, budget))
    }

    /// Takes what somebody who helps has found.
    pub fn take_help(&mut self, found: &[(usize, Outcome)]) {
        self.sweep.take_help(found);
    }

    /// At how many learning rates it is walked at once, at most.
    fn most(&self, objective: &Objective) -> usize {
        (Trials::at_once(objective) / seeds(&self.setup) as usize).max(1)
    }
}

/// What finds with what a run ends at some learning rates: those of the runs in hand, until it has found it.
fn outcomes<'a>(
    setup: &'a Setup,
    start: [f64; 2],
    walking: &'a mut Option<Trials>,
    objective: &'a Objective,
    budget: &'a mut Budget,
) -> impl FnMut(&[f64]) -> Option<Vec<Outcome>> + 'a {
    let seeds = seeds(setup);
    move |alphas| {
        let count = alphas.len();
        let trials = walking.get_or_insert_with(|| {
            let (mut of_seeds, mut of_alphas) = (Vec::new(), Vec::new());
            for later in 0..seeds {
                of_seeds.resize(of_seeds.len() + count, setup.seed + later);
                of_alphas.extend_from_slice(alphas);
            }
            Trials::new(setup, start, &of_seeds, vec![(0, of_alphas)], Low::NONE)
        });
        let ends = trials.advance(objective, budget)?;
        let of = |at: usize| (0..seeds as usize).map(|seed| ends[seed * count + at].loss).collect();
        let outcomes = (0..count).map(|at| Outcome::of(of(at))).collect();
        *walking = None;
        Some(outcomes)
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
        assert_eq!(sweep.known().points().count(), 257);
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
        assert_eq!(sweep.known().count(), 17);
    }
}
