//! What the lab offers where runs cannot but diverge, because their α is beyond what the data allow.

use std::cell::RefCell;

use super::PlanarLab;
use super::claims::exact_limit;
use super::inputs::run_inputs;
use super::work::Fit;
use crate::data::DataParam;
use crate::labs::OfferKind;
use crate::math::budget::Budget;
use crate::math::symmetric::eigenvalues;
use crate::objective::Objective;

/// The runs that are unstable from the first step on, and what makes them converge.
#[derive(Clone, Debug, PartialEq)]
pub struct Unstable {
    /// The largest curvature of the risk, the same everywhere.
    pub lambda_max: f64,
    /// The runs that are shown and whose α is beyond their limit.
    pub runs: Vec<Beyond>,
    /// Whether they would be stable as they are if x were standardised.
    pub standardise: bool,
}

/// A run whose α is beyond its limit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beyond {
    /// Which run.
    pub run: usize,
    /// The largest α that is stable.
    pub limit: f64,
}

impl Beyond {
    /// Half of the limit, to two digits.
    pub fn half(&self) -> f64 {
        let half = 0.5 * self.limit;
        format!("{half:.1e}").parse().unwrap_or(half)
    }
}

/// What the offers rest on, kept while nothing that it depends on changes.
#[derive(Debug, Default)]
pub(super) struct Offers {
    /// The number of the objective that the other is in place of.
    objective_id: u64,
    /// The risk if x were standardised, once that is asked for.
    standardised: Option<Objective>,
    /// What was found last, and of what.
    found: RefCell<(Vec<u64>, Option<Unstable>)>,
}

impl PlanarLab {
    /// The runs that are unstable whatever the start, with what there is to be done. Known only
    /// where the curvature of every example is the same everywhere; `None` too where all are stable.
    pub fn unstable(&self) -> Option<Unstable> {
        self.experiment.source.problem()?;
        let lambda = eigenvalues(self.objective.constant_hessian()?);
        // That its curvature is the same everywhere is known when the search has ended.
        let known = self.offers.standardised.as_ref();
        let other = known
            .filter(|other| self.offers.objective_id == self.objective_id && other.is_complete());
        let mut inputs = vec![u64::from(other.is_some())];
        for (index, run) in self.experiment.runs.iter().enumerate() {
            inputs.push(u64::from(run.hidden));
            inputs.extend(run_inputs(&self.experiment, index, self.objective_id));
        }
        let mut found = self.offers.found.borrow_mut();
        if found.0 != inputs {
            let runs = self.beyond();
            let would_be_stable = |objective| {
                runs.iter().all(|&Beyond { run, .. }| {
                    exact_limit(&self.experiment, objective, run)
                        .is_some_and(|limit| self.experiment.runs[run].values[0] < limit)
                })
            };
            let standardise = !runs.is_empty() && other.is_some_and(would_be_stable);
            let unstable = Unstable { lambda_max: lambda[1], runs, standardise };
            *found = (inputs, (!unstable.runs.is_empty()).then_some(unstable));
        }
        found.1.clone()
    }

    /// The runs that are shown and whose α is beyond their limit.
    fn beyond(&self) -> Vec<Beyond> {
        let experiment = &self.experiment;
        let beyond = |run: usize| {
            let setup = &experiment.runs[run];
            let limit = exact_limit(experiment, &self.objective, run).filter(|_| !setup.hidden)?;
            (setup.values[0] > limit).then_some(Beyond { run, limit })
        };
        (0..experiment.runs.len()).filter_map(beyond).collect()
    }

    /// Searches the risk of the standardised data, once for each objective and only where a run asks
    /// for it; tells whether that is done.
    pub(super) fn search_standardised(&mut self, budget: &mut Budget) -> bool {
        if self.offers.objective_id != self.objective_id {
            self.offers = Offers { objective_id: self.objective_id, ..Offers::default() };
        }
        if self.offers.standardised.is_none() {
            let index = DataParam::Standardise as usize;
            let data = &self.experiment.data;
            let problem = self.experiment.source.problem();
            let can = problem.is_some_and(|problem| data.uses(index, problem));
            if !can || data.values()[index] != 0.0 || self.unstable().is_none() {
                return true;
            }
            let mut other = self.experiment.clone();
            other.data.set(index, 1.0);
            self.offers.standardised = Some(other.begin_objective());
        }
        self.offers.standardised.as_mut().is_none_or(|other| other.advance(budget))
    }

    /// Whether half of every limit is an α that can be set.
    pub fn can_halve(&self, Unstable { runs, .. }: &Unstable) -> bool {
        runs.iter().all(|beyond| {
            let [least, most] = self.experiment.runs[beyond.run].rule.parameters[0].range;
            (least..=most).contains(&beyond.half())
        })
    }

    /// Takes what is offered: `standardise`, or `alpha` for half of the limit.
    ///
    /// # Errors
    /// A sentence, where that is not offered; then nothing has changed.
    pub(super) fn take_offer(&mut self, offer: OfferKind) -> Result<(), String> {
        let none = || "There is no such offer here.".to_owned();
        let unstable = self.unstable().ok_or_else(none)?;
        match offer {
            OfferKind::Standardise if unstable.standardise => {
                self.experiment.data.set(DataParam::Standardise as usize, 1.0);
                self.work.fit = Some(Fit::Minima);
            }
            OfferKind::Alpha if self.can_halve(&unstable) => {
                // Where all share one α, the least is stable for all.
                let mut runs = unstable.runs;
                runs.sort_by(|a, b| b.limit.total_cmp(&a.limit));
                for beyond in runs {
                    self.experiment.set_value(beyond.run, 0, beyond.half());
                }
            }
            _ => return Err(none()),
        }
        Ok(())
    }
}
