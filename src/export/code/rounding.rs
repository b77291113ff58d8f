//! How far two programs can agree that compute the same and round otherwise.
//!
//! Beside a run walk two others whose gradients are off by what rounding may do, a few units of the last
//! digit. As long as all three stay together, whoever else walks the same run stays with them, too. Where
//! they part, the run is chaotic or unstable, and no numbers behind that can be compared.

use crate::math::random::Random;
use crate::optimizers::descent::Descent;
use crate::optimizers::schedule::Schedule;
use crate::optimizers::{Rule, adam};

/// So far apart they may be, relative to numbers above 1: a hundredth of what the scripts assert.
const NEAR: f64 = 1e-11;
/// Larger numbers are not compared: squares of them are still far from infinite.
const LARGE: f64 = 1e100;

/// What a run walks with.
pub struct Walk<'a> {
    /// The rule.
    pub rule: &'static Rule,
    /// The values of its dials.
    pub values: &'a [f64],
    /// How its learning rate changes.
    pub schedule: Schedule,
    /// How many updates it makes.
    pub steps: usize,
    /// θ at its start.
    pub start: Vec<f64>,
}

/// The last point that can be compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// How many updates led there.
    pub updates: usize,
    /// θ
    pub theta: Vec<f64>,
    /// Why it is not that of the last update.
    pub end: End,
}

/// Why numbers end to be comparable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// They do not.
    Complete,
    /// Rounding errors have grown too large.
    Rounding,
    /// The numbers themselves have, or are none.
    Large,
}

/// What rounding does to a gradient.
pub struct Blur {
    random: Option<Random>,
    relative: f64,
    /// The largest number so far at each place of a gradient, and of a Hessian.
    most: [Vec<f64>; 2],
}

/// What is blurred.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// A gradient.
    Gradient,
    /// A Hessian.
    Hessian,
}

impl Blur {
    /// Puts numbers off by a few units of their last digit, and by less than one unit of the largest that
    /// was there before; a zero stays one.
    pub fn apply(&mut self, of: Of, numbers: &mut [f64]) {
        let Self { random, relative, most } = self;
        let Some(random) = random else { return };
        let most = &mut most[of as usize];
        most.resize(numbers.len(), 0.0);
        for (number, most) in numbers.iter_mut().zip(most).filter(|(number, _)| **number != 0.0) {
            *most = most.max(number.abs());
            let size = *relative * number.abs() + 1e-16 * *most;
            *number += size * (2.0 * random.uniform() - 1.0);
        }
    }
}

/// Walks as far as rounding does not matter. `gradient` is told θ and which update is made from there,
/// counted from 0, and returns a loss there and ĝ, or what is followed in its place, blurred; `None` where
/// there is no such.
pub fn keep(
    walk: &Walk,
    mut gradient: impl FnMut(&[f64], usize, &mut Blur) -> Option<(f64, Vec<f64>)>,
    mut set: impl FnMut(&mut [f64], usize),
) -> Kept {
    let Walk { rule, values, schedule, steps, start } = walk;
    let mut kept = Kept { updates: 0, theta: start.clone(), end: End::Large };
    let fresh = || Descent::new(rule, values, start.clone(), *schedule, *steps);
    let blur = |random: Option<Random>| Blur {
        random,
        relative: coarseness(rule, values),
        most: [const { Vec::new() }; 2],
    };
    let mut walkers = [None, Some(1), Some(2)].map(|seed| (fresh(), blur(seed.map(Random::new))));
    for update in 0..=*steps {
        let mut seen = Vec::new();
        for (descent, blur) in &mut walkers {
            set(&mut descent.theta, update);
            let Some((loss, g)) = gradient(&descent.theta, update, blur) else { return kept };
            let numbers: Vec<f64> = descent.theta.iter().copied().chain([loss]).collect();
            let is_large = |number: &f64| !number.is_finite() || number.abs() > LARGE;
            if numbers.iter().chain(&g).any(is_large) {
                return Kept { end: End::Large, ..kept };
            }
            seen.push((numbers, g));
        }
        let (own, _) = &seen[0];
        let is_near = |(other, _): &(Vec<f64>, Vec<f64>)| {
            own.iter().zip(other).all(|(a, b)| (a - b).abs() <= NEAR * a.abs().max(1.0))
        };
        if !seen[1..].iter().all(is_near) {
            return Kept { end: End::Rounding, ..kept };
        }
        kept = Kept { updates: update, theta: walkers[0].0.theta.clone(), end: End::Complete };
        for ((descent, _), (_, g)) in walkers.iter_mut().zip(&seen) {
            descent.step(g);
        }
    }
    kept
}

/// By how much of itself what follows from a gradient may be off.
fn coarseness(rule: &Rule, values: &[f64]) -> f64 {
    const UNITS: f64 = 2e-15;
    // 1 − βᵗ has lost digits where β is nearly 1.
    let beta = if rule.key == adam::RULE.key { rule.value(values, "beta2") } else { None };
    UNITS.max(4e-16 / (1.0 - beta.unwrap_or(0.0)))
}
