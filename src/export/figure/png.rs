//! An SVG as pixels, without a browser.

use std::sync::Arc;

use resvg::tiny_skia::Pixmap;
use resvg::{tiny_skia, usvg};

use super::encoded::encode_png;

/// Pixels of four bytes each: red, green, blue and opacity.
pub struct Pixels {
    /// Columns and rows.
    pub size: [usize; 2],
    /// From the upper left corner, row by row.
    pub rgba: Vec<u8>,
}

impl Pixels {
    pub(super) fn of(pixels: Pixmap) -> Self {
        let size = [pixels.width(), pixels.height()].map(|side| side as usize);
        Self { size, rgba: pixels.take_demultiplied() }
    }
}

/// What makes pixels of SVGs, with the typeface that it sets text in.
pub struct Renderer(usvg::Options<'static>);

impl Renderer {
    /// Reads the typeface.
    pub fn new() -> Self {
        let mut options = usvg::Options::default();
        let fonts = Arc::make_mut(&mut options.fontdb);
        fonts.load_font_data(include_bytes!("../../view/font/ravine-sans.ttf").to_vec());
        // What the list of typefaces ends with.
        fonts.set_sans_serif_family("Ravine Sans");
        Self(options)
    }

    /// An SVG of [`SvgDocument`](super::SvgDocument), with `scale` pixels to a CSS pixel.
    ///
    /// # Errors
    /// A sentence, where the text is not an SVG or the picture would be larger than 16,000 pixels.
    pub fn pixels(&self, svg: &str, scale: f64) -> Result<Pixels, String> {
        self.draw(svg, scale, None).map(Pixels::of)
    }

    /// The same over pixels of that size, or over none.
    ///
    /// # Errors
    /// Those of [`Renderer::pixels`].
    pub(super) fn draw(
        &self,
        svg: &str,
        scale: f64,
        under: Option<Pixmap>,
    ) -> Result<Pixmap, String> {
        const MOST: f64 = 16_000.0;
        let tree = usvg::Tree::from_str(svg, &self.0)
            .map_err(|error| format!("The picture cannot be read: {error}."))?;
        let size = [tree.size().width(), tree.size().height()].map(|px| f64::from(px) * scale);
        if !size.iter().all(|px| (1.0..=MOST).contains(px)) {
            return Err(format!("A picture is 1 to {MOST} pixels wide and high."));
        }
        let [width, height] = size.map(|px| px.ceil() as u32);
        let under = under.or_else(|| Pixmap::new(width, height));
        let mut pixels = under.ok_or("The picture is too large for the memory.")?;
        let scaling = tiny_skia::Transform::from_scale(scale as f32, scale as f32);
        resvg::render(&tree, scaling, &mut pixels.as_mut());
        Ok(pixels)
    }
}

impl Default for Renderer {
    fn default() -> Self {
        Self::new()
    }
}

/// An SVG of [`SvgDocument`](super::SvgDocument) as a PNG of `scale` pixels to a CSS pixel.
///
/// # Errors
/// Those of [`Renderer::pixels`].
pub fn png(svg: &str, scale: f64) -> Result<Vec<u8>, String> {
    let Pixels { size: [width, height], rgba } = Renderer::new().pixels(svg, scale)?;
    Ok(encode_png(&rgba, width, height))
}
