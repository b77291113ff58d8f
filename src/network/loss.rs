//! The output of a net with its loss: L of one example, and δ = ∂L/∂z, where z are the sums of the
//! output's units.
//!
//! ```text
//! linear, L2        f = z                 L = Σ ½(y − f)²                          δ = f − y
//! one logit, BCE    f = σ(z)              L = −[y log f + (1 − y) log(1 − f)]      δ = f − y
//! K logits, CCE     f = softmax(z)        L = −log f_y                             δ = f − e_y
//! ```
//!
//! σ(z) = 1/(1 + e⁻ᶻ); softmax(z)ₖ = eᶻᵏ / Σⱼ eᶻʲ; e_y is 1 at the example's class y and 0
//! elsewhere. All three have the same δ: what was predicted less what is true.
//!
//! The logarithms are taken of the logits, so that they neither overflow nor reach log 0:
//!
//! ```text
//! BCE   L = max(z, 0) − z y + log(1 + e^−|z|)
//! CCE   L = log Σⱼ e^(zⱼ − M) + M − z_y,     M = maxⱼ zⱼ
//! ```

use super::packets::map;
use crate::elementary::{exp_of_minus, ln, ln_1_plus, sigmoid};

/// What the last layer computes, and the loss that belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Output {
    /// So many values, with the L2 loss summed over them. A class is −1 or 1 of one value; with
    /// more values, 1 of its own and 0 of the others.
    Linear(usize),
    /// One logit, with binary cross-entropy: y is 0 or 1.
    Logit,
    /// So many logits, with categorical cross-entropy: y is the class, counted from 0.
    Softmax(usize),
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
            Self::Linear(values) => values,
            Self::Logit => 1,
            Self::Softmax(classes) => classes,
        }
    }

    /// How many numbers an example's target has.
    pub fn targets(self) -> usize {
        match self {
            Self::Linear(values) => values,
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
            Self::Linear(_) => {
                if class == index {
                    1.0
                } else {
                    0.0
                }
            }
            Self::Logit | Self::Softmax(_) => class as f64,
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
            Self::Logit => z.iter().map(|&z| sigmoid(z)).collect(),
            Self::Softmax(_) => {
                let most = z.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                let powers: Vec<f64> = z.iter().map(|z| exp_of_minus(most - z)).collect();
                let sum: f64 = powers.iter().sum();
                powers.into_iter().map(|power| power / sum).collect()
            }
        };
        Prediction { values, class: self.class(z.iter().copied()) }
    }

    /// f from z, for rows of examples: units × packets.
    #[inline(always)]
    pub(super) fn values<const LANES: usize>(self, z: &[[f64; LANES]], f: &mut [[f64; LANES]]) {
        match self {
            Self::Linear(_) => f.copy_from_slice(z),
            Self::Logit => map(z, f, sigmoid),
            Self::Softmax(classes) => softmax(classes, z, f),
        }
    }

    /// L of each example, and δ = f − y. `z`, `f` and `delta` are units × packets, `y` is targets
    /// × packets, `loss` has one number for each example.
    #[inline(always)]
    pub(super) fn losses<const LANES: usize>(
        self,
        z: &[[f64; LANES]],
        f: &[[f64; LANES]],
        y: &[[f64; LANES]],
        loss: &mut [[f64; LANES]],
        delta: &mut [[f64; LANES]],
    ) {
        match self {
            Self::Linear(_) => squared(f, y, loss, delta),
            Self::Logit => binary(z, f, y, loss, delta),
            Self::Softmax(classes) => categorical(classes, z, f, y, loss, delta),
        }
    }
}

/// fₖ = eᶻᵏ / Σⱼ eᶻʲ, the largest of the logits taken off all.
#[inline(always)]
fn softmax<const LANES: usize>(classes: usize, z: &[[f64; LANES]], f: &mut [[f64; LANES]]) {
    let packets = z.len() / classes;
    for p in 0..packets {
        let most = largest(z, p, packets);
        let mut total = [0.0; LANES];
        for i in (p..z.len()).step_by(packets) {
            for lane in 0..LANES {
                f[i][lane] = exp_of_minus(most[lane] - z[i][lane]);
                total[lane] += f[i][lane];
            }
        }
        for f in f.iter_mut().skip(p).step_by(packets) {
            for lane in 0..LANES {
                f[lane] /= total[lane];
            }
        }
    }
}

/// The largest number of each example of packet p.
#[inline(always)]
fn largest<const LANES: usize>(rows: &[[f64; LANES]], p: usize, packets: usize) -> [f64; LANES] {
    let mut most = rows[p];
    for packet in rows.iter().skip(p + packets).step_by(packets) {
        for lane in 0..LANES {
            most[lane] = if packet[lane] > most[lane] { packet[lane] } else { most[lane] };
        }
    }
    most
}

/// L = Σ ½(y − f)²
#[inline(always)]
fn squared<const LANES: usize>(
    f: &[[f64; LANES]],
    y: &[[f64; LANES]],
    loss: &mut [[f64; LANES]],
    delta: &mut [[f64; LANES]],
) {
    loss.fill([0.0; LANES]);
    let packets = loss.len();
    for i in 0..f.len() {
        for lane in 0..LANES {
            delta[i][lane] = f[i][lane] - y[i][lane];
            loss[i % packets][lane] += 0.5 * delta[i][lane] * delta[i][lane];
        }
    }
}

/// L = max(z, 0) − z y + log(1 + e^−|z|)
#[inline(always)]
fn binary<const LANES: usize>(
    z: &[[f64; LANES]],
    f: &[[f64; LANES]],
    y: &[[f64; LANES]],
    loss: &mut [[f64; LANES]],
    delta: &mut [[f64; LANES]],
) {
    for p in 0..z.len() {
        for lane in 0..LANES {
            let (z, f, y) = (z[p][lane], f[p][lane], y[p][lane]);
            let positive = if z <= 0.0 { 0.0 } else { z };
            loss[p][lane] = positive - z * y + ln_1_plus(exp_of_minus(z));
            delta[p][lane] = f - y;
        }
    }
}

/// L = M − z_y − log f_M: log Σⱼ e^(zⱼ − M) is −log of the largest f.
#[inline(always)]
fn categorical<const LANES: usize>(
    classes: usize,
    z: &[[f64; LANES]],
    f: &[[f64; LANES]],
    y: &[[f64; LANES]],
    loss: &mut [[f64; LANES]],
    delta: &mut [[f64; LANES]],
) {
    let packets = loss.len();
    for p in 0..packets {
        let [most, most_f] = [largest(z, p, packets), largest(f, p, packets)];
        let mut own = [0.0; LANES];
        for class in 0..classes {
            let i = class * packets + p;
            for lane in 0..LANES {
                let is_own = y[p][lane] == class as f64;
                own[lane] = if is_own { z[i][lane] } else { own[lane] };
                delta[i][lane] = f[i][lane] - if is_own { 1.0 } else { 0.0 };
            }
        }
        for lane in 0..LANES {
            loss[p][lane] = most[lane] - own[lane] - ln(most_f[lane]);
        }
    }
}
