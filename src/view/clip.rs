//! Clips a segment of the plane to a frame (Liang and Barsky, 1984).
//!
//! A segment is a + t·(b − a), 0 ≤ t ≤ 1. Each of the four edges allows the t on its inner side;
//! what all four allow is what shows, and it may be nothing.

use crate::view::Frame;

// 2⁻⁴⁸⁰. Pixels are kept this much smaller while t is found: a diverging path reaches 1e308, and a
// deep zoom divides by 1e−140, where pixels would overflow. A power of two changes no digit.
const SCALE: f64 = f64::from_bits((1023 - 480) << 52);

// Differences of numbers below this are finite.
const LARGEST: f64 = 1e300;

// Where one end is so near and the other so far, in scaled px, t would underflow.
const NEAR: f64 = 1e100;
const FAR: f64 = 1e150;
// 2⁻⁶⁴⁰. So far along the segment the far end is taken then: outside of any frame still.
const NEARER: f64 = f64::from_bits((1023 - 640) << 52);

// A crossing that may be off by more px than this is not known.
const LOST: f64 = 0.5;

/// The pixels between which the segment from `a` to `b`, points of the plane, shows in the frame
/// grown by `margin` px on each side. None where it does not, where a point is not finite, or where
/// both lie so far away that f64 cannot tell where in the frame the segment would pass.
pub fn segment(frame: &Frame, a: [f64; 2], b: [f64; 2], margin: f64) -> Option<[[f64; 2]; 2]> {
    if !a.iter().chain(&b).all(|v| v.is_finite()) {
        return None;
    }
    let (from, to) = (scaled_pixel(frame, a)?, scaled_pixel(frame, b)?);
    // From the nearer end, so that a far one costs no digits of the crossing.
    if size(to) < size(from) {
        clip(frame, to, nearer(to, from), margin).map(|[start, end]| [end, start])
    } else {
        clip(frame, from, nearer(from, to), margin)
    }
}

/// The larger coordinate.
fn size([x, y]: [f64; 2]) -> f64 {
    x.abs().max(y.abs())
}

/// The second end, or where it is far too far, a place on the way to it.
fn nearer(near: [f64; 2], far: [f64; 2]) -> [f64; 2] {
    if size(near) > NEAR || size(far) < FAR {
        return far;
    }
    std::array::from_fn(|axis| near[axis] + (far[axis] - near[axis]) * NEARER)
}

/// A pixel times [`SCALE`]; None where even that is too large for what follows.
fn scaled_pixel(frame: &Frame, [x, y]: [f64; 2]) -> Option<[f64; 2]> {
    let Frame { window, width, height } = frame;
    let pixel = [
        scaled_share(x, window.x[0], window.width()) * width,
        scaled_share(window.y[1], y, window.height()) * height,
    ];
    pixel.iter().all(|scaled| scaled.abs() < LARGEST).then_some(pixel)
}

