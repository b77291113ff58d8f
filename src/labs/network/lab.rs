//! The Network lab as a [`Lab`].

use super::experiment::WHOLE;
use super::kind::NETWORK;
use super::link;
use super::presets::PRESETS;
use super::training_run::TrainingRun;
use super::{NetLab, SETTINGS_OF_NETS, Setting};
use crate::labs::link::{Fault, MAX_COORDINATE};
use crate::labs::model::net as model;
use crate::labs::model::{Live, Model};
use crate::labs::network::scene;
use crate::labs::runs::rule_called;
use crate::labs::timeline::Timeline;
use crate::labs::{Action, Change, Dataset, Kind, Lab, presets};
use crate::math::budget::Budget;
use crate::math::number::count;
use crate::math::param::{Param, Scale, short};
use crate::view::{Style, Theme};

impl Lab for NetLab {
    fn kind(&self) -> &'static Kind {
        &NETWORK
    }

    fn faults(&self) -> &[Fault] {
        &self.faults
    }

    fn link(&self) -> String {
        link::write(&self.experiment)
    }

    fn open(&mut self, link: &str) {
        let (experiment, faults) = link::read(link);
        self.faults = faults;
        self.put(experiment);
    }

    /// Besides, `theta.WEIGHT` sets a weight of the followed run by hand.
    fn set(&mut self, key: &str, text: &str) -> Result<(), Fault> {
        match key.strip_prefix("theta.") {
            Some(name) => self.set_weight(name, text).map_err(|why| Fault::new(key, why))?,
            None => self.experiment.set(key, text)?,
        }
        self.faults.retain(|fault| fault.key != key);
        if key == "data.shape" {
            self.experiment.scene = None;
        }
        if matches!(key, "data.shape" | "runs") {
            self.experiment.timeline.restart();
        }
        self.refresh();
        Ok(())
    }

    fn act(&mut self, action: &Action) -> Result<(), String> {
        match action {
            Action::Add { rule } => {
                let rule = rule_called(rule, self.kind())?;
                self.experiment.add(rule)?;
            }
            Action::Scene { index } => {
                self.open_with_preferences(presets::at(PRESETS, *index)?.link);
                return Ok(());
            }
            Action::Layers { change } => self.change_layers(*change)?,
            Action::Units { layer, change } => self.change_units(*layer, *change)?,
            Action::Feature { key } => self.toggle_feature(key)?,
            Action::NewSeed => {
                let seed = (self.experiment.seed() + 1) % 1_000_000;
                self.experiment.set_setting(Setting::Seed as usize, seed as f64);
            }
            Action::Brush { class } => {
                self.brush = *class;
                self.versions.data += 1;
            }
            Action::GenerateData => {
                self.experiment.reshape(&mut |experiment| experiment.data.set_own(None));
            }
            // The panels always show all of the data.
            Action::Fit => {}
            Action::ResetWindow => self.experiment.window = WHOLE,
            Action::Run { name, change } => self.experiment.change_run(name, *change)?,
            _ => return Err(action.unknown_here()),
        }
        self.refresh();
        Ok(())
    }

    fn preferences(&self) -> Vec<(String, String)> {
        let text = |(setting, _): (Setting, _)| {
            let param = &SETTINGS_OF_NETS[setting as usize];
            (param.key.to_string(), param.write(self.experiment.setting(setting)))
        };
        Setting::PREFERENCES.map(text).to_vec()
    }

    fn timeline(&self) -> &Timeline {
        &self.experiment.timeline
    }

    fn timeline_mut(&mut self) -> &mut Timeline {
        &mut self.experiment.timeline
    }

    fn speed(&self) -> f64 {
        self.experiment.setting(Setting::Speed)
    }

    /// At most the tick that is shown.
    fn reached(&self) -> usize {
        self.training_runs
            .iter()
            .map(TrainingRun::tick)
            .min()
            .unwrap_or(usize::MAX)
            .min(self.step())
    }

    fn set_limit(&mut self, units: u64) {
        self.limit = units;
    }

    fn work(&mut self, budget: &mut Budget) -> bool {
        let is_there = self.train(budget);
        let is_done = is_there && !self.survey(budget) && self.walk_trials(budget);
        self.spent = budget.spent();
        is_done
    }

    /// Trains until all runs are where the clock is.
    fn settle(&mut self) {
        while !self.train(&mut Budget::unlimited()) {}
    }

    fn fingerprint(&self) -> String {
        let all = self.training_runs.iter().flat_map(|training_run| training_run.trainer().theta());
        let sum = all.fold(0, |sum: u64, one| sum.rotate_left(9) ^ one.to_bits());
        format!("{sum:016x}")
    }

    fn style(&self, system_is_dark: bool) -> Style {
        scene::style(self, system_is_dark)
    }

    fn model(&self, theme: &Theme) -> Model {
        model::model(self, theme)
    }

    fn model_version(&self) -> u32 {
        self.told_of_map()
    }

    fn live(&mut self) -> Live {
        model::live(self)
    }

    fn dataset(&self) -> Option<&dyn Dataset> {
        Some(self)
    }

    fn dataset_mut(&mut self) -> Option<&mut dyn Dataset> {
        Some(self)
    }
}

