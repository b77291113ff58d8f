//! The page's calls about the net's picture and its passes.

use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

use super::Page;
use super::nets::{NetScreen, Sizes};
use crate::model::net as net_model;
use crate::scene::net as net_scene;

#[wasm_bindgen(js_class = Lab)]
impl Page {
    /// Hands over the canvases of the Network lab, see [`NetScreen::new`].
    ///
    /// # Errors
    /// A canvas that has no 2-D context.
    pub fn attach_nets(&mut self, canvases: Vec<HtmlCanvasElement>) -> Result<(), JsValue> {
        self.net_screen = Some(NetScreen::new(canvases)?);
        Ok(())
    }

    /// Width and height of a panel, the chart, the net's picture and the loss surface, one after
    /// the other, and how many device pixels make one CSS pixel. Missing ones are 1.
    pub fn resize_nets(&mut self, sizes: &[f64], density: f64) {
        let side = |at: usize| sizes.get(at).copied().unwrap_or(1.0).max(1.0);
        let [panel, chart, picture, land] = [0, 2, 4, 6].map(|at| [side(at), side(at + 1)]);
        // The chart's canvases are the other labs' as well.
        let Some(nets) = &mut self.desk.nets else { return };
        nets.set_panel(panel);
        nets.set_picture(picture);
        nets.set_surface_size(land);
        if let Some(screen) = &mut self.net_screen {
            screen.resize(Sizes { panel, chart, picture, land, density });
        }
    }

    /// A tile for each node of the net, as RGBA, in the order of the model's nodes; nothing where
    /// they are as they were.
    pub fn net_tiles(&mut self) -> Vec<u8> {
        let (Some(nets), Some(screen)) = (&self.desk.nets, &mut self.net_screen) else {
            return Vec::new();
        };
        screen.tiles(nets, &net_scene::style(nets, self.system_is_dark))
    }

    /// The pointer is over a pixel of the net's picture: what there is to read of the edge there,
    /// or nothing.
    pub fn net_hover(&mut self, px: f64, py: f64) -> String {
        let Some(nets) = &mut self.desk.nets else { return String::new() };
        let weight = net_scene::weight_at(nets, [px, py]);
        nets.point_at(weight);
        let told = weight.and_then(|weight| net_model::weight(nets, weight));
        told.map(|told| told.to_string()).unwrap_or_default()
    }

    /// The pointer has left the net's picture.
    pub fn net_leave(&mut self) {
        if let Some(nets) = &mut self.desk.nets {
            nets.point_at(None);
        }
    }

    /// The name of the weight whose edge is under a pixel of the net's picture, or nothing.
    pub fn net_pick(&self, px: f64, py: f64) -> String {
        let Some(nets) = &self.desk.nets else { return String::new() };
        let net = nets.experiment().architecture();
        let weight = net_scene::weight_at(nets, [px, py]);
        weight.and_then(|weight| net.name(weight)).unwrap_or_default()
    }

    /// Lets the edge of the weight of this name stand out, or none.
    pub fn net_focus(&mut self, name: &str) {
        if let Some(nets) = &mut self.desk.nets {
            nets.point_at(nets.experiment().architecture().named(name).ok());
        }
    }

    /// Goes so many stages of the passes on, or back.
    pub fn turn(&mut self, by: i32) {
        if let Some(nets) = &mut self.desk.nets {
            nets.turn(by);
        }
    }
}
