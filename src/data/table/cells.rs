//! Text → rows of cells: quotes, and the separator that most rows agree on.

use csv_core::{ReadFieldResult, Reader, ReaderBuilder};

use super::number::is_numeric;
use super::{MOST_COLUMNS, MOST_ROWS};

/// The separator that is any run of blanks and tabs.
const BLANK: u8 = b' ';

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
}

/// Whether a line is blank or a comment.
pub(super) fn is_skipped(line: &str) -> bool {
    line.trim().is_empty() || line.starts_with('#')
}

/// A text, cut into cells by one separator.
pub(super) struct Cut {
    /// The rows with anything in them; no more than it takes to see that there are too many.
    pub rows: Vec<Row>,
    /// The number of columns that most rows have, without empty ones at the right; 0 if most rows
    /// do not agree.
    pub columns: usize,
    /// The line in which a quote is opened that is never closed.
    unclosed: Option<usize>,
}

/// Cuts a text, whose lines end with `\n`, at the first separator at which most rows have the same
/// number of cells, two at least: tab, semicolon, comma, blanks. Between commas and blanks the
/// numbers decide: `1,5 2,5` is two of them.
///
/// # Errors
/// A sentence, if no separator does it, or a quote is left open.
pub(super) fn cut(text: &str) -> Result<Cut, String> {
    let mut unclosed = None;
    let mut try_at = |separator| {
        let separates = |c| c == char::from(separator) || separator == BLANK && c == '\t';
        if !text.contains(separates) {
            return None;
        }
        let cut = Cut::at(separator, text);
        unclosed = unclosed.or(cut.unclosed);
        (cut.columns >= 2).then_some(cut)
    };
    let found =
        try_at(b'\t').or_else(|| try_at(b';')).or_else(|| match (try_at(b','), try_at(BLANK)) {
            (Some(commas), Some(blanks)) => {
                Some(if blanks.share() > commas.share() { blanks } else { commas })
            }
            (commas, blanks) => commas.or(blanks),
        });
    if let Some(line) = found.as_ref().map_or(unclosed, |cut| cut.unclosed) {
        return Err(format!("A quote is opened in row {line} and never closed."));
    }
    found.ok_or_else(|| {
        "Two columns are needed: put a tab, a semicolon, a comma or a blank between the cells of \
         each row."
            .to_owned()
    })
}

impl Cut {
    fn at(separator: u8, text: &str) -> Self {
        let text = if separator == BLANK { &text.replace('\t', " ") } else { text };
        let mut splitter = Splitter::new(separator, text.len());
        let mut rows = Vec::new();
        let mut open: Option<Row> = None;
        for (index, line) in text.lines().enumerate() {
            if open.is_none() && is_skipped(line) {
                continue;
            }
            let mut row = open.take().unwrap_or_else(|| Row { line: index + 1, ..Row::default() });
            if !splitter.feed(line, &mut row) {
                open = Some(row);
            } else if row.filled > 0 {
                rows.push(row);
            }
            if rows.len() > MOST_ROWS + 1 {
                break;
            }
        }
        let columns = columns_of_most(&rows);
        Self { rows, columns, unclosed: open.map(|row| row.line) }
    }

    /// The share of the cells that are one number each.
    fn share(&self) -> f64 {
        let cells = || self.rows.iter().flat_map(|row| &row.cells);
        let numbers = cells().filter(|cell| is_numeric(cell) && !cell.contains(' ')).count();
        numbers as f64 / cells().count() as f64
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
    /// For a text of so many bytes: no cell of it is longer.
    fn new(separator: u8, bytes: usize) -> Self {
        Self {
            reader: ReaderBuilder::new().delimiter(separator).build(),
            skips_empty: separator == BLANK,
            cell: vec![0; bytes + 1],
            length: 0,
        }
    }

    /// Adds the cells of a line to the row; whether the row ends with the line.
    fn feed(&mut self, line: &str, row: &mut Row) -> bool {
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
    rows.iter().filter(|row| row.width == width).map(|row| row.filled).max().unwrap_or(0)
}
