//! Minibatches: which examples each update uses.
//!
//! ```text
//! for each epoch
//!     shuffle the examples
//!     partition them into J_1 … J_K, m in each and in the last what is left: K = ⌈n/m⌉
//!     for k = 1 … K
//!         one update with J_k
//! ```
//!
//! So every epoch uses each example once. With m = n there is one batch, all examples in their
//! own order: then an update is one of gradient descent, to the last bit.

use std::ops::Range;

use crate::math::random::Random;

/// How n examples are dealt out to updates. The seed alone decides the order; any epoch can be
/// asked for without the ones before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Batches {
    /// The number n of examples, at least 1.
    pub n: usize,
    /// The batch size m, from 1 to n.
    pub m: usize,
    /// Where the shuffling begins.
    pub seed: u64,
}

impl Batches {
    /// The batches of `m` out of `n` examples; m is brought into 1 … n.
    pub fn new(n: usize, m: usize, seed: u64) -> Self {
        let n = n.max(1);
        Self { n, m: m.clamp(1, n), seed }
    }

    /// Whether each batch is all examples.
    pub fn is_full(&self) -> bool {
        self.m == self.n
    }

    /// K, the number of updates in an epoch.
    pub fn per_epoch(&self) -> usize {
        self.n.div_ceil(self.m)
    }

    /// In which epoch an update (counted from 0) is, and which batch of it the update uses, both
    /// counted from 0.
    pub fn place(&self, update: usize) -> [usize; 2] {
        [update / self.per_epoch(), update % self.per_epoch()]
    }

    /// The order of the examples in an epoch (counted from 0): a permutation of 0 … n − 1.
    pub fn order(&self, epoch: usize) -> Vec<u32> {
        let mut order: Vec<u32> = (0..self.n as u32).collect();
        if !self.is_full() {
            Random::stream(self.seed, epoch as u64).shuffle(&mut order);
        }
        order
    }

    /// Which part of an epoch's order batch k (counted from 0) is. The last batch may be short.
    pub fn part(&self, k: usize) -> Range<usize> {
        let from = (k * self.m).min(self.n);
        from..(from + self.m).min(self.n)
    }

    /// The examples that an update (counted from 0) uses.
    pub fn batch(&self, update: usize) -> Vec<u32> {
        let [epoch, k] = self.place(update);
        self.order(epoch)[self.part(k)].to_vec()
    }
}

/// Batches dealt out to one update after the other: the epoch in hand is shuffled once.
#[derive(Clone, Debug)]
pub struct Dealer {
    batches: Batches,
    epoch: Option<usize>,
    order: Vec<u32>,
}

impl Dealer {
    /// One who has dealt nothing yet.
    pub fn new(batches: Batches) -> Self {
        Self { batches, epoch: None, order: Vec::new() }
    }

    /// How the examples are dealt out.
    pub fn batches(&self) -> Batches {
        self.batches
    }

    /// The examples that an update (counted from 0) uses: [`Batches::batch`].
    pub fn deal(&mut self, update: usize) -> &[u32] {
        let [epoch, k] = self.batches.place(update);
        self.shuffle_for(epoch);
        &self.order[self.batches.part(k)]
    }

    /// The order of an epoch (counted from 0), if that is not the one in hand already.
    pub fn shuffle_for(&mut self, epoch: usize) -> Option<&[u32]> {
        if self.epoch == Some(epoch) {
            return None;
        }
        (self.epoch, self.order) = (Some(epoch), self.batches.order(epoch));
        Some(&self.order)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_epoch_uses_each_example_once() {
        for n in 1..=60 {
            for m in 1..=n {
                let batches = Batches::new(n, m, 3);
                let updates = batches.per_epoch();
                assert_eq!(updates, n.div_ceil(m));
                for epoch in 0..3 {
                    let mut used: Vec<u32> = Vec::new();
                    for k in 0..updates {
                        let batch = batches.batch(epoch * updates + k);
                        let short = if n % m == 0 { m } else { n % m };
                        assert_eq!(batch.len(), if k + 1 == updates { short } else { m });
                        used.extend(batch);
                    }
                    used.sort_unstable();
                    assert!(used.into_iter().eq(0..n as u32), "n = {n}, m = {m}, epoch {epoch}");
                }
            }
        }
    }

    #[test]
    fn what_is_dealt_is_the_batch_of_the_update_in_whatever_order_updates_are_asked_for() {
        for (n, m) in [(1, 1), (7, 3), (40, 8), (9, 9)] {
            let batches = Batches::new(n, m, 3);
            let mut dealer = Dealer::new(batches);
            for update in (0..30).chain([2, 25, 0, 0]) {
                assert_eq!(dealer.deal(update), batches.batch(update), "{n} {m} {update}");
            }
        }
    }

    #[test]
    fn the_order_follows_the_seed_and_the_epoch_alone() {
        let [a, b] = [1, 7].map(|m| Batches::new(40, m, 5));
        assert_eq!(a.order(3), b.order(3));
        assert_eq!(a.order(3), a.order(3));
        assert_ne!(a.order(3), a.order(4));
        assert_ne!(a.order(3), Batches::new(40, 1, 6).order(3));
    }

    #[test]
    fn a_batch_of_all_is_not_shuffled() {
        assert!(Batches::new(9, 9, 1).batch(4).into_iter().eq(0..9));
    }
}
