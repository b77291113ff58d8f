//! A link is the whole experiment, and whatever is read becomes a valid one.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use ravine::experiment::{Experiment, MOST_RUNS, NOISE, SETTINGS};
use ravine::lab::Lab;
use ravine::link::{self, LONGEST};
use ravine::optimizers::RULES;
use ravine::param::{Param, Scale};
use ravine::surfaces::GALLERY;

/// Some value that a parameter allows, from a number between 0 and 1.
fn some_value(param: &Param, t: f64) -> f64 {
    let [least, most] = param.range;
    match param.scale {
        Scale::Linear | Scale::Log | Scale::Cubic => least + (most - least) * t,
        _ => (least + (most - least) * t).round(),
    }
}

prop_compose! {
    fn experiments()(
        surface in 0..GALLERY.len(),
        typed in prop::option::of(prop::sample::select(vec!["a*x^2 + b*y^2", "sin(x)*cos(y) + kappa x", "x&y".replace('&', "*").leak() as &str, "100% x".replace('%', "*").leak()])),
        rules in prop::collection::vec(0..RULES.len(), 0..=MOST_RUNS),
        numbers in prop::collection::vec(0.0..1.0f64, 120),
        changed in prop::collection::vec(any::<bool>(), 120),
        start in prop::option::of((-50.0..50.0f64, -50.0..50.0f64)),
        window in prop::option::of((-9.0..0.0f64, 0.1..9.0f64, -9.0..0.0f64, 0.1..9.0f64)),
        stopped in prop::option::of(0u32..5000),
    ) -> Experiment {
        let mut experiment = Experiment::on_surface(&GALLERY[surface]);
        let mut dice = numbers.into_iter().zip(changed);
        let mut roll = |param: &Param| dice.next().and_then(|(t, changed)| changed.then(|| some_value(param, t)));
        experiment.set_rules(&rules.iter().map(|rule| RULES[*rule]).collect::<Vec<_>>());
        if let Some(text) = typed {
            experiment.set_formula(text).unwrap();
        }
        for index in 0..experiment.surface_parameters().len() {
            if let Some(value) = roll(&experiment.surface_parameters()[index].clone()) {
                experiment.set_surface_value(index, value);
            }
        }
        for run in &mut experiment.runs {
            for (param, value) in run.rule.parameters.iter().zip(&mut run.values) {
                *value = roll(param).unwrap_or(*value);
            }
            run.noise = roll(&NOISE).unwrap_or(run.noise);
            run.hidden = roll(&NOISE).is_some();
            run.look = roll(&link::LOOK).map_or(run.look, |look| look as usize - 1);
        }
        for (index, param) in SETTINGS.iter().enumerate() {
            if let Some(value) = roll(param) {
                experiment.set_setting(index, value);
            }
        }
        if let Some((x, y)) = start {
            experiment.start = [x, y];
        }
        if let Some((left, right, bottom, top)) = window {
            experiment.window = ravine::window::Window::new(left, right, bottom, top);
        }
        experiment.stopped_at = stopped.map(|step| step.min(experiment.steps() as u32));
        experiment
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn every_link_survives_the_round_trip(experiment in experiments()) {
        let text = link::write(&experiment);
        let (again, faults) = link::read(&text);
        prop_assert!(faults.is_empty(), "{text}: {faults:?}");
        prop_assert_eq!(link::write(&again), text);
        prop_assert_eq!(again.start.map(f64::to_bits), experiment.start.map(f64::to_bits));
        prop_assert_eq!(again.window, experiment.window);
        prop_assert_eq!(again.settings(), experiment.settings());
        prop_assert_eq!(again.surface_values(), experiment.surface_values());
        prop_assert_eq!(again.stopped_at, experiment.stopped_at);
        prop_assert_eq!(again.runs.len(), experiment.runs.len());
        for (a, b) in again.runs.iter().zip(&experiment.runs) {
            prop_assert_eq!(a.rule.key, b.rule.key);
            prop_assert_eq!(&a.values, &b.values);
            prop_assert_eq!((a.noise, a.hidden, a.look), (b.noise, b.hidden, b.look));
        }
    }
}

#[test]
fn the_default_is_written_as_nothing() {
    assert_eq!(link::write(&Experiment::default()), "");
    assert_eq!(link::write(&link::read("").0), "");
}

#[test]
fn a_link_reads_like_what_it_says() {
    let (experiment, faults) = link::read(
        "surface=rosenbrock&f.b=50&runs=gd,momentum,momentum&momentum2.beta=0.9&steps=500",
    );
    assert_eq!(faults, []);
    assert_eq!(experiment.surface_value("b"), Some(50.0));
    assert_eq!(experiment.names(), ["gd", "momentum", "momentum2"]);
    assert_eq!(experiment.runs[2].values[1], 0.9);
    assert_eq!(experiment.runs[1].values[1], 0.5);
    assert_eq!(experiment.steps(), 500);
    let typed = link::read("f=x^2+y^2/2").0;
    assert_eq!(link::write(&typed), "f=x^2+y^2/2");
    let address = "https://host.example/page/?query#steps=7";
    assert_eq!(link::of_address(address), "steps=7");
    assert_eq!(link::of_address("https://host.example/page/"), "");
    assert_eq!(link::of_address("#steps=7"), "steps=7");
    assert_eq!(link::of_address("steps=7"), "steps=7");
}

/// Links with something wrong in them, and the sentences about it.
const BAD: &[(&str, &[&str])] = &[
    ("foo=1", &["foo is not a key of a Ravine link."]),
    ("gd.beta=0.5", &["gd.beta is not a parameter here."]),
    ("adam.alpha=0.5", &["adam.alpha is not a parameter here: there is no run “adam”."]),
    ("gd.alpha=0", &["gd.alpha must lie between 1e-6 and 10, and “0” does not."]),
    ("gd.alpha=NaN", &["gd.alpha must be a number, and “NaN” is not."]),
    ("gd.alpha=inf", &["gd.alpha must be a number, and “inf” is not."]),
    ("gd.alpha=1e999", &["gd.alpha must be a number, and “1e999” is not."]),
    ("gd.alpha=", &["gd.alpha must be a number, and an empty text is not."]),
    ("gd.alpha", &["gd.alpha must be a number, and an empty text is not."]),
    ("momentum.beta=1", &["momentum.beta must lie between 0 and 0.999, and “1” does not."]),
    (
        "momentum.form=heavy",
        &["momentum.form must be one of accumulate, velocity, average, and “heavy” is not."],
    ),
    ("gd.hidden=maybe", &["gd.hidden must be yes or no, and “maybe” is neither."]),
    ("gd.look=9", &["gd.look must lie between 1 and 8, and “9” does not."]),
    ("gd.noise=-1", &["gd.noise must lie between 0 and 100, and “-1” does not."]),
    ("gd2.alpha=0.1", &["gd2.alpha is not a parameter here: there is no run “gd2”."]),
    (".alpha=0.1", &[".alpha is not a parameter here: there is no run an empty text."]),
    ("steps=0", &["steps must lie between 1 and 5000, and “0” does not."]),
    ("steps=5001", &["steps must lie between 1 and 5000, and “5001” does not."]),
    ("steps=2.5", &["steps must be a whole number, and “2.5” is not."]),
    ("step=51", &["step must lie between 0 and 50, and “51” does not."]),
    ("step=1&steps=1&step=0", &["step is there twice; the first one counts."]),
    ("seed=-1", &["seed must lie between 0 and 999999, and “-1” does not."]),
    ("speed=0", &["speed must lie between 0.5 and 10000, and “0” does not."]),
    ("chart=cubic", &["chart must be one of log, linear, and “cubic” is not."]),
    ("theme=<b>", &["theme must be one of auto, light, dark, and “<b>” is not."]),
    ("start=1", &["start must be 2 numbers with commas between them, and “1” is not."]),
    ("start=1,2,3", &["start must be 2 numbers with commas between them, and “1,2,3” is not."]),
    ("start=a,b", &["start must be a number, and “a” is not."]),
    ("start=1e10,0", &["start must lie between −1000000000 and 1000000000, and “1e10” does not."]),
    (
        "window=1,1,0,1",
        &[
            "window must be left,right,bottom,top with left < right and bottom < top, far enough apart.",
        ],
    ),
    (
        "window=2,1,0,1",
        &[
            "window must be left,right,bottom,top with left < right and bottom < top, far enough apart.",
        ],
    ),
    (
        "window=1,1.0000000000001,0,1",
        &[
            "window must be left,right,bottom,top with left < right and bottom < top, far enough apart.",
        ],
    ),
    (
        "surface=f&f.z=1",
        &["surface must be one of", "f.z is not a parameter: the formula has no “z”."],
    ),
    ("surface=bowl&f.kappa=3", &["f.kappa is not a parameter: the formula has no “kappa”."]),
    ("surface=bowl&f=x", &["surface is not taken beside f, which is a surface itself."]),
    ("f=x+", &["f, column "]),
    ("f=", &["f, column "]),
    (
        "runs=gd,sgd",
        &[
            "runs must be rules out of gd, momentum, nesterov, adagrad, rmsprop, adam, and “sgd” is none.",
        ],
    ),
    ("runs=gd,,gd", &["runs must be rules out of"]),
    ("runs=gd,gd,gd,gd,gd,gd,gd,gd,gd", &["runs must be at most 8 rules, and here are 9."]),
    ("%ff=1", &["“%ff=1” is not readable text (UTF-8)."]),
    ("steps=%ff", &["“steps=%ff” is not readable text (UTF-8)."]),
    ("=", &["an empty text is not a key of a Ravine link."]),
    (
        "<script>alert(1)</script>=1",
        &["“<script>alert(1)</script>” is not a key of a Ravine link."],
    ),
    ("javascript:alert(1)", &["“javascript:alert(1)” is not a key of a Ravine link."]),
    ("__proto__=1", &["“__proto__” is not a key of a Ravine link."]),
];

#[test]
fn what_a_link_gets_wrong_is_named_and_the_rest_is_taken() {
    for (text, wanted) in BAD {
        let (experiment, faults) = link::read(&format!("{text}&palette=viridis"));
        let said: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), wanted.len(), "{text}: {said:?}");
        for (said, wanted) in said.iter().zip(*wanted) {
            assert!(said.starts_with(wanted), "{text}: {said}");
        }
        assert!(link::write(&experiment).contains("palette=viridis"), "{text}");
        assert_eq!(link::read(&link::write(&experiment)).1, [], "{text}");
    }
}

#[test]
fn a_megabyte_is_refused_at_once() {
    let long = format!("f={}", "x+".repeat(500_000));
    let start = Instant::now();
    let (experiment, faults) = link::read(&long);
    assert!(start.elapsed() < Duration::from_millis(5));
    assert_eq!(link::write(&experiment), "");
    assert_eq!(
        faults[0].to_string(),
        format!("The link has 1000002 bytes, and the longest has {LONGEST}.")
    );
    let mut lab = Lab::new("");
    assert!(lab.set("f", &long).is_err());
    assert_eq!(lab.link(), "");
}

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
        let length = next(24);
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
