//! Ravine: how gradient descent, stochastic gradient descent and momentum walk down loss surfaces.
//!
//! The rooms of the house, from the mathematics to the page; a room imports from those above it
//! only, which `tests/house/rooms.rs` sees to:
//!
//! | room | what it holds |
//! |---|---|
//! | [`math`] | formulas (text → syntax tree → tape; value, gradient, Hessian; MathML), parameters, elementary functions, random numbers, numbers as text, budgets of work |
//! | [`data`] | examples: made up, read from tables, dealt out in batches |
//! | [`optimizers`] | the update rules, one file each; how α changes; averaged iterates |
//! | [`network`] | nets: layers, activations, losses, forward, backward, training |
//! | [`objective`] | a surface, or a risk over data; the galleries, one row each |
//! | [`training`] | one rule's walk down an objective; many walks at once; minibatch SGD as a program |
//! | [`analysis`] | stability limits, the noise ball, the sentence that explains a run; planes through a net's weights |
//! | [`view`] | pictures on any plotters backend |
//! | [`labs`] | what every lab can do, and the labs: runs side by side, links, scenes, a lab as pictures and as JSON |
//! | [`export`] | an experiment as CSV, SVG, PNG, PGF, GIF, Python and notebook; nets to and from JSON files; the reference, from the declarations |
//! | `page` | wasm only: the one room that names the browser |
//! | [`site`] | native only: builds the page and serves it |
//! | [`cli`] | native only: what can be said on the command line |

#![warn(missing_docs)]

pub mod analysis;
#[cfg(not(target_arch = "wasm32"))]
pub mod cli;
pub mod data;
pub mod export;
pub mod labs;
pub mod math;
pub mod network;
pub mod objective;
pub mod optimizers;
#[cfg(target_arch = "wasm32")]
pub mod page;
#[cfg(not(target_arch = "wasm32"))]
pub mod site;
pub mod training;
pub mod view;
