//! A batch of one example: both passes over units instead of examples.
//!
//! In rows of examples (`rows.rs`) half of every vector would be empty. Here a row holds a number of
//! each unit of a layer, so that φ and φ′ go through the units two at once. The sums are those of
//! `forward.rs` and `backward.rs` in the same order, and so every number has the same bits.

use super::rows::{BLOCK, Row};
use super::{Architecture, Examples, MOST_INPUTS, MOST_UNITS, Workspace};

/// The most numbers that come into a layer, which `by_inputs!` counts up to.
const MOST: usize = 16;

// A row has room for every layer.
const _: () = assert!(MOST_UNITS <= MOST && MOST_INPUTS <= MOST && MOST <= BLOCK);

/// Calls one of the functions below for the inputs of a layer. As the compiler knows how many there
/// are, what is read and summed of each stays in registers, and no loop over them is left.
macro_rules! by_inputs {
    ($layer:expr, $function:ident $arguments:tt) => {
        by_inputs!($layer, $function $arguments, 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16)
    };
    ($layer:expr, $function:ident $arguments:tt, $($inputs:literal)*) => {
        match $layer.inputs {
            $($inputs => $function::<$inputs> $arguments,)*
            more => unreachable!("{more} inputs of a layer"),
        }
    };
}

/// The numbers of one example, a row a layer.
#[derive(Clone, Debug)]
pub(super) struct Single {
    /// The inputs, and then a of each hidden layer.
    a: Vec<Row>,
    /// z of each layer.
    z: Vec<Row>,
    /// ∂L/∂a of the inputs, and then δ of each layer.
    delta: Vec<Row>,
}

impl Single {
    /// Room for a net of this shape.
    pub fn new(architecture: &Architecture) -> Self {
        let layers = architecture.layers().len();
        let rows = |count: usize| vec![[0.0; BLOCK]; count];
        Self { a: rows(layers), z: rows(layers), delta: rows(layers + 1) }
    }
}

impl Workspace {
    /// The loss of the example of this index, and its gradient, which is written to `grad`. Of the rows
    /// of a block only those of the output are written.
    pub(super) fn gradient_of_one(
        &mut self,
        theta: &[f64],
        examples: &Examples,
        index: usize,
        grad: &mut [f64],
    ) -> f64 {
        self.examples = 1;
        examples.read(index, &mut self.single.a[0], &mut self.targets);
        self.forward_one(theta);
        let loss = self.output_deltas();
        self.backward_one(theta, grad);
        loss
    }

    /// [`Workspace::forward`].
    fn forward_one(&mut self, theta: &[f64]) {
        let Self { architecture, a: rows_a, z: rows_z, single: Single { a, z, .. }, .. } = self;
        let layers = architecture.layers();
        for (l, layer) in layers.iter().enumerate() {
            let (below, above) = a.split_at_mut(l + 1);
            let z = &mut z[l..=l];
            by_inputs!(
                layer,
                weighted_sums(layer.units, &theta[layer.parameters()], &below[l], &mut z[0])
            );
            if l + 1 < layers.len() {
                architecture.activation().values(layer.units, z, above);
            } else {
                let rows = &mut rows_z[layer.first..][..layer.units];
                rows.iter_mut()
                    .zip(&z[0])
                    .for_each(|(row, z)| row[..2].copy_from_slice(&[*z, 0.0]));
                let f = &mut rows_a[architecture.inputs() + layer.first..][..layer.units];
                architecture.output().values(1, rows, f);
            }
        }
    }

    /// [`Workspace::backward`], from δ of the output.
    fn backward_one(&mut self, theta: &[f64], grad: &mut [f64]) {
        let Self { architecture, delta: rows, single: Single { a, z, delta }, .. } = self;
        let layers = architecture.layers();
        for (l, layer) in layers.iter().enumerate().rev() {
            // δ of the layer is above that of what comes in.
            let (below, above) = delta[l..].split_at_mut(1);
            if l + 1 == layers.len() {
                let rows = &rows[layer.first..][..layer.units];
                above[0].iter_mut().zip(rows).for_each(|(delta, row)| *delta = row[0]);
            }
            let (w, grad) = (&theta[layer.weights()], &mut grad[layer.parameters()]);
            by_inputs!(
                layer,
                write_gradient(layer.units, w, &a[l], &above[0], grad, &mut below[0])
            );
            // The inputs have no φ.
            if l > 0 {
                let z = &z[l - 1..l];
                architecture.activation().times_slopes(layer.inputs, z, &a[l..=l], below);
            }
        }
    }
}

