//! The forward pass: from the inputs to the prediction, layer after layer.
//!
//! ```text
//! z⁽ˡ⁾ = W⁽ˡ⁾ a⁽ˡ⁻¹⁾ + b⁽ˡ⁾            a⁽ˡ⁾ = φ(z⁽ˡ⁾)
//! ```
//!
//! a⁽⁰⁾ are the inputs. In the last layer the output's own function stands for φ, and a⁽ᴸ⁾ is the
//! prediction f. For one unit i: zᵢ = bᵢ + Σⱼ wᵢⱼ aⱼ, summed in the order of j.

use super::Workspace;
use super::packets::LANES;

impl Workspace {
    /// z and a of every unit, for the examples that are loaded.
    pub(super) fn forward(&mut self, theta: &[f64]) {
        // Several examples at once, or one alone: the same operations, in the same order.
        match self.width {
            1 => self.forward_in_packets::<1>(theta),
            _ => self.forward_in_packets::<LANES>(theta),
        }
    }

    fn forward_in_packets<const LANES: usize>(&mut self, theta: &[f64]) {
        let Self { architecture, width, a, z, .. } = self;
        let packets = *width / LANES;
        let (a, z) = (a.as_chunks_mut::<LANES>().0, z.as_chunks_mut::<LANES>().0);
        let inputs = architecture.inputs();
        let layers = architecture.layers();
        for (l, layer) in layers.iter().enumerate() {
            let (below, a) = a.split_at_mut((inputs + layer.first) * packets);
            let below = &below[below.len() - layer.inputs * packets..];
            let a = &mut a[..layer.units * packets];
            let z = &mut z[layer.first * packets..][..layer.units * packets];
            sums(&theta[layer.weights()], &theta[layer.biases()], below, z);
            if l + 1 < layers.len() {
                architecture.activation().values(z, a);
            } else {
                architecture.output().values(z, a);
            }
        }
    }
}

/// zᵢ = bᵢ + Σⱼ wᵢⱼ aⱼ for every unit i of a layer. `w` is units × inputs, `b` units, `a` inputs ×
/// packets, `z` units × packets.
#[inline(always)]
fn sums<const LANES: usize>(w: &[f64], b: &[f64], a: &[[f64; LANES]], z: &mut [[f64; LANES]]) {
    let (inputs, packets) = (w.len() / b.len(), z.len() / b.len());
    for ((w, b), z) in w.chunks_exact(inputs).zip(b).zip(z.chunks_exact_mut(packets)) {
        for (p, z) in z.iter_mut().enumerate() {
            let mut sum = [*b; LANES];
            for (w, a) in w.iter().zip(a.chunks_exact(packets)) {
                for lane in 0..LANES {
                    sum[lane] += w * a[p][lane];
                }
            }
            *z = sum;
        }
    }
}
