//! Everything about a training but where it starts.

use super::{Architecture, Regularisation, Trainer};
use crate::data::Batches;
use crate::optimizers::Rule;

/// What a net is trained with.
#[derive(Clone, Debug)]
pub struct TrainingConfig {
    /// Its shape.
    pub net: Architecture,
    /// The update rule, …
    pub rule: &'static Rule,
    /// … and the values of its dials in their order.
    pub values: Vec<f64>,
    /// How the examples are dealt out.
    pub batches: Batches,
    /// The penalty.
    pub regularisation: Regularisation,
    /// Whether biases stay where they are.
    pub are_biases_frozen: bool,
}

impl TrainingConfig {
    /// A net at a start, which has as many numbers as the net.
    pub fn trainer(&self, theta: Vec<f64>) -> Trainer {
        let Self { net, rule, values, batches, regularisation, are_biases_frozen } = self;
        let trainer = Trainer::new(net, theta, (rule, values), *batches, *regularisation);
        let trainer = trainer.expect("a start of the net's own length");
        if *are_biases_frozen { trainer.with_frozen_biases() } else { trainer }
    }
}
