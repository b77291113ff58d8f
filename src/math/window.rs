//! The part of the (x, y) plane that a plot shows.

use serde::{Deserialize, Serialize};

/// A rectangle of the plane, in the surface's own coordinates.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Window {
    /// Left and right edge, left < right.
    pub x: [f64; 2],
    /// Bottom and top edge, bottom < top.
    pub y: [f64; 2],
}

impl Window {
    /// The window from `left` to `right` and from `bottom` to `top`.
    pub const fn new(left: f64, right: f64, bottom: f64, top: f64) -> Self {
        Self { x: [left, right], y: [bottom, top] }
    }

    /// Width in x.
    pub fn width(&self) -> f64 {
        self.x[1] - self.x[0]
    }

    /// Height in y.
    pub fn height(&self) -> f64 {
        self.y[1] - self.y[0]
    }

    /// The least window around this one, with the same middle, whose scales are equal where a plot
    /// is so many times as wide as high.
    pub fn with_equal_scales(&self, aspect: f64) -> Self {
        let around = |[low, high]: [f64; 2], size: f64| {
            let (middle, half) = (low + 0.5 * (high - low), 0.5 * size);
            if size > high - low { [middle - half, middle + half] } else { [low, high] }
        };
        Self { x: around(self.x, self.height() * aspect), y: around(self.y, self.width() / aspect) }
    }

    /// The middle of a cell of a grid over it of so many columns and rows; cells are counted row by row
    /// from the lower left.
    pub fn middle(&self, cell: usize, [columns, rows]: [usize; 2]) -> [f64; 2] {
        let middle = |[low, high]: [f64; 2], at: usize, count: usize| {
            low + (high - low) * ((at as f64 + 0.5) / count as f64)
        };
        [middle(self.x, cell % columns, columns), middle(self.y, cell / columns, rows)]
    }

    /// The column of an x in such a grid; `None` beyond the edges.
    pub fn column(&self, x: f64, columns: usize) -> Option<usize> {
        part(x, self.x, columns)
    }

    /// The row of a y, likewise.
    pub fn row(&self, y: f64, rows: usize) -> Option<usize> {
        part(y, self.y, rows)
    }

    /// Whether the point lies in the window, edges included (NaN never does).
    pub fn contains(&self, [x, y]: [f64; 2]) -> bool {
        self.x[0] <= x && x <= self.x[1] && self.y[0] <= y && y <= self.y[1]
    }
}

/// In which of so many equal parts between two ends a number lies.
fn part(at: f64, [low, high]: [f64; 2], count: usize) -> Option<usize> {
    let share = (at - low) / (high - low);
    (0.0..=1.0).contains(&share).then(|| ((share * count as f64) as usize).min(count - 1))
}
