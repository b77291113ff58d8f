//! Which marks the pictures of the Network lab have at the moment.

use plotters_backend::DrawingBackend;

use super::{Regions, chart, draw_edges, draw_marks, land, losses, trials};
use crate::labs::network::NetLab;
use crate::view::Style;
use crate::view::hill::Hill;
use crate::view::legend::{Mark, Marks, marks_of};

/// Of a chart in which marks are looked for, in px.
const CHART: [f64; 2] = [400.0, 200.0];

/// All marks that the lab's pictures have on a backend: they are drawn as they are, only that nothing
/// stays.
pub fn marks<DB: DrawingBackend>(lab: &NetLab, style: &Style) -> Marks {
    let mut marks = marks_of::<DB>(|pen| {
        for index in lab.shown() {
            draw_marks(pen, lab, &mut Regions::of(lab, index), style, index)?;
        }
        draw_edges(pen, lab, style)?;
        if lab.shows_trials() {
            trials::draw(pen, lab, CHART, style)?;
            trials::draw_pointed(pen, lab, CHART, style)?;
        } else {
            let losses = chart::chart(lab, CHART, style);
            chart::draw(pen, lab, &losses, style)?;
            chart::draw_cursor(pen, lab, &losses, style)?;
        }
        if lab.shows_losses() {
            losses::draw(pen, lab, CHART, style)?;
        }
        if lab.shows_surface() && lab.shows_hill() {
            if let (Some(terrain), Some(frame)) = (land::terrain(lab), land::frame(lab)) {
                let projection = lab.projection(&terrain);
                let hill =
                    Hill { terrain: &terrain, projection: &projection, window: frame.window };
                land::draw_cage(pen, lab, &hill, style, &terrain.isolines())?;
                land::draw_paths_on_hill(pen, lab, &hill, style)?;
            }
        } else if lab.shows_surface() {
            if let Some(relief) = land::relief(lab) {
                land::draw_backdrop(pen, lab, &relief, style)?;
            }
            land::draw_paths(pen, lab, style)?;
        }
        Ok(())
    });
    // What is painted pixel by pixel.
    marks.add(Some(Mark::Unit));
    if lab.trial_map().is_some() {
        marks.add(Some(Mark::Trainability));
    }
    if lab.sets().parts.columns > 1 {
        marks.add(Some(Mark::Region));
    }
    marks
}
