//! A formula to be measured: what a tape computes, compiled or not, over arrays that stay.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::math::formula::{Formula, Tape};
use crate::objective::Objective;
use crate::optimizers::rule;
use crate::optimizers::schedule::Schedule;
use crate::training::run::{RunSpec, walk};

/// A formula bound to nothing, and points.
#[wasm_bindgen]
pub struct Measured {
    formula: Formula,
    tape: Tape,
    loss: Option<Tape>,
    objective: Objective,
    xs: Vec<f64>,
    ys: Vec<f64>,
    f: Vec<f64>,
    gradient: [Vec<f64>; 2],
    constant: f64,
}

#[wasm_bindgen]
impl Measured {
    /// A formula in x and y, of which so many points are wanted.
    ///
    /// # Errors
    /// What is no formula.
    #[wasm_bindgen(constructor)]
    pub fn new(text: &str, count: usize, compiled: bool) -> Result<Measured, String> {
        let formula = Formula::parse(text).map_err(|error| error.to_string())?;
        let tape = formula.bind(&[]);
        let objective = Objective::begin(&formula, &[], &[]);
        let tell = if compiled { Tape::compile_at_once } else { Tape::compile_never };
        [Some(&tape), objective.surface()].into_iter().flatten().for_each(tell);
        let [xs, ys] = [0.37, 0.61].map(|step: f64| {
            (0..count).map(|at| 4.0 * ((at as f64 * step).fract() - 0.5)).collect::<Vec<_>>()
        });
        let [f, fx, fy] = [(); 3].map(|()| vec![0.0; count]);
        Ok(Self {
            formula,
            tape,
            loss: None,
            objective,
            xs,
            ys,
            f,
            gradient: [fx, fy],
            constant: 0.0,
        })
    }

    /// f at all points; returns the last.
    pub fn values(&mut self) -> f64 {
        self.tape.values(&self.xs, &self.ys, &mut self.f);
        self.f.last().copied().unwrap_or(f64::NAN)
    }

    /// f and its gradient at all points, in one call or one after the other; returns the last f_x.
    pub fn gradients(&mut self, one_by_one: bool) -> f64 {
        let [fx, fy] = &mut self.gradient;
        if one_by_one {
            for (at, (&x, &y)) in self.xs.iter().zip(&self.ys).enumerate() {
                let jet = self.tape.gradient(x, y);
                (self.f[at], [fx[at], fy[at]]) = (jet.value, jet.gradient);
            }
        } else {
            self.tape.gradients(&self.xs, &self.ys, &mut self.f, [fx, fy]);
        }
        fx.last().copied().unwrap_or(f64::NAN)
    }

    /// f on a grid of so many columns and rows over [-3, 3]², as many as there are points at most.
    pub fn grid(&mut self, columns: usize, rows: usize) -> f64 {
        let [xs, ys] = [columns, rows].map(|count| {
            (0..count).map(|at| -3.0 + 6.0 * at as f64 / (count - 1) as f64).collect::<Vec<_>>()
        });
        self.tape.grid(&xs, &ys, &mut self.f[..columns * rows]);
        self.f[0]
    }

    /// So many updates of a rule from x and y; returns the last f.
    pub fn walk(&self, key: &str, alpha: f64, steps: usize, x: f64, y: f64) -> f64 {
        let Some(rule) = rule(key) else { return f64::NAN };
        let mut values = rule.defaults();
        values[0] = alpha;
        let schedule = Schedule::Constant;
        let (start, values) = ([x, y], &values[..]);
        let spec =
            RunSpec { rule, values, noise: 0.0, start, steps, seed: 1, batches: None, schedule };
        walk(&self.objective, &spec).loss.last().copied().unwrap_or(f64::NAN)
    }

    /// Takes the formula as the loss of an example with weights w and b, and the points as examples.
    pub fn take_loss(&mut self, text: &str, compiled: bool) -> bool {
        let loss = Formula::parse_in(text, &["w", "b", "x", "y"]).ok();
        self.loss = loss.map(|formula| formula.bind(&[]));
        let tell = if compiled { Tape::compile_at_once } else { Tape::compile_never };
        self.loss.iter().for_each(tell);
        self.loss.is_some()
    }

    /// Σ f and its gradient over the examples.
    pub fn sum(&self, w: f64, b: f64) -> f64 {
        let sum = |loss: &Tape| loss.sum_gradients([w, b], &[&self.xs, &self.ys]).gradient[0];
        self.loss.as_ref().map_or(f64::NAN, sum)
    }

    /// Σ f and its gradient over the examples at so many w one after the other; returns the last derivative.
    pub fn sums(&self, count: u32, b: f64) -> f64 {
        let mut last = f64::NAN;
        let thetas = (0..count).map(|at| [0.3 + 1e-3 * f64::from(at), b]);
        let columns: [&[f64]; 2] = [&self.xs, &self.ys];
        if let Some(loss) = &self.loss {
            loss.sum_gradients_at(thetas, &columns, |sum| last = sum.gradient[0]);
        }
        last
    }

    /// Reads the formula with a constant that it has not had yet, and compiles what is computed at
    /// points; whether that went well.
    pub fn compile(&mut self) -> bool {
        self.constant += 1.0;
        let text = format!("{} + {}", self.formula.text(), self.constant);
        let Ok(formula) = Formula::parse(&text) else { return false };
        let tape = formula.bind(&[]);
        tape.compile_at_once();
        let [x, y] = [&self.xs, &self.ys].map(|of| &of[..2]);
        tape.values(x, y, &mut self.f[..2]);
        tape.compiled()[0] == 1
    }
}
