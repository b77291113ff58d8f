//! The commands of LaTeX, as they come with a pasted formula.
//!
//! | command | read as |
//! |---|---|
//! | `\frac{u}{v}`, `\tfrac`, `\dfrac`, `\cfrac` | u/v |
//! | `\sqrt{u}`, `\sqrt[n]{u}` | √u, u^(1/n) |
//! | `\cdot`, `\times`, `\ast`, `\div` | `*`, `/` |
//! | `\theta`, `\sin`, `\operatorname{name}`, `\mathrm{name}` | the name |
//! | `\left`, `\right`, `\big` …, `\{`, `\lvert`, `\lfloor` … | brackets |
//! | `\,` `\;` `\quad` …, `\displaystyle` | nothing |
//! | `$…$`, `$$…$$`, `\(…\)`, `\[…\]` around all of it | nothing |

use super::token::{Bracket, Fault, Kind, Reader};

/// What opens mathematics in a text, and what closes it.
const MATHEMATICS: [(&str, &str); 4] = [("$$", "$$"), ("$", "$"), ("\\(", "\\)"), ("\\[", "\\]")];

/// Commands that only space or size what is around them.
const SPACING: [&str; 14] = [
    "quad",
    "qquad",
    "thinspace",
    "medspace",
    "thickspace",
    "negthinspace",
    "enspace",
    "displaystyle",
    "textstyle",
    "scriptstyle",
    "limits",
    "nolimits",
    "mathstrut",
    "nonumber",
];

/// Commands that give the bracket behind them a size.
const SIZES: [&str; 14] = [
    "left", "right", "middle", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr",
    "biggl", "biggr", "bigm",
];

/// Commands that set the name in the braces behind them in other letters.
const LETTERS: [&str; 14] = [
    "operatorname",
    "mathrm",
    "mathit",
    "mathbf",
    "mathsf",
    "mathtt",
    "mathcal",
    "mathnormal",
    "boldsymbol",
    "bm",
    "text",
    "textrm",
    "textit",
    "textbf",
];

