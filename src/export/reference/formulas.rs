//! The tables of the formula language.

use super::document::{Block, Row, code, table as table_of, typed};
use super::prose;
use crate::math::formula::{CONSTANTS, FUNCTIONS, Formula, foreign_names};

/// The table of this name, if it is one of these.
pub fn table(name: &str) -> Option<Block> {
    Some(match name {
        "constants" => {
            let row = |(name, _, meaning): &(&'static str, _, &str)| {
                Row::named(format!("constant.{name}"), [code(*name), prose::text(meaning)])
            };
            table_of(["name", "number"], CONSTANTS.iter().map(row))
        }
        "functions" => {
            let row = |(name, function): (&str, crate::math::formula::Function)| {
                let call = call(name, function.arity().0);
                let meaning = prose::text(function.meaning());
                Row::named(format!("function.{name}"), [typed(&formula(&call)), meaning])
            };
            table_of(["function", "meaning"], FUNCTIONS.into_iter().map(row))
        }
        "spellings" => {
            let row = |(name, values)| {
                let call = call(name, values);
                let meaning = formula(&call).plain();
                Row::named(format!("spelling.{name}"), [code(call), code(meaning)])
            };
            table_of(["typed elsewhere", "typed here"], foreign_names().map(row))
        }
        _ => return None,
    })
}

/// A function with its values: `atan2(u, v)`.
fn call(name: &str, values: usize) -> String {
    match values {
        0 => name.to_owned(),
        1 => format!("{name}(u)"),
        _ => format!("{name}(u, v)"),
    }
}

fn formula(text: &str) -> Formula {
    Formula::parse_in(text, &["u", "v"]).expect("every name is read")
}
