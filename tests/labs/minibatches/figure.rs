//! The lecture's figure in numbers, and the noise that averages and schedules calm.

use ravine::data::Batches;
use ravine::labs::planar::experiment::Experiment;
use ravine::objective::Objective;
use ravine::optimizers::average::Average;
use ravine::training::run::{Averaged, Path, RunSpec, walk};

use super::experiment;

const SEEDS: u64 = 200;

fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    let middle = numbers.len() / 2;
    0.5 * (numbers[middle] + numbers[numbers.len() - 1 - middle])
}

/// The path of the run at an index, with another seed.
fn path(experiment: &Experiment, objective: &Objective, index: usize, seed: u64) -> Path {
    let spec = experiment.run_spec(index);
    let batches = spec.batches.map(|batches| Batches { seed, ..batches });
    walk(objective, &RunSpec { seed, batches, ..spec })
}

fn distance([x, y]: [f64; 2], [a, b]: [f64; 2]) -> f64 {
    f64::hypot(x - a, y - b)
}

#[test]
fn after_one_epoch_the_average_is_several_times_nearer_than_the_last_iterate() {
    let experiment = experiment("problem=mean");
    let objective = experiment.objective();
    let optimum = objective.minima()[0];
    let spec = experiment.run_spec(1);
    assert_eq!((spec.steps, spec.batches.unwrap().per_epoch()), (100, 100), "one epoch, m = 1");
    let (mut all, mut half, mut last) = (Vec::new(), Vec::new(), Vec::new());
    for seed in 1..=SEEDS {
        let path = path(&experiment, &objective, 1, seed);
        let end = |theta: &[[f64; 2]]| distance(*theta.last().unwrap(), optimum);
        last.push(end(&path.theta));
        for (average, ends) in [(Average::All, &mut all), (Average::Half, &mut half)] {
            ends.push(end(&Averaged::of(&objective, &path, average).theta));
        }
    }
    let [all, half, last] = [all, half, last].map(median);
    println!("all iterates {all:.3}, last half {half:.3}, last iterate {last:.3}");
    assert!((0.3..0.55).contains(&all), "all iterates: {all}");
    assert!((0.3..0.55).contains(&half), "last half: {half}");
    assert!((1.35..1.85).contains(&last), "last iterate: {last}");
    assert!(all < 0.5 * last && half < 0.5 * last);
}

/// The mean of |θ − θ*|² over the last hundred iterates of the second run, over some seeds.
fn restlessness(link: &str) -> f64 {
    let experiment = experiment(link);
    let objective = experiment.objective();
    let optimum = objective.minima()[0];
    let squares = (1..=20).flat_map(|seed| {
        let theta = path(&experiment, &objective, 1, seed).theta;
        theta[theta.len() - 100..].iter().map(|&t| distance(t, optimum).powi(2)).collect::<Vec<_>>()
    });
    let squares: Vec<f64> = squares.collect();
    squares.iter().sum::<f64>() / squares.len() as f64
}

#[test]
fn every_schedule_calms_the_noise_and_1_over_t_to_less_than_a_tenth() {
    for problem in ["mean", "linear"] {
        let of = |schedule: &str| {
            let tau = if schedule == "step" { 200 } else { 10 };
            restlessness(&format!(
                "problem={problem}&steps=1500&gd2.schedule={schedule}&gd2.tau={tau}"
            ))
        };
        let constant = of("constant");
        for (schedule, most) in [("inverse", 0.1), ("root", 0.3), ("step", 0.1), ("cosine", 0.1)] {
            let ratio = of(schedule) / constant;
            println!("{problem}: {schedule} leaves {ratio:.4} of {constant:.3}");
            assert!(ratio < most, "{problem} {schedule}: {ratio}");
        }
    }
}

#[test]
fn larger_batches_and_smaller_steps_are_calmer() {
    let of = |batch: usize, alpha: f64| {
        restlessness(&format!("problem=mean&steps=500&gd2.batch={batch}&gd2.alpha={alpha}"))
    };
    let by_batch = [1, 4, 16, 64].map(|batch| of(batch, 0.1));
    let by_alpha = [0.2, 0.1, 0.05].map(|alpha| of(1, alpha));
    println!("by batch {by_batch:.4?}, by α {by_alpha:.4?}");
    assert!(by_batch.windows(2).all(|pair| pair[1] < 0.5 * pair[0]));
    assert!(by_alpha.windows(2).all(|pair| pair[1] < 0.7 * pair[0]));
}
