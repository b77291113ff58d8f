//! The surface as pixels, column by column.
//!
//! Each column of pixels is gone through from its nearest place to its farthest, and a pixel takes its
//! colour from the first that lies on it (see `slice.rs`). Colours are those of the field, bands
//! between isolines, as bright as the light makes them; the isolines themselves are drawn with the
//! pixels, where the height is within half a line of a level. What stands higher than the box is left
//! out, and so is what is not finite: there one sees through.

#[cfg(test)]
mod tests;

use super::ink::{Ink, Numbers, Skin, Stretch};
use super::slice::{BAND, Corner, DOWN, HEIGHT, Node, Slices, between};
use super::{Projection, Terrain, light};
use crate::view::paint::Palette;
use crate::view::theme::Style;

/// What a surface is painted with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paint<'a> {
    /// The colours of its bands.
    pub palette: Palette,
    /// In place of these a colour for each cell, as [`Terrain::cells`] has them.
    pub cells: Option<&'a [[u8; 4]]>,
    /// The theme, and how thick isolines are.
    pub style: Style,
    /// Width and height of the picture in device pixels.
    pub pixels: [usize; 2],
    /// Each pixel is the mean of so many rows and columns: 1 is fast, 2 has soft edges.
    pub samples: usize,
    /// Whether it is to be drawn in a hurry: cells are not folded along their diagonals, and bands
    /// and isolines have no soft edges.
    pub draft: bool,
}

/// A picture of the surface, kept for its memory.
#[derive(Default)]
pub struct Raster {
    nodes: Vec<Node>,
    bright: Vec<f32>,
    /// For each cell, by its node at the lower left, how much the height among the levels changes
    /// from a sample to the next.
    slopes: Vec<f32>,
    /// The cut through a column.
    cut: Vec<Corner>,
    /// The samples of some columns, row by row.
    strip: Vec<[[u8; 4]; STRIP]>,
    /// All samples, row by row.
    samples: Vec<[u8; 4]>,
    rgba: Vec<u8>,
}

/// So many columns are drawn one after the other in a place that the processor's cache holds.
const STRIP: usize = 16;

impl Raster {
    /// Paints a surface; returns red, green, blue and opacity of each pixel, row by row from the top.
    pub fn paint(
        &mut self,
        terrain: &Terrain,
        projection: &Projection,
        paint: &Paint<'_>,
    ) -> &[u8] {
        let Paint { pixels: [width, height], samples, draft, .. } = *paint;
        let size = [width * samples, height * samples];
        let ink = Ink::new(paint, terrain.levels, size[0] as f64 / projection.size()[0]);
        self.sample(terrain, projection, size, draft, &ink);
        if samples == 1 {
            return self.samples.as_flattened();
        }
        self.reduce([width, height], samples);
        &self.rgba
    }

    /// Which cell of a surface each pixel of a picture of this size shows.
    pub fn seen(
        &mut self,
        terrain: &Terrain,
        projection: &Projection,
        size: [usize; 2],
        draft: bool,
    ) -> Seen {
        self.sample(terrain, projection, size, draft, &Numbers);
        Seen(self.samples.clone())
    }

