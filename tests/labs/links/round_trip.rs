//! What is written is read as the same experiment.

use proptest::prelude::*;
use ravine::data::DATA;
use ravine::labs::link;
use ravine::labs::planar::experiment::{Experiment, LabKind, MOST_RUNS, SETTINGS, Setting};
use ravine::labs::runs::{EXTRAS, LOOK, NOISE, batch_of};
use ravine::math::param::{Param, Scale};
use ravine::math::window::Window;
use ravine::objective::problems::PROBLEMS;
use ravine::objective::surfaces::GALLERY;
use ravine::optimizers::RULES;

/// Some value that a parameter allows, from a number between 0 and 1.
fn some_value(param: &Param, t: f64) -> f64 {
    let [least, most] = param.range;
    match param.scale {
        Scale::Linear | Scale::Log | Scale::Cubic => least + (most - least) * t,
        _ => (least + (most - least) * t).round(),
    }
}

/// An experiment of either lab, on ground of a gallery or on a formula of one's own.
fn on_source(index: usize, typed: Option<usize>) -> Experiment {
    const FORMULAS: [&str; 4] = ["a*x^2 + b*y^2", "sin(x)*cos(y) + kappa x", "x*y", "100 x + y"];
    const LOSSES: [&str; 4] = [
        "abs(y - w*x - b)",
        "(y - a*sin(b*x + c))^2 + lambda*a^2",
        "huber(theta1 - x*y + theta2, delta)",
        "log10(1 + (y - w)^2)",
    ];
    let mut experiment = match GALLERY.get(index) {
        Some(surface) => Experiment::on_surface(surface),
        None => Experiment::on_problem(&PROBLEMS[index - GALLERY.len()]),
    };
    if let Some(typed) = typed {
        let texts = if index < GALLERY.len() { FORMULAS } else { LOSSES };
        experiment.set_formula(texts[typed]).unwrap();
    }
    experiment
}

