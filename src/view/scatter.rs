//! The data plot: examples as points (x, y), and what a model makes of them.

use crate::view::Frame;
use crate::view::legend::Mark;
use crate::view::look::Look;
use crate::view::pen::{Drawn, Ink, Pen};
use crate::view::stroke::Stroke;
use crate::view::theme::Style;
use libm::{ceil, log};
use plotters_backend::DrawingBackend;

/// Examples, and which of them stand out.
#[derive(Clone, Copy, Debug)]
pub struct Scatter<'a> {
    /// The pair (x, y) of each example.
    pub examples: &'a [[f64; 2]],
    /// The indices of those in the batch J_k.
    pub lit: &'a [u32],
    /// The index of the one that is pointed at or being edited.
    pub chosen: Option<usize>,
}

// Discs of few examples and of many: how many these are, and their radii in px.
const FEW: (f64, f64) = (50.0, 3.4);
const MANY: (f64, f64) = (2000.0, 1.6);
// A model's curve is sampled so often, in px.
const SAMPLED: f64 = 2.0;

/// The radius of an example's disc among so many, in px of the page.
pub fn radius(examples: usize) -> f64 {
    let share = log(examples.max(1) as f64 / FEW.0) / log(MANY.0 / FEW.0);
    FEW.1 + share.clamp(0.0, 1.0) * (MANY.1 - FEW.1)
}

/// Draws the examples, the batch lit up among them, and a ring round the chosen one.
///
/// # Errors
/// The backend's, here and below.
pub fn draw<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    frame: &Frame,
    style: &Style,
    scatter: &Scatter<'_>,
) -> Drawn<DB> {
    draw_examples(pen, frame, style, scatter.examples)?;
    draw_lit(pen, frame, style, scatter)
}

/// Draws all examples alike: what stays as it is while batches come and go.
///
/// # Errors
/// The backend's.
pub fn draw_examples<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    frame: &Frame,
    style: &Style,
    examples: &[[f64; 2]],
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::Example);
    let Style { theme, weight, .. } = *style;
    let radius = radius(examples.len()) * weight;
    for pixel in shown(frame, examples.iter(), radius) {
        pen.disc(pixel, radius + 0.8 * weight, theme.paper)?;
        pen.disc(pixel, radius, theme.muted)?;
    }
    Ok(())
}

/// Draws examples that are not used yet, hollow.
///
/// # Errors
/// The backend's.
pub fn draw_waiting<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    frame: &Frame,
    style: &Style,
    examples: &[[f64; 2]],
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::Waiting);
    let radius = radius(examples.len()) * style.weight;
    for pixel in shown(frame, examples.iter(), radius) {
        pen.ring(pixel, radius, Ink { alpha: 0.6, ..style.line(style.theme.muted, 1.0) })?;
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
    scatter: &Scatter<'_>,
) -> Drawn<DB> {
    let Scatter { examples, lit, chosen } = *scatter;
    let Style { theme, weight, .. } = *style;
    let radius = (radius(examples.len()) + 1.7) * weight;
    let batch = lit.iter().filter_map(|&index| examples.get(index as usize));
    for pixel in shown(frame, batch, radius) {
        let pen = &mut pen.of(Mark::Batch);
        pen.disc(pixel, radius + 1.2 * weight, theme.ink)?;
        pen.disc(pixel, radius, theme.accent)?;
    }
    let chosen = chosen.and_then(|index| examples.get(index));
    for pixel in shown(frame, chosen.into_iter(), radius) {
        let pen = &mut pen.of(Mark::Chosen);
        let radius = radius + 4.6 * weight;
        pen.ring(pixel, radius, style.line(theme.paper, 4.4))?;
        pen.ring(pixel, radius, style.line(theme.ink, 1.8))?;
    }
    Ok(())
}

/// The pixels of those points that lie in the frame, or reach into it with this radius.
fn shown<'a>(
    frame: &Frame,
    points: impl Iterator<Item = &'a [f64; 2]>,
    radius: f64,
) -> impl Iterator<Item = [f64; 2]> {
    points.map(|&point| frame.to_pixel(point)).filter(move |&pixel| frame.holds(pixel, radius))
}

/// Draws a model's curve y = f(x) over the whole frame, broken where it is not finite. `dash` is
/// that of [`Stroke`].
///
/// # Errors
/// The backend's.
pub fn draw_curve<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    frame: &Frame,
    ink: Ink,
    dash: &[f64],
    f: impl Fn(f64) -> f64,
) -> Drawn<DB> {
    draw_function(&mut pen.of(Mark::Model), frame, ink, dash, f)
}

/// Draws the curve of a run's model at an earlier step, thin and faint.
///
/// # Errors
/// The backend's.
pub fn draw_past<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    frame: &Frame,
    style: &Style,
    look: &Look,
    f: impl Fn(f64) -> f64,
) -> Drawn<DB> {
    let ink = Ink { alpha: 0.22, ..style.line(look.color(style.theme), 1.0) };
    draw_function(&mut pen.of(Mark::PastModel), frame, ink, &[], f)
}

fn draw_function<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    frame: &Frame,
    ink: Ink,
    dash: &[f64],
    f: impl Fn(f64) -> f64,
) -> Drawn<DB> {
    let pieces = ceil(frame.width / SAMPLED).max(1.0) as usize;
    let at = |k: usize| {
        let [x, _] = frame.to_data([k as f64 / pieces as f64 * frame.width, 0.0]);
        [x, f(x)]
    };
    let mut stroke = Stroke::new(frame, dash, ink);
    let mut before = at(0);
    for k in 1..=pieces {
        let point = at(k);
        stroke.draw(pen, before, point)?;
        before = point;
    }
    stroke.lift(pen)
}

