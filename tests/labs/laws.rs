//! Laws that hold for whatever is done with Ravine, each over generated cases: 10,000 or so with
//! every `cargo test`, and as many as `RAVINE_CASES` says:
//!
//! ```text
//! RAVINE_CASES=1000000 cargo test --release --test labs laws
//! ```
//!
//! The same number of cases is the same cases.

pub mod dice;
mod drawing;
mod found;
pub mod link_is_page;
mod slices;
