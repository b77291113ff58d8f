//! The plane coloured by where runs end.
//!
//! Each minimum has a hue, as much darker as a run takes longer to come to it; where a number stops
//! being finite the plane is hatched as a surface is that has no value, and where a run is still on
//! its way, or at rest elsewhere, it has none of the hues.

use plotters_backend::DrawingBackend;

use super::legend::Mark;
use super::look::LOOKS;
use super::paint::{hatch, opaque};
use super::pen::{Color, Ink};
use super::{Drawn, Frame, Pen, Style, Theme};
use crate::math::window::Window;
use crate::training::basins::{Basins, Fate};

/// The hues, as places among the runs' colours without GD's black and momentum's red, in the order of
/// the minima; behind the last they begin again, paler.
const HUES: [usize; 6] = [2, 4, 3, 5, 7, 6];
/// How much of the paper is in a colour that a run reaches at once, on light and on dark: paths stand
/// out from it.
const PAPER: [f64; 2] = [0.55, 0.66];
/// How much of the ink is in one that it reaches with its last update.
const INK: f64 = 0.3;

/// The colour of a minimum, by its number.
pub fn color(theme: &Theme, minimum: usize) -> Color {
    let hue = LOOKS[HUES[minimum % HUES.len()]].color(theme);
    hue.mix(theme.paper, 0.3 * ((minimum / HUES.len()) % 3) as f64)
}

/// Fills `out` with width × height pixels of four bytes, red, green, blue, opacity, from the top
/// left, that show a window; `scale` of them are one CSS pixel, and runs make so many updates. What of
/// the window the map does not have is paper.
pub fn paint(
    basins: &Basins,
    window: Window,
    steps: usize,
    theme: &Theme,
    [width, height]: [usize; 2],
    scale: f64,
    out: &mut Vec<u8>,
) {
    let frame = Frame { window, width: width as f64, height: height as f64 };
    let middle = |pixel: usize| pixel as f64 + 0.5;
    let columns: Vec<_> =
        (0..width).map(|px| basins.column(frame.to_data([middle(px), 0.0])[0])).collect();
    out.clear();
    out.reserve(4 * width * height);
    let shades = Shades::new(steps, theme);
    for py in 0..height {
        let row = basins.row(frame.to_data([0.0, middle(py)])[1]);
        for (px, column) in columns.iter().enumerate() {
            let cell = column.zip(row).map(|(column, row)| row * basins.columns + column);
            let Some(cell) = cell else {
                out.extend(opaque(theme.paper));
                continue;
            };
            let pixel = match basins.values[cell] {
                Fate::Settled { minimum, step } => shades.of(minimum.into(), step.into()),
                Fate::Ended { .. } => hatch(theme, px, py, scale),
                Fate::OnItsWay | Fate::AtRest(_) => shades.none,
            };
            out.extend(pixel);
        }
    }
}

/// Colours by minimum and step.
struct Shades {
    /// For each of some minima, a colour for each level of darkness.
    colors: Vec<[[u8; 4]; LEVELS]>,
    /// Where a step stands among the levels.
    levels: Vec<usize>,
    none: [u8; 4],
}

const LEVELS: usize = 64;

impl Shades {
    fn new(steps: usize, theme: &Theme) -> Self {
        let ink = if theme.dark { theme.paper } else { theme.ink };
        let shade = |minimum: usize| {
            let light = color(theme, minimum).mix(theme.paper, PAPER[usize::from(theme.dark)]);
            let share = |level: usize| INK * level as f64 / (LEVELS - 1) as f64;
            std::array::from_fn(|level| opaque(light.mix(ink, share(level))))
        };
        // The first steps are told apart better than the last.
        let all = libm::log1p(steps as f64);
        let level = |step: usize| {
            (libm::log1p(step as f64) / all * (LEVELS - 1) as f64).min((LEVELS - 1) as f64) as usize
        };
        Self {
            colors: (0..3 * HUES.len()).map(shade).collect(),
            levels: (0..=steps).map(level).collect(),
            none: opaque(theme.paper.mix(theme.muted, 0.25)),
        }
    }

    fn of(&self, minimum: usize, step: usize) -> [u8; 4] {
        self.colors[minimum % self.colors.len()][self.levels[step.min(self.levels.len() - 1)]]
    }
}

/// Draws a disc of its colour at each minimum.
///
/// # Errors
/// The backend's.
pub fn draw_minima<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    frame: &Frame,
    style: &Style,
    minima: &[[f64; 2]],
) -> Drawn<DB> {
    for (index, &minimum) in minima.iter().enumerate() {
        let at = frame.to_pixel(minimum);
        if frame.holds(at, radius(style)) {
            draw_minimum(pen, style, index, at, 1.0)?;
        }
    }
    Ok(())
}

/// The radius of such a disc in px.
pub(super) fn radius(style: &Style) -> f64 {
    7.0 * style.weight
}

/// Draws the disc of the minimum of this number at a pixel, so opaque.
///
/// # Errors
/// The backend's.
pub(super) fn draw_minimum<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    style: &Style,
    index: usize,
    at: [f64; 2],
    alpha: f64,
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::Basin);
    let ink = |color: Color| Ink { alpha, ..color.into() };
    pen.disc(at, radius(style) + 1.5 * style.weight, ink(style.theme.paper))?;
    pen.disc(at, radius(style), ink(color(style.theme, index)))
}
