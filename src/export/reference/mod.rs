//! The reference: every key of a link, update rule, surface, problem, data set, function, scene,
//! command and key of a file, made from the declarations that the program itself runs on. It is a
//! page of the site, and `cargo run -- reference` prints it as Markdown.
//!
//! Its chapters are texts in a few marks of Markdown, in `text/`. Where a line is `@settings of the
//! Surface lab`, the table of that name stands, and where `{{runs}}` stands, the limit of that name.
//! What only a declaration can say is said there, and a text of a declaration has the same marks.
//!
//! | file | what it holds |
//! |---|---|
//! | `document.rs`, `prose.rs` | headings, paragraphs, lists, code, tables; the marks of texts |
//! | `markdown.rs`, `html.rs`, `mathml.rs` | a document as Markdown and as HTML; formulas in letters |
//! | `limits.rs` | the limits that texts name |
//! | `keys.rs`, `galleries.rs`, `definitions.rs`, `formulas.rs`, `commands.rs` | the tables |

mod commands;
mod definitions;
pub mod document;
mod formulas;
mod galleries;
mod html;
mod keys;
mod limits;
mod markdown;
mod mathml;
mod prose;

use clap::Command;

pub use commands::LISTINGS;
pub use document::Document;
pub use html::{body, contents};
pub use markdown::markdown;

use document::{Block, Limits};

/// What is before the first chapter, and the chapters.
const TEXTS: [&str; 10] = [
    include_str!("text/lead.md"),
    include_str!("text/links.md"),
    include_str!("text/embed.md"),
    include_str!("text/rules.md"),
    include_str!("text/galleries.md"),
    include_str!("text/scenes.md"),
    include_str!("text/definitions.md"),
    include_str!("text/formulas.md"),
    include_str!("text/commands.md"),
    include_str!("text/files.md"),
];

/// The reference, with this command line.
///
/// # Panics
/// Where a chapter names a table or a limit that there is not.
pub fn document(command: &Command) -> Document {
    let limits = limits::limits();
    let mut blocks = Vec::new();
    for block in TEXTS.iter().flat_map(|text| limits.blocks(text)) {
        match block {
            Block::Include(name) => blocks.extend(included(&name, &limits, command)),
            block => blocks.push(block),
        }
    }
    Document { title: "Ravine: reference".to_owned(), blocks }
}

/// What stands where a chapter says `@name`.
fn included(name: &str, limits: &Limits, command: &Command) -> Vec<Block> {
    if name == "commands" {
        return commands::commands(command);
    }
    let table = keys::table(name, limits)
        .or_else(|| galleries::table(name, limits))
        .or_else(|| definitions::table(name))
        .or_else(|| formulas::table(name))
        .or_else(|| commands::table(name, limits));
    vec![table.unwrap_or_else(|| panic!("no table is called {name}"))]
}
