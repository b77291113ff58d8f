//! Update rules: θ ← update(θ, ĝ), where ĝ is an estimate of the gradient at θ.
//!
//! Every rule is elementwise: each number of θ moves by its own number of ĝ alone.
//! So N particles in the plane are one θ of 2N numbers. A rule of second order first turns the ĝ of
//! each particle by the Hessian there ([`Rule::direction`]), and is elementwise in what that gives.
//!
//! To add a rule, write a file that opens with its equation and ends in a
//! [`Rule`], and name it in [`RULES`]: its dials, its key in links and its
//! tests follow from that line.

pub mod adagrad;
pub mod adam;
pub mod average;
pub mod compiled;
pub mod descent;
pub mod equation;
pub mod gradient_descent;
pub mod momentum;
pub mod nesterov;
pub mod newton;
pub mod rmsprop;
pub mod schedule;

use crate::math::formula::compile::Symbol;
use crate::math::param::{Param, Scale};

/// An update rule at work: its dials set, its memory (velocity, averages) inside.
pub trait Optimizer: CloneBox {
    /// One update of θ (n numbers) from the gradient estimate ĝ (n numbers), or what is followed in
    /// its place ([`Rule::direction`]), in place.
    fn step(&mut self, theta: &mut [f64], grad: &[f64]);

    /// What it remembers: numbers of θ's own, one or two for each, and those that all share.
    fn memory(&mut self) -> [&mut [f64]; 3] {
        [&mut [], &mut [], &mut []]
    }

    /// Sets the learning rate of the steps to come: what a schedule does.
    fn set_alpha(&mut self, alpha: f64);

    /// Writes what the velocity alone would add to θ in the next step, if ĝ were 0 there.
    /// Rules without a velocity leave `out` alone and answer `false`.
    fn coast(&self, out: &mut [f64]) -> bool {
        let _ = out;
        false
    }
}

/// What every rule that is `Clone` can do: be copied with its memory, where only the trait is
/// known of it.
pub trait CloneBox {
    /// A copy that goes on as the original would.
    fn clone_box(&self) -> Box<dyn Optimizer>;
}

impl<T: Optimizer + Clone + 'static> CloneBox for T {
    fn clone_box(&self) -> Box<dyn Optimizer> {
        Box::new(self.clone())
    }
}

impl Clone for Box<dyn Optimizer> {
    fn clone(&self) -> Self {
        (**self).clone_box()
    }
}

/// The declaration of an update rule: what it is called, its dials, and how to make one.
#[derive(Debug)]
pub struct Rule {
    /// Its name in a link, such as `momentum`.
    pub key: &'static str,
    /// What the page calls it, such as `Momentum`.
    pub name: &'static str,
    /// Its dials; the first is always the learning rate α.
    pub parameters: &'static [Param],
    /// Whether it divides ĝ by a measure of ĝ's own size. Then a step is about α long however
    /// steep the surface is.
    pub normalized: bool,
    /// The update as MathML (one `<math>` element), for these values of the dials.
    /// The second argument is what ĝ is called in it: [`equation::GRADIENT`] or
    /// [`equation::ESTIMATE`].
    pub equation: fn(&[f64], &str) -> String,
    /// Where the definition is from.
    pub source: &'static str,
    /// Of a rule of second order, which is one that needs the Hessian: what an update follows in
    /// place of ĝ. Such a rule is offered where there is a Hessian.
    pub direction: Option<Direction>,
    /// The rule at its first step: the values of its dials in their order, and the length n of θ.
    pub make: fn(&[f64], usize) -> Box<dyn Optimizer>,
    /// The same update of one number, for walks that are compiled or have dials of their own.
    pub(crate) updates: Updates,
}

/// What a particle in the plane follows, from the values of the dials, the Hessian [xx, xy, yy] at θ,
/// and ĝ. Not a number where there is no such direction.
pub type Direction = fn(&[f64], [f64; 3], [f64; 2]) -> [f64; 2];

/// An update of one number of θ, on symbols as it is compiled, and on numbers.
#[derive(Debug)]
pub(crate) struct Updates {
    /// How many numbers it remembers for each of θ …
    pub own: usize,
    /// … and how many for all.
    pub shared: usize,
    /// From the values and the symbols of the dials, θ, ĝ, and what is remembered: the next θ. What is
    /// remembered becomes that of the next update.
    pub symbolic: Symbolic,
    /// The same on numbers.
    pub plain: Plain,
    /// From the values and the symbols of the dials, and the velocity: what [`Optimizer::coast`]
    /// writes.
    pub coast: Option<Coast>,
}

/// See [`Updates::coast`].
type Coast = for<'g> fn(&[f64], &[Symbol<'g>], Symbol<'g>) -> Symbol<'g>;

/// See [`Updates::symbolic`].
type Symbolic = for<'g> fn(
    &[f64],
    &[Symbol<'g>],
    Symbol<'g>,
    Symbol<'g>,
    &mut [Symbol<'g>],
    &mut [Symbol<'g>],
) -> Symbol<'g>;

/// See [`Updates::plain`].
type Plain = fn(&[f64], &[f64], f64, f64, &mut [f64], &mut [f64]) -> f64;

impl Rule {
    /// Whether a good α does not depend on how steep the surface is, so that a surface has none to
    /// suggest.
    pub fn has_own_alpha(&self) -> bool {
        self.normalized || self.direction.is_some()
    }

    /// The value of every dial when nothing is said.
    pub fn defaults(&self) -> Vec<f64> {
        self.parameters.iter().map(|parameter| parameter.default).collect()
    }

    /// Where the dial with this key stands among [`Rule::parameters`].
    pub fn index(&self, key: &str) -> Option<usize> {
        self.parameters.iter().position(|parameter| parameter.key == key)
    }

    /// The value of the dial with this key, among the values of all of them.
    pub fn value(&self, values: &[f64], key: &str) -> Option<f64> {
        self.index(key).map(|index| values[index])
    }
}

/// Every update rule, in the order in which menus offer them.
pub static RULES: [&Rule; 7] = [
    &gradient_descent::RULE,
    &momentum::RULE,
    &nesterov::RULE,
    &adagrad::RULE,
    &rmsprop::RULE,
    &adam::RULE,
    &newton::RULE,
];

/// Those that need no more than the gradient.
pub fn of_first_order() -> impl Iterator<Item = &'static Rule> {
    RULES.into_iter().filter(|rule| rule.direction.is_none())
}

/// The rule with this key.
pub fn rule(key: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.key == key).copied()
}

/// The learning rate α, the first dial of every rule.
const fn alpha(default: f64) -> Param {
    Param::new("alpha", "α", "learning rate", [1e-6, 10.0], Scale::Log, default)
}

/// ε, which keeps a division from being one by zero.
const fn epsilon(default: f64) -> Param {
    Param::new("eps", "ε", "epsilon", [1e-16, 1.0], Scale::Log, default)
        .about("ε, which keeps a division from being one by zero")
}
