//! Tokens → syntax tree, by precedence climbing.
//!
//! | binds | operators | grouping |
//! |---|---|---|
//! | loosest | + − | left: a − b − c is (a − b) − c |
//! | | * / and products without a sign | left: 1/2x is (1/2)·x |
//! | | − in front of a product | −x^2 is −(x^2) |
//! | tightest | ^ ** ² | right: 2^3^2 is 2^9 |
//!
//! A letter directly before a parenthesis is a factor, but for σ: σ(u) is the sigmoid of u.
//!
//! Source of the method: V. Pratt, *Top down operator precedence*, 1973.

use super::expr::{Expr, Operator};
use super::function::{Function, Unary};
use super::token::{Bracket, Kind, Names, Token, Tokens, tokens};
use super::twins::plain;
use super::{FormulaError, MAX_CHARACTERS, MAX_LEVELS};

const SUM: u8 = 1;
const PRODUCT: u8 = 2;
const POWER: u8 = 3;

/// A text that has been read.
pub(super) struct Parsed {
    pub tree: Expr,
    /// The names of the parameters in the order of their first appearance.
    pub parameters: Vec<String>,
    /// Where they first appear: 1 is the first character.
    pub columns: Vec<usize>,
    /// The names in the parentheses of a left side such as `L(w, b) =`.
    pub left_names: Vec<String>,
}

/// Reads a text with these names.
pub(super) fn parse(text: &str, names: Names) -> Result<Parsed, FormulaError> {
    if text.char_indices().nth(MAX_CHARACTERS).is_some() {
        let message = "A formula can have at most 1,000 characters.".to_owned();
        return Err(FormulaError { column: MAX_CHARACTERS + 1, message });
    }
    let chars: Vec<char> = text.chars().map(plain).collect();
    let Tokens { tokens, left_names } = tokens(&chars, names);
    let mut parser = Parser {
        chars: &chars,
        tokens,
        at: 0,
        parameters: Vec::new(),
        columns: Vec::new(),
        level: 0,
        bar_is_open: false,
    };
    let tree = parser.expression(0)?;
    let Parser { parameters, columns, .. } = match parser.here().kind {
        Kind::End => parser,
        Kind::Comma => return parser.fault(COMMA),
        Kind::Close(Bracket::Round) => {
            return parser.fault("This closing parenthesis has no opening one.");
        }
        _ => return parser.fault("This closing bracket has no opening one."),
    };
    Ok(Parsed { tree, parameters, columns, left_names })
}

pub(super) const COMMA: &str = "A comma only stands between the values of a function, as in max(x, y); a decimal number has \
     a point.";

pub(super) struct Parser<'a> {
    chars: &'a [char],
    tokens: Vec<Token>,
    at: usize,
    parameters: Vec<String>,
    columns: Vec<usize>,
    level: usize,
    /// Whether the innermost bracket is a `|`, which the next one closes.
    bar_is_open: bool,
}

