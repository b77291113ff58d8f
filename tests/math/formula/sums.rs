//! Sums over examples, and the values and gradients of many points, are those of one after the
//! other, to the last bit.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use ravine::math::formula::{FUNCTIONS, Formula, Function, Jet, Jet2, Tape};

use super::tree::trees;

const THETA: [f64; 2] = [0.8, -0.35];

fn tape(text: &str) -> Tape {
    Formula::parse_in(text, &["w", "b", "x", "y"]).unwrap().bind(&[])
}

fn two([value, d1, d2]: [f64; 3]) -> [f64; 6] {
    [value, d1, d2, 0.0, 0.0, 0.0]
}

fn first(Jet { value, gradient: [d1, d2] }: Jet) -> [f64; 6] {
    two([value, d1, d2])
}

fn second(Jet2 { value, gradient: [d1, d2], hessian: [d11, d12, d22] }: Jet2) -> [f64; 6] {
    [value, d1, d2, d11, d12, d22]
}

fn value(value: f64) -> [f64; 6] {
    two([value, 0.0, 0.0])
}

fn assert_same(got: [f64; 6], want: [f64; 6], what: &str) {
    for (got, want) in got.iter().zip(want) {
        let same = got.to_bits() == want.to_bits() || got.is_nan() && want.is_nan();
        assert!(same, "{what}: {got} is not {want}");
    }
}

fn assert_same_sum(got: [f64; 6], terms: impl Iterator<Item = [f64; 6]>, what: &str) {
    let mut want = [0.0; 6];
    for term in terms {
        want.iter_mut().zip(term).for_each(|(want, term)| *want += term);
    }
    assert_same(got, want, what);
}

fn assert_sums(tape: &Tape, theta: [f64; 2], [xs, ys]: [&[f64]; 2], what: &str) {
    let points = || xs.iter().zip(ys).map(|(&x, &y)| [theta[0], theta[1], x, y]);
    let columns = [xs, ys];
    let (values, jets) = (tape.sum_values(theta, &columns), tape.sum_gradients(theta, &columns));
    let jets2 = tape.sum_hessians(theta, &columns);
    // At many θ as at one after the other.
    let others = [theta, [theta[1], theta[0]], [0.5 * theta[0], 1.0]];
    let [mut all_values, mut all_jets] = [Vec::new(), Vec::new()];
    tape.sum_values_at(others.into_iter(), &columns, |sum| all_values.push(value(sum)));
    tape.sum_gradients_at(others.into_iter(), &columns, |sum| all_jets.push(first(sum)));
    for (place, at) in others.into_iter().enumerate() {
        assert_same(all_values[place], value(tape.sum_values(at, &columns)), what);
        assert_same(all_jets[place], first(tape.sum_gradients(at, &columns)), what);
    }
    assert_same_sum(value(values), points().map(|at| value(tape.value_at(&at))), what);
    assert_same_sum(first(jets), points().map(|at| first(tape.gradient_at(&at))), what);
    assert_same_sum(second(jets2), points().map(|at| second(tape.hessian_at(&at))), what);
}

/// The examples that leave f and its derivatives finite.
fn finite(tape: &Tape, [xs, ys]: &[Vec<f64>; 2]) -> [Vec<f64>; 2] {
    let finite = |&(x, y): &(f64, f64)| {
        second(tape.hessian_at(&[THETA[0], THETA[1], x, y])).iter().all(|part| part.is_finite())
    };
    xs.iter().copied().zip(ys.iter().copied()).filter(finite).unzip::<_, _, Vec<_>, Vec<_>>().into()
}

/// Ordinary numbers, with some among them that are not finite or are signed zeros.
fn columns(examples: usize) -> [Vec<f64>; 2] {
    let x = |i: usize| match i % 23 {
        17 => f64::INFINITY,
        19 => -0.0,
        22 => f64::NAN,
        _ => 3.0 * libm::sin(i as f64),
    };
    let y = |i: usize| if i % 13 == 11 { 0.0 } else { 1.5 * libm::cos(1.7 * i as f64) };
    [(0..examples).map(x).collect(), (0..examples).map(y).collect()]
}

