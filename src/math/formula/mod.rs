//! Formulas: text → syntax tree → tape; values, gradients and Hessians of a tape; tree → MathML.
//!
//! `(1 - x)^2 + b*(y - x^2)^2` is a formula in the variables x and y; every other letter, here b,
//! is a parameter, which gets its value when the formula is bound. The language:
//!
//! - numbers `12 .5 5. 1e-3`, the constants `pi`, `e` and `deg` (one degree: `cos(45 deg)`);
//! - `+ - * / ^`, also `**`, `·`, `×`, `÷`, `−`, raised numbers such as `²`, and `½ ⅓ ¾`;
//! - products without a sign, with the precedence of `*`: `2x`, `3(x+1)y`, `xy`, `2pi x`;
//! - −x^2 is −(x^2), 2^3^2 is 2^(3^2), 1/2x is (1/2)·x and 2x/3y is ((2x)/3)·y;
//! - `( )`, `[ ]` and `{ }` group, `|u|`, `⌊u⌋` and `⌈u⌉` are abs, floor and ceil;
//! - parameters: one Latin letter or a Greek one by name or letter (`kappa`, `κ`), with an index
//!   where there are several (`a1`, `a_1`);
//! - the functions of [`FUNCTIONS`], with parentheses, also as `sin^2(x)`; `σ(x)` is the sigmoid;
//! - the names of other languages that mean one thing only (`pow`, `arctan`, `np.exp`);
//! - what people paste from LaTeX (see `latex.rs`), a left side `f(x, y) =` and a closing `;`.
//!
//! Limits: 1,000 characters and 64 levels of nesting. Each operation has a character of its own,
//! so a formula has fewer than 1,000 operations.

mod batch;
mod block;
mod call;
pub mod compile;
mod degree;
mod elementary;
mod expr;
mod foreign;
mod function;
mod grid;
mod jet;
mod latex;
mod left_side;
mod mathml;
mod meaning;
mod name;
mod number;
mod parser;
mod print;
mod roles;
mod simplify;
mod sum;
mod tape;
mod token;
mod twins;
mod word;

use std::fmt;

pub use expr::{Expr, Operator};
pub use foreign::{MODULES, foreign_names};
pub use function::{Binary, FUNCTIONS, Function, Unary};
pub use jet::{Jet, Jet2};
pub use name::{CONSTANTS, Constant, GREEK, symbol};
pub use roles::{USUAL, read_loss, read_surface};
pub use tape::Tape;

use parser::Parsed;
use token::Names;

/// The longest text of a formula, in characters.
pub const MAX_CHARACTERS: usize = 1_000;
/// How deep parentheses and powers may be nested.
pub const MAX_LEVELS: usize = 64;

/// A formula that has been read: its text, its tree and its names.
#[derive(Clone, Debug)]
pub struct Formula {
    text: String,
    tree: Expr,
    variables: Vec<String>,
    parameters: Vec<String>,
}

impl Formula {
    /// Reads a formula in x and y; all other letters are parameters.
    ///
    /// # Errors
    /// The first place where the text is no formula, with a sentence that tells what to do there.
    pub fn parse(text: &str) -> Result<Formula, FormulaError> {
        Formula::parse_in(text, &["x", "y"])
    }

    /// Reads a formula in these variables (at most 16, named as they are typed: `x`, `theta1`).
    /// Derivatives are those by the first two.
    ///
    /// # Errors
    /// As for [`Formula::parse`].
    pub fn parse_in(text: &str, variables: &[&str]) -> Result<Formula, FormulaError> {
        Formula::of(text, Names { variables, ..Names::default() })
    }

    fn of(text: &str, names: Names) -> Result<Formula, FormulaError> {
        let Parsed { tree, parameters, .. } = parser::parse(text, names)?;
        let variables = names.variables.iter().map(|&name| name.to_owned()).collect();
        Ok(Formula { text: text.to_owned(), tree, variables, parameters })
    }

    /// The text as it was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The syntax tree.
    pub fn tree(&self) -> &Expr {
        &self.tree
    }

    /// The names of the variables.
    pub fn variables(&self) -> &[String] {
        &self.variables
    }

    /// The names of the parameters in the order of their first appearance, as they are typed:
    /// `["kappa", "phi"]`, also for κ and φ.
    pub fn parameters(&self) -> &[String] {
        &self.parameters
    }

    /// The program that computes f with these values of the parameters, in the order of
    /// [`Formula::parameters`]. What is constant is computed here. A missing value counts as NaN.
    pub fn bind(&self, values: &[f64]) -> Tape {
        Tape::compile(&self.tree, self.variables.len(), values)
    }

    /// The formula in plain letters, with a sign for every product: reading it gives the same
    /// formula.
    pub fn plain(&self) -> String {
        print::print(&self.tree, &self.variables, &self.parameters)
    }

    /// The formula as a MathML element.
    pub fn mathml(&self) -> String {
        self.mathml_at(&[])
    }

    /// The formula as a MathML element with the values of some parameters put in, and with what
    /// then is 0 or 1 simplified: with φ = 0, x cos φ + y sin φ is x.
    pub fn mathml_at(&self, known: &[(&str, f64)]) -> String {
        if known.is_empty() {
            return mathml::math(&self.tree, &self.variables, &self.parameters);
        }
        let value = |place: usize| {
            let name = self.parameters.get(place)?;
            known.iter().find(|(key, _)| key == name).map(|&(_, value)| value)
        };
        let tree = simplify::simplify(&self.tree, &value);
        mathml::math(&tree, &self.variables, &self.parameters)
    }
}

/// Why a text is no formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormulaError {
    /// Where: 1 is the first character.
    pub column: usize,
    /// What is wrong there and what to do, as a sentence of plain text.
    pub message: String,
}

impl fmt::Display for FormulaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "column {}: {}", self.column, self.message)
    }
}

impl std::error::Error for FormulaError {}
