//! The slope of a surface in every direction at a point: ∇f·d for unit directions d.
//!
//! The longer a spoke, the steeper f is that way: |∇f·d| = |∇f| |cos φ|, with φ the angle between d and
//! the gradient. So the tips of the spokes lie on two circles, one uphill and one downhill.

use plotters_backend::DrawingBackend;

use crate::math::number::digits;
use crate::view::legend::Mark;
use crate::view::look::Look;
use crate::view::pen::{Anchor, Drawn, Ink, Pen, TextStyle, text_width};
use crate::view::theme::Style;
use crate::view::{Frame, arrows};

/// So many directions, evenly spaced in the picture.
const DIRECTIONS: usize = 24;
/// The radius of the ring in px of the page: the length of the steepest spoke.
const RADIUS: f64 = 74.0;
/// So many dashes on either side.
const DASHES: i32 = 5;

/// A direction, and the slope in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spoke {
    /// The direction in the picture, of length 1, y downwards.
    pub direction: [f64; 2],
    /// ∇f·d, by unit of length of the plane.
    pub slope: f64,
}

/// The slopes in directions that are evenly spaced in the picture, where the gradient is this.
pub fn spokes(frame: &Frame, gradient: [f64; 2]) -> Vec<Spoke> {
    let spoke = |index: usize| {
        let angle = std::f64::consts::TAU * index as f64 / DIRECTIONS as f64;
        let (sin, cos) = libm::sincos(angle);
        Spoke { direction: [cos, sin], slope: slope(frame, gradient, [cos, sin]) }
    };
    (0..DIRECTIONS).map(spoke).collect()
}

/// The slope in a direction of the picture.
fn slope(frame: &Frame, [gx, gy]: [f64; 2], [px, py]: [f64; 2]) -> f64 {
    let [sx, sy] = frame.to_pixels([1.0, 1.0]);
    let [dx, dy] = [px / sx, py / sy];
    (gx * dx + gy * dy) / libm::hypot(dx, dy)
}

/// Draws the ring at a point: the spokes, the isoline's tangent dashed, and −∇f as an arrow, each with
/// its slope.
///
/// # Errors
/// The backend's.
pub fn draw<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    frame: &Frame,
    style: &Style,
    look: &Look,
    at: [f64; 2],
    gradient: [f64; 2],
) -> Drawn<DB> {
    let center = frame.to_pixel(at);
    let radius = RADIUS * style.weight;
    let steepest = libm::hypot(gradient[0], gradient[1]);
    if !frame.holds(center, radius) || !steepest.is_finite() || steepest == 0.0 {
        return Ok(());
    }
    let theme = style.theme;
    let tip = |direction, length| tip(center, direction, length);
    pen.of(Mark::Slope).disc(
        center,
        radius,
        Ink { alpha: 0.55, ..style.line(theme.paper, 1.0) },
    )?;
    draw_spokes(pen, frame, style, look, at, gradient, RADIUS)?;

    let pen = &mut pen.of(Mark::Slope);
    pen.ring(center, radius, style.line(theme.rule, 1.2))?;
    // Along the isoline the plane's displacement is at right angles to the gradient.
    let along = unit(frame.to_pixels([-gradient[1], gradient[0]]));
    for dash in -DASHES..DASHES {
        let ends = [0.15, 0.75];
        let ends = ends
            .map(|part| tip(along, 1.2 * radius * (f64::from(dash) + part) / f64::from(DASHES)));
        pen.polyline(&ends, style.line(theme.ink, 1.6))?;
    }
    let down = unit(frame.to_pixels(gradient.map(|part| -part)));
    let point = tip(down, radius + 6.0 * style.weight);
    for ink in [style.line(theme.paper, 6.0), style.line(look.color(theme), 3.4)] {
        pen.polyline(&[center, tip(down, radius)], ink)?;
        pen.polygon(&arrows::head_at(point, down, 13.0 * style.weight), ink)?;
    }
    let mut label = |direction: [f64; 2], words: &str| {
        let anchor = match direction[0] {
            x if x > 0.4 => Anchor::Left,
            x if x < -0.4 => Anchor::Right,
            _ => Anchor::Center,
        };
        let text_style = TextStyle { color: theme.ink, ..style.label(anchor) };
        let [x, y] = tip(direction, radius + 1.3 * style.type_size);
        // All of it stays in the frame.
        let width = text_width(words, style.type_size);
        let x = match anchor {
            Anchor::Left => x.min(frame.width - width),
            Anchor::Right => x.max(width),
            Anchor::Center => x.min(frame.width - 0.5 * width).max(0.5 * width),
        };
        let at = [x, y];
        pen.text_with_halo(words, at, text_style, theme.paper)
    };
    label(down, &format!("steepest descent: −{}", digits(steepest, 3)))?;
    label(down.map(|part| -part), &format!("steepest ascent: +{}", digits(steepest, 3)))?;
    label(along, "along the isoline: 0")
}

