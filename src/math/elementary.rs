//! e^u and its kin, made for loops over many numbers: no branch, no table and no call, so that the
//! loops run in vector registers.
//!
//! They use nothing but + − × ÷ and bits, and so give the same bits on every machine, one number
//! at a time or many at once. The exponential is kept as a fraction, so that what is made of it
//! costs one division:
//!
//! ```text
//! −x = k ln 2 + r,  |r| ≤ ½ ln 2        e^−x = p (1 + N/D),   p = 2^k,  N = 2r,  D = 2 − c(r)
//!
//! e^−x − 1 = ((p D − D) + p N) / D
//! σ(u)     = D / (D + p (D + N))                        of x = |u|
//! tanh u   = ((D − p D) − p N) / ((D + p D) + p N)      of x = 2|u|
//! ```
//!
//! c and the logarithm's series are those of FDLIBM (Sun Microsystems 1993). Formulas, which need
//! derivatives too, have functions of their own in `formula/elementary.rs`.

use std::f64::consts::{LOG2_E, SQRT_2};

/// Added and taken away again it rounds a number below 2⁵¹ to a whole one, which stands in the
/// last bits in between.
pub const WHOLE: f64 = 1.5 * (1_u64 << 52) as f64;

/// ln 2 in two parts, the first with so many zeros at its end that k times it is exact.
pub const LN_2_HIGH: f64 = 6.931_471_803_691_238e-1;
pub const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;

/// c₀ + c₁z + c₂z² + …
#[inline(always)]
fn polynomial<const N: usize>(coefficients: [f64; N], z: f64) -> f64 {
    let mut sum = coefficients[N - 1];
    for c in coefficients[..N - 1].iter().rev() {
        sum = sum * z + c;
    }
    sum
}

/// 2^k of a whole number from −1022 to 1023, to which [`WHOLE`] has been added.
#[inline(always)]
fn power_of_2(whole: f64) -> f64 {
    f64::from_bits((whole.to_bits() << 52).wrapping_add(1_f64.to_bits()))
}

/// [k + [`WHOLE`], N, D] of x not beyond ±750; e^−x = 2^k (1 + N/D).
#[inline(always)]
fn exp_parts(x: f64) -> [f64; 3] {
    let whole = WHOLE - x * LOG2_E;
    let k = whole - WHOLE;
    let r = (k * -LN_2_HIGH - x) - k * LN_2_LOW;
    let z = r * r;
    let c = r - z * polynomial(
        [
            1.666_666_666_666_660_2e-1,
            -2.777_777_777_701_559_3e-3,
            6.613_756_321_437_934e-5,
            -1.653_390_220_546_525_2e-6,
            4.138_136_797_057_238_5e-8,
        ],
        z,
    );
    [whole, 2.0 * r, 2.0 - c]
}

/// [e^−|u| D, D] for any u, of which D is between 1.6 and 2.4.
#[inline(always)]
fn falling(u: f64) -> [f64; 2] {
    // Beyond, e^−|u| is 0.
    let x = if u.abs() > 746.0 { 746.0 } else { u.abs() };
    let [whole, n, d] = exp_parts(x);
    // 2^k alone may be too small for a number where e^−x is not.
    let half = 0.5 * (whole - WHOLE) + WHOLE;
    let other = whole - (half - WHOLE);
    [(d + n) * power_of_2(half) * power_of_2(other), d]
}

/// e^−|u|, to 2 units in the last place.
#[inline(always)]
pub fn exp_of_minus(u: f64) -> f64 {
    let [small, d] = falling(u);
    small / d
}

/// e^u − 1 for u ≤ 0, to 2 units in the last place; 0 beyond.
#[inline(always)]
pub fn exp_minus_1_below_0(u: f64) -> f64 {
    let u = if u > 0.0 { 0.0 } else { u };
    // Beyond, it is −1 to the last bit.
    let u = if u < -40.0 { -40.0 } else { u };
    let [whole, n, d] = exp_parts(-u);
    let p = power_of_2(whole);
    ((p * d - d) + p * n) / d
}

/// tanh u, to 4 units in the last place.
#[inline(always)]
pub fn tanh(u: f64) -> f64 {
    // Beyond, it is ±1 to the last bit.
    let x = 2.0 * u.abs();
    let [whole, n, d] = exp_parts(if x > 40.0 { 40.0 } else { x });
    let p = power_of_2(whole);
    let [pd, pn] = [p * d, p * n];
    (((d - pd) - pn) / ((d + pd) + pn)).copysign(u)
}

