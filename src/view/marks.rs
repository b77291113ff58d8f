//! What lies on top of the paths: the start, the minima, where each run is, and the pointer.

use crate::view::legend::Mark;
use crate::view::pen::{Anchor, Color, Drawn, Ink, Pen, TextStyle, text_width};
use crate::view::theme::Style;
use crate::view::{Frame, Look, Trail, arrows, clip};
use plotters_backend::DrawingBackend;

/// Draws the handle by which the start is dragged, a ring, with a label beside it unless that is
/// empty.
///
/// # Errors
/// The backend's.
pub fn draw_start<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    frame: &Frame,
    style: &Style,
    start: [f64; 2],
    label: &str,
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::Start);
    let [px, py] = frame.to_pixel(start);
    let Style { theme, type_size: size, weight, .. } = *style;
    let radius = 7.5 * weight;
    if !frame.holds([px, py], radius) {
        return Ok(());
    }
    pen.disc([px, py], radius + 3.0 * weight, theme.paper)?;
    pen.ring([px, py], radius, style.line(theme.ink, 2.4))?;
    if label.is_empty() {
        return Ok(());
    }
    // Up and left of the ring, unless an edge is there.
    let far = radius + 0.8 * size;
    let width = text_width(label, size);
    let (x, anchor) = if px - far - width > 0.0 {
        (px - far, Anchor::Right)
    } else {
        // Of a frame too narrow for it, all that has room.
        ((px + far).min(frame.width - width).max(0.0), Anchor::Left)
    };
    let y = if py - far > size { py - 1.3 * size } else { py + 1.3 * size };
    // Of a frame too low for it, the label takes the middle.
    let middle = frame.height / 2.0;
    let y = y.clamp(size.min(middle), (frame.height - size).max(middle));
    pen.text_with_halo(
        label,
        [x, y],
        TextStyle { color: theme.ink, ..style.label(anchor) },
        theme.paper,
    )
}

/// Draws a cross at each known minimum.
///
/// # Errors
/// The backend's.
pub fn draw_minima<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    frame: &Frame,
    style: &Style,
    minima: &[[f64; 2]],
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::Minimum);
    // Longer than a head's radius, so that a run that has arrived does not hide it.
    crosses(pen, frame, style, minima, 9.0 * style.weight, style.theme.ink)
}

/// Draws a smaller cross in a colour of its own at each minimum of a batch's risk.
///
/// # Errors
/// The backend's.
pub fn draw_minima_in<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    frame: &Frame,
    style: &Style,
    minima: &[[f64; 2]],
    color: Color,
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::BatchMinimum);
    crosses(pen, frame, style, minima, 6.0 * style.weight, color)
}

fn crosses<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    frame: &Frame,
    style: &Style,
    minima: &[[f64; 2]],
    arm: f64,
    color: Color,
) -> Drawn<DB> {
    for [px, py] in minima.iter().map(|&minimum| frame.to_pixel(minimum)) {
        if !frame.holds([px, py], arm) {
            continue;
        }
        for (color, width) in [(style.theme.paper, 4.0), (color, 1.5)] {
            let ink = style.line(color, width);
            pen.polyline(&[[px - arm, py], [px + arm, py]], ink)?;
            pen.polyline(&[[px, py - arm], [px, py + arm]], ink)?;
        }
    }
    Ok(())
}

/// Where a run is.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    /// Its path.
    pub trail: Trail<'a>,
    /// The step shown; past the end of the path, the run has ended.
    pub step: usize,
    /// Where its velocity alone would carry it in the next step, when that is shown.
    pub velocity: Option<[f64; 2]>,
}

/// Draws where a run is: its marker with a rim; a cross where it diverged; an arrow at the edge if
/// it is outside of the window.
///
/// # Errors
/// The backend's.
pub fn draw_head<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    frame: &Frame,
    style: &Style,
    head: &Head<'_>,
) -> Drawn<DB> {
    let Head { trail: Trail { points, look, .. }, step, velocity } = *head;
    let Some(last) = points.len().checked_sub(1) else { return Ok(()) };
    let Style { theme, weight, .. } = *style;
    let color = look.color(theme);
    let radius = 5.2 * weight;
    let point = points[step.min(last)];
    let [px, py] = frame.to_pixel(point);
    if !frame.window.contains(point) {
        if let Some((tip, along)) = way_out(frame, &points[..=step.min(last)], 9.0 * weight) {
            let pen = &mut pen.of(Mark::Outside);
            let grown = [tip[0] + 5.0 * weight * along[0], tip[1] + 5.0 * weight * along[1]];
            pen.polygon(&arrows::head_at(grown, along, 26.0 * weight), theme.paper)?;
            pen.polygon(&arrows::head_at(tip, along, 17.0 * weight), color)?;
        }
        return Ok(());
    }
    if let Some(velocity) = velocity {
        draw_velocity(pen, frame, style, look, point, velocity)?;
    }
    if step > last {
        let pen = &mut pen.of(Mark::Ended);
        let arm = radius;
        for (color, width) in [(theme.paper, 5.4), (color, 2.4)] {
            let ink = style.line(color, width);
            pen.polyline(&[[px - arm, py - arm], [px + arm, py + arm]], ink)?;
            pen.polyline(&[[px - arm, py + arm], [px + arm, py - arm]], ink)?;
        }
        return Ok(());
    }
    let pen = &mut pen.of(Mark::Head);
    look.marker.draw(pen, [px, py], radius + 2.2 * weight, theme.paper)?;
    look.marker.draw(pen, [px, py], radius, color)
}

