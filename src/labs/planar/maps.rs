//! The maps of the lab, left to a worker: where each start leads, and runs with other values of their
//! dials or other starts.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::PlanarLab;
use crate::labs::maps::{Found, HAS_MAPS, Help, Helped, Map, Maps, Part};
use crate::math::budget::Budget;

/// A map that comes grid by grid: one of type `M`, while `W` is at work on it.
#[derive(Debug)]
pub(super) struct Refined<M, W> {
    /// Everything that the map to be shown depends on, as bits: first of all, the objective's number.
    inputs: Vec<u64>,
    pub work: Option<W>,
    /// The last grid that is known, and what it was made from.
    shown: Option<(Vec<u64>, M)>,
    /// Whether that is the finest, and of what is to be shown.
    pub is_whole: bool,
}

impl<M, W> Default for Refined<M, W> {
    fn default() -> Self {
        Self { inputs: Vec::new(), work: None, shown: None, is_whole: false }
    }
}

impl<M, W> Refined<M, W> {
    /// The map to be shown has these inputs; what is known of others is a former one.
    pub fn begin(&mut self, inputs: Vec<u64>) {
        if inputs != self.inputs {
            *self = Self { inputs, shown: self.shown.take(), ..Self::default() };
        }
    }

    /// The work at hand has made a grid of the map that is to be shown.
    pub fn show(&mut self, map: M, is_last: bool) {
        self.is_whole = is_last;
        self.shown = Some((self.inputs.clone(), map));
    }

    /// What is shown on this objective.
    pub fn on(&self, objective_id: u64) -> Option<&M> {
        self.shown.as_ref().filter(|(inputs, _)| inputs[0] == objective_id).map(|(_, map)| map)
    }

    /// Whether what is shown is made from these.
    pub fn is_of(&self, inputs: &[u64]) -> bool {
        self.shown.as_ref().is_some_and(|(of, _)| of == inputs)
    }

    /// Whether the map with these inputs is still to come, or to become finer.
    pub fn awaits(&self, inputs: &[u64]) -> bool {
        !(self.is_whole && self.inputs == inputs)
    }

    /// What is shown: what it is made from, its grid, and whether that is the finest.
    pub fn known(&self) -> Option<(&[u64], &M, bool)> {
        self.shown.as_ref().map(|(inputs, map)| (&**inputs, map, self.is_whole))
    }

    /// Somebody else has made a grid with these inputs, while `awaited` are those of the map that is to
    /// be shown; tells whether it is shown: not where as many `cells` of it are known already.
    pub fn take(
        &mut self,
        awaited: Vec<u64>,
        (inputs, map, is_last): (Vec<u64>, M, bool),
        cells: impl Fn(&M) -> usize,
    ) -> bool {
        let shown = self.shown.as_ref().filter(|(of, _)| *of == inputs);
        let is_on_this = inputs.first() == awaited.first();
        if !is_on_this || shown.is_some_and(|(_, known)| cells(known) >= cells(&map)) {
            return false;
        }
        self.begin(awaited);
        self.is_whole = is_last && inputs == self.inputs;
        self.shown = Some((inputs, map));
        true
    }
}

/// What a worker does of the work.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Left {
    /// Whether the maps are left to it.
    is_left: bool,
    /// How much of them it has done, from 0 to 1.
    progress: f64,
}

impl PlanarLab {
    /// Whether somebody else computes the maps.
    pub(super) fn leaves_maps(&self) -> bool {
        !HAS_MAPS || self.left.is_left
    }

    /// How much of the maps is done, from 0 to 1.
    pub(super) fn maps_progress(&self) -> f64 {
        match self.left {
            _ if !self.leaves_maps() => {
                (self.basins_progress()).min(self.trials_progress()).min(self.gathering_progress())
            }
            Left { progress, .. } if self.job().is_some() => progress,
            _ => 1.0,
        }
    }
}

