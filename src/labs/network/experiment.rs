//! An experiment with nets: one net trained by several runs side by side, from the same weights and
//! with the same order of the data. Everything that the page shows follows from it.

use super::data::{Data, Parts};
use super::settings::{By, NET, NetDial, RunDial, SETTINGS_OF_NETS, Setting};
use crate::data::Batches;
use crate::labs::RunChange;
use crate::labs::runs::Runs;
use crate::labs::timeline::Timeline;
use crate::math::window::Window;
use crate::network::{
    Activation, Architecture, Features, Initialization, MOST_HIDDEN, MOST_UNITS, Output,
    Regularisation, TrainingConfig,
};
use crate::optimizers::{self, Rule};

/// The most runs.
pub const MOST_NETS: usize = 4;
/// The weights that span the plane when nothing is said.
pub(super) const FIRST_PAIR: [usize; 2] = [0, 1];
/// The hidden layers of a fresh net.
const HIDDEN: [usize; 2] = [4, 2];

/// The map over α and the initial scale, unless it is zoomed: powers of ten.
pub const WHOLE: Window = Window::new(-3.0, 1.0, -1.0, 1.0);

/// A weight that was set by hand.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    /// The tick of the clock at which.
    pub tick: usize,
    /// Where it stands in θ.
    pub index: usize,
    /// What it was set to.
    pub value: f64,
    /// In which run; `None` in all.
    pub run: Option<usize>,
}

/// Puts an edit among those in the order of their ticks, behind those of its own tick.
pub(super) fn insert_edit(edits: &mut Vec<Edit>, edit: Edit) {
    let place = edits.partition_point(|earlier| earlier.tick <= edit.tick);
    edits.insert(place, edit);
}

/// Nets side by side.
#[derive(Clone, Debug)]
pub struct NetExperiment {
    /// What is learnt.
    pub data: Data,
    /// The units of each hidden layer.
    hidden: Vec<usize>,
    /// The features that are inputs; `None` for those that the data ask for.
    features: Option<Features>,
    net: [f64; NET.len()],
    /// The runs, in the order of their cards.
    pub runs: Runs,
    settings: [f64; SETTINGS_OF_NETS.len()],
    /// Weights set by hand, by their tick.
    pub edits: Vec<Edit>,
    /// The two weights that span the plane, where it is that of two weights; as places in θ.
    pub pair: [usize; 2],
    /// The weight whose gradient and update are shown by the numbers, as a place in θ.
    pub weight: usize,
    /// The part of the map over α and the initial scale that is in view, as powers of ten.
    pub window: Window,
    /// Where it stands in time, in ticks.
    pub timeline: Timeline,
    /// The scene that it was opened as, whatever was changed since.
    pub scene: Option<usize>,
}

impl Default for NetExperiment {
    /// GD, SGD and momentum on the circle.
    fn default() -> Self {
        let mut fresh = Self {
            data: Data::default(),
            hidden: HIDDEN.to_vec(),
            features: None,
            net: NET.each_ref().map(|param| param.default),
            runs: Runs::none(MOST_NETS),
            settings: SETTINGS_OF_NETS.each_ref().map(|param| param.default),
            edits: Vec::new(),
            pair: FIRST_PAIR,
            weight: 0,
            window: WHOLE,
            timeline: Timeline::playing(SETTINGS_OF_NETS[Setting::Steps as usize].default as usize),
            scene: None,
        };
        let [gd, momentum] = [&optimizers::gradient_descent::RULE, &optimizers::momentum::RULE];
        fresh.set_rules(&[gd, gd, momentum]);
        fresh.runs[1].batch = Some(10);
        fresh.runs[2].batch = Some(10);
        fresh
    }
}

impl NetExperiment {
    /// The units of each hidden layer.
    pub fn hidden(&self) -> &[usize] {
        &self.hidden
    }

    /// Sets the hidden layers. Weights that the net does not have any more are forgotten.
    ///
    /// # Errors
    /// A sentence that starts after the key.
    pub fn set_hidden(&mut self, hidden: Vec<usize>) -> Result<(), String> {
        if hidden.len() > MOST_HIDDEN
            || hidden.iter().any(|units| !(1..=MOST_UNITS).contains(units))
        {
            return Err(format!(
                "must have at most {MOST_HIDDEN} hidden layers, each of 1 to {MOST_UNITS} units"
            ));
        }
        self.reshape(&mut |experiment| experiment.hidden.clone_from(&hidden));
        Ok(())
    }

