//! What is done with rows. A row holds a number of one unit for each example of a block:
//!
//! ```text
//! a of unit 1      example 1, example 2, … example m
//! a of unit 2      ·          ·            ·
//! ```
//!
//! The innermost loops go over examples, [`WIDE`] at once or two: the lanes of vector registers.
//! Where m is odd, an example of zeros makes it even, which is computed and counts for nothing. What
//! is computed of an example depends on no other.

use super::pair::Pair;

/// Examples that go through the net together. Larger batches go block after block, so that all
/// numbers of one stay in the cache. (A row is an odd number of cache lines, so that rows do not
/// crowd in few of the cache's sets.)
pub(super) const BLOCK: usize = 40;

/// So many pairs of examples go through the innermost loops at once: their numbers fit the vector
/// registers, and a batch of ten is common.
const WIDE: usize = 5;

/// A number of one unit for each example of a block, in the first places.
pub(super) type Row = [f64; BLOCK];

/// `out ← f(row)`, for the first m examples and what makes them even.
#[inline(always)]
pub(super) fn map(m: usize, row: &Row, out: &mut Row, f: impl Fn(f64) -> f64) {
    let width = even(m);
    for (number, out) in row[..width].iter().zip(&mut out[..width]) {
        *out = f(*number);
    }
}

/// `out ← f(a, b, out)`, as in [`map`].
#[inline(always)]
pub(super) fn zip(m: usize, a: &Row, b: &Row, out: &mut Row, f: impl Fn(f64, f64, f64) -> f64) {
    let width = even(m);
    for ((a, b), out) in a[..width].iter().zip(&b[..width]).zip(&mut out[..width]) {
        *out = f(*a, *b, *out);
    }
}

/// m, or the even number after it.
#[inline(always)]
fn even(m: usize) -> usize {
    m.next_multiple_of(2).min(BLOCK)
}

/// `outᵢ ← startᵢ + Σⱼ wᵢⱼ rowⱼ`, summed in the order of j, for m examples. From one i to the next
/// there are `strides[0]` weights, and from one j to the next `strides[1]`.
pub(super) fn weighted_sums(
    m: usize,
    start: impl Fn(usize) -> f64,
    (weights, strides): (&[f64], [usize; 2]),
    rows: &[Row],
    out: &mut [Row],
) {
    let pairs = m.div_ceil(2);
    for i in (0..out.len()).step_by(2) {
        // Two at once; one that is left over at the end is computed twice.
        let both = [i, (i + 1).min(out.len() - 1)];
        let starts = [start(both[0]), start(both[1])];
        let w = [&weights[both[0] * strides[0]..], &weights[both[1] * strides[0]..]];
        let mut from = 0;
        while from + WIDE <= pairs {
            two_sums::<WIDE>(from, starts, (w, strides[1]), rows, (both, out));
            from += WIDE;
        }
        while from < pairs {
            two_sums::<1>(from, starts, (w, strides[1]), rows, (both, out));
            from += 1;
        }
    }
}

/// Two of these, for so many `PAIRS` of examples after `from` of them.
#[inline(always)]
fn two_sums<const PAIRS: usize>(
    from: usize,
    starts: [f64; 2],
    (weights, stride): ([&[f64]; 2], usize),
    rows: &[Row],
    (both, out): ([usize; 2], &mut [Row]),
) {
    let mut sum1 = [Pair::new([starts[0]; 2]); PAIRS];
    let mut sum2 = [Pair::new([starts[1]; 2]); PAIRS];
    let [w1, w2] = weights;
    for (j, row) in rows.iter().enumerate() {
        let row = &row.as_chunks::<2>().0[from..from + PAIRS];
        let [w1, w2] = [Pair::new([w1[j * stride]; 2]), Pair::new([w2[j * stride]; 2])];
        for i in 0..PAIRS {
            let pair = Pair::new(row[i]);
            sum1[i] = sum1[i].plus_product(w1, pair);
            sum2[i] = sum2[i].plus_product(w2, pair);
        }
    }
    for i in 0..PAIRS {
        out[both[0]].as_chunks_mut().0[from + i] = sum1[i].both();
        out[both[1]].as_chunks_mut().0[from + i] = sum2[i].both();
    }
}

/// `outⱼ ← outⱼ + Σᵢ aᵢ rowⱼᵢ`, the sum over m examples i.
#[inline(always)]
pub(super) fn add_products(m: usize, a: &Row, rows: &[Row], out: &mut [f64]) {
    let (rows, last_rows) = rows.as_chunks::<4>();
    let (out, last_out) = out.as_chunks_mut::<4>();
    for (rows, out) in rows.iter().zip(out) {
        add_products_of(m, a, rows, out);
    }
    for (row, out) in last_rows.iter().zip(last_out) {
        add_products_of(m, a, std::array::from_ref(row), std::array::from_mut(out));
    }
}

/// The same for so many rows at once.
#[inline(always)]
fn add_products_of<const ROWS: usize>(
    m: usize,
    a: &Row,
    rows: &[Row; ROWS],
    out: &mut [f64; ROWS],
) {
    let mut sums = [Pair::new([0.0; 2]); ROWS];
    for (i, a) in pairs(m, a).iter().enumerate() {
        let a = Pair::new(*a);
        for (sum, row) in sums.iter_mut().zip(rows) {
            *sum = sum.plus_product(a, Pair::new(row.as_chunks().0[i]));
        }
    }
    for (out, sum) in out.iter_mut().zip(sums) {
        let [even, odd] = sum.both();
        *out += even + odd;
    }
}

/// Σᵢ rowᵢ over m examples.
#[inline(always)]
pub(super) fn sum(m: usize, row: &Row) -> f64 {
    let sum = pairs(m, row).iter().fold([0.0; 2], |sum, pair| [sum[0] + pair[0], sum[1] + pair[1]]);
    sum[0] + sum[1]
}

/// m examples in pairs.
#[inline(always)]
fn pairs(m: usize, row: &Row) -> &[[f64; 2]] {
    &row.as_chunks().0[..m.div_ceil(2)]
}
