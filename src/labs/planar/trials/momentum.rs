//! How fast a run with momentum comes down at each α and β: exact on a quadratic, by runs elsewhere.

use super::super::inputs::run_inputs;
use super::super::maps::Refined;
use crate::analysis::alpha_beta::{AlphaBeta, Mapping, Way, beta_of, exact_factor, fastest_of};
use crate::analysis::stability::{fastest, swinging};
use crate::labs::maps::{Help, Helped};
use crate::labs::planar::PlanarLab;
use crate::labs::planar::experiment::By;
use crate::math::budget::Budget;
use crate::math::cells::Stretch;
use crate::math::symmetric::eigenvalues;
use crate::math::window::Window;
use crate::optimizers::gradient_descent;
use crate::optimizers::momentum::{self, Form};
use crate::optimizers::schedule::Schedule;
use crate::training::setup::Setup;

/// How many CSS pixels a cell of the map is wide, grid by grid.
const CELLS: [f64; 4] = [24.0, 8.0, 4.0, 2.0];
/// The map reaches to so many times 1/λ_max: with β near 1 momentum is stable below 4.
const REACH: f64 = 4.4;
/// The average form of momentum has (1 − β)α where the others have α.
const REACH_OF_AVERAGE: f64 = 20.0;

/// The map over α and β.
pub(super) type Mapped = Refined<AlphaBeta, Mapping>;

/// What is mapped.
#[derive(Clone, Copy)]
struct MapConfig {
    /// The run, and where β is among its dials.
    run: usize,
    beta: usize,
    way: Way,
    window: Window,
}

impl PlanarLab {
    /// The run whose α and β the map is about: the followed one, or else the first that is shown and
    /// has a β.
    pub fn mapped_momentum(&self) -> Option<usize> {
        let has_beta = |&index: &usize| {
            let run = &self.experiment.runs[index];
            !run.hidden && beta_of(run.rule).is_some()
        };
        let followed = self.experiment.followed().filter(has_beta);
        followed.or_else(|| (0..self.experiment.runs.len()).find(has_beta))
    }

    /// How fast the mapped run comes down at each α and β, as far as it is known. After something it
    /// depends on has changed it is the former map, until there is another.
    pub fn alpha_beta(&self) -> Option<&AlphaBeta> {
        self.trials.map.on(self.objective_id).filter(|_| self.maps_momentum())
    }

    /// The same, but not a former one: what is told is told of this.
    fn present_map(&self) -> Option<&AlphaBeta> {
        let map = self.alpha_beta()?;
        self.trials.map.is_of(&self.map_inputs(&self.map_config()?)).then_some(map)
    }

    /// The runs that have a place on that map, and their α and β: those of the same rule, and GD, which
    /// is momentum without β.
    pub fn momentum_marks(&self) -> Vec<(usize, [f64; 2])> {
        let Some(mapped) = self.mapped_momentum() else { return Vec::new() };
        let of = &self.experiment.runs[mapped];
        let place = |index: usize| {
            let run = &self.experiment.runs[index];
            let is_plain = run.rule.key == gradient_descent::RULE.key;
            let is_same = run.rule.key == of.rule.key && run.values[2..] == of.values[2..];
            let beta = if is_plain { 0.0 } else { run.values[beta_of(run.rule)?] };
            (!run.hidden && (is_plain || is_same)).then_some((index, [run.values[0], beta]))
        };
        (0..self.experiment.runs.len()).filter_map(place).collect()
    }

    /// The eigenvalues of the Hessian, where the map is exact.
    pub fn exact_spectrum(&self) -> Option<[f64; 2]> {
        let run = self.mapped_momentum()?;
        let setup = Setup::of(&self.experiment.run_spec(run));
        let spectrum = eigenvalues(self.objective.constant_hessian()?);
        let is_linear = setup.schedule == Schedule::Constant && !setup.is_random();
        let has_floor = spectrum[0] >= 0.0 && spectrum[1] > 0.0;
        (is_linear && has_floor).then_some(spectrum)
    }

