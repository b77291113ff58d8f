//! A compiler from tape to WebAssembly: a typed formula becomes a small module that computes it, its
//! gradient and its Hessian at many points, over a grid, along a path and summed over examples.
//!
//! ```text
//! tape  --runs on symbols-->  graph  --planned-->  kernel  --emitted-->  module
//! ```
//!
//! The derivatives are the tape's: it runs on symbols as it runs on numbers, by the rules of
//! `jet.rs`, so that every number has the tape's bits. What is the same is computed once, also among
//! derivatives, and what no output needs is not computed.
//!
//! | file | what it holds |
//! |---|---|
//! | `graph` | operations, each once; what can be folded without touching a bit |
//! | `symbol` | numbers that write down what is done with them |
//! | `core` | what modules ask of the core: elementary functions of many numbers |
//! | `kernel` | a loop whose body is a graph: inputs, outputs, stages |
//! | `emit`, `body` | a kernel as a wasm function: its loop, its nodes |
//! | `module` | kernels as a module |
//!
//! A module is bounded by its formula: of some operations each of a tape, for each kernel.

mod body;
mod core;
mod emit;
mod graph;
mod kernel;
mod module;
mod program;
mod shapes;
mod symbol;
mod tiers;

pub use self::core::call;
pub use module::Emission;
pub use program::{Entry, Linker, set_linker};
pub use shapes::Points;
pub(crate) use shapes::Walk;
pub(crate) use symbol::Symbol;
pub(super) use tiers::Tiers;
