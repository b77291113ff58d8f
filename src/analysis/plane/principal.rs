//! The two directions in which points spread most: principal component analysis.
//!
//! ```text
//! C = Σ (θ − θ̄)(θ − θ̄)ᵀ            C v = λ v, the v of the two largest λ
//! ```
//!
//! C is never written down. Subspace iteration with eight vectors V (Halko, Martinsson & Tropp 2011,
//! algorithm 4.4) takes C V, turns its columns until they are orthogonal, and takes their directions
//! for the next V. Each round brings the vector of λᵢ nearer by λ₉/λᵢ. Turning is the one-sided Jacobi
//! method (Hestenes 1958).

use super::{dot, orthonormal};
use crate::math::random::Random;

/// The vectors that are iterated: more than the two, for speed.
const VECTORS: usize = 8;
/// Rounds after which the plane is taken as it is. Paths of training need few; only where many
/// directions count as much as each other are there so many.
const MOST_ROUNDS: usize = 50;
/// Rounds end when the plane turns by less than this angle.
const TURN: f64 = 1e-11;
/// λ/λ₁ below which λ is rounding.
const ROUNDING: f64 = 1e-14;
/// Numbers beyond this are as good as infinite: what has diverged is not drawn.
const LARGEST: f64 = 1e150;

/// The same number of each vector.
type Row = [f64; VECTORS];

/// Points about their mean.
pub(super) struct Cloud {
    /// The mean of the points.
    pub mean: Vec<f64>,
    /// Deviations from it, point after point, the largest of all numbers ±1.
    deviations: Vec<f64>,
}

impl Cloud {
    /// All points of all paths that have no number beyond ±[`LARGEST`] and are as long as the
    /// first; `None` where no two differ.
    pub fn of(paths: &[&[Vec<f64>]]) -> Option<Self> {
        let drawn = |point: &&Vec<f64>| point.iter().all(|x| x.abs() <= LARGEST);
        let mut points = paths.iter().copied().flatten().filter(drawn);
        let first = points.next()?;
        // Sums are of differences from the first, so that equal points have that as their mean.
        let mut deviations = vec![0.0; first.len()];
        for point in points.filter(|point| point.len() == first.len()) {
            deviations.extend(point.iter().zip(first).map(|(x, first)| x - first));
        }
        let mut shift = vec![0.0; first.len()];
        let n = (deviations.len() / first.len().max(1)) as f64;
        for point in deviations.chunks_exact(first.len().max(1)) {
            shift.iter_mut().zip(point).for_each(|(shift, x)| *shift += x / n);
        }
        let mut largest = 0.0_f64;
        for point in deviations.chunks_exact_mut(first.len().max(1)) {
            for (x, shift) in point.iter_mut().zip(&shift) {
                *x -= shift;
                largest = largest.max(x.abs());
            }
        }
        if largest == 0.0 {
            return None;
        }
        deviations.iter_mut().for_each(|x| *x /= largest);
        let mean = first.iter().zip(&shift).map(|(first, shift)| first + shift).collect();
        Some(Self { mean, deviations })
    }

    /// The deviations from the mean, point by point, all in one unit.
    pub fn points(&self) -> impl Iterator<Item = &[f64]> {
        self.deviations.chunks_exact(self.mean.len())
    }

    /// The unit vectors of the two largest λ, each with the number that is largest in size positive;
    /// `None` if a point has less than two numbers.
    pub fn main_directions(&self) -> Option<[Vec<f64>; 2]> {
        if self.mean.len() < 2 {
            return None;
        }
        let mut random = Random::new(0);
        let mut v: Vec<Row> =
            self.mean.iter().map(|_| std::array::from_fn(|_| random.uniform() - 0.5)).collect();
        let mut image = v.clone();
        let mut axes = [vec![0.0; v.len()], vec![0.0; v.len()]];
        let mut is_line = false;
        for _ in 0..MOST_ROUNDS {
            self.times(&v, &mut image);
            std::mem::swap(&mut v, &mut image);
            turn_orthogonal(&mut v);
            let lambda = normalise(&mut v);
            let [first, second] = two_largest(&lambda);
            is_line = lambda[second] <= ROUNDING * lambda[first];
            let now = [first, second].map(|k| v.iter().map(|row| row[k]).collect::<Vec<f64>>());
            let turns = [0, 1].map(|k| beyond(&now[k], &axes));
            axes = now;
            let rounding = ROUNDING * lambda[first] / lambda[second];
            if turns[0] < TURN && (is_line || turns[1] < TURN.max(rounding)) {
                break;
            }
        }
        if is_line {
            // The coordinate axis that is nearest to orthogonal.
            let [first, mut second] = axes;
            let mut nearest = 0;
            for (i, d) in first.iter().enumerate() {
                if d.abs() < first[nearest].abs() {
                    nearest = i;
                }
            }
            second.fill(0.0);
            second[nearest] = 1.0;
            axes = orthonormal([first, second]);
        }
        axes.iter_mut().for_each(|axis| point_up(axis));
        Some(axes)
    }

