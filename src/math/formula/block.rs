//! Many points at once: each operation at once for a block of them.
//!
//! A slot of the tape holds a block of points (or examples), part by part, so that the loops over
//! them run in vector registers:
//!
//! ```text
//! f         f₁ f₂ f₃ … f₁₆        one value each
//! ∂f/∂x     ·  ·  ·  …  ·
//! ∂f/∂y     ·  ·  ·  …  ·
//! ```
//!
//! The loops use the operations of [`Number`], so each point's numbers are those that
//! [`Tape::value`] and [`Tape::gradient`] give, to the last bit.

use std::ops::Range;

use super::batch;
use super::function::Unary;
use super::jet::{Jet, Jet2};
use super::number::Number;
use super::tape::{Instruction, Operation, Tape};

/// Points in a block: 384 bytes for each [`Jet`] slot.
pub(super) const LANES: usize = 16;

/// Blocks in a frame that is large enough for most formulas.
const SMALL: usize = 8;

/// A block for each slot of a tape, and one to spare.
pub(super) struct Frame<'a, 'b, T: Parts> {
    blocks: &'a mut [&'b mut T::Block],
}

impl<'b, T: Parts> Frame<'_, 'b, T> {
    /// The blocks of the slots; those of the variables keep what is written into them.
    pub fn slots(&mut self) -> &mut [&'b mut T::Block] {
        let all = self.blocks.len();
        &mut self.blocks[..all - 1]
    }
}

/// Puts a number into every lane.
pub(super) fn fill<T: Parts>(block: &mut T::Block, number: T) {
    (0..LANES).for_each(|lane| number.store(block, lane));
}

impl Tape {
    /// f at the points (x, y), as [`Tape::value`] gives it to the last bit. The shortest of the
    /// slices counts.
    pub fn values(&self, xs: &[f64], ys: &[f64], out: &mut [f64]) {
        let done = self.compiled_values(xs, ys, out);
        self.run_blocks::<f64>([xs, ys], done..out.len(), |points, block| {
            let lanes = points.len();
            out[points].copy_from_slice(&block[..lanes]);
        });
    }

    /// f and [∂f/∂x, ∂f/∂y] at the points (x, y), as [`Tape::gradient`] gives them to the last bit.
    /// The shortest of the slices counts.
    pub fn gradients(&self, xs: &[f64], ys: &[f64], f: &mut [f64], [fx, fy]: [&mut [f64]; 2]) {
        let most = f.len().min(fx.len()).min(fy.len());
        let mut all = [f, fx, fy];
        let done = self.compiled_gradients(xs, ys, &mut all);
        self.run_blocks::<Jet>([xs, ys], done..most, |points, block| {
            for (out, part) in all.iter_mut().zip(block) {
                out[points.clone()].copy_from_slice(&part[..points.len()]);
            }
        });
    }

    /// f, [∂f/∂x, ∂f/∂y] and [∂²f/∂x², ∂²f/∂x∂y, ∂²f/∂y²] at the points (x, y), as [`Tape::hessian`] gives
    /// them to the last bit. The shortest of the slices counts.
    pub fn hessians(
        &self,
        xs: &[f64],
        ys: &[f64],
        f: &mut [f64],
        [fx, fy]: [&mut [f64]; 2],
        [fxx, fxy, fyy]: [&mut [f64]; 3],
    ) {
        let mut all = [f, fx, fy, fxx, fxy, fyy];
        let most = all.iter().map(|part| part.len()).min().unwrap_or(0);
        let done = self.compiled_hessians(xs, ys, &mut all);
        for at in done..most.min(xs.len()).min(ys.len()) {
            let Jet2 { value, gradient: [fx, fy], hessian: [fxx, fxy, fyy] } =
                self.hessian(xs[at], ys[at]);
            for (out, part) in all.iter_mut().zip([value, fx, fy, fxx, fxy, fyy]) {
                out[at] = part;
            }
        }
    }

