//! When SGD is stable in the mean square.
//!
//! Where the loss of every example is quadratic, an update with the batch J multiplies the distance
//! d = θ − θ* by a random matrix, and noise that does not depend on d is added:
//!
//! ```text
//! d ← (I − αA) d + …                A = 1/m Σ_{i ∈ J} H_i            E[A] = H
//! ```
//!
//! So the second moments follow a linear recurrence, S ← E[F S Fᵀ] + …, with F = I − αA for GD, and
//! for the rules with a velocity u the companion matrix of z = (d, u):
//!
//! ```text
//! momentum    u ← βu + αA d         d ← d − u
//! Nesterov    u ← βu + αA d         d ← d − αA d − βu
//! ```
//!
//! They stay bounded while the spectral radius of S ↦ E[F S Fᵀ] on the symmetric matrices is less
//! than 1. Beyond it the mean alone may still go to 0: single batches throw the run farther out than
//! the others bring it back.
//!
//! What is assumed: each batch is m examples drawn anew without replacement. Then the covariance of A
//! is that of one example's H_i times (n − m)/((n − 1) m), the correction for a finite population.
//! (With replacement it would be 1/m.) An epoch deals each example out once; that the batches of an
//! epoch are not independent is left out.
//!
//! Source: Ma, Bassily & Belkin 2018; Wu, Ma & E 2018, "How SGD selects the global minima";
//! Widrow et al. 1976 for α small.

use super::stability::effective_alpha;
use crate::math::symmetric::{eigenvalues, eigenvectors};
use crate::objective::HessianMoments;
use crate::optimizers::Rule;

/// A linear rule with batches of m examples: whether and how fast its second moments grow.
#[derive(Clone, Debug)]
pub struct MeanSquare {
    rule: &'static str,
    beta: f64,
    moments: HessianMoments,
    share: f64,
    /// 2, or 1 where no example curves along the other direction.
    dimensions: usize,
}

impl MeanSquare {
    /// `None` for the rules that are not linear, and where the mean Hessian has a direction without
    /// upward curvature that some example curves along: then no α is stable.
    pub fn new(rule: &Rule, values: &[f64], moments: &HessianMoments, m: usize) -> Option<Self> {
        effective_alpha(rule, values)?;
        let turned = turned(moments);
        let [low, _, high] = turned.mean;
        let rounding = 1e-12 * high.abs();
        let spread = turned.covariance[0][0] + turned.covariance[1][1];
        let is_level = low.abs() <= rounding && spread <= rounding * rounding;
        // The level direction is the first; all that counts is the other one.
        let moments = if is_level {
            let mut one = HessianMoments { mean: [high, 0.0, 0.0], ..turned.clone() };
            one.covariance = [[0.0; 3]; 3];
            one.covariance[0][0] = turned.covariance[2][2];
            one
        } else {
            turned
        };
        (high > 0.0 && high.is_finite() && (is_level || low > rounding)).then(|| Self {
            rule: rule.key,
            beta: values.get(1).copied().unwrap_or(0.0),
            share: moments.share(m),
            moments,
            dimensions: if is_level { 1 } else { 2 },
        })
    }

    /// By how much an update multiplies the second moments in the long run, at this effective α (that
    /// by which a gradient is multiplied at once): the spectral radius of S ↦ E[F S Fᵀ].
    pub fn factor(&self, alpha: f64) -> f64 {
        let operator = self.operator(alpha);
        let most = operator.iter().map(|row| row.iter().map(|x| x.abs()).sum()).fold(0.0, f64::max);
        if !f64::is_finite(most) {
            return f64::INFINITY;
        }
        let (mut low, mut high) = (0.0, most);
        for _ in 0..60 {
            let middle = 0.5 * (low + high);
            *(if self.is_below(&operator, middle) { &mut high } else { &mut low }) = middle;
        }
        high
    }

    /// The effective α up to which the second moments stay bounded, where the mean does up to `most`.
    pub fn limit(&self, most: f64) -> f64 {
        const RUNGS: u32 = 48;
        let is_stable = |alpha: f64| self.is_below(&self.operator(alpha), 1.0);
        let rung = |k: u32| most * f64::from(k) / f64::from(RUNGS);
        let Some(first) = (1..RUNGS).find(|&k| !is_stable(rung(k))) else {
            return if self.share == 0.0 { most } else { self.between(rung(RUNGS - 1), most) };
        };
        self.between(rung(first - 1), rung(first))
    }

