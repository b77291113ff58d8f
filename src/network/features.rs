//! Features: what of a point [x₁, x₂] a net is given as its inputs.

/// One number made of a point.
#[derive(Clone, Copy, Debug)]
pub struct Feature {
    /// Its name in a link.
    pub key: &'static str,
    /// How formulas write it.
    pub symbol: &'static str,
    /// The number.
    pub of: fn([f64; 2]) -> f64,
}

/// Every feature, as in TensorFlow Playground.
pub static FEATURES: [Feature; 7] = [
    Feature { key: "x1", symbol: "x₁", of: |[x, _]| x },
    Feature { key: "x2", symbol: "x₂", of: |[_, x]| x },
    Feature { key: "x1x1", symbol: "x₁²", of: |[x, _]| x * x },
    Feature { key: "x2x2", symbol: "x₂²", of: |[_, x]| x * x },
    Feature { key: "x1x2", symbol: "x₁x₂", of: |[x1, x2]| x1 * x2 },
    Feature { key: "sin1", symbol: "sin x₁", of: |[x, _]| libm::sin(x) },
    Feature { key: "sin2", symbol: "sin x₂", of: |[_, x]| libm::sin(x) },
];

/// A set of features, at least one, in the order of [`FEATURES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Features(u8);

impl Features {
    /// x₁ and x₂.
    pub const PLAIN: Features = Features(0b11);

    /// The features of these keys, with commas between them.
    ///
    /// # Errors
    /// A sentence that starts after the key, such as "must be some of x1, x2, and “z” is none of these".
    pub fn read(text: &str) -> Result<Self, String> {
        let mut set = 0;
        for key in text.split(',').map(str::trim) {
            let Some(index) = FEATURES.iter().position(|feature| feature.key == key) else {
                let keys: Vec<_> = FEATURES.iter().map(|feature| feature.key).collect();
                let key = crate::math::param::quoted(key);
                return Err(format!(
                    "must be some of {}, and {key} is none of these",
                    keys.join(", ")
                ));
            };
            set |= 1 << index;
        }
        Ok(Self(set))
    }

    /// Their keys with commas between them; [`Features::read`] takes it back.
    pub fn write(self) -> String {
        self.iter().map(|feature| feature.key).collect::<Vec<_>>().join(",")
    }

    /// With one more feature, or without it. The last one stays.
    pub fn toggled(self, index: usize) -> Self {
        match self.0 ^ (1 << index) {
            0 => self,
            set => Self(set),
        }
    }

    /// Whether the feature of this index in [`FEATURES`] is one of them.
    pub fn contains(self, index: usize) -> bool {
        self.0 >> index & 1 == 1
    }

    /// How many they are: the inputs of the net.
    pub fn count(self) -> usize {
        self.0.count_ones() as usize
    }

    /// The features, in their order.
    pub fn iter(self) -> impl Iterator<Item = &'static Feature> {
        FEATURES.iter().enumerate().filter(move |(i, _)| self.contains(*i)).map(|(_, f)| f)
    }

    /// A column for each feature, with a number for each point.
    pub fn columns(self, points: &[[f64; 2]]) -> Vec<Vec<f64>> {
        self.iter()
            .map(|feature| points.iter().map(|&point| (feature.of)(point)).collect())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_of_features_reads_back_as_it_is_written() {
        for set in 1..128 {
            let features = Features(set);
            assert_eq!(Features::read(&features.write()), Ok(features));
            assert_eq!(features.columns(&[[1.0, 2.0]]).len(), features.count());
        }
        let all = Features(127).columns(&[[2.0, -3.0]]).concat();
        assert_eq!(all[..5], [2.0, -3.0, 4.0, 9.0, -6.0]);
        assert_eq!(all[5..], [libm::sin(2.0), libm::sin(-3.0)]);
    }

    #[test]
    fn a_net_keeps_its_last_feature() {
        let one = Features::PLAIN.toggled(0);
        assert_eq!(one.write(), "x2");
        assert_eq!(one.toggled(1), one);
        assert_eq!(one.toggled(6).write(), "x2,sin2");
        let error = Features::read("x1,z").unwrap_err();
        assert!(
            error.starts_with("must be some of x1, x2,") && error.ends_with("“z” is none of these")
        );
        assert!(Features::read("").is_err());
    }
}
