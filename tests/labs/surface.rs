//! The lab as the page drives it, without a page.

use ravine::labs::Lab as _;
use ravine::labs::model;
use ravine::labs::network::{NetLab, PRESETS};
use ravine::labs::planar::PlanarLab;
use ravine::labs::planar::experiment::LabKind;
use ravine::labs::planar::presets;
use ravine::labs::{Action, App, KINDS, RunChange};
use ravine::labs::{Hand as _, Picture};
use ravine::math::budget::Budget;
use ravine::objective::problems::PROBLEMS;
use ravine::objective::surfaces::GALLERY;
use ravine::view::Theme;
use serde::Serialize;
use serde_json::Value;

const PLOT: [f64; 2] = [900.0, 600.0];

fn lab(link: &str) -> PlanarLab {
    let mut lab = PlanarLab::new(link);
    assert_eq!(lab.faults(), [], "{link}");
    lab.set_size(Picture::Plot, PLOT);
    lab
}

#[test]
fn a_dial_moves_its_own_run_and_no_other() {
    let mut lab = lab("runs=gd,momentum,adam");
    let before = lab.paths().to_vec();
    lab.set("momentum.beta", "0.8").unwrap();
    assert_eq!(lab.paths()[0], before[0]);
    assert_ne!(lab.paths()[1], before[1]);
    assert_eq!(lab.paths()[2], before[2]);
    // The same as if it had been opened so.
    assert_eq!(lab.fingerprint(), PlanarLab::new(&lab.link()).fingerprint());
}

#[test]
fn a_run_that_joins_those_of_one_learning_rate_has_it_too() {
    let mut lab = lab("problem=mean&same=yes&step=20");
    lab.act(&Action::Add { rule: "adam".into() }).unwrap();
    assert_eq!(lab.experiment().runs[2].values[0], 0.1);
    assert_eq!(
        lab.link(),
        "problem=mean&runs=gd,gd,adam&gd2.batch=1&adam.alpha=0.1&same=yes&step=20"
    );
    // Computed once by the link that was to be the same.
    assert!((lab.paths()[2].loss[20] - 91.8).abs() < 0.05, "{}", lab.paths()[2].loss[20]);
    lab.set("runs", "adam,gd").unwrap();
    assert!(lab.experiment().runs.iter().all(|run| run.values[0] == 0.001));
    lab.set("problem", "tanh").unwrap();
    let alphas: Vec<f64> = lab.experiment().runs.iter().map(|run| run.values[0]).collect();
    assert_eq!(alphas[0], alphas[1]);
}

#[test]
fn a_link_says_where_the_clock_stands_however_it_came_there() {
    let mut lab = lab("speed=10000");
    assert!(lab.timeline().is_playing());
    assert_eq!(lab.link(), "speed=10000");
    while lab.tick(16.0, &mut Budget::unlimited()) {}
    assert_eq!(lab.link(), "speed=10000&step=50");
    lab.set("step", "12").unwrap();
    assert_eq!((lab.step(), lab.timeline().is_playing()), (12, false));
    lab.set("runs", "gd").unwrap();
    assert_eq!((lab.timeline().is_playing(), lab.link().as_str()), (true, "runs=gd&speed=10000"));
    let mut nets = NetLab::new("net=2&data.n=8&steps=2&speed=10000");
    nets.tick(1000.0, &mut Budget::unlimited());
    assert_eq!(nets.link(), "net=2&data.n=8&steps=2&speed=10000&step=2");
    nets.set("step", "1").unwrap();
    assert_eq!((nets.step(), nets.timeline().is_playing()), (1, false));
}

