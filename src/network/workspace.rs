//! Room for every number of a forward and a backward pass over a block of examples.

use super::examples::Examples;
use super::packets::LANES;
use super::{Architecture, Layer};

/// Examples that go through the net together. Larger batches go block after block, so that all
/// numbers of one stay in the cache.
pub(super) const BLOCK: usize = 64;

/// Every number of a pass: z, a and δ of every unit for every example of the block that went
/// through the net last. Made once; passes do not allocate.
#[derive(Clone, Debug)]
pub struct Workspace {
    pub(super) architecture: Architecture,
    /// How many examples the block has.
    pub(super) examples: usize,
    /// How long a row is: the examples, and what fills up the last packet.
    pub(super) width: usize,
    /// The inputs and below them a of all units: (inputs + units) × width.
    pub(super) a: Vec<f64>,
    /// units × width.
    pub(super) z: Vec<f64>,
    /// δ = ∂L/∂z: units × width.
    pub(super) delta: Vec<f64>,
    /// y: targets × width.
    pub(super) targets: Vec<f64>,
    /// L of each example.
    pub(super) loss: Vec<f64>,
}

impl Workspace {
    /// Room for a net of this shape.
    pub fn new(architecture: &Architecture) -> Self {
        let rows = |rows: usize| vec![0.0; rows * BLOCK];
        Self {
            architecture: architecture.clone(),
            examples: 0,
            width: 0,
            a: rows(architecture.inputs() + architecture.units()),
            z: rows(architecture.units()),
            delta: rows(architecture.units()),
            targets: rows(architecture.output().targets()),
            loss: rows(1),
        }
    }

    /// The shape of the net.
    pub fn architecture(&self) -> &Architecture {
        &self.architecture
    }

    /// The input of this number, for each example of the block.
    pub fn input(&self, input: usize) -> &[f64] {
        &self.a[input * self.width..][..self.examples]
    }

    /// z of a unit, for each example of the block; layers count from 0.
    pub fn z(&self, layer: usize, unit: usize) -> &[f64] {
        &self.z[self.row(layer, unit) * self.width..][..self.examples]
    }

    /// a = φ(z) of a unit, for each example of the block; in the last layer this is f.
    pub fn a(&self, layer: usize, unit: usize) -> &[f64] {
        let row = self.architecture.inputs() + self.row(layer, unit);
        &self.a[row * self.width..][..self.examples]
    }

    /// δ = ∂L/∂z of a unit, for each example of the block, after a backward pass.
    pub fn delta(&self, layer: usize, unit: usize) -> &[f64] {
        &self.delta[self.row(layer, unit) * self.width..][..self.examples]
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

    /// Takes in the examples of these indices, at most [`BLOCK`] and at least one.
    pub(super) fn load(
        &mut self,
        examples: &Examples,
        indices: impl ExactSizeIterator<Item = usize> + Clone,
    ) {
        self.examples = indices.len();
        self.width = if self.examples == 1 { 1 } else { self.examples.next_multiple_of(LANES) };
        let rows = [(&mut self.a, &examples.inputs), (&mut self.targets, &examples.targets)];
        for (rows, columns) in rows {
            let columns = columns.chunks_exact(examples.len());
            for (row, column) in rows.chunks_exact_mut(self.width).zip(columns) {
                row[self.examples..].fill(0.0);
                for (number, index) in row.iter_mut().zip(indices.clone()) {
                    *number = column[index];
                }
            }
        }
    }
}
