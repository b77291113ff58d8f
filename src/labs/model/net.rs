//! The Network lab, as the page is told.

mod examples;
mod passes;
mod unit;

pub use examples::{chart_hover, example, panel_hover};
pub use unit::weight;

use super::common::{
    card, dial, dial_under, index_of, labs, rule_dials, rules, said, setting, title_of, told,
};
use super::json::{Json, json};
use super::math;
use crate::data::Batches;
use crate::data::classes::{PLAN, Planned};
use crate::labs::TABS;
use crate::labs::experiment::batch_of;
use crate::labs::link::SENDABLE;
use crate::labs::network::data::STANDARDISE;
use crate::labs::network::link::{AS_VALUES, NET_KEY, write_hidden};
use crate::labs::network::{
    self, MOST_NETS, NET, NetExperiment, NetLab, PRESETS, RUN, SETTINGS_OF_NETS, Setting,
};
use crate::labs::presets;
use crate::labs::scene;
use crate::math::number::count;
use crate::math::param::{Choice, Scale};
use crate::network::{FEATURES, MOST_HIDDEN, MOST_UNITS, Output};
use crate::optimizers::equation;
use crate::view::classes;
use crate::view::{LOOKS, Theme};

/// Everything that stays as it is while the clock runs.
pub fn model(lab: &NetLab, theme: &Theme) -> Json {
    let experiment = lab.experiment();
    let (tab, _) = TABS[2];
    let mut runs = Vec::new();
    for at in 0..experiment.runs.len() {
        runs.push(run(experiment, at, theme));
    }
    json!({
        "lab": tab,
        "labs": labs(),
        "surface": surface(experiment),
        "gallery": gallery(),
        "plots": Vec::<Json>::new(),
        "data": data(lab),
        "code": Json::Null,
        "rules": rules(),
        "presets": told(PRESETS),
        "preset": index_of(presets::as_it_came(&lab.link(), PRESETS)),
        "scene": index_of(experiment.scene),
        "runs": runs,
        "settings": settings(experiment),
        "steps": experiment.steps(),
        "mostRuns": MOST_NETS,
        "net": net(lab, theme),
        "chartTitle": chart_title(experiment),
        "chartNote": if lab.sets().parts.test.is_empty() { "" } else { "Train solid, test dashed." },
    })
}

/// What changes with the clock.
pub fn live(lab: &mut NetLab) -> Json {
    let names = lab.experiment().names();
    let sentences = said(&names, &mut |at| lab.sentence(at));
    let readouts = said(&names, &mut |at| network::readout(&lab.courses()[at]));
    let (progress, note) = lab.surface_note();
    json!({
        "step": lab.step(),
        "steps": lab.experiment().steps(),
        "playing": lab.is_playing(),
        // While the clock runs it waits for the runs.
        "progress": if lab.is_playing() { 1.0 } else { lab.progress() },
        "sentences": sentences,
        "readouts": readouts,
        "limits": Vec::<Json>::new(),
        "place": place(lab),
        "code": Json::Null,
        "batch": "",
        "net": json!({
            "reached": lab.reached(),
            "unit": unit::unit(lab),
            "passes": passes::passes(lab),
            "surface": json!({ "progress": progress, "note": note }),
        }),
    })
}

/// What a tick of the clock is called.
fn tick(experiment: &NetExperiment) -> &'static str {
    if experiment.counts_epochs() { "epoch" } else { "update" }
}

/// Where the followed run is, and whether it has yet to catch up with the clock.
fn place(lab: &NetLab) -> String {
    let reached = lab.reached();
    if reached < lab.step() {
        return format!("training: {} {}", tick(lab.experiment()), count(reached));
    }
    let followed = lab.experiment().followed();
    followed.map_or(String::new(), |index| {
        let updates = lab.courses()[index].updates();
        format!("{} update{}", count(updates), if updates == 1 { "" } else { "s" })
    })
}

fn gallery() -> Vec<Json> {
    let Scale::Choice(shapes) = PLAN[Planned::Shape as usize].scale else { return Vec::new() };
    let mut all = Vec::new();
    for Choice { key, label } in shapes {
        let mut name = (*label).to_owned();
        name[..1].make_ascii_uppercase();
        all.push(json!({ "key": *key, "name": name }));
    }
    all
}

