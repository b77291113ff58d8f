//! Ravine's command line: `cargo run` builds the page, serves it on this machine and opens it.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
