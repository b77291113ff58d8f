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
    /// minimisers `near` which some are known to lie by Newton's method. A quadratic needs no guess.
    pub fn new(formula: &Formula, values: &[f64], near: &[[f64; 2]]) -> Self {
        let tape = formula.bind(values);
        let constant_hessian = constant_hessian(&tape);
        let mut minima: Vec<_> = near.iter().filter_map(|&guess| polish(&tape, guess)).collect();
        if near.is_empty() {
            minima.extend(constant_hessian.and_then(|hessian| bottom(&tape, hessian)));
        }
        let lowest = minima.iter().map(|&[x, y]| tape.value(x, y)).reduce(f64::min);
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

/// A zero of the gradient near `guess`, by Newton's method; `None` if the iteration leaves the
/// neighbourhood (a parameter may have removed that minimum).
fn polish(tape: &Tape, guess: [f64; 2]) -> Option<[f64; 2]> {
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
    let near = (x - guess[0]).abs() < 0.1 && (y - guess[1]).abs() < 0.1;
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
    (determinant > 0.0 && xx > 0.0).then_some([x, y]).and_then(|guess| polish(tape, guess))
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

/// Where a plot of a typed formula opens, and where its runs start.
pub(crate) const TYPED_WINDOW: Window = Window::new(-5.0, 5.0, -4.0, 4.0);
/// The start of runs on a typed formula.
pub(crate) const TYPED_START: [f64; 2] = [3.0, 2.0];