/// Draws where its velocity alone would carry a run from a point.
///
/// # Errors
/// The backend's.
pub fn draw_velocity<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    frame: &Frame,
    style: &Style,
    look: &Look,
    from: [f64; 2],
    velocity: [f64; 2],
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::Velocity);
    arrows::draw(pen, frame, from, velocity, style.line(style.theme.paper, 4.6))?;
    arrows::draw(pen, frame, from, velocity, style.line(look.color(style.theme), 2.2))
}

/// Where the path last left the window, `inset` px within its edge, and the direction, of length
/// 1, from there to where it is now. For a path that was never in, the nearest place of the edge.
fn way_out(frame: &Frame, points: &[[f64; 2]], inset: f64) -> Option<([f64; 2], [f64; 2])> {
    let end = *points.last()?;
    let Frame { width, height, .. } = *frame;
    let within = |[px, py]: [f64; 2]| {
        [
            px.clamp(inset.min(width / 2.0), (width - inset).max(width / 2.0)),
            py.clamp(inset.min(height / 2.0), (height - inset).max(height / 2.0)),
        ]
    };
    let left_at = points
        .windows(2)
        .rev()
        .find_map(|pair| clip::segment(frame, pair[0], pair[1], 0.0))
        .map(|[_, exit]| exit);
    let target = frame.to_pixel(end).map(|pixel| pixel.clamp(-1e9, 1e9));
    if target.iter().any(|pixel| pixel.is_nan()) {
        return None;
    }
    let nearest = within(target);
    let toward = |[x, y]: [f64; 2]| {
        let [dx, dy] = [target[0] - x, target[1] - y];
        let length = (dx * dx + dy * dy).sqrt();
        [dx / length, dy / length]
    };
    let leaves = |tip: [f64; 2], [ux, uy]: [f64; 2]| {
        !frame.holds([tip[0] + 2.0 * inset * ux, tip[1] + 2.0 * inset * uy], 0.0)
    };
    // The path may have gone round outside of the window, so that it is on another side now.
    let place = left_at.map(within).filter(|&tip| leaves(tip, toward(tip))).unwrap_or(nearest);
    Some((place, toward(place)))
}

/// Draws what hovering shows: a ring at the point, and the direction of ∇f, uphill. On axes of
/// different scale an arrow is drawn as a displacement is, so it need not cross isolines squarely.
///
/// # Errors
/// The backend's.
pub fn draw_hover<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    frame: &Frame,
    style: &Style,
    point: [f64; 2],
    gradient: [f64; 2],
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::Hover);
    let Style { theme, weight, .. } = *style;
    let pixel = frame.to_pixel(point);
    if !frame.holds(pixel, 3.4 * weight) {
        return Ok(());
    }
    let [dx, dy] = frame.to_pixels(gradient);
    let length = (dx * dx + dy * dy).sqrt();
    if length > 0.0 && length.is_finite() {
        let scale = 46.0 * weight / length;
        let arrow = gradient.map(|slope| slope * scale);
        arrows::draw(pen, frame, point, arrow, style.line(theme.paper, 4.2))?;
        arrows::draw(pen, frame, point, arrow, style.line(theme.accent, 2.0))?;
    }
    pen.disc(pixel, 3.4 * weight, theme.paper)?;
    pen.ring(pixel, 3.4 * weight, style.line(theme.ink, 1.4))
}

/// Draws a ring round a step of a path: the one that the pointer is over in the loss chart.
///
/// # Errors
/// The backend's.
pub fn draw_step<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    frame: &Frame,
    style: &Style,
    trail: &Trail<'_>,
    step: usize,
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::Step);
    let Some(&point) = trail.points.get(step) else { return Ok(()) };
    let Style { theme, weight, .. } = *style;
    let pixel = frame.to_pixel(point);
    if !frame.holds(pixel, 8.0) {
        return Ok(());
    }
    pen.ring(pixel, 6.5 * weight, Ink::new(theme.paper, 5.0 * weight))?;
    pen.ring(pixel, 6.5 * weight, Ink::new(trail.look.color(theme), 2.2 * weight))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::window::Window;

    const FRAME: Frame =
        Frame { window: Window::new(0.0, 100.0, 0.0, 100.0), width: 100.0, height: 100.0 };

    #[test]
    fn the_arrow_is_where_the_path_left_and_points_to_where_it_is() {
        let path = [[50.0, 50.0], [50.0, 20.0], [150.0, 20.0], [1e200, 20.0]];
        let (tip, along) = way_out(&FRAME, &path, 10.0).unwrap();
        assert_eq!((tip, along), ([90.0, 80.0], [1.0, 0.0]));
    }

    #[test]
    fn a_path_that_was_never_in_has_its_arrow_at_the_nearest_edge() {
        let (tip, [ux, uy]) = way_out(&FRAME, &[[-40.0, 70.0]], 10.0).unwrap();
        assert_eq!(tip, [10.0, 30.0]);
        assert!(ux < -0.99 && uy.abs() < 0.1);
    }

    #[test]
    fn a_path_that_went_round_is_shown_on_its_present_side() {
        let path = [[50.0, 50.0], [150.0, 50.0], [150.0, 300.0], [-200.0, 300.0], [-200.0, 50.0]];
        let (tip, [ux, _]) = way_out(&FRAME, &path, 10.0).unwrap();
        assert_eq!(tip, [10.0, 50.0]);
        assert!(ux < 0.0);
    }
}
