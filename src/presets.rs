//! Experiments worth opening, each a link and a sentence: the lecture in nine pictures.

/// One of them.
#[derive(Debug)]
pub struct Preset {
    /// What the page calls it.
    pub title: &'static str,
    /// What there is to see, in one sentence.
    pub sentence: &'static str,
    /// The experiment, exactly as [`crate::link`] writes it.
    pub link: &'static str,
}

/// All of them, in the order of a lecture. The first is what a bare address opens.
pub static PRESETS: &[Preset] = &[
    Preset {
        title: "GD versus momentum in a ravine",
        sentence: "GD zig-zags between the walls; momentum averages the zig-zag away and gathers speed along the floor.",
        link: "",
    },
    Preset {
        title: "Too much momentum",
        sentence: "With β = 0.9 the run shoots past the minimum and swings back and forth before it settles.",
        link: "momentum.beta=0.9&steps=100&speed=12",
    },
    Preset {
        title: "α too small",
        sentence: "No zig-zag and no danger, but hardly any progress along the floor either.",
        link: "gd.alpha=0.005&momentum.alpha=0.005",
    },
    Preset {
        title: "α too large: diverges",
        sentence: "Above α·λ_max = 2 every step of GD lands higher on the other wall; momentum bears a larger α.",
        link: "gd.alpha=0.105&momentum.alpha=0.105",
    },
    Preset {
        title: "A saddle",
        sentence: "Near the saddle the gradient fades and both runs linger; a thousandth of sideways offset decides where they leave.",
        link: "surface=saddle&chart=linear&speed=12",
    },
    Preset {
        title: "Rosenbrock's valley",
        sentence: "All three rules reach the valley's floor within a few steps and then spend hundreds following it.",
        link: "surface=rosenbrock&runs=gd,momentum,adam&momentum.beta=0.9&adam.alpha=0.02&speed=120",
    },
    Preset {
        title: "Many minima",
        sentence: "The same start, four rules, and not one minimum for all: which one is found is an accident of the path.",
        link: "surface=himmelblau&runs=gd,momentum,nesterov,adam&momentum.alpha=0.012&momentum.beta=0.8&nesterov.beta=0.9&adam.alpha=0.3",
    },
    Preset {
        title: "A noisy gradient",
        sentence: "Noise on the gradient keeps a run with constant α from settling: the smaller α, the smaller the ball it ends up in.",
        link: "surface=bowl&runs=gd,gd&gd.noise=2&gd2.noise=2&gd2.alpha=0.02&steps=300&speed=30",
    },
    Preset {
        title: "The cliff",
        sentence: "On the cliff's face the gradient is so large that a single step of GD leaves everything it had gained.",
        link: "surface=cliff",
    },
];
