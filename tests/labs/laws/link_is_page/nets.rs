//! What is done with nets.

use ravine::data::classes::POINT_DATA;
use ravine::labs::Dataset as _;
use ravine::labs::Hand as _;
use ravine::labs::Lab as _;
use ravine::labs::network::{
    NET, NetExperiment, NetLab, PRESETS, RUN, SETTINGS_OF_NETS, link as nets,
};
use ravine::labs::runs::{HIDDEN, LOOK, NOISE, batch_of};
use ravine::labs::{Action, Change, RunChange};
use ravine::math::budget::Budget;
use ravine::math::param::Param;
use ravine::network::FEATURES;
use ravine::optimizers::{RULES, of_first_order};

use super::super::dice::Dice;

/// The most ticks of the clock.
const STEPS: usize = 4;

const DATA: [&str; 5] = [
    "1,2,0;2,3,1;-1,0.5,2;0,0,1",
    "1,2;2,3;0.5,1",
    "1,2,3,0;2,3,4,1;0,0,1,1",
    "0,1,1;1,0,0",
    "1.5,2;2.5,1",
];
const FEATURE_SETS: [&str; 4] = ["x1", "x1,x2,x1x2", "sin1,x2x2", "x1,x2,x1x1,x2x2,x1x2,sin1,sin2"];

/// A key with a value.
fn part(experiment: &NetExperiment, dice: &mut Dice) -> (String, String) {
    let names = experiment.runs.names();
    let name = if names.is_empty() { "gd" } else { &names[dice.below(names.len())] };
    let of_run =
        |param: &Param, dice: &mut Dice| (format!("{name}.{}", param.key), dice.value(param));
    let own = |key: &str, text: &str| (key.to_owned(), text.to_owned());
    let net = experiment.architecture();
    let weight = |dice: &mut Dice| net.name(dice.below(net.parameters())).unwrap();
    match dice.below(16) {
        0..3 => {
            let param = &SETTINGS_OF_NETS[dice.below(SETTINGS_OF_NETS.len())];
            let text = match &*param.key {
                "steps" => (1 + dice.below(STEPS)).to_string(),
                // A survey of the plane takes longer than all the rest.
                "deck" if !dice.one_in(8) => dice.of(&["passes", "weights"]).to_owned(),
                // Many nets, as maps ask for, have laws of their own.
                "by" => dice.of(&["epochs", "updates", "examples"]).to_owned(),
                _ => dice.value(param),
            };
            (param.key.to_string(), text)
        }
        3 => {
            let param = &NET[dice.below(NET.len())];
            (param.key.to_string(), dice.value(param))
        }
        4 => {
            let rule = dice.of(&of_first_order().collect::<Vec<_>>());
            of_run(&rule.parameters[dice.below(rule.parameters.len())], dice)
        }
        5 => of_run(&RUN[dice.below(RUN.len())], dice),
        6 => of_run(&[NOISE, HIDDEN, LOOK, batch_of(8)][dice.below(4)], dice),
        7 => {
            let param = &POINT_DATA[dice.below(POINT_DATA.len())];
            let text =
                if param.key == "n" { (4 + dice.below(8)).to_string() } else { dice.value(param) };
            (format!("data.{}", param.key), text)
        }
        8 => own(dice.of(&["data.standardise", "data.values"]), dice.of(&["yes", "no"])),
        9 => own("data", dice.of(&DATA)),
        10 => own("features", dice.of(&FEATURE_SETS)),
        11 => own("net", dice.of(&["none", "2", "3,2", "1,1,1"])),
        12 => own(
            dice.of(&["weight", "pair"]),
            &match dice.below(2) {
                0 => weight(dice),
                _ => format!("{},{}", weight(dice), weight(dice)),
            },
        ),
        13 => own("hand", &format!("{},{},0.5", dice.below(STEPS), weight(dice))),
        14 => match dice.below(3) {
            0 => own("follow", name),
            1 => ("step".to_owned(), dice.below(STEPS + 1).to_string()),
            _ => {
                let count = dice.below(4);
                let rules: Vec<&str> = (0..count).map(|_| dice.of(&RULES).key).collect();
                ("runs".to_owned(), rules.join(","))
            }
        },
        _ => (format!("theta.{}", weight(dice)), dice.of(&["0.5", "-1", "3e5"]).to_owned()),
    }
}

/// A random link, most of it right.
pub fn link(dice: &mut Dice) -> String {
    let mut text = format!("net={}&data.n=8&steps={STEPS}", dice.of(&["2", "3,2", "none", "2,2"]));
    for _ in 0..dice.below(6) {
        let (key, value) = part(&nets::read(&text).0, dice);
        text += &format!("&{key}={value}");
    }
    text
}

/// Does one thing that a page can do in this lab, and says what.
pub fn act(lab: &mut NetLab, dice: &mut Dice) -> String {
    let pixel = [dice.within(-20.0..420.0).round(), dice.within(-20.0..420.0).round()];
    match dice.below(32) {
        0..12 => {
            let (key, text) = part(lab.experiment(), dice);
            let taken = lab.set(&key, &text).is_ok();
            return format!("set {key}={text} {taken}");
        }
        12..15 => {
            let names = lab.experiment().runs.names();
            let name = if names.is_empty() { "gd" } else { &names[dice.below(names.len())] };
            let [name, rule] = [name, dice.of(&RULES).key].map(str::to_owned);
            let action = match dice.below(5) {
                0 => Action::Add { rule },
                1 => Action::Run { name, change: RunChange::Duplicate },
                2 => Action::Run { name, change: RunChange::Remove },
                3 => Action::Run { name, change: RunChange::Up },
                _ => Action::Run { name, change: RunChange::Down },
            };
            let done = lab.act(&action).is_ok();
            return format!("{action:?} {done}");
        }
        15..18 => {
            let feature = FEATURES[dice.below(FEATURES.len())].key;
            let all = [
                Action::Layers { change: Change::More },
                Action::Layers { change: Change::Less },
                Action::Units { layer: 1, change: Change::More },
                Action::Units { layer: 1, change: Change::Less },
                Action::NewSeed,
                Action::Brush { class: 1 },
                Action::Fit,
                Action::Feature { key: feature.into() },
                Action::Feature { key: feature.into() },
            ];
            let action = &all[dice.below(all.len())];
            let done = lab.act(action).is_ok();
            return format!("{action:?} {done}");
        }
        18 if dice.one_in(12) => {
            let index = dice.below(PRESETS.len());
            lab.act(&Action::Scene { index }).unwrap();
            for (key, text) in [("net", "2"), ("data.n", "8"), ("steps", "4")] {
                lab.set(key, text).unwrap();
            }
            return format!("scene {index}, net=2, data.n=8, steps=4");
        }
        19 => lab.timeline_mut().play(),
        20 => lab.timeline_mut().pause(),
        21 => lab.timeline_mut().rewind(),
        22 => lab.timeline_mut().seek(dice.below(STEPS + 2)),
        23..26 => {
            let ms = dice.within(0.0..400.0).round();
            lab.tick(ms, &mut Budget::units(5000 * dice.below(6) as u64));
            return format!("tick {ms}");
        }
        26 => drop(lab.add_example(pixel)),
        27 => lab.move_example(dice.below(5), pixel),
        28 => lab.nudge_example(dice.below(5), [3.0, -2.0]),
        29 => lab.remove_example(dice.below(5)),
        30 => lab.choose(Some(dice.below(5))),
        _ => lab.turn(dice.of(&[-1, 1, 3])),
    }
    format!("hand or clock, {pixel:?}")
}
