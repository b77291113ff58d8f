//! What is no formula is refused at the right column, with a sentence, at once, without a panic.

use std::time::{Duration, Instant};

use rand_core::{Rng, SeedableRng};
use rand_pcg::Pcg32;
use ravine::math::formula::{Formula, read_loss, read_surface};

#[test]
fn every_fault_has_its_column_and_its_sentence() {
    let bad = include_str!("bad_formulas.txt");
    let mut count = 0;
    for line in bad.lines().filter(|line| !line.starts_with('#')) {
        let (text, fault) = line.split_once(" ⇒ ").unwrap();
        let (column, message) = fault.split_once(": ").unwrap();
        let got = Formula::parse(text).expect_err(text);
        assert_eq!(got.to_string(), format!("column {column}: {message}"), "{text}");
        count += 1;
    }
    assert!(count >= 60, "{count} formulas");
}

#[test]
fn a_megabyte_is_refused_at_once() {
    let texts = ["x+".repeat(500_000), "(".repeat(1 << 20), "é".repeat(1 << 19)];
    for text in texts {
        let began = Instant::now();
        let fault = Formula::parse(&text).unwrap_err();
        assert!(began.elapsed() < Duration::from_millis(5));
        assert_eq!(fault.column, 1001);
        assert_eq!(fault.message, "A formula can have at most 1,000 characters.");
    }
}

const PIECES: [&str; 64] = [
    "x", "y", "a", "b", "kappa", "φ", "θ1", "pi", "e", "deg", "°", "12", ".5", "5.", "1e-3", "2e",
    "+", "-", "*", "/", "^", "**", "·", "×", "÷", "−", "²", "³", "⁻¹", "√", "(", ")", "(", ")",
    "sin(", "cos(", "max(", "atan2(", "abs(", "log", "log10(", "sqrt", "exp", "tanhx", ",", ", ",
    " ", "  ", "½", "|", "[", "=", "<b>", "&amp;", "\"", "\0", "\u{202e}", "é", "字", "𝑥", "e9999",
    "_", "XY", "sinx",
];

/// A random text: pieces of the language, a good formula with a few changes, or any characters.
fn random_text(random: &mut Pcg32) -> String {
    let mut below = |n: u32| (random.next_u32() % n) as usize;
    match below(4) {
        0 | 1 => (0..below(40)).map(|_| PIECES[below(PIECES.len() as u32)]).collect(),
        2 => {
            let good = "½((x cos(phi deg) + 3y)^2 - kappa max(2x, y²)) / sqrt(1e-3 + x^2)";
            let mut chars: Vec<char> = good.chars().collect();
            for _ in 0..1 + below(3) {
                let at = below(chars.len() as u32);
                match below(3) {
                    0 => drop(chars.remove(at)),
                    1 => chars[at] = PIECES[below(64)].chars().next().unwrap_or(' '),
                    _ => chars.insert(at, PIECES[below(64)].chars().next().unwrap_or(' ')),
                }
            }
            chars.into_iter().collect()
        }
        _ if below(8) == 0 => {
            let piece = PIECES[below(64)];
            piece.repeat(1200 / piece.len())
        }
        _ => {
            let top = if below(2) == 0 { 0x80 } else { 0x11_0000 };
            (0..below(60)).filter_map(|_| char::from_u32(below(top) as u32)).collect()
        }
    }
}

#[test]
fn random_texts_are_read_or_refused_within_five_milliseconds() {
    let mut random = Pcg32::seed_from_u64(1);
    let mut read = 0;
    for _ in 0..100_000 {
        let text = random_text(&mut random);
        let limit = Duration::from_millis(5);
        let timed = || {
            let began = Instant::now();
            let answer = Formula::parse(&text);
            (began.elapsed(), answer)
        };
        let (took, answer) = timed();
        // The machine may have been busy with something else: a slow text is slow every time.
        assert!(took < limit || (0..5).any(|_| timed().0 < limit), "{took:?} for {text:?}");
        match answer {
            Ok(formula) => {
                read += 1;
                super::markup::assert_well_formed(&formula.mathml());
                let values = vec![0.5; formula.parameters().len()];
                let tape = formula.bind(&values);
                let jet = tape.hessian(0.3, 0.7);
                let value = tape.value(0.3, 0.7);
                assert!(jet.value == value || jet.value.is_nan() && value.is_nan(), "{text:?}");
            }
            Err(fault) => {
                assert!(fault.message.ends_with('.'), "{fault}");
                nothing_before_it_is_at_fault(&text, fault.column);
            }
        }
    }
    assert!((2_000..98_000).contains(&read), "{read} of the random texts are formulas");
}

