//! Formulas as they become Python: a syntax tree whose equal parts are one.

use std::collections::HashMap;

use crate::math::formula::{Binary, Constant, Expr, Function, Operator, Unary};

/// The place of a node among all.
pub type Node = usize;

/// One node, with its parts by their places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Term {
    /// A number, by its bits.
    Number(u64),
    /// π, e or one degree.
    Constant(NamedConstant),
    /// A variable, by its place in the formula's list.
    Variable(usize),
    /// A parameter, by its place in the formula's list.
    Parameter(usize),
    /// −u
    Negate(Node),
    /// u + v, u − v, u · v, u / v
    Sum(Node, Node),
    /// u − v
    Difference(Node, Node),
    /// u · v
    Product(Node, Node),
    /// u / v
    Quotient(Node, Node),
    /// u ^ v
    Power(Node, Node),
    /// A function of one value.
    Unary(UnaryName, Node),
    /// A function of two.
    Binary(BinaryName, Node, Node),
    /// 1/cosh² u, the slope of tanh.
    TanhSlope(Node),
    /// u where the test holds, else v.
    Where(Test, Node, Node),
}

/// What decides between two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Test {
    /// u < v
    Below(Node, Node),
    /// |u| ≤ v
    Within(Node, Node),
}

/// Names that can be keys of a map.
macro_rules! hashed {
    ($name:ident, $of:ty) => {
        /// One of the language's names, which can be compared.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $name(pub $of);

        impl std::hash::Hash for $name {
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                std::mem::discriminant(&self.0).hash(state);
            }
        }
    };
}
hashed!(NamedConstant, Constant);
hashed!(UnaryName, Unary);
hashed!(BinaryName, Binary);

/// All nodes of a formula and of its derivatives.
pub struct Tree {
    terms: Vec<Term>,
    places: HashMap<Term, Node>,
    /// The values of the parameters, by which constant parts have theirs.
    parameters: Vec<f64>,
    values: Vec<Option<f64>>,
}

impl Tree {
    /// The tree of a formula with these values of its parameters, and its root.
    pub fn of(formula: &Expr, parameters: &[f64]) -> (Self, Node) {
        let mut tree = Self {
            terms: Vec::new(),
            places: HashMap::new(),
            parameters: parameters.to_vec(),
            values: Vec::new(),
        };
        let root = tree.read(formula);
        (tree, root)
    }

    /// What a node is.
    pub fn term(&self, node: Node) -> Term {
        self.terms[node]
    }

    /// The value of a node without variables.
    pub fn value(&self, node: Node) -> Option<f64> {
        self.values[node]
    }

    /// The parts of a node.
    pub fn parts(&self, node: Node) -> Vec<Node> {
        match self.terms[node] {
            Term::Number(_) | Term::Constant(_) | Term::Variable(_) | Term::Parameter(_) => vec![],
            Term::Negate(u) | Term::Unary(_, u) | Term::TanhSlope(u) => vec![u],
            Term::Sum(u, v)
            | Term::Difference(u, v)
            | Term::Product(u, v)
            | Term::Quotient(u, v)
            | Term::Power(u, v)
            | Term::Binary(_, u, v) => vec![u, v],
            Term::Where(Test::Below(a, b) | Test::Within(a, b), u, v) => vec![a, b, u, v],
        }
    }

    pub(super) fn add(&mut self, term: Term) -> Node {
        if let Some(&place) = self.places.get(&term) {
            return place;
        }
        let value = self.value_of(term);
        self.terms.push(term);
        self.values.push(value);
        self.places.insert(term, self.terms.len() - 1);
        self.terms.len() - 1
    }

    fn value_of(&self, term: Term) -> Option<f64> {
        let of = |node: Node| self.values[node];
        Some(match term {
            Term::Number(bits) => f64::from_bits(bits),
            Term::Constant(NamedConstant(constant)) => constant.value(),
            Term::Parameter(at) => self.parameters.get(at).copied().unwrap_or(f64::NAN),
            Term::Variable(_) | Term::Where(..) | Term::TanhSlope(_) => return None,
            Term::Negate(u) => -of(u)?,
            Term::Sum(u, v) => of(u)? + of(v)?,
            Term::Difference(u, v) => of(u)? - of(v)?,
            Term::Product(u, v) => of(u)? * of(v)?,
            Term::Quotient(u, v) => of(u)? / of(v)?,
            Term::Power(u, v) => libm::pow(of(u)?, of(v)?),
            Term::Unary(UnaryName(function), u) => function.value(of(u)?),
            Term::Binary(BinaryName(function), u, v) => function.value(of(u)?, of(v)?),
        })
    }

    /// A formula as it was typed.
    fn read(&mut self, formula: &Expr) -> Node {
        match formula {
            Expr::Number(value) => self.number(*value),
            Expr::Constant(constant) => self.add(Term::Constant(NamedConstant(*constant))),
            Expr::Variable(at) => self.add(Term::Variable(*at)),
            Expr::Parameter(at) => self.add(Term::Parameter(*at)),
            Expr::Negate(u) => {
                let u = self.read(u);
                self.add(Term::Negate(u))
            }
            Expr::Infix(operator, u, v) => {
                let (u, v) = (self.read(u), self.read(v));
                self.add(match operator {
                    Operator::Add => Term::Sum(u, v),
                    Operator::Subtract => Term::Difference(u, v),
                    Operator::Multiply => Term::Product(u, v),
                    Operator::Divide => Term::Quotient(u, v),
                    Operator::Power => Term::Power(u, v),
                })
            }
            Expr::Call(Function::Unary(function), values) => {
                let u = self.read(&values[0]);
                self.add(Term::Unary(UnaryName(*function), u))
            }
            Expr::Call(Function::Binary(function), values) => {
                let first = self.read(&values[0]);
                values[1..].iter().fold(first, |u, v| {
                    let v = self.read(v);
                    self.add(Term::Binary(BinaryName(*function), u, v))
                })
            }
        }
    }

