//! At which values isolines are drawn.
//!
//! Around a minimum f grows as the square of the distance, and valleys are many powers of ten
//! deep. So levels are spaced by equal ratios of f − floor, the loss above the best known minimum:
//! floor + 10^(k·s), k whole. Surfaces that have no floor (a saddle) get evenly spaced ones.

use crate::view::Field;
use libm::{ceil, floor, log10};
use std::f64::consts::{LOG2_E, LOG10_2, SQRT_2};

/// The values of a surface at which isolines are drawn, and between which bands are filled.
#[derive(Clone, Debug, PartialEq)]
pub struct Levels {
    /// The levels, ascending; empty where the surface is flat or nowhere finite.
    pub values: Vec<f64>,
    spacing: Spacing,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Spacing {
    /// f at height 0, and the rise of f to the next level.
    Even { first: f64, step: f64 },
    /// floor, log10(f − floor) at height 0, and its rise to the next level.
    Log { floor: f64, first: f64, step: f64 },
}

// So many levels at most; fewer than half of them is rare.
const MOST: f64 = 22.0;
// The innermost ring holds about so much of the window's area.
const INNERMOST: f64 = 2e-4;
// Heights end here: the floor itself is at −∞, from where no isoline could be interpolated.
pub(crate) const LOWEST: f64 = -4.0;
// The isolines of the window's last share of area, near a pole for instance, are left out.
const OUTERMOST: f64 = 1.0 - 2e-3;

impl Levels {
    /// Levels for a sampled surface.
    ///
    /// `floor` is the best minimum that is known. Without one, levels are spaced by ratios above
    /// the field's own lowest value if most of the window lies near it, as in a valley, and evenly
    /// if it does not, as on a saddle.
    pub fn of(field: &Field, floor: Option<f64>) -> Self {
        let mut finite: Vec<f64> = field.values.iter().copied().filter(|f| f.is_finite()).collect();
        let lowest = finite.iter().copied().reduce(f64::min);
        let highest = finite.iter().copied().reduce(f64::max);
        let (Some(lowest), Some(highest)) = (lowest, highest) else {
            return Self { values: vec![], spacing: Spacing::Even { first: 0.0, step: 1.0 } };
        };
        // The value that so many others lie below.
        let last = finite.len() - 1;
        let mut ranked =
            |rank: usize| *finite.select_nth_unstable_by(rank.min(last), f64::total_cmp).1;
        let mut quantile = |share: f64| ranked((last as f64 * share) as usize);
        let floor = floor.filter(|floor| floor.is_finite()).map(|floor| floor.min(lowest));
        let Some(floor) = floor else {
            let skewed = quantile(0.5) - lowest < 0.25 * (quantile(0.98) - lowest);
            if !skewed {
                return Self::even(quantile(1.0 - OUTERMOST), quantile(OUTERMOST));
            }
            // A valley passes between nodes, now nearer and now farther: how much lower it is there
            // is not known. Measured from below, that makes no difference.
            let crossed = ranked(field.columns.max(field.rows)) - lowest;
            return Self::log(lowest - crossed, 2.0 * crossed, highest - lowest + crossed);
        };
        let on_floor = field.values.iter().filter(|&&f| f.is_finite() && f <= floor).count();
        let inner = on_floor.max((last as f64 * INNERMOST) as usize);
        Self::log(floor, ranked(inner) - floor, highest - floor)
    }

    fn log(floor_value: f64, low: f64, high: f64) -> Self {
        let spacing = |first, step| Spacing::Log { floor: floor_value, first, step };
        if !(low > 0.0 && high > low && high.is_finite()) {
            return Self { values: vec![], spacing: spacing(0.0, 1.0) };
        }
        let (low, high) = (log10(low), log10(high));
        const STEPS: [f64; 13] =
            [0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0];
        let step = STEPS.into_iter().find(|s| (high - low) / s <= MOST).unwrap_or(50.0);
        let (first, last) = (ceil(low / step), ceil(high / step) - 1.0);
        let values = counted(first, last).map(|k| floor_value + libm::exp10(k * step)).collect();
        Self { values, spacing: spacing(first * step, step) }
    }

