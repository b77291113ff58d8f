//! How fast momentum comes down, as a map over α, to the right, and β, upwards.
//!
//! Bands of one colour lie between lines of equally many updates for each decimal digit of the
//! distance: u = −1 / log10 of the factor by which an update multiplies it. Where it does not come
//! down, the map is blank.

use crate::analysis::alpha_beta::AlphaBeta;
use crate::math::window::Window;
use crate::view::dials_chart::{self, Chart, Ruler};
use crate::view::isolines::{Isoline, isolines};
use crate::view::legend::Mark;
use crate::view::look::Look;
use crate::view::pen::{Anchor, Drawn, Pen, TextStyle};
use crate::view::theme::Style;
use crate::view::{Palette, Relief};
use plotters_backend::DrawingBackend;

/// Updates for each digit at which there is a line.
const LEVELS: [f64; 10] = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0];
/// Lines at roots that are equal are dashed so, in px.
pub(super) const DASH: &[f64] = &[5.0, 4.0];

/// How many updates take one decimal digit off the distance; not a number where it does not come down.
pub fn updates_a_digit(factor: f64) -> f64 {
    if factor < 1.0 { -1.0 / libm::log10(factor) } else { f64::NAN }
}

/// What the map shows.
#[derive(Clone, Debug, Default)]
pub struct Shown<'a> {
    /// The factors, as far as they are known.
    pub map: Option<&'a AlphaBeta>,
    /// α and β along which roots are equal: the slowest direction begins to swing, the steepest to flip.
    pub swings: Vec<Vec<[f64; 2]>>,
    /// The fastest α and β.
    pub fastest: Option<[f64; 2]>,
    /// The runs' own α and β, and their looks.
    pub own: Vec<([f64; 2], &'a Look)>,
}

/// The axes of a chart of this size in px.
pub fn fit(size: [f64; 2], style: &Style, window: Window) -> Chart {
    Chart::fit(size, style, window, [&Ruler::Linear, &Ruler::Linear], "β")
}

/// The level of a number of updates, counted from 0, with its share of the way to the next.
fn level(updates: f64) -> f64 {
    let first = LEVELS.iter().position(|level| updates < *level).unwrap_or(LEVELS.len());
    let (below, above) = match first {
        0 => (0.5 * LEVELS[0], LEVELS[0]),
        first if first == LEVELS.len() => (LEVELS[first - 1], 2.0 * LEVELS[first - 1]),
        first => (LEVELS[first - 1], LEVELS[first]),
    };
    let share = libm::log(updates / below) / libm::log(above / below);
    (first as f64 - 1.0 + share).clamp(-1.0, LEVELS.len() as f64)
}

/// The map as heights among the levels, its cells as nodes.
fn relief(map: &AlphaBeta) -> Relief {
    let height = |&factor: &f64| {
        let updates = updates_a_digit(factor);
        if updates.is_nan() { f32::NAN } else { level(updates) as f32 }
    };
    Relief {
        columns: map.columns,
        rows: map.rows,
        heights: map.values.iter().map(height).collect(),
        levels: LEVELS.len(),
    }
}

/// Draws axes, bands, lines with their numbers, and marks.
///
/// # Errors
/// The backend's, here and below.
pub fn draw<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    chart: &Chart,
    style: &Style,
    palette: Palette,
    shown: &Shown<'_>,
) -> Drawn<DB> {
    dials_chart::draw_axes(pen, chart, style)?;
    if let Some(map) = shown.map.filter(|map| map.columns > 1 && map.rows > 1) {
        let relief = relief(map);
        draw_bands(pen, chart, style, palette, map, &relief)?;
        draw_lines(pen, chart, style, map, &isolines(&relief))?;
    }
    for line in &shown.swings {
        draw_swing(pen, chart, style, line)?;
    }
    if let Some(at) = shown.fastest {
        draw_fastest(pen, chart.pixel(at), style)?;
    }
    dials_chart::draw_own(pen, chart, style, &shown.own)
}

