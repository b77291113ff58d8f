//! `build`: the static site, for any web host.

use std::path::PathBuf;

use ravine::site;

use super::Failure;

/// Write the static site, for any web host
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
    let site = site::build(arguments.out.as_deref(), site::Core::Published)?;
    println!("The site is in {}", site.folder.display());
    Ok(())
}
