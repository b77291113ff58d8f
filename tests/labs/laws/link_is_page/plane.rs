//! What is done with runs on a surface and on data.

use ravine::data::DATA;
use ravine::labs::Dataset as _;
use ravine::labs::Hand as _;
use ravine::labs::Lab as _;
use ravine::labs::planar::PlanarLab;
use ravine::labs::planar::experiment::{Experiment, LabKind, SETTINGS};
use ravine::labs::planar::presets;
use ravine::labs::runs::{EXTRAS, HIDDEN, LOOK, NOISE, batch_of};
use ravine::labs::{Action, RunChange};
use ravine::math::budget::Budget;
use ravine::math::param::Param;
use ravine::objective::problems::PROBLEMS;
use ravine::objective::surfaces::GALLERY;
use ravine::optimizers::RULES;

use super::super::dice::Dice;

const FORMULAS: [&str; 4] = ["x^2+y^2", "a*x^2+b*y^2", "kappa*x*y+x^4+y^4", "abs(x)+abs(y)"];
const LOSSES: [&str; 3] = ["(y-w*x-b)^2", "abs(y-w*x-b)", "(y-w*x-b)^2+c*w^2"];
/// The most updates and seeds at once: what is asked is whether they are the same, not how many.
const STEPS: usize = 24;
const SEEDS: usize = 3;

/// A key with a value, some of them fit for no lab.
fn part(experiment: &Experiment, dice: &mut Dice) -> (String, String) {
    let names = experiment.runs.names();
    let name = if names.is_empty() { "gd" } else { &names[dice.below(names.len())] };
    let of_run =
        |param: &Param, dice: &mut Dice| (format!("{name}.{}", param.key), dice.value(param));
    let own = |key: &str, text: &str| (key.to_owned(), text.to_owned());
    match dice.below(16) {
        0..3 => {
            let param = &SETTINGS[dice.below(SETTINGS.len())];
            let text = match &*param.key {
                "steps" => (1 + dice.below(STEPS)).to_string(),
                "deck" if !dice.one_in(12) => "code".to_owned(),
                // These are thousands of runs: `basins.rs`, `trials.rs` and `swarm.rs` have laws of their own.
                "map" => "height".to_owned(),
                "walkers" => (100 + dice.below(50)).to_string(),
                "swarm" if !dice.one_in(4) => "no".to_owned(),
                "by" => dice.of(&["updates", "evaluations", "epochs"]).to_string(),
                "ensemble" => dice.below(SEEDS).to_string(),
                _ => dice.value(param),
            };
            (param.key.to_string(), text)
        }
        3 | 4 => {
            let rule = dice.of(&RULES);
            of_run(&rule.parameters[dice.below(rule.parameters.len())], dice)
        }
        5 => of_run(&EXTRAS[dice.below(EXTRAS.len())], dice),
        6 => of_run(&[NOISE, HIDDEN, LOOK][dice.below(3)], dice),
        7 => of_run(&batch_of(8), dice),
        8 => match experiment.surface_parameters() {
            [] => own("f.kappa", "3"),
            all => {
                let param = &all[dice.below(all.len())];
                (format!("f.{}", param.key), dice.value(param))
            }
        },
        9 => {
            let param = &DATA[dice.below(DATA.len())];
            let text =
                if param.key == "n" { (4 + dice.below(8)).to_string() } else { dice.value(param) };
            (format!("data.{}", param.key), text)
        }
        10 => own("data", dice.of(&["1,0;2,1;3,0;4,1", "1,2;2,2.5;3,9", "0,0", "2,1;2,1"])),
        11 => {
            let count = dice.below(5);
            let rules: Vec<&str> = (0..count).map(|_| dice.of(&RULES).key).collect();
            ("runs".to_owned(), rules.join(","))
        }
        12 => own("follow", name),
        13 => ("step".to_owned(), dice.below(STEPS).to_string()),
        14 => ("line".to_owned(), (1 + dice.below(10)).to_string()),
        _ => {
            let mut coordinate = || dice.within(-3.0..3.0);
            let [a, b, c, d] = [coordinate(), coordinate(), coordinate(), coordinate()];
            match dice.below(2) {
                0 => ("start".to_owned(), format!("{a},{b}")),
                _ => {
                    ("window".to_owned(), format!("{},{},{},{}", a - 4.0, a + 4.0, c, c + d.abs()))
                }
            }
        }
    }
}

