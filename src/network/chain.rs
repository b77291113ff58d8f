//! The chain rule for one weight, factor by factor.
//!
//! ```text
//! ∂L/∂w = Σ over all paths from the weight to the output of
//!         a · φ′(z) · w · φ′(z) · w · … · δ
//! ```
//!
//! a is what the weight weighs (1 for a bias), each w leads one layer up, φ′ is the slope of the unit that
//! it comes from, and δ = ∂L/∂z is that of the output unit where the path ends. Backpropagation is this
//! sum with what its paths have in common taken out, layer by layer.

use super::{Architecture, Numbers, Place};

/// A path from a weight to the output.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// The units that it goes through, one a layer, from that of the weight on.
    pub units: Vec<usize>,
    /// The factors, from a to δ.
    pub factors: Vec<f64>,
}

impl Path {
    /// What it adds to the derivative.
    pub fn product(&self) -> f64 {
        self.factors.iter().product()
    }
}

/// How many paths lead from a unit of a layer to the output.
pub fn count(net: &Architecture, layer: usize) -> usize {
    net.layers()[layer + 1..].iter().map(|above| above.units).product()
}

/// All [paths](count) of a weight or a bias, in the order of their units.
pub fn paths(net: &Architecture, theta: &[f64], numbers: &Numbers, of: Place) -> Vec<Path> {
    let Place { layer, unit, input } = of;
    let below = match (layer, input) {
        (_, None) => 1.0,
        (0, Some(input)) => numbers.inputs[input],
        (layer, Some(input)) => numbers.layers[layer - 1].a[input],
    };
    let last = net.layers().len() - 1;
    let mut paths = vec![Path { units: vec![unit], factors: vec![below] }];
    for layer in layer..last {
        let of = &numbers.layers[layer];
        let longer = |path: &Path| -> Vec<Path> {
            let from = path.units[path.units.len() - 1];
            let slope = net.activation().slope(of.z[from], of.a[from]);
            let up = |unit: usize| {
                let place = Place { layer: layer + 1, unit, input: Some(from) };
                let weight = net.index(place).map_or(0.0, |index| theta[index]);
                Path {
                    units: [&path.units[..], &[unit]].concat(),
                    factors: [&path.factors[..], &[slope, weight]].concat(),
                }
            };
            (0..net.layers()[layer + 1].units).map(up).collect()
        };
        paths = paths.iter().flat_map(longer).collect();
    }
    for path in &mut paths {
        let end = path.units[path.units.len() - 1];
        path.factors.push(numbers.layers[last].delta[end]);
    }
    paths
}

/// The weights that the paths of a weight lead over, itself with them, as places in θ.
pub fn edges(net: &Architecture, of: Place) -> Vec<usize> {
    let mut edges: Vec<usize> = net.index(of).into_iter().collect();
    let mut from = vec![of.unit];
    for (layer, above) in net.layers().iter().enumerate().skip(of.layer + 1) {
        for unit in 0..above.units {
            let place = |&input: &usize| net.index(Place { layer, unit, input: Some(input) });
            edges.extend(from.iter().filter_map(place));
        }
        from = (0..above.units).collect();
    }
    edges
}
