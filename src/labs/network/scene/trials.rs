//! The charts of nets with other dials: the final loss against α, and what becomes of a net by α and the
//! scale of its initial weights, or its batch size.

use plotters_backend::DrawingBackend;

use crate::analysis::alpha_sweep;
use crate::labs::network::trials::{DECADES, batch_sizes, updates_of};
use crate::labs::network::{By, NetLab, Setting};
use crate::math::window::Window;
use crate::view::alpha_chart::{self, Sweep};
use crate::view::dials_chart::{self, Ruler};
use crate::view::{Drawn, LOOKS, Pen, Style, Theme, trial_map};

/// The axes of the chart that is shown.
enum Chart {
    Alpha(alpha_chart::Chart),
    Map(dials_chart::Chart),
}

/// The dials at a place of a chart.
pub struct Dials {
    /// α
    pub alpha: f64,
    /// The initial scale, or the batch size; NaN where the chart has neither.
    pub other: f64,
}

/// The sweeps of the runs that are shown, and which runs these are.
fn sweeps(lab: &NetLab) -> Vec<(usize, Sweep<'static>)> {
    let of = |(index, sweep): (usize, &alpha_sweep::Sweep)| {
        let run = &lab.experiment().runs[index];
        let loss = sweep.nearest(run.values[0]).map_or(f64::INFINITY, |(_, end)| end.middle);
        let own = [run.values[0], loss];
        (index, Sweep { ends: alpha_chart::ends(sweep), own, look: &LOOKS[run.look] })
    };
    lab.sweeps().into_iter().map(of).collect()
}

/// From which places of the axes to which the chart reaches.
pub fn window(lab: &NetLab) -> Window {
    match lab.experiment().by() {
        By::Alpha => Window { x: DECADES, y: [0.0, 1.0] },
        _ => lab.map_window(),
    }
}

fn chart(lab: &NetLab, size: [f64; 2], style: &Style, sweeps: &[Sweep<'_>]) -> Chart {
    let experiment = lab.experiment();
    let window = window(lab);
    let fit = |upright: &Ruler, name| {
        let rulers = [&Ruler::Logarithmic, upright];
        Chart::Map(dials_chart::Chart::fit(size, style, window, rulers, name))
    };
    match experiment.by() {
        By::AlphaInit => fit(&Ruler::Logarithmic, "scale"),
        By::AlphaBatch => fit(&Ruler::Rows(batch_sizes(experiment.data.training())), "m"),
        _ => {
            let log = experiment.setting(Setting::Chart) == 0.0;
            let first = lab.shown().first().map(|&index| lab.training_runs()[index].records().0);
            let start = first.and_then(|records| records.train.first().copied()).unwrap_or(1.0);
            let floor = Some(0.0);
            let fit = alpha_chart::Chart::fit(size, style, sweeps, DECADES, floor, start, log);
            Chart::Alpha(fit)
        }
    }
}

/// The same for where the pointer is and the marks are: on the page, in whatever theme.
fn on_page(lab: &NetLab, sweeps: &[Sweep<'_>]) -> Chart {
    chart(lab, lab.chart_size(), &super::style(lab, false), sweeps)
}

fn of_sweeps(lab: &NetLab) -> Vec<Sweep<'static>> {
    sweeps(lab).into_iter().map(|(_, sweep)| sweep).collect()
}

/// Fills `out` with width × height device pixels of the map that the chart has in a picture of a size in
/// px; tells whether there is one.
pub fn paint(
    lab: &NetLab,
    size: [f64; 2],
    style: &Style,
    pixels: [usize; 2],
    scale: f64,
    out: &mut Vec<u8>,
) -> bool {
    let (Some(cells), Some(run)) = (lab.trial_map(), lab.mapped_run()) else { return false };
    let Chart::Map(chart) = chart(lab, size, style, &[]) else { return false };
    let experiment = lab.experiment();
    let updates = |row: usize| match experiment.by() {
        By::AlphaBatch => {
            let sizes = batch_sizes(experiment.data.training());
            updates_of(experiment, run, sizes[row])
        }
        _ => experiment.steps() * experiment.updates_a_tick(run),
    };
    let theme: &Theme = style.theme;
    trial_map::paint(cells, &updates, &chart, theme, pixels, scale, out);
    true
}

/// Draws the chart in a picture of this size in px; a map itself is [painted](paint) below it.
///
/// # Errors
/// The backend's, here and below.
pub fn draw<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    lab: &NetLab,
    size: [f64; 2],
    style: &Style,
) -> Drawn<DB> {
    let sweeps = of_sweeps(lab);
    match chart(lab, size, style, &sweeps) {
        Chart::Alpha(chart) => alpha_chart::draw(pen, &chart, style, &sweeps),
        Chart::Map(chart) => {
            dials_chart::draw_axes(pen, &chart, style)?;
            let marks = if lab.sees_ahead() { lab.map_marks() } else { Vec::new() };
            let look =
                |(index, at): (usize, [f64; 2])| (at, &LOOKS[lab.experiment().runs[index].look]);
            let own: Vec<_> = marks.into_iter().map(look).collect();
            dials_chart::draw_own(pen, &chart, style, &own)
        }
    }
}

