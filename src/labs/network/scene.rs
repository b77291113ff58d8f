//! The Network lab as pictures: decision regions with the data over them, the net, the loss chart,
//! the loss surface.

pub mod chart;
pub mod land;
mod legend;
pub mod losses;
mod screen;
pub mod trials;

pub use legend::marks;
pub use screen::{NetScreen, Sizes};

use plotters_backend::DrawingBackend;

use crate::labs::network::data::{Parts, Row};
use crate::labs::network::{NetLab, Setting};
use crate::labs::screens::style_of;
use crate::network::{Grid, Output};
use crate::view::labelled::{self, Labelled};
use crate::view::legend::Mark;
use crate::view::net::{self as picture, Layout};
use crate::view::regions::{self, Outputs};
use crate::view::stroke::Stroke;
use crate::view::{Drawn, Frame, LOOKS, Pen, Style, axes, paths, scatter};

/// The side of the tile that a node of the net's picture shows, in pixels.
pub const TILE: usize = 20;
/// About so many nodes of a grid lie along the longer side of a panel: while the weights move, and
/// while they stand …
const NODES: [f64; 2] = [100.0, 240.0];
/// … where that costs no more units of a [`Budget`](crate::math::budget::Budget) than this; fewer in a
/// large net.
const FINE: f64 = 50_000_000.0;
/// So many places of a fitted curve are computed.
const PLACES: usize = 240;

/// Colours and sizes as the experiment asks for them, on a system that is dark or not.
pub fn style(lab: &NetLab, system_is_dark: bool) -> Style {
    let experiment = lab.experiment();
    let presented = experiment.is_on(Setting::Present).then_some(lab.present_type_size());
    style_of(experiment.setting(Setting::Theme), presented, system_is_dark)
}

/// Where the nodes of the net's picture lie.
pub fn layout(lab: &NetLab) -> Layout {
    // The theme is no matter of places.
    Layout::of(&lab.experiment().architecture(), lab.picture(), &style(lab, false))
}

/// The columns x of the nodes of a grid over the frame, row by row from the bottom. Columns that
/// the plane does not show stand at their mean over the training examples.
fn grid_columns(parts: &Parts, frame: &Frame, [columns, rows]: [usize; 2]) -> Vec<Vec<f64>> {
    let along = |[low, high]: [f64; 2], at: usize, count: usize| {
        low + (high - low) * at as f64 / (count - 1) as f64
    };
    let n = columns * rows;
    let x = |at: usize| along(frame.window.x, at % columns, columns);
    let y = |at: usize| along(frame.window.y, at / columns, rows);
    let mean = |column: usize| {
        let values = parts.train.iter().map(|row| row.x[column]);
        values.sum::<f64>() / parts.train.len().max(1) as f64
    };
    (0..parts.columns)
        .map(|column| match column {
            0 => (0..n).map(x).collect(),
            1 => (0..n).map(y).collect(),
            column => vec![mean(column); n],
        })
        .collect()
}

/// What a run's net says everywhere in a panel.
pub struct Regions {
    grid: Grid,
    nodes: [usize; 2],
}

impl Regions {
    /// Room for the run at `index`.
    pub fn of(lab: &NetLab, index: usize) -> Self {
        let frame = lab.frame();
        let parts = &lab.sets().parts;
        let nodes = if parts.columns == 1 {
            [PLACES, 1]
        } else {
            let [rough, fine] = NODES;
            let cost = lab.experiment().architecture().cost(1) as f64 * fine * fine;
            let fine = (fine * (FINE / cost).sqrt()).clamp(rough, fine);
            let along = if lab.is_moving() { rough } else { fine };
            let spacing = frame.width.max(frame.height) / along;
            [frame.width, frame.height].map(|side| (side / spacing) as usize + 2)
        };
        let columns = if parts.columns == 1 {
            let [low, high] = frame.window.x;
            let step = (high - low) / (PLACES - 1) as f64;
            vec![(0..PLACES).map(|at| low + step * at as f64).collect()]
        } else {
            grid_columns(parts, &frame, nodes)
        };
        let experiment = lab.experiment();
        let inputs = parts.inputs(&columns, experiment.features());
        // Of a logit itself more is known than of its probability.
        let output = match experiment.output_of(index) {
            Output::Logit | Output::Sigmoid(1) if nodes[1] > 1 => Output::Linear(1),
            output => output,
        };
        Self { grid: Grid::new(&experiment.shape(output), &inputs), nodes }
    }

