//! Links of nets.

use ravine::labs::Action;
use ravine::labs::Lab as _;
use ravine::labs::network::{NET, NetExperiment, PRESETS, RUN, SETTINGS_OF_NETS, link};
use ravine::math::param::{Param, Scale};

fn read(text: &str) -> NetExperiment {
    let (experiment, faults) = link::read(text);
    assert_eq!(faults, [], "{text}");
    experiment
}

fn assert_round_trip(text: &str) {
    let once = link::write(&read(text));
    assert_eq!(link::write(&read(&once)), once, "{text}");
}

/// Values that a parameter can have, ends and middle.
fn values(param: &Param) -> Vec<f64> {
    let [low, high] = param.range;
    match param.scale {
        Scale::Choice(choices) => (0..choices.len()).map(|at| at as f64).collect(),
        Scale::Switch => vec![0.0, 1.0],
        Scale::Integer | Scale::LogInteger => vec![low, ((low + high) / 2.0).floor(), high],
        _ => vec![low, 0.3 * low + 0.7 * high, high],
    }
}

#[test]
fn what_a_preset_says_is_what_a_link_writes() {
    for preset in PRESETS {
        assert_eq!(link::write(&read(preset.link)), preset.link, "{}", preset.title);
    }
}

#[test]
fn every_dial_survives_a_link() {
    let net = NET.iter().chain(&SETTINGS_OF_NETS);
    for param in net {
        for value in values(param) {
            let text = format!("net=3&{}={}", param.key, param.write(value));
            assert_round_trip(&text);
            let again = link::write(&read(&text));
            let is_default = value == param.default;
            assert_eq!(again.contains(&format!("{}=", param.key)), !is_default, "{text}");
        }
    }
    for param in &RUN {
        for value in values(param) {
            assert_round_trip(&format!("net=3&gd2.{}={}", param.key, param.write(value)));
        }
    }
}

#[test]
fn everything_else_survives_a_link() {
    for text in [
        "net=none",
        "net=8,8&features=x1,x2x2,sin1",
        "net=2,3&data.shape=curve&features=x1x1",
        "net=4&data=1,2,0;2,3,1;-1,0.5,2;0,0,1",
        "net=4&data=1,2,3,4,0;2,3,4,5,1&data.values=yes&data.standardise=yes",
        "net=4&data=1,2;2,3",
        "net=2&runs=adam,momentum,momentum&momentum2.form=velocity&adam.batch=7&follow=momentum2",
        "net=2&weight=w2.1.1&pair=b1.1,w1.2.2&step=17",
        "net=2&hand=0,w1.1.1,0.5;12,b2.1,-1e-3,gd2",
        "net=2&gd.hidden=yes&gd2.look=5&runs=gd,gd",
        "net=3&runs=",
    ] {
        assert_round_trip(text);
    }
}

#[test]
fn what_cannot_be_taken_is_told_and_the_rest_holds() {
    for (text, sentence) in [
        ("net=4,x", "net must be the units of each hidden layer, such as 4,2, or none"),
        ("net=17", "net must have at most 6 hidden layers, each of 1 to 16 units."),
        ("net=1,1,1,1,1,1,1", "net must have at most 6 hidden layers"),
        ("net=2&features=x9", "features must be some of x1, x2"),
        ("net=2&data=1;2", "data must be examples x1,x2,y with semicolons between them"),
        ("net=2&data=1,2,3;1,2", "example 2 is “1,2”"),
        ("net=2&weight=w9.1.1", "weight cannot be taken: “w9.1.1” is no weight or bias"),
        ("net=2&pair=w1.1.1", "pair must be two weights with a comma between them."),
        ("net=2&pair=w1.1.1,w1.1.1", "pair must be two different weights."),
        ("net=2&hand=1,w1.1.1", "hand must be TICK,WEIGHT,VALUE"),
        ("net=2&surface=bowl", "surface is not a key of a link with a net."),
        ("net=2&sgd.alpha=1", "there is no run “sgd”"),
        ("net=2&gd.alpha=99", "gd.alpha must lie between"),
        ("net=2&runs=gd,gd,gd,gd,gd", "runs can have at most 4 rules, and these are 5."),
        (
            "net=2&runs=gd,newton",
            "runs has the unsuitable rule “newton”: it needs the Hessian, and the Network lab has none.",
        ),
        ("net=2&data.shape=torus", "data.shape must be one of circle"),
        ("net=2&step=301", "step must lie between 0 and 300"),
    ] {
        let (experiment, faults) = link::read(text);
        let [fault] = &faults[..] else { panic!("{text}: {faults:?}") };
        assert!(fault.to_string().contains(sentence), "{text}: {fault}");
        assert_round_trip(&link::write(&experiment));
    }
}

#[test]
fn a_weight_that_is_set_beyond_the_end_of_the_clock_is_told_as_doing_nothing() {
    let text = "net=2&hand=3,b1.1,1;120,w1.1.2,0.5&steps=";
    let (experiment, faults) = link::read(&format!("{text}100"));
    let [fault] = &faults[..] else { panic!("{faults:?}") };
    assert_eq!(
        fault.to_string(),
        "hand sets w1.1.2 at 120, and the clock ends at 100: until “steps” is 120 or more it does \
         nothing."
    );
    // It is kept: the clock may be given more.
    assert!(fault.is_harmless && link::write(&experiment).contains("120,w1.1.2,0.5"));
    assert_eq!(link::read(&format!("{text}120")).1, []);
}

#[test]
fn what_nobody_chose_stays_unsaid_whatever_the_data_do_to_the_net() {
    let text = "net=4&data=1.5,2;2.5,1&features=x1,x2,x1x2";
    assert_eq!(link::write(&read(text)), text);
    // In any order, and in more than one way to the same net.
    let turned = "features=x1,x2,x1x2&data=1.5,2;2.5,1&net=4";
    assert_eq!(link::write(&read(turned)), text);
    let mut lab = ravine::labs::network::NetLab::new("net=4&data=1.5,2;2.5,1&step=0");
    for feature in ["x2", "x1x2", "x1"] {
        lab.act(&Action::Feature { key: feature.into() }).unwrap();
    }
    assert_eq!(lab.link(), "net=4&data=1.5,2;2.5,1&features=x2,x1x2&step=0");
}

#[test]
fn more_weights_set_by_hand_than_a_link_holds_are_refused_and_none_is_dropped_in_silence() {
    let hand = |count: usize| {
        let edits: Vec<String> = (0..count).map(|tick| format!("{tick},w1.1.1,0.5")).collect();
        format!("net=2&hand={}&steps=1000", edits.join(";"))
    };
    let most = read(&hand(1000));
    assert_eq!(most.edits.len(), 1000);
    let (_, faults) = link::read(&hand(1001));
    let sentence = "hand can have at most 1,000 weights, and these are 1,001.";
    assert_eq!(faults.iter().map(ToString::to_string).collect::<Vec<_>>(), [sentence]);
    let mut lab = ravine::labs::network::NetLab::new(&format!("{}&step=5", hand(1000)));
    let fault = lab.set("theta.b1.1", "1").unwrap_err();
    assert_eq!(
        fault.to_string(),
        "theta.b1.1 cannot be set: 1,000 weights are set by hand already, the most there can be."
    );
}
