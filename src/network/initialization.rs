//! Where training starts: random weights, as [`DEFINITIONS`] says, and biases of 0.
//!
//! Inputs and units are those of the layer (its fan-in and its fan-out). The first is PyTorch's
//! `xavier_uniform_`, the second its `kaiming_normal_(nonlinearity="relu")`.

use super::Architecture;
use crate::math::param::{Choice, Definition, Param, Scale};
use crate::math::random::Random;

/// What each choice of [`INITIALIZATION`] is, in their order; from zeros all units of a layer stay
/// one.
pub const DEFINITIONS: [Definition; 4] = [
    Definition::new("w uniform in ±√(6/(inputs + units))", "Glorot & Bengio 2010, equation 16"),
    Definition::new("w ~ N(0, 2/inputs)", "He et al. 2015, equation 10"),
    Definition::new("w ~ N(0, 0.1²)", ""),
    Definition::new("w = 0", ""),
];

/// How weights are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Initialization {
    /// Uniform in ±√(6/(inputs + units)).
    Xavier,
    /// Normal with variance 2/inputs.
    He,
    /// Normal with deviation 0.1.
    SmallNormal,
    /// All 0.
    Zeros,
}

/// Which initialisation, as a dial of a net.
pub const INITIALIZATION: Param = Param::choice(
    "init",
    "initial weights",
    &[
        Choice { key: "xavier", label: "Xavier" },
        Choice { key: "he", label: "He" },
        Choice { key: "normal", label: "small normal" },
        Choice { key: "zeros", label: "zeros" },
    ],
);

/// By how much the weights that are drawn are multiplied, as a dial of a net.
pub const INITIAL_SCALE: Param =
    Param::new("init.scale", "", "initial scale", [0.01, 100.0], Scale::Log, 1.0)
        .about("by how much the initial weights are multiplied after they are drawn");

impl Initialization {
    /// Every initialisation, in the order of the dial [`INITIALIZATION`], whose value is an index
    /// into this.
    pub const ALL: [Initialization; 4] = [Self::Xavier, Self::He, Self::SmallNormal, Self::Zeros];

    /// θ of a net of this shape; the seed decides it.
    pub fn theta(self, architecture: &Architecture, seed: u64) -> Vec<f64> {
        let mut random = Random::new(seed);
        let mut theta = vec![0.0; architecture.parameters()];
        for layer in architecture.layers() {
            let [inputs, units] = [layer.inputs, layer.units].map(|count| count as f64);
            for w in &mut theta[layer.weights()] {
                *w = match self {
                    Self::Xavier => {
                        (6.0 / (inputs + units)).sqrt() * (2.0 * random.uniform() - 1.0)
                    }
                    Self::He => (2.0 / inputs).sqrt() * random.gaussian(),
                    Self::SmallNormal => 0.1 * random.gaussian(),
                    Self::Zeros => 0.0,
                };
            }
        }
        theta
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Activation, Output};
    use super::*;
    use crate::data::moments;

    #[test]
    fn weights_have_the_deviation_that_their_papers_ask_for() {
        let net = Architecture::new(6, &[16, 16, 8], Activation::Relu, Output::Logit).unwrap();
        for (layer, which, deviation) in [
            (0, Initialization::Xavier, (2.0 / 22.0_f64).sqrt()),
            (2, Initialization::Xavier, (2.0 / 24.0_f64).sqrt()),
            (1, Initialization::He, (2.0 / 16.0_f64).sqrt()),
            (1, Initialization::SmallNormal, 0.1),
            (1, Initialization::Zeros, 0.0),
        ] {
            let layer = net.layers()[layer];
            let drawn: Vec<Vec<f64>> = (0..100).map(|seed| which.theta(&net, seed)).collect();
            let [mean, found] = moments(drawn.iter().flat_map(|t| &t[layer.weights()]).copied());
            assert!(
                mean.abs() <= 0.03 * deviation && (found - deviation).abs() <= 0.03 * deviation
            );
            assert!(drawn.iter().flat_map(|t| &t[layer.biases()]).all(|&b| b == 0.0));
        }
    }

    #[test]
    fn xavier_keeps_within_its_bounds_and_the_seed_decides() {
        let net = Architecture::new(2, &[4], Activation::Tanh, Output::Logit).unwrap();
        let [one, same, other] = [1, 1, 2].map(|seed| Initialization::Xavier.theta(&net, seed));
        assert_eq!(one, same);
        assert_ne!(one, other);
        assert!(one[net.layers()[0].weights()].iter().all(|w| w.abs() <= 1.0));
    }
}
