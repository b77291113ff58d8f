//! A link as a QR code, for the cameras of a lecture hall.

use std::fmt::Write as _;

use fast_qr::{ECL, QRBuilder, QRCode};

/// The edge that must stay light, in modules: cameras find the code by it.
const EDGE: usize = 4;

/// A code and how fine it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// As SVG, dark on light in every theme: cameras expect that.
    pub svg: String,
    /// How many modules stand side by side, from 21 to 177, without the light edge.
    pub modules: usize,
}

/// The QR code of a text: with the error correction of level M, 15 %, or where the text is too long for
/// that with level L, 7 %.
///
/// # Errors
/// A sentence: it is too long for any code, which holds 2,953 bytes.
pub fn code(text: &str) -> Result<Code, String> {
    let build = |level| QRBuilder::new(text).ecl(level).build();
    let code = build(ECL::M).or_else(|_| build(ECL::L)).map_err(|_| {
        format!("No QR code holds this link: it has {} bytes, a code 2,953 at most.", text.len())
    })?;
    Ok(Code { svg: svg(&code), modules: code.size })
}

/// One path of squares: a row's neighbours are one rectangle, so that no seam is seen between them.
fn svg(code: &QRCode) -> String {
    let mut path = String::new();
    for row in 0..code.size {
        let is_dark = |column: usize| column < code.size && code[row][column].value();
        let mut column = 0;
        while column < code.size {
            let end = (column..=code.size).find(|&at| !is_dark(at)).unwrap_or(code.size);
            if end > column {
                let _ = write!(
                    path,
                    "M{} {}h{}v1H{}z",
                    column + EDGE,
                    row + EDGE,
                    end - column,
                    column + EDGE
                );
            }
            // What is at the end is light.
            column = end + 1;
        }
    }
    let side = code.size + 2 * EDGE;
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges"><rect width="{side}" height="{side}" fill="#fff"/><path d="{path}"/></svg>
"##
    )
}
