//! Questions: what is true, what is said of a guess, and that nothing of it is seen before.

use plotters_svg::SVGBackend;
use ravine::labs::lesson::answer::{Fact, Outcome, Truth, outcome, truth};
use ravine::labs::lesson::{About, Guess, Question, read};
use ravine::labs::model::Live;
use ravine::labs::planar::scene;
use ravine::labs::{Action, App, OpenLab, Picture};
use ravine::math::budget::Budget;
use ravine::view::{Pen, Theme};

use super::{every_scene, place};

fn settled(link: &str) -> OpenLab {
    let mut lab = OpenLab::new(link);
    assert_eq!(lab.faults(), [], "{link}");
    lab.settle();
    lab
}

/// A net that has been trained to its horizon.
fn trained(link: &str) -> OpenLab {
    let mut lab = OpenLab::new(link);
    let horizon = lab.timeline().horizon();
    lab.timeline_mut().seek(horizon);
    lab.settle();
    lab
}

fn known(about: &About, lab: &OpenLab) -> Truth {
    truth(about, &**lab).expect("there is a truth").expect("it is computed")
}

fn told(about: About, guess: &str, lab: &OpenLab) -> Outcome {
    let guess = Guess::read(&about, guess).unwrap();
    let truth = known(&about, lab);
    let question = Question { ask: String::new(), about, why: String::new() };
    outcome(&question, Some(&guess), &truth, &**lab)
}

fn at_place(run: &str, step: Option<usize>) -> About {
    About::Where { run: run.to_owned(), step }
}

fn steps(run: &str, level: f64) -> About {
    About::Steps { run: run.to_owned(), level, most: None }
}

/// The scene of the lecture that asks for this kind.
fn scene_of(kind: &str) -> (String, &'static Question) {
    let asks = |(lesson, at): &(&'static ravine::labs::lesson::Lesson, usize)| {
        lesson.scenes[*at].question.as_ref().is_some_and(|question| question.about.kind() == kind)
    };
    let (lesson, at) = every_scene().find(asks).expect("a scene that asks for it");
    (lesson.scenes[at].link.clone(), lesson.scenes[at].question.as_ref().unwrap())
}

#[test]
fn momentum_is_where_its_recurrence_says() {
    let (link, question) = scene_of("where");
    let lab = settled(&link);
    // f = ½(x² + 20 y²), α = 0.095, β = 0.5, from (10, 1).
    let [mut at, mut v] = [[10.0, 1.0], [0.0, 0.0]];
    for _ in 0..10 {
        for axis in [0, 1] {
            v[axis] = 0.5 * v[axis] + [1.0, 20.0][axis] * at[axis];
            at[axis] -= 0.095 * v[axis];
        }
    }
    let Truth { is: Fact::Place { at: there, start }, step } = known(&question.about, &lab) else {
        panic!("a place")
    };
    assert_eq!((start, step), ([10.0, 1.0], 10));
    assert!((there[0] - at[0]).abs() < 1e-12 && (there[1] - at[1]).abs() < 1e-12);
}

#[test]
fn the_limit_is_two_over_the_largest_curvature() {
    let (link, question) = scene_of("alpha");
    let Fact::Alpha(limit) = known(&question.about, &settled(&link)).is else { panic!("a limit") };
    assert!((limit - 2.0 / 20.0).abs() < 1e-12);
    // And so it is: just below it converges, just above it does not.
    let ends = |alpha: f64| {
        let lab = settled(&format!("runs=gd&gd.alpha={alpha}&steps=2000"));
        let Fact::Place { at, .. } = known(&at_place("gd", None), &lab).is else {
            panic!("finite")
        };
        libm::hypot(at[0], at[1])
    };
    assert!(ends(0.099) < 1e-6 && ends(0.1005) > 100.0);
}

