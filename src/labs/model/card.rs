//! A run's card, as the page is told.

use serde::Serialize;
use ts_rs::TS;

use super::dial::Dial;
use crate::labs::runs::{HIDDEN, RunConfig};
use crate::view::{LOOKS, Marker, Theme};

/// A run: its card, its dials, its look.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Run {
    /// Its name in a link, such as `momentum2`.
    pub name: String,
    /// The key of its update rule.
    pub rule: &'static str,
    /// What the page calls it.
    pub title: String,
    /// Its update, as MathML.
    pub equation: String,
    /// What can be set of it.
    pub dials: Vec<Dial>,
    /// So many of its dials stand open on its card, choices apart.
    pub open_dials: usize,
    /// Whether it is left out of the pictures.
    pub hidden: bool,
    /// The key that hides it.
    pub hidden_key: String,
    /// Whether the data and the pseudo code are shown for it.
    pub follow: bool,
    /// The key whose value is the followed run's name; empty where none can be followed.
    pub follow_key: &'static str,
    /// What it is drawn with.
    pub look: RunLook,
}

/// What a run is drawn with.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct RunLook {
    /// As CSS writes it.
    pub color: String,
    /// Lengths of strokes and gaps in turn, in CSS pixels; empty is a solid line.
    pub dash: &'static [f64],
    /// The sign at its steps.
    pub marker: Marker,
}

impl RunLook {
    fn new(look: usize, theme: &Theme) -> Self {
        let look = &LOOKS[look];
        Self { color: look.color(theme).css(), dash: look.dash, marker: look.marker }
    }
}

/// The card of a run. `gradient` is what its equation calls the gradient, and `follow`, where a
/// run can be followed, whether it is.
pub(super) fn card(
    run: &RunConfig,
    name: &str,
    title: String,
    gradient: &'static str,
    dials: Vec<Dial>,
    follow: Option<bool>,
    theme: &Theme,
) -> Run {
    Run {
        name: name.to_owned(),
        rule: run.rule.key,
        title,
        equation: (run.rule.equation)(&run.values, gradient),
        dials,
        open_dials: if follow.is_some() && run.rule.parameters.len() > 1 { 3 } else { 2 },
        hidden: run.hidden,
        hidden_key: [name, ".", &HIDDEN.key].concat(),
        follow: follow == Some(true),
        follow_key: if follow.is_some() { "follow" } else { "" },
        look: RunLook::new(run.look, theme),
    }
}

/// What the page calls a run: its rule's name, SGD where GD uses batches, from the second of a
/// name on with its number.
pub(super) fn title_of(
    runs: &[RunConfig],
    index: usize,
    is_full: &dyn Fn(usize) -> bool,
) -> String {
    let name = |at: usize| match runs[at].rule.key {
        "gd" if !is_full(at) => "SGD",
        _ => runs[at].rule.name,
    };
    match (0..=index).filter(|&at| name(at) == name(index)).count() {
        1 => name(index).to_owned(),
        nth => format!("{} {nth}", name(index)),
    }
}
