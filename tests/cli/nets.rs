//! Links of nets on the command line: their training as a table, their weights, their pictures.

use std::fs;
use std::process::Output;

use ravine::labs::Lab as _;
use ravine::labs::network::{NET, NetExperiment, NetLab, link};
use serde_json::{Map, Value, json};

use crate::{net_file, ravine};

const HEAD: &str = "run,update,epoch,examples,loss_train,loss_test,accuracy_train,accuracy_test";

/// What `trace` prints with these arguments: its rows without their head, and its lines about ends.
fn trace(arguments: &[&str], head: &str) -> (Vec<Vec<String>>, Vec<String>) {
    let Output { status, stdout, stderr } = ravine(&[&["trace"][..], arguments].concat());
    let [stdout, stderr] = [stdout, stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    assert!(status.success(), "{arguments:?}: {stderr}");
    let mut lines = stdout.lines();
    assert_eq!(lines.next(), Some(head), "{arguments:?}");
    let rows = lines.map(|line| line.split(',').map(str::to_owned).collect()).collect();
    (rows, stderr.lines().map(str::to_owned).collect())
}

fn of<'a>(rows: &'a [Vec<String>], run: &str) -> Vec<&'a Vec<String>> {
    rows.iter().filter(|row| row[0] == run).collect()
}

#[test]
fn the_trace_of_nets_has_a_row_for_each_tick_of_the_clock() {
    // 7 of 14 are for training: batches of 3, 3 and 1.
    let link = "net=3&data.n=14&runs=gd,momentum&momentum.batch=3&steps=4";
    let (rows, ends) = trace(&[link], HEAD);
    assert!(rows.iter().all(|row| row.len() == 8));
    let places = |run: &str, link_rows: &[Vec<String>]| -> Vec<String> {
        of(link_rows, run).iter().map(|row| row[1..4].join("/")).collect()
    };
    assert_eq!(places("gd", &rows), ["0/0/0", "1/1/7", "2/2/14", "3/3/21", "4/4/28"]);
    assert_eq!(places("momentum", &rows), ["0/0/0", "3/1/7", "6/2/14", "9/3/21", "12/4/28"]);
    assert_eq!(
        ends,
        ["status gd: finished after 4 updates", "status momentum: finished after 12 updates"]
    );
    let by_updates = link.replace("steps=4", "clock=updates&steps=5");
    let (rows, _) = trace(&[&by_updates], HEAD);
    assert_eq!(places("momentum", &rows), ["0/0/0", "1/1/3", "2/1/6", "3/1/7", "4/2/10", "5/2/13"]);
    // All start with the same weights, and the loss of training falls.
    assert_eq!(of(&rows, "gd")[0][1..], of(&rows, "momentum")[0][1..]);
    let number = |row: &[String], at: usize| row[at].parse::<f64>().unwrap();
    let gd = of(&rows, "gd");
    assert!(gd.windows(2).all(|pair| number(pair[1], 4) < number(pair[0], 4)));
    assert!(gd.iter().all(|row| (0.0..=1.0).contains(&number(row, 6))));
    // Values have no accuracy.
    let (rows, _) = trace(&["net=3&data.shape=curve&steps=2"], HEAD);
    assert!(rows.iter().all(|row| row[6].is_empty() && row[7].is_empty()));
    assert!(rows.iter().all(|row| number(row, 4) > 0.0 && number(row, 5) > 0.0));
}

#[test]
fn a_net_that_diverges_ends_its_table_there_and_keeps_its_last_good_weights() {
    let link = "net=4&data.shape=plane&activation=relu&runs=gd,gd&gd.alpha=10&gd.batch=1&steps=30";
    let (rows, ends) = trace(&[link], HEAD);
    assert!(ends[0].starts_with("status gd: diverged, not finite any more after update "));
    assert_eq!(ends[1], "status gd2: finished after 30 updates");
    assert!(of(&rows, "gd").len() < 31 && of(&rows, "gd2").len() == 31);
    let finite = |text: &String| text.is_empty() || text.parse::<f64>().unwrap().is_finite();
    assert!(rows.iter().all(|row| row[1..].iter().all(finite)));
    let (rows, again) = trace(&[link, "--weights"], "run,name,value");
    assert_eq!(again, ends);
    assert!(rows.iter().all(|row| row[2].parse::<f64>().unwrap().is_finite()));
}

