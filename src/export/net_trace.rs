//! Nets as tables of numbers: what `trace` prints of a link with a net.

use std::io::{self, Write};

use crate::export::trace;
use crate::labs::network::{NetExperiment, NetLab, TrainingRun};
use crate::math::budget::Budget;
use crate::math::param::write_number;

/// Trains every run, hidden ones too, and writes a row for each tick of the clock, from the start to
/// the horizon or to where a run diverges, as CSV with the columns
/// `run,update,epoch,examples,loss_train,loss_test,accuracy_train,accuracy_test`: the updates so
/// far, in which epoch the last of them was (from 1; 0 at the start), the examples they used, and
/// the mean losses without penalties. What there is not, such as the accuracy of values, is empty.
/// Returns a line about the end of each run.
///
/// # Errors
/// Those of the output.
pub fn trace(experiment: &NetExperiment, out: &mut impl Write) -> io::Result<Vec<String>> {
    writeln!(out, "run,update,epoch,examples,loss_train,loss_test,accuracy_train,accuracy_test")?;
    let lab = NetLab::of(experiment.clone());
    let mut ends = Vec::new();
    for (index, name) in experiment.runs.names().iter().enumerate() {
        let mut training_run = lab.training_runs()[index].clone();
        let batches = experiment.batches(index);
        for tick in 0..=experiment.steps() {
            training_run.go_on(tick, &mut Budget::unlimited());
            if training_run.diverged().is_some() {
                break;
            }
            let update = training_run.updates();
            let epoch = update.checked_sub(1).map_or(0, |last| batches.place(last)[0] + 1);
            let examples: usize = match update.checked_sub(1) {
                None => 0,
                Some(last) => {
                    let [whole, k] = batches.place(last);
                    whole * batches.n + batches.part(k).end
                }
            };
            let numbers =
                training_run.risks().map(|number| number.map_or_else(String::new, write_number));
            writeln!(out, "{name},{update},{epoch},{examples},{}", numbers.join(","))?;
        }
        ends.push(end_of(&training_run, name));
    }
    Ok(ends)
}

/// Trains every run to where the clock is stopped, or else to the horizon, and writes all its
/// weights and biases as CSV with the columns `run,name,value`. Those of a run that diverges are the
/// last with which they and the loss were finite.
///
/// # Errors
/// Those of the output.
pub fn weights(experiment: &NetExperiment, out: &mut impl Write) -> io::Result<Vec<String>> {
    writeln!(out, "run,name,value")?;
    let lab = NetLab::of(experiment.clone());
    let net = experiment.architecture();
    let end = experiment.timeline.stands_at().unwrap_or(experiment.steps());
    let mut ends = Vec::new();
    for (index, run) in experiment.runs.names().iter().enumerate() {
        let mut training_run = lab.training_runs()[index].clone();
        training_run.go_on(end, &mut Budget::unlimited());
        for (at, value) in training_run.trainer().theta().iter().enumerate() {
            let name = net.name(at).unwrap_or_default();
            writeln!(out, "{run},{name},{}", write_number(*value))?;
        }
        ends.push(end_of(&training_run, run));
    }
    Ok(ends)
}

/// How a run ended.
fn end_of(training_run: &TrainingRun, name: &str) -> String {
    let updates = training_run.updates();
    match training_run.diverged() {
        Some(_) => {
            format!("status {name}: diverged, not finite any more after update {}", updates + 1)
        }
        None => format!("status {name}: finished after {}", trace::updates(updates)),
    }
}
