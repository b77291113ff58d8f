//! How a net with other dials is trained: as the run at hand would be.

use super::super::Edit;
use super::super::experiment::NetExperiment;
use super::super::settings::NetDial;
use super::super::training_run::edits_of;
use crate::analysis::net_trial::Trial;
use crate::data::Batches;
use crate::network::{Examples, TrainingConfig};

/// The batch sizes of a map, upwards: powers of two, and all n examples.
pub fn batch_sizes(n: usize) -> Vec<usize> {
    let powers = (0..usize::BITS).map(|power| 1 << power);
    powers.take_while(|m| *m < n).chain([n]).collect()
}

/// Where a batch size is among them: in the middle of its row, or between two.
pub(super) fn row_of(n: usize, m: usize) -> f64 {
    let sizes = batch_sizes(n);
    let below = sizes.iter().rposition(|size| *size <= m).unwrap_or(0);
    let share = match sizes.get(below + 1) {
        Some(&next) => {
            let [m, size, next] = [m, sizes[below], next].map(|m| libm::log(m as f64));
            (m - size) / (next - size)
        }
        None => 0.0,
    };
    below as f64 + 0.5 + share
}

/// How many examples a run sees up to the last tick.
pub fn seen(experiment: &NetExperiment, index: usize) -> usize {
    let Batches { n, m, .. } = experiment.batches(index);
    let updates = experiment.steps() * experiment.updates_a_tick(index);
    let [epochs, rest] = experiment.batches(index).place(updates);
    epochs * n + (rest * m).min(n)
}

/// How many updates bring a run that takes m of n examples at once as many.
fn updates(seen: usize, n: usize, m: usize) -> usize {
    let epochs = seen / n;
    epochs * n.div_ceil(m) + (seen % n).div_ceil(m)
}

/// How many updates a net gets that is the run at `index` with another batch size.
pub fn updates_of(experiment: &NetExperiment, index: usize, m: usize) -> usize {
    updates(seen(experiment, index), experiment.data.training(), m)
}

/// A run whose dials are others each time.
pub(super) struct TrialConfig {
    config: TrainingConfig,
    /// θ as it is drawn.
    drawn: Vec<f64>,
    /// The run's own scale of it, and its own batch size.
    pub scale: f64,
    pub own: usize,
    edits: Vec<Edit>,
    counts_epochs: bool,
    seen: usize,
}

impl TrialConfig {
    /// The run at `index`.
    pub fn of(experiment: &NetExperiment, index: usize) -> Self {
        Self {
            config: experiment.training_config(index),
            drawn: experiment.drawn(),
            scale: experiment.net(NetDial::Scale),
            own: experiment.batches(index).m,
            edits: edits_of(experiment, index),
            counts_epochs: experiment.counts_epochs(),
            seen: seen(experiment, index),
        }
    }

    /// What a net costs, in units of a [`Budget`](crate::math::budget::Budget).
    pub fn cost(&self, examples: &Examples) -> u64 {
        self.cost_with(examples, self.own)
    }

    /// The same with a batch size.
    pub fn cost_with(&self, examples: &Examples, m: usize) -> u64 {
        let n = examples.len();
        Trial::cost(&self.config.net, m, n, updates(self.seen, n, m))
    }

    /// A net with these dials at its start.
    pub fn begin(&mut self, alpha: f64, scale: f64, m: usize) -> Trial {
        let config = &mut self.config;
        let Batches { n, seed, .. } = config.batches;
        config.batches = Batches::new(n, m, seed);
        config.values[0] = alpha;
        let mut theta: Vec<f64> = self.drawn.iter().map(|weight| weight * scale).collect();
        for edit in self.edits.iter().filter(|edit| edit.tick == 0) {
            theta[edit.index] = edit.value;
        }
        let a_tick = if self.counts_epochs { config.batches.per_epoch() } else { 1 };
        let later = self.edits.iter().filter(|edit| edit.tick > 0);
        let edits = later.map(|edit| (edit.tick * a_tick, edit.index, edit.value)).collect();
        Trial::new(config.trainer(theta), edits, updates(self.seen, n, m))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_powers_of_two_and_all_examples() {
        assert_eq!(batch_sizes(1), [1]);
        assert_eq!(batch_sizes(16), [1, 2, 4, 8, 16]);
        assert_eq!(batch_sizes(20), [1, 2, 4, 8, 16, 20]);
        for n in [1, 2, 7, 16, 250] {
            let rows: Vec<f64> = (1..=n).map(|m| row_of(n, m)).collect();
            assert!(rows.windows(2).all(|pair| pair[0] < pair[1]), "{n}: {rows:?}");
            for (row, &m) in batch_sizes(n).iter().enumerate() {
                assert_eq!(rows[m - 1], row as f64 + 0.5);
            }
        }
    }

    #[test]
    fn as_many_examples_are_as_many_updates_as_it_takes_to_see_them() {
        for (n, m) in [(20, 3), (20, 20), (7, 1), (9, 4)] {
            let batches = Batches::new(n, m, 1);
            let mut seen = 0;
            for update in 1..60 {
                seen += batches.batch(update - 1).len();
                assert_eq!(updates(seen, n, m), update, "{n} {m}");
            }
        }
    }
}
