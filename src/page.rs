//! The core's door to the page: the one module that names the browser.
//!
//! The page calls in and never the other way round. It owns every element but the canvases'
//! pixels, the events and the clock; what can be tested natively lives in [`crate::lab`].

mod screen;

use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

use crate::lab::Lab;
use crate::link::Fault;
use crate::model::json::{Json, json};
use crate::scene::chart;
use crate::view::Field;
use crate::{model, scene};
use screen::{Screen, Sizes};

/// The Surface lab, as JavaScript holds it. Lengths are CSS pixels; texts that hold more than one
/// thing are JSON, described in `www/model.js`.
#[wasm_bindgen(js_name = Lab)]
pub struct Page {
    lab: Lab,
    system_is_dark: bool,
    screen: Option<Screen>,
}

#[wasm_bindgen(js_class = Lab)]
impl Page {
    /// The lab that a link asks for: the text behind `#`.
    #[wasm_bindgen(constructor)]
    pub fn new(link: &str) -> Page {
        Page { lab: Lab::new(link), system_is_dark: false, screen: None }
    }

    /// A sentence for each part of the last link that could not be taken.
    pub fn faults(&self) -> String {
        let sentences: Vec<String> = self.lab.faults().iter().map(ToString::to_string).collect();
        Json::from(sentences).to_string()
    }

    /// Puts the experiment of a link in place of this one.
    pub fn open(&mut self, link: &str) {
        self.lab.open(link);
    }

    /// The experiment as a link; empty if it is the default.
    pub fn link(&self) -> String {
        self.lab.link()
    }

    /// Sets what a link calls `key`. Returns nothing, or what is wrong as JSON; then nothing has
    /// changed.
    pub fn set(&mut self, key: &str, text: &str) -> String {
        match self.lab.set(key, text) {
            Ok(()) => String::new(),
            Err(Fault { message, column: Some(column), .. }) => {
                json!({ "message": message, "column": column }).to_string()
            }
            Err(fault) => json!({ "message": fault.to_string() }).to_string(),
        }
    }

    /// Does what a button asks for, see [`Lab::act`]. Returns nothing, or why not.
    pub fn act(&mut self, verb: &str, name: &str) -> String {
        self.lab.act(verb, name).err().unwrap_or_default()
    }

    /// Everything that stays as it is while the clock runs.
    pub fn model(&self) -> String {
        model::model(&self.lab, scene::style(&self.lab, self.system_is_dark).theme).to_string()
    }

    /// What changes with the clock.
    pub fn live(&self) -> String {
        model::live(&self.lab).to_string()
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
        self.lab.set_plot_size(plot[0], plot[1]);
        self.lab.set_data_size(data[0], data[1]);
        if let Some(screen) = &mut self.screen {
            screen.resize(Sizes { plot, chart, data, ball, density });
        }
    }

    /// Draws the layers that something has changed in.
    ///
    /// # Errors
    /// The canvas's.
    pub fn draw(&mut self) -> Result<(), JsValue> {
        match &mut self.screen {
            Some(screen) => screen.draw(&self.lab, &scene::style(&self.lab, self.system_is_dark)),
            None => Ok(()),
        }
    }

    /// Lets time pass; returns whether the clock still runs.
    pub fn tick(&mut self, milliseconds: f64) -> bool {
        self.lab.tick(milliseconds)
    }

    /// Plays, from the start again where the horizon is reached.
    pub fn play(&mut self) {
        self.lab.play();
    }

    /// Stops at the step that is shown.
    pub fn pause(&mut self) {
        self.lab.pause();
    }

    /// Whether the clock runs.
    pub fn playing(&self) -> bool {
        self.lab.is_playing()
    }

    /// One step on, and stops there.
    pub fn step(&mut self) {
        self.lab.seek(self.lab.step() + 1);
    }

    /// One step back, and stops there.
    pub fn back(&mut self) {
        self.lab.seek(self.lab.step().saturating_sub(1));
    }

    /// Back to step 0.
    pub fn rewind(&mut self) {
        self.lab.rewind();
    }

    /// Shows a step, and stops there.
    pub fn seek(&mut self, step: u32) {
        self.lab.seek(step as usize);
    }

    /// What lies under a pixel of the plot: `start` or `plot`.
    pub fn hit(&self, px: f64, py: f64) -> String {
        if self.lab.is_on_start([px, py]) { "start" } else { "plot" }.to_owned()
    }

    /// Puts the start of all runs under a pixel of the plot.
    pub fn put_start(&mut self, px: f64, py: f64) {
        self.lab.put_start([px, py]);
    }

    /// Moves the start by pixels, right and down.
    pub fn nudge_start(&mut self, dx: f64, dy: f64) {
        self.lab.nudge_start([dx, dy]);
    }