    /// Changes something that may change the net's shape: weights by their name stay, and those
    /// that are no more are forgotten.
    pub fn reshape(&mut self, change: &mut dyn FnMut(&mut Self)) {
        let before = self.architecture();
        change(self);
        let now = self.architecture();
        if before.layers() == now.layers() {
            return;
        }
        let place = |index: usize| before.place(index).and_then(|place| now.index(place));
        self.edits.retain_mut(|edit| match place(edit.index) {
            Some(index) => {
                edit.index = index;
                true
            }
            None => false,
        });
        self.weight = place(self.weight).unwrap_or(0);
        // What nobody chose are the first two weights of whatever net it is.
        if self.pair != FIRST_PAIR {
            self.pair = match self.pair.map(place) {
                [Some(a), Some(b)] => [a, b],
                _ => FIRST_PAIR,
            };
        }
    }

    /// The features that are inputs, where x has one column or two.
    pub fn features(&self) -> Features {
        self.features.unwrap_or_else(|| self.default_features())
    }

    /// Those that a net has when nothing is said: x₁ alone where that is all there is.
    pub fn default_features(&self) -> Features {
        if self.data.columns() == 1 { Features::PLAIN.toggled(1) } else { Features::PLAIN }
    }

    /// Sets the features.
    pub fn set_features(&mut self, features: Features) {
        self.reshape(&mut |experiment| {
            experiment.features =
                Some(features).filter(|features| *features != experiment.default_features());
        });
    }

    /// The number of inputs.
    pub fn inputs(&self) -> usize {
        match self.data.columns() {
            1 | 2 => self.features().count(),
            columns => columns,
        }
    }

    /// The value of a dial of the net.
    pub fn net(&self, dial: NetDial) -> f64 {
        self.net[dial as usize]
    }

    /// The values of [`NET`], in its order.
    pub fn net_values(&self) -> &[f64] {
        &self.net
    }

    /// Sets the dial at `index` of [`NET`] to a value of its range.
    pub fn set_net(&mut self, index: usize, value: f64) {
        self.reshape(&mut |experiment| experiment.net[index] = value);
    }

    /// φ
    pub fn activation(&self) -> Activation {
        Activation::ALL[self.net(NetDial::Activation) as usize]
    }

    /// The output that all runs share, but for the loss of a logit.
    pub fn output(&self) -> Output {
        let choice = self.net(NetDial::Output) as usize;
        let classes = self.data.classes();
        if choice == 3 && classes > 0 {
            return Output::Sigmoid(classes);
        }
        let parts = Parts { classes, ..Parts::default() };
        parts.output(choice == 2, choice == 1)
    }

    /// The target of a sigmoid for a class that an example is not of; 0 where there are not several
    /// sigmoids.
    pub fn low(&self) -> f64 {
        if self.uses_net(NetDial::Low as usize) { self.net(NetDial::Low) } else { 0.0 }
    }

    /// Whether the dial at `index` of [`NET`] does anything here.
    pub fn uses_net(&self, index: usize) -> bool {
        match index {
            _ if index == NetDial::Low as usize => matches!(self.output(), Output::Sigmoid(_)),
            _ if index == NetDial::Scale as usize => self.initialization() != Initialization::Zeros,
            _ => true,
        }
    }

    /// Whether training leaves the biases as they are.
    pub fn are_biases_frozen(&self) -> bool {
        self.net(NetDial::Frozen) != 0.0
    }

    /// The output of a run: a logit may have the L2 loss.
    pub fn output_of(&self, index: usize) -> Output {
        let squared = self.runs[index].of_net[RunDial::Loss as usize] != 0.0;
        match self.output() {
            Output::Logit if squared => Output::Sigmoid(1),
            output => output,
        }
    }

    /// The shape of the net with this output.
    pub fn shape(&self, output: Output) -> Architecture {
        Architecture::new(self.inputs(), &self.hidden, self.activation(), output)
            .expect("only shapes within bounds are taken")
    }

    /// The shape that all runs share.
    pub fn architecture(&self) -> Architecture {
        self.shape(self.output())
    }

    /// θ where all runs start, before weights are set by hand.
    pub fn theta(&self) -> Vec<f64> {
        let mut theta = self.drawn();
        let scale = self.net(NetDial::Scale);
        theta.iter_mut().for_each(|weight| *weight *= scale);
        theta
    }

    /// θ as it is drawn, before it is scaled.
    pub fn drawn(&self) -> Vec<f64> {
        self.initialization().theta(&self.architecture(), self.seed())
    }

    /// How weights are drawn.
    pub fn initialization(&self) -> Initialization {
        Initialization::ALL[self.net(NetDial::Initialization) as usize]
    }

    /// Where random numbers begin.
    pub fn seed(&self) -> u64 {
        self.setting(Setting::Seed) as u64
    }

