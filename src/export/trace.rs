//! An experiment as a table of numbers: what `trace` prints.

use std::io::{self, Write};

use crate::data::Batches;
use crate::labs::planar::experiment::Experiment;
use crate::math::param::write_number;
use crate::optimizers::average::Average;
use crate::training::run::{Ending, walk};

/// Writes every run of the experiment, hidden ones too, as CSV with the columns
/// `run,step,x,y,loss,grad_norm`: one row for each point, f64 in full (the shortest digits that
/// read back as the same bits). Runs on data have `epoch,batch,x_avg,y_avg` behind them: in which
/// epoch the update was that led to the point and which batch of it that used, both from 1 (0 at
/// the start), and the averaged iterate that is drawn of the run, of all iterates where none is.
/// Returns a line about the end of each run.
///
/// # Errors
/// Those of the output.
pub fn trace(experiment: &Experiment, out: &mut impl Write) -> io::Result<Vec<String>> {
    let objective = experiment.objective();
    let on_data = objective.risk().is_some();
    let mut ends = Vec::new();
    let more = if on_data { ",epoch,batch,x_avg,y_avg" } else { "" };
    writeln!(out, "run,step,x,y,loss,grad_norm{more}")?;
    for (index, name) in experiment.runs.names().iter().enumerate() {
        let path = walk(&objective, &experiment.run_spec(index));
        let averages = experiment.runs[index].average().unwrap_or(Average::All).along(&path.theta);
        let points = path.theta.iter().zip(&path.loss).zip(&path.grad_norm);
        for (step, (([x, y], loss), grad_norm)) in points.enumerate() {
            let numbers = [x, y, loss, grad_norm].map(|number| write_number(*number));
            write!(out, "{name},{step},{}", numbers.join(","))?;
            if let Some(batches) = experiment.batches(index) {
                let [epoch, batch] = arrival(&batches, step);
                let [x, y] = averages[step].map(write_number);
                write!(out, ",{epoch},{batch},{x},{y}")?;
            }
            writeln!(out)?;
        }
        let what = if on_data { "the risk" } else { "f" };
        ends.push(match path.ending() {
            Ending::Finished => {
                format!("status {name}: finished after {}", updates(experiment.steps()))
            }
            Ending::Nowhere => {
                format!("status {name}: {what} or its gradient is not finite at the start")
            }
            Ending::Overflowed { step } => {
                format!("status {name}: diverged, not finite any more after update {step}")
            }
            Ending::LeftDomain { step } => format!(
                "status {name}: stopped, update {step} leads to where {what} or its gradient is not \
                 finite"
            ),
            Ending::Singular { step } => format!(
                "status {name}: stopped, the Hessian that update {step} needs the inverse of has none"
            ),
        });
    }
    Ok(ends)
}

/// `1 update`, `200 updates`
pub(crate) fn updates(count: usize) -> String {
    format!("{count} update{}", if count == 1 { "" } else { "s" })
}

/// The epoch and the batch of the update that leads to a step, both counted from 1; 0 at the start.
fn arrival(batches: &Batches, step: usize) -> [usize; 2] {
    step.checked_sub(1).map_or([0, 0], |update| batches.place(update).map(|place| place + 1))
}