#[test]
fn the_weights_are_those_of_the_page_where_the_clock_is_stopped() {
    let link = "net=3,2&data.n=40&data.shape=blobs3&runs=gd,adam&adam.batch=5&steps=20";
    for step in [0, 7, 20] {
        let stopped = format!("{link}&step={step}");
        let (rows, _) = trace(&[&stopped, "--weights"], "run,name,value");
        let mut lab = NetLab::new(&stopped);
        lab.settle();
        let net = lab.experiment().architecture();
        for (training_run, run) in lab.training_runs().iter().zip(["gd", "adam"]) {
            let printed = of(&rows, run);
            assert_eq!(printed.len(), net.parameters());
            for (index, (row, value)) in
                printed.iter().zip(training_run.trainer().theta()).enumerate()
            {
                assert_eq!(row[1], net.name(index).unwrap());
                assert_eq!(row[2].parse::<f64>().unwrap().to_bits(), value.to_bits());
            }
        }
    }
    let [at_end, nowhere] = [format!("{link}&step=20"), link.to_owned()]
        .map(|link| trace(&[&link, "--weights"], "run,name,value"));
    assert_eq!(at_end, nowhere);
}

/// The first run of a link as a file: its weights at the start as `--weights` prints them, its
/// examples, and its batches one by one.
fn as_file(link: &str, experiment: &NetExperiment, updates: usize) -> Value {
    let (rows, _) = trace(&[&format!("{link}&step=0"), "--weights"], "run,name,value");
    let net = experiment.shape(experiment.output_of(0));
    let theta: Vec<f64> =
        rows[..net.parameters()].iter().map(|row| row[2].parse().unwrap()).collect();
    let layers: Vec<&[f64]> = net.layers().iter().map(|layer| &theta[layer.parameters()]).collect();
    let setup = &experiment.runs[0];
    let dials: Map<String, Value> = (setup.rule.parameters.iter().zip(&setup.values))
        .filter(|(param, _)| param.key != "form")
        .map(|(param, value)| (param.key.to_string(), json!(value)))
        .collect();
    let lab = NetLab::of(experiment.clone());
    let [outputs, output] = match net.output() {
        ravine::network::Output::Linear(units) => [json!(units), json!("linear")],
        ravine::network::Output::Logit => [Value::Null, json!("logit")],
        ravine::network::Output::Sigmoid(_) => [Value::Null, json!("sigmoid")],
        ravine::network::Output::Softmax(units) => [json!(units), json!("softmax")],
    };
    let examples = |examples: &ravine::network::Examples| {
        let all = 0..examples.len();
        let targets: Vec<Value> = all
            .clone()
            .map(|at| match &examples.target_of(at)[..] {
                [one] => json!(one),
                many => json!(many),
            })
            .collect();
        let inputs: Vec<Vec<f64>> = all.map(|at| examples.inputs_of(at)).collect();
        json!({ "inputs": inputs, "targets": targets })
    };
    let batches: Vec<Vec<u32>> =
        (0..updates).map(|update| experiment.batches(0).batch(update)).collect();
    let regularisation = experiment.regularisation(0);
    let sets = lab.sets();
    let mut file = json!({
        "inputs": net.inputs(), "hidden": experiment.hidden(), "output": output,
        "activation": NET[0].write(experiment.net_values()[0]),
        "weights": layers, "rule": setup.rule.key, "dials": dials, "batches": batches,
        "updates": updates, "l1": regularisation.l1, "l2": regularisation.l2,
        "train": examples(&sets.train), "test": examples(sets.test.as_ref().unwrap()),
    });
    if !outputs.is_null() {
        file["outputs"] = outputs;
    }
    file
}

