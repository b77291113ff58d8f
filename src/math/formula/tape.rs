//! A formula as a straight-line program over numbered slots.
//!
//! `(1 - x)^2 + b*(y - x^2)^2` with b = 100, x in slot 0 and y in slot 1:
//!
//! ```text
//! s2 ← 1 − s0      s3 ← s0²        s3 ← 100 · s3
//! s2 ← s2²         s3 ← s1 − s3    s2 ← s2 + s3
//!                  s3 ← s3²
//! ```
//!
//! The same program runs on numbers, on [`Jet`]s and on [`Jet2`]s (see `jet.rs`), and on whole
//! rows of a grid (see `grid.rs`).

use super::compile::Tiers;
use super::expr::{Expr, Operator};
use super::function::{Binary, Function, Unary};
use super::jet::{Jet, Jet2};
use super::number::Number;

/// A program that computes f, ∇f and ∇²f; made by [`Formula::bind`](super::Formula::bind).
#[derive(Clone, Debug)]
pub struct Tape {
    pub(super) instructions: Vec<Instruction>,
    pub(super) variables: usize,
    /// Where f is in the end.
    pub(super) result: u16,
    /// How many slots are in use, variables included.
    pub(super) slots: usize,
    /// About how many additions take as long as computing f once.
    cost: u64,
    /// What has been compiled of it.
    pub(super) tiers: Tiers,
}

/// `out ← operation(a, b)`; an operation of one operand ignores b.
#[derive(Clone, Copy, Debug)]
pub(super) struct Instruction {
    pub operation: Operation,
    pub a: u16,
    pub b: u16,
    pub out: u16,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Operation {
    /// c
    Constant(f64),
    Add,
    Subtract,
    Multiply,
    Divide,
    Negate,
    /// a + c
    Offset(f64),
    /// c − a
    SubtractFrom(f64),
    /// c a
    Scale(f64),
    /// a / c
    DivideBy(f64),
    /// c / a
    DivideInto(f64),
    Square,
    /// aⁿ
    IntegerPower(i32),
    /// aᶜ
    RealPower(f64),
    /// aᵇ
    Power,
    Unary(Unary),
    Binary(Binary),
}

impl Operation {
    /// Whether b is an operand.
    pub fn is_binary(self) -> bool {
        use Operation::*;
        matches!(self, Add | Subtract | Multiply | Divide | Power | Binary(_))
    }

    /// About how many additions take as long.
    fn cost(self) -> u64 {
        use Operation::*;
        match self {
            Divide | DivideBy(_) | DivideInto(_) => 2,
            IntegerPower(_) => 4,
            RealPower(_) | Power | Unary(_) | Binary(_) => 8,
            _ => 1,
        }
    }

    #[inline(always)]
    pub fn apply<T: Number>(self, a: impl FnOnce() -> T, b: impl FnOnce() -> T) -> T {
        match self {
            Operation::Constant(c) => T::constant(c),
            Operation::Add => a().add(b()),
            Operation::Subtract => a().subtract(b()),
            Operation::Multiply => a().multiply(b()),
            Operation::Divide => a().divide(b()),
            Operation::Negate => a().negate(),
            Operation::Offset(c) => a().offset(c),
            Operation::SubtractFrom(c) => a().subtract_from(c),
            Operation::Scale(c) => a().scale(c),
            Operation::DivideBy(c) => a().divide_by(c.into()),
            Operation::DivideInto(c) => a().divide_into(c),
            Operation::Square => a().square(),
            Operation::IntegerPower(n) => a().integer_power(n),
            Operation::RealPower(c) => a().real_power(c),
            Operation::Power => a().power(b()),
            Operation::Unary(function) => a().unary(function),
            Operation::Binary(function) => a().binary(b(), function),
        }
    }
}

impl Tape {
    /// About how many additions take as long as computing f once.
    pub fn cost(&self) -> u64 {
        self.cost
    }

    /// f(x, y). Variables beyond the second are 0.
    pub fn value(&self, x: f64, y: f64) -> f64 {
        self.value_at(&[x, y])
    }

    /// f and ∇f at (x, y).
    pub fn gradient(&self, x: f64, y: f64) -> Jet {
        self.run_jets(&Jet::variables([x, y]))
    }

    /// f, ∇f and ∇²f at (x, y).
    pub fn hessian(&self, x: f64, y: f64) -> Jet2 {
        self.run_hessians(&Jet2::variables([x, y]))
    }

    /// f with a value for each variable; missing ones are 0.
    pub fn value_at(&self, point: &[f64]) -> f64 {
        self.run_in(&mut [0.0; MAX_SLOTS], point)
    }

