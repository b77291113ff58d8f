//! The pointer and the hand on the pictures of nets.

use super::NetLab;
use crate::labs::model::Hover;
use crate::labs::model::net as model;
use crate::labs::network::scene;
use crate::labs::{Hand, Picture, Pixel};

impl Hand for NetLab {
    fn set_size(&mut self, picture: Picture, size: [f64; 2]) {
        self.sizes.set(picture, size);
        if picture == Picture::Land {
            self.surface.set_size(self.sizes.of(picture));
        }
    }

    fn set_present_type_size(&mut self, size: f64) {
        self.present_type_size = size.max(1.0);
    }

    fn hover(&mut self, picture: Picture, slot: usize, at: Pixel) -> Option<Hover> {
        match picture {
            Picture::Panel => model::panel_hover(self, slot, at),
            Picture::Chart if self.shows_trials() => {
                self.mark_trial(Some(scene::trials::place_at(self, at)));
                model::trials_hover(self)
            }
            Picture::Chart => {
                // The theme is no matter of places.
                let style = scene::style(self, false);
                let chart = scene::chart::chart(self, self.chart_size(), &style);
                self.mark_step(Some(scene::chart::step_at(self, &chart, at[0])));
                model::chart_hover(self)
            }
            Picture::Net => {
                let weight = scene::weight_at(self, at);
                self.point_at(weight);
                weight.and_then(|weight| model::weight(self, weight))
            }
            Picture::Plot
            | Picture::Hill
            | Picture::Data
            | Picture::Ball
            | Picture::Land
            | Picture::Losses => None,
        }
    }

    fn leave(&mut self, picture: Picture) {
        match picture {
            Picture::Chart => {
                self.mark_step(None);
                self.mark_trial(None);
            }
            Picture::Net => self.point_at(None),
            _ => {}
        }
    }

    fn pick(&self, picture: Picture, at: Pixel) -> Option<String> {
        if picture == Picture::Chart {
            return Some(self.experiment().runs.names().swap_remove(self.trial_at(at)?));
        }
        if picture != Picture::Net {
            return None;
        }
        let net = self.experiment().architecture();
        scene::weight_at(self, at).and_then(|weight| net.name(weight))
    }

    fn focus(&mut self, picture: Picture, name: &str) {
        if picture == Picture::Net {
            self.point_at(self.experiment().architecture().named(name).ok());
        }
    }

    fn take_dials(&mut self, at: Pixel) {
        self.take_trial(at);
    }

    fn put_dials(&mut self, at: Pixel) {
        self.put_trial(at);
    }

    fn nudge_dials(&mut self, by: Pixel) {
        self.nudge_trial(by);
    }

    /// Of the map in the chart.
    fn pan(&mut self, by: Pixel) {
        if let Some(window) = scene::trials::moved(self, [0.0; 2], 1.0, by) {
            self.show_window(window);
        }
    }

    /// The map in the chart.
    fn zoom(&mut self, at: Pixel, factor: f64) {
        if let Some(window) = scene::trials::moved(self, at, factor, [0.0; 2]) {
            self.show_window(window);
        }
    }

    fn orbit(&mut self, picture: Picture, by: Pixel) {
        if picture == Picture::Land {
            self.orbit_by(by);
        }
    }

    fn approach(&mut self, picture: Picture, factor: f64) {
        if picture == Picture::Land {
            self.approach_by(factor);
        }
    }

    fn turn(&mut self, by: i32) {
        self.turn_passes(by);
    }
}
