//! Nets: their laws, and how they train.

mod grid;
mod laws;
mod nets;
mod planes;
mod training;
