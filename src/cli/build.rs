//! `build`: the static site, for any web host, or the page as one file.

use std::fs;
use std::path::{Path, PathBuf};

use crate::labs::{lesson, link};
use crate::site::{self, Core, Inside};

use super::Failure;
use super::figure::{refuse_link, write};

/// Write the static site, for any web host, or one file that needs none
///
/// The site needs no server of its own. What else is in the folder stays: a build replaces and removes
/// only files that a build wrote, as DIR/.ravine-files lists them, and follows no link.
///
/// For frames that are sandboxed without allow-same-origin (slides, notebooks) the host must send
/// the header Access-Control-Allow-Origin: *, as our own server does; without it the page says so.
///
/// After one visit over https the site works without network; a later build is offered to whoever comes
/// again, and replaces nothing while a page is open.
#[derive(clap::Args)]
pub struct Build {
    /// The folder to write it to: a new one, an empty one, or one with an earlier site, of which
    /// the files that an earlier build wrote are replaced or removed, and no others
    /// [default: site, in the target folder]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Write no folder, but one HTML file with everything within, which opens by a double click and
    /// asks no network for anything; of files that are there only an earlier one is replaced
    #[arg(long, value_name = "FILE", conflicts_with = "out")]
    single_file: Option<PathBuf>,
    /// A lesson to be put inside the single file, which opens with its first scene
    #[arg(long, value_name = "FILE", requires = "single_file")]
    lesson: Option<PathBuf>,
    /// What the single file opens with: a page address, or the part of one after its #
    #[arg(long, value_name = "LINK", requires = "single_file", conflicts_with = "lesson")]
    link: Option<String>,
}

/// Builds what is asked for and says where it is.
pub fn run(arguments: &Build) -> Result<(), Failure> {
    if let Some(file) = &arguments.single_file {
        return write_single(file, arguments);
    }
    let site = site::build(arguments.out.as_deref(), Core::Published, &super::reference())?;
    println!("The site is in {}", site.folder.display());
    Ok(())
}

fn write_single(file: &Path, Build { lesson, link, .. }: &Build) -> Result<(), Failure> {
    let is_html = file.extension().is_some_and(|ending| ending == "html" || ending == "htm");
    if !is_html {
        let file = file.display();
        return Err(Failure::Use(vec![format!("{file} does not end in .html, as a page does.")]));
    }
    refuse_link(file)?;
    if fs::read(file).is_ok_and(|bytes| !site::is_single(&bytes)) {
        let file = file.display();
        return Err(Failure::Use(vec![format!(
            "{file} is there, and is no single file of Ravine's. Name another one."
        )]));
    }
    let lesson = lesson.as_deref().map(read_lesson).transpose()?;
    let link = link.as_deref().map(checked).transpose()?.unwrap_or_default();
    let inside = Inside { link, lesson };
    let page = site::single_file(Core::Published, &super::reference(), &inside)?;
    write(file, &page)?;
    println!("The page is in {}, {} bytes", file.display(), page.len());
    Ok(())
}

/// The name and the text of a lesson that the page can open.
fn read_lesson(file: &Path) -> Result<(String, String), Failure> {
    let text = fs::read_to_string(file)
        .map_err(|error| Failure::Work(format!("{}: {error}.", file.display())))?;
    let name = file.file_stem().unwrap_or_default().to_string_lossy();
    let name = format!("{name}.json");
    match lesson::read(&name, &text) {
        Ok(_) => Ok((name, text)),
        Err(faults) => Err(Failure::Use(faults)),
    }
}

/// A link that opens.
fn checked(text: &str) -> Result<String, Failure> {
    super::link::open(text)?;
    Ok(link::of_address(text).to_owned())
}
