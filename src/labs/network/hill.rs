//! The loss surface of nets in three dimensions, and from where it is seen.

use super::NetLab;
use super::scene::{self, land};
use super::settings::Setting;
use crate::labs::Pixel;
use crate::labs::link::recognize_scene;
use crate::view::hill::{Camera, Projection, Terrain, approached, orbited};

impl NetLab {
    /// Whether the loss surface is shown in three dimensions. From straight above it is the plot.
    pub fn shows_hill(&self) -> bool {
        self.experiment().setting(Setting::View) != 0.0 && !self.plain_camera().is_plan()
    }

    fn plain_camera(&self) -> Camera {
        let of = |setting| self.experiment().setting(setting);
        Camera {
            turn: of(Setting::Turn),
            tilt: of(Setting::Tilt),
            zoom: of(Setting::Zoom),
            stretch: of(Setting::Stretch),
            focus: None,
        }
    }

    /// From where the hill is seen.
    pub fn camera(&self, terrain: &Terrain) -> Camera {
        let camera = self.plain_camera();
        if !self.experiment().is_on(Setting::Chase) {
            return camera;
        }
        let followed = self.experiment().followed().map(|index| self.projected(index));
        let behind = || camera.behind(&land::frame(self)?, terrain, &followed?);
        behind().unwrap_or(camera)
    }

    /// Where on the picture the places of the hill are.
    pub fn projection(&self, terrain: &Terrain) -> Projection {
        // The theme is no matter of places.
        let style = scene::style(self, false);
        Projection::new(self.surface().size(), &self.camera(terrain), &style)
    }

    /// Turns the hill by a drag; the nets are what they were.
    pub(super) fn orbit_by(&mut self, by: Pixel) {
        let of = |setting| self.experiment().setting(setting);
        let [turn, tilt] = orbited([of(Setting::Turn), of(Setting::Tilt)], by);
        self.set_camera(Setting::Turn, turn);
        self.set_camera(Setting::Tilt, tilt);
    }

    /// Goes so many times as near.
    pub(super) fn approach_by(&mut self, factor: f64) {
        let zoom = approached(self.experiment().setting(Setting::Zoom), factor);
        self.set_camera(Setting::Zoom, zoom);
    }

    fn set_camera(&mut self, setting: Setting, value: f64) {
        self.experiment.set_setting(setting as usize, value);
        recognize_scene(&mut self.experiment);
    }
}
