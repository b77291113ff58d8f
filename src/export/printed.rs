//! What the command line prints and draws of an experiment, whichever lab it is of.

use std::io::{self, Write};

use super::code::{self, Dialect, Script};
use super::net_file::{self, Training};
use super::{figure, net_figure, net_trace, tables, trace};
use crate::labs::lesson::{self, Opened};
use crate::labs::link::Fault;
use crate::labs::network::NetExperiment;
use crate::labs::planar::experiment;
use crate::labs::planar::experiment::{By, Experiment};
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

/// Something that can be drawn, too.
pub trait Drawn: Printed {
    /// A picture as SVG, its sides in CSS pixels.
    fn draw(&self, view: View, width: f64, height: f64) -> String;

    /// The experiment as code that continues; where it has a picture, with what that needs.
    fn script(&self, dialect: Dialect, has_picture: bool) -> Script;

    /// The net of the followed run with its data and its training, as JSON that [`Training`] reads.
    ///
    /// # Errors
    /// A sentence: there is no such net.
    fn net(&self) -> Result<String, String>;
}

/// The experiment of a link, and what of the link could not be taken.
pub fn open(link: &str) -> (Box<dyn Drawn>, Vec<Fault>) {
    let Opened { link, mut faults, .. } = lesson::opened(link, lesson::built_in().iter());
    let (drawn, of_experiment): (Box<dyn Drawn>, _) = if Kind::of_link(&link) == &network::NETWORK {
        let (nets, faults) = network::link::read(&link);
        (Box::new(nets), faults)
    } else {
        let (experiment, faults) = experiment::link::read(&link);
        (Box::new(experiment), faults)
    };
    faults.extend(of_experiment);
    (drawn, faults)
}

impl Printed for Experiment {
    fn lacks(&self, table: Table) -> Option<&'static str> {
        let on_surface = self.ground.problem().is_none();
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

impl Drawn for Experiment {
    fn draw(&self, view: View, width: f64, height: f64) -> String {
        match view {
            View::Plot | View::Surface => figure::plot(self, width, height),
            View::Loss | View::Trainability | View::AlphaBatch => figure::loss(self, width, height),
            View::Hill => figure::hill(self, width, height),
            View::Basins => figure::basins(self, width, height),
            View::Sweep => figure::trials(self, By::Alpha, width, height),
            View::AlphaBeta => figure::trials(self, By::AlphaBeta, width, height),
            View::Starts => figure::trials(self, By::Starts, width, height),
        }
    }

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

impl Drawn for NetExperiment {
    fn draw(&self, view: View, width: f64, height: f64) -> String {
        match view {
            View::Plot | View::Basins => net_figure::regions(self, width, height),
            View::Loss | View::AlphaBeta | View::Starts => net_figure::loss(self, width, height),
            View::Sweep => net_figure::trials(self, network::By::Alpha, width, height),
            View::Trainability => net_figure::trials(self, network::By::AlphaInit, width, height),
            View::AlphaBatch => net_figure::trials(self, network::By::AlphaBatch, width, height),
            View::Surface => net_figure::surface(self, width, height),
            View::Hill => net_figure::hill(self, width, height),
        }
    }

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
