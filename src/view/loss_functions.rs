//! Losses of one example over what the net says, with the example as a point on its curve and the
//! slope there as a tangent.

use plotters_backend::DrawingBackend;

use crate::math::number::digits;
use crate::view::chart::{Axis, ChartLayout, Margins, Pieces, Place};
use crate::view::clip;
use crate::view::label_placement::LabelPlacement;
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

/// Draws the curves, where the example is on that of each run with the slope there, and what is said
/// of them where it covers least.
///
/// # Errors
/// The backend's.
pub fn draw<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    chart: &Chart,
    style: &Style,
    curves: &[Curve<'_>],
    points: &[Point<'_>],
) -> Drawn<DB> {
    let layout = &chart.layout;
    let [left, top] = layout.origin();
    let room = [[left, top], [chart.width, top + layout.frame().height]];
    let mut labels = LabelPlacement::within(room);
    for curve in curves {
        draw_curve(pen, chart, style, curve)?;
        labels.add_line(chart.places(curve).map(|place| layout.pixel(place)));
    }
    let seen = |point: &&Point<'_>| layout.frame().window.contains([point.x, point.loss]);
    let points = || points.iter().filter(seen);
    for point in points() {
        draw_point(pen, chart, style, point)?;
        if let Some([from, to]) = chart.tangent(point, style) {
            let part = |part: u32, i: usize| from[i] + (to[i] - from[i]) * f64::from(part) / 40.0;
            labels.add_line((0..=40).map(|at| [part(at, 0), part(at, 1)]));
        }
        let [x, y] = layout.pixel((point.x, point.loss));
        let reach = 7.0 * style.weight;
        labels.add_obstacle([[x - reach, y - reach], [x + reach, y + reach]]);
    }
    for point in points() {
        write_reading(pen, chart, style, point, &mut labels)?;
    }
    curves.iter().try_for_each(|curve| write_name(pen, chart, style, curve, &mut labels))
}

impl Chart {
    /// Places of a curve from end to end.
    fn places(&self, curve: &Curve<'_>) -> impl Iterator<Item = Place> {
        let frame = self.layout.frame();
        let [low, high] = frame.window.x;
        let steps = (frame.width / EVERY).max(2.0) as usize;
        (0..=steps).map(move |step| {
            let x = low + (high - low) * step as f64 / steps as f64;
            (x, (curve.value)(x))
        })
    }

    /// The ends of a tangent as far as it is in the frame, in px.
    fn tangent(&self, point: &Point<'_>, style: &Style) -> Option<[[f64; 2]; 2]> {
        let frame = self.layout.frame();
        let [right, down] = frame.to_pixels([1.0, point.slope]);
        let reach = TANGENT * style.weight / libm::hypot(right, down);
        let end = |along: f64| [point.x + along, point.loss + along * point.slope];
        let ends = clip::segment(&frame, end(-reach), end(reach), 0.0)?;
        let [left, top] = self.layout.origin();
        Some(ends.map(|[x, y]| [left + x, top + y]))
    }
}

/// Draws a curve.
///
/// # Errors
/// The backend's.
pub fn draw_curve<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    chart: &Chart,
    style: &Style,
    curve: &Curve<'_>,
) -> Drawn<DB> {
    let (weight, alpha) = if curve.is_own { (2.2, 1.0) } else { (1.1, 0.6) };
    let ink = Ink { alpha, ..style.line(curve.color, weight) };
    let places: Vec<Place> = chart.places(curve).collect();
    let pieces: Pieces = chart.layout.series(&[], ink, |line| {
        for pair in places.windows(2) {
            line.draw(pair[0], pair[1]);
        }
    });
    chart.layout.draw_pieces(pen.of(Mark::LossFunction), pieces)
}

/// Draws where the example is on the curve of a run, with the slope there.
fn draw_point<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    chart: &Chart,
    style: &Style,
    point: &Point<'_>,
) -> Drawn<DB> {
    let paper = style.theme.paper;
    let Point { x, loss, look, .. } = *point;
    let color = look.color(style.theme);
    if let Some(ends) = chart.tangent(point, style) {
        let tangent = &mut pen.of(Mark::LossSlope);
        for ink in [style.line(paper, 4.0), style.line(color, 2.0)] {
            tangent.polyline(&ends, ink)?;
        }
    }
    let at = chart.layout.pixel((x, loss));
    let head = &mut pen.of(Mark::LossPoint);
    look.marker.draw(head, at, 6.4 * style.weight, paper)?;
    look.marker.draw(head, at, 4.8 * style.weight, color)
}

