//! A plane through the weights of a net, on which its loss surface is drawn with the paths of its
//! runs.
//!
//! ```text
//! θ(a, b) = θ₀ + a d₁ + b d₂
//! ```
//!
//! θ₀ is the origin, d₁ and d₂ are the axes. There are three ways to choose them:
//!
//! ```text
//! principal    θ₀ the mean of all points of the paths, d₁ and d₂ the two orthogonal directions in
//!              which they spread most                          Lorch 2016; Li et al. 2018, section 7
//! random       θ₀ the weights of a run, d₁ and d₂ random, filter by filter as long as θ₀
//!                                                              Li et al. 2018, equation 1
//! two weights  d₁ and d₂ the axes of two chosen weights
//! ```
//!
//! A plane shows two directions of many: [`Plane::share`] tells how much of the paths it holds, and
//! [`Plane::loss_error`] how wrong the loss is where it shows a point.

mod principal;
mod survey;

use crate::math::random::Random;
use crate::network::{Architecture, Examples, Regularisation, Workspace};

pub use survey::{Survey, regularised_risk, window_around};

/// A plane in the space of θ: θ(a, b) = origin + a axes₁ + b axes₂.
#[derive(Clone, Debug, PartialEq)]
pub struct Plane {
    /// θ at (0, 0).
    pub origin: Vec<f64>,
    /// The two directions, each as long a slice as θ. They need not be orthogonal.
    pub axes: [Vec<f64>; 2],
}

impl Plane {
    /// The plane of the two main directions of all points of all paths, about their mean: unit
    /// vectors, the number that is largest in size positive. If the points lie on a line, or are
    /// off it by less than 10⁻⁷ of its length, the second is some direction orthogonal to it.
    ///
    /// Points with a number that is not finite or beyond ±10¹⁵⁰ are left out, and those of another
    /// length than the first. `None` if then no two differ, or θ is one number alone.
    pub fn of_paths(paths: &[&[Vec<f64>]]) -> Option<Self> {
        let cloud = principal::Cloud::of(paths)?;
        let axes = cloud.main_directions()?;
        Some(Self { origin: cloud.mean, axes })
    }

    /// The plane through θ along two random directions, filter-normalised: each d is drawn from
    /// N(0, 1), and then each filter dᵢ becomes dᵢ ‖θᵢ‖/‖dᵢ‖. A filter of a dense layer is the row
    /// of weights into one unit. Biases have no part in it: there d is 0, as in the program of Li
    /// et al. (`ignore='biasbn'`).
    ///
    /// Such directions can fail to span a plane: where all weights are 0, or each unit has one
    /// input. Then they are two orthogonal unit vectors, random in all numbers of θ.
    pub fn random(architecture: &Architecture, theta: &[f64], seed: u64) -> Self {
        let mut random = Random::new(seed);
        let mut draw = || -> Vec<f64> { theta.iter().map(|_| random.gaussian()).collect() };
        let drawn = [draw(), draw()];
        let normalised = |drawn: &Vec<f64>| {
            let mut axis = vec![0.0; theta.len()];
            for layer in architecture.layers() {
                for unit in 0..layer.units {
                    let start = layer.start + unit * layer.inputs;
                    let row = start..start + layer.inputs;
                    let scale = length(&theta[row.clone()]) / length(&drawn[row.clone()]);
                    for (d, drawn) in axis[row.clone()].iter_mut().zip(&drawn[row]) {
                        *d = scale * drawn;
                    }
                }
            }
            axis
        };
        let plane = Self { origin: theta.to_vec(), axes: [0, 1].map(|k| normalised(&drawn[k])) };
        if plane.normal_equations().is_some() {
            return plane;
        }
        Self { axes: orthonormal(drawn), ..plane }
    }

    /// The plane of two weights or biases, different ones of these indices: a and b are their own
    /// values, and all others are those of θ.
    pub fn of_weights(theta: &[f64], weights: [usize; 2]) -> Self {
        let mut origin = theta.to_vec();
        let axes = weights.map(|index| {
            let mut axis = vec![0.0; theta.len()];
            if let (Some(theta), Some(d)) = (origin.get_mut(index), axis.get_mut(index)) {
                (*theta, *d) = (0.0, 1.0);
            }
            axis
        });
        Self { origin, axes }
    }

