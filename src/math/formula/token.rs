//! Text → tokens: numbers, names and signs, each with the column it stands at.
//!
//! Signs are here, names in `word.rs`, the commands of LaTeX in `latex.rs`, and a left side such
//! as `f(x, y) =` in `left_side.rs`. Characters that only look like plain ones have been replaced
//! before (see `twins.rs`).

use super::foreign::{Shorthand, advice};
use super::function::{Function, Unary};
use super::name::{Constant, greek_name};
use super::twins::{fraction, is_letter, raised};
use crate::math::decimal;

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
    /// ½ and the like: numerator and denominator.
    Fraction(f64, f64),
    Constant(Constant),
    Variable(usize),
    Parameter(String),
    Function(Function),
    Shorthand(Shorthand),
    /// `\frac`, which two groups follow.
    Quotient,
    /// `\sqrt`, which a group follows.
    Root,
    Plus,
    Minus,
    Times,
    Divide,
    Power,
    /// A raised number such as ² or ⁻¹.
    Superscript(f64),
    Open(Bracket),
    Close(Bracket),
    /// `|`, which opens or closes.
    Bar,
    Comma,
    /// Text that is no token, and why; nothing behind it was read.
    Fault(String),
    End,
}

/// What groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bracket {
    Round,
    Square,
    Curly,
    /// |u|
    Bar,
    /// ⌊u⌋
    Floor,
    /// ⌈u⌉
    Ceil,
}

impl Kind {
    /// Whether an operand can begin with it; a bar can where none is open.
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
                | Shorthand(_)
                | Quotient
                | Root
                | Open(_)
        )
    }
}

/// How the names in a text are to be read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Names<'a> {
    /// The variables, as they are typed.
    pub variables: &'a [&'a str],
    /// Whether the letter of a variable may have an index, as in x₁, and then is another name.
    pub free_indices: bool,
    /// Whether `x_i` and `y_i` are the x and the y of an example.
    pub examples: bool,
}

/// The tokens of a text.
pub(super) struct Tokens {
    /// The last one is [`Kind::End`] or [`Kind::Fault`].
    pub tokens: Vec<Token>,
    /// The names in the parentheses of a left side such as `L(w, b) =`.
    pub left_names: Vec<String>,
}

/// Cuts a text of plain characters into tokens.
pub(super) fn tokens(chars: &[char], names: Names) -> Tokens {
    let mut reader =
        Reader { chars, names, at: 0, tokens: Vec::new(), closing: None, end: chars.len() };
    let left_names = reader.opening();
    if let Err(Fault { at, message }) = reader.read() {
        reader.at = at;
        reader.push(Kind::Fault(message), at);
    } else {
        let last = chars[..reader.end].iter().rposition(|c| !c.is_whitespace());
        reader.at = last.map_or(0, |last| last + 1);
        reader.push(Kind::End, reader.at);
    }
    Tokens { tokens: reader.tokens, left_names }
}

/// Why the text at a place is no token.
pub(super) struct Fault {
    pub at: usize,
    pub message: String,
}

pub(super) struct Reader<'a> {
    pub chars: &'a [char],
    pub names: Names<'a>,
    pub at: usize,
    pub tokens: Vec<Token>,
    /// What closes the mathematics of a text from LaTeX, where it was opened: `$` or `\)`.
    pub closing: Option<&'static str>,
    /// Where the formula ends: what follows is a closing `;` or `$` and blanks.
    pub end: usize,
}

