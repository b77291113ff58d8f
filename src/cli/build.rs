//! `build`: the static site, for any web host.

use std::path::PathBuf;

use crate::site;

use super::Failure;

/// Write the static site, for any web host
///
/// It needs no server of its own. What else is in the folder stays: a build replaces and removes
/// only files that a build wrote, as DIR/.ravine-files lists them, and follows no link.
///
/// For frames that are sandboxed without allow-same-origin (slides, notebooks) the host must send
/// the header Access-Control-Allow-Origin: *, as our own server does; without it the page says so.
#[derive(clap::Args)]
pub struct Build {
    /// The folder to write it to: a new one, an empty one, or one with an earlier site, of which
    /// the files that an earlier build wrote are replaced or removed, and no others
    /// [default: site, in the target folder]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Builds the site and says where it is.
pub fn run(arguments: &Build) -> Result<(), Failure> {
    let site = site::build(arguments.out.as_deref(), site::Core::Published, &super::reference())?;
    println!("The site is in {}", site.folder.display());
    Ok(())
}
