//! What somebody expects of a run, drawn before and beside what comes: a ghost where it will be,
//! directions to choose from. Places are in px of the picture, so that plots and hills share them.

use plotters_backend::DrawingBackend;

use super::arrows::head_at;
use super::legend::Mark;
use super::pen::{Anchor, Color, Drawn, Ink, Pen, TextStyle};
use super::stroke::distance;
use super::theme::Style;

/// The radius of the ghost in px of the page.
const RADIUS: f64 = 9.0;
/// How long an arrow to choose is, in px of the page.
pub const ARROW: f64 = 92.0;
/// So far from the place are letters that stand within the ring of slopes.
pub const WITHIN: f64 = 48.0;
/// From this share of its length on it is drawn.
const FIRST: f64 = 0.15;
/// A circle is dashed by so many arcs.
const ARCS: u32 = 8;

/// Draws the ghost, and a line from it to where the run is once that may be seen.
///
/// # Errors
/// The backend's.
pub fn draw_ghost<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    style: &Style,
    color: Color,
    at: [f64; 2],
    truth: Option<[f64; 2]>,
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::Guess);
    let radius = RADIUS * style.weight;
    let halo = Ink { alpha: 0.85, ..style.line(style.theme.paper, 6.0) };
    let ink = style.line(color, 2.4);
    if let Some(truth) = truth.filter(|truth| distance(*truth, at) > radius) {
        let from = toward(at, truth, radius);
        pen.polyline(&[from, truth], Ink { alpha: 0.85, ..style.line(style.theme.paper, 4.5) })?;
        draw_dashed(pen, from, truth, style.line(color, 1.8))?;
    }
    pen.ring(at, radius, halo)?;
    for arc in 0..ARCS {
        let angle = |part: f64| {
            let (sin, cos) =
                libm::sincos(std::f64::consts::TAU * (f64::from(arc) + part) / f64::from(ARCS));
            [at[0] + radius * cos, at[1] + radius * sin]
        };
        pen.polyline(&[0.0, 0.2, 0.4, 0.6].map(angle), ink)?;
    }
    pen.disc(at, 1.8 * style.weight, color)
}

/// Draws what stands beside the ghost, at its right or where there is room.
///
/// # Errors
/// The backend's.
pub fn draw_ghost_label<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    style: &Style,
    color: Color,
    at: [f64; 2],
    width: f64,
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::Guess);
    let gap = RADIUS * style.weight + 0.5 * style.type_size;
    let is_right = at[0] < 0.8 * width;
    let anchor = if is_right { Anchor::Left } else { Anchor::Right };
    let x = at[0] + if is_right { gap } else { -gap };
    let text_style = TextStyle { color, ..style.label(anchor) };
    pen.text_with_halo("your guess", [x, at[1]], text_style, style.theme.paper)
}

fn draw_dashed<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    from: [f64; 2],
    to: [f64; 2],
    ink: Ink,
) -> Drawn<DB> {
    const DASH: f64 = 7.0;
    let dashes = libm::ceil(distance(from, to) / (2.0 * DASH)).clamp(1.0, 200.0);
    let at = |share: f64| [0, 1].map(|axis| from[axis] + share * (to[axis] - from[axis]));
    (0..dashes as u32).try_for_each(|dash| {
        let ends = [0.0, 0.55].map(|part| at((f64::from(dash) + part) / dashes));
        pen.polyline(&ends, ink)
    })
}

/// The point so far from one towards another.
fn toward(from: [f64; 2], to: [f64; 2], length: f64) -> [f64; 2] {
    let share = length / distance(from, to);
    [0, 1].map(|axis| from[axis] + share * (to[axis] - from[axis]))
}

/// Draws an arrow for each direction from a place, a unit vector of the picture, with its letter at
/// the tip; that of the place `chosen` in the list is filled. The length is in px of the page.
///
/// # Errors
/// The backend's.
pub fn draw_directions<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    style: &Style,
    from: [f64; 2],
    directions: &[([f64; 2], &str)],
    length: f64,
    chosen: Option<usize>,
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::Choice);
    let theme = style.theme;
    for (index, (along, _)) in directions.iter().enumerate() {
        let at = |length: f64| [0, 1].map(|axis| from[axis] + style.weight * length * along[axis]);
        let [start, tip] = [FIRST * length, length].map(at);
        let head = head_at(tip, *along, 12.0 * style.weight);
        let is_chosen = chosen == Some(index);
        let width = if is_chosen { 3.4 } else { 2.0 };
        for ink in [style.line(theme.paper, width + 3.0), style.line(theme.ink, width)] {
            pen.polyline(&[start, at(length - 8.0)], ink)?;
            pen.polygon(&head, ink)?;
        }
    }
    draw_letters(pen, style, from, directions, length + 15.0, chosen)
}

/// Draws the letters alone, so far from the place in px of the page.
///
/// # Errors
/// The backend's.
pub fn draw_letters<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    style: &Style,
    from: [f64; 2],
    directions: &[([f64; 2], &str)],
    length: f64,
    chosen: Option<usize>,
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::Choice);
    let theme = style.theme;
    for (index, (along, letter)) in directions.iter().enumerate() {
        let badge = [0, 1].map(|axis| from[axis] + style.weight * length * along[axis]);
        let radius = 0.85 * style.type_size;
        let [fill, color] = match chosen == Some(index) {
            true => [theme.ink, theme.paper],
            false => [theme.paper, theme.ink],
        };
        pen.disc(badge, radius, fill)?;
        pen.ring(badge, radius, style.line(theme.ink, 1.4))?;
        pen.text(letter, badge, TextStyle { color, ..style.label(Anchor::Center) })?;
    }
    Ok(())
}
