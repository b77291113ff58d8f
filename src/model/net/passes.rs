//! Forward and backward by the numbers, as MathML: each line in symbols, then with its numbers.

use super::super::json::{Json, json};
use crate::analysis::number::digits;
use crate::net_lab::{NetLab, Passes, Setting, Stage, WeightUpdate};
use crate::network::{Activation, Layer, Output, Place};
use crate::optimizers::equation;

/// So many members of a batch are written out.
const MOST_NAMED: usize = 6;

/// One line: what it is of, and its formulas, which may be set below one another.
struct Line(String, Vec<String>);

/// The stage that is shown; `null` where the passes are not.
pub(super) fn passes(lab: &mut NetLab) -> Json {
    if lab.experiment().setting(Setting::Deck) != 0.0 {
        return Json::Null;
    }
    let Some(passes) = lab.passes() else { return Json::Null };
    let stage = passes.stages[passes.at];
    let writer = Writer { passes: &passes };
    let (title, lines) = match stage {
        Stage::Forward(layer, unit) => writer.forward(layer, unit),
        Stage::Loss => writer.loss(),
        Stage::Delta(layer, unit) => writer.delta(layer, unit),
        Stage::Gradient(layer, unit) => writer.gradient(layer, unit),
        Stage::Update => {
            let update = lab.weight_update(Some(passes.example), 1);
            ("Update of one weight, by this example alone".to_owned(), writer.update(lab, update))
        }
        Stage::Batch => {
            let update = lab.weight_update(None, MOST_NAMED);
            ("Over the batch: the mean, and the next update".to_owned(), writer.batch(lab, update))
        }
    };
    let lit = match stage {
        Stage::Forward(layer, unit) | Stage::Delta(layer, unit) | Stage::Gradient(layer, unit) => {
            let units = passes.net.layers()[layer].units;
            let units = unit.map_or_else(|| (0..units).collect(), |unit| vec![unit]);
            json!({ "layer": layer, "units": units })
        }
        Stage::Loss => json!({ "layer": passes.net.layers().len() - 1, "units": vec![0_usize] }),
        Stage::Update | Stage::Batch => Json::Null,
    };
    json!({
        "title": title,
        "at": passes.at + 1,
        "count": passes.stages.len(),
        "lines": lines.into_iter().map(|Line(label, pieces)| json!({
            "label": label,
            "pieces": pieces.into_iter().map(|piece| format!("<math>{piece}</math>")).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "lit": lit,
    })
}

fn number(value: f64) -> String {
    let text = digits(value, 3);
    // A minus sign is an operator of its own.
    match text.strip_prefix('−') {
        Some(rest) => format!("<mrow><mo form=\"prefix\">−</mo><mn>{rest}</mn></mrow>"),
        None => format!("<mn>{text}</mn>"),
    }
}

/// A factor: in parentheses where it is negative.
fn factor(value: f64) -> String {
    let text = number(value);
    if text.starts_with("<mrow>") {
        format!("<mrow><mo stretchy=\"false\">(</mo>{text}<mo stretchy=\"false\">)</mo></mrow>")
    } else {
        text
    }
}

fn equals() -> &'static str {
    "<mo>=</mo>"
}

fn sub(letter: &str, index: &str) -> String {
    format!("<msub><mi>{letter}</mi><mrow>{index}</mrow></msub>")
}

/// zᵢ of a layer: z with its unit below and its layer above.
fn of_unit(letter: &str, layer: usize, unit: usize) -> String {
    format!(
        "<msubsup><mi>{letter}</mi><mn>{}</mn><mrow><mo stretchy=\"false\">(</mo><mn>{}</mn>\
         <mo stretchy=\"false\">)</mo></mrow></msubsup>",
        unit + 1,
        layer + 1
    )
}

fn call(name: &str, inside: &str) -> String {
    format!(
        "<mrow><mi>{name}</mi><mo>&#x2061;</mo><mo stretchy=\"false\">(</mo>{inside}\
         <mo stretchy=\"false\">)</mo></mrow>"
    )
}

const I: &str = "<mi>i</mi>";
const J: &str = "<mi>j</mi>";
const IJ: &str = "<mi>i</mi><mi>j</mi>";
const TIMES: &str = "<mo>⋅</mo>";
const PLUS: &str = "<mo>+</mo>";
const SUM_J: &str = "<munder><mo>∑</mo><mi>j</mi></munder>";
const SUM_I: &str = "<munder><mo>∑</mo><mi>i</mi></munder>";

/// ∂L/∂w
fn slope(of: &str) -> String {
    format!("<mfrac><mrow><mo>∂</mo><mi>L</mi></mrow><mrow><mo>∂</mo>{of}</mrow></mfrac>")
}

/// Terms with plus signs between them, each a piece that a line may be broken before; then what
/// they come to.
fn sum_of(left: String, terms: Vec<String>, value: f64) -> Vec<String> {
    let mut pieces = vec![format!("{left}{}", equals())];
    for (at, term) in terms.into_iter().enumerate() {
        pieces.push(if at == 0 { term } else { format!("<mo form=\"infix\">+</mo>{term}") });
    }
    pieces.push(format!("{}{}", equals(), number(value)));
    pieces
}

struct Writer<'a> {
    passes: &'a Passes,
}

impl Writer<'_> {
    fn shape(&self, layer: usize) -> Layer {
        self.passes.net.layers()[layer]
    }

    fn is_last(&self, layer: usize) -> bool {
        layer + 1 == self.passes.net.layers().len()
    }

    fn units(&self, layer: usize, unit: Option<usize>) -> Vec<usize> {
        unit.map_or_else(|| (0..self.shape(layer).units).collect(), |unit| vec![unit])
    }

    /// a of the layer below: the inputs below the first.
    fn below(&self, layer: usize, input: usize) -> f64 {
        let numbers = &self.passes.numbers;
        match layer {
            0 => numbers.inputs[input],
            layer => numbers.layers[layer - 1].a[input],
        }
    }

    fn weight(&self, layer: usize, unit: usize, input: Option<usize>) -> (f64, f64) {
        let at = self.passes.net.index(Place { layer, unit, input }).unwrap_or(0);
        (self.passes.theta[at], self.passes.numbers.gradient[at])
    }

    fn place(&self, layer: usize, unit: Option<usize>) -> String {
        match (self.is_last(layer), unit) {
            (true, _) => "output".to_owned(),
            (false, None) => format!("layer {}", layer + 1),
            (false, Some(unit)) => format!("layer {}, unit {}", layer + 1, unit + 1),
        }
    }

    fn forward(&self, layer: usize, unit: Option<usize>) -> (String, Vec<Line>) {
        let net = &self.passes.net;
        let last = self.is_last(layer);
        let a = if last { "f" } else { "a" };
        let phi = match (last, net.output()) {
            (false, _) => net.activation().symbol(),
            (true, Output::Linear(_)) => "",
            (true, Output::Softmax(_)) => "softmax",
            (true, _) => "σ",
        };
        let below = if layer == 0 { sub("x", J) } else { sub("a", J) };
        let z = sub("z", I);
        let of_z = if phi.is_empty() { z.clone() } else { call(phi, &z) };
        let symbols = vec![
            format!("{z}{}{SUM_J}{}{below}{PLUS}{}", equals(), sub("w", IJ), sub("b", I)),
            format!("{}{}{of_z}", sub(a, I), equals()),
        ];
        let mut lines = vec![Line(String::new(), symbols)];
        for unit in self.units(layer, unit) {
            let numbers = &self.passes.numbers.layers[layer];
            let mut terms: Vec<String> = (0..self.shape(layer).inputs)
                .map(|input| {
                    let (w, _) = self.weight(layer, unit, Some(input));
                    format!("{}{TIMES}{}", factor(w), factor(self.below(layer, input)))
                })
                .collect();
            terms.push(factor(self.weight(layer, unit, None).0));
            let mut pieces = sum_of(of_unit("z", layer, unit), terms, numbers.z[unit]);
            let result = number(numbers.a[unit]);
            let inside = number(numbers.z[unit]);
            let of_z = match (phi, net.output(), last) {
                ("", ..) => inside,
                ("softmax", ..) => call("softmax", &of_unit("z", layer, unit)),
                _ => call(phi, &inside),
            };
            pieces.push(format!(
                "{}{}{of_z}{}{result}",
                of_unit(a, layer, unit),
                equals(),
                equals()
            ));
            lines.push(Line(self.label(layer, unit), pieces));
        }
        (format!("Forward, {}", self.place(layer, unit)), lines)
    }

    fn label(&self, layer: usize, unit: usize) -> String {
        if self.is_last(layer) && self.shape(layer).units == 1 {
            return String::new();
        }
        format!("{}", unit + 1)
    }

    fn loss(&self) -> (String, Vec<Line>) {
        let numbers = &self.passes.numbers;
        let output = &numbers.layers[numbers.layers.len() - 1];
        let value = number(numbers.loss);
        let half = "<mfrac><mn>1</mn><mn>2</mn></mfrac>";
        let square = |y: &str, f: &str| {
            format!(
                "{half}<msup><mrow><mo stretchy=\"false\">(</mo>{y}<mo>−</mo>{f}<mo stretchy=\"false\">)</mo></mrow><mn>2</mn></msup>"
            )
        };
        let log = |of: &str| format!("<mi>log</mi><mo>&#x2061;</mo>{of}");
        let l = format!("<mi>L</mi>{}", equals());
        let (symbols, with) = match self.passes.net.output() {
            Output::Linear(1) | Output::Sigmoid => (
                square("<mi>y</mi>", "<mi>f</mi>"),
                square(&number(numbers.target[0]), &factor(output.a[0])),
            ),
            Output::Linear(_) => (
                format!("{}{}", SUM_I, square(&sub("y", I), &sub("f", I))),
                (numbers.target.iter().zip(&output.a))
                    .map(|(y, f)| square(&number(*y), &factor(*f)))
                    .collect::<Vec<_>>()
                    .join(PLUS),
            ),
            Output::Logit => (
                format!(
                    "<mo form=\"prefix\">−</mo><mrow><mo stretchy=\"false\">[</mo><mi>y</mi>{}<mo>+</mo>\
                     <mo stretchy=\"false\">(</mo><mn>1</mn><mo>−</mo><mi>y</mi><mo stretchy=\"false\">)</mo>{}<mo stretchy=\"false\">]</mo></mrow>",
                    log("<mi>f</mi>"),
                    log(
                        "<mo stretchy=\"false\">(</mo><mn>1</mn><mo>−</mo><mi>f</mi><mo stretchy=\"false\">)</mo>"
                    )
                ),
                format!(
                    "<mo form=\"prefix\">−</mo>{}",
                    log(&match numbers.target[0] == 1.0 {
                        true => number(output.a[0]),
                        false => format!(
                            "<mo stretchy=\"false\">(</mo><mn>1</mn><mo>−</mo>{}<mo stretchy=\"false\">)</mo>",
                            number(output.a[0])
                        ),
                    })
                ),
            ),
            Output::Softmax(_) => (
                format!("<mo form=\"prefix\">−</mo>{}", log(&sub("f", "<mi>y</mi>"))),
                format!(
                    "<mo form=\"prefix\">−</mo>{}",
                    log(&number(output.a[numbers.target[0] as usize]))
                ),
            ),
        };
        let target: Vec<String> = numbers.target.iter().map(|y| number(*y)).collect();
        let target = target.join("<mo separator=\"true\">,</mo>");
        let lines = vec![
            Line(String::new(), vec![format!("{l}{symbols}")]),
            Line(
                String::new(),
                vec![
                    format!("<mi>y</mi>{}{target}<mo separator=\"true\">:</mo>", equals()),
                    format!("{l}{with}{}{value}", equals()),
                ],
            ),
        ];
        ("The loss".to_owned(), lines)
    }

    fn delta(&self, layer: usize, unit: Option<usize>) -> (String, Vec<Line>) {
        let numbers = &self.passes.numbers;
        let of = &numbers.layers[layer];
        let title = format!("Backward, δ of {}", self.place(layer, unit));
        let definition = format!("{}{}{}", sub("δ", I), equals(), slope(&sub("z", I)));
        if self.is_last(layer) {
            let squared = self.passes.net.output() == Output::Sigmoid;
            let y = match self.passes.net.output() {
                Output::Softmax(_) => {
                    "<mrow><mo stretchy=\"false\">[</mo><mi>y</mi><mo>=</mo><mi>i</mi><mo stretchy=\"false\">]</mo></mrow>".to_owned()
                }
                Output::Linear(2..) => sub("y", I),
                _ => "<mi>y</mi>".to_owned(),
            };
            let f =
                if self.shape(layer).units == 1 { "<mi>f</mi>".to_owned() } else { sub("f", I) };
            let chain = if squared {
                "<mo stretchy=\"false\">(</mo><mi>f</mi><mo>−</mo><mi>y</mi><mo stretchy=\"false\">)</mo><mi>f</mi><mo stretchy=\"false\">(</mo><mn>1</mn><mo>−</mo><mi>f</mi><mo stretchy=\"false\">)</mo>".to_owned()
            } else {
                format!("{f}<mo>−</mo>{y}")
            };
            let mut lines =
                vec![Line(String::new(), vec![format!("{definition}{}{chain}", equals())])];
            for unit in self.units(layer, unit) {
                let y = match self.passes.net.output() {
                    Output::Softmax(_) => f64::from(u8::from(numbers.target[0] == unit as f64)),
                    _ => numbers.target[unit],
                };
                let f = number(of.a[unit]);
                let with = if squared {
                    format!(
                        "<mo stretchy=\"false\">(</mo>{f}<mo>−</mo>{}<mo stretchy=\"false\">)</mo>{TIMES}{f}{TIMES}<mo stretchy=\"false\">(</mo><mn>1</mn><mo>−</mo>{f}<mo stretchy=\"false\">)</mo>",
                        factor(y)
                    )
                } else {
                    format!("{f}<mo>−</mo>{}", factor(y))
                };
                let line = format!(
                    "{}{}{with}{}{}",
                    of_unit("δ", layer, unit),
                    equals(),
                    equals(),
                    number(of.delta[unit])
                );
                lines.push(Line(self.label(layer, unit), vec![line]));
            }
            return (title, lines);
        }
        let above = self.shape(layer + 1);
        let phi = self.passes.net.activation();
        let symbols = format!(
            "{}{}<mo stretchy=\"false\">(</mo>{SUM_I}{}{}<mo stretchy=\"false\">)</mo><msup><mi>φ</mi><mo>′</mo></msup><mo stretchy=\"false\">(</mo>{}<mo stretchy=\"false\">)</mo>",
            sub("δ", J),
            equals(),
            sub("δ", I),
            sub("w", IJ),
            sub("z", J)
        );
        let mut lines = vec![Line(String::new(), vec![symbols, slope_of(phi)])];
        for unit in self.units(layer, unit) {
            let terms = (0..above.units).map(|i| {
                let delta = numbers.layers[layer + 1].delta[i];
                let (w, _) = self.weight(layer + 1, i, Some(unit));
                format!("{}{TIMES}{}", factor(delta), factor(w))
            });
            let terms: Vec<String> = terms.collect();
            let slope = phi.slope(of.z[unit], of.a[unit]);
            let mut pieces = vec![format!("{}{}<mo>(</mo>", of_unit("δ", layer, unit), equals())];
            for (at, term) in terms.into_iter().enumerate() {
                pieces.push(if at == 0 {
                    term
                } else {
                    format!("<mo form=\"infix\">+</mo>{term}")
                });
            }
            pieces.push(format!(
                "<mo>)</mo>{TIMES}{}{}{}",
                factor(slope),
                equals(),
                number(of.delta[unit])
            ));
            lines.push(Line(self.label(layer, unit), pieces));
        }
        (title, lines)
    }

    fn gradient(&self, layer: usize, unit: Option<usize>) -> (String, Vec<Line>) {
        let numbers = &self.passes.numbers;
        let below = if layer == 0 { sub("x", J) } else { sub("a", J) };
        let symbols = vec![
            format!("{}{}{}{below}", slope(&sub("w", IJ)), equals(), sub("δ", I)),
            format!("{}{}{}", slope(&sub("b", I)), equals(), sub("δ", I)),
        ];
        let mut lines = vec![Line(String::new(), symbols)];
        for unit in self.units(layer, unit) {
            let delta = numbers.layers[layer].delta[unit];
            let mut pieces: Vec<String> = (0..self.shape(layer).inputs)
                .map(|input| {
                    let (_, grad) = self.weight(layer, unit, Some(input));
                    let a = self.below(layer, input);
                    let index = format!("<mn>{}</mn><mn>{}</mn>", unit + 1, input + 1);
                    format!(
                        "{}{}{}{TIMES}{}{}{}<mo separator=\"true\">,</mo>",
                        slope(&sub("w", &index)),
                        equals(),
                        factor(delta),
                        factor(a),
                        equals(),
                        number(grad)
                    )
                })
                .collect();
            let index = format!("<mn>{}</mn>", unit + 1);
            pieces.push(format!("{}{}{}", slope(&sub("b", &index)), equals(), number(delta)));
            lines.push(Line(self.label(layer, unit), pieces));
        }
        (format!("Backward, ∂L/∂w of {}", self.place(layer, unit)), lines)
    }

    /// The chosen weight by its name: w with layer, unit and input.
    fn chosen(&self, lab: &NetLab) -> String {
        let Some(Place { layer, unit, input }) = self.passes.net.place(lab.experiment().weight)
        else {
            return String::new();
        };
        match input {
            None => of_unit("b", layer, unit),
            Some(input) => format!(
                "<msubsup><mi>w</mi><mrow><mn>{}</mn><mn>{}</mn></mrow><mrow><mo stretchy=\"false\">(</mo><mn>{}</mn>\
                 <mo stretchy=\"false\">)</mo></mrow></msubsup>",
                unit + 1,
                input + 1,
                layer + 1
            ),
        }
    }

    fn update(&self, lab: &NetLab, update: Option<WeightUpdate>) -> Vec<Line> {
        let (Some(update), Some(index)) = (update, lab.experiment().followed()) else {
            return Vec::new();
        };
        let setup = &lab.experiment().runs[index];
        let rule = (setup.rule.equation)(&setup.values, equation::ESTIMATE);
        let rule = rule.trim_start_matches("<math>").trim_end_matches("</math>").to_owned();
        let w = self.chosen(lab);
        let penalised = lab.experiment().regularisation(index) != Default::default();
        let why = if penalised { "with the penalty’s gradient" } else { "" };
        vec![
            Line(String::new(), vec![rule]),
            Line(
                why.to_owned(),
                vec![format!(
                    "{}{}{}{}{}",
                    equation::ESTIMATE,
                    equals(),
                    slope(&w),
                    equals(),
                    number(update.grad)
                )],
            ),
            Line(String::new(), vec![becomes(&w, &update)]),
        ]
    }

    fn batch(&self, lab: &NetLab, update: Option<WeightUpdate>) -> Vec<Line> {
        let Some(update) = update else { return Vec::new() };
        let w = self.chosen(lab);
        let mean = format!(
            "{}{}<mfrac><mn>1</mn><mrow><mo>|</mo>{J_K}<mo>|</mo></mrow></mfrac>\
             <munder><mo>∑</mo><mrow><mi>i</mi><mo>∈</mo>{J_K}</mrow></munder>{}",
            equation::ESTIMATE,
            equals(),
            slope(&w)
        );
        let mut pieces =
            vec![format!("<mfrac><mn>1</mn><mn>{}</mn></mfrac><mo>(</mo>", update.size)];
        for (at, (_, part)) in update.parts.iter().enumerate() {
            let part = factor(*part);
            pieces.push(if at == 0 { part } else { format!("<mo form=\"infix\">+</mo>{part}") });
        }
        if update.size > update.parts.len() {
            pieces.push("<mo form=\"infix\">+</mo><mo>…</mo>".to_owned());
        }
        pieces.push(format!("<mo>)</mo>{}{}", equals(), number(update.grad)));
        let members: Vec<String> =
            update.parts.iter().map(|(at, _)| (at + 1).to_string()).collect();
        let more = if update.size > members.len() { ", …" } else { "" };
        vec![
            Line(String::new(), vec![mean]),
            Line(format!("examples {}{more}", members.join(", ")), pieces),
            Line(String::new(), vec![becomes(&w, &update)]),
        ]
    }
}

