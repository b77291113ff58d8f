//! Laws of the formula language: exact derivatives, honest faults, safe markup.

mod derivatives;
mod far;
mod faults;
mod markup;
mod spellings;
mod sums;
mod tree;
