//! When a rule is stable: on a quadratic, each eigendirection walks by itself.
//!
//! Along an eigenvector of the Hessian with eigenvalue λ the gradient is λ times the
//! distance d from the stationary point. So gradient descent and momentum
//! become a linear recurrence, with the companion matrix [[t, −p], [1, 0]]:
//!
//! ```text
//! d ← t d − p d₋₁           t               p              stable while
//! GD                        1 − αλ          0              αλ < 2
//! momentum                  1 + β − αλ      β              αλ < 2(1 + β)
//! Nesterov, c = 1 − αλ      (1 + β)c        βc             αλ < 2(1 + β)/(1 + 2β)
//! Newton                    1 − αλ/(λ + μ)  0              αλ < 2(λ + μ)
//! ```
//!
//! Without damping (μ = 0) Newton's method takes the same part α of the distance off in every direction,
//! also where λ < 0. With |λ| it divides by |λ| + μ.
//!
//! The average form of momentum has (1 − β)α where the others have α. The roots of
//! r² − t r + p = 0 tell how d goes to 0: by real roots without swinging
//! (overdamped), by complex ones swinging, their modulus √p (underdamped), at equal
//! ones in between (critically damped). It does go to 0 if both lie inside the unit circle.
//!
//! Source: Polyak 1964; Goh 2017, "Why momentum really works"; Dauphin et al. 2014 for Newton's method.

use crate::optimizers::Rule;
use crate::optimizers::momentum::Form;
use crate::optimizers::newton::{DAMPING, INDEFINITE, Indefinite};

/// What α multiplies along an eigendirection, the β that acts there, and which rule it is.
enum Law {
    Newton { alpha: f64, damping: f64, indefinite: Indefinite },
    Descent { alpha: f64 },
    Momentum { alpha: f64, beta: f64 },
    Nesterov { alpha: f64, beta: f64 },
}

impl Law {
    /// None for the rules that divide by the size of the gradient: they are not linear.
    fn of(rule: &Rule, values: &[f64]) -> Option<Self> {
        let alpha = values[0];
        match rule.key {
            "gd" => Some(Self::Descent { alpha }),
            "momentum" => {
                let beta = values[1];
                let alpha = match Form::ALL[values[2] as usize] {
                    Form::Accumulate | Form::Velocity => alpha,
                    Form::Average => (1.0 - beta) * alpha,
                };
                Some(Self::Momentum { alpha, beta })
            }
            "nesterov" => Some(Self::Nesterov { alpha, beta: values[1] }),
            "newton" => {
                let indefinite = Indefinite::ALL[values[INDEFINITE] as usize];
                Some(Self::Newton { alpha, damping: values[DAMPING], indefinite })
            }
            _ => None,
        }
    }
}

/// The α that a gradient is multiplied by at once (the average form: (1 − β)α), and the
/// value of that α·λ_max above which the rule diverges. None for the rules without one, and for
/// Newton's method, which multiplies by another number in each direction.
pub fn effective_alpha(rule: &Rule, values: &[f64]) -> Option<[f64; 2]> {
    Some(match Law::of(rule, values)? {
        Law::Newton { .. } => return None,
        Law::Descent { alpha } => [alpha, 2.0],
        Law::Momentum { alpha, beta } => [alpha, 2.0 * (1.0 + beta)],
        Law::Nesterov { alpha, beta } => [alpha, 2.0 * (1.0 + beta) / (1.0 + 2.0 * beta)],
    })
}

/// Above this part of the distance that a step takes off, a rule without memory diverges.
pub const MOST_TAKEN: f64 = 2.0;

/// The part of the distance from the stationary point that a step of Newton's method takes off along
/// an eigendirection, αλ/(λ + μ): a step leads past that point above 1, and away from it below 0.
/// None for the other rules.
pub fn newton_share(rule: &Rule, values: &[f64], lambda: f64) -> Option<f64> {
    match Law::of(rule, values)? {
        Law::Newton { alpha, damping, indefinite } => {
            Some(alpha * (lambda / indefinite.divisor(lambda, damping)))
        }
        _ => None,
    }
}

