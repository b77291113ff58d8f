//! Data, batches and the noise ball as numbers, checked against each other and by hand.

use std::collections::BTreeMap;
use std::process::Output;

use serde_json::{Value, json};

use crate::{assert_refused, net_file, ravine};

/// The rows of a table by the names of their columns.
type Rows = Vec<BTreeMap<String, String>>;

fn table(arguments: &[&str]) -> Rows {
    let Output { status, stdout, stderr } = ravine(&[&["trace"], arguments].concat());
    assert!(status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&stderr));
    let text = String::from_utf8(stdout).unwrap();
    let mut lines = text.lines().map(|line| line.split(',').map(str::to_owned));
    let names: Vec<String> = lines.next().unwrap().collect();
    let row = |cells: Vec<String>| {
        assert_eq!(cells.len(), names.len(), "{cells:?}");
        names.iter().cloned().zip(cells).collect()
    };
    lines.map(|cells| row(cells.collect())).collect()
}

fn number(row: &BTreeMap<String, String>, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column} of {row:?}"))
}

fn mean(numbers: impl Iterator<Item = f64> + Clone) -> f64 {
    numbers.clone().sum::<f64>() / numbers.count() as f64
}

#[track_caller]
fn assert_near(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-12 * (1.0 + expected.abs()), "{found} {expected}");
}

/// The examples of each update of a run, in their order.
fn batches_of(rows: &Rows, run: &str) -> Vec<Vec<usize>> {
    let mut batches: Vec<Vec<usize>> = Vec::new();
    for row in rows.iter().filter(|row| row["run"] == run) {
        let update = number(row, "update") as usize;
        if batches.len() < update {
            batches.push(Vec::new());
        }
        assert_eq!(batches.len(), update);
        batches[update - 1].push(number(row, "example") as usize);
    }
    batches
}

#[test]
fn the_path_of_sgd_follows_from_its_data_and_its_batches() {
    let link = "problem=mean&data.n=12&runs=gd,gd&gd2.batch=4&gd2.alpha=0.3&steps=9";
    let [data, batches, path] = [&[link, "--data"][..], &[link, "--batches"], &[link]].map(table);
    assert_eq!(data.len(), 12);
    assert!(data.iter().enumerate().all(|(index, row)| row["example"] == (index + 1).to_string()));
    assert_eq!(batches_of(&batches, "gd"), vec![(1..=12).collect::<Vec<_>>(); 9]);
    let dealt = batches_of(&batches, "gd2");
    assert_eq!(dealt.len(), 9);
    for (epoch, batches) in dealt.chunks(3).enumerate() {
        // Each example once; so the mean of the batches' means is the mean of the data.
        let mut all = batches.concat();
        let order = all.clone();
        all.sort_unstable();
        assert_eq!(all, (1..=12).collect::<Vec<_>>());
        assert_ne!(order, all, "epoch {epoch}");
        let of = |example: &usize| number(&data[example - 1], "x");
        let means = batches.iter().map(|batch| mean(batch.iter().map(of)));
        assert_near(mean(means), mean(data.iter().map(|row| number(row, "x"))));
    }
    // L(θ; x, y) = 1.25 (θ₁ − x)² + (θ₂ − y)², so an update goes towards the batch's mean.
    let steps: Vec<_> = path.iter().filter(|row| row["run"] == "gd2").collect();
    for (update, batch) in dealt.iter().enumerate() {
        for (axis, curvature) in [("x", 2.5), ("y", 2.0)] {
            let center = mean(batch.iter().map(|example| number(&data[example - 1], axis)));
            let theta = number(steps[update], axis);
            assert_near(
                number(steps[update + 1], axis),
                theta - 0.3 * curvature * (theta - center),
            );
        }
    }
    let place = |row: &BTreeMap<String, String>| [row["epoch"].clone(), row["batch"].clone()];
    let of_update = |update: usize| {
        let update = update.to_string();
        batches.iter().find(|row| row["run"] == "gd2" && row["update"] == update).unwrap()
    };
    assert!((1..=9).all(|update| place(of_update(update)) == place(steps[update])));
}

