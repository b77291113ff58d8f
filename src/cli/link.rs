//! Links as the command line takes them.

use ravine::experiment::Experiment;
use ravine::link;

use super::Failure;

/// The experiment of a link, or a sentence for each part of the link that cannot be taken. A
/// whole address is as good as what follows its `#`, and a bare address is the ravine.
pub fn open(text: &str) -> Result<Experiment, Failure> {
    let (experiment, faults) = link::read(link::of_address(text));
    if faults.is_empty() {
        return Ok(experiment);
    }
    Err(Failure::Use(faults.iter().map(ToString::to_string).collect()))
}
