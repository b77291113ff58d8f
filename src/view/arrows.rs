//! Arrows: where a step would go, how fast a run moves, which way is up.

use crate::view::pen::{Drawn, Ink, Pen};
use crate::view::stroke::distance;
use crate::view::{Frame, clip};
use plotters_backend::DrawingBackend;

// The head's length in line widths plus px, and half its breadth in its length.
const HEAD: [f64; 2] = [2.2, 4.0];
const SLENDER: f64 = 0.42;

/// Draws an arrow from a point of the plane along a displacement in the plane, clipped to the
/// frame; shorter than 3 px, it is left out.
///
/// # Errors
/// The backend's.
pub fn draw<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    frame: &Frame,
    from: [f64; 2],
    [dx, dy]: [f64; 2],
    ink: Ink,
) -> Drawn<DB> {
    let tip = [from[0] + dx, from[1] + dy];
    let Some([start, end]) = clip::segment(frame, from, tip, 4.0) else { return Ok(()) };
    let length = distance(start, end);
    if length < 3.0 {
        return Ok(());
    }
    let along = [(end[0] - start[0]) / length, (end[1] - start[1]) / length];
    // Short arrows keep a line before their head.
    let head = (HEAD[0] * ink.width + HEAD[1]).min(0.6 * length);
    if frame.holds(frame.to_pixel(tip), 0.0) {
        let base = [end[0] - head * along[0], end[1] - head * along[1]];
        pen.polyline(&[start, base], ink)?;
        pen.polygon(&head_at(end, along, head), ink)
    } else {
        pen.polyline(&[start, end], ink)
    }
}

/// The corners of an arrow's head of this length that points along a unit vector.
pub fn head_at([x, y]: [f64; 2], [ux, uy]: [f64; 2], length: f64) -> [[f64; 2]; 3] {
    let half = SLENDER * length;
    let base = [x - length * ux, y - length * uy];
    [[x, y], [base[0] - half * uy, base[1] + half * ux], [base[0] + half * uy, base[1] - half * ux]]
}
