//! An experiment: several runs side by side on one surface, from one start, with one seed, so
//! that comparing them is fair. Everything that the page shows follows from it, and a link is
//! it as text (see [`crate::link`]).

mod settings;

use crate::formula::{Formula, FormulaError};
use crate::objective::Objective;
use crate::optimizers::{self, Rule};
use crate::param::{Param, Scale};
use crate::run::Course;
use crate::surfaces::{self, Surface};
use crate::window::Window;

pub use settings::{SETTINGS, Setting};

/// The most runs that an experiment holds.
pub const MOST_RUNS: usize = 8;

/// What every run has besides its rule's own parameters.
pub const NOISE: Param = Param::new("noise", "σ", "gradient noise", [0.0, 100.0], Scale::Log, 0.0);

/// Where the plot of a typed formula opens.
const TYPED_WINDOW: Window = Window::new(-5.0, 5.0, -4.0, 4.0);
/// Where runs on a typed formula start.
const TYPED_START: [f64; 2] = [3.0, 2.0];

/// The surface that the runs walk on.
#[derive(Clone, Debug)]
pub enum Ground {
    /// A row of the gallery.
    Gallery(&'static Surface),
    /// The user's own formula.
    Typed,
}

/// One run of an experiment, as it is set up.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The update rule.
    pub rule: &'static Rule,
    /// The values of its parameters, in their declared order.
    pub values: Vec<f64>,
    /// σ of the gradient noise.
    pub noise: f64,
    /// Whether it is left out of the pictures.
    pub hidden: bool,
    /// Which of the [`MOST_RUNS`] looks (colour, dash, marker) it wears.
    pub look: usize,
}

/// Runs side by side.
#[derive(Clone, Debug)]
pub struct Experiment {
    /// What kind of surface it is.
    pub ground: Ground,
    formula: Formula,
    parameters: Vec<Param>,
    values: Vec<f64>,
    /// Where all runs start, [x, y].
    pub start: [f64; 2],
    /// What the plot shows.
    pub window: Window,
    /// The runs, in the order of their cards.
    pub runs: Vec<Setup>,
    settings: [f64; SETTINGS.len()],
    /// The step at which the clock is stopped; `None` while it runs from the start.
    pub stopped_at: Option<u32>,
}

impl Default for Experiment {
    /// The ravine: what a bare address opens.
    fn default() -> Self {
        Self::on_surface(&surfaces::GALLERY[0])
    }
}

impl Experiment {
    /// GD and momentum on a surface of the gallery, with all its defaults.
    pub fn on_surface(surface: &'static Surface) -> Self {
        let formula = Formula::parse(surface.formula).expect("the gallery's formulas parse");
        Self::on(Ground::Gallery(surface), formula)
    }

    /// GD and momentum on the user's own formula, with all defaults.
    pub fn on_formula(formula: Formula) -> Self {
        Self::on(Ground::Typed, formula)
    }

    fn on(ground: Ground, formula: Formula) -> Self {
        let parameters = declare(&ground, &formula);
        let values = parameters.iter().map(|param| param.default).collect();
        let mut experiment = Self {
            start: ground.start(),
            window: ground.window(),
            ground,
            formula,
            parameters,
            values,
            runs: Vec::new(),
            settings: SETTINGS.each_ref().map(|param| param.default),
            stopped_at: None,
        };
        experiment.settings[Setting::Steps as usize] = experiment.default_setting(Setting::Steps);
        experiment.set_rules(&[&optimizers::gradient_descent::RULE, &optimizers::momentum::RULE]);
        experiment
    }

    /// Moves the runs to another surface of the gallery. They keep their rules and dials, but for
    /// what belongs to a surface: its window, its start, its number of updates, and the learning
    /// rate of the rules whose step is proportional to the gradient.
    pub fn move_to(&mut self, surface: &'static Surface) {
        let fresh = Self::on_surface(surface);
        for setup in &mut self.runs {
            if !setup.rule.normalized {
                setup.values[0] = fresh.default_alpha(setup.rule);
            }
        }
        self.settings[Setting::Steps as usize] = fresh.setting(Setting::Steps);
        self.ground = fresh.ground;
        self.formula = fresh.formula;
        self.parameters = fresh.parameters;
        self.values = fresh.values;
        self.start = fresh.start;
        self.window = fresh.window;
        self.stopped_at = None;
    }

    /// Puts a formula of the user's in the surface's place. Window, start and runs stay, and so
    /// does the value of every letter that both formulas have.
    ///
    /// # Errors
    /// What is wrong with the text, and in which column; then nothing changes.
    pub fn set_formula(&mut self, text: &str) -> Result<(), FormulaError> {
        let formula = Formula::parse(text)?;
        let parameters = declare(&Ground::Typed, &formula);
        self.values = (parameters.iter())
            .map(|param| self.surface_value(&param.key).unwrap_or(param.default))
            .collect();
        self.parameters = parameters;
        self.formula = formula;
        self.ground = Ground::Typed;
        Ok(())
    }

    /// The surface's formula.
    pub fn formula(&self) -> &Formula {
        &self.formula
    }

    /// The surface's parameters, in their declared order.
    pub fn surface_parameters(&self) -> &[Param] {
        &self.parameters
    }

    /// Their values, in the same order.
    pub fn surface_values(&self) -> &[f64] {
        &self.values
    }

    /// The value of the surface's parameter of this key.
    pub fn surface_value(&self, key: &str) -> Option<f64> {
        let index = self.parameters.iter().position(|param| param.key == key)?;
        Some(self.values[index])
    }

    /// Sets the surface's parameter at `index` to a value of its range.
    pub fn set_surface_value(&mut self, index: usize, value: f64) {
        self.values[index] = value;
    }

