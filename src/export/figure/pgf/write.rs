//! What was drawn as PGF's commands, in big points from the lower left corner.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use plotters_backend::{BackendCoord, text_anchor::HPos};

use super::line::{Pieces, Point, simplified, thinned};
use super::sieve::seen;
use super::text::tex;
use super::{Form, Pgf, PgfDocument, SCALE, Shape, number};
use crate::view::pen::{Color, FINE};

/// How far in big points a line may be from where it belongs.
const TOLERANCE: f64 = 0.05;
/// A picture with more places than that is asked what of it is seen.
const MANY_PLACES: usize = 10_000;
/// It has so many at most: more of each shape has to be seen for it to stay.
const MOST_PLACES: usize = 50_000;
/// A path has so many places at most.
const PLACES_OF_PATH: usize = 400;
/// What a circle costs, in places.
const CIRCLE: usize = 5;
/// What a rim around text consists of.
const RIM: usize = 8;

/// The file.
pub fn document(document: &PgfDocument, paper: Color, title: &str) -> String {
    // How many cells of a shape have to be seen for it to be drawn.
    let mut least = 0;
    loop {
        let mut writer = Writer::new(document);
        let [width, height] = document.size.map(|px| px * SCALE);
        writer.fill_style(paper, 1.0);
        let _ = writeln!(
            writer.text,
            "\\pgfpathrectangle{{\\pgfpointorigin}}{{{}}}\\pgfusepath{{fill}}",
            point([width, height])
        );
        for (at, sheet) in &document.sheets {
            match least {
                0 => writer.sheet(*at, sheet, &sheet.shapes),
                _ => writer.sheet(*at, sheet, &seen(&sheet.shapes, sheet.size, least)),
            }
        }
        if writer.places <= if least == 0 { MANY_PLACES } else { MOST_PLACES } {
            return writer.finish(&document.link, title);
        }
        least = if least == 0 { 1 } else { 4 * least };
    }
}

/// How a line or an area is drawn; areas have no width.
#[derive(Clone, Copy, PartialEq)]
struct Inked {
    color: Color,
    alpha: f64,
    width: u32,
}

struct Writer {
    text: String,
    /// The picture in big points.
    size: [f64; 2],
    /// The number of each colour.
    colors: BTreeMap<[u8; 3], usize>,
    places: usize,
    /// What is set.
    stroke: Option<Inked>,
    fill: Option<Inked>,
}

impl Writer {
    fn new(document: &PgfDocument) -> Self {
        let size = document.size.map(|px| px * SCALE);
        let (text, colors) = (String::new(), BTreeMap::new());
        Self { text, size, colors, places: 0, stroke: None, fill: None }
    }

    /// The number of a colour.
    fn color(&mut self, Color(red, green, blue): Color) -> usize {
        let next = self.colors.len();
        *self.colors.entry([red, green, blue]).or_insert(next)
    }

    fn stroke_style(&mut self, ink: Inked) {
        let before = self.stroke.replace(ink);
        let color = self.color(ink.color);
        if before.is_none_or(|before| before.color != ink.color) {
            let _ = writeln!(self.text, "\\pgfsetstrokecolor{{ravine{color}}}");
        }
        if before.is_none_or(|before| before.alpha != ink.alpha) {
            let _ = writeln!(self.text, "\\pgfsetstrokeopacity{{{}}}", number(ink.alpha));
        }
        if before.is_none_or(|before| before.width != ink.width) {
            let width = number(f64::from(ink.width) / FINE * SCALE);
            let _ = writeln!(self.text, "\\pgfsetlinewidth{{{width}bp}}");
        }
    }

    fn fill_style(&mut self, color: Color, alpha: f64) {
        let before = self.fill.replace(Inked { color, alpha, width: 0 });
        let number_of = self.color(color);
        if before.is_none_or(|before| before.color != color) {
            let _ = writeln!(self.text, "\\pgfsetfillcolor{{ravine{number_of}}}");
        }
        if before.is_none_or(|before| before.alpha != alpha) {
            let _ = writeln!(self.text, "\\pgfsetfillopacity{{{}}}", number(alpha));
        }
    }

