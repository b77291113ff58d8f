//! What a layer of a picture is drawn on.

use plotters_backend::DrawingBackend;

use crate::view::legend::Maybe;

/// What went wrong on a sheet, as a sentence.
pub type SheetFault = String;

/// Something to draw a layer on that lies over other layers: a canvas of the page. It is as large
/// as its picture, and where nothing is drawn on it, it can be seen through.
pub trait Sheet {
    /// What plotters draws with.
    type Backend: DrawingBackend;

    /// plotters' hold on it.
    fn backend(&mut self) -> &mut Maybe<Self::Backend>;

    /// Joins the pieces of its lines without rounding from now on: thousands of thin ones are drawn
    /// a quarter faster so, and look the same.
    #[must_use]
    fn plainly(self) -> Self
    where
        Self: Sized;

    /// Gives it a size in CSS pixels and so many device pixels to one; it is empty then.
    fn resize(&mut self, size: [f64; 2], density: f64);

    /// Its size in device pixels.
    fn device_size(&self) -> [usize; 2];

    /// Empties it.
    fn clear(&mut self);

    /// Covers it with pixels, red, green, blue and alpha row by row from the top, as many as it has.
    ///
    /// # Errors
    /// The browser's.
    fn put_pixels(&mut self, rgba: &[u8]) -> Result<(), SheetFault>;
}

/// A backend's fault as that of a sheet.
pub fn fault(error: impl std::fmt::Display) -> SheetFault {
    error.to_string()
}
