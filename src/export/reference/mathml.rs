//! An equation in MathML as letters on one line: `θ ← θ − αm̂ / (√ŝ + ε)`.

use resvg::usvg::roxmltree::{Document, Node};

/// The formula in letters.
///
/// # Panics
/// Where it is no MathML.
pub fn text(math: &str) -> String {
    let document = Document::parse(math).expect("formulas are well formed");
    // What a function is applied to stands apart from its name, but for its parentheses.
    of(document.root_element()).replace("\u{2061}(", "(").replace('\u{2061}', " ")
}

fn of(node: Node) -> String {
    let parts: Vec<Node> = node.children().filter(Node::is_element).collect();
    let all = || parts.iter().map(|part| of(*part)).collect::<String>();
    match node.tag_name().name() {
        "mi" | "mn" => node.text().unwrap_or_default().to_owned(),
        "mo" => operator(node),
        "mfrac" => format!("{} / {}", grouped(of(parts[0])), grouped(of(parts[1]))),
        "msqrt" => format!("√{}", grouped(all())),
        "mroot" => format!("∛{}", grouped(of(parts[0]))),
        "msup" => match raised(&of(parts[1])) {
            Some(power) => grouped(of(parts[0])) + &power,
            None => format!("{}^{}", grouped(of(parts[0])), grouped(of(parts[1]))),
        },
        "msub" => of(parts[0]) + &lowered(&of(parts[1])),
        "mover" => hatted(of(parts[0])),
        "mtable" => parts.iter().map(|row| of(*row)).collect::<Vec<_>>().join(", "),
        _ => all(),
    }
}

fn operator(node: Node) -> String {
    match node.text().unwrap_or_default() {
        "−" if node.attribute("form") == Some("prefix") => "−".to_owned(),
        "," => ", ".to_owned(),
        "\u{2062}" => String::new(),
        sign @ ("+" | "−" | "←" | "=" | "·") => format!(" {sign} "),
        sign => sign.to_owned(),
    }
}

/// In parentheses where it is more than one thing, and not in such already.
fn grouped(text: String) -> String {
    let inside = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let is_one = inside.is_some_and(|inside| !inside.contains(['(', ')']));
    if text.contains(' ') && !is_one { format!("({text})") } else { text }
}

/// A hat is the only accent. Where there is one, a letter that has it is used.
fn hatted(letter: String) -> String {
    match letter.as_str() {
        "g" => "ĝ".to_owned(),
        "s" => "ŝ".to_owned(),
        _ => letter + "\u{302}",
    }
}

fn raised(digits: &str) -> Option<String> {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let raised = |sign: char| match sign {
        '−' => Some('⁻'),
        digit => Some(RAISED[digit.to_digit(10)? as usize]),
    };
    digits.trim().chars().filter(|sign| *sign != ' ').map(raised).collect()
}

fn lowered(index: &str) -> String {
    const LOWERED: [char; 10] = ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉'];
    let digits: Option<String> =
        index.chars().map(|digit| Some(LOWERED[digit.to_digit(10)? as usize])).collect();
    digits.unwrap_or_else(|| format!("_{}", grouped(index.to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optimizers::{equation, rule};

    #[test]
    fn equations_of_rules_are_those_at_the_top_of_their_files() {
        let shown = |key: &str| {
            let rule = rule(key).unwrap();
            text(&(rule.equation)(&rule.defaults(), equation::ESTIMATE))
        };
        assert_eq!(shown("gd"), "θ ← θ − αĝ");
        assert_eq!(shown("momentum"), "v ← βv + ĝ, θ ← θ − αv");
        assert_eq!(shown("nesterov"), "v ← βv + ĝ, θ ← θ − α(ĝ + βv)");
        assert_eq!(shown("rmsprop"), "s ← ρs + (1 − ρ)ĝ², θ ← θ − αĝ / (√s + ε)");
        assert_eq!(shown("newton"), "θ ← θ − α(H + μI)⁻¹ĝ");
        assert_eq!(
            shown("adam"),
            "m ← β₁m + (1 − β₁)ĝ, s ← β₂s + (1 − β₂)ĝ², θ ← θ − αm̂ / (√ŝ + ε)"
        );
    }
}
