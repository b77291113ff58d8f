//! The charts of nets with other dials, left to a worker.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::NetLab;
use crate::labs::maps::{Found, HAS_MAPS, Help, Helped, Map, Maps, Part};
use crate::math::budget::Budget;

impl NetLab {
    /// Whether somebody else computes the maps.
    pub(super) fn leaves_maps(&self) -> bool {
        !HAS_MAPS || self.is_left
    }
}

impl Maps for NetLab {
    fn job(&self) -> Option<u64> {
        let mut all = self.awaited_sweeps();
        all.extend(self.awaited_map().into_iter().flatten());
        let mut hasher = DefaultHasher::new();
        all.hash(&mut hasher);
        (!all.is_empty()).then(|| hasher.finish())
    }

    fn leave_maps(&mut self, is_left: bool) {
        (self.is_left, self.left_progress) = (is_left, 0.0);
    }

    fn map(&mut self, budget: &mut Budget) -> Found {
        let before = self.trials_version();
        let is_done = self.walk_trials(budget);
        let parts = if self.trials_version() == before { Vec::new() } else { self.known_trials() };
        Found { parts, progress: self.trials_progress(), is_done }
    }

    fn help(&mut self, budget: &mut Budget) -> (Option<Help>, bool) {
        if self.leaves_maps() {
            return (None, true);
        }
        let help = self.help_with_map(budget).or_else(|| self.help_with_sweeps(budget));
        let is_done = help.is_none();
        (help, is_done)
    }

    fn take_help(&mut self, Help { inputs, found }: Help) {
        if self.leaves_maps() {
            return;
        }
        match found {
            Helped::Nets(found) => self.take_help_with_map(&inputs, found),
            Helped::Sweep(found) => self.take_help_with_sweeps(&inputs, &found),
            Helped::Momentum(_) | Helped::Basins(_) | Helped::Starts(_) => {}
        }
    }

    fn known_maps(&self) -> Vec<Part> {
        self.known_trials()
    }

    fn take(&mut self, Found { parts, progress, is_done }: Found) {
        for Part { inputs, map } in parts {
            match map {
                Map::Sweep { run, known } => self.take_sweep(run, &inputs, known),
                Map::Nets { grids, cells, is_last } => {
                    self.take_cells(inputs, grids, cells, is_last)
                }
                Map::Momentum { .. } | Map::Basins { .. } | Map::Starts { .. } => {}
            }
        }
        // Where all is done and something is awaited still, it was another job.
        self.left_progress = if is_done { 0.0 } else { progress };
    }
}