    /// A number.
    pub fn number(&mut self, value: f64) -> Node {
        self.add(Term::Number(value.to_bits()))
    }

    pub(super) fn as_number(&self, node: Node) -> Option<f64> {
        match self.terms[node] {
            Term::Number(bits) => Some(f64::from_bits(bits)),
            // ½ as it is typed.
            Term::Quotient(u, v) => {
                let (u, v) = (self.as_number(u)?, self.as_number(v)?);
                let is_exact = v.abs() == 2.0 || v.abs() == 4.0;
                is_exact.then_some(u / v)
            }
            _ => None,
        }
    }

    pub(super) fn is(&self, node: Node, value: f64) -> bool {
        self.as_number(node) == Some(value)
    }

    pub(super) fn negated(&mut self, u: Node) -> Node {
        match self.terms[u] {
            _ if self.as_number(u).is_some() => {
                let value = self.as_number(u).unwrap_or_default();
                self.number(0.0 - value)
            }
            Term::Negate(inner) => inner,
            Term::Difference(a, b) => self.difference(b, a),
            _ => self.add(Term::Negate(u)),
        }
    }

    pub(super) fn sum(&mut self, u: Node, v: Node) -> Node {
        if self.is(u, 0.0) {
            return v;
        }
        if self.is(v, 0.0) {
            return u;
        }
        match (self.terms[u], self.terms[v]) {
            (_, Term::Negate(v)) => self.difference(u, v),
            (Term::Negate(u), _) => self.difference(v, u),
            _ => self.add(Term::Sum(u, v)),
        }
    }

    pub(super) fn difference(&mut self, u: Node, v: Node) -> Node {
        if self.is(v, 0.0) {
            return u;
        }
        if self.is(u, 0.0) {
            return self.negated(v);
        }
        match self.terms[v] {
            Term::Negate(v) => self.sum(u, v),
            _ => self.add(Term::Difference(u, v)),
        }
    }

    /// u · v, numbers in front and the sign before all.
    pub(super) fn product(&mut self, u: Node, v: Node) -> Node {
        if self.is(u, 0.0) || self.is(v, 0.0) {
            return self.number(0.0);
        }
        if self.is(u, 1.0) {
            return v;
        }
        if self.is(v, 1.0) {
            return u;
        }
        if let Term::Negate(u) = self.terms[u] {
            let product = self.product(u, v);
            return self.negated(product);
        }
        if let Term::Negate(v) = self.terms[v] {
            let product = self.product(u, v);
            return self.negated(product);
        }
        match (self.as_number(u), self.as_number(v)) {
            (Some(a), Some(b)) if is_short(a * b) => self.number(a * b),
            (Some(a), _) if a < 0.0 => {
                let positive = self.number(-a);
                let product = self.product(positive, v);
                self.negated(product)
            }
            (None, Some(_)) => self.product(v, u),
            (Some(a), None) => match self.terms[v] {
                Term::Product(b, rest) if self.as_number(b).is_some_and(|b| is_short(a * b)) => {
                    let both = a * self.as_number(b).unwrap_or(1.0);
                    let both = self.number(both);
                    self.product(both, rest)
                }
                // ½ (2a + 2b) is a + b.
                Term::Sum(b, c) if self.has_factor(b) && self.has_factor(c) => {
                    let (b, c) = (self.product(u, b), self.product(u, c));
                    self.sum(b, c)
                }
                Term::Difference(b, c) if self.has_factor(b) && self.has_factor(c) => {
                    let (b, c) = (self.product(u, b), self.product(u, c));
                    self.difference(b, c)
                }
                _ => self.add(Term::Product(u, v)),
            },
            (None, None) => match (self.terms[u], self.terms[v]) {
                // A number inside comes to the front.
                (Term::Product(a, rest), _) if self.as_number(a).is_some() => {
                    let rest = self.product(rest, v);
                    self.product(a, rest)
                }
                (_, Term::Product(a, rest)) if self.as_number(a).is_some() => {
                    let rest = self.product(u, rest);
                    self.product(a, rest)
                }
                _ => self.add(Term::Product(u, v)),
            },
            _ => self.add(Term::Product(u, v)),
        }
    }

    /// Whether a number stands in front.
    fn has_factor(&self, node: Node) -> bool {
        match self.terms[node] {
            Term::Product(a, _) => self.as_number(a).is_some(),
            Term::Negate(u) => self.has_factor(u),
            _ => false,
        }
    }

    pub(super) fn quotient(&mut self, u: Node, v: Node) -> Node {
        if self.is(u, 0.0) || self.is(v, 1.0) {
            return u;
        }
        if let Term::Negate(u) = self.terms[u] {
            let quotient = self.quotient(u, v);
            return self.negated(quotient);
        }
        self.add(Term::Quotient(u, v))
    }

    pub(super) fn power(&mut self, u: Node, exponent: f64) -> Node {
        match exponent {
            0.0 => self.number(1.0),
            1.0 => u,
            _ => {
                let exponent = self.number(exponent);
                self.add(Term::Power(u, exponent))
            }
        }
    }

    pub(super) fn unary(&mut self, function: Unary, u: Node) -> Node {
        self.add(Term::Unary(UnaryName(function), u))
    }

    pub(super) fn either(&mut self, test: Test, u: Node, v: Node) -> Node {
        if u == v { u } else { self.add(Term::Where(test, u, v)) }
    }
}

/// Whether a product of numbers is as short as what one would write.
fn is_short(value: f64) -> bool {
    value.is_finite() && (value * 16.0).fract() == 0.0 && value.abs() < 1e6
}
