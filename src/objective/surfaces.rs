//! The gallery: a surface is its formula, and adding one is adding a row.
//!
//! The correlated quadratic and the cliff follow figures 4.6 and 8.3 of Goodfellow, Bengio &
//! Courville, *Deep Learning* (2016); Rosenbrock to Ackley are as in Jamil & Yang, *A literature
//! survey of benchmark functions* (2013); the rest are Ravine's own.

use crate::math::param::{Param, Scale};
use crate::math::window::Window;

/// One row of the gallery.
#[derive(Debug)]
pub struct Surface {
    /// Its name in a link.
    pub key: &'static str,
    /// Its name on the page.
    pub name: &'static str,
    /// f(x, y) in the language of [`Formula`](crate::math::formula::Formula): the text that is shown,
    /// edited and run.
    pub formula: &'static str,
    /// The letters of the formula other than x and y, in any order.
    pub parameters: &'static [Param],
    /// What the plot shows at first.
    pub window: Window,
    /// Where runs start, [x, y].
    pub start: [f64; 2],
    /// The minimisers at these parameter values, to a few digits; Newton's method does the rest.
    pub minima: fn(&[f64]) -> Vec<[f64; 2]>,
    /// What it teaches, in one sentence.
    pub teaches: &'static str,
    /// The learning rate that rules whose step is proportional to the gradient open with here:
    /// one for all of them, and shown on their dials.
    pub alpha: f64,
    /// How many updates runs make here at first.
    pub steps: u32,
    /// Whether what it teaches is about angles, which only equal scales on both axes show.
    pub angles: bool,
}

const NONE: &[Param] = &[];
const ORIGIN: fn(&[f64]) -> Vec<[f64; 2]> = |_| vec![[0.0, 0.0]];
const NO_MINIMUM: fn(&[f64]) -> Vec<[f64; 2]> = |_| Vec::new();

