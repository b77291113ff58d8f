//! A link is an experiment as text: what follows `#` in the page's address.
//!
//! ```text
//! surface=rosenbrock&f.b=50&runs=gd,momentum,momentum&momentum2.beta=0.9&steps=500
//! problem=linear&data.n=40&runs=gd,gd&gd2.batch=4
//! ```
//!
//! Only what differs from the default is written. Whatever is read becomes a valid experiment,
//! and each key that could not be taken becomes a [`Fault`].

mod keys;
mod set;
mod write;

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use percent_encoding::percent_decode_str;

use crate::labs::experiment::{Experiment, MOST_RUNS, SETTINGS, Setting, Setup};
use crate::labs::presets::{self, SCENE_KEY};
use crate::math::formula::{Formula, FormulaError, read_surface};
use crate::math::number::count;
use crate::math::param::{Param, Scale, quoted};
use crate::objective::problems::{self, PROBLEMS};
use crate::objective::surfaces;

pub use keys::{About, KEPT, Key};
pub(crate) use set::{rule_called, rules, run_called, set_of_run, unknown_run};
pub use write::write;
pub(crate) use write::{Parts, rules_of, same_rules};

/// The longest link that is looked at, in bytes. No experiment has a longer one: 2,000 examples of
/// seven numbers to the last bit and 1,000 weights set by hand fit.
pub const LONGEST: usize = 500_000;

/// So many faults of a link are named; the others are counted.
const MOST_NAMED: usize = 10;

/// A link with one of these is about data: the key of a problem, and a loss as a formula.
pub(crate) const DATA_KEYS: [&str; 2] = ["problem", "loss"];

/// The longest link, in bytes, that mail, chats and learning platforms are known to leave whole.
pub const SENDABLE: usize = 8_000;

/// The largest coordinate of a start or a window.
pub const FARTHEST: f64 = 1e9;

/// The narrowest window, relative to the distance of its edges from 0: f64 resolves it well.
pub const NARROWEST: f64 = 1e-9;

/// Whether a run is left out of the pictures.
pub const HIDDEN: Param =
    Param::switch("hidden", "hidden", false).about("whether it is left out of the pictures");

/// Which colour, dash and marker a run wears, counted from 1.
pub const LOOK: Param =
    Param::new("look", "", "look", [1.0, MOST_RUNS as f64], Scale::Integer, 1.0)
        .about("which colour, dash and marker it has");

/// A part of a link, or a value from a control, that could not be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The key it was for, such as `gd.alpha`; empty if it is the link as a whole.
    pub key: String,
    /// What is wrong with it, going on from the key: "must lie between 0 and 1, and …".
    pub message: String,
    /// Where in a formula, counted in characters from 1.
    pub column: Option<usize>,
    /// Whether nothing is lost with it: it would have done nothing.
    pub is_harmless: bool,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Self { key, message, column, .. } = self;
        match column {
            Some(column) => write!(f, "{key}, column {column}: {message}"),
            None if key.is_empty() => write!(f, "{message}."),
            None => write!(f, "{key} {message}."),
        }
    }
}

impl Fault {
    pub(crate) fn new(key: &str, message: impl Into<String>) -> Self {
        let key = quoted_key(key).into_owned();
        Self { key, message: message.into(), column: None, is_harmless: false }
    }

    /// About a key without which everything is as it would be with it.
    pub(crate) fn harmless(key: &str, message: impl Into<String>) -> Self {
        Self { is_harmless: true, ..Self::new(key, message) }
    }

