//! Work is done in slices: no call does more than its limit and one largest piece, and whatever the
//! slices and whatever was begun and dropped in between, what comes out at the end is what a fresh
//! lab has that does all at once.

use ravine::analysis::milestones::Milestones;
use ravine::labs::Lab as _;
use ravine::labs::model;
use ravine::labs::network::NetLab;
use ravine::labs::planar::PlanarLab;
use ravine::labs::planar::experiment::{Experiment, LabKind};
use ravine::labs::planar::presets;
use ravine::math::budget::Budget;
use ravine::objective::Objective;
use ravine::objective::problems::PROBLEMS;
use ravine::objective::surfaces::GALLERY;
use ravine::view::Theme;

use super::dice::{Dice, cases};
use super::link_is_page::{nets, plane};

/// So many things are done one after the other …
const ACTIONS: usize = 20;
/// … and after every so many of them the lab is let finish and compared.
const EVERY: usize = 5;

/// Units of a slice: often so few that a piece is more.
fn units(dice: &mut Dice) -> u64 {
    [0, 100, 3_000, 40_000][dice.below(4)] * (1 + dice.below(3) as u64)
}

/// All that a lab has computed.
fn computed(lab: &PlanarLab) -> String {
    let bits = |pair: &[f64; 2]| pair.map(f64::to_bits);
    let runs = 0..lab.paths().len();
    let averages: Vec<_> = runs
        .clone()
        .filter_map(|run| lab.average(run))
        .map(|average| (average.theta.last().map(bits), average.loss.last().map(|x| x.to_bits())))
        .collect();
    let arrows: Vec<_> = runs.map(|run| lab.gd_steps(run).last().map(bits)).collect();
    let minima: Vec<_> = lab.objective().minima().iter().map(bits).collect();
    let walkers: Vec<_> =
        lab.ensemble().iter().chain(&lab.ensemble_averages().to_vec()).map(bits).collect();
    format!(
        "paths {} milestones {:?} averages {averages:?} arrows {arrows:?} minima {minima:?} {:?} \
         floor {} conditions {:?} {:?} ball {:?} ensemble {walkers:?} window {:?} unstable {:?}",
        lab.fingerprint(),
        lab.milestones(),
        lab.objective().constant_hessian(),
        lab.floor().to_bits(),
        lab.condition(),
        lab.condition_otherwise(),
        lab.ball_sweeps(),
        lab.experiment().window,
        lab.unstable(),
    )
}

fn finish_in_slices(lab: &mut PlanarLab, dice: &mut Dice, limit: u64) {
    while !lab.is_complete() || lab.ensemble_step() < lab.step() && !lab.ensemble().is_empty() {
        let before = lab.progress();
        assert!((0.0..=1.0).contains(&before));
        let units = limit.max(units(dice));
        lab.tick(0.0, &mut Budget::units(units));
        let most = units.max(lab.largest_piece()) + lab.largest_piece();
        assert!(lab.spent() <= most, "{} units at {}", lab.spent(), lab.link());
    }
    lab.tick(0.0, &mut Budget::unlimited());
}

#[test]
fn any_slices_of_work_make_what_work_at_once_makes() {
    for session in 0..cases(10_000).div_ceil(ACTIONS) {
        let mut dice = Dice::new(0x51 + session as u64);
        let link = plane::link(&mut dice);
        let lab = &mut PlanarLab::new(&link);
        let limit = units(&mut dice);
        lab.set_limit(limit);
        let mut said = vec![link];
        for action in 1..=ACTIONS {
            let before = lab.spent();
            said.push(plane::act(lab, &mut dice));
            // A tick of that list has no limit, and some calls have nothing to do.
            let most = limit.max(lab.largest_piece()) + lab.largest_piece();
            let is_free = said.last().is_some_and(|last| last.starts_with("tick"));
            assert!(
                is_free || lab.spent() == before || lab.spent() <= most,
                "{} of {most} units: {said:#?}",
                lab.spent()
            );
            if action % EVERY > 0 {
                continue;
            }
            finish_in_slices(lab, &mut dice, limit);
            let mut fresh = PlanarLab::new(&lab.link());
            // Where the clock stands the link says, but not where it runs.
            fresh.timeline_mut().seek(lab.step());
            if lab.timeline().is_playing() {
                fresh.timeline_mut().play();
            }
            fresh.settle();
            assert_eq!(computed(lab), computed(&fresh), "{}: {said:#?}", lab.link());
        }
    }
}

