//! What the runs walk on, as the page is told.

use serde::Serialize;
use ts_rs::TS;

use super::common::Named;
use super::dial::Dial;
use crate::labs::planar::PlanarLab;
use crate::labs::planar::experiment::{Experiment, LabKind, ObjectiveSource};
use crate::math::number::count;
use crate::objective::Objective;
use crate::objective::problems::PROBLEMS;
use crate::objective::surfaces::GALLERY;

/// What the runs go down: a surface, the risk of a problem, or the loss of a net.
#[derive(Clone, Debug, Default, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Surface {
    /// Its name in the gallery.
    pub key: &'static str,
    /// What the page calls it.
    pub name: &'static str,
    /// What the two axes are called.
    pub variables: [String; 2],
    /// The formula's left side, as MathML.
    pub head: String,
    /// The formula's right side, as MathML.
    pub mathml: String,
    /// The formula as it is typed.
    pub text: String,
    /// The same in plain letters, with a sign for every product; empty of a net.
    pub plain: String,
    /// Whether the user wrote it.
    pub typed: bool,
    /// What there is to learn of it.
    pub teaches: &'static str,
    /// The parameters of the formula.
    pub dials: Vec<Dial>,
    /// Where the runs start, (x, y) or θ.
    pub start: [f64; 2],
    /// The part of the plane in view: x from, x to, y from, y to.
    pub window: [f64; 4],
}

/// One of the plots that stand side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Plot {
    /// What stands over it; empty on a surface.
    pub title: String,
    /// The names of the runs in it.
    pub runs: Vec<String>,
    /// Whether it is a hill: the surface in three dimensions.
    pub hill: bool,
}

/// What is minimised: f, or the risk R.
pub(super) fn symbol(experiment: &Experiment) -> &'static str {
    match experiment.lab() {
        LabKind::Surface => "f",
        LabKind::Minibatches => "R",
    }
}

/// What the plot's axes are called: x and y, or the two letters that are θ.
pub(in crate::labs) fn variables(experiment: &Experiment) -> [String; 2] {
    experiment.theta_names().unwrap_or_else(|| ["x".to_owned(), "y".to_owned()])
}

/// The gallery of a lab, to choose from.
pub(in crate::labs) fn gallery(lab: LabKind) -> Vec<Named> {
    match lab {
        LabKind::Surface => GALLERY.iter().map(|one| Named::new(one.key, one.name)).collect(),
        LabKind::Minibatches => PROBLEMS.iter().map(|one| Named::new(one.key, one.name)).collect(),
    }
}

/// What there is to say of a typed formula.
fn of_ones_own(objective: &Objective) -> &'static str {
    if !objective.is_complete() {
        return "Your formula and its exact gradient. Its minima are being searched for.";
    }
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

/// The surface, or the problem.
pub(super) fn surface(lab: &PlanarLab) -> Surface {
    let experiment = lab.experiment();
    let formula = experiment.formula();
    let (key, name, teaches) = match experiment.source {
        ObjectiveSource::Gallery(surface) => (surface.key, surface.name, surface.teaches),
        ObjectiveSource::Typed => ("f", "A formula of your own", of_ones_own(lab.objective())),
        ObjectiveSource::Data { problem, typed: false } => {
            (problem.key, problem.name, problem.teaches)
        }
        ObjectiveSource::Data { .. } => {
            ("loss", "A loss of your own", of_ones_own(lab.objective()))
        }
    };
    let typed = experiment.source.is_typed();
    let parameters = experiment.surface_parameters();
    let values = experiment.surface_values();
    // A gallery's parameter that is 0 drops out of the formula that is shown: an unrotated ravine
    // needs no angle.
    let mut zeros = Vec::new();
    let mut dials = Vec::new();
    for (param, &value) in parameters.iter().zip(values) {
        if !typed && value == 0.0 {
            zeros.push((&*param.key, value));
        }
        dials.push(Dial::under("f.", param, value, param.default));
    }
    let window = lab.frame().window;
    Surface {
        key,
        name,
        variables: variables(experiment),
        head: head(experiment),
        mathml: formula.mathml_at(&zeros),
        text: formula.text().to_owned(),
        plain: formula.plain(),
        typed,
        teaches,
        dials,
        start: experiment.start,
        window: [window.x[0], window.x[1], window.y[0], window.y[1]],
    }
}

