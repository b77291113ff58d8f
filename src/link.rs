//! A link is an experiment as text: what follows `#` in the page's address.
//!
//! ```text
//! surface=rosenbrock&f.b=50&runs=gd,momentum,momentum&momentum2.beta=0.9&steps=500
//! problem=linear&data.n=40&runs=gd,gd&gd2.batch=4
//! ```
//!
//! Only what differs from the default is written. Whatever is read becomes a valid experiment,
//! and each key that could not be taken becomes a [`Fault`].

use std::borrow::Cow;
use std::fmt;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use crate::data::DATA;
use crate::experiment::data::{check_labels, dial_of, read_examples, write_examples};
use crate::experiment::{
    EXTRAS, Experiment, Ground, LabKind, MOST_RUNS, NOISE, SETTINGS, Setting, Setup, batch_of,
};
use crate::formula::{Formula, FormulaError};
use crate::optimizers::{self, Rule};
use crate::param::{Param, Scale, quoted, read_number, write_number};
use crate::problems::{self, PROBLEMS};
use crate::surfaces;
use crate::window::Window;

/// The longest link that is looked at, in bytes; 2,000 examples of one's own fit.
pub const LONGEST: usize = 200_000;

/// The longest link, in bytes, that mail, chats and learning platforms are known to leave whole.
pub const SENDABLE: usize = 8_000;

/// The largest coordinate of a start or a window.
pub const FARTHEST: f64 = 1e9;

/// The narrowest window, relative to the distance of its edges from 0: f64 resolves it well.
pub const NARROWEST: f64 = 1e-9;

/// Whether a run is left out of the pictures.
pub const HIDDEN: Param = Param::switch("hidden", "hidden", false);

/// Which colour, dash and marker a run wears, counted from 1.
pub const LOOK: Param =
    Param::new("look", "", "look", [1.0, MOST_RUNS as f64], Scale::Integer, 1.0);

/// What separates the parts of a link, and what a fragment of an address cannot hold.
const ESCAPED: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'%').add(b'&').add(b'#');

/// A part of a link, or a value from a control, that could not be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The key it was for, such as `gd.alpha`; empty if it is the link as a whole.
    pub key: String,
    /// What is wrong with it, going on from the key: "must lie between 0 and 1, and …".
    pub message: String,
    /// Where in a formula, counted in characters from 1.
    pub column: Option<usize>,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Self { key, message, column } = self;
        match column {
            Some(column) => write!(f, "{key}, column {column}: {message}"),
            None if key.is_empty() => write!(f, "{message}."),
            None => write!(f, "{key} {message}."),
        }
    }
}

impl Fault {
    fn new(key: &str, message: impl Into<String>) -> Self {
        Self { key: quoted_key(key).into_owned(), message: message.into(), column: None }
    }

    /// What is wrong with the link as a whole.
    fn whole(message: String) -> Self {
        Self { key: String::new(), message, column: None }
    }
}

/// A key as it may stand in a message: plain keys bare, anything else in quotes and cut short.
fn quoted_key(key: &str) -> Cow<'_, str> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
    if !key.is_empty() && key.len() <= 40 && key.chars().all(plain) {
        key.into()
    } else {
        quoted(key).into()
    }
}

/// The part of an address that is the link: what follows the first `#`, or all of it.
pub fn of_address(address: &str) -> &str {
    match address.split_once('#') {
        Some((_, link)) => link,
        None if address.starts_with("http://") || address.starts_with("https://") => "",
        None => address,
    }
}

/// Reads a link. The experiment is valid whatever the text holds; what could not be taken is
/// told, and the default stands in its place.
pub fn read(link: &str) -> (Experiment, Vec<Fault>) {
    if link.len() > LONGEST {
        let message = format!("The link has {} bytes, and the longest has {LONGEST}", link.len());
        return (Experiment::default(), vec![Fault::whole(message)]);
    }
    let mut faults = Vec::new();
    let mut parts: Vec<(String, String)> = Vec::new();
    for part in link.split('&').filter(|part| !part.is_empty()) {
        let (key, text) = part.split_once('=').unwrap_or((part, ""));
        let (Some(key), Some(text)) = (decoded(key), decoded(text)) else {
            faults.push(Fault::new(part, "is not readable text (UTF-8)"));
            continue;
        };
        if parts.iter().any(|(earlier, _)| *earlier == key) {
            faults.push(Fault::new(&key, "is there twice; the first one counts"));
            continue;
        }
        parts.push((key, text));
    }

    let mut experiment = ground(&mut parts, &mut faults);
    // The number of examples before the batches' size, runs before their dials, and the step after
    // the number of steps; the rest as it comes.
    let turn = |key: &str| match key {
        "data" | "data.n" => 0,
        "runs" => 1,
        "step" | "line" => 3,
        _ => 2,
    };
    for now in 0..4 {
        for (key, text) in parts.iter().filter(|(key, _)| turn(key) == now) {
            if let Err(fault) = experiment.set(key, text) {
                faults.push(fault);
            }
        }
    }
    (experiment, faults)
}

