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
//!
//! Where |u| is so large or so small that f″(u) or u′u′ may leave the range of numbers although
//! their product does not, as at ln(1 + eˣ) for x = 400, functions that scale with their value are
//! derived relative to it:
//!
//! ```text
//! (f ∘ u)′ = [u f′(u)] u′/u      (f ∘ u)″ = [u² f″(u)] (u′/u)(u′/u)ᵀ + [u f′(u)] u″/u
//! ```

use super::function::{Binary, Unary, integer_power};

/// A value and its gradient.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Jet {
    /// f
    pub value: f64,
    /// [∂f/∂x, ∂f/∂y]
    pub gradient: [f64; 2],
}

/// A value, its gradient and its Hessian.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Jet2 {
    /// f
    pub value: f64,
    /// [∂f/∂x, ∂f/∂y]
    pub gradient: [f64; 2],
    /// [∂²f/∂x², ∂²f/∂x∂y, ∂²f/∂y²]
    pub hessian: [f64; 3],
}

/// What a tape can compute with.
pub(super) trait Number: Copy {
    /// A number that depends on nothing.
    fn constant(value: f64) -> Self;
    /// The two variables that derivatives are taken by.
    fn variables(point: [f64; 2]) -> [Self; 2];
    fn value(self) -> f64;
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
    fn divide_by(self, c: f64) -> Self;
    /// f(u) from its value and, where they are wanted, [f′, f″].
    fn compose(self, value: f64, derivatives: impl FnOnce() -> [f64; 2]) -> Self;
    /// f(u, v) from its value and, where they are wanted, [f_u, f_v, f_uu, f_uv, f_vv].
    fn compose2(self, v: Self, value: f64, derivatives: impl FnOnce() -> [f64; 5]) -> Self;

    /// c − u, which is −u + c to the last bit.
    #[inline(always)]
    fn subtract_from(self, c: f64) -> Self {
        self.negate().offset(c)
    }

    /// c / u
    #[inline(always)]
    fn divide_into(self, c: f64) -> Self {
        let u = self.value();
        let quotient = c / u;
        if is_far(u) && is_ordinary(quotient) {
            return self.divide_by(u).compose(quotient, || [-quotient, 2.0 * quotient]);
        }
        self.compose(quotient, || [-quotient / u, 2.0 * quotient / u / u])
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
        let f = integer_power(u, n);
        let c = f64::from(n);
        if is_far_for(u, c) && is_ordinary(f) {
            return self.divide_by(u).compose(f, || [c * f, c * (c - 1.0) * f]);
        }
        self.compose(f, || {
            [c * integer_power(u, n - 1), product(c * (c - 1.0), integer_power(u, n - 2))]
        })
    }

    /// uᶜ.
    #[inline(always)]
    fn real_power(self, c: f64) -> Self {
        let u = self.value();
        let f = libm::pow(u, c);
        if is_far_for(u, c) && is_ordinary(f) {
            return self.divide_by(u).compose(f, || [c * f, c * (c - 1.0) * f]);
        }
        self.compose(f, || {
            [c * libm::pow(u, c - 1.0), product(c * (c - 1.0), libm::pow(u, c - 2.0))]
        })
    }

    /// uᵛ = e^(v ln u).
    #[inline(always)]
    fn power(self, v: Self) -> Self {
        let (u, exponent) = (self.value(), v.value());
        let f = libm::pow(u, exponent);
        if is_far_for(u, exponent) && is_ordinary(f) {
            return self.divide_by(u).compose2(v, f, || {
                let ln = libm::log(u);
                [
                    exponent * f,
                    product(f, ln),
                    exponent * (exponent - 1.0) * f,
                    product(f, 1.0 + product(exponent, ln)),
                    product(f, ln * ln),
                ]
            });
        }
        self.compose2(v, f, || {
            let ln = libm::log(u);
            let less = libm::pow(u, exponent - 1.0);
            [
                product(exponent, less),
                product(f, ln),
                product(exponent * (exponent - 1.0), libm::pow(u, exponent - 2.0)),
                product(less, 1.0 + product(exponent, ln)),
                product(f, ln * ln),
            ]
        })
    }

