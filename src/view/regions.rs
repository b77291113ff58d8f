//! What a net says about each point of the plane, as pixels: regions of classes with the lines
//! between them, or values.
//!
//! Between nodes the logarithms of probabilities are interpolated, not these: a net's logits are
//! far closer to linear there, so that lines between classes are smooth on a coarse grid.

use crate::view::classes;
use crate::view::paint::{blend, cells, hatch, opaque, place};
use crate::view::{Color, Theme};
use libm::{exp, logf};
use std::ops::Range;

mod between;

/// What the numbers of a grid are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Outputs {
    /// Values, of which ±`limit` and all beyond has full colour.
    Values {
        /// Above 0.
        limit: f64,
    },
    /// The probability of class 1, 0 to 1.
    Probability,
    /// The logit of that probability: where it is steep, more is known of it than of p, which is
    /// rounded to 0 or 1.
    Logit,
    /// The probabilities of so many classes: as many grids, one after the other.
    Classes(usize),
}

impl Outputs {
    /// How many grids there are.
    pub fn grids(self) -> usize {
        if let Self::Classes(classes) = self { classes } else { 1 }
    }
}

// The lines between classes, and where a value is 0: half their width in CSS px; their opacity.
const HALF_WIDTH: f64 = 0.75;
const BOUNDARY: f32 = 0.62;
const ZERO: f32 = 0.28;
// Colours are read from tables of 256. Logits from −8 to 8: beyond, p differs from 0 and 1 by less than a colour's step.
const SURE: f64 = 8.0;
// No logarithm is taken of less; a power of ten above the smallest difference of f32 from 1.
const LEAST: f32 = 1e-7;

/// Fills `out` with width × height pixels of four bytes, red, green, blue, opacity, from the top
/// left. `values` are columns × rows nodes, row 0 the bottom edge, for each grid of `outputs`.
/// These are device pixels; `scale` of them are one CSS pixel. A cell with a corner that is not
/// finite is hatched, and so is all where nodes are missing.
pub fn paint(
    values: &[f32],
    [columns, rows]: [usize; 2],
    outputs: Outputs,
    theme: &Theme,
    [width, height]: [usize; 2],
    scale: f64,
    out: &mut Vec<u8>,
) {
    out.clear();
    out.resize(4 * width * height, 255);
    let nodes = columns * rows;
    let grids = outputs.grids();
    let complete = columns >= 2 && rows >= 2 && grids >= 1 && values.len() == grids * nodes;
    let mut picture = Picture {
        theme,
        size: [width, height],
        scale,
        nodes: [columns.max(2), rows.max(2)],
        pixels: out.as_chunks_mut::<4>().0,
    };
    match outputs {
        _ if !complete => picture.hatch_all(),
        Outputs::Values { limit } => {
            let nodes = places(values, HALF / limit, |value| value);
            picture.signed(&nodes, &table(|share| value_color(theme, share)), ZERO);
        }
        Outputs::Probability => {
            let logit = |p: f32| logf(p.max(LEAST)) - logf((1.0 - p).max(LEAST));
            picture.signed(&places(values, HALF / SURE, logit), &sure_table(theme), BOUNDARY);
        }
        Outputs::Logit => {
            let nodes = places(values, HALF / SURE, |logit| logit);
            picture.signed(&nodes, &sure_table(theme), BOUNDARY);
        }
        Outputs::Classes(classes) => {
            let nodes: Vec<f32> = values.iter().copied().map(between::place_of).collect();
            let tables: Vec<_> =
                (0..classes).map(|class| between::table(theme, class, classes)).collect();
            picture.classes(&nodes, &tables);
        }
    }
}

/// The places of numbers in a table, from its middle; NaN where one is not finite.
fn places(values: &[f32], per_unit: f64, of: impl Fn(f32) -> f32) -> Vec<f32> {
    let (per_unit, most) = (per_unit as f32, FURTHEST as f32);
    let place = |&value: &f32| {
        if value.is_finite() { (of(value) * per_unit).clamp(-most, most) } else { f32::NAN }
    };
    values.iter().map(place).collect()
}

