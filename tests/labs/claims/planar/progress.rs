//! What a path has done so far, held to its points.

use ravine::analysis::explain::{Afterwards, Fared};
use ravine::labs::planar::experiment::Experiment;
use ravine::training::run::{Path, Status};

use super::stability::slowest;
use super::witness::{
    Check, Witness, distance, dot, eigenvalues, length, minus, plus, require, same, times,
};

/// The first step within 1 % of the starting distance, by a hair at most.
fn first_within(distances: &[f64], slack: f64) -> Option<usize> {
    distances.iter().position(|d| *d <= 0.01 * (1.0 + slack) * distances[0])
}

/// That this is the first step within 1 %.
fn is_first(distances: &[f64], step: usize) -> Check {
    let [early, late] = [1e-9, -1e-9].map(|slack| first_within(distances, slack));
    let found = early.is_some_and(|early| early <= step) && late.is_none_or(|late| step <= late);
    require(found, &format!("step {step} is the first within 1 %, and not {early:?}"))
}

pub fn within(w: &Witness, step: usize, rival: Option<(&str, Fared)>) -> Check {
    let distances = w.distances().ok_or("no minimum is known")?;
    is_first(&distances, step)?;
    let Some((name, fared)) = rival else { return Ok(()) };
    let experiment: &Experiment = w.lab.experiment();
    let is_plain = |at: &usize| {
        let run = &experiment.runs[*at];
        run.rule.key == "gd" && run.noise == 0.0 && run.batch.is_none_or(|m| m >= w.ground.len())
    };
    let at = (0..experiment.runs.len()).find(is_plain).ok_or("there is no plain GD")?;
    require(name == "GD" && at != w.run, "it is compared with another run, of plain GD")?;
    let Path { theta, status, .. } = &w.lab.paths()[at];
    let minimum = w.minimum().ok_or("no minimum is known")?;
    let theirs: Vec<f64> = theta.iter().map(|at| distance(*at, minimum)).collect();
    match fared {
        Fared::Within(step) => is_first(&theirs, step),
        Fared::NotIn(steps) => {
            require(*status == Status::Finished && theta.len() == steps + 1, "it made its steps")?;
            require(first_within(&theirs, -1e-9).is_none(), "it is not there")
        }
        Fared::Diverged(step) => {
            require(*status == (Status::Diverged { step }), "it diverged at this step")
        }
        Fared::Stopped(step) => {
            require(*status == (Status::Stopped { step }), "it left the domain of f at this step")
        }
    }
}

pub fn overshoots(w: &Witness, share: f64, step: usize, passed: bool, then: Afterwards) -> Check {
    let (axis, radius) = slowest(w)?;
    require(w.rule.has_velocity() && !w.is_noisy(), "a velocity, and no noise")?;
    require(w.rule.discriminant(w.lambda()[axis]) < 0.0, "it swings")?;
    let minimum = w.minimum().ok_or("no minimum is known")?;
    let way = minus(minimum, w.start());
    let past = |at: &[f64; 2]| dot(minus(*at, minimum), way) / dot(way, way);
    let all: Vec<f64> = w.path.theta.iter().map(past).collect();
    let furthest = all.iter().copied().fold(0.0, f64::max);
    same("how far it went past", share, furthest, 1e-12)?;
    same("how far it was past at the step", share, all[step], 1e-12)?;
    require(share >= 0.05 && passed == (w.k >= step), "that is a lot, and is told in time")?;
    let distances = w.distances().ok_or("no minimum is known")?;
    let is_near = |d: &f64, slack: f64| *d <= 0.01 * (1.0 + slack) * distances[0];
    match then {
        Afterwards::Stays(from) => {
            require(distances[from..].iter().all(|d| is_near(d, 1e-9)), "it stays from then on")?;
            require(from == 0 || !is_near(&distances[from - 1], -1e-9), "and not before")
        }
        Afterwards::Keeps(kept, root_beta) => {
            same("what a step keeps", kept, radius, 0.0)?;
            require(!w.is_finished() || !is_near(&distances[w.last], -1e-9), "it does not stay")?;
            if root_beta { same("√β", kept, w.rule.beta().sqrt(), 0.0) } else { Ok(()) }
        }
    }
}

/// That f was so at the start, and is so now.
fn from_to(w: &Witness, from: f64, to: f64) -> Check {
    same("f at the start", from, w.f_at(0), 1e-12 * (1.0 + w.f_at(0).abs()))?;
    same("f now", to, w.f(), 1e-12 * (1.0 + w.f().abs()))
}

pub fn grows_on(w: &Witness, from: f64, to: f64) -> Check {
    from_to(w, from, to)?;
    require(to > 1e4 * (1.0 + from.abs()), "f has grown far beyond the start")?;
    require(w.f() > w.f_at(w.k - 1) && w.f_at(w.last) >= w.f(), "f grows, and ends no lower")
}

pub fn falls_on(w: &Witness, from: f64, to: f64) -> Check {
    from_to(w, from, to)?;
    require(w.lab.objective().minima().is_empty(), "no minimum is known")?;
    require(to < -100.0 * (1.0 + from.abs()), "f is far below the start")?;
    require(w.f() < w.f_at(w.k - 1) && w.f_at(w.last) <= w.f(), "f falls, and ends no higher")?;
    let next = match w.path.theta.get(w.k + 1) {
        Some(next) => *next,
        None if w.is_scheduled() => return Ok(()),
        None => w.beyond(1)?[0],
    };
    let next = w.ground.value(next);
    require(!next.is_finite() || next < w.f() || w.is_noisy(), "f falls on")
}

