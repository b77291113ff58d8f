//! The map of basins: where the followed run ends from each start of the window, a little in every
//! frame, coarse grids first.

use super::PlanarLab;
use super::inputs::run_inputs;
use super::maps::Refined;
use crate::labs::maps::{Help, Helped};
use crate::labs::planar::experiment::Setting;
use crate::math::budget::{Budget, GRID};
use crate::math::cells::Stretch;
use crate::math::number::{count, point};
use crate::math::window::Window;
use crate::training::basins::{self, Basins, Fate, Mapping, Minima, Stationary};
use crate::training::setup::Setup;
use crate::view::Frame;

/// How many CSS pixels a cell is wide, grid by grid.
const CELLS: [f64; 5] = [24.0, 12.0, 6.0, 3.0, 1.5];
/// A minimum reaches at most so much of the diagonal of the surface's own window.
const REACH: f64 = 0.04;

/// The map, and what it is made from.
#[derive(Debug, Default)]
pub(super) struct BasinMap {
    pub map: Refined<Basins, Mapping>,
    /// Grows with each grid that is shown.
    pub version: u32,
}

impl PlanarLab {
    /// Where the followed run ends from each start; `None` until the first grid of this objective is
    /// known, where the experiment does not ask for it, and where it would answer an open question.
    /// After a dial, the window or the run has changed it is the former one, until there is another.
    pub fn basins(&self) -> Option<&Basins> {
        self.basins.map.on(self.objective_id).filter(|_| self.maps_basins())
    }

    /// A number for what [`PlanarLab::basins`] shows.
    pub fn basins_version(&self) -> Option<u32> {
        self.basins().map(|_| self.basins.version)
    }

    /// What becomes of the followed run from the cell around a point, as a sentence's end; nothing
    /// while the map is the former one.
    pub fn told_of_basin(&self, at: [f64; 2]) -> Option<String> {
        let basins = self.basins()?;
        if !self.basins.map.is_of(&self.basins_inputs()?) {
            return None;
        }
        let minima = self.objective.minima();
        Some(match basins.at(at)? {
            Fate::Settled { minimum, step } => {
                let place = minima.get(usize::from(minimum)).copied().unwrap_or([f64::NAN; 2]);
                format!("ends at {}, near it from step {} on", point(place), count(step.into()))
            }
            Fate::Ended { step: 0 } => "f has no finite value and gradient here".to_owned(),
            Fate::Ended { step } => format!("update {} has no finite outcome", count(step.into())),
            Fate::AtRest(point) => {
                let what = match point {
                    Stationary::Minimum => "a minimum that is not among the known",
                    Stationary::Saddle => "a saddle",
                    Stationary::Maximum => "a maximum",
                    Stationary::Level => "no known minimum",
                };
                format!("ends where the gradient is 0, at {what}")
            }
            Fate::OnItsWay => {
                format!("near no known minimum after {} updates", count(self.experiment.steps()))
            }
        })
    }

    /// How much of the map is done, from 0 to 1.
    pub(super) fn basins_progress(&self) -> f64 {
        self.basins.map.work.as_ref().map_or(1.0, Mapping::progress)
    }

    fn maps_basins(&self) -> bool {
        self.experiment.setting(Setting::Map) != 0.0
            && !self.posed().is_veiled
            && self.mapped_run().is_some()
    }

    /// The run whose ends are shown: the followed one, or, where that is hidden, the first that is not.
    pub fn mapped_run(&self) -> Option<usize> {
        let is_shown = |&index: &usize| !self.experiment.runs[index].hidden;
        let followed = self.experiment.followed().filter(is_shown);
        followed.or_else(|| (0..self.experiment.runs.len()).find(is_shown))
    }

    /// Goes on with the map, as far as the budget lets it; tells whether it is whole.
    pub(super) fn map_basins(&mut self, budget: &mut Budget) -> bool {
        let Some(inputs) = self.basins_inputs() else {
            self.basins.map = Refined::default();
            return true;
        };
        self.basins.map.begin(inputs);
        if self.leaves_maps() {
            self.basins.map.work = None;
            return true;
        }
        while !self.basins.map.is_whole {
            let begun = self.basins.map.work.take();
            let mut mapping = begun.unwrap_or_else(|| self.begin_mapping());
            let grid = mapping.advance(&self.objective, budget);
            self.basins.map.work = Some(mapping);
            let Some((basins, is_last)) = grid else { return false };
            self.basins.map.show(basins, is_last);
            self.basins.version += 1;
        }
        self.basins.map.work = None;
        true
    }

