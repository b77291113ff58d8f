//! The charts of runs with other values of their dials: the final loss against α, and how fast
//! momentum comes down at each α and β; and of runs from very many starts.

use plotters_backend::DrawingBackend;

use crate::analysis::alpha_sweep;
use crate::labs::planar::PlanarLab;
use crate::labs::planar::experiment::{By, Setting};
use crate::view::alpha_beta_chart::{self, Shown};
use crate::view::alpha_chart::{self, Sweep};
use crate::view::dials_chart;
use crate::view::starts_chart::{self, Run};
use crate::view::{Drawn, LOOKS, Pen, Style};

/// A line along which roots are equal has so many points.
const POINTS: usize = 64;

/// The axes of the chart that is shown.
enum Chart {
    Alpha(alpha_chart::Chart),
    AlphaBeta(dials_chart::Chart),
    Starts(starts_chart::Chart),
}

/// The loss after the last update of the run at `index`; infinite where it ends before.
pub(in crate::labs) fn end_loss(lab: &PlanarLab, index: usize) -> f64 {
    let path = &lab.paths()[index];
    let is_whole = path.theta.len() == lab.experiment().steps() + 1;
    path.loss.last().copied().filter(|_| is_whole).unwrap_or(f64::INFINITY)
}

/// What the runs that are shown end with from all starts.
fn from_starts(lab: &PlanarLab) -> Vec<Run<'_>> {
    let known = lab.start_losses().iter();
    known
        .map(|(index, losses)| {
            let look = &LOOKS[lab.experiment().runs[*index].look];
            Run { losses, own: end_loss(lab, *index), look }
        })
        .collect()
}

/// The sweeps of the runs that are shown, and which runs these are.
fn sweeps(lab: &PlanarLab) -> Vec<(usize, Sweep<'static>)> {
    let of = |(index, sweep): (usize, &alpha_sweep::Sweep)| {
        let run = &lab.experiment().runs[index];
        let own = [run.values[0], end_loss(lab, index)];
        (index, Sweep { ends: alpha_chart::ends(sweep), own, look: &LOOKS[run.look] })
    };
    lab.sweeps().into_iter().map(of).collect()
}

fn chart(lab: &PlanarLab, size: [f64; 2], style: &Style, sweeps: &[Sweep<'_>]) -> Chart {
    let experiment = lab.experiment();
    if experiment.by() == By::AlphaBeta {
        let window = lab.alpha_beta_window();
        return Chart::AlphaBeta(alpha_beta_chart::fit(size, style, window));
    }
    let log = experiment.setting(Setting::Chart) == 0.0;
    if experiment.by() == By::Starts {
        let floor = lab.objective().lowest();
        let chart = starts_chart::Chart::fit(size, style, &from_starts(lab), floor, log);
        return Chart::Starts(chart);
    }
    let start = lab.objective().value(experiment.start);
    let decades = lab.swept_decades();
    let floor = lab.objective().lowest();
    Chart::Alpha(alpha_chart::Chart::fit(size, style, sweeps, decades, floor, start, log))
}

/// The map over α and β with its marks.
fn shown(lab: &PlanarLab) -> Shown<'_> {
    let map = lab.alpha_beta();
    let betas = (0..POINTS).map(|k| (k as f64 + 0.5) / POINTS as f64);
    let swings = betas.filter_map(|beta| {
        let [first, last] = lab.swings(beta)?;
        Some(([first, beta], [last, beta]))
    });
    let (first, last) = swings.unzip();
    let own = if lab.sees_ahead() { lab.momentum_marks() } else { Vec::new() };
    let look = |(index, at): (usize, [f64; 2])| (at, &LOOKS[lab.experiment().runs[index].look]);
    Shown {
        map,
        swings: if map.is_some() { vec![first, last] } else { Vec::new() },
        fastest: lab.fastest_momentum(),
        own: own.into_iter().map(look).collect(),
    }
}

/// Draws the chart in a picture of this size in px.
///
/// # Errors
/// The backend's, here and below.
pub fn draw<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    lab: &PlanarLab,
    size: [f64; 2],
    style: &Style,
) -> Drawn<DB> {
    let sweeps: Vec<_> = sweeps(lab).into_iter().map(|(_, sweep)| sweep).collect();
    match chart(lab, size, style, &sweeps) {
        Chart::Alpha(chart) => alpha_chart::draw(pen, &chart, style, &sweeps),
        Chart::AlphaBeta(chart) => {
            let palette = super::palette(lab);
            alpha_beta_chart::draw(pen, &chart, style, palette, &shown(lab))
        }
        Chart::Starts(chart) => starts_chart::draw(pen, &chart, style, &from_starts(lab)),
    }
}

/// Draws what the pointer marks.
///
/// # Errors
/// The backend's.
pub fn draw_pointed<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    lab: &PlanarLab,
    size: [f64; 2],
    style: &Style,
) -> Drawn<DB> {
    let Some(at) = lab.marked_trial() else { return Ok(()) };
    let sweeps: Vec<_> = sweeps(lab).into_iter().map(|(_, sweep)| sweep).collect();
    match chart(lab, size, style, &sweeps) {
        Chart::Alpha(chart) => alpha_chart::draw_pointed(pen, &chart, style, at[0]),
        Chart::AlphaBeta(chart) => dials_chart::draw_pointed(pen, &chart, style, at),
        Chart::Starts(chart) => starts_chart::draw_pointed(pen, &chart, style, at[0]),
    }
}

/// The runs' own marks in the page's chart, in px, by the runs' places.
pub fn marks(lab: &PlanarLab) -> Vec<(usize, [f64; 2])> {
    let (indices, sweeps): (Vec<usize>, Vec<_>) = sweeps(lab).into_iter().unzip();
    match chart(lab, lab.chart_size(), &style(lab), &sweeps) {
        Chart::Alpha(chart) => {
            indices.into_iter().zip(sweeps.iter().map(|sweep| chart.pixel(sweep.own))).collect()
        }
        Chart::AlphaBeta(chart) => {
            let place = |(index, at)| (index, chart.pixel(at));
            lab.momentum_marks().into_iter().map(place).collect()
        }
        Chart::Starts(_) => Vec::new(),
    }
}

/// α, and where the chart has it β, under a pixel of the page's chart; of the one of all starts the loss.
pub fn dials_at(lab: &PlanarLab, pixel: [f64; 2]) -> (f64, Option<f64>) {
    let sweeps: Vec<_> = sweeps(lab).into_iter().map(|(_, sweep)| sweep).collect();
    match chart(lab, lab.chart_size(), &style(lab), &sweeps) {
        Chart::Alpha(chart) => (chart.alpha_at(pixel[0]), None),
        Chart::AlphaBeta(chart) => {
            let [alpha, beta] = chart.dials_at(pixel);
            (alpha, Some(beta))
        }
        Chart::Starts(chart) => (chart.loss_at(pixel[0]), None),
    }
}

/// The theme is no matter of places.
fn style(lab: &PlanarLab) -> Style {
    super::style(lab, false)
}
