//! `figure`: an experiment as the page draws it, in a file.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use clap::builder::RangedU64ValueParser;
use ravine::experiment::Experiment;
use ravine::figure;

use super::{Failure, link};

/// Draw an experiment into an SVG or PNG file
#[derive(clap::Args)]
pub struct Figure {
    /// A page address, or the part of one after its #
    link: String,
    /// Where to write it; the ending, .svg or .png, says what
    file: PathBuf,
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

fn side() -> RangedU64ValueParser<u32> {
    RangedU64ValueParser::new().range(100..=4000)
}

/// What of the page is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum View {
    /// The surface and the paths on it
    Plot,
    /// The loss chart
    Loss,
}

/// What the file's ending asks for.
enum Format {
    Svg,
    Png,
}

/// Draws the picture and writes the file.
pub fn run(arguments: &Figure) -> Result<(), Failure> {
    let Figure { link, file, view, width, height } = arguments;
    let format = format_of(file)?;
    let experiment = link::open(link)?;
    let svg = draw(&experiment, *view, *width, *height);
    let content = match format {
        Format::Svg => svg.into_bytes(),
        Format::Png => figure::png(&svg, 2.0).map_err(Failure::Work)?,
    };
    fs::write(file, content).map_err(|error| Failure::Work(format!("{}: {error}.", file.display())))
}

fn draw(experiment: &Experiment, view: View, width: u32, height: u32) -> String {
    let (width, height) = (f64::from(width), f64::from(height));
    match view {
        View::Plot => figure::plot(experiment, width, height),
        View::Loss => figure::loss(experiment, width, height),
    }
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
