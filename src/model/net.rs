//! The Network lab, as the page is told.

mod examples;
mod passes;
mod unit;

pub use examples::{chart_hover, example, table};
pub use unit::weight;

use super::json::{Json, json};
use super::run::look;
use super::{dial, math, named};
use crate::analysis::number::count;
use crate::data::classes::{PLAN, Planned};
use crate::desk::TABS;
use crate::experiment::{Setup, batch_of};
use crate::link::{self, SENDABLE};
use crate::net_lab::data::STANDARDISE;
use crate::net_lab::link::{AS_VALUES, NET_KEY, write_hidden};
use crate::net_lab::{
    self, MOST_NETS, NET, NetExperiment, NetLab, PRESETS, RUN, SETTINGS_OF_NETS, Setting,
};
use crate::network::{FEATURES, MOST_HIDDEN, MOST_UNITS, Output};
use crate::optimizers::{RULES, equation};
use crate::param::{Choice, Param, Scale};
use crate::scene;
use crate::view::Theme;
use crate::view::classes;

/// Everything that stays as it is while the clock runs.
pub fn model(lab: &NetLab, theme: &Theme) -> Json {
    let experiment = lab.experiment();
    let (tab, _) = TABS[2];
    let runs: Vec<Json> = (0..experiment.runs.len()).map(|at| run(experiment, at, theme)).collect();
    json!({
        "lab": tab,
        "labs": named(TABS.into_iter()),
        "surface": surface(experiment),
        "gallery": gallery(),
        "plots": Vec::<Json>::new(),
        "data": data(lab),
        "code": Json::Null,
        "rules": named(RULES.iter().map(|rule| (rule.key, rule.name))),
        "presets": PRESETS.iter().map(|preset| json!({
            "title": preset.title,
            "sentence": preset.sentence,
            "link": preset.link,
        })).collect::<Vec<_>>(),
        "preset": open_preset(experiment),
        "runs": runs,
        "settings": settings(experiment),
        "steps": experiment.steps(),
        "mostRuns": MOST_NETS,
        "net": net(lab, theme),
        "chartTitle": chart_title(experiment),
        "chartNote": "Train solid, test dashed.",
    })
}

