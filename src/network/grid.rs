//! What a net makes of many points, fast and in f32: for pictures, where a part in 10⁵ is far less
//! than a colour.
//!
//! All that is exponential is made of one tanh, which is a fraction without branches, so that the
//! loops run in vector registers:
//!
//! ```text
//! tanh u = 2t/(1 + t²),  t = tanh ½u ≈ u (15120 + 420u² + u⁴) / (30240 + 3360u² + 30u⁴)
//!
//! σ(z) = ½ + ½ tanh ½z          e^z − 1 = 2t/(1 − t),  t = tanh ½z
//! ```
//!
//! It is Lambert's continued fraction of 1761, tanh s = s/(1 + s²/(3 + s²/(5 + …))), as far as the 9,
//! at s = ½u.

use super::{Activation, Architecture, Layer, Output};

/// Points that go through the net together: their numbers stay in the cache.
const BLOCK: usize = 64;

/// So many of them go through the innermost loop at once, for two units: two vectors, which the flags
/// of the page still unroll.
const WIDE: usize = 16;

/// A number of one unit for each point of a block.
type Row = [f32; BLOCK];

/// Many points, and room for what nets of one shape make of them. Made once: only the first call
/// allocates.
#[derive(Clone, Debug)]
pub struct Grid {
    architecture: Architecture,
    points: usize,
    /// Block after block a row for each input; zeros behind the last point.
    inputs: Vec<Row>,
    theta: Vec<f32>,
    /// a of each unit, for one block.
    a: Vec<Row>,
    /// What was asked for last, in the first places.
    values: Vec<f32>,
}

impl Grid {
    /// The points whose inputs these are, a column for each input of the net and in it a number for
    /// each point. Columns that are missing or too short count as zeros.
    pub fn new(architecture: &Architecture, columns: &[Vec<f64>]) -> Self {
        let points = columns.first().map_or(0, Vec::len);
        let (blocks, width) = (points.div_ceil(BLOCK), architecture.inputs());
        let mut inputs = vec![[0.0; BLOCK]; blocks * width];
        for (input, column) in columns.iter().take(width).enumerate() {
            for (i, &number) in column.iter().take(points).enumerate() {
                inputs[i / BLOCK * width + input][i % BLOCK] = number as f32;
            }
        }
        Self {
            architecture: architecture.clone(),
            points,
            inputs,
            theta: vec![0.0; architecture.parameters()],
            a: vec![[0.0; BLOCK]; architecture.units()],
            values: Vec::new(),
        }
    }

    /// What computing them costs, in units of a [`Budget`](crate::math::budget::Budget), where the numbers
    /// are as wide as those of a training.
    pub fn cost(&self) -> u64 {
        self.architecture.cost(self.points)
    }

    /// f of each point: output units × points, row after row. For logits they are probabilities.
    pub fn outputs(&mut self, theta: &[f64]) -> &[f32] {
        self.evaluate(theta, self.architecture.units() - self.architecture.output().units())
    }

    /// a of every unit, layer after layer up to the output's f: units × points, row after row.
    pub fn units(&mut self, theta: &[f64]) -> &[f32] {
        self.evaluate(theta, 0)
    }

    /// The same from a unit on, counted over all layers.
    fn evaluate(&mut self, theta: &[f64], first: usize) -> &[f32] {
        let Self { architecture, points, inputs, theta: own, a, values } = self;
        let points = *points;
        for (own, theta) in own.iter_mut().zip(theta) {
            *own = *theta as f32;
        }
        let needed = (a.len() - first) * points;
        if values.len() < needed {
            values.resize(needed, 0.0);
        }
        for (block, inputs) in inputs.chunks_exact(architecture.inputs()).enumerate() {
            forward(architecture, own, inputs, a);
            let from = block * BLOCK;
            let m = BLOCK.min(points - from);
            for (unit, row) in a[first..].iter().enumerate() {
                values[unit * points + from..][..m].copy_from_slice(&row[..m]);
            }
        }
        &values[..needed]
    }
}

