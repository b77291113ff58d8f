//! A compiled formula is its tape, to the last bit.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use ravine::math::formula::compile::Emission;
use ravine::math::formula::{FUNCTIONS, Formula, Function, Tape};

use super::machine::{HELPER, Machine};
use super::tree::{extremes, trees};

/// Points where the tape's conventions and its far branches show.
const SPECIAL: [f64; 17] = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    0.5,
    2.0,
    1e-80,
    -1e80,
    1e200,
    1e-200,
    -1e300,
    5e-324,
    1e5,
    -1e6,
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::NAN,
];

fn same(got: f64, want: f64) -> bool {
    got.to_bits() == want.to_bits() || got.is_nan() && want.is_nan()
}

/// Compares all that is computed at points, at these.
fn assert_points(tape: &Tape, points: &[[f64; 2]], what: &str) {
    assert_kernels(tape, &tape.compile_points(HELPER), &[1, 3], points, what);
    assert_kernels(tape, &tape.compile_hessians(HELPER), &[1, 3, 6], points, what);
}

/// Compares what kernels compute at points, each so many parts.
fn assert_kernels(
    tape: &Tape,
    module: &Emission,
    kernels: &[usize],
    points: &[[f64; 2]],
    what: &str,
) {
    let mut machine = Machine::new(module);
    let [xs, ys] = [0, 1].map(|axis| points.iter().map(|at| at[axis]).collect::<Vec<_>>());
    for (kernel, &parts) in kernels.iter().enumerate() {
        let mut arrays = vec![xs.clone(), ys.clone()];
        arrays.resize(2 + parts, vec![0.0; points.len()]);
        machine.run(kernel, points.len(), &mut arrays, &mut []);
        for (place, &[x, y]) in points.iter().enumerate() {
            let all = tape.hessian(x, y);
            let ([fx, fy], [fxx, fxy, fyy]) = (all.gradient, all.hessian);
            let want = [all.value, fx, fy, fxx, fxy, fyy];
            for (part, want) in want[..parts].iter().enumerate() {
                let got = arrays[2 + part][place];
                assert!(
                    same(got, *want),
                    "part {part} of {what} at {x:e}, {y:e}: {got:e} is not {want:e}"
                );
            }
        }
    }
}

/// Compares f on the grid of these columns and rows; of the former there is an even number.
fn assert_grid(tape: &Tape, xs: &[f64], ys: &[f64], what: &str) {
    let (emission, shared) = tape.compile_grid(HELPER);
    let mut machine = Machine::new(&emission);
    let mut arrays = vec![xs.to_vec()];
    arrays.resize(2 + shared, vec![0.0; xs.len()]);
    machine.run(0, xs.len(), &mut arrays[..=shared], &mut [0.0]);
    for &y in ys {
        machine.run(1, xs.len(), &mut arrays, &mut [y]);
        for (&x, &got) in xs.iter().zip(&arrays[1 + shared]) {
            let want = tape.value(x, y);
            assert!(same(got, want), "{what} on a grid at {x:e}, {y:e}: {got:e} is not {want:e}");
        }
    }
}

/// Compares sums over examples, an even number of them, whose columns are these.
fn assert_sums(tape: &Tape, theta: [f64; 2], columns: [&[f64]; 2], what: &str) {
    let (emission, kernels) = tape.compile_sums(HELPER);
    let mut machine = Machine::new(&emission);
    let want = tape.sum_gradients(theta, &columns);
    for (kernel, parts) in [1, 3].into_iter().enumerate() {
        let mut numbers = [theta[0], theta[1], 0.0, 0.0, 0.0];
        let mut arrays = columns.map(<[f64]>::to_vec);
        machine.run(kernel, columns[0].len(), &mut arrays, &mut numbers);
        let [f1, f2] = want.gradient;
        for (part, want) in [want.value, f1, f2][..parts].iter().enumerate() {
            let got = numbers[2 + part];
            assert!(same(got, *want), "sum {part} of {what}: {got:e} is not {want:e}");
        }
    }
    // At two θ at once, over an odd number of examples, too.
    let thetas = [theta, [theta[1], theta[0] - 0.5]];
    for (kernel, parts) in [1, 3].into_iter().enumerate().filter(|_| kernels == 4) {
        for examples in columns[0].len() - 1..=columns[0].len() {
            let columns = columns.map(|column| &column[..examples]);
            if examples == 0 {
                continue;
            }
            let [[u1, u2], [v1, v2]] = thetas;
            let mut numbers = [u1, v1, u2, v2, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];
            let mut arrays = columns.map(<[f64]>::to_vec);
            machine.run(2 + kernel, examples, &mut arrays, &mut numbers);
            for (place, theta) in thetas.into_iter().enumerate() {
                let jet = tape.sum_gradients(theta, &columns);
                let [f1, f2] = jet.gradient;
                for (part, want) in [jet.value, f1, f2][..parts].iter().enumerate() {
                    let got = numbers[4 + 2 * part + place];
                    let what = format!("sum {part} at θ {place} of two of {what}");
                    assert!(same(got, *want), "{what}: {got:e} is not {want:e}");
                }
            }
        }
    }
}

