//! The data, as the page is told.

use super::code::{named, subscript};
use serde::Serialize;
use ts_rs::TS;

use super::common::KEEPS_DATA;
use super::dial::Dial;
use super::{Chosen, Hover, title};
use crate::data::{DATA, DataParam};
use crate::labs::Lab as _;
use crate::labs::OfferKind;
use crate::labs::link;
use crate::labs::planar::experiment::Setting;
use crate::labs::planar::experiment::data::dial_of;
use crate::labs::planar::{Beyond, PlanarLab};
use crate::math::number::{count, digits, three};
use crate::math::param::Param;

/// The examples that a risk is the mean over, or that nets are trained on.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Data {
    /// What the page calls them.
    pub title: &'static str,
    /// Whether the user gave them.
    pub own: bool,
    /// How many there are.
    pub count: usize,
    /// How they are generated, and whether they are standardised.
    pub dials: Vec<Dial>,
    /// How many are used, where it is not all of them; else `null`.
    pub first: Option<Dial>,
    /// What they do to the risk; may be empty.
    pub sentence: String,
    /// Why runs cannot but diverge; `null` where none does so.
    pub unstable: Option<Unstable>,
    /// Why a link cannot hold them; empty if it can.
    pub too_long: String,
}

impl Data {
    /// What the page calls them.
    pub(super) fn title(own: bool) -> &'static str {
        if own { "Your data" } else { "Data" }
    }
}

/// That runs cannot but diverge on the data, and ways out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Unstable {
    /// Why.
    pub sentence: String,
    /// What makes them converge.
    pub offers: Vec<Offer>,
}

/// A change that a button makes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Offer {
    /// Which one.
    pub offer: OfferKind,
    /// What the page calls it.
    pub label: &'static str,
}

/// The data of the experiment: how they came about, and what they do to the risk; nothing on a
/// surface.
pub(super) fn data(lab: &PlanarLab) -> Option<Data> {
    let experiment = lab.experiment();
    let problem = experiment.source.problem()?;
    let data = &experiment.data;
    let own = data.own().is_some();
    let mut dials = Vec::new();
    let first = DataParam::First as usize;
    for (index, param) in DATA.iter().enumerate().filter(|(index, _)| *index != first) {
        if data.uses(index, problem) {
            let default = dial_of(index, problem).default;
            dials.push(Dial::under("data.", param, data.values()[index], default));
        }
    }
    let total = data.total() as f64;
    let of_all = Param { range: [1.0, total], default: total, ..DATA[first].clone() };
    let first = Dial::under("data.", &of_all, data.len() as f64, total);
    if !data.is_partial() {
        dials.push(first.clone());
    }
    Some(Data {
        title: Data::title(own),
        own,
        count: data.len(),
        dials,
        first: data.is_partial().then_some(first),
        sentence: sentence(lab),
        unstable: unstable(lab),
        too_long: too_long(lab),
    })
}

/// The condition number of the risk, and what standardising does to it.
fn sentence(lab: &PlanarLab) -> String {
    if !lab.knows_condition() {
        return "The minimum of the risk is being searched for.".to_owned();
    }
    let Some(here) = lab.condition() else {
        return "No minimum of the risk is known, and so neither is its condition number."
            .to_owned();
    };
    let number = format!("Condition number {}", three(here));
    let Some(other) = lab.condition_otherwise() else { return format!("{number}.") };
    let is_on = lab.experiment().data.value(DataParam::Standardise) != 0.0;
    if is_on {
        return format!("{number}; without standardising it would be {}.", three(other));
    }
    let [mean, spread] = lab.feature_moments().map(three);
    format!("{number}: x is {mean} ± {spread}. Standardised, it would be {}.", three(other))
}

