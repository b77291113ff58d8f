//! Setting one thing of an experiment by its key in a link.

use super::{
    FARTHEST, Fault, HIDDEN, Key, LOOK, NARROWEST, of_formula, of_no_use, unknown_problem,
    unknown_surface,
};
use crate::data::DATA;
use crate::data::classes::ClassNames;
use crate::labs::TABS;
use crate::labs::experiment::data::{check_labels, dial_of, read_examples};
use crate::labs::experiment::{
    EXTRAS, Experiment, Ground, LabKind, MOST_RUNS, NOISE, SETTINGS, Setting, Setup, batch_of,
};
use crate::labs::presets;
use crate::math::param::{
    Param, Scale, position, quoted, read_number, short, too_many, write_number,
};
use crate::math::window::Window;
use crate::objective::problems;
use crate::objective::surfaces;
use crate::optimizers::{self, Rule};
use crate::training::pseudocode::Position;

impl Experiment {
    /// Sets what a link calls `key` to what `text` says: the one door through which links,
    /// controls and the command line change an experiment.
    ///
    /// # Errors
    /// A sentence about what cannot be taken; then nothing has changed.
    pub fn set(&mut self, key: &str, text: &str) -> Result<(), Fault> {
        let faulty = |message: String| Fault::new(key, message);
        match Key::called(key) {
            Some(Key::Surface) => {
                let surface = surfaces::surface(text).ok_or_else(|| unknown_surface(text))?;
                self.move_to(Ground::Gallery(surface));
            }
            Some(Key::Problem) => {
                let problem = problems::problem(text).ok_or_else(|| unknown_problem(text))?;
                if let Some(own) = self.data.own().filter(|_| problem.labels) {
                    check_labels(own).map_err(|why| Fault::new(Key::Data.about().key, why))?;
                }
                self.move_to(Ground::Data { problem, typed: false });
            }
            Some(Key::Formula | Key::Loss) => {
                self.set_formula(text).map_err(|error| of_formula(key, error))?;
            }
            Some(Key::Data) => self.set_data(text).map_err(faulty)?,
            Some(Key::Classes) => self.set_classes(text).map_err(faulty)?,
            Some(Key::Start) => self.start = point(text).map_err(faulty)?,
            Some(Key::Window) => self.window = window(text).map_err(faulty)?,
            Some(Key::Runs) => self.set_rules(&rules(text, MOST_RUNS).map_err(faulty)?),
            Some(Key::Follow) if self.lab() == LabKind::Surface => return Err(self.of_no_use(key)),
            Some(Key::Follow) => self.set_followed(text).map_err(faulty)?,
            Some(Key::Step) => self.stopped_at = Some(self.read_step(text).map_err(faulty)?),
            Some(Key::Line) => self.set_line(text)?,
            Some(Key::Scene) => {
                let scene = presets::called(text, presets::of(self.lab())).map_err(faulty)?;
                self.scene = Some(scene);
            }
            None => {
                let belongs = |index| Setting::belongs(index, self.lab());
                if position(&SETTINGS, key).is_some_and(|index| !belongs(index)) {
                    return Err(self.of_no_use(key));
                }
                self.set_dial(key, text).map_err(faulty)?;
            }
        }
        Ok(())
    }

    fn of_no_use(&self, key: &str) -> Fault {
        of_no_use(key, TABS[self.lab() as usize].1)
    }

    /// The line of the pseudo code at which the clock stands: one that runs there. The one that ends
    /// the step need not be named.
    fn set_line(&mut self, text: &str) -> Result<(), Fault> {
        const KEY: &str = "line";
        let lines = Param::new(KEY, "", "line", [1.0, 10.0], Scale::Integer, 1.0);
        let line = lines.read(text).map_err(|message| Fault::new(KEY, message))? as u8;
        let program = self.program().ok_or_else(|| self.of_no_use(KEY))?;
        let step = self.stopped_at.ok_or_else(|| {
            Fault::harmless(KEY, "does nothing without a step at which the clock stands still")
        })?;
        let here = Position { step: step as usize, line };
        if !program.is_reachable(here) {
            let message = format!("cannot be {line}: that line does not run at step {step}");
            return Err(Fault::harmless(KEY, message));
        }
        self.line = (program.at(here.step) != here).then_some(line);
        Ok(())
    }

    fn set_data(&mut self, text: &str) -> Result<(), String> {
        let problem = self.ground.problem();
        let problem = problem.ok_or("belongs to a problem, and this is a surface")?;
        let labels = problem.labels && !self.ground.is_typed();
        self.data.set_own(Some(read_examples(text, labels)?));
        Ok(())
    }

    fn set_classes(&mut self, text: &str) -> Result<(), String> {
        let labels = self.ground.problem().is_some_and(|problem| problem.labels);
        if !labels || self.data.own().is_none() {
            return Err("belongs to labels of one's own data".into());
        }
        self.data.set_names(ClassNames::read(text, 2)?);
        Ok(())
    }

    fn set_followed(&mut self, name: &str) -> Result<(), String> {
        let none = || format!("must be a run, and there is no {}", quoted(name));
        let index = self.names().iter().position(|run| run == name).ok_or_else(none)?;
        self.follow(index);
        Ok(())
    }

