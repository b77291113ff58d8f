//! Newton's method:
//!
//! ```text
//! θ ← θ − α (H + μI)⁻¹ ĝ
//! ```
//!
//! * θ: the parameters, two of them; ĝ: the gradient at θ, or an estimate of it;
//! * H: the Hessian at θ, of the same examples as ĝ; λᵢ and vᵢ: its eigenvalues and eigenvectors;
//! * α: the learning rate; at 1 a step leads to the stationary point of the local quadratic;
//! * μ: the damping; the larger it is, the shorter a step, and the nearer to the direction of ĝ.
//!
//! Along an eigenvector a step divides ĝ by the curvature. Where f curves down (λᵢ < 0) it leads up,
//! so the method goes to saddles and maxima as it goes to minima. There are two ways to take that:
//!
//! ```text
//! as it is    θ ← θ − α Σ vᵢ (vᵢᵀĝ) / (λᵢ + μ)
//! |λ|         θ ← θ − α Σ vᵢ (vᵢᵀĝ) / (|λᵢ| + μ)        saddle-free Newton: never up
//! ```
//!
//! Where the matrix is singular it has no inverse, and the step is not a number.
//!
//! Source: Nocedal & Wright 2006, chapter 3; with |λ|, Dauphin et al. 2014.

use super::equation::{becomes, group, inverse, line, minus, plus, size, times, var};
use super::gradient_descent::{GradientDescent, next};
use super::{Rule, Updates, alpha};
use crate::math::param::{Choice, Param, Scale};
use crate::math::symmetric::{eigenvalues, eigenvectors};

/// What is made of an eigenvalue below 0; see the top of this file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Indefinite {
    /// It is left as it is.
    AsItIs,
    /// Its absolute value takes its place.
    Absolute,
}

impl Indefinite {
    /// Both, in the order of the dial `indefinite`, whose value is an index into this.
    pub const ALL: [Indefinite; 2] = [Indefinite::AsItIs, Indefinite::Absolute];

    /// What ĝ is divided by along an eigenvector, with the damping μ.
    pub fn divisor(self, lambda: f64, damping: f64) -> f64 {
        match self {
            Self::AsItIs => lambda + damping,
            Self::Absolute => lambda.abs() + damping,
        }
    }
}

/// The places of μ and of the choice among the dials.
pub const DAMPING: usize = 1;
/// See [`DAMPING`].
pub const INDEFINITE: usize = 2;

/// (H + μI)⁻¹ ĝ, or the same with |λ|; not a number where there is no inverse.
fn direction(values: &[f64], hessian: [f64; 3], g: [f64; 2]) -> [f64; 2] {
    let (damping, indefinite) = (values[DAMPING], Indefinite::ALL[values[INDEFINITE] as usize]);
    let [xx, xy, yy] = hessian;
    match indefinite {
        Indefinite::AsItIs => solve([xx + damping, xy, yy + damping], g),
        Indefinite::Absolute if damping == 0.0 && is_singular(hessian) => [f64::NAN; 2],
        Indefinite::Absolute => {
            let [first, second] = eigenvectors(hessian);
            let [low, high] = eigenvalues(hessian);
            let along = |[vx, vy]: [f64; 2], lambda: f64| {
                (vx * g[0] + vy * g[1]) / indefinite.divisor(lambda, damping)
            };
            let parts = [along(first, low), along(second, high)];
            [0, 1].map(|axis| parts[0] * first[axis] + parts[1] * second[axis])
        }
    }
}

/// The d of [xx, xy, yy] d = g, by elimination from the row with the larger first entry.
fn solve([xx, xy, yy]: [f64; 3], [gx, gy]: [f64; 2]) -> [f64; 2] {
    if is_singular([xx, xy, yy]) {
        return [f64::NAN; 2];
    }
    let [[a, b, g], [c, d, h]] = if xx.abs() >= xy.abs() {
        [[xx, xy, gx], [xy, yy, gy]]
    } else {
        [[xy, yy, gy], [xx, xy, gx]]
    };
    let ratio = c / a;
    let y = (h - ratio * g) / (d - ratio * b);
    [(g - b * y) / a, y]
}

/// Whether the determinant is 0, or what rounding leaves of a difference that is 0.
pub fn is_singular([xx, xy, yy]: [f64; 3]) -> bool {
    let square = xy * xy;
    (xx * yy - square).abs() <= 4.0 * f64::EPSILON * square
}

fn equation(values: &[f64], g: &str) -> String {
    let [theta, alpha, h, mu] = ["θ", "α", "H", "μ"].map(var);
    let h = match Indefinite::ALL[values[INDEFINITE] as usize] {
        Indefinite::AsItIs => h,
        Indefinite::Absolute => size(&h),
    };
    let matrix = group(&plus(&h, &times(&mu, &var("I"))));
    let step = times(&alpha, &times(&inverse(&matrix), g));
    line(&becomes(&theta, &minus(&theta, &step)))
}

