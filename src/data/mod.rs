//! Data: the examples that a risk is summed over.

pub mod table;
