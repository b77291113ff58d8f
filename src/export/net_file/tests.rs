use std::io;

use serde_json::{Value, json};

use super::Training;
use crate::math::random::Random;
use crate::network::{Activation, Architecture, Output};

/// XOR with everything said that can be said.
fn file() -> Value {
    json!({
        "inputs": 2, "hidden": [2], "activation": "tanh", "output": "logit",
        "weights": [[1, -1, 0.5, 1, 0, 0.25], [1, -1, 0]],
        "rule": "momentum", "dials": {"alpha": 0.1, "beta": 0.9, "form": "accumulate"},
        "batch": 3, "seed": 7, "updates": 5, "l1": 0, "l2": 0.01,
        "train": {"inputs": [[0, 0], [0, 1], [1, 0], [1, 1]], "targets": [0, 1, 1, 0]},
        "test": {"inputs": [[0.5, 0.5]], "targets": [1]},
    })
}

/// The file with another value at a place, such as `/train/targets`, or with none there.
fn with(mut file: Value, place: &str, value: Option<Value>) -> Value {
    let (object, key) = place.rsplit_once('/').unwrap();
    let object = file.pointer_mut(object).unwrap().as_object_mut().unwrap();
    match value {
        Some(value) => object.insert(key.to_owned(), value),
        None => object.remove(key),
    };
    file
}

fn read(file: &Value) -> Result<Training, String> {
    Training::read(&file.to_string())
}

