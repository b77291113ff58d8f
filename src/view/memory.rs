//! What momentum remembers: its step is a sum of all past gradients, that of k updates ago with the
//! weight βᵏ. The summands are laid head to tail, and the weights stand below as bars.

use plotters_backend::DrawingBackend;

use crate::view::legend::Mark;
use crate::view::look::Look;
use crate::view::pen::{Anchor, Drawn, Ink, Pen, TextStyle};
use crate::view::theme::Style;
use crate::view::{Frame, arrows};

/// So many summands are seen one by one; what is older is one more.
pub const MOST: usize = 24;

/// Width and height of the inset, and its distance from the corner, in px of the page.
const SIZE: [f64; 2] = [236.0, 190.0];
const MARGIN: f64 = 14.0;
/// The part of its height that the arrows have; the bars have the rest.
const ARROWS: f64 = 0.62;

/// The last step of momentum in its summands.
#[derive(Clone, Debug, PartialEq)]
pub struct Memory {
    /// The displacement in the plane by each past gradient with its weight, the newest first, at
    /// most [`MOST`].
    pub parts: Vec<[f64; 2]>,
    /// That by all gradients before these together.
    pub rest: [f64; 2],
    /// β.
    pub beta: f64,
}

impl Memory {
    /// The step to `theta[step]`, by the points of a path and by the displacements that the velocity
    /// alone would have made from each: what is not the velocity's is the gradient's. There is none
    /// at the start.
    ///
    /// α must have been constant: then vₜ = Σₖ βᵏ ĝₜ₋ₖ, in each of momentum's forms up to a factor.
    pub fn of(theta: &[[f64; 2]], coast: &[[f64; 2]], step: usize, beta: f64) -> Option<Self> {
        if step == 0 || step >= theta.len() || coast.len() < step {
            return None;
        }
        let pull = |at: usize| [0, 1].map(|i| theta[at][i] - theta[at - 1][i] - coast[at - 1][i]);
        let mut weight = 1.0;
        let mut parts = Vec::new();
        for at in (1..=step).rev().take(MOST) {
            parts.push(pull(at).map(|part| weight * part));
            weight *= beta;
        }
        let rest = [0, 1].map(|i| {
            theta[step][i] - theta[step - 1][i] - parts.iter().map(|part| part[i]).sum::<f64>()
        });
        Some(Self { parts, rest, beta })
    }

    /// Their sum: the step.
    pub fn sum(&self) -> [f64; 2] {
        [0, 1].map(|i| self.rest[i] + self.parts.iter().map(|part| part[i]).sum::<f64>())
    }
}

/// Where the inset lies, left, top, width and height: in a corner of a plot where it covers none of these points,
/// somewhat smaller if need be, else where it covers the fewest; `None` where there is no room.
fn place(frame: &Frame, style: &Style, points: &[[f64; 2]]) -> Option<[f64; 4]> {
    const SMALLER: [f64; 3] = [1.0, 0.85, 0.7];
    let margin = MARGIN * style.weight;
    let pixels: Vec<[f64; 2]> = points.iter().map(|&point| frame.to_pixel(point)).collect();
    let places = SMALLER.iter().flat_map(|scale| {
        let [width, height] = SIZE.map(|side| scale * side * style.weight);
        // The numbers of the axes stand below and on the left, a button in the upper right corner.
        let [left, right] = [margin + 2.4 * style.type_size, frame.width - width - margin];
        let [top, bottom] = [margin, frame.height - height - margin - 1.6 * style.type_size];
        let corners = [[right, bottom], [left, bottom], [left, top], [right, top + 3.0 * margin]];
        corners.map(|[left, top]| [left, top, width, height])
    });
    let fits = |[left, top, width, height]: &[f64; 4]| {
        let [right, bottom] = [left + width, top + height];
        *left >= 0.0 && *top >= 0.0 && right <= frame.width && bottom <= frame.height
    };
    places.filter(fits).min_by_key(|&[left, top, width, height]| {
        let is_covered = |[x, y]: &&[f64; 2]| {
            (left - margin..=left + width + margin).contains(x)
                && (top - margin..=top + height + margin).contains(y)
        };
        pixels.iter().filter(is_covered).count()
    })
}

