//! Ravine: how gradient descent, stochastic gradient descent and momentum walk down loss surfaces.

#![warn(missing_docs)]

pub mod analysis;
pub mod optimizers;
pub mod param;
pub mod run;
pub mod window;
