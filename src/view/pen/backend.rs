//! A pen, whatever its backend, as the backend of plotters' charts.
//!
//! plotters counts in whole pixels. Here its pixel is the pen's unit, 1/[`FINE`] of a CSS pixel; the
//! picture is as large as a chart is told to be, text is set as all text of a pen is, and what is
//! drawn is noted for the legend.

use std::fmt;

use plotters::drawing::DrawingAreaErrorKind;
use plotters::style::{RGBAColor, ShapeStyle};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    text_anchor::VPos,
};

use super::{Color, Drawn, FINE, Pen, TextStyle, text_width};

/// What plotters draws with.
pub struct PenBackend<'a> {
    pen: &'a mut dyn AnyPen,
    /// Width and height in units.
    size: (u32, u32),
    /// The colour of a rim around text.
    halo: Option<Color>,
}

/// What plotters is told when the pen's backend has a fault, which [`plot`] returns.
#[derive(Debug)]
pub struct Refused;

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the backend has a fault")
    }
}

impl std::error::Error for Refused {}

/// Lets plotters draw with a pen on so many units, with a rim of this colour around text.
///
/// # Errors
/// The backend's.
pub fn plot<DB: DrawingBackend>(
    pen: Pen<'_, DB>,
    size: (u32, u32),
    halo: Option<Color>,
    draw: impl FnOnce(PenBackend<'_>) -> Result<(), DrawingAreaErrorKind<Refused>>,
) -> Drawn<DB> {
    let mut kept = Kept { pen, fault: None };
    let drawn = draw(PenBackend { pen: &mut kept, size, halo });
    match (kept.fault, drawn) {
        (Some(fault), _) => Err(fault),
        (None, Ok(())) => Ok(()),
        // Not the backend's: a layout that cannot be, say.
        (None, Err(fault)) => Err(DrawingErrorKind::FontError(fault.to_string().into())),
    }
}

/// A pen and the first fault of its backend.
struct Kept<'a, DB: DrawingBackend> {
    pen: Pen<'a, DB>,
    fault: Option<DrawingErrorKind<DB::ErrorType>>,
}

impl<DB: DrawingBackend> Kept<'_, DB> {
    fn keep(&mut self, drawn: Drawn<DB>) -> Plotted {
        drawn.map_err(|fault| {
            self.fault.get_or_insert(fault);
            DrawingErrorKind::DrawingError(Refused)
        })
    }
}

type Plotted = Result<(), DrawingErrorKind<Refused>>;

/// A pen whose backend is not known, in that backend's units.
trait AnyPen {
    fn path(&mut self, path: &mut dyn Iterator<Item = BackendCoord>, style: ShapeStyle) -> Plotted;
    fn polygon(
        &mut self,
        corners: &mut dyn Iterator<Item = BackendCoord>,
        fill: RGBAColor,
    ) -> Plotted;
    fn circle(&mut self, center: BackendCoord, radius: u32, style: ShapeStyle) -> Plotted;
    fn text(
        &mut self,
        text: &str,
        at: [f64; 2],
        text_style: TextStyle,
        halo: Option<Color>,
    ) -> Plotted;
}

impl<DB: DrawingBackend> AnyPen for Kept<'_, DB> {
    fn path(&mut self, path: &mut dyn Iterator<Item = BackendCoord>, style: ShapeStyle) -> Plotted {
        let drawn = self.pen.path(path, &style);
        self.keep(drawn)
    }

    fn polygon(
        &mut self,
        corners: &mut dyn Iterator<Item = BackendCoord>,
        fill: RGBAColor,
    ) -> Plotted {
        self.pen.note();
        let drawn = self.pen.backend.fill_polygon(corners, &fill);
        self.keep(drawn)
    }

    fn circle(&mut self, center: BackendCoord, radius: u32, style: ShapeStyle) -> Plotted {
        self.pen.note();
        let drawn = self.pen.backend.draw_circle(center, radius, &style, style.filled);
        self.keep(drawn)
    }

    fn text(
        &mut self,
        text: &str,
        at: [f64; 2],
        text_style: TextStyle,
        halo: Option<Color>,
    ) -> Plotted {
        let drawn = match halo {
            Some(halo) => self.pen.text_with_halo(text, at, text_style, halo),
            None => self.pen.text(text, at, text_style),
        };
        self.keep(drawn)
    }
}

/// A place in CSS pixels.
pub fn px((x, y): BackendCoord) -> [f64; 2] {
    [f64::from(x) / FINE, f64::from(y) / FINE]
}

fn color(BackendColor { alpha, rgb: (red, green, blue) }: BackendColor) -> RGBAColor {
    RGBAColor(red, green, blue, alpha)
}

fn style(style: &impl BackendStyle, filled: bool) -> ShapeStyle {
    ShapeStyle { color: color(style.color()), filled, stroke_width: style.stroke_width() }
}