impl Parser<'_> {
    pub(super) fn here(&self) -> &Token {
        &self.tokens[self.at]
    }

    pub(super) fn advance(&mut self) {
        self.at += 1;
    }

    /// Where the parser stands, to come back to.
    pub(super) fn place(&self) -> usize {
        self.at
    }

    pub(super) fn go_back(&mut self, place: usize) {
        self.at = place;
    }

    /// The text of a token.
    fn text(&self, token: &Token) -> String {
        self.chars[token.start..token.end].iter().collect()
    }

    /// A fault here; where the text is no token at all, that is the fault.
    pub(super) fn fault<T>(&self, message: impl Into<String>) -> Result<T, FormulaError> {
        if let Kind::Fault(message) = &self.here().kind {
            return Err(FormulaError { column: self.here().column(), message: message.clone() });
        }
        Err(FormulaError { column: self.here().column(), message: message.into() })
    }

    /// Reads something that is nested in the token just passed.
    fn nested(&mut self, floor: u8) -> Result<Expr, FormulaError> {
        if self.level == MAX_LEVELS {
            self.at -= 1;
            return self.fault("This formula is nested more than 64 levels deep.");
        }
        self.level += 1;
        let inner = self.expression(floor);
        self.level -= 1;
        inner
    }

    /// Reads a value that stands in the bracket just passed.
    pub(super) fn value(&mut self) -> Result<Expr, FormulaError> {
        self.in_bracket(false)
    }

    fn in_bracket(&mut self, is_bar: bool) -> Result<Expr, FormulaError> {
        let before = std::mem::replace(&mut self.bar_is_open, is_bar);
        let inner = self.nested(0);
        self.bar_is_open = before;
        inner
    }

    /// Reads operands and operators that bind at least as tightly as `floor`.
    fn expression(&mut self, floor: u8) -> Result<Expr, FormulaError> {
        let mut left = self.operand(floor)?;
        loop {
            let (operator, binds) = match &self.here().kind {
                Kind::Plus => (Operator::Add, SUM),
                Kind::Minus => (Operator::Subtract, SUM),
                Kind::Times => (Operator::Multiply, PRODUCT),
                Kind::Divide => (Operator::Divide, PRODUCT),
                Kind::Power => (Operator::Power, POWER),
                &Kind::Superscript(exponent) => {
                    self.advance();
                    left = Expr::infix(Operator::Power, left, signed(exponent));
                    continue;
                }
                kind if self.begins_a_factor(kind) => (Operator::Multiply, PRODUCT),
                _ => break,
            };
            if binds < floor {
                break;
            }
            let implied = self.begins_a_factor(&self.here().kind);
            if matches!(self.here().kind, Kind::Number(_) | Kind::Fraction(..)) {
                return self.fault("An operator is missing before this number: * multiplies.");
            }
            if !implied {
                self.advance();
            }
            let right = match operator {
                Operator::Power => self.nested(POWER)?,
                _ => self.expression(binds + 1)?,
            };
            left = Expr::infix(operator, left, right);
        }
        Ok(left)
    }

    /// Whether a product without a sign goes on with this.
    fn begins_a_factor(&self, kind: &Kind) -> bool {
        kind.begins_an_operand() || *kind == Kind::Bar && !self.bar_is_open
    }

    /// Reads one operand with the signs before it.
    fn operand(&mut self, floor: u8) -> Result<Expr, FormulaError> {
        let token = self.here().clone();
        let operand = match token.kind {
            Kind::Minus => {
                self.advance();
                return Ok(Expr::negate(self.nested(floor.max(PRODUCT))?));
            }
            Kind::Plus => {
                self.advance();
                return self.nested(floor.max(PRODUCT));
            }
            Kind::Open(_) | Kind::Bar => return self.group(),
            Kind::Function(function) => {
                self.advance();
                return self.call(function, &self.text(&token));
            }
            Kind::Shorthand(shorthand) => {
                self.advance();
                return self.call_shorthand(shorthand, &self.text(&token));
            }
            Kind::Quotient => {
                self.advance();
                let (top, bottom) = (self.argument(&token)?, self.argument(&token)?);
                return Ok(Expr::infix(Operator::Divide, top, bottom));
            }
            Kind::Root => {
                self.advance();
                return self.root(&token);
            }
            Kind::Parameter(ref name) if name == "sigma" && self.group_follows() => {
                self.advance();
                return self.call(Function::Unary(Unary::Sigmoid), &self.text(&token));
            }
            Kind::Number(number) => Expr::Number(number),
            Kind::Fraction(top, bottom) => {
                Expr::infix(Operator::Divide, Expr::Number(top), Expr::Number(bottom))
            }
            Kind::Constant(constant) => Expr::Constant(constant),
            Kind::Variable(place) => Expr::Variable(place),
            Kind::Parameter(name) => Expr::Parameter(self.parameter(name, token.start + 1)),
            Kind::Times
            | Kind::Divide
            | Kind::Power
            | Kind::Superscript(_)
            | Kind::Close(_)
            | Kind::Comma
            | Kind::Fault(_)
            | Kind::End => return self.missing_operand(),
        };
        self.advance();
        Ok(operand)
    }

    /// Whether a parenthesis follows the token here.
    fn group_follows(&self) -> bool {
        let next = self.tokens.get(self.at + 1).map(|token| &token.kind);
        matches!(next, Some(Kind::Open(Bracket::Round | Bracket::Square | Bracket::Curly)))
    }

    /// Reads what is in brackets: (u), [u], {u}, |u|, ⌊u⌋ or ⌈u⌉.
    fn group(&mut self) -> Result<Expr, FormulaError> {
        let open = self.here().clone();
        self.advance();
        let inner = self.in_bracket(open.kind == Kind::Bar)?;
        self.close(&open)?;
        let function = match open.kind {
            Kind::Bar | Kind::Open(Bracket::Bar) => Unary::Abs,
            Kind::Open(Bracket::Floor) => Unary::Floor,
            Kind::Open(Bracket::Ceil) => Unary::Ceil,
            _ => return Ok(inner),
        };
        Ok(Expr::Call(Function::Unary(function), vec![inner]))
    }

    /// Reads what a command of LaTeX takes: a group in braces, or one letter or digit.
    fn argument(&mut self, command: &Token) -> Result<Expr, FormulaError> {
        let token = self.here().clone();
        let argument = match token.kind {
            Kind::Open(Bracket::Curly) => return self.group(),
            Kind::Number(number) if token.end == token.start + 1 => Expr::Number(number),
            Kind::Constant(constant) => Expr::Constant(constant),
            Kind::Variable(place) => Expr::Variable(place),
            Kind::Parameter(name) => Expr::Parameter(self.parameter(name, token.start + 1)),
            _ => {
                let name = self.text(command);
                let example = if command.kind == Kind::Quotient { "{x}{2}" } else { "{x}" };
                return self.fault(format!("{name} needs braces, as in {name}{example}."));
            }
        };
        self.advance();
        Ok(argument)
    }

    /// Reads what stands behind `\sqrt`: {u}, or [n]{u} for u^(1/n).
    fn root(&mut self, command: &Token) -> Result<Expr, FormulaError> {
        let index = match self.here().kind {
            Kind::Open(Bracket::Square) => Some(self.group()?),
            _ => None,
        };
        let value = match self.here().kind {
            Kind::Open(Bracket::Round) => self.group()?,
            _ => self.argument(command)?,
        };
        let call = |function| Function::Unary(function);
        Ok(match index {
            None => Expr::Call(call(Unary::Sqrt), vec![value]),
            Some(index) if index.is_number(2.0) => Expr::Call(call(Unary::Sqrt), vec![value]),
            Some(index) if index.is_number(3.0) => Expr::Call(call(Unary::Cbrt), vec![value]),
            Some(index) => {
                let exponent = Expr::infix(Operator::Divide, Expr::Number(1.0), index);
                Expr::infix(Operator::Power, value, exponent)
            }
        })
    }

    fn missing_operand<T>(&self) -> Result<T, FormulaError> {
        let before = self.at.checked_sub(1).map(|at| &self.tokens[at]);
        let here = self.text(self.here());
        match (&self.here().kind, before) {
            (Kind::End, None) => {
                self.fault("The formula is empty: write one in x and y, such as x^2 + y^2.")
            }
            (Kind::End, Some(last)) => self.fault(format!(
                "The formula ends too early: a number, a letter or a parenthesis must follow “{}”.",
                self.text(last)
            )),
            (Kind::Close(Bracket::Round), None) => {
                self.fault("This closing parenthesis has no opening one.")
            }
            (Kind::Close(_), None) => self.fault("This closing bracket has no opening one."),
            (Kind::Close(Bracket::Round), Some(Token { kind: Kind::Open(Bracket::Round), .. })) => {
                self.fault("There is nothing between these parentheses.")
            }
            (Kind::Close(_), Some(Token { kind: Kind::Open(_), .. })) => {
                self.fault("There is nothing between these brackets.")
            }
            (Kind::Comma, _) if self.level == 0 => self.fault(COMMA),
            _ => self
                .fault(format!("A number, a letter or a parenthesis is missing before “{here}”.")),
        }
    }

    /// Passes the closing bracket that belongs to `open`.
    pub(super) fn close(&mut self, open: &Token) -> Result<(), FormulaError> {
        let closes = match (&open.kind, &self.here().kind) {
            (Kind::Bar, Kind::Bar) => true,
            (Kind::Open(open), Kind::Close(close)) => open == close,
            _ => false,
        };
        let column = open.column();
        match self.here().kind {
            _ if closes => {
                self.advance();
                Ok(())
            }
            Kind::Comma => self.fault(COMMA),
            Kind::Close(_) | Kind::Bar => self.fault(format!(
                "“{}” does not close the “{}” at column {column}.",
                self.text(self.here()),
                self.text(open)
            )),
            _ if open.kind == Kind::Open(Bracket::Round) => self
                .fault(format!("A closing parenthesis is missing for the one at column {column}.")),
            _ => self.fault(format!(
                "A closing bracket is missing for the “{}” at column {column}.",
                self.text(open)
            )),
        }
    }

    /// The place of a parameter in the list, which it enters where it first appears.
    fn parameter(&mut self, name: String, column: usize) -> usize {
        self.parameters.iter().position(|known| *known == name).unwrap_or_else(|| {
            self.parameters.push(name);
            self.columns.push(column);
            self.parameters.len() - 1
        })
    }
}

