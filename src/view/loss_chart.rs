//! The loss of each run above the best known minimum, step by step.
//!
//! The range is made from the runs that stay sane. One that diverges leaves through the top, where
//! it is cut; it does not flatten the others. On a logarithmic axis a loss that is not above the
//! minimum has no place, and the line is broken there.

mod across;
#[cfg(test)]
mod any_backend;
mod cursor;
mod pace;
mod range;

use crate::view::chart::{Axis, ChartLayout, Margins, Pieces, Place};
use crate::view::legend::Mark;
use crate::view::look::Look;
use crate::view::paths::ink;
use crate::view::pen::{Drawn, Ink, Pen};
use crate::view::theme::Style;
use crate::view::ticks::{Tick, powers, ticks};
use across::Across;
pub use cursor::{draw_cursor, draw_now, draw_pointed};
use libm::log10;
pub use pace::Pace;
use plotters_backend::DrawingBackend;
use plotters_backend::text_anchor::HPos;
use range::{linear_range, log_range};

/// The loss of a run, and how it is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Curve<'a> {
    /// The loss at each step, the start first, in the surface's own values.
    pub loss: &'a [f64],
    /// How far its steps go along the axis.
    pub pace: Pace,
    /// Colour, dash and marker.
    pub look: &'a Look,
    /// What of the run it shows.
    pub kind: Kind,
}

/// What of a run a curve shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The loss of its iterates.
    Plain,
    /// The loss of its averaged iterate: thicker, in ink, its marker hollow.
    Average,
    /// The loss over the batch of each step, thin and faint. It has no marker, and the axis does
    /// not reach for it.
    Batch,
    /// The loss over the training examples: solid, whatever the run's look.
    Train,
    /// The loss over the test examples: thinner and dashed, without a marker.
    Test,
}

impl Kind {
    /// What it is in the legend.
    fn mark(self) -> Mark {
        match self {
            Self::Plain | Self::Train => Mark::Loss,
            Self::Average => Mark::AverageLoss,
            Self::Batch => Mark::BatchLoss,
            Self::Test => Mark::TestLoss,
        }
    }
}

/// How a test's curve is dashed.
const TEST_DASH: &[f64] = &[4.0, 3.5];

impl Curve<'_> {
    fn ink(&self, style: &Style) -> Ink {
        match self.kind {
            Kind::Plain | Kind::Train => ink(self.look, style),
            Kind::Test => style.line(self.look.color(style.theme), 1.3),
            Kind::Average => style.line(style.theme.ink, 3.0),
            Kind::Batch => Ink { alpha: 0.35, ..style.line(self.look.color(style.theme), 1.0) },
        }
    }

    fn dash(&self) -> &'static [f64] {
        match self.kind {
            Kind::Batch | Kind::Train => &[],
            Kind::Test => TEST_DASH,
            Kind::Plain | Kind::Average => self.look.dash,
        }
    }
}

/// Where a chart's axes lie.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// x is a place of `across`; y is the loss above the floor, or its log10.
    layout: ChartLayout,
    across: Across,
    floor: f64,
    log: bool,
    /// Curves go through every so many steps.
    stride: usize,
}

// Labels are so far apart, at least, in sizes of their type.
const APART: f64 = 2.3;

