//! A compiler from tape to WebAssembly: a formula that is asked for much becomes a small module that
//! computes it and its derivatives at many points, over a grid, along a path together with the update
//! rule, and summed over examples.
//!
//! ```text
//! tape  --runs on symbols-->  graph  --planned-->  kernel  --emitted-->  module  --linked-->  program
//! ```
//!
//! The derivatives are the tape's: it runs on symbols as it runs on numbers, by the rules of
//! `number.rs` and `jet.rs`, so that every number has the tape's bits. What is the same is computed
//! once, also among derivatives, and what no output needs is not computed.
//!
//! | file | what it holds |
//! |---|---|
//! | `graph` | operations, each once; what can be folded without touching a bit |
//! | `symbol` | numbers that write down what is done with them |
//! | `core` | what modules ask of the core: elementary functions of many numbers at once |
//! | `shapes` | what is compiled of a tape: over which inputs, to which outputs |
//! | `kernel` | a loop whose body is a graph: when each node of it is computed |
//! | `emit`, `body` | a kernel as a wasm function: its loop, its nodes |
//! | `module` | kernels as a module |
//! | `program` | modules linked by whoever can, such as a browser, and called |
//! | `tiers` | when a tape is compiled, and what it then leaves to its programs |
//!
//! Nobody has to know of it: [`Tape::grid`](super::Tape::grid) and the like use what is compiled. Where
//! nobody links modules, as natively, or the page's policy refuses them, the tape answers by itself.

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
pub(crate) use shapes::Walk;
pub(crate) use symbol::Symbol;
pub(super) use tiers::Tiers;
