//! Loops over examples in packets, which fit vector registers.
//!
//! What a net computes stands in rows, one for each unit, with a number for each example:
//!
//! ```text
//! a of unit 1      example 1, example 2, … example m
//! a of unit 2      ·          ·            ·
//! ```
//!
//! A row is cut into packets, `[f64; LANES]`, and the innermost loops go over the lanes of one.
//! Where m is not a multiple of `LANES`, the last packet is filled up with examples of zeros. With
//! `LANES` = 1 the same code goes one example at a time.

/// Examples in a packet where there are several examples.
pub(super) const LANES: usize = 2;

/// `out ← f(in)` for each number of a row.
#[inline(always)]
pub(super) fn map<const LANES: usize>(
    row: &[[f64; LANES]],
    out: &mut [[f64; LANES]],
    f: impl Fn(f64) -> f64,
) {
    for (packet, out) in row.iter().zip(out) {
        for lane in 0..LANES {
            out[lane] = f(packet[lane]);
        }
    }
}

/// `out ← out · f(z, a)` for each number of a row.
#[inline(always)]
pub(super) fn scale<const LANES: usize>(
    z: &[[f64; LANES]],
    a: &[[f64; LANES]],
    out: &mut [[f64; LANES]],
    f: impl Fn(f64, f64) -> f64,
) {
    for ((z, a), out) in z.iter().zip(a).zip(out) {
        for lane in 0..LANES {
            out[lane] *= f(z[lane], a[lane]);
        }
    }
}

/// The sum over the lanes in their order.
#[inline(always)]
pub(super) fn sum<const LANES: usize>(packet: [f64; LANES]) -> f64 {
    packet.into_iter().reduce(|sum, number| sum + number).unwrap_or(0.0)
}
