//! `reference`: all that can be set, typed or asked, as Markdown.

use std::io::Write;

use super::Failure;
use super::output::print;
use crate::export::reference::markdown;

/// Print the reference as Markdown: every key, rule, surface, problem, data set and command
#[derive(clap::Args)]
pub struct Reference {}

/// Prints it to standard output.
pub fn run(_: &Reference) -> Result<(), Failure> {
    let text = markdown(&super::reference());
    print(|out| out.write_all(text.as_bytes()).map(|()| vec![]))
}
