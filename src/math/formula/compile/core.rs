//! What compiled formulas ask of the core: elementary functions of many numbers at once. They are
//! the tape's own, so they have its bits, and no module carries a copy of them.

use crate::math::formula::batch;
use crate::math::formula::function::{FUNCTIONS, Function, Unary};

/// A function that the core computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Callee {
    Unary(Unary),
    /// uᵛ
    Power,
    /// The angle of the point (v, u).
    Angle,
}

/// Numbers of the functions of two numbers, behind those of one.
const POWER: u32 = 1000;
const ANGLE: u32 = 1001;

impl Callee {
    /// What a module calls it by: of one number, its place in [`FUNCTIONS`].
    pub fn number(self) -> u32 {
        let place = |unary| FUNCTIONS.iter().position(|&(_, of)| of == Function::Unary(unary));
        match self {
            Callee::Unary(unary) => place(unary).map_or(u32::MAX, |place| place as u32),
            Callee::Power => POWER,
            Callee::Angle => ANGLE,
        }
    }

    fn numbered(number: u32) -> Option<Callee> {
        match (number, FUNCTIONS.get(number as usize)) {
            (_, Some(&(_, Function::Unary(unary)))) => Some(Callee::Unary(unary)),
            (POWER, _) => Some(Callee::Power),
            (ANGLE, _) => Some(Callee::Angle),
            _ => None,
        }
    }

    /// f and, where it has them, f′ and f″ at one place.
    pub fn at(self, u: f64, v: f64) -> [f64; 3] {
        let [mut f, mut slope, mut bend] = [[f64::NAN]; 3];
        match self {
            Callee::Unary(unary) => {
                batch::derivatives(unary, &[u], [&mut f, &mut slope, &mut bend]);
            }
            Callee::Power => f = [libm::pow(u, v)],
            Callee::Angle => f = [libm::atan2(u, v)],
        }
        [f[0], slope[0], bend[0]]
    }
}

/// Whether a function takes two numbers.
pub(super) fn takes_two(number: u32) -> bool {
    number >= POWER
}

/// What an emitted module calls: the values of a function (by its number) of as many u as there are,
/// and with a stride its derivatives too, which lie so many numbers behind in `out`.
pub fn call(number: u32, u: &[f64], v: &[f64], out: &mut [f64], stride: usize) {
    let pairs = u.iter().zip(v);
    match Callee::numbered(number) {
        Some(Callee::Unary(unary)) if stride == 0 => batch::values(unary, u, out),
        Some(Callee::Unary(unary)) => {
            let (f, rest) = out.split_at_mut(stride);
            let (slope, bend) = rest.split_at_mut(stride);
            batch::derivatives(unary, u, [f, slope, bend]);
        }
        Some(Callee::Power) => {
            out.iter_mut().zip(pairs).for_each(|(out, (&u, &v))| *out = libm::pow(u, v));
        }
        Some(Callee::Angle) => {
            out.iter_mut().zip(pairs).for_each(|(out, (&u, &v))| *out = libm::atan2(u, v));
        }
        None => out.fill(f64::NAN),
    }
}
