//! Basins: to which minimum a run leads from each start of a grid, and after how many updates.
//!
//! A run **settles** at a minimum with the first step from which on, up to its last, it stays within
//! reach of it; reaches of two minima never meet. A run that a number of stops being finite has ended.
//! One that is in no reach after its last update is at rest, if its gradient has come to as good as 0,
//! and else still on its way.
//!
//! The grid is computed in blocks of walkers, each walker by the same numbers as a run of its own.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::run::Path;
use super::setup::Setup;
use super::walkers::Walkers;
use crate::math::budget::Budget;
use crate::math::cells::{Cells, Refining, Stretch};
use crate::math::symmetric::eigenvalues;
use crate::math::window::Window;
use crate::objective::Objective;

/// What becomes of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fate {
    /// After its last update it is near no minimum that is known.
    #[default]
    OnItsWay,
    /// Its gradient has come to less than a millionth of its largest, at no minimum that is known.
    AtRest(Stationary),
    /// It stays near a minimum.
    Settled {
        /// Which, counted from 0.
        minimum: u16,
        /// From this step on.
        step: u16,
    },
    /// This update led to where a number is not finite: it diverged, or left the domain of f.
    Ended {
        /// The first update whose outcome is not finite; 0 where already the start has none.
        step: u16,
    },
}

/// What the Hessian makes of a point where the gradient is as good as 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stationary {
    /// f curves up in every direction.
    Minimum,
    /// f curves down in one direction and up in another.
    Saddle,
    /// f curves down in every direction.
    Maximum,
    /// f does not curve in some direction, but for rounding.
    Level,
}

impl Stationary {
    fn of(hessian: [f64; 3]) -> Self {
        const ROUNDING: f64 = 1e-9;
        let [low, high] = eigenvalues(hessian);
        let least = ROUNDING * low.abs().max(high.abs());
        match [low, high].map(|lambda| (lambda > least, lambda < -least)) {
            [(true, _), (true, _)] => Self::Minimum,
            [(_, true), (true, _)] => Self::Saddle,
            [(_, true), (_, true)] => Self::Maximum,
            _ => Self::Level,
        }
    }
}

/// Minima, and how near to one is at it.
#[derive(Clone, Debug, PartialEq)]
pub struct Minima {
    /// Each place, and the square of its reach.
    places: Vec<([f64; 2], f64)>,
}

impl Minima {
    /// Each reaches a third of the way to the nearest other one, and at most so far.
    pub fn new(points: &[[f64; 2]], most: f64) -> Self {
        let place = |(index, &at): (usize, &[f64; 2])| {
            let others = points.iter().enumerate().filter(|(other, _)| *other != index);
            let nearest =
                others.map(|(_, &other)| squared(at, other)).fold(f64::INFINITY, f64::min);
            (at, (nearest / 9.0).min(most * most))
        };
        Self { places: points.iter().enumerate().map(place).collect() }
    }
}

fn squared([ax, ay]: [f64; 2], [bx, by]: [f64; 2]) -> f64 {
    (ax - bx) * (ax - bx) + (ay - by) * (ay - by)
}

/// A gradient this small beside the largest on the way counts as none.
const SETTLED: f64 = 1e-6;

/// So many runs are looked at together.
const LANES: usize = 32;

/// Watches runs for where they settle: of each run one number in every list, so that vector registers
/// hold several.
#[derive(Clone, Debug)]
struct Watch {
    /// The place of the minimum it is at, and the square of its reach; nothing is within 0.
    near: [Vec<f64>; 3],
    /// Which minimum that is, counted from 1, or 0; and since which step.
    minimum: Vec<f64>,
    since: Vec<f64>,
    /// The largest |∇f|² so far.
    steepest: Vec<f64>,
    /// At how many of the last steps |∇f| was as good as 0 beside it.
    level: Vec<f64>,
    ended: Vec<Option<u16>>,
}

impl Watch {
    fn new(runs: usize) -> Self {
        let zeros = || vec![0.0; runs];
        Self {
            near: [zeros(), zeros(), zeros()],
            minimum: zeros(),
            since: zeros(),
            steepest: zeros(),
            level: zeros(),
            ended: vec![None; runs],
        }
    }

