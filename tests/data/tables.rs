//! Whatever is pasted or dropped becomes a table, or a sentence that says why not.

mod fixtures;
mod reading;

use rand_core::{Rng, SeedableRng};
use rand_pcg::Pcg32;
use ravine::data::table::{
    self, BadRow, MAX_COORDINATE, MOST_BYTES, MOST_COLUMNS, MOST_ROWS, Table,
};
use ravine::labs::link;

/// The examples of the suggested columns, where every row has one.
fn examples(text: &str) -> Vec<[f64; 2]> {
    let table = table::read(text).unwrap_or_else(|error| panic!("{text:?}: {error}"));
    let [x, y] = table.suggestion();
    let (examples, bad) = table.examples(x, y);
    assert!(bad.is_empty(), "{text:?}: {bad:?}");
    examples
}

/// What is said about the rows of the first two columns that give no example.
fn complaints(text: &str) -> Vec<String> {
    let table = table::read(text).unwrap_or_else(|error| panic!("{text:?}: {error}"));
    table.examples(0, 1).1.iter().map(BadRow::to_string).collect()
}

fn names(table: &Table) -> Vec<String> {
    table.columns().iter().map(|column| column.name.clone()).collect()
}

fn columns(text: &str) -> Vec<String> {
    let table = table::read(text).unwrap_or_else(|error| panic!("{text:?}: {error}"));
    names(&table)
}

#[test]
fn the_separator_and_the_decimal_mark_are_found() {
    for text in [
        "1.5,2.5\n3,-4",
        "1.5, 2.5\n3, -4",
        "1.5;2.5\n3;-4",
        "1,5;2,5\n3;-4",
        "1,5 ; 2,5\n3 ; -4",
        "1.5\t2.5\n3\t-4",
        "1,5\t2,5\n3\t-4",
        "1.5 2.5\n3 -4",
        "1,5 2,5\n3,0 -4,0",
        "  1.5    2.5\n  3     -4",
        "1.5 \t 2.5\n3   -4",
        "\"1.5\",\"2.5\"\n\"3\",\"-4\"",
        "\"1,5\",\"2,5\"\n\"3\",\"-4\"",
        "\"1.5\", \"2.5\"\n\"3\", \"-4\"",
        "\"1,5\" \"2,5\"\n\"3\" \"-4\"",
        "15e-1,+2.5\n.3e1,-4.",
    ] {
        assert_eq!(examples(text), [[1.5, 2.5], [3.0, -4.0]], "{text:?}");
    }
}

#[test]
fn one_row_of_two_numbers_is_a_table() {
    for text in ["1,5;2,5", "1,5\t2,5", "1,5 2,5", "1.5, 2.5", "1.5 2.5", "x;y\n1.5;2.5"] {
        assert_eq!(examples(text), [[1.5, 2.5]], "{text:?}");
    }
}

#[test]
fn decimal_commas_of_three_digits_do_not_make_a_comma_the_separator() {
    assert_eq!(examples("0,125 100,5\n0,250 200,5"), [[0.125, 100.5], [0.25, 200.5]]);
}

#[test]
fn text_beside_the_numbers_does_not_hide_the_separator() {
    for text in [
        "New York, 1, 2\nSan Juan, 3, 4",
        "New York;1;2\nSan Juan;3;4",
        "a, b;1;2\nc, d;3;4",
        "\"York, New\",1,2\n\"Juan, San\",3,4",
        "York, New\t1\t2\nJuan, San\t3\t4",
        "2024-01-01 10:00,1,2\n2024-01-01 11:00,3,4",
        "2024 05 01,1,2\n2024 05 02,3,4",
        "a b c d 1 2\na b c d 3 4",
    ] {
        let table = table::read(text).unwrap();
        let width = table.columns().len();
        assert_eq!(table.suggestion(), [width - 2, width - 1], "{text:?}");
        assert_eq!(examples(text), [[1.0, 2.0], [3.0, 4.0]], "{text:?}");
    }
}

