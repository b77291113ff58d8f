//! Lines → rows of cells: quotes, and the delimiter that most rows agree on.

use csv_core::{ReadFieldResult, Reader, ReaderBuilder};

use super::MOST_COLUMNS;
use super::lines::Line;
use super::number::{Decimal, is_numeric};

/// So many lines decide which delimiter it is.
const LINES_OF_EVIDENCE: usize = 300;

/// What stands between the cells of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delimiter {
    /// A tab.
    Tab,
    /// A semicolon.
    Semicolon,
    /// A comma.
    Comma,
    /// A vertical bar.
    Pipe,
    /// LaTeX's `&`.
    Ampersand,
    /// Any run of blanks and tabs.
    Blank,
    /// A comma, which is the decimal mark as well: `1,5,2,3` is 1.5 and 2.3.
    CommaTwice,
}

impl Delimiter {
    /// All, in the order in which they are tried.
    pub const ALL: [Self; 7] = [
        Self::Tab,
        Self::Semicolon,
        Self::Comma,
        Self::Pipe,
        Self::Ampersand,
        Self::Blank,
        Self::CommaTwice,
    ];

    /// Its name in [`super::Choices`].
    pub fn key(self) -> &'static str {
        match self {
            Self::Tab => "tab",
            Self::Semicolon => "semicolon",
            Self::Comma => "comma",
            Self::Pipe => "pipe",
            Self::Ampersand => "ampersand",
            Self::Blank => "blank",
            Self::CommaTwice => "commas",
        }
    }

    /// What a reader calls it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Tab => "tab",
            Self::Semicolon => "semicolon",
            Self::Comma => "comma",
            Self::Pipe => "vertical bar",
            Self::Ampersand => "&",
            Self::Blank => "blanks",
            Self::CommaTwice => "comma, and decimal commas",
        }
    }

    /// The one character that it is.
    pub(super) fn character(self) -> Option<char> {
        match self {
            Self::CommaTwice => None,
            _ => Some(char::from(self.byte())),
        }
    }

    fn byte(self) -> u8 {
        match self {
            Self::Tab => b'\t',
            Self::Semicolon => b';',
            Self::Comma | Self::CommaTwice => b',',
            Self::Pipe => b'|',
            Self::Ampersand => b'&',
            Self::Blank => b' ',
        }
    }
}

/// One row of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Row {
    /// The line on which it starts, counted from 1.
    pub line: usize,
    /// Its first cells, at most [`MOST_COLUMNS`], without the blanks around them.
    pub cells: Vec<String>,
    /// How many cells it has.
    pub width: usize,
    /// How many it has up to the last one that is not empty.
    pub filled: usize,
}

impl Row {
    fn push(&mut self, text: &str) {
        let text = text.trim();
        // After a separator and a blank, quotes are left in place by the reader.
        let inside = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
        let cell = inside.unwrap_or(text).trim();
        self.width += 1;
        if !cell.is_empty() {
            self.filled = self.width;
        }
        if self.cells.len() < MOST_COLUMNS {
            self.cells.push(cell.to_owned());
        }
    }

    /// Whether it has this many columns, or more of them that are empty.
    pub fn fits(&self, columns: usize) -> bool {
        (self.filled..=self.width).contains(&columns)
    }

    /// Its cells that are not empty.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().map(String::as_str).filter(|cell| !cell.is_empty())
    }

    /// Whether its cells are pairs of digits before and after a decimal comma.
    pub fn is_of_decimal_commas(&self) -> bool {
        self.width >= 2
            && self.width.is_multiple_of(2)
            && self.cells.chunks(2).all(|pair| {
                let [whole, decimals] = pair else { return false };
                !decimals.is_empty()
                    && decimals.bytes().all(|byte| byte.is_ascii_digit())
                    && is_numeric(whole, Decimal::Point)
            })
    }

    /// The row with every two cells joined by the comma between them.
    fn with_pairs_joined(self) -> Self {
        if !self.is_of_decimal_commas() {
            return self;
        }
        let mut joined = Row { line: self.line, ..Row::default() };
        for pair in self.cells.chunks(2) {
            joined.push(&pair.join(","));
        }
        joined
    }
}

