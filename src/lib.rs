//! Ravine: how gradient descent, stochastic gradient descent and momentum walk down loss surfaces.
//!
//! The map of the crate, from the mathematics to the page; imports point down this list only:
//!
//! | module | what it holds |
//! |---|---|
//! | [`param`], [`window`], [`random`], `decimal`, `elementary` | parameters declared once; the part of the plane in view; random numbers; numbers as text; exp, tanh and log for loops |
//! | [`formula`] | text → syntax tree → tape; value, gradient and Hessian; sums over examples; MathML |
//! | [`surfaces`], [`problems`] | the galleries: one row a surface, one row a per-example loss over data |
//! | [`data`] | examples: made up, read from tables, dealt out in batches |
//! | [`optimizers`], [`schedule`], [`average`] | the update rules, one file each; how α changes; averaged iterates |
//! | [`network`] | nets: layers, activations, losses, forward, backward, training |
//! | [`objective`], [`run`], [`swarm`] | a surface, or a risk over data; one rule's walk down it; many walks at once |
//! | [`experiment`], [`link`], [`presets`] | runs side by side; an experiment as text; those worth opening |
//! | [`analysis`] | stability limits, the noise ball, the sentence that explains a run; planes through a net's weights |
//! | [`prediction`], [`pseudocode`] | the curve that belongs to a loss; minibatch SGD as a program |
//! | [`view`] | pictures on any plotters backend |
//! | [`clock`], [`lab`] | the experiment as it stands on the page |
//! | [`net_lab`] | nets trained side by side: what can be set, links, training, the way back |
//! | [`scene`], [`model`] | a lab as pictures, and as JSON |
//! | [`labs`] | what every lab can do; which of them is open, and what they are drawn on |
//! | [`trace`], [`net_trace`], [`figure`], [`net_figure`] | an experiment as CSV, as SVG and as PNG |
//! | [`tables`] | native only: data, batches and the noise ball as CSV |
//! | [`net_file`] | native only: trains the net that a JSON file describes |
//! | [`site`] | native only: builds the page and serves it |
//! | `page` | wasm only: the one module that names the browser |

#![warn(missing_docs)]

pub mod analysis;
pub mod average;
pub mod budget;
pub mod clock;
pub mod data;
mod decimal;

mod elementary;
pub mod experiment;
#[cfg(not(target_arch = "wasm32"))]
pub mod figure;
pub mod formula;
pub mod lab;
pub mod labs;
pub mod link;
pub mod model;
#[cfg(not(target_arch = "wasm32"))]
pub mod net_figure;
#[cfg(not(target_arch = "wasm32"))]
pub mod net_file;
pub mod net_lab;
#[cfg(not(target_arch = "wasm32"))]
pub mod net_trace;
pub mod network;
pub mod objective;
pub mod optimizers;
#[cfg(target_arch = "wasm32")]
pub mod page;
pub mod param;
pub mod prediction;
pub mod presets;
pub mod problems;
pub mod pseudocode;
pub mod random;
pub mod run;
pub mod scene;
pub mod schedule;
#[cfg(not(target_arch = "wasm32"))]
pub mod site;
pub mod surfaces;
pub mod swarm;
#[cfg(not(target_arch = "wasm32"))]
pub mod tables;
pub mod trace;
pub mod view;
pub mod window;
