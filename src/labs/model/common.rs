//! What the page is told alike of every lab.

use super::json::{Json, Members, json};
use super::run::look;
use crate::labs::TABS;
use crate::labs::experiment::Setup;
use crate::labs::link;
use crate::labs::presets::Preset;
use crate::math::param::{Choice, Param, Scale};
use crate::optimizers::RULES;
use crate::view::Theme;

/// The labs, to choose from.
pub(super) fn labs() -> Vec<Json> {
    let mut labs = Vec::new();
    for (key, name) in TABS {
        labs.push(named(key, name));
    }
    labs
}

/// The update rules, to choose from.
pub(super) fn rules() -> Vec<Json> {
    let mut rules = Vec::new();
    for rule in RULES {
        rules.push(named(rule.key, rule.name));
    }
    rules
}

/// Key and name of a thing in a list to choose from.
pub(super) fn named(key: &'static str, name: &'static str) -> Json {
    json!({ "key": key, "name": name })
}

/// Presets, to choose from.
pub(super) fn told(presets: &[Preset]) -> Vec<Json> {
    let mut told = Vec::new();
    for Preset { title, sentence, link, .. } in presets {
        told.push(json!({ "title": *title, "sentence": *sentence, "link": *link }));
    }
    told
}

/// The index of a preset as the page is told it: −1 if there is none.
pub(super) fn index_of(preset: Option<usize>) -> i32 {
    preset.map_or(-1, |index| index as i32)
}

/// What is said of each run, under its name.
pub(super) fn said(names: &[String], say: &mut dyn FnMut(usize) -> String) -> Json {
    let mut said = Members::default();
    for (index, name) in names.iter().enumerate() {
        said.push(name.clone().into(), say(index).into());
    }
    Json::Object(said.0)
}

/// What the page calls a run: its rule's name, SGD where GD uses batches, from the second of a
/// name on with its number.
pub(super) fn title_of(runs: &[Setup], index: usize, is_full: &dyn Fn(usize) -> bool) -> String {
    let name = |at: usize| match runs[at].rule.key {
        "gd" if !is_full(at) => "SGD",
        _ => runs[at].rule.name,
    };
    match (0..=index).filter(|&at| name(at) == name(index)).count() {
        1 => name(index).to_owned(),
        nth => format!("{} {nth}", name(index)),
    }
}

/// A control for a parameter.
pub(super) fn dial(param: &Param, key: &str, value: f64, default: f64) -> Json {
    Json::Object(dial_members(param, key, value, default).0)
}

/// A control for a parameter under a key that begins so.
pub(super) fn dial_under(before: &str, param: &Param, value: f64, default: f64) -> Json {
    dial(param, &[before, &param.key].concat(), value, default)
}

/// A control for a setting of a group.
pub(super) fn setting(param: &Param, value: f64, group: &'static str) -> Json {
    let mut members = dial_members(param, &param.key, value, param.default);
    members.put("group", group);
    Json::Object(members.0)
}

fn dial_members(param: &Param, key: &str, value: f64, default: f64) -> Members {
    let (scale, known): (_, &[Choice]) = match param.scale {
        Scale::Linear => ("linear", &[]),
        Scale::Log => ("log", &[]),
        Scale::Cubic => ("cubic", &[]),
        Scale::Integer => ("integer", &[]),
        Scale::LogInteger => ("log-integer", &[]),
        Scale::Switch => ("switch", &[]),
        Scale::Choice(choices) => ("choice", choices),
    };
    let mut choices = Vec::new();
    for Choice { key, label } in known {
        choices.push(json!({ "key": *key, "label": *label }));
    }
    let mut members = Members::default();
    members.put("key", key.to_owned());
    members.put("symbol", param.symbol.clone());
    members.put("label", param.label.clone());
    members.put("min", param.range[0]);
    members.put("max", param.range[1]);
    members.put("scale", scale);
    members.put("value", value);
    members.put("text", param.write(value));
    members.put("default", default);
    members.put("choices", choices);
    members
}

/// The controls of a rule's parameters, under keys that begin so; α has a default of its own.
pub(super) fn rule_dials(before: &str, run: &Setup, alpha: f64) -> Vec<Json> {
    let mut dials = Vec::new();
    for (at, param) in run.rule.parameters.iter().enumerate() {
        let default = if at == 0 { alpha } else { param.default };
        dials.push(dial_under(before, param, run.values[at], default));
    }
    dials
}

/// A run: its card, its dials, its look. `gradient` is what its equation calls the gradient, and
/// `follow`, where a run can be followed, whether it is.
pub(super) fn card(
    run: &Setup,
    name: &str,
    title: String,
    gradient: &'static str,
    dials: Vec<Json>,
    follow: Option<bool>,
    theme: &Theme,
) -> Json {
    json!({
        "name": name.to_owned(),
        "rule": run.rule.key,
        "title": title,
        "equation": (run.rule.equation)(&run.values, gradient),
        "dials": dials,
        "openDials": if follow.is_some() && run.rule.parameters.len() > 1 { 3 } else { 2 },
        "hidden": run.hidden,
        "hiddenKey": [name, ".", &link::HIDDEN.key].concat(),
        "follow": follow == Some(true),
        "followKey": if follow.is_some() { "follow" } else { "" },
        "look": look(run.look, theme),
    })
}
