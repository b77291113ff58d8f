//! What becomes of a net with each two values of its dials, as a map in two families of colours.
//!
//! Where its loss ends below that of the start the map is blue, the lower the darker; elsewhere it is
//! orange, the sooner it diverges the darker: by how many decades the loss has grown in an update, on
//! average, until it was past all numbers.

use super::classes::color;
use super::dials_chart::Chart;
use super::paint::opaque;
use super::pen::Color;
use super::theme::Theme;
use crate::analysis::net_trial::End;
use crate::math::cells::Cells;

/// The colours of what hardly comes down, and hardly diverges: so much of their hue. They are told
/// apart where they meet.
const LEAST: f64 = 0.25;
/// From so many decades on that the loss has come down, a cell is no darker.
const DECADES: f64 = 3.0;
/// Decades that the loss grows in an update, where orange is half as dark as it can be.
const HALF: f64 = 0.3;
/// The decades up to the largest number.
const LARGEST: f64 = 308.0;
/// The classes whose colours they have.
const ORANGE: usize = 0;
const BLUE: usize = 1;

/// How dark a cell is, from 0 to 1, and its hue: blue where it comes down.
fn shade(end: &End, updates: usize) -> (usize, f64) {
    let grown = match end.diverged {
        Some(update) => LARGEST / update.max(1) as f64,
        None => libm::log10(end.loss / end.start) / updates.max(1) as f64,
    };
    if end.loss < end.start {
        let down = libm::log10(end.start / end.loss) / DECADES;
        return (BLUE, libm::sqrt(down.min(1.0)));
    }
    (ORANGE, if grown.is_nan() { 0.0 } else { grown / (grown + HALF) })
}

/// The colour of what becomes of a net that gets so many updates.
pub fn color_of(theme: &Theme, end: &End, updates: usize) -> Color {
    let (hue, dark) = shade(end, updates);
    theme.paper.mix(color(theme, hue), LEAST + (1.0 - LEAST) * dark)
}

/// Fills `out` with width × height pixels of four bytes, red, green, blue, opacity, from the top left:
/// the map between the axes of a chart, and nothing elsewhere. `scale` of them are one CSS pixel; nets
/// in a row of the map get so many updates.
pub fn paint(
    cells: &Cells<End>,
    updates: &dyn Fn(usize) -> usize,
    chart: &Chart,
    theme: &Theme,
    [width, height]: [usize; 2],
    scale: f64,
    out: &mut Vec<u8>,
) {
    let [left, top] = chart.layout.origin();
    let frame = chart.layout.frame();
    let place = |px: usize, py: usize| {
        let css = |at: usize| (at as f64 + 0.5) / scale;
        let at = [css(px) - left, css(py) - top];
        if frame.holds(at, 0.0) { frame.to_data(at) } else { [f64::NAN; 2] }
    };
    // A pixel of the row, or of the column, that lies between the axes.
    let middle = |origin: f64, side: f64| ((origin + 0.5 * side) * scale) as usize;
    let [mx, my] = [middle(left, frame.width), middle(top, frame.height)];
    let column = |px: usize| cells.column(place(px, my)[0]);
    let columns: Vec<Option<usize>> = (0..width).map(column).collect();
    out.clear();
    out.resize(4 * width * height, 0);
    for (py, pixels) in out.chunks_exact_mut(4 * width).enumerate() {
        let Some(row) = cells.row(place(mx, py)[1]) else { continue };
        let updates = updates(row);
        let values = &cells.values[row * cells.columns..][..cells.columns];
        let mut last = None;
        for (pixel, column) in pixels.chunks_exact_mut(4).zip(&columns) {
            let Some(column) = *column else { continue };
            let rgba = match last {
                Some((before, rgba)) if before == column => rgba,
                _ => opaque(color_of(theme, &values[column], updates)),
            };
            last = Some((column, rgba));
            pixel.copy_from_slice(&rgba);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::window::Window;
    use crate::view::Style;
    use crate::view::dials_chart::Ruler;

    fn end(loss: f64, diverged: Option<usize>) -> End {
        End { start: 1.0, loss, diverged }
    }

    #[test]
    fn two_families_meet_at_the_loss_of_the_start_and_grow_darker_from_there() {
        let shades = |ends: &[End]| ends.iter().map(|end| shade(end, 50)).collect::<Vec<_>>();
        let down = shades(&[0.999, 0.5, 0.01, 1e-3, 0.0].map(|loss| end(loss, None)));
        assert!(down.iter().all(|(hue, _)| *hue == BLUE));
        assert!(down.windows(2).all(|pair| pair[0].1 <= pair[1].1) && down[4].1 == 1.0);
        let mut up: Vec<End> = [1.0, 1.1, 1e9, 1e200].map(|loss| end(loss, None)).into();
        up.extend([49, 20, 1].map(|update| end(f64::INFINITY, Some(update))));
        let up = shades(&up);
        assert!(up.iter().all(|(hue, dark)| *hue == ORANGE && (0.0..1.0).contains(dark)));
        assert!(up.windows(2).all(|pair| pair[0].1 <= pair[1].1), "{up:?}");
        let theme = &Theme::LIGHT;
        let [low, high] = [0.999, 1.001].map(|loss| color_of(theme, &end(loss, None), 50));
        assert!(low != high && low != theme.paper && high != theme.paper);
        assert_eq!(shade(&end(f64::NAN, None), 50).0, ORANGE);
    }

    #[test]
    fn each_pixel_between_the_axes_has_the_colour_of_its_cell() {
        let window = Window::new(-2.0, 1.0, -1.0, 1.0);
        let (columns, rows) = (5, 4);
        let values = (0..columns * rows).map(|at| end(0.9 - 0.04 * at as f64, None)).collect();
        let cells = Cells { window, columns, rows, values };
        let style = Style::page(&Theme::LIGHT);
        let logarithmic = [&Ruler::Logarithmic, &Ruler::Logarithmic];
        // It is seen where it lies, though the axes show more.
        let wider = Window::new(-3.0, 1.0, -1.0, 1.0);
        let chart = Chart::fit([200.0, 150.0], &style, wider, logarithmic, "scale");
        let mut out = Vec::new();
        paint(&cells, &|_| 9, &chart, style.theme, [400, 300], 2.0, &mut out);
        let mut seen = 0;
        for (at, pixel) in out.chunks_exact(4).enumerate() {
            let css = [at % 400, at / 400].map(|at| (at as f64 + 0.5) / 2.0);
            let frame = chart.layout.frame();
            let [left, top] = chart.layout.origin();
            let place = frame.to_data([css[0] - left, css[1] - top]);
            let is_between = frame.holds([css[0] - left, css[1] - top], 0.0);
            match cells.at(place).filter(|_| is_between) {
                Some(end) => {
                    assert_eq!(pixel, opaque(color_of(style.theme, &end, 9)));
                    seen += 1;
                }
                None => assert_eq!(pixel, [0; 4]),
            }
        }
        assert!(seen > 10_000, "{seen}");
    }
}
