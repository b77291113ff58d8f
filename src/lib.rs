//! Ravine: how gradient descent, stochastic gradient descent and momentum walk down loss surfaces.

pub mod param;
#[cfg(not(target_arch = "wasm32"))]
pub mod site;
pub mod window;
