//! Lines as print shows them: joined, simplified within a tolerance, and nothing twice.

use std::collections::{HashMap, HashSet};

/// A place in the picture's points.
pub type Point = [f64; 2];

/// Straight pieces of lines on the grid, the lesser end first.
pub type Pieces = HashSet<[[i32; 2]; 2]>;

/// So many places are simplified at once: the time it takes may grow with the square.
const AT_ONCE: usize = 500;

/// Joins lines that end where another begins, drops places that lie within the tolerance of the line without
/// them, and puts all on a grid of that width. Pieces that `drawn` has are not drawn again; those that are
/// drawn, it has from then on.
pub fn thinned(
    lines: Vec<Vec<Point>>,
    tolerance: f64,
    mut drawn: Option<&mut Pieces>,
) -> Vec<Vec<[i32; 2]>> {
    let grid = |[x, y]: Point| [x, y].map(|v| (v / tolerance).round() as i32);
    let mut pieces = vec![];
    for line in joined(lines) {
        let mut places: Vec<[i32; 2]> = vec![];
        let kept = line.chunks(AT_ONCE).flat_map(|part| simplified(part, tolerance));
        for place in kept.map(grid) {
            if places.last() != Some(&place) {
                places.push(place);
            }
        }
        if let &[place] = &places[..] {
            places.push(place);
        }
        let mut piece: Vec<[i32; 2]> = vec![];
        for ends in places.windows(2) {
            let &[from, to] = ends else { continue };
            let ends = [from.min(to), from.max(to)];
            if drawn.as_mut().is_some_and(|drawn| !drawn.insert(ends)) {
                pieces.push(std::mem::take(&mut piece));
                continue;
            }
            if piece.is_empty() {
                piece.push(from);
            }
            piece.push(to);
        }
        pieces.push(piece);
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// Douglas and Peucker's line (1973): it starts and ends where this one does, and no place of this one is
/// farther from it than the tolerance.
pub fn simplified(line: &[Point], tolerance: f64) -> Vec<Point> {
    let Some(last) = line.len().checked_sub(1) else { return vec![] };
    let mut kept = vec![false; line.len()];
    (kept[0], kept[last]) = (true, true);
    let mut parts = vec![[0, last]];
    while let Some([from, to]) = parts.pop() {
        let far = |at: &usize| distance(line[*at], line[from], line[to]);
        let farthest = (from + 1..to).max_by(|a, b| far(a).total_cmp(&far(b)));
        if let Some(at) = farthest.filter(|at| far(at) > tolerance) {
            kept[at] = true;
            parts.extend([[from, at], [at, to]]);
        }
    }
    line.iter().zip(kept).filter(|(_, kept)| *kept).map(|(place, _)| *place).collect()
}

/// How far a place is from a segment.
fn distance([x, y]: Point, [ax, ay]: Point, [bx, by]: Point) -> f64 {
    let (dx, dy) = (bx - ax, by - ay);
    let square = dx * dx + dy * dy;
    let along = if square > 0.0 { ((x - ax) * dx + (y - ay) * dy) / square } else { 0.0 };
    let along = along.clamp(0.0, 1.0);
    (x - ax - along * dx).hypot(y - ay - along * dy)
}

/// The same lines, with those in one that go on where another ends.
fn joined(lines: Vec<Vec<Point>>) -> Vec<Vec<Point>> {
    let key = |place: &Point| place.map(f64::to_bits);
    let mut by_end: HashMap<[u64; 2], Vec<usize>> = HashMap::new();
    for (index, line) in lines.iter().enumerate() {
        for end in line.first().into_iter().chain(line.last()) {
            by_end.entry(key(end)).or_default().push(index);
        }
    }
    let mut lines: Vec<Option<Vec<Point>>> = lines.into_iter().map(Some).collect();
    let mut whole = vec![];
    for index in 0..lines.len() {
        let Some(mut line) = lines[index].take() else { continue };
        // Onwards from its end, and then from its start.
        for _ in 0..2 {
            while let Some(end) = line.last().copied() {
                let others = by_end.get_mut(&key(&end)).map(std::mem::take).unwrap_or_default();
                let next = others.iter().copied().find(|&other| lines[other].is_some());
                by_end.insert(key(&end), others);
                let Some(mut next) = next.and_then(|next| lines[next].take()) else { break };
                if next.first() != Some(&end) {
                    next.reverse();
                }
                line.extend(next.into_iter().skip(1));
            }
            line.reverse();
        }
        whole.push(line);
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::random::Random;

    #[test]
    fn pieces_of_a_circle_become_one_line_that_stays_near() {
        let place = |at: usize| {
            let angle = at as f64 / 400.0 * std::f64::consts::TAU;
            [50.0 + 40.0 * angle.cos(), 50.0 + 40.0 * angle.sin()]
        };
        let mut pieces: Vec<Vec<Point>> =
            (0..400).map(|at| vec![place(at), place((at + 1) % 400)]).collect();
        let mut random = Random::new(3);
        for at in (1..400).rev() {
            pieces.swap(at, random.below(at as u32 + 1) as usize);
            if random.uniform() < 0.5 {
                pieces[at].reverse();
            }
        }
        let lines = thinned(pieces, 0.05, Some(&mut Pieces::new()));
        assert_eq!(lines.len(), 1);
        let line: Vec<Point> = lines[0].iter().map(|p| p.map(|v| f64::from(v) * 0.05)).collect();
        assert!((20..120).contains(&line.len()), "{}", line.len());
        for at in 0..400 {
            let near = line.windows(2).map(|ab| distance(place(at), ab[0], ab[1]));
            assert!(near.fold(f64::MAX, f64::min) < 0.1);
        }
    }

    #[test]
    fn what_zig_zags_over_itself_is_drawn_once() {
        let wall =
            |at: u32| [if at.is_multiple_of(2) { 10.0 } else { 90.0 }, 20.0 + 1e-7 * f64::from(at)];
        let lines = thinned(vec![(0..20_000).map(wall).collect()], 0.05, Some(&mut Pieces::new()));
        assert_eq!(lines.iter().map(Vec::len).sum::<usize>(), 2, "{lines:?}");
    }

    #[test]
    fn a_gap_stays_a_gap_and_a_point_a_point() {
        let lines =
            thinned(vec![vec![[0.0; 2], [5.0, 0.0]], vec![[6.0, 0.0], [9.0, 0.0]]], 0.1, None);
        assert_eq!(lines, [[[0, 0], [50, 0]], [[60, 0], [90, 0]]]);
        assert_eq!(thinned(vec![vec![[3.0; 2]; 2]], 0.1, None), [[[30, 30]; 2]]);
    }
}
