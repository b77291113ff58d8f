//! What a tape computes with: numbers with or without derivatives, and what their parts are.
//!
//! Where |u| is so large or so small that f″(u) or u′u′ may leave the range of numbers although
//! their product does not, as at ln(1 + eˣ) for x = 400, functions that scale with their value are
//! derived relative to it:
//!
//! ```text
//! (f ∘ u)′ = [u f′(u)] u′/u      (f ∘ u)″ = [u² f″(u)] (u′/u)(u′/u)ᵀ + [u f′(u)] u″/u
//! ```

use super::function::{Binary, Unary, integer_power};
use crate::math::real::Real;

/// A real number that knows the functions of formulas.
pub(super) trait Scalar: Real {
    /// f(u)
    fn call(self, function: Unary) -> Self;
    /// [f′(u), f″(u)], given f = f(u).
    fn derivatives(self, function: Unary, f: Self) -> [Self; 2];
    /// uᵛ
    fn to_the(self, exponent: Self) -> Self;
    /// The angle of the point (v, u).
    fn angle(self, v: Self) -> Self;
    /// What is computed one way where something rare is so, and the usual way elsewhere.
    fn rarely<N: Number<Real = Self>>(
        is_so: Self::Truth,
        rare: impl FnOnce() -> N,
        usual: impl FnOnce() -> N,
    ) -> N;
}

impl Scalar for f64 {
    #[inline(always)]
    fn call(self, function: Unary) -> f64 {
        function.value(self)
    }
    #[inline(always)]
    fn derivatives(self, function: Unary, f: f64) -> [f64; 2] {
        function.derivatives(self, f)
    }
    #[inline(always)]
    fn to_the(self, exponent: f64) -> f64 {
        libm::pow(self, exponent)
    }
    #[inline(always)]
    fn angle(self, v: f64) -> f64 {
        libm::atan2(self, v)
    }
    #[inline(always)]
    fn rarely<N>(is_so: bool, rare: impl FnOnce() -> N, usual: impl FnOnce() -> N) -> N {
        if is_so { rare() } else { usual() }
    }
}

/// What a tape can compute with.
pub(super) trait Number: Copy {
    /// What its parts are.
    type Real: Scalar;

    /// A number that depends on nothing.
    fn constant(value: f64) -> Self;
    /// The two variables that derivatives are taken by.
    fn variables(point: [Self::Real; 2]) -> [Self; 2];
    fn value(self) -> Self::Real;
    fn add(self, other: Self) -> Self;
    fn subtract(self, other: Self) -> Self;
    fn multiply(self, other: Self) -> Self;
    fn divide(self, other: Self) -> Self;
    fn negate(self) -> Self;
    /// u + c
    fn offset(self, c: f64) -> Self;
    /// c u
    fn scale(self, c: f64) -> Self;
    /// u / c
    fn divide_by(self, c: Self::Real) -> Self;
    /// f(u) from its value and, where they are wanted, [f′, f″].
    fn compose(self, value: Self::Real, derivatives: impl FnOnce() -> [Self::Real; 2]) -> Self;
    /// f(u, v) from its value and, where they are wanted, [f_u, f_v, f_uu, f_uv, f_vv].
    fn compose2(
        self,
        v: Self,
        value: Self::Real,
        derivatives: impl FnOnce() -> [Self::Real; 5],
    ) -> Self;
    /// Each part of two numbers made one.
    fn merge(self, other: Self, one_of: impl Fn(Self::Real, Self::Real) -> Self::Real) -> Self;

    /// c − u, which is −u + c to the last bit.
    #[inline(always)]
    fn subtract_from(self, c: f64) -> Self {
        self.negate().offset(c)
    }

    /// c / u
    #[inline(always)]
    fn divide_into(self, c: f64) -> Self {
        let (u, two) = (self.value(), Self::Real::from(2.0));
        let quotient = Self::Real::from(c) / u;
        Self::Real::rarely(
            is_far(u) & is_ordinary(quotient),
            || self.divide_by(u).compose(quotient, || [-quotient, two * quotient]),
            || self.compose(quotient, || [-quotient / u, two * quotient / u / u]),
        )
    }

    /// u², as u · u.
    #[inline(always)]
    fn square(self) -> Self {
        self.multiply(self)
    }

    /// uⁿ by repeated multiplication.
    #[inline(always)]
    fn integer_power(self, n: i32) -> Self {
        let u = self.value();
        let power = |n| integer_power(u, n);
        self.constant_power(f64::from(n), power(n), || [power(n - 1), power(n - 2)])
    }

    /// uᶜ.
    #[inline(always)]
    fn real_power(self, c: f64) -> Self {
        let u = self.value();
        let power = |c: f64| u.to_the(c.into());
        self.constant_power(c, power(c), || [power(c - 1.0), power(c - 2.0)])
    }

    /// uᶜ from its value f and, where they are wanted, [uᶜ⁻¹, uᶜ⁻²].
    #[inline(always)]
    fn constant_power(self, c: f64, f: Self::Real, less: impl FnOnce() -> [Self::Real; 2]) -> Self {
        let (u, [first, second]) = (self.value(), [c, c * (c - 1.0)].map(Self::Real::from));
        Self::Real::rarely(
            is_far_for(u, c.into()) & is_ordinary(f),
            || self.divide_by(u).compose(f, || [first * f, second * f]),
            || {
                self.compose(f, || {
                    let [one_less, two_less] = less();
                    [first * one_less, product(second, two_less)]
                })
            },
        )
    }