/// The left side of the formula: f(x, y) =, or L(w, b; x, y) =.
fn head(experiment: &Experiment) -> String {
    let comma = "<mo separator=\"true\">,</mo>";
    let [first, second] = variables(experiment).map(|letter| letters(&letter));
    let theta = format!("{first}{comma}{second}");
    let (name, inside) = match experiment.lab() {
        LabKind::Surface => ("f", theta),
        LabKind::Minibatches => {
            ("L", format!("{theta}<mo separator=\"true\">;</mo><mi>x</mi>{comma}<mi>y</mi>"))
        }
    };
    format!(
        "<math><mi>{name}</mi><mo stretchy=\"false\">(</mo>{inside}<mo stretchy=\"false\">)</mo>\
         <mo>=</mo></math>"
    )
}

/// A letter with its index: θ₁ as MathML sets it.
fn letters(name: &str) -> String {
    let digit = |c: char| u32::from(c).checked_sub(0x2080).filter(|digit| *digit < 10);
    let index: String = name.chars().filter_map(digit).map(|digit| digit.to_string()).collect();
    let stem: String = name.chars().filter(|&c| digit(c).is_none()).collect();
    if index.is_empty() {
        format!("<mi>{stem}</mi>")
    } else {
        format!("<msub><mi>{stem}</mi><mn>{index}</mn></msub>")
    }
}

/// The plots and what stands over each.
pub(super) fn plots(lab: &PlanarLab) -> Vec<Plot> {
    let names = lab.experiment().runs.names();
    let plot = |(index, (title, runs)): (usize, (String, &Vec<usize>))| Plot {
        title,
        runs: runs.iter().map(|&at| names[at].clone()).collect(),
        hill: lab.shows_hill(index),
    };
    plot_titles(lab).into_iter().zip(&lab.plots()).enumerate().map(plot).collect()
}

/// What stands over each plot; an empty title on a surface.
pub fn plot_titles(lab: &PlanarLab) -> Vec<String> {
    let experiment = lab.experiment();
    let title = |runs: &[usize]| {
        if experiment.lab() == LabKind::Surface {
            return String::new();
        }
        let n = experiment.data.len();
        let sizes: Vec<usize> = runs.iter().map(|&at| experiment.runs[at].batch_size(n)).collect();
        let (least, most) = (sizes.iter().copied().min(), sizes.iter().copied().max());
        let [all, few, many] = [Some(n), least, most].map(|size| count(size.unwrap_or(0)));
        // One run is named, and so is GD where there is nothing else; of others what they share.
        let is_gd = runs.iter().all(|&at| experiment.runs[at].rule.key == "gd");
        let one = match runs {
            &[only] => Some(super::title(experiment, only)),
            _ => None,
        };
        let named = |gd: &str, several: &str| match (&one, is_gd) {
            (_, true) => gd.to_owned(),
            (Some(title), false) => title.clone(),
            (None, false) => several.to_owned(),
        };
        match (least, most) {
            (Some(least), Some(_)) if least == n && one.is_none() && !is_gd => {
                format!("All {all} examples")
            }
            (Some(least), Some(_)) if least == n => match n {
                1 => format!("{}, one example", named("GD", "")),
                _ => format!("{}, all {all} examples", named("GD", "")),
            },
            (Some(least), Some(most)) if least == most => {
                format!("{}, m = {many} of {all}", named("SGD", "Batches"))
            }
            (Some(_), Some(most)) if most < n => {
                format!("{}, m = {few} to {many} of {all}", named("SGD", "Batches"))
            }
            (Some(_), Some(_)) if is_gd => "GD and SGD".to_owned(),
            (Some(_), Some(_)) => "All examples, and batches".to_owned(),
            _ => String::new(),
        }
    };
    lab.plots().iter().map(|runs| title(runs)).collect()
}