/// Why runs are unstable on these data, and the offers that make them converge.
fn unstable(lab: &PlanarLab) -> Option<Unstable> {
    let unstable = lab.unstable()?;
    let mut offers = Vec::new();
    let mut why = format!("The largest curvature is λ_max = {}", three(unstable.lambda_max));
    if unstable.standardise {
        let [mean, spread] = lab.feature_moments().map(three);
        why = format!("x is {mean} ± {spread}, far from standardised: {why}");
        why = why.replacen("The largest", "the largest", 1);
        offers.push(Offer { offer: OfferKind::Standardise, label: "Standardise x" });
    }
    if lab.can_halve(&unstable) {
        offers.push(Offer { offer: OfferKind::Alpha, label: "α at half the limit" });
    }
    let told = |&Beyond { run, limit }: &Beyond| {
        let alpha = lab.experiment().runs[run].values[0];
        let name = title(lab.experiment(), run);
        format!("{name} has α = {} and is stable below {}", three(alpha), three(limit))
    };
    let runs: Vec<String> = unstable.runs.iter().map(told).collect();
    Some(Unstable { sentence: format!("{why}. {}.", runs.join("; ")), offers })
}

/// Why the data are too many for a link that can be sent everywhere; empty if they are not.
fn too_long(lab: &PlanarLab) -> String {
    let length = lab.link().len();
    if lab.experiment().data.own().is_none() || length <= link::SENDABLE {
        return String::new();
    }
    format!(
        "Your {} examples make the link {} characters long: too large to be sent everywhere. \
         {KEEPS_DATA}",
        count(lab.experiment().data.len()),
        count(length)
    )
}

/// The batch in view in one sentence; empty where there is none.
pub(super) fn batch(lab: &PlanarLab) -> String {
    let Some(view) = lab.batch_view() else { return String::new() };
    let Some(program) = lab.program() else { return String::new() };
    if program.batches.is_full() {
        return String::new();
    }
    let [_, k] = program.batches.place(view.update);
    let angle =
        view.angle().map_or(String::new(), |angle| format!(", ĝ is {}° off ∇R", digits(angle, 2)));
    let fan = lab.experiment().is_on(Setting::Fan);
    let magnified = match fan.then(|| lab.fan()).flatten() {
        Some(fan) if fan.magnified > 1.0 => format!("; arrows × {}", three(fan.magnified)),
        _ => String::new(),
    };
    format!(
        "J{} = {{{}}}{angle}{magnified}",
        subscript(k + 1),
        named(&view.indices, if magnified.is_empty() { 3 } else { 2 })
    )
}

/// What there is to read of an example.
pub fn example_hover(lab: &PlanarLab, index: usize) -> Option<Hover> {
    let [x, y] = *lab.examples().get(index)?;
    let text = place(lab, index)?;
    let mut rows = vec![
        ["example".to_owned(), (index + 1).to_string()],
        ["x".to_owned(), digits(x, 4)],
        ["y".to_owned(), digits(y, 4)],
    ];
    let followed = lab.experiment().followed();
    let followed = followed.filter(|&run| lab.is_there(run));
    if let (Some(risk), Some(run)) = (lab.objective().risk(), followed) {
        let loss = risk.loss(lab.head(run), [x, y]);
        let [gx, gy] = loss.gradient;
        rows.push(["L".to_owned(), digits(loss.value, 4)]);
        rows.push(["∇L".to_owned(), format!("({}, {})", digits(gx, 3), digits(gy, 3))]);
    }
    Some(Hover::new(text, rows))
}

/// What a screen reader says of the chosen example, and the pixel of the data view where it lies.
pub fn chosen(lab: &PlanarLab, index: usize) -> Option<Chosen> {
    let example = *lab.examples().get(index)?;
    let at = lab.data_frame().to_pixel(example);
    Some(Chosen { text: format!("{}.", place(lab, index)?), at })
}

/// `Example 12 of 100 at (1.2, 3.4)`
fn place(lab: &PlanarLab, index: usize) -> Option<String> {
    let [x, y] = lab.examples().get(index)?.map(|part| digits(part, 4));
    Some(format!("Example {} of {} at ({x}, {y})", index + 1, lab.examples().len()))
}