#[test]
fn sums_of_every_function_and_operation_are_those_of_one_example_after_the_other() {
    let calls = FUNCTIONS.iter().map(|&(name, function)| match function {
        Function::Unary(_) => format!("y*{name}(w*x + 1 + b) - b*{name}(y)"),
        Function::Binary(_) => format!("{name}(w*x + b, w^2 + y) + {name}(y, b)"),
    });
    let operations = [
        "1/2*(y - w*x - b)^2",
        "w",
        "b",
        "x",
        "y",
        "7",
        "-w",
        "2 - b",
        "b/w",
        "x/w",
        "3/w",
        "w/3",
        "w^3*x",
        "b^-2 - y",
        "(4 + w*x)^1.3",
        "2^(w*x)",
        "(4 + x)^(w*b)",
        "w*b*x*y",
        "-x*w - (-y)*b",
        "max(w, x, b, y)*min(w*x, 0.1)",
        "w - (x + 1)/(y*b - (b - w)/(w*x - (y*b - (w/(2 + y) - (x*b - (w + y*(x - b)*w))))))",
    ];
    for text in calls.chain(operations.map(String::from)) {
        let tape = tape(&text);
        let all = columns(70);
        let some = finite(&tape, &all);
        let left = some[0].len();
        assert!(left >= 5, "only {left} examples of {text} are finite");
        for examples in 0..=70 {
            assert_sums(&tape, THETA, all.each_ref().map(|column| &column[..examples]), &text);
        }
        for examples in 0..=left {
            assert_sums(&tape, THETA, some.each_ref().map(|column| &column[..examples]), &text);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::with_cases(1_000) })]

    /// The letters of a tree are x, y and a: here x and a are θ, and y is the data.
    #[test]
    fn sums_of_random_formulas_are_those_of_one_example_after_the_other(
        tree in trees(), theta in prop::array::uniform2(-2.0..2.0f64),
        ys in prop::collection::vec(-3.0..3.0f64, 0..40),
    ) {
        let text = tree.to_string();
        let tape = Formula::parse_in(&text, &["x", "a", "y"]).unwrap().bind(&[]);
        assert_sums(&tape, theta, [&ys, &ys], &text);
    }

    #[test]
    fn values_and_gradients_of_many_points_are_those_of_one_after_the_other(
        tree in trees(), mut points in prop::collection::vec(prop::array::uniform2(-3.0..3.0f64), 0..40),
    ) {
        points.extend([[0.0, -0.0], [1e200, -1e-200], [f64::INFINITY, 1.0], [0.5, f64::NAN]]);
        let what = tree.to_string();
        let tape = Formula::parse(&what).unwrap().bind(&[1.7]);
        let [xs, ys] = [0, 1].map(|axis| points.iter().map(|at| at[axis]).collect::<Vec<_>>());
        let [mut alone, mut f, mut fx, mut fy] = [0; 4].map(|_| vec![0.0; points.len()]);
        tape.values(&xs, &ys, &mut alone);
        tape.gradients(&xs, &ys, &mut f, [&mut fx, &mut fy]);
        for (at, &[x, y]) in points.iter().enumerate() {
            assert_same(value(alone[at]), value(tape.value(x, y)), &what);
            assert_same(two([f[at], fx[at], fy[at]]), first(tape.gradient(x, y)), &what);
        }
        let [mut fxx, mut fxy, mut fyy] = [0; 3].map(|_| vec![0.0; points.len()]);
        tape.hessians(&xs, &ys, &mut f, [&mut fx, &mut fy], [&mut fxx, &mut fxy, &mut fyy]);
        for (at, &[x, y]) in points.iter().enumerate() {
            let hessian = [fxx[at], fxy[at], fyy[at]];
            let there = Jet2 { value: f[at], gradient: [fx[at], fy[at]], hessian };
            assert_same(second(there), second(tape.hessian(x, y)), &what);
        }
    }

    #[test]
    fn derivatives_at_a_point_do_not_depend_on_how_it_is_given(
        tree in trees(), x in -2.0..2.0f64, y in -2.0..2.0f64,
    ) {
        let tape = Formula::parse(&tree.to_string()).unwrap().bind(&[1.7]);
        let what = tree.to_string();
        assert_same(first(tape.gradient_at(&[x, y])), first(tape.gradient(x, y)), &what);
        assert_same(second(tape.hessian_at(&[x, y])), second(tape.hessian(x, y)), &what);
    }
}