/// Draws the spokes, of which the steepest are as long as the radius, in px of the page: the ways down
/// in the look's colour, the ways up muted.
///
/// # Errors
/// The backend's.
pub fn draw_spokes<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    frame: &Frame,
    style: &Style,
    look: &Look,
    at: [f64; 2],
    gradient: [f64; 2],
    radius: f64,
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::Slope);
    let center = frame.to_pixel(at);
    let steepest = libm::hypot(gradient[0], gradient[1]);
    for Spoke { direction, slope } in spokes(frame, gradient) {
        let color = if slope < 0.0 { look.color(style.theme) } else { style.theme.muted };
        let length = radius * style.weight * slope.abs() / steepest;
        let tip = tip(center, direction, length);
        pen.polyline(&[center, tip], style.line(color, 1.4))?;
        if length > 3.0 {
            pen.disc(tip, 2.2 * style.weight, color)?;
        }
    }
    Ok(())
}

fn tip([x, y]: [f64; 2], [dx, dy]: [f64; 2], length: f64) -> [f64; 2] {
    [x + length * dx, y + length * dy]
}

/// A vector of length 1.
fn unit([x, y]: [f64; 2]) -> [f64; 2] {
    let length = libm::hypot(x, y);
    [x / length, y / length]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::window::Window;

    #[test]
    fn slopes_are_those_of_finite_differences_and_none_is_below_that_of_minus_the_gradient() {
        const FRAME: Frame =
            Frame { window: Window::new(-2.0, 6.0, -1.0, 1.0), width: 400.0, height: 300.0 };
        let f = |[x, y]: [f64; 2]| 0.5 * x * x + 3.0 * x * y + 4.0 * y * y;
        let at = [1.0, -0.25];
        let gradient = [at[0] + 3.0 * at[1], 3.0 * at[0] + 8.0 * at[1]];
        let steepest = libm::hypot(gradient[0], gradient[1]);
        for Spoke { direction: [px, py], slope } in spokes(&FRAME, gradient) {
            // The plane's displacement of one pixel that way.
            let [dx, dy] = [px * 8.0 / 400.0, -py * 2.0 / 300.0];
            let length = libm::hypot(dx, dy);
            let step = 1e-6 / length;
            let moved = |by: f64| f([at[0] + by * dx, at[1] + by * dy]);
            let difference = (moved(step) - moved(-step)) / 2e-6;
            assert!((slope - difference).abs() < 1e-6, "{slope} {difference}");
            assert!(slope >= -steepest * (1.0 + 1e-12));
        }
        let down = FRAME.to_pixels(gradient.map(|part| -part));
        assert!((super::slope(&FRAME, gradient, unit(down)) + steepest).abs() < 1e-12);
        let along = FRAME.to_pixels([-gradient[1], gradient[0]]);
        assert!(super::slope(&FRAME, gradient, unit(along)).abs() < 1e-12);
    }
}
