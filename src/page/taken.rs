//! The door of the tools for what is taken along from the page: pictures, tables, code, a link as a QR code.

use wasm_bindgen::prelude::*;

use crate::export::figure::{PgfDocument, SvgDocument};
use crate::export::stage::Stage;
use crate::export::text::{self, Text};
use crate::export::{printed, qr};
use crate::labs::model::Shot;
use crate::math::budget::Budget;

/// How wide a picture for LaTeX is, in centimetres: an article's text, or less.
const TEXT_WIDTH: f64 = 12.0;
/// Progress is told after so many milliseconds.
const SLICE: f64 = 30.0;

/// One of the page's pictures on its way.
#[wasm_bindgen]
pub struct Drawing {
    stage: Stage,
    /// The link that a file for LaTeX tells; nothing in an SVG.
    link: Option<String>,
}

#[wasm_bindgen]
impl Drawing {
    /// One that is yet to be drawn: as `svg`, or as `pgf` for LaTeX.
    ///
    /// # Errors
    /// A sentence: there is no such picture or kind, or the lesson cannot be read.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "Json<Shot>")] shot: &str,
        kind: &str,
    ) -> Result<Self, String> {
        super::linker::install();
        let shot: Shot = serde_json::from_str(shot).map_err(|error| format!("{error}."))?;
        let (link, width) = match kind {
            "svg" => (None, None),
            "pgf" => (Some(shot.link.clone()), Some(PgfDocument::pixels_of(TEXT_WIDTH))),
            _ => return Err(format!("There is no picture as {kind}.")),
        };
        Ok(Self { stage: Stage::new(shot, width)?, link })
    }

    /// Goes on for some milliseconds: how much is done, from 0 to 1, or nothing when all is.
    ///
    /// # Errors
    /// A sentence: it cannot be drawn.
    pub fn go_on(&mut self) -> Result<Option<f64>, String> {
        let end = js_sys::Date::now() + SLICE;
        let mut still = || js_sys::Date::now() < end;
        self.stage.go_on(&mut Budget::until(u64::MAX / 2, &mut still))
    }

    /// The text of the file.
    pub fn finish(self) -> String {
        let size = self.stage.size();
        match self.link {
            None => self.stage.finish(SvgDocument::new(size)),
            Some(link) => self.stage.finish(PgfDocument::of_pixels(size, &link)),
        }
    }
}

/// The experiment of a link as a text: `csv`, `data`, `net`, `numpy`, `pytorch`, `notebook` or
/// `notebook-pytorch`.
///
/// # Errors
/// A sentence: there is no such text of it.
#[wasm_bindgen]
pub fn text_of(link: &str, kind: &str) -> Result<Vec<u8>, String> {
    super::linker::install();
    let kind = Text::named(kind).ok_or_else(|| format!("There is no text {kind}."))?;
    let (experiment, _) = printed::open(link);
    text::write(&*experiment, kind).map(|written| written.text)
}

/// A text as a QR code.
#[wasm_bindgen(getter_with_clone)]
pub struct QrCode {
    /// As SVG.
    pub svg: String,
    /// How many modules stand side by side.
    pub modules: usize,
}

/// The QR code of a text.
///
/// # Errors
/// A sentence: it is too long.
#[wasm_bindgen]
pub fn qr_code(text: &str) -> Result<QrCode, String> {
    qr::code(text).map(|qr::Code { svg, modules }| QrCode { svg, modules })
}
