//! What lies on the paths: where runs are, the start, minima, and what the pointer reads. What the hill
//! hides is faint.

use plotters_backend::DrawingBackend;

use super::lines::{FAINT, draw_arrow, screen};
use super::trace::Sight;
use super::{Hill, Spot};
use crate::view::legend::Mark;
use crate::view::look::Look;
use crate::view::pen::{Anchor, Color, Drawn, Ink, Pen, TextStyle, text_width};
use crate::view::stroke::distance;
use crate::view::theme::Style;
use crate::view::{Trail, arrows, basins, clip};

/// The place over a point of the plane, if any of it is in the picture, with the opacity that it is
/// drawn with.
pub(super) fn place(hill: &Hill<'_>, point: [f64; 2], reach: f64) -> Option<(Spot, f64)> {
    let spot = hill.spot(point).filter(|spot| spot.sight != Sight::Gone)?;
    let alpha = if spot.sight == Sight::Seen { 1.0 } else { FAINT };
    screen(hill.projection).holds(spot.pixel, reach).then_some((spot, alpha))
}

pub(super) fn fill(color: Color, alpha: f64) -> Ink {
    Ink { alpha, ..Ink::from(color) }
}

/// A ring; dashed and faint where it is hidden.
pub(super) fn draw_ring<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    pixel: [f64; 2],
    radius: f64,
    ink: Ink,
    alpha: f64,
) -> Drawn<DB> {
    if alpha == 1.0 {
        return pen.ring(pixel, radius, ink);
    }
    const DASHES: u32 = 8;
    for dash in 0..DASHES {
        let at = |part: f64| {
            let angle = (f64::from(dash) + part) * std::f64::consts::TAU / f64::from(DASHES);
            [pixel[0] + radius * libm::cos(angle), pixel[1] + radius * libm::sin(angle)]
        };
        pen.polyline(&[at(0.0), at(0.25), at(0.5)], Ink { alpha, ..ink })?;
    }
    Ok(())
}

/// Draws the handle by which the start is dragged, with a label above it unless that is empty.
///
/// # Errors
/// The backend's, here and below.
pub fn draw_start<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    hill: &Hill<'_>,
    style: &Style,
    start: [f64; 2],
    label: &str,
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::Start);
    let Style { theme, type_size: size, weight, .. } = *style;
    let radius = 7.5 * weight;
    let Some((Spot { pixel, .. }, alpha)) = place(hill, start, radius) else { return Ok(()) };
    if alpha == 1.0 {
        pen.disc(pixel, radius + 3.0 * weight, theme.paper)?;
    }
    draw_ring(pen, pixel, radius, style.line(theme.ink, 2.4), alpha)?;
    if label.is_empty() {
        return Ok(());
    }
    let [width, height] = hill.projection.size();
    let half = 0.5 * text_width(label, size);
    let x = pixel[0].min(width - half).max(half.min(0.5 * width));
    let up = pixel[1] - radius - size;
    let y = if up > size { up } else { (pixel[1] + radius + size).min(height - size) };
    let text_style = TextStyle { color: theme.ink, ..style.label(Anchor::Center) };
    pen.text_with_halo(label, [x, y], text_style, theme.paper)
}

/// Draws a disc at each known minimum, in the colour of the starts that lead to it.
///
/// # Errors
/// The backend's.
pub fn draw_basins<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    hill: &Hill<'_>,
    style: &Style,
    minima: &[[f64; 2]],
) -> Drawn<DB> {
    for (index, &minimum) in minima.iter().enumerate() {
        if let Some((Spot { pixel, .. }, alpha)) = place(hill, minimum, basins::radius(style)) {
            basins::draw_minimum(pen, style, index, pixel, alpha)?;
        }
    }
    Ok(())
}

/// Draws a cross at each known minimum, on the surface.
///
/// # Errors
/// The backend's.
pub fn draw_minima<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    hill: &Hill<'_>,
    style: &Style,
    minima: &[[f64; 2]],
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::Minimum);
    let arm = 8.0 * style.weight;
    for &minimum in minima {
        let Some((Spot { pixel: [px, py], .. }, alpha)) = place(hill, minimum, arm) else {
            continue;
        };
        let paper = (alpha == 1.0).then_some((style.theme.paper, 4.0));
        for (color, width) in paper.into_iter().chain([(style.theme.ink, 1.5)]) {
            let ink = Ink { alpha, ..style.line(color, width) };
            pen.polyline(&[[px - arm, py], [px + arm, py]], ink)?;
            pen.polyline(&[[px, py - arm], [px, py + arm]], ink)?;
        }
    }
    Ok(())
}

