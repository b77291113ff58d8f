//! What noise makes of a run, held to many runs of its kind with noise and batches of their own.

use super::mean_square;
use super::rules::{Rule, Walker};
use super::witness::{Check, Witness, distance, eigenvalues, mean, plus, require, same, times};
use crate::laws::dice::Dice;

/// So many runs at once.
const SEEDS: u64 = 16;

/// A walker from a point on: where it is at each step.
fn run(
    w: &Witness,
    mut walker: Walker,
    alpha: f64,
    start: [f64; 2],
    steps: usize,
    seed: u64,
) -> Vec<[f64; 2]> {
    let mut dice = Dice::new(seed);
    let (n, m) = (w.ground.len(), w.batch.unwrap_or(w.ground.len()));
    let mut order: Vec<usize> = (0..n).collect();
    let mut next = n;
    let mut at = start;
    let mut path = vec![at];
    for _ in 0..steps {
        if next >= n {
            next = 0;
            if w.batch.is_some() {
                (1..n).rev().for_each(|last| order.swap(last, dice.below(last + 1)));
            }
        }
        let batch = &order[next..(next + m).min(n)];
        next += m;
        let mut g = w.ground.gradient_over(at, batch.iter().copied());
        if w.noise > 0.0 {
            // Box and Muller's.
            let size = (-2.0 * dice.within(f64::MIN_POSITIVE..1.0).ln()).sqrt();
            let (sin, cos) = dice.within(0.0..std::f64::consts::TAU).sin_cos();
            g = plus(g, times(w.noise * size, [cos, sin]));
        }
        if w.rule.is_newton() {
            g = w.rule.follows(w.ground.hessian_over(at, batch.iter().copied()), g);
        }
        at = walker.step(at, g, alpha);
        path.push(at);
    }
    path
}

/// The steps of an epoch; 1 without batches.
fn epoch(w: &Witness) -> usize {
    w.batch.map_or(1, |m| w.ground.len().div_ceil(m))
}

/// That means are taken over so many steps: whole epochs, and fifty at least.
fn is_a_while(w: &Witness, over: usize) -> Check {
    let fits = over >= 50 && over < 50 + epoch(w) && over.is_multiple_of(epoch(w));
    require(fits && w.k + 1 >= 2 * over, "the means are over whole epochs that there have been")
}

/// How the mean loss above that at the minimum goes on from here, where the noise is drawn again and
/// again: over `over` steps once as many have passed, and as many when the run is twice as long.
/// Of runs that stay about the minimum.
struct RunSpec {
    now: f64,
    late: f64,
    /// The standard error of their difference.
    error: f64,
}

fn run_spec(w: &Witness, over: usize) -> Result<Option<RunSpec>, String> {
    let floor = w.ground.value(w.minimum().ok_or("no minimum is known")?);
    let walker = w.walker(w.k)?;
    let steps = w.k + 2 * over;
    let known = w.lab.objective().minima();
    let minimum = w.minimum().unwrap_or_default();
    let mut all = Vec::new();
    for seed in 0..SEEDS {
        let path = run(w, walker.clone(), w.rule.alpha(), w.theta(), steps, seed);
        let excess =
            |to: usize| mean(path[to + 1 - over..=to].iter().map(|at| w.ground.value(*at) - floor));
        let is_about =
            |at: [f64; 2]| known.iter().all(|other| distance(at, *other) >= distance(at, minimum));
        if path[over..].iter().all(|at| is_about(*at)) {
            all.push([excess(2 * over), excess(steps)]);
        }
    }
    if all.len() < 8 {
        return Ok(None);
    }
    let [now, late] = [0, 1].map(|at| mean(all.iter().map(|pair| pair[at])));
    let square = mean(all.iter().map(|pair| (pair[1] - pair[0] - (late - now)).powi(2)));
    Ok(Some(RunSpec { now, late, error: (square / (all.len() - 1) as f64).sqrt() }))
}

pub fn in_ball(w: &Witness, over: usize, said: f64, nearer: bool) -> Check {
    require(w.is_noisy() && !w.is_scheduled(), "there is noise, and α is constant")?;
    is_a_while(w, over)?;
    let distances = w.distances().ok_or("no minimum is known")?;
    let late = &distances[w.k + 1 - over..=w.k];
    same("the mean distance", said, mean(late.iter().copied()), 0.0)?;
    require(said > 0.0, "it is not at the minimum")?;
    if let Some(RunSpec { now, late, error }) = run_spec(w, over)? {
        let falls = late < 0.6 * now - 3.0 * error;
        require(!falls, &format!("the mean loss has settled at {now}, and is not {late} later"))?;
    }
    if !nearer {
        return Ok(());
    }
    require(w.is_theoretical(), "its step is proportional to the gradient, on a quadratic")?;
    require(mean_square::is_stable(w, &w.rule), "it is stable")?;
    // In the long run, from the minimum.
    let minimum = w.minimum().ok_or("no minimum is known")?;
    let [low, _] = eigenvalues(w.hessian());
    let long = |rule: &Rule| {
        let time = (5.0 / (1.0 - rule.radius(low))).clamp(100.0, 3000.0) as usize;
        mean((0..SEEDS).map(|seed| {
            let path = run(w, rule.start(), rule.alpha(), minimum, 2 * time, seed);
            mean(path[time..].iter().map(|at| distance(*at, minimum)))
        }))
    };
    let half = long(&w.rule.with_alpha(0.25 * w.rule.alpha()));
    let whole = long(&w.rule);
    require(half < whole, &format!("a smaller α brings it nearer: {half} and not {whole}"))
}

pub fn on_its_way(w: &Witness, over: usize, before: f64, now: f64) -> Check {
    require(w.is_noisy(), "there is noise")?;
    is_a_while(w, over)?;
    let f = |from: usize| mean((from + 1 - over..=from).map(|step| w.f_at(step)));
    same("the mean loss", now, f(w.k), 1e-12)?;
    same("the mean loss before", before, f(w.k - over), 1e-12)?;
    require(now < before, "the mean loss falls")?;
    if w.minimum().is_none() {
        return Ok(());
    }
    if w.is_theoretical() && mean_square::is_stable(w, &w.rule) {
        // What the start left, beside the mean distance.
        let distances = w.distances().ok_or("no minimum is known")?;
        let late = mean(distances[w.k + 1 - over..=w.k].iter().copied());
        let left = distances[0] * w.rule.radius(w.lambda()[0]).powf(w.k as f64);
        return require(left > 0.049 * late, &format!("{left} of the start is left in {late}"));
    }
    let half = |to: usize| mean((to + 1 - over / 2..=to).map(|step| w.f_at(step)));
    require(half(w.k) < half(w.k - over / 2), "it falls within the last steps")
}
