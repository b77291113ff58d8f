//! `trace`: an experiment as a table of numbers.

use std::fs;
use std::io::{self, BufWriter, ErrorKind, StdoutLock, Write};
use std::path::{Path, PathBuf};

use clap::ArgGroup;
use ravine::net_file::Training;
use ravine::net_trace;

use super::link::Opened;
use super::{Failure, link};

/// Print the paths of an experiment, or the training of a net, as CSV
#[derive(clap::Args)]
#[command(group = ArgGroup::new("what").args(["link", "net"]).required(true))]
pub struct Trace {
    /// A page address, or the part of one after its #
    link: Option<String>,
    /// A JSON file with a net, its data and its training, in place of LINK
    #[arg(long, value_name = "FILE")]
    net: Option<PathBuf>,
    /// Print the weights and biases that the training of a net ends with
    #[arg(long)]
    weights: bool,
}

/// Prints the table to standard output, and the end of each run to standard error.
pub fn run(arguments: &Trace) -> Result<(), Failure> {
    let Trace { link, net, weights } = arguments;
    if let Some(file) = net {
        let training = open(file)?;
        return print(|out| {
            let end = match weights {
                true => training.write_weights(out),
                false => training.write_table(out),
            };
            Ok(vec![end?])
        });
    }
    let opened = link::open(link.as_deref().unwrap_or_default())?;
    match (opened, *weights) {
        (Opened::Nets(nets), true) => print(|out| net_trace::weights(&nets, out)),
        (Opened::Nets(nets), false) => print(|out| net_trace::trace(&nets, out)),
        (Opened::Plane(_), true) => {
            Err(Failure::Use(vec!["--weights wants a link with a net, or --net.".to_owned()]))
        }
        (Opened::Plane(experiment), false) => print(|out| ravine::trace::trace(&experiment, out)),
    }
}

/// The training in a file, or a sentence about its first fault.
fn open(file: &Path) -> Result<Training, Failure> {
    let text = fs::read_to_string(file).map_err(|error| format!("{error}."));
    let fault = |why| Failure::Use(vec![format!("{}: {why}", file.display())]);
    text.and_then(|text| Training::read(&text)).map_err(fault)
}

/// Prints what is written, and then the lines about the ends of the runs.
fn print(
    write: impl FnOnce(&mut BufWriter<StdoutLock>) -> io::Result<Vec<String>>,
) -> Result<(), Failure> {
    let mut out = BufWriter::new(io::stdout().lock());
    let ends = write(&mut out).and_then(|ends| {
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