/// Row by row, as much of it as has one colour at once.
fn draw_bands<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    chart: &Chart,
    style: &Style,
    palette: Palette,
    map: &AlphaBeta,
    relief: &Relief,
) -> Drawn<DB> {
    /// The palest band is told from what is blank.
    const PALEST: f64 = 0.8;
    /// So far a piece reaches below its neighbours, in px, so that no paper shows between them.
    const OVER: f64 = 1.0;
    let pen = &mut pen.of(Mark::Factor);
    let band = |height: f32| if height.is_nan() { None } else { Some(height.floor() as i32) };
    let bands = || relief.heights.iter().filter_map(|&height| band(height));
    let (least, most) = (bands().min().unwrap_or(0), bands().max().unwrap_or(0));
    let place = |column: usize, row: usize| {
        let share = |at: usize, count: usize, [low, high]: [f64; 2]| {
            low + (high - low) * at as f64 / count as f64
        };
        let Window { x, y } = map.window;
        chart.pixel([share(column, map.columns, x), share(row, map.rows, y)])
    };
    for row in (0..map.rows).rev() {
        let heights = &relief.heights[row * map.columns..][..map.columns];
        let mut from = 0;
        for piece in heights.chunk_by(|a, b| band(*a) == band(*b)) {
            let to = from + piece.len();
            if let Some(band) = band(piece[0]) {
                let share = PALEST * f64::from(band - least) / f64::from((most - least).max(1));
                let ([left, top], [right, bottom]) = (place(from, row + 1), place(to, row));
                let (right, bottom) = (right + OVER, bottom + OVER);
                let corners = [[left, top], [right, top], [right, bottom], [left, bottom]];
                pen.polygon(&corners, palette.color(style.theme, share))?;
            }
            from = to;
        }
    }
    Ok(())
}

/// Lines of equally many updates a digit, each with its number where there is room.
fn draw_lines<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    chart: &Chart,
    style: &Style,
    map: &AlphaBeta,
    lines: &[Isoline],
) -> Drawn<DB> {
    let Style { theme, type_size: size, .. } = *style;
    let [width, height] = [map.window.width(), map.window.height()];
    // The nodes are the middles of cells.
    let place = |share: f64, count: usize| (0.5 + share * (count - 1) as f64) / count as f64;
    let pixel = |[x, y]: [f64; 2]| {
        let alpha = map.window.x[0] + width * place(x, map.columns);
        chart.pixel([alpha, map.window.y[0] + height * place(y, map.rows)])
    };
    /// Around single cells, where a little decides, there are no lines.
    const FEWEST: usize = 12;
    /// So many points has a line that has its number.
    const LABELLED: usize = 30;
    let pen = &mut pen.of(Mark::Factor);
    let mut labels: Vec<([f64; 2], String)> = Vec::new();
    for line in lines {
        let pixels: Vec<[f64; 2]> = line.points.iter().map(|&point| pixel(point)).collect();
        if pixels.len() < FEWEST {
            continue;
        }
        pen.polyline(&pixels, style.line(theme.isoline.0, 1.0))?;
        let label = format!("{}", LEVELS[line.level]);
        let is_free = |&&[x, y]: &&[f64; 2]| {
            let is_far = |(at, other): &([f64; 2], String)| {
                let apart = if *other == label { 12.0 } else { 3.2 };
                (at[0] - x).abs() > apart * size || (at[1] - y).abs() > 1.2 * size
            };
            labels.iter().all(is_far) && x > chart.pixel([0.0; 2])[0] + size
        };
        // The middle of the line, or what is nearest to it.
        let half = pixels.len() / 2;
        let (before, after) = pixels.split_at(half);
        let [later, earlier] = [after.iter().find(is_free), before.iter().rev().find(is_free)];
        if let (Some(&at), true) = (later.or(earlier), pixels.len() >= LABELLED) {
            labels.push((at, label));
        }
    }
    for (at, label) in &labels {
        let text = TextStyle { color: theme.ink, ..style.label(Anchor::Center) };
        pen.text_with_halo(label, *at, TextStyle { size: 0.85 * size, ..text }, theme.paper)?;
    }
    Ok(())
}

fn draw_swing<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    chart: &Chart,
    style: &Style,
    line: &[[f64; 2]],
) -> Drawn<DB> {
    let pieces = chart.layout.series(DASH, style.line(style.theme.ink, 1.2), |drawn| {
        for pair in line.windows(2) {
            drawn.draw(pair[0].into(), pair[1].into());
        }
    });
    chart.layout.draw_pieces(pen.of(Mark::EqualRoots), pieces)
}

