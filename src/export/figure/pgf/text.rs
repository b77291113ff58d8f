//! Text as LaTeX sets it, in ASCII alone: an input encoding changes nothing.

use std::fmt::Write;

/// A line of text for LaTeX, whatever it holds. A character that is not known is told by its number.
pub fn tex(text: &str) -> String {
    let mut tex = String::new();
    for c in text.chars() {
        match c {
            '\\' => tex += r"\textbackslash{}",
            '{' => tex += r"\{",
            '}' => tex += r"\}",
            '#' | '$' | '%' | '&' | '_' => tex.extend(['\\', c]),
            '^' => tex += r"\textasciicircum{}",
            '~' => tex += r"\textasciitilde{}",
            '"' | '”' | '“' => tex += "''",
            // Two would be a dash or a quotation mark, and some languages make more of them.
            '-' | '\'' | '`' | ',' | '!' | '?' => {
                let _ = write!(tex, "{{{c}}}");
            }
            '<' | '>' | '|' | '*' | '=' => math(&mut tex, c.encode_utf8(&mut [0; 4])),
            ' '..='~' => tex.push(c),
            c if c.is_whitespace() => tex.push(' '),
            c if c.is_control() => {}
            c => match known(c) {
                Some(Known::Math(code)) => math(&mut tex, code),
                Some(Known::Text(code)) => tex += code,
                Some(Known::Accent(accent, letter)) => {
                    let letter = if letter == 'i' { r"\i".to_owned() } else { letter.to_string() };
                    let _ = write!(tex, r"\{accent}{{{letter}}}");
                }
                None => {
                    let _ = write!(tex, "[U+{:04X}]", u32::from(c));
                }
            },
        }
    }
    tex
}

fn math(tex: &mut String, code: &str) {
    let _ = write!(tex, r"\ensuremath{{{code}}}");
}

