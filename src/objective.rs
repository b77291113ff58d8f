//! What a run minimises: a surface with its parameters' values put in.

use crate::formula::{Formula, Jet, Jet2, Tape};
use crate::window::Window;

/// f(x, y) with every parameter bound, ready to be evaluated.
#[derive(Clone, Debug)]
pub struct Objective {
    tape: Tape,
    minima: Vec<[f64; 2]>,
    lowest: Option<f64>,
    constant_hessian: Option<[f64; 3]>,
}

impl Objective {
    /// Binds `formula` to its parameters' `values` (in the formula's order) and polishes the
    /// minimisers `near` which some are known to lie by Newton's method.
    pub fn new(formula: &Formula, values: &[f64], near: &[[f64; 2]]) -> Self {
        let tape = formula.bind(values);
        let minima = near.iter().filter_map(|&guess| polish(&tape, guess, 0.1)).collect();
        Self::with_minima(tape, minima)
    }

    /// Binds `formula` to its parameters' `values` and looks for its minima: that of a quadratic
    /// wherever it lies; else, in a window, the strict ones of second order that a grid can tell
    /// apart. There may be others, and lower ones.
    pub fn searched(formula: &Formula, values: &[f64], window: &Window) -> Self {
        let tape = formula.bind(values);
        let minima = match constant_hessian(&tape) {
            Some(hessian) => bottom(&tape, hessian).into_iter().collect(),
            None => search(&tape, window),
        };
        Self::with_minima(tape, minima)
    }

    fn with_minima(tape: Tape, minima: Vec<[f64; 2]>) -> Self {
        let lowest = minima.iter().map(|&[x, y]| tape.value(x, y)).reduce(f64::min);
        let constant_hessian = constant_hessian(&tape);
        Self { tape, minima, lowest, constant_hessian }
    }

    /// f at a point.
    pub fn value(&self, [x, y]: [f64; 2]) -> f64 {
        self.tape.value(x, y)
    }

    /// f and ∇f at a point, by forward-mode automatic differentiation.
    pub fn gradient(&self, [x, y]: [f64; 2]) -> Jet {
        self.tape.gradient(x, y)
    }

    /// f, ∇f and the Hessian [f_xx, f_xy, f_yy] at a point.
    pub fn hessian(&self, [x, y]: [f64; 2]) -> Jet2 {
        self.tape.hessian(x, y)
    }

    /// f over a grid: `out[row * xs.len() + column] = f(xs[column], ys[row])`.
    pub fn grid(&self, xs: &[f64], ys: &[f64], out: &mut [f64]) {
        self.tape.grid(xs, ys, out);
    }

    /// The known minimisers, [x, y] each; empty where none is known.
    pub fn minima(&self) -> &[[f64; 2]] {
        &self.minima
    }

    /// The lowest value at a known minimiser.
    pub fn lowest(&self) -> Option<f64> {
        self.lowest
    }

    /// The Hessian, if it is the same everywhere: then f is quadratic and what the theory says of
    /// quadratics holds exactly.
    pub fn constant_hessian(&self) -> Option<[f64; 3]> {
        self.constant_hessian
    }
}

/// The minima that Newton's method reaches from the nodes of a grid that lie below their eight
/// neighbours.
fn search(tape: &Tape, window: &Window) -> Vec<[f64; 2]> {
    const NODES: usize = 61;
    const MOST: usize = 64;
    let nodes = |[low, high]: [f64; 2]| {
        let node = |index: usize| low + (high - low) * index as f64 / (NODES - 1) as f64;
        (0..NODES).map(node).collect::<Vec<f64>>()
    };
    let (xs, ys) = (nodes(window.x), nodes(window.y));
    let mut values = vec![0.0; NODES * NODES];
    tape.grid(&xs, &ys, &mut values);
    let spacing = (xs[1] - xs[0]).max(ys[1] - ys[0]);
    let mut minima: Vec<[f64; 2]> = Vec::new();
    for row in 1..NODES - 1 {
        for column in 1..NODES - 1 {
            let here = values[row * NODES + column];
            let around = (row - 1..=row + 1)
                .flat_map(|r| (column - 1..=column + 1).map(move |c| (r, c)))
                .filter(|node| *node != (row, column));
            if !around.map(|(r, c)| values[r * NODES + c]).all(|other| other >= here) {
                continue;
            }
            let Some([x, y]) = polish(tape, [xs[column], ys[row]], 2.0 * spacing) else { continue };
            let [xx, xy, yy] = tape.hessian(x, y).hessian;
            let is_minimum = xx > 0.0 && xx * yy - xy * xy > 0.0;
            let is_new = |[a, b]: &[f64; 2]| (a - x).abs().max((b - y).abs()) > 1e-6 * spacing;
            if is_minimum && minima.len() < MOST && minima.iter().all(is_new) {
                minima.push([x, y]);
            }
        }
    }
    minima
}

