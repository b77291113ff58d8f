//! What there is to be known in the middles of the cells of a grid, coarsely first, and by two who
//! share the work.

use serde::{Deserialize, Serialize};

use super::window::Window;

/// What is known of each cell of a grid over a window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cells<T> {
    /// The part of the plane.
    pub window: Window,
    /// Cells from left to right.
    pub columns: usize,
    /// Cells from bottom to top.
    pub rows: usize,
    /// What is known in the middle of each cell, row by row from the lower left.
    pub values: Vec<T>,
}

impl<T> Cells<T> {
    fn empty(window: Window, [columns, rows]: [usize; 2]) -> Self {
        Self { window, columns, rows, values: Vec::new() }
    }

    /// How many cells there are, whether known or not.
    fn count(&self) -> usize {
        self.columns * self.rows
    }

    /// The middle of a cell.
    pub fn middle(&self, cell: usize) -> [f64; 2] {
        self.window.middle(cell, [self.columns, self.rows])
    }

    /// The column of an x within the window.
    pub fn column(&self, x: f64) -> Option<usize> {
        self.window.column(x, self.columns)
    }

    /// The row of a y within the window.
    pub fn row(&self, y: f64) -> Option<usize> {
        self.window.row(y, self.rows)
    }

    /// The cell around a point of the window.
    pub fn cell(&self, [x, y]: [f64; 2]) -> Option<usize> {
        Some(self.row(y)? * self.columns + self.column(x)?)
    }
}

impl<T: Copy> Cells<T> {
    /// What is known of the cell around a place.
    pub fn at(&self, place: [f64; 2]) -> Option<T> {
        self.values.get(self.cell(place)?).copied()
    }
}

/// Neighbouring cells of a grid, as one who helps has found them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stretch<T> {
    /// Columns and rows of the grid.
    grid: [usize; 2],
    /// The first of the cells.
    first: usize,
    values: Vec<T>,
}

impl<T> Stretch<T> {
    /// Whether it has no cells.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}

/// What is to be known in the middles of some cells, as soon as it is.
type Find<'a, T> = dyn FnMut(&[[f64; 2]]) -> Option<Vec<T>> + 'a;

/// A grid that costs at most so many units of a [`Budget`](super::budget::Budget) is there in a blink.
const SOON: u64 = 100_000_000;

/// Grids on their way, each finer than the one before.
///
/// Two may share the last grid, which is most of the work: one begins with its last cells and hands over
/// what it has found, the other does all the rest, and whoever is faster does more.
#[derive(Debug)]
pub struct Refining<T> {
    /// Columns and rows of the grids that are still to come, the next one last.
    grids: Vec<[usize; 2]>,
    /// The grid at hand; its values are those of the first cells.
    cells: Cells<T>,
    /// The values of the last cells of the last grid, backwards.
    behind: Vec<T>,
    /// The cells that are being found.
    at_hand: Option<(usize, usize)>,
    done: usize,
    all: usize,
}

impl<T: Copy> Refining<T> {
    /// Grids of so many columns and rows over a window, the coarsest first; of the others only those
    /// up to the first that costs more than `most`, at so much a cell. Where the last of them is there
    /// soon, there are none between.
    pub fn new(window: Window, grids: &[[usize; 2]], each: u64, most: u64) -> Self {
        let cost = |[columns, rows]: [usize; 2]| ((columns * rows) as u64).saturating_mul(each);
        let (first, finer) = grids.split_at(1.min(grids.len()));
        let affordable = finer.iter().take_while(|grid| cost(**grid) <= most);
        let mut grids: Vec<[usize; 2]> = first.iter().chain(affordable).copied().collect();
        if grids.len() > 2 && grids.last().is_some_and(|grid| cost(*grid) <= SOON) {
            grids.drain(1..grids.len() - 1);
        }
        Self::through(window, &grids)
    }

    /// All of these grids, the coarsest first.
    pub fn through(window: Window, grids: &[[usize; 2]]) -> Self {
        let all = grids.iter().map(|[columns, rows]| columns * rows).sum();
        let mut grids: Vec<[usize; 2]> = grids.iter().rev().copied().collect();
        let cells = Cells::empty(window, grids.pop().unwrap_or([0; 2]));
        Self { grids, cells, behind: Vec::new(), at_hand: None, done: 0, all }
    }

    /// How much of it is done, from 0 to 1.
    pub fn progress(&self) -> f64 {
        if self.all == 0 { 1.0 } else { self.done as f64 / self.all as f64 }
    }

    /// How many cells all grids have.
    pub fn count(&self) -> usize {
        self.all
    }

    /// Goes on as long as `find` finds what is to be known in the middles of the next cells, at most so
    /// many at once. Returns the next grid when all of its cells are known, and with it whether that was
    /// the last.
    pub fn advance(&mut self, most: usize, find: &mut Find<T>) -> Option<(Cells<T>, bool)> {
        while self.left() > 0 {
            let first = self.cells.values.len();
            let found = self.find((first, first + most.min(self.left())), find)?;
            // Some of them may have been handed over meanwhile.
            let left = self.left();
            self.done += found.len().min(left);
            self.cells.values.extend(found.into_iter().take(left));
        }
        if self.grids.is_empty() {
            self.cells.values.extend(self.behind.drain(..).rev());
        }
        let next = self.grids.pop();
        let empty = Cells::empty(self.cells.window, next.unwrap_or([0; 2]));
        Some((std::mem::replace(&mut self.cells, empty), next.is_none()))
    }

