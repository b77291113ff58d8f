//! Points and windows in links.

use super::{MAX_COORDINATE, NARROWEST};
use crate::math::param::{quoted, read_number, write_number};
use crate::math::window::Window;

/// A point, `x,y`.
///
/// # Errors
/// A sentence that starts after the key.
pub fn point(text: &str) -> Result<[f64; 2], String> {
    numbers(text)
}

/// A window, `left,right,bottom,top`.
///
/// # Errors
/// A sentence that starts after the key.
pub fn window(text: &str) -> Result<Window, String> {
    let [left, right, bottom, top] = numbers(text)?;
    let wide =
        |low: f64, high: f64| high - low > NARROWEST * low.abs().max(high.abs()).max(NARROWEST);
    if wide(left, right) && wide(bottom, top) {
        Ok(Window::new(left, right, bottom, top))
    } else {
        Err("must be left,right,bottom,top with left < right and bottom < top, far enough apart"
            .into())
    }
}

/// Numbers with commas between them.
pub fn list(numbers: &[f64]) -> String {
    numbers.iter().map(|number| write_number(*number)).collect::<Vec<_>>().join(",")
}

fn numbers<const N: usize>(text: &str) -> Result<[f64; N], String> {
    let parts: Vec<&str> = text.split(',').collect();
    let wrong =
        || format!("must be {N} numbers with commas between them, and {} is not", quoted(text));
    let parts: [&str; N] = parts.try_into().map_err(|_| wrong())?;
    let mut numbers = [0.0; N];
    for (number, part) in numbers.iter_mut().zip(parts) {
        *number = read_number(part)? + 0.0;
        if number.abs() > MAX_COORDINATE {
            return Err(format!(
                "must lie between −{0} and {0}, and {1} does not",
                write_number(MAX_COORDINATE),
                quoted(part)
            ));
        }
    }
    Ok(numbers)
}
