//! Where the window lies on the screen.
//!
//! px = (x − left) / (right − left) · width,  py = (top − y) / (top − bottom) · height.

use crate::math::window::Window;

/// A window of the plane and the rectangle of pixels that shows it, y down, from (0, 0).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// The part of the plane shown.
    pub window: Window,
    /// Width in px, above 0.
    pub width: f64,
    /// Height in px, above 0.
    pub height: f64,
}

// So much of the larger coordinate is the narrowest window: 2¹² f64 lie between its edges, so
// that ticks, fields and paths are still told apart.
const NARROWEST: f64 = 1.0 / (1u64 << 40) as f64;
// Beyond these a square under- or overflows, and every surface has squares.
const SMALLEST: f64 = 1e-140;
const LARGEST: f64 = 1e140;

impl Frame {
    /// The pixel of a point of the plane; far away it may be ±∞.
    pub fn to_pixel(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let Self { window, width, height } = self;
        [(x - window.x[0]) / window.width() * width, (window.y[1] - y) / window.height() * height]
    }

    /// The point of the plane at a pixel.
    pub fn to_data(&self, [px, py]: [f64; 2]) -> [f64; 2] {
        let Self { window, width, height } = self;
        [window.x[0] + px / width * window.width(), window.y[1] - py / height * window.height()]
    }

    /// A displacement in the plane, in pixels.
    pub fn to_pixels(&self, [dx, dy]: [f64; 2]) -> [f64; 2] {
        let Self { window, width, height } = self;
        [dx / window.width() * width, -dy / window.height() * height]
    }

    /// Whether the pixel lies in the frame, grown by `margin` on each side.
    pub fn holds(&self, [px, py]: [f64; 2], margin: f64) -> bool {
        (-margin..=self.width + margin).contains(&px)
            && (-margin..=self.height + margin).contains(&py)
    }

    /// The window after a zoom that leaves the point at `pixel` where it is.
    ///
    /// A `factor` of 2 shows half the width. The window stays as it was where f64 could no longer
    /// tell its points apart, or where squares of coordinates would overflow.
    pub fn zoomed(&self, pixel: [f64; 2], factor: f64) -> Window {
        let [x, y] = self.to_data(pixel);
        let Window { x: [left, right], y: [bottom, top] } = self.window;
        self.settled(Window::new(
            x + (left - x) / factor,
            x + (right - x) / factor,
            y + (bottom - y) / factor,
            y + (top - y) / factor,
        ))
    }

    /// The window after the plane was dragged by so many pixels.
    pub fn panned(&self, [dx, dy]: [f64; 2]) -> Window {
        let Self { window, width, height } = self;
        let (dx, dy) = (dx / width * window.width(), dy / height * window.height());
        self.settled(Window::new(
            window.x[0] - dx,
            window.x[1] - dx,
            window.y[0] + dy,
            window.y[1] + dy,
        ))
    }

    fn settled(&self, window: Window) -> Window {
        if is_drawable(window) { window } else { self.window }
    }
}

/// Whether f64 is fine enough for a plot of this window, and wide enough.
pub fn is_drawable(window: Window) -> bool {
    [window.x, window.y].iter().all(|&[low, high]| {
        let size = low.abs().max(high.abs());
        let span = high - low;
        span >= SMALLEST && span >= size * NARROWEST && size <= LARGEST
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Frame =
        Frame { window: Window::new(-3.0, 11.0, -2.2, 2.2), width: 887.0, height: 665.0 };

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() <= 1e-12 * (1.0 + b.abs())
    }

    #[test]
    fn corners_fall_on_corners_and_y_points_up() {
        assert_eq!(FRAME.to_pixel([-3.0, 2.2]), [0.0, 0.0]);
        assert_eq!(FRAME.to_pixel([11.0, -2.2]), [887.0, 665.0]);
        let [px, py] = FRAME.to_pixels([1.0, 1.0]);
        assert!(px > 0.0 && py < 0.0);
    }

    #[test]
    fn pixel_and_point_are_inverse() {
        for pixel in [[0.0, 0.0], [100.0, 20.0], [887.0, 600.0], [-50.0, 800.0]] {
            let [px, py] = FRAME.to_pixel(FRAME.to_data(pixel));
            assert!(near(px, pixel[0]) && near(py, pixel[1]));
        }
    }

    #[test]
    fn a_zoom_leaves_its_point_and_a_pan_moves_it_along() {
        let pixel = [300.0, 200.0];
        let point = FRAME.to_data(pixel);
        let zoomed = Frame { window: FRAME.zoomed(pixel, 1.7), ..FRAME };
        let [px, py] = zoomed.to_pixel(point);
        assert!(near(px, 300.0) && near(py, 200.0));
        assert!(near(zoomed.window.width(), 14.0 / 1.7));

        let panned = Frame { window: FRAME.panned([40.0, -10.0]), ..FRAME };
        let [px, py] = panned.to_pixel(point);
        assert!(near(px, 340.0) && near(py, 190.0));
    }

    #[test]
    fn no_zoom_exhausts_f64() {
        for factor in [2.0, 0.5, 1e300, 1e-300, 0.0, f64::NAN, f64::INFINITY, -1.0] {
            let mut frame = FRAME;
            for _ in 0..2_000 {
                frame.window = frame.zoomed([600.0, 100.0], factor);
            }
            assert!(is_drawable(frame.window), "{factor}: {:?}", frame.window);
            let [left, right] = frame.window.x;
            assert!(left + (right - left) / 2048.0 > left);
        }
        assert_eq!(FRAME.panned([f64::INFINITY, 0.0]), FRAME.window);
    }
}