const J_K: &str = "<msub><mi>J</mi><mi>k</mi></msub>";

/// w: 0.5 ← 0.48
fn becomes(w: &str, update: &WeightUpdate) -> String {
    let after = update.after.map_or("<mi>not finite</mi>".to_owned(), |after| {
        let text = digits(after, 5);
        format!("<mn>{text}</mn>")
    });
    format!("{w}<mo>:</mo><mn>{}</mn><mo>→</mo>{after}", digits(update.before, 5))
}

/// φ′ in terms of a or z.
fn slope_of(phi: Activation) -> String {
    let head = "<msup><mi>φ</mi><mo>′</mo></msup><mo>=</mo>";
    let one = "<mn>1</mn>";
    let body = match phi {
        Activation::Tanh => "<mn>1</mn><mo>−</mo><msup><mi>a</mi><mn>2</mn></msup>",
        Activation::Sigmoid => {
            "<mi>a</mi><mo stretchy=\"false\">(</mo><mn>1</mn><mo>−</mo><mi>a</mi><mo stretchy=\"false\">)</mo>"
        }
        Activation::Relu => "<mtext>1 where z &gt; 0, else 0</mtext>",
        Activation::LeakyRelu => "<mtext>1 where z &gt; 0, else 0.01</mtext>",
        Activation::Elu => "<mtext>1 where z &gt; 0, else a + 1</mtext>",
        Activation::Linear => one,
    };
    format!("{head}{body}")
}
