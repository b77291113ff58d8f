//! Where a run has come to an end, or does not leave, held to f around it and to where it would go on
//! to.

use ravine::analysis::explain::{Goal, Rest};
use ravine::training::run::Status;

use super::witness::{Check, Witness, distance, length, mean, plus, require, same};

/// What is so large that numbers end soon.
const HUGE: f64 = 1e150;

/// Where the update leads to that a path ends with, and that it is not finite there.
fn end(w: &Witness, step: usize) -> Result<[f64; 2], String> {
    let ends = [Status::Diverged { step }, Status::Stopped { step }];
    require(ends.contains(&w.path.status), "it ends with this update")?;
    require(w.k == w.last && step == w.last + 1, "it is the last point of the path")?;
    let at = w.beyond(1)?[0];
    require(!w.is_finite_at(at) || is_huge(w, at), "the update leads to no finite number")?;
    Ok(at)
}

fn is_huge(w: &Witness, at: [f64; 2]) -> bool {
    let [x, y] = w.ground.gradient(at);
    [at[0], at[1], w.ground.value(at), x, y].iter().any(|part| part.is_nan() || part.abs() > 1e290)
}

/// That numbers became too large, and f was not without a value.
fn overflowed(w: &Witness, step: usize) -> Check {
    let at = end(w, step)?;
    let is_far = length(at) > HUGE || !at.iter().all(|part| part.is_finite());
    require(is_far || w.ground.is_defined(at), "it is no place where f has no value")
}

pub fn diverged(w: &Witness, step: usize) -> Check {
    overflowed(w, step)
}

pub fn fell_without_end(w: &Witness, step: usize) -> Check {
    overflowed(w, step)?;
    require(w.f() < w.f_at(0), "f is lower than at the start")?;
    let from = w.last.saturating_sub(3);
    require((from..w.last).all(|at| w.f_at(at + 1) < w.f_at(at)), "it fell and fell")
}

pub fn left_domain(w: &Witness, step: usize) -> Check {
    let at = end(w, step)?;
    require(!w.ground.is_defined(at), "f has no value there, nor would it with larger numbers")
}

pub fn singular(w: &Witness, step: usize, damped: bool, batch: Option<usize>) -> Check {
    require(w.path.status == Status::Singular { step }, "it ends with this update")?;
    require(w.k == w.last && step == w.last + 1, "it is the last point of the path")?;
    require(w.rule.is_newton() && w.batch == batch, "it is said of it")?;
    require(damped == (w.rule.values[1] > 0.0), "there is damping")?;
    let examples = w.batch_of(w.last);
    let [xx, xy, yy] = w.ground.hessian_over(w.theta(), examples.iter().copied());
    let is_absolute = w.rule.values[2] == 1.0;
    require(!is_absolute || !damped, "absolute values and damping are always invertible")?;
    let [xx, yy] = [xx, yy].map(|part| part + w.rule.values[1]);
    let [product, square] = [xx * yy, xy * xy];
    let size = product.abs().max(square).max(f64::MIN_POSITIVE);
    require((product - square).abs() <= 1e-12 * size, "the determinant is 0 but for rounding")
}

/// f on circles about a point, less f at the point.
fn around(w: &Witness, reach: f64) -> Vec<f64> {
    let at = w.theta();
    let by = |turn: i32| {
        // Along the axes too.
        let (sin, cos) = (f64::from(turn) * std::f64::consts::TAU / 72.0).sin_cos();
        w.ground.value(plus(at, [reach * cos, reach * sin])) - w.ground.value(at)
    };
    (0..72).map(by).collect()
}

pub fn does_not_move(w: &Witness, rest: Rest) -> Check {
    require(!w.is_noisy(), "no noise")?;
    let is_still = w.path.theta[..=w.k].iter().all(|at| *at == w.start());
    require(is_still, "it has not moved")?;
    let gradient = length(w.gradient());
    require(gradient.is_nan() || gradient <= w.slack(), "the gradient is 0")?;
    let size = 1.0 + length(w.start());
    let circles = [1e-6, 1e-5, 1e-4, 1e-3, 5e-3].map(|reach| around(w, reach * size));
    let rounding = 1e-13 * (1.0 + w.f().abs());
    let up = circles.iter().flatten().any(|by| *by > rounding);
    let down = circles.iter().flatten().any(|by| *by < -rounding);
    let most = |circle: &[f64]| circle.iter().fold(0.0_f64, |most, by| most.max(by.abs()));
    let jumps = most(&circles[0]) > 0.4 * most(&circles[2]) && most(&circles[0]) > 1e-6;
    let above = match rest {
        Rest::Minimum(above) => {
            require(up && !down && !jumps, "f is higher around it")?;
            above
        }
        Rest::Level(above) => {
            require(!up && !down, "f is level around it")?;
            above
        }
        Rest::Maximum => return require(down && !up && !jumps, "f is lower around it"),
        Rest::Saddle => return require(up && down && !jumps, "f is higher and lower around it"),
        Rest::Jump => return require(jumps, "f jumps"),
    };
    above.map_or(Ok(()), |above| w.above_is(above))
}

