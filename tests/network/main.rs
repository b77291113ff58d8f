//! Nets: their laws, and how they train.

mod laws;
mod nets;
mod planes;
mod training;
