//! Where the minima of an objective are: Newton's method from places that look low.

use super::Function;
use crate::formula::{Jet, Jet2};
use crate::window::Window;

/// The minima that Newton's method reaches from the nodes of a grid, so many in each direction,
/// that lie below their eight neighbours, as a function tells that is about the same.
pub(super) fn search(
    function: &Function,
    rough: &Function,
    window: &Window,
    count: usize,
) -> Vec<[f64; 2]> {
    const MOST: usize = 64;
    let nodes = |[low, high]: [f64; 2]| {
        let node = |index: usize| low + (high - low) * index as f64 / (count - 1) as f64;
        (0..count).map(node).collect::<Vec<f64>>()
    };
    let (xs, ys) = (nodes(window.x), nodes(window.y));
    let mut values = vec![0.0; count * count];
    rough.grid(&xs, &ys, &mut values);
    let spacing = (xs[1] - xs[0]).max(ys[1] - ys[0]);
    let mut minima: Vec<[f64; 2]> = Vec::new();
    for row in 1..count - 1 {
        for column in 1..count - 1 {
            let here = values[row * count + column];
            let around = (row - 1..=row + 1)
                .flat_map(|r| (column - 1..=column + 1).map(move |c| (r, c)))
                .filter(|node| *node != (row, column));
            if !around.map(|(r, c)| values[r * count + c]).all(|other| other >= here) {
                continue;
            }
            let guess = [xs[column], ys[row]];
            let Some([x, y]) = polish(function, guess, 2.0 * spacing) else { continue };
            let is_new = |[a, b]: &[f64; 2]| (a - x).abs().max((b - y).abs()) > 1e-6 * spacing;
            let is_minimum = is_strict(function, [x, y]);
            if is_minimum && minima.len() < MOST && minima.iter().all(is_new) {
                minima.push([x, y]);
            }
        }
    }
    minima
}

/// Whether the function curves up in every direction here.
fn is_strict(function: &Function, theta: [f64; 2]) -> bool {
    let [xx, xy, yy] = function.hessian(theta).hessian;
    xx > 0.0 && xx * yy - xy * xy > 0.0
}

/// A zero of the gradient near `guess`, by Newton's method; `None` if the iteration moves farther
/// than `reach` (a parameter may have removed that minimum).
pub(super) fn polish(function: &Function, guess: [f64; 2], reach: f64) -> Option<[f64; 2]> {
    let [mut x, mut y] = guess;
    for _ in 0..30 {
        let Jet2 { gradient: [gx, gy], hessian: [xx, xy, yy], .. } = function.hessian([x, y]);
        if gx == 0.0 && gy == 0.0 {
            break;
        }
        let determinant = xx * yy - xy * xy;
        // A minimum that is not a strict one of second order is left as it was given.
        if !(determinant > 0.0 && xx > 0.0) {
            break;
        }
        let [before_x, before_y] = [x, y];
        x -= (yy * gx - xy * gy) / determinant;
        y -= (xx * gy - xy * gx) / determinant;
        if x == before_x && y == before_y {
            break;
        }
    }
    let near = (x - guess[0]).abs().max((y - guess[1]).abs()) <= reach;
    let Jet { value, gradient: [gx, gy] } = function.gradient([x, y]);
    let flat = gx.abs().max(gy.abs()) <= 1e-8 * (1.0 + value.abs());
    (near && flat).then_some([x, y])
}

/// The strict minimum that a descent from `start` leads to: Newton steps, along the gradient where
/// the function does not curve up, each halved until it goes down (Nocedal & Wright 2006, 3.4).
/// `None` where there is none in 100 steps, as for a logistic regression whose classes do not mix.
pub(super) fn descend(function: &Function, start: [f64; 2]) -> Option<[f64; 2]> {
    const FARTHEST: f64 = 1e6;
    let mut theta = start;
    for _ in 0..100 {
        let Jet2 { value, gradient: [gx, gy], hessian: [xx, xy, yy] } = function.hessian(theta);
        let size = xx.abs().max(yy.abs()).max(xy.abs());
        // What makes the smaller eigenvalue positive; on a level slope, what makes the step as long
        // as the way from 0.
        let low = 0.5 * (xx + yy) - libm::hypot(0.5 * (xx - yy), xy);
        let shift = if low > 1e-9 * size {
            0.0
        } else if size > 0.0 {
            1e-3 * size - low
        } else {
            libm::hypot(gx, gy) / (1.0 + libm::hypot(theta[0], theta[1]))
        };
        let (xx, yy) = (xx + shift, yy + shift);
        let determinant = xx * yy - xy * xy;
        let step = [(yy * gx - xy * gy) / determinant, (xx * gy - xy * gx) / determinant];
        if !step.iter().all(|part| part.is_finite()) {
            return None;
        }
        let mut length = 1.0;
        let next = loop {
            let next = [theta[0] - length * step[0], theta[1] - length * step[1]];
            if function.value(next) < value {
                break Some(next);
            }
            length *= 0.5;
            if length < 1e-6 {
                break None;
            }
        };
        let Some(next) = next else { break };
        theta = next;
        if theta[0].abs().max(theta[1].abs()) > FARTHEST {
            return None;
        }
    }
    let reach = 1e-3 * (1.0 + theta[0].abs().max(theta[1].abs()));
    polish(function, theta, reach).filter(|&at| is_strict(function, at))
}

/// The minimiser of a quadratic with this Hessian: one Newton step from the origin, polished.
pub(super) fn bottom(function: &Function, [xx, xy, yy]: [f64; 3]) -> Option<[f64; 2]> {
    let [gx, gy] = function.gradient([0.0, 0.0]).gradient;
    let determinant = xx * yy - xy * xy;
    let x = 0.0 - (yy * gx - xy * gy) / determinant;
    let y = 0.0 - (xx * gy - xy * gx) / determinant;
    (determinant > 0.0 && xx > 0.0)
        .then_some([x, y])
        .and_then(|guess| polish(function, guess, f64::INFINITY))
}

/// The common Hessian of a handful of scattered points, if they share one to rounding.
pub(super) fn constant_hessian(function: &Function) -> Option<[f64; 3]> {
    // Irregular on purpose: no symmetry or period of a formula lines up with all of them.
    const POINTS: [[f64; 2]; 9] = [
        [0.317, -0.229],
        [-1.713, 0.611],
        [2.939, 1.873],
        [-0.083, -2.671],
        [5.387, -4.129],
        [-6.841, 3.517],
        [0.0131, 0.0277],
        [11.93, 13.07],
        [-17.3, -9.71],
    ];
    let first = function.hessian(POINTS[0]).hessian;
    let size = first.iter().fold(0.0, |most: f64, h| most.max(h.abs()));
    let same = |theta: &[f64; 2]| {
        let hessian = function.hessian(*theta).hessian;
        hessian.iter().zip(first).all(|(h, f)| (h - f).abs() <= 1e-9 * size)
    };
    POINTS.iter().all(same).then_some(first)
}
