//! The nodes of the net's picture, and the weights into one of them.

use super::super::code::subscript;
use super::super::json::{Json, json};
use crate::labs::network::{NetLab, Setting};
use crate::labs::scene;
use crate::math::decimal::rounded_to_digits;
use crate::math::number::digits;
use crate::math::param::write_number;
use crate::network::{Architecture, Place};
use crate::view::net::Node;

/// The node of what there is none of.
const NOWHERE: Node = Node { center: [0.0; 2], half: 0.0 };

/// What the inputs are called.
pub(super) fn input_names(lab: &NetLab) -> Vec<String> {
    let experiment = lab.experiment();
    let mut names = Vec::new();
    if experiment.data.columns() > 2 {
        for at in 1..=experiment.data.columns() {
            names.push(["x", &subscript(at)].concat());
        }
    } else {
        for feature in experiment.features().iter() {
            names.push(feature.symbol.to_owned());
        }
    }
    names
}

/// What the outputs are called.
fn output_name(net: &Architecture, unit: usize) -> String {
    if net.output().units() == 1 { "f".to_owned() } else { ["f", &subscript(unit)].concat() }
}

/// Every input and every unit: where it is, and what a screen reader says of it.
pub(super) fn nodes(lab: &NetLab) -> Vec<Json> {
    let net = lab.experiment().architecture();
    let layout = scene::net::layout(lab);
    let mut nodes = Vec::new();
    for (unit, label) in input_names(lab).into_iter().enumerate() {
        let says = ["Input ", &label].concat();
        let weight = Place { layer: 0, unit: 0, input: Some(unit) };
        nodes.push(node(&net, layout.input(unit), -1, unit, label, says, weight));
    }
    let last = net.layers().len() - 1;
    for (layer, shape) in net.layers().iter().enumerate() {
        for unit in 0..shape.units {
            let (label, says) = if layer == last {
                let label = output_name(&net, unit);
                (label.clone(), ["Output ", &label].concat())
            } else {
                (String::new(), format!("Unit {} of hidden layer {}", unit + 1, layer + 1))
            };
            let weight = Place { layer, unit, input: Some(0) };
            nodes.push(node(
                &net,
                layout.node(layer, unit),
                layer as i32,
                unit,
                label,
                says,
                weight,
            ));
        }
    }
    nodes
}

/// A node where it is, with the weight that a click on it chooses.
fn node(
    net: &Architecture,
    node: Option<Node>,
    layer: i32,
    unit: usize,
    label: String,
    says: String,
    weight: Place,
) -> Json {
    let Node { center: [x, y], half } = node.unwrap_or(NOWHERE);
    json!({
        "layer": layer,
        "unit": unit,
        "x": x - half,
        "y": y - half,
        "side": 2.0 * half,
        "says": says,
        "weight": net.index(weight).and_then(|index| net.name(index)).unwrap_or_default(),
        "label": label,
    })
}

/// Where the hidden layers are, for what stands over each.
pub(super) fn heads(lab: &NetLab) -> Vec<Json> {
    let layout = scene::net::layout(lab);
    let mut heads = Vec::new();
    for (layer, &units) in lab.experiment().hidden().iter().enumerate() {
        let Node { center: [x, _], .. } = layout.node(layer, 0).unwrap_or(NOWHERE);
        heads.push(json!({ "layer": layer + 1, "x": x, "units": units }));
    }
    heads
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
    let mut rows = Vec::new();
    // The bias stands behind the weights.
    for input in 0..=shape.inputs {
        let is_bias = input == shape.inputs;
        let from = match layer {
            _ if is_bias => "bias".to_owned(),
            0 => input_names(lab)[input].clone(),
            layer => format!("unit {} of layer {layer}", input + 1),
        };
        let place = Place { layer, unit, input: if is_bias { None } else { Some(input) } };
        let Some(at) = net.index(place) else { continue };
        let name = net.name(at).unwrap_or_default();
        let value = trainer.theta()[at];
        rows.push(json!({
            "key": ["theta.", &name].concat(),
            "name": name,
            "from": from,
            "text": write_number(rounded_to_digits(value, 6)),
            "grad": digits(trainer.grad()[at], 3),
            "change": digits(value - trainer.before()[at], 3),
            "chosen": at == experiment.weight,
        }));
    }
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
