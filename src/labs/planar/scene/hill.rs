//! A plot as a hill: the same numbers as those of the plot, laid on the surface in three dimensions.

use plotters_backend::DrawingBackend;

use super::{
    averages, followed, guess, paint_basins, paint_swarm, relief, shows_walks, swarming, trails,
};
use crate::labs::planar::PlanarLab;
use crate::labs::planar::experiment::{LabKind, Setting};
use crate::view::hill::{Hill, Terrain, Trace, averages, cage, lines, marks};
use crate::view::isolines::{Isoline, isolines};
use crate::view::legend::Mark;
use crate::view::pen::Ink;
use crate::view::{Drawn, LOOKS, Look, Pen, Style, cloud};

/// So many walks of the ensemble are laid on the surface at most.
const WALKS: usize = 40;

/// The colour of each cell of the surface where it has those of where runs end, see
/// [`Terrain::cells`].
pub fn basin_cells(lab: &PlanarLab, terrain: &Terrain, style: &Style) -> Option<Vec<[u8; 4]>> {
    let mut picture = Vec::new();
    let [columns, _] = terrain.size();
    let scale = columns as f64 / lab.frame().width;
    let is_there = paint_basins(lab, style.theme, terrain.size(), scale, &mut picture);
    is_there.then(|| terrain.cells(&picture))
}

/// The swarm in each cell of the surface, where a plot shows one, likewise; its opacity is that of what lies
/// on the surface.
pub fn swarm_cells(
    lab: &PlanarLab,
    plot: usize,
    terrain: &Terrain,
    style: &Style,
) -> Option<Vec<[u8; 4]>> {
    let mut picture = Vec::new();
    let [columns, _] = terrain.size();
    let scale = columns as f64 / lab.frame().width;
    let is_there = paint_swarm(lab, plot, style, terrain.size(), scale, &mut picture);
    is_there.then(|| terrain.cells(&picture))
}

/// What lies behind the surface: the box, with isolines on its floor.
///
/// # Errors
/// The backend's, here and below.
pub fn draw_cage<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    lab: &PlanarLab,
    hill: &Hill<'_>,
    style: &Style,
    floor: &[Isoline],
) -> Drawn<DB> {
    let [x, y] = lab.experiment().theta_names().unwrap_or_else(|| ["x".to_owned(), "y".to_owned()]);
    let height = match lab.experiment().lab() {
        LabKind::Surface => "f",
        LabKind::Minibatches => "R",
    };
    cage::draw(pen, hill, style, floor, [&x, &y, height])
}

/// The paths of a plot laid on the surface, as far as they have been.
#[derive(Clone, Debug, Default)]
pub struct Traces(Vec<(usize, Trace)>);

impl Traces {
    /// Lays them up to a step.
    pub fn extend(&mut self, lab: &PlanarLab, hill: &Hill<'_>, plot: usize, to: usize) {
        for (at, (index, trail)) in trails(lab, plot).enumerate() {
            if self.0.len() <= at {
                self.0.push((index, Trace::default()));
            }
            self.0[at].1.extend(hill, trail.points, to);
        }
    }

    /// Draws their shadows from one step to another.
    ///
    /// # Errors
    /// The backend's.
    pub fn draw_shadows<DB: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, DB>,
        lab: &PlanarLab,
        hill: &Hill<'_>,
        style: &Style,
        steps: [usize; 2],
    ) -> Drawn<DB> {
        self.0.iter().try_for_each(|(index, trace)| {
            let look = &LOOKS[lab.experiment().runs[*index].look];
            lines::draw_shadow(pen, hill.projection, style, look, trace, steps)
        })
    }

    /// Draws them from one step to another.
    ///
    /// # Errors
    /// The backend's.
    pub fn draw<DB: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, DB>,
        lab: &PlanarLab,
        hill: &Hill<'_>,
        style: &Style,
        steps: [usize; 2],
    ) -> Drawn<DB> {
        self.0.iter().try_for_each(|(index, trace)| {
            let look = &LOOKS[lab.experiment().runs[*index].look];
            lines::draw(pen, hill.projection, style, look, trace, steps)?;
            self.draw_gd_steps(pen, lab, hill, style, *index, steps)
        })
    }

    /// Where plain GD would have stepped, for a run that shows it.
    fn draw_gd_steps<DB: DrawingBackend>(
        &self,
        pen: &mut Pen<'_, DB>,
        lab: &PlanarLab,
        hill: &Hill<'_>,
        style: &Style,
        index: usize,
        [from, to]: [usize; 2],
    ) -> Drawn<DB> {
        if lab.posed().is_veiled {
            return Ok(());
        }
        let arrows = lab.gd_steps(index).iter().zip(&lab.paths()[index].theta);
        let first = if from == 0 { 0 } else { from + 1 };
        let pen = &mut pen.of(Mark::GdStep);
        let ink = style.line(style.theme.ink, 1.1);
        (arrows.take(to.saturating_add(1)).skip(first))
            .try_for_each(|(&by, &at)| lines::draw_arrow(pen, hill, at, by, ink))
    }
}

