//! The page in a real browser.

#[allow(dead_code, reason = "the tests and the benchmark use different parts of it")]
mod harness;

mod address;
mod divergence;
mod formula;
mod hostile;
mod keyboard;
mod layout;
mod opening;
mod parity;
mod plot;
mod recovery;
mod runs;
mod transport;
