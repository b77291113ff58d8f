//! The tables of the keys of links.

use super::document::{Block, Limits, Row, Span, Text, code, codes, plain, table as table_of};
use crate::data::classes::POINT_DATA;
use crate::data::{DATA, DataParam};
use crate::labs::link::{About, KEPT, Keys, Linked};
use crate::labs::network::data::STANDARDISE;
use crate::labs::network::link::AS_VALUES;
use crate::labs::network::{NET, NetExperiment, RUN, SETTINGS_OF_NETS};
use crate::labs::planar::experiment::link::OF_MINIBATCHES;
use crate::labs::planar::experiment::{Experiment, LabKind, SETTINGS, Setting};
use crate::labs::runs::{EXTRAS, HIDDEN, LOOK, NOISE, batch_of};
use crate::math::param::{Choice, Param, Scale, write_number};
use crate::optimizers::RULES;

const HEAD: [&str; 4] = ["key", "meaning", "values", "default"];

/// The parameters of the formula at hand.
const PARAMETER: About = About {
    key: "f.NAME",
    meaning: "the parameter NAME of [the surface](#parameters-of-the-surfaces), or the letter NAME \
              of the formula",
    values: "the gallery's, or −1000 to 1000",
    default: "the gallery's, or `1`",
};

/// The same of a loss.
const PARAMETER_OF_LOSS: About = About {
    key: "f.NAME",
    meaning: "the parameter NAME of [the loss](#parameters-of-the-problems)",
    values: "the problem's, or −1000 to 1000",
    default: "the problem's, or `1`",
};

/// The table of this name, if it is one of these.
pub fn table(name: &str, limits: &Limits) -> Option<Block> {
    let of_surface = |index: &usize| Setting::belongs(*index, LabKind::Surface);
    let settings = 0..SETTINGS.len();
    let of_key = |prefix: &str, about: &About| special(prefix, about, limits);
    let rows: Vec<Row> = match name {
        "keys of the Surface lab" => single_keys::<Experiment>()
            .filter(|about| !OF_MINIBATCHES.contains(&about.key))
            .chain([PARAMETER])
            .map(|about| of_key("link", &about))
            .collect(),
        "settings of the Surface lab" => {
            settings.filter(of_surface).map(|at| row("link", "", &SETTINGS[at])).collect()
        }
        "runs of the Surface lab" => {
            [&NOISE, &HIDDEN, &LOOK].map(|param| row("link", "RUN.", param)).into()
        }
        "keys of the Minibatches lab" => single_keys::<Experiment>()
            .filter(|about| OF_MINIBATCHES.contains(&about.key))
            .chain([PARAMETER_OF_LOSS, KEPT])
            .map(|about| of_key("minibatches", &about))
            .collect(),
        "data of the Minibatches lab" => {
            DATA.iter().enumerate().map(|(at, param)| datum(at, param)).collect()
        }
        "runs of the Minibatches lab" => [batch("minibatches")]
            .into_iter()
            .chain(EXTRAS.iter().map(|param| row("minibatches", "RUN.", param)))
            .collect(),
        "settings of the Minibatches lab" => settings
            .filter(|at| !of_surface(at))
            .map(|at| row("minibatches", "", &SETTINGS[at]))
            .collect(),
        "keys of the Network lab" => single_keys::<NetExperiment>()
            .chain([KEPT])
            .map(|about| of_key("network", &about))
            .collect(),
        "data of the Network lab" => POINT_DATA
            .iter()
            .chain([&STANDARDISE, &AS_VALUES])
            .map(|param| row("network", "data.", param))
            .collect(),
        "net of the Network lab" => NET.iter().map(|param| row("network", "", param)).collect(),
        "runs of the Network lab" => [batch("network")]
            .into_iter()
            .chain([&HIDDEN, &LOOK].into_iter().chain(&RUN).map(|p| row("network", "RUN.", p)))
            .collect(),
        "settings of the Network lab" => {
            SETTINGS_OF_NETS.iter().map(|param| row("network", "", param)).collect()
        }
        "dials of the rules" => RULES
            .iter()
            .flat_map(|rule| {
                let before = format!("{}.", rule.key);
                rule.parameters.iter().map(move |param| row("link", &before, param))
            })
            .collect(),
        _ => return None,
    };
    Some(table_of(HEAD, rows))
}

/// The keys whose value is a text of its own kind.
fn single_keys<E: Linked>() -> impl Iterator<Item = About> {
    E::rows().iter().filter_map(|row| match row.keys {
        Keys::One(about) => Some(about),
        _ => None,
    })
}

/// A row about a parameter: its key with what stands before it, what it is, what it may be, and
/// what it is when nothing is said.
fn row(lab: &str, before: &str, param: &Param) -> Row {
    let key = format!("{before}{}", param.key);
    let default = match param {
        look if *look == LOOK => plain("by rule and order"),
        _ => code(param.write(param.default)),
    };
    Row::named(format!("{lab}.{key}"), [code(key), meaning(param), values(param), default])
}

/// What a parameter is, or what it is called, with its symbol.
pub fn meaning(param: &Param) -> Text {
    if !param.about.is_empty() {
        return plain(param.about);
    }
    let is_said = param.symbol.is_empty() || param.label.contains(&*param.symbol);
    let symbol = if is_said { String::new() } else { format!(" {}", param.symbol) };
    plain(format!("{}{symbol}", param.label))
}

/// What a parameter may be.
pub fn values(param: &Param) -> Text {
    match param.scale {
        Scale::Choice(choices) => choices.iter().enumerate().flat_map(choice).collect(),
        Scale::Switch => codes(["yes", "no"]),
        Scale::Linear | Scale::Log | Scale::Cubic => plain(range(param)),
        Scale::Integer | Scale::LogInteger => plain(format!("{}, whole", range(param))),
    }
}

fn range(param: &Param) -> String {
    let [least, most] = param.range.map(|end| write_number(end).replace('-', "−"));
    format!("{least} to {most}")
}

/// What is typed for a choice, and what the page calls it where that says more.
fn choice((index, choice): (usize, &Choice)) -> Text {
    let mut text = Text::new();
    if index > 0 {
        text.push(Span::Plain(", ".to_owned()));
    }
    text.push(Span::Code(choice.key.to_owned()));
    if !choice.label.to_lowercase().contains(choice.key) {
        text.push(Span::Plain(format!(" ({})", choice.label)));
    }
    text
}

/// A row about a key whose value is a text of its own kind.
fn special(lab: &str, about: &About, limits: &Limits) -> Row {
    let texts = [about.meaning, about.values, about.default].map(|text| limits.text(text));
    let [meaning, values, default] = texts;
    Row::named(format!("{lab}.{}", about.key), [code(about.key), meaning, values, default])
}

/// A row about a dial of the data of problems, some of which bring their own default.
fn datum(at: usize, param: &Param) -> Row {
    let of_problem =
        [DataParam::N, DataParam::Noise, DataParam::Center, DataParam::Spread].map(|d| d as usize);
    let mut row = row("minibatches", "data.", param);
    if of_problem.contains(&at) {
        row.cells[3] = plain("the problem's");
    }
    row
}

/// The row about the batch size, of n examples.
fn batch(lab: &str) -> Row {
    let param = batch_of(2);
    let mut row = row(lab, "RUN.", &param);
    row.cells[2] = plain("1 to n, whole");
    row.cells[3] = code("n");
    row
}
