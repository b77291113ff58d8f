//! Activations: a = φ(z), what a unit makes of its weighted sum z, and the slope φ′, as
//! [`DEFINITIONS`] says.
//!
//! Slopes are PyTorch's, also at the kinks: 0 for ReLU and 0.01 for leaky ReLU at z = 0.

use super::rows::{Row, map, zip};
use crate::math::elementary;
use crate::math::param::{Choice, Definition, Param};

/// What each choice of [`ACTIVATION`] is, in their order.
pub const DEFINITIONS: [Definition; 6] = [
    Definition::new("a = tanh z, φ′ = 1 − a²", ""),
    Definition::new("a = max(0, z), φ′ = 1 where z > 0, else 0", "Nair & Hinton 2010"),
    Definition::new("a = max(0.01 z, z), φ′ = 1 where z > 0, else 0.01", "Maas et al. 2013"),
    Definition::new("a = σ(z) = 1/(1 + e⁻ᶻ), φ′ = a (1 − a)", ""),
    Definition::new(
        "a = z where z > 0, else eᶻ − 1, φ′ = 1 where z > 0, else a + 1",
        "Clevert et al. 2016, with α = 1",
    ),
    Definition::new("a = z, φ′ = 1", ""),
];

/// What the units of the hidden layers compute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activation {
    /// tanh z
    Tanh,
    /// max(0, z)
    Relu,
    /// max(0.01 z, z)
    LeakyRelu,
    /// 1/(1 + e⁻ᶻ)
    Sigmoid,
    /// z where z > 0, else eᶻ − 1
    Elu,
    /// z
    Linear,
}

/// The slope of [`Activation::LeakyRelu`] below 0.
const LEAK: f64 = 0.01;

/// Which activation, as a dial of a net.
pub const ACTIVATION: Param = Param::choice(
    "activation",
    "activation",
    &[
        Choice { key: "tanh", label: "tanh" },
        Choice { key: "relu", label: "ReLU" },
        Choice { key: "leaky", label: "leaky ReLU" },
        Choice { key: "sigmoid", label: "sigmoid" },
        Choice { key: "elu", label: "ELU" },
        Choice { key: "linear", label: "linear" },
    ],
);

impl Activation {
    /// Every activation, in the order of the dial [`ACTIVATION`], whose value is an index into
    /// this.
    pub const ALL: [Activation; 6] =
        [Self::Tanh, Self::Relu, Self::LeakyRelu, Self::Sigmoid, Self::Elu, Self::Linear];

    /// How a formula calls φ, before a z.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Tanh => "tanh",
            Self::Relu => "ReLU",
            Self::LeakyRelu => "LReLU",
            Self::Sigmoid => "σ",
            Self::Elu => "ELU",
            Self::Linear => "id",
        }
    }

    /// a = φ(z). What is not a number stays so.
    #[inline(always)]
    pub fn value(self, z: f64) -> f64 {
        match self {
            Self::Tanh => elementary::tanh(z),
            Self::Relu => {
                if z <= 0.0 {
                    0.0
                } else {
                    z
                }
            }
            Self::LeakyRelu => {
                if z <= 0.0 {
                    LEAK * z
                } else {
                    z
                }
            }
            Self::Sigmoid => elementary::sigmoid(z),
            Self::Elu => {
                let below = elementary::exp_minus_1_below_0(z);
                if z > 0.0 { z } else { below }
            }
            Self::Linear => z,
        }
    }

    /// φ′(z), where a = φ(z) is known.
    #[inline(always)]
    pub fn slope(self, z: f64, a: f64) -> f64 {
        match self {
            Self::Tanh => 1.0 - a * a,
            Self::Relu => {
                if z > 0.0 {
                    1.0
                } else {
                    0.0
                }
            }
            Self::LeakyRelu => {
                if z > 0.0 {
                    1.0
                } else {
                    LEAK
                }
            }
            Self::Sigmoid => a * (1.0 - a),
            Self::Elu => {
                if z > 0.0 {
                    1.0
                } else {
                    a + 1.0
                }
            }
            Self::Linear => 1.0,
        }
    }

    /// a = φ(z) of some units, for m examples each.
    pub(super) fn values(self, m: usize, z: &[Row], a: &mut [Row]) {
        // The choice is made once a row, so that the loop over it has no branch.
        for (z, a) in z.iter().zip(a) {
            match self {
                Self::Tanh => map(m, z, a, |z| Self::Tanh.value(z)),
                Self::Relu => map(m, z, a, |z| Self::Relu.value(z)),
                Self::LeakyRelu => map(m, z, a, |z| Self::LeakyRelu.value(z)),
                Self::Sigmoid => map(m, z, a, |z| Self::Sigmoid.value(z)),
                Self::Elu => map(m, z, a, |z| Self::Elu.value(z)),
                Self::Linear => map(m, z, a, |z| Self::Linear.value(z)),
            }
        }
    }

    /// δ ← δ φ′(z) of some units, for m examples each, where a = φ(z).
    pub(super) fn times_slopes(self, m: usize, z: &[Row], a: &[Row], delta: &mut [Row]) {
        for ((z, a), delta) in z.iter().zip(a).zip(delta) {
            match self {
                Self::Tanh => zip(m, z, a, delta, |z, a, d| d * Self::Tanh.slope(z, a)),
                Self::Relu => zip(m, z, a, delta, |z, a, d| d * Self::Relu.slope(z, a)),
                Self::LeakyRelu => zip(m, z, a, delta, |z, a, d| d * Self::LeakyRelu.slope(z, a)),
                Self::Sigmoid => zip(m, z, a, delta, |z, a, d| d * Self::Sigmoid.slope(z, a)),
                Self::Elu => zip(m, z, a, delta, |z, a, d| d * Self::Elu.slope(z, a)),
                Self::Linear => {}
            }
        }
    }
}
