//! An experiment taken along: as numbers, as pictures and as code; and the reference of all that can be
//! said.

#[cfg(not(target_arch = "wasm32"))]
pub mod code;
#[cfg(not(target_arch = "wasm32"))]
pub mod figure;
#[cfg(not(target_arch = "wasm32"))]
pub mod net_figure;
#[cfg(not(target_arch = "wasm32"))]
pub mod net_file;
#[cfg(not(target_arch = "wasm32"))]
pub mod net_trace;
#[cfg(not(target_arch = "wasm32"))]
pub mod printed;
#[cfg(not(target_arch = "wasm32"))]
pub mod reference;
#[cfg(not(target_arch = "wasm32"))]
pub mod tables;
pub mod trace;
