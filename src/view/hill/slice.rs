//! The surface cut by upright planes, one for each column of pixels.
//!
//! The projection is orthographic and the box stands upright, so that all that is seen in a column of
//! pixels lies in one upright plane through it. The plane cuts the surface in a line with a corner on
//! each side of a triangle that it crosses. Gone along from the viewer away, what comes first hides
//! what comes later (the floating horizon; Wright, 1973): no depth needs to be kept.

use super::terrain::within;
use super::{Projection, Terrain};

/// What is known at each node of a terrain, and interpolated between them.
pub type Node = [f32; 4];
/// Where a [`Node`] has its px down on the screen, …
pub const DOWN: usize = 0;
/// … its height among the levels, …
pub const BAND: usize = 1;
/// … its brightness, …
pub const BRIGHT: usize = 2;
/// … and its height in shares of the box.
pub const HEIGHT: usize = 3;

/// The planes through a terrain.
pub struct Slices<'a> {
    nodes: &'a [Node],
    columns: usize,
    /// Cells in u and in v.
    cells: [usize; 2],
    /// Px to the right for each node in u and in v, and at the first node.
    right: [f64; 3],
    /// The way along a plane, from the viewer away; of one node's length.
    away: [f64; 2],
    /// Whether the cut has its corners on all sides of triangles, or only on the grid's lines across
    /// the direction in which it goes through more of them: then it is straight in between.
    has_folds: bool,
}

/// A corner of the cut.
#[derive(Clone, Copy)]
pub struct Corner {
    /// What is interpolated there.
    pub node: Node,
    /// The cell in which the cut came here, by its node at the lower left.
    pub cell: usize,
}

impl<'a> Slices<'a> {
    /// The planes through a terrain whose nodes are these, on a screen with `scale` columns of
    /// pixels to a px.
    pub fn new(
        terrain: &Terrain,
        nodes: &'a [Node],
        projection: &Projection,
        scale: f64,
        has_folds: bool,
    ) -> Self {
        let cells = [terrain.columns - 1, terrain.rows - 1];
        let [right, down, behind] = projection.matrix().map(|[u, v, _, origin]| {
            [scale * u / cells[0] as f64, scale * v / cells[1] as f64, scale * origin]
        });
        let length = libm::hypot(right[0], right[1]);
        let along = [-right[1] / length, right[0] / length];
        // Farther away is behind, or, seen from above, higher up on the screen.
        let is_away = |axis: usize| along[axis] * (behind[axis] - down[axis]);
        let sign = if is_away(0) + is_away(1) < 0.0 { -1.0 } else { 1.0 };
        let away = along.map(|part| sign * part);
        Self { nodes, columns: terrain.columns, cells, right, away, has_folds }
    }

    /// The corners of the cut through the middle of a column of pixels, from the nearest to the
    /// farthest; none where it misses the box.
    pub fn cut(&self, column: usize, corners: &mut Vec<Corner>) {
        corners.clear();
        let [across, up, first] = self.right;
        let share = (column as f64 + 0.5 - first) / (across * across + up * up);
        let foot = [share * across, share * up];
        let ends = self.cells.map(|cells| cells as f64);
        let span = within([f64::NEG_INFINITY, f64::INFINITY], foot[0], self.away[0], ends[0])
            .and_then(|span| within(span, foot[1], self.away[1], ends[1]));
        match span {
            Some([enter, _]) if self.has_folds => self.folded(foot, enter, corners),
            Some(span) => self.straight(foot, span, corners),
            None => {}
        }
    }

    /// A place of the line through `foot`, in nodes.
    #[inline(always)]
    fn place(&self, foot: [f64; 2], t: f64) -> [f64; 2] {
        [foot[0] + t * self.away[0], foot[1] + t * self.away[1]]
    }

    /// Where lines of nodes across an axis are met: the distance to the first node's, and from one to
    /// the next.
    fn meets(&self, foot: [f64; 2], axis: usize) -> [f64; 2] {
        let each = 1.0 / self.away[axis];
        [-foot[axis] * each, each]
    }

