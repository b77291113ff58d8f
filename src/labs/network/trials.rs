//! Nets with other dials: with which loss each run ends by its α, and what becomes of the followed one
//! by its α and the scale of its initial weights, or its batch size. A little in every frame, coarsely
//! first, and only while the chart shows it.
//!
//! Each place of these charts is a net of its own, trained from its start as the run would be.

mod hand;
mod mapping;
mod sweeps;
mod trial_config;

use std::sync::Arc;

use super::training_run::{TrainingRun, edits_of};
use super::{By, NetDial, NetLab, Sets};
use crate::analysis::net_trial::End;
use crate::labs::hand::Grip;
use crate::labs::maps::{Help, Helped, Map, Maps as _, Part};
use crate::math::budget::{Budget, GRID};
use crate::math::cells::{Cells, Refining, Stretch};
use crate::math::window::Window;
pub use hand::digits_of;
use mapping::Mapping;
use sweeps::Swept;
use trial_config::TrialConfig;
pub use trial_config::{batch_sizes, seen, updates_of};

/// The powers of ten between which α is swept.
pub const DECADES: [f64; 2] = [-4.0, 1.0];
/// The largest window over α and the initial scale, as powers of ten: what they can be set to.
pub const REACH: Window = Window::new(-6.0, 1.0, -2.0, 2.0);
/// A window is at least so wide and high: its places have numbers of their own.
pub const NARROWEST: f64 = 1e-7;
/// How many CSS pixels a cell of a map is wide, grid by grid; in the last one as few as it may cost, and
/// at least [`FINEST`].
const CELLS: [f64; 3] = [24.0, 8.0, 4.0];
const FINEST: f64 = 2.0;

/// What is trained with other values of the dials, and what it is made from.
#[derive(Default)]
pub(super) struct Trials {
    /// The sweep of each run.
    sweeps: Vec<Swept>,
    map: Mapped,
    /// Grows with all that is known.
    version: u32,
    /// Grows with what is said of the map: when another begins, and with each of its grids.
    told: u32,
    /// The place of the axes under the pointer.
    marked: Option<[f64; 2]>,
    /// The hand on the marks.
    grip: Grip,
}

/// A map over two dials.
#[derive(Default)]
struct Mapped {
    /// What its nets are made from, and then the grids.
    inputs: [Vec<u64>; 2],
    mapping: Option<Mapping>,
    /// Whether the finest grid of these is known.
    is_whole: bool,
    /// The last grid that is known: of these nets, whichever part of the map is in view.
    shown: Option<Cells<End>>,
}

impl NetLab {
    /// Whether the chart shows what other values of the dials lead to.
    pub fn shows_trials(&self) -> bool {
        self.experiment().by().is_of_trials()
    }

    /// A number for what of it is known.
    pub fn trials_version(&self) -> u32 {
        self.trials.version
    }

    /// A number for what is said of how fine the map is.
    pub(super) fn told_of_map(&self) -> u32 {
        self.trials.told
    }

    /// Whether the map is as fine as it will be.
    pub fn map_is_whole(&self) -> bool {
        self.awaited_map().is_none()
    }

    /// Whether it stays coarse then, because its nets take long.
    pub fn maps_coarsely(&self) -> bool {
        let [_, _, coarsest_fine] = CELLS;
        let few =
            |cells: &Cells<End>| self.chart_size()[0] > 1.1 * coarsest_fine * cells.columns as f64;
        self.map_is_whole() && self.trial_map().is_some_and(few)
    }

    /// The place of the chart's axes that the pointer marks.
    pub fn marked_trial(&self) -> Option<[f64; 2]> {
        self.trials.marked.filter(|_| self.shows_trials() && self.sees_ahead())
    }

    pub(super) fn mark_trial(&mut self, at: Option<[f64; 2]>) {
        self.trials.marked = at;
    }

    /// The run that a map is about: the followed one, or, where that is hidden, the first that is not.
    pub fn mapped_run(&self) -> Option<usize> {
        let is_shown = |&index: &usize| !self.experiment.runs[index].hidden;
        let followed = self.experiment.followed().filter(is_shown);
        followed.or_else(|| (0..self.experiment.runs.len()).find(is_shown))
    }

