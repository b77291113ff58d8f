//! What a run minimises: a surface with its parameters' values put in, or the risk over data.

mod all_round;
mod epochs;
mod minima;
mod moments;
pub mod problems;
mod risk;
mod search;
pub mod surfaces;

use std::sync::OnceLock;

use crate::math::budget::Budget;
use crate::math::formula::{Formula, Jet, Jet2, Tape};
use crate::math::window::Window;

pub use epochs::Epochs;
pub use moments::HessianMoments;
pub use risk::Risk;
use search::Search;

/// A function of two numbers (of a point [x, y], of θ), ready to be evaluated, and what is known
/// of its minima, which may still be searched for.
#[derive(Clone, Debug)]
pub struct Objective {
    function: Function,
    costs: Costs,
    minima: Vec<[f64; 2]>,
    lowest: Option<f64>,
    constant_hessian: Option<[f64; 3]>,
    /// Whether the minima come from theory, and not from a search alone.
    is_gallery: bool,
    /// See [`Objective::example_moments`]; computed when it is first asked for.
    example_moments: OnceLock<Option<HessianMoments>>,
    search: Option<Search>,
}

/// What it costs to evaluate a function once, in units of a [`Budget`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Costs {
    /// f alone.
    pub value: u64,
    /// f and ∇f.
    pub gradient: u64,
    /// f, ∇f and the Hessian.
    pub hessian: u64,
}

impl Costs {
    /// Of a sum of so many terms, each of so many operations.
    fn of(terms: usize, operations: u64) -> Self {
        /// What an evaluation costs besides.
        const CALL: u64 = 8;
        let sum = terms as u64 * operations;
        Self { value: CALL + sum, gradient: CALL + 3 * sum, hessian: CALL + 6 * sum }
    }
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
    /// Those of the mean over so many examples; of a surface always the same.
    fn costs(&self, examples: usize) -> Costs {
        match self {
            Self::Surface(tape) => Costs::of(1, tape.cost()),
            Self::Risk(risk) => Costs::of(examples, risk.operations()),
        }
    }

    /// Whether it is a polynomial of degree 2 at most; of a risk each example's loss.
    fn is_quadratic(&self) -> bool {
        let degree = match self {
            Self::Surface(tape) => tape.degree(),
            Self::Risk(risk) => risk.degree(),
        };
        degree.is_some_and(|degree| degree <= 2)
    }

    fn value(&self, [x, y]: [f64; 2]) -> f64 {
        match self {
            Self::Surface(tape) => tape.value(x, y),
            Self::Risk(risk) => risk.value([x, y]),
        }
    }

    fn values(&self, points: impl Iterator<Item = [f64; 2]>, take: impl FnMut(f64)) {
        match self {
            Self::Surface(tape) => points.map(|[x, y]| tape.value(x, y)).for_each(take),
            Self::Risk(risk) => risk.values(points, take),
        }
    }