    /// What is wrong with the link as a whole.
    pub(crate) fn whole(message: String) -> Self {
        Self { key: String::new(), message, column: None, is_harmless: false }
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

/// The keys of the reader's own settings (colours, light, size) and of the place of the clock.
pub(crate) fn passing_keys() -> impl Iterator<Item = &'static str> {
    Setting::TASTE.iter().map(|setting| &*SETTINGS[*setting as usize].key).chain(["step", "line"])
}

/// A link without the [keys](passing_keys) that do not make it another experiment.
pub(crate) fn without_taste(link: &str) -> String {
    let mut kept = String::new();
    for part in link.split('&') {
        let key = part.split('=').next().unwrap_or_default();
        if passing_keys().any(|passing| passing == key) {
            continue;
        }
        if !kept.is_empty() {
            kept.push('&');
        }
        kept.push_str(part);
    }
    kept
}

/// Reads a link. The experiment is valid whatever the text holds; what could not be taken is
/// told, and the default stands in its place.
pub fn read(link: &str) -> (Experiment, Vec<Fault>) {
    if let Some(fault) = too_long(link) {
        return (Experiment::default(), vec![fault]);
    }
    let (mut parts, mut faults) = parts(link);

    let mut experiment = ground(&mut parts, &mut faults);
    // The number of examples before the batches' size, runs before their dials, the step after the
    // number of steps, and one learning rate for all after each one's; the rest as it comes.
    let turn = |key: &str| match key {
        "data" | "data.n" => 0,
        "runs" => 1,
        "step" | "same" => 3,
        "line" => 4,
        _ => 2,
    };
    for now in 0..5 {
        for (key, text) in parts.iter().filter(|(key, _)| turn(key) == now) {
            let alphas = (key == "same").then(|| experiment.alphas());
            if let Err(fault) = experiment.set(key, text) {
                faults.push(fault);
            }
            faults.extend(alphas.and_then(|before| overruled(&experiment, &parts, &before)));
        }
    }
    if let Some(scene) = experiment.scene
        && !presets::is_about(&presets::of(experiment.lab())[scene], &experiment)
    {
        experiment.scene = None;
        faults.push(Fault::new(SCENE_KEY, presets::ABOUT_ANOTHER));
    }
    experiment.scene = (experiment.scene)
        .or_else(|| presets::as_it_came(&write(&experiment), presets::of(experiment.lab())));
    (experiment, few(faults))
}

/// Learning rates that a link sets, and that one for all runs leaves no room for.
fn overruled(experiment: &Experiment, parts: &[(String, String)], before: &[f64]) -> Option<Fault> {
    let names = experiment.names();
    let [first, ..] = &names[..] else { return None };
    let alpha = |name: &str| {
        experiment.runs.first().map(|run| format!("{name}.{}", run.rule.parameters[0].key))
    };
    let is_set = |name: &str| parts.iter().any(|(key, _)| alpha(name).as_ref() == Some(key));
    let runs = experiment.runs.iter().zip(before).zip(&names).skip(1);
    let lost = |((run, before), name): &((&Setup, &f64), &String)| {
        run.values[0] != **before && is_set(name)
    };
    let ((..), name) = runs.into_iter().find(lost)?;
    let message = format!("is not taken beside same=yes: all runs have the α of {first}");
    Some(Fault::new(&alpha(name)?, message))
}

/// The first faults of many, and how many more there are.
pub(crate) fn few(mut faults: Vec<Fault>) -> Vec<Fault> {
    let more = faults.len().saturating_sub(MOST_NAMED);
    if more > 0 {
        faults.truncate(MOST_NAMED);
        faults.push(Fault::whole(format!("And {} more", count(more))));
    }
    faults
}

/// What is to be said of a key that only other labs have.
pub(crate) fn of_no_use(key: &str, lab: &str) -> Fault {
    Fault::harmless(key, format!("does nothing in the {lab} lab"))
}

/// What is wrong with a link that is not looked at, because it is too long.
pub(crate) fn too_long(link: &str) -> Option<Fault> {
    let length = link.len();
    let message = || format!("The link has {length} bytes, and the longest has {LONGEST}");
    (length > LONGEST).then(|| Fault::whole(message()))
}

/// The parts of a link, each key with its text; a key that is there twice counts once.
pub(crate) fn parts(link: &str) -> (Vec<(String, String)>, Vec<Fault>) {
    let mut faults = Vec::new();
    let mut parts: Vec<(String, String)> = Vec::new();
    let mut seen = HashSet::new();
    for part in link.split('&').filter(|part| !part.is_empty()) {
        let (key, text) = part.split_once('=').unwrap_or((part, ""));
        let (Some(key), Some(text)) = (decoded(key), decoded(text)) else {
            faults.push(Fault::new(part, "is not readable text (UTF-8)"));
            continue;
        };
        if !seen.insert(key.clone()) {
            faults.push(Fault::new(&key, "is given twice; the first one counts"));
        } else if key == KEPT.key {
            faults.push(Fault::whole(
                "The data of this link are not in it. They are too long for an address, and only \
                 the browser tab in which they were given has kept them: ask for a link made by \
                 “Share”, or for the table itself. What you see are other data"
                    .to_owned(),
            ));
        } else {
            parts.push((key, text));
        }
    }
    (parts, faults)
}

/// Takes what says which surface or which risk it is out of the parts, and lays that ground.
fn ground(parts: &mut Vec<(String, String)>, faults: &mut Vec<Fault>) -> Experiment {
    let mut take = |wanted: &str| {
        let index = parts.iter().position(|(key, _)| key == wanted)?;
        Some(parts.remove(index).1)
    };
    let [surface, formula] = ["surface", "f"].map(&mut take);
    let [problem, loss] = DATA_KEYS.map(&mut take);
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
        let read = typed("f", read_surface(&text));
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
    Fault { column: Some(error.column), ..Fault::new(key, error.message) }
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

fn decoded(text: &str) -> Option<String> {
    percent_decode_str(text).decode_utf8().ok().map(Cow::into_owned)
}