    /// How the training examples are dealt out to a run.
    pub fn batches(&self, index: usize) -> Batches {
        let n = self.data.training();
        Batches::new(n, self.runs[index].batch_size(n), self.seed())
    }

    /// How many updates of a run a tick of the clock is.
    pub fn updates_a_tick(&self, index: usize) -> usize {
        if self.counts_epochs() { self.batches(index).per_epoch() } else { 1 }
    }

    /// Whether a tick of the clock is an epoch.
    pub fn counts_epochs(&self) -> bool {
        self.setting(Setting::Clock) == 0.0
    }

    /// The penalty of a run.
    pub fn regularisation(&self, index: usize) -> Regularisation {
        let of = |dial: RunDial| self.runs[index].of_net[dial as usize];
        Regularisation { l1: of(RunDial::L1), l2: of(RunDial::L2) }
    }

    /// What the run at `index` is trained with.
    pub fn training_config(&self, index: usize) -> TrainingConfig {
        let setup = &self.runs[index];
        TrainingConfig {
            net: self.shape(self.output_of(index)),
            rule: setup.rule,
            values: setup.values.clone(),
            batches: self.batches(index),
            regularisation: self.regularisation(index),
            are_biases_frozen: self.are_biases_frozen(),
        }
    }

    /// Whether the dial at `index` of [`super::RUN`] does anything here.
    pub fn uses(&self, index: usize) -> bool {
        index != RunDial::Loss as usize || self.output() == Output::Logit
    }

    /// The values of [`SETTINGS_OF_NETS`], in its order.
    pub fn settings(&self) -> &[f64] {
        &self.settings
    }

    /// The value of a setting.
    pub fn setting(&self, setting: Setting) -> f64 {
        self.settings[setting as usize]
    }

    /// Whether a switch among the settings is on.
    pub fn is_on(&self, setting: Setting) -> bool {
        self.setting(setting) != 0.0
    }

    /// Sets the setting at `index` to a value of its range.
    pub fn set_setting(&mut self, index: usize, value: f64) {
        self.settings[index] = value;
        self.timeline.set_horizon(self.steps());
    }

    /// What the chart has along its axes.
    pub fn by(&self) -> By {
        By::ALL[self.setting(Setting::By) as usize]
    }

    /// The last tick of the clock.
    pub fn steps(&self) -> usize {
        self.setting(Setting::Steps) as usize
    }

    /// The learning rate that a run of `rule` has when a link says nothing of it.
    pub fn default_alpha(rule: &Rule) -> f64 {
        if rule.normalized { 0.01 } else { 0.1 }
    }

    /// Replaces all runs by fresh ones of these rules, at most [`MOST_NETS`].
    pub fn set_rules(&mut self, rules: &[&'static Rule]) {
        self.runs.clear();
        self.edits.retain(|edit| edit.run.is_none());
        for rule in &rules[..rules.len().min(MOST_NETS)] {
            self.add(rule).expect("there is room for so many");
        }
    }

    /// Adds a fresh run behind the others.
    ///
    /// # Errors
    /// That there is no room, as a sentence.
    pub fn add(&mut self, rule: &'static Rule) -> Result<(), String> {
        self.runs.add(rule, Self::default_alpha(rule), true)
    }

    /// Does what the card of a run asks for. Weights set by hand go with their run.
    ///
    /// # Errors
    /// That there is no such run, or no room, as a sentence.
    pub fn change_run(&mut self, name: &str, change: RunChange) -> Result<(), String> {
        let before = self.runs.change(name, change, true)?;
        let of_run = |edit: Edit| match edit.run {
            None => vec![edit],
            Some(run) => {
                let now = (0..before.len()).filter(|&now| before[now] == run);
                now.map(|now| Edit { run: Some(now), ..edit.clone() }).collect()
            }
        };
        self.edits = self.edits.drain(..).flat_map(of_run).collect();
        Ok(())
    }

    /// Sets a weight by hand at a tick: at tick 0 in all runs, since they start from the same
    /// weights, and later in one.
    pub fn set_weight(&mut self, tick: usize, index: usize, value: f64, run: usize) {
        let run = Some(run).filter(|_| tick > 0);
        self.edits.retain(|edit| (edit.tick, edit.index, edit.run) != (tick, index, run));
        insert_edit(&mut self.edits, Edit { tick, index, value, run });
    }

    /// The run whose net is shown: the one that was chosen, or else the first that is shown.
    pub fn followed(&self) -> Option<usize> {
        let chosen = self.runs.chosen();
        let shown = || self.runs.iter().position(|run| !run.hidden);
        chosen.or_else(shown).or(if self.runs.is_empty() { None } else { Some(0) })
    }
}