#[test]
fn every_end_of_line_and_a_byte_order_mark_are_understood() {
    for end in ["\n", "\r\n", "\r"] {
        let text = ["\u{feff}\"x\",y", "1,2", "", "# 7,7", "3,4", ""].join(end);
        let table = table::read(&text).unwrap();
        assert_eq!(names(&table), ["x", "y"]);
        assert_eq!(table.examples(0, 1).0, [[1.0, 2.0], [3.0, 4.0]]);
        assert_eq!(complaints(&text.replace('3', "c")), ["Row 5: “c” is not a number."]);
    }
}

#[test]
fn blank_lines_comments_and_empty_cells_at_the_edge_are_no_rows_and_no_columns() {
    let text = "# made by hand\n\n1,2,,\n   \n,,,\n#3,\"\n3,4,,\n\n";
    let table = table::read(text).unwrap();
    assert_eq!((table.rows(), table.columns().len()), (2, 2));
    assert_eq!(examples("1,2\t\n3,4\t\n"), [[1.0, 2.0], [3.0, 4.0]]);
}

#[test]
fn minus_signs_and_blanks_of_typesetters_are_understood() {
    let text = "\u{2212}1\u{2009};\u{a0}2\n \u{2212}0;\u{202f}\u{2212}4,5e\u{2212}1";
    let examples = examples(text);
    assert_eq!(examples, [[-1.0, 2.0], [0.0, -0.45]]);
    assert!(examples[1][0].is_sign_positive());
}

#[test]
fn a_header_has_a_word_above_numbers() {
    for (text, names) in [
        ("x,y\n1,2\n3,4", ["x", "y"]),
        ("x,2020\n1,2\n3,4", ["x", "2020"]),
        (",y\n1,2\n3,4", ["column 1", "y"]),
        ("\"size (m²)\" \"price\"\n1,5 2,5", ["size (m²)", "price"]),
        ("\"size\nin m²\",\"a \"\"price\"\"\"\n1,2", ["size in m²", "a \"price\""]),
        ("My data\nx,y\n1,2\n3,4", ["x", "y"]),
        ("x,y\nm,kg\n1,2\n3,4\n5,6", ["x", "y"]),
    ] {
        assert!(table::read(text).unwrap().has_header(), "{text:?}");
        assert_eq!(columns(text), names, "{text:?}");
    }
    for text in ["1,2\n3,4", ",2\n3,4", "NaN,2\n3,4", "1e10,2\n3,4", "1.234,5;2\n3;4", "1,2"] {
        assert!(!table::read(text).unwrap().has_header(), "{text:?}");
        assert_eq!(columns(text), ["column 1", "column 2"], "{text:?}");
    }
}

#[test]
fn a_word_above_words_is_no_header() {
    let table = table::read("Ann,1,2\nBob,3,4").unwrap();
    assert!(!table.has_header());
    assert_eq!(table.rows(), 2);
}

#[test]
fn row_names_as_r_writes_them_have_no_name() {
    let text = "\"size\" \"price\"\n\"1\" 0.5 7\n\"2\" 0.6 8\n";
    assert_eq!(columns(text), ["column 1", "size", "price"]);
    assert_eq!(table::read(text).unwrap().rows(), 2);
}

#[test]
fn long_names_are_cut_short() {
    let text = format!("{},y\n1,2", "x".repeat(10_000));
    assert_eq!(columns(&text)[0], "x".repeat(40) + "…");
}

#[test]
fn the_first_two_columns_of_numbers_are_suggested() {
    for (text, suggestion) in [
        ("1,2,3\n4,5,6", [0, 1]),
        ("a,1,b,2\nc,3,d,4", [1, 3]),
        ("a,b,1,2,3\na,b,1,2,3", [2, 3]),
        ("a,1,9\nb,2,c\n3,4,d\ne,5,8\nf,6,7", [1, 2]),
        ("a,1,b\n2,3,c\nd,4,5\ne,6,7", [1, 2]),
        ("3,4,5\na,1,2", [1, 2]),
        ("1,,2\n3,,4\n5,6,7", [0, 1]),
    ] {
        assert_eq!(table::read(text).unwrap().suggestion(), suggestion, "{text:?}");
    }
}

