//! From the text of a file to a [`Training`], or to a sentence about its first fault.

use super::entry::Entry;
use super::keys::KEYS;
use super::{Batches, Training, json};
use crate::labs::runs::batch_of;
use crate::math::param::write_number;
use crate::network::{
    ACTIVATION, Activation, Architecture, Examples, FROZEN, INITIALIZATION, Initialization, L1, L2,
    Output, Regularisation,
};
use crate::optimizers::{Rule, of_first_order, rule};

/// The most updates: as many rows are printed.
pub const MOST_UPDATES: usize = 1_000_000;

pub(super) fn training(text: &str) -> Result<Training, String> {
    let value = json::read(text)?;
    let file = Entry::file(&value);
    file.only(&KEYS.map(|(key, _)| key))?;
    let architecture = architecture(&file)?;
    let theta = start(&file, &architecture)?;
    let (rule, dials) = rule_with_dials(&file)?;
    let train = examples(&file.need("train")?, &architecture)?;
    let test = file.get("test").map(|test| examples(&test, &architecture)).transpose()?;
    let batches = batches(&file, train.len())?;
    let updates = file.need("updates")?.whole_up_to(MOST_UPDATES)?;
    let regularisation = Regularisation { l1: file.dial(&L1)?, l2: file.dial(&L2)? };
    let are_biases_frozen = file.dial(&FROZEN)? == 1.0;
    Ok(Training {
        architecture,
        theta,
        rule,
        dials,
        batches,
        updates,
        regularisation,
        are_biases_frozen,
        train,
        test,
    })
}

fn architecture(file: &Entry) -> Result<Architecture, String> {
    let inputs = file.need("inputs")?.whole()?;
    let hidden: Result<Vec<usize>, _> =
        file.need("hidden")?.list()?.iter().map(Entry::whole).collect();
    let activation = Activation::ALL[file.dial(&ACTIVATION)? as usize];
    Architecture::new(inputs, &hidden?, activation, output(file)?)
}

fn output(file: &Entry) -> Result<Output, String> {
    let (output, outputs) = (file.need("output")?, file.get("outputs"));
    match (output.text()?, outputs) {
        ("logit", None) => Ok(Output::Logit),
        ("logit", Some(outputs)) => Err(outputs.fault("cannot be set: a logit is one")),
        ("linear", None) => Ok(Output::Linear(1)),
        ("linear", Some(outputs)) => outputs.whole().map(Output::Linear),
        ("sigmoid", None) => Ok(Output::Sigmoid(1)),
        ("sigmoid", Some(outputs)) => outputs.whole().map(Output::Sigmoid),
        ("softmax", _) => file.need("outputs")?.whole().map(Output::Softmax),
        _ => Err(output.fault("must be linear, logit, softmax or sigmoid")),
    }
}

/// θ where training starts.
fn start(file: &Entry, architecture: &Architecture) -> Result<Vec<f64>, String> {
    match (file.get("weights"), file.get("initialization")) {
        (Some(weights), None) => {
            let (layers, lists) = (architecture.layers(), weights.list()?);
            if lists.len() != layers.len() {
                let [found, needed] = [lists.len(), layers.len()];
                return Err(weights.fault(&format!(
                    "has {found} layers, and {needed} with the output's are needed"
                )));
            }
            let lists = lists.iter().zip(layers);
            let theta: Result<Vec<_>, _> =
                lists.map(|(list, layer)| list.numbers(layer.parameters().len())).collect();
            Ok(theta?.concat())
        }
        (None, Some(drawn)) => {
            drawn.only(&["key", "seed"])?;
            let which = drawn.need("key")?.of(&INITIALIZATION)?;
            Ok(Initialization::ALL[which as usize].theta(architecture, seed(&drawn)?))
        }
        (Some(_), Some(_)) => Err("weights and initialization exclude each other.".to_owned()),
        (None, None) => Err("weights or initialization is missing.".to_owned()),
    }
}

/// The seed that an object has, or else 1.
fn seed(object: &Entry) -> Result<u64, String> {
    object.get("seed").map_or(Ok(1), |seed| seed.whole())
}

