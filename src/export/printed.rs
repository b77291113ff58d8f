//! What the command line prints and draws of an experiment, whichever lab it is of.

use std::io::{self, Write};

use super::code::{self, Dialect, Script};
#[cfg(not(target_arch = "wasm32"))]
use super::figure::{PgfDocument, SvgDocument};
use super::net_file::{self, Training};
#[cfg(not(target_arch = "wasm32"))]
use super::{figure, net_figure};
use super::{net_trace, tables, trace};
#[cfg(not(target_arch = "wasm32"))]
use crate::labs::Lab;
use crate::labs::lesson::{self, Opened};
use crate::labs::link::Fault;
use crate::labs::network::NetExperiment;
use crate::labs::planar::experiment;
#[cfg(not(target_arch = "wasm32"))]
use crate::labs::planar::experiment::By;
use crate::labs::planar::experiment::Experiment;
use crate::labs::{Kind, network};

/// A table of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// The path of each run, or its losses while it trains.
    Path,
    /// The weights and biases that training ends with.
    Weights,
    /// The examples.
    Data,
    /// Which examples each update uses.
    Batches,
    /// How far from the minimum a rule stays.
    Ball,
}

/// A picture.
#[cfg(not(target_arch = "wasm32"))]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// The surface and the paths on it; of nets, what each says of the plane.
    Plot,
    /// The loss chart.
    Loss,
    /// The loss surface, of nets on a plane through their weights.
    Surface,
    /// The loss surface in three dimensions, with the paths lying on it.
    Hill,
    /// The plane coloured by where the followed run ends from each start; of nets, what each says.
    Basins,
    /// The loss at the end of each run against α.
    Sweep,
    /// How the losses at the end are distributed over all starts; of nets, the loss chart.
    Starts,
    /// How fast momentum comes down at each α and β; of nets, the loss chart.
    AlphaBeta,
    /// Where training works, by α and the initial scale; of runs on a plane, the loss chart.
    Trainability,
    /// The same by α and the batch size.
    AlphaBatch,
}

const NO_WEIGHTS: &str = "--weights wants a link with a net, or --net.";
const NO_BALL: &str = "--ball wants a link of the Minibatches lab.";

/// Something that can be printed.
pub trait Printed {
    /// Why there is no such table, as a sentence.
    fn lacks(&self, table: Table) -> Option<&'static str>;

    /// Prints a table that it has, as CSV; returns lines about how the runs ended.
    ///
    /// # Errors
    /// Those of the output.
    fn print(&self, table: Table, out: &mut dyn Write) -> io::Result<Vec<String>>;
}

/// Something that goes on elsewhere, too.
pub trait Continued: Printed {
    /// The experiment as code that continues; where it has a picture, with what that needs.
    fn script(&self, dialect: Dialect, has_picture: bool) -> Script;

    /// The net of the followed run with its data and its training, as JSON that [`Training`] reads.
    ///
    /// # Errors
    /// A sentence: there is no such net.
    fn net(&self) -> Result<String, String>;
}

/// A picture of an experiment, at any step of its clock.
#[cfg(not(target_arch = "wasm32"))]
pub trait Figure {
    /// The lab whose picture it is: its clock stands at the step that is drawn.
    fn lab(&self) -> &dyn Lab;

    /// The same, to go to another step.
    fn lab_mut(&mut self) -> &mut dyn Lab;

    /// As SVG of this width and height in CSS pixels, its embedded pictures with so many pixels for each of
    /// those in one direction.
    fn svg(&mut self, size: [f64; 2], density: usize) -> String;

    /// As PGF for LaTeX of this width and height in centimetres, with the link that it tells.
    fn pgf(&mut self, size: [f64; 2], link: &str) -> String;
}

/// A type that draws into any document as a [`Figure`].
#[cfg(not(target_arch = "wasm32"))]
macro_rules! figure {
    ($figure:ty) => {
        impl Figure for $figure {
            fn lab(&self) -> &dyn Lab {
                &self.lab
            }

            fn lab_mut(&mut self) -> &mut dyn Lab {
                &mut self.lab
            }

            fn svg(&mut self, size: [f64; 2], density: usize) -> String {
                self.draw(SvgDocument::dense(size, density))
            }

            fn pgf(&mut self, size: [f64; 2], link: &str) -> String {
                self.draw(PgfDocument::new(size, link))
            }
        }
    };
}

#[cfg(not(target_arch = "wasm32"))]
figure!(figure::Figure);
#[cfg(not(target_arch = "wasm32"))]
figure!(net_figure::Figure);

/// Something that can be drawn, too.
#[cfg(not(target_arch = "wasm32"))]
pub trait Drawn: Continued {
    /// One of its pictures, at the step at which the clock stands, or else at the horizon.
    fn figure(&self, view: View) -> Box<dyn Figure>;
}

