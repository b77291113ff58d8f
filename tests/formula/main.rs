//! Laws of the formula language: exact derivatives, honest faults, safe markup.

mod derivatives;
mod faults;
mod markup;
mod sums;
mod tree;
