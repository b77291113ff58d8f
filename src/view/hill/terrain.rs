//! The surface as triangles: each cell of a grid is cut in two by its diagonal from the lower left to
//! the upper right, and where a corner has no finite value there is no triangle.

use super::HeightScale;
use crate::view::isolines::{Isoline, isolines};
use crate::view::{Field, Levels, Relief};

/// A surface over the floor of the box.
#[derive(Clone, Debug, PartialEq)]
pub struct Terrain {
    /// Nodes in u, at least 2.
    pub columns: usize,
    /// Nodes in v, at least 2.
    pub rows: usize,
    /// How high each node stands, in shares of the box, placed as in [`Field::values`]; NaN where
    /// there is no finite value, above 1 where the surface is cut off.
    pub heights: Vec<f32>,
    /// The same among the levels of isolines, see [`Levels::height`].
    pub bands: Vec<f32>,
    /// How many isolines there are at most.
    pub levels: usize,
    /// What heights stand for.
    pub scale: HeightScale,
    /// The highest and the lowest node of each block of [`BLOCK`] × [`BLOCK`] cells.
    blocks: Vec<[f32; 2]>,
}

/// Cells along the side of a block, over which a ray goes at once where it is not near the surface.
const BLOCK: usize = 8;

impl Terrain {
    /// A sampled surface.
    pub fn new(field: &Field, levels: &Levels, scale: HeightScale) -> Self {
        let Field { columns, rows, values, .. } = field;
        let heights: Vec<f32> = values.iter().map(|&f| scale.share(f) as f32).collect();
        Self {
            columns: *columns,
            rows: *rows,
            blocks: blocks(&heights, *columns, *rows),
            heights,
            bands: values.iter().map(|&f| levels.height(f) as f32).collect(),
            levels: levels.values.len(),
            scale,
        }
    }

    /// The same surface by every second node, which is drawn in a third of the time; itself where the
    /// last node would be left out.
    pub fn coarse(&self) -> Self {
        let Self { columns, rows, heights, bands, .. } = self;
        if columns % 2 == 0 || rows % 2 == 0 || columns.min(rows) < &3 {
            return self.clone();
        }
        let half = |of: &[f32]| {
            let line = |row: usize| of[row * columns..][..*columns].iter().copied().step_by(2);
            (0..*rows).step_by(2).flat_map(line).collect::<Vec<f32>>()
        };
        let (heights, bands) = (half(heights), half(bands));
        let [columns, rows] = [columns / 2 + 1, rows / 2 + 1];
        Self { columns, rows, blocks: blocks(&heights, columns, rows), heights, bands, ..*self }
    }

    /// How many cells there are in u and in v: the size of a picture from above with a pixel for each.
    pub fn size(&self) -> [usize; 2] {
        [self.columns - 1, self.rows - 1]
    }

    /// What such a picture (four bytes a pixel, row by row from the top) has at each cell, by the place of the
    /// cell's node at the lower left among the nodes.
    pub fn cells(&self, picture: &[u8]) -> Vec<[u8; 4]> {
        let [across, up] = self.size();
        let (pixels, _) = picture.as_chunks();
        let mut cells = vec![[0; 4]; self.columns * self.rows];
        for (row, line) in (0..up).rev().zip(pixels.chunks_exact(across)) {
            cells[row * self.columns..][..across].copy_from_slice(line);
        }
        cells
    }

    /// The isolines of the surface, on the unit square.
    pub fn isolines(&self) -> Vec<Isoline> {
        let Self { columns, rows, bands, levels, .. } = self;
        isolines(&Relief {
            columns: *columns,
            rows: *rows,
            heights: bands.clone(),
            levels: *levels,
        })
    }

