//! The noise ball: how far from the minimiser a run stays at a constant α, for each batch size.
//!
//! Both axes are logarithmic: the mean squared distance of the last iterates is about proportional
//! to α / m, so that equal ratios of m are lines at equal distances.

mod labels;

use crate::view::chart::{Axis, ChartLayout, Margins, Pieces, Place};
use crate::view::legend;
use crate::view::look::Look;
use crate::view::pen::{Anchor, Color, Drawn, Pen, text_width};
use crate::view::theme::{Style, Theme};
use crate::view::ticks::powers;
use libm::{ceil, floor, log10};
use plotters_backend::DrawingBackend;
use plotters_backend::text_anchor::HPos;

/// The mean squared distance against α, for one batch size.
#[derive(Clone, Debug)]
pub struct Series<'a> {
    /// The learning rates, ascending.
    pub alphas: &'a [f64],
    /// The mean squared distance at each; where it is not a number above 0 the line is broken.
    pub values: &'a [f64],
    /// What stands at its right end: "m = 1".
    pub label: String,
}

/// Where a run of the experiment lies.
#[derive(Clone, Copy, Debug)]
pub struct Mark<'a> {
    /// Its learning rate.
    pub alpha: f64,
    /// Its mean squared distance.
    pub value: f64,
    /// Colour and marker.
    pub look: &'a Look,
}

/// Where the chart's axes lie.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// Of log10 of α and of the mean squared distance.
    layout: ChartLayout,
    /// All of it, labels too, px.
    width: f64,
}

/// The name of the vertical axis.
const NAME: &str = "mean squared distance";
// The axis reaches at most so many decades below and above the median: full batches have no noise
// and come to 1e−30, and what is about to diverge has left all bounds.
const BELOW: f64 = 4.0;
const ABOVE: f64 = 3.0;
// For the runs' own marks it reaches so many decades farther.
const BEYOND: f64 = 3.0;
// Labels are so far apart, at least, in sizes of their type.
const APART: f64 = 2.3;

impl Chart {
    /// The same axes with the upper left corner of their frame here, and the frame so large.
    pub fn placed(self, origin: [f64; 2], size: [f64; 2]) -> Self {
        Self { layout: self.layout.placed(origin, size), ..self }
    }