impl Reader<'_> {
    /// Passes what opens mathematics, where it stands here.
    pub(super) fn open_mathematics(&mut self) {
        let place = self.skip(self.at, char::is_whitespace);
        let open = MATHEMATICS.iter().find(|(open, _)| self.is_at(place, open));
        if let Some((open, close)) = open {
            self.closing = Some(close);
            self.at = place + open.len();
        }
    }

    /// What begins with `\` or `$`.
    pub(super) fn latex(&mut self) -> Result<(), Fault> {
        if let Some(closing) = self.closing.filter(|closing| self.is_at(self.at, closing)) {
            return self.close_mathematics(closing);
        }
        if self.is_at(self.at, "$") {
            return self.fault(self.at, "“$” stands only around a whole formula.");
        }
        let name_end = self.skip(self.at + 1, |c| c.is_ascii_alphabetic());
        if name_end == self.at + 1 {
            return self.control_symbol();
        }
        let name = self.text(self.at + 1, name_end);
        self.control_word(&name, name_end)
    }

    /// Behind the end of the mathematics there is nothing but stops.
    fn close_mathematics(&mut self, closing: &str) -> Result<(), Fault> {
        let behind = self.at + closing.len();
        let rest = self.skip(behind, |c| c.is_whitespace() || matches!(c, ';' | '.' | ','));
        if rest < self.chars.len() {
            return self.fault(self.at, format!("A formula ends at its closing “{closing}”."));
        }
        self.end = self.at;
        Ok(())
    }

    /// `\` and one character that is no letter.
    fn control_symbol(&mut self) -> Result<(), Fault> {
        let end = self.at + 2;
        let kind = match self.chars.get(self.at + 1) {
            Some('{') => Kind::Open(Bracket::Curly),
            Some('}') => Kind::Close(Bracket::Curly),
            Some(',' | ';' | ':' | '!' | '>' | '/') => {
                self.at = end;
                return Ok(());
            }
            Some(c) if c.is_whitespace() => {
                self.at = end;
                return Ok(());
            }
            Some('|') => {
                return self.fault(self.at, "Write sqrt(x^2 + y^2) for the length of (x, y).");
            }
            Some(')' | ']') => {
                return self.fault(self.at, "This end of a formula has no beginning.");
            }
            Some('(' | '[') => {
                return self.fault(self.at, "A formula begins only once.");
            }
            Some('\\') => {
                return self.fault(self.at, "A formula stands on one line: \\\\ is none.");
            }
            Some(c) => return self.fault(self.at, format!("“\\{c}” is not known here.")),
            None => return self.fault(self.at, "“\\” has no meaning by itself."),
        };
        self.push(kind, end);
        Ok(())
    }

    /// `\name`.
    fn control_word(&mut self, name: &str, end: usize) -> Result<(), Fault> {
        let kind = match name {
            "frac" | "tfrac" | "dfrac" | "cfrac" => {
                self.push(Kind::Quotient, end);
                // \frac12 is 1/2.
                if self.digit() {
                    self.digit();
                }
                return Ok(());
            }
            "sqrt" => {
                self.push(Kind::Root, end);
                self.digit();
                return Ok(());
            }
            "cdot" | "times" | "ast" | "cdotp" => Kind::Times,
            "div" | "slash" => Kind::Divide,
            "lbrace" => Kind::Open(Bracket::Curly),
            "rbrace" => Kind::Close(Bracket::Curly),
            "lbrack" => Kind::Open(Bracket::Square),
            "rbrack" => Kind::Close(Bracket::Square),
            "lparen" => Kind::Open(Bracket::Round),
            "rparen" => Kind::Close(Bracket::Round),
            "lvert" => Kind::Open(Bracket::Bar),
            "rvert" => Kind::Close(Bracket::Bar),
            "vert" | "mid" => Kind::Bar,
            "lfloor" => Kind::Open(Bracket::Floor),
            "rfloor" => Kind::Close(Bracket::Floor),
            "lceil" => Kind::Open(Bracket::Ceil),
            "rceil" => Kind::Close(Bracket::Ceil),
            name if SPACING.contains(&name) => {
                self.at = end;
                return Ok(());
            }
            name if SIZES.contains(&name) => return self.sized(name, end),
            name if LETTERS.contains(&name) => return self.lettered(name, end),
            name => {
                if self.command(plain_name(name), end)? {
                    return Ok(());
                }
                return self.fault(self.at, unknown(name));
            }
        };
        self.push(kind, end);
        Ok(())
    }

    /// Reads one digit as a number, if one is next.
    fn digit(&mut self) -> bool {
        let place = self.skip(self.at, char::is_whitespace);
        let digit = self.chars.get(place).and_then(|c| c.to_digit(10));
        if let Some(digit) = digit {
            self.at = place;
            self.push(Kind::Number(f64::from(digit)), place + 1);
        }
        digit.is_some()
    }

    /// `\left(` is `(`; a bar opens behind `\left` and closes behind `\right`.
    fn sized(&mut self, size: &str, end: usize) -> Result<(), Fault> {
        let place = self.skip(end, char::is_whitespace);
        let command = ["\\lvert", "\\rvert", "\\vert"].iter().find(|c| self.is_at(place, c));
        let bar_end = match command {
            Some(command) => Some(place + command.len()),
            None => self.is_at(place, "|").then_some(place + 1),
        };
        if let Some(bar_end) = bar_end {
            let kind = match size.chars().last() {
                _ if size == "left" || size.ends_with('l') => Kind::Open(Bracket::Bar),
                _ if size == "right" || size.ends_with('r') => Kind::Close(Bracket::Bar),
                _ => Kind::Bar,
            };
            self.push(kind, bar_end);
            return Ok(());
        }
        if self.is_at(place, ".") {
            self.at = place + 1;
            return Ok(());
        }
        let bracket = self.chars.get(place).is_some_and(|c| "()[]{}\\/⌊⌋⌈⌉".contains(*c));
        if !bracket {
            return self.fault(end, format!("A bracket must follow “\\{size}”."));
        }
        self.at = end;
        Ok(())
    }

    /// `\mathrm{name}`, with a name that may be a command itself.
    fn lettered(&mut self, command: &str, end: usize) -> Result<(), Fault> {
        let end = end + usize::from(self.is_at(end, "*"));
        let open = self.skip(end, char::is_whitespace);
        let start = self.skip(open + 1, |c| c.is_whitespace() || c == '\\');
        let name_end = self.skip(start, |c| c.is_ascii_alphabetic());
        let close = self.skip(name_end, char::is_whitespace);
        if !self.is_at(open, "{") || name_end == start || !self.is_at(close, "}") {
            let message =
                format!("A name in braces must follow “\\{command}”, as in \\{command}{{a}}.");
            return self.fault(self.at, message);
        }
        let name = self.text(start, name_end);
        self.braced(plain_name(&name), close + 1)
    }
}

/// The name of a letter without its variant shape.
fn plain_name(name: &str) -> &str {
    match name {
        "varepsilon" => "epsilon",
        "vartheta" => "theta",
        "varphi" => "phi",
        "varrho" => "rho",
        "varsigma" => "sigma",
        "varkappa" => "kappa",
        "varpi" => "pi",
        name => name,
    }
}

fn unknown(name: &str) -> String {
    let quoted = super::word::shown(name);
    match name {
        "sum" | "prod" | "int" => format!(
            "“\\{quoted}” cannot be read: a formula here has no sums, and a loss is that of one example."
        ),
        "hat" | "bar" | "tilde" | "vec" | "overline" | "widehat" => {
            format!("“\\{quoted}” cannot be read: use plain letters, and write a prediction out.")
        }
        "begin" | "end" | "cases" => {
            format!("“\\{quoted}” cannot be read: a formula is one expression on one line.")
        }
        "lVert" | "rVert" | "Vert" | "norm" => {
            "Write sqrt(x^2 + y^2) for the length of (x, y).".to_owned()
        }
        "exponentialE" | "mathe" => "Write e for Euler's number.".to_owned(),
        _ => format!("“\\{quoted}” is not known here."),
    }
}
