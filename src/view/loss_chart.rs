//! The loss of each run above the best known minimum, step by step.
//!
//! The range is made from the runs that stay sane. One that diverges leaves through the top, where
//! it is cut; it does not flatten the others. On a logarithmic axis a loss that is not above the
//! minimum has no place, and the line is broken there.

use crate::view::Frame;
use crate::view::look::Look;
use crate::view::paths::ink;
use crate::view::pen::{Anchor, Drawn, Ink, Pen, text_width};
use crate::view::stroke::Stroke;
use crate::view::theme::Style;
use crate::view::ticks::{power_label, ticks};
use crate::window::Window;
use libm::{ceil, floor, log10};
use plotters_backend::DrawingBackend;

/// The loss of a run, and how it is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Curve<'a> {
    /// The loss at each step, the start first, in the surface's own values.
    pub loss: &'a [f64],
    /// How far one step goes along the axis: 1 by updates, or the gradients that a step takes.
    pub per_step: f64,
    /// Colour, dash and marker.
    pub look: &'a Look,
}

/// Where a chart's axes lie.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// Its upper left corner, px.
    origin: [f64; 2],
    /// x is steps times `per_step`; y is the loss above the floor, or its log10.
    frame: Frame,
    floor: f64,
    log: bool,
    unit: String,
}

// A run is sane that never gains more than this factor on its start.
const SANE_LOG: f64 = 1e3;
const SANE_LINEAR: f64 = 4.0;
// A logarithmic axis ends so many decades below its top, and so many below what the slowest run
// reaches: beyond, f64 ends, and the slow would be pressed against the ceiling by the fast.
const DECADES: f64 = 16.0;
const BELOW_SLOWEST: f64 = 4.0;
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
        let per_step = curves.iter().map(|curve| curve.per_step).fold(1.0, f64::max);
        let window = Window { x: [0.0, steps.max(1) as f64 * per_step], y: range };
        let size = style.type_size;
        let [top, bottom] = [0.75 * size, 1.9 * size];
        let frame = Frame { window, width: 1.0, height: (height - top - bottom).max(1.0) };
        let mut chart = Self { origin: [0.0, top], frame, floor, log, unit: unit.to_owned() };
        let labels = chart.y_labels(size).into_iter().map(|(_, label)| text_width(&label, size));
        chart.origin[0] = labels.fold(0.0, f64::max) + 0.6 * size;
        chart.frame.width = (width - chart.origin[0] - 1.0).max(1.0);
        chart
    }

    /// The step that is nearest to a pixel of the chart, for a run of this `per_step`.
    pub fn step_at(&self, px: f64, per_step: f64) -> usize {
        let [x, _] = self.frame.to_data([px - self.origin[0], 0.0]);
        (x.clamp(0.0, self.frame.window.x[1]) / per_step + 0.5) as usize
    }

    /// A step of a curve as a point of the axes; NaN where it has no place.
    fn point(&self, curve: &Curve<'_>, step: usize) -> [f64; 2] {
        let above = curve.loss[step] - self.floor;
        let y = match self.log {
            true if above > 0.0 => log10(above),
            true => f64::NAN,
            false => above,
        };
        [step as f64 * curve.per_step, y]
    }

    fn pixel(&self, point: [f64; 2]) -> [f64; 2] {
        let [px, py] = self.frame.to_pixel(point);
        [self.origin[0] + px, self.origin[1] + py]
    }

    fn y_labels(&self, size: f64) -> Vec<(f64, String)> {
        let Frame { window, height, .. } = self.frame;
        let most = (height / (APART * size)).max(2.0);
        if !self.log {
            return ticks(window.y, most)
                .into_iter()
                .map(|tick| (tick.value, tick.label))
                .collect();
        }
        let [low, high] = window.y;
        let strides = [1, 2, 3, 4, 5, 10, 20, 50, 100];
        let fits = |&stride: &i32| (high - low) / f64::from(stride) <= most;
        let stride = strides.into_iter().find(fits).unwrap_or(200);
        (low as i32..=high as i32)
            .filter(|power| power % stride == 0)
            .map(|power| (f64::from(power), power_label(power)))
            .collect()
    }
}

