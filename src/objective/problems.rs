//! The gallery of problems: a risk is the mean of a per-example loss over data, and adding a
//! problem is adding a row.
//!
//! ```text
//! R(θ) = 1/n Σ L(θ; x⁽ⁱ⁾, y⁽ⁱ⁾),  θ two numbers
//! ```
//!
//! The mean problem is that of figure 14.3 in Shalev-Shwartz & Ben-David, *Understanding Machine
//! Learning* (2014); losses are as in the lecture: L2 with its ½, cross-entropy from the logit;
//! Huber's is that of Huber 1964.

use crate::data::generate::Source;
pub use crate::math::formula::read_loss;
use crate::math::param::{Param, Scale};
use crate::math::window::Window;

/// One row of the gallery.
#[derive(Debug)]
pub struct Problem {
    /// Its name in a link.
    pub key: &'static str,
    /// Its name on the page.
    pub name: &'static str,
    /// What θ₁ and θ₂ are called in the formulas.
    pub theta: [&'static str; 2],
    /// L(θ; x, y): the text that is shown, edited and run.
    pub loss: &'static str,
    /// What the model predicts for y at x, in the same letters; empty where x is not a feature but
    /// part of a point of the plane that θ lies in too.
    pub model: &'static str,
    /// Whether y is a label, 0 or 1.
    pub labels: bool,
    /// The letters of the loss other than θ, x and y.
    pub parameters: &'static [Param],
    /// Where generated examples lie.
    pub source: Source,
    /// How many examples there are at first.
    pub n: u32,
    /// Their noise at first.
    pub noise: f64,
    /// The mean of x at first.
    pub center: f64,
    /// The standard deviation of x at first.
    pub spread: f64,
    /// What the plot shows at first.
    pub window: Window,
    /// Where runs start, θ.
    pub start: [f64; 2],
    /// The learning rate that rules whose step is proportional to the gradient open with here.
    pub alpha: f64,
    /// How many updates runs make here at first.
    pub steps: u32,
    /// What it teaches, in one sentence.
    pub teaches: &'static str,
}

/// Every problem that the page offers, in its order.
pub static PROBLEMS: &[Problem] = &[
    Problem {
        key: "mean",
        name: "Mean of points",
        theta: ["theta1", "theta2"],
        loss: "1.25*(theta1 - x)^2 + (theta2 - y)^2",
        model: "",
        labels: false,
        parameters: &[],
        source: Source::Points([-6.0, 8.0]),
        n: 100,
        noise: 4.0,
        center: 0.0,
        spread: 1.0,
        window: Window::new(-13.0, 5.0, -3.0, 15.0),
        start: [0.0, 0.0],
        alpha: 0.1,
        steps: 100,
        teaches: "The risk's minimum is the mean of the points. Each point alone pulls towards itself.",
    },
    Problem {
        key: "linear",
        name: "Linear regression",
        theta: ["w", "b"],
        loss: "1/2*(y - (w*x + b))^2",
        model: "w*x + b",
        labels: false,
        parameters: &[],
        source: Source::Curve { f: |x| 1.2 * x + 0.8, outlier: 9.0 },
        n: 60,
        noise: 0.7,
        center: 0.0,
        spread: 1.5,
        window: Window::new(-2.0, 4.0, -2.6, 3.4),
        start: [-1.4, -1.8],
        alpha: 0.1,
        steps: 120,
        teaches: "A straight line by least squares: the risk is a quadratic, and how steep it is follows from the data.",
    },
    Problem {
        key: "logistic",
        name: "Logistic regression",
        theta: ["w", "b"],
        loss: "softplus(w*x + b) - y*(w*x + b)",
        model: "sigmoid(w*x + b)",
        labels: true,
        parameters: &[],
        source: Source::Labels,
        n: 80,
        noise: 0.4,
        center: 0.0,
        spread: 1.0,
        window: Window::new(-4.0, 10.0, -7.0, 7.0),
        start: [-2.5, 5.0],
        alpha: 1.0,
        steps: 400,
        teaches: "Cross-entropy from the logit z = wx + b: convex, steep where the model is confident and wrong.",
    },
    Problem {
        key: "tanh",
        name: "One tanh neuron",
        theta: ["w", "b"],
        loss: "1/2*(y - tanh(w*x + b))^2",
        model: "tanh(w*x + b)",
        labels: false,
        parameters: &[],
        source: Source::Curve { f: |x| libm::tanh(1.6 * x - 0.8), outlier: 4.0 },
        n: 60,
        noise: 0.2,
        center: 0.0,
        spread: 1.0,
        window: Window::new(-5.0, 5.0, -5.0, 5.0),
        start: [-1.0, 2.5],
        alpha: 0.5,
        steps: 200,
        teaches: "A neuron under L2 loss: no convex risk any more, and level where the neuron is saturated.",
    },
    Problem {
        key: "sigmoid",
        name: "One sigmoid neuron, L2",
        theta: ["w", "b"],
        loss: "1/2*(y - sigmoid(w*x + b))^2",
        model: "sigmoid(w*x + b)",
        labels: true,
        parameters: &[],
        source: Source::Labels,
        n: 60,
        noise: 0.3,
        center: 0.0,
        spread: 1.0,
        window: Window::new(-10.0, 14.0, -12.0, 12.0),
        start: [-2.0, 5.0],
        alpha: 4.0,
        steps: 400,
        teaches: "L2 loss on a sigmoid: wide plateaus where the neuron is confident, right or wrong.",
    },
    Problem {
        key: "sine",
        name: "Sine fit",
        theta: ["a", "b"],
        loss: "1/2*(y - a*sin(b*x))^2",
        model: "a*sin(b*x)",
        labels: false,
        parameters: &[],
        source: Source::Curve { f: |x| 1.5 * libm::sin(2.0 * x), outlier: 5.0 },
        n: 80,
        noise: 0.3,
        center: 0.0,
        spread: 1.8,
        window: Window::new(-2.5, 2.5, -0.5, 5.5),
        start: [1.0, 3.3],
        alpha: 0.1,
        steps: 300,
        teaches: "Many minima: GD falls into the one that is nearest downhill; the noise of small batches can carry SGD on.",
    },
    Problem {
        key: "huber",
        name: "Robust regression",
        theta: ["w", "b"],
        loss: "huber(y - (w*x + b), delta)",
        model: "w*x + b",
        labels: false,
        parameters: &[Param::new(
            "delta",
            "δ",
            "where the loss turns linear",
            [0.01, 20.0],
            Scale::Log,
            1.0,
        )],
        source: Source::Curve { f: |x| 1.2 * x + 0.8, outlier: 9.0 },
        n: 60,
        noise: 0.7,
        center: 0.0,
        spread: 1.5,
        window: Window::new(-2.0, 4.0, -2.6, 3.4),
        start: [-1.4, -1.8],
        alpha: 0.1,
        steps: 120,
        teaches: "Huber's loss is L2 for small residuals and linear beyond δ: an outlier pulls no harder than that.",
    },
];

/// The problem with this key.
pub fn problem(key: &str) -> Option<&'static Problem> {
    PROBLEMS.iter().find(|problem| problem.key == key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_loss_is_read_with_the_letters_of_its_row() {
        for problem in PROBLEMS {
            let loss = read_loss(problem.loss).unwrap_or_else(|e| panic!("{}: {e}", problem.key));
            assert_eq!(loss.variables()[..2], problem.theta, "{}", problem.key);
            let keys: Vec<_> = problem.parameters.iter().map(|param| &*param.key).collect();
            assert_eq!(loss.parameters(), keys);
        }
    }
}