/// Whether a line is a comment: it begins with `#`, which is not all that its first cell holds.
fn is_comment(line: &str, delimiter: Delimiter) -> bool {
    line.strip_prefix('#').is_some_and(|rest| {
        delimiter == Delimiter::Blank || !rest.starts_with(char::from(delimiter.byte()))
    })
}

/// Lines, cut into cells at one delimiter.
pub(super) struct Cut {
    /// What they were cut at.
    pub delimiter: Delimiter,
    /// The rows with anything in them.
    pub rows: Vec<Row>,
    /// The number of columns that most rows have, without empty ones at the right; 0 if most rows
    /// do not agree.
    pub columns: usize,
    /// The lines that begin with `#`, if they are left out.
    pub comments: Vec<Line>,
    /// The line in which a quote is opened that is never closed.
    unclosed: Option<usize>,
}

/// Cuts lines at the delimiter that is asked for, or else at the first at which most rows have the
/// same number of cells, two at least: tab, semicolon, comma, bar, blanks. Between commas and
/// blanks the numbers decide: `1,5 2,5` is two of them.
///
/// # Errors
/// A sentence, if no delimiter does it, or a quote is left open.
pub(super) fn cut(
    lines: &[Line],
    asked: Option<Delimiter>,
    has_comments: bool,
) -> Result<Cut, String> {
    let delimiter = asked.map_or_else(|| found(lines, has_comments), Ok)?;
    let mut found = Cut::at(delimiter, lines, has_comments);
    if let Some(line) = found.unclosed {
        return Err(unclosed(line));
    }
    if found.columns < 2 {
        found.columns = widest_of_all(&found.rows);
    }
    if found.columns < 2 {
        return Err(needed());
    }
    Ok(found)
}

/// The delimiter for which the first lines speak.
fn found(lines: &[Line], has_comments: bool) -> Result<Delimiter, String> {
    let evidence = &lines[..lines.len().min(LINES_OF_EVIDENCE)];
    let (mut open, mut unequal) = (None, None);
    let mut try_at = |delimiter: Delimiter| {
        let separates =
            |c| Some(c) == delimiter.character() || delimiter == Delimiter::Blank && c == '\t';
        if !evidence.iter().any(|line| line.text.contains(separates)) {
            return None;
        }
        let cut = Cut::at(delimiter, evidence, has_comments);
        open = open.or(cut.unclosed);
        unequal = unequal.take().or_else(|| cut.two_unequal_rows());
        (cut.columns >= 2).then_some(cut)
    };
    let best = try_at(Delimiter::Tab).or_else(|| try_at(Delimiter::Semicolon)).or_else(|| {
        match (try_at(Delimiter::Comma), try_at(Delimiter::Blank)) {
            (Some(commas), Some(blanks)) => {
                Some(if blanks.share() > commas.share() { blanks } else { commas })
            }
            (commas, blanks) => {
                let pipes = try_at(Delimiter::Pipe);
                commas.or(pipes).or(blanks)
            }
        }
    });
    match (best, open) {
        // A quote that is open where the evidence ends is closed further down.
        (Some(cut), _) => Ok(cut.delimiter),
        (None, Some(line)) if evidence.len() == lines.len() => Err(unclosed(line)),
        _ => Err(unequal.unwrap_or_else(needed)),
    }
}

fn unclosed(line: usize) -> String {
    format!("A quote is opened in row {line} and never closed.")
}

fn needed() -> String {
    "Two columns are needed: put a tab, a semicolon, a comma or a blank between the cells of each \
     row."
        .to_owned()
}

impl Cut {
    /// These lines cut at a delimiter; if they have comments, those are left out.
    pub fn at(delimiter: Delimiter, lines: &[Line], has_comments: bool) -> Self {
        let mut splitter = Splitter::new(delimiter, lines);
        let mut rows = Vec::new();
        let mut comments = Vec::new();
        let mut open: Option<Row> = None;
        for line in lines {
            if open.is_none() && line.text.trim().is_empty() {
                continue;
            }
            if open.is_none() && has_comments && is_comment(&line.text, delimiter) {
                comments.push(line.clone());
                continue;
            }
            let mut row =
                open.take().unwrap_or_else(|| Row { line: line.number, ..Row::default() });
            if !splitter.feed(&line.text, &mut row) {
                open = Some(row);
            } else if row.filled > 0 {
                rows.push(row);
            }
        }
        if delimiter == Delimiter::CommaTwice {
            rows = rows.into_iter().map(Row::with_pairs_joined).collect();
        }
        let columns = columns_of_most(&rows);
        Self { delimiter, rows, columns, comments, unclosed: open.map(|row| row.line) }
    }

