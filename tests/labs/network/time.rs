//! Training side by side, and the way back.

use ravine::labs::Action;
use ravine::labs::Lab as _;
use ravine::labs::network::{NetLab, link};
use ravine::math::budget::Budget;

use crate::network::{at, bits};

const RUNS: &str = "net=5,3&data.shape=xor&data.noise=10&data.n=60&runs=gd,momentum,adam,gd\
                    &gd.batch=10&momentum.batch=1&adam.batch=7&steps=2000";

#[test]
fn stepping_back_and_forward_gives_the_same_bits() {
    let mut lab = at(RUNS, 0);
    let mut seen = vec![bits(&lab)];
    for step in 1..=40 {
        lab.timeline_mut().seek(step);
        lab.settle();
        seen.push(bits(&lab));
    }
    for step in [40, 12, 13, 39, 1, 0, 25, 7] {
        lab.timeline_mut().seek(step);
        lab.settle();
        assert_eq!(bits(&lab), seen[step], "step {step}");
        assert_eq!(bits(&at(RUNS, step)), seen[step], "step {step} at once");
    }
    assert_ne!(seen[0], seen[1]);
}

#[test]
fn a_long_way_back_is_the_same_though_few_checkpoints_are_kept() {
    let mut lab = at(RUNS, 1500);
    let far = bits(&lab);
    lab.timeline_mut().seek(701);
    lab.settle();
    assert_eq!(bits(&lab), bits(&at(RUNS, 701)));
    lab.timeline_mut().seek(1500);
    lab.settle();
    assert_eq!(bits(&lab), far);
    let (records, stride) = lab.training_runs()[0].records();
    assert_eq!(records.train.len(), 1500 / stride + 1);
    assert!(records.train.len() <= 1024);
}

#[test]
fn training_in_small_pieces_of_time_is_training() {
    let whole = at(RUNS, 30);
    let mut lab = NetLab::new(RUNS);
    lab.timeline_mut().seek(30);
    let mut pieces = 0;
    // A piece of work each.
    while lab.tick(16.0, &mut Budget::units(0)) {
        pieces += 1;
        assert!(pieces < 100_000);
    }
    assert!(pieces > 30);
    assert_eq!(bits(&lab), bits(&whole));
}

#[test]
fn a_pause_in_the_middle_of_an_epoch_shows_whole_ones() {
    let link = "net=8,8&data.n=400&gd2.batch=1&speed=2000";
    for looks in [1, 2, 5, 9, 30] {
        let mut lab = NetLab::new(link);
        lab.timeline_mut().play();
        for _ in 0..40 {
            lab.tick(16.0, &mut Budget::units(looks * 40_000));
        }
        lab.timeline_mut().pause();
        while lab.tick(16.0, &mut Budget::units(0)) {}
        let step = lab.step();
        assert_eq!(bits(&lab), bits(&at(link, step)), "{looks} looks, step {step}");
        // And going on from there is as if it had not been looked at.
        lab.timeline_mut().seek(step + 3);
        lab.settle();
        assert_eq!(bits(&lab), bits(&at(link, step + 3)), "{looks} looks, step {step} + 3");
    }
}

#[test]
fn the_clock_waits_for_the_runs() {
    let mut lab = NetLab::new("net=8,8&speed=10000&steps=5000");
    lab.timeline_mut().play();
    for _ in 0..50 {
        lab.tick(16.0, &mut Budget::units(3_000_000));
        assert!(lab.is_there(), "{} of {}", lab.reached(), lab.step());
    }
    assert!(lab.step() > 0 && lab.step() < 5000);
}

#[test]
fn a_reset_returns_to_the_same_weights_and_a_seed_to_others() {
    let start = bits(&at(RUNS, 0));
    let mut lab = at(RUNS, 25);
    lab.timeline_mut().rewind();
    lab.settle();
    assert_eq!(bits(&lab), start);
    lab.act(&Action::NewSeed).unwrap();
    lab.settle();
    assert_ne!(bits(&lab), start);
    let theta = |index: usize| lab.training_runs()[index].trainer().theta();
    assert!((1..4).all(|index| theta(index) == theta(0)));
}

#[test]
fn a_weight_set_by_hand_stays_on_every_way_to_it() {
    let mut lab = at(RUNS, 10);
    lab.set("follow", "momentum").unwrap();
    lab.set("theta.w1.2.1", "0.75").unwrap();
    lab.settle();
    let net = lab.experiment().architecture();
    let index = net.named("w1.2.1").unwrap();
    let weight = |lab: &NetLab, run: usize| lab.training_runs()[run].trainer().theta()[index];
    assert_eq!(weight(&lab, 1), 0.75);
    assert_ne!(weight(&lab, 0), 0.75);
    lab.timeline_mut().seek(20);
    lab.settle();
    let after = bits(&lab);
    let again = at(&lab.link(), 20);
    assert_eq!(bits(&again), after);
    lab.timeline_mut().seek(9);
    lab.settle();
    assert_ne!(weight(&lab, 1), 0.75);
    lab.timeline_mut().seek(20);
    lab.settle();
    assert_eq!(bits(&lab), after);
    // At the start it is every run's, for they start from the same weights.
    lab.timeline_mut().seek(0);
    lab.set("theta.w1.2.1", "-0.5").unwrap();
    lab.settle();
    assert!((0..4).all(|run| weight(&lab, run) == -0.5));
}

#[test]
fn runs_that_did_not_change_go_on_and_others_catch_up() {
    let mut lab = at(RUNS, 20);
    let before = bits(&lab);
    lab.set("gd.alpha", "0.3").unwrap();
    assert_eq!(lab.training_runs()[0].tick(), 0);
    assert!((1..4).all(|run| lab.training_runs()[run].tick() == 20));
    lab.settle();
    let after = bits(&lab);
    let n = before.len() / 4;
    assert_ne!(after[..n], before[..n]);
    assert_eq!(after[n..], before[n..]);
    assert_eq!(after, bits(&at(&lab.link(), 20)));
}

#[test]
fn a_diverged_run_keeps_its_last_good_weights_and_says_so() {
    let link = "net=4&data.shape=plane&runs=gd,gd&gd.alpha=10&activation=relu&gd.batch=1";
    let mut lab = at(link, 100);
    let when = lab.training_runs()[0].diverged().expect("an α of 10 is too large");
    assert!(lab.training_runs()[0].trainer().theta().iter().all(|w| w.is_finite()));
    assert!(
        lab.sentence(0).starts_with(&format!("Diverged in epoch {when}:")),
        "{}",
        lab.sentence(0)
    );
    assert_eq!(lab.training_runs()[1].diverged(), None);
    lab.timeline_mut().seek(when - 1);
    lab.settle();
    assert_eq!(lab.training_runs()[0].diverged(), None);
    let (experiment, _) = link::read(&lab.link());
    assert_eq!(experiment.timeline.stands_at(), Some(when - 1));
}

#[test]
fn zeros_dead_units_and_saturation_are_named() {
    let mut zeros = at("net=4&init=zeros&activation=sigmoid", 50);
    assert!(
        zeros.sentence(0).contains("identical: they all started at 0"),
        "{}",
        zeros.sentence(0)
    );
    let mut dead = at("net=2&activation=relu&hand=0,b1.1,-100", 1);
    assert!(dead.sentence(0).contains("1 of 2 ReLUs is dead"), "{}", dead.sentence(0));
    let mut flat = at("net=2&hand=0,b1.1,50;0,b1.2,-50", 1);
    assert!(flat.sentence(0).contains("2 of 2 units are saturated"), "{}", flat.sentence(0));
}
