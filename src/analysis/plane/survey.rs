//! The risk over a part of a plane, computed a few points at a time.

use super::Plane;
use crate::math::window::Window;
use crate::network::{Examples, Regularisation, Workspace};

/// The risk at the nodes of a grid that spans a window of a plane, edges included.
#[derive(Clone, Debug)]
pub struct Survey {
    plane: Plane,
    window: Window,
    columns: usize,
    rows: usize,
    values: Vec<f64>,
    /// How many of the values are there, from the first.
    done: usize,
    theta: Vec<f64>,
}

impl Survey {
    /// A grid of which nothing is computed yet. It has at least 2 columns and rows.
    pub fn new(plane: Plane, window: Window, columns: usize, rows: usize) -> Self {
        let (columns, rows) = (columns.max(2), rows.max(2));
        let values = vec![f64::NAN; columns * rows];
        Self { plane, window, columns, rows, values, done: 0, theta: Vec::new() }
    }

    /// Computes so many rows more, from the bottom up; see [`Survey::advance_points`].
    pub fn advance(
        &mut self,
        workspace: &mut Workspace,
        examples: &Examples,
        regularisation: Regularisation,
        rows: usize,
    ) -> bool {
        let points = rows.saturating_mul(self.columns);
        self.advance_points(workspace, examples, regularisation, points)
    }

    /// Computes so many points more, row by row from the bottom: the mean loss over the examples
    /// with its penalty. Whether the survey is finished is what it returns. The workspace is that of
    /// the plane's net, and the examples fit it.
    pub fn advance_points(
        &mut self,
        workspace: &mut Workspace,
        examples: &Examples,
        regularisation: Regularisation,
        points: usize,
    ) -> bool {
        let Self { plane, window, columns, rows, values, done, theta } = self;
        let end = done.saturating_add(points).min(values.len());
        for (index, value) in values[..end].iter_mut().enumerate().skip(*done) {
            let a = node(window.x, index % *columns, *columns);
            let b = node(window.y, index / *columns, *rows);
            plane.at([a, b], theta);
            *value = regularised_risk(workspace, theta, examples, regularisation);
        }
        *done = end;
        self.finished()
    }

    /// Which part of it is computed, from 0 to 1.
    pub fn progress(&self) -> f64 {
        self.done as f64 / self.values.len() as f64
    }

    /// How many points are left.
    pub fn left(&self) -> usize {
        self.values.len() - self.done
    }

    /// Whether all of it is computed.
    pub fn finished(&self) -> bool {
        self.done == self.values.len()
    }

    /// The plane.
    pub fn plane(&self) -> &Plane {
        &self.plane
    }

    /// The part of the plane that it spans: a in x, b in y.
    pub fn window(&self) -> Window {
        self.window
    }

    /// Nodes in a.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// Nodes in b.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Row by row from the bottom: column c of row r is `values[r * columns + c]`. Those that are
    /// not computed yet are NaN.
    pub fn values(&self) -> &[f64] {
        &self.values
    }
}

/// The mean loss over the examples, and the penalty: what training lowers.
pub fn regularised_risk(
    workspace: &mut Workspace,
    theta: &[f64],
    examples: &Examples,
    regularisation: Regularisation,
) -> f64 {
    let loss = workspace.risk(theta, examples).loss;
    loss + regularisation.penalty(workspace.architecture(), theta)
}

/// Number `index` of `count` evenly spaced ones from `low` to `high`, both included.
fn node([low, high]: [f64; 2], index: usize, count: usize) -> f64 {
    low + (high - low) * (index as f64 / (count - 1) as f64)
}

/// The window that holds all points with a margin of 15 % on every side. Points with a number that
/// is not finite or beyond ±10¹⁵⁰ are left out; without any it is ±1 about 0.
///
/// With an aspect, width over height of the picture, a unit is as long in x as in y. Without, each
/// has its own scale, but no side is below a tenth of the other.
pub fn window_around(points: impl Iterator<Item = [f64; 2]>, aspect: Option<f64>) -> Window {
    const MARGIN: f64 = 0.15;
    const LARGEST: f64 = 1e150;
    let [mut low, mut high] = [[f64::INFINITY; 2], [f64::NEG_INFINITY; 2]];
    for point in points.filter(|point| point.iter().all(|x| x.abs() <= LARGEST)) {
        for i in 0..2 {
            low[i] = low[i].min(point[i]);
            high[i] = high[i].max(point[i]);
        }
    }
    if low[0] > high[0] {
        [low, high] = [[0.0; 2], [0.0; 2]];
    }
    let centre = [0, 1].map(|i| 0.5 * (low[i] + high[i]));
    let mut sides = [0, 1].map(|i| (high[i] - low[i]) * (1.0 + 2.0 * MARGIN));
    // One point alone: wide enough for its edges to differ from it.
    if sides == [0.0; 2] {
        sides = [2.0_f64.max(1e-6 * centre[0].abs()).max(1e-6 * centre[1].abs()); 2];
    }
    let [width, height] = sides;
    let sides = match aspect.filter(|aspect| aspect.is_finite() && *aspect > 0.0) {
        Some(aspect) => [width.max(height * aspect), height.max(width / aspect)],
        None => [width.max(0.1 * height), height.max(0.1 * width)],
    };
    let [x, y] = [0, 1].map(|i| {
        let half = (0.5 * sides[i]).max(1e-12 * centre[i].abs());
        [centre[i] - half, centre[i] + half]
    });
    Window { x, y }
}
