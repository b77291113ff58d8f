//! Characters that look like plain ones, and what they are read as.
//!
//! One character stands for one, so that a column of the plain text is that of the typed one.

/// The plain twin of a character: `∣` is `|`, `‐` and `–` are `-`, `（` is `(`, `𝑥` is `x`.
pub(super) fn plain(c: char) -> char {
    match c {
        '−' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '⁃' | '﹣' => '-',
        '·' | '⋅' | '∙' | '•' | '‧' | '・' | '×' | '✕' | '✖' | '⨯' | '∗' | '⁎' | '﹡' => {
            '*'
        }
        '÷' | '∕' | '⁄' | '⟋' => '/',
        '∣' | '❘' | '⏐' | '│' => '|',
        'ˆ' | '⌃' => '^',
        '≔' => '=',
        // What cannot be seen between two letters is at most a product.
        '\u{2061}' | '\u{2062}' | '\u{2063}' | '\u{200b}' | '\u{200c}' | '\u{200d}'
        | '\u{2060}' | '\u{feff}' => ' ',
        // Full-width forms.
        '\u{ff01}'..='\u{ff5e}' => shifted(c, 0xff01, '!'),
        'ℎ' => 'h',
        'ℯ' => 'e',
        'ℓ' => 'l',
        '\u{1d400}'..='\u{1d6a3}' => mathematical_latin(c),
        '\u{1d6a8}'..='\u{1d7cb}' => mathematical_greek(c),
        '\u{1d7ce}'..='\u{1d7ff}' => digit((u32::from(c) - 0x1d7ce) % 10),
        _ => c,
    }
}

fn shifted(c: char, from: u32, to: char) -> char {
    char::from_u32(u32::from(c) - from + u32::from(to)).unwrap_or(c)
}

fn digit(value: u32) -> char {
    char::from_digit(value, 10).unwrap_or('0')
}

/// Bold, italic, script and other Latin letters: alphabets of A … Z a … z, one after the other.
fn mathematical_latin(c: char) -> char {
    let place = (u32::from(c) - 0x1d400) % 52;
    let (first, place) = if place < 26 { ('A', place) } else { ('a', place - 26) };
    char::from_u32(u32::from(first) + place).unwrap_or(c)
}

/// Bold and italic Greek letters: alphabets of 26 capitals (∇ is the last), α … ω, and ∂ ϵ ϑ ϰ ϕ ϱ ϖ.
fn mathematical_greek(c: char) -> char {
    let place = (u32::from(c) - 0x1d6a8) % 58;
    match place {
        26..=50 => char::from_u32(u32::from('α') + place - 26).unwrap_or(c),
        52 => 'ε',
        53 => 'θ',
        54 => 'κ',
        55 => 'φ',
        56 => 'ρ',
        57 => 'π',
        _ => c,
    }
}

/// Numerator and denominator of a fraction that is one character.
pub(super) fn fraction(c: char) -> Option<[f64; 2]> {
    Some(match c {
        '½' => [1.0, 2.0],
        '⅓' => [1.0, 3.0],
        '⅔' => [2.0, 3.0],
        '¼' => [1.0, 4.0],
        '¾' => [3.0, 4.0],
        '⅕' => [1.0, 5.0],
        '⅖' => [2.0, 5.0],
        '⅗' => [3.0, 5.0],
        '⅘' => [4.0, 5.0],
        '⅙' => [1.0, 6.0],
        '⅚' => [5.0, 6.0],
        '⅐' => [1.0, 7.0],
        '⅛' => [1.0, 8.0],
        '⅜' => [3.0, 8.0],
        '⅝' => [5.0, 8.0],
        '⅞' => [7.0, 8.0],
        '⅑' => [1.0, 9.0],
        '⅒' => [1.0, 10.0],
        _ => return None,
    })
}

/// The plain character of a raised one.
pub(super) fn raised(c: char) -> Option<char> {
    match c {
        '¹' => Some('1'),
        '²' => Some('2'),
        '³' => Some('3'),
        '⁰' | '⁴'..='⁹' => Some(shifted(c, 0x2070, '0')),
        '⁻' => Some('-'),
        '⁺' => Some('+'),
        _ => None,
    }
}

/// An index digit: 0 … 9 or ₀ … ₉.
pub(super) fn index_digit(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '₀'..='₉' => Some(shifted(c, 0x2080, '0')),
        _ => None,
    }
}

/// Whether this is where Unicode keeps the letters of almost all scripts, and of mathematics; to
/// know it of every character would take a table.
pub(super) fn is_letter(c: char) -> bool {
    matches!(c,
        'µ' | 'À'..='\u{1fff}' | '\u{2c00}'..='\u{2dff}' | '\u{3040}'..='\u{d7ff}'
        | '\u{1d400}'..='\u{1d7ff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_mathematics_are_letters() {
        for (typed, read) in [
            ("𝑥𝒚𝐱𝖷𝚣", "xyxXz"),
            ("𝜃𝛉𝜎𝝅𝜔𝛼", "θθσπωα"),
            ("𝟏𝟚𝟹", "123"),
            ("（ｘ＋１）＊２", "(x+1)*2"),
            ("x∣y‐z–w∙∗", "x|y-z-w**"),
        ] {
            assert_eq!(typed.chars().map(plain).collect::<String>(), read);
        }
    }

    #[test]
    fn what_is_plain_stays() {
        for c in (' '..='~').chain('α'..='ω').chain("½²₂√°é字".chars()) {
            assert_eq!(plain(c), c);
        }
    }
}
