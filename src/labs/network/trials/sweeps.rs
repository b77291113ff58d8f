//! With which loss each run ends by its α: a net is trained for each of many learning rates.

use super::trial_config::TrialConfig;
use super::{By, DECADES, NetLab, Sets};
use crate::analysis::alpha_sweep::{Find, Outcome, Outcomes, Sweep};
use crate::analysis::net_trial::Trial;
use crate::labs::maps::{Help, Helped, Map, Part};
use crate::math::budget::Budget;

/// The sweep of a run.
#[derive(Default)]
pub(super) struct Swept {
    inputs: Vec<u64>,
    now: Option<(Sweep, TrialConfig)>,
    training: Option<Trial>,
}

impl Swept {
    /// How much of it is done, from 0 to 1; `None` where it has not begun.
    pub fn progress(&self) -> Option<f64> {
        self.now.as_ref().map(|(sweep, _)| sweep.progress())
    }

    /// What is known of it, as that of the run at this place.
    pub fn known(&self, run: usize) -> Option<Part> {
        let known = self.now.as_ref()?.0.outcomes();
        Some(Part { inputs: self.inputs.clone(), map: Map::Sweep { run, known } })
    }

    /// Whether something of it is to come.
    fn is_left(&self) -> bool {
        self.progress().is_some_and(|progress| progress < 1.0)
    }

    /// Does something with the sweep and with what finds its outcomes, as far as the budget lets it: a net in
    /// training for each learning rate.
    fn go_on<T>(
        &mut self,
        sets: &Sets,
        budget: &mut Budget,
        go: impl FnOnce(&mut Sweep, &mut Find<'_>) -> T,
    ) -> Option<T> {
        let Self { now, training, .. } = self;
        let (sweep, config) = now.as_mut()?;
        let mut find = |alphas: &[f64]| {
            let begin = || config.begin(alphas[0], config.scale, config.own);
            let end = training.get_or_insert_with(begin).advance(&sets.train, budget)?;
            *training = None;
            Some(vec![Outcome::sole(end.loss)])
        };
        Some(go(sweep, &mut find))
    }
}

impl NetLab {
    /// The runs that are shown with their sweeps, as far as these are known.
    pub fn sweeps(&self) -> Vec<(usize, &Sweep)> {
        if self.experiment.by() != By::Alpha || !self.sees_ahead() {
            return Vec::new();
        }
        let of = |index: usize| {
            let swept = self.trials.sweeps.get(index)?;
            let swept = Some(swept).filter(|swept| swept.inputs == self.inputs_but(index, 1))?;
            Some((index, &swept.now.as_ref()?.0))
        };
        self.shown().into_iter().filter_map(of).collect()
    }

    /// Begins the sweeps of the runs that are shown and have changed.
    fn begin_sweeps(&mut self) {
        let count = self.experiment.runs.len();
        self.trials.sweeps.resize_with(count, Swept::default);
        for index in self.shown() {
            let inputs = self.inputs_but(index, 1);
            if self.trials.sweeps[index].inputs != inputs {
                let config = TrialConfig::of(&self.experiment, index);
                let sweep = Sweep::new(DECADES, config.cost(&self.sets().train));
                self.trials.sweeps[index] =
                    Swept { inputs, now: Some((sweep, config)), training: None };
                self.trials.version += 1;
            }
        }
    }

    /// Goes on with the sweeps, as far as the budget lets it; tells whether all is known.
    pub(super) fn sweep_alphas(&mut self, budget: &mut Budget) -> bool {
        self.begin_sweeps();
        if self.leaves_maps() {
            return true;
        }
        let mut all_known = true;
        for index in self.shown() {
            let sets = self.sets().clone();
            let swept = &mut self.trials.sweeps[index];
            if swept.is_left() {
                let is_known = swept.go_on(&sets, budget, |sweep, find| sweep.advance(1, find));
                all_known &= is_known == Some(true);
                self.trials.version += 1;
            }
        }
        all_known
    }

    /// Goes on with the sweeps that somebody else makes, the last run's first; `None` where nothing is left
    /// of them.
    pub(in crate::labs::network) fn help_with_sweeps(
        &mut self,
        budget: &mut Budget,
    ) -> Option<Help> {
        if self.awaited_sweeps().is_empty() {
            return None;
        }
        self.begin_sweeps();
        let sets = self.sets().clone();
        let of_left = |index: &usize| self.trials.sweeps[*index].is_left();
        let index = self.shown().into_iter().rev().find(of_left)?;
        let swept = &mut self.trials.sweeps[index];
        let found = swept.go_on(&sets, budget, |sweep, find| sweep.help(1, find))?;
        Some(Help { inputs: swept.inputs.clone(), found: Helped::Sweep(found) })
    }

    /// Somebody who helps has found something of the sweep with these inputs.
    pub(in crate::labs::network) fn take_help_with_sweeps(
        &mut self,
        of: &[u64],
        found: &[(usize, Outcome)],
    ) {
        if self.awaited_sweeps().is_empty() {
            return;
        }
        self.begin_sweeps();
        for swept in self.trials.sweeps.iter_mut().filter(|swept| swept.inputs == of) {
            if let Some((sweep, _)) = &mut swept.now {
                sweep.take_help(found);
            }
        }
        self.trials.version += 1;
    }

    /// The inputs of each sweep that is to be shown and is not whole.
    pub(in crate::labs::network) fn awaited_sweeps(&self) -> Vec<Vec<u64>> {
        if self.experiment().by() != By::Alpha || !self.sees_ahead() {
            return Vec::new();
        }
        let is_whole = |inputs: &Vec<u64>, index: usize| {
            let swept = self.trials.sweeps.get(index).filter(|swept| swept.inputs == *inputs);
            swept.and_then(Swept::progress) == Some(1.0)
        };
        let all = self.shown().into_iter().map(|index| (self.inputs_but(index, 1), index));
        all.filter(|(inputs, index)| !is_whole(inputs, *index)).map(|(inputs, _)| inputs).collect()
    }

    /// A worker knows so much of the sweep of the run at `index`, which has these inputs.
    pub(in crate::labs::network) fn take_sweep(
        &mut self,
        index: usize,
        inputs: &[u64],
        known: Outcomes,
    ) {
        let swept = self.trials.sweeps.get_mut(index).filter(|swept| swept.inputs == inputs);
        let now = swept.and_then(|swept| swept.now.as_mut());
        if now.is_some_and(|(sweep, _)| sweep.take(known)) {
            self.trials.sweeps[index].training = None;
            self.trials.version += 1;
        }
    }
}