/// Draws a line from each example up or down to the model's curve y = f(x).
///
/// # Errors
/// The backend's.
pub fn draw_residuals<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    frame: &Frame,
    ink: Ink,
    examples: &[[f64; 2]],
    f: impl Fn(f64) -> f64,
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::Residual);
    let mut stroke = Stroke::new(frame, &[], ink);
    for &[x, y] in examples {
        stroke.draw(pen, [x, y], [x, f(x)])?;
    }
    stroke.lift(pen)
}

/// Draws a run's marker where θ itself is a point of the data plane.
///
/// # Errors
/// The backend's.
pub fn draw_point<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    frame: &Frame,
    style: &Style,
    look: &Look,
    point: [f64; 2],
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::Model);
    let Style { theme, weight, .. } = *style;
    let radius = 5.2 * weight;
    for pixel in shown(frame, [point].iter(), radius) {
        look.marker.draw(pen, pixel, radius + 2.2 * weight, theme.paper)?;
        look.marker.draw(pen, pixel, radius, look.color(theme))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::window::Window;
    use crate::view::recorder::shapes;
    use crate::view::{LOOKS, Theme};

    const STYLE: Style = Style::page(&Theme::LIGHT);
    const FRAME: Frame =
        Frame { window: Window::new(0.0, 10.0, 0.0, 10.0), width: 200.0, height: 100.0 };
    const EXAMPLES: [[f64; 2]; 4] = [[1.0, 1.0], [5.0, 5.0], [9.0, 2.0], [30.0, 5.0]];

    #[test]
    fn many_examples_are_smaller_than_few() {
        let radii = [4, 50, 300, 2000, 1_000_000].map(radius);
        assert_eq!([radii[0], radii[1], radii[3], radii[4]], [3.4, 3.4, 1.6, 1.6]);
        assert!(1.6 < radii[2] && radii[2] < 3.4);
    }

    #[test]
    fn each_example_in_the_frame_is_one_disc_at_its_place() {
        let drawn = shapes(|pen| draw_examples(pen, &FRAME, &STYLE, &EXAMPLES));
        let muted = drawn.iter().filter(|shape| shape.color == Theme::LIGHT.muted);
        let middles: Vec<_> = muted.map(|shape| shape.disc().unwrap().0).collect();
        assert_eq!(middles, [[20.0, 90.0], [100.0, 50.0], [180.0, 80.0]]);
    }

    #[test]
    fn the_batch_lies_over_the_examples_and_covers_them() {
        // An index that no example has is passed over.
        let scatter = Scatter { examples: &EXAMPLES, lit: &[1, 3, 99], chosen: Some(0) };
        let drawn = shapes(|pen| draw(pen, &FRAME, &STYLE, &scatter));
        let lit = drawn.iter().position(|shape| shape.color == Theme::LIGHT.accent).unwrap();
        let (middle, reach) = drawn[lit].disc().unwrap();
        assert_eq!(middle, [100.0, 50.0]);
        assert!(reach > radius(4) + 0.8);
        let lit_shapes = drawn[lit..].iter().filter(|shape| shape.color == Theme::LIGHT.accent);
        assert_eq!(lit_shapes.count(), 1);
        assert!(drawn[lit..].iter().all(|shape| shape.color != Theme::LIGHT.muted));
        let ring = drawn.last().unwrap();
        assert!(ring.width > 0.0 && ring.disc().is_none());
    }

    #[test]
    fn a_curve_goes_through_its_values_and_breaks_where_there_is_none() {
        let f = |x: f64| if (4.0..6.0).contains(&x) { f64::NAN } else { 5.0 + 0.1 * x * x };
        let ink = Ink::new(Theme::LIGHT.ink, 1.8);
        let drawn = shapes(|pen| draw_curve(pen, &FRAME, ink, &[], f));
        assert_eq!(drawn.len(), 2);
        for &[px, py] in drawn.iter().flat_map(|shape| shape.line()) {
            let [x, y] = FRAME.to_data([px, py]);
            // Sampled every 0.1, drawn to an eighth of a pixel, cut at 10 + 0.4.
            assert!((y - f(x)).abs() < 0.03 || y > 10.3, "{x} {y}");
            assert!(FRAME.holds([px, py], 4.0));
        }
        let [first, last] = [drawn[0].line()[0][0], *drawn[1].line()[0].first().unwrap()];
        assert_eq!((first, last), (0.0, 120.0));
        let infinite = shapes(|pen| draw_curve(pen, &FRAME, ink, &[], |_| f64::INFINITY));
        assert!(infinite.is_empty());
    }

    #[test]
    fn residuals_join_examples_and_curve() {
        let ink = Ink::new(Theme::LIGHT.muted, 1.0);
        let examples = [[2.0, 8.0], [5.0, 1.0], [8.0, 1e9], [7.0, f64::NAN]];
        let drawn = shapes(|pen| draw_residuals(pen, &FRAME, ink, &examples, |x| x));
        let lines: Vec<_> = drawn.iter().map(|shape| shape.line().to_vec()).collect();
        assert_eq!(lines[0], [[40.0, 20.0], [40.0, 80.0]]);
        assert_eq!(lines[1], [[100.0, 90.0], [100.0, 50.0]]);
        // Cut a little above the frame.
        assert_eq!(lines[2], [[160.0, -4.0], [160.0, 20.0]]);
        assert_eq!(lines.len(), 3);
    }

    #[test]
    fn a_point_outside_of_the_frame_is_not_drawn() {
        let count = |point| shapes(|pen| draw_point(pen, &FRAME, &STYLE, &LOOKS[1], point)).len();
        assert_eq!(count([5.0, 5.0]), 2);
        assert_eq!(count([50.0, 5.0]), 0);
        assert_eq!(count([f64::NAN, 5.0]), 0);
    }
}