    #[inline(always)]
    fn unary(self, function: Unary) -> Self {
        let u = self.value();
        let f = function.value(u);
        if is_far(u)
            && let Some(relative) = function.relative_derivatives(u, f)
        {
            return self.divide_by(u).compose(f, || relative);
        }
        self.compose(f, || function.derivatives(u, f))
    }

    #[inline(always)]
    fn binary(self, other: Self, function: Binary) -> Self {
        let (u, v) = (self.value(), other.value());
        let f = function.value(u, v);
        let size = u.abs().max(v.abs());
        if function == Binary::Atan2 && is_far(size) {
            let [u, v] = [u / size, v / size];
            return self
                .divide_by(size)
                .compose2(other.divide_by(size), f, || function.derivatives(u, v));
        }
        self.compose2(other, f, || function.derivatives(u, v))
    }
}

/// Whether products and quotients of a few such numbers may leave the range of numbers.
#[inline(always)]
pub(super) fn is_far(u: f64) -> bool {
    let size = u.abs();
    !(1e-75..=1e75).contains(&size) && is_ordinary(size)
}

/// The same for uᶜ and its derivatives.
#[inline(always)]
fn is_far_for(u: f64, c: f64) -> bool {
    let exponent = (u.abs().to_bits() >> 52) as f64 - 1023.0;
    exponent.abs() * (c.abs() + 2.0) > 1000.0 && is_ordinary(u)
}

/// Whether a number is neither 0 nor infinite nor none.
#[inline(always)]
fn is_ordinary(u: f64) -> bool {
    u != 0.0 && u.is_finite()
}

/// a u′v′, whose parts are multiplied in such an order that none leaves the range of numbers
/// unless the product does.
#[inline(always)]
fn product_of_three(a: f64, u: f64, v: f64) -> f64 {
    let both = u * v;
    if both.is_finite() && both.abs() >= f64::MIN_POSITIVE || !is_ordinary(u) || !is_ordinary(v) {
        return product(a, both);
    }
    let (less, more) = if u.abs() < v.abs() { (u, v) } else { (v, u) };
    if a.abs() > 1.0 { product(product(a, less), more) } else { product(product(a, more), less) }
}

/// a · b, and 0 as soon as one of them is: the convention of the chain rule above.
#[inline(always)]
fn product(a: f64, b: f64) -> f64 {
    if a == 0.0 || b == 0.0 { 0.0 } else { a * b }
}

impl Number for f64 {
    #[inline(always)]
    fn constant(value: f64) -> f64 {
        value
    }
    #[inline(always)]
    fn variables(point: [f64; 2]) -> [f64; 2] {
        point
    }
    #[inline(always)]
    fn value(self) -> f64 {
        self
    }
    #[inline(always)]
    fn add(self, other: f64) -> f64 {
        self + other
    }
    #[inline(always)]
    fn subtract(self, other: f64) -> f64 {
        self - other
    }
    #[inline(always)]
    fn multiply(self, other: f64) -> f64 {
        self * other
    }
    #[inline(always)]
    fn divide(self, other: f64) -> f64 {
        self / other
    }
    #[inline(always)]
    fn negate(self) -> f64 {
        -self
    }
    #[inline(always)]
    fn offset(self, c: f64) -> f64 {
        self + c
    }
    #[inline(always)]
    fn scale(self, c: f64) -> f64 {
        c * self
    }
    #[inline(always)]
    fn divide_by(self, c: f64) -> f64 {
        self / c
    }
    #[inline(always)]
    fn compose(self, value: f64, _: impl FnOnce() -> [f64; 2]) -> f64 {
        value
    }
    #[inline(always)]
    fn compose2(self, _: f64, value: f64, _: impl FnOnce() -> [f64; 5]) -> f64 {
        value
    }
}

