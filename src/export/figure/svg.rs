//! A plotters backend that writes SVG in CSS pixels, lines and labels as the page's canvas has them.

use super::Document;
use super::encoded::encode_png;
use crate::view::pen::{Color, FINE, TYPEFACE, by_paths, size_in_units};
use base64::prelude::{BASE64_STANDARD, Engine};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    text_anchor::{HPos, VPos},
};
use std::convert::Infallible;
use std::fmt::{Display, Write};

/// A picture of a given size and the elements drawn on it so far.
pub struct Svg {
    size: [f64; 2],
    /// The pictures beneath, as SVG.
    beneath: String,
    elements: String,
}

type Written = Result<(), DrawingErrorKind<Infallible>>;

impl Svg {
    /// An empty picture, its width and height in CSS pixels.
    pub fn new(size: [f64; 2]) -> Self {
        Self { size, beneath: String::new(), elements: String::new() }
    }

    /// The picture as a part of a document, its upper left corner at a place of it. Nothing reaches
    /// beyond it.
    pub fn panel(self, [x, y]: [f64; 2]) -> String {
        let Self { size: [width, height], beneath, elements } = self;
        format!(
            r#"<svg x="{x}" y="{y}" width="{width}" height="{height}" overflow="hidden">
{beneath}
<g fill="none" stroke-linejoin="round" stroke-linecap="round" font-family="{TYPEFACE}">
{elements}</g>
</svg>
"#
        )
    }

    fn element(&mut self, element: impl Display) -> Written {
        // Writing to a String cannot fail.
        let _ = writeln!(self.elements, "{element}");
        Ok(())
    }
}

impl DrawingBackend for Svg {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        size_in_units(self.size)
    }

    by_paths!();

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Written {
        let (points, stroke) = (points(path), stroke(style));
        self.element(format_args!(r#"<polyline points="{points}" {stroke}/>"#))
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Written {
        let (points, fill) = (points(corners), paint("fill", style.color()));
        self.element(format_args!(r#"<polygon points="{points}" {fill}/>"#))
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        (x, y): BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Written {
        let paint = if fill { paint("fill", style.color()) } else { stroke(style) };
        let (x, y, radius) = (pixels(x), pixels(y), f64::from(radius) / FINE);
        self.element(format_args!(r#"<circle cx="{x}" cy="{y}" r="{radius}" {paint}/>"#))
    }

    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        (x, y): BackendCoord,
    ) -> Written {
        let size = style.size() / FINE;
        let anchor = match style.anchor().h_pos {
            HPos::Left => "start",
            HPos::Center => "middle",
            HPos::Right => "end",
        };
        // Digits are about 0.68 of the size high.
        let down = match style.anchor().v_pos {
            VPos::Top => 0.68,
            VPos::Center => 0.34,
            VPos::Bottom => 0.0,
        };
        let (x, y) = (pixels(x), pixels(y) + down * size);
        let (fill, text) = (paint("fill", style.color()), escaped(text));
        self.element(format_args!(
            r#"<text x="{x}" y="{y:.3}" font-size="{size}" text-anchor="{anchor}" {fill}>{text}</text>"#
        ))
    }
}

/// A picture as an SVG file.
pub struct SvgDocument {
    size: [f64; 2],
    density: usize,
    panels: String,
}

impl SvgDocument {
    /// An empty one, its width and height in CSS pixels.
    pub fn new(size: [f64; 2]) -> Self {
        Self::dense(size, 2)
    }

    /// The same, its embedded pictures with so many pixels for each CSS pixel in one direction.
    pub fn dense(size: [f64; 2], density: usize) -> Self {
        Self { size, density, panels: String::new() }
    }
}

impl Document for SvgDocument {
    type Sheet = Svg;

    fn size(&self) -> [f64; 2] {
        self.size
    }

    fn density(&self) -> usize {
        self.density
    }

    fn sheet(&self, size: [f64; 2]) -> Svg {
        Svg::new(size)
    }

    fn image(
        &mut self,
        sheet: &mut Svg,
        [width, height]: [f64; 2],
        rgba: &[u8],
        [columns, rows]: [usize; 2],
    ) {
        let png = BASE64_STANDARD.encode(encode_png(rgba, columns, rows));
        let _ = write!(
            sheet.beneath,
            r#"<image width="{width}" height="{height}" preserveAspectRatio="none" href="data:image/png;base64,{png}"/>"#
        );
    }

    fn add(&mut self, at: [f64; 2], sheet: Svg) {
        self.panels += &sheet.panel(at);
    }

    fn finish(self, paper: Color, title: &str) -> String {
        document(self.size, paper, title, &self.panels)
    }
}

/// A document of this size in CSS pixels: paper, and panels on it.
pub fn document([width, height]: [f64; 2], paper: Color, title: &str, panels: &str) -> String {
    let (title, paper) = (escaped(title), paper.css());
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img">
<title>{title}</title>
<rect width="{width}" height="{height}" fill="{paper}"/>
{panels}</svg>
"#
    )
}

fn pixels(units: i32) -> f64 {
    f64::from(units) / FINE
}

fn points(path: impl IntoIterator<Item = BackendCoord>) -> String {
    let mut text = String::new();
    for (x, y) in path {
        let gap = if text.is_empty() { "" } else { " " };
        let _ = write!(text, "{gap}{},{}", pixels(x), pixels(y));
    }
    text
}

fn stroke(style: &impl BackendStyle) -> String {
    let width = f64::from(style.stroke_width()) / FINE;
    format!(r#"{} stroke-width="{width}""#, paint("stroke", style.color()))
}

fn paint(what: &str, BackendColor { alpha, rgb: (red, green, blue) }: BackendColor) -> String {
    let color = Color(red, green, blue).css();
    if alpha < 1.0 {
        format!(r#"{what}="{color}" {what}-opacity="{alpha}""#)
    } else {
        format!(r#"{what}="{color}""#)
    }
}

fn escaped(text: &str) -> String {
    text.chars()
        // XML has no place for the other control characters.
        .filter(|c| !c.is_control() || c.is_whitespace())
        .fold(String::new(), |mut safe, c| {
            match c {
                '<' => safe.push_str("&lt;"),
                '>' => safe.push_str("&gt;"),
                '&' => safe.push_str("&amp;"),
                '"' => safe.push_str("&quot;"),
                '\'' => safe.push_str("&apos;"),
                _ => safe.push(c),
            }
            safe
        })
}