    /// The axes for these series and marks in a chart of `width` by `height` px.
    pub fn fit(
        [width, height]: [f64; 2],
        style: &Style,
        series: &[Series<'_>],
        marks: &[Mark<'_>],
    ) -> Self {
        let lines = series.iter().flat_map(|series| series.alphas.iter().zip(series.values));
        let marked: Vec<_> =
            marks.iter().filter_map(|mark| place(mark.alpha, mark.value)).collect();
        let lines = lines.filter_map(|(&alpha, &value)| place(alpha, value));
        let places: Vec<_> = lines.chain(marked.iter().copied()).collect();
        let [mut low, mut high] = upright(&places);
        // A run that has not come near yet lies above the lines.
        for (_, value) in marked {
            low = low.min(floor(value).max(low - BEYOND));
            high = high.max(ceil(value).min(high + BEYOND));
        }
        let size = style.type_size;
        let [top, bottom] = [1.9 * size, 1.9 * size];
        let labels = series.iter().map(|series| text_width(&series.label, size));
        let right = labels.fold(size, f64::max) + 0.6 * size;
        let most = ((height - top - bottom) / (APART * size)).max(2.0);
        let y = Axis { ends: [low, high], ticks: powers([low, high], most) };
        let left = y.label_width(size) + 0.6 * size;
        let x = Axis::logarithmic(across(&places), [left, width - right], width - 1.2 * size, size);
        let margins = Margins { left, top, right, bottom };
        Self { layout: ChartLayout::new([width, height], margins, x, y), width }
    }
}

/// A pair of positive numbers by their logarithms.
fn place(alpha: f64, value: f64) -> Option<Place> {
    let has_place = |v: f64| v > 0.0 && v.is_finite();
    (has_place(alpha) && has_place(value)).then(|| (log10(alpha), log10(value)))
}

/// From the least learning rate to the largest.
fn across(places: &[Place]) -> [f64; 2] {
    let alphas = || places.iter().map(|(alpha, _)| *alpha);
    let Some(low) = alphas().reduce(f64::min) else { return [-3.0, 0.0] };
    let high = alphas().fold(low, f64::max);
    // One learning rate alone stands in the middle.
    if high - low > 0.01 { [low, high] } else { [low - 0.5, high + 0.5] }
}

/// Whole decades about the median.
fn upright(places: &[Place]) -> [f64; 2] {
    let mut values: Vec<f64> = places.iter().map(|(_, value)| *value).collect();
    let Some(lowest) = values.iter().copied().reduce(f64::min) else { return [-3.0, 1.0] };
    let highest = values.iter().copied().fold(lowest, f64::max);
    let middle = values.len() / 2;
    let median = *values.select_nth_unstable_by(middle, f64::total_cmp).1;
    let low = floor(lowest.max(median - BELOW));
    [low, ceil(highest.min(median + ABOVE)).max(low + 1.0)]
}

/// Draws axes, lines from light to dark with their labels, and the marks.
///
/// # Errors
/// The backend's.
pub fn draw<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    chart: &Chart,
    style: &Style,
    series: &[Series<'_>],
    marks: &[Mark<'_>],
) -> Drawn<DB> {
    draw_axes(pen, chart, style)?;
    draw_series(pen, chart, style, series)?;
    labels::draw(&mut pen.of(legend::Mark::Axes), chart, style, series)?;
    for Mark { alpha, value, look } in marks {
        let Some(place) = place(*alpha, *value) else { continue };
        if chart.layout.frame().window.contains(place.into()) {
            draw_mark(pen, chart.layout.pixel(place), style, look)?;
        }
    }
    Ok(())
}

/// Draws a run's own α and distance.
///
/// # Errors
/// The backend's.
pub fn draw_mark<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    pixel: [f64; 2],
    style: &Style,
    look: &Look,
) -> Drawn<DB> {
    let Style { theme, weight, .. } = *style;
    let pen = &mut pen.of(legend::Mark::BallOfRun);
    look.marker.draw(pen, pixel, 6.0 * weight, theme.paper)?;
    look.marker.draw(pen, pixel, 4.2 * weight, look.color(theme))
}

/// Draws the lines.
///
/// # Errors
/// The backend's.
pub fn draw_series<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    chart: &Chart,
    style: &Style,
    series: &[Series<'_>],
) -> Drawn<DB> {
    let layout = &chart.layout;
    let pieces = series.iter().enumerate().flat_map(|(index, line)| {
        pieces(chart, style, line, grade(style.theme, index, series.len()))
    });
    layout.draw_pieces(pen.of(legend::Mark::Ball), pieces.collect())
}

/// One line, broken where a value has no logarithm.
fn pieces(chart: &Chart, style: &Style, series: &Series<'_>, color: Color) -> Pieces {
    chart.layout.series(&[], style.line(color, 2.0), |line| {
        for pair in places(series).windows(2) {
            if let [Some(from), Some(to)] = *pair {
                line.draw(from, to);
            }
        }
    })
}

fn places(series: &Series<'_>) -> Vec<Option<Place>> {
    let Series { alphas, values, .. } = series;
    alphas.iter().zip(*values).map(|(&alpha, &value)| place(alpha, value)).collect()
}

/// The colour of a line among so many: the last in ink, those before it nearer to the paper.
fn grade(theme: &Theme, index: usize, count: usize) -> Color {
    let before = (count - 1 - index) as f64 / (count - 1).max(1) as f64;
    theme.ink.mix(theme.paper, 0.62 * before)
}

fn draw_axes<DB: DrawingBackend>(pen: &mut Pen<'_, DB>, chart: &Chart, style: &Style) -> Drawn<DB> {
    let Chart { layout, width } = chart;
    layout.draw_axes(pen.of(legend::Mark::Axes), style, &[("α", *width, HPos::Right)])?;
    let at = [0.0, 0.6 * style.type_size];
    pen.of(legend::Mark::Axes).text(NAME, at, style.label(Anchor::Left))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::LOOKS;
    use crate::view::recorder::{Form, Shape, shapes};

    const STYLE: Style = Style::page(&Theme::LIGHT);
    const SIZE: [f64; 2] = [440.0, 190.0];
    const ALPHAS: [f64; 4] = [1e-3, 1e-2, 1e-1, 1.0];

    fn series<'a>(values: &'a [f64], label: &str) -> Series<'a> {
        Series { alphas: &ALPHAS, values, label: label.to_owned() }
    }

    fn drawn(series: &[Series<'_>], marks: &[Mark<'_>]) -> (Chart, Vec<Shape>) {
        let chart = Chart::fit(SIZE, &STYLE, series, marks);
        let drawn = shapes(|pen| draw(pen, &chart, &STYLE, series, marks));
        (chart, drawn)
    }

