//! Random numbers that are the same on every machine: PCG32 (O'Neill 2014), from a seed.

use rand_core::{Rng, SeedableRng};
use rand_pcg::Pcg32;

/// A sequence of random numbers that its seed decides.
#[derive(Clone, Debug)]
pub struct Random(Pcg32);

impl Random {
    /// The sequence of a seed.
    pub fn new(seed: u64) -> Self {
        Self(Pcg32::seed_from_u64(seed))
    }

    /// The sequence number `stream` of a seed: as good as independent of the others, and there
    /// without going through them.
    pub fn stream(seed: u64, stream: u64) -> Self {
        // The odd number nearest to 2⁶⁴ over the golden ratio spreads neighbours far apart.
        Self::new(seed ^ (stream + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// A number in [0, 1), of 53 bits.
    pub fn uniform(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Two independent N(0, 1) numbers (Box & Muller 1958).
    pub fn gaussians(&mut self) -> [f64; 2] {
        // In (0, 1], so that its logarithm is finite.
        let u = 1.0 - self.uniform();
        let v = self.uniform();
        let radius = (-2.0 * libm::log(u)).sqrt();
        let angle = 2.0 * std::f64::consts::PI * v;
        [radius * libm::cos(angle), radius * libm::sin(angle)]
    }

    /// One N(0, 1) number.
    pub fn gaussian(&mut self) -> f64 {
        self.gaussians()[0]
    }

    /// A whole number from 0 to `bound` − 1, each as likely as the others (Lemire 2019).
    /// `bound` is at least 1.
    pub fn below(&mut self, bound: u32) -> u32 {
        loop {
            let product = u64::from(self.0.next_u32()) * u64::from(bound);
            // The upper half of the product, but for the few that would favour some: those whose
            // lower half is below 2³² mod bound. That is below bound, so the division is rare.
            let low = product as u32;
            if low >= bound || low >= bound.wrapping_neg() % bound {
                return (product >> 32) as u32;
            }
        }
    }

    /// Puts the items in random order, every order as likely as the others (Fisher & Yates;
    /// Durstenfeld 1964).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last as u32 + 1) as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_noise_is_standard_normal() {
        let mut random = Random::new(7);
        let n = 200_000;
        let (mut sum, mut squares, mut product, mut beyond_two) = (0.0, 0.0, 0.0, 0);
        for _ in 0..n {
            let [a, b] = random.gaussians();
            sum += a + b;
            squares += a * a + b * b;
            product += a * b;
            beyond_two += usize::from(a.abs() > 2.0) + usize::from(b.abs() > 2.0);
        }
        let count = 2.0 * n as f64;
        assert!((sum / count).abs() < 0.01, "mean {}", sum / count);
        assert!((squares / count - 1.0).abs() < 0.01, "variance {}", squares / count);
        assert!((product / n as f64).abs() < 0.01, "covariance {}", product / n as f64);
        // P(|z| > 2) = 0.0455
        assert!((beyond_two as f64 / count - 0.0455).abs() < 0.002);
    }

    #[test]
    fn every_order_of_four_is_as_likely_as_the_others() {
        let mut counts = std::collections::BTreeMap::new();
        let rounds = 24_000;
        for round in 0..rounds {
            let mut order = [0, 1, 2, 3];
            Random::stream(5, round).shuffle(&mut order);
            *counts.entry(order).or_insert(0) += 1;
        }
        assert_eq!(counts.len(), 24);
        // 1,000 each: χ² with 23 degrees of freedom stays below 50 in 999 cases of 1,000.
        let chi: f64 = counts.values().map(|&c| f64::from(c - 1000).powi(2) / 1000.0).sum();
        assert!(chi < 50.0, "{chi}");
    }

    #[test]
    fn whole_numbers_reach_both_ends_and_no_further() {
        let mut random = Random::new(1);
        let mut seen = [0; 7];
        for _ in 0..7_000 {
            seen[random.below(7) as usize] += 1;
        }
        assert!(seen.iter().all(|&count| (850..1150).contains(&count)), "{seen:?}");
        assert_eq!(random.below(1), 0);
    }
}
