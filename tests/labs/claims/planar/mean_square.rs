//! SGD in the mean square, from the matrices of single updates.

use super::rules::{Rule, gelfand};
use super::witness::{Check, Witness, require, same};

/// By how much an update multiplies E|θ − θ*|² in the long run: the spectral radius of E[M ⊗ M], M
/// what an update with a batch of m examples, drawn anew without replacement, makes of θ and the
/// velocity. It is a mean over all pairs of examples.
fn factor(w: &Witness, rule: &Rule, m: usize) -> f64 {
    let n = w.ground.len();
    let size = if rule.key == "gd" { 2 } else { 4 };
    let of_example =
        |index: usize| matrix(rule, w.ground.hessian_over([0.3, -0.2], [index].into_iter()));
    let matrices: Vec<_> = (0..n).map(of_example).collect();
    let mut mean = vec![vec![0.0; size]; size];
    let mut squares = vec![vec![0.0; size * size]; size * size];
    for one in &matrices {
        for i in 0..size {
            for j in 0..size {
                mean[i][j] += one[i][j] / n as f64;
            }
        }
        for (row, entries) in kronecker(&one[..size], size).into_iter().enumerate() {
            for (column, entry) in entries.into_iter().enumerate() {
                squares[row][column] += entry / n as f64;
            }
        }
    }
    let of_means = kronecker(&mean, size);
    let (n, m) = (n as f64, m as f64);
    // Of a pair of places of a batch, one in m is the same example twice.
    let mixed = |same: f64, product: f64| {
        let different = (n * product - same) / (n - 1.0);
        same / m + different * (m - 1.0) / m
    };
    let rows = squares.iter().zip(&of_means);
    gelfand(rows.map(|(a, b)| a.iter().zip(b).map(|(a, b)| mixed(*a, *b)).collect()).collect())
}

/// What a step makes of (θ, v) where the gradient is Hθ.
fn matrix(rule: &Rule, [xx, xy, yy]: [f64; 3]) -> Vec<Vec<f64>> {
    let mut columns = Vec::new();
    for unit in 0..4 {
        let [mut d, mut v] = [[0.0; 2]; 2];
        *(if unit < 2 { &mut d[unit] } else { &mut v[unit - 2] }) = 1.0;
        let mut walker = rule.start().with_velocity(v);
        let g = [xx * d[0] + xy * d[1], xy * d[0] + yy * d[1]];
        let to = walker.step(d, g, rule.alpha());
        columns.push([to[0], to[1], walker.velocity()[0], walker.velocity()[1]]);
    }
    (0..4).map(|row| (0..4).map(|column| columns[column][row]).collect()).collect()
}

/// M ⊗ M of the first rows and columns.
fn kronecker(matrix: &[Vec<f64>], size: usize) -> Vec<Vec<f64>> {
    let pairs = || (0..size).flat_map(|a| (0..size).map(move |b| (a, b)));
    pairs().map(|(a, b)| pairs().map(|(c, d)| matrix[a][c] * matrix[b][d]).collect()).collect()
}

/// Whether the second moments stay bounded.
pub fn is_stable(w: &Witness, rule: &Rule) -> bool {
    // Of a rule that divides by a batch's own curvature there is no such matrix.
    w.batch.is_none_or(|m| !rule.is_newton() && factor(w, rule, m) < 1.0)
}

/// That α is above the limit of SGD, and that this is the limit.
pub fn above_limit(w: &Witness, alpha: f64, limit: f64, m: usize) -> Check {
    require(w.is_theoretical() && w.batch == Some(m), "theory speaks of these batches")?;
    same("α", alpha, w.rule.alpha(), 0.0)?;
    require(alpha > limit, "α is above the limit")?;
    let [below, above] = [0.999, 1.001].map(|part| factor(w, &w.rule.with_alpha(part * limit), m));
    require(below <= 1.0 + 1e-9 && above > 1.0, &format!("{limit} parts {below} from {above}"))
}

pub fn grows(w: &Witness, alpha: f64, limit: f64, m: usize, said: f64) -> Check {
    above_limit(w, alpha, limit, m)?;
    require(said > 1.0, "it grows")?;
    same("the factor", said, factor(w, &w.rule, m), 1e-9)
}
