//! One cell → one number, or what it is instead.

use std::fmt;

use super::FARTHEST;
use crate::decimal;
use crate::param::{quoted, write_number};

/// Why a cell gives no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// There is nothing in it.
    Empty,
    /// It is a number beyond ±[`FARTHEST`], or infinite.
    Far,
    /// It is written with thousands separators, and one cannot know which mark is which.
    Thousands,
    /// It is NaN.
    Nan,
    /// It is anything else.
    Word,
}

/// Reads a cell that has no blanks around it; a typographic minus and a decimal comma are
/// understood.
///
/// # Errors
/// What the cell is instead of a number between ±[`FARTHEST`].
pub(super) fn number(cell: &str) -> Result<f64, Fault> {
    let plain = cell.replace('\u{2212}', "-").replace(',', ".");
    let word = plain.strip_prefix(['+', '-']).unwrap_or(&plain);
    match decimal::parse(&plain) {
        // −0 and 0 are one value.
        Some(value) if value.abs() <= FARTHEST => Ok(value + 0.0),
        Some(_) => Err(Fault::Far),
        None if word.eq_ignore_ascii_case("nan") => Err(Fault::Nan),
        None if word.eq_ignore_ascii_case("inf") => Err(Fault::Far),
        None if word.eq_ignore_ascii_case("infinity") => Err(Fault::Far),
        None if cell.is_empty() => Err(Fault::Empty),
        None if has_thousands_separators(cell) => Err(Fault::Thousands),
        None => Err(Fault::Word),
    }
}

/// Whether a cell means a number, be it one that can be taken or not.
pub(super) fn is_numeric(cell: &str) -> bool {
    !matches!(number(cell), Err(Fault::Empty | Fault::Word))
}

/// Whether this is such as 1.234,5 or 1,234,567 or 1 234 or 1'234.5: groups of three digits, the
/// first of them one to three.
fn has_thousands_separators(cell: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = cell.strip_prefix(['+', '-', '\u{2212}']).unwrap_or(cell);
    let Some(mark) = unsigned.chars().find(|c| !c.is_ascii_digit()) else {
        return false;
    };
    if !matches!(mark, '.' | ',' | '\'' | '’') && !mark.is_whitespace() {
        return false;
    }
    let decimal_mark = |c: char| matches!(c, '.' | ',') && c != mark;
    let (whole, fraction) = unsigned.split_once(decimal_mark).unwrap_or((unsigned, ""));
    let mut groups = whole.split(mark);
    groups.next().is_some_and(|first| (1..=3).contains(&first.len()))
        && groups.all(|group| group.len() == 3 && digits(group))
        && digits(fraction)
}

/// What is wrong with a cell of the column `column`, to go on from "Row 7: ".
pub(super) struct Complaint<'a> {
    pub fault: Fault,
    pub cell: &'a str,
    pub column: &'a str,
}

impl fmt::Display for Complaint<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let cell = quoted(self.cell);
        match self.fault {
            Fault::Empty => write!(f, "{} is empty", quoted(self.column)),
            Fault::Far => {
                let farthest = write_number(FARTHEST);
                write!(f, "{cell} does not lie between −{farthest} and {farthest}")
            }
            Fault::Thousands => write!(f, "remove the thousands separators from {cell}"),
            Fault::Nan | Fault::Word => write!(f, "{cell} is not a number"),
        }
    }
}
