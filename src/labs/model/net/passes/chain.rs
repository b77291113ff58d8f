//! The derivative of the loss by the chosen weight: as a sum of products along its paths to the
//! output, by backpropagation, and by finite differences.

use super::Page;
use crate::labs::network::NetLab;
use crate::network::chain;

/// So many paths are written out; those that count most.
const MOST_NAMED: usize = 5;
/// Of more paths than this none is written out: they are told anew with every frame.
const MOST: usize = 512;
/// Half the distance of the two losses of the finite difference.
const STEP: f64 = 1e-5;

impl Page<'_> {
    pub(super) fn chain(&mut self, lab: &mut NetLab) {
        let weight = lab.experiment().weight;
        let Some(place) = self.passes.net.place(weight) else { return };
        let last = place.layer + 1 == self.passes.net.layers().len();
        self.chosen("%", lab);
        self.put(if last { " = a ⋅ δ" } else { " = Σ a ⋅ φ'(z) ⋅ w ⋅ … ⋅ δ" });
        self.end("");

        let count = chain::count(&self.passes.net, place.layer);
        if count <= MOST {
            let passes = self.passes;
            let mut paths = chain::paths(&passes.net, &passes.theta, &passes.numbers, place);
            paths.sort_by(|a, b| b.product().abs().total_cmp(&a.product().abs()));
            for path in paths.iter().take(MOST_NAMED) {
                for (at, factor) in path.factors.iter().enumerate() {
                    self.put(if at == 0 { "" } else { "⋅" });
                    self.factor(*factor);
                }
                self.put(" | = ");
                self.number(path.product());
                let units: Vec<String> =
                    path.units.iter().map(|unit| (unit + 1).to_string()).collect();
                self.end(&format!("by {}", units.join("–")));
            }
            if let Some(rest) = paths.get(MOST_NAMED..).filter(|rest| !rest.is_empty()) {
                self.put("… = ");
                self.number(rest.iter().map(chain::Path::product).sum());
                self.end(&format!("{} more", rest.len()));
            }
            self.put("Σ = ");
            self.number(paths.iter().map(chain::Path::product).sum());
            self.end("sum");
        } else {
            self.put("Σ");
            self.end(&format!("{count} paths"));
        }
        self.put("δ a = ");
        self.number(self.passes.numbers.gradient[weight]);
        self.end("by backpropagation");
        if let Some(slope) = lab.finite_difference(weight, self.passes.example, STEP) {
            self.put("(L(w + h) − L(w − h)) / 2h = ");
            self.number(slope);
            self.end("by finite differences");
        }
    }
}
