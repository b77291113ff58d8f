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
        sentence: "With β = 0.9 momentum shoots past the minimum and swings back and forth for longer than GD takes to arrive.",
        link: "momentum.beta=0.9&steps=100&speed=12",
    },
    Preset {
        title: "α too small",
        sentence: "No zig-zag and no danger, but after 50 steps both runs are still far from the minimum.",
        link: "gd.alpha=0.005&momentum.alpha=0.005",
    },
    Preset {
        title: "α too large: diverges",
        sentence: "Above α·λ_max = 2 every step of GD lands higher on the other wall; momentum bears a larger α.",
        link: "gd.alpha=0.105&momentum.alpha=0.105",
    },
    Preset {
        title: "A saddle",
        sentence: "Near the saddle the gradient fades and both runs linger; the start, a hundredth above the axis, decides which way they leave.",
        link: "surface=saddle&chart=linear",
    },
    Preset {
        title: "Rosenbrock's valley",
        sentence: "Getting down to the valley's floor is quick; following its bend to the minimum takes hundreds of steps.",
        link: "surface=rosenbrock&runs=gd,momentum,adam&momentum.beta=0.9&adam.alpha=0.02&speed=120",
    },
    Preset {
        title: "Many minima",
        sentence: "One start, three rules, three minima: which one is found depends on the path, not only on the surface.",
        link: "surface=himmelblau&start=0,-3&runs=gd,momentum,adam&momentum.beta=0.8&adam.alpha=0.3&speed=12",
    },
    Preset {
        title: "A noisy gradient",
        sentence: "Noise on the gradient keeps a run with constant α from settling; a tenth of the α comes down more slowly, but ends nearer the minimum.",
        link: "surface=bowl&runs=gd,gd&gd.noise=2&gd2.alpha=0.02&gd2.noise=2&steps=300&speed=30",
    },
    Preset {
        title: "The cliff",
        sentence: "On the cliff's face the gradient is so large that a single step throws the run right across the minimum.",
        link: "surface=cliff",
    },
];
