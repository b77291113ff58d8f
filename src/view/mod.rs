//! What is drawn: fields, isolines, axes, paths and loss curves, over any plotters backend.
//!
//! A plot is a stack of layers, each one function of this module, each drawn again only when what
//! it shows has changed:
//!
//! | layer | function | depends on |
//! |---|---|---|
//! | field | [`paint::paint`], RGBA | surface, window, palette, theme |
//! | isolines and axes | [`isolines::draw`], [`axes::draw`] | the same |
//! | paths | [`paths::draw`], [`cloud::draw_walks`], appended step by step | runs, window, theme |
//! | a swarm | [`swarm::paint`], RGBA | the step shown, window, theme |
//! | averaged iterates | [`average::draw`], over all paths | the same |
//! | heads and hover | [`marks`], [`fan`], [`cloud`], [`slopes`], [`memory`] | the step shown, the pointer |
//! | examples and models | [`scatter`] | data, window, theme; the step shown |
//! | decision regions | [`regions::paint`], RGBA | net, window, theme |
//! | examples with classes | [`labelled`] | data, window, theme; the step shown |
//! | loss curves | [`loss_chart::draw_base`], [`loss_chart::draw_ahead`], [`loss_chart::draw_curve`] | runs, size, theme |
//! | chart cursor | [`loss_chart::draw_cursor`] | the step shown, the pointer |
//! | a hill | [`hill`] | surface, window, camera, theme; paths with the step shown |
//! | a net | [`net`] | shape, weights, theme; tiles with the step shown |
//! | noise ball | [`noise_chart::draw`] | data, size, theme |
//! | runs with other dials or starts | [`alpha_chart::draw`], [`alpha_beta_chart::draw`], [`trial_map::paint`], [`starts_chart::draw`] | runs, size, theme |
//! | loss functions | [`loss_functions`] | the example, the weights, size, theme |
//!
//! Lengths are CSS pixels in f64, y down, until a [`Pen`] turns them into a backend's integers.
//! The loss chart, those of other dials, the noise ball and the axes of all plots are charts of plotters, drawn by a pen
//! that is its backend (`chart`, `pen/backend`). plotters does not clip: it moves a point
//! outside of the range to the edge, and NaN to a corner. So all that is drawn here is
//! [clipped](clip) first, and a point that is not finite ends a line; that, dashes by the length of
//! a line, rasters and isolines are ours.
//! What is drawn is bounded by pixels and points, whatever the coordinates.

pub mod alpha_beta_chart;
pub mod alpha_chart;
pub mod arrows;
pub mod average;
pub mod axes;
pub mod basins;
pub(crate) mod chart;
pub mod classes;
pub mod clip;
pub mod cloud;
pub mod dials_chart;
pub mod fan;
pub mod field;
pub mod frame;
pub mod guess;
pub mod hill;
pub mod isolines;
pub mod label_placement;
pub mod labelled;
pub mod legend;
pub mod levels;
pub mod look;
pub mod loss_chart;
pub mod loss_functions;
pub mod loss_scale;
pub mod marks;
pub mod memory;
pub mod net;
pub mod noise_chart;
pub mod paint;
pub mod paths;
pub mod pen;
#[cfg(test)]
pub(crate) mod recorder;
pub mod regions;
pub mod scatter;
pub mod sheet;
pub mod slopes;
pub mod starts_chart;
pub mod stroke;
pub mod swarm;
pub mod theme;
pub mod ticks;
pub mod trial_map;

pub use field::Field;
pub use frame::Frame;
pub use levels::{Levels, Relief};
pub use look::{LOOKS, Look, Marker};
pub use loss_chart::{Chart, Curve, Pace};
pub use paint::Palette;
pub use paths::Trail;
pub use pen::{Color, Drawn, Ink, Pen};
pub use scatter::Scatter;
pub use theme::{Style, Theme};