/// The data that are chosen and the net, in the place of a surface and its formula.
fn surface(experiment: &NetExperiment) -> Json {
    let own = experiment.data.own().is_some();
    let shape = &PLAN[Planned::Shape as usize];
    let key = shape.write(experiment.data.value(Planned::Shape));
    let Scale::Choice(shapes) = shape.scale else { return Json::Null };
    let label = shapes.iter().find(|choice| choice.key == key).map_or("", |choice| choice.label);
    json!({
        "key": key,
        "name": if own { "Your data" } else { label },
        "choiceKey": "data.shape",
        "formulaKey": "",
        "variables": ["x₁", "x₂"],
        "head": "<math><mi>f</mi><mo>=</mo></math>",
        "hint": "",
        "own": "Your data…",
        "mathml": formula(experiment),
        "text": write_hidden(experiment.hidden()),
        "typed": own,
        "teaches": "Every run trains the same net from the same weights, on the data in the same order.",
        "dials": Vec::<Json>::new(),
        "start": [0.0, 0.0],
        "window": [-6.0, 6.0, -6.0, 6.0],
    })
}

/// The net as a formula: f = σ(W₂ tanh(W₁ x + b₁) + b₂). Of a deep net only the ends are written
/// out.
fn formula(experiment: &NetExperiment) -> String {
    const WRITTEN: usize = 2;
    let hidden = experiment.hidden().len();
    let mut inside = "x".to_owned();
    for layer in 1..=hidden + 1 {
        if layer > 1 && hidden > WRITTEN && layer < hidden {
            inside = "…".to_owned();
            continue;
        }
        let phi = match (layer > hidden, experiment.output()) {
            (false, _) => experiment.activation().symbol(),
            (true, Output::Linear(_)) => "",
            (true, Output::Softmax(_)) => "softmax",
            (true, _) => "σ",
        };
        let z = format!("W_{layer} {inside} + b_{layer}");
        inside = if phi.is_empty() { z } else { format!("{phi}({z})") };
    }
    format!("<math>{}</math>", math::markup(&inside))
}

fn chart_title(experiment: &NetExperiment) -> String {
    if shows_accuracy(experiment) {
        return "Accuracy".to_owned();
    }
    let Scale::Choice(choices) = SETTINGS_OF_NETS[Setting::Chart as usize].scale else {
        return String::new();
    };
    format!("Loss, {}", choices[experiment.setting(Setting::Chart) as usize].label)
}

/// Whether the chart shows the accuracy: where there are classes.
pub(crate) fn shows_accuracy(experiment: &NetExperiment) -> bool {
    experiment.setting(Setting::Curve) != 0.0 && experiment.data.classes() > 0
}

fn data(lab: &NetLab) -> Json {
    let data = &lab.experiment().data;
    let mut dials = Vec::new();
    for (at, param) in PLAN.iter().enumerate().skip(1) {
        if data.uses(at) {
            dials.push(dial_under("data.", param, data.values()[at], data.defaults()[at]));
        }
    }
    let on = |on: bool| f64::from(u8::from(on));
    dials.push(dial_under("data.", &STANDARDISE, on(data.standardise), 0.0));
    if data.own().is_some() {
        dials.push(dial_under("data.", &AS_VALUES, on(data.as_values()), 0.0));
    }
    let length = lab.link().len();
    let too_long = if data.own().is_some() && length > SENDABLE {
        format!(
            "These data make a link of {} characters, too many to send. This page keeps them.",
            count(length)
        )
    } else {
        String::new()
    };
    json!({
        "title": if data.own().is_some() { "Your data" } else { "Data" },
        "own": data.own().is_some(),
        "count": data.len(),
        "dials": dials,
        "sentence": "",
        "tooLong": too_long,
    })
}

fn settings(experiment: &NetExperiment) -> Vec<Json> {
    let by_itself = [Setting::Example, Setting::At, Setting::Pass, Setting::Plane];
    let mut dials = Vec::new();
    for (index, param) in SETTINGS_OF_NETS.iter().enumerate() {
        let only_classes = index == Setting::Curve as usize && experiment.data.classes() == 0;
        if only_classes || by_itself.iter().any(|setting| *setting as usize == index) {
            continue;
        }
        dials.push(setting(param, experiment.settings()[index], Setting::group(index)));
    }
    dials
}