    /// Gives each sample of a picture of this size what the skin of the surface has there.
    fn sample(
        &mut self,
        terrain: &Terrain,
        projection: &Projection,
        size: [usize; 2],
        draft: bool,
        skin: &impl Skin,
    ) {
        let scale = [0, 1].map(|axis| size[axis] as f64 / projection.size()[axis]);
        light::brightness(terrain, projection, &mut self.bright);
        let matrix = scaled(terrain, projection, scale);
        self.place_nodes(terrain, &matrix);
        self.measure_slopes(terrain, &matrix);
        self.samples.resize(size[0] * size[1], [0; 4]);
        let is_cut = terrain.heights.iter().any(|&w| w > 1.0);
        let slices = Slices::new(terrain, &self.nodes, projection, scale[0], !draft);
        for first in (0..size[0]).step_by(STRIP) {
            let last = size[0].min(first + STRIP);
            self.strip.clear();
            self.strip.resize(size[1], [[0; 4]; STRIP]);
            for (place, column) in (first..last).enumerate() {
                let mut sampler = Sampler {
                    rows: &mut self.strip,
                    place,
                    taken: [0; 2],
                    skin,
                    slopes: &self.slopes,
                };
                slices.cut(column, &mut self.cut);
                for ends in self.cut.windows(2) {
                    let cell = ends[1].cell;
                    let [mut from, mut to] = [ends[0].node, ends[1].node];
                    if is_cut {
                        let Some(ends) = below_the_top([from, to]) else { continue };
                        [from, to] = ends;
                    }
                    sampler.draw(cell, [&from, &to]);
                }
            }
            for (line, strip) in self.samples.chunks_exact_mut(size[0]).zip(&self.strip) {
                let line = &mut line[first..last];
                // A copy whose length is known takes a few instructions, any other a call.
                match line.first_chunk_mut() {
                    Some(whole) => *whole = *strip,
                    None => line.copy_from_slice(&strip[..last - first]),
                }
            }
        }
    }

    fn place_nodes(&mut self, terrain: &Terrain, [_, down]: &[[f32; 4]; 2]) {
        let Terrain { columns, rows, heights, bands, .. } = terrain;
        let [of_u, of_v, of_w, origin] = *down;
        self.nodes.clear();
        self.nodes.reserve(columns * rows);
        for row in 0..*rows {
            let start = origin + of_v * row as f32;
            let line = row * columns..(row + 1) * columns;
            let values =
                heights[line.clone()].iter().zip(&bands[line.clone()]).zip(&self.bright[line]);
            self.nodes.extend(values.enumerate().map(|(column, ((&w, &band), &bright))| {
                [start + of_u * column as f32 + of_w * w, band, bright, w]
            }));
        }
    }

    /// With b the height among the levels and p the place on the screen, both as they change from node
    /// to node, b's gradient g on the screen is what solves g · ∂p/∂u = ∂b/∂u and g · ∂p/∂v = ∂b/∂v.
    fn measure_slopes(&mut self, terrain: &Terrain, [right, _]: &[[f32; 4]; 2]) {
        let Terrain { columns, rows, .. } = *terrain;
        self.slopes.clear();
        self.slopes.reserve(columns * rows);
        for row in 0..rows - 1 {
            let [lower, upper] = [row, row + 1].map(|row| &self.nodes[row * columns..][..columns]);
            let corners = lower.iter().zip(upper).zip(lower[1..].iter().zip(&upper[1..]));
            self.slopes.extend(corners.map(|((a, c), (b, d))| {
                let [down, band] = [DOWN, BAND].map(|of| gradient([a[of], b[of], c[of], d[of]]));
                let area = right[0] * down[1] - right[1] * down[0];
                let across = (band[0] * down[1] - band[1] * down[0]) / area;
                let along = (right[0] * band[1] - right[1] * band[0]) / area;
                (across * across + along * along).sqrt()
            }));
            self.slopes.push(0.0);
        }
    }

    /// The mean of each pixel's samples. Where some of them show no surface, it can be seen through.
    fn reduce(&mut self, [width, height]: [usize; 2], samples: usize) {
        self.rgba.clear();
        self.rgba.reserve(4 * width * height);
        let across = width * samples;
        for row in 0..height {
            for column in 0..width {
                let mut sum = [0u32; 4];
                for line in 0..samples {
                    let first = (row * samples + line) * across + column * samples;
                    for sample in &self.samples[first..][..samples] {
                        for (sum, &part) in sum.iter_mut().zip(sample) {
                            *sum += u32::from(part);
                        }
                    }
                }
                // What is not there is black, and its colour counts nothing.
                let [red, green, blue, cover] = sum;
                let there = (cover / 255).max(1);
                let all = (samples * samples) as u32;
                self.rgba.extend(
                    [red / there, green / there, blue / there, cover / all].map(|part| part as u8),
                );
            }
        }
    }
}

