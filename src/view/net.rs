//! The picture of a net: its nodes, and its weights as lines between them.
//!
//! A line's width tells the size of the weight, its colour the sign: class 0's colour for
//! negative, class 1's for positive. A small square at a unit's corner is its bias.

use crate::network::{Architecture, Place};
use crate::view::classes;
use crate::view::legend::Mark;
use crate::view::pen::{Drawn, Ink, Pen};
use crate::view::regions::Outputs;
use crate::view::theme::Style;
use crate::view::{Color, LOOKS, Theme};
use plotters_backend::DrawingBackend;

mod layout;

pub use layout::{Layout, Node};

// A line's width in px, from the smallest weight to the largest; the largest only where nodes are.
const THINNEST: f64 = 0.6;
const THICKEST: f64 = 5.0;
// A weight of this size has half of the width.
const HALF_WAY: f64 = 3.0;
// Strokes and gaps of a weight that is 0, in px.
const DASH: [f64; 2] = [3.0, 4.0];
// So many px of accent lie on each side of what stands out.
const CASING: f64 = 3.0;

/// Draws all weights and biases. Those of `focus`, indices of θ, lie over the others, on an
/// accent. A weight of 0 is a thin dashed line; one that is not finite has the red of momentum.
///
/// # Errors
/// The backend's.
pub fn draw_edges<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    layout: &Layout,
    architecture: &Architecture,
    theta: &[f64],
    style: &Style,
    focus: &[usize],
) -> Drawn<DB> {
    for (index, &value) in theta.iter().enumerate() {
        draw_parameter(pen, layout, architecture.place(index), value, style, 0.0)?;
    }
    for &index in focus {
        if let Some(&value) = theta.get(index) {
            draw_parameter(pen, layout, architecture.place(index), value, style, CASING)?;
        }
    }
    Ok(())
}

/// Draws a weight or a bias, `casing` px of accent on each side.
fn draw_parameter<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    layout: &Layout,
    place: Option<Place>,
    value: f64,
    style: &Style,
    casing: f64,
) -> Drawn<DB> {
    let Some(Place { layer, unit, input }) = place else { return Ok(()) };
    let Some(input) = input else {
        let Some(Node { center, half }) = layout.bias(layer, unit) else { return Ok(()) };
        return draw_bias(pen, center, half, value, style, casing > 0.0);
    };
    let Some(line) = layout.line(layer, unit, input) else { return Ok(()) };
    if casing > 0.0 {
        return draw_focused(pen, &line, value, style, layout.half);
    }
    draw_weight(pen, &line, value, style, layout.half)
}

/// Draws a weight's line between nodes of this half side.
///
/// # Errors
/// The backend's.
pub fn draw_weight<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    line: &[[f64; 2]],
    value: f64,
    style: &Style,
    half: f64,
) -> Drawn<DB> {
    let mark = match value {
        0.0 => Mark::ZeroWeight,
        value if value.is_finite() => Mark::Weight,
        _ => Mark::LostWeight,
    };
    let ink = style.line(parameter_color(style.theme, value), width(value, half));
    draw_line(&mut pen.of(mark), line, value, Ink { alpha: opacity(value, half), ..ink })
}

/// Draws the line of a weight that stands out: opaque, on an accent.
///
/// # Errors
/// The backend's.
pub fn draw_focused<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    line: &[[f64; 2]],
    value: f64,
    style: &Style,
    half: f64,
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::Focus);
    let theme = style.theme;
    let width = width(value, half);
    pen.polyline(line, style.line(theme.ink, width + 2.0 * CASING + 1.6))?;
    pen.polyline(line, style.line(theme.accent, width + 2.0 * CASING))?;
    pen.polyline(line, style.line(theme.paper, width + CASING))?;
    draw_line(pen, line, value, style.line(parameter_color(theme, value), width))
}

fn draw_line<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    line: &[[f64; 2]],
    value: f64,
    ink: Ink,
) -> Drawn<DB> {
    if value == 0.0 { dashed(pen, line, ink) } else { pen.polyline(line, ink) }
}

/// Draws a bias: a square of this half side with a rim, which is an accent where it stands out.
///
/// # Errors
/// The backend's.
pub fn draw_bias<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    center: [f64; 2],
    half: f64,
    value: f64,
    style: &Style,
    stands_out: bool,
) -> Drawn<DB> {
    let theme = style.theme;
    let (casing, rim) = if stands_out { (CASING, theme.accent) } else { (1.0, theme.paper) };
    let pen = &mut pen.of(if stands_out { Mark::Focus } else { Mark::Bias });
    square(pen, center, half + casing, rim)?;
    square(pen, center, half, parameter_color(theme, value))
}

