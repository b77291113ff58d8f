//! What runs walk on, as closed forms of the test's own, and their derivatives by `num_dual`'s
//! hyper-dual numbers.

use num_dual::{DualNum, HyperDual64};
use ravine::labs::planar::experiment::{self, Experiment};

/// The formulas that the random links type, by their text.
pub const TYPED: [&str; 25] = [
    "a*x^2/2 + b*x*y + c*y^2/2 + g*x + h*y",
    "abs(x) + a*abs(y)",
    "a*x^4 + b*y^4",
    "atan(1/(x - 1.3)) + y^2/2",
    "ln(x) + a*y^2/2",
    "huber(x, 0.5) + huber(y, 0.5)",
    "exp(-x) + y^2/2",
    "x^2 - y^4",
    "sin(x) + a*y^2/2",
    "x^2*(1 + y^2)",
    "a*x + b*y",
    "x^2*y^2/2",
    "sqrt(x) + y^2",
    "ln(x) - y^2",
    "x^4/4 - x^2/2 + a*y^2/2",
    "exp(x) + y^2/2",
    "1/(1 + x^2 + y^2)",
    "relu(x - 1) + relu(y - 1)",
    "exp(x^2) + y^2",
    "-a*x^2 - y^2",
    "x*y",
    "(x^2 + y^2 - 1)^2 + a*x",
    "3x^4 - 16x^3 + 18x^2 + y^2",
    "min(x^2 + y^2, a)",
    "x - ln(x) + a*y^2/2",
];

/// Losses that they type, by their text: quadratics of each example, the last two without a minimum.
pub const LOSSES: [&str; 3] =
    ["1/2*(y - (w*x + b))^2 + c*w^2/2", "w*b*x^2 + (w^2 - b^2)/2", "-(w - x)^2/2 - c*(b - y)^2/2"];

/// A function of two numbers.
#[derive(Debug)]
pub enum Ground {
    /// A surface of the gallery by its key, or a typed formula by its text, with its letters.
    Surface(String, Vec<(String, f64)>),
    /// The mean of a loss over examples: a problem's key, or the loss's text.
    Data(String, Vec<(String, f64)>, Vec<[f64; 2]>),
}

/// A number that carries derivatives, or none.
pub trait Number: DualNum<Primitive = f64> + Copy {}
impl<T: DualNum<Primitive = f64> + Copy> Number for T {}

fn sigmoid<D: Number>(z: D) -> D {
    if z.re() >= 0.0 { ((-z).exp() + 1.0).recip() } else { z.exp() / (z.exp() + 1.0) }
}

fn tanh<D: Number>(z: D) -> D {
    sigmoid(z * 2.0) * 2.0 - 1.0
}

fn softplus<D: Number>(z: D) -> D {
    if z.re() >= 0.0 { ((-z).exp() + 1.0).ln() + z } else { (z.exp() + 1.0).ln() }
}

fn abs<D: Number>(z: D) -> D {
    // At the kink the slope is that of its sign.
    z * if z.re() == 0.0 { 0.0 } else { z.re().signum() }
}

fn relu<D: Number>(z: D) -> D {
    if z.re() > 0.0 { z } else { z * 0.0 }
}

fn huber<D: Number>(z: D, delta: f64) -> D {
    if z.re().abs() <= delta { z * z * 0.5 } else { (abs(z) - 0.5 * delta) * delta }
}

fn square<D: Number>(z: D) -> D {
    z * z
}

impl Ground {
    /// That of an experiment.
    pub fn of(experiment: &Experiment) -> Self {
        let letters: Vec<(String, f64)> = (experiment.surface_parameters().iter())
            .zip(experiment.surface_values())
            .map(|(param, value)| (param.key.to_string(), *value))
            .collect();
        match experiment.source {
            experiment::ObjectiveSource::Gallery(surface) => {
                Self::Surface(surface.key.to_owned(), letters)
            }
            experiment::ObjectiveSource::Typed => {
                Self::Surface(experiment.formula().text().to_owned(), letters)
            }
            experiment::ObjectiveSource::Data { problem, typed } => {
                let loss = if typed { experiment.formula().text() } else { problem.key };
                Self::Data(loss.to_owned(), letters, experiment.data.examples(problem).0)
            }
        }
    }

    /// How many examples there are; 1 of a surface.
    pub fn len(&self) -> usize {
        match self {
            Self::Surface(..) => 1,
            Self::Data(.., examples) => examples.len(),
        }
    }

