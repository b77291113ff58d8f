//! The lab as pictures: which of its numbers each layer of [`crate::view`] is given. The page and
//! the `figure` command draw by these functions alone, so that both show the same.

use plotters_backend::DrawingBackend;

use crate::experiment::Setting;
use crate::lab::Lab;
use crate::view::loss_chart::{self, Chart, Curve, Kind, Pace};
use crate::view::marks::{self, Head};
use crate::view::{
    Drawn, Field, Frame, LOOKS, Levels, Palette, Pen, Relief, Style, Theme, Trail, axes, isolines,
    paths,
};

/// How many CSS pixels lie between two nodes of a field.
const NODE: f64 = 2.3;

/// Colours and sizes as the experiment asks for them, on a system that is dark or not.
pub fn style(lab: &Lab, system_is_dark: bool) -> Style {
    let theme = match lab.experiment().setting(Setting::Theme) as usize {
        1 => &Theme::LIGHT,
        2 => &Theme::DARK,
        _ if system_is_dark => &Theme::DARK,
        _ => &Theme::LIGHT,
    };
    if lab.experiment().is_on(Setting::Present) {
        Style::present(theme)
    } else {
        Style::page(theme)
    }
}

/// The palette of the field.
pub fn palette(lab: &Lab) -> Palette {
    match lab.experiment().setting(Setting::Palette) as usize {
        1 => Palette::Viridis,
        2 => Palette::Cividis,
        _ => Palette::Quiet,
    }
}

/// The surface in the window, sampled for the field and the isolines.
pub fn relief(lab: &Lab, frame: &Frame) -> Relief {
    let nodes = |length: f64| (length / NODE) as usize + 2;
    let objective = lab.objective();
    let field =
        Field::sample(frame.window, nodes(frame.width), nodes(frame.height), |xs, ys, out| {
            objective.grid(xs, ys, out);
        });
    Relief::new(&field, &Levels::of(&field, objective.lowest()))
}

/// Isolines, axes and the known minima.
///
/// # Errors
/// The backend's, here and below.
pub fn draw_ground<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    lab: &Lab,
    relief: &Relief,
    frame: &Frame,
    style: &Style,
) -> Drawn<DB> {
    isolines::draw(pen, frame, style, &isolines::isolines(relief))?;
    axes::draw(pen, frame, style)?;
    marks::draw_minima(pen, frame, style, lab.objective().minima())
}

/// The runs that are shown, by their index, and how each is drawn.
fn trails(lab: &Lab) -> impl Iterator<Item = (usize, Trail<'_>)> {
    (lab.experiment().runs.iter().zip(lab.paths()).enumerate())
        .filter(|(_, (run, _))| !run.hidden)
        .map(|(index, (run, path))| {
            let gd_steps = lab.gd_steps(index);
            (index, Trail { points: &path.theta, gd_steps, look: &LOOKS[run.look] })
        })
}

/// All paths, from one step to another: appended where nothing else has changed.
///
/// # Errors
/// The backend's.
pub fn draw_paths<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    lab: &Lab,
    frame: &Frame,
    style: &Style,
    from: usize,
    to: usize,
) -> Drawn<DB> {
    trails(lab).try_for_each(|(_, trail)| paths::draw(pen, frame, style, &trail, from, to))
}

/// Where the runs are, the start, and what the pointer marks.
///
/// # Errors
/// The backend's.
pub fn draw_heads<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    lab: &Lab,
    frame: &Frame,
    style: &Style,
    start_label: &str,
) -> Drawn<DB> {
    marks::draw_start(pen, frame, style, lab.experiment().start, start_label)?;
    let step = lab.step();
    for (index, trail) in trails(lab) {
        let velocity = if lab.experiment().is_on(Setting::Velocity) {
            let coast = &lab.paths()[index].coast;
            coast.get(step.min(coast.len().saturating_sub(1))).copied()
        } else {
            None
        };
        if let Some(marked) = lab.marked_step() {
            marks::draw_step(pen, frame, style, &trail, marked)?;
        }
        // At first every run stands on the start.
        if step > 0 {
            marks::draw_head(pen, frame, style, &Head { trail, step, velocity })?;
        }
    }
    if let Some(point) = lab.hover() {
        marks::draw_hover(pen, frame, style, point, lab.objective().gradient(point).gradient)?;
    }
    Ok(())
}

/// The loss of each run that is shown.
pub fn curves(lab: &Lab) -> Vec<Curve<'_>> {
    (lab.experiment().runs.iter().zip(lab.paths()))
        .filter(|(run, _)| !run.hidden)
        .map(|(run, path)| Curve {
            loss: &path.loss,
            // Every rule asks for one gradient an update.
            pace: Pace::Updates,
            look: &LOOKS[run.look],
            kind: Kind::Plain,
        })
        .collect()
}

/// The axes of the loss chart, fitted to the whole horizon.
pub fn chart(lab: &Lab, size: [f64; 2], style: &Style) -> Chart {
    let experiment = lab.experiment();
    let unit = match experiment.setting(Setting::By) as usize {
        0 => "updates",
        _ => "gradient evaluations",
    };
    let log = experiment.setting(Setting::Chart) == 0.0;
    Chart::fit(size, style, &curves(lab), lab.floor(), experiment.steps(), log, unit)
}

/// The chart's axes with the curves faint over the whole horizon.
///
/// # Errors
/// The backend's.
pub fn draw_chart<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    lab: &Lab,
    chart: &Chart,
    style: &Style,
) -> Drawn<DB> {
    loss_chart::draw_base(pen, chart, style, &curves(lab))
}

/// The curves in full colour from one step to another.
///
/// # Errors
/// The backend's.
pub fn draw_curves<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    lab: &Lab,
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
    lab: &Lab,
    chart: &Chart,
    style: &Style,
) -> Drawn<DB> {
    loss_chart::draw_cursor(pen, chart, style, &curves(lab), lab.step(), lab.marked_step())
}