/// Draws what the pointer marks.
///
/// # Errors
/// The backend's.
pub fn draw_pointed<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    lab: &NetLab,
    size: [f64; 2],
    style: &Style,
) -> Drawn<DB> {
    let Some(at) = lab.marked_trial() else { return Ok(()) };
    match chart(lab, size, style, &of_sweeps(lab)) {
        Chart::Alpha(chart) => alpha_chart::draw_pointed(pen, &chart, style, libm::exp10(at[0])),
        Chart::Map(chart) => dials_chart::draw_pointed(pen, &chart, style, at),
    }
}

/// The runs' own marks in the page's chart, in px, by the runs' places.
pub fn marks(lab: &NetLab) -> Vec<(usize, [f64; 2])> {
    let (indices, sweeps): (Vec<usize>, Vec<_>) = sweeps(lab).into_iter().unzip();
    match on_page(lab, &sweeps) {
        Chart::Alpha(chart) => {
            indices.into_iter().zip(sweeps.iter().map(|sweep| chart.pixel(sweep.own))).collect()
        }
        Chart::Map(chart) => {
            let place = |(index, at)| (index, chart.pixel(at));
            lab.map_marks().into_iter().map(place).collect()
        }
    }
}

/// The place of the axes under a pixel of the page's chart; the upright one where it is a map.
pub fn place_at(lab: &NetLab, pixel: [f64; 2]) -> [f64; 2] {
    match on_page(lab, &of_sweeps(lab)) {
        Chart::Alpha(chart) => [libm::log10(chart.alpha_at(pixel[0])), 0.0],
        Chart::Map(chart) => chart.dials_at(pixel),
    }
}

/// The dials at a place of the axes.
pub fn dials(lab: &NetLab, [x, y]: [f64; 2]) -> Dials {
    let other = match lab.experiment().by() {
        By::AlphaInit => libm::exp10(y),
        By::AlphaBatch => {
            let sizes = batch_sizes(lab.experiment().data.training());
            sizes[(y as usize).min(sizes.len() - 1)] as f64
        }
        _ => f64::NAN,
    };
    Dials { alpha: libm::exp10(x), other }
}

/// The dials under a pixel of the page's chart.
pub fn dials_at(lab: &NetLab, pixel: [f64; 2]) -> Dials {
    dials(lab, place_at(lab, pixel))
}

/// How high a row of a map is, in px of the page's chart.
pub fn row_height(lab: &NetLab) -> f64 {
    match on_page(lab, &[]) {
        Chart::Map(chart) => chart.pixel([0.0, 0.0])[1] - chart.pixel([0.0, 1.0])[1],
        Chart::Alpha(_) => 0.0,
    }
}

/// The window of the page's map after a zoom about a pixel by a factor, and a drag by pixels.
pub fn moved(lab: &NetLab, at: [f64; 2], factor: f64, by: [f64; 2]) -> Option<Window> {
    match on_page(lab, &[]) {
        Chart::Map(chart) if factor != 1.0 => Some(chart.zoomed(at, factor)),
        Chart::Map(chart) => Some(chart.panned(by)),
        Chart::Alpha(_) => None,
    }
}
