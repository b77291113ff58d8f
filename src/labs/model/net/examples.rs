//! Examples and the marked tick of the chart, as the page is told.

use super::super::{Chosen, Hover};
use super::{shows_accuracy, tick, title};
use crate::labs::Dataset as _;
use crate::labs::network::NetLab;
use crate::labs::network::scene::outputs_at;
use crate::math::number::{count, digits};
use crate::network::Output;

/// What there is to read of an example, by its place among all.
pub fn example_hover(lab: &NetLab, index: usize) -> Option<Hover> {
    let row = lab.row(index)?;
    let parts = &lab.sets().parts;
    let at = parts.train_at.iter().position(|&place| place == index);
    let what = at.map_or_else(
        || "test example".to_owned(),
        |at| format!("example {} of {}", at + 1, parts.train.len()),
    );
    let x: Vec<String> = row.x.iter().map(|x| digits(*x, 4)).collect();
    let (label, y) = match parts.classes {
        0 => ("y", digits(row.y, 4)),
        _ => ("class", lab.experiment().data.names().of(row.y as usize)),
    };
    let text = format!("{what} at ({}), {label} {y}.", x.join(", "));
    let rows = [[what, String::new()], ["x".to_owned(), x.join(", ")], [label.to_owned(), y]];
    Some(Hover::new(text, rows))
}

/// What a screen reader says of an example, and the pixel of the panels where it lies.
pub fn chosen(lab: &NetLab, index: usize) -> Option<Chosen> {
    Some(Chosen { text: example_hover(lab, index)?.text, at: lab.pixel_of(index)? })
}

/// What there is to read at a pixel of the panel in place `slot`: the example there, and what the
/// run's net says.
pub fn panel_hover(lab: &NetLab, slot: usize, pixel: [f64; 2]) -> Option<Hover> {
    let run = *lab.shown().get(slot)?;
    let [x, y] = lab.frame().to_data(pixel);
    let parts = &lab.sets().parts;
    let mut rows: Vec<[String; 2]> = Vec::new();
    let mut row = |label: &str, value: f64| rows.push([label.to_owned(), digits(value, 4)]);
    if parts.columns == 1 {
        row("x", x);
    } else {
        row("x₁", x);
        row("x₂", y);
    }
    let said = outputs_at(lab, run, [x, y]);
    match (lab.experiment().output_of(run), &said[..]) {
        (Output::Logit, &[p]) => {
            row("f", p);
            row("P(class 0)", 1.0 - p);
            row("P(class 1)", p);
        }
        (Output::Softmax(_), classes) => {
            for (class, &p) in classes.iter().enumerate() {
                row(&format!("P(class {class})"), p);
            }
        }
        (_, &[f]) => row("f", f),
        (_, outputs) => {
            for (class, &f) in outputs.iter().enumerate() {
                row(&format!("f, class {class}"), f);
            }
        }
    }
    if let Some(told) = lab.example_at(pixel).and_then(|index| label_of(lab, index)) {
        rows.push([told.0, told.1]);
    }
    Some(Hover::new(String::new(), rows))
}

/// Which example it is, and its class or value.
fn label_of(lab: &NetLab, index: usize) -> Option<(String, String)> {
    let row = lab.row(index)?;
    let parts = &lab.sets().parts;
    let at = parts.train_at.iter().position(|&place| place == index);
    let what = at.map_or("test example".to_owned(), |at| format!("example {}", at + 1));
    let label = match parts.classes {
        0 => format!("y = {}", digits(row.y, 4)),
        _ => format!("class {}", row.y as usize),
    };
    Some((what, label))
}

/// The tick that the pointer marks in the chart, and what the runs have lost there.
pub fn chart_hover(lab: &NetLab) -> Option<Hover> {
    let step = lab.marked_step()?;
    let accuracy = shows_accuracy(lab.experiment());
    let mut said = String::new();
    for index in lab.shown() {
        let (records, stride) = lab.training_runs()[index].records();
        let [train, test] = match accuracy {
            true => [&records.accuracy[0], &records.accuracy[1]],
            false => [&records.train, &records.test],
        };
        let at = step / stride;
        let Some(train) = train.get(at) else { continue };
        said += if said.is_empty() { "" } else { ", " };
        said += &title(lab.experiment(), index);
        said += ": ";
        said += &digits(*train, 3);
        if let Some(test) = test.get(at).filter(|test| test.is_finite()) {
            said += &format!(" ({})", digits(*test, 3));
        }
    }
    let text = format!("{} {}; {said}", tick(lab.experiment()), count(step));
    Some(Hover::of_step(step, text))
}
