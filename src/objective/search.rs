//! Where the minima of an objective are, and whether it is a quadratic: searched for a piece at a
//! time, since a formula may be long and the examples many.

use super::minima::{Descent, Newton, Steps, bottom};
use super::{Costs, Function};
use crate::data::Batches;
use crate::math::budget::Budget;
use crate::math::window::Window;

/// A search on its way.
#[derive(Clone, Debug)]
pub(super) struct Search {
    plan: Plan,
    phase: Phase,
    /// The Hessian, once it is known to be the same everywhere.
    hessian: Option<[f64; 3]>,
    minima: Vec<[f64; 2]>,
}

/// Where to look.
#[derive(Clone, Debug)]
enum Plan {
    /// Near these points, where minima are known to lie.
    Near(Vec<[f64; 2]>),
    /// For a quadratic wherever its minimum lies; else in a window, and about it.
    InWindow {
        /// The nodes of the grid in x and in y that is being searched.
        nodes: [Vec<f64>; 2],
        /// The nodes of the wider grid that comes after it.
        beyond: Option<[Vec<f64>; 2]>,
        /// Where a descent begins if the window has no minimum.
        middle: Option<[f64; 2]>,
    },
}

#[derive(Clone, Debug)]
enum Phase {
    /// Whether the Hessian is constant.
    Probe,
    /// The minimum of a quadratic.
    Bottom(Option<Newton>),
    /// Points near which minima are known, from this one on.
    Near(usize, Option<Newton>),
    /// The values at the nodes, row by row, of a function that is about the same.
    Grid {
        rough: Option<Box<Function>>,
        values: Vec<f64>,
    },
    /// The nodes that lie below their neighbours, from this one on.
    Nodes {
        values: Vec<f64>,
        next: usize,
        newton: Option<Newton>,
    },
    /// From the middle.
    Descent(Descent),
    Ended,
}

/// So many times as wide and as high as the window is what is searched after it, with as many
/// nodes: a lower minimum may lie out there.
const BEYOND: f64 = 3.0;
/// So many minima are kept at most.
const MOST: usize = 64;
/// Where there are more examples, so many of them tell where to look.
const ENOUGH: usize = 300;

impl Search {
    /// For the minimisers near these points.
    pub fn near(points: &[[f64; 2]]) -> Self {
        Self::new(Plan::Near(points.to_vec()))
    }

    /// In a window, on a grid of so many nodes in each direction; then from its `middle`, if there
    /// is no minimum in it; then about it, on a coarser grid.
    pub fn in_window(window: &Window, count: usize, middle: Option<[f64; 2]>) -> Self {
        let nodes = |[low, high]: [f64; 2]| {
            let node = |index: usize| low + (high - low) * index as f64 / (count - 1) as f64;
            (0..count).map(node).collect::<Vec<f64>>()
        };
        let wider = |[low, high]: [f64; 2]| {
            let more = 0.5 * (BEYOND - 1.0) * (high - low);
            nodes([low - more, high + more])
        };
        let beyond = Some([wider(window.x), wider(window.y)]);
        Self::new(Plan::InWindow { nodes: [nodes(window.x), nodes(window.y)], beyond, middle })
    }

    fn new(plan: Plan) -> Self {
        Self { plan, phase: Phase::Probe, hessian: None, minima: Vec::new() }
    }

    /// The minima and the constant Hessian, at the end of the search.
    pub fn found(&mut self) -> (Vec<[f64; 2]>, Option<[f64; 3]>) {
        (std::mem::take(&mut self.minima), self.hessian)
    }

    /// Goes on as far as the budget lets it; tells whether it has ended.
    pub fn advance(&mut self, function: &Function, costs: Costs, budget: &mut Budget) -> bool {
        loop {
            let cost = match &self.phase {
                Phase::Grid { rough, .. } => self.row_cost(rough.as_deref().unwrap_or(function)),
                Phase::Ended => return true,
                _ => costs.hessian,
            };
            if !budget.piece(cost) {
                return false;
            }
            self.step(function);
        }
    }

