//! Where the parts of a net's picture stand, in CSS px from its upper left corner.

use crate::network::{Architecture, Place};
use crate::view::stroke::distance;
use crate::view::theme::Style;

/// A node: a square, with room for a picture of what it computes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Node {
    /// Its middle.
    pub center: [f64; 2],
    /// Half of its side.
    pub half: f64,
}

/// The places of all nodes: a column of the inputs, one of each hidden layer, one of the output.
/// Above is room for the buttons of each hidden layer, where there are any, at the left for the inputs'
/// names.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// Half of the side of every node.
    pub half: f64,
    /// The middles of the nodes, column by column, from the inputs on.
    pub columns: Vec<Vec<[f64; 2]>>,
}

// For type of 13 px: room above, at the left and at the right of the nodes.
const HEADER: f64 = 26.0;
const LABELS: f64 = 58.0;
const AFTER: f64 = 40.0;
const BELOW: f64 = 6.0;
// A node's side at most, and as a share of what it has from its neighbour to the next.
const LARGEST: f64 = 40.0;
const SHARE_OF_HEIGHT: f64 = 0.78;
const SHARE_OF_WIDTH: f64 = 0.42;
// Nodes of a column are at most so many sides apart.
const APART: f64 = 1.8;
// Of how many pieces the curve of a weight is made.
const PIECES: usize = 12;
// How far the pointer may be off a line, in px.
const NEAR: f64 = 6.0;

impl Layout {
    /// The layout of a net in a picture of this width and height. Labels take more room where
    /// type is larger.
    pub fn of(architecture: &Architecture, [width, height]: [f64; 2], style: &Style) -> Self {
        let type_scale = style.type_size / 13.0;
        let above = if style.is_presented { BELOW } else { HEADER };
        let [header, labels, after] = [above, LABELS, AFTER].map(|room| room * type_scale);
        let layers = architecture.layers();
        let most = layers.iter().map(|layer| layer.units.max(layer.inputs)).max().unwrap_or(1);
        let tall = (height - header - BELOW).max(1.0);
        let wide = (width - labels - after).max(1.0);
        let side = LARGEST
            .min(SHARE_OF_HEIGHT * tall / most as f64)
            .min(SHARE_OF_WIDTH * wide / layers.len() as f64);
        let step = (wide - side) / layers.len() as f64;
        let units = layers.iter().map(|layer| layer.units);
        let columns = std::iter::once(architecture.inputs()).chain(units).enumerate();
        let column = |(column, units): (usize, usize)| {
            let apart = (tall / units as f64).min(APART * side);
            let x = labels + side / 2.0 + column as f64 * step;
            let top = header + tall / 2.0 - (units - 1) as f64 / 2.0 * apart;
            (0..units).map(|unit| [x, top + unit as f64 * apart]).collect()
        };
        Self { half: side / 2.0, columns: columns.map(column).collect() }
    }

    /// The node of an input; `None` if there is none.
    pub fn input(&self, input: usize) -> Option<Node> {
        self.node_of(0, input)
    }

    /// The node of a unit, the first hidden layer being layer 0; `None` if there is none.
    pub fn node(&self, layer: usize, unit: usize) -> Option<Node> {
        self.node_of(layer + 1, unit)
    }

    fn node_of(&self, column: usize, node: usize) -> Option<Node> {
        let &center = self.columns.get(column)?.get(node)?;
        Some(Node { center, half: self.half })
    }

    /// The line of a weight, from the right edge of a node to the left edge of the unit it leads
    /// to; `None` if there is none.
    pub fn line(&self, layer: usize, unit: usize, input: usize) -> Option<Vec<[f64; 2]>> {
        let [below, above] = [self.node_of(layer, input)?, self.node(layer, unit)?];
        let [x0, y0] = [below.center[0] + self.half, below.center[1]];
        let [x1, y1] = [above.center[0] - self.half, above.center[1]];
        // A cubic Bézier curve from (x0, y0) to (x1, y1), its control points half way and level
        // with its ends: x = x0 + (x1 − x0)(3s(1 − s)/2 + s³), y = y0 + (y1 − y0)(3 − 2s) s².
        let at = |piece: usize| {
            let s = piece as f64 / PIECES as f64;
            let along = 1.5 * s * (1.0 - s) + s * s * s;
            [x0 + (x1 - x0) * along, y0 + (y1 - y0) * (3.0 - 2.0 * s) * s * s]
        };
        Some((0..=PIECES).map(at).collect())
    }

    /// The small square of a unit's bias, at the lower left corner of its node.
    pub fn bias(&self, layer: usize, unit: usize) -> Option<Node> {
        let Node { center: [x, y], half } = self.node(layer, unit)?;
        let small = (0.3 * half).clamp(1.8, 3.5);
        Some(Node { center: [x - half, y + half], half: small })
    }