/// That f is nowhere lower near by than rounding and the last bit of slope make it: on a grid about
/// the point, the least value is not at its edge.
fn is_lowest(w: &Witness, reach: f64) -> Check {
    const NODES: i32 = 12;
    let at = |i: i32, j: i32| {
        let by = [i, j].map(|node| reach * f64::from(node) / f64::from(NODES));
        w.ground.value(plus(w.theta(), by))
    };
    let all = || (-NODES..=NODES).flat_map(|i| (-NODES..=NODES).map(move |j| (i, j)));
    let inner = all().filter(|(i, j)| i.abs().max(j.abs()) < NODES);
    let least = inner.map(|(i, j)| at(i, j)).fold(f64::INFINITY, f64::min);
    let edge = all().filter(|(i, j)| i.abs().max(j.abs()) == NODES);
    let lowest = edge.map(|(i, j)| at(i, j)).fold(f64::INFINITY, f64::min);
    require(lowest >= least - 1e-13 * (1.0 + least.abs()), "f is not lower at the edge of a patch")
}

pub fn converged(w: &Witness, step: usize, goal: Goal, above: Option<f64>) -> Check {
    require(!w.is_noisy() && step <= w.k, "no noise, and at this step already")?;
    let norms = w.norms();
    let most = norms[..=w.k].iter().copied().fold(0.0, f64::max);
    let is_flat = norms[step..=w.k].iter().all(|norm| *norm <= 1.1e-6 * most + w.slack());
    require(is_flat, "the gradient stays as good as 0")?;
    let size = 1.0 + length(w.theta());
    is_lowest(w, 1e-2 * w.way() + 1e-6 * size)?;
    // What it is at is there, and it stays there.
    let reach = 0.0101 * w.way() + 1e-8 * size;
    match goal {
        Goal::Known { within, sole } => {
            let minimum = w.minimum().ok_or("no minimum is known")?;
            require(!sole || w.is_lowest_at(minimum), "f is as low nowhere else")?;
            require(w.remaining()? <= reach, "it is at the known minimum")?;
            same("the distance", within, distance(w.path.theta[step], minimum), 1e-14 * size)?;
        }
        Goal::Another(at) => {
            require(at == w.theta() && w.remaining()? > 0.99e-2 * w.way(), "it is another one")?;
        }
        Goal::Gradient(gradient) => {
            let at = w.path.theta[step];
            same("‖∇f‖", gradient, length(w.ground.gradient(at)), w.slack_at(at))?;
        }
    }
    // A rule that divides by past gradients can leave once it has forgotten them.
    let more = if w.rule.is_linear() { 100 } else { 3 };
    if w.is_finished() {
        let gone = w.beyond(more)?.iter().map(|at| distance(*at, w.theta())).fold(0.0, f64::max);
        require(gone <= reach, &format!("it stays there, and does not go {gone} farther"))?;
    }
    match above {
        Some(above) => w.above_is(above),
        None => w.floor().map_or(Ok(()), |floor| {
            let least = 1e-6 * (1.0 + (w.f_at(0) - w.f()).abs());
            require(w.f() - floor <= 1.01 * least, "f is not above the lowest known value")
        }),
    }
}

pub fn on_plateau(w: &Witness, gradient: f64, moves: f64, above: f64) -> Check {
    require(!w.is_noisy(), "no noise")?;
    w.gradient_is(gradient)?;
    w.above_is(above)?;
    let remaining = w.remaining()?;
    // Of the bowl a r² with f above its bottom at this distance, with a little for rounding.
    let curvature = 1.001 * 2.0 * above / (remaining * remaining);
    let steepest = w.lambda().iter().fold(0.0_f64, |most, lambda| most.max(lambda.abs()));
    require(100.0 * steepest <= curvature, "it does not curve")?;
    require(100.0 * gradient <= curvature * remaining, "it is level")?;
    let step = match w.k {
        0 => w.coming().effective_alpha() * gradient,
        k => w.step_length(k),
    };
    same("the step", moves, step, 1e-14 * (1.0 + length(w.theta())))?;
    require(moves <= 1.001e-4 * remaining, "ten thousand such steps are not enough")
}

pub fn frozen(w: &Witness, share: f64, gradient: f64) -> Check {
    require(w.is_scheduled(), "there is a schedule")?;
    w.gradient_is(gradient)?;
    same("what is left of α", share, w.coming().alpha() / w.rule.alpha(), 1e-12)?;
    require(share < 1e-3, "next to nothing is left")?;
    let most = w.norms()[..=w.k].iter().copied().fold(0.0, f64::max);
    require(gradient > 0.999e-3 * most, "there is a slope")?;
    require(1e6 * w.step_length(w.k) <= 1.001 * w.way(), "it does not move")
}

pub fn hovers(w: &Witness, said: f64, step: f64) -> Check {
    require(!w.is_noisy() && !w.rule.is_linear() && !w.is_scheduled(), "it is said of it")?;
    let distances = w.distances().ok_or("no minimum is known")?;
    require(w.k >= 59, "it is long enough")?;
    let late = mean(distances[w.k - 19..=w.k].iter().copied());
    let early = mean(distances[w.k - 59..w.k - 19].iter().copied());
    same("the mean distance", said, late, 0.0)?;
    same("the last step", step, w.step_length(w.k), 0.0)?;
    require((0.59..1.61).contains(&(late / early)), "the mean distance stays")?;
    require(step > 0.099 * late, "its steps are long")
}