prop_compose! {
    fn experiments()(
        ground in 0..GALLERY.len() + PROBLEMS.len(),
        typed in prop::option::of(0..4usize),
        rules in prop::collection::vec(0..RULES.len(), 0..=MOST_RUNS),
        numbers in prop::collection::vec(0.0..1.0f64, 180),
        changed in prop::collection::vec(any::<bool>(), 180),
        own in prop::option::of(prop::collection::vec((-50.0..50.0f64, 0..2u8), 1..60)),
        start in prop::option::of((-50.0..50.0f64, -50.0..50.0f64)),
        window in prop::option::of((-9.0..0.0f64, 0.1..9.0f64, -9.0..0.0f64, 0.1..9.0f64)),
        followed in prop::option::of(0..MOST_RUNS),
        stopped in prop::option::of(0u32..5000),
        line in prop::option::of(1..=10u8),
    ) -> Experiment {
        let mut experiment = on_source(ground, typed);
        let mut dice = numbers.into_iter().zip(changed);
        let mut roll = |param: &Param| {
            let (t, changed) = dice.next().expect("there are enough of them");
            changed.then(|| some_value(param, t))
        };
        for index in 0..experiment.surface_parameters().len() {
            if let Some(value) = roll(&experiment.surface_parameters()[index].clone()) {
                experiment.set_surface_value(index, value);
            }
        }
        let on_data = experiment.lab() == LabKind::Minibatches;
        if on_data {
            for (index, param) in DATA.iter().enumerate() {
                if let Some(value) = roll(param) {
                    experiment.data.set(index, value);
                }
            }
            // y is a label, so that every problem takes it.
            let pairs = |own: Vec<(f64, u8)>| own.into_iter().map(|(x, y)| [x, f64::from(y)]);
            experiment.data.set_own(own.map(|own| pairs(own).collect()));
        }
        let n = experiment.data.len();
        // Half of the experiments keep the runs that their lab opens with.
        if roll(&NOISE).is_some() {
            experiment.set_rules(&rules.iter().map(|rule| RULES[*rule]).collect::<Vec<_>>());
        }
        for run in experiment.runs.iter_mut() {
            for (param, value) in run.rule.parameters.iter().zip(&mut run.values) {
                *value = roll(param).unwrap_or(*value);
            }
            run.noise = roll(&NOISE).unwrap_or(run.noise);
            run.hidden = roll(&NOISE).is_some();
            run.look = roll(&LOOK).map_or(run.look, |look| look as usize - 1);
            if on_data {
                let size = roll(&batch_of(n)).map(|size| size as usize);
                run.batch = size.or(run.batch).filter(|&size| size < n);
                for (param, value) in EXTRAS.iter().zip(&mut run.extras) {
                    *value = roll(param).unwrap_or(*value);
                }
            }
        }
        let is_run = |index: &usize| on_data && *index < experiment.runs.len();
        if let Some(index) = followed.filter(is_run) {
            experiment.runs.follow(index);
        }
        for (index, param) in SETTINGS.iter().enumerate() {
            let belongs = Setting::belongs(index, experiment.lab());
            if let Some(value) = roll(param).filter(|_| belongs) {
                experiment.set_setting(index, value);
            }
        }
        if let Some((x, y)) = start {
            experiment.start = [x, y];
        }
        if let Some((left, right, bottom, top)) = window {
            experiment.window = Window::new(left, right, bottom, top);
        }
        if let Some(step) = stopped {
            experiment.timeline.seek(step as usize);
        }
        if let Some(line) = line {
            // Of no use where it is never run.
            let _ = experiment.set("line", &line.to_string());
        }
        experiment
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn every_link_survives_the_round_trip(experiment in experiments()) {
        let text = link::write(&experiment);
        let (again, faults) = link::read(&text);
        prop_assert!(faults.is_empty(), "{text}: {faults:?}");
        prop_assert_eq!(link::write(&again), text);
        prop_assert_eq!(again.lab(), experiment.lab());
        prop_assert_eq!(again.formula().text(), experiment.formula().text());
        prop_assert_eq!(again.start.map(f64::to_bits), experiment.start.map(f64::to_bits));
        prop_assert_eq!(again.window, experiment.window);
        prop_assert_eq!(again.settings(), experiment.settings());
        prop_assert_eq!(again.surface_values(), experiment.surface_values());
        prop_assert_eq!(again.data.values(), experiment.data.values());
        prop_assert_eq!(again.data.own(), experiment.data.own());
        prop_assert_eq!(again.timeline.stands_at(), experiment.timeline.stands_at());
        prop_assert_eq!(again.timeline.line(), experiment.timeline.line());
        prop_assert_eq!(again.followed(), experiment.followed());
        prop_assert_eq!(again.runs.len(), experiment.runs.len());
        let n = experiment.data.len();
        for (a, b) in again.runs.iter().zip(experiment.runs.iter()) {
            prop_assert_eq!(a.rule.key, b.rule.key);
            prop_assert_eq!(&a.values, &b.values);
            prop_assert_eq!((a.noise, a.hidden, a.look), (b.noise, b.hidden, b.look));
            prop_assert_eq!((a.batch_size(n), a.extras), (b.batch_size(n), b.extras));
            prop_assert_eq!(a.followed, b.followed);
        }
    }
}

#[test]
fn the_default_is_written_as_nothing() {
    assert_eq!(link::write(&Experiment::default()), "");
    assert_eq!(link::write(&link::read("").0), "");
}

#[test]
fn a_problem_is_named_and_its_defaults_are_not() {
    for problem in PROBLEMS {
        let link = format!("problem={}", problem.key);
        assert_eq!(link::write(&Experiment::on_problem(problem)), link);
        assert_eq!(link::write(&link::read(&link).0), link);
    }
    // Named or not, a loss of one's own is over data: those of a line, if nothing is said.
    let typed = link::read("loss=abs(y - w*x)").0;
    assert_eq!(link::write(&typed), "problem=linear&loss=abs(y%20-%20w*x)");
}

#[test]
fn the_keys_of_a_link_may_stand_in_any_order() {
    let parts = [
        "problem=linear",
        "data=1,2;2,3;4,5",
        "runs=gd,gd",
        "gd2.batch=2",
        "steps=90",
        "step=80",
        "line=7",
        "follow=gd2",
        "data.standardise=yes",
    ];
    let in_order = link::write(&link::read(&parts.join("&")).0);
    for turn in 0..parts.len() {
        let mut turned = parts;
        turned.rotate_left(turn);
        for text in [turned.join("&"), {
            turned.reverse();
            turned.join("&")
        }] {
            let (experiment, faults) = link::read(&text);
            assert_eq!(faults, [], "{text}");
            assert_eq!(link::write(&experiment), in_order, "{text}");
        }
    }
}

#[test]
fn a_link_reads_like_what_it_says() {
    let (experiment, faults) = link::read(
        "surface=rosenbrock&f.b=50&runs=gd,momentum,momentum&momentum2.beta=0.9&steps=500",
    );
    assert_eq!(faults, []);
    assert_eq!(experiment.surface_value("b"), Some(50.0));
    assert_eq!(experiment.runs.names(), ["gd", "momentum", "momentum2"]);
    assert_eq!(experiment.runs[2].values[1], 0.9);
    assert_eq!(experiment.runs[1].values[1], 0.5);
    assert_eq!(experiment.steps(), 500);
    let typed = link::read("f=x^2+y^2/2").0;
    assert_eq!(link::write(&typed), "f=x^2+y^2/2");
    let address = "https://host.example/page/?query#steps=7";
    assert_eq!(link::of_address(address), "steps=7");
    assert_eq!(link::of_address("https://host.example/page/"), "");
    assert_eq!(link::of_address("https://host.example/?steps=7"), "steps=7");
    assert_eq!(link::of_address("https://host.example/?from=mail#f=x?"), "f=x?");
    assert_eq!(link::of_address("?steps=7"), "steps=7");
    assert_eq!(link::of_address("#steps=7"), "steps=7");
    assert_eq!(link::of_address("steps=7"), "steps=7");
}
