//! Whatever is pasted as a link becomes a valid experiment.

use std::time::{Duration, Instant};

use ravine::labs::link;

/// The pieces that random links are made of: most are nearly right.
const PIECES: &[&str] = &[
    "surface",
    "f",
    "f.",
    "kappa",
    "phi",
    "start",
    "window",
    "runs",
    "gd",
    "momentum",
    "adam",
    "rmsprop",
    "nesterov",
    "adagrad",
    ".",
    "alpha",
    "beta",
    "form",
    "noise",
    "look",
    "hidden",
    "steps",
    "step",
    "speed",
    "chart",
    "log",
    "yes",
    "no",
    "=",
    "=",
    "=",
    "=",
    "&",
    "&",
    "&",
    "&",
    ",",
    ",",
    "0.1",
    "1",
    "-3",
    "1e9",
    "NaN",
    "inf",
    "5000",
    "rosenbrock",
    "problem=",
    "problem=",
    "loss=",
    "linear",
    "logistic",
    "mean",
    "(y-w*x)^2",
    "data",
    "data.",
    "standardise",
    "1,2;3,4",
    "1,0;2,1;3,1",
    ";",
    "n=",
    "gd2.batch=",
    "average=half",
    "schedule=cosine",
    "follow",
    "line",
    "ensemble",
    "same=yes",
    "x^2+y^2",
    "sin(",
    "%41",
    "%",
    "%zz",
    "#",
    "\u{3ba}",
    "\0",
    "<b>",
    " ",
];

#[test]
fn a_hundred_thousand_random_links_become_valid_experiments() {
    let mut state = 1u64;
    let mut next = |n: usize| {
        state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (state >> 33) as usize % n
    };
    for _ in 0..100_000 {
        let length = next(28);
        let text: String = (0..length).map(|_| PIECES[next(PIECES.len())]).collect();
        let read_in = || {
            let start = Instant::now();
            let result = link::read(&text);
            (start.elapsed(), result)
        };
        let (elapsed, (experiment, _)) = read_in();
        // A machine that is busy may be slow once, and not three times in a row.
        if elapsed > Duration::from_millis(5) {
            let fastest = (0..3).map(|_| read_in().0).min().unwrap();
            assert!(fastest < Duration::from_millis(5), "{fastest:?} for {text:?}");
        }
        let canonical = link::write(&experiment);
        let (again, faults) = link::read(&canonical);
        assert!(faults.is_empty(), "{text:?} -> {canonical:?}: {faults:?}");
        assert_eq!(link::write(&again), canonical, "{text:?}");
    }
}
