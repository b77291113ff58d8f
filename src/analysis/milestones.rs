//! What happened along a whole path, and when: computed once for each path.

use crate::training::run::{Path, Status};

/// How near is near: 1 % of the starting distance.
pub const NEAR: f64 = 0.01;
/// A gradient this small beside the largest of the path counts as none.
pub const SETTLED: f64 = 1e-6;

/// When a path came near a minimum, how far it overshot, when it settled.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Milestones {
    /// The known minimum that the path ends nearest to; distances are to this one.
    pub minimum: Option<[f64; 2]>,
    /// The first step at which the distance is at most 1 % of that of the start.
    pub first_within: Option<usize>,
    /// The step from which on it stays there to the end of the path.
    pub stays_within: Option<usize>,
    /// How far past the minimum the path went.
    pub overshoot: Option<Overshoot>,
    /// The step from which on ‖∇f‖ stays at most a millionth of its largest.
    pub settled: Option<usize>,
}

/// How far a path went past the minimum, along the line from the start to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Overshoot {
    /// As a part of the starting distance.
    pub share: f64,
    /// The step at which it was that far.
    pub step: usize,
}

impl Milestones {
    /// The milestones of this path, on a surface with these known minima (maybe none).
    pub fn of(path: &Path, minima: &[[f64; 2]]) -> Self {
        let minimum = path.theta.last().and_then(|end| nearest(*end, minima));
        let mut milestones = Self {
            minimum,
            first_within: None,
            stays_within: None,
            overshoot: None,
            settled: settled(path),
        };
        let Some(minimum) = minimum else { return milestones };
        let start = path.theta[0];
        let far = distance(start, minimum);
        if far == 0.0 {
            return milestones;
        }
        let reach = NEAR * far;
        // Most points are too far off in one coordinate already, which is told much faster.
        let near = |theta: &[f64; 2]| {
            (theta[0] - minimum[0]).abs() <= reach
                && (theta[1] - minimum[1]).abs() <= reach
                && distance(*theta, minimum) <= reach
        };
        milestones.first_within = path.theta.iter().position(near);
        if path.status == Status::Finished {
            milestones.stays_within = stays(&path.theta, near);
        }
        let way = [(minimum[0] - start[0]) / far, (minimum[1] - start[1]) / far];
        for (step, theta) in path.theta.iter().enumerate() {
            let past = (theta[0] - minimum[0]) * way[0] + (theta[1] - minimum[1]) * way[1];
            let share = past / far;
            if share > milestones.overshoot.map_or(0.0, |furthest| furthest.share) {
                milestones.overshoot = Some(Overshoot { share, step });
            }
        }
        milestones
    }
}

/// The distance between two points.
pub fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    libm::hypot(a[0] - b[0], a[1] - b[1])
}

/// The one of these points that is nearest.
fn nearest(to: [f64; 2], points: &[[f64; 2]]) -> Option<[f64; 2]> {
    points.iter().copied().min_by(|a, b| distance(to, *a).total_cmp(&distance(to, *b)))
}

/// The first index from which on everything holds; None if the last does not.
fn stays<T>(items: &[T], holds: impl Fn(&T) -> bool) -> Option<usize> {
    let failing = items.iter().rposition(|item| !holds(item));
    let from = failing.map_or(0, |index| index + 1);
    (from < items.len()).then_some(from)
}

/// See [`Milestones::settled`].
fn settled(path: &Path) -> Option<usize> {
    if path.status != Status::Finished {
        return None;
    }
    let most = path.grad_norm.iter().copied().fold(0.0, f64::max);
    stays(&path.grad_norm, |norm| *norm <= SETTLED * most)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A path along the x axis on ½x², through these points.
    fn along_x(points: &[f64]) -> Path {
        Path {
            theta: points.iter().map(|x| [*x, 0.0]).collect(),
            loss: points.iter().map(|x| 0.5 * x * x).collect(),
            grad_norm: points.iter().map(|x| x.abs()).collect(),
            batch_loss: Vec::new(),
            coast: Vec::new(),
            status: Status::Finished,
        }
    }

    #[test]
    fn a_path_that_swings_is_near_before_it_stays_near() {
        let path = along_x(&[10.0, 0.05, -6.0, 1.0, 0.09, -0.02, 1e-6]);
        let milestones = Milestones::of(&path, &[[40.0, 0.0], [0.0, 0.0]]);
        assert_eq!(milestones.minimum, Some([0.0, 0.0]));
        assert_eq!(milestones.first_within, Some(1));
        assert_eq!(milestones.stays_within, Some(4));
        assert_eq!(milestones.overshoot, Some(Overshoot { share: 0.6, step: 2 }));
        assert_eq!(milestones.settled, Some(6));
    }

    #[test]
    fn a_path_that_ends_far_off_neither_stays_nor_settles() {
        let path = along_x(&[10.0, 0.05, 3.0]);
        let milestones = Milestones::of(&path, &[[0.0, 0.0]]);
        assert_eq!(milestones.first_within, Some(1));
        assert_eq!(milestones.stays_within, None);
        assert_eq!(milestones.settled, None);
        assert_eq!(milestones.overshoot, None);
    }

    #[test]
    fn without_a_known_minimum_only_the_gradient_speaks() {
        let path = along_x(&[10.0, 1.0, 1e-9, 1e-9]);
        let milestones = Milestones::of(&path, &[]);
        assert_eq!(milestones.minimum, None);
        assert_eq!(milestones.first_within, None);
        assert_eq!(milestones.settled, Some(2));
    }
}
