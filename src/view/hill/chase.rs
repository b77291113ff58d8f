//! A camera that goes behind the head of a run.

use super::{Camera, Terrain};
use crate::view::Frame;

/// The run is looked at so many times as near.
const NEARER: f64 = 2.4;
/// The middle of so many steps stands for where a run is, and that of as many before for where it
/// comes from: else the picture would zig-zag with it.
const STEPS: usize = 8;

impl Camera {
    /// This camera behind the head of a run, whose path up to there these points are: near to it, with
    /// `turn` counted from where it goes. `None` where it is not in the window, or over a hole.
    pub fn behind(&self, frame: &Frame, terrain: &Terrain, points: &[[f64; 2]]) -> Option<Self> {
        let last = points.len().checked_sub(1)?;
        let middle = |first: usize, last: usize| {
            let sum = points[first..=last].iter().fold([0.0; 2], |[a, b], [x, y]| [a + x, b + y]);
            sum.map(|sum| sum / (last - first + 1) as f64)
        };
        let first = points.len().saturating_sub(STEPS);
        let here = middle(first, last);
        let before = middle(first.saturating_sub(STEPS), first);
        let is_known = here.iter().chain(&before).all(|part| part.is_finite());
        if !is_known || !frame.window.contains(here) {
            return None;
        }
        let [right, down] = frame.to_pixels([here[0] - before[0], here[1] - before[1]]);
        // At a turn of 0 the plane's y goes away from the viewer.
        let is_still = right == 0.0 && down == 0.0;
        let heading = if is_still { 0.0 } else { libm::atan2(-right, -down).to_degrees() };
        let turn = self.turn + heading;
        let [px, py] = frame.to_pixel(here);
        let [u, v] = [px / frame.width, 1.0 - py / frame.height];
        let w = terrain.height_at([u, v]).filter(|w| w.is_finite())?.min(1.0);
        let turn = turn - 360.0 * libm::round(turn / 360.0);
        Some(Self { turn, zoom: NEARER * self.zoom, focus: Some([u, v, w]), ..*self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::window::Window;
    use crate::view::field::sampled;
    use crate::view::hill::{HeightScale, Projection};
    use crate::view::{Levels, Style, Theme};

    const FRAME: Frame =
        Frame { window: Window::new(-4.0, 4.0, -3.0, 3.0), width: 800.0, height: 600.0 };

    #[test]
    fn the_run_goes_away_from_the_viewer_in_the_middle_of_the_picture() {
        let field = sampled(FRAME.window, 41, 31, |x, y| x * x + y * y);
        let scale = HeightScale::of(&field, None, false);
        let terrain = Terrain::new(&field, &Levels::of(&field, None), scale);
        let ahead = Camera { turn: 0.0, ..Camera::usual() };
        for [dx, dy] in [[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0], [0.0, -1.0], [0.6, -0.8]] {
            let points: Vec<[f64; 2]> =
                (0..20).map(f64::from).map(|k| [0.1 * k * dx, 0.1 * k * dy]).collect();
            let camera = ahead.behind(&FRAME, &terrain, &points).unwrap();
            let projection = Projection::new([800.0, 600.0], &camera, &Style::page(&Theme::LIGHT));
            let place = |[x, y]: [f64; 2]| {
                let [px, py] = FRAME.to_pixel([x, y]);
                projection.pixel([px / 800.0, 1.0 - py / 600.0, camera.focus.unwrap()[2]])
            };
            let [from, to] = [place(points[8]), place(points[19])];
            assert!((to[0] - from[0]).abs() < 1.0 && to[1] < from[1] - 20.0, "{from:?} {to:?}");
            let middle = projection.pixel(camera.focus.unwrap());
            assert!((middle[0] - 400.0).abs() < 0.5 && (middle[1] - 300.0).abs() < 0.5);
        }
        assert_eq!(ahead.behind(&FRAME, &terrain, &[[9.0, 0.0]]), None);
        assert_eq!(ahead.behind(&FRAME, &terrain, &[[f64::NAN, 0.0]]), None);
        assert_eq!(ahead.behind(&FRAME, &terrain, &[]), None);
    }
}