#[test]
fn the_steepest_direction_is_that_of_the_lowest_slope_by_finite_differences() {
    const STEP: f64 = 1e-6;
    let (link, question) = scene_of("direction");
    for start in ["-3,0.5", "2,1", "-1,-2.5", "4,-3"] {
        let lab = settled(&link.replace("-3,0.5", start));
        let (objective, _) = lab.objective_in_view().unwrap();
        let (at, _) = lab.plane().unwrap();
        let Fact::Steepest(all, lowest) = known(&question.about, &lab).is else { panic!() };
        for (index, direction) in all.iter().enumerate() {
            let [dx, dy] = direction.along;
            assert!((libm::hypot(dx, dy) - 1.0).abs() < 1e-12);
            let f = |by: f64| objective.value([at[0] + by * dx, at[1] + by * dy]);
            let slope = (f(STEP) - f(-STEP)) / (2.0 * STEP);
            assert!((slope - direction.slope).abs() < 1e-6 * slope.abs().max(1.0));
            assert!(index == lowest || direction.slope > all[lowest].slope);
        }
        let [gx, gy] = objective.gradient(at).gradient;
        assert!((all[lowest].slope + libm::hypot(gx, gy)).abs() < 1e-9, "it is −∇f");
        // They can be told apart: of four letters no two are nearer than 25 degrees.
        for (index, a) in all.iter().enumerate() {
            for b in &all[..index] {
                let cos = a.along[0] * b.along[0] + a.along[1] * b.along[1];
                assert!(cos <= 25f64.to_radians().cos() + 1e-9);
            }
        }
    }
}

#[test]
fn the_first_run_is_that_which_has_used_the_fewest_gradients() {
    let (link, question) = scene_of("first");
    let lab = settled(&link);
    let floor = lab.objective_in_view().unwrap().0.lowest().unwrap();
    // The gradients that each run has used when it has lost 95 % of its excess loss.
    let used = [0, 1, 2].map(|run| {
        let loss = lab.course(run).loss;
        let level = floor + 0.05 * (loss[0] - floor);
        let updates = loss.iter().position(|loss| *loss <= level).unwrap();
        let [n, m] = [105, [105, 10, 1][run]];
        let per_epoch = 105usize.div_ceil(m);
        (updates / per_epoch) * n + ((updates % per_epoch) * m).min(n)
    });
    assert_eq!(known(&question.about, &lab).is, Fact::First(vec![2]));
    assert!(used[2] < used[1] && used[1] < used[0], "{used:?}");
}

#[test]
fn a_place_is_told_with_its_distance() {
    let lab = settled("runs=gd&gd.alpha=0.05&steps=50");
    let about = at_place("gd", Some(1));
    // One step: (10, 1) − 0.05 (10, 20).
    assert_eq!(
        told(about.clone(), "9.5,0.3", &lab),
        Outcome {
            says:
                "After 1 step GD is at (9.5, 0). You are 0.3 away, 27 % of the way from the start."
                    .to_owned(),
            is_close: Some(false),
        }
    );
    assert_eq!(told(about, "9.5,0.1", &lab).is_close, Some(true));
    let lab = settled("f=x^4+y^2&start=3,1&runs=gd&gd.alpha=1&steps=40");
    let gone = told(at_place("gd", None), "0,0", &lab);
    assert!(gone.says.starts_with("GD is not finite any more after step "), "{}", gone.says);
    assert_eq!(gone.is_close, Some(false));
}

#[test]
fn numbers_are_told_with_how_far_they_are_off() {
    let lab = settled("runs=gd,momentum&gd.alpha=0.05&steps=300");
    let loss = lab.course(0).loss;
    let level = 0.01 * loss[0];
    let exact = loss.iter().position(|loss| *loss <= level).unwrap();
    assert!((40..60).contains(&exact), "{exact}");
    let says = |guess: usize| told(steps("gd", 0.01), &guess.to_string(), &lab);
    assert_eq!(says(exact).says, format!("It takes GD {exact} steps. You said just that."));
    let twice = says(2 * exact);
    let expected = format!("It takes GD {exact} steps. You said {}: 100 % too many.", 2 * exact);
    assert_eq!((twice.says, twice.is_close), (expected, Some(false)));
    assert_eq!(says(exact + 2).is_close, Some(true));
    let alpha = About::Alpha { run: "gd".to_owned() };
    assert_eq!(
        told(alpha, "0.09", &lab).says,
        "The limit is α = 0.1. You said 0.09: 10 % too low."
    );
    let never = told(steps("gd", 1e-15), "300", &lab);
    assert_eq!(never.says, "GD is not there in 300 steps. You said 300.");
    assert_eq!(never.is_close, Some(false));
}

