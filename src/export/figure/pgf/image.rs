//! Pixels within LaTeX: a PDF inline image, which needs no file beside it and no package.
//!
//! It is written in stripes, none of which is too long for TeX or for a viewer. Inline images have no opacity:
//! what is not opaque is left out by clipping, at half of it.

use std::fmt::Write;

use miniz_oxide::deflate::compress_to_vec_zlib;

use crate::export::figure::quantize::{Histogram, Palette};

/// As many colours as a byte tells.
const COLORS: usize = 256;
/// So many hexadecimal digits stand in a line.
const LINE: usize = 120;
/// So many bytes of pixels are a stripe at most.
const STRIPE: usize = 200_000;
/// The best that deflate can.
const BEST: u8 = 9;

/// Pixels of four bytes, from the upper left corner.
pub struct Raster {
    /// Columns and rows.
    pub pixels: [usize; 2],
    /// Its size in the picture's unit.
    pub size: [f64; 2],
    /// Red, green, blue and opacity.
    pub rgba: Vec<u8>,
}

impl Raster {
    /// Lays another one of the same pixels over it.
    pub fn cover(&mut self, above: &[u8]) {
        let (below, _) = self.rgba.as_chunks_mut::<4>();
        let (above, _) = above.as_chunks::<4>();
        for (below, above) in below.iter_mut().zip(above) {
            let share = |alpha: u8| f64::from(alpha) / 255.0;
            let (over, under) = (share(above[3]), share(below[3]));
            let left = under * (1.0 - over);
            let alpha = over + left;
            if alpha > 0.0 {
                for channel in 0..3 {
                    let sum = f64::from(above[channel]) * over + f64::from(below[channel]) * left;
                    below[channel] = (sum / alpha + 0.5) as u8;
                }
            }
            below[3] = (alpha * 255.0 + 0.5) as u8;
        }
    }

    /// What draws it with its lower left corner at a place, both in big points; empty where nothing is opaque.
    pub fn write(&self, [x, y]: [f64; 2], [width, height]: [f64; 2]) -> String {
        let [columns, rows] = self.pixels;
        let (pixels, _) = self.rgba.as_chunks::<4>();
        let mut histogram = Histogram::default();
        for &[red, green, blue, _] in pixels.iter().filter(|pixel| is_seen(pixel)) {
            histogram.add([red, green, blue]);
        }
        let palette = histogram.palette(COLORS);
        if palette.colors.is_empty() {
            return String::new();
        }
        let bits = if palette.colors.len() <= 16 { 4 } else { 8 };
        let colors: String = palette.colors.iter().flatten().map(|v| format!("{v:02x}")).collect();
        let each = (STRIPE / columns.max(1)).max(1);
        let row_height = height / rows as f64;
        let mut text = String::new();
        for top in (0..rows).step_by(each) {
            // One row more than it needs, beneath the next stripe: so no seam is seen.
            let bottom = (top + each + 1).min(rows);
            let part = &pixels[top * columns..bottom * columns];
            let high = bottom - top;
            let Some(clip) = clip(part, columns) else { continue };
            let data = hex(&compress_to_vec_zlib(&packed(part, columns, bits, &palette), BEST));
            let (y, tall) = (y + (rows - bottom) as f64 * row_height, high as f64 * row_height);
            let [width, tall, x, y] = [width, tall, x, y].map(|v| format!("{v:.4}"));
            let _ = write!(
                text,
                "\\pgfsys@invoke{{q {width} 0 0 {tall} {x} {y} cm\n{clip}\
                 BI /W {columns} /H {high} /BPC {bits} /CS [/I /RGB {last}\n<{colors}>]\n\
                 /F [/AHx /Fl] ID\n{data}>\nEI Q}}%\n",
                colors = in_lines(&colors),
                last = palette.colors.len() - 1,
            );
        }
        text
    }
}

fn is_seen(pixel: &[u8; 4]) -> bool {
    pixel[3] >= 128
}

/// The pixels' colours by their numbers, each row from a byte of its own.
fn packed(pixels: &[[u8; 4]], columns: usize, bits: usize, palette: &Palette) -> Vec<u8> {
    // What is not seen compresses best as what is before it.
    let mut before = 0;
    let mut place = |pixel: &[u8; 4]| {
        if is_seen(pixel) {
            before = palette.place([pixel[0], pixel[1], pixel[2]]);
        }
        before
    };
    let mut bytes = vec![];
    for row in pixels.chunks(columns) {
        let places: Vec<u8> = row.iter().map(&mut place).collect();
        if bits == 8 {
            bytes.extend(places);
        } else {
            bytes.extend(places.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).unwrap_or(&0)));
        }
    }
    bytes
}

/// What leaves out the pixels of a stripe that are not seen, its square being 1 × 1; empty where all are,
/// `None` where none is.
fn clip(pixels: &[[u8; 4]], columns: usize) -> Option<String> {
    if pixels.iter().all(is_seen) {
        return Some(String::new());
    }
    let runs_of = |row: &[[u8; 4]]| {
        let mut runs = vec![];
        let mut at = 0;
        for run in row.chunk_by(|a, b| is_seen(a) == is_seen(b)) {
            if is_seen(&run[0]) {
                runs.push([at, at + run.len()]);
            }
            at += run.len();
        }
        runs
    };
    let rows: Vec<_> = pixels.chunks(columns).map(runs_of).collect();
    let (width, height) = (columns as f64, rows.len() as f64);
    let mut text = String::new();
    let mut top = 0;
    for same in rows.chunk_by(|a, b| a == b) {
        let bottom = (height - (top + same.len()) as f64) / height;
        for &[from, to] in &same[0] {
            let _ = writeln!(
                text,
                "{:.5} {bottom:.5} {:.5} {:.5} re",
                from as f64 / width,
                (to - from) as f64 / width,
                same.len() as f64 / height
            );
        }
        top += same.len();
    }
    (!text.is_empty()).then(|| text + "W n\n")
}

fn hex(bytes: &[u8]) -> String {
    in_lines(&bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>())
}

fn in_lines(digits: &str) -> String {
    let lines: Vec<&str> = (digits.as_bytes().chunks(LINE))
        .map(|line| str::from_utf8(line).expect("digits are ASCII"))
        .collect();
    lines.join("\n")
}