    /// The weight or bias, as an index of θ, that lies nearest to a pixel, up to 6 px away.
    pub fn hit(&self, architecture: &Architecture, pixel: [f64; 2]) -> Option<usize> {
        if !pixel.iter().all(|px| px.is_finite()) {
            return None;
        }
        let mut nearest = (NEAR, None);
        let mut offer = |away: f64, place: Place| {
            if away <= nearest.0 {
                nearest = (away, architecture.index(place));
            }
        };
        for (layer, shape) in architecture.layers().iter().enumerate() {
            let between = [self.middle(layer), self.middle(layer + 1)];
            if between[0] - NEAR > pixel[0] || between[1] + NEAR < pixel[0] {
                continue;
            }
            for unit in 0..shape.units {
                for input in 0..shape.inputs {
                    let line = self.line(layer, unit, input).unwrap_or_default();
                    let pieces = line.windows(2).map(|piece| to_segment(pixel, piece[0], piece[1]));
                    let away = pieces.fold(f64::INFINITY, f64::min);
                    offer(away, Place { layer, unit, input: Some(input) });
                }
            }
            for unit in 0..shape.units {
                if let Some(bias) = self.bias(layer, unit) {
                    let away = (distance(pixel, bias.center) - bias.half).max(0.0);
                    offer(away, Place { layer, unit, input: None });
                }
            }
        }
        nearest.1
    }

    /// The x of a column's middle.
    fn middle(&self, column: usize) -> f64 {
        self.columns[column][0][0]
    }
}

/// How far a point is from the segment from `a` to `b`.
fn to_segment(point: [f64; 2], a: [f64; 2], b: [f64; 2]) -> f64 {
    let along = [b[0] - a[0], b[1] - a[1]];
    let length = along[0] * along[0] + along[1] * along[1];
    let share = ((point[0] - a[0]) * along[0] + (point[1] - a[1]) * along[1]) / length;
    let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
    distance(point, [a[0] + share * along[0], a[1] + share * along[1]])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{Activation, Output};
    use crate::view::Theme;

    const STYLE: Style = Style::page(&Theme::LIGHT);

    fn net(inputs: usize, hidden: &[usize], output: Output) -> Architecture {
        Architecture::new(inputs, hidden, Activation::Tanh, output).unwrap()
    }

    #[test]
    fn the_largest_net_fits_a_page_and_a_phone() {
        let largest = net(7, &[16; 6], Output::Softmax(6));
        for [width, height] in [[480.0, 300.0], [340.0, 260.0]] {
            let layout = Layout::of(&largest, [width, height], &STYLE);
            assert!(layout.half >= 4.5, "{}", layout.half);
            for nodes in &layout.columns {
                for (above, below) in nodes.iter().zip(&nodes[1..]) {
                    assert!(below[1] - above[1] >= 2.0 * layout.half + 2.0);
                }
                for &[x, y] in nodes {
                    assert!(x - layout.half >= LABELS && x + layout.half <= width - AFTER + 1e-9);
                    assert!(y - layout.half >= HEADER && y + layout.half <= height);
                }
            }
        }
    }

    #[test]
    fn few_nodes_are_of_full_size_and_columns_evenly_apart() {
        let layout = Layout::of(&net(2, &[4, 2], Output::Logit), [480.0, 300.0], &STYLE);
        assert_eq!(layout.half, 20.0);
        let x: Vec<f64> = layout.columns.iter().map(|nodes| nodes[0][0]).collect();
        assert_eq!([x[0], x[3]], [78.0, 420.0]);
        assert!(x.windows(3).all(|x| (x[2] - 2.0 * x[1] + x[0]).abs() < 1e-9));
    }

    #[test]
    fn a_pointer_on_a_line_or_a_bias_finds_it_and_away_from_all_finds_none() {
        let net = net(2, &[3], Output::Linear(1));
        let layout = Layout::of(&net, [480.0, 300.0], &STYLE);
        for index in 0..net.parameters() {
            let Place { layer, unit, input } = net.place(index).unwrap();
            let at = match input {
                Some(input) => {
                    // A third of the way, where no two lines cross.
                    let line = layout.line(layer, unit, input).unwrap();
                    [line[2][0], line[2][1] + 0.5]
                }
                None => layout.bias(layer, unit).unwrap().center,
            };
            assert_eq!(layout.hit(&net, at), Some(index), "{:?}", net.name(index));
        }
        assert_eq!(layout.hit(&net, [5.0, 5.0]), None);
        assert_eq!(layout.hit(&net, [f64::NAN, 5.0]), None);
    }

    #[test]
    fn lines_join_the_edges_of_their_nodes_and_leave_them_level() {
        let layout = Layout::of(&net(2, &[3], Output::Logit), [480.0, 300.0], &STYLE);
        let line = layout.line(0, 2, 1).unwrap();
        let [from, to] = [layout.input(1).unwrap(), layout.node(0, 2).unwrap()];
        assert_eq!(line[0], [from.center[0] + from.half, from.center[1]]);
        assert_eq!(*line.last().unwrap(), [to.center[0] - to.half, to.center[1]]);
        assert!((line[1][1] - line[0][1]).abs() < 0.3 * (line[1][0] - line[0][0]));
        assert_eq!((layout.line(0, 3, 0), layout.node(2, 0)), (None, None));
    }
}
