//! The surface in three dimensions: whether a plot shows it so, and from where it is seen.

use std::sync::Arc;

use super::PlanarLab;
use super::experiment::Setting;
use super::scene;
use crate::labs::Pixel;
use crate::labs::hand::REACH;
use crate::labs::link::recognize_scene;
use crate::math::window::Window;
use crate::view::hill::{Camera, Hill, Projection, Sight, Terrain, approached, orbited};

/// The value of [`Setting::View`] for a hill in place of the plot, and for a hill beside it.
const HILL: f64 = 1.0;
pub(super) const BOTH: f64 = 2.0;

/// A terrain, and what it was sampled from: the version of the objective, the window, whether heights
/// are logarithms.
pub(super) type Sampled = Option<((u32, Window, bool), Arc<Terrain>)>;

impl PlanarLab {
    /// Whether a plot shows the surface in three dimensions. From straight above it is the plot.
    pub fn shows_hill(&self, plot: usize) -> bool {
        let view = self.experiment.setting(Setting::View);
        let is_hill = view == HILL || (view == BOTH && plot == 1);
        is_hill && !self.camera().is_plan()
    }

    /// From where the hill is seen.
    pub fn camera(&self) -> Camera {
        let of = |setting| self.experiment.setting(setting);
        let camera = Camera {
            turn: of(Setting::Turn),
            tilt: of(Setting::Tilt),
            zoom: of(Setting::Zoom),
            stretch: of(Setting::Stretch),
            focus: None,
        };
        let chase = self.experiment.is_on(Setting::Chase);
        chase.then(|| self.chasing(&camera)).flatten().unwrap_or(camera)
    }

    /// The run that a camera follows: the followed one, or the first that is shown.
    fn chased(&self) -> Option<usize> {
        let is_shown = |index: &usize| !self.experiment.runs[*index].hidden;
        let first = || (0..self.experiment.runs.len()).find(is_shown);
        self.experiment.followed().filter(is_shown).or_else(first)
    }

    /// The same camera behind the head of the run that is followed; `None` where that is not in the
    /// window.
    fn chasing(&self, camera: &Camera) -> Option<Camera> {
        let theta = &self.paths[self.chased()?].theta;
        let points = &theta[..theta.len().min(self.step() + 1)];
        camera.behind(&self.frame(), &self.terrain(), points)
    }

    /// The surface in the window.
    pub fn terrain(&self) -> Arc<Terrain> {
        let window = self.frame().window;
        let logarithmic = self.experiment.setting(Setting::Height) != 0.0;
        let key = (self.versions.objective, window, logarithmic);
        let mut kept = self.terrain.borrow_mut();
        if let Some((before, terrain)) = &*kept
            && *before == key
        {
            return Arc::clone(terrain);
        }
        let terrain = Arc::new(scene::terrain(self, logarithmic));
        *kept = Some((key, Arc::clone(&terrain)));
        terrain
    }

    /// Where on the plot the places of the hill are.
    pub fn projection(&self) -> Projection {
        let frame = self.frame();
        // The theme is no matter of places.
        Projection::new([frame.width, frame.height], &self.camera(), &scene::style(self, false))
    }

    /// Whether the pointer is on the handle of the start, where the hill is.
    pub(super) fn is_on_start_of_hill(&self, pixel: Pixel) -> bool {
        let spot = self.on_hill(|hill| hill.spot(self.experiment.start));
        let apart = |[x, y]: Pixel| libm::hypot(x - pixel[0], y - pixel[1]);
        spot.is_some_and(|spot| spot.sight != Sight::Gone && apart(spot.pixel) <= REACH)
    }

    /// The point of the plane under a pixel of the hill: that of the surface that is seen there, or
    /// beside it that of the level plane through the start.
    pub(super) fn point_under(&self, pixel: Pixel) -> Option<[f64; 2]> {
        let [u, v] = self.on_hill(|hill| hill.shares(self.experiment.start));
        self.on_hill(|hill| {
            let level = hill.terrain.height_at([u, v]).filter(|w| w.is_finite());
            let beside = || hill.point_at_height(pixel, level.unwrap_or(0.0).min(1.0));
            hill.point_at(pixel).or_else(beside)
        })
    }

    /// Turns the hill by a drag; the objective and the paths are what they were.
    pub(super) fn orbit_by(&mut self, by: Pixel) {
        let of = |setting| self.experiment.setting(setting);
        let [turn, tilt] = orbited([of(Setting::Turn), of(Setting::Tilt)], by);
        self.set_camera([(Setting::Turn, turn), (Setting::Tilt, tilt)]);
    }

    /// Goes so many times as near.
    pub(super) fn approach_by(&mut self, factor: f64) {
        let zoom = approached(self.experiment.setting(Setting::Zoom), factor);
        self.set_camera([(Setting::Zoom, zoom)]);
    }

    fn set_camera<const N: usize>(&mut self, settings: [(Setting, f64); N]) {
        for (setting, value) in settings {
            self.experiment.set_setting(setting as usize, value);
        }
        recognize_scene(&mut self.experiment);
    }

    /// Asks something of the hill.
    pub(super) fn on_hill<T>(&self, ask: impl FnOnce(&Hill<'_>) -> T) -> T {
        let (terrain, projection) = (self.terrain(), self.projection());
        let window = self.frame().window;
        ask(&Hill { terrain: &terrain, projection: &projection, window })
    }
}