    /// θ(a, b), into `out`.
    pub fn at(&self, [a, b]: [f64; 2], out: &mut Vec<f64>) {
        let [first, second] = &self.axes;
        out.clear();
        let axes = first.iter().zip(second);
        out.extend(self.origin.iter().zip(axes).map(|(theta, (d, e))| theta + a * d + b * e));
    }

    /// The a and b of the point of the plane that is nearest to θ. Not finite where θ is not, or
    /// where the axes span no plane.
    pub fn project(&self, theta: &[f64]) -> [f64; 2] {
        let Some([aa, ab, bb, determinant]) = self.normal_equations() else {
            return [f64::NAN; 2];
        };
        let [mut a, mut b] = [0.0; 2];
        for (i, (theta, origin)) in theta.iter().zip(&self.origin).enumerate() {
            a += self.axes[0][i] * (theta - origin);
            b += self.axes[1][i] * (theta - origin);
        }
        [(bb * a - ab * b) / determinant, (aa * b - ab * a) / determinant]
    }

    /// The matrix of the normal equations, [d₁·d₁, d₁·d₂, d₂·d₂], and its determinant; `None` if
    /// the axes are parallel but for 10⁻⁶ of their length, or too long for f64.
    fn normal_equations(&self) -> Option<[f64; 4]> {
        let [a, b] = &self.axes;
        let [aa, ab, bb] = [dot(a, a), dot(a, b), dot(b, b)];
        let determinant = aa * bb - ab * ab;
        let spans = determinant.is_finite() && determinant > 1e-12 * aa * bb;
        spans.then_some([aa, ab, bb, determinant])
    }

    /// Which part of the variance of all points of the paths, about their mean, the plane's
    /// directions hold, from 0 to 1. Points are left out as in [`Plane::of_paths`]; 1 if no two of
    /// the rest differ, 0 if the axes span no plane.
    pub fn share(&self, paths: &[&[Vec<f64>]]) -> f64 {
        let Some(cloud) = principal::Cloud::of(paths) else { return 1.0 };
        if self.normal_equations().is_none() {
            return 0.0;
        }
        let [first, second] = orthonormal(self.axes.clone());
        let (mut held, mut all) = (0.0, 0.0);
        for point in cloud.points() {
            let [a, b] = [dot(&first, point), dot(&second, point)];
            held += a * a + b * b;
            all += dot(point, point);
        }
        (held / all).clamp(0.0, 1.0)
    }

    /// How wrong the loss is where the plane shows θ: the risk with its penalty at the nearest point
    /// of the plane, less that at θ. The examples fit the net.
    pub fn loss_error(
        &self,
        theta: &[f64],
        workspace: &mut Workspace,
        examples: &Examples,
        regularisation: Regularisation,
    ) -> f64 {
        let mut shown = Vec::new();
        self.at(self.project(theta), &mut shown);
        let [shown, true_risk] = [&shown[..], theta]
            .map(|theta| regularised_risk(workspace, theta, examples, regularisation));
        shown - true_risk
    }
}

/// Σ aᵢ bᵢ
fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// ‖a‖
fn length(a: &[f64]) -> f64 {
    dot(a, a).sqrt()
}

/// Makes the first a unit vector, and the second one orthogonal to it (Gram & Schmidt). They are
/// not parallel.
fn orthonormal([mut first, mut second]: [Vec<f64>; 2]) -> [Vec<f64>; 2] {
    make_unit(&mut first);
    // Twice: what the first round leaves is rounding of the part that it takes away.
    for _ in 0..2 {
        make_unit(&mut second);
        let along = dot(&first, &second);
        for (second, first) in second.iter_mut().zip(&first) {
            *second -= along * first;
        }
    }
    make_unit(&mut second);
    [first, second]
}

/// Gives a vector that is not 0 the length 1.
fn make_unit(a: &mut [f64]) {
    let length = length(a);
    a.iter_mut().for_each(|a| *a /= length);
}
