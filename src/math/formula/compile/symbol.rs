//! Numbers that stand for what they will be: computing with a [`Symbol`] writes the operations down
//! in a [`Graph`], so that a tape which runs on symbols gives its own graph, and its derivatives'.

use std::ops::{Add, BitAnd, BitOr, Div, Mul, Neg, Not, Sub};

use super::core::Callee;
use super::graph::{Graph, Id, Op};
use crate::math::formula::function::Unary;
use crate::math::formula::number::{Number, Scalar};
use crate::math::real::Real;

/// A number: known, or a node of a graph.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Symbol<'g> {
    Known(f64),
    Node(&'g Graph, Id),
}

/// What a comparison tells: known, or a node of a graph.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Truth<'g> {
    Known(bool),
    Node(&'g Graph, Id),
}

impl<'g> Symbol<'g> {
    /// An input of the kernel.
    pub fn input(graph: &'g Graph, number: usize) -> Self {
        Symbol::Node(graph, graph.node(Op::Input(number as u32), &[]))
    }

    /// The node it is, or is put into.
    pub fn id(self, graph: &Graph) -> Id {
        match self {
            Symbol::Known(number) => graph.node(Op::Constant(number.to_bits()), &[]),
            Symbol::Node(_, id) => id,
        }
    }

    fn of(graph: &'g Graph, op: Op, operands: &[Id]) -> Self {
        let id = graph.node(op, operands);
        graph.constant(id).map_or(Symbol::Node(graph, id), Symbol::Known)
    }

    fn unary(self, op: Op, known: fn(f64) -> f64) -> Self {
        match self {
            Symbol::Known(u) => Symbol::Known(known(u)),
            Symbol::Node(graph, id) => Self::of(graph, op, &[id]),
        }
    }

    /// Both nodes in their graph; `Err` holds the numbers, if both are known.
    fn both(self, other: Self) -> Result<(&'g Graph, [Id; 2]), [f64; 2]> {
        match (self, other) {
            (Symbol::Known(u), Symbol::Known(v)) => Err([u, v]),
            (Symbol::Node(graph, _), _) | (_, Symbol::Node(graph, _)) => {
                Ok((graph, [self.id(graph), other.id(graph)]))
            }
        }
    }

    fn binary(self, other: Self, op: Op, known: fn(f64, f64) -> f64) -> Self {
        match self.both(other) {
            Ok((graph, both)) => Self::of(graph, op, &both),
            Err([u, v]) => Symbol::Known(known(u, v)),
        }
    }

    fn compare(self, other: Self, op: Op, known: fn(&f64, &f64) -> bool) -> Truth<'g> {
        match self.both(other) {
            Ok((graph, both)) => Truth::Node(graph, graph.node(op, &both)),
            Err([u, v]) => Truth::Known(known(&u, &v)),
        }
    }

    /// The parts of a function that the core computes: f and, where it has them, f′ and f″.
    fn call(self, other: Self, callee: Callee) -> [Self; 3] {
        match self.both(other) {
            Ok((graph, both)) => {
                let call = graph.node(Op::Call(callee.number()), &both);
                [0, 1, 2].map(|part| Self::of(graph, Op::Part(part), &[call]))
            }
            Err([u, v]) => callee.at(u, v).map(Symbol::Known),
        }
    }
}

impl From<f64> for Symbol<'_> {
    fn from(number: f64) -> Self {
        Symbol::Known(number)
    }
}

impl Add for Symbol<'_> {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        self.binary(other, Op::Add, |u, v| u + v)
    }
}

impl Sub for Symbol<'_> {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        self.binary(other, Op::Subtract, |u, v| u - v)
    }
}

impl Mul for Symbol<'_> {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        self.binary(other, Op::Multiply, |u, v| u * v)
    }
}

impl Div for Symbol<'_> {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        self.binary(other, Op::Divide, |u, v| u / v)
    }
}

impl Neg for Symbol<'_> {
    type Output = Self;
    fn neg(self) -> Self {
        self.unary(Op::Negate, |u| -u)
    }
}