/// Takes what says which surface or which risk it is out of the parts, and lays that ground.
fn ground(parts: &mut Vec<(String, String)>, faults: &mut Vec<Fault>) -> Experiment {
    let mut take = |wanted: &str| {
        let index = parts.iter().position(|(key, _)| key == wanted)?;
        Some(parts.remove(index).1)
    };
    let [surface, formula, problem, loss] = ["surface", "f", "problem", "loss"].map(&mut take);
    let on_data = problem.is_some() || loss.is_some();
    let beside = |key, other| Fault::new(key, format!("is not taken beside {other}"));
    for (key, text) in [("surface", &surface), ("f", &formula)] {
        if on_data && text.is_some() {
            faults.push(beside(key, "problem or loss, which are over data"));
        }
    }
    let mut typed = |key: &str, read: Result<Formula, FormulaError>| {
        read.map_err(|error| faults.push(of_formula(key, error))).ok()
    };
    if on_data {
        let formula = loss.and_then(|text| typed("loss", problems::read_loss(&text)));
        let known = problem.as_deref().map(|key| (key, problems::problem(key)));
        if let Some((key, None)) = known {
            faults.push(unknown_problem(key));
        }
        // A typed loss alone is one of a line through points.
        let other = if problem.is_none() { &PROBLEMS[1] } else { &PROBLEMS[0] };
        let row = known.and_then(|(_, row)| row).unwrap_or(other);
        return match formula {
            Some(formula) => Experiment::on_loss(row, formula),
            None => Experiment::on_problem(row),
        };
    }
    if let Some(text) = formula {
        let read = typed("f", Formula::parse(&text));
        if surface.is_some() {
            faults.push(beside("surface", "f, which is a surface itself"));
        }
        return read.map_or_else(Experiment::default, Experiment::on_formula);
    }
    match surface.as_deref().map(|key| (key, surfaces::surface(key))) {
        None => Experiment::default(),
        Some((_, Some(surface))) => Experiment::on_surface(surface),
        Some((key, None)) => {
            faults.push(unknown_surface(key));
            Experiment::default()
        }
    }
}

fn of_formula(key: &str, error: FormulaError) -> Fault {
    Fault { key: key.to_owned(), message: error.message, column: Some(error.column) }
}

fn unknown_surface(key: &str) -> Fault {
    unknown("surface", surfaces::GALLERY.iter().map(|surface| surface.key), key)
}

fn unknown_problem(key: &str) -> Fault {
    unknown("problem", PROBLEMS.iter().map(|problem| problem.key), key)
}

fn unknown(what: &str, known: impl Iterator<Item = &'static str>, key: &str) -> Fault {
    let keys: Vec<_> = known.collect();
    Fault::new(what, format!("must be one of {}, and {} is not", keys.join(", "), quoted(key)))
}

