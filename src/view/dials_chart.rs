//! A chart over two dials of a run: one to the right, one upwards, and the runs' own as marks.

use plotters_backend::DrawingBackend;
use plotters_backend::text_anchor::HPos;

use crate::math::window::Window;
use crate::view::chart::{Axis, ChartLayout, Margins};
use crate::view::legend::Mark;
use crate::view::look::Look;
use crate::view::pen::{Anchor, Drawn, Pen, text_width};
use crate::view::theme::Style;
use crate::view::ticks::{Tick, ticks};

// Labels are so far apart, at least, in sizes of their type.
const APART: f64 = 2.3;

/// How an axis counts.
#[derive(Clone, Debug, PartialEq)]
pub enum Ruler {
    /// In the dial's own values.
    Linear,
    /// In their powers of ten.
    Logarithmic,
    /// In rows from 0 on, each of one of these values.
    Rows(Vec<usize>),
}

/// Where the axes lie.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    pub(super) layout: ChartLayout,
    width: f64,
    /// What the upright axis is called.
    name: &'static str,
}

impl Chart {
    /// The axes of a chart of this size in px, the first one α, and the other one with a name.
    pub fn fit(
        [width, height]: [f64; 2],
        style: &Style,
        window: Window,
        [across, upright]: [&Ruler; 2],
        name: &'static str,
    ) -> Self {
        let size = style.type_size;
        let [top, right, bottom] = [1.9 * size, 1.0, 1.9 * size];
        let tall = height - top - bottom;
        let most = (tall / (APART * size)).max(2.0);
        let y = match upright {
            Ruler::Linear => Axis { ends: window.y, ticks: ticks(window.y, most) },
            Ruler::Logarithmic => Axis::upright(window.y, tall, size),
            Ruler::Rows(values) => rows(window.y, values, most),
        };
        let left = y.label_width(size) + 0.6 * size;
        let px = [left, width - right];
        // The name of the axis stands at its right end.
        let free = width - 1.2 * size;
        let x = match across {
            Ruler::Logarithmic => Axis::logarithmic(window.x, px, free, size),
            _ => linear(window.x, px, free, size),
        };
        let margins = Margins { left, top, right, bottom };
        Self { layout: ChartLayout::new([width, height], margins, x, y), width, name }
    }

    /// The window of the axes.
    pub fn window(&self) -> Window {
        self.layout.frame().window
    }

    /// The place of the axes at a pixel; beyond them that at their ends.
    pub fn dials_at(&self, pixel: [f64; 2]) -> [f64; 2] {
        let (x, y) = self.layout.place(pixel);
        let Window { x: across, y: upright } = self.window();
        [x.clamp(across[0], across[1]), y.clamp(upright[0], upright[1])]
    }

    /// Where a place is, in px; what lies beyond the axes is at their edge.
    pub fn pixel(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let Window { x: across, y: upright } = self.window();
        let place = (x.clamp(across[0], across[1]), y.clamp(upright[0], upright[1]));
        self.layout.pixel(place)
    }

    /// The window after a zoom by a factor that leaves the place at a pixel where it is.
    pub fn zoomed(&self, [x, y]: [f64; 2], factor: f64) -> Window {
        let [left, top] = self.layout.origin();
        self.layout.frame().zoomed([x - left, y - top], factor)
    }

    /// The window after it was dragged by pixels, right and down.
    pub fn panned(&self, by: [f64; 2]) -> Window {
        self.layout.frame().panned(by)
    }
}

/// A horizontal axis of numbers from one px to another in type of this size; beyond `free` px there is no
/// label.
pub(super) fn linear(ends: [f64; 2], [left, right]: [f64; 2], free: f64, size: f64) -> Axis {
    let most = (right - left - 1.8 * size) / (4.0 * size);
    let mut axis = Axis { ends, ticks: ticks(ends, most.max(2.0)) };
    for tick in &mut axis.ticks {
        let px = left + (tick.value - ends[0]) / (ends[1] - ends[0]) * (right - left);
        if px + 0.5 * text_width(&tick.label, size) > free {
            tick.label.clear();
        }
    }
    axis
}

/// A label in the middle of each row, or of each second, third and so on.
fn rows(ends: [f64; 2], values: &[usize], most: f64) -> Axis {
    let stride = (values.len() as f64 / most).ceil().max(1.0) as usize;
    // The last one is told: it is all examples.
    let told = values.iter().enumerate().rev().step_by(stride);
    let tick =
        |(row, value): (usize, &usize)| Tick { value: row as f64 + 0.5, label: value.to_string() };
    let mut ticks: Vec<Tick> = told.map(tick).collect();
    ticks.reverse();
    Axis { ends, ticks }
}

