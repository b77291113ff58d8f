//! Nets as they stand on the page: their training, the clock, and what the pointer points at. No
//! browser in here.

use std::sync::Arc;

use super::course::{Course, Sets};
use super::data::Data;
use super::experiment::{MOST_NETS, NetExperiment};
use super::explain::{self, NetClaim};
use super::link;
use super::presets::PRESETS;
use super::settings::Setting;
use super::surface::SurfaceView;
use crate::labs::clock::Clock;
use crate::labs::link::{FARTHEST, Fault};
use crate::labs::{Action, Change, RunChange, presets};
use crate::math::budget::{Budget, CALL};
use crate::math::number::count;
use crate::math::param::{Param, Scale, short};
use crate::network::{Features, Output};
use crate::view::theme::PRESENT_TYPE_SIZE;

/// Why no run is added.
fn full() -> String {
    format!("There can be at most {MOST_NETS} runs.")
}

/// Nets at work.
pub struct NetLab {
    pub(super) experiment: NetExperiment,
    faults: Vec<Fault>,
    pub(super) clock: Clock,
    sets: Arc<Sets>,
    /// What the sets were made from.
    made_from: (Data, Features, Output, f64),
    /// Where all runs start, before weights are set by hand.
    theta: Vec<f64>,
    pub(super) courses: Vec<Course>,
    inputs: Vec<Vec<u64>>,
    /// The ticks between two records of each run.
    pub(super) stride: usize,
    pub(super) versions: NetVersions,
    marked: Option<usize>,
    /// The size of a panel, of the net's picture and of the loss chart in CSS pixels.
    panel: [f64; 2],
    picture: [f64; 2],
    chart: [f64; 2],
    present_type_size: f64,
    /// The weight whose edge is pointed at, as its place in θ.
    focus: Option<usize>,
    /// The class that a point which is drawn by hand gets.
    pub(super) brush: usize,
    /// The example that was chosen, by its place among all.
    pub(super) chosen: Option<usize>,
    pub(super) surface: SurfaceView,
    /// The most units of work that a call does which changes something, and what the last call did.
    limit: u64,
    pub(super) spent: u64,
}

/// Numbers that grow whenever what they count changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NetVersions {
    /// The data's, which of them are chosen, and the net's shape.
    pub data: u32,
    /// The runs' looks and settings.
    pub runs: u32,
    /// The weights'.
    pub weights: u32,
}

impl NetLab {
    /// The lab that a link asks for.
    pub fn new(link: &str) -> Self {
        let (experiment, faults) = link::read(link);
        Self { faults, ..Self::of(experiment) }
    }

    /// The lab of an experiment.
    pub fn of(experiment: NetExperiment) -> Self {
        let sets = Arc::new(Sets::of(&experiment));
        let mut lab = Self {
            clock: Clock::opened(experiment.stopped_at),
            faults: Vec::new(),
            sets,
            made_from: made_from(&experiment),
            theta: experiment.theta(),
            courses: Vec::new(),
            inputs: Vec::new(),
            stride: 1,
            versions: NetVersions::default(),
            marked: None,
            panel: [400.0, 400.0],
            picture: [480.0, 300.0],
            chart: [900.0, 150.0],
            present_type_size: PRESENT_TYPE_SIZE,
            focus: None,
            brush: 0,
            chosen: None,
            surface: SurfaceView::default(),
            limit: CALL,
            spent: 0,
            experiment,
        };
        lab.refresh();
        lab
    }

    /// Puts the experiment of a link in place of this one.
    pub fn open(&mut self, link: &str) {
        let (experiment, faults) = link::read(link);
        self.faults = faults;
        self.put(experiment);
    }

    fn put(&mut self, experiment: NetExperiment) {
        self.clock = Clock::opened(experiment.stopped_at);
        self.experiment = experiment;
        self.marked = None;
        self.refresh();
    }

    /// What the last link held that could not be taken.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// The experiment as a link.
    pub fn link(&self) -> String {
        link::write(&self.experiment)
    }

    /// The experiment.
    pub fn experiment(&self) -> &NetExperiment {
        &self.experiment
    }

    /// The runs in training that are where the clock is, all of them.
    #[must_use]
    pub fn is_there(&self) -> bool {
        self.reached() == self.step()
    }

    /// The experiment, to be changed and then refreshed.
    pub(super) fn experiment_mut(&mut self) -> &mut NetExperiment {
        &mut self.experiment
    }

    /// The examples.
    pub fn sets(&self) -> &Arc<Sets> {
        &self.sets
    }

    /// The runs in training, in the order of the experiment's.
    pub fn courses(&self) -> &[Course] {
        &self.courses
    }

