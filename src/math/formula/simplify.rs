//! The tree with some parameters' values put in, for showing: what then is 0 or 1 disappears.
//!
//! ```text
//! u + 0 = u    u · 1 = u    u · 0 = 0    u / 1 = u    u¹ = u    u⁰ = 1    f(c) = −1, 0 or 1
//! (−u)·v = −(u·v)    (−u)² = u²    u + (−v) = u − v
//! ```
//!
//! Only for the eye: the tape computes the whole formula, where ∞ · 0 is not 0.

use super::expr::{Expr, Operator};
use super::function::Function;

/// The simplified tree; `value` gives the value of a parameter that is put in.
pub(super) fn simplify(tree: &Expr, value: &impl Fn(usize) -> Option<f64>) -> Expr {
    match tree {
        Expr::Number(_) | Expr::Constant(_) | Expr::Variable(_) => tree.clone(),
        Expr::Parameter(at) => value(*at).map_or(Expr::Parameter(*at), number),
        Expr::Negate(operand) => negative(simplify(operand, value)),
        Expr::Infix(operator, left, right) => {
            infix(*operator, simplify(left, value), simplify(right, value))
        }
        Expr::Call(function, values) => {
            call(*function, values.iter().map(|part| simplify(part, value)).collect())
        }
    }
}

/// A number as the tree that the parser makes of it: below 0 it is a negation.
fn number(value: f64) -> Expr {
    if value < 0.0 { Expr::negate(Expr::Number(-value)) } else { Expr::Number(value) }
}

fn negative(operand: Expr) -> Expr {
    match operand {
        Expr::Negate(inner) => *inner,
        zero if zero.is_number(0.0) => zero,
        operand => Expr::negate(operand),
    }
}

fn infix(operator: Operator, left: Expr, right: Expr) -> Expr {
    use Operator::*;
    let (zero, one) = (|part: &Expr| part.is_number(0.0), |part: &Expr| part.is_number(1.0));
    match operator {
        Add if zero(&left) => right,
        Add | Subtract if zero(&right) => left,
        Subtract if zero(&left) => negative(right),
        Multiply if zero(&left) || zero(&right) => Expr::Number(0.0),
        Multiply if one(&left) => right,
        Multiply | Divide | Power if one(&right) => left,
        Divide if zero(&left) && !zero(&right) => left,
        Power if zero(&right) => Expr::Number(1.0),
        _ => match (operator, right) {
            (Add, Expr::Negate(term)) => Expr::infix(Subtract, left, *term),
            (Subtract, Expr::Negate(term)) => Expr::infix(Add, left, *term),
            (_, right) => signs_in_front(operator, left, right),
        },
    }
}

/// (−u)·v, u/(−v) and the like are −(u·v) and −(u/v); (−u)² is u².
fn signs_in_front(operator: Operator, left: Expr, right: Expr) -> Expr {
    match (operator, left, right) {
        (Operator::Multiply | Operator::Divide, Expr::Negate(u), right) => {
            negative(infix(operator, *u, right))
        }
        (Operator::Multiply | Operator::Divide, left, Expr::Negate(v)) => {
            negative(infix(operator, left, *v))
        }
        (Operator::Power, Expr::Negate(u), Expr::Number(n)) if (0.5 * n).floor() == 0.5 * n => {
            infix(operator, *u, Expr::Number(n))
        }
        (operator, left, right) => Expr::infix(operator, left, right),
    }
}

/// cos 0 is 1, and cos 90° is 0 although its floating-point value is 6·10⁻¹⁷.
fn call(function: Function, values: Vec<Expr>) -> Expr {
    let constants: Option<Vec<f64>> = values.iter().map(constant).collect();
    if let Some(constants) = constants {
        let result = match (function, &constants[..]) {
            (Function::Unary(function), &[u]) => function.value(u),
            (Function::Binary(function), &[u, ref rest @ ..]) => {
                rest.iter().fold(u, |so_far, &v| function.value(so_far, v))
            }
            _ => f64::NAN,
        };
        let rounded = (result + 0.5).floor();
        if rounded.abs() <= 1.0 && (result - rounded).abs() < 1e-15 {
            return number(rounded);
        }
    }
    Expr::Call(function, values)
}

/// The value of a tree without variables and parameters.
fn constant(tree: &Expr) -> Option<f64> {
    match tree {
        Expr::Number(value) => Some(*value),
        Expr::Constant(constant) => Some(constant.value()),
        Expr::Negate(operand) => Some(-constant(operand)?),
        Expr::Infix(operator, left, right) => {
            let (u, v) = (constant(left)?, constant(right)?);
            Some(match operator {
                Operator::Add => u + v,
                Operator::Subtract => u - v,
                Operator::Multiply => u * v,
                Operator::Divide => u / v,
                Operator::Power => libm::pow(u, v),
            })
        }
        Expr::Variable(_) | Expr::Parameter(_) | Expr::Call(..) => None,
    }
}
