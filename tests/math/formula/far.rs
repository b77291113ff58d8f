//! Derivatives where parts of them leave the range of numbers, against closed forms.

use rand_core::{Rng, SeedableRng};
use rand_pcg::Pcg32;
use ravine::math::formula::{Formula, Tape};

/// Checks value, gradient and Hessian at (x, y) one by one, over a block of examples and in sums,
/// against f, [f_x, f_y] and [f_xx, f_xy, f_yy]; each may be off by so much of its own size and of
/// what it is made of.
fn check(name: &str, tape: &Tape, [x, y]: [f64; 2], want: [f64; 6]) {
    let close = |what: &str, got: f64, want: f64| {
        // A part in 10¹² of what is there, and of what cancels to it: the value's own derivatives
        // by ln are at most some hundred.
        let allowed = 1e-12 * want.abs() + 1e-300;
        assert!((got - want).abs() <= allowed, "{name} at ({x}, {y}): {what} {got} is not {want}");
    };
    let [f, fx, fy, fxx, fxy, fyy] = want;
    let (jet, jet2) = (tape.gradient(x, y), tape.hessian(x, y));
    close("f", tape.value(x, y), f);
    for gradient in [jet.gradient, jet2.gradient] {
        close("f_x", gradient[0], fx);
        close("f_y", gradient[1], fy);
    }
    close("f_xx", jet2.hessian[0], fxx);
    close("f_xy", jet2.hessian[1], fxy);
    close("f_yy", jet2.hessian[2], fyy);
    for examples in [1.0, 7.0] {
        let column: &[f64] = &vec![0.0; examples as usize];
        let sum = tape.sum_gradients([x, y], &[column]);
        close("Σ f_x", sum.gradient[0] / examples, fx);
        close("Σ f_y", sum.gradient[1] / examples, fy);
        let sum = tape.sum_hessians([x, y], &[column]);
        close("Σ f_xx", sum.hessian[0] / examples, fxx);
    }
}

/// A form of e^(c(x + 2y)) with its exponent c.
const POWERS: [(&str, f64); 9] = [
    ("sqrt(exp(t))", 0.5),
    ("cbrt(exp(t))", 1.0 / 3.0),
    ("exp(t)^-2", -2.0),
    ("exp(t)^-3", -3.0),
    ("exp(t)^0.75", 0.75),
    ("exp(t)^-1.5", -1.5),
    ("1/exp(t)", -1.0),
    ("3/exp(t)/3", -1.0),
    ("exp(t)^(c + 0*x)", 0.5),
];

fn tape(text: &str) -> Tape {
    let text =
        text.replace('t', "(x + 2y)").replace("sqr(x + 2y)", "sqrt").replace("cbr(x + 2y)", "cbrt");
    let formula = Formula::parse_in(&text, &["x", "y", "z"]).unwrap();
    formula.bind(&vec![0.5; formula.parameters().len()])
}

#[test]
fn powers_of_an_exponential_are_exponentials_however_large() {
    let mut random = Pcg32::seed_from_u64(1);
    for (text, c) in POWERS {
        let tape = tape(text);
        let mut count = 0;
        while count < 300 {
            let [x, y] =
                [0, 1].map(|_| 900.0 * (f64::from(random.next_u32()) / 2f64.powi(32) - 0.5));
            let t = x + 2.0 * y;
            // Both e^t and e^ct are ordinary numbers, and e^ct is known to 12 digits.
            if t.abs() > 700.0 || (c * t).abs() > 690.0 {
                continue;
            }
            count += 1;
            let f = tape.value(x, y);
            let known = libm::exp(c * t);
            assert!((f / known - 1.0).abs() < 1e-12, "{text} at {t}: {f}, not {known}");
            let [c1, c2] = [c * f, c * c * f];
            check(text, &tape, [x, y], [f, c1, 2.0 * c1, c2, 2.0 * c2, 4.0 * c2]);
        }
    }
}

