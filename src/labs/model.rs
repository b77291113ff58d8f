//! What the page is told: types that serde writes as JSON. The page builds its controls from them
//! and knows no parameter by name; `www/model.d.ts` declares them for its modules, see
//! [`typescript`].

mod card;
mod catalog;
mod code;
mod common;
mod data;
mod dial;
mod fault;
mod hover;
mod lesson;
pub mod math;
pub mod net;
mod objective;
mod opening;
mod question;
mod run;
mod shot;
mod table;
mod trials;
#[cfg(not(target_arch = "wasm32"))]
pub mod typescript;

use std::collections::BTreeMap;

use serde::Serialize;
use ts_rs::TS;

use crate::labs::Lab as _;
use crate::labs::planar::PlanarLab;
use crate::labs::planar::experiment::{By, Experiment, LabKind, SETTINGS, Setting, SwarmFrom};
use crate::labs::presets;
use crate::math::number::{count, digits};
use crate::math::param::Scale;
use crate::math::symmetric::eigenvalues;
use crate::training::run::{Ending, norm};
use crate::view::{Pace, Theme};
use card::title_of;
use common::{by_run, index_of};
use run::{explained, limit, readout, run};

pub use card::{Run, RunLook};
pub use catalog::{Catalog, LabEntry, NetLimits, catalog};
pub use code::{CodeLine, LiveCode, Piece};
pub use common::Named;
pub use data::{Data, Offer, Unstable, chosen, example_hover};
pub use dial::{Dial, DialScale};
pub use fault::{Fault, LinkFault};
pub use hover::{Chosen, Hover};
pub use lesson::LessonPlace;
pub(super) use objective::gallery;
pub(in crate::labs) use objective::variables;
pub use objective::{Plot, Surface, plot_titles};
pub use opening::{Opening, OpeningLab, OpeningScene, opening};
pub use question::{Asked, AskedChoice, Tally, TallyRow};
pub use run::Limit;
pub use shot::Shot;
pub use table::{Column, Decision, DecisionOption, Doubt, Preview, Sample, Table, sample, table};
pub use trials::hover as trials_hover;

/// As the page reads it: JSON (RFC 8259), in which a number that is not finite is `null`.
pub fn json(told: &impl Serialize) -> String {
    serde_json::to_string(told).expect("what the page is told has texts for its keys")
}

/// What changes with an edit and stays as it is while the clock runs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Model {
    /// The key of the lab that is open.
    pub lab: &'static str,
    /// What the runs go down.
    pub surface: Surface,
    /// One or two, side by side; none in the Network lab.
    pub plots: Vec<Plot>,
    /// The examples; `null` on a surface.
    pub data: Option<Data>,
    /// The pseudo code of the followed run; `null` where there is none.
    pub code: Option<Vec<CodeLine>>,
    /// The place in a lesson; `null` outside of lessons.
    pub lesson: Option<LessonPlace>,
    /// The question of the lesson's scene; `null` where it asks none.
    pub question: Option<Asked>,
    /// How the questions of the lesson were answered, on its last scene; `null` elsewhere.
    pub tally: Option<Tally>,
    /// The scene of the lab that is open as it came, counted from 0, or −1.
    pub preset: i32,
    /// The scene that this was opened as, whatever was changed since, or −1.
    pub scene: i32,
    /// The runs, in their order.
    pub runs: Vec<Run>,
    /// The settings that do something in this lab.
    pub settings: Vec<Dial>,
    /// The horizon: the last step of the clock.
    pub steps: usize,
    /// What the Network lab has besides; `null` in the others.
    pub net: Option<net::Net>,
    /// Whether the chart is about runs with other values of their dials: a hand on it sets them.
    pub chart_sets_dials: bool,
    /// Whether the chart can be zoomed and dragged.
    pub chart_zooms: bool,
    /// Whether it shows a part of what it can show.
    pub chart_is_zoomed: bool,
    /// What stands over the loss chart.
    pub chart_title: String,
    /// How soon the runs are down, or which line is which; may be empty.
    pub chart_note: String,
}

