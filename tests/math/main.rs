//! The room `math` from outside.

mod formula;