#[test]
fn bad_rows_are_named_by_their_line_and_say_what_is_wrong() {
    for (row, complaint) in [
        ("abc;1", "Row 5: “abc” is not a number."),
        ("1;abc", "Row 5: “abc” is not a number."),
        ("nan;1", "Row 5: “nan” is not a number."),
        ("1 2;1", "Row 5: “1 2” is not a number."),
        ("5 cm;1", "Row 5: “5 cm” is not a number."),
        ("1.2.2024;1", "Row 5: “1.2.2024” is not a number."),
        (",234,567;1", "Row 5: “,234,567” is not a number."),
        ("1.234,5kg;1", "Row 5: “1.234,5kg” is not a number."),
        (";1", "Row 5: “size” is empty."),
        ("1; ", "Row 5: “price” is empty."),
        ("1", "Row 5: only 1 column, where most rows have 2."),
        ("1;2;3", "Row 5: 3 columns, where most rows have 2."),
        ("1,23,456;1", "Row 5: “1,23,456” is not a number."),
        ("NA;1", "Row 5: “NA” is not a number."),
        ("2e9;1", "Row 5: “2e9” does not lie between −1000000000 and 1000000000."),
        ("1;-1e999", "Row 5: “-1e999” does not lie between −1000000000 and 1000000000."),
        ("inf;1", "Row 5: “inf” does not lie between −1000000000 and 1000000000."),
    ] {
        let text = format!("size;price\n1;2\n# a comment\n\n{row}\n3;4\n5;6\n");
        assert_eq!(complaints(&text), [complaint], "{text:?}");
        assert_eq!(table::read(&text).unwrap().rows(), 4, "{text:?}");
    }
}

#[test]
fn the_largest_numbers_of_a_table_are_those_of_a_link() {
    assert_eq!(MAX_COORDINATE, link::MAX_COORDINATE);
    assert_eq!(examples("1e9,-1e9"), [[MAX_COORDINATE, -MAX_COORDINATE]]);
    assert_eq!(complaints("1000000000.1,1").len(), 1);
}

#[test]
fn a_comma_between_digits_is_a_separator_where_commas_are() {
    assert_eq!(complaints("1,2\n1,234.5,2\n3,4"), ["Row 2: 3 columns, where most rows have 2."]);
    assert_eq!(examples("1,234.5\n3,4"), [[1.0, 234.5], [3.0, 4.0]]);
}

#[test]
fn only_the_columns_that_are_asked_for_are_looked_at() {
    let table = table::read("5,6,7\n3,b,4\n1,2,a").unwrap();
    let rows = |x, y| {
        let (examples, bad) = table.examples(x, y);
        (examples, bad.iter().map(|bad| bad.row).collect::<Vec<_>>())
    };
    assert_eq!(rows(0, 1), (vec![[5.0, 6.0], [1.0, 2.0]], vec![2]));
    assert_eq!(rows(2, 0), (vec![[7.0, 5.0], [4.0, 3.0]], vec![3]));
    assert_eq!(rows(0, 0), (vec![[5.0; 2], [3.0; 2], [1.0; 2]], vec![]));
    assert_eq!(rows(0, 3), (vec![], vec![1, 2, 3]));
}

#[test]
fn line_breaks_in_quotes_do_not_put_the_line_numbers_out() {
    let text = "note,x,y\n\"two\nlines\",1,2\n\"three\n\n# lines\",3,4\nd,e,5\n";
    let table = table::read(text).unwrap();
    assert_eq!(table.suggestion(), [1, 2]);
    let (examples, bad) = table.examples(1, 2);
    assert_eq!(examples, [[1.0, 2.0], [3.0, 4.0]]);
    assert_eq!(bad, [BadRow { row: 7, message: "“e” is not a number".to_owned() }]);
}

