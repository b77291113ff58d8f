//! What the page is told, as JSON. The page builds its controls from it and knows no parameter
//! by name; the types that it reads are declared in `www/model.js`.

pub mod json;

use crate::analysis::explain::{Account, Local, sentence};
use crate::analysis::number::digits;
use crate::analysis::stability::{alpha_limit, eigenvalues};
use crate::experiment::{Experiment, Ground, NOISE, SETTINGS, Setting, Setup};
use crate::lab::Lab;
use crate::link;
use crate::objective::Objective;
use crate::optimizers::{RULES, equation};
use crate::param::{Choice, Param, Scale};
use crate::presets::PRESETS;
use crate::run::norm;
use crate::surfaces::GALLERY;
use crate::view::{LOOKS, Theme};
use json::{Json, json};

/// Everything that stays as it is while the clock runs.
pub fn model(lab: &Lab, theme: &Theme) -> Json {
    let experiment = lab.experiment();
    let names = experiment.names();
    let runs: Vec<Json> = (experiment.runs.iter().zip(&names))
        .map(|(setup, name)| run(lab, setup, name, theme))
        .collect();
    json!({
        "surface": surface(lab),
        "gallery": named(GALLERY.iter().map(|surface| (surface.key, surface.name))),
        "rules": named(RULES.iter().map(|rule| (rule.key, rule.name))),
        "presets": PRESETS.iter().map(|preset| json!({
            "title": preset.title,
            "sentence": preset.sentence,
            "link": preset.link,
        })).collect::<Vec<_>>(),
        "preset": open_preset(experiment),
        "runs": runs,
        "settings": SETTINGS.iter().zip(experiment.settings()).enumerate().map(|(index, (param, value))| {
            let default = if index == Setting::Steps as usize {
                experiment.default_setting(Setting::Steps)
            } else {
                param.default
            };
            dial(param, &param.key, *value, default)
        }).collect::<Vec<_>>(),
        "steps": experiment.steps(),
        "chartTitle": chart_title(lab),
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
    })
}

/// What there is to read at the point under the pointer.
pub fn hover(lab: &Lab) -> Option<Json> {
    let [x, y] = lab.hover()?;
    let jet = lab.objective().hessian([x, y]);
    let [gx, gy] = jet.gradient;
    let number = |value: f64| digits(value, 4);
    let gradient = format!("({}, {})", number(gx), number(gy));
    let [low, high] = eigenvalues(jet.hessian);
    let rows = [
        ("x", number(x)),
        ("y", number(y)),
        ("f", number(jet.value)),
        ("∇f", gradient.clone()),
        ("|∇f|", number(norm([gx, gy]))),
        ("eigenvalues of H", format!("{}, {}", number(low), number(high))),
    ];
    let text =
        format!("f = {} at ({}, {}), ∇f = {gradient}", number(jet.value), number(x), number(y));
    Some(json!({ "text": text, "rows": rows }))
}

/// The step that the pointer marks in the chart, and the loss of each run there.
pub fn chart_hover(lab: &Lab) -> Option<Json> {
    let step = lab.marked_step()?;
    let names = lab.experiment().names();
    let shown = lab.experiment().runs.iter().zip(lab.paths()).zip(&names);
    let losses: Vec<String> = shown
        .filter(|((setup, path), _)| !setup.hidden && step < path.loss.len())
        .map(|((setup, path), name)| {
            format!("{}: {}", title(setup, name), digits(path.loss[step], 3))
        })
        .collect();
    Some(json!({ "step": step, "text": format!("step {step}; {}", losses.join(", ")) }))
}

/// What there is to say of a typed formula.
fn of_ones_own(objective: &Objective) -> &'static str {
    match (objective.constant_hessian(), objective.minima()) {
        (Some(_), [_]) => {
            "Your formula and its exact gradient. It is a quadratic: what is said of stability \
             holds everywhere on it."
        }
        (_, []) => {
            "Your formula and its exact gradient. No minimum is known: losses are measured from \
             the lowest that a run has seen."
        }
        _ => "Your formula and its exact gradient. The crosses are the minima that a search found.",
    }
}

fn surface(lab: &Lab) -> Json {
    let experiment = lab.experiment();
    let formula = experiment.formula();
    let (key, name, teaches, typed) = match experiment.ground {
        Ground::Gallery(surface) => (surface.key, surface.name, surface.teaches, false),
        Ground::Typed => ("f", "A formula of your own", of_ones_own(lab.objective()), true),
    };
    let parameters = || experiment.surface_parameters().iter().zip(experiment.surface_values());
    // A gallery's parameter that is 0 drops out of the formula that is shown: an unrotated ravine
    // needs no angle.
    let zeros: Vec<(&str, f64)> = parameters()
        .filter(|(_, value)| !typed && **value == 0.0)
        .map(|(param, value)| (&*param.key, *value))
        .collect();
    let window = experiment.window;
    json!({
        "key": key,
        "name": name,
        "mathml": formula.mathml_at(&zeros),
        "text": formula.text().to_owned(),
        "typed": typed,
        "teaches": teaches,
        "dials": parameters().map(|(param, value)| dial(param, &format!("f.{}", param.key), *value, param.default)).collect::<Vec<_>>(),
        "start": experiment.start,
        "window": [window.x[0], window.x[1], window.y[0], window.y[1]],
    })
}

