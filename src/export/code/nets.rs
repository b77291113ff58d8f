//! The script of a net in training, run by run.

use std::sync::Arc;

use super::check::{SAID, compare};
use super::net_model::{blocks, may_overflow};
use super::net_run::NetRun;
use super::number::{float, list, wrapped};
use super::random::Chance;
use super::rounding::{End, Kept, Of, Walk, keep};
use super::run::{Run, comment, remark};
use super::{Dialect, Script};
use crate::data::Dealer;
use crate::labs::network::{Edit, NetExperiment, Sets, TrainingRun, edits_of, link};
use crate::math::budget::Budget;
use crate::network::{Examples, Output, TrainingConfig, Workspace};
use crate::optimizers::schedule::Schedule;
use crate::training::run::Ending;

/// A run that is shown, and how far it can be compared.
struct Shown {
    index: usize,
    config: TrainingConfig,
    kept: Kept,
    ending: Ending,
    /// The weights that are set by hand, and after which update.
    edits: Vec<(usize, Edit)>,
}

/// The script of an experiment in a dialect; where it has a picture, runs return their losses, too.
pub fn script(experiment: &NetExperiment, dialect: Dialect, has_picture: bool) -> Script {
    let names = experiment.runs.names();
    let sets = Arc::new(Sets::of(experiment));
    let shown: Vec<Shown> =
        experiment.runs.shown().into_iter().map(|index| follow(experiment, index, &sets)).collect();
    let net = experiment.architecture();

    let mut outputs: Vec<(Output, &str)> = Vec::new();
    for output in shown.iter().map(|run| run.config.net.output()) {
        if outputs.iter().all(|(known, _)| *known != output) {
            outputs.push((output, if outputs.is_empty() { "" } else { "_of_other_loss" }));
        }
    }
    if outputs.is_empty() {
        outputs.push((net.output(), ""));
    }
    let end_of = |output: Output| {
        outputs.iter().find(|(known, _)| *known == output).map_or("", |(_, end)| *end)
    };
    let mut chance = Chance::default();
    for run in &shown {
        chance.add_batches(run.config.batches, run.kept.updates);
    }
    let title = format!("A net of {} trained by {}", units(experiment), rules(&shown));
    let mut script = Script::of(&title, &link::write(experiment), dialect);
    if dialect == Dialect::NumPy && may_overflow(&net, &outputs) {
        script.definitions.push(
            "np.seterr(over=\"ignore\")  # exp may become infinite, and 1/infinity is 0".to_owned(),
        );
    }
    script.definitions.push(data(&sets.train, net.output(), dialect));
    script.definitions.push(start(experiment, dialect));
    script.definitions.extend(blocks(&net, &outputs, dialect, !shown.is_empty()));
    let mask = |run: &Shown| NetRun::needs_mask(&run.config, dialect);
    if shown.iter().any(mask) {
        script.definitions.push(is_weight(dialect).to_owned());
    }
    script.definitions.extend(chance.blocks(dialect));
    for run in &shown {
        let steps = experiment.steps() * experiment.updates_a_tick(run.index);
        let common = Run {
            name: &names[run.index],
            rule: run.config.rule,
            values: &run.config.values,
            schedule: Schedule::Constant,
            noise: None,
            batch: (!run.config.batches.is_full()).then_some(run.config.batches.m),
            data: "",
            updates: run.kept.updates,
            remark: remark(&run.kept, steps, run.ending),
            keeps_path: has_picture,
        };
        let net_run = NetRun {
            run: common,
            config: &run.config,
            edits: &run.edits,
            end: end_of(run.config.net.output()),
            every: experiment.updates_a_tick(run.index),
        };
        script.definitions.push(net_run.function(dialect));
    }
    let called: Vec<&str> = shown.iter().map(|run| names[run.index].as_str()).collect();
    script.runs = train_all(&called, has_picture);
    script.picture = picture(experiment);
    let rows: Vec<Row> = (shown.iter().zip(&called))
        .map(|(run, name)| Row {
            name,
            theta: &run.kept.theta,
            loss: loss(&run.config, &run.kept.theta, &sets.train),
            end: end_of(run.config.net.output()),
        })
        .collect();
    let is_short = shown.iter().any(|run| run.kept.end != End::Complete);
    let at_start = experiment.theta();
    let rows = if rows.is_empty() {
        let start_loss = Workspace::new(&net).risk(&at_start, &sets.train).loss;
        vec![Row { name: "start", theta: &at_start, loss: start_loss, end: "" }]
    } else {
        rows
    };
    script.check = check(&rows, dialect, is_short);
    script
}

fn units(experiment: &NetExperiment) -> String {
    let net = experiment.architecture();
    let layers = net.layers().iter().map(|layer| layer.units);
    let units: Vec<String> =
        [net.inputs()].into_iter().chain(layers).map(|n| n.to_string()).collect();
    format!("{} units", units.join("–"))
}

fn rules(shown: &[Shown]) -> String {
    let names: Vec<&str> = shown.iter().map(|run| run.config.rule.name).collect();
    if names.is_empty() { "no run".to_owned() } else { names.join(", ") }
}

