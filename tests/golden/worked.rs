//! Nets in files with several outputs and vectors as targets, their biases frozen or not: losses
//! after every update and weights are PyTorch's.
//!
//! `generate_worked.py` is the PyTorch program that made `worked.json`.

use ravine::export::net_file::Training;
use serde_json::{Map, Value, json};

/// The nets, and for each run the file that trains it and what PyTorch found.
fn runs() -> Vec<(Value, Value)> {
    let text = include_str!("worked.json");
    let golden: Value = serde_json::from_str(text).expect("the golden file is whole");
    let mut runs = Vec::new();
    for case in golden["cases"].as_array().unwrap() {
        for run in case["runs"].as_array().unwrap() {
            let mut file: Map<String, Value> = case["net"].as_object().unwrap().clone();
            file.extend(run["keys"].as_object().unwrap().clone());
            runs.push((Value::Object(file), run.clone()));
        }
    }
    runs
}

fn training(file: &Value) -> Training {
    Training::read(&file.to_string()).unwrap()
}

/// One column of a table that has a head.
fn column(table: Vec<u8>, index: usize) -> Vec<f64> {
    let table = String::from_utf8(table).unwrap();
    let cells = table.lines().skip(1).map(|row| row.split(',').nth(index).unwrap());
    cells.map(|cell| cell.parse().unwrap()).collect()
}

/// The mean loss at the start and after every update.
fn losses(file: &Value) -> Vec<f64> {
    let mut table = Vec::new();
    training(file).write_table(&mut table).unwrap();
    column(table, 4)
}

/// θ at the end.
fn theta(file: &Value) -> Vec<f64> {
    let mut table = Vec::new();
    training(file).write_weights(&mut table).unwrap();
    column(table, 1)
}

fn assert_near(ours: &[f64], theirs: &[f64], most: f64, what: &Value) {
    assert_eq!(ours.len(), theirs.len(), "{what}");
    for (ours, theirs) in ours.iter().zip(theirs) {
        assert!((ours - theirs).abs() < most, "{ours} {theirs} {what}");
    }
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

#[test]
fn vectors_are_learned_as_pytorch_learns_them_with_biases_frozen_and_not() {
    let runs = runs();
    assert_eq!(runs.len(), 1 + 3 * 3 * 2);
    for (file, run) in runs {
        assert_near(&losses(&file), &numbers(&run["losses"]), 1e-12, &run["keys"]);
        assert_near(&theta(&file), &numbers(&run["theta"]), 1e-11, &run["keys"]);
    }
}

#[test]
fn the_first_update_of_mazurs_worked_example_ends_at_the_weights_that_he_prints() {
    let (file, _) = runs().swap_remove(0);
    let files = include_str!("../../src/export/reference/text/files.md");
    let json = files.split("```json\n").nth(2).unwrap();
    let example: Value = serde_json::from_str(json.split_once("```").unwrap().0).unwrap();
    assert_eq!(example, file);
    assert_near(&losses(&file), &[0.298371109, 0.291027774], 5e-10, &file);
    let hidden = [0.149780716, 0.19956143, 0.24975114, 0.29950229, 0.35, 0.35];
    let output = [0.35891648, 0.408666186, 0.511301270, 0.561370121, 0.6, 0.6];
    assert_near(&theta(&file), &[hidden, output].concat(), 5e-9, &file);
}

/// h, f and the loss of Mazur's net with this θ.
fn forward(theta: &[f64]) -> ([f64; 2], [f64; 2], f64) {
    let layer = |w: &[f64], [a, b]: [f64; 2]| {
        [0, 1].map(|unit| {
            let z = w[2 * unit] * a + w[2 * unit + 1] * b + w[4 + unit];
            1.0 / (1.0 + f64::exp(-z))
        })
    };
    let h = layer(&theta[..6], [0.05, 0.1]);
    let f = layer(&theta[6..], h);
    (h, f, 0.5 * (f[0] - 0.01).powi(2) + 0.5 * (f[1] - 0.99).powi(2))
}

#[test]
fn the_loss_that_mazur_prints_is_of_hidden_weights_that_saw_the_outputs_weights_updated() {
    let (file, run) = runs().swap_remove(0);
    let start: Vec<f64> = file["weights"].as_array().unwrap().iter().flat_map(numbers).collect();
    let mut end = theta(&file);
    assert_near(&[forward(&end).2], &numbers(&run["losses"])[1..], 1e-12, &run["keys"]);
    let (h, f, _) = forward(&start);
    let delta = [f[0] - 0.01, f[1] - 0.99];
    let delta = [0, 1].map(|unit| delta[unit] * f[unit] * (1.0 - f[unit]));
    for unit in 0..2 {
        // Backpropagation has the weights of the start in place of `end` here.
        let above = delta[0] * end[6 + unit] + delta[1] * end[8 + unit];
        for (input, x) in [0.05, 0.1].into_iter().enumerate() {
            let at = 2 * unit + input;
            end[at] = start[at] - 0.5 * above * h[unit] * (1.0 - h[unit]) * x;
        }
    }
    assert_near(&[forward(&end).2], &[0.291027924], 5e-10, &file);
}

#[test]
fn classes_of_several_sigmoid_outputs_are_one_of_their_own_and_zeros() {
    let file = json!({
        "inputs": 1, "hidden": [2], "output": "sigmoid", "outputs": 3, "rule": "gd",
        "dials": {"alpha": 0.5}, "initialization": {"key": "xavier"}, "updates": 20,
        "train": {"inputs": [[-1], [0], [1]], "targets": [2, 0, 1]},
    });
    let mut as_vectors = file.clone();
    as_vectors["train"]["targets"] = json!([[0, 0, 1], [1, 0, 0], [0, 1, 0]]);
    assert_eq!(losses(&file), losses(&as_vectors));
    assert_eq!(theta(&file), theta(&as_vectors));
}
