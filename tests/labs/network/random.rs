//! Whatever is pasted as a link of nets becomes nets that train, stop, and can be told.

use proptest::prelude::*;
use ravine::labs::Dataset as _;
use ravine::labs::Lab as _;
use ravine::labs::model;
use ravine::labs::network::{NET, NetLab, RUN, SETTINGS_OF_NETS, link};
use ravine::labs::{Hand as _, Picture};
use ravine::math::param::{Param, Scale};
use ravine::optimizers::of_first_order;
use ravine::view::Theme;

/// A value of a parameter's range, ends often, or nonsense.
fn value(param: &'static Param) -> impl Strategy<Value = String> {
    let [low, high] = param.range;
    let count = match param.scale {
        Scale::Choice(choices) => choices.len(),
        Scale::Switch => 2,
        _ => 0,
    };
    let whole = matches!(param.scale, Scale::Integer | Scale::LogInteger);
    let between = move |part: f64| {
        let value = low + part * (high - low);
        param.write(if whole { value.round() } else { value })
    };
    prop_oneof![
        6 => (0.0..1.0_f64).prop_map(move |part| match count {
            0 => between(part),
            count => param.write((part * count as f64).floor()),
        }),
        2 => prop_oneof![Just(0.0), Just(1.0)].prop_map(move |end| match count {
            0 => between(end),
            _ => param.write(end),
        }),
        1 => prop_oneof![Just("NaN"), Just("-1e300"), Just(""), Just("1e9")].prop_map(str::to_owned),
    ]
}

fn part() -> impl Strategy<Value = String> {
    let plain = NET.iter().chain(&SETTINGS_OF_NETS).collect::<Vec<_>>();
    let plain = prop::sample::select(plain)
        .prop_flat_map(|param| value(param).prop_map(|value| format!("{}={value}", param.key)));
    let run = prop::sample::select(vec!["gd", "gd2", "momentum", "adam", "rmsprop", "adagrad"]);
    let of_run = (run, prop::sample::select(of_first_order().collect::<Vec<_>>()), 0..10_usize)
        .prop_flat_map(|(run, rule, at)| {
            let params: Vec<&'static Param> = rule.parameters.iter().chain(&RUN).collect();
            let param = params[at % params.len()];
            value(param).prop_map(move |value| format!("{run}.{}={value}", param.key))
        });
    let others = prop::sample::select(vec![
        "runs=",
        "runs=gd,gd",
        "runs=adam,rmsprop,adagrad,nesterov",
        "gd.batch=1",
        "gd2.batch=3",
        "features=x1",
        "features=sin1,x1x2",
        "features=x1,x2,x1x1,x2x2,x1x2,sin1,sin2",
        "data=1,2,0;3,4,1;5,6,0",
        "data=1,2;2,4;3,9",
        "data=0,0,0",
        "data=1e9,-1e9,1;-1e9,1e9,0;3,3,1",
        "data=1,2,3,4,5,6,1;2,3,4,5,6,7,5;1,1,1,1,1,1,0",
        "data=1,1,0.5;2,2,1e9;3,3,-1e9",
        "data.values=yes",
        "data.shape=curve",
        "data.shape=spirals5",
        "data.shape=plane",
        "data.noise=50",
        "data.train=100",
        "data.train=0",
        "data.n=2",
        "data.n=50",
        "data.standardise=yes",
        "hand=0,w1.1.1,1e9",
        "hand=0,w1.1.1,1e300;2,b1.1,-1e9,gd",
        "hand=1,b2.1,0",
        "weight=b1.1",
        "pair=b1.1,w1.1.1",
        "follow=gd2",
        "gd.hidden=yes",
        "gd.look=8",
        "step=3",
        "step=0",
        "init=zeros",
        "window=-1.5,0.5,-1,1.25",
        "window=-9,1,0,1",
        "nonsense=1",
    ]);
    prop_oneof![3 => plain, 3 => of_run, 4 => others.prop_map(str::to_owned)]
}

fn net() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::collection::vec(1..6_usize, 0..4).prop_map(|hidden| link::write_hidden(&hidden)),
        1 => Just("16,16".to_owned()),
        1 => Just("1,1,1,1,1,1".to_owned()),
        1 => prop_oneof![Just("0"), Just("99"), Just("a"), Just("")].prop_map(str::to_owned),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn random_links_become_nets_that_train_and_are_told(
        net in net(),
        parts in prop::collection::vec(part(), 0..9),
        steps in prop::collection::vec(0..4_usize, 1..4),
        deck in 0..3_usize,
    ) {
        let text = format!("net={net}&data.n=30&{}", parts.join("&"));
        let mut lab = NetLab::new(&text);
        let canonical = lab.link();
        let (again, faults) = link::read(&canonical);
        prop_assert!(faults.is_empty(), "{} -> {}: {:?}", text, canonical, faults);
        prop_assert_eq!(link::write(&again), canonical);
        lab.set("deck", ["passes", "weights", "surface"][deck]).unwrap();
        lab.set_size(Picture::Land, [40.0, 30.0]);
        for step in steps {
            lab.timeline_mut().seek(step);
            lab.settle();
            let all = lab.training_runs().iter().flat_map(|training_run| training_run.trainer().theta());
            prop_assert!(all.clone().all(|w| w.is_finite()), "{}", text);
            prop_assert_eq!(model::net::model(&lab, &Theme::DARK).lab, "network");
            prop_assert_eq!(model::net::live(&mut lab).step, lab.step());
            // The same from the start.
            let mut fresh = NetLab::new(&lab.link());
            fresh.settle();
            prop_assert_eq!(fresh.fingerprint(), lab.fingerprint(), "{}", lab.link());
        }
        lab.settle_surface();
        lab.turn(3);
        lab.weight_update(None, 5);
        lab.mark_step(Some(7));
        model::net::chart_hover(&lab);
        model::net::example_hover(&lab, 0);
        lab.add_example([20.0, 30.0]);
        lab.settle();
    }
}