    /// Whether the Hessian is the same everywhere, that of each example too.
    pub fn is_quadratic(&self) -> bool {
        match self {
            Self::Surface(name, _) => {
                let all = ["ravine", "bowl", "correlated", "booth", "matyas", "saddle"];
                let typed = [0, 10, 19, 20].map(|at| TYPED[at]);
                let no_bumps = name == "rastrigin" && self.letter("A") == 0.0;
                let no_cliff = name == "cliff" && self.letter("h") == 0.0;
                let no_walls =
                    name == TYPED[2] && self.letter("a") == 0.0 && self.letter("b") == 0.0;
                all.contains(&&**name)
                    || typed.contains(&&**name)
                    || no_bumps
                    || no_cliff
                    || no_walls
            }
            Self::Data(name, ..) => {
                ["mean", "linear"].contains(&&**name) || LOSSES.contains(&&**name)
            }
        }
    }

    fn letter(&self, key: &str) -> f64 {
        let (Self::Surface(_, letters) | Self::Data(_, letters, _)) = self;
        letters.iter().find(|(letter, _)| letter == key).map_or(f64::NAN, |(_, value)| *value)
    }

    /// Whether f has a value there, were there numbers of any size.
    pub fn is_defined(&self, [x, _]: [f64; 2]) -> bool {
        let Self::Surface(name, _) = self else { return true };
        match TYPED.iter().position(|text| text == name) {
            Some(3) => x != 1.3,
            Some(4 | 12 | 13 | 24) => x > 0.0,
            _ => true,
        }
    }

    /// f, or the loss of the example at an index.
    fn term<D: Number>(&self, x: D, y: D, index: usize) -> D {
        let l = |key: &str| self.letter(key);
        match self {
            Self::Surface(name, _) => match TYPED.iter().position(|text| text == name) {
                Some(0) => {
                    square(x) * (0.5 * l("a"))
                        + x * y * l("b")
                        + square(y) * (0.5 * l("c"))
                        + x * l("g")
                        + y * l("h")
                }
                Some(1) => abs(x) + abs(y) * l("a"),
                Some(2) => x.powi(4) * l("a") + y.powi(4) * l("b"),
                // At the jump the slope is that of 1/u at infinity.
                Some(3) if x.re() == 1.3 => square(y) * 0.5 + std::f64::consts::FRAC_PI_2,
                Some(3) => (x - 1.3).recip().atan() + square(y) * 0.5,
                Some(4) => x.ln() + square(y) * (0.5 * l("a")),
                Some(5) => huber(x, 0.5) + huber(y, 0.5),
                Some(6) => (-x).exp() + square(y) * 0.5,
                Some(7) => square(x) - y.powi(4),
                Some(8) => x.sin() + square(y) * (0.5 * l("a")),
                Some(9) => square(x) * (square(y) + 1.0),
                Some(10) => x * l("a") + y * l("b"),
                Some(11) => square(x) * square(y) * 0.5,
                Some(12) => x.sqrt() + square(y),
                Some(13) => x.ln() - square(y),
                Some(14) => x.powi(4) * 0.25 - square(x) * 0.5 + square(y) * (0.5 * l("a")),
                Some(15) => x.exp() + square(y) * 0.5,
                Some(16) => (square(x) + square(y) + 1.0).recip(),
                Some(17) => relu(x - 1.0) + relu(y - 1.0),
                Some(18) => square(x).exp() + square(y),
                Some(19) => -square(x) * l("a") - square(y),
                Some(20) => x * y,
                Some(21) => square(square(x) + square(y) - 1.0) + x * l("a"),
                Some(22) => x.powi(4) * 3.0 - x.powi(3) * 16.0 + square(x) * 18.0 + square(y),
                Some(23) => {
                    let bowl = square(x) + square(y);
                    if bowl.re() <= l("a") { bowl } else { D::from(l("a")) }
                }
                Some(24) => x - x.ln() + square(y) * (0.5 * l("a")),
                Some(other) => panic!("formula {other} has no closed form here"),
                None => self.gallery(name, x, y),
            },
            Self::Data(name, _, examples) => self.loss(name, x, y, examples[index]),
        }
    }

