//! Numbers as Python reads them, back to the same bits.

/// A number.
pub fn float(value: f64) -> String {
    if value.is_nan() {
        return "float(\"nan\")".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "float(\"inf\")" } else { "-float(\"inf\")" }.to_owned();
    }
    format!("{value:?}")
}

/// A number in a formula: whole ones without a point, as one writes them.
pub fn in_formula(value: f64) -> String {
    let is_whole = value.fract() == 0.0 && value.abs() < 1e9;
    if is_whole { format!("{value:.0}") } else { float(value) }
}

/// A list of numbers, broken into lines of at most this width that begin with four blanks more than the
/// first.
pub fn list(values: &[f64], indent: usize) -> String {
    wrapped(values.iter().map(|value| float(*value)), indent)
}

/// The same of whole numbers.
pub fn whole_list(values: &[u32], indent: usize) -> String {
    wrapped(values.iter().map(u32::to_string), indent)
}

/// The widest line of data.
const WIDTH: usize = 96;

/// `[…]` of these entries: in one line where they fit, else in lines of their own.
pub fn wrapped(entries: impl Iterator<Item = String>, indent: usize) -> String {
    let entries: Vec<String> = entries.collect();
    let one = format!("[{}]", entries.join(", "));
    if one.len() + indent <= WIDTH - 16 {
        return one;
    }
    let blanks = " ".repeat(indent + 4);
    let mut text = "[\n".to_owned();
    let mut line = String::new();
    for entry in entries {
        if !line.is_empty() && blanks.len() + line.len() + entry.len() + 2 > WIDTH {
            text += &format!("{blanks}{},\n", line.trim_end_matches(", "));
            line.clear();
        }
        line += &format!("{entry}, ");
    }
    text += &format!("{blanks}{},\n", line.trim_end_matches(", "));
    text + &" ".repeat(indent) + "]"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_back_to_the_same_bits() {
        for value in [0.1, 1.0 / 3.0, 5e-324, f64::MAX, 1e16, -0.0, 12.0, 1e22, 123_456_789_012.0] {
            for text in [float(value), in_formula(value)] {
                let back: f64 = text.parse().unwrap_or(f64::NAN);
                assert_eq!(back, value, "{text}");
            }
        }
    }

    #[test]
    fn long_lists_are_broken() {
        let text = list(&[0.123_456_789_012_345; 20], 0);
        assert!(text.lines().all(|line| line.len() <= WIDTH + 1) && text.lines().count() > 3);
        assert_eq!(list(&[1.0, 2.5], 0), "[1.0, 2.5]");
    }
}