/// What lies below the paths: the edge of a swarm's starts, isolines of the batch's risk, and the ensemble.
///
/// # Errors
/// The backend's.
pub fn draw_cloud<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    lab: &PlanarLab,
    hill: &Hill<'_>,
    style: &Style,
    plot: usize,
) -> Drawn<DB> {
    if let Some(look) = swarming(lab, plot) {
        let pen = &mut pen.of(Mark::Swarm);
        let ink = Ink { alpha: 0.5, ..style.line(look.color(style.theme), 1.0) };
        draw_line(pen, hill, &lab.starts().edge(), ink)?;
    }
    let Some((_, look)) = followed(lab, plot) else { return Ok(()) };
    let wants_isolines = lab.experiment().is_on(Setting::Isolines);
    if let Some(risk) = wants_isolines.then(|| lab.batch_risk()).flatten() {
        let of_batch = isolines(&relief::of_batch(&risk, &lab.frame()));
        let color = look.color(style.theme);
        let ink = Ink { alpha: 0.5, ..style.line(color, 1.0) };
        for line in &of_batch {
            let points: Vec<[f64; 2]> = line.points.iter().map(|&at| hill.point(at)).collect();
            draw_line(&mut pen.of(Mark::BatchIsoline), hill, &points, ink)?;
        }
    }
    if shows_walks(lab) {
        let ink = Ink { alpha: 0.3, ..style.line(look.color(style.theme), 1.0) };
        let walks = lab.ensemble_paths(0);
        let pen = &mut pen.of(Mark::Walk);
        return walks.iter().take(WALKS).try_for_each(|walk| draw_line(pen, hill, walk, ink));
    }
    averages::draw_cloud(pen, hill, style, look, lab.ensemble())?;
    averages::draw_cloud(pen, hill, style, &LOOKS[0], lab.ensemble_averages())
}

fn draw_line<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    hill: &Hill<'_>,
    points: &[[f64; 2]],
    ink: Ink,
) -> Drawn<DB> {
    let mut trace = Trace::default();
    trace.extend(hill, points, usize::MAX);
    lines::draw_seen(pen, hill.projection, &trace, ink)
}

/// Where the runs of a plot are, their averages, the start, the minima, and what the pointer marks.
///
/// # Errors
/// The backend's.
pub fn draw_heads<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    lab: &PlanarLab,
    hill: &Hill<'_>,
    style: &Style,
    plot: usize,
    start_label: &str,
) -> Drawn<DB> {
    let step = lab.step();
    let sees_ahead = lab.sees_ahead();
    if lab.basins().is_some() {
        marks::draw_basins(pen, hill, style, lab.objective().minima())?;
    }
    marks::draw_minima(pen, hill, style, lab.objective().minima())?;
    for (averaged, look) in averages(lab, plot) {
        averages::draw_average(pen, hill, style, look, &averaged.theta, step)?;
    }
    marks::draw_start(pen, hill, style, lab.experiment().start, start_label)?;
    if let Some((_, look)) = followed(lab, plot) {
        let spreads = [(lab.ensemble(), look), (lab.ensemble_averages(), &LOOKS[0])];
        for (points, look) in spreads {
            if let Some(spread) = cloud::spread(points).filter(|_| step > 0) {
                averages::draw_spread(pen, hill, style, look, &spread)?;
            }
        }
        draw_fan(pen, lab, hill, style, look)?;
    }
    for (index, trail) in trails(lab, plot) {
        if let Some(marked) = lab.marked_step().filter(|marked| *marked <= step || sees_ahead) {
            marks::draw_step(pen, hill, style, &trail, marked)?;
        }
        let last = trail.points.len().saturating_sub(1);
        if lab.experiment().is_on(Setting::Velocity)
            && let Some(&velocity) = lab.paths()[index].coast.get(step.min(last))
        {
            marks::draw_velocity(
                pen,
                hill,
                style,
                trail.look,
                trail.points[step.min(last)],
                velocity,
            )?;
        }
        // At first every run stands on the start.
        if step > 0 {
            marks::draw_head(pen, hill, style, &trail, step)?;
        }
    }
    for (averaged, look) in averages(lab, plot).filter(|_| step > 0) {
        if let Some(&at) = averaged.theta.get(step).or(averaged.theta.last()) {
            averages::draw_average_head(pen, hill, style, look, at)?;
        }
    }
    guess::draw(pen, lab, style, plot)?;
    if let Some(point) = lab.hovered() {
        marks::draw_hover(pen, hill, style, point, lab.objective().gradient(point).gradient)?;
    }
    Ok(())
}

/// The steps that the examples of the batch in view pull to, as arrows on the surface.
fn draw_fan<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    lab: &PlanarLab,
    hill: &Hill<'_>,
    style: &Style,
    look: &Look,
) -> Drawn<DB> {
    let wanted = lab.experiment().is_on(Setting::Fan);
    let Some(fan) = wanted.then(|| lab.fan()).flatten() else { return Ok(()) };
    let thin = Ink { alpha: 0.5, ..style.line(style.theme.muted, 0.9) };
    let pulls = fan.examples.iter().map(|&by| (Mark::ExamplePull, by, thin));
    let risk = (Mark::RiskPull, fan.risk, style.line(style.theme.ink, 4.0));
    let batch = (Mark::BatchPull, fan.batch, style.line(look.color(style.theme), 2.2));
    for (mark, by, ink) in pulls.chain([risk, batch]) {
        lines::draw_arrow(&mut pen.of(mark), hill, fan.at, by, ink)?;
    }
    Ok(())
}