    fn even(low: f64, high: f64) -> Self {
        let span = high - low;
        if !(span > 0.0 && span.is_finite()) {
            return Self { values: vec![], spacing: Spacing::Even { first: low, step: 1.0 } };
        }
        let unit = libm::exp10(floor(log10(span / MOST)));
        let step = [1.0, 2.0, 5.0, 10.0].map(|n| n * unit).into_iter().find(|s| span / s <= MOST);
        let step = step.unwrap_or(10.0 * unit);
        if step <= 0.0 {
            // The span is that of the few numbers nearest to 0.
            return Self { values: vec![], spacing: Spacing::Even { first: low, step: 1.0 } };
        }
        let (first, last) = (ceil(low / step), floor(high / step));
        let values = counted(first, last).map(|k| k * step).collect();
        Self { values, spacing: Spacing::Even { first: first * step, step } }
    }

    /// How high f lies among the levels: k at `values[k]`, between k and k + 1 between two of
    /// them. NaN where f is not finite.
    pub fn height(&self, f: f64) -> f64 {
        let (low, high) = (LOWEST, self.values.len() as f64);
        if !f.is_finite() {
            return f64::NAN;
        }
        let height = match self.spacing {
            Spacing::Even { first, step } => (f - first) / step,
            Spacing::Log { floor, .. } if f <= floor => low,
            Spacing::Log { floor, first, step } => (LOG10_2 * log2(f - floor) - first) / step,
        };
        height.clamp(low, high)
    }
}

fn counted(first: f64, last: f64) -> impl Iterator<Item = f64> {
    let count = (last - first + 1.0).max(0.0) as usize;
    (0..count).map(move |k| first + k as f64)
}

/// log₂ of a number above 0 to 5e−8, which is far below a pixel, and several times faster than
/// libm's.
///
/// With v = m·2ᵉ and √½ ≤ m < √2, ln m = 2 artanh s = 2 (s + s³/3 + s⁵/5 + …), s = (m − 1)/(m + 1).
fn log2(v: f64) -> f64 {
    const EXPONENT: u64 = 0x7ff << 52;
    let bits = v.to_bits();
    let mut exponent = (bits >> 52) as i32 - 1023;
    let mut m = f64::from_bits(bits & !EXPONENT | 1.0f64.to_bits());
    if m > SQRT_2 {
        m *= 0.5;
        exponent += 1;
    }
    let s = (m - 1.0) / (m + 1.0);
    let q = s * s;
    let series = s * (1.0 + q * (1.0 / 3.0 + q * (1.0 / 5.0 + q * (1.0 / 7.0))));
    f64::from(exponent) + 2.0 * LOG2_E * series
}

/// A field measured in [levels](Levels::height): isolines lie at its whole numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Relief {
    /// Nodes in x.
    pub columns: usize,
    /// Nodes in y.
    pub rows: usize,
    /// Heights, placed as in [`Field::values`]; −4 to `levels`, NaN where f is not finite.
    pub heights: Vec<f32>,
    /// How many isolines there are at most: at heights 0 to `levels` − 1.
    pub levels: usize,
}