/// Draws the edge of each node, and an accent round those units that are `lit`, as (layer, unit).
///
/// # Errors
/// The backend's.
pub fn draw_rims<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    layout: &Layout,
    style: &Style,
    lit: &[(usize, usize)],
) -> Drawn<DB> {
    for &center in layout.columns.iter().flatten() {
        let pen = &mut pen.of(Mark::Node);
        outline(pen, center, layout.half, style.line(style.theme.muted, 1.0))?;
    }
    draw_lit(pen, layout, style, lit)
}

/// Draws an accent round those units that are `lit`, as (layer, unit).
///
/// # Errors
/// The backend's.
pub fn draw_lit<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    layout: &Layout,
    style: &Style,
    lit: &[(usize, usize)],
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::LitNode);
    for &(layer, unit) in lit {
        if let Some(Node { center, half }) = layout.node(layer, unit) {
            outline(pen, center, half + 1.5 * style.weight, style.line(style.theme.accent, 3.0))?;
        }
    }
    Ok(())
}

/// The width of a weight's line in px, between nodes of this half side.
fn width(value: f64, half: f64) -> f64 {
    let thickest = THICKEST.min(0.35 * half);
    THINNEST + (thickest - THINNEST) * share(value)
}

/// The opacity of a weight's line: where nodes are small, lines are many, and small weights stand
/// back.
fn opacity(value: f64, half: f64) -> f64 {
    let least = (half / 16.0).clamp(0.25, 1.0);
    least + (1.0 - least) * share(value)
}

/// How far a weight's size is on the way from 0 to ∞.
fn share(value: f64) -> f64 {
    let size = value.abs();
    if size.is_finite() { size / (HALF_WAY + size) } else { 1.0 }
}

fn parameter_color(theme: &Theme, value: f64) -> Color {
    if !value.is_finite() {
        LOOKS[1].color(theme)
    } else if value == 0.0 {
        theme.muted
    } else {
        classes::sign_color(theme, value)
    }
}

fn corners([x, y]: [f64; 2], half: f64) -> [[f64; 2]; 4] {
    [[x - half, y - half], [x + half, y - half], [x + half, y + half], [x - half, y + half]]
}

fn square<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    center: [f64; 2],
    half: f64,
    color: Color,
) -> Drawn<DB> {
    pen.polygon(&corners(center, half), color)
}

fn outline<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    center: [f64; 2],
    half: f64,
    ink: Ink,
) -> Drawn<DB> {
    let [a, b, c, d] = corners(center, half);
    pen.polyline(&[a, b, c, d, a], ink)
}

/// A line of short strokes: every piece of it gets as many as fit.
fn dashed<DB: DrawingBackend>(pen: &mut Pen<'_, DB>, line: &[[f64; 2]], ink: Ink) -> Drawn<DB> {
    let [stroke, gap] = DASH;
    // How far the end of the last gap lies behind the start of this piece.
    let mut behind = 0.0;
    for piece in line.windows(2) {
        let (a, b) = (piece[0], piece[1]);
        let length = crate::view::stroke::distance(a, b);
        let at = |along: f64| {
            let share = (along / length).clamp(0.0, 1.0);
            [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])]
        };
        let mut begin = -behind;
        while begin < length {
            if begin + stroke > 0.0 {
                pen.polyline(&[at(begin), at(begin + stroke)], ink)?;
            }
            begin += stroke + gap;
        }
        behind = length - (begin - stroke - gap);
    }
    Ok(())
}