/// Draws the inset in a corner of a plot, of which the arrows have the directions, beside these points.
///
/// # Errors
/// The backend's.
pub fn draw<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    frame: &Frame,
    style: &Style,
    look: &Look,
    memory: &Memory,
    beside: &[[f64; 2]],
) -> Drawn<DB> {
    let theme = style.theme;
    let margin = MARGIN * style.weight;
    let Some([left, top, width, height]) = place(frame, style, beside) else { return Ok(()) };
    let corners =
        [[left, top], [left + width, top], [left + width, top + height], [left, top + height]];
    let axes = &mut pen.of(Mark::Axes);
    axes.polygon(&corners, Ink { alpha: 0.9, ..style.line(theme.paper, 1.0) })?;
    let edge = [corners[0], corners[1], corners[2], corners[3], corners[0]];
    axes.polyline(&edge, style.line(theme.rule, 1.0))?;
    let title = TextStyle { color: theme.ink, ..style.label(Anchor::Left) };
    axes.text("v: past gradients, weighted", [left + margin, top + style.type_size], title)?;

    let room = [
        [left + margin, top + 1.9 * style.type_size],
        [left + width - margin, top + ARROWS * height],
    ];
    draw_chain(pen, frame, style, look, memory, room)?;
    let bars = [
        [left + margin, top + (ARROWS + 0.05) * height],
        [left + width - margin, top + height - 1.5 * style.type_size],
    ];
    draw_weights(pen, style, look, memory, bars)
}

/// Draws the summands head to tail, fading, and their sum, as large as the room lets them be.
///
/// # Errors
/// The backend's.
pub fn draw_chain<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    frame: &Frame,
    style: &Style,
    look: &Look,
    memory: &Memory,
    [low, high]: [[f64; 2]; 2],
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::Memory);
    let theme = style.theme;
    let mut points = vec![[0.0; 2]];
    for &part in memory.parts.iter().chain([&memory.rest]) {
        let [dx, dy] = frame.to_pixels(part);
        let [x, y] = points[points.len() - 1];
        points.push([x + dx, y + dy]);
    }
    let [least, most] = [f64::min, f64::max].map(|end: fn(f64, f64) -> f64| {
        [0, 1].map(|i| points.iter().map(|point| point[i]).fold(0.0, end))
    });
    let scale = (0..2)
        .map(|i| (high[i] - low[i]) / (most[i] - least[i]).max(f64::MIN_POSITIVE))
        .fold(f64::INFINITY, f64::min);
    if !scale.is_finite() {
        return Ok(());
    }
    let place = |point: [f64; 2]| {
        [0, 1].map(|i| 0.5 * (low[i] + high[i]) + scale * (point[i] - 0.5 * (least[i] + most[i])))
    };
    let mut fade = 1.0;
    for pair in points.windows(2) {
        let ink = Ink { alpha: 0.25 + 0.75 * fade, ..style.line(theme.ink, 1.5) };
        draw_arrow(pen, place(pair[0]), place(pair[1]), ink)?;
        fade *= memory.beta;
    }
    let [from, to] = [points[0], points[points.len() - 1]].map(place);
    draw_arrow(pen, from, to, style.line(look.color(theme), 3.0))
}

fn draw_arrow<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    from: [f64; 2],
    to: [f64; 2],
    ink: Ink,
) -> Drawn<DB> {
    let length = libm::hypot(to[0] - from[0], to[1] - from[1]);
    // What is too short to be seen, or not finite, has no arrow.
    if !length.is_finite() || length < 1.0 {
        return Ok(());
    }
    let along = [0, 1].map(|i| (to[i] - from[i]) / length);
    let head = (2.0 * ink.width + 4.0).min(0.6 * length);
    let base = [0, 1].map(|i| to[i] - head * along[i]);
    pen.polyline(&[from, base], ink)?;
    pen.polygon(&arrows::head_at(to, along, head), ink)
}

