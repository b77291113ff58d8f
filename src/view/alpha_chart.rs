//! The learning-rate finder: the loss that each run ends with, against α.
//!
//! The horizontal axis is logarithmic. What ends far above the loss of the start, or diverges, leaves
//! through the top; the start's own loss is a line across.

use crate::analysis::alpha_sweep::{self, Outcome};
use crate::view::chart::{Axis, ChartLayout, Margins, Place};
use crate::view::legend::Mark;
use crate::view::look::Look;
use crate::view::loss_scale::LossScale;
use crate::view::paths::ink;
use crate::view::pen::{Anchor, Drawn, Ink, Pen};
use crate::view::theme::Style;
use crate::view::ticks::{powers, ticks};
use libm::{ceil, floor, log10};
use plotters_backend::DrawingBackend;
use plotters_backend::text_anchor::HPos;

/// What a run ends with at a learning rate, in the surface's own values; infinite where it diverges.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct End {
    /// The learning rate.
    pub alpha: f64,
    /// The loss after the last update; of several seeds the one in the middle.
    pub loss: f64,
    /// From which loss to which most seeds end.
    pub band: [f64; 2],
}

/// What is known of a sweep.
pub fn ends(sweep: &alpha_sweep::Sweep) -> Vec<End> {
    let end =
        |(alpha, outcome): (f64, Outcome)| End { alpha, loss: outcome.middle, band: outcome.band };
    sweep.points().map(end).collect()
}

/// A run over all learning rates.
#[derive(Clone, Debug)]
pub struct Sweep<'a> {
    /// Its ends, α ascending.
    pub ends: Vec<End>,
    /// Its own α, and the loss that it ends with.
    pub own: [f64; 2],
    /// Colour, dash and marker.
    pub look: &'a Look,
}

/// Where the chart's axes lie.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// x is log10 of α; y is the loss above the floor, or its log10.
    layout: ChartLayout,
    scale: LossScale,
    /// The loss at the start.
    start: f64,
    width: f64,
}

/// A logarithmic axis ends so many decades below its top, and so many below the lowest end of the run
/// that comes down least: else the fast would press the slow against the ceiling.
const DECADES: f64 = 16.0;
const BELOW_SLOWEST: f64 = 4.0;
// Labels are so far apart, at least, in sizes of their type.
const APART: f64 = 2.3;
/// The opacity of a band.
const BAND: f64 = 0.16;