#[test]
fn ones_own_examples_are_printed_as_they_came_and_as_they_are_seen() {
    let own = "problem=linear&data=1,2;2,2.5;3,9";
    let cells = |rows: &Rows, column: &str| -> Vec<f64> {
        rows.iter().map(|row| number(row, column)).collect()
    };
    let rows = table(&[own, "--data"]);
    assert_eq!(rows[0].len(), 3);
    assert_eq!((cells(&rows, "x"), cells(&rows, "y")), (vec![1.0, 2.0, 3.0], vec![2.0, 2.5, 9.0]));
    let rows = table(&[&format!("{own}&data.standardise=yes"), "--data"]);
    assert_eq!(cells(&rows, "x"), [1.0, 2.0, 3.0]);
    let deviation = (2.0f64 / 3.0).sqrt();
    for (found, exact) in cells(&rows, "x_standardised").iter().zip([-1.0, 0.0, 1.0]) {
        assert_near(*found, exact / deviation);
    }
}

#[test]
fn a_link_with_a_net_and_a_file_with_its_data_batches_and_weights_train_alike() {
    let link = "net=3&features=x1,x2,x1x2&data.n=14&data.standardise=yes&clock=updates&steps=7\
                &runs=momentum&momentum.batch=3&momentum.alpha=0.1&momentum.beta=0.9";
    let [data, batches, path] = [&[link, "--data"][..], &[link, "--batches"], &[link]].map(table);
    let weights = table(&[&format!("{link}&step=0"), "--weights"]);
    let set = |part: &str| -> (Vec<usize>, Value) {
        let rows: Vec<_> = data.iter().filter(|row| row["part"] == part).collect();
        let inputs =
            rows.iter().map(|row| ["input1", "input2", "input3"].map(|at| number(row, at)));
        let targets = rows.iter().map(|row| number(row, "y"));
        let names = rows.iter().map(|row| number(row, "example") as usize).collect();
        let set = json!({
            "inputs": inputs.map(|x| x.to_vec()).collect::<Vec<_>>(),
            "targets": targets.collect::<Vec<_>>(),
        });
        (names, set)
    };
    let ((names, train), (_, test)) = (set("train"), set("test"));
    let place = |example: &usize| names.iter().position(|name| name == example).unwrap();
    let dealt: Vec<Vec<usize>> = batches_of(&batches, "momentum")
        .iter()
        .map(|batch| batch.iter().map(place).collect())
        .collect();
    assert_eq!(dealt.len(), 7);
    let layer = |number: char| -> Vec<f64> {
        let of_layer = weights.iter().filter(|row| row["name"].chars().nth(1) == Some(number));
        of_layer.map(|row| row["value"].parse().unwrap()).collect()
    };
    let text = json!({
        "inputs": 3, "hidden": [3], "activation": "tanh", "output": "logit",
        "weights": [layer('1'), layer('2')], "rule": "momentum",
        "dials": {"alpha": 0.1, "beta": 0.9}, "batches": dealt, "updates": 7,
        "train": train, "test": test,
    });
    let of_file = table(&["--net", &net_file("of-link", &text.to_string())]);
    assert_eq!(of_file.len(), 8);
    for (link, file) in path.iter().zip(&of_file) {
        for column in ["loss_train", "loss_test", "accuracy_train", "accuracy_test"] {
            assert_near(number(link, column), number(file, column));
        }
    }
    // The features are what they are called.
    let scaled = |row: &BTreeMap<String, String>| ["input1", "input2"].map(|at| number(row, at));
    for row in &data {
        let [x1, x2] = scaled(row);
        assert_near(number(row, "input3"), x1 * x2);
    }
    let trained = || data.iter().filter(|row| row["part"] == "train");
    assert!(mean(trained().map(|row| scaled(row)[0])).abs() < 1e-12);
}

