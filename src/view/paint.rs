//! A relief as pixels: bands of one colour between isolines.
//!
//! Each pixel takes its height h by bilinear interpolation. The band is ⌊h⌋, and where a whole
//! number lies within half a pixel, h's slope tells how much of the pixel each band covers, so
//! that edges are smooth, and sharp at any resolution.

use crate::view::levels::LOWEST;
use crate::view::pen::Color;
use crate::view::{Relief, Theme};
use std::ops::Range;

/// The colours of a field, from its lowest values to its highest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Palette {
    /// The theme's own: low chroma, so that paths stand out.
    Quiet,
    /// matplotlib's default since 2.0 (Smith and van der Walt, 2015).
    Viridis,
    /// Read alike with and without colour deficiency (Nuñez, Anderton and Renslow, 2018).
    Cividis,
}

impl Palette {
    /// The colour at `share` (0 to 1) of the way from the lowest to the highest.
    pub fn color(self, theme: &Theme, share: f64) -> Color {
        match self {
            Palette::Quiet => {
                let place = share.clamp(0.0, 1.0) * (theme.quiet.len() - 1) as f64;
                let below = (place as usize).min(theme.quiet.len() - 2);
                theme.quiet[below].mix(theme.quiet[below + 1], place - below as f64)
            }
            Palette::Viridis => thin(colorous::VIRIDIS, theme, share),
            Palette::Cividis => thin(colorous::CIVIDIS, theme, share),
        }
    }
}

/// A loud gradient laid so thin over the paper that all paths stand out from it.
fn thin(gradient: colorous::Gradient, theme: &Theme, share: f64) -> Color {
    let colorous::Color { r, g, b } = gradient.eval_continuous(share.clamp(0.0, 1.0));
    Color(r, g, b).mix(theme.paper, if theme.dark { 0.45 } else { 0.35 })
}

/// Fills `out` with width × height pixels of four bytes, red, green, blue, opacity, from the top
/// left. These are device pixels. `scale` of them are one CSS pixel, for the hatching of what is
/// not finite.
pub fn paint(
    relief: &Relief,
    palette: Palette,
    theme: &Theme,
    [width, height]: [usize; 2],
    scale: f64,
    out: &mut Vec<u8>,
) {
    let Relief { columns, rows, heights, levels } = relief;
    out.clear();
    out.resize(4 * width * height, 255);
    let bands = Bands::new(*levels, palette, theme);
    let (cells, shares) = cells(width, *columns);
    let [columns_per_pixel, rows_per_pixel] =
        [(columns - 1) as f32 / width as f32, (rows - 1) as f32 / height as f32];
    // Heights at this row of pixels, for each column of nodes.
    let mut across = vec![0.0f32; *columns];
    for (py, line) in out.as_chunks_mut::<4>().0.chunks_exact_mut(width).enumerate() {
        let (row, share_y) = place(height - 1 - py, height, *rows);
        let lower = &heights[row * columns..][..*columns];
        let upper = &heights[(row + 1) * columns..][..*columns];
        for ((across, lower), upper) in across.iter_mut().zip(lower).zip(upper) {
            *across = lower + share_y * (upper - lower);
        }
        for (column, pixels) in cells.iter().enumerate() {
            let (left, right) = (across[column], across[column + 1]);
            let slope_x = (right - left) * columns_per_pixel;
            let slope_y = (upper[column] - lower[column]) * rows_per_pixel;
            let slope = (slope_x * slope_x + slope_y * slope_y).sqrt();
            if slope.is_nan() {
                let corners = [lower[column], lower[column + 1], upper[column], upper[column + 1]];
                for px in pixels.clone() {
                    let ground = hatch(theme, px, py, scale);
                    let place = [shares[px], share_y];
                    let per_pixel = [columns_per_pixel, rows_per_pixel];
                    line[px] = at_border(&bands, corners, place, per_pixel, ground);
                }
            } else if let Some(band) = bands.alone(left, right, slope) {
                line[pixels.clone()].fill(bands.colors[band]);
            } else {
                for (pixel, share) in line[pixels.clone()].iter_mut().zip(&shares[pixels.clone()]) {
                    *pixel = bands.shade(left + share * (right - left), slope);
                }
            }
        }
    }
}

/// The colours of the bands between levels, opaque.
pub(super) struct Bands {
    /// From the lowest height on, so that an index is never negative: that of height h is
    /// ⌊h − LOWEST⌋.
    colors: Vec<[u8; 4]>,
}

