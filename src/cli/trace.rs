//! `trace`: an experiment as a table of numbers.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::export::net_file::Training;
use crate::export::printed::{Printed, Table};
use clap::ArgGroup;

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
    let printed: Box<dyn Printed> = match &arguments.net {
        Some(file) => Box::new(open(file)?),
        None => link::open(arguments.link.as_deref().unwrap_or_default())?,
    };
    match printed.lacks(table) {
        Some(sentence) => Err(Failure::Use(vec![sentence.to_owned()])),
        None => print(|out| printed.print(table, out)),
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