/// What changes with the clock.
pub fn live(lab: &mut NetLab) -> Json {
    let names = lab.experiment().names();
    let mut say = |say: &dyn Fn(&mut NetLab, usize) -> String| {
        let said = names.iter().enumerate();
        Json::Object(said.map(|(at, name)| (name.clone().into(), say(lab, at).into())).collect())
    };
    let sentences = say(&|lab, at| lab.sentence(at));
    let readouts = say(&|lab, at| net_lab::readout(&lab.courses()[at]));
    let (progress, note) = lab.surface_note();
    json!({
        "step": lab.step(),
        "steps": lab.experiment().steps(),
        "playing": lab.is_playing(),
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

/// The preset that is open as it came, whatever the reader's own settings; −1 if none is.
fn open_preset(experiment: &NetExperiment) -> i32 {
    let link = net_lab::link::write(&experiment.without_taste());
    PRESETS.iter().position(|preset| preset.link == link).map_or(-1, |index| index as i32)
}

fn gallery() -> Vec<Json> {
    let Scale::Choice(shapes) = PLAN[Planned::Shape as usize].scale else { return Vec::new() };
    let name = |label: &str| {
        let mut name = label.to_owned();
        name[..1].make_ascii_uppercase();
        name
    };
    shapes.iter().map(|Choice { key, label }| json!({ "key": *key, "name": name(label) })).collect()
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
        "name": if own { "Own data" } else { label },
        "choiceKey": "data.shape",
        "formulaKey": "",
        "variables": ["x₁", "x₂"],
        "head": "<math><mi>f</mi><mo>=</mo></math>",
        "hint": "",
        "own": "Own data…",
        "mathml": formula(experiment),
        "text": write_hidden(experiment.hidden()),
        "typed": own,
        "teaches": "Every run trains the same net from the same weights with the same order of the data.",
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

/// The dials of these declarations, under keys that begin so.
fn dials<'a>(before: &str, params: impl Iterator<Item = (&'a Param, f64, f64)>) -> Vec<Json> {
    params
        .map(|(param, value, default)| {
            dial(param, &format!("{before}{}", param.key), value, default)
        })
        .collect()
}

fn data(lab: &NetLab) -> Json {
    let data = &lab.experiment().data;
    let plan = PLAN.iter().enumerate().filter(|(at, _)| *at > 0 && data.uses(*at));
    let plan = plan.map(|(at, param)| (param, data.values()[at], param.default));
    let mut all = dials("data.", plan);
    let on = |on: bool| f64::from(u8::from(on));
    all.extend(dials("data.", [(&STANDARDISE, on(data.standardise), 0.0)].into_iter()));
    if data.own().is_some() {
        all.extend(dials("data.", [(&AS_VALUES, on(data.as_values), 0.0)].into_iter()));
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
        "dials": all,
        "sentence": "",
        "tooLong": too_long,
    })
}

fn settings(experiment: &NetExperiment) -> Vec<Json> {
    let all = SETTINGS_OF_NETS.iter().zip(experiment.settings()).enumerate();
    let by_itself = [Setting::Example, Setting::At, Setting::Pass, Setting::Plane];
    all.filter(|(index, _)| by_itself.iter().all(|setting| *setting as usize != *index))
        .filter(|(index, _)| *index != Setting::Curve as usize || experiment.data.classes() > 0)
        .map(|(index, (param, value))| {
            let mut dial = dial(param, &param.key, *value, param.default);
            if let Json::Object(members) = &mut dial {
                members.push(("group".into(), Setting::group(index).into()));
            }
            dial
        })
        .collect()
}

/// The run at an index: its card, its dials, its look.
fn run(experiment: &NetExperiment, index: usize, theme: &Theme) -> Json {
    let Setup { rule, values, of_net, .. } = &experiment.runs[index];
    let name = &experiment.names()[index];
    let before = format!("{name}.");
    let of_rule = rule.parameters.iter().zip(values).enumerate().map(|(at, (param, value))| {
        let alpha = NetExperiment::default_alpha(rule);
        (param, *value, if at == 0 { alpha } else { param.default })
    });
    let mut all = dials(&before, of_rule);
    let batches = experiment.batches(index);
    let batch = batch_of(batches.n);
    let batch = dials(&before, [(&batch, batches.m as f64, batches.n as f64)].into_iter());
    all.splice(1..1, batch);
    let besides = RUN.iter().zip(of_net).enumerate().filter(|(at, _)| experiment.uses(*at));
    all.extend(dials(&before, besides.map(|(_, (param, value))| (param, *value, param.default))));
    json!({
        "name": name.clone(),
        "rule": rule.key,
        "title": title(experiment, index),
        "equation": (rule.equation)(values, equation::ESTIMATE),
        "dials": all,
        "openDials": if rule.parameters.len() > 1 { 3 } else { 2 },
        "hidden": experiment.runs[index].hidden,
        "hiddenKey": format!("{name}.{}", link::HIDDEN.key),
        "follow": experiment.followed() == Some(index),
        "followKey": "follow",
        "look": look(experiment.runs[index].look, theme),
    })
}

/// What the page calls a run: its rule's name, SGD where GD uses batches, from the second of a
/// name on with its number.
pub(crate) fn title(experiment: &NetExperiment, index: usize) -> String {
    let name = |at: usize| match experiment.runs[at].rule.key {
        "gd" if !experiment.batches(at).is_full() => "SGD",
        _ => experiment.runs[at].rule.name,
    };
    match (0..=index).filter(|&at| name(at) == name(index)).count() {
        1 => name(index).to_owned(),
        nth => format!("{} {nth}", name(index)),
    }
}

/// What the net's picture and the panels are made of.
fn net(lab: &NetLab, theme: &Theme) -> Json {
    let experiment = lab.experiment();
    let setting = |setting: Setting| {
        let param = &SETTINGS_OF_NETS[setting as usize];
        dial(param, &param.key, experiment.setting(setting), param.default)
    };
    let panels: Vec<Json> = (lab.shown().into_iter())
        .map(|index| {
            let m = experiment.batches(index);
            let size = if m.is_full() { "all" } else { "m" };
            let squared = experiment.output_of(index) == Output::Sigmoid;
            let loss = if squared { ", L2" } else { "" };
            json!({
                "run": experiment.names()[index].clone(),
                "title": format!("{}, {size} = {}{loss}", title(experiment, index), m.m),
                "color": crate::view::LOOKS[experiment.runs[index].look].color(theme).css(),
            })
        })
        .collect();
    let plane = experiment.data.columns() <= 2;
    let features = FEATURES.iter().enumerate().filter(|_| plane).map(|(at, feature)| {
        json!({
            "key": feature.key,
            "symbol": feature.symbol,
            "on": experiment.features().contains(at),
        })
    });
    let net_dials = NET
        .iter()
        .zip(experiment.net_values())
        .map(|(param, value)| (param, *value, param.default));
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
        "features": features.collect::<Vec<_>>(),
        "brush": brush(lab, theme),
        "nodes": unit::nodes(lab),
        "heads": unit::heads(lab),
        "tile": scene::net::TILE,
        "dials": json!({
            "net": dials("", net_dials),
            "passes": vec![
                dial(&example, &example.key, shown, example.default),
                setting(Setting::Pass),
            ],
            "surface": vec![setting(Setting::Plane)],
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
        classes => (0..(classes + 1).min(net_lab::data::MOST_CLASSES))
            .map(|at| class(at, format!("class {at}")))
            .collect(),
    };
    json!({ "classes": all, "chosen": lab.brush() })
}
