//! Syntax tree → MathML Core, as a textbook would set it.
//!
//! Quotients are fractions, powers are raised, products have no sign except before a number and
//! between a letter and a parenthesis, and parentheses stand only where the tree needs them. Names come from the parser's own tables or
//! are escaped, so no typed text can become markup.

use super::expr::{Expr, Operator};
use super::function::{Binary, Function, Unary};
use super::name::{Constant, greek_letter, stem_and_digits};

/// The whole `<math>` element.
pub(super) fn math(tree: &Expr, variables: &[String], parameters: &[String]) -> String {
    let mut out = String::from("<math xmlns=\"http://www.w3.org/1998/Math/MathML\"><mrow>");
    Writer { variables, parameters, out: &mut out }.expression(tree);
    out.push_str("</mrow></math>");
    out
}

const INVISIBLE_TIMES: &str = "<mo>\u{2062}</mo>";
/// x cos φ, not xcos φ.
const THIN_TIMES: &str = "<mo rspace=\"0.17em\">\u{2062}</mo>";
const APPLY: &str = "<mo>\u{2061}</mo>";

/// How tightly what is shown holds together.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Binding {
    Sum,
    Product,
    /// A fraction, a power or a function with its values: needs parentheses only to be raised.
    Factor,
    Atom,
}

fn binding(tree: &Expr) -> Binding {
    match tree {
        Expr::Number(value) if *value < 0.0 => Binding::Sum,
        Expr::Number(value) if mantissa_and_exponent(*value).is_some() => Binding::Product,
        Expr::Constant(Constant::Degree) => Binding::Product,
        Expr::Number(_) | Expr::Constant(_) | Expr::Variable(_) | Expr::Parameter(_) => {
            Binding::Atom
        }
        Expr::Negate(_) | Expr::Infix(Operator::Add | Operator::Subtract, ..) => Binding::Sum,
        Expr::Infix(Operator::Multiply, ..) => Binding::Product,
        Expr::Infix(Operator::Divide | Operator::Power, ..) => Binding::Factor,
        Expr::Call(Function::Unary(function), _) if is_bracket(*function) => Binding::Atom,
        Expr::Call(..) => Binding::Factor,
    }
}

/// Functions whose notation encloses their value.
fn is_bracket(function: Unary) -> bool {
    use Unary::*;
    matches!(function, Abs | Floor | Ceil | Sqrt | Cbrt)
}

/// Whether a minus would be the first sign to be read.
fn begins_with_minus(tree: &Expr) -> bool {
    match tree {
        Expr::Number(value) => *value < 0.0,
        Expr::Negate(_) => true,
        Expr::Infix(Operator::Multiply, left, _) => begins_with_minus(left),
        _ => false,
    }
}

/// Whether a digit would be the first sign to be read.
fn begins_with_digit(tree: &Expr) -> bool {
    match tree {
        Expr::Number(_) | Expr::Constant(Constant::Degree) => true,
        Expr::Infix(Operator::Multiply | Operator::Power, left, _) => begins_with_digit(left),
        _ => false,
    }
}

/// Whether the name of a function would be the first to be read.
fn begins_with_name(tree: &Expr) -> bool {
    match tree {
        Expr::Infix(Operator::Multiply | Operator::Power, left, _) => begins_with_name(left),
        Expr::Call(..) => binding(tree) == Binding::Factor,
        _ => false,
    }
}

/// Whether a parenthesis would be the first sign to be read.
fn begins_with_parenthesis(tree: &Expr) -> bool {
    match tree {
        Expr::Infix(Operator::Multiply, left, _) => {
            binding(left) == Binding::Sum || begins_with_parenthesis(left)
        }
        Expr::Infix(Operator::Power, base, _) => {
            binding(base) < Binding::Factor || begins_with_parenthesis(base)
        }
        _ => false,
    }
}

/// Whether a letter would be the last to be read: before a parenthesis it would look like the name
/// of a function.
fn ends_with_letter(tree: &Expr) -> bool {
    match tree {
        Expr::Variable(_) | Expr::Parameter(_) => true,
        Expr::Infix(Operator::Multiply, _, right) => ends_with_letter(right),
        _ => false,
    }
}

/// Whether a function with its value would be the last to be read.
fn ends_with_call(tree: &Expr) -> bool {
    match tree {
        Expr::Infix(Operator::Multiply, _, right) => ends_with_call(right),
        Expr::Call(..) => binding(tree) == Binding::Factor,
        _ => false,
    }
}

