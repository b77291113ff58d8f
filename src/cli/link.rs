//! Links as the command line takes them.

use crate::export::printed::{self, Drawn};
use crate::labs::link;

use super::Failure;

/// The experiment of a link, or a sentence for each part of the link that cannot be taken. Parts
/// that do nothing are told and taken lightly. A whole address is as good as what follows its `#`,
/// and a bare address is the ravine.
pub fn open(text: &str) -> Result<Box<dyn Drawn>, Failure> {
    let (opened, faults) = printed::open(link::of_address(text));
    if faults.iter().all(|fault| fault.is_harmless) {
        for fault in faults {
            eprintln!("{fault}");
        }
        return Ok(opened);
    }
    Err(Failure::Use(faults.iter().map(ToString::to_string).collect()))
}