/// The α below which this rule, its other dials as they are, is stable on a quadratic with
/// this largest eigenvalue. None without a positive one, and for the rules that are not linear.
pub fn alpha_limit(rule: &Rule, values: &[f64], lambda_max: f64) -> Option<f64> {
    if let Some(share) = newton_share(rule, &[&[1.0], &values[1..]].concat(), lambda_max) {
        return (lambda_max > 0.0 && lambda_max.is_finite()).then(|| MOST_TAKEN / share);
    }
    let [alpha, bound] = effective_alpha(rule, values)?;
    // The average form's share 1 − β of α, and 1 for the others.
    let share = alpha / values[0];
    (lambda_max > 0.0 && lambda_max.is_finite()).then(|| bound / (share * lambda_max))
}

/// The values of α·λ between which the mode of a rule with momentum swings, by complex roots: at
/// both ends the roots are equal, and between them a step multiplies by √p. `None` for other rules.
pub fn swinging(rule: &Rule, values: &[f64]) -> Option<[f64; 2]> {
    let [low, high, share] = match Law::of(rule, values)? {
        Law::Descent { .. } | Law::Newton { .. } => return None,
        Law::Momentum { alpha, beta } => {
            let root = beta.sqrt();
            [(1.0 - root) * (1.0 - root), (1.0 + root) * (1.0 + root), alpha / values[0]]
        }
        Law::Nesterov { beta, .. } => {
            let ratio = (1.0 - beta) / (1.0 + beta);
            [ratio * ratio, 1.0, 1.0]
        }
    };
    Some([low / share, high / share])
}

/// The α and β with which a rule with momentum is fastest on a quadratic whose eigenvalues lie
/// between these, both above 0: [α, β]. `None` for other rules.
///
/// Source: Polyak 1964 for momentum; Lessard, Recht and Packard 2016, proposition 1, for Nesterov.
pub fn fastest(rule: &Rule, values: &[f64], [low, high]: [f64; 2]) -> Option<[f64; 2]> {
    let kappa = high / low;
    match Law::of(rule, values)? {
        Law::Descent { .. } | Law::Newton { .. } => None,
        Law::Momentum { .. } => {
            let root = (kappa.sqrt() - 1.0) / (kappa.sqrt() + 1.0);
            let (beta, half) = (root * root, 2.0 / (high.sqrt() + low.sqrt()));
            let share = match Form::ALL[values[2] as usize] {
                Form::Accumulate | Form::Velocity => 1.0,
                Form::Average => 1.0 - beta,
            };
            Some([half * half / share, beta])
        }
        Law::Nesterov { .. } => {
            let root = (3.0 * kappa + 1.0).sqrt();
            Some([4.0 / (3.0 * high + low), (root - 2.0) / (root + 2.0)])
        }
    }
}

/// How a linear rule moves along one eigendirection: d ← t d − p d₋₁.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mode {
    /// t, the trace of the companion matrix.
    pub trace: f64,
    /// p, its determinant.
    pub determinant: f64,
}

/// How a mode comes to rest (or does not).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damping {
    /// Two real roots.
    Over,
    /// Equal roots, to within rounding.
    Critical,
    /// Two complex roots: it swings.
    Under,
}

impl Mode {
    /// The mode of this rule along an eigendirection with this eigenvalue; None for the
    /// rules that are not linear.
    pub fn new(rule: &Rule, values: &[f64], lambda: f64) -> Option<Self> {
        let [trace, determinant] = match Law::of(rule, values)? {
            Law::Descent { alpha } => [1.0 - alpha * lambda, 0.0],
            Law::Newton { .. } => [1.0 - newton_share(rule, values, lambda)?, 0.0],
            Law::Momentum { alpha, beta } => [1.0 + beta - alpha * lambda, beta],
            Law::Nesterov { alpha, beta } => {
                let kept = 1.0 - alpha * lambda;
                [(1.0 + beta) * kept, beta * kept]
            }
        };
        Some(Self { trace, determinant })
    }

    /// t² − 4p: negative where the roots are complex.
    fn discriminant(&self) -> f64 {
        let Self { trace, determinant } = *self;
        trace * trace - 4.0 * determinant
    }

