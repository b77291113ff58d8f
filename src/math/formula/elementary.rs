//! e^u and its kin, sine and cosine, made for loops over many numbers: no branch, no table and no
//! call, so that the loops run in vector registers.
//!
//! They use nothing but + − × ÷ and bits, and so give the same bits everywhere, one number at a
//! time or many at once. Each is off by about one unit in the last place at most.
//!
//! ```text
//! u = k ln 2 + r                          e^u = 2^k (1 + (e^r − 1)),     |r| ≤ ½ ln 2
//! ln(1 + f) = 2 artanh s = 2(s + s³/3 + s⁵/5 + …),                       s = f/(2 + f)
//! u = k π/2 + r                           sin u = ±sin r or ±cos r,      |r| ≤ π/4
//! ```
//!
//! The sums are arranged as in FDLIBM (Sun Microsystems 1993), so that the large parts are exact.

use std::f64::consts::{FRAC_2_PI, LN_2, LOG2_E};

use crate::math::elementary::{LN_2_HIGH, LN_2_LOW, WHOLE};

/// c₀ + c₁z + c₂z² + … in pairs (Estrin 1960): the parts do not wait for each other.
#[inline(always)]
fn polynomial6(c: [f64; 6], z: f64) -> f64 {
    let z2 = z * z;
    (c[0] + c[1] * z) + (c[2] + c[3] * z) * z2 + (c[4] + c[5] * z) * (z2 * z2)
}

/// The same with more of them.
#[inline(always)]
fn polynomial12(c: [f64; 12], z: f64) -> f64 {
    let z2 = z * z;
    let z4 = z2 * z2;
    ((c[0] + c[1] * z) + (c[2] + c[3] * z) * z2)
        + ((c[4] + c[5] * z) + (c[6] + c[7] * z) * z2) * z4
        + ((c[8] + c[9] * z) + (c[10] + c[11] * z) * z2) * (z4 * z4)
}

/// [2^⌊k/2⌉, 2^(k − ⌊k/2⌉), e^r − 1], of which e^u = 2^k (1 + (e^r − 1)) is made: 2^k alone may be
/// too large or too small for a number where e^u is not.
#[inline(always)]
fn parts_of_exp(u: f64) -> [f64; 3] {
    // Beyond, e^u is infinite or 0.
    let u = if u > 710.0 { 710.0 } else { u };
    let u = if u < -746.0 { -746.0 } else { u };
    let k = (u * LOG2_E + WHOLE) - WHOLE;
    let half = 0.5 * k + WHOLE;
    let other = (k - (half - WHOLE)) + WHOLE;
    let power = |whole: f64| f64::from_bits((whole.to_bits() << 52).wrapping_add(1_f64.to_bits()));
    let (high, low) = (u - k * LN_2_HIGH, k * LN_2_LOW);
    let r = high - low;
    // 1/2! + r/3! + … + r¹¹/13!
    let series = polynomial12(
        [
            1.0 / 2.0,
            1.0 / 6.0,
            1.0 / 24.0,
            1.0 / 120.0,
            1.0 / 720.0,
            1.0 / 5_040.0,
            1.0 / 40_320.0,
            1.0 / 362_880.0,
            1.0 / 3_628_800.0,
            1.0 / 39_916_800.0,
            1.0 / 479_001_600.0,
            1.0 / 6_227_020_800.0,
        ],
        r,
    );
    [power(half), power(other), high + (r * r * series - low)]
}

/// e^u.
#[inline(always)]
pub(super) fn exp(u: f64) -> f64 {
    let [half, other, rest] = parts_of_exp(u);
    (1.0 + rest) * half * other
}

/// ln(1 + t) for t from 0 to 1.
#[inline(always)]
fn ln_1_plus(t: f64) -> f64 {
    // ln(1 + t) = ln 2 + ln(1 + (t − 1)/2)
    let halved = t > 0.5;
    let f = if halved { 0.5 * (t - 1.0) } else { t };
    let s = f / (2.0 + f);
    let z = s * s;
    let rest = z * polynomial12(
        [
            2.0 / 3.0,
            2.0 / 5.0,
            2.0 / 7.0,
            2.0 / 9.0,
            2.0 / 11.0,
            2.0 / 13.0,
            2.0 / 15.0,
            2.0 / 17.0,
            2.0 / 19.0,
            2.0 / 21.0,
            2.0 / 23.0,
            2.0 / 25.0,
        ],
        z,
    );
    // 2s = f − s f = f − f²/2 + s f²/2
    let square = 0.5 * f * f;
    let ln = f - (square - s * (square + rest));
    if halved { LN_2 + ln } else { ln }
}

