//! `export`: an experiment as whatever it is taken along as.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::export::code::Dialect;
use crate::export::figure;
use crate::export::figure::film::{Film, MOST_PIXELS, Script};
use crate::export::printed::Drawn;
use crate::export::text::{self, Text};

use super::figure::{Canvas, refuse_link, write};
use super::{Failure, link};

/// Write an experiment to a file: as code that continues, a picture, a table or a net
///
/// The kind follows from the ending: .py numpy, .ipynb notebook, .svg svg, .png png, .gif gif, .apng apng,
/// .tex and .pgf pgf, .csv csv, .json net;
/// --as says another.
///
/// Code starts where the experiment does, with the same data in the same order and the same rules,
/// and ends with an assertion that its last numbers are Ravine's, to 1e-9.
#[derive(clap::Args)]
pub struct Export {
    /// A page address, or the part of one after its #
    link: String,
    /// Where to write it. A file that is there is replaced; a link is not followed
    file: PathBuf,
    /// What to write, if not what the ending says
    #[arg(long = "as", value_enum, value_name = "KIND")]
    kind: Option<Kind>,
    /// What a notebook is written in [default: numpy]
    #[arg(long, value_enum)]
    with: Option<With>,
    /// How many pixels a PNG or an animation has for each CSS pixel: 1, 2 or 4 [default: 2, of animations 1]
    #[arg(long, value_name = "N", value_parser = scale)]
    scale: Option<u8>,
    /// How many frames a second of an animation has, 1 to 50 [default: 20]
    #[arg(long, value_name = "N")]
    fps: Option<u32>,
    /// How many seconds an animation lasts, before its last frame stays for one more [default: as
    /// the clock goes, within 2 and 20]
    #[arg(long, value_name = "S")]
    seconds: Option<f64>,
    #[command(flatten)]
    canvas: Canvas,
}

/// What can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// A Python script that needs NumPy alone
    Numpy,
    /// A Python script that needs PyTorch: derivatives by autograd, updates by torch.optim
    Pytorch,
    /// A Jupyter notebook, with a picture by matplotlib
    Notebook,
    /// A picture, as `figure` draws it
    Svg,
    /// The same in pixels
    Png,
    /// The scene as it plays, from step 0 to its end: an animated GIF
    Gif,
    /// The same as an animated PNG, in all colours
    Apng,
    /// A picture for LaTeX: PGF, to be read by \input
    Pgf,
    /// The paths, or a net's losses, as `trace` prints them
    Csv,
    /// The examples, as `trace --data` prints them
    Data,
    /// The net of the followed run with its data and its training, as `trace --net` reads it
    Net,
}

/// What a notebook is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum With {
    /// NumPy
    Numpy,
    /// PyTorch
    Pytorch,
}

fn scale(text: &str) -> Result<u8, String> {
    match text {
        "1" => Ok(1),
        "2" => Ok(2),
        "4" => Ok(4),
        _ => Err("it must be 1, 2 or 4".to_owned()),
    }
}

/// Writes the file.
pub fn run(arguments: &Export) -> Result<(), Failure> {
    let Export { link, file, kind, with, scale, canvas, .. } = arguments;
    let kind = kind.map_or_else(|| kind_of(file), Ok)?;
    let wrong = |sentence: &str| Err(Failure::Use(vec![sentence.to_owned()]));
    if with.is_some() && kind != Kind::Notebook {
        return wrong("--with is for notebooks.");
    }
    let moves = matches!(kind, Kind::Gif | Kind::Apng);
    if canvas.is_asked_for() && !moves && !matches!(kind, Kind::Svg | Kind::Png | Kind::Pgf) {
        return wrong("--view, --width and --height are for pictures.");
    }
    if scale.is_some() && kind != Kind::Png && !moves {
        return wrong("--scale is for PNG and animations.");
    }
    if (arguments.fps.is_some() || arguments.seconds.is_some()) && !moves {
        return wrong("--fps and --seconds are for animations: GIF and APNG.");
    }
    refuse_link(file)?;
    let experiment = link::open(link)?;
    let content = match kind {
        Kind::Numpy => text(&*experiment, Text::Script(Dialect::NumPy))?,
        Kind::Pytorch => text(&*experiment, Text::Script(Dialect::PyTorch))?,
        Kind::Notebook => {
            let dialect = match with {
                Some(With::Pytorch) => Dialect::PyTorch,
                _ => Dialect::NumPy,
            };
            text(&*experiment, Text::Notebook(dialect))?
        }
        Kind::Svg => canvas.svg(&*experiment, 2)?.into_bytes(),
        Kind::Png => {
            let scale = scale.unwrap_or(2);
            figure::png(&canvas.svg(&*experiment, scale)?, f64::from(scale))
                .map_err(Failure::Work)?
        }
        Kind::Gif => return write_whole(file, &film(arguments, &*experiment)?.gif()),
        Kind::Apng => return write_whole(file, &film(arguments, &*experiment)?.apng()),
        Kind::Pgf => {
            let size = canvas.centimetres()?;
            canvas.figure(&*experiment).pgf(size, link).into_bytes()
        }
        Kind::Csv => text(&*experiment, Text::Path)?,
        Kind::Data => text(&*experiment, Text::Data)?,
        Kind::Net => text(&*experiment, Text::Net)?,
    };
    write(file, &content)
}

