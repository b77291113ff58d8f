//! Runs with other values of their dials: with which loss each ends by its α, and how fast a run with
//! momentum comes down by its α and β. A little in every frame, coarsely first, and only while the chart
//! shows it.

use super::PlanarLab;
use super::inputs::{path_inputs, run_inputs};
use crate::analysis::alpha_beta::{AlphaBeta, Mapping, Way, beta_of, exact_factor};
use crate::analysis::alpha_sweep::AlphaSweep;
use crate::analysis::stability::{fastest, swinging};
use crate::labs::hand::REACH as TAKEN;
use crate::labs::planar::experiment::By;
use crate::labs::planar::scene::trials;
use crate::math::budget::Budget;
use crate::math::symmetric::eigenvalues;
use crate::math::window::Window;
use crate::optimizers::gradient_descent;
use crate::optimizers::momentum::{self, Form};
use crate::optimizers::schedule::Schedule;
use crate::training::setup::Setup;

/// The powers of ten between which α is swept; the lower one is lower where the surface suggests an α of
/// less than a hundred times that.
const DECADES: [f64; 2] = [-4.0, 1.0];
/// How many CSS pixels a cell of the map is wide, grid by grid.
const CELLS: [f64; 4] = [24.0, 8.0, 4.0, 2.0];
/// The map reaches to so many times 1/λ_max: with β near 1 momentum is stable below 4.
const REACH: f64 = 4.4;
/// The average form of momentum has (1 − β)α where the others have α.
const REACH_OF_AVERAGE: f64 = 20.0;

/// What is walked with other values of the dials, and what it is made from.
#[derive(Debug, Default)]
pub(super) struct Trials {
    /// The sweep of each run.
    sweeps: Vec<Swept>,
    map: Mapped,
    /// Grows with all that is known.
    version: u32,
    /// α and β under the pointer.
    marked: Option<[f64; 2]>,
    /// The run whose mark is held, and how far that is from the hand, in px.
    held: Option<(usize, [f64; 2])>,
}

/// The sweep of a run.
#[derive(Debug, Default)]
struct Swept {
    inputs: Vec<u64>,
    now: Option<AlphaSweep>,
    /// That of former inputs, shown until there is a rough one.
    former: Option<AlphaSweep>,
}

/// The map over α and β.
#[derive(Debug, Default)]
struct Mapped {
    inputs: Vec<u64>,
    mapping: Option<Mapping>,
    shown: Option<AlphaBeta>,
    /// The objective it is of.
    ground: u32,
}

/// What is told of an α and a β.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace {
    /// By how much an update multiplies the distance; 1 or above where it does not come down.
    pub factor: f64,
    /// Whether that is exact, and in the long run.
    pub is_exact: bool,
}

impl PlanarLab {
    /// Whether the chart shows what other values of the dials lead to.
    pub fn shows_trials(&self) -> bool {
        matches!(self.experiment.by(), By::Alpha | By::AlphaBeta)
    }

    /// A number for what of it is known.
    pub fn trials_version(&self) -> u32 {
        self.trials.version
    }

    /// The α (and β) that the pointer marks in the chart.
    pub fn marked_trial(&self) -> Option<[f64; 2]> {
        self.trials.marked.filter(|_| self.shows_trials() && self.sees_ahead())
    }

    pub(super) fn mark_trial(&mut self, at: Option<[f64; 2]>) {
        self.trials.marked = at;
    }

    /// The powers of ten between which α is swept. They do not go with the runs' own: what is dragged
    /// along an axis does not move it.
    pub fn swept_decades(&self) -> [f64; 2] {
        let suggested = self.experiment.default_alpha(&gradient_descent::RULE);
        [(libm::floor(libm::log10(suggested)) - 2.0).min(DECADES[0]), DECADES[1]]
    }

    /// The runs that are shown with their sweeps, as far as these are known.
    pub fn sweeps(&self) -> Vec<(usize, &AlphaSweep)> {
        if self.experiment.by() != By::Alpha || !self.sees_ahead() {
            return Vec::new();
        }
        let shown = |(index, swept): (usize, &'_ Swept)| -> Option<usize> {
            let is_shown = !self.experiment.runs.get(index)?.hidden;
            (is_shown && swept.known().is_some()).then_some(index)
        };
        let indices = self.trials.sweeps.iter().enumerate().filter_map(shown);
        indices.filter_map(|index| Some((index, self.trials.sweeps[index].known()?))).collect()
    }

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

    /// How fast the mapped run comes down at each α and β, as far as it is known.
    pub fn alpha_beta(&self) -> Option<&AlphaBeta> {
        let is_of_this = self.maps_momentum() && self.trials.map.ground == self.ground;
        self.trials.map.shown.as_ref().filter(|_| is_of_this)
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
        let map = self.alpha_beta()?;
        let run = &self.experiment.runs[self.mapped_momentum()?];
        match self.exact_spectrum() {
            Some([low, high]) if low > 0.0 => {
                let [_, most] = run.rule.parameters[beta_of(run.rule)?].range;
                fastest(run.rule, &run.values, [low, high]).filter(|[_, beta]| *beta <= most)
            }
            Some(_) => None,
            None => map.fastest().filter(|_| self.is_fine(map)),
        }
    }