/// A number as the tree of what would be typed: −1 is the negation of 1.
fn signed(number: f64) -> Expr {
    if number < 0.0 { Expr::negate(Expr::Number(-number)) } else { Expr::Number(number) }
}

#[cfg(test)]
mod tests {
    use crate::math::formula::Formula;

    /// The value at (x, y), with parameters bound to `values`.
    fn at(text: &str, x: f64, y: f64, values: &[f64]) -> f64 {
        match Formula::parse(text) {
            Ok(formula) => formula.bind(values).value(x, y),
            Err(fault) => panic!("{text}: {fault}"),
        }
    }

    #[test]
    fn precedence_is_that_of_mathematics() {
        for (text, value) in [
            ("-x^2", -4.0),
            ("-x²", -4.0),
            ("2^3^2", 512.0),
            ("2**3**2", 512.0),
            ("2^-1", 0.5),
            ("2^-x^2", 1.0 / 16.0),
            ("2^x²", 16.0),
            ("x⁻²", 0.25),
            ("1 - 2 - 3", -4.0),
            ("8/4/2", 1.0),
            ("1/2x", 1.0),
            ("8 ÷ 2(1 + 3)", 16.0),
            ("2*-3 + 1", -5.0),
            ("2--3", 5.0),
            ("+x - +y", -1.0),
            ("2 − x × y · 2", -10.0),
            ("x^2 y^3", 108.0),
            ("-2^2 + ½x", -3.0),
            ("x - -y", 5.0),
        ] {
            assert_eq!(at(text, 2.0, 3.0, &[]), value, "{text}");
        }
    }