    /// The formula with its parameters' values put in.
    pub fn objective(&self) -> Objective {
        let in_formula_order: Vec<f64> = (self.formula.parameters().iter())
            .map(|key| self.surface_value(key).expect("every letter is declared"))
            .collect();
        match self.ground {
            Ground::Gallery(surface) => {
                let near = (surface.minima)(&self.values);
                Objective::new(&self.formula, &in_formula_order, &near)
            }
            Ground::Typed => Objective::searched(&self.formula, &in_formula_order, &TYPED_WINDOW),
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

    /// The value that a setting has when a link says nothing of it.
    pub fn default_setting(&self, setting: Setting) -> f64 {
        match (setting, &self.ground) {
            (Setting::Steps, Ground::Gallery(surface)) => f64::from(surface.steps),
            _ => SETTINGS[setting as usize].default,
        }
    }

    /// Sets the setting at `index` of [`SETTINGS`] to a value of its range.
    pub fn set_setting(&mut self, index: usize, value: f64) {
        self.settings[index] = value;
        let last = self.steps() as u32;
        self.stopped_at = self.stopped_at.map(|step| step.min(last));
    }

    /// How many updates each run makes.
    pub fn steps(&self) -> usize {
        self.setting(Setting::Steps) as usize
    }

    /// The learning rate that a run of `rule` has here when a link says nothing of it.
    pub fn default_alpha(&self, rule: &Rule) -> f64 {
        match self.ground {
            Ground::Gallery(surface) if !rule.normalized => surface.alpha,
            _ => rule.parameters[0].default,
        }
    }

    /// Replaces all runs by fresh ones of these rules, at most [`MOST_RUNS`].
    pub fn set_rules(&mut self, rules: &[&'static Rule]) {
        self.runs.clear();
        for rule in &rules[..rules.len().min(MOST_RUNS)] {
            self.add(rule);
        }
    }

    /// Adds a fresh run of `rule` behind the others and tells whether there was room.
    pub fn add(&mut self, rule: &'static Rule) -> bool {
        if self.runs.len() == MOST_RUNS {
            return false;
        }
        let mut values: Vec<f64> = rule.parameters.iter().map(|param| param.default).collect();
        values[0] = self.default_alpha(rule);
        let look = self.free_look(rule);
        self.runs.push(Setup { rule, values, noise: NOISE.default, hidden: false, look });
        true
    }

    /// Puts a copy of the run at `index` behind it and tells whether there was room.
    pub fn duplicate(&mut self, index: usize) -> bool {
        if self.runs.len() == MOST_RUNS {
            return false;
        }
        let look = self.free_look(self.runs[index].rule);
        let copy = Setup { look, hidden: false, ..self.runs[index].clone() };
        self.runs.insert(index + 1, copy);
        true
    }

    /// The look that a further run of `rule` gets: GD black, momentum red, as on the lecture's
    /// slide, while nobody wears them; others from the third on.
    fn free_look(&self, rule: &Rule) -> usize {
        let free = |look: &usize| self.runs.iter().all(|run| run.look != *look);
        let first = match rule.key {
            "gd" => 0,
            "momentum" => 1,
            _ => 2,
        };
        std::iter::once(first).chain(2..MOST_RUNS).chain(0..2).find(free).unwrap_or(first)
    }

    /// The names of the runs in links and on cards: the rule's key, and from the second run of
    /// the same rule on a number behind it: `gd`, `momentum`, `momentum2`.
    pub fn names(&self) -> Vec<String> {
        let nth = |index: usize| {
            self.runs[..=index]
                .iter()
                .filter(|run| run.rule.key == self.runs[index].rule.key)
                .count()
        };
        (self.runs.iter().enumerate())
            .map(|(index, run)| match nth(index) {
                1 => run.rule.key.to_owned(),
                n => format!("{}{n}", run.rule.key),
            })
            .collect()
    }

    /// The same experiment with the reader's own settings (colours, light, size) and the clock as
    /// a bare address has them.
    pub fn without_taste(&self) -> Self {
        let mut plain = self.clone();
        plain.take_taste_of(&Self::default());
        plain.stopped_at = None;
        plain
    }

    /// Takes over colours, light and size from another experiment.
    pub fn take_taste_of(&mut self, other: &Self) {
        for setting in [Setting::Palette, Setting::Theme, Setting::Present] {
            self.settings[setting as usize] = other.setting(setting);
        }
    }

    /// What decides the path of the run at `index`.
    pub fn course(&self, index: usize) -> Course<'_> {
        let Setup { rule, values, noise, .. } = &self.runs[index];
        Course {
            rule,
            values,
            noise: *noise,
            start: self.start,
            steps: self.steps(),
            seed: self.setting(Setting::Seed) as u64,
        }
    }
}

impl Ground {
    /// What the plot shows at first.
    pub fn window(&self) -> Window {
        match self {
            Self::Gallery(surface) => surface.window,
            Self::Typed => TYPED_WINDOW,
        }
    }

    /// Where runs start at first.
    pub fn start(&self) -> [f64; 2] {
        match self {
            Self::Gallery(surface) => surface.start,
            Self::Typed => TYPED_START,
        }
    }
}

/// The parameters of a surface: the gallery's own declarations, or one dial for each letter of
/// a typed formula.
fn declare(ground: &Ground, formula: &Formula) -> Vec<Param> {
    match ground {
        Ground::Gallery(surface) => surface.parameters.to_vec(),
        Ground::Typed => (formula.parameters().iter())
            .map(|key| Param {
                key: key.clone().into(),
                symbol: crate::formula::symbol(key).into(),
                label: "".into(),
                // Wide enough for every value of the gallery's own parameters.
                range: [-1000.0, 1000.0],
                scale: Scale::Cubic,
                default: 1.0,
            })
            .collect(),
    }
}
