//! Nets and data to try laws on.

use proptest::prelude::*;
use ravine::math::random::Random;
use ravine::network::{
    Activation, Architecture, Examples, Initialization, MOST_OUTPUTS, Output, Workspace,
};

/// A net with weights, and examples for it.
#[derive(Clone, Debug)]
pub struct Net {
    pub shape: Architecture,
    pub theta: Vec<f64>,
    pub examples: Examples,
}

impl Net {
    /// Random weights and biases of about 1/√inputs, and so many random examples.
    pub fn random(shape: Architecture, n: usize, seed: u64) -> Self {
        let mut random = Random::new(seed);
        let mut theta = Initialization::Xavier.theta(&shape, seed);
        for layer in shape.layers() {
            theta[layer.biases()].fill_with(|| 0.3 * random.gaussian());
        }
        let mut column = || (0..n).map(|_| random.gaussian()).collect::<Vec<f64>>();
        let columns = (0..shape.inputs()).map(|_| column()).collect();
        let output = shape.output();
        let examples = match output {
            Output::Linear(values) => {
                Examples::with_values(columns, (0..values).map(|_| column()).collect())
            }
            Output::Logit | Output::Softmax(_) | Output::Sigmoid(_) => {
                let class = |_| random.below(output.classes() as u32) as usize;
                Examples::with_classes(columns, (0..n).map(class).collect(), output)
            }
        };
        Self { shape, theta, examples: examples.unwrap() }
    }

    /// The indices of all examples.
    pub fn all(&self) -> Vec<u32> {
        (0..self.examples.len() as u32).collect()
    }

    /// The mean loss over a batch and its gradient.
    pub fn gradient(&self, batch: &[u32]) -> (f64, Vec<f64>) {
        let mut grad = vec![f64::NAN; self.theta.len()];
        let mut workspace = Workspace::new(&self.shape);
        let loss = workspace.gradient(&self.theta, &self.examples, batch, &mut grad);
        (loss, grad)
    }

    /// The mean loss over all examples.
    pub fn loss(&self, theta: &[f64]) -> f64 {
        Workspace::new(&self.shape).risk(theta, &self.examples).loss
    }
}

/// Any output.
pub fn outputs() -> impl Strategy<Value = Output> {
    prop_oneof![
        (1..=MOST_OUTPUTS).prop_map(Output::Linear),
        Just(Output::Logit),
        (1..=MOST_OUTPUTS).prop_map(Output::Sigmoid),
        (2..=MOST_OUTPUTS).prop_map(Output::Softmax),
    ]
}

/// Any shape of up to three hidden layers.
pub fn shapes() -> impl Strategy<Value = Architecture> {
    let hidden = prop::collection::vec(1..=6_usize, 0..=3);
    (1..=4_usize, hidden, prop::sample::select(&Activation::ALL[..]), outputs()).prop_map(
        |(inputs, hidden, activation, output)| {
            Architecture::new(inputs, &hidden, activation, output).unwrap()
        },
    )
}

/// Any net of such a shape, with some examples.
pub fn nets() -> impl Strategy<Value = Net> {
    (shapes(), 1..=9_usize, any::<u64>()).prop_map(|(shape, n, seed)| Net::random(shape, n, seed))
}