/// Newton's method in the registry.
pub static RULE: Rule = Rule {
    key: "newton",
    name: "Newton",
    parameters: &[
        alpha(1.0),
        Param::new("damping", "μ", "damping", [0.0, 1000.0], Scale::Log, 0.0).about(
            "μ, added to each eigenvalue of H: the larger, the shorter a step, and the nearer to the \
             direction of −ĝ; above −λ_min all steps lead down",
        ),
        Param::choice(
            "indefinite",
            "indefinite H",
            &[
                Choice { key: "as-it-is", label: "as it is" },
                Choice { key: "absolute", label: "|λ|" },
            ],
        )
        .about(
            "what is made of the eigenvalues of H below 0: as they are, a step leads to the stationary \
             point of the local quadratic, which may be a saddle or a maximum; with their absolute \
             values it leads down",
        ),
    ],
    normalized: false,
    equation,
    source: "Nocedal & Wright 2006, chapter 3; with |λ|, Dauphin et al. 2014",
    direction: Some(direction),
    make: |values, _| Box::new(GradientDescent::new(values[0])),
    updates: Updates {
        own: 0,
        shared: 0,
        symbolic: |values, dials, theta, direction, own, shared| {
            next(values, dials, theta, direction, own, shared)
        },
        plain: next,
        coast: None,
    },
};

#[cfg(test)]
mod tests {
    use super::*;

    const AS_IT_IS: [f64; 3] = [1.0, 0.0, 0.0];
    const ABSOLUTE: [f64; 3] = [1.0, 0.0, 1.0];

    /// What the matrix makes of a vector.
    fn times([xx, xy, yy]: [f64; 3], [x, y]: [f64; 2]) -> [f64; 2] {
        [xx * x + xy * y, xy * x + yy * y]
    }

    #[test]
    fn the_direction_solves_the_equation() {
        for i in 0..60 {
            let t = f64::from(i);
            let hessian = [9.0 * libm::sin(3.0 * t), libm::cos(7.0 * t), libm::sin(t * t) + 0.1];
            let g = [libm::cos(t), libm::sin(5.0 * t)];
            for damping in [0.0, 0.3, 20.0] {
                let d = direction(&[1.0, damping, 0.0], hessian, g);
                let [xx, xy, yy] = hessian;
                let back = times([xx + damping, xy, yy + damping], d);
                let size = 1.0 + libm::hypot(d[0], d[1]) * 9.0;
                for axis in [0, 1] {
                    assert!((back[axis] - g[axis]).abs() < 1e-14 * size, "{hessian:?}, {damping}");
                }
            }
        }
    }

    #[test]
    fn with_absolute_values_it_never_leads_up_and_as_it_is_it_does() {
        let saddle = [2.0, 0.0, -2.0];
        assert_eq!(direction(&AS_IT_IS, saddle, [4.0, -6.0]), [2.0, 3.0]);
        assert_eq!(direction(&ABSOLUTE, saddle, [4.0, -6.0]), [2.0, -3.0]);
        assert_eq!(direction(&[1.0, 2.0, 1.0], saddle, [4.0, -6.0]), [1.0, -1.5]);
        for i in 0..60 {
            let t = f64::from(i);
            let hessian = [libm::sin(3.0 * t), libm::cos(7.0 * t), libm::sin(t * t)];
            let g = [libm::cos(t), libm::sin(5.0 * t)];
            let [x, y] = direction(&ABSOLUTE, hessian, g);
            assert!(x * g[0] + y * g[1] > 0.0, "{hessian:?}");
        }
    }

    #[test]
    fn without_an_inverse_there_is_no_step() {
        // The Hessian of one example of a line: (x, 1)ᵀ(x, 1), which rounding would give an inverse.
        for x in [0.0, 0.1, 1.3, -0.7, 1.0 / 3.0, 12.345] {
            let hessian = [x * x, x, 1.0];
            for values in [AS_IT_IS, ABSOLUTE] {
                assert!(direction(&values, hessian, [1.0, 2.0])[0].is_nan(), "{x}");
            }
            assert!(direction(&[1.0, 0.1, 1.0], hessian, [1.0, 2.0])[0].is_finite());
        }
        assert!(direction(&AS_IT_IS, [0.0; 3], [0.0; 2])[0].is_nan());
        assert!(direction(&AS_IT_IS, [1.0, 0.0, 0.0], [1.0, 0.0])[0].is_nan());
        assert!(direction(&[1.0, 2.0, 0.0], [3.0, 0.0, -2.0], [1.0, 1.0])[0].is_nan());
        assert!(direction(&AS_IT_IS, [f64::NAN, 0.0, 1.0], [1.0, 1.0])[0].is_nan());
        // Far apart is not singular.
        assert_eq!(direction(&AS_IT_IS, [1e12, 0.0, 1e-6], [1e12, 1e-6]), [1.0, 1.0]);
    }
}