impl<'g> Real for Symbol<'g> {
    type Truth = Truth<'g>;

    fn abs(self) -> Self {
        self.unary(Op::Abs, f64::abs)
    }
    fn sqrt(self) -> Self {
        self.unary(Op::Sqrt, f64::sqrt)
    }
    fn floor(self) -> Self {
        self.unary(Op::Floor, f64::floor)
    }
    fn ceil(self) -> Self {
        self.unary(Op::Ceil, f64::ceil)
    }
    fn exponent(self) -> Self {
        self.unary(Op::Exponent, <f64 as Real>::exponent)
    }
    fn equals(self, other: Self) -> Truth<'g> {
        self.compare(other, Op::Equal, f64::eq)
    }
    fn is_below(self, other: Self) -> Truth<'g> {
        self.compare(other, Op::Below, f64::lt)
    }
    fn is_at_most(self, other: Self) -> Truth<'g> {
        self.compare(other, Op::AtMost, f64::le)
    }
    fn select(is_so: Truth<'g>, then: Self, otherwise: Self) -> Self {
        match is_so {
            Truth::Known(true) => then,
            Truth::Known(false) => otherwise,
            Truth::Node(graph, condition) => {
                Self::of(graph, Op::Select, &[condition, then.id(graph), otherwise.id(graph)])
            }
        }
    }
}

impl Scalar for Symbol<'_> {
    fn call(self, function: Unary) -> Self {
        let simple = function.simple(self);
        simple.unwrap_or_else(|| self.call(self, Callee::Unary(function))[0])
    }

    fn derivatives(self, function: Unary, f: Self) -> [Self; 2] {
        if function.simple(self).is_some() {
            return function.simple_derivatives(self, f);
        }
        if function == Unary::Exp {
            return [f; 2];
        }
        let [_, slope, bend] = self.call(self, Callee::Unary(function));
        [slope, bend]
    }

    fn to_the(self, exponent: Self) -> Self {
        self.call(exponent, Callee::Power)[0]
    }

    fn angle(self, v: Self) -> Self {
        self.call(v, Callee::Angle)[0]
    }

    fn rarely<N: Number<Real = Self>>(
        is_so: Self::Truth,
        rare: impl FnOnce() -> N,
        usual: impl FnOnce() -> N,
    ) -> N {
        match is_so {
            Truth::Known(true) => rare(),
            Truth::Known(false) => usual(),
            Truth::Node(graph, condition) => {
                let (region, rare) = graph.rarely(condition, rare);
                let region = Op::Rare(region);
                rare.merge(usual(), |rare, usual| {
                    let both = [rare.id(graph), usual.id(graph)];
                    if both[0] == both[1] { rare } else { Self::of(graph, region, &both) }
                })
            }
        }
    }
}

impl Not for Truth<'_> {
    type Output = Self;
    fn not(self) -> Self {
        match self {
            Truth::Known(is_so) => Truth::Known(!is_so),
            Truth::Node(graph, id) => Truth::Node(graph, graph.node(Op::Not, &[id])),
        }
    }
}

impl BitAnd for Truth<'_> {
    type Output = Self;
    fn bitand(self, other: Self) -> Self {
        match (self, other) {
            (Truth::Known(true), is_so) | (is_so, Truth::Known(true)) => is_so,
            (Truth::Known(false), _) | (_, Truth::Known(false)) => Truth::Known(false),
            (Truth::Node(graph, id), Truth::Node(_, other)) => {
                Truth::Node(graph, graph.node(Op::And, &[id, other]))
            }
        }
    }
}

impl BitOr for Truth<'_> {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        match (self, other) {
            (Truth::Known(false), is_so) | (is_so, Truth::Known(false)) => is_so,
            (Truth::Known(true), _) | (_, Truth::Known(true)) => Truth::Known(true),
            (Truth::Node(graph, id), Truth::Node(_, other)) => {
                Truth::Node(graph, graph.node(Op::Or, &[id, other]))
            }
        }
    }
}