impl PlanarLab {
    /// What is known of runs with other dials and starts, and of basins, where these are asked for.
    fn parts(&self, trials: bool, basins: bool) -> Vec<Part> {
        let mut maps = Vec::new();
        if trials {
            let sweeps = self.known_sweeps().enumerate();
            maps.extend(sweeps.map(|(run, (inputs, known))| (inputs, Map::Sweep { run, known })));
            let grid = self.trials.map.known();
            maps.extend(grid.map(|(inputs, map, is_last)| {
                (inputs, Map::Momentum { map: map.clone(), is_last })
            }));
            let round = self.from_starts.known();
            maps.extend(round.map(|(inputs, losses, is_last)| {
                (inputs, Map::Starts { losses: losses.clone(), is_last })
            }));
        }
        if basins {
            let grid = self.basins.map.known();
            maps.extend(grid.map(|(inputs, basins, is_last)| {
                (inputs, Map::Basins { basins: basins.clone(), is_last })
            }));
        }
        let part = |(inputs, map): (&[u64], Map)| Part { inputs: inputs.to_vec(), map };
        maps.into_iter().map(part).collect()
    }
}

impl Maps for PlanarLab {
    fn job(&self) -> Option<u64> {
        // What is mapped depends on the minima.
        if !self.objective.is_complete() {
            return None;
        }
        let all: Vec<Vec<u64>> = (self.awaited_sweeps().into_iter())
            .chain(self.awaited_momentum_map())
            .chain(self.awaited_start_losses())
            .chain(self.awaited_basins())
            .collect();
        let mut hasher = DefaultHasher::new();
        all.hash(&mut hasher);
        (!all.is_empty()).then(|| hasher.finish())
    }

    fn leave_maps(&mut self, is_left: bool) {
        self.left = Left { is_left, progress: 0.0 };
    }

    fn map(&mut self, budget: &mut Budget) -> Found {
        let known = |lab: &Self| (lab.trials.version, lab.basins.version);
        let before = known(self);
        let is_searched = self.search(budget);
        let is_done = is_searched
            && self.walk_trials(budget)
            && self.gather_losses(budget)
            && self.map_basins(budget);
        let after = known(self);
        let parts = self.parts(after.0 != before.0, after.1 != before.1);
        let progress = if is_searched { self.maps_progress() } else { 0.0 };
        Found { parts, progress, is_done }
    }

    fn help(&mut self, budget: &mut Budget) -> (Option<Help>, bool) {
        if self.leaves_maps() {
            return (None, true);
        }
        // What is mapped depends on the minima.
        if !self.search(budget) {
            return (None, false);
        }
        // The other one begins with the other.
        let help = (self.help_with_basins(budget))
            .or_else(|| self.help_with_losses(budget))
            .or_else(|| self.help_with_momentum(budget))
            .or_else(|| self.help_with_sweeps(budget));
        let is_done = help.is_none();
        (help, is_done)
    }

    fn take_help(&mut self, Help { inputs, found }: Help) {
        if self.leaves_maps() {
            return;
        }
        match found {
            Helped::Basins(found) => self.take_help_with_basins(&inputs, found),
            Helped::Momentum(found) => self.take_help_with_momentum(&inputs, found),
            Helped::Sweep(found) => self.take_help_with_sweeps(&inputs, &found),
            Helped::Starts(found) => self.take_help_with_losses(&inputs, found),
            Helped::Nets(_) => {}
        }
    }

    fn known_maps(&self) -> Vec<Part> {
        self.parts(true, true)
    }

    fn take(&mut self, Found { parts, progress, is_done }: Found) {
        // Where all is done and something is awaited still, it was another job.
        self.left.progress = if is_done { 0.0 } else { progress };
        for Part { inputs, map } in parts {
            match map {
                Map::Sweep { run, known } => self.take_sweep(run, &inputs, known),
                Map::Momentum { map, is_last } => self.take_momentum_map(inputs, map, is_last),
                Map::Basins { basins, is_last } => self.take_basins(inputs, basins, is_last),
                Map::Starts { losses, is_last } => self.take_start_losses(inputs, losses, is_last),
                Map::Nets { .. } => {}
            }
        }
    }
}
