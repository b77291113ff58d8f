//! The core's door to the page: the one module that names the browser.
//!
//! The page calls in and never the other way round. It owns every element but the canvases'
//! pixels, the events and the clock; what can be tested natively lives in [`crate::lab`].

mod data;
mod nets;
mod panics;
mod passes;
mod screen;

use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

use crate::budget::{Budget, CALL};
use crate::desk::Desk;
use crate::link::Fault;
use crate::model::json::{Json, json};
use crate::model::net as net_model;
use crate::scene::chart;
use crate::scene::net as net_scene;
use crate::view::legend::{Marks, SAMPLE};
use crate::view::{Field, Pen, Style, Theme};
use crate::{model, scene};
use nets::NetScreen;
use screen::sheet::{Sheet, fault};
use screen::{Screen, Sizes};

/// While the clock runs, nets are trained, and what a lab shows is computed, for so many
/// milliseconds a frame at most …
const PLAYING: f64 = 4.5;
/// … and while it stands for so many.
const STANDING: f64 = 12.0;

/// The labs, as JavaScript holds them. Lengths are CSS pixels; texts that hold more than one
/// thing are JSON, described in `www/model.js`.
#[wasm_bindgen(js_name = Lab)]
pub struct Page {
    desk: Desk,
    system_is_dark: bool,
    screen: Option<Screen>,
    net_screen: Option<NetScreen>,
}

impl Page {
    /// The marks in the pictures at hand, and the theme that they are drawn in.
    fn marks(&self) -> (Marks, &'static Theme) {
        match &self.desk.nets {
            Some(nets) => {
                let style = net_scene::style(nets, self.system_is_dark);
                (net_scene::marks(nets, &style), style.theme)
            }
            None => {
                let style = scene::style(&self.desk.plane, self.system_is_dark);
                (scene::marks(&self.desk.plane, &style), style.theme)
            }
        }
    }
}

#[wasm_bindgen(js_class = Lab)]
impl Page {
    /// The lab that a link asks for: the text behind `#`.
    #[wasm_bindgen(constructor)]
    pub fn new(link: &str) -> Page {
        Page { desk: Desk::new(link), system_is_dark: false, screen: None, net_screen: None }
    }

    /// What the last link held that could not be taken: of each part a sentence, and whether it
    /// would have done nothing.
    pub fn faults(&self) -> String {
        let told =
            |fault: &Fault| json!({ "text": fault.to_string(), "harmless": fault.is_harmless });
        Json::from(self.desk.faults().iter().map(told).collect::<Vec<_>>()).to_string()
    }

    /// How each other lab was left, for [`Page::recall`].
    pub fn left(&self) -> String {
        self.desk.left()
    }

    /// Takes over how the labs of another page were left.
    pub fn recall(&mut self, left: &str) {
        self.desk.recall(left);
    }

    /// Puts the experiment of a link in place of this one.
    pub fn open(&mut self, link: &str) {
        let nets = self.desk.nets.is_some();
        self.desk.open(link);
        self.turned(nets);
    }

    /// The experiment as a link; empty if it is the default.
    pub fn link(&self) -> String {
        self.desk.link()
    }

    /// Sets what a link calls `key`. Returns nothing, or what is wrong as JSON; then nothing has
    /// changed.
    pub fn set(&mut self, key: &str, text: &str) -> String {
        match self.desk.set(key, text) {
            Ok(()) => String::new(),
            Err(Fault { message, column: Some(column), .. }) => {
                json!({ "message": message, "column": column }).to_string()
            }
            Err(fault) => json!({ "message": fault.to_string() }).to_string(),
        }
    }

    /// Does what a button asks for, see [`Lab::act`]. Returns nothing, or why not.
    pub fn act(&mut self, verb: &str, name: &str) -> String {
        let nets = self.desk.nets.is_some();
        let fault = self.desk.act(verb, name).err().unwrap_or_default();
        self.turned(nets);
        fault
    }

    /// Everything that stays as it is while the clock runs.
    pub fn model(&self) -> String {
        if let Some(nets) = &self.desk.nets {
            let style = net_scene::style(nets, self.system_is_dark);
            return net_model::model(nets, style.theme).to_string();
        }
        model::model(&self.desk.plane, scene::style(&self.desk.plane, self.system_is_dark).theme)
            .to_string()
    }

    /// Grows when something has been computed, a while after it was asked for, that the model tells
    /// of.
    pub fn version(&self) -> u32 {
        if self.desk.nets.is_some() { 0 } else { self.desk.plane.versions().model }
    }

    /// What changes with the clock.
    pub fn live(&mut self) -> String {
        if let Some(nets) = &mut self.desk.nets {
            return net_model::live(nets).to_string();
        }
        model::live(&self.desk.plane).to_string()
    }

    /// Whether the system asks for dark pages.
    pub fn scheme(&mut self, dark: bool) {
        self.system_is_dark = dark;
    }