    /// What becomes of the mapped run by its dials, as far as it is known; `None` where the chart is
    /// about something else, where it would answer an open question, and until the first grid is known
    /// of these nets.
    pub fn trial_map(&self) -> Option<&Cells<End>> {
        let run = self.mapped_run().filter(|_| self.experiment.by().is_map())?;
        let is_of_these = self.trials.map.inputs[0] == self.map_inputs(run);
        self.trials.map.shown.as_ref().filter(|_| is_of_these && self.sees_ahead())
    }

    /// From which places of its axes to which the chart reaches.
    pub fn map_window(&self) -> Window {
        if self.experiment.by() == By::AlphaInit {
            return self.experiment.window;
        }
        let rows = batch_sizes(self.experiment.data.training()).len();
        Window { x: DECADES, y: [0.0, rows as f64] }
    }

    /// The runs that have a place on the map, and where: those that are the mapped one but for its
    /// dials.
    pub fn map_marks(&self) -> Vec<(usize, [f64; 2])> {
        let Some(mapped) = self.mapped_run().filter(|_| self.experiment.by().is_map()) else {
            return Vec::new();
        };
        let by_batch = self.experiment.by() == By::AlphaBatch;
        let of = |index| self.inputs_but(index, if by_batch { 2 } else { 1 });
        let same = of(mapped);
        let place = |index: usize| {
            let experiment = &self.experiment;
            let batches = experiment.batches(index);
            let upright = match by_batch {
                true => trial_config::row_of(batches.n, batches.m),
                false => libm::log10(experiment.net(NetDial::Scale)),
            };
            (index, [libm::log10(experiment.runs[index].values[0]), upright])
        };
        self.shown().into_iter().filter(|&index| of(index) == same).map(place).collect()
    }

    /// Goes on with what the chart shows, as far as the budget lets it; tells whether all is known.
    pub(super) fn walk_trials(&mut self, budget: &mut Budget) -> bool {
        let by = self.experiment.by();
        if by != By::Alpha {
            self.trials.sweeps.clear();
        }
        if !by.is_map() {
            self.trials.map = Mapped::default();
        }
        match by {
            _ if !self.sees_ahead() => true,
            By::Alpha => self.sweep_alphas(budget),
            By::AlphaInit | By::AlphaBatch => self.map_dials(budget),
            By::Epochs | By::Updates | By::Examples => true,
        }
    }

    /// Computes all that the chart shows of nets with other dials.
    pub fn settle_trials(&mut self) {
        while !self.walk_trials(&mut Budget::unlimited()) {}
    }

    /// How much of it is done, from 0 to 1.
    pub fn trials_progress(&self) -> f64 {
        if self.leaves_maps() {
            return if self.job().is_some() { self.left_progress } else { 1.0 };
        }
        let Trials { sweeps, map, .. } = &self.trials;
        let swept = sweeps.iter().filter_map(Swept::progress);
        let mapped = map.mapping.iter().map(Mapping::progress);
        let (count, sum) = swept.chain(mapped).fold((0.0, 0.0), |(n, sum), at| (n + 1.0, sum + at));
        if count == 0.0 { 1.0 } else { sum / count }
    }

    /// Everything that the end of a run depends on, as bits, but for so many of α and m.
    fn inputs_but(&self, index: usize, dials: usize) -> Vec<u64> {
        let experiment = &self.experiment;
        let mut inputs = TrainingRun::inputs(experiment, index).split_off(dials);
        let init = [NetDial::Initialization, NetDial::Scale].map(|dial| experiment.net(dial));
        inputs.extend(init.map(f64::to_bits));
        inputs.extend([self.data_id, experiment.steps() as u64]);
        for edit in edits_of(experiment, index) {
            inputs.extend([edit.tick as u64, edit.index as u64, edit.value.to_bits()]);
        }
        inputs
    }

    /// Everything that the nets of the map depend on.
    fn map_inputs(&self, run: usize) -> Vec<u64> {
        let experiment = &self.experiment;
        let by_batch = experiment.by() == By::AlphaBatch;
        let mut inputs = if by_batch {
            // They get as many examples as the run itself.
            let mut inputs = self.inputs_but(run, 2);
            inputs.push(seen(experiment, run) as u64);
            inputs
        } else {
            let mut inputs = self.inputs_but(run, 1);
            let edits = 3 * edits_of(experiment, run).len();
            // The scale is the map's own: it stands before the number of the data and the steps.
            let scale = inputs.len() - edits - 3;
            inputs[scale] = 0;
            inputs
        };
        inputs.push(experiment.by() as u64);
        inputs
    }