    /// How much work there is and how much of it is done, as far as is known: which nodes lie low
    /// is not.
    pub fn work(&self, function: &Function, costs: Costs) -> [u64; 2] {
        const NODES: u64 = 20;
        let probes = costs.hessian;
        let probed = if matches!(self.phase, Phase::Probe) { 0 } else { probes };
        let Plan::InWindow { nodes: [xs, ys], beyond, .. } = &self.plan else {
            return [probes, probed];
        };
        let rows = ys.len() as u64 * self.row_cost(function).min(ENOUGH as u64 * costs.hessian);
        let grid = rows + NODES * costs.hessian;
        let before = if beyond.is_some() { 0 } else { grid };
        let done = match &self.phase {
            Phase::Grid { values, .. } => {
                before + rows.saturating_mul(values.len() as u64) / (xs.len() * ys.len()) as u64
            }
            Phase::Nodes { next, .. } => {
                before + rows + NODES * costs.hessian * *next as u64 / (xs.len() * ys.len()) as u64
            }
            Phase::Descent(_) => grid,
            Phase::Ended => 2 * grid,
            _ => 0,
        };
        [probes + 2 * grid, probed + done]
    }

    /// What a row of the grid costs.
    fn row_cost(&self, function: &Function) -> u64 {
        let examples = match function {
            Function::Surface(_) => 1,
            Function::Risk(risk) => risk.len(),
        };
        let Plan::InWindow { nodes: [xs, _], .. } = &self.plan else { return 0 };
        xs.len() as u64 * function.costs(examples).value
    }

    /// One piece of the work: a row of the grid, or an evaluation.
    fn step(&mut self, function: &Function) {
        let phase = std::mem::replace(&mut self.phase, Phase::Ended);
        self.phase = match phase {
            Phase::Probe => self.probe(function),
            Phase::Bottom(newton) => self.bottom(function, newton),
            Phase::Near(next, newton) => self.step_near(function, next, newton),
            Phase::Grid { rough, values } => self.row(function, rough, values),
            Phase::Nodes { values, next, newton } => self.node(function, values, next, newton),
            Phase::Descent(mut descent) => match descent.step(function) {
                None => Phase::Descent(descent),
                Some(found) => {
                    self.minima.extend(found);
                    self.searched(function)
                }
            },
            Phase::Ended => Phase::Ended,
        };
    }

    /// Looks at the Hessian, if it is the same everywhere.
    fn probe(&mut self, function: &Function) -> Phase {
        let hessian = function.is_quadratic().then(|| function.hessian([0.0, 0.0]).hessian);
        self.hessian = hessian.filter(|hessian| hessian.iter().all(|part| part.is_finite()));
        match (&self.plan, self.hessian) {
            (Plan::Near(_), _) => Phase::Near(0, None),
            (Plan::InWindow { .. }, Some(_)) => Phase::Bottom(None),
            (Plan::InWindow { .. }, None) => {
                Phase::Grid { rough: rough(function).map(Box::new), values: Vec::new() }
            }
        }
    }

    fn bottom(&mut self, function: &Function, newton: Option<Newton>) -> Phase {
        let Some(mut newton) = newton else {
            let guess = self.hessian.and_then(|hessian| bottom(function, hessian));
            return match guess {
                Some(guess) => Phase::Bottom(Some(Newton::new(guess, f64::INFINITY, false))),
                None => self.searched(function),
            };
        };
        match newton.step(function) {
            None => Phase::Bottom(Some(newton)),
            Some(found) => {
                self.minima.extend(found);
                self.searched(function)
            }
        }
    }