#[test]
fn choices_are_told_by_their_titles_and_those_that_arrive_together_are_both_right() {
    let lab = settled("runs=gd,momentum&steps=100");
    let first = About::First { level: 0.01 };
    assert_eq!(
        told(first.clone(), "momentum", &lab).says,
        "Momentum is first. You chose Momentum: right."
    );
    assert_eq!(told(first.clone(), "gd", &lab).says, "Momentum is first. You chose GD.");
    let alike = settled("runs=gd,gd&steps=100");
    assert_eq!(known(&first, &alike).is, Fact::First(vec![0, 1]));
    assert_eq!(told(first.clone(), "gd2", &alike).is_close, Some(true));
    // A run that is left out of the pictures cannot be chosen.
    let hidden = settled("runs=gd,momentum&momentum.hidden=yes&steps=300");
    assert_eq!(known(&first, &hidden).is, Fact::First(vec![0]));
    let none = settled("runs=gd,momentum&steps=3");
    assert_eq!(told(first, "gd", &none).says, "None of them arrives. You chose GD.");
    let letter = told(About::Direction, "a", &settled("start=10,0.2"));
    assert!(letter.says.contains(" falls fastest: its slope is −"), "{}", letter.says);
}

#[test]
fn nets_are_asked_for_their_losses_and_the_truth_comes_with_the_clock() {
    let link = "runs=gd,momentum&steps=60&net=4,2&data.shape=gauss";
    let (first, down) = (About::First { level: 0.5 }, steps("momentum", 0.5));
    let fresh = OpenLab::new(link);
    assert_eq!([truth(&first, &*fresh), truth(&down, &*fresh)], [Ok(None), Ok(None)]);
    let lab = trained(link);
    let arrival = |run: usize| {
        let loss = lab.course(run).loss;
        loss.iter().position(|now| *now <= 0.5 * loss[0])
    };
    let [gd, momentum] = [0, 1].map(|run| arrival(run).unwrap_or(usize::MAX));
    assert!(momentum < gd, "{momentum} {gd}");
    assert_eq!(known(&first, &lab), Truth { is: Fact::First(vec![1]), step: momentum });
    assert_eq!(known(&down, &lab), Truth { is: Fact::Steps(Some(momentum)), step: momentum });
    assert_eq!(known(&steps("gd", 0.0), &lab).is, Fact::Steps(None));
    for (about, why) in [
        (at_place("gd", None), "A net has no place on a plane."),
        (About::Direction, "There is no plane here on which directions could be told."),
        (
            About::Alpha { run: "gd".to_owned() },
            "A net has no learning rate that is stable whatever the weights.",
        ),
    ] {
        assert_eq!(truth(&about, &*lab), Err(why.to_owned()));
    }
}

#[test]
fn what_has_no_truth_says_why() {
    let lab = settled("surface=rosenbrock&runs=gd,adam");
    let alpha = |run: &str| truth(&About::Alpha { run: run.to_owned() }, &*lab);
    let none =
        |title: &str| Err(format!("Here {title} has no limit that holds whatever the start."));
    assert_eq!([alpha("gd"), alpha("adam")], [none("GD"), none("Adam")]);
    assert_eq!(alpha("sgd"), Err("There is no run “sgd” here.".to_owned()));
    let flat = settled("surface=bowl&start=0,0&runs=gd");
    assert_eq!(truth(&About::Direction, &*flat), Err("There is no slope at the start.".to_owned()));
}

