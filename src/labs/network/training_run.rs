//! One run of a net in training: where it is, what it has been through, and the way back.
//!
//! A run goes on tick by tick of the clock. Going back is going to the last checkpoint before, and
//! training on from there: the same updates with the same batches, so the same bits.

use std::sync::Arc;

use super::data::{Parts, columns_of};
use super::experiment::{Edit, NetExperiment};
use super::settings::NetDial;
use crate::math::budget::Budget;
use crate::network::{Checkpoint, Examples, Features, Output, Risk, Trainer};

/// So many places of a training are recorded at most; then every second is dropped.
const MOST_RECORDS: usize = 1024;
/// So many checkpoints are kept at most.
const MOST_CHECKPOINTS: usize = 128;
/// What arriving at a tick costs besides its record, in units of a [`Budget`].
const ARRIVAL: u64 = 500;

/// The examples as all runs of an experiment take them in.
#[derive(Clone, Debug)]
pub struct Sets {
    /// The rows they are made from.
    pub parts: Parts,
    /// For training.
    pub train: Examples,
    /// For the test, if there are any.
    pub test: Option<Examples>,
}

impl Sets {
    /// Those of an experiment.
    pub fn of(experiment: &NetExperiment) -> Self {
        let parts = experiment.data.parts();
        let (features, output) = (experiment.features(), experiment.output());
        let examples = |rows: &[super::data::Row]| {
            let inputs = parts.inputs(&columns_of(rows, parts.columns), features);
            let y = || rows.iter().map(|row| row.y);
            if parts.classes > 0 {
                let classes = y().map(|y| y as usize).collect();
                let examples = Examples::with_classes(inputs, classes, output).ok();
                match output {
                    Output::Sigmoid(_) => examples.map(|all| all.with_low_target(experiment.low())),
                    _ => examples,
                }
            } else {
                Examples::with_values(inputs, vec![y().collect()]).ok()
            }
        };
        let (train, test) = (examples(&parts.train), examples(&parts.test));
        // There is always an example for training.
        let train = train.unwrap_or_else(|| Examples::unlabelled(&[[0.0; 2]], Features::PLAIN));
        Self { train, test, parts }
    }
}

/// What was recorded of a training, every so many ticks from the start on.
#[derive(Clone, Debug, Default)]
pub struct Records {
    /// The mean loss over the training examples.
    pub train: Vec<f64>,
    /// The mean loss over the test examples; NaN without any.
    pub test: Vec<f64>,
    /// The accuracy on both, from 0 to 1; NaN without classes.
    pub accuracy: [Vec<f64>; 2],
    /// θ
    pub theta: Vec<Vec<f64>>,
}

impl Records {
    fn thin(&mut self) {
        let [right, right_test] = &mut self.accuracy;
        for numbers in [&mut self.train, &mut self.test, right, right_test] {
            *numbers = numbers.iter().copied().step_by(2).collect();
        }
        self.theta = std::mem::take(&mut self.theta).into_iter().step_by(2).collect();
    }

    fn truncate(&mut self, count: usize) {
        let [right, right_test] = &mut self.accuracy;
        for numbers in [&mut self.train, &mut self.test, right, right_test] {
            numbers.truncate(count);
        }
        self.theta.truncate(count);
    }
}

/// A run in training.
#[derive(Clone)]
pub struct TrainingRun {
    trainer: Trainer,
    sets: Arc<Sets>,
    /// The tick that it has reached, and the updates it has had of the next one.
    tick: usize,
    within: usize,
    updates_a_tick: usize,
    /// The tick in which it stopped being finite.
    diverged: Option<usize>,
    edits: Vec<Edit>,
    records: Records,
    stride: usize,
    checkpoints: Vec<Saved>,
    spacing: usize,
}

/// A checkpoint, and when it was.
#[derive(Clone)]
struct Saved {
    tick: usize,
    diverged: Option<usize>,
    at: Checkpoint,
}

