//! With which losses runs end from very many starts: to each loss, to the right, the share of the starts
//! that end at it or below, upwards. What ends higher than the axis reaches, or before its last update,
//! is what is missing at the right edge.

use libm::{ceil, floor, log10};
use plotters_backend::DrawingBackend;
use plotters_backend::text_anchor::HPos;

use crate::training::start_losses::StartLosses;
use crate::view::alpha_chart;
use crate::view::chart::{Axis, ChartLayout, Margins, Place};
use crate::view::dials_chart::linear;
use crate::view::legend::Mark;
use crate::view::look::Look;
use crate::view::loss_scale::LossScale;
use crate::view::paths::ink;
use crate::view::pen::{Anchor, Drawn, Pen};
use crate::view::theme::Style;
use crate::view::ticks::ticks;

/// What is known of a run.
#[derive(Clone, Debug)]
pub struct Run<'a> {
    /// How its losses are distributed.
    pub losses: &'a StartLosses,
    /// The loss that it ends with from its own start; infinite where it ends before.
    pub own: f64,
    /// Colour, dash and marker.
    pub look: &'a Look,
}

/// Where the axes lie.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// x is the loss above the floor, or its log10; y is a share in percent.
    layout: ChartLayout,
    scale: LossScale,
    width: f64,
}

/// How large a mark is, in px.
const MARK: f64 = 4.0;
/// A logarithmic axis has so many decades at most, and none below this power of ten: there it is rounding
/// that decides.
const DECADES: f64 = 14.0;
const ROUNDING: f64 = -12.0;
/// A linear axis reaches to the loss that so many of the starts end below, of the run that does worst.
const MOST: f64 = 0.98;

impl Chart {
    /// The axes for these runs in a chart of this size in px. `floor` is the lowest minimum; where none
    /// is known, the losses themselves are on a linear axis.
    pub fn fit(
        [width, height]: [f64; 2],
        style: &Style,
        runs: &[Run<'_>],
        floor: Option<f64>,
        log: bool,
    ) -> Self {
        let size = style.type_size;
        let [top, bottom] = [1.9 * size, 1.9 * size];
        // A mark at the edge is whole.
        let right = (MARK + 2.0) * style.weight;
        let scale = LossScale::new(floor, log);
        let ends = across(runs, floor, scale.is_log());
        // As many labels as stand apart, of 0, 50 and 100 at least.
        let most = ((height - top - bottom) / (2.3 * size)).clamp(2.0, 5.0);
        let y = Axis { ends: [0.0, 100.0], ticks: ticks([0.0, 100.0], most) };
        let left = y.label_width(size) + 0.6 * size;
        let [px, free] = [[left, width - right], [0.0, width - 3.0 * size]];
        let x = if scale.is_log() {
            Axis::logarithmic(ends, px, free[1], size)
        } else {
            linear(ends, px, free[1], size)
        };
        let layout = ChartLayout::new([width, height], Margins { left, top, right, bottom }, x, y);
        Self { layout, scale, width }
    }

    /// The loss at a pixel from the left, in the surface's own values.
    pub fn loss_at(&self, px: f64) -> f64 {
        let [low, high] = self.layout.x.ends;
        self.scale.loss(self.layout.place([px, 0.0]).0.clamp(low, high))
    }

    /// Where a loss and a share are, in px; what lies beyond the axes is at their edge.
    pub fn pixel(&self, loss: f64, share: f64) -> [f64; 2] {
        let (x, y) = self.place(loss, share);
        let [low, high] = self.layout.x.ends;
        self.layout.pixel((x.clamp(low, high), y))
    }

    fn place(&self, loss: f64, share: f64) -> Place {
        (self.scale.place(loss, self.layout.x.ends), 100.0 * share)
    }
}

/// From the least loss to the highest; of a linear axis, between those which most starts of a run end between.
fn across(runs: &[Run<'_>], floor_value: Option<f64>, log: bool) -> [f64; 2] {
    let above = floor_value.unwrap_or(0.0);
    let known = |run: &Run<'_>| -> Vec<f64> {
        let quantiles = run.losses.quantiles.iter().map(|loss| loss - above);
        quantiles.filter(|loss| loss.is_finite()).collect()
    };
    let at = |losses: &Vec<f64>, share: f64| {
        let last = losses.len().checked_sub(1)?;
        losses.get((share * last as f64) as usize).copied()
    };
    let all: Vec<Vec<f64>> = runs.iter().map(known).collect();
    let highest = |share: f64| {
        all.iter().filter_map(|losses| at(losses, share)).fold(f64::NEG_INFINITY, f64::max)
    };
    if log {
        let positive = all.iter().flatten().filter(|loss| **loss > 0.0);
        let low = positive.fold(f64::INFINITY, |least, loss| least.min(*loss));
        let high = highest(1.0);
        let high = if high > 0.0 { ceil(log10(high)).max(ROUNDING + 1.0) } else { 0.0 };
        let low = if low.is_finite() { floor(log10(low)) } else { high };
        return [low.max(high - DECADES).max(ROUNDING).min(high - 1.0), high];
    }
    let least = || all.iter().filter_map(|losses| at(losses, 1.0 - MOST)).reduce(f64::min);
    let low = if floor_value.is_some() { 0.0 } else { least().unwrap_or(0.0) };
    let high = highest(MOST);
    [low, if high > low { high } else { low + 1.0 }]
}

/// Draws axes, lines, and where the runs end from their own start.
///
/// # Errors
/// The backend's, here and below.
pub fn draw<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    chart: &Chart,
    style: &Style,
    runs: &[Run<'_>],
) -> Drawn<DB> {
    let Chart { layout, width, .. } = chart;
    layout.draw_axes(pen.of(Mark::Axes), style, &[("loss", *width, HPos::Right)])?;
    let at = [0.0, 0.6 * style.type_size];
    pen.of(Mark::Axes).text("% of all starts", at, style.label(Anchor::Left))?;
    for run in runs {
        draw_line(pen, chart, style, run)?;
    }
    let [least, most] = layout.x.ends.map(|place| chart.scale.loss(place));
    for Run { losses, own, look } in runs.iter().filter(|run| !run.losses.quantiles.is_empty()) {
        // Beyond an edge it is where the line leaves the chart.
        let own = if own.is_nan() { most } else { own.clamp(least, most) };
        let pixel = chart.pixel(own, losses.share_below(own));
        draw_own(pen, pixel, style, look)?;
    }
    Ok(())
}

/// Draws where a run ends from its own start.
///
/// # Errors
/// The backend's.
pub fn draw_own<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    pixel: [f64; 2],
    style: &Style,
    look: &Look,
) -> Drawn<DB> {
    alpha_chart::draw_own(&mut pen.of(Mark::OwnStart), pixel, style, look, MARK)
}

