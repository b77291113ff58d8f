//! Numbers as a sentence writes them: to three significant digits, with a true minus sign.

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
    if !value.is_finite() {
        return if value.is_nan() {
            "not a number".to_owned()
        } else {
            format!("{}∞", if value < 0.0 { "−" } else { "" })
        };
    }
    let sign = if value < 0.0 { "−" } else { "" };
    let rounded = format!("{:.*e}", count - 1, value.abs());
    let (mantissa, exponent) = rounded.split_once('e').expect("{:e} writes an exponent");
    let exponent: i32 = exponent.parse().expect("the exponent is a whole number");
    if (-4..6).contains(&exponent) {
        // What `rounded` says, written out: its digits are the value's own from here on.
        let value: f64 = rounded.parse().expect("{:e} writes a number");
        let places = (count as i32 - 1 - exponent).max(0) as usize;
        let text = format!("{value:.places$}");
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let fraction = fraction.trim_end_matches('0');
        let point = if fraction.is_empty() { "" } else { "." };
        format!("{sign}{}{point}{fraction}", group(whole))
    } else {
        let mantissa = match mantissa.contains('.') {
            true => mantissa.trim_end_matches('0').trim_end_matches('.'),
            false => mantissa,
        };
        let down = if exponent < 0 { "−" } else { "" };
        format!("{sign}{mantissa}e{down}{}", exponent.abs())
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