/// ln(1 + eᵘ) = max(u, 0) + ln(1 + e^−|u|), which cannot overflow.
#[inline(always)]
pub(super) fn softplus(u: f64) -> f64 {
    let positive = if u <= 0.0 { 0.0 } else { u };
    positive + ln_1_plus(exp(-u.abs()))
}

/// σ = 1/(1 + e⁻ᵘ), σ′ = σ(1 − σ) and σ″ = σ′(1 − 2σ), from e^−|u| so that nothing overflows or
/// cancels. What of it is not asked for is not computed.
#[inline(always)]
pub(super) fn sigmoid_and_derivatives(u: f64) -> [f64; 3] {
    let small = exp(-u.abs());
    let large = 1.0 / (1.0 + small);
    let slope = small * large * large;
    let bend = slope * (1.0 - small) * large;
    let value = if u < 0.0 { small * large } else { large };
    [value, slope, if u < 0.0 { bend } else { -bend }]
}

/// tanh and tanh′ = 1/cosh², from e^−2|u| so that nothing overflows and the plateau keeps its
/// digits.
#[inline(always)]
pub(super) fn tanh_and_slope(u: f64) -> [f64; 2] {
    let [half, other, rest] = parts_of_exp(-2.0 * u.abs());
    let power = half * other;
    let small = power + power * rest;
    // e^−2|u| − 1, without its cancelling near 0.
    let below = (power - 1.0) + power * rest;
    let value = (-below / (2.0 + below)).copysign(u);
    let slope = 4.0 * small / (1.0 + small) / (1.0 + small);
    [value, slope]
}

/// So far out [`sin_and_cos`] knows π well enough.
pub(super) const FAR: f64 = 1e5;

/// π/2 in three parts; k times the first or the second is exact for k below 2²⁰.
const PI_HALVES: [f64; 3] =
    [1.570_796_326_734_125_6, 6.077_100_506_303_966e-11, 2.022_266_248_795_950_6e-21];

