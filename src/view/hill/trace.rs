//! A path laid on the surface: its pixels, and what of it is seen.
//!
//! Between two steps the path goes straight in the plane, and up and down with the surface. It is
//! cut where it leaves the window or the top of the box, and broken where a step is not finite and
//! over a hole. A place is seen if no triangle of the surface stands between it and the viewer; where
//! that changes between two places, the border is found by halving.

use super::{Hill, Projection, Terrain};
use crate::view::clip;
use crate::view::stroke::distance;

/// What is seen of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// It is seen.
    Seen,
    /// The hill stands before it.
    Hidden,
    /// It is not in the box: cut off at the top, or there is no surface.
    Gone,
}

/// A place of a path.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Vertex {
    /// Its pixel.
    pub pixel: [f64; 2],
    /// The pixel of the place on the floor below it.
    pub floor: [f64; 2],
    /// What is seen of the line that leads here; [`Sight::Gone`] where none does.
    pub sight: Sight,
    /// The step that it leads to.
    pub step: usize,
}

/// A path on the surface, as far as it has been laid.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace {
    /// Its places, one after the other; at least one between two crossings of the grid.
    pub vertices: Vec<Vertex>,
    /// Of each step that has been laid, whether the path comes to it: it is in the window, over the
    /// surface, below the top of the box.
    reached: Vec<bool>,
    /// The place whose sight was looked at last.
    asked: Option<Place>,
}

/// A path lies on the upper side: so far above the surface, in shares, it is looked at.
pub const LIFT: f64 = 1e-5;
/// A line that has so many places goes on from step to step only.
const MOST: usize = 30_000;
/// So near to each other, in px, two places have one sight.
const NEAR: f64 = 0.5;
/// A place whose sight changes is known to this part of the way between two.
const HALVINGS: usize = 10;

/// What is seen of a place on the surface.
pub(super) fn sight(terrain: &Terrain, projection: &Projection, [u, v, w]: [f64; 3]) -> Sight {
    if w.is_nan() || w > 1.0 {
        return Sight::Gone;
    }
    let toward = projection.toward();
    match terrain.first_hit([u, v, (w + LIFT).min(1.0)], toward) {
        None => Sight::Seen,
        Some(_) => Sight::Hidden,
    }
}

impl Trace {
    /// Lays a path up to a step, or to its end; what was laid before is kept.
    pub fn extend(&mut self, hill: &Hill<'_>, points: &[[f64; 2]], to: usize) {
        let end = points.len().min(to.saturating_add(1));
        for step in self.reached.len()..end {
            let last = match step.checked_sub(1) {
                Some(before) => self.lay(hill, points[before], points[step], step),
                None => {
                    let first = Place::of(hill, hill.shares(points[0]));
                    let is_there = hill.window.contains(points[0]) && first.sight != Sight::Gone;
                    self.vertices.extend(is_there.then(|| first.vertex(Sight::Gone, 0)));
                    Some(first)
                }
            };
            let is_there = last.is_some_and(|last| last.sight != Sight::Gone);
            self.reached.push(is_there && hill.window.contains(points[step]));
        }
    }

    /// Whether the path comes to a step: it lies in the window, over the surface, below the top of
    /// the box.
    pub fn reaches(&self, step: usize) -> bool {
        self.reached.get(step).is_some_and(|&reached| reached)
    }