/// The update rule, and the values of its dials in their order.
fn rule_with_dials(file: &Entry) -> Result<(&'static Rule, Vec<f64>), String> {
    let entry = file.need("rule")?;
    let key = entry.text()?;
    let rule = of_first_order().find(|rule| rule.key == key).ok_or_else(|| {
        let keys: Vec<&str> = of_first_order().map(|rule| rule.key).collect();
        let why = match rule(key) {
            Some(_) => format!("; {key} needs the Hessian, and a net has none here"),
            None => String::new(),
        };
        entry.fault(&format!("must be one of {}{why}", keys.join(", ")))
    })?;
    let Some(dials) = file.get("dials") else { return Ok((rule, rule.defaults())) };
    let keys: Vec<&str> = rule.parameters.iter().map(|param| &*param.key).collect();
    dials.only(&keys)?;
    let values: Result<Vec<f64>, _> =
        rule.parameters.iter().map(|param| dials.dial(param)).collect();
    Ok((rule, values?))
}

/// How n examples are dealt out.
fn batches(file: &Entry, n: usize) -> Result<Batches, String> {
    let Some(batches) = file.get("batches") else {
        let m = file.dial(&batch_of(n))? as usize;
        return Ok(Batches::Shuffled(crate::data::Batches::new(n, m, seed(file)?)));
    };
    if file.get("batch").or(file.get("seed")).is_some() {
        return Err(batches.fault("excludes batch and seed"));
    }
    let example = |entry: &Entry| match entry.whole::<u32>()? {
        index if (index as usize) < n => Ok(index),
        index => {
            Err(entry.fault(&format!("is {index}, and the last of {n} examples is {}", n - 1)))
        }
    };
    let batch = |entry: &Entry| entry.some()?.iter().map(example).collect();
    batches.some()?.iter().map(batch).collect::<Result<_, _>>().map(Batches::Given)
}

/// Examples that fit the net.
fn examples(set: &Entry, architecture: &Architecture) -> Result<Examples, String> {
    set.only(&["inputs", "targets"])?;
    let (inputs, targets) = (set.need("inputs")?, set.need("targets")?);
    let (rows, list) = (inputs.some()?, targets.list()?);
    if rows.len() != list.len() {
        let [found, needed] = [list.len(), rows.len()];
        return Err(targets.fault(&format!("has {found} entries, and inputs has {needed}")));
    }
    let rows: Result<Vec<_>, _> = rows.iter().map(|x| x.numbers(architecture.inputs())).collect();
    let columns = columns(&rows?, architecture.inputs());
    let output = architecture.output();
    let are_values = match output {
        Output::Linear(_) => true,
        Output::Sigmoid(_) => list.iter().any(|y| y.whole::<usize>().is_err()),
        Output::Logit | Output::Softmax(_) => false,
    };
    if are_values {
        let rows: Result<Vec<_>, _> = list.iter().map(|y| values(y, output)).collect();
        Examples::with_values(columns, self::columns(&rows?, output.targets()))
    } else {
        let classes: Result<_, _> = list.iter().map(|y| class(y, output.classes())).collect();
        Examples::with_classes(columns, classes?, output)
    }
}

/// The values that an output is to predict.
fn values(entry: &Entry, output: Output) -> Result<Vec<f64>, String> {
    // One value needs no list around it.
    let values = if output.targets() == 1 && entry.list().is_err() {
        vec![entry.number()?]
    } else {
        entry.numbers(output.targets())?
    };
    let is_beyond = |y: &&f64| matches!(output, Output::Sigmoid(_)) && !(0.0..=1.0).contains(*y);
    match values.iter().find(is_beyond) {
        None => Ok(values),
        Some(y) => {
            Err(entry.fault(&format!("has {}, and σ lies between 0 and 1", write_number(*y))))
        }
    }
}

/// A class, counted from 0.
fn class(entry: &Entry, classes: usize) -> Result<usize, String> {
    match entry.whole()? {
        class if class < classes => Ok(class),
        class => Err(entry.fault(&format!("is {class}, and the last class is {}", classes - 1))),
    }
}

/// Rows of so many numbers as columns.
fn columns(rows: &[Vec<f64>], count: usize) -> Vec<Vec<f64>> {
    (0..count).map(|index| rows.iter().map(|row| row[index]).collect()).collect()
}
