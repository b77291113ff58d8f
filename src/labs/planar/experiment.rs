//! An experiment: several runs side by side on one surface or one risk, from one start, with one
//! seed and one order of the data, so that comparing them is fair. Everything that the page shows
//! follows from it, and a link is it as text (see [`crate::labs::link`]).

pub mod data;
pub mod link;
mod settings;
mod source;

use crate::data::Batches;
use crate::data::classes::ClassNames;
use crate::labs::RunChange;
use crate::labs::runs::{LOOKS, RunConfig, Runs};
use crate::labs::timeline::Timeline;
use crate::math::budget::Budget;
use crate::math::formula::{Formula, FormulaError, read_surface, symbol};
use crate::math::param::{Param, Scale};
use crate::math::window::Window;
use crate::objective::problems::{self, Problem};
use crate::objective::surfaces::Surface;
use crate::objective::{Objective, Risk};
use crate::optimizers::{self, Rule};
use crate::training::pseudocode::Program;
use crate::training::run::RunSpec;
use data::Data;

pub use settings::{
    By, CHART, CHASE, FUTURE, HEIGHT, PAUSED, PRESENT, SEED, SETTINGS, Setting, SwarmFrom, THEME,
};
pub use source::{LabKind, ObjectiveSource};

/// The most runs that an experiment holds.
pub const MOST_RUNS: usize = LOOKS;

/// Runs side by side.
#[derive(Clone, Debug)]
pub struct Experiment {
    /// What the runs walk on.
    pub source: ObjectiveSource,
    formula: Formula,
    parameters: Vec<Param>,
    values: Vec<f64>,
    /// The data; of use where the objective is a risk.
    pub data: Data,
    /// Where all runs start, [x, y], or θ.
    pub start: [f64; 2],
    /// What the plot shows.
    pub window: Window,
    /// The runs, in the order of their cards.
    pub runs: Runs,
    settings: [f64; SETTINGS.len()],
    /// Where it stands in time; its horizon is the number of updates.
    pub timeline: Timeline,
    /// The scene of its lab that it was opened as, whatever was changed since.
    pub scene: Option<usize>,
}

impl Default for Experiment {
    /// The ravine: what a bare address opens.
    fn default() -> Self {
        Self::on_source(ObjectiveSource::first_surface())
    }
}

impl Experiment {
    /// GD and momentum on a surface of the gallery, with all its defaults.
    pub fn on_surface(surface: &'static Surface) -> Self {
        Self::on_source(ObjectiveSource::Gallery(surface))
    }

    /// GD beside SGD on a problem of the gallery, with all its defaults.
    pub fn on_problem(problem: &'static Problem) -> Self {
        Self::on_source(ObjectiveSource::Data { problem, typed: false })
    }

    /// The runs that a lab opens with, on an objective of the gallery.
    ///
    /// # Panics
    /// Where the objective's formula is the user's own: only the user knows it.
    pub fn on_source(source: ObjectiveSource) -> Self {
        let formula = match source {
            ObjectiveSource::Gallery(surface) => Formula::parse(surface.formula),
            ObjectiveSource::Data { problem, typed: false } => problems::read_loss(problem.loss),
            ObjectiveSource::Typed | ObjectiveSource::Data { .. } => {
                panic!("a typed formula is not in a gallery")
            }
        };
        Self::on(source, formula.expect("the galleries' formulas parse"))
    }

    /// GD and momentum on the user's own formula, with all defaults.
    pub fn on_formula(formula: Formula) -> Self {
        Self::on(ObjectiveSource::Typed, formula)
    }

    /// GD beside SGD on the user's own per-example loss over a problem's data.
    pub fn on_loss(problem: &'static Problem, loss: Formula) -> Self {
        Self::on(ObjectiveSource::Data { problem, typed: true }, loss)
    }

