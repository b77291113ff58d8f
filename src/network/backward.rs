//! The backward pass: the chain rule, from the loss back to every weight.
//!
//! With δ = ∂L/∂z, one number for each unit:
//!
//! ```text
//! δ⁽ᴸ⁾ = f − y                                     of the output; `loss.rs` has them all
//!
//! ∂L/∂wᵢⱼ = ∂L/∂zᵢ · ∂zᵢ/∂wᵢⱼ = δᵢ aⱼ              a is that of the layer below
//! ∂L/∂bᵢ  = ∂L/∂zᵢ · ∂zᵢ/∂bᵢ  = δᵢ
//!
//! δⱼ = Σᵢ ∂L/∂zᵢ · ∂zᵢ/∂aⱼ · ∂aⱼ/∂zⱼ               one layer further down
//!    = (Σᵢ δᵢ wᵢⱼ) φ′(zⱼ)
//! ```
//!
//! i are the units of a layer, j those of the layer below it.

use super::Workspace;
use super::rows::{add_products, sum, weighted_sums};

impl Workspace {
    /// After a forward pass with the same θ: δ of every unit, and Σ ∂L/∂θ over the m examples that
    /// are loaded, added to `grad`. Returns Σ L.
    pub(super) fn backward(&mut self, theta: &[f64], grad: &mut [f64]) -> f64 {
        let loss = self.output_deltas();
        let Self { architecture, examples: m, a, z, delta, .. } = self;
        for layer in architecture.layers().iter().rev() {
            let (delta_below, delta) = delta.split_at_mut(layer.first);
            let delta = &delta[..layer.units];
            let a_below = &a[..architecture.inputs() + layer.first];
            let a_below = &a_below[a_below.len() - layer.inputs..];

            // ∂L/∂wᵢⱼ = δᵢ aⱼ, ∂L/∂bᵢ = δᵢ
            let (weights, biases) = grad[layer.parameters()].split_at_mut(layer.weights().len());
            for (i, delta) in delta.iter().enumerate() {
                let weights = &mut weights[i * layer.inputs..][..layer.inputs];
                add_products(*m, delta, a_below, weights);
                biases[i] += sum(*m, delta);
            }

            // δⱼ = (Σᵢ δᵢ wᵢⱼ) φ′(zⱼ); the inputs have none.
            if layer.first > 0 {
                let below = layer.first - layer.inputs..layer.first;
                let w = &theta[layer.weights()];
                let delta_below = &mut delta_below[below.clone()];
                weighted_sums(*m, |_| 0.0, (w, [1, layer.inputs]), delta, delta_below);
                architecture.activation().times_slopes(*m, &z[below], a_below, delta_below);
            }
        }
        loss
    }

    /// After a forward pass: δ of the output, and L of each example. Returns Σ L.
    pub(super) fn output_deltas(&mut self) -> f64 {
        let Self { architecture, examples: m, a, z, delta, targets, loss, .. } = self;
        let Some(layer) = architecture.layers().last() else { return 0.0 };
        let z = &z[layer.first..][..layer.units];
        let f = &a[architecture.inputs() + layer.first..][..layer.units];
        let delta = &mut delta[layer.first..][..layer.units];
        architecture.output().losses(*m, z, f, targets, loss, delta);
        // What makes an odd number of examples even counts for nothing.
        if *m % 2 == 1 {
            loss[*m] = 0.0;
            delta.iter_mut().for_each(|delta| delta[*m] = 0.0);
        }
        sum(*m, loss)
    }
}
