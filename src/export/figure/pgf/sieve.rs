//! What is seen of very much: what lies wholly under other lines and marks is left out.
//!
//! From the last shape to the first, each is kept if enough of it is not covered yet. A scribble of a hundred
//! thousand pieces comes to those few thousand that make it what it is.

use plotters_backend::BackendCoord;

use super::{Form, Shape};
use crate::view::pen::FINE;

/// So many of the backend's units are a cell: about a hundredth of an inch's third in print.
const CELL: f64 = 3.0;
/// An area that is larger than this, in cells along a side, is no mark, and kept.
const MARK: usize = 200;

/// The shapes of a sheet of this size in CSS pixels of which at least so many cells are seen; lines are broken
/// where they are not.
pub fn seen(shapes: &[Shape], size: [f64; 2], least: usize) -> Vec<Shape> {
    let [columns, rows] = size.map(|px| (px * FINE / CELL) as usize + 1);
    let mut cover = Cover { columns, rows, cells: vec![false; columns * rows] };
    let mut kept = vec![];
    for shape in shapes.iter().rev() {
        let is_opaque = shape.alpha == 1.0;
        let copy = |form: Form| Shape { form, ..*shape };
        match &shape.form {
            Form::Path(path) if shape.width > 0 => {
                let mut pieces: Vec<Vec<BackendCoord>> = vec![];
                for ends in path.windows(2).rev() {
                    let &[from, to] = ends else { continue };
                    if !cover.takes(&of_line(from, to, shape.width), least, is_opaque) {
                        continue;
                    }
                    match pieces.last_mut().filter(|piece| piece.last() == Some(&to)) {
                        Some(piece) => piece.push(from),
                        None => pieces.push(vec![to, from]),
                    }
                }
                kept.extend(pieces.into_iter().map(|piece| copy(Form::Path(piece))));
            }
            Form::Path(corners) => {
                let is_seen = of_area(corners)
                    .is_none_or(|cells| cover.takes(&cells, least.min(MARK), is_opaque));
                if is_seen {
                    kept.push(copy(Form::Path(corners.clone())));
                }
            }
            &Form::Circle(center, radius) => {
                let cells = of_disc(center, radius);
                if shape.width > 0 || cover.takes(&cells, least.min(MARK), is_opaque) {
                    kept.push(copy(Form::Circle(center, radius)));
                }
            }
            Form::Text { at, size, anchor, text } => {
                let (at, size, anchor, text) = (*at, *size, *anchor, text.clone());
                kept.push(copy(Form::Text { at, size, anchor, text }));
            }
        }
    }
    kept.reverse();
    kept
}

/// Which cells are covered.
struct Cover {
    columns: usize,
    rows: usize,
    cells: Vec<bool>,
}

/// Cells of one row or column: the first place and how many, and whether they lie in a column.
struct Run {
    at: [i64; 2],
    count: i64,
    is_down: bool,
}

impl Cover {
    /// Whether at least so many of these cells, or half of them, are not covered; if so and it is opaque, all
    /// are from now on.
    fn takes(&mut self, runs: &[Run], least: usize, is_opaque: bool) -> bool {
        let [columns, rows] = [self.columns, self.rows].map(|side| side as i64);
        let places = |run: &Run| {
            let &Run { at: [x, y], count, is_down } = run;
            let step = if is_down { [0, 1] } else { [1, 0] };
            (0..count).map(move |index| [x + index * step[0], y + index * step[1]])
        };
        let inside = |[x, y]: [i64; 2]| {
            let is_inside = (0..columns).contains(&x) && (0..rows).contains(&y);
            is_inside.then_some((y * columns + x) as usize)
        };
        let all = || runs.iter().flat_map(places).filter_map(inside);
        let total = all().count();
        let free = all().filter(|&cell| !self.cells[cell]).count();
        // What is smaller than the least is kept where most of it is seen.
        let is_seen = free > 0 && free >= least.min(total.div_ceil(2));
        if is_seen && is_opaque {
            for run in runs {
                for cell in places(run).filter_map(inside) {
                    self.cells[cell] = true;
                }
            }
        }
        is_seen
    }
}