    fn on(source: ObjectiveSource, formula: Formula) -> Self {
        let parameters = declare(&source, &formula);
        let values = parameters.iter().map(|param| param.default).collect();
        let problem = source.problem().unwrap_or(&problems::PROBLEMS[0]);
        let mut experiment = Self {
            start: source.start(),
            window: source.window(),
            source,
            formula,
            parameters,
            values,
            data: Data::of(problem),
            runs: Runs::none(MOST_RUNS),
            settings: SETTINGS.each_ref().map(|param| param.default),
            timeline: Timeline::playing(0),
            scene: None,
        };
        experiment.take_default_settings();
        match source.lab() {
            LabKind::Surface => experiment
                .set_rules(&[&optimizers::gradient_descent::RULE, &optimizers::momentum::RULE]),
            LabKind::Minibatches => {
                experiment.set_rules(&[&optimizers::gradient_descent::RULE; 2]);
                experiment.runs[1].batch = Some(1);
            }
        }
        experiment
    }

    /// The lab that shows it.
    pub fn lab(&self) -> LabKind {
        self.source.lab()
    }

    /// Moves the runs to another surface or another problem of the gallery. They keep their rules
    /// and dials, but for what belongs to the objective: its window, its start, its data, its number
    /// of updates, and the learning rate of the rules that have none of their own.
    /// Data of one's own stay. What the lab of that objective does not have is forgotten.
    pub fn move_to(&mut self, source: ObjectiveSource) {
        let fresh = Self::on_source(source);
        for setup in self.runs.iter_mut() {
            if !setup.rule.has_own_alpha() {
                setup.values[0] = fresh.default_alpha(setup.rule);
            }
        }
        let own = self.data.own().map(<[_]>::to_vec);
        let names = self.data.names().clone();
        let settings = std::mem::replace(&mut self.settings, [0.0; SETTINGS.len()]);
        let runs = std::mem::replace(&mut self.runs, Runs::none(MOST_RUNS));
        let had_data = self.lab() == LabKind::Minibatches;
        *self = Self { runs, settings, ..fresh };
        self.take_default_settings();
        let lab = self.lab();
        for (index, param) in SETTINGS.iter().enumerate() {
            if !Setting::belongs(index, lab) {
                self.settings[index] = param.default;
            }
        }
        if had_data && lab == LabKind::Surface {
            self.runs.iter_mut().for_each(RunConfig::forget_data);
        }
        self.share_alpha();
        if own.is_some() {
            self.data.set_own(own);
            let has_labels = self.source.problem().is_some_and(|problem| problem.labels);
            self.data.set_names(if has_labels { names } else { ClassNames::default() });
        }
    }

    /// Puts a formula of the user's in the place of the surface or of the per-example loss. Window,
    /// start, data and runs stay, and so does the value of every letter that both formulas have.
    ///
    /// # Errors
    /// What is wrong with the text, and in which column; then nothing changes.
    pub fn set_formula(&mut self, text: &str) -> Result<(), FormulaError> {
        let (formula, source) = match self.source {
            ObjectiveSource::Gallery(_) | ObjectiveSource::Typed => {
                (read_surface(text)?, ObjectiveSource::Typed)
            }
            ObjectiveSource::Data { problem, .. } => {
                (problems::read_loss(text)?, ObjectiveSource::Data { problem, typed: true })
            }
        };
        let parameters = declare(&source, &formula);
        self.values = (parameters.iter())
            .map(|param| self.surface_value(&param.key).unwrap_or(param.default))
            .collect();
        self.parameters = parameters;
        self.formula = formula;
        self.source = source;
        self.scene = None;
        Ok(())
    }

    /// What the two variables, or the two numbers of θ, are called, as they are written; `None`
    /// where they are x and y.
    pub fn theta_names(&self) -> Option<[String; 2]> {
        let names = self.formula.variables();
        let is_plain = names[0] == "x" && names[1] == "y";
        (!is_plain).then(|| [0, 1].map(|at| symbol(&names[at])))
    }

    /// The surface's formula, or the per-example loss.
    pub fn formula(&self) -> &Formula {
        &self.formula
    }