struct Writer<'a> {
    variables: &'a [String],
    parameters: &'a [String],
    out: &'a mut String,
}

impl Writer<'_> {
    fn put(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    /// `<tag>` … `</tag>` around one expression.
    fn within(&mut self, tag: &str, tree: &Expr) {
        self.put(&format!("<{tag}>"));
        self.expression(tree);
        self.put(&format!("</{tag}>"));
    }

    fn fenced(&mut self, open: &str, trees: &[Expr], close: &str) {
        self.put(&format!("<mrow><mo>{open}</mo>"));
        for (at, tree) in trees.iter().enumerate() {
            if at > 0 {
                self.put("<mo separator=\"true\">,</mo>");
            }
            self.expression(tree);
        }
        self.put(&format!("<mo>{close}</mo></mrow>"));
    }

    /// An operand, in parentheses if it is `loose`.
    fn operand(&mut self, tree: &Expr, loose: bool) {
        if loose {
            self.fenced("(", std::slice::from_ref(tree), ")");
        } else {
            self.expression(tree);
        }
    }

    fn expression(&mut self, tree: &Expr) {
        match tree {
            Expr::Number(value) => self.number(*value),
            Expr::Constant(Constant::Pi) => self.put("<mi>π</mi>"),
            Expr::Constant(Constant::E) => self.put("<mi>e</mi>"),
            Expr::Constant(Constant::Degree) => self.put("<mn>1</mn><mi>°</mi>"),
            Expr::Variable(at) => self.name(self.variables.get(*at).map_or("?", String::as_str)),
            Expr::Parameter(at) => self.name(self.parameters.get(*at).map_or("?", String::as_str)),
            Expr::Negate(operand) => {
                self.put("<mo form=\"prefix\">−</mo>");
                let loose = binding(operand) == Binding::Sum || begins_with_minus(operand);
                self.operand(operand, loose);
            }
            Expr::Infix(operator, left, right) => self.infix(*operator, left, right),
            Expr::Call(function, values) => self.call(*function, values),
        }
    }

    fn infix(&mut self, operator: Operator, left: &Expr, right: &Expr) {
        match operator {
            Operator::Add | Operator::Subtract => {
                self.expression(left);
                self.put(if operator == Operator::Add { "<mo>+</mo>" } else { "<mo>−</mo>" });
                let sum = operator == Operator::Subtract && binding(right) == Binding::Sum;
                self.operand(right, sum || begins_with_minus(right));
            }
            Operator::Multiply => {
                let sum = matches!(left, Expr::Infix(Operator::Add | Operator::Subtract, ..));
                self.operand(left, sum);
                if *right == Expr::Constant(Constant::Degree) {
                    return self.put("<mi>°</mi>");
                }
                let loose = binding(right) == Binding::Sum || begins_with_minus(right);
                let dot = begins_with_digit(right)
                    || ends_with_letter(left) && (loose || begins_with_parenthesis(right));
                let apart = begins_with_name(right) || ends_with_call(left);
                self.put(match (dot, apart) {
                    (true, _) => "<mo>·</mo>",
                    (_, true) => THIN_TIMES,
                    _ => INVISIBLE_TIMES,
                });
                self.operand(right, loose);
            }
            Operator::Divide => {
                self.put("<mfrac>");
                self.within("mrow", left);
                self.within("mrow", right);
                self.put("</mfrac>");
            }
            Operator::Power => self.power(left, right),
        }
    }

    fn power(&mut self, base: &Expr, exponent: &Expr) {
        self.put("<msup>");
        // sin²(x) rather than (sin(x))².
        if let (Expr::Call(function, values), Expr::Number(n)) = (base, exponent)
            && binding(base) != Binding::Atom
            && *n > 0.0
            && *function != Function::Binary(Binary::Huber)
            && function_name(*function).1.is_empty()
        {
            self.function_name(*function);
            self.within("mrow", exponent);
            self.put("</msup>");
            self.put(APPLY);
            return self.fenced("(", values, ")");
        }
        self.put("<mrow>");
        self.operand(base, binding(base) != Binding::Atom);
        self.put("</mrow>");
        self.within("mrow", exponent);
        self.put("</msup>");
    }

    fn call(&mut self, function: Function, values: &[Expr]) {
        match (function, values) {
            (Function::Unary(Unary::Sqrt), [value]) => self.within("msqrt", value),
            (Function::Unary(Unary::Cbrt), [value]) => {
                self.put("<mroot>");
                self.within("mrow", value);
                self.put("<mn>3</mn></mroot>");
            }
            (Function::Unary(Unary::Abs), _) => self.fenced("|", values, "|"),
            (Function::Unary(Unary::Floor), _) => self.fenced("⌊", values, "⌋"),
            (Function::Unary(Unary::Ceil), _) => self.fenced("⌈", values, "⌉"),
            (Function::Binary(Binary::Huber), [value, delta]) => {
                self.put("<msub><mi>H</mi>");
                self.within("mrow", delta);
                self.put("</msub>");
                self.put(APPLY);
                self.fenced("(", std::slice::from_ref(value), ")");
            }
            _ => {
                self.function_name(function);
                self.put(APPLY);
                self.fenced("(", values, ")");
            }
        }
    }

    /// A function's name, upright, with the base of a logarithm below.
    fn function_name(&mut self, function: Function) {
        let (name, base) = function_name(function);
        if base.is_empty() {
            self.put(&format!("<mi>{name}</mi>"));
        } else {
            self.put(&format!("<msub><mi>{name}</mi><mn>{base}</mn></msub>"));
        }
    }

    /// A letter, Greek by its name, with its index below.
    fn name(&mut self, name: &str) {
        let (stem, digits) = stem_and_digits(name);
        let letter = greek_letter(stem).map_or_else(|| escaped(stem), String::from);
        if digits.is_empty() {
            self.put(&format!("<mi>{letter}</mi>"));
        } else {
            self.put(&format!("<msub><mi>{letter}</mi><mn>{digits}</mn></msub>"));
        }
    }

    fn number(&mut self, value: f64) {
        if value < 0.0 {
            self.put("<mo form=\"prefix\">−</mo>");
        }
        let size = value.abs();
        match mantissa_and_exponent(size) {
            None if size.is_nan() => self.put("<mi>NaN</mi>"),
            None if size.is_infinite() => self.put("<mi>∞</mi>"),
            None => self.put(&format!("<mn>{}</mn>", size)),
            Some((mantissa, exponent)) => {
                if mantissa != "1" {
                    self.put(&format!("<mn>{mantissa}</mn><mo>·</mo>"));
                }
                let (sign, digits) = match exponent.strip_prefix('-') {
                    Some(digits) => ("<mo>−</mo>", digits),
                    None => ("", &exponent[..]),
                };
                self.put(&format!("<msup><mn>10</mn><mrow>{sign}<mn>{digits}</mn></mrow></msup>"));
            }
        }
    }
}