    /// How high the surface stands over shares [u, v]; `None` outside of the box, NaN in a hole.
    pub fn height_at(&self, [u, v]: [f64; 2]) -> Option<f64> {
        let [x, y] = self.nodes([u, v]);
        let [right, upper] = [self.columns - 1, self.rows - 1].map(|last| last as f64);
        if !((0.0..=right).contains(&x) && (0.0..=upper).contains(&y)) {
            return None;
        }
        let [column, row] = [(x as usize).min(self.columns - 2), (y as usize).min(self.rows - 2)];
        let [across, up] = [x - column as f64, y - row as f64];
        let [lower, upper] = self.triangles(column, row);
        Some(if across >= up { lower } else { upper }.height(across, up))
    }

    /// Places counted in nodes.
    fn nodes(&self, [u, v]: [f64; 2]) -> [f64; 2] {
        [u * (self.columns - 1) as f64, v * (self.rows - 1) as f64]
    }

    /// The lower right triangle of a cell, and the upper left one.
    fn triangles(&self, column: usize, row: usize) -> [Triangle; 2] {
        let at = row * self.columns + column;
        let node = |index: usize| f64::from(self.heights[index]);
        let (a, b) = (node(at), node(at + 1));
        let (c, d) = (node(at + self.columns), node(at + self.columns + 1));
        [
            Triangle { corner: a, across: b - a, up: d - b },
            Triangle { corner: a, across: d - c, up: c - a },
        ]
    }

    /// How far along a ray from `origin`, in its own lengths, it first goes through the surface, be
    /// it from above or from below; `None` where it does not before it has left the box.
    pub fn first_hit(&self, origin: [f64; 3], direction: [f64; 3]) -> Option<f64> {
        let [x, y] = self.nodes([origin[0], origin[1]]);
        let [dx, dy] = self.nodes([direction[0], direction[1]]);
        let (cells, [dz, z]) =
            ([(self.columns - 1) as f64, (self.rows - 1) as f64], [direction[2], origin[2]]);
        let mut span = [0.0, f64::INFINITY];
        for (at, by, end) in [(x, dx, cells[0]), (y, dy, cells[1]), (z, dz, 1.0)] {
            span = within(span, at, by, end)?;
        }
        let ray = Ray { at: [x, y, z], by: [dx, dy, dz] };
        let sides = [self.columns - 1, self.rows - 1].map(|cells| cells.div_ceil(BLOCK));
        ray.cells(span, BLOCK as f64, sides, |[column, row], span| {
            let [highest, lowest] = self.blocks[row * sides[0] + column].map(f64::from);
            let [from, to] = span.map(|t| z + t * dz);
            if lower(from, to) > highest || higher(from, to) < lowest {
                return None;
            }
            let ends = [self.columns - 1, self.rows - 1];
            ray.cells(span, 1.0, ends, |cell, span| self.hit_in(cell, &ray, span))
        })
    }

    /// The same within one cell, between two lengths of the ray.
    fn hit_in(&self, [column, row]: [usize; 2], ray: &Ray, [from, to]: [f64; 2]) -> Option<f64> {
        let inside = |t: f64| {
            let [x, y, z] = ray.place(t);
            [x - column as f64, y - row as f64, z]
        };
        // Right of the diagonal it is in the lower triangle.
        let right = |[x, y, _]: [f64; 3]| x - y;
        let [first, last] = [right(inside(from)), right(inside(to))];
        let middle = if (first < 0.0) == (last < 0.0) {
            to
        } else {
            (from + (to - from) * first / (first - last)).clamp(from, to)
        };
        let [lower, upper] = self.triangles(column, row);
        let parts = if first + last >= 0.0 && middle == to {
            [(from, to, &lower), (to, to, &lower)]
        } else if middle == to {
            [(from, to, &upper), (to, to, &upper)]
        } else if first >= 0.0 {
            [(from, middle, &lower), (middle, to, &upper)]
        } else {
            [(from, middle, &upper), (middle, to, &lower)]
        };
        parts.into_iter().find_map(|(from, to, triangle)| {
            let above = |t: f64| {
                let [x, y, z] = inside(t);
                z - triangle.height(x, y)
            };
            let [first, last] = [above(from), above(to)];
            let crosses = (first > 0.0 && last <= 0.0) || (first < 0.0 && last >= 0.0);
            crosses.then(|| from + (to - from) * first / (first - last))
        })
    }
}

