//! The loss chart of nets: training solid, test dashed.

use plotters_backend::DrawingBackend;

use crate::labs::model::net::shows_accuracy;
use crate::labs::network::{NetLab, Setting};
use crate::view::loss_chart::{self, Chart, Curve, Kind, Pace};
use crate::view::{Drawn, LOOKS, Pen, Style};

/// How far one record of a run goes along the axis.
pub fn pace(lab: &NetLab, index: usize) -> Pace {
    let experiment = lab.experiment();
    let (_, stride) = lab.training_runs()[index].records();
    let batches = experiment.batches(index);
    let updates = (stride * experiment.updates_a_tick(index)) as f64;
    let epochs = updates / batches.per_epoch() as f64;
    Pace::Every(match experiment.setting(Setting::By) as usize {
        0 => epochs,
        1 => updates,
        _ => epochs * batches.n as f64,
    })
}

/// The curves of all runs that are shown.
pub fn curves(lab: &NetLab) -> Vec<Curve<'_>> {
    let accuracy = shows_accuracy(lab.experiment());
    let mut curves = Vec::new();
    for index in lab.shown() {
        let (records, _) = lab.training_runs()[index].records();
        let [train, test] = match accuracy {
            true => [&records.accuracy[0], &records.accuracy[1]],
            false => [&records.train, &records.test],
        };
        let look = &LOOKS[lab.experiment().runs[index].look];
        let pace = pace(lab, index);
        curves.push(Curve { loss: test, pace, look, kind: Kind::Test });
        curves.push(Curve { loss: train, pace, look, kind: Kind::Train });
    }
    curves
}

/// The axes, up to the horizon of the clock.
pub fn chart(lab: &NetLab, size: [f64; 2], style: &Style) -> Chart {
    let experiment = lab.experiment();
    let unit = match experiment.setting(Setting::By) as usize {
        0 => "epochs",
        1 => "updates",
        _ => "examples",
    };
    let log = experiment.setting(Setting::Chart) == 0.0 && !shows_accuracy(experiment);
    let stride = lab.training_runs().first().map_or(1, |training_run| training_run.records().1);
    let steps = experiment.steps().div_ceil(stride);
    Chart::fit(size, style, &curves(lab), 0.0, steps, log, unit)
}

/// The tick under a pixel of the chart: of the followed run.
pub fn step_at(lab: &NetLab, chart: &Chart, px: f64) -> usize {
    let Some(index) = lab.experiment().followed() else { return 0 };
    let (_, stride) = lab.training_runs()[index].records();
    (chart.step_at(px, pace(lab, index)) * stride).min(lab.experiment().steps())
}

/// Axes and curves: what lies behind the clock in full colour, what was trained beyond it faint.
///
/// # Errors
/// The backend's, here and below.
pub fn draw<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    lab: &NetLab,
    chart: &Chart,
    style: &Style,
) -> Drawn<DB> {
    let curves = curves(lab);
    let now = record_at(lab, lab.step());
    loss_chart::draw_base(pen, chart, style)?;
    if lab.sees_ahead() {
        loss_chart::draw_ahead(pen, chart, style, &curves, now)?;
    }
    let draw = |curve| loss_chart::draw_curve(pen, chart, style, curve, 0, now);
    curves.iter().try_for_each(draw)
}

/// The chart's cursors: the tick that is shown, and the one that the pointer marks.
///
/// # Errors
/// The backend's.
pub fn draw_cursor<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    lab: &NetLab,
    chart: &Chart,
    style: &Style,
) -> Drawn<DB> {
    let is_seen = |marked: &usize| *marked <= lab.step() || lab.sees_ahead();
    let marked = lab.marked_step().filter(is_seen).map(|step| record_at(lab, step));
    let curves = curves(lab);
    loss_chart::draw_cursor(pen, chart, style, &curves, record_at(lab, lab.step()), marked)
}

/// The record of a tick.
fn record_at(lab: &NetLab, tick: usize) -> usize {
    tick / lab.training_runs().first().map_or(1, |training_run| training_run.records().1)
}
