//! The forward pass: from the inputs to the prediction, layer after layer.
//!
//! ```text
//! z⁽ˡ⁾ = W⁽ˡ⁾ a⁽ˡ⁻¹⁾ + b⁽ˡ⁾            a⁽ˡ⁾ = φ(z⁽ˡ⁾)
//! ```
//!
//! a⁽⁰⁾ are the inputs. In the last layer the output's own function stands for φ, and a⁽ᴸ⁾ is the
//! prediction f. For one unit i: zᵢ = bᵢ + Σⱼ wᵢⱼ aⱼ, summed in the order of j.

use super::Workspace;
use super::rows::weighted_sums;

impl Workspace {
    /// z and a of every unit, for the m examples that are loaded.
    pub(super) fn forward(&mut self, theta: &[f64]) {
        let Self { architecture, examples: m, a, z, .. } = self;
        let layers = architecture.layers();
        for (l, layer) in layers.iter().enumerate() {
            let (below, a) = a.split_at_mut(architecture.inputs() + layer.first);
            let below = &below[below.len() - layer.inputs..];
            let (a, z) = (&mut a[..layer.units], &mut z[layer.first..][..layer.units]);

            let (w, b) = (&theta[layer.weights()], &theta[layer.biases()]);
            weighted_sums(*m, |i| b[i], (w, [layer.inputs, 1]), below, z);
            if l + 1 < layers.len() {
                architecture.activation().values(*m, z, a);
            } else {
                architecture.output().values(*m, z, a);
            }
        }
    }
}
