//! Hidden units that do not learn, or hardly.

use crate::network::{Activation, Architecture, Examples, Layer, Workspace};

/// So many examples are looked at before it is asked whether more can change anything.
const AT_ONCE: usize = 128;
/// A unit is saturated where φ′ is below this share of the largest slope …
const FLAT: f64 = 0.05;
/// … for more than this part of the examples.
const MOST: f64 = 0.9;

/// Hidden units that do not learn, or hardly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// Units of the hidden layers.
    pub units: usize,
    /// ReLUs that are 0 for every example: φ′ is 0, and no gradient reaches their weights.
    pub dead: usize,
    /// Units whose slope φ′ is next to nothing for nearly all examples.
    pub saturated: usize,
    /// The layer, from 1, all of whose units (two or more) compute the same.
    pub identical: Option<usize>,
}

/// The health of a net on all examples. Of these no more are looked at than can change it: mostly the
/// first show that every unit is alive.
pub fn health(workspace: &mut Workspace, theta: &[f64], examples: &Examples) -> Health {
    let net = workspace.architecture().clone();
    let phi = net.activation();
    let hidden = &net.layers()[..net.layers().len() - 1];
    let units: usize = hidden.iter().map(|layer| layer.units).sum();
    let steepest = if phi == Activation::Sigmoid { 0.25 } else { 1.0 };
    let n = examples.len();
    // What counts: for a ReLU that it is 0, for the others that the slope is small; and how many
    // examples may be without that.
    let (least, spared) = match phi {
        Activation::Relu => (f64::MIN_POSITIVE, 0),
        Activation::Tanh | Activation::Sigmoid => {
            let needed = (MOST * n as f64).floor() as usize + 1;
            (FLAT * steepest, n.saturating_sub(needed))
        }
        _ => return Health { units, identical: identical(&net, theta), ..Health::default() },
    };
    let mut steep = vec![0_usize; units];
    let mut from = 0;
    while from < n && steep.iter().any(|steep| *steep <= spared) {
        let upto = n.min(from + AT_ONCE);
        workspace.each_block_of(theta, examples, from..upto, |workspace, _| {
            for (l, layer) in hidden.iter().enumerate() {
                for unit in 0..layer.units {
                    let (z, a) = (workspace.z(l, unit), workspace.a(l, unit));
                    let slopes = z.iter().zip(a).map(|(&z, &a)| phi.slope(z, a));
                    steep[layer.first + unit] += slopes.filter(|slope| *slope >= least).count();
                }
            }
        });
        from = upto;
    }
    let ill = if n > 0 { steep.iter().filter(|steep| **steep <= spared).count() } else { 0 };
    let is_relu = phi == Activation::Relu;
    let [dead, saturated] = if is_relu { [ill, 0] } else { [0, ill] };
    Health { units, dead, saturated, identical: identical(&net, theta) }
}

/// The first hidden layer, from 1, all of whose units have the same weights and biases.
fn identical(net: &Architecture, theta: &[f64]) -> Option<usize> {
    let hidden = &net.layers()[..net.layers().len() - 1];
    let is_identical = |layer: &Layer| {
        let (w, b) = (&theta[layer.weights()], &theta[layer.biases()]);
        let first = &w[..layer.inputs];
        layer.units > 1
            && w.chunks(layer.inputs).all(|row| row == first)
            && b.iter().all(|x| *x == b[0])
    };
    hidden.iter().position(is_identical).map(|layer| layer + 1)
}