/// Lets the app work until nothing is left to be computed.
fn live(app: &mut App) -> Live {
    app.lab.settle();
    app.live()
}

/// What is seen of the runs of a lab on a plane.
fn drawn(app: &App) -> String {
    let OpenLab::Planar(lab) = &app.lab else { return String::new() };
    let (frame, style) = (lab.frame(), scene::style(lab, false));
    let mut text = String::new();
    let mut backend = SVGBackend::with_string(&mut text, (9000, 6000));
    let pen = &mut Pen::new(&mut backend);
    scene::draw_paths(pen, lab, &frame, &style, 0, 0, lab.step()).unwrap();
    scene::draw_heads(pen, lab, &frame, &style, 0, "").unwrap();
    drop(backend);
    text
}

#[test]
fn an_open_question_holds_the_clock_and_hides_what_lies_ahead() {
    for (lesson, at) in every_scene() {
        let short = format!("lesson={}&scene={}", lesson.key, at + 1);
        let mut app = App::new(&short);
        let Some(question) = &lesson.scenes[at].question else {
            assert!(app.model(&Theme::LIGHT).question.is_none() && !app.lab.timeline().is_held());
            continue;
        };
        let first = app.lab.timeline().step();
        app.lab.timeline_mut().play();
        app.lab.tick(10_000.0, &mut Budget::unlimited());
        app.lab.timeline_mut().seek(20);
        app.lab.timeline_mut().rewind();
        assert_eq!((app.lab.timeline().step(), app.lab.timeline().is_playing()), (first, false));
        let now = live(&mut app);
        assert!(now.limits.is_empty() && now.outcome.is_empty(), "{short}");
        assert!(now.sentences.values().all(String::is_empty), "{short}");
        let model = app.model(&Theme::LIGHT);
        let asked = model.question.unwrap();
        assert_eq!((&*asked.ask, asked.is_open, &*asked.guess), (&*question.ask, true, ""));
        assert_eq!(asked.why, "", "{short}");
        assert_eq!(model.chart_note, "", "{short}");
        assert_eq!(app.link(), short, "as if it played");

        // Nor does what shows whole paths, or the next step of plain GD.
        assert!(app.act(&Action::Fit).unwrap_err().starts_with("Where the runs go"));
        app.set("arrows", "yes").ok();
        app.lab.settle();
        let with = drawn(&app);
        app.set("arrows", "no").ok();
        app.lab.settle();
        assert!(with == drawn(&app), "{short}");

        // A change of the experiment does not open it.
        app.set("seed", "4").unwrap();
        app.set("future", "yes").unwrap();
        assert!(app.lab.timeline().is_held() && live(&mut app).limits.is_empty());

        // It is waived: the scene plays as it does without a question.
        let mut app = App::new(&short);
        app.act(&Action::Reveal).unwrap();
        let has_arrows = app.set("arrows", "yes").is_ok();
        app.lab.settle();
        assert_eq!(drawn(&app) != with, has_arrows, "{short}: now they are seen");
        app.set("arrows", "no").ok();
        let stands = lesson.scenes[at].link.contains("step=");
        assert_eq!(app.lab.timeline().is_playing(), !stands, "{short}");
        assert_eq!(app.link(), format!("{short}&revealed=yes"));
        assert!(!app.model(&Theme::LIGHT).question.unwrap().is_open);
        let again = app.act(&Action::Reveal);
        assert_eq!(again, Err("No question is open.".to_owned()));
    }
}

