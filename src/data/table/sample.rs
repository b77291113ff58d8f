//! A sample of the rows of a text that is too long: it comes in pieces, and of its rows those with
//! the smallest random keys are kept (bottom-k sampling), so that every row is as likely as any
//! other, and how the text is cut into pieces is of no account.

use std::collections::BinaryHeap;

use super::lines::Line;
use super::{Choices, MOST_ROWS, table_of};
use crate::math::random::Random;

/// The largest text that a sample is drawn of, in bytes: 200 MB.
pub const MOST_SAMPLED_BYTES: f64 = 200e6;

/// So many records at the beginning are kept, whatever they are: titles and the header are among
/// them.
const HEAD: usize = 40;

/// A record, which may be several lines by quotes, is at most so many bytes.
const LONGEST_RECORD: usize = 20_000;

/// What is left of a long text.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    pub(super) lines: Vec<Line>,
    /// The rows of the text, its titles and header not counted.
    pub rows: usize,
}

impl Sample {
    /// The sample as a text.
    pub fn text(&self) -> String {
        self.lines.iter().flat_map(|line| [line.text.as_str(), "\n"]).collect()
    }
}

/// One record with its random key; the order is that of the keys.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Drawn {
    key: u64,
    number: usize,
    text: String,
}

/// Takes in a text piece by piece.
pub struct Sampler {
    random: Random,
    head: Vec<Drawn>,
    drawn: BinaryHeap<Drawn>,
    /// The records behind the head.
    records: usize,
    /// What has come of the line that has not ended, and of the record with an open quote.
    rest: String,
    open: Option<Line>,
    /// The lines that have ended.
    lines: usize,
    fault: Option<String>,
}

impl Sampler {
    /// A sampler whose seed decides which rows it keeps.
    pub fn new(seed: u64) -> Self {
        Self {
            random: Random::new(seed),
            head: Vec::new(),
            drawn: BinaryHeap::new(),
            records: 0,
            rest: String::new(),
            open: None,
            lines: 0,
            fault: None,
        }
    }

    /// Takes in a further piece.
    pub fn push(&mut self, piece: &str) {
        let mut text = std::mem::take(&mut self.rest);
        if self.lines == 0 && text.is_empty() {
            text.push_str(piece.strip_prefix('\u{feff}').unwrap_or(piece));
        } else {
            text.push_str(piece);
        }
        let mut from = 0;
        let bytes = text.as_bytes();
        while let Some(length) = bytes[from..].iter().position(|byte| matches!(byte, b'\n' | b'\r'))
        {
            let end = from + length;
            let next = match (bytes[end], bytes.get(end + 1)) {
                (b'\r', Some(b'\n')) => end + 2,
                // Whether a newline follows is in the next piece.
                (b'\r', None) => break,
                _ => end + 1,
            };
            self.line(&text[from..end]);
            from = next;
        }
        self.rest = text[from..].to_owned();
        if self.rest.len() > LONGEST_RECORD {
            self.fail(self.lines + 1);
        }
    }

    fn fail(&mut self, line: usize) {
        self.rest.clear();
        self.fault.get_or_insert_with(|| {
            format!("The row that begins in line {line} is too long to be one of a table.")
        });
    }

    fn line(&mut self, text: &str) {
        self.lines += 1;
        let mut record = match self.open.take() {
            Some(mut open) => {
                open.text.push('\n');
                open.text.push_str(text);
                open
            }
            None if text.trim().is_empty() => return,
            None => Line { number: self.lines, text: text.to_owned() },
        };
        let is_open = record.text.matches('"').count() % 2 == 1;
        if record.text.len() > LONGEST_RECORD {
            self.fail(record.number);
        } else if is_open {
            self.open = Some(record);
        } else {
            self.record(std::mem::take(&mut record.text), record.number);
        }
    }

    fn record(&mut self, text: String, number: usize) {
        let key = (self.random.uniform() * (1_u64 << 53) as f64) as u64;
        let drawn = Drawn { key, number, text };
        if self.head.len() < HEAD {
            self.head.push(drawn);
            return;
        }
        self.records += 1;
        self.drawn.push(drawn);
        if self.drawn.len() > MOST_ROWS {
            self.drawn.pop();
        }
    }

    /// The sample of all that has come: of up to [`MOST_ROWS`] rows all.
    ///
    /// # Errors
    /// A sentence.
    pub fn finish(mut self) -> Result<Sample, String> {
        if !self.rest.is_empty() {
            let rest = std::mem::take(&mut self.rest);
            self.line(rest.trim_end_matches('\r'));
        }
        if let Some(open) = self.open.take() {
            return Err(format!("A quote is opened in row {} and never closed.", open.number));
        }
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let lines = |drawn: &[Drawn]| -> Vec<Line> {
            let line = |one: &Drawn| Line { number: one.number, text: one.text.clone() };
            drawn.iter().map(line).collect()
        };
        // Which of the first records are rows, and which stand above them.
        let head = table_of(lines(&self.head), &Choices::default(), None).ok();
        let first = head.and_then(|table| table.rows.first().map(|row| row.line)).unwrap_or(1);
        let (above, rows): (Vec<Drawn>, Vec<Drawn>) =
            self.head.into_iter().partition(|one| one.number < first);
        let count = self.records + rows.len();
        let mut kept = self.drawn.into_vec();
        kept.extend(rows);
        if kept.len() > MOST_ROWS {
            kept.select_nth_unstable(MOST_ROWS);
            kept.truncate(MOST_ROWS);
        }
        kept.sort_unstable_by_key(|one| one.number);
        let mut all = lines(&above);
        all.extend(lines(&kept));
        Ok(Sample { lines: all, rows: count })
    }
}
