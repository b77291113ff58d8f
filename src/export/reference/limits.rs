//! The limits and lists that texts name.

use super::document::Limits;
use crate::data::MOST_EXAMPLES;
use crate::data::table::MOST_COLUMNS as MOST_TABLE_COLUMNS;
use crate::export::net_file::MOST_UPDATES;
use crate::labs::lesson;
use crate::labs::link::{LONGEST, MAX_COORDINATE, SENDABLE};
use crate::labs::network::data::{FEW, MOST_CLASSES, MOST_COLUMNS};
use crate::labs::network::link::MOST_EDITS;
use crate::labs::network::{MOST_NETS, NETWORK, NetExperiment, WHOLE};
use crate::labs::planar::experiment::{Experiment, MOST_RUNS, SETTINGS, Setting};
use crate::math::formula::{Formula, GREEK, MAX_CHARACTERS, MAX_LEVELS, MODULES, USUAL, symbol};
use crate::math::number::count;
use crate::math::param::{Param, Scale, write_number};
use crate::network::{
    ACTIVATION, INITIALIZATION, MOST_HIDDEN, MOST_INPUTS, MOST_OUTPUTS, MOST_UNITS,
};
use crate::objective::surfaces::GALLERY;
use crate::optimizers::{RULES, Rule};

/// All of them.
pub fn limits() -> Limits {
    let typed = Experiment::on_formula(Formula::parse("x").expect("a formula"));
    let window = [typed.window.x, typed.window.y].concat();
    let preferences = Setting::PREFERENCES.map(|setting| &*SETTINGS[setting as usize].key);
    let alpha = |wanted: fn(&Rule) -> bool| {
        let rule = RULES.iter().find(|rule| wanted(rule)).expect("a rule of each kind");
        write_number(NetExperiment::default_alpha(rule))
    };
    Limits::new([
        ("activations", codes(choices(&ACTIVATION))),
        ("alpha", alpha(|rule| !rule.normalized)),
        ("angles", and(GALLERY.iter().filter(|row| row.angles).map(|row| row.key))),
        ("characters", count(MAX_CHARACTERS)),
        ("classes", count(MOST_CLASSES)),
        ("columns", count(MOST_COLUMNS)),
        ("edits", count(MOST_EDITS)),
        ("examples", count(MOST_EXAMPLES)),
        ("far", power_of_ten(MAX_COORDINATE)),
        ("few", count(FEW)),
        ("greek", GREEK.map(|(name, letter)| format!("`{name}` {letter}")).join(", ")),
        ("initial weights", codes(choices(&INITIALIZATION))),
        ("inputs", count(MOST_INPUTS)),
        ("last class", count(MOST_CLASSES - 1)),
        ("layers", count(MOST_HIDDEN)),
        ("lesson bytes", count(lesson::LONGEST)),
        ("lesson scenes", count(lesson::MOST_SCENES)),
        ("levels", count(MAX_LEVELS)),
        ("link", count(LONGEST)),
        ("modules", codes(MODULES)),
        ("nets", count(MOST_NETS)),
        ("normalized", and(RULES.iter().filter(|rule| rule.normalized).map(|rule| rule.key))),
        ("outputs", count(MOST_OUTPUTS)),
        ("pairs", USUAL.map(|pair| pair.map(symbol).join(" and ")).join("; ")),
        (
            "plain rules",
            and(RULES.iter().filter(|rule| !rule.has_own_alpha()).map(|rule| rule.key)),
        ),
        ("preferences", and(preferences)),
        ("rules", codes(RULES.map(|rule| rule.key))),
        ("rules of nets", codes(NETWORK.rules().map(|rule| rule.key))),
        ("runs", count(MOST_RUNS)),
        ("sendable", count(SENDABLE)),
        ("small alpha", alpha(|rule| rule.normalized)),
        ("start", list(&typed.start)),
        ("steps", count(typed.steps())),
        ("table columns", count(MOST_TABLE_COLUMNS)),
        ("units", count(MOST_UNITS)),
        ("updates", count(MOST_UPDATES)),
        ("net window", list(&[WHOLE.x, WHOLE.y].concat())),
        ("window", list(&window)),
    ])
}

/// Numbers as links write them.
pub fn list(numbers: &[f64]) -> String {
    numbers.iter().map(|number| write_number(*number)).collect::<Vec<_>>().join(",")
}

/// The keys of a parameter that is a choice; none of any other.
fn choices(param: &Param) -> Vec<&'static str> {
    match param.scale {
        Scale::Choice(choices) => choices.iter().map(|choice| choice.key).collect(),
        _ => Vec::new(),
    }
}

fn codes<'a>(keys: impl IntoIterator<Item = &'a str>) -> String {
    keys.into_iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")
}

/// `a`, `b` and `c`
fn and<'a>(keys: impl IntoIterator<Item = &'a str>) -> String {
    let list = codes(keys);
    match list.rsplit_once(", ") {
        Some((others, last)) => format!("{others} and {last}"),
        None => list,
    }
}

/// 1e9 as 10⁹.
fn power_of_ten(number: f64) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let exponent = libm::log10(number) as usize;
    let raised = exponent.to_string();
    "10".chars().chain(raised.bytes().map(|digit| DIGITS[usize::from(digit - b'0')])).collect()
}