#[test]
fn the_outcome_is_said_when_the_clock_is_there_and_a_link_brings_it_back() {
    let mut app = App::new("lesson=basic-training&scene=13");
    app.set("guess", "1,0").unwrap();
    assert_eq!(app.link(), "lesson=basic-training&scene=13&guess=1,0");
    app.act(&Action::Reveal).unwrap();
    let link = "lesson=basic-training&scene=13&guess=1,0&revealed=yes";
    assert_eq!(app.link(), link);
    for (step, is_told) in [(9, false), (10, true), (50, true), (3, false)] {
        app.lab.timeline_mut().seek(step);
        let outcome = live(&mut app).outcome;
        assert_eq!(!outcome.is_empty(), is_told, "{step}: {outcome}");
        let mut again = App::new(&app.link());
        assert_eq!((again.link(), live(&mut again).outcome), (app.link(), outcome));
    }
    app.lab.timeline_mut().seek(10);
    assert_eq!(
        live(&mut app).outcome,
        "After 10 steps Momentum is at (0.844, 0.0388). You are 0.161 away, 1.7 % of the way from the start."
    );
    assert_eq!(
        app.model(&Theme::LIGHT).question.unwrap().why,
        "Along the floor all gradients agree and add up; across it they cancel."
    );
    app.act(&Action::AskAgain).unwrap();
    assert_eq!(app.link(), "lesson=basic-training&scene=13");
    assert!(app.lab.timeline().is_held() && app.lab.timeline().step() == 0);
    // Undo opens the link from before.
    app.open(link);
    assert!(!app.lab.timeline().is_held() && app.lab.timeline().is_playing());
}

#[test]
fn the_hand_drags_the_ghost_and_not_the_start_while_a_place_is_asked_for() {
    for view in ["", "&surface=ravine&view=hill&tilt=50"] {
        let picture = if view.is_empty() { Picture::Plot } else { Picture::Hill };
        let mut app = App::new(&format!("lesson=basic-training&scene=13{view}"));
        app.lab.settle();
        let start = app.lab.plane().unwrap().0;
        assert_eq!(
            app.pick(picture, [450.0, 300.0]).as_deref(),
            Some("guess"),
            "anywhere, at first"
        );
        app.put_handle(picture, [450.0, 300.0]);
        let guess = app.model(&Theme::LIGHT).question.unwrap().guess;
        let numbers: Vec<f64> = guess.split(',').map(|part| part.parse().unwrap()).collect();
        let pixel = app.lab.pixel_of_point(picture, [numbers[0], numbers[1]]).unwrap();
        assert!(libm::hypot(pixel[0] - 450.0, pixel[1] - 300.0) < 1.0, "{pixel:?}");
        assert_eq!(app.lab.plane().unwrap().0, start);
        assert_eq!(app.pick(picture, [460.0, 300.0]).as_deref(), Some("guess"));
        assert_eq!(app.pick(picture, [600.0, 300.0]), None);
        app.act(&Action::Reveal).unwrap();
        app.put_handle(picture, [450.0, 300.0]);
        assert_ne!(app.lab.plane().unwrap().0, start, "the start again");
    }
    let mut app = App::new("lesson=basic-training&scene=13");
    app.nudge_handle([-40.0, 0.0]);
    let guess = app.model(&Theme::LIGHT).question.unwrap().guess;
    assert!(guess.ends_with(",1") && !guess.starts_with("10"), "from the start: {guess}");
}

#[test]
fn the_steepest_direction_is_not_told_by_the_pointer_while_it_is_asked_for() {
    let mut app = App::new("lesson=basic-training&scene=4");
    assert_eq!(app.hover(Picture::Plot, 0, [300.0, 300.0]), None);
    app.act(&Action::Reveal).unwrap();
    assert!(app.hover(Picture::Plot, 0, [300.0, 300.0]).is_some());
}

