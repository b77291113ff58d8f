//! What is decided of a table, what stays in doubt, and how it can be decided otherwise.

use ravine::data::table::{self, Choices, MOST_ROWS, Purpose, Reading, Sampler, Table, Target};

const POINTS: Purpose = Purpose { most_inputs: 1, fewest: 1, target: Target::Values };
const LABELS: Purpose = Purpose { most_inputs: 1, fewest: 1, target: Target::Labels };
const NETS: Purpose = Purpose { most_inputs: 6, fewest: 2, target: Target::Either(6) };

fn with(text: &str, choices: &str, purpose: Purpose) -> (Table, Reading) {
    let choices = Choices::parse(choices);
    let table =
        table::read_with(text, &choices).unwrap_or_else(|fault| panic!("{text:?}: {fault}"));
    let reading = Reading::of(&table, &choices, purpose);
    (table, reading)
}

/// The examples [x, y] of a table that can be taken as it is.
fn points(text: &str) -> Vec<[f64; 2]> {
    let (_, reading) = with(text, "", POINTS);
    assert_eq!(reading.fault, "", "{text:?}");
    assert!(reading.examples.bad.is_empty(), "{text:?}: {:?}", reading.examples.bad);
    reading.examples.examples.iter().map(|(x, y)| [x[0], *y]).collect()
}

fn classes(text: &str, purpose: Purpose) -> (Vec<f64>, Vec<String>) {
    let (_, reading) = with(text, "", purpose);
    assert_eq!(reading.fault, "", "{text:?}");
    let y = reading.examples.examples.iter().map(|(_, y)| *y).collect();
    (y, reading.examples.classes)
}

#[test]
fn a_column_is_read_as_a_whole() {
    let houses = "area,price\n2600,\"550,000\"\n3000,\"565,000\"\n3200,\"1,010,000\"\n";
    assert_eq!(points(houses), [[2600.0, 550_000.0], [3000.0, 565_000.0], [3200.0, 1_010_000.0]]);
    assert_eq!(points("730,\"2,190\"\n143,766\n"), [[730.0, 2190.0], [143.0, 766.0]]);
    assert_eq!(points("85,5;1.250\n60,25;950\n"), [[85.5, 1250.0], [60.25, 950.0]]);
    assert_eq!(points("85.5;1,250\n60.25;950\n"), [[85.5, 1250.0], [60.25, 950.0]]);
}

#[test]
fn what_nothing_in_the_table_shows_is_asked_and_can_be_decided() {
    let text = "730,\"2,190\"\n143,766\n";
    let (_, reading) = with(text, "", POINTS);
    let [doubt] = &reading.doubts[..] else { panic!("{:?}", reading.doubts) };
    assert!(doubt.sentence.contains("“2,190” in “column 2” is read as 2190"), "{doubt:?}");
    assert_eq!(doubt.offer.as_ref().unwrap()[..2], ["decimal", "comma"]);
    let (_, reading) = with(text, "decimal=comma", POINTS);
    assert_eq!(reading.examples.examples[0], (vec![730.0], 2.19));
    assert!(reading.doubts.is_empty());
}

#[test]
fn columns_that_count_the_rows_are_left_out_unless_chosen() {
    let rows = "1,4,2\n2,4,10\n3,7,4\n";
    for header in [
        ",speed,dist",
        "\"\",\"speed\",\"dist\"",
        "Unnamed: 0,speed,dist",
        "rownames,speed,dist",
        "n,speed,dist",
    ] {
        let text = format!("{header}\n{rows}");
        assert_eq!(points(&text), [[4.0, 2.0], [4.0, 10.0], [7.0, 4.0]], "{header}");
        let (table, reading) = with(&text, "", NETS);
        assert_eq!((reading.inputs.clone(), reading.target), (vec![1], 2), "{header}");
        assert!(reading.notes[0].contains("counts or names the rows"), "{:?}", reading.notes);
        assert_eq!(table.columns().len(), 3);
        assert_eq!(with(&text, "x=0,1&y=2", NETS).1.inputs, [0, 1]);
        assert_eq!(with(&text, "x=0&y=1", POINTS).1.examples.examples[2], (vec![3.0], 7.0));
    }
    // Where there is nothing else, a count is an x.
    assert_eq!(points("day,dist\n1,2\n2,10\n3,4\n"), [[1.0, 2.0], [2.0, 10.0], [3.0, 4.0]]);
}

