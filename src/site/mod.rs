//! The site: the page with its core, as a folder of plain files that any web host can serve, and
//! a server that shows it on this machine. Native only; nothing of it reaches the page.

mod build;
mod comments;
mod folder;
mod offline;
mod pack;
mod reference;
mod serve;
mod single;
mod sources;
mod watch;

pub use build::{Core, Site, build, single_file};
pub use serve::{POLICY, Reload, app, bind, serve};
pub use single::{Inside, is_single};
pub use watch::watch;

use std::fmt::{self, Display, Formatter};
use std::io;
use std::path::Path;

/// Why there is no site: one or a few sentences for whoever typed the command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure(pub String);

impl Display for Failure {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}

/// A failure that has to do with a file or a folder.
fn about(path: &Path, error: &io::Error) -> Failure {
    Failure(format!("{}: {error}.", path.display()))
}
