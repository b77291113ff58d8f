//! The path of a run: a line from step to step, and a mark at each.
//!
//! Paths are appended: drawing steps 0 to 10 and then 10 to 20 leaves what drawing 0 to 20 leaves.
//! A line joins only steps that the run has, one after the other; it is cut at the frame and
//! broken where a step is not finite.

use crate::view::legend::Mark;
use crate::view::look::Look;
use crate::view::pen::{Drawn, Ink, Pen};
use crate::view::stroke::{Stroke, distance};
use crate::view::theme::Style;
use crate::view::{Frame, arrows};
use plotters_backend::DrawingBackend;

/// The path of a run, and how it is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Trail<'a> {
    /// θ at each step, the start first.
    pub points: &'a [[f64; 2]],
    /// The step that plain GD would take from each point (Goodfellow et al. 2016, figure 8.5);
    /// empty when these are not shown.
    pub gd_steps: &'a [[f64; 2]],
    /// Colour, dash and marker.
    pub look: &'a Look,
}

// Steps longer than this have a mark each; among shorter ones there is a mark every so often.
const CLEAR: f64 = 6.0;
const SPARSE: f64 = 44.0;
const MARK: f64 = 2.6;

/// The ink of a run's line.
pub fn ink(look: &Look, style: &Style) -> Ink {
    style.line(look.color(style.theme), 1.8)
}

/// Draws a path from step `from`, whose mark is there already unless it is the start, to step
/// `to`, or to its end.
///
/// # Errors
/// The backend's.
pub fn draw<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    frame: &Frame,
    style: &Style,
    trail: &Trail<'_>,
    from: usize,
    to: usize,
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::Path);
    let Trail { points, gd_steps, look } = *trail;
    let mut stroke = Stroke::new(frame, look.dash, ink(look, style));
    let mut unmarked = 0.0;
    for step in 0..points.len().min(to.saturating_add(1)) {
        let point = points[step];
        let is_new = step > from || from == 0;
        if step > 0 {
            let before = points[step - 1];
            if is_new {
                stroke.draw(pen, before, point)?;
            } else {
                stroke.pass(before, point);
            }
            let length = distance(frame.to_pixel(before), frame.to_pixel(point));
            unmarked += if length.is_finite() { length } else { SPARSE * style.weight };
            if length < CLEAR * style.weight && unmarked < SPARSE * style.weight {
                continue;
            }
            unmarked = 0.0;
        }
        let pixel = frame.to_pixel(point);
        if is_new && frame.holds(pixel, MARK * style.weight) {
            if let Some(&gd_step) = gd_steps.get(step) {
                // Now, so that the line's next piece lies over this arrow in any case.
                stroke.lift(pen)?;
                draw_gd_step(pen, frame, style, point, gd_step)?;
            }
            look.marker.draw(pen, pixel, MARK * style.weight, look.color(style.theme))?;
        }
    }
    stroke.lift(pen)
}

/// Draws where plain GD would step from a point.
///
/// # Errors
/// The backend's.
pub fn draw_gd_step<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    frame: &Frame,
    style: &Style,
    from: [f64; 2],
    gd_step: [f64; 2],
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::GdStep);
    arrows::draw(pen, frame, from, gd_step, style.line(style.theme.ink, 1.1))
}
