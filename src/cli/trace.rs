//! `trace`: an experiment as a table of numbers.

use std::io::{self, BufWriter, ErrorKind, Write};

use super::{Failure, link};

/// Print the paths of an experiment as CSV
#[derive(clap::Args)]
pub struct Trace {
    /// A page address, or the part of one after its #
    link: String,
}

/// Prints the table to standard output, and the end of each run to standard error.
pub fn run(arguments: &Trace) -> Result<(), Failure> {
    let experiment = link::open(&arguments.link)?;
    let mut out = BufWriter::new(io::stdout().lock());
    let ends = ravine::trace::trace(&experiment, &mut out).and_then(|ends| {
        out.flush()?;
        Ok(ends)
    });
    match ends {
        Ok(ends) => {
            for end in ends {
                eprintln!("{end}");
            }
            Ok(())
        }
        // The reader has seen enough, as `head` has.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Failure::Work(format!("The table could not be written: {error}."))),
    }
}
