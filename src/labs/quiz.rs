//! What a lab tells of its runs to a question of a lesson, and how its pictures wait for the answer.

use super::{Picture, Pixel};
use crate::math::param::Param;
use crate::view::loss_chart::Pace;

/// A run, as somebody may choose it.
#[derive(Clone, Debug, PartialEq)]
pub struct Contestant {
    /// Its name in links.
    pub name: String,
    /// What the page calls it.
    pub title: String,
    /// Whether its pictures are hidden.
    pub is_hidden: bool,
}

/// The losses of a run, as far as they are computed.
#[derive(Clone, Copy, Debug)]
pub struct Course<'a> {
    /// Those after each so many steps of the clock, from the start on.
    pub loss: &'a [f64],
    /// The steps of the clock between two of them.
    pub stride: usize,
    /// How far each goes along the axis of the loss chart.
    pub pace: Pace,
    /// Whether there will be no more.
    pub is_over: bool,
}

/// Where a run is at a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Whereabouts {
    /// There, as a point of the plane.
    At([f64; 2]),
    /// Nowhere any more: its last point that was finite is that of this step.
    Gone(usize),
    /// It is still being computed.
    Unknown,
}

/// A direction from the start, of length 1 in the plane, and the slope in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Direction {
    /// In the plane.
    pub along: [f64; 2],
    /// ∇f·d
    pub slope: f64,
}

/// What the pictures show of a question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pose {
    /// Nothing may be seen that lies ahead.
    pub is_veiled: bool,
    /// A place is being guessed: the hand takes the ghost, not the start.
    pub asks_for_place: bool,
    /// Where a run is expected.
    pub ghost: Option<Ghost>,
    /// The directions to choose from are drawn …
    pub has_directions: bool,
    /// … and this one stands out.
    pub chosen: Option<usize>,
}

/// Where a run is expected.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ghost {
    /// The point of the plane.
    pub at: [f64; 2],
    /// The run, by its index.
    pub run: usize,
    /// At which step of the clock.
    pub step: usize,
}

/// What a lab tells of its runs, which are called by their index; and how it poses for a question.
pub trait Quiz {
    /// The runs, in their order.
    fn contestants(&self) -> Vec<Contestant>;

    /// The losses of a run.
    fn course(&self, run: usize) -> Course<'_>;

    /// What losses are measured from; `None` where it is still being computed.
    fn floor_of_losses(&self) -> Option<f64>;

    /// The dial of a run's learning rate.
    fn alpha_of(&self, run: usize) -> &'static Param;

    /// Where a run is at a step, or at its end. A lab that has no plane does not know.
    fn whereabouts(&self, _run: usize, _step: usize) -> Whereabouts {
        Whereabouts::Unknown
    }

    /// Where the runs start, and what the two axes are called, in the labs on a plane.
    fn plane(&self) -> Option<([f64; 2], [String; 2])> {
        None
    }

    /// The largest α that is stable for a run, whatever the start; `None` where it is still being
    /// computed.
    ///
    /// # Errors
    /// That there is none, as a sentence.
    fn exact_limit_of(&self, _run: usize) -> Result<Option<f64>, String> {
        Err("A net has no learning rate that is stable whatever the weights.".to_owned())
    }

    /// Four directions from the start to choose from, one of them straight down; `None` where they
    /// are still being computed.
    ///
    /// # Errors
    /// That there are none, as a sentence.
    fn directions(&self) -> Result<Option<[Direction; 4]>, String> {
        Err("There is no plane here on which directions could be told.".to_owned())
    }

    /// The point of the plane under a pixel of a picture, with as many digits as the window tells
    /// apart.
    fn point_under_pixel(&self, _picture: Picture, _at: Pixel) -> Option<[f64; 2]> {
        None
    }

    /// The pixel of a picture where a point of the plane is seen.
    fn pixel_of_point(&self, _picture: Picture, _point: [f64; 2]) -> Option<Pixel> {
        None
    }

    /// Takes the pose that a question asks for.
    fn pose(&mut self, pose: &Pose);
}
