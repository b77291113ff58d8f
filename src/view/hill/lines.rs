//! Paths on the surface, and their shadows on the floor.

use plotters_backend::DrawingBackend;

use super::trace::{Sight, Trace, Vertex};
use super::{Hill, Projection};
use crate::math::window::Window;
use crate::view::legend::Mark;
use crate::view::look::Look;
use crate::view::pen::{Drawn, Ink, Pen};
use crate::view::stroke::{Stroke, distance};
use crate::view::theme::Style;
use crate::view::{Frame, arrows};

/// The dash of what the hill hides, in px.
const HIDDEN: [f64; 2] = [2.5, 4.5];
/// Its opacity.
pub(super) const FAINT: f64 = 0.42;
/// That of a shadow.
const SHADOW: f64 = 0.3;
// Steps longer than this have a mark each; among shorter ones there is a mark every so often.
const CLEAR: f64 = 6.0;
const SPARSE: f64 = 44.0;
const MARK: f64 = 2.6;

/// A picture as a plane of its own pixels: lines are cut at its edges.
pub(super) fn screen(projection: &Projection) -> Frame {
    let [width, height] = projection.size();
    Frame { window: Window::new(0.0, width, 0.0, height), width, height }
}

/// A pixel as a point of [`screen`], whose y goes up.
pub(super) fn on(screen: &Frame, [px, py]: [f64; 2]) -> [f64; 2] {
    [px, screen.height - py]
}

/// Draws what is seen of a path from step `from` to step `to`, with its dash, and what the hill hides
/// dashed and faint; marks at its steps as on the plot.
///
/// # Errors
/// The backend's, here and below.
pub fn draw<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    projection: &Projection,
    style: &Style,
    look: &Look,
    trace: &Trace,
    [from, to]: [usize; 2],
) -> Drawn<DB> {
    let ink = style.line(look.color(style.theme), 1.8);
    draw_lines(&mut pen.of(Mark::Path), projection, trace, [from, to], look.dash, ink)?;
    draw_steps(&mut pen.of(Mark::Path), projection, style, look, trace, [from, to])
}

/// Draws the line of a path with an ink: dashed and faint where the hill hides it.
pub(super) fn draw_lines<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    projection: &Projection,
    trace: &Trace,
    steps: [usize; 2],
    dash: &[f64],
    ink: Ink,
) -> Drawn<DB> {
    let where_it_is =
        |sight| move |vertex: &Vertex| (vertex.sight == sight).then_some(vertex.pixel);
    let (hidden, seen) = (where_it_is(Sight::Hidden), where_it_is(Sight::Seen));
    let behind = &mut pen.of(Mark::Hidden);
    draw_where(behind, projection, trace, steps, &HIDDEN, faint(ink), hidden)?;
    draw_where(pen, projection, trace, steps, dash, ink, seen)
}

/// Draws the edge of the surface, where it is seen.
///
/// # Errors
/// The backend's.
pub fn draw_edge<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    hill: &Hill<'_>,
    style: &Style,
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::Axes);
    let Window { x: [left, right], y: [bottom, top] } = hill.window;
    let mut trace = Trace::default();
    let corners = [[left, bottom], [right, bottom], [right, top], [left, top], [left, bottom]];
    trace.extend(hill, &corners, usize::MAX);
    draw_seen(
        pen,
        hill.projection,
        &trace,
        Ink { alpha: 0.6, ..style.line(style.theme.muted, 1.0) },
    )
}

/// Draws what is seen of a trace as one thin line.
///
/// # Errors
/// The backend's.
pub fn draw_seen<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    projection: &Projection,
    trace: &Trace,
    ink: Ink,
) -> Drawn<DB> {
    draw_where(pen, projection, trace, [0, usize::MAX], &[], ink, |vertex| {
        (vertex.sight == Sight::Seen).then_some(vertex.pixel)
    })
}

/// What a line is drawn with where the hill hides it.
fn faint(ink: Ink) -> Ink {
    Ink { alpha: FAINT * ink.alpha, ..ink }
}

/// Draws a line of a frame as one that the hill hides.
///
/// # Errors
/// The backend's.
pub fn draw_hidden<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    frame: &Frame,
    points: &[[f64; 2]],
    ink: Ink,
) -> Drawn<DB> {
    let mut stroke = Stroke::new(frame, &HIDDEN, faint(ink));
    points.windows(2).try_for_each(|pair| stroke.draw(pen, pair[0], pair[1]))?;
    stroke.lift(pen)
}

