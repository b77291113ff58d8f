//! `figure`: an experiment as the page draws it, in a file.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use crate::export::figure;
use crate::export::printed::{self, Drawn};
use clap::ValueEnum;
use clap::builder::RangedU64ValueParser;

use super::{Failure, link};

/// Draw an experiment into an SVG or PNG file
///
/// The picture is what the page draws: GD beside SGD in two panels, what each net says of the
/// plane.
#[derive(clap::Args)]
pub struct Figure {
    /// A page address, or the part of one after its #
    link: String,
    /// Where to write it; the ending, .svg or .png, says what. A file that is there is replaced; a
    /// link is not followed
    file: PathBuf,
    #[command(flatten)]
    canvas: Canvas,
}

/// What is drawn, and how large.
#[derive(clap::Args)]
pub(super) struct Canvas {
    /// What to draw
    #[arg(long, value_enum, default_value_t = View::Plot)]
    view: View,
    /// Its width in CSS pixels; a PNG has two pixels for each
    #[arg(long, value_name = "W", default_value_t = 920, value_parser = side())]
    width: u32,
    /// Its height in CSS pixels
    #[arg(long, value_name = "H", default_value_t = 690, value_parser = side())]
    height: u32,
}

impl Canvas {
    /// The picture of an experiment, as SVG.
    pub(super) fn svg(&self, experiment: &dyn Drawn) -> String {
        let Self { view, width, height } = *self;
        experiment.draw(view.into(), f64::from(width), f64::from(height))
    }
}

fn side() -> RangedU64ValueParser<u32> {
    RangedU64ValueParser::new().range(100..=4000)
}

/// What of the page is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum View {
    /// The surface and the paths on it; of nets, what each says of the plane
    Plot,
    /// The loss chart
    Loss,
    /// The loss surface, of nets on a plane through their weights
    Surface,
    /// The loss surface in three dimensions, with the paths lying on it
    Hill,
    /// The plane coloured by the minimum where the followed run ends from each start; of nets, as plot
    Basins,
    /// The loss at the end of each run against α
    Sweep,
    /// How the losses at the end are distributed over very many starts; of nets, the loss chart
    Starts,
    /// How fast momentum comes down at each α and β; of nets, the loss chart
    #[value(name = "alphabeta")]
    AlphaBeta,
    /// Where a net's training works, by α and the initial scale; elsewhere, the loss chart
    Trainability,
    /// The same by α and the batch size
    #[value(name = "alphabatch")]
    AlphaBatch,
}

impl From<View> for printed::View {
    fn from(view: View) -> Self {
        match view {
            View::Plot => Self::Plot,
            View::Loss => Self::Loss,
            View::Surface => Self::Surface,
            View::Hill => Self::Hill,
            View::Basins => Self::Basins,
            View::Sweep => Self::Sweep,
            View::AlphaBeta => Self::AlphaBeta,
            View::Starts => Self::Starts,
            View::Trainability => Self::Trainability,
            View::AlphaBatch => Self::AlphaBatch,
        }
    }
}

/// What the file's ending asks for.
enum Format {
    Svg,
    Png,
}

/// Draws the picture and writes the file.
pub fn run(arguments: &Figure) -> Result<(), Failure> {
    let Figure { link, file, canvas } = arguments;
    let format = format_of(file)?;
    refuse_link(file)?;
    let svg = canvas.svg(&*link::open(link)?);
    let content = match format {
        Format::Svg => svg.into_bytes(),
        Format::Png => figure::png(&svg, 2.0).map_err(Failure::Work)?,
    };
    write(file, &content)
}

/// Writes the file.
pub(super) fn write(file: &Path, content: &[u8]) -> Result<(), Failure> {
    fs::write(file, content).map_err(|error| Failure::Work(format!("{}: {error}.", file.display())))
}

/// What is written is written to the file that was named, and not to another one behind it.
pub(super) fn refuse_link(file: &Path) -> Result<(), Failure> {
    if !file.is_symlink() {
        return Ok(());
    }
    let file = file.display();
    Err(Failure::Use(vec![format!("{file} is a link. Name the file itself, or another one.")]))
}

fn format_of(file: &Path) -> Result<Format, Failure> {
    match file.extension().and_then(OsStr::to_str) {
        Some("svg") => Ok(Format::Svg),
        Some("png") => Ok(Format::Png),
        _ => Err(Failure::Use(vec![format!(
            "{} ends neither in .svg nor in .png, so the format is not known.",
            file.display()
        )])),
    }
}
