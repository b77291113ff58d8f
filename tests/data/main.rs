//! The room `data` from outside.

mod tables;