    /// Lays the line from one step to the next; returns the last place that it has.
    fn lay(&mut self, hill: &Hill<'_>, a: [f64; 2], b: [f64; 2], step: usize) -> Option<Place> {
        let [from, to] = clip::segment(&hill.plane(), a, b, 0.0)?;
        let [from, to] = [from, to].map(|[u, down]| [u, 1.0 - down]);
        let at = |share: f64| [0, 1].map(|axis| from[axis] + share * (to[axis] - from[axis]));
        let cells = [hill.terrain.columns - 1, hill.terrain.rows - 1].map(|cells| cells as f64);
        let apart = [0, 1].map(|axis| (to[axis] - from[axis]).abs() * cells[axis]);
        let pieces = match self.vertices.len() {
            0..MOST => libm::ceil(apart[0].max(apart[1])).max(1.0) as usize,
            _ => 1,
        };
        let mut before = (0.0, self.begin(hill, a, from));
        self.push(before.1, Sight::Gone, step);
        for piece in 1..=pieces {
            let share = if piece == pieces { 1.0 } else { piece as f64 / pieces as f64 };
            let place = self.ask(hill, at(share));
            if place.sight != before.1.sight {
                let [near, far] =
                    border(|share| Place::of(hill, at(share)), before, (share, place));
                self.push(near, before.1.sight, step);
                self.push(far, Sight::Gone, step);
            }
            self.push(place, place.sight, step);
            before = (share, place);
        }
        Some(before.1)
    }

    /// A place of the surface. Within half a pixel of the one that was asked about last it is not
    /// looked at again: a run that creeps has thousands of steps in one pixel.
    fn ask(&mut self, hill: &Hill<'_>, [u, v]: [f64; 2]) -> Place {
        let w = hill.terrain.height_at([u, v]).unwrap_or(f64::NAN);
        let pixel = hill.projection.pixel([u, v, w]);
        match self.asked {
            Some(Place { pixel: last, sight, .. })
                if w <= 1.0 && sight != Sight::Gone && distance(last, pixel) < NEAR =>
            {
                Place { pixel, floor: hill.projection.pixel([u, v, 0.0]), sight }
            }
            _ => *self.asked.insert(Place::of(hill, [u, v])),
        }
    }

    /// The place from which a line goes on: that at which the one before has ended, or another.
    fn begin(&self, hill: &Hill<'_>, point: [f64; 2], shares: [f64; 2]) -> Place {
        match (self.vertices.last(), self.reached.last()) {
            (Some(&Vertex { pixel, floor, sight, .. }), Some(true))
                if sight != Sight::Gone && hill.window.contains(point) =>
            {
                Place { pixel, floor, sight }
            }
            _ => Place::of(hill, shares),
        }
    }

    fn push(&mut self, place: Place, sight: Sight, step: usize) {
        // Where the line goes on, it need not begin again.
        let goes_on = self.vertices.last().is_some_and(|last| last.pixel == place.pixel);
        if !(sight == Sight::Gone && goes_on) {
            self.vertices.push(place.vertex(sight, step));
        }
    }
}

/// A place on the surface.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Place {
    pixel: [f64; 2],
    floor: [f64; 2],
    sight: Sight,
}

impl Place {
    /// The place as that of a line which leads there.
    fn vertex(self, sight: Sight, step: usize) -> Vertex {
        let Self { pixel, floor, .. } = self;
        Vertex { pixel, floor, sight, step }
    }

    fn of(hill: &Hill<'_>, [u, v]: [f64; 2]) -> Self {
        let w = hill.terrain.height_at([u, v]).unwrap_or(f64::NAN);
        Self {
            pixel: hill.projection.pixel([u, v, w]),
            floor: hill.projection.pixel([u, v, 0.0]),
            sight: sight(hill.terrain, hill.projection, [u, v, w]),
        }
    }
}

/// The last place with the sight of the first of two, and one from which on it is that of the second.
fn border(
    at: impl Fn(f64) -> Place,
    (mut near, mut first): (f64, Place),
    (mut far, mut last): (f64, Place),
) -> [Place; 2] {
    let sought = first.sight;
    for _ in 0..HALVINGS {
        let middle = 0.5 * (near + far);
        let place = at(middle);
        if place.sight == sought {
            (near, first) = (middle, place);
        } else {
            (far, last) = (middle, place);
        }
    }
    // One place for both, where both are on the surface, so that no gap is seen.
    if first.pixel.iter().chain(&last.pixel).all(|px| px.is_finite()) {
        [first, first]
    } else {
        [first, last]
    }
}
