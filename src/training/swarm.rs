//! A swarm: very many walkers of one rule, each from a start of its own, and where they stand now.
//!
//! What it was at every step would fill the memory: of its states only some are kept, and it goes back by
//! going forth from the one before. It moves in blocks that the processor's cache holds, each to the step
//! that is asked for before the next; every so manyth walker is in one block, so that those which are
//! there first are spread as all of them are.

use super::setup::Setup;
use super::walkers::Walkers;
use crate::math::budget::Budget;
use crate::objective::Objective;

/// On the way to a step that is far there is a picture after about so many units of work.
const PICTURE: u64 = 16_000_000;
/// Walkers in a block, about.
const BLOCK: usize = 2048;
/// So many numbers the kept states have together at most, besides the first ones.
const KEPT: usize = 8_000_000;
/// A walker's state has about so many numbers, and so many more where it has random numbers of its own.
const STATE: usize = 12;
const CHANCE: usize = 20;

/// Walkers side by side.
#[derive(Debug)]
pub struct Swarm {
    blocks: Vec<Block>,
    /// The step that the blocks are at, or go to.
    step: usize,
    /// How many of them are there.
    there: usize,
    /// The places of the walkers of those that are there.
    coming: Vec<[f64; 2]>,
    /// Where all of them stood when all were at one step, and which that was.
    whole: Option<(usize, Vec<[f64; 2]>)>,
}

/// Some of the walkers.
#[derive(Debug)]
struct Block {
    walkers: Walkers,
    /// Their states after every so many updates, the first one at the start.
    kept: Vec<Walkers>,
    every: usize,
}

impl Swarm {
    /// Walkers from these starts, of which the one at place k has the run's seed + k.
    pub fn new(setup: &Setup, starts: &[[f64; 2]], objective: &Objective) -> Self {
        let count = starts.len().div_ceil(BLOCK);
        let state = if setup.is_random() { STATE + CHANCE } else { STATE };
        let states = (KEPT / (state * starts.len().max(1))).clamp(1, setup.steps.max(1));
        let block = |index: usize| {
            let mine = || (index..starts.len()).step_by(count);
            let seeds = setup.seeds(mine());
            let starts: Vec<[f64; 2]> = mine().map(|walker| starts[walker]).collect();
            let mut walkers = Walkers::new(&setup.run([0.0; 2]), &starts, &seeds);
            if walkers.follow_the_gradient() {
                walkers.measure_and_end(objective);
            }
            let every = setup.steps.div_ceil(states).max(1);
            Block { kept: vec![walkers.clone()], walkers, every }
        };
        Self {
            blocks: (0..count).map(block).collect(),
            step: 0,
            there: 0,
            coming: Vec::with_capacity(starts.len()),
            whole: None,
        }
    }