#[test]
fn what_is_no_table_is_answered_with_a_sentence() {
    let needed = "Two columns are needed: put a tab, a semicolon, a comma or a blank between the \
                  cells of each row.";
    let none = "There are no numbers in the table.";
    let wide = ["1"; MOST_COLUMNS + 1].join(",");
    let unequal = |rows: &str| {
        format!("More than half of the rows must have the same number of cells: {rows}.")
    };
    for (text, sentence) in [
        ("", "The table is empty."),
        ("\u{feff}\r\n \r\n# nothing\r\n", "The table is empty."),
        ("1\n2\n3", needed),
        ("x\n\n1\n", needed),
        ("1,2\n3\n4,5,6", &unequal("row 1 has 2 cells, row 2 has 1 (separator: comma)")),
        ("1 2 3\n4 5\n", &unequal("row 1 has 3 cells, row 2 has 2 (separator: blanks)")),
        ("1\n\n2\t3", &unequal("row 1 has 1 cell, row 3 has 2 (separator: tab)")),
        (";;;\n;;;", needed),
        ("x,y", none),
        ("To be or\nnot to be", none),
        ("1,2\n\"3,4\n5,6", "A quote is opened in row 2 and never closed."),
        ("\"x,y\n1,2\n3,4", "A quote is opened in row 1 and never closed."),
        ("PK\u{3}\u{4}\0\0,\n", "This is not a plain text: save the table as CSV in UTF-8."),
        (&wide, "The table has more than 100 columns."),
        (&"1,2\n".repeat(MOST_BYTES / 4 + 1), "The table is larger than 4 MB."),
    ] {
        let start: String = text.chars().take(40).collect();
        assert_eq!(table::read(text).err().as_deref(), Some(sentence), "{start:?}");
    }
}

#[test]
fn a_table_may_be_as_large_as_is_said() {
    assert_eq!(examples(&("x,y\n".to_owned() + &"1,2\n".repeat(MOST_ROWS))).len(), MOST_ROWS);
    assert_eq!(columns(&["1"; MOST_COLUMNS].join(",")).len(), MOST_COLUMNS);
    assert_eq!(columns(&format!("1,2{0}\n3,4{0}\n", ",".repeat(1_000))).len(), 2);
    let long = format!("1,2\n{},4\n", "3".repeat(MOST_BYTES - 10));
    assert_eq!(complaints(&long).len(), 1);
}

/// A text that is often nearly a table: rows of about as many cells, most of them numbers, with
/// now and then something else.
fn random_text(random: &mut Pcg32) -> String {
    const SEPARATORS: [&str; 7] = [",", ";", "\t", " ", ", ", "; ", "  "];
    const ENDS: [&str; 5] = ["\n", "\r\n", "\r", "\n\n", "\n\r"];
    const ODD: &str = "\"|\"\"|\"1\"|\"a,b\"|\"1;\n2\"|\"\"\"|'|#|# 1,2|\n|\r|,|;|\t| ||−|-|+|1e|e5|\
                       1e309|1e-400|inf|nan|NA|1.234,5|1,234,567|1 234|1'234|12:30|\u{feff}|\
                       \u{2009}|é|数|𝒙|\u{301}|%|x y";
    let odd: Vec<_> = ODD.split('|').collect();
    let mut below = |n: u32| random.next_u32() % n;
    let separator = SEPARATORS[below(7) as usize];
    let end = ENDS[below(5) as usize];
    let mark = [".", ","][below(2) as usize];
    let columns = 1 + below(4);
    let rarity = [2, 8, 50, 1_000][below(4) as usize];
    let mut text = String::new();
    if below(2) == 0 {
        let names: Vec<_> =
            (0..columns).map(|column| ["x", "y", "\"z\"", "size"][column as usize]).collect();
        text += &(names.join(separator) + end);
    }
    for _ in 0..below(8) {
        for column in 0..columns + u32::from(below(20) == 0) {
            if column > 0 {
                text += separator;
            }
            if below(rarity) > 0 {
                let sign = ["", "", "-", "−", "+"][below(5) as usize];
                text += &format!("{sign}{}{mark}{}", below(2_000), below(100));
            } else {
                match below(200) {
                    0 => text.push('\0'),
                    1 => {
                        text +=
                            &["1", "x", "\"\"", "数"][below(4) as usize].repeat(below(400) as usize)
                    }
                    2 => text.extend(char::from_u32(below(0x11_0000))),
                    _ => text += odd[below(odd.len() as u32) as usize],
                }
            }
        }
        if below(rarity) == 0 {
            text += separator;
        }
        text += end;
    }
    text
}

