//! Experiments with nets worth opening, in the order of a lecture.

use crate::labs::presets::Preset;

/// The presets of this lab. The first is what it opens with.
pub const PRESETS: &[Preset] = &[
    Preset {
        key: "ways",
        title: "GD, SGD and momentum",
        sentence: "One α for all: GD makes one step an epoch, SGD one for every ten examples; momentum's steps add up, and it is down in a quarter of SGD's epochs.",
        link: "net=4,2&gd.alpha=0.02&gd2.alpha=0.02&momentum.alpha=0.02&momentum.beta=0.9",
    },
    Preset {
        key: "xor",
        title: "XOR needs a hidden layer",
        sentence: "Without a hidden layer the boundary is a straight line, and no line parts XOR; add a layer with + layer, and it bends.",
        link: "net=none&data.shape=xor&data.noise=5&runs=gd,momentum&gd.batch=10&momentum.batch=10",
    },
    Preset {
        key: "batches",
        title: "Batch size 1, 10, n",
        sentence: "By epochs the small batches are far ahead, by updates GD is smoothest: the chart counts either.",
        link: "net=4,2&data.shape=moons&data.noise=15&runs=gd,gd,gd&gd2.batch=10&gd3.batch=1",
    },
    Preset {
        key: "alphas",
        title: "α too small, right, too large",
        sentence: "One net and three learning rates: the first creeps, the second learns, the third jumps about and does not come down.",
        link: "net=4,2&runs=gd,gd,gd&gd.alpha=0.003&gd.batch=10&gd2.batch=10&gd3.alpha=3&gd3.batch=10",
    },
    Preset {
        key: "spiral",
        title: "The spiral",
        sentence: "Two arms, wound about each other: two hidden layers of eight need hundreds of epochs to wind the boundary along, and Adam is ahead of SGD and momentum.",
        link: "net=8,8&data.shape=spiral&runs=gd,momentum,adam&gd.batch=10&momentum.alpha=0.05&momentum.beta=0.9&momentum.batch=10&adam.batch=10",
    },
    Preset {
        key: "losses",
        title: "L2 or cross-entropy",
        sentence: "Both start confident and wrong: under L2 δ has the factor f (1 − f), next to 0, and the net is stuck; cross-entropy cancels it.",
        link: "net=none&data.shape=gauss&runs=gd,gd&gd.loss=l2&hand=0,w1.1.1,-4;0,w1.1.2,-4",
    },
    Preset {
        key: "zeros",
        title: "Zero initialisation",
        sentence: "All weights start at 0: every hidden unit gets the same gradient and stays the twin of the others, whatever the rule.",
        link: "net=4&activation=sigmoid&init=zeros&deck=weights",
    },
    Preset {
        key: "classes",
        title: "Three classes",
        sentence: "Three logits and softmax: each output unit speaks for one class, and the boundary lies where two of them are equal.",
        link: "net=6,6&data.shape=spirals3&runs=gd,momentum&gd.batch=10&momentum.alpha=0.02&momentum.beta=0.9&momentum.batch=10",
    },
    Preset {
        key: "overfitting",
        title: "Overfitting and L2",
        sentence: "Few noisy examples and a large net: the test loss turns up while the training loss falls, unless L2 holds the weights small.",
        link: "net=8,8&data.n=80&data.noise=35&runs=momentum,momentum&momentum.batch=10&momentum2.batch=10&momentum2.l2=0.02&test=yes",
    },
    Preset {
        key: "trainability",
        title: "Where training works",
        sentence: "Each point of the map is this net trained anew, with an α and an initial scale of its own: blue learns, orange does not. Zoom into the border: the finer one looks, the longer it is.",
        link: "net=4&data.shape=moons&data.n=20&data.train=100&output=linear&runs=gd,gd&gd.alpha=0.7&gd2.alpha=1.8&window=-0.4,0.4,-1,1&steps=40&by=alphainit",
    },
];
