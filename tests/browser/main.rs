//! The page in a real browser.

#[allow(dead_code, reason = "the benchmark uses what these tests do not")]
mod harness;

mod opening;
