//! Data: the examples that a risk is the mean over, where they come from, and how they are dealt
//! out to updates.

pub mod batches;
pub mod classes;
pub mod generate;
pub mod table;

pub use batches::{Batches, Dealer};
pub use generate::{DATA, DataParam, Generator};
pub use table::MOST_ROWS as MOST_EXAMPLES;

/// The examples [x, y] with x brought to mean 0 and standard deviation 1, and what it was:
/// [mean, deviation]. Where all x are one, they are only moved.
pub fn standardised(examples: &[[f64; 2]]) -> (Vec<[f64; 2]>, [f64; 2]) {
    let [mean, deviation] = moments(examples.iter().map(|example| example[0]));
    let unit = if deviation > 0.0 { deviation } else { 1.0 };
    (examples.iter().map(|&[x, y]| [(x - mean) / unit, y]).collect(), [mean, unit])
}

/// The mean of some numbers and their standard deviation (that of all of them: divided by n).
pub fn moments(numbers: impl Iterator<Item = f64> + Clone) -> [f64; 2] {
    let count = numbers.clone().count().max(1) as f64;
    let mean = numbers.clone().sum::<f64>() / count;
    let variance = numbers.map(|x| (x - mean) * (x - mean)).sum::<f64>() / count;
    [mean, variance.sqrt()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standardised_features_have_mean_0_and_deviation_1() {
        let examples: Vec<[f64; 2]> =
            (0..50).map(|i| [70.0 + f64::from(i * i), f64::from(i)]).collect();
        let (scaled, [mean, deviation]) = standardised(&examples);
        let [m, d] = moments(scaled.iter().map(|e| e[0]));
        assert!(m.abs() < 1e-14 && (d - 1.0).abs() < 1e-14);
        for (raw, scaled) in examples.iter().zip(&scaled) {
            assert!((raw[0] - (mean + deviation * scaled[0])).abs() < 1e-9);
            assert_eq!(raw[1], scaled[1]);
        }
        assert_eq!(standardised(&[[5.0, 1.0]; 3]).0, [[0.0, 1.0]; 3]);
    }
}
