//! Losses, gradients and trained weights are PyTorch's to ten digits.
//!
//! `generate_networks.py` is the PyTorch program that made `networks.json`.

use std::collections::{BTreeMap, BTreeSet};

use ravine::network::{
    ACTIVATION, Activation, Architecture, Examples, Output, Regularisation, Workspace,
};
use ravine::optimizers::rule;
use serde::Deserialize;

#[derive(Deserialize)]
struct Golden {
    hidden: Vec<usize>,
    updates: usize,
    x: Vec<[f64; 2]>,
    /// Classes, or values: one list for each example. By output and units, such as `l21`.
    y: BTreeMap<String, serde_json::Value>,
    batches: Vec<Vec<u32>>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    output: String,
    units: usize,
    activation: String,
    start: Vec<f64>,
    /// The mean loss over all examples at the start, and its gradient.
    loss: f64,
    gradient: Vec<f64>,
    runs: Vec<Run>,
}

#[derive(Deserialize)]
struct Run {
    /// The key of an update rule.
    rule: String,
    /// The values of its dials by key, where they are not the defaults.
    values: BTreeMap<String, f64>,
    /// λ₂
    l2: f64,
    minibatches: bool,
    /// After all updates.
    theta: Vec<f64>,
    loss: f64,
}

fn golden() -> Golden {
    let text = include_str!("networks.json");
    serde_json::from_str(text).expect("the golden file is whole")
}

impl Golden {
    fn net(&self, case: &Case) -> (Architecture, Examples) {
        let output = match &*case.output {
            "l2" => Output::Linear(case.units),
            "bce" => Output::Logit,
            "cce" => Output::Softmax(case.units),
            "sigmoid" => Output::Sigmoid(case.units),
            other => panic!("{other}"),
        };
        let activation = Activation::ALL[ACTIVATION.read(&case.activation).unwrap() as usize];
        let net = Architecture::new(2, &self.hidden, activation, output).unwrap();
        let columns = (0..2).map(|i| self.x.iter().map(|x| x[i]).collect()).collect();
        let y = self.y[&format!("{}{}", case.output, case.units)].clone();
        let examples = if case.output == "l2" {
            let y: Vec<Vec<f64>> = serde_json::from_value(y).unwrap();
            let column = |i: usize| y.iter().map(|y| y[i]).collect();
            Examples::with_values(columns, (0..case.units).map(column).collect())
        } else {
            let y: Vec<usize> = serde_json::from_value(y).unwrap();
            Examples::with_classes(columns, y, output)
        };
        (net, examples.unwrap())
    }
}

/// How far the worst of some numbers is off, as a part of 1 or of its size if that is larger.
fn worst(ours: &[f64], theirs: &[f64]) -> f64 {
    assert_eq!(ours.len(), theirs.len());
    let apart = ours.iter().zip(theirs).map(|(a, b)| (a - b).abs() / b.abs().max(1.0));
    apart.fold(0.0, |worst, off| if off <= worst { worst } else { off })
}

#[test]
fn losses_and_gradients_are_pytorchs_to_ten_digits() {
    let golden = golden();
    let all: Vec<u32> = (0..golden.x.len() as u32).collect();
    for case in &golden.cases {
        let (net, examples) = golden.net(case);
        let mut gradient = vec![0.0; net.parameters()];
        let mut workspace = Workspace::new(&net);
        let loss = workspace.gradient(&case.start, &examples, &all, &mut gradient);
        let off = worst(&[loss], &[case.loss]).max(worst(&gradient, &case.gradient));
        assert!(off < 1e-14, "{} {}: {off:e}", case.output, case.activation);
    }
}

#[test]
fn two_hundred_updates_end_at_pytorchs_weights_to_ten_digits() {
    let golden = golden();
    let all: Vec<u32> = (0..golden.x.len() as u32).collect();
    for case in &golden.cases {
        let (net, examples) = golden.net(case);
        let mut workspace = Workspace::new(&net);
        for run in &case.runs {
            let rule = rule(&run.rule).unwrap();
            let mut values = rule.defaults();
            for (key, value) in &run.values {
                values[rule.index(key).unwrap()] = *value;
            }
            let mut optimizer = (rule.make)(&values, net.parameters());
            let penalty = Regularisation { l2: run.l2, ..Regularisation::default() };
            let (mut theta, mut grad) = (case.start.clone(), vec![0.0; net.parameters()]);
            for update in 0..golden.updates {
                let batch = &golden.batches[update % golden.batches.len()];
                let batch = if run.minibatches { batch } else { &all };
                workspace.gradient(&theta, &examples, batch, &mut grad);
                penalty.add_gradient(&net, &theta, &mut grad);
                optimizer.step(&mut theta, &grad);
            }
            let loss = workspace.risk(&theta, &examples).loss;
            let off = worst(&theta, &run.theta).max(worst(&[loss], &[run.loss]));
            let Case { output, activation, .. } = case;
            assert!(off < 1e-10, "{output} {activation} {}: {off:e}", run.rule);
        }
    }
}

#[test]
fn the_golden_runs_cover_every_loss_activation_rule_and_batch() {
    let golden = golden();
    let mut covered = BTreeSet::new();
    for case in &golden.cases {
        for run in &case.runs {
            covered.insert((&*case.output, &*case.activation, &*run.rule, run.minibatches));
        }
    }
    assert_eq!(golden.updates, 200);
    assert_eq!(covered.len(), 4 * Activation::ALL.len() * 3 * 2);
    assert!(golden.cases.iter().flat_map(|case| &case.runs).any(|run| run.l2 > 0.0));
}
