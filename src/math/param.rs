//! Parameters, each declared once: the slider, its number box, the link key,
//! the range check and the tests that sweep it are all made from a [`Param`].

use std::borrow::Cow;

use serde::Serialize;
use ts_rs::TS;

use crate::math::decimal;
use crate::math::number::count;

/// Whether texts that only the reference has are there: the page, which links it, does not carry them.
pub const HAS_REFERENCE: bool = cfg!(not(target_arch = "wasm32"));

/// The declaration of one number (or choice, or switch) that a user can set.
#[derive(Clone, Debug, PartialEq)]
pub struct Param {
    /// Its name in a link, such as `alpha`.
    pub key: Cow<'static, str>,
    /// How formulas write it, such as `α`; empty when none does.
    pub symbol: Cow<'static, str>,
    /// What the page calls it, such as `learning rate`.
    pub label: Cow<'static, str>,
    /// The smallest and the largest value.
    pub range: [f64; 2],
    /// How a slider spaces it, or what there is to choose from.
    pub scale: Scale,
    /// Its value when nothing is said.
    pub default: f64,
    /// What the reference says of it, where the label alone would say too little; else empty.
    pub about: &'static str,
}

/// How the values of a parameter are spaced.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scale {
    /// Evenly.
    Linear,
    /// By equal ratios; where the range starts at 0, zero is the slider's left end.
    Log,
    /// By the cube of the slider's way from the middle: fine around 0, and far at both ends.
    Cubic,
    /// Whole numbers, evenly.
    Integer,
    /// Whole numbers, by equal ratios.
    LogInteger,
    /// One of these; the value is the index of it.
    Choice(&'static [Choice]),
    /// 0 is off, 1 is on; links say `no` and `yes`.
    Switch,
}

/// One of the things that a [`Scale::Choice`] parameter can be.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
pub struct Choice {
    /// Its name in a link.
    pub key: &'static str,
    /// What the page calls it.
    pub label: &'static str,
}

/// What a choice stands for, as a formula: `α_t = α γ^{⌊(t − 1)/τ⌋}`, an index behind `_` and a
/// power behind `^`, in braces where it is longer than one sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Definition {
    /// The formula.
    pub formula: &'static str,
    /// Who defined it so; empty where nobody needs to be named.
    pub source: &'static str,
}

impl Definition {
    /// A definition from words known at compile time.
    pub const fn new(formula: &'static str, source: &'static str) -> Self {
        Self { formula, source }
    }
}

impl Param {
    /// A declaration from words known at compile time.
    pub const fn new(
        key: &'static str,
        symbol: &'static str,
        label: &'static str,
        range: [f64; 2],
        scale: Scale,
        default: f64,
    ) -> Self {
        Self {
            key: Cow::Borrowed(key),
            symbol: Cow::Borrowed(symbol),
            label: Cow::Borrowed(label),
            range,
            scale,
            default,
            about: "",
        }
    }

    /// The same, of which the reference says this.
    pub const fn about(mut self, about: &'static str) -> Self {
        if HAS_REFERENCE {
            self.about = about;
        }
        self
    }

    /// An on/off switch.
    pub const fn switch(key: &'static str, label: &'static str, default: bool) -> Self {
        Self::new(key, "", label, [0.0, 1.0], Scale::Switch, if default { 1.0 } else { 0.0 })
    }

    /// One of several named things; the first is the default.
    pub const fn choice(
        key: &'static str,
        label: &'static str,
        choices: &'static [Choice],
    ) -> Self {
        Self::new(key, "", label, [0.0, (choices.len() - 1) as f64], Scale::Choice(choices), 0.0)
    }

    /// Reads a value as a link or a number box writes it.
    ///
    /// # Errors
    /// A sentence that starts after the key, such as "must lie between 0 and 1, and 3 does not".
    pub fn read(&self, text: &str) -> Result<f64, String> {
        let text = text.trim();
        match self.scale {
            Scale::Choice(choices) => choices
                .iter()
                .position(|choice| choice.key == text)
                .map(|index| index as f64)
                .ok_or_else(|| {
                    let keys: Vec<_> = choices.iter().map(|choice| choice.key).collect();
                    format!("must be one of {}, and {} is not", keys.join(", "), quoted(text))
                }),
            Scale::Switch => match text {
                "yes" => Ok(1.0),
                "no" => Ok(0.0),
                _ => Err(format!("must be yes or no, and {} is neither", quoted(text))),
            },
            Scale::Linear | Scale::Log | Scale::Cubic | Scale::Integer | Scale::LogInteger => {
                let value = read_number(text)?;
                let whole = matches!(self.scale, Scale::Integer | Scale::LogInteger);
                if whole && value.fract() != 0.0 {
                    return Err(format!("must be a whole number, and {} is not", quoted(text)));
                }
                let [least, most] = self.range;
                if !(least..=most).contains(&value) {
                    return Err(format!(
                        "must lie between {} and {}, and {} does not",
                        write_number(least),
                        write_number(most),
                        quoted(text)
                    ));
                }
                // −0 and 0 are one value, so that a link has one spelling.
                Ok(value + 0.0)
            }
        }
    }

    /// Writes a value as a link does; [`Param::read`] takes it back to the same bits.
    pub fn write(&self, value: f64) -> String {
        match self.scale {
            Scale::Choice(choices) => choices[value as usize].key.to_owned(),
            Scale::Switch => if value == 0.0 { "no" } else { "yes" }.to_owned(),
            Scale::Linear | Scale::Log | Scale::Cubic | Scale::Integer | Scale::LogInteger => {
                write_number(value)
            }
        }
    }
}

/// The place of the parameter with this key.
pub(crate) fn position(params: &[Param], key: &str) -> Option<usize> {
    params.iter().position(|param| param.key == key)
}

/// Reads a finite decimal number; a typographic minus and a decimal comma are understood.
///
/// # Errors
/// A sentence that starts after the key.
pub fn read_number(text: &str) -> Result<f64, String> {
    let plain = text.replace('\u{2212}', "-").replace(',', ".");
    match decimal::parse(&plain) {
        Some(value) if value.is_finite() => Ok(value),
        _ => Err(format!("must be a number, and {} is not", quoted(text))),
    }
}

/// The shortest text that reads back as the same f64, without long runs of zeros.
pub fn write_number(value: f64) -> String {
    let size = value.abs();
    if size != 0.0 && !(1e-4..1e15).contains(&size) && size.is_finite() {
        format!("{value:e}")
    } else {
        value.to_string()
    }
}

/// The value to the digits that a plot with this span can tell apart: 10⁻⁵ of the span. It keeps
/// links short.
pub(crate) fn rounded(value: f64, span: f64) -> f64 {
    let digits = 5.0 - libm::floor(libm::log10(span));
    if !(0.0..=17.0).contains(&digits) {
        return libm::round(value) + 0.0;
    }
    decimal::rounded_to_place(value, digits as usize) + 0.0
}

/// That more were given than there can be, as a sentence that starts after the key.
pub(crate) fn too_many(what: &str, most: usize, found: usize) -> String {
    format!("can have at most {} {what}, and these are {}", count(most), count(found))
}

/// The text between quotes, cut short where a hostile link makes it long.
pub(crate) fn quoted(text: &str) -> String {
    if text.is_empty() {
        return "an empty text".to_owned();
    }
    format!("\u{201c}{}\u{201d}", short(text))
}

/// The text on one line, cut short where it is long.
pub(crate) fn short(text: &str) -> String {
    const MOST: usize = 40;
    let mut short: String =
        text.chars().take(MOST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(MOST).is_some() {
        short.push('…');
    }
    short
}