    /// Lets runs walk to their end; tells whether they are there.
    fn follow(
        &mut self,
        walkers: &mut Walkers,
        steps: usize,
        minima: &Minima,
        objective: &Objective,
        budget: &mut Budget,
    ) -> bool {
        let [cost, look] = [walkers.watched_cost(objective), last_look(walkers, objective)];
        let mut slopes = Vec::new();
        loop {
            let step = walkers.updates();
            if !budget.piece(if step == steps { cost + look } else { cost }) {
                return false;
            }
            walkers.measure(objective);
            if !walkers.are_finite() {
                for (walker, ended) in self.ended.iter_mut().enumerate() {
                    if ended.is_none() && !walkers.is_finite(walker) {
                        *ended = Some(step as u16);
                    }
                }
                if self.ended.iter().all(Option::is_some) {
                    return true;
                }
            }
            walkers.slopes(&mut slopes);
            self.see(minima, step, walkers.places(), &slopes);
            if step == steps {
                return true;
            }
            walkers.step(objective);
        }
    }

    /// The runs stand at (x, y) after so many updates, where |∇f|² is this.
    fn see(&mut self, minima: &Minima, step: usize, places: [&[f64]; 2], slopes: &[f64]) {
        for ((steepest, level), slope) in self.steepest.iter_mut().zip(&mut self.level).zip(slopes)
        {
            *steepest = if *slope > *steepest { *slope } else { *steepest };
            let is_level = *slope <= SETTLED * SETTLED * *steepest;
            *level = if is_level { *level + 1.0 } else { 0.0 };
        }
        for from in (0..slopes.len()).step_by(LANES) {
            let lanes = from..slopes.len().min(from + LANES);
            let [xs, ys] = places.map(|all| &all[lanes.clone()]);
            // Most steps end where the one before has.
            let [x, y, reach] = self.near.each_ref().map(|all| &all[lanes.clone()]);
            let stay = is_within(xs, ys, x, y, reach);
            if !stay {
                self.find(minima, step, lanes, [xs, ys]);
            }
        }
    }

    /// Some of these runs may be near another minimum than before.
    fn find(&mut self, minima: &Minima, step: usize, lanes: Range<usize>, [xs, ys]: [&[f64]; 2]) {
        let mut found = [0.0; LANES];
        for (number, ([px, py], reach)) in (1..).zip(&minima.places) {
            let number = f64::from(number);
            for ((found, x), y) in found.iter_mut().zip(xs).zip(ys) {
                let is_near = squared([*x, *y], [*px, *py]) < *reach;
                *found = if is_near { number } else { *found };
            }
        }
        for (run, found) in lanes.zip(found) {
            if found != self.minimum[run] {
                (self.minimum[run], self.since[run]) = (found, step as f64);
                let place = minima.places.get((found as usize).wrapping_sub(1));
                let ([x, y], reach) = place.copied().unwrap_or_default();
                for (near, part) in self.near.iter_mut().zip([x, y, reach]) {
                    near[run] = part;
                }
            }
        }
    }

    /// What has become of a run, which stands at a point after its last update.
    fn fate(&self, run: usize, objective: &Objective, point: [f64; 2]) -> Fate {
        match (self.ended[run], self.minimum[run]) {
            (Some(step), _) => Fate::Ended { step },
            // One that passes through is level for a moment.
            (None, 0.0) if self.level[run] > 1.0 => {
                Fate::AtRest(Stationary::of(objective.hessian(point).hessian))
            }
            (None, 0.0) => Fate::OnItsWay,
            (None, minimum) => {
                Fate::Settled { minimum: minimum as u16 - 1, step: self.since[run] as u16 }
            }
        }
    }
}

/// Whether each point is within reach of the place that belongs to it.
fn is_within(xs: &[f64], ys: &[f64], x: &[f64], y: &[f64], reach: &[f64]) -> bool {
    let all = xs.iter().zip(ys).zip(x.iter().zip(y)).zip(reach);
    all.fold(true, |so_far, (((px, py), (x, y)), reach)| {
        so_far & (squared([*x, *y], [*px, *py]) < *reach)
    })
}

