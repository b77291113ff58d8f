//! The horizontal axis: from the start to the horizon of the run that counts fastest.
//!
//! A hundred updates of GD use a hundred times the examples that a hundred of SGD use one by one.
//! Where totals lie so far apart the axis is logarithmic. Step 0 has no place on such an axis; it
//! stands at the left edge, half of the first x that counts.

use super::{Curve, Pace};
use crate::math::number::{count, three};
use crate::view::chart::Axis;
use crate::view::pen::text_width;
use crate::view::ticks::{Tick, power_label};
use libm::{ceil, exp10, floor, log10};

// The ratio of totals from which on the axis is logarithmic.
const FAR_APART: f64 = 4.0;

/// A horizontal axis.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Across {
    /// The places of its ends: x itself, or its log10.
    pub(super) ends: [f64; 2],
    /// Whether places are logarithms.
    pub(super) log: bool,
    /// What stands at its right end: "100 updates".
    pub(super) label: String,
    steps: usize,
}

impl Across {
    /// The axis that shows all curves up to the step `steps`; `unit` is what is counted.
    pub(super) fn fit(curves: &[Curve<'_>], steps: usize, unit: &str) -> Self {
        let steps = steps.max(1);
        let at = |step: usize| curves.iter().map(move |curve| curve.pace.at(step));
        let last = at(steps).reduce(f64::max).unwrap_or(steps as f64);
        let shortest = at(steps).fold(last, f64::min);
        let first = at(1).fold(last, f64::min);
        let log = last >= FAR_APART * shortest && 0.5 * first > 0.0 && last.is_finite();
        let ends = if log { [log10(0.5 * first), log10(last)] } else { [0.0, last] };
        let number = if last == floor(last) { count(last as usize) } else { three(last) };
        let unit = if number == "1" { unit.strip_suffix('s').unwrap_or(unit) } else { unit };
        Self { ends, log, label: format!("{number} {unit}"), steps }
    }

    /// The last step, at least 1.
    pub(super) fn steps(&self) -> usize {
        self.steps
    }

    /// The place of a run after so many updates.
    pub(super) fn place(&self, pace: Pace, updates: usize) -> f64 {
        let x = pace.at(updates);
        if self.log { log10(x).max(self.ends[0]) } else { x }
    }

    /// The step of a run that lies nearest to a place, within the horizon.
    pub(super) fn step_at(&self, place: f64, pace: Pace) -> usize {
        let place = place.clamp(self.ends[0], self.ends[1]);
        let done = pace.updates_by(if self.log { exp10(place) } else { place }).min(self.steps);
        let next = (done + 1).min(self.steps);
        let away = |step| (self.place(pace, step) - place).abs();
        if away(next) <= away(done) { next } else { done }
    }

    /// The powers of ten on a logarithmic axis, with their labels; none on an even one.
    pub(super) fn powers(&self) -> Vec<Tick> {
        if !self.log {
            return vec![];
        }
        let [low, high] = self.ends;
        (ceil(low) as i32..=floor(high + 1e-9) as i32)
            .map(|power| Tick { value: f64::from(power), label: grouped_power(power) })
            .collect()
    }

    /// The axis, `width` px wide, in type of this size. A power of ten has no label where it would
    /// come too near to another, or to those of the ends.
    pub(super) fn axis(&self, width: f64, size: f64) -> Axis {
        let [low, high] = self.ends;
        let mut taken = text_width("0", size);
        let free = width - text_width(&self.label, size);
        let mut ticks = self.powers();
        for Tick { value, label } in &mut ticks {
            let px = (*value - low) / (high - low) * width;
            let half = 0.5 * (text_width(label, size) + 0.6 * size);
            if px - half >= taken && px + half <= free {
                taken = px + half;
            } else {
                label.clear();
            }
        }
        Axis { ends: self.ends, ticks }
    }
}

fn grouped_power(power: i32) -> String {
    match power {
        0..=6 => count(10usize.pow(power as u32)),
        _ => power_label(power),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::LOOKS;
    use crate::view::loss_chart::Kind;

    fn axis(paces: &[Pace], steps: usize, unit: &str) -> Across {
        let curve = |&pace: &Pace| Curve { loss: &[], pace, look: &LOOKS[0], kind: Kind::Plain };
        Across::fit(&paces.iter().map(curve).collect::<Vec<_>>(), steps, unit)
    }

    const fn used(batch: usize) -> Pace {
        Pace::Evaluations { examples: 100, batch }
    }

    const fn epochs(batch: usize) -> Pace {
        Pace::Epochs { examples: 100, batch }
    }

    #[test]
    fn totals_that_lie_far_apart_make_the_axis_logarithmic() {
        assert!(!axis(&[Pace::Updates, Pace::Updates], 100, "updates").log);
        assert!(!axis(&[used(10), used(30)], 100, "evaluations").log);
        let far = axis(&[used(1), used(100)], 100, "evaluations");
        assert_eq!(far.ends, [log10(0.5), 4.0]);
        let labels: Vec<_> = far.powers().into_iter().map(|tick| tick.label).collect();
        assert_eq!(labels, ["1", "10", "100", "1,000", "10,000"]);
        assert_eq!(far.place(used(1), 0), far.ends[0]);
        assert_eq!(far.place(used(100), 1), 2.0);
    }

    #[test]
    fn the_right_end_says_how_many_of_what() {
        let label = |paces: &[Pace], steps, unit| axis(paces, steps, unit).label;
        assert_eq!(label(&[], 100, "updates"), "100 updates");
        assert_eq!(label(&[Pace::Updates], 5000, "updates"), "5,000 updates");
        assert_eq!(label(&[used(1), used(100)], 100, "evaluations"), "10,000 evaluations");
        assert_eq!(label(&[epochs(1)], 100, "epochs"), "1 epoch");
        assert_eq!(label(&[epochs(1)], 200, "epochs"), "2 epochs");
        assert_eq!(label(&[epochs(30)], 10, "epochs"), "2.6 epochs");
    }

    #[test]
    fn every_step_is_found_at_its_own_place() {
        for paces in [[used(1), used(100)], [used(30), used(20)], [epochs(1), epochs(100)]] {
            let axis = axis(&paces, 100, "");
            for pace in paces {
                for step in 0..=100 {
                    let place = axis.place(pace, step);
                    assert_eq!(axis.step_at(place, pace), step, "{pace:?}");
                    let next = axis.place(pace, step + 1);
                    assert_eq!(axis.step_at(place + 0.4 * (next - place), pace), step, "{pace:?}");
                }
                assert_eq!(axis.step_at(f64::INFINITY, pace), 100);
                assert_eq!(axis.step_at(f64::NEG_INFINITY, pace), 0);
            }
        }
    }
}
