//! Room for every number of a forward and a backward pass over a block of examples.

use super::examples::Examples;
use super::rows::{BLOCK, Row};
use super::single::Single;
use super::{Architecture, Layer};

/// Every number of a pass: z, a and δ of every unit for every example of the block that went
/// through the net last. Made once; passes do not allocate.
#[derive(Clone, Debug)]
pub struct Workspace {
    pub(super) architecture: Architecture,
    /// m, how many examples the block has.
    pub(super) examples: usize,
    /// A row for each input, and then a of each unit.
    pub(super) a: Vec<Row>,
    /// A row for each unit.
    pub(super) z: Vec<Row>,
    /// δ = ∂L/∂z, a row for each unit.
    pub(super) delta: Vec<Row>,
    /// y, a row for each number of the target.
    pub(super) targets: Vec<Row>,
    /// L of each example.
    pub(super) loss: Row,
    /// The numbers of one example that goes through the net alone.
    pub(super) single: Single,
}

impl Workspace {
    /// Room for a net of this shape.
    pub fn new(architecture: &Architecture) -> Self {
        let rows = |count: usize| vec![[0.0; BLOCK]; count];
        Self {
            architecture: architecture.clone(),
            examples: 0,
            a: rows(architecture.inputs() + architecture.units()),
            z: rows(architecture.units()),
            delta: rows(architecture.units()),
            targets: rows(architecture.output().targets()),
            loss: [0.0; BLOCK],
            single: Single::new(architecture),
        }
    }

    /// The shape of the net.
    pub fn architecture(&self) -> &Architecture {
        &self.architecture
    }

    /// The input of this number, for each example of the block.
    pub fn input(&self, input: usize) -> &[f64] {
        &self.a[input][..self.examples]
    }

    /// z of a unit, for each example of the block; layers count from 0.
    pub fn z(&self, layer: usize, unit: usize) -> &[f64] {
        &self.z[self.row(layer, unit)][..self.examples]
    }

    /// a = φ(z) of a unit, for each example of the block; in the last layer this is f.
    pub fn a(&self, layer: usize, unit: usize) -> &[f64] {
        let row = self.architecture.inputs() + self.row(layer, unit);
        &self.a[row][..self.examples]
    }

    /// δ = ∂L/∂z of a unit, for each example of the block, after a backward pass.
    pub fn delta(&self, layer: usize, unit: usize) -> &[f64] {
        &self.delta[self.row(layer, unit)][..self.examples]
    }

    /// L of each example of the block, after a backward pass.
    pub fn losses(&self) -> &[f64] {
        &self.loss[..self.examples]
    }

    fn row(&self, layer: usize, unit: usize) -> usize {
        let Layer { first, units, .. } = self.architecture.layers()[layer];
        assert!(unit < units, "layer {layer} has {units} units");
        first + unit
    }

    /// Takes in the examples of these indices, at least one and at most [`BLOCK`].
    pub(super) fn load(
        &mut self,
        examples: &Examples,
        indices: impl ExactSizeIterator<Item = usize> + Clone,
    ) {
        self.examples = indices.len();
        for (rows, columns) in
            [(&mut self.a, &examples.inputs), (&mut self.targets, &examples.targets)]
        {
            for (row, column) in rows.iter_mut().zip(columns.chunks_exact(examples.len())) {
                for (number, index) in row.iter_mut().zip(indices.clone()) {
                    *number = column[index];
                }
                if self.examples % 2 == 1 {
                    row[self.examples] = 0.0;
                }
            }
        }
    }
}
