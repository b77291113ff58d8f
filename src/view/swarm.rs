//! A swarm: very many walkers as a density, or as points.

use plotters_backend::DrawingBackend;

use super::legend::Mark;
use super::look::Look;
use super::stroke::Stroke;
use super::{Drawn, Frame, Pen, Style};

/// Walkers are counted in squares of so many CSS pixels; as points they are so large.
const SQUARE: f64 = 1.6;
/// The opacity of a square with one walker, and of one with all of them.
const OPACITY: [f64; 2] = [0.3, 1.0];
/// A square in which so large a share of the walkers stands is a disc of an area that goes with it, which
/// would be so wide with all of them, in CSS px.
const CROWD: f64 = 0.004;
const WIDEST: f64 = 13.0;
/// The edge of where they start is dashed so, in px.
const DASH: &[f64] = &[2.0, 3.0];

/// Fills `out` with width × height pixels of four bytes, red, green, blue, opacity, from the top left,
/// that show a window; `scale` of them are one CSS pixel. Where there are more walkers the colour of the
/// run is denser, by the logarithm of how many; `as_points` all of them look the same. Where very many stand
/// in one place it is a disc, the larger the more.
pub fn paint(
    points: &[[f64; 2]],
    frame: &Frame,
    (look, style): (&Look, &Style),
    as_points: bool,
    [width, height]: [usize; 2],
    scale: f64,
    out: &mut Vec<u8>,
) {
    out.clear();
    out.resize(4 * width * height, 0);
    let side = ((SQUARE * scale * style.weight).round() as usize).max(1);
    let [columns, rows] = [width, height].map(|pixels| pixels.div_ceil(side));
    let mut counts = vec![0_u32; columns * rows];
    let [right, bottom] = [width as f64, height as f64];
    let device = [right / frame.width, bottom / frame.height];
    for &point in points {
        let [px, py] = frame.to_pixel(point);
        let [x, y] = [px * device[0], py * device[1]];
        // Not so of what is not a number.
        if x >= 0.0 && y >= 0.0 && x < right && y < bottom {
            counts[y as usize / side * columns + x as usize / side] += 1;
        }
    }
    let color = look.color(style.theme);
    let all = libm::log1p(points.len() as f64);
    let pixel = |count: u32| {
        let share = if as_points { 0.5 } else { libm::log1p(f64::from(count - 1)) / all };
        let [least, most] = OPACITY;
        let [red, green, blue] = [color.0, color.1, color.2];
        [red, green, blue, (255.0 * (least + (most - least) * share)).round() as u8]
    };
    let few: Vec<[u8; 4]> = (1..=64).map(pixel).collect();
    for (row, counts) in counts.chunks(columns.max(1)).enumerate() {
        for (column, &count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            let ink = few.get(count as usize - 1).copied().unwrap_or_else(|| pixel(count));
            let across = column * side..width.min((column + 1) * side);
            for y in row * side..height.min((row + 1) * side) {
                let line = &mut out[4 * (y * width + across.start)..4 * (y * width + across.end)];
                for rgba in line.chunks_exact_mut(4) {
                    rgba.copy_from_slice(&ink);
                }
            }
            let share = f64::from(count) / points.len() as f64;
            if share >= CROWD && count > 1 {
                let middle = [column, row].map(|at| (at as f64 + 0.5) * side as f64);
                let radius = WIDEST * share.sqrt() * scale * style.weight;
                disc(out, [width, height], middle, radius, ink);
            }
        }
    }
}

/// Fills the pixels of a picture of this size whose middles lie within a disc.
fn disc(rgba: &mut [u8], [width, height]: [usize; 2], [x, y]: [f64; 2], radius: f64, ink: [u8; 4]) {
    let reach = |middle: f64, most: usize| {
        let [from, to] = [middle - radius, middle + radius].map(|at| at.clamp(0.0, most as f64));
        from as usize..most.min(to as usize + 1)
    };
    for py in reach(y, height) {
        for px in reach(x, width) {
            if libm::hypot(px as f64 + 0.5 - x, py as f64 + 0.5 - y) <= radius {
                rgba[4 * (py * width + px)..][..4].copy_from_slice(&ink);
            }
        }
    }
}

/// Draws the edge of where a swarm starts.
///
/// # Errors
/// The backend's.
pub fn draw_edge<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    frame: &Frame,
    style: &Style,
    look: &Look,
    edge: &[[f64; 2]],
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::Swarm);
    let mut stroke = Stroke::new(frame, DASH, style.line(look.color(style.theme), 1.0));
    for pair in edge.windows(2) {
        stroke.draw(pen, pair[0], pair[1])?;
    }
    stroke.lift(pen)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::window::Window;
    use crate::view::{LOOKS, Theme};

    const STYLE: Style = Style::page(&Theme::LIGHT);
    const FRAME: Frame =
        Frame { window: Window::new(0.0, 40.0, 0.0, 20.0), width: 40.0, height: 20.0 };

    fn painted(points: &[[f64; 2]], as_points: bool, size: [usize; 2], scale: f64) -> Vec<u8> {
        let mut out = vec![9; 3];
        paint(points, &FRAME, (&LOOKS[1], &STYLE), as_points, size, scale, &mut out);
        assert_eq!(out.len(), 4 * size[0] * size[1]);
        out
    }

    fn opacities(rgba: &[u8]) -> Vec<u8> {
        rgba.iter().skip(3).step_by(4).copied().filter(|opacity| *opacity > 0).collect()
    }

    #[test]
    fn walkers_are_counted_in_squares_and_the_denser_the_stronger() {
        // A square is of 2 × 2 pixels here; y goes up.
        let one = [[10.5, 15.5]];
        let alone = painted(&one, false, [40, 20], 1.0);
        let opacity = |x: usize, y: usize, rgba: &[u8]| rgba[4 * (40 * y + x) + 3];
        assert_eq!(opacities(&alone).len(), 4);
        assert!([[10, 4], [11, 5]].iter().all(|[x, y]| opacity(*x, *y, &alone) > 0));
        let dense: Vec<[f64; 2]> = [[10.5, 15.5]; 50].into_iter().chain([[30.0, 5.0]]).collect();
        let rgba = painted(&dense, false, [40, 20], 1.0);
        assert!(opacity(10, 4, &rgba) > opacity(30, 15, &rgba) && opacity(30, 15, &rgba) > 50);
        let same = painted(&dense, true, [40, 20], 1.0);
        assert_eq!(opacity(10, 4, &same), opacity(30, 15, &same));
    }

    #[test]
    fn what_lies_elsewhere_or_is_no_number_is_not_painted() {
        let nan = f64::NAN;
        let far = [[nan, 1.0], [1.0, nan], [-0.1, 5.0], [40.1, 5.0], [5.0, 20.1], [1e300, -1e300]];
        for (size, scale) in [([40, 20], 1.0), ([60, 30], 1.5), ([83, 41], 2.06), ([1, 1], 1.0)] {
            assert!(opacities(&painted(&far, false, size, scale)).is_empty());
            let corners = [[0.0, 0.01], [39.99, 19.99], [0.0, 20.0]];
            assert!(!opacities(&painted(&corners, false, size, scale)).is_empty());
        }
        assert!(opacities(&painted(&[], false, [40, 20], 1.0)).is_empty());
    }
}
