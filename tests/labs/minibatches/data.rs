//! The data: one's own are taken whole, or a sentence says why not.

use ravine::data::MOST_EXAMPLES;
use ravine::labs::Dataset as _;
use ravine::labs::Lab as _;
use ravine::labs::link::{self, LONGEST};
use ravine::objective::problems::PROBLEMS;

use super::{experiment, lab};

#[test]
fn two_thousand_examples_fit_into_a_link() {
    // As many digits as numbers can have.
    let number = |i: usize, sign: f64| sign * (0.1 + i as f64 / 7.0) * 1e-300;
    let examples: Vec<[f64; 2]> =
        (0..MOST_EXAMPLES).map(|i| [number(i, -1.0), number(i, 1.0)]).collect();
    let mut full = experiment("problem=linear");
    full.data.set_own(Some(examples.clone()));
    let link = link::write(&full);
    println!("{} bytes of {LONGEST}", link.len());
    assert!(link.len() <= LONGEST);
    assert_eq!(experiment(&link).data.own(), Some(&examples[..]));
    let more = format!("{link};1,1");
    let said = link::read(&more).1[0].to_string();
    assert_eq!(said, "data can have at most 2,000 examples, and these are 2,001.");
}

#[test]
fn bad_examples_are_named_by_their_number() {
    let pairs = "data must be examples x,y with semicolons between them, and example ";
    for (text, said) in [
        ("", format!("{pairs}1 is an empty text.")),
        ("1,2;3", format!("{pairs}2 is “3”.")),
        ("1,2;3,4;", format!("{pairs}3 is an empty text.")),
        ("1,2;x,4;5,6", format!("{pairs}2 is “x,4”.")),
        ("1,2,3;4,5", format!("{pairs}1 is “1,2,3”.")),
        ("1,2;3,NaN", format!("{pairs}2 is “3,NaN”.")),
        ("1,2;3,inf", format!("{pairs}2 is “3,inf”.")),
        ("1,2;3,4;5,1e10", format!("{pairs}3 is “5,1e10”.")),
    ] {
        let (experiment, faults) = link::read(&format!("problem=linear&data={text}&data.n=7"));
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(faults, [said], "{text}");
        assert!(experiment.data.own().is_none() && experiment.data.len() == 7);
    }
}

#[test]
fn labels_are_0_or_1_where_a_problem_has_them() {
    let said = "data must have labels, 0 or 1, for y here, and example 2 has 0.5.";
    for problem in PROBLEMS {
        let link = |data: &str| format!("problem={}&data={data}", problem.key);
        assert_eq!(link::read(&link("3,1;4,0;5,1;6,0")).1, []);
        let faults = link::read(&link("3,1;4,0.5")).1;
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(faults, if problem.labels { vec![said] } else { vec![] }, "{}", problem.key);
        // A loss of one's own asks for no labels.
        assert_eq!(link::read(&link("3,1;4,0.5&loss=(y - w*x - b)^2")).1, []);
        // Nor does the way there lead through another problem.
        let mut lab = lab("problem=linear&data=3,1;4,0.5");
        let moved = lab.set("problem", problem.key).map_err(|fault| fault.to_string());
        let wanted = if problem.labels { Err(said.to_owned()) } else { Ok(()) };
        assert_eq!(moved, wanted, "{}", problem.key);
        assert_eq!(lab.experiment().data.own(), Some(&[[3.0, 1.0], [4.0, 0.5]][..]));
        assert_eq!(link::read(&lab.link()).1, [], "{}", lab.link());
    }
}

#[test]
fn examples_by_hand_keep_to_what_the_problem_asks_for() {
    for problem in PROBLEMS {
        let mut lab = lab(&format!("problem={}&data.n=12", problem.key));
        for pixel in [[10.0, 10.0], [200.0, 100.0], [-50.0, 1e9], [399.0, 219.0]] {
            let index = lab.add_example(pixel).expect("there is room");
            lab.move_example(index, [pixel[0] + 3.0, pixel[1] - 40.0]);
            lab.nudge_example(index / 2, [5.0, -80.0]);
        }
        lab.remove_example(3);
        assert_eq!(lab.examples().len(), 15, "{}", problem.key);
        let again = super::lab(&lab.link());
        assert_eq!(again.examples(), lab.examples(), "{}", problem.key);
        assert_eq!(again.fingerprint(), lab.fingerprint(), "{}", problem.key);
        assert!(!problem.labels || lab.examples().iter().all(|[_, y]| *y == 0.0 || *y == 1.0));
    }
}

#[test]
fn standardising_takes_the_ravine_away() {
    for data in ["data.center=3", "data.center=20&data.spread=5", "data=70,1;80,3;95,2;120,5"] {
        let mut lab = lab(&format!("problem=linear&{data}"));
        let (raw, promised) = (lab.condition().unwrap(), lab.condition_otherwise().unwrap());
        lab.set("data.standardise", "yes").unwrap();
        let (scaled, back) = (lab.condition().unwrap(), lab.condition_otherwise().unwrap());
        // The features are then orthogonal and of one size: a bowl.
        assert!((scaled - 1.0).abs() < 1e-9 && raw > 10.0, "{data}: {raw} → {scaled}");
        assert!((promised - scaled).abs() < 1e-9 && (back / raw - 1.0).abs() < 1e-9);
    }
}
