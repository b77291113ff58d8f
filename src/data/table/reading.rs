//! A table, read for a purpose: which columns are x and y, whether y are classes or values, and
//! what stands in the way of taking them.

use super::number::number;
use super::{Column, Decimal, Examples, MOST_ROWS, Misfit, Table};
use crate::math::number::count;
use serde::{Deserialize, Serialize};

/// What the examples are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purpose {
    /// The most columns x.
    pub most_inputs: usize,
    /// The fewest rows.
    pub fewest: usize,
    /// What y may be.
    pub target: Target,
}

/// What y may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Target {
    /// Values alone.
    Values,
    /// One of two classes.
    Labels,
    /// Values, or at most so many classes.
    Either(usize),
}

/// A way out of a doubt: what is to be chosen, and the words for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// What the doubt is.
    pub sentence: String,
    /// What can be chosen: the key and the value of [`super::Choices`], and what it is called.
    pub offer: Option<[String; 3]>,
}

/// A table read for a purpose.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The columns x.
    pub inputs: Vec<usize>,
    /// The column y.
    pub target: usize,
    /// Whether y are classes.
    pub classes: bool,
    /// Whether that can be chosen.
    pub may_choose: bool,
    /// The examples.
    pub examples: Examples,
    /// Why they cannot be taken; empty if they can.
    pub fault: String,
    /// What stays in doubt, and what is offered.
    pub doubts: Vec<Doubt>,
    /// What was left out and why, and how y is understood.
    pub notes: Vec<String>,
}

/// The rows of a table as a lab takes them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rows {
    /// The inputs of each example, and its y: a value, or its class counted from 0.
    pub examples: Vec<(Vec<f64>, f64)>,
    /// Whether y are classes.
    pub are_classes: bool,
    /// What these are called.
    pub classes: Vec<String>,
}

impl Reading {
    /// Its rows.
    ///
    /// # Errors
    /// Its fault.
    pub fn taken(self) -> Result<Rows, String> {
        if !self.fault.is_empty() {
            return Err(self.fault);
        }
        let Examples { examples, classes, .. } = self.examples;
        Ok(Rows { examples, are_classes: self.classes, classes })
    }

    /// Reads a table for a purpose, as the choices say.
    pub fn of(table: &Table, choices: &super::Choices, purpose: Purpose) -> Self {
        let width = table.columns.len();
        let asked = choices.target.filter(|&column| column < width);
        let mut inputs: Option<Vec<usize>> = choices.inputs.clone();
        if let Some(inputs) = &mut inputs {
            inputs.retain(|&column| column < width);
            inputs.truncate(purpose.most_inputs.max(1));
        }
        let target = asked.unwrap_or_else(|| suggested_target(table, purpose, inputs.as_deref()));
        let mut inputs = inputs.unwrap_or_else(|| suggested_inputs(table, purpose, target));
        if purpose.most_inputs > 1 {
            inputs.retain(|&column| column != target);
        }
        let column = &table.columns[target];
        let distinct = distinct(table, target);
        let few = distinct.as_ref().is_some_and(|numbers| {
            let whole = numbers.iter().all(|value| value.fract() == 0.0);
            whole && (2..=6).contains(&numbers.len()) && 2 * numbers.len() <= table.rows.len()
        });
        let (classes, may_choose) = match purpose.target {
            Target::Values => (false, false),
            Target::Labels => (true, false),
            Target::Either(_) if !column.is_numeric => (true, false),
            Target::Either(_) => {
                let is_whole = distinct.is_some_and(|numbers| {
                    numbers.len() <= 6 && numbers.iter().all(|value| value.fract() == 0.0)
                });
                (choices.classes.unwrap_or(few), is_whole)
            }
        };
        let examples = table.examples_of(&inputs, target, classes);
        let mut reading = Self {
            inputs,
            target,
            classes,
            may_choose,
            examples,
            fault: String::new(),
            doubts: Vec::new(),
            notes: Vec::new(),
        };
        if purpose.target == Target::Labels {
            reading.take_plain_labels();
        }
        reading.fault = reading.fault(table, purpose);
        reading.doubts(table);
        reading.notes(table);
        reading
    }