/// a of every unit, for the points of a block.
fn forward(architecture: &Architecture, theta: &[f32], inputs: &[Row], a: &mut [Row]) {
    let (layers, output) = (architecture.layers(), architecture.output());
    for (l, layer) in layers.iter().enumerate() {
        let Layer { inputs: below, units, first, .. } = *layer;
        let (lower, a) = a.split_at_mut(first);
        let (a, below) = (&mut a[..units], if l == 0 { inputs } else { &lower[first - below..] });
        weighted_sums(&theta[layer.parameters()], below, a);
        let is_last = l + 1 == layers.len();
        let activation = match output {
            _ if !is_last => architecture.activation(),
            Output::Logit | Output::Sigmoid(_) => Activation::Sigmoid,
            Output::Linear(_) | Output::Softmax(_) => Activation::Linear,
        };
        a.iter_mut().for_each(|row| activate(activation, row));
        if is_last && matches!(output, Output::Softmax(_)) {
            softmax(a);
        }
    }
}

/// z = W a + b of a layer's units; `theta` is W, units × inputs, and b.
fn weighted_sums(theta: &[f32], below: &[Row], z: &mut [Row]) {
    let (w, b) = theta.split_at(z.len() * below.len());
    for unit in (0..z.len()).step_by(2) {
        // An odd unit at the end is computed twice.
        let other = (unit + 1).min(z.len() - 1);
        let [w1, w2] = [unit, other].map(|unit| &w[unit * below.len()..][..below.len()]);
        for from in (0..BLOCK).step_by(WIDE) {
            let mut sum1 = [b[unit]; WIDE];
            let mut sum2 = [b[other]; WIDE];
            for ((row, w1), w2) in below.iter().zip(w1).zip(w2) {
                let row = &row[from..from + WIDE];
                for lane in 0..WIDE {
                    sum1[lane] += w1 * row[lane];
                    sum2[lane] += w2 * row[lane];
                }
            }
            z[unit][from..from + WIDE].copy_from_slice(&sum1);
            z[other][from..from + WIDE].copy_from_slice(&sum2);
        }
    }
}

/// `row ← φ(row)`
fn activate(activation: Activation, row: &mut Row) {
    match activation {
        Activation::Tanh => map(row, tanh),
        Activation::Relu => map(row, |z| if z <= 0.0 { 0.0 } else { z }),
        Activation::LeakyRelu => map(row, |z| if z <= 0.0 { 0.01 * z } else { z }),
        Activation::Sigmoid => map(row, |z| 0.5 + 0.5 * tanh(0.5 * z)),
        Activation::Elu => map(row, |z| {
            let t = tanh(0.5 * if z > 0.0 { 0.0 } else { z });
            let below = (t + t) / (1.0 - t);
            if z > 0.0 { z } else { below }
        }),
        Activation::Linear => {}
    }
}

/// fₖ = e^(zₖ − M) / Σⱼ e^(zⱼ − M), in place of z.
fn softmax(rows: &mut [Row]) {
    let mut most = [f32::NEG_INFINITY; BLOCK];
    for row in rows.iter() {
        zip(&mut most, row, |most, z| if most > z { most } else { z });
    }
    let mut total = [0.0; BLOCK];
    for row in rows.iter_mut() {
        zip(row, &most, |z, most| z - most);
        // Below 0, e^u is ELU(u) + 1.
        activate(Activation::Elu, row);
        zip(row, &most, |power, _| power + 1.0);
        zip(&mut total, row, |total, power| total + power);
    }
    for row in rows {
        zip(row, &total, |power, total| power / total);
    }
}

#[inline(always)]
fn map(row: &mut Row, f: impl Fn(f32) -> f32) {
    for number in row {
        *number = f(*number);
    }
}

#[inline(always)]
fn zip(row: &mut Row, other: &Row, f: impl Fn(f32, f32) -> f32) {
    for (number, other) in row.iter_mut().zip(other) {
        *number = f(*number, *other);
    }
}

/// tanh u to 3 parts in 10⁶.
#[inline(always)]
fn tanh(u: f32) -> f32 {
    // Beyond, it is ±1 to 4 parts in 10⁷, and the fraction not.
    let u = if u > 7.75 { 7.75 } else { u };
    let u = if u < -7.75 { -7.75 } else { u };
    let z = u * u;
    let p = u * ((z + 420.0) * z + 15120.0);
    let q = (30.0 * z + 3360.0) * z + 30240.0;
    (p + p) * q / (p * p + q * q)
}
