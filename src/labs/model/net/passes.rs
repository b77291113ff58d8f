//! Forward and backward by the numbers: each line in symbols, then with its numbers, as
//! [`math`](crate::labs::model::math) sets them.

mod chain;
mod update;

use serde::Serialize;
use ts_rs::TS;

use super::super::math::formulas;
use crate::labs::network::{self, NetLab, Setting, Stage};
use crate::math::number::digits;
use crate::network::{Activation, Layer, Numbers, Output, Place};

/// A stage of the forward and the backward pass.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Passes {
    /// What the page calls it.
    pub title: String,
    /// Which one, counted from 1 …
    pub at: usize,
    /// … of so many.
    pub count: usize,
    /// Its formulas.
    pub lines: Vec<PassLine>,
    /// The units that they are of; `null` where they are of none.
    pub lit: Option<Lit>,
}

/// A line of formulas.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct PassLine {
    /// What stands before it; may be empty.
    pub label: String,
    /// As MathML; the line may be broken between them.
    pub pieces: Vec<String>,
}

/// The units of a layer that stand out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Lit {
    /// The layer, counted from 0.
    pub layer: usize,
    /// Their places in it, counted from 0.
    pub units: Vec<usize>,
}

/// What rounding leaves where the terms of a sum cancel, as a share of what they are alone: some units in
/// the last place of each. A bias so small beside its weights, or a z beside its terms, is told as 0.
const ROUNDING: f64 = 64.0 * f64::EPSILON;

/// The sum of terms of this size, 0 where it is what rounding has left of them.
fn rounded(sum: f64, terms: f64) -> f64 {
    if sum.abs() <= ROUNDING * terms { 0.0 } else { sum }
}

/// The stage that is shown; nothing where the passes are not.
pub(super) fn passes(lab: &mut NetLab) -> Option<Passes> {
    if lab.experiment().setting(Setting::Deck) != 0.0 {
        return None;
    }
    let passes = lab.passes()?;
    let mut page = Page::new(&passes);
    let mut lit = None;
    let title = match passes.stages[passes.at] {
        Stage::Forward(layer, unit) => {
            lit = Some(page.lit(layer, unit));
            page.forward(layer, unit);
            page.title("Forward, ", layer, unit)
        }
        Stage::Loss => {
            lit = Some(page.lit(passes.net.layers().len() - 1, None));
            page.loss();
            "The loss".to_owned()
        }
        Stage::Delta(layer, unit) => {
            lit = Some(page.lit(layer, unit));
            page.delta(layer, unit);
            page.title("Backward, δ of ", layer, unit)
        }
        Stage::Gradient(layer, unit) => {
            lit = Some(page.lit(layer, unit));
            page.gradient(layer, unit);
            page.title("Backward, ∂L/∂w of ", layer, unit)
        }
        Stage::Update => {
            page.update(lab);
            "Update of one weight, by this example alone".to_owned()
        }
        Stage::Batch => {
            page.batch(lab);
            "Over the batch: the mean, and the next update".to_owned()
        }
        Stage::Chain => {
            page.chain(lab);
            "One weight by the chain rule, path by path".to_owned()
        }
    };
    let (at, count) = (passes.at + 1, passes.stages.len());
    Some(Passes { title, at, count, lines: page.lines, lit })
}

/// The lines as they are written.
struct Page<'a> {
    passes: &'a network::Passes,
    lines: Vec<PassLine>,
    /// The line at hand.
    text: String,
}

impl<'a> Page<'a> {
    fn new(passes: &'a network::Passes) -> Self {
        Self { passes, lines: Vec::new(), text: String::new() }
    }

