//! Updates of walkers that have values of their own for the dials of one rule.
//!
//! Where a kernel is compiled for it, f, ∇f and the update from there are one loop over all walkers, and
//! what the next update leads to lies beside what there is now. Else the rule moves one number after the
//! other.

use super::setup::Setup;
use crate::math::formula::Tape;
use crate::optimizers::compiled::CompiledRule;

/// Walkers by where they are, x of all and then y of all, and by what moves them.
#[derive(Clone)]
pub(super) struct OwnDials {
    /// Of each dial, its value for each walker.
    dials: Vec<Vec<f64>>,
    now: State,
    /// What the rule remembers for all numbers of θ.
    shared: Vec<f64>,
    updates: usize,
    /// Where the next update leads to, for so many walkers.
    next: State,
    ahead: usize,
    /// The learning rates of the update at hand, where a schedule changes them.
    alphas: Vec<f64>,
}

/// θ, and what the rule remembers for each number of it: as many numbers in each list, or none.
#[derive(Clone, Default)]
struct State([Vec<f64>; 3]);

/// A kernel reads so many arrays at most …
const READ: usize = 16;
/// … and writes f, and for x and for y what there is in a [`State`].
const WRITTEN: usize = 7;

impl OwnDials {
    /// Walkers at their starts, so far with the values of a setup.
    pub fn new(setup: &Setup, theta: Vec<f64>) -> Self {
        let count = theta.len() / 2;
        let mut rule = (setup.rule.make)(&setup.values, theta.len());
        let [own, other, shared] = rule.memory().map(|all| all.to_vec());
        Self {
            dials: setup.values.iter().map(|&value| vec![value; count]).collect(),
            now: State([theta, own, other]),
            shared,
            updates: 0,
            next: State::default(),
            ahead: 0,
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

    /// Computes f, which is no number where ∇f is not finite, and where the update leads that follows ∇f,
    /// of as many walkers as a kernel takes; how many these are.
    pub fn measure(&mut self, setup: &Setup, tape: &Tape, f: &mut [f64]) -> usize {
        let Some(rule) = CompiledRule::new(setup.rule, &setup.values) else { return 0 };
        let factor = self.factor(setup);
        let Self { dials, now, shared, next, alphas, .. } = self;
        let count = f.len();
        for (next, now) in next.0.iter_mut().zip(&now.0) {
            next.resize(now.len(), 0.0);
        }
        let alphas = if factor == 1.0 {
            &dials[0]
        } else {
            alphas.clear();
            alphas.extend(dials[0].iter().map(|alpha| alpha * factor));
            &*alphas
        };
        let [theta, own, other] = now.0.each_ref().map(|all| all.split_at(all.len() / 2));
        let mut read: [&[f64]; READ] = [&[]; READ];
        let arrays = [theta.0, theta.1, alphas, own.0, other.0, own.1, other.1].into_iter();
        let reads = put(&mut read, arrays.chain(dials[1..].iter().map(Vec::as_slice)));
        let [theta, own, other] = next.0.each_mut().map(|all| {
            let half = all.len() / 2;
            all.split_at_mut(half)
        });
        let mut written: [&mut [f64]; WRITTEN] = Default::default();
        let arrays = [f, theta.0, theta.1, own.0, other.0, own.1, other.1];
        let writes = put(&mut written, arrays.into_iter());
        let done = tape.compiled_update(&rule, &read[..reads], &mut written[..writes], shared);
        // Whom the kernel leaves is moved later.
        for at in (done..count).chain(done + count..2 * count) {
            for (next, now) in next.0.iter_mut().zip(&now.0) {
                next.get_mut(at).into_iter().zip(now.get(at)).for_each(|(next, now)| *next = *now);
            }
        }
        self.ahead = done;
        done
    }

    /// One update of all: that which has been computed with f, or else from ĝ.
    pub fn step(&mut self, setup: &Setup, grad: &[f64]) {
        let done = std::mem::take(&mut self.ahead);
        if done > 0 {
            std::mem::swap(&mut self.now, &mut self.next);
        }
        if done < grad.len() / 2 || !self.shared.is_empty() {
            self.step_each(setup, done, grad);
        }
        self.updates += 1;
    }

    /// An update of each walker from this one on. What is remembered for all goes on, too.
    fn step_each(&mut self, setup: &Setup, from: usize, grad: &[f64]) {
        let factor = self.factor(setup);
        let Setup { rule, ref values, .. } = *setup;
        let Self { dials, now: State([theta, own, other]), shared, .. } = self;
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
        let count = theta.len() / 2;
        if from == count && count > 0 {
            update(0, 0.0, 0.0, &mut [0.0; 2][..rule.updates.own]);
        }
        for walker in from..count {
            for at in [walker, walker + count] {
                let mut memory = [&*own, &*other].map(|all| all.get(at).copied().unwrap_or(0.0));
                theta[at] = update(walker, theta[at], grad[at], &mut memory[..rule.updates.own]);
                for (all, number) in [&mut *own, &mut *other].into_iter().zip(memory) {
                    all.get_mut(at).into_iter().for_each(|place| *place = number);
                }
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

/// Puts the arrays that are not empty into a list; how many these are.
fn put<T: AsRef<[f64]>>(list: &mut [T], arrays: impl Iterator<Item = T>) -> usize {
    let arrays = arrays.filter(|array| !array.as_ref().is_empty());
    list.iter_mut().zip(arrays).map(|(place, array)| *place = array).count()
}
