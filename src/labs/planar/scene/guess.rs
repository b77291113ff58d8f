//! What a question of a lesson shows on a plot, and on a hill.

use plotters_backend::DrawingBackend;

use crate::labs::lesson::LETTERS;
use crate::labs::planar::PlanarLab;
use crate::labs::{Ghost, Picture, Quiz as _, Whereabouts};
use crate::view::guess::{self, ARROW, WITHIN};
use crate::view::stroke::distance;
use crate::view::{Drawn, LOOKS, Pen, Style};

/// Draws the ghost of a guess in a plot that shows its run, with the way to the truth once the clock
/// has come there, and the directions to choose from.
///
/// # Errors
/// The backend's.
pub fn draw<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    lab: &PlanarLab,
    style: &Style,
    plot: usize,
) -> Drawn<DB> {
    let pose = lab.posed();
    let picture = if lab.shows_hill(plot) { Picture::Hill } else { Picture::Plot };
    if pose.has_directions {
        draw_directions(pen, lab, style, picture)?;
    }
    let Some(Ghost { at, run, step }) = pose.ghost else { return Ok(()) };
    let is_here = lab.plots().get(plot).is_some_and(|runs| runs.contains(&run));
    let pixel = |point| lab.pixel_of_point(picture, point);
    let Some(at) = pixel(at).filter(|_| is_here) else { return Ok(()) };
    let color = LOOKS[lab.experiment().runs[run].look].color(style.theme);
    let truth = match lab.whereabouts(run, step) {
        Whereabouts::At(truth) if !pose.is_veiled && lab.step() >= step => pixel(truth),
        _ => None,
    };
    guess::draw_ghost(pen, style, color, at, truth)?;
    guess::draw_ghost_label(pen, style, color, at, lab.frame().width)
}

fn draw_directions<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    lab: &PlanarLab,
    style: &Style,
    picture: Picture,
) -> Drawn<DB> {
    /// So far along a direction, by the window's width, its course in the picture is looked up.
    const NEAR: f64 = 1e-3;
    let start = lab.experiment().start;
    let near = NEAR * lab.frame().window.width();
    let Ok(Some(directions)) = lab.directions() else { return Ok(()) };
    let Some(from) = lab.pixel_of_point(picture, start) else { return Ok(()) };
    let letters = LETTERS.map(str::to_uppercase);
    let mut arrows = Vec::new();
    for (direction, letter) in directions.iter().zip(&letters) {
        let point = [0, 1].map(|axis| start[axis] + near * direction.along[axis]);
        let Some(to) = lab.pixel_of_point(picture, point) else { continue };
        let length = distance(from, to);
        if length > 0.0 {
            arrows.push(([0, 1].map(|axis| (to[axis] - from[axis]) / length), &**letter));
        }
    }
    let chosen = lab.posed().chosen;
    // The ring of slopes has an arrow of its own.
    if lab.shows_slopes() {
        guess::draw_letters(pen, style, from, &arrows, WITHIN, chosen)
    } else {
        guess::draw_directions(pen, style, from, &arrows, ARROW, chosen)
    }
}
