//! Formulas as they become Python: a syntax tree whose equal parts are one, and its derivatives by the
//! rules of calculus.
//!
//! Where two forms of a derivative are equal the one is taken that keeps its digits: the slope of tanh is
//! 1/cosh², and not 1 − tanh², of which nothing is left where tanh is nearly 1.

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

    fn add(&mut self, term: Term) -> Node {
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

    fn as_number(&self, node: Node) -> Option<f64> {
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

    fn is(&self, node: Node, value: f64) -> bool {
        self.as_number(node) == Some(value)
    }

    fn negated(&mut self, u: Node) -> Node {
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

    fn sum(&mut self, u: Node, v: Node) -> Node {
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

    fn difference(&mut self, u: Node, v: Node) -> Node {
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
    fn product(&mut self, u: Node, v: Node) -> Node {
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

    fn quotient(&mut self, u: Node, v: Node) -> Node {
        if self.is(u, 0.0) || self.is(v, 1.0) {
            return u;
        }
        if let Term::Negate(u) = self.terms[u] {
            let quotient = self.quotient(u, v);
            return self.negated(quotient);
        }
        self.add(Term::Quotient(u, v))
    }

    fn power(&mut self, u: Node, exponent: f64) -> Node {
        match exponent {
            0.0 => self.number(1.0),
            1.0 => u,
            _ => {
                let exponent = self.number(exponent);
                self.add(Term::Power(u, exponent))
            }
        }
    }

    fn unary(&mut self, function: Unary, u: Node) -> Node {
        self.add(Term::Unary(UnaryName(function), u))
    }

    fn either(&mut self, test: Test, u: Node, v: Node) -> Node {
        if u == v { u } else { self.add(Term::Where(test, u, v)) }
    }

    /// The derivative of a node by the variable at a place.
    pub fn derivative(&mut self, node: Node, by: usize) -> Node {
        self.derivative_of(node, by, &mut HashMap::new())
    }

    fn derivative_of(&mut self, node: Node, by: usize, known: &mut HashMap<Node, Node>) -> Node {
        if let Some(&found) = known.get(&node) {
            return found;
        }
        let term = self.terms[node];
        let result = if self.values[node].is_some() || matches!(term, Term::Variable(_)) {
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
                    match self.terms[slope] {
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
        let of_exponent = match self.terms[u] {
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

/// Whether a product of numbers is as short as what one would write.
fn is_short(value: f64) -> bool {
    value.is_finite() && (value * 16.0).fract() == 0.0 && value.abs() < 1e6
}
