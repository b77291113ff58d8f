//! Forward and backward by the numbers: each line in symbols, then with its numbers, as
//! [`math`](crate::labs::model::math) sets them.

use super::super::json::{Json, json};
use super::super::math::{formulas, markup};
use crate::labs::network::{NetLab, Passes, Setting, Stage, WeightUpdate};
use crate::math::number::digits;
use crate::network::{Activation, Layer, Output, Place, Regularisation};
use crate::optimizers::equation;

/// So many members of a batch are written out.
const MOST_NAMED: usize = 6;

/// The stage that is shown; `null` where the passes are not.
pub(super) fn passes(lab: &mut NetLab) -> Json {
    if lab.experiment().setting(Setting::Deck) != 0.0 {
        return Json::Null;
    }
    let Some(passes) = lab.passes() else { return Json::Null };
    let mut page = Page { passes: &passes, lines: Vec::new(), text: String::new() };
    let mut lit = Json::Null;
    let title = match passes.stages[passes.at] {
        Stage::Forward(layer, unit) => {
            lit = page.lit(layer, unit);
            page.forward(layer, unit);
            page.title("Forward, ", layer, unit)
        }
        Stage::Loss => {
            lit = page.lit(passes.net.layers().len() - 1, None);
            page.loss();
            "The loss".to_owned()
        }
        Stage::Delta(layer, unit) => {
            lit = page.lit(layer, unit);
            page.delta(layer, unit);
            page.title("Backward, δ of ", layer, unit)
        }
        Stage::Gradient(layer, unit) => {
            lit = page.lit(layer, unit);
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
    };
    json!({
        "title": title,
        "at": passes.at + 1,
        "count": passes.stages.len(),
        "lines": page.lines,
        "lit": lit,
    })
}

/// The lines as they are written.
struct Page<'a> {
    passes: &'a Passes,
    lines: Vec<Json>,
    /// The line at hand.
    text: String,
}

