//! An axis of a chart, as plotters asks for one: [`Ranged`].
//!
//! It counts in places: a value itself, or log10 of it where the axis is logarithmic. So lines are
//! straight between places, and what has no logarithm has no place.

use std::ops::Range;

use plotters::coord::ranged1d::{
    KeyPointHint, NoDefaultFormatting, Ranged, ReversibleRanged, ValueFormatter,
};

use crate::view::pen::text_width;
use crate::view::ticks::{Tick, power_label, ticks};
use libm::{ceil, floor, log10};

/// From which place to which it reaches, and where it is labelled.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// The places of its ends, the lower first.
    pub ends: [f64; 2],
    /// Its grid lines, each with its label; an empty one is not written.
    pub ticks: Vec<Tick>,
}

impl Axis {
    /// A horizontal axis of logarithms from one px to another in type of this size. A number has no label where that would come
    /// too near to another, or beyond `free` px. Of whole decades each, each second, third and so on has one: there
    /// the eye counts those in between.
    pub fn logarithmic(ends: [f64; 2], [left, right]: [f64; 2], free: f64, size: f64) -> Self {
        /// Between two labels, in sizes of their type.
        const APART: f64 = 0.6;
        let [low, high] = ends;
        let mut taken = 0.0;
        let mut axis = Self { ends, ticks: decades(ends) };
        if axis.ticks.iter().all(|tick| tick.value == tick.value.round()) {
            let wide = axis.label_width(size) + APART * size;
            let every = ceil(wide * (high - low) / (right - left).max(1.0)).clamp(1.0, 1e6) as i64;
            for tick in axis.ticks.iter_mut().filter(|tick| tick.value as i64 % every != 0) {
                tick.label.clear();
            }
        }
        let Self { mut ticks, .. } = axis;
        for Tick { value, label } in &mut ticks {
            let px = left + (*value - low) / (high - low) * (right - left);
            let half = 0.5 * text_width(label, size);
            if label.is_empty() {
                continue;
            }
            if px - half >= taken && px + half <= free {
                taken = px + half + APART * size;
            } else {
                label.clear();
            }
        }
        Self { ends, ticks }
    }

    /// An upright axis of logarithms, so many px long in type of this size: labels keep apart.
    pub fn upright(ends: [f64; 2], tall: f64, size: f64) -> Self {
        const APART: f64 = 1.6;
        let [low, high] = ends;
        let mut last = f64::NEG_INFINITY;
        let mut ticks = decades(ends);
        for Tick { value, label } in &mut ticks {
            let px = (*value - low) / (high - low) * tall;
            if px - last < APART * size {
                label.clear();
            } else {
                last = px;
            }
        }
        Self { ends, ticks }
    }

    /// What its longest label takes at most, in px of type of this size.
    pub fn label_width(&self, size: f64) -> f64 {
        self.ticks.iter().map(|tick| text_width(&tick.label, size)).fold(0.0, f64::max)
    }
}

/// Powers of ten, and 2 and 5 times these where the axis has few of them; round numbers where it has
/// hardly any of those.
fn decades([low, high]: [f64; 2]) -> Vec<Tick> {
    /// An axis of less than this has round numbers, so many at most.
    const SHORT: f64 = 0.75;
    const MOST: f64 = 6.0;
    if high - low < SHORT {
        let numbers = ticks([low, high].map(libm::exp10), MOST);
        return numbers
            .into_iter()
            .map(|Tick { value, label }| Tick { value: log10(value), label })
            .collect();
    }
    let (first, last) = (floor(low) as i32, ceil(high) as i32);
    let digits: &[u8] = if high - low < 2.0 { &[1, 2, 5] } else { &[1] };
    let tick = |power: i32, digit: u8| Tick {
        value: f64::from(power) + log10(f64::from(digit)),
        label: power_label(power).replacen('1', &digit.to_string(), 1),
    };
    (first..=last)
        .flat_map(|power| digits.iter().map(move |&digit| tick(power, digit)))
        .filter(|tick| (low - 1e-9..=high + 1e-9).contains(&tick.value))
        .collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_of_less_than_two_decades_is_labelled_in_between() {
        let labels = |ends| decades(ends).into_iter().map(|tick| tick.label).collect::<Vec<_>>();
        assert_eq!(labels([-1.5, 0.2]), ["0.05", "0.1", "0.2", "0.5", "1"]);
        assert_eq!(labels([-4.0, 0.2]), ["1e−4", "0.001", "0.01", "0.1", "1"]);
    }

    #[test]
    fn where_not_every_decade_has_room_for_its_label_each_second_or_third_has_one() {
        let labels = |right: f64| {
            let axis = Axis::logarithmic([-12.0, 1.0], [30.0, right], right - 30.0, 11.0);
            let told = axis.ticks.into_iter().map(|tick| tick.label);
            told.filter(|label| !label.is_empty()).collect::<Vec<_>>()
        };
        let every: Vec<String> = labels(700.0);
        assert_eq!(every.len(), 13, "all but the last, which is not free: {every:?}");
        assert_eq!(labels(500.0), ["1e−12", "1e−10", "1e−8", "1e−6", "1e−4", "0.01", "1"]);
        assert_eq!(labels(250.0), ["1e−12", "1e−9", "1e−6", "0.001"]);
    }
}
