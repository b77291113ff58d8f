//! A line that shows only what the data has: clipped to its frame, broken where a point is not
//! finite, dashed by its own length.
//!
//! The dash at a point is told by the length of the line up to there, seen or not, and so is
//! whether there is a dash at all: a line that has covered the frame goes on solid, so that what is
//! drawn is bounded by pixels and points. So a line drawn in two goes is the line drawn in one.

use crate::view::pen::{Ink, Pen};
use crate::view::{Frame, clip};
use plotters_backend::{DrawingBackend, DrawingErrorKind};

/// What takes the pieces of a stroke.
pub trait Lines {
    /// What may go wrong.
    type Fault;

    /// Takes a line through these pixels.
    ///
    /// # Errors
    /// That of what takes it.
    fn add(&mut self, pixels: &[[f64; 2]], ink: Ink) -> Result<(), Self::Fault>;
}

impl<DB: DrawingBackend> Lines for Pen<'_, DB> {
    type Fault = DrawingErrorKind<DB::ErrorType>;

    fn add(&mut self, pixels: &[[f64; 2]], ink: Ink) -> Result<(), Self::Fault> {
        self.polyline(pixels, ink)
    }
}

/// A line being drawn from point to point.
pub struct Stroke<'a> {
    frame: &'a Frame,
    /// How far outside of the frame it is cut, in px.
    margin: f64,
    dash: &'a [f64],
    ink: Ink,
    /// Length of the line so far, in px, up to whole periods of the dash.
    travelled: f64,
    /// Length of what of a dashed line lies in the frame, in px.
    shown: f64,
    pending: Vec<[f64; 2]>,
}

// A line of a picture that ends at its frame is cut this far outside of it, where its ends and joins
// are not seen.
const MARGIN: f64 = 4.0;

impl<'a> Stroke<'a> {
    /// A line in a frame beyond which nothing is seen. `dash` is strokes and gaps in px, in turn,
    /// scaled with the ink's width; empty for a solid line.
    pub fn new(frame: &'a Frame, dash: &'a [f64], ink: Ink) -> Self {
        Self { frame, margin: MARGIN, dash, ink, travelled: 0.0, shown: 0.0, pending: vec![] }
    }

    /// The same for a frame that has labels around it: the line is cut at its edge.
    pub fn within(frame: &'a Frame, dash: &'a [f64], ink: Ink) -> Self {
        Self { margin: 0.0, ..Self::new(frame, dash, ink) }
    }

    /// Goes from `a` to `b`, points of the plane, without drawing.
    pub fn pass(&mut self, a: [f64; 2], b: [f64; 2]) {
        if self.period().is_some() {
            self.advance(a, b, clip::segment(self.frame, a, b, self.margin));
        }
    }

    /// Draws from `a` to `b`, points of the plane; what is pending shows after [`Stroke::lift`].
    ///
    /// # Errors
    /// That of what takes the line.
    pub fn draw<L: Lines>(
        &mut self,
        lines: &mut L,
        a: [f64; 2],
        b: [f64; 2],
    ) -> Result<(), L::Fault> {
        let visible = clip::segment(self.frame, a, b, self.margin);
        if let Some([from, to]) = visible {
            match self.period() {
                Some(period) if self.shown <= self.frame.width * self.frame.height => {
                    let skipped = distance(self.frame.to_pixel(a), from);
                    let behind = beyond_whole(self.travelled + skipped, period);
                    self.extend_dashed(lines, from, to, behind)?;
                }
                _ => self.extend(lines, from, to)?,
            }
        }
        self.advance(a, b, visible);
        Ok(())
    }

    /// Counts a piece of the line, and what of it lies in the frame.
    fn advance(&mut self, a: [f64; 2], b: [f64; 2], visible: Option<[[f64; 2]; 2]>) {
        let Some(period) = self.period() else { return };
        let length = distance(self.frame.to_pixel(a), self.frame.to_pixel(b));
        // After a gap in the data the dash begins anew.
        self.travelled = beyond_whole(self.travelled + length, period);
        self.shown += visible.map_or(0.0, |[from, to]| distance(from, to));
    }

    /// Hands over what is pending.
    ///
    /// # Errors
    /// That of what takes the line.
    pub fn lift<L: Lines>(&mut self, lines: &mut L) -> Result<(), L::Fault> {
        let taken = lines.add(&self.pending, self.ink);
        self.pending.clear();
        taken
    }

    /// Dashes are given for a line 1.8 px wide, and grow with it.
    fn scale(&self) -> f64 {
        self.ink.width / 1.8
    }

    /// The length of the dash in px. None for a solid line, and for a dash too fine to be seen.
    fn period(&self) -> Option<f64> {
        let period = self.dash.iter().sum::<f64>() * self.scale();
        (period >= 1.0).then_some(period)
    }