impl TrainingRun {
    /// The run at `index` of an experiment, at its start θ.
    pub fn new(
        experiment: &NetExperiment,
        index: usize,
        sets: &Arc<Sets>,
        mut theta: Vec<f64>,
    ) -> Self {
        let edits: Vec<Edit> = edits_of(experiment, index);
        for edit in edits.iter().filter(|edit| edit.tick == 0) {
            theta[edit.index] = edit.value;
        }
        let mut training_run = Self {
            trainer: experiment.training_config(index).trainer(theta),
            sets: sets.clone(),
            tick: 0,
            within: 0,
            updates_a_tick: experiment.updates_a_tick(index),
            diverged: None,
            edits,
            records: Records::default(),
            stride: 1,
            checkpoints: Vec::new(),
            spacing: 1,
        };
        training_run.arrive();
        training_run
    }

    /// Everything about the run that it depends on, but for weights set by hand: with the same
    /// numbers here, and the same data, two runs are one. α and m come first.
    pub fn inputs(experiment: &NetExperiment, index: usize) -> Vec<u64> {
        let setup = &experiment.runs[index];
        let rule = setup.rule.key.bytes().fold(0, |sum: u64, byte| sum << 8 | u64::from(byte));
        let m = experiment.batches(index).m as u64;
        let net = experiment.net(NetDial::Activation) as u64;
        let output = u64::from(matches!(experiment.output_of(index), Output::Sigmoid(_)));
        let (alpha, others) = setup.values.split_first().expect("every rule has α");
        let others = others.iter().chain(&setup.of_net).map(|value| value.to_bits());
        let clock = u64::from(experiment.counts_epochs());
        // Nets of different layers may have as many weights.
        let layers = experiment.shape(experiment.output_of(index));
        let units = layers.layers().iter().map(|layer| layer.units as u64);
        let frozen = u64::from(experiment.are_biases_frozen());
        let numbers = [alpha.to_bits(), m, rule, net, output, clock, experiment.seed(), frozen];
        numbers.into_iter().chain(units).chain(others).collect()
    }

    /// Goes on towards a tick as far as the budget lets it; returns whether it is there.
    pub fn go_on(&mut self, target: usize, budget: &mut Budget) -> bool {
        while self.tick < target {
            if self.diverged.is_some() {
                self.within = self.updates_a_tick;
            }
            let left = self.updates_a_tick - self.within;
            let granted = match left {
                0 => budget.pieces(1, ARRIVAL),
                _ => budget.pieces(left, self.update_cost()),
            };
            if granted == 0 {
                return false;
            }
            for _ in 0..granted.min(left) {
                self.within += 1;
                if self.trainer.step(&self.sets.train).is_err() {
                    self.diverged = Some(self.tick + 1);
                    self.within = self.updates_a_tick;
                    break;
                }
            }
            if self.within >= self.updates_a_tick {
                self.within = 0;
                self.tick += 1;
                budget.count(ARRIVAL + self.arrive());
            }
        }
        true
    }

    /// What an update costs, in units.
    pub fn update_cost(&self) -> u64 {
        3 * self.trainer.cost(self.trainer.batches().m)
    }

    /// What recording the losses costs, in units.
    pub fn record_cost(&self) -> u64 {
        let test = self.sets.test.as_ref().map_or(0, Examples::len);
        self.trainer.cost(self.sets.train.len() + test)
    }

    /// Goes back so that it is not behind a tick; nor, if `whole`, in the middle of the next one.
    pub fn go_back(&mut self, target: usize, whole: bool) {
        let is_within = whole && target == self.tick && self.within > 0;
        if target >= self.tick && !is_within {
            return;
        }
        let saved = self.checkpoints.iter().rev().find(|saved| saved.tick <= target);
        if let Some(Saved { tick, diverged, at }) = saved {
            self.trainer.restore(at);
            (self.tick, self.within, self.diverged) = (*tick, 0, *diverged);
        }
    }