    /// How many walkers there are.
    pub fn len(&self) -> usize {
        self.blocks.iter().map(|block| block.walkers.len()).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// After how many updates they stand as [`Swarm::points`] has them.
    pub fn step(&self) -> usize {
        self.whole.as_ref().map_or(self.step, |(step, _)| *step)
    }

    /// Where they stand, in no order: all of them at a step that all have come to, or, before there is
    /// one, those that are at the first step that was asked for. NaN from where a run ends, since f, ∇f or
    /// its place is not finite; but f over all examples is not asked for where updates are of batches.
    pub fn points(&self) -> &[[f64; 2]] {
        self.whole.as_ref().map_or(&self.coming, |(_, points)| points)
    }

    /// What the piece at hand costs at most, in units of a [`Budget`]: an update of a block.
    pub fn piece(&self, objective: &Objective) -> u64 {
        self.blocks.first().map_or(0, |block| block.walkers.cost(objective))
    }

    /// Goes on to a step, as far as the budget lets it; tells whether all are there. On a long way forth all
    /// meet now and then: however fast the clock goes, there is a picture.
    pub fn go_to(&mut self, step: usize, objective: &Objective, budget: &mut Budget) -> bool {
        loop {
            if step < self.step || self.there == self.blocks.len() && step > self.step {
                let at_once = PICTURE / (self.piece(objective) * self.blocks.len() as u64).max(1);
                self.step = step.min(self.step.saturating_add(at_once.max(1) as usize));
                self.there = 0;
                self.coming.clear();
            }
            while self.there < self.blocks.len() {
                let block = &mut self.blocks[self.there];
                if !block.go_to(self.step, objective, budget) {
                    return false;
                }
                self.coming.extend(block.walkers.points().map(|[x, y]| {
                    if x.is_finite() && y.is_finite() { [x, y] } else { [f64::NAN; 2] }
                }));
                self.there += 1;
            }
            if !self.coming.is_empty() {
                let former = self.whole.take().map(|(_, points)| points).unwrap_or_default();
                self.whole = Some((self.step, std::mem::replace(&mut self.coming, former)));
                self.coming.clear();
            }
            if step == self.step {
                return true;
            }
        }
    }
}

impl Block {
    fn go_to(&mut self, step: usize, objective: &Objective, budget: &mut Budget) -> bool {
        let Self { walkers, kept, every } = self;
        if walkers.updates() > step {
            walkers.clone_from(&kept[(step / *every).min(kept.len() - 1)]);
        }
        let cost = walkers.cost(objective);
        while walkers.updates() < step {
            if !budget.piece(cost) {
                return false;
            }
            walkers.step(objective);
            if walkers.follow_the_gradient() {
                walkers.measure_and_end(objective);
            }
            if walkers.updates() == kept.len() * *every {
                kept.push(walkers.clone());
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labs::Lab as _;
    use crate::labs::planar::PlanarLab;
    use crate::math::window::Window;
    use crate::training::run::walk;
    use crate::training::starts::Starts;

    const WINDOW: Window = Window::new(-3.0, 3.0, -2.0, 2.5);

    /// In an order of their own: by the numbers' bits.
    fn sorted(points: &[[f64; 2]]) -> Vec<[u64; 2]> {
        let mut all: Vec<_> = points.iter().map(|point| point.map(f64::to_bits)).collect();
        all.sort_unstable();
        all
    }

    #[test]
    fn each_stands_where_its_run_does_forth_and_back_in_slices() {
        for link in [
            "surface=himmelblau&runs=momentum&momentum.alpha=0.03&steps=40",
            "surface=rosenbrock&runs=adam&adam.noise=0.5&steps=40",
            "f=x-ln(x%2By)%2By^2&runs=gd&steps=40",
            "surface=himmelblau&runs=newton&steps=40",
            "problem=linear&runs=gd&gd.batch=4&data.n=20&steps=40",
        ] {
            let lab = PlanarLab::new(link);
            assert_eq!(lab.faults(), [], "{link}");
            let experiment = lab.experiment();
            let objective = experiment.objective();
            let setup = Setup::of(&experiment.run_spec(0));
            let starts = Starts::Window(WINDOW).points(5000);
            let mut swarm = Swarm::new(&setup, &starts, &objective);
            assert!(swarm.blocks.len() > 1 && swarm.len() == 5000);
            let paths: Vec<_> = (starts.iter().enumerate())
                .map(|(at, start)| walk(&objective, &setup.with_later_seed(at as u64).run(*start)))
                .collect();
            for step in [7, 8, 40, 39, 3, 21, 0, 40] {
                while !swarm.go_to(step, &objective, &mut Budget::units(300_000)) {}
                assert_eq!(swarm.step(), step);
                let there = |path: &crate::training::run::Path| {
                    path.theta.get(step).copied().unwrap_or([f64::NAN; 2])
                };
                let alone: Vec<[f64; 2]> = paths.iter().map(there).collect();
                assert!(sorted(swarm.points()) == sorted(&alone), "{link}, step {step}");
            }
        }
    }

    #[test]
    fn its_states_are_kept_within_a_bound() {
        let experiment =
            PlanarLab::new("surface=bowl&runs=momentum&steps=3000").experiment().clone();
        let objective = experiment.objective();
        let setup = Setup::of(&experiment.run_spec(0));
        for count in [100, 10_000, 100_000] {
            let starts = Starts::Grid(WINDOW).points(count);
            let mut swarm = Swarm::new(&setup, &starts, &objective);
            let step = if count == 100 { 3000 } else { 300 };
            assert!(swarm.go_to(step, &objective, &mut Budget::unlimited()));
            let kept = |block: &Block| (block.kept.len() - 1) * block.walkers.len() * STATE;
            assert!(swarm.blocks.iter().map(kept).sum::<usize>() <= KEPT);
            let most = setup.steps.div_ceil(swarm.blocks[0].every);
            assert!(most >= 6, "{most}");
        }
    }

    #[test]
    fn a_picture_comes_however_fast_the_clock_goes() {
        let experiment =
            PlanarLab::new("surface=himmelblau&runs=gd&steps=500").experiment().clone();
        let objective = experiment.objective();
        let setup = Setup::of(&experiment.run_spec(0));
        let mut swarm = Swarm::new(&setup, &Starts::Grid(WINDOW).points(30_000), &objective);
        let mut seen = Vec::new();
        for step in 1..300 {
            // Less than an update of all takes.
            swarm.go_to(step, &objective, &mut Budget::units(400_000));
            seen.push(swarm.step());
        }
        seen.dedup();
        assert!(seen.len() > 8 && seen.is_sorted() && *seen.last().unwrap() > 100, "{seen:?}");
    }
}
