//! Forward and backward by the numbers: the passes of one example as a list of stages, to be gone
//! through forwards and backwards.
//!
//! ```text
//! forward     layer 1 … L       z = W a + b, a = φ(z)
//! loss                          L(y, f)
//! backward    layer L … 1       δ, then ∂L/∂w = δ a
//! update                        of one weight, with this example alone
//! batch                         the mean over J_k, and the update that training makes
//! chain                         of one weight, path by path, and by finite differences
//! ```
//!
//! The numbers are those of [`Workspace::numbers`](crate::network::Workspace::numbers) and of a copy of
//! the [`Trainer`](crate::network::Trainer): training's own.

use super::NetLab;
use super::settings::Setting;
use crate::network::{Architecture, Numbers, Regularisation, chain};

/// A place in the passes. Layers and units count from 0; where no unit is named, it is all of the
/// layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// z and a of a layer or a unit.
    Forward(usize, Option<usize>),
    /// L.
    Loss,
    /// δ of a layer or a unit.
    Delta(usize, Option<usize>),
    /// ∂L/∂w and ∂L/∂b of a layer or a unit.
    Gradient(usize, Option<usize>),
    /// The update of one weight with this example alone.
    Update,
    /// The mean over the batch, and the update with it.
    Batch,
    /// The derivative by one weight, along its paths to the output.
    Chain,
}

/// The passes of one example of a run.
#[derive(Clone, Debug)]
pub struct Passes {
    /// All stages, in their order.
    pub stages: Vec<Stage>,
    /// The stage that is shown.
    pub at: usize,
    /// The example, by its place among those for training.
    pub example: usize,
    /// All numbers of its passes.
    pub numbers: Numbers,
    /// θ
    pub theta: Vec<f64>,
    /// The shape of the net.
    pub net: Architecture,
}

/// The stages for a net of this shape, layer by layer or unit by unit.
pub fn stages(net: &Architecture, by_units: bool) -> Vec<Stage> {
    let layers = net.layers();
    let of = |layer: usize| -> Vec<Option<usize>> {
        if by_units { (0..layers[layer].units).map(Some).collect() } else { vec![None] }
    };
    let mut all = Vec::new();
    for layer in 0..layers.len() {
        all.extend(of(layer).into_iter().map(|unit| Stage::Forward(layer, unit)));
    }
    all.push(Stage::Loss);
    for layer in (0..layers.len()).rev() {
        all.extend(of(layer).into_iter().map(|unit| Stage::Delta(layer, unit)));
        all.extend(of(layer).into_iter().map(|unit| Stage::Gradient(layer, unit)));
    }
    all.extend([Stage::Update, Stage::Batch, Stage::Chain]);
    all
}

/// The update of one weight: what ĝ was, and the weight before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct WeightUpdate {
    /// ∂L/∂w of each example of the batch, by its place among those for training.
    pub parts: Vec<(usize, f64)>,
    /// The size of the batch.
    pub size: usize,
    /// What the penalties add to ĝ: λ₁ sign(w) and λ₂ w; `None` without a penalty, and for biases.
    pub penalty: Option<[f64; 2]>,
    /// Whether it is a bias that stays as it is: then ĝ is 0, whatever the examples say.
    pub is_frozen: bool,
    /// ĝ, the penalty's gradient with it.
    pub grad: f64,
    /// The weight before.
    pub before: f64,
    /// The weight after; `None` where training diverges here.
    pub after: Option<f64>,
}

impl NetLab {
    /// The passes of the chosen example through the followed run's net; `None` without runs.
    pub fn passes(&mut self) -> Option<Passes> {
        let index = self.experiment().followed()?;
        let stages = self.stages();
        let sets = self.sets().clone();
        let asked = self.experiment().setting(Setting::Example) as usize;
        let example = asked.clamp(1, sets.train.len()) - 1;
        let at = self.experiment().setting(Setting::At) as usize;
        let (theta, workspace) = self.training_run_mut(index).trainer_mut().workspace();
        let numbers = workspace.numbers(theta, &sets.train, example as u32);
        let (theta, net) = (theta.to_vec(), workspace.architecture().clone());
        let at = at.min(stages.len() - 1);
        Some(Passes { stages, at, example, numbers, theta, net })
    }

    /// The example that the pictures ring, by its place among all: the chosen one, or else the one
    /// whose passes are told.
    pub fn ringed(&self) -> Option<usize> {
        let told = || {
            let experiment = self.experiment();
            let is_open = [0.0, 3.0].contains(&experiment.setting(Setting::Deck));
            let at = (experiment.setting(Setting::Example) as usize).checked_sub(1)?;
            let rows = &self.sets().parts.train_at;
            if is_open { rows.get(at.min(rows.len().saturating_sub(1))).copied() } else { None }
        };
        self.chosen().or_else(told)
    }