/// (a − b) / span · [`SCALE`], without an overflow on the way, and without an underflow where the
/// span is tiny.
fn scaled_share(a: f64, b: f64, span: f64) -> f64 {
    let difference = a - b;
    if difference.is_infinite() {
        (a * SCALE - b * SCALE) / span
    } else if difference.abs() < 1.0 {
        difference / span * SCALE
    } else {
        difference * SCALE / span
    }
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
        std::array::from_fn(|axis| {
            let pixel = match edge {
                None => end[axis] / SCALE,
                // On the edge itself: where both ends are far, t has too few digits to tell.
                Some((at_axis, edge)) if at_axis == axis => edge,
                Some(_) => (a[axis] + t * (b[axis] - a[axis])) / SCALE,
            };
            pixel.clamp(low[axis], high[axis])
        })
    };
    let is_lost = enter.1.is_some_and(|(edge, _)| a[1 - edge].abs() * f64::EPSILON > LOST * SCALE);
    (enter.0 <= leave.0 && !is_lost).then(|| [at(enter.0, enter.1, a), at(leave.0, leave.1, b)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::random::Random;
    use crate::math::window::Window;
    use crate::view::stroke::distance;

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

    /// t as a fraction of whole numbers, its denominator above 0.
    type Fraction = (i128, i128);

    /// What of the segment shows, exactly: the t at which it enters and leaves.
    fn exact(a: [i64; 2], b: [i64; 2], size: [i64; 2]) -> Option<[Fraction; 2]> {
        let less = |(n, d): Fraction, (m, e): Fraction| n * e < m * d;
        let (mut enter, mut leave) = ((0, 1), (1, 1));
        for axis in 0..2 {
            let run = i128::from(b[axis] - a[axis]);
            let [low, high] = [-a[axis], size[axis] - a[axis]].map(i128::from);
            if run == 0 {
                if low > 0 || high < 0 {
                    return None;
                }
                continue;
            }
            let [first, last] = match run > 0 {
                true => [(low, run), (high, run)],
                false => [(-high, -run), (-low, -run)],
            };
            enter = if less(enter, first) { first } else { enter };
            leave = if less(last, leave) { last } else { leave };
        }
        (!less(leave, enter)).then_some([enter, leave])
    }

    #[test]
    fn what_shows_is_what_exact_arithmetic_says() {
        let mut random = Random::new(1);
        let (mut shown, mut hidden) = (0, 0);
        for case in 0..20_000 {
            let reach = 10u32.pow(case % 4 + 2);
            let mut whole = || i64::from(random.below(2 * reach)) - i64::from(reach);
            let [a, b] = [[whole(), whole()], [whole(), whole()]];
            let size = [100, 60];
            let window = Window::new(0.0, 100.0, 0.0, 60.0);
            let frame = Frame { window, width: 100.0, height: 60.0 };
            let [from, to] = [a, b].map(|point| point.map(|v| v as f64));
            let found = segment(&frame, from, to, 0.0);
            match exact(a, b, size) {
                Some(ends) => {
                    let at = |(n, d): Fraction| {
                        let t = n as f64 / d as f64;
                        let on = |axis: usize| from[axis] + t * (to[axis] - from[axis]);
                        [on(0), 60.0 - on(1)]
                    };
                    let found = found.unwrap_or_else(|| panic!("{a:?} {b:?}"));
                    for (found, end) in found.iter().zip(ends.map(at)) {
                        for (found, exact) in found.iter().zip(end) {
                            assert!((found - exact).abs() < 1e-7, "{a:?} {b:?}: {found} {exact}");
                        }
                    }
                    shown += 1;
                }
                None => {
                    // Where it only just passes a corner, rounding may decide.
                    if let Some([start, end]) = found {
                        assert!(distance(start, end) < 1e-7, "{a:?} {b:?}");
                    }
                    hidden += 1;
                }
            }
        }
        assert!(shown > 2_000 && hidden > 3_000, "{shown} {hidden}");
    }

    #[test]
    fn a_window_of_any_size_shows_the_same() {
        for exponent in [-300, -200, -140, -20, 0, 20, 140, 200, 300] {
            let unit = 2f64.powi(exponent * 3);
            let window = Window::new(0.0, 100.0 * unit, 0.0, 100.0 * unit);
            let frame = Frame { window, ..FRAME };
            let [a, b] = [[50.0, 50.0], [150.0, 0.0]];
            let shown = segment(&frame, a.map(|v| v * unit), b.map(|v| v * unit), 0.0);
            assert_eq!(shown, segment(&FRAME, a, b, 0.0), "{exponent}");
        }
    }

    #[test]
    fn the_largest_numbers_keep_their_direction() {
        let [a, b] = segment(&FRAME, [50.0, 50.0], [1e308, -1e308], 0.0).unwrap();
        assert_eq!(a, [50.0, 50.0]);
        assert!((b[0] - 100.0).abs() < 1e-9 && (b[1] - 100.0).abs() < 1e-9);
        let [a, b] = segment(&FRAME, [-1.7e308, 20.0], [1.7e308, 20.0], 0.0).unwrap();
        assert_eq!((a, b), ([0.0, 80.0], [100.0, 80.0]));
        // In a deep zoom, too.
        let window = Window::new(0.0, 1e-130, 0.0, 1e-130);
        let frame = Frame { window, ..FRAME };
        let [a, b] = segment(&frame, [2.5e-131, -1e-130], [1e308, 1e308], 0.0).unwrap_or_default();
        assert_eq!((a, b), ([0.0; 2], [0.0; 2]));
        let [a, b] = segment(&frame, [-5e-131, 2.5e-131], [1e308, 5e307], 0.0).unwrap();
        for (found, exact) in a.iter().chain(&b).zip([0.0, 50.0, 100.0, 0.0]) {
            assert!((found - exact).abs() < 1e-9, "{a:?} {b:?}");
        }
    }
}