/// The text before the column is a formula, or the beginning of one: its own fault is its end.
fn nothing_before_it_is_at_fault(text: &str, column: usize) {
    let length = text.chars().count();
    assert!((1..=length + 1).contains(&column), "column {column} of {text:?}");
    if column > 1_000 {
        return;
    }
    let before: String = text.chars().take(column - 1).collect();
    if let Err(earlier) = Formula::parse(&before) {
        let end = before.trim_end().chars().count() + 1;
        // A word, or a command of LaTeX, that is cut short is another word.
        let is_of_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '\\' | '.' | '{');
        let word = before.trim_end().trim_end_matches(is_of_word).chars().count() + 1;
        let place = earlier.column;
        assert!(
            (word..=end).contains(&place),
            "{text:?} has its fault at {column}, but: {earlier}"
        );
    }
}

/// What people paste: LaTeX, other languages, brackets of all kinds, twins of plain characters.
const PASTED: [&str; 72] = [
    "x",
    "y",
    "x",
    "y",
    "a",
    "θ",
    "2",
    "0.5",
    "+",
    "-",
    "*",
    "/",
    "^",
    " ",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "|",
    "|",
    "\\frac",
    "\\frac{x}{2}",
    "\\tfrac12",
    "\\sqrt",
    "\\sqrt[3]{y}",
    "\\cdot ",
    "\\times ",
    "\\left",
    "\\right",
    "\\left(",
    "\\right)",
    "\\left|",
    "\\right|",
    "\\theta_1",
    "\\theta_{0}",
    "\\sin",
    "\\ln(",
    "\\exp{",
    "\\pi",
    "\\,",
    "\\;",
    "\\sigma(",
    "σ(",
    "\\operatorname{max}(",
    "\\mathrm{e}",
    "\\foo",
    "\\",
    "$",
    "\\(",
    "\\)",
    "x_1",
    "x_{2}",
    "_",
    "^{2}",
    "e^{-x}",
    "np.exp(",
    "Math.pow(",
    "hypot(x,y)",
    "log1p(",
    "sin^2(",
    "f(x,y) = ",
    "z = ",
    "=",
    ";",
    "∣",
    "⅓",
    "∙",
    "‐",
    "（",
    "𝑥",
];

#[test]
fn pasted_texts_are_refused_in_their_column_or_read_and_print_to_the_same_program() {
    let mut random = Pcg32::seed_from_u64(2);
    let mut below = |n: usize| random.next_u32() as usize % n;
    let mut read = 0;
    for _ in 0..60_000 {
        let text: String = (0..1 + below(12)).map(|_| PASTED[below(PASTED.len())]).collect();
        let length = text.chars().count();
        for typed in [Formula::parse(&text), read_surface(&text), read_loss(&text)] {
            let formula = match typed {
                Ok(formula) => formula,
                Err(fault) => {
                    assert!((1..=length + 1).contains(&fault.column), "{fault} in {text:?}");
                    assert!(fault.message.ends_with(['.', '?']), "{fault} in {text:?}");
                    continue;
                }
            };
            read += 1;
            let names: Vec<&str> = formula.variables().iter().map(String::as_str).collect();
            let plain = formula.plain();
            let again = Formula::parse_in(&plain, &names)
                .unwrap_or_else(|fault| panic!("{text:?} is {plain:?}, where {fault}"));
            assert_eq!(again.parameters(), formula.parameters(), "{text:?}");
            let values = vec![0.7; formula.parameters().len()];
            let programs = [&formula, &again].map(|formula| format!("{:?}", formula.bind(&values)));
            assert_eq!(programs[0], programs[1], "{text:?} is {plain:?}");
            super::markup::assert_well_formed(&formula.mathml());
        }
        if let Err(fault) = Formula::parse(&text) {
            nothing_before_it_is_at_fault(&text, fault.column);
        }
    }
    assert!(read > 4_000, "{read} of the texts are formulas");
}