/// Draws axes and their names.
///
/// # Errors
/// The backend's, here and below.
pub fn draw_axes<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    chart: &Chart,
    style: &Style,
) -> Drawn<DB> {
    chart.layout.draw_axes(pen.of(Mark::Axes), style, &[("α", chart.width, HPos::Right)])?;
    let at = [0.0, 0.6 * style.type_size];
    pen.of(Mark::Axes).text(chart.name, at, style.label(Anchor::Left))
}

/// Draws the runs' own dials.
///
/// # Errors
/// The backend's.
pub fn draw_own<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    chart: &Chart,
    style: &Style,
    own: &[([f64; 2], &Look)],
) -> Drawn<DB> {
    for (at, look) in own {
        super::alpha_chart::draw_mark(pen, chart.pixel(*at), style, look)?;
    }
    Ok(())
}

/// Draws where the pointer is.
///
/// # Errors
/// The backend's.
pub fn draw_pointed<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    chart: &Chart,
    style: &Style,
    at: [f64; 2],
) -> Drawn<DB> {
    let ink = style.line(style.theme.ink, 1.2);
    pen.of(Mark::Pointed).ring(chart.pixel(at), 4.0 * style.weight, ink)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::Theme;

    const STYLE: Style = Style::page(&Theme::LIGHT);

    fn labels(axis: &Axis) -> Vec<&str> {
        let told = axis.ticks.iter().map(|tick| tick.label.as_str());
        told.filter(|label| !label.is_empty()).collect()
    }

    #[test]
    fn deep_in_a_logarithmic_map_both_axes_are_still_labelled_apart() {
        let logarithmic = [&Ruler::Logarithmic, &Ruler::Logarithmic];
        for span in [4.0, 1.0, 0.1, 1e-3, 1e-6] {
            let window = Window::new(-0.6, -0.6 + span, 0.3, 0.3 + span);
            let chart = Chart::fit([380.0, 260.0], &STYLE, window, logarithmic, "scale");
            for axis in [&chart.layout.x, &chart.layout.y] {
                let told = labels(axis);
                assert!((2..=12).contains(&told.len()), "{span}: {told:?}");
                assert!(told.windows(2).all(|pair| pair[0] != pair[1]), "{span}: {told:?}");
                for tick in &axis.ticks {
                    let number = tick.label.replace('\u{2212}', "-").parse::<f64>();
                    let off = number.map_or(0.0, |number| number.log10() - tick.value);
                    assert!(off.abs() < 1e-2 * span, "{span}: {tick:?}");
                }
            }
            let middle = [-0.6 + 0.5 * span, 0.3 + 0.5 * span];
            let [x, y] = chart.dials_at(chart.pixel(middle));
            let [x, y] = [x - middle[0], y - middle[1]];
            assert!(x.abs() < 0.01 * span && y.abs() < 0.01 * span);
        }
    }

    #[test]
    fn rows_are_labelled_in_their_middles_and_the_last_one_always() {
        let values = [1, 2, 4, 8, 16, 20];
        let window = Window::new(-3.0, 1.0, 0.0, 6.0);
        let upright = Ruler::Rows(values.to_vec());
        for height in [90.0, 260.0] {
            let rulers = [&Ruler::Logarithmic, &upright];
            let chart = Chart::fit([380.0, height], &STYLE, window, rulers, "m");
            assert_eq!(labels(&chart.layout.y).last(), Some(&"20"));
            for tick in &chart.layout.y.ticks {
                assert_eq!(values[tick.value as usize].to_string(), tick.label);
            }
        }
    }

    #[test]
    fn a_zoom_leaves_the_place_under_the_pointer_where_it_is() {
        let window = Window::new(-3.0, 1.0, -1.0, 1.0);
        let logarithmic = [&Ruler::Logarithmic, &Ruler::Logarithmic];
        let chart = Chart::fit([380.0, 260.0], &STYLE, window, logarithmic, "scale");
        let at = [120.0, 90.0];
        let [x, y] = chart.dials_at(at);
        let zoomed = chart.zoomed(at, 2.0);
        assert!((zoomed.width() - 2.0).abs() < 1e-9 && (zoomed.height() - 1.0).abs() < 1e-9);
        let share = |[low, high]: [f64; 2], at: f64| (at - low) / (high - low);
        assert!((share(zoomed.x, x) - share(window.x, x)).abs() < 0.01);
        assert!((share(zoomed.y, y) - share(window.y, y)).abs() < 0.01);
        assert!(chart.panned([10.0, 0.0]).x[0] < window.x[0]);
    }
}
