//! The nodes of the net's picture, and the weights into one of them.

use super::super::json::{Json, json};
use crate::analysis::number::digits;
use crate::decimal::rounded_to_digits;
use crate::net_lab::{NetLab, Setting};
use crate::network::{Architecture, Place};
use crate::param::write_number;
use crate::scene;
use crate::view::net::Node;

/// The node of what there is none of.
const NOWHERE: Node = Node { center: [0.0; 2], half: 0.0 };

/// What the inputs are called.
pub(super) fn input_names(lab: &NetLab) -> Vec<String> {
    let experiment = lab.experiment();
    if experiment.data.columns() > 2 {
        return (1..=experiment.data.columns()).map(|at| format!("x{}", subscript(at))).collect();
    }
    experiment.features().iter().map(|feature| feature.symbol.to_owned()).collect()
}

/// A whole number as an index below the line.
fn subscript(number: usize) -> String {
    let low =
        |digit: char| char::from_u32(0x2080 + digit.to_digit(10).unwrap_or(0)).unwrap_or(digit);
    number.to_string().chars().map(low).collect()
}

/// What the outputs are called.
fn output_name(net: &Architecture, unit: usize) -> String {
    if net.output().units() == 1 { "f".to_owned() } else { format!("f{}", subscript(unit)) }
}

/// Every input and every unit: where it is, and what a screen reader says of it.
pub(super) fn nodes(lab: &NetLab) -> Vec<Json> {
    let net = lab.experiment().architecture();
    let layout = scene::net::layout(lab);
    let name =
        |place: Place| net.index(place).and_then(|index| net.name(index)).unwrap_or_default();
    let inputs = input_names(lab).into_iter().enumerate().map(|(input, label)| {
        let Node { center: [x, y], half } = layout.input(input).unwrap_or(NOWHERE);
        json!({
            "layer": -1,
            "unit": input,
            "x": x - half,
            "y": y - half,
            "side": 2.0 * half,
            "says": format!("Input {label}"),
            "weight": name(Place { layer: 0, unit: 0, input: Some(input) }),
            "label": label,
        })
    });
    let last = net.layers().len() - 1;
    let units = net
        .layers()
        .iter()
        .enumerate()
        .flat_map(|(layer, shape)| (0..shape.units).map(move |unit| (layer, unit)));
    let units = units.map(|(layer, unit)| {
        let Node { center: [x, y], half } = layout.node(layer, unit).unwrap_or(NOWHERE);
        let label = if layer == last { output_name(&net, unit) } else { String::new() };
        let says = match layer == last {
            true => format!("Output {label}"),
            false => format!("Unit {} of hidden layer {}", unit + 1, layer + 1),
        };
        json!({
            "layer": layer,
            "unit": unit,
            "x": x - half,
            "y": y - half,
            "side": 2.0 * half,
            "says": says,
            "weight": name(Place { layer, unit, input: Some(0) }),
            "label": label,
        })
    });
    inputs.chain(units).collect()
}

/// Where the hidden layers are, for what stands over each.
pub(super) fn heads(lab: &NetLab) -> Vec<Json> {
    let layout = scene::net::layout(lab);
    let hidden = lab.experiment().hidden().iter().enumerate();
    hidden
        .map(|(layer, units)| {
            let Node { center: [x, _], .. } = layout.node(layer, 0).unwrap_or(NOWHERE);
            json!({ "layer": layer + 1, "x": x, "units": *units })
        })
        .collect()
}

/// The unit that the chosen weight goes into: all weights into it, their gradients and what the
/// last update changed.
pub(super) fn unit(lab: &NetLab) -> Json {
    let experiment = lab.experiment();
    let (Some(index), true) = (experiment.followed(), experiment.setting(Setting::Deck) == 1.0)
    else {
        return Json::Null;
    };
    let trainer = lab.courses()[index].trainer();
    let net = experiment.architecture();
    let Some(Place { layer, unit, .. }) = net.place(experiment.weight) else { return Json::Null };
    let shape = net.layers()[layer];
    let below = |input: usize| match layer {
        0 => input_names(lab)[input].clone(),
        layer => format!("unit {} of layer {layer}", input + 1),
    };
    let inputs = (0..shape.inputs).map(Some).chain([None]);
    let rows: Vec<Json> = inputs
        .filter_map(|input| {
            let at = net.index(Place { layer, unit, input })?;
            let name = net.name(at)?;
            let value = trainer.theta()[at];
            let number = |number: f64| digits(number, 3);
            Some(json!({
                "key": format!("theta.{name}"),
                "name": name,
                "from": input.map_or("bias".to_owned(), below),
                "text": write_number(rounded_to_digits(value, 6)),
                "grad": number(trainer.grad()[at]),
                "change": number(value - trainer.before()[at]),
                "chosen": at == experiment.weight,
            }))
        })
        .collect();
    let title = match layer + 1 == net.layers().len() {
        true => format!("Into output {}", output_name(&net, unit)),
        false => format!("Into unit {} of hidden layer {}", unit + 1, layer + 1),
    };
    json!({ "title": title, "rows": rows })
}

/// What there is to read of a weight or a bias.
pub fn weight(lab: &NetLab, at: usize) -> Option<Json> {
    let experiment = lab.experiment();
    let net = experiment.architecture();
    let trainer = lab.courses()[experiment.followed()?].trainer();
    let name = net.name(at)?;
    let number = |number: f64| digits(number, 4);
    let value = *trainer.theta().get(at)?;
    let rows = [
        [name.clone(), number(value)],
        [format!("∂R/∂{}", &name[..1]), number(trainer.grad()[at])],
        ["last change".to_owned(), number(value - trainer.before()[at])],
    ];
    Some(json!({ "text": format!("{name} = {}", number(value)), "rows": rows }))
}