pub fn thrown(w: &Witness, step: usize, gradient: f64, long: f64, ratio: f64) -> Check {
    require(w.rule.is_linear() && step <= w.k, "it is said of it")?;
    let at = w.path.theta[step - 1];
    same("‖∇f‖", gradient, length(w.ground.gradient(at)), w.slack_at(at))?;
    same("the length", long, w.step_length(step), 0.0)?;
    same("the ratio", ratio, long / w.step_length(step - 1), 0.0)?;
    require(ratio >= 7.999, "it was many times as long")?;
    require(w.norms()[step - 1] > 7.999 * w.norms()[step - 2], "the gradient leapt up")?;
    require(long > distance(w.start(), at), "it was longer than the way so far")
}

pub fn bounces(w: &Witness, long: f64) -> Check {
    same("the length", long, w.step_length(w.k), 0.0)?;
    let back = distance(w.theta(), w.path.theta[w.k - 2]);
    require(back <= 0.1001 * long, "it came back to where it was")
}

pub fn uphill(w: &Witness, from: f64, to: f64, since: usize) -> Check {
    require(w.rule.has_velocity() && since < w.k, "it has a velocity")?;
    let slack = 1e-12 * (1.0 + from.abs());
    same("f then", from, w.f_at(since), slack)?;
    same("f now", to, w.f(), slack)?;
    let rises = |step: usize| w.f_at(step + 1) > w.f_at(step) - slack;
    require((since..w.k).all(rises), "f has risen since")?;
    require(since == 0 || w.f_at(since) <= w.f_at(since - 1) + slack, "and not before")?;
    // What the velocity alone makes of the last step, and what the gradient alone.
    let update = w.k - 1;
    let coast = w.walker(update)?.coast(w.rule.alpha() * w.share(update + 1));
    let before = w.path.theta[update];
    let [coasted, pulled] = [plus(before, coast), minus(w.theta(), coast)];
    require(w.ground.value(coasted) > w.f_at(update) - slack, "the velocity alone leads up")?;
    require(w.ground.value(pulled) <= w.f_at(update) + slack, "the gradient alone does not")
}

pub fn in_valley(w: &Witness, ratio: f64, steps: usize) -> Check {
    let [low, high] = w.lambda();
    same("the ratio", ratio, high / low.abs(), 1e-6 * ratio)?;
    require(ratio >= 49.99 && high > 0.0, "it is steep across")?;
    let axis = w.axes()[0];
    let share = |step: usize| dot(w.moved(step), axis).abs() / w.step_length(step);
    require(share(w.k) > 0.899 && share(w.k - 1) > 0.899, "the last two steps went along")?;
    at_this_pace(w, steps)
}

/// That so many steps like the last are not enough to come to the minimum.
fn at_this_pace(w: &Witness, steps: usize) -> Check {
    let needed = w.remaining()? / w.step_length(w.k);
    require(steps >= 50, "these are many")?;
    same("the steps", steps as f64, needed.floor(), 1.0 + 1e-6 * needed)
}

pub fn nears_another(w: &Witness, said: f64) -> Check {
    let [low, _] = eigenvalues(w.hessian());
    require(low > 0.0 && !w.is_noisy(), "f curves up in every direction")?;
    let newton = |at: [f64; 2]| {
        let ([xx, xy, yy], [gx, gy]) = (w.ground.hessian(at), w.ground.gradient(at));
        let determinant = xx * yy - xy * xy;
        minus(at, [(yy * gx - xy * gy) / determinant, (xx * gy - xy * gx) / determinant])
    };
    let near = newton(w.theta());
    same("the distance", said, distance(near, w.theta()), 1e-12 * (1.0 + length(w.theta())))?;
    require(said <= 0.0201 * w.remaining()?.min(w.way()), "it is much nearer than the known one")?;
    let before = w.path.theta[w.k - 1];
    require(distance(w.theta(), near) < distance(before, near), "the last step led nearer")?;
    // There is one: the way down leads there.
    let found = distance(bottom(w, near, 0.1 * said), w.theta());
    let is_near = found < 2.0 * said + 1e-9 * (1.0 + length(w.theta()));
    require(is_near, &format!("a minimum is about {said} away, and not {found}"))
}

/// Where short steps down the gradient lead to.
fn bottom(w: &Witness, mut at: [f64; 2], mut long: f64) -> [f64; 2] {
    let shortest = 1e-4 * long;
    for _ in 0..2000 {
        let gradient = w.ground.gradient(at);
        let next = plus(at, times(-long / length(gradient), gradient));
        if w.ground.value(next) < w.ground.value(at) {
            at = next;
        } else if long > shortest {
            long *= 0.5;
        } else {
            break;
        }
    }
    at
}

pub fn slow(w: &Witness, long: f64, remaining: f64, steps: usize) -> Check {
    require(!w.is_noisy(), "no noise")?;
    same("the last step", long, w.step_length(w.k), 0.0)?;
    same("the distance", remaining, w.remaining()?, 0.0)?;
    let distances = w.distances().ok_or("no minimum is known")?;
    require(first_within(&distances, -1e-9).is_none(), "it never comes near")?;
    require(steps as f64 > 1.5 * (w.last - w.k) as f64 - 1.0, "it has no more so many")?;
    at_this_pace(w, steps)
}

pub fn hardly_moves(w: &Witness, gradient: f64, long: f64) -> Check {
    w.gradient_is(gradient)?;
    same("the last step", long, w.step_length(w.k), 0.0)?;
    require(w.minimum().is_none() && !w.is_noisy(), "no minimum is known, and no noise")?;
    require(long < 1.001e-7 * (1.0 + length(w.theta())), "it was tiny")
}

pub fn progress(w: &Witness, from: f64, to: f64, gradient: f64) -> Check {
    require(w.k > 0, "it is not the start")?;
    from_to(w, from, to)?;
    w.gradient_is(gradient)
}
