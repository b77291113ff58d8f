//! The syntax tree of a formula.

use super::function::Function;
use super::name::Constant;

/// One node of the tree, with its parts below it.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// A number as written.
    Number(f64),
    /// π, e or one degree.
    Constant(Constant),
    /// A variable, by its place in the list of variables: x is 0 and y is 1.
    Variable(usize),
    /// A parameter, by its place in [`Formula::parameters`](super::Formula::parameters).
    Parameter(usize),
    /// −u.
    Negate(Box<Expr>),
    /// u + v, u − v, u · v, u / v or u ^ v.
    Infix(Operator, Box<Expr>, Box<Expr>),
    /// A function of one value or more.
    Call(Function, Vec<Expr>),
}

/// What stands between two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// u + v
    Add,
    /// u − v
    Subtract,
    /// u · v
    Multiply,
    /// u / v
    Divide,
    /// u ^ v
    Power,
}

impl Expr {
    /// `left operator right`.
    pub fn infix(operator: Operator, left: Expr, right: Expr) -> Expr {
        Expr::Infix(operator, Box::new(left), Box::new(right))
    }

    /// −`operand`.
    pub fn negate(operand: Expr) -> Expr {
        Expr::Negate(Box::new(operand))
    }

    /// Whether the variable at this place occurs.
    pub(super) fn has_variable(&self, place: usize) -> bool {
        match self {
            Expr::Variable(at) => *at == place,
            Expr::Number(_) | Expr::Constant(_) | Expr::Parameter(_) => false,
            Expr::Negate(operand) => operand.has_variable(place),
            Expr::Infix(_, left, right) => left.has_variable(place) || right.has_variable(place),
            Expr::Call(_, values) => values.iter().any(|value| value.has_variable(place)),
        }
    }

    pub(super) fn is_number(&self, number: f64) -> bool {
        matches!(self, Expr::Number(value) if *value == number)
    }
}