/// Writes the loss of the example and the slope there, near its point.
fn write_reading<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    chart: &Chart,
    style: &Style,
    point: &Point<'_>,
    labels: &mut LabelPlacement,
) -> Drawn<DB> {
    let words = format!("L = {}, slope {}", digits(point.loss, 3), digits(point.slope, 3));
    let size = label_size(&words, style);
    let [x, y] = chart.layout.pixel((point.x, point.loss));
    let around = [1.0, 1.6, 2.4].into_iter().flat_map(|far| {
        let [across, down] = [0.6 * far * size[0], 1.3 * far * style.type_size];
        [[0.0, -down], [0.0, down], [across, 0.0], [-across, 0.0]]
            .into_iter()
            .chain([[across, -down], [-across, -down], [across, down], [-across, down]])
            .map(move |[right, below]| [x + right, y + below])
    });
    let Some(at) = labels.place(size, around) else { return Ok(()) };
    write(pen, style, &words, at, style.theme.ink)
}

/// Writes what a curve is called, where it is in the frame, as high as there is room.
fn write_name<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    chart: &Chart,
    style: &Style,
    curve: &Curve<'_>,
    labels: &mut LabelPlacement,
) -> Drawn<DB> {
    let window = chart.layout.frame().window;
    let [low, high] = window.x;
    let size = label_size(&curve.name, style);
    let places = (1..40).map(|part| low + (high - low) * f64::from(part) / 40.0);
    let mut places: Vec<Place> =
        places.map(|x| (x, (curve.value)(x))).filter(|(x, y)| window.contains([*x, *y])).collect();
    places.sort_by(|(_, a), (_, b)| b.total_cmp(a));
    let [across, down] = [0.5 * size[0] + 0.6 * style.type_size, 1.1 * style.type_size];
    let beside = places.into_iter().flat_map(|place| {
        let [x, y] = chart.layout.pixel(place);
        [[x + across, y], [x - across, y], [x, y - down], [x, y + down]]
    });
    let Some(at) = labels.place(size, beside) else { return Ok(()) };
    write(pen, style, &curve.name, at, curve.color)
}

/// Width and height that a label takes, with what is left free around it. Words are narrower than the
/// digits by which widths are told.
fn label_size(words: &str, style: &Style) -> [f64; 2] {
    [0.86 * text_width(words, style.type_size), 1.3 * style.type_size]
}

fn write<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    style: &Style,
    words: &str,
    at: [f64; 2],
    color: Color,
) -> Drawn<DB> {
    let text_style = TextStyle { color, ..style.label(Anchor::Center) };
    pen.of(Mark::Axes).text_with_halo(words, at, text_style, style.theme.paper)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::look::LOOKS;
    use crate::view::recorder::{Form, shapes};
    use crate::view::theme::Theme;

    #[test]
    fn what_is_said_lies_on_nothing_else_that_is_said() {
        let style = Style::page(&Theme::LIGHT);
        let size = [440.0, 240.0];
        let names = ["cross-entropy, y = 0", "cross-entropy, y = 1", "L2, y = 0"];
        let entropy = |x: f64| libm::log(1.0 + libm::exp(x));
        let mirrored = |x: f64| entropy(-x);
        let square = |x: f64| 0.5 / (1.0 + libm::exp(-x)) / (1.0 + libm::exp(-x));
        // Two points that come as near to each other as they do in the course of a training.
        for x in (-60..60).map(|tenth| 0.1 * f64::from(tenth)) {
            let own: [&dyn Fn(f64) -> f64; 2] = [&entropy, &square];
            let values: [&dyn Fn(f64) -> f64; 3] = [&entropy, &mirrored, &square];
            let curves: Vec<_> = (values.into_iter().zip(names).enumerate())
                .map(|(at, (value, name))| Curve {
                    value,
                    name: name.to_owned(),
                    color: LOOKS[at].color(style.theme),
                    is_own: at != 1,
                })
                .collect();
            let points: Vec<_> = (own.into_iter().enumerate())
                .map(|(at, value)| Point { x, loss: value(x), slope: 0.5, look: &LOOKS[at] })
                .collect();
            let chart = Chart::fit(size, &style, [-6.0, 6.0], 6.0);
            let drawn = shapes(|pen| draw(pen, &chart, &style, &curves, &points));
            // A halo is the same words again.
            let mut said: Vec<([f64; 2], String)> = Vec::new();
            for shape in drawn {
                if let Form::Text(at, words) = shape.form {
                    said.retain(|(_, known)| *known != words);
                    said.push((at, words));
                }
            }
            assert_eq!(said.len(), 5, "at {x}: {said:?}");
            for (index, (a, words)) in said.iter().enumerate() {
                for (b, others) in &said[..index] {
                    let apart = |i: usize| (a[i] - b[i]).abs();
                    let [own, other] = [words, others].map(|it| label_size(it, &style));
                    let is_clear = |i: usize| apart(i) >= 0.5 * (own[i] + other[i]) - 0.1;
                    assert!(is_clear(0) || is_clear(1), "at {x}: {words} on {others}");
                }
            }
        }
    }
}