    /// Whether a map is as fine as there are any; it is not while it is computed, and where its runs are
    /// long.
    fn is_fine(&self, map: &AlphaBeta) -> bool {
        [map.columns, map.rows] == self.grids()[CELLS.len() - 1]
    }

    /// Whether the map stays coarse, because its runs are long.
    pub fn maps_coarsely(&self) -> bool {
        self.trials.map.mapping.is_none() && self.alpha_beta().is_some_and(|map| !self.is_fine(map))
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

    /// What is told of an α and a β of the map.
    pub fn pace_at(&self, at: [f64; 2]) -> Option<Pace> {
        let map = self.alpha_beta()?;
        let run = &self.experiment.runs[self.mapped_momentum()?];
        let Some(spectrum) = self.exact_spectrum() else {
            return Some(Pace { factor: map.at(at)?, is_exact: false });
        };
        let mut values = run.values.clone();
        (values[0], values[beta_of(run.rule)?]) = (at[0], at[1]);
        Some(Pace { factor: exact_factor(run.rule, &values, spectrum), is_exact: true })
    }

    fn maps_momentum(&self) -> bool {
        self.experiment.by() == By::AlphaBeta
            && self.sees_ahead()
            && self.mapped_momentum().is_some()
    }

    /// Goes on with what the chart shows, as far as the budget lets it; tells whether all is known.
    pub(super) fn walk_trials(&mut self, budget: &mut Budget) -> bool {
        let by = self.experiment.by();
        if by != By::Alpha {
            self.trials.sweeps.clear();
        }
        if by != By::AlphaBeta {
            self.trials.map = Mapped::default();
        }
        match by {
            _ if !self.sees_ahead() => true,
            By::Alpha => self.sweep_alphas(budget),
            By::AlphaBeta => self.map_momentum(budget),
            By::Updates | By::Evaluations | By::Epochs => true,
        }
    }

    /// How much of it is done, from 0 to 1.
    pub(super) fn trials_progress(&self) -> f64 {
        let Trials { sweeps, map, .. } = &self.trials;
        let swept: Vec<f64> =
            sweeps.iter().filter_map(|swept| Some(swept.now.as_ref()?.progress())).collect();
        let mapped = map.mapping.as_ref().map(Mapping::progress);
        let all = swept.iter().chain(&mapped);
        let count = all.clone().count();
        if count == 0 { 1.0 } else { all.sum::<f64>() / count as f64 }
    }

    fn sweep_alphas(&mut self, budget: &mut Budget) -> bool {
        let decades = self.swept_decades();
        let count = self.experiment.runs.len();
        self.trials.sweeps.resize_with(count, Swept::default);
        for index in 0..count {
            let mut inputs = path_inputs(&self.experiment, index, self.ground);
            // It is swept over all of its learning rates, wherever its own is: the first of the
            // values, behind which the start stands.
            let values = self.experiment.runs[index].values.len();
            inputs.remove(inputs.len() - 2 - values);
            inputs.extend(decades.map(f64::to_bits));
            let swept = &mut self.trials.sweeps[index];
            if swept.inputs == inputs {
                continue;
            }
            let is_of_this = swept.inputs.first() == inputs.first();
            let before = std::mem::take(&mut swept.now).filter(AlphaSweep::is_rough);
            swept.former = before.or(swept.former.take()).filter(|_| is_of_this);
            swept.inputs = inputs;
            let setup = Setup::of(&self.experiment.run_spec(index));
            let start = self.experiment.start;
            swept.now = Some(AlphaSweep::new(&self.objective, setup, start, decades));
            self.trials.version += 1;
        }
        let mut all_known = true;
        for swept in &mut self.trials.sweeps {
            let Some(sweep) = &mut swept.now else { continue };
            if sweep.progress() == 1.0 {
                continue;
            }
            self.trials.version += 1;
            all_known &= sweep.advance(&self.objective, budget);
            if sweep.is_rough() {
                swept.former = None;
            }
        }
        all_known
    }

    fn map_momentum(&mut self, budget: &mut Budget) -> bool {
        let Some((run, beta)) = self
            .mapped_momentum()
            .and_then(|run| Some((run, beta_of(self.experiment.runs[run].rule)?)))
        else {
            self.trials.map = Mapped::default();
            return true;
        };
        let way = match (self.exact_spectrum(), self.objective.lowest()) {
            (Some(spectrum), _) => Way::Exact(spectrum),
            (None, Some(lowest)) => Way::Walked { start: self.experiment.start, lowest },
            (None, None) => {
                self.trials.map = Mapped::default();
                return true;
            }
        };
        let window = self.alpha_beta_window();
        let inputs = self.map_inputs(run, beta, way, &window);
        if inputs != self.trials.map.inputs {
            self.trials.map.inputs = inputs;
            let setup = Setup::of(&self.experiment.run_spec(run));
            let grids = self.grids();
            let mapping = Mapping::new(&self.objective, setup, beta, way, window, &grids);
            self.trials.map.mapping = Some(mapping);
        }
        while let Some(mapping) = &mut self.trials.map.mapping {
            let Some((map, is_last)) = mapping.advance(&self.objective, budget) else {
                return false;
            };
            self.trials.map.shown = Some(map);
            self.trials.map.ground = self.ground;
            self.trials.version += 1;
            // It tells of the fastest.
            self.versions.model += 1;
            if is_last {
                self.trials.map.mapping = None;
            }
        }
        true
    }

    /// Everything that the map depends on, as bits.
    fn map_inputs(&self, run: usize, beta: usize, way: Way, window: &Window) -> Vec<u64> {
        let mut inputs = match way {
            Way::Exact(_) => vec![u64::from(self.ground), u64::MAX],
            Way::Walked { start, lowest } => {
                let mut inputs = run_inputs(&self.experiment, run, self.ground);
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

    /// The run whose mark is under a pixel of the chart, while it shows trials.
    pub(super) fn trial_at(&self, at: [f64; 2]) -> Option<usize> {
        let marks = self.trial_marks();
        let distance = |[x, y]: [f64; 2]| libm::hypot(x - at[0], y - at[1]);
        let near = marks.into_iter().map(|(index, place)| (index, distance(place)));
        let near = near.filter(|(_, far)| *far <= TAKEN);
        near.min_by(|(_, a), (_, b)| a.total_cmp(b)).map(|(index, _)| index)
    }

    /// The runs with a mark on the chart, while it shows trials, and where these are in px.
    fn trial_marks(&self) -> Vec<(usize, [f64; 2])> {
        let is_there = match self.experiment.by() {
            By::Alpha => self.sees_ahead(),
            By::AlphaBeta => self.alpha_beta().is_some(),
            By::Updates | By::Evaluations | By::Epochs => false,
        };
        if is_there { trials::marks(self) } else { Vec::new() }
    }

    /// The run that the chart is about: the followed one, or the one that is mapped, or else the first
    /// that has a mark.
    fn tried(&self) -> Option<usize> {
        let marks = self.trial_marks();
        let has_mark = |index: &usize| marks.iter().any(|(own, _)| own == index);
        let mapped = self.mapped_momentum().filter(|_| self.experiment.by() == By::AlphaBeta);
        let followed = self.experiment.followed();
        mapped.or(followed).filter(has_mark).or(marks.first().map(|(index, _)| *index))
    }

    /// Takes hold of the mark under a pixel, where there is one.
    pub(super) fn take_trial(&mut self, at: [f64; 2]) {
        let place = |index: usize| {
            let (_, [x, y]) = *self.trial_marks().iter().find(|(own, _)| *own == index)?;
            Some((index, [x - at[0], y - at[1]]))
        };
        self.trials.held = self.trial_at(at).and_then(place);
    }

    /// Sets the dials of the run whose mark is held, or else of the one that the chart is about, to those
    /// under a pixel of it.
    pub(super) fn put_trial(&mut self, at: [f64; 2]) {
        let (index, [dx, dy]) = match self.trials.held {
            Some(held) if held.0 < self.experiment.runs.len() => held,
            _ => match self.tried() {
                Some(index) => (index, [0.0; 2]),
                None => return,
            },
        };
        if self.trial_marks().is_empty() {
            return;
        }
        let name = self.experiment.runs.names().swap_remove(index);
        let (alpha, beta) = trials::dials_at(self, [at[0] + dx, at[1] + dy]);
        let rule = self.experiment.runs[index].rule;
        let beta = beta_of(rule).zip(beta);
        for (dial, value) in [(0, alpha)].into_iter().chain(beta) {
            let param = &rule.parameters[dial];
            let [low, high] = param.range;
            let text = param.write(in_digits(value).clamp(low, high));
            // A value of the range is taken.
            let _ = self.experiment.set(&format!("{name}.{}", param.key), &text);
        }
        self.refresh();
    }

    /// Moves the dials of the run that the chart is about by pixels of it, right and down.
    pub(super) fn nudge_trial(&mut self, [dx, dy]: [f64; 2]) {
        self.trials.held = None;
        let Some(index) = self.tried() else { return };
        let marks = self.trial_marks();
        let Some(&(_, [x, y])) = marks.iter().find(|(own, _)| *own == index) else { return };
        self.put_trial([x + dx, y + dy]);
    }
}

impl Swept {
    fn known(&self) -> Option<&AlphaSweep> {
        let rough = self.now.as_ref().filter(|sweep| sweep.is_rough());
        rough.or(self.former.as_ref()).or(self.now.as_ref())
    }
}

/// A number with three digits.
fn in_digits(value: f64) -> f64 {
    format!("{value:.2e}").parse().unwrap_or(value)
}