    /// The formula's parameters, in their declared order.
    pub fn surface_parameters(&self) -> &[Param] {
        &self.parameters
    }

    /// Their values, in the same order.
    pub fn surface_values(&self) -> &[f64] {
        &self.values
    }

    /// The value of the formula's parameter of this key.
    pub fn surface_value(&self, key: &str) -> Option<f64> {
        let index = self.parameters.iter().position(|param| param.key == key)?;
        Some(self.values[index])
    }

    /// Sets the formula's parameter at `index` to a value of its range.
    pub fn set_surface_value(&mut self, index: usize, value: f64) {
        self.values[index] = value;
    }

    /// The formula with its parameters' values put in: a surface, or the risk over the data.
    pub fn objective(&self) -> Objective {
        let mut objective = self.begin_objective();
        objective.advance(&mut Budget::unlimited());
        objective
    }

    /// The same, its minima still to be searched for.
    pub fn begin_objective(&self) -> Objective {
        let in_formula_order: Vec<f64> = (self.formula.parameters().iter())
            .map(|key| self.surface_value(key).expect("every letter is declared"))
            .collect();
        match self.source {
            ObjectiveSource::Gallery(surface) => {
                let near = (surface.minima)(&self.values);
                Objective::begin(&self.formula, &in_formula_order, &near)
            }
            ObjectiveSource::Typed => {
                Objective::begin_searched(&self.formula, &in_formula_order, &source::TYPED_WINDOW)
            }
            ObjectiveSource::Data { problem, .. } => {
                let (examples, _) = self.data.examples(problem);
                let risk = Risk::new(&self.formula, &in_formula_order, &examples);
                Objective::begin_over_data(risk, &problem.window)
            }
        }
    }

    /// The values of all settings, in the order of [`SETTINGS`].
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

    /// What the loss chart has along its axes.
    pub fn by(&self) -> By {
        By::ALL[self.setting(Setting::By) as usize]
    }

    /// From where its swarm starts.
    pub fn swarm_from(&self) -> SwarmFrom {
        SwarmFrom::ALL[self.setting(Setting::Swarm) as usize]
    }

    /// The value that a setting has when a link says nothing of it.
    pub fn default_setting(&self, setting: Setting) -> f64 {
        match setting {
            Setting::Steps => self.source.steps(),
            Setting::Equal => self.source.teaches_angles().then_some(1.0),
            _ => None,
        }
        .unwrap_or(SETTINGS[setting as usize].default)
    }

    /// Those settings that are the objective's to say.
    fn take_default_settings(&mut self) {
        for setting in [Setting::Steps, Setting::Equal] {
            self.settings[setting as usize] = self.default_setting(setting);
        }
        self.timeline.set_horizon(self.steps());
    }

    /// Sets the setting at `index` of [`SETTINGS`] to a value of its range. One learning rate for
    /// all is at first that of the first run.
    pub fn set_setting(&mut self, index: usize, value: f64) {
        self.settings[index] = value;
        if index == Setting::Same as usize {
            self.share_alpha();
        }
        self.timeline.set_horizon(self.steps());
    }

    /// How many updates each run makes.
    pub fn steps(&self) -> usize {
        self.setting(Setting::Steps) as usize
    }

    /// The learning rate that a run of `rule` has here when a link says nothing of it.
    pub fn default_alpha(&self, rule: &Rule) -> f64 {
        self.source.alpha(rule)
    }

    /// Sets the parameter at `position` of the run at `index`; where all runs share one learning
    /// rate, all of them get it.
    pub fn set_value(&mut self, index: usize, position: usize, value: f64) {
        self.runs[index].values[position] = value;
        if position == 0 && self.is_on(Setting::Same) {
            self.runs[0].values[0] = value;
            self.share_alpha();
        }
    }

    /// Where all runs share one learning rate, it is that of the first.
    fn share_alpha(&mut self) {
        if let (true, [first, others @ ..]) = (self.is_on(Setting::Same), &mut self.runs[..]) {
            for run in others {
                run.values[0] = first.values[0];
            }
        }
    }

