//! The names of a formula: Greek letters, constants, and what is not a name.

use std::f64::consts;

/// A number with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constant {
    /// π, written `pi`.
    Pi,
    /// Euler's number, written `e`.
    E,
    /// One degree, π/180, written `deg`: `cos(45 deg)`.
    Degree,
}

/// Every constant under the name that a formula calls it by, with what it is.
pub const CONSTANTS: [(&str, Constant, &str); 3] = [
    ("pi", Constant::Pi, "π"),
    ("e", Constant::E, "Euler's number"),
    ("deg", Constant::Degree, "one degree, π/180: `cos(45 deg)`"),
];

impl Constant {
    /// The constant of this name.
    pub(super) fn named(name: &str) -> Option<Constant> {
        CONSTANTS.iter().find(|(known, ..)| *known == name).map(|&(_, constant, _)| constant)
    }

    /// Its value.
    pub fn value(self) -> f64 {
        match self {
            Constant::Pi => consts::PI,
            Constant::E => consts::E,
            Constant::Degree => consts::PI / 180.0,
        }
    }
}

/// The Greek letters that can name a parameter; π is a constant.
pub const GREEK: [(&str, char); 23] = [
    ("alpha", 'α'),
    ("beta", 'β'),
    ("gamma", 'γ'),
    ("delta", 'δ'),
    ("epsilon", 'ε'),
    ("zeta", 'ζ'),
    ("eta", 'η'),
    ("theta", 'θ'),
    ("iota", 'ι'),
    ("kappa", 'κ'),
    ("lambda", 'λ'),
    ("mu", 'μ'),
    ("nu", 'ν'),
    ("xi", 'ξ'),
    ("omicron", 'ο'),
    ("rho", 'ρ'),
    ("sigma", 'σ'),
    ("tau", 'τ'),
    ("upsilon", 'υ'),
    ("phi", 'φ'),
    ("chi", 'χ'),
    ("psi", 'ψ'),
    ("omega", 'ω'),
];

/// The letter that a Greek name stands for: `kappa` → κ.
pub(super) fn greek_letter(name: &str) -> Option<char> {
    GREEK.iter().find(|(known, _)| *known == name).map(|&(_, letter)| letter)
}

/// The name of a Greek letter as it is typed, with its variant shapes: κ → `kappa`, π → `pi`.
pub(super) fn greek_name(letter: char) -> Option<&'static str> {
    match letter {
        'π' => Some("pi"),
        'µ' => Some("mu"),
        'ϕ' => Some("phi"),
        'ϵ' => Some("epsilon"),
        'ϑ' => Some("theta"),
        'ς' => Some("sigma"),
        _ => GREEK.iter().find(|(_, known)| *known == letter).map(|&(name, _)| name),
    }
}

/// Splits a name into its letters and the digits behind them: `theta1` → (`theta`, `1`).
pub(super) fn stem_and_digits(name: &str) -> (&str, &str) {
    name.split_at(name.trim_end_matches(|c: char| c.is_ascii_digit()).len())
}

/// How a name is written on the page: `kappa` → κ, `a1` → a₁, `x` → x.
pub fn symbol(name: &str) -> String {
    let (stem, digits) = stem_and_digits(name);
    let mut symbol = greek_letter(stem).map_or_else(|| stem.to_owned(), String::from);
    symbol.extend(digits.bytes().filter_map(|d| char::from_u32(0x2080 + u32::from(d - b'0'))));
    symbol
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn greek_letters_have_one_name_each() {
        for (name, letter) in GREEK {
            assert_eq!(greek_name(letter), Some(name));
            assert_eq!(greek_letter(name), Some(letter));
        }
    }

    #[test]
    fn symbols_are_greek_letters_with_subscripts() {
        assert_eq!(symbol("kappa"), "κ");
        assert_eq!(symbol("theta12"), "θ₁₂");
        assert_eq!(symbol("b"), "b");
    }
}
