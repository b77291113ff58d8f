//! Where an axis is labelled: multiples of 1, 2 or 5 times a power of ten.

use libm::{ceil, floor, log10};

use crate::math::decimal;

/// A labelled place on an axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Tick {
    /// The place.
    pub value: f64,
    /// The number as it is written there.
    pub label: String,
}

/// The ticks from `low` to `high`, as many as fit but not more than `most`, at least one step
/// apart that is 1, 2 or 5 times a power of ten.
pub fn ticks([low, high]: [f64; 2], most: f64) -> Vec<Tick> {
    let span = high - low;
    if !(span > 0.0 && span.is_finite() && most >= 1.0) {
        return vec![];
    }
    let least = floor(log10(span / most)) as i32;
    let steps = [(1.0, least), (2.0, least), (5.0, least), (1.0, least + 1), (2.0, least + 1)];
    let count = |step: f64| floor(high / step) - ceil(low / step) + 1.0;
    let fits = |&(digit, power): &(f64, i32)| count(multiple(digit, power)) <= most;
    let (digit, power) = steps.into_iter().find(fits).unwrap_or((5.0, least + 1));
    let step = multiple(digit, power);
    let largest = low.abs().max(high.abs());
    let (first, last) = (ceil(low / step), floor(high / step));
    let count = (last - first + 1.0).clamp(0.0, most) as usize;
    (0..count)
        .map(|i| multiple(digit * (first + i as f64), power) + 0.0)
        .map(|value| Tick { value, label: label(value, power, largest) })
        .collect()
}

/// n · 10^power, to the last digit: 3 · 10⁻¹ is 0.3.
fn multiple(n: f64, power: i32) -> f64 {
    let ten = |power: i32| decimal::parse(&format!("1e{power}")).unwrap_or(f64::NAN);
    if (-300..0).contains(&power) { n / ten(-power) } else { n * ten(power) }
}

/// A tick's number with as many decimals as its step (10^power) has; with an exponent where the
/// axis is large or tiny.
fn label(value: f64, power: i32, largest: f64) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    if (1e-3..1e5).contains(&largest) && power > -12 {
        return with_minus(&decimal::fixed(value, (-power).max(0) as usize));
    }
    let size = floor(log10(value.abs()) + 1e-9) as i32;
    let digits = (size - power).clamp(0, 15) as usize;
    with_minus(&decimal::scientific_with(value, digits))
}

/// The powers of ten of a logarithmic axis from 10^`low` to 10^`high`, both whole: all of them, or
/// each second, third and so on, so that about `most` are left. The value is the exponent.
pub fn powers([low, high]: [f64; 2], most: f64) -> Vec<Tick> {
    // There are none beyond the range of f64.
    let [low, high] = [low, high].map(|power| power.clamp(-400.0, 400.0) as i32);
    let strides = [1, 2, 3, 4, 5, 10, 20, 50, 100];
    let fits = |&stride: &i32| f64::from(high - low) / f64::from(stride) <= most;
    let stride = strides.into_iter().find(fits).unwrap_or(200);
    (low..=high)
        .filter(|power| power % stride == 0)
        .map(|power| Tick { value: f64::from(power), label: power_label(power) })
        .collect()
}

/// 10^power as a logarithmic axis writes it: 100, 1, 0.01, 1e−4.
pub fn power_label(power: i32) -> String {
    match power {
        -3..=4 => multiple(1.0, power).to_string(),
        _ => with_minus(&format!("1e{power}")),
    }
}

fn with_minus(text: &str) -> String {
    text.replace('-', "\u{2212}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(low: f64, high: f64, most: f64) -> Vec<String> {
        ticks([low, high], most).into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn ticks_are_round_numbers() {
        assert_eq!(labels(-3.0, 11.0, 9.0), ["−2", "0", "2", "4", "6", "8", "10"]);
        assert_eq!(labels(-2.2, 2.2, 7.0), ["−2", "−1", "0", "1", "2"]);
        assert_eq!(labels(0.0, 1.0, 6.0), ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"].map(zero));
        assert_eq!(ticks([0.0, 1.0], 6.0)[3].value, 0.6);
        assert_eq!(labels(0.12, 0.13, 4.0), ["0.120", "0.125", "0.130"]);
    }

    fn zero(label: &str) -> String {
        label.replace("0.0", "0")
    }

    #[test]
    fn large_and_tiny_numbers_have_an_exponent() {
        assert_eq!(labels(0.0, 4e6, 5.0), ["0", "1e6", "2e6", "3e6", "4e6"]);
        assert_eq!(labels(-2e-4, 2e-4, 5.0), ["−2e−4", "−1e−4", "0", "1e−4", "2e−4"]);
        assert_eq!(labels(1e6, 1.00002e6, 3.0), ["1.00000e6", "1.00001e6", "1.00002e6"]);
    }

    #[test]
    fn close_ticks_are_told_apart() {
        for span in [1e-3, 1e-6, 1e-9] {
            for base in [1.0, -3.7, 1e4] {
                let labels = labels(base, base + span, 6.0);
                assert!((2..=6).contains(&labels.len()), "{labels:?}");
                assert!(labels.windows(2).all(|pair| pair[0] != pair[1]), "{labels:?}");
            }
        }
    }

    #[test]
    fn labels_read_back_as_their_values() {
        for (low, high) in
            [(-3.0, 11.0), (1e-9, 5e-9), (-4e7, 9e7), (0.001, 0.0013), (1e100, 3e100)]
        {
            for Tick { value, label } in ticks([low, high], 8.0) {
                let read: f64 = label.replace('\u{2212}', "-").parse().unwrap();
                assert!((read - value).abs() <= 1e-12 * value.abs(), "{label} {value}");
                assert!((low..=high).contains(&value));
            }
        }
    }

    #[test]
    fn powers_are_written_as_on_the_loss_axis() {
        let written: Vec<_> = [2, 0, -2, -4, 5, 12].map(power_label).to_vec();
        assert_eq!(written, ["100", "1", "0.01", "1e−4", "1e5", "1e12"]);
    }

    #[test]
    fn no_span_no_ticks() {
        for bad in [[0.0, 0.0], [1.0, 0.0], [0.0, f64::INFINITY], [f64::NAN, 1.0]] {
            assert!(ticks(bad, 5.0).is_empty());
        }
    }
}