    /// Runs the program at these of the points, as far as there are any, and hands over each block of
    /// them with their places.
    fn run_blocks<T: Parts>(
        &self,
        [xs, ys]: [&[f64]; 2],
        places: Range<usize>,
        mut done: impl FnMut(Range<usize>, &T::Block),
    ) {
        let all = places.end.min(xs.len()).min(ys.len());
        self.with_blocks::<T, ()>(|frame| {
            let inputs = self.variables.min(2);
            let variables = T::variables([0.0; 2]);
            for (slot, variable) in frame.slots()[..inputs].iter_mut().zip(variables) {
                fill::<T>(slot, variable);
            }
            for start in (places.start..all).step_by(LANES) {
                let points = start..all.min(start + LANES);
                for (slot, of) in frame.slots()[..inputs].iter_mut().zip([xs, ys]) {
                    T::values(slot)[..points.len()].copy_from_slice(&of[points.clone()]);
                }
                done(points.clone(), self.run_block::<T>(frame, points.len()));
            }
        });
    }

    /// Hands over a frame of zeros.
    pub(super) fn with_blocks<T: Parts, R>(&self, run: impl FnOnce(&mut Frame<T>) -> R) -> R {
        if self.slots < SMALL {
            // Every step of a run asks for this: most formulas are spared an allocation.
            run(&mut Frame { blocks: &mut [T::ZEROS; SMALL].each_mut() })
        } else {
            let mut blocks = vec![T::ZEROS; self.slots + 1];
            let mut blocks: Vec<_> = blocks.iter_mut().collect();
            run(&mut Frame { blocks: &mut blocks })
        }
    }

    /// Runs the program for the first `lanes` points of a block; the result's block.
    pub(super) fn run_block<'f, T: Parts>(
        &self,
        frame: &'f mut Frame<T>,
        lanes: usize,
    ) -> &'f T::Block {
        let all = frame.blocks.len();
        let (slots, spare) = frame.blocks.split_at_mut(all - 1);
        let spare = &mut spare[0];
        for &Instruction { operation, a, b, out } in &self.instructions {
            let (a, b) = (&slots[usize::from(a)], &slots[usize::from(b)]);
            apply::<T>(operation, a, b, spare, lanes);
            // Nothing is overwritten while it is read: what was computed changes places with what
            // its slot held.
            std::mem::swap(&mut slots[usize::from(out)], spare);
        }
        slots[usize::from(self.result)]
    }
}

/// `out ← operation(a, b)` for the first `lanes` points, one loop an operation.
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

/// `out ← function(a)`: first f, f′ and f″ of all points, then the chain rule.
fn apply_unary<T: Parts>(function: Unary, a: &T::Block, out: &mut T::Block, lanes: usize) {
    let lanes = lanes.min(LANES);
    let u = &T::values_of(a)[..lanes];
    let is_relative = |&u: &f64| matches!(function.relative_derivatives(u), Some((true, _)));
    if u.iter().any(is_relative) {
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

/// A number of which a block of points is kept part by part.
pub(super) trait Parts: Number<Real = f64> {
    /// An array of [`LANES`] for each part, that of the values first.
    type Block: Copy;
    const ZEROS: Self::Block;
    /// Whether it has no derivatives.
    const IS_PLAIN: bool;

    fn load(block: &Self::Block, lane: usize) -> Self;
    fn store(self, block: &mut Self::Block, lane: usize);
    fn values(block: &mut Self::Block) -> &mut [f64; LANES];
    fn values_of(block: &Self::Block) -> &[f64; LANES];
    /// The number, as far as it has the jet's parts.
    fn of_jet(jet: Jet) -> Self;
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
    #[inline(always)]
    fn of_jet(jet: Jet) -> f64 {
        jet.value
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
    #[inline(always)]
    fn of_jet(jet: Jet) -> Jet {
        jet
    }
}
