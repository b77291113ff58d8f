//! The steps of the search for minima, one evaluation at a time: Newton's method from a place that
//! looks low, and a descent.

use super::Function;
use super::all_round::AllRound;
use crate::math::formula::{Jet, Jet2};

/// A search for one minimum that goes on by one evaluation of the function at a time, none dearer
/// than a Hessian.
pub(super) trait Steps {
    /// One evaluation more; at the end the minimum, if there is one.
    fn step(&mut self, function: &Function) -> Option<Outcome>;
}

/// What a search ended with.
pub(super) type Outcome = Option<[f64; 2]>;

/// Looks for a zero of the gradient near a guess, by Newton's method; there is none if the iteration
/// moves farther than `reach` (a parameter may have removed that minimum).
#[derive(Clone, Debug)]
pub(super) struct Newton {
    guess: [f64; 2],
    reach: f64,
    /// Whether only a place counts where the function curves up in every direction.
    strict: bool,
    at: [f64; 2],
    stage: Stage,
}

#[derive(Clone, Copy, Debug)]
enum Stage {
    /// After so many steps.
    Steps(u8),
    /// Whether the gradient is 0 is to be looked at.
    Ended,
    /// It is 0, and the curvature is to be looked at.
    Level,
    /// The function does not curve in some direction, and in none down: whether it rises all round.
    AllRound(AllRound),
}

impl Newton {
    /// One at its guess.
    pub fn new(guess: [f64; 2], reach: f64, strict: bool) -> Self {
        Self { guess, reach, strict, at: guess, stage: Stage::Steps(0) }
    }
}

impl Steps for Newton {
    fn step(&mut self, function: &Function) -> Option<Outcome> {
        const MOST: u8 = 30;
        match self.stage {
            Stage::Steps(count) => {
                let goes_on = self.newton_step(function) && count + 1 < MOST;
                self.stage = if goes_on { Stage::Steps(count + 1) } else { Stage::Ended };
                None
            }
            Stage::Ended => {
                let [x, y] = self.at;
                let far = (x - self.guess[0]).abs().max((y - self.guess[1]).abs());
                let Jet { value, gradient: [gx, gy] } = function.gradient(self.at);
                let flat = gx.abs().max(gy.abs()) <= 1e-8 * (1.0 + value.abs());
                if !(far <= self.reach && flat) {
                    return Some(None);
                }
                self.stage = Stage::Level;
                (!self.strict).then_some(Some(self.at))
            }
            Stage::Level => {
                let Jet2 { value, hessian: [xx, xy, yy], .. } = function.hessian(self.at);
                let determinant = xx * yy - xy * xy;
                if determinant == 0.0 && xx >= 0.0 && yy >= 0.0 {
                    let radius = 0.1 * self.reach;
                    self.stage = Stage::AllRound(AllRound::new(self.at, radius, value));
                    return None;
                }
                Some((xx > 0.0 && determinant > 0.0).then_some(self.at))
            }
            Stage::AllRound(mut all_round) => {
                let rises = all_round.step(function);
                self.stage = Stage::AllRound(all_round);
                rises.map(|rises| rises.then_some(self.at))
            }
        }
    }
}

impl Newton {
    /// Moves, and tells whether another step may move it farther.
    fn newton_step(&mut self, function: &Function) -> bool {
        let Jet2 { gradient: [gx, gy], hessian: [xx, xy, yy], .. } = function.hessian(self.at);
        let determinant = xx * yy - xy * xy;
        let before = self.at;
        // A minimum that is not a strict one of second order is left as it was given.
        if gx == 0.0 && gy == 0.0 || !(determinant > 0.0 && xx > 0.0) {
            // In a search it may be one that does not curve in some direction: straight down, as far as
            // the curvature in that direction tells.
            let bend = gx * (xx * gx + xy * gy) + gy * (xy * gx + yy * gy);
            if !self.strict || determinant != 0.0 || bend.is_nan() || bend <= 0.0 {
                return false;
            }
            let length = (gx * gx + gy * gy) / bend;
            self.at = [before[0] - length * gx, before[1] - length * gy];
            return self.at != before;
        }
        self.at[0] -= (yy * gx - xy * gy) / determinant;
        self.at[1] -= (xx * gy - xy * gx) / determinant;
        self.at != before
    }
}

