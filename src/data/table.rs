//! Tables that a student pastes or drops, as Python, R, pandas, spreadsheets and people write them.
//!
//! A table is read column by column with the whole column's evidence: which mark is the decimal
//! one, whether the cells are numbers or words, whether a column only counts the rows. What was
//! decided can be seen ([`Table`], [`Reading`]) and decided otherwise ([`Choices`]). Single rows
//! that cannot be taken are for [`Table::examples`] to name.

mod cells;
mod choices;
mod columns;
mod examples;
mod lines;
mod number;
mod reading;
mod sample;

use std::cmp::Reverse;
use std::fmt;

use crate::math::param::short;
pub use cells::Delimiter;
use cells::{Cut, Row};
pub use choices::Choices;
pub use columns::Column;
pub use examples::Examples;
use lines::Line;
pub use number::Decimal;
use number::is_numeric;
pub use reading::{Doubt, Purpose, Reading, Rows, Target};
pub use sample::{MOST_SAMPLED_BYTES, Sample, Sampler};

/// The largest text that is read as it is, in bytes: 4 MB.
pub const MOST_BYTES: usize = 4_000_000;

/// The most rows that are taken of a table, its header not counted; of more, a sample is drawn.
pub const MOST_ROWS: usize = 2_000;

/// The most columns that a table may have.
pub const MOST_COLUMNS: usize = 100;

/// The largest number of a table, and its negative the smallest: as far as a link goes.
pub const MAX_COORDINATE: f64 = 1e9;

/// The seed of the samples that are drawn of long tables.
pub const SAMPLE_SEED: u64 = 1;

/// A table of two columns or more, at least one of them with numbers in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    columns: Vec<Column>,
    delimiter: Delimiter,
    has_header: bool,
    /// The rows of titles before the header.
    titles: Vec<usize>,
    /// The lines that begin with `#` and are left out.
    comments: Vec<usize>,
    has_hashes: bool,
    /// The rows of the text, where they are more than are taken.
    sample_of: Option<usize>,
    /// A doubt that stands in the way: the number of headings, and of the cells below them.
    misfit: Option<Misfit>,
    rows: Vec<Row>,
}

/// Headings that do not fit the rows below them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Misfit {
    headings: usize,
    cells: usize,
    /// Whether decimal commas would explain it.
    by_commas: bool,
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

/// Reads a table as its own evidence says.
///
/// # Errors
/// A sentence: what keeps the text as a whole from being a table with numbers in it.
pub fn read(text: &str) -> Result<Table, String> {
    read_with(text, &Choices::default())
}

/// Reads a table as these choices say, and where they say nothing as its own evidence does.
///
/// # Errors
/// A sentence: what keeps the text as a whole from being a table with numbers in it.
pub fn read_with(text: &str, choices: &Choices) -> Result<Table, String> {
    if text.len() > MOST_BYTES {
        return Err("The table is larger than 4 MB.".to_owned());
    }
    if text.contains('\0') {
        return Err("This is not a plain text: save the table as CSV in UTF-8.".to_owned());
    }
    let mut lines = lines::lines(text);
    let mut sample_of = choices.sample_of;
    if lines.len() > MOST_ROWS {
        let mut sampler = Sampler::new(SAMPLE_SEED);
        sampler.push(text);
        let sample = sampler.finish()?;
        if sample.rows > MOST_ROWS {
            sample_of = Some(sample.rows);
            lines = sample.lines;
        }
    }
    table_of(lines, choices, sample_of)
}

/// The table in these lines.
fn table_of(
    mut lines: Vec<Line>,
    choices: &Choices,
    sample_of: Option<usize>,
) -> Result<Table, String> {
    let named = lines::take_separator(&mut lines).or_else(|| lines::take_typesetting(&mut lines));
    if let Some(rows) = lines::rows_in_brackets(&lines) {
        lines = rows;
    }
    let has_hashes = lines.iter().any(|line| line.text.starts_with('#'));
    let has_comments = choices.comments != Some(false);
    let is_empty =
        |line: &Line| line.text.trim().is_empty() || has_comments && line.text.starts_with('#');
    if lines.iter().all(is_empty) {
        return Err("The table is empty.".to_owned());
    }
    let cut = cells::cut(&lines, choices.delimiter.or(named), has_comments)?;
    let Cut { mut rows, columns: width, delimiter, mut comments, .. } = cut;
    if width > MOST_COLUMNS {
        return Err(format!("The table has more than {MOST_COLUMNS} columns."));
    }
    let titles = match choices.skip {
        Some(skip) => skip.min(rows.len()),
        None => titles(&rows, width, delimiter),
    };
    let mut titles: Vec<Row> = rows.drain(..titles).collect();
    let mut header = match choices.header {
        Some(true) if !rows.is_empty() => Some(rows.remove(0)),
        Some(_) => None,
        None => header(&rows, width).map(|index| {
            let header = rows.remove(index);
            if choices.skip.is_none() {
                // Whatever stands above the names of the columns is none of their rows.
                titles.extend(rows.drain(..index));
            }
            header
        }),
    };
    let mut misfit = None;
    if header.is_none() && choices.header.is_none() {
        header = header_behind_hash(&mut comments, &rows, delimiter, width);
        let headings = |row: &&Row| (2..=width).contains(&row.words().count());
        let last = titles.last().filter(headings).filter(|_| choices.skip.is_none());
        let too_many = rows.first().filter(|row| row.filled > width && is_of_words(row));
        misfit = last.or(too_many).filter(|_| header.is_none()).map(|row| {
            let words = row.words().count();
            let by_commas = delimiter == Delimiter::Comma
                && 2 * words == width
                && rows.iter().filter(|row| row.is_of_decimal_commas()).count() * 2 > rows.len();
            Misfit { headings: words, cells: width, by_commas }
        });
    }
    let otherwise = match delimiter {
        Delimiter::Comma | Delimiter::Pipe | Delimiter::Ampersand => Decimal::Point,
        _ => Decimal::Comma,
    };
    let names = names(header.as_ref(), width);
    let mut columns = columns::columns(&rows, width, names, choices.decimal, otherwise);
    let cells = header.as_ref().map(|row| {
        let mut cells = vec![String::new(); shift(row, width)];
        cells.extend(row.cells.iter().cloned());
        cells
    });
    columns::mark_index(&mut columns, &rows, cells.as_deref(), sample_of.is_some());
    if delimiter == Delimiter::Comma
        && header.as_ref().is_some_and(|row| lacks_row_names(row, width))
        && columns[0].is_numeric
        && !counts_rows(&rows)
    {
        // No row names of R's: one of the commas is a decimal mark, and one cannot know which.
        misfit = Some(Misfit { headings: width - 1, cells: width, by_commas: false });
    }
    if columns.iter().all(|column| column.numbers == 0) {
        return Err("There are no numbers in the table.".to_owned());
    }
    Ok(Table {
        columns,
        delimiter,
        has_header: header.is_some(),
        titles: titles.iter().map(|row| row.line).collect(),
        comments: comments.iter().map(|line| line.number).collect(),
        has_hashes,
        sample_of,
        misfit,
        rows,
    })
}