    /// A sheet, its upper left corner at a place in CSS pixels. Nothing reaches beyond it.
    fn sheet(&mut self, [left, top]: [f64; 2], sheet: &Pgf, mut shapes: &[Shape]) {
        let [width, height] = sheet.size.map(|px| px * SCALE);
        let corner = [left * SCALE, self.size[1] - top * SCALE - height];
        let _ = writeln!(
            self.text,
            "\\begin{{pgfscope}}\n\\pgfpathrectangle{{{}}}{{{}}}\\pgfusepath{{clip}}\n\
             \\pgfsetroundjoin\\pgfsetroundcap",
            point(corner),
            point([width, height])
        );
        (self.stroke, self.fill) = (None, None);
        if let Some(raster) = &sheet.raster {
            let size = raster.size.map(|px| px * SCALE);
            self.text += &raster.write([corner[0], corner[1] + height - size[1]], size);
        }
        let place = |(x, y): BackendCoord| {
            let [x, y] = [x, y].map(|units| f64::from(units) / FINE * SCALE);
            [corner[0] + x, corner[1] + height - y]
        };
        while let Some(first) = shapes.first() {
            let count = match &first.form {
                Form::Text { .. } => self.label(shapes, place),
                _ => {
                    // What is opaque and of one colour lies over itself in any order.
                    let is_like = |shape: &&Shape| shape.is_like(first);
                    let count = shapes.iter().take_while(is_like).count();
                    let alike = &shapes[..count];
                    let widths: BTreeSet<u32> = alike.iter().map(|shape| shape.width).collect();
                    for width in widths {
                        let of_width = alike.iter().filter(|shape| shape.width == width);
                        self.shapes(&of_width.collect::<Vec<_>>(), place);
                    }
                    count
                }
            };
            shapes = &shapes[count..];
        }
        self.text += "\\end{pgfscope}\n";
        (self.stroke, self.fill) = (None, None);
    }

    /// Lines, areas or circles of one ink.
    fn shapes(&mut self, shapes: &[&Shape], place: impl Fn(BackendCoord) -> Point) {
        let Some(&&Shape { color, alpha, width, .. }) = shapes.first() else { return };
        if width > 0 {
            self.stroke_style(Inked { color, alpha, width });
        } else {
            self.fill_style(color, alpha);
        }
        let uses = if width > 0 { "stroke" } else { "fill" };
        let mut lines = vec![];
        let mut pending = 0;
        for shape in shapes {
            match &shape.form {
                Form::Path(path) if width > 0 => {
                    lines.push(path.iter().copied().map(&place).collect());
                }
                Form::Path(corners) => {
                    let corners: Vec<Point> = corners.iter().copied().map(&place).collect();
                    self.path(simplified(&corners, TOLERANCE));
                    self.text += "\\pgfpathclose\\pgfusepath{fill}\n";
                }
                &Form::Circle(center, radius) => {
                    let radius = number(f64::from(radius) / FINE * SCALE);
                    let center = point(place(center));
                    let _ = writeln!(self.text, "\\pgfpathcircle{{{center}}}{{{radius}bp}}");
                    self.places += CIRCLE;
                    pending += CIRCLE;
                    if pending >= PLACES_OF_PATH || alpha < 1.0 {
                        self.use_path(uses, &mut pending);
                    }
                }
                Form::Text { .. } => {}
            }
        }
        self.use_path(uses, &mut pending);
        // What lies over itself is seen only where it is not opaque.
        let mut pieces = (alpha == 1.0).then(Pieces::new);
        for line in thinned(lines, TOLERANCE, pieces.as_mut()) {
            // Where a path is split, its parts share a place.
            let mut rest = &line[..];
            loop {
                let part = &rest[..rest.len().min(PLACES_OF_PATH)];
                if pending + part.len() > PLACES_OF_PATH || alpha < 1.0 {
                    self.use_path(uses, &mut pending);
                }
                let place = |place: &[i32; 2]| place.map(|v| f64::from(v) * TOLERANCE);
                self.path(part.iter().map(place).collect());
                pending += part.len();
                if part.len() == rest.len() {
                    break;
                }
                rest = &rest[part.len() - 1..];
            }
        }
        self.use_path(uses, &mut pending);
    }

    fn use_path(&mut self, uses: &str, pending: &mut usize) {
        if std::mem::take(pending) > 0 {
            let _ = writeln!(self.text, "\\pgfusepath{{{uses}}}");
        }
    }

    /// Lines through places.
    fn path(&mut self, places: Vec<Point>) {
        for (index, [x, y]) in places.into_iter().enumerate() {
            let command = if index == 0 { "ravinemove" } else { "ravineline" };
            let gap = if index % 4 == 3 { "%\n" } else { "" };
            let _ = write!(self.text, "\\{command}{{{}}}{{{}}}{gap}", number(x), number(y));
            self.places += 1;
        }
        self.text += "%\n";
    }

    /// The text that comes first, with its rim; tells how many shapes that is.
    fn label(&mut self, shapes: &[Shape], place: impl Fn(BackendCoord) -> Point) -> usize {
        let Some(last) = rim(shapes).then(|| &shapes[RIM]).or(shapes.first()) else { return 0 };
        let Form::Text { at, size, anchor, text } = &last.form else { return 1 };
        let rim = rim(shapes).then_some(shapes[0].color);
        let color = self.color(last.color);
        let [x, y] = place(*at).map(number);
        let anchor = match anchor {
            HPos::Left => "left,",
            HPos::Center => "",
            HPos::Right => "right,",
        };
        let (font, text) = (font(size / FINE * SCALE), tex(text));
        let _ = match rim {
            Some(rim) => {
                let rim = self.color(rim);
                let command = format!("\\ravinerim{{{x}}}{{{y}}}{{{anchor}base}}{{{font}}}");
                writeln!(self.text, "{command}{{ravine{rim}}}{{ravine{color}}}{{{text}}}")
            }
            None => {
                let command = format!("\\ravinetext{{{x}}}{{{y}}}{{{anchor}base}}{{{font}}}");
                writeln!(self.text, "{command}{{ravine{color}}}{{{text}}}")
            }
        };
        if rim.is_some() { RIM + 1 } else { 1 }
    }

