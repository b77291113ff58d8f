//! Clips a segment of the plane to a frame (Liang and Barsky, 1984).
//!
//! A segment is a + t·(b − a), 0 ≤ t ≤ 1. Each of the four edges allows the t on its inner side;
//! what all four allow is what shows, and it may be nothing.

use crate::view::Frame;

// 2⁻⁴⁸⁰. Pixels are kept this much smaller while t is found: a diverging path reaches 1e308, and a
// deep zoom divides by 1e−140, where pixels would overflow. A power of two changes no digit.
const SCALE: f64 = f64::from_bits((1023 - 480) << 52);

// A crossing that may be off by more px than this is not known.
const LOST: f64 = 0.5;

/// The pixels between which the segment from `a` to `b`, points of the plane, shows in the frame
/// grown by `margin` px on each side. None where it does not, where a point is not finite, or where
/// both lie so far away that f64 cannot tell where in the frame the segment would pass.
pub fn segment(frame: &Frame, a: [f64; 2], b: [f64; 2], margin: f64) -> Option<[[f64; 2]; 2]> {
    if !a.iter().chain(&b).all(|v| v.is_finite()) {
        return None;
    }
    let (from, to) = (scaled_pixel(frame, a), scaled_pixel(frame, b));
    // From the nearer end, so that a far one costs no digits of the crossing.
    let size = |[x, y]: [f64; 2]| x.abs().max(y.abs());
    if size(to) < size(from) {
        clip(frame, to, from, margin).map(|[start, end]| [end, start])
    } else {
        clip(frame, from, to, margin)
    }
}

fn scaled_pixel(frame: &Frame, [x, y]: [f64; 2]) -> [f64; 2] {
    let Frame { window, width, height } = frame;
    [
        (x * SCALE - window.x[0] * SCALE) / window.width() * width,
        (window.y[1] * SCALE - y * SCALE) / window.height() * height,
    ]
}

fn clip(frame: &Frame, a: [f64; 2], b: [f64; 2], margin: f64) -> Option<[[f64; 2]; 2]> {
    let low = [-margin; 2];
    let high = [frame.width + margin, frame.height + margin];
    // t, and the axis and the edge at which the segment enters and leaves; none at its own ends.
    let (mut enter, mut leave) = ((0.0, None), (1.0, None));
    for axis in 0..2 {
        let run = b[axis] - a[axis];
        let to_edge = [low, high].map(|edge| edge[axis] * SCALE - a[axis]);
        if run == 0.0 {
            if to_edge[0] > 0.0 || to_edge[1] < 0.0 {
                return None;
            }
            continue;
        }
        let (near, far) = if run > 0.0 { (low, high) } else { (high, low) };
        let [first, last] = if run > 0.0 { to_edge } else { [to_edge[1], to_edge[0]] };
        if first / run > enter.0 {
            enter = (first / run, Some((axis, near[axis])));
        }
        if last / run < leave.0 {
            leave = (last / run, Some((axis, far[axis])));
        }
    }
    let at = |t: f64, edge: Option<(usize, f64)>, end: [f64; 2]| {
        let Some((at_axis, edge)) = edge else { return end.map(|pixel| pixel / SCALE) };
        std::array::from_fn(|axis| {
            // On the edge itself: where both ends are far, t has too few digits to tell.
            let pixel = (a[axis] + t * (b[axis] - a[axis])) / SCALE;
            if axis == at_axis { edge } else { pixel.clamp(low[axis], high[axis]) }
        })
    };
    let is_lost = enter.1.is_some_and(|(edge, _)| a[1 - edge].abs() * f64::EPSILON > LOST * SCALE);
    (enter.0 <= leave.0 && !is_lost).then(|| [at(enter.0, enter.1, a), at(leave.0, leave.1, b)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::window::Window;

    const FRAME: Frame =
        Frame { window: Window::new(0.0, 100.0, 0.0, 100.0), width: 100.0, height: 100.0 };

    #[test]
    fn what_is_inside_stays_whole() {
        let shown = segment(&FRAME, [10.0, 90.0], [30.0, 40.0], 0.0).unwrap();
        for (pixel, expected) in shown.iter().flatten().zip([10.0, 10.0, 30.0, 60.0]) {
            assert!((pixel - expected).abs() < 1e-12);
        }
    }

    #[test]
    fn what_crosses_is_cut_at_the_edge_on_its_own_line() {
        let [a, b] = segment(&FRAME, [50.0, 50.0], [150.0, 0.0], 0.0).unwrap();
        assert_eq!(a, [50.0, 50.0]);
        assert!((b[0] - 100.0).abs() < 1e-9 && (b[1] - 75.0).abs() < 1e-9);
        let [a, b] = segment(&FRAME, [150.0, 0.0], [50.0, 50.0], 0.0).unwrap();
        assert_eq!(b, [50.0, 50.0]);
        assert!((a[0] - 100.0).abs() < 1e-9 && (a[1] - 75.0).abs() < 1e-9);
    }

    #[test]
    fn what_passes_by_or_is_not_finite_does_not_show() {
        assert_eq!(segment(&FRAME, [-60.0, 50.0], [50.0, 150.0], 0.0), None);
        assert_eq!(segment(&FRAME, [-10.0, -5.0], [150.0, -5.0], 0.0), None);
        assert!(segment(&FRAME, [-10.0, -5.0], [150.0, -5.0], 6.0).is_some());
        for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(segment(&FRAME, [50.0, 50.0], [bad, 50.0], 0.0), None);
            assert_eq!(segment(&FRAME, [50.0, bad], [50.0, 50.0], 0.0), None);
        }
    }

    #[test]
    fn what_would_pass_somewhere_that_f64_cannot_tell_does_not_show() {
        assert!(segment(&FRAME, [-1e9, -2e8], [3e9, 6e8], 0.0).is_some());
        assert_eq!(segment(&FRAME, [-1e48, -2e47], [3e48, 6e47], 0.0), None);
        // Far in one direction only: the other one keeps its digits.
        let [a, b] = segment(&FRAME, [-1e48, 20.0], [1e48, 40.0], 0.0).unwrap();
        assert!((a[1] - 70.0).abs() < 1e-9 && (b[1] - 70.0).abs() < 1e-9);
    }

    #[test]
    fn the_largest_numbers_keep_their_direction() {
        let [a, b] = segment(&FRAME, [50.0, 50.0], [1e308, -1e308], 0.0).unwrap();
        assert_eq!(a, [50.0, 50.0]);
        assert!((b[0] - 100.0).abs() < 1e-9 && (b[1] - 100.0).abs() < 1e-9);
        let [a, b] = segment(&FRAME, [-1.7e308, 20.0], [1.7e308, 20.0], 0.0).unwrap();
        assert_eq!((a, b), ([0.0, 80.0], [100.0, 80.0]));
    }
}
