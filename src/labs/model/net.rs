//! The Network lab, as the page is told.

mod examples;
mod passes;
mod picture;
mod trials;
mod unit;

use serde::Serialize;
use ts_rs::TS;

pub use examples::{chart_hover, chosen, example_hover, panel_hover};
pub use passes::{Lit, PassLine, Passes};
pub use picture::{Brush, BrushClass, InputFeature, Net, NetDials, Panel};
pub use trials::hover as trials_hover;
pub use unit::{LayerHead, NetNode, Unit, WeightRow, weight};

use super::card::{Run, card, title_of};
use super::common::{KEEPS_DATA, Named, by_run, index_of};
use super::dial::{Dial, of_rule};
use super::{Data, Live, Model, Surface, math};
use crate::data::Batches;
use crate::data::classes::{POINT_DATA, PointParam};
use crate::labs::Lab as _;
use crate::labs::link::SENDABLE;
use crate::labs::network::data::STANDARDISE;
use crate::labs::network::link::{AS_VALUES, write_hidden};
use crate::labs::network::{self, NetExperiment, NetLab, PRESETS, RUN, SETTINGS_OF_NETS, Setting};
use crate::labs::presets;
use crate::labs::runs::batch_of;
use crate::math::number::count;
use crate::math::param::{Choice, Scale};
use crate::network::Output;
use crate::optimizers::equation;
use crate::view::Theme;

/// What the Network lab tells besides with the clock.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct LiveNet {
    /// The tick of the clock that the training has reached.
    pub reached: usize,
    /// The weights into the chosen unit; `null` where they are not shown.
    pub unit: Option<Unit>,
    /// The stage of the passes; `null` where they are not shown.
    pub passes: Option<Passes>,
    /// How far the loss surface is computed.
    pub surface: Survey,
}

/// How far the loss surface of a net is computed.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Survey {
    /// From 0 to 1.
    pub progress: f64,
    /// How true it is, or why there is none; may be empty.
    pub note: String,
}

/// Everything that stays as it is while the clock runs.
pub fn model(lab: &NetLab, theme: &Theme) -> Model {
    let experiment = lab.experiment();
    let has_test = !lab.sets().parts.test.is_empty();
    let note = if has_test { "Train solid, test dashed." } else { "" };
    Model {
        lab: lab.kind().key,
        surface: surface(experiment),
        plots: Vec::new(),
        data: Some(data(lab)),
        code: None,
        lesson: None,
        question: None,
        tally: None,
        preset: index_of(presets::as_it_came(&lab.link(), PRESETS)),
        scene: index_of(experiment.scene),
        runs: (0..experiment.runs.len()).map(|at| run(experiment, at, theme)).collect(),
        settings: settings(experiment),
        steps: experiment.steps(),
        net: Some(picture::net(lab, theme)),
        chart_sets_dials: lab.shows_trials(),
        chart_zooms: lab.zooms_chart(),
        chart_is_zoomed: lab.is_chart_zoomed(),
        chart_title: trials::chart_title(lab).unwrap_or_else(|| chart_title(experiment)),
        chart_note: trials::chart_note(lab).unwrap_or_else(|| note.to_owned()),
    }
}

/// What changes with the clock.
pub fn live(lab: &mut NetLab) -> Live {
    let names = lab.experiment().runs.names();
    let sentences = by_run(&names, |at| lab.sentence(at));
    let readouts = by_run(&names, |at| network::readout(&lab.training_runs()[at]));
    let (progress, note) = lab.surface_note();
    Live {
        step: lab.step(),
        steps: lab.experiment().steps(),
        playing: lab.experiment().timeline.is_playing(),
        // While the clock runs it waits for the runs.
        progress: match lab.experiment().timeline.is_playing() {
            true => lab.trials_progress(),
            false => lab.progress().min(lab.trials_progress()),
        },
        sentences,
        readouts,
        limits: Vec::new(),
        place: place(lab),
        code: None,
        batch: String::new(),
        outcome: String::new(),
        net: Some(LiveNet {
            reached: lab.reached(),
            unit: unit::unit(lab),
            passes: passes::passes(lab),
            surface: Survey { progress, note },
        }),
    }
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
        let updates = lab.training_runs()[index].updates();
        format!("{} update{}", count(updates), if updates == 1 { "" } else { "s" })
    })
}

