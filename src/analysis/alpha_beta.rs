//! How fast a rule with momentum comes down, at each α and β.
//!
//! On a quadratic that is exact: along each eigendirection a step multiplies the distance, in the long
//! run, by the spectral radius of [`Mode`], and the slowest direction decides (Goh 2017). Elsewhere the
//! run itself is walked at each α and β, and what is told is by how much an update has multiplied the
//! distance on average: the square root of what is left of the loss above its minimum.

use super::stability::Mode;
use crate::math::budget::{Budget, GRID};
use crate::math::cells::{Cells, Refining, Stretch};
use crate::math::window::Window;
use crate::objective::Objective;
use crate::optimizers::Rule;
use crate::training::run::{Path, Status};
use crate::training::setup::Setup;
use crate::training::trials::{End, Low, Trials};

/// Of the loss above the minimum at the start, so much counts as nothing: from there on rounding
/// decides.
const NOTHING: f64 = 1e-12;

/// The key of the dial that is β in rules with momentum.
const BETA: &str = "beta";

/// The place of β among a rule's dials, where it has momentum.
pub fn beta_of(rule: &Rule) -> Option<usize> {
    rule.index(BETA)
}

/// The mean factor by which an update of a path multiplies the distance, by the loss above `lowest`; 1
/// and above, or infinite, where it does not come down.
pub fn factor(path: &Path, lowest: f64) -> f64 {
    let mut descent = Descent { lowest, start: f64::NAN, steps: path.loss.len().saturating_sub(1) };
    descent.start = path.loss.first().map_or(f64::NAN, |loss| loss - lowest);
    let loss = match path.status {
        Status::Finished => path.loss.last().copied().unwrap_or(f64::NAN),
        _ => f64::INFINITY,
    };
    let Low { above, .. } = descent.low();
    let low = path.loss.iter().position(|loss| loss - lowest <= above);
    descent.factor(End { loss, low: low.map_or(f64::INFINITY, |step| step as f64) })
}

/// From where to where runs are to come down.
#[derive(Debug)]
struct Descent {
    lowest: f64,
    /// The loss at the start, above the lowest.
    start: f64,
    /// With how many updates.
    steps: usize,
}

impl Descent {
    /// Which loss counts as nothing.
    fn low(&self) -> Low {
        Low { lowest: self.lowest, above: NOTHING * self.start }
    }

    /// The mean factor by which an update multiplies the distance, of a run that ends so.
    fn factor(&self, End { loss, low }: End) -> f64 {
        if loss == f64::INFINITY {
            return f64::INFINITY;
        }
        if self.start.is_nan() || self.start <= 0.0 {
            return f64::NAN;
        }
        let (step, left) = match low {
            f64::INFINITY => (self.steps as f64, (loss - self.lowest) / self.start),
            _ => (low, NOTHING),
        };
        libm::pow(left, 0.5 / step)
    }
}

/// By how much an update multiplies the distance, on a grid over α, to the right, and β, upwards. 1 or
/// above: it diverges; NaN: there is no telling.
pub type AlphaBeta = Cells<f64>;

/// The α and β of the cell with the least factor, if any comes down.
pub fn fastest_of(map: &AlphaBeta) -> Option<[f64; 2]> {
    let cells = map.values.iter().copied().enumerate().filter(|(_, factor)| *factor < 1.0);
    cells.min_by(|(_, a), (_, b)| a.total_cmp(b)).map(|(cell, _)| map.middle(cell))
}

/// The factor of a rule with these dials on a quadratic with these eigenvalues: of the slowest
/// direction in which it curves. NaN where it curves down, or nowhere, and for rules that are not
/// linear.
pub fn exact_factor(rule: &Rule, values: &[f64], eigenvalues: [f64; 2]) -> f64 {
    if eigenvalues.iter().any(|lambda| lambda.is_nan() || *lambda < 0.0) {
        return f64::NAN;
    }
    let curved = eigenvalues.into_iter().filter(|lambda| *lambda > 0.0);
    let radius = |lambda| Mode::new(rule, values, lambda).map(|mode| mode.radius());
    curved.filter_map(radius).fold(f64::NAN, f64::max)
}

/// A map on its way: coarse grids first, each finer than the one before.
#[derive(Debug)]
pub struct Mapping {
    known_by: Known,
    refining: Refining<f64>,
    walking: Option<Trials>,
}

/// What the factors are of, and how they are found.
#[derive(Debug)]
struct Known {
    setup: Setup,
    /// Where β is among the dials.
    beta: usize,
    way: Way,
}

