//! Links as the command line takes them.

use crate::labs::experiment::Experiment;
use crate::labs::link;
use crate::labs::network::{self, NetExperiment};

use super::Failure;

/// What a link holds.
pub enum Opened {
    /// Runs on a surface or on a risk.
    Plane(Box<Experiment>),
    /// Nets.
    Nets(Box<NetExperiment>),
}

/// The experiment of a link, or a sentence for each part of the link that cannot be taken. Parts
/// that do nothing are told and taken lightly. A whole address is as good as what follows its `#`,
/// and a bare address is the ravine.
pub fn open(text: &str) -> Result<Opened, Failure> {
    let link = link::of_address(text);
    let (opened, faults) = if network::link::is_of_nets(link) {
        let (experiment, faults) = network::link::read(link);
        (Opened::Nets(Box::new(experiment)), faults)
    } else {
        let (experiment, faults) = link::read(link);
        (Opened::Plane(Box::new(experiment)), faults)
    };
    if faults.iter().all(|fault| fault.is_harmless) {
        for fault in faults {
            eprintln!("{fault}");
        }
        return Ok(opened);
    }
    Err(Failure::Use(faults.iter().map(ToString::to_string).collect()))
}