impl Chart {
    /// The axes for these curves in a chart of `width` by `height` px. `floor` is the best known
    /// minimum, `steps` the last step of the horizon, and `unit` what is counted, such as
    /// "updates".
    pub fn fit(
        [width, height]: [f64; 2],
        style: &Style,
        curves: &[Curve<'_>],
        floor: f64,
        steps: usize,
        log: bool,
        unit: &str,
    ) -> Self {
        let range = if log { log_range(curves, floor) } else { linear_range(curves, floor) };
        let across = Across::fit(curves, steps, unit);
        let size = style.type_size;
        let [top, right, bottom] = [0.75 * size, 1.0, 1.9 * size];
        let y = Axis { ends: range, ticks: y_ticks(range, height - top - bottom, size, log) };
        let left = y.label_width(size) + 0.6 * size;
        let x = across.axis(width - left - right, size);
        let margins = Margins { left, top, right, bottom };
        let layout = ChartLayout::new([width, height], margins, x, y);
        Self { layout, across, floor, log, stride: 1 }
    }

    /// The same axes with the upper left corner of their frame here, and the frame so large.
    pub fn placed(self, origin: [f64; 2], size: [f64; 2]) -> Self {
        Self { layout: self.layout.placed(origin, size), ..self }
    }

    /// The same with curves through about so many of their steps: a glance at those that follow a
    /// hand.
    pub fn through(self, points: usize) -> Self {
        let stride = self.across.steps().div_ceil(points.max(1));
        Self { stride, ..self }
    }

    /// The step that is nearest to a pixel of the chart, for a run of this pace.
    pub fn step_at(&self, px: f64, pace: Pace) -> usize {
        let (place, _) = self.layout.place([px, 0.0]);
        self.across.step_at(place, pace)
    }

    /// A step of a curve as a place of the axes; NaN where it has none.
    fn place(&self, curve: &Curve<'_>, step: usize) -> Place {
        let above = curve.loss[step] - self.floor;
        let y = match self.log {
            true if above > 0.0 => log10(above),
            true => f64::NAN,
            false => above,
        };
        (self.across.place(curve.pace, step), y)
    }

    /// A curve from one step to another, or to its end.
    fn series(&self, curve: &Curve<'_>, ink: Ink, from: usize, to: usize) -> Pieces {
        // Only a dash needs what came before.
        let first = if curve.dash().is_empty() { from } else { 0 };
        let last = to.min(curve.loss.len().saturating_sub(1));
        if first >= last {
            return vec![];
        }
        self.layout.series(curve.dash(), ink, |line| {
            let mut before = self.place(curve, first);
            let is_drawn = |&step: &usize| step.is_multiple_of(self.stride) || step == last;
            for step in (first + 1..=last).filter(is_drawn) {
                let place = self.place(curve, step);
                if step > from {
                    line.draw(before, place)
                } else {
                    line.pass(before, place)
                }
                before = place;
            }
        })
    }
}

fn y_ticks(range: [f64; 2], height: f64, size: f64, log: bool) -> Vec<Tick> {
    let most = (height / (APART * size)).max(2.0);
    if log { powers(range, most) } else { ticks(range, most) }
}

/// Draws grid and labels.
///
/// # Errors
/// The backend's.
pub fn draw_base<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    chart: &Chart,
    style: &Style,
) -> Drawn<DB> {
    let Chart { layout, across, .. } = chart;
    let [first, last] = layout.x.ends.map(|place| layout.pixel((place, 0.0))[0]);
    let below = [("0", first, HPos::Left), (across.label.as_str(), last, HPos::Right)];
    layout.draw_axes(pen.of(Mark::Axes), style, &below)
}

/// Draws all curves faint from a step on: what lies before it is drawn over them in full colour.
///
/// # Errors
/// The backend's.
pub fn draw_ahead<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    chart: &Chart,
    style: &Style,
    curves: &[Curve<'_>],
    from: usize,
) -> Drawn<DB> {
    for curve in curves {
        let plain = curve.ink(style);
        let faint = Ink { color: plain.color.mix(style.theme.paper, 0.72), ..plain };
        draw_steps(pen, chart, curve, faint, from, usize::MAX)?;
    }
    Ok(())
}

/// Draws a curve from step `from` to step `to`, or to its end, over its faint self.
///
/// # Errors
/// The backend's.
pub fn draw_curve<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    chart: &Chart,
    style: &Style,
    curve: &Curve<'_>,
    from: usize,
    to: usize,
) -> Drawn<DB> {
    draw_steps(pen, chart, curve, curve.ink(style), from, to)
}