#[test]
fn a_link_is_trained_as_the_file_of_the_same_net_is() {
    for (at, link) in [
        "net=4,2&data.n=30&runs=gd&gd.batch=4",
        "net=3&data.n=30&data.shape=blobs3&runs=momentum&momentum.batch=1&activation=relu&seed=5",
        "net=none&data.n=30&data.shape=hills&runs=adam&adam.batch=7&features=x1,x2,x1x2",
        "net=2,2&data.n=30&data.shape=curve&runs=rmsprop&activation=elu&rmsprop.l1=0.01",
        "net=3&data.n=30&runs=nesterov&nesterov.loss=l2&nesterov.batch=6&nesterov.l2=0.1",
        "net=3&data.n=30&data.shape=spirals3&output=linear&runs=adagrad&adagrad.batch=5",
    ]
    .into_iter()
    .enumerate()
    {
        let link = format!("{link}&clock=updates&steps=60");
        let (experiment, faults) = link::read(&link);
        assert_eq!(faults, []);
        let file = net_file(&format!("link{at}"), &as_file(&link, &experiment, 60).to_string());
        let (ours, ends) = trace(&[&link], HEAD);
        let (theirs, other_ends) = trace(&["--net", &file], HEAD);
        assert_eq!(ends, other_ends, "{link}");
        assert_eq!(ours.len(), 61);
        for (ours, theirs) in ours.iter().zip(&theirs) {
            // The file's batches are one long epoch, and its values are no classes.
            let cells = if theirs[6].is_empty() { 3..6 } else { 3..8 };
            let [ours, theirs] = [ours, theirs].map(|row| (&row[..2], &row[cells.clone()]));
            assert_eq!(ours, theirs, "{link}");
        }
        let (ours, _) = trace(&[&link, "--weights"], "run,name,value");
        let (theirs, _) = trace(&["--net", &file, "--weights"], "name,value");
        assert!(ours.iter().map(|row| &row[1..]).eq(theirs.iter().map(|row| &row[..])), "{link}");
    }
}

#[test]
fn figures_of_nets_show_regions_losses_and_the_surface() {
    let folder = env!("CARGO_TARGET_TMPDIR");
    let net = "net=4&data.n=40&runs=gd,momentum,adam&steps=30";
    for (view, images, words) in [("plot", 3, "SGD"), ("loss", 0, ""), ("surface", 1, "")] {
        let svg = format!("{folder}/net-{view}.svg");
        let figure = ravine(&["figure", net, &svg, "--view", view]);
        assert!(figure.status.success(), "{}", String::from_utf8_lossy(&figure.stderr));
        let text = fs::read_to_string(&svg).unwrap();
        assert!(text.contains("<svg") && !text.contains("NaN") && !text.contains("inf"), "{view}");
        assert_eq!(text.matches("<image").count(), images, "{view}");
        assert!(text.contains("<poly") || text.contains("<path") || text.contains("<circle"));
        assert!(
            words.is_empty() || text.contains("momentum") || text.contains("Momentum"),
            "{view}"
        );
        let png = format!("{folder}/net-{view}.png");
        let size = ["--width", "400", "--height", "300"];
        let figure = ravine(&[&["figure", net, &png, "--view", view][..], &size].concat());
        assert!(figure.status.success(), "{view}");
        let png = fs::read(&png).unwrap();
        let side = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
        assert_eq!([side(16), side(20)], [800, 600]);
    }
    // What there is nothing to draw of is an empty picture and no fault.
    for (link, view) in [
        ("net=4&runs=", "plot"),
        ("net=4&runs=", "loss"),
        ("net=4&runs=", "surface"),
        ("net=4&step=0", "surface"),
        ("net=2&data.shape=curve&steps=3", "plot"),
        ("net=2&data=1,2,3,4,0;2,3,4,5,1&steps=3", "plot"),
    ] {
        let svg = format!("{folder}/net-odd.svg");
        let figure = ravine(&["figure", link, &svg, "--view", view]);
        assert!(figure.status.success(), "{link}: {}", String::from_utf8_lossy(&figure.stderr));
        assert!(fs::read_to_string(&svg).unwrap().contains("<svg"));
    }
}