impl Relief {
    /// The field's values among the levels.
    pub fn new(field: &Field, levels: &Levels) -> Self {
        Self {
            columns: field.columns,
            rows: field.rows,
            heights: field.values.iter().map(|&f| levels.height(f) as f32).collect(),
            levels: levels.values.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::window::Window;
    use crate::view::field::sampled;

    const WINDOW: Window = Window::new(-3.0, 11.0, -2.2, 2.2);

    fn ravine(x: f64, y: f64) -> f64 {
        0.5 * (x * x + 20.0 * y * y)
    }

    #[test]
    fn levels_above_a_floor_have_equal_ratios_and_span_the_window() {
        for floor in [0.0, -7.5] {
            let field = sampled(WINDOW, 200, 150, |x, y| ravine(x, y) + floor);
            let Levels { values, .. } = Levels::of(&field, Some(floor));
            assert!((10..=23).contains(&values.len()), "{}", values.len());
            let ratio = (values[1] - floor) / (values[0] - floor);
            for pair in values.windows(2) {
                assert!(((pair[1] - floor) / (pair[0] - floor) / ratio - 1.0).abs() < 1e-9);
            }
            assert!(values[0] - floor < 0.1);
            let highest = 0.5 * (121.0 + 20.0 * 4.84);
            let last = values[values.len() - 1] - floor;
            assert!(last < highest && last * ratio >= highest * (1.0 - 1e-12));
        }
    }

    #[test]
    fn a_saddle_gets_even_levels_and_a_valley_without_a_known_minimum_does_not() {
        let window = Window::new(-2.0, 2.0, -2.0, 2.0);
        let saddle = Levels::of(&sampled(window, 101, 101, |x, y| x * x - y * y), None).values;
        assert!(saddle.contains(&0.0) && saddle.len() > 8);
        let step = saddle[1] - saddle[0];
        assert!(saddle.windows(2).all(|pair| (pair[1] - pair[0] - step).abs() < 1e-12));

        let banana = |x: f64, y: f64| (1.0 - x) * (1.0 - x) + 100.0 * (y - x * x) * (y - x * x);
        let valley = Levels::of(&sampled(window, 101, 101, banana), None).values;
        assert!(valley.windows(2).all(|pair| pair[1] / pair[0] > 1.2));
    }

    #[test]
    fn the_floor_of_a_valley_that_has_no_lowest_point_is_even() {
        let valley = sampled(WINDOW, 300, 220, |x, y| (y - 0.03 * x).powi(2));
        let levels = Levels::of(&valley, None);
        assert!(levels.values.len() >= 8, "{}", levels.values.len());
        let heights = (0..valley.columns).map(|column| {
            let node = |row: usize| levels.height(valley.values[row * valley.columns + column]);
            (0..valley.rows).map(node).fold(f64::INFINITY, f64::min)
        });
        let heights: Vec<f64> = heights.collect();
        let [low, high] =
            [f64::min, f64::max].map(|of| heights.iter().copied().reduce(of).unwrap());
        assert!(high - low <= 2.0, "from {low} to {high} levels");
    }

    #[test]
    fn a_level_is_at_its_own_height() {
        let levels = Levels::of(&sampled(WINDOW, 120, 90, ravine), Some(0.0));
        for (k, &value) in levels.values.iter().enumerate() {
            assert!((levels.height(value) - k as f64).abs() < 1e-6);
        }
        assert!(levels.height(f64::NAN).is_nan() && levels.height(f64::INFINITY).is_nan());
        assert_eq!(levels.height(-1.0), LOWEST);
        assert_eq!(levels.height(1e300), levels.values.len() as f64);
    }

    #[test]
    fn the_fast_logarithm_is_as_good_as_it_says() {
        for k in 0..4_000 {
            let v = libm::exp10(f64::from(k) * 0.15 - 300.0);
            assert!((log2(v) - libm::log2(v)).abs() < 5e-8, "{v}");
        }
    }

    #[test]
    fn flat_and_hopeless_surfaces_have_no_levels() {
        for value in [0.0, 3.0, f64::NAN, f64::INFINITY] {
            for floor in [None, Some(0.0), Some(f64::NAN)] {
                let field = sampled(WINDOW, 20, 20, |_, _| value);
                assert!(Levels::of(&field, floor).values.is_empty(), "{value} {floor:?}");
            }
        }
        let huge = sampled(WINDOW, 40, 40, |x, _| if x > 0.0 { 1.7e308 } else { -1.7e308 });
        Levels::of(&huge, None);
        Levels::of(&huge, Some(-1.7e308));
    }
}