    /// Replaces all runs by fresh ones of these rules, at most [`MOST_RUNS`].
    pub fn set_rules(&mut self, rules: &[&'static Rule]) {
        self.runs.clear();
        for rule in &rules[..rules.len().min(MOST_RUNS)] {
            self.add(rule).expect("there is room for so many");
        }
    }

    /// Adds a fresh run of `rule` behind the others.
    ///
    /// # Errors
    /// That there is no room, as a sentence.
    pub fn add(&mut self, rule: &'static Rule) -> Result<(), String> {
        self.runs.add(rule, self.default_alpha(rule), self.lab() == LabKind::Minibatches)?;
        self.share_alpha();
        Ok(())
    }

    /// Does what the card of a run asks for.
    ///
    /// # Errors
    /// That there is no such run, or no room, as a sentence.
    pub fn change_run(&mut self, name: &str, change: RunChange) -> Result<(), String> {
        self.runs.change(name, change, self.lab() == LabKind::Minibatches)?;
        Ok(())
    }

    /// Whether each update of the run at `index` uses all examples there are, as on a surface.
    pub fn is_full_batch(&self, index: usize) -> bool {
        let n = self.data.len();
        self.lab() == LabKind::Surface || self.runs[index].batch_size(n) == n
    }

    /// The run that the data view and the pseudo code show: the one that was chosen, or else the
    /// first that is shown and uses batches, or else the first.
    pub fn followed(&self) -> Option<usize> {
        let batches = |&at: &usize| !self.is_full_batch(at) && !self.runs[at].hidden;
        (self.runs.chosen())
            .or_else(|| (0..self.runs.len()).find(batches))
            .or(if self.runs.is_empty() { None } else { Some(0) })
    }

    /// The pseudo code of the followed run; `None` on a surface and without runs.
    pub fn program(&self) -> Option<Program> {
        let batches = self.batches(self.followed()?)?;
        Some(Program { batches, steps: self.steps() })
    }

    /// Takes over the reader's own settings from another experiment.
    pub fn take_preferences_of(&mut self, other: &Self) {
        for setting in Setting::PREFERENCES {
            self.settings[setting as usize] = other.setting(setting);
        }
    }

    /// How the examples are dealt out to the run at `index`; `None` on a surface.
    pub fn batches(&self, index: usize) -> Option<Batches> {
        let n = self.data.len();
        let seed = self.setting(Setting::Seed) as u64;
        (self.lab() == LabKind::Minibatches)
            .then(|| Batches::new(n, self.runs[index].batch_size(n), seed))
    }

    /// What decides the path of the run at `index`.
    pub fn run_spec(&self, index: usize) -> RunSpec<'_> {
        let setup = &self.runs[index];
        RunSpec {
            rule: setup.rule,
            values: &setup.values,
            noise: setup.noise,
            start: self.start,
            steps: self.steps(),
            seed: self.setting(Setting::Seed) as u64,
            batches: self.batches(index),
            schedule: setup.schedule(self.steps()),
        }
    }
}

/// The parameters of a formula: the galleries' own declarations, or one dial for each letter of
/// a typed formula.
fn declare(source: &ObjectiveSource, formula: &Formula) -> Vec<Param> {
    let typed = || {
        (formula.parameters().iter())
            .map(|key| Param {
                key: key.clone().into(),
                symbol: symbol(key).into(),
                label: "".into(),
                // Wide enough for every value of the gallery's own parameters.
                range: [-1000.0, 1000.0],
                scale: Scale::Cubic,
                default: 1.0,
                about: "",
            })
            .collect()
    };
    match source {
        ObjectiveSource::Gallery(surface) => surface.parameters.to_vec(),
        ObjectiveSource::Data { problem, typed: false } => problem.parameters.to_vec(),
        ObjectiveSource::Typed | ObjectiveSource::Data { .. } => typed(),
    }
}
