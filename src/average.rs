//! The averaged iterate θ̄_t of a path θ_0, θ_1, …
//!
//! ```text
//! all           θ̄_t = (θ_1 + … + θ_t) / t                 Polyak & Juditsky 1992
//! last half     θ̄_t = the same over the last ⌈t/2⌉        Rakhlin, Shamir & Sridharan 2012
//! exponential   θ̄_t = ρ θ̄_{t−1} + (1 − ρ) θ_t,  θ̄_0 = θ_0
//! ```
//!
//! The start itself is no iterate: θ̄_0 = θ_0, and from the first update on it does not count.

use crate::param::{Choice, Param, Scale};

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
);

/// ρ of the exponential average.
pub const KEEP: Param = Param::new("keep", "ρ", "kept of it", [0.0, 0.999], Scale::Linear, 0.9);

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
                let first = if self == Self::All { 1 } else { t / 2 + 1 };
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
        match self {
            Self::All => over(path, |_| 1),
            Self::Half => over(path, |t| t / 2 + 1),
            Self::Exponential { keep } => path
                .iter()
                .scan(None, |before: &mut Option<[f64; 2]>, &theta| {
                    let mean = match *before {
                        Some([x, y]) => {
                            [keep * x + (1.0 - keep) * theta[0], keep * y + (1.0 - keep) * theta[1]]
                        }
                        None => theta,
                    };
                    *before = Some(mean);
                    Some(mean)
                })
                .collect(),
        }
    }
}

/// The mean of θ_first(t) … θ_t for each t, by sums of the path up to each step.
fn over(path: &[[f64; 2]], first: impl Fn(usize) -> usize) -> Vec<[f64; 2]> {
    // sums[t] = θ_1 + … + θ_t, measured from the start so that a far one costs no digits.
    let Some(&start) = path.first() else { return Vec::new() };
    let mut sums = vec![[0.0; 2]];
    for theta in &path[1..] {
        let [x, y] = sums[sums.len() - 1];
        sums.push([x + (theta[0] - start[0]), y + (theta[1] - start[1])]);
    }
    let mut means = vec![start];
    for t in 1..path.len() {
        let before = first(t) - 1;
        let count = (t - before) as f64;
        means.push(std::array::from_fn(|axis| {
            start[axis] + (sums[t][axis] - sums[before][axis]) / count
        }));
    }
    means
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
