//! The surface as pixels, column by column.
//!
//! Each column of pixels is gone through from its nearest place to its farthest, and a pixel takes its
//! colour from the first that lies on it (see `slice.rs`). Colours are those of the field, bands
//! between isolines, as bright as the light makes them; the isolines themselves are drawn with the
//! pixels, where the height is within half a line of a level. What stands higher than the box is left
//! out, and so is what is not finite: there one sees through.

#[cfg(test)]
mod tests;

use super::slice::{BAND, BRIGHT, Corner, DOWN, HEIGHT, Node, Slices, between};
use super::{Projection, Terrain, light};
use crate::view::paint::{Bands, Palette, blend, opaque};
use crate::view::pen::Color;
use crate::view::theme::Style;

/// What a surface is painted with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paint {
    /// The colours of its bands.
    pub palette: Palette,
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
    pub fn paint(&mut self, terrain: &Terrain, projection: &Projection, paint: &Paint) -> &[u8] {
        let Paint { palette, style, pixels: [width, height], samples, draft } = *paint;
        let size = [width * samples, height * samples];
        let scale = [0, 1].map(|axis| size[axis] as f64 / projection.size()[axis]);
        light::brightness(terrain, projection, &mut self.bright);
        let matrix = scaled(terrain, projection, scale);
        self.place_nodes(terrain, &matrix);
        self.measure_slopes(terrain, &matrix);
        self.samples.resize(size[0] * size[1], [0; 4]);
        let bands = Bands::new(terrain.levels, palette, style.theme);
        let ink = Ink {
            lit: bands
                .colors()
                .map(|color| std::array::from_fn(|bright| lit(color, bright)))
                .collect(),
            bands,
            draft,
            line: style.theme.isoline,
            half: (0.5 * style.weight * scale[0]) as f32,
            levels: terrain.levels as f32,
        };
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
                    ink: &ink,
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
                    sampler.draw(&Piece { cell, from, to });
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
        if samples == 1 {
            return self.samples.as_flattened();
        }
        self.reduce([width, height], samples);
        &self.rgba
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

/// A straight piece of a cut.
struct Piece {
    cell: usize,
    /// Its end that is nearer to the viewer.
    from: Node,
    /// Its other end.
    to: Node,
}

/// What takes the samples of one column.
struct Sampler<'a> {
    rows: &'a mut [[[u8; 4]; STRIP]],
    /// Where in each row it stands.
    place: usize,
    /// Samples that are drawn, the first and the one behind the last; there may be others.
    taken: [usize; 2],
    ink: &'a Ink,
    slopes: &'a [f32],
}

impl Sampler<'_> {
    /// Draws a piece where nothing was drawn before.
    #[inline(always)]
    fn draw(&mut self, piece: &Piece) {
        let Piece { from, to, .. } = piece;
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
        self.fill(piece, free);
        if first <= bottom && last >= top && top < bottom {
            self.taken = [first.min(top), last.max(bottom)];
        } else if last - first > bottom - top {
            self.taken = [first, last];
        }
    }

    #[inline]
    fn fill(&mut self, piece: &Piece, [first, last]: [usize; 2]) {
        let Self { ink, slopes, .. } = *self;
        let Piece { cell, from, to } = piece;
        let fall = to[DOWN] - from[DOWN];
        let shade = if fall > 0.0 { light::BELOW } else { 1.0 };
        let (share, below) = (1.0 / fall, first as f32 + 0.5 - from[DOWN]);
        // A value of the piece at the first sample, and by how much it changes to the next.
        let along = |from: f32, to: f32| {
            let each = share * (to - from);
            [from + below * each, each]
        };
        let bright = along(shade * from[BRIGHT], shade * to[BRIGHT]);
        // Whole numbers of 2⁻²⁴ of all light.
        let [mut bright, fade] = bright.map(|bright| (bright * 16_777_216.0) as i32);
        let place = self.place % STRIP;
        let samples = self.rows[first..last].iter_mut().map(|row| &mut row[place]);
        if let Some(colors) = ink.alone([from[BAND], to[BAND]], slopes[*cell]) {
            for sample in samples {
                if sample[3] == 0 {
                    *sample = colors[((bright >> 16) as usize).min(BRIGHTEST)];
                }
                bright = bright.wrapping_add(fade);
            }
            return;
        }
        let [mut band, rise] = along(from[BAND], to[BAND]);
        for sample in samples {
            if sample[3] == 0 {
                *sample =
                    lit(ink.shade(band, slopes[*cell]), ((bright >> 16) as usize).min(BRIGHTEST));
            }
            bright = bright.wrapping_add(fade);
            band += rise;
        }
    }
}

/// The first sample whose middle lies behind a place, of so many.
fn first_from(place: f32, count: usize) -> usize {
    // The conversion rounds toward 0.
    (((place + 0.5) as i32).max(0) as usize).min(count)
}

/// The colours of bands, and the line between them.
struct Ink {
    bands: Bands,
    /// The colour of each band, from the lowest on, in so many 256ths of light.
    lit: Vec<[[u8; 4]; BRIGHTEST + 1]>,
    draft: bool,
    /// Its colour, and its opacity in percent.
    line: (Color, u8),
    /// Half of an isoline's width in samples.
    half: f32,
    levels: f32,
}

impl Ink {
    /// The colours, by brightness in 256ths, of what lies between two heights that change by `slope`
    /// from a sample to the next, if no isoline and no soft edge touches it.
    #[inline(always)]
    fn alone(&self, [a, b]: [f32; 2], slope: f32) -> Option<&[[u8; 4]; BRIGHTEST + 1]> {
        // A line reaches half of its width and its soft edge beyond its level.
        let band = self.bands.alone(a, b, (2.0 * self.half + 1.0) * slope)?;
        Some(&self.lit[band])
    }

    /// The colour of a sample.
    fn shade(&self, height: f32, slope: f32) -> [u8; 4] {
        let color = self.bands.shade(height, if self.draft { 0.0 } else { slope });
        let level = (height + 0.5).floor();
        if level < 0.0 || level >= self.levels || slope <= 0.0 {
            return color;
        }
        let away = (height - level).abs();
        if away >= (self.half + 0.5) * slope {
            return color;
        }
        let cover = match self.draft {
            true => 1.0,
            false => (self.half + 0.5 - away / slope).clamp(0.0, 1.0),
        };
        let cover = if cover < 2.0 * self.half { cover } else { 2.0 * self.half };
        // Where isolines run together they fade.
        let apart = if slope < 0.4 { 1.0 } else { 0.4 / slope };
        let (line, percent) = self.line;
        blend(color, opaque(line), cover * apart * f32::from(percent) / 100.0)
    }
}

/// More light than this, in 256ths, there is nowhere.
const BRIGHTEST: usize = (256.0 * light::MOST) as usize + 1;

/// A colour in so many 256ths of light; what is more than all of it goes toward white.
fn lit([red, green, blue, opacity]: [u8; 4], bright: usize) -> [u8; 4] {
    let part = |part: u8| ((usize::from(part) * bright) >> 8).min(255) as u8;
    [part(red), part(green), part(blue), opacity]
}
