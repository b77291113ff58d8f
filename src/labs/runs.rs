//! The runs of an experiment side by side: to add, to copy, to remove, to reorder, to name and to
//! follow.

mod config;
mod link;

use std::ops::{Deref, DerefMut};

use super::RunChange;
use crate::math::param::short;
use crate::optimizers::{self, Rule};

pub use config::{EXTRAS, Extra, HIDDEN, LOOK, NOISE, RunConfig, batch_of};
pub use link::{read_rules, rule_called};

/// How many looks (colour, dash, marker) there are: no experiment has more runs.
pub const LOOKS: usize = crate::view::LOOKS.len();

/// The runs of an experiment, in the order of their cards.
#[derive(Clone, Debug)]
pub struct Runs {
    list: Vec<RunConfig>,
    most: usize,
}

impl Runs {
    /// No run, with room for so many, at most [`LOOKS`].
    pub fn none(most: usize) -> Self {
        Self { list: Vec::new(), most: most.min(LOOKS) }
    }

    /// The most runs that there can be.
    pub fn most(&self) -> usize {
        self.most
    }

    /// Adds a fresh run behind the others; on data its look is that of SGD beside GD.
    ///
    /// # Errors
    /// That there is no room, as a sentence.
    pub fn add(&mut self, rule: &'static Rule, alpha: f64, on_data: bool) -> Result<(), String> {
        self.make_room()?;
        let look = self.free_look(rule, on_data);
        self.list.push(RunConfig::new(rule, alpha, look));
        Ok(())
    }

    /// Does what the card of a run asks for. Returns for each run that there is now the index that
    /// it, or what it is a copy of, had before.
    ///
    /// # Errors
    /// That there is no such run, or no room, as a sentence.
    pub fn change(
        &mut self,
        name: &str,
        change: RunChange,
        on_data: bool,
    ) -> Result<Vec<usize>, String> {
        let found = self.names().iter().position(|run| run == name);
        let index = found.ok_or_else(|| format!("Unknown run: {}.", short(name)))?;
        let mut before: Vec<usize> = (0..self.len()).collect();
        match change {
            RunChange::Duplicate => {
                self.make_room()?;
                let look = self.free_look(self[index].rule, on_data);
                let copy =
                    RunConfig { look, hidden: false, followed: false, ..self[index].clone() };
                self.list.insert(index + 1, copy);
                before.insert(index + 1, index);
            }
            RunChange::Remove => {
                self.list.remove(index);
                before.remove(index);
            }
            RunChange::Up | RunChange::Down => {
                let other = if change == RunChange::Up { index.wrapping_sub(1) } else { index + 1 };
                if other < self.len() {
                    self.list.swap(index, other);
                    before.swap(index, other);
                }
            }
        }
        Ok(before)
    }

    /// Removes all runs.
    pub fn clear(&mut self) {
        self.list.clear();
    }

    /// Their names in links and on cards: the rule's key, and from the second run of the same rule
    /// on a number behind it: `gd`, `momentum`, `momentum2`.
    pub fn names(&self) -> Vec<String> {
        let nth = |index: usize| {
            let key = self[index].rule.key;
            self[..=index].iter().filter(|run| run.rule.key == key).count()
        };
        (self.iter().enumerate())
            .map(|(index, run)| match nth(index) {
                1 => run.rule.key.to_owned(),
                n => format!("{}{n}", run.rule.key),
            })
            .collect()
    }

    /// Their rules.
    pub fn rules(&self) -> Vec<&'static Rule> {
        self.iter().map(|run| run.rule).collect()
    }

    /// The run that was chosen to be followed.
    pub fn chosen(&self) -> Option<usize> {
        self.iter().position(|run| run.followed)
    }

    /// Follows the run at `index`, and no other.
    pub fn follow(&mut self, index: usize) {
        for (at, run) in self.iter_mut().enumerate() {
            run.followed = at == index;
        }
    }

    /// The runs that are shown, by their index.
    pub fn shown(&self) -> Vec<usize> {
        (0..self.len()).filter(|&index| !self[index].hidden).collect()
    }

    fn make_room(&self) -> Result<(), String> {
        let full = || format!("There can be at most {} runs.", self.most);
        (self.len() < self.most).then_some(()).ok_or_else(full)
    }

    /// The look that a further run of `rule` gets: GD black, momentum red, as on the lecture's
    /// slide, while nobody wears them; others from the third on. On data SGD, beside GD, is red.
    fn free_look(&self, rule: &Rule, on_data: bool) -> usize {
        let free = |look: &usize| self.iter().all(|run| run.look != *look);
        let first = match rule.key {
            key if key == optimizers::gradient_descent::RULE.key => 0,
            key if key == optimizers::momentum::RULE.key => 1,
            _ => 2,
        };
        let second = if on_data { 1 } else { first };
        let looks = [first, second].into_iter().chain(2..LOOKS).chain(0..2);
        looks.into_iter().find(free).unwrap_or(first)
    }
}

impl Deref for Runs {
    type Target = [RunConfig];

    fn deref(&self) -> &[RunConfig] {
        &self.list
    }
}

impl DerefMut for Runs {
    fn deref_mut(&mut self) -> &mut [RunConfig] {
        &mut self.list
    }
}