impl Fate {
    /// That of a run which has been walked.
    pub fn of(objective: &Objective, path: &Path, minima: &Minima) -> Self {
        let mut watch = Watch::new(1);
        for (step, ([x, y], norm)) in path.theta.iter().zip(&path.grad_norm).enumerate() {
            watch.see(minima, step, [&[*x], &[*y]], &[norm * norm]);
        }
        let is_whole = matches!(path.ending(), super::run::Ending::Finished);
        watch.ended[0] = (!is_whole).then_some(path.theta.len() as u16);
        watch.fate(0, objective, path.theta.last().copied().unwrap_or([f64::NAN; 2]))
    }
}

/// What becomes of runs from the middle of each cell of a grid over a window.
pub type Basins = Cells<Fate>;

/// About what the whole run of a setup costs that is watched, in units of a [`Budget`].
pub fn cost(setup: &Setup, objective: &Objective) -> u64 {
    let one = Walkers::new(&setup.run([0.0; 2]), &[[0.0; 2]], &[setup.seed]);
    (setup.steps as u64 + 1) * one.watched_cost(objective)
}

/// Walkers in a block.
const BLOCK: usize = 256;

/// Basins on their way: coarse grids first, each finer than the one before.
pub struct Mapping {
    setup: Setup,
    minima: Minima,
    refining: Refining<Fate>,
    block: Option<(Walkers, Watch)>,
}

impl std::fmt::Debug for Mapping {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Mapping of {} cells", self.refining.count())
    }
}

impl Mapping {
    /// Grids of so many columns and rows, the coarsest first.
    pub fn new(setup: Setup, minima: Minima, window: Window, grids: &[[usize; 2]]) -> Self {
        Self { setup, minima, refining: Refining::through(window, grids), block: None }
    }

    /// How much of it is done, from 0 to 1.
    pub fn progress(&self) -> f64 {
        self.refining.progress()
    }

    /// What the piece at hand costs at most, in units of a [`Budget`]: an update of a block, or a look
    /// at where it has come to.
    pub fn piece(&self, objective: &Objective) -> u64 {
        let cost = |(walkers, _): &(Walkers, Watch)| {
            walkers.watched_cost(objective) + last_look(walkers, objective)
        };
        self.block.as_ref().map_or(0, cost)
    }

    /// Goes on as far as the budget lets it. Returns the next grid when all of its cells are known,
    /// and with it whether that was the last.
    pub fn advance(
        &mut self,
        objective: &Objective,
        budget: &mut Budget,
    ) -> Option<(Basins, bool)> {
        let Self { setup, minima, refining, block } = self;
        refining.advance(BLOCK, &mut |starts| {
            fates_from(starts, setup, minima, objective, block, budget)
        })
    }

    /// Goes on with the last grid for somebody who does the rest, see [`Refining::help`].
    pub fn help(&mut self, objective: &Objective, budget: &mut Budget) -> Stretch<Fate> {
        let Self { setup, minima, refining, block } = self;
        refining
            .help(BLOCK, &mut |starts| fates_from(starts, setup, minima, objective, block, budget))
    }

    /// Takes what somebody who helps has found.
    pub fn take(&mut self, stretch: Stretch<Fate>) {
        self.refining.take(stretch);
    }
}

/// What it costs besides to tell what all of a block are at that have come to rest.
fn last_look(walkers: &Walkers, objective: &Objective) -> u64 {
    objective.cost().hessian * walkers.len() as u64
}

