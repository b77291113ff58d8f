//! The pointer and the hand on a lab's pictures.

use super::{Picture, Pixel, Sizes};
use crate::labs::model::Hover;

/// So near to its middle in px a handle of a picture is taken hold of.
pub(super) const REACH: f64 = 18.0;

/// Of marks in a picture, each that of a run, the one within reach of a pixel.
pub(super) fn nearest(marks: &[(usize, Pixel)], at: Pixel) -> Option<(usize, Pixel)> {
    let far = |[x, y]: Pixel| libm::hypot(x - at[0], y - at[1]);
    let near = marks.iter().copied().filter(|(_, place)| far(*place) <= REACH);
    near.min_by(|(_, a), (_, b)| far(*a).total_cmp(&far(*b)))
}

/// Of marks, the one of the run that a chart is about, or else the first.
pub(super) fn marked(marks: &[(usize, Pixel)], about: Option<usize>) -> Option<(usize, Pixel)> {
    let own = marks.iter().find(|(index, _)| Some(*index) == about);
    own.or(marks.first()).copied()
}

/// The run whose mark is held, and how far that is from the hand, in px.
#[derive(Debug, Default)]
pub(super) struct Grip(Option<(usize, Pixel)>);

impl Grip {
    /// On the mark under a pixel, where there is one.
    pub fn on(marks: &[(usize, Pixel)], at: Pixel) -> Self {
        Self(nearest(marks, at).map(|(index, [x, y])| (index, [x - at[0], y - at[1]])))
    }

    /// Which of so many runs goes to a pixel with the hand, and where its mark comes to: that which is
    /// held, or else the one that the chart is about. `None` where there is no mark.
    pub fn carry(
        &self,
        marks: &[(usize, Pixel)],
        runs: usize,
        about: Option<usize>,
        [x, y]: Pixel,
    ) -> Option<(usize, Pixel)> {
        let (first, _) = marked(marks, about)?;
        let held = self.0.filter(|(index, _)| *index < runs);
        let (index, [dx, dy]) = held.unwrap_or((first, [0.0; 2]));
        Some((index, [x + dx, y + dy]))
    }
}

/// What the pointer and the hand do to the pictures of a lab. What a lab does not have is passed
/// over.
pub trait Hand {
    /// Takes the size of a picture in CSS pixels.
    fn set_size(&mut self, picture: Picture, size: [f64; 2]);

    /// Takes the size of labels in Present, in CSS pixels: it goes with the screen.
    fn set_present_type_size(&mut self, size: f64);

    /// Whether no hand will touch the pictures from now on: then what only invites one is left out.
    fn take_hand_off(&mut self, _is_off: bool) {}

    /// Takes the sizes of all pictures, and that of labels in Present, in CSS pixels.
    fn resize(&mut self, sizes: &Sizes, present_type_size: f64) {
        for picture in Picture::ALL {
            self.set_size(picture, sizes.of(picture));
        }
        self.set_present_type_size(present_type_size);
    }

    /// The pointer is over a pixel of a picture, of the panel in place `slot` where there are
    /// several: what there is to read there.
    fn hover(&mut self, _picture: Picture, _slot: usize, _at: Pixel) -> Option<Hover> {
        None
    }

    /// The pointer has left a picture.
    fn leave(&mut self, _picture: Picture) {}

    /// The name of what a press on this pixel of a picture would take hold of.
    fn pick(&self, _picture: Picture, _at: Pixel) -> Option<String> {
        None
    }

    /// Lets what has this name in a picture stand out, or nothing.
    fn focus(&mut self, _picture: Picture, _name: &str) {}

    /// Puts the start of all runs under a pixel of the plot.
    fn put_start(&mut self, _at: Pixel) {}

    /// Puts the start of all runs where the hill is seen under a pixel of it.
    fn put_start_on_hill(&mut self, _at: Pixel) {}

    /// Takes hold of the mark of a run's dials under a pixel of the chart, or of none.
    fn take_dials(&mut self, _at: Pixel) {}

    /// Sets the dials of the run whose mark is held, or else of the one that the chart is about, to those
    /// under a pixel of it.
    fn put_dials(&mut self, _at: Pixel) {}

    /// Moves the dials of the run that the chart is about by pixels of it, right and down.
    fn nudge_dials(&mut self, _by: Pixel) {}

    /// Turns a hill as a hand does that drags its near side by pixels, right and down.
    fn orbit(&mut self, _picture: Picture, _by: Pixel) {}

    /// Goes so many times as near to a hill.
    fn approach(&mut self, _picture: Picture, _factor: f64) {}

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
}
