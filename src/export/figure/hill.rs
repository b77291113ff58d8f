//! A plot as a hill in a file.

use plotters_backend::DrawingBackend;

use super::{Document, pixels_of};
use crate::labs::planar::PlanarLab;
use crate::labs::planar::scene::{self, hill};
use crate::view::hill::{Hill, Paint, Raster, lines};
use crate::view::{Drawn, Pen, Style};

/// Adds one hill, its upper left corner at a place of the document: the box, the surface as an embedded
/// picture, and the paths on it.
pub fn add<D: Document>(
    document: &mut D,
    lab: &PlanarLab,
    style: &Style,
    panel: usize,
    at: [f64; 2],
) -> Drawn<D::Sheet> {
    let (terrain, projection, frame) = (lab.terrain(), lab.projection(), lab.frame());
    let seen = Hill { terrain: &terrain, projection: &projection, window: frame.window };
    let mut traces = hill::Traces::default();
    traces.extend(lab, &seen, panel, lab.step());

    let size = [frame.width, frame.height];
    let mut behind = document.sheet(size);
    draw_behind(&mut behind, lab, &seen, style, &traces)?;
    document.add(at, behind);

    let mut before = document.sheet(size);
    let pixels = pixels_of(size, document.density());
    let cells = hill::basin_cells(lab, &terrain, style);
    let (palette, cells) = (scene::palette(lab), cells.as_deref());
    let paint = Paint { palette, cells, style: *style, pixels, samples: 2, draft: false };
    let mut raster = Raster::default();
    document.image(&mut before, size, raster.paint(&terrain, &projection, &paint), pixels);
    if let Some(cells) = hill::swarm_cells(lab, panel, &terrain, style) {
        let seen = raster.seen(&terrain, &projection, pixels, false);
        let mut swarm = Vec::new();
        seen.lay(&cells, &mut swarm);
        document.image(&mut before, size, &swarm, pixels);
    }
    draw_before(&mut before, lab, &seen, style, &traces, panel)?;
    document.add(at, before);
    Ok(())
}

fn draw_behind<DB: DrawingBackend>(
    sheet: &mut DB,
    lab: &PlanarLab,
    seen: &Hill<'_>,
    style: &Style,
    traces: &hill::Traces,
) -> Drawn<DB> {
    let pen = &mut Pen::new(sheet);
    hill::draw_cage(pen, lab, seen, style, &seen.terrain.isolines())?;
    traces.draw_shadows(pen, lab, seen, style, [0, lab.step()])
}

fn draw_before<DB: DrawingBackend>(
    sheet: &mut DB,
    lab: &PlanarLab,
    seen: &Hill<'_>,
    style: &Style,
    traces: &hill::Traces,
    panel: usize,
) -> Drawn<DB> {
    let pen = &mut Pen::new(sheet);
    lines::draw_edge(pen, seen, style)?;
    hill::draw_cloud(pen, lab, seen, style, panel)?;
    traces.draw(pen, lab, seen, style, [0, lab.step()])?;
    hill::draw_heads(pen, lab, seen, style, panel, "start")
}