/// Trains a run as far as it can be compared.
fn follow(experiment: &NetExperiment, index: usize, sets: &Arc<Sets>) -> Shown {
    let config = experiment.training_config(index);
    let every = experiment.updates_a_tick(index);
    let edits: Vec<(usize, Edit)> =
        (edits_of(experiment, index).into_iter()).map(|edit| (edit.tick * every, edit)).collect();
    let steps = experiment.steps() * every;
    let mut workspace = Workspace::new(&config.net);
    let mut dealer = Dealer::new(config.batches);
    let walk = Walk {
        rule: config.rule,
        values: &config.values,
        schedule: Schedule::Constant,
        steps,
        start: experiment.theta(),
    };
    let kept = keep(
        &walk,
        |theta, update, blur| {
            let mut g = vec![0.0; theta.len()];
            let batch = dealer.deal(update);
            let loss = workspace.gradient(theta, &sets.train, batch, &mut g);
            blur.apply(Of::Gradient, &mut g);
            config.regularisation.add_gradient(&config.net, theta, &mut g);
            if config.are_biases_frozen {
                for layer in config.net.layers() {
                    g[layer.biases()].fill(0.0);
                }
            }
            Some((loss, g))
        },
        |theta, update| {
            for (_, edit) in edits.iter().filter(|(after, _)| *after == update) {
                theta[edit.index] = edit.value;
            }
        },
    );
    let mut ending = Ending::Finished;
    if kept.end != End::Complete {
        let mut run = TrainingRun::new(experiment, index, sets, experiment.theta());
        run.go_on(experiment.steps(), &mut Budget::unlimited());
        if run.diverged().is_some() {
            ending = Ending::Overflowed { step: run.updates() + 1 };
        }
    }
    Shown { index, config, kept, ending, edits }
}

fn loss(config: &TrainingConfig, theta: &[f64], train: &Examples) -> f64 {
    Workspace::new(&config.net).risk(theta, train).loss
}

/// The examples for training, as the net sees them.
fn data(train: &Examples, output: Output, dialect: Dialect) -> String {
    let array = if dialect == Dialect::NumPy { "np.array" } else { "torch.tensor" };
    let inputs = (0..train.len()).map(|row| pair(&train.inputs_of(row)));
    let inputs = wrapped(inputs, 0);
    let (about, targets) = match output {
        Output::Softmax(_) => (
            "its class y, counted from 0",
            wrapped((0..train.len()).map(|row| format!("{}", train.target_of(row)[0] as usize)), 0),
        ),
        _ => ("its target y", wrapped((0..train.len()).map(|row| pair(&train.target_of(row))), 0)),
    };
    let text = format!(
        "The {} examples for training: what the net sees of each, and {about}.",
        train.len()
    );
    format!("{}xs = {array}({inputs})\nys = {array}({targets})", comment(&text, "# "))
}

fn pair(numbers: &[f64]) -> String {
    let numbers: Vec<String> = numbers.iter().map(|number| float(*number)).collect();
    format!("[{}]", numbers.join(", "))
}

fn start(experiment: &NetExperiment, dialect: Dialect) -> String {
    let array = if dialect == Dialect::NumPy { "np.array" } else { "torch.tensor" };
    let about =
        comment("θ at the start: of each layer W, row by row (units × inputs), and then b.", "# ");
    format!("{about}start = {array}({})", list(&experiment.theta(), 0))
}

fn is_weight(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::NumPy => {
            "# 1 where θ is a weight, 0 where it is a bias.\n\
             is_weight = np.concatenate([part for W, b in layers(start) for part in (np.ones(W.size), 0 * b)])"
        }
        Dialect::PyTorch => {
            "# 1 where θ is a weight, 0 where it is a bias.\n\
             is_weight = torch.cat([torch.full([part.numel()], float(part.ndim == 2)) for part in net_of(start).parameters()])"
        }
    }
}

fn train_all(names: &[&str], has_picture: bool) -> String {
    if names.is_empty() {
        return "ends = {\"start\": start}".to_owned();
    }
    let calls: String = names.iter().map(|name| format!("    \"{name}\": {name}(),\n")).collect();
    if has_picture {
        format!(
            "# θ at the end of each run, and its losses on the way.\nresults = {{\n{calls}}}\n\
             ends = {{name: theta for name, (theta, losses) in results.items()}}"
        )
    } else {
        format!("# θ at the end of each run.\nends = {{\n{calls}}}")
    }
}

fn picture(experiment: &NetExperiment) -> String {
    if experiment.runs.shown().is_empty() {
        return String::new();
    }
    let unit = if experiment.counts_epochs() { "epochs" } else { "updates" };
    format!(
        "import matplotlib.pyplot as plt\n\n\
         for name, (theta, losses) in results.items():\n    \
             plt.semilogy(losses, label=name)\n\
         plt.xlabel(\"{unit}\")\n\
         plt.ylabel(\"loss over the examples for training\")\n\
         plt.legend()\n\
         plt.show()"
    )
}

/// What Ravine has at the end of a run.
struct Row<'a> {
    name: &'a str,
    theta: &'a [f64],
    loss: f64,
    /// What the name of its risk ends in.
    end: &'a str,
}

fn check(rows: &[Row], dialect: Dialect, is_short: bool) -> String {
    let when =
        if is_short { "after the last update that is made here" } else { "after the last update" };
    let mut text = comment(
        &format!(
            "What Ravine has of each run {when}: θ and the mean loss over the examples for training, \
             without penalties. Both must agree with what is computed here, to 1e-9 of their size, and \
             to 1e-9 where they are near zero."
        ),
        "# ",
    );
    let rows: String = (rows.iter())
        .map(|Row { name, theta, loss, end }| {
            format!("    \"{name}\": ({}, {}, risk{end}),\n", list(theta, 4), float(*loss))
        })
        .collect();
    let net = if dialect == Dialect::NumPy { "end" } else { "net_of(end)" };
    text += &compare(dialect, &rows, "theta, value, risk_of", &format!("risk_of({net}, xs, ys)"));
    text + SAID
}