/// Checks what holds of every table and of any two columns of it.
fn assert_sound(table: &Table, x: usize, y: usize, lines: usize) -> usize {
    let (examples, bad) = table.examples(x, y);
    assert_eq!(examples.len() + bad.len(), table.rows());
    assert!(examples.iter().flatten().all(|number| number.abs() <= MAX_COORDINATE));
    assert!(bad.is_sorted_by(|one, next| one.row < next.row));
    for bad in &bad {
        assert!((1..=lines).contains(&bad.row));
        assert!(!bad.message.is_empty() && !bad.message.contains(char::is_control));
    }
    examples.len()
}

#[test]
fn a_hundred_thousand_random_texts_become_sound_tables_or_sentences() {
    let mut random = Pcg32::seed_from_u64(1);
    let [mut tables, mut taken, mut skipped] = [0, 0, 0];
    for _ in 0..100_000 {
        let text = random_text(&mut random);
        let lines = text.replace("\r\n", "\n").split(['\n', '\r']).count();
        match table::read(&text) {
            Ok(table) => {
                let [x, y] = table.suggestion();
                let width = table.columns().len();
                assert!(x < y && y < width && table.rows() > 0, "{text:?}");
                let examples = assert_sound(&table, x, y, lines);
                assert_sound(&table, width - 1, 0, lines);
                tables += 1;
                taken += examples;
                skipped += table.rows() - examples;
            }
            Err(sentence) => {
                assert!(
                    sentence.ends_with('.') && !sentence.contains(char::is_control),
                    "{text:?}"
                );
            }
        }
    }
    // Neither side is spared by the generator.
    assert!((40_000..80_000).contains(&tables), "{tables}");
    assert!(taken > 100_000 && skipped > 20_000, "{taken} and {skipped}");
}

#[test]
fn typeset_tables_are_read_without_their_rules() {
    let rows = [[1.0, 2.0], [3.5, -5.0], [4.0, 7.0]];
    for text in [
        "| x | y |\n|---|---:|\n| 1 | 2 |\n| 3.5 | -5 |\n| 4 | 7 |\n",
        "x | y\n:-: | ---\n1 | 2\n3.5 | -5\n4 | 7",
        "+---+----+\n| x | y  |\n+===+====+\n| 1 | 2  |\n|3.5| -5 |\n| 4 | 7  |\n+---+----+",
        " x | y \n---+----\n 1 |  2\n 3.5 | -5\n 4 |  7",
        "1 & 2 \\\\\n3.5 & -5 \\\\\n4 & 7 \\\\",
        "\\begin{tabular}{cc}\n\\toprule\n\\textbf{x} & $y$ \\\\ \\midrule\n1 & 2 \\\\\n$3.5$ & $-5$ \
         \\\\\n4 & 7 \\\\\n\\bottomrule\n\\end{tabular}",
        "\\begin{bmatrix} 1 & 2 \\\\ 3.5 & -5 \\\\ 4 & 7 \\end{bmatrix}",
    ] {
        assert_eq!(examples(text), rows, "{text}");
    }
    // What psql counts below is a row that is named, and a line of dashes elsewhere is not taken away.
    assert_eq!(
        complaints(" x | y \n---+---\n 1 | 2\n 3 | 4\n(2 rows)"),
        ["Row 5: only 1 column, where most rows have 2."]
    );
    assert_eq!(complaints("1 2\n--- ---\n3 4").len(), 1);
    assert_eq!(columns("| weight | height |\n|---|---|\n| 1 | 2 |"), ["weight", "height"]);
}