    /// A run in training, to compute with.
    pub fn course_mut(&mut self, index: usize) -> &mut Course {
        &mut self.courses[index]
    }

    /// The runs that are shown, by their index.
    pub fn shown(&self) -> Vec<usize> {
        (0..self.courses.len()).filter(|&index| !self.experiment.runs[index].hidden).collect()
    }

    /// What has changed since another look.
    pub fn versions(&self) -> NetVersions {
        self.versions
    }

    /// The size of a panel in CSS pixels.
    pub fn panel(&self) -> [f64; 2] {
        self.panel
    }

    /// Takes the size of a panel in CSS pixels.
    pub fn set_panel(&mut self, size: [f64; 2]) {
        self.panel = size.map(|side| side.max(1.0));
    }

    /// The size of the net's picture in CSS pixels.
    pub fn picture(&self) -> [f64; 2] {
        self.picture
    }

    /// Takes the size of the net's picture in CSS pixels.
    pub fn set_picture(&mut self, size: [f64; 2]) {
        self.picture = size.map(|side| side.max(1.0));
    }

    /// The loss chart's size in CSS pixels.
    pub fn chart_size(&self) -> [f64; 2] {
        self.chart
    }

    /// Takes the loss chart's size in CSS pixels.
    pub fn set_chart_size(&mut self, size: [f64; 2]) {
        self.chart = size.map(|side| side.max(1.0));
    }

    /// The size of labels in Present, in CSS pixels: it goes with the screen.
    pub fn present_type_size(&self) -> f64 {
        self.present_type_size
    }

    /// Takes the size of labels in Present, in CSS pixels.
    pub fn set_present_type_size(&mut self, size: f64) {
        self.present_type_size = size.max(1.0);
    }

    /// The weight whose edge stands out, as its place in θ: the one that is pointed at, or else
    /// the chosen one.
    pub fn focus(&self) -> usize {
        self.focus.unwrap_or(self.experiment.weight)
    }

    /// Points at a weight, or at none.
    pub fn point_at(&mut self, weight: Option<usize>) {
        let parameters = self.experiment.architecture().parameters();
        self.focus = weight.filter(|weight| *weight < parameters);
    }

    /// Something that the pictures of the data show is another.
    pub(super) fn touch_data(&mut self) {
        self.versions.data += 1;
    }

    /// Sets what a link calls `key`; besides, `theta.WEIGHT` sets a weight of the followed run by
    /// hand.
    ///
    /// # Errors
    /// What cannot be taken; then nothing has changed.
    pub fn set(&mut self, key: &str, text: &str) -> Result<(), Fault> {
        match key.strip_prefix("theta.") {
            Some(name) => self.set_weight(name, text).map_err(|why| Fault::new(key, why))?,
            None => self.experiment.set(key, text)?,
        }
        self.faults.retain(|fault| fault.key != key);
        if key == "data.shape" {
            self.experiment.scene = None;
        }
        match key {
            "data.shape" | "runs" => self.clock = Clock::playing(),
            "step" => self.clock = Clock::opened(self.experiment.stopped_at),
            _ => {}
        }
        self.refresh();
        Ok(())
    }

    fn set_weight(&mut self, name: &str, text: &str) -> Result<(), String> {
        let index = self.experiment.architecture().named(name)?;
        let weight = Param::new("", "", "", [-FARTHEST, FARTHEST], Scale::Linear, 0.0);
        let value = weight.read(text)?;
        let run = self.experiment.followed().ok_or("belongs to a run, and there is none")?;
        if self.experiment.edits.len() >= link::MOST_EDITS {
            return Err(format!(
                "cannot be set: {} weights are set by hand already, the most there can be",
                count(link::MOST_EDITS)
            ));
        }
        self.experiment.set_weight(self.clock.step(), index, value, run);
        Ok(())
    }