#[test]
fn cells_that_do_not_fit_the_headings_are_said_and_decimal_commas_are_offered() {
    let text = "x,y\n1,5,2,3\n2,25,3,125\n";
    let (_, reading) = with(text, "", POINTS);
    assert_eq!(
        reading.fault,
        "4 cells stand under 2 headings: are the commas between digits decimal marks?"
    );
    assert_eq!(reading.doubts[0].offer.as_ref().unwrap()[..2], ["delimiter", "commas"]);
    let (_, reading) = with(text, "delimiter=commas", POINTS);
    assert_eq!(reading.fault, "");
    assert_eq!(reading.examples.examples, [(vec![1.5], 2.3), (vec![2.25], 3.125)]);
    let (_, reading) = with("x,y\n1,5,2\n4,5,3\n", "", POINTS);
    assert!(reading.fault.starts_with("3 cells stand under 2 headings"), "{}", reading.fault);
}

#[test]
fn titles_comments_and_the_line_of_the_separator_are_no_rows() {
    for (text, note) in [
        ("sep=;\nx;y\n1;2\n3;4\n", ""),
        ("Report;;\n;;\nx;y\n1;2\n3;4\n", "Skipped above the table: line 1."),
        ("# by hand\nx,y\n1,2\n# more\n3,4\n", "Left out, since they begin with #: lines 1, 4."),
        ("# x y\n1 2\n3 4\n", ""),
    ] {
        let (table, reading) = with(text, "", POINTS);
        assert_eq!(points(text), [[1.0, 2.0], [3.0, 4.0]], "{text:?}");
        let names: Vec<&str> = table.columns().iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names[..2], ["x", "y"], "{text:?}");
        assert_eq!(reading.notes.first().map_or("", |note| note), note, "{text:?}");
    }
    let (table, _) = with("1,2\n#3,4\n5,6\n", "comments=no", POINTS);
    assert_eq!(table.rows(), 3);
    assert_eq!(with("a,b\nc,d\n1,2\n", "skip=1", POINTS).0.columns()[0].name, "c");
    assert_eq!(with("2019,2020\n1,2\n3,4\n", "header=yes", POINTS).0.columns()[1].name, "2020");
    assert_eq!(with("x,y\n1,2\n", "header=no", POINTS).0.rows(), 2);
}

#[test]
fn ragged_rows_above_the_header_are_told_as_skipped_and_not_as_rows_of_it() {
    for (above, skipped) in [
        ("Measured, 1\n", "line 1"),
        ("Run,2024\n", "line 1"),
        ("2024\n", "line 1"),
        ("a,b\n1\n", "lines 1, 2"),
        ("By me\n\nfoo,bar\n", "lines 1, 3"),
        ("title,a,b,c,d\n", "line 1"),
    ] {
        let text = format!("{above}x,y,z\n1,2,3\n3,4,6\n5,7,8\n");
        let (table, reading) = with(&text, "", POINTS);
        assert_eq!(points(&text), [[1.0, 2.0], [3.0, 4.0], [5.0, 7.0]], "{text:?}");
        let names: Vec<&str> = table.columns().iter().map(|one| one.name.as_str()).collect();
        assert_eq!((names, table.rows()), (vec!["x", "y", "z"], 3), "{text:?}");
        assert_eq!(reading.notes, [format!("Skipped above the table: {skipped}.")], "{text:?}");
    }
    // Between blanks a title is cut as the rows are, with a header below it and without.
    for names in ["x y\n", ""] {
        let text = format!("temperature of the bath\n{names}1 2\n3 4\n");
        assert_eq!(points(&text), [[1.0, 2.0], [3.0, 4.0]], "{text:?}");
        assert_eq!(with(&text, "", POINTS).1.notes, ["Skipped above the table: line 1."]);
    }
    // Which of too many names are those of the columns cannot be known.
    let (_, reading) = with("x,y,z,w\n1,2,3\n3,4,6\n5,7,8\n", "", POINTS);
    assert_eq!(
        reading.fault,
        "3 cells stand under 4 headings: leave out those that name no column, or choose how the \
         table is to be read."
    );
    assert_eq!(with("x,y,z,w\n1,2,3\n3,4,6\n", "header=no", POINTS).1.fault, "");
}

#[test]
fn lists_in_brackets_are_rows() {
    for text in [
        "[[1, 2], [2, 4]]",
        "(1, 2)\n(2, 4)\n",
        "[(1, 2),\n (2, 4)]",
        "[[1. 2.]\n [2. 4.]]",
        "array([[1, 2],\n       [2, 4]])",
        "data = [[1, 2], [2, 4]]",
        "[1 2; 2 4]",
    ] {
        assert_eq!(points(text), [[1.0, 2.0], [2.0, 4.0]], "{text:?}");
    }
}