/// The colours of logits from −8 to 8.
fn sure_table(theme: &Theme) -> Table {
    table(|share| {
        let p = 1.0 / (1.0 + exp(-SURE * share));
        classes::tint(theme, usize::from(share >= 0.0), (2.0 * p - 1.0).abs())
    })
}

/// The colour of a value, as a share of the limit: the diverging scale, made quiet.
fn value_color(theme: &Theme, share: f64) -> Color {
    classes::tint(theme, usize::from(share >= 0.0), share.abs())
}

// Half of a table: where its middle is, and how many entries the end is away from there.
const HALF: f64 = 127.5;

// A node's place in a table is at most so far from the middle: 64 limits.
const FURTHEST: f64 = 64.0 * HALF;

type Table = [[u8; 4]; 256];

/// A table over −1 to 1.
fn table(color: impl Fn(f64) -> Color) -> Table {
    std::array::from_fn(|index| opaque(color((index as f64 - HALF) / HALF)))
}

/// The pixels to be filled, and the grid they are read from.
struct Picture<'a> {
    theme: &'a Theme,
    size: [usize; 2],
    scale: f64,
    nodes: [usize; 2],
    pixels: &'a mut [[u8; 4]],
}

impl Picture<'_> {
    /// One grid of numbers in steps of a table from its middle, with a line where they are 0.
    fn signed(&mut self, nodes: &[f32], colors: &Table, opacity: f32) {
        let [width, height] = self.size;
        let [columns, rows] = self.nodes;
        let (cells, shares) = cells(width, columns);
        let [per_x, per_y] = self.per_pixel();
        let (reach, ink) = (self.reach(), opaque(self.theme.ink));
        let mut across = vec![0.0f32; columns];
        for (py, line) in self.pixels.chunks_exact_mut(width).enumerate() {
            let (row, share_y) = place(height - 1 - py, height, rows);
            let (lower, upper) = two_rows(nodes, columns, row);
            interpolate(lower, upper, share_y, &mut across);
            for (column, pixels) in cells.iter().enumerate() {
                let (left, right) = (across[column], across[column + 1]);
                let along = right - left;
                let slope_x = along * per_x;
                let slope_y = 0.5
                    * (upper[column] - lower[column] + upper[column + 1] - lower[column + 1])
                    * per_y;
                let slope = (slope_x * slope_x + slope_y * slope_y).sqrt();
                let (here, shares) = (&mut line[pixels.clone()], &shares[pixels.clone()]);
                if !slope.is_finite() {
                    self.theme.hatch_line(here, pixels, py, self.scale);
                    continue;
                }
                let first = shares.first().map_or(0.0, |share| left + share * along);
                fill(here, colors, first + HALF as f32, along * per_x);
                let nearest = if left * right <= 0.0 { 0.0 } else { left.abs().min(right.abs()) };
                if nearest <= reach * slope && slope > 0.0 {
                    for (pixel, share) in here.iter_mut().zip(shares) {
                        let distance = (left + share * along).abs() / slope;
                        *pixel = blend(*pixel, ink, opacity * (reach - distance).clamp(0.0, 1.0));
                    }
                }
            }
        }
    }

    fn hatch_all(&mut self) {
        let [width, _] = self.size;
        for (py, line) in self.pixels.chunks_exact_mut(width.max(1)).enumerate() {
            self.theme.hatch_line(line, &(0..width), py, self.scale);
        }
    }

    /// Columns and rows of nodes to a pixel.
    fn per_pixel(&self) -> [f32; 2] {
        let share = |axis: usize| (self.nodes[axis] - 1) as f32 / self.size[axis] as f32;
        [share(0), share(1)]
    }

    /// How far from a line's middle it still colours pixels, in device pixels.
    fn reach(&self) -> f32 {
        (HALF_WIDTH * self.scale) as f32 + 0.5
    }
}

