//! Ravine: how gradient descent, stochastic gradient descent and momentum walk down loss surfaces.

#![warn(missing_docs)]

pub mod formula;
pub mod param;
pub mod window;
