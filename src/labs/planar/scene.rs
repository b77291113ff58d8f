//! The labs on a plane as pictures: which of their numbers each layer of [`crate::view`] is given.
//! The page and the `figure` command draw by these functions alone, so that both show the same.

pub mod chart;
pub mod data;
mod guess;
pub mod hill;
mod legend;
mod relief;
mod screen;
pub mod trials;

use plotters_backend::DrawingBackend;

use crate::labs::planar::PlanarLab;
use crate::labs::planar::experiment::Setting;
use crate::labs::screens::style_of;
use crate::optimizers::momentum;
use crate::training::run::Averaged;
use crate::view::marks::{self, Head};
use crate::view::memory::{self, Memory};
use crate::view::{
    Drawn, Frame, LOOKS, Look, Palette, Pen, Relief, Style, Theme, Trail, average, axes, basins,
    cloud, fan, isolines, paint, paths, slopes, swarm,
};

pub use legend::marks;
pub use relief::{Sampling, relief, terrain};
pub use screen::{Screen, Sizes};

/// Colours and sizes as the experiment asks for them, on a system that is dark or not.
pub fn style(lab: &PlanarLab, system_is_dark: bool) -> Style {
    let experiment = lab.experiment();
    let presented = experiment.is_on(Setting::Present).then_some(lab.present_type_size());
    style_of(experiment.setting(Setting::Theme), presented, system_is_dark)
}

/// The palette of the field.
pub fn palette(lab: &PlanarLab) -> Palette {
    match lab.experiment().setting(Setting::Palette) as usize {
        1 => Palette::Viridis,
        2 => Palette::Cividis,
        _ => Palette::Quiet,
    }
}

/// The field's pixels: the surface's bands, or where runs end; see [`paint::paint`].
pub fn paint_field(
    lab: &PlanarLab,
    relief: &Relief,
    palette: Palette,
    theme: &Theme,
    size: [usize; 2],
    scale: f64,
    out: &mut Vec<u8>,
) {
    if !paint_basins(lab, theme, size, scale, out) {
        paint::paint(relief, palette, theme, size, scale, out);
    }
}

/// The pixels of where runs end, see [`basins::paint`]; tells whether the lab shows that.
fn paint_basins(
    lab: &PlanarLab,
    theme: &Theme,
    size: [usize; 2],
    scale: f64,
    out: &mut Vec<u8>,
) -> bool {
    let Some(map) = lab.basins() else { return false };
    let (window, steps) = (lab.frame().window, lab.experiment().steps());
    basins::paint(map, window, steps, theme, size, scale, out);
    true
}

/// Isolines, axes and the known minima.
///
/// # Errors
/// The backend's, here and below.
pub fn draw_backdrop<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    lab: &PlanarLab,
    relief: &Relief,
    frame: &Frame,
    style: &Style,
) -> Drawn<DB> {
    isolines::draw(pen, frame, style, &isolines::isolines(relief))?;
    let names = lab.experiment().theta_names().unwrap_or_default();
    axes::draw_named(pen, frame, style, names.each_ref().map(String::as_str))?;
    if lab.basins().is_some() {
        basins::draw_minima(pen, frame, style, lab.objective().minima())?;
    }
    marks::draw_minima(pen, frame, style, lab.objective().minima())
}

/// The runs of a plot that are shown, by their index.
fn shown(lab: &PlanarLab, plot: usize) -> Vec<usize> {
    let mut runs = lab.plots().into_iter().nth(plot).unwrap_or_default();
    runs.retain(|&index| !lab.experiment().runs[index].hidden);
    runs
}

/// The followed run and its look, if a plot is where it is shown.
fn followed(lab: &PlanarLab, plot: usize) -> Option<(usize, &'static Look)> {
    let index = lab.experiment().followed().filter(|index| shown(lab, plot).contains(index))?;
    Some((index, &LOOKS[lab.experiment().runs[index].look]))
}