    /// Labels that are 0 and 1 already, or one of them, mean themselves.
    fn take_plain_labels(&mut self) {
        let Examples { examples, classes, .. } = &mut self.examples;
        if classes.iter().all(|name| name == "0" || name == "1") {
            for (_, y) in examples.iter_mut() {
                *y = if classes[*y as usize] == "1" { 1.0 } else { 0.0 };
            }
            *classes = vec!["0".to_owned(), "1".to_owned()];
        }
    }

    fn fault(&self, table: &Table, purpose: Purpose) -> String {
        let Examples { examples, classes, .. } = &self.examples;
        let y = &table.columns[self.target].name;
        if let Some(misfit) = table.misfit {
            return misfit.sentence();
        }
        let numeric = table.columns.iter().filter(|column| column.numbers > 0).count();
        if purpose.target == Target::Values && numeric < 2 {
            return "Two columns of numbers are needed, and there is only one.".to_owned();
        }
        if self.inputs.is_empty() {
            return "There is no column of numbers beside y.".to_owned();
        }
        if examples.is_empty() {
            return "No row of these columns has a number in each.".to_owned();
        }
        if examples.len() < purpose.fewest {
            return format!("At least {} rows are needed.", purpose.fewest);
        }
        match purpose.target {
            Target::Labels if classes.len() != 2 => format!(
                "y must be labels, 0 or 1, or two classes by any name, and “{y}” has {}: {}.",
                count(classes.len()),
                listed(classes)
            ),
            Target::Either(most) if self.classes && classes.len() > most => format!(
                "“{y}” has {} classes, and a net tells {most} apart: {}.",
                count(classes.len()),
                listed(classes)
            ),
            _ => String::new(),
        }
    }

    fn doubts(&mut self, table: &Table) {
        if let Some(Misfit { by_commas: true, .. }) = table.misfit {
            self.doubts.push(Doubt {
                sentence: String::new(),
                offer: Some(["delimiter", "commas", "Read decimal commas"].map(str::to_owned)),
            });
        }
        let used = |at: &usize| self.inputs.contains(at) || *at == self.target;
        let cells = (0..table.columns.len()).filter(used).filter_map(|at| {
            let Column { ambiguous, decimal, name, .. } = &table.columns[at];
            Some((ambiguous.as_ref()?, *decimal, name))
        });
        let Some((cell, decimal, name)) = cells.into_iter().next() else { return };
        let [read, other] = [decimal, decimal.other()].map(|mark| {
            number(cell, mark).map_or_else(|_| String::new(), crate::math::param::write_number)
        });
        self.doubts.push(Doubt {
            sentence: format!(
                "“{cell}” in “{name}” is read as {read}. Nothing in the table shows whether it is \
                 {other}."
            ),
            offer: Some([
                "decimal".to_owned(),
                decimal.other().name().to_owned(),
                format!("Read it as {other}"),
            ]),
        });
    }

    fn notes(&mut self, table: &Table) {
        let notes = &mut self.notes;
        if let Some(of) = table.sample_of {
            notes.push(format!(
                "{} rows are more than the {} that are taken: these are a random sample (seed {}).",
                count(of),
                count(MOST_ROWS),
                super::SAMPLE_SEED
            ));
        }
        if !table.titles.is_empty() {
            notes.push(format!("Skipped above the table: {}.", lines(&table.titles)));
        }
        if !table.comments.is_empty() {
            notes.push(format!("Left out, since they begin with #: {}.", lines(&table.comments)));
        }
        let left: Vec<String> = (table.columns.iter().enumerate())
            .filter(|(at, column)| {
                column.is_index && *at != self.target && !self.inputs.contains(at)
            })
            .map(|(_, column)| format!("“{}”", column.name))
            .collect();
        if !left.is_empty() {
            notes
                .push(format!("Left out, since it counts or names the rows: {}.", left.join(", ")));
        }
        let Examples { classes, .. } = &self.examples;
        if self.classes && !self.examples.are_plain() {
            let of: Vec<String> = (classes.iter().take(TOLD).enumerate())
                .map(|(at, name)| format!("{at} is {name}"))
                .collect();
            let more = more_than(classes.len());
            notes.push(format!("Classes: {}{more}.", of.join(", ")));
        }
    }
}

