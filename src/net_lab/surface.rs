//! The loss surface of nets on a plane through their weights.

use super::lab::NetLab;

/// The surface as far as it is known.
#[derive(Default)]
pub struct SurfaceView {}

impl NetLab {
    /// How far the survey is, from 0 to 1, and what is to be said of it.
    pub fn surface_note(&self) -> (f64, String) {
        (1.0, String::new())
    }

    /// Goes on with the survey of the surface while there is time; returns whether it goes on.
    pub(super) fn survey(&mut self, _still: &mut dyn FnMut() -> bool) -> bool {
        false
    }
}
