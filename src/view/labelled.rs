//! Examples in the plane of their two inputs, each with the sign of its class or the colour of its
//! value.

use crate::view::Frame;
use crate::view::classes::{self, CLASSES};
use crate::view::legend::Mark;
use crate::view::look::Marker;
use crate::view::pen::{Color, Drawn, Pen};
use crate::view::scatter;
use crate::view::theme::Style;
use plotters_backend::DrawingBackend;

/// Examples with what they are, and which of them stand out.
#[derive(Clone, Copy, Debug)]
pub struct Labelled<'a> {
    /// The place of each example.
    pub points: &'a [[f64; 2]],
    /// The class of each, counted from 0, or its value.
    pub y: &'a [f64],
    /// How many classes there are; with 0, `y` are values.
    pub classes: usize,
    /// The value of full colour, above 0; classes do without.
    pub limit: f64,
    /// Whether the marks are hollow and smaller: the examples of a test.
    pub hollow: bool,
    /// The indices of those in the batch J_k.
    pub lit: &'a [u32],
    /// The index of the one that is looked at.
    pub chosen: Option<usize>,
}

/// Draws all examples, the batch lit up among them, and a ring round the chosen one.
///
/// # Errors
/// The backend's, here and below.
pub fn draw<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    frame: &Frame,
    style: &Style,
    labelled: &Labelled<'_>,
) -> Drawn<DB> {
    draw_examples(pen, frame, style, labelled)?;
    draw_lit(pen, frame, style, labelled)
}

/// Draws all examples alike: what stays as it is while batches come and go.
///
/// # Errors
/// The backend's.
pub fn draw_examples<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    frame: &Frame,
    style: &Style,
    labelled: &Labelled<'_>,
) -> Drawn<DB> {
    let rim = labelled.radius(style) + 1.1 * style.weight;
    for index in 0..labelled.points.len() {
        if let Some((pixel, marker, _)) = labelled.mark(frame, style, index) {
            let pen = &mut pen.of(labelled.kind());
            marker.draw(pen, pixel, rim, style.theme.paper)?;
            labelled.draw_mark(pen, frame, style, index)?;
        }
    }
    Ok(())
}

/// Draws what stands out, over the examples: the batch, and the ring round the chosen one.
///
/// # Errors
/// The backend's.
pub fn draw_lit<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    frame: &Frame,
    style: &Style,
    labelled: &Labelled<'_>,
) -> Drawn<DB> {
    let Style { theme, weight, .. } = *style;
    let radius = labelled.radius(style) + 3.2 * weight;
    for &index in labelled.lit {
        if let Some((pixel, ..)) = labelled.mark(frame, style, index as usize) {
            let pen = &mut pen.of(Mark::Batch);
            pen.disc(pixel, radius + 1.2 * weight, theme.ink)?;
            pen.disc(pixel, radius, theme.accent)?;
            // The accent is near class 0's colour, so paper lies between.
            pen.disc(pixel, radius - 1.4 * weight, theme.paper)?;
            labelled.draw_mark(pen, frame, style, index as usize)?;
        }
    }
    let chosen = labelled.chosen.and_then(|index| labelled.mark(frame, style, index));
    if let Some((pixel, ..)) = chosen {
        let pen = &mut pen.of(Mark::Chosen);
        let radius = radius + 3.1 * weight;
        pen.ring(pixel, radius, style.line(theme.paper, 4.4))?;
        pen.ring(pixel, radius, style.line(theme.ink, 1.8))?;
    }
    Ok(())
}

