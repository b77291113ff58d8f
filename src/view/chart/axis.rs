//! An axis of a chart, as plotters asks for one: [`Ranged`].
//!
//! It counts in places: a value itself, or log10 of it where the axis is logarithmic. So lines are
//! straight between places, and what has no logarithm has no place.

use std::ops::Range;

use plotters::coord::ranged1d::{
    KeyPointHint, NoDefaultFormatting, Ranged, ReversibleRanged, ValueFormatter,
};

use crate::view::pen::text_width;
use crate::view::ticks::Tick;

/// From which place to which it reaches, and where it is labelled.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// The places of its ends, the lower first.
    pub ends: [f64; 2],
    /// Its grid lines, each with its label; an empty one is not written.
    pub ticks: Vec<Tick>,
}

impl Axis {
    /// What its longest label takes at most, in px of type of this size.
    pub fn label_width(&self, size: f64) -> f64 {
        self.ticks.iter().map(|tick| text_width(&tick.label, size)).fold(0.0, f64::max)
    }
}

impl Ranged for Axis {
    type ValueType = f64;
    type FormatOption = NoDefaultFormatting;

    /// What lies far beyond the ends is at the end of i32.
    fn map(&self, place: &f64, (first, last): (i32, i32)) -> i32 {
        let [low, high] = self.ends;
        let share = (place - low) / (high - low);
        (f64::from(first) + share * (f64::from(last) - f64::from(first)) + 0.5).floor() as i32
    }

    /// All ticks are bold; there are no lighter ones between them.
    fn key_points<Hint: KeyPointHint>(&self, hint: Hint) -> Vec<f64> {
        if hint.weight().allow_light_points() {
            return vec![];
        }
        self.ticks.iter().map(|tick| tick.value).collect()
    }

    fn range(&self) -> Range<f64> {
        self.ends[0]..self.ends[1]
    }
}

impl ReversibleRanged for Axis {
    fn unmap(&self, pixel: i32, (first, last): (i32, i32)) -> Option<f64> {
        let [low, high] = self.ends;
        let share = (f64::from(pixel) - f64::from(first)) / (f64::from(last) - f64::from(first));
        Some(low + share * (high - low))
    }
}

impl ValueFormatter<f64> for Axis {
    fn format_ext(&self, place: &f64) -> String {
        let tick = self.ticks.iter().find(|tick| tick.value == *place);
        tick.map_or_else(String::new, |tick| tick.label.clone())
    }
}
