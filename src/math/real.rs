//! Real numbers as formulas and update rules compute with them: an f64, or a symbol that stands for
//! one while a formula is compiled (see `formula/compile/`). What is written for both is said once,
//! so that both give the same bits.

use std::ops::{Add, BitAnd, BitOr, Div, Mul, Neg, Not, Sub};

/// A number, or what stands for one.
pub trait Real:
    Copy
    + From<f64>
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
{
    /// What a comparison tells.
    type Truth: Copy
        + BitAnd<Output = Self::Truth>
        + BitOr<Output = Self::Truth>
        + Not<Output = Self::Truth>;

    /// |u|
    fn abs(self) -> Self;
    /// √u
    fn sqrt(self) -> Self;
    /// ⌊u⌋
    fn floor(self) -> Self;
    /// ⌈u⌉
    fn ceil(self) -> Self;
    /// The power of 2 that stands in the number's bits: e of |u| = 2ᵉ (1 + f).
    fn exponent(self) -> Self;
    /// u = v
    fn equals(self, other: Self) -> Self::Truth;
    /// u < v
    fn is_below(self, other: Self) -> Self::Truth;
    /// u ≤ v
    fn is_at_most(self, other: Self) -> Self::Truth;
    /// The first where it is so, else the second.
    fn select(is_so: Self::Truth, then: Self, otherwise: Self) -> Self;

    /// Whether it is not a number.
    #[inline(always)]
    fn is_none(self) -> Self::Truth {
        !self.equals(self)
    }

    /// The sign: 1, −1, or the number itself, which is ±0 or none.
    #[inline(always)]
    fn sign(self) -> Self {
        let [zero, one] = [0.0, 1.0].map(Self::from);
        let below = Self::select(self.is_below(zero), -one, self);
        Self::select(zero.is_below(self), one, below)
    }
}

impl Real for f64 {
    type Truth = bool;

    #[inline(always)]
    fn abs(self) -> f64 {
        self.abs()
    }
    #[inline(always)]
    fn sqrt(self) -> f64 {
        self.sqrt()
    }
    #[inline(always)]
    fn floor(self) -> f64 {
        self.floor()
    }
    #[inline(always)]
    fn ceil(self) -> f64 {
        self.ceil()
    }
    #[inline(always)]
    fn exponent(self) -> f64 {
        (self.abs().to_bits() >> 52) as f64 - 1023.0
    }
    #[inline(always)]
    fn equals(self, other: f64) -> bool {
        self == other
    }
    #[inline(always)]
    fn is_below(self, other: f64) -> bool {
        self < other
    }
    #[inline(always)]
    fn is_at_most(self, other: f64) -> bool {
        self <= other
    }
    #[inline(always)]
    fn select(is_so: bool, then: f64, otherwise: f64) -> f64 {
        if is_so { then } else { otherwise }
    }
}
