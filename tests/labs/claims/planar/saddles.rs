//! Saddles, held to f around them and to where the path goes.

use ravine::analysis::explain::{Direction, Summit};

use super::witness::{Check, Witness, distance, dot, length, minus, plus, require, same, times};

/// The stationary point of a quadratic, by Cramer's rule.
fn stationary_point(w: &Witness) -> [f64; 2] {
    let ([xx, xy, yy], [gx, gy]) = (w.hessian(), w.gradient());
    let determinant = xx * yy - xy * xy;
    let step = [(yy * gx - xy * gy) / determinant, (xx * gy - xy * gx) / determinant];
    minus(w.theta(), step)
}

/// That f is lower a little to both sides along a direction.
fn curves_down(w: &Witness, along: [f64; 2]) -> Check {
    let reach = 1e-4 * (1.0 + length(w.theta()));
    let [back, forth] = [-reach, reach].map(|by| w.ground.value(plus(w.theta(), times(by, along))));
    let size = w.f().abs() * 1e-15;
    require(0.5 * (back + forth) < w.f() + size, "f curves down along the direction")
}

/// From where to where the last step led; at the start, the next one.
fn last_or_next(w: &Witness) -> Result<[[f64; 2]; 2], String> {
    let to = w.k.max(1);
    let after = *w.path.theta.get(to).ok_or("there is no step")?;
    Ok([w.path.theta[to - 1], after])
}

pub fn no_minimum(w: &Witness, lambda_max: f64) -> Check {
    require(w.ground.is_quadratic(), "it is a quadratic")?;
    same("λ_max", lambda_max, w.lambda()[1], 0.0)?;
    require(lambda_max < 0.0, "it is negative")?;
    (0..16).try_for_each(|turn| {
        let (sin, cos) = (f64::from(turn) * std::f64::consts::PI / 16.0).sin_cos();
        curves_down(w, [cos, sin])
    })
}

pub fn on_saddle_line(
    w: &Witness,
    settled: bool,
    gradient: f64,
    along: Direction,
    lambda_min: f64,
) -> Check {
    require(w.ground.is_quadratic() && !w.is_noisy(), "it is a quadratic, and no noise")?;
    w.gradient_is(gradient)?;
    let [low, high] = w.lambda();
    same("λ_min", lambda_min, low, 1e-12 * high)?;
    require(low < 0.0 && high > 0.0, "there is a saddle")?;
    w.along(along, 0)?;
    curves_down(w, w.axes()[0])?;
    let saddle = stationary_point(w);
    let off = |at: [f64; 2]| dot(minus(at, saddle), w.axes()[0]).abs();
    let [first, now] = [w.start(), w.theta()].map(|at| distance(at, saddle));
    require(off(w.start()) <= 1e-11 * first, "the start is on the line")?;
    require(off(w.theta()) <= 2e-3 * now.max(1e-12 * first), "it is still there")?;
    if settled {
        return require(now <= 1e-5 * first, "it is at the saddle");
    }
    // In the long run, or, of a rule that is not linear, by the last step.
    if w.is_theoretical() {
        return require(w.rule.radius(high) < 1.0, "the saddle draws it in along the line");
    }
    let [before, after] = last_or_next(w)?;
    require(distance(after, saddle) < distance(before, saddle), "it comes nearer to the saddle")
}

/// What both kinds of going off a saddle have in common; whether the step led nearer to it.
fn off_saddle(
    w: &Witness,
    factor: Option<f64>,
    along: Direction,
    lambda_min: f64,
    ridge: bool,
) -> Result<bool, String> {
    require(w.ground.is_quadratic(), "it is a quadratic")?;
    let [low, high] = w.lambda();
    same("λ_min", lambda_min, low, 1e-12 * high.abs())?;
    require(low < 0.0 && (high.abs() <= 1e-9 * -low) == ridge, "a ridge is told from a saddle")?;
    require(ridge || high > 0.0, "there is a saddle")?;
    w.along(along, 0)?;
    curves_down(w, w.axes()[0])?;
    if let Some(factor) = factor {
        require(w.is_theoretical() && !w.is_noisy(), "theory speaks of the path")?;
        same("the factor", factor, w.rule.radius(low), 0.0)?;
        require(factor > 1.0, "it is farther at each step")?;
    }
    let [before, after] = last_or_next(w)?;
    let axis = w.axes()[0];
    if ridge {
        // Along the ridge nothing is level.
        let off = |at: [f64; 2]| (dot(w.ground.gradient(at), axis) / low).abs();
        require(off(after) > off(before), "it goes off the ridge")?;
        return Ok(false);
    }
    let saddle = stationary_point(w);
    let off = |at: [f64; 2]| dot(minus(at, saddle), axis).abs();
    require(off(after) > off(before), "it goes off")?;
    Ok(distance(after, saddle) < distance(before, saddle))
}

pub fn nears(
    w: &Witness,
    gradient: f64,
    factor: Option<f64>,
    along: Direction,
    lambda_min: f64,
) -> Check {
    w.gradient_is(gradient)?;
    require(off_saddle(w, factor, along, lambda_min, false)?, "it comes nearer to the saddle")
}

pub fn leaves(
    w: &Witness,
    factor: Option<f64>,
    along: Direction,
    lambda_min: f64,
    ridge: bool,
) -> Check {
    require(!off_saddle(w, factor, along, lambda_min, ridge)?, "it comes no nearer to it")
}