    fn step_near(&mut self, function: &Function, next: usize, newton: Option<Newton>) -> Phase {
        let Plan::Near(points) = &self.plan else { return Phase::Ended };
        let Some(&point) = points.get(next) else { return Phase::Ended };
        let mut newton = newton.unwrap_or_else(|| Newton::new(point, 0.1, false));
        match newton.step(function) {
            None => Phase::Near(next, Some(newton)),
            Some(found) => {
                self.minima.extend(found);
                Phase::Near(next + 1, None)
            }
        }
    }

    fn row(
        &mut self,
        function: &Function,
        rough: Option<Box<Function>>,
        mut values: Vec<f64>,
    ) -> Phase {
        let Plan::InWindow { nodes: [xs, ys], .. } = &self.plan else { return Phase::Ended };
        let done = values.len();
        values.resize(done + xs.len(), 0.0);
        let row = done / xs.len();
        rough.as_deref().unwrap_or(function).grid(xs, &ys[row..=row], &mut values[done..]);
        if row + 1 < ys.len() {
            return Phase::Grid { rough, values };
        }
        self.next_node(function, values, 0)
    }

    /// The next node from `from` on, row by row, that lies below its eight neighbours.
    fn next_node(&mut self, function: &Function, values: Vec<f64>, from: usize) -> Phase {
        let Plan::InWindow { nodes: [xs, ys], .. } = &self.plan else { return Phase::Ended };
        let (width, height) = (xs.len(), ys.len());
        let is_low = |&at: &usize| {
            let (row, column) = (at / width, at % width);
            let inside = (1..height - 1).contains(&row) && (1..width - 1).contains(&column);
            inside
                && (row - 1..=row + 1)
                    .flat_map(|r| (column - 1..=column + 1).map(move |c| r * width + c))
                    .filter(|other| *other != at)
                    .all(|other| values[other] >= values[at])
        };
        let next = (from..width * height).find(is_low).filter(|_| self.minima.len() < MOST);
        match next {
            Some(next) => Phase::Nodes { values, next, newton: None },
            None => self.searched(function),
        }
    }

    fn node(
        &mut self,
        function: &Function,
        values: Vec<f64>,
        next: usize,
        newton: Option<Newton>,
    ) -> Phase {
        let Plan::InWindow { nodes: [xs, ys], .. } = &self.plan else { return Phase::Ended };
        let spacing = (xs[1] - xs[0]).max(ys[1] - ys[0]);
        let guess = [xs[next % xs.len()], ys[next / xs.len()]];
        let mut newton = newton.unwrap_or_else(|| Newton::new(guess, 2.0 * spacing, true));
        let Some(found) = newton.step(function) else {
            return Phase::Nodes { values, next, newton: Some(newton) };
        };
        if let Some([x, y]) = found {
            // Where it does not curve, the last of the way to it takes many steps.
            let is_new = |[a, b]: &[f64; 2]| (a - x).abs().max((b - y).abs()) > 1e-3 * spacing;
            if self.minima.iter().all(is_new) {
                self.minima.push([x, y]);
            }
        }
        self.next_node(function, values, next + 1)
    }

    /// What comes when the quadratic, the window, its middle or what is about it has been searched.
    fn searched(&mut self, function: &Function) -> Phase {
        let Plan::InWindow { nodes, beyond, middle } = &mut self.plan else { return Phase::Ended };
        if let Some(middle) = middle.take().filter(|_| self.minima.is_empty()) {
            return Phase::Descent(Descent::new(middle));
        }
        match beyond.take() {
            Some(wider) if self.hessian.is_none() => {
                *nodes = wider;
                Phase::Grid { rough: rough(function).map(Box::new), values: Vec::new() }
            }
            _ => Phase::Ended,
        }
    }
}

/// What tells where to look, if that is not the function itself.
fn rough(function: &Function) -> Option<Function> {
    match function {
        Function::Risk(risk) if risk.len() > ENOUGH => {
            Some(Function::Risk(risk.over(&Batches::new(risk.len(), ENOUGH, 0).batch(0))))
        }
        _ => None,
    }
}
