//! Experiments worth opening, each a link and a sentence: the lecture in pictures. A sentence is a
//! claim: `tests/labs/scenes` computes it from the numbers behind the link, one check for each scene.

use serde::Serialize;
use ts_rs::TS;

use crate::labs::link::{LinkText, without_preferences};
use crate::math::param::quoted;

/// The key that says in a link which scene it was opened as, where something was changed since.
pub const SCENE_KEY: &str = "scene";

/// An experiment worth opening.
#[derive(Debug, PartialEq, Eq, Serialize, TS)]
pub struct Preset {
    /// Its name in a link.
    #[serde(skip)]
    pub key: &'static str,
    /// What the page calls it.
    pub title: &'static str,
    /// What there is to see, in one sentence.
    pub sentence: &'static str,
    /// The experiment, exactly as a link writes it. With a `step` in it, it opens paused.
    pub link: &'static str,
}

/// The preset that a link is, whatever the reader's own settings and wherever the clock stands.
pub(crate) fn as_it_came(link: &str, presets: &[Preset]) -> Option<usize> {
    let link = without_preferences(link);
    presets.iter().position(|preset| without_preferences(preset.link) == link)
}

/// The preset at this index.
///
/// # Errors
/// A sentence.
pub(crate) fn at(presets: &'static [Preset], index: usize) -> Result<&'static Preset, String> {
    presets.get(index).ok_or_else(|| format!("Unknown scene: {index}."))
}

/// The preset of this key.
///
/// # Errors
/// A sentence that starts after the key of a link.
pub(crate) fn called(key: &str, presets: &[Preset]) -> Result<usize, String> {
    let none = || {
        let known: Vec<_> = presets.iter().map(|preset| preset.key).collect();
        format!("must be one of {}, and {} is not", known.join(", "), quoted(key))
    };
    presets.iter().position(|preset| preset.key == key).ok_or_else(none)
}

/// A link that says which preset it was opened as, unless it still is that one.
pub(crate) fn signed(mut parts: LinkText, presets: &[Preset], scene: Option<usize>) -> String {
    if let Some(scene) = scene
        && without_preferences(parts.text()) != without_preferences(presets[scene].link)
    {
        parts.put(SCENE_KEY, presets[scene].key);
    }
    parts.link()
}
