//! Formulas from a line of text: what the page says of a net's passes, as MathML.
//!
//! ```text
//! z_i = Σ_j w_{ij} x_j + b_i        subscripts of one sign or of those in braces, sums
//! z_1^{(2)}                         a superscript behind a subscript
//! %w_{ij} = δ_i a_j                 ∂L/∂w
//! φ' = 1 − a^2                      primes, powers
//! tanh(−0.3) = −0.291               words, numbers; a minus sign behind a parenthesis is a sign
//! ```
//!
//! `|` is where a line may be broken: each part becomes a formula of its own. One that begins with
//! `;` is not the same formula further on, but another: it stands apart.

use std::iter::Peekable;
use std::str::Chars;

use crate::optimizers::equation;

/// The formulas of a line, each a `<math>` element.
pub fn formulas(line: &str) -> Vec<String> {
    let piece = |part: &str| match part.trim().strip_prefix(';') {
        Some(other) => format!("<math class=\"apart\">{}</math>", markup(other.trim())),
        None => format!("<math>{}</math>", markup(part.trim())),
    };
    line.split('|').map(piece).collect()
}

/// The inside of the `<math>` element of one formula.
pub fn markup(text: &str) -> String {
    let mut out = String::new();
    let mut signs = text.chars().peekable();
    while signs.peek().is_some() {
        let first = out.is_empty();
        term(&mut signs, &mut out, first);
    }
    out
}

/// The next term with what is set below and above it.
fn term(signs: &mut Peekable<Chars>, out: &mut String, first: bool) {
    let Some(sign) = signs.next() else { return };
    let mut base = String::new();
    match sign {
        ' ' => return,
        '%' => {
            base += "<mfrac><mrow><mo>∂</mo><mi>L</mi></mrow><mrow><mo>∂</mo>";
            term(signs, &mut base, false);
            base += "</mrow></mfrac>";
        }
        'ĝ' => base += equation::ESTIMATE,
        '0'..='9' => {
            let mut number = String::from(sign);
            while let Some(next) = signs.peek() {
                let exponent = number.ends_with('e') && *next == '−';
                if !(next.is_ascii_digit() || matches!(next, '.' | 'e') || exponent) {
                    break;
                }
                number.push(*next);
                signs.next();
            }
            wrap(&mut base, "mn", &number);
        }
        '(' | '[' => {
            // The parts of a sum that lines may be broken in: its parentheses stand alone.
            let alone = signs.peek().is_none();
            base += if alone { "" } else { "<mrow>" };
            operator(&mut base, sign, false);
            base += if alone { "" } else { "<mrow>" };
        }
        ')' | ']' => {
            operator(&mut base, sign, false);
            if !first {
                // What is set above belongs to the sign: the rows are closed around it.
                *out += "</mrow>";
                scripts(signs, out, &base, false);
                *out += "</mrow>";
                return;
            }
        }
        sign if is_letter(sign) => {
            let mut word = String::from(sign);
            while let Some(next) = signs.next_if(char::is_ascii_lowercase) {
                word.push(next);
            }
            wrap(&mut base, "mi", &word);
        }
        // Where a term could stand, a minus is its sign.
        '−' if first || out.ends_with("</mo>") => base += "<mo form=\"prefix\">−</mo>",
        sign => operator(&mut base, sign, first),
    }
    scripts(signs, out, &base, sign == 'Σ');
}

/// What is set below and above a term: `_`, `^` and a prime.
fn scripts(signs: &mut Peekable<Chars>, out: &mut String, base: &str, is_sum: bool) {
    let below = signs.next_if_eq(&'_').map(|_| argument(signs));
    let above = match signs.next_if(|sign| matches!(sign, '^' | '\'')) {
        Some('^') => Some(argument(signs)),
        Some(_) => {
            let mut primes = "′".to_owned();
            while signs.next_if_eq(&'\'').is_some() {
                primes.push('′');
            }
            Some(format!("<mo>{primes}</mo>"))
        }
        None => None,
    };
    let (tag, parts) = match (&below, &above) {
        (None, None) => return out.push_str(base),
        (Some(below), None) if is_sum => ("munder", [below.as_str(), ""]),
        (Some(below), None) => ("msub", [below.as_str(), ""]),
        (None, Some(above)) => ("msup", [above.as_str(), ""]),
        (Some(below), Some(above)) => ("msubsup", [below.as_str(), above]),
    };
    let mut inside = base.to_owned();
    for part in parts {
        inside += part;
    }
    wrap(out, tag, &inside);
}

