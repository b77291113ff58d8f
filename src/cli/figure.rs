//! `figure`: an experiment as the page draws it, in a file.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use crate::export::figure;
use crate::export::printed::{self, Drawn};
use clap::ValueEnum;

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
    /// What to draw [default: plot]
    #[arg(long, value_enum)]
    view: Option<View>,
    /// Its width: in CSS pixels, of which a PNG has two or more for each, 100 to 4000 [default: 920];
    /// for LaTeX in centimetres, 3 to 40, as in 12cm [default: 12cm]
    #[arg(long, value_name = "W", value_parser = length)]
    width: Option<Length>,
    /// Its height, likewise [default: three quarters of the width]
    #[arg(long, value_name = "H", value_parser = length)]
    height: Option<Length>,
}

/// A side of a picture.
#[derive(Clone, Copy, Debug)]
struct Length {
    number: f64,
    /// It says that it is in centimetres.
    is_cm: bool,
}

fn length(text: &str) -> Result<Length, String> {
    let (number, is_cm) = match text.strip_suffix("cm") {
        Some(number) => (number.trim_end(), true),
        None => (text, false),
    };
    let number: f64 = number.parse().map_err(|_| "it must be a number, or one of cm".to_owned())?;
    if number.is_finite() { Ok(Length { number, is_cm }) } else { Err("it has no end".to_owned()) }
}

impl Canvas {
    /// Whether anything was said of a picture.
    pub(super) fn is_asked_for(&self) -> bool {
        self.view.is_some() || self.width.is_some() || self.height.is_some()
    }

    /// What is drawn of an experiment.
    pub(super) fn figure(&self, experiment: &dyn Drawn) -> Box<dyn printed::Figure> {
        experiment.figure(self.view.unwrap_or(View::Plot).into())
    }

    /// The picture of an experiment, as SVG, its embedded pictures with so many pixels for each CSS
    /// pixel.
    pub(super) fn svg(&self, experiment: &dyn Drawn, density: u8) -> Result<String, Failure> {
        let size = self.pixels()?;
        Ok(self.figure(experiment).svg(size.map(f64::from), density.into()))
    }

    /// Width and height in CSS pixels.
    pub(super) fn pixels(&self) -> Result<[u32; 2], Failure> {
        let side = |name: &str, given: Option<Length>, default: u32| match given {
            None => Ok(default),
            Some(Length { is_cm: true, .. }) => {
                Err(format!("--{name} is in CSS pixels here; centimetres are for LaTeX."))
            }
            Some(Length { number, .. }) if number.fract() != 0.0 => {
                Err(format!("--{name}: {number} is not a whole number of CSS pixels."))
            }
            Some(Length { number, .. }) if !(100.0..=4000.0).contains(&number) => {
                Err(format!("--{name}: {number} is not in 100..=4000."))
            }
            Some(Length { number, .. }) => Ok(number as u32),
        };
        let width = side("width", self.width, 920);
        let default = width.as_ref().map_or(690, |&width| (width * 3 / 4).max(100));
        sides(width, side("height", self.height, default))
    }

    /// Width and height in centimetres.
    pub(super) fn centimetres(&self) -> Result<[f64; 2], Failure> {
        let side = |name: &str, given: Option<Length>, default: f64| match given {
            None => Ok(default),
            Some(Length { number, .. }) if !(3.0..=40.0).contains(&number) => {
                Err(format!("--{name}: for LaTeX it is 3 to 40 cm, as in 12cm, and not {number}."))
            }
            Some(Length { number, .. }) => Ok(number),
        };
        let width = side("width", self.width, 12.0);
        let default = width.as_ref().map_or(9.0, |width| (0.75 * width).max(3.0));
        sides(width, side("height", self.height, default))
    }
}

/// Both sides, or what is wrong with them.
fn sides<T>(width: Result<T, String>, height: Result<T, String>) -> Result<[T; 2], Failure> {
    match (width, height) {
        (Ok(width), Ok(height)) => Ok([width, height]),
        (width, height) => {
            Err(Failure::Use([width.err(), height.err()].into_iter().flatten().collect()))
        }
    }
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
    canvas.pixels()?;
    let svg = canvas.svg(&*link::open(link)?, 2)?;
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
