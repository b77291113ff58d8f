//! What never changes: what there is to choose from.

use serde::Serialize;
use ts_rs::TS;

use super::common::Named;
use crate::labs::link::SENDABLE;
use crate::labs::network::link::{NET_KEY, PAIR_KEY, WEIGHT_KEY};
use crate::labs::network::scene::TILE;
use crate::labs::presets::Preset;
use crate::labs::{KINDS, Kind};
use crate::network::{MOST_HIDDEN, MOST_UNITS};
use crate::optimizers::RULES;

/// What never changes: what there is to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Catalog {
    /// The version of the core.
    pub version: &'static str,
    /// The labs, in the order of their tabs.
    pub labs: Vec<LabEntry>,
    /// The update rules.
    pub rules: Vec<Named>,
    /// What holds of every net.
    pub nets: NetLimits,
    /// The longest link that can be sent everywhere, in bytes.
    pub sendable: usize,
}

/// What never changes in a lab.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LabEntry {
    /// Its name in the model.
    pub key: &'static str,
    /// What the runs can go down.
    pub gallery: Vec<Named>,
    /// The key that chooses one of the gallery.
    pub choice_key: &'static str,
    /// The key of a formula of one's own; empty where there can be none.
    pub formula_key: &'static str,
    /// What the gallery calls a formula, or data, of one's own.
    pub own: &'static str,
    /// What may be typed as a formula, with `code` between backticks.
    pub hint: &'static str,
    /// The scenes.
    pub presets: &'static [Preset],
    /// So many runs there can be.
    pub most_runs: usize,
    /// The keys of the update rules that they can have.
    pub rules: Vec<&'static str>,
}

/// What holds of every net.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct NetLimits {
    /// The key that sets the hidden layers.
    pub net_key: &'static str,
    /// The key whose value is the chosen weight's name.
    pub weight_key: &'static str,
    /// The key whose value are the names of the two weights that span the plane.
    pub pair_key: &'static str,
    /// So many hidden layers there can be, …
    pub most_layers: usize,
    /// … and so many units in each.
    pub most_units: usize,
    /// The side of a node's tile, in its own pixels.
    pub tile: usize,
}

/// What never changes: what there is to choose from.
pub fn catalog() -> Catalog {
    let labs = KINDS.iter().map(|kind| LabEntry::of(kind)).collect();
    let nets = NetLimits {
        net_key: NET_KEY,
        weight_key: WEIGHT_KEY,
        pair_key: PAIR_KEY,
        most_layers: MOST_HIDDEN,
        most_units: MOST_UNITS,
        tile: TILE,
    };
    let rules = RULES.iter().map(|rule| Named::new(rule.key, rule.name)).collect();
    Catalog { version: env!("CARGO_PKG_VERSION"), labs, rules, nets, sendable: SENDABLE }
}

impl LabEntry {
    fn of(kind: &Kind) -> Self {
        Self {
            key: kind.key,
            gallery: (kind.gallery)(),
            choice_key: kind.choice_key,
            formula_key: kind.formula_key,
            own: kind.own,
            hint: kind.hint,
            presets: kind.presets,
            most_runs: kind.most_runs,
            rules: kind.rules().map(|rule| rule.key).collect(),
        }
    }
}