/// σ(u) = 1/(1 + e⁻ᵘ), to 3 units in the last place.
#[inline(always)]
pub fn sigmoid(u: f64) -> f64 {
    let [small, d] = falling(u);
    (if u < 0.0 { small } else { d }) / (d + small)
}

/// ln u for u from 2⁻¹⁰⁰ to 2¹⁰⁰, to 2 units in the last place.
#[inline(always)]
pub fn ln(u: f64) -> f64 {
    // u = 2^k (1 + f), √½ ≤ 1 + f < √2; 1024 keeps the whole number from being negative.
    const TO_ROOT_HALF: u64 = (1024 << 52) - (0.5 * SQRT_2).to_bits();
    let whole = f64::from_bits((u.to_bits().wrapping_add(TO_ROOT_HALF) >> 52) | WHOLE.to_bits());
    let k = whole - (WHOLE + 1024.0);
    let f = u * power_of_2(WHOLE - k) - 1.0;
    // ln(1 + f) = f − f²/2 + s (f²/2 + R(s²)),  s = f / (2 + f)
    let s = f / (2.0 + f);
    let z = s * s;
    let rest = z * polynomial(
        [
            6.666_666_666_666_735e-1,
            3.999_999_999_940_942e-1,
            2.857_142_874_366_239e-1,
            2.222_219_843_214_978_4e-1,
            1.818_357_216_161_805e-1,
            1.531_383_769_920_937_3e-1,
            1.479_819_860_511_658_6e-1,
        ],
        z,
    );
    let square = 0.5 * f * f;
    k * LN_2_HIGH + (f - (square - (s * (square + rest) + k * LN_2_LOW)))
}

/// ln(1 + t) for t from 0 to 2¹⁰⁰, to 2 units in the last place.
#[inline(always)]
pub fn ln_1_plus(t: f64) -> f64 {
    // What 1 + t lost of t.
    let u = 1.0 + t;
    ln(u) + (t - (u - 1.0)) / u
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How far two numbers are apart, in units in the last place of the second.
    fn units(a: f64, b: f64) -> f64 {
        if a == b || a.is_nan() && b.is_nan() {
            return 0.0;
        }
        (a - b).abs() / (f64::from_bits(b.abs().to_bits() + 1) - b.abs())
    }

    /// Numbers of all sizes up to a largest, and both signs, and those where care is due.
    fn numbers() -> impl Iterator<Item = f64> {
        let even = [1.0, 40.0, 800.0]
            .into_iter()
            .flat_map(|most| (-40_000..=40_000).map(move |i| most * f64::from(i) / 40_000.0));
        let all_sizes = (0..11_000).flat_map(|i| {
            let size = libm::exp2(15.0 - 0.1 * f64::from(i));
            [size, -size]
        });
        let special = [0.0, -0.0, f64::INFINITY, f64::NEG_INFINITY, f64::NAN, f64::MAX, f64::MIN];
        even.chain(all_sizes).chain(special)
    }

    #[test]
    fn all_are_off_by_hardly_more_than_a_unit_in_the_last_place() {
        let sigmoid_known = |u: f64| {
            let small = libm::exp(-u.abs());
            (if u < 0.0 { small } else { 1.0 }) / (1.0 + small)
        };
        type Function = fn(f64) -> f64;
        let functions: [(&str, Function, Function, f64); 6] = [
            ("exp of minus", exp_of_minus, |u| libm::exp(-u.abs()), 2.0),
            ("exp − 1", exp_minus_1_below_0, |u| libm::expm1(if u > 0.0 { 0.0 } else { u }), 3.0),
            ("tanh", tanh, libm::tanh, 4.0),
            ("sigmoid", sigmoid, sigmoid_known, 3.0),
            (
                "ln",
                |u| ln(u.abs().clamp(1e-30, 1e30)),
                |u| libm::log(u.abs().clamp(1e-30, 1e30)),
                2.0,
            ),
            (
                "ln(1 + t)",
                |u| ln_1_plus(u.abs().min(1e30)),
                |u| libm::log1p(u.abs().min(1e30)),
                2.0,
            ),
        ];
        for (name, ours, known, most) in functions {
            let (mut worst, mut at) = (0.0, 0.0);
            for u in numbers() {
                let found = units(ours(u), known(u));
                // Where there are fewer digits, one of them is what can be asked for.
                let tiny = (ours(u) - known(u)).abs() <= f64::from_bits(2);
                assert_eq!(ours(u).is_nan(), known(u).is_nan(), "{name} of {u}");
                if found > worst && !tiny {
                    (worst, at) = (found, u);
                }
            }
            println!("{name}: {worst} at {at}");
            assert!(worst <= most, "{name} is off by {worst} units at {at}");
        }
    }
}
