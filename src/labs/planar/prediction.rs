//! What a model says y is at x: the curve through the data.

use crate::labs::planar::experiment::{Experiment, ObjectiveSource};
use crate::math::formula::{Formula, Tape};

/// The curve y = f(x | θ) that belongs to a loss.
#[derive(Clone, Debug)]
pub enum Prediction {
    /// The problem's own model.
    Model(Tape),
    /// A typed loss names no model: its prediction is the y of least loss, looked for in a range.
    Implied {
        /// L(θ; x, y).
        loss: Tape,
        /// Where y is looked for.
        range: [f64; 2],
    },
    /// There is no curve: θ is a point of the plane that the data lie in.
    Point,
}

impl Prediction {
    /// The curve of an experiment's loss; the y of a typed one is looked for in `range`.
    pub fn of(experiment: &Experiment, range: [f64; 2]) -> Self {
        let ObjectiveSource::Data { problem, typed } = experiment.source else {
            return Self::Point;
        };
        if typed {
            let formula = experiment.formula();
            let values: Vec<f64> = (formula.parameters().iter())
                .map(|key| experiment.surface_value(key).unwrap_or(f64::NAN))
                .collect();
            return Self::Implied { loss: formula.bind(&values), range };
        }
        let [first, second] = problem.theta;
        match Formula::parse_in(problem.model, &[first, second, "x"]) {
            Ok(model) => Self::Model(model.bind(&[])),
            Err(_) => Self::Point,
        }
    }

    /// What a y costs, in units of a [`Budget`](crate::math::budget::Budget).
    pub fn cost(&self) -> u64 {
        match self {
            Self::Model(model) => model.cost(),
            Self::Implied { loss, .. } => (POINTS + 2 * SECTIONS) as u64 * loss.cost(),
            Self::Point => 0,
        }
    }

    /// y at x; not a number where there is none.
    pub fn at(&self, [first, second]: [f64; 2], x: f64) -> f64 {
        match self {
            Self::Model(model) => model.value_at(&[first, second, x]),
            Self::Implied { loss, range } => {
                least(|y| loss.value_at(&[first, second, x, y]), *range).unwrap_or(f64::NAN)
            }
            Self::Point => f64::NAN,
        }
    }
}

/// So many points a search for the least y begins with …
const POINTS: usize = 33;
/// … and so many golden sections follow.
const SECTIONS: usize = 24;

/// Where a function is least within a range: the lowest of some points, then golden sections about
/// it (Kiefer 1953). `None` where that is at an end of the range, or nowhere.
fn least(f: impl Fn(f64) -> f64, [low, high]: [f64; 2]) -> Option<f64> {
    let step = (high - low) / (POINTS - 1) as f64;
    let at = |index: usize| low + step * index as f64;
    let (lowest, _) = (0..POINTS)
        .map(|index| (index, f(at(index))))
        .filter(|(_, value)| !value.is_nan())
        .min_by(|(_, a), (_, b)| a.total_cmp(b))?;
    if lowest == 0 || lowest == POINTS - 1 {
        return None;
    }
    let golden = 0.5 * (5f64.sqrt() - 1.0);
    let [mut a, mut b] = [at(lowest - 1), at(lowest + 1)];
    for _ in 0..SECTIONS {
        let [left, right] = [b - golden * (b - a), a + golden * (b - a)];
        if f(left) < f(right) {
            b = right;
        } else {
            a = left;
        }
    }
    Some(0.5 * (a + b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::objective::problems::{self, PROBLEMS};

    #[test]
    fn a_typed_loss_predicts_what_its_own_model_says() {
        for problem in PROBLEMS.iter().filter(|p| !p.model.is_empty() && p.key != "logistic") {
            let own = Prediction::of(&Experiment::on_problem(problem), [-5.0, 5.0]);
            let loss = problems::read_loss(problem.loss).unwrap();
            let typed = Prediction::of(&Experiment::on_loss(problem, loss), [-5.0, 5.0]);
            for x in [-1.0, 0.2, 1.3] {
                let [a, b] = [&own, &typed].map(|curve| curve.at([0.7, 0.4], x));
                assert!((a - b).abs() < 1e-4, "{} at {x}: {a} and {b}", problem.key);
            }
        }
    }

    #[test]
    fn there_is_no_curve_where_the_loss_has_no_least_y() {
        let loss = problems::read_loss("w*x + b + y").unwrap();
        let curve = Prediction::of(&Experiment::on_loss(&PROBLEMS[1], loss), [-5.0, 5.0]);
        assert!(curve.at([1.0, 1.0], 0.0).is_nan());
        let points = Prediction::of(&Experiment::on_problem(&PROBLEMS[0]), [-5.0, 5.0]);
        assert!(points.at([1.0, 1.0], 0.0).is_nan());
    }
}