#[test]
fn nets_in_any_slices_are_nets_trained_at_once() {
    for session in 0..cases(10_000).div_ceil(4 * ACTIONS) {
        let mut dice = Dice::new(0x7e + session as u64);
        let link = nets::link(&mut dice);
        let mut lab = NetLab::new(&link);
        let mut said = vec![link];
        let limit = units(&mut dice);
        lab.set_limit(limit);
        for action in 1..=ACTIONS {
            said.push(nets::act(&mut lab, &mut dice));
            if action % EVERY > 0 {
                continue;
            }
            lab.timeline_mut().pause();
            loop {
                let units = units(&mut dice);
                let goes_on = lab.tick(0.0, &mut Budget::units(units));
                let training_runs = lab.training_runs().iter();
                let piece = training_runs.map(|c| c.update_cost().max(c.record_cost())).max();
                let most = units.max(piece.unwrap_or(0)) + 2 * piece.unwrap_or(0) + 1000;
                assert!(lab.spent() <= most, "{} of {most} units: {said:#?}", lab.spent());
                if !goes_on {
                    break;
                }
            }
            let mut fresh = NetLab::new(&lab.link());
            fresh.settle();
            assert_eq!(lab.fingerprint(), fresh.fingerprint(), "{}: {said:#?}", lab.link());
        }
    }
}

#[test]
fn minima_searched_for_in_slices_are_the_same() {
    let formulas = [
        "(x^2+y-11)^2+(x+y^2-7)^2",
        "sin(3x)*cos(2y)+0.1x^2",
        "x*y",
        "ln(x-9)",
        "(x-1)^2+3(y+0.5)^2",
        "abs(x)+abs(y)",
    ];
    let texts = formulas.iter().map(|formula| format!("f={formula}"));
    let problems = ["logistic", "tanh", "sigmoid", "mean", "huber"];
    let links = texts.chain(problems.iter().map(|key| format!("problem={key}&data.n=40")));
    for link in links {
        let experiment: Experiment = ravine::labs::link::read(&link).0;
        let whole = experiment.objective();
        let mut dice = Dice::new(9);
        let mut sliced: Objective = experiment.begin_objective();
        assert!(!sliced.is_complete() && sliced.minima().is_empty());
        let mut slices = 0;
        while !sliced.advance(&mut Budget::units(units(&mut dice))) {
            slices += 1;
            let [all, done] = sliced.work();
            assert!(done <= all, "{link}");
        }
        assert!(slices > 0, "{link}");
        assert_eq!(sliced.minima(), whole.minima(), "{link}");
        assert_eq!(sliced.lowest(), whole.lowest(), "{link}");
        assert_eq!(sliced.constant_hessian(), whole.constant_hessian(), "{link}");
    }
}

#[test]
fn what_the_galleries_hold_is_complete_within_the_call_that_opens_it() {
    let scenes = LabKind::ALL.into_iter().flat_map(presets::of).map(|scene| scene.link.to_owned());
    let surfaces = GALLERY.iter().map(|surface| format!("surface={}", surface.key));
    let problems = PROBLEMS.iter().map(|problem| format!("problem={}", problem.key));
    for link in scenes.chain(surfaces).chain(problems) {
        let mut lab = PlanarLab::new(&link);
        // The noise ball alone comes in the next frames.
        if lab.shows_ball() {
            assert!((0..lab.paths().len()).all(|run| lab.is_told(run)), "{link}");
            lab.tick(0.0, &mut Budget::units(4 * ravine::math::budget::CALL));
        }
        assert!(
            lab.is_complete(),
            "{} of {} units: {link}",
            lab.spent(),
            ravine::math::budget::CALL
        );
    }
}

#[test]
fn large_work_answers_within_its_limit_and_shows_what_is_seen_first() {
    let eight = ["adam"; 8].join(",");
    let link = format!(
        "problem=mean&data.n=2000&runs={eight}&steps=5000&step=5000&adam.batch=1&adam8.hidden=yes"
    );
    let mut lab = PlanarLab::new(&link);
    assert!(!lab.is_complete() && lab.progress() < 0.2);
    assert!(lab.spent() <= ravine::math::budget::CALL);
    assert!(lab.paths().iter().all(|path| !path.is_complete()));
    // What is not shown waits, and those that are shown walk side by side.
    let lengths: Vec<usize> = lab.paths().iter().map(|path| path.theta.len()).collect();
    assert_eq!(lengths[7], 0);
    let [least, most] = [lengths[..7].iter().min(), lengths[..7].iter().max()];
    assert!(most.unwrap() - least.unwrap() <= 50, "{lengths:?}");
    // Nothing is told of a whole path while there is half of one.
    let told = model::json(&(model::live(&lab), model::model(&lab, &Theme::LIGHT)));
    for wrong in ["not at all", "above the minimum", "No minimum", "Converged", "Nears"] {
        assert!(!told.contains(wrong), "{wrong} in {told}");
    }
    assert!(lab.milestones().iter().all(|passed| *passed == Milestones::default()));
    // A newer request takes the place of the work at once.
    lab.set("data.n", "20").unwrap();
    lab.set("steps", "50").unwrap();
    assert!(lab.is_complete() && lab.progress() == 1.0);
    let mut fresh = PlanarLab::new(&lab.link());
    fresh.settle();
    assert_eq!(computed(&lab), computed(&fresh));
}
