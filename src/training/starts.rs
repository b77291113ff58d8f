//! Where many walkers start: evenly spread, without random numbers, so that one link gives one picture.

use libm::{cos, sin, sqrt};
use std::f64::consts::TAU;

use crate::math::window::Window;

/// The part of the plane that is covered, and how.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Starts {
    /// A square grid of rows and columns over a window.
    Grid(Window),
    /// All over a window without rows that could be seen: the sequence R₂ of Roberts (2018), whose
    /// points keep away from each other however many there are.
    Window(Window),
    /// A disc, on Vogel's spiral (1979): the turn from point to point is the golden angle.
    Disc {
        /// Its middle.
        middle: [f64; 2],
        /// Its radius.
        radius: f64,
    },
}

impl Starts {
    /// So many starts; on a grid as many as the largest square has that is not more.
    pub fn points(&self, count: usize) -> Vec<[f64; 2]> {
        let of = |count: usize, point: &dyn Fn(usize) -> [f64; 2]| (0..count).map(point).collect();
        match *self {
            Self::Grid(window) => {
                let side = count.isqrt();
                of(side * side, &|cell| window.middle(cell, [side, side]))
            }
            Self::Window(Window { x, y }) => {
                /// The real root of g³ = g + 1.
                const G: f64 = 1.324_717_957_244_746;
                let part = |[low, high]: [f64; 2], index: usize, stride: f64| {
                    low + (high - low) * ((0.5 + index as f64 * stride) % 1.0)
                };
                of(count, &|index| [part(x, index, 1.0 / G), part(y, index, 1.0 / (G * G))])
            }
            Self::Disc { middle: [x, y], radius } => {
                let golden = TAU * (1.0 - 2.0 / (1.0 + sqrt(5.0)));
                of(count, &|index| {
                    let r = radius * sqrt((index as f64 + 0.5) / count as f64);
                    let turn = golden * index as f64;
                    [x + r * cos(turn), y + r * sin(turn)]
                })
            }
        }
    }

    /// Everything that they depend on besides their number, as bits.
    pub fn bits(&self) -> [u64; 5] {
        let (kind, [a, b, c, d]) = match *self {
            Self::Grid(Window { x, y }) => (0, [x[0], x[1], y[0], y[1]]),
            Self::Window(Window { x, y }) => (1, [x[0], x[1], y[0], y[1]]),
            Self::Disc { middle: [x, y], radius } => (2, [x, y, radius, 0.0]),
        };
        [kind, a.to_bits(), b.to_bits(), c.to_bits(), d.to_bits()]
    }

    /// The edge of what they cover, once around.
    pub fn edge(&self) -> Vec<[f64; 2]> {
        const SIDES: usize = 64;
        match *self {
            Self::Grid(Window { x, y }) | Self::Window(Window { x, y }) => {
                [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]].map(|[i, j]| [x[i], y[j]]).to_vec()
            }
            Self::Disc { middle: [x, y], radius } => (0..=SIDES)
                .map(|side| TAU * (side % SIDES) as f64 / SIDES as f64)
                .map(|turn| [x + radius * cos(turn), y + radius * sin(turn)])
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Window = Window::new(-2.0, 6.0, 1.0, 3.0);

    #[test]
    fn they_are_as_many_as_asked_for_and_all_within() {
        let disc = Starts::Disc { middle: [1.0, -1.0], radius: 0.5 };
        for count in [1_usize, 2, 10, 1000, 12_345] {
            let side = count.isqrt();
            assert_eq!(Starts::Grid(WINDOW).points(count).len(), side * side);
            let everywhere = Starts::Window(WINDOW).points(count);
            assert_eq!(everywhere.len(), count);
            assert!(everywhere.iter().all(|&at| WINDOW.contains(at)));
            let round = disc.points(count);
            assert_eq!(round.len(), count);
            assert!(round.iter().all(|[x, y]| (x - 1.0).hypot(y + 1.0) < 0.5));
        }
    }

    #[test]
    fn equal_parts_have_about_equally_many() {
        let count = 10_000;
        for starts in [Starts::Grid(WINDOW), Starts::Window(WINDOW)] {
            let mut parts = [0_usize; 64];
            for [x, y] in starts.points(count) {
                parts[(x + 2.0) as usize + 8 * ((y - 1.0) * 4.0) as usize] += 1;
            }
            assert!(parts.iter().all(|part| part.abs_diff(count / 64) < 20), "{parts:?}");
        }
        let points = Starts::Disc { middle: [0.0; 2], radius: 1.0 }.points(count);
        for (share, radius) in [(0.25, 0.5), (0.81, 0.9)] {
            let inner = points.iter().filter(|[x, y]| x.hypot(*y) < radius).count();
            assert!((inner as f64 - share * count as f64).abs() < 2.0, "{inner}");
        }
        let sectors = [[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]];
        for [right, up] in sectors {
            let there = points.iter().filter(|[x, y]| x * right > 0.0 && y * up > 0.0).count();
            assert!(there.abs_diff(count / 4) < 10, "{there}");
        }
    }
}
