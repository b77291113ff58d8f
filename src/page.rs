//! The core's door to the page: the one module that names the browser.
//!
//! The page calls in and never the other way round. It owns every element but the canvases' pixels,
//! the events and the clock; what can be tested natively lives in [`crate::lab`].

use plotters_canvas::CanvasBackend;
use wasm_bindgen::prelude::*;
use wasm_bindgen::{Clamped, JsCast};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

use crate::experiment::Setting;
use crate::lab::Lab;
use crate::model;
use crate::scene::{ChartLayers, PlotLayers};
use crate::view::pen::FINE;
use crate::view::{Style, Theme};

/// The Surface lab, as JavaScript holds it.
#[wasm_bindgen(js_name = Lab)]
pub struct Page {
    lab: Lab,
    system_is_dark: bool,
    screen: Option<Screen>,
}

/// The canvases, stacked: four of the plot and two of the chart.
struct Screen {
    field: HtmlCanvasElement,
    axes: HtmlCanvasElement,
    paths: HtmlCanvasElement,
    heads: HtmlCanvasElement,
    chart: HtmlCanvasElement,
    cursor: HtmlCanvasElement,
    plot_size: [f64; 2],
    chart_size: [f64; 2],
    /// Device pixels in a CSS pixel.
    density: f64,
    /// What stands on each canvas.
    drawn: Drawn,
}