fn draw_line<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    chart: &Chart,
    style: &Style,
    run: &Run<'_>,
) -> Drawn<DB> {
    let layout = &chart.layout;
    // From the bottom, and on to the right edge from the highest loss that there is.
    let finite = run.losses.points().filter(|(loss, _)| loss.is_finite());
    let mut places: Vec<Place> = finite.map(|(loss, share)| chart.place(loss, share)).collect();
    let (Some(&(first, _)), Some(&(_, last))) = (places.first(), places.last()) else {
        return Ok(());
    };
    places.insert(0, (first, 0.0));
    places.push((layout.x.ends[1], last));
    let pieces = layout.series(run.look.dash, ink(run.look, style), |line| {
        for pair in places.windows(2) {
            line.draw(pair[0], pair[1]);
        }
    });
    layout.draw_pieces(pen.of(Mark::StartShare), pieces)
}

/// Draws the loss under the pointer.
///
/// # Errors
/// The backend's.
pub fn draw_pointed<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    chart: &Chart,
    style: &Style,
    loss: f64,
) -> Drawn<DB> {
    let ends = [0.0, 1.0].map(|share| chart.pixel(loss, share));
    pen.of(Mark::Pointed).polyline(&ends, style.line(style.theme.muted, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::recorder::{Form, shapes};
    use crate::view::{LOOKS, Theme};

    const STYLE: Style = Style::page(&Theme::LIGHT);
    const SIZE: [f64; 2] = [400.0, 190.0];

    fn losses(quantiles: &[f64]) -> StartLosses {
        let ended = quantiles.iter().filter(|loss| loss.is_infinite()).count();
        StartLosses { starts: quantiles.len(), quantiles: quantiles.to_vec(), ended }
    }

    fn run(losses: &StartLosses, own: f64) -> Run<'_> {
        Run { losses, own, look: &LOOKS[1] }
    }

    #[test]
    fn the_axis_reaches_from_the_least_loss_to_what_most_end_below() {
        let some = losses(&[3e-5, 0.02, 0.5, 70.0, f64::INFINITY]);
        let fit =
            |floor, log| Chart::fit(SIZE, &STYLE, &[run(&some, 0.5)], floor, log).layout.x.ends;
        assert_eq!(fit(Some(0.0), true), [-5.0, 2.0]);
        assert_eq!(fit(Some(0.0), false), [0.0, 0.5]);
        // Without a minimum the losses themselves, on a linear axis.
        assert_eq!(fit(None, true), [3e-5, 0.5]);
        let deep = losses(&[0.0, 1e-300, 1e-3, 2.0]);
        let chart = Chart::fit(SIZE, &STYLE, &[run(&deep, 0.0)], Some(0.0), true);
        assert_eq!(chart.layout.x.ends, [ROUNDING, 1.0]);
        // What ends in rounding alone has an axis, too.
        let tiny = losses(&[1e-31, 1e-30, 1e-29]);
        let chart = Chart::fit(SIZE, &STYLE, &[run(&tiny, 0.0)], Some(0.0), true);
        assert_eq!(chart.layout.x.ends, [ROUNDING, ROUNDING + 1.0]);
        let none = Chart::fit(SIZE, &STYLE, &[], Some(0.0), true);
        assert_eq!(none.layout.x.ends, [-1.0, 0.0]);
    }

    #[test]
    fn a_line_rises_to_the_share_that_ends_finite_and_stays_there() {
        let some = losses(&[1e-3, 1e-2, 0.1, 1.0, f64::INFINITY]);
        let runs = [run(&some, 0.1)];
        let chart = Chart::fit(SIZE, &STYLE, &runs, Some(0.0), true);
        let drawn = shapes(|pen| draw(pen, &chart, &STYLE, &runs));
        let line: Vec<[f64; 2]> = drawn
            .iter()
            .filter(|shape| shape.color == LOOKS[1].colors[0])
            .flat_map(|shape| match &shape.form {
                Form::Line(points) => points.clone(),
                _ => Vec::new(),
            })
            .collect();
        let near = |[ax, ay]: [f64; 2], [bx, by]: [f64; 2]| (ax - bx).hypot(ay - by) < 0.5;
        assert!(near(line[0], chart.pixel(1e-3, 0.0)), "{line:?}");
        assert!(near(line[line.len() - 1], chart.pixel(1e9, 0.75)), "{line:?}");
        assert!(line.windows(2).all(|pair| pair[0][1] >= pair[1][1] - 1e-9));
        let [px, _] = chart.pixel(0.1, 0.5);
        assert!((chart.loss_at(px) / 0.1 - 1.0).abs() < 0.02);
        // What ends before its last update is at the right edge, among the last.
        assert_eq!(some.share_below(f64::INFINITY), 1.0);
        assert_eq!(chart.pixel(f64::INFINITY, 1.0)[0], chart.pixel(1e300, 0.0)[0]);
    }

    #[test]
    fn all_stays_in_the_chart_whatever_the_losses() {
        for quantiles in [
            vec![],
            vec![f64::INFINITY; 5],
            vec![-1e300, -1.0, 0.0, 1e300],
            vec![0.0; 5],
            vec![1e-320, 1e308, f64::INFINITY],
        ] {
            let some = losses(&quantiles);
            for (own, floor, log) in [
                (f64::INFINITY, Some(0.0), true),
                (f64::NAN, None, true),
                (-5.0, Some(0.0), true),
                (1.0, Some(-1e300), false),
            ] {
                let runs = [run(&some, own)];
                let chart = Chart::fit(SIZE, &STYLE, &runs, floor, log);
                for shape in shapes(|pen| draw(pen, &chart, &STYLE, &runs)) {
                    let points = match &shape.form {
                        Form::Line(points) | Form::Polygon(points) => points.clone(),
                        Form::Circle(at, _) | Form::Text(at, _) => vec![*at],
                    };
                    for [x, y] in points {
                        let inside =
                            (-1.0..=SIZE[0] + 1.0).contains(&x) && (-9.0..=SIZE[1]).contains(&y);
                        assert!(inside, "{quantiles:?} {own}: {x}, {y}");
                    }
                }
            }
        }
    }
}