/// From the start's loss up to the largest of the sane runs, whole decades.
fn log_range(curves: &[Curve<'_>], floor_value: f64) -> [f64; 2] {
    let sane = Sane::of(curves, floor_value, SANE_LOG);
    let highest = sane.highest.unwrap_or(sane.start * 1e2);
    if !(highest > 0.0 && highest.is_finite()) {
        return [-4.0, 1.0];
    }
    let high = ceil(log10(highest) - 1e-9);
    let lowest = sane.lowest.map_or(high - 2.0, |lowest| floor(log10(lowest) + 1e-9));
    let slowest = sane.slowest.map_or(high, |slowest| floor(log10(slowest)));
    let low = lowest.max(high - DECADES).max(slowest - BELOW_SLOWEST);
    [low.min(high - 1.0), high]
}

/// From 0 to a little above the largest of the sane runs.
fn linear_range(curves: &[Curve<'_>], floor_value: f64) -> [f64; 2] {
    let sane = Sane::of(curves, floor_value, SANE_LINEAR);
    let highest = sane.highest.unwrap_or(sane.start * 2.0);
    if highest > 0.0 && highest.is_finite() { [0.0, 1.05 * highest] } else { [0.0, 1.0] }
}

/// What the range is made from: losses above the floor.
struct Sane {
    start: f64,
    highest: Option<f64>,
    /// The lowest above 0.
    lowest: Option<f64>,
    /// The lowest above 0 of the run that has the highest one.
    slowest: Option<f64>,
}

impl Sane {
    fn of(curves: &[Curve<'_>], floor_value: f64, factor: f64) -> Self {
        let above = |curve: &Curve<'_>| {
            curve.loss.iter().map(move |loss| loss - floor_value).collect::<Vec<_>>()
        };
        let starts = curves.iter().filter_map(|curve| curve.loss.first());
        let starts = starts.map(|loss| loss - floor_value).filter(|start| start.is_finite());
        let start = starts.fold(0.0, f64::max);
        let mut sane = Self { start, highest: None, lowest: None, slowest: None };
        for losses in curves.iter().map(above) {
            let Some(highest) = losses.iter().copied().reduce(f64::max) else { continue };
            if !losses.iter().all(|loss| loss.is_finite()) || highest > factor * start {
                continue;
            }
            sane.highest = Some(sane.highest.map_or(highest, |other| other.max(highest)));
            let Some(lowest) = losses.into_iter().filter(|&loss| loss > 0.0).reduce(f64::min)
            else {
                continue;
            };
            sane.lowest = Some(sane.lowest.map_or(lowest, |other| other.min(lowest)));
            sane.slowest = Some(sane.slowest.map_or(lowest, |other| other.max(lowest)));
        }
        sane
    }
}

/// Draws grid and labels, and all curves whole and faint.
///
/// # Errors
/// The backend's.
pub fn draw_base<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    chart: &Chart,
    style: &Style,
    curves: &[Curve<'_>],
) -> Drawn<DB> {
    let Style { theme, type_size: size, weight } = *style;
    let Frame { window, width, height } = chart.frame;
    let [left, top] = chart.origin;
    let label = style.label(Anchor::Left);
    for (value, text) in chart.y_labels(size) {
        let [_, py] = chart.pixel([0.0, value]);
        pen.polyline(&[[left, py], [left + width, py]], Ink::new(theme.rule, weight))?;
        pen.text(&text, [0.0, py], label)?;
    }
    let below = top + height + 1.1 * size;
    pen.text("0", [left, below], label)?;
    let end = format!("{} {}", window.x[1], chart.unit);
    pen.text(&end, [left + width, below], style.label(Anchor::Right))?;
    for curve in curves {
        let plain = ink(curve.look, style);
        let faint = Ink { color: plain.color.mix(theme.paper, 0.72), ..plain };
        draw_steps(pen, chart, curve, faint, 0, usize::MAX)?;
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
    draw_steps(pen, chart, curve, ink(curve.look, style), from, to)
}

fn draw_steps<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    chart: &Chart,
    curve: &Curve<'_>,
    ink: Ink,
    from: usize,
    to: usize,
) -> Drawn<DB> {
    let mut stroke = Stroke::new(&chart.frame, chart.origin, curve.look.dash, ink);
    // Only a dash needs what came before.
    let first = if curve.look.dash.is_empty() { from } else { 0 };
    let last = to.min(curve.loss.len().saturating_sub(1));
    if first >= last {
        return Ok(());
    }
    let mut before = chart.point(curve, first);
    for step in first + 1..=last {
        let point = chart.point(curve, step);
        if step > from {
            stroke.draw(pen, before, point)?;
        } else {
            stroke.pass(before, point);
        }
        before = point;
    }
    stroke.lift(pen)
}

/// Draws the line of the present step with each run's marker on its curve, and, where the pointer
/// is over the chart, the step it is at.
///
/// # Errors
/// The backend's.
pub fn draw_cursor<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    chart: &Chart,
    style: &Style,
    curves: &[Curve<'_>],
    step: usize,
    hovered: Option<usize>,
) -> Drawn<DB> {
    let Style { theme, weight, .. } = *style;
    let cursors = [(hovered, theme.muted, 1.0), (Some(step), theme.accent, 1.4)];
    for (step, color, width) in cursors {
        let Some(step) = step else { continue };
        let mut steps: Vec<f64> = curves.iter().map(|curve| curve.per_step).collect();
        steps.sort_unstable_by(f64::total_cmp);
        steps.dedup();
        for x in steps.into_iter().map(|per_step| step as f64 * per_step) {
            if x <= chart.frame.window.x[1] {
                let [px, top] = chart.pixel([x, chart.frame.window.y[1]]);
                let bottom = top + chart.frame.height;
                let line = style.line(color, width);
                pen.polyline(&[[px, top - 4.0], [px, bottom + 4.0]], line)?;
            }
        }
        for curve in curves.iter().filter(|curve| step < curve.loss.len()) {
            let point = chart.point(curve, step);
            if chart.frame.window.contains(point) {
                let pixel = chart.pixel(point);
                let color = curve.look.color(theme);
                curve.look.marker.draw(pen, pixel, 5.2 * weight, theme.paper)?;
                curve.look.marker.draw(pen, pixel, 3.4 * weight, color)?;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{LOOKS, Theme};

    fn decay(rate: f64) -> Vec<f64> {
        (0..=50).scan(60.0, |loss, _| Some(std::mem::replace(loss, *loss * rate))).collect()
    }

    fn curve(loss: &[f64]) -> Curve<'_> {
        Curve { loss, per_step: 1.0, look: &LOOKS[0] }
    }

    fn fit(curves: &[Curve<'_>], log: bool) -> Chart {
        Chart::fit([400.0, 190.0], &Style::page(&Theme::LIGHT), curves, 0.0, 50, log, "updates")
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
        assert_eq!(chart.frame.window.y, [-5.0, 2.0]);
    }

    #[test]
    fn losses_at_or_below_the_minimum_have_no_place_on_a_log_axis() {
        let loss = [4.0, 1.0, 0.0, -1.0];
        let chart = fit(&[curve(&loss)], true);
        let ys: Vec<_> = (0..4).map(|step| chart.point(&curve(&loss), step)[1]).collect();
        assert_eq!(ys[1], 0.0);
        assert!(ys[2].is_nan() && ys[3].is_nan());
    }

    #[test]
    fn any_losses_make_a_range() {
        for loss in [vec![], vec![0.0], vec![f64::NAN; 3], vec![-1.0; 3], vec![1e308, 1e-308]] {
            for log in [true, false] {
                let [low, high] = fit(&[curve(&loss)], log).frame.window.y;
                assert!(low < high && (high - low).is_finite(), "{loss:?}");
            }
        }
    }

    #[test]
    fn the_pointer_finds_the_step_under_it() {
        let chart = fit(&[curve(&decay(0.9))], true);
        let [px, _] = chart.pixel([21.0, 0.0]);
        assert_eq!(chart.step_at(px + 1.0, 1.0), 21);
        assert_eq!(chart.step_at(-1e9, 1.0), 0);
        assert_eq!(chart.step_at(1e9, 1.0), 50);
        assert_eq!(chart.step_at(1e9, 2.0), 25);
    }
}
