//! A batch of one example: both passes over units instead of examples.
//!
//! In rows of examples (`rows.rs`) half of every vector would be empty. Here a row holds a number of
//! each unit of a layer, so that φ and φ′ go through the units two at once. The sums are those of
//! `forward.rs` and `backward.rs` in the same order, and so every number has the same bits.

use super::rows::{BLOCK, Row};
use super::{Architecture, Examples, MOST_INPUTS, MOST_UNITS, Workspace};

// A row has room for every layer.
const _: () = assert!(MOST_UNITS <= BLOCK && MOST_INPUTS <= BLOCK);

/// The numbers of one example, a row a layer.
#[derive(Clone, Debug)]
pub(super) struct Single {
    /// The inputs, and then a of each hidden layer.
    a: Vec<Row>,
    /// z of each hidden layer.
    z: Vec<Row>,
    /// δ of each layer.
    delta: Vec<Row>,
}

impl Single {
    /// Room for a net of this shape.
    pub fn new(architecture: &Architecture) -> Self {
        let layers = architecture.layers().len();
        let rows = |count: usize| vec![[0.0; BLOCK]; count];
        Self { a: rows(layers), z: rows(layers - 1), delta: rows(layers) }
    }
}

impl Workspace {
    /// The loss of the example of this index; its gradient is added to `grad`. Of the rows of a block
    /// only those of the output are written.
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
            let below = &below[l][..layer.inputs];
            let (w, b) = (&theta[layer.weights()], &theta[layer.biases()]);
            let sums = w
                .chunks_exact(layer.inputs)
                .zip(b)
                .map(|(w, b)| w.iter().zip(below).fold(*b, |sum, (w, a)| sum + w * a));
            if l + 1 < layers.len() {
                z[l].iter_mut().zip(sums).for_each(|(z, sum)| *z = sum);
                architecture.activation().values(layer.units, &z[l..=l], above);
            } else {
                let z = &mut rows_z[layer.first..][..layer.units];
                z.iter_mut().zip(sums).for_each(|(z, sum)| z[..2].copy_from_slice(&[sum, 0.0]));
                let f = &mut rows_a[architecture.inputs() + layer.first..][..layer.units];
                architecture.output().values(1, z, f);
            }
        }
    }

    /// [`Workspace::backward`], from δ of the output.
    fn backward_one(&mut self, theta: &[f64], grad: &mut [f64]) {
        let Self { architecture, delta: rows, single: Single { a, z, delta }, .. } = self;
        let layers = architecture.layers();
        for (l, layer) in layers.iter().enumerate().rev() {
            let (below, above) = delta.split_at_mut(l);
            let delta = &mut above[0][..layer.units];
            if l + 1 == layers.len() {
                let rows = &rows[layer.first..];
                delta.iter_mut().zip(rows).for_each(|(delta, row)| *delta = row[0]);
            }

            // ∂L/∂wᵢⱼ = δᵢ aⱼ, ∂L/∂bᵢ = δᵢ
            let (weights, biases) = grad[layer.parameters()].split_at_mut(layer.weights().len());
            let a_below = &a[l][..layer.inputs];
            for (weights, delta) in weights.chunks_exact_mut(layer.inputs).zip(&*delta) {
                weights.iter_mut().zip(a_below).for_each(|(g, a)| *g += delta * a);
            }
            biases.iter_mut().zip(&*delta).for_each(|(g, delta)| *g += delta);

            // δⱼ = (Σᵢ δᵢ wᵢⱼ) φ′(zⱼ); the inputs have none.
            if l > 0 {
                let below = &mut below[l - 1..];
                let sums = &mut below[0][..layer.inputs];
                sums.fill(0.0);
                for (w, delta) in theta[layer.weights()].chunks_exact(layer.inputs).zip(&*delta) {
                    sums.iter_mut().zip(w).for_each(|(sum, w)| *sum += w * delta);
                }
                let z = &z[l - 1..l];
                architecture.activation().times_slopes(layer.inputs, z, &a[l..=l], below);
            }
        }
    }
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
