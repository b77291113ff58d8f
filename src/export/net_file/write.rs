//! From an experiment with nets to the text of a file that [`super::Training`] reads.

use serde_json::{Map, Value, json};

use super::MOST_UPDATES;
use crate::labs::network::{NetExperiment, Sets, edits_of};
use crate::math::param::Scale;
use crate::network::{ACTIVATION, Examples, FROZEN, Output};

/// The followed run of an experiment with its net, from its first weights on, as JSON.
///
/// # Errors
/// A sentence: there is no run, or it is trained in a way that a file cannot say.
pub fn write(experiment: &NetExperiment) -> Result<String, String> {
    let index = experiment.followed().ok_or("This link has no run, and so no net.")?;
    let config = experiment.training_config(index);
    let edits = edits_of(experiment, index);
    if edits.iter().any(|edit| edit.tick > 0) {
        return Err(
            "A weight is set by hand while this net trains, which a file cannot say.".to_owned()
        );
    }
    let updates = experiment.steps() * experiment.updates_a_tick(index);
    if updates > MOST_UPDATES {
        return Err(format!(
            "This net makes {updates} updates; a file has at most {MOST_UPDATES}."
        ));
    }
    let mut theta = experiment.theta();
    for edit in &edits {
        theta[edit.index] = edit.value;
    }
    let net = &config.net;
    let sets = Sets::of(experiment);
    let weights: Vec<&[f64]> =
        net.layers().iter().map(|layer| &theta[layer.parameters()]).collect();
    let mut file = Map::new();
    let mut put = |key: &str, value: Value| file.insert(key.to_owned(), value);
    put("inputs", json!(net.inputs()));
    put("hidden", json!(experiment.hidden()));
    put("activation", json!(key_of(&ACTIVATION.scale, experiment.activation() as usize)));
    let (output, outputs) = match net.output() {
        Output::Linear(values) => ("linear", Some(values)),
        Output::Logit => ("logit", None),
        Output::Softmax(classes) => ("softmax", Some(classes)),
        Output::Sigmoid(values) => ("sigmoid", Some(values)),
    };
    put("output", json!(output));
    if let Some(outputs) = outputs {
        put("outputs", json!(outputs));
    }
    put("weights", json!(weights));
    put("rule", json!(config.rule.key));
    let dials = config.rule.parameters.iter().zip(&config.values);
    let dials: Map<String, Value> = dials
        .map(|(param, value)| match &param.scale {
            Scale::Choice(_) => {
                (param.key.to_string(), json!(key_of(&param.scale, *value as usize)))
            }
            _ => (param.key.to_string(), json!(value)),
        })
        .collect();
    put("dials", Value::Object(dials));
    put("batch", json!(config.batches.m));
    put("seed", json!(config.batches.seed));
    put("updates", json!(updates));
    put("l1", json!(config.regularisation.l1));
    put("l2", json!(config.regularisation.l2));
    put("frozen", json!(key_of(&FROZEN.scale, usize::from(config.are_biases_frozen))));
    put("train", examples(&sets.train, net.output()));
    if let Some(test) = &sets.test {
        put("test", examples(test, net.output()));
    }
    Ok(format!("{}\n", Value::Object(file)))
}

/// The key of a choice.
fn key_of(scale: &Scale, index: usize) -> &'static str {
    match scale {
        Scale::Choice(choices) => choices[index].key,
        _ => "",
    }
}

/// Inputs and targets, an example each. A class that an output knows as such is one number; values are a
/// list.
fn examples(examples: &Examples, output: Output) -> Value {
    let rows = 0..examples.len();
    let inputs: Vec<Vec<f64>> = rows.clone().map(|row| examples.inputs_of(row)).collect();
    let target = |row: usize| {
        let target = examples.target_of(row);
        match output {
            Output::Logit | Output::Softmax(_) => json!(target[0] as usize),
            Output::Linear(_) | Output::Sigmoid(_) => json!(target),
        }
    };
    let targets: Vec<Value> = rows.map(target).collect();
    json!({ "inputs": inputs, "targets": targets })
}