    /// Drags the plane by pixels, right and down.
    pub fn pan(&mut self, dx: f64, dy: f64) {
        self.lab.pan([dx, dy]);
    }

    /// Zooms about a pixel; a factor of 2 shows half the width.
    pub fn zoom(&mut self, px: f64, py: f64, factor: f64) {
        self.lab.zoom([px, py], factor);
    }

    /// The pointer is over a pixel of the plot: what there is to read there, or nothing.
    pub fn hover(&mut self, px: f64, py: f64) -> String {
        self.lab.set_hover(Some([px, py]));
        model::hover(&self.lab).map(|hover| hover.to_string()).unwrap_or_default()
    }

    /// The pointer has left the plot.
    pub fn leave(&mut self) {
        self.lab.set_hover(None);
    }

    /// The pointer is over a pixel of the chart: the step there and what the runs have lost.
    pub fn chart_hover(&mut self, px: f64, _py: f64) -> String {
        let Some(screen) = &self.screen else { return String::new() };
        let style = scene::style(&self.lab, self.system_is_dark);
        let chart = chart::chart(&self.lab, screen.chart_size(), &style);
        let step = chart::step_at(&self.lab, &chart, px);
        self.lab.mark_step(Some(step));
        model::chart_hover(&self.lab).map(|hover| hover.to_string()).unwrap_or_default()
    }

    /// The pointer has left the chart.
    pub fn chart_leave(&mut self) {
        self.lab.mark_step(None);
    }

    /// Runs the next line of the pseudo code, and stops there.
    pub fn line_step(&mut self) {
        self.lab.step_line(true);
    }

    /// Goes back by one line of the pseudo code, and stops there.
    pub fn line_back(&mut self) {
        self.lab.step_line(false);
    }

    /// The example at a pixel of the data view; −1 where none is.
    pub fn data_hit(&self, px: f64, py: f64) -> i32 {
        self.lab.example_at([px, py]).map_or(-1, |index| index as i32)
    }

    /// The pointer is over a pixel of the data view: what there is to read of the example there,
    /// or nothing.
    pub fn data_hover(&self, px: f64, py: f64) -> String {
        let index = self.lab.example_at([px, py]);
        let told = index.and_then(|index| model::example_hover(&self.lab, index));
        told.map(|hover| hover.to_string()).unwrap_or_default()
    }

    /// Chooses an example for the keyboard, or with −1 none. Returns what a screen reader says of
    /// it and the pixel where it lies, or nothing.
    pub fn data_choose(&mut self, index: i32) -> String {
        self.lab.choose_example(usize::try_from(index).ok());
        let chosen = self.lab.chosen_example();
        chosen
            .and_then(|index| model::chosen(&self.lab, index))
            .map(|told| told.to_string())
            .unwrap_or_default()
    }

    /// Adds an example at a pixel of the data view; returns its index, or −1 where there is no
    /// room.
    pub fn data_add(&mut self, px: f64, py: f64) -> i32 {
        self.lab.add_example([px, py]).map_or(-1, |index| index as i32)
    }

    /// Moves an example to a pixel of the data view.
    pub fn data_move(&mut self, index: u32, px: f64, py: f64) {
        self.lab.move_example(index as usize, [px, py]);
    }

    /// Moves an example by pixels, right and down.
    pub fn data_nudge(&mut self, index: u32, dx: f64, dy: f64) {
        self.lab.nudge_example(index as usize, [dx, dy]);
    }

    /// Removes an example.
    pub fn data_remove(&mut self, index: u32) {
        self.lab.remove_example(index as usize);
    }

    /// What a pasted table holds, see [`model::table`]; a column below 0 is chosen by the core.
    pub fn read_table(&self, text: &str, x: i32, y: i32) -> String {
        model::table(text, x, y).to_string()
    }

    /// Takes the good rows of a table as the data. Returns nothing, or why not.
    pub fn take_table(&mut self, text: &str, x: u32, y: u32) -> String {
        self.lab.take_table(text, [x as usize, y as usize]).err().unwrap_or_default()
    }

    /// The data as CSV.
    pub fn data_text(&self) -> String {
        self.lab.data_text()
    }

    /// A number that two machines agree on if all paths of this lab have the same bits.
    pub fn fingerprint(&self) -> String {
        self.lab.fingerprint()
    }

    /// Samples the surface as a field is sampled, without drawing it, and returns the lowest
    /// value: for measuring.
    pub fn sample(&self, columns: usize, rows: usize) -> f64 {
        let (window, objective) = (self.lab.experiment().window, self.lab.objective());
        let field = Field::sample(window, columns, rows, |xs, ys, out| objective.grid(xs, ys, out));
        field.lowest().unwrap_or(f64::NAN)
    }

    /// Fails as a bug would, so that a test can see how the page recovers.
    pub fn fail(&self) {
        panic!("The page asked the core to fail.");
    }
}
