//! The line of a step with each run's marker on its curve.

use super::{Chart, Curve, Kind};
use crate::view::chart::{Sign, fault};
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
    draw_cursor_of(pen.of(Mark::Now), chart, style, curves, step, ink)
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
    draw_cursor_of(pen.of(Mark::Pointed), chart, style, curves, step, ink)
}

fn draw_cursor_of<DB: DrawingBackend>(
    pen: Pen<'_, DB>,
    chart: &Chart,
    style: &Style,
    curves: &[Curve<'_>],
    step: usize,
    line: Ink,
) -> Drawn<DB> {
    let area = chart.layout.area(pen);
    let mut plot = chart.layout.on(&area).map_err(fault)?;
    let ([_, end], [_, highest]) = (chart.layout.x.ends, chart.layout.y.ends);
    let mut places: Vec<f64> =
        curves.iter().map(|curve| chart.across.place(curve.pace, step)).collect();
    places.retain(|&place| place <= end);
    places.sort_by(f64::total_cmp);
    places.dedup();
    let height = chart.layout.frame().height;
    let lines = places.into_iter().map(|place| Sign {
        at: (place, highest),
        draw: |pen: &mut Pen<'_, DB>, [px, top]: [f64; 2]| {
            pen.polyline(&[[px, top - OVER], [px, top + height + OVER]], line)
        },
    });
    plot.draw_series(lines).map_err(fault)?;
    let markers = curves.iter().filter_map(|curve| {
        let has_marker = step < curve.loss.len() && !matches!(curve.kind, Kind::Batch | Kind::Test);
        let at = has_marker.then(|| chart.place(curve, step))?;
        let draw = |pen: &mut Pen<'_, DB>, pixel| draw_marker(pen, pixel, style, curve);
        chart.layout.frame().window.contains(at.into()).then_some(Sign { at, draw })
    });
    plot.draw_series(markers).map(drop).map_err(fault)
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
