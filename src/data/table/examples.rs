//! Rows of a table → examples of the columns that are chosen.

use super::cells::Row;
use super::number::{Complaint, Fault, number};
use super::{BadRow, Table};
use crate::math::param::write_number;

/// Pairs of words of which the second is the positive class.
const PAIRS: [[&str; 2]; 9] = [
    ["no", "yes"],
    ["false", "true"],
    ["n", "y"],
    ["f", "t"],
    ["negative", "positive"],
    ["neg", "pos"],
    ["off", "on"],
    ["fail", "pass"],
    ["nein", "ja"],
];

/// Examples of several columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Examples {
    /// The inputs of each example, and its y: a value, or its class counted from 0.
    pub examples: Vec<(Vec<f64>, f64)>,
    /// The rows that give none.
    pub bad: Vec<BadRow>,
    /// What the classes are called, where y are classes.
    pub classes: Vec<String>,
}

impl Examples {
    /// Whether the classes are called 0, 1, 2, …, as they are when nothing is said of them.
    pub fn are_plain(&self) -> bool {
        self.classes.iter().enumerate().all(|(at, name)| *name == at.to_string())
    }
}

impl Table {
    /// The examples [x, y] of two columns, and the rows that have none, each in the order of the
    /// text. A row that has not as many cells as most have is one of the latter: one cannot know
    /// which of them is missing.
    pub fn examples(&self, x: usize, y: usize) -> (Vec<[f64; 2]>, Vec<BadRow>) {
        let Examples { examples, bad, .. } = self.examples_of(&[x], y, false);
        (examples.into_iter().map(|(x, y)| [x[0], y]).collect(), bad)
    }

    /// The examples whose inputs are some columns and whose y is one, and the rows that have none.
    ///
    /// Classes that are words are counted in the order in which they come, or no before yes and
    /// false before true; those that are numbers by their size. They keep their names.
    pub fn examples_of(&self, inputs: &[usize], y: usize, classes: bool) -> Examples {
        let mut names: Vec<String> = Vec::new();
        let (mut examples, mut bad) = (Vec::new(), Vec::new());
        for row in &self.rows {
            let example = self.check_width(row).and_then(|()| {
                let x: Result<Vec<f64>, String> =
                    inputs.iter().map(|&column| self.number(row, column)).collect();
                let y = if classes {
                    let name = self.class(row, y)?;
                    let known = names.iter().position(|known| *known == name);
                    known.unwrap_or_else(|| {
                        names.push(name);
                        names.len() - 1
                    }) as f64
                } else {
                    self.number(row, y)?
                };
                Ok((x?, y))
            });
            match example {
                Ok(example) => examples.push(example),
                Err(message) => bad.push(BadRow { row: row.line, message }),
            }
        }
        let order = in_order(&names);
        for (_, y) in examples.iter_mut().filter(|_| classes) {
            *y = order.iter().position(|&at| at == *y as usize).unwrap_or(0) as f64;
        }
        let classes = order.into_iter().map(|at| names[at].clone()).collect();
        Examples { examples, bad, classes }
    }

    /// What the class of a row is called.
    fn class(&self, row: &Row, column: usize) -> Result<String, String> {
        let cell = row.cells.get(column).map_or("", String::as_str);
        let name = &self.columns[column].name;
        let decimal = self.columns[column].decimal;
        match number(cell, decimal) {
            Err(fault @ (Fault::Empty | Fault::Missing)) => Err(match fault {
                Fault::Empty => "the class is missing".to_owned(),
                _ => format!("the class is missing: {}", Complaint { fault, cell, column: name }),
            }),
            // 1 and 1.0 are one class.
            Ok(value) => Ok(write_number(value)),
            Err(_) => Ok(crate::math::param::short(cell)),
        }
    }

    /// Whether a row has as many cells as most have: one cannot know which of them is missing.
    fn check_width(&self, row: &Row) -> Result<(), String> {
        let most = self.columns.len();
        if row.fits(most) {
            return Ok(());
        }
        Err(match row.width {
            1 => format!("only 1 column, where most rows have {most}"),
            width if width < most => format!("only {width} columns, where most have {most}"),
            _ => format!("{} columns, where most rows have {most}", row.filled),
        })
    }

    fn number(&self, row: &Row, column: usize) -> Result<f64, String> {
        let cell = row.cells.get(column).map_or("", String::as_str);
        let of = self.columns.get(column);
        let decimal = of.map_or(super::Decimal::Point, |of| of.decimal);
        let column = of.map_or("", |of| of.name.as_str());
        number(cell, decimal).map_err(|fault| Complaint { fault, cell, column }.to_string())
    }
}

/// The places of names in the order in which their classes are counted.
fn in_order(names: &[String]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..names.len()).collect();
    let numbers: Option<Vec<f64>> =
        names.iter().map(|name| crate::math::param::read_number(name).ok()).collect();
    if let Some(numbers) = numbers {
        order.sort_by(|&a, &b| numbers[a].total_cmp(&numbers[b]));
    } else if let [first, second] = names {
        let pair = [first, second].map(|name| name.to_lowercase());
        if PAIRS.iter().any(|[no, yes]| pair[0] == *yes && pair[1] == *no) {
            order.reverse();
        }
    }
    order
}