/// What the page takes along, as the command line does, but for pictures: those it has itself.
#[cfg(not(target_arch = "wasm32"))]
type Taken = dyn Drawn;
#[cfg(target_arch = "wasm32")]
type Taken = dyn Continued;

/// The experiment of a link, and what of the link could not be taken.
pub fn open(link: &str) -> (Box<Taken>, Vec<Fault>) {
    let Opened { link, mut faults, .. } = lesson::opened(link, lesson::built_in().iter());
    let (taken, of_experiment): (Box<Taken>, _) = if Kind::of_link(&link) == &network::NETWORK {
        let (nets, faults) = network::link::read(&link);
        (Box::new(nets), faults)
    } else {
        let (experiment, faults) = experiment::link::read(&link);
        (Box::new(experiment), faults)
    };
    faults.extend(of_experiment);
    (taken, faults)
}

impl Printed for Experiment {
    fn lacks(&self, table: Table) -> Option<&'static str> {
        let on_surface = self.source.problem().is_none();
        match table {
            Table::Weights => Some(NO_WEIGHTS),
            Table::Data | Table::Batches if on_surface => {
                Some("--data and --batches want a link with data: this one is of a surface.")
            }
            Table::Ball if on_surface => Some(NO_BALL),
            _ => None,
        }
    }

    fn print(&self, table: Table, mut out: &mut dyn Write) -> io::Result<Vec<String>> {
        match table {
            Table::Path => trace::trace(self, &mut out),
            Table::Data => tables::data(self, &mut out).map(|()| vec![]),
            Table::Batches => tables::batches(self, &mut out).map(|()| vec![]),
            Table::Ball => tables::ball(self, &mut out),
            Table::Weights => Ok(vec![]),
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Drawn for Experiment {
    fn figure(&self, view: View) -> Box<dyn Figure> {
        let part = match view {
            View::Plot | View::Surface => figure::Part::Plot,
            View::Loss | View::Trainability | View::AlphaBatch => figure::Part::Loss,
            View::Hill => figure::Part::Hill,
            View::Basins => figure::Part::Basins,
            View::Sweep => figure::Part::Trials(By::Alpha),
            View::AlphaBeta => figure::Part::Trials(By::AlphaBeta),
            View::Starts => figure::Part::Trials(By::Starts),
        };
        Box::new(figure::Figure::new(self, part))
    }
}

impl Continued for Experiment {
    fn script(&self, dialect: Dialect, has_picture: bool) -> Script {
        code::script_of_plane(self, dialect, has_picture)
    }

    fn net(&self) -> Result<String, String> {
        Err("A net wants a link of the Network lab.".to_owned())
    }
}

impl Printed for NetExperiment {
    fn lacks(&self, table: Table) -> Option<&'static str> {
        (table == Table::Ball).then_some(NO_BALL)
    }

    fn print(&self, table: Table, mut out: &mut dyn Write) -> io::Result<Vec<String>> {
        match table {
            Table::Path => net_trace::trace(self, &mut out),
            Table::Weights => net_trace::weights(self, &mut out),
            Table::Data => tables::net_data(self, &mut out).map(|()| vec![]),
            Table::Batches => tables::net_batches(self, &mut out).map(|()| vec![]),
            Table::Ball => Ok(vec![]),
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Drawn for NetExperiment {
    fn figure(&self, view: View) -> Box<dyn Figure> {
        let part = match view {
            View::Plot | View::Basins => net_figure::Part::Regions,
            View::Loss | View::AlphaBeta | View::Starts => net_figure::Part::Loss,
            View::Sweep => net_figure::Part::Trials(network::By::Alpha),
            View::Trainability => net_figure::Part::Trials(network::By::AlphaInit),
            View::AlphaBatch => net_figure::Part::Trials(network::By::AlphaBatch),
            View::Surface => net_figure::Part::Surface,
            View::Hill => net_figure::Part::Hill,
        };
        Box::new(net_figure::Figure::new(self, part))
    }
}

impl Continued for NetExperiment {
    fn script(&self, dialect: Dialect, has_picture: bool) -> Script {
        code::script_of_nets(self, dialect, has_picture)
    }

    fn net(&self) -> Result<String, String> {
        net_file::write(self)
    }
}

impl Printed for Training {
    fn lacks(&self, table: Table) -> Option<&'static str> {
        let is_of_links = matches!(table, Table::Data | Table::Ball);
        is_of_links.then_some("--data and --ball want a link in place of --net.")
    }

    fn print(&self, table: Table, mut out: &mut dyn Write) -> io::Result<Vec<String>> {
        match table {
            Table::Path => Ok(vec![self.write_table(&mut out)?]),
            Table::Weights => Ok(vec![self.write_weights(&mut out)?]),
            Table::Batches => self.write_batches(&mut out).map(|()| vec![]),
            Table::Data | Table::Ball => Ok(vec![]),
        }
    }
}
