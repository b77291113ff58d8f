//! One cell → one number, or what it is instead.

use std::fmt;

use super::MAX_COORDINATE;
use crate::math::decimal;
use crate::math::param::{quoted, write_number};

/// Which mark stands before the decimals of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decimal {
    /// `1.5` and `1,234.5`
    Point,
    /// `1,5` and `1.234,5`
    Comma,
}

impl Decimal {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Point, Self::Comma];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Point => "point",
            Self::Comma => "comma",
        }
    }

    /// The other one.
    pub fn other(self) -> Self {
        match self {
            Self::Point => Self::Comma,
            Self::Comma => Self::Point,
        }
    }

    fn mark(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }
}

/// Why a cell gives no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// There is nothing in it.
    Empty,
    /// It is a number beyond ±[`MAX_COORDINATE`], or infinite.
    Far,
    /// It says that there is nothing, as R, pandas and spreadsheets do: NA, NaN, null.
    Missing,
    /// It is anything else.
    Word,
}

/// Reads a cell that has no blanks around it. A typographic minus is understood, and thousands
/// that are set apart by the other mark, by blanks or by apostrophes.
///
/// # Errors
/// What the cell is instead of a number between ±[`MAX_COORDINATE`].
pub(super) fn number(cell: &str, mark: Decimal) -> Result<f64, Fault> {
    if cell.is_empty() {
        return Err(Fault::Empty);
    }
    // The minus sign, and the dashes that stand for it.
    let plain = cell.replace(['\u{2212}', '\u{2013}', '\u{2012}'], "-");
    let (sign, unsigned) = match plain.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", plain.strip_prefix('+').unwrap_or(&plain)),
    };
    if unsigned.starts_with(['+', '-']) {
        return Err(Fault::Word);
    }
    let lower = unsigned.to_ascii_lowercase();
    if is_missing(&lower) {
        return Err(Fault::Missing);
    }
    if lower == "inf" || lower == "infinity" {
        return Err(Fault::Far);
    }
    let digits = ungrouped(unsigned, mark).ok_or(Fault::Word)?;
    match decimal::parse(&[sign, &digits].concat()) {
        // −0 and 0 are one value.
        Some(value) if value.abs() <= MAX_COORDINATE => Ok(value + 0.0),
        Some(_) => Err(Fault::Far),
        None => Err(Fault::Word),
    }
}

/// Whether a word, in small letters, says that there is no value.
fn is_missing(word: &str) -> bool {
    matches!(word, "nan" | "na" | "n/a" | "#n/a" | "null" | "none")
}

/// Whether a cell means a number by this mark, be it one that can be taken or not.
pub(super) fn is_numeric(cell: &str, mark: Decimal) -> bool {
    matches!(number(cell, mark), Ok(_) | Err(Fault::Far))
}

/// An unsigned number with a point before its decimals and without thousands marks; `None` where
/// this mark and groups of three digits do not make it one.
fn ungrouped(unsigned: &str, mark: Decimal) -> Option<String> {
    let (whole, fraction) = match unsigned.split_once(mark.mark()) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (unsigned, None),
    };
    let is_plain =
        |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '+');
    let grouping = whole
        .chars()
        .find(|c| *c == mark.other().mark() || matches!(c, '\'' | '’') || c.is_whitespace());
    let whole = match grouping {
        None if is_plain(whole) => whole.to_owned(),
        Some(separator) if fraction.is_none_or(|text| text.bytes().all(|b| b.is_ascii_digit())) => {
            let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
            let mut groups = whole.split(separator);
            let first = groups.next()?;
            let fits = (1..=3).contains(&first.len()) && digits(first) && !first.starts_with('0');
            let rest = groups.all(|group| group.len() == 3 && digits(group));
            (fits && rest).then(|| whole.replace(separator, ""))?
        }
        _ => return None,
    };
    match fraction {
        None => Some(whole),
        Some(fraction) => is_plain(fraction).then(|| [&whole, ".", fraction].concat()),
    }
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
                let farthest = write_number(MAX_COORDINATE);
                write!(f, "{cell} does not lie between −{farthest} and {farthest}")
            }
            Fault::Missing | Fault::Word => write!(f, "{cell} is not a number"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_of_three_digits_are_thousands_and_nothing_else_is() {
        use Decimal::{Comma, Point};
        for (cell, mark, value) in [
            ("1,234.5", Point, 1234.5),
            ("1,010,000", Point, 1_010_000.0),
            ("1.234,5", Comma, 1234.5),
            ("1.250", Comma, 1250.0),
            ("1.250", Point, 1.25),
            ("12 345,5", Comma, 12_345.5),
            ("1\u{202f}234", Point, 1234.0),
            ("−1'234.5", Point, -1234.5),
            ("–3.4", Point, -3.4),
            ("+.5e1", Point, 5.0),
            ("1,5e-3", Comma, 0.0015),
        ] {
            assert_eq!(number(cell, mark), Ok(value), "{cell}");
        }
        for (cell, mark) in [
            ("1,5", Point),
            ("0,250", Point),
            ("1.5", Comma),
            ("1,23,456", Point),
            ("1234,567", Point),
            ("1,234,56", Point),
            ("1,2345", Point),
            ("1.234e5", Comma),
            ("1 2", Point),
            ("--5", Point),
            ("-+5", Point),
            ("1,234 567", Point),
        ] {
            assert_eq!(number(cell, mark), Err(Fault::Word), "{cell}");
        }
        assert_eq!(number("NA", Point), Err(Fault::Missing));
        assert_eq!(number("-inf", Point), Err(Fault::Far));
    }
}
