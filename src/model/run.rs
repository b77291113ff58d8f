//! A run and what is going on in it, as the page is told.

use super::common::{card, dial_under, rule_dials};
use super::json::{Json, json};
use super::{ground, title};
use crate::analysis::explain::{Account, Local, sentence};
use crate::analysis::milestones::distance;
use crate::analysis::number::{count, digits};
use crate::analysis::stability::{alpha_limit, eigenvalues};
use crate::experiment::{EXTRAS, LabKind, NOISE, Setting, Setup, batch_of};
use crate::lab::Lab;
use crate::optimizers::equation;
use crate::rank::ranked;
use crate::schedule::Schedule;
use crate::view::{LOOKS, Theme};

/// The run at an index: its card, its dials, its look.
pub(super) fn run(lab: &Lab, setup: &Setup, index: usize, name: &str, theme: &Theme) -> Json {
    let experiment = lab.experiment();
    let on_data = experiment.lab() == LabKind::Minibatches;
    let before = [name, "."].concat();
    let mut dials = rule_dials(&before, setup, experiment.default_alpha(setup.rule));
    if on_data {
        let n = experiment.data.len();
        let size = setup.batch_size(n) as f64;
        dials.insert(1, dial_under(&before, &batch_of(n), size, n as f64));
        for (at, param) in EXTRAS.iter().enumerate() {
            if setup.uses_at(at) {
                dials.push(dial_under(&before, param, setup.extras[at], param.default));
            }
        }
    }
    dials.push(dial_under(&before, &NOISE, setup.noise, NOISE.default));
    let is_estimate = setup.noise > 0.0 || !experiment.is_full_batch(index);
    let gradient = match (is_estimate, on_data) {
        (true, _) => equation::ESTIMATE,
        (false, true) => equation::RISK_GRADIENT,
        (false, false) => equation::GRADIENT,
    };
    let follow = on_data.then(|| experiment.followed() == Some(index));
    card(setup, name, title(experiment, index), gradient, dials, follow, theme)
}

/// Colour, dash and marker.
pub(super) fn look(look: usize, theme: &Theme) -> Json {
    json!({
        "color": LOOKS[look].color(theme).css(),
        "dash": LOOKS[look].dash.to_vec(),
        "marker": LOOKS[look].marker.name(),
    })
}

/// The largest α that is stable for the curvature where the run stands, and the words for it, if
/// the rule and the surface have such a limit.
pub(super) fn limit(lab: &Lab, index: usize) -> Option<Json> {
    let Setup { rule, values, .. } = &lab.experiment().runs[index];
    if !lab.knows_curvature() {
        return None;
    }
    let hessian = lab.hessian_at(lab.head(index)).hessian;
    let limit = alpha_limit(rule, values, eigenvalues(hessian)[1])?;
    let place = if lab.objective().constant_hessian().is_some() { "" } else { " where it stands" };
    Some(json!({
        "key": format!("{}.{}", lab.experiment().names()[index], rule.parameters[0].key),
        "value": limit,
        "label": format!("Stable below α = {}{place}", digits(limit, 3)),
    }))
}

/// What is going on in a run at the step that is shown.
pub(super) fn explained(lab: &Lab, index: usize) -> String {
    let experiment = lab.experiment();
    // A sentence speaks of the whole path, and of the first run's beside it.
    let is_told = (0..experiment.runs.len()).all(|at| lab.is_told(at));
    if !is_told || !lab.knows_curvature() {
        return "Being computed.".to_owned();
    }
    // A sentence knows the whole path.
    if !experiment.is_on(Setting::Future) && lab.step() + 1 < lab.paths()[index].theta.len() {
        return String::new();
    }
    let setup = &experiment.runs[index];
    let local = |at: [f64; 2]| {
        let jet = lab.hessian_at(at);
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
        Some(digits(ranked(&mut far, middle)?, 3))
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
pub(super) fn readout(lab: &Lab, index: usize) -> String {
    let path = &lab.paths()[index];
    let Some(last) = path.theta.len().checked_sub(1) else {
        if !path.is_complete() {
            return String::new();
        }
        return format!("{} is not finite at the start", ground::symbol(lab.experiment()));
    };
    if !lab.is_there(index) {
        return format!("computed up to step {}", count(last));
    }
    let step = lab.step().min(last);
    let [x, y] = path.theta[step].map(|value| digits(value, 4));
    let f = ground::symbol(lab.experiment());
    format!("{f} = {} at ({x}, {y})", digits(path.loss[step], 4))
}
