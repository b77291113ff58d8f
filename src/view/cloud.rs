//! An ensemble: where many seeds of one run have come, and how far they are spread.

use crate::view::Frame;
use crate::view::legend::Mark;
use crate::view::look::Look;
use crate::view::pen::{Drawn, Ink, Pen};
use crate::view::stroke::Stroke;
use crate::view::theme::Style;
use libm::{cos, sin};
use plotters_backend::DrawingBackend;
use std::f64::consts::TAU;

// The opacity of one seed's point, and of its path.
const POINT: f64 = 0.45;
const WALK: f64 = 0.1;
// The ellipse has so many sides.
const SIDES: usize = 64;

/// Draws a small translucent disc at each point.
///
/// # Errors
/// The backend's, here and below.
pub fn draw_points<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    frame: &Frame,
    style: &Style,
    look: &Look,
    points: &[[f64; 2]],
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::Seed);
    let radius = 2.2 * style.weight;
    let ink = Ink { alpha: POINT, ..look.color(style.theme).into() };
    points
        .iter()
        .map(|&point| frame.to_pixel(point))
        .filter(|&pixel| frame.holds(pixel, radius))
        .try_for_each(|pixel| pen.disc(pixel, radius, ink))
}

/// Draws all walks faint, from step `from` to step `to` or to their ends: appended, as the paths
/// of [`crate::view::paths`] are.
///
/// # Errors
/// The backend's.
pub fn draw_walks<'a, DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    frame: &Frame,
    style: &Style,
    look: &Look,
    walks: impl IntoIterator<Item = &'a [[f64; 2]]>,
    from: usize,
    to: usize,
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::Walk);
    let ink = Ink { alpha: WALK, ..style.line(look.color(style.theme), 1.0) };
    for walk in walks {
        // A dash would not be told from the walks it crosses.
        let mut stroke = Stroke::new(frame, &[], ink);
        let last = to.min(walk.len().saturating_sub(1));
        for step in from..last {
            stroke.draw(pen, walk[step], walk[step + 1])?;
        }
        stroke.lift(pen)?;
    }
    Ok(())
}

/// Where points lie on average, and how they vary.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// Their mean.
    pub mean: [f64; 2],
    /// xx, xy and yy of their covariance: squared distances from the mean, divided by N.
    pub covariance: [f64; 3],
}

/// The spread of those of the points that are finite; None if there are none.
pub fn spread(points: &[[f64; 2]]) -> Option<Spread> {
    let finite = || points.iter().filter(|point| point.iter().all(|v| v.is_finite()));
    let count = finite().count() as f64;
    if count == 0.0 {
        return None;
    }
    // Divided before they are added, so that far ones do not overflow.
    let mean = finite().fold([0.0; 2], |[sx, sy], [x, y]| [sx + x / count, sy + y / count]);
    let covariance = finite().fold([0.0; 3], |[xx, xy, yy], [x, y]| {
        let (dx, dy) = (x - mean[0], y - mean[1]);
        [xx + dx / count * dx, xy + dx / count * dy, yy + dy / count * dy]
    });
    Some(Spread { mean, covariance })
}

/// Draws the mean as a cross, and the ellipse of two standard deviations: 86 % of a normal
/// distribution lie within.
///
/// # Errors
/// The backend's.
pub fn draw_spread<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    frame: &Frame,
    style: &Style,
    look: &Look,
    spread: &Spread,
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::Spread);
    let Style { theme, weight, .. } = *style;
    let color = look.color(theme);
    let points = ellipse(spread);
    for ink in [style.line(theme.paper, 4.6), style.line(color, 2.2)] {
        let mut stroke = Stroke::new(frame, &[], ink);
        for pair in points.windows(2) {
            stroke.draw(pen, pair[0], pair[1])?;
        }
        stroke.lift(pen)?;
    }
    let arm = 6.0 * weight;
    let [px, py] = frame.to_pixel(spread.mean);
    if !frame.holds([px, py], arm) {
        return Ok(());
    }
    for (color, width) in [(theme.paper, 5.4), (color, 2.6)] {
        let ink = style.line(color, width);
        pen.polyline(&[[px - arm, py], [px + arm, py]], ink)?;
        pen.polyline(&[[px, py - arm], [px, py + arm]], ink)?;
    }
    Ok(())
}

