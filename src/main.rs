//! Ravine's command line: `cargo run` builds the page, serves it on this machine and opens it.

use std::process::ExitCode;

fn main() -> ExitCode {
    ravine::cli::run()
}