#[test]
fn answers_are_kept_for_the_way_back_and_told_together_on_the_last_scene() {
    let enter = |scene: usize| Action::Lesson { key: "basic-training".to_owned(), scene };
    let mut app = App::new("lesson=basic-training&scene=4");
    app.set("guess", "b").unwrap();
    app.act(&Action::Reveal).unwrap();
    live(&mut app);
    app.act(&enter(4)).unwrap();
    app.set("guess", "0.02").unwrap();
    app.act(&enter(3)).unwrap();
    assert_eq!(app.link(), "lesson=basic-training&scene=4&guess=b&revealed=yes");
    app.act(&enter(4)).unwrap();
    assert_eq!(app.link(), "lesson=basic-training&scene=5&guess=0.02");
    app.act(&Action::Reveal).unwrap();
    live(&mut app);
    assert_eq!(app.model(&Theme::LIGHT).tally, None, "not before the last scene");
    app.act(&enter(8)).unwrap();
    app.act(&Action::Reveal).unwrap();
    live(&mut app);
    app.act(&enter(12)).unwrap();
    let tally = app.model(&Theme::LIGHT).tally.unwrap();
    let rows: Vec<_> = tally.rows.iter().map(|row| (row.scene, row.is_close)).collect();
    assert_eq!(rows, [(3, Some(true)), (4, Some(false)), (8, None)]);
    assert_eq!(tally.title, "Guesses: 1 of 2 right");
    assert_eq!(tally.says, "2 of 4 questions were guessed, 1 of them right or within 10 %.");
    assert_eq!(tally.rows[1].says, "The limit is α = 0.1. You said 0.02: 80 % too low.");
    // It is kept nowhere else.
    assert!(App::new(&app.link()).model(&Theme::LIGHT).tally.unwrap().rows.is_empty());
}

#[test]
fn the_clock_waits_before_what_is_asked_and_the_chart_does_not_tell_it() {
    let mut app = App::new("lesson=basic-training&scene=13&step=12");
    assert_eq!(app.lab.timeline().step(), 0);
    app.lab.settle();
    let cursor = |app: &App| {
        let OpenLab::Planar(lab) = &app.lab else { panic!("a plane") };
        let style = scene::style(lab, false);
        let chart = scene::chart::chart(lab, [400.0, 200.0], &style);
        let mut text = String::new();
        let mut backend = SVGBackend::with_string(&mut text, (9000, 6000));
        let pen = &mut Pen::new(&mut backend);
        scene::chart::draw_cursor(pen, lab, &chart, &style).unwrap();
        scene::chart::draw(pen, lab, &chart, &style).unwrap();
        drop(backend);
        text
    };
    let before = cursor(&app);
    let told = app.hover(Picture::Chart, 0, [300.0, 50.0]).unwrap();
    assert!(!told.text.contains("Momentum"), "{}", told.text);
    assert_eq!(cursor(&app), before, "nothing is marked ahead of the clock");
    app.act(&Action::Reveal).unwrap();
    assert!(cursor(&app) != before);
    let told = app.hover(Picture::Chart, 0, [300.0, 50.0]).unwrap();
    assert!(told.text.contains("Momentum"), "{}", told.text);
}

#[test]
fn of_another_experiment_nothing_is_said_of_why() {
    let mut app = App::new("lesson=basic-training&scene=13&guess=1,0&revealed=yes");
    app.set("steps", "5").unwrap();
    app.lab.timeline_mut().seek(5);
    assert_eq!(
        live(&mut app).outcome,
        "After 5 steps Momentum is at (3.89, −0.2). You are 2.9 away, 46 % of the way from the start."
    );
    assert_eq!(app.model(&Theme::LIGHT).question.unwrap().why, "");
}

#[test]
fn a_question_is_about_the_lab_of_its_scene() {
    let mut app = App::new("lesson=basic-training&scene=5");
    assert!(app.lab.timeline().is_held());
    app.act(&Action::Lab { key: "network".to_owned() }).unwrap();
    assert!(app.model(&Theme::LIGHT).question.is_none() && !app.lab.timeline().is_held());
    assert_eq!(place(&app).scene, 4);
    app.act(&Action::LeaveLesson).unwrap();
    assert!(!app.lab.timeline().is_held());
}

