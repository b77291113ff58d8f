//! The words in which update rules write their equations: MathML, piece by piece.

/// ∇f(θ): the gradient itself.
pub const GRADIENT: &str = "<mrow><mo lspace=\"0.1em\" rspace=\"0\">∇</mo><mi>f</mi><mo stretchy=\"false\">(</mo>\
    <mi>θ</mi><mo stretchy=\"false\">)</mo></mrow>";

/// ∇R(θ): the gradient of the risk.
pub const RISK_GRADIENT: &str = "<mrow><mo lspace=\"0.1em\" rspace=\"0\">∇</mo><mi>R</mi><mo stretchy=\"false\">(</mo>\
    <mi>θ</mi><mo stretchy=\"false\">)</mo></mrow>";

/// ĝ: an estimate of the gradient, such as a noisy one.
pub const ESTIMATE: &str = "<mover accent=\"true\"><mi>g</mi><mo stretchy=\"false\">^</mo></mover>";

/// One formula on one line.
pub(super) fn line(parts: &str) -> String {
    format!("<math><mrow>{parts}</mrow></math>")
}

/// Several formulas, one below the other; the page's style sheet aligns the class `lines`.
pub(super) fn lines(rows: &[String]) -> String {
    let mut table = String::from("<math><mtable class=\"lines\">");
    for row in rows {
        table += "<mtr><mtd><mrow>";
        table += row;
        table += "</mrow></mtd></mtr>";
    }
    table + "</mtable></math>"
}

/// left ← right
pub(super) fn becomes(left: &str, right: &str) -> String {
    format!("{left}<mo>←</mo>{right}")
}

/// Two formulas on one line.
pub(super) fn then(first: &str, second: &str) -> String {
    format!("{first}<mo separator=\"true\" rspace=\"0.7em\">,</mo>{second}")
}

/// A variable, in italics.
pub(super) fn var(name: &str) -> String {
    format!("<mi>{name}</mi>")
}

/// A variable with a subscript: β₁.
pub(super) fn sub(name: &str, index: &str) -> String {
    format!("<msub><mi>{name}</mi><mn>{index}</mn></msub>")
}

/// A variable under a hat: m̂.
pub(super) fn hat(name: &str) -> String {
    format!("<mover accent=\"true\"><mi>{name}</mi><mo stretchy=\"false\">^</mo></mover>")
}

/// a + b
pub(super) fn plus(a: &str, b: &str) -> String {
    format!("{a}<mo>+</mo>{b}")
}

/// a − b
pub(super) fn minus(a: &str, b: &str) -> String {
    format!("{a}<mo>−</mo>{b}")
}

/// a b: a product without a sign.
pub(super) fn times(a: &str, b: &str) -> String {
    format!("{a}<mo>&#x2062;</mo>{b}")
}

/// (a)
pub(super) fn group(a: &str) -> String {
    format!("<mrow><mo stretchy=\"false\">(</mo>{a}<mo stretchy=\"false\">)</mo></mrow>")
}

/// a²
pub(super) fn squared(a: &str) -> String {
    format!("<msup>{a}<mn>2</mn></msup>")
}

/// a⁻¹
pub(super) fn inverse(a: &str) -> String {
    format!("<msup>{a}<mrow><mo>−</mo><mn>1</mn></mrow></msup>")
}

/// |a|
pub(super) fn size(a: &str) -> String {
    format!("<mrow><mo stretchy=\"false\">|</mo>{a}<mo stretchy=\"false\">|</mo></mrow>")
}

/// √a
pub(super) fn root(a: &str) -> String {
    format!("<msqrt>{a}</msqrt>")
}

/// a over b
pub(super) fn over(a: &str, b: &str) -> String {
    format!("<mfrac><mrow>{a}</mrow><mrow>{b}</mrow></mfrac>")
}

/// 1 − β, in parentheses
pub(super) fn rest(beta: &str) -> String {
    group(&minus("<mn>1</mn>", beta))
}
