//! The surface as pixels: a z-buffer (Catmull, 1974).
//!
//! Each facet is gone through row by row, and a pixel takes its colour where nothing nearer is
//! there. Colours are those of the field, bands between isolines, as bright as the light makes them;
//! the isolines themselves are drawn with the pixels, where the height is within half a line of a
//! level. What stands higher than the box is left out pixel by pixel: there the height of a pixel
//! follows from its row and its depth.

#[cfg(test)]
mod tests;

use super::facet::{Corner, Facet, Side, Turn, range};
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
    /// Whether it is to be drawn in a hurry: cells that are nearly flat as one facet, each facet of
    /// one brightness, bands and isolines without soft edges.
    pub draft: bool,
}

/// A picture of the surface, kept for its memory.
#[derive(Default)]
pub struct Raster {
    nodes: Vec<Corner>,
    bright: Vec<f32>,
    /// Depth of each sample in px of the samples; ∞ where there is no surface.
    depths: Vec<f32>,
    samples: Vec<[u8; 4]>,
    rgba: Vec<u8>,
}

impl Raster {
    /// Paints a surface; returns red, green, blue and opacity of each pixel, row by row from the top.
    pub fn paint(&mut self, terrain: &Terrain, projection: &Projection, paint: &Paint) -> &[u8] {
        let Paint { palette, style, pixels: [width, height], samples, draft } = *paint;
        let size = [width * samples, height * samples];
        let scale = size[0] as f64 / projection.size()[0];
        light::brightness(terrain, projection, &mut self.bright);
        self.project(terrain, projection, [scale, size[1] as f64 / projection.size()[1]]);
        self.depths.clear();
        self.depths.resize(size[0] * size[1], f32::INFINITY);
        self.samples.clear();
        self.samples.resize(size[0] * size[1], [0; 4]);
        let ink = Ink {
            bands: Bands::new(terrain.levels, palette, style.theme),
            draft,
            line: style.theme.isoline,
            half: (0.5 * style.weight * scale) as f32,
            levels: terrain.levels as f32,
        };
        let cut = terrain.heights.iter().any(|&w| w > 1.0).then(|| Cut::of(projection, scale));
        self.draw(terrain, projection, size, &ink, cut);
        if samples == 1 {
            return self.samples.as_flattened();
        }
        self.reduce([width, height], samples);
        &self.rgba
    }

    /// The corners of all triangles.
    fn project(&mut self, terrain: &Terrain, projection: &Projection, scale: [f64; 2]) {
        let Terrain { columns, rows, heights, bands, .. } = terrain;
        let scales = [scale[0], scale[1], scale[0]];
        let [right, down, away]: [[f32; 4]; 3] = std::array::from_fn(|row| {
            let [u, v, w, origin] = projection.matrix()[row];
            let (u, v) = (u / (columns - 1) as f64, v / (rows - 1) as f64);
            [u, v, w, origin].map(|part| (part * scales[row]) as f32)
        });
        self.nodes.clear();
        self.nodes.reserve(columns * rows);
        for row in 0..*rows {
            let start = [right, down, away].map(|of| of[3] + of[1] * row as f32);
            let line = row * columns..(row + 1) * columns;
            let values =
                heights[line.clone()].iter().zip(&bands[line.clone()]).zip(&self.bright[line]);
            self.nodes.extend(values.enumerate().map(|(column, ((&w, &band), &bright))| {
                let column = column as f32;
                let at = |of: [f32; 4], start: f32| start + of[0] * column + of[2] * w;
                [at(right, start[0]), at(down, start[1]), at(away, start[2]), band, bright]
            }));
        }
    }