impl Reader<'_> {
    /// Passes `$`, a left side and `$`, whichever there are, and gives the left side's names.
    fn opening(&mut self) -> Vec<String> {
        self.open_mathematics();
        let names = self.left_side();
        if self.closing.is_none() {
            self.open_mathematics();
        }
        names
    }

    fn read(&mut self) -> Result<(), Fault> {
        while let Some(&c) = self.chars[..self.end].get(self.at) {
            if c.is_whitespace() {
                self.at += 1;
            } else if c.is_ascii_digit() || c == '.' {
                self.number()?;
            } else if c.is_ascii_alphabetic() || greek_name(c).is_some() {
                self.word()?;
            } else if raised(c).is_some() {
                self.superscript()?;
            } else if c == '\\' || c == '$' {
                self.latex()?;
            } else {
                self.sign(c)?;
            }
        }
        Ok(())
    }

    pub fn push(&mut self, kind: Kind, end: usize) {
        self.tokens.push(Token { kind, start: self.at, end });
        self.at = end;
    }

    pub fn fault<T>(&self, at: usize, message: impl Into<String>) -> Result<T, Fault> {
        Err(Fault { at, message: message.into() })
    }

    /// The first place from `from` on whose character is not `wanted`.
    pub fn skip(&self, from: usize, wanted: impl Fn(char) -> bool) -> usize {
        let rest = self.chars.get(from..).unwrap_or_default().iter();
        from + rest.take_while(|c| wanted(**c)).count()
    }

    /// The characters from one place to another.
    pub fn text(&self, start: usize, end: usize) -> String {
        self.chars[start..end].iter().collect()
    }

    /// Whether the characters at a place are these.
    pub fn is_at(&self, place: usize, wanted: &str) -> bool {
        let rest = self.chars.get(place..).unwrap_or_default();
        wanted.chars().enumerate().all(|(at, c)| rest.get(at) == Some(&c))
    }

    /// 12, .5, 5. and 1e-3; in 2e and 2ex the e is Euler's number.
    fn number(&mut self) -> Result<(), Fault> {
        let digit = |c: char| c.is_ascii_digit();
        let mut end = self.skip(self.at, digit);
        if self.chars.get(end) == Some(&'.') {
            end = self.skip(end + 1, digit);
        }
        if end == self.at + 1 && self.chars[self.at] == '.' {
            if let Some(sign @ ('^' | '*' | '/')) = self.chars.get(end) {
                let sentence =
                    format!("Write {sign} without a point: everything here is a number.");
                return self.fault(self.at, sentence);
            }
            return self.fault(self.at, "A decimal point needs a digit beside it.");
        }
        if matches!(self.chars.get(end), Some('e' | 'E')) {
            let signed = matches!(self.chars.get(end + 1), Some('+' | '-'));
            let digits = end + 1 + usize::from(signed);
            if self.chars.get(digits).is_some_and(|c| digit(*c)) {
                end = self.skip(digits, digit);
            }
        }
        match decimal::parse(&self.text(self.at, end)) {
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
        let end = self.skip(self.at, |c| raised(c).is_some());
        let text: String = self.chars[self.at..end].iter().filter_map(|c| raised(*c)).collect();
        match decimal::parse(text.trim_start_matches('+')) {
            Some(number) if number.is_finite() => self.push(Kind::Superscript(number), end),
            Some(_) => return self.fault(self.at, "This number is too large."),
            None => return self.fault(self.at, "A raised minus needs raised digits behind it."),
        }
        Ok(())
    }

    fn sign(&mut self, c: char) -> Result<(), Fault> {
        use Bracket::{Ceil, Curly, Floor, Round, Square};
        let doubled = c == '*' && self.chars.get(self.at + 1) == Some(&'*');
        let kind = match c {
            '+' => Kind::Plus,
            '-' => Kind::Minus,
            '*' if doubled => Kind::Power,
            '*' => Kind::Times,
            '/' => Kind::Divide,
            '^' => return self.power(),
            '(' => Kind::Open(Round),
            ')' => Kind::Close(Round),
            '[' => Kind::Open(Square),
            ']' => Kind::Close(Square),
            '{' => Kind::Open(Curly),
            '}' => Kind::Close(Curly),
            '⌊' => Kind::Open(Floor),
            '⌋' => Kind::Close(Floor),
            '⌈' => Kind::Open(Ceil),
            '⌉' => Kind::Close(Ceil),
            '|' => Kind::Bar,
            ',' => Kind::Comma,
            '°' => Kind::Constant(Constant::Degree),
            '√' => Kind::Function(Function::Unary(Unary::Sqrt)),
            '∛' => Kind::Function(Function::Unary(Unary::Cbrt)),
            ';' => return self.semicolon(),
            c => match fraction(c) {
                Some([top, bottom]) => Kind::Fraction(top, bottom),
                None => return self.fault(self.at, no_sign(c)),
            },
        };
        self.push(kind, self.at + 1 + usize::from(doubled));
        Ok(())
    }

    /// `^`; `^\circ` is a degree.
    fn power(&mut self) -> Result<(), Fault> {
        let behind = self.skip(self.at + 1, char::is_whitespace);
        for circle in ["\\circ", "{\\circ}"] {
            let end = behind + circle.len();
            let is_longer = self.chars.get(end).is_some_and(char::is_ascii_alphabetic);
            if self.is_at(behind, circle) && (circle.ends_with('}') || !is_longer) {
                self.push(Kind::Constant(Constant::Degree), end);
                return Ok(());
            }
        }
        self.push(Kind::Power, self.at + 1);
        Ok(())
    }

    /// A closing `;` is dropped.
    fn semicolon(&mut self) -> Result<(), Fault> {
        let mut rest = self.skip(self.at, |c| c.is_whitespace() || c == ';');
        if let Some(closing) = self.closing.filter(|closing| self.is_at(rest, closing)) {
            rest = self.skip(rest + closing.len(), |c| c.is_whitespace() || c == ';');
        }
        if rest < self.chars.len() {
            return self.fault(self.at, "Values are separated by a comma, as in max(x, y).");
        }
        self.end = self.at;
        Ok(())
    }
}

/// Why a character is no sign of a formula.
fn no_sign(c: char) -> String {
    match c {
        '=' => "There is no = in a formula: write only what stands on its right, as in x^2 + y^2."
            .into(),
        '!' => "There are no factorials here.".into(),
        '%' => advice("mod").unwrap_or_default().into(),
        '‖' => advice("norm").unwrap_or_default().into(),
        '_' => "Write an index right behind its letter, as in a_1.".into(),
        c if c.is_control() => "A character that cannot be seen stands here: delete it.".into(),
        c if is_letter(c) => format!("“{c}” cannot be a name: use Latin or small Greek letters."),
        c => format!("“{c}” has no meaning in a formula."),
    }
}
