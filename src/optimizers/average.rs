//! The averaged iterate θ̄_t of a path θ_0, θ_1, …, as [`DEFINITIONS`] says.
//!
//! The start itself is no iterate: θ̄_0 = θ_0, and from the first update on it does not count but in
//! the exponential average.

use crate::math::param::{Choice, Definition, Param, Scale};

/// What the choices of [`AVERAGE`] behind `none` are, in their order.
pub const DEFINITIONS: [Definition; 3] = [
    Definition::new("θ̄_t = (θ_1 + … + θ_t) / t", "Polyak & Juditsky 1992"),
    Definition::new("θ̄_t = the same over the last ⌈t/2⌉", "Rakhlin, Shamir & Sridharan 2012"),
    Definition::new("θ̄_t = ρ θ̄_{t−1} + (1 − ρ) θ_t", ""),
];

/// Which average is drawn, as a dial of every run.
pub const AVERAGE: Param = Param::choice(
    "average",
    "averaged iterate",
    &[
        Choice { key: "none", label: "none" },
        Choice { key: "all", label: "of all iterates" },
        Choice { key: "half", label: "of the last half" },
        Choice { key: "exponential", label: "exponential" },
    ],
)
.about("which averaged iterate is drawn");

/// ρ of the exponential average.
pub const KEEP: Param =
    Param::new("keep", "ρ", "kept per update", [0.0, 0.999], Scale::Linear, 0.9)
        .about("ρ of the exponential average, the part that is kept per update");

/// Which iterates an average is of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Average {
    /// All of them, alike.
    All,
    /// The last half, alike.
    Half,
    /// All, the older the less.
    Exponential {
        /// ρ, how much of the average is kept at each update.
        keep: f64,
    },
}

impl Average {
    /// The average of these values of [`AVERAGE`] and [`KEEP`]; `None` for none.
    pub fn of(choice: f64, keep: f64) -> Option<Self> {
        match choice as usize {
            1 => Some(Self::All),
            2 => Some(Self::Half),
            3 => Some(Self::Exponential { keep }),
            _ => None,
        }
    }

    /// How much θ_k counts in θ̄_t, for k up to t: θ̄_t = Σ_k weight(k, t) θ_k.
    pub fn weight(self, k: usize, t: usize) -> f64 {
        match self {
            _ if t == 0 => 1.0,
            Self::All | Self::Half => {
                let first = self.first(t);
                if k < first { 0.0 } else { 1.0 / (t + 1 - first) as f64 }
            }
            Self::Exponential { keep } => {
                let kept = libm::pow(keep, (t - k) as f64);
                if k == 0 { kept } else { (1.0 - keep) * kept }
            }
        }
    }

    /// θ̄ at each step of a path θ, the start included.
    pub fn along(self, path: &[[f64; 2]]) -> Vec<[f64; 2]> {
        let mut averager = Averager::new(self);
        path.iter().map(|&theta| averager.next(theta)).collect()
    }

    /// The first iterate that counts in θ̄_t, for t from 1 on.
    fn first(self, t: usize) -> usize {
        if self == Self::Half { t / 2 + 1 } else { 1 }
    }
}

/// Averages a path as it comes, one iterate after the other.
#[derive(Clone, Debug)]
pub struct Averager {
    average: Average,
    start: [f64; 2],
    /// Entry t: θ_1 + … + θ_t, measured from the start so that a far one costs no digits.
    sums: Vec<[f64; 2]>,
    /// θ̄ of the iterate before.
    mean: [f64; 2],
}

impl Averager {
    /// One that has seen no iterate yet.
    pub fn new(average: Average) -> Self {
        Self { average, start: [0.0; 2], sums: Vec::new(), mean: [0.0; 2] }
    }

    /// θ̄_t, where θ_t is the next iterate; the start θ_0 comes first.
    pub fn next(&mut self, theta: [f64; 2]) -> [f64; 2] {
        let t = self.sums.len();
        let Some(&sum) = self.sums.last() else {
            (self.start, self.mean) = (theta, theta);
            self.sums.push([0.0; 2]);
            return theta;
        };
        let sum = [0, 1].map(|axis| sum[axis] + (theta[axis] - self.start[axis]));
        self.sums.push(sum);
        self.mean = [0, 1].map(|axis| match self.average {
            Average::Exponential { keep } => keep * self.mean[axis] + (1.0 - keep) * theta[axis],
            Average::All | Average::Half => {
                let before = self.average.first(t) - 1;
                self.start[axis] + (sum[axis] - self.sums[before][axis]) / (t - before) as f64
            }
        });
        self.mean
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATH: [[f64; 2]; 6] =
        [[100.0, 0.0], [6.0, 1.0], [2.0, 3.0], [4.0, -1.0], [0.0, 2.0], [3.0, 5.0]];

    fn mean(iterates: &[[f64; 2]]) -> [f64; 2] {
        let n = iterates.len() as f64;
        [0, 1].map(|axis| iterates.iter().map(|theta| theta[axis]).sum::<f64>() / n)
    }

    #[test]
    fn the_start_is_left_out_and_the_rest_counts_alike() {
        let all = Average::All.along(&PATH);
        let half = Average::Half.along(&PATH);
        assert_eq!((all[0], half[0]), (PATH[0], PATH[0]));
        for t in 1..6_usize {
            let last = t.div_ceil(2);
            for (got, want) in
                [(all[t], mean(&PATH[1..=t])), (half[t], mean(&PATH[t + 1 - last..=t]))]
            {
                assert!((got[0] - want[0]).abs() < 1e-13 && (got[1] - want[1]).abs() < 1e-13);
            }
        }
    }

    #[test]
    fn an_exponential_average_forgets() {
        let keep = 0.75;
        let average = Average::Exponential { keep }.along(&PATH);
        let by_hand = 0.75 * (0.75 * 100.0 + 0.25 * 6.0) + 0.25 * 2.0;
        assert_eq!(average[0], PATH[0]);
        assert!((average[2][0] - by_hand).abs() < 1e-13);
        assert_eq!(Average::Exponential { keep: 0.0 }.along(&PATH), PATH);
    }

    #[test]
    fn weights_say_the_same_as_the_path() {
        for average in [Average::All, Average::Half, Average::Exponential { keep: 0.8 }] {
            for (t, mean) in average.along(&PATH).into_iter().enumerate() {
                let weights: Vec<f64> = (0..=t).map(|k| average.weight(k, t)).collect();
                assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-14);
                for axis in 0..2 {
                    let sum: f64 = weights.iter().zip(&PATH).map(|(w, at)| w * at[axis]).sum();
                    assert!((sum - mean[axis]).abs() < 1e-12, "{average:?} at {t}");
                }
            }
        }
    }

    #[test]
    fn no_path_no_average() {
        for average in [Average::All, Average::Half, Average::Exponential { keep: 0.5 }] {
            assert!(average.along(&[]).is_empty());
            assert_eq!(average.along(&PATH[..1]), PATH[..1]);
        }
    }
}
