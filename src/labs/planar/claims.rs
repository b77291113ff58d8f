//! What there is to claim of a run at the step that is shown, and up to which α it is stable.

use super::PlanarLab;
use super::inputs::run_inputs;
use crate::analysis::explain::{self, Account, Claim, Fared, Local, Sgd, curves_down};
use crate::analysis::mean_square::MeanSquare;
use crate::analysis::milestones::distance;
use crate::analysis::stability::{alpha_limit, effective_alpha};
use crate::labs::planar::experiment::Experiment;
use crate::labs::runs::RunConfig;
use crate::math::symmetric::eigenvalues;
use crate::objective::Objective;
use crate::optimizers::schedule::Schedule;
use crate::training::run::{Ending, Path};

/// The largest α that is stable in the mean square, and by how much an update multiplies the second
/// moments.
pub(super) type InMeanSquare = [Option<f64>; 2];

/// What the limit of an α rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The curvature, the same everywhere.
    Quadratic,
    /// The curvature where the run stands.
    Here,
    /// SGD on quadratic examples, in the mean square.
    MeanSquare,
    /// The same, linearised at the minimum that the run ends nearest to.
    MeanSquareAtMinimum,
}

impl PlanarLab {
    /// What is going on in the run at `index`, as claims; they are in the order of their sentences.
    pub fn claims(&self, index: usize) -> Vec<Claim> {
        let experiment = self.experiment();
        let setup = &experiment.runs[index];
        let objective = self.objective();
        let local = |at: [f64; 2]| {
            let jet = self.hessian_at(at);
            Local { gradient: jet.gradient, hessian: jet.hessian }
        };
        let milestones = &self.milestones()[index];
        // A schedule's α is that of the coming step, and what theory says of all steps to come at a
        // constant α does not hold.
        let steps = experiment.steps();
        let schedule = setup.schedule(steps);
        let factor = schedule.factor((self.step() + 1).min(steps));
        let mut values = setup.values.clone();
        values[0] *= factor;
        let is_full = experiment.is_full_batch(index);
        let examples_fit = is_full || objective.example_moments().is_some();
        let is_constant = schedule == Schedule::Constant;
        let mut claims = explain::claims(&Account {
            rule: setup.rule,
            values: &values,
            scheduled: (!is_constant).then_some(factor),
            noisy: setup.noise > 0.0 || !is_full,
            batches: (!is_full).then(|| self.sgd(index)),
            path: &self.paths()[index],
            milestones,
            shown: self.step(),
            start: local(experiment.start),
            here: local(self.head(index)),
            at_minimum: milestones.minimum.map(|minimum| self.hessian_at(minimum).hessian),
            f: &|at| objective.value(at),
            quadratic: is_constant && objective.constant_hessian().is_some() && examples_fit,
            floor: objective.lowest(),
            sole: objective.knows_all_minima() && objective.minima().len() <= 1,
            rival: self.rival(index),
        });
        claims.extend(self.of_ensemble(index).or_else(|| self.of_average(index)));
        claims
    }

    /// The first run of plain GD, which every other rule is compared with, and how it fared.
    fn rival(&self, index: usize) -> Option<(&'static str, Fared)> {
        let experiment = self.experiment();
        let plain = |&at: &usize| {
            let run = &experiment.runs[at];
            run.rule.key == "gd" && run.noise == 0.0 && experiment.is_full_batch(at)
        };
        let gd = (0..experiment.runs.len()).find(plain)?;
        if gd == index || experiment.runs[index].rule.key == "gd" {
            return None;
        }
        let Path { theta, .. } = &self.paths()[gd];
        let milestones = &self.milestones()[gd];
        let fared = match (milestones.first_within, self.paths()[gd].ending()) {
            (_, Ending::Overflowed { step }) => Fared::Diverged(step),
            (_, Ending::LeftDomain { step } | Ending::Singular { step }) => Fared::Stopped(step),
            // Which of two is first at different minima says nothing.
            _ if milestones.minimum != self.milestones()[index].minimum => return None,
            (Some(step), _) => Fared::Within(step),
            (None, _) => Fared::NotIn(theta.len().checked_sub(1)?),
        };
        Some((experiment.runs[gd].rule.name, fared))
    }

    /// What is known of the batches of the run at `index`.
    fn sgd(&self, index: usize) -> Sgd {
        let experiment = self.experiment();
        let setup = &experiment.runs[index];
        let m = setup.batch_size(experiment.data.len());
        let period = experiment.batches(index).map_or(1, |batches| batches.per_epoch());
        let exact = self.objective.example_moments();
        let [_, factor] = self.in_mean_square(index);
        let limit = exact.and_then(|_| self.limit(index)).map(|(limit, _)| limit);
        Sgd { m, period, limit, factor }
    }

    /// Of the run at `index`, where its examples are quadratic: the largest α that is stable in the
    /// mean square, and by how much an update multiplies the second moments in the long run. Every
    /// frame asks for both; they are found once.
    fn in_mean_square(&self, index: usize) -> InMeanSquare {
        let Some(moments) = self.objective.example_moments() else { return [None; 2] };
        let experiment = self.experiment();
        let inputs = run_inputs(experiment, index, self.objective_id);
        let mut found = self.in_mean_square.borrow_mut();
        found.resize_with(experiment.runs.len(), Default::default);
        let (of, both) = &mut found[index];
        if *of != inputs {
            let setup = &experiment.runs[index];
            let m = setup.batch_size(experiment.data.len());
            let moving = MeanSquare::new(setup.rule, &setup.values, moments, m);
            let effective = effective_alpha(setup.rule, &setup.values);
            let lambda_max = eigenvalues(moments.mean)[1];
            *both = [
                moving.as_ref().and_then(|moving| mean_square_limit(setup, moving, lambda_max)),
                moving.zip(effective).map(|(moving, [alpha, _])| moving.factor(alpha)),
            ];
            *of = inputs;
        }
        *both
    }

