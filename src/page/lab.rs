//! The labs of the page: every call that is of no part of them.

use std::collections::HashMap;

use serde::Serialize;
use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

use super::canvas::Canvas;
use super::{lessons, linker, named_sizes};
use crate::labs::model::{self, Fault, LinkFault, json};
use crate::labs::{Action, App, Kind, Lab, Picture, Screens};
use crate::math::budget::{Budget, CALL};
use crate::view::legend::{Marks, SAMPLE};
use crate::view::sheet::{Sheet, SheetFault, fault};
use crate::view::{Pen, Style};

/// While the clock runs, nets are trained, and what a lab shows is computed, for so many
/// milliseconds a frame at most …
const PLAYING: f64 = 4.5;
/// … and while it stands for so many.
const STANDING: f64 = 12.0;

/// The labs, as JavaScript holds them. Lengths are CSS pixels; texts that hold more than one
/// thing are JSON, declared in `www/model.d.ts`.
#[wasm_bindgen(js_name = Lab)]
pub struct Page {
    pub(super) app: App,
    system_is_dark: bool,
    screens: Option<Screens<Canvas>>,
}

impl Page {
    pub(super) fn lab(&self) -> &dyn Lab {
        &*self.app.lab
    }

    pub(super) fn lab_mut(&mut self) -> &mut dyn Lab {
        &mut *self.app.lab
    }

    pub(super) fn style(&self) -> Style {
        self.lab().style(self.system_is_dark)
    }

    pub(super) fn marks(&self) -> Marks {
        Screens::<Canvas>::marks(&self.app.lab, &self.style())
    }

    /// After a call that may have opened another lab.
    pub(super) fn turned(&mut self, from: &'static Kind) {
        if let Some(screens) = self.screens.as_mut().filter(|_| self.app.lab.kind() != from) {
            screens.forget();
        }
    }
}

/// A fault as JavaScript throws it.
fn thrown(fault: SheetFault) -> JsValue {
    JsValue::from_str(&fault)
}

/// How a call that may be refused ended, as the page is told.
pub(super) fn outcome(done: Result<(), impl Into<Fault>>) -> String {
    text_of(done.err().map(Into::into))
}

/// What there is to tell, or nothing.
pub(super) fn text_of(told: Option<impl Serialize>) -> String {
    told.as_ref().map(json).unwrap_or_default()
}

#[wasm_bindgen(js_class = Lab)]
impl Page {
    /// The lab that a link asks for, the text behind `#`, where the reader has lessons: the key of
    /// each, and the texts of their files. One that cannot be read is left out.
    #[wasm_bindgen(constructor)]
    pub fn new(link: &str, keys: Vec<String>, texts: Vec<String>) -> Page {
        linker::install();
        let mut app = App::with_lessons(link, lessons::shelf(&keys, &texts));
        app.leave_maps(true);
        Page { app, system_is_dark: false, screens: None }
    }

    /// What the last link held that could not be taken: of each part a sentence, and whether it
    /// would have done nothing.
    #[wasm_bindgen(unchecked_return_type = "Json<LinkFault[]>")]
    pub fn faults(&self) -> String {
        json(&self.app.faults().map(LinkFault::from).collect::<Vec<_>>())
    }

    /// The same of a link that is not opened.
    #[wasm_bindgen(unchecked_return_type = "Json<LinkFault[]>")]
    pub fn faults_of(&self, link: &str) -> String {
        json(&self.app.faults_of(link).iter().map(LinkFault::from).collect::<Vec<_>>())
    }

    /// How each other lab was left, for [`Page::recall`].
    pub fn left(&self) -> String {
        self.app.left()
    }

    /// Takes over how the labs of another page were left.
    pub fn recall(&mut self, left: &str) {
        self.app.recall(left);
    }

    /// Puts the experiment of a link in place of this one.
    pub fn open(&mut self, link: &str) {
        let from = self.lab().kind();
        self.app.open(link);
        self.turned(from);
    }

    /// What is shown as a link; empty if it is the default experiment, in no lesson.
    pub fn link(&self) -> String {
        self.app.link()
    }

    /// Sets what a link calls `key`.
    #[wasm_bindgen(unchecked_return_type = "Outcome")]
    pub fn set(&mut self, key: &str, text: &str) -> String {
        outcome(self.app.set(key, text))
    }