    /// uᵛ = e^(v ln u).
    #[inline(always)]
    fn power(self, v: Self) -> Self {
        let (u, exponent) = (self.value(), v.value());
        let [one, two] = [1.0, 2.0].map(Self::Real::from);
        let f = u.to_the(exponent);
        Self::Real::rarely(
            is_far_for(u, exponent) & is_ordinary(f),
            || {
                self.divide_by(u).compose2(v, f, || {
                    let ln = u.call(Unary::Ln);
                    [
                        exponent * f,
                        product(f, ln),
                        exponent * (exponent - one) * f,
                        product(f, one + product(exponent, ln)),
                        product(f, ln * ln),
                    ]
                })
            },
            || {
                self.compose2(v, f, || {
                    let ln = u.call(Unary::Ln);
                    let less = u.to_the(exponent - one);
                    [
                        product(exponent, less),
                        product(f, ln),
                        product(exponent * (exponent - one), u.to_the(exponent - two)),
                        product(less, one + product(exponent, ln)),
                        product(f, ln * ln),
                    ]
                })
            },
        )
    }

    #[inline(always)]
    fn unary(self, function: Unary) -> Self {
        let u = self.value();
        let f = u.call(function);
        let usual = || self.compose(f, || u.derivatives(function, f));
        match function.relative_derivatives(u) {
            Some((is_so, relative)) => {
                Self::Real::rarely(is_so, || self.divide_by(u).compose(f, || relative(u, f)), usual)
            }
            None => usual(),
        }
    }

    #[inline(always)]
    fn binary(self, other: Self, function: Binary) -> Self {
        let (u, v) = (self.value(), other.value());
        let f = function.value_of(u, v);
        let usual = || self.compose2(other, f, || function.derivatives(u, v));
        if function != Binary::Atan2 {
            return usual();
        }
        let size = Self::Real::select(u.abs().is_below(v.abs()), v.abs(), u.abs());
        let far = || {
            let [u, v] = [u / size, v / size];
            self.divide_by(size).compose2(other.divide_by(size), f, || function.derivatives(u, v))
        };
        Self::Real::rarely(is_far(size), far, usual)
    }
}

/// Whether products and quotients of a few such numbers may leave the range of numbers.
#[inline]
pub(super) fn is_far<T: Real>(u: T) -> T::Truth {
    let size = u.abs();
    !(T::from(1e-75).is_at_most(size) & size.is_at_most(T::from(1e75))) & is_ordinary(size)
}

/// The same for uᶜ and its derivatives.
#[inline]
fn is_far_for<T: Real>(u: T, c: T) -> T::Truth {
    let powers = u.exponent().abs() * (c.abs() + T::from(2.0));
    T::from(1000.0).is_below(powers) & is_ordinary(u)
}

/// Whether a number is neither 0 nor infinite nor none.
#[inline]
fn is_ordinary<T: Real>(u: T) -> T::Truth {
    !u.equals(T::from(0.0)) & u.abs().is_below(T::from(f64::INFINITY))
}

/// a u′v′, whose parts are multiplied in such an order that none leaves the range of numbers
/// unless the product does.
#[inline]
pub(super) fn product_of_three<T: Scalar>(a: T, u: T, v: T) -> T {
    let both = u * v;
    let size = both.abs();
    let is_lost =
        !(T::from(f64::MIN_POSITIVE).is_at_most(size) & size.is_below(T::from(f64::INFINITY)));
    let in_order = || {
        let u_is_less = u.abs().is_below(v.abs());
        let [less, more] = [T::select(u_is_less, u, v), T::select(u_is_less, v, u)];
        let a_is_large = T::from(1.0).is_below(a.abs());
        let first = T::select(a_is_large, less, more);
        product(product(a, first), T::select(a_is_large, more, less))
    };
    T::rarely(is_lost & is_ordinary(u) & is_ordinary(v), in_order, || product(a, both))
}

/// a · b, and 0 as soon as one of them is: the convention of the chain rule above.
#[inline]
pub(super) fn product<T: Scalar>(a: T, b: T) -> T {
    let zero = T::from(0.0);
    T::select(a.equals(zero) | b.equals(zero), zero, a * b)
}

/// A derivative of a value, which has none where the value is none.
#[inline]
pub(super) fn derivative<T: Scalar>(of: T, derivative: T) -> T {
    T::select(of.is_none(), T::from(f64::NAN), derivative)
}

impl<T: Scalar> Number for T {
    type Real = T;

    #[inline(always)]
    fn constant(value: f64) -> T {
        value.into()
    }
    #[inline(always)]
    fn variables(point: [T; 2]) -> [T; 2] {
        point
    }
    #[inline(always)]
    fn value(self) -> T {
        self
    }
    #[inline(always)]
    fn add(self, other: T) -> T {
        self + other
    }
    #[inline(always)]
    fn subtract(self, other: T) -> T {
        self - other
    }
    #[inline(always)]
    fn multiply(self, other: T) -> T {
        self * other
    }
    #[inline(always)]
    fn divide(self, other: T) -> T {
        self / other
    }
    #[inline(always)]
    fn negate(self) -> T {
        -self
    }
    #[inline(always)]
    fn offset(self, c: f64) -> T {
        self + c.into()
    }
    #[inline(always)]
    fn scale(self, c: f64) -> T {
        T::from(c) * self
    }
    #[inline(always)]
    fn divide_by(self, c: T) -> T {
        self / c
    }
    #[inline(always)]
    fn compose(self, value: T, _: impl FnOnce() -> [T; 2]) -> T {
        value
    }
    #[inline(always)]
    fn compose2(self, _: T, value: T, _: impl FnOnce() -> [T; 5]) -> T {
        value
    }
    #[inline(always)]
    fn merge(self, other: T, one_of: impl Fn(T, T) -> T) -> T {
        one_of(self, other)
    }
}
