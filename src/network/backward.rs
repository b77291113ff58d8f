//! The backward pass: the chain rule, from the loss back to every weight.
//!
//! With δ = ∂L/∂z, one number for each unit:
//!
//! ```text
//! δ⁽ᴸ⁾ = f − y                                     of the output, for all three losses
//!
//! ∂L/∂wᵢⱼ = ∂L/∂zᵢ · ∂zᵢ/∂wᵢⱼ = δᵢ aⱼ              a is that of the layer below
//! ∂L/∂bᵢ  = ∂L/∂zᵢ · ∂zᵢ/∂bᵢ  = δᵢ
//!
//! δⱼ = Σᵢ ∂L/∂zᵢ · ∂zᵢ/∂aⱼ · ∂aⱼ/∂zⱼ               one layer further down
//!    = (Σᵢ δᵢ wᵢⱼ) φ′(zⱼ)
//! ```
//!
//! i are the units of a layer, j those of the layer below it.

use super::packets::{LANES, sum};
use super::{Activation, Workspace};

impl Workspace {
    /// After a forward pass with the same θ: δ of every unit, and Σ ∂L/∂θ over the examples that
    /// are loaded, added to `grad`. Returns Σ L.
    pub(super) fn backward(&mut self, theta: &[f64], grad: &mut [f64]) -> f64 {
        match self.width {
            1 => self.backward_in_packets::<1>(theta, grad),
            _ => self.backward_in_packets::<LANES>(theta, grad),
        }
    }

    /// After a forward pass: L of each example that is loaded. Returns Σ L.
    pub(super) fn total_loss(&mut self) -> f64 {
        match self.width {
            1 => self.output_deltas::<1>(),
            _ => self.output_deltas::<LANES>(),
        }
    }

    fn backward_in_packets<const LANES: usize>(&mut self, theta: &[f64], grad: &mut [f64]) -> f64 {
        let loss = self.output_deltas::<LANES>();
        let Self { architecture, width, a, z, delta, .. } = self;
        let packets = *width / LANES;
        let [a, z] = [a, z].map(|rows| rows.as_chunks::<LANES>().0);
        let delta = delta.as_chunks_mut::<LANES>().0;
        let inputs = architecture.inputs();
        for layer in architecture.layers().iter().rev() {
            let (delta_below, delta) = delta.split_at_mut(layer.first * packets);
            let delta = &delta[..layer.units * packets];
            let a_below = &a[..(inputs + layer.first) * packets];
            let a_below = &a_below[a_below.len() - layer.inputs * packets..];
            let (weights, biases) = grad[layer.parameters()].split_at_mut(layer.weights().len());
            add_weight_gradients(packets, delta, a_below, weights);
            add_bias_gradients(packets, delta, biases);
            // The inputs have no δ.
            if layer.first > 0 {
                let from = (layer.first - layer.inputs) * packets;
                let z_below = &z[from..layer.first * packets];
                let w = &theta[layer.weights()];
                let delta_below = &mut delta_below[from..];
                let activation = architecture.activation();
                deltas_below(packets, w, delta, [z_below, a_below], activation, delta_below);
            }
        }
        loss
    }

    /// δ of the output and L of each example; returns Σ L.
    fn output_deltas<const LANES: usize>(&mut self) -> f64 {
        let Self { architecture, examples, width, a, z, delta, targets, loss } = self;
        let rows = architecture.layers().last().map_or(0..0, |l| l.first..l.first + l.units);
        let [from, to] = [rows.start * *width, rows.end * *width];
        let inputs = architecture.inputs() * *width;
        let delta = &mut delta[from..to];
        architecture.output().losses::<LANES>(
            z[from..to].as_chunks().0,
            a[inputs + from..inputs + to].as_chunks().0,
            targets.as_chunks().0,
            loss[..*width].as_chunks_mut().0,
            delta.as_chunks_mut().0,
        );
        // What only fills up the last packet counts for nothing.
        loss[*examples..*width].fill(0.0);
        for row in delta.chunks_exact_mut(*width) {
            row[*examples..].fill(0.0);
        }
        total(loss[..*width].as_chunks::<LANES>().0)
    }
}

/// ∂L/∂wᵢⱼ += Σ δᵢ aⱼ over the examples.
#[inline(always)]
fn add_weight_gradients<const LANES: usize>(
    packets: usize,
    delta: &[[f64; LANES]],
    a: &[[f64; LANES]],
    grad: &mut [f64],
) {
    let inputs = a.len() / packets;
    for (delta, grad) in delta.chunks_exact(packets).zip(grad.chunks_exact_mut(inputs)) {
        for (a, grad) in a.chunks_exact(packets).zip(grad) {
            let mut product = [0.0; LANES];
            for (delta, a) in delta.iter().zip(a) {
                for lane in 0..LANES {
                    product[lane] += delta[lane] * a[lane];
                }
            }
            *grad += sum(product);
        }
    }
}

/// ∂L/∂bᵢ += Σ δᵢ over the examples.
#[inline(always)]
fn add_bias_gradients<const LANES: usize>(
    packets: usize,
    delta: &[[f64; LANES]],
    grad: &mut [f64],
) {
    for (delta, grad) in delta.chunks_exact(packets).zip(grad) {
        *grad += total(delta);
    }
}

/// δⱼ = (Σᵢ δᵢ wᵢⱼ) φ′(zⱼ) for the units j of the layer below.
#[inline(always)]
fn deltas_below<const LANES: usize>(
    packets: usize,
    w: &[f64],
    delta: &[[f64; LANES]],
    [z, a]: [&[[f64; LANES]]; 2],
    activation: Activation,
    delta_below: &mut [[f64; LANES]],
) {
    let inputs = z.len() / packets;
    for (j, below) in delta_below.chunks_exact_mut(packets).enumerate() {
        for (p, below) in below.iter_mut().enumerate() {
            let mut sum = [0.0; LANES];
            for (w, delta) in w.chunks_exact(inputs).zip(delta.chunks_exact(packets)) {
                for lane in 0..LANES {
                    sum[lane] += w[j] * delta[p][lane];
                }
            }
            *below = sum;
        }
    }
    activation.times_slopes(z, a, delta_below);
}

/// The sum over a row of examples: lane by lane, then over the lanes.
#[inline(always)]
fn total<const LANES: usize>(row: &[[f64; LANES]]) -> f64 {
    let mut total = [0.0; LANES];
    for packet in row {
        for lane in 0..LANES {
            total[lane] += packet[lane];
        }
    }
    sum(total)
}
