//! The page in a real browser.

#[allow(dead_code, reason = "the tests and the benchmark use different parts of it")]
mod harness;

mod opening;
