//! A plotters backend that writes PGF, for LaTeX.
//!
//! | file | what it holds |
//! |---|---|
//! | `text.rs` | text as LaTeX sets it |
//! | `image.rs` | pixels, as PDF inline images |
//! | `line.rs` | lines as print shows them |
//! | `sieve.rs` | what is seen of very much |
//! | `write.rs` | what was drawn as PGF's commands |
//!
//! What is drawn is kept until the picture is done: how much there is, and so what may be left out, is known only then.

mod image;
mod line;
mod sieve;
mod text;
mod write;

use std::convert::Infallible;

use percent_encoding::{CONTROLS, utf8_percent_encode};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    text_anchor::HPos,
};

use super::Document;
use crate::view::pen::{Color, by_paths, size_in_units};
use image::Raster;

/// So many big points are a CSS pixel: the page's labels come out at the size of footnotes.
const SCALE: f64 = 0.6;
/// How many big points a centimetre has.
pub const POINTS_OF_CM: f64 = 72.0 / 2.54;

/// A part of a picture: what was drawn on it so far.
pub struct Pgf {
    /// In CSS pixels.
    size: [f64; 2],
    raster: Option<Raster>,
    shapes: Vec<Shape>,
}

/// One thing that was drawn, in the backend's units.
struct Shape {
    form: Form,
    color: Color,
    /// From 0 to 1.
    alpha: f64,
    /// The width of its line; 0 where it is filled.
    width: u32,
}

enum Form {
    /// Open; a polygon where it is filled.
    Path(Vec<BackendCoord>),
    Circle(BackendCoord, u32),
    Text {
        at: BackendCoord,
        size: f64,
        anchor: HPos,
        text: String,
    },
}

type Kept = Result<(), DrawingErrorKind<Infallible>>;

impl Pgf {
    fn keep(&mut self, form: Form, color: BackendColor, width: u32) -> Kept {
        let BackendColor { alpha, rgb: (red, green, blue) } = color;
        if alpha > 0.0 {
            self.shapes.push(Shape { form, color: Color(red, green, blue), alpha, width });
        }
        Ok(())
    }
}

impl DrawingBackend for Pgf {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        size_in_units(self.size)
    }

    by_paths!();

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Kept {
        let places = path.into_iter().collect();
        self.keep(Form::Path(places), style.color(), style.stroke_width().max(1))
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Kept {
        self.keep(Form::Path(corners.into_iter().collect()), style.color(), 0)
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Kept {
        let width = if fill { 0 } else { style.stroke_width().max(1) };
        self.keep(Form::Circle(center, radius), style.color(), width)
    }

    /// Text is upright, and its point is at half the height of its digits, as a pen has it.
    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Kept {
        let (size, anchor) = (style.size(), style.anchor().h_pos);
        self.keep(Form::Text { at, size, anchor, text: text.to_owned() }, style.color(), 0)
    }
}

/// A picture as a file for LaTeX, to be read by `\input`.
pub struct PgfDocument {
    /// In CSS pixels.
    size: [f64; 2],
    link: String,
    /// What was put into it, with the place of its upper left corner in CSS pixels.
    sheets: Vec<([f64; 2], Pgf)>,
}

impl PgfDocument {
    /// An empty one, its width and height in centimetres, of a link that it tells.
    pub fn new(size: [f64; 2], link: &str) -> Self {
        Self::of_pixels(size.map(Self::pixels_of), link)
    }

    /// How many CSS pixels are so many centimetres in a document.
    pub fn pixels_of(centimetres: f64) -> f64 {
        centimetres * POINTS_OF_CM / SCALE
    }

    /// An empty one, its width and height in CSS pixels, of a link that it tells.
    pub fn of_pixels(size: [f64; 2], link: &str) -> Self {
        let link = utf8_percent_encode(link, CONTROLS).to_string();
        Self { size, link, sheets: vec![] }
    }
}

impl Document for PgfDocument {
    type Sheet = Pgf;

    fn size(&self) -> [f64; 2] {
        self.size
    }

    fn sheet(&self, size: [f64; 2]) -> Pgf {
        Pgf { size, raster: None, shapes: vec![] }
    }

    fn image(&mut self, sheet: &mut Pgf, size: [f64; 2], rgba: &[u8], pixels: [usize; 2]) {
        match &mut sheet.raster {
            Some(raster) if raster.pixels == pixels => raster.cover(rgba),
            raster => *raster = Some(Raster { pixels, size, rgba: rgba.to_vec() }),
        }
    }

    fn add(&mut self, at: [f64; 2], sheet: Pgf) {
        self.sheets.push((at, sheet));
    }

    fn finish(self, paper: Color, title: &str) -> String {
        write::document(&self, paper, title)
    }
}

/// A number of big points, to a hundredth.
fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}
