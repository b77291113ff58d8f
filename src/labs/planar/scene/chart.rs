//! The loss chart of a lab.

use plotters_backend::DrawingBackend;

use crate::labs::planar::PlanarLab;
use crate::labs::planar::experiment::{By, Experiment, Setting};
use crate::labs::planar::work::GLANCE;
use crate::view::loss_chart::{self, Chart, Curve, Kind, Pace};
use crate::view::{Drawn, LOOKS, Pen, Style};

/// How a run's steps are counted along the axis.
pub fn pace(experiment: &Experiment, index: usize) -> Pace {
    // A surface has one gradient an update.
    let (examples, batch) = experiment.batches(index).map_or((1, 1), |b| (b.n, b.m));
    match experiment.by() {
        By::Evaluations => Pace::Evaluations { examples, batch },
        By::Epochs => Pace::Epochs { examples, batch },
        By::Updates | By::Alpha | By::AlphaBeta | By::Starts => Pace::Updates,
    }
}

/// Of losses what may be seen: while a question is open, the axes do not tell how far they will go.
fn seen<'a>(lab: &PlanarLab, losses: &'a [f64]) -> &'a [f64] {
    let most = if lab.posed().is_veiled { lab.step() + 1 } else { usize::MAX };
    &losses[..losses.len().min(most)]
}

/// The loss of each run that is shown, of its average, and of its batches where that is asked for.
pub fn curves(lab: &PlanarLab) -> Vec<Curve<'_>> {
    let experiment = lab.experiment();
    let mut curves = Vec::new();
    for (index, (run, path)) in experiment.runs.iter().zip(lab.paths()).enumerate() {
        if run.hidden {
            continue;
        }
        let mut draw = |loss, kind| {
            let look = &LOOKS[run.look];
            curves.push(Curve { loss, pace: pace(experiment, index), look, kind });
        };
        if experiment.is_on(Setting::BatchLoss) && !path.batch_loss.is_empty() {
            draw(seen(lab, &path.batch_loss), Kind::Batch);
        }
        draw(seen(lab, &path.loss), Kind::Plain);
        if let Some(average) = lab.average(index) {
            draw(seen(lab, &average.loss), Kind::Average);
        }
    }
    curves
}

/// The axes of the loss chart, fitted to the whole horizon.
pub fn chart(lab: &PlanarLab, size: [f64; 2], style: &Style) -> Chart {
    let experiment = lab.experiment();
    let unit = match experiment.by() {
        By::Updates | By::Alpha | By::AlphaBeta | By::Starts => "updates",
        By::Evaluations => "gradient evaluations",
        By::Epochs => "epochs",
    };
    let log = experiment.setting(Setting::Chart) == 0.0;
    let chart = Chart::fit(size, style, &curves(lab), lab.floor(), experiment.steps(), log, unit);
    if lab.follows_hand() { chart.through(GLANCE) } else { chart }
}

/// The step under a pixel of the chart: of the followed run, or of the first.
pub fn step_at(lab: &PlanarLab, chart: &Chart, px: f64) -> usize {
    let index = lab.experiment().followed();
    chart.step_at(px, index.map_or(Pace::Updates, |index| pace(lab.experiment(), index)))
}

/// The chart's axes with the curves faint from the step that is shown to the horizon.
///
/// # Errors
/// The backend's, here and below.
pub fn draw<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    lab: &PlanarLab,
    chart: &Chart,
    style: &Style,
) -> Drawn<DB> {
    let curves = curves(lab);
    loss_chart::draw_base(pen, chart, style)?;
    if lab.sees_ahead() {
        loss_chart::draw_ahead(pen, chart, style, &curves, lab.step())?;
    }
    Ok(())
}

/// The curves in full colour from one step to another.
///
/// # Errors
/// The backend's.
pub fn draw_curves<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    lab: &PlanarLab,
    chart: &Chart,
    style: &Style,
    from: usize,
    to: usize,
) -> Drawn<DB> {
    let draw = |curve| loss_chart::draw_curve(pen, chart, style, curve, from, to);
    curves(lab).iter().try_for_each(draw)
}

/// The chart's cursors: the step that is shown, and the one that the pointer marks.
///
/// # Errors
/// The backend's.
pub fn draw_cursor<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    lab: &PlanarLab,
    chart: &Chart,
    style: &Style,
) -> Drawn<DB> {
    let is_seen = |marked: &usize| *marked <= lab.step() || lab.sees_ahead();
    let marked = lab.marked_step().filter(is_seen);
    loss_chart::draw_cursor(pen, chart, style, &curves(lab), lab.step(), marked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::labs::Lab as _;
    use crate::view::Theme;

    fn fitted(lab: &PlanarLab) -> Chart {
        chart(lab, [600.0, 150.0], &Style::page(&Theme::LIGHT))
    }

    #[test]
    fn curves_that_follow_a_hand_are_coarse_and_at_rest_those_that_nobody_moved() {
        for (steps, is_long) in [(GLANCE, false), (5 * GLANCE, true)] {
            let link = format!("problem=linear&gd2.average=all&steps={steps}");
            let mut lab = PlanarLab::new(&link);
            assert!(!lab.follows_hand(), "nothing was there before");
            lab.settle();
            for start in ["-1,0.5", "-1.1,0.5"] {
                lab.set("start", start).unwrap();
                assert_eq!(lab.follows_hand(), is_long);
                // The frame's own call leaves it so: the next frame may bring another start.
                lab.work(&mut crate::math::budget::Budget::unlimited());
                assert_eq!(lab.follows_hand(), is_long);
            }
            let in_hand = fitted(&lab);
            lab.settle();
            let mut untouched = PlanarLab::new(&format!("{link}&start=-1.1,0.5"));
            untouched.settle();
            assert_eq!(fitted(&lab), fitted(&untouched));
            assert_eq!(in_hand != fitted(&lab), is_long);
        }
    }
}