/// What the runs walk on.
fn ground(dice: &mut Dice) -> String {
    match dice.below(8) {
        0..3 => format!("surface={}", GALLERY[dice.below(GALLERY.len())].key),
        3 if dice.one_in(4) => format!("f={}", dice.of(&FORMULAS)),
        4 if dice.one_in(4) => format!("problem=linear&loss={}", dice.of(&LOSSES)),
        // The others' minima are searched for, which takes longer than all the rest.
        _ if dice.one_in(12) => format!("problem={}", PROBLEMS[dice.below(PROBLEMS.len())].key),
        _ => format!("problem={}", dice.of(&["mean", "linear"])),
    }
}

/// A random link of either lab, most of it right.
pub fn link(dice: &mut Dice) -> String {
    let ground = ground(dice);
    let small = if ground.starts_with("problem") { "&data.n=8" } else { "" };
    let mut text = format!("{ground}{small}&steps={STEPS}");
    for _ in 0..dice.below(6) {
        let experiment = ravine::labs::link::read(&text).0;
        let (key, value) = part(&experiment, dice);
        text += &format!("&{key}={value}");
    }
    text
}

/// Does one thing that a page can do in these labs, and says what.
pub fn act(lab: &mut PlanarLab, dice: &mut Dice) -> String {
    let pixel = [dice.within(-20.0..920.0).round(), dice.within(-20.0..620.0).round()];
    let small = [dice.within(-20.0..20.0).round(), dice.within(-20.0..20.0).round()];
    match dice.below(40) {
        0..12 => {
            let (key, text) = part(lab.experiment(), dice);
            let taken = lab.set(&key, &text).is_ok();
            return format!("set {key}={text} {taken}");
        }
        12 => {
            let ground = ground(dice);
            let (key, text) =
                ground.split('&').next_back().and_then(|part| part.split_once('=')).unwrap();
            let taken = lab.set(key, text).is_ok();
            // Data as many as a problem has take long to walk over.
            let _ = lab.set("data.n", "8");
            let _ = lab.set("steps", &STEPS.to_string());
            return format!("set {key}={text} {taken}, data.n=8, steps={STEPS}");
        }
        13..18 => {
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
        18 => {
            let all = [Action::GenerateData, Action::Fit, Action::ResetWindow];
            let action = &all[dice.below(all.len())];
            let done = lab.act(action).is_ok();
            return format!("{action:?} {done}");
        }
        19 if dice.one_in(12) => {
            let count = presets::of(lab.experiment().lab()).len();
            let index = dice.below(count);
            lab.act(&Action::Scene { index }).unwrap();
            let _ = lab.set("steps", &STEPS.to_string());
            let _ = lab.set("data.n", "8");
            return format!("scene {index}, data.n=8, steps={STEPS}");
        }
        20 => lab.timeline_mut().play(),
        21 => lab.timeline_mut().pause(),
        22 => lab.timeline_mut().rewind(),
        23 => lab.timeline_mut().seek(dice.below(STEPS + 2)),
        24..27 => {
            let ms = dice.within(0.0..3000.0).round();
            lab.tick(ms, &mut Budget::unlimited());
            return format!("tick {ms}");
        }
        27 => lab.put_start(pixel),
        28 => lab.nudge_start(small),
        29 => lab.pan(small),
        30 => lab.zoom(pixel, dice.of(&[0.8, 1.25, 4.0])),
        31 | 32 => lab.step_line(dice.one_in(2)),
        33 => drop(lab.add_example([0.3 * pixel[0], 0.3 * pixel[1]])),
        34 => lab.move_example(dice.below(5), [0.3 * pixel[0], 0.3 * pixel[1]]),
        35 => lab.nudge_example(dice.below(5), small),
        36 => lab.remove_example(dice.below(5)),
        37 => drop(lab.choose_example(Some(dice.below(5)))),
        38 => lab.mark_step(Some(dice.below(STEPS))),
        _ => lab.set_hover(Some(pixel)),
    }
    format!("hand or clock, {pixel:?} {small:?} {:?}", lab.experiment().lab() as LabKind)
}
