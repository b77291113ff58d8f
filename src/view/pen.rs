//! A pen over a plotters backend, in fractions of a pixel.
//!
//! Backends count in whole units. A [`Pen`] takes one whose unit is 1/[`FINE`] of a CSS pixel, and
//! multiplies: a line of 1.6 px is 13 units wide. On a canvas of `dpr` device pixels to the CSS
//! pixel, `setTransform(dpr / FINE, 0, 0, dpr / FINE, 0, 0)` makes that unit.

use plotters::style::{Color as _, RGBAColor, RGBColor, ShapeStyle};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontFamily, FontStyle, text_anchor,
};
use std::cell::Cell;
use std::convert::Infallible;
use std::rc::Rc;

use crate::view::legend::{Mark, Marks};

mod backend;

#[cfg(any(not(target_arch = "wasm32"), feature = "tools"))]
pub(crate) use backend::by_paths;
pub(super) use backend::{PenBackend, Refused, plot, px};

/// How many of the backend's units make one CSS pixel.
pub const FINE: f64 = 8.0;

/// The width and height of a picture in a backend's units, from CSS pixels.
pub fn size_in_units(size: [f64; 2]) -> (u32, u32) {
    size.map(|px| (px * FINE) as u32).into()
}

/// The typeface of a plot's labels: the page's own.
pub const TYPEFACE: &str =
    "'Source Sans 3', -apple-system, 'Segoe UI', 'Liberation Sans', system-ui, sans-serif";

/// Nothing, or the backend's fault.
pub type Drawn<DB> = Result<(), DrawingErrorKind<<DB as DrawingBackend>::ErrorType>>;

/// An opaque colour: red, green, blue from 0 to 255 in sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Color(pub u8, pub u8, pub u8);

impl Color {
    /// The colour that CSS writes as `#rrggbb`.
    pub const fn hex(rgb: u32) -> Self {
        Self((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8)
    }

    /// `#rrggbb`.
    pub fn css(self) -> String {
        let Self(red, green, blue) = self;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    /// This colour and `share` (0 to 1) of the other, mixed as paint on a screen is: in sRGB.
    pub fn mix(self, other: Self, share: f64) -> Self {
        let blend =
            |a: u8, b: u8| (f64::from(a) * (1.0 - share) + f64::from(b) * share + 0.5) as u8;
        Self(blend(self.0, other.0), blend(self.1, other.1), blend(self.2, other.2))
    }
}

/// What a line is drawn with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ink {
    /// Its colour.
    pub color: Color,
    /// Its opacity, 0 to 1.
    pub alpha: f64,
    /// Its width in px.
    pub width: f64,
}

impl Ink {
    /// An opaque line.
    pub const fn new(color: Color, width: f64) -> Self {
        Self { color, alpha: 1.0, width }
    }

    /// The line as plotters describes one, in a backend's units.
    pub(super) fn style(&self) -> ShapeStyle {
        let stroke_width = (self.width * FINE + 0.5) as u32;
        ShapeStyle { color: rgba(self.color, self.alpha), filled: false, stroke_width }
    }
}

impl From<Color> for Ink {
    /// Opaque, to fill with.
    fn from(color: Color) -> Self {
        Self::new(color, 0.0)
    }
}

fn rgba(Color(red, green, blue): Color, alpha: f64) -> RGBAColor {
    RGBColor(red, green, blue).mix(alpha)
}

/// On which side of its point a text ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The text starts at the point.
    Left,
    /// The text is centred on the point.
    Center,
    /// The text ends at the point.
    Right,
}

/// How a text is set. Its point is at half the height of its digits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextStyle {
    /// Its colour.
    pub color: Color,
    /// Its size in px.
    pub size: f64,
    /// Which end is at the point.
    pub anchor: Anchor,
}