/// Looks for the strict minimum that a descent leads to: Newton steps, along the gradient where the
/// function does not curve up, each halved until it goes down (Nocedal & Wright 2006, 3.4). There
/// is none to be found in 100 steps for a logistic regression whose classes do not mix.
#[derive(Clone, Debug)]
pub(super) struct Descent {
    theta: [f64; 2],
    count: u8,
    /// The step that is being tried: how long a part of it, and f before it.
    tried: Option<([f64; 2], f64, f64)>,
    polish: Option<Newton>,
}

impl Descent {
    /// One at its start.
    pub fn new(start: [f64; 2]) -> Self {
        Self { theta: start, count: 0, tried: None, polish: None }
    }

    /// The way down has ended here.
    fn end(&mut self) -> Option<Outcome> {
        let [x, y] = self.theta;
        self.polish = Some(Newton::new(self.theta, 1e-3 * (1.0 + x.abs().max(y.abs())), true));
        None
    }
}

impl Steps for Descent {
    fn step(&mut self, function: &Function) -> Option<Outcome> {
        const MOST: u8 = 100;
        const MAX_COORDINATE: f64 = 1e6;
        if let Some(polish) = &mut self.polish {
            return polish.step(function);
        }
        let Some((step, length, value)) = self.tried else {
            if self.count == MOST {
                return self.end();
            }
            self.count += 1;
            let jet = function.hessian(self.theta);
            let step = downwards(&jet, self.theta);
            self.tried = Some((step, 1.0, jet.value));
            return (!step.iter().all(|part| part.is_finite())).then_some(None);
        };
        let next = [0, 1].map(|axis| self.theta[axis] - length * step[axis]);
        if function.value(next) < value {
            (self.theta, self.tried) = (next, None);
            return (next[0].abs().max(next[1].abs()) > MAX_COORDINATE).then_some(None);
        }
        self.tried = Some((step, 0.5 * length, value));
        if 0.5 * length < 1e-6 { self.end() } else { None }
    }
}

/// What a step down takes away from θ.
fn downwards(jet: &Jet2, theta: [f64; 2]) -> [f64; 2] {
    let Jet2 { gradient: [gx, gy], hessian: [xx, xy, yy], .. } = *jet;
    let size = xx.abs().max(yy.abs()).max(xy.abs());
    // What makes the smaller eigenvalue positive; on a level slope, what makes the step as long as
    // the way from 0.
    let low = 0.5 * (xx + yy) - libm::hypot(0.5 * (xx - yy), xy);
    let shift = if low > 1e-9 * size {
        0.0
    } else if size > 0.0 {
        1e-3 * size - low
    } else {
        libm::hypot(gx, gy) / (1.0 + libm::hypot(theta[0], theta[1]))
    };
    let (xx, yy) = (xx + shift, yy + shift);
    let determinant = xx * yy - xy * xy;
    [(yy * gx - xy * gy) / determinant, (xx * gy - xy * gx) / determinant]
}

/// One Newton step from the origin: the minimiser of a quadratic with this Hessian, if it has one,
/// but for rounding.
pub(super) fn bottom(function: &Function, [xx, xy, yy]: [f64; 3]) -> Outcome {
    let [gx, gy] = function.gradient([0.0, 0.0]).gradient;
    let determinant = xx * yy - xy * xy;
    let x = 0.0 - (yy * gx - xy * gy) / determinant;
    let y = 0.0 - (xx * gy - xy * gx) / determinant;
    (determinant > 0.0 && xx > 0.0).then_some([x, y])
}
