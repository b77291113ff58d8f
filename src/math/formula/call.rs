//! Functions and their values: `sin(u)`, `max(u, v, w)`, `sin²(u)`, `pow(u, v)`.

use super::FormulaError;
use super::expr::{Expr, Operator};
use super::foreign::Shorthand;
use super::function::{FUNCTIONS, Function};
use super::parser::Parser;
use super::token::{Bracket, Kind};

impl Parser<'_> {
    /// Reads the values of a function, `(u)` or `(u, v)`, and a power between: sin²(u) is sin(u)².
    pub(super) fn call(&mut self, function: Function, name: &str) -> Result<Expr, FormulaError> {
        let (least, most) = function.arity();
        let behind_name = self.place();
        let exponent = self.power_of_function().filter(|_| self.values_follow());
        if exponent.is_none() {
            self.go_back(behind_name);
        }
        let call = Expr::Call(function, self.values(name, least, most)?);
        Ok(match exponent {
            Some(exponent) => Expr::infix(Operator::Power, call, Expr::Number(exponent)),
            None => call,
        })
    }

    /// Reads the values of a function that is written out.
    pub(super) fn call_shorthand(
        &mut self,
        shorthand: Shorthand,
        name: &str,
    ) -> Result<Expr, FormulaError> {
        let count = shorthand.values();
        Ok(shorthand.written_out(self.values(name, count, count)?))
    }

    fn values_follow(&self) -> bool {
        matches!(self.here().kind, Kind::Open(Bracket::Round | Bracket::Square | Bracket::Curly))
    }

    /// Passes a power above 0 behind a function's name: ^2, ² or ^{2}.
    fn power_of_function(&mut self) -> Option<f64> {
        if let Kind::Superscript(exponent) = self.here().kind {
            self.advance();
            return Some(exponent).filter(|exponent| *exponent > 0.0);
        }
        if self.here().kind != Kind::Power {
            return None;
        }
        self.advance();
        let open = match self.here().kind {
            Kind::Open(bracket) => Some(bracket),
            _ => None,
        };
        if open.is_some() {
            self.advance();
        }
        let Kind::Number(exponent) = self.here().kind else { return None };
        self.advance();
        if let Some(bracket) = open {
            if self.here().kind != Kind::Close(bracket) {
                return None;
            }
            self.advance();
        }
        Some(exponent).filter(|exponent| *exponent > 0.0)
    }

    /// Whether a power of −1 stands here: ^-1, ^{-1} or ⁻¹.
    fn minus_one_follows(&mut self) -> bool {
        let place = self.place();
        let mut follows = self.here().kind == Kind::Superscript(-1.0);
        if self.here().kind == Kind::Power {
            self.advance();
            if matches!(self.here().kind, Kind::Open(_)) {
                self.advance();
            }
            if self.here().kind == Kind::Minus {
                self.advance();
                follows = self.here().kind == Kind::Number(1.0);
            }
        }
        self.go_back(place);
        follows
    }

    /// Reads `(u)` or `(u, v)`, so many values at least and at most.
    fn values(&mut self, name: &str, least: usize, most: usize) -> Result<Vec<Expr>, FormulaError> {
        let example = if least == 1 { "x" } else { "x, y" };
        let open = self.here().clone();
        if !self.values_follow() {
            let is_inverse = self.minus_one_follows();
            self.go_back(self.place() - 1);
            let inverse = format!("a{}", name.trim_start_matches('\\'));
            if is_inverse && FUNCTIONS.iter().any(|(known, _)| *known == inverse) {
                return self.fault(format!(
                    "{name} with −1 can be the inverse function, {inverse}({example}), or a power, \
                     1/{name}({example}): write one of them."
                ));
            }
            let power = match open.kind {
                Kind::Power | Kind::Superscript(_) => {
                    format!("; its power goes behind them, as in {name}({example})^2")
                }
                _ => String::new(),
            };
            return self
                .fault(format!("{name} needs parentheses, as in {name}({example}){power}."));
        }
        self.advance();
        let mut values = vec![self.value()?];
        while self.here().kind == Kind::Comma {
            if values.len() == most {
                let count = if most == 1 { "one value" } else { "two values" };
                return self.fault(format!("{name} takes only {count}, as in {name}({example})."));
            }
            self.advance();
            values.push(self.value()?);
        }
        if values.len() < least && matches!(self.here().kind, Kind::Close(_)) {
            let more = if most > 2 { "two values or more" } else { "two values" };
            return self.fault(format!("{name} takes {more}, as in {name}({example})."));
        }
        self.close(&open)?;
        Ok(values)
    }
}
