//! How classes are told apart: by colour, and as well by marker.
//!
//! Class 0 is orange and class 1 blue, as on TensorFlow Playground; all hues are those that Okabe
//! and Ito (2008) chose for all kinds of colour vision. The same two stand for negative and
//! positive: of a value, of a weight.

use crate::view::look::look;
use crate::view::pen::Color;
use crate::view::{Look, Marker, Theme};

/// The signs of six classes, as many as a net has outputs.
pub static CLASSES: [Look; 6] = [
    look(0xd98200, 0xf0a830, &[], Marker::Dot),
    look(0x0072b2, 0x4aa8e0, &[], Marker::Square),
    look(0x009e73, 0x2fc79a, &[], Marker::Triangle),
    look(0xb3578c, 0xe08fbd, &[], Marker::Diamond),
    look(0x55534e, 0xbdbbb2, &[], Marker::Nabla),
    look(0xb84a00, 0xff7a3a, &[], Marker::Plus),
];

// How much of a class's colour its region has at most, the rest paper: the examples stand out.
const QUIET: [f64; 2] = [0.40, 0.46];

/// The colour of a class's region: its own mixed into the paper, for `strength` from 0 (paper) to
/// 1 (still quiet). Classes beyond the last start anew.
pub fn tint(theme: &Theme, class: usize, strength: f64) -> Color {
    let quiet = QUIET[usize::from(theme.dark)];
    theme.paper.mix(color(theme, class), quiet * strength.clamp(0.0, 1.0))
}

/// The colour of a class. Classes beyond the last start anew.
pub fn color(theme: &Theme, class: usize) -> Color {
    CLASSES[class % CLASSES.len()].color(theme)
}

/// The colour of a number's sign: class 0's below 0, class 1's else.
pub fn sign_color(theme: &Theme, value: f64) -> Color {
    color(theme, usize::from(value >= 0.0))
}

/// The diverging scale: class 0's colour at −1, paper at 0, class 1's colour at 1. Values beyond
/// count as the end; NaN is paper.
pub fn diverging(theme: &Theme, value: f64) -> Color {
    let strength = if value.is_nan() { 0.0 } else { value.abs().min(1.0) };
    theme.paper.mix(sign_color(theme, value), strength)
}

#[cfg(test)]
mod tests {
    use super::*;

    const THEMES: [&Theme; 2] = [&Theme::LIGHT, &Theme::DARK];

    fn apart(Color(r, g, b): Color, other: Color) -> f64 {
        let d = |a: u8, b: u8| (f64::from(a) - f64::from(b)).powi(2);
        (d(r, other.0) + d(g, other.1) + d(b, other.2)).sqrt()
    }

    #[test]
    fn no_two_classes_share_a_colour_a_tint_or_a_marker() {
        for (a, one) in CLASSES.iter().enumerate() {
            for (b, other) in CLASSES.iter().enumerate().take(a) {
                assert_ne!(one.marker, other.marker);
                for theme in THEMES {
                    assert!(apart(color(theme, a), color(theme, b)) > 45.0, "{a} {b}");
                    assert!(apart(tint(theme, a, 1.0), tint(theme, b, 1.0)) > 18.0, "{a} {b}");
                }
            }
        }
    }

    #[test]
    fn every_class_stands_out_from_its_own_region() {
        for theme in THEMES {
            for class in 0..CLASSES.len() {
                assert!(apart(color(theme, class), tint(theme, class, 1.0)) > 70.0, "{class}");
            }
        }
    }

    #[test]
    fn the_scale_goes_from_class_0_through_paper_to_class_1() {
        for theme in THEMES {
            assert_eq!(diverging(theme, -1.0), color(theme, 0));
            assert_eq!(diverging(theme, -0.0), theme.paper);
            assert_eq!(diverging(theme, f64::NAN), theme.paper);
            assert_eq!(diverging(theme, 1.0), color(theme, 1));
            assert_eq!(diverging(theme, f64::INFINITY), color(theme, 1));
            assert_eq!(tint(theme, 3, 0.0), theme.paper);
        }
    }
}