/// Points two standard deviations from the mean, all round, the first one again at the end:
/// mean + 2 L (cos φ, sin φ), where L is lower triangular and L Lᵀ the covariance (Cholesky).
pub(super) fn ellipse(spread: &Spread) -> Vec<[f64; 2]> {
    let Spread { mean: [x, y], covariance: [xx, xy, yy] } = *spread;
    let a = xx.max(0.0).sqrt();
    let b = if a > 0.0 { xy / a } else { 0.0 };
    // Points on a line have none of this; rounding may leave less.
    let c = (yy - b * b).max(0.0).sqrt();
    (0..=SIDES)
        .map(|k| TAU * (k % SIDES) as f64 / SIDES as f64)
        .map(|phi| [cos(phi), sin(phi)])
        .map(|[cos, sin]| [x + 2.0 * a * cos, y + 2.0 * (b * cos + c * sin)])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::window::Window;
    use crate::view::recorder::shapes;
    use crate::view::{LOOKS, Theme};

    const STYLE: Style = Style::page(&Theme::LIGHT);
    const FRAME: Frame =
        Frame { window: Window::new(0.0, 10.0, 0.0, 10.0), width: 200.0, height: 100.0 };
    const NAN: f64 = f64::NAN;

    #[test]
    fn the_spread_is_that_of_the_finite_points() {
        let points = [[1.0, 2.0], [3.0, 2.0], [NAN, 1.0], [2.0, 5.0], [0.0, f64::INFINITY]];
        let Spread { mean, covariance } = spread(&points).unwrap();
        for (found, expected) in
            mean.into_iter().chain(covariance).zip([2.0, 3.0, 2.0 / 3.0, 0.0, 2.0])
        {
            assert!((found - expected).abs() < 1e-15, "{found} {expected}");
        }
        assert_eq!(spread(&[[NAN, 0.0]]), None);
        assert_eq!(spread(&[]), None);
    }

    #[test]
    fn the_ellipse_lies_two_standard_deviations_from_the_mean() {
        for covariance in [[4.0, 1.0, 2.0], [1e-6, -9e-4, 1.0], [3.0, 0.0, 3.0]] {
            let spread = Spread { mean: [5.0, -2.0], covariance };
            let [xx, xy, yy] = covariance;
            let points = ellipse(&spread);
            assert_eq!((points.len(), points[0]), (65, points[64]));
            for [x, y] in points {
                let (dx, dy) = (x - 5.0, y + 2.0);
                let squared =
                    (yy * dx * dx - 2.0 * xy * dx * dy + xx * dy * dy) / (xx * yy - xy * xy);
                assert!((squared - 4.0).abs() < 1e-6, "{covariance:?} {squared}");
            }
        }
    }

    #[test]
    fn points_on_a_line_or_in_one_place_have_a_flat_ellipse() {
        let line = ellipse(&spread(&[[0.0, 0.0], [2.0, 1.0], [4.0, 2.0]]).unwrap());
        assert!(line.iter().all(|[x, y]| (x - 2.0 * y).abs() < 1e-7));
        let upright = ellipse(&spread(&[[3.0, 0.0], [3.0, 2.0]]).unwrap());
        assert!(upright.iter().all(|[x, _]| *x == 3.0));
        assert!(upright.iter().any(|[_, y]| *y > 2.9));
        let place = ellipse(&spread(&[[3.0, 1.0]; 5]).unwrap());
        assert!(place.iter().all(|[x, y]| (x - 3.0).abs() < 1e-15 && (y - 1.0).abs() < 1e-15));
    }

    #[test]
    fn an_ellipse_in_the_frame_is_one_closed_line_over_its_halo() {
        let spread = Spread { mean: [5.0, 5.0], covariance: [1.0, 0.5, 2.0] };
        let drawn = shapes(|pen| draw_spread(pen, &FRAME, &STYLE, &LOOKS[1], &spread));
        let lines: Vec<_> = drawn.iter().filter(|shape| shape.line().len() == 65).collect();
        let [halo, line] = lines[..] else { panic!("{} lines", lines.len()) };
        assert_eq!((halo.color, line.color), (Theme::LIGHT.paper, LOOKS[1].colors[0]));
        assert!(halo.width > line.width && line.line().first() == line.line().last());
        let far = Spread { mean: [1e200, NAN], covariance: [f64::INFINITY, 0.0, 1.0] };
        assert!(shapes(|pen| draw_spread(pen, &FRAME, &STYLE, &LOOKS[1], &far)).is_empty());
    }

    #[test]
    fn points_are_translucent_and_only_those_in_the_frame() {
        let points = [[5.0, 5.0], [11.0, 5.0], [NAN, 5.0], [2.0, 8.0]];
        let drawn = shapes(|pen| draw_points(pen, &FRAME, &STYLE, &LOOKS[1], &points));
        let middles: Vec<_> = drawn.iter().map(|shape| shape.disc().unwrap().0).collect();
        assert_eq!(middles, [[100.0, 50.0], [40.0, 20.0]]);
        assert!(drawn.iter().all(|shape| shape.alpha == POINT));
    }

    #[test]
    fn walks_drawn_in_pieces_are_the_walks_drawn_at_once() {
        let walks = [
            vec![[1.0, 1.0], [5.0, 9.0], [9.0, 1.0], [14.0, 4.0]],
            vec![[2.0, 2.0], [NAN, 1.0], [3.0, 3.0], [4.0, 4.0], [5.0, 3.0]],
            vec![],
        ];
        let segments = |cuts: &[usize]| {
            let drawn = shapes(|pen| {
                cuts.windows(2).try_for_each(|cut| {
                    let walks = walks.iter().map(Vec::as_slice);
                    draw_walks(pen, &FRAME, &STYLE, &LOOKS[1], walks, cut[0], cut[1])
                })
            });
            assert!(drawn.iter().all(|shape| shape.alpha == WALK));
            let lines = drawn.iter().flat_map(|shape| shape.line().windows(2));
            let mut segments: Vec<String> = lines.map(|pair| format!("{pair:?}")).collect();
            segments.sort_unstable();
            segments
        };
        let whole = segments(&[0, usize::MAX]);
        assert_eq!(whole.len(), 3 + 2);
        assert_eq!(segments(&[0, 1, 2, 3, 9]), whole);
    }
}