    /// The α and β that are fastest, where they are known: by the closed form, or of all cells.
    pub fn fastest_momentum(&self) -> Option<[f64; 2]> {
        let map = self.present_map()?;
        let run = &self.experiment.runs[self.mapped_momentum()?];
        match self.exact_spectrum() {
            Some([low, high]) if low > 0.0 => {
                let [_, most] = run.rule.parameters[beta_of(run.rule)?].range;
                fastest(run.rule, &run.values, [low, high]).filter(|[_, beta]| *beta <= most)
            }
            Some(_) => None,
            None => fastest_of(map).filter(|_| self.is_fine(map)),
        }
    }

    /// Whether a map is as fine as there are any; it is not while it is computed, and where its runs are
    /// long.
    fn is_fine(&self, map: &AlphaBeta) -> bool {
        [map.columns, map.rows] == self.grids()[CELLS.len() - 1]
    }

    /// Whether the map stays coarse, because its runs are long.
    pub fn maps_coarsely(&self) -> bool {
        self.trials.map.is_whole && self.present_map().is_some_and(|map| !self.is_fine(map))
    }

    /// Columns and rows of the grids on the chart, the coarsest first.
    fn grids(&self) -> [[usize; 2]; CELLS.len()] {
        CELLS.map(|cell| self.chart_size().map(|side| (libm::ceil(side / cell) as usize).max(1)))
    }

    /// At which α the slowest direction begins to swing, and from which on the steepest flips sides,
    /// for a β; `None` where the map is not exact.
    pub fn swings(&self, beta: f64) -> Option<[f64; 2]> {
        let [low, high] = self.exact_spectrum()?;
        let run = &self.experiment.runs[self.mapped_momentum()?];
        let mut values = run.values.clone();
        values[beta_of(run.rule)?] = beta;
        let [first, last] = swinging(run.rule, &values)?;
        Some([first / low, last / high])
    }

    /// By how much an update multiplies the distance at an α and a β; 1 or above where it does not come
    /// down.
    pub fn factor_at(&self, [alpha, beta]: [f64; 2]) -> Option<f64> {
        let map = self.present_map()?;
        let Some(spectrum) = self.exact_spectrum() else { return map.at([alpha, beta]) };
        let run = &self.experiment.runs[self.mapped_momentum()?];
        let mut values = run.values.clone();
        (values[0], values[beta_of(run.rule)?]) = (alpha, beta);
        Some(exact_factor(run.rule, &values, spectrum))
    }

    fn maps_momentum(&self) -> bool {
        self.experiment.by() == By::AlphaBeta
            && self.sees_ahead()
            && self.mapped_momentum().is_some()
    }

    /// What is to be mapped; `None` without a run that has a β, and where no minimum is known from which
    /// its distance could be told.
    fn map_config(&self) -> Option<MapConfig> {
        let run = self.mapped_momentum()?;
        let beta = beta_of(self.experiment.runs[run].rule)?;
        let way = match self.exact_spectrum() {
            Some(spectrum) => Way::Exact(spectrum),
            None => {
                let lowest = self.objective.lowest()?;
                Way::Walked { start: self.experiment.start, lowest }
            }
        };
        Some(MapConfig { run, beta, way, window: self.alpha_beta_window() })
    }

    pub(super) fn map_momentum(&mut self, budget: &mut Budget) -> bool {
        let Some(config) = self.map_config() else {
            self.trials.map = Mapped::default();
            return true;
        };
        self.trials.map.begin(self.map_inputs(&config));
        if self.leaves_maps() {
            self.trials.map.work = None;
            return true;
        }
        while !self.trials.map.is_whole {
            let begun = self.trials.map.work.take();
            let mut mapping = begun.unwrap_or_else(|| self.begin_momentum_map(config));
            let grid = mapping.advance(&self.objective, budget);
            self.trials.map.work = Some(mapping);
            let Some((map, is_last)) = grid else { return false };
            self.trials.map.show(map, is_last);
            self.tell_of_momentum();
        }
        self.trials.map.work = None;
        true
    }

    /// The map that is awaited, on its way.
    fn awaited_momentum_mapping(&mut self) -> Option<(Vec<u64>, Mapping)> {
        let inputs = self.awaited_momentum_map()?;
        let config = self.map_config()?;
        self.trials.map.begin(inputs.clone());
        let begun = self.trials.map.work.take();
        Some((inputs, begun.unwrap_or_else(|| self.begin_momentum_map(config))))
    }

