//! Σ over examples: each operation at once for a block of examples.
//!
//! The loss of one example is a formula in θ₁, θ₂ and the example's own numbers x, y, …, which
//! stand in columns. A slot of the tape holds a block of examples, part by part, so that the loops
//! over them run in vector registers:
//!
//! ```text
//! f         f₁ f₂ f₃ … f₁₆        one value each
//! ∂f/∂θ₁    ·  ·  ·  …  ·
//! ∂f/∂θ₂    ·  ·  ·  …  ·
//! ```
//!
//! The sums run in the order of the examples and use the operations of [`Number`], so they are
//! those of one example after the other to the last bit. So are Hessians summed: few are asked for.

use super::batch;
use super::function::Unary;
use super::jet::{Jet, Jet2, Number, is_far};
use super::tape::{FEW_SLOTS, Instruction, MAX_SLOTS, MAX_VARIABLES, Operation, Tape};

/// Examples in a block: 384 bytes for each [`Jet`] slot.
const LANES: usize = 16;

/// Fewer examples are summed one after the other.
const FEW: usize = 3;

/// Blocks in a frame that is large enough for most formulas.
const SMALL: usize = 8;

impl Tape {
    /// Σ f(θ₁, θ₂, x, y, …) over the examples. The variables of the formula are θ₁ and θ₂ and then
    /// one for each column; an example is a row of the columns. If they differ in length, the
    /// shortest counts; without columns there are no examples. A missing column counts as zeros.
    pub fn sum_values(&self, theta: [f64; 2], columns: &[&[f64]]) -> f64 {
        let examples = examples(columns);
        if examples < FEW {
            return self.sum_one_by_one(&mut [0.0; MAX_SLOTS], theta, columns, examples);
        }
        self.sum_many(theta, columns, examples)
    }

    /// Σ f and Σ ∇f by θ over the examples, which are as in [`Tape::sum_values`].
    pub fn sum_gradients(&self, theta: [f64; 2], columns: &[&[f64]]) -> Jet {
        let examples = examples(columns);
        if examples >= FEW {
            return self.sum_many(theta, columns, examples);
        }
        if self.slots > FEW_SLOTS {
            return self.sum_hessians(theta, columns).jet();
        }
        let slots = &mut [Jet::constant(0.0); FEW_SLOTS];
        self.sum_one_by_one(slots, theta, columns, examples)
    }

    /// Σ f, Σ ∇f and Σ ∇²f by θ over the examples, which are as in [`Tape::sum_values`].
    pub fn sum_hessians(&self, theta: [f64; 2], columns: &[&[f64]]) -> Jet2 {
        let slots = &mut [Jet2::constant(0.0); MAX_SLOTS];
        self.sum_one_by_one(slots, theta, columns, examples(columns))
    }

    /// Sums one example after the other.
    fn sum_one_by_one<T: Number, const N: usize>(
        &self,
        slots: &mut [T; N],
        theta: [f64; 2],
        columns: &[&[f64]],
        examples: usize,
    ) -> T {
        let mut inputs = [T::constant(0.0); MAX_VARIABLES];
        [inputs[0], inputs[1]] = T::variables(theta);
        let mut total = T::constant(0.0);
        for example in 0..examples {
            for (input, column) in inputs[2..].iter_mut().zip(columns) {
                *input = T::constant(column[example]);
            }
            total = total.add(self.run_in(slots, &inputs));
        }
        total
    }

    /// Sums block after block.
    fn sum_many<T: Parts>(&self, theta: [f64; 2], columns: &[&[f64]], examples: usize) -> T {
        let theta = T::variables(theta);
        if self.slots < SMALL {
            // Every step of a run asks for this: most formulas are spared an allocation.
            self.sum_in_blocks(&mut [T::ZEROS; SMALL].each_mut(), theta, columns, examples)
        } else {
            let mut blocks = vec![T::ZEROS; self.slots + 1];
            let mut blocks: Vec<_> = blocks.iter_mut().collect();
            self.sum_in_blocks(&mut blocks, theta, columns, examples)
        }
    }

