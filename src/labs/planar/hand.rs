//! The hand on the plot: the start, the window, what is under the pointer.

use super::PlanarLab;
use crate::labs::hand::REACH;
use crate::labs::link::{MAX_COORDINATE, NARROWEST};
use crate::labs::model::{self, Hover};
use crate::labs::planar::experiment::Setting;
use crate::labs::planar::scene::{self, chart, trials};
use crate::labs::{Dataset, Hand, Picture, Pixel};
use crate::math::param::rounded;
use crate::math::window::Window;
use crate::view::frame::Frame;

impl PlanarLab {
    /// The loss chart's size in CSS pixels.
    pub fn chart_size(&self) -> [f64; 2] {
        self.sizes.of(Picture::Chart)
    }

    /// The size of labels in Present, in CSS pixels: it goes with the screen.
    pub fn present_type_size(&self) -> f64 {
        self.present_type_size
    }

    /// The window laid over the plot's pixels.
    pub fn frame(&self) -> Frame {
        let [width, height] = self.sizes.of(Picture::Plot);
        let mut window = self.experiment.window;
        if self.experiment.is_on(Setting::Equal) {
            window = window.with_equal_scales(width / height);
        }
        Frame { window, width, height }
    }

    /// Whether the pointer is on the handle of the start.
    pub fn is_on_start(&self, pixel: [f64; 2]) -> bool {
        let [x, y] = self.frame().to_pixel(self.experiment.start);
        libm::hypot(x - pixel[0], y - pixel[1]) <= REACH
    }

    /// What stands beside the handle of the start.
    pub fn start_label(&self) -> &'static str {
        if self.posed().asks_for_place || self.is_for_print {
            "start"
        } else if self.has_moved_start || self.posed().has_directions {
            ""
        } else {
            "start, drag me"
        }
    }

    /// Shows a window, if it is one that f64 resolves.
    fn show(&mut self, window: Window) {
        let (width, height) = (window.width(), window.height());
        let edge = |value: f64, span: f64| rounded(value, span);
        let [left, right] = window.x.map(|value| edge(value, width));
        let [bottom, top] = window.y.map(|value| edge(value, height));
        let farthest =
            [left, right, bottom, top].iter().fold(0.0, |most: f64, v| most.max(v.abs()));
        if farthest <= MAX_COORDINATE && width.min(height) > 10.0 * NARROWEST * farthest.max(1e-6) {
            self.experiment.window = Window::new(left, right, bottom, top);
            self.work.fit = None;
        }
    }

    /// A point with as many digits as the window tells apart.
    pub(super) fn resolved(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let Frame { window, .. } = self.frame();
        [in_reach(rounded(x, window.width())), in_reach(rounded(y, window.height()))]
    }

    /// Moves the start by hand.
    fn move_start(&mut self, point: [f64; 2]) {
        self.has_moved_start = true;
        self.experiment.start = self.resolved(point);
        self.refresh();
    }

    /// Where the pointer hovers, [x, y], in the surface's coordinates.
    pub fn hovered(&self) -> Option<[f64; 2]> {
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

impl Hand for PlanarLab {
    fn set_size(&mut self, picture: Picture, size: [f64; 2]) {
        self.sizes.set(picture, size);
    }

    fn set_present_type_size(&mut self, size: f64) {
        self.present_type_size = size.max(1.0);
    }

    fn take_hand_off(&mut self, is_off: bool) {
        self.is_for_print = is_off;
    }

    fn hover(&mut self, picture: Picture, _slot: usize, at: Pixel) -> Option<Hover> {
        match picture {
            Picture::Plot => {
                self.set_hover(Some(at));
                model::hover(self)
            }
            Picture::Hill => {
                self.hover = self.on_hill(|hill| hill.point_at(at));
                model::hover(self)
            }
            Picture::Chart if self.shows_trials() => {
                let (alpha, beta) = trials::dials_at(self, at);
                self.mark_trial(Some([alpha, beta.unwrap_or(f64::NAN)]));
                model::trials_hover(self)
            }
            Picture::Chart => {
                // The theme is no matter of places.
                let chart = chart::chart(self, self.chart_size(), &scene::style(self, false));
                self.mark_step(Some(chart::step_at(self, &chart, at[0])));
                model::chart_hover(self)
            }
            Picture::Data => {
                self.example_at(at).and_then(|index| model::example_hover(self, index))
            }
            Picture::Ball | Picture::Panel | Picture::Net | Picture::Land | Picture::Losses => None,
        }
    }

    fn leave(&mut self, picture: Picture) {
        match picture {
            Picture::Plot | Picture::Hill => self.set_hover(None),
            Picture::Chart => {
                self.mark_step(None);
                self.mark_trial(None);
            }
            _ => {}
        }
    }

    fn pick(&self, picture: Picture, at: Pixel) -> Option<String> {
        if picture == Picture::Chart {
            return Some(self.experiment.runs.names().swap_remove(self.trial_at(at)?));
        }
        let is_start = match picture {
            Picture::Plot => self.is_on_start(at),
            Picture::Hill => self.is_on_start_of_hill(at),
            _ => false,
        };
        is_start.then(|| "start".to_owned())
    }

    fn put_start(&mut self, at: Pixel) {
        self.move_start(self.frame().to_data(at));
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

    fn put_start_on_hill(&mut self, at: Pixel) {
        if let Some(point) = self.point_under(at) {
            self.move_start(point);
        }
    }

    fn orbit(&mut self, picture: Picture, by: Pixel) {
        if picture == Picture::Hill {
            self.orbit_by(by);
        }
    }

    fn approach(&mut self, picture: Picture, factor: f64) {
        if picture == Picture::Hill {
            self.approach_by(factor);
        }
    }

    fn nudge_start(&mut self, [dx, dy]: Pixel) {
        let [x, y] = self.frame().to_pixel(self.experiment.start);
        self.put_start([x + dx, y + dy]);
    }

    fn pan(&mut self, by: Pixel) {
        self.show(self.frame().panned(by));
    }

    fn zoom(&mut self, at: Pixel, factor: f64) {
        self.show(self.frame().zoomed(at, factor));
    }

    fn step_line(&mut self, forward: bool) {
        self.run_line(forward);
    }
}

pub(super) fn in_reach(value: f64) -> f64 {
    value.clamp(-MAX_COORDINATE, MAX_COORDINATE)
}