    /// f and its gradient by the first two variables, with a value for each variable (at most 16);
    /// missing ones are 0.
    pub fn gradient_at(&self, point: &[f64]) -> Jet {
        self.run_jets(&inputs(point))
    }

    /// f and its gradient and Hessian by the first two variables, with a value for each variable
    /// (at most 16); missing ones are 0.
    pub fn hessian_at(&self, point: &[f64]) -> Jet2 {
        self.run_hessians(&inputs(point))
    }

    /// Every step of a run asks for this: most formulas are spared the large frame, and the others
    /// go without code of their own.
    fn run_jets(&self, inputs: &[Jet]) -> Jet {
        if self.slots <= FEW_SLOTS {
            return self.run_in(&mut [Jet::constant(0.0); FEW_SLOTS], inputs);
        }
        let mut all = [Jet2::constant(0.0); MAX_VARIABLES];
        for (input, &Jet { value, gradient }) in all.iter_mut().zip(inputs) {
            *input = Jet2 { gradient, ..Jet2::constant(value) };
        }
        self.run_hessians(&all).jet()
    }

    fn run_hessians(&self, inputs: &[Jet2]) -> Jet2 {
        self.run_in(&mut [Jet2::constant(0.0); MAX_SLOTS], inputs)
    }

    /// Runs the program in a frame of N slots. Each size and kind of number is 3 to 8 kB of code.
    ///
    /// N is a power of two above every slot number, so `% N` changes nothing but spares the check.
    pub(super) fn run_in<T: Number, const N: usize>(&self, slots: &mut [T; N], inputs: &[T]) -> T {
        for (slot, input) in slots.iter_mut().zip(inputs).take(self.variables) {
            *slot = *input;
        }
        for &Instruction { operation, a, b, out } in &self.instructions {
            let result =
                operation.apply(|| slots[usize::from(a) % N], || slots[usize::from(b) % N]);
            slots[usize::from(out) % N] = result;
        }
        slots[usize::from(self.result) % N]
    }
}

pub(super) const MAX_VARIABLES: usize = 16;

/// A number for each coordinate, of which the first two are those to derive by.
pub(super) fn inputs<T: Number<Real = f64>>(point: &[f64]) -> [T; MAX_VARIABLES] {
    let mut inputs = [T::constant(0.0); MAX_VARIABLES];
    for (input, &value) in inputs.iter_mut().zip(point) {
        *input = T::constant(value);
    }
    let theta = [0, 1].map(|at| point.get(at).copied().unwrap_or(0.0));
    [inputs[0], inputs[1]] = T::variables(theta);
    inputs
}

/// A level of nesting holds at most three slots (a sum, a product and a power that wait for it).
pub(super) const MAX_SLOTS: usize = 256;

/// Slots that are enough for most formulas.
pub(super) const FEW_SLOTS: usize = 8;

/// Where the value of a part of the tree is.
#[derive(Clone, Copy)]
enum Place {
    Constant(f64),
    Slot(u16),
}

impl Tape {
    pub(super) fn compile(tree: &Expr, variables: usize, parameters: &[f64]) -> Tape {
        debug_assert!(variables <= MAX_VARIABLES);
        let mut compiler = Compiler { parameters, slots: variables, instructions: Vec::new() };
        let first_free = variables as u16;
        let place = compiler.place(tree, first_free);
        let result = compiler.slot(place, first_free);
        let Compiler { instructions, slots, .. } = compiler;
        debug_assert!(slots <= MAX_SLOTS);
        let cost = instructions.iter().map(|instruction| instruction.operation.cost()).sum();
        Tape { instructions, variables, result, slots, cost, tiers: Tiers::default() }
    }
}

struct Compiler<'a> {
    parameters: &'a [f64],
    slots: usize,
    instructions: Vec<Instruction>,
}

