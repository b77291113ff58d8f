//! Updates of walkers that have values of their own for the dials of one rule.
//!
//! Where a kernel is compiled for it, f, ∇f and the update from there are one loop over all walkers, and
//! what the next update leads to lies beside what there is now. Else the rule moves one number after the
//! other.

use super::setup::Setup;
use crate::math::formula::Tape;
use crate::optimizers::compiled::CompiledRule;
use crate::optimizers::descent::Descent;

/// Walkers by where they are, x of all and then y of all, and by what moves them.
#[derive(Clone)]
pub(super) struct OwnDials {
    /// Of each dial, its value for each walker.
    dials: Vec<Vec<f64>>,
    now: State,
    /// What the rule remembers for all numbers of θ.
    shared: Vec<f64>,
    updates: usize,
    /// Where the next update leads to, if that has been computed.
    next: State,
    is_ahead: bool,
    /// The learning rates of the update at hand, where a schedule changes them.
    alphas: Vec<f64>,
}

/// θ, and what the rule remembers for each number of it: as many numbers in each list, or none.
#[derive(Clone, Default)]
struct State([Vec<f64>; 3]);

/// A kernel reads so many arrays at most: what there is in a [`State`], for x and for y, and the dials.
const READ: usize = 16;

impl OwnDials {
    /// Walkers at their starts, so far with the values of a setup.
    pub fn new(setup: &Setup, start: &mut Descent<Vec<f64>>) -> Self {
        let theta = start.theta.clone();
        let [own, other, shared] = start.memory().map(|all| all.to_vec());
        let dials = setup.values.iter().map(|&value| vec![value; theta.len() / 2]);
        Self {
            dials: dials.collect(),
            now: State([theta, own, other]),
            shared,
            updates: 0,
            next: State::default(),
            is_ahead: false,
            alphas: Vec::new(),
        }
    }

    /// Gives each walker its own value of a dial.
    pub fn set(&mut self, dial: usize, values: Vec<f64>) {
        self.dials[dial] = values;
    }

    /// How many updates they have made.
    pub fn updates(&self) -> usize {
        self.updates
    }

    /// Where they are.
    pub fn theta(&self) -> &[f64] {
        &self.now.0[0]
    }

    /// What the schedule makes of a learning rate in the next update: so many times as much.
    fn factor(&self, setup: &Setup) -> f64 {
        setup.schedule.factor((self.updates + 1).min(setup.steps).max(1))
    }

    /// Computes f, which is no number where ∇f is not finite, and where the update leads that follows ∇f;
    /// tells whether a kernel does that.
    pub fn measure(&mut self, setup: &Setup, tape: &Tape, f: &mut [f64]) -> bool {
        let Some(rule) = CompiledRule::new(setup.rule, &setup.values) else { return false };
        let factor = self.factor(setup);
        let Self { dials, now, shared, next, alphas, .. } = self;
        for (next, now) in next.0.iter_mut().zip(&now.0) {
            next.resize(now.len(), 0.0);
        }
        let [[x, y], own, other] =
            now.0.each_ref().map(|all| <[&[f64]; 2]>::from(all.split_at(all.len() / 2)));
        let mut read: [&[f64]; READ] = [&[]; READ];
        read[..6].copy_from_slice(&[x, y, own[0], own[1], other[0], other[1]]);
        let states = 2 + 2 * setup.rule.updates.own;
        read[states..].iter_mut().zip(&*dials).for_each(|(place, dial)| *place = dial);
        if factor != 1.0 {
            alphas.clear();
            alphas.extend(dials[0].iter().map(|alpha| alpha * factor));
            read[states] = alphas;
        }
        let [[x, y], own, other] = next.0.each_mut().map(|all| {
            let half = all.len() / 2;
            <[&mut [f64]; 2]>::from(all.split_at_mut(half))
        });
        let [own, other] = [own, other].map(|[x, y]| (x, y));
        let mut written = [f, x, y, own.0, own.1, other.0, other.1];
        let read = &read[..states + dials.len()];
        self.is_ahead = tape.compiled_update(&rule, read, &mut written[..=states], shared);
        self.is_ahead
    }

    /// One update of all: that which has been computed with f, or else from ĝ.
    pub fn step(&mut self, setup: &Setup, grad: &[f64]) {
        let factor = self.factor(setup);
        self.updates += 1;
        let is_done = std::mem::take(&mut self.is_ahead);
        if is_done {
            std::mem::swap(&mut self.now, &mut self.next);
        }
        let Setup { rule, ref values, .. } = *setup;
        let Self { dials, now: State([theta, own, other]), shared, .. } = self;
        if theta.is_empty() || is_done && shared.is_empty() {
            return;
        }
        let before = shared.clone();
        let mut of_walker = values.clone();
        let mut update = |walker: usize, theta: f64, g: f64, memory: &mut [f64]| {
            for (value, dial) in of_walker.iter_mut().zip(&*dials) {
                *value = dial[walker];
            }
            of_walker[0] *= factor;
            // All start from what was remembered before, and leave the same.
            shared.copy_from_slice(&before);
            (rule.updates.plain)(values, &of_walker, theta, g, memory, shared)
        };
        if is_done {
            // Only what is remembered for all has still to go on.
            update(0, 0.0, 0.0, &mut [0.0; 2][..rule.updates.own]);
            return;
        }
        let count = theta.len() / 2;
        for at in 0..2 * count {
            let mut memory = [&*own, &*other].map(|all| all.get(at).copied().unwrap_or(0.0));
            theta[at] = update(at % count, theta[at], grad[at], &mut memory[..rule.updates.own]);
            for (all, number) in [&mut *own, &mut *other].into_iter().zip(memory) {
                all.get_mut(at).into_iter().for_each(|place| *place = number);
            }
        }
    }

    /// Goes on with the walkers at these places only.
    pub fn keep(&mut self, places: &[usize]) {
        let count = self.theta().len() / 2;
        let at = |axis: usize| places.iter().map(move |place| place + axis * count);
        for all in self.now.0.iter_mut().filter(|all| !all.is_empty()) {
            *all = at(0).chain(at(1)).map(|at| all[at]).collect();
        }
        for dial in &mut self.dials {
            *dial = at(0).map(|at| dial[at]).collect();
        }
    }
}
