//! The pseudo code and its variables, as the page is told.

use serde::Serialize;
use ts_rs::TS;

use crate::labs::planar::PlanarLab;
use crate::labs::planar::experiment::LabKind;
use crate::math::number::{count, point, three};
use crate::optimizers::{equation, gradient_descent};
use crate::training::pseudocode::{ESTIMATE, LINES, TAKE};

/// A line of the pseudo code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct CodeLine {
    /// By how many steps it is indented.
    pub indent: usize,
    /// What stands in it, one after the other.
    pub pieces: Vec<Piece>,
}

/// A part of a [`CodeLine`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum Piece {
    /// Words.
    Text(String),
    /// A formula, as MathML.
    Math(String),
}

/// Where the pseudo code stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct LiveCode {
    /// The line that runs, counted from 1.
    pub line: usize,
    /// What the variables of each line are now; empty where there are none.
    pub values: Vec<String>,
    /// What is worth knowing of the batch in hand; may be empty.
    pub note: String,
    /// Whether the clock is too fast for single lines.
    pub flow: bool,
}

/// So many members of a batch or of an order are written out.
const MOST_NAMED: usize = 5;

/// The ten lines of the followed run's program; nothing on a surface and without runs.
pub(super) fn lines(lab: &PlanarLab) -> Option<Vec<CodeLine>> {
    let experiment = lab.experiment();
    lab.program()?;
    let index = experiment.followed()?;
    let setup = &experiment.runs[index];
    let math = |inside: &str| format!("<math>{inside}</math>");
    let theta = math("<mi>θ</mi>");
    let batch = "<msub><mi>J</mi><mi>k</mi></msub>";
    let mean = format!(
        "<mo>←</mo><mfrac><mn>1</mn><mrow><mo>|</mo>{batch}<mo>|</mo></mrow></mfrac>\
         <msub><mo largeop=\"false\">∑</mo><mrow><mi>i</mi><mo>∈</mo>{batch}</mrow></msub>"
    );
    let g = equation::ESTIMATE;
    let estimate = math(&match setup.rule.direction {
        None => format!(
            "{g}{mean}<mo>∇</mo><mi>L</mi><mo stretchy=\"false\">(</mo><mi>θ</mi><mo>;</mo>\
             <msub><mi>x</mi><mi>i</mi></msub><mo separator=\"true\">,</mo>\
             <msub><mi>y</mi><mi>i</mi></msub><mo stretchy=\"false\">)</mo>"
        ),
        // A rule of second order is told the Hessian over the same examples.
        Some(_) => format!(
            "{g}<mo separator=\"true\">,</mo><mi>H</mi>{mean}<mo>∇</mo>\
             <msub><mi>L</mi><mi>i</mi></msub><mo separator=\"true\">,</mo>\
             <msup><mo>∇</mo><mn>2</mn></msup><msub><mi>L</mi><mi>i</mi></msub>"
        ),
    });
    let update = (setup.rule.equation)(&setup.values, equation::ESTIMATE);
    let returned = match setup.average() {
        Some(_) => math("<mover accent=\"true\"><mi>θ</mi><mo stretchy=\"false\">¯</mo></mover>"),
        None => theta.clone(),
    };
    let count = math("<mi>t</mi><mo>←</mo><mi>t</mi><mo>+</mo><mn>1</mn>");
    let zero = math("<mi>t</mi><mo>←</mo><mn>0</mn>");
    let first = math("<msub><mi>J</mi><mn>1</mn></msub>");
    let last = math("<msub><mi>J</mi><mi>K</mi></msub>");
    let size = math("<mi>m</mi>");
    let all = math("<mi>n</mi>");
    let from_one = math("<mi>k</mi><mo>=</mo><mn>1</mn>");
    let to_last = math("<mi>K</mi>");
    let taken = math(batch);
    Some(vec![
        line(0, &["choose ", &theta, "; ", &zero]),
        line(0, &["for epoch = 1, 2, …"]),
        line(1, &["shuffle the ", &all, " examples"]),
        line(1, &["split them into ", &first, " … ", &last, " of ", &size, " each"]),
        line(1, &["for ", &from_one, " … ", &to_last]),
        line(2, &["take the batch ", &taken]),
        line(2, &[&estimate]),
        line(2, &[&update]),
        line(2, &[&count]),
        line(0, &["return ", &returned]),
    ])
}

fn line(indent: usize, pieces: &[&str]) -> CodeLine {
    let piece = |piece: &&str| {
        let text = (*piece).to_owned();
        if piece.starts_with("<math") { Piece::Math(text) } else { Piece::Text(text) }
    };
    CodeLine { indent, pieces: pieces.iter().map(piece).collect() }
}

/// In which epoch the followed run is, and at which batch of it.
pub(super) fn place(lab: &PlanarLab) -> String {
    if lab.experiment().lab() == LabKind::Surface {
        return String::new();
    }
    let (Some(program), Some(step)) = (lab.program(), lab.step().checked_sub(1)) else {
        return "epoch 0".to_owned();
    };
    let [epoch, k] = program.batches.place(step);
    let [epoch, k, all] = [epoch + 1, k + 1, program.batches.per_epoch()].map(count);
    format!("epoch {epoch}, batch {k} of {all}")
}

