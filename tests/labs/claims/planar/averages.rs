//! Medians over seeds and averaged iterates, held to single runs and to plain sums.

use ravine::data::Batches;
use ravine::labs::planar::experiment::Setting;
use ravine::labs::runs::Extra;
use ravine::training::run::{RunSpec, walk};

use super::witness::{Check, Witness, distance, mean, plus, require, same, times};

/// The averaged iterate at a step of a path, by its definition.
fn average(w: &Witness, path: &[[f64; 2]], step: usize) -> [f64; 2] {
    let setup = &w.lab.experiment().runs[w.run];
    let alike = |from: usize| [0, 1].map(|i| mean(path[from..=step].iter().map(|at| at[i])));
    match setup.extra(Extra::Average) as u8 {
        _ if step == 0 => path[0],
        1 => alike(1),
        2 => alike(step + 1 - step.div_ceil(2)),
        _ => {
            let keep = setup.extra(Extra::Keep);
            path[1..=step]
                .iter()
                .fold(path[0], |average, at| plus(times(keep, average), times(1.0 - keep, *at)))
        }
    }
}

pub fn averages(w: &Witness, said: f64, run: f64) -> Check {
    let minimum = w.minimum().ok_or("no minimum is known")?;
    let slack = 1e-11
        * w.path.theta[..=w.k].iter().map(|at| 1.0 + distance(*at, [0.0; 2])).fold(0.0, f64::max);
    same("the run's distance", run, w.remaining()?, slack)?;
    require(w.k > 0, "there is more than the start")?;
    let found = distance(average(w, &w.path.theta, w.k), minimum);
    same("the average's distance", said, found, slack)
}

/// The one in the middle, or the mean of the two there.
fn median(mut all: Vec<f64>) -> f64 {
    all.iter_mut().filter(|d| d.is_nan()).for_each(|d| *d = f64::INFINITY);
    all.sort_by(f64::total_cmp);
    let middle = all.len() / 2;
    if all.len() % 2 == 1 || all[middle] == all[middle - 1] {
        all[middle]
    } else {
        0.5 * (all[middle - 1] + all[middle])
    }
}

pub fn of_seeds(w: &Witness, walkers: usize, said: f64, of_averages: Option<f64>) -> Check {
    let minimum = w.minimum().ok_or("no minimum is known")?;
    let experiment = w.lab.experiment();
    let spec = experiment.run_spec(w.run);
    let step = w.lab.step();
    let (mut runs, mut averaged, mut size) = (Vec::new(), Vec::new(), 1.0_f64);
    for seed in spec.seed..spec.seed + walkers as u64 {
        let batches = spec.batches.map(|batches| Batches { seed, ..batches });
        let alone = walk(w.lab.objective(), &RunSpec { seed, batches, ..spec.clone() });
        let path = &alone.theta;
        // One that has ended has no distance.
        let is_there = path.len() > step;
        runs.push(if is_there { distance(path[step], minimum) } else { f64::INFINITY });
        averaged.push(if is_there {
            distance(average(w, path, step), minimum)
        } else {
            f64::INFINITY
        });
        size = path.iter().fold(size, |most, at| most.max(distance(*at, [0.0; 2])));
    }
    let seeds = experiment.setting(Setting::Ensemble) as usize;
    require(runs.len() == seeds, "as many as there are seeds")?;
    let (found, found_averages) = (median(runs), median(averaged));
    if said.is_finite() || found.is_finite() {
        same("the median", said, found, 0.0)?;
    }
    match of_averages {
        Some(said) => same("that of the averages", said, found_averages, 1e-11 * size),
        None => Ok(()),
    }
}