impl Number for Jet {
    #[inline(always)]
    fn constant(value: f64) -> Jet {
        Jet { value, gradient: [0.0; 2] }
    }
    #[inline(always)]
    fn variables([x, y]: [f64; 2]) -> [Jet; 2] {
        [Jet { value: x, gradient: [1.0, 0.0] }, Jet { value: y, gradient: [0.0, 1.0] }]
    }
    #[inline(always)]
    fn value(self) -> f64 {
        self.value
    }
    #[inline(always)]
    fn add(self, Jet { value: v, gradient: [vx, vy] }: Jet) -> Jet {
        let Jet { value: u, gradient: [ux, uy] } = self;
        Jet { value: u + v, gradient: [ux + vx, uy + vy] }
    }
    #[inline(always)]
    fn subtract(self, Jet { value: v, gradient: [vx, vy] }: Jet) -> Jet {
        let Jet { value: u, gradient: [ux, uy] } = self;
        Jet { value: u - v, gradient: [ux - vx, uy - vy] }
    }
    #[inline(always)]
    fn multiply(self, Jet { value: v, gradient: [vx, vy] }: Jet) -> Jet {
        let Jet { value: u, gradient: [ux, uy] } = self;
        Jet { value: u * v, gradient: [ux * v + u * vx, uy * v + u * vy] }
    }
    #[inline(always)]
    fn divide(self, Jet { value: v, gradient: [vx, vy] }: Jet) -> Jet {
        let Jet { value: u, gradient: [ux, uy] } = self;
        let q = u / v;
        Jet { value: q, gradient: [(ux - q * vx) / v, (uy - q * vy) / v] }
    }
    #[inline(always)]
    fn negate(self) -> Jet {
        Jet { value: -self.value, gradient: self.gradient.map(|d| -d) }
    }
    #[inline(always)]
    fn offset(self, c: f64) -> Jet {
        Jet { value: self.value + c, ..self }
    }
    #[inline(always)]
    fn scale(self, c: f64) -> Jet {
        Jet { value: c * self.value, gradient: self.gradient.map(|d| c * d) }
    }
    #[inline(always)]
    fn divide_by(self, c: f64) -> Jet {
        Jet { value: self.value / c, gradient: self.gradient.map(|d| d / c) }
    }
    #[inline(always)]
    fn compose(self, value: f64, derivatives: impl FnOnce() -> [f64; 2]) -> Jet {
        if value.is_nan() {
            return Jet { value, gradient: [f64::NAN; 2] };
        }
        let [slope, _] = derivatives();
        Jet { value, gradient: self.gradient.map(|d| product(slope, d)) }
    }
    #[inline(always)]
    fn compose2(self, v: Jet, value: f64, derivatives: impl FnOnce() -> [f64; 5]) -> Jet {
        if value.is_nan() {
            return Jet { value, gradient: [f64::NAN; 2] };
        }
        let ([ux, uy], [vx, vy]) = (self.gradient, v.gradient);
        let [fu, fv, ..] = derivatives();
        let along = |ud, vd| product(fu, ud) + product(fv, vd);
        Jet { value, gradient: [along(ux, vx), along(uy, vy)] }
    }
}

impl Jet2 {
    /// The value and the gradient without the Hessian.
    pub fn jet(self) -> Jet {
        Jet { value: self.value, gradient: self.gradient }
    }

    fn nan() -> Jet2 {
        Jet2 { value: f64::NAN, gradient: [f64::NAN; 2], hessian: [f64::NAN; 3] }
    }

    #[inline(always)]
    fn new(Jet { value, gradient }: Jet, hessian: [f64; 3]) -> Jet2 {
        Jet2 { value, gradient, hessian }
    }
}