/// What changes with the clock.
#[derive(Clone, Debug, Default, PartialEq, Serialize, TS)]
pub struct Live {
    /// Where the clock stands, counted from 0.
    pub step: usize,
    /// The horizon: the last step of the clock.
    pub steps: usize,
    /// Whether the clock runs.
    pub playing: bool,
    /// How much of the work is done, from 0 to 1.
    pub progress: f64,
    /// What goes on in each run, by its name.
    pub sentences: BTreeMap<String, String>,
    /// Where each run is, and how low, by its name.
    pub readouts: BTreeMap<String, String>,
    /// The stability limits at hand.
    pub limits: Vec<Limit>,
    /// Epoch and batch, or updates; empty where there are none.
    pub place: String,
    /// Where the pseudo code stands; `null` where there is none.
    pub code: Option<LiveCode>,
    /// The batch at hand in one sentence; may be empty.
    pub batch: String,
    /// What the answer to the question of the lesson's scene comes to, once the clock is there.
    pub outcome: String,
    /// What the Network lab has besides; `null` in the others.
    pub net: Option<net::LiveNet>,
}

/// Everything that stays as it is while the clock runs.
pub fn model(lab: &PlanarLab, theme: &Theme) -> Model {
    let experiment = lab.experiment();
    let names = experiment.runs.names();
    let runs = experiment.runs.iter().zip(&names).enumerate();
    Model {
        lab: lab.kind().key,
        surface: objective::surface(lab),
        plots: objective::plots(lab),
        data: data::data(lab),
        code: code::lines(lab),
        lesson: None,
        question: None,
        tally: None,
        preset: index_of(presets::as_it_came(&lab.link(), lab.kind().presets)),
        scene: index_of(experiment.scene),
        runs: runs.map(|(index, (setup, name))| run(lab, setup, index, name, theme)).collect(),
        settings: settings(lab),
        steps: experiment.steps(),
        net: None,
        chart_sets_dials: lab.shows_trials() && experiment.by() != By::Starts,
        chart_zooms: false,
        chart_is_zoomed: false,
        chart_title: chart_title(lab),
        chart_note: chart_note(lab),
    }
}

/// What changes with the clock.
pub fn live(lab: &PlanarLab) -> Live {
    let names = lab.experiment().runs.names();
    Live {
        step: lab.step(),
        steps: lab.experiment().steps(),
        playing: lab.experiment().timeline.is_playing(),
        progress: lab.progress(),
        sentences: by_run(&names, |index| explained(lab, index)),
        readouts: by_run(&names, |index| readout(lab, index)),
        limits: (0..names.len()).filter_map(|index| limit(lab, index)).collect(),
        place: code::place(lab),
        code: code::live(lab),
        batch: data::batch(lab),
        outcome: String::new(),
        net: None,
    }
}

/// Whether a setting of the swarm has nothing to do.
fn is_idle_of_swarm(lab: &PlanarLab, index: usize) -> bool {
    let is = |setting: Setting| index == setting as usize;
    let experiment = lab.experiment();
    let (from, has_chart) = (experiment.swarm_from(), experiment.by() == By::Starts);
    is(Setting::Walkers) && !has_chart && from == SwarmFrom::Nowhere
        || is(Setting::Radius) && from != SwarmFrom::Disc
        || is(Setting::Dots) && from == SwarmFrom::Nowhere
}