    fn map_dials(&mut self, budget: &mut Budget) -> bool {
        let Some((run, inputs)) = self.wanted_map() else {
            self.trials.map = Mapped::default();
            return true;
        };
        self.begin_map(inputs);
        if self.leaves_maps() {
            self.trials.map.mapping = None;
            return true;
        }
        while !self.trials.map.is_whole {
            let (mut mapping, sets) = self.mapping_on_its_way(run);
            let grid = mapping.advance(&sets.train, budget);
            self.trials.map.mapping = Some(mapping);
            let Some((cells, is_last)) = grid else { return false };
            self.show_cells(cells, is_last);
        }
        self.trials.map.mapping = None;
        true
    }

    fn mapping_on_its_way(&mut self, run: usize) -> (Mapping, Arc<Sets>) {
        let begun = self.trials.map.mapping.take();
        (begun.unwrap_or_else(|| self.begin_mapping(run)), self.sets().clone())
    }

    /// Goes on with the map that somebody else computes; `None` where there is nothing left of it.
    pub(super) fn help_with_map(&mut self, budget: &mut Budget) -> Option<Help> {
        let inputs = self.awaited_map()?;
        let (run, _) = self.wanted_map()?;
        self.begin_map(inputs.clone());
        let (mut mapping, sets) = self.mapping_on_its_way(run);
        let is_left = mapping.progress() < 1.0;
        let found = is_left.then(|| mapping.help(&sets.train, budget));
        self.trials.map.mapping = Some(mapping);
        Some(Help { inputs: inputs.concat(), found: Helped::Nets(found?) })
    }

    /// Somebody who helps has found some cells of the map with these inputs.
    pub(super) fn take_help_with_map(&mut self, of: &[u64], found: Stretch<End>) {
        let Some(inputs) = self.awaited_map().filter(|inputs| inputs.concat() == of) else {
            return;
        };
        let Some((run, _)) = self.wanted_map() else { return };
        self.begin_map(inputs);
        let (mut mapping, _) = self.mapping_on_its_way(run);
        mapping.take(found);
        self.trials.map.mapping = Some(mapping);
    }

    /// The run that is to be mapped, and what its nets are made from, and then the grids; `None` where
    /// there is no map to be shown.
    pub(super) fn wanted_map(&self) -> Option<(usize, [Vec<u64>; 2])> {
        let is_shown = self.experiment().by().is_map() && self.sees_ahead();
        let run = self.mapped_run().filter(|_| is_shown)?;
        let window = self.map_window();
        let grids = [window.x, window.y, self.chart_size()].concat();
        Some((run, [self.map_inputs(run), grids.into_iter().map(f64::to_bits).collect()]))
    }

    /// The inputs of the map that is to be shown, where it is not whole.
    pub(super) fn awaited_map(&self) -> Option<[Vec<u64>; 2]> {
        let map = &self.trials.map;
        let (_, inputs) = self.wanted_map()?;
        (!map.is_whole || map.inputs != inputs).then_some(inputs)
    }

    /// All that is known of what the chart shows.
    pub(super) fn known_trials(&self) -> Vec<Part> {
        let Trials { sweeps, map, .. } = &self.trials;
        let sweeps = sweeps.iter().enumerate().filter_map(|(run, swept)| swept.known(run));
        let cells = map.shown.iter().map(|cells| {
            let [inputs, grids] = map.inputs.clone();
            let map = Map::Nets { grids, cells: cells.clone(), is_last: map.is_whole };
            Part { inputs, map }
        });
        sweeps.chain(cells).collect()
    }

    /// A worker has computed these cells of the map of these nets.
    pub(super) fn take_cells(
        &mut self,
        inputs: Vec<u64>,
        grids: Vec<u64>,
        cells: Cells<End>,
        is_last: bool,
    ) {
        let Some(awaited) = self.awaited_map().filter(|[nets, _]| *nets == inputs) else { return };
        let is_last = is_last && awaited[1] == grids;
        self.begin_map(awaited);
        self.show_cells(cells, is_last);
    }