/// Fills `out` with a picture of g × g pixels for each unit, one after the other: four bytes a
/// pixel, red, green, blue, opacity, from the top left. `values` are g × g numbers a unit, row 0
/// the bottom.
///
/// Values go by the diverging scale. Full colour is the largest |a| of the unit, but at least
/// `limit`: so a dead unit is paper, and a tanh shows what it saturates to. A probability p of
/// class 1 goes by the same scale, as 2p − 1; with several classes unit k is of class k's colour.
/// What is not finite has the hatch's colour.
pub fn paint_tiles(values: &[f32], g: usize, outputs: Outputs, theme: &Theme, out: &mut Vec<u8>) {
    out.clear();
    let ground = theme.hatch[1];
    for (unit, tile) in values.chunks_exact((g * g).max(1)).enumerate() {
        let largest = match outputs {
            Outputs::Values { limit } => {
                let sizes = tile.iter().map(|a| a.abs()).filter(|a| a.is_finite());
                sizes.fold(limit as f32, f32::max)
            }
            _ => 1.0,
        };
        for &a in tile.rchunks_exact(g).flatten() {
            let Color(red, green, blue) = match outputs {
                _ if !a.is_finite() => ground,
                Outputs::Values { .. } => classes::diverging(theme, f64::from(a / largest)),
                Outputs::Probability => classes::diverging(theme, f64::from(2.0 * a - 1.0)),
                Outputs::Logit => classes::diverging(theme, libm::tanh(0.5 * f64::from(a))),
                Outputs::Classes(_) => {
                    theme.paper.mix(classes::color(theme, unit), f64::from(a).clamp(0.0, 1.0))
                }
            };
            out.extend([red, green, blue, 255]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{Activation, Output};
    use crate::view::recorder::{Form, Shape, shapes};

    const THEME: Theme = Theme::LIGHT;
    const STYLE: Style = Style::page(&Theme::LIGHT);

    fn edges(theta: &[f64], focus: &[usize]) -> Vec<Shape> {
        let net = Architecture::new(2, &[2], Activation::Tanh, Output::Logit).unwrap();
        let layout = Layout::of(&net, [480.0, 300.0], &STYLE);
        shapes(|pen| draw_edges(pen, &layout, &net, theta, &STYLE, focus))
    }

    #[test]
    fn a_weight_shows_its_size_by_width_and_its_sign_by_colour() {
        let drawn = edges(&[-4.0, 0.5, 9.0, 1e300], &[]);
        let colors: Vec<_> = drawn.iter().map(|shape| shape.color).collect();
        let [minus, plus] = [0, 1].map(|class| classes::color(&THEME, class));
        assert_eq!(colors, [minus, plus, plus, plus]);
        let w: Vec<f64> = drawn.iter().map(|shape| shape.width).collect();
        assert!(THINNEST < w[1] && w[1] < w[0] && w[0] < w[2] && w[2] < w[3] && w[3] == THICKEST);
    }

    #[test]
    fn zero_is_dashed_and_what_is_not_finite_is_red() {
        let drawn = edges(&[0.0], &[]);
        assert!(drawn.len() > 5);
        assert!(drawn.iter().all(|shape| shape.color == THEME.muted && shape.width < 0.7));
        for value in [f64::NAN, f64::INFINITY] {
            assert_eq!(edges(&[value], &[])[0].color, LOOKS[1].color(&THEME));
        }
    }

    #[test]
    fn the_weight_in_focus_is_drawn_last_with_its_casing() {
        let drawn = edges(&[1.0, -2.0, 1.0, 1.0, 0.5, 0.5, 1.0, 1.0, 1.0], &[1, 99]);
        let last = &drawn[drawn.len() - 4..];
        assert_eq!(last[1].color, THEME.accent);
        assert_eq!(last[3].color, classes::color(&THEME, 0));
        assert!(last[1].width > last[3].width + 5.0);
        assert!(last.iter().all(|shape| shape.line() == last[3].line()));
        // The biases 4, 5 and 8 are squares with a rim.
        let squares = drawn.iter().filter(|shape| matches!(shape.form, Form::Polygon(_)));
        assert_eq!(squares.count(), 2 * 3);
    }

    #[test]
    fn lit_units_have_an_accent_round_them_and_all_nodes_an_edge() {
        let net = Architecture::new(2, &[3], Activation::Tanh, Output::Logit).unwrap();
        let layout = Layout::of(&net, [480.0, 300.0], &STYLE);
        let drawn = shapes(|pen| draw_rims(pen, &layout, &STYLE, &[(0, 2), (5, 0)]));
        assert_eq!(drawn.len(), 2 + 3 + 1 + 1);
        assert_eq!(drawn.iter().filter(|shape| shape.color == THEME.accent).count(), 1);
    }

    #[test]
    fn tiles_stand_on_their_bottom_row_and_scale_by_their_largest() {
        let mut out = vec![];
        let values = [-4.0, 0.0, 2.0, 4.0, 0.5, -0.5, f32::NAN, 0.0];
        paint_tiles(&values, 2, Outputs::Values { limit: 1.0 }, &THEME, &mut out);
        let colors: Vec<_> =
            out.as_chunks::<4>().0.iter().map(|c| Color(c[0], c[1], c[2])).collect();
        let scale = |share| classes::diverging(&THEME, share);
        assert_eq!(colors[..4], [scale(0.5), scale(1.0), scale(-1.0), THEME.paper]);
        assert_eq!(colors[4..], [THEME.hatch[1], THEME.paper, scale(0.5), scale(-0.5)]);
        paint_tiles(&[0.0, 1.0], 1, Outputs::Classes(2), &THEME, &mut out);
        assert_eq!(out[4..7], {
            let Color(r, g, b) = classes::color(&THEME, 1);
            [r, g, b]
        });
        paint_tiles(&[], 0, Outputs::Probability, &THEME, &mut out);
        assert!(out.is_empty());
    }
}