/// The shapes that data can have.
fn shapes() -> &'static [Choice] {
    match POINT_DATA[PointParam::Shape as usize].scale {
        Scale::Choice(shapes) => shapes,
        _ => &[],
    }
}

/// The shapes that data can have, to choose from.
pub(in crate::labs) fn gallery() -> Vec<Named> {
    let named = |shape: &Choice| {
        let mut name = shape.label.to_owned();
        name[..1].make_ascii_uppercase();
        Named::new(shape.key, name)
    };
    shapes().iter().map(named).collect()
}

/// The data that are chosen and the net, in the place of a surface and its formula.
fn surface(experiment: &NetExperiment) -> Surface {
    let own = experiment.data.own().is_some();
    let shape = shapes().get(experiment.data.value(PointParam::Shape) as usize);
    let (key, label) = shape.map_or(("", ""), |shape| (shape.key, shape.label));
    Surface {
        key,
        name: if own { "Your data" } else { label },
        variables: ["x₁", "x₂"].map(str::to_owned),
        head: "<math><mi>f</mi><mo>=</mo></math>".to_owned(),
        mathml: formula(experiment),
        text: write_hidden(experiment.hidden()),
        plain: String::new(),
        typed: own,
        teaches: "Every run trains the same net from the same weights, on the data in the same order.",
        dials: Vec::new(),
        start: [0.0, 0.0],
        window: [-6.0, 6.0, -6.0, 6.0],
    }
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

fn data(lab: &NetLab) -> Data {
    let data = &lab.experiment().data;
    let mut dials = Vec::new();
    for (at, param) in POINT_DATA.iter().enumerate().skip(1) {
        if data.uses(at) {
            dials.push(Dial::under("data.", param, data.values()[at], data.defaults()[at]));
        }
    }
    let on = |on: bool| f64::from(u8::from(on));
    dials.push(Dial::under("data.", &STANDARDISE, on(data.standardise), 0.0));
    if data.own().is_some() {
        dials.push(Dial::under("data.", &AS_VALUES, on(data.as_values()), 0.0));
    }
    let length = lab.link().len();
    let too_long = if data.own().is_some() && length > SENDABLE {
        format!(
            "These data make a link of {} characters, too many to send. {KEEPS_DATA}",
            count(length)
        )
    } else {
        String::new()
    };
    let own = data.own().is_some();
    Data {
        title: Data::title(own),
        own,
        count: data.len(),
        first: None,
        dials,
        sentence: String::new(),
        unstable: None,
        too_long,
    }
}

fn settings(experiment: &NetExperiment) -> Vec<Dial> {
    let by_itself = [Setting::Example, Setting::At, Setting::Pass, Setting::Plane];
    let mut dials = Vec::new();
    for (index, param) in SETTINGS_OF_NETS.iter().enumerate() {
        let by = experiment.by();
        let is_curve = index == Setting::Curve as usize;
        let is_of_curves = is_curve && (experiment.data.classes() == 0 || by.is_of_trials())
            || index == Setting::Chart as usize && by.is_map();
        if is_of_curves || by_itself.iter().any(|setting| *setting as usize == index) {
            continue;
        }
        dials.push(Dial::setting(param, experiment.settings()[index], Setting::group(index)));
    }
    dials
}

/// The run at an index: its card, its dials, its look.
fn run(experiment: &NetExperiment, index: usize, theme: &Theme) -> Run {
    let setup = &experiment.runs[index];
    let name = &experiment.runs.names()[index];
    let before = [name, "."].concat();
    let mut dials = of_rule(&before, setup, NetExperiment::default_alpha(setup.rule));
    let Batches { n, m, .. } = experiment.batches(index);
    dials.insert(1, Dial::under(&before, &batch_of(n), m as f64, n as f64));
    for (at, param) in RUN.iter().enumerate() {
        if experiment.uses(at) {
            dials.push(Dial::under(&before, param, setup.of_net[at], param.default));
        }
    }
    let follow = Some(experiment.followed() == Some(index));
    card(setup, name, title(experiment, index), equation::ESTIMATE, dials, follow, theme)
}

/// What the page calls a run, see [`title_of`].
pub(crate) fn title(experiment: &NetExperiment, index: usize) -> String {
    title_of(&experiment.runs, index, &|at| experiment.batches(at).is_full())
}
