//! Tables that a student pastes or drops: CSV, TSV or numbers with blanks between them, with a
//! header or without, with decimal points or decimal commas.
//!
//! Lines that start with `#` are comments. A table is read whole or not at all; single rows that
//! cannot be taken are for [`Table::examples`] to name.

mod cells;
mod number;

use std::cmp::Reverse;
use std::fmt;

use crate::param::short;
use cells::{Cut, Row};
use number::{Complaint, Fault, is_numeric, number};

/// The largest text that is looked at, in bytes: 4 MB.
pub const MOST_BYTES: usize = 4_000_000;

/// The most rows that a table may have, its header not counted.
pub const MOST_ROWS: usize = 2_000;

/// The most columns that a table may have.
pub const MOST_COLUMNS: usize = 100;

/// The largest number of a table, and its negative the smallest: as far as a link goes.
pub const FARTHEST: f64 = 1e9;

/// A table of two columns or more, at least two of them with numbers in them.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    columns: Vec<String>,
    has_header: bool,
    rows: Vec<Row>,
}

/// Examples of several columns, see [`Table::examples_of`].
#[derive(Clone, Debug, PartialEq)]
pub struct Columns {
    /// The inputs of each example, and its y.
    pub examples: Vec<(Vec<f64>, f64)>,
    /// The rows that give none.
    pub bad: Vec<BadRow>,
    /// What the classes are called, where y are words.
    pub classes: Vec<String>,
}

/// A row that gives no example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadRow {
    /// Its line in the text, as editors count them, from 1; of a row with line breaks in quotes
    /// the first.
    pub row: usize,
    /// What is wrong with it, such as “abc” is not a number.
    pub message: String,
}

impl fmt::Display for BadRow {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "Row {}: {}.", self.row, self.message)
    }
}

