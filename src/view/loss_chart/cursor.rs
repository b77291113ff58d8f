//! The line of a step with each run's marker on its curve.

use super::{Chart, Curve, Kind};
use crate::view::legend::Mark;
use crate::view::pen::{Drawn, Ink, Pen};
use crate::view::theme::Style;
use plotters_backend::DrawingBackend;

// The line reaches so many px beyond the chart, above and below.
const OVER: f64 = 4.0;

/// Draws the line of the present step with each run's marker on its curve, and, where the pointer
/// is over the chart, the step it is at.
///
/// # Errors
/// The backend's.
pub fn draw_cursor<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    chart: &Chart,
    style: &Style,
    curves: &[Curve<'_>],
    step: usize,
    hovered: Option<usize>,
) -> Drawn<DB> {
    if let Some(hovered) = hovered {
        draw_pointed(pen, chart, style, curves, hovered)?;
    }
    draw_now(pen, chart, style, curves, step)
}

/// Draws the line of the present step with each run's marker on its curve.
///
/// # Errors
/// The backend's.
pub fn draw_now<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    chart: &Chart,
    style: &Style,
    curves: &[Curve<'_>],
    step: usize,
) -> Drawn<DB> {
    let ink = style.line(style.theme.accent, 1.4);
    draw_cursor_of(&mut pen.of(Mark::Now), chart, style, curves, step, ink)
}

/// The same for the step under the pointer.
///
/// # Errors
/// The backend's.
pub fn draw_pointed<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    chart: &Chart,
    style: &Style,
    curves: &[Curve<'_>],
    step: usize,
) -> Drawn<DB> {
    let ink = style.line(style.theme.muted, 1.0);
    draw_cursor_of(&mut pen.of(Mark::Pointed), chart, style, curves, step, ink)
}

fn draw_cursor_of<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    chart: &Chart,
    style: &Style,
    curves: &[Curve<'_>],
    step: usize,
    line: Ink,
) -> Drawn<DB> {
    let frame = chart.layout.frame();
    let [[_, end], [_, highest]] = [frame.window.x, frame.window.y];
    let mut places: Vec<f64> =
        curves.iter().map(|curve| chart.across.place(curve.pace, step)).collect();
    places.retain(|&place| place <= end);
    places.sort_unstable_by(f64::total_cmp);
    places.dedup();
    for place in places {
        let [px, top] = chart.layout.pixel((place, highest));
        let bottom = top + frame.height;
        pen.polyline(&[[px, top - OVER], [px, bottom + OVER]], line)?;
    }
    for curve in curves.iter().filter(|curve| step < curve.loss.len()) {
        let place = chart.place(curve, step);
        let has_marker = !matches!(curve.kind, Kind::Batch | Kind::Test);
        if has_marker && frame.window.contains(place.into()) {
            draw_marker(pen, chart.layout.pixel(place), style, curve)?;
        }
    }
    Ok(())
}

fn draw_marker<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    pixel: [f64; 2],
    style: &Style,
    curve: &Curve<'_>,
) -> Drawn<DB> {
    let Style { theme, weight, .. } = *style;
    let marker = curve.look.marker;
    marker.draw(pen, pixel, 5.2 * weight, theme.paper)?;
    match curve.kind {
        Kind::Average => marker.draw_hollow(pen, pixel, 4.2 * weight, theme.ink, theme.paper),
        _ => marker.draw(pen, pixel, 3.4 * weight, curve.look.color(theme)),
    }
}
