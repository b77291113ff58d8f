//! Walks down an objective: one, many at once, and one line of its program at a time.

pub mod basins;
mod batched;
mod compiled;
pub mod ensemble;
mod own_dials;
pub mod pseudocode;
pub mod run;
pub mod setup;
pub mod start_losses;
pub mod starts;
pub mod swarm;
pub mod trials;
pub mod walkers;
