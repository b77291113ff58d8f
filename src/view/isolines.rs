//! Isolines by marching squares (Lorensen and Cline's cubes, 1987, in the plane).
//!
//! A level crosses an edge of the grid when its two nodes lie on different sides, at the point
//! that divides the edge as the level divides their heights. In each cell crossings join in pairs,
//! and cell by cell these segments chain into lines. A cell that has a node without a finite value
//! has no line.

use crate::view::legend::Mark;
use crate::view::pen::{Color, Drawn, Ink, Pen};
use crate::view::theme::Style;
use crate::view::{Frame, Relief};
use plotters_backend::DrawingBackend;

/// One isoline: its level's index, and its points on the unit square, y up; closed lines end
/// where they start.
#[derive(Clone, Debug, PartialEq)]
pub struct Isoline {
    /// The index of its level.
    pub level: usize,
    /// Its points: 0 to 1 from left to right and from bottom to top.
    pub points: Vec<[f64; 2]>,
}

/// All isolines of a relief.
pub fn isolines(relief: &Relief) -> Vec<Isoline> {
    let Relief { columns, rows, heights, levels } = relief;
    // How many levels a node lies at or above, so that most cells are passed over at a glance.
    let ranks: Vec<i32> = heights
        .iter()
        .map(|h| if h.is_nan() { NO_VALUE } else { (h + 1.0).floor().max(0.0) as i32 })
        .collect();
    let mut segments: Vec<Vec<[u32; 2]>> = vec![vec![]; *levels];
    for row in 0..rows - 1 {
        for column in 0..columns - 1 {
            let at = row * columns + column;
            let corners = [at, at + 1, at + columns + 1, at + columns];
            let [a, b, c, d] = corners.map(|node| ranks[node]);
            if a == b && b == c && c == d || [a, b, c, d].contains(&NO_VALUE) {
                continue;
            }
            let first = a.min(b).min(c).min(d) as usize;
            let last = a.max(b).max(c).max(d) as usize;
            let crossed = segments.iter_mut().enumerate().take(last).skip(first);
            for (level, segments) in crossed {
                let heights = corners.map(|node| heights[node]);
                cross_cell(heights, level as f32, at as u32, *columns as u32, |segment| {
                    segments.push(segment);
                });
            }
        }
    }
    let mut chains = Chains::new(columns * rows);
    let mut lines = vec![];
    for (level, segments) in segments.iter().enumerate() {
        chains.join(segments, |edges| {
            let points = edges.iter().map(|&edge| crossing(relief, edge, level as f32)).collect();
            lines.push(Isoline { level, points });
        });
    }
    lines
}

const NO_VALUE: i32 = i32::MIN;

/// The segments of one level in one cell, as pairs of edges. Edges are numbered by the node at
/// their left or lower end, twice it for the one to the right, one more for the one upwards.
fn cross_cell(
    [a, b, c, d]: [f32; 4],
    level: f32,
    at: u32,
    columns: u32,
    mut segment: impl FnMut([u32; 2]),
) {
    // Corners run round the cell from the lower left, and edge k starts at corner k.
    let edges = [2 * at, 2 * (at + 1) + 1, 2 * (at + columns), 2 * at + 1];
    let above = [a, b, c, d].map(|height| height >= level);
    let crossed: [bool; 4] = std::array::from_fn(|k| above[k] != above[(k + 1) % 4]);
    if crossed == [true; 4] {
        // A saddle: the middle's height says which pair of corners is connected.
        let middle = (a + b + c + d) / 4.0 >= level;
        let (first, second) = if middle == above[0] { ([0, 1], [2, 3]) } else { ([3, 0], [1, 2]) };
        segment(first.map(|k: usize| edges[k]));
        segment(second.map(|k: usize| edges[k]));
    } else {
        let mut ends = (0..4).filter(|&k| crossed[k]).map(|k| edges[k]);
        if let (Some(from), Some(to)) = (ends.next(), ends.next()) {
            segment([from, to]);
        }
    }
}

fn crossing(relief: &Relief, edge: u32, level: f32) -> [f64; 2] {
    let Relief { columns, rows, heights, .. } = relief;
    let (from, upwards) = ((edge / 2) as usize, edge % 2 == 1);
    let to = if upwards { from + columns } else { from + 1 };
    let (low, high) = (f64::from(heights[from]), f64::from(heights[to]));
    let share = (f64::from(level) - low) / (high - low);
    let (column, row) = ((from % columns) as f64, (from / columns) as f64);
    let (x, y) = if upwards { (column, row + share) } else { (column + share, row) };
    [x / (columns - 1) as f64, y / (rows - 1) as f64]
}

/// Joins segments into lines. For each edge, the edges it shares a segment with.
struct Chains {
    neighbours: Vec<[u32; 2]>,
}

const NONE: u32 = u32::MAX;

impl Chains {
    fn new(nodes: usize) -> Self {
        Self { neighbours: vec![[NONE; 2]; 2 * nodes] }
    }

    fn join(&mut self, segments: &[[u32; 2]], mut line: impl FnMut(&[u32])) {
        for &[a, b] in segments {
            self.link(a, b);
            self.link(b, a);
        }
        // Open lines first, each from its end; what is left is closed.
        let is_end = |chains: &Self, edge: u32| chains.neighbours[edge as usize][1] == NONE;
        let mut edges = vec![];
        for open in [true, false] {
            for &edge in segments.iter().flatten() {
                if self.neighbours[edge as usize][0] != NONE && (is_end(self, edge) || !open) {
                    self.follow(edge, &mut edges);
                    line(&edges);
                }
            }
        }
    }

