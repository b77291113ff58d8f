//! How high a value stands in the box: linearly, or by the logarithm of what it lies above the floor
//! of the surface.

use libm::log10;

use crate::view::Field;
use crate::view::ticks::{Tick, powers, ticks};

/// From a value to its height in the box.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeightScale {
    /// What is taken off before the logarithm; `None` where heights are linear.
    floor: Option<f64>,
    /// The place of the floor of the box, and of its top: values, or log₁₀ of what lies above
    /// `floor`.
    ends: [f64; 2],
}

// Where the highest of a surface is more than so many times as high as nearly all of it, near a pole
// for instance, the box ends at …
const POLE: f64 = 3.0;
// … what nearly all of it lies below.
const NEARLY_ALL: f64 = 0.98;
// A logarithm goes down to where about so much of the window's area lies below.
const LOWEST: f64 = 2e-4;

impl HeightScale {
    /// The scale for a sampled surface. `lowest` is the best minimum that is known: logarithms are
    /// those of what lies above it, or above the field's own lowest value.
    pub fn of(field: &Field, lowest: Option<f64>, logarithmic: bool) -> Self {
        let mut finite: Vec<f64> = field.values.iter().copied().filter(|f| f.is_finite()).collect();
        finite.sort_unstable_by(f64::total_cmp);
        let (Some(&low), Some(&high)) = (finite.first(), finite.last()) else {
            return Self { floor: None, ends: [0.0, 1.0] };
        };
        if logarithmic && let Some(scale) = Self::log(&finite, lowest) {
            return scale;
        }
        let most = finite[((finite.len() - 1) as f64 * NEARLY_ALL) as usize];
        let high = if high - low > POLE * (most - low) && most > low { most } else { high };
        let span = high - low;
        let ends = if span > 0.0 && span.is_finite() {
            [low, high]
        } else {
            // Flat, or of numbers whose difference is none: in the middle of a box.
            let half = (0.5 * low.abs()).clamp(0.5, 1e300);
            [low - half, low + half]
        };
        Self { floor: None, ends }
    }

    /// By the logarithm, where there is one.
    fn log(sorted: &[f64], lowest: Option<f64>) -> Option<Self> {
        let (&low, &high) = (sorted.first()?, sorted.last()?);
        let floor = lowest.filter(|floor| floor.is_finite()).map_or(low, |known| known.min(low));
        let above = sorted.partition_point(|&f| f <= floor);
        let rank = above.max((sorted.len() as f64 * LOWEST) as usize);
        let ends = [*sorted.get(rank)? - floor, high - floor].map(log10);
        (ends[0].is_finite() && ends[1] > ends[0] && ends[1].is_finite())
            .then_some(Self { floor: Some(floor), ends })
    }

    /// Whether heights are logarithms.
    pub fn is_log(&self) -> bool {
        self.floor.is_some()
    }

    /// How high a value stands: 0 on the floor of the box, 1 at its top, more where it is cut off.
    /// On a logarithmic scale all that lies lower stands on the floor. NaN where it is not finite.
    pub fn share(&self, f: f64) -> f64 {
        let Self { floor, ends: [low, high] } = *self;
        if !f.is_finite() {
            return f64::NAN;
        }
        let place = match floor {
            None => f,
            Some(floor) if f <= floor => low,
            Some(floor) => log10(f - floor).max(low),
        };
        (place - low) / (high - low)
    }

    /// Labelled heights, in shares, about so many; on a logarithmic scale the powers of ten above
    /// the floor of the surface.
    pub fn ticks(&self, most: f64) -> Vec<Tick> {
        let Self { floor, ends: [low, high] } = *self;
        let mut found = match floor {
            None => ticks(self.ends, most),
            Some(_) => powers([libm::ceil(low), libm::floor(high)], most),
        };
        for tick in &mut found {
            tick.value = (tick.value - low) / (high - low);
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::window::Window;
    use crate::view::field::sampled;

    const WINDOW: Window = Window::new(-1.0, 3.0, -1.0, 1.0);

    #[test]
    fn the_lowest_is_on_the_floor_and_the_highest_at_the_top() {
        let field = sampled(WINDOW, 41, 21, |x, y| x * x + y - 7.0);
        let scale = HeightScale::of(&field, None, false);
        let shares: Vec<f64> = field.values.iter().map(|&f| scale.share(f)).collect();
        assert_eq!(shares.iter().copied().fold(f64::INFINITY, f64::min), 0.0);
        assert_eq!(shares.iter().copied().fold(0.0, f64::max), 1.0);
        assert!((scale.share(-3.0) - 5.0 / 11.0).abs() < 1e-12, "linear from −8 to 3");
        assert!(scale.share(f64::NAN).is_nan() && scale.share(f64::INFINITY).is_nan());
    }

    #[test]
    fn equal_ratios_above_the_minimum_are_equal_heights() {
        for floor in [0.0, -5.0] {
            let field = sampled(WINDOW, 81, 41, |x, y| x * x + 20.0 * y * y + floor);
            let scale = HeightScale::of(&field, Some(floor), true);
            let rise = |f: f64| scale.share(floor + 10.0 * f) - scale.share(floor + f);
            assert!(scale.is_log() && rise(0.1) > 0.05);
            assert!((rise(0.1) - rise(1.0)).abs() < 1e-12);
            assert_eq!(scale.share(floor), 0.0);
            let ticks = scale.ticks(8.0);
            let one = ticks.iter().find(|tick| tick.label == "1").unwrap();
            assert!((one.value - scale.share(floor + 1.0)).abs() < 1e-12);
        }
    }

    #[test]
    fn a_pole_is_cut_off_and_a_slope_is_not() {
        let pole = sampled(WINDOW, 81, 41, |x, y| 1.0 / (x * x + y * y + 1e-9));
        assert!(pole.values.iter().any(|&f| HeightScale::of(&pole, None, false).share(f) > 5.0));
        let slope = sampled(WINDOW, 81, 41, |x, y| (3.0 * x).exp() + y);
        assert!(slope.values.iter().all(|&f| HeightScale::of(&slope, None, false).share(f) <= 1.0));
    }

    #[test]
    fn flat_and_hopeless_surfaces_have_a_height_too() {
        for value in [0.0, 3.0, -1e300, f64::NAN, f64::INFINITY] {
            for logarithmic in [false, true] {
                let field = sampled(WINDOW, 9, 9, |_, _| value);
                let share = HeightScale::of(&field, Some(f64::NAN), logarithmic).share(value);
                assert!(share.is_nan() != value.is_finite(), "{value}: {share}");
                assert!(share.is_nan() || (0.0..=1.0).contains(&share));
            }
        }
        let huge = sampled(WINDOW, 9, 9, |x, _| if x > 0.0 { 1.7e308 } else { -1.7e308 });
        for logarithmic in [false, true] {
            let scale = HeightScale::of(&huge, None, logarithmic);
            assert!(huge.values.iter().all(|&f| !scale.share(f).is_nan()));
        }
    }
}
