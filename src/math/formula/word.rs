//! Names in a text.
//!
//! A word is looked up whole first: `alpha`, `sin`, `pi`, `x`. A word that nobody knows but that
//! holds a variable is read as a product, name by name, the longest first: `axy` is a·x·y, `pix`
//! is π·x. A function's name inside such a word is refused, in small letters or capitals, because
//! `sinx` was not meant as s·i·n·x, nor `Exp(x)` as E·x·p·x.

use super::foreign::{self, Meaning, advice};
use super::function::{FUNCTIONS, Function};
use super::name::{Constant, greek_letter, greek_name, stem_and_digits};
use super::token::{Fault, Kind, Reader};
use super::twins::index_digit;

/// What stands behind a letter as its index.
struct Index {
    digits: String,
    end: usize,
    /// Whether it was set off by `_`, and so is no power and no factor.
    underscored: bool,
}

impl Reader<'_> {
    /// A run of Latin letters, or one Greek letter, with the index behind it.
    pub(super) fn word(&mut self) -> Result<(), Fault> {
        if let Some(name) = greek_name(self.chars[self.at]) {
            return self.named(name, self.at + 1);
        }
        let stem_end = self.skip(self.at, |c| c.is_ascii_alphabetic());
        let whole_end = self.skip(self.at, |c| c.is_ascii_alphanumeric());
        let stem = self.text(self.at, stem_end);
        if foreign::is_module(&stem) && self.begins_a_member(stem_end) {
            return self.member(stem_end);
        }
        // log1p, atan2
        if let Some(kind) = function(&self.text(self.at, whole_end)) {
            self.push(kind, whole_end);
            return Ok(());
        }
        self.named(&stem, stem_end)
    }

    /// Whether `.name` stands here.
    fn begins_a_member(&self, place: usize) -> bool {
        self.is_at(place, ".") && self.chars.get(place + 1).is_some_and(char::is_ascii_alphabetic)
    }

    /// `np.exp`, `torch.nn.functional.relu`: the name behind the last point counts.
    fn member(&mut self, mut point: usize) -> Result<(), Fault> {
        let name = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let mut end = self.skip(point + 1, name);
        while self.begins_a_member(end) {
            point = end;
            end = self.skip(point + 1, name);
        }
        let member = self.text(point + 1, end);
        match foreign::of_module(&member) {
            Some(meaning) => self.push(kind(meaning), end),
            None => {
                let message = advice(&member).map_or_else(
                    || format!("“{}” is not known here.", shown(&self.text(self.at, end))),
                    str::to_owned,
                );
                return self.fault(self.at, message);
            }
        }
        Ok(())
    }

    /// A name whose letters end at `stem_end`, or a product of names.
    fn named(&mut self, stem: &str, stem_end: usize) -> Result<(), Fault> {
        let Some(Index { digits, end, underscored }) = self.index(stem, stem_end)? else {
            return Ok(());
        };
        let name = [stem, &digits].concat();
        if let Some(kind) = self.known(&name) {
            self.push(kind, end);
            Ok(())
        } else if digits.is_empty() {
            self.product(stem, "", end)
        } else if underscored && stem.len() > 1 && self.known(stem).is_none() {
            self.product(stem, &digits, end)
        } else {
            self.unknown_with_digits(stem, &digits, underscored)
        }
    }

    /// The command of LaTeX whose name is this one: a letter, a constant or a function.
    pub(super) fn command(&mut self, name: &str, end: usize) -> Result<bool, Fault> {
        let is_name = self.known(name).is_some_and(|_| name.len() > 1) || name == "log";
        if is_name {
            self.named(name, end)?;
        }
        Ok(is_name)
    }

    /// A name in braces, as in `\mathrm{sin}`.
    pub(super) fn braced(&mut self, name: &str, end: usize) -> Result<(), Fault> {
        if self.known(name).is_none() && name != "log" {
            let message = advice(name)
                .map_or_else(|| format!("“{}” is not known here.", shown(name)), str::to_owned);
            return self.fault(self.at, message);
        }
        self.named(name, end)
    }

    /// The index behind a letter: `1` in x1, x₁, x_1 and x_{1}; empty where there is none. The x
    /// and the y of an example may be x_i and y_i: then there is nothing left to read.
    fn index(&mut self, stem: &str, stem_end: usize) -> Result<Option<Index>, Fault> {
        let digits_from = |place: usize| {
            let end = self.skip(place, |c| index_digit(c).is_some());
            (self.chars[place..end].iter().filter_map(|c| index_digit(*c)).collect(), end)
        };
        if !self.is_at(stem_end, "_") {
            let (digits, end) = digits_from(stem_end);
            return Ok(Some(Index { digits, end, underscored: false }));
        }
        let braced = self.is_at(stem_end + 1, "{");
        let start = self.skip(stem_end + 1 + usize::from(braced), char::is_whitespace);
        let (digits, mut end): (String, usize) = digits_from(start);
        if digits.is_empty() && self.names.examples {
            end = self.skip(start, |c| matches!(c, 'i' | 'j' | 'n'));
            let letters = end - start;
            if braced {
                end = self.skip(end, char::is_whitespace);
            }
            let closed = !braced || self.is_at(end, "}");
            let variable = self.names.variables.iter().position(|known| *known == stem);
            if let (Some(place), 1, true, "x" | "y") = (variable, letters, closed, stem) {
                self.push(Kind::Variable(place), end + usize::from(braced));
                return Ok(None);
            }
        }
        if braced {
            end = self.skip(end, char::is_whitespace);
        }
        if digits.is_empty() || braced && !self.is_at(end, "}") {
            return self.fault(self.at, "An index is a whole number here, as in a_1.");
        }
        Ok(Some(Index { digits, end: end + usize::from(braced), underscored: true }))
    }

    /// What a whole name means, if anything.
    fn known(&self, name: &str) -> Option<Kind> {
        let Self { names, .. } = self;
        if let Some(place) = names.variables.iter().position(|known| *known == name) {
            return Some(Kind::Variable(place));
        }
        if let Some(kind) = function(name) {
            return Some(kind);
        }
        if let Some(constant) = Constant::named(name) {
            return Some(Kind::Constant(constant));
        }
        let (stem, digits) = stem_and_digits(name);
        let letter = stem.len() == 1 || greek_letter(stem).is_some();
        let taken = !names.free_indices && names.variables.contains(&stem)
            || Constant::named(stem).is_some();
        (letter && (digits.is_empty() || !taken)).then(|| Kind::Parameter(name.to_owned()))
    }

    fn unknown_with_digits(
        &self,
        stem: &str,
        digits: &str,
        underscored: bool,
    ) -> Result<(), Fault> {
        let name = shown(&[stem, digits].concat());
        let message = match self.known(stem) {
            Some(Kind::Variable(_)) if underscored => {
                format!("“{stem}_{digits}” is not a name here, because {stem} is one by itself.")
            }
            Some(Kind::Variable(_) | Kind::Constant(_)) => format!(
                "“{name}” is not a name here: write {stem}^{digits} for the power or \
                 {digits}*{stem} for the product."
            ),
            _ => match advice(stem) {
                Some(advice) => advice.to_owned(),
                None => self.capitals(&[stem, digits].concat()).unwrap_or_else(|| {
                    format!("“{name}” is not known here: only one letter can have an index.")
                }),
            },
        };
        self.fault(self.at, message)
    }

    /// A word of several names, as in axy, the last with these digits as its index.
    fn product(&mut self, word: &str, digits: &str, end: usize) -> Result<(), Fault> {
        let names = split(word);
        let start = self.at;
        let has_variable = |until: usize| {
            names.iter().any(|(at, name)| *at < until && self.names.variables.contains(name))
        };
        let quoted = shown(word);
        let calls = self.is_at(self.skip(end, char::is_whitespace), "(");
        if let Some(advice) = advice(&word.to_ascii_lowercase())
            && (calls || !has_variable(word.len()))
        {
            return self.fault(start, advice);
        }
        if let Some(message) = self.capitals(word) {
            return self.fault(start, message);
        }
        match function_in(&word.to_ascii_lowercase(), &names) {
            Some((0, "log")) => return self.fault(start, advice("log").unwrap_or_default()),
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
                let message = format!(
                    "“{quoted}” is not known here: put * between letters to multiply them."
                );
                return self.fault(start, message);
            }
        }
        let last = names.len() - 1;
        for (at, (place, name)) in names.into_iter().enumerate() {
            self.at = start + place;
            let (name, end) = match at == last {
                true => ([name, digits].concat(), end),
                false => (name.to_owned(), start + place + name.len()),
            };
            let kind = match self.known(&name) {
                Some(kind) => kind,
                None if digits.is_empty() => Kind::Parameter(name),
                None => return self.unknown_with_digits(stem_and_digits(&name).0, digits, true),
            };
            self.push(kind, end);
        }
        Ok(())
    }

    /// What to say of a word that is a name but for its capitals.
    fn capitals(&self, word: &str) -> Option<String> {
        let small = word.to_ascii_lowercase();
        let known = self.known(&small).is_some() && small != word && word.len() > 1;
        known.then(|| {
            format!("“{}” is not known here: write {small} in small letters.", shown(word))
        })
    }
}

fn kind(meaning: Meaning) -> Kind {
    match meaning {
        Meaning::Function(function) => Kind::Function(function),
        Meaning::Constant(constant) => Kind::Constant(constant),
        Meaning::Shorthand(shorthand) => Kind::Shorthand(shorthand),
    }
}

/// The function of this name, here or in another language.
fn function(name: &str) -> Option<Kind> {
    Function::named(name).map(Kind::Function).or_else(|| foreign::spelled(name).map(kind))
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
        let foreign = foreign::function_names();
        for name in FUNCTIONS.iter().map(|(name, _)| *name).chain(["log"]).chain(foreign) {
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
pub(super) fn shown(word: &str) -> String {
    match word.char_indices().nth(24) {
        Some((cut, _)) => format!("{}…", &word[..cut]),
        None => word.to_owned(),
    }
}