    /// Hands over the canvases: of each of two plots field, axes, cloud, paths and heads; curves
    /// and cursor of the chart; examples and models of the data; the noise ball.
    ///
    /// # Errors
    /// A canvas that has no 2-D context.
    pub fn attach(&mut self, canvases: Vec<HtmlCanvasElement>) -> Result<(), JsValue> {
        self.screen = Some(Screen::new(canvases)?);
        Ok(())
    }

    /// Width and height of a plot, the chart, the data view and the noise ball, one after the
    /// other, and how many device pixels make one CSS pixel. Missing ones are 1.
    pub fn resize(&mut self, sizes: &[f64], density: f64) {
        let side = |at: usize| sizes.get(at).copied().unwrap_or(1.0).max(1.0);
        let [plot, chart, data, ball] = [0, 2, 4, 6].map(|at| [side(at), side(at + 1)]);
        self.desk.plane.set_plot_size(plot[0], plot[1]);
        self.desk.plane.set_data_size(data[0], data[1]);
        if let Some(screen) = &mut self.screen {
            screen.resize(Sizes { plot, chart, data, ball, density });
        }
    }

    /// The size of labels in Present, in CSS pixels.
    pub fn set_present_type_size(&mut self, size: f64) {
        self.desk.plane.set_present_type_size(size);
        if let Some(nets) = &mut self.desk.nets {
            nets.set_present_type_size(size);
        }
    }

    /// Draws the layers that something has changed in; returns whether more is to be drawn in the
    /// next frame.
    ///
    /// # Errors
    /// The canvas's.
    pub fn draw(&mut self) -> Result<bool, JsValue> {
        if let (Some(nets), Some(screen)) = (&mut self.desk.nets, &mut self.net_screen) {
            let style = net_scene::style(nets, self.system_is_dark);
            return screen.draw(nets, &style);
        }
        match &mut self.screen {
            Some(screen) => {
                screen.draw(&self.desk.plane, &scene::style(&self.desk.plane, self.system_is_dark))
            }
            None => Ok(false),
        }
    }

    /// Lets time pass and goes on with the work for a part of a frame; returns whether anything
    /// still moves.
    pub fn tick(&mut self, milliseconds: f64) -> bool {
        let part = if self.playing() { PLAYING } else { STANDING };
        let end = js_sys::Date::now() + part;
        let mut still = || js_sys::Date::now() < end;
        let mut budget = Budget::until(4 * CALL, &mut still);
        if let Some(nets) = &mut self.desk.nets {
            if let Some(screen) = &mut self.net_screen {
                screen.wait(milliseconds);
            }
            return nets.tick(milliseconds, &mut budget);
        }
        self.desk.plane.tick(milliseconds, &mut budget)
    }

    /// Plays, from the start again where the horizon is reached.
    pub fn play(&mut self) {
        match &mut self.desk.nets {
            Some(nets) => nets.play(),
            None => self.desk.plane.play(),
        }
    }

    /// Stops at the step that is shown.
    pub fn pause(&mut self) {
        match &mut self.desk.nets {
            Some(nets) => nets.pause(),
            None => self.desk.plane.pause(),
        }
    }

    /// Whether the clock runs.
    pub fn playing(&self) -> bool {
        let nets = self.desk.nets.as_ref();
        nets.map_or_else(|| self.desk.plane.is_playing(), |nets| nets.is_playing())
    }

    /// One step on, and stops there.
    pub fn step(&mut self) {
        self.go_to(self.now() + 1);
    }

    /// One step back, and stops there.
    pub fn back(&mut self) {
        self.go_to(self.now().saturating_sub(1));
    }

    /// Back to step 0.
    pub fn rewind(&mut self) {
        match &mut self.desk.nets {
            Some(nets) => nets.rewind(),
            None => self.desk.plane.rewind(),
        }
    }

    /// Shows a step, and stops there.
    pub fn seek(&mut self, step: u32) {
        self.go_to(step as usize);
    }

    /// What lies under a pixel of the plot: `start` or `plot`.
    pub fn hit(&self, px: f64, py: f64) -> String {
        if self.desk.plane.is_on_start([px, py]) { "start" } else { "plot" }.to_owned()
    }

    /// Puts the start of all runs under a pixel of the plot.
    pub fn put_start(&mut self, px: f64, py: f64) {
        self.desk.plane.put_start([px, py]);
    }

    /// Moves the start by pixels, right and down.
    pub fn nudge_start(&mut self, dx: f64, dy: f64) {
        self.desk.plane.nudge_start([dx, dy]);
    }

    /// Drags the plane by pixels, right and down.
    pub fn pan(&mut self, dx: f64, dy: f64) {
        self.desk.plane.pan([dx, dy]);
    }

    /// Zooms about a pixel; a factor of 2 shows half the width.
    pub fn zoom(&mut self, px: f64, py: f64, factor: f64) {
        self.desk.plane.zoom([px, py], factor);
    }

