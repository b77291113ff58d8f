//! What an experiment is taken along as in letters: tables, nets, code that continues.

use super::code::{Dialect, notebook};
use super::printed::{Continued, Table};

/// One kind of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Text {
    /// The paths, or a net's losses, as CSV.
    Path,
    /// The examples as CSV.
    Data,
    /// The net of the followed run as JSON.
    Net,
    /// A Python script.
    Script(Dialect),
    /// A Jupyter notebook.
    Notebook(Dialect),
}

impl Text {
    /// All kinds, each with what the page calls it.
    pub const NAMED: [(&str, Self); 7] = [
        ("csv", Self::Path),
        ("data", Self::Data),
        ("net", Self::Net),
        ("numpy", Self::Script(Dialect::NumPy)),
        ("pytorch", Self::Script(Dialect::PyTorch)),
        ("notebook", Self::Notebook(Dialect::NumPy)),
        ("notebook-pytorch", Self::Notebook(Dialect::PyTorch)),
    ];

    /// The kind that the page calls so.
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMED.into_iter().find(|(known, _)| *known == name).map(|(_, text)| text)
    }
}

/// A text and what is to be said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The text.
    pub text: Vec<u8>,
    /// How the runs ended, where it is a table of them.
    pub ends: Vec<String>,
}

/// An experiment as a text.
///
/// # Errors
/// A sentence: there is no such text of it.
pub fn write(experiment: &dyn Continued, kind: Text) -> Result<Written, String> {
    let plain = |text: String| Ok(Written { text: text.into_bytes(), ends: Vec::new() });
    match kind {
        Text::Path => table(experiment, Table::Path),
        Text::Data => table(experiment, Table::Data),
        Text::Net => plain(experiment.net()?),
        Text::Script(dialect) => plain(experiment.script(dialect, false).text()),
        Text::Notebook(dialect) => plain(notebook(&experiment.script(dialect, true))),
    }
}

fn table(experiment: &dyn Continued, table: Table) -> Result<Written, String> {
    if table == Table::Data && experiment.lacks(table).is_some() {
        return Err("Data want a link with data: this one is of a surface.".to_owned());
    }
    let mut text = Vec::new();
    let ends = experiment.print(table, &mut text).map_err(|error| format!("{error}."))?;
    Ok(Written { text, ends })
}
