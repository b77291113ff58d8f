//! The output of a net with its loss: L of one example, and δ = ∂L/∂z, where z are the sums of the
//! output's units, as [`DEFINITIONS`] says.
//!
//! σ(z) = 1/(1 + e⁻ᶻ); softmax(z)ₖ = eᶻᵏ / Σⱼ eᶻʲ; e_y is 1 at the example's class y and 0
//! elsewhere. The first three have the same δ: what was predicted less what is true. The last has
//! the slope of σ as a factor too, which is nearly 0 where the net is confident, be it right or
//! wrong.
//!
//! The logarithms are taken of the logits, so that they neither overflow nor reach log 0:
//!
//! ```text
//! BCE   L = max(z, 0) − z y + log(1 + e^−|z|)
//! CCE   L = log Σⱼ e^(zⱼ − M) + M − z_y,     M = maxⱼ zⱼ
//! ```

use super::Activation;
use super::rows::{BLOCK, Row, map, zip};
use crate::math::elementary::{exp_of_minus, ln, ln_1_plus, sigmoid};
use crate::math::param::Definition;

/// What each kind of output is, under the key that a file with a net calls it by.
pub const DEFINITIONS: [(&str, Definition); 4] = [
    ("linear", Definition::new("f = z, L = Σ ½(y − f)², δ = f − y", "L2")),
    (
        "logit",
        Definition::new(
            "f = σ(z), L = −[y log f + (1 − y) log(1 − f)], δ = f − y",
            "binary cross-entropy",
        ),
    ),
    (
        "softmax",
        Definition::new("f = softmax(z), L = −log f_y, δ = f − e_y", "categorical cross-entropy"),
    ),
    ("sigmoid", Definition::new("f = σ(z), L = Σ ½(y − f)², δ = (f − y) f (1 − f)", "L2")),
];

/// What the last layer computes, and the loss that belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Output {
    /// So many values, with the L2 loss summed over them. A class is −1 or 1 of one value; with
    /// more values, 1 of its own and 0 of the others.
    Linear(usize),
    /// One logit, with binary cross-entropy: y is 0 or 1.
    Logit,
    /// So many logits, with categorical cross-entropy: y is the class, counted from 0.
    Softmax(usize),
    /// So many values between 0 and 1, with the L2 loss of σ(z) summed over them. A class is 0 or 1
    /// of one value; with more values, 1 of its own and 0 of the others.
    Sigmoid(usize),
}

/// What a net says about one example.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    /// f: the values, the probability of class 1, or the probabilities of all classes.
    pub values: Vec<f64>,
    /// The class, if the example is to have one.
    pub class: usize,
}

impl Output {
    /// The units of the output's layer.
    pub fn units(self) -> usize {
        match self {
            Self::Linear(values) | Self::Sigmoid(values) => values,
            Self::Logit => 1,
            Self::Softmax(classes) => classes,
        }
    }

    /// How many numbers an example's target has.
    pub fn targets(self) -> usize {
        match self {
            Self::Linear(values) | Self::Sigmoid(values) => values,
            Self::Logit | Self::Softmax(_) => 1,
        }
    }

    /// How many classes it tells apart.
    pub fn classes(self) -> usize {
        self.units().max(2)
    }

    /// Target number `index` of an example of a class.
    pub(super) fn target(self, class: usize, index: usize) -> f64 {
        match self {
            Self::Linear(1) => {
                if class == 1 {
                    1.0
                } else {
                    -1.0
                }
            }
            Self::Linear(_) | Self::Sigmoid(2..) => {
                if class == index {
                    1.0
                } else {
                    0.0
                }
            }
            Self::Logit | Self::Softmax(_) | Self::Sigmoid(_) => class as f64,
        }
    }

    /// The class that the sums z of the output's units, one after the other, speak for. The first
    /// of equals wins.
    pub fn class(self, mut z: impl Iterator<Item = f64>) -> usize {
        if self.units() == 1 {
            return usize::from(z.next().is_some_and(|z| z > 0.0));
        }
        let (mut class, mut most) = (0, f64::NEG_INFINITY);
        for (k, z) in z.enumerate() {
            if z > most {
                (class, most) = (k, z);
            }
        }
        class
    }