/// What a backend leaves to its paths and polygons: lines, rectangles, pixels; and that it has nothing to
/// prepare and nothing to present.
macro_rules! by_paths {
    () => {
        fn ensure_prepared(
            &mut self,
        ) -> Result<(), plotters_backend::DrawingErrorKind<Self::ErrorType>> {
            Ok(())
        }

        fn present(&mut self) -> Result<(), plotters_backend::DrawingErrorKind<Self::ErrorType>> {
            Ok(())
        }

        fn draw_pixel(
            &mut self,
            (x, y): plotters_backend::BackendCoord,
            color: plotters_backend::BackendColor,
        ) -> Result<(), plotters_backend::DrawingErrorKind<Self::ErrorType>> {
            self.draw_rect((x, y), (x + 1, y + 1), &color, true)
        }

        fn draw_line<S: plotters_backend::BackendStyle>(
            &mut self,
            from: plotters_backend::BackendCoord,
            to: plotters_backend::BackendCoord,
            style: &S,
        ) -> Result<(), plotters_backend::DrawingErrorKind<Self::ErrorType>> {
            self.draw_path([from, to], style)
        }

        fn draw_rect<S: plotters_backend::BackendStyle>(
            &mut self,
            (left, top): plotters_backend::BackendCoord,
            (right, bottom): plotters_backend::BackendCoord,
            style: &S,
            fill: bool,
        ) -> Result<(), plotters_backend::DrawingErrorKind<Self::ErrorType>> {
            let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
            if fill {
                self.fill_polygon(corners, style)
            } else {
                self.draw_path(corners.into_iter().chain([(left, top)]), style)
            }
        }
    };
}
#[cfg(any(not(target_arch = "wasm32"), feature = "tools"))]
pub(crate) use by_paths;

impl DrawingBackend for PenBackend<'_> {
    type ErrorType = Refused;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    by_paths!();

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        of: &S,
    ) -> Plotted {
        if of.color().alpha == 0.0 {
            return Ok(());
        }
        self.pen.path(&mut path.into_iter(), style(of, false))
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        of: &S,
        fill: bool,
    ) -> Plotted {
        self.pen.circle(center, radius, style(of, fill))
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        of: &S,
    ) -> Plotted {
        self.pen.polygon(&mut corners.into_iter(), color(of.color()))
    }

    /// Text is upright, whatever its style says.
    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, of: &S, at: BackendCoord) -> Plotted {
        if text.is_empty() {
            return Ok(());
        }
        let text_style = TextStyle::of(of);
        let down = match of.anchor().v_pos {
            VPos::Top => 0.5,
            VPos::Center => 0.0,
            VPos::Bottom => -0.5,
        };
        let [x, y] = px(at);
        self.pen.text(text, [x, y + down * text_style.size], text_style, self.halo)
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Refused>> {
        Ok((text_width(text, style.size()) as u32, style.size() as u32))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::legend::Mark;
    use crate::view::recorder::{Form, shapes};
    use plotters_backend::text_anchor::{HPos, Pos};

    /// A backend that can do nothing.
    struct Broken;

    type Error = Result<(), DrawingErrorKind<fmt::Error>>;

    impl DrawingBackend for Broken {
        type ErrorType = fmt::Error;

        fn get_size(&self) -> (u32, u32) {
            (100, 100)
        }

        fn ensure_prepared(&mut self) -> Error {
            Ok(())
        }

        fn present(&mut self) -> Error {
            Ok(())
        }

        fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Error {
            Err(DrawingErrorKind::DrawingError(fmt::Error))
        }
    }

    #[test]
    fn the_fault_of_a_backend_is_returned_as_it_is() {
        let draw = |backend: PenBackend<'_>| {
            let area = plotters::drawing::DrawingArea::from(backend);
            area.draw_pixel((3, 4), &RGBAColor(0, 0, 0, 1.0))
        };
        let drawn = plot(Pen::new(&mut Broken), (9, 9), None, draw);
        assert!(matches!(drawn, Err(DrawingErrorKind::DrawingError(fmt::Error))));
        let unfit = |_: PenBackend<'_>| Err(DrawingAreaErrorKind::LayoutError);
        let drawn = plot(Pen::new(&mut Broken), (9, 9), None, unfit);
        assert!(matches!(drawn, Err(DrawingErrorKind::FontError(_))));
    }

    #[test]
    fn text_stands_by_its_anchor_and_has_its_rim() {
        let size = 10.0;
        let text_style = |pos| {
            let font = plotters::style::FontDesc::from(("any", size * FINE));
            plotters::style::TextStyle::from(font).pos(pos)
        };
        for (vertical, middle) in [(VPos::Top, 25.0), (VPos::Center, 20.0), (VPos::Bottom, 15.0)] {
            let drawn = shapes(|pen| {
                plot(pen.of(Mark::Axes), (800, 800), Some(Color(9, 9, 9)), |mut backend| {
                    let style = text_style(Pos::new(HPos::Left, vertical));
                    let drawn = backend.draw_text("5", &style, (240, 160));
                    drawn.map_err(DrawingAreaErrorKind::BackendError)
                })
            });
            let last = drawn.last().unwrap();
            assert_eq!(last.form, Form::Text([30.0, middle], "5".to_owned()));
            assert!(drawn.len() == 9 && drawn[..8].iter().all(|rim| rim.color == Color(9, 9, 9)));
        }
    }
}
