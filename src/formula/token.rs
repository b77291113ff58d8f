//! Text → tokens: numbers, names and signs, each with the column it stands at.
//!
//! A word is looked up whole first: `alpha`, `sin`, `pi`, `x`. A word that nobody knows but that
//! holds a variable is read as a product, name by name, the longest first: `axy` is a·x·y, `pix`
//! is π·x. A function's name inside such a word is refused, because `sinx` was not meant as
//! s·i·n·x.

use super::function::{FUNCTIONS, Function};
use super::name::{Constant, greek_letter, greek_name, stem_and_digits};
use crate::decimal;

/// One token and the characters it spans, counted from 0.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub kind: Kind,
    pub start: usize,
    pub end: usize,
}

impl Token {
    /// The column of its first character, counted from 1.
    pub fn column(&self) -> usize {
        self.start + 1
    }
}

/// What a token is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    Number(f64),
    /// ½, ¼ or ¾: numerator and denominator.
    Fraction(f64, f64),
    Constant(Constant),
    Variable(usize),
    Parameter(String),
    Function(Function),
    Plus,
    Minus,
    Times,
    Divide,
    Power,
    /// A raised number such as ² or ⁻¹.
    Superscript(f64),
    Open,
    Close,
    Comma,
    /// Text that is no token, and why; nothing behind it was read.
    Fault(String),
    End,
}

impl Kind {
    /// Whether an operand can begin with it.
    pub fn begins_an_operand(&self) -> bool {
        use Kind::*;
        matches!(
            self,
            Number(_)
                | Fraction(..)
                | Constant(_)
                | Variable(_)
                | Parameter(_)
                | Function(_)
                | Open
        )
    }
}

/// Cuts a text into tokens; the last one is [`Kind::End`] or [`Kind::Fault`].
pub(super) fn tokens(chars: &[char], variables: &[&str]) -> Vec<Token> {
    let mut reader = Reader { chars, variables, at: 0, tokens: Vec::new() };
    if let Err(Fault { at, message }) = reader.read() {
        reader.at = at;
        reader.push(Kind::Fault(message), at);
    } else {
        let end = chars.iter().rposition(|c| !c.is_whitespace()).map_or(0, |last| last + 1);
        reader.at = end;
        reader.push(Kind::End, end);
    }
    reader.tokens
}

/// Why the text at a place is no token.
struct Fault {
    at: usize,
    message: String,
}

const UNCLEAR_LOG: &str = "log is not clear here: write ln(x), log10(x) or log2(x).";

struct Reader<'a> {
    chars: &'a [char],
    variables: &'a [&'a str],
    at: usize,
    tokens: Vec<Token>,
}

