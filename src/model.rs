//! What the page is told, as JSON. The page builds its controls from it and knows no parameter
//! by name; the types that it reads are declared in `www/model.js`.

mod code;
mod data;
mod ground;
pub mod json;
pub mod math;
pub mod net;
mod run;

use crate::analysis::number::{count, digits};
use crate::analysis::stability::eigenvalues;
use crate::desk::TABS;
use crate::experiment::{Experiment, LabKind, MOST_RUNS, SETTINGS, Setting};
use crate::lab::Lab;
use crate::link;
use crate::optimizers::RULES;
use crate::param::{Choice, Param, Scale};
use crate::presets;
use crate::run::norm;
use crate::view::{Pace, Theme};
use json::{Json, json};
use run::{explained, limit, readout, run};

pub use data::{chosen, example_hover, table};
pub use ground::plot_titles;

/// Everything that stays as it is while the clock runs.
pub fn model(lab: &Lab, theme: &Theme) -> Json {
    let experiment = lab.experiment();
    let names = experiment.names();
    let runs: Vec<Json> = (experiment.runs.iter().zip(&names).enumerate())
        .map(|(index, (setup, name))| run(lab, setup, index, name, theme))
        .collect();
    let kind = experiment.lab();
    let (tab, _) = TABS[kind as usize];
    json!({
        "lab": tab,
        "labs": named(TABS.into_iter()),
        "surface": ground::surface(lab),
        "gallery": ground::gallery(kind),
        "plots": ground::plots(lab),
        "data": data::data(lab),
        "code": code::lines(lab),
        "rules": named(RULES.iter().map(|rule| (rule.key, rule.name))),
        "presets": presets::of(kind).iter().map(|preset| json!({
            "title": preset.title,
            "sentence": preset.sentence,
            "link": preset.link,
        })).collect::<Vec<_>>(),
        "preset": open_preset(experiment),
        "runs": runs,
        "settings": settings(experiment),
        "steps": experiment.steps(),
        "mostRuns": MOST_RUNS,
        "net": Json::Null,
        "chartTitle": chart_title(lab),
        "chartNote": chart_note(lab),
    })
}

/// What changes with the clock.
pub fn live(lab: &Lab) -> Json {
    let names = lab.experiment().names();
    // What is said of each run, under its name.
    let of_each = |say: fn(&Lab, usize) -> String| {
        let said = names.iter().enumerate();
        Json::Object(said.map(|(at, name)| (name.clone().into(), say(lab, at).into())).collect())
    };
    json!({
        "step": lab.step(),
        "steps": lab.experiment().steps(),
        "playing": lab.is_playing(),
        "sentences": of_each(explained),
        "readouts": of_each(readout),
        "limits": (0..names.len()).filter_map(|index| limit(lab, index)).collect::<Vec<_>>(),
        "place": code::place(lab),
        "code": code::live(lab),
        "batch": data::batch(lab),
        "net": Json::Null,
    })
}

/// The dials of the settings that do something in this lab.
fn settings(experiment: &Experiment) -> Vec<Json> {
    let lab = experiment.lab();
    let all = SETTINGS.iter().zip(experiment.settings()).enumerate();
    all.filter(|(index, _)| Setting::belongs(*index, lab))
        .map(|(index, (param, value))| {
            let default = if index == Setting::Steps as usize {
                experiment.default_setting(Setting::Steps)
            } else {
                param.default
            };
            let mut shown = param.clone();
            if let (Scale::Choice(choices), true) = (param.scale, *value < 2.0)
                && index == Setting::By as usize
                && lab == LabKind::Surface
            {
                // A surface has no epochs: they stand behind the others.
                shown.scale = Scale::Choice(&choices[..2]);
            }
            let mut dial = dial(&shown, &param.key, *value, default);
            if let Json::Object(members) = &mut dial {
                members.push(("group".into(), Setting::group(index).into()));
            }
            dial
        })
        .collect()
}

/// What there is to read at the point under the pointer.
pub fn hover(lab: &Lab) -> Option<Json> {
    let [x, y] = lab.hover()?;
    let jet = lab.objective().hessian([x, y]);
    let [gx, gy] = jet.gradient;
    let number = |value: f64| digits(value, 4);
    let gradient = format!("({}, {})", number(gx), number(gy));
    let [low, high] = eigenvalues(jet.hessian);
    let [first, second] = ground::variables(lab.experiment());
    let f = ground::symbol(lab.experiment());
    let rows = [
        (first, number(x)),
        (second, number(y)),
        (f.to_owned(), number(jet.value)),
        (format!("∇{f}"), gradient.clone()),
        (format!("|∇{f}|"), number(norm([gx, gy]))),
        ("eigenvalues of H".to_owned(), format!("{}, {}", number(low), number(high))),
    ];
    let text =
        format!("{f} = {} at ({}, {}), ∇{f} = {gradient}", number(jet.value), number(x), number(y));
    Some(json!({ "text": text, "rows": rows.map(|(label, value)| [label, value]) }))
}

