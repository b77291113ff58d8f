//! The update rules in plain loops, and what they do along one eigendirection of a quadratic.

use ravine::labs::runs::RunConfig;

/// An update rule with its dials: α first, then those of its own.
#[derive(Clone, Debug)]
pub struct Rule {
    pub key: &'static str,
    pub values: Vec<f64>,
}

/// A rule on its way: its velocity or first average, its squares, and the number of its steps.
#[derive(Clone, Debug)]
pub struct Walker {
    rule: Rule,
    v: [f64; 2],
    s: [f64; 2],
    t: i32,
}

impl Rule {
    /// That of a run.
    pub fn of(setup: &RunConfig) -> Self {
        Self { key: setup.rule.key, values: setup.values.clone() }
    }

    /// α
    pub fn alpha(&self) -> f64 {
        self.values[0]
    }

    /// β; 0 of the rules without.
    pub fn beta(&self) -> f64 {
        if self.has_velocity() { self.values[1] } else { 0.0 }
    }

    /// Whether a step is proportional to the gradients so far.
    pub fn is_linear(&self) -> bool {
        self.key == "gd" || self.has_velocity()
    }

    /// Whether a step divides by the curvature.
    pub fn is_newton(&self) -> bool {
        self.key == "newton"
    }

    /// What a step follows in place of ĝ: (H + μI)⁻¹ĝ by Cramer's rule, or with the absolute values of
    /// the eigenvalues, by the matrix that has them: (H² + √det(H²) I) / tr √(H²).
    pub fn follows(&self, hessian: [f64; 3], [gx, gy]: [f64; 2]) -> [f64; 2] {
        if !self.is_newton() {
            return [gx, gy];
        }
        let [xx, xy, yy] = if self.values[2] == 0.0 { hessian } else { absolute(hessian) };
        let [xx, yy] = [xx, yy].map(|part| part + self.values[1]);
        let determinant = xx * yy - xy * xy;
        [(yy * gx - xy * gy) / determinant, (xx * gy - xy * gx) / determinant]
    }

    /// The part of the distance along an eigendirection that a step of Newton's method takes off.
    pub fn share(&self, lambda: f64) -> f64 {
        1.0 - self.matrix(lambda)[0][0]
    }

    /// Whether it keeps a velocity.
    pub fn has_velocity(&self) -> bool {
        ["momentum", "nesterov"].contains(&self.key)
    }

    /// What a gradient is multiplied by at once.
    pub fn effective_alpha(&self) -> f64 {
        let is_average = self.key == "momentum" && self.values[2] == 2.0;
        self.alpha() * if is_average { 1.0 - self.beta() } else { 1.0 }
    }

    /// The same with another α.
    pub fn with_alpha(&self, alpha: f64) -> Self {
        let mut values = self.values.clone();
        values[0] = alpha;
        Self { key: self.key, values }
    }

    /// The same with another β.
    pub fn with_beta(&self, beta: f64) -> Self {
        let mut values = self.values.clone();
        values[1] = beta;
        Self { key: self.key, values }
    }

    /// At rest, before its first step.
    pub fn start(&self) -> Walker {
        Walker { rule: self.clone(), v: [0.0; 2], s: [0.0; 2], t: 0 }
    }

    /// What a step makes of (d, v), the distance along an eigendirection and the velocity, where the
    /// gradient is λd: the columns are what it makes of (1, 0) and of (0, 1).
    pub fn matrix(&self, lambda: f64) -> [[f64; 2]; 2] {
        let [first, second] = [[1.0, 0.0], [0.0, 1.0]].map(|[d, v]| {
            let mut walker = self.start().with_velocity([v, 0.0]);
            let g = self.follows([lambda, 0.0, 1.0], [lambda * d, 0.0]);
            let [d, _] = walker.step([d, 0.0], g, self.alpha());
            [d, if self.has_velocity() { walker.v[0] } else { 0.0 }]
        });
        [[first[0], second[0]], [first[1], second[1]]]
    }

    /// By how much a step multiplies the distance in the long run (Gelfand's formula).
    pub fn radius(&self, lambda: f64) -> f64 {
        gelfand(self.matrix(lambda).map(Vec::from).to_vec())
    }

    /// tr² − 4 det of [`Rule::matrix`], beside the size of its terms: negative where it swings.
    pub fn discriminant(&self, lambda: f64) -> f64 {
        let [[a, b], [c, d]] = self.matrix(lambda);
        // (a − d)² + 4bc is the same with fewer digits lost.
        ((a - d) * (a - d) + 4.0 * b * c) / ((a + d) * (a + d) + 4.0 * (a * d - b * c).abs())
    }

