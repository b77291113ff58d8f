//! A surface sampled on a grid: what isolines and colours are made from.

use crate::window::Window;

/// The values of a surface at the nodes of a grid that spans a window, edges included.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The part of the plane it spans.
    pub window: Window,
    /// Nodes in x, at least 2.
    pub columns: usize,
    /// Nodes in y, at least 2.
    pub rows: usize,
    /// Row by row: column c of row r is `values[r * columns + c]`, and row 0 is the bottom edge.
    pub values: Vec<f64>,
}

impl Field {
    /// Samples a surface: `grid(xs, ys, out)` sets `out[r * xs.len() + c]` to `f(xs[c], ys[r])`.
    pub fn sample(
        window: Window,
        columns: usize,
        rows: usize,
        mut grid: impl FnMut(&[f64], &[f64], &mut [f64]),
    ) -> Self {
        let (columns, rows) = (columns.max(2), rows.max(2));
        let mut values = vec![0.0; columns * rows];
        grid(&nodes(window.x, columns), &nodes(window.y, rows), &mut values);
        Self { window, columns, rows, values }
    }

    /// The lowest finite value, if there is one.
    pub fn lowest(&self) -> Option<f64> {
        self.values.iter().copied().filter(|f| f.is_finite()).reduce(f64::min)
    }
}

/// `count` evenly spaced numbers from `low` to `high`, both included.
fn nodes([low, high]: [f64; 2], count: usize) -> Vec<f64> {
    let last = (count - 1) as f64;
    (0..count).map(|i| low + (high - low) * (i as f64 / last)).collect()
}

#[cfg(test)]
pub(crate) fn sampled(
    window: Window,
    columns: usize,
    rows: usize,
    f: impl Fn(f64, f64) -> f64,
) -> Field {
    Field::sample(window, columns, rows, |xs, ys, out| {
        for (row, &y) in ys.iter().enumerate() {
            for (column, &x) in xs.iter().enumerate() {
                out[row * xs.len() + column] = f(x, y);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_reach_both_edges_and_rows_go_up() {
        let field = sampled(Window::new(-1.0, 3.0, 10.0, 20.0), 5, 3, |x, y| x + 100.0 * y);
        assert_eq!(field.values[0], 999.0);
        assert_eq!(field.values[4], 1003.0);
        assert_eq!(field.values[2 * 5], 1999.0);
        assert_eq!(field.lowest(), Some(999.0));
    }

    #[test]
    fn what_is_not_finite_is_not_the_lowest() {
        let pit = |x: f64, _| if x < 0.0 { f64::NEG_INFINITY } else { f64::NAN };
        let window = Window::new(-1.0, 1.0, -1.0, 1.0);
        assert_eq!(sampled(window, 4, 4, pit).lowest(), None);
    }
}