/// Every surface that the page offers, in its order.
pub static GALLERY: &[Surface] = &[
    Surface {
        key: "ravine",
        name: "Ravine",
        formula: "1/2*((x*cos(phi deg) + y*sin(phi deg))^2 + kappa*(y*cos(phi deg) - x*sin(phi deg))^2)",
        parameters: &[
            Param::new("kappa", "κ", "condition number", [1.0, 1000.0], Scale::Log, 20.0),
            Param::new("phi", "φ", "rotation in degrees", [-90.0, 90.0], Scale::Linear, 0.0),
        ],
        window: Window::new(-3.0, 11.0, -2.2, 2.2),
        start: [10.0, 1.0],
        minima: ORIGIN,
        teaches: "Steep across and flat along: the steep direction caps α, and the flat one pays for it.",
        alpha: 0.095,
        steps: 50,
        angles: false,
    },
    Surface {
        key: "bowl",
        name: "Bowl",
        formula: "1/2*(x^2 + y^2)",
        parameters: NONE,
        window: Window::new(-4.0, 4.0, -3.0, 3.0),
        start: [3.0, 2.0],
        minima: ORIGIN,
        teaches: "Equally curved in every direction: GD walks straight to the minimum, and α = 1 is there in one step.",
        alpha: 0.2,
        steps: 30,
        angles: true,
    },
    Surface {
        key: "correlated",
        name: "Correlated quadratic",
        formula: "1/2*(3x^2 + 4x*y + 3y^2)",
        parameters: NONE,
        window: Window::new(-5.0, 5.0, -4.0, 4.0),
        start: [-4.0, 3.0],
        minima: ORIGIN,
        teaches: "The Hessian [[3, 2], [2, 3]] has eigenvalues 1 and 5: the ravine lies across the axes, so no rescaling of x and y alone removes it.",
        alpha: 0.36,
        steps: 40,
        angles: true,
    },
    Surface {
        key: "rosenbrock",
        name: "Rosenbrock's valley",
        formula: "(a - x)^2 + b*(y - x^2)^2",
        parameters: &[
            Param::new("a", "a", "x of the minimum", [-2.0, 2.0], Scale::Linear, 1.0),
            Param::new("b", "b", "steepness of the walls", [1.0, 1000.0], Scale::Log, 100.0),
        ],
        window: Window::new(-2.2, 2.2, -1.0, 3.2),
        start: [-1.2, 1.0],
        minima: |values| vec![[values[0], values[0] * values[0]]],
        teaches: "A curved, flat-bottomed valley: finding it is quick, following it is slow.",
        alpha: 0.001,
        steps: 2000,
        angles: false,
    },
    Surface {
        key: "himmelblau",
        name: "Himmelblau",
        formula: "(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
        parameters: NONE,
        window: Window::new(-6.0, 6.0, -5.5, 5.5),
        start: [0.0, -0.5],
        minima: |_| {
            vec![[3.0, 2.0], [-2.805118, 3.131313], [-3.779310, -3.283186], [3.584428, -1.848127]]
        },
        teaches: "Four minima, equally deep: the start, α and the rule decide which one a run ends in.",
        alpha: 0.01,
        steps: 100,
        angles: false,
    },
    Surface {
        key: "beale",
        name: "Beale",
        formula: "(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + (2.625 - x + x*y^3)^2",
        parameters: NONE,
        window: Window::new(-0.6, 4.4, -1.4, 1.6),
        start: [1.0, 1.2],
        minima: |_| vec![[3.0, 0.5]],
        teaches: "Nearly flat where it matters and steep at the corners: one α for both is a compromise.",
        alpha: 0.01,
        steps: 500,
        angles: false,
    },
    Surface {
        key: "booth",
        name: "Booth",
        formula: "(x + 2y - 7)^2 + (2x + y - 5)^2",
        parameters: NONE,
        window: Window::new(-6.0, 6.0, -3.0, 7.0),
        start: [5.4, -0.2],
        minima: |_| vec![[1.0, 3.0]],
        teaches: "Two linear equations as least squares: its Hessian's eigenvalues are 2 and 18.",
        alpha: 0.1,
        steps: 40,
        angles: false,
    },
    Surface {
        key: "matyas",
        name: "Matyas",
        formula: "0.26*(x^2 + y^2) - 0.48x*y",
        parameters: NONE,
        window: Window::new(-10.0, 10.0, -8.0, 8.0),
        start: [2.5, 7.0],
        minima: ORIGIN,
        teaches: "A ravine along the diagonal with κ = 25: fast across, very slow along.",
        alpha: 1.5,
        steps: 100,
        angles: false,
    },
    Surface {
        key: "camel",
        name: "Three-hump camel",
        formula: "2x^2 - 1.05x^4 + x^6/6 + x*y + y^2",
        parameters: NONE,
        window: Window::new(-2.6, 2.6, -2.4, 2.4),
        start: [-2.2, 2.0],
        minima: |_| vec![[0.0, 0.0], [1.747552, -0.873776], [-1.747552, 0.873776]],
        teaches: "The nearest minimum need not be the lowest one: two of the three are only local.",
        alpha: 0.05,
        steps: 100,
        angles: false,
    },
    Surface {
        key: "styblinski",
        name: "Styblinski–Tang",
        formula: "1/2*(x^4 - 16x^2 + 5x + y^4 - 16y^2 + 5y)",
        parameters: NONE,
        window: Window::new(-5.0, 5.0, -4.5, 4.5),
        start: [0.5, 4.0],
        minima: |_| {
            vec![
                [-2.903534, -2.903534],
                [2.746803, -2.903534],
                [-2.903534, 2.746803],
                [2.746803, 2.746803],
            ]
        },
        teaches: "One deep minimum and three shallower ones: GD finds the one whose basin it starts in.",
        alpha: 0.02,
        steps: 60,
        angles: false,
    },
    Surface {
        key: "rastrigin",
        name: "Rastrigin",
        formula: "2A + x^2 - A*cos(2pi*x) + y^2 - A*cos(2pi*y)",
        parameters: &[Param::new(
            "A",
            "A",
            "height of the bumps",
            [0.0, 20.0],
            Scale::Linear,
            10.0,
        )],
        window: Window::new(-4.2, 4.2, -3.6, 3.6),
        start: [1.7, 1.65],
        minima: ORIGIN,
        teaches: "A bowl full of dents: a run ends in one near its start, far above the lowest. Noise can leave it.",
        alpha: 0.0015,
        steps: 100,
        angles: false,
    },
    Surface {
        key: "ackley",
        name: "Ackley",
        formula: "20 + e - 20exp(-0.2sqrt((x^2 + y^2)/2)) - exp((cos(2pi*x) + cos(2pi*y))/2)",
        parameters: NONE,
        window: Window::new(-5.0, 5.0, -4.0, 4.0),
        start: [3.3, 1.3],
        minima: ORIGIN,
        teaches: "A funnel under a rough skin: GD is caught in the first dent, momentum rolls through to the tip. That is a cone, where no fixed step comes to rest.",
        alpha: 0.06,
        steps: 80,
        angles: false,
    },
    Surface {
        key: "saddle",
        name: "Saddle",
        formula: "1/2*(x^2 - y^2)",
        parameters: NONE,
        window: Window::new(-3.0, 3.0, -2.4, 2.4),
        start: [2.5, 0.01],
        minima: NO_MINIMUM,
        teaches: "The gradient vanishes and there is no minimum: a run lingers at the middle, then falls off sideways.",
        alpha: 0.1,
        steps: 40,
        angles: false,
    },
    Surface {
        key: "monkey",
        name: "Monkey saddle",
        formula: "x^3 - 3x*y^2",
        parameters: NONE,
        window: Window::new(-2.0, 2.0, -1.6, 1.6),
        start: [1.4, -0.05],
        minima: NO_MINIMUM,
        teaches: "Three ways down and three up meet in a point where even the Hessian is zero: near it a run slows down far more than near a plain saddle.",
        alpha: 0.02,
        steps: 34,
        angles: false,
    },
    Surface {
        key: "plateau",
        name: "Plateau",
        formula: "1 - exp(-(x^2 + y^2)/(2s^2))",
        parameters: &[Param::new("s", "s", "width of the pit", [0.3, 3.0], Scale::Log, 1.0)],
        window: Window::new(-5.0, 5.0, -4.0, 4.0),
        start: [3.6, 1.2],
        minima: ORIGIN,
        teaches: "Far out the gradient is almost zero, so GD almost stands still for long: a small gradient is not a small loss.",
        alpha: 0.5,
        steps: 300,
        angles: false,
    },
    Surface {
        key: "cliff",
        name: "Cliff",
        formula: "(x^2 + y^2)/10 + h*sigmoid(s*(x - 2))",
        parameters: &[
            Param::new("h", "h", "height of the cliff", [0.0, 10.0], Scale::Linear, 4.0),
            Param::new("s", "s", "steepness of the cliff", [2.0, 50.0], Scale::Log, 12.0),
        ],
        window: Window::new(-9.0, 5.0, -4.0, 4.0),
        start: [3.6, 2.5],
        minima: ORIGIN,
        teaches: "On the face of a cliff the gradient is huge, and one step throws the run right across the minimum: the case for gradient clipping.",
        alpha: 0.6,
        steps: 60,
        angles: false,
    },
];

/// The surface that a link calls `key`.
pub fn surface(key: &str) -> Option<&'static Surface> {
    GALLERY.iter().find(|surface| surface.key == key)
}