    /// Corners on the lines of nodes across one axis.
    fn straight(&self, foot: [f64; 2], [enter, exit]: [f64; 2], corners: &mut Vec<Corner>) {
        let axis = usize::from(self.away[1].abs() > self.away[0].abs());
        let other = 1 - axis;
        let [first, each] = self.meets(foot, axis);
        let [along, across] = if axis == 0 { [1, self.columns] } else { [self.columns, 1] };
        let is_up = each > 0.0;
        let ends = [enter, exit].map(|t| (t - first) / each);
        // The lines between its ends, and the way across them per line.
        let [low, high] = if is_up { ends } else { [ends[1], ends[0]] };
        let lines = (libm::ceil(low) as usize)..(high as usize + 1).min(self.cells[axis] + 1);
        let drift = self.away[other] * each;
        let start = foot[other] + self.away[other] * first;
        let (last, most) = (self.cells[axis] - 1, self.cells[other] - 1);
        let corner = |line: usize| {
            let beside = start + drift * line as f64;
            // Rounding may have taken it a hair below 0.
            let node = (beside as i32).clamp(0, most as i32) as usize;
            let one = line * along + node * across;
            let share = (beside - node as f64) as f32;
            let before = if is_up { line.saturating_sub(1) } else { line.min(last) };
            Corner {
                node: between(&self.nodes[one], &self.nodes[one + across], share),
                cell: before * along + node * across,
            }
        };
        corners.push(self.end(foot, enter));
        if is_up {
            corners.extend(lines.map(corner));
        } else {
            corners.extend(lines.rev().map(corner));
        }
        corners.push(self.end(foot, exit));
    }

    /// Corners on the sides of triangles.
    fn folded(&self, foot: [f64; 2], enter: f64, corners: &mut Vec<Corner>) {
        let at = self.place(foot, enter);
        // The cell that it goes into, and the lines of nodes that it crosses next.
        let mut cell = [0, 1].map(|axis| {
            let ahead = if self.away[axis] < 0.0 { -1e-9 } else { 1e-9 };
            ((at[axis] + ahead).max(0.0) as usize).min(self.cells[axis] - 1)
        });
        let ahead = self.away.map(|part| usize::from(part > 0.0));
        let meets = [0, 1].map(|axis| self.meets(foot, axis));
        let crossing = |cell: usize, axis: usize| {
            let [first, each] = meets[axis];
            if each.is_finite() {
                first + (cell + ahead[axis]) as f64 * each
            } else {
                f64::INFINITY
            }
        };
        let mut next = [crossing(cell[0], 0), crossing(cell[1], 1)];
        let mut corner = cell[1] * self.columns + cell[0];
        let mut inside = [at[0] - cell[0] as f64, at[1] - cell[1] as f64];
        corners.push(self.end(foot, enter));
        loop {
            let axis = usize::from(next[1] < next[0]);
            let other = 1 - axis;
            let at = self.place(foot, next[axis]);
            let share = (at[other] - cell[other] as f64).clamp(0.0, 1.0);
            // The two nodes between which it crosses.
            let [one, step] = if axis == 0 {
                [corner + ahead[0], self.columns]
            } else {
                [corner + ahead[1] * self.columns, 1]
            };
            let to = between(&self.nodes[one], &self.nodes[one + step], share as f32);
            let mut out = [ahead[axis] as f64; 2];
            out[other] = share;
            let [before, after] = [inside[0] - inside[1], out[0] - out[1]];
            if before * after < 0.0 {
                let share = before / (before - after);
                let along = inside[0] + share * (out[0] - inside[0]);
                let above = corner + self.columns + 1;
                let fold = between(&self.nodes[corner], &self.nodes[above], along as f32);
                corners.push(Corner { node: fold, cell: corner });
            }
            corners.push(Corner { node: to, cell: corner });
            if ahead[axis] == 1 {
                cell[axis] += 1;
                if cell[axis] == self.cells[axis] {
                    return;
                }
            } else if cell[axis] == 0 {
                return;
            } else {
                cell[axis] -= 1;
            }
            corner = cell[1] * self.columns + cell[0];
            next[axis] = crossing(cell[axis], axis);
            // What leaves a cell on one side goes into the next on the other.
            inside = out;
            inside[axis] = 1.0 - inside[axis];
        }
    }

    /// An end of the cut, which lies on a line of nodes.
    fn end(&self, foot: [f64; 2], t: f64) -> Corner {
        let place = self.place(foot, t);
        let cell = [0, 1].map(|axis| (place[axis] as usize).min(self.cells[axis] - 1));
        let [across, up] =
            [0, 1].map(|axis| (place[axis] - cell[axis] as f64).clamp(0.0, 1.0) as f32);
        let corner = cell[1] * self.columns + cell[0];
        let line = |at: usize| between(&self.nodes[at], &self.nodes[at + 1], across);
        Corner { node: between(&line(corner), &line(corner + self.columns), up), cell: corner }
    }
}

/// What a node is so far from one to the other, from 0 to 1.
#[inline(always)]
pub fn between(from: &Node, to: &Node, share: f32) -> Node {
    std::array::from_fn(|at| from[at] + share * (to[at] - from[at]))
}