/// The runs of a plot, by their index, and how each is drawn.
fn trails(lab: &PlanarLab, plot: usize) -> impl Iterator<Item = (usize, Trail<'_>)> {
    shown(lab, plot).into_iter().map(|index| {
        let (run, path) = (&lab.experiment().runs[index], &lab.paths()[index]);
        // Plain GD's next step answers many a question.
        let gd_steps = if lab.posed().is_veiled { &[] } else { lab.gd_steps(index) };
        (index, Trail { points: &path.theta, gd_steps, look: &LOOKS[run.look] })
    })
}

/// The averaged iterates of a plot, and the looks of their runs.
fn averages(lab: &PlanarLab, plot: usize) -> impl Iterator<Item = (&Averaged, &'static Look)> {
    shown(lab, plot)
        .into_iter()
        .filter_map(|index| Some((lab.average(index)?, &LOOKS[lab.experiment().runs[index].look])))
}

/// Whether the ensemble's walkers are seen by their paths.
pub fn shows_walks(lab: &PlanarLab) -> bool {
    lab.experiment().setting(Setting::Cloud) != 0.0
}

/// The run whose swarm a plot shows, by its look.
fn swarming(lab: &PlanarLab, plot: usize) -> Option<&'static Look> {
    let is_there = !lab.swarm().is_empty();
    let index = lab.mapped_run().filter(|index| is_there && shown(lab, plot).contains(index))?;
    Some(&LOOKS[lab.experiment().runs[index].look])
}

/// The swarm's pixels, see [`swarm::paint`]; tells whether the plot shows one.
pub fn paint_swarm(
    lab: &PlanarLab,
    plot: usize,
    style: &Style,
    size: [usize; 2],
    scale: f64,
    out: &mut Vec<u8>,
) -> bool {
    let Some(look) = swarming(lab, plot) else { return false };
    let as_points = lab.experiment().is_on(Setting::Dots);
    swarm::paint(lab.swarm(), &lab.frame(), (look, style), as_points, size, scale, out);
    true
}

/// What lies below the paths: the edge of a swarm's starts, isolines of the batch's risk, and the
/// ensemble. Its paths are drawn
/// from one step to another; all else is drawn whole.
///
/// # Errors
/// The backend's.
pub fn draw_cloud<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    lab: &PlanarLab,
    frame: &Frame,
    style: &Style,
    plot: usize,
    from: usize,
) -> Drawn<DB> {
    if let Some(look) = swarming(lab, plot) {
        swarm::draw_edge(pen, frame, style, look, &lab.starts().edge())?;
    }
    let Some((_, look)) = followed(lab, plot) else { return Ok(()) };
    let isolines = lab.experiment().is_on(Setting::Isolines);
    if let Some(risk) = isolines.then(|| lab.batch_risk()).flatten() {
        let relief = relief::of_batch(&risk, frame);
        isolines::draw_in(
            pen,
            frame,
            style,
            &isolines::isolines(&relief),
            look.color(style.theme),
        )?;
    }
    if shows_walks(lab) {
        let walks = lab.ensemble_paths(from);
        cloud::draw_walks(pen, frame, style, look, walks.iter().map(Vec::as_slice), 0, usize::MAX)
    } else {
        cloud::draw_points(pen, frame, style, look, lab.ensemble())?;
        cloud::draw_points(pen, frame, style, &LOOKS[0], lab.ensemble_averages())
    }
}

/// All paths of a plot, from one step to another: appended where nothing else has changed.
///
/// # Errors
/// The backend's.
pub fn draw_paths<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    lab: &PlanarLab,
    frame: &Frame,
    style: &Style,
    plot: usize,
    from: usize,
    to: usize,
) -> Drawn<DB> {
    trails(lab, plot).try_for_each(|(_, trail)| paths::draw(pen, frame, style, &trail, from, to))
}

