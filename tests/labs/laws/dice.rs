//! Seeded random choices, and how many cases a law is tried on.

use std::env;
use std::ops::Range;

use ravine::math::param::{Param, Scale};

/// How many cases to try: what `RAVINE_CASES` says, or else this many.
pub fn cases(usually: usize) -> usize {
    let Ok(text) = env::var("RAVINE_CASES") else { return usually };
    text.parse().unwrap_or_else(|_| panic!("RAVINE_CASES is a whole number, and not {text}"))
}

/// A sequence of random numbers: Steele, Lea and Flood's SplitMix64.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// The sequence of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A whole number from 0 to n − 1.
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    /// Whether one of n equally likely things happens.
    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    /// A number of a range.
    pub fn within(&mut self, range: Range<f64>) -> f64 {
        let unit = (self.next() >> 11) as f64 / (1_u64 << 53) as f64;
        range.start + unit * (range.end - range.start)
    }

    /// One of these.
    pub fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    /// A value that a parameter can have, as a link writes it: often its default or an end.
    pub fn value(&mut self, param: &Param) -> String {
        let [low, high] = param.range;
        let value = match (param.scale, self.below(6)) {
            (Scale::Choice(choices), _) => self.below(choices.len()) as f64,
            (Scale::Switch, _) => self.below(2) as f64,
            (_, 0) => param.default,
            (_, 1) => self.of(&param.range),
            (Scale::Integer | Scale::LogInteger, _) => self.within(low..high).round(),
            // Few digits, as from a slider, and small ones oftener than large ones.
            _ => {
                let part = self.within(0.0..1.0).powi(3);
                ((low + part * (high - low)) * 1e4).round() / 1e4
            }
        };
        param.write(value.clamp(low, high))
    }
}
