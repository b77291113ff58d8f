//! A plotters backend that keeps what is drawn, to draw it into a document later: into which kind of document is
//! no matter of the labs, which are compiled for this backend alone.

use std::convert::Infallible;

use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};

use crate::view::pen::{TextStyle, by_paths, size_in_units};

/// What was drawn, from the bottom up, in units of 1/[`FINE`](crate::view::pen::FINE) of a CSS pixel.
#[derive(Default)]
pub(super) struct Ink {
    size: [f64; 2],
    shapes: Vec<Shape>,
}

/// One thing that was drawn.
enum Shape {
    Path(Vec<BackendCoord>, Line),
    Polygon(Vec<BackendCoord>, BackendColor),
    Ring(BackendCoord, u32, Line),
    Disc(BackendCoord, u32, BackendColor),
    Text(String, BackendCoord, TextStyle),
}

/// The colour and the width of a line.
struct Line(BackendColor, u32);

impl BackendStyle for Line {
    fn color(&self) -> BackendColor {
        self.0
    }

    fn stroke_width(&self) -> u32 {
        self.1
    }
}

type Kept = Result<(), DrawingErrorKind<Infallible>>;

impl Ink {
    /// Nothing yet, on so many CSS pixels.
    pub(super) fn on(size: [f64; 2]) -> Self {
        Self { size, shapes: Vec::new() }
    }

    /// Draws it all again.
    ///
    /// # Errors
    /// The backend's.
    pub(super) fn draw<DB: DrawingBackend>(
        &self,
        on: &mut DB,
    ) -> Result<(), DrawingErrorKind<DB::ErrorType>> {
        for shape in &self.shapes {
            match shape {
                Shape::Path(path, line) => on.draw_path(path.iter().copied(), line)?,
                Shape::Polygon(corners, color) => {
                    on.fill_polygon(corners.iter().copied(), color)?;
                }
                Shape::Ring(center, radius, line) => {
                    on.draw_circle(*center, *radius, line, false)?;
                }
                Shape::Disc(center, radius, color) => {
                    on.draw_circle(*center, *radius, color, true)?;
                }
                Shape::Text(text, at, style) => on.draw_text(text, style, *at)?,
            }
        }
        Ok(())
    }

    fn keep(&mut self, shape: Shape) -> Kept {
        self.shapes.push(shape);
        Ok(())
    }
}

impl DrawingBackend for Ink {
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
        let line = Line(style.color(), style.stroke_width());
        self.keep(Shape::Path(path.into_iter().collect(), line))
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Kept {
        self.keep(Shape::Polygon(corners.into_iter().collect(), style.color()))
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Kept {
        self.keep(match fill {
            true => Shape::Disc(center, radius, style.color()),
            false => Shape::Ring(center, radius, Line(style.color(), style.stroke_width())),
        })
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Kept {
        self.keep(Shape::Text(text.to_owned(), at, TextStyle::of(style)))
    }
}