impl NetLab {
    fn set_weight(&mut self, name: &str, text: &str) -> Result<(), String> {
        let index = self.experiment.architecture().named(name)?;
        let weight = Param::new("", "", "", [-MAX_COORDINATE, MAX_COORDINATE], Scale::Linear, 0.0);
        let value = weight.read(text)?;
        let run = self.experiment.followed().ok_or("belongs to a run, and there is none")?;
        if self.experiment.edits.len() >= link::MOST_EDITS {
            return Err(format!(
                "cannot be set: {} weights are set by hand already, the most there can be",
                count(link::MOST_EDITS)
            ));
        }
        self.experiment.set_weight(self.step(), index, value, run);
        Ok(())
    }

    /// A further hidden layer has as many units as the last one.
    fn change_layers(&mut self, change: Change) -> Result<(), String> {
        let mut hidden = self.experiment.hidden().to_vec();
        match change {
            Change::More => hidden.push(hidden.last().copied().unwrap_or(4)),
            Change::Less => drop(hidden.pop()),
        }
        self.reshape(hidden)
    }

    /// Of a hidden layer, counted from 1.
    fn change_units(&mut self, layer: usize, change: Change) -> Result<(), String> {
        let mut hidden = self.experiment.hidden().to_vec();
        let units = layer.checked_sub(1).and_then(|index| hidden.get_mut(index));
        let units = units.ok_or_else(|| format!("Unknown hidden layer: {layer}."))?;
        *units = match change {
            Change::More => *units + 1,
            Change::Less => units.saturating_sub(1),
        };
        self.reshape(hidden)
    }

    fn reshape(&mut self, hidden: Vec<usize>) -> Result<(), String> {
        self.experiment.set_hidden(hidden).map_err(|why| format!("A net {why}."))
    }

    fn toggle_feature(&mut self, key: &str) -> Result<(), String> {
        if self.experiment.data.columns() > 2 {
            return Err(
                "Features are made of one or two columns x, and these data have more.".to_owned()
            );
        }
        let none = || format!("Unknown feature: {}.", short(key));
        let index = crate::network::FEATURES.iter().position(|feature| feature.key == key);
        let index = index.ok_or_else(none)?;
        let features = self.experiment.features().toggled(index);
        self.experiment.set_features(features);
        Ok(())
    }

    /// Opens a link and keeps the reader's own settings.
    fn open_with_preferences(&mut self, link: &str) {
        let preferences = Setting::PREFERENCES.map(|(setting, _)| self.experiment.setting(setting));
        self.open(link);
        self.take_preferences(preferences);
        if self.experiment.is_on(Setting::Paused) {
            self.experiment.timeline.pause();
        }
    }

    /// Takes over the reader's own settings, in the order of [`Setting::PREFERENCES`].
    pub fn take_preferences(&mut self, preferences: [f64; Setting::PREFERENCES.len()]) {
        for ((setting, _), value) in Setting::PREFERENCES.into_iter().zip(preferences) {
            self.experiment.set_setting(setting as usize, value);
        }
        self.refresh();
    }
}
