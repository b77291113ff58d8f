//! Forward-mode automatic differentiation: arithmetic on values that carry their derivatives.
//!
//! ```text
//! (f ∘ u)′ = f′(u) u′            (f ∘ u)″ = f″(u) u′u′ᵀ + f′(u) u″
//! (u v)′   = u′v + u v′          (u v)″   = u″v + u′v′ᵀ + v′u′ᵀ + u v″
//! ```
//!
//! A [`Jet`] is (f, ∇f), a [`Jet2`] is (f, ∇f, ∇²f). The tape runs unchanged on f64, `Jet` and
//! `Jet2`, so all three give the same value bit for bit.
//! Source: Griewank and Walther, *Evaluating Derivatives*, 2nd ed., 2008, chapters 3 and 13.
//!
//! Where f is not differentiable:
//!
//! | where | convention |
//! |---|---|
//! | abs at 0 | abs′ = 0, abs″ = 0 |
//! | relu at 0 | relu′ = 0, as in PyTorch |
//! | sign, floor, ceil at their jumps | 0, as everywhere else |
//! | min, max at a tie | the derivatives of the first value |
//! | a factor f′(u) or u′ that is exactly 0 | the product is 0, even if the other is infinite |
//! | u^v at u = 0, in the exponent's direction | 0 for v > 0 |
//! | huber(u, δ) at \|u\| = δ | those of ½u²: ∂²/∂u² = 1, and 0 by δ |
//! | atan2 at (0, 0) | no derivative: NaN |
//! | f is NaN | every derivative is NaN |
//!
//! So √(x² + y²) is flat at the origin, and so is Ackley's minimum.

use super::number::{Number, Scalar, derivative, product, product_of_three};
use crate::math::real::Real;

/// A value and its gradient.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Jet<T = f64> {
    /// f
    pub value: T,
    /// [∂f/∂x, ∂f/∂y]
    pub gradient: [T; 2],
}

/// A value, its gradient and its Hessian.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Jet2<T = f64> {
    /// f
    pub value: T,
    /// [∂f/∂x, ∂f/∂y]
    pub gradient: [T; 2],
    /// [∂²f/∂x², ∂²f/∂x∂y, ∂²f/∂y²]
    pub hessian: [T; 3],
}

impl<T: Real> Jet<T> {
    /// f, to the bit; but no number where a derivative is not finite.
    pub fn whole(self) -> T {
        let [fx, fy] = self.gradient;
        let zero = T::from(0.0);
        // What is taken away is 0 and not −0, so that −0 stays −0.
        self.value - (zero * fx + zero * fy).abs()
    }
}

impl<T: Scalar> Number for Jet<T> {
    type Real = T;

