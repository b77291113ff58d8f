//! A table as it was read, as the page is told: what was decided, what else can be, and the first
//! rows as numbers.

use super::json::{Json, json};
use crate::data::table::{
    self, Choices, Decimal, Delimiter, Examples, Purpose, Reading, Sampler, Table,
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

/// What a text holds for a purpose, read by these choices.
pub fn table(text: &str, choices: &Choices, purpose: Purpose) -> Json {
    let read = table::read_with(text, choices);
    let (reading, fault) = match &read {
        Ok(table) => {
            let reading = Reading::of(table, choices, purpose);
            let fault = reading.fault.clone();
            (Some((table, reading)), fault)
        }
        Err(fault) => (None, fault.clone()),
    };
    let told = reading.as_ref();
    let examples = told.map(|(_, reading)| &reading.examples);
    let [good, bad] =
        examples.map_or([0, 0], |examples| [examples.examples.len(), examples.bad.len()]);
    let named: Vec<String> = examples.map_or_else(Vec::new, |examples| {
        let named = examples.bad.iter().take(MOST_NAMED);
        named.map(|bad| format!("Row {}: {}", bad.row, bad.message)).collect()
    });
    let mut notes = told.map_or_else(Vec::new, |(_, reading)| reading.notes.clone());
    notes.extend(examples.and_then(too_long));
    let offers: Vec<Json> = told.map_or_else(Vec::new, |(_, reading)| {
        let offer = |doubt: &table::Doubt| {
            let [key, value, label] = doubt.offer.clone().unwrap_or_default();
            json!({ "sentence": doubt.sentence.clone(), "key": key, "value": value, "label": label })
        };
        reading.doubts.iter().map(offer).collect()
    });
    let rows = told.map_or(0, |(table, _)| table.rows());
    json!({
        "fault": fault,
        "says": told.map_or_else(String::new, |(table, reading)| says(table, reading)),
        "notes": notes,
        "offers": offers,
        "decisions": decisions(choices, told),
        "columns": told.map_or_else(Vec::new, |(table, reading)| columns(table, reading)),
        "mostInputs": purpose.most_inputs,
        "rows": rows,
        "good": good,
        "skipped": bad,
        "bad": named,
        "preview": told.map_or(Json::Null, |(table, reading)| preview(table, reading)),
    })
}

fn says(table: &Table, reading: &Reading) -> String {
    let name = |&column: &usize| table.columns()[column].name.clone();
    let x: Vec<String> = reading.inputs.iter().map(name).collect();
    let rows = table.rows();
    let what = if reading.classes { ", as classes" } else { "" };
    let s = if rows == 1 { "" } else { "s" };
    format!("{} row{s}; x is {}; y is {}{what}", count(rows), x.join(", "), name(&reading.target))
}

/// That these examples make a link that cannot be sent everywhere, if they do.
fn too_long(examples: &Examples) -> Option<String> {
    let row = |(x, y): &(Vec<f64>, f64)| -> usize {
        x.iter().chain([y]).map(|number| write_number(*number).len() + 1).sum()
    };
    let length: usize = examples.examples.iter().map(row).sum();
    (length > SENDABLE).then(|| {
        format!(
            "The link will be some {} characters long, too long to be sent everywhere. This page \
             keeps the data; send the file beside the link.",
            count(length)
        )
    })
}

/// One choice that can be made: its key, its label, what is chosen, and what can be. An empty value
/// leaves it to the evidence.
fn decision(
    key: &'static str,
    label: &'static str,
    value: &str,
    options: &[(&str, String)],
) -> Json {
    let options: Vec<Json> = (options.iter())
        .map(|(value, label)| json!({ "value": (*value).to_owned(), "label": label.clone() }))
        .collect();
    json!({ "key": key, "label": label, "value": value.to_owned(), "options": options })
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

fn decisions(choices: &Choices, told: Option<&(&Table, Reading)>) -> Vec<Json> {
    let table = told.map(|(table, _)| *table);
    let found = |is_open: bool, what: &dyn Fn(&Table) -> String| {
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
    let has = |table: &Table| if table.has_header() { "yes" } else { "no" }.to_owned();
    let mut options = vec![found(header.is_none(), &has)];
    options.extend(["yes", "no"].map(|one| (one, one.to_owned())));
    all.push(decision("header", "line of names", yes_no(header), &options));

    let numbers: Vec<String> = (0..=MOST_SKIPPED).map(|count| count.to_string()).collect();
    let mut options = vec![found(choices.skip.is_none(), &|table| table.skipped().to_string())];
    options.extend(numbers.iter().map(|number| (number.as_str(), number.clone())));
    let value = choices.skip.map_or(String::new(), |skip| skip.to_string());
    all.push(decision("skip", "lines skipped", &value, &options));

    if table.is_some_and(Table::has_hashes) {
        let options =
            ["yes", "no"].map(|one| (one, if one == "yes" { "left out" } else { "read" }));
        let options = options.map(|(value, label)| (value, label.to_owned()));
        let value = yes_no(Some(choices.comments.unwrap_or(true)));
        all.push(decision("comments", "lines with #", value, &options));
    }
    if let Some((_, reading)) = told.filter(|(_, reading)| reading.may_choose) {
        let options = ["classes", "values"].map(|one| (one, one.to_owned()));
        let value = if reading.classes { "classes" } else { "values" };
        all.push(decision("as", "y are", value, &options));
    }
    all
}

fn columns(table: &Table, reading: &Reading) -> Vec<Json> {
    let column = |(at, column): (usize, &table::Column)| {
        let role = if at == reading.target { "y" } else { "" };
        json!({
            "name": column.name.clone(),
            "input": reading.inputs.contains(&at),
            "target": role == "y",
            "words": !column.is_numeric,
        })
    };
    table.columns().iter().enumerate().map(column).collect()
}

/// The first rows as they will be taken: x and y, classes by their names.
fn preview(table: &Table, reading: &Reading) -> Json {
    let name = |&column: &usize| table.columns()[column].name.clone();
    let names: Vec<String> = reading.inputs.iter().chain([&reading.target]).map(name).collect();
    let class = |y: f64| reading.examples.classes.get(y as usize).cloned();
    let row = |(x, y): &(Vec<f64>, f64)| -> Vec<String> {
        let named = Some(*y).filter(|_| reading.classes).and_then(class);
        let y = named.unwrap_or_else(|| write_number(*y));
        x.iter().map(|x| write_number(*x)).chain([y]).collect()
    };
    let rows: Vec<Json> =
        reading.examples.examples.iter().take(PREVIEW).map(|one| Json::from(row(one))).collect();
    json!({ "names": names, "rows": rows })
}

/// What is left of a long text: `text`, the `rows` it had, or a `fault`.
pub fn sample(sampler: Sampler) -> Json {
    let (text, rows, fault) = match sampler.finish() {
        Ok(sample) => (sample.text(), sample.rows, String::new()),
        Err(fault) => (String::new(), 0, fault),
    };
    json!({ "text": text, "rows": rows, "fault": fault })
}