    /// Where stability ends, between a stable α and one that is not.
    fn between(&self, mut low: f64, mut high: f64) -> f64 {
        for _ in 0..50 {
            let middle = 0.5 * (low + high);
            let is_stable = self.is_below(&self.operator(middle), 1.0);
            *(if is_stable { &mut low } else { &mut high }) = middle;
        }
        low
    }

    /// Whether the spectral radius of an operator that keeps the cone of the positive semidefinite
    /// matrices is below r: if and only if r S − T(S) = I has a positive definite solution.
    fn is_below(&self, operator: &[Vec<f64>], r: f64) -> bool {
        let size = self.size();
        let places = pairs(size);
        let mut system: Vec<Vec<f64>> = operator.to_vec();
        for (i, row) in system.iter_mut().enumerate() {
            row.iter_mut().for_each(|entry| *entry = -*entry);
            row[i] += r;
            let (a, b) = places[i];
            row.push(f64::from(u8::from(a == b)));
        }
        let Some(solution) = solved(system) else { return false };
        let mut matrix = vec![vec![0.0; size]; size];
        for (&(a, b), value) in places.iter().zip(solution) {
            (matrix[a][b], matrix[b][a]) = (value, value);
        }
        is_positive_definite(matrix)
    }

    /// The number of entries of z.
    fn size(&self) -> usize {
        if self.rule == "gd" { self.dimensions } else { 2 * self.dimensions }
    }

    /// S ↦ E[F S Fᵀ] as a matrix on the entries S_ab, a ≤ b, in the order of [`pairs`].
    fn operator(&self, alpha: f64) -> Vec<Vec<f64>> {
        let size = self.size();
        let places = pairs(size);
        let HessianMoments { mean, covariance, .. } = &self.moments;
        let [xx, xy, yy] = [0, 1, 2].map(|p| self.part(alpha, p));
        let fixed = self.fixed();
        let mut mean_matrix = fixed;
        for (p, part) in [&xx, &xy, &yy].into_iter().enumerate() {
            for (row, part) in mean_matrix.iter_mut().zip(part) {
                row.iter_mut().zip(part).for_each(|(entry, part)| *entry += mean[p] * part);
            }
        }
        let parts = [xx, xy, yy];
        let mut terms = vec![(1.0, &mean_matrix, &mean_matrix)];
        for p in 0..3 {
            for q in 0..3 {
                let weight = self.share * covariance[p][q];
                if weight != 0.0 {
                    terms.push((weight, &parts[p], &parts[q]));
                }
            }
        }
        let mut operator = vec![vec![0.0; places.len()]; places.len()];
        for (weight, left, right) in terms {
            for (row, &(a, b)) in operator.iter_mut().zip(&places) {
                for (entry, &(c, d)) in row.iter_mut().zip(&places) {
                    let mut product = left[a][c] * right[b][d];
                    if c != d {
                        product += left[a][d] * right[b][c];
                    }
                    *entry += weight * product;
                }
            }
        }
        operator
    }

    /// F where A is 0.
    fn fixed(&self) -> Vec<Vec<f64>> {
        let [size, d] = [self.size(), self.dimensions];
        let mut matrix = vec![vec![0.0; size]; size];
        for (i, row) in matrix.iter_mut().enumerate() {
            row[i] = if i < d { 1.0 } else { self.beta };
        }
        for (i, row) in matrix.iter_mut().take(size - d).enumerate() {
            row[d + i] = match self.rule {
                "nesterov" => -self.beta * self.beta,
                _ => -self.beta,
            };
        }
        matrix
    }

    /// What F gains by an entry of A, 1 in xx, in xy and yx, or in yy.
    fn part(&self, alpha: f64, entry: usize) -> Vec<Vec<f64>> {
        let [size, d] = [self.size(), self.dimensions];
        let mut matrix = vec![vec![0.0; size]; size];
        let places: &[(usize, usize)] = [&[(0, 0)][..], &[(0, 1), (1, 0)], &[(1, 1)]][entry];
        for &(i, j) in places.iter().filter(|(i, j)| *i.max(j) < d) {
            matrix[i][j] = match self.rule {
                "nesterov" => -alpha * (1.0 + self.beta),
                _ => -alpha,
            };
            if size > d {
                matrix[d + i][j] = alpha;
            }
        }
        matrix
    }
}