    #[inline(always)]
    fn constant(value: f64) -> Jet<T> {
        Jet { value: value.into(), gradient: [T::from(0.0); 2] }
    }
    #[inline(always)]
    fn variables([x, y]: [T; 2]) -> [Jet<T>; 2] {
        let [zero, one] = [0.0, 1.0].map(T::from);
        [Jet { value: x, gradient: [one, zero] }, Jet { value: y, gradient: [zero, one] }]
    }
    #[inline(always)]
    fn value(self) -> T {
        self.value
    }
    #[inline(always)]
    fn add(self, Jet { value: v, gradient: [vx, vy] }: Jet<T>) -> Jet<T> {
        let Jet { value: u, gradient: [ux, uy] } = self;
        Jet { value: u + v, gradient: [ux + vx, uy + vy] }
    }
    #[inline(always)]
    fn subtract(self, Jet { value: v, gradient: [vx, vy] }: Jet<T>) -> Jet<T> {
        let Jet { value: u, gradient: [ux, uy] } = self;
        Jet { value: u - v, gradient: [ux - vx, uy - vy] }
    }
    #[inline(always)]
    fn multiply(self, Jet { value: v, gradient: [vx, vy] }: Jet<T>) -> Jet<T> {
        let Jet { value: u, gradient: [ux, uy] } = self;
        Jet { value: u * v, gradient: [ux * v + u * vx, uy * v + u * vy] }
    }
    #[inline(always)]
    fn divide(self, Jet { value: v, gradient: [vx, vy] }: Jet<T>) -> Jet<T> {
        let Jet { value: u, gradient: [ux, uy] } = self;
        let q = u / v;
        Jet { value: q, gradient: [(ux - q * vx) / v, (uy - q * vy) / v] }
    }
    #[inline(always)]
    fn negate(self) -> Jet<T> {
        Jet { value: -self.value, gradient: self.gradient.map(|d| -d) }
    }
    #[inline(always)]
    fn offset(self, c: f64) -> Jet<T> {
        Jet { value: self.value + c.into(), ..self }
    }
    #[inline(always)]
    fn scale(self, c: f64) -> Jet<T> {
        let c = T::from(c);
        Jet { value: c * self.value, gradient: self.gradient.map(|d| c * d) }
    }
    #[inline(always)]
    fn divide_by(self, c: T) -> Jet<T> {
        Jet { value: self.value / c, gradient: self.gradient.map(|d| d / c) }
    }
    #[inline(always)]
    fn compose(self, value: T, derivatives: impl FnOnce() -> [T; 2]) -> Jet<T> {
        let [slope, _] = derivatives();
        Jet { value, gradient: self.gradient.map(|d| derivative(value, product(slope, d))) }
    }
    #[inline(always)]
    fn compose2(self, v: Jet<T>, value: T, derivatives: impl FnOnce() -> [T; 5]) -> Jet<T> {
        let ([ux, uy], [vx, vy]) = (self.gradient, v.gradient);
        let [fu, fv, ..] = derivatives();
        let along = |ud, vd| derivative(value, product(fu, ud) + product(fv, vd));
        Jet { value, gradient: [along(ux, vx), along(uy, vy)] }
    }
    #[inline(always)]
    fn merge(self, other: Jet<T>, one_of: impl Fn(T, T) -> T) -> Jet<T> {
        let ([ux, uy], [vx, vy]) = (self.gradient, other.gradient);
        Jet { value: one_of(self.value, other.value), gradient: [one_of(ux, vx), one_of(uy, vy)] }
    }
}

impl<T: Copy> Jet2<T> {
    /// The value and the gradient without the Hessian.
    pub fn jet(self) -> Jet<T> {
        Jet { value: self.value, gradient: self.gradient }
    }

    /// A number that does not depend on what derivatives are taken by.
    #[inline(always)]
    pub(super) fn of_value(value: T) -> Jet2<T>
    where
        T: Real,
    {
        Jet2 { value, gradient: [T::from(0.0); 2], hessian: [T::from(0.0); 3] }
    }

    #[inline(always)]
    fn new(Jet { value, gradient }: Jet<T>, hessian: [T; 3]) -> Jet2<T> {
        Jet2 { value, gradient, hessian }
    }
}

impl<T: Scalar> Number for Jet2<T> {
    type Real = T;