/// Draws where a run is at a step: its marker with a rim; a cross where it ended; an arrow where it
/// left the box, in the direction in which it is now.
///
/// # Errors
/// The backend's.
pub fn draw_head<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    hill: &Hill<'_>,
    style: &Style,
    trail: &Trail<'_>,
    step: usize,
) -> Drawn<DB> {
    let Trail { points, look, .. } = *trail;
    let Some(last) = points.len().checked_sub(1) else { return Ok(()) };
    let Style { theme, weight, .. } = *style;
    let color = look.color(theme);
    let radius = 5.2 * weight;
    let point = points[step.min(last)];
    let Some((Spot { pixel, .. }, alpha)) = place(hill, point, radius) else {
        return draw_outside(pen, hill, style, &points[..=step.min(last)], color);
    };
    if step > last {
        let pen = &mut pen.of(Mark::Ended);
        let [px, py] = pixel;
        for (color, width) in [(theme.paper, 5.4), (color, 2.4)] {
            let ink = Ink { alpha, ..style.line(color, width) };
            pen.polyline(&[[px - radius, py - radius], [px + radius, py + radius]], ink)?;
            pen.polyline(&[[px - radius, py + radius], [px + radius, py - radius]], ink)?;
        }
        return Ok(());
    }
    let pen = &mut pen.of(Mark::Head);
    if alpha == 1.0 {
        look.marker.draw(pen, pixel, radius + 2.2 * weight, theme.paper)?;
    } else {
        draw_ring(pen, pixel, radius + 2.2 * weight, style.line(color, 1.4), alpha)?;
    }
    look.marker.draw(pen, pixel, radius, fill(color, alpha))
}

/// Draws an arrow where a path left the box.
fn draw_outside<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    hill: &Hill<'_>,
    style: &Style,
    points: &[[f64; 2]],
    color: Color,
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::Outside);
    let Some((tip, along)) = way_out(hill, points) else { return Ok(()) };
    let grown = [0, 1].map(|axis| tip[axis] + 5.0 * style.weight * along[axis]);
    pen.polygon(&arrows::head_at(grown, along, 26.0 * style.weight), style.theme.paper)?;
    pen.polygon(&arrows::head_at(tip, along, 17.0 * style.weight), color)
}

/// The pixel at which a path last left the box, and the direction from there, of length 1.
fn way_out(hill: &Hill<'_>, points: &[[f64; 2]]) -> Option<([f64; 2], [f64; 2])> {
    let end = *points.last()?;
    let pixel = |[u, v]: [f64; 2]| {
        let w = hill.terrain.height_at([u, v]).filter(|w| w.is_finite())?;
        Some(hill.projection.pixel([u, v, w.min(1.0)]))
    };
    if hill.window.contains(end) {
        // Through the top of the box, if not into a hole.
        return pixel(hill.shares(end)).map(|top| (top, [0.0, -1.0]));
    }
    let plane = hill.plane();
    let exit =
        points.windows(2).rev().find_map(|pair| clip::segment(&plane, pair[0], pair[1], 0.0));
    let [u, down] = exit.map(|[_, exit]| exit)?;
    let from = [u, 1.0 - down];
    let tip = pixel(from)?;
    let out = hill.shares(end).map(|share| share.clamp(-1e6, 1e6));
    let by = [out[0] - from[0], out[1] - from[1]];
    let [right, away, _] = *hill.projection.matrix();
    let on_screen = [right, away].map(|row| row[0] * by[0] + row[1] * by[1]);
    let length = distance(on_screen, [0.0; 2]);
    (length > 0.0).then(|| (tip, on_screen.map(|part| part / length)))
}

/// Draws where the velocity alone would carry a run.
///
/// # Errors
/// The backend's.
pub fn draw_velocity<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    hill: &Hill<'_>,
    style: &Style,
    look: &Look,
    from: [f64; 2],
    velocity: [f64; 2],
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::Velocity);
    draw_arrow(pen, hill, from, velocity, style.line(look.color(style.theme), 2.2))
}

/// Draws a ring round a step of a path: the one that the pointer is over in the loss chart.
///
/// # Errors
/// The backend's.
pub fn draw_step<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    hill: &Hill<'_>,
    style: &Style,
    trail: &Trail<'_>,
    step: usize,
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::Step);
    let radius = 6.5 * style.weight;
    let Some(&point) = trail.points.get(step) else { return Ok(()) };
    let Some((Spot { pixel, .. }, alpha)) = place(hill, point, radius) else { return Ok(()) };
    draw_ring(pen, pixel, radius, style.line(style.theme.paper, 5.0), alpha)?;
    draw_ring(pen, pixel, radius, style.line(trail.look.color(style.theme), 2.2), alpha)
}

/// Draws what hovering shows: a ring on the surface, its shadow on the floor, and the direction of
/// ∇f, uphill.
///
/// # Errors
/// The backend's.
pub fn draw_hover<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    hill: &Hill<'_>,
    style: &Style,
    point: [f64; 2],
    gradient: [f64; 2],
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::Hover);
    let Style { theme, weight, .. } = *style;
    let radius = 3.4 * weight;
    let Some((Spot { pixel, .. }, alpha)) = place(hill, point, radius) else { return Ok(()) };
    // As long as on the plot: the gradient, which is a direction of the plane, as a displacement.
    let [width, height] = hill.projection.size();
    let [dx, dy] =
        [gradient[0] / hill.window.width() * width, gradient[1] / hill.window.height() * height];
    let length = distance([dx, dy], [0.0; 2]);
    if length > 0.0 && length.is_finite() {
        let scale = 46.0 * weight / length;
        draw_arrow(
            pen,
            hill,
            point,
            gradient.map(|slope| slope * scale),
            style.line(theme.accent, 2.2),
        )?;
    }
    pen.disc(pixel, radius, fill(theme.paper, alpha))?;
    draw_ring(pen, pixel, radius, style.line(theme.ink, 1.4), alpha)
}
