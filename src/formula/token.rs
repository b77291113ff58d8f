//! Text → tokens: numbers, names and signs, each with the column it stands at.
//!
//! A word is looked up whole first: `alpha`, `sin`, `pi`, `x`. A word that nobody knows but that
//! holds a variable is read as a product, name by name, the longest first: `axy` is a·x·y, `pix`
//! is π·x. A function's name inside such a word is refused, because `sinx` was not meant as
//! s·i·n·x.

use super::FormulaError;
use super::function::{FUNCTIONS, Function};
use super::name::{Constant, greek_letter, greek_name, stem_and_digits};

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

/// Cuts a text into tokens; the last one is [`Kind::End`].
pub(super) fn tokens(chars: &[char], variables: &[&str]) -> Result<Vec<Token>, FormulaError> {
    let mut reader = Reader { chars, variables, at: 0, tokens: Vec::new() };
    while let Some(&c) = chars.get(reader.at) {
        if c.is_whitespace() {
            reader.at += 1;
        } else if c.is_ascii_digit() || c == '.' {
            reader.number()?;
        } else if c.is_ascii_alphabetic() || greek_name(c).is_some() {
            reader.word()?;
        } else if superscript(c).is_some() {
            reader.superscript()?;
        } else {
            reader.sign(c)?;
        }
    }
    let end = chars.iter().rposition(|c| !c.is_whitespace()).map_or(0, |last| last + 1);
    reader.tokens.push(Token { kind: Kind::End, start: end, end });
    Ok(reader.tokens)
}

struct Reader<'a> {
    chars: &'a [char],
    variables: &'a [&'a str],
    at: usize,
    tokens: Vec<Token>,
}

impl Reader<'_> {
    fn push(&mut self, kind: Kind, end: usize) {
        self.tokens.push(Token { kind, start: self.at, end });
        self.at = end;
    }

    fn fault<T>(&self, at: usize, message: impl Into<String>) -> Result<T, FormulaError> {
        Err(FormulaError { column: at + 1, message: message.into() })
    }

    /// The first place from `from` on whose character is not `wanted`.
    fn skip(&self, from: usize, wanted: impl Fn(char) -> bool) -> usize {
        let rest = self.chars[from..].iter();
        from + rest.take_while(|c| wanted(**c)).count()
    }

    /// 12, .5, 5. and 1e-3; in 2e and 2ex the e is Euler's number.
    fn number(&mut self) -> Result<(), FormulaError> {
        let digit = |c: char| c.is_ascii_digit();
        let mut end = self.skip(self.at, digit);
        if self.chars.get(end) == Some(&'.') {
            end = self.skip(end + 1, digit);
        }
        if end == self.at + 1 && self.chars[self.at] == '.' {
            return self.fault(self.at, "A decimal point needs a digit beside it.");
        }
        if self.chars.get(end) == Some(&'.') {
            return self.fault(end, "A number has one decimal point only.");
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
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => self.push(Kind::Number(number), end),
            _ => return self.fault(self.at, "This number is too large."),
        }
        Ok(())
    }

    /// A raised whole number: x², x⁻¹, x¹².
    fn superscript(&mut self) -> Result<(), FormulaError> {
        let end = self.skip(self.at, |c| superscript(c).is_some());
        let text: String =
            self.chars[self.at..end].iter().filter_map(|c| superscript(*c)).collect();
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => self.push(Kind::Superscript(number), end),
            Ok(_) => return self.fault(self.at, "This number is too large."),
            Err(_) => return self.fault(self.at, "A raised minus needs raised digits behind it."),
        }
        Ok(())
    }

    fn sign(&mut self, c: char) -> Result<(), FormulaError> {
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
            c if c.is_alphabetic() => {
                let message = format!("“{c}” cannot be a name: use Latin or small Greek letters.");
                return self.fault(self.at, message);
            }
            c => return self.fault(self.at, format!("“{c}” has no meaning in a formula.")),
        };
        self.push(kind, self.at + 1 + usize::from(doubled));
        Ok(())
    }

    /// A run of Latin letters, or one Greek letter, with the digits behind it.
    fn word(&mut self) -> Result<(), FormulaError> {
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
            self.fault(self.at, "log is not clear here: write ln(x), log10(x) or log2(x).")
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

    fn unknown_with_digits(&self, stem: &str, name: &str) -> Result<(), FormulaError> {
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
    fn product(&mut self, word: &str) -> Result<(), FormulaError> {
        let names = split(word);
        let start = self.at;
        let holds_a_variable = names.iter().any(|(_, name)| self.variables.contains(name));
        if let Some((place, function)) = function_in(word, &names) {
            let message = if place > 0 && word[place..] == *function && holds_a_variable {
                format!("Put a * before {function}, as in x*{function}(y).")
            } else {
                format!("{function} needs parentheses, as in {function}(x).")
            };
            return self.fault(start + place, message);
        }
        if !holds_a_variable {
            let small = word.to_ascii_lowercase();
            let message = if self.known(&small).is_some() {
                format!("“{}” is not known here: write {small} in small letters.", shown(word))
            } else {
                format!(
                    "“{}” is not known here: put * between letters to multiply them.",
                    shown(word)
                )
            };
            return self.fault(start, message);
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

/// The longest function name that single letters of this word spell, and its place.
///
/// Letters of a longer name do not count: `sigmax` is σ·x although it ends in max.
fn function_in(word: &str, names: &[(usize, &str)]) -> Option<(usize, &'static str)> {
    let single = |place: usize| names.iter().any(|(at, name)| *at == place && name.len() == 1);
    let known = FUNCTIONS.iter().map(|(name, _)| *name).chain(["log"]);
    known
        .filter_map(|name| Some((word.find(name)?, name)))
        .filter(|&(place, name)| (place..place + name.len().min(2)).all(single))
        .max_by_key(|&(place, name)| (name.len(), usize::MAX - place))
}

/// A word as an error quotes it.
fn shown(word: &str) -> String {
    match word.char_indices().nth(24) {
        Some((cut, _)) => format!("{}…", &word[..cut]),
        None => word.to_owned(),
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
