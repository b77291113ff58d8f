//! Trees as Python: precedence, names, and parts that are needed more than once under names of their own.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Dialect;
use super::number::in_formula;
use super::tree::{BinaryName, NamedConstant, Node, Term, Test, Tree, UnaryName};
use super::words::{Need, common_name, name_of};
use crate::math::formula::{Binary, Constant, Unary};

/// How tightly a text holds together.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Binding {
    Comparison,
    Sum,
    Product,
    Negation,
    Power,
    Atom,
}

/// A tree in the words of a dialect.
pub struct Printer<'a> {
    /// The tree.
    pub tree: &'a Tree,
    /// What it is written in.
    pub dialect: Dialect,
    /// The names of the variables, as they are written.
    pub variables: &'a [String],
    /// Those of the parameters.
    pub parameters: &'a [String],
    named: HashMap<Node, String>,
    /// What the texts so far need.
    pub needs: BTreeSet<Need>,
}

impl<'a> Printer<'a> {
    /// One that has named nothing yet.
    pub fn new(
        tree: &'a Tree,
        dialect: Dialect,
        variables: &'a [String],
        parameters: &'a [String],
    ) -> Self {
        Self { tree, dialect, variables, parameters, named: HashMap::new(), needs: BTreeSet::new() }
    }

    /// The text of a node.
    pub fn text(&mut self, node: Node) -> String {
        self.print(node).0
    }

    /// Names what these nodes have in common: lines `name = …`, in the order of their use.
    pub fn common_parts(&mut self, roots: &[Node]) -> Vec<String> {
        let mut uses: BTreeMap<Node, usize> = BTreeMap::new();
        let mut order = Vec::new();
        let mut seen = BTreeSet::new();
        for &root in roots {
            *uses.entry(root).or_default() += 1;
            self.visit(root, &mut seen, &mut uses, &mut order);
        }
        let mut lines = Vec::new();
        for node in order {
            if uses[&node] > 1 && self.weight(node) >= 2 && !self.is_literal(node) {
                let text = self.text(node);
                let name = format!("part{}", self.named.len() + 1);
                lines.push(format!("{name} = {text}"));
                self.named.insert(node, name);
            }
        }
        lines
    }

    /// Whether there is neither a letter nor a function in it: a number, as it is written.
    fn is_literal(&self, node: Node) -> bool {
        let is_other = matches!(
            self.tree.term(node),
            Term::Variable(_) | Term::Parameter(_) | Term::Unary(..) | Term::Binary(..)
        );
        !is_other && self.tree.parts(node).into_iter().all(|part| self.is_literal(part))
    }

    fn visit(
        &self,
        node: Node,
        seen: &mut BTreeSet<Node>,
        uses: &mut BTreeMap<Node, usize>,
        order: &mut Vec<Node>,
    ) {
        if !seen.insert(node) {
            return;
        }
        for part in self.tree.parts(node) {
            *uses.entry(part).or_default() += 1;
            self.visit(part, seen, uses, order);
        }
        order.push(node);
    }

    /// How much there is to a node: 0 for a letter, 2 for a function of one, at most 3.
    fn weight(&self, node: Node) -> usize {
        if self.named.contains_key(&node) {
            return 0;
        }
        match self.tree.term(node) {
            Term::Number(_) | Term::Constant(_) | Term::Variable(_) | Term::Parameter(_) => 0,
            Term::Negate(u) => self.weight(u),
            Term::Unary(..) | Term::Binary(..) | Term::TanhSlope(_) | Term::Where(..) => 2,
            _ => {
                let parts: usize = self.tree.parts(node).into_iter().map(|u| self.weight(u)).sum();
                (1 + parts).min(3)
            }
        }
    }

