//! `export`: an experiment as whatever it is taken along as.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::export::code::{Dialect, notebook};
use crate::export::figure;
use crate::export::printed::{Drawn, Table};

use super::figure::{Canvas, refuse_link, write};
use super::{Failure, link};

/// Write an experiment to a file: as code that continues, a picture, a table or a net
///
/// The kind follows from the ending: .py numpy, .ipynb notebook, .svg svg, .png png, .csv csv, .json net;
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
    /// How many pixels a PNG has for each CSS pixel: 1, 2 or 4 [default: 2]
    #[arg(long, value_name = "N", value_parser = scale)]
    scale: Option<u8>,
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
    let Export { link, file, kind, with, scale, canvas } = arguments;
    let kind = kind.map_or_else(|| kind_of(file), Ok)?;
    let wrong = |sentence: &str| Err(Failure::Use(vec![sentence.to_owned()]));
    if with.is_some() && kind != Kind::Notebook {
        return wrong("--with is for notebooks.");
    }
    if scale.is_some() && kind != Kind::Png {
        return wrong("--scale is for PNG.");
    }
    refuse_link(file)?;
    let experiment = link::open(link)?;
    let content = match kind {
        Kind::Numpy => experiment.script(Dialect::NumPy, false).text().into_bytes(),
        Kind::Pytorch => experiment.script(Dialect::PyTorch, false).text().into_bytes(),
        Kind::Notebook => {
            let dialect = match with {
                Some(With::Pytorch) => Dialect::PyTorch,
                _ => Dialect::NumPy,
            };
            notebook(&experiment.script(dialect, true)).into_bytes()
        }
        Kind::Svg => canvas.svg(&*experiment).into_bytes(),
        Kind::Png => figure::png(&canvas.svg(&*experiment), f64::from(scale.unwrap_or(2)))
            .map_err(Failure::Work)?,
        Kind::Csv => table(&*experiment, Table::Path)?,
        Kind::Data => table(&*experiment, Table::Data)?,
        Kind::Net => {
            experiment.net().map_err(|sentence| Failure::Use(vec![sentence]))?.into_bytes()
        }
    };
    write(file, &content)
}

/// What `trace` prints, and to standard error the ends of the runs.
fn table(experiment: &dyn Drawn, table: Table) -> Result<Vec<u8>, Failure> {
    if table == Table::Data && experiment.lacks(table).is_some() {
        let sentence = "Data want a link with data: this one is of a surface.";
        return Err(Failure::Use(vec![sentence.to_owned()]));
    }
    let mut content = Vec::new();
    let ends = experiment.print(table, &mut content);
    for end in ends.map_err(|error| Failure::Work(format!("{error}.")))? {
        eprintln!("{end}");
    }
    Ok(content)
}

fn kind_of(file: &Path) -> Result<Kind, Failure> {
    Ok(match file.extension().and_then(OsStr::to_str) {
        Some("py") => Kind::Numpy,
        Some("ipynb") => Kind::Notebook,
        Some("svg") => Kind::Svg,
        Some("png") => Kind::Png,
        Some("csv") => Kind::Csv,
        Some("json") => Kind::Net,
        _ => {
            return Err(Failure::Use(vec![format!(
                "{} ends in none of .py, .ipynb, .svg, .png, .csv and .json, so what to write is not \
                 known: --as says it.",
                file.display()
            )]));
        }
    })
}
