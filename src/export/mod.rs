//! An experiment taken along: as numbers, as pictures and as code; and the reference of all that can be
//! said.
//!
//! The page takes experiments along by its tools: they have what is not native here alone.

#[cfg(any(not(target_arch = "wasm32"), feature = "tools"))]
pub mod code;
#[cfg(any(not(target_arch = "wasm32"), feature = "tools"))]
pub mod figure;
#[cfg(not(target_arch = "wasm32"))]
pub mod net_figure;
#[cfg(any(not(target_arch = "wasm32"), feature = "tools"))]
pub mod net_file;
#[cfg(any(not(target_arch = "wasm32"), feature = "tools"))]
pub mod net_trace;
#[cfg(any(not(target_arch = "wasm32"), feature = "tools"))]
pub mod printed;
#[cfg(any(not(target_arch = "wasm32"), feature = "tools"))]
pub mod qr;
#[cfg(not(target_arch = "wasm32"))]
pub mod reference;
#[cfg(any(not(target_arch = "wasm32"), feature = "tools"))]
pub mod stage;
#[cfg(any(not(target_arch = "wasm32"), feature = "tools"))]
pub mod tables;
#[cfg(any(not(target_arch = "wasm32"), feature = "tools"))]
pub mod text;
pub mod trace;