    fn print(&mut self, node: Node) -> (String, Binding) {
        if let Some(name) = self.named.get(&node) {
            return (name.clone(), Binding::Atom);
        }
        if let Some(value) = self.tree.value(node)
            && !value.is_finite()
        {
            let module = if self.dialect == Dialect::PyTorch { "math" } else { "np" };
            self.need_math();
            return match value {
                _ if value.is_nan() => (format!("{module}.nan"), Binding::Atom),
                _ if value > 0.0 => (format!("{module}.inf"), Binding::Atom),
                _ => (format!("-{module}.inf"), Binding::Negation),
            };
        }
        let letter = |names: &[String], at: usize| {
            let name = names.get(at).map_or_else(String::new, |name| name_of(name));
            (name, Binding::Atom)
        };
        match self.tree.term(node) {
            Term::Number(bits) => {
                let value = f64::from_bits(bits);
                let is_negative = value.is_sign_negative();
                let binding = if is_negative { Binding::Negation } else { Binding::Atom };
                (in_formula(value), binding)
            }
            Term::Constant(NamedConstant(constant)) => self.constant(constant),
            Term::Variable(at) => letter(self.variables, at),
            Term::Parameter(at) => letter(self.parameters, at),
            Term::Negate(u) => {
                (format!("-{}", self.operand(u, Binding::Product)), Binding::Negation)
            }
            Term::Sum(u, v) => self.infix(u, " + ", v, Binding::Sum, Binding::Sum),
            Term::Difference(u, v) => self.infix(u, " - ", v, Binding::Sum, Binding::Product),
            Term::Product(u, v) if self.is_degree(v) => {
                self.need_math();
                let module = self.constant_module();
                let is_constant = self.tree.value(u).is_some();
                match (self.dialect, is_constant) {
                    (Dialect::PyTorch, false) => self.call("torch.deg2rad", &[u]),
                    _ => self.call(&format!("{module}.radians"), &[u]),
                }
            }
            Term::Product(u, v) => self.infix(u, " * ", v, Binding::Product, Binding::Product),
            Term::Quotient(u, v) => self.infix(u, " / ", v, Binding::Product, Binding::Power),
            Term::Power(u, v)
                if self.tree.term(u) == Term::Constant(NamedConstant(Constant::E)) =>
            {
                self.unary(Unary::Exp, v)
            }
            Term::Power(u, v) => {
                let (base, exponent) =
                    (self.operand(u, Binding::Atom), self.operand(v, Binding::Negation));
                (format!("{base}**{exponent}"), Binding::Power)
            }
            Term::Unary(UnaryName(function), u) => self.unary(function, u),
            Term::Binary(BinaryName(function), u, v) => self.binary(function, u, v),
            Term::TanhSlope(u) => {
                self.needs.insert(Need::Overflow);
                let cosh = self.call("np.cosh", &[u]).0;
                (format!("1 / {cosh}**2"), Binding::Product)
            }
            Term::Where(test, u, v) => {
                let test = match test {
                    Test::Below(u, v) => self.infix(u, " < ", v, Binding::Sum, Binding::Sum).0,
                    Test::Within(u, v) => {
                        let (size, limit) =
                            (self.call("np.abs", &[u]).0, self.operand(v, Binding::Sum));
                        format!("{size} <= {limit}")
                    }
                };
                let (u, v) = (self.text(u), self.text(v));
                (format!("np.where({test}, {u}, {v})"), Binding::Atom)
            }
        }
    }

    fn is_degree(&self, node: Node) -> bool {
        self.tree.term(node) == Term::Constant(NamedConstant(Constant::Degree))
    }

    fn need_math(&mut self) {
        if self.dialect == Dialect::PyTorch {
            self.needs.insert(Need::Math);
        }
    }