    /// Sums in blocks that hold zeros, one for each slot and one to spare.
    fn sum_in_blocks<T: Parts>(
        &self,
        blocks: &mut [&mut T::Block],
        theta: [T; 2],
        columns: &[&[f64]],
        examples: usize,
    ) -> T {
        let Some((spare, slots)) = blocks.split_last_mut() else { return T::constant(0.0) };
        for (slot, theta) in slots.iter_mut().zip(theta).take(self.variables) {
            for lane in 0..LANES {
                theta.store(slot, lane);
            }
        }
        let mut total = T::constant(0.0);
        for start in (0..examples).step_by(LANES) {
            let lanes = LANES.min(examples - start);
            for (slot, column) in slots[..self.variables].iter_mut().skip(2).zip(columns) {
                T::values(slot)[..lanes].copy_from_slice(&column[start..start + lanes]);
            }
            for &Instruction { operation, a, b, out } in &self.instructions {
                let (a, b) = (&slots[usize::from(a)], &slots[usize::from(b)]);
                apply::<T>(operation, a, b, spare, lanes);
                // Nothing is overwritten while it is read: what was computed changes places with
                // what its slot held.
                std::mem::swap(&mut slots[usize::from(out)], spare);
            }
            for lane in 0..lanes {
                total = total.add(T::load(slots[usize::from(self.result)], lane));
            }
        }
        total
    }
}

/// How many examples the columns hold.
fn examples(columns: &[&[f64]]) -> usize {
    columns.iter().map(|column| column.len()).min().unwrap_or(0)
}

/// `out ← operation(a, b)` for the first `lanes` examples, one loop an operation.
fn apply<T: Parts>(
    operation: Operation,
    a: &T::Block,
    b: &T::Block,
    out: &mut T::Block,
    lanes: usize,
) {
    use Operation::*;
    if T::IS_PLAIN {
        let [a, b] = [a, b].map(|block| &T::values_of(block)[..lanes]);
        return batch::apply(operation, a, b, &mut T::values(out)[..lanes]);
    }
    match operation {
        Constant(c) => map::<T>(a, out, lanes, |_| T::constant(c)),
        Add => zip::<T>(a, b, out, lanes, |a, b| a.add(b)),
        Subtract => zip::<T>(a, b, out, lanes, |a, b| a.subtract(b)),
        Multiply => zip::<T>(a, b, out, lanes, |a, b| a.multiply(b)),
        Divide => zip::<T>(a, b, out, lanes, |a, b| a.divide(b)),
        Negate => map::<T>(a, out, lanes, |a| a.negate()),
        Offset(c) => map::<T>(a, out, lanes, |a| a.offset(c)),
        SubtractFrom(c) => map::<T>(a, out, lanes, |a| a.subtract_from(c)),
        Scale(c) => map::<T>(a, out, lanes, |a| a.scale(c)),
        DivideBy(c) => map::<T>(a, out, lanes, |a| a.divide_by(c)),
        DivideInto(c) => map::<T>(a, out, lanes, |a| a.divide_into(c)),
        Square => map::<T>(a, out, lanes, |a| a.square()),
        IntegerPower(n) => map::<T>(a, out, lanes, |a| a.integer_power(n)),
        RealPower(c) => map::<T>(a, out, lanes, |a| a.real_power(c)),
        Power => zip::<T>(a, b, out, lanes, |a, b| a.power(b)),
        Operation::Unary(function) => apply_unary::<T>(function, a, out, lanes),
        Binary(function) => zip::<T>(a, b, out, lanes, |a, b| a.binary(b, function)),
    }
}

/// `out ← function(a)`: first f, f′ and f″ of all examples, then the chain rule.
fn apply_unary<T: Parts>(function: Unary, a: &T::Block, out: &mut T::Block, lanes: usize) {
    let lanes = lanes.min(LANES);
    let u = &T::values_of(a)[..lanes];
    if u.iter().any(|&u| is_far(u) && function.relative_derivatives(u, u).is_some()) {
        return map::<T>(a, out, lanes, |a| a.unary(function));
    }
    let [mut f, mut slope, mut bend] = [[0.0; LANES]; 3];
    let parts = [&mut f, &mut slope, &mut bend].map(|part| &mut part[..lanes]);
    batch::derivatives(function, u, parts);
    for lane in 0..lanes {
        T::load(a, lane).compose(f[lane], || [slope[lane], bend[lane]]).store(out, lane);
    }
}

#[inline(always)]
fn map<T: Parts>(a: &T::Block, out: &mut T::Block, lanes: usize, f: impl Fn(T) -> T) {
    for lane in 0..lanes.min(LANES) {
        f(T::load(a, lane)).store(out, lane);
    }
}

