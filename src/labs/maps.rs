//! Maps: what very many runs lead to. A lab computes them a little in every frame, or leaves them to a
//! worker: a lab of the same experiment, beside the page's thread, that does nothing else.
//!
//! The lab on the page says by [`Maps::job`] that there is something to be mapped; the one in the worker
//! opens the same link, with pictures of the same sizes, and goes on by [`Maps::map`]; what it finds, and
//! what it knows from before, comes back in [`Part`]s, which [`Maps::take`] takes. Each carries everything that it was made from, so that
//! the page can tell what it is of, whatever has changed meanwhile.
//!
//! A second worker may help the first: by [`Maps::help`] it goes on with the finest grid of a map, or with
//! what else comes last, from behind, and the first, which does all the rest, takes what it has found by [`Maps::take_help`].

use serde::{Deserialize, Serialize};

use crate::analysis::alpha_beta::AlphaBeta;
use crate::analysis::alpha_sweep::{Outcome, Outcomes};
use crate::analysis::net_trial::End;
use crate::math::budget::Budget;
use crate::math::cells::Cells;
use crate::math::cells::Stretch;
use crate::training::basins::{Basins, Fate};
use crate::training::start_losses::{StartLosses, Tail};

/// Whether this build of the crate computes maps. The page's core does not: it leaves them to another one,
/// which is loaded when there is something to be mapped.
pub(super) const HAS_MAPS: bool = cfg!(feature = "tools");

/// What has become known, and how much of all that is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// What is new.
    pub parts: Vec<Part>,
    /// How much of the work is done, from 0 to 1.
    pub progress: f64,
    /// Whether all of it is.
    pub is_done: bool,
}

/// A part of what there is to be known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// Everything that the map depends on, as bits.
    pub inputs: Vec<u64>,
    /// What is known of it.
    pub map: Map,
}

/// A map, as far as it is known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Map {
    /// With which loss a run ends at each α.
    Sweep {
        /// Its place among the runs.
        run: usize,
        /// What is known.
        known: Outcomes,
    },
    /// How fast a run comes down at each α and β.
    Momentum {
        /// The last grid that is known.
        map: AlphaBeta,
        /// Whether it is the finest.
        is_last: bool,
    },
    /// With which losses runs end from very many starts.
    Starts {
        /// Of each run by its place, from equally many starts.
        losses: Vec<(usize, StartLosses)>,
        /// Whether it is of as many as it will be.
        is_last: bool,
    },
    /// What becomes of a net at each place of two of its dials.
    Nets {
        /// The part of the plane and the size of the chart, as bits.
        grids: Vec<u64>,
        /// The last grid that is known.
        cells: Cells<End>,
        /// Whether it is the finest.
        is_last: bool,
    },
    /// Where a run leads from each start.
    Basins {
        /// The last grid that is known.
        basins: Basins,
        /// Whether it is the finest.
        is_last: bool,
    },
}

/// What one who helps has found of a map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Help {
    /// Everything that the map depends on, as bits.
    pub inputs: Vec<u64>,
    /// Some of what comes last in it.
    pub found: Helped,
}

impl Help {
    /// Whether nothing has been found.
    pub fn is_empty(&self) -> bool {
        match &self.found {
            Helped::Momentum(stretch) => stretch.is_empty(),
            Helped::Nets(stretch) => stretch.is_empty(),
            Helped::Basins(stretch) => stretch.is_empty(),
            Helped::Sweep(found) => found.is_empty(),
            Helped::Starts(tail) => tail.is_empty(),
        }
    }
}

/// Cells of a map, or what comes last in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Helped {
    /// Of [`Map::Momentum`].
    Momentum(Stretch<f64>),
    /// Of [`Map::Nets`].
    Nets(Stretch<End>),
    /// Of [`Map::Basins`].
    Basins(Stretch<Fate>),
    /// Of [`Map::Sweep`]: places, and with what the run ends there.
    Sweep(Vec<(usize, Outcome)>),
    /// Of [`Map::Starts`].
    Starts(Tail),
}

/// The maps of a lab. One that has none leaves all as it is here.
pub trait Maps {
    /// A number for the maps that are still to be computed; `None` where there are none.
    fn job(&self) -> Option<u64> {
        None
    }

    /// From now on somebody else computes them, or does not.
    fn leave_maps(&mut self, _is_left: bool) {}

    /// Goes on with the maps, and with what they need, as far as the budget lets it.
    fn map(&mut self, _budget: &mut Budget) -> Found {
        Found { progress: 1.0, is_done: true, ..Found::default() }
    }

    /// Goes on with what somebody else computes at the same time, as far as the budget lets it: what it has
    /// found, and whether there is nothing left to help with.
    fn help(&mut self, _budget: &mut Budget) -> (Option<Help>, bool) {
        (None, true)
    }

    /// Takes what somebody who helps has found.
    fn take_help(&mut self, _help: Help) {}

    /// All that is known of them, new or not.
    fn known_maps(&self) -> Vec<Part> {
        Vec::new()
    }

    /// Takes what somebody else has found.
    fn take(&mut self, _found: Found) {}
}
