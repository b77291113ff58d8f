//! Where labels go, so that they cover neither lines nor each other: each takes the best of its
//! candidates, one label after the other.

/// A rectangle: its upper left and its lower right corner, in px.
pub type Rect = [[f64; 2]; 2];

/// What a label must not cover counts as so many points of lines.
const TAKEN: f64 = 1000.0;
/// Of two candidates that cover as many points within this, the earlier is taken.
const PATIENCE: f64 = 0.05;

/// A room in which labels are placed.
#[derive(Clone, Debug)]
pub struct LabelPlacement {
    room: Rect,
    points: Vec<[f64; 2]>,
    taken: Vec<Rect>,
}

impl LabelPlacement {
    /// An empty room: no label leaves it.
    pub fn within(room: Rect) -> Self {
        Self { room, points: Vec::new(), taken: Vec::new() }
    }

    /// Points of lines, best a pixel or two apart: the fewer of them are covered, the better.
    pub fn add_line(&mut self, points: impl IntoIterator<Item = [f64; 2]>) {
        let [[left, top], [right, bottom]] = self.room;
        let is_seen = |[x, y]: &[f64; 2]| (left..=right).contains(x) && (top..=bottom).contains(y);
        self.points.extend(points.into_iter().filter(is_seen));
    }

    /// A rectangle that labels keep clear of if they can.
    pub fn add_obstacle(&mut self, rect: Rect) {
        self.taken.push(rect);
    }

    /// The middle of a label of this width and height: the candidate at which it covers least,
    /// moved into the room, where it does not stand there; of equal ones about the first. The place
    /// is taken then. `None` without candidates.
    pub fn place(
        &mut self,
        [width, height]: [f64; 2],
        candidates: impl IntoIterator<Item = [f64; 2]>,
    ) -> Option<[f64; 2]> {
        let [half, up] = [0.5 * width, 0.5 * height];
        let [[left, top], [right, bottom]] = self.room;
        let inside = |at: f64, low: f64, high: f64| at.max(low).min(high.max(low));
        let moved = |[x, y]: [f64; 2]| {
            [inside(x, left + half, right - half), inside(y, top + up, bottom - up)]
        };
        let rect = |[x, y]: [f64; 2]| [[x - half, y - up], [x + half, y + up]];
        let cost = |rank: usize, at: [f64; 2]| {
            let rect = rect(at);
            let taken = self.taken.iter().filter(|other| overlap(&rect, other)).count();
            let points = self.points.iter().filter(|point| overlap(&rect, &[**point; 2])).count();
            TAKEN * taken as f64 + points as f64 + PATIENCE * rank as f64
        };
        let candidates = candidates.into_iter().map(moved).enumerate();
        let best = candidates.map(|(rank, at)| (cost(rank, at), at));
        let (_, at) = best.min_by(|(a, _), (b, _)| a.total_cmp(b))?;
        self.taken.push(rect(at));
        Some(at)
    }
}

fn overlap(a: &Rect, b: &Rect) -> bool {
    (0..2).all(|i| a[0][i] <= b[1][i] && b[0][i] <= a[1][i])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_keep_off_lines_and_each_other_and_stay_in_the_room() {
        let mut room = LabelPlacement::within([[0.0, 0.0], [100.0, 50.0]]);
        room.add_line((0..=100).map(|x| [f64::from(x), 25.0]));
        // The first candidate lies on the line, the second does not.
        assert_eq!(room.place([20.0, 10.0], [[50.0, 25.0], [50.0, 12.0]]), Some([50.0, 12.0]));
        // There is a label now; what is left covers the line, which is better than words.
        assert_eq!(room.place([20.0, 10.0], [[50.0, 12.0], [50.0, 25.0]]), Some([50.0, 25.0]));
        // One that would stick out moves in, even where it is larger than the room.
        assert_eq!(room.place([20.0, 10.0], [[-5.0, 60.0]]), Some([10.0, 45.0]));
        assert_eq!(room.place([200.0, 10.0], [[50.0, 45.0]]), Some([100.0, 45.0]));
        assert_eq!(room.place([1.0, 1.0], []), None);
    }
}
