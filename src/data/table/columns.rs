//! What the cells of a column show together: numbers or words, the decimal mark, an index.

use super::cells::Row;
use super::number::{Decimal, Fault, is_numeric, number};

/// One column of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// What the header says, cut short where it is long, or `column 1` and so on.
    pub name: String,
    /// Whether most of its cells are numbers.
    pub is_numeric: bool,
    /// Whether it only counts the rows or names them.
    pub is_index: bool,
    /// The decimal mark of its numbers.
    pub decimal: Decimal,
    /// A cell that would be another number by the other mark, where nothing in the table shows
    /// which one it is.
    pub ambiguous: Option<String>,
    /// How many cells are numbers, and how many have anything in them.
    pub(super) numbers: usize,
    pub(super) filled: usize,
}

/// How many cells of a column are numbers by one mark alone.
#[derive(Clone, Copy, Default)]
struct Evidence {
    point: usize,
    comma: usize,
}

/// The cells of a column that have anything in them, but for those that say NA.
fn cells(rows: &[Row], width: usize, column: usize) -> impl Iterator<Item = &str> {
    let fitting = rows.iter().filter(move |row| row.fits(width));
    let cells = fitting.filter_map(move |row| row.cells.get(column).map(String::as_str));
    cells.filter(|cell| !matches!(number(cell, Decimal::Point), Err(Fault::Empty | Fault::Missing)))
}

/// The columns of these rows, `names` theirs from a header; `asked` is the decimal mark that is
/// asked for, `otherwise` the one that is taken where nothing speaks for either.
pub(super) fn columns(
    rows: &[Row],
    width: usize,
    names: Vec<String>,
    asked: Option<Decimal>,
    otherwise: Decimal,
) -> Vec<Column> {
    let evidence: Vec<Evidence> = (0..width)
        .map(|column| {
            let mut of = Evidence::default();
            for cell in cells(rows, width, column) {
                match Decimal::ALL.map(|mark| is_numeric(cell, mark)) {
                    [true, false] => of.point += 1,
                    [false, true] => of.comma += 1,
                    _ => {}
                }
            }
            of
        })
        .collect();
    let point: usize = evidence.iter().map(|of| of.point).sum();
    let comma: usize = evidence.iter().map(|of| of.comma).sum();
    let of_file =
        (point != comma).then_some(if point > comma { Decimal::Point } else { Decimal::Comma });
    let column = |(at, (name, of)): (usize, (String, Evidence))| {
        let own = (of.point != of.comma).then_some(if of.point > of.comma {
            Decimal::Point
        } else {
            Decimal::Comma
        });
        let known = asked.or(own).or(of_file);
        let doubtful = |cell: &&str| {
            let [point, comma] = Decimal::ALL.map(|mark| number(cell, mark));
            point.is_ok() && comma.is_ok() && point != comma
        };
        let doubtful = cells(rows, width, at).find(doubtful).filter(|_| known.is_none());
        // A point is read as what it is nearly everywhere.
        let decimal = known.unwrap_or_else(|| match doubtful {
            Some(cell) if cell.contains('.') => Decimal::Point,
            _ => otherwise,
        });
        let filled = cells(rows, width, at).count();
        let numbers = cells(rows, width, at).filter(|cell| is_numeric(cell, decimal)).count();
        let asks = |cell: &&str| cell.contains(',') || otherwise == Decimal::Comma;
        Column {
            name,
            is_numeric: 2 * numbers > filled,
            is_index: false,
            decimal,
            ambiguous: doubtful.filter(asks).map(str::to_owned),
            numbers,
            filled,
        }
    };
    names.into_iter().zip(evidence).enumerate().map(column).collect()
}

/// Marks the columns that only count rows or name them. `headers` are the cells of the header, if
/// there is one; `counts` whether a column of 1, 2, 3, … with any name is one as well.
pub(super) fn mark_index(
    columns: &mut [Column],
    rows: &[Row],
    headers: Option<&[String]>,
    is_sample: bool,
) {
    let width = columns.len();
    let whole = |column: usize, of: &Column| -> Option<Vec<f64>> {
        let numbers = rows.iter().filter(|row| row.fits(width));
        let numbers = numbers.map(|row| {
            let cell = row.cells.get(column).map_or("", String::as_str);
            number(cell, of.decimal).ok().filter(|value| value.fract() == 0.0)
        });
        numbers.collect()
    };
    let numeric = columns.iter().filter(|column| column.is_numeric).count();
    for (at, of) in columns.iter_mut().enumerate() {
        let named_so = headers.is_some_and(|names| {
            let name = names.get(at).map_or("", |name| name.trim()).to_lowercase();
            let is_known = ["rownames", "row.names", "rowname", "index", "#"].contains(&&*name);
            (at == 0 && name.is_empty()) || is_known || name.starts_with("unnamed: ")
        });
        if !of.is_numeric {
            of.is_index = named_so;
            continue;
        }
        let Some(numbers) = whole(at, of) else { continue };
        let steps = || numbers.windows(2).map(|pair| pair[1] - pair[0]);
        let by_one = steps().all(|step| step == 1.0) && matches!(numbers.first(), Some(0.0 | 1.0));
        let rises = steps().all(|step| step >= 1.0);
        let counts = by_one || (is_sample && rises);
        // With a name, it may well be an x: of two columns it is.
        let is_first = at == 0 && numeric > 2 && numbers.len() > 2;
        of.is_index = (named_so && (counts || rises)) || (counts && is_first);
    }
}