impl Labelled<'_> {
    /// What the examples are in the legend.
    fn kind(&self) -> Mark {
        match (self.hollow, self.classes) {
            (true, _) => Mark::Test,
            (_, 0) => Mark::Value,
            _ => Mark::Class,
        }
    }

    fn radius(&self, style: &Style) -> f64 {
        let size = if self.hollow { 0.9 } else { 1.1 };
        size * scatter::radius(self.points.len()) * style.weight
    }

    /// Pixel, marker and colour of an example that lies in the frame and has a class or a value.
    fn mark(
        &self,
        frame: &Frame,
        style: &Style,
        index: usize,
    ) -> Option<([f64; 2], Marker, Color)> {
        let (&point, &y) = (self.points.get(index)?, self.y.get(index)?);
        let pixel = frame.to_pixel(point);
        if !frame.holds(pixel, self.radius(style)) || !y.is_finite() {
            return None;
        }
        if self.classes == 0 {
            return Some((pixel, Marker::Dot, classes::diverging(style.theme, y / self.limit)));
        }
        // Negative numbers become class 0.
        let class = y as usize;
        let look = CLASSES.get(class).filter(|_| class < self.classes)?;
        Some((pixel, look.marker, look.color(style.theme)))
    }

    fn draw_mark<DB: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, DB>,
        frame: &Frame,
        style: &Style,
        index: usize,
    ) -> Drawn<DB> {
        let Some((pixel, marker, color)) = self.mark(frame, style, index) else { return Ok(()) };
        let Style { theme, weight, .. } = *style;
        let radius = self.radius(style);
        if self.hollow {
            // A value's colour may be the paper's, so there the rim is drawn, and the colour inside.
            return match self.classes {
                0 => marker.draw_hollow(pen, pixel, radius, theme.ink, color),
                _ => marker.draw_hollow(pen, pixel, radius, color, theme.paper),
            };
        }
        if self.classes == 0 {
            marker.draw(pen, pixel, radius + 0.3 * weight, theme.muted)?;
            return marker.draw(pen, pixel, radius - 0.5 * weight, color);
        }
        marker.draw(pen, pixel, radius, color)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::window::Window;
    use crate::view::Theme;
    use crate::view::recorder::{Form, shapes};

    const STYLE: Style = Style::page(&Theme::LIGHT);
    const FRAME: Frame =
        Frame { window: Window::new(0.0, 10.0, 0.0, 10.0), width: 200.0, height: 100.0 };
    const LABELLED: Labelled<'_> = Labelled {
        points: &[[1.0, 1.0], [5.0, 5.0], [9.0, 2.0], [30.0, 5.0], [4.0, 4.0], [6.0, f64::NAN]],
        y: &[0.0, 1.0, 2.0, 1.0, 7.0, 1.0],
        classes: 3,
        limit: 1.0,
        hollow: false,
        lit: &[],
        chosen: None,
    };

    #[test]
    fn each_example_that_has_a_class_is_drawn_in_its_sign() {
        let drawn = shapes(|pen| draw(pen, &FRAME, &STYLE, &LABELLED));
        let colors: Vec<_> = drawn.iter().map(|shape| shape.color).collect();
        let [a, b, c] = [0, 1, 2].map(|class| classes::color(&Theme::LIGHT, class));
        let paper = Theme::LIGHT.paper;
        assert_eq!(colors, [paper, a, paper, b, paper, c]);
        assert!(matches!(&drawn[1].form, Form::Circle([20.0, 90.0], _)));
        assert!(matches!(&drawn[3].form, Form::Polygon(corners) if corners.len() == 4));
        assert!(matches!(&drawn[5].form, Form::Polygon(corners) if corners.len() == 3));
    }

    #[test]
    fn test_examples_are_hollow_and_smaller() {
        let one = Labelled { points: &LABELLED.points[..1], ..LABELLED };
        let full = shapes(|pen| draw(pen, &FRAME, &STYLE, &one));
        let hollow = shapes(|pen| draw(pen, &FRAME, &STYLE, &Labelled { hollow: true, ..one }));
        let radius = |shape: &crate::view::recorder::Shape| shape.disc().unwrap().1;
        assert!(radius(&hollow[1]) < radius(&full[1]));
        assert_eq!(hollow[2].color, Theme::LIGHT.paper);
        assert!(radius(&hollow[2]) < radius(&hollow[1]));
    }

    #[test]
    fn values_are_discs_of_the_diverging_scale() {
        let values = Labelled { y: &[-2.0, 0.0, 2.0], classes: 0, limit: 2.0, ..LABELLED };
        let drawn = shapes(|pen| draw(pen, &FRAME, &STYLE, &values));
        let inside: Vec<_> = drawn.chunks(3).map(|shapes| shapes[2].color).collect();
        let end = |class| classes::color(&Theme::LIGHT, class);
        assert_eq!(inside, [end(0), Theme::LIGHT.paper, end(1)]);
    }

    #[test]
    fn the_batch_and_the_chosen_one_lie_over_all_others() {
        let lit = Labelled { lit: &[1, 3, 99], chosen: Some(0), ..LABELLED };
        let drawn = shapes(|pen| draw_lit(pen, &FRAME, &STYLE, &lit));
        let colors: Vec<_> = drawn.iter().map(|shape| shape.color).collect();
        let Theme { paper, ink, accent, .. } = Theme::LIGHT;
        assert_eq!(colors, [ink, accent, paper, classes::color(&Theme::LIGHT, 1), paper, ink]);
        assert!(drawn[5].width > 0.0);
    }
}
