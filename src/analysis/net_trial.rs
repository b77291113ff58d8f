//! A net that is trained with other dials than the one on the page, without being watched: with which
//! loss it ends, or with which update it diverges.

use serde::{Deserialize, Serialize};

use crate::math::budget::Budget;
use crate::network::{Architecture, Examples, Trainer};

/// What becomes of a net in training.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct End {
    /// The mean loss over the training examples before the first update.
    pub start: f64,
    /// The same after the last; infinite where it diverged.
    pub loss: f64,
    /// The update that led to where a number is not finite.
    pub diverged: Option<usize>,
}

/// A weight that is set by hand: after so many updates, its place in θ, and to what.
pub type Edit = (usize, usize, f64);

/// A net on its way through so many updates.
pub struct Trial {
    trainer: Trainer,
    /// By their updates.
    edits: Vec<Edit>,
    /// How many updates it has had, and how many it gets.
    update: usize,
    updates: usize,
    start: Option<f64>,
}

impl Trial {
    /// A net at its start, with the weights that are set by hand on its way.
    pub fn new(trainer: Trainer, edits: Vec<Edit>, updates: usize) -> Self {
        Self { trainer, edits, update: 0, updates, start: None }
    }

    /// What all of it costs, in units of a [`Budget`].
    /// For a net of a shape that takes m of n examples at once.
    pub fn cost(net: &Architecture, m: usize, n: usize, updates: usize) -> u64 {
        (3 * net.cost(m)).saturating_mul(updates as u64) + 2 * net.cost(n)
    }

    /// Trains on as far as the budget lets it; what became of it, when that is known.
    pub fn advance(&mut self, examples: &Examples, budget: &mut Budget) -> Option<End> {
        let Self { trainer, edits, update, updates, start } = self;
        let all = trainer.cost(examples.len());
        let start = match *start {
            Some(start) => start,
            None if budget.piece(all) => *start.insert(trainer.risk(examples).loss),
            None => return None,
        };
        let ends = |loss, diverged| Some(End { start, loss, diverged });
        let each = 3 * trainer.cost(trainer.batches().m);
        while *update < *updates {
            let granted = budget.pieces(*updates - *update, each);
            if granted == 0 {
                return None;
            }
            for _ in 0..granted {
                if let Err(at) = trainer.step(examples) {
                    return ends(f64::INFINITY, Some(at.update + 1));
                }
                *update += 1;
                let now = edits.iter().filter(|(at, ..)| at == update);
                now.for_each(|&(_, index, value)| trainer.set_weight(index, value));
            }
        }
        if !budget.piece(all) {
            return None;
        }
        let loss = trainer.risk(examples).loss;
        if loss.is_finite() { ends(loss, None) } else { ends(f64::INFINITY, Some(*updates)) }
    }
}