/// The moments along the eigenvectors of the mean, whose eigenvalues come out ascending.
fn turned(moments: &HessianMoments) -> HessianMoments {
    let [low, high] = eigenvectors(moments.mean);
    // [xx, xy, yy] of QᵀAQ, each a linear function of those of A.
    let form = |a: [f64; 2], b: [f64; 2]| [a[0] * b[0], a[0] * b[1] + a[1] * b[0], a[1] * b[1]];
    let turn = [form(low, low), form(low, high), form(high, high)];
    let mut covariance = [[0.0; 3]; 3];
    for (p, row) in turn.iter().enumerate() {
        for (q, column) in turn.iter().enumerate() {
            covariance[p][q] = (0..3)
                .flat_map(|i| (0..3).map(move |j| (i, j)))
                .map(|(i, j)| row[i] * moments.covariance[i][j] * column[j])
                .sum();
        }
    }
    let [least, most] = eigenvalues(moments.mean);
    HessianMoments { n: moments.n, mean: [least, 0.0, most], covariance }
}

/// (a, b) with a ≤ b below a size, row by row.
fn pairs(size: usize) -> Vec<(usize, usize)> {
    (0..size).flat_map(|a| (a..size).map(move |b| (a, b))).collect()
}

/// The solution of a linear system, its right side the last column (Gaussian elimination with
/// partial pivoting); `None` where it is singular.
fn solved(mut rows: Vec<Vec<f64>>) -> Option<Vec<f64>> {
    let count = rows.len();
    for column in 0..count {
        let pivot = (column..count)
            .max_by(|&a, &b| rows[a][column].abs().total_cmp(&rows[b][column].abs()))?;
        if rows[pivot][column] == 0.0 || !rows[pivot][column].is_finite() {
            return None;
        }
        rows.swap(column, pivot);
        let (above, below) = rows.split_at_mut(column + 1);
        let pivot = &above[column];
        for row in below {
            let factor = row[column] / pivot[column];
            if factor != 0.0 {
                row[column..].iter_mut().zip(&pivot[column..]).for_each(|(x, p)| *x -= factor * p);
            }
        }
    }
    let mut solution = vec![0.0; count];
    for i in (0..count).rev() {
        let known: f64 = (i + 1..count).map(|j| rows[i][j] * solution[j]).sum();
        solution[i] = (rows[i][count] - known) / rows[i][i];
    }
    Some(solution)
}

/// Whether a symmetric matrix has a Cholesky decomposition.
fn is_positive_definite(mut a: Vec<Vec<f64>>) -> bool {
    for j in 0..a.len() {
        let rest = a[j][j] - (0..j).map(|k| a[j][k] * a[j][k]).sum::<f64>();
        if !(rest > 0.0 && rest.is_finite()) {
            return false;
        }
        a[j][j] = rest.sqrt();
        for i in j + 1..a.len() {
            let known: f64 = (0..j).map(|k| a[i][k] * a[j][k]).sum();
            a[i][j] = (a[i][j] - known) / a[j][j];
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labs::link;
    use crate::optimizers::rule;

    #[test]
    fn the_limits_of_linear_regression_are_those_computed_elsewhere() {
        for (link, m, expected) in [
            ("problem=linear", 1, 0.402),
            ("problem=linear", 4, 0.631),
            ("problem=linear&data.center=3", 1, 0.104),
        ] {
            let (experiment, faults) = link::read(link);
            assert!(faults.is_empty());
            let objective = experiment.objective();
            let moments = objective.example_moments().unwrap();
            let gd = rule("gd").unwrap();
            let limit = MeanSquare::new(gd, &[0.1], moments, m).unwrap();
            let most = 2.0 / eigenvalues(moments.mean)[1];
            let found = limit.limit(most);
            assert!((found - expected).abs() < 6e-4, "{link} m = {m}: {found}");
        }
    }
}
