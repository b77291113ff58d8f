//! One canvas.

use plotters_canvas::CanvasBackend;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::view::pen::FINE;

/// One canvas, its context, and plotters' hold on it.
pub struct Sheet {
    canvas: HtmlCanvasElement,
    join: &'static str,
    /// Its context.
    pub context: CanvasRenderingContext2d,
    /// plotters' hold on it.
    pub backend: CanvasBackend,
}

impl Sheet {
    /// Takes a canvas.
    ///
    /// # Errors
    /// One that has no 2-D context.
    pub fn new(canvas: HtmlCanvasElement) -> Result<Self, JsValue> {
        let none = || JsValue::from_str("A canvas has no 2-D context.");
        let context = canvas.get_context("2d")?.ok_or_else(none)?;
        let context = context.dyn_into().map_err(|_| none())?;
        let backend = CanvasBackend::with_canvas_object(canvas.clone()).ok_or_else(none)?;
        Ok(Self { canvas, join: "round", context, backend })
    }

    /// Joins the pieces of its lines without rounding: thousands of thin ones are drawn a quarter
    /// faster so, and look the same.
    pub fn plainly(self) -> Self {
        Self { join: "bevel", ..self }
    }

    /// Gives it a size in CSS pixels and so many device pixels to one; it is empty then.
    pub fn resize(&self, [width, height]: [f64; 2], density: f64) {
        // A canvas that is resized forgets its settings.
        self.canvas.set_width((width * density).round().max(1.0) as u32);
        self.canvas.set_height((height * density).round().max(1.0) as u32);
        let unit = density / FINE;
        self.context.set_transform(unit, 0.0, 0.0, unit, 0.0, 0.0).expect("six finite numbers");
        self.context.set_line_join(self.join);
        self.context.set_line_cap("round");
    }

    /// Its size in device pixels.
    pub fn device_size(&self) -> [u32; 2] {
        [self.canvas.width(), self.canvas.height()]
    }

    /// Empties it.
    pub fn clear(&self) {
        // More than any canvas, in whatever unit.
        self.context.clear_rect(0.0, 0.0, 1e6, 1e6);
    }
}

/// A backend's fault for JavaScript.
pub fn fault(error: impl std::fmt::Display) -> JsValue {
    JsValue::from_str(&error.to_string())
}