impl Theme {
    fn hatch_line(&self, line: &mut [[u8; 4]], pixels: &Range<usize>, py: usize, scale: f64) {
        for (pixel, px) in line.iter_mut().zip(pixels.clone()) {
            *pixel = hatch(self, px, py, scale);
        }
    }
}

/// Colours pixels from a table, the first at one place of it and each further on by `step`;
/// both below 2 · [`FURTHEST`].
fn fill(pixels: &mut [[u8; 4]], colors: &Table, first: f32, step: f32) {
    // In whole numbers of 1/65,536, which is twice as fast as f32 here.
    let [mut at, step] = [first + 0.5, step].map(|place| (place * 65_536.0) as i32);
    for pixel in pixels {
        *pixel = colors[(at >> 16).clamp(0, 255) as usize];
        at = at.wrapping_add(step);
    }
}

/// Two rows of nodes, the lower first.
fn two_rows(nodes: &[f32], columns: usize, row: usize) -> (&[f32], &[f32]) {
    nodes[row * columns..][..2 * columns].split_at(columns)
}

fn interpolate(lower: &[f32], upper: &[f32], share: f32, across: &mut [f32]) {
    for ((across, lower), upper) in across.iter_mut().zip(lower).zip(upper) {
        *across = lower + share * (upper - lower);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::classes::tint;

    const THEME: Theme = Theme::LIGHT;
    const HATCH: fn(&[u8; 4]) -> bool = |pixel| {
        let [ground, stroke] = THEME.hatch.map(|Color(_, _, blue)| blue);
        (stroke..=ground).contains(&pixel[2])
    };

    /// A grid of 41 × 31 over x from 0 to 4 and y from 0 to 3.
    fn grid(f: impl Fn(f32, f32) -> f32) -> Vec<f32> {
        (0..31 * 41).map(|at| f((at % 41) as f32 / 10.0, (at / 41) as f32 / 10.0)).collect()
    }

    fn painted(values: &[f32], outputs: Outputs) -> Vec<[u8; 4]> {
        let mut out = vec![7; 3];
        paint(values, [41, 31], outputs, &THEME, [400, 300], 1.0, &mut out);
        assert_eq!(out.len(), 4 * 400 * 300);
        out.as_chunks().0.to_vec()
    }

    fn sigmoid(z: f32) -> f32 {
        1.0 / (1.0 + (-z).exp())
    }

    fn darkness(pixel: [u8; 4]) -> i32 {
        -pixel[..3].iter().map(|&c| i32::from(c)).sum::<i32>()
    }

    #[test]
    fn the_line_lies_where_both_classes_are_as_probable_and_row_0_is_the_bottom() {
        // A steep and a flat net: p = ½ at y = 1, so at py = 200; on x = 1, so at px = 100.
        for steep in [1.0, 40.0] {
            let pixels = painted(&grid(|_, y| sigmoid(steep * (y - 1.0))), Outputs::Probability);
            let column: Vec<i32> = (0..300).map(|py| darkness(pixels[py * 400 + 30])).collect();
            let darkest = (0..300).max_by_key(|&py| column[py]).unwrap();
            assert!((199..=200).contains(&darkest), "{darkest}");
            let pixels = painted(&grid(|x, _| sigmoid(steep * (x - 1.0))), Outputs::Probability);
            let darkest = (0..400).max_by_key(|&px| darkness(pixels[400 * 9 + px])).unwrap();
            assert!((99..=100).contains(&darkest), "{darkest}");
        }
    }

    #[test]
    fn a_sure_net_has_the_full_tints() {
        let pixels = painted(&grid(|x, _| if x < 2.0 { 0.0 } else { 1.0 }), Outputs::Probability);
        assert_eq!([pixels[0], pixels[399]], [0, 1].map(|k| opaque(tint(&THEME, k, 1.0))));
    }

    #[test]
    fn lines_between_classes_are_straight_where_logits_are_linear() {
        // Three classes that meet in (2, 1): logits 0, 3 (x − 2), 5 (y − 1).
        let softmax = |class: usize| {
            grid(move |x, y| {
                let e = [0.0, 3.0 * (x - 2.0), 5.0 * (y - 1.0)].map(f32::exp);
                e[class] / (e[0] + e[1] + e[2])
            })
        };
        let pixels = painted(&[softmax(0), softmax(1), softmax(2)].concat(), Outputs::Classes(3));
        // Below y = 1, the line of classes 0 and 1 at x = 2; left of 2, that of 0 and 2 at y = 1.
        for py in [225, 250, 299] {
            let row = &pixels[400 * py..][..400];
            let darkest = (0..400).max_by_key(|&px| darkness(row[px])).unwrap();
            assert!((199..=200).contains(&darkest), "{darkest}");
        }
        for px in [0, 90, 170] {
            let darkest = (0..300).max_by_key(|&py| darkness(pixels[400 * py + px])).unwrap();
            assert!((199..=200).contains(&darkest), "{darkest}");
        }
        // The surer the paler no more.
        let [near, far] = [185, 20].map(|px| pixels[400 * 299 + px]);
        assert!(darkness(near) < darkness(far));
    }

    #[test]
    fn values_beyond_the_limit_have_its_colour_and_zero_a_faint_line() {
        let pixels = painted(&grid(|x, _| 2.0 * (x - 2.0)), Outputs::Values { limit: 2.0 });
        let row = &pixels[..400];
        assert_eq!([row[0], row[99]], [opaque(tint(&THEME, 0, 1.0)); 2]);
        assert_eq!([row[301], row[399]], [opaque(tint(&THEME, 1, 1.0)); 2]);
        assert!(darkness(row[199]) > darkness(row[190]));
    }

    #[test]
    fn a_logit_looks_like_its_probability_and_tells_more_where_that_is_rounded() {
        let z = |steep: f32| move |x: f32, _: f32| steep * (x - 2.03);
        let row = |steep: f32, outputs: Outputs| {
            let values = match outputs {
                Outputs::Logit => grid(z(steep)),
                _ => grid(move |x, y| sigmoid(z(steep)(x, y))),
            };
            painted(&values, outputs)[..400].to_vec()
        };
        let [a, b] = [Outputs::Logit, Outputs::Probability].map(|outputs| row(3.0, outputs));
        for (a, b) in a.iter().zip(&b) {
            assert!(a.iter().zip(b).all(|(a, b)| a.abs_diff(*b) <= 2), "{a:?} {b:?}");
        }
        // The line stays at 2.03, pixel 203, however steep it is.
        let darkest = |row: &[[u8; 4]]| (0..400).max_by_key(|&px| darkness(row[px]));
        let at = darkest(&row(2000.0, Outputs::Logit)).unwrap();
        assert!((202..=203).contains(&at), "{at}");
    }

    #[test]
    fn what_is_not_finite_is_hatched_and_nothing_else() {
        let hole = |x: f32, y: f32| if x > 2.0 && y > 1.5 { f32::NAN } else { 0.0 };
        for outputs in [Outputs::Values { limit: 1.0 }, Outputs::Probability, Outputs::Classes(2)] {
            let hole = grid(hole);
            let pixels = painted(&hole.repeat(outputs.grids()), outputs);
            assert!(HATCH(&pixels[400 * 20 + 380]), "{outputs:?}");
            assert!(!HATCH(&pixels[400 * 280 + 20]), "{outputs:?}");
            let pixels = painted(&grid(|_, _| f32::INFINITY).repeat(outputs.grids()), outputs);
            assert!(pixels.iter().all(HATCH), "{outputs:?}");
            assert!(painted(&[], outputs).iter().all(HATCH));
        }
    }
}