#[test]
fn functions_of_an_exponential_have_their_known_derivatives() {
    type Known = fn(f64) -> [f64; 3];
    let cases: [(&str, Known); 6] = [
        ("ln(exp(x))", |x| [x, 1.0, 0.0]),
        ("log2(exp(x))", |x| [x / 2f64.ln(), 1.0 / 2f64.ln(), 0.0]),
        ("asinh(exp(x))", |x| {
            let q = 1.0 / (1.0 + libm::exp(-2.0 * x));
            [libm::asinh(libm::exp(x)), q.sqrt(), q.sqrt() * (1.0 - q)]
        }),
        ("acosh(exp(x))", |x| {
            let q = 1.0 / (1.0 - libm::exp(-2.0 * x));
            [libm::acosh(libm::exp(x)), q.sqrt(), q.sqrt() * (1.0 - q)]
        }),
        ("atan(exp(x))", |x| {
            let c = 0.5 / libm::cosh(x);
            [libm::atan(libm::exp(x)), c, -c * libm::tanh(x)]
        }),
        ("atan2(exp(x), exp(3*x))", |x| {
            // arctan e^(−2x)
            let c = 1.0 / libm::cosh(2.0 * x);
            [libm::atan(libm::exp(-2.0 * x)), -c, 2.0 * c * libm::tanh(2.0 * x)]
        }),
    ];
    for (text, known) in cases {
        let tape = Formula::parse(text).unwrap().bind(&[]);
        for at in 0..2_000 {
            let x = 0.35 * f64::from(at - 1_000) + 0.123;
            let [f, slope, bend] = known(x);
            let got = tape.hessian(x, 1.0);
            if text.starts_with("acosh") && x < 0.1 || text.starts_with("atan2") && x.abs() > 230.0
            {
                continue;
            }
            let near = |got: f64, want: f64, size: f64| (got - want).abs() <= 1e-11 * size + 1e-300;
            assert!(near(got.value, f, f.abs()), "{text} at {x}: {got:?}, not {f}");
            assert!(
                near(got.gradient[0], slope, slope.abs()),
                "{text} at {x}: {got:?}, not {slope}"
            );
            assert!(near(got.hessian[0], bend, slope.abs()), "{text} at {x}: {got:?}, not {bend}");
            let sum = tape.sum_gradients([x, 1.0], &[&[0.0; 5]]).gradient[0] / 5.0;
            assert!(near(sum, slope, slope.abs()), "{text} at {x}: {sum}, not {slope}");
        }
    }
}

#[test]
fn softplus_and_ln_cosh_are_straight_far_out() {
    for (text, slope) in [("ln(1+exp(x))", 1.0), ("ln(cosh(x))", 1.0)] {
        let tape = Formula::parse(text).unwrap().bind(&[]);
        for x in [40.0, 100.0, 177.5, 300.0, 355.0, 400.0, 600.0, 700.0] {
            let jet = tape.hessian(x, 0.0);
            assert!((jet.gradient[0] - slope).abs() < 1e-15, "{text} at {x}: {jet:?}");
            assert!(jet.hessian[0].abs() < 1e-15, "{text} at {x}: {jet:?}");
        }
    }
}

#[test]
fn a_root_of_a_square_is_straight_whatever_its_size() {
    let text = "sqrt(c^2*x^2 + c^2*y^2)";
    for exponent in -140..=140 {
        let c = 10f64.powi(exponent);
        let jet = Formula::parse(text).unwrap().bind(&[c]).hessian(3.0, 4.0);
        // r/c, its gradient and its curvature are those of the distance from the origin.
        for (got, want) in
            [jet.value, jet.gradient[0], jet.gradient[1], jet.hessian[0], jet.hessian[1]]
                .into_iter()
                .zip([5.0, 0.6, 0.8, 0.128, -0.096])
        {
            assert!((got / c - want).abs() < 1e-12, "c = 1e{exponent}: {jet:?}");
        }
    }
    for size in [1e-160, 1e-100, 1e100, 1e150, 1e154] {
        let jet = Formula::parse("atan2(y, x)").unwrap().bind(&[]).hessian(3.0 * size, 4.0 * size);
        assert!((jet.gradient[0] * size / -0.16 - 1.0).abs() < 1e-14, "{jet:?}");
        assert!((jet.gradient[1] * size / 0.12 - 1.0).abs() < 1e-14, "{jet:?}");
        if size < 1e150 && size > 1e-150 {
            assert!((jet.hessian[0] * size * size / 0.0384 - 1.0).abs() < 1e-13, "{jet:?}");
        }
    }
}
