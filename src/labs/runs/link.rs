//! Runs in a link: `runs=gd,momentum&gd.alpha=0.05&momentum.batch=10`.

use super::{EXTRAS, HIDDEN, LOOK, NOISE, RunConfig, Runs, batch_of};
use crate::labs::Kind;
use crate::labs::link::LinkText;
use crate::math::param::{quoted, too_many};
use crate::optimizers::Rule;

impl Runs {
    /// The index of the run that is called so.
    ///
    /// # Errors
    /// A sentence that starts after the key, if none is.
    pub fn called(&self, name: &str) -> Result<usize, String> {
        let none = || format!("is not a parameter here: there is no run {}", quoted(name));
        self.names().iter().position(|run| run == name).ok_or_else(none)
    }

    /// Follows the run that is called so.
    ///
    /// # Errors
    /// A sentence that starts after the key, if none is.
    pub fn follow_called(&mut self, name: &str) -> Result<(), String> {
        let none = || format!("must be a run, and there is no {}", quoted(name));
        let index = self.names().iter().position(|run| run == name).ok_or_else(none)?;
        self.follow(index);
        Ok(())
    }

    /// Writes `runs`, where the rules are not those of the fresh ones.
    pub fn write_rules(&self, fresh: &Self, link: &mut LinkText) {
        if self.rules_differ(fresh) {
            let keys: Vec<&str> = self.iter().map(|run| run.rule.key).collect();
            link.put("runs", &keys.join(","));
        }
    }

    /// Writes `follow`, where a run was chosen.
    pub fn write_followed(&self, link: &mut LinkText) {
        if let Some(index) = self.chosen() {
            link.put("follow", &self.names()[index]);
        }
    }

    /// Whether others have not the same rules, one for one.
    pub fn rules_differ(&self, other: &Self) -> bool {
        let keys = |runs: &Self| runs.iter().map(|run| run.rule.key).collect::<Vec<_>>();
        keys(self) != keys(other)
    }
}

impl RunConfig {
    /// Sets what a run has in every lab besides its rule's parameters; on data with the number n of
    /// examples.
    ///
    /// # Errors
    /// A sentence that starts after the key; then nothing has changed.
    pub fn set(&mut self, name: &str, text: &str, n: Option<usize>) -> Result<(), String> {
        if let Some(n) = n.filter(|&n| name == batch_of(n).key) {
            let size = batch_of(n).read(text)? as usize;
            self.batch = (size < n).then_some(size);
        } else if name == HIDDEN.key {
            self.hidden = HIDDEN.read(text)? != 0.0;
        } else if name == LOOK.key {
            self.look = LOOK.read(text)? as usize - 1;
        } else {
            return Err("is not a parameter here".into());
        }
        Ok(())
    }

    /// Writes what sets a run apart from its default, `before` its name with a point behind it; on
    /// data with the number n of examples.
    pub fn write(&self, before: &str, default: &Self, n: Option<usize>, link: &mut LinkText) {
        link.put_changed(before, self.rule.parameters, &self.values, &default.values);
        if let Some(n) = n {
            let size = |run: &Self| [run.batch_size(n) as f64];
            link.put_changed(before, &[batch_of(n)], &size(self), &size(default));
            link.put_changed(before, &EXTRAS, &self.extras, &default.extras);
        }
        let others = |run: &Self| {
            let hidden = f64::from(u8::from(run.hidden));
            [run.noise, hidden, (run.look + 1) as f64]
        };
        link.put_changed(before, &[NOISE, HIDDEN, LOOK], &others(self), &others(default));
    }
}

/// The rules of these keys, with commas between them, as runs of a lab can have them.
///
/// # Errors
/// A sentence that starts after the key.
pub fn read_rules(text: &str, kind: &Kind) -> Result<Vec<&'static Rule>, String> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let keys: Vec<&str> = text.split(',').collect();
    if keys.len() > kind.most_runs {
        return Err(too_many("rules", kind.most_runs, keys.len()));
    }
    let rule = |key: &&str| kind.rule(key).map_err(|what| format!("has the {what}"));
    keys.iter().map(rule).collect()
}

/// The update rule of this key, for a run of a lab.
///
/// # Errors
/// That there is none, as a sentence.
pub fn rule_called(key: &str, kind: &Kind) -> Result<&'static Rule, String> {
    kind.rule(key).map_err(|what| {
        let mut signs = what.chars();
        let first = signs.next().into_iter().flat_map(char::to_uppercase);
        first.chain(signs).chain(['.']).collect()
    })
}