/// A cross with a rim, at a pixel.
///
/// # Errors
/// The backend's.
pub fn draw_fastest<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    [x, y]: [f64; 2],
    style: &Style,
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::Fastest);
    let arm = 6.0 * style.weight;
    for (color, width) in [(style.theme.paper, 4.0), (style.theme.ink, 1.8)] {
        let ink = style.line(color, width);
        pen.polyline(&[[x - arm, y], [x + arm, y]], ink)?;
        pen.polyline(&[[x, y - arm], [x, y + arm]], ink)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::recorder::{Form, shapes};
    use crate::view::{LOOKS, Theme};

    const STYLE: Style = Style::page(&Theme::LIGHT);
    const SIZE: [f64; 2] = [400.0, 260.0];
    const WINDOW: Window = Window::new(0.0, 0.2, 0.0, 1.0);

    fn map(factor: impl Fn([f64; 2]) -> f64) -> AlphaBeta {
        let (columns, rows) = (40, 30);
        let mut map = AlphaBeta { window: WINDOW, columns, rows, values: Vec::new() };
        map.values = (0..columns * rows).map(|cell| factor(map.middle(cell))).collect();
        map
    }

    #[test]
    fn updates_a_digit_are_those_after_which_a_tenth_is_left() {
        for factor in [0.1, 0.5, 0.99] {
            let left = libm::pow(factor, updates_a_digit(factor));
            assert!((left - 0.1).abs() < 1e-12, "{factor}");
        }
        assert_eq!(updates_a_digit(0.0), 0.0);
        assert!(
            [1.0, 2.0, f64::NAN, f64::INFINITY].map(updates_a_digit).iter().all(|u| u.is_nan())
        );
    }

    #[test]
    fn levels_are_whole_at_their_numbers_and_grow_between_them() {
        for (index, updates) in LEVELS.into_iter().enumerate() {
            assert!((level(updates) - index as f64).abs() < 1e-12);
        }
        let grid: Vec<f64> = (0..200).map(|k| level(libm::exp10(k as f64 / 40.0 - 1.0))).collect();
        assert!(grid.windows(2).all(|pair| pair[0] <= pair[1]));
        assert_eq!([level(0.0), level(1e300)], [-1.0, 10.0]);
    }

    #[test]
    fn a_line_of_a_level_lies_where_the_map_has_it() {
        // From 0 to 1 along α: 10 updates a digit at 10^(−1/10).
        let map = map(|[alpha, _]| alpha / 0.2);
        let chart = fit(SIZE, &STYLE, WINDOW);
        let shown = Shown { map: Some(&map), ..Shown::default() };
        let lines = shapes(|pen| draw(pen, &chart, &STYLE, Palette::Quiet, &shown));
        let [at, _] = chart.pixel([0.2 * libm::exp10(-0.1), 0.5]);
        let is_there = |points: &[[f64; 2]]| {
            points.len() > 10 && points.iter().all(|[x, _]| (x - at).abs() < 1.0)
        };
        assert!(lines.iter().any(|shape| is_there(shape.line())));
        let is_ten = |form: &Form| matches!(form, Form::Text(_, text) if text == "10");
        assert!(lines.iter().any(|shape| is_ten(&shape.form)));
    }

    #[test]
    fn where_nothing_comes_down_the_map_is_blank_and_marks_lie_where_they_are() {
        let map = map(|[_, beta]| if beta > 0.5 { 0.5 } else { 1.5 });
        let chart = fit(SIZE, &STYLE, WINDOW);
        let own = vec![([0.1, 0.25], &LOOKS[1])];
        let shown = Shown { map: Some(&map), own, fastest: Some([0.1, 0.9]), ..Shown::default() };
        let drawn = shapes(|pen| draw(pen, &chart, &STYLE, Palette::Quiet, &shown));
        let [_, middle] = chart.pixel([0.1, 0.5]);
        let mut marks = 0;
        for shape in &drawn {
            let Form::Polygon(corners) = &shape.form else { continue };
            let lowest = corners.iter().map(|[_, y]| *y).fold(0.0, f64::max);
            if lowest > middle + 1.0 {
                let [x, y] = chart.pixel([0.1, 0.25]);
                let is_at_mark = |[px, py]: &[f64; 2]| (px - x).abs() < 9.0 && (py - y).abs() < 9.0;
                assert!(corners.iter().all(is_at_mark));
                marks += 1;
            }
        }
        // The mark and its rim.
        assert_eq!(marks, 2);
        assert_eq!(
            chart.dials_at(chart.pixel([0.1, 0.25])).map(|v| (v * 100.0).round()),
            [10.0, 25.0]
        );
    }
}