impl Chart {
    /// The axes for these sweeps from one power of ten to another in a chart of this size in px.
    /// `floor` is the lowest minimum; where none is known, the losses themselves are on a linear axis.
    /// `start` is the loss at the start.
    pub fn fit(
        [width, height]: [f64; 2],
        style: &Style,
        sweeps: &[Sweep<'_>],
        decades: [f64; 2],
        floor: Option<f64>,
        start: f64,
        log: bool,
    ) -> Self {
        let size = style.type_size;
        let [top, bottom] = [0.75 * size, 1.9 * size];
        let scale = LossScale::new(floor, log);
        let log = scale.is_log();
        let ends = upright(sweeps, floor, start, log);
        let most = ((height - top - bottom) / (APART * size)).max(2.0);
        let y = Axis { ends, ticks: if log { powers(ends, most) } else { ticks(ends, most) } };
        let left = y.label_width(size) + 0.6 * size;
        let right = 1.0;
        let x = Axis::logarithmic(decades, [left, width - right], width - 1.2 * size, size);
        let margins = Margins { left, top, right, bottom };
        let layout = ChartLayout::new([width, height], margins, x, y);
        Self { layout, scale, start, width }
    }

    /// The learning rate at a pixel from the left.
    pub fn alpha_at(&self, px: f64) -> f64 {
        let [low, high] = self.layout.x.ends;
        libm::exp10(self.layout.place([px, 0.0]).0.clamp(low, high))
    }

    /// Where a run's own α and loss are, in px; what lies beyond the axes is at their edge.
    pub fn pixel(&self, [alpha, loss]: [f64; 2]) -> [f64; 2] {
        let (x, y) = self.place(alpha, loss);
        let [across, upright] = [&self.layout.x, &self.layout.y].map(|axis| axis.ends);
        let place = (x.clamp(across[0], across[1]), y.clamp(upright[0], upright[1]));
        self.layout.pixel(place)
    }

    /// A loss on the vertical axis.
    fn height(&self, loss: f64) -> f64 {
        self.scale.place(loss, self.layout.y.ends)
    }

    fn place(&self, alpha: f64, loss: f64) -> Place {
        (log10(alpha), self.height(loss))
    }
}

/// Up to a little above the loss of the start, from the least loss, or where losses are far apart from
/// some decades below; about the start where no minimum is known.
fn upright(sweeps: &[Sweep<'_>], floor_value: Option<f64>, start: f64, log: bool) -> [f64; 2] {
    let Some(floor_value) = floor_value else {
        let start = if start.is_finite() { start } else { 0.0 };
        let span = 1.25 * start.abs().max(1.0);
        return [start - span, start + span];
    };
    let start = start - floor_value;
    let start = if start > 0.0 && start.is_finite() { start } else { 1.0 };
    if !log {
        return [0.0, 1.25 * start];
    }
    // What each run ends with at its best.
    let least = |sweep: &Sweep<'_>| {
        let ends = sweep.ends.iter().map(|end| end.loss).chain([sweep.own[1]]);
        let above = ends.map(|loss| loss - floor_value).filter(|above| *above > 0.0);
        above.fold(start, f64::min)
    };
    let lowest = sweeps.iter().map(least).fold(start, f64::min);
    let slowest = sweeps.iter().map(least).reduce(f64::max).unwrap_or(start);
    let high = ceil(log10(start) + 0.3);
    let low = floor(log10(lowest)).max(high - DECADES).max(floor(log10(slowest)) - BELOW_SLOWEST);
    [low.min(high - 1.0), high]
}

/// Draws axes, bands, lines, and the runs' own marks.
///
/// # Errors
/// The backend's, here and below.
pub fn draw<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    chart: &Chart,
    style: &Style,
    sweeps: &[Sweep<'_>],
) -> Drawn<DB> {
    let Chart { layout, width, .. } = chart;
    layout.draw_axes(pen.of(Mark::Axes), style, &[("α", *width, HPos::Right)])?;
    draw_start(pen, chart, style)?;
    for sweep in sweeps {
        draw_band(pen, chart, style, sweep)?;
    }
    for sweep in sweeps {
        draw_line(pen, chart, style, sweep)?;
    }
    for Sweep { own, look, .. } in sweeps {
        draw_mark(pen, chart.pixel(*own), style, look)?;
    }
    Ok(())
}

/// The loss at the start as a line across, with its name.
fn draw_start<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    chart: &Chart,
    style: &Style,
) -> Drawn<DB> {
    let [low, high] = chart.layout.x.ends;
    let ends = [low, high].map(|x| chart.layout.pixel((x, chart.height(chart.start))));
    let pen = &mut pen.of(Mark::Axes);
    pen.polyline(&ends, style.line(style.theme.muted, 1.0))?;
    let [x, y] = ends[0];
    // Above the line, unless the chart ends there.
    let above = y - 0.7 * style.type_size;
    let has_room = above > 0.6 * style.type_size;
    let beside = if has_room { above } else { y + 0.8 * style.type_size };
    let at = [x + 0.4 * style.type_size, beside];
    pen.text("at the start", at, style.label(Anchor::Left))
}

/// A run's own α, to be dragged.
///
/// # Errors
/// The backend's.
pub fn draw_mark<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    pixel: [f64; 2],
    style: &Style,
    look: &Look,
) -> Drawn<DB> {
    draw_own(&mut pen.of(Mark::OwnDials), pixel, style, look, 5.0)
}

/// The marker of a run on a rim of paper, so many px large.
pub(super) fn draw_own<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    pixel: [f64; 2],
    style: &Style,
    look: &Look,
    size: f64,
) -> Drawn<DB> {
    let Style { theme, weight, .. } = *style;
    look.marker.draw(pen, pixel, (size + 2.0) * weight, theme.paper)?;
    look.marker.draw(pen, pixel, size * weight, look.color(theme))
}

fn draw_line<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    chart: &Chart,
    style: &Style,
    sweep: &Sweep<'_>,
) -> Drawn<DB> {
    let layout = &chart.layout;
    let pieces = layout.series(sweep.look.dash, ink(sweep.look, style), |line| {
        for pair in sweep.ends.windows(2) {
            if let [from, to] = *pair {
                line.draw(chart.place(from.alpha, from.loss), chart.place(to.alpha, to.loss));
            }
        }
    });
    layout.draw_pieces(pen.of(Mark::EndLoss), pieces)
}

/// Between the seeds that end low and those that end high.
fn draw_band<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    chart: &Chart,
    style: &Style,
    sweep: &Sweep<'_>,
) -> Drawn<DB> {
    if sweep.ends.iter().all(|end| end.band == [end.loss; 2]) {
        return Ok(());
    }
    let edge = |which: usize| move |end: &End| chart.pixel([end.alpha, end.band[which]]);
    let lower = sweep.ends.iter().map(edge(0));
    let upper = sweep.ends.iter().rev().map(edge(1));
    let corners: Vec<_> = lower.chain(upper).collect();
    let fill = Ink { alpha: BAND, ..Ink::from(sweep.look.color(style.theme)) };
    pen.of(Mark::EndBand).polygon(&corners, fill)
}

