//! What a link gets wrong is named, and the rest of it holds.

use std::time::{Duration, Instant};

use ravine::labs::Lab as _;
use ravine::labs::link::{self, LONGEST};
use ravine::labs::planar::PlanarLab;

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
    ("step=1&steps=1&step=0", &["step is given twice; the first one counts."]),
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
            "runs has the unknown rule “sgd”; expected one of gd, momentum, nesterov, adagrad, rmsprop, adam, newton.",
        ],
    ),
    ("runs=gd,,gd", &["runs has the unknown rule an empty text; expected one of gd,"]),
    (
        "problem=nowhere",
        &[
            "problem must be one of mean, linear, logistic, tanh, sigmoid, sine, huber, and “nowhere” is not.",
        ],
    ),
    ("problem=mean&surface=bowl", &["surface is not taken beside problem or loss, which are over"]),
    ("problem=mean&f=x^2", &["f is not taken beside problem or loss, which are over data."]),
    ("loss=(y - w*x", &["loss, column 9: "]),
    ("loss=(y - x)^2", &["loss, column 1: A loss needs parameters to minimise over: w and b, "]),
    ("loss=", &["loss, column "]),
    ("data=1,2", &["data belongs to a problem, and this is a surface."]),
    ("data.n=9", &["data.n is not a parameter here: there is no run “data”."]),
    ("gd.batch=3", &["gd.batch is not a parameter here."]),
    ("gd.schedule=step", &["gd.schedule is not a parameter here."]),
    ("problem=linear&data.n=3", &["data.n must lie between 4 and 2000, and “3” does not."]),
    ("problem=linear&data.n=40.5", &["data.n must be a whole number, and “40.5” is not."]),
    ("problem=linear&data.size=9", &["data.size is not a parameter of data."]),
    ("problem=linear&data.noise=NaN", &["data.noise must be a number, and “NaN” is not."]),
    ("problem=linear&data=1,2;3", &["data must be examples x,y with semicolons between them, and"]),
    (
        "problem=logistic&data=1,1;2,2",
        &["data must have labels, 0 or 1, for y here, and example 2"],
    ),
    ("problem=linear&gd.batch=0", &["gd.batch must lie between 1 and 60, and “0” does not."]),
    ("problem=linear&gd.batch=61", &["gd.batch must lie between 1 and 60, and “61” does not."]),
    (
        "problem=linear&data=1,2;3,4;5,6&gd.batch=4",
        &["gd.batch must lie between 1 and 3, and “4” does not."],
    ),
    ("problem=linear&gd.tau=0", &["gd.tau must lie between 1 and 5000, and “0” does not."]),
    (
        "problem=linear&gd.schedule=warm",
        &["gd.schedule must be one of constant, inverse, root, step, cosine, and “warm” is not."],
    ),
    ("problem=linear&follow=adam", &["follow must be a run, and there is no “adam”."]),
    ("problem=linear&step=3&line=11", &["line must lie between 1 and 10, and “11” does not."]),
    ("problem=linear&ensemble=501", &["ensemble must lie between 0 and 500, and “501” does not."]),
    ("runs=gd,gd,gd,gd,gd,gd,gd,gd,gd", &["runs can have at most 8 rules, and these are 9."]),
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

/// Links with keys that do nothing where they stand, and what is said of them.
const OF_NO_USE: &[(&str, &str)] = &[
    ("layout=overlay", "layout does nothing in the Surface lab."),
    ("same=yes", "same does nothing in the Surface lab."),
    ("ensemble=20", "ensemble does nothing in the Surface lab."),
    ("deck=ball&step=3", "deck does nothing in the Surface lab."),
    ("line=5&step=3", "line does nothing in the Surface lab."),
    ("follow=momentum", "follow does nothing in the Surface lab."),
    ("problem=mean&arrows=yes", "arrows does nothing in the Minibatches lab."),
    ("problem=linear&line=7", "line does nothing without a step at which the clock stands still."),
    ("problem=linear&step=7&line=2", "line cannot be 2: that line does not run at step 7."),
    ("problem=linear&step=7&line=10", "line cannot be 10: that line does not run at step 7."),
];

#[test]
fn a_key_that_does_nothing_is_named_and_hinders_nothing() {
    for (text, sentence) in OF_NO_USE {
        let (experiment, faults) = link::read(text);
        let [fault] = &faults[..] else { panic!("{text}: {faults:?}") };
        assert!(fault.is_harmless, "{text}");
        assert_eq!(fault.to_string(), *sentence);
        let key = sentence.split(' ').next().unwrap();
        let without: Vec<&str> =
            text.split('&').filter(|part| part.split('=').next() != Some(key)).collect();
        assert_eq!(link::write(&experiment), without.join("&"), "{text}");
    }
    // What the step ends with need not be named, and is right.
    for text in ["problem=linear&step=7&line=9", "problem=linear&step=0&line=1"] {
        let (experiment, faults) = link::read(text);
        assert_eq!(faults, []);
        assert_eq!(link::write(&experiment), text[..text.len() - 7], "{text}");
    }
    assert!(link::read("layout=sideways").1[0].to_string().starts_with("layout does nothing"));
}

#[test]
fn a_learning_rate_that_another_overrules_is_named() {
    let (experiment, faults) =
        link::read("problem=mean&runs=gd,adam&same=yes&gd.alpha=0.2&adam.alpha=0.5");
    let sentence = "adam.alpha is not taken beside same=yes: all runs have the α of gd.";
    assert_eq!(faults.iter().map(ToString::to_string).collect::<Vec<_>>(), [sentence]);
    assert!(experiment.runs.iter().all(|run| run.values[0] == 0.2));
    assert_eq!(link::read(&link::write(&experiment)).1, []);
}

#[test]
fn of_many_faults_ten_are_named_and_the_others_counted() {
    for (before, lab) in [("", "a Ravine link"), ("net=2&", "a link with a net")] {
        let keys: Vec<String> = (0..40_000).map(|at| format!("k{at}=1")).collect();
        let link = format!("{before}{}", keys.join("&"));
        let faults = match before {
            "" => link::read(&link).1,
            _ => ravine::labs::network::link::read(&link).1,
        };
        let said: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), 11);
        assert_eq!(said[9], format!("k9 is not a key of {lab}."));
        assert_eq!(said[10], "And 39,990 more.");
    }
}

#[test]
fn data_that_are_kept_elsewhere_are_said_to_be_missing() {
    for text in ["problem=linear&data.kept=1f&step=3", "net=2&data.kept=1f&step=3"] {
        let faults = match text.starts_with("net") {
            true => ravine::labs::network::link::read(text).1,
            false => link::read(text).1,
        };
        let [fault] = &faults[..] else { panic!("{faults:?}") };
        assert!(!fault.is_harmless);
        assert!(fault.to_string().starts_with("The data of this link are not in it. "), "{fault}");
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
    let mut lab = PlanarLab::new("");
    assert!(lab.set("f", &long).is_err());
    assert_eq!(lab.link(), "");
}
