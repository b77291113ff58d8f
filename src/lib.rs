//! Ravine: how gradient descent, stochastic gradient descent and momentum walk down loss surfaces.

#[cfg(not(target_arch = "wasm32"))]
pub mod figure;
pub mod param;
pub mod view;
pub mod window;
