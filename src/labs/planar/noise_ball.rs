//! The noise ball of the followed run's rule, measured when it is shown.

use super::PlanarLab;
use super::inputs::path_inputs;
use crate::analysis::noise_ball::{Sweep, Sweeping, mean_square};
use crate::analysis::stability::alpha_limit;
use crate::labs::planar::experiment::Setting;
use crate::labs::runs::Extra;
use crate::math::budget::Budget;
use crate::math::symmetric::eigenvalues;

/// The sweeps, and what they are made from.
#[derive(Debug, Default)]
pub(super) struct NoiseBall {
    sweeping: Option<Sweeping>,
    inputs: Vec<u64>,
}

impl PlanarLab {
    /// Whether the noise ball is on show.
    pub fn shows_ball(&self) -> bool {
        self.experiment.source.problem().is_some() && self.experiment.setting(Setting::Deck) != 0.0
    }

    /// The mean squared distance to the minimiser against α, for several batch sizes, as far as it
    /// is measured; empty while it is not shown, and where no minimum is known.
    pub fn ball_sweeps(&self) -> &[Sweep] {
        self.ball.sweeping.as_ref().map_or(&[], Sweeping::sweeps)
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

    /// Measures what the sweeps show, anew where anything that they depend on has changed; tells
    /// whether all is measured. The milestones are known.
    pub(super) fn measure_ball(&mut self, budget: &mut Budget) -> bool {
        let followed = self.experiment.followed().filter(|_| self.shows_ball());
        let minimum = followed.and_then(|index| self.milestones[index].minimum);
        let (Some(index), Some(minimum)) = (followed, minimum) else {
            self.ball = NoiseBall::default();
            return true;
        };
        if !budget.piece(self.objective.cost().hessian) {
            return false;
        }
        let spec = self.experiment.run_spec(index);
        let hessian = self.objective.hessian(minimum).hessian;
        let limit = alpha_limit(spec.rule, spec.values, eigenvalues(hessian)[1]);
        // At the limit itself nothing comes back, and nothing is stationary.
        let most = limit.map_or(10.0 * spec.values[0], |limit| 0.8 * limit);
        let mut inputs = path_inputs(&self.experiment, index, self.objective_id);
        // A linear rule is swept over all of its learning rates, wherever its own is: the first of
        // its values, which end the inputs.
        if limit.is_some() {
            inputs.remove(inputs.len() - spec.values.len());
        }
        inputs.extend(minimum.map(f64::to_bits));
        // Its batches are dealt out by the seed, whether or not the run's own are.
        inputs.push(spec.seed);
        if inputs != self.ball.inputs {
            self.ball = NoiseBall { sweeping: Some(Sweeping::new(&spec, minimum, most)), inputs };
        }
        let sweeping = self.ball.sweeping.as_mut();
        sweeping.is_none_or(|sweeping| sweeping.advance(&self.objective, budget))
    }

    /// How much work the sweeps are and how much of it is done, in units.
    pub(super) fn ball_work(&self) -> [u64; 2] {
        let sweeping = self.ball.sweeping.as_ref().filter(|_| self.shows_ball());
        sweeping.map_or([0; 2], |sweeping| sweeping.work(&self.objective))
    }
}
