//! The functions of the language, with their values and their first and second derivatives.
//!
//! Every transcendental value comes from `libm` or, where risks over data need many, from
//! `elementary.rs`, so that a formula gives the same bits natively and in WebAssembly.

use std::f64::consts::{LN_2, LN_10};

use super::batch;
use super::elementary::{FAR, sin_and_cos};
use super::number::{Scalar, is_far};
use crate::math::real::Real;

/// A function that a formula can call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// Takes one value.
    Unary(Unary),
    /// Takes two values; `min` and `max` take two or more.
    Binary(Binary),
}

/// The functions of one value u.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // `Function::meaning` says what each is; `FUNCTIONS` lists how they are typed
pub enum Unary {
    Sin,
    Cos,
    Tan,
    Asin,
    Acos,
    Atan,
    Sinh,
    Cosh,
    Tanh,
    Asinh,
    Acosh,
    Atanh,
    Exp,
    Ln,
    Log10,
    Log2,
    Sqrt,
    Cbrt,
    Abs,
    Sign,
    Floor,
    Ceil,
    Sigmoid,
    Relu,
    Softplus,
}

/// The functions of two values (u, v).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binary {
    /// The smaller one.
    Min,
    /// The larger one.
    Max,
    /// The angle of the point (v, u): `atan2(y, x)`.
    Atan2,
    /// Huber's loss H_v(u), `huber(u, delta)`: ½u² where |u| ≤ v, and v(|u| − ½v) beyond.
    Huber,
}

use Function as F;

/// Every function under the name that a formula calls it by.
pub const FUNCTIONS: [(&str, Function); 29] = [
    ("sin", F::Unary(Unary::Sin)),
    ("cos", F::Unary(Unary::Cos)),
    ("tan", F::Unary(Unary::Tan)),
    ("asin", F::Unary(Unary::Asin)),
    ("acos", F::Unary(Unary::Acos)),
    ("atan", F::Unary(Unary::Atan)),
    ("sinh", F::Unary(Unary::Sinh)),
    ("cosh", F::Unary(Unary::Cosh)),
    ("tanh", F::Unary(Unary::Tanh)),
    ("asinh", F::Unary(Unary::Asinh)),
    ("acosh", F::Unary(Unary::Acosh)),
    ("atanh", F::Unary(Unary::Atanh)),
    ("exp", F::Unary(Unary::Exp)),
    ("ln", F::Unary(Unary::Ln)),
    ("log10", F::Unary(Unary::Log10)),
    ("log2", F::Unary(Unary::Log2)),
    ("sqrt", F::Unary(Unary::Sqrt)),
    ("cbrt", F::Unary(Unary::Cbrt)),
    ("abs", F::Unary(Unary::Abs)),
    ("sign", F::Unary(Unary::Sign)),
    ("floor", F::Unary(Unary::Floor)),
    ("ceil", F::Unary(Unary::Ceil)),
    ("sigmoid", F::Unary(Unary::Sigmoid)),
    ("relu", F::Unary(Unary::Relu)),
    ("softplus", F::Unary(Unary::Softplus)),
    ("min", F::Binary(Binary::Min)),
    ("max", F::Binary(Binary::Max)),
    ("atan2", F::Binary(Binary::Atan2)),
    ("huber", F::Binary(Binary::Huber)),
];

impl Function {
    /// The function of this name.
    pub(super) fn named(name: &str) -> Option<Function> {
        FUNCTIONS.iter().find(|(known, _)| *known == name).map(|&(_, function)| function)
    }

    /// The name that a formula calls it by.
    pub fn name(self) -> &'static str {
        FUNCTIONS.iter().find(|(_, known)| *known == self).map_or("", |&(name, _)| name)
    }

    /// The least and the largest number of values it takes.
    pub fn arity(self) -> (usize, usize) {
        match self {
            Function::Unary(_) => (1, 1),
            Function::Binary(Binary::Atan2 | Binary::Huber) => (2, 2),
            Function::Binary(Binary::Min | Binary::Max) => (2, usize::MAX),
        }
    }
}

