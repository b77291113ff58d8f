//! `trace`: an experiment as a table of numbers.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::export::net_file::Training;
use crate::export::net_trace;
use crate::export::tables;
use clap::ArgGroup;

use super::link::Opened;
use super::output::print;
use super::{Failure, link};

/// Print the paths of an experiment, or the training of a net, as CSV
#[derive(clap::Args)]
#[command(group = ArgGroup::new("what").args(["link", "net"]).required(true))]
#[command(group = ArgGroup::new("table").args(["weights", "data", "batches", "ball"]))]
pub struct Trace {
    /// A page address, or the part of one after its #
    link: Option<String>,
    /// A JSON file with a net, its data and its training, in place of LINK
    #[arg(long, value_name = "FILE")]
    net: Option<PathBuf>,
    /// Print the weights and biases that the training of a net ends with
    #[arg(long)]
    weights: bool,
    /// Print the examples that the runs of LINK learn from
    #[arg(long)]
    data: bool,
    /// Print which examples each update uses, in the order of the epochs
    #[arg(long)]
    batches: bool,
    /// Print the noise ball: how far from the minimum the rule of LINK stays
    #[arg(long)]
    ball: bool,
}

/// Which of the tables is asked for.
#[derive(Clone, Copy)]
enum Table {
    Path,
    Weights,
    Data,
    Batches,
    Ball,
}

impl Trace {
    fn table(&self) -> Table {
        match self {
            Self { weights: true, .. } => Table::Weights,
            Self { data: true, .. } => Table::Data,
            Self { batches: true, .. } => Table::Batches,
            Self { ball: true, .. } => Table::Ball,
            _ => Table::Path,
        }
    }
}

/// Prints the table to standard output, and the end of each run to standard error.
pub fn run(arguments: &Trace) -> Result<(), Failure> {
    let table = arguments.table();
    let wants = |what: &str| Err(Failure::Use(vec![what.to_owned()]));
    if let Some(file) = &arguments.net {
        let training = open(file)?;
        return match table {
            Table::Path => print(|out| Ok(vec![training.write_table(out)?])),
            Table::Weights => print(|out| Ok(vec![training.write_weights(out)?])),
            Table::Batches => print(|out| training.write_batches(out).map(|()| vec![])),
            Table::Data | Table::Ball => wants("--data and --ball want a link in place of --net."),
        };
    }
    match link::open(arguments.link.as_deref().unwrap_or_default())? {
        Opened::Nets(nets) => match table {
            Table::Path => print(|out| net_trace::trace(&nets, out)),
            Table::Weights => print(|out| net_trace::weights(&nets, out)),
            Table::Data => print(|out| tables::net_data(&nets, out).map(|()| vec![])),
            Table::Batches => print(|out| tables::net_batches(&nets, out).map(|()| vec![])),
            Table::Ball => wants("--ball wants a link of the Minibatches lab."),
        },
        Opened::Plane(experiment) if experiment.ground.problem().is_none() => match table {
            Table::Path => print(|out| crate::export::trace::trace(&experiment, out)),
            Table::Weights => wants("--weights wants a link with a net, or --net."),
            Table::Data | Table::Batches => {
                wants("--data and --batches want a link with data: this one is of a surface.")
            }
            Table::Ball => wants("--ball wants a link of the Minibatches lab."),
        },
        Opened::Plane(experiment) => match table {
            Table::Path => print(|out| crate::export::trace::trace(&experiment, out)),
            Table::Weights => wants("--weights wants a link with a net, or --net."),
            Table::Data => print(|out| tables::data(&experiment, out).map(|_| vec![])),
            Table::Batches => print(|out| tables::batches(&experiment, out).map(|_| vec![])),
            Table::Ball => print(|out| tables::ball(&experiment, out)),
        },
    }
}

/// The largest file with a net that is read: a million numbers and more.
const MOST_BYTES: u64 = 32 << 20;

/// The training in a file, or a sentence about its first fault.
fn open(file: &Path) -> Result<Training, Failure> {
    let fault = |why| Failure::Use(vec![format!("{}: {why}", file.display())]);
    let mut text = String::new();
    let read =
        File::open(file).and_then(|file| file.take(MOST_BYTES + 1).read_to_string(&mut text));
    match read {
        Err(error) => Err(fault(format!("{error}."))),
        Ok(length) if length as u64 > MOST_BYTES => {
            Err(fault("the file is larger than 32 MB, the most that is read.".to_owned()))
        }
        Ok(_) => Training::read(&text).map_err(fault),
    }
}
