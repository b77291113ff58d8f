//! The core's door to the page: the one module that names the browser.
//!
//! The page calls in and never the other way round. It owns every element but the canvases'
//! pixels, the events and the clock; what can be tested natively lives in [`crate::labs`].

#[cfg(feature = "page")]
mod canvas;
#[cfg(feature = "page")]
mod data;
#[cfg(feature = "hooks")]
mod hooks;
#[cfg(feature = "page")]
mod lab;
#[cfg(feature = "page")]
mod lessons;
mod linker;
#[cfg(feature = "page")]
mod maps;
mod panics;
#[cfg(feature = "tools")]
mod taken;
#[cfg(feature = "tools")]
mod tools;

use wasm_bindgen::prelude::*;

use crate::labs::{Picture, Sizes};

/// What the types of the calls below are made of.
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = "import type {
    Action, Catalog, Chosen, Fault, Hover, Json, Lesson, LinkFault, Live, Model, Sample, Shot, Table,
} from '../www/model.d.ts';

/** Nothing, or what is wrong; then nothing has changed. */
export type Outcome = Json<Fault> | '';";

/// The sizes of the pictures with these names, each as a width and a height.
fn named_sizes(pictures: &[String], sizes: &[f64]) -> Sizes {
    let mut all = Sizes::default();
    for (name, size) in pictures.iter().zip(sizes.chunks_exact(2)) {
        if let Some(picture) = Picture::named(name) {
            all.set(picture, [size[0], size[1]]);
        }
    }
    all
}
