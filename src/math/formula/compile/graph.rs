//! A formula and its derivatives as a graph of operations, in which nothing stands twice.
//!
//! A node is made once: asking for the same operation on the same operands gives the node that is
//! there. What can be told without knowing the inputs is folded, but only where the bits stay those
//! of the tape: 1·u is u and u + (−0) is u, but 0·u is not 0 (u may be infinite) and u + 0 is not u
//! (u may be −0), unless more is known of u.
//!
//! What is rarely needed stands in a region of its own, which is computed where it is wanted only;
//! see [`Graph::rarely`].

use std::cell::RefCell;
use std::collections::HashMap;

/// A node, by its place in the graph: its operands stand before it.
pub(super) type Id = u32;

/// What a node computes of its operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Op {
    /// An input of the kernel, by its number.
    Input(u32),
    /// A number, by its bits.
    Constant(u64),
    Negate,
    Abs,
    Sqrt,
    Floor,
    Ceil,
    Exponent,
    Add,
    Subtract,
    Multiply,
    Divide,
    /// Comparisons give all bits or none.
    Equal,
    Below,
    AtMost,
    Not,
    And,
    Or,
    /// The second where the first is so, else the third.
    Select,
    /// A function that the core computes, by its number, of one or two operands; its parts are f and
    /// its derivatives.
    Call(u32),
    /// Part k of a call.
    Part(u32),
    /// The first, which stands in a region, where its condition is so; else the second.
    Rare(u32),
}

impl Op {
    /// How many operands it has.
    fn operands(self) -> usize {
        match self {
            Op::Input(_) | Op::Constant(_) => 0,
            Op::Negate | Op::Abs | Op::Sqrt | Op::Floor | Op::Ceil | Op::Exponent | Op::Not => 1,
            Op::Part(_) => 1,
            Op::Select => 3,
            _ => 2,
        }
    }

    fn commutes(self) -> bool {
        matches!(self, Op::Add | Op::Multiply | Op::Equal | Op::And | Op::Or)
    }
}

/// An operation on nodes; the operands that it does not have are 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Node {
    pub op: Op,
    operands: [Id; 3],
}

impl Node {
    /// The nodes it is computed from.
    pub fn operands(&self) -> &[Id] {
        &self.operands[..self.op.operands()]
    }
}

/// What is known of a node's number.
#[derive(Clone, Copy, Debug, Default)]
struct Facts {
    /// It is not −0.
    never_minus_zero: bool,
    /// It is 0, −0 or none.
    zero_or_none: bool,
}

/// See the top of this file.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    inner: RefCell<Inner>,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Inner {
    pub nodes: Vec<Node>,
    /// The region of each node.
    pub region_of: Vec<u32>,
    /// The node that tells where each region is wanted; region 0 is computed always.
    pub regions: Vec<Id>,
    facts: Vec<Facts>,
    known: HashMap<Node, Id>,
    /// The region that nodes are made in.
    here: u32,
}

const MINUS_ZERO: u64 = 1 << 63;

impl Graph {
    pub fn new() -> Self {
        let inner = Inner { regions: vec![0], ..Inner::default() };
        Self { inner: RefCell::new(inner) }
    }

    /// The node of an operation on these, or a simpler one that has the same bits.
    pub(super) fn node(&self, op: Op, operands: &[Id]) -> Id {
        self.inner.borrow_mut().node(op, operands)
    }

    /// The number of a node that is constant.
    pub fn constant(&self, id: Id) -> Option<f64> {
        self.inner.borrow().constant(id)
    }

    /// What is made in between stands in a region that is computed only where the condition is so.
    pub fn rarely<R>(&self, condition: Id, make: impl FnOnce() -> R) -> (u32, R) {
        let (outer, region, first) = {
            let inner = &mut *self.inner.borrow_mut();
            inner.regions.push(condition);
            let region = inner.regions.len() as u32 - 1;
            (std::mem::replace(&mut inner.here, region), region, inner.nodes.len())
        };
        let made = make();
        // Outside, what stands in the region is not known.
        let Inner { here, nodes, region_of, known, .. } = &mut *self.inner.borrow_mut();
        *here = outer;
        for (node, _) in nodes.iter().zip(&*region_of).skip(first).filter(|(_, of)| **of == region)
        {
            known.remove(node);
        }
        (region, made)
    }

    /// The nodes so far.
    pub(super) fn nodes(&self) -> Inner {
        self.inner.borrow().clone()
    }
}

impl Inner {
    /// Takes a node's number from an input of the kernel, and computes it no more.
    pub fn take(&mut self, id: Id, input: u32) {
        self.nodes[id as usize] = Node { op: Op::Input(input), operands: [0; 3] };
    }

    /// Which inputs each node depends on: a bit for each of the first 32.
    pub fn dependence(&self) -> Vec<u32> {
        let mut all: Vec<u32> = Vec::with_capacity(self.nodes.len());
        for node in &self.nodes {
            let condition = match node.op {
                Op::Rare(region) => all[self.regions[region as usize] as usize],
                Op::Input(input) => 1 << input,
                _ => 0,
            };
            let of = node.operands().iter().fold(condition, |of, id| of | all[*id as usize]);
            all.push(of);
        }
        all
    }

    fn constant(&self, id: Id) -> Option<f64> {
        match self.nodes[id as usize].op {
            Op::Constant(bits) => Some(f64::from_bits(bits)),
            _ => None,
        }
    }

    fn is(&self, id: Id, number: f64) -> bool {
        self.nodes[id as usize].op == Op::Constant(number.to_bits())
    }

