//! The derivatives of a formula, by the rules of calculus.
//!
//! Where two forms of a derivative are equal the one is taken that keeps its digits: the slope of tanh is
//! 1/cosh², and not 1 − tanh², of which nothing is left where tanh is nearly 1.

use std::collections::HashMap;

use super::tree::{BinaryName, NamedConstant, Node, Term, Test, Tree, UnaryName};
use crate::math::formula::{Binary, Constant, Unary};

impl Tree {
    /// The derivative of a node by the variable at a place.
    pub fn derivative(&mut self, node: Node, by: usize) -> Node {
        self.derivative_of(node, by, &mut HashMap::new())
    }

    fn derivative_of(&mut self, node: Node, by: usize, known: &mut HashMap<Node, Node>) -> Node {
        if let Some(&found) = known.get(&node) {
            return found;
        }
        let term = self.term(node);
        let result = if self.value(node).is_some() || matches!(term, Term::Variable(_)) {
            self.number(if term == Term::Variable(by) { 1.0 } else { 0.0 })
        } else {
            let mut of = |tree: &mut Self, node| tree.derivative_of(node, by, known);
            match term {
                Term::Negate(u) => {
                    let du = of(self, u);
                    self.negated(du)
                }
                Term::Sum(u, v) => {
                    let (du, dv) = (of(self, u), of(self, v));
                    self.sum(du, dv)
                }
                Term::Difference(u, v) => {
                    let (du, dv) = (of(self, u), of(self, v));
                    self.difference(du, dv)
                }
                Term::Product(u, v) => {
                    let (du, dv) = (of(self, u), of(self, v));
                    let (first, second) = (self.product(du, v), self.product(u, dv));
                    self.sum(first, second)
                }
                Term::Quotient(u, v) => {
                    let (du, dv) = (of(self, u), of(self, v));
                    if self.is(dv, 0.0) {
                        return self.quotient(du, v);
                    }
                    let below = self.product(node, dv);
                    let above = self.difference(du, below);
                    self.quotient(above, v)
                }
                Term::Power(u, v) => {
                    let (du, dv) = (of(self, u), of(self, v));
                    self.power_derivative(node, [u, v], [du, dv])
                }
                Term::Unary(UnaryName(function), u) => {
                    let du = of(self, u);
                    if self.is(du, 0.0) {
                        return du;
                    }
                    let slope = self.slope(function, node, u);
                    match self.term(slope) {
                        Term::Quotient(above, below) if self.is(above, 1.0) => {
                            self.quotient(du, below)
                        }
                        _ => self.product(slope, du),
                    }
                }
                Term::Binary(BinaryName(function), u, v) => {
                    let (du, dv) = (of(self, u), of(self, v));
                    self.binary_derivative(function, [u, v], [du, dv])
                }
                Term::TanhSlope(u) => {
                    let du = of(self, u);
                    let tanh = self.unary(Unary::Tanh, u);
                    let twice = self.number(-2.0);
                    let inner = self.product(tanh, node);
                    let slope = self.product(twice, inner);
                    self.product(slope, du)
                }
                Term::Where(test, u, v) => {
                    let (du, dv) = (of(self, u), of(self, v));
                    self.either(test, du, dv)
                }
                Term::Number(_) | Term::Constant(_) | Term::Variable(_) | Term::Parameter(_) => {
                    self.number(0.0)
                }
            }
        };
        known.insert(node, result);
        result
    }

    /// v uᵛ⁻¹ u′ + uᵛ ln u v′
    fn power_derivative(&mut self, node: Node, [u, v]: [Node; 2], [du, dv]: [Node; 2]) -> Node {
        let of_base = if self.is(du, 0.0) {
            du
        } else if let Some(exponent) = self.as_number(v) {
            let less = self.power(u, exponent - 1.0);
            let inner = self.product(less, du);
            self.product(v, inner)
        } else {
            let one = self.number(1.0);
            let exponent = self.difference(v, one);
            let less = self.add(Term::Power(u, exponent));
            let inner = self.product(less, du);
            self.product(v, inner)
        };
        if self.is(dv, 0.0) {
            return of_base;
        }
        let of_exponent = match self.term(u) {
            Term::Constant(NamedConstant(Constant::E)) => self.product(node, dv),
            _ => {
                let ln = self.unary(Unary::Ln, u);
                let inner = self.product(node, ln);
                self.product(inner, dv)
            }
        };
        self.sum(of_base, of_exponent)
    }