/// Writes what differs from the default. Reading it gives the same experiment, bit for bit.
pub fn write(experiment: &Experiment) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut put = |key: &str, text: &str| {
        let text = utf8_percent_encode(text, ESCAPED);
        parts.push(format!("{}={text}", utf8_percent_encode(key, ESCAPED)));
    };
    let formula = experiment.formula();
    let fresh = match experiment.ground {
        Ground::Typed => Experiment::on_formula(formula.clone()),
        Ground::Data { problem, typed: true } => Experiment::on_loss(problem, formula.clone()),
        ground => Experiment::on_ground(ground),
    };
    match experiment.ground {
        Ground::Gallery(surface) if std::ptr::eq(surface, &surfaces::GALLERY[0]) => {}
        Ground::Gallery(surface) => put("surface", surface.key),
        Ground::Typed => put("f", formula.text()),
        Ground::Data { problem, typed } => {
            put("problem", problem.key);
            if typed {
                put("loss", formula.text());
            }
        }
    }
    for (param, value) in experiment.surface_parameters().iter().zip(experiment.surface_values()) {
        if *value != param.default {
            put(&format!("f.{}", param.key), &param.write(*value));
        }
    }
    if experiment.lab() == LabKind::Minibatches {
        if let Some(own) = experiment.data.own() {
            put("data", &write_examples(own));
        }
        let values = experiment.data.values().iter().zip(fresh.data.values());
        for (param, (value, default)) in DATA.iter().zip(values) {
            if value != default {
                put(&format!("data.{}", param.key), &param.write(*value));
            }
        }
    }
    if experiment.start != fresh.start {
        put("start", &list(&experiment.start));
    }
    if experiment.window != fresh.window {
        let Window { x, y } = experiment.window;
        put("window", &list(&[x[0], x[1], y[0], y[1]]));
    }

    let rules: Vec<&'static Rule> = experiment.runs.iter().map(|run| run.rule).collect();
    let keys: Vec<&str> = rules.iter().map(|rule| rule.key).collect();
    let mut untouched = fresh.clone();
    if !fresh.runs.iter().map(|run| run.rule.key).eq(keys.iter().copied()) {
        put("runs", &keys.join(","));
        untouched.set_rules(&rules);
    }
    let names = experiment.names();
    for ((name, run), default) in names.iter().zip(&experiment.runs).zip(&untouched.runs) {
        let values = values_of(experiment, run).into_iter().zip(values_of(experiment, default));
        for ((param, value), (_, default)) in values {
            if value != default {
                put(&format!("{name}.{}", param.key), &param.write(value));
            }
        }
    }
    if let Some(index) = experiment.runs.iter().position(|run| run.followed) {
        put("follow", &names[index]);
    }

    for (index, param) in SETTINGS.iter().enumerate() {
        let (value, default) = (experiment.settings()[index], fresh.settings()[index]);
        if value != default {
            put(&param.key, &param.write(value));
        }
    }
    if let Some(step) = experiment.stopped_at {
        put("step", &step.to_string());
        if let Some(line) = experiment.line {
            put("line", &line.to_string());
        }
    }
    parts.join("&")
}

/// Everything that can be set in a run, as it is in this one.
fn values_of(experiment: &Experiment, run: &Setup) -> Vec<(Param, f64)> {
    let rule = run.rule.parameters.iter().cloned().zip(run.values.iter().copied());
    let mut all: Vec<(Param, f64)> = rule.collect();
    if experiment.lab() == LabKind::Minibatches {
        let n = experiment.data.len();
        all.push((batch_of(n), run.batch_size(n) as f64));
        all.extend(EXTRAS.iter().cloned().zip(run.extras));
    }
    all.push((NOISE, run.noise));
    all.push((HIDDEN, f64::from(u8::from(run.hidden))));
    all.push((LOOK, (run.look + 1) as f64));
    all
}

impl Experiment {
    /// Sets what a link calls `key` to what `text` says: the one door through which links,
    /// controls and the command line change an experiment.
    ///
    /// # Errors
    /// A sentence about what cannot be taken; then nothing has changed.
    pub fn set(&mut self, key: &str, text: &str) -> Result<(), Fault> {
        let fault = |message: String| Fault::new(key, message);
        match key {
            "surface" => {
                let surface = surfaces::surface(text).ok_or_else(|| unknown_surface(text))?;
                self.move_to(Ground::Gallery(surface));
            }
            "problem" => {
                let problem = problems::problem(text).ok_or_else(|| unknown_problem(text))?;
                if let Some(own) = self.data.own().filter(|_| problem.labels) {
                    check_labels(own).map_err(|why| Fault::new("data", why))?;
                }
                self.move_to(Ground::Data { problem, typed: false });
            }
            "f" | "loss" => self.set_formula(text).map_err(|error| of_formula(key, error))?,
            "data" => {
                let Some(problem) = self.ground.problem() else {
                    return Err(fault("belongs to a problem, and this is a surface".into()));
                };
                let labels = problem.labels && !self.ground.is_typed();
                self.data.set_own(Some(read_examples(text, labels).map_err(fault)?));
            }
            "follow" => {
                let none = || fault(format!("must be a run, and there is no {}", quoted(text)));
                let index = self.names().iter().position(|name| name == text).ok_or_else(none)?;
                self.follow(index);
            }
            "line" => {
                let lines = Param::new("line", "", "line", [1.0, 10.0], Scale::Integer, 1.0);
                self.line = Some(lines.read(text).map_err(fault)? as u8);
            }
            "start" => self.start = point(text).map_err(fault)?,
            "window" => self.window = window(text).map_err(fault)?,
            "runs" => self.set_rules(&rules(text).map_err(fault)?),
            "step" => self.stopped_at = Some(self.read_step(text).map_err(fault)?),
            _ => return self.set_parameter(key, text),
        }
        Ok(())
    }