    fn put(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// A number.
    fn number(&mut self, value: f64) {
        self.text.push_str(&digits(value, 3));
    }

    /// A factor: in parentheses where it is negative.
    fn factor(&mut self, value: f64) {
        let text = digits(value, 3);
        let negative = text.starts_with('−');
        self.put(if negative { "(" } else { "" });
        self.put(&text);
        self.put(if negative { ")" } else { "" });
    }

    /// A letter with its unit below and its layer above.
    fn of_unit(&mut self, letter: &str, layer: usize, index: &[usize]) {
        self.put(letter);
        self.put("_{");
        for at in index {
            self.put(&(at + 1).to_string());
        }
        self.put("}^{(");
        self.put(&(layer + 1).to_string());
        self.put(")}");
    }

    /// The line is finished; a label stands before it.
    fn end(&mut self, label: &str) {
        let pieces = formulas(&std::mem::take(&mut self.text));
        self.lines.push(PassLine { label: label.to_owned(), pieces });
    }

    fn line(&mut self, text: &str) {
        self.put(text);
        self.end("");
    }

    /// The line of a unit is finished: its number stands before it, where there is more than one.
    fn end_unit(&mut self, layer: usize, unit: usize) {
        let only = self.is_last(layer) && self.shape(layer).units == 1;
        let label = if only { String::new() } else { (unit + 1).to_string() };
        self.end(&label);
    }

    fn shape(&self, layer: usize) -> Layer {
        self.passes.net.layers()[layer]
    }

    fn is_last(&self, layer: usize) -> bool {
        layer + 1 == self.passes.net.layers().len()
    }

    fn units(&self, layer: usize, unit: Option<usize>) -> std::ops::Range<usize> {
        unit.map_or(0..self.shape(layer).units, |unit| unit..unit + 1)
    }

    fn lit(&self, layer: usize, unit: Option<usize>) -> Lit {
        Lit { layer, units: self.units(layer, unit).collect() }
    }

    fn title(&self, of: &str, layer: usize, unit: Option<usize>) -> String {
        let mut title = of.to_owned();
        if self.is_last(layer) {
            title += "the output";
        } else {
            title += "layer ";
            title += &(layer + 1).to_string();
        }
        if let Some(unit) = unit {
            title += ", unit ";
            title += &(unit + 1).to_string();
        }
        title
    }

    /// a of the layer below: the inputs below the first.
    fn below(&self, layer: usize, input: usize) -> f64 {
        match layer {
            0 => self.passes.numbers.inputs[input],
            layer => self.activated(layer - 1, input)[1],
        }
    }

    /// A weight or a bias.
    fn weight(&self, layer: usize, unit: usize, input: Option<usize>) -> f64 {
        let of = |input| self.passes.net.index(Place { layer, unit, input }).unwrap_or(0);
        let value = self.passes.theta[of(input)];
        match input {
            Some(_) => value,
            None => rounded(value, self.largest_weight(layer, unit)),
        }
    }

    /// The largest weight of a unit, without its sign.
    fn largest_weight(&self, layer: usize, unit: usize) -> f64 {
        let inputs = 0..self.shape(layer).inputs;
        inputs.map(|input| self.weight(layer, unit, Some(input)).abs()).fold(0.0, f64::max)
    }

    /// z and a of a unit.
    fn activated(&self, layer: usize, unit: usize) -> [f64; 2] {
        let Numbers { inputs, layers, .. } = &self.passes.numbers;
        let below = if layer == 0 { inputs } else { &layers[layer - 1].a };
        let weight = |input| self.weight(layer, unit, input);
        let terms = below.iter().enumerate().map(|(at, a)| (weight(Some(at)) * a).abs());
        let terms = terms.sum::<f64>() + weight(None).abs();
        let [z, a] = [layers[layer].z[unit], layers[layer].a[unit]];
        match rounded(z, terms) {
            0.0 => [0.0, rounded(a, terms)],
            z => [z, a],
        }
    }

    /// δ of a unit.
    fn delta_of(&self, layer: usize, unit: usize) -> f64 {
        let Numbers { layers, .. } = &self.passes.numbers;
        let delta = layers[layer].delta[unit];
        let Some(above) = layers.get(layer + 1) else { return delta };
        let slope =
            self.passes.net.activation().slope(layers[layer].z[unit], layers[layer].a[unit]);
        let back = above.delta.iter().enumerate();
        let terms = back.map(|(i, delta)| (delta * self.weight(layer + 1, i, Some(unit))).abs());
        rounded(delta, terms.sum::<f64>() * slope.abs())
    }

    /// ∂L/∂w = δ a, ∂L/∂b = δ, as training has it.
    fn slope_by(&self, place: Place) -> f64 {
        let Place { layer, unit, input } = place;
        let a = input.map_or(1.0, |input| self.below(layer, input));
        if a == 0.0 || self.delta_of(layer, unit) == 0.0 {
            return 0.0;
        }
        self.passes.net.index(place).map_or(0.0, |at| self.passes.numbers.gradient[at])
    }

    /// z = Σ w a + b and a = φ(z).
    fn forward(&mut self, layer: usize, unit: Option<usize>) {
        let last = self.is_last(layer);
        let a = if last { "f" } else { "a" };
        let phi = match (last, self.passes.net.output()) {
            (false, _) => self.passes.net.activation().symbol(),
            (true, Output::Linear(_)) => "",
            (true, Output::Softmax(_)) => "softmax",
            (true, _) => "σ",
        };
        self.put("z_i = Σ_j w_{ij} ");
        self.put(if layer == 0 { "x" } else { "a" });
        self.put("_j + b_i |; ");
        self.put(a);
        self.put("_i = ");
        self.put(phi);
        self.line(if phi.is_empty() { "z_i" } else { "(z_i)" });
        for unit in self.units(layer, unit) {
            let [z, f] = self.activated(layer, unit);
            self.of_unit("z", layer, &[unit]);
            self.put(" = |");
            for input in 0..self.shape(layer).inputs {
                self.put(if input == 0 { "" } else { "| + " });
                self.factor(self.weight(layer, unit, Some(input)));
                self.put("⋅");
                self.factor(self.below(layer, input));
            }
            self.put("| + ");
            self.factor(self.weight(layer, unit, None));
            self.put("| = ");
            self.number(z);
            self.end_unit(layer, unit);
            self.of_unit(a, layer, &[unit]);
            self.put(" = ");
            self.put(phi);
            if phi == "softmax" {
                self.put("(");
                self.of_unit("z", layer, &[unit]);
                self.put(")");
            } else {
                self.put(if phi.is_empty() { "" } else { "(" });
                self.number(z);
                self.put(if phi.is_empty() { "" } else { ")" });
            }
            self.put(" = ");
            self.number(f);
            self.end("");
        }
    }

    /// L(y, f)
    fn loss(&mut self) {
        let passes = self.passes;
        let numbers = &passes.numbers;
        let (f, y) = (&numbers.layers[numbers.layers.len() - 1].a, &numbers.target);
        let output = passes.net.output();
        self.line(match output {
            Output::Linear(1) | Output::Sigmoid(1) => "L = ½ (y − f)^2",
            Output::Linear(_) | Output::Sigmoid(_) => "L = Σ_i ½ (y_i − f_i)^2",
            Output::Logit => "L = − [y log f + (1 − y) log (1 − f)]",
            Output::Softmax(_) => "L = − log f_y",
        });
        self.put("y = ");
        for (at, y) in y.iter().enumerate() {
            self.put(if at == 0 { "" } else { " , " });
            self.number(*y);
        }
        self.put(" : |; L = ");
        match output {
            Output::Linear(_) | Output::Sigmoid(_) => {
                for (at, (y, f)) in y.iter().zip(f).enumerate() {
                    self.put(if at == 0 { "½ (" } else { "| + ½ (" });
                    self.number(*y);
                    self.put(" − ");
                    self.factor(*f);
                    self.put(")^2");
                }
            }
            Output::Logit if y[0] == 0.0 => {
                self.put("− log (1 − ");
                self.number(f[0]);
                self.put(")");
            }
            Output::Logit | Output::Softmax(_) => {
                let own = if output == Output::Logit { 0 } else { y[0] as usize };
                self.put("− log ");
                self.number(f[own]);
            }
        }
        self.put(" = ");
        self.number(numbers.loss);
        self.end("");
    }

    /// δ = ∂L/∂z, of the output and then by the chain rule.
    fn delta(&mut self, layer: usize, unit: Option<usize>) {
        let passes = self.passes;
        let of = &passes.numbers.layers[layer];
        if self.is_last(layer) {
            let output = passes.net.output();
            self.put("δ_i = %z_i = ");
            self.line(match output {
                Output::Sigmoid(1) => "(f − y) f (1 − f)",
                Output::Sigmoid(_) => "(f_i − y_i) f_i (1 − f_i)",
                Output::Logit | Output::Linear(1) => "f − y",
                Output::Linear(_) => "f_i − y_i",
                Output::Softmax(_) => "f_i − [y = i]",
            });
            for unit in self.units(layer, unit) {
                let (f, target) = (of.a[unit], &passes.numbers.target);
                let y = match output {
                    Output::Softmax(_) => f64::from(u8::from(target[0] == unit as f64)),
                    _ => target[unit],
                };
                self.of_unit("δ", layer, &[unit]);
                let squared = matches!(output, Output::Sigmoid(_));
                self.put(if squared { " = (" } else { " = " });
                self.number(f);
                self.put(" − ");
                self.factor(y);
                if squared {
                    self.put(")⋅");
                    self.number(f);
                    self.put("⋅(1 − ");
                    self.number(f);
                    self.put(")");
                }
                self.put(" = ");
                self.number(of.delta[unit]);
                self.end_unit(layer, unit);
            }
            return;
        }
        let phi = passes.net.activation();
        self.put("δ_j = (Σ_i δ_i w_{ij}) φ'(z_j) |; ");
        self.line(slope_of(phi));
        for unit in self.units(layer, unit) {
            self.of_unit("δ", layer, &[unit]);
            self.put(" = (|");
            for i in 0..self.shape(layer + 1).units {
                self.put(if i == 0 { "" } else { "| + " });
                self.factor(self.delta_of(layer + 1, i));
                self.put("⋅");
                self.factor(self.weight(layer + 1, i, Some(unit)));
            }
            self.put("| )⋅");
            self.factor(phi.slope(of.z[unit], of.a[unit]));
            self.put(" = ");
            self.number(self.delta_of(layer, unit));
            self.end_unit(layer, unit);
        }
    }

    /// ∂L/∂w = δ a
    fn gradient(&mut self, layer: usize, unit: Option<usize>) {
        self.put("%w_{ij} = δ_i ");
        self.put(if layer == 0 { "x" } else { "a" });
        self.line("_j |; %b_i = δ_i");
        for unit in self.units(layer, unit) {
            let delta = self.delta_of(layer, unit);
            for input in 0..self.shape(layer).inputs {
                self.of_unit("%w", layer, &[unit, input]);
                self.put(" = ");
                self.factor(delta);
                self.put("⋅");
                self.factor(self.below(layer, input));
                self.put(" = ");
                self.number(self.slope_by(Place { layer, unit, input: Some(input) }));
                self.put(" |");
            }
            self.of_unit("%b", layer, &[unit]);
            self.put(" = ");
            self.number(delta);
            self.end_unit(layer, unit);
        }
    }
}

/// φ′ in terms of a or z.
fn slope_of(phi: Activation) -> &'static str {
    match phi {
        Activation::Tanh => "φ' = 1 − a^2",
        Activation::Sigmoid => "φ' = a (1 − a)",
        Activation::Relu => "φ' = [z > 0]",
        Activation::LeakyRelu => "φ' = 1 if z > 0 , else 0.01",
        Activation::Elu => "φ' = 1 if z > 0 , else a + 1",
        Activation::Linear => "φ' = 1",
    }
}
