//! Laws of the Network lab: links, training side by side, the way back, passes, data, the surface.

mod data;
mod links;
mod mazur;
mod passes;
mod random;
mod surface;
mod time;
mod trials;

use ravine::labs::Lab as _;
use ravine::labs::network::NetLab;

/// The lab of a link without faults, trained to a step.
fn at(text: &str, step: usize) -> NetLab {
    let mut lab = NetLab::new(text);
    assert_eq!(lab.faults(), [], "{text}");
    lab.timeline_mut().seek(step);
    lab.settle();
    lab
}

/// The bits of all weights of all runs.
fn bits(lab: &NetLab) -> Vec<u64> {
    let thetas = lab.training_runs().iter().flat_map(|training_run| training_run.trainer().theta());
    thetas.map(|w| w.to_bits()).collect()
}
