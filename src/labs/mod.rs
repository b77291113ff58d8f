//! What a lab is: an experiment as it stands on the page, its clock, its pictures, and what the
//! pointer points at. Whoever drives one (the page, the command line, a test) knows it by [`Lab`];
//! which kinds of lab there are is known in here alone.
//!
//! | file | what it holds |
//! |---|---|
//! | `kind.rs` | the kinds of labs, one row each |
//! | `app.rs`, `open.rs` | the lab that is open, how each other one was left, and the place in a lesson; a lab of any kind |
//! | `hand.rs`, `dataset.rs` | what the hand does to the pictures, and to the examples |
//! | `quiz.rs` | what a question of a lesson is told |
//! | `maps.rs` | what very many runs lead to, computed here or by a worker |
//! | `planar/` | the Surface lab and the Minibatches lab: runs on a plane |
//! | `network/` | the Network lab: nets side by side |
//! | `lesson.rs` | a sequence of scenes through all labs: the lecture |
//! | `link.rs`, `presets.rs` | an experiment as text; those worth opening |
//! | `runs.rs`, `timeline.rs` | the runs side by side; the time that they share |
//! | `screens.rs` | the sheets that labs are drawn on |
//! | `model/` | a lab as the page is told of it |

mod action;
mod app;
mod dataset;
mod hand;
mod kind;
pub mod lesson;
pub mod link;
pub mod maps;
pub mod model;
pub mod network;
mod open;
pub mod planar;
pub mod presets;
mod quiz;
pub mod runs;
mod screens;
pub mod timeline;

pub use action::{Action, Change, OfferKind, RunChange};
pub use app::App;
pub use dataset::Dataset;
pub use hand::Hand;
pub use kind::{KINDS, Kind};
pub use maps::Maps;
pub use open::OpenLab;
pub use quiz::{Contestant, Course, Direction, Ghost, Pose, Quiz, Whereabouts};
pub use screens::Screens;

use crate::labs::link::Fault;
use crate::labs::model::{Live, Model};
use crate::labs::timeline::Timeline;
use crate::math::budget::Budget;
use crate::math::window::Window;
use crate::objective::Objective;
use crate::view::{Style, Theme};

/// A point of a picture, in CSS pixels from its left and its upper edge.
pub type Pixel = [f64; 2];

/// The pictures that a pointer may be over.
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
    /// The loss functions.
    Losses,
    /// The surface with the paths in three dimensions: it stands where a plot would, and is as large.
    Hill,
}

impl Picture {
    /// All that have a size of their own.
    pub const ALL: [Self; 8] = [
        Self::Plot,
        Self::Chart,
        Self::Data,
        Self::Ball,
        Self::Panel,
        Self::Net,
        Self::Land,
        Self::Losses,
    ];

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
            Self::Losses => "losses",
            Self::Hill => "hill",
        }
    }

    /// The picture that the page calls so.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().chain([Self::Hill]).find(|picture| picture.name() == name)
    }

    /// The one whose size it has.
    fn sized_as(self) -> Self {
        if self == Self::Hill { Self::Plot } else { self }
    }
}

/// The size of each picture in CSS pixels, at least 1 × 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sizes([[f64; 2]; Picture::ALL.len()]);

impl Default for Sizes {
    /// Of no picture anything is to be seen.
    fn default() -> Self {
        Self([[1.0; 2]; Picture::ALL.len()])
    }
}

impl Sizes {
    /// About as the page has them on a laptop: what a lab assumes until it is told.
    fn page() -> Self {
        let mut sizes = Self::default();
        for (picture, size) in [
            (Picture::Plot, [900.0, 600.0]),
            (Picture::Chart, [900.0, 150.0]),
            (Picture::Data, [400.0, 220.0]),
            (Picture::Panel, [400.0, 400.0]),
            (Picture::Net, [480.0, 300.0]),
            (Picture::Land, [480.0, 360.0]),
            (Picture::Losses, [480.0, 300.0]),
        ] {
            sizes.set(picture, size);
        }
        sizes
    }

    /// That of a picture.
    pub fn of(&self, picture: Picture) -> [f64; 2] {
        self.0[picture.sized_as() as usize]
    }

    /// Takes that of a picture.
    pub fn set(&mut self, picture: Picture, size: [f64; 2]) {
        self.0[picture.sized_as() as usize] = size.map(|side| side.max(1.0));
    }
}

/// A lab at work.
///
/// A call that changes something does a bounded amount of work and answers; [`Lab::tick`] goes on
/// with what is left.
pub trait Lab: Hand + Maps + Quiz {
    /// What never changes in it.
    fn kind(&self) -> &'static Kind;

    /// Whether it can open links of a kind.
    fn takes(&self, kind: &Kind) -> bool {
        kind == self.kind()
    }

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

    /// Where it stands in time.
    fn timeline(&self) -> &Timeline;

    /// The same, to play, to stop, and to go to a step.
    fn timeline_mut(&mut self) -> &mut Timeline;

    /// How many steps of the timeline a second has while it plays.
    fn speed(&self) -> f64;

    /// The step up to which there is something to be shown, for all runs that are.
    fn reached(&self) -> usize;

    /// Whether time may pass: what is shown of the step is computed.
    fn is_ready(&self) -> bool {
        self.reached() >= self.timeline().step()
    }

    /// Lets no call that changes something do more than so many units of work, or one piece if that is
    /// more.
    fn set_limit(&mut self, units: u64);

    /// Goes on with the work, the step that is shown first, as far as the budget lets it; returns
    /// whether all of it is done.
    fn work(&mut self, budget: &mut Budget) -> bool;

    /// Lets time pass and goes on with the work as far as the budget lets it; returns whether
    /// anything still moves. Time waits for the runs: it goes as fast as they are computed.
    fn tick(&mut self, milliseconds: f64, budget: &mut Budget) -> bool {
        let before = *self.timeline();
        if self.is_ready() {
            let speed = self.speed();
            self.timeline_mut().pass(milliseconds, speed);
        }
        let is_done = self.work(budget);
        let reached = self.reached();
        self.timeline_mut().wait_at(reached, before);
        self.timeline().is_playing() || !is_done
    }

    /// Computes all that there is to be computed, however long that takes: for pictures and tests.
    fn settle(&mut self) {
        while !self.work(&mut Budget::unlimited()) {}
    }

    /// A number that two machines agree on if all paths or weights have the same bits.
    fn fingerprint(&self) -> String;

    /// Colours and sizes as the experiment asks for them, on a system that is dark or not.
    fn style(&self, system_is_dark: bool) -> Style;

    /// Everything that stays as it is while the clock runs.
    fn model(&self, theme: &Theme) -> Model;

    /// Grows when something has been computed, a while after it was asked for, that the model tells
    /// of.
    fn model_version(&self) -> u32 {
        0
    }

    /// What changes with the clock.
    fn live(&mut self) -> Live;

    /// The examples, where it has any.
    fn dataset(&self) -> Option<&dyn Dataset> {
        None
    }

    /// The same, to change them.
    fn dataset_mut(&mut self) -> Option<&mut dyn Dataset> {
        None
    }

    /// The surface or the risk that the runs walk down, where that is a function of two numbers, and
    /// the part of the plane in view.
    fn objective_in_view(&self) -> Option<(&Objective, Window)> {
        None
    }
}
