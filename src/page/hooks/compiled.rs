//! Compiled formulas against their tapes, in the browser; and how fast both are.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::labs::model::json;
use crate::math::budget::Budget;
use crate::math::formula::{Formula, Jet, Tape};
use crate::math::random::Random;
use crate::objective::Objective;
use crate::optimizers::schedule::Schedule;
use crate::optimizers::{Rule, of_first_order};
use crate::training::run::{RunSpec, walk};
use crate::training::setup::Setup;
use crate::training::trials::{Low, Trials};

/// The value of the parameter a.
const A: f64 = 1.7;

/// Numbers where the tape's conventions and its far branches show.
const SPECIAL: [f64; 12] =
    [0.0, -0.0, 1.0, -1.0, 1e-80, -1e80, 1e200, -1e-200, 5e-324, -1e6, f64::INFINITY, f64::NAN];

/// Compares what is compiled of these formulas in x, y and a with their tapes: points, a grid, sums
/// over examples and a walk each, all of them random. Tells which differ and in what, and how many
/// modules were at work: of points, of grids, of sums and of walks.
#[wasm_bindgen]
pub fn compare_compiled(texts: Vec<String>, seed: u32) -> String {
    let mut random = Random::new(u64::from(seed));
    let mut modules = [0; 4];
    let mut differ = Vec::new();
    for text in &texts {
        let Some(mut case) = Case::new(text, &mut random) else {
            differ.push(format!("{text} is no formula"));
            continue;
        };
        for (what, agrees) in [
            ("points", case.points_agree()),
            ("grid", case.grid_agrees()),
            ("sums", case.sums_agree()),
            ("walk", case.walk_agrees()),
        ] {
            if !agrees {
                differ.push(format!("{what} of {text}"));
            }
        }
        modules.iter_mut().zip(case.modules()).for_each(|(all, of)| *all += of);
    }
    json(&(differ, modules))
}

/// A formula twice: as a tape, and to be compiled at once.
struct Case {
    formula: Formula,
    tape: Tape,
    compiled: Tape,
    /// Tapes of it as a loss in x and a, over examples y.
    losses: [Tape; 2],
    xs: Vec<f64>,
    ys: Vec<f64>,
    rule: &'static Rule,
    values: Vec<f64>,
    walks: usize,
}

impl Case {
    fn new(text: &str, random: &mut Random) -> Option<Self> {
        let formula = Formula::parse(text).ok()?;
        let loss = Formula::parse_in(text, &["x", "a", "y"]).ok()?;
        let [tape, compiled] = [(); 2].map(|()| formula.bind(&[A]));
        let losses = [(); 2].map(|()| loss.bind(&[]));
        [&tape, &losses[0]].into_iter().for_each(Tape::compile_never);
        [&compiled, &losses[1]].into_iter().for_each(Tape::compile_at_once);
        let count = 1 + random.below(90) as usize;
        let mut numbers = || -> Vec<f64> {
            let one = |random: &mut Random| match random.below(8) {
                0 => SPECIAL[random.below(SPECIAL.len() as u32) as usize],
                _ => 3.0 * random.gaussians()[0],
            };
            (0..count).map(|_| one(random)).collect()
        };
        let [xs, ys] = [numbers(), numbers()];
        // Those whose walks are compiled.
        let rules: Vec<&'static Rule> = of_first_order().collect();
        let rule = rules[random.below(rules.len() as u32) as usize];
        let mut values = rule.defaults();
        if rule.key == "momentum" {
            values[2] = f64::from(random.below(3));
        }
        Some(Self { formula, tape, compiled, losses, xs, ys, rule, values, walks: 0 })
    }

    fn points_agree(&self) -> bool {
        let of = |tape: &Tape| {
            let mut all = [(); 10].map(|()| vec![0.0; self.xs.len()]);
            let [value, f, fx, fy, f2, fx2, fy2, fxx, fxy, fyy] = &mut all;
            tape.values(&self.xs, &self.ys, value);
            tape.gradients(&self.xs, &self.ys, f, [fx, fy]);
            tape.hessians(&self.xs, &self.ys, f2, [fx2, fy2], [fxx, fxy, fyy]);
            all
        };
        of(&self.tape).iter().zip(of(&self.compiled)).all(|(one, other)| same(one, &other))
    }

    fn grid_agrees(&self) -> bool {
        let rows = &self.ys[..self.ys.len().min(4)];
        let of = |tape: &Tape| {
            let mut out = vec![0.0; self.xs.len() * rows.len()];
            tape.grid(&self.xs, rows, &mut out);
            out
        };
        same(&of(&self.tape), &of(&self.compiled))
    }

    fn sums_agree(&self) -> bool {
        let of = |tape: &Tape| {
            let (theta, columns) = ([self.xs[0], 0.7], [&self.ys[..]]);
            let Jet { value, gradient: [f1, f2] } = tape.sum_gradients(theta, &columns);
            let mut all = vec![value, f1, f2, tape.sum_values(theta, &columns)];
            // Two at once, and one that is left over.
            let thetas = [theta, [0.7, self.xs[0]], [-0.2, 1.3]];
            tape.sum_values_at(thetas.into_iter(), &columns, |value| all.push(value));
            tape.sum_gradients_at(thetas.into_iter(), &columns, |Jet { value, gradient }| {
                all.push(value);
                all.extend(gradient);
            });
            all
        };
        same(&of(&self.losses[0]), &of(&self.losses[1]))
    }

    fn walk_agrees(&mut self) -> bool {
        let spec = RunSpec {
            rule: self.rule,
            values: &self.values,
            noise: 0.0,
            start: [0.1 * self.xs[0], self.ys[0]],
            steps: 100,
            seed: 1,
            batches: None,
            schedule: Schedule::Inverse { tau: 20.0 },
        };
        let [slow, fast] = [(); 2].map(|()| Objective::begin(&self.formula, &[A], &[]));
        slow.surface().into_iter().for_each(Tape::compile_never);
        fast.surface().into_iter().for_each(Tape::compile_at_once);
        let agrees = walk(&slow, &spec).fingerprint() == walk(&fast, &spec).fingerprint();
        self.walks = fast.surface().map_or(0, |surface| surface.compiled()[3]);
        // Many at once, each with an α of its own; an odd number, of which one is left over.
        let setup = Setup::of(&spec);
        let alphas: Vec<f64> = (1..8).map(|k| 0.3 * f64::from(k) * self.values[0]).collect();
        let ends = |objective: &Objective| {
            let dials = vec![(0, alphas.clone())];
            let mut trials = Trials::new(&setup, spec.start, &[1; 7], dials, Low::NONE);
            let ends = trials.advance(objective, &mut Budget::unlimited()).unwrap_or_default();
            ends.iter().map(|end| end.loss.to_bits()).collect::<Vec<_>>()
        };
        agrees && ends(&slow) == ends(&fast)
    }

    fn modules(&self) -> [usize; 4] {
        let [points, grid, ..] = self.compiled.compiled();
        [points, grid, self.losses[1].compiled()[2], self.walks]
    }
}

fn same(one: &[f64], other: &[f64]) -> bool {
    let is_same = |(a, b): (&f64, &f64)| a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan();
    one.iter().zip(other).all(is_same)
}
