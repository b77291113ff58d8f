//! A line that shows only what the data has: clipped to its frame, broken where a point is not
//! finite, dashed by its own length.
//!
//! The dash at a point is told by the length of the line up to there, seen or not. So a line drawn
//! in two goes is the line drawn in one.

use crate::view::pen::{Drawn, Ink, Pen};
use crate::view::{Frame, clip};
use plotters_backend::DrawingBackend;

/// A line being drawn from point to point.
pub struct Stroke<'a> {
    frame: &'a Frame,
    /// Where the frame's corner lies.
    origin: [f64; 2],
    dash: &'a [f64],
    ink: Ink,
    /// Length of the line so far, in px, up to whole periods of the dash.
    travelled: f64,
    pending: Vec<[f64; 2]>,
}

// A line is clipped this far outside of the frame, where its ends and joins are not seen.
const MARGIN: f64 = 4.0;

impl<'a> Stroke<'a> {
    /// A line in a frame whose upper left corner is at `origin`. `dash` is strokes and gaps in px,
    /// in turn, scaled with the ink's width; empty for a solid line.
    pub fn new(frame: &'a Frame, origin: [f64; 2], dash: &'a [f64], ink: Ink) -> Self {
        Self { frame, origin, dash, ink, travelled: 0.0, pending: vec![] }
    }

    /// Goes from `a` to `b`, points of the plane, without drawing.
    pub fn pass(&mut self, a: [f64; 2], b: [f64; 2]) {
        let period = self.period();
        if period == 0.0 {
            return;
        }
        let length = distance(self.frame.to_pixel(a), self.frame.to_pixel(b));
        // After a gap in the data the dash begins anew.
        self.travelled = beyond_whole(self.travelled + length, period);
    }

    /// Draws from `a` to `b`, points of the plane; what is pending shows after [`Stroke::lift`].
    ///
    /// # Errors
    /// The backend's.
    pub fn draw<DB: DrawingBackend>(
        &mut self,
        pen: &mut Pen<'_, DB>,
        a: [f64; 2],
        b: [f64; 2],
    ) -> Drawn<DB> {
        if let Some([from, to]) = clip::segment(self.frame, a, b, MARGIN) {
            if self.dash.is_empty() {
                self.extend(pen, from, to)?;
            } else {
                let skipped = distance(self.frame.to_pixel(a), from);
                let skipped = if skipped.is_finite() { skipped } else { 0.0 };
                self.extend_dashed(pen, from, to, self.travelled + skipped)?;
            }
        }
        self.pass(a, b);
        Ok(())
    }

    /// Puts what is pending on the paper.
    ///
    /// # Errors
    /// The backend's.
    pub fn lift<DB: DrawingBackend>(&mut self, pen: &mut Pen<'_, DB>) -> Drawn<DB> {
        let drawn = pen.polyline(&self.pending, self.ink);
        self.pending.clear();
        drawn
    }

    /// Dashes are given for a line 1.8 px wide, and grow with it.
    fn scale(&self) -> f64 {
        self.ink.width / 1.8
    }

    fn period(&self) -> f64 {
        self.dash.iter().sum::<f64>() * self.scale()
    }

    fn extend_dashed<DB: DrawingBackend>(
        &mut self,
        pen: &mut Pen<'_, DB>,
        from: [f64; 2],
        to: [f64; 2],
        travelled: f64,
    ) -> Drawn<DB> {
        let (dash, scale, period) = (self.dash, self.scale(), self.period());
        let length = distance(from, to);
        let at = |along: f64| {
            let share = if length > 0.0 { along / length } else { 0.0 };
            [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])]
        };
        // The start of the period we are in lies behind us.
        let mut begin = -beyond_whole(travelled, period);
        while begin < length {
            for pair in dash.chunks(2) {
                let (stroke, gap) = (pair[0] * scale, pair[1] * scale);
                let (first, last) = (begin.max(0.0), (begin + stroke).min(length));
                if first < last {
                    // The ends as they are, so that a stroke goes on round the corner.
                    let start = if first == 0.0 { from } else { at(first) };
                    let end = if last == length { to } else { at(last) };
                    self.extend(pen, start, end)?;
                }
                begin += stroke + gap;
            }
        }
        Ok(())
    }

    fn extend<DB: DrawingBackend>(
        &mut self,
        pen: &mut Pen<'_, DB>,
        from: [f64; 2],
        to: [f64; 2],
    ) -> Drawn<DB> {
        let moved = |[x, y]: [f64; 2]| [self.origin[0] + x, self.origin[1] + y];
        let (from, to) = (moved(from), moved(to));
        if self.pending.last() != Some(&from) {
            self.lift(pen)?;
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

/// What of a length lies beyond its last whole period; 0 where it is not finite. (To the last bit,
/// as `%` has it, would take long arithmetic.)
fn beyond_whole(length: f64, period: f64) -> f64 {
    (length - period * (length / period).floor()).max(0.0)
}