#[inline(always)]
fn zip<T: Parts>(
    a: &T::Block,
    b: &T::Block,
    out: &mut T::Block,
    lanes: usize,
    f: impl Fn(T, T) -> T,
) {
    for lane in 0..lanes.min(LANES) {
        f(T::load(a, lane), T::load(b, lane)).store(out, lane);
    }
}

/// A number of which a block of examples is kept part by part.
trait Parts: Number {
    /// An array of [`LANES`] for each part, that of the values first.
    type Block: Copy;
    const ZEROS: Self::Block;
    /// Whether it has no derivatives.
    const IS_PLAIN: bool;

    fn load(block: &Self::Block, lane: usize) -> Self;
    fn store(self, block: &mut Self::Block, lane: usize);
    fn values(block: &mut Self::Block) -> &mut [f64; LANES];
    fn values_of(block: &Self::Block) -> &[f64; LANES];
}

impl Parts for f64 {
    type Block = [f64; LANES];
    const ZEROS: Self::Block = [0.0; LANES];
    const IS_PLAIN: bool = true;

    #[inline(always)]
    fn load(block: &Self::Block, lane: usize) -> f64 {
        block[lane]
    }
    #[inline(always)]
    fn store(self, block: &mut Self::Block, lane: usize) {
        block[lane] = self;
    }
    #[inline(always)]
    fn values(block: &mut Self::Block) -> &mut [f64; LANES] {
        block
    }
    #[inline(always)]
    fn values_of(block: &Self::Block) -> &[f64; LANES] {
        block
    }
}

impl Parts for Jet {
    type Block = [[f64; LANES]; 3];
    const ZEROS: Self::Block = [[0.0; LANES]; 3];
    const IS_PLAIN: bool = false;

    #[inline(always)]
    fn load([f, f1, f2]: &Self::Block, lane: usize) -> Jet {
        Jet { value: f[lane], gradient: [f1[lane], f2[lane]] }
    }
    #[inline(always)]
    fn store(self, [f, f1, f2]: &mut Self::Block, lane: usize) {
        f[lane] = self.value;
        [f1[lane], f2[lane]] = self.gradient;
    }
    #[inline(always)]
    fn values(block: &mut Self::Block) -> &mut [f64; LANES] {
        &mut block[0]
    }
    #[inline(always)]
    fn values_of(block: &Self::Block) -> &[f64; LANES] {
        &block[0]
    }
}

#[cfg(test)]
mod tests {
    use crate::math::formula::{Formula, Tape};

    fn tape(text: &str, variables: &[&str]) -> Tape {
        Formula::parse_in(text, variables).unwrap().bind(&[])
    }

    #[test]
    fn least_squares_has_its_known_derivatives() {
        let tape = tape("1/2*(y - w*x - b)^2", &["w", "b", "x", "y"]);
        let sum = tape.sum_hessians([2.0, 1.0], &[&[0.0, 1.0, 3.0, -2.0], &[1.0, 5.0, 6.0, 0.0]]);
        // The residuals are 0, 2, −1 and 3.
        assert_eq!(sum.value, 7.0);
        assert_eq!(sum.gradient, [7.0, -4.0]);
        assert_eq!(sum.hessian, [14.0, 2.0, 4.0]);
    }

    #[test]
    fn what_is_missing_counts_as_zero_and_what_is_too_much_does_not_count() {
        let line = tape("w*x + b + y", &["w", "b", "x", "y"]);
        let square = tape("w^2", &["w"]);
        for (examples, scale) in [(20, 1.0), (2, 0.1)] {
            let ones: &[f64] = &vec![1.0; examples];
            assert_eq!(line.sum_values([2.0, 3.0], &[ones]), 100.0 * scale);
            assert_eq!(line.sum_values([2.0, 3.0], &[ones; 20]), 120.0 * scale);
            assert_eq!(line.sum_values([2.0, 3.0], &[]), 0.0);
            assert_eq!(line.sum_values([2.0, 3.0], &[ones, &[]]), 0.0);
            assert_eq!(square.sum_gradients([3.0, 5.0], &[ones]).gradient, [120.0 * scale, 0.0]);
        }
        assert_eq!(line.sum_values([2.0, 3.0], &[&[1.0; 20], &[1.0; 7]]), 42.0);
    }
}