/// What becomes of runs from a block of starts, as soon as the budget has let it come to its end.
fn fates_from(
    starts: &[[f64; 2]],
    setup: &Setup,
    minima: &Minima,
    objective: &Objective,
    block: &mut Option<(Walkers, Watch)>,
    budget: &mut Budget,
) -> Option<Vec<Fate>> {
    let (walkers, watch) = block.get_or_insert_with(|| {
        let seeds = vec![setup.seed; starts.len()];
        (Walkers::new(&setup.run([0.0; 2]), starts, &seeds), Watch::new(starts.len()))
    });
    if !watch.follow(walkers, setup.steps, minima, objective, budget) {
        return None;
    }
    let ends = walkers.points().enumerate();
    let fates = ends.map(|(run, point)| watch.fate(run, objective, point)).collect();
    *block = None;
    Some(fates)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labs::planar::experiment::Experiment;
    use crate::math::random::Random;
    use crate::training::run::walk;

    fn mapped(experiment: &Experiment, run: usize, grids: &[[usize; 2]]) -> (Basins, Minima) {
        let objective = experiment.objective();
        let minima = Minima::new(objective.minima(), 1.0);
        let setup = Setup::of(&experiment.run_spec(run));
        let mut mapping = Mapping::new(setup, minima.clone(), experiment.window, grids);
        // A little at a time, as the page does it.
        loop {
            match mapping.advance(&objective, &mut Budget::units(200_000)) {
                Some((basins, true)) => return (basins, minima),
                Some((basins, false)) => assert!(basins.values.len() < grids[1][0] * grids[1][1]),
                None => {}
            }
        }
    }

    #[test]
    fn every_cell_is_what_becomes_of_a_run_from_its_middle() {
        let mut random = Random::new(5);
        let mut seen = [0; 4];
        for link in [
            "surface=himmelblau&runs=gd&gd.alpha=0.02",
            "surface=himmelblau&runs=gd&gd.alpha=0.04&steps=80",
            "surface=camel&runs=momentum&momentum.alpha=0.02&momentum.beta=0.9&steps=120",
            "surface=rastrigin&runs=adam&adam.alpha=0.3&steps=60",
            "f=sqrt(x)+y^2-y^3&runs=gd&gd.alpha=0.2&steps=40",
            "surface=camel&runs=gd&gd.noise=2&gd.alpha=0.03&steps=60",
            "surface=himmelblau&runs=newton&steps=30",
            "surface=himmelblau&runs=newton&newton.indefinite=absolute&newton.noise=0.1&steps=30",
            "f=x^4 - y^2&runs=newton&newton.damping=0.5&steps=30",
            "problem=logistic&runs=newton&newton.batch=3&steps=20&data.n=20",
            "problem=logistic&runs=gd&gd.batch=7&gd.alpha=0.5&steps=20&data.n=20",
        ] {
            let (experiment, faults) = crate::labs::planar::experiment::link::read(link);
            assert!(faults.is_empty(), "{link}: {faults:?}");
            let (basins, minima) = mapped(&experiment, 0, &[[5, 4], [61, 47]]);
            let objective = experiment.objective();
            let setup = Setup::of(&experiment.run_spec(0));
            for _ in 0..200 {
                let cell = random.below(61 * 47) as usize;
                let start = basins.middle(cell);
                assert_eq!(basins.cell(start), Some(cell));
                let path = walk(&objective, &setup.run(start));
                let fate = basins.values[cell];
                assert_eq!(fate, Fate::of(&objective, &path, &minima), "{link} from {start:?}");
                seen[match fate {
                    Fate::OnItsWay => 0,
                    Fate::Settled { .. } => 1,
                    Fate::Ended { .. } => 2,
                    Fate::AtRest(_) => 3,
                }] += 1;
            }
        }
        assert!(seen.iter().all(|count| *count > 50), "{seen:?}");
    }

    #[test]
    fn reaches_do_not_meet() {
        let points = [[0.0, 0.0], [3.0, 0.0], [3.0, 1.5], [90.0, 0.0]];
        let minima = Minima::new(&points, 10.0);
        // More than are looked at together.
        let xs: Vec<f64> = (0..150).map(f64::from).collect();
        let at = |xs: &[f64], y: f64| {
            let mut watch = Watch::new(xs.len());
            watch.see(&minima, 0, [xs, &vec![y; xs.len()]], &vec![1.0; xs.len()]);
            watch.minimum
        };
        for ([x, y], number) in points.into_iter().zip([1.0, 2.0, 3.0, 4.0]) {
            assert_eq!(at(&[x], y), [number]);
        }
        assert_eq!(at(&[1.01, 3.0], 0.0), [0.0, 2.0]);
        assert_eq!((at(&[3.0], 0.49), at(&[3.0], 0.75)), (vec![2.0], vec![0.0]));
        assert_eq!(at(&[99.9, 100.1], 0.0), [4.0, 0.0]);
        let there = |x: usize| match x {
            0 => 1.0,
            3 => 2.0,
            81..100 => 4.0,
            _ => 0.0,
        };
        assert_eq!(at(&xs, 0.0), (0..150).map(there).collect::<Vec<_>>());
    }
}