    /// The module with functions of plain numbers.
    fn constant_module(&self) -> &'static str {
        if self.dialect == Dialect::PyTorch { "math" } else { "np" }
    }

    fn constant(&mut self, constant: Constant) -> (String, Binding) {
        self.need_math();
        let module = self.constant_module();
        match constant {
            Constant::Pi => (format!("{module}.pi"), Binding::Atom),
            Constant::E => (format!("{module}.e"), Binding::Atom),
            Constant::Degree => (format!("{module}.radians(1)"), Binding::Atom),
        }
    }

    fn operand(&mut self, node: Node, least: Binding) -> String {
        let (text, binding) = self.print(node);
        if binding < least { format!("({text})") } else { text }
    }

    /// u sign v, where the parts hold together at least so tightly.
    fn infix(
        &mut self,
        u: Node,
        sign: &str,
        v: Node,
        left: Binding,
        right: Binding,
    ) -> (String, Binding) {
        let u = self.operand(u, left);
        let (text, binding) = self.print(v);
        let v = if binding < right || binding == Binding::Negation {
            format!("({text})")
        } else {
            text
        };
        let binding = if sign == " < " { Binding::Comparison } else { left };
        (format!("{u}{sign}{v}"), binding)
    }

    fn call(&mut self, name: &str, values: &[Node]) -> (String, Binding) {
        let values: Vec<String> = values.iter().map(|&value| self.text(value)).collect();
        (format!("{name}({})", values.join(", ")), Binding::Atom)
    }

    fn unary(&mut self, function: Unary, u: Node) -> (String, Binding) {
        if self.dialect == Dialect::PyTorch {
            return match self.tree.value(u) {
                Some(value) => self.of_constant(function, u, value),
                None => self.torch(function, u),
            };
        }
        let name = match function {
            Unary::Sigmoid => {
                self.needs.extend([Need::Sigmoid, Need::Overflow]);
                return self.call("sigmoid", &[u]);
            }
            Unary::Relu => {
                let u = self.text(u);
                return (format!("np.maximum(0, {u})"), Binding::Atom);
            }
            Unary::Softplus => {
                let u = self.text(u);
                return (format!("np.logaddexp(0, {u})"), Binding::Atom);
            }
            Unary::Asin => "arcsin",
            Unary::Acos => "arccos",
            Unary::Atan => "arctan",
            Unary::Asinh => "arcsinh",
            Unary::Acosh => "arccosh",
            Unary::Atanh => "arctanh",
            Unary::Cbrt => "cbrt",
            _ => common_name(function),
        };
        self.call(&format!("np.{name}"), &[u])
    }

    /// A function of a constant, which PyTorch's functions do not take.
    fn of_constant(&mut self, function: Unary, u: Node, value: f64) -> (String, Binding) {
        let has_none =
            [Unary::Abs, Unary::Sign, Unary::Cbrt, Unary::Sigmoid, Unary::Relu, Unary::Softplus];
        if has_none.contains(&function) {
            let value = function.value(value);
            let binding = if value < 0.0 { Binding::Negation } else { Binding::Atom };
            return (in_formula(value), binding);
        }
        self.needs.insert(Need::Math);
        self.call(&format!("math.{}", common_name(function)), &[u])
    }

    fn torch(&mut self, function: Unary, u: Node) -> (String, Binding) {
        match function {
            Unary::Softplus => {
                self.needs.insert(Need::Softplus);
                self.call("softplus", &[u])
            }
            Unary::Cbrt => {
                self.needs.insert(Need::Cbrt);
                self.call("cbrt", &[u])
            }
            Unary::Sigmoid => self.call("torch.sigmoid", &[u]),
            Unary::Relu => self.call("torch.relu", &[u]),
            _ => self.call(&format!("torch.{}", common_name(function)), &[u]),
        }
    }

    fn binary(&mut self, function: Binary, u: Node, v: Node) -> (String, Binding) {
        if function == Binary::Huber {
            self.needs.insert(Need::Huber);
        }
        if self.dialect == Dialect::NumPy {
            let name = match function {
                Binary::Min => "np.minimum",
                Binary::Max => "np.maximum",
                Binary::Atan2 => "np.arctan2",
                Binary::Huber => "huber",
            };
            return self.call(name, &[u, v]);
        }
        if let (Some(first), Some(second)) = (self.tree.value(u), self.tree.value(v)) {
            let value = function.value(first, second);
            let binding = if value < 0.0 { Binding::Negation } else { Binding::Atom };
            return (in_formula(value), binding);
        }
        let [first, second] = [u, v].map(|node| {
            let text = self.text(node);
            match self.tree.value(node) {
                Some(_) => format!("torch.tensor(float({text}))"),
                None => text,
            }
        });
        let text = match function {
            // At a tie PyTorch's own minimum has half of either slope; here it is that of the first.
            Binary::Min => format!("torch.where({second} < {first}, {second}, {first})"),
            Binary::Max => format!("torch.where({first} < {second}, {second}, {first})"),
            Binary::Atan2 => format!("torch.atan2({first}, {second})"),
            Binary::Huber => format!("huber({first}, {second})"),
        };
        (text, Binding::Atom)
    }
}
