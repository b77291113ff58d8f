//! What says which surface or which risk a link is about.

use super::DATA_KEYS;
use crate::labs::link::{Fault, Part};
use crate::labs::planar::experiment::Experiment;
use crate::math::formula::{Formula, FormulaError, read_surface};
use crate::math::param::quoted;
use crate::objective::problems::{self, PROBLEMS};
use crate::objective::surfaces;

/// Takes what says which surface or which risk it is out of the parts, and sets that objective.
pub fn begin(parts: &mut Vec<Part>, faults: &mut Vec<Fault>) -> Experiment {
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

pub fn of_formula(key: &str, error: FormulaError) -> Fault {
    Fault { column: Some(error.column), ..Fault::new(key, error.message) }
}

pub fn unknown_surface(key: &str) -> Fault {
    unknown("surface", surfaces::GALLERY.iter().map(|surface| surface.key), key)
}

pub fn unknown_problem(key: &str) -> Fault {
    unknown("problem", PROBLEMS.iter().map(|problem| problem.key), key)
}

fn unknown(what: &str, known: impl Iterator<Item = &'static str>, key: &str) -> Fault {
    let keys: Vec<_> = known.collect();
    Fault::new(what, format!("must be one of {}, and {} is not", keys.join(", "), quoted(key)))
}
