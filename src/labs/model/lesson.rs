//! Where the page is in a lesson.

use serde::Serialize;
use ts_rs::TS;

/// A place in a lesson.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LessonPlace {
    /// The lesson's key.
    pub key: String,
    /// The scene, counted from 0.
    pub scene: usize,
    /// Whether this is another experiment than the scene's.
    pub is_changed: bool,
    /// Whether all panels are there, and not only those that the scene needs.
    pub shows_all: bool,
}
