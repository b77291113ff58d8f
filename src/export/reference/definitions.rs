//! The tables of update rules, and of what choices stand for.

use super::document::{Block, Row, Span, Text, code, plain, table as table_of};
use crate::math::param::{Choice, Definition, Param, Scale};
use crate::network::{
    ACTIVATION, ACTIVATION_DEFINITIONS, INITIALIZATION, INITIALIZATION_DEFINITIONS, L1, L2,
    OUTPUT_DEFINITIONS, PENALTY_DEFINITIONS,
};
use crate::optimizers::average::{self, AVERAGE};
use crate::optimizers::schedule::{self, SCHEDULE};
use crate::optimizers::{RULES, Rule, equation};

/// The table of this name, if it is one of these.
pub fn table(name: &str) -> Option<Block> {
    Some(match name {
        "rules" => table_of(["key", "rule", "update", "source"], RULES.into_iter().flat_map(rule)),
        "schedules" => choices("schedule", &SCHEDULE, &schedule::DEFINITIONS),
        // The first is none.
        "averages" => named("average", of(&AVERAGE).iter().skip(1), &average::DEFINITIONS),
        "activations" => choices("activation", &ACTIVATION, &ACTIVATION_DEFINITIONS),
        "initial weights" => choices("init", &INITIALIZATION, &INITIALIZATION_DEFINITIONS),
        "outputs" => {
            let row = |(key, definition): &(&'static str, Definition)| {
                let loss = plain(definition.source);
                let formula = formula(definition);
                Row::named(format!("output.{key}"), [code(*key), loss, formula])
            };
            table_of(["key in a file", "loss", "definition"], OUTPUT_DEFINITIONS.iter().map(row))
        }
        "penalties" => {
            let row = |(param, definition): (Param, &Definition)| {
                let key = code(format!("RUN.{}", param.key));
                Row::named(
                    format!("penalty.{}", param.key),
                    [key, plain(param.label), formula(definition)],
                )
            };
            let rows = [L1, L2].into_iter().zip(&PENALTY_DEFINITIONS).map(row);
            table_of(["key", "penalty", "what it adds to the loss, and to ∂/∂w"], rows)
        }
        _ => return None,
    })
}

/// A rule with its equation, once for each of its forms.
fn rule(rule: &'static Rule) -> Vec<Row> {
    let update = |values: &[f64]| vec![Span::Math((rule.equation)(values, equation::ESTIMATE))];
    let mut dials = rule.parameters.iter().enumerate();
    let Some((at, param)) = dials.find(|(_, param)| matches!(param.scale, Scale::Choice(_))) else {
        let cells =
            [code(rule.key), plain(rule.name), update(&rule.defaults()), plain(rule.source)];
        return vec![Row::named(format!("rule.{}", rule.key), cells)];
    };
    let form = |(index, choice): (usize, &Choice)| {
        let mut values = rule.defaults();
        values[at] = index as f64;
        let (anchor, source) = match index {
            0 => (format!("rule.{}", rule.key), plain(rule.source)),
            _ => (format!("rule.{}.{}", rule.key, choice.key), Text::new()),
        };
        let key: Text =
            [code(rule.key), plain(", "), code(format!("{}={}", param.key, choice.key))].concat();
        let name = plain(format!("{}, {}", rule.name, choice.key));
        Row::named(anchor, [key, name, update(&values), source])
    };
    of(param).iter().enumerate().map(form).collect()
}

/// The choices of a parameter, each with its definition.
fn choices(anchor: &str, param: &Param, definitions: &[Definition]) -> Block {
    named(anchor, of(param).iter(), definitions)
}

fn named<'a>(
    anchor: &str,
    choices: impl ExactSizeIterator<Item = &'a Choice>,
    definitions: &[Definition],
) -> Block {
    assert_eq!(choices.len(), definitions.len(), "each choice has its definition");
    let rows = choices.zip(definitions).map(|(choice, definition)| {
        Row::named(
            format!("{anchor}.{}", choice.key),
            [code(choice.key), plain(choice.label), formula(definition), plain(definition.source)],
        )
    });
    table_of(["key", "name", "definition", "source"], rows)
}

fn formula(definition: &Definition) -> Text {
    vec![Span::Formula(definition.formula.to_owned())]
}

fn of(param: &Param) -> &'static [Choice] {
    match param.scale {
        Scale::Choice(choices) => choices,
        _ => &[],
    }
}