/// What the shadow of a run's path is drawn with.
pub fn shadow(look: &Look, style: &Style) -> Ink {
    let color = look.color(style.theme).mix(style.theme.muted, 0.5);
    Ink { alpha: SHADOW, ..style.line(color, 1.6) }
}

/// Draws the shadow of a path on the floor of the box.
///
/// # Errors
/// The backend's.
pub fn draw_shadow<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    projection: &Projection,
    style: &Style,
    look: &Look,
    trace: &Trace,
    steps: [usize; 2],
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::Shadow);
    draw_where(pen, projection, trace, steps, &[], shadow(look, style), |vertex| {
        (vertex.sight != Sight::Gone).then_some(vertex.floor)
    })
}

/// Draws the pieces of a trace whose ends have a pixel.
fn draw_where<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    projection: &Projection,
    trace: &Trace,
    [from, to]: [usize; 2],
    dash: &[f64],
    ink: Ink,
    pixel: impl Fn(&Vertex) -> Option<[f64; 2]>,
) -> Drawn<DB> {
    let frame = screen(projection);
    let mut stroke = Stroke::new(&frame, dash, ink);
    let end = trace.vertices.partition_point(|vertex| vertex.step <= to);
    for pair in trace.vertices[..end].windows(2) {
        let Some(b) = pixel(&pair[1]) else { continue };
        // Where the line begins, its first place leads nowhere, but has a pixel as well.
        let a = pixel(&Vertex { sight: pair[1].sight, ..pair[0] }).unwrap_or(b);
        let [a, b] = [a, b].map(|pixel| on(&frame, pixel));
        if pair[1].step > from {
            stroke.draw(pen, a, b)?;
        } else {
            stroke.pass(a, b);
        }
    }
    stroke.lift(pen)
}

/// Draws marks at the steps of a path: those that are hidden faint.
fn draw_steps<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    projection: &Projection,
    style: &Style,
    look: &Look,
    trace: &Trace,
    [from, to]: [usize; 2],
) -> Drawn<DB> {
    let frame = screen(projection);
    let mut unmarked = f64::INFINITY;
    let mut before: Option<(usize, [f64; 2])> = None;
    let ends = trace.vertices.chunk_by(|a, b| a.step == b.step).filter_map(|of| of.last());
    for Vertex { pixel, sight, step, .. } in ends.take_while(|vertex| vertex.step <= to) {
        let length = match before {
            Some((last, place)) if last + 1 == *step => distance(place, *pixel),
            _ => f64::INFINITY,
        };
        before = Some((*step, *pixel));
        unmarked += length;
        if length < CLEAR * style.weight && unmarked < SPARSE * style.weight {
            continue;
        }
        unmarked = 0.0;
        // The path may have been cut before it came to the step.
        let is_step = *sight != Sight::Gone && trace.reaches(*step);
        let is_new = *step > from || from == 0;
        if is_step && is_new && frame.holds(*pixel, MARK * style.weight) {
            let alpha = if *sight == Sight::Hidden { FAINT } else { 1.0 };
            let fill = Ink { alpha, ..Ink::from(look.color(style.theme)) };
            look.marker.draw(pen, *pixel, MARK * style.weight, fill)?;
        }
    }
    Ok(())
}

/// Draws an arrow from a point of the plane, lying on the surface.
///
/// # Errors
/// The backend's.
pub fn draw_arrow<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    hill: &Hill<'_>,
    from: [f64; 2],
    by: [f64; 2],
    ink: Ink,
) -> Drawn<DB> {
    let to = [from[0] + by[0], from[1] + by[1]];
    let mut trace = Trace::default();
    trace.extend(hill, &[from, to], 1);
    draw_lines(pen, hill.projection, &trace, [0, 1], &[], ink)?;
    let seen = trace.vertices.iter().rev().filter(|vertex| vertex.sight == Sight::Seen);
    let mut seen = seen.map(|vertex| vertex.pixel);
    let Some(tip) = seen.next().filter(|_| trace.reaches(1)) else { return Ok(()) };
    let reach = 4.0 * ink.width;
    if let Some(behind) = seen.find(|&pixel| distance(pixel, tip) > reach) {
        let length = distance(behind, tip);
        let along = [0, 1].map(|axis| (tip[axis] - behind[axis]) / length);
        return pen.polygon(&arrows::head_at(tip, along, 2.0 * reach), ink);
    }
    Ok(())
}
