//! The hand on the plot: the start, the window, what is under the pointer.

use super::Lab;
use crate::labs::experiment::Setting;
use crate::labs::link::{FARTHEST, NARROWEST};
use crate::math::param::rounded;
use crate::math::window::Window;
use crate::view::frame::Frame;

impl Lab {
    /// The plot's size in CSS pixels.
    pub fn set_plot_size(&mut self, width: f64, height: f64) {
        self.plot = [width.max(1.0), height.max(1.0)];
    }

    /// The loss chart's size in CSS pixels.
    pub fn chart_size(&self) -> [f64; 2] {
        self.chart
    }

    /// Takes the loss chart's size in CSS pixels.
    pub fn set_chart_size(&mut self, size: [f64; 2]) {
        self.chart = size.map(|side| side.max(1.0));
    }

    /// The size of labels in Present, in CSS pixels: it goes with the screen.
    pub fn present_type_size(&self) -> f64 {
        self.present_type_size
    }

    /// Takes the size of labels in Present, in CSS pixels.
    pub fn set_present_type_size(&mut self, size: f64) {
        self.present_type_size = size.max(1.0);
    }

    /// The window laid over the plot's pixels.
    pub fn frame(&self) -> Frame {
        let [width, height] = self.plot;
        let mut window = self.experiment.window;
        if self.experiment.is_on(Setting::Equal) {
            window = window.with_equal_scales(width / height);
        }
        Frame { window, width, height }
    }

    /// Whether the pointer is on the handle of the start.
    pub fn is_on_start(&self, pixel: [f64; 2]) -> bool {
        const REACH: f64 = 18.0;
        let [x, y] = self.frame().to_pixel(self.experiment.start);
        libm::hypot(x - pixel[0], y - pixel[1]) <= REACH
    }

    /// Puts the start under the pointer.
    pub fn put_start(&mut self, pixel: [f64; 2]) {
        self.has_moved_start = true;
        let Frame { window, .. } = self.frame();
        let [x, y] = self.frame().to_data(pixel);
        self.experiment.start =
            [in_reach(rounded(x, window.width())), in_reach(rounded(y, window.height()))];
        self.refresh();
    }

    /// What stands beside the handle of the start.
    pub fn start_label(&self) -> &'static str {
        if self.has_moved_start { "" } else { "start, drag me" }
    }

    /// Moves the start by CSS pixels, right and down.
    pub fn nudge_start(&mut self, [dx, dy]: [f64; 2]) {
        let [x, y] = self.frame().to_pixel(self.experiment.start);
        self.put_start([x + dx, y + dy]);
    }

    /// Moves the window with a drag by CSS pixels, right and down.
    pub fn pan(&mut self, [dx, dy]: [f64; 2]) {
        self.show(self.frame().panned([dx, dy]));
    }

    /// Zooms about a pixel: a factor of 2 shows half as much of the plane in each direction.
    pub fn zoom(&mut self, pixel: [f64; 2], factor: f64) {
        self.show(self.frame().zoomed(pixel, factor));
    }

    /// Shows a window, if it is one that f64 resolves.
    fn show(&mut self, window: Window) {
        let (width, height) = (window.width(), window.height());
        let edge = |value: f64, span: f64| rounded(value, span);
        let [left, right] = window.x.map(|value| edge(value, width));
        let [bottom, top] = window.y.map(|value| edge(value, height));
        let farthest =
            [left, right, bottom, top].iter().fold(0.0, |most: f64, v| most.max(v.abs()));
        if farthest <= FARTHEST && width.min(height) > 10.0 * NARROWEST * farthest.max(1e-6) {
            self.experiment.window = Window::new(left, right, bottom, top);
            self.work.fit = None;
        }
    }

    /// Where the pointer hovers, [x, y], in the surface's coordinates.
    pub fn hover(&self) -> Option<[f64; 2]> {
        self.hover
    }

    /// The pointer hovers over a pixel of the plot, or has left it.
    pub fn set_hover(&mut self, pixel: Option<[f64; 2]>) {
        self.hover = pixel.map(|pixel| self.frame().to_data(pixel));
    }

    /// The step that the pointer marks in the loss chart.
    pub fn marked_step(&self) -> Option<usize> {
        self.marked_step
    }

    /// The pointer marks a step in the loss chart, or has left it.
    pub fn mark_step(&mut self, step: Option<usize>) {
        self.marked_step = step.map(|step| step.min(self.experiment.steps()));
    }
}

pub(super) fn in_reach(value: f64) -> f64 {
    value.clamp(-FARTHEST, FARTHEST)
}
