//! What runs lead to on a grid over two of their dials, coarsely first.

use serde::{Deserialize, Serialize};

use crate::math::window::Window;

/// What is known of each cell of a grid over two dials, one to the right and one upwards.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cells<T> {
    /// From which values of the dials to which; where an axis is logarithmic, powers of ten.
    pub window: Window,
    /// Cells from left to right.
    pub columns: usize,
    /// Cells from bottom to top.
    pub rows: usize,
    /// What is known in the middle of each cell, row by row from the lower left.
    pub values: Vec<T>,
}

impl<T: Copy> Cells<T> {
    fn empty(window: Window, [columns, rows]: [usize; 2]) -> Self {
        Self { window, columns, rows, values: Vec::new() }
    }

    /// The dials in the middle of a cell.
    pub fn middle(&self, cell: usize) -> [f64; 2] {
        self.window.middle(cell, [self.columns, self.rows])
    }

    /// What is known of the cell around a place.
    pub fn at(&self, [x, y]: [f64; 2]) -> Option<T> {
        let row = self.window.row(y, self.rows)?;
        let column = self.window.column(x, self.columns)?;
        self.values.get(row * self.columns + column).copied()
    }
}

/// What is to be known in the middles of some cells, as soon as it is.
type Find<'a, T> = dyn FnMut(&[[f64; 2]]) -> Option<Vec<T>> + 'a;

/// A grid that costs at most so many units of a [`Budget`](crate::math::budget::Budget) is there in a blink.
const SOON: u64 = 100_000_000;

/// Grids on their way, each finer than the one before.
#[derive(Debug)]
pub struct Refining<T> {
    /// Columns and rows of the grids that are still to come, the next one last.
    grids: Vec<[usize; 2]>,
    /// The grid at hand; its values are those of the cells that are done.
    cells: Cells<T>,
    done: usize,
    all: usize,
}

impl<T: Copy> Refining<T> {
    /// Grids of so many columns and rows over a window, the coarsest first; of the others only those
    /// up to the first that costs more than `most`, at so much a cell. Where the last of them is there
    /// soon, there are none between.
    pub fn new(window: Window, grids: &[[usize; 2]], each: u64, most: u64) -> Self {
        let cells = |[columns, rows]: [usize; 2]| columns * rows;
        let is_affordable =
            |grid: &&[usize; 2]| (cells(**grid) as u64).saturating_mul(each) <= most;
        let (first, finer) = grids.split_at(1.min(grids.len()));
        let mut grids: Vec<[usize; 2]> =
            first.iter().chain(finer.iter().take_while(is_affordable)).copied().collect();
        let is_soon = |grid: &[usize; 2]| (cells(*grid) as u64).saturating_mul(each) <= SOON;
        if grids.len() > 2 && grids.last().is_some_and(is_soon) {
            grids.drain(1..grids.len() - 1);
        }
        let all = grids.iter().copied().map(cells).sum();
        grids.reverse();
        let cells = Cells::empty(window, grids.pop().unwrap_or([0; 2]));
        Self { grids, cells, done: 0, all }
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
        let all = self.cells.columns * self.cells.rows;
        while self.cells.values.len() < all {
            let first = self.cells.values.len();
            let next = first..all.min(first + most);
            let middles: Vec<[f64; 2]> = next.map(|cell| self.cells.middle(cell)).collect();
            self.cells.values.extend(find(&middles)?);
            self.done += middles.len();
        }
        let next = self.grids.pop();
        let empty = Cells::empty(self.cells.window, next.unwrap_or([0; 2]));
        Some((std::mem::replace(&mut self.cells, empty), next.is_none()))
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
}
