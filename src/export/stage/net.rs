//! The units of the net's picture, which the page shows as buttons.

use crate::export::figure::Document;
use crate::labs::model::Model;
use crate::labs::network::scene::TILE;
use crate::view::pen::{Anchor, Ink, TextStyle};
use crate::view::{Drawn, Pen, Style};

/// Between a unit and what stands beside it, in px.
const BESIDE: f64 = 5.0;
/// How wide the frame of a unit is, in px.
const FRAME: f64 = 1.0;

/// Puts the units into a document, the picture's upper left corner at a place and the picture of a size: for
/// each a tile of RGBA in a frame, and what stands beside it, left of inputs, right of others.
pub(super) fn put_nodes<D: Document>(
    document: &mut D,
    model: &Model,
    tiles: &[u8],
    at: [f64; 2],
    size: [f64; 2],
    style: &Style,
) -> Drawn<D::Sheet> {
    let nodes = || model.net.iter().flat_map(|net| &net.nodes);
    for (node, tile) in nodes().zip(tiles.chunks_exact(TILE * TILE * 4)) {
        let side = [node.side; 2];
        let mut sheet = document.sheet(side);
        document.image(&mut sheet, side, tile, [TILE; 2]);
        document.add([at[0] + node.x, at[1] + node.y], sheet);
    }
    let mut sheet = document.sheet(size);
    let pen = &mut Pen::new(&mut sheet);
    for node in nodes() {
        let [left, top, right, bottom] = [node.x, node.y, node.x + node.side, node.y + node.side];
        let corners = [[left, top], [right, top], [right, bottom], [left, bottom], [left, top]];
        pen.polyline(&corners, Ink::new(style.theme.ink, FRAME))?;
        let (x, anchor) = match node.layer {
            ..0 => (left - BESIDE, Anchor::Right),
            _ => (right + BESIDE, Anchor::Left),
        };
        let beside = TextStyle { color: style.theme.ink, ..style.label(anchor) };
        pen.text(&node.label, [x, 0.5 * (top + bottom)], beside)?;
    }
    document.add(at, sheet);
    Ok(())
}