    /// f and the class for the sums z of the output's units.
    pub fn predict(self, z: &[f64]) -> Prediction {
        let values = match self {
            Self::Linear(_) => z.to_vec(),
            Self::Logit | Self::Sigmoid(_) => z.iter().map(|&z| sigmoid(z)).collect(),
            Self::Softmax(_) => {
                let most = z.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                let powers: Vec<f64> = z.iter().map(|z| exp_of_minus(most - z)).collect();
                let sum: f64 = powers.iter().sum();
                powers.into_iter().map(|power| power / sum).collect()
            }
        };
        Prediction { values, class: self.class(z.iter().copied()) }
    }

    /// f from z, for m examples.
    pub(super) fn values(self, m: usize, z: &[Row], f: &mut [Row]) {
        match self {
            Self::Linear(_) => z.iter().zip(f).for_each(|(z, f)| map(m, z, f, |z| z)),
            Self::Logit | Self::Sigmoid(_) => {
                z.iter().zip(f).for_each(|(z, f)| map(m, z, f, sigmoid));
            }
            Self::Softmax(_) => softmax(m, z, f),
        }
    }

    /// L of m examples, and δ = ∂L/∂z of its units. `y` has a row for each number of the target.
    pub(super) fn losses(
        self,
        m: usize,
        z: &[Row],
        f: &[Row],
        y: &[Row],
        loss: &mut Row,
        delta: &mut [Row],
    ) {
        match self {
            Self::Linear(_) => squared(m, f, y, loss, delta),
            Self::Logit => binary(m, &z[0], &f[0], &y[0], loss, &mut delta[0]),
            Self::Softmax(_) => categorical(m, z, f, &y[0], loss, delta),
            Self::Sigmoid(_) => {
                squared(m, f, y, loss, delta);
                Activation::Sigmoid.times_slopes(m, z, f, delta);
            }
        }
    }
}

/// L = Σ ½(y − f)²
fn squared(m: usize, f: &[Row], y: &[Row], loss: &mut Row, delta: &mut [Row]) {
    map(m, &f[0], loss, |_| 0.0);
    for ((f, y), delta) in f.iter().zip(y).zip(delta) {
        zip(m, f, y, delta, |f, y, _| f - y);
        zip(m, f, y, loss, |f, y, loss| loss + 0.5 * (y - f) * (y - f));
    }
}

/// L = max(z, 0) − z y + log(1 + e^−|z|)
fn binary(m: usize, z: &Row, f: &Row, y: &Row, loss: &mut Row, delta: &mut Row) {
    zip(m, f, y, delta, |f, y, _| f - y);
    zip(m, z, y, loss, |z, y, _| {
        let positive = if z <= 0.0 { 0.0 } else { z };
        positive - z * y + ln_1_plus(exp_of_minus(z))
    });
}

/// L = M − z_y − log f_M: Σⱼ e^(zⱼ − M) is 1/f_M, one over the largest f.
fn categorical(m: usize, z: &[Row], f: &[Row], y: &Row, loss: &mut Row, delta: &mut [Row]) {
    let [most_z, most_f] = [z, f].map(|rows| largest(m, rows));
    zip(m, &most_z, &most_f, loss, |z, f, _| z - ln(f));
    for (class, ((z, f), delta)) in z.iter().zip(f).zip(delta).enumerate() {
        let is_own = |y: f64| y == class as f64;
        zip(m, f, y, delta, |f, y, _| f - if is_own(y) { 1.0 } else { 0.0 });
        zip(m, z, y, loss, |z, y, loss| loss - if is_own(y) { z } else { 0.0 });
    }
}

/// fₖ = eᶻᵏ / Σⱼ eᶻʲ = e^(zₖ − M) / Σⱼ e^(zⱼ − M)
fn softmax(m: usize, z: &[Row], f: &mut [Row]) {
    let most = largest(m, z);
    let mut total = [0.0; BLOCK];
    for (z, f) in z.iter().zip(f.iter_mut()) {
        zip(m, z, &most, f, |z, most, _| exp_of_minus(most - z));
        zip(m, f, f, &mut total, |f, _, total| total + f);
    }
    for f in f {
        zip(m, &total, &total, f, |total, _, f| f / total);
    }
}

/// M, the largest number of each example in these rows.
fn largest(m: usize, rows: &[Row]) -> Row {
    let mut most = [f64::NEG_INFINITY; BLOCK];
    for row in rows {
        zip(m, row, row, &mut most, |number, _, most| if number > most { number } else { most });
    }
    most
}