fn table(file: &Value) -> Vec<Vec<String>> {
    let (training, mut out) = (read(file).unwrap(), Vec::new());
    training.write_table(&mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

#[test]
fn a_key_that_is_given_twice_is_named_wherever_it_stands() {
    let text = file().to_string();
    for (key, value) in [("rule", "\"gd\""), ("alpha", "0.2"), ("targets", "[1]")] {
        let at = text.find(&format!("\"{key}\":")).unwrap();
        let twice = format!("{}\"{key}\":{value},{}", &text[..at], &text[at..]);
        let fault = Training::read(&twice).err().unwrap();
        let said = format!("The file cannot be taken: the key “{key}” is given twice at line 1 ");
        assert!(fault.starts_with(&said) && fault.ends_with('.'), "{fault}");
    }
    // The same key in another object is another.
    assert!(Training::read(&text).is_ok());
}

#[test]
fn the_table_has_a_row_for_the_start_and_for_every_update() {
    let rows = table(&file());
    assert_eq!(
        rows[0].join(","),
        "run,update,epoch,examples,loss_train,loss_test,accuracy_train,accuracy_test"
    );
    // Four examples are batches of 3 and 1.
    let counts: Vec<String> = rows[1..].iter().map(|row| row[..4].join(" ")).collect();
    assert_eq!(
        counts,
        [
            "momentum 0 0 0",
            "momentum 1 1 3",
            "momentum 2 1 4",
            "momentum 3 2 7",
            "momentum 4 2 8",
            "momentum 5 3 11",
        ]
    );
    for row in &rows[1..] {
        assert_eq!(row.len(), 8);
        assert!(row[4..].iter().all(|cell| cell.parse::<f64>().is_ok_and(f64::is_finite)));
    }
}

#[test]
fn cells_are_empty_without_a_test_and_without_classes() {
    let without_test = table(&with(file(), "/test", None));
    let empty = |row: &[String]| row[4..].iter().map(String::is_empty).collect::<Vec<_>>();
    assert!(without_test[1..].iter().all(|row| empty(row) == [false, true, false, true]));
    let values = with(file(), "/output", Some(json!("linear")));
    assert!(table(&values)[1..].iter().all(|row| empty(row) == [false, false, true, true]));
}

#[test]
fn given_batches_take_turns() {
    let bare = with(with(file(), "/batch", None), "/seed", None);
    let rows = table(&with(bare.clone(), "/batches", Some(json!([[0, 1, 2], [3], [1, 1]]))));
    let counts: Vec<String> = rows[1..].iter().map(|row| row[2..4].join(" ")).collect();
    assert_eq!(counts, ["0 0", "1 3", "1 4", "1 6", "2 9", "2 10"]);
    // Ravine's own batches, given.
    let own = crate::data::Batches::new(4, 3, 7);
    let order: Vec<_> = (0..5).map(|update| own.batch(update)).collect();
    let given = table(&with(bare, "/batches", Some(json!(order))));
    let losses = |rows: &[Vec<String>]| rows.iter().map(|row| row[4].clone()).collect::<Vec<_>>();
    assert_eq!(losses(&given), losses(&table(&file())));
}

#[test]
fn what_is_not_said_has_the_default_of_the_page() {
    let mut bare = file();
    for key in ["activation", "dials", "batch", "seed", "l1", "l2", "test", "weights"] {
        bare = with(bare, &format!("/{key}"), None);
    }
    bare = with(bare, "/initialization", Some(json!({"key": "xavier"})));
    let found = read(&bare).unwrap();
    let net = Architecture::new(2, &[2], Activation::Tanh, Output::Logit).unwrap();
    assert_eq!(found.architecture, net);
    assert_eq!(found.theta, crate::network::Initialization::Xavier.theta(&net, 1));
    assert_eq!(found.dials, crate::optimizers::momentum::RULE.defaults());
    assert_eq!(found.batches, super::Batches::Shuffled(crate::data::Batches::new(4, 4, 1)));
    assert_eq!(found.regularisation, crate::network::Regularisation::default());
    assert!(!found.are_biases_frozen);
}

#[test]
fn frozen_biases_keep_their_bits_under_every_rule_and_weights_do_not() {
    for rule in crate::optimizers::of_first_order() {
        let file = with(with(file(), "/rule", Some(json!(rule.key))), "/dials", None);
        let training = read(&with(file, "/frozen", Some(json!("biases")))).unwrap();
        let (trainer, _) = training.train(|_, _| Ok(())).unwrap();
        for layer in training.architecture.layers() {
            let [start, end] =
                [&training.theta, trainer.theta()].map(|theta| &theta[layer.biases()]);
            assert_eq!(start, end, "{}", rule.key);
            let [start, end] =
                [&training.theta, trainer.theta()].map(|theta| &theta[layer.weights()]);
            assert_ne!(start, end, "{}", rule.key);
        }
    }
}

#[test]
fn the_end_of_the_run_is_a_sentence_and_a_run_that_diverges_keeps_its_last_good_weights() {
    let end = |file: &Value| read(file).unwrap().write_table(&mut io::sink()).unwrap();
    assert_eq!(end(&file()), "status momentum: finished after 5 updates");

    let linear = json!({
        "inputs": 1, "hidden": [], "output": "linear", "weights": [[1, 0]], "rule": "gd",
        "dials": {"alpha": 10}, "updates": 1000,
        "train": {"inputs": [[100], [-100]], "targets": [1, [2]]},
    });
    let diverging = read(&linear).unwrap();
    let (mut rows, mut weights) = (Vec::new(), Vec::new());
    let status = diverging.write_table(&mut rows).unwrap();
    assert_eq!(diverging.write_weights(&mut weights).unwrap(), status);
    let last: usize = status
        .strip_prefix("status gd: diverged, not finite any more after update ")
        .and_then(|update| update.parse().ok())
        .unwrap();
    // The head, the start, and every update with weights that are finite, though the loss no longer is.
    assert_eq!(String::from_utf8(rows).unwrap().lines().count(), last + 2);
    let weights = String::from_utf8(weights).unwrap();
    let weights: Vec<_> = weights.lines().map(|line| line.split_once(',').unwrap()).collect();
    assert_eq!(weights.iter().map(|row| row.0).collect::<Vec<_>>(), ["name", "w1.1.1", "b1.1"]);
    let value: f64 = weights[1].1.parse().unwrap();
    assert!(value.is_finite() && value.abs() > 1e100);

    let hopeless = with(linear, "/train/inputs", Some(json!([[1e200], [1e200]])));
    assert_eq!(end(&hopeless), "status gd: the loss is not finite at the start");
}

#[test]
fn every_fault_is_a_sentence_that_names_its_place() {
    let softmax = || with(file(), "/output", Some(json!("softmax")));
    let linear = || with(file(), "/output", Some(json!("linear")));
    let sigmoid = || with(file(), "/output", Some(json!("sigmoid")));
    let weights = || with(file(), "/weights", None);
    let cases: [(Value, &str); 50] = [
        (json!([1]), "The file must be an object, and [1] is not."),
        (with(file(), "/speed", Some(json!(1))), "speed is not known. The keys here are inputs, "),
        (with(file(), "/inputs", None), "inputs is missing."),
        (
            with(file(), "/inputs", Some(json!("2"))),
            "inputs must be a whole number, 0 or more, and",
        ),
        (with(file(), "/inputs", Some(json!(8))), "The number of inputs must lie between 1 and 7"),
        (with(file(), "/hidden", None), "hidden is missing."),
        (with(file(), "/hidden", Some(json!(4))), "hidden must be a list, and 4 is not."),
        (with(file(), "/hidden", Some(json!([4, -1]))), "hidden[1] must be a whole number, 0"),
        (with(file(), "/hidden", Some(json!([17]))), "The number of units in a hidden layer must"),
        (with(file(), "/activation", Some(json!("cos"))), "activation must be one of tanh, relu, "),
        (with(file(), "/activation", Some(json!([]))), "activation must be text, and [] is not."),
        (with(file(), "/output", None), "output is missing."),
        (
            with(file(), "/output", Some(json!("z"))),
            "output must be linear, logit, softmax or sigmoid.",
        ),
        (with(file(), "/outputs", Some(json!(2))), "outputs cannot be set: a logit is one."),
        (
            with(sigmoid(), "/outputs", Some(json!(7))),
            "The number of values to predict must lie between 1 and 6, and 7 does not.",
        ),
        (
            with(sigmoid(), "/train/targets", Some(json!([0, 1, [0.5], [1.5]]))),
            "train.targets[3] has 1.5, and σ lies between 0 and 1.",
        ),
        (
            with(sigmoid(), "/train/targets", Some(json!([0, 1, 2, 0]))),
            "train.targets[2] is 2, and the last class is 1.",
        ),
        (
            with(sigmoid(), "/train/targets", Some(json!([0, 1, "1", 0]))),
            "train.targets[2] must be a number, and \"1\" is not.",
        ),
        (
            with(file(), "/frozen", Some(json!("weights"))),
            "frozen must be one of none, biases, and “weights” is not.",
        ),
        (softmax(), "outputs is missing."),
        (
            with(softmax(), "/outputs", Some(json!(1.5))),
            "outputs must be a whole number, 0 or more",
        ),
        (with(softmax(), "/outputs", Some(json!(1))), "The number of classes must lie between 2"),
        (weights(), "weights or initialization is missing."),
        (with(file(), "/initialization", Some(json!({}))), "weights and initialization exclude"),
        (with(file(), "/weights", Some(json!([[1]]))), "weights has 1 layers, and 2 with the"),
        (
            with(file(), "/weights", Some(json!([[1, 2, 3, 4, 5], [1, 2, 3]]))),
            "weights[0] has 5 numbers, and 6 are needed.",
        ),
        (
            with(file(), "/weights", Some(json!([[1, 2, 3, 4, 5, 6], [1, null, 3]]))),
            "weights[1][1] must be a number, and null is not.",
        ),
        (
            with(weights(), "/initialization", Some(json!({"key": "zero"}))),
            "initialization.key must be one of xavier, he, normal, zeros, and “zero” is not.",
        ),
        (
            with(weights(), "/initialization", Some(json!({"key": "he", "seed": -1}))),
            "initialization.seed must be a whole number, 0 or more, and -1 is not.",
        ),
        (
            with(weights(), "/initialization", Some(json!({"name": "he"}))),
            "initialization.name is not known. The keys here are key, seed.",
        ),
        (with(file(), "/rule", Some(json!("sgd"))), "rule must be one of gd, momentum, nesterov, "),
        (
            with(file(), "/rule", Some(json!("newton"))),
            "rule must be one of gd, momentum, nesterov, adagrad, rmsprop, adam; newton needs the Hessian, and a net has none here",
        ),
        (with(file(), "/dials/alpha", Some(json!(20))), "dials.alpha must lie between 1e-6 and 10"),
        (with(file(), "/dials/form", Some(json!("x"))), "dials.form must be one of accumulate, "),
        (with(file(), "/dials/eps", Some(json!(0))), "dials.eps is not known. The keys here are a"),
        (
            with(file(), "/batch", Some(json!(5))),
            "batch must lie between 1 and 4, and “5” does not.",
        ),
        (with(file(), "/batches", Some(json!([[0]]))), "batches excludes batch and seed."),
        (
            with(file(), "/updates", Some(json!(1e300))),
            "updates must be a whole number from 0 to 1,000,000, ",
        ),
        (with(file(), "/l1", Some(json!(-1))), "l1 must lie between 0 and 10, and “-1” does not."),
        (with(file(), "/l2", Some(json!({}))), "l2 must be text, and {} is not."),
        (with(file(), "/train", None), "train is missing."),
        (with(file(), "/train/inputs", None), "train.inputs is missing."),
        (with(file(), "/train/inputs", Some(json!([]))), "train.inputs is empty, and one entry is"),
        (with(file(), "/train/targets", Some(json!([0]))), "train.targets has 1 entries, and "),
        (
            with(file(), "/train/targets", Some(json!([0, 1, 2, 0]))),
            "train.targets[2] is 2, and the last class is 1.",
        ),
        (
            with(file(), "/train/inputs", Some(json!([[0, 0], [1, 1], [2, 2], [3]]))),
            "train.inputs[3] has 1 number, and 2 are needed.",
        ),
        (
            with(file(), "/test/weights", Some(json!([]))),
            "test.weights is not known. The keys here",
        ),
        (with(file(), "/test/targets", Some(json!([0.5]))), "test.targets[0] must be a whole num"),
        (with(file(), "/test", Some(Value::Null)), "test must be an object, and null is not."),
        (
            with(linear(), "/test/targets", Some(json!([[1, 2]]))),
            "test.targets[0] has 2 numbers, and 1 is needed.",
        ),
    ];
    for (file, start) in cases {
        let found = read(&file).err().unwrap_or_default();
        assert!(found.starts_with(start) && found.ends_with('.'), "{start} {found}");
    }
    let bare = with(with(file(), "/batch", None), "/seed", None);
    for (batches, fault) in [
        (json!([]), "batches is empty, and one entry is needed."),
        (json!([[0], []]), "batches[1] is empty, and one entry is needed."),
        (json!([[0], [1, 4]]), "batches[1][1] is 4, and the last of 4 examples is 3."),
    ] {
        assert_eq!(read(&with(bare.clone(), "/batches", Some(batches))).err().unwrap(), fault);
    }
    let broken = Training::read("{\"inputs\": 2,").err().unwrap();
    assert!(broken.starts_with("This is not JSON: EOF ") && broken.ends_with('.'), "{broken}");
}

/// Another value in place of one somewhere in this one.
fn mutate(value: &mut Value, random: &mut Random) {
    let count = match value {
        Value::Array(list) => list.len(),
        Value::Object(object) => object.len(),
        _ => 0,
    } as u32;
    if count > 0 && random.below(8) > 0 {
        let index = random.below(count) as usize;
        let inner = match value {
            Value::Array(list) => list.get_mut(index),
            Value::Object(object) => object.values_mut().nth(index),
            _ => None,
        };
        return inner.into_iter().for_each(|inner| mutate(inner, random));
    }
    if let (Value::Array(list), true) = (&mut *value, random.below(2) == 0) {
        let again = list.last().cloned();
        return if random.below(2) == 0 { drop(list.pop()) } else { list.extend(again) };
    }
    let others = [
        json!(null),
        json!(true),
        json!(0),
        json!(1),
        json!(-1),
        json!(1.5),
        json!(3),
        json!(u64::MAX),
        json!(1e308),
        json!(-1e308),
        json!(5e-324),
        json!(""),
        json!("relu"),
        json!("linear"),
        json!("softmax"),
        json!("sigmoid"),
        json!("adam"),
        json!([]),
        json!([1]),
        json!([[1, 2]]),
        json!({}),
    ];
    *value = others[random.below(others.len() as u32) as usize].clone();
}

#[test]
fn no_file_whatever_makes_it_panic() {
    let mut random = Random::new(4);
    let [mut trained, mut refused, mut broken] = [0; 3];
    for round in 0..5000 {
        let mut file = file();
        mutate(&mut file, &mut random);
        let mut text = file.to_string().into_bytes();
        if round % 2 == 0 {
            let at = random.below(text.len() as u32) as usize;
            let put = b"0123456789-.eE,:[]{}\"\\ \x00\xc3";
            match random.below(3) {
                0 => text[at] = put[random.below(put.len() as u32) as usize],
                1 => drop(text.remove(at)),
                _ => text.truncate(at),
            }
        }
        match Training::read(&String::from_utf8_lossy(&text)) {
            Ok(mut training) => {
                training.updates = training.updates.min(20);
                training.write_table(&mut io::sink()).unwrap();
                training.write_weights(&mut io::sink()).unwrap();
                trained += 1;
            }
            Err(fault) => {
                assert!(fault.ends_with('.') && fault.len() < 300, "{fault}");
                *(if fault.starts_with("This is not JSON") {
                    &mut broken
                } else {
                    &mut refused
                }) += 1;
            }
        }
    }
    assert!(trained > 250 && refused > 1000 && broken > 1000, "{trained} {refused} {broken}");
    assert!(Training::read(&"[".repeat(100_000)).is_err());
}
