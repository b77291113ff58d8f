//! What never changes in the Network lab.

use super::link::{self, NET_KEY};
use super::{MOST_NETS, NetExperiment, NetLab, PRESETS};
use crate::labs::link::plain_keys;
use crate::labs::model::net::gallery;
use crate::labs::{Kind, OpenLab};

/// The Network lab.
pub static NETWORK: Kind = Kind {
    key: "network",
    name: "Network",
    marks: &[NET_KEY],
    keys: plain_keys::<NetExperiment>,
    presets: PRESETS,
    most_runs: MOST_NETS,
    has_hessian: false,
    gallery,
    choice_key: "data.shape",
    formula_key: "",
    own: "Your data…",
    hint: "",
    rewrite: |text| {
        let (experiment, faults) = link::read(text);
        (link::write(&experiment), faults)
    },
    open: |link| OpenLab::Network(Box::new(NetLab::new(link))),
};
