//! Losses of one example over what the net says, with the example as a point on its curve and the
//! slope there as a tangent.

use plotters_backend::DrawingBackend;

use crate::math::number::digits;
use crate::view::chart::{Axis, ChartLayout, Margins, Pieces};
use crate::view::legend::Mark;
use crate::view::look::Look;
use crate::view::pen::{Anchor, Color, Drawn, Ink, Pen, TextStyle, text_width};
use crate::view::theme::Style;
use crate::view::ticks::ticks;

/// A loss over what the net says.
pub struct Curve<'a> {
    /// L at x.
    pub value: &'a dyn Fn(f64) -> f64,
    /// What it is called, at its end.
    pub name: String,
    /// Its colour.
    pub color: Color,
    /// Whether it is that of the example at hand; the others are thin.
    pub is_own: bool,
}

/// Where the example is on the curve of a run.
pub struct Point<'a> {
    /// What the net says.
    pub x: f64,
    /// The loss.
    pub loss: f64,
    /// ∂L/∂x.
    pub slope: f64,
    /// Whose net it is.
    pub look: &'a Look,
}

/// From where to where the curves are drawn, and how high.
pub struct Chart {
    layout: ChartLayout,
    width: f64,
}

/// A curve has a place every so many px.
const EVERY: f64 = 2.0;
/// A tangent reaches so far to either side, in px of the page.
const TANGENT: f64 = 46.0;

impl Chart {
    /// The axes in a chart of `width` by `height` px.
    pub fn fit([width, height]: [f64; 2], style: &Style, x: [f64; 2], highest: f64) -> Self {
        let size = style.type_size;
        // The name of what it runs over stands above.
        let [top, bottom, right] = [1.9 * size, 1.9 * size, 1.2 * size];
        let most = ((height - top - bottom) / (2.6 * size)).max(2.0);
        let y = [-0.04 * highest, highest];
        let y = Axis { ends: y, ticks: ticks(y, most) };
        let left = y.label_width(size) + 0.6 * size;
        let x = Axis { ends: x, ticks: ticks(x, ((width - left) / (5.0 * size)).max(2.0)) };
        let margins = Margins { left, top, right, bottom };
        Self { layout: ChartLayout::new([width, height], margins, x, y), width }
    }

    /// The same axes with the upper left corner of their frame here, and the frame so large.
    pub fn placed(self, origin: [f64; 2], size: [f64; 2]) -> Self {
        Self { layout: self.layout.placed(origin, size), ..self }
    }
}

/// Draws the axes, of which the horizontal one has a name.
///
/// # Errors
/// The backend's, here and below.
pub fn draw_axes<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    chart: &Chart,
    style: &Style,
    name: &str,
) -> Drawn<DB> {
    let layout = &chart.layout;
    layout.draw_axes(pen.of(Mark::Axes), style, &[])?;
    let at = [chart.width - 0.3 * style.type_size, 0.6 * style.type_size];
    let text_style = TextStyle { color: style.theme.ink, ..style.label(Anchor::Right) };
    pen.of(Mark::Axes).text(name, at, text_style)
}

