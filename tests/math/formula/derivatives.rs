//! Values and derivatives against an independent differentiation and against differences.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use ravine::math::formula::{Formula, Tape};

use super::tree::{A, Tree, trees};

fn tape(tree: &Tree) -> Tape {
    let formula = Formula::parse(&tree.to_string()).unwrap();
    let values = vec![A; formula.parameters().len()];
    formula.bind(&values)
}

/// Enough trees are tame: most of what is drawn reaches the comparison.
fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        max_global_rejects: 20 * cases,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(1),
        ..ProptestConfig::default()
    }
}

/// The derivative of f at 0 from differences, and an estimate of its error.
fn slope(f: impl Fn(f64) -> f64) -> (f64, f64) {
    let central = |h: f64| (f(h) - f(-h)) / (2.0 * h);
    let (coarse, fine) = (central(2e-4), central(1e-4));
    ((4.0 * fine - coarse) / 3.0, (fine - coarse).abs())
}

proptest! {
    #![proptest_config(config(4_000))]

    #[test]
    fn derivatives_are_those_of_an_independent_differentiation(
        tree in trees(), x in -2.0..2.0f64, y in -2.0..2.0f64,
    ) {
        let want = tree.derivatives(x, y);
        prop_assume!(want.scale < 1e5 && want.smooth > 1e-3);
        let tolerance = 1e-10 * want.scale;
        let tape = tape(&tree);
        let got = tape.hessian(x, y);
        prop_assert!((got.value - want.value).abs() <= tolerance, "{got:?} {want:?}");
        for (got, want) in got.gradient.iter().zip(want.gradient) {
            prop_assert!((got - want).abs() <= tolerance, "gradient {got} {want}");
        }
        for (got, want) in got.hessian.iter().zip(want.hessian) {
            prop_assert!((got - want).abs() <= tolerance, "hessian {got} {want}");
        }
    }

    #[test]
    fn derivatives_are_slopes(tree in trees(), x in -2.0..2.0f64, y in -2.0..2.0f64) {
        let known = tree.derivatives(x, y);
        prop_assume!(known.scale < 1e3 && known.smooth > 1e-2);
        let tape = tape(&tree);
        let got = tape.hessian(x, y);
        let pairs = [
            (got.gradient[0], slope(|h| tape.value(x + h, y))),
            (got.gradient[1], slope(|h| tape.value(x, y + h))),
            (got.hessian[0], slope(|h| tape.gradient(x + h, y).gradient[0])),
            (got.hessian[1], slope(|h| tape.gradient(x, y + h).gradient[0])),
            (got.hessian[1], slope(|h| tape.gradient(x + h, y).gradient[1])),
            (got.hessian[2], slope(|h| tape.gradient(x, y + h).gradient[1])),
        ];
        for (exact, (difference, error)) in pairs {
            prop_assume!(error < 1e-5 * known.scale);
            prop_assert!((exact - difference).abs() <= 1e-6 * known.scale, "{exact} {difference}");
        }
    }

    #[test]
    fn value_gradient_hessian_and_grid_agree_bit_for_bit(
        tree in trees(), x in -3.0..3.0f64, y in -3.0..3.0f64,
    ) {
        let tape = tape(&tree);
        let xs = [x, -0.0, 1.0, x + 0.25, 1e9];
        let ys = [y, 0.0, -2.0];
        let mut grid = [0.0; 15];
        tape.grid(&xs, &ys, &mut grid);
        for (at, &on_grid) in grid.iter().enumerate() {
            let (x, y) = (xs[at % 5], ys[at / 5]);
            let value = tape.value(x, y);
            let (jet, jet2) = (tape.gradient(x, y), tape.hessian(x, y));
            for other in [on_grid, jet.value, jet2.value] {
                let equal = other.to_bits() == value.to_bits() || other.is_nan() && value.is_nan();
                prop_assert!(equal, "at ({x}, {y}): {other} is not {value}");
            }
            for (first, second) in jet.gradient.into_iter().zip(jet2.gradient) {
                prop_assert!(first == second || first.is_nan() && second.is_nan());
            }
        }
    }
}

fn gradient(text: &str, x: f64, y: f64) -> [f64; 2] {
    Formula::parse(text).unwrap().bind(&[]).gradient(x, y).gradient
}

#[test]
fn conventions_hold_where_nothing_is_differentiable() {
    assert_eq!(gradient("abs(x)", 0.0, 1.0), [0.0, 0.0]);
    assert_eq!(gradient("relu(x)", 0.0, 1.0), [0.0, 0.0]);
    assert_eq!(gradient("sign(x) + floor(y)", 0.0, 1.0), [0.0, 0.0]);
    assert_eq!(gradient("min(3x, 2y)", 2.0, 3.0), [3.0, 0.0]);
    assert_eq!(gradient("max(3x, 2y)", 2.0, 3.0), [3.0, 0.0]);
    assert_eq!(gradient("huber(x, 2)", 2.0, 0.0), [2.0, 0.0]);
    let edge = Formula::parse("huber(x, y)").unwrap().bind(&[]).hessian(-2.0, 2.0);
    assert_eq!((edge.gradient, edge.hessian), ([-2.0, 0.0], [1.0, 0.0, 0.0]));
    assert_eq!(gradient("sqrt(x^2 + y^2)", 0.0, 0.0), [0.0, 0.0]);
    assert_eq!(gradient("sqrt(x)", 0.0, 0.0), [f64::INFINITY, 0.0]);
    assert_eq!(gradient("min(x, sqrt(y))", -1.0, 0.0), [1.0, 0.0]);
    assert_eq!(gradient("x^y", 0.0, 2.0), [0.0, 0.0]);
    assert!(gradient("atan2(y, x)", 0.0, 0.0).iter().all(|d| d.is_nan()));
    assert!(gradient("ln(x)", -1.0, 0.0).iter().all(|d| d.is_nan()));
}

#[test]
fn whole_powers_multiply_and_zero_to_the_zero_is_one() {
    let value = |text, x| Formula::parse(text).unwrap().bind(&[]).value(x, 0.0);
    for x in [1.1, -0.3, 7e5] {
        assert_eq!(value("x^2", x), x * x);
        assert_eq!(value("x^3", x), x * x * x);
        assert_eq!(value("x^-1", x), 1.0 / x);
    }
    assert_eq!(value("x^0", 0.0), 1.0);
    assert_eq!(value("x^y", 0.0), 1.0);
    assert_eq!(gradient("x^0", 0.0, 0.0), [0.0, 0.0]);
    assert_eq!(gradient("x^1", 0.0, 0.0), [1.0, 0.0]);
}

#[test]
fn ackley_is_flat_at_its_minimum() {
    let ackley = "-20 exp(-0.2 sqrt(0.5(x^2 + y^2))) - exp(0.5(cos(2pi x) + cos(2pi y))) + e + 20";
    let jet = Formula::parse(ackley).unwrap().bind(&[]).gradient(0.0, 0.0);
    assert!(jet.value.abs() < 1e-14);
    assert_eq!(jet.gradient, [0.0, 0.0]);
}

#[test]
fn rosenbrock_has_its_known_derivatives() {
    let formula = Formula::parse("(1 - x)^2 + b*(y - x^2)^2").unwrap();
    assert_eq!(formula.parameters(), ["b"]);
    let jet = formula.bind(&[100.0]).hessian(-1.0, 2.0);
    assert_eq!(jet.value, 104.0);
    assert_eq!(jet.gradient, [396.0, 200.0]);
    assert_eq!(jet.hessian, [402.0, 400.0, 200.0]);
}