    /// f′(u), where the node is f(u).
    fn slope(&mut self, function: Unary, node: Node, u: Node) -> Node {
        let [zero, one] = [0.0, 1.0].map(|value| self.number(value));
        match function {
            Unary::Sin => self.unary(Unary::Cos, u),
            Unary::Cos => {
                let sine = self.unary(Unary::Sin, u);
                self.negated(sine)
            }
            Unary::Tan => {
                let square = self.power(node, 2.0);
                self.sum(one, square)
            }
            Unary::Asin | Unary::Acos | Unary::Atanh => {
                let (less, more) = (self.difference(one, u), self.sum(one, u));
                let mut below = self.product(less, more);
                if function != Unary::Atanh {
                    below = self.unary(Unary::Sqrt, below);
                }
                let slope = self.quotient(one, below);
                if function == Unary::Acos { self.negated(slope) } else { slope }
            }
            Unary::Atan => {
                let square = self.power(u, 2.0);
                let below = self.sum(one, square);
                self.quotient(one, below)
            }
            Unary::Sinh => self.unary(Unary::Cosh, u),
            Unary::Cosh => self.unary(Unary::Sinh, u),
            Unary::Tanh => self.add(Term::TanhSlope(u)),
            Unary::Asinh => {
                let square = self.power(u, 2.0);
                let under = self.sum(square, one);
                let root = self.unary(Unary::Sqrt, under);
                self.quotient(one, root)
            }
            Unary::Acosh => {
                let (less, more) = (self.difference(u, one), self.sum(u, one));
                let under = self.product(less, more);
                let root = self.unary(Unary::Sqrt, under);
                self.quotient(one, root)
            }
            Unary::Exp => node,
            Unary::Ln => self.quotient(one, u),
            Unary::Log10 | Unary::Log2 => {
                let base = self.number(if function == Unary::Log2 { 2.0 } else { 10.0 });
                let ln = self.unary(Unary::Ln, base);
                let below = self.product(u, ln);
                self.quotient(one, below)
            }
            Unary::Sqrt => {
                let two = self.number(2.0);
                let below = self.product(two, node);
                self.quotient(one, below)
            }
            Unary::Cbrt => {
                let three = self.number(3.0);
                let square = self.power(node, 2.0);
                let below = self.product(three, square);
                self.quotient(one, below)
            }
            Unary::Abs => self.unary(Unary::Sign, u),
            Unary::Sign | Unary::Floor | Unary::Ceil => zero,
            Unary::Sigmoid => {
                let opposite = self.negated(u);
                let other = self.unary(Unary::Sigmoid, opposite);
                self.product(node, other)
            }
            Unary::Relu => self.either(Test::Below(zero, u), one, zero),
            Unary::Softplus => self.unary(Unary::Sigmoid, u),
        }
    }

    fn binary_derivative(
        &mut self,
        function: Binary,
        [u, v]: [Node; 2],
        [du, dv]: [Node; 2],
    ) -> Node {
        match function {
            // A tie goes to the first.
            Binary::Min => self.either(Test::Below(v, u), dv, du),
            Binary::Max => self.either(Test::Below(u, v), dv, du),
            Binary::Atan2 => {
                let (first, second) = (self.product(v, du), self.product(u, dv));
                let above = self.difference(first, second);
                let squares = [u, v].map(|node| self.power(node, 2.0));
                let below = self.sum(squares[0], squares[1]);
                self.quotient(above, below)
            }
            Binary::Huber => {
                let sign = self.unary(Unary::Sign, u);
                let (inside, along) = (self.product(u, du), self.product(v, sign));
                let beyond = self.product(along, du);
                let size = self.unary(Unary::Abs, u);
                let excess = self.difference(size, v);
                let of_limit = self.product(excess, dv);
                let beyond = self.sum(beyond, of_limit);
                self.either(Test::Within(u, v), inside, beyond)
            }
        }
    }
}