/// Draws the curves with their names.
///
/// # Errors
/// The backend's.
pub fn draw_curves<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    chart: &Chart,
    style: &Style,
    curves: &[Curve<'_>],
) -> Drawn<DB> {
    let layout = &chart.layout;
    let frame = layout.frame();
    let [low, high] = frame.window.x;
    let steps = (frame.width / EVERY).max(2.0) as usize;
    // Where the names of curves stand, and half their widths.
    let mut names = Vec::new();
    for Curve { value, name, color, is_own } in curves {
        let place = |step: usize| {
            let x = low + (high - low) * step as f64 / steps as f64;
            (x, value(x))
        };
        let weight = if *is_own { 2.2 } else { 1.1 };
        let ink = Ink { alpha: if *is_own { 1.0 } else { 0.6 }, ..style.line(*color, weight) };
        let pieces: Pieces = layout.series(&[], ink, |line| {
            for step in 0..steps {
                line.draw(place(step), place(step + 1));
            }
        });
        layout.draw_pieces(pen.of(Mark::LossFunction), pieces)?;
        if name.is_empty() {
            continue;
        }
        // At the end at which the curve is in the frame, and higher; farther down where a name stands.
        let mut places: Vec<f64> = (1..20)
            .map(|part| low + (high - low) * f64::from(part) / 20.0)
            .filter(|x| value(*x) <= frame.window.y[1])
            .collect();
        places.sort_by(|a, b| value(*b).total_cmp(&value(*a)));
        let half = 0.5 * text_width(name, style.type_size);
        let at = |x: f64| {
            let [px, py] = layout.pixel((x, value(x)));
            let left = layout.origin()[0] + half;
            let px = px.clamp(left, (chart.width - half).max(left));
            // Above a flat curve stands what is said of a point on it.
            let next = x + 0.05 * (high - low);
            let [_, beside] = layout.pixel((next, value(next)));
            let is_flat = (beside - py).abs() < 0.5 * style.type_size;
            let far = style.type_size * if is_flat { 1.0 } else { -0.9 };
            [px, (py + far).max(style.type_size)]
        };
        let is_free = |[px, py]: [f64; 2]| {
            names.iter().all(|([x, y], far): &([f64; 2], f64)| {
                let apart = half + far + 0.5 * style.type_size;
                (px - x).abs() > apart || (py - y).abs() > 1.2 * style.type_size
            })
        };
        let free = places.iter().map(|x| at(*x)).find(|place| is_free(*place));
        let Some([px, py]) = free.or_else(|| places.first().map(|x| at(*x))) else { continue };
        names.push(([px, py], half));
        let text_style = TextStyle { color: *color, ..style.label(Anchor::Center) };
        pen.of(Mark::Axes).text_with_halo(name, [px, py], text_style, style.theme.paper)?;
    }
    Ok(())
}

/// Draws where the example is on the curve of each run, with the slope there.
///
/// # Errors
/// The backend's.
pub fn draw_points<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    chart: &Chart,
    style: &Style,
    points: &[Point<'_>],
) -> Drawn<DB> {
    let layout = &chart.layout;
    let frame = layout.frame();
    for Point { x, loss, slope, look } in points {
        if !frame.window.contains([*x, *loss]) {
            continue;
        }
        let color = look.color(style.theme);
        let at = layout.pixel((*x, *loss));
        let [right, down] = frame.to_pixels([1.0, *slope]);
        let length = libm::hypot(right, down);
        let reach = TANGENT * style.weight;
        let end = |side: f64| {
            [at[0] + side * reach * right / length, at[1] + side * reach * down / length]
        };
        let tangent = &mut pen.of(Mark::LossSlope);
        for ink in [style.line(style.theme.paper, 4.0), style.line(color, 2.0)] {
            tangent.polyline(&[end(-1.0), end(1.0)], ink)?;
        }
        let head = &mut pen.of(Mark::LossPoint);
        look.marker.draw(head, at, 6.4 * style.weight, style.theme.paper)?;
        look.marker.draw(head, at, 4.8 * style.weight, color)?;
        let words = format!("L = {}, slope {}", digits(*loss, 3), digits(*slope, 3));
        let half = 0.5 * text_width(&words, style.type_size);
        let [left, top] = layout.origin();
        let px = at[0].clamp(left + half, (chart.width - half).max(left + half));
        let above = at[1] - 1.7 * style.type_size;
        let py = if above > top { above } else { at[1] + 1.7 * style.type_size };
        let text_style = TextStyle { color: style.theme.ink, ..style.label(Anchor::Center) };
        pen.of(Mark::Axes).text_with_halo(&words, [px, py], text_style, style.theme.paper)?;
    }
    Ok(())
}
