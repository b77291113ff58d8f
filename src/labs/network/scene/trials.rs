//! The charts of nets with other dials: the final loss against α, and what becomes of a net by α and the
//! scale of its initial weights, or its batch size.

use plotters_backend::DrawingBackend;

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

/// What the chart shows, with its axes.
struct View {
    /// The sweeps of the runs that are shown, and which runs these are.
    runs: Vec<usize>,
    sweeps: Vec<Sweep<'static>>,
    chart: Chart,
}

impl View {
    /// In a picture of a size in px.
    fn of(lab: &NetLab, size: [f64; 2], style: &Style) -> Self {
        let experiment = lab.experiment();
        let (mut runs, mut sweeps) = (Vec::new(), Vec::new());
        for (index, sweep) in lab.sweeps() {
            // Until it is known all along, nothing tells where the run itself is.
            let Some((_, end)) = sweep.nearest(experiment.runs[index].values[0]) else { continue };
            if !sweep.is_rough() {
                continue;
            }
            let run = &experiment.runs[index];
            let own = [run.values[0], end.middle];
            runs.push(index);
            sweeps.push(Sweep { ends: alpha_chart::ends(sweep), own, look: &LOOKS[run.look] });
        }
        let (upright, name) = match experiment.by() {
            By::AlphaInit => (Ruler::Logarithmic, "scale"),
            By::AlphaBatch => (Ruler::Rows(batch_sizes(experiment.data.training())), "m"),
            _ => {
                let log = experiment.setting(Setting::Chart) == 0.0;
                let first = lab.mapped_run().map(|run| lab.training_runs()[run].records().0);
                let start = first.and_then(|records| records.train.first().copied()).unwrap_or(1.0);
                let floor = Some(0.0);
                let fit = alpha_chart::Chart::fit(size, style, &sweeps, DECADES, floor, start, log);
                return Self { runs, sweeps, chart: Chart::Alpha(fit) };
            }
        };
        let rulers = [&Ruler::Logarithmic, &upright];
        let fit = dials_chart::Chart::fit(size, style, lab.map_window(), rulers, name);
        Self { runs, sweeps, chart: Chart::Map(fit) }
    }

    /// On the page, where the pointer is and the marks are. The theme is no matter of places.
    fn on_page(lab: &NetLab) -> Self {
        Self::of(lab, lab.chart_size(), &super::style(lab, false))
    }
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
    let Chart::Map(chart) = View::of(lab, size, style).chart else { return false };
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
    let View { sweeps, chart, .. } = View::of(lab, size, style);
    match chart {
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
    match View::of(lab, size, style).chart {
        Chart::Alpha(chart) => alpha_chart::draw_pointed(pen, &chart, style, libm::exp10(at[0])),
        Chart::Map(chart) => dials_chart::draw_pointed(pen, &chart, style, at),
    }
}

/// The runs' own marks in the page's chart, in px, by the runs' places.
pub fn marks(lab: &NetLab) -> Vec<(usize, [f64; 2])> {
    let View { runs, sweeps, chart } = View::on_page(lab);
    match chart {
        Chart::Alpha(chart) => {
            runs.into_iter().zip(sweeps.iter().map(|sweep| chart.pixel(sweep.own))).collect()
        }
        Chart::Map(chart) => {
            let place = |(index, at)| (index, chart.pixel(at));
            lab.map_marks().into_iter().map(place).collect()
        }
    }
}

/// The place of the axes under a pixel of the page's chart; the upright one where it is a map.
pub fn place_at(lab: &NetLab, pixel: [f64; 2]) -> [f64; 2] {
    match View::on_page(lab).chart {
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
    match View::on_page(lab).chart {
        Chart::Map(chart) => chart.pixel([0.0, 0.0])[1] - chart.pixel([0.0, 1.0])[1],
        Chart::Alpha(_) => 0.0,
    }
}

/// The window of the page's map after a zoom about a pixel by a factor, and a drag by pixels.
pub fn moved(lab: &NetLab, at: [f64; 2], factor: f64, by: [f64; 2]) -> Option<Window> {
    match View::on_page(lab).chart {
        Chart::Map(chart) if factor != 1.0 => Some(chart.zoomed(at, factor)),
        Chart::Map(chart) => Some(chart.panned(by)),
        Chart::Alpha(_) => None,
    }
}
