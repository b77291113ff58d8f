//! Laws of the formula language: exact derivatives, honest faults, safe markup.

mod compiled;
mod derivatives;
mod far;
mod faults;
mod machine;
mod markup;
mod spellings;
mod sums;
mod tree;
