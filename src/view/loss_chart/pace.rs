//! How far a run has come after k updates, by what is counted along the axis.
//!
//! Of n examples, a batch size of m makes K = ⌈n / m⌉ updates an epoch; the last batch has what is
//! left over. So k updates are e = ⌊k / K⌋ whole epochs and r = k mod K updates more, and they
//! have used the gradients of e·n + min(r·m, n) examples.

/// What one update counts for along the axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pace {
    /// 1.
    Updates,
    /// The share of the examples that its batch uses.
    Epochs {
        /// n, at least 1.
        examples: usize,
        /// m, from 1 to n.
        batch: usize,
    },
    /// The number of examples in its batch; a surface without data has one.
    Evaluations {
        /// n, at least 1.
        examples: usize,
        /// m, from 1 to n.
        batch: usize,
    },
    /// So much, for each step: where records of a run lie evenly.
    Every(f64),
}

impl Pace {
    /// Where along the axis a run is after so many updates.
    pub fn at(self, updates: usize) -> f64 {
        let used = |examples: usize, batch: usize| {
            let [n, m] = [examples.max(1), batch.max(1)];
            let per_epoch = n.div_ceil(m);
            let [epochs, more] = [updates / per_epoch, updates % per_epoch];
            epochs as f64 * n as f64 + (more as f64 * m as f64).min(n as f64)
        };
        match self {
            Pace::Updates => updates as f64,
            Pace::Epochs { examples, batch } => used(examples, batch) / examples.max(1) as f64,
            Pace::Evaluations { examples, batch } => used(examples, batch),
            Pace::Every(length) => updates as f64 * length,
        }
    }

    /// How many updates a run has done that is at `x`, or has just passed it. Where the division
    /// behind `x` was rounded it may be one fewer.
    pub fn updates_by(self, x: f64) -> usize {
        let done = |examples: usize, batch: usize, used: f64| {
            let [n, m] = [examples.max(1), batch.max(1)];
            let epochs = libm::floor(used / n as f64);
            let more = (used - epochs * n as f64) / m as f64;
            epochs as usize * n.div_ceil(m) + more as usize
        };
        match self {
            Pace::Updates => x as usize,
            Pace::Epochs { examples, batch } => done(examples, batch, x * examples.max(1) as f64),
            Pace::Evaluations { examples, batch } => done(examples, batch, x),
            Pace::Every(length) => (x / length) as usize,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_epoch_uses_each_example_once_whatever_the_batch() {
        for examples in 1..=30usize {
            for batch in 1..=examples {
                let per_epoch = examples.div_ceil(batch);
                let evaluations = Pace::Evaluations { examples, batch };
                let epochs = Pace::Epochs { examples, batch };
                for epoch in 0..4 {
                    assert_eq!(evaluations.at(epoch * per_epoch), (epoch * examples) as f64);
                    assert_eq!(epochs.at(epoch * per_epoch), epoch as f64);
                }
            }
        }
    }

    #[test]
    fn the_last_batch_of_an_epoch_counts_what_it_has() {
        let pace = Pace::Evaluations { examples: 10, batch: 4 };
        let used: Vec<f64> = (0..=7).map(|updates| pace.at(updates)).collect();
        assert_eq!(used, [0.0, 4.0, 8.0, 10.0, 14.0, 18.0, 20.0, 24.0]);
        assert_eq!(Pace::Epochs { examples: 10, batch: 4 }.at(5), 1.8);
    }

    #[test]
    fn a_surface_without_data_takes_one_gradient_an_update() {
        let pace = Pace::Evaluations { examples: 1, batch: 1 };
        assert!((0..50).all(|updates| pace.at(updates) == Pace::Updates.at(updates)));
    }

    #[test]
    fn the_updates_done_are_found_again() {
        for examples in [1, 2, 7, 100] {
            for batch in [1, 2, 3, 40, 100] {
                for updates in 0..300 {
                    let used = Pace::Evaluations { examples, batch };
                    let between = 0.5 * (used.at(updates) + used.at(updates + 1));
                    assert_eq!(used.updates_by(used.at(updates)), updates);
                    assert_eq!(used.updates_by(between), updates, "{examples} {batch}");
                    let epochs = Pace::Epochs { examples, batch };
                    let found = epochs.updates_by(epochs.at(updates));
                    assert!(found == updates || found + 1 == updates);
                }
            }
        }
    }
}
