//! A pen as the backend of plotters' charts.
//!
//! plotters counts in whole pixels and takes a backend for its own. Here its pixel is the pen's unit,
//! 1/[`FINE`] of a CSS pixel, the picture is as large as a chart is told to be, text is set as all
//! text of a pen is, and what is drawn is noted for the legend.

use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend,
    text_anchor::{HPos, VPos},
};

use super::{Anchor, Color, Drawn, FINE, Face, Pen, text_width};

/// A pen that plotters draws with.
pub struct PenBackend<'a, DB> {
    pen: Pen<'a, DB>,
    /// Width and height in units.
    size: (u32, u32),
    /// The colour of a rim around text.
    halo: Option<Color>,
}

impl<'a, DB: DrawingBackend> PenBackend<'a, DB> {
    /// A backend of so many units.
    pub fn new(pen: Pen<'a, DB>, size: (u32, u32)) -> Self {
        Self { pen, size, halo: None }
    }

    /// The same with a rim of this colour around all text.
    #[must_use]
    pub fn with_halo(self, halo: Color) -> Self {
        Self { halo: Some(halo), ..self }
    }

    /// What it draws with.
    pub fn pen(&mut self) -> &mut Pen<'a, DB> {
        &mut self.pen
    }
}

/// A place in CSS pixels.
pub fn px((x, y): BackendCoord) -> [f64; 2] {
    [f64::from(x) / FINE, f64::from(y) / FINE]
}

impl<DB: DrawingBackend> DrawingBackend for PenBackend<'_, DB> {
    type ErrorType = DB::ErrorType;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn<DB> {
        self.pen.backend.ensure_prepared()
    }

    fn present(&mut self) -> Drawn<DB> {
        self.pen.backend.present()
    }

    fn draw_pixel(&mut self, at: BackendCoord, color: BackendColor) -> Drawn<DB> {
        self.pen.note();
        self.pen.backend.draw_pixel(at, color)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn<DB> {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        (left, top): BackendCoord,
        (right, bottom): BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn<DB> {
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
        if fill { self.fill_polygon(corners, style) } else { self.draw_path(corners, style) }
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn<DB> {
        if style.color().alpha == 0.0 {
            return Ok(());
        }
        self.pen.path(path.into_iter(), style)
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn<DB> {
        self.pen.note();
        self.pen.backend.draw_circle(center, radius, style, fill)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Drawn<DB> {
        self.pen.note();
        self.pen.backend.fill_polygon(corners, style)
    }

    /// Text is upright, whatever its style says.
    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        at: BackendCoord,
    ) -> Drawn<DB> {
        if text.is_empty() {
            return Ok(());
        }
        let size = style.size() / FINE;
        let (red, green, blue) = style.color().rgb;
        let anchor = match style.anchor().h_pos {
            HPos::Left => Anchor::Left,
            HPos::Center => Anchor::Center,
            HPos::Right => Anchor::Right,
        };
        let down = match style.anchor().v_pos {
            VPos::Top => 0.5,
            VPos::Center => 0.0,
            VPos::Bottom => -0.5,
        };
        let [x, y] = px(at);
        let (at, face) =
            ([x, y + down * size], Face { color: Color(red, green, blue), size, anchor });
        match self.halo {
            Some(halo) => self.pen.text_with_halo(text, at, face, halo),
            None => self.pen.text(text, at, face),
        }
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), plotters_backend::DrawingErrorKind<DB::ErrorType>> {
        Ok((text_width(text, style.size()) as u32, style.size() as u32))
    }
}