/// The sine and the cosine of a number not beyond ±[`FAR`].
#[inline(always)]
pub(super) fn sin_and_cos(u: f64) -> [f64; 2] {
    let whole = u * FRAC_2_PI + WHOLE;
    let k = whole - WHOLE;
    // r = high + low, with the digits that high has no room for.
    let first = u - k * PI_HALVES[0];
    let second = k * PI_HALVES[1];
    let high = first - second;
    let low = ((first - high) - second) - k * PI_HALVES[2];
    let r = high + low;
    let low = (high - r) + low;
    let z = r * r;
    let sine = {
        let series = polynomial6(
            [
                8.333_333_333_322_49e-3,
                -1.984_126_982_985_795e-4,
                2.755_731_370_707_007e-6,
                -2.505_076_025_340_686_3e-8,
                1.589_690_995_211_55e-10,
                0.0,
            ],
            z,
        );
        let cube = z * r;
        r - ((z * (0.5 * low - cube * series) - low) + cube * 1.666_666_666_666_663_2e-1)
    };
    let cosine = {
        let series = z * polynomial6(
            [
                4.166_666_666_666_66e-2,
                -1.388_888_888_887_411e-3,
                2.480_158_728_947_673e-5,
                -2.755_731_435_139_066_3e-7,
                2.087_572_321_298_175e-9,
                -1.135_964_755_778_819_5e-11,
            ],
            z,
        );
        let half = 0.5 * z;
        let one = 1.0 - half;
        one + (((1.0 - one) - half) + (z * series - r * low))
    };
    // By the last two bits of k: (s, c), (c, −s), (−s, −c), (−c, s).
    let quarter = whole.to_bits();
    let swaps = (quarter & 1).wrapping_neg();
    let pick = |one: f64, other: f64| (one.to_bits() & !swaps) | (other.to_bits() & swaps);
    let sign = |quarter: u64| (quarter & 2) << 62;
    let sine_of_u = f64::from_bits(pick(sine, cosine) ^ sign(quarter));
    [
        // −0 stays.
        if u == 0.0 { u } else { sine_of_u },
        f64::from_bits(pick(cosine, sine) ^ sign(quarter.wrapping_add(1))),
    ]
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

    /// Numbers of all sizes up to a largest, and both signs.
    fn numbers(most: f64) -> impl Iterator<Item = f64> {
        let even = (-40_000..=40_000).map(move |i| most * f64::from(i) / 40_000.0);
        let small = (0..600).flat_map(|i| {
            let size = libm::exp2(-0.1 * f64::from(i));
            [size, -size]
        });
        even.chain(small)
    }

    #[test]
    fn all_are_off_by_hardly_more_than_a_unit_in_the_last_place() {
        // libm is off by a unit itself, and its tanh by more.
        let worst = |most: f64, ours: fn(f64) -> f64, known: fn(f64) -> f64| {
            numbers(most).map(|u| units(ours(u), known(u))).fold(0.0, f64::max)
        };
        let softplus_known = |u: f64| u.max(0.0) + libm::log1p(libm::exp(-u.abs()));
        for (name, found) in [
            ("exp", worst(700.0, exp, libm::exp)),
            ("exp", worst(3.0, exp, libm::exp)),
            ("softplus", worst(700.0, softplus, softplus_known)),
            ("softplus", worst(3.0, softplus, softplus_known)),
            ("tanh", worst(30.0, |u| tanh_and_slope(u)[0], libm::tanh)),
            ("tanh", worst(1.0, |u| tanh_and_slope(u)[0], libm::tanh)),
            ("sin", worst(FAR, |u| sin_and_cos(u)[0], libm::sin)),
            ("sin", worst(7.0, |u| sin_and_cos(u)[0], libm::sin)),
            ("cos", worst(FAR, |u| sin_and_cos(u)[1], libm::cos)),
            ("cos", worst(7.0, |u| sin_and_cos(u)[1], libm::cos)),
        ] {
            assert!(
                found <= if name == "tanh" { 3.0 } else { 2.0 },
                "{name} is off by {found} units"
            );
        }
    }

    #[test]
    fn far_out_they_are_infinite_or_0_and_not_a_number_stays() {
        assert!(exp(709.7).is_finite() && exp(710.0) == f64::INFINITY);
        assert_eq!([exp(f64::INFINITY), exp(f64::NEG_INFINITY)], [f64::INFINITY, 0.0]);
        // Below the smallest ordinary number there are fewer digits.
        for u in [-709.0, -720.0, -740.0, -745.0, -745.2, -746.0, -800.0] {
            assert!((exp(u) - libm::exp(u)).abs() <= 5e-324, "{u}");
        }
        assert_eq!([exp(0.0), exp(-0.0)], [1.0, 1.0]);
        assert_eq!(tanh_and_slope(f64::INFINITY), [1.0, 0.0]);
        assert_eq!(tanh_and_slope(f64::NEG_INFINITY), [-1.0, 0.0]);
        assert!(tanh_and_slope(-0.0)[0].is_sign_negative() && tanh_and_slope(-0.0)[0] == 0.0);
        assert!(sin_and_cos(-0.0)[0].is_sign_negative() && sin_and_cos(-0.0)[0] == 0.0);
        for nan in [exp(f64::NAN), softplus(f64::NAN), tanh_and_slope(f64::NAN)[0]] {
            assert!(nan.is_nan());
        }
    }

    #[test]
    fn multiples_of_a_right_angle_keep_their_digits() {
        for k in 1..2_000 {
            let u = f64::from(k) * std::f64::consts::FRAC_PI_2;
            let [sine, cosine] = sin_and_cos(u);
            assert!(units(sine, libm::sin(u)) <= 1.0 && units(cosine, libm::cos(u)) <= 1.0, "{k}");
        }
    }

    #[test]
    fn the_slope_of_tanh_is_1_over_cosh_squared() {
        for u in numbers(40.0) {
            let cosh = libm::cosh(u);
            assert!((tanh_and_slope(u)[1] * cosh * cosh - 1.0).abs() < 2e-15, "{u}");
        }
    }
}