#[test]
fn words_and_few_whole_numbers_become_classes_that_keep_their_names() {
    let passed = "hours,passed\n0.5,no\n4,yes\n1,no\n5,yes\n";
    for purpose in [NETS, LABELS] {
        let (y, names) = classes(passed, purpose);
        assert_eq!((y, names), (vec![0.0, 1.0, 0.0, 1.0], vec!["no".into(), "yes".into()]));
        // The positive class is 1, whichever comes first.
        let (y, _) = classes("h,p\n1,True\n2,False\n3,True\n4,False\n", purpose);
        assert_eq!(y, [1.0, 0.0, 1.0, 0.0]);
    }
    for (labels, names) in [
        (["1", "2"], ["1", "2"]),
        (["2", "4"], ["2", "4"]),
        (["1", "-1"], ["-1", "1"]),
        (["8", "3"], ["3", "8"]),
        (["1.0", "0.0"], ["0", "1"]),
    ] {
        let rows: Vec<String> =
            (0..8).map(|at| format!("{}.5,{},{}", at, at * at, labels[at % 2])).collect();
        let text = rows.join("\n");
        for purpose in [NETS, LABELS] {
            let (y, found) = classes(&text, purpose);
            assert_eq!(found, names);
            let first = f64::from(u8::from(names[0] != labels[0].trim_end_matches(".0")));
            assert_eq!(y[..2], [first, 1.0 - first], "{labels:?}");
        }
        let (_, reading) = with(&text, "as=values", NETS);
        assert!(!reading.classes && reading.may_choose);
        assert_eq!(reading.examples.examples[0].1, labels[0].parse::<f64>().unwrap());
    }
    // Values are values.
    assert!(!with("1,2.5\n2,3.5\n3,2.5\n4,3.5\n", "", NETS).1.classes);
    assert!(!with("1,2\n2,3\n3,4\n4,5\n", "", NETS).1.classes);
}

#[test]
fn too_many_classes_are_refused_with_ten_of_them() {
    let rows: Vec<String> = (0..797).map(|at| format!("{at},word{at}")).collect();
    let (_, reading) = with(&rows.join("\n"), "", NETS);
    assert!(reading.fault.starts_with("“column 2” has 797 classes, and a net tells 6 apart:"));
    assert!(reading.fault.ends_with("word9 and 787 more."), "{}", reading.fault);
    let (_, reading) = with(&rows.join("\n"), "", LABELS);
    assert!(reading.fault.contains("labels, 0 or 1"), "{}", reading.fault);
}

#[test]
fn of_more_rows_a_sample_is_taken_that_its_seed_decides() {
    let rows: Vec<String> = (0..10_000).map(|at| format!("{at},{}", at % 7)).collect();
    let text = format!("made by hand,\nx,y\n{}\n", rows.join("\n"));
    let (table, reading) = with(&text, "", POINTS);
    assert_eq!((table.rows(), table.sample_of()), (MOST_ROWS, Some(10_000)));
    assert!(reading.notes[0].starts_with("10,000 rows are more than the 2,000"));
    assert!(table.has_header());
    let x: Vec<f64> = reading.examples.examples.iter().map(|(x, _)| x[0]).collect();
    assert!(x.is_sorted() && x.iter().all(|x| (0.0..10_000.0).contains(x)));
    // Every part of the text has its share: 200 ± 4 deviations.
    for tenth in 0..10 {
        let range = f64::from(tenth * 1000)..f64::from(tenth * 1000 + 1000);
        let share = x.iter().filter(|x| range.contains(x)).count();
        assert!((150..250).contains(&share), "{share} of the {tenth}th tenth");
    }
    // However it comes in pieces, it is the same sample.
    let sample = |size: usize| {
        let mut sampler = Sampler::new(1);
        for piece in text.as_bytes().chunks(size) {
            sampler.push(std::str::from_utf8(piece).unwrap());
        }
        sampler.finish().unwrap()
    };
    let whole = sample(text.len());
    assert_eq!(whole.rows, 10_000);
    for size in [1, 7, 4096] {
        assert_eq!(sample(size), whole, "pieces of {size}");
    }
    let again = with(&whole.text(), "of=10000", POINTS).1;
    assert_eq!(again.examples.examples, reading.examples.examples);
    // An open quote is said, and ends.
    let mut sampler = Sampler::new(1);
    sampler.push(&format!("x,y\n\"{}", "1,2\n".repeat(1_000)));
    assert!(sampler.finish().unwrap_err().contains("never closed"));
    let mut sampler = Sampler::new(1);
    (0..100).for_each(|_| sampler.push(&"1,2 ".repeat(1_000)));
    assert!(sampler.finish().unwrap_err().contains("too long"));
}
