//! The surface in the window, sampled for field and isolines: at once where that is cheap, else
//! coarsely at once, and that of a formula finely a few rows at a time.

use crate::labs::planar::PlanarLab;
use crate::math::budget::Budget;
use crate::math::window::Window;
use crate::objective::{Objective, Risk};
use crate::view::field::nodes;
use crate::view::hill::{HeightScale, Terrain};
use crate::view::{Field, Frame, Levels, Relief};

/// How many CSS pixels lie between two nodes of a field.
const NODE: f64 = 2.3;
/// How many nodes a hill has from left to right, and from front to back.
const HILL: [usize; 2] = [321, 241];
/// So many losses of examples a field may cost; where there are more examples, it is sampled more
/// coarsely and interpolated: risks are smooth.
const FIELD_BUDGET: f64 = 1_400_000.0;
/// The same for the isolines of a batch, which are drawn anew at every step.
const BATCH_BUDGET: f64 = 240_000.0;
/// A loss of more operations than those of the gallery …
const OPERATIONS: u64 = 40;
/// … counts as one for so many.
const EACH: f64 = 8.0;
/// So many units of a [`Budget`] the field of a formula may cost at once.
const AT_ONCE: f64 = 16_000_000.0;

/// The surface in the window of a frame; that of a long formula roughly, see [`Sampling`].
pub fn relief(lab: &PlanarLab, frame: &Frame) -> Relief {
    let objective = lab.objective();
    let excess = match objective.risk() {
        Some(risk) => excess_of_risk(frame, risk, FIELD_BUDGET),
        None => cost(objective, frame) / AT_ONCE,
    };
    let field = sampled(frame, excess, |xs, ys, out| objective.grid(xs, ys, out));
    of(&field, objective)
}

/// The surface in the window as a hill.
pub fn terrain(lab: &PlanarLab, logarithmic: bool) -> Terrain {
    let objective = lab.objective();
    let Frame { window, .. } = lab.frame();
    // A frame in which the usual spacing makes as many nodes.
    let [width, height] = HILL.map(|nodes| (nodes - 2) as f64 * NODE + 0.5);
    let frame = Frame { window, width, height };
    let excess = match objective.risk() {
        Some(risk) => excess_of_risk(&frame, risk, FIELD_BUDGET),
        None => cost(objective, &frame) / AT_ONCE,
    };
    let field = sampled(&frame, excess, |xs, ys, out| objective.grid(xs, ys, out));
    let lowest = objective.lowest();
    let scale = HeightScale::of(&field, lowest, logarithmic);
    Terrain::new(&field, &Levels::of(&field, lowest), scale)
}

/// The risk over a batch in the window of a frame.
pub(super) fn of_batch(risk: &Risk, frame: &Frame) -> Relief {
    let excess = excess_of_risk(frame, risk, BATCH_BUDGET);
    let field = sampled(frame, excess, |xs, ys, out| risk.grid(xs, ys, out));
    Relief::new(&field, &Levels::of(&field, None))
}

fn of(field: &Field, objective: &Objective) -> Relief {
    Relief::new(field, &Levels::of(field, objective.lowest()))
}

/// The nodes of a grid of this spacing, in px.
fn counts(frame: &Frame, spacing: f64) -> [usize; 2] {
    [frame.width, frame.height].map(|length| (length / spacing) as usize + 2)
}

/// What all nodes of the fine grid cost, in units.
fn cost(objective: &Objective, frame: &Frame) -> f64 {
    let [columns, rows] = counts(frame, NODE);
    (columns * rows) as f64 * objective.cost().value as f64
}

/// How many times as much as a budget all nodes of the fine grid cost.
fn excess_of_risk(frame: &Frame, risk: &Risk, budget: f64) -> f64 {
    if risk.len() <= 1 {
        return 1.0;
    }
    let [columns, rows] = counts(frame, NODE);
    let operations = risk.operations();
    let weight = if operations > OPERATIONS { operations as f64 / EACH } else { 1.0 };
    (columns * rows * risk.len()) as f64 * weight / budget
}

/// A function in the window of a frame, so much more coarsely as its cost exceeds what it may be,
/// and interpolated.
fn sampled(frame: &Frame, excess: f64, grid: impl FnMut(&[f64], &[f64], &mut [f64])) -> Field {
    let [columns, rows] = counts(frame, NODE);
    if excess <= 1.0 {
        return Field::sample(frame.window, columns, rows, grid);
    }
    let [few_columns, few_rows] = counts(frame, NODE * excess.sqrt());
    Field::sample(frame.window, few_columns.max(8), few_rows.max(8), grid).refined(columns, rows)
}

/// The field of a long formula on its way: row after row of the fine grid.
#[derive(Debug)]
pub struct Sampling {
    window: Window,
    xs: Vec<f64>,
    ys: Vec<f64>,
    values: Vec<f64>,
}

impl Sampling {
    /// What is to be sampled finely after [`relief`]; `None` where that is all there is.
    pub fn of(lab: &PlanarLab, frame: &Frame) -> Option<Self> {
        let objective = lab.objective();
        let is_rough = objective.risk().is_none() && cost(objective, frame) > AT_ONCE;
        is_rough.then(|| {
            let [columns, rows] = counts(frame, NODE);
            let Frame { window, .. } = *frame;
            Self {
                window,
                xs: nodes(window.x, columns),
                ys: nodes(window.y, rows),
                values: Vec::new(),
            }
        })
    }

    /// Goes on as far as the budget lets it; returns the relief at the end.
    pub fn advance(&mut self, lab: &PlanarLab, budget: &mut Budget) -> Option<Relief> {
        let objective = lab.objective();
        let columns = self.xs.len();
        let row_cost = columns as u64 * objective.cost().value;
        while self.values.len() < columns * self.ys.len() {
            if !budget.piece(row_cost) {
                return None;
            }
            let (done, row) = (self.values.len(), self.values.len() / columns);
            self.values.resize(done + columns, 0.0);
            objective.grid(&self.xs, &self.ys[row..=row], &mut self.values[done..]);
        }
        let field = Field {
            window: self.window,
            columns,
            rows: self.ys.len(),
            values: std::mem::take(&mut self.values),
        };
        Some(of(&field, objective))
    }
}
