//! What a picture is drawn into, whichever kind of file that becomes.

use std::convert::Infallible;

use plotters_backend::DrawingBackend;

use crate::view::pen::Color;

/// A file in the making: sheets are taken from it, drawn on, and put back where they belong. Later ones lie
/// above earlier ones, and nothing reaches beyond its sheet. All lengths are CSS pixels.
pub trait Document: Sized {
    /// What is drawn on.
    type Sheet: DrawingBackend<ErrorType = Infallible>;

    /// Its width and height.
    fn size(&self) -> [f64; 2];

    /// How many pixels an embedded picture has for each CSS pixel, in one direction.
    fn density(&self) -> usize {
        2
    }

    /// An empty sheet of this width and height.
    fn sheet(&self, size: [f64; 2]) -> Self::Sheet;

    /// Puts a picture beneath all that is drawn on a sheet, and above the pictures that it has: four bytes for
    /// each pixel, columns × rows of them, from the upper left corner of the sheet, as large as `size`.
    fn image(&mut self, sheet: &mut Self::Sheet, size: [f64; 2], rgba: &[u8], pixels: [usize; 2]);

    /// Puts a sheet into it, its upper left corner at a place.
    fn add(&mut self, at: [f64; 2], sheet: Self::Sheet);

    /// The file's text, with paper of this colour behind all.
    fn finish(self, paper: Color, title: &str) -> String;
}
