//! What a run minimises: a surface with its parameters' values put in, or the risk over data.

mod epochs;
mod minima;
mod risk;

use crate::data::Batches;
use crate::formula::{Formula, Jet, Jet2, Tape};
use crate::window::Window;

pub use epochs::Epochs;
pub use risk::Risk;

/// A function of two numbers (of a point [x, y], of θ), ready to be evaluated, and what is known
/// of its minima.
#[derive(Clone, Debug)]
pub struct Objective {
    function: Function,
    minima: Vec<[f64; 2]>,
    lowest: Option<f64>,
    constant_hessian: Option<[f64; 3]>,
}

/// What is evaluated.
#[derive(Clone, Debug)]
enum Function {
    /// f(x, y).
    Surface(Tape),
    /// R(θ), a mean over data.
    Risk(Risk),
}

impl Function {
    fn value(&self, [x, y]: [f64; 2]) -> f64 {
        match self {
            Self::Surface(tape) => tape.value(x, y),
            Self::Risk(risk) => risk.value([x, y]),
        }
    }

    fn gradient(&self, [x, y]: [f64; 2]) -> Jet {
        match self {
            Self::Surface(tape) => tape.gradient(x, y),
            Self::Risk(risk) => risk.gradient([x, y]),
        }
    }

    fn hessian(&self, [x, y]: [f64; 2]) -> Jet2 {
        match self {
            Self::Surface(tape) => tape.hessian(x, y),
            Self::Risk(risk) => risk.hessian([x, y]),
        }
    }

    fn grid(&self, xs: &[f64], ys: &[f64], out: &mut [f64]) {
        match self {
            Self::Surface(tape) => tape.grid(xs, ys, out),
            Self::Risk(risk) => risk.grid(xs, ys, out),
        }
    }
}

impl Objective {
    /// Binds `formula` to its parameters' `values` (in the formula's order) and polishes the
    /// minimisers `near` which some are known to lie by Newton's method.
    pub fn new(formula: &Formula, values: &[f64], near: &[[f64; 2]]) -> Self {
        let function = Function::Surface(formula.bind(values));
        let minima =
            near.iter().filter_map(|&guess| minima::polish(&function, guess, 0.1)).collect();
        Self::with_minima(function, minima)
    }

    /// Binds `formula` to its parameters' `values` and looks for its minima: that of a quadratic
    /// wherever it lies; else, in a window, the strict ones of second order that a grid can tell
    /// apart. There may be others, and lower ones.
    pub fn searched(formula: &Formula, values: &[f64], window: &Window) -> Self {
        let function = Function::Surface(formula.bind(values));
        let minima = match minima::constant_hessian(&function) {
            Some(hessian) => minima::bottom(&function, hessian).into_iter().collect(),
            None => minima::search(&function, &function, window, 61),
        };
        Self::with_minima(function, minima)
    }

    /// A risk, its minima searched for as in [`Objective::searched`]; where the window has none,
    /// by a descent from its middle too. Where there are many examples, some of them tell where to
    /// look.
    pub fn over_data(risk: Risk, window: &Window) -> Self {
        const ENOUGH: usize = 300;
        let rough = Function::Risk(if risk.len() > ENOUGH {
            risk.over(&Batches::new(risk.len(), ENOUGH, 0).batch(0))
        } else {
            risk.clone()
        });
        let function = Function::Risk(risk);
        let mut found: Vec<[f64; 2]> = match minima::constant_hessian(&function) {
            Some(hessian) => minima::bottom(&function, hessian).into_iter().collect(),
            None => minima::search(&function, &rough, window, 31),
        };
        if found.is_empty() {
            let middle = [window.x, window.y].map(|[low, high]| 0.5 * (low + high));
            found.extend(minima::descend(&function, middle));
        }
        Self::with_minima(function, found)
    }

    fn with_minima(function: Function, minima: Vec<[f64; 2]>) -> Self {
        let lowest = minima.iter().map(|&minimum| function.value(minimum)).reduce(f64::min);
        let constant_hessian = minima::constant_hessian(&function);
        Self { function, minima, lowest, constant_hessian }
    }

    /// f at a point.
    pub fn value(&self, point: [f64; 2]) -> f64 {
        self.function.value(point)
    }

    /// f and ∇f at a point, by forward-mode automatic differentiation.
    pub fn gradient(&self, point: [f64; 2]) -> Jet {
        self.function.gradient(point)
    }

    /// f, ∇f and the Hessian [f_xx, f_xy, f_yy] at a point.
    pub fn hessian(&self, point: [f64; 2]) -> Jet2 {
        self.function.hessian(point)
    }

    /// f over a grid: `out[row * xs.len() + column] = f(xs[column], ys[row])`.
    pub fn grid(&self, xs: &[f64], ys: &[f64], out: &mut [f64]) {
        self.function.grid(xs, ys, out);
    }

    /// The risk, if the objective is one.
    pub fn risk(&self) -> Option<&Risk> {
        match &self.function {
            Function::Surface(_) => None,
            Function::Risk(risk) => Some(risk),
        }
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