/// [u f′(u), u² f″(u)] from u and f(u).
type Relative<T> = fn(T, T) -> [T; 2];

impl Unary {
    /// f(u).
    pub fn value(self, u: f64) -> f64 {
        match self {
            Unary::Sin => sine(u),
            Unary::Cos => cosine(u),
            Unary::Tan => libm::tan(u),
            Unary::Asin => libm::asin(u),
            Unary::Acos => libm::acos(u),
            Unary::Atan => libm::atan(u),
            Unary::Sinh => libm::sinh(u),
            Unary::Cosh => libm::cosh(u),
            Unary::Asinh => libm::asinh(u),
            Unary::Acosh => libm::acosh(u),
            Unary::Atanh => libm::atanh(u),
            Unary::Ln => libm::log(u),
            Unary::Log10 => libm::log10(u),
            Unary::Log2 => libm::log2(u),
            Unary::Cbrt => libm::cbrt(u),
            Unary::Sqrt | Unary::Abs | Unary::Sign | Unary::Floor | Unary::Ceil | Unary::Relu => {
                self.simple(u).unwrap_or(f64::NAN)
            }
            Unary::Tanh | Unary::Exp | Unary::Sigmoid | Unary::Softplus => {
                let mut f = [0.0];
                batch::values(self, &[u], &mut f);
                f[0]
            }
        }
    }

    /// f(u), if it takes no more than comparisons and a root.
    #[inline(always)]
    pub(super) fn simple<T: Real>(self, u: T) -> Option<T> {
        let zero = T::from(0.0);
        Some(match self {
            Unary::Sqrt => u.sqrt(),
            Unary::Abs => u.abs(),
            Unary::Sign => u.sign(),
            Unary::Floor => u.floor(),
            Unary::Ceil => u.ceil(),
            Unary::Relu => T::select(u.is_at_most(zero), zero, u), // NaN stays
            _ => return None,
        })
    }

    /// [f′(u), f″(u)] of those, given f = f(u).
    #[inline(always)]
    pub(super) fn simple_derivatives<T: Real>(self, u: T, f: T) -> [T; 2] {
        let [zero, one] = [0.0, 1.0].map(T::from);
        match self {
            Unary::Sqrt => [T::from(0.5) / f, T::from(-0.25) / (f * u)],
            Unary::Abs => [u.sign(), zero],
            Unary::Relu => [T::select(u.is_at_most(zero), zero, one), zero],
            _ => [zero; 2],
        }
    }

    /// [f′(u), f″(u)], given f = f(u).
    pub fn derivatives(self, u: f64, f: f64) -> [f64; 2] {
        match self {
            Unary::Sin => [cosine(u), -f],
            Unary::Cos => [-sine(u), -f],
            Unary::Tan => {
                let slope = 1.0 + f * f;
                [slope, 2.0 * f * slope]
            }
            Unary::Asin | Unary::Acos => {
                let slope = 1.0 / ((1.0 - u) * (1.0 + u)).sqrt();
                let bend = u * slope * slope * slope;
                if self == Unary::Asin { [slope, bend] } else { [-slope, -bend] }
            }
            Unary::Atan => {
                let slope = 1.0 / (1.0 + u * u);
                [slope, -2.0 * u * slope * slope]
            }
            Unary::Sinh => [libm::cosh(u), f],
            Unary::Cosh => [libm::sinh(u), f],
            Unary::Asinh | Unary::Acosh => {
                let under = if self == Unary::Asinh { u * u + 1.0 } else { (u - 1.0) * (u + 1.0) };
                let slope = 1.0 / under.sqrt();
                [slope, -u * slope * slope * slope]
            }
            Unary::Atanh => {
                let slope = 1.0 / ((1.0 - u) * (1.0 + u));
                [slope, 2.0 * u * slope * slope]
            }
            Unary::Exp => [f, f],
            Unary::Ln => [1.0 / u, -1.0 / u / u],
            Unary::Log10 => [1.0 / (u * LN_10), -1.0 / (u * LN_10) / u],
            Unary::Log2 => [1.0 / (u * LN_2), -1.0 / (u * LN_2) / u],
            Unary::Cbrt => [1.0 / (3.0 * f * f), -2.0 / (9.0 * f * f * u)],
            Unary::Sqrt | Unary::Abs | Unary::Sign | Unary::Floor | Unary::Ceil | Unary::Relu => {
                self.simple_derivatives(u, f)
            }
            Unary::Tanh | Unary::Sigmoid | Unary::Softplus => {
                let [mut value, mut slope, mut bend] = [[0.0]; 3];
                batch::derivatives(self, &[u], [&mut value, &mut slope, &mut bend]);
                [slope[0], bend[0]]
            }
        }
    }