/// The scene as it plays.
fn film(arguments: &Export, experiment: &dyn Drawn) -> Result<Film, Failure> {
    let size = arguments.canvas.pixels()?;
    let scale = arguments.scale.unwrap_or(1);
    let wrong = |sentence: String| Failure::Use(vec![sentence]);
    if let Some(side) = size.iter().find(|&&side| side * u32::from(scale) > MOST_PIXELS as u32) {
        return Err(wrong(format!(
            "An animation is {MOST_PIXELS} pixels wide and high at most, and {side} × {scale} are more."
        )));
    }
    let mut figure = arguments.canvas.figure(experiment);
    let (horizon, speed) = (figure.lab().timeline().horizon(), figure.lab().speed());
    let rate = arguments.fps.unwrap_or(20);
    let script = Script::new(horizon, speed, rate, arguments.seconds).map_err(wrong)?;
    let count = script.shots.len();
    let is_watched = io::stderr().is_terminal();
    let draw = |step| {
        figure.lab_mut().timeline_mut().seek(step);
        figure.svg(size.map(f64::from), scale.into())
    };
    let progress = |done| {
        if is_watched {
            eprint!("\rFrame {done} of {count}");
        }
    };
    let film = Film::new(&script, f64::from(scale), draw, progress).map_err(Failure::Work);
    if is_watched {
        eprintln!();
    }
    film
}

/// Writes what took long to make: beside the file first, so that there is never a part of it.
fn write_whole(file: &Path, content: &Result<Vec<u8>, String>) -> Result<(), Failure> {
    let content = content.as_ref().map_err(|sentence| Failure::Work(sentence.clone()))?;
    let mut beside = file.as_os_str().to_owned();
    beside.push(format!(".{}.part", std::process::id()));
    let beside = Path::new(&beside);
    let written = write(beside, content).and_then(|()| {
        fs::rename(beside, file)
            .map_err(|error| Failure::Work(format!("{}: {error}.", file.display())))
    });
    if written.is_err() {
        let _ = fs::remove_file(beside);
    }
    written
}

/// A text, and to standard error how the runs ended where it is a table of them.
fn text(experiment: &dyn Drawn, kind: Text) -> Result<Vec<u8>, Failure> {
    let written = text::write(experiment, kind).map_err(|sentence| Failure::Use(vec![sentence]))?;
    for end in written.ends {
        eprintln!("{end}");
    }
    Ok(written.text)
}

fn kind_of(file: &Path) -> Result<Kind, Failure> {
    Ok(match file.extension().and_then(OsStr::to_str) {
        Some("py") => Kind::Numpy,
        Some("ipynb") => Kind::Notebook,
        Some("svg") => Kind::Svg,
        Some("png") => Kind::Png,
        Some("gif") => Kind::Gif,
        Some("apng") => Kind::Apng,
        Some("tex" | "pgf") => Kind::Pgf,
        Some("csv") => Kind::Csv,
        Some("json") => Kind::Net,
        _ => {
            return Err(Failure::Use(vec![format!(
                "{} ends in none of .py, .ipynb, .svg, .png, .gif, .apng, .tex, .pgf, .csv \
                 and .json, so what to write is not \
                 known: --as says it.",
                file.display()
            )]));
        }
    })
}