/// A zero of the gradient near `guess`, by Newton's method; `None` if the iteration moves farther
/// than `reach` (a parameter may have removed that minimum).
fn polish(tape: &Tape, guess: [f64; 2], reach: f64) -> Option<[f64; 2]> {
    let [mut x, mut y] = guess;
    for _ in 0..30 {
        let Jet2 { gradient: [gx, gy], hessian: [xx, xy, yy], .. } = tape.hessian(x, y);
        if gx == 0.0 && gy == 0.0 {
            break;
        }
        let determinant = xx * yy - xy * xy;
        // A minimum that is not a strict one of second order is left as it was given.
        if !(determinant > 0.0 && xx > 0.0) {
            break;
        }
        x -= (yy * gx - xy * gy) / determinant;
        y -= (xx * gy - xy * gx) / determinant;
    }
    let near = (x - guess[0]).abs().max((y - guess[1]).abs()) <= reach;
    let Jet { value, gradient: [gx, gy] } = tape.gradient(x, y);
    let flat = gx.abs().max(gy.abs()) <= 1e-8 * (1.0 + value.abs());
    (near && flat).then_some([x, y])
}

/// The minimiser of a quadratic with this Hessian: one Newton step from the origin, polished.
fn bottom(tape: &Tape, [xx, xy, yy]: [f64; 3]) -> Option<[f64; 2]> {
    let [gx, gy] = tape.gradient(0.0, 0.0).gradient;
    let determinant = xx * yy - xy * xy;
    let x = 0.0 - (yy * gx - xy * gy) / determinant;
    let y = 0.0 - (xx * gy - xy * gx) / determinant;
    (determinant > 0.0 && xx > 0.0)
        .then_some([x, y])
        .and_then(|guess| polish(tape, guess, f64::INFINITY))
}

/// The common Hessian of a handful of scattered points, if they share one to rounding.
fn constant_hessian(tape: &Tape) -> Option<[f64; 3]> {
    // Irregular on purpose: no symmetry or period of a formula lines up with all of them.
    const POINTS: [[f64; 2]; 9] = [
        [0.317, -0.229],
        [-1.713, 0.611],
        [2.939, 1.873],
        [-0.083, -2.671],
        [5.387, -4.129],
        [-6.841, 3.517],
        [0.0131, 0.0277],
        [11.93, 13.07],
        [-17.3, -9.71],
    ];
    let first = tape.hessian(POINTS[0][0], POINTS[0][1]).hessian;
    let size = first.iter().fold(0.0, |most: f64, h| most.max(h.abs()));
    let same = |[x, y]: &[f64; 2]| {
        let hessian = tape.hessian(*x, *y).hessian;
        hessian.iter().zip(first).all(|(h, f)| (h - f).abs() <= 1e-9 * size)
    };
    POINTS.iter().all(same).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minima(text: &str) -> Vec<[f64; 2]> {
        let formula = Formula::parse(text).unwrap();
        let window = Window::new(-5.0, 5.0, -4.0, 4.0);
        Objective::searched(&formula, &[], &window).minima().to_vec()
    }

    #[test]
    fn a_search_finds_the_minima_of_a_typed_formula() {
        assert_eq!(minima("(x - 1)^2 + 3(y + 0.5)^2"), [[1.0, -0.5]]);
        assert_eq!(minima("(x^2 - 1)^2 + y^2").len(), 2);
        let [[x, y]] = minima("e^(x + 3y - 0.1) + e^(x - 3y - 0.1) + e^(-x - 0.1)")[..] else {
            panic!("one minimum");
        };
        // Boyd & Vandenberghe, Convex Optimization, 9.20: x = −½ ln 2.
        assert!((x + 0.5 * 2f64.ln()).abs() < 1e-12 && y.abs() < 1e-12);
        assert_eq!(minima("(x^2 + y - 11)^2 + (x + y^2 - 7)^2").len(), 4);
    }

    #[test]
    fn a_search_takes_no_saddle_plateau_or_edge_for_a_minimum() {
        for text in
            ["x^2 - y^2", "x*y", "x + y", "3", "0x", "x^2", "abs(x)", "ln(x - 9)", "1/(x*y)"]
        {
            assert_eq!(minima(text), [[0.0; 2]; 0], "{text}");
        }
    }
}