impl TextStyle {
    /// One that a backend was given. (Where its text stands above or below its point is not told.)
    pub(crate) fn of(style: &impl BackendTextStyle) -> Self {
        let (red, green, blue) = style.color().rgb;
        let anchor = match style.anchor().h_pos {
            text_anchor::HPos::Left => Anchor::Left,
            text_anchor::HPos::Center => Anchor::Center,
            text_anchor::HPos::Right => Anchor::Right,
        };
        Self { color: Color(red, green, blue), size: style.size() / FINE, anchor }
    }
}

// plotters' own text style asks the browser for measures, or wants a font: this one estimates.
impl BackendTextStyle for TextStyle {
    // Backends lay text out themselves; one of pixels alone leaves it out.
    type FontError = Infallible;

    fn color(&self) -> BackendColor {
        rgba(self.color, 1.0).to_backend_color()
    }

    fn size(&self) -> f64 {
        self.size * FINE
    }

    fn style(&self) -> FontStyle {
        FontStyle::Normal
    }

    fn anchor(&self) -> text_anchor::Pos {
        let horizontal = match self.anchor {
            Anchor::Left => text_anchor::HPos::Left,
            Anchor::Center => text_anchor::HPos::Center,
            Anchor::Right => text_anchor::HPos::Right,
        };
        text_anchor::Pos::new(horizontal, text_anchor::VPos::Center)
    }

    fn family(&self) -> FontFamily<'_> {
        FontFamily::Name(TYPEFACE)
    }

    fn layout_box(&self, text: &str) -> Result<((i32, i32), (i32, i32)), Infallible> {
        let width = (text_width(text, self.size) * FINE) as i32;
        let height = (self.size * FINE) as i32;
        Ok(((0, 0), (width, height)))
    }

    fn draw<E, D: FnMut(i32, i32, BackendColor) -> Result<(), E>>(
        &self,
        _: &str,
        _: (i32, i32),
        _: D,
    ) -> Result<Result<(), E>, Infallible> {
        Ok(Ok(()))
    }
}

/// What a text takes at most, in px, without asking the browser (which would lay the page out
/// again): 0.58 of the size for each character, a little more than a digit in the common faces.
pub fn text_width(text: &str, size: f64) -> f64 {
    0.58 * size * text.chars().count() as f64
}

/// Draws in CSS pixels on a backend whose unit is 1/[`FINE`] of one. What has a place that is not
/// finite is not drawn.
pub struct Pen<'a, DB> {
    backend: &'a mut DB,
    /// What is being drawn.
    mark: Option<Mark>,
    /// What was drawn with it, and with those that were taken from it.
    marks: Rc<Cell<Marks>>,
}

impl<'a, DB: DrawingBackend> Pen<'a, DB> {
    /// A pen that draws on this backend.
    pub fn new(backend: &'a mut DB) -> Self {
        Self { backend, mark: None, marks: Rc::default() }
    }

