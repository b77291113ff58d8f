//! The swarm: the followed run from very many starts at once, a little in every frame.

use super::PlanarLab;
use super::inputs::run_inputs;
use crate::labs::planar::experiment::{Setting, SwarmFrom};
use crate::math::budget::Budget;
use crate::training::setup::Setup;
use crate::training::starts::Starts;
use crate::training::swarm::Swarm;

/// Where updates are of batches, each walker has an order of the examples of its own: so many numbers
/// all of them have together at most.
const ORDERS: usize = 4_000_000;
/// What it costs to place a walker, in units.
const PLACE: u64 = 40;
/// Before all walkers of a new swarm are where the clock is, so many of them are a picture of it.
const ENOUGH: usize = 4_000;

/// The swarm, and what it was made from.
#[derive(Debug, Default)]
pub(super) struct Walking {
    swarm: Option<Swarm>,
    inputs: Vec<u64>,
    /// Where the walkers of the former swarm stood, until there are enough of this one.
    former: Vec<[f64; 2]>,
    /// Grows with each swarm.
    version: u32,
}

impl PlanarLab {
    /// Where the walkers of the swarm stand at the step that is shown, or as near to it as they have come;
    /// NaN where one has ended. None where there is no swarm.
    pub fn swarm(&self) -> &[[f64; 2]] {
        let Some(swarm) = &self.swarm.swarm else { return &self.swarm.former };
        let points = swarm.points();
        if points.len() < ENOUGH.min(swarm.len()) { &self.swarm.former } else { points }
    }

    /// After how many updates they stand there.
    pub fn swarm_step(&self) -> usize {
        self.swarm.swarm.as_ref().map_or(0, Swarm::step)
    }

    /// Numbers for what [`PlanarLab::swarm`] shows.
    pub fn swarm_version(&self) -> [usize; 3] {
        [self.swarm.version as usize, self.swarm_step(), self.swarm().len()]
    }

    /// From where the walkers of the swarm start; where there is none, from where they would.
    pub fn starts(&self) -> Starts {
        match self.experiment.swarm_from() {
            SwarmFrom::Window => Starts::Window(self.experiment.window),
            SwarmFrom::Disc => Starts::Disc {
                middle: self.experiment.start,
                radius: self.experiment.setting(Setting::Radius),
            },
            SwarmFrom::Grid | SwarmFrom::Nowhere => Starts::Grid(self.experiment.source.window()),
        }
    }

    /// Of how many walkers a swarm of the run at `index` is, about.
    fn walkers(&self, index: usize) -> usize {
        let asked = self.experiment.setting(Setting::Walkers) as usize;
        let batches = self.experiment.batches(index).filter(|batches| !batches.is_full());
        batches.map_or(asked, |batches| asked.min(ORDERS / batches.n))
    }

    /// Makes the walkers anew where anything that they depend on has changed.
    pub(super) fn begin_swarm(&mut self) {
        let Some(index) = self.swarming_run() else {
            self.swarm = Walking { version: self.swarm.version, ..Walking::default() };
            return;
        };
        let mut inputs = run_inputs(&self.experiment, index, self.objective_id);
        inputs.extend(self.starts().bits().into_iter().chain([self.walkers(index) as u64]));
        if inputs == self.swarm.inputs {
            return;
        }
        let is_on_this = inputs.first() == self.swarm.inputs.first();
        let former = if is_on_this { self.swarm().to_vec() } else { Vec::new() };
        self.swarm = Walking { swarm: None, inputs, former, version: self.swarm.version + 1 };
    }

    /// The run of which there is a swarm.
    fn swarming_run(&self) -> Option<usize> {
        let is_asked_for = self.experiment.swarm_from() != SwarmFrom::Nowhere;
        self.mapped_run().filter(|_| is_asked_for)
    }

    /// Lets the walkers follow the clock, as far as the budget lets them; tells whether they are where
    /// it is.
    pub(super) fn advance_swarm(&mut self, budget: &mut Budget) -> bool {
        let step = self.step();
        let Some(index) = self.swarming_run() else { return true };
        if self.swarm.swarm.is_none() {
            let count = self.walkers(index);
            if !budget.piece(PLACE * count as u64) {
                return false;
            }
            let setup = Setup::of(&self.experiment.run_spec(index));
            let starts = self.starts().points(count);
            self.swarm.swarm = Some(Swarm::new(&setup, &starts, &self.objective));
        }
        let Some(swarm) = &mut self.swarm.swarm else { return true };
        let is_there = swarm.go_to(step, &self.objective, budget);
        if is_there {
            self.swarm.former = Vec::new();
        }
        is_there
    }

    /// What it costs to place all walkers, or an update of a block, in units.
    pub(super) fn swarm_piece(&self) -> u64 {
        let place = self.swarming_run().map_or(0, |index| PLACE * self.walkers(index) as u64);
        let step = self.swarm.swarm.as_ref().map_or(0, |swarm| swarm.piece(&self.objective));
        place.max(step)
    }
}