    /// What is known of the same nets stays.
    fn begin_map(&mut self, inputs: [Vec<u64>; 2]) {
        let map = &mut self.trials.map;
        if inputs != map.inputs {
            let is_of_these = map.inputs[0] == inputs[0];
            let shown = map.shown.take().filter(|_| is_of_these);
            *map = Mapped { inputs, shown, ..Mapped::default() };
            self.trials.version += 1;
            self.trials.told += 1;
        }
    }

    fn begin_mapping(&self, run: usize) -> Mapping {
        let config = TrialConfig::of(self.experiment(), run);
        let examples = &self.sets().train;
        let rows = (self.experiment().by() == By::AlphaBatch).then(|| batch_sizes(examples.len()));
        let each = match &rows {
            Some(sizes) => {
                let all = sizes.iter().map(|&m| config.cost_with(examples, m)).sum::<u64>();
                all / sizes.len() as u64
            }
            None => config.cost(examples),
        };
        let grids = grids_of(self.chart_size(), rows.as_ref().map(Vec::len), each);
        let refining = Refining::new(self.map_window(), &grids, each, GRID);
        Mapping::new(refining, config, rows)
    }

    /// A grid is known. What is known of a part of the map is true of it still: it stays until there is
    /// more.
    fn show_cells(&mut self, cells: Cells<End>, is_last: bool) {
        let Window { x, y } = self.map_window();
        let side = |of: &Cells<End>| of.window.width() / of.columns as f64;
        let is_less = |before: &Cells<End>| {
            let has = |x, y| before.window.contains([x, y]);
            side(before) < side(&cells) && has(x[0], y[0]) && has(x[1], y[1])
        };
        self.trials.map.is_whole = is_last;
        self.trials.told += 1;
        if !self.trials.map.shown.as_ref().is_some_and(is_less) {
            self.trials.map.shown = Some(cells);
            self.trials.version += 1;
        }
    }
}

/// Columns and rows of the grids on a chart, the coarsest first, where a cell costs so much.
fn grids_of(sides: [f64; 2], rows: Option<usize>, each: u64) -> Vec<[usize; 2]> {
    let cells = |cell: f64| {
        let [columns, own] = sides.map(|side| (libm::ceil(side / cell) as usize).max(1));
        [columns, rows.unwrap_or(own)]
    };
    let most = GRID as f64 / each.max(1) as f64;
    let finest = match rows {
        Some(rows) => sides[0] * rows as f64 / most,
        None => libm::sqrt(sides[0] * sides[1] / most),
    };
    let finest = finest.max(FINEST) * 1.01;
    let coarser = CELLS.into_iter().filter(|cell| *cell > 1.3 * finest);
    let mut grids: Vec<[usize; 2]> = coarser.map(cells).collect();
    if finest < CELLS[0] || grids.is_empty() {
        grids.push(cells(finest.min(CELLS[0])));
    }
    grids
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::INITIAL_SCALE;
    use crate::optimizers::gradient_descent;

    #[test]
    fn the_reach_of_the_map_is_what_the_dials_can_be() {
        let ends = |range: [f64; 2]| range.map(f64::log10).map(f64::round);
        assert_eq!(REACH.x, ends(gradient_descent::RULE.parameters[0].range));
        assert_eq!(REACH.y, ends(INITIAL_SCALE.range));
        assert_eq!(REACH.x.map(libm::exp10), gradient_descent::RULE.parameters[0].range);
    }

    #[test]
    fn grids_grow_finer_and_cost_no_more_than_a_grid_may() {
        for each in [1, 100_000, 400_000, 10_000_000, 100_000_000, 1 << 40] {
            for rows in [None, Some(9)] {
                let grids = grids_of([380.0, 260.0], rows, each);
                let cells = |[columns, rows]: &[usize; 2]| columns * rows;
                assert!(grids.windows(2).all(|pair| cells(&pair[0]) < cells(&pair[1])), "{each}");
                let (last, before) = grids.split_last().unwrap();
                let cost = cells(last) as u64 * each;
                assert!(before.is_empty() || cost <= GRID, "{each} {rows:?}: {grids:?}");
            }
        }
        assert_eq!(grids_of([380.0, 260.0], None, 1).last(), Some(&[189, 129]));
    }
}
