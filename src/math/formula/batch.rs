//! Operations and functions of many numbers at once: the same numbers as [`Operation::apply`],
//! [`Unary::value`] and [`Unary::derivatives`] give one by one, to the last bit. What the losses of
//! models are made of runs in vector registers.

use super::elementary::{FAR, exp, sigmoid_and_derivatives, sin_and_cos, softplus, tanh_and_slope};
use super::function::Unary;
use super::number::Number;
use super::tape::Operation;

/// `out ← operation(a, b)`, one loop an operation.
pub(super) fn apply(operation: Operation, a: &[f64], b: &[f64], out: &mut [f64]) {
    use Operation::*;
    match operation {
        Constant(c) => out.fill(c),
        Add => zip(a, b, out, |a, b| a + b),
        Subtract => zip(a, b, out, |a, b| a - b),
        Multiply => zip(a, b, out, |a, b| a * b),
        Divide => zip(a, b, out, |a, b| a / b),
        Negate => map(a, out, |a| -a),
        Offset(c) => map(a, out, |a| a + c),
        SubtractFrom(c) => map(a, out, |a| a.subtract_from(c)),
        Scale(c) => map(a, out, |a| c * a),
        DivideBy(c) => map(a, out, |a| a / c),
        DivideInto(c) => map(a, out, |a| c / a),
        Square => map(a, out, |a| a * a),
        IntegerPower(n) => map(a, out, |a| a.integer_power(n)),
        RealPower(c) => map(a, out, |a| a.real_power(c)),
        Power => zip(a, b, out, |a, b| a.power(b)),
        Unary(function) => values(function, a, out),
        Binary(function) => zip(a, b, out, |a, b| function.value(a, b)),
    }
}

/// f(u) for each u.
pub(super) fn values(function: Unary, u: &[f64], f: &mut [f64]) {
    match function {
        Unary::Exp => map(u, f, exp),
        Unary::Softplus => map(u, f, softplus),
        Unary::Sigmoid => map(u, f, |u| sigmoid_and_derivatives(u)[0]),
        Unary::Tanh => map(u, f, |u| tanh_and_slope(u)[0]),
        Unary::Sin | Unary::Cos if are_near(u) => {
            let cosines = function == Unary::Cos;
            map(u, f, |u| {
                let [sine, cosine] = sin_and_cos(u);
                if cosines { cosine } else { sine }
            });
        }
        _ => map(u, f, |u| function.value(u)),
    }
}

/// f(u), f′(u) and f″(u) for each u.
pub(super) fn derivatives(function: Unary, u: &[f64], out: [&mut [f64]; 3]) {
    match function {
        Unary::Exp => map3(u, out, |u| [exp(u); 3]),
        Unary::Softplus => map3(u, out, |u| {
            let [slope, bend, _] = sigmoid_and_derivatives(u);
            [softplus(u), slope, bend]
        }),
        Unary::Sigmoid => map3(u, out, sigmoid_and_derivatives),
        Unary::Tanh => map3(u, out, |u| {
            let [f, slope] = tanh_and_slope(u);
            [f, slope, -2.0 * f * slope]
        }),
        Unary::Sin | Unary::Cos if are_near(u) => {
            let cosines = function == Unary::Cos;
            map3(u, out, |u| {
                let [sine, cosine] = sin_and_cos(u);
                if cosines { [cosine, -sine, -cosine] } else { [sine, cosine, -sine] }
            });
        }
        _ => map3(u, out, |u| {
            let f = function.value(u);
            let [slope, bend] = function.derivatives(u, f);
            [f, slope, bend]
        }),
    }
}

fn are_near(u: &[f64]) -> bool {
    u.iter().fold(true, |so_far, u| so_far & (u.abs() <= FAR))
}

#[inline(always)]
fn map(u: &[f64], out: &mut [f64], f: impl Fn(f64) -> f64) {
    out.iter_mut().zip(u).for_each(|(out, &u)| *out = f(u));
}

#[inline(always)]
fn map3(u: &[f64], [first, second, third]: [&mut [f64]; 3], f: impl Fn(f64) -> [f64; 3]) {
    let out = first.iter_mut().zip(second).zip(third);
    for (((first, second), third), &u) in out.zip(u) {
        [*first, *second, *third] = f(u);
    }
}

#[inline(always)]
fn zip(a: &[f64], b: &[f64], out: &mut [f64], f: impl Fn(f64, f64) -> f64) {
    out.iter_mut().zip(a).zip(b).for_each(|((out, &a), &b)| *out = f(a, b));
}
