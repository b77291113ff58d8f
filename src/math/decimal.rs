//! Decimal numbers rounded as people round them. The standard library rounds the exact binary value
//! (0.15 is written 0.1, being a little less); here half a unit of the number's own shortest
//! digits goes up.

/// The size of a number as digits: d₁.d₂d₃… · 10^exponent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decimal {
    /// d₁d₂d₃…, one digit at least. The first is not 0 and the last is not 0, but that 0 itself
    /// is one digit.
    digits: String,
    /// The power of ten of d₁.
    exponent: i32,
}

/// Reads digits, with a sign before, a point among and an exponent behind them if need be:
/// `-12`, `+.5`, `5.`, `1e-3`. What is too large for an f64 is infinite. `None` is any other text,
/// `inf` and `nan` among them, which the standard library reads.
pub fn parse(text: &str) -> Option<f64> {
    let is_word = text.contains(|c: char| c.is_ascii_alphabetic() && !matches!(c, 'e' | 'E'));
    if is_word { None } else { text.parse().ok() }
}

/// With an exponent and so many decimals before it, the last one rounded: `1.50e3`.
pub fn scientific_with(value: f64, places: usize) -> String {
    let size = Decimal::of(value).map(|decimal| decimal.to_digits(places + 1).scientific(places));
    signed(value, size)
}

/// The value with so many decimals, the last one rounded: 0.25 to one decimal is `0.3`.
pub fn fixed(value: f64, places: usize) -> String {
    signed(value, Decimal::of(value).map(|decimal| decimal.to_place(places).plain(places)))
}

/// The value to so many decimals.
pub fn rounded_to_place(value: f64, places: usize) -> f64 {
    parse(&fixed(value, places)).unwrap_or(value)
}

/// The value to so many significant digits.
pub fn rounded_to_digits(value: f64, count: usize) -> f64 {
    let size = Decimal::of(value).map(|decimal| decimal.to_digits(count).scientific(0));
    parse(&signed(value, size)).unwrap_or(value)
}

/// The value's size behind its sign; `None` where it is not finite.
fn signed(value: f64, size: Option<String>) -> String {
    let sign = if value.is_sign_negative() && !value.is_nan() { "-" } else { "" };
    let size = size.as_deref().unwrap_or(if value.is_nan() { "NaN" } else { "inf" });
    [sign, size].concat()
}

impl Decimal {
    /// The fewest digits that tell the value's size from that of every other f64; of several such
    /// the nearest. `None` where the value is not finite.
    pub fn of(value: f64) -> Option<Self> {
        if !value.is_finite() {
            return None;
        }
        let text = format!("{:e}", value.abs());
        let (mantissa, exponent) = text.split_once('e')?;
        let exponent = exponent.parse().ok()?;
        Some(Self { digits: mantissa.chars().filter(|c| *c != '.').collect(), exponent })
    }

    /// The power of ten of the first digit.
    pub fn exponent(&self) -> i32 {
        self.exponent
    }

    /// Rounded to so many significant digits, half of the last one's unit up.
    pub fn to_digits(&self, count: usize) -> Self {
        let Some(&next) = self.digits.as_bytes().get(count) else { return self.clone() };
        let mut digits = self.digits[..count].to_owned();
        let mut exponent = self.exponent;
        if next >= b'5' {
            // The nines at the end become zeros, which are not written.
            digits.truncate(digits.trim_end_matches('9').len());
            match digits.pop() {
                Some(last) => digits.push((last as u8 + 1) as char),
                None => {
                    digits.push('1');
                    exponent += 1;
                }
            }
        }
        digits.truncate(digits.trim_end_matches('0').len());
        if digits.is_empty() {
            return Self { digits: "0".to_owned(), exponent: 0 };
        }
        Self { digits, exponent }
    }

    /// Rounded to so many decimals, half of the last one's unit up.
    pub fn to_place(&self, places: usize) -> Self {
        match usize::try_from(self.exponent + 1 + places as i32) {
            Ok(count) => self.to_digits(count),
            Err(_) => Self { digits: "0".to_owned(), exponent: 0 },
        }
    }

    /// Without an exponent, and with zeros behind until there are so many decimals.
    pub fn plain(&self, least: usize) -> String {
        // The place of the point among the digits.
        let point = self.exponent + 1;
        let mut text = "0".repeat((1 - point).max(0) as usize);
        text.push_str(&self.digits);
        let point = point.max(1) as usize;
        with_point(text, point, least)
    }

    /// With an exponent, and with zeros behind until there are so many decimals.
    pub fn scientific(&self, least: usize) -> String {
        let mut text = with_point(self.digits.clone(), 1, least);
        text.push('e');
        text.push_str(&self.exponent.to_string());
        text
    }
}

/// The digits with a point behind the first `whole` of them, if there are more, and with zeros
/// until there are `least` behind it.
fn with_point(mut digits: String, whole: usize, least: usize) -> String {
    while digits.len() < whole + least {
        digits.push('0');
    }
    if digits.len() > whole {
        digits.insert(whole, '.');
    }
    digits
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_read_as_the_standard_library_reads_them(
            text in "[+-]?[0-9]{0,25}(\\.[0-9]{0,25})?([eE][+-]?[0-9]{0,3})?",
        ) {
            let expected = text.parse::<f64>().ok().map(f64::to_bits);
            prop_assert_eq!(parse(&text).map(f64::to_bits), expected, "{}", text);
        }

        #[test]
        fn what_is_no_number_is_refused(text in "[-+.e0-9Exinfat _,−\\u{0}]{0,8}") {
            let expected = text.parse::<f64>().ok();
            let expected = expected.filter(|_| !text.contains(['n', 'N', 'i', 'I']));
            prop_assert_eq!(parse(&text).map(f64::to_bits), expected.map(f64::to_bits), "{}", text);
        }

        #[test]
        fn a_rounded_number_is_half_a_unit_away_at_most(
            value in -1e6..1e6,
            places in 0_usize..8,
        ) {
            let rounded = fixed(value, places);
            let unit = 0.1_f64.powi(places as i32);
            let read: f64 = rounded.parse().unwrap();
            prop_assert!((read - value).abs() <= 0.5 * unit + 1e-9, "{value} {rounded}");
            let decimals = rounded.split_once('.').map_or(0, |(_, decimals)| decimals.len());
            prop_assert_eq!(decimals, places, "{}", rounded);
        }

        #[test]
        fn rounding_to_seventeen_digits_changes_nothing(bits: u64) {
            let value = f64::from_bits(bits);
            prop_assert_eq!(rounded_to_digits(value, 17).to_bits(), value.to_bits());
        }
    }

    #[test]
    fn zero_keeps_its_decimals() {
        assert_eq!(fixed(0.0, 2), "0.00");
    }

    #[test]
    fn half_a_unit_is_rounded_up() {
        for (value, places, text) in [
            (0.25, 1, "0.3"),
            (-0.25, 1, "-0.3"),
            (0.5, 0, "1"),
            (0.49, 0, "0"),
            (0.004, 1, "0.0"),
            (9.996, 2, "10.00"),
            (99.5, 0, "100"),
            (2.675, 2, "2.68"),
            (1234.5, 3, "1234.500"),
        ] {
            assert_eq!(fixed(value, places), text);
        }
        assert_eq!(rounded_to_place(0.3125, 3), 0.313);
        assert_eq!(rounded_to_digits(-123_456_500.0, 6), -123_457_000.0);
    }
}