    fn set_parameter(&mut self, key: &str, text: &str) -> Result<(), Fault> {
        let fault = |message: String| Fault::new(key, message);
        if let Some(index) = SETTINGS.iter().position(|param| param.key == key) {
            self.set_setting(index, SETTINGS[index].read(text).map_err(fault)?);
            return Ok(());
        }
        let Some((place, name)) = key.split_once('.') else {
            return Err(fault("is not a key of a Ravine link".into()));
        };
        if place == "f" {
            let found = self.surface_parameters().iter().position(|param| param.key == name);
            let index = found.ok_or_else(|| {
                fault(format!("is not a parameter: the formula has no {}", quoted(name)))
            })?;
            let value = self.surface_parameters()[index].read(text).map_err(fault)?;
            self.set_surface_value(index, value);
            return Ok(());
        }
        if let ("data", Some(problem)) = (place, self.ground.problem()) {
            let index = DATA.iter().position(|param| param.key == name);
            let index = index.ok_or_else(|| fault("is not a parameter of data".into()))?;
            let value = dial_of(index, problem).read(text).map_err(fault)?;
            self.data.set(index, value);
            return Ok(());
        }
        let Some(index) = self.names().iter().position(|run| run == place) else {
            return Err(fault(format!(
                "is not a parameter here: there is no run {}",
                quoted(place)
            )));
        };
        let n = self.data.len();
        let on_data = self.lab() == LabKind::Minibatches;
        let run = &mut self.runs[index];
        if let Some(position) = run.rule.parameters.iter().position(|param| param.key == name) {
            let value = run.rule.parameters[position].read(text).map_err(fault)?;
            self.set_value(index, position, value);
        } else if on_data && name == batch_of(n).key {
            let size = batch_of(n).read(text).map_err(fault)? as usize;
            run.batch = (size < n).then_some(size);
        } else if let Some(position) = EXTRAS.iter().position(|param| on_data && param.key == name)
        {
            run.extras[position] = EXTRAS[position].read(text).map_err(fault)?;
        } else if name == NOISE.key {
            run.noise = NOISE.read(text).map_err(fault)?;
        } else if name == HIDDEN.key {
            run.hidden = HIDDEN.read(text).map_err(fault)? != 0.0;
        } else if name == LOOK.key {
            run.look = LOOK.read(text).map_err(fault)? as usize - 1;
        } else {
            return Err(fault("is not a parameter here".into()));
        }
        Ok(())
    }

    fn read_step(&self, text: &str) -> Result<u32, String> {
        let steps = self.setting(Setting::Steps);
        let param = Param::new("step", "", "step", [0.0, steps], Scale::Integer, 0.0);
        Ok(param.read(text)? as u32)
    }
}

fn decoded(text: &str) -> Option<String> {
    percent_decode_str(text).decode_utf8().ok().map(Cow::into_owned)
}

fn list(numbers: &[f64]) -> String {
    numbers.iter().map(|number| write_number(*number)).collect::<Vec<_>>().join(",")
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

fn rules(text: &str) -> Result<Vec<&'static Rule>, String> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let keys: Vec<&str> = text.split(',').collect();
    if keys.len() > MOST_RUNS {
        return Err(format!("must be at most {MOST_RUNS} rules, and here are {}", keys.len()));
    }
    keys.iter()
        .map(|key| {
            optimizers::rule(key).ok_or_else(|| {
                let known: Vec<_> = optimizers::RULES.iter().map(|rule| rule.key).collect();
                format!("must be rules out of {}, and {} is none", known.join(", "), quoted(key))
            })
        })
        .collect()
}