/// Samples to the right and down, for each node in u and in v, for w and at the first node.
fn scaled(terrain: &Terrain, projection: &Projection, scale: [f64; 2]) -> [[f32; 4]; 2] {
    let [columns, rows] = [terrain.columns, terrain.rows].map(|nodes| (nodes - 1) as f64);
    std::array::from_fn(|axis| {
        let [u, v, w, origin] = projection.matrix()[axis];
        [u / columns, v / rows, w, origin].map(|part| (part * scale[axis]) as f32)
    })
}

/// How much a value changes over a cell in u and in v, of its corners in the order of the nodes;
/// beside a hole over the triangle that there is.
fn gradient([a, b, c, d]: [f32; 4]) -> [f32; 2] {
    let mean = [0.5 * (b - a + d - c), 0.5 * (c - a + d - b)];
    match mean {
        [u, _] if !u.is_nan() => mean,
        _ if c.is_nan() => [b - a, d - b],
        _ => [d - c, c - a],
    }
}

/// What of a straight piece is in the box.
fn below_the_top([from, to]: [Node; 2]) -> Option<[Node; 2]> {
    let [first, last] = [1.0 - from[HEIGHT], 1.0 - to[HEIGHT]];
    let top = || between(&from, &to, first / (first - last));
    match (first >= 0.0, last >= 0.0) {
        (true, true) => Some([from, to]),
        (true, false) => Some([from, top()]),
        (false, true) => Some([top(), to]),
        (false, false) => None,
    }
}

/// What takes the samples of one column.
struct Sampler<'a, S> {
    rows: &'a mut [[[u8; 4]; STRIP]],
    /// Where in each row it stands.
    place: usize,
    /// Samples that are drawn, the first and the one behind the last; there may be others.
    taken: [usize; 2],
    skin: &'a S,
    slopes: &'a [f32],
}

impl<S: Skin> Sampler<'_, S> {
    /// Draws a piece where nothing was drawn before.
    #[inline(always)]
    fn draw(&mut self, cell: usize, [from, to]: [&Node; 2]) {
        // Going away from the viewer, the upper side goes up on the screen.
        let ends = if from[DOWN] > to[DOWN] { [to, from] } else { [from, to] };
        let [first, last] = ends.map(|end| first_from(end[DOWN], self.rows.len()));
        let [top, bottom] = self.taken;
        // Most pieces go on where the one before has ended.
        let free = if bottom == last && top >= first { [first, top] } else { [first, last] };
        let is_hidden = first >= top && last <= bottom;
        if first >= last || is_hidden || (from[DOWN] - to[DOWN]).is_nan() {
            return;
        }
        self.fill(cell, [from, to], free);
        if first <= bottom && last >= top && top < bottom {
            self.taken = [first.min(top), last.max(bottom)];
        } else if last - first > bottom - top {
            self.taken = [first, last];
        }
    }

    #[inline]
    fn fill(&mut self, cell: usize, ends: [&Node; 2], [first, last]: [usize; 2]) {
        let place = self.place % STRIP;
        let samples = self.rows[first..last].iter_mut().map(|row| &mut row[place]);
        let slope = self.slopes[cell];
        self.skin.fill(&Stretch::new(cell, slope, ends, first), samples);
    }
}

/// Which cell of a surface each pixel of a picture shows, row by row from the top.
pub struct Seen(Vec<[u8; 4]>);

impl Seen {
    /// The cells by their places in [`Terrain::cells`]; `None` where a pixel shows none.
    fn cells(&self) -> impl Iterator<Item = Option<usize>> {
        self.0.iter().map(|&sample| Numbers::read(sample))
    }

    /// Fills `out` with a picture of what lies on the surface, cell by cell: red, green, blue and opacity of
    /// each pixel that shows a cell, nothing elsewhere.
    pub fn lay(&self, cells: &[[u8; 4]], out: &mut Vec<u8>) {
        out.clear();
        out.reserve(4 * self.0.len());
        out.extend(self.cells().flat_map(|cell| cell.map_or([0; 4], |cell| cells[cell])));
    }
}

/// The first sample whose middle lies behind a place, of so many.
fn first_from(place: f32, count: usize) -> usize {
    // The conversion rounds toward 0.
    (((place + 0.5) as i32).max(0) as usize).min(count)
}