/// Where the runs of a plot are, their averages, the start, and what the pointer marks.
///
/// # Errors
/// The backend's.
pub fn draw_heads<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    lab: &PlanarLab,
    frame: &Frame,
    style: &Style,
    plot: usize,
    start_label: &str,
) -> Drawn<DB> {
    let step = lab.step();
    let sees_ahead = lab.sees_ahead();
    // Averages lie over all paths, so they are not appended to them.
    for (averaged, look) in averages(lab, plot) {
        average::draw(pen, frame, style, look, &averaged.theta, 0, step)?;
    }
    draw_lecture(pen, lab, frame, style, plot)?;
    marks::draw_start(pen, frame, style, lab.experiment().start, start_label)?;
    if let Some((_, look)) = followed(lab, plot) {
        if let Some(spread) = cloud::spread(lab.ensemble()).filter(|_| step > 0) {
            cloud::draw_spread(pen, frame, style, look, &spread)?;
        }
        if let Some(spread) = cloud::spread(lab.ensemble_averages()).filter(|_| step > 0) {
            cloud::draw_spread(pen, frame, style, &LOOKS[0], &spread)?;
        }
        let fan = lab.experiment().is_on(Setting::Fan);
        if let Some(pulls) = fan.then(|| lab.fan()).flatten() {
            let crate::labs::planar::Fan { at, examples, batch, risk, .. } = &pulls;
            let arrows = fan::Fan { at: *at, examples, batch: *batch, risk: *risk };
            fan::draw(pen, frame, style, look, &arrows)?;
        }
    }
    for (index, trail) in trails(lab, plot) {
        let velocity = if lab.experiment().is_on(Setting::Velocity) {
            let coast = &lab.paths()[index].coast;
            coast.get(step.min(coast.len().saturating_sub(1))).copied()
        } else {
            None
        };
        if let Some(marked) = lab.marked_step().filter(|marked| *marked <= step || sees_ahead) {
            marks::draw_step(pen, frame, style, &trail, marked)?;
        }
        // At first every run stands on the start.
        if step > 0 {
            marks::draw_head(pen, frame, style, &Head { trail, step, velocity })?;
        }
    }
    for (averaged, look) in averages(lab, plot).filter(|_| step > 0) {
        if let Some(&at) = averaged.theta.get(step).or(averaged.theta.last()) {
            average::draw_head(pen, frame, style, look, at)?;
        }
    }
    guess::draw(pen, lab, style, plot)?;
    if let Some(point) = lab.hovered() {
        marks::draw_hover(pen, frame, style, point, lab.objective().gradient(point).gradient)?;
    }
    Ok(())
}

/// What slides of the lecture are about: the slope in each direction where the first run is, and what
/// the first run with momentum adds up.
fn draw_lecture<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    lab: &PlanarLab,
    frame: &Frame,
    style: &Style,
    plot: usize,
) -> Drawn<DB> {
    let experiment = lab.experiment();
    let runs = shown(lab, plot);
    if let Some(&first) = runs.first().filter(|_| lab.shows_slopes()) {
        let (at, look) = (lab.head(first), &LOOKS[experiment.runs[first].look]);
        slopes::draw(pen, frame, style, look, at, lab.objective().gradient(at).gradient)?;
    }
    let has_momentum = |index: &&usize| experiment.runs[**index].rule.key == momentum::RULE.key;
    if let Some(&run) = runs.iter().find(has_momentum).filter(|_| experiment.is_on(Setting::Memory))
    {
        let (path, config) = (&lab.paths()[run], &experiment.runs[run]);
        let memory =
            Memory::of(&path.theta, &path.coast, lab.step(), config.values[momentum::BETA]);
        if let Some(memory) = memory {
            // Of whole paths, so that it stays where it is while the clock runs.
            let paths = runs.iter().map(|&run| &lab.paths()[run].theta[..]);
            let beside = paths.collect::<Vec<_>>().concat();
            memory::draw(pen, frame, style, &LOOKS[config.look], &memory, &beside)?;
        }
    }
    Ok(())
}