    /// [u f′(u), u² f″(u)] from u and f(u), and whether u is so far from 1 that they are wanted, of
    /// the functions that scale with u there; `None` for the others.
    #[inline(always)]
    pub(super) fn relative_derivatives<T: Real>(self, u: T) -> Option<(T::Truth, Relative<T>)> {
        let (is_far, is_large) = (is_far(u), T::from(1.0).is_below(u.abs()));
        Some(match self {
            Unary::Ln => (is_far, |_, _| [1.0, -1.0].map(T::from)),
            Unary::Log10 => (is_far, |_, _| [1.0 / LN_10, -1.0 / LN_10].map(T::from)),
            Unary::Log2 => (is_far, |_, _| [1.0 / LN_2, -1.0 / LN_2].map(T::from)),
            Unary::Sqrt => (is_far, |_, f| [T::from(0.5) * f, T::from(-0.25) * f]),
            Unary::Cbrt => (is_far, |_, f| [f / T::from(3.0), T::from(-2.0 / 9.0) * f]),
            Unary::Atan => (is_far & is_large, |u, _| [T::from(1.0) / u, T::from(-2.0) / u]),
            Unary::Asinh => (is_far & is_large, |u, _| [u.sign(), -u.sign()]),
            Unary::Acosh => (is_far & is_large, |_, _| [1.0, -1.0].map(T::from)),
            _ => return None,
        })
    }
}

impl Binary {
    /// f(u, v).
    #[inline]
    pub fn value(self, u: f64, v: f64) -> f64 {
        self.value_of(u, v)
    }

    #[inline(always)]
    pub(super) fn value_of<T: Scalar>(self, u: T, v: T) -> T {
        let half = T::from(0.5);
        match self {
            Binary::Min | Binary::Max => T::select(self.takes_first(u, v), u, v),
            Binary::Atan2 => u.angle(v),
            // As `1/2*u^2` to the last bit. NaN on either side goes the other way, and stays.
            Binary::Huber => {
                let beyond = v * (u.abs() - half * v);
                T::select(u.abs().is_at_most(v), half * (u * u), beyond)
            }
        }
    }

    /// [f_u, f_v, f_uu, f_uv, f_vv].
    #[inline(always)]
    pub(super) fn derivatives<T: Real>(self, u: T, v: T) -> [T; 5] {
        let [zero, one, two] = [0.0, 1.0, 2.0].map(T::from);
        match self {
            Binary::Min | Binary::Max => {
                let first = T::select(self.takes_first(u, v), one, zero);
                [first, one - first, zero, zero, zero]
            }
            // θ = atan2(u, v): θ_u = v/r², θ_v = −u/r².
            Binary::Atan2 => {
                let r2 = u * u + v * v;
                let (s, c) = (u / r2, v / r2);
                [c, -s, -two * s * c, s * s - c * c, two * s * c]
            }
            Binary::Huber => {
                let sign = u.sign();
                let inside = [u, zero, one, zero, zero];
                let beyond = [v * sign, u.abs() - v, zero, sign, -one];
                let is_inside = u.abs().is_at_most(v);
                [0, 1, 2, 3, 4].map(|at| T::select(is_inside, inside[at], beyond[at]))
            }
        }
    }

