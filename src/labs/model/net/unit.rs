//! The nodes of the net's picture, and the weights into one of them.

use serde::Serialize;
use ts_rs::TS;

use super::super::Hover;
use super::super::code::subscript;
use crate::labs::network::scene;
use crate::labs::network::{NetLab, Setting};
use crate::math::decimal::rounded_to_digits;
use crate::math::number::digits;
use crate::math::param::write_number;
use crate::network::{Architecture, Place};
use crate::view::net::Node;

/// An input or a unit in the net's picture; lengths are in CSS pixels.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct NetNode {
    /// Its layer, counted from 0; −1 of an input.
    pub layer: i32,
    /// Its place in the layer, counted from 0.
    pub unit: usize,
    /// Its left edge.
    pub x: f64,
    /// Its upper edge.
    pub y: f64,
    /// Its side.
    pub side: f64,
    /// Its name for a screen reader.
    pub says: String,
    /// The name of the weight that a click on it chooses: one into it, or out of an input.
    pub weight: String,
    /// What stands in it; may be empty.
    pub label: String,
}

/// What stands over a hidden layer.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct LayerHead {
    /// Which one, counted from 1.
    pub layer: usize,
    /// Its middle, in CSS pixels of the net's picture.
    pub x: f64,
    /// How many units it has.
    pub units: usize,
}

/// The weights into a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Unit {
    /// Which unit.
    pub title: String,
    /// Its weights, then its bias.
    pub rows: Vec<WeightRow>,
}

/// A weight into a unit, or its bias.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct WeightRow {
    /// The key that sets it.
    pub key: String,
    /// Its name, such as `w2.1.3`.
    pub name: String,
    /// Where it comes from.
    pub from: String,
    /// Its value.
    pub text: String,
    /// ∂R/∂w
    pub grad: String,
    /// What the last update added to it.
    pub change: String,
    /// Whether it is the chosen one.
    pub chosen: bool,
}

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
pub(super) fn nodes(lab: &NetLab) -> Vec<NetNode> {
    let net = lab.experiment().architecture();
    let layout = scene::layout(lab);
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
) -> NetNode {
    let Node { center: [x, y], half } = node.unwrap_or(NOWHERE);
    let weight = net.index(weight).and_then(|index| net.name(index)).unwrap_or_default();
    NetNode { layer, unit, x: x - half, y: y - half, side: 2.0 * half, says, weight, label }
}

/// What stands over each hidden layer.
pub(super) fn heads(lab: &NetLab) -> Vec<LayerHead> {
    let layout = scene::layout(lab);
    let head = |(layer, &units): (usize, &usize)| {
        let Node { center: [x, _], .. } = layout.node(layer, 0).unwrap_or(NOWHERE);
        LayerHead { layer: layer + 1, x, units }
    };
    lab.experiment().hidden().iter().enumerate().map(head).collect()
}

/// The unit that the chosen weight goes into: all weights into it, their gradients and what the
/// last update changed.
pub(super) fn unit(lab: &NetLab) -> Option<Unit> {
    let experiment = lab.experiment();
    if experiment.setting(Setting::Deck) != 1.0 {
        return None;
    }
    let trainer = lab.training_runs()[experiment.followed()?].trainer();
    let net = experiment.architecture();
    let Place { layer, unit, .. } = net.place(experiment.weight)?;
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
        rows.push(WeightRow {
            key: ["theta.", &name].concat(),
            name,
            from,
            text: write_number(rounded_to_digits(value, 6)),
            grad: digits(trainer.grad()[at], 3),
            change: digits(value - trainer.before()[at], 3),
            chosen: at == experiment.weight,
        });
    }
    let title = match layer + 1 == net.layers().len() {
        true => format!("Into output {}", output_name(&net, unit)),
        false => format!("Into unit {} of hidden layer {}", unit + 1, layer + 1),
    };
    Some(Unit { title, rows })
}

/// What there is to read of a weight or a bias.
pub fn weight(lab: &NetLab, at: usize) -> Option<Hover> {
    let experiment = lab.experiment();
    let net = experiment.architecture();
    let trainer = lab.training_runs()[experiment.followed()?].trainer();
    let name = net.name(at)?;
    let number = |number: f64| digits(number, 4);
    let value = *trainer.theta().get(at)?;
    let rows = [
        [name.clone(), number(value)],
        [format!("∂R/∂{}", &name[..1]), number(trainer.grad()[at])],
        ["last change".to_owned(), number(value - trainer.before()[at])],
    ];
    Some(Hover::new(format!("{name} = {}", number(value)), rows))
}
