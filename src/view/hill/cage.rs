//! The box around the surface: its floor with isolines, its two far walls, and ticks along the three
//! sides that face the viewer.

use plotters_backend::DrawingBackend;

use super::lines::{on, screen};
use super::{HeightScale, Hill, Projection};
use crate::view::Frame;
use crate::view::isolines::Isoline;
use crate::view::legend::Mark;
use crate::view::pen::{Anchor, Drawn, Ink, Pen, TextStyle, text_width};
use crate::view::stroke::{Stroke, distance};
use crate::view::theme::Style;
use crate::view::ticks::{Tick, ticks};

/// Labels are so far apart, at least, in sizes of their type.
const APART: f64 = 4.5;
/// From a side to the middle of its labels, in the same.
const BESIDE: f64 = 1.15;

/// The names of the plane's two axes and of the height.
pub type Names<'a> = [&'a str; 3];

/// Which of the sides face the viewer: where u and v are on the near side, 0 or 1.
fn near(projection: &Projection) -> [f64; 2] {
    let toward = projection.toward();
    [0, 1].map(|axis| if toward[axis] > 0.0 { 1.0 } else { 0.0 })
}

/// Draws what lies behind the surface: floor and far walls with their grid, isolines on the floor,
/// and all ticks.
///
/// # Errors
/// The backend's, here and below.
pub fn draw<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    hill: &Hill<'_>,
    style: &Style,
    isolines: &[Isoline],
    names: Names<'_>,
) -> Drawn<DB> {
    let projection = hill.projection;
    let frame = screen(projection);
    let [u, v] = near(projection);
    let [far_u, far_v] = [1.0 - u, 1.0 - v];
    // Which of the two upright sides at the picture's edges is on its left.
    let uprights = [[far_u, v], [u, far_v]];
    let left = |[u, v]: [f64; 2]| projection.pixel([u, v, 0.0])[0];
    let [cu, cv] = if left(uprights[0]) <= left(uprights[1]) { uprights[0] } else { uprights[1] };
    let sides = [
        Side { from: [0.0, v, 0.0], to: [1.0, v, 0.0], out: [0.0, 2.0 * v - 1.0, 0.0] },
        Side { from: [u, 0.0, 0.0], to: [u, 1.0, 0.0], out: [2.0 * u - 1.0, 0.0, 0.0] },
        Side { from: [cu, cv, 0.0], to: [cu, cv, 1.0], out: [2.0 * cu - 1.0, 2.0 * cv - 1.0, 0.0] },
    ];
    let found = sides.each_ref().map(|side| side.room(projection) / (APART * style.type_size));
    let ticks = [
        shares(ticks(hill.window.x, found[0]), hill.window.x),
        shares(ticks(hill.window.y, found[1]), hill.window.y),
        height_ticks(&hill.terrain.scale, 1.6 * found[2]),
    ];

    let pen = &mut pen.of(Mark::Axes);
    let grid = style.line(style.theme.rule, 1.0);
    let line = |pen: &mut Pen<'_, DB>, a, b| draw_line(pen, projection, &frame, a, b, grid);
    let [on_u, on_v, on_w] = &ticks;
    for at in on_u.iter().map(|tick| tick.value).chain([0.0, 1.0]) {
        line(pen, [at, 0.0, 0.0], [at, 1.0, 0.0])?;
        line(pen, [at, far_v, 0.0], [at, far_v, 1.0])?;
    }
    for at in on_v.iter().map(|tick| tick.value).chain([0.0, 1.0]) {
        line(pen, [0.0, at, 0.0], [1.0, at, 0.0])?;
        line(pen, [far_u, at, 0.0], [far_u, at, 1.0])?;
    }
    for at in on_w.iter().map(|tick| tick.value).chain([0.0, 1.0]) {
        line(pen, [0.0, far_v, at], [1.0, far_v, at])?;
        line(pen, [far_u, 0.0, at], [far_u, 1.0, at])?;
    }
    for ((side, ticks), name) in sides.iter().zip(&ticks).zip(names) {
        draw_ticks(pen, projection, &frame, style, side, ticks, name)?;
    }

    let (color, percent) = style.theme.isoline;
    let ink = Ink { color, alpha: f64::from(percent) / 100.0, width: style.weight };
    let pen = &mut pen.of(Mark::Isoline);
    let floor = |[u, v]: [f64; 2]| projection.pixel([u, v, 0.0]);
    let corners = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]];
    // Of a floor that is in the picture nothing needs to be cut.
    let is_whole = corners.into_iter().all(|corner| frame.holds(floor(corner), 0.0));
    let mut pixels = vec![];
    for Isoline { points, .. } in isolines {
        pixels.clear();
        pixels.extend(points.iter().map(|&place| floor(place)));
        if is_whole {
            pen.polyline(&pixels, ink)?;
            continue;
        }
        let mut stroke = Stroke::new(&frame, &[], ink);
        for pair in pixels.windows(2) {
            stroke.draw(pen, on(&frame, pair[0]), on(&frame, pair[1]))?;
        }
        stroke.lift(pen)?;
    }
    Ok(())
}