/// How a function is called in print, and the base of a logarithm.
fn function_name(function: Function) -> (&'static str, &'static str) {
    match function {
        Function::Unary(Unary::Log10) => ("log", "10"),
        Function::Unary(Unary::Log2) => ("log", "2"),
        Function::Unary(Unary::Asin) => ("arcsin", ""),
        Function::Unary(Unary::Acos) => ("arccos", ""),
        Function::Unary(Unary::Atan) => ("arctan", ""),
        Function::Unary(Unary::Asinh) => ("arsinh", ""),
        Function::Unary(Unary::Acosh) => ("arcosh", ""),
        Function::Unary(Unary::Atanh) => ("artanh", ""),
        Function::Unary(Unary::Relu) => ("ReLU", ""),
        Function::Unary(_)
        | Function::Binary(Binary::Min | Binary::Max | Binary::Atan2 | Binary::Huber) => {
            (function.name(), "")
        }
    }
}

/// Numbers below 10⁻⁴ and from 10⁷ on are written with a power of ten.
fn mantissa_and_exponent(value: f64) -> Option<(String, String)> {
    let size = value.abs();
    if size == 0.0 || !size.is_finite() || (1e-4..1e7).contains(&size) {
        return None;
    }
    let text = format!("{size:e}");
    text.split_once('e').map(|(mantissa, exponent)| (mantissa.to_owned(), exponent.to_owned()))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use crate::math::formula::Formula;

    /// The MathML without the marks that all of it has.
    fn shown(text: &str, known: &[(&str, f64)]) -> String {
        Formula::parse(text)
            .unwrap()
            .mathml_at(known)
            .replace("<math xmlns=\"http://www.w3.org/1998/Math/MathML\"><mrow>", "")
            .replace("</mrow></math>", "")
            .replace("<mo>\u{2062}</mo>", "⋆")
            .replace("<mo>\u{2061}</mo>", "")
    }

    /// The signs alone.
    fn signs(text: &str, known: &[(&str, f64)]) -> String {
        let mut inside = false;
        shown(text, known)
            .chars()
            .filter(|&c| {
                inside = if c == '<' { true } else { inside };
                let keep = !inside;
                inside = if c == '>' { false } else { inside };
                keep
            })
            .collect()
    }

    #[test]
    fn fractions_powers_and_roots_are_set_as_such() {
        assert_eq!(
            shown("1/2 x^2", &[]),
            "<mfrac><mrow><mn>1</mn></mrow><mrow><mn>2</mn></mrow></mfrac>⋆\
             <msup><mrow><mi>x</mi></mrow><mrow><mn>2</mn></mrow></msup>"
        );
        assert_eq!(shown("√(a1)", &[]), "<msqrt><msub><mi>a</mi><mn>1</mn></msub></msqrt>");
        assert_eq!(
            shown("sin(x)^2", &[]),
            "<msup><mi>sin</mi><mrow><mn>2</mn></mrow></msup><mrow><mo>(</mo><mi>x</mi><mo>)</mo></mrow>"
        );
    }

    #[test]
    fn hubers_threshold_is_set_below_its_name() {
        assert_eq!(
            shown("huber(x, delta)", &[]),
            "<msub><mi>H</mi><mrow><mi>δ</mi></mrow></msub><mrow><mo>(</mo><mi>x</mi><mo>)</mo></mrow>"
        );
        assert_eq!(signs("huber(y - x, 2)^2", &[]), "(H2(y−x))2");
    }

    #[test]
    fn a_function_stands_apart_from_its_factors() {
        for apart in ["x cos(y)", "cos(x) y", "2 sin(x)^2", "exp(x) exp(y)", "huber(x, 1) y"] {
            assert_eq!(shown(apart, &[]).matches("0.17em").count(), 1, "{apart}");
        }
        for close in ["x y", "x sqrt(y)", "x + cos(y)", "cos(x y)"] {
            assert!(!shown(close, &[]).contains("0.17em"), "{close}");
        }
    }

    #[test]
    fn parentheses_stand_only_where_they_are_needed() {
        for (text, want) in [
            ("b*(y - x^2)^2", "b·(y−x2)2"),
            ("(a*b)*(c)", "a⋆b⋆c"),
            ("a - (b + c)", "a−(b+c)"),
            ("a + (b - c)", "a+b−c"),
            ("(a + b) - c", "a+b−c"),
            ("-(x*y)", "−x⋆y"),
            ("-(x + y)", "−(x+y)"),
            ("a - (-x)*y", "a−(−x⋆y)"),
            ("a * -x", "a·(−x)"),
            ("2*3*x", "2·3⋆x"),
            ("(-x)^2", "(−x)2"),
            ("(x*y)^2", "(x⋆y)2"),
            ("(x/y)^2", "(xy)2"),
            ("(x^2)^3", "(x2)3"),
            ("x^(y + 1)", "xy+1"),
            ("abs(x)^2", "|x|2"),
            ("cos(phi deg)", "cos(φ°)"),
            ("1e-7x", "10−7⋆x"),
            ("max(x, y)", "max(x,y)"),
            ("asin(x) + log2(y)", "arcsin(x)+log2(y)"),
        ] {
            assert_eq!(signs(text, &[]), want, "{text}");
        }
    }

    #[test]
    fn known_values_make_the_tree_simpler() {
        let rotated = "1/2 ((x cos(phi deg) + y sin(phi deg))^2 \
                       + kappa (y cos(phi deg) - x sin(phi deg))^2)";
        assert_eq!(signs(rotated, &[("phi", 0.0)]), "12⋆(x2+κ⋆y2)");
        assert_eq!(signs(rotated, &[("phi", 0.0), ("kappa", 20.0)]), "12⋆(x2+20⋆y2)");
        assert_eq!(signs(rotated, &[("phi", 90.0)]), "12⋆(y2+κ⋆x2)");
        assert_eq!(signs("x + a y", &[("a", -2.0)]), "x−2⋆y");
        assert_eq!(signs("x + a", &[("a", -2.0)]), "x−2");
        assert_eq!(signs("x - a", &[("a", -2.0)]), "x+2");
        assert_eq!(signs("a x", &[("a", -1.0)]), "−x");
        assert_eq!(signs("x^a / b", &[("a", 1.0), ("b", 1.0)]), "x");
    }
}
