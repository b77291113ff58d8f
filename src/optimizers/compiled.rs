//! A walk that is compiled: an update rule on symbols, together with the gradient that it follows.
//!
//! ```text
//! numbers   x, y, what is remembered for x and for y, what is remembered for both, the other dials
//! arrays    α_t | x, y, f, f_x, f_y, what the velocity alone adds to x and to y, if there is one
//! ```
//!
//! And one update of many walks, each with dials of its own:
//!
//! ```text
//! numbers   what is remembered for both
//! arrays    x, y, what is remembered for x and for y, number by number, the dials |
//!           f, no number where f_x or f_y is not finite; x, y and what is remembered after the update
//! ```

use super::Rule;
use crate::math::formula::Tape;
use crate::math::formula::compile::{Emission, Symbol, Walk};
use crate::math::param::Scale;

/// A rule, with the values of its dials: those that are choices are compiled in.
#[derive(Debug)]
pub struct CompiledRule<'a> {
    rule: &'static Rule,
    values: &'a [f64],
}

impl<'a> CompiledRule<'a> {
    /// A rule with the values of its dials in their order. `None` for those of second order: what is
    /// compiled has no Hessian, so their walks stay on the tape.
    pub fn new(rule: &'static Rule, values: &'a [f64]) -> Option<Self> {
        rule.direction.is_none().then_some(Self { rule, values })
    }

    /// A module that walks down a surface by this rule, with a kernel for a walk and one for an update
    /// of many; see the top of this file for their numbers and their arrays. `helper` is the place of [`call`](crate::math::formula::compile::call)
    /// in the core's table.
    pub fn compile(&self, surface: &Tape, helper: u32) -> Emission {
        surface.compile_walk(self, helper)
    }
}

impl Walk for CompiledRule<'_> {
    fn memory(&self) -> usize {
        2 * self.rule.updates.own + self.rule.updates.shared
    }

    fn shared(&self) -> usize {
        self.rule.updates.shared
    }

    fn key(&self) -> (&'static str, u64) {
        let choices = self.rule.parameters.iter().zip(self.values);
        let choices = choices.filter(|(param, _)| matches!(param.scale, Scale::Choice(_)));
        // One after the other, as digits: none offers as many as 100.
        let number = choices.fold(0, |number, (_, &choice)| 100 * number + choice as u64);
        (self.rule.key, number)
    }

    fn coast<'g>(&self, dials: &[Symbol<'g>], memory: &[Symbol<'g>]) -> Vec<Symbol<'g>> {
        let velocities = memory.iter().take(2);
        let coast = self.rule.updates.coast.into_iter();
        coast
            .flat_map(|coast| velocities.clone().map(move |&v| coast(self.values, dials, v)))
            .collect()
    }

    fn dials(&self) -> usize {
        self.values.len() - 1
    }

    fn update<'g>(
        &self,
        dials: &[Symbol<'g>],
        theta: [Symbol<'g>; 2],
        gradient: [Symbol<'g>; 2],
        memory: &mut [Symbol<'g>],
    ) -> [Symbol<'g>; 2] {
        let updates = &self.rule.updates;
        let (own, shared) = memory.split_at_mut(2 * updates.own);
        let before: Vec<_> = shared.to_vec();
        [0, 1].map(|axis| {
            // Both start from what was remembered before, and leave the same.
            shared.copy_from_slice(&before);
            let own = &mut own[axis * updates.own..][..updates.own];
            (updates.symbolic)(self.values, dials, theta[axis], gradient[axis], own, shared)
        })
    }
}