    /// Does what a button asks for, an [`Action`].
    #[wasm_bindgen(unchecked_return_type = "Outcome")]
    pub fn act(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "Json<Action>")] action: &str,
    ) -> String {
        let from = self.lab().kind();
        let done = Action::parse(action).and_then(|action| self.app.act(&action));
        self.turned(from);
        outcome(done)
    }

    /// What never changes: what there is to choose from.
    #[wasm_bindgen(unchecked_return_type = "Json<Catalog>")]
    pub fn catalog(&self) -> String {
        json(&model::catalog())
    }

    /// What changes with an edit and stays as it is while the clock runs.
    #[wasm_bindgen(unchecked_return_type = "Json<Model>")]
    pub fn model(&self) -> String {
        json(&self.app.model(self.style().theme))
    }

    /// Grows when something has been computed, a while after it was asked for, that the model tells
    /// of.
    pub fn version(&self) -> u32 {
        self.app.model_version()
    }

    /// What changes with the clock.
    #[wasm_bindgen(unchecked_return_type = "Json<Live>")]
    pub fn live(&mut self) -> String {
        json(&self.app.live())
    }

    /// Whether the system asks for dark pages.
    pub fn scheme(&mut self, dark: bool) {
        self.system_is_dark = dark;
    }

    /// Hands over the canvases, each with its name.
    ///
    /// # Errors
    /// A canvas that is missing, or has no 2-D context.
    pub fn attach(
        &mut self,
        names: Vec<String>,
        canvases: Vec<HtmlCanvasElement>,
    ) -> Result<(), JsValue> {
        let canvases: HashMap<String, HtmlCanvasElement> =
            names.into_iter().zip(canvases).collect();
        let take = |name: &str| {
            let none = || format!("The canvas {name} is missing.");
            Canvas::new(canvases.get(name).ok_or_else(none)?.clone())
        };
        self.screens = Some(Screens::new(take).map_err(thrown)?);
        Ok(())
    }

    /// Takes width and height of each of these pictures one after the other, how many device pixels
    /// make one CSS pixel, and the size of labels in Present.
    pub fn resize(
        &mut self,
        pictures: Vec<String>,
        sizes: &[f64],
        density: f64,
        present_type_size: f64,
    ) {
        let all = named_sizes(&pictures, sizes);
        self.app.resize(&all, present_type_size);
        if let Some(screens) = &mut self.screens {
            screens.resize(&all, density);
        }
    }

    /// Draws the layers that something has changed in; returns whether more is to be drawn in the
    /// next frame.
    ///
    /// # Errors
    /// The canvas's.
    pub fn draw(&mut self) -> Result<bool, JsValue> {
        let Some(screens) = &mut self.screens else { return Ok(false) };
        screens.draw(&mut self.app.lab, self.system_is_dark).map_err(thrown)
    }

    /// Lets time pass and goes on with the work for a part of a frame; returns whether anything
    /// still moves.
    pub fn tick(&mut self, milliseconds: f64) -> bool {
        let part = if self.playing() { PLAYING } else { STANDING };
        let end = js_sys::Date::now() + part;
        let mut still = || js_sys::Date::now() < end;
        let mut budget = Budget::until(4 * CALL, &mut still);
        if let Some(screens) = &mut self.screens {
            screens.wait(milliseconds);
        }
        self.lab_mut().tick(milliseconds, &mut budget)
    }

    /// Plays, from the start again where the horizon is reached.
    pub fn play(&mut self) {
        self.lab_mut().timeline_mut().play();
    }

    /// Stops at the step that is shown.
    pub fn pause(&mut self) {
        self.lab_mut().timeline_mut().pause();
    }

    /// Whether the clock runs.
    pub fn playing(&self) -> bool {
        self.lab().timeline().is_playing()
    }

    /// One step on, and stops there.
    pub fn step(&mut self) {
        let timeline = self.lab_mut().timeline_mut();
        timeline.seek(timeline.step() + 1);
    }

    /// One step back, and stops there.
    pub fn back(&mut self) {
        let timeline = self.lab_mut().timeline_mut();
        timeline.seek(timeline.step().saturating_sub(1));
    }

    /// Back to step 0.
    pub fn rewind(&mut self) {
        self.lab_mut().timeline_mut().rewind();
    }

    /// Shows a step, and stops there.
    pub fn seek(&mut self, step: u32) {
        self.lab_mut().timeline_mut().seek(step as usize);
    }

    /// Where the clock is, in steps and parts of a step.
    pub fn position(&self) -> f64 {
        self.lab().timeline().position()
    }

    /// Puts the clock where another one was; it goes on by itself from there.
    pub fn go_to(&mut self, position: f64, playing: bool) {
        self.lab_mut().timeline_mut().go_to(position, playing);
    }

    /// Puts the clock where that of another window is; it moves no more but by this.
    pub fn follow(&mut self, position: f64, playing: bool) {
        self.lab_mut().timeline_mut().follow(position, playing);
    }

    /// Whether the pictures are looked at alone, as in a film: then what only invites a hand is left out.
    pub fn take_hand_off(&mut self, is_off: bool) {
        self.lab_mut().take_hand_off(is_off);
    }

    /// The name of what a press on a pixel of a picture would take hold of, or nothing: `start` on
    /// the plot, a weight on the net, the `guess` while a place is asked for.
    pub fn pick(&self, picture: &str, px: f64, py: f64) -> String {
        let picked = Picture::named(picture).and_then(|it| self.app.pick(it, [px, py]));
        picked.unwrap_or_default()
    }

    /// Lets what has this name in a picture stand out, or nothing.
    pub fn focus(&mut self, picture: &str, name: &str) {
        if let Some(picture) = Picture::named(picture) {
            self.lab_mut().focus(picture, name);
        }
    }

    /// The pointer is over a pixel of a picture, of that in place `slot` where there are several:
    /// what there is to read there, or nothing.
    #[wasm_bindgen(unchecked_return_type = "Json<Hover> | ''")]
    pub fn hover(&mut self, picture: &str, slot: u32, px: f64, py: f64) -> String {
        let Some(picture) = Picture::named(picture) else { return String::new() };
        text_of(self.app.hover(picture, slot as usize, [px, py]))
    }

    /// The pointer has left a picture.
    pub fn leave(&mut self, picture: &str) {
        if let Some(picture) = Picture::named(picture) {
            self.lab_mut().leave(picture);
        }
    }

    /// Puts the start of all runs, or what is guessed while a place is asked for, under a pixel of
    /// the plot or the hill.
    pub fn put_handle(&mut self, picture: &str, px: f64, py: f64) {
        if let Some(picture) = Picture::named(picture) {
            self.app.put_handle(picture, [px, py]);
        }
    }

    /// Turns a hill as a hand does that drags its near side by pixels, right and down.
    pub fn orbit(&mut self, picture: &str, dx: f64, dy: f64) {
        if let Some(picture) = Picture::named(picture) {
            self.lab_mut().orbit(picture, [dx, dy]);
        }
    }

    /// Goes so many times as near to a hill.
    pub fn approach(&mut self, picture: &str, factor: f64) {
        if let Some(picture) = Picture::named(picture) {
            self.lab_mut().approach(picture, factor);
        }
    }

    /// Moves the same by pixels of the plot, right and down.
    pub fn nudge_handle(&mut self, dx: f64, dy: f64) {
        self.app.nudge_handle([dx, dy]);
    }

    /// Takes hold of the mark of a run's dials under a pixel of the chart, or of none.
    pub fn take_dials(&mut self, px: f64, py: f64) {
        self.lab_mut().take_dials([px, py]);
    }

    /// Sets the dials of the run whose mark is held, or else of the one that the chart is about, to those
    /// under a pixel of it.
    pub fn put_dials(&mut self, px: f64, py: f64) {
        self.lab_mut().put_dials([px, py]);
    }

    /// Moves the dials of the run that the chart is about by pixels of it, right and down.
    pub fn nudge_dials(&mut self, dx: f64, dy: f64) {
        self.lab_mut().nudge_dials([dx, dy]);
    }

    /// Drags the plane by pixels, right and down.
    pub fn pan(&mut self, dx: f64, dy: f64) {
        self.lab_mut().pan([dx, dy]);
    }

    /// Zooms about a pixel; a factor of 2 shows half the width.
    pub fn zoom(&mut self, px: f64, py: f64, factor: f64) {
        self.lab_mut().zoom([px, py], factor);
    }

    /// What the legend says of the marks in the pictures at hand, one after the other.
    #[wasm_bindgen(unchecked_return_type = "Json<string[]>")]
    pub fn legend(&mut self) -> String {
        json(&self.marks().told().map(|(_, says)| says).collect::<Vec<_>>())
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
        let style = Style::page(self.style().theme);
        for ((mark, _), canvas) in self.marks().told().zip(canvases) {
            let mut sheet = Canvas::new(canvas).map_err(thrown)?;
            sheet.resize(SAMPLE, density);
            let pen = &mut Pen::new(sheet.backend());
            mark.draw(pen, &style).map_err(|error| thrown(fault(error)))?;
        }
        Ok(())
    }

    /// A tile for each node of the net, as RGBA, in the order of the model's nodes; nothing where
    /// they are as they were.
    pub fn net_tiles(&mut self) -> Vec<u8> {
        let Some(screens) = &mut self.screens else { return Vec::new() };
        screens.tiles(&self.app.lab, self.system_is_dark)
    }

    /// Goes so many stages of the passes on, or back.
    pub fn turn(&mut self, by: i32) {
        self.lab_mut().turn(by);
    }

    /// Runs the next line of the pseudo code, and stops there.
    pub fn line_step(&mut self) {
        self.lab_mut().step_line(true);
    }

    /// Goes back by one line of the pseudo code, and stops there.
    pub fn line_back(&mut self) {
        self.lab_mut().step_line(false);
    }
}