/// The run at an index: its card, its dials, its look.
fn run(experiment: &NetExperiment, index: usize, theme: &Theme) -> Json {
    let setup = &experiment.runs[index];
    let name = &experiment.names()[index];
    let before = [name, "."].concat();
    let mut dials = rule_dials(&before, setup, NetExperiment::default_alpha(setup.rule));
    let Batches { n, m, .. } = experiment.batches(index);
    dials.insert(1, dial_under(&before, &batch_of(n), m as f64, n as f64));
    for (at, param) in RUN.iter().enumerate() {
        if experiment.uses(at) {
            dials.push(dial_under(&before, param, setup.of_net[at], param.default));
        }
    }
    let follow = Some(experiment.followed() == Some(index));
    card(setup, name, title(experiment, index), equation::ESTIMATE, dials, follow, theme)
}

/// What the page calls a run, see [`title_of`].
pub(crate) fn title(experiment: &NetExperiment, index: usize) -> String {
    title_of(&experiment.runs, index, &|at| experiment.batches(at).is_full())
}

/// What the net's picture and the panels are made of.
fn net(lab: &NetLab, theme: &Theme) -> Json {
    let experiment = lab.experiment();
    let own = |setting: Setting| {
        let param = &SETTINGS_OF_NETS[setting as usize];
        dial(param, &param.key, experiment.setting(setting), param.default)
    };
    let names = experiment.names();
    let mut panels = Vec::new();
    for index in lab.shown() {
        let batches = experiment.batches(index);
        let size = if batches.is_full() { "all" } else { "m" };
        let squared = matches!(experiment.output_of(index), Output::Sigmoid(_));
        let loss = if squared { ", L2" } else { "" };
        panels.push(json!({
            "run": names[index].clone(),
            "title": format!("{}, {size} = {}{loss}", title(experiment, index), batches.m),
            "color": LOOKS[experiment.runs[index].look].color(theme).css(),
        }));
    }
    let mut features = Vec::new();
    if experiment.data.columns() <= 2 {
        for (at, feature) in FEATURES.iter().enumerate() {
            features.push(json!({
                "key": feature.key,
                "symbol": feature.symbol,
                "on": experiment.features().contains(at),
            }));
        }
    }
    let mut of_net = Vec::new();
    for (at, (param, value)) in NET.iter().zip(experiment.net_values()).enumerate() {
        if experiment.uses_net(at) {
            of_net.push(dial(param, &param.key, *value, param.default));
        }
    }
    let mut example = SETTINGS_OF_NETS[Setting::Example as usize].clone();
    example.range[1] = lab.sets().train.len() as f64;
    let shown = experiment.setting(Setting::Example).min(example.range[1]);
    let shape = experiment.architecture();
    let by_weights = experiment.setting(Setting::Plane) == 2.0;
    let pair = experiment.pair.map(|index| shape.name(index).unwrap_or_default()).join(",");
    json!({
        "panels": panels,
        "title": experiment.followed().map_or_else(
            || "Net".to_owned(),
            |index| format!("Net of {}", title(experiment, index)),
        ),
        "tick": tick(experiment),
        "layers": write_hidden(experiment.hidden()),
        "netKey": NET_KEY,
        "weightKey": "weight",
        "pairKey": "pair",
        "pair": if by_weights { pair.into() } else { Json::Null },
        "hidden": experiment.hidden().to_vec(),
        "mostLayers": MOST_HIDDEN,
        "mostUnits": MOST_UNITS,
        "features": features,
        "brush": brush(lab, theme),
        "nodes": unit::nodes(lab),
        "heads": unit::heads(lab),
        "tile": scene::net::TILE,
        "dials": json!({
            "net": of_net,
            "passes": vec![
                dial(&example, &example.key, shown, example.default),
                own(Setting::Pass),
            ],
            "surface": vec![own(Setting::Plane)],
        }),
    })
}

/// The classes that can be drawn by hand.
fn brush(lab: &NetLab, theme: &Theme) -> Json {
    let parts = &lab.sets().parts;
    if parts.columns != 2 {
        return Json::Null;
    }
    let color = |class: usize| classes::color(theme, class).css();
    let class = |class: usize, name: String| json!({ "name": name, "color": color(class) });
    let all: Vec<Json> = match parts.classes {
        0 => vec![class(0, "y = −1".to_owned()), class(1, "y = 1".to_owned())],
        // One class more can be drawn than there are, up to six.
        classes => (0..(classes + 1).min(network::data::MOST_CLASSES))
            .map(|at| class(at, format!("class {}", lab.experiment().data.names().of(at))))
            .collect(),
    };
    json!({ "classes": all, "chosen": lab.brush() })
}