    /// Goes on with the map that somebody else computes; `None` where there is nothing left of it.
    pub(in crate::labs::planar) fn help_with_momentum(
        &mut self,
        budget: &mut Budget,
    ) -> Option<Help> {
        let (inputs, mut mapping) = self.awaited_momentum_mapping()?;
        let is_left = mapping.progress() < 1.0;
        let found = is_left.then(|| mapping.help(&self.objective, budget));
        self.trials.map.work = Some(mapping);
        Some(Help { inputs, found: Helped::Momentum(found?) })
    }

    /// Somebody who helps has found some cells of the map with these inputs.
    pub(in crate::labs::planar) fn take_help_with_momentum(
        &mut self,
        of: &[u64],
        found: Stretch<f64>,
    ) {
        let Some((inputs, mut mapping)) = self.awaited_momentum_mapping() else { return };
        if inputs == of {
            mapping.take(found);
        }
        self.trials.map.work = Some(mapping);
    }

    fn begin_momentum_map(&self, MapConfig { run, beta, way, window }: MapConfig) -> Mapping {
        let setup = Setup::of(&self.experiment.run_spec(run));
        Mapping::new(&self.objective, setup, beta, way, window, &self.grids())
    }

    /// A grid is shown that was not.
    fn tell_of_momentum(&mut self) {
        self.trials.version += 1;
        // It tells of the fastest.
        self.versions.model += 1;
    }

    /// The inputs of the map that is to be shown, where it is not whole.
    pub(in crate::labs::planar) fn awaited_momentum_map(&self) -> Option<Vec<u64>> {
        let config = self.maps_momentum().then(|| self.map_config()).flatten()?;
        Some(self.map_inputs(&config)).filter(|inputs| self.trials.map.awaits(inputs))
    }

    /// A worker has computed a grid of the map with these inputs.
    pub(in crate::labs::planar) fn take_momentum_map(
        &mut self,
        inputs: Vec<u64>,
        map: AlphaBeta,
        is_last: bool,
    ) {
        let Some(awaited) = self.awaited_momentum_map() else { return };
        let cells = |map: &AlphaBeta| map.values.len();
        if self.trials.map.take(awaited, (inputs, map, is_last), cells) {
            self.tell_of_momentum();
        }
    }

    /// Everything that the map depends on, as bits.
    fn map_inputs(&self, config: &MapConfig) -> Vec<u64> {
        let MapConfig { run, beta, way, window } = *config;
        let mut inputs = match way {
            Way::Exact(_) => vec![self.objective_id, u64::MAX],
            Way::Walked { start, lowest } => {
                let mut inputs = run_inputs(&self.experiment, run, self.objective_id);
                inputs.truncate(inputs.len() - self.experiment.runs[run].values.len());
                inputs.extend([start[0], start[1], lowest].map(f64::to_bits));
                inputs
            }
        };
        let setup = &self.experiment.runs[run];
        inputs.extend(setup.rule.key.bytes().map(u64::from));
        // All dials but α and β.
        let others = setup.values.iter().enumerate().filter(|(at, _)| *at != 0 && *at != beta);
        inputs.extend(others.map(|(_, value)| value.to_bits()));
        inputs.extend([window.x[1]].map(f64::to_bits));
        inputs.extend(self.chart_size().map(f64::to_bits));
        inputs
    }

    /// From which α and β to which the map reaches: as far as momentum may be stable by the curvature
    /// at the lowest minimum, and as α can be set.
    pub fn alpha_beta_window(&self) -> Window {
        let minima = self.objective.minima().iter().copied();
        let lowest =
            minima.min_by(|&a, &b| self.objective.value(a).total_cmp(&self.objective.value(b)));
        let at = lowest.unwrap_or(self.experiment.start);
        let [_, curvature] = eigenvalues(self.hessian_at(at).hessian);
        let reach = match self.mapped_momentum().map(|run| &self.experiment.runs[run]) {
            Some(run)
                if run.rule.key == momentum::RULE.key
                    && Form::ALL[run.values[2] as usize] == Form::Average =>
            {
                REACH_OF_AVERAGE
            }
            _ => REACH,
        };
        let stable = reach / curvature;
        let suggested = self.experiment.default_alpha(&gradient_descent::RULE);
        let right = if stable > 0.0 && stable.is_finite() { stable } else { 10.0 * suggested };
        let [low, high] = gradient_descent::RULE.parameters[0].range;
        Window::new(0.0, right.clamp(low, high), 0.0, 1.0)
    }
}