    fn facts(&self, id: Id) -> Facts {
        self.facts[id as usize]
    }

    fn node(&mut self, op: Op, operands: &[Id]) -> Id {
        let mut all = [0; 3];
        all[..operands.len()].copy_from_slice(operands);
        if op.commutes() && all[0] > all[1] {
            all.swap(0, 1);
        }
        if let Some(simpler) = self.simplified(op, all) {
            return simpler;
        }
        let node = Node { op, operands: all };
        if let Some(&id) = self.known.get(&node) {
            return id;
        }
        let id = self.nodes.len() as Id;
        self.facts.push(self.facts_of(&node));
        self.nodes.push(node);
        // Constants, inputs and calls are always there.
        let is_outside = matches!(op, Op::Constant(_) | Op::Input(_) | Op::Call(_) | Op::Part(_));
        self.region_of.push(if is_outside { 0 } else { self.here });
        self.known.insert(node, id);
        id
    }

    /// A node that has the bits of an operation on others, if one of them tells.
    fn simplified(&mut self, op: Op, [a, b, c]: [Id; 3]) -> Option<Id> {
        let negated = |of: Id, inner: &Inner| match inner.nodes[of as usize] {
            Node { op: Op::Negate, operands } => Some(operands[0]),
            _ => None,
        };
        match op {
            Op::Negate => negated(a, self),
            Op::Add => {
                // The operands are sorted: either may be the constant.
                for (u, v) in [(a, b), (b, a)] {
                    let plus_zero = self.is(v, 0.0) && self.facts(u).never_minus_zero;
                    if self.is(v, -0.0) || plus_zero {
                        return Some(u);
                    }
                    if let Some(v) = negated(v, self) {
                        return Some(self.node(Op::Subtract, &[u, v]));
                    }
                }
                (a == b && self.facts(a).zero_or_none).then_some(a)
            }
            Op::Subtract => {
                if self.is(b, 0.0) {
                    return Some(a);
                }
                negated(b, self).map(|b| self.node(Op::Add, &[a, b]))
            }
            Op::Multiply => [(a, b), (b, a)].into_iter().find_map(|(u, v)| self.scaled(u, v)),
            Op::Divide => {
                let by = self.constant(b)?;
                // Dividing by a power of 2 is multiplying by another.
                let reciprocal = 1.0 / by;
                let is_power = |c: f64| c.is_normal() && c.to_bits() << 12 == 0;
                if !is_power(by) || !is_power(reciprocal) {
                    return None;
                }
                let reciprocal = self.node(Op::Constant(reciprocal.to_bits()), &[]);
                Some(self.node(Op::Multiply, &[a, reciprocal]))
            }
            Op::Select if b == c => Some(b),
            Op::Select => {
                // 0 where u is ±0, else u: that is u + 0.
                let condition = self.nodes[a as usize];
                let tells_zero = condition.op == Op::Equal
                    && self.is(b, 0.0)
                    && condition.operands().contains(&c)
                    && condition.operands().iter().any(|&of| self.is(of, 0.0));
                tells_zero.then(|| self.node(Op::Add, &[c, b]))
            }
            Op::And | Op::Or if a == b => Some(a),
            _ => None,
        }
    }

    /// u times a constant.
    fn scaled(&mut self, u: Id, constant: Id) -> Option<Id> {
        let c = self.constant(constant)?;
        // ±0 or none times a finite number but 0 keeps its size.
        let keeps = self.facts(u).zero_or_none && c != 0.0 && c.is_finite();
        if c == 1.0 || keeps && c > 0.0 {
            return Some(u);
        }
        (c == -1.0 || keeps).then(|| self.node(Op::Negate, &[u]))
    }

    fn facts_of(&self, node: &Node) -> Facts {
        let [a, b, c] = node.operands;
        let count = node.op.operands();
        let of = |id: Id| if count == 0 { Facts::default() } else { self.facts(id) };
        match node.op {
            Op::Constant(bits) => Facts {
                never_minus_zero: bits != MINUS_ZERO,
                zero_or_none: f64::from_bits(bits) == 0.0 || f64::from_bits(bits).is_nan(),
            },
            Op::Abs => Facts { never_minus_zero: true, ..of(a) },
            Op::Sqrt => of(a),
            Op::Negate => Facts { never_minus_zero: false, ..of(a) },
            Op::Exponent => Facts { never_minus_zero: true, zero_or_none: false },
            // −0 is a sum of −0 and −0 only, and a difference of −0 and 0 only.
            Op::Add => Facts {
                never_minus_zero: of(a).never_minus_zero || of(b).never_minus_zero,
                zero_or_none: of(a).zero_or_none && of(b).zero_or_none,
            },
            Op::Subtract => Facts {
                never_minus_zero: of(a).never_minus_zero
                    || self.constant(b).is_some_and(|c| c != 0.0),
                zero_or_none: of(a).zero_or_none && of(b).zero_or_none,
            },
            Op::Multiply => Facts {
                never_minus_zero: a == b,
                zero_or_none: of(a).zero_or_none || of(b).zero_or_none,
            },
            Op::Divide => Facts { zero_or_none: of(a).zero_or_none, ..Facts::default() },
            Op::Select => Facts {
                never_minus_zero: of(b).never_minus_zero && of(c).never_minus_zero,
                zero_or_none: of(b).zero_or_none && of(c).zero_or_none,
            },
            Op::Rare(_) => Facts {
                never_minus_zero: of(a).never_minus_zero && of(b).never_minus_zero,
                zero_or_none: of(a).zero_or_none && of(b).zero_or_none,
            },
            _ => Facts::default(),
        }
    }
}