    /// The spectral radius: by how much a step multiplies the distance, in the long run.
    pub fn radius(&self) -> f64 {
        let Self { trace, determinant } = *self;
        let discriminant = self.discriminant();
        if discriminant < 0.0 {
            determinant.sqrt()
        } else {
            0.5 * (trace.abs() + discriminant.sqrt())
        }
    }

    /// Whether it swings on its way.
    pub fn damping(&self) -> Damping {
        let Self { trace, determinant } = *self;
        let discriminant = self.discriminant();
        let rounding = 1e-12 * (trace * trace + determinant.abs());
        if discriminant.abs() <= rounding {
            Damping::Critical
        } else if discriminant < 0.0 {
            Damping::Under
        } else {
            Damping::Over
        }
    }

    /// Whether a negative real root leads: then every step lands on the other side.
    pub fn alternates(&self) -> bool {
        self.discriminant() >= 0.0 && self.trace < 0.0
    }

    /// The angle ω by which an underdamped mode turns in one step, in radians; 0 or π otherwise.
    pub fn angle(&self) -> f64 {
        let Self { trace, .. } = *self;
        let swing = libm::sqrt((-self.discriminant()).max(0.0));
        libm::atan2(swing, trace)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optimizers::{RULES, rule};

    /// Settings of every linear rule: each form of momentum, a few values of β.
    fn linear() -> Vec<(&'static Rule, Vec<f64>)> {
        let mut all = vec![(rule("gd").unwrap(), vec![0.1])];
        for beta in [0.0, 0.1, 0.5, 0.9, 0.99] {
            for form in [0.0, 1.0, 2.0] {
                all.push((rule("momentum").unwrap(), vec![0.1, beta, form]));
            }
            all.push((rule("nesterov").unwrap(), vec![0.1, beta]));
        }
        for damping in [0.0, 0.5, 30.0] {
            for indefinite in [0.0, 1.0] {
                all.push((rule("newton").unwrap(), vec![0.1, damping, indefinite]));
            }
        }
        all
    }

    /// |d| after so many steps along an eigendirection, from 1; its largest of the last 100.
    fn left_after(rule: &Rule, values: &[f64], lambda: f64, steps: usize) -> f64 {
        let mut optimizer = (rule.make)(values, 1);
        let mut theta = [1.0];
        let mut most = 0.0_f64;
        for step in 0..steps {
            let mut grad = [lambda * theta[0]];
            if let Some(direction) = rule.direction {
                // Alike in both directions.
                grad[0] = direction(values, [lambda, 0.0, lambda], [grad[0]; 2])[0];
            }
            optimizer.step(&mut theta, &grad);
            if step + 100 >= steps {
                let distance = theta[0].abs();
                most = if distance.is_finite() { most.max(distance) } else { f64::INFINITY };
            }
        }
        most
    }

    #[test]
    fn just_below_the_limit_a_rule_converges_and_just_above_it_grows() {
        for lambda in [0.3, 20.0] {
            for (rule, mut values) in linear() {
                let limit = alpha_limit(rule, &values, lambda).unwrap();
                values[0] = 0.999 * limit;
                let below = left_after(rule, &values, lambda, 60_000);
                assert!(below < 1e-3, "{} {values:?}: {below}", rule.key);
                values[0] = 1.001 * limit;
                let above = left_after(rule, &values, lambda, 60_000);
                assert!(above > 1e3, "{} {values:?}: {above}", rule.key);
            }
        }
    }

    #[test]
    fn at_the_limit_the_spectral_radius_is_one() {
        for (rule, mut values) in linear() {
            values[0] = alpha_limit(rule, &values, 7.0).unwrap();
            let radius = Mode::new(rule, &values, 7.0).unwrap().radius();
            assert!((radius - 1.0).abs() < 1e-12, "{} {values:?}: {radius}", rule.key);
        }
    }

    #[test]
    fn every_mode_shrinks_by_its_spectral_radius() {
        for (rule, mut values) in linear() {
            for share in [0.02, 0.3, 0.8] {
                values[0] = share * alpha_limit(rule, &values, 1.0).unwrap();
                let radius = Mode::new(rule, &values, 1.0).unwrap().radius();
                let [early, late] =
                    [1_000, 2_000].map(|steps| left_after(rule, &values, 1.0, steps));
                if late > 1e-250 {
                    let rate = libm::pow(late / early, 1e-3);
                    assert!((rate - radius).abs() < 2e-4, "{} {values:?}: {rate}", rule.key);
                }
            }
        }
    }

    #[test]
    fn momentum_is_critically_damped_where_its_roots_meet() {
        // αλ = (1 − √β)²; a little less is overdamped, a little more underdamped.
        let momentum = rule("momentum").unwrap();
        let damping = |alpha: f64| Mode::new(momentum, &[alpha, 0.25, 0.0], 1.0).unwrap().damping();
        assert_eq!(damping(0.24), Damping::Over);
        assert_eq!(damping(0.25), Damping::Critical);
        assert_eq!(damping(0.26), Damping::Under);
        let under = Mode::new(momentum, &[0.3, 0.25, 0.0], 1.0).unwrap();
        assert_eq!(under.radius(), 0.5);
    }

    #[test]
    fn between_the_ends_of_swinging_the_roots_are_complex_and_nowhere_else() {
        for (rule, mut values) in linear() {
            let Some(ends) = swinging(rule, &values) else { continue };
            // Without momentum there is nothing between them.
            for share in [1e-6, 0.3, 0.7, 1.0 - 1e-6] {
                values[0] = ends[0] + share * (ends[1] - ends[0]);
                if values[1] > 0.0 {
                    assert_eq!(Mode::new(rule, &values, 1.0).unwrap().damping(), Damping::Under);
                }
            }
            for outside in [0.999 * ends[0], 1.001 * ends[1]] {
                values[0] = outside;
                assert_eq!(Mode::new(rule, &values, 1.0).unwrap().damping(), Damping::Over);
            }
        }
    }

    #[test]
    fn nothing_is_faster_than_the_fastest() {
        for spectrum in [[1.0, 20.0], [0.3, 0.6], [1.0, 1000.0]] {
            for (rule, mut values) in linear() {
                let Some(best) = fastest(rule, &values, spectrum) else { continue };
                let mut radius = |[alpha, beta]: [f64; 2]| {
                    (values[0], values[1]) = (alpha, beta);
                    let of = |lambda| Mode::new(rule, &values, lambda).unwrap().radius();
                    of(spectrum[0]).max(of(spectrum[1]))
                };
                let least = radius(best);
                assert!(least < 1.0);
                for k in 0..10_000 {
                    let [i, j] = [k / 100, k % 100].map(f64::from);
                    let other = [best[0] * 0.04 * (i + 0.5), (j + 0.5) / 100.0];
                    assert!(radius(other) > least - 1e-12, "{} {best:?} {other:?}", rule.key);
                }
            }
        }
    }

    #[test]
    fn only_linear_rules_on_upward_curves_have_a_limit() {
        for rule in RULES {
            let values = rule.defaults();
            let linear = ["gd", "momentum", "nesterov", "newton"].contains(&rule.key);
            assert_eq!(alpha_limit(rule, &values, 1.0).is_some(), linear, "{}", rule.key);
            for lambda in [0.0, -1.0, f64::NAN, f64::INFINITY] {
                assert_eq!(alpha_limit(rule, &values, lambda), None);
            }
        }
    }

    #[test]
    fn a_step_of_newton_takes_the_same_part_off_in_every_direction_but_for_damping() {
        let newton = rule("newton").unwrap();
        let share = |values: [f64; 3], lambda: f64| newton_share(newton, &values, lambda).unwrap();
        for lambda in [-7.0, -0.1, 0.3, 20.0] {
            assert_eq!(share([0.7, 0.0, 0.0], lambda), 0.7);
            assert_eq!(share([0.7, 0.0, 1.0], lambda), 0.7 * lambda.signum());
        }
        assert_eq!(share([1.0, 3.0, 0.0], 1.0), 0.25);
        // Up, to the stationary point and beyond it; and down, away from it.
        assert_eq!([share([1.0, 1.0, 0.0], -3.0), share([1.0, 4.0, 0.0], -3.0)], [1.5, -3.0]);
        assert_eq!(newton_share(rule("gd").unwrap(), &[0.1], 1.0), None);
    }
}
