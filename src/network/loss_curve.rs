//! The loss of one example as a curve over one number that the net says: the slide's loss functions.
//!
//! ```text
//! L2 of a value            x = f             L = ½ (y − f)²               L′ = f − y
//! L2 of a probability      x = z, f = σ(z)   L = ½ (y − f)²               L′ = (f − y) f (1 − f)
//! binary cross-entropy     x = z, f = σ(z)   L = −y log f − (1 − y) log(1 − f)     L′ = f − y
//! categorical              x = z_y − log Σ_{j≠y} e^(zⱼ), f_y = σ(x)   L = −log f_y       L′ = f_y − 1
//! ```
//!
//! Of several values or probabilities with L2, the curve is that of the unit of the example's class.

use super::{Numbers, Output};
use crate::math::elementary::{exp_of_minus, ln, ln_1_plus, sigmoid};

/// What the curve runs over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// f itself.
    Value,
    /// The logit z, of which f = σ(z) is the probability.
    Logit,
    /// By how much the logit of the example's class is ahead of all others together.
    Margin,
}

/// A loss of one example over one number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LossCurve {
    /// What it runs over.
    pub over: Over,
    /// Whether it is cross-entropy; else L2.
    pub is_entropy: bool,
    /// The target y.
    pub target: f64,
}

impl LossCurve {
    /// The curve of an output for a target; of several units with L2, for that of one of them.
    pub fn new(output: Output, target: f64) -> Self {
        match output {
            Output::Linear(_) => Self { over: Over::Value, is_entropy: false, target },
            Output::Sigmoid(_) => Self { over: Over::Logit, is_entropy: false, target },
            Output::Logit => Self { over: Over::Logit, is_entropy: true, target },
            Output::Softmax(_) => Self { over: Over::Margin, is_entropy: true, target: 1.0 },
        }
    }

    /// The curve of an output for an example, and where on it the example is.
    pub fn of(output: Output, numbers: &Numbers) -> (Self, f64) {
        let z = &numbers.layers[numbers.layers.len() - 1].z;
        let target = &numbers.target;
        if let Output::Softmax(_) = output {
            let class = target[0] as usize;
            return (Self::new(output, 1.0), margin(z, class));
        }
        let unit = (0..target.len()).max_by(|&a, &b| target[a].total_cmp(&target[b])).unwrap_or(0);
        (Self::new(output, target[unit]), z[unit])
    }

    /// L at x.
    pub fn value(self, x: f64) -> f64 {
        let y = self.target;
        if self.is_entropy {
            return x.max(0.0) - x * y + ln_1_plus(exp_of_minus(x.abs()));
        }
        let f = if self.over == Over::Value { x } else { sigmoid(x) };
        0.5 * (y - f) * (y - f)
    }

    /// ∂L/∂x at x.
    pub fn slope(self, x: f64) -> f64 {
        match self.over {
            Over::Value => x - self.target,
            _ if self.is_entropy => sigmoid(x) - self.target,
            _ => {
                let f = sigmoid(x);
                (f - self.target) * f * (1.0 - f)
            }
        }
    }
}

/// z_y − log Σ_{j≠y} e^(zⱼ), the largest of the others taken out of the sum.
fn margin(z: &[f64], class: usize) -> f64 {
    let others = || z.iter().enumerate().filter(|(unit, _)| *unit != class).map(|(_, z)| *z);
    let most = others().fold(f64::NEG_INFINITY, f64::max);
    let sum: f64 = others().map(|z| exp_of_minus(most - z)).sum();
    z[class] - most - ln(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUTS: [Output; 4] =
        [Output::Linear(1), Output::Sigmoid(1), Output::Logit, Output::Softmax(3)];

    #[test]
    fn slopes_are_those_of_finite_differences() {
        for output in OUTPUTS {
            for target in [0.0, 1.0] {
                let curve = LossCurve::new(output, target);
                for x in (-60..=60).map(|at| f64::from(at) / 10.0) {
                    let difference = (curve.value(x + 1e-5) - curve.value(x - 1e-5)) / 2e-5;
                    assert!((curve.slope(x) - difference).abs() < 1e-8, "{output:?} {target} {x}");
                }
            }
        }
    }

    #[test]
    fn confident_and_wrong_cross_entropy_keeps_its_slope_and_l2_goes_flat() {
        let [entropy, l2] = [Output::Logit, Output::Sigmoid(1)].map(|it| LossCurve::new(it, 1.0));
        assert!(entropy.value(-1000.0) == 1000.0 && entropy.slope(-30.0) < -0.999_999);
        assert!(l2.value(-30.0) <= 0.5 && l2.slope(-30.0).abs() < 1e-12);
    }

    #[test]
    fn the_margin_gives_the_loss_of_softmax() {
        let z = [0.3, -1.2, 2.5];
        for class in 0..3 {
            let sum: f64 = z.iter().map(|z| f64::exp(*z)).sum();
            let loss = -(f64::exp(z[class]) / sum).ln();
            let curve = LossCurve::new(Output::Softmax(3), 1.0);
            assert!((curve.value(margin(&z, class)) - loss).abs() < 1e-12, "{class}");
        }
    }
}