    fn link(&mut self, from: u32, to: u32) {
        let [first, second] = &mut self.neighbours[from as usize];
        if *first == NONE {
            *first = to;
        } else {
            *second = to;
        }
    }

    /// Walks from an edge to the line's other end, or round; forgets what it has passed.
    fn follow(&mut self, start: u32, edges: &mut Vec<u32>) {
        edges.clear();
        edges.push(start);
        let mut at = start;
        loop {
            let [first, second] = self.neighbours[at as usize];
            let next = if first == NONE { second } else { first };
            self.neighbours[at as usize] = [NONE; 2];
            if next == NONE {
                break;
            }
            // The next edge need not remember where the line came from.
            let back = &mut self.neighbours[next as usize];
            if back[0] == at {
                back[0] = NONE;
            } else if back[1] == at {
                back[1] = NONE;
            }
            edges.push(next);
            at = next;
            if at == start {
                break;
            }
        }
    }
}

/// Draws isolines, one thin line each.
///
/// # Errors
/// The backend's.
pub fn draw<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    frame: &Frame,
    style: &Style,
    lines: &[Isoline],
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::Isoline);
    let (color, percent) = style.theme.isoline;
    draw_with(
        pen,
        frame,
        lines,
        Ink { color, alpha: f64::from(percent) / 100.0, width: style.weight },
    )
}

/// Draws a second set of isolines, faint and in a colour of its own.
///
/// # Errors
/// The backend's.
pub fn draw_in<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    frame: &Frame,
    style: &Style,
    lines: &[Isoline],
    color: Color,
) -> Drawn<DB> {
    let pen = &mut pen.of(Mark::BatchIsoline);
    draw_with(pen, frame, lines, Ink { color, alpha: 0.35, width: style.weight })
}

fn draw_with<DB: DrawingBackend>(
    pen: &mut Pen<'_, DB>,
    frame: &Frame,
    lines: &[Isoline],
    ink: Ink,
) -> Drawn<DB> {
    let mut pixels = vec![];
    for line in lines {
        pixels.clear();
        pixels.extend(line.points.iter().map(|[x, y]| [x * frame.width, (1.0 - y) * frame.height]));
        pen.polyline(&pixels, ink)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::window::Window;
    use crate::view::Levels;
    use crate::view::field::sampled;

    const WINDOW: Window = Window::new(-2.0, 2.0, -2.0, 2.0);

    fn lines_of(f: impl Fn(f64, f64) -> f64, floor: Option<f64>) -> (Levels, Vec<Isoline>) {
        let field = sampled(WINDOW, 161, 121, f);
        let levels = Levels::of(&field, floor);
        let lines = isolines(&Relief::new(&field, &levels));
        (levels, lines)
    }

    fn in_plane([x, y]: [f64; 2]) -> [f64; 2] {
        [-2.0 + 4.0 * x, -2.0 + 4.0 * y]
    }

    #[test]
    fn isolines_of_a_bowl_are_whole_circles() {
        let (levels, lines) = lines_of(|x, y| x * x + y * y, Some(0.0));
        for (level, value) in levels.values.iter().enumerate() {
            let radius = value.sqrt();
            let rings: Vec<_> = lines.iter().filter(|line| line.level == level).collect();
            for [x, y] in rings.iter().flat_map(|line| &line.points).copied().map(in_plane) {
                // A cell is 0.025 by 0.033: a chord of it leaves a circle by its square over 8 r,
                // and the logarithm adds as much.
                assert!((x.hypot(y) - radius).abs() < 3e-4 / radius, "{x} {y} {radius}");
            }
            if (0.2..1.9).contains(&radius) {
                let [ring] = rings[..] else { panic!("{} lines at {radius}", rings.len()) };
                assert_eq!(ring.points.first(), ring.points.last());
                let around: f64 = ring
                    .points
                    .windows(2)
                    .map(|pair| {
                        let ([a, b], [c, d]) = (in_plane(pair[0]), in_plane(pair[1]));
                        (a - c).hypot(b - d)
                    })
                    .sum();
                assert!((around / (std::f64::consts::TAU * radius) - 1.0).abs() < 0.02);
            }
        }
    }

    #[test]
    fn a_saddle_is_crossed_without_a_fault() {
        let (levels, lines) = lines_of(|x, y| x * x - y * y, None);
        assert!(lines.len() >= 2 * (levels.values.len() - 1));
        for Isoline { level, points } in &lines {
            for [x, y] in points.iter().copied().map(in_plane) {
                assert!((x * x - y * y - levels.values[*level]).abs() < 2e-3);
            }
        }
    }

    #[test]
    fn no_isoline_enters_where_there_is_no_value() {
        let hole = |x: f64, y: f64| {
            if x > 1.0 {
                f64::NAN
            } else if y > 1.5 {
                f64::INFINITY
            } else {
                x * x + y * y
            }
        };
        let (_, lines) = lines_of(hole, Some(0.0));
        assert!(!lines.is_empty());
        for [x, y] in lines.iter().flat_map(|line| &line.points).copied().map(in_plane) {
            assert!(x <= 1.0 && y <= 1.5);
        }
    }

    #[test]
    fn every_segment_stays_within_one_cell() {
        let waves = |x: f64, y: f64| (7.0 * x).sin() * (5.0 * y).cos() + 0.1 * x;
        let (_, lines) = lines_of(waves, None);
        for pair in lines.iter().flat_map(|line| line.points.windows(2)) {
            assert!((pair[0][0] - pair[1][0]).abs() <= 1.0 / 160.0 + 1e-12);
            assert!((pair[0][1] - pair[1][1]).abs() <= 1.0 / 120.0 + 1e-12);
        }
    }
}
