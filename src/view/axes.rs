//! Numbers inside the plot, along its left and its bottom edge, each at the height or the place
//! that it names. They have no tick marks: a mark at the left edge reads as one more minus sign.

use crate::view::Frame;
use crate::view::legend::Mark;
use crate::view::pen::{Anchor, Drawn, Face, Pen, text_width};
use crate::view::theme::Style;
use crate::view::ticks::ticks;
use plotters_backend::DrawingBackend;

// Labels are so far apart, at least, in sizes of their type.
const APART: f64 = 6.5;
// In a low plot they come closer, so that there are about four, but not closer than this.
const CLOSEST: f64 = 3.0;

/// Draws the axes of a plot, over its field.
///
/// # Errors
/// The backend's, here and below.
pub fn draw<DB: DrawingBackend>(pen: &mut Pen<'_, DB>, frame: &Frame, style: &Style) -> Drawn<DB> {
    draw_named(pen, frame, style, ["", ""])
}

/// The same with a name at the right end of the lower axis and at the upper end of the left one;
/// numbers give way to them.
///
/// # Errors
/// The backend's.
pub fn draw_named<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    frame: &Frame,
    style: &Style,
    [name, upper_name]: [&str; 2],
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::Axes);
    let Frame { window, width, height } = *frame;
    let Style { theme, type_size: size, .. } = *style;
    let baseline = height - 0.95 * size;

    let most = (height / (APART * size)).max((height / (CLOSEST * size)).min(4.0)).max(2.0);
    for tick in ticks(window.y, most) {
        let [_, py] = frame.to_pixel([0.0, tick.value]);
        // The lowest line belongs to the other axis.
        let highest = if upper_name.is_empty() { 0.7 * size } else { 2.2 * size };
        if py < highest || py > baseline - 1.2 * size {
            continue;
        }
        let at = [0.55 * size, py];
        pen.text_with_halo(&tick.label, at, style.label(Anchor::Left), theme.paper)?;
    }

    let longest = ticks(window.x, 3.0).into_iter().map(|tick| text_width(&tick.label, size));
    let apart = (APART * size).max(longest.fold(0.0, f64::max) + 2.0 * size);
    for tick in ticks(window.x, (width / apart).max(2.0)) {
        let [px, _] = frame.to_pixel([tick.value, 0.0]);
        let half = text_width(&tick.label, size) / 2.0;
        let last = if name.is_empty() { width - 3.0 } else { width - 2.2 * size };
        if px - half >= 3.0 && px + half <= last {
            let at = [px, baseline];
            pen.text_with_halo(&tick.label, at, style.label(Anchor::Center), theme.paper)?;
        }
    }
    for (text, at, anchor) in [
        (name, [width - 0.55 * size, baseline], Anchor::Right),
        (upper_name, [0.55 * size, 0.95 * size], Anchor::Left),
    ] {
        if !text.is_empty() {
            let face = Face { color: theme.ink, ..style.label(anchor) };
            pen.text_with_halo(text, at, face, theme.paper)?;
        }
    }
    Ok(())
}
