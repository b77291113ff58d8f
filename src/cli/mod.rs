//! What can be said on the command line, one file a task. A task that fails ends with exit code 1
//! and a sentence; what was asked for wrongly ends with 2.

mod build;
mod export;
mod figure;
mod link;
mod output;
mod reference;
mod serve;
mod trace;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use crate::export::reference::Document;
use crate::site;

/// Gradient descent, SGD and momentum on loss surfaces, live in the browser.
///
/// Without a command: builds the page, serves it on this machine and opens the browser.
#[derive(Parser)]
#[command(version, args_conflicts_with_subcommands = true, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    task: Option<Task>,
    #[command(flatten)]
    serve: serve::Serve,
}

#[derive(Subcommand)]
enum Task {
    Build(build::Build),
    Trace(trace::Trace),
    Figure(figure::Figure),
    Export(export::Export),
    Reference(reference::Reference),
}

/// The reference of this version of Ravine, its command line with it.
pub fn reference() -> Document {
    crate::export::reference::document(&command())
}

/// The command line as it is declared.
pub fn command() -> clap::Command {
    Arguments::command()
}

/// Why a task ended early.
enum Failure {
    /// It could not be done.
    Work(String),
    /// It was asked for wrongly: a sentence for each fault.
    Use(Vec<String>),
}

impl From<site::Failure> for Failure {
    fn from(site::Failure(why): site::Failure) -> Self {
        Self::Work(why)
    }
}

/// Does what the arguments of this process ask for.
pub fn run() -> ExitCode {
    let Arguments { task, serve } = Arguments::parse();
    let done = match task {
        None => serve::run(&serve),
        Some(Task::Build(arguments)) => build::run(&arguments),
        Some(Task::Trace(arguments)) => trace::run(&arguments),
        Some(Task::Figure(arguments)) => figure::run(&arguments),
        Some(Task::Export(arguments)) => export::run(&arguments),
        Some(Task::Reference(arguments)) => reference::run(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Work(why)) => {
            eprintln!("{why}");
            ExitCode::from(1)
        }
        Err(Failure::Use(faults)) => {
            for fault in faults {
                eprintln!("{fault}");
            }
            ExitCode::from(2)
        }
    }
}