impl Compiler<'_> {
    /// Computes a part of the tree; slots from `free` on may be overwritten.
    fn place(&mut self, tree: &Expr, free: u16) -> Place {
        match tree {
            Expr::Number(number) => Place::Constant(*number),
            Expr::Constant(constant) => Place::Constant(constant.value()),
            Expr::Parameter(at) => {
                Place::Constant(self.parameters.get(*at).copied().unwrap_or(f64::NAN))
            }
            Expr::Variable(at) => Place::Slot(*at as u16),
            Expr::Negate(operand) => {
                let operand = self.place(operand, free);
                self.emit(Operation::Negate, operand, operand, free)
            }
            Expr::Infix(operator, left, right) => {
                let left = self.place(left, free);
                let right = self.place(right, Self::free_after(left, free));
                self.infix(*operator, left, right, free)
            }
            Expr::Call(Function::Unary(function), values) => {
                let operand = self.call_value(values, 0, free);
                self.emit(Operation::Unary(*function), operand, operand, free)
            }
            Expr::Call(Function::Binary(function), values) => {
                let mut so_far = self.call_value(values, 0, free);
                for at in 1..values.len() {
                    let next = self.call_value(values, at, Self::free_after(so_far, free));
                    so_far = self.emit(Operation::Binary(*function), so_far, next, free);
                }
                so_far
            }
        }
    }

    fn call_value(&mut self, values: &[Expr], at: usize, free: u16) -> Place {
        values.get(at).map_or(Place::Constant(f64::NAN), |value| self.place(value, free))
    }

    /// The first slot that is free while `held` waits.
    fn free_after(held: Place, free: u16) -> u16 {
        match held {
            Place::Slot(slot) if slot == free => free + 1,
            _ => free,
        }
    }

    /// The cheapest operation for two operands of which one may be constant.
    fn infix(&mut self, operator: Operator, left: Place, right: Place, free: u16) -> Place {
        use Place::{Constant, Slot};
        match (operator, left, right) {
            (Operator::Add, Constant(c), Slot(_)) => {
                self.emit(Operation::Offset(c), right, right, free)
            }
            (Operator::Add, Slot(_), Constant(c)) => {
                self.emit(Operation::Offset(c), left, left, free)
            }
            (Operator::Subtract, Constant(c), Slot(_)) => {
                self.emit(Operation::SubtractFrom(c), right, right, free)
            }
            (Operator::Subtract, Slot(_), Constant(c)) => {
                self.emit(Operation::Offset(-c), left, left, free)
            }
            (Operator::Multiply, Constant(c), Slot(_)) => {
                self.emit(Operation::Scale(c), right, right, free)
            }
            (Operator::Multiply, Slot(_), Constant(c)) => {
                self.emit(Operation::Scale(c), left, left, free)
            }
            (Operator::Divide, Slot(_), Constant(c)) => {
                self.emit(Operation::DivideBy(c), left, left, free)
            }
            (Operator::Divide, Constant(c), Slot(_)) => {
                self.emit(Operation::DivideInto(c), right, right, free)
            }
            (Operator::Power, Constant(std::f64::consts::E), _) => {
                self.emit(Operation::Unary(Unary::Exp), right, right, free)
            }
            (Operator::Power, _, Constant(c)) => self.power(left, c, free),
            (Operator::Add, ..) => self.emit(Operation::Add, left, right, free),
            (Operator::Subtract, ..) => self.emit(Operation::Subtract, left, right, free),
            (Operator::Multiply, ..) => self.emit(Operation::Multiply, left, right, free),
            (Operator::Divide, ..) => self.emit(Operation::Divide, left, right, free),
            (Operator::Power, ..) => self.emit(Operation::Power, left, right, free),
        }
    }

    /// Whole exponents up to ±64 multiply; the others are left to `libm::pow`.
    fn power(&mut self, base: Place, exponent: f64, free: u16) -> Place {
        let operation = match exponent {
            0.0 => return Place::Constant(1.0),
            1.0 => return base,
            2.0 => Operation::Square,
            0.5 => Operation::Unary(Unary::Sqrt),
            c if c.abs() <= 64.0 && c.floor() == c => Operation::IntegerPower(c as i32),
            c => Operation::RealPower(c),
        };
        self.emit(operation, base, base, free)
    }

    /// Writes an instruction, or computes it at once if its operands are constant.
    fn emit(&mut self, operation: Operation, a: Place, b: Place, free: u16) -> Place {
        if let (Place::Constant(a), Place::Constant(b)) = (a, b) {
            return Place::Constant(operation.apply(|| a, || b));
        }
        let (a, b) =
            (self.slot(a, Self::free_after(b, free)), self.slot(b, Self::free_after(a, free)));
        self.write(Instruction { operation, a, b, out: free })
    }

    /// The slot of a value; a constant is put into the slot `free`.
    fn slot(&mut self, place: Place, free: u16) -> u16 {
        match place {
            Place::Slot(slot) => slot,
            Place::Constant(c) => {
                let operation = Operation::Constant(c);
                self.write(Instruction { operation, a: free, b: free, out: free });
                free
            }
        }
    }

    fn write(&mut self, instruction: Instruction) -> Place {
        self.slots = self.slots.max(usize::from(instruction.out) + 1);
        self.instructions.push(instruction);
        Place::Slot(instruction.out)
    }
}