impl Reader<'_> {
    fn read(&mut self) -> Result<(), Fault> {
        while let Some(&c) = self.chars.get(self.at) {
            if c.is_whitespace() {
                self.at += 1;
            } else if c.is_ascii_digit() || c == '.' {
                self.number()?;
            } else if c.is_ascii_alphabetic() || greek_name(c).is_some() {
                self.word()?;
            } else if superscript(c).is_some() {
                self.superscript()?;
            } else {
                self.sign(c)?;
            }
        }
        Ok(())
    }

    fn push(&mut self, kind: Kind, end: usize) {
        self.tokens.push(Token { kind, start: self.at, end });
        self.at = end;
    }

    fn fault<T>(&self, at: usize, message: impl Into<String>) -> Result<T, Fault> {
        Err(Fault { at, message: message.into() })
    }

    /// The first place from `from` on whose character is not `wanted`.
    fn skip(&self, from: usize, wanted: impl Fn(char) -> bool) -> usize {
        let rest = self.chars[from..].iter();
        from + rest.take_while(|c| wanted(**c)).count()
    }

    /// 12, .5, 5. and 1e-3; in 2e and 2ex the e is Euler's number.
    fn number(&mut self) -> Result<(), Fault> {
        let digit = |c: char| c.is_ascii_digit();
        let mut end = self.skip(self.at, digit);
        if self.chars.get(end) == Some(&'.') {
            end = self.skip(end + 1, digit);
        }
        if end == self.at + 1 && self.chars[self.at] == '.' {
            return self.fault(self.at, "A decimal point needs a digit beside it.");
        }
        if matches!(self.chars.get(end), Some('e' | 'E')) {
            let signed = matches!(self.chars.get(end + 1), Some('+' | '-' | '−'));
            let digits = end + 1 + usize::from(signed);
            if self.chars.get(digits).is_some_and(|c| digit(*c)) {
                end = self.skip(digits, digit);
            }
        }
        let text: String =
            self.chars[self.at..end].iter().map(|&c| if c == '−' { '-' } else { c }).collect();
        match decimal::parse(&text) {
            Some(number) if number.is_finite() => self.push(Kind::Number(number), end),
            _ => return self.fault(self.at, "This number is too large."),
        }
        if self.chars.get(end) == Some(&'.') {
            return self.fault(end, "A number has one decimal point only.");
        }
        Ok(())
    }

    /// A raised whole number: x², x⁻¹, x¹².
    fn superscript(&mut self) -> Result<(), Fault> {
        let end = self.skip(self.at, |c| superscript(c).is_some());
        let text: String =
            self.chars[self.at..end].iter().filter_map(|c| superscript(*c)).collect();
        match decimal::parse(&text) {
            Some(number) if number.is_finite() => self.push(Kind::Superscript(number), end),
            Some(_) => return self.fault(self.at, "This number is too large."),
            None => return self.fault(self.at, "A raised minus needs raised digits behind it."),
        }
        Ok(())
    }

    fn sign(&mut self, c: char) -> Result<(), Fault> {
        let doubled = c == '*' && self.chars.get(self.at + 1) == Some(&'*');
        let kind = match c {
            '+' => Kind::Plus,
            '-' | '−' | '–' => Kind::Minus,
            '*' if doubled => Kind::Power,
            '*' | '·' | '⋅' | '×' => Kind::Times,
            '/' | '÷' | '∕' => Kind::Divide,
            '^' => Kind::Power,
            '(' => Kind::Open,
            ')' => Kind::Close,
            ',' => Kind::Comma,
            '½' => Kind::Fraction(1.0, 2.0),
            '¼' => Kind::Fraction(1.0, 4.0),
            '¾' => Kind::Fraction(3.0, 4.0),
            '°' => Kind::Constant(Constant::Degree),
            '√' => Kind::Function(Function::Unary(super::function::Unary::Sqrt)),
            '|' => return self.fault(self.at, "Write abs(…) for the absolute value."),
            '[' | ']' | '{' | '}' => {
                return self.fault(self.at, "Only round parentheses ( ) group here.");
            }
            '=' => {
                return self.fault(
                    self.at,
                    "There is no = in a formula: write only what stands on its right, as in x^2 + y^2.",
                );
            }
            '!' => return self.fault(self.at, "There are no factorials here."),
            ';' => return self.fault(self.at, "Values are separated by a comma, as in max(x, y)."),
            '_' => return self.fault(self.at, "Write an index right behind its letter, as in a1."),
            c if c.is_control() => {
                return self
                    .fault(self.at, "A character that cannot be seen stands here: delete it.");
            }
            c if is_letter(c) => {
                let message = format!("“{c}” cannot be a name: use Latin or small Greek letters.");
                return self.fault(self.at, message);
            }
            c => return self.fault(self.at, format!("“{c}” has no meaning in a formula.")),
        };
        self.push(kind, self.at + 1 + usize::from(doubled));
        Ok(())
    }

    /// A run of Latin letters, or one Greek letter, with the digits behind it.
    fn word(&mut self) -> Result<(), Fault> {
        let (stem, stem_end) = match greek_name(self.chars[self.at]) {
            Some(name) => (name.to_owned(), self.at + 1),
            None => {
                let end = self.skip(self.at, |c| c.is_ascii_alphabetic());
                (self.chars[self.at..end].iter().collect(), end)
            }
        };
        let end = self.skip(stem_end, |c| digit(c).is_some());
        let mut name = stem.clone();
        name.extend(self.chars[stem_end..end].iter().filter_map(|c| digit(*c)));

        if let Some(kind) = self.known(&name) {
            self.push(kind, end);
            Ok(())
        } else if name == "log" {
            self.fault(self.at, UNCLEAR_LOG)
        } else if end > stem_end {
            self.unknown_with_digits(&stem, &name)
        } else {
            self.product(&stem)
        }
    }

    /// What a whole name means, if anything.
    fn known(&self, name: &str) -> Option<Kind> {
        if let Some(place) = self.variables.iter().position(|known| *known == name) {
            return Some(Kind::Variable(place));
        }
        if let Some(function) = Function::named(name) {
            return Some(Kind::Function(function));
        }
        if let Some(constant) = Constant::named(name) {
            return Some(Kind::Constant(constant));
        }
        let (stem, digits) = stem_and_digits(name);
        let letter = stem.len() == 1 || greek_letter(stem).is_some();
        let taken = self.variables.contains(&stem) || Constant::named(stem).is_some();
        (letter && (digits.is_empty() || !taken)).then(|| Kind::Parameter(name.to_owned()))
    }

    fn unknown_with_digits(&self, stem: &str, name: &str) -> Result<(), Fault> {
        let digits = &name[stem.len()..];
        let message = match self.known(stem) {
            Some(Kind::Variable(_) | Kind::Constant(_)) => format!(
                "“{}” is not a name here: write {stem}^{digits} for the power or {digits}*{stem} for \
                 the product.",
                shown(name)
            ),
            _ => format!("“{}” is not known here: only one letter can have an index.", shown(name)),
        };
        self.fault(self.at, message)
    }

    /// A word of several names, as in axy.
    fn product(&mut self, word: &str) -> Result<(), Fault> {
        let names = split(word);
        let start = self.at;
        let has_variable = |until: usize| {
            names.iter().any(|(at, name)| *at < until && self.variables.contains(name))
        };
        let quoted = shown(word);
        match function_in(word, &names) {
            Some((0, "log")) => return self.fault(start, UNCLEAR_LOG),
            Some((0, function)) => {
                let message = format!("{function} needs parentheses, as in {function}(x).");
                return self.fault(start, message);
            }
            Some((place, function)) => {
                let before = &word[..place];
                if place + function.len() == word.len()
                    && (has_variable(place) || self.known(before).is_some())
                {
                    let message = format!("Put a * before {function}, as in x*{function}(y).");
                    return self.fault(start + place, message);
                }
                return self.fault(
                    start,
                    format!(
                        "“{quoted}” is not known here: put * between factors, and parentheses \
                         behind {function}."
                    ),
                );
            }
            None if has_variable(word.len()) => (),
            None => {
                let small = word.to_ascii_lowercase();
                let message = if self.known(&small).is_some() {
                    format!("“{quoted}” is not known here: write {small} in small letters.")
                } else {
                    format!("“{quoted}” is not known here: put * between letters to multiply them.")
                };
                return self.fault(start, message);
            }
        }
        for (place, name) in names {
            self.at = start + place;
            let kind = self.known(name).unwrap_or_else(|| Kind::Parameter(name.to_owned()));
            self.push(kind, start + place + name.len());
        }
        Ok(())
    }
}

