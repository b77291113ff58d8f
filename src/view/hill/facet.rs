//! A facet of the surface on the screen, a triangle or a whole cell: which pixels have their middle in
//! it, and what is linear over it.
//!
//! A hill has tens of thousands of facets of a few pixels each, so that what is done once for each
//! counts most. Smaller and larger of two are told by comparing: `f32::min` is a call in WebAssembly.

/// A corner: px to the right, px down; and what is interpolated: px away from the viewer, the height
/// among the levels, the brightness.
pub type Corner = [f32; 5];

/// The line through two corners.
#[derive(Clone, Copy)]
pub struct Side {
    x: f32,
    y: f32,
    /// Px to the right for each px down; 0 for a line that is level.
    slope: f32,
    /// How far down it goes.
    down: f32,
}

impl Side {
    /// Left of all pixels, and right of them.
    const ENDS: [Self; 2] = [Self::upright(-1e6), Self::upright(1e6)];

    const fn upright(x: f32) -> Self {
        Self { x, y: 0.0, slope: 0.0, down: 1.0 }
    }

    /// The line from one corner to another. Two facets that share a side take the same line, so that
    /// between them no pixel is left out and none is drawn twice.
    pub fn new(from: &Corner, to: &Corner) -> Self {
        let down = to[1] - from[1];
        let slope = if down == 0.0 { 0.0 } else { (to[0] - from[0]) / down };
        Self { x: from[0], y: from[1], slope, down }
    }

    fn at(&self, y: f32) -> f32 {
        self.x + (y - self.y) * self.slope
    }
}

/// A side, and whether going round the facet as the hands of a clock do is going along it.
pub type Turn = (Side, bool);

/// A facet that has rows of pixels.
pub struct Facet {
    /// A place of it, and two ways across it that are not the same.
    base: Corner,
    ways: [Corner; 2],
    /// 1 over the area between those.
    share: f32,
    /// Its first row, and the one behind its last.
    pub rows: [usize; 2],
    /// Whether its lower side is seen.
    pub is_turned: bool,
    /// What is left of it, and what is right: one of two may count for nothing.
    left: [Side; 2],
    right: [Side; 2],
}

impl Facet {
    /// A triangle with these corners, whose order is that of the hands of a clock where its upper side
    /// is seen. `None` where it has no row of so many, or a corner that is none.
    pub fn triangle([a, b, c]: [&Corner; 3], sides: &[Turn; 3], height: usize) -> Option<Self> {
        let ends = [lower(lower(a[1], b[1]), c[1]), higher(higher(a[1], b[1]), c[1])];
        Self::new(*a, [minus(b, a), minus(c, a)], ends, sides, height)
    }

    /// A whole cell with these corners, in the same order, as the plane through the middles of its
    /// sides; `None` besides where that is not near enough, or it is not convex.
    pub fn cell([a, b, c, d]: [&Corner; 4], sides: &[Turn; 4], height: usize) -> Option<Self> {
        /// So many px may its corners lie before or behind the plane, and so many levels above or below.
        const FLAT: [f32; 2] = [1.0, 0.2];
        let bent = |at: usize| (a[at] + c[at] - b[at] - d[at]).abs();
        if !(bent(2) < FLAT[0] && bent(3) < FLAT[1]) {
            return None;
        }
        let area = |a: &Corner, b: &Corner, c: &Corner| {
            (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])
        };
        let areas = [area(a, b, c), area(b, c, d), area(c, d, a), area(d, a, b)];
        if !(areas.iter().all(|area| *area > 0.0) || areas.iter().all(|area| *area < 0.0)) {
            return None;
        }
        let ends = [
            lower(lower(a[1], b[1]), lower(c[1], d[1])),
            higher(higher(a[1], b[1]), higher(c[1], d[1])),
        ];
        let middle = std::array::from_fn(|at| 0.25 * (a[at] + b[at] + c[at] + d[at]));
        Self::new(middle, [minus(c, a), minus(d, b)], ends, sides, height)
    }

    fn new(
        base: Corner,
        ways: [Corner; 2],
        [top, bottom]: [f32; 2],
        sides: &[Turn],
        height: usize,
    ) -> Option<Self> {
        let area = ways[0][0] * ways[1][1] - ways[0][1] * ways[1][0];
        if area.is_nan() || area.abs() <= 1e-4 {
            return None;
        }
        let rows = [first_from(top, height), first_from(bottom, height)];
        if rows[0] >= rows[1] {
            return None;
        }
        let is_turned = area < 0.0;
        let [mut left, mut right] = [[Side::ENDS[0]; 2], [Side::ENDS[1]; 2]];
        let mut counts = [0; 2];
        for (side, is_forward) in sides {
            if side.down == 0.0 {
                continue;
            }
            // Going round as the clock does, what goes up is on the left.
            let is_left = (side.down < 0.0) == (*is_forward != is_turned);
            let (of, count) =
                if is_left { (&mut left, &mut counts[0]) } else { (&mut right, &mut counts[1]) };
            *of.get_mut(*count)? = *side;
            *count += 1;
        }
        Some(Self { base, ways, share: 1.0 / area, rows, is_turned, left, right })
    }

    /// How much a value of the corners changes per px to the right, and per px down.
    pub fn slopes(&self, value: usize) -> [f32; 2] {
        let [one, other] = &self.ways;
        let right = one[value] * other[1] - other[value] * one[1];
        let down = other[value] * one[0] - one[value] * other[0];
        [right * self.share, down * self.share]
    }

    /// A value in the middle of a pixel, by its slopes.
    pub fn value(&self, value: usize, [right, down]: [f32; 2], column: usize, row: usize) -> f32 {
        let [x, y] = [column as f32 + 0.5 - self.base[0], row as f32 + 0.5 - self.base[1]];
        self.base[value] + x * right + y * down
    }

    /// Its pixels in a row, the first and the one behind the last, of so many.
    pub fn pixels(&self, row: usize, width: usize) -> [usize; 2] {
        let y = row as f32 + 0.5;
        let left = higher(self.left[0].at(y), self.left[1].at(y));
        let right = lower(self.right[0].at(y), self.right[1].at(y));
        [first_from(left, width), first_from(right, width)]
    }
}

/// The least and the most of a value at some corners.
pub fn range(corners: &[&Corner], value: usize) -> [f32; 2] {
    corners.iter().fold([f32::INFINITY, f32::NEG_INFINITY], |[low, high], corner| {
        [lower(corner[value], low), higher(corner[value], high)]
    })
}

fn minus(a: &Corner, b: &Corner) -> Corner {
    std::array::from_fn(|at| a[at] - b[at])
}

fn lower(a: f32, b: f32) -> f32 {
    if a < b { a } else { b }
}

fn higher(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

/// The first pixel whose middle lies behind a place, of so many.
fn first_from(place: f32, count: usize) -> usize {
    // The conversion rounds toward 0.
    (((place + 0.5) as i32).max(0) as usize).min(count)
}
