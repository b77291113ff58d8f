//! Syntax tree → text that reads back to the same tree, with every product's sign.

use super::expr::{Expr, Operator};
use super::function::Function;
use super::name::Constant;

/// How tightly a text holds together.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Binding {
    Sum,
    Product,
    Power,
    Atom,
}

fn binding(tree: &Expr) -> Binding {
    match tree {
        Expr::Negate(_) | Expr::Infix(Operator::Add | Operator::Subtract, ..) => Binding::Sum,
        Expr::Infix(Operator::Multiply | Operator::Divide, ..) => Binding::Product,
        Expr::Infix(Operator::Power, ..) => Binding::Power,
        _ => Binding::Atom,
    }
}

/// The text of a tree with these names.
pub(super) fn print(tree: &Expr, variables: &[String], parameters: &[String]) -> String {
    let mut out = String::new();
    Printer { variables, parameters, out: &mut out }.expression(tree);
    out
}

struct Printer<'a> {
    variables: &'a [String],
    parameters: &'a [String],
    out: &'a mut String,
}

impl Printer<'_> {
    fn expression(&mut self, tree: &Expr) {
        let name = |names: &[String], at: usize| names.get(at).cloned().unwrap_or_default();
        match tree {
            Expr::Number(value) => {
                let [plain, scientific] = [format!("{value}"), format!("{value:e}")];
                let shorter = if scientific.len() + 3 < plain.len() { scientific } else { plain };
                self.out.push_str(&shorter);
            }
            Expr::Constant(Constant::Pi) => self.out.push_str("pi"),
            Expr::Constant(Constant::E) => self.out.push('e'),
            Expr::Constant(Constant::Degree) => self.out.push_str("deg"),
            Expr::Variable(at) => self.out.push_str(&name(self.variables, *at)),
            Expr::Parameter(at) => self.out.push_str(&name(self.parameters, *at)),
            Expr::Negate(operand) => {
                self.out.push('-');
                self.operand(operand, binding(operand) == Binding::Sum);
            }
            Expr::Infix(operator, left, right) => self.infix(*operator, left, right),
            Expr::Call(function, values) => self.call(*function, values),
        }
    }

    fn infix(&mut self, operator: Operator, left: &Expr, right: &Expr) {
        use Binding::{Atom, Product, Sum};
        let (sign, loose_left, loose_right) = match operator {
            // A minus in front of a sum's first term needs no parentheses.
            Operator::Add => (" + ", false, binding(right) == Sum),
            Operator::Subtract => (" - ", false, binding(right) == Sum),
            Operator::Multiply => ("*", binding(left) == Sum, binding(right) <= Product),
            Operator::Divide => ("/", binding(left) == Sum, binding(right) <= Product),
            Operator::Power => ("^", binding(left) != Atom, binding(right) <= Product),
        };
        self.operand(left, loose_left);
        self.out.push_str(sign);
        self.operand(right, loose_right);
    }

    /// An operand, in parentheses if it is `loose`.
    fn operand(&mut self, tree: &Expr, loose: bool) {
        if loose {
            self.out.push('(');
        }
        self.expression(tree);
        if loose {
            self.out.push(')');
        }
    }

    fn call(&mut self, function: Function, values: &[Expr]) {
        self.out.push_str(function.name());
        self.out.push('(');
        for (at, value) in values.iter().enumerate() {
            if at > 0 {
                self.out.push_str(", ");
            }
            self.expression(value);
        }
        self.out.push(')');
    }
}