    /// Where no number of cells is that of most rows: a sentence that names two which differ.
    fn two_unequal_rows(&self) -> Option<String> {
        let first = self.rows.first().filter(|_| self.columns == 0)?;
        let other = self.rows.iter().find(|row| row.width != first.width)?;
        let cells = if first.width == 1 { "cell" } else { "cells" };
        Some(format!(
            "More than half of the rows must have the same number of cells: row {} has {} {cells}, \
             row {} has {} (separator: {}).",
            first.line,
            first.width,
            other.line,
            other.width,
            self.delimiter.label()
        ))
    }

    /// The share of the cells that are one number each.
    fn share(&self) -> f64 {
        let cells = || self.rows.iter().flat_map(|row| &row.cells);
        let is_number = |cell: &&String| {
            !cell.contains(' ') && Decimal::ALL.into_iter().any(|mark| is_numeric(cell, mark))
        };
        cells().filter(is_number).count() as f64 / cells().count() as f64
    }
}

/// What cuts lines into cells, and goes on in the next line where a quote is still open.
struct Splitter {
    reader: Reader,
    skips_empty: bool,
    cell: Vec<u8>,
    length: usize,
}

impl Splitter {
    /// For these lines: no cell is longer than all of them.
    fn new(delimiter: Delimiter, lines: &[Line]) -> Self {
        let bytes: usize = lines.iter().map(|line| line.text.len() + 1).sum();
        Self {
            reader: ReaderBuilder::new().delimiter(delimiter.byte()).build(),
            skips_empty: delimiter == Delimiter::Blank,
            cell: vec![0; bytes + 1],
            length: 0,
        }
    }

    /// Adds the cells of a line to the row; whether the row ends with the line.
    fn feed(&mut self, line: &str, row: &mut Row) -> bool {
        let with_blanks;
        let line = if self.skips_empty && line.contains('\t') {
            with_blanks = line.replace('\t', " ");
            &with_blanks
        } else {
            line
        };
        let mut ended = false;
        for mut input in [line.as_bytes(), b"\n"] {
            while !input.is_empty() {
                let rest = &mut self.cell[self.length..];
                let (result, read, written) = self.reader.read_field(input, rest);
                input = &input[read..];
                self.length += written;
                if let ReadFieldResult::Field { record_end } = result {
                    let cell = String::from_utf8_lossy(&self.cell[..self.length]);
                    if !(self.skips_empty && cell.is_empty()) {
                        row.push(&cell);
                    }
                    self.length = 0;
                    ended = record_end;
                }
            }
        }
        ended
    }
}

/// The number of columns that more than half of the rows have, or 0.
fn columns_of_most(rows: &[Row]) -> usize {
    // What more than half of them have is left when each vote for another width cancels one for it
    // (Boyer & Moore 1991).
    let (mut width, mut lead) = (0, 0_usize);
    for row in rows {
        match lead {
            0 => (width, lead) = (row.width, 1),
            _ if row.width == width => lead += 1,
            _ => lead -= 1,
        }
    }
    if 2 * rows.iter().filter(|row| row.width == width).count() <= rows.len() {
        return 0;
    }
    filled_columns(rows, width)
}

/// The columns of the rows of a width, without empty ones at the right.
fn filled_columns(rows: &[Row], width: usize) -> usize {
    rows.iter().filter(|row| row.width == width).map(|row| row.filled).max().unwrap_or(0)
}

/// The number of columns that the largest number of rows have.
fn widest_of_all(rows: &[Row]) -> usize {
    let count = |width: usize| rows.iter().filter(|row| row.width == width).count();
    let most = (2..=MOST_COLUMNS).max_by_key(|&width| (count(width), width)).unwrap_or(0);
    if count(most) == 0 { 0 } else { filled_columns(rows, most) }
}
