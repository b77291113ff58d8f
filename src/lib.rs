//! Ravine: how gradient descent, stochastic gradient descent and momentum walk down loss surfaces.

pub mod param;
pub mod window;