/// The cells of a straight line.
fn of_line(from: BackendCoord, to: BackendCoord, width: u32) -> Vec<Run> {
    let [a, b] = [from, to].map(|(x, y)| [x, y].map(|units| f64::from(units) / CELL));
    let is_flat = (b[0] - a[0]).abs() >= (b[1] - a[1]).abs();
    let (along, across) = if is_flat { (0, 1) } else { (1, 0) };
    let (first, last) = if a[along] <= b[along] { (a, b) } else { (b, a) };
    let length = last[along] - first[along];
    let slope = if length > 0.0 { (last[across] - first[across]) / length } else { 0.0 };
    let half = 0.5 * f64::from(width) / CELL * slope.hypot(1.0);
    (first[along].floor() as i64..=last[along].floor() as i64)
        .map(|place| {
            let along_it = (place as f64 + 0.5).clamp(first[along], last[along]) - first[along];
            let middle = first[across] + slope * along_it;
            let low = (middle - half).round() as i64;
            let count = ((middle + half).round() as i64 - low).max(1);
            let at = if is_flat { [place, low] } else { [low, place] };
            Run { at, count, is_down: is_flat }
        })
        .collect()
}

fn of_disc((x, y): BackendCoord, radius: u32) -> Vec<Run> {
    let [x, y, radius] = [f64::from(x), f64::from(y), f64::from(radius)].map(|units| units / CELL);
    let rows = (y - radius).floor() as i64..=(y + radius).floor() as i64;
    rows.map(|row| {
        let off = (row as f64 + 0.5 - y).abs().min(radius);
        let half = (radius * radius - off * off).sqrt();
        let low = (x - half).round() as i64;
        Run { at: [low, row], count: (x + half).round() as i64 - low, is_down: false }
    })
    .collect()
}

/// The cells of a small area; `None` of a large one.
fn of_area(corners: &[BackendCoord]) -> Option<Vec<Run>> {
    let corners: Vec<[f64; 2]> =
        corners.iter().map(|&(x, y)| [x, y].map(|units| f64::from(units) / CELL)).collect();
    let ends = |of: usize| {
        let values = corners.iter().map(|corner| corner[of]);
        values.fold([f64::MAX, f64::MIN], |[low, high], v| [low.min(v), high.max(v)])
    };
    let [[left, right], [top, bottom]] = [ends(0), ends(1)];
    if !(right - left <= MARK as f64 && bottom - top <= MARK as f64) {
        return None;
    }
    let rows = top.floor() as i64..=bottom.floor() as i64;
    let runs = rows.flat_map(|row| {
        let y = row as f64 + 0.5;
        let sides = corners.iter().zip(corners.iter().cycle().skip(1));
        let mut crossings: Vec<f64> = sides
            .filter(|(a, b)| (a[1] <= y) != (b[1] <= y))
            .map(|(a, b)| a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0]))
            .collect();
        crossings.sort_by(f64::total_cmp);
        let run = move |pair: &[f64]| {
            let [low, high] = [pair[0], pair[1]].map(|x| x.round() as i64);
            Run { at: [low, row], count: high - low, is_down: false }
        };
        crossings.chunks_exact(2).map(run).collect::<Vec<_>>()
    });
    Some(runs.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::random::Random;
    use crate::view::pen::Color;

    const BLACK: Shape =
        Shape { form: Form::Path(vec![]), color: Color(0, 0, 0), alpha: 1.0, width: 13 };

    #[test]
    fn of_a_scribble_few_lines_are_left_and_all_that_they_cover() {
        let mut random = Random::new(5);
        let mut place = || (random.below(1600) as i32, random.below(1600) as i32);
        let path: Vec<BackendCoord> = (0..20_000).map(|_| place()).collect();
        let seen = seen(&[Shape { form: Form::Path(path), ..BLACK }], [200.0; 2], 1);
        let pieces = seen.iter().map(|shape| match &shape.form {
            Form::Path(path) => path.len() - 1,
            _ => 0,
        });
        let pieces = pieces.sum::<usize>();
        assert!((100..4000).contains(&pieces), "{pieces} of 20,000");
    }

    #[test]
    fn what_lies_under_a_mark_goes_and_what_lies_over_it_stays() {
        let disc = |radius| Shape { form: Form::Circle((400, 400), radius), width: 0, ..BLACK };
        let square = vec![(396, 396), (404, 396), (404, 404), (396, 404)];
        let square = || Shape { form: Form::Path(square.clone()), width: 0, ..BLACK };
        let count = |shapes: &[Shape]| seen(shapes, [100.0; 2], 1).len();
        assert_eq!(count(&[square(), disc(40)]), 1);
        assert_eq!(count(&[disc(40), square()]), 2);
        assert_eq!(count(&[disc(5), Shape { alpha: 0.5, ..disc(40) }]), 2);
    }
}
