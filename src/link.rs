//! A link is an experiment as text: what follows `#` in the page's address.
//!
//! ```text
//! surface=rosenbrock&f.b=50&runs=gd,momentum,momentum&momentum2.beta=0.9&steps=500
//! ```
//!
//! Only what differs from the default is written. Whatever is read becomes a valid experiment,
//! and each key that could not be taken becomes a [`Fault`].

use std::borrow::Cow;
use std::fmt;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use crate::experiment::{Experiment, Ground, MOST_RUNS, NOISE, SETTINGS, Setting};
use crate::formula::Formula;
use crate::optimizers::{self, Rule};
use crate::param::{Param, Scale, quoted, read_number, write_number};
use crate::surfaces;
use crate::window::Window;

/// The longest link that is looked at, in bytes; a formula of 1,000 characters fits.
pub const LONGEST: usize = 20_000;

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
    // Runs before their dials, and the step after the number of steps; the rest as it comes.
    parts.sort_by_key(|(key, _)| match key.as_str() {
        "runs" => 0,
        "step" => 2,
        _ => 1,
    });
    for (key, text) in &parts {
        if let Err(fault) = experiment.set(key, text) {
            faults.push(fault);
        }
    }
    (experiment, faults)
}

/// Takes `surface` and `f` out of the parts and lays the ground that they ask for.
fn ground(parts: &mut Vec<(String, String)>, faults: &mut Vec<Fault>) -> Experiment {
    let mut take = |wanted: &str| {
        let index = parts.iter().position(|(key, _)| key == wanted)?;
        Some(parts.remove(index).1)
    };
    let (surface, formula) = (take("surface"), take("f"));
    if let Some(text) = formula {
        if surface.is_some() {
            faults.push(Fault::new("surface", "is not taken beside f, which is a surface itself"));
        }
        match Formula::parse(&text) {
            Ok(formula) => return Experiment::on_formula(formula),
            Err(error) => faults.push(Fault {
                key: "f".into(),
                message: error.message,
                column: Some(error.column),
            }),
        }
    } else if let Some(key) = surface {
        match surfaces::surface(&key) {
            Some(surface) => return Experiment::on_surface(surface),
            None => faults.push(unknown_surface(&key)),
        }
    }
    Experiment::default()
}

fn unknown_surface(key: &str) -> Fault {
    let keys: Vec<_> = surfaces::GALLERY.iter().map(|surface| surface.key).collect();
    Fault::new("surface", format!("must be one of {}, and {} is not", keys.join(", "), quoted(key)))
}

/// Writes what differs from the default. Reading it gives the same experiment, bit for bit.
pub fn write(experiment: &Experiment) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut put = |key: &str, text: &str| {
        let text = utf8_percent_encode(text, ESCAPED);
        parts.push(format!("{}={text}", utf8_percent_encode(key, ESCAPED)));
    };
    let fresh = match experiment.ground {
        Ground::Gallery(surface) => Experiment::on_surface(surface),
        Ground::Typed => Experiment::on_formula(experiment.formula().clone()),
    };
    match experiment.ground {
        Ground::Gallery(surface) if std::ptr::eq(surface, &surfaces::GALLERY[0]) => {}
        Ground::Gallery(surface) => put("surface", surface.key),
        Ground::Typed => put("f", experiment.formula().text()),
    }
    for (param, value) in experiment.surface_parameters().iter().zip(experiment.surface_values()) {
        if *value != param.default {
            put(&format!("f.{}", param.key), &param.write(*value));
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
    let mut untouched = fresh.clone();
    untouched.set_rules(&rules);
    let keys: Vec<&str> = rules.iter().map(|rule| rule.key).collect();
    if !fresh.runs.iter().map(|run| run.rule.key).eq(keys.iter().copied()) {
        put("runs", &keys.join(","));
    }
    let names = experiment.names();
    for ((name, run), default) in names.iter().zip(&experiment.runs).zip(&untouched.runs) {
        let dials = run.rule.parameters.iter().zip(&run.values).zip(&default.values);
        for ((param, value), default) in dials {
            if value != default {
                put(&format!("{name}.{}", param.key), &param.write(*value));
            }
        }
        let others = [
            (&NOISE, run.noise, default.noise),
            (&HIDDEN, f64::from(u8::from(run.hidden)), 0.0),
            (&LOOK, (run.look + 1) as f64, (default.look + 1) as f64),
        ];
        for (param, value, default) in others {
            if value != default {
                put(&format!("{name}.{}", param.key), &param.write(value));
            }
        }
    }

    for (index, param) in SETTINGS.iter().enumerate() {
        let (value, default) = (experiment.settings()[index], fresh.settings()[index]);
        if value != default {
            put(&param.key, &param.write(value));
        }
    }
    if let Some(step) = experiment.stopped_at {
        put("step", &step.to_string());
    }
    parts.join("&")
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
                self.move_to(surfaces::surface(text).ok_or_else(|| unknown_surface(text))?);
            }
            "f" => self.set_formula(text).map_err(|error| Fault {
                key: key.to_owned(),
                message: error.message,
                column: Some(error.column),
            })?,
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
        let Some(index) = self.names().iter().position(|run| run == place) else {
            return Err(fault(format!(
                "is not a parameter here: there is no run {}",
                quoted(place)
            )));
        };
        let run = &mut self.runs[index];
        if let Some(position) = run.rule.parameters.iter().position(|param| param.key == name) {
            run.values[position] = run.rule.parameters[position].read(text).map_err(fault)?;
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
