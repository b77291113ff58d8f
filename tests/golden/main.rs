//! Golden numbers: what PyTorch or NumPy computes too, to 12 digits; nets and planes to ten.

mod minibatches;
mod networks;
mod planes;
mod rules;
mod worked;

use std::collections::BTreeMap;

use ravine::math::param::Scale;
use ravine::optimizers::Rule;

/// The values of a rule's dials in its order, from all of them by key; a choice is its own key.
fn values_of(rule: &Rule, by_key: &BTreeMap<String, serde_json::Value>) -> Vec<f64> {
    assert_eq!(by_key.len(), rule.parameters.len(), "every dial of {}", rule.key);
    rule.parameters
        .iter()
        .map(|parameter| match (&by_key[&*parameter.key], parameter.scale) {
            (serde_json::Value::String(choice), Scale::Choice(_)) => {
                parameter.read(choice).unwrap()
            }
            (value, _) => value.as_f64().unwrap(),
        })
        .collect()
}

/// How far two points are apart, as a part of how far the second lies from 0.
fn apart([x, y]: [f64; 2], [a, b]: [f64; 2]) -> f64 {
    f64::hypot(x - a, y - b) / f64::hypot(a, b)
}