    /// The same pen for a mark: all that is drawn with it is one of these.
    pub fn of(&mut self, mark: Mark) -> Pen<'_, DB> {
        Pen { backend: self.backend, mark: Some(mark), marks: Rc::clone(&self.marks) }
    }

    /// The marks that were drawn.
    pub fn marks(&self) -> Marks {
        self.marks.get()
    }

    /// Something is drawn.
    fn note(&self) {
        let mut marks = self.marks.get();
        marks.add(self.mark);
        self.marks.set(marks);
    }

    /// A line through the points, broken where one is not finite; fewer than two draw nothing.
    ///
    /// # Errors
    /// The backend's.
    pub fn polyline(&mut self, points: &[[f64; 2]], ink: Ink) -> Drawn<DB> {
        points.split(|point| !is_finite(point)).try_for_each(|points| self.line(points, ink))
    }

    fn line(&mut self, points: &[[f64; 2]], ink: Ink) -> Drawn<DB> {
        self.path(points.iter().map(unit), &ink.style())
    }

    /// A line through places in the backend's units; fewer than two draw nothing.
    fn path<S: BackendStyle>(
        &mut self,
        path: impl Iterator<Item = BackendCoord>,
        style: &S,
    ) -> Drawn<DB> {
        let mut path = path.peekable();
        let (Some(first), Some(_)) = (path.next(), path.peek()) else { return Ok(()) };
        self.note();
        // Where a run has come to rest, thousands of points are one.
        let mut before = first;
        let moving = std::iter::from_fn(|| {
            loop {
                let place = path.next()?;
                let moves = std::mem::replace(&mut before, place) != place;
                if moves || path.peek().is_none() {
                    return Some(place);
                }
            }
        });
        self.backend.draw_path(std::iter::once(first).chain(moving), style)
    }

    /// A polygon filled with a colour, or with an ink's colour and opacity.
    ///
    /// # Errors
    /// The backend's.
    pub fn polygon(&mut self, corners: &[[f64; 2]], fill: impl Into<Ink>) -> Drawn<DB> {
        if !corners.iter().all(is_finite) {
            return Ok(());
        }
        self.note();
        let Ink { color, alpha, .. } = fill.into();
        self.backend.fill_polygon(corners.iter().map(unit), &rgba(color, alpha))
    }

    /// A circle filled with a colour, or with an ink's colour and opacity.
    ///
    /// # Errors
    /// The backend's.
    pub fn disc(&mut self, center: [f64; 2], radius: f64, fill: impl Into<Ink>) -> Drawn<DB> {
        if !is_finite(&center) {
            return Ok(());
        }
        self.note();
        let Ink { color, alpha, .. } = fill.into();
        let radius = (radius * FINE + 0.5) as u32;
        self.backend.draw_circle(unit(&center), radius, &rgba(color, alpha), true)
    }

    /// The outline of a circle.
    ///
    /// # Errors
    /// The backend's.
    pub fn ring(&mut self, center: [f64; 2], radius: f64, ink: Ink) -> Drawn<DB> {
        if !is_finite(&center) {
            return Ok(());
        }
        self.note();
        self.backend.draw_circle(unit(&center), (radius * FINE + 0.5) as u32, &ink.style(), false)
    }

    /// A line of text.
    ///
    /// # Errors
    /// The backend's.
    pub fn text(&mut self, text: &str, at: [f64; 2], text_style: TextStyle) -> Drawn<DB> {
        if !is_finite(&at) {
            return Ok(());
        }
        self.note();
        self.backend.draw_text(text, &text_style, unit(&at))
    }

    /// A line of text with a rim of `halo` that keeps it legible on any field.
    ///
    /// # Errors
    /// The backend's.
    pub fn text_with_halo(
        &mut self,
        text: &str,
        at: [f64; 2],
        text_style: TextStyle,
        halo: Color,
    ) -> Drawn<DB> {
        const D: f64 = 1.0;
        let around = [[D, 0.0], [D, D], [0.0, D], [-D, D], [-D, 0.0], [-D, -D], [0.0, -D], [D, -D]];
        for [dx, dy] in around {
            self.text(text, [at[0] + dx, at[1] + dy], TextStyle { color: halo, ..text_style })?;
        }
        self.text(text, at, text_style)
    }
}

fn is_finite(point: &[f64; 2]) -> bool {
    point.iter().all(|px| px.is_finite())
}

/// A point of the backend's grid. What is drawn was clipped, so it fits; `as` saturates if not.
fn unit(point: &[f64; 2]) -> BackendCoord {
    let [x, y] = point.map(units);
    (x, y)
}

/// A length in the backend's units.
pub(super) fn units(px: f64) -> i32 {
    (px * FINE + 0.5).floor() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_read_and_write_as_css_does() {
        assert_eq!(Color::hex(0xc8102e), Color(0xc8, 0x10, 0x2e));
        assert_eq!(Color::hex(0x0a0b0c).css(), "#0a0b0c");
        assert_eq!(Color(0, 100, 200).mix(Color(100, 0, 0), 0.5), Color(50, 50, 100));
    }

    #[test]
    fn a_pixel_is_eight_units() {
        assert_eq!(unit(&[1.0, -2.0625]), (8, -16));
        assert_eq!(Ink::new(Color(0, 0, 0), 1.6).style().stroke_width, 13);
    }
}
