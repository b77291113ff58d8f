//! Runs with other values of their dials: with which loss each ends by its α, and how fast a run with
//! momentum comes down by its α and β. A little in every frame, coarsely first, and only while the chart
//! shows it.

mod hand;
mod momentum;

use super::PlanarLab;
use super::inputs::path_inputs;
use crate::analysis::alpha_beta::Mapping;
use crate::analysis::alpha_sweep::{AlphaSweep, Outcome, Outcomes, Sweep};
use crate::labs::hand::Grip;
use crate::labs::maps::{Help, Helped};
use crate::labs::planar::experiment::By;
use crate::math::budget::Budget;
use crate::optimizers::gradient_descent;
use crate::training::setup::Setup;
use momentum::Mapped;

/// The powers of ten between which α is swept; the lower one is lower where the surface suggests an α of
/// less than a hundred times that.
const DECADES: [f64; 2] = [-4.0, 1.0];

/// What is walked with other values of the dials, and what it is made from.
#[derive(Debug, Default)]
pub(super) struct Trials {
    /// The sweep of each run.
    sweeps: Vec<Swept>,
    /// The map over α and β.
    pub map: Mapped,
    /// Grows with all that is known.
    pub version: u32,
    /// α and β under the pointer.
    marked: Option<[f64; 2]>,
    /// The hand on the marks.
    grip: Grip,
}

/// The sweep of a run.
#[derive(Debug, Default)]
struct Swept {
    inputs: Vec<u64>,
    now: Option<AlphaSweep>,
    /// That of former inputs, shown until there is a rough one.
    former: Option<AlphaSweep>,
}

impl PlanarLab {
    /// Whether the chart shows what other values of the dials lead to.
    pub fn shows_trials(&self) -> bool {
        matches!(self.experiment.by(), By::Alpha | By::AlphaBeta | By::Starts)
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

    /// The runs that are shown with their sweeps, as far as these are known. After something a sweep
    /// depends on has changed it is the former one, until there is another.
    pub fn sweeps(&self) -> Vec<(usize, &Sweep)> {
        if self.experiment.by() != By::Alpha || !self.sees_ahead() {
            return Vec::new();
        }
        let shown = self.experiment.runs.iter().zip(&self.trials.sweeps).enumerate();
        let shown = shown.filter(|(_, (run, _))| !run.hidden);
        shown.filter_map(|(index, (_, swept))| Some((index, swept.known()?))).collect()
    }

    /// The same without former ones: what is told is told of these.
    pub fn present_sweeps(&self) -> Vec<(usize, &Sweep)> {
        let mut sweeps = self.sweeps();
        sweeps.retain(|(index, sweep)| {
            let swept = &self.trials.sweeps[*index];
            let is_now = swept.now.as_ref().is_some_and(|now| std::ptr::eq(now.known(), *sweep));
            is_now && swept.inputs == self.sweep_inputs(*index)
        });
        sweeps
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
            By::Updates | By::Evaluations | By::Epochs | By::Starts => true,
        }
    }

    /// How much of it is done, from 0 to 1.
    pub(super) fn trials_progress(&self) -> f64 {
        let Trials { sweeps, map, .. } = &self.trials;
        let swept: Vec<f64> = sweeps
            .iter()
            .filter_map(|swept| Some(swept.now.as_ref()?.known().progress()))
            .collect();
        let mapped = map.work.as_ref().map(Mapping::progress);
        let all = swept.iter().chain(&mapped);
        let count = all.clone().count();
        if count == 0 { 1.0 } else { all.sum::<f64>() / count as f64 }
    }

    /// What an update of the runs in hand costs, in units.
    pub(super) fn trials_piece(&self) -> u64 {
        let Trials { sweeps, map, .. } = &self.trials;
        let swept = sweeps.iter().filter_map(|swept| swept.now.as_ref());
        let swept = swept.map(|sweep| sweep.piece(&self.objective));
        let mapped = map.work.iter().map(|mapping| mapping.piece(&self.objective));
        swept.chain(mapped).max().unwrap_or(0)
    }

    /// Everything that a sweep depends on, as bits.
    fn sweep_inputs(&self, index: usize) -> Vec<u64> {
        let mut inputs = path_inputs(&self.experiment, index, self.objective_id);
        // It is swept over all of its learning rates, wherever its own is: the first of the values,
        // behind which the start stands.
        let values = self.experiment.runs[index].values.len();
        inputs.remove(inputs.len() - 2 - values);
        inputs.extend(self.swept_decades().map(f64::to_bits));
        inputs
    }