    /// What the legend says of the marks in the pictures at hand, one after the other.
    pub fn legend(&mut self) -> String {
        let (marks, _) = self.marks();
        let says: Vec<String> = marks.told().map(|(_, says)| says.to_owned()).collect();
        Json::from(says).to_string()
    }

    /// Draws the samples of those marks.
    ///
    /// # Errors
    /// A canvas that has no 2-D context.
    pub fn draw_legend(
        &mut self,
        canvases: Vec<HtmlCanvasElement>,
        density: f64,
    ) -> Result<(), JsValue> {
        let (marks, theme) = self.marks();
        let style = Style::page(theme);
        for ((mark, _), canvas) in marks.told().zip(canvases) {
            let mut sheet = Sheet::new(canvas)?;
            sheet.resize(SAMPLE, density);
            mark.draw(&mut Pen::new(&mut sheet.backend), &style).map_err(fault)?;
        }
        Ok(())
    }

    /// The pointer is over a pixel of the plot: what there is to read there, or nothing.
    pub fn hover(&mut self, px: f64, py: f64) -> String {
        self.desk.plane.set_hover(Some([px, py]));
        model::hover(&self.desk.plane).map(|hover| hover.to_string()).unwrap_or_default()
    }

    /// The pointer has left the plot.
    pub fn leave(&mut self) {
        self.desk.plane.set_hover(None);
    }

    /// The pointer is over a pixel of the chart: the step there and what the runs have lost.
    pub fn chart_hover(&mut self, px: f64, _py: f64) -> String {
        if let (Some(nets), Some(screen)) = (&mut self.desk.nets, &self.net_screen) {
            let style = net_scene::style(nets, self.system_is_dark);
            let chart = net_scene::chart::chart(nets, screen.chart_size(), &style);
            nets.mark_step(Some(net_scene::chart::step_at(nets, &chart, px)));
            return net_model::chart_hover(nets).map(|hover| hover.to_string()).unwrap_or_default();
        }
        let Some(screen) = &self.screen else { return String::new() };
        let style = scene::style(&self.desk.plane, self.system_is_dark);
        let chart = chart::chart(&self.desk.plane, screen.chart_size(), &style);
        let step = chart::step_at(&self.desk.plane, &chart, px);
        self.desk.plane.mark_step(Some(step));
        model::chart_hover(&self.desk.plane).map(|hover| hover.to_string()).unwrap_or_default()
    }

    /// The pointer has left the chart.
    pub fn chart_leave(&mut self) {
        if let Some(nets) = &mut self.desk.nets {
            nets.mark_step(None);
        }
        self.desk.plane.mark_step(None);
    }

    /// Runs the next line of the pseudo code, and stops there.
    pub fn line_step(&mut self) {
        self.desk.plane.step_line(true);
    }

    /// Goes back by one line of the pseudo code, and stops there.
    pub fn line_back(&mut self) {
        self.desk.plane.step_line(false);
    }

    /// A number that two machines agree on if all paths of this lab have the same bits.
    pub fn fingerprint(&self) -> String {
        let nets = self.desk.nets.as_ref();
        nets.map_or_else(|| self.desk.plane.fingerprint(), |nets| nets.fingerprint())
    }

    /// Samples the surface as a field is sampled, without drawing it, and returns the lowest
    /// value: for measuring.
    pub fn sample(&self, columns: usize, rows: usize) -> f64 {
        let (window, objective) =
            (self.desk.plane.experiment().window, self.desk.plane.objective());
        let field = Field::sample(window, columns, rows, |xs, ys, out| objective.grid(xs, ys, out));
        field.lowest().unwrap_or(f64::NAN)
    }

    /// Computes everything, and trains until all runs are where the clock stands: for measuring and
    /// tests.
    pub fn settle(&mut self) {
        match &mut self.desk.nets {
            Some(nets) => nets.settle(),
            None => self.desk.plane.settle(),
        }
    }

    /// Fails as a bug would, so that a test can see how the page recovers.
    pub fn fail(&self) {
        panic!("The page asked the core to fail.");
    }
}

impl Page {
    /// After a change that may have opened another lab: what both draw on is drawn anew.
    fn turned(&mut self, had_nets: bool) {
        if self.desk.nets.is_some() == had_nets {
            return;
        }
        if let Some(screen) = &mut self.screen {
            screen.forget_chart();
        }
        if let Some(screen) = &mut self.net_screen {
            screen.forget();
        }
    }

    fn now(&self) -> usize {
        self.desk.nets.as_ref().map_or_else(|| self.desk.plane.step(), |nets| nets.step())
    }

    fn go_to(&mut self, step: usize) {
        match &mut self.desk.nets {
            Some(nets) => nets.seek(step),
            None => self.desk.plane.seek(step),
        }
    }
}