/// The dials of the settings that do something in this lab.
fn settings(lab: &PlanarLab) -> Vec<Dial> {
    let (experiment, objective) = (lab.experiment(), lab.objective());
    let has_floor = objective.lowest().is_some() || !objective.is_complete();
    let kind = experiment.lab();
    let mut dials = Vec::new();
    for (index, param) in SETTINGS.iter().enumerate() {
        if !Setting::belongs(index, kind) {
            continue;
        }
        let value = experiment.settings()[index];
        let mut shown = param.clone();
        if index == Setting::Steps as usize {
            shown.default = experiment.default_setting(Setting::Steps);
        }
        if let Scale::Choice(choices) = param.scale
            && index == Setting::By as usize
            && kind == LabKind::Surface
            && experiment.by() != By::Epochs
        {
            // A surface has no epochs.
            shown.scale = Scale::Choice(&choices[..By::Epochs as usize]);
        }
        // A map of factors has no scale of losses, and only losses on the way are of a batch.
        let is_idle = match experiment.by() {
            By::AlphaBeta => {
                [Setting::Chart, Setting::BatchLoss].iter().any(|it| *it as usize == index)
            }
            By::Alpha | By::Starts => {
                index == Setting::BatchLoss as usize
                    || index == Setting::Chart as usize && !has_floor
            }
            By::Updates | By::Evaluations | By::Epochs => false,
        };
        if is_idle || is_idle_of_swarm(lab, index) {
            continue;
        }
        dials.push(Dial::setting(&shown, value, Setting::group(index)));
    }
    dials
}

/// What there is to read at the point under the pointer.
pub fn hover(lab: &PlanarLab) -> Option<Hover> {
    let experiment = lab.experiment();
    let [x, y] = lab.hovered()?;
    let jet = lab.objective().hessian([x, y]);
    let [gx, gy] = jet.gradient;
    let number = |value: f64| digits(value, 4);
    let gradient = format!("({}, {})", number(gx), number(gy));
    let [low, high] = eigenvalues(jet.hessian);
    let [first, second] = objective::variables(lab.experiment());
    let f = objective::symbol(lab.experiment());
    let mut rows = vec![
        [first, number(x)],
        [second, number(y)],
        [f.to_owned(), number(jet.value)],
        [format!("∇{f}"), gradient.clone()],
        [format!("|∇{f}|"), number(norm([gx, gy]))],
        [
            "curvatures (eigenvalues of the Hessian)".to_owned(),
            format!("{}, {}", number(low), number(high)),
        ],
    ];
    let mut text =
        format!("{f} = {} at ({}, {}), ∇{f} = {gradient}", number(jet.value), number(x), number(y));
    if let (Some(run), Some(told)) = (lab.mapped_run(), lab.told_of_basin([x, y])) {
        let from_here = format!("{} from here", title(experiment, run));
        text += &format!("; {from_here}: {told}");
        rows.push([from_here, told]);
    }
    Some(Hover::new(text, rows))
}

/// The step that the pointer marks in the chart, and the loss of each run there.
pub fn chart_hover(lab: &PlanarLab) -> Option<Hover> {
    let step = lab.marked_step()?;
    if step > lab.step() && !lab.sees_ahead() {
        return Some(Hover::of_step(step, format!("step {step}")));
    }
    let shown = lab.experiment().runs.iter().zip(lab.paths()).enumerate();
    let losses: Vec<String> = shown
        .filter(|(_, (setup, path))| !setup.hidden && step < path.loss.len())
        .map(|(index, (_, path))| {
            format!("{}: {}", title(lab.experiment(), index), digits(path.loss[step], 3))
        })
        .collect();
    Some(Hover::of_step(step, format!("step {step}; {}", losses.join(", "))))
}

fn chart_title(lab: &PlanarLab) -> String {
    if let Some(title) = trials::chart_title(lab) {
        return title;
    }
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
fn chart_note(lab: &PlanarLab) -> String {
    if let Some(note) = trials::chart_note(lab) {
        return note;
    }
    if !lab.sees_ahead() {
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
    let loss = match lab.objective().knows_all_minima() {
        true => "excess loss",
        false => "loss above the lowest known",
    };
    format!("To lose 95 % of the {loss}: {}.", told.join("; "))
}

/// `1 update`, `7,040 updates`
fn of_many((number, thing): (usize, &str)) -> String {
    format!("{} {thing}{}", count(number), if number == 1 { "" } else { "s" })
}

/// What the page calls a run, see [`title_of`].
pub(crate) fn title(experiment: &Experiment, index: usize) -> String {
    title_of(&experiment.runs, index, &|at| experiment.is_full_batch(at))
}
