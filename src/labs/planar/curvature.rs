//! The curvature where the runs stand, which sentences and stability limits ask for again and again.

use std::cell::RefCell;

use super::PlanarLab;
use crate::math::budget::Budget;
use crate::math::formula::Jet2;

/// So many points are remembered: the start, and twice where each run stands.
const MOST: usize = 24;
/// Hessians of all runs that cost more units than this are computed in slices.
const AT_ONCE: u64 = 10_000_000;

/// The Hessians of the points that were asked for last, the newest at the end.
#[derive(Debug, Default)]
pub(super) struct Curvature {
    /// The number of the objective that they are of.
    objective_id: u64,
    known: RefCell<Vec<([u64; 2], Jet2)>>,
}

impl PlanarLab {
    /// f, ∇f and the Hessian at a point.
    pub fn hessian_at(&self, point: [f64; 2]) -> Jet2 {
        let mut known = self.curvature.known.borrow_mut();
        let bits = point.map(f64::to_bits);
        if let Some((_, jet)) = known.iter().find(|(at, _)| *at == bits) {
            return *jet;
        }
        let jet = self.objective.hessian(point);
        if known.len() == MOST {
            known.remove(0);
        }
        known.push((bits, jet));
        jet
    }

    /// Whether the Hessians at the start and where the runs stand are known or soon computed.
    pub fn knows_curvature(&self) -> bool {
        let is_cheap = self.objective.cost().hessian * (self.paths.len() as u64 + 1) <= AT_ONCE;
        is_cheap || self.places().all(|place| self.has_hessian(place))
    }

    /// Forgets those of another objective.
    pub(super) fn begin_curvature(&mut self) {
        if self.curvature.objective_id != self.objective_id {
            self.curvature =
                Curvature { objective_id: self.objective_id, known: RefCell::default() };
        }
    }

    /// Computes the Hessians that are asked for, where they are dear; tells whether they are known.
    pub(super) fn measure_curvature(&self, budget: &mut Budget) -> bool {
        if self.knows_curvature() {
            return true;
        }
        self.places().all(|place| {
            let is_known = self.has_hessian(place) || budget.piece(self.objective.cost().hessian);
            if is_known {
                self.hessian_at(place);
            }
            is_known
        })
    }

    fn places(&self) -> impl Iterator<Item = [f64; 2]> {
        let heads = (0..self.paths.len()).map(|index| self.head(index));
        [self.experiment.start].into_iter().chain(heads)
    }

    fn has_hessian(&self, point: [f64; 2]) -> bool {
        let bits = point.map(f64::to_bits);
        self.curvature.known.borrow().iter().any(|(at, _)| *at == bits)
    }
}