    /// C V, into `out`: for each point x, x (xᵀ V) is added.
    fn times(&self, v: &[Row], out: &mut [Row]) {
        out.fill([0.0; VECTORS]);
        for point in self.points() {
            let mut along = [0.0; VECTORS];
            for (x, v) in point.iter().zip(v) {
                for k in 0..VECTORS {
                    along[k] += x * v[k];
                }
            }
            for (x, out) in point.iter().zip(out.iter_mut()) {
                for k in 0..VECTORS {
                    out[k] += x * along[k];
                }
            }
        }
    }
}

/// Turns the columns in pairs, within the plane of each pair, until all are orthogonal.
fn turn_orthogonal(columns: &mut [Row]) {
    const MOST_SWEEPS: usize = 12;
    for _ in 0..MOST_SWEEPS {
        let mut turned = false;
        for p in 0..VECTORS {
            for q in p + 1..VECTORS {
                let [mut pp, mut pq, mut qq] = [0.0; 3];
                for row in columns.iter() {
                    pp += row[p] * row[p];
                    pq += row[p] * row[q];
                    qq += row[q] * row[q];
                }
                if pq.abs() <= 1e-15 * (pp * qq).sqrt() {
                    continue;
                }
                turned = true;
                // tan of the smaller of the two angles that do it.
                let zeta = (qq - pp) / (2.0 * pq);
                let tan = 1_f64.copysign(zeta) / (zeta.abs() + (1.0 + zeta * zeta).sqrt());
                let cos = 1.0 / (1.0 + tan * tan).sqrt();
                let sin = cos * tan;
                for row in columns.iter_mut() {
                    let (a, b) = (row[p], row[q]);
                    (row[p], row[q]) = (cos * a - sin * b, sin * a + cos * b);
                }
            }
        }
        if !turned {
            return;
        }
    }
}

/// Makes the columns unit vectors, and returns how long they were. Those that rounding has left of
/// a column that depends on the others become 0.
fn normalise(columns: &mut [Row]) -> Row {
    let mut lengths = [0.0; VECTORS];
    for row in columns.iter() {
        for k in 0..VECTORS {
            lengths[k] += row[k] * row[k];
        }
    }
    let lengths = lengths.map(f64::sqrt);
    let longest = lengths.iter().copied().fold(0.0, f64::max);
    let by = lengths.map(|length| if length > ROUNDING * longest { 1.0 / length } else { 0.0 });
    for row in columns {
        for k in 0..VECTORS {
            row[k] *= by[k];
        }
    }
    lengths
}

/// Where the largest number stands, and where the next.
fn two_largest(numbers: &Row) -> [usize; 2] {
    let [mut first, mut second] = if numbers[1] > numbers[0] { [1, 0] } else { [0, 1] };
    for k in 2..VECTORS {
        if numbers[k] > numbers[first] {
            [first, second] = [k, first];
        } else if numbers[k] > numbers[second] {
            second = k;
        }
    }
    [first, second]
}

/// How far a unit vector reaches out of the plane of two others.
fn beyond(axis: &[f64], [first, second]: &[Vec<f64>; 2]) -> f64 {
    let [a, b] = [dot(axis, first), dot(axis, second)];
    let rest = axis.iter().zip(first.iter().zip(second)).map(|(x, (d, e))| x - a * d - b * e);
    rest.map(|x| x * x).sum::<f64>().sqrt()
}

/// Turns a vector round unless the number of it that is largest in size is positive.
fn point_up(axis: &mut [f64]) {
    let largest = axis.iter().fold(0.0_f64, |most, &x| if x.abs() > most.abs() { x } else { most });
    if largest < 0.0 {
        axis.iter_mut().for_each(|x| *x = -*x);
    }
}