    /// The largest α that is stable for the run at `index`, and what it rests on; `None` for the rules
    /// that have none, where f curves down, and where α follows a schedule.
    pub fn limit(&self, index: usize) -> Option<(f64, Basis)> {
        let experiment = self.experiment();
        let setup = &experiment.runs[index];
        if setup.schedule(experiment.steps()) != Schedule::Constant {
            return None;
        }
        let objective = self.objective();
        if experiment.is_full_batch(index) {
            let lambda = eigenvalues(self.hessian_at(self.head(index)).hessian);
            let is_quadratic = objective.constant_hessian().is_some();
            let limit = alpha_limit(setup.rule, &setup.values, lambda[1])?;
            let basis = if is_quadratic { Basis::Quadratic } else { Basis::Here };
            return (!curves_down(lambda)).then_some((limit, basis));
        }
        let m = setup.batch_size(experiment.data.len());
        if objective.example_moments().is_some() {
            let [limit, _] = self.in_mean_square(index);
            return Some((limit?, Basis::MeanSquare));
        }
        // Every frame asks for it.
        const CHEAP: u64 = 500_000;
        let is_cheap = objective.cost().hessian <= CHEAP;
        let minimum = self.milestones()[index].minimum.filter(|_| is_cheap)?;
        let at = objective.moments_at(minimum)?;
        let of = MeanSquare::new(setup.rule, &setup.values, &at, m)?;
        let limit = mean_square_limit(setup, &of, eigenvalues(at.mean)[1])?;
        Some((limit, Basis::MeanSquareAtMinimum))
    }

    /// How near the walkers of the ensemble are to the minimum, and their averages.
    fn of_ensemble(&self, index: usize) -> Option<Claim> {
        let is_followed = self.experiment().followed() == Some(index);
        let minimum = self.milestones()[index].minimum.filter(|_| is_followed)?;
        let of = |points: &[[f64; 2]]| median(points.iter().map(|at| distance(*at, minimum)));
        let average = of(self.ensemble_averages()).filter(|average| average.is_finite());
        let walkers = self.ensemble().len();
        Some(Claim::Median { walkers, distance: of(self.ensemble())?, average })
    }

    /// How near the average is to the minimum, beside the run itself.
    fn of_average(&self, index: usize) -> Option<Claim> {
        let averaged = self.average(index)?;
        let minimum = self.milestones()[index].minimum?;
        let step = self.step().min(averaged.theta.len().checked_sub(1)?);
        (step > 0).then(|| Claim::Averages {
            average: distance(averaged.theta[step], minimum),
            run: distance(self.paths()[index].theta[step], minimum),
        })
    }
}

/// The largest α that is stable for the run at `index`, whatever the start: on a quadratic, with
/// batches on quadratic examples in the mean square.
pub(super) fn exact_limit(
    experiment: &Experiment,
    objective: &Objective,
    index: usize,
) -> Option<f64> {
    let setup = &experiment.runs[index];
    if setup.schedule(experiment.steps()) != Schedule::Constant {
        return None;
    }
    let lambda = eigenvalues(objective.constant_hessian()?);
    if experiment.is_full_batch(index) {
        return alpha_limit(setup.rule, &setup.values, lambda[1]).filter(|_| !curves_down(lambda));
    }
    let m = setup.batch_size(experiment.data.len());
    let of = MeanSquare::new(setup.rule, &setup.values, objective.example_moments()?, m)?;
    mean_square_limit(setup, &of, lambda[1])
}

/// The largest α that is stable in the mean square, the largest curvature of the mean being this.
fn mean_square_limit(setup: &RunConfig, of: &MeanSquare, lambda_max: f64) -> Option<f64> {
    let [alpha, bound] = effective_alpha(setup.rule, &setup.values)?;
    let share = alpha / setup.values[0];
    let limit = of.limit(bound / lambda_max) / share;
    (limit > 0.0).then_some(limit)
}

/// The median, of an even count the mean of the two in the middle; what is not a number counts as
/// infinite. `None` of none.
fn median(numbers: impl Iterator<Item = f64>) -> Option<f64> {
    let mut all: Vec<f64> = numbers.map(|x| if x.is_nan() { f64::INFINITY } else { x }).collect();
    all.sort_unstable_by(f64::total_cmp);
    let [lower, upper] = [all.len().checked_sub(1)? / 2, all.len() / 2].map(|rank| all[rank]);
    Some(if upper == lower { upper } else { 0.5 * lower + 0.5 * upper })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_an_even_count_is_between_the_two_in_the_middle() {
        assert_eq!(median([3.0, 1.0, 2.0].into_iter()), Some(2.0));
        assert_eq!(median([4.0, 1.0, 2.0, 3.0].into_iter()), Some(2.5));
        assert_eq!(median([f64::NAN, 1.0].into_iter()), Some(f64::INFINITY));
        assert_eq!(median([0.0; 0].into_iter()), None);
    }
}