/// A plane over a cell: the height at its lower left corner, and its rise to the right and up.
struct Triangle {
    corner: f64,
    across: f64,
    up: f64,
}

impl Triangle {
    fn height(&self, across: f64, up: f64) -> f64 {
        self.corner + across * self.across + up * self.up
    }
}

/// A ray, in nodes.
struct Ray {
    at: [f64; 3],
    by: [f64; 3],
}

impl Ray {
    fn place(&self, t: f64) -> [f64; 3] {
        std::array::from_fn(|axis| self.at[axis] + t * self.by[axis])
    }

    /// Goes through the squares of a grid, `side` nodes wide, and asks at each, with the lengths
    /// between which the ray is in it, until there is an answer (Amanatides and Woo, 1987).
    fn cells<T>(
        &self,
        [from, to]: [f64; 2],
        side: f64,
        counts: [usize; 2],
        mut ask: impl FnMut([usize; 2], [f64; 2]) -> Option<T>,
    ) -> Option<T> {
        let start = self.place(from);
        let mut cell = [0, 1].map(|axis| {
            // On an edge, the square that it goes into.
            let place = start[axis] / side;
            let near = libm::round(place);
            let inside = (place - near).abs() < 1e-9;
            let square = if inside && self.by[axis] < 0.0 {
                near - 1.0
            } else if inside {
                near
            } else {
                libm::floor(place)
            };
            (square.max(0.0) as usize).min(counts[axis] - 1)
        });
        let mut t = from;
        loop {
            let leaves = [0, 1].map(|axis| {
                let by = self.by[axis];
                let edge = if by > 0.0 { cell[axis] + 1 } else { cell[axis] } as f64 * side;
                if by == 0.0 { f64::INFINITY } else { higher((edge - self.at[axis]) / by, t) }
            });
            let next = lower(leaves[0], leaves[1]);
            let end = lower(next, to);
            if let Some(answer) = ask(cell, [t, end]) {
                return Some(answer);
            }
            if next >= to {
                return None;
            }
            let axis = usize::from(leaves[1] < leaves[0]);
            if self.by[axis] > 0.0 {
                cell[axis] += 1;
            } else {
                cell[axis] = cell[axis].checked_sub(1)?;
            }
            if cell[axis] >= counts[axis] {
                return None;
            }
            t = next;
        }
    }
}

/// The smaller of two. What stands in the innermost loops compares: `f64::min` is a call in
/// WebAssembly.
fn lower(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}

/// The larger of two.
fn higher(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

/// What of a span of lengths has a coordinate between 0 and `end`.
pub(super) fn within([from, to]: [f64; 2], at: f64, by: f64, end: f64) -> Option<[f64; 2]> {
    if by == 0.0 {
        return (0.0..=end).contains(&at).then_some([from, to]);
    }
    let (first, last) = (-at / by, (end - at) / by);
    let span = [from.max(first.min(last)), to.min(first.max(last))];
    (span[0] <= span[1]).then_some(span)
}

/// The highest and the lowest node of each block.
fn blocks(heights: &[f32], columns: usize, rows: usize) -> Vec<[f32; 2]> {
    let [across, up] = [columns - 1, rows - 1].map(|cells| cells.div_ceil(BLOCK));
    let ends = |at: usize, nodes: usize| at * BLOCK..=((at + 1) * BLOCK).min(nodes - 1);
    let block = |index: usize| {
        let nodes = ends(index / across, rows).flat_map(|row| {
            ends(index % across, columns).map(move |column| row * columns + column)
        });
        // What is NaN is neither.
        nodes.fold([f32::NEG_INFINITY, f32::INFINITY], |[high, low], node| {
            [high.max(heights[node]), low.min(heights[node])]
        })
    };
    (0..across * up).map(block).collect()
}
