//! What the samples of a surface look like: bands between isolines or a colour for each cell, in the
//! light; or just which cell it is.

use super::slice::{BAND, BRIGHT, DOWN, Node};
use super::{Paint, light};
use crate::view::paint::{Bands, blend, opaque};
use crate::view::pen::Color;

/// What gives samples their colours. One that has a colour is opaque.
pub(super) trait Skin {
    /// Gives a colour to those of the samples of a stretch, from its first on, that have none.
    fn fill<'a>(&self, stretch: &Stretch<'_>, samples: impl Iterator<Item = &'a mut [u8; 4]>);
}

/// A straight piece of a cut that is seen: from the viewer away.
pub(super) struct Stretch<'a> {
    /// The cell that it is of, by its node at the lower left.
    cell: usize,
    /// How much the height among the levels changes from a sample of that cell to the next.
    slope: f32,
    ends: [&'a Node; 2],
    /// 1 / (samples from its first end to its other).
    share: f32,
    /// Samples from its first end to the middle of the first that is drawn.
    below: f32,
}

impl<'a> Stretch<'a> {
    /// The piece of a cell between two ends, of which the sample `first` is the first to be drawn.
    #[inline(always)]
    pub fn new(cell: usize, slope: f32, [from, to]: [&'a Node; 2], first: usize) -> Self {
        let share = 1.0 / (to[DOWN] - from[DOWN]);
        Self { cell, slope, ends: [from, to], share, below: first as f32 + 0.5 - from[DOWN] }
    }

    /// A value that is `from` at the first end and `to` at the other: that of the first sample, and by how
    /// much it changes to the next.
    #[inline(always)]
    fn along(&self, from: f32, to: f32) -> [f32; 2] {
        let each = self.share * (to - from);
        [from + self.below * each, each]
    }

    /// The height among the levels, likewise.
    #[inline(always)]
    fn band(&self) -> [f32; 2] {
        let [from, to] = self.ends;
        self.along(from[BAND], to[BAND])
    }

    /// The light, likewise, in whole numbers of 2⁻²⁴ of all light.
    #[inline(always)]
    fn light(&self) -> [i32; 2] {
        let shade = if self.share > 0.0 { light::BELOW } else { 1.0 };
        let [from, to] = self.ends;
        let bright = self.along(shade * from[BRIGHT], shade * to[BRIGHT]);
        bright.map(|bright| (bright * 16_777_216.0) as i32)
    }
}

/// The colours of bands or of cells, and the isolines.
pub(super) struct Ink<'a> {
    bands: Bands,
    /// The colour of each cell, in place of its bands'.
    cells: Option<&'a [[u8; 4]]>,
    /// The colour of each band, from the lowest on, in so many 256ths of light.
    lit: Vec<[[u8; 4]; BRIGHTEST + 1]>,
    draft: bool,
    /// Its colour, and its opacity in percent.
    line: (Color, u8),
    /// Half of an isoline's width in samples.
    half: f32,
    levels: f32,
}

impl<'a> Ink<'a> {
    /// What a surface with so many levels is painted with, at so many samples to a px.
    pub fn new(paint: &Paint<'a>, levels: usize, scale: f64) -> Self {
        let Paint { palette, cells, style, draft, .. } = *paint;
        let bands = Bands::new(levels, palette, style.theme);
        Self {
            lit: bands
                .colors()
                .map(|color| std::array::from_fn(|bright| lit(color, bright)))
                .collect(),
            bands,
            cells,
            draft,
            line: style.theme.isoline,
            half: (0.5 * style.weight * scale) as f32,
            levels: levels as f32,
        }
    }

    /// The colours, by brightness in 256ths, of what lies between two heights that change by `slope`
    /// from a sample to the next, if no isoline and no soft edge touches it.
    #[inline(always)]
    fn alone(&self, [a, b]: [f32; 2], slope: f32) -> Option<&[[u8; 4]; BRIGHTEST + 1]> {
        // A line reaches half of its width and its soft edge beyond its level.
        let band = self.bands.alone(a, b, (2.0 * self.half + 1.0) * slope)?;
        Some(&self.lit[band])
    }

    /// The colour of a sample among the bands.
    fn shade(&self, height: f32, slope: f32) -> [u8; 4] {
        let color = self.bands.shade(height, if self.draft { 0.0 } else { slope });
        self.lined(color, height, slope)
    }

    /// A colour, with what there is of an isoline over it.
    fn lined(&self, color: [u8; 4], height: f32, slope: f32) -> [u8; 4] {
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

impl Skin for Ink<'_> {
    #[inline(always)]
    fn fill<'a>(&self, stretch: &Stretch<'_>, samples: impl Iterator<Item = &'a mut [u8; 4]>) {
        let [mut bright, fade] = stretch.light();
        let level = |bright: i32| ((bright >> 16) as usize).min(BRIGHTEST);
        let [from, to] = stretch.ends;
        let cell = self.cells.map(|cells| cells[stretch.cell]);
        if cell.is_none()
            && let Some(colors) = self.alone([from[BAND], to[BAND]], stretch.slope)
        {
            for sample in samples {
                if sample[3] == 0 {
                    *sample = colors[level(bright)];
                }
                bright = bright.wrapping_add(fade);
            }
            return;
        }
        let [mut band, rise] = stretch.band();
        for sample in samples {
            if sample[3] == 0 {
                let color = match cell {
                    Some(color) => self.lined(color, band, stretch.slope),
                    None => self.shade(band, stretch.slope),
                };
                *sample = lit(color, level(bright));
            }
            bright = bright.wrapping_add(fade);
            band += rise;
        }
    }
}

/// Colours that are numbers of cells.
pub(super) struct Numbers;

impl Numbers {
    /// The cell whose number a sample has.
    pub fn read([low, middle, high, cover]: [u8; 4]) -> Option<usize> {
        (cover != 0).then(|| u32::from_le_bytes([low, middle, high, 0]) as usize)
    }
}

impl Skin for Numbers {
    #[inline(always)]
    fn fill<'a>(&self, stretch: &Stretch<'_>, samples: impl Iterator<Item = &'a mut [u8; 4]>) {
        let [low, middle, high, _] = (stretch.cell as u32).to_le_bytes();
        for sample in samples.filter(|sample| sample[3] == 0) {
            *sample = [low, middle, high, 255];
        }
    }
}

/// More light than this, in 256ths, there is nowhere.
const BRIGHTEST: usize = (256.0 * light::MOST) as usize + 1;

/// A colour in so many 256ths of light; what is more than all of it goes toward white.
fn lit([red, green, blue, opacity]: [u8; 4], bright: usize) -> [u8; 4] {
    let part = |part: u8| ((usize::from(part) * bright) >> 8).min(255) as u8;
    [part(red), part(green), part(blue), opacity]
}