#[test]
fn the_batches_of_a_file_are_counted_as_it_counts_them() {
    let text = json!({
        "inputs": 1, "hidden": [], "output": "linear", "weights": [[1, 0]], "rule": "gd",
        "updates": 3, "batch": 2, "train": {"inputs": [[1], [2], [3]], "targets": [1, 2, 3]},
    });
    let rows = table(&["--net", &net_file("batched", &text.to_string()), "--batches"]);
    let dealt = batches_of(&rows, "gd");
    let mut first = dealt[..2].concat();
    first.sort_unstable();
    assert_eq!((first, dealt[1].len(), dealt[2].len()), (vec![0, 1, 2], 1, 2));
    let mut given = text.clone();
    given.as_object_mut().unwrap().remove("batch");
    given["batches"] = json!([[2, 0], [1]]);
    let rows = table(&["--net", &net_file("given", &given.to_string()), "--batches"]);
    assert_eq!(batches_of(&rows, "gd"), [vec![2, 0], vec![1], vec![2, 0]]);
}

/// The mean squared distance from a point over the last half of a run's updates.
fn mean_square(path: &Rows, run: &str, minimum: [f64; 2]) -> f64 {
    let steps: Vec<_> = path.iter().filter(|row| row["run"] == run).collect();
    let last = steps.len() - 1;
    let square = |row: &&BTreeMap<String, String>| {
        let [dx, dy] = [number(row, "x") - minimum[0], number(row, "y") - minimum[1]];
        dx * dx + dy * dy
    };
    mean(steps[last / 2 + 1..].iter().map(square))
}

#[test]
fn the_noise_ball_is_what_walks_from_the_minimum_say() {
    let link = "problem=mean&data.n=64&runs=gd,gd&gd2.batch=16&gd2.alpha=0.2&steps=200";
    let [data, ball, path] = [&[link, "--data"][..], &[link, "--ball"], &[link]].map(table);
    // The minimiser is the mean of the data.
    let minimum = ["x", "y"].map(|axis| mean(data.iter().map(|row| number(row, axis))));
    let run = ball.iter().find(|row| row["run"] == "gd2").unwrap();
    assert_eq!((number(run, "batch_size"), number(run, "alpha")), (16.0, 0.2));
    assert!((number(run, "mean_square") / mean_square(&path, "gd2", minimum) - 1.0).abs() < 1e-9);
    let swept: Vec<_> = ball
        .iter()
        .filter(|row| row["run"].is_empty() && number(row, "batch_size") == 16.0)
        .collect();
    assert!(swept.windows(2).all(|pair| number(pair[0], "alpha") < number(pair[1], "alpha")));
    let row = swept[swept.len() / 2];
    let (alpha, [x, y]) = (&row["alpha"], minimum);
    // With batches of 16, four walkers.
    let walks = (1..=4).map(|seed| {
        let walk = format!(
            "problem=mean&data.n=64&runs=gd&gd.batch=16&gd.alpha={alpha}&start={x},{y}&steps=400\
             &seed={seed}"
        );
        mean_square(&table(&[&walk]), "gd", minimum)
    });
    let by_walks = mean(walks.collect::<Vec<_>>().into_iter());
    assert!((number(row, "mean_square") / by_walks - 1.0).abs() < 1e-6, "{row:?} {by_walks}");
}

#[test]
fn a_table_that_there_is_not_is_refused_with_a_sentence() {
    assert_refused(&["trace", "", "--data"], &["--data and --batches want a link with data"]);
    assert_refused(&["trace", "", "--ball"], &["--ball wants a link of the Minibatches lab"]);
    assert_refused(&["trace", "net=3", "--ball"], &["--ball wants a link of the Minibatches lab"]);
    assert_refused(&["trace", "problem=mean", "--weights"], &["--weights wants"]);
    assert_refused(&["trace", "problem=mean", "--data", "--ball"], &["cannot be used with"]);
}