    /// What painting costs, in units of a [`Budget`](crate::math::budget::Budget).
    pub fn cost(&self) -> u64 {
        /// Four numbers of the grid go through a vector register at once, where two of a training
        /// do.
        const NARROW: u64 = 2;
        self.grid.cost() / NARROW
    }

    /// Fills `out` with width × height device pixels of the regions; nothing where x has one
    /// column.
    pub fn paint(
        &mut self,
        lab: &NetLab,
        index: usize,
        style: &Style,
        size: [usize; 2],
        scale: f64,
        out: &mut Vec<u8>,
    ) -> bool {
        if self.nodes[1] < 2 {
            return false;
        }
        let theta = lab.training_runs()[index].trainer().theta();
        let output = lab.experiment().output_of(index);
        let values = self.grid.outputs(theta);
        let outputs = match outputs(output) {
            Outputs::Probability => Outputs::Logit,
            outputs => outputs,
        };
        if let Output::Linear(2..) = output {
            // The largest of these values is the class; the picture wants parts of 1.
            let parts: Vec<f32> =
                values.iter().map(|f| libm::exp(f64::from(4.0 * f)) as f32).collect();
            regions::paint(&parts, self.nodes, outputs, style.theme, size, scale, out);
        } else {
            regions::paint(values, self.nodes, outputs, style.theme, size, scale, out);
        }
        true
    }

    /// The fitted curve, where x has one column.
    fn curve(&mut self, lab: &NetLab, index: usize) -> Vec<[f64; 2]> {
        let [low, high] = lab.frame().window.x;
        let step = (high - low) / (PLACES - 1) as f64;
        let theta = lab.training_runs()[index].trainer().theta();
        let values = self.grid.outputs(theta)[..PLACES].iter().enumerate();
        values.map(|(at, &y)| [low + step * at as f64, f64::from(y)]).collect()
    }
}

/// What the numbers of an output mean in a picture.
fn outputs(output: Output) -> Outputs {
    match output {
        Output::Linear(1) => Outputs::Values { limit: 1.0 },
        Output::Logit | Output::Sigmoid(1) => Outputs::Probability,
        Output::Linear(classes) | Output::Sigmoid(classes) | Output::Softmax(classes) => {
            Outputs::Classes(classes)
        }
    }
}

/// The data over the regions of the run at `index`, its batch lit up; the fitted curve where x has
/// one column. The numbers of the axes stand over the data, which would else hide them.
///
/// # Errors
/// The backend's.
pub fn draw_marks<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    lab: &NetLab,
    regions: &mut Regions,
    style: &Style,
    index: usize,
) -> Drawn<DB> {
    let frame = lab.frame();
    let parts = &lab.sets().parts;
    let place = |rows: &[Row]| rows.iter().map(|row| parts.place(row)).collect::<Vec<_>>();
    let y = |rows: &[Row]| rows.iter().map(|row| row.y).collect::<Vec<_>>();
    let batch = lab.batch_in_view(index);
    let labelled = |pen: &mut Pen<'_, DB>, rows: &[Row], places: &[usize], hollow: bool| {
        let lit: &[u32] = if hollow { &[] } else { &batch };
        let chosen = lab.ringed().and_then(|ringed| places.iter().position(|at| *at == ringed));
        let (points, y) = (place(rows), y(rows));
        let classes = parts.classes;
        let labelled =
            Labelled { points: &points, y: &y, classes, limit: 1.0, hollow, lit, chosen };
        labelled::draw(pen, &frame, style, &labelled)
    };
    if parts.columns == 1 {
        scatter::draw_examples(pen, &frame, style, &place(&parts.train))?;
        let chosen =
            lab.ringed().and_then(|at| parts.train_at.iter().position(|other| *other == at));
        let points = place(&parts.train);
        let lit = scatter::Scatter { examples: &points, lit: &batch, chosen };
        scatter::draw_lit(pen, &frame, style, &lit)?;
        axes::draw_named(pen, &frame, style, ["x", "y"])?;
        let pen = &mut pen.of(Mark::Model);
        let look = &LOOKS[lab.experiment().runs[index].look];
        let curve = regions.curve(lab, index);
        let mut stroke = Stroke::new(&frame, &[], paths::ink(look, style));
        for pair in curve.windows(2) {
            stroke.draw(pen, pair[0], pair[1])?;
        }
        return stroke.lift(pen);
    }
    if lab.shows_test() {
        labelled(pen, &parts.test, &parts.test_at, true)?;
    }
    labelled(pen, &parts.train, &parts.train_at, false)?;
    axes::draw_named(pen, &frame, style, ["x₁", "x₂"])
}

