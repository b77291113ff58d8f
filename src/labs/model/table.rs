//! A table as it was read, as the page is told: what was decided, what else can be, and the first
//! rows as numbers.

use serde::Serialize;
use ts_rs::TS;

use super::common::KEEPS_DATA;
use crate::data::table::{
    self, Choices, Decimal, Delimiter, Examples, Purpose, Reading, Sampler, Table as Cells,
};
use crate::labs::link::SENDABLE;
use crate::math::number::count;
use crate::math::param::write_number;

/// So many bad rows are named; the others are counted.
const MOST_NAMED: usize = 8;
/// So many rows are shown as they will be read.
const PREVIEW: usize = 4;
/// So many rows at the top can be skipped by choice.
const MOST_SKIPPED: usize = 12;

/// A table as it was read, before it is taken.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Table {
    /// Why nothing can be taken; empty if something can.
    pub fault: String,
    /// How many rows there are and what the columns are.
    pub says: String,
    /// What was left out and why.
    pub notes: Vec<String>,
    /// What is in doubt.
    pub offers: Vec<Doubt>,
    /// What was decided and can be decided otherwise.
    pub decisions: Vec<Decision>,
    /// The columns of the text, from the left.
    pub columns: Vec<Column>,
    /// So many columns x can be taken.
    pub most_inputs: usize,
    /// How many rows there are, the line of names apart.
    pub rows: usize,
    /// How many of them give an example …
    pub good: usize,
    /// … and how many do not.
    pub skipped: usize,
    /// What is wrong with the first rows that give no example, each in a sentence.
    pub bad: Vec<String>,
    /// The first examples; `null` where there is a fault in the text.
    pub preview: Option<Preview>,
}

/// A doubt about a table, and another choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Doubt {
    /// What the doubt is.
    pub sentence: String,
    /// The key of the [`Decision`] that can be made otherwise; empty where there is none …
    pub key: String,
    /// … the value to choose …
    pub value: String,
    /// … and what that is called.
    pub label: String,
}

/// Something that was decided of a table and can be decided otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Decision {
    /// Its name among the choices that a table is read by.
    pub key: &'static str,
    /// What the page calls it.
    pub label: &'static str,
    /// The value that is chosen; empty leaves it to the evidence.
    pub value: String,
    /// What can be chosen.
    pub options: Vec<DecisionOption>,
}

/// What a [`Decision`] can be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct DecisionOption {
    /// The value to choose.
    pub value: String,
    /// What the page calls it.
    pub label: String,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Column {
    /// What its line of names calls it, or else its number.
    pub name: String,
    /// Whether it is taken for x.
    pub input: bool,
    /// Whether it is taken for y.
    pub target: bool,
    /// Whether its cells are words and not numbers.
    pub words: bool,
}

/// The first rows as they will be taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Preview {
    /// What the columns x and, at the end, y are called.
    pub names: Vec<String>,
    /// Their cells; classes by their names.
    pub rows: Vec<Vec<String>>,
}

/// What is left of a long text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Sample {
    /// Rows drawn at random.
    pub text: String,
    /// How many rows they were drawn of.
    pub rows: usize,
    /// Why there are none; empty if there are.
    pub fault: String,
}

/// What a text holds for a purpose, read by these choices.
pub fn table(text: &str, choices: &Choices, purpose: Purpose) -> Table {
    let (read, fault) = match table::read_with(text, choices) {
        Ok(cells) => {
            let reading = Reading::of(&cells, choices, purpose);
            let fault = reading.fault.clone();
            (Some((cells, reading)), fault)
        }
        Err(fault) => (None, fault),
    };
    let decisions = decisions(choices, read.as_ref());
    let most_inputs = purpose.most_inputs;
    let Some((cells, reading)) = read else {
        return Table {
            fault,
            says: String::new(),
            notes: Vec::new(),
            offers: Vec::new(),
            decisions,
            columns: Vec::new(),
            most_inputs,
            rows: 0,
            good: 0,
            skipped: 0,
            bad: Vec::new(),
            preview: None,
        };
    };
    let Examples { examples, bad, .. } = &reading.examples;
    let named = bad.iter().take(MOST_NAMED);
    let mut notes = reading.notes.clone();
    notes.extend(too_long(examples));
    Table {
        fault,
        says: says(&cells, &reading),
        notes,
        offers: reading.doubts.iter().map(doubt).collect(),
        decisions,
        columns: columns(&cells, &reading),
        most_inputs,
        rows: cells.rows(),
        good: examples.len(),
        skipped: bad.len(),
        bad: named.map(|bad| format!("Row {}: {}", bad.row, bad.message)).collect(),
        preview: Some(preview(&cells, &reading)),
    }
}

fn doubt(doubt: &table::Doubt) -> Doubt {
    let [key, value, label] = doubt.offer.clone().unwrap_or_default();
    Doubt { sentence: doubt.sentence.clone(), key, value, label }
}

fn says(table: &Cells, reading: &Reading) -> String {
    let name = |&column: &usize| table.columns()[column].name.clone();
    let x: Vec<String> = reading.inputs.iter().map(name).collect();
    let rows = table.rows();
    let what = if reading.classes { ", as classes" } else { "" };
    let s = if rows == 1 { "" } else { "s" };
    format!("{} row{s}; x is {}; y is {}{what}", count(rows), x.join(", "), name(&reading.target))
}