    #[test]
    fn a_value_in_proportion_to_alpha_is_a_straight_line_of_slope_one() {
        let values = ALPHAS.map(|alpha| 5.0 * alpha);
        let (chart, shapes) = drawn(&[series(&values, "m = 1")], &[]);
        let line = shapes.iter().find(|shape| shape.color == Theme::LIGHT.ink).unwrap().line();
        assert_eq!(line.len(), 4);
        let [dx, dy] = [line[3][0] - line[0][0], line[0][1] - line[3][1]];
        let decade = chart.layout.frame().to_pixels([1.0, -1.0]);
        assert!((dx / decade[0] - 3.0).abs() < 0.01 && (dy / decade[1] - 3.0).abs() < 0.01);
    }

    #[test]
    fn what_has_no_logarithm_breaks_the_line() {
        for bad in [f64::NAN, 0.0, -1.0, f64::INFINITY] {
            let values = [1.0, bad, 3.0, 4.0];
            let (chart, shapes) = drawn(&[series(&values, "m = 1")], &[]);
            let mut lines = shapes.iter().filter(|shape| shape.color == Theme::LIGHT.ink);
            assert_eq!(lines.next().unwrap().line().len(), 2, "{bad}");
            assert!(lines.next().is_none());
            assert_eq!(chart.layout.y.ends, [0.0, 1.0]);
        }
    }

    #[test]
    fn full_batches_and_divergence_do_not_press_the_noise_flat() {
        let noise = [1e-2, 1e-1, 1.0, 10.0];
        let (full, wild) = ([1e-31, 1e-31, 1e-30, 1e-28], [1e-2, 1e-1, 1e90, 1e290]);
        let all = [series(&noise, "m = 1"), series(&noise, "m = 2"), series(&full, "m = 100")];
        let [low, high] = drawn(&all, &[]).0.layout.y.ends;
        assert!((-6.0..=-2.0).contains(&low) && high == 1.0, "{low} {high}");
        let all = [series(&noise, "m = 1"), series(&noise, "m = 2"), series(&wild, "m = 3")];
        let [low, high] = drawn(&all, &[]).0.layout.y.ends;
        assert!(low == -2.0 && (1.0..=4.0).contains(&high), "{low} {high}");
    }

    #[test]
    fn labels_of_lines_that_end_in_one_place_are_apart() {
        let values = [[1e-3, 1e-2, 1e-1, 1.0]; 5];
        let names = ["m = 1", "m = 2", "m = 3", "m = 4", "m = 5"];
        let all: Vec<_> =
            values.iter().zip(names).map(|(values, name)| series(values, name)).collect();
        let (_, shapes) = drawn(&all, &[]);
        // What lies on its halo.
        let mut places: Vec<f64> = shapes
            .iter()
            .filter(|shape| shape.color != Theme::LIGHT.paper)
            .filter_map(|shape| match &shape.form {
                Form::Text([_, y], text) if names.contains(&text.as_str()) => Some(*y),
                _ => None,
            })
            .collect();
        assert_eq!(places.len(), 5);
        places.sort_unstable_by(f64::total_cmp);
        assert!(places.windows(2).all(|pair| pair[1] - pair[0] > 13.0), "{places:?}");
    }

    #[test]
    fn a_mark_lies_at_its_run() {
        let values = [1e-3, 1e-2, 1e-1, 1.0];
        let look = &LOOKS[1];
        let mark = |alpha, value| Mark { alpha, value, look };
        let marks = [mark(1e-2, 1e-1), mark(f64::NAN, 1.0), mark(0.1, 1e-40), mark(0.1, 0.0)];
        let (chart, shapes) = drawn(&[series(&values, "m = 1")], &marks);
        let mut drawn = shapes.iter().filter(|shape| shape.color == look.colors[0]);
        let Some(Form::Polygon(corners)) = drawn.next().map(|shape| &shape.form) else {
            panic!("a square")
        };
        let middle = [0, 1].map(|axis| 0.5 * (corners[0][axis] + corners[2][axis]));
        let [px, py] = chart.layout.pixel((-2.0, -1.0));
        assert!((middle[0] - px).abs() < 0.2 && (middle[1] - py).abs() < 0.2);
        assert!(drawn.next().is_none());
    }

    #[test]
    fn a_run_that_is_still_far_off_has_its_place() {
        let mark = Mark { alpha: 1e-2, value: 8e4, look: &LOOKS[1] };
        let (chart, _) = drawn(&[series(&[1e-3, 1e-2, 1e-1, 1.0], "m = 1")], &[mark]);
        assert!(chart.layout.frame().window.contains([-2.0, 4.9]), "{:?}", chart.layout.y.ends);
    }
}