#[test]
fn guesses_that_are_none_are_named() {
    for (link, fault) in [
        (
            "lesson=basic-training&scene=13&guess=here",
            "guess must be 2 numbers with commas between them, and “here” is not.",
        ),
        (
            "lesson=basic-training&scene=4&guess=e",
            "guess must be one of a, b, c, d, and “e” is not.",
        ),
        (
            "lesson=basic-training&scene=5&guess=-1",
            "guess must be a number from 0 on, and “-1” is not.",
        ),
        (
            "lesson=basic-training&scene=9&guess=adam",
            "guess must be one of gd, gd2, gd3, and “adam” is not.",
        ),
        (
            "lesson=basic-training&scene=1&guess=1&revealed=yes",
            "guess does nothing: this scene asks no question.",
        ),
    ] {
        let app = App::new(link);
        assert_eq!(app.faults().next().map(ToString::to_string).as_deref(), Some(fault), "{link}");
        assert_eq!(App::new(&app.link()).faults().count(), 0, "{link}");
    }
    let encoded = App::new("lesson=basic-training&scene=13&guess=1%2C0.5");
    assert_eq!(encoded.link(), "lesson=basic-training&scene=13&guess=1,0.5");
    let mut app = App::new("");
    let none = app.set("guess", "1,2").unwrap_err().to_string();
    assert_eq!(none, "guess answers no question: none is open.");
    assert_eq!(app.act(&Action::AskAgain), Err("This scene asks no question.".to_owned()));
}

#[test]
fn a_question_is_read_from_a_file_and_each_fault_of_it_is_named() {
    let with = |question: &str| {
        let text = format!(
            r#"{{"title": "T", "scenes": [{{"title": "S", "link": "runs=gd,momentum", "text": "t",
                "question": {question}}}]}}"#
        );
        read("mine", &text)
    };
    for (question, about) in [
        (
            r#"{"ask": "a", "kind": "where", "run": "gd", "step": 3, "why": "w"}"#,
            at_place("gd", Some(3)),
        ),
        (r#"{"ask": "a", "kind": "where", "run": "gd", "why": "w"}"#, at_place("gd", None)),
        (r#"{"ask": "a", "kind": "first", "level": 0.5, "why": "w"}"#, About::First { level: 0.5 }),
        (r#"{"ask": "a", "kind": "direction", "why": "w"}"#, About::Direction),
        (
            r#"{"ask": "a", "kind": "steps", "run": "momentum", "level": 0.1, "most": 90, "why": "w"}"#,
            About::Steps { run: "momentum".to_owned(), level: 0.1, most: Some(90) },
        ),
        (
            r#"{"ask": "a", "kind": "alpha", "run": "gd", "why": "w"}"#,
            About::Alpha { run: "gd".to_owned() },
        ),
    ] {
        let lesson = with(question).unwrap();
        assert_eq!(lesson.scenes[0].question.as_ref().unwrap().about, about);
        // What is written is read again.
        let written = serde_json::to_value(&lesson.scenes[0]).unwrap()["question"].clone();
        assert_eq!(with(&written.to_string()).unwrap(), lesson);
    }
    for (question, faults) in [
        ("5", &["Scene 1, question must be an object, and is a number."][..]),
        (
            r#"{"kind": "guess", "why": "", "hint": "x"}"#,
            &[
                "Scene 1, question: ask is missing.",
                "Scene 1, question: why is empty.",
                "Scene 1, question: kind must be one of where, first, direction, steps, alpha, and \
                 “guess” is none.",
                "Scene 1, question: “hint” is unknown.",
            ],
        ),
        (
            r#"{"ask": "a", "why": "w", "kind": "steps", "run": 5, "level": 7, "most": -1}"#,
            &[
                "Scene 1, question: run must be a text, and is a number.",
                "Scene 1, question: level must be a number from 0 to 1, and is 7.",
                "Scene 1, question: most must be a whole number from 1 to 1,000,000, and is -1.",
            ],
        ),
        (
            r#"{"ask": "a", "why": "w", "kind": "where", "run": "adam"}"#,
            &["Scene 1, question: There is no run “adam” here."],
        ),
        (
            r#"{"ask": "a", "why": "w", "kind": "where", "run": "gd", "step": 9999}"#,
            &["Scene 1, question: step is 9,999, and the experiment of its link ends after 50."],
        ),
    ] {
        assert_eq!(with(question).unwrap_err(), faults, "{question}");
    }
}