/// Draws the learning rate under the pointer.
///
/// # Errors
/// The backend's.
pub fn draw_pointed<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    chart: &Chart,
    style: &Style,
    alpha: f64,
) -> Drawn<DB> {
    let [low, high] = chart.layout.y.ends;
    let ends = [low, high].map(|y| chart.layout.pixel((log10(alpha), y)));
    pen.of(Mark::Pointed).polyline(&ends, style.line(style.theme.muted, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::recorder::{Form, shapes};
    use crate::view::{LOOKS, Theme};

    const STYLE: Style = Style::page(&Theme::LIGHT);
    const SIZE: [f64; 2] = [400.0, 190.0];

    fn sweep(losses: &[f64]) -> Sweep<'static> {
        let end = |(place, &loss): (usize, &f64)| {
            let alpha = libm::exp10(place as f64 - 4.0);
            End { alpha, loss, band: [0.5 * loss, 2.0 * loss] }
        };
        let ends = losses.iter().enumerate().map(end).collect();
        Sweep { ends, own: [1e-3, losses[1]], look: &LOOKS[1] }
    }

    fn fit(sweeps: &[Sweep<'_>], log: bool) -> Chart {
        Chart::fit(SIZE, &STYLE, sweeps, [-4.0, 1.0], Some(0.0), 50.0, log)
    }

    #[test]
    fn the_axis_reaches_from_the_least_loss_to_that_of_the_start() {
        let wild = sweep(&[40.0, 3.0, 2e-5, 1e4, f64::INFINITY, f64::NAN]);
        assert_eq!(fit(std::slice::from_ref(&wild), true).layout.y.ends, [-5.0, 2.0]);
        assert_eq!(fit(&[wild], false).layout.y.ends, [0.0, 62.5]);
        assert_eq!(fit(&[], true).layout.y.ends, [1.0, 2.0]);
    }

    #[test]
    fn a_run_that_hardly_comes_down_keeps_its_share_of_the_axis() {
        let sweeps = [sweep(&[40.0, 3.0, 2e-13]), sweep(&[40.0, 0.3, 4.0])];
        assert_eq!(fit(&sweeps, true).layout.y.ends, [-5.0, 2.0]);
    }

    #[test]
    fn without_a_minimum_the_losses_themselves_lie_about_that_of_the_start() {
        let sweeps = [sweep(&[-3.0, -1e12, f64::INFINITY])];
        let chart = Chart::fit(SIZE, &STYLE, &sweeps, [-4.0, 1.0], None, -4.0, true);
        assert_eq!(chart.layout.y.ends, [-9.0, 1.0]);
        assert_eq!(chart.pixel([1e-4, -1e300])[1], chart.layout.pixel((0.0, -9.0))[1]);
    }

    #[test]
    fn the_pointer_finds_the_learning_rate_under_it() {
        let sweeps = [sweep(&[40.0, 3.0, 2e-5, 1e4, f64::INFINITY, f64::NAN])];
        let chart = fit(&sweeps, true);
        let [px, _] = chart.pixel([1e-2, 3.0]);
        assert!((chart.alpha_at(px) / 1e-2 - 1.0).abs() < 1e-2);
        assert_eq!([chart.alpha_at(-1e9), chart.alpha_at(1e9)], [1e-4, 10.0]);
    }

    #[test]
    fn what_diverges_leaves_through_the_top_and_all_stays_in_the_chart() {
        for losses in [vec![40.0, f64::INFINITY, f64::NAN, 1e300], vec![0.0, -1.0, 1e-300, 5.0]] {
            let sweeps = [sweep(&losses)];
            for log in [true, false] {
                let chart = fit(&sweeps, log);
                let [_, top] = chart.pixel([1e-4, f64::INFINITY]);
                let [_, high] = chart.layout.y.ends;
                assert_eq!(top, chart.layout.pixel((0.0, high))[1]);
                for shape in shapes(|pen| draw(pen, &chart, &STYLE, &sweeps)) {
                    let points = match &shape.form {
                        Form::Line(points) | Form::Polygon(points) => points.clone(),
                        Form::Circle(at, _) | Form::Text(at, _) => vec![*at],
                    };
                    for [x, y] in points {
                        assert!((-1.0..=SIZE[0]).contains(&x) && (-9.0..=SIZE[1]).contains(&y));
                    }
                }
            }
        }
    }
}