    /// Draws the strokes between two pixels, the first of which lies `behind` px from the start of
    /// its period.
    fn extend_dashed<L: Lines>(
        &mut self,
        lines: &mut L,
        from: [f64; 2],
        to: [f64; 2],
        behind: f64,
    ) -> Result<(), L::Fault> {
        let (dash, scale) = (self.dash, self.scale());
        let length = distance(from, to);
        let at = |along: f64| {
            let share = if length > 0.0 { along / length } else { 0.0 };
            [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])]
        };
        let mut begin = -behind;
        while begin < length {
            for pair in dash.chunks_exact(2) {
                let (stroke, gap) = (pair[0] * scale, pair[1] * scale);
                let (first, last) = (begin.max(0.0), (begin + stroke).min(length));
                if first < last {
                    // The ends as they are, so that a stroke goes on round the corner.
                    let start = if first == 0.0 { from } else { at(first) };
                    let end = if last == length { to } else { at(last) };
                    self.extend(lines, start, end)?;
                }
                begin += stroke + gap;
            }
        }
        Ok(())
    }

    fn extend<L: Lines>(
        &mut self,
        lines: &mut L,
        from: [f64; 2],
        to: [f64; 2],
    ) -> Result<(), L::Fault> {
        if self.pending.last() != Some(&from) {
            self.lift(lines)?;
            self.pending.push(from);
        }
        self.pending.push(to);
        Ok(())
    }
}

/// How far two pixels are apart.
pub fn distance([ax, ay]: [f64; 2], [bx, by]: [f64; 2]) -> f64 {
    ((bx - ax) * (bx - ax) + (by - ay) * (by - ay)).sqrt()
}

/// What of a length lies beyond its last whole period, below a period; 0 where it is not finite.
fn beyond_whole(length: f64, period: f64) -> f64 {
    let beyond = length % period;
    if beyond.is_nan() { 0.0 } else { beyond }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::random::Random;
    use crate::math::window::Window;
    use crate::view::recorder::shapes;
    use crate::view::{Color, LOOKS};

    const FRAME: Frame =
        Frame { window: Window::new(0.0, 200.0, 0.0, 200.0), width: 200.0, height: 200.0 };
    const INK: Ink = Ink::new(Color(0, 0, 0), 1.8);

    /// The lengths of the strokes of a line through these points, the first `passed` pieces of it
    /// not drawn.
    fn strokes(points: &[[f64; 2]], dash: &[f64], passed: usize) -> Vec<f64> {
        let drawn = shapes(|pen| {
            let mut stroke = Stroke::new(&FRAME, dash, INK);
            for (index, pair) in points.windows(2).enumerate() {
                match index < passed {
                    true => stroke.pass(pair[0], pair[1]),
                    false => stroke.draw(pen, pair[0], pair[1])?,
                }
            }
            stroke.lift(pen)
        });
        let length = |line: &[[f64; 2]]| line.windows(2).map(|ab| distance(ab[0], ab[1])).sum();
        drawn.iter().map(|shape| length(shape.line())).collect()
    }

    #[test]
    fn a_dash_has_its_lengths_whatever_lies_behind_it() {
        for far in [0.0, 1e3, 1e9, 1e17, 1e100, 1e150, 1.7e308] {
            // From far away in to the left edge, and across.
            let points = [[-far, 100.0], [0.0, 100.0], [200.0, 100.0]];
            for passed in [0, 1] {
                let strokes = strokes(&points, &[10.0, 4.0], passed);
                assert!((14..=16).contains(&strokes.len()), "{far}: {strokes:?}");
                let whole = strokes.iter().filter(|length| (*length - 10.0).abs() < 0.3).count();
                assert!(whole + 2 >= strokes.len(), "{far}: {strokes:?}");
            }
        }
    }

    #[test]
    fn a_line_that_has_covered_the_frame_goes_on_solid() {
        let back_and_forth: Vec<_> =
            (0..3000).map(|step| [if step % 2 == 0 { 10.0 } else { 190.0 }, 100.0]).collect();
        for look in LOOKS.iter().filter(|look| !look.dash.is_empty()) {
            let all = strokes(&back_and_forth, look.dash, 0);
            // It has covered the frame after 200 · 200 px, that is 222 pieces of 180 px.
            let in_dashes =
                all.len() as f64 * look.dash.iter().sum::<f64>() / (look.dash.len() / 2) as f64;
            assert!((30_000.0..55_000.0).contains(&in_dashes), "{in_dashes}");
            assert!(*all.last().unwrap() > 400_000.0);
            // And it does so if it was passed over as well.
            assert_eq!(strokes(&back_and_forth, look.dash, 2900).len(), 1);
        }
    }

    #[test]
    fn a_line_drawn_in_two_goes_is_the_line_drawn_in_one() {
        let mut random = Random::new(4);
        for _ in 0..200 {
            let mut place = || [0; 2].map(|_| 600.0 * random.uniform() - 200.0);
            let points: Vec<_> = (0..40).map(|_| place()).collect();
            let dash = LOOKS[6].dash;
            let (whole, rest) = (strokes(&points, dash, 0), strokes(&points, dash, 20));
            let first = strokes(&points[..21], dash, 0);
            let sum = |lengths: &[f64]| lengths.iter().sum::<f64>();
            let off = sum(&whole) - sum(&first) - sum(&rest);
            assert!(off.abs() < 0.1 * whole.len() as f64, "{off}");
            assert!(whole.len().abs_diff(first.len() + rest.len()) <= 1);
        }
    }
}
