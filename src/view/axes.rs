//! Numbers inside the plot, along its left and its bottom edge, each at the height or the place
//! that it names. They have no tick marks: a mark at the left edge reads as one more minus sign.

use crate::view::Frame;
use crate::view::chart::{Axis, ChartLayout, Labels, Margins, text_style};
use crate::view::legend::Mark;
use crate::view::pen::{Drawn, Pen, text_width, units};
use crate::view::theme::Style;
use crate::view::ticks::ticks;
use plotters_backend::DrawingBackend;
use plotters_backend::text_anchor::{HPos, Pos, VPos};

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
    names: [&str; 2],
) -> Drawn<DB> {
    let Frame { width, height, .. } = *frame;
    let Style { theme, type_size: size, .. } = *style;
    let [x, y] = axes(frame, size, names);
    let layout = ChartLayout::new([width, height], Margins::default(), x, y);
    layout.plot(pen.of(Mark::Axes), Some(theme.paper), |area| {
        layout.draw_mesh(area, style, Labels::Inside)?;
        let [right, left] = [HPos::Right, HPos::Left].map(|side| Pos::new(side, VPos::Center));
        for (name, at, side) in [
            (names[0], [width - 0.55 * size, height - 0.95 * size], right),
            (names[1], [0.55 * size, 0.95 * size], left),
        ] {
            area.draw_text(name, &text_style(style, theme.ink).pos(side), at.map(units).into())?;
        }
        Ok(())
    })
}

/// Both axes with the ticks that have room.
fn axes(frame: &Frame, size: f64, names: [&str; 2]) -> [Axis; 2] {
    let Frame { window, width, height } = *frame;
    let most = (height / (APART * size)).max((height / (CLOSEST * size)).min(4.0)).max(2.0);
    let mut upright = ticks(window.y, most);
    // The lowest line belongs to the other axis.
    let highest = if names[1].is_empty() { 0.7 * size } else { 2.2 * size };
    let lowest = height - 2.15 * size;
    upright.retain(|tick| {
        let [_, py] = frame.to_pixel([0.0, tick.value]);
        py >= highest && py <= lowest
    });

    let longest = ticks(window.x, 3.0).into_iter().map(|tick| text_width(&tick.label, size));
    let apart = (APART * size).max(longest.fold(0.0, f64::max) + 2.0 * size);
    let mut across = ticks(window.x, (width / apart).max(2.0));
    let last = if names[0].is_empty() { width - 3.0 } else { width - 2.2 * size };
    across.retain(|tick| {
        let [px, _] = frame.to_pixel([tick.value, 0.0]);
        let half = text_width(&tick.label, size) / 2.0;
        px - half >= 3.0 && px + half <= last
    });
    [Axis { ends: window.x, ticks: across }, Axis { ends: window.y, ticks: upright }]
}
