//! The end of a script: its last numbers are Ravine's.

use super::Dialect;
use super::number::float;
use super::planar::{Shown, average_of};
use super::run::comment;
use crate::labs::planar::experiment::Experiment;
use crate::objective::Objective;
use crate::optimizers::average::Average;

/// What compares the ends with Ravine's.
pub fn check(
    experiment: &Experiment,
    objective: &Objective,
    dialect: Dialect,
    walked: &[&Shown],
    nowhere: &[&Shown],
) -> String {
    let is_risk = experiment.source.problem().is_some();
    let mut text = String::new();
    for run in nowhere {
        text += &comment(
            &format!(
                "{} goes nowhere: the loss or its gradient is not a finite number at the start.",
                run.name
            ),
            "# ",
        );
    }
    let loss = if is_risk { "risk(end, xs, ys)" } else { "loss(end)" };
    let of = |name: &str, [x, y]: [f64; 2]| {
        let value = float(objective.value([x, y]));
        format!("    \"{name}\": ([{}, {}], {value}),\n", float(x), float(y))
    };
    let mut rows = String::new();
    for run in walked {
        rows += &of(&run.name, [run.kept.theta[0], run.kept.theta[1]]);
    }
    if walked.is_empty() {
        if !objective.value(experiment.start).is_finite() {
            let loss = loss.replace("end", "start");
            text += "# There neither: a number that is not finite is not below infinity.\n";
            text += &format!("assert not abs(float({loss})) < float(\"inf\")\n");
            return text
                + "print(\"The loss at the start is no finite number, as in Ravine: there is none to compare to 1e-9.\")";
        }
        text += "# There is no run: the loss at the start alone is compared.\nends = {\"start\": start}\n";
        rows = of("start", experiment.start);
    }
    let is_short = walked.iter().any(|run| run.kept.updates < experiment.steps());
    let when = if is_short {
        "after the last update that is walked here"
    } else {
        "after the last update"
    };
    text += &comment(
        &format!(
            "What Ravine has of each run {when}: θ and the loss there. Both must agree with what is \
             computed here, to 1e-9 of their size, and to 1e-9 where they are near zero."
        ),
        "# ",
    );
    text += &compare(dialect, &rows, "theta, value", loss);
    for run in walked {
        text += &average(experiment, dialect, run);
    }
    text + SAID
}

/// What a script says when its numbers are Ravine's.
pub const SAID: &str = "print(\"θ and the loss at the end of each run are Ravine's, to 1e-9.\")";

/// Compares θ and the loss at each end with rows of Ravine's numbers, which have these names in Python; the
/// loss there is this expression.
pub fn compare(dialect: Dialect, rows: &str, names: &str, loss: &str) -> String {
    let theta =
        agrees(dialect, "    ", "end", "theta", "f\"{name}: θ is {end}, and in Ravine {theta}\"");
    let value = agrees(
        dialect,
        "    ",
        "f",
        "value",
        "f\"{name}: the loss is {f}, and in Ravine {value}\"",
    );
    format!(
        "expected = {{\n{rows}}}\nfor name, ({names}) in expected.items():\n    end = ends[name]\n\
         {theta}    f = {loss}\n{value}"
    )
}

/// The assertion that what is computed here is what Ravine has.
fn agrees(dialect: Dialect, indent: &str, here: &str, there: &str, fault: &str) -> String {
    let close = match dialect {
        Dialect::NumPy => format!("np.allclose({here}, {there}, rtol=1e-9, atol=1e-9)"),
        Dialect::PyTorch => {
            let [here, there] = [here, there].map(|what| format!("torch.as_tensor({what})"));
            format!("torch.allclose({here}, {there}, rtol=1e-9, atol=1e-9)")
        }
    };
    format!("{indent}assert {close}, {fault}\n")
}

/// The averaged iterate of a run that has one, and that it is Ravine's.
fn average(experiment: &Experiment, dialect: Dialect, run: &Shown) -> String {
    let Some(average) = average_of(experiment, run) else { return String::new() };
    let name = &run.name;
    let updates = run.kept.updates;
    let along = average.along(&run.path.theta[..=updates]);
    let Some([x, y]) = along.last().map(|theta| theta.map(float)) else { return String::new() };
    let mean = |from: usize| match dialect {
        Dialect::NumPy => format!("average = np.mean(paths[\"{name}\"][{from}:], axis=0)\n"),
        Dialect::PyTorch => format!("average = paths[\"{name}\"][{from}:].mean(dim=0)\n"),
    };
    let (what, how) = match average {
        _ if updates == 0 => ("the start", format!("average = paths[\"{name}\"][0]\n")),
        Average::All => ("the mean of all iterates but the start", mean(1)),
        Average::Half => ("the mean of the last half of the iterates", mean(updates / 2 + 1)),
        Average::Exponential { keep } => (
            "θ̄ ← ρθ̄ + (1 − ρ)θ along the path",
            format!(
                "rho = {}\naverage = start\nfor theta in paths[\"{name}\"][1:]:\n    average = rho * average + (1 - rho) * theta\n",
                float(keep)
            ),
        ),
    };
    format!("# The averaged iterate of {name}: {what}.\n{how}")
        + &agrees(
            dialect,
            "",
            "average",
            &format!("[{x}, {y}]"),
            &format!("f\"{name}: the averaged iterate is {{average}}\""),
        )
}