/// Cuts a word of Latin letters into names, at each place the longest: `kappaxy` → kappa, x, y.
fn split(word: &str) -> Vec<(usize, &str)> {
    let longest_name = 7; // epsilon, omicron, upsilon
    let mut names = Vec::new();
    let mut at = 0;
    while at < word.len() {
        let whole = |end: &usize| {
            let name = &word[at..*end];
            greek_letter(name).is_some() || Constant::named(name).is_some()
        };
        let furthest = word.len().min(at + longest_name);
        let end = (at + 2..=furthest).rev().find(whole).unwrap_or(at + 1);
        names.push((at, &word[at..end]));
        at = end;
    }
    names
}

/// The first function name that single letters of this word spell, the longest there, with its
/// place.
///
/// Letters of a longer name do not count: `sigmax` is σ·x although it ends in max.
fn function_in(word: &str, names: &[(usize, &str)]) -> Option<(usize, &'static str)> {
    let single = |place: usize| names.iter().any(|(at, name)| *at == place && name.len() == 1);
    for place in 0..word.len() {
        let rest = word.get(place..).unwrap_or_default();
        let mut longest = "";
        for name in FUNCTIONS.iter().map(|(name, _)| *name).chain(["log"]) {
            let is_there = rest.starts_with(name) && (place..place + name.len().min(2)).all(single);
            if is_there && name.len() > longest.len() {
                longest = name;
            }
        }
        if !longest.is_empty() {
            return Some((place, longest));
        }
    }
    None
}

/// A word as an error quotes it.
fn shown(word: &str) -> String {
    match word.char_indices().nth(24) {
        Some((cut, _)) => format!("{}…", &word[..cut]),
        None => word.to_owned(),
    }
}

/// Whether this is where Unicode keeps the letters of almost all scripts, and of mathematics; to
/// know it of every character would take a table.
fn is_letter(c: char) -> bool {
    match c {
        'µ' | 'À'..='\u{1fff}' | '\u{2c00}'..='\u{2dff}' => true,
        '\u{3040}'..='\u{d7ff}' | '\u{1d400}'..='\u{1d7ff}' => true,
        _ => false,
    }
}

/// An index digit: 0 … 9 or ₀ … ₉.
fn digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '₀'..='₉' => char::from_digit(c as u32 - '₀' as u32, 10),
        _ => None,
    }
}

/// The plain character of a raised one.
fn superscript(c: char) -> Option<char> {
    match c {
        '¹' => Some('1'),
        '²' => Some('2'),
        '³' => Some('3'),
        '⁰' | '⁴'..='⁹' => char::from_digit(c as u32 - '⁰' as u32, 10),
        '⁻' => Some('-'),
        _ => None,
    }
}