fn run(lab: &Lab, setup: &Setup, name: &str, theme: &Theme) -> Json {
    let experiment = lab.experiment();
    let Setup { rule, values, noise, hidden, look } = setup;
    let mut dials: Vec<Json> = (rule.parameters.iter().zip(values))
        .enumerate()
        .map(|(position, (param, value))| {
            let default =
                if position == 0 { experiment.default_alpha(rule) } else { param.default };
            dial(param, &format!("{name}.{}", param.key), *value, default)
        })
        .collect();
    let gradient = if *noise > 0.0 { equation::ESTIMATE } else { equation::GRADIENT };
    dials.push(dial(&NOISE, &format!("{name}.{}", NOISE.key), *noise, NOISE.default));
    json!({
        "name": name.to_owned(),
        "rule": rule.key,
        "title": title(setup, name),
        "equation": (rule.equation)(values, gradient),
        "dials": dials,
        "hidden": *hidden,
        "hiddenKey": format!("{name}.{}", link::HIDDEN.key),
        "look": json!({
            "color": LOOKS[*look].color(theme).css(),
            "dash": LOOKS[*look].dash.to_vec(),
            "marker": LOOKS[*look].marker.name(),
        }),
    })
}

/// The largest α that is stable for the curvature where the run stands, and the words for it, if
/// the rule and the surface have such a limit.
fn limit(lab: &Lab, index: usize) -> Option<Json> {
    let Setup { rule, values, .. } = &lab.experiment().runs[index];
    let hessian = lab.objective().hessian(lab.head(index)).hessian;
    let limit = alpha_limit(rule, values, eigenvalues(hessian)[1])?;
    let place = if lab.objective().constant_hessian().is_some() { "" } else { " where it stands" };
    Some(json!({
        "key": format!("{}.{}", lab.experiment().names()[index], rule.parameters[0].key),
        "value": limit,
        "label": format!("Stable below α = {}{place}", digits(limit, 3)),
    }))
}

/// What is going on in a run at the step that is shown.
fn explained(lab: &Lab, index: usize) -> String {
    let experiment = lab.experiment();
    let setup = &experiment.runs[index];
    let local = |at: [f64; 2]| {
        let jet = lab.objective().hessian(at);
        Local { gradient: jet.gradient, hessian: jet.hessian }
    };
    // Every other rule is compared with the first run of plain GD.
    let plain = |run: &Setup| run.rule.key == "gd" && run.noise == 0.0;
    let rival = (experiment.runs.iter().position(plain))
        .filter(|gd| *gd != index && setup.rule.key != "gd")
        // Which of two is first at different minima says nothing.
        .filter(|gd| lab.milestones()[*gd].minimum == lab.milestones()[index].minimum)
        .map(|gd| (experiment.runs[gd].rule.name, lab.milestones()[gd].first_within));
    sentence(&Account {
        rule: setup.rule,
        values: &setup.values,
        noise: setup.noise,
        path: &lab.paths()[index],
        milestones: &lab.milestones()[index],
        shown: lab.step(),
        start: local(experiment.start),
        here: local(lab.head(index)),
        quadratic: lab.objective().constant_hessian().is_some(),
        floor: lab.objective().lowest(),
        rival,
    })
}

/// Where a run is, and how low.
fn readout(lab: &Lab, index: usize) -> String {
    let path = &lab.paths()[index];
    let Some(last) = path.theta.len().checked_sub(1) else {
        return "f is not finite at the start".to_owned();
    };
    let step = lab.step().min(last);
    let [x, y] = path.theta[step].map(|value| digits(value, 4));
    format!("f = {} at ({x}, {y})", digits(path.loss[step], 4))
}

/// The preset that is open as it came, whatever the reader's own light, colours and size; −1 if
/// none is.
fn open_preset(experiment: &Experiment) -> i32 {
    let link = link::write(&experiment.without_taste());
    PRESETS.iter().position(|preset| preset.link == link).map_or(-1, |index| index as i32)
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

/// What the page calls a run: its rule's name, from the second of a rule on with its number.
pub(crate) fn title(setup: &Setup, name: &str) -> String {
    match name.strip_prefix(setup.rule.key) {
        None | Some("") => setup.rule.name.to_owned(),
        Some(number) => format!("{} {number}", setup.rule.name),
    }
}

fn dial(param: &Param, key: &str, value: f64, default: f64) -> Json {
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
fn named(things: impl Iterator<Item = (&'static str, &'static str)>) -> Vec<Json> {
    things.map(|(key, name)| json!({ "key": key, "name": name })).collect()
}