/// One sign, or those in braces, letter by letter, as a row.
fn argument(signs: &mut Peekable<Chars>) -> String {
    let mut row = String::new();
    let mut take = |sign: char| match sign {
        sign if is_letter(sign) => wrap(&mut row, "mi", sign.encode_utf8(&mut [0; 4])),
        '0'..='9' => wrap(&mut row, "mn", sign.encode_utf8(&mut [0; 4])),
        sign => operator(&mut row, sign, false),
    };
    if signs.next_if_eq(&'{').is_some() {
        while let Some(sign) = signs.next().filter(|sign| *sign != '}') {
            take(sign);
        }
    } else if let Some(sign) = signs.next() {
        take(sign);
    }
    let mut out = String::new();
    wrap(&mut out, "mrow", &row);
    out
}

fn is_letter(sign: char) -> bool {
    sign.is_ascii_alphabetic() || ('α'..='ω').contains(&sign)
}

/// An operator; one that begins a part of a line stands between the parts.
fn operator(out: &mut String, sign: char, between: bool) {
    *out += match sign {
        '(' | ')' | '[' | ']' => "<mo stretchy=\"false\">",
        'Σ' => "<mo>",
        _ if between => "<mo form=\"infix\">",
        _ => "<mo>",
    };
    match sign {
        'Σ' => out.push('∑'),
        '<' => *out += "&lt;",
        '&' => *out += "&amp;",
        sign => out.push(sign),
    }
    *out += "</mo>";
}

fn wrap(out: &mut String, tag: &str, inside: &str) {
    for part in ["<", tag, ">", inside, "</", tag, ">"] {
        out.push_str(part);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_words_numbers_and_signs_are_set_as_in_a_book() {
        assert_eq!(
            markup("z_i^{(2)} = −0.5"),
            "<msubsup><mi>z</mi><mrow><mi>i</mi></mrow><mrow><mo stretchy=\"false\">(</mo><mn>2</mn>\
             <mo stretchy=\"false\">)</mo></mrow></msubsup><mo>=</mo><mo form=\"prefix\">−</mo><mn>0.5</mn>"
        );
        assert_eq!(
            markup("tanh(−9.1e−8)"),
            "<mi>tanh</mi><mrow><mo stretchy=\"false\">(</mo><mrow><mo>−</mo><mn>9.1e−8</mn></mrow>\
             <mo stretchy=\"false\">)</mo></mrow>"
        );
        assert!(markup("%w_{ij}").starts_with("<mfrac><mrow><mo>∂</mo><mi>L</mi></mrow>"));
        assert!(
            markup("Σ_j w_{ij}").starts_with("<munder><mo>∑</mo><mrow><mi>j</mi></mrow></munder>")
        );
        assert_eq!(markup("φ'"), "<msup><mi>φ</mi><mo>′</mo></msup>");
        assert_eq!(markup("f''"), "<msup><mi>f</mi><mo>′′</mo></msup>");
    }

    #[test]
    fn a_line_is_broken_where_it_says_and_nothing_is_left_open() {
        for line in [
            "δ_1 = ( | 2 ⋅ (−3) | + 4 | ) ⋅ 0.5 = 1",
            "[y = i] < 2 & 3",
            "½(y − f)^2 + [x]_i",
            "",
            "((x",
            "))",
            "a_",
            "%",
        ] {
            for formula in formulas(line) {
                if line.starts_with(['δ', '[', '½']) {
                    let count = |tag: &str| formula.matches(tag).count();
                    assert!(!formula.contains("<msup></"), "{formula}");
                    for tag in ["mrow", "mo", "mn", "mi", "msub"] {
                        let [open, close] = [format!("<{tag}"), format!("</{tag}>")];
                        assert_eq!(
                            count(&format!("{open}>")) + count(&format!("{open} ")),
                            count(&close),
                            "{formula}"
                        );
                    }
                }
            }
        }
        let parts = formulas("z = | 1 ⋅ 2 | + 3");
        assert_eq!(parts[2], "<math><mo form=\"infix\">+</mo><mn>3</mn></math>");
    }
}