enum Known {
    Math(&'static str),
    Text(&'static str),
    /// An accent's command, and the letter that it is on.
    Accent(char, char),
}

fn known(c: char) -> Option<Known> {
    let math = MATH.iter().find(|(of, _)| *of == c).map(|(_, code)| Known::Math(code));
    let text = || TEXT.iter().find(|(of, _)| *of == c).map(|(_, code)| Known::Text(code));
    let accent = || {
        ACCENTS.iter().find_map(|(accent, letters, on)| {
            let at = letters.chars().position(|letter| letter == c)?;
            Some(Known::Accent(*accent, on.chars().nth(at)?))
        })
    };
    math.or_else(text).or_else(accent)
}

/// What stands in mathematics.
const MATH: &[(char, &str)] = &[
    ('α', r"\alpha"),
    ('β', r"\beta"),
    ('γ', r"\gamma"),
    ('δ', r"\delta"),
    ('ε', r"\varepsilon"),
    ('ζ', r"\zeta"),
    ('η', r"\eta"),
    ('θ', r"\theta"),
    ('ϑ', r"\vartheta"),
    ('ι', r"\iota"),
    ('κ', r"\kappa"),
    ('λ', r"\lambda"),
    ('μ', r"\mu"),
    ('µ', r"\mu"),
    ('ν', r"\nu"),
    ('ξ', r"\xi"),
    ('π', r"\pi"),
    ('ρ', r"\rho"),
    ('σ', r"\sigma"),
    ('τ', r"\tau"),
    ('υ', r"\upsilon"),
    ('φ', r"\varphi"),
    ('ϕ', r"\phi"),
    ('χ', r"\chi"),
    ('ψ', r"\psi"),
    ('ω', r"\omega"),
    ('Γ', r"\Gamma"),
    ('Δ', r"\Delta"),
    ('Θ', r"\Theta"),
    ('Λ', r"\Lambda"),
    ('Ξ', r"\Xi"),
    ('Π', r"\Pi"),
    ('Σ', r"\Sigma"),
    ('Φ', r"\Phi"),
    ('Ψ', r"\Psi"),
    ('Ω', r"\Omega"),
    ('∇', r"\nabla"),
    ('∂', r"\partial"),
    ('∞', r"\infty"),
    ('∑', r"\sum"),
    ('∏', r"\prod"),
    ('√', r"\surd"),
    ('ℓ', r"\ell"),
    ('ℝ', r"\mathbf{R}"),
    ('∈', r"\in"),
    ('∘', r"\circ"),
    ('−', "-"),
    ('±', r"\pm"),
    ('×', r"\times"),
    ('÷', r"\div"),
    ('·', r"\cdot"),
    ('⋅', r"\cdot"),
    ('⊙', r"\odot"),
    ('⊗', r"\otimes"),
    ('⊕', r"\oplus"),
    ('≤', r"\le"),
    ('≥', r"\ge"),
    ('≠', r"\ne"),
    ('≈', r"\approx"),
    ('≡', r"\equiv"),
    ('∼', r"\sim"),
    ('∝', r"\propto"),
    ('≪', r"\ll"),
    ('≫', r"\gg"),
    ('‖', r"\|"),
    ('∥', r"\|"),
    ('¬', r"\neg"),
    ('→', r"\rightarrow"),
    ('←', r"\leftarrow"),
    ('↑', r"\uparrow"),
    ('↓', r"\downarrow"),
    ('↔', r"\leftrightarrow"),
    ('⟨', r"\langle"),
    ('⟩', r"\rangle"),
    ('⌊', r"\lfloor"),
    ('⌋', r"\rfloor"),
    ('⌈', r"\lceil"),
    ('⌉', r"\rceil"),
    ('∗', "*"),
    ('°', r"^{\circ}"),
    ('′', "'"),
    ('″', "''"),
    ('⊤', r"\top"),
    ('⁰', "^{0}"),
    ('¹', "^{1}"),
    ('²', "^{2}"),
    ('³', "^{3}"),
    ('⁴', "^{4}"),
    ('⁵', "^{5}"),
    ('⁶', "^{6}"),
    ('⁷', "^{7}"),
    ('⁸', "^{8}"),
    ('⁹', "^{9}"),
    ('⁻', "^{-}"),
    ('⁺', "^{+}"),
    ('ᵀ', "^{T}"),
    ('ⁿ', "^{n}"),
    ('₀', "_{0}"),
    ('₁', "_{1}"),
    ('₂', "_{2}"),
    ('₃', "_{3}"),
    ('₄', "_{4}"),
    ('₅', "_{5}"),
    ('₆', "_{6}"),
    ('₇', "_{7}"),
    ('₈', "_{8}"),
    ('₉', "_{9}"),
    ('₊', "_{+}"),
    ('₋', "_{-}"),
    ('ₙ', "_{n}"),
    ('ₖ', "_{k}"),
    ('ₜ', "_{t}"),
    ('ᵢ', "_{i}"),
    ('ⱼ', "_{j}"),
    ('ₘ', "_{m}"),
    ('½', r"\frac{1}{2}"),
    ('⅓', r"\frac{1}{3}"),
    ('⅔', r"\frac{2}{3}"),
    ('¼', r"\frac{1}{4}"),
    ('¾', r"\frac{3}{4}"),
    ('ŷ', r"\hat{y}"),
    ('ĝ', r"\hat{g}"),
    ('†', r"\dagger"),
    ('●', r"\bullet"),
    ('•', r"\bullet"),
    ('★', r"\star"),
    ('△', r"\triangle"),
];

/// What stands in text.
const TEXT: &[(char, &str)] = &[
    ('–', "--"),
    ('—', "---"),
    ('‑', "{-}"),
    ('…', r"\dots{}"),
    ('‘', "`"),
    ('’', "{'}"),
    ('„', "{,}{,}"),
    ('‚', "{,}"),
    ('§', r"\S{}"),
    ('¶', r"\P{}"),
    ('ß', r"\ss{}"),
    ('æ', r"\ae{}"),
    ('Æ', r"\AE{}"),
    ('œ', r"\oe{}"),
    ('Œ', r"\OE{}"),
    ('ø', r"\o{}"),
    ('Ø', r"\O{}"),
    ('å', r"\aa{}"),
    ('Å', r"\AA{}"),
    ('ł', r"\l{}"),
    ('Ł', r"\L{}"),
    ('¡', "!`"),
    ('¿', "?`"),
    ('ı', r"\i{}"),
    ('\u{200b}', ""),
    ('\u{feff}', ""),
    ('\u{2060}', ""),
];

/// An accent's command, letters that have it, and those without it.
const ACCENTS: &[(char, &str, &str)] = &[
    ('`', "àèìòùÀÈÌÒÙ", "aeiouAEIOU"),
    ('\'', "áéíóúýćńśźĺŕÁÉÍÓÚÝĆŃŚŹ", "aeiouycnszlrAEIOUYCNSZ"),
    ('^', "âêîôûĉĥŝŵÂÊÎÔÛ", "aeiouchswAEIOU"),
    ('"', "äëïöüÿÄËÏÖÜŸ", "aeiouyAEIOUY"),
    ('~', "ãñõĩũÃÑÕ", "anoiuANO"),
    ('c', "çşţģķļņÇŞŢ", "cstgklnCST"),
    ('v', "čďěňřšťžČĎĚŇŘŠŤŽ", "cdenrstzCDENRSTZ"),
    ('r', "ůŮ", "uU"),
    ('H', "őűŐŰ", "ouOU"),
    ('u', "ăğŭĂĞ", "aguAG"),
    ('=', "āēīōūĀĒĪŌŪ", "aeiouAEIOU"),
    ('.', "żėċġŻİ", "zecgZI"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_latex_would_take_for_itself_is_text() {
        assert_eq!(
            tex(r"50 % & $1_a#{~^\}"),
            r"50 \% \& \$1\_a\#\{\textasciitilde{}\textasciicircum{}\textbackslash{}\}"
        );
        assert_eq!(tex("\\input{x}\n%"), r"\textbackslash{}input\{x\} \%");
        assert_eq!(tex("a\u{0}b"), "ab");
    }

    #[test]
    fn symbols_are_mathematics_and_what_is_not_known_is_said() {
        assert_eq!(tex("α ≤ 2"), r"\ensuremath{\alpha} \ensuremath{\le} 2");
        assert_eq!(tex("−3"), r"\ensuremath{-}3");
        assert_eq!(tex("θ₁²"), r"\ensuremath{\theta}\ensuremath{_{1}}\ensuremath{^{2}}");
        assert_eq!(tex("Žofie naïve"), "\\v{Z}ofie na\\\"{\\i}ve");
        assert_eq!(tex("中"), "[U+4E2D]");
    }

    #[test]
    fn every_accent_has_its_letter() {
        for (accent, letters, on) in ACCENTS {
            assert_eq!(letters.chars().count(), on.chars().count(), "{accent}");
        }
        assert!(MATH.iter().chain(TEXT).all(|(_, code)| code.is_ascii()));
    }
}