impl Bands {
    /// The bands of so many levels.
    pub(super) fn new(levels: usize, palette: Palette, theme: &Theme) -> Self {
        let below = -LOWEST as usize;
        let colors = (0..=below + levels)
            .map(|index| (index + 1).saturating_sub(below))
            .map(|band| {
                palette.color(theme, (band.min(levels) as f64 + 0.5) / (levels as f64 + 1.0))
            })
            .map(opaque)
            .collect();
        Self { colors }
    }

    /// Their colours, from the lowest on.
    pub(super) fn colors(&self) -> impl Iterator<Item = [u8; 4]> {
        self.colors.iter().copied()
    }

    /// The band, from the lowest on, of all pixels whose heights lie between these two and change by
    /// `slope` from a pixel to the next, if no level touches one.
    #[inline(always)]
    pub(super) fn alone(&self, a: f32, b: f32, slope: f32) -> Option<usize> {
        let (low, high) = if a < b { (a, b) } else { (b, a) };
        // Casts round towards 0, which is down here.
        let from = (low - 0.5 * slope - LOWEST as f32) as i32;
        let to = (high + 0.5 * slope - LOWEST as f32) as i32;
        (from == to).then(|| self.index(from))
    }

    /// The colour of a pixel whose middle has this height.
    pub(super) fn shade(&self, h: f32, slope: f32) -> [u8; 4] {
        let height = h - LOWEST as f32;
        let nearest = (height + 0.5) as i32;
        let beyond = height - nearest as f32;
        if 2.0 * beyond.abs() >= slope {
            return self.color(height as i32);
        }
        blend(self.color(nearest - 1), self.color(nearest), beyond / slope + 0.5)
    }

    fn color(&self, band: i32) -> [u8; 4] {
        self.colors[self.index(band)]
    }

    fn index(&self, band: i32) -> usize {
        (band.max(0) as usize).min(self.colors.len() - 1)
    }
}

pub(super) fn opaque(Color(red, green, blue): Color) -> [u8; 4] {
    [red, green, blue, 255]
}

pub(super) fn blend(a: [u8; 4], b: [u8; 4], share: f32) -> [u8; 4] {
    let mixed = |a: u8, b: u8| (f32::from(a) * (1.0 - share) + f32::from(b) * share + 0.5) as u8;
    std::array::from_fn(|c| mixed(a[c], b[c]))
}

/// The colour of a pixel of a cell that has a value at some of its corners only, or at none.
///
/// Corners count 1 with a value and 0 without; the border is where their interpolation is ½, and
/// is softened as bands are.
fn at_border(
    bands: &Bands,
    corners: [f32; 4],
    [x, y]: [f32; 2],
    [columns_per_pixel, rows_per_pixel]: [f32; 2],
    ground: [u8; 4],
) -> [u8; 4] {
    let there = corners.map(|h| if h.is_nan() { 0.0 } else { 1.0 });
    let weights = [(1.0 - x) * (1.0 - y), x * (1.0 - y), (1.0 - x) * y, x * y];
    let (mut known, mut h) = (0.0, 0.0);
    for (k, weight) in weights.into_iter().enumerate().filter(|&(k, _)| there[k] > 0.0) {
        known += weight;
        h += weight * corners[k];
    }
    let slope_x =
        ((there[1] - there[0]) * (1.0 - y) + (there[3] - there[2]) * y) * columns_per_pixel;
    let slope_y = ((there[2] - there[0]) * (1.0 - x) + (there[3] - there[1]) * x) * rows_per_pixel;
    let slope = (slope_x * slope_x + slope_y * slope_y).sqrt().max(1e-6);
    let cover = ((known - 0.5) / slope + 0.5).clamp(0.0, 1.0);
    if cover == 0.0 { ground } else { blend(ground, bands.shade(h / known, 0.0), cover) }
}

/// Diagonal strokes: here the surface has no finite value.
pub(super) fn hatch(theme: &Theme, px: usize, py: usize, scale: f64) -> [u8; 4] {
    const PERIOD: f64 = 7.0;
    let along = (px + py) as f64 / scale;
    let along = along - PERIOD * (along / PERIOD).floor();
    let [ground, stroke] = theme.hatch;
    // A stroke 1 px across, its sides a pixel's diagonal soft.
    let cover = (1.2 - (along - PERIOD / 2.0).abs()).clamp(0.0, 1.0);
    opaque(ground.mix(stroke, cover))
}

/// Between which two nodes the middle of a pixel lies, and how far along.
pub(super) fn place(pixel: usize, pixels: usize, nodes: usize) -> (usize, f32) {
    let at = (pixel as f64 + 0.5) / pixels as f64 * (nodes - 1) as f64;
    let node = (at as usize).min(nodes - 2);
    (node, (at - node as f64) as f32)
}