    /// A tie goes to the first value, and NaN wins over everything.
    #[inline(always)]
    fn takes_first<T: Real>(self, u: T, v: T) -> T::Truth {
        let v_wins = if self == Binary::Min { v.is_below(u) } else { u.is_below(v) };
        !(v_wins | v.is_none())
    }
}

/// sin u
fn sine(u: f64) -> f64 {
    if u.abs() <= FAR { sin_and_cos(u)[0] } else { libm::sin(u) }
}

/// cos u
fn cosine(u: f64) -> f64 {
    if u.abs() <= FAR { sin_and_cos(u)[1] } else { libm::cos(u) }
}

/// uⁿ by repeated squaring: u² is u·u, u³ is u²·u, u⁰ is 1, u⁻ⁿ is 1/uⁿ.
#[inline]
pub(super) fn integer_power<T: Real>(u: T, n: i32) -> T {
    let mut power = T::from(1.0);
    let mut square = u;
    let mut rest = n.unsigned_abs();
    while rest > 0 {
        if rest & 1 == 1 {
            power = power * square;
        }
        rest >>= 1;
        if rest > 0 {
            square = square * square;
        }
    }
    if n < 0 { T::from(1.0) / power } else { power }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_function_is_found_by_its_name() {
        for (name, function) in FUNCTIONS {
            assert_eq!(Function::named(name), Some(function));
            assert_eq!(function.name(), name);
        }
    }

    #[test]
    fn sigmoid_and_softplus_stay_finite_far_out() {
        assert_eq!(Unary::Sigmoid.value(1e4), 1.0);
        assert_eq!(Unary::Sigmoid.value(-1e4), 0.0);
        assert_eq!(Unary::Softplus.value(1e4), 1e4);
        assert_eq!(Unary::Softplus.value(-1e4), 0.0);
        let tiny = Unary::Softplus.value(-40.0);
        assert!((tiny / libm::exp(-40.0) - 1.0).abs() < 1e-15);
    }

    #[test]
    fn a_plateau_keeps_the_digits_of_its_slope() {
        let [slope, _] = Unary::Tanh.derivatives(30.0, Unary::Tanh.value(30.0));
        assert!((slope / (4.0 * libm::exp(-60.0)) - 1.0).abs() < 1e-14);
    }

    #[test]
    fn not_a_number_is_never_hidden() {
        for nan_of in [Unary::Sign, Unary::Relu, Unary::Softplus, Unary::Sigmoid, Unary::Abs] {
            assert!(nan_of.value(f64::NAN).is_nan());
        }
        for of in [Binary::Min, Binary::Max, Binary::Atan2, Binary::Huber] {
            assert!(of.value(f64::NAN, 1.0).is_nan() && of.value(1.0, f64::NAN).is_nan());
        }
    }

    #[test]
    fn huber_is_a_parabola_that_goes_on_along_its_tangents() {
        for u in [-2.0, -0.7, 0.0, 1e-300, 1.3, 2.0] {
            assert_eq!(Binary::Huber.value(u, 2.0), 0.5 * u * u);
            assert_eq!(Binary::Huber.derivatives(u, 2.0), [u, 0.0, 1.0, 0.0, 0.0]);
        }
        assert_eq!(Binary::Huber.value(-5.0, 2.0), 8.0);
        assert_eq!(Binary::Huber.derivatives(-5.0, 2.0), [-2.0, 3.0, 0.0, -1.0, -1.0]);
        assert_eq!(Binary::Huber.value(f64::INFINITY, 2.0), f64::INFINITY);
        assert_eq!(Binary::Huber.value(1e300, 2.0), 2e300);
    }

    #[test]
    fn integer_powers_multiply() {
        let u = 1.1;
        assert_eq!(integer_power(u, 0), 1.0);
        assert_eq!(integer_power(u, 2), u * u);
        assert_eq!(integer_power(u, 3), u * u * u);
        assert_eq!(integer_power(u, -2), 1.0 / (u * u));
        assert_eq!(integer_power(0.0, 0), 1.0);
        assert_eq!(integer_power(-2.0, 5), -32.0);
    }
}
