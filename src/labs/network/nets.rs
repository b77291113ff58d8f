//! Nets as they stand on the page: the experiment, its runs in training, and what is chosen and
//! pointed at.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use super::data::Data;
use super::experiment::NetExperiment;
use super::explain::{self, NetClaim};
use super::link;
use super::surface::SurfaceView;
use super::training_run::{Sets, TrainingRun};
use super::trials::Trials;
use crate::labs::link::{Fault, recognize_scene};
use crate::labs::{Lab as _, Picture, Sizes};
use crate::math::budget::{Budget, CALL};
use crate::network::{Features, Output};
use crate::view::theme::PRESENT_TYPE_SIZE;

/// Nets at work.
pub struct NetLab {
    pub(super) experiment: NetExperiment,
    pub(super) faults: Vec<Fault>,
    sets: Arc<Sets>,
    /// A number for the sets: in every lab the same.
    pub(super) data_id: u64,
    /// What the sets were made from.
    made_from: (Data, Features, Output, f64),
    /// Where all runs start, before weights are set by hand.
    theta: Vec<f64>,
    pub(super) training_runs: Vec<TrainingRun>,
    inputs: Vec<Vec<u64>>,
    /// The ticks between two records of each run.
    pub(super) stride: usize,
    pub(super) versions: NetVersions,
    marked: Option<usize>,
    pub(super) sizes: Sizes,
    pub(super) present_type_size: f64,
    /// The weight whose edge is pointed at, as its place in θ.
    focus: Option<usize>,
    /// The class that a point which is drawn by hand gets.
    pub(super) brush: usize,
    /// The example that was chosen, by its place among all.
    pub(super) chosen: Option<usize>,
    pub(super) surface: SurfaceView,
    pub(super) trials: Trials,
    /// Whether a worker computes the charts of nets with other dials, and how much of them it has.
    pub(super) is_left: bool,
    pub(super) left_progress: f64,
    /// Whether nothing may be seen that lies ahead of the clock.
    pub(super) is_veiled: bool,
    /// The most units of work that a call does which changes something, and what the last call did.
    pub(super) limit: u64,
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
            faults: Vec::new(),
            sets,
            data_id: data_id(&made_from(&experiment)),
            made_from: made_from(&experiment),
            theta: experiment.theta(),
            training_runs: Vec::new(),
            inputs: Vec::new(),
            stride: 1,
            versions: NetVersions::default(),
            marked: None,
            sizes: Sizes::page(),
            present_type_size: PRESENT_TYPE_SIZE,
            focus: None,
            brush: 0,
            chosen: None,
            surface: SurfaceView::default(),
            trials: Trials::default(),
            is_left: false,
            left_progress: 0.0,
            is_veiled: false,
            limit: CALL,
            spent: 0,
            experiment,
        };
        lab.refresh();
        lab
    }

    pub(super) fn put(&mut self, experiment: NetExperiment) {
        self.experiment = experiment;
        self.marked = None;
        self.refresh();
    }

    /// The tick that is shown.
    pub fn step(&self) -> usize {
        self.experiment.timeline.step()
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
    pub fn training_runs(&self) -> &[TrainingRun] {
        &self.training_runs
    }

    /// A run in training, to compute with.
    pub fn training_run_mut(&mut self, index: usize) -> &mut TrainingRun {
        &mut self.training_runs[index]
    }

    /// The runs that are shown, by their index.
    pub fn shown(&self) -> Vec<usize> {
        (0..self.training_runs.len()).filter(|&index| !self.experiment.runs[index].hidden).collect()
    }

    /// What has changed since another look.
    pub fn versions(&self) -> NetVersions {
        self.versions
    }

    /// The size of a panel in CSS pixels.
    pub fn panel(&self) -> [f64; 2] {
        self.sizes.of(Picture::Panel)
    }

    /// The size of the net's picture in CSS pixels.
    pub fn picture(&self) -> [f64; 2] {
        self.sizes.of(Picture::Net)
    }

    /// The loss chart's size in CSS pixels.
    pub fn chart_size(&self) -> [f64; 2] {
        self.sizes.of(Picture::Chart)
    }

    /// The size of labels in Present, in CSS pixels: it goes with the screen.
    pub fn present_type_size(&self) -> f64 {
        self.present_type_size
    }

    /// The weight whose edge stands out, as its place in θ: the one that is pointed at, or else
    /// the chosen one.
    pub fn focused(&self) -> usize {
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

    /// Brings the runs up to date with the experiment: those that are other ones now begin anew,
    /// and catch up with the clock.
    pub(super) fn refresh(&mut self) {
        recognize_scene(&mut self.experiment);
        let mut budget = Budget::units(self.limit);
        let experiment = &self.experiment;
        let made_from = made_from(experiment);
        let theta = experiment.theta();
        if made_from != self.made_from {
            self.sets = Arc::new(Sets::of(experiment));
            self.data_id = data_id(&made_from);
            self.made_from = made_from;
            self.versions.data += 1;
            self.training_runs.clear();
            self.surface.forget();
            self.chosen = self.chosen.filter(|chosen| *chosen < experiment.data.len());
        }
        if theta != self.theta {
            self.theta = theta;
            self.versions.data += 1;
            self.training_runs.clear();
            self.surface.forget();
        }
        let mut before: Vec<(Vec<u64>, TrainingRun)> =
            self.inputs.drain(..).zip(self.training_runs.drain(..)).collect();
        if before.is_empty() {
            self.stride = 1;
        }
        self.stride = self.stride.max(TrainingRun::stride_for(self.step()));
        for index in 0..experiment.runs.len() {
            let inputs = TrainingRun::inputs(experiment, index);
            let kept = before.iter().position(|(old, _)| *old == inputs);
            let kept = kept.map(|at| before.swap_remove(at).1);
            let kept = kept.and_then(|mut training_run| {
                training_run.set_edits(experiment, index, &mut budget).then_some(training_run)
            });
            let mut training_run = kept.unwrap_or_else(|| {
                let fresh = TrainingRun::new(experiment, index, &self.sets, self.theta.clone());
                budget.count(fresh.record_cost());
                fresh
            });
            training_run.set_stride(self.stride);
            self.training_runs.push(training_run);
            self.inputs.push(inputs);
        }
        self.point_at(None);
        self.versions.runs += 1;
        self.versions.weights += 1;
        self.spent = budget.spent();
    }

    /// The units of work that the last call did.
    pub fn spent(&self) -> u64 {
        self.spent
    }

    /// What is going on in the run at `index`, where it stands, as claims.
    pub fn claims(&mut self, index: usize) -> Vec<NetClaim> {
        explain::claims(&self.experiment, &mut self.training_runs[index], index, &self.sets.train)
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
}

fn made_from(experiment: &NetExperiment) -> (Data, Features, Output, f64) {
    (experiment.data.clone(), experiment.features(), experiment.output(), experiment.low())
}

/// A number for what sets are made from.
fn data_id((data, features, output, low): &(Data, Features, Output, f64)) -> u64 {
    let mut hasher = DefaultHasher::new();
    let parts = data.parts();
    let rows = parts.train.iter().chain(&parts.test);
    for number in
        rows.flat_map(|row| row.x.iter().chain([&row.y])).chain(parts.scale.as_flattened())
    {
        number.to_bits().hash(&mut hasher);
    }
    (features, output, low.to_bits(), parts.train.len(), parts.classes).hash(&mut hasher);
    hasher.finish()
}