    /// Goes on with the last grid from behind, in the same way, for somebody else who does the rest.
    /// Returns what has been found until `find` found nothing more.
    pub fn help(&mut self, most: usize, find: &mut Find<T>) -> Stretch<T> {
        if !self.grids.is_empty() {
            let last = self.grids[0];
            *self = Self::through(self.cells.window, &[last]);
        }
        let before = self.behind.len();
        while self.left() > 0 {
            let end = self.left();
            let Some(found) = self.find((end - most.min(end), end), find) else { break };
            self.done += found.len();
            self.behind.extend(found.into_iter().rev());
        }
        let values = self.behind[before..].iter().rev().copied().collect();
        Stretch { grid: [self.cells.columns, self.cells.rows], first: self.left(), values }
    }

    /// Takes what somebody else has found of the last grid from behind. What does not follow on what is
    /// known is passed over.
    pub fn take(&mut self, Stretch { grid, first, values }: Stretch<T>) {
        let last = *self.grids.first().unwrap_or(&[self.cells.columns, self.cells.rows]);
        let end = first + values.len();
        if grid != last || end != grid[0] * grid[1] - self.behind.len() {
            return;
        }
        // The first of them may be known already.
        let known = if self.grids.is_empty() { self.cells.values.len() } else { 0 };
        let new = end.saturating_sub(known.max(first));
        self.done += new;
        self.behind.extend(values.into_iter().rev().take(new));
    }

    /// How many cells of the grid at hand are not known.
    fn left(&self) -> usize {
        let behind = if self.grids.is_empty() { self.behind.len() } else { 0 };
        self.cells.count() - self.cells.values.len() - behind
    }

    /// What there is to be known of these cells, or of others that are being found already.
    fn find(&mut self, cells: (usize, usize), find: &mut Find<T>) -> Option<Vec<T>> {
        let (first, end) = *self.at_hand.get_or_insert(cells);
        let middles: Vec<[f64; 2]> = (first..end).map(|cell| self.cells.middle(cell)).collect();
        let found = find(&middles)?;
        self.at_hand = None;
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Window = Window::new(0.0, 1.0, 0.0, 2.0);

    #[test]
    fn grids_come_one_after_the_other_up_to_what_may_be_paid() {
        let mut refining = Refining::new(WINDOW, &[[2, 1], [4, 3], [40, 30]], 10, 200);
        let grids = [[2, 1], [4, 3], [40, 30]];
        let many = |each| Refining::<f64>::new(WINDOW, &grids, each, u64::MAX).count();
        assert_eq!([many(SOON / 1200), many(SOON / 1200 + 1)], [1202, 1214]);
        let mut asked = 0;
        // Three cells in a slice.
        let mut slices = 0;
        let mut grids = Vec::new();
        loop {
            let mut left = 1;
            let mut find = |middles: &[[f64; 2]]| {
                left -= 1;
                (left >= 0).then(|| {
                    asked += middles.len();
                    middles.iter().map(|[x, y]| x + y).collect()
                })
            };
            if let Some((cells, is_last)) = refining.advance(3, &mut find) {
                grids.push(cells);
                if is_last {
                    break;
                }
            }
            slices += 1;
        }
        assert_eq!(
            grids.iter().map(|cells| [cells.columns, cells.rows]).collect::<Vec<_>>(),
            [[2, 1], [4, 3]]
        );
        assert_eq!((asked, refining.progress()), (14, 1.0));
        assert!(slices > 3);
        let last = &grids[1];
        assert_eq!(last.values[5], last.middle(5)[0] + last.middle(5)[1]);
        assert_eq!(last.at(last.middle(5)), Some(last.values[5]));
        assert_eq!(last.at([1.1, 0.5]), None);
    }

    /// Finds some cells at a time, and then nothing for once.
    fn in_pieces(cells: usize) -> impl FnMut(&[[f64; 2]]) -> Option<Vec<f64>> {
        let mut left = cells;
        move |middles| {
            if left < middles.len() {
                left = cells;
                return None;
            }
            left -= middles.len();
            Some(middles.iter().map(|[x, y]| x + 10.0 * y).collect())
        }
    }

    #[test]
    fn two_who_share_the_work_find_what_one_does() {
        let grids = [[2, 1], [7, 5]];
        let whole = {
            let mut alone = Refining::through(WINDOW, &grids);
            alone.advance(3, &mut in_pieces(100));
            alone.advance(3, &mut in_pieces(100)).unwrap()
        };
        assert!(whole.1);
        // Whoever is faster, and whenever what was found arrives.
        for [mine, others, late] in
            [[3, 3, 0], [3, 12, 0], [12, 3, 2], [3, 100, 0], [3, 6, 1], [4, 7, 3]]
        {
            let mut refining = Refining::through(WINDOW, &grids);
            let mut helping = Refining::through(WINDOW, &grids);
            let mut on_their_way = std::collections::VecDeque::new();
            let [mut find, mut help] = [mine, others].map(in_pieces);
            let last = loop {
                on_their_way.push_back(helping.help(4, &mut help));
                if on_their_way.len() > late {
                    refining.take(on_their_way.pop_front().unwrap());
                }
                assert!(refining.progress() <= 1.0);
                if let Some((cells, true)) = refining.advance(3, &mut find) {
                    break cells;
                }
            };
            assert_eq!((&last, refining.progress()), (&whole.0, 1.0), "{mine} {others} {late}");
        }
    }

    #[test]
    fn what_does_not_follow_is_passed_over() {
        let mut refining = Refining::<f64>::through(WINDOW, &[[2, 2]]);
        let stretch = |grid, first| Stretch { grid, first, values: vec![7.0] };
        for wrong in [stretch([2, 2], 2), stretch([3, 2], 5), stretch([2, 2], 9)] {
            refining.take(wrong);
        }
        assert_eq!(refining.progress(), 0.0);
        refining.take(stretch([2, 2], 3));
        assert_eq!(refining.progress(), 0.25);
    }
}
