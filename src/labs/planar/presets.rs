//! The scenes of the Surface lab and of the Minibatches lab. `tests/labs/scenes` computes what their
//! sentences claim.

use super::experiment::{Experiment, LabKind, ObjectiveSource, link};
use crate::labs::presets::Preset;

/// Those of a lab, in the order of a lecture. The first is what the lab opens with.
pub fn of(lab: LabKind) -> &'static [Preset] {
    lab.kind().presets
}

/// Why a scene that a link names is not taken.
pub(super) const ABOUT_ANOTHER: &str =
    "must be a scene of what the link shows, and that one is about something else";

/// Whether a preset is about the surface, or the loss and the data, of an experiment.
pub(super) fn is_about(preset: &Preset, experiment: &Experiment) -> bool {
    let key = |of: &Experiment| match of.source {
        ObjectiveSource::Gallery(surface) => surface.key,
        ObjectiveSource::Typed => "",
        ObjectiveSource::Data { problem, .. } => problem.key,
    };
    let own = link::read(preset.link).0;
    key(&own) == key(experiment) && own.formula().text() == experiment.formula().text()
}

/// Those of the Surface lab. The first is what a bare address opens.
pub(super) const SURFACE: &[Preset] = &[
    Preset {
        key: "ravine",
        title: "GD versus momentum in a ravine",
        sentence: "GD zig-zags between the walls; momentum averages the zig-zag away and gathers speed along the floor.",
        link: "",
    },
    Preset {
        key: "too-much-momentum",
        title: "Too much momentum",
        sentence: "With β = 0.9 momentum shoots past the minimum and swings back and forth for longer than GD takes to arrive.",
        link: "momentum.beta=0.9&steps=100&speed=12",
    },
    Preset {
        key: "small-alpha",
        title: "α too small",
        sentence: "No zig-zag and no danger, but after 50 steps both runs are still far from the minimum.",
        link: "gd.alpha=0.005&momentum.alpha=0.005",
    },
    Preset {
        key: "divergence",
        title: "α too large: diverges",
        sentence: "Above α·λ_max = 2 every step of GD lands farther out on the other wall; momentum tolerates a larger α.",
        link: "gd.alpha=0.105&momentum.alpha=0.105",
    },
    Preset {
        key: "finder",
        title: "Which α?",
        sentence: "The chart: the loss after 50 updates, against α. GD is lowest just below its stability limit, and diverges just above it; momentum comes lower, and bears a larger α.",
        link: "by=alpha",
    },
    Preset {
        key: "alphabeta",
        title: "Which α and which β?",
        sentence: "The chart: how many updates momentum takes for each digit. Without β, along the lower edge, it is 23 at best; at the cross, where the dashed lines meet, 5. Drag a run there.",
        link: "by=alphabeta",
    },
    Preset {
        key: "saddle",
        title: "A saddle",
        sentence: "Near the saddle the gradient fades and both runs linger; the start, a hundredth above the axis, decides which way they leave.",
        link: "surface=saddle&chart=linear",
    },
    Preset {
        key: "valley",
        title: "Rosenbrock's valley",
        sentence: "Getting down to the valley's floor is quick; following its bend to the minimum takes hundreds of steps.",
        link: "surface=rosenbrock&runs=gd,momentum,adam&momentum.beta=0.9&adam.alpha=0.02&speed=120",
    },
    Preset {
        key: "minima",
        title: "Many minima",
        sentence: "One start, three rules, three minima: which one is found depends on the path, not only on the surface.",
        link: "surface=himmelblau&start=0,-3&runs=gd,momentum,adam&momentum.beta=0.8&adam.alpha=0.3&speed=12",
    },
    Preset {
        key: "basins",
        title: "Where each start leads",
        sentence: "The plane in the colours of the minima: from there momentum ends at this one, the darker the later. Far out the colours lie in thin stripes, where a little decides; hatched, it diverges.",
        link: "surface=camel&runs=momentum,gd&momentum.alpha=0.03&momentum.beta=0.9&gd.alpha=0.03&steps=150&speed=12&map=basins",
    },
    Preset {
        key: "swarm",
        title: "A hundred thousand starts",
        sentence: "One start may be lucky; here are all. From 64 % of them momentum ends at the deepest minimum, GD from 48 %; from 1 % momentum diverges.",
        link: "surface=camel&runs=momentum,gd&momentum.alpha=0.03&momentum.beta=0.9&gd.alpha=0.03&steps=150&speed=12&by=starts&swarm=grid",
    },
    Preset {
        key: "newton",
        title: "Newton's fractal",
        sentence: "Newton's method goes to where the gradient is 0: in colour to a minimum, in grey to a saddle or, as from here, to the maximum; with |λ| it ends at a minimum. The borders are a fractal: zoom in on them, and there is always more.",
        link: "surface=himmelblau&runs=newton,newton&newton2.indefinite=absolute&steps=30&speed=3&map=basins",
    },
    Preset {
        key: "noise",
        title: "A noisy gradient",
        sentence: "Noise on the gradient keeps a run with constant α from settling; a tenth of the α comes down more slowly, but ends nearer the minimum.",
        link: "surface=bowl&runs=gd,gd&gd.noise=2&gd2.alpha=0.02&gd2.noise=2&steps=300&speed=30",
    },
    Preset {
        key: "cliff",
        title: "The cliff",
        sentence: "On the cliff's face the gradient is so large that a single step throws the run right across the minimum.",
        link: "surface=cliff",
    },
];