pub fn at(w: &Witness, gradient: f64, down: Option<(Direction, f64)>) -> Check {
    w.gradient_is(gradient)?;
    require(!w.is_noisy(), "no noise")?;
    let most = w.norms()[..=w.k].iter().copied().fold(0.0, f64::max);
    require(length(w.gradient()) <= 2e-6 * most + w.slack(), "the gradient is as good as 0")?;
    let turned = |turn: i32| {
        let (sin, cos) = (f64::from(turn) * std::f64::consts::TAU / 48.0).sin_cos();
        [cos, sin]
    };
    // Along the axes too: where f curves little one way, the wedge in which it is higher is narrow.
    let directions: Vec<[f64; 2]> = (0..48).map(turned).chain(w.axes()).collect();
    let around = |reach: f64| {
        let at = move |along: &[f64; 2]| plus(w.theta(), times(reach, *along));
        directions.iter().map(move |along| w.ground.value(at(along)) - w.f())
    };
    let is_saddle = [1e-4, 1e-3, 1e-2].iter().any(|reach| {
        let reach = reach * (1.0 + length(w.theta()));
        let rounding = 1e-14 * (1.0 + w.f().abs());
        around(reach).any(|by| by > rounding) && around(reach).any(|by| by < -rounding)
    });
    require(is_saddle, "f is higher to some sides, and lower to others")?;
    let Some((along, lambda_min)) = down else { return Ok(()) };
    same("λ_min", lambda_min, w.lambda()[0], 0.0)?;
    require(lambda_min < 0.0, "it is negative")?;
    curves_down(w, w.axes()[0])?;
    w.along(along, 0)
}

pub fn slow_near(w: &Witness, gradient: f64, along: Direction, lambda_min: f64) -> Check {
    w.gradient_is(gradient)?;
    let most = w.norms()[..=w.k].iter().copied().fold(0.0, f64::max);
    require(gradient <= 0.0501 * most, "the gradient is small beside its largest")?;
    let [low, high] = w.lambda();
    same("λ_min", lambda_min, low, 0.0)?;
    require(low < 0.0 && high > 0.0, "the Hessian is indefinite")?;
    require(high * w.way() > 0.999e-9 * most, "and not of rounding")?;
    curves_down(w, w.axes()[0])?;
    w.along(along, 0)?;
    let saddle = stationary_point(w);
    require(distance(saddle, w.theta()) <= 0.21 * w.way(), "the saddle is near")
}

pub fn at_maximum(w: &Witness, gradient: f64, lambda_max: f64) -> Check {
    w.gradient_is(gradient)?;
    require(!w.is_noisy(), "no noise")?;
    let most = w.norms()[..=w.k].iter().copied().fold(0.0, f64::max);
    require(length(w.gradient()) <= 2e-6 * most + w.slack(), "the gradient is as good as 0")?;
    same("λ_max", lambda_max, w.lambda()[1], 0.0)?;
    require(lambda_max < 0.0, "it is negative")?;
    (0..16).try_for_each(|turn| {
        let (sin, cos) = (f64::from(turn) * std::f64::consts::PI / 16.0).sin_cos();
        curves_down(w, [cos, sin])
    })
}

/// A step of the rule from a point, without noise.
fn step(w: &Witness, at: [f64; 2]) -> [f64; 2] {
    let follows = w.rule.follows(w.ground.hessian(at), w.ground.gradient(at));
    minus(at, times(w.coming().alpha(), follows))
}

pub fn attracts(w: &Witness) -> Check {
    require(w.rule.is_newton() && !w.is_noisy(), "it is said of Newton's method")?;
    require(w.lambda()[0] < 0.0, "it is no minimum")?;
    // By the curvature here alone, which is all of it where f is a quadratic.
    for (axis, lambda) in w.axes().into_iter().zip(w.lambda()) {
        let share = w.coming().share(lambda);
        require((1.0 - share).abs() < 1.0, &format!("along {axis:?} a step takes {share} off"))?;
    }
    if !w.ground.is_quadratic() {
        return Ok(());
    }
    (0..8).try_for_each(|turn| {
        let (sin, cos) = (f64::from(turn) * std::f64::consts::TAU / 8.0).sin_cos();
        let from = plus(w.theta(), [cos, sin]);
        require(distance(step(w, from), w.theta()) < 1.0, "a step from around leads nearer")
    })
}

pub fn climbs(w: &Witness, along: Direction, lambda_min: f64, to: Summit) -> Check {
    require(w.rule.is_newton() && !w.is_noisy(), "it is said of Newton's method, without noise")?;
    let [low, high] = w.lambda();
    same("λ_min", lambda_min, low, 1e-12 * high.abs())?;
    w.along(along, 0)?;
    curves_down(w, w.axes()[0])?;
    require((high > 0.0) == (to == Summit::Saddle), "what the stationary point is")?;
    let moves = minus(step(w, w.theta()), w.theta());
    let axis = w.axes()[0];
    require(dot(moves, axis) * dot(w.gradient(), axis) > 0.0, "the step leads up along it")?;
    let goal = stationary_point(w);
    let after = plus(w.theta(), moves);
    require(distance(after, goal) < distance(w.theta(), goal), "and nearer to where it is level")
}
