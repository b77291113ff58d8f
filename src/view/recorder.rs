//! A backend for tests: it keeps what was drawn, in px, in order.

use crate::view::pen::{Color, Drawn, FINE, Pen};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use std::convert::Infallible;

/// One thing that was drawn.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Shape {
    pub(crate) form: Form,
    pub(crate) color: Color,
    pub(crate) alpha: f64,
    /// Of the line, in px; 0 for what is filled.
    pub(crate) width: f64,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Form {
    Line(Vec<[f64; 2]>),
    Polygon(Vec<[f64; 2]>),
    /// A disc, or a ring if the shape has a width.
    Circle([f64; 2], f64),
    Text([f64; 2], String),
}

impl Shape {
    /// The points of a line; none of another shape.
    pub(crate) fn line(&self) -> &[[f64; 2]] {
        if let Form::Line(points) = &self.form { points } else { &[] }
    }

    /// The middle and the radius of a filled circle.
    pub(crate) fn disc(&self) -> Option<([f64; 2], f64)> {
        match self.form {
            Form::Circle(center, radius) if self.width == 0.0 => Some((center, radius)),
            _ => None,
        }
    }
}

/// What a function draws.
pub(crate) fn shapes(draw: impl FnOnce(&mut Pen<'_, Recorder>) -> Drawn<Recorder>) -> Vec<Shape> {
    let mut recorder = Recorder { shapes: vec![] };
    draw(&mut Pen::new(&mut recorder)).unwrap();
    recorder.shapes
}

pub(crate) struct Recorder {
    shapes: Vec<Shape>,
}

type Kept = Result<(), DrawingErrorKind<Infallible>>;

impl Recorder {
    fn keep(&mut self, form: Form, color: BackendColor, width: u32) -> Kept {
        let BackendColor { alpha, rgb: (red, green, blue) } = color;
        let width = f64::from(width) / FINE;
        self.shapes.push(Shape { form, color: Color(red, green, blue), alpha, width });
        Ok(())
    }
}

fn px((x, y): BackendCoord) -> [f64; 2] {
    [f64::from(x) / FINE, f64::from(y) / FINE]
}

impl DrawingBackend for Recorder {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        (0, 0)
    }

    fn ensure_prepared(&mut self) -> Kept {
        Ok(())
    }

    fn present(&mut self) -> Kept {
        Ok(())
    }

    fn draw_pixel(&mut self, at: BackendCoord, color: BackendColor) -> Kept {
        self.keep(Form::Circle(px(at), 1.0 / FINE), color, 0)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Kept {
        let points = path.into_iter().map(px).collect();
        self.keep(Form::Line(points), style.color(), style.stroke_width())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Kept {
        self.keep(Form::Polygon(corners.into_iter().map(px).collect()), style.color(), 0)
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Kept {
        let width = if fill { 0 } else { style.stroke_width() };
        self.keep(Form::Circle(px(center), f64::from(radius) / FINE), style.color(), width)
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Kept {
        self.keep(Form::Text(px(at), text.to_owned()), style.color(), 0)
    }
}
