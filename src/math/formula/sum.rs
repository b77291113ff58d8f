//! Σ over examples, in blocks (see `block.rs`).
//!
//! The loss of one example is a formula in θ₁, θ₂ and the example's own numbers x, y, …, which
//! stand in columns.
//!
//! The sums run in the order of the examples and use the operations of [`Number`], so they are
//! those of one example after the other to the last bit. So are Hessians summed: few are asked for.

use std::ops::Range;

use super::block::{LANES, Parts, fill};
use super::jet::{Jet, Jet2};
use super::number::Number;
use super::tape::{FEW_SLOTS, MAX_SLOTS, MAX_VARIABLES, Tape};

/// Fewer examples are summed one after the other.
const FEW: usize = 3;

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

    /// [`Tape::sum_values`] at each of these θ, in their order: two at a time where that is compiled.
    pub fn sum_values_at(
        &self,
        thetas: impl Iterator<Item = [f64; 2]>,
        columns: &[&[f64]],
        take: impl FnMut(f64),
    ) {
        self.sum_at(thetas, columns, |theta| self.sum_values(theta, columns), take);
    }

    /// The same with [`Tape::sum_gradients`].
    pub fn sum_gradients_at(
        &self,
        thetas: impl Iterator<Item = [f64; 2]>,
        columns: &[&[f64]],
        take: impl FnMut(Jet),
    ) {
        self.sum_at(thetas, columns, |theta| self.sum_gradients(theta, columns), take);
    }

    /// Sums at two θ at a time, or at one after the other by `sum`.
    fn sum_at<T: Parts>(
        &self,
        mut thetas: impl Iterator<Item = [f64; 2]>,
        columns: &[&[f64]],
        sum: impl Fn([f64; 2]) -> T,
        mut take: impl FnMut(T),
    ) {
        let examples = examples(columns);
        while let Some(first) = thetas.next() {
            let Some(second) = thetas.next() else { return take(sum(first)) };
            let both = [first, second];
            let sums = match examples {
                0..FEW => None,
                _ => self.compiled_pair_of_sums(both, columns, examples, !T::IS_PLAIN),
            };
            let sums = sums.map_or_else(|| both.map(&sum), |jets| jets.map(T::of_jet));
            sums.into_iter().for_each(&mut take);
        }
    }

    /// Σ f, Σ ∇f and Σ ∇²f by θ over the examples, which are as in [`Tape::sum_values`].
    pub fn sum_hessians(&self, theta: [f64; 2], columns: &[&[f64]]) -> Jet2 {
        let slots = &mut [Jet2::constant(0.0); MAX_SLOTS];
        self.sum_one_by_one(slots, theta, columns, examples(columns))
    }

    /// Sums one example after the other.
    fn sum_one_by_one<T: Number<Real = f64>, const N: usize>(
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

    /// Sums many at once.
    fn sum_many<T: Parts>(&self, point: [f64; 2], columns: &[&[f64]], examples: usize) -> T {
        let (total, done) = self
            .compiled_sum(point, columns, examples, !T::IS_PLAIN)
            .map_or((T::constant(0.0), 0), |(jet, done)| (T::of_jet(jet), done));
        if done == examples {
            return total;
        }
        self.sum_blocks(T::variables(point), columns, done..examples, total)
    }

    /// Adds these examples to a sum, block after block.
    fn sum_blocks<T: Parts>(
        &self,
        theta: [T; 2],
        columns: &[&[f64]],
        examples: Range<usize>,
        mut total: T,
    ) -> T {
        self.with_blocks::<T, T>(|frame| {
            let slots = frame.slots()[..self.variables].iter_mut();
            slots.zip(theta).for_each(|(slot, of)| fill::<T>(slot, of));
            for start in examples.clone().step_by(LANES) {
                let lanes = LANES.min(examples.end - start);
                let inputs = frame.slots()[..self.variables].iter_mut().skip(2);
                for (slot, column) in inputs.zip(columns) {
                    T::values(slot)[..lanes].copy_from_slice(&column[start..start + lanes]);
                }
                let sums = self.run_block::<T>(frame, lanes);
                for lane in 0..lanes {
                    total = total.add(T::load(sums, lane));
                }
            }
            total
        })
    }
}

/// How many examples the columns hold.
fn examples(columns: &[&[f64]]) -> usize {
    columns.iter().map(|column| column.len()).min().unwrap_or(0)
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