/// So many of a list are told.
const TOLD: usize = 10;

fn more_than(all: usize) -> String {
    if all > TOLD { format!(" and {} more", count(all - TOLD)) } else { String::new() }
}

/// The first ten, and how many more.
fn listed(names: &[String]) -> String {
    format!("{}{}", names[..names.len().min(TOLD)].join(", "), more_than(names.len()))
}

fn lines(numbers: &[usize]) -> String {
    let told: Vec<String> = numbers.iter().take(TOLD).map(usize::to_string).collect();
    let word = if numbers.len() == 1 { "line" } else { "lines" };
    format!("{word} {}{}", told.join(", "), more_than(numbers.len()))
}

impl Misfit {
    fn sentence(self) -> String {
        let Self { headings, cells, by_commas } = self;
        let why = if by_commas {
            "are the commas between digits decimal marks?"
        } else if headings < cells {
            "name every column, or choose how the table is to be read."
        } else {
            "leave out those that name no column, or choose how the table is to be read."
        };
        format!("{cells} cells stand under {headings} headings: {why}")
    }
}

/// The different numbers of a column, at most seven of them; `None` if most cells are none.
fn distinct(table: &Table, column: usize) -> Option<Vec<f64>> {
    let of = &table.columns[column];
    let mut found = Vec::new();
    for row in table.rows.iter().filter(|_| of.is_numeric) {
        let cell = row.cells.get(column).map_or("", String::as_str);
        if let Ok(value) = number(cell, of.decimal)
            && !found.contains(&value)
        {
            found.push(value);
            if found.len() > 6 {
                break;
            }
        }
    }
    of.is_numeric.then_some(found)
}

/// The column that y is when nothing is said.
fn suggested_target(table: &Table, purpose: Purpose, inputs: Option<&[usize]>) -> usize {
    let width = table.columns.len();
    let is_input = |column: usize| inputs.is_some_and(|inputs| inputs.contains(&column));
    let free = || (0..width).filter(|&column| !is_input(column) && !table.columns[column].is_index);
    let is_label = |&column: &usize| {
        let Examples { classes, .. } = table.examples_of(&[], column, true);
        classes.len() == 2
    };
    match purpose.target {
        Target::Values => {
            let [first, second] = table.suggestion();
            if is_input(second) && !is_input(first) { first } else { second }
        }
        Target::Labels => {
            let [_, second] = table.suggestion();
            free().rfind(is_label).unwrap_or(second)
        }
        Target::Either(_) => free().next_back().unwrap_or(width - 1),
    }
}

/// The columns x when nothing is said: all of numbers but y and those that count the rows, as many
/// as there may be; or failing that, one that counts.
fn suggested_inputs(table: &Table, purpose: Purpose, target: usize) -> Vec<usize> {
    let numeric = |with_index: bool| {
        (0..table.columns.len()).filter(move |&column| {
            let of = &table.columns[column];
            column != target && of.is_numeric && (with_index || !of.is_index)
        })
    };
    if purpose.target == Target::Values {
        let [first, second] = table.suggestion();
        return vec![if first == target { second } else { first }];
    }
    let mut inputs: Vec<usize> = numeric(false).take(purpose.most_inputs).collect();
    if inputs.is_empty() {
        inputs.extend(numeric(true).take(1));
    }
    inputs
}

/// Marks for the reader of what was found.
impl Table {
    /// The decimal mark that most columns of numbers have.
    pub fn decimal(&self) -> Decimal {
        let commas = self.columns.iter().filter(|column| column.decimal == Decimal::Comma).count();
        if 2 * commas > self.columns.len() { Decimal::Comma } else { Decimal::Point }
    }

    /// How many rows above the table are titles.
    pub fn skipped(&self) -> usize {
        self.titles.len()
    }

    /// Whether lines begin with `#`.
    pub fn has_hashes(&self) -> bool {
        self.has_hashes
    }
}