/// All pairs of special numbers, and as many ordinary points.
fn many_points() -> Vec<[f64; 2]> {
    let pairs = SPECIAL.iter().flat_map(|&x| SPECIAL.map(|y| [x, y]));
    let ordinary = (0..289).map(|i| {
        let i = f64::from(i);
        [3.0 * libm::sin(i), 2.0 * libm::cos(1.7 * i)]
    });
    pairs.chain(ordinary).collect()
}

#[test]
fn every_function_and_operation_has_the_bits_of_the_tape() {
    let calls = FUNCTIONS.iter().flat_map(|&(name, function)| match function {
        Function::Unary(_) => {
            vec![format!("{name}(x)"), format!("y*{name}(x*y + 1) - {name}({name}(y))")]
        }
        Function::Binary(_) => {
            vec![format!("{name}(x, y)"), format!("{name}(x^2 + y, y - 1) + {name}(y, 1)")]
        }
    });
    let operations = [
        "x",
        "y",
        "7",
        "-x",
        "x + y",
        "x - y",
        "x*y",
        "x/y",
        "3/x",
        "x/3",
        "x/4",
        "2 - x",
        "x^3",
        "x^-2",
        "(x + y)^7",
        "x^1.3",
        "2^x",
        "x^y",
        "(x*y)^(x - y)",
        "(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
        "(1 - x)^2 + 100(y - x^2)^2",
        "-x - -y",
        "0x + 0y",
        "-1x*1y",
        "x^4 - 16x^2 + 5x",
        "-20exp(-0.2sqrt((x^2 + y^2)/2)) - exp((cos(2pi x) + cos(2pi y))/2) + e + 20",
    ];
    let points = many_points();
    let [xs, ys] = [0, 1].map(|axis| points.iter().map(|at| at[axis]).collect::<Vec<_>>());
    for text in calls.chain(operations.map(String::from)) {
        let tape = Formula::parse(&text).unwrap().bind(&[]);
        assert_points(&tape, &points, &text);
        assert_grid(&tape, &xs, &SPECIAL, &text);
        let loss = Formula::parse_in(&text, &["x", "b", "y"]).unwrap().bind(&[]);
        // At points, a third variable is 0.
        assert_points(&loss, &points[..40], &text);
        assert_sums(&loss, [0.8, -0.3], [&ys, &xs], &text);
    }
}

/// No formula that can be read makes a module larger than this, all its derivatives included.
const MOST_BYTES: usize = 3_000_000;

#[test]
fn the_longest_and_the_deepest_formulas_have_the_bits_of_the_tape_in_modules_of_a_bounded_size() {
    let points = many_points();
    for text in extremes() {
        let tape = Formula::parse(&text).unwrap().bind(&[]);
        assert_points(&tape, &points[280..300], &text);
        let bytes = tape.compile_hessians(HELPER).bytes.len();
        println!("{bytes:>8} bytes: {text:.40}");
        assert!(bytes <= MOST_BYTES, "{text} makes a module of {bytes} bytes");
    }
}

/// How many random formulas are compared.
fn cases() -> u32 {
    std::env::var("RAVINE_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(10_000)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(1), ..ProptestConfig::with_cases(cases()) })]

    #[test]
    fn random_formulas_have_the_bits_of_the_tape(
        tree in trees(),
        ordinary in prop::collection::vec(prop::array::uniform2(-3.0..3.0f64), 1..40),
        special in prop::collection::vec(prop::array::uniform2(prop::sample::select(SPECIAL.to_vec())), 0..8),
    ) {
        let mut points = [ordinary, special].concat();
        points.truncate(points.len() / 2 * 2);
        let what = tree.to_string();
        if points.is_empty() {
            return Ok(());
        }
        let tape = Formula::parse(&what).unwrap().bind(&[1.7]);
        assert_points(&tape, &points, &what);
        let [xs, ys] = [0, 1].map(|axis| points.iter().map(|at| at[axis]).collect::<Vec<_>>());
        assert_grid(&tape, &xs, &ys[..2], &what);
        let loss = Formula::parse_in(&what, &["x", "a", "y"]).unwrap().bind(&[]);
        assert_sums(&loss, [xs[0], 0.7], [&ys, &xs], &what);
    }
}
