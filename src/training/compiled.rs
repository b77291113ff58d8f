//! Pieces of a run on a surface by a compiled walk, where there is one: the same points to the last
//! bit as one update after the other.

use super::run::{Path, Walker};
use crate::math::formula::Jet;
use crate::objective::Objective;
use crate::optimizers::compiled::CompiledRule;

/// A shorter piece goes update by update.
const SHORT: usize = 32;

impl Walker {
    /// Makes at most so many updates that are not the last, and records the points before them; returns
    /// how many points these are, which is 0 where nothing is compiled.
    pub(super) fn advance_compiled(
        &mut self,
        objective: &Objective,
        path: &mut Path,
        most: usize,
    ) -> usize {
        let n = most.min(self.steps.saturating_sub(path.theta.len()));
        let is_plain = self.noise == 0.0 && self.epochs.is_none();
        let Some(tape) = objective.surface().filter(|_| is_plain && n >= SHORT) else { return 0 };
        let walk = CompiledRule { rule: self.rule, values: &self.values };
        let first = self.descent.updates() + 1;
        let alphas: Vec<f64> = (first..first + n).map(|at| self.descent.alpha(at)).collect();
        let mut numbers = self.descent.theta.to_vec();
        let [own, other, shared] = self.descent.memory();
        // For x and then for y, one number of each kind; then what both share.
        let own_of =
            |axis: usize| [&*own, &*other].into_iter().filter_map(move |all| all.get(axis));
        numbers.extend([0, 1].into_iter().flat_map(own_of).chain(&*shared));
        numbers.extend(&self.values[1..]);
        numbers.push(0.0);
        let mut arrays = vec![vec![0.0; n]; 7];
        let parts = if self.rule.updates.coast.is_some() { 7 } else { 5 };
        let mut noted: Vec<&mut [f64]> =
            arrays[..parts].iter_mut().map(|array| &mut array[..]).collect();
        if !tape.compiled_walk(&walk, &alphas, &mut noted, &mut numbers) {
            return 0;
        }
        let [x, y, f, fx, fy, ux, uy] = &arrays[..] else { return 0 };
        for at in 0..n {
            let coast = (parts == 7).then(|| [ux[at], uy[at]]);
            let jet = Jet { value: f[at], gradient: [fx[at], fy[at]] };
            if !path.record(objective, [x[at], y[at]], jet, coast) {
                return at;
            }
        }
        self.descent.theta.copy_from_slice(&numbers[..2]);
        let mut rest = numbers[2..].iter();
        let [own, other, shared] = self.descent.memory();
        for axis in [0, 1] {
            for all in [&mut *own, &mut *other] {
                if let Some(number) = all.get_mut(axis) {
                    *number = rest.next().copied().unwrap_or(f64::NAN);
                }
            }
        }
        shared.iter_mut().zip(rest).for_each(|(number, &after)| *number = after);
        self.descent.went_on(n);
        n
    }
}