impl Number for Jet2 {
    #[inline(always)]
    fn constant(value: f64) -> Jet2 {
        Jet2 { value, gradient: [0.0; 2], hessian: [0.0; 3] }
    }
    #[inline(always)]
    fn variables(point: [f64; 2]) -> [Jet2; 2] {
        let [x, y] = Jet::variables(point);
        [Jet2::new(x, [0.0; 3]), Jet2::new(y, [0.0; 3])]
    }
    #[inline(always)]
    fn value(self) -> f64 {
        self.value
    }
    #[inline(always)]
    fn add(self, other: Jet2) -> Jet2 {
        let ([uxx, uxy, uyy], [vxx, vxy, vyy]) = (self.hessian, other.hessian);
        Jet2::new(self.jet().add(other.jet()), [uxx + vxx, uxy + vxy, uyy + vyy])
    }
    #[inline(always)]
    fn subtract(self, other: Jet2) -> Jet2 {
        let ([uxx, uxy, uyy], [vxx, vxy, vyy]) = (self.hessian, other.hessian);
        Jet2::new(self.jet().subtract(other.jet()), [uxx - vxx, uxy - vxy, uyy - vyy])
    }
    #[inline(always)]
    fn multiply(self, other: Jet2) -> Jet2 {
        let Jet2 { value: u, gradient: [ux, uy], hessian: [uxx, uxy, uyy] } = self;
        let Jet2 { value: v, gradient: [vx, vy], hessian: [vxx, vxy, vyy] } = other;
        let hessian = [
            uxx * v + 2.0 * (ux * vx) + u * vxx,
            uxy * v + ux * vy + uy * vx + u * vxy,
            uyy * v + 2.0 * (uy * vy) + u * vyy,
        ];
        Jet2::new(self.jet().multiply(other.jet()), hessian)
    }
    #[inline(always)]
    fn divide(self, other: Jet2) -> Jet2 {
        let [uxx, uxy, uyy] = self.hessian;
        let Jet2 { value: v, gradient: [vx, vy], hessian: [vxx, vxy, vyy] } = other;
        let quotient = self.jet().divide(other.jet());
        let Jet { value: q, gradient: [qx, qy] } = quotient;
        // From u = q v: u″ = q″v + q′v′ᵀ + v′q′ᵀ + q v″, solved for q″.
        let hessian = [
            (uxx - 2.0 * (qx * vx) - q * vxx) / v,
            (uxy - qx * vy - qy * vx - q * vxy) / v,
            (uyy - 2.0 * (qy * vy) - q * vyy) / v,
        ];
        Jet2::new(quotient, hessian)
    }
    #[inline(always)]
    fn negate(self) -> Jet2 {
        Jet2::new(self.jet().negate(), self.hessian.map(|d| -d))
    }
    #[inline(always)]
    fn offset(self, c: f64) -> Jet2 {
        Jet2 { value: self.value + c, ..self }
    }
    #[inline(always)]
    fn scale(self, c: f64) -> Jet2 {
        Jet2::new(self.jet().scale(c), self.hessian.map(|d| c * d))
    }
    #[inline(always)]
    fn divide_by(self, c: f64) -> Jet2 {
        Jet2::new(self.jet().divide_by(c), self.hessian.map(|d| d / c))
    }
    #[inline(always)]
    fn compose(self, value: f64, derivatives: impl FnOnce() -> [f64; 2]) -> Jet2 {
        if value.is_nan() {
            return Jet2::nan();
        }
        let Jet2 { gradient: [ux, uy], hessian: [uxx, uxy, uyy], .. } = self;
        let [slope, bend] = derivatives();
        let second = |ud, ue, ude| product_of_three(bend, ud, ue) + product(slope, ude);
        Jet2 {
            value,
            gradient: [product(slope, ux), product(slope, uy)],
            hessian: [second(ux, ux, uxx), second(ux, uy, uxy), second(uy, uy, uyy)],
        }
    }
    #[inline(always)]
    fn compose2(self, other: Jet2, value: f64, derivatives: impl FnOnce() -> [f64; 5]) -> Jet2 {
        if value.is_nan() {
            return Jet2::nan();
        }
        let ([ux, uy], [vx, vy]) = (self.gradient, other.gradient);
        let ([uxx, uxy, uyy], [vxx, vxy, vyy]) = (self.hessian, other.hessian);
        let [fu, fv, fuu, fuv, fvv] = derivatives();
        let first = |ud, vd| product(fu, ud) + product(fv, vd);
        let second = |[ud, vd]: [f64; 2], [ue, ve]: [f64; 2], ude, vde| {
            product_of_three(fuu, ud, ue)
                + product(fuv, ud * ve + ue * vd)
                + product_of_three(fvv, vd, ve)
                + first(ude, vde)
        };
        let (x, y) = ([ux, vx], [uy, vy]);
        let hessian = [second(x, x, uxx, vxx), second(x, y, uxy, vxy), second(y, y, uyy, vyy)];
        Jet2 { value, gradient: [first(ux, vx), first(uy, vy)], hessian }
    }
}
