//! Tables as programs write them: those in `fixtures`, made by `generate.py`, and generated ones.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rand_core::{Rng, SeedableRng};
use rand_pcg::Pcg32;
use ravine::data::table::{self, Choices, Purpose, Reading, Table, Target};

/// The numbers of a column, by its name; `None` where a row has none.
fn column(table: &Table, name: &str) -> Option<Vec<f64>> {
    let at = table.columns().iter().position(|column| column.name == name)?;
    let (examples, bad) = table.examples(at, at);
    bad.is_empty().then(|| examples.into_iter().map(|[x, _]| x).collect())
}

#[test]
fn the_default_forms_of_python_pandas_excel_and_r_read_to_the_same_numbers() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/tables/fixtures");
    let numbers = fs::read_to_string(folder.join("numbers.json")).unwrap();
    let numbers: BTreeMap<String, Vec<f64>> = serde_json::from_str(&numbers).unwrap();
    let mut files = 0;
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        if file == "numbers.json" {
            continue;
        }
        files += 1;
        let table = table::read(&fs::read_to_string(&path).unwrap())
            .unwrap_or_else(|fault| panic!("{file}: {fault}"));
        assert!(table.has_header(), "{file}");
        assert_eq!(table.rows(), 40, "{file}");
        assert!(table.columns().iter().all(|column| column.ambiguous.is_none()), "{file}");
        for (name, expected) in &numbers {
            let expected: Vec<f64> = match file.contains("formatted") {
                // What a formatted cell shows has two decimals.
                true => expected.iter().map(|x| format!("{x:.2}").parse().unwrap()).collect(),
                false => expected.clone(),
            };
            assert_eq!(column(&table, name).as_ref(), Some(&expected), "{file}: {name}");
        }
        // What counts the rows is not offered.
        let index: Vec<&str> = (table.columns().iter().filter(|column| column.is_index))
            .map(|column| column.name.as_str())
            .collect();
        let expected = match &*file {
            "pandas_twice.csv" => 2,
            _ if file.starts_with("r_") => 1,
            "pandas.csv" | "pandas_german.csv" => 1,
            _ => 0,
        };
        assert_eq!(index.len(), expected, "{file}: {index:?}");
        let [x, y] = table.suggestion().map(|at| table.columns()[at].name.clone());
        assert_eq!([x, y], ["size", "change"], "{file}");
        let purpose = Purpose { most_inputs: 6, fewest: 2, target: Target::Either(6) };
        let reading = Reading::of(&table, &Choices::default(), purpose);
        assert_eq!(reading.inputs.len(), 3, "{file}");
        assert_eq!(table.columns()[reading.target].name, "price", "{file}");
        assert_eq!(reading.fault, "", "{file}");
    }
    assert_eq!(files, 19);
}

/// How a program writes numbers and rows.
struct Form {
    separator: &'static str,
    decimal: char,
    thousands: Option<char>,
    end: &'static str,
    row_names: bool,
    /// Whether strings are in quotes, the row names with them.
    quotes: bool,
}

const FORMS: [Form; 8] = [
    // Python's csv, Excel in English, Excel in German.
    Form {
        separator: ",",
        decimal: '.',
        thousands: None,
        end: "\r\n",
        row_names: false,
        quotes: false,
    },
    Form {
        separator: ";",
        decimal: ',',
        thousands: None,
        end: "\r\n",
        row_names: false,
        quotes: false,
    },
    // The same with cells formatted, and as text.
    Form {
        separator: ",",
        decimal: '.',
        thousands: Some(','),
        end: "\r\n",
        row_names: false,
        quotes: false,
    },
    Form {
        separator: ";",
        decimal: ',',
        thousands: Some('.'),
        end: "\r\n",
        row_names: false,
        quotes: false,
    },
    Form {
        separator: "\t",
        decimal: '.',
        thousands: None,
        end: "\r\n",
        row_names: false,
        quotes: false,
    },
    // pandas, write.csv and write.csv2.
    Form {
        separator: ",",
        decimal: '.',
        thousands: None,
        end: "\n",
        row_names: true,
        quotes: false,
    },
    Form {
        separator: ",",
        decimal: '.',
        thousands: None,
        end: "\n",
        row_names: true,
        quotes: true,
    },
    Form {
        separator: ";",
        decimal: ',',
        thousands: None,
        end: "\n",
        row_names: true,
        quotes: true,
    },
];

impl Form {
    fn string(&self, text: &str) -> String {
        if self.quotes { format!("\"{text}\"") } else { text.to_owned() }
    }

    fn number(&self, number: f64) -> String {
        let text = number.to_string();
        let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
        let whole = match self.thousands {
            Some(mark) => grouped(whole, mark),
            None => whole.to_owned(),
        };
        let cell = match decimals {
            "" => whole,
            _ => format!("{whole}{}{decimals}", self.decimal),
        };
        if cell.contains(self.separator) { format!("\"{cell}\"") } else { cell }
    }

    fn write(&self, rows: &[[f64; 3]]) -> String {
        let line = |name: &str, cells: [String; 3]| {
            let name = if self.row_names { vec![self.string(name)] } else { vec![] };
            let cells: Vec<String> = name.into_iter().chain(cells).collect();
            cells.join(self.separator) + self.end
        };
        let mut text = line("", ["a", "b", "c"].map(|name| self.string(name)));
        for (at, row) in rows.iter().enumerate() {
            let first = usize::from(self.quotes);
            text += &line(&(at + first).to_string(), row.map(|x| self.number(x)));
        }
        text
    }
}

/// Digits in groups of three, with a sign perhaps.
fn grouped(digits: &str, mark: char) -> String {
    let (sign, digits) = digits.split_at(usize::from(digits.starts_with('-')));
    let mut out = sign.to_owned();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(mark);
        }
        out.push(digit);
    }
    out
}

#[test]
fn generated_tables_read_to_the_same_numbers_in_every_form_or_are_asked_about() {
    let mut random = Pcg32::seed_from_u64(5);
    let [mut asked, mut plain] = [0, 0];
    for _ in 0..500 {
        // Each column has its own size and number of decimals.
        let kinds = [(); 3].map(|()| (random.next_u32() % 8, random.next_u32() % 5));
        let count = 2 + random.next_u32() as usize % 12;
        let mut row = || {
            kinds.map(|(digits, decimals)| {
                let whole = f64::from(random.next_u32() % 10_u32.pow(digits + 1));
                let fraction = f64::from(random.next_u32() % 10_u32.pow(decimals));
                let sign = if random.next_u32().is_multiple_of(4) { -1.0 } else { 1.0 };
                sign * (whole + fraction / 10_f64.powi(decimals as i32))
            })
        };
        let rows: Vec<[f64; 3]> = (0..count).map(|_| row()).collect();
        for (at, form) in FORMS.iter().enumerate() {
            let text = form.write(&rows);
            let table = table::read(&text).unwrap_or_else(|fault| panic!("{fault}\n{text}"));
            let is_asked = table.columns().iter().any(|column| column.ambiguous.is_some());
            for (column_at, name) in ["a", "b", "c"].into_iter().enumerate() {
                let expected: Vec<f64> = rows.iter().map(|row| row[column_at] + 0.0).collect();
                let found = column(&table, name);
                assert!(
                    is_asked || found.as_ref() == Some(&expected),
                    "form {at}: {found:?}\n{text}"
                );
            }
            asked += usize::from(is_asked);
            plain += usize::from(!is_asked);
        }
    }
    assert!(plain > 3_000 && asked < 700, "{plain} plain, {asked} asked about");
}