    fn set_dial(&mut self, key: &str, text: &str) -> Result<(), String> {
        if let Some(index) = position(&SETTINGS, key) {
            self.set_setting(index, SETTINGS[index].read(text)?);
            return Ok(());
        }
        let (place, name) = key.split_once('.').ok_or("is not a key of a Ravine link")?;
        if place == "f" {
            let none = || format!("is not a parameter: the formula has no {}", quoted(name));
            let index = position(self.surface_parameters(), name).ok_or_else(none)?;
            let value = self.surface_parameters()[index].read(text)?;
            self.set_surface_value(index, value);
            return Ok(());
        }
        if let ("data", Some(problem)) = (place, self.ground.problem()) {
            let index = position(&DATA, name).ok_or("is not a parameter of data")?;
            self.data.set(index, dial_of(index, problem).read(text)?);
            return Ok(());
        }
        let index = run_called(&self.names(), place)?;
        let n = (self.lab() == LabKind::Minibatches).then(|| self.data.len());
        let run = &mut self.runs[index];
        if let Some(at) = position(run.rule.parameters, name) {
            let value = run.rule.parameters[at].read(text)?;
            self.set_value(index, at, value);
        } else if let (Some(at), Some(_)) = (position(&EXTRAS, name), n) {
            run.extras[at] = EXTRAS[at].read(text)?;
        } else if name == NOISE.key {
            run.noise = NOISE.read(text)?;
        } else {
            set_of_run(run, name, text, n)?;
        }
        Ok(())
    }

    fn read_step(&self, text: &str) -> Result<u32, String> {
        let steps = self.setting(Setting::Steps);
        let param = Param::new("step", "", "step", [0.0, steps], Scale::Integer, 0.0);
        Ok(param.read(text)? as u32)
    }
}

/// Which of these runs is called so.
///
/// # Errors
/// A sentence that starts after the key, if none is.
pub(crate) fn run_called(names: &[String], name: &str) -> Result<usize, String> {
    let none = || format!("is not a parameter here: there is no run {}", quoted(name));
    names.iter().position(|run| run == name).ok_or_else(none)
}

/// Sets what a run has in every lab besides its rule's parameters; on data with the number n of
/// examples.
///
/// # Errors
/// A sentence that starts after the key; then nothing has changed.
pub(crate) fn set_of_run(
    run: &mut Setup,
    name: &str,
    text: &str,
    n: Option<usize>,
) -> Result<(), String> {
    if let Some(n) = n.filter(|&n| name == batch_of(n).key) {
        let size = batch_of(n).read(text)? as usize;
        run.batch = (size < n).then_some(size);
    } else if name == HIDDEN.key {
        run.hidden = HIDDEN.read(text)? != 0.0;
    } else if name == LOOK.key {
        run.look = LOOK.read(text)? as usize - 1;
    } else {
        return Err("is not a parameter here".into());
    }
    Ok(())
}

fn numbers<const N: usize>(text: &str) -> Result<[f64; N], String> {
    let parts: Vec<&str> = text.split(',').collect();
    let wrong =
        || format!("must be {N} numbers with commas between them, and {} is not", quoted(text));
    let parts: [&str; N] = parts.try_into().map_err(|_| wrong())?;
    let mut numbers = [0.0; N];
    for (number, part) in numbers.iter_mut().zip(parts) {
        *number = read_number(part)? + 0.0;
        if number.abs() > FARTHEST {
            return Err(format!(
                "must lie between −{0} and {0}, and {1} does not",
                write_number(FARTHEST),
                quoted(part)
            ));
        }
    }
    Ok(numbers)
}

fn point(text: &str) -> Result<[f64; 2], String> {
    numbers(text)
}

fn window(text: &str) -> Result<Window, String> {
    let [left, right, bottom, top] = numbers(text)?;
    let wide =
        |low: f64, high: f64| high - low > NARROWEST * low.abs().max(high.abs()).max(NARROWEST);
    if wide(left, right) && wide(bottom, top) {
        Ok(Window::new(left, right, bottom, top))
    } else {
        Err("must be left,right,bottom,top with left < right and bottom < top, far enough apart"
            .into())
    }
}

/// The rules of these keys, with commas between them, at most so many.
///
/// # Errors
/// A sentence that starts after the key.
pub(crate) fn rules(text: &str, most: usize) -> Result<Vec<&'static Rule>, String> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let keys: Vec<&str> = text.split(',').collect();
    if keys.len() > most {
        return Err(too_many("rules", most, keys.len()));
    }
    let rule = |key: &&str| {
        optimizers::rule(key).ok_or_else(|| format!("has the {}", the_unknown_rule(key)))
    };
    keys.iter().map(rule).collect()
}

/// `unknown rule “sgd”; expected one of gd, …`
fn the_unknown_rule(key: &str) -> String {
    let known: Vec<_> = optimizers::RULES.iter().map(|rule| rule.key).collect();
    format!("unknown rule {}; expected one of {}", quoted(key), known.join(", "))
}

/// The update rule of this key.
///
/// # Errors
/// That there is none, as a sentence.
pub(crate) fn rule_called(key: &str) -> Result<&'static Rule, String> {
    let known: Vec<_> = optimizers::RULES.iter().map(|rule| rule.key).collect();
    let none = || format!("Unknown rule {}; expected one of {}.", quoted(key), known.join(", "));
    optimizers::rule(key).ok_or_else(none)
}

/// That there is no such run, as a sentence.
pub(crate) fn unknown_run(name: &str) -> String {
    format!("Unknown run: {}.", short(name))
}
