//! The shape of a net: how many inputs, layers and units, and where each weight stands in θ.
//!
//! ```text
//! layer 1      W⁽¹⁾ row by row (units × inputs),  b⁽¹⁾ (units)
//! layer 2      W⁽²⁾ row by row (units × units of layer 1),  b⁽²⁾
//! …
//! layer L      the output
//! ```
//!
//! θ is these in a row, one flat slice. Row i of W⁽ˡ⁾ holds the weights into unit i. In names,
//! layers, units and inputs count from 1: `w2.1.3` is the weight of layer 2 into its unit 1 from
//! unit 3 of layer 1, and `b2.1` is that unit's bias.

use std::ops::Range;

use super::{Activation, Output};
use crate::math::param::quoted;

/// The most inputs: all of [`super::FEATURES`].
pub const MOST_INPUTS: usize = 7;
/// The most hidden layers.
pub const MOST_HIDDEN: usize = 6;
/// The most units of a hidden layer.
pub const MOST_UNITS: usize = 16;
/// The most outputs, and so the most classes.
pub const MOST_OUTPUTS: usize = 6;

/// The shape of a net: everything about it but its weights.
#[derive(Clone, Debug, PartialEq)]
pub struct Architecture {
    activation: Activation,
    output: Output,
    layers: Vec<Layer>,
}

/// One layer: how it is connected, and where its parameters stand in θ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layer {
    /// How many numbers come in from below.
    pub inputs: usize,
    /// How many units it has.
    pub units: usize,
    /// Where W starts in θ.
    pub start: usize,
    /// How many units the layers below it have, the inputs not counted.
    pub first: usize,
}

impl Layer {
    /// W in θ: units × inputs, row by row.
    pub fn weights(&self) -> Range<usize> {
        self.start..self.start + self.units * self.inputs
    }

    /// b in θ: one for each unit.
    pub fn biases(&self) -> Range<usize> {
        let start = self.weights().end;
        start..start + self.units
    }

    /// W and b in θ.
    pub fn parameters(&self) -> Range<usize> {
        self.start..self.biases().end
    }
}

/// What a number of θ is. All count from 0 here; only names count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The layer.
    pub layer: usize,
    /// The unit in it.
    pub unit: usize,
    /// Which number from below a weight multiplies; `None` for a bias.
    pub input: Option<usize>,
}

impl Architecture {
    /// The net with these layers between its inputs and its output.
    ///
    /// # Errors
    /// A sentence: which number is too small or too large.
    pub fn new(
        inputs: usize,
        hidden: &[usize],
        activation: Activation,
        output: Output,
    ) -> Result<Self, String> {
        within("inputs", inputs, [1, MOST_INPUTS])?;
        within("hidden layers", hidden.len(), [0, MOST_HIDDEN])?;
        for &units in hidden {
            within("units in a hidden layer", units, [1, MOST_UNITS])?;
        }
        match output {
            Output::Linear(values) | Output::Sigmoid(values) => {
                within("values to predict", values, [1, MOST_OUTPUTS])?;
            }
            Output::Softmax(classes) => within("classes", classes, [2, MOST_OUTPUTS])?,
            Output::Logit => {}
        }
        let [mut below, mut start, mut first] = [inputs, 0, 0];
        let layers = hidden.iter().copied().chain([output.units()]).map(|units| {
            let layer = Layer { inputs: below, units, start, first };
            [below, start, first] = [units, layer.parameters().end, first + units];
            layer
        });
        Ok(Self { activation, output, layers: layers.collect() })
    }

    /// φ of the hidden layers.
    pub fn activation(&self) -> Activation {
        self.activation
    }

    /// The output with its loss.
    pub fn output(&self) -> Output {
        self.output
    }

    /// The layers from the first hidden one to the output.
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// The number of inputs.
    pub fn inputs(&self) -> usize {
        self.layers[0].inputs
    }

    /// The number of units of all layers, the output's with them.
    pub fn units(&self) -> usize {
        self.layers.last().map_or(0, |layer| layer.first + layer.units)
    }

    /// The length of θ.
    pub fn parameters(&self) -> usize {
        self.layers.last().map_or(0, |layer| layer.parameters().end)
    }

    /// What a forward pass of so many examples costs, in units of a
    /// [`Budget`](crate::math::budget::Budget).
    pub fn cost(&self, examples: usize) -> u64 {
        /// What a unit costs besides its weights.
        const UNIT: usize = 10;
        (examples * (self.parameters() + UNIT * self.units())) as u64
    }

    /// What the number at an index below [`Architecture::parameters`] is; `None` beyond.
    pub fn place(&self, index: usize) -> Option<Place> {
        let layer = self.layers.iter().position(|layer| layer.parameters().contains(&index))?;
        let Layer { inputs, units, start, .. } = self.layers[layer];
        let within = index - start;
        Some(match within.checked_sub(units * inputs) {
            Some(unit) => Place { layer, unit, input: None },
            None => Place { layer, unit: within / inputs, input: Some(within % inputs) },
        })
    }

