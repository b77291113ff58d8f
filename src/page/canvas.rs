//! A canvas of the page as a sheet.

use plotters_canvas::CanvasBackend;
use wasm_bindgen::{Clamped, JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

use crate::view::legend::Maybe;
use crate::view::pen::FINE;
use crate::view::sheet::{Sheet, SheetFault};

/// One canvas, its context, and plotters' hold on it.
pub struct Canvas {
    canvas: HtmlCanvasElement,
    join: &'static str,
    context: CanvasRenderingContext2d,
    backend: Maybe<CanvasBackend>,
    /// The size that it gets when it is first drawn on, in CSS pixels, and the density. Browsers make
    /// the memory of a canvas with the first call, and half of them are never seen.
    waits: Option<([f64; 2], f64)>,
}

impl Canvas {
    /// Takes a canvas.
    ///
    /// # Errors
    /// One that has no 2-D context.
    pub fn new(canvas: HtmlCanvasElement) -> Result<Self, SheetFault> {
        let none = || format!("The canvas {} has no 2-D context.", canvas.id());
        let context = canvas.get_context("2d").ok().flatten().ok_or_else(none)?;
        let context = context.dyn_into().map_err(|_| none())?;
        let backend = CanvasBackend::with_canvas_object(canvas.clone()).ok_or_else(none)?;
        let backend = Maybe(Some(backend));
        Ok(Self { canvas, join: "round", context, backend, waits: Some(([0.0; 2], 1.0)) })
    }

    /// Gives it the size that it waits for, before it is first drawn on.
    fn begin(&mut self) {
        if let Some((size, density)) = self.waits.take() {
            self.resize(size, density);
        }
    }
}

impl Sheet for Canvas {
    type Backend = CanvasBackend;

    fn backend(&mut self) -> &mut Maybe<CanvasBackend> {
        self.begin();
        &mut self.backend
    }

    fn plainly(self) -> Self {
        Self { join: "bevel", ..self }
    }

    fn resize(&mut self, [width, height]: [f64; 2], density: f64) {
        if self.waits.is_some() {
            self.waits = Some(([width, height], density));
            return;
        }
        // A canvas that is resized forgets its settings.
        self.canvas.set_width(pixels(width, density));
        self.canvas.set_height(pixels(height, density));
        let unit = density / FINE;
        self.context.set_transform(unit, 0.0, 0.0, unit, 0.0, 0.0).expect("six finite numbers");
        self.context.set_line_join(self.join);
        self.context.set_line_cap("round");
    }

    fn device_size(&self) -> [usize; 2] {
        match self.waits {
            Some((size, density)) => size.map(|side| pixels(side, density) as usize),
            None => [self.canvas.width() as usize, self.canvas.height() as usize],
        }
    }

    fn clear(&mut self) {
        self.begin();
        // More than any canvas, in whatever unit.
        self.context.clear_rect(0.0, 0.0, 1e6, 1e6);
    }

    fn put_pixels(&mut self, rgba: &[u8]) -> Result<(), SheetFault> {
        self.begin();
        let (width, height) = (self.canvas.width(), self.canvas.height());
        let put = || -> Result<(), JsValue> {
            let image = ImageData::new_with_u8_clamped_array_and_sh(Clamped(rgba), width, height)?;
            self.context.put_image_data(&image, 0.0, 0.0)
        };
        put().map_err(|error| format!("{error:?}"))
    }
}

/// The device pixels of a side, at least one.
fn pixels(side: f64, density: f64) -> u32 {
    (side * density).round().max(1.0) as u32
}
