//! What the page is told, as JSON. The page builds its controls from it and knows no parameter
//! by name; the types that it reads are declared in `www/model.js`.

mod code;
mod common;
mod data;
mod ground;
pub mod json;
pub mod math;
pub mod net;
mod run;
mod table;

use crate::analysis::stability::eigenvalues;
use crate::labs::TABS;
use crate::labs::experiment::{Experiment, LabKind, MOST_RUNS, SETTINGS, Setting};
use crate::labs::planar::Lab;
use crate::labs::presets;
use crate::math::number::{count, digits};
use crate::math::param::Scale;
use crate::training::run::{Ending, norm};
use crate::view::{Pace, Theme};
use common::{index_of, labs, rules, said, setting, title_of, told};
use json::{Json, json};
use run::{explained, limit, readout, run};

pub use data::{chosen, example_hover};
pub use ground::plot_titles;
pub use table::{sample, table};

/// Everything that stays as it is while the clock runs.
pub fn model(lab: &Lab, theme: &Theme) -> Json {
    let experiment = lab.experiment();
    let names = experiment.names();
    let mut runs = Vec::new();
    for (index, setup) in experiment.runs.iter().enumerate() {
        runs.push(run(lab, setup, index, &names[index], theme));
    }
    let kind = experiment.lab();
    let (tab, _) = TABS[kind as usize];
    json!({
        "lab": tab,
        "labs": labs(),
        "surface": ground::surface(lab),
        "gallery": ground::gallery(kind),
        "plots": ground::plots(lab),
        "data": data::data(lab),
        "code": code::lines(lab),
        "rules": rules(),
        "presets": told(presets::of(kind)),
        "preset": index_of(presets::as_it_came(&lab.link(), presets::of(kind))),
        "scene": index_of(experiment.scene),
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
    let of_each = |say: fn(&Lab, usize) -> String| said(&names, &mut |index| say(lab, index));
    json!({
        "step": lab.step(),
        "steps": lab.experiment().steps(),
        "playing": lab.is_playing(),
        "progress": lab.progress(),
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
    let mut dials = Vec::new();
    for (index, param) in SETTINGS.iter().enumerate() {
        if !Setting::belongs(index, lab) {
            continue;
        }
        let value = experiment.settings()[index];
        let mut shown = param.clone();
        if index == Setting::Steps as usize {
            shown.default = experiment.default_setting(Setting::Steps);
        }
        if let (Scale::Choice(choices), true) = (param.scale, value < 2.0)
            && index == Setting::By as usize
            && lab == LabKind::Surface
        {
            // A surface has no epochs: they stand behind the others.
            shown.scale = Scale::Choice(&choices[..2]);
        }
        dials.push(setting(&shown, value, Setting::group(index)));
    }
    dials
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
        (
            "curvatures (eigenvalues of the Hessian)".to_owned(),
            format!("{}, {}", number(low), number(high)),
        ),
    ];
    let text =
        format!("{f} = {} at ({}, {}), ∇{f} = {gradient}", number(jet.value), number(x), number(y));
    Some(json!({ "text": text, "rows": rows.map(|(label, value)| [label, value]) }))
}

/// The step that the pointer marks in the chart, and the loss of each run there.
pub fn chart_hover(lab: &Lab) -> Option<Json> {
    let step = lab.marked_step()?;
    if step > lab.step() && !lab.experiment().is_on(Setting::Future) {
        return Some(json!({ "step": step, "text": format!("step {step}") }));
    }
    let shown = lab.experiment().runs.iter().zip(lab.paths()).enumerate();
    let losses: Vec<String> = shown
        .filter(|(_, (setup, path))| !setup.hidden && step < path.loss.len())
        .map(|(index, (_, path))| {
            format!("{}: {}", title(lab.experiment(), index), digits(path.loss[step], 3))
        })
        .collect();
    Some(json!({ "step": step, "text": format!("step {step}; {}", losses.join(", ")) }))
}

fn chart_title(lab: &Lab) -> String {
    let above = match lab.objective().lowest() {
        _ if !lab.is_complete() => "Loss above the lowest so far",
        Some(lowest)
            if lab.objective().knows_all_minima()
                && lowest <= lab.floor() + 1e-9 * lowest.abs().max(1.0) =>
        {
            "Loss above the minimum"
        }
        _ => "Loss above the lowest known",
    };
    let scale = &SETTINGS[Setting::Chart as usize];
    let Scale::Choice(choices) = scale.scale else { return above.to_owned() };
    format!("{above}, {}", choices[lab.experiment().setting(Setting::Chart) as usize].label)
}

/// After how many updates, and after how many gradients of examples, the runs are down: by the one
/// count GD is first, by the other SGD. Empty on a surface, where both are the same.
fn chart_note(lab: &Lab) -> String {
    if !lab.experiment().is_on(Setting::Future) {
        return String::new();
    }
    /// Of the starting loss above the minimum.
    const DOWN: f64 = 0.05;
    const MOST: usize = 3;
    let experiment = lab.experiment();
    let Some(lowest) = lab.objective().lowest().filter(|_| lab.is_complete()) else {
        return String::new();
    };
    let shown = (0..experiment.runs.len()).filter(|&index| !experiment.runs[index].hidden);
    let told: Vec<String> = shown
        .filter_map(|index| {
            let batches = experiment.batches(index)?;
            let loss = &lab.paths()[index].loss;
            let level = lowest + DOWN * (loss.first()? - lowest);
            let name = title(experiment, index);
            let Some(updates) = loss.iter().position(|loss| *loss <= level) else {
                if matches!(lab.paths()[index].ending(), Ending::Overflowed { .. }) {
                    return Some(format!("{name} diverges"));
                }
                return Some(format!("{name} not in {}", of_many((loss.len() - 1, "update"))));
            };
            let gradients = Pace::Evaluations { examples: batches.n, batch: batches.m }.at(updates);
            let [updates, gradients] =
                [(updates, "update"), (gradients as usize, "example gradient")].map(of_many);
            Some(format!("{name} {updates} ({gradients})"))
        })
        .take(MOST)
        .collect();
    if told.is_empty() {
        return String::new();
    }
    let least = if lab.objective().knows_all_minima() { "minimum" } else { "lowest known" };
    format!("To lose 95 % of the loss above the {least}: {}.", told.join("; "))
}

/// `1 update`, `7,040 updates`
fn of_many((number, thing): (usize, &str)) -> String {
    format!("{} {thing}{}", count(number), if number == 1 { "" } else { "s" })
}

/// What the page calls a run, see [`title_of`].
pub(crate) fn title(experiment: &Experiment, index: usize) -> String {
    title_of(&experiment.runs, index, &|at| experiment.is_full_batch(at))
}