    /// The distances along an eigendirection after 0, 1, … steps from 1 at rest, each divided by
    /// `by` once more than the one before.
    pub fn mode(&self, lambda: f64, by: f64, steps: usize) -> Vec<f64> {
        let (mut d, mut walker) = (1.0, self.start());
        let mut all = vec![d];
        for _ in 0..steps {
            let g = self.follows([lambda, 0.0, 1.0], [lambda * d, 0.0]);
            [d, _] = walker.step([d, 0.0], g, self.alpha());
            d /= by;
            walker.v[0] /= by;
            all.push(d);
        }
        all
    }
}

/// The matrix with the same eigenvectors and the absolute values of the eigenvalues: the root of the
/// square, by Cayley and Hamilton.
fn absolute([xx, xy, yy]: [f64; 3]) -> [f64; 3] {
    let square = [xx * xx + xy * xy, xy * (xx + yy), xy * xy + yy * yy];
    let root = (xx * yy - xy * xy).abs();
    let trace = (square[0] + square[2] + 2.0 * root).sqrt();
    [(square[0] + root) / trace, square[1] / trace, (square[2] + root) / trace]
}

/// The spectral radius of a matrix: ‖Mⁿ‖^(1/n) for n = 2⁴⁰.
pub fn gelfand(mut matrix: Vec<Vec<f64>>) -> f64 {
    let mut logarithm = 0.0;
    for squarings in 0..40 {
        let norm = matrix.iter().flatten().fold(0.0_f64, |most, x| most.max(x.abs()));
        if norm == 0.0 {
            return 0.0;
        }
        logarithm += norm.ln() / 2.0_f64.powi(squarings);
        matrix.iter_mut().flatten().for_each(|x| *x /= norm);
        let size = matrix.len();
        let square = |i: usize, j: usize| (0..size).map(|k| matrix[i][k] * matrix[k][j]).sum();
        matrix = (0..size).map(|i| (0..size).map(|j| square(i, j)).collect()).collect();
    }
    logarithm.exp()
}

impl Walker {
    /// One update from the gradient estimate ĝ with this α.
    pub fn step(&mut self, mut at: [f64; 2], g: [f64; 2], alpha: f64) -> [f64; 2] {
        self.t += 1;
        let dials = &self.rule.values;
        for i in 0..2 {
            let Self { v, s, t, .. } = self;
            let (v, s, g) = (&mut v[i], &mut s[i], g[i]);
            at[i] -= match self.rule.key {
                // The latter from what it follows.
                "gd" | "newton" => alpha * g,
                "momentum" if dials[2] == 0.0 => {
                    *v = dials[1] * *v + g;
                    alpha * *v
                }
                "momentum" if dials[2] == 1.0 => {
                    *v = dials[1] * *v - alpha * g;
                    -*v
                }
                "momentum" => {
                    *v = dials[1] * *v + (1.0 - dials[1]) * g;
                    alpha * *v
                }
                "nesterov" => {
                    *v = dials[1] * *v + g;
                    alpha * (g + dials[1] * *v)
                }
                "adagrad" => {
                    *s += g * g;
                    alpha * g / (s.sqrt() + dials[1])
                }
                "rmsprop" => {
                    *s = dials[1] * *s + (1.0 - dials[1]) * g * g;
                    alpha * g / (s.sqrt() + dials[2])
                }
                "adam" => {
                    *v = dials[1] * *v + (1.0 - dials[1]) * g;
                    *s = dials[2] * *s + (1.0 - dials[2]) * g * g;
                    let mean = *v / (1.0 - dials[1].powi(*t));
                    let square = *s / (1.0 - dials[2].powi(*t));
                    alpha * mean / (square.sqrt() + dials[3])
                }
                other => panic!("{other} has no plain loop here"),
            };
        }
        at
    }

    /// The same with this velocity.
    pub fn with_velocity(self, v: [f64; 2]) -> Self {
        Self { v, ..self }
    }

    /// v
    pub fn velocity(&self) -> [f64; 2] {
        self.v
    }

    /// The displacement that the velocity alone would make next.
    pub fn coast(&self, alpha: f64) -> [f64; 2] {
        self.clone().step([0.0; 2], [0.0; 2], alpha)
    }
}