    #[inline(always)]
    fn constant(value: f64) -> Jet2<T> {
        Jet2::of_value(value.into())
    }
    #[inline(always)]
    fn variables(point: [T; 2]) -> [Jet2<T>; 2] {
        let [x, y] = Jet::variables(point);
        [x, y].map(|jet| Jet2::new(jet, [T::from(0.0); 3]))
    }
    #[inline(always)]
    fn value(self) -> T {
        self.value
    }
    #[inline(always)]
    fn add(self, other: Jet2<T>) -> Jet2<T> {
        let ([uxx, uxy, uyy], [vxx, vxy, vyy]) = (self.hessian, other.hessian);
        Jet2::new(self.jet().add(other.jet()), [uxx + vxx, uxy + vxy, uyy + vyy])
    }
    #[inline(always)]
    fn subtract(self, other: Jet2<T>) -> Jet2<T> {
        let ([uxx, uxy, uyy], [vxx, vxy, vyy]) = (self.hessian, other.hessian);
        Jet2::new(self.jet().subtract(other.jet()), [uxx - vxx, uxy - vxy, uyy - vyy])
    }
    #[inline(always)]
    fn multiply(self, other: Jet2<T>) -> Jet2<T> {
        let Jet2 { value: u, gradient: [ux, uy], hessian: [uxx, uxy, uyy] } = self;
        let Jet2 { value: v, gradient: [vx, vy], hessian: [vxx, vxy, vyy] } = other;
        let hessian = [
            uxx * v + T::from(2.0) * (ux * vx) + u * vxx,
            uxy * v + ux * vy + uy * vx + u * vxy,
            uyy * v + T::from(2.0) * (uy * vy) + u * vyy,
        ];
        Jet2::new(self.jet().multiply(other.jet()), hessian)
    }
    #[inline(always)]
    fn divide(self, other: Jet2<T>) -> Jet2<T> {
        let [uxx, uxy, uyy] = self.hessian;
        let Jet2 { value: v, gradient: [vx, vy], hessian: [vxx, vxy, vyy] } = other;
        let quotient = self.jet().divide(other.jet());
        let Jet { value: q, gradient: [qx, qy] } = quotient;
        // From u = q v: u″ = q″v + q′v′ᵀ + v′q′ᵀ + q v″, solved for q″.
        let hessian = [
            (uxx - T::from(2.0) * (qx * vx) - q * vxx) / v,
            (uxy - qx * vy - qy * vx - q * vxy) / v,
            (uyy - T::from(2.0) * (qy * vy) - q * vyy) / v,
        ];
        Jet2::new(quotient, hessian)
    }
    #[inline(always)]
    fn negate(self) -> Jet2<T> {
        Jet2::new(self.jet().negate(), self.hessian.map(|d| -d))
    }
    #[inline(always)]
    fn offset(self, c: f64) -> Jet2<T> {
        Jet2 { value: self.value + c.into(), ..self }
    }
    #[inline(always)]
    fn scale(self, c: f64) -> Jet2<T> {
        Jet2::new(self.jet().scale(c), self.hessian.map(|d| T::from(c) * d))
    }
    #[inline(always)]
    fn divide_by(self, c: T) -> Jet2<T> {
        Jet2::new(self.jet().divide_by(c), self.hessian.map(|d| d / c))
    }
    #[inline(always)]
    fn compose(self, value: T, derivatives: impl FnOnce() -> [T; 2]) -> Jet2<T> {
        let Jet2 { gradient: [ux, uy], hessian: [uxx, uxy, uyy], .. } = self;
        let [slope, bend] = derivatives();
        let first = |ud| derivative(value, product(slope, ud));
        let second =
            |ud, ue, ude| derivative(value, product_of_three(bend, ud, ue) + product(slope, ude));
        let hessian = [second(ux, ux, uxx), second(ux, uy, uxy), second(uy, uy, uyy)];
        Jet2 { value, gradient: [first(ux), first(uy)], hessian }
    }
    #[inline(always)]
    fn compose2(self, other: Jet2<T>, value: T, derivatives: impl FnOnce() -> [T; 5]) -> Jet2<T> {
        let ([ux, uy], [vx, vy]) = (self.gradient, other.gradient);
        let ([uxx, uxy, uyy], [vxx, vxy, vyy]) = (self.hessian, other.hessian);
        let [fu, fv, fuu, fuv, fvv] = derivatives();
        let first = |ud, vd| product(fu, ud) + product(fv, vd);
        let second = |[ud, vd]: [T; 2], [ue, ve]: [T; 2], ude, vde| {
            let bends = product_of_three(fuu, ud, ue)
                + product(fuv, ud * ve + ue * vd)
                + product_of_three(fvv, vd, ve);
            derivative(value, bends + first(ude, vde))
        };
        let (x, y) = ([ux, vx], [uy, vy]);
        let hessian = [second(x, x, uxx, vxx), second(x, y, uxy, vxy), second(y, y, uyy, vyy)];
        let gradient = [first(ux, vx), first(uy, vy)].map(|d| derivative(value, d));
        Jet2 { value, gradient, hessian }
    }
    #[inline(always)]
    fn merge(self, other: Jet2<T>, one_of: impl Fn(T, T) -> T) -> Jet2<T> {
        let ([uxx, uxy, uyy], [vxx, vxy, vyy]) = (self.hessian, other.hessian);
        let jet = self.jet().merge(other.jet(), &one_of);
        Jet2::new(jet, [one_of(uxx, vxx), one_of(uxy, vxy), one_of(uyy, vyy)])
    }
}
