//! Functions of many numbers at once: the same numbers as [`Unary::value`] and
//! [`Unary::derivatives`] give one by one, to the last bit. What the losses of models are made of
//! runs in vector registers.

use super::elementary::{FAR, exp, sigmoid_and_derivatives, sin_and_cos, softplus, tanh_and_slope};
use super::function::Unary;

/// f(u) for each u.
pub(super) fn values(function: Unary, u: &[f64], f: &mut [f64]) {
    match function {
        Unary::Exp => map(u, f, exp),
        Unary::Softplus => map(u, f, softplus),
        Unary::Sigmoid => map(u, f, |u| sigmoid_and_derivatives(u)[0]),
        Unary::Tanh => map(u, f, |u| tanh_and_slope(u)[0]),
        Unary::Sin if are_near(u) => map(u, f, |u| sin_and_cos(u)[0]),
        Unary::Cos if are_near(u) => map(u, f, |u| sin_and_cos(u)[1]),
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
        Unary::Sin if are_near(u) => map3(u, out, |u| {
            let [sine, cosine] = sin_and_cos(u);
            [sine, cosine, -sine]
        }),
        Unary::Cos if are_near(u) => map3(u, out, |u| {
            let [sine, cosine] = sin_and_cos(u);
            [cosine, -sine, -cosine]
        }),
        _ => map3(u, out, |u| {
            let f = function.value(u);
            let [slope, bend] = function.derivatives(u, f);
            [f, slope, bend]
        }),
    }
}

fn are_near(u: &[f64]) -> bool {
    u.iter().all(|u| u.abs() <= FAR)
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
