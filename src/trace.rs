//! An experiment as a table of numbers: what `trace` prints.

use std::io::{self, Write};

use crate::experiment::Experiment;
use crate::param::write_number;
use crate::run::{Status, walk};

/// Writes every run of the experiment, hidden ones too, as CSV with the columns
/// `run,step,x,y,loss,grad_norm`: one row for each point, f64 in full (the shortest digits that
/// read back as the same bits). Returns a line about the end of each run.
///
/// # Errors
/// Those of the output.
pub fn trace(experiment: &Experiment, out: &mut impl Write) -> io::Result<Vec<String>> {
    let objective = experiment.objective();
    let mut ends = Vec::new();
    writeln!(out, "run,step,x,y,loss,grad_norm")?;
    for (index, name) in experiment.names().iter().enumerate() {
        let path = walk(&objective, &experiment.course(index));
        let points = path.theta.iter().zip(&path.loss).zip(&path.grad_norm);
        for (step, (([x, y], loss), grad_norm)) in points.enumerate() {
            let numbers = [x, y, loss, grad_norm].map(|number| write_number(*number));
            writeln!(out, "{name},{step},{}", numbers.join(","))?;
        }
        ends.push(match path.status {
            Status::Finished => format!("status {name}: finished after {} updates", experiment.steps()),
            Status::Diverged { step: 0 } => {
                format!("status {name}: f or its gradient is not finite at the start")
            }
            Status::Diverged { step } => {
                format!("status {name}: diverged, not finite any more after update {step}")
            }
        });
    }
    Ok(ends)
}