fn draw_steps<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    chart: &Chart,
    curve: &Curve<'_>,
    ink: Ink,
    from: usize,
    to: usize,
) -> Drawn<DB> {
    let pieces = chart.series(curve, ink, from, to);
    chart.layout.draw_pieces(pen.of(curve.kind.mark()), pieces)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{LOOKS, Theme};

    fn decay(rate: f64) -> Vec<f64> {
        (0..=50).scan(60.0, |loss, _| Some(std::mem::replace(loss, *loss * rate))).collect()
    }

    fn curve(loss: &[f64]) -> Curve<'_> {
        Curve { loss, pace: Pace::Updates, look: &LOOKS[0], kind: Kind::Plain }
    }

    fn fit(curves: &[Curve<'_>], log: bool) -> Chart {
        Chart::fit([400.0, 190.0], &Style::page(&Theme::LIGHT), curves, 0.0, 50, log, "updates")
    }

    #[test]
    fn where_all_runs_diverge_their_start_is_in_sight() {
        let bad = [decay(30.0), decay(1e9)];
        let chart = fit(&[curve(&bad[0]), curve(&bad[1])], true);
        assert!(chart.layout.frame().window.contains(chart.place(&curve(&bad[0]), 0).into()));
    }

    #[test]
    fn a_bad_run_does_not_change_the_range() {
        let (slow, fast) = (decay(0.8), decay(0.4));
        for log in [true, false] {
            let sane = fit(&[curve(&slow), curve(&fast)], log);
            for bad in [decay(3.0), decay(1e12), vec![60.0, f64::NAN], vec![60.0, 1e300]] {
                assert_eq!(fit(&[curve(&slow), curve(&bad), curve(&fast)], log), sane);
            }
        }
    }

    #[test]
    fn the_slowest_run_keeps_its_share_of_the_axis() {
        let chart = fit(&[curve(&decay(0.9)), curve(&decay(0.2))], true);
        assert_eq!(chart.layout.y.ends, [-5.0, 2.0]);
    }

    #[test]
    fn losses_at_or_below_the_minimum_have_no_place_on_a_log_axis() {
        let loss = [4.0, 1.0, 0.0, -1.0];
        let chart = fit(&[curve(&loss)], true);
        let ys: Vec<_> = (0..4).map(|step| chart.place(&curve(&loss), step).1).collect();
        assert_eq!(ys[1], 0.0);
        assert!(ys[2].is_nan() && ys[3].is_nan());
    }

    #[test]
    fn any_losses_make_a_range() {
        for loss in [vec![], vec![0.0], vec![f64::NAN; 3], vec![-1.0; 3], vec![1e308, 1e-308]] {
            for log in [true, false] {
                let [low, high] = fit(&[curve(&loss)], log).layout.y.ends;
                assert!(low < high && (high - low).is_finite(), "{loss:?}");
            }
        }
    }

    #[test]
    fn the_pointer_finds_the_step_under_it() {
        let chart = fit(&[curve(&decay(0.9))], true);
        let [px, _] = chart.layout.pixel((21.0, 0.0));
        let pace = Pace::Updates;
        assert_eq!(chart.step_at(px + 1.0, pace), 21);
        assert_eq!(chart.step_at(-1e9, pace), 0);
        assert_eq!(chart.step_at(1e9, pace), 50);
    }

    #[test]
    fn what_single_batches_lose_does_not_change_the_range() {
        let (run, batches) = (decay(0.9), decay(0.2));
        let batch = Curve { kind: Kind::Batch, ..curve(&batches) };
        for log in [true, false] {
            assert_eq!(fit(&[curve(&run), batch], log), fit(&[curve(&run)], log));
        }
        assert_ne!(fit(&[curve(&run), curve(&batches)], true), fit(&[curve(&run)], true));
    }
}