    /// Everything that the map depends on, as bits; `None` where there is none to be shown.
    pub(super) fn basins_inputs(&self) -> Option<Vec<u64>> {
        let run = self.mapped_run().filter(|_| self.maps_basins())?;
        let mut inputs = run_inputs(&self.experiment, run, self.objective_id);
        let Frame { window: Window { x, y }, width, height } = self.frame();
        inputs.extend([x[0], x[1], y[0], y[1], width, height].map(f64::to_bits));
        Some(inputs)
    }

    /// The inputs of the map that is to be shown, where it is not whole.
    pub(super) fn awaited_basins(&self) -> Option<Vec<u64>> {
        self.basins_inputs().filter(|inputs| self.basins.map.awaits(inputs))
    }

    /// A worker has computed a grid of the map with these inputs.
    pub(super) fn take_basins(&mut self, inputs: Vec<u64>, basins: Basins, is_last: bool) {
        let Some(awaited) = self.awaited_basins() else { return };
        let cells = |basins: &Basins| basins.values.len();
        let is_shown = self.basins.map.take(awaited, (inputs, basins, is_last), cells);
        self.basins.version += u32::from(is_shown);
    }

    /// The map that is awaited, on its way.
    fn awaited_mapping(&mut self) -> Option<(Vec<u64>, Mapping)> {
        let inputs = self.awaited_basins()?;
        self.basins.map.begin(inputs.clone());
        let begun = self.basins.map.work.take();
        Some((inputs, begun.unwrap_or_else(|| self.begin_mapping())))
    }

    /// Goes on with the map that somebody else computes; `None` where there is nothing left of it.
    pub(super) fn help_with_basins(&mut self, budget: &mut Budget) -> Option<Help> {
        let (inputs, mut mapping) = self.awaited_mapping()?;
        let is_left = mapping.progress() < 1.0;
        let found = is_left.then(|| mapping.help(&self.objective, budget));
        self.basins.map.work = Some(mapping);
        Some(Help { inputs, found: Helped::Basins(found?) })
    }

    /// Somebody who helps has found some cells of the map with these inputs.
    pub(super) fn take_help_with_basins(&mut self, of: &[u64], found: Stretch<Fate>) {
        let Some((inputs, mut mapping)) = self.awaited_mapping() else { return };
        if inputs == of {
            mapping.take(found);
        }
        self.basins.map.work = Some(mapping);
    }

    fn begin_mapping(&self) -> Mapping {
        let run = self.mapped_run().unwrap_or_default();
        let home = self.experiment.source.window();
        let most = REACH * libm::hypot(home.width(), home.height());
        let minima = Minima::new(self.objective.minima(), most);
        let frame = self.frame();
        let setup = Setup::of(&self.experiment.run_spec(run));
        let cost = basins::cost(&setup, &self.objective);
        let grids = grids([frame.width, frame.height], cost);
        Mapping::new(setup, minima, frame.window, &grids)
    }

    /// What an update of a block of the map costs, in units.
    pub(super) fn basins_piece(&self) -> u64 {
        self.basins.map.work.as_ref().map_or(0, |mapping| mapping.piece(&self.objective))
    }
}

/// Columns and rows of the grids on a plot of this size in px, the coarsest first, where a run costs so
/// many units.
fn grids(size: [f64; 2], cost: u64) -> Vec<[usize; 2]> {
    let counts = |&cell: &f64| size.map(|side| (libm::ceil(side / cell) as usize).max(1));
    let affordable =
        |[columns, rows]: &[usize; 2]| ((columns * rows) as u64).saturating_mul(cost) <= GRID;
    let finer: Vec<_> = CELLS[1..].iter().map(counts).take_while(affordable).collect();
    // Of the finer ones every second, so that all before the last take little beside it.
    let left_out = (finer.len() + 1) % 2;
    CELLS[..1].iter().map(counts).chain(finer.into_iter().skip(left_out).step_by(2)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_finest_grids_are_left_out_where_runs_are_long() {
        let size = [300.0, 200.0];
        assert_eq!(grids(size, 50 * 40), [[13, 9], [50, 34], [200, 134]]);
        assert_eq!(grids(size, 400 * 2_000), [[13, 9], [25, 17], [100, 67]]);
        // The first is always there.
        assert_eq!(grids(size, u64::MAX), [[13, 9]]);
    }
}