    /// The batch whose turn it is in the run at `index`, as places among the training examples, while
    /// the passes tell of it; else none, and none where it is all.
    pub fn batch_in_view(&self, index: usize) -> Vec<u32> {
        let experiment = self.experiment();
        let is_open = experiment.setting(Setting::Deck) == 0.0;
        if self.experiment().timeline.is_playing()
            || !is_open
            || experiment.followed() != Some(index)
        {
            return Vec::new();
        }
        let batches = experiment.batches(index);
        if self.stage() != Some(Stage::Batch) || batches.is_full() {
            return Vec::new();
        }
        batches.batch(self.training_runs()[index].updates())
    }

    /// The stages of the passes, layer by layer or unit by unit as the experiment asks for.
    fn stages(&self) -> Vec<Stage> {
        let by_units = self.experiment().setting(Setting::Pass) != 0.0;
        stages(&self.experiment().architecture(), by_units)
    }

    /// The stage that is shown.
    fn stage(&self) -> Option<Stage> {
        let stages = self.stages();
        let at = self.experiment().setting(Setting::At) as usize;
        stages.get(at.min(stages.len() - 1)).copied()
    }

    /// The weights that stand out in the net's picture: the one that is chosen or pointed at, and while
    /// the chain rule is told, all that its paths lead over.
    pub fn lit_weights(&self) -> Vec<usize> {
        let focused = self.focused();
        let is_open = self.experiment().setting(Setting::Deck) == 0.0;
        if !is_open || self.stage() != Some(Stage::Chain) {
            return vec![focused];
        }
        let net = self.experiment().architecture();
        match net.place(focused) {
            Some(place) => chain::edges(&net, place),
            None => vec![focused],
        }
    }

    /// (L(w + h) − L(w − h)) / 2h of an example, by its place among those for training, in the followed
    /// run's net.
    pub fn finite_difference(&self, weight: usize, example: usize, h: f64) -> Option<f64> {
        let index = self.experiment().followed()?;
        let mut trainer = self.training_runs()[index].trainer().clone();
        let mut theta = trainer.theta().to_vec();
        let (_, workspace) = trainer.workspace();
        let middle = theta[weight];
        let [above, below] = [h, -h].map(|by| {
            theta[weight] = middle + by;
            workspace.numbers(&theta, &self.sets().train, example as u32).loss
        });
        Some((above - below) / (2.0 * h))
    }

    /// Goes so many stages on, or back.
    pub(super) fn turn_passes(&mut self, by: i32) {
        // What is read stage by stage stands still.
        self.experiment_mut().timeline.pause();
        let last = self.stages().len() - 1;
        let at = (self.experiment().setting(Setting::At) as usize).min(last);
        let at = at.saturating_add_signed(by as isize).min(last);
        self.experiment_mut().set_setting(Setting::At as usize, at as f64);
    }

    /// The update of the chosen weight of the followed run: with one example alone, or with the
    /// batch whose turn it is, of which at most `most` members are told one by one.
    pub fn weight_update(&self, alone: Option<usize>, most: usize) -> Option<WeightUpdate> {
        let index = self.experiment().followed()?;
        let weight = self.experiment().weight;
        let sets = self.sets();
        let mut trainer = self.training_runs()[index].trainer().clone();
        let batch = match alone {
            Some(example) => vec![example as u32],
            None => trainer.batches().batch(trainer.update()),
        };
        let before = trainer.theta()[weight];
        let mut part = |example: u32| {
            let (theta, workspace) = trainer.workspace();
            let mut grad = vec![0.0; theta.len()];
            workspace.gradient(theta, &sets.train, &[example], &mut grad);
            (example as usize, grad[weight])
        };
        let parts = batch.iter().take(most).map(|&example| part(example)).collect();
        let Regularisation { l1, l2 } = self.experiment().regularisation(index);
        let net = self.experiment().architecture();
        let is_weight = net.place(weight).is_some_and(|place| place.input.is_some());
        let sign = if before == 0.0 { 0.0 } else { before.signum() };
        let penalty = (is_weight && (l1, l2) != (0.0, 0.0)).then_some([l1 * sign, l2 * before]);
        let is_frozen = !is_weight && self.experiment().are_biases_frozen();
        let stepped = trainer.step_with(&sets.train, &batch).is_ok();
        let grad = trainer.grad()[weight];
        let after = stepped.then(|| trainer.theta()[weight]);
        Some(WeightUpdate { parts, size: batch.len(), penalty, is_frozen, grad, before, after })
    }
}
