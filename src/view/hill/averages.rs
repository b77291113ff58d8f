//! Averaged iterates on the surface, and where runs are with other seeds.

use plotters_backend::DrawingBackend;

use super::lines::{self, on, screen};
use super::marks::{draw_ring, fill, place};
use super::trace::{Sight, Trace};
use super::{Hill, Spot};
use crate::view::cloud::{self, Spread};
use crate::view::legend::Mark;
use crate::view::look::Look;
use crate::view::pen::{Drawn, Pen};
use crate::view::stroke::Stroke;
use crate::view::theme::Style;

/// Draws the path of an averaged iterate up to a step: thick, with a rim of paper where it is seen.
///
/// # Errors
/// The backend's.
pub fn draw_average<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    hill: &Hill<'_>,
    style: &Style,
    look: &Look,
    points: &[[f64; 2]],
    step: usize,
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::Average);
    let mut trace = Trace::default();
    trace.extend(hill, points, step);
    let rim = style.line(style.theme.paper, 6.4);
    let frame = screen(hill.projection);
    let mut stroke = Stroke::new(&frame, &[], rim);
    for pair in trace.vertices.windows(2).filter(|pair| pair[1].sight == Sight::Seen) {
        stroke.draw(pen, on(&frame, pair[0].pixel), on(&frame, pair[1].pixel))?;
    }
    stroke.lift(pen)?;
    let ink = style.line(style.theme.ink, 3.6);
    lines::draw_lines(pen, hill.projection, &trace, [0, step], look.dash, ink)
}

/// Draws where the averaged iterate is: its run's marker, hollow.
///
/// # Errors
/// The backend's.
pub fn draw_average_head<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    hill: &Hill<'_>,
    style: &Style,
    look: &Look,
    point: [f64; 2],
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::AverageHead);
    let Style { theme, weight, .. } = *style;
    let radius = 6.0 * weight;
    let Some((Spot { pixel, .. }, alpha)) = place(hill, point, radius) else { return Ok(()) };
    if alpha < 1.0 {
        return draw_ring(pen, pixel, radius, style.line(theme.ink, 2.0), alpha);
    }
    look.marker.draw(pen, pixel, radius + 1.8 * weight, theme.paper)?;
    look.marker.draw_hollow(pen, pixel, radius, theme.ink, theme.paper)
}

/// Draws where a run is with other seeds: a dot on the surface for each.
///
/// # Errors
/// The backend's.
pub fn draw_cloud<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    hill: &Hill<'_>,
    style: &Style,
    look: &Look,
    points: &[[f64; 2]],
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::Seed);
    let radius = 2.0 * style.weight;
    for &point in points {
        if let Some((Spot { pixel, .. }, alpha)) = place(hill, point, radius) {
            pen.disc(pixel, radius, fill(look.color(style.theme), 0.5 * alpha))?;
        }
    }
    Ok(())
}

/// Draws how far seeds are spread: an ellipse of two standard deviations, laid on the surface.
///
/// # Errors
/// The backend's.
pub fn draw_spread<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    hill: &Hill<'_>,
    style: &Style,
    look: &Look,
    spread: &Spread,
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::Spread);
    let mut trace = Trace::default();
    trace.extend(hill, &cloud::ellipse(spread), usize::MAX);
    let ink = style.line(look.color(style.theme), 2.2);
    lines::draw_lines(pen, hill.projection, &trace, [0, usize::MAX], &[], ink)
}