    /// All triangles, those near the viewer first: what lies behind them is passed over then.
    fn draw(
        &mut self,
        terrain: &Terrain,
        projection: &Projection,
        size: [usize; 2],
        ink: &Ink,
        cut: Option<Cut>,
    ) {
        let [right, up] = [terrain.columns - 1, terrain.rows - 1];
        let toward = projection.toward();
        let order = |at: usize, count: usize, axis: usize| {
            if toward[axis] > 0.0 { count - 1 - at } else { at }
        };
        let mut sample =
            Sampler { depths: &mut self.depths, samples: &mut self.samples, size, ink, cut };
        for row in 0..up {
            for column in 0..right {
                let at = order(row, up, 1) * terrain.columns + order(column, right, 0);
                let above = at + terrain.columns;
                let ([a, b, ..], [c, d, ..]) = (&self.nodes[at..], &self.nodes[above..]) else {
                    continue;
                };
                let [left, upper] = [Side::new(a, c), Side::new(c, d)];
                let [right, lower] = [Side::new(b, d), Side::new(a, b)];
                let around = [(left, true), (upper, true), (right, false), (lower, false)];
                if ink.draft && sample.fill_cell([a, c, d, b], &around) {
                    continue;
                }
                let across = Side::new(a, d);
                sample.fill_triangle([a, d, b], &[(across, true), (right, false), (lower, false)]);
                sample.fill_triangle([a, c, d], &[(left, true), (upper, true), (across, false)]);
            }
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

/// What takes the samples of facets.
struct Sampler<'a> {
    depths: &'a mut [f32],
    samples: &'a mut [[u8; 4]],
    size: [usize; 2],
    ink: &'a Ink,
    cut: Option<Cut>,
}

// Where a corner has these.
const DEPTH: usize = 2;
const BAND: usize = 3;
const BRIGHT: usize = 4;

/// Where brightness changes by less over a facet, it has one: no screen shows it.
const EVEN: f32 = 1.0 / 128.0;

impl Sampler<'_> {
    fn fill_triangle(&mut self, corners: [&Corner; 3], sides: &[Turn; 3]) {
        if let Some(facet) = Facet::triangle(corners, sides, self.size[1]) {
            self.fill(&facet, &corners);
        }
    }

    /// Draws a whole cell, if it can be drawn as one.
    fn fill_cell(&mut self, corners: [&Corner; 4], sides: &[Turn; 4]) -> bool {
        let facet = Facet::cell(corners, sides, self.size[1]);
        if let Some(facet) = &facet {
            self.fill(facet, &corners);
        }
        facet.is_some()
    }

    fn fill(&mut self, facet: &Facet, corners: &[&Corner]) {
        let ink = self.ink;
        let rise = facet.slopes(BAND);
        let slope = (rise[0] * rise[0] + rise[1] * rise[1]).sqrt();
        let shade = if facet.is_turned { light::BELOW } else { 1.0 };
        let alone = ink.alone(range(corners, BAND), slope);
        let bright = range(corners, BRIGHT);
        let is_even = ink.draft || bright[1] - bright[0] < EVEN;
        let mean = 0.5 * (bright[0] + bright[1]) * shade;
        if let Some(color) = alone.filter(|_| is_even) {
            let color = lit(color, mean);
            return self.fill_with(facet, |_, _| color);
        }
        let shine = facet.slopes(BRIGHT);
        self.fill_with(facet, |column, row| {
            let bright =
                if is_even { mean } else { shade * facet.value(BRIGHT, shine, column, row) };
            let color =
                alone.unwrap_or_else(|| ink.shade(facet.value(BAND, rise, column, row), slope));
            lit(color, bright)
        });
    }

    fn fill_with(&mut self, facet: &Facet, color: impl Fn(usize, usize) -> [u8; 4]) {
        let (width, cut, away) = (self.size[0], self.cut, facet.slopes(DEPTH));
        for row in facet.rows[0]..facet.rows[1] {
            let [first, last] = facet.pixels(row, width);
            if first >= last {
                continue;
            }
            let nearest = cut.map_or(f32::NEG_INFINITY, |cut| cut.nearest(row));
            let mut depth = facet.value(DEPTH, away, first, row);
            let here = row * width + first..row * width + last;
            let (depths, samples) = (&mut self.depths[here.clone()], &mut self.samples[here]);
            for (at, (there, sample)) in depths.iter_mut().zip(samples).enumerate() {
                if depth < *there && depth >= nearest {
                    *there = depth;
                    *sample = color(first + at, row);
                }
                depth += away[0];
            }
        }
    }
}

/// The colours of bands, and the line between them.
struct Ink {
    bands: Bands,
    draft: bool,
    /// Its colour, and its opacity in percent.
    line: (Color, u8),
    /// Half of an isoline's width in samples.
    half: f32,
    levels: f32,
}

impl Ink {
    /// The colour of a whole facet, between two heights that change by `slope` from a sample to
    /// the next, if it has no isoline.
    fn alone(&self, [low, high]: [f32; 2], slope: f32) -> Option<[u8; 4]> {
        // A line reaches half of its width and its soft edge beyond its level.
        self.bands.alone(low, high, (2.0 * self.half + 1.0) * slope)
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

/// A colour in this much light; what is more than 1 goes toward white.
fn lit([red, green, blue, opacity]: [u8; 4], bright: f32) -> [u8; 4] {
    // In 256ths, to stay with whole numbers.
    let share = (bright * 256.0) as u32;
    let part = |part: u8| ((u32::from(part) * share) >> 8).min(255) as u8;
    [part(red), part(green), part(blue), opacity]
}

/// The top of the box: in each row of samples, what is nearer than so many px stands above it.
#[derive(Clone, Copy)]
struct Cut {
    first: f32,
    each: f32,
}

impl Cut {
    fn of(projection: &Projection, scale: f64) -> Self {
        let [_, [.., of_w, down], [.., w_away, away]] = *projection.matrix();
        // The square of the height.
        let tall = of_w * of_w + w_away * w_away;
        // At px y and z, w tall is of_w (y − down) + w_away (z − away) + a part of u and v that is 0:
        // the columns of the matrix stand at right angles to each other.
        // w ≤ 1 where z − away ≥ (tall − of_w (y − down)) / w_away, and w_away is below 0; seen
        // level with the floor, all of a row is in the box, or nothing.
        let w_away = w_away.min(-1e-6 * tall.sqrt());
        let at = |row: f64| {
            let y = (row + 0.5) / scale;
            (away + (tall - of_w * (y - down)) / w_away) * scale
        };
        Self { first: at(0.0) as f32, each: (at(1.0) - at(0.0)) as f32 }
    }

    fn nearest(self, row: usize) -> f32 {
        // A hair more, so that what ends at the top has its edge.
        self.first + self.each * row as f32 - 0.01
    }
}
