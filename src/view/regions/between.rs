//! Regions of more than two classes: each pixel has the colour of the most probable one.

use super::{BOUNDARY, LEAST, Picture, Table, fill, interpolate, two_rows};
use crate::view::Theme;
use crate::view::classes;
use crate::view::paint::{blend, cells, opaque, place};
use libm::{exp, logf};

// Tables go by −ln p, from 0 to this: the most probable of six classes has no p below 1/6.
const LEAST_SURE: f32 = 1.8;

/// The place of a probability in a class's table, made negative: so the most probable has the
/// highest. NaN if p is not finite.
pub(super) fn place_of(p: f32) -> f32 {
    if p.is_finite() { 255.0 / LEAST_SURE * logf(p.max(LEAST)) } else { f32::NAN }
}

/// The colours of a class's region by −ln p: quite pale where it is hardly the most probable.
pub(super) fn table(theme: &Theme, class: usize, classes: usize) -> Table {
    let chance = 1.0 / classes as f64;
    std::array::from_fn(|index| {
        let p = exp(-f64::from(index as f32 / 255.0 * LEAST_SURE));
        let sure = ((p - chance) / (1.0 - chance)).max(0.0);
        opaque(classes::tint(theme, class, 0.2 + 0.8 * sure))
    })
}

impl Picture<'_> {
    /// One grid a class, of logarithms of probabilities in steps of a table.
    pub(super) fn classes(&mut self, nodes: &[f32], tables: &[Table]) {
        let [width, height] = self.size;
        let [columns, rows] = self.nodes;
        let (cells, shares) = cells(width, columns);
        let (reach, ink) = (self.reach(), opaque(self.theme.ink));
        let per_pixel = self.per_pixel();
        let mut across = vec![0.0f32; columns * tables.len()];
        for (py, line) in self.pixels.chunks_exact_mut(width).enumerate() {
            let (row, share_y) = place(height - 1 - py, height, rows);
            for (grid, across) in across.chunks_exact_mut(columns).enumerate() {
                let (lower, upper) = two_rows(&nodes[grid * columns * rows..], columns, row);
                interpolate(lower, upper, share_y, across);
            }
            let mut left = best_two(across.iter().step_by(columns).copied());
            for (column, pixels) in cells.iter().enumerate() {
                let right = best_two(across[column + 1..].iter().step_by(columns).copied());
                let ends = [left, right];
                left = right;
                let here = &mut line[pixels.clone()];
                let shares = &shares[pixels.clone()];
                if ends.iter().any(|best| !best.sum.is_finite()) {
                    self.theme.hatch_line(here, pixels, py, self.scale);
                    continue;
                }
                let cell = Cell { nodes, across: &across, columns, rows, row, column, per_pixel };
                let [a, b] = ends;
                // Differences of two classes are linear along a row: who wins at both ends wins.
                let near = || cell.slope(a.first, a.second).max(cell.slope(b.first, b.second));
                if a.first == b.first && a.lead.min(b.lead) > reach * near() {
                    let colors = &tables[a.first];
                    let (from, along) = cell.along(a.first);
                    let first = shares.first().map_or(0.0, |share| from + share * along);
                    fill(here, colors, -first, -along * per_pixel[0]);
                    continue;
                }
                for (pixel, share) in here.iter_mut().zip(shares) {
                    let at = |class: usize| {
                        let (from, along) = cell.along(class);
                        from + share * along
                    };
                    let best = best_two((0..tables.len()).map(at));
                    let color = |class: usize| tables[class][usize::from((0.5 - at(class)) as u8)];
                    let slope = cell.slope(best.first, best.second).max(f32::MIN_POSITIVE);
                    let distance = best.lead / slope;
                    let other = (0.5 - distance).max(0.0);
                    let ground = blend(color(best.first), color(best.second), other);
                    let cover = BOUNDARY * (reach - distance).clamp(0.0, 1.0);
                    *pixel = blend(ground, ink, cover);
                }
            }
        }
    }
}

/// The most probable class, the next, and by how much the first leads.
#[derive(Clone, Copy)]
struct Best {
    first: usize,
    second: usize,
    lead: f32,
    /// Not finite if one of the numbers is not.
    sum: f32,
}

fn best_two(numbers: impl Iterator<Item = f32>) -> Best {
    let [mut first, mut second] = [(0, f32::NEG_INFINITY); 2];
    let mut sum = 0.0;
    for (class, number) in numbers.enumerate() {
        sum += number;
        if number > first.1 {
            second = first;
            first = (class, number);
        } else if number > second.1 {
            second = (class, number);
        }
    }
    Best { first: first.0, second: second.0, lead: first.1 - second.1, sum }
}

/// The part of a row of pixels between two columns of nodes.
struct Cell<'a> {
    nodes: &'a [f32],
    across: &'a [f32],
    columns: usize,
    rows: usize,
    row: usize,
    column: usize,
    per_pixel: [f32; 2],
}

impl Cell<'_> {
    /// A class's number at the left, and by how much that at the right is more.
    fn along(&self, class: usize) -> (f32, f32) {
        let at = class * self.columns + self.column;
        (self.across[at], self.across[at + 1] - self.across[at])
    }

    /// By how much the difference of two classes changes from a pixel to the next.
    fn slope(&self, one: usize, other: usize) -> f32 {
        let up = |class: usize| {
            let at = (class * self.rows + self.row) * self.columns + self.column;
            let [low, high] = [&self.nodes[at..][..2], &self.nodes[at + self.columns..][..2]];
            0.5 * (high[0] - low[0] + high[1] - low[1])
        };
        let [per_x, per_y] = self.per_pixel;
        let x = (self.along(one).1 - self.along(other).1) * per_x;
        let y = (up(one) - up(other)) * per_y;
        (x * x + y * y).sqrt()
    }
}