    #[test]
    fn products_need_no_sign() {
        for (text, value) in [
            ("2x", 4.0),
            ("3(x+1)y", 27.0),
            ("xy", 6.0),
            ("(x)(y)", 6.0),
            ("x(y)", 6.0),
            ("2pi x", 4.0 * std::f64::consts::PI),
            ("pix", 2.0 * std::f64::consts::PI),
            ("2e", 2.0 * std::f64::consts::E),
            ("2ex", 4.0 * std::f64::consts::E),
            ("2e0x", 4.0),
            ("2√(x + 2)", 4.0),
            ("2sqrt(x + 2)y", 12.0),
            ("180°", std::f64::consts::PI),
        ] {
            let got = at(text, 2.0, 3.0, &[]);
            assert!((got - value).abs() < 1e-14, "{text}: {got}");
        }
        assert_eq!(at("axy", 2.0, 3.0, &[5.0]), 30.0);
        assert_eq!(at("kappay + κx", 2.0, 3.0, &[5.0]), 25.0);
        assert_eq!(at("sigmax", 2.0, 3.0, &[5.0]), 10.0);
    }

    #[test]
    fn numbers_may_lack_a_side_of_their_point() {
        for (text, value) in
            [("12", 12.0), (".5", 0.5), ("5.", 5.0), ("1e-3", 1e-3), ("1.5E+2", 150.0)]
        {
            assert_eq!(at(text, 0.0, 0.0, &[]), value, "{text}");
        }
    }

    #[test]
    fn parameters_stand_in_the_order_of_their_appearance() {
        let names = |text| Formula::parse(text).unwrap().parameters().to_vec();
        assert_eq!(names("b*x^2 + a*y^2 + b"), ["b", "a"]);
        assert_eq!(names("½(x² + κ y²) + cos(phi deg) + kappa"), ["kappa", "phi"]);
        assert_eq!(names("a1 x + a2 y + θ₁"), ["a1", "a2", "theta1"]);
        assert_eq!(names("e pi deg x y"), [""; 0]);
    }

    #[test]
    fn other_variables_can_be_named() {
        let formula =
            Formula::parse_in("(y - theta1 x - θ2)^2", &["theta1", "theta2", "x", "y"]).unwrap();
        assert!(formula.parameters().is_empty());
        let jet = formula.bind(&[]).gradient_at(&[2.0, 1.0, 3.0, 4.0]);
        assert_eq!((jet.value, jet.gradient), (9.0, [18.0, 6.0]));
    }

    #[test]
    fn sixty_four_levels_are_enough() {
        let nested = |levels| format!("{}x{}", "(".repeat(levels), ")".repeat(levels));
        assert!(Formula::parse(&nested(64)).is_ok());
        assert_eq!(Formula::parse(&nested(65)).unwrap_err().column, 65);
        let sum = "1+".repeat(499) + "x";
        assert_eq!(at(&sum, 1.0, 0.0, &[]), 500.0);
    }

    #[test]
    fn the_deepest_formula_fits_into_its_frame() {
        let deep = format!("{}x{}", "y+x*atan2(y+x*y,y+x*".repeat(40), ")".repeat(40));
        let jet = Formula::parse(&deep).unwrap().bind(&[]).hessian(0.1, 0.2);
        assert!(jet.value.is_finite());
        let deep = format!("{}x{}", "y-x*x^(".repeat(32), ")".repeat(32));
        let mut value: f64 = 0.9;
        for _ in 0..32 {
            value = 0.5 - 0.9 * libm::pow(0.9, value);
        }
        assert_eq!(at(&deep, 0.9, 0.5, &[]), value);
    }
}
