//! Nets: their laws, and that they train as PyTorch's do.

mod golden;
mod laws;
mod nets;
mod training;