/// A side of the box along which there are ticks, and the direction out of the box there.
struct Side {
    from: [f64; 3],
    to: [f64; 3],
    out: [f64; 3],
}

impl Side {
    fn at(&self, share: f64) -> [f64; 3] {
        std::array::from_fn(|axis| self.from[axis] + share * (self.to[axis] - self.from[axis]))
    }

    /// How long it is on the screen, in px.
    fn room(&self, projection: &Projection) -> f64 {
        distance(projection.pixel(self.from), projection.pixel(self.to))
    }

    /// The direction out of the box on the screen, of length 1: at right angles to the side, as far
    /// as that goes.
    fn out(&self, projection: &Projection) -> [f64; 2] {
        let [from, to] = [self.from, self.to].map(|end| projection.pixel(end));
        let length = distance(from, to);
        let by = std::array::from_fn(|axis| self.from[axis] + self.out[axis]);
        let out = projection.pixel(by);
        let out = [out[0] - from[0], out[1] - from[1]];
        if length < 1e-6 {
            return [0.0, 1.0];
        }
        let across = [(to[1] - from[1]) / length, (from[0] - to[0]) / length];
        let sign = if across[0] * out[0] + across[1] * out[1] < 0.0 { -1.0 } else { 1.0 };
        across.map(|part| part * sign)
    }
}

fn shares(mut ticks: Vec<Tick>, [low, high]: [f64; 2]) -> Vec<Tick> {
    for tick in &mut ticks {
        tick.value = (tick.value - low) / (high - low);
    }
    ticks
}

fn height_ticks(scale: &HeightScale, most: f64) -> Vec<Tick> {
    // A side that is hardly seen has none.
    if most < 1.0 { vec![] } else { scale.ticks(most.max(2.0)) }
}

fn draw_line<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    projection: &Projection,
    frame: &Frame,
    a: [f64; 3],
    b: [f64; 3],
    ink: Ink,
) -> Drawn<DB> {
    let mut stroke = Stroke::new(frame, &[], ink);
    stroke.draw(pen, on(frame, projection.tick(a)), on(frame, projection.tick(b)))?;
    stroke.lift(pen)
}

/// Draws a side, a mark and a label at each of its ticks, and its name beyond the middle of them.
fn draw_ticks<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    projection: &Projection,
    frame: &Frame,
    style: &Style,
    side: &Side,
    ticks: &[Tick],
    name: &str,
) -> Drawn<DB> {
    let Style { theme, type_size: size, .. } = *style;
    let room = side.room(projection);
    if room < 2.0 * size {
        return Ok(());
    }
    draw_line(pen, projection, frame, side.from, side.to, style.line(theme.muted, 1.0))?;
    let out = side.out(projection);
    let beside =
        |place: [f64; 2], sizes: f64| [0, 1].map(|axis| place[axis] + sizes * size * out[axis]);
    let anchor = match out[0] {
        ..-0.35 => Anchor::Right,
        0.35.. => Anchor::Left,
        _ => Anchor::Center,
    };
    let away = BESIDE - 0.45 * out[0].abs();
    let mut longest: f64 = 0.0;
    let label = |pen: &mut Pen<'_, DB>, text: &str, at: [f64; 2], text_style: TextStyle| {
        let width = text_width(text, size);
        let left = match text_style.anchor {
            Anchor::Left => at[0],
            Anchor::Center => at[0] - 0.5 * width,
            Anchor::Right => at[0] - width,
        };
        let fits = left >= 0.0 && left + width <= frame.width && frame.holds(at, -0.4 * size);
        if fits { pen.text(text, at, text_style) } else { Ok(()) }
    };
    for tick in ticks {
        let place = projection.tick(side.at(tick.value));
        pen.polyline(&[place, beside(place, 0.3)], style.line(theme.muted, 1.0))?;
        label(pen, &tick.label, beside(place, away), style.label(anchor))?;
        longest = longest.max(text_width(&tick.label, size));
    }
    if name.is_empty() {
        return Ok(());
    }
    let text_style = TextStyle { color: theme.ink, ..style.label(anchor) };
    // The height's name stands above it, the others' beyond the labels.
    let at = if side.from[2] == side.to[2] {
        let beyond = BESIDE + 1.1 * out[1].abs() + longest / size * out[0].abs();
        beside(projection.pixel(side.at(0.5)), beyond)
    } else {
        let [px, py] = projection.pixel(side.to);
        [px, py - 0.9 * size]
    };
    label(pen, name, at, text_style)
}
