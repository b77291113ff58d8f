//! What the net's picture and the panels are made of, as the page is told.

use serde::Serialize;
use ts_rs::TS;

use super::super::dial::Dial;
use super::unit::{LayerHead, NetNode, heads, nodes};
use super::{tick, title};
use crate::labs::network::data::MOST_CLASSES;
use crate::labs::network::link::write_hidden;
use crate::labs::network::{NET, NetLab, SETTINGS_OF_NETS, Setting};
use crate::network::{FEATURES, Feature, Output};
use crate::view::{LOOKS, Theme, classes};

/// What the Network lab has besides.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Net {
    /// One for each run that is shown.
    pub panels: Vec<Panel>,
    /// What stands over the net's picture.
    pub title: String,
    /// What the clock counts: `epoch` or `update`.
    pub tick: &'static str,
    /// The hidden layers as they are typed, such as `4,2`.
    pub layers: String,
    /// The names of the two weights that span the plane, with a comma between them; `null` where no
    /// two weights span it.
    pub pair: Option<String>,
    /// Whether the loss surface is shown in three dimensions.
    pub hill: bool,
    /// How many units each hidden layer has.
    pub hidden: Vec<usize>,
    /// What can be an input; empty where the columns of the data are.
    pub features: Vec<InputFeature>,
    /// What can be drawn by hand; `null` where nothing can.
    pub brush: Option<Brush>,
    /// The inputs, then the units, layer by layer.
    pub nodes: Vec<NetNode>,
    /// What stands over each hidden layer.
    pub heads: Vec<LayerHead>,
    /// What can be set, by where it stands.
    pub dials: NetDials,
}

/// The panel of a run: what its net says of the plane.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Panel {
    /// The run's name.
    pub run: String,
    /// What stands over it.
    pub title: String,
    /// The run's colour, as CSS writes it.
    pub color: String,
}

/// A feature that the net may have as an input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct InputFeature {
    /// Its name in a link.
    pub key: &'static str,
    /// How formulas write it.
    pub symbol: &'static str,
    /// Whether the net has it.
    pub on: bool,
}

/// The classes that can be drawn by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Brush {
    /// One more than there are, while there is room.
    pub classes: Vec<BrushClass>,
    /// Which of them is drawn, counted from 0.
    pub chosen: usize,
}

/// A class that can be drawn by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct BrushClass {
    /// What the page calls it.
    pub name: String,
    /// Its colour, as CSS writes it.
    pub color: String,
}

/// What can be set of nets, by where it stands.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct NetDials {
    /// Beside the net's picture.
    pub net: Vec<Dial>,
    /// Over the passes.
    pub passes: Vec<Dial>,
    /// Of the loss functions.
    pub losses: Vec<Dial>,
    /// Over the loss surface.
    pub surface: Vec<Dial>,
}

/// What the net's picture and the panels are made of.
pub(super) fn net(lab: &NetLab, theme: &Theme) -> Net {
    let experiment = lab.experiment();
    let shape = experiment.architecture();
    let by_weights = experiment.setting(Setting::Plane) == 2.0;
    let pair = experiment.pair.map(|index| shape.name(index).unwrap_or_default()).join(",");
    Net {
        panels: panels(lab, theme),
        title: experiment.followed().map_or_else(
            || "Net".to_owned(),
            |index| format!("Net of {}", title(experiment, index)),
        ),
        tick: tick(experiment),
        layers: write_hidden(experiment.hidden()),
        pair: by_weights.then_some(pair),
        hill: lab.shows_hill(),
        hidden: experiment.hidden().to_vec(),
        features: features(lab),
        brush: brush(lab, theme),
        nodes: nodes(lab),
        heads: heads(lab),
        dials: dials(lab),
    }
}

fn panels(lab: &NetLab, theme: &Theme) -> Vec<Panel> {
    let experiment = lab.experiment();
    let names = experiment.runs.names();
    let panel = |index: usize| {
        let batches = experiment.batches(index);
        let size = if batches.is_full() { "all" } else { "m" };
        let squared = matches!(experiment.output_of(index), Output::Sigmoid(_));
        let loss = if squared { ", L2" } else { "" };
        Panel {
            run: names[index].clone(),
            title: format!("{}, {size} = {}{loss}", title(experiment, index), batches.m),
            color: LOOKS[experiment.runs[index].look].color(theme).css(),
        }
    };
    lab.shown().into_iter().map(panel).collect()
}

fn features(lab: &NetLab) -> Vec<InputFeature> {
    let experiment = lab.experiment();
    if experiment.data.columns() > 2 {
        return Vec::new();
    }
    let chosen = experiment.features();
    let features = FEATURES.iter().enumerate();
    let feature = |(at, feature): (usize, &Feature)| InputFeature {
        key: feature.key,
        symbol: feature.symbol,
        on: chosen.contains(at),
    };
    features.map(feature).collect()
}

fn dials(lab: &NetLab) -> NetDials {
    let experiment = lab.experiment();
    let of_setting = |setting: Setting| {
        Dial::plain(&SETTINGS_OF_NETS[setting as usize], experiment.setting(setting))
    };
    let of_net = NET.iter().zip(experiment.net_values()).enumerate();
    let of_net = of_net.filter(|&(at, _)| experiment.uses_net(at));
    let mut example = SETTINGS_OF_NETS[Setting::Example as usize].clone();
    example.range[1] = lab.sets().train.len() as f64;
    let shown = experiment.setting(Setting::Example).min(example.range[1]);
    NetDials {
        net: of_net.map(|(_, (param, &value))| Dial::plain(param, value)).collect(),
        passes: vec![Dial::plain(&example, shown), of_setting(Setting::Pass)],
        losses: vec![Dial::plain(&example, shown)],
        surface: [Setting::Plane, Setting::View].map(of_setting).into(),
    }
}

/// The classes that can be drawn by hand.
fn brush(lab: &NetLab, theme: &Theme) -> Option<Brush> {
    let parts = &lab.sets().parts;
    if parts.columns != 2 {
        return None;
    }
    let names = lab.experiment().data.names();
    let named: Vec<String> = match parts.classes {
        0 => ["y = −1", "y = 1"].map(str::to_owned).into(),
        // One class more can be drawn than there are.
        classes => {
            let all = 0..(classes + 1).min(MOST_CLASSES);
            all.map(|at| format!("class {}", names.of(at))).collect()
        }
    };
    let color = |class: usize| classes::color(theme, class).css();
    let all = named.into_iter().enumerate();
    let classes = all.map(|(class, name)| BrushClass { name, color: color(class) }).collect();
    Some(Brush { classes, chosen: lab.brush() })
}