/// `zᵢ ← bᵢ + Σⱼ wᵢⱼ aⱼ`, summed in the order of j, of a layer with so many units.
#[inline(always)]
fn weighted_sums<const INPUTS: usize>(units: usize, theta: &[f64], a: &Row, z: &mut Row) {
    let (w, b) = theta.split_at(units * INPUTS);
    let a: [f64; INPUTS] = std::array::from_fn(|j| a[j]);
    for ((w, b), z) in w.as_chunks::<INPUTS>().0.iter().zip(b).zip(z) {
        *z = w.iter().zip(a).fold(*b, |sum, (w, a)| sum + w * a);
    }
}

/// ∂L/∂wᵢⱼ = δᵢ aⱼ and ∂L/∂bᵢ = δᵢ are written to `grad`, and `belowⱼ ← Σᵢ δᵢ wᵢⱼ`. As sums from 0
/// on they have no −0, here as in a block.
#[inline(always)]
fn write_gradient<const INPUTS: usize>(
    units: usize,
    w: &[f64],
    a: &Row,
    delta: &Row,
    grad: &mut [f64],
    below: &mut Row,
) {
    let (weights, biases) = grad.split_at_mut(units * INPUTS);
    let weights = weights.as_chunks_mut::<INPUTS>().0;
    let a: [f64; INPUTS] = std::array::from_fn(|j| a[j]);
    let mut sums = [0.0; INPUTS];
    for (((w, delta), weights), bias) in
        w.as_chunks::<INPUTS>().0.iter().zip(delta).zip(weights).zip(biases)
    {
        for j in 0..INPUTS {
            weights[j] = 0.0 + delta * a[j];
            sums[j] += w[j] * delta;
        }
        *bias = 0.0 + delta;
    }
    below[..INPUTS].copy_from_slice(&sums);
}

#[cfg(test)]
mod tests {
    use crate::math::random::Random;
    use crate::network::{Activation, Architecture, Examples, Initialization, Output, Workspace};

    #[test]
    fn one_example_alone_has_the_bits_that_it_has_in_a_block() {
        let mut random = Random::new(5);
        let outputs = [
            Output::Linear(1),
            Output::Linear(3),
            Output::Logit,
            Output::Softmax(4),
            Output::Sigmoid(1),
            Output::Sigmoid(3),
        ];
        let shapes: [(usize, &[usize]); 5] =
            [(1, &[]), (2, &[4, 2]), (7, &[1]), (3, &[5, 16, 3]), (2, &[8; 6])];
        let mut compared = 0;
        for (inputs, hidden) in shapes {
            for (output, activation) in
                outputs.into_iter().flat_map(|output| Activation::ALL.map(|phi| (output, phi)))
            {
                let shape = Architecture::new(inputs, hidden, activation, output).unwrap();
                let theta = Initialization::Xavier.theta(&shape, compared);
                let columns = |count: usize, random: &mut Random| {
                    let mut column = || (0..3).map(|_| 4.0 * random.uniform() - 2.0).collect();
                    (0..count).map(|_| column()).collect::<Vec<Vec<f64>>>()
                };
                let inputs = columns(inputs, &mut random);
                let examples = match output {
                    Output::Linear(_) => {
                        Examples::with_values(inputs, columns(output.targets(), &mut random))
                    }
                    _ => Examples::with_classes(inputs, vec![1, 0, 1], output),
                };
                let examples = examples.unwrap();
                let mut workspace = Workspace::new(&shape);
                for index in [2, 0] {
                    let [mut alone, mut in_block] = [(); 2].map(|()| vec![0.0; theta.len()]);
                    let losses = [
                        workspace.training_gradient(&theta, &examples, &[index], &mut alone),
                        workspace.gradient(&theta, &examples, &[index], &mut in_block),
                    ];
                    assert_eq!(losses[0].to_bits(), losses[1].to_bits(), "{shape:?}");
                    let bits = |grad: &[f64]| grad.iter().map(|g| g.to_bits()).collect::<Vec<_>>();
                    assert_eq!(bits(&alone), bits(&in_block), "{shape:?}");
                    assert!(alone.iter().any(|g| *g != 0.0) || activation == Activation::Relu);
                }
                compared += 1;
            }
        }
        assert_eq!(compared, 180);
    }
}
