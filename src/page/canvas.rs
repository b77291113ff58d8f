//! A canvas of the page as a sheet.

mod context;

use wasm_bindgen::{Clamped, JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

use self::context::Context;
use crate::view::legend::Maybe;
use crate::view::pen::FINE;
use crate::view::sheet::{Sheet, SheetFault};

/// One canvas, its context, and plotters' hold on it.
pub struct Canvas {
    canvas: HtmlCanvasElement,
    join: &'static str,
    context: CanvasRenderingContext2d,
    backend: Maybe<Context>,
    /// Device pixels for each CSS pixel.
    density: f64,
    /// Whether its context was asked for anything: a browser makes the memory of a canvas with the
    /// first call, and half of them are never seen.
    is_used: bool,
    /// Whether it is known that nothing is on it: clearing it would have the browser show all of it anew.
    is_clear: bool,
}

impl Canvas {
    /// Takes a canvas.
    ///
    /// # Errors
    /// One that has no 2-D context.
    pub fn new(canvas: HtmlCanvasElement) -> Result<Self, SheetFault> {
        let none = || format!("The canvas {} has no 2-D context.", canvas.id());
        let context = canvas.get_context("2d").ok().flatten().ok_or_else(none)?;
        let context: CanvasRenderingContext2d = context.dyn_into().map_err(|_| none())?;
        let backend = Context::new(canvas.clone(), context.clone()).ok_or_else(none)?;
        let backend = Maybe(Some(backend));
        Ok(Self {
            canvas,
            join: "round",
            context,
            backend,
            density: 1.0,
            is_used: false,
            is_clear: false,
        })
    }

    /// Before it is drawn on: the context gets its settings with the first call.
    fn begin(&mut self) {
        self.is_clear = false;
        if !self.is_used {
            self.is_used = true;
            self.settle();
        }
    }

    /// The settings of the context, which a canvas that is resized forgets.
    fn settle(&self) {
        let unit = self.density / FINE;
        self.context.set_transform(unit, 0.0, 0.0, unit, 0.0, 0.0).expect("six finite numbers");
        self.context.set_line_join(self.join);
        self.context.set_line_cap("round");
    }

    /// The context may have forgotten what it was told.
    fn forget(&mut self) {
        if let Some(context) = &mut self.backend.0 {
            context.forget();
        }
    }
}

impl Sheet for Canvas {
    type Backend = Context;

    fn backend(&mut self) -> &mut Maybe<Context> {
        self.begin();
        &mut self.backend
    }

    fn plainly(self) -> Self {
        Self { join: "bevel", ..self }
    }

    fn resize(&mut self, [width, height]: [f64; 2], density: f64) {
        self.canvas.set_width((width * density).round().max(1.0) as u32);
        self.canvas.set_height((height * density).round().max(1.0) as u32);
        self.density = density;
        self.is_clear = true;
        self.forget();
        if self.is_used {
            self.settle();
        }
    }

    fn device_size(&self) -> [usize; 2] {
        [self.canvas.width() as usize, self.canvas.height() as usize]
    }

    fn clear(&mut self) {
        if self.is_clear {
            return;
        }
        self.forget();
        // More than any canvas, in whatever unit.
        self.context.clear_rect(0.0, 0.0, 1e6, 1e6);
        self.is_clear = true;
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
