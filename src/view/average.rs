//! The averaged iterate θ̄: a thick line in ink with a rim of paper, whatever the run's colour.

use crate::view::Frame;
use crate::view::legend::Mark;
use crate::view::look::Look;
use crate::view::pen::{Drawn, Ink, Pen};
use crate::view::stroke::{Stroke, distance};
use crate::view::theme::Style;
use plotters_backend::DrawingBackend;

// The line, and its rim on each side, in px.
const LINE: f64 = 3.6;
const RIM: f64 = 1.4;

/// Draws the path of an averaged iterate from step `from` to step `to`, or to its end, with its
/// run's dash.
///
/// Appended, it is what is drawn at once, but for where it crosses itself: there the later piece
/// lies on top, rim and all.
///
/// # Errors
/// The backend's, here and below.
pub fn draw<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    frame: &Frame,
    style: &Style,
    look: &Look,
    points: &[[f64; 2]],
    from: usize,
    to: usize,
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::Average);
    let last = to.min(points.len().saturating_sub(1));
    if from >= last {
        return Ok(());
    }
    let rim = style.line(style.theme.paper, LINE + 2.0 * RIM);
    let line = style.line(style.theme.ink, LINE);
    // A dash grows with its line; that of the rim shall be no longer than the line's.
    let rim_dash: Vec<f64> = look.dash.iter().map(|px| px * line.width / rim.width).collect();
    draw_piece(pen, frame, points, from, last, &rim_dash, rim)?;
    // The rim's round end has covered the end of the line that was there.
    let covered = step_before(frame, points, from, rim.width);
    draw_piece(pen, frame, points, covered, last, look.dash, line)
}

fn draw_piece<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    frame: &Frame,
    points: &[[f64; 2]],
    from: usize,
    last: usize,
    dash: &[f64],
    ink: Ink,
) -> Drawn<DB> {
    let mut stroke = Stroke::new(frame, dash, ink);
    for step in 0..last {
        let (a, b) = (points[step], points[step + 1]);
        if step < from {
            stroke.pass(a, b);
        } else {
            stroke.draw(pen, a, b)?;
        }
    }
    stroke.lift(pen)
}

/// The last step that lies `length` px of the path before this one; the first if there is none.
fn step_before(frame: &Frame, points: &[[f64; 2]], step: usize, length: f64) -> usize {
    let mut left = length;
    (0..step)
        .rev()
        .find(|&before| {
            left -= distance(frame.to_pixel(points[before]), frame.to_pixel(points[before + 1]));
            // Where a point is not finite the line has ended.
            left.is_nan() || left <= 0.0
        })
        .unwrap_or(0)
}

/// Draws where the averaged iterate is: its run's marker, hollow.
///
/// # Errors
/// The backend's.
pub fn draw_head<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    frame: &Frame,
    style: &Style,
    look: &Look,
    point: [f64; 2],
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::AverageHead);
    let Style { theme, weight, .. } = *style;
    let (pixel, radius) = (frame.to_pixel(point), 6.0 * weight);
    if !frame.holds(pixel, radius) {
        return Ok(());
    }
    look.marker.draw(pen, pixel, radius + 1.8 * weight, theme.paper)?;
    look.marker.draw_hollow(pen, pixel, radius, theme.ink, theme.paper)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::window::Window;
    use crate::view::recorder::{Shape, shapes};
    use crate::view::{LOOKS, Theme};

    const STYLE: Style = Style::page(&Theme::LIGHT);
    const FRAME: Frame =
        Frame { window: Window::new(0.0, 100.0, 0.0, 100.0), width: 100.0, height: 100.0 };

    fn drawn(points: &[[f64; 2]], cuts: &[usize]) -> Vec<Shape> {
        shapes(|pen| {
            cuts.windows(2)
                .try_for_each(|cut| draw(pen, &FRAME, &STYLE, &LOOKS[1], points, cut[0], cut[1]))
        })
    }

    #[test]
    fn the_line_covers_every_rim_that_was_drawn_before_it() {
        let points: Vec<_> = (0..40).map(|k| [10.0 + f64::from(k), 50.0]).collect();
        let pieces = drawn(&points, &[0, 10, 11, 12, 13, 30]);
        for pair in pieces.chunks(2) {
            let [rim, line] = pair else { panic!("a rim and its line") };
            assert_eq!((rim.color, line.color), (Theme::LIGHT.paper, Theme::LIGHT.ink));
            let [rim_start, line_start] = [rim, line].map(|shape| shape.line()[0][0]);
            // Its round end reaches half of its width back.
            assert!(line_start <= 10.0 || rim_start - line_start >= 0.5 * rim.width);
            assert_eq!(rim.line().last(), line.line().last());
        }
        assert_eq!(pieces.len(), 10);
    }

    #[test]
    fn what_is_not_finite_is_passed_over() {
        let points = [[10.0, 10.0], [20.0, 20.0], [f64::NAN, 3.0], [40.0, 40.0], [50.0, 30.0]];
        for cuts in [&[0, 9][..], &[0, 1, 2, 3, 4]] {
            let mut lines: Vec<_> = drawn(&points, cuts)
                .into_iter()
                .filter(|shape| shape.color == Theme::LIGHT.ink)
                .map(|shape| shape.line().to_vec())
                .collect();
            // What a rim may have covered is drawn again.
            lines.dedup();
            assert_eq!(lines, [[[10.0, 90.0], [20.0, 80.0]], [[40.0, 60.0], [50.0, 70.0]]]);
        }
        assert!(drawn(&[], &[0, 9]).is_empty() && drawn(&points[..1], &[0, 9]).is_empty());
    }

    #[test]
    fn rim_and_line_are_dashed_alike() {
        let look = &LOOKS[2];
        let points = [[5.0, 50.0], [60.0, 50.0], [95.0, 50.0]];
        let all = shapes(|pen| draw(pen, &FRAME, &STYLE, look, &points, 0, 9));
        let of = |color| {
            let shapes = all.iter().filter(move |shape| shape.color == color);
            shapes.map(|shape| shape.line().to_vec()).collect::<Vec<_>>()
        };
        let lines = of(Theme::LIGHT.ink);
        assert_eq!(of(Theme::LIGHT.paper), lines);
        assert!(lines.len() > 2);
    }

    #[test]
    fn the_head_is_hollow_and_stays_in_the_frame() {
        let head = |point| shapes(|pen| draw_head(pen, &FRAME, &STYLE, &LOOKS[0], point));
        let colors: Vec<_> = head([50.0, 50.0]).iter().map(|shape| shape.color).collect();
        let Theme { paper, ink, .. } = Theme::LIGHT;
        assert_eq!(colors, [paper, ink, paper]);
        assert!(head([150.0, 50.0]).is_empty() && head([f64::NAN, 50.0]).is_empty());
    }
}