#[test]
fn what_is_unknown_is_named_in_a_sentence() {
    let mut app = App::new("");
    for lab in KINDS {
        let rules: Vec<&str> = lab.rules().map(|rule| rule.key).collect();
        let rules = rules.join(", ");
        app.act(&Action::Lab { key: lab.key.into() }).unwrap();
        for (json, sentence) in [
            (r#"{"add":{"rule":"sgd"}}"#, format!("Unknown rule “sgd”; expected one of {rules}.")),
            (r#""fly""#, "Unknown action: fly.".to_owned()),
            (r#"{"run":{"name":"gd9","change":"remove"}}"#, "Unknown run: gd9.".to_owned()),
            (r#"{"scene":{"index":99}}"#, "Unknown scene: 99.".to_owned()),
        ] {
            let action = Action::parse(json);
            assert_eq!(action.and_then(|action| app.act(&action)).unwrap_err(), sentence);
        }
    }
    let unfit = r#"{"scene":{"index":-1}}"#;
    let sentence = format!("The action scene cannot be done with {unfit}.");
    assert_eq!(Action::parse(unfit).unwrap_err(), sentence);
    assert!(Action::parse("fly away").is_err());
    let sentence = "Unknown lab “kitchen”; expected one of surface, minibatches, network.";
    assert_eq!(app.act(&Action::Lab { key: "kitchen".into() }).unwrap_err(), sentence);
}

#[test]
fn a_fault_is_forgotten_with_what_it_is_about() {
    let mut lab = PlanarLab::new("f=x^2+&gd.alpha=-1&layout=overlay");
    let said =
        |lab: &PlanarLab| lab.faults().iter().map(|fault| fault.key.clone()).collect::<Vec<_>>();
    assert_eq!(said(&lab), ["f", "gd.alpha", "layout"]);
    lab.set("gd.alpha", "0.05").unwrap();
    assert_eq!(said(&lab), ["f", "layout"]);
    assert!(lab.set("f", "y^2+").is_err());
    assert_eq!(said(&lab), ["f", "layout"]);
    lab.set("f", "y^2").unwrap();
    assert_eq!(said(&lab), ["layout"]);
    lab.open("f=x^2+y^2");
    assert_eq!(lab.faults(), []);
}

#[test]
fn only_what_has_noise_follows_the_seed() {
    let mut lab = lab("runs=gd,gd&gd2.noise=1");
    let before = lab.paths().to_vec();
    lab.set("seed", "2").unwrap();
    assert_eq!(lab.paths()[0], before[0]);
    assert_ne!(lab.paths()[1], before[1]);
    lab.set("seed", "1").unwrap();
    assert_eq!(lab.paths(), before);
}

#[test]
fn the_whole_path_follows_the_start() {
    let mut lab = lab("");
    for pixel in [[450.0, 300.0], [0.0, 0.0], [899.0, 599.0], [-5000.0, 1e7]] {
        lab.put_start(pixel);
        let start = lab.experiment().start;
        let [px, py] = lab.frame().to_pixel(start);
        assert!((px - pixel[0]).abs() < 0.1 && (py - pixel[1]).abs() < 0.1, "{pixel:?} {start:?}");
        for path in lab.paths() {
            assert_eq!(path.theta[0], start);
            assert_eq!(path.theta.len(), 51);
        }
    }
}

#[test]
fn a_zoom_keeps_the_point_under_the_pointer_and_ends_where_f64_does() {
    let mut lab = lab("");
    let pixel = [700.0, 100.0];
    for factor in [1.3, 0.7, 3.0, 0.2] {
        let before = lab.frame().to_data(pixel);
        lab.zoom(pixel, factor);
        let [px, py] = lab.frame().to_pixel(before);
        assert!((px - pixel[0]).abs() < 0.2 && (py - pixel[1]).abs() < 0.2, "{factor}: {px} {py}");
    }
    for factor in [1e-3, 1e3, f64::NAN, 0.0, -1.0, f64::INFINITY] {
        for step in 0..200 {
            lab.zoom([f64::from(step), 5.0], factor);
            lab.pan([1e3, -3.0]);
        }
        let window = lab.experiment().window;
        assert!(window.width() > 0.0 && window.height() > 0.0, "{factor}");
        let again = PlanarLab::new(&lab.link());
        assert_eq!(again.faults(), [], "{}", lab.link());
        assert_eq!(again.experiment().window, window);
    }
    lab.act(&Action::ResetWindow).unwrap();
    assert_eq!(lab.experiment().window, GALLERY[0].window);
}

#[test]
fn fit_shows_every_path_that_stays_in_reach() {
    let surfaces = GALLERY.iter().map(|surface| format!("surface={}", surface.key));
    let problems = PROBLEMS.iter().map(|problem| format!("problem={}", problem.key));
    for link in surfaces.chain(problems) {
        let mut lab = lab(&link);
        lab.act(&Action::Fit).unwrap();
        let window = lab.experiment().window;
        assert!(window.contains(lab.experiment().start), "{link}");
        for minimum in lab.objective().minima() {
            assert!(window.contains(*minimum), "{link}");
        }
        for theta in lab.paths().iter().flat_map(|path| &path.theta) {
            let far = theta[0].abs().max(theta[1].abs()) > 100.0;
            assert!(far || window.contains(*theta), "{link} {theta:?}");
        }
    }
    let mut empty = lab("runs=");
    empty.act(&Action::Fit).unwrap();
    assert!(empty.experiment().window.contains([10.0, 1.0]));
}

#[test]
fn the_clock_goes_back_and_forth_over_paths_that_stand_still() {
    let mut lab = lab("");
    let print = lab.fingerprint();
    for step in [0, 7, 50, 3, 50_000] {
        lab.timeline_mut().seek(step);
        assert_eq!(lab.step(), step.min(50));
        assert_eq!(lab.fingerprint(), print);
    }
    assert_eq!(lab.link(), "step=50");
    lab.timeline_mut().play();
    assert_eq!((lab.step(), lab.link().as_str()), (0, ""));
    assert!(lab.tick(500.0, &mut Budget::unlimited()));
    assert_eq!(lab.step(), 3);
    lab.timeline_mut().pause();
    assert_eq!(lab.link(), "step=3");
    lab.set("steps", "2").unwrap();
    assert_eq!((lab.step(), lab.link().as_str()), (2, "steps=2&step=2&scene=ravine"));
}

#[test]
fn runs_are_added_copied_moved_and_removed() {
    let mut lab = lab("");
    for rule in ["adam", "gd", "nesterov"] {
        lab.act(&Action::Add { rule: rule.into() }).unwrap();
    }
    assert_eq!(lab.experiment().runs.names(), ["gd", "momentum", "adam", "gd2", "nesterov"]);
    lab.set("gd2.alpha", "0.01").unwrap();
    lab.act(&Action::Run { name: "gd2".into(), change: RunChange::Duplicate }).unwrap();
    assert_eq!(lab.experiment().runs[4].values, [0.01]);
    lab.act(&Action::Run { name: "gd2".into(), change: RunChange::Up }).unwrap();
    lab.act(&Action::Run { name: "momentum".into(), change: RunChange::Remove }).unwrap();
    assert_eq!(lab.experiment().runs.names(), ["gd", "gd2", "adam", "gd3", "nesterov"]);
    for _ in 0..3 {
        lab.act(&Action::Run { name: "gd".into(), change: RunChange::Duplicate }).unwrap();
    }
    let looks: std::collections::HashSet<_> =
        lab.experiment().runs.iter().map(|run| run.look).collect();
    assert_eq!(looks.len(), 8, "every run has a look of its own");
    let link = lab.link();
    assert!(
        lab.act(&Action::Add { rule: "gd".into() }).is_err()
            && lab.act(&Action::Run { name: "gd".into(), change: RunChange::Duplicate }).is_err()
    );
    assert!(
        lab.act(&Action::Run { name: "momentum".into(), change: RunChange::Remove }).is_err()
            && lab.act(&Action::Feature { key: "x1".into() }).is_err()
    );
    assert!(
        lab.act(&Action::Add { rule: "sgd".into() }).is_err()
            && lab.act(&Action::Scene { index: 99 }).is_err()
    );
    assert_eq!(lab.link(), link);
    assert_eq!(PlanarLab::new(&link).fingerprint(), lab.fingerprint());
}

#[test]
fn another_surface_keeps_the_runs_and_brings_its_own_learning_rate() {
    let mut lab = lab("runs=gd,momentum,adam&momentum.beta=0.7&adam.alpha=0.2");
    lab.set("surface", "rosenbrock").unwrap();
    let runs = &lab.experiment().runs;
    assert_eq!((runs[0].values[0], runs[1].values[0], runs[2].values[0]), (0.001, 0.001, 0.2));
    assert_eq!(runs[1].values[1], 0.7);
    assert_eq!(
        lab.link(),
        "surface=rosenbrock&runs=gd,momentum,adam&momentum.beta=0.7&adam.alpha=0.2"
    );
}

#[test]
fn a_surface_opened_as_text_is_the_same_surface() {
    for surface in GALLERY {
        let mut lab = lab(&format!("surface={}&steps=50", surface.key));
        let print = lab.fingerprint();
        lab.set("f", surface.formula).unwrap();
        assert_eq!(lab.fingerprint(), print, "{}", surface.key);
        let fault = lab.set("f", "x +").unwrap_err();
        assert_eq!((fault.key.as_str(), fault.column.is_some()), ("f", true));
        assert_eq!(lab.fingerprint(), print, "the last good surface stays");
    }
}

#[test]
fn a_preset_keeps_the_readers_preferences() {
    let dark = "theme=dark&palette=cividis&present=yes";
    for kind in [LabKind::Surface, LabKind::Minibatches] {
        for (index, preset) in presets::of(kind).iter().enumerate() {
            let mut lab = lab(&format!("{}&{dark}", presets::of(kind)[0].link));
            lab.act(&Action::Scene { index }).unwrap();
            for preferences in ["theme=dark", "palette=cividis", "present=yes"] {
                assert!(lab.link().contains(preferences), "{}: {}", preset.title, lab.link());
            }
            assert_eq!(
                lab.fingerprint(),
                PlanarLab::new(preset.link).fingerprint(),
                "{}",
                preset.title
            );
            let open = |lab: &PlanarLab| model::model(lab, &Theme::DARK).preset;
            assert_eq!(open(&lab), index as i32, "{}", preset.title);
            let alpha = format!("{}.alpha", lab.experiment().runs.names()[0]);
            lab.set(&alpha, "0.0123").unwrap();
            assert_eq!(open(&lab), -1, "{}", preset.title);
        }
    }
    for (index, preset) in PRESETS.iter().enumerate() {
        let mut nets = NetLab::new("net=3&theme=dark&present=yes");
        nets.act(&Action::Scene { index }).unwrap();
        for preferences in ["theme=dark", "present=yes"] {
            assert!(nets.link().contains(preferences), "{}: {}", preset.title, nets.link());
        }
        assert_eq!(nets.fingerprint(), NetLab::new(preset.link).fingerprint(), "{}", preset.title);
        let open = |nets: &NetLab| model::net::model(nets, &Theme::DARK).preset;
        assert_eq!(open(&nets), index as i32, "{}", preset.title);
        nets.set("net", "7").unwrap();
        assert_eq!(open(&nets), -1, "{}", preset.title);
    }
}

#[test]
fn what_is_said_of_a_constant_alpha_is_not_said_of_one_that_falls() {
    let said = |more: &str, step: usize| {
        let mut lab = lab(&format!("problem=mean&runs=gd&gd.alpha=0.9{more}"));
        lab.timeline_mut().seek(step);
        model::live(&lab).sentences["gd"].clone()
    };
    // λ_max = 2.5: at first α·λ_max is 2.25.
    assert!(said("", 20).starts_with("Diverges: α·λ_max = 2.25"), "{}", said("", 20));
    let falling = "&gd.schedule=inverse&gd.tau=2";
    for step in [0, 1, 5, 20, 60, 100] {
        let said = said(falling, step);
        assert!(!said.contains("Diverges") && !said.contains("Each step"), "{step}: {said}");
        assert!(step == 0 || !said.contains("2.25"), "{step}: {said}");
    }
    assert!(said(falling, 100).starts_with("Converged"), "{}", said(falling, 100));
}

#[test]
fn each_lab_is_found_again_as_it_was_left() {
    let mut app = App::new("surface=bowl&gd.alpha=0.3&theme=dark&step=4");
    let surface = app.lab.link();
    app.act(&Action::Lab { key: "minibatches".into() }).unwrap();
    assert_eq!(app.lab.link(), format!("{}&theme=dark", presets::of(LabKind::Minibatches)[0].link));
    app.lab.set("problem", "tanh").unwrap();
    app.lab.set("gd2.batch", "5").unwrap();
    app.lab.timeline_mut().seek(17);
    let (minibatches, print) = (app.lab.link(), app.lab.fingerprint());
    app.act(&Action::Lab { key: "network".into() }).unwrap();
    assert_eq!(app.lab.link(), format!("{}&theme=dark", PRESETS[0].link));
    app.lab.set("net", "3,3").unwrap();
    app.lab.timeline_mut().seek(9);
    let nets = app.lab.link();
    app.act(&Action::Lab { key: "surface".into() }).unwrap();
    assert_eq!(app.lab.link(), surface);
    app.act(&Action::Lab { key: "minibatches".into() }).unwrap();
    assert_eq!((app.lab.link(), app.lab.fingerprint()), (minibatches, print));
    assert_eq!(app.lab.timeline().step(), 17);
    app.act(&Action::Lab { key: "network".into() }).unwrap();
    assert_eq!((app.lab.kind().key, app.lab.link()), ("network", nets.clone()));
    // Nothing else is a lab, and the open one stays as it is.
    assert!(app.act(&Action::Lab { key: "kitchen".into() }).is_err());
    app.act(&Action::Lab { key: "network".into() }).unwrap();
    assert_eq!(app.lab.link(), nets);
}

#[test]
fn what_a_tab_opens_with_is_that_tab() {
    for from in KINDS {
        let mut app = App::new("");
        app.act(&Action::Lab { key: from.key.into() }).unwrap();
        for kind in KINDS {
            app.act(&Action::Lab { key: kind.key.into() }).unwrap();
            assert_eq!(app.lab.kind(), kind);
            assert_eq!(app.lab.faults(), []);
            assert_eq!(App::new(&app.lab.link()).lab.kind(), kind, "{}", app.lab.link());
        }
    }
}

#[test]
fn another_problem_keeps_the_runs_and_brings_its_own_data_and_learning_rate() {
    let mut lab =
        lab("problem=linear&runs=gd,momentum,adam&momentum.batch=9&momentum.average=half\
         &gd.alpha=0.02&adam.alpha=0.2&data.n=40&data.center=3");
    lab.set("problem", "tanh").unwrap();
    assert_eq!(
        lab.link(),
        "problem=tanh&runs=gd,momentum,adam&momentum.batch=9&momentum.average=half&adam.alpha=0.2"
    );
    // One's own data stay.
    lab.set("data", "1,0;2,1;3,0").unwrap();
    lab.set("problem", "logistic").unwrap();
    assert_eq!(lab.examples(), [[1.0, 0.0], [2.0, 1.0], [3.0, 0.0]]);
    lab.act(&Action::GenerateData).unwrap();
    assert_eq!(lab.examples().len(), 80);
}

#[test]
fn a_typed_formula_has_dials_for_its_letters() {
    let mut lab = lab("f=a*x^2 + b*y^2");
    let dials = model::model(&lab, &Theme::LIGHT).surface.dials;
    let keys: Vec<&str> = dials.iter().map(|dial| dial.key.as_str()).collect();
    assert_eq!(keys, ["f.a", "f.b"]);
    lab.set("f.b", "5").unwrap();
    assert_eq!(lab.objective().value([1.0, 2.0]), 21.0);
    lab.set("f", "b*y^2 + x^2").unwrap();
    assert_eq!(lab.objective().value([1.0, 2.0]), 21.0, "b keeps its value");
}

fn as_the_page_reads(told: &impl Serialize) -> Value {
    serde_json::from_str(&model::json(told)).unwrap()
}

#[test]
fn whatever_is_shown_can_be_said_in_json() {
    for link in [
        "",
        "runs=",
        "f=1/x&start=0,0",
        "gd.alpha=10&steps=5000",
        "f=0*x&steps=1",
        "problem=mean&gd2.average=all&ensemble=20&isolines=yes",
        "problem=mean&runs=",
        "problem=logistic&data=1,1&deck=ball",
        "problem=linear&data=2,1;2,1&gd2.batch=1&data.standardise=yes",
        "problem=linear&gd.alpha=10&gd2.alpha=10&steps=5000&deck=ball",
        "loss=1/(w - x)&data=0,0;1,1&start=0,0",
        "loss=0*w&steps=1",
    ] {
        let mut lab = lab(link);
        lab.set_hover(Some([450.0, 300.0]));
        lab.mark_step(Some(7));
        for step in [0, 1, 5000] {
            lab.timeline_mut().seek(step);
            let live = as_the_page_reads(&model::live(&lab));
            assert_eq!(live["step"], lab.step());
            assert_eq!(live["sentences"].as_object().unwrap().len(), lab.paths().len(), "{link}");
            assert!(model::hover(&lab).is_some() && model::chart_hover(&lab).is_some());
            as_the_page_reads(&model::model(&lab, &Theme::LIGHT));
        }
    }
}
