//! The update of the chosen weight: by one example, and by the mean over a batch.

use super::super::super::math::markup;
use super::{Page, PassLine, rounded};
use crate::labs::network::{NetLab, WeightUpdate};
use crate::math::number::digits;
use crate::network::{Place, Regularisation};
use crate::optimizers::equation;

/// So many members of a batch are written out.
const MOST_NAMED: usize = 6;

impl Page<'_> {
    /// The chosen weight by its name.
    pub(super) fn chosen(&mut self, before: &str, lab: &NetLab) {
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

    pub(super) fn update(&mut self, lab: &NetLab) {
        let update = lab.weight_update(Some(self.passes.example), 1);
        let (Some(update), Some(index)) = (update, lab.experiment().followed()) else { return };
        let setup = &lab.experiment().runs[index];
        let rule = (setup.rule.equation)(&setup.values, equation::ESTIMATE);
        self.formula(rule);
        if update.is_frozen {
            return self.stays(lab, &update);
        }
        self.chosen("ĝ = %", lab);
        if update.penalty.is_some() {
            self.penalty_in_symbols(lab);
            self.put(" |");
        }
        self.put(" = ");
        let Some(place) = self.passes.net.place(lab.experiment().weight) else { return };
        let own = self.slope_by(place);
        if let Some(penalty) = update.penalty {
            self.number(own);
            self.penalty(penalty);
            self.put("| = ");
        }
        self.number(if update.penalty.is_some() { update.grad } else { own });
        self.end("");
        self.becomes(lab, &update);
    }

    pub(super) fn batch(&mut self, lab: &NetLab) {
        let Some(update) = lab.weight_update(None, MOST_NAMED) else { return };
        if update.is_frozen {
            return self.stays(lab, &update);
        }
        let j = "<msub><mi>J</mi><mi>k</mi></msub>";
        let mut w = Page::new(self.passes);
        w.chosen("%", lab);
        // Behind a term, so that its first sign is a plus and not a sign.
        let mut penalty = Page::new(self.passes);
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
        self.formula(mean);
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
        // Examples that mirror each other cancel.
        let most = parts.iter().map(|(_, part)| part.abs()).fold(0.0, f64::max);
        self.number(rounded(*grad, most));
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
        let beside = match self.passes.net.place(lab.experiment().weight) {
            Some(Place { layer, unit, input: None }) => self.largest_weight(layer, unit),
            _ => 0.0,
        };
        let told = |value: f64| digits(rounded(value, beside), 5);
        self.chosen("", lab);
        self.put(" : ");
        self.put(&told(update.before));
        self.put(" → ");
        self.put(&update.after.map_or("∞".to_owned(), told));
        self.end("");
    }

    /// A line of one formula, which is MathML already.
    fn formula(&mut self, mathml: String) {
        self.lines.push(PassLine { label: String::new(), pieces: vec![mathml] });
    }
}
