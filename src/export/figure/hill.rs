//! A plot as a hill in a file.

use super::{FIELD_SCALE, Svg, encode_png, image};
use crate::labs::planar::PlanarLab;
use crate::labs::planar::scene::{self, hill};
use crate::view::hill::{Hill, Paint, Raster, lines};
use crate::view::{Drawn, Pen, Style};

/// One hill, its upper left corner at a place of the document: the box, the surface as an embedded
/// picture, and the paths on it.
pub fn panel(lab: &PlanarLab, style: &Style, panel: usize, at: [f64; 2]) -> String {
    let (terrain, projection, frame) = (lab.terrain(), lab.projection(), lab.frame());
    let seen = Hill { terrain: &terrain, projection: &projection, window: frame.window };
    let mut traces = hill::Traces::default();
    traces.extend(lab, &seen, panel, lab.step());

    let size = [frame.width, frame.height];
    let mut behind = Svg::new(size);
    let mut before = Svg::new(size);
    // The backend cannot fail.
    let (Ok(()), Ok(())) = (
        draw_behind(&mut behind, lab, &seen, style, &traces),
        draw_before(&mut before, lab, &seen, style, &traces, panel),
    ) else {
        unreachable!()
    };
    let pixels = size.map(|px| (px.ceil() as usize).max(1) * FIELD_SCALE);
    let paint =
        Paint { palette: scene::palette(lab), style: *style, pixels, samples: 2, draft: false };
    let mut raster = Raster::default();
    let png = encode_png(raster.paint(&terrain, &projection, &paint), pixels[0], pixels[1]);
    behind.panel(at, "") + &before.panel(at, &image(&png, &frame))
}

fn draw_behind(
    svg: &mut Svg,
    lab: &PlanarLab,
    seen: &Hill<'_>,
    style: &Style,
    traces: &hill::Traces,
) -> Drawn<Svg> {
    let pen = &mut Pen::new(svg);
    hill::draw_cage(pen, lab, seen, style, &seen.terrain.isolines())?;
    traces.draw_shadows(pen, lab, seen, style, [0, lab.step()])
}

fn draw_before(
    svg: &mut Svg,
    lab: &PlanarLab,
    seen: &Hill<'_>,
    style: &Style,
    traces: &hill::Traces,
    panel: usize,
) -> Drawn<Svg> {
    let pen = &mut Pen::new(svg);
    lines::draw_edge(pen, seen, style)?;
    hill::draw_cloud(pen, lab, seen, style, panel)?;
    traces.draw(pen, lab, seen, style, [0, lab.step()])?;
    hill::draw_heads(pen, lab, seen, style, panel, "start")
}
