//! A map of nets on its way: one net after the other, each from its start.

use super::trial_config::TrialConfig;
use crate::analysis::net_trial::{End, Trial};
use crate::math::budget::Budget;
use crate::math::cells::{Cells, Refining, Stretch};
use crate::network::Examples;

/// Grids of nets, each finer than the one before.
pub(super) struct Mapping {
    refining: Refining<End>,
    maker: Maker,
    training: Option<Trial>,
}

/// How the nets of a map are begun.
struct Maker {
    config: TrialConfig,
    /// The batch size of each row; `None` where a row is a scale of the initial weights.
    sizes: Option<Vec<usize>>,
}

impl Mapping {
    pub fn new(refining: Refining<End>, config: TrialConfig, sizes: Option<Vec<usize>>) -> Self {
        Self { refining, maker: Maker { config, sizes }, training: None }
    }

    /// How much of it is done, from 0 to 1.
    pub fn progress(&self) -> f64 {
        self.refining.progress()
    }

    /// Goes on as far as the budget lets it. Returns the next grid when all of its cells are known,
    /// and with it whether that was the last.
    pub fn advance(
        &mut self,
        examples: &Examples,
        budget: &mut Budget,
    ) -> Option<(Cells<End>, bool)> {
        let Self { refining, maker, training } = self;
        refining.advance(1, &mut |places| maker.end_at(places[0], training, examples, budget))
    }

    /// Goes on with the last grid for somebody who does the rest, see [`Refining::help`].
    pub fn help(&mut self, examples: &Examples, budget: &mut Budget) -> Stretch<End> {
        let Self { refining, maker, training } = self;
        refining.help(1, &mut |places| maker.end_at(places[0], training, examples, budget))
    }

    /// Takes what somebody who helps has found.
    pub fn take(&mut self, stretch: Stretch<End>) {
        self.refining.take(stretch);
    }
}

impl Maker {
    /// What becomes of the net at a place of the map, as soon as the budget has let it be trained.
    fn end_at(
        &mut self,
        [x, y]: [f64; 2],
        training: &mut Option<Trial>,
        examples: &Examples,
        budget: &mut Budget,
    ) -> Option<Vec<End>> {
        let Self { config, sizes } = self;
        let begin = || {
            let alpha = libm::exp10(x);
            match sizes {
                Some(sizes) => config.begin(alpha, config.scale, sizes[y as usize]),
                None => config.begin(alpha, libm::exp10(y), config.own),
            }
        };
        let end = training.get_or_insert_with(begin).advance(examples, budget)?;
        *training = None;
        Some(vec![end])
    }
}
