//! The data view of a lab, and its noise ball.

use plotters_backend::DrawingBackend;

use crate::labs::planar::PlanarLab;
use crate::labs::planar::experiment::Setting;
use crate::labs::planar::prediction::Prediction;
use crate::view::noise_chart::{self, Mark, Series};
use crate::view::pen::Anchor;
use crate::view::scatter::{self, Scatter};
use crate::view::{Drawn, Ink, LOOKS, Pen, Style, axes, legend, paths};

/// So many earlier curves are drawn at most.
const PAST: usize = 40;
/// So many units of a budget all curves of a picture may cost; where they would cost more, they are
/// drawn through fewer points.
const CURVES: u64 = 12_000_000;

/// What stays while the clock runs: axes and examples.
///
/// # Errors
/// The backend's, here and below.
pub fn draw_examples<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    lab: &PlanarLab,
    style: &Style,
) -> Drawn<DB> {
    let frame = lab.data_frame();
    axes::draw_named(pen, &frame, style, ["x", "y"])?;
    scatter::draw_waiting(pen, &frame, style, lab.waiting_examples())?;
    scatter::draw_examples(pen, &frame, style, lab.examples())
}

/// A model's curve in the data view: y at x. That of a long loss, whose y has to be looked for, is
/// computed at a few x, and straight between them.
fn curve(lab: &PlanarLab, theta: [f64; 2], curves: usize) -> impl Fn(f64) -> f64 + '_ {
    const FEWEST: usize = 12;
    let frame = lab.data_frame();
    let [low, high] = frame.window.x;
    let cost = (lab.prediction().cost() * curves as u64).max(1);
    let most = frame.width.max(lab.examples().len() as f64);
    let affordable = (CURVES / cost) as usize;
    let table: Vec<f64> = if affordable as f64 >= most {
        Vec::new()
    } else {
        let last = affordable.max(FEWEST) - 1;
        let x = |at: usize| low + (high - low) * at as f64 / last as f64;
        (0..=last).map(|at| lab.prediction().at(theta, x(at))).collect()
    };
    move |x| {
        let Some(last) = table.len().checked_sub(1) else { return lab.prediction().at(theta, x) };
        let place = ((x - low) / (high - low)).clamp(0.0, 1.0) * last as f64;
        let before = (place as usize).min(last - 1);
        let part = place - before as f64;
        (1.0 - part) * table[before] + part * table[before + 1]
    }
}

/// The batch in view, each run's curve at the step that is shown, the earlier curves and the
/// residuals of the followed run where they are asked for.
///
/// # Errors
/// The backend's.
pub fn draw_models<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    lab: &PlanarLab,
    style: &Style,
) -> Drawn<DB> {
    let frame = lab.data_frame();
    let experiment = lab.experiment();
    let prediction = lab.prediction();
    let followed = experiment.followed();
    let shown = experiment.runs.iter().filter(|run| !run.hidden).count();
    let past = if experiment.is_on(Setting::Past) { PAST } else { 0 };
    let curves = shown + past + usize::from(experiment.is_on(Setting::Residuals));
    let color = |index: usize| LOOKS[experiment.runs[index].look].color(style.theme);
    if let Some(index) = followed.filter(|_| experiment.is_on(Setting::Past)) {
        let path = &lab.paths()[index].theta;
        let end = lab.step().min(path.len().saturating_sub(1));
        let every = end.div_ceil(PAST).max(1);
        let look = &LOOKS[experiment.runs[index].look];
        for &theta in path[..end.min(path.len())].iter().step_by(every) {
            scatter::draw_past(pen, &frame, style, look, curve(lab, theta, curves))?;
        }
    }
    if let Some(index) = followed.filter(|_| experiment.is_on(Setting::Residuals)) {
        let theta = lab.head(index);
        let ink = Ink { alpha: 0.6, ..style.line(color(index), 1.0) };
        scatter::draw_residuals(pen, &frame, ink, lab.examples(), curve(lab, theta, curves))?;
    }
    let batch = lab.batch_view().map(|view| view.indices);
    // A batch of all would light up everything.
    let lit = batch.filter(|batch| batch.len() < lab.examples().len()).unwrap_or_default();
    let chosen = lab.chosen_example();
    let examples = lab.examples();
    scatter::draw_lit(pen, &frame, style, &Scatter { examples, lit: &lit, chosen })?;
    for (index, run) in experiment.runs.iter().enumerate().filter(|(_, run)| !run.hidden) {
        let look = &LOOKS[run.look];
        let theta = lab.head(index);
        if matches!(prediction, Prediction::Point) {
            scatter::draw_point(pen, &frame, style, look, theta)?;
        } else {
            let ink = paths::ink(look, style);
            scatter::draw_curve(pen, &frame, ink, look.dash, curve(lab, theta, curves))?;
        }
    }
    Ok(())
}

/// The noise ball against α and m.
///
/// # Errors
/// The backend's.
pub fn draw_ball<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    lab: &PlanarLab,
    size: [f64; 2],
    style: &Style,
) -> Drawn<DB> {
    let series: Vec<Series<'_>> = (lab.ball_sweeps().iter())
        .map(|sweep| Series {
            alphas: &sweep.alphas,
            values: &sweep.values,
            label: format!("m = {}", sweep.m),
        })
        .collect();
    let marks: Vec<Mark<'_>> = (lab.ball_marks().into_iter())
        .map(|(index, [alpha, value])| Mark {
            alpha,
            value,
            look: &LOOKS[lab.experiment().runs[index].look],
        })
        .collect();
    if series.is_empty() {
        let middle = size.map(|side| 0.5 * side);
        let why = if lab.is_complete() {
            "No minimum is known, and so neither is the ball about it."
        } else {
            "Measuring …"
        };
        return pen.of(legend::Mark::Axes).text(why, middle, style.label(Anchor::Center));
    }
    let chart = noise_chart::Chart::fit(size, style, &series, &marks);
    noise_chart::draw(pen, &chart, style, &series, &marks)
}
