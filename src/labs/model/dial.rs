//! Controls of parameters, as the page is told.

use std::borrow::Cow;

use serde::Serialize;
use ts_rs::TS;

use crate::labs::runs::RunConfig;
use crate::math::param::{Choice, Param, Scale};

/// A parameter that the user can set: a slider and a number box, a select or a switch.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Dial {
    /// Its name in a link, such as `gd.alpha`.
    pub key: String,
    /// How formulas write it, such as `α`; may be empty.
    pub symbol: Cow<'static, str>,
    /// What the page calls it.
    pub label: Cow<'static, str>,
    /// The smallest value.
    pub min: f64,
    /// The largest value.
    pub max: f64,
    /// How a slider spaces the values between them.
    pub scale: DialScale,
    /// Of a choice: the index of it. Of a switch: 0 is off, 1 is on.
    pub value: f64,
    /// The value as a link writes it.
    pub text: String,
    /// The value when nothing is said.
    pub default: f64,
    /// What a choice can be; empty for all else.
    pub choices: &'static [Choice],
    /// Of a setting: the word under which it stands among its like; empty for all else.
    pub group: &'static str,
}

/// How a [`Dial`] spaces its values, see [`Scale`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "Scale says it")]
pub enum DialScale {
    Linear,
    Log,
    Cubic,
    Integer,
    LogInteger,
    Choice,
    Switch,
}

impl Dial {
    /// A control for a parameter under a key.
    pub(super) fn new(param: &Param, key: String, value: f64, default: f64) -> Self {
        let (scale, choices): (_, &'static [Choice]) = match param.scale {
            Scale::Linear => (DialScale::Linear, &[]),
            Scale::Log => (DialScale::Log, &[]),
            Scale::Cubic => (DialScale::Cubic, &[]),
            Scale::Integer => (DialScale::Integer, &[]),
            Scale::LogInteger => (DialScale::LogInteger, &[]),
            Scale::Switch => (DialScale::Switch, &[]),
            Scale::Choice(choices) => (DialScale::Choice, choices),
        };
        Self {
            key,
            symbol: param.symbol.clone(),
            label: param.label.clone(),
            min: param.range[0],
            max: param.range[1],
            scale,
            value,
            text: param.write(value),
            default,
            choices,
            group: "",
        }
    }

    /// A control for a parameter under its own key.
    pub(super) fn plain(param: &Param, value: f64) -> Self {
        Self::new(param, param.key.to_string(), value, param.default)
    }

    /// A control for a parameter under a key that begins so.
    pub(super) fn under(before: &str, param: &Param, value: f64, default: f64) -> Self {
        Self::new(param, [before, &param.key].concat(), value, default)
    }

    /// A control for a setting of a group.
    pub(super) fn setting(param: &Param, value: f64, group: &'static str) -> Self {
        Self { group, ..Self::plain(param, value) }
    }
}

/// The controls of a rule's parameters, under keys that begin so; α has a default of its own.
pub(super) fn of_rule(before: &str, run: &RunConfig, alpha: f64) -> Vec<Dial> {
    let parameters = run.rule.parameters.iter().zip(&run.values).enumerate();
    let dial = |(at, (param, &value)): (usize, (&Param, &f64))| {
        Dial::under(before, param, value, if at == 0 { alpha } else { param.default })
    };
    parameters.map(dial).collect()
}
