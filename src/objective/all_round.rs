//! Whether a function rises all round a point: for places where it does not curve in some direction, and
//! the Hessian does not tell.

use std::f64::consts::TAU;

use super::Function;

/// In so many directions it is looked at first; then between those next to the one where it rises least.
const DIRECTIONS: u8 = 16;
/// So many times more it is looked at, or the directions that are left are made fewer by the golden
/// section (Kiefer 1953).
const SECTIONS: u8 = 120;
/// A rise this small beside the largest is none: along a valley's floor rounding leaves as much.
const NONE: f64 = 1e-11;

/// The directions so far, one evaluation of the function at a time.
#[derive(Clone, Copy, Debug)]
pub(super) struct AllRound {
    middle: [f64; 2],
    radius: f64,
    /// f in the middle.
    lowest: f64,
    asked: u8,
    /// The least rise, and where.
    least: (f64, f64),
    most: f64,
    /// Between which directions the least is looked for, and the two within with their rises, once these
    /// are known.
    between: [f64; 2],
    within: [Option<(f64, f64)>; 2],
}

impl AllRound {
    /// Around a point, so far from it, where f has this value.
    pub fn new(middle: [f64; 2], radius: f64, lowest: f64) -> Self {
        let least = (f64::INFINITY, 0.0);
        Self {
            middle,
            radius,
            lowest,
            asked: 0,
            least,
            most: 0.0,
            between: [0.0; 2],
            within: [None; 2],
        }
    }

    fn rise(&mut self, function: &Function, phi: f64) -> f64 {
        let [x, y] = self.middle;
        let [dx, dy] = [libm::cos(phi), libm::sin(phi)].map(|part| self.radius * part);
        let rise = function.value([x + dx, y + dy]) - self.lowest;
        if rise < self.least.0 {
            self.least = (rise, phi);
        }
        self.most = self.most.max(rise);
        rise
    }

    /// One evaluation more; at the end whether the function rises in every direction.
    pub fn step(&mut self, function: &Function) -> Option<bool> {
        if self.asked < DIRECTIONS {
            let phi = TAU * f64::from(self.asked) / f64::from(DIRECTIONS);
            // Where f has no value it does not rise.
            let rise = self.rise(function, phi);
            if rise.is_nan() || rise <= 0.0 {
                return Some(false);
            }
            self.asked += 1;
            let near = TAU / f64::from(DIRECTIONS);
            self.between = [self.least.1 - near, self.least.1 + near];
            return None;
        }
        if self.asked == DIRECTIONS + SECTIONS {
            return Some(self.least.0 > NONE * self.most);
        }
        self.asked += 1;
        let golden = 0.5 * (5f64.sqrt() - 1.0);
        let [from, to] = self.between;
        let [near, far] = [to - golden * (to - from), from + golden * (to - from)];
        match self.within {
            [Some((_, low)), Some((_, high))] if low < high => {
                self.between = [from, far];
                self.within = [None, self.within[0]];
            }
            [Some(_), Some(_)] => {
                self.between = [near, to];
                self.within = [self.within[1], None];
            }
            [None, _] => self.within[0] = Some((near, self.rise(function, near))),
            [_, None] => self.within[1] = Some((far, self.rise(function, far))),
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::formula::Formula;

    fn rises(text: &str) -> bool {
        let function = Function::Surface(Formula::parse(text).unwrap().bind(&[]));
        let mut all_round = AllRound::new([0.0, 0.0], 0.03, function.value([0.0, 0.0]));
        loop {
            if let Some(rises) = all_round.step(&function) {
                return rises;
            }
        }
    }

    #[test]
    fn a_well_is_told_from_a_valley_at_any_angle() {
        for well in ["x^4 + y^4", "x^2 + y^6", "abs(x + 2y) + abs(x - y)", "3(x + 0.7y)^2 + y^4"] {
            assert!(rises(well), "{well}");
        }
        for other in
            ["(x + 0.37y)^4", "abs(2x - y)", "(2.1y - x)^2", "x^4 - 0.01y^4", "0x", "ln(x)"]
        {
            assert!(!rises(other), "{other}");
        }
    }
}
