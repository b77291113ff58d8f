//! What the page is told, as JSON. The page builds its controls from it and knows no parameter
//! by name; the types that it reads are declared in `www/model.js`.

mod code;
mod data;
mod ground;
pub mod json;

use crate::analysis::explain::{Account, Local, sentence};
use crate::analysis::milestones::distance;
use crate::analysis::number::{count, digits};
use crate::analysis::stability::{alpha_limit, eigenvalues};
use crate::experiment::{EXTRAS, Experiment, LabKind, NOISE, SETTINGS, Setting, Setup, batch_of};
use crate::lab::Lab;
use crate::link;
use crate::optimizers::{RULES, equation};
use crate::param::{Choice, Param, Scale};
use crate::presets;
use crate::run::norm;
use crate::schedule::Schedule;
use crate::view::{LOOKS, Pace, Theme};
use json::{Json, json};

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
    json!({
        "lab": kind.key(),
        "labs": named(LabKind::ALL.iter().map(|lab| (lab.key(), lab.name()))),
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

fn run(lab: &Lab, setup: &Setup, index: usize, name: &str, theme: &Theme) -> Json {
    let experiment = lab.experiment();
    let Setup { rule, values, noise, hidden, look, .. } = setup;
    let on_data = experiment.lab() == LabKind::Minibatches;
    let of_run = |param: &Param, value: f64, default: f64| {
        dial(param, &format!("{name}.{}", param.key), value, default)
    };
    let mut dials: Vec<Json> = (rule.parameters.iter().zip(values))
        .enumerate()
        .map(|(position, (param, value))| {
            let default =
                if position == 0 { experiment.default_alpha(rule) } else { param.default };
            of_run(param, *value, default)
        })
        .collect();
    if on_data {
        let n = experiment.data.len();
        dials.insert(1, of_run(&batch_of(n), setup.batch_size(n) as f64, n as f64));
        let extras = EXTRAS.iter().zip(setup.extras).enumerate();
        dials.extend(
            extras
                .filter(|(at, _)| setup.uses_at(*at))
                .map(|(_, (param, value))| of_run(param, value, param.default)),
        );
    }
    dials.push(of_run(&NOISE, *noise, NOISE.default));
    let is_estimate = *noise > 0.0 || !experiment.is_full_batch(index);
    let gradient = match (is_estimate, on_data) {
        (true, _) => equation::ESTIMATE,
        (false, true) => equation::RISK_GRADIENT,
        (false, false) => equation::GRADIENT,
    };
    json!({
        "name": name.to_owned(),
        "rule": rule.key,
        "title": title(experiment, index),
        "equation": (rule.equation)(values, gradient),
        "dials": dials,
        "openDials": if on_data && rule.parameters.len() > 1 { 3 } else { 2 },
        "hidden": *hidden,
        "hiddenKey": format!("{name}.{}", link::HIDDEN.key),
        "follow": on_data && experiment.followed() == Some(index),
        "followKey": if on_data { "follow" } else { "" },
        "side": lab.plots().iter().position(|runs| runs.contains(&index)).unwrap_or(0),
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
    let plain = |&at: &usize| {
        let run = &experiment.runs[at];
        run.rule.key == "gd" && run.noise == 0.0 && experiment.is_full_batch(at)
    };
    let rival = ((0..experiment.runs.len()).find(plain))
        .filter(|gd| *gd != index && setup.rule.key != "gd")
        // Which of two is first at different minima says nothing.
        .filter(|gd| lab.milestones()[*gd].minimum == lab.milestones()[index].minimum)
        .map(|gd| (experiment.runs[gd].rule.name, lab.milestones()[gd].first_within));
    let [first, second] = ground::variables(experiment);
    // A schedule's α is that of the coming step, and what theory says of all steps to come at a
    // constant α does not hold.
    let steps = experiment.steps();
    let schedule = setup.schedule(steps);
    let mut values = setup.values.clone();
    values[0] *= schedule.factor((lab.step() + 1).min(steps));
    let said = sentence(&Account {
        symbols: [ground::symbol(experiment), &first, &second],
        rule: setup.rule,
        values: &values,
        noisy: setup.noise > 0.0 || !experiment.is_full_batch(index),
        path: &lab.paths()[index],
        milestones: &lab.milestones()[index],
        shown: lab.step(),
        start: local(experiment.start),
        here: local(lab.head(index)),
        quadratic: schedule == Schedule::Constant && lab.objective().constant_hessian().is_some(),
        floor: lab.objective().lowest(),
        rival,
    });
    let further = of_ensemble(lab, index).or_else(|| of_average(lab, index));
    format!("{said}{}", further.unwrap_or_default())
}

/// How near the walkers of the ensemble are to the minimum, and their averages.
fn of_ensemble(lab: &Lab, index: usize) -> Option<String> {
    let is_followed = lab.experiment().followed() == Some(index);
    let minimum = lab.milestones()[index].minimum.filter(|_| is_followed)?;
    let median = |points: &[[f64; 2]]| {
        let mut far: Vec<f64> = points.iter().map(|at| distance(*at, minimum)).collect();
        let middle = far.len() / 2;
        (!far.is_empty()).then(|| digits(*far.select_nth_unstable_by(middle, f64::total_cmp).1, 3))
    };
    let last = median(lab.ensemble())?;
    let average = median(lab.ensemble_averages())
        .map_or(String::new(), |average| format!(", its average {average}"));
    Some(format!(
        " Median of {} seeds: the run is {last} from the minimum{average}.",
        lab.ensemble().len()
    ))
}

/// How near the average is to the minimum, beside the run itself.
fn of_average(lab: &Lab, index: usize) -> Option<String> {
    let average = lab.average(index)?;
    let minimum = lab.milestones()[index].minimum?;
    let step = lab.step().min(average.theta.len().checked_sub(1)?);
    let far = |theta: [f64; 2]| digits(distance(theta, minimum), 3);
    (step > 0).then(|| {
        format!(
            " The average is {} from the minimum, the run itself {}.",
            far(average.theta[step]),
            far(lab.paths()[index].theta[step])
        )
    })
}

/// Where a run is, and how low.
fn readout(lab: &Lab, index: usize) -> String {
    let path = &lab.paths()[index];
    let Some(last) = path.theta.len().checked_sub(1) else {
        return format!("{} is not finite at the start", ground::symbol(lab.experiment()));
    };
    let step = lab.step().min(last);
    let [x, y] = path.theta[step].map(|value| digits(value, 4));
    let f = ground::symbol(lab.experiment());
    format!("{f} = {} at ({x}, {y})", digits(path.loss[step], 4))
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
