//! Forward and backward by the numbers: all that one example's passes compute.

use super::{Examples, Prediction, Workspace};

/// The numbers of one layer.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerNumbers {
    /// z = W a + b, one number for each unit.
    pub z: Vec<f64>,
    /// a = φ(z); in the last layer f.
    pub a: Vec<f64>,
    /// δ = ∂L/∂z.
    pub delta: Vec<f64>,
}

/// All numbers of the passes of one example.
#[derive(Clone, Debug, PartialEq)]
pub struct Numbers {
    /// a⁽⁰⁾, the inputs.
    pub inputs: Vec<f64>,
    /// The target y, as the loss takes it.
    pub target: Vec<f64>,
    /// The layers from the first hidden one to the output.
    pub layers: Vec<LayerNumbers>,
    /// What the net predicts.
    pub prediction: Prediction,
    /// L.
    pub loss: f64,
    /// ∂L/∂θ in the order of θ: ∂L/∂w = δ a, ∂L/∂b = δ.
    pub gradient: Vec<f64>,
}

impl Workspace {
    /// The numbers of the example of an index below n: those of training with a batch of one.
    pub fn numbers(&mut self, theta: &[f64], examples: &Examples, index: u32) -> Numbers {
        let mut gradient = vec![0.0; theta.len()];
        let loss = self.gradient(theta, examples, &[index], &mut gradient);
        let layers: Vec<LayerNumbers> = (0..self.architecture().layers().len())
            .map(|layer| LayerNumbers {
                z: self.each_unit(layer, |unit| self.z(layer, unit)[0]),
                a: self.each_unit(layer, |unit| self.a(layer, unit)[0]),
                delta: self.each_unit(layer, |unit| self.delta(layer, unit)[0]),
            })
            .collect();
        let inputs = examples.inputs_of(index as usize);
        let target = examples.target_of(index as usize);
        let output = &layers[layers.len() - 1];
        let prediction = Prediction {
            values: output.a.clone(),
            class: self.architecture().output().class(output.z.iter().copied()),
        };
        Numbers { inputs, target, layers, prediction, loss, gradient }
    }

    fn each_unit(&self, layer: usize, number: impl Fn(usize) -> f64) -> Vec<f64> {
        (0..self.architecture().layers()[layer].units).map(number).collect()
    }
}