/// Those of the Minibatches lab.
pub(super) const MINIBATCHES: &[Preset] = &[
    Preset {
        key: "gd-sgd",
        title: "GD beside SGD",
        sentence: "GD goes straight down the risk; SGD follows one example at a time and never settles, but the average of its iterates, the thick line, does.",
        link: "problem=mean&gd2.average=all",
    },
    Preset {
        key: "batches",
        title: "m = 1, 10, n",
        sentence: "The larger the batch, the straighter the path; but counted in gradients of examples, the small batches are down before GD has made its second step.",
        link: "problem=mean&runs=gd,gd,gd&gd2.batch=10&gd3.batch=1&by=evaluations&layout=overlay",
    },
    Preset {
        key: "average",
        title: "Average beats last",
        sentence: "Two hundred seeds after one epoch: where a run ends is scattered wide about the minimum, while the average of the last half of its iterates lies nearer it.",
        link: "problem=mean&gd2.average=half&speed=20&ensemble=200",
    },
    Preset {
        key: "inverse",
        title: "1/t calms the noise",
        sentence: "With constant α SGD stays in a ball of noise; an α that falls as 1/t lets it come to rest at the minimum.",
        link: "problem=mean&gd.batch=1&gd2.schedule=inverse&gd2.tau=10&steps=500&speed=40&deck=ball",
    },
    Preset {
        key: "finder",
        title: "Which α for SGD?",
        sentence: "The loss after the last update, against α. GD wants a large α; SGD ends lowest at a small one: with a larger α it comes down sooner, but into a larger ball of noise.",
        link: "problem=mean&by=alpha",
    },
    Preset {
        key: "features",
        title: "Unscaled features make a ravine",
        sentence: "When x is far from 0, slope and intercept can make up for each other: a ravine. Standardise x under Data, and the risk is a round bowl.",
        link: "problem=linear&data.center=3&start=-1.4,2.6&gd.alpha=0.09&gd2.alpha=0.02&gd2.batch=8",
    },
    Preset {
        key: "momentum",
        title: "Momentum on noisy gradients",
        sentence: "Momentum averages gradients over time: it is faster along the ravine, and its noise is the larger for it at the same α.",
        link: "problem=linear&data.center=2&runs=gd,momentum&gd.alpha=0.03&gd.batch=4&momentum.alpha=0.03&momentum.beta=0.8&momentum.batch=4&steps=200&speed=20",
    },
    Preset {
        key: "outliers",
        title: "An outlier under L2 and Huber",
        sentence: "A tenth of the points lie far off. Huber's loss lets each pull no harder than δ; turn δ up to 20, which is L2, and they drag the line down.",
        link: "problem=huber&data.outliers=10&gd2.batch=6",
    },
];