/// The line that is lit and what the variables are; nothing where there is no program.
pub(super) fn live(lab: &PlanarLab) -> Option<LiveCode> {
    lab.program()?;
    Some(LiveCode {
        line: usize::from(lab.position()?.line),
        values: (1..=LINES).map(|line| value(lab, line).unwrap_or_default()).collect(),
        note: note(lab).unwrap_or_default(),
        flow: lab.plays_too_fast(),
    })
}

/// What the variable of a line is at the place where the program stands.
fn value(lab: &PlanarLab, line: u8) -> Option<String> {
    let experiment = lab.experiment();
    let index = experiment.followed()?;
    let path = &lab.paths()[index].theta;
    let program = lab.program()?;
    let batches = program.batches;
    let position = lab.position()?;
    let update = program.update_of(line, position);
    let ended = lab.paths()[index].is_complete();
    let last = path.last().filter(|_| ended);
    let theta = |step: usize| path.get(step).or(last).map(|at| point(*at));
    let place = |update: usize| batches.place(update);
    match line {
        1 => Some(format!("θ = {}", point(experiment.start))),
        2 => Some(format!("epoch {}", count(place(update?)[0] + 1))),
        3 => {
            let order = batches.order(place(update?)[0]);
            Some(if batches.is_full() {
                "one batch: any order".to_owned()
            } else {
                named(&order, MOST_NAMED)
            })
        }
        4 => {
            update?;
            let last = batches.part(batches.per_epoch() - 1).len();
            let short =
                if last < batches.m { format!(", the last of {last}") } else { String::new() };
            Some(format!("K = {}{short}", count(batches.per_epoch())))
        }
        5 => Some(format!("k = {}", count(place(update?)[1] + 1))),
        TAKE => {
            let update = update?;
            let members = batches.batch(update);
            let inside = if batches.is_full() {
                format!("1 … {}", batches.n)
            } else {
                named(&members, MOST_NAMED)
            };
            Some(format!("J{} = {{{inside}}}", subscript(place(update)[1] + 1)))
        }
        ESTIMATE => {
            let update = update?;
            let at = *path.get(update)?;
            let (risk, batch) = (lab.objective().risk()?, batches.batch(update));
            let gradient = format!("ĝ = {}", point(risk.gradient_over(at, &batch).gradient));
            Some(match experiment.runs[index].rule.direction {
                None => gradient,
                Some(_) => {
                    let [xx, xy, yy] = risk.hessian_over(at, &batch).hessian.map(three);
                    format!("{gradient}, H = ({xx}, {xy}; {xy}, {yy})")
                }
            })
        }
        8 => (position.step > 0).then(|| theta(position.step))?.map(|at| format!("θ = {at}")),
        9 => {
            let counted = if position.line == 8 { position.step - 1 } else { position.step };
            Some(format!("t = {}", count(counted)))
        }
        LINES if position.line == LINES => {
            if let Some(average) = lab.average(index) {
                let last = average.theta.last().filter(|_| lab.is_complete());
                return last.map(|at| format!("θ̄ = {}", point(*at)));
            }
            theta(position.step).map(|at| format!("θ = {at}"))
        }
        _ => None,
    }
}

/// What is worth knowing of the batch in hand.
fn note(lab: &PlanarLab) -> Option<String> {
    let program = lab.program()?;
    let experiment = lab.experiment();
    let index = experiment.followed()?;
    let batches = program.batches;
    let all = count(batches.n);
    if batches.is_full() {
        let what = if batches.n == 1 {
            "the one example".to_owned()
        } else {
            format!("all {all} examples")
        };
        let is_plain = experiment.runs[index].rule.key == gradient_descent::RULE.key;
        let this = if is_plain { " This is GD." } else { "" };
        return Some(format!("m = n: the one batch is {what}.{this}"));
    }
    let [_, k] = batches.place(lab.update_in_view()?);
    let size = batches.part(k).len();
    if size < batches.m {
        return Some(format!(
            "J{} is the last batch and has only {size} of {}: ĝ is the mean over these {size}.",
            subscript(k + 1),
            batches.m
        ));
    }
    let updates = count(batches.per_epoch());
    Some(if batches.n.is_multiple_of(batches.m) {
        format!("An epoch is n/m = {all}/{} = {updates} updates.", batches.m)
    } else {
        format!("An epoch is ⌈n/m⌉ = ⌈{all}/{}⌉ = {updates} updates.", batches.m)
    })
}

/// The first of some examples, counted from 1: `17, 3, 45, …`.
pub(super) fn named(indices: &[u32], most: usize) -> String {
    let first = indices.iter().take(most).map(|index| (index + 1).to_string());
    let more = if indices.len() > most { ", …" } else { "" };
    format!("{}{more}", first.collect::<Vec<_>>().join(", "))
}

/// 12 as ₁₂.
pub(super) fn subscript(number: usize) -> String {
    let digit = |c: char| c.to_digit(10).and_then(|d| char::from_u32(0x2080 + d));
    number.to_string().chars().filter_map(digit).collect()
}
