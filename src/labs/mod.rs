//! What a lab is: an experiment as it stands on the page, its clock, its pictures, and what the
//! pointer points at. Whoever drives one (the page, the command line, a test) knows it by [`Lab`];
//! which kinds of lab there are is known in here alone.
//!
//! | file | what it holds |
//! |---|---|
//! | `app.rs`, `open.rs` | the lab that is open, and how each other one was left; a lab of any kind |
//! | `planar/` | the Surface lab and the Minibatches lab: runs on a plane |
//! | `network/` | the Network lab: nets side by side |
//! | `experiment.rs`, `link.rs`, `presets.rs` | runs side by side; an experiment as text; those worth opening |
//! | `clock.rs` | the time that all runs share |
//! | `prediction.rs` | the curve that belongs to a loss |
//! | `scene/`, `screens.rs` | a lab as pictures, and the sheets that they are drawn on |
//! | `model/` | a lab as the page is told of it |

mod action;
mod app;
pub mod clock;
pub mod experiment;
pub mod link;
pub mod model;
pub mod network;
mod open;
pub mod planar;
pub mod prediction;
pub mod presets;
pub mod scene;
mod screens;

pub use action::{Action, Change, OfferKind, RunChange};
pub use app::{App, TABS};
pub use open::OpenLab;
pub use screens::Screens;

use crate::data::table::{Choices, Purpose};
use crate::labs::link::Fault;
use crate::labs::model::{Chosen, Hover, Live, Model};
use crate::math::budget::Budget;
use crate::math::window::Window;
use crate::objective::Objective;
use crate::view::legend::Marks;
use crate::view::{Style, Theme};

/// A point of a picture, in CSS pixels from its left and its upper edge.
pub type Pixel = [f64; 2];

/// The pictures that have a size of their own, and a pointer over them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picture {
    /// The surface with the paths; there may be two of a size.
    Plot,
    /// The loss chart.
    Chart,
    /// The examples and the curves through them.
    Data,
    /// The noise ball.
    Ball,
    /// What a net says of the plane of its data; the first, and all others are as large.
    Panel,
    /// The net's units and weights.
    Net,
    /// The loss on a plane through the weights.
    Land,
}

impl Picture {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Plot, Self::Chart, Self::Data, Self::Ball, Self::Panel, Self::Net, Self::Land];

    /// What the page calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plot => "plot",
            Self::Chart => "chart",
            Self::Data => "data",
            Self::Ball => "ball",
            Self::Panel => "panel",
            Self::Net => "net",
            Self::Land => "land",
        }
    }

    /// The picture that the page calls so.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|picture| picture.name() == name)
    }
}

/// The size of each picture in CSS pixels, at least 1 × 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sizes([[f64; 2]; Picture::ALL.len()]);

impl Default for Sizes {
    fn default() -> Self {
        Self([[1.0; 2]; Picture::ALL.len()])
    }
}

impl Sizes {
    /// That of a picture.
    pub fn of(&self, picture: Picture) -> [f64; 2] {
        self.0[picture as usize]
    }

    /// Takes that of a picture.
    pub fn set(&mut self, picture: Picture, size: [f64; 2]) {
        self.0[picture as usize] = size.map(|side| side.max(1.0));
    }
}

/// A lab at work.
///
/// A call that changes something does a bounded amount of work and answers; [`Lab::tick`] goes on
/// with what is left.
pub trait Lab {
    /// Its key among [`TABS`].
    fn tab(&self) -> &'static str;

    /// What the last link held that could not be taken.
    fn faults(&self) -> &[Fault];

    /// The experiment as a link; empty if it is the default.
    fn link(&self) -> String;

    /// Puts the experiment of a link, one of this lab, in place of this one.
    fn open(&mut self, link: &str);

    /// Sets what a link calls `key`.
    ///
    /// # Errors
    /// What cannot be taken; then nothing has changed.
    fn set(&mut self, key: &str, text: &str) -> Result<(), Fault>;

    /// Does what a button asks for.
    ///
    /// # Errors
    /// A sentence; then nothing has changed.
    fn act(&mut self, action: &Action) -> Result<(), String>;

    /// The reader's own settings, which stay when another experiment is opened, each as a link
    /// writes it behind its key.
    fn preferences(&self) -> Vec<(String, String)>;

