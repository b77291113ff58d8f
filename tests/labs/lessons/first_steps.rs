//! The first steps, scene by scene.

use std::sync::LazyLock;

use ravine::labs::lesson::{Lesson, built_in};
use ravine::labs::{App, Lab as _, link};

use crate::scenes::{distance, lab};

static LESSON: LazyLock<&Lesson> = LazyLock::new(|| &built_in()[1]);

crate::lessons::scenes! {
    &LESSON;
    two_runs_walk_from_one_start, "Play" => play;
    the_start_decides_which_minimum_is_found, "Drag the start" => start;
    above_the_tick_the_run_is_thrown_out, "Change α" => alpha;
    another_rule_starts_where_the_others_do, "Add a run" => add;
    a_letter_becomes_a_dial, "Your own formula" => formula;
    a_point_far_off_moves_the_minimum, "Your own data" => data;
}

fn play(link: &str) {
    let lab = lab(link);
    assert_eq!(lab.paths().len(), 2);
    assert!(lab.paths().iter().all(|path| path.theta[0] == lab.experiment().start));
    assert!(lab.timeline().is_playing());
}

fn start(link: &str) {
    assert_eq!(lab(link).objective().minima().len(), 4);
    let ends = ["3,3", "-3,3", "-3,-3", "3,-2"].map(|start| {
        let lab = lab(&link.replace("start=0,-3", &format!("start={start}")));
        *lab.paths()[0].theta.last().unwrap()
    });
    for (index, &end) in ends.iter().enumerate() {
        assert!(ends[..index].iter().all(|&other| distance(end, other) > 1.0), "{ends:?}");
    }
    // "Find a start from which the two runs end in different minima": there is one.
    let parts = (-20..20).any(|at| {
        let start = format!("start={},{}", f64::from(at) / 8.0, -0.4);
        let lab = lab(&link.replace("start=0,-3", &start));
        let [gd, momentum] = [0, 1].map(|run| *lab.paths()[run].theta.last().unwrap());
        distance(gd, momentum) > 1.0
    });
    assert!(parts);
}

fn alpha(link: &str) {
    let ends = [0.099, 0.101].map(|alpha| {
        let lab = lab(&format!("{}&steps=500", link.replace("0.02", &alpha.to_string())));
        assert_eq!(lab.experiment().runs[0].values[0], alpha);
        distance(*lab.paths()[0].theta.last().unwrap(), [0.0; 2])
    });
    assert!(ends[0] < 0.1 && ends[1] > 10.0, "{ends:?}");
}

fn add(link: &str) {
    let mut app = App::new(link);
    let before = lab(link).paths().len();
    app.act(&ravine::labs::Action::Add { rule: "nesterov".into() }).unwrap();
    let more = lab(&app.lab.link());
    assert_eq!(more.paths().len(), before + 1);
    assert!(more.paths().iter().all(|path| path.theta[0] == more.experiment().start));
}

fn formula(link: &str) {
    let (mut experiment, faults) = link::read(link);
    assert!(faults.is_empty());
    experiment.set_formula("a*x^2 + y^2").unwrap();
    let dials: Vec<_> = experiment.surface_parameters().iter().map(|dial| &*dial.key).collect();
    assert_eq!(dials, ["a"]);
}

fn data(link: &str) {
    let moved = link.replace("5,6", "5,-9");
    assert_ne!(moved, link);
    let [before, after] = [link, &*moved].map(|link| lab(link).objective().minima()[0]);
    assert!(distance(before, after) > 1.0, "{before:?} {after:?}");
}