    fn finish(self, link: &str, title: &str) -> String {
        let (title, [width, height]) = (tex(title), self.size.map(number));
        let colors: String = (self.colors.iter())
            .map(|([red, green, blue], number)| {
                format!("\\definecolor{{ravine{number}}}{{RGB}}{{{red},{green},{blue}}}%\n")
            })
            .collect();
        let rim = number(RIM_WIDTH * SCALE);
        let around: String = [[1, 0], [1, 1], [0, 1], [-1, 1], [-1, 0], [-1, -1], [0, -1], [1, -1]]
            .iter()
            .map(|shift| {
                let [x, y] = shift.map(|of| match of {
                    0 => "0".to_owned(),
                    1 => rim.clone(),
                    _ => format!("-{rim}"),
                });
                format!("  \\ravinetext{{{x}}}{{{y}}}{{#3}}{{#4}}{{#5}}{{#7}}%\n")
            })
            .collect();
        format!(
            r"% {title}: a picture by Ravine of the link '{link}'.
% It wants \usepackage{{pgf}} (or tikz) in the preamble, and is set by \input with this file's name.
% For pdfLaTeX, LuaLaTeX and XeLaTeX: its pixels are PDF inline images.
% It is {width} bp wide and {height} bp high; text has the document's font.
\begingroup
\makeatletter
{colors}\def\ravinemove#1#2{{\pgfpathmoveto{{\pgfqpoint{{#1bp}}{{#2bp}}}}}}%
\def\ravineline#1#2{{\pgfpathlineto{{\pgfqpoint{{#1bp}}{{#2bp}}}}}}%
% A text: x, y at half the height of its digits, anchor, font, colour, words.
\def\ravinetext#1#2#3#4#5#6{{{{\pgftransformshift{{\pgfqpoint{{#1bp}}{{#2bp}}}}%
  \pgftext[#3]{{\setbox0\hbox{{#4\relax0}}\lower.5\ht0\hbox{{\color{{#5}}#4\relax#6}}}}}}}}%
% The same with a rim: its colour is the fifth.
\def\ravinerim#1#2#3#4#5#6#7{{{{\pgftransformshift{{\pgfqpoint{{#1bp}}{{#2bp}}}}%
{around}  \ravinetext{{0}}{{0}}{{#3}}{{#4}}{{#6}}{{#7}}}}}}%
\begin{{pgfpicture}}
\pgfpathrectangle{{\pgfpointorigin}}{{\pgfqpoint{{{width}bp}}{{{height}bp}}}}\pgfusepath{{use as bounding box,clip}}
{text}\end{{pgfpicture}}%
\endgroup
",
            text = self.text
        )
    }
}

/// How far the copies of a rim are from the text, in CSS pixels.
const RIM_WIDTH: f64 = 0.8;

impl Shape {
    /// Whether it may be drawn before or after another one alike.
    fn is_like(&self, other: &Self) -> bool {
        let is_text = matches!(self.form, Form::Text { .. });
        let same = (self.color, self.alpha) == (other.color, other.alpha);
        !is_text && same && (self.alpha == 1.0 || self.width == other.width)
    }
}

/// Whether a text comes first that has its rim before it.
fn rim(shapes: &[Shape]) -> bool {
    let Some((last, around)) = shapes.get(..=RIM).and_then(<[Shape]>::split_last) else {
        return false;
    };
    let of = |shape: &Shape| match &shape.form {
        Form::Text { at: (x, y), text, .. } => Some((*x, *y, text.clone())),
        _ => None,
    };
    let Some((x, y, text)) = of(last) else { return false };
    let near = |shape: &Shape| {
        of(shape).is_some_and(|(rim_x, rim_y, rim_text)| {
            let is_near = |a: i32, b: i32| f64::from(a.abs_diff(b)) <= 2.0 * FINE;
            rim_text == text && is_near(rim_x, x) && is_near(rim_y, y)
        })
    };
    around.iter().all(near) && around.iter().all(|shape| shape.color == around[0].color)
}

/// The size of the document's that is nearest to so many big points, where its text has ten.
fn font(points: f64) -> &'static str {
    match points {
        ..5.5 => "\\tiny",
        ..7.4 => "\\scriptsize",
        ..8.6 => "\\footnotesize",
        ..9.6 => "\\small",
        ..11.0 => "\\normalsize",
        ..13.2 => "\\large",
        _ => "\\Large",
    }
}

fn point([x, y]: Point) -> String {
    format!("\\pgfqpoint{{{}bp}}{{{}bp}}", number(x), number(y))
}