/// How factors are found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Way {
    /// From the eigenvalues of a quadratic.
    Exact([f64; 2]),
    /// By walking from a start, above the lowest loss.
    Walked {
        /// Where the runs start.
        start: [f64; 2],
        /// What their losses are measured from.
        lowest: f64,
    },
}

/// About what a factor costs that is computed, in units.
const EXACT: u64 = 60;

impl Mapping {
    /// A map with grids of so many columns and rows, the coarsest first, for a rule that has a β; those
    /// that would take too long are left out.
    pub fn new(
        objective: &Objective,
        setup: Setup,
        beta: usize,
        way: Way,
        window: Window,
        grids: &[[usize; 2]],
    ) -> Self {
        let each = match way {
            Way::Exact(_) => EXACT,
            Way::Walked { .. } => Trials::cost(&setup, objective),
        };
        let refining = match way {
            // There is no need to begin coarsely.
            Way::Exact(_) => {
                let last = grids.len().saturating_sub(1);
                Refining::new(window, &grids[last..], each, GRID)
            }
            Way::Walked { .. } => Refining::new(window, grids, each, GRID),
        };
        if let Way::Walked { .. } = way {
            Trials::expect(refining.count(), &setup, objective);
        }
        Self { known_by: Known { setup, beta, way }, refining, walking: None }
    }

    /// How much of it is done, from 0 to 1.
    pub fn progress(&self) -> f64 {
        self.refining.progress()
    }

    /// Goes on as far as the budget lets it. Returns the next grid when all of its cells are known,
    /// and with it whether that was the last.
    pub fn advance(
        &mut self,
        objective: &Objective,
        budget: &mut Budget,
    ) -> Option<(AlphaBeta, bool)> {
        let Self { known_by, refining, walking } = self;
        refining.advance(Trials::at_once(objective), &mut |dials| {
            known_by.factors(dials, objective, walking, budget)
        })
    }

    /// Goes on with the last grid for somebody who does the rest, see [`Refining::help`].
    pub fn help(&mut self, objective: &Objective, budget: &mut Budget) -> Stretch<f64> {
        let Self { known_by, refining, walking } = self;
        refining.help(Trials::at_once(objective), &mut |dials| {
            known_by.factors(dials, objective, walking, budget)
        })
    }

    /// Takes what somebody who helps has found.
    pub fn take(&mut self, stretch: Stretch<f64>) {
        self.refining.take(stretch);
    }

    /// What the piece at hand costs at most, in units of a [`Budget`]: an update of each run.
    pub fn piece(&self, objective: &Objective) -> u64 {
        self.walking.as_ref().map_or(0, |trials| trials.piece(objective))
    }
}

