//! Experiments with nets worth opening, in the order of a lecture.

use crate::presets::Preset;

/// The presets of this lab. The first is what it opens with.
pub static PRESETS: &[Preset] = &[
    Preset {
        title: "GD, SGD and momentum",
        sentence: "The same net from the same weights, three ways down: in an epoch GD makes one step, the others one for every ten examples.",
        link: "net=4,2",
    },
    Preset {
        title: "XOR needs a hidden layer",
        sentence: "Without a hidden layer the boundary is a straight line, and no line parts XOR; add one with + layer, and it bends.",
        link: "net=none&data.shape=xor&data.noise=5&runs=gd,momentum&gd.batch=10&momentum.batch=10",
    },
];
