//! The noise ball of the followed run's rule, measured when it is shown.

use super::Lab;
use super::inputs::course_inputs;
use crate::analysis::noise_ball::{Sweep, mean_square, sweeps};
use crate::analysis::stability::{alpha_limit, eigenvalues};
use crate::experiment::{Extra, Setting};

/// The sweeps, and what they were made from.
#[derive(Debug, Default)]
pub(super) struct Ball {
    sweeps: Vec<Sweep>,
    inputs: Vec<u64>,
}

impl Lab {
    /// Whether the noise ball is on show.
    pub fn shows_ball(&self) -> bool {
        self.experiment.ground.problem().is_some() && self.experiment.setting(Setting::Deck) != 0.0
    }

    /// The mean squared distance to the minimiser against α, for several batch sizes; empty while
    /// it is not shown, and where no minimum is known.
    pub fn ball_sweeps(&self) -> &[Sweep] {
        &self.ball.sweeps
    }

    /// The runs as points of that chart, where they have a place there: index, α and the mean
    /// squared distance of the last half of their iterates.
    pub fn ball_marks(&self) -> Vec<(usize, [f64; 2])> {
        let runs = self.experiment.runs.iter().enumerate();
        runs.filter(|(index, run)| {
            !run.hidden
                && !self.experiment.is_full_batch(*index)
                && run.extra(Extra::Schedule) == 0.0
        })
        .filter_map(|(index, run)| {
            let value = mean_square(&self.paths[index], self.milestones[index].minimum?)?;
            Some((index, [run.values[0], value]))
        })
        .collect()
    }

    /// Measures anew where anything that the sweeps depend on has changed.
    pub(super) fn refresh_ball(&mut self) {
        let followed = self.experiment.followed().filter(|_| self.shows_ball());
        let minimum = followed.and_then(|index| self.milestones[index].minimum);
        let (Some(index), Some(minimum)) = (followed, minimum) else {
            self.ball = Ball::default();
            return;
        };
        let course = self.experiment.course(index);
        let hessian = self.objective.hessian(minimum).hessian;
        let limit = alpha_limit(course.rule, course.values, eigenvalues(hessian)[1]);
        // At the limit itself nothing comes back, and nothing is stationary.
        let most = limit.map_or(10.0 * course.values[0], |limit| 0.8 * limit);
        let mut inputs = course_inputs(&self.experiment, index, self.versions.objective);
        // A linear rule is swept over all of its learning rates, wherever its own is: the first of
        // its values, which end the inputs.
        if limit.is_some() {
            inputs.remove(inputs.len() - course.values.len());
        }
        inputs.extend(minimum.map(f64::to_bits));
        if inputs == self.ball.inputs {
            return;
        }
        let sweeps = sweeps(&self.objective, &course, minimum, most);
        self.ball = Ball { sweeps, inputs };
    }
}