impl Known {
    /// The factors with these values of α and β, as soon as the budget has let `walking` come to its end.
    fn factors(
        &mut self,
        dials: &[[f64; 2]],
        objective: &Objective,
        walking: &mut Option<Trials>,
        budget: &mut Budget,
    ) -> Option<Vec<f64>> {
        let Self { setup, beta, way } = self;
        match *way {
            Way::Exact(eigenvalues) => budget.piece(EXACT * dials.len() as u64).then(|| {
                let factors = dials.iter().map(|&dials| {
                    [setup.values[0], setup.values[*beta]] = dials;
                    exact_factor(setup.rule, &setup.values, eigenvalues)
                });
                factors.collect()
            }),
            Way::Walked { start, lowest } => {
                let above = objective.gradient(start).value - lowest;
                let descent = Descent { lowest, start: above, steps: setup.steps };
                let trials = walking.get_or_insert_with(|| {
                    let [alphas, betas] =
                        [0, 1].map(|at| dials.iter().map(|dials| dials[at]).collect());
                    let seeds = vec![setup.seed; dials.len()];
                    let dials = vec![(0, alphas), (*beta, betas)];
                    Trials::new(setup, start, &seeds, dials, descent.low())
                });
                let ends = trials.advance(objective, budget)?;
                let factors = ends.iter().map(|end| descent.factor(*end)).collect();
                *walking = None;
                Some(factors)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::formula::Formula;
    use crate::optimizers::rule;
    use crate::optimizers::schedule::Schedule;
    use crate::training::run::walk;

    const START: [f64; 2] = [3.0, 1.0];
    const GRIDS: [[usize; 2]; 2] = [[6, 4], [24, 16]];
    const WINDOW: Window = Window::new(0.0, 0.22, 0.0, 1.0);

    fn of(formula: &str) -> Objective {
        Objective::new(&Formula::parse(formula).unwrap(), &[], &[[0.0, 0.0]])
    }

    fn setup(key: &str, steps: usize) -> Setup {
        let rule = rule(key).unwrap();
        let (values, schedule) = (rule.defaults(), Schedule::Constant);
        Setup { rule, values, noise: 0.0, steps, seed: 1, batches: None, schedule }
    }

    fn last(objective: &Objective, setup: Setup, way: Way) -> AlphaBeta {
        let mut mapping = Mapping::new(objective, setup, 1, way, WINDOW, &GRIDS);
        loop {
            let (map, is_last) = mapping.advance(objective, &mut Budget::unlimited()).unwrap();
            if is_last {
                return map;
            }
        }
    }

    #[test]
    fn on_a_quadratic_long_runs_have_the_exact_factor() {
        let bowl = of("(x^2+20*y^2)/2");
        for key in ["momentum", "nesterov"] {
            let exact = last(&bowl, setup(key, 1), Way::Exact([1.0, 20.0]));
            let mut compared = 0;
            for (cell, &factor) in exact.values.iter().enumerate() {
                let mut setup = setup(key, 400);
                [setup.values[0], setup.values[1]] = exact.middle(cell);
                let path = walk(&bowl, &setup.run(START));
                if factor > 1.05 {
                    assert!(super::factor(&path, 0.0) > 1.0);
                } else if (0.97..0.995).contains(&factor) {
                    let walked = super::factor(&path, 0.0);
                    assert!((walked - factor).abs() < 0.01, "{key} {cell}: {walked} {factor}");
                    compared += 1;
                }
            }
            assert!(compared > 5, "{key}: {compared}");
        }
    }

    #[test]
    fn elsewhere_each_cell_is_that_of_a_run_of_its_own() {
        let valley = of("(1-x)^2+3*(y-x^2)^2");
        let way = Way::Walked { start: START, lowest: 0.0 };
        let map = last(&valley, setup("momentum", 60), way);
        assert_eq!([map.columns, map.rows], GRIDS[1]);
        for cell in (0..map.values.len()).step_by(7) {
            let mut setup = setup("momentum", 60);
            [setup.values[0], setup.values[1]] = map.middle(cell);
            let factor = factor(&walk(&valley, &setup.run(START)), 0.0);
            assert_eq!(map.values[cell].to_bits(), factor.to_bits());
            assert_eq!(map.at(map.middle(cell)).unwrap().to_bits(), factor.to_bits());
        }
    }

    #[test]
    fn the_fastest_cell_is_around_the_closed_form() {
        let map = last(&of("(x^2+20*y^2)/2"), setup("momentum", 1), Way::Exact([1.0, 20.0]));
        let [alpha, beta] = fastest_of(&map).unwrap();
        let momentum = rule("momentum").unwrap();
        let best = super::super::stability::fastest(momentum, &[0.1, 0.5, 0.0], [1.0, 20.0]);
        let [a, b] = best.unwrap();
        assert!((alpha - a).abs() < 0.02 && (beta - b).abs() < 0.1, "{alpha} {beta}");
    }

    #[test]
    fn a_factor_is_told_of_any_path() {
        let path = |loss: &[f64]| Path { loss: loss.to_vec(), ..Path::default() };
        assert_eq!(factor(&path(&[4.0, 1.0]), 0.0), 0.5);
        assert_eq!(factor(&path(&[5.0, 2.0, 2.0]), 1.0), libm::pow(0.25, 0.25));
        // From a millionth of the distance on nothing is counted.
        assert_eq!(factor(&path(&[1.0, 1e-3, 1e-13, 1e-30]), 0.0), libm::pow(1e-12, 0.25));
        assert_eq!(factor(&path(&[1.0, 1.0]), 0.0), 1.0);
        assert!(factor(&path(&[1.0]), 1.0).is_nan() && factor(&path(&[]), 0.0).is_nan());
        let ended = Path { status: Status::Diverged { step: 2 }, ..path(&[1.0, 0.5]) };
        assert_eq!(factor(&ended, 0.0), f64::INFINITY);
    }

    #[test]
    fn where_the_surface_curves_down_there_is_no_telling() {
        let momentum = rule("momentum").unwrap();
        let of = |spectrum| exact_factor(momentum, &[0.1, 0.25, 0.0], spectrum);
        assert!(of([-1.0, 2.0]).is_nan() && of([0.0, 0.0]).is_nan() && of([f64::NAN; 2]).is_nan());
        // A flat direction is no hindrance: along it all points are as low.
        assert_eq!(of([0.0, 5.0]), 0.5);
        assert!(exact_factor(rule("adam").unwrap(), &[0.1; 4], [1.0, 2.0]).is_nan());
    }
}