/// What the net of the run at `index` says at a point of the panels' plane: f, or the probability
/// or the number of each class. Columns that the plane does not show stand at their mean.
pub fn outputs_at(lab: &NetLab, index: usize, [x, y]: [f64; 2]) -> Vec<f64> {
    let experiment = lab.experiment();
    let parts = &lab.sets().parts;
    let window = crate::math::window::Window { x: [x, x], y: [y, y] };
    let frame = Frame { window, width: 1.0, height: 1.0 };
    // Both ends of each side are the point itself.
    let columns = grid_columns(parts, &frame, [2, 2]);
    let inputs = parts.inputs(&columns, experiment.features());
    let mut grid = Grid::new(&experiment.shape(experiment.output_of(index)), &inputs);
    let values = grid.outputs(lab.training_runs()[index].trainer().theta());
    values.iter().step_by(4).map(|value| f64::from(*value)).collect()
}

/// What every node of the net's picture computes, as tiles.
pub struct Tiles {
    grid: Grid,
    /// The inputs themselves, each a tile's numbers.
    inputs: Vec<f32>,
}

impl Tiles {
    /// Room for the followed run.
    pub fn of(lab: &NetLab, index: usize) -> Self {
        let experiment = lab.experiment();
        let frame = Frame { width: 1.0, height: 1.0, ..lab.frame() };
        let parts = &lab.sets().parts;
        let columns = grid_columns(parts, &frame, [TILE, TILE]);
        let inputs = parts.inputs(&columns, experiment.features());
        let net = experiment.shape(experiment.output_of(index));
        let grid = Grid::new(&net, &inputs);
        Self { grid, inputs: inputs.into_iter().flatten().map(|x| x as f32).collect() }
    }

    /// Fills `out` with a tile of RGBA for each input and then each unit.
    pub fn paint(&mut self, lab: &NetLab, index: usize, style: &Style, out: &mut Vec<u8>) {
        let theta = lab.training_runs()[index].trainer().theta();
        let output = lab.experiment().output_of(index);
        let units = self.grid.units(theta);
        let (hidden, last) = units.split_at(units.len() - output.units() * TILE * TILE);
        let values = |limit: f64| Outputs::Values { limit };
        let parts =
            [(&self.inputs[..], values(1e-9)), (hidden, values(1.0)), (last, outputs(output))];
        let mut tiles = Vec::new();
        out.clear();
        for (numbers, outputs) in parts {
            picture::paint_tiles(numbers, TILE, outputs, style.theme, &mut tiles);
            out.extend_from_slice(&tiles);
        }
    }
}

/// The edges of the followed run's net.
///
/// # Errors
/// The backend's.
pub fn draw_edges<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    lab: &NetLab,
    style: &Style,
) -> Drawn<DB> {
    let Some(index) = lab.experiment().followed() else { return Ok(()) };
    let net = lab.experiment().architecture();
    let theta = lab.training_runs()[index].trainer().theta();
    picture::draw_edges(pen, &layout(lab), &net, theta, style, &lab.lit_weights())
}

/// The weight whose edge is under a pixel of the net's picture.
pub fn weight_at(lab: &NetLab, pixel: [f64; 2]) -> Option<usize> {
    layout(lab).hit(&lab.experiment().architecture(), pixel)
}