    /// What happens at a tick: weights set by hand, a record, a checkpoint. Returns what the record
    /// cost.
    fn arrive(&mut self) -> u64 {
        let tick = self.tick;
        let mut cost = 0;
        for edit in self.edits.iter().filter(|edit| edit.tick == tick && tick > 0) {
            self.trainer.set_weight(edit.index, edit.value);
        }
        if tick.is_multiple_of(self.stride) && tick / self.stride == self.records.train.len() {
            self.record();
            cost = self.record_cost();
        }
        let last = self.checkpoints.last().map(|saved| saved.tick);
        if tick.is_multiple_of(self.spacing) && last.is_none_or(|last| last < tick) {
            let at = self.trainer.checkpoint();
            self.checkpoints.push(Saved { tick, diverged: self.diverged, at });
            if self.checkpoints.len() > MOST_CHECKPOINTS {
                self.spacing *= 2;
                let spacing = self.spacing;
                self.checkpoints.retain(|saved| saved.tick.is_multiple_of(spacing));
            }
        }
        cost
    }

    fn record(&mut self) {
        if self.diverged.is_some() {
            return;
        }
        let [train, test, right, right_test] =
            self.risks().map(|number| number.unwrap_or(f64::NAN));
        let Self { trainer, records, .. } = self;
        records.train.push(train);
        records.test.push(test);
        records.accuracy[0].push(right);
        records.accuracy[1].push(right_test);
        records.theta.push(trainer.theta().to_vec());
    }

    /// The mean losses over training and test examples, and the accuracies on them, where there are
    /// such.
    pub fn risks(&mut self) -> [Option<f64>; 4] {
        let Self { trainer, sets, .. } = self;
        let train = trainer.risk(&sets.train);
        let test = sets.test.as_ref().map(|test| trainer.risk(test));
        let right = test.and_then(|test: Risk| test.accuracy);
        [Some(train.loss), test.map(|test| test.loss), train.accuracy, right]
    }

    /// Records only every so many ticks from now on, a power of two. All runs of a lab have one.
    pub fn set_stride(&mut self, stride: usize) {
        while self.stride < stride {
            self.stride *= 2;
            self.records.thin();
        }
    }

    /// The ticks between two records for a clock that has been at `reach`.
    pub fn stride_for(reach: usize) -> usize {
        reach.div_ceil(MOST_RECORDS).next_power_of_two()
    }

    /// Takes over the weights set by hand in an experiment; training goes on from before the first
    /// that is another, as far as the budget lets it.
    pub fn set_edits(
        &mut self,
        experiment: &NetExperiment,
        index: usize,
        budget: &mut Budget,
    ) -> bool {
        let edits = edits_of(experiment, index);
        let same = self.edits.iter().zip(&edits).take_while(|(old, new)| old == new).count();
        let first = [self.edits.get(same), edits.get(same)];
        let Some(tick) = first.into_iter().flatten().map(|edit| edit.tick).min() else {
            return true;
        };
        if tick == 0 {
            return false;
        }
        self.edits = edits;
        self.checkpoints.retain(|saved| saved.tick < tick);
        self.records.truncate(tick.div_ceil(self.stride));
        let here = self.tick;
        self.go_back(tick - 1, false);
        // What it is shown with until it has caught up: at once, where that is near.
        self.go_on(here.min(self.tick + self.spacing), budget);
        true
    }

    /// The tick that it has reached.
    pub fn tick(&self) -> usize {
        self.tick
    }

    /// How many updates it has had.
    pub fn updates(&self) -> usize {
        self.trainer.update()
    }

    /// The tick in which the loss or a weight was no longer finite: the weights are those before.
    pub fn diverged(&self) -> Option<usize> {
        self.diverged
    }

    /// The weights of it that are set by hand, in the order of their ticks.
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// What was recorded, and how many ticks lie between two records.
    pub fn records(&self) -> (&Records, usize) {
        (&self.records, self.stride)
    }

    /// The net at work.
    pub fn trainer(&self) -> &Trainer {
        &self.trainer
    }

    /// The net at work, to compute with.
    pub fn trainer_mut(&mut self) -> &mut Trainer {
        &mut self.trainer
    }
}

/// The weights that are set by hand in the run at `index`, in the order of their ticks.
pub fn edits_of(experiment: &NetExperiment, index: usize) -> Vec<Edit> {
    let is_own = |edit: &&Edit| edit.run.is_none_or(|run| run == index);
    let parameters = experiment.architecture().parameters();
    let edits = experiment.edits.iter().filter(is_own);
    edits.filter(|edit| edit.index < parameters).cloned().collect()
}
