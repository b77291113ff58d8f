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

/// Examples that go through the net together. Larger batches go block after block, so that all
/// numbers of one stay in the cache. (A row is an odd number of cache lines, so that rows do not
/// crowd in few of the cache's sets.)
pub(super) const BLOCK: usize = 40;

/// So many examples go through the innermost loops at once: their numbers fit the vector registers,
/// and a batch of ten is common.
const WIDE: usize = 10;

/// A number of one unit for each example of a block, in the first places.
pub(super) type Row = [f64; BLOCK];

/// `out ← f(row)`, for the first m examples and what makes them even.
#[inline(always)]
pub(super) fn map(m: usize, row: &Row, out: &mut Row, f: impl Fn(f64) -> f64) {
    for (pair, out) in pairs(m, row).iter().zip(out.as_chunks_mut::<2>().0) {
        *out = pair.map(&f);
    }
}

/// `out ← f(a, b, out)`, as in [`map`].
#[inline(always)]
pub(super) fn zip(m: usize, a: &Row, b: &Row, out: &mut Row, f: impl Fn(f64, f64, f64) -> f64) {
    for ((a, b), out) in pairs(m, a).iter().zip(pairs(m, b)).zip(out.as_chunks_mut::<2>().0) {
        *out = [f(a[0], b[0], out[0]), f(a[1], b[1], out[1])];
    }
}

/// `out ← start + Σⱼ wⱼ rowⱼ`, summed in the order of j, for m examples. Of `weights` every
/// `stride`-th is taken, from the first.
#[inline(always)]
pub(super) fn weighted_sum(
    m: usize,
    start: f64,
    (weights, stride): (&[f64], usize),
    rows: &[Row],
    out: &mut Row,
) {
    let width = m.next_multiple_of(2).min(BLOCK);
    let mut from = 0;
    while from + WIDE <= width {
        weighted_sum_of::<WIDE>(from, start, (weights, stride), rows, out);
        from += WIDE;
    }
    while from + 2 <= width {
        weighted_sum_of::<2>(from, start, (weights, stride), rows, out);
        from += 2;
    }
}

/// The same for the `LANES` examples after `from`.
#[inline(always)]
fn weighted_sum_of<const LANES: usize>(
    from: usize,
    start: f64,
    (weights, stride): (&[f64], usize),
    rows: &[Row],
    out: &mut Row,
) {
    let mut sum = [start; LANES];
    for (j, row) in rows.iter().enumerate() {
        let w = weights[j * stride];
        let row = &row[from..from + LANES];
        for lane in 0..LANES {
            sum[lane] += w * row[lane];
        }
    }
    out[from..from + LANES].copy_from_slice(&sum);
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
    let mut sums = [[0.0; 2]; ROWS];
    for (i, a) in pairs(m, a).iter().enumerate() {
        for (sum, row) in sums.iter_mut().zip(rows) {
            let row = row.as_chunks::<2>().0[i];
            for lane in 0..2 {
                sum[lane] += a[lane] * row[lane];
            }
        }
    }
    for (out, sum) in out.iter_mut().zip(sums) {
        *out += sum[0] + sum[1];
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
