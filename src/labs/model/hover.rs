//! What there is to read under the pointer or of what the keyboard chose.

use serde::Serialize;
use ts_rs::TS;

/// What there is to read at a point of a picture.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Hover {
    /// All of it in a sentence; empty where there are only rows.
    pub text: String,
    /// Label and value, line by line; none in the chart.
    pub rows: Vec<[String; 2]>,
    /// In the chart, the step of the clock that the pointer marks; `null` elsewhere.
    pub step: Option<usize>,
}

impl Hover {
    /// What there is to read at a point of any picture but the chart.
    pub(super) fn new(text: String, rows: impl Into<Vec<[String; 2]>>) -> Self {
        Self { text, rows: rows.into(), step: None }
    }

    /// What the runs have lost at a step of the chart.
    pub(super) fn of_step(step: usize, text: String) -> Self {
        Self { text, rows: Vec::new(), step: Some(step) }
    }
}

/// An example that was chosen with the keyboard.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Chosen {
    /// What a screen reader says of it.
    pub text: String,
    /// Where it lies in its picture, in CSS pixels to the right and down.
    pub at: [f64; 2],
}
