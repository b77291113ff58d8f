//! What everything else is computed with, and knows nothing of optimization.

pub mod budget;
pub mod cells;
pub(crate) mod decimal;
pub(crate) mod elementary;
pub mod formula;
pub mod number;
pub mod param;
pub mod random;
pub mod real;
pub mod symmetric;
pub mod window;
