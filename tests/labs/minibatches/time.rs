//! Time runs forwards and backwards over numbers that stand still.

use std::collections::HashMap;

use ravine::labs::Hand as _;
use ravine::labs::Lab as _;
use ravine::labs::model;
use ravine::labs::planar::PlanarLab;
use ravine::math::budget::Budget;

use super::lab;

/// All that is told about a moment.
fn told(lab: &mut PlanarLab) -> String {
    lab.settle();
    let batch = lab.batch_view().map(|view| {
        let numbers = [view.at, view.estimate, view.gradient].map(|pair| pair.map(f64::to_bits));
        (view.update, view.indices, numbers)
    });
    let average = lab.average(1).map(|average| average.theta[lab.step()].map(f64::to_bits));
    let live = model::live(lab);
    format!("{} {batch:?} {average:?} {:?} {live:?}", lab.fingerprint(), lab.ensemble())
}

#[test]
fn a_thousand_steps_and_lines_back_and_forth_return_the_same_numbers() {
    for link in [
        "problem=mean&gd2.average=all&ensemble=12&data.n=23&gd2.batch=5&steps=40&step=0",
        "problem=logistic&runs=gd,adam&adam.batch=16&adam.average=half&adam.noise=0.1\
         &adam.schedule=cosine&data.n=40&steps=30&step=0",
        "problem=huber&data=1,2;2,3;3,9;4,3;5,6&gd2.batch=2&steps=20&fan=yes&step=0",
    ] {
        let mut lab = lab(link);
        let mut seen: HashMap<(usize, Option<u8>), String> = HashMap::new();
        let mut returns = 0;
        let mut state = 7u64;
        for _ in 0..1000 {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            let dice = (state >> 33) as usize;
            match dice % 16 {
                0 => lab.timeline_mut().seek(dice / 16 % 45),
                1 => {
                    lab.timeline_mut().play();
                    lab.tick((dice / 16 % 1500) as f64, &mut Budget::unlimited());
                    lab.timeline_mut().pause();
                }
                2 => {
                    let step = lab.step();
                    lab.timeline_mut().seek(step.saturating_sub(1));
                }
                3 => {
                    let step = lab.step();
                    lab.timeline_mut().seek(step + 1);
                }
                4..=9 => lab.step_line(true),
                _ => lab.step_line(false),
            }
            let place = (lab.step(), lab.position().map(|position| position.line));
            let now = told(&mut lab);
            match seen.get(&place) {
                Some(before) => {
                    assert_eq!(&now, before, "{link} at {place:?}");
                    returns += 1;
                }
                None => drop(seen.insert(place, now)),
            }
        }
        assert!(returns > 500 && seen.len() > 60, "{returns} returns to {} places", seen.len());
    }
}

#[test]
fn a_link_to_a_line_opens_at_that_line() {
    let mut lab = lab("problem=mean&data.n=10&gd2.batch=4&steps=12&step=0");
    for _ in 0..60 {
        lab.step_line(true);
        let mut again = super::lab(&lab.link());
        assert_eq!(again.position(), lab.position());
        assert_eq!(told(&mut again), told(&mut lab));
    }
}
