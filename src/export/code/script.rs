//! A script as its blocks: what a notebook has as cells stands in a file one below the other.

use super::Dialect;

/// A script, block by block.
#[derive(Clone, Debug, Default)]
pub struct Script {
    /// What it is, in a heading.
    pub title: String,
    /// What it is of and how it is used, as sentences.
    pub about: Vec<String>,
    /// The lines that import what it needs.
    pub imports: Vec<String>,
    /// What is defined, block by block.
    pub definitions: Vec<String>,
    /// What walks the runs.
    pub runs: String,
    /// What draws a picture with matplotlib; in notebooks only.
    pub picture: String,
    /// What compares the last numbers.
    pub check: String,
}

/// The longest link that a header repeats.
const LONGEST_LINK: usize = 4_000;

impl Script {
    /// One whose header says where it comes from.
    pub fn of(title: &str, link: &str, dialect: Dialect) -> Self {
        let title = title.replace('\\', "").replace("\"\"\"", "");
        let from = if link.is_empty() {
            "Exported from Ravine, from its address with nothing behind it.".to_owned()
        } else if link.len() > LONGEST_LINK {
            format!("Exported from Ravine. The link has {} characters and is left out.", link.len())
        } else {
            // What would end the header, or begin something else in it.
            let link = link.replace('\\', "%5C").replace('"', "%22");
            format!("Exported from Ravine, from the link\n#{link}")
        };
        let use_it = format!(
            "It needs {} and nothing else. At its end it compares its last numbers with Ravine's.",
            dialect.name()
        );
        let imports = match dialect {
            Dialect::NumPy => vec!["import numpy as np".to_owned()],
            Dialect::PyTorch => vec![
                "import torch".to_owned(),
                String::new(),
                "torch.set_default_dtype(torch.float64)".to_owned(),
            ],
        };
        Self { title, about: vec![from, use_it], imports, ..Self::default() }
    }

    /// It needs Python's own functions.
    pub fn import_math(&mut self) {
        self.imports.splice(0..0, ["import math".to_owned(), String::new()]);
    }

    /// The script as one file.
    pub fn text(&self) -> String {
        let Self { title, about, imports, definitions, runs, check, .. } = self;
        let mut text = format!("\"\"\"{title}\n\n{}\n\"\"\"\n\n", about.join("\n\n"));
        text += &imports.join("\n");
        let mut before_is_function = false;
        for block in definitions.iter().chain([runs, check]).filter(|block| !block.is_empty()) {
            let is_function = block.starts_with("def ");
            let gap = if is_function || before_is_function { "\n\n\n" } else { "\n\n" };
            text += gap;
            text += block;
            before_is_function = is_function;
        }
        text + "\n"
    }
}