impl Page<'_> {
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
        self.lines.push(json!({ "label": label.to_owned(), "pieces": pieces }));
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

    fn lit(&self, layer: usize, unit: Option<usize>) -> Json {
        json!({ "layer": layer, "units": self.units(layer, unit).collect::<Vec<usize>>() })
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
        let numbers = &self.passes.numbers;
        match layer {
            0 => numbers.inputs[input],
            layer => numbers.layers[layer - 1].a[input],
        }
    }

    /// A weight or a bias, and its slope.
    fn weight(&self, layer: usize, unit: usize, input: Option<usize>) -> (f64, f64) {
        let at = self.passes.net.index(Place { layer, unit, input }).unwrap_or(0);
        (self.passes.theta[at], self.passes.numbers.gradient[at])
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
            let [z, f] = {
                let numbers = &self.passes.numbers.layers[layer];
                [numbers.z[unit], numbers.a[unit]]
            };
            self.of_unit("z", layer, &[unit]);
            self.put(" = |");
            for input in 0..self.shape(layer).inputs {
                self.put(if input == 0 { "" } else { "| + " });
                self.factor(self.weight(layer, unit, Some(input)).0);
                self.put("⋅");
                self.factor(self.below(layer, input));
            }
            self.put("| + ");
            self.factor(self.weight(layer, unit, None).0);
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
        let above = &passes.numbers.layers[layer + 1];
        for unit in self.units(layer, unit) {
            self.of_unit("δ", layer, &[unit]);
            self.put(" = (|");
            for (i, delta) in above.delta.iter().enumerate() {
                self.put(if i == 0 { "" } else { "| + " });
                self.factor(*delta);
                self.put("⋅");
                self.factor(self.weight(layer + 1, i, Some(unit)).0);
            }
            self.put("| )⋅");
            self.factor(phi.slope(of.z[unit], of.a[unit]));
            self.put(" = ");
            self.number(of.delta[unit]);
            self.end_unit(layer, unit);
        }
    }

    /// ∂L/∂w = δ a
    fn gradient(&mut self, layer: usize, unit: Option<usize>) {
        self.put("%w_{ij} = δ_i ");
        self.put(if layer == 0 { "x" } else { "a" });
        self.line("_j |; %b_i = δ_i");
        for unit in self.units(layer, unit) {
            let delta = self.passes.numbers.layers[layer].delta[unit];
            for input in 0..self.shape(layer).inputs {
                self.of_unit("%w", layer, &[unit, input]);
                self.put(" = ");
                self.factor(delta);
                self.put("⋅");
                self.factor(self.below(layer, input));
                self.put(" = ");
                self.number(self.weight(layer, unit, Some(input)).1);
                self.put(" |");
            }
            self.of_unit("%b", layer, &[unit]);
            self.put(" = ");
            self.number(delta);
            self.end_unit(layer, unit);
        }
    }

    /// The chosen weight by its name.
    fn chosen(&mut self, before: &str, lab: &NetLab) {
        if let Some(Place { layer, unit, input }) = self.passes.net.place(lab.experiment().weight) {
            self.put(before);
            match input {
                None => self.of_unit("b", layer, &[unit]),
                Some(input) => self.of_unit("w", layer, &[unit, input]),
            }
        }
    }

    /// ` + λ_1 sign(w) + λ_2 w`: the gradient of the penalties that there are.
    fn penalty_in_symbols(&mut self, lab: &NetLab) {
        let index = lab.experiment().followed().unwrap_or(0);
        let Regularisation { l1, l2 } = lab.experiment().regularisation(index);
        if l1 != 0.0 {
            self.chosen(" + λ_1 sign(", lab);
            self.put(")");
        }
        if l2 != 0.0 {
            self.chosen(" + λ_2 ", lab);
        }
    }

    /// The same in numbers: ` + 0.05 + (−0.003)`.
    fn penalty(&mut self, penalty: [f64; 2]) {
        for part in penalty.into_iter().filter(|part| *part != 0.0) {
            self.put(" + ");
            self.factor(part);
        }
    }

    fn update(&mut self, lab: &NetLab) {
        let update = lab.weight_update(Some(self.passes.example), 1);
        let (Some(update), Some(index)) = (update, lab.experiment().followed()) else { return };
        let setup = &lab.experiment().runs[index];
        let rule = (setup.rule.equation)(&setup.values, equation::ESTIMATE);
        self.lines.push(json!({ "label": "", "pieces": vec![rule] }));
        if update.is_frozen {
            return self.stays(lab, &update);
        }
        self.chosen("ĝ = %", lab);
        if update.penalty.is_some() {
            self.penalty_in_symbols(lab);
            self.put(" |");
        }
        self.put(" = ");
        let [(_, own)] = update.parts[..] else { return };
        if let Some(penalty) = update.penalty {
            self.number(own);
            self.penalty(penalty);
            self.put("| = ");
        }
        self.number(update.grad);
        self.end("");
        self.becomes(lab, &update);
    }

    fn batch(&mut self, lab: &NetLab) {
        let Some(update) = lab.weight_update(None, MOST_NAMED) else { return };
        if update.is_frozen {
            return self.stays(lab, &update);
        }
        let j = "<msub><mi>J</mi><mi>k</mi></msub>";
        let mut w = Page { passes: self.passes, lines: Vec::new(), text: String::new() };
        w.chosen("%", lab);
        // Behind a term, so that its first sign is a plus and not a sign.
        let mut penalty = Page { passes: self.passes, lines: Vec::new(), text: String::new() };
        if update.penalty.is_some() {
            penalty.penalty_in_symbols(lab);
        }
        let mean = format!(
            "<math>{}<mo>=</mo><mfrac><mn>1</mn><mrow><mo>|</mo>{j}<mo>|</mo></mrow></mfrac>\
             <munder><mo>∑</mo><mrow><mi>i</mi><mo>∈</mo>{j}</mrow></munder>{}{}</math>",
            equation::ESTIMATE,
            markup(&w.text),
            markup(&penalty.text)
        );
        self.lines.push(json!({ "label": "", "pieces": vec![mean] }));
        let WeightUpdate { parts, size, grad, .. } = &update;
        let mut members = String::from("examples ");
        self.put("ĝ = (|");
        for (at, (example, part)) in parts.iter().enumerate() {
            members += if at == 0 { "" } else { ", " };
            members += &(example + 1).to_string();
            self.put(if at == 0 { "" } else { "| + " });
            self.factor(*part);
        }
        if *size > parts.len() {
            members += ", …";
            self.put("| + …");
        }
        self.put("| ) / ");
        self.put(&size.to_string());
        if let Some(penalty) = update.penalty {
            self.penalty(penalty);
            self.put("|");
        }
        self.put(" = ");
        self.number(*grad);
        self.end(&members);
        self.becomes(lab, &update);
    }

    /// ĝ = 0 of a frozen bias.
    fn stays(&mut self, lab: &NetLab, update: &WeightUpdate) {
        self.put("ĝ = 0");
        self.end("biases are frozen");
        self.becomes(lab, update);
    }

    /// w : 0.5 → 0.48
    fn becomes(&mut self, lab: &NetLab, update: &WeightUpdate) {
        self.chosen("", lab);
        self.put(" : ");
        self.put(&digits(update.before, 5));
        self.put(" → ");
        self.put(&update.after.map_or("∞".to_owned(), |after| digits(after, 5)));
        self.end("");
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