/// Reads a table.
///
/// # Errors
/// A sentence: what keeps the text as a whole from being a table with two columns of numbers.
pub fn read(text: &str) -> Result<Table, String> {
    if text.len() > MOST_BYTES {
        return Err("The table is larger than 4 MB.".to_owned());
    }
    if text.contains('\0') {
        return Err("This is not a plain text: save the table as CSV in UTF-8.".to_owned());
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = with_newlines(text);
    if text.lines().all(cells::is_skipped) {
        return Err("The table is empty.".to_owned());
    }
    let Cut { mut rows, columns: width, .. } = cells::cut(&text)?;
    if width > MOST_COLUMNS {
        return Err(format!("The table has more than {MOST_COLUMNS} columns."));
    }
    let header = header(&rows, width).map(|index| rows.remove(index));
    if rows.len() > MOST_ROWS {
        return Err(format!("The table has more than {MOST_ROWS} rows."));
    }
    let columns = names(header.as_ref(), width);
    let table = Table { columns, has_header: header.is_some(), rows };
    match (0..width).filter(|column| numbers(&table.rows, width, *column).1 > 0).count() {
        0 => Err("There are no numbers in the table.".to_owned()),
        1 => Err("Two columns of numbers are needed, and there is only one.".to_owned()),
        _ => Ok(table),
    }
}

/// The text with a newline behind every line, as Unix has it, whichever system it comes from.
fn with_newlines(text: &str) -> String {
    let mut lines = String::with_capacity(text.len());
    let mut before = ' ';
    for c in text.chars() {
        if c == '\n' && before == '\r' {
            // The newline is there already.
        } else {
            lines.push(if c == '\r' { '\n' } else { c });
        }
        before = c;
    }
    lines
}

impl Table {
    /// What the columns are called: what the header says, cut short where it is long, or `column
    /// 1` and so on.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Whether there is a row that names the columns.
    pub fn has_header(&self) -> bool {
        self.has_header
    }

    /// The number of rows, the header, comments and blank lines not counted.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// The two columns to offer first: the first two in which most cells are numbers, or failing
    /// that, those with the most numbers.
    pub fn suggestion(&self) -> [usize; 2] {
        let width = self.columns.len();
        let worth = |column: usize| {
            let (cells, numbers) = numbers(&self.rows, width, column);
            if 2 * numbers > cells { usize::MAX } else { numbers }
        };
        // Of columns as good as each other, the first.
        let best = |columns: &mut dyn Iterator<Item = usize>| {
            columns.max_by_key(|&column| (worth(column), Reverse(column))).unwrap_or(0)
        };
        let first = best(&mut (0..width));
        let second = best(&mut (0..width).filter(|&column| column != first));
        [first.min(second), first.max(second)]
    }

    /// The examples [x, y] of two columns, and the rows that have none, each in the order of the
    /// text. A row that has not as many cells as most have is one of the latter: one cannot know
    /// which of them is missing.
    pub fn examples(&self, x: usize, y: usize) -> (Vec<[f64; 2]>, Vec<BadRow>) {
        let mut examples = Vec::new();
        let mut bad = Vec::new();
        for row in &self.rows {
            match self.example(row, x, y) {
                Ok(example) => examples.push(example),
                Err(message) => bad.push(BadRow { row: row.line, message }),
            }
        }
        (examples, bad)
    }

    fn example(&self, row: &Row, x: usize, y: usize) -> Result<[f64; 2], String> {
        self.check_width(row)?;
        Ok([self.number(row, x)?, self.number(row, y)?])
    }

    /// The examples whose inputs are so many columns and whose y is another one, and the rows that
    /// have none. Where most cells of y are words, they are classes, counted from 0 in the order in
    /// which they come, and their names are returned.
    pub fn examples_of(&self, inputs: &[usize], y: usize) -> Columns {
        let (cells, numbers) = numbers(&self.rows, self.columns.len(), y);
        let has_words = 2 * numbers <= cells;
        let (mut examples, mut bad, mut classes) = (Vec::new(), Vec::new(), Vec::<String>::new());
        for row in &self.rows {
            let mut example = || {
                self.check_width(row)?;
                let x: Result<Vec<f64>, String> =
                    inputs.iter().map(|&column| self.number(row, column)).collect();
                let x = x?;
                let word = row.cells.get(y).map_or("", String::as_str).trim();
                if !has_words {
                    return Ok((x, self.number(row, y)?));
                }
                if word.is_empty() {
                    return Err("the class is missing".to_owned());
                }
                let known = classes.iter().position(|class| class == word);
                let class = known.unwrap_or_else(|| {
                    classes.push(word.to_owned());
                    classes.len() - 1
                });
                Ok((x, class as f64))
            };
            match example() {
                Ok(example) => examples.push(example),
                Err(message) => bad.push(BadRow { row: row.line, message }),
            }
        }
        Columns { examples, bad, classes }
    }

    /// The columns in which most cells are numbers.
    pub fn numeric(&self) -> Vec<usize> {
        let width = self.columns.len();
        let is_numeric = |&column: &usize| {
            let (cells, numbers) = numbers(&self.rows, width, column);
            2 * numbers > cells
        };
        (0..width).filter(is_numeric).collect()
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
        let column = self.columns.get(column).map_or("", String::as_str);
        number(cell).map_err(|fault| Complaint { fault, cell, column }.to_string())
    }
}

/// How many cells of a column are not empty, and how many of these are numbers.
fn numbers(rows: &[Row], width: usize, column: usize) -> (usize, usize) {
    let cells = || {
        let rows = rows.iter().filter(|row| row.fits(width));
        rows.filter_map(|row| row.cells.get(column)).filter(|cell| !cell.is_empty())
    };
    (cells().count(), cells().filter(|cell| is_numeric(cell)).count())
}

/// Which row names the columns: the first that has as many as most have, or the very first.
fn header(rows: &[Row], width: usize) -> Option<usize> {
    let first = rows.iter().position(|row| row.fits(width));
    first.into_iter().chain([0]).find(|index| is_header(&rows[*index], &rows[index + 1..], width))
}

/// Whether there is a word in the row where most cells below are numbers.
fn is_header(row: &Row, below: &[Row], width: usize) -> bool {
    let cells = (shift(row, width)..width).zip(&row.cells);
    let mut words = cells.filter(|(_, cell)| number(cell) == Err(Fault::Word));
    (row.fits(width) || lacks_row_names(row, width))
        && words.any(|(column, _)| {
            let (cells, numbers) = numbers(below, width, column);
            2 * numbers > cells
        })
}

/// Whether this is a header as R writes it with blanks: the column of row names has no name.
fn lacks_row_names(row: &Row, width: usize) -> bool {
    width > 2 && row.width + 1 == width && row.filled == row.width
}

/// The column of a header's first cell.
fn shift(header: &Row, width: usize) -> usize {
    usize::from(lacks_row_names(header, width))
}

fn names(header: Option<&Row>, width: usize) -> Vec<String> {
    let mut names: Vec<_> = (1..=width).map(|column| format!("column {column}")).collect();
    if let Some(row) = header {
        for (name, cell) in names[shift(row, width)..].iter_mut().zip(&row.cells) {
            if !cell.is_empty() {
                *name = short(cell);
            }
        }
    }
    names
}