    /// Does what a button asks for.
    ///
    /// # Errors
    /// A sentence; then nothing has changed.
    pub fn act(&mut self, action: &Action) -> Result<(), String> {
        match action {
            Action::Add { rule } => {
                let rule = crate::labs::link::rule_called(rule)?;
                self.experiment.add(rule).then_some(()).ok_or_else(full)?;
            }
            Action::Scene { index } => {
                self.open_with_taste(presets::at(PRESETS, *index)?.link);
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
            Action::Fit | Action::ResetWindow => {}
            Action::Run { name, change } => self.change_run(name, *change)?,
            Action::Lab { .. } | Action::Offer { .. } => return Err(action.unknown_here()),
        }
        self.refresh();
        Ok(())
    }

    fn change_run(&mut self, name: &str, change: RunChange) -> Result<(), String> {
        let experiment = &mut self.experiment;
        let found = experiment.names().iter().position(|run| run == name);
        let index = found.ok_or_else(|| crate::labs::link::unknown_run(name))?;
        match change {
            RunChange::Duplicate => experiment.duplicate(index).then_some(()).ok_or_else(full)?,
            RunChange::Remove => experiment.remove(index),
            RunChange::Up if index > 0 => experiment.swap(index, index - 1),
            RunChange::Down if index + 1 < experiment.runs.len() => {
                experiment.swap(index, index + 1);
            }
            RunChange::Up | RunChange::Down => {}
        }
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
    fn open_with_taste(&mut self, link: &str) {
        let taste = Setting::TASTE.map(|(setting, _)| self.experiment.setting(setting));
        self.open(link);
        self.take_taste(taste);
        if self.experiment.is_on(Setting::Paused) {
            self.seek(self.step());
        }
    }

    /// Takes over the reader's own settings, in the order of [`Setting::TASTE`].
    pub fn take_taste(&mut self, taste: [f64; Setting::TASTE.len()]) {
        for ((setting, _), value) in Setting::TASTE.into_iter().zip(taste) {
            self.experiment.set_setting(setting as usize, value);
        }
        self.refresh();
    }

    /// Brings the runs up to date with the experiment: those that are other ones now begin anew,
    /// and catch up with the clock.
    pub(super) fn refresh(&mut self) {
        let mut budget = Budget::units(self.limit);
        let experiment = &self.experiment;
        let made_from = made_from(experiment);
        let theta = experiment.theta();
        if made_from != self.made_from {
            self.sets = Arc::new(Sets::of(experiment));
            self.made_from = made_from;
            self.versions.data += 1;
            self.courses.clear();
            self.surface.forget();
            self.chosen = self.chosen.filter(|chosen| *chosen < experiment.data.len());
        }
        if theta != self.theta {
            self.theta = theta;
            self.versions.data += 1;
            self.courses.clear();
            self.surface.forget();
        }
        let mut before: Vec<(Vec<u64>, Course)> =
            self.inputs.drain(..).zip(self.courses.drain(..)).collect();
        if before.is_empty() {
            self.stride = 1;
        }
        self.stride = self.stride.max(Course::stride_for(self.clock.step()));
        for index in 0..experiment.runs.len() {
            let inputs = Course::inputs(experiment, index);
            let kept = before.iter().position(|(old, _)| *old == inputs);
            let kept = kept.map(|at| before.swap_remove(at).1);
            let kept = kept.and_then(|mut course| {
                course.set_edits(experiment, index, &mut budget).then_some(course)
            });
            let mut course = kept.unwrap_or_else(|| {
                let fresh = Course::new(experiment, index, &self.sets, self.theta.clone());
                budget.count(fresh.record_cost());
                fresh
            });
            course.set_stride(self.stride);
            self.courses.push(course);
            self.inputs.push(inputs);
        }
        self.clock.keep_within(experiment.steps());
        self.keep_step();
        self.point_at(None);
        self.versions.runs += 1;
        self.versions.weights += 1;
        self.spent = budget.spent();
    }

    /// Lets no call do more than so many units of work, or one piece if that is more.
    pub fn set_limit(&mut self, units: u64) {
        self.limit = units;
    }

    /// The units of work that the last call did.
    pub fn spent(&self) -> u64 {
        self.spent
    }

    /// What is going on in the run at `index`, where it stands, as claims.
    pub fn claims(&mut self, index: usize) -> Vec<NetClaim> {
        explain::claims(&self.experiment, &mut self.courses[index], index, &self.sets.train)
    }

    /// The same in words.
    pub fn sentence(&mut self, index: usize) -> String {
        let tick = if self.experiment.counts_epochs() { "epoch" } else { "update" };
        explain::text(&self.claims(index), tick)
    }

    /// The pointer marks a tick in the chart, or none.
    pub fn mark_step(&mut self, step: Option<usize>) {
        self.marked = step;
    }

    /// The tick that the pointer marks in the chart.
    pub fn marked_step(&self) -> Option<usize> {
        self.marked
    }

    /// A number that two machines agree on if all weights here have the same bits.
    pub fn fingerprint(&self) -> String {
        let all = self.courses.iter().flat_map(|course| course.trainer().theta());
        let sum = all.fold(0, |sum: u64, one| sum.rotate_left(9) ^ one.to_bits());
        format!("{sum:016x}")
    }
}

fn made_from(experiment: &NetExperiment) -> (Data, Features, Output, f64) {
    (experiment.data.clone(), experiment.features(), experiment.output(), experiment.low())
}
