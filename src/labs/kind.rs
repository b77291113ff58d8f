//! The kinds of labs, one row each.

use super::OpenLab;
use crate::labs::link::Fault;
use crate::labs::model::Named;
use crate::labs::presets::Preset;
use crate::labs::{network, planar};
use crate::math::param::quoted;
use crate::optimizers::{self, RULES, Rule};

/// The labs, in the order of their tabs. A bare address opens the first.
pub static KINDS: [&Kind; 3] = [&planar::SURFACE, &planar::MINIBATCHES, &network::NETWORK];

/// What never changes in a lab.
#[derive(Debug)]
pub struct Kind {
    /// Its name in the model, in style sheets and among [`Action`](super::Action)s.
    pub key: &'static str,
    /// What its tab says.
    pub name: &'static str,
    /// A link with one of these keys is of this lab, or of a later one that has a key in it.
    pub marks: &'static [&'static str],
    /// The keys of its links that have no point in them.
    pub keys: fn() -> Vec<&'static str>,
    /// The scenes. It opens with the first.
    pub presets: &'static [Preset],
    /// The most runs.
    pub most_runs: usize,
    /// Whether there is a Hessian of what the runs go down, for the rules of second order.
    pub has_hessian: bool,
    /// What the runs can go down.
    pub gallery: fn() -> Vec<Named>,
    /// The key that chooses one of the gallery.
    pub choice_key: &'static str,
    /// The key of a formula of one's own; empty where there can be none.
    pub formula_key: &'static str,
    /// What the gallery calls a formula, or data, of one's own.
    pub own: &'static str,
    /// What may be typed as a formula, with `code` between backticks.
    pub hint: &'static str,
    /// What a link of this kind is when it is read and written again, and what of it cannot be taken.
    pub rewrite: fn(&str) -> (String, Vec<Fault>),
    /// The lab that a link of this kind asks for.
    pub open: fn(&str) -> OpenLab,
}

impl Kind {
    /// The kind that a link is of.
    pub fn of_link(link: &str) -> &'static Self {
        let has = |mark: &&str| link.split('&').any(|part| part.split('=').next() == Some(*mark));
        let marked = |kind: &&&Self| kind.marks.iter().any(has);
        KINDS.iter().rev().find(marked).unwrap_or(&KINDS[0])
    }

    /// The update rules that runs of it can have.
    pub fn rules(&self) -> impl Iterator<Item = &'static Rule> {
        let has_hessian = self.has_hessian;
        RULES.into_iter().filter(move |rule| has_hessian || rule.direction.is_none())
    }

    /// That of them which has this key.
    ///
    /// # Errors
    /// What is wrong with the key: `unknown rule “sgd”; expected one of gd, …`.
    pub fn rule(&self, key: &str) -> Result<&'static Rule, String> {
        if let Some(rule) = self.rules().find(|rule| rule.key == key) {
            return Ok(rule);
        }
        if optimizers::rule(key).is_some() {
            return Err(format!(
                "unsuitable rule {}: it needs the Hessian, and the {} lab has none",
                quoted(key),
                self.name
            ));
        }
        let known: Vec<_> = self.rules().map(|rule| rule.key).collect();
        Err(format!("unknown rule {}; expected one of {}", quoted(key), known.join(", ")))
    }

    /// The kind of this key.
    pub fn called(key: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.key == key).copied()
    }
}

impl PartialEq for Kind {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}