/// The step that the pointer marks in the chart, and the loss of each run there.
pub fn chart_hover(lab: &Lab) -> Option<Json> {
    let step = lab.marked_step()?;
    let shown = lab.experiment().runs.iter().zip(lab.paths()).enumerate();
    let losses: Vec<String> = shown
        .filter(|(_, (setup, path))| !setup.hidden && step < path.loss.len())
        .map(|(index, (_, path))| {
            format!("{}: {}", title(lab.experiment(), index), digits(path.loss[step], 3))
        })
        .collect();
    Some(json!({ "step": step, "text": format!("step {step}; {}", losses.join(", ")) }))
}

/// The preset that is open as it came, whatever the reader's own light, colours and size; −1 if
/// none is.
fn open_preset(experiment: &Experiment) -> i32 {
    let link = link::write(&experiment.without_taste());
    let all = presets::of(experiment.lab());
    all.iter().position(|preset| preset.link == link).map_or(-1, |index| index as i32)
}

fn chart_title(lab: &Lab) -> String {
    let above = match lab.objective().lowest() {
        Some(lowest) if lowest <= lab.floor() + 1e-9 * lowest.abs().max(1.0) => {
            "Loss above the minimum"
        }
        _ => "Loss above the lowest seen",
    };
    let scale = &SETTINGS[Setting::Chart as usize];
    let Scale::Choice(choices) = scale.scale else { return above.to_owned() };
    format!("{above}, {}", choices[lab.experiment().setting(Setting::Chart) as usize].label)
}

/// After how many updates, and after how many gradients of examples, the runs are down: by the one
/// count GD is first, by the other SGD. Empty on a surface, where both are the same.
fn chart_note(lab: &Lab) -> String {
    /// Of the starting loss above the minimum.
    const DOWN: f64 = 0.05;
    const MOST: usize = 3;
    let experiment = lab.experiment();
    let Some(lowest) = lab.objective().lowest() else { return String::new() };
    let shown = (0..experiment.runs.len()).filter(|&index| !experiment.runs[index].hidden);
    let told: Vec<String> = shown
        .filter_map(|index| {
            let batches = experiment.batches(index)?;
            let loss = &lab.paths()[index].loss;
            let level = lowest + DOWN * (loss.first()? - lowest);
            let name = title(experiment, index);
            let Some(updates) = loss.iter().position(|loss| *loss <= level) else {
                return Some(format!("{name} not at all"));
            };
            let gradients = Pace::Evaluations { examples: batches.n, batch: batches.m }.at(updates);
            let [updates, gradients] =
                [(updates, "update"), (gradients as usize, "gradient")].map(of_many);
            Some(format!("{name} after {updates}, {gradients}"))
        })
        .take(MOST)
        .collect();
    if told.is_empty() { String::new() } else { format!("Down to 5 %: {}.", told.join("; ")) }
}

/// `1 update`, `7,040 updates`
fn of_many((number, thing): (usize, &str)) -> String {
    format!("{} {thing}{}", count(number), if number == 1 { "" } else { "s" })
}

/// What the page calls a run: its rule's name, SGD where GD uses batches, from the second of a
/// name on with its number.
pub(crate) fn title(experiment: &Experiment, index: usize) -> String {
    let name = |at: usize| match experiment.runs[at].rule.key {
        "gd" if !experiment.is_full_batch(at) => "SGD",
        _ => experiment.runs[at].rule.name,
    };
    match (0..=index).filter(|&at| name(at) == name(index)).count() {
        1 => name(index).to_owned(),
        nth => format!("{} {nth}", name(index)),
    }
}

pub(crate) fn dial(param: &Param, key: &str, value: f64, default: f64) -> Json {
    let (scale, choices): (_, &[Choice]) = match param.scale {
        Scale::Linear => ("linear", &[]),
        Scale::Log => ("log", &[]),
        Scale::Cubic => ("cubic", &[]),
        Scale::Integer => ("integer", &[]),
        Scale::LogInteger => ("log-integer", &[]),
        Scale::Switch => ("switch", &[]),
        Scale::Choice(choices) => ("choice", choices),
    };
    json!({
        "key": key.to_owned(),
        "symbol": param.symbol.clone(),
        "label": param.label.clone(),
        "min": param.range[0],
        "max": param.range[1],
        "scale": scale,
        "value": value,
        "text": param.write(value),
        "default": default,
        "choices": choices
            .iter()
            .map(|choice| json!({ "key": choice.key, "label": choice.label }))
            .collect::<Vec<_>>(),
    })
}

/// Key and name of each, for a list to choose from.
pub(crate) fn named(things: impl Iterator<Item = (&'static str, &'static str)>) -> Vec<Json> {
    things.map(|(key, name)| json!({ "key": key, "name": name })).collect()
}