/// For each cell between two columns of nodes the pixels whose middles lie in it, and for each
/// pixel how far along it lies.
pub(super) fn cells(width: usize, columns: usize) -> (Vec<Range<usize>>, Vec<f32>) {
    let (nodes, shares): (Vec<_>, Vec<_>) = (0..width).map(|px| place(px, width, columns)).unzip();
    let first = |node| nodes.partition_point(|&other| other < node);
    ((0..columns - 1).map(|node| first(node)..first(node + 1)).collect(), shares)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::window::Window;
    use crate::view::Levels;
    use crate::view::field::sampled;

    const WINDOW: Window = Window::new(-1.0, 1.0, -1.0, 1.0);

    fn painted(f: impl Fn(f64, f64) -> f64) -> (Levels, Vec<[u8; 4]>) {
        let field = sampled(WINDOW, 61, 61, f);
        let levels = Levels::of(&field, None);
        let mut out = vec![];
        let relief = Relief::new(&field, &levels);
        paint(&relief, Palette::Quiet, &Theme::LIGHT, [200, 200], 1.0, &mut out);
        (levels, out.as_chunks().0.to_vec())
    }

    #[test]
    fn bands_change_at_their_levels_and_nowhere_else() {
        let (levels, pixels) = painted(|x, _| x);
        let count = levels.values.len();
        for (px, pixel) in pixels[..200].iter().enumerate() {
            let x = -1.0 + 2.0 * (px as f64 + 0.5) / 200.0;
            if levels.values.iter().all(|level| (level - x).abs() > 0.0075) {
                let band = levels.values.iter().filter(|level| **level < x).count();
                let share = (band as f64 + 0.5) / (count as f64 + 1.0);
                let Color(r, g, b) = Palette::Quiet.color(&Theme::LIGHT, share);
                assert_eq!(pixel, &[r, g, b, 255], "{x}");
            }
        }
    }

    #[test]
    fn the_top_row_is_the_top_of_the_window() {
        let (_, pixels) = painted(|_, y| y);
        let Color(r, g, b) = Palette::Quiet.color(&Theme::LIGHT, 1.0);
        let top = pixels[0];
        let distance = |p: [u8; 4]| {
            [r, g, b].iter().zip(p).map(|(a, b)| u32::from(a.abs_diff(b))).sum::<u32>()
        };
        assert!(distance(top) < 20 && distance(pixels[200 * 199]) > 100);
    }

    #[test]
    fn an_edge_across_a_pixel_is_mixed() {
        // Heights −4 to 1; the level is at 0.
        let colors = [[0; 4], [0; 4], [0; 4], [0; 4], [100; 4]].to_vec();
        let red = |h, slope: f32| Bands { colors: colors.clone() }.shade(h, slope)[0];
        assert_eq!(red(0.02, 0.01), 100);
        assert_eq!(red(-0.02, 0.01), 0);
        assert_eq!(red(0.0, 0.01), 50);
        assert_eq!(red(0.0025, 0.01), 75);
        assert_eq!(red(0.0, 0.0), 100);
        assert_eq!((red(-4.0, 0.1), red(1.0, 0.1)), (0, 100));
    }

    #[test]
    fn what_is_not_finite_is_hatched_and_the_rest_is_not() {
        let (_, pixels) = painted(|x, y| if x > 0.5 { f64::NAN } else { x + y });
        let is_hatch = |&[r, g, b, _]: &[u8; 4]| {
            let warm = i32::from(r) - i32::from(b);
            g > 0 && warm >= 10
        };
        for (at, pixel) in pixels.iter().enumerate() {
            let x = -1.0 + 2.0 * ((at % 200) as f64 + 0.5) / 200.0;
            if (x - 0.5).abs() > 0.04 {
                assert_eq!(is_hatch(pixel), x > 0.5, "{x} {pixel:?}");
            }
        }
    }

    #[test]
    fn palettes_rise_in_lightness() {
        let light = |Color(r, g, b): Color| {
            0.2126 * f64::from(r) + 0.7152 * f64::from(g) + 0.0722 * f64::from(b)
        };
        for palette in [Palette::Quiet, Palette::Viridis, Palette::Cividis] {
            let steps: Vec<_> =
                (0..=20).map(|k| light(palette.color(&Theme::LIGHT, k as f64 / 20.0))).collect();
            assert!(steps.windows(2).all(|pair| pair[0] < pair[1]), "{palette:?} {steps:?}");
        }
    }
}