    /// Where in θ this is; `None` if the net has no such unit or input.
    pub fn index(&self, Place { layer, unit, input }: Place) -> Option<usize> {
        let layer = self.layers.get(layer).filter(|layer| unit < layer.units)?;
        match input {
            Some(input) => {
                (input < layer.inputs).then_some(layer.start + unit * layer.inputs + input)
            }
            None => Some(layer.biases().start + unit),
        }
    }

    /// The name of the number at an index, such as `w2.1.3` or `b2.1`.
    pub fn name(&self, index: usize) -> Option<String> {
        let Place { layer, unit, input } = self.place(index)?;
        let [layer, unit] = [layer + 1, unit + 1];
        Some(match input {
            Some(input) => format!("w{layer}.{unit}.{}", input + 1),
            None => format!("b{layer}.{unit}"),
        })
    }

    /// Where in θ the number of this name stands.
    ///
    /// # Errors
    /// A sentence: the net has no such weight.
    pub fn named(&self, name: &str) -> Result<usize, String> {
        let place = || {
            let (is_weight, counts) = match name.split_at_checked(1)? {
                ("w", counts) => (true, counts),
                ("b", counts) => (false, counts),
                _ => return None,
            };
            let from_0 = |count: &str| count.parse::<usize>().ok()?.checked_sub(1);
            let counts: Option<Vec<usize>> = counts.split('.').map(from_0).collect();
            let (layer, unit, input) = match (is_weight, &counts?[..]) {
                (true, &[layer, unit, input]) => (layer, unit, Some(input)),
                (false, &[layer, unit]) => (layer, unit, None),
                _ => return None,
            };
            self.index(Place { layer, unit, input })
        };
        place().ok_or_else(|| format!("{} is no weight or bias of this net.", quoted(name)))
    }
}

fn within(what: &str, count: usize, [least, most]: [usize; 2]) -> Result<(), String> {
    if (least..=most).contains(&count) {
        return Ok(());
    }
    Err(format!("The number of {what} must lie between {least} and {most}, and {count} does not."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn net(inputs: usize, hidden: &[usize], output: Output) -> Result<Architecture, String> {
        Architecture::new(inputs, hidden, Activation::Tanh, output)
    }

    #[test]
    fn every_number_of_theta_has_one_name() {
        let net = net(3, &[4, 2], Output::Softmax(5)).unwrap();
        assert_eq!(net.parameters(), 4 * 3 + 4 + 2 * 4 + 2 + 5 * 2 + 5);
        let names: Vec<String> = (0..net.parameters()).map(|i| net.name(i).unwrap()).collect();
        assert_eq!(names[..4], ["w1.1.1", "w1.1.2", "w1.1.3", "w1.2.1"]);
        assert_eq!(names[12..17], ["b1.1", "b1.2", "b1.3", "b1.4", "w2.1.1"]);
        assert_eq!(names.last().unwrap(), "b3.5");
        for (index, name) in names.iter().enumerate() {
            assert_eq!(net.named(name), Ok(index));
        }
        assert_eq!(net.name(net.parameters()), None);
    }

    #[test]
    fn what_is_no_weight_is_refused_in_a_sentence() {
        let net = net(2, &[3], Output::Logit).unwrap();
        for name in ["", "w", "w1", "w0.1.1", "w1.1", "b1.1.1", "w1.4.1", "w1.1.3", "w3.1.1", "é1"]
        {
            assert!(net.named(name).unwrap_err().ends_with("is no weight or bias of this net."));
        }
    }

    #[test]
    fn shapes_out_of_bounds_are_refused_in_a_sentence() {
        let cases: [(usize, &[usize], Output, &str); 7] = [
            (0, &[], Output::Logit, "inputs must lie between 1 and 7, and 0 does not."),
            (8, &[], Output::Logit, "inputs must lie between 1 and 7, and 8 does not."),
            (2, &[1; 7], Output::Logit, "hidden layers must lie between 0 and 6, and 7 does not."),
            (2, &[0], Output::Logit, "units in a hidden layer must lie between 1 and 16, and 0"),
            (2, &[], Output::Softmax(1), "classes must lie between 2 and 6, and 1 does not."),
            (2, &[], Output::Linear(0), "values to predict must lie between 1 and 6, and 0"),
            (2, &[], Output::Sigmoid(7), "values to predict must lie between 1 and 6, and 7"),
        ];
        for (inputs, hidden, output, sentence) in cases {
            let error = net(inputs, hidden, output).unwrap_err();
            assert!(error.starts_with("The number of ") && error.contains(sentence), "{error}");
        }
        assert!(net(7, &[16; 6], Output::Softmax(6)).is_ok());
    }
}
