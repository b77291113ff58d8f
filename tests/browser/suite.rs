//! The page in a real browser.

#[allow(dead_code, reason = "the tests and the benchmark use different parts of it")]
mod harness;

mod address;
mod basins;
mod code;
mod compiled;
mod data;
mod divergence;
mod embed;
mod everybody;
mod formula;
mod hill;
mod hostile;
mod keyboard;
mod layout;
mod lessons;
mod maps;
mod minibatches;
mod nets;
mod network;
mod noise;
mod offline;
mod opening;
mod parity;
mod plot;
mod present;
mod projector;
mod questions;
mod recovery;
mod reference;
mod runs;
mod share;
mod single;
mod swarm;
mod table;
mod transport;
#[path = "../math/formula/tree.rs"]
#[allow(dead_code, reason = "the formulas are wanted, and not the tree's own derivatives")]
mod tree;
mod trials;
mod writing;