impl Table {
    /// The columns, in their order.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// What stands between the cells.
    pub fn delimiter(&self) -> Delimiter {
        self.delimiter
    }

    /// Whether there is a row that names the columns.
    pub fn has_header(&self) -> bool {
        self.has_header
    }

    /// The number of rows, the header, titles, comments and blank lines not counted.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// How many rows the text has, where these are a sample of them.
    pub fn sample_of(&self) -> Option<usize> {
        self.sample_of
    }

    /// The two columns to offer first: the first two in which most cells are numbers and that do
    /// not only count the rows, or failing that, those with the most numbers.
    pub fn suggestion(&self) -> [usize; 2] {
        let worth = |column: usize| {
            let Column { is_numeric, is_index, numbers, .. } = self.columns[column];
            (is_numeric && !is_index, if is_numeric { usize::MAX } else { numbers })
        };
        // Of columns as good as each other, the first.
        let best = |columns: &mut dyn Iterator<Item = usize>| {
            columns.max_by_key(|&column| (worth(column), Reverse(column))).unwrap_or(0)
        };
        let width = self.columns.len();
        let first = best(&mut (0..width));
        let second = best(&mut (0..width).filter(|&column| column != first));
        [first.min(second), first.max(second)]
    }
}

/// How many rows at the top are titles: words alone, in fewer cells than the table has columns; or
/// in more, where blanks cut a title as they cut the rows.
fn titles(rows: &[Row], width: usize, delimiter: Delimiter) -> usize {
    let is_title = |row: &Row| {
        let is_cut = delimiter == Delimiter::Blank && row.filled > width;
        (row.filled < width || is_cut) && !lacks_row_names(row, width) && is_of_words(row)
    };
    let count = rows.iter().take_while(|row| is_title(row)).count();
    // A table has rows below its titles.
    if count == rows.len() { 0 } else { count }
}

/// Whether no cell of a row is a number.
fn is_of_words(row: &Row) -> bool {
    row.words().all(|cell| !Decimal::ALL.into_iter().any(|mark| is_numeric(cell, mark)))
}

/// Which row names the columns: the first that has as many as most have, or the very first.
fn header(rows: &[Row], width: usize) -> Option<usize> {
    let first = rows.iter().position(|row| row.fits(width));
    first
        .into_iter()
        .chain([0])
        .find(|index| rows.get(*index).is_some_and(|row| is_header(row, &rows[index + 1..], width)))
}

/// Whether there is a word in the row where most cells below are numbers; or words alone where
/// numbers stand below in any column.
fn is_header(row: &Row, below: &[Row], width: usize) -> bool {
    if !row.fits(width) && !lacks_row_names(row, width) {
        return false;
    }
    let names = vec![String::new(); width];
    let columns = columns::columns(below, width, names, None, Decimal::Point);
    let is_word = |cell: &str| {
        !cell.is_empty()
            && !Decimal::ALL.into_iter().any(|mark| is_numeric(cell, mark))
            && !matches!(cell.to_lowercase().as_str(), "nan" | "na")
    };
    let mut cells = (shift(row, width)..width).zip(&row.cells);
    cells.any(|(column, cell)| columns[column].is_numeric && is_word(cell))
}

/// The names that stand behind `#` above the rows, as NumPy writes them; their line is then no
/// comment.
fn header_behind_hash(
    comments: &mut Vec<Line>,
    rows: &[Row],
    delimiter: Delimiter,
    width: usize,
) -> Option<Row> {
    let first = rows.first()?.line;
    let at = comments.iter().rposition(|line| line.number < first)?;
    let Line { number, text } = &comments[at];
    let line = Line { number: *number, text: text.trim_start_matches('#').trim().to_owned() };
    let row = Cut::at(delimiter, &[line], false).rows.pop()?;
    let is_header = row.filled == width && is_header(&row, rows, width);
    is_header.then(|| {
        comments.remove(at);
        row
    })
}

/// Whether this is a header as R writes it: the column of row names has no name.
fn lacks_row_names(row: &Row, width: usize) -> bool {
    width > 2 && row.width + 1 == width && row.filled == row.width
}

/// Whether the first cells are 1, 2, 3, …
fn counts_rows(rows: &[Row]) -> bool {
    rows.iter()
        .enumerate()
        .all(|(at, row)| row.cells.first().is_some_and(|cell| cell.parse() == Ok(at + 1)))
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