    /// Begins the sweeps whose runs have changed.
    fn begin_sweeps(&mut self) {
        let count = self.experiment.runs.len();
        self.trials.sweeps.resize_with(count, Swept::default);
        for index in 0..count {
            let inputs = self.sweep_inputs(index);
            if self.trials.sweeps[index].inputs == inputs {
                continue;
            }
            let fresh = self.begin_sweep(index);
            let swept = &mut self.trials.sweeps[index];
            let is_of_this = swept.inputs.first() == inputs.first();
            let before = std::mem::take(&mut swept.now).filter(|before| before.known().is_rough());
            swept.former = before.or(swept.former.take()).filter(|_| is_of_this);
            swept.inputs = inputs;
            swept.now = Some(fresh);
            self.trials.version += 1;
        }
    }

    fn sweep_alphas(&mut self, budget: &mut Budget) -> bool {
        self.begin_sweeps();
        if self.leaves_maps() {
            return true;
        }
        let mut all_known = true;
        for swept in &mut self.trials.sweeps {
            let Some(sweep) = &mut swept.now else { continue };
            if sweep.known().progress() == 1.0 {
                continue;
            }
            self.trials.version += 1;
            all_known &= sweep.advance(&self.objective, budget);
            if sweep.known().is_rough() {
                swept.former = None;
            }
        }
        all_known
    }

    /// Goes on with the sweeps that somebody else makes, the last run's first; `None` where nothing is left
    /// of them.
    pub(super) fn help_with_sweeps(&mut self, budget: &mut Budget) -> Option<Help> {
        if self.awaited_sweeps().is_empty() {
            return None;
        }
        self.begin_sweeps();
        let sweeps = self.trials.sweeps.iter_mut().rev();
        let mut left = sweeps.filter_map(|swept| Some((&swept.inputs, swept.now.as_mut()?)));
        let (inputs, sweep) = left.find(|(_, sweep)| sweep.known().progress() < 1.0)?;
        let found = Helped::Sweep(sweep.help(&self.objective, budget));
        Some(Help { inputs: inputs.clone(), found })
    }

    /// Somebody who helps has found something of the sweep with these inputs.
    pub(super) fn take_help_with_sweeps(&mut self, of: &[u64], found: &[(usize, Outcome)]) {
        if self.awaited_sweeps().is_empty() {
            return;
        }
        self.begin_sweeps();
        for swept in self.trials.sweeps.iter_mut().filter(|swept| swept.inputs == of) {
            if let Some(now) = &mut swept.now {
                now.take_help(found);
            }
        }
        self.trials.version += 1;
    }

    fn begin_sweep(&self, index: usize) -> AlphaSweep {
        let setup = Setup::of(&self.experiment.run_spec(index));
        AlphaSweep::new(&self.objective, setup, self.experiment.start, self.swept_decades())
    }

    /// The inputs of each sweep that is to be shown and is not whole.
    pub(super) fn awaited_sweeps(&self) -> Vec<Vec<u64>> {
        if self.experiment.by() != By::Alpha || !self.sees_ahead() {
            return Vec::new();
        }
        let is_whole = |inputs: &Vec<u64>, index: usize| {
            let swept = self.trials.sweeps.get(index).filter(|swept| swept.inputs == *inputs);
            swept
                .and_then(|swept| swept.now.as_ref())
                .is_some_and(|now| now.known().progress() == 1.0)
        };
        let all = (0..self.experiment.runs.len()).map(|index| (self.sweep_inputs(index), index));
        all.filter(|(inputs, index)| !is_whole(inputs, *index)).map(|(inputs, _)| inputs).collect()
    }

    /// Of each sweep: what it is made from, and how far it is known.
    pub(super) fn known_sweeps(&self) -> impl Iterator<Item = (&[u64], Outcomes)> {
        self.trials
            .sweeps
            .iter()
            .filter_map(|swept| Some((&*swept.inputs, swept.now.as_ref()?.known().outcomes())))
    }

    /// A worker knows so much of the sweep of the run at `index`, which has these inputs.
    pub(super) fn take_sweep(&mut self, index: usize, inputs: &[u64], known: Outcomes) {
        if self.awaited_sweeps().is_empty() || inputs.first() != Some(&self.objective_id) {
            return;
        }
        let Some(swept) = self.trials.sweeps.get_mut(index) else { return };
        if swept.inputs == inputs {
            let Some(now) = &mut swept.now else { return };
            now.take(known);
            if now.known().is_rough() {
                swept.former = None;
            }
        } else {
            let mut former = self.begin_sweep(index);
            former.take(known);
            self.trials.sweeps[index].former =
                Some(former).filter(|former| former.known().is_rough());
        }
        self.trials.version += 1;
    }
}

impl Swept {
    fn known(&self) -> Option<&Sweep> {
        let [now, former] = [&self.now, &self.former].map(|of| of.as_ref().map(AlphaSweep::known));
        now.filter(|sweep| sweep.is_rough()).or(former).or(now)
    }
}