/// The weights 1, β, β², … as bars.
fn draw_weights<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    style: &Style,
    look: &Look,
    memory: &Memory,
    [low, high]: [[f64; 2]; 2],
) -> Drawn<DB> {
    const NAMES: [&str; 4] = ["1", "β", "β²", "β³"];
    let pen = &mut pen.of(Mark::Memory);
    let step = (high[0] - low[0]) / MOST as f64 * 2.0;
    let shown = memory.parts.len().min(MOST / 2);
    let theme = style.theme;
    let mut weight = 1.0;
    for bar in 0..shown {
        let [left, right] = [0.15, 0.85].map(|part| low[0] + step * (bar as f64 + part));
        let top = high[1] - weight * (high[1] - low[1]);
        let corners = [[left, high[1]], [left, top], [right, top], [right, high[1]]];
        pen.polygon(&corners, look.color(theme))?;
        if let Some(name) = NAMES.get(bar) {
            let label = TextStyle { color: theme.muted, ..style.label(Anchor::Center) };
            pen.text(name, [0.5 * (left + right), high[1] + 0.8 * style.type_size], label)?;
        }
        weight *= memory.beta;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::window::Window;
    use crate::view::theme::Theme;

    /// Points, displacements by the velocity alone, and gradients.
    type Walk = [Vec<[f64; 2]>; 3];

    /// v ← βv + g, θ ← θ − αv on ½(x² + 20y²).
    fn walk(alpha: f64, beta: f64, steps: usize) -> Walk {
        let (mut theta, mut v) = ([8.0, 1.5], [0.0; 2]);
        let (mut points, mut coast, mut gradients) = (vec![theta], vec![[0.0; 2]], Vec::new());
        for _ in 0..steps {
            let g = [theta[0], 20.0 * theta[1]];
            gradients.push(g);
            v = [0, 1].map(|i| beta * v[i] + g[i]);
            theta = [0, 1].map(|i| theta[i] - alpha * v[i]);
            points.push(theta);
            coast.push(v.map(|v| -alpha * beta * v));
        }
        [points, coast, gradients]
    }

    #[test]
    fn the_inset_covers_no_path_where_a_corner_is_free_of_it() {
        let window = Window { x: [-3.0, 11.0], y: [-2.2, 2.2] };
        let (frame, style) =
            (Frame { window, width: 790.0, height: 560.0 }, Style::page(&Theme::LIGHT));
        let [left, top, width, height] = place(&frame, &style, &[]).unwrap();
        assert!(left > 500.0 && top > 300.0 && [width, height] == SIZE, "{left}, {top}");
        // Down on the right, and on to the middle.
        let path = [[10.0, 1.0], [9.2, -0.3], [8.5, -0.7], [0.1, 0.0]];
        let [left, top, width, _] = place(&frame, &style, &path).unwrap();
        assert!(left < 100.0 && top > 300.0 && width == SIZE[0], "{left}, {top}");
        // Before a class it is larger; there it makes itself smaller.
        let large = Style::present(&Theme::LIGHT);
        let [left, top, width, _] = place(&frame, &large, &path).unwrap();
        assert!(left < 100.0 && width < 1.6 * SIZE[0], "{left}, {top}, {width}");
        assert_eq!(place(&Frame { width: 150.0, ..frame }, &style, &[]), None);
    }

    #[test]
    fn the_summands_are_the_past_gradients_with_their_weights_and_sum_to_the_step() {
        let (alpha, beta) = (0.03, 0.8);
        let [theta, coast, gradients] = walk(alpha, beta, 60);
        for step in [1, 2, 7, 40, 60] {
            let memory = Memory::of(&theta, &coast, step, beta).unwrap();
            assert_eq!(memory.parts.len(), step.min(MOST));
            for (age, part) in memory.parts.iter().enumerate() {
                for i in 0..2 {
                    let own = -alpha * beta.powi(age as i32) * gradients[step - 1 - age][i];
                    assert!((part[i] - own).abs() < 1e-12, "{step} {age}");
                }
            }
            let moved = [0, 1].map(|i| theta[step][i] - theta[step - 1][i]);
            let missed = [0, 1].map(|i| (memory.sum()[i] - moved[i]).abs());
            assert!(missed[0].max(missed[1]) < 1e-12);
        }
        assert_eq!(Memory::of(&theta, &coast, 0, beta), None);
        assert_eq!(Memory::of(&theta, &coast, 61, beta), None);
    }
}