/// That these examples make a link that cannot be sent everywhere, if they do.
fn too_long(examples: &[(Vec<f64>, f64)]) -> Option<String> {
    let row = |(x, y): &(Vec<f64>, f64)| -> usize {
        x.iter().chain([y]).map(|number| write_number(*number).len() + 1).sum()
    };
    let length: usize = examples.iter().map(row).sum();
    (length > SENDABLE).then(|| {
        format!(
            "The link will be some {} characters long, too long to be sent everywhere. \
             {KEEPS_DATA}",
            count(length)
        )
    })
}

fn decision(
    key: &'static str,
    label: &'static str,
    value: &str,
    options: &[(&str, String)],
) -> Decision {
    let option = |(value, label): &(&str, String)| {
        let [value, label] = [value, label.as_str()].map(str::to_owned);
        DecisionOption { value, label }
    };
    Decision { key, label, value: value.to_owned(), options: options.iter().map(option).collect() }
}

fn automatic(found: &str) -> (&'static str, String) {
    ("", if found.is_empty() { "automatic".to_owned() } else { format!("automatic: {found}") })
}

fn yes_no(value: Option<bool>) -> &'static str {
    match value {
        None => "",
        Some(true) => "yes",
        Some(false) => "no",
    }
}

fn decisions(choices: &Choices, read: Option<&(Cells, Reading)>) -> Vec<Decision> {
    let table = read.map(|(table, _)| table);
    let found = |is_open: bool, what: &dyn Fn(&Cells) -> String| {
        automatic(&table.filter(|_| is_open).map_or_else(String::new, what))
    };
    let mut all = Vec::new();
    let delimiter = choices.delimiter;
    let mut options =
        vec![found(delimiter.is_none(), &|table| table.delimiter().label().to_owned())];
    options.extend(Delimiter::ALL.map(|one| (one.key(), one.label().to_owned())));
    let value = delimiter.map_or("", Delimiter::key);
    all.push(decision("delimiter", "between cells", value, &options));

    let decimal = choices.decimal;
    let mut options = vec![found(decimal.is_none(), &|table| table.decimal().name().to_owned())];
    options.extend(Decimal::ALL.map(|one| (one.name(), one.name().to_owned())));
    all.push(decision("decimal", "decimal mark", decimal.map_or("", Decimal::name), &options));

    let header = choices.header;
    let has = |table: &Cells| if table.has_header() { "yes" } else { "no" }.to_owned();
    let mut options = vec![found(header.is_none(), &has)];
    options.extend(["yes", "no"].map(|one| (one, one.to_owned())));
    all.push(decision("header", "line of names", yes_no(header), &options));

    let numbers: Vec<String> = (0..=MOST_SKIPPED).map(|count| count.to_string()).collect();
    let mut options = vec![found(choices.skip.is_none(), &|table| table.skipped().to_string())];
    options.extend(numbers.iter().map(|number| (number.as_str(), number.clone())));
    let value = choices.skip.map_or(String::new(), |skip| skip.to_string());
    all.push(decision("skip", "lines skipped", &value, &options));

    if table.is_some_and(Cells::has_hashes) {
        let options =
            ["yes", "no"].map(|one| (one, if one == "yes" { "left out" } else { "read" }));
        let options = options.map(|(value, label)| (value, label.to_owned()));
        let value = yes_no(Some(choices.comments.unwrap_or(true)));
        all.push(decision("comments", "lines with #", value, &options));
    }
    if let Some((_, reading)) = read.filter(|(_, reading)| reading.may_choose) {
        let options = ["classes", "values"].map(|one| (one, one.to_owned()));
        let value = if reading.classes { "classes" } else { "values" };
        all.push(decision("as", "y are", value, &options));
    }
    all
}

fn columns(table: &Cells, reading: &Reading) -> Vec<Column> {
    let column = |(at, column): (usize, &table::Column)| Column {
        name: column.name.clone(),
        input: reading.inputs.contains(&at),
        target: at == reading.target,
        words: !column.is_numeric,
    };
    table.columns().iter().enumerate().map(column).collect()
}

fn preview(table: &Cells, reading: &Reading) -> Preview {
    let name = |&column: &usize| table.columns()[column].name.clone();
    let names: Vec<String> = reading.inputs.iter().chain([&reading.target]).map(name).collect();
    let class = |y: f64| reading.examples.classes.get(y as usize).cloned();
    let row = |(x, y): &(Vec<f64>, f64)| -> Vec<String> {
        let named = Some(*y).filter(|_| reading.classes).and_then(class);
        let y = named.unwrap_or_else(|| write_number(*y));
        x.iter().map(|x| write_number(*x)).chain([y]).collect()
    };
    let rows = reading.examples.examples.iter().take(PREVIEW).map(row).collect();
    Preview { names, rows }
}

/// What is left of a long text.
pub fn sample(sampler: Sampler) -> Sample {
    match sampler.finish() {
        Ok(sample) => Sample { text: sample.text(), rows: sample.rows, fault: String::new() },
        Err(fault) => Sample { text: String::new(), rows: 0, fault },
    }
}