    /// The step that is shown.
    fn step(&self) -> usize;

    /// Whether the clock runs.
    fn is_playing(&self) -> bool;

    /// Plays, from the start again where the horizon is reached.
    fn play(&mut self);

    /// Stops at the step that is shown.
    fn pause(&mut self);

    /// Shows this step, or the horizon where that is less, and stops there.
    fn seek(&mut self, step: usize);

    /// Goes back to step 0.
    fn rewind(&mut self);

    /// Lets time pass and goes on with the work as far as the budget lets it; returns whether
    /// anything still moves.
    fn tick(&mut self, milliseconds: f64, budget: &mut Budget) -> bool;

    /// Computes all that there is to be computed, however long that takes.
    fn settle(&mut self);

    /// A number that two machines agree on if all paths or weights have the same bits.
    fn fingerprint(&self) -> String;

    /// Colours and sizes as the experiment asks for them, on a system that is dark or not.
    fn style(&self, system_is_dark: bool) -> Style;

    /// The marks in the pictures at hand.
    fn marks(&self, style: &Style) -> Marks;

    /// Everything that stays as it is while the clock runs.
    fn model(&self, theme: &Theme) -> Model;

    /// Grows when something has been computed, a while after it was asked for, that the model tells
    /// of.
    fn model_version(&self) -> u32 {
        0
    }

    /// What changes with the clock.
    fn live(&mut self) -> Live;

    /// Takes the sizes of the pictures, and that of labels in Present, in CSS pixels.
    fn resize(&mut self, sizes: &Sizes, present_type_size: f64);

    /// The pointer is over a pixel of a picture, of the panel in place `slot` where there are
    /// several: what there is to read there.
    fn hover(&mut self, picture: Picture, slot: usize, at: Pixel) -> Option<Hover>;

    /// The pointer has left a picture.
    fn leave(&mut self, picture: Picture);

    /// The name of what a press on this pixel of a picture would take hold of.
    fn pick(&self, picture: Picture, at: Pixel) -> Option<String>;

    /// Lets what has this name in a picture stand out, or nothing.
    fn focus(&mut self, _picture: Picture, _name: &str) {}

    /// Puts the start of all runs under a pixel of the plot.
    fn put_start(&mut self, _at: Pixel) {}

    /// Moves the start by pixels, right and down.
    fn nudge_start(&mut self, _by: Pixel) {}

    /// Drags the plane of the plot by pixels, right and down.
    fn pan(&mut self, _by: Pixel) {}

    /// Zooms the plot about a pixel; a factor of 2 shows half the width.
    fn zoom(&mut self, _at: Pixel, _factor: f64) {}

    /// Goes to the next line of the pseudo code, or the one before, and stops there.
    fn step_line(&mut self, _forward: bool) {}

    /// Goes so many stages of the passes on, or back.
    fn turn(&mut self, _by: i32) {}

    /// The example at a pixel of its picture.
    fn example_at(&self, at: Pixel) -> Option<usize>;

    /// Chooses an example for the keyboard, or none; returns what a screen reader says of it and
    /// the pixel where it lies.
    fn choose_example(&mut self, index: Option<usize>) -> Option<Chosen>;

    /// Adds an example at a pixel; returns its index where there is room.
    fn add_example(&mut self, at: Pixel) -> Option<usize>;

    /// Moves an example to a pixel.
    fn move_example(&mut self, index: usize, at: Pixel);

    /// Moves an example by pixels, right and down.
    fn nudge_example(&mut self, index: usize, by: Pixel);

    /// Removes an example.
    fn remove_example(&mut self, index: usize);

    /// What a table is read for.
    fn purpose(&self) -> Purpose;

    /// Takes the good rows of a table, read by these choices, as the data.
    ///
    /// # Errors
    /// A sentence; then nothing has changed.
    fn take_table(&mut self, text: &str, choices: &Choices) -> Result<(), String>;

    /// The data as CSV.
    fn data_text(&self) -> String;

    /// The surface or the risk that the runs walk down, where that is a function of two numbers, and
    /// the part of the plane in view.
    fn ground(&self) -> Option<(&Objective, Window)> {
        None
    }
}
