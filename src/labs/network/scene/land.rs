//! The loss surface on a plane through the weights, with the runs' paths on it.

use plotters_backend::DrawingBackend;

use crate::labs::network::{NetLab, Setting};
use crate::view::hill::{HeightScale, Hill, Terrain, Trace, cage, lines, marks as on_hill};
use crate::view::marks::{self, Head};
use crate::view::{
    Drawn, Field, Frame, LOOKS, Levels, Pen, Relief, Style, Trail, axes, isolines, paths,
};

/// The surface is drawn on a grid so many times as fine as it was surveyed.
const FINER: usize = 4;

/// The window of the survey laid over the pixels; `None` before it is finished.
pub fn frame(lab: &NetLab) -> Option<Frame> {
    let survey = lab.surface().survey()?;
    let [width, height] = lab.surface().size();
    Some(Frame { window: survey.window(), width, height })
}

/// The surface as bands between isolines; `None` before it is surveyed.
pub fn relief(lab: &NetLab) -> Option<Relief> {
    let field = field(lab)?;
    Some(Relief::new(&field, &Levels::of(&field, None)))
}

/// The surface as a hill; `None` before it is surveyed.
pub fn terrain(lab: &NetLab) -> Option<Terrain> {
    let field = field(lab)?;
    let logarithmic = lab.experiment().setting(Setting::Height) != 0.0;
    let scale = HeightScale::of(&field, None, logarithmic);
    Some(Terrain::new(&field, &Levels::of(&field, None), scale))
}

/// The surface, refined.
fn field(lab: &NetLab) -> Option<Field> {
    let survey = lab.surface().survey()?;
    let (columns, rows) = (survey.columns(), survey.rows());
    let values = survey.values().to_vec();
    let field = Field { window: survey.window(), columns, rows, values };
    // Of an odd number of nodes every second one leaves none out at the edge.
    Some(field.refined(FINER * columns + 1, FINER * rows + 1))
}

/// What the axes of the plane are called.
fn names(lab: &NetLab) -> [String; 2] {
    let experiment = lab.experiment();
    let net = experiment.architecture();
    match experiment.setting(Setting::Plane) as usize {
        2 => experiment.pair.map(|index| net.name(index).unwrap_or_default()),
        _ => ["d₁".to_owned(), "d₂".to_owned()],
    }
}

/// Isolines and axes.
///
/// # Errors
/// The backend's, here and below.
pub fn draw_backdrop<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    lab: &NetLab,
    relief: &Relief,
    style: &Style,
) -> Drawn<DB> {
    let Some(frame) = frame(lab) else { return Ok(()) };
    isolines::draw(pen, &frame, style, &isolines::isolines(relief))?;
    let names = names(lab);
    axes::draw_named(pen, &frame, style, names.each_ref().map(String::as_str))
}

/// The paths of the runs that are shown, and where they stand.
///
/// # Errors
/// The backend's.
pub fn draw_paths<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    lab: &NetLab,
    style: &Style,
) -> Drawn<DB> {
    let Some(frame) = frame(lab) else { return Ok(()) };
    for index in lab.shown() {
        let points = lab.projected(index);
        let look = &LOOKS[lab.experiment().runs[index].look];
        let trail = Trail { points: &points, gd_steps: &[], look };
        let step = points.len().saturating_sub(1);
        paths::draw(pen, &frame, style, &trail, 0, step)?;
        marks::draw_head(pen, &frame, style, &Head { trail, step, velocity: None })?;
    }
    Ok(())
}

/// What lies behind the hill: the box, with isolines on its floor, and the shadows of the paths.
///
/// # Errors
/// The backend's.
pub fn draw_cage<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    lab: &NetLab,
    hill: &Hill<'_>,
    style: &Style,
    floor: &[isolines::Isoline],
) -> Drawn<DB> {
    let [first, second] = names(lab);
    cage::draw(pen, hill, style, floor, [&first, &second, "loss"])?;
    for index in lab.shown() {
        let look = &LOOKS[lab.experiment().runs[index].look];
        let mut trace = Trace::default();
        trace.extend(hill, &lab.projected(index), usize::MAX);
        lines::draw_shadow(pen, hill.projection, style, look, &trace, [0, usize::MAX])?;
    }
    Ok(())
}

/// The paths of the runs that are shown, lying on the hill, and where they stand.
///
/// # Errors
/// The backend's.
pub fn draw_paths_on_hill<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    lab: &NetLab,
    hill: &Hill<'_>,
    style: &Style,
) -> Drawn<DB> {
    for index in lab.shown() {
        let points = lab.projected(index);
        let look = &LOOKS[lab.experiment().runs[index].look];
        let mut trace = Trace::default();
        trace.extend(hill, &points, usize::MAX);
        lines::draw(pen, hill.projection, style, look, &trace, [0, usize::MAX])?;
        let step = points.len().saturating_sub(1);
        let trail = Trail { points: &points, gd_steps: &[], look };
        on_hill::draw_head(pen, hill, style, &trail, step)?;
    }
    Ok(())
}