    fn gallery<D: Number>(&self, name: &str, x: D, y: D) -> D {
        let l = |key: &str| self.letter(key);
        let turn = std::f64::consts::TAU;
        match name {
            "ravine" => {
                let (sin, cos) = l("phi").to_radians().sin_cos();
                let [along, across] = [x * cos + y * sin, y * cos - x * sin];
                (square(along) + square(across) * l("kappa")) * 0.5
            }
            "bowl" => (square(x) + square(y)) * 0.5,
            "correlated" => (square(x) * 3.0 + x * y * 4.0 + square(y) * 3.0) * 0.5,
            "rosenbrock" => square(x - l("a")) + square(y - square(x)) * l("b"),
            "himmelblau" => square(square(x) + y - 11.0) + square(x + square(y) - 7.0),
            "beale" => {
                let term = |c: f64, n: i32| square(x * y.powi(n) - x + c);
                term(1.5, 1) + term(2.25, 2) + term(2.625, 3)
            }
            "booth" => square(x + y * 2.0 - 7.0) + square(x * 2.0 + y - 5.0),
            "matyas" => (square(x) + square(y)) * 0.26 - x * y * 0.48,
            "camel" => square(x) * 2.0 - x.powi(4) * 1.05 + x.powi(6) / 6.0 + x * y + square(y),
            "styblinski" => {
                let part = |u: D| u.powi(4) - square(u) * 16.0 + u * 5.0;
                (part(x) + part(y)) * 0.5
            }
            "rastrigin" => {
                let part = |u: D| square(u) - (u * turn).cos() * l("A");
                part(x) + part(y) + 2.0 * l("A")
            }
            // At its tip a cone has no slope.
            "ackley" if x.re() == 0.0 && y.re() == 0.0 => D::from(0.0),
            "ackley" => {
                let root = ((square(x) + square(y)) * 0.5).sqrt();
                let waves = (x * turn).cos() + (y * turn).cos();
                -(root * -0.2).exp() * 20.0 - (waves * 0.5).exp() + 20.0 + 1.0_f64.exp()
            }
            "saddle" => (square(x) - square(y)) * 0.5,
            "monkey" => x.powi(3) - x * square(y) * 3.0,
            "plateau" => {
                let width = 2.0 * l("s") * l("s");
                -(-(square(x) + square(y)) / width).exp() + 1.0
            }
            "cliff" => (square(x) + square(y)) / 10.0 + sigmoid((x - 2.0) * l("s")) * l("h"),
            other => panic!("{other} has no closed form here"),
        }
    }

    fn loss<D: Number>(&self, name: &str, w: D, b: D, [x, y]: [f64; 2]) -> D {
        let l = |key: &str| self.letter(key);
        let line = w * x + b;
        match LOSSES.iter().position(|text| *text == name) {
            Some(0) => square(line - y) * 0.5 + square(w) * (0.5 * l("c")),
            Some(1) => w * b * (x * x) + (square(w) - square(b)) * 0.5,
            Some(2) => -square(w - x) * 0.5 - square(b - y) * (0.5 * l("c")),
            _ => match name {
                "mean" => square(w - x) * 1.25 + square(b - y),
                "linear" => square(line - y) * 0.5,
                "logistic" => softplus(line) - line * y,
                "tanh" => square(tanh(line) - y) * 0.5,
                "sigmoid" => square(sigmoid(line) - y) * 0.5,
                "sine" => square(w * (b * x).sin() - y) * 0.5,
                "huber" => huber(line - y, l("delta")),
                other => panic!("{other} has no closed form here"),
            },
        }
    }

    /// f, a mean over the examples of these indices.
    fn mean<D: Number>(&self, x: D, y: D, indices: impl ExactSizeIterator<Item = usize>) -> D {
        let count = indices.len() as f64;
        indices.map(|index| self.term(x, y, index)).fold(D::from(0.0), |sum, one| sum + one) / count
    }

    /// f at a point.
    pub fn value(&self, [x, y]: [f64; 2]) -> f64 {
        self.mean(x, y, 0..self.len())
    }

    /// ∇f at a point.
    pub fn gradient(&self, at: [f64; 2]) -> [f64; 2] {
        self.gradient_over(at, 0..self.len())
    }

    /// The mean gradient over the examples of these indices.
    pub fn gradient_over(
        &self,
        [x, y]: [f64; 2],
        indices: impl ExactSizeIterator<Item = usize>,
    ) -> [f64; 2] {
        let [x, y] = [HyperDual64::new(x, 1.0, 0.0, 0.0), HyperDual64::new(y, 0.0, 1.0, 0.0)];
        let all = self.mean(x, y, indices);
        [all.eps1, all.eps2]
    }

    /// The Hessian [xx, xy, yy] at a point.
    pub fn hessian(&self, at: [f64; 2]) -> [f64; 3] {
        self.hessian_over(at, 0..self.len())
    }

    /// The mean Hessian over the examples of these indices.
    pub fn hessian_over(
        &self,
        [x, y]: [f64; 2],
        indices: impl ExactSizeIterator<Item = usize> + Clone,
    ) -> [f64; 3] {
        let second = |[x1, x2]: [f64; 2], [y1, y2]: [f64; 2]| {
            let [x, y] = [HyperDual64::new(x, x1, x2, 0.0), HyperDual64::new(y, y1, y2, 0.0)];
            self.mean(x, y, indices.clone()).eps1eps2
        };
        [
            second([1.0, 1.0], [0.0, 0.0]),
            second([1.0, 0.0], [0.0, 1.0]),
            second([0.0, 0.0], [1.0, 1.0]),
        ]
    }
}
