//! The hill: a surface in three dimensions, with the paths of runs lying on it.
//!
//! | file | what it holds |
//! |---|---|
//! | `scale.rs` | how high a value stands: linearly or by its logarithm |
//! | `terrain.rs` | the surface as a grid of triangles; where a ray meets it |
//! | `camera.rs`, `chase.rs`, `projection.rs` | from where it is seen, also behind a run, and where on the screen a place of it is |
//! | `raster.rs`, `slice.rs`, `ink.rs`, `light.rs` | the surface as pixels: what is nearest in each column; bands between isolines, or colours of cells; light |
//! | `trace.rs` | a path laid on the surface, told into what is seen and what the hill hides |
//! | `lines.rs` | paths and their shadows, arrows |
//! | `cage.rs` | the box around it, with ticks; isolines on its floor |
//! | `marks.rs`, `averages.rs` | heads, start, what the pointer reads; averages, other seeds |
//!
//! Places are **shares** of the box, [u, v, w]: 0 to 1 from the left to the right edge of the
//! window, from its lower to its upper edge, and from the floor to the top. The projection is
//! orthographic, that of plotters' [`Cartesian3d`](plotters::coord::cartesian::Cartesian3d), so that
//! from straight above the hill is the plot: same scale, same places.
//!
//! Of the surface's two sides only the upper one has paths on it. What stands higher than the box is
//! cut off, and a hole is where the surface has no finite value.

pub mod averages;
pub mod cage;
mod camera;
mod chase;
mod ink;
mod light;
pub mod lines;
pub mod marks;
mod projection;
mod raster;
mod scale;
mod slice;
mod terrain;
mod trace;

pub use camera::{Camera, STRETCH, TILT, TURN, ZOOM, approached, orbited};
pub use projection::Projection;
pub use raster::{Paint, Raster, Seen};
pub use scale::HeightScale;
pub use terrain::Terrain;
pub use trace::{Sight, Trace, Vertex};

use crate::math::window::Window;
use crate::view::Frame;

/// A surface, the part of the plane it stands over, and from where it is seen.
#[derive(Clone, Copy, Debug)]
pub struct Hill<'a> {
    /// The surface.
    pub terrain: &'a Terrain,
    /// Where on the screen its places are.
    pub projection: &'a Projection,
    /// The part of the plane.
    pub window: Window,
}

/// A place on the surface as it is seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// Its pixel.
    pub pixel: [f64; 2],
    /// The pixel of the place on the floor below it.
    pub floor: [f64; 2],
    /// Whether it is seen.
    pub sight: Sight,
}

impl Hill<'_> {
    /// The window as a plane of shares, from which lines are cut at its edges.
    fn plane(&self) -> Frame {
        Frame { window: self.window, width: 1.0, height: 1.0 }
    }

    /// The shares [u, v] of a point of the plane.
    pub fn shares(&self, point: [f64; 2]) -> [f64; 2] {
        let [u, down] = self.plane().to_pixel(point);
        [u, 1.0 - down]
    }

    /// The point of the plane at shares [u, v].
    pub fn point(&self, [u, v]: [f64; 2]) -> [f64; 2] {
        self.plane().to_data([u, 1.0 - v])
    }

    /// The place on the surface over a point of the plane; `None` outside of the window and where
    /// the surface has a hole.
    pub fn spot(&self, point: [f64; 2]) -> Option<Spot> {
        if !self.window.contains(point) {
            return None;
        }
        let [u, v] = self.shares(point);
        let w = self.terrain.height_at([u, v]).filter(|w| w.is_finite())?;
        Some(Spot {
            pixel: self.projection.pixel([u, v, w]),
            floor: self.projection.pixel([u, v, 0.0]),
            sight: trace::sight(self.terrain, self.projection, [u, v, w]),
        })
    }

    /// The point of the plane whose place on the surface is seen at a pixel.
    pub fn point_at(&self, pixel: [f64; 2]) -> Option<[f64; 2]> {
        let (origin, toward) = self.projection.ray(pixel);
        let away = toward.map(|share| -share);
        let hit = self.terrain.first_hit(origin, away)?;
        Some(self.point([origin[0] + hit * away[0], origin[1] + hit * away[1]]))
    }

    /// The point of the plane whose place on the plane at height `w` is at a pixel; `None` where
    /// that plane is seen from its edge.
    pub fn point_at_height(&self, pixel: [f64; 2], w: f64) -> Option<[f64; 2]> {
        let (origin, toward) = self.projection.ray(pixel);
        let t = (w - origin[2]) / toward[2];
        let shares = [origin[0] + t * toward[0], origin[1] + t * toward[1]];
        shares.iter().all(|share| share.abs() < 1e6).then(|| self.point(shares))
    }
}
