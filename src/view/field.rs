//! A surface sampled on a grid: what isolines and colours are made from.

use crate::math::window::Window;

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

    /// The same surface on a finer grid, by cubic convolution (Keys 1981, a = −½): exact for
    /// quadratics, and off by the cube of the spacing elsewhere. A node beside one that is not
    /// finite is not finite.
    pub fn refined(&self, columns: usize, rows: usize) -> Self {
        let (columns, rows) = (columns.max(2), rows.max(2));
        // Row by row first, then column by column.
        let wide: Vec<f64> =
            self.values.chunks(self.columns).flat_map(|row| stretched(row, columns)).collect();
        let mut values = vec![0.0; columns * rows];
        let mut column = vec![0.0; self.rows];
        for at in 0..columns {
            for (value, row) in column.iter_mut().zip(wide.chunks(columns)) {
                *value = row[at];
            }
            for (row, value) in stretched(&column, rows).enumerate() {
                values[row * columns + at] = value;
            }
        }
        Self { window: self.window, columns, rows, values }
    }

    /// The lowest finite value, if there is one.
    pub fn lowest(&self) -> Option<f64> {
        self.values.iter().copied().filter(|f| f.is_finite()).reduce(f64::min)
    }
}

/// Evenly spaced values on `count` nodes over the same span; there are at least 3 values.
fn stretched(values: &[f64], count: usize) -> impl Iterator<Item = f64> + '_ {
    let last = values.len() - 1;
    // One beyond each end, on the parabola through the nearest three.
    let at = move |index: isize| match usize::try_from(index) {
        Err(_) => 3.0 * (values[0] - values[1]) + values[2],
        Ok(index) if index > last => 3.0 * (values[last] - values[last - 1]) + values[last - 2],
        Ok(index) => values[index],
    };
    (0..count).map(move |node| {
        let place = node as f64 / (count - 1) as f64 * last as f64;
        let left = (place as usize).min(last - 1) as isize;
        let t = place - left as f64;
        let [a, b, c, d] = [at(left - 1), at(left), at(left + 1), at(left + 2)];
        b + 0.5 * t * (c - a + t * (2.0 * a - 5.0 * b + 4.0 * c - d + t * (3.0 * (b - c) + d - a)))
    })
}

/// `count` evenly spaced numbers from `low` to `high`, both included.
pub(crate) fn nodes([low, high]: [f64; 2], count: usize) -> Vec<f64> {
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
    fn a_finer_grid_is_exact_for_quadratics_and_near_for_the_rest() {
        let window = Window::new(-1.0, 3.0, 10.0, 12.0);
        let quadratic = |x: f64, y: f64| 3.0 * x * x - x * y + 0.5 * y * y - 2.0 * x;
        let fine = sampled(window, 61, 41, quadratic);
        let refined = sampled(window, 9, 8, quadratic).refined(61, 41);
        for (a, b) in fine.values.iter().zip(&refined.values) {
            assert!((a - b).abs() < 1e-11, "{a} {b}");
        }
        let waves = |x: f64, y: f64| x.sin() * y.cos();
        let [fine, refined] =
            [sampled(window, 61, 41, waves), sampled(window, 21, 15, waves).refined(61, 41)];
        for (a, b) in fine.values.iter().zip(&refined.values) {
            assert!((a - b).abs() < 1e-3, "{a} {b}");
        }
    }

    #[test]
    fn what_is_not_finite_is_not_the_lowest() {
        let pit = |x: f64, _| if x < 0.0 { f64::NEG_INFINITY } else { f64::NAN };
        let window = Window::new(-1.0, 1.0, -1.0, 1.0);
        assert_eq!(sampled(window, 4, 4, pit).lowest(), None);
    }
}
