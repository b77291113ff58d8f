//! Numbers as a sentence writes them: to three significant digits, with a true minus sign.

use crate::math::decimal::Decimal;

/// The number to three significant digits: `0.095`, `−1.9`, `7,040`, `9.13e−8`.
pub fn three(value: f64) -> String {
    digits(value, 3)
}

/// The number to three significant digits, or to as many as tell it from `other`:
/// beside 2, 2.0004 is `2.0004`.
pub fn beside(value: f64, other: f64) -> String {
    let same = |count: &usize| digits(value, *count) == digits(other, *count);
    let count = (3..17).find(|count| value == other || !same(count)).unwrap_or(17);
    digits(value, count)
}

/// A count of steps: `16`, `7,040`.
pub fn count(steps: usize) -> String {
    group(&steps.to_string())
}

/// A point: `(1.5, −0.866)`. A part that is next to nothing beside the other is 0.
pub fn point([x, y]: [f64; 2]) -> String {
    let least = 1e-6 * x.abs().max(y.abs());
    let [x, y] = [x, y].map(|part| if part.abs() < least { 0.0 } else { part });
    format!("({}, {})", three(x), three(y))
}

/// The number to so many significant digits, without trailing zeros.
pub fn digits(value: f64, count: usize) -> String {
    if value == 0.0 {
        return "0".to_owned();
    }
    let sign = if value < 0.0 { "−" } else { "" };
    let Some(decimal) = Decimal::of(value) else {
        return if value.is_nan() { "not a number".to_owned() } else { format!("{sign}∞") };
    };
    let decimal = decimal.to_digits(count);
    if (-4..6).contains(&decimal.exponent()) {
        let text = decimal.plain(0);
        let whole = text.split('.').next().unwrap_or_default();
        format!("{sign}{}{}", group(whole), &text[whole.len()..])
    } else {
        format!("{sign}{}", decimal.scientific(0).replace('-', "−"))
    }
}

/// Commas between the thousands.
fn group(whole: &str) -> String {
    let mut text = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_to_three_digits() {
        for (value, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (1.9, "1.9"),
            (0.095, "0.095"),
            (-2.0, "−2"),
            (0.70761234, "0.708"),
            (99.96, "100"),
            (7042.0, "7,040"),
            (999_999.0, "1e6"),
            (1e-4, "0.0001"),
            (9.1347e-8, "9.13e−8"),
            (-1.5e300, "−1.5e300"),
            (f64::NAN, "not a number"),
            (f64::NEG_INFINITY, "−∞"),
        ] {
            assert_eq!(three(value), text);
        }
        assert_eq!(point([1.0, -0.5]), "(1, −0.5)");
        assert_eq!(point([1.0, 2e-10]), "(1, 0)");
        assert_eq!(count(1_234_567), "1,234,567");
    }

    #[test]
    fn a_number_beside_its_bound_is_told_from_it() {
        assert_eq!(beside(1.9, 2.0), "1.9");
        assert_eq!(beside(2.0004, 2.0), "2.0004");
        assert_eq!(beside(1.999996, 2.0), "1.999996");
        assert_eq!(beside(2.0, 2.0), "2");
    }
}
