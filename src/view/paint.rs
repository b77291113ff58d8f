//! A relief as pixels: bands of one colour between isolines.
//!
//! Each pixel takes its height h by bilinear interpolation. The band is ⌊h⌋, and where a whole
//! number lies within half a pixel, h's slope tells how much of the pixel each band covers, so
//! that edges are smooth, and sharp at any resolution.

use crate::view::pen::Color;
use crate::view::{Relief, Theme};

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
            Palette::Viridis => from_gradient(colorous::VIRIDIS, share),
            Palette::Cividis => from_gradient(colorous::CIVIDIS, share),
        }
    }
}

fn from_gradient(gradient: colorous::Gradient, share: f64) -> Color {
    let colorous::Color { r, g, b } = gradient.eval_continuous(share.clamp(0.0, 1.0));
    Color(r, g, b)
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
    // Band k lies below level k.
    let bands: Vec<[f32; 3]> = (0..=*levels)
        .map(|k| {
            let Color(red, green, blue) =
                palette.color(theme, (k as f64 + 0.5) / (*levels as f64 + 1.0));
            [red, green, blue].map(f32::from)
        })
        .collect();
    let places = Places::new(width, *columns);
    // Heights at this row of pixels, for each column of nodes, and how they change to the next.
    let mut across = vec![0.0f32; *columns];
    let mut rise = vec![0.0f32; *columns];
    let rows_per_pixel = (rows - 1) as f32 / height as f32;
    for (py, line) in out.chunks_exact_mut(4 * width).enumerate() {
        let (row, share) = place(height - 1 - py, height, *rows);
        let lower = &heights[row * columns..][..*columns];
        let upper = &heights[(row + 1) * columns..][..*columns];
        for column in 0..*columns {
            let (low, high) = (lower[column], upper[column]);
            // Next to a node without a value, the nearer node decides.
            let blend = low + share * (high - low);
            across[column] = match (low.is_nan(), high.is_nan()) {
                (false, true) if share < 0.5 => low,
                (true, false) if share >= 0.5 => high,
                _ => blend,
            };
            rise[column] = (high - low) * rows_per_pixel;
        }
        for (px, pixel) in line.chunks_exact_mut(4).enumerate() {
            let (column, share) = (places.column[px] as usize, places.share[px]);
            let (left, right) = (across[column], across[column + 1]);
            let mut h = left + share * (right - left);
            let (mut slope_x, slope_y) = ((right - left) * places.columns_per_pixel, rise[column]);
            if h.is_nan() {
                h = if share < 0.5 { left } else { right };
                slope_x = 0.0;
                if h.is_nan() {
                    let color = hatch(theme, px, py, scale);
                    pixel[..3].copy_from_slice(&[color.0, color.1, color.2]);
                    continue;
                }
            }
            let slope = (slope_x * slope_x + slope_y * slope_y).sqrt();
            let rgb = shade(&bands, h, slope);
            pixel[..3].copy_from_slice(&rgb);
        }
    }
}

/// The colour of a pixel whose middle has this height, where heights change by `slope` a pixel.
#[inline]
fn shade(bands: &[[f32; 3]], h: f32, slope: f32) -> [u8; 3] {
    let above = h + 1.0;
    let nearest = (above + 0.5).floor();
    let band = |k: f32| bands[(k.max(0.0) as usize).min(bands.len() - 1)];
    // How much of the pixel lies above the nearest level.
    let cover = (above - nearest) / slope + 0.5;
    let mixed = if cover >= 1.0 {
        band(nearest)
    } else if cover <= 0.0 {
        band(nearest - 1.0)
    } else if cover > 0.0 {
        let (low, high) = (band(nearest - 1.0), band(nearest));
        std::array::from_fn(|c| low[c] + cover * (high[c] - low[c]))
    } else {
        // 0 / 0: flat, at a level.
        band(nearest)
    };
    mixed.map(|c| (c + 0.5) as u8)
}

/// Diagonal strokes: here the surface has no finite value.
fn hatch(theme: &Theme, px: usize, py: usize, scale: f64) -> Color {
    const PERIOD: f64 = 7.0;
    let along = ((px + py) as f64 / scale) % PERIOD;
    let [ground, stroke] = theme.hatch;
    // A stroke 1 px across, its sides a pixel's diagonal soft.
    let cover = (1.2 - (along - PERIOD / 2.0).abs()).clamp(0.0, 1.0);
    ground.mix(stroke, cover)
}

/// Between which two nodes the middle of a pixel lies, and how far along.
fn place(pixel: usize, pixels: usize, nodes: usize) -> (usize, f32) {
    let at = (pixel as f64 + 0.5) / pixels as f64 * (nodes - 1) as f64;
    let node = (at as usize).min(nodes - 2);
    (node, (at - node as f64) as f32)
}

struct Places {
    column: Vec<u32>,
    share: Vec<f32>,
    columns_per_pixel: f32,
}

impl Places {
    fn new(width: usize, columns: usize) -> Self {
        let (column, share) = (0..width)
            .map(|px| place(px, width, columns))
            .map(|(column, share)| (column as u32, share))
            .unzip();
        Self { column, share, columns_per_pixel: (columns - 1) as f32 / width as f32 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::Levels;
    use crate::view::field::sampled;
    use crate::window::Window;

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
        let distance = |p: [u8; 4]| p[0].abs_diff(r) + p[1].abs_diff(g) + p[2].abs_diff(b);
        assert!(distance(top) < 20 && distance(pixels[200 * 199]) > 100);
    }

    #[test]
    fn an_edge_across_a_pixel_is_mixed() {
        let bands = [[0.0; 3], [100.0; 3]];
        assert_eq!(shade(&bands, 0.02, 0.01), [100; 3]);
        assert_eq!(shade(&bands, -0.02, 0.01), [0; 3]);
        assert_eq!(shade(&bands, 0.0, 0.01), [50; 3]);
        assert_eq!(shade(&bands, 0.0025, 0.01), [75; 3]);
        assert_eq!(shade(&bands, 0.0, 0.0), [100; 3]);
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
