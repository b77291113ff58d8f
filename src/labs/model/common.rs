//! What the page is told alike of every lab.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;
use ts_rs::TS;

/// A thing in a list to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct Named {
    /// Its name in a link.
    pub key: &'static str,
    /// What the page calls it.
    pub name: Cow<'static, str>,
}

impl Named {
    pub(super) fn new(key: &'static str, name: impl Into<Cow<'static, str>>) -> Self {
        Self { key, name: name.into() }
    }
}

/// What becomes of data that make a link too long to be sent.
pub(super) const KEEPS_DATA: &str =
    "This page keeps the data, and so does the page as one file, which Share saves.";

/// The index of a preset as the page is told it: −1 if there is none.
pub(super) fn index_of(preset: Option<usize>) -> i32 {
    preset.map_or(-1, |index| index as i32)
}

/// A sentence for each run, by the run's name.
pub(super) fn by_run(
    names: &[String],
    sentence: impl FnMut(usize) -> String,
) -> BTreeMap<String, String> {
    names.iter().cloned().zip((0..).map(sentence)).collect()
}