    fn gradients(&self, points: impl Iterator<Item = [f64; 2]>, take: impl FnMut(Jet)) {
        match self {
            Self::Surface(tape) => points.map(|[x, y]| tape.gradient(x, y)).for_each(take),
            Self::Risk(risk) => risk.gradients(points, take),
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
        Self::begin(formula, values, near).settled()
    }

    /// Binds `formula` to its parameters' `values` and looks for its minima: that of a quadratic
    /// wherever it lies; else, in a window, the strict ones of second order that a grid can tell
    /// apart, and those that a coarser grid finds three times as wide about it. There may be others,
    /// and lower ones.
    pub fn searched(formula: &Formula, values: &[f64], window: &Window) -> Self {
        Self::begin_searched(formula, values, window).settled()
    }

    /// A risk, its minima searched for as in [`Objective::searched`]; where the window has none,
    /// by a descent from its middle too. Where there are many examples, some of them tell where to
    /// look.
    pub fn over_data(risk: Risk, window: &Window) -> Self {
        Self::begin_over_data(risk, window).settled()
    }

    /// As [`Objective::new`], but that [`Objective::advance`] is left to do the work.
    pub fn begin(formula: &Formula, values: &[f64], near: &[[f64; 2]]) -> Self {
        let function = Function::Surface(formula.bind(values));
        Self { is_gallery: true, ..Self::with_search(function, Search::near(near)) }
    }

    /// As [`Objective::searched`], but that [`Objective::advance`] is left to do the work.
    pub fn begin_searched(formula: &Formula, values: &[f64], window: &Window) -> Self {
        let function = Function::Surface(formula.bind(values));
        Self::with_search(function, Search::in_window(window, 61, None))
    }

    /// As [`Objective::over_data`], but that [`Objective::advance`] is left to do the work.
    pub fn begin_over_data(risk: Risk, window: &Window) -> Self {
        let middle = [window.x, window.y].map(|[low, high]| 0.5 * (low + high));
        let search = Search::in_window(window, 31, Some(middle));
        Self::with_search(Function::Risk(risk), search)
    }

    fn with_search(function: Function, search: Search) -> Self {
        let examples = match &function {
            Function::Surface(_) => 1,
            Function::Risk(risk) => risk.len(),
        };
        Self {
            costs: function.costs(examples),
            function,
            minima: Vec::new(),
            lowest: None,
            constant_hessian: None,
            is_gallery: false,
            example_moments: OnceLock::new(),
            search: Some(search),
        }
    }

    /// The same with all its minima found.
    fn settled(mut self) -> Self {
        self.advance(&mut Budget::unlimited());
        self
    }

    /// Goes on searching for minima, as far as the budget lets it; tells whether the search has
    /// ended. Until then none is known.
    pub fn advance(&mut self, budget: &mut Budget) -> bool {
        let Some(search) = &mut self.search else { return true };
        if !search.advance(&self.function, self.costs, budget) {
            return false;
        }
        (self.minima, self.constant_hessian) = search.found();
        let values = self.minima.iter().map(|&minimum| self.function.value(minimum));
        self.lowest = values.reduce(f64::min);
        budget.count(self.minima.len() as u64 * self.costs.value);
        self.search = None;
        true
    }

    /// Whether all has been found that the search finds: minima, and a constant Hessian.
    pub fn is_complete(&self) -> bool {
        self.search.is_none()
    }

    /// How much work the search is and how much of it is done, in units; as far as is known.
    pub fn work(&self) -> [u64; 2] {
        self.search.as_ref().map_or([0, 0], |search| search.work(&self.function, self.costs))
    }

    /// What an evaluation costs.
    pub fn cost(&self) -> Costs {
        self.costs
    }

    /// What it costs over so many examples, where it is a risk.
    pub fn cost_over(&self, examples: usize) -> Costs {
        self.function.costs(examples)
    }

    /// f at a point.
    pub fn value(&self, point: [f64; 2]) -> f64 {
        self.function.value(point)
    }

    /// f and ∇f at a point, by forward-mode automatic differentiation.
    pub fn gradient(&self, point: [f64; 2]) -> Jet {
        self.function.gradient(point)
    }

    /// f at each of these points, in their order: of a risk sooner than one by one.
    pub fn values(&self, points: impl Iterator<Item = [f64; 2]>, take: impl FnMut(f64)) {
        self.function.values(points, take);
    }

    /// f and ∇f at each of these points, likewise.
    pub fn gradients(&self, points: impl Iterator<Item = [f64; 2]>, take: impl FnMut(Jet)) {
        self.function.gradients(points, take);
    }

    /// f, ∇f and the Hessian [f_xx, f_xy, f_yy] at a point.
    pub fn hessian(&self, point: [f64; 2]) -> Jet2 {
        self.function.hessian(point)
    }

    /// f over a grid: `out[row * xs.len() + column] = f(xs[column], ys[row])`.
    pub fn grid(&self, xs: &[f64], ys: &[f64], out: &mut [f64]) {
        self.function.grid(xs, ys, out);
    }

    /// The program of the surface, if the objective is one.
    pub(crate) fn surface(&self) -> Option<&Tape> {
        match &self.function {
            Function::Surface(tape) => Some(tape),
            Function::Risk(_) => None,
        }
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

    /// The Hessian, if it is the same everywhere: then f is written as a quadratic, in a risk each
    /// example's loss too, and what the theory says of quadratics holds exactly.
    pub fn constant_hessian(&self) -> Option<[f64; 3]> {
        self.constant_hessian
    }

    /// Whether no lower value than [`Objective::lowest`] exists, as far as theory tells: on a quadratic
    /// and in the gallery of surfaces. Else a search found the minima, and there may be others.
    pub fn knows_all_minima(&self) -> bool {
        self.is_gallery || self.constant_hessian.is_some()
    }

    /// The moments of the examples' Hessians, if each of these is the same everywhere: then the
    /// loss of every example is quadratic.
    pub fn example_moments(&self) -> Option<&HessianMoments> {
        let moments = || self.constant_hessian.and_then(|_| self.moments_at([0.0, 0.0]));
        self.example_moments.get_or_init(moments).as_ref()
    }

    /// The moments of the examples' Hessians at a point; `None` on a surface.
    pub fn moments_at(&self, theta: [f64; 2]) -> Option<HessianMoments> {
        HessianMoments::of(&self.risk()?.hessians(theta).collect::<Vec<_>>())
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
    fn a_search_finds_minima_that_do_not_curve_in_some_direction() {
        for (text, at) in [
            ("x^4 + y^4", [0.0, 0.0]),
            ("(x^2 + y^2)^2", [0.0, 0.0]),
            ("x^2 + y^4", [0.0, 0.0]),
            ("x^6 + y^2 - y", [0.0, 0.5]),
            ("(x - 0.3)^4 + (y + 0.21)^4", [0.3, -0.21]),
            ("(x - 1.7)^4 + 3(x + y)^2", [1.7, -1.7]),
            ("abs(x) + abs(y)", [0.0, 0.0]),
            ("sqrt(x^2 + y^2)", [0.0, 0.0]),
        ] {
            let found = minima(text);
            let [[x, y]] = found[..] else { panic!("{text}: {found:?}") };
            assert!((x - at[0]).hypot(y - at[1]) < 1e-4, "{text}: {found:?}");
        }
    }

    #[test]
    fn a_search_takes_no_saddle_plateau_or_edge_for_a_minimum() {
        for text in [
            "x^2 - y^2",
            "x*y",
            "x + y",
            "3",
            "0x",
            "x^2",
            "abs(x)",
            "ln(x - 9)",
            "1/(x*y)",
            "x^3 + y^2",
            "x^4 - y^4",
            "x^2*y^2",
            "(x + y)^4",
            "x^3 - 3x*y^2",
            "max(x^2, y) - y",
        ] {
            assert_eq!(minima(text), [[0.0; 2]; 0], "{text}");
        }
    }
}
