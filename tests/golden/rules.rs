//! Golden runs: every rule walks as PyTorch's does, to 12 digits.
//!
//! `generate.py` is the PyTorch program that made `paths.json`.

use ravine::math::formula::Formula;
use ravine::optimizers::rule;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

use super::{apart, values_of};

#[derive(Deserialize)]
struct Golden {
    paths: Vec<GoldenPath>,
}

#[derive(Deserialize)]
struct GoldenPath {
    /// In Ravine's formula language.
    formula: String,
    start: [f64; 2],
    /// The key of an update rule.
    rule: String,
    /// The values of all its dials by key; a choice is its own key.
    values: BTreeMap<String, serde_json::Value>,
    /// Which steps are kept.
    steps: Vec<usize>,
    /// θ after each of them.
    points: Vec<[f64; 2]>,
}

impl GoldenPath {
    /// The largest distance from PyTorch's points, as a part of how far they lie from 0,
    /// and the step at which it is.
    fn worst(&self) -> (f64, usize) {
        let tape = Formula::parse(&self.formula).unwrap().bind(&[]);
        let rule = rule(&self.rule).expect("a rule of the registry");
        let values = values_of(rule, &self.values);
        let mut optimizer = (rule.make)(&values, 2);
        let mut theta = self.start;
        let mut worst = (0.0, 0);
        for step in 0..=*self.steps.last().unwrap() {
            if let Ok(kept) = self.steps.binary_search(&step) {
                let apart = apart(theta, self.points[kept]);
                if apart > worst.0 || apart.is_nan() {
                    worst = (apart, step);
                }
            }
            let mut gradient = tape.gradient(theta[0], theta[1]).gradient;
            if let Some(direction) = rule.direction {
                let hessian = tape.hessian(theta[0], theta[1]).hessian;
                gradient = direction(&values, hessian, gradient);
            }
            optimizer.step(&mut theta, &gradient);
        }
        worst
    }
}

fn golden() -> Vec<GoldenPath> {
    let text = include_str!("paths.json");
    serde_json::from_str::<Golden>(text).expect("the golden file is whole").paths
}

#[test]
fn every_rule_walks_as_pytorchs_to_twelve_digits() {
    let mut far = Vec::new();
    for path in golden() {
        let (apart, step) = path.worst();
        if apart.is_nan() || apart > 1e-12 {
            far.push(format!(
                "{} {:?} on {}: {apart:.1e} at step {step}",
                path.rule, path.values, path.formula
            ));
        }
    }
    assert!(far.is_empty(), "{}", far.join("\n"));
}

#[test]
fn the_golden_runs_cover_every_rule_on_ten_functions_over_300_steps() {
    let mut covered: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for path in golden() {
        assert_eq!(path.steps.len(), path.points.len());
        // RMSProp's paths are kept while they descend; see generate.py.
        if path.rule != "rmsprop" {
            assert_eq!(path.steps.last(), Some(&300));
        }
        let form = path.values.get("form").or(path.values.get("indefinite"));
        let form = form.map_or("", |form| form.as_str().unwrap());
        covered.entry((path.rule.clone(), form.to_owned())).or_default().insert(path.formula);
    }
    let rules: BTreeSet<&str> = covered.keys().map(|(rule, _)| rule.as_str()).collect();
    let registered: BTreeSet<&str> =
        ravine::optimizers::RULES.iter().map(|rule| rule.key).collect();
    assert_eq!(rules, registered);
    for (form_of, count) in [("momentum", 3), ("newton", 2)] {
        assert_eq!(covered.keys().filter(|(rule, _)| rule == form_of).count(), count);
    }
    for (rule, formulas) in covered {
        assert!(formulas.len() >= 10, "{rule:?}: {}", formulas.len());
    }
}
