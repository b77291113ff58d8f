//! Where a run has come to an end, or to where it will not leave.

use super::super::milestones::{NEAR, distance};
use super::claim::{Claim, Goal, Place, Rest};
use super::{Sight, dot, newton};
use crate::math::symmetric::eigenvalues;
use crate::optimizers::newton::DAMPING;
use crate::training::run::Ending;

/// Its numbers stopped being finite: too long a step, or f has no value there.
pub(super) fn diverged(sight: &Sight) -> Option<Vec<Claim>> {
    let claim = match sight.ended()? {
        Ending::Overflowed { step } if fell(&sight.account.path.loss) => {
            return Some(vec![Claim::FellWithoutEnd { step }]);
        }
        Ending::Overflowed { step } => Claim::Overflowed { step },
        Ending::LeftDomain { step } => Claim::LeftDomain { step },
        Ending::Singular { step } => {
            let damped = sight.account.values.get(DAMPING).is_some_and(|damping| *damping > 0.0);
            let batch = sight.account.batches.map(|batches| batches.m);
            return Some(vec![Claim::Singular { step, damped, batch }]);
        }
        Ending::Finished | Ending::Nowhere => return None,
    };
    Some([claim].into_iter().chain(cause(sight)).collect())
}

/// Whether losses end below the first, each of the last below the one before.
pub(super) fn fell(losses: &[f64]) -> bool {
    let last = &losses[losses.len().saturating_sub(4)..];
    losses.last() < losses.first() && last.is_sorted_by(|before, after| after < before)
}

/// Which stability limit the run was above; None if it was above none.
pub(super) fn cause(sight: &Sight) -> Option<Claim> {
    let account = sight.account;
    if account.scheduled.is_some() {
        return None;
    }
    if let Some(batches) = account.batches {
        let (alpha, m) = (account.values[0], batches.m);
        let limit = batches.limit.filter(|limit| account.quadratic && alpha > *limit)?;
        return Some(Claim::AboveMeanSquareLimit { alpha, limit, m });
    }
    let at = |hessian, place| {
        let product = sight.product_at(eigenvalues(hessian)[1])?;
        (product.value > product.bound).then_some(Claim::AboveLimit { product, place })
    };
    if account.quadratic {
        return at(account.start.hessian, Place::Everywhere);
    }
    let here = if sight.k == sight.last { Place::LastPoint } else { Place::Here };
    at(account.start.hessian, Place::Start).or_else(|| at(account.here.hessian, here))
}

/// How much f is above the lowest known value, if that is more than rounding.
fn above_floor(sight: &Sight) -> Option<f64> {
    let above = sight.loss() - sight.account.floor?;
    let first = sight.account.path.loss[0];
    (above > 1e-6 * (1.0 + (first - sight.loss()).abs())).then_some(above)
}

/// The start is a stationary point, and nothing moves.
pub(super) fn starts_at_rest(sight: &Sight) -> Option<Vec<Claim>> {
    let account = sight.account;
    let norms = &account.path.grad_norm[..=sight.k];
    if account.noisy || norms.iter().any(|norm| *norm != 0.0) {
        return None;
    }
    let rest = match rest(account.f, account.path.theta[0], [0.0; 2]) {
        Rest::Minimum(_) => Rest::Minimum(above_floor(sight)),
        Rest::Level(_) => Rest::Level(above_floor(sight)),
        rest => rest,
    };
    Some(vec![Claim::DoesNotMove(rest)])
}

/// What f looks like around a point: it is asked on circles about it, the smaller first, until it
/// differs by more than rounding and than what is left of its slope, ∇f, makes of it.
fn rest(f: &dyn Fn([f64; 2]) -> f64, [x, y]: [f64; 2], slope: [f64; 2]) -> Rest {
    const RADII: [f64; 4] = [1e-5, 1e-4, 1e-3, 1e-2];
    const DIRECTIONS: u32 = 32;
    let here = f([x, y]);
    let scale = 1.0 + libm::hypot(x, y);
    let rounding = 1e-13 * (1.0 + here.abs());
    let direction = |turn: u32| {
        let angle = std::f64::consts::TAU * f64::from(turn) / f64::from(DIRECTIONS);
        let (sin, cos) = libm::sincos(angle);
        [cos, sin]
    };
    let difference = |radius: f64, turn: u32| {
        let [cos, sin] = direction(turn);
        f([x + radius * scale * cos, y + radius * scale * sin]) - here
    };
    let (mut up, mut down, mut jumps) = (false, false, false);
    for turn in 0..DIRECTIONS {
        let by_slope = 2.0 * dot(slope, direction(turn)).abs() * scale;
        let least = |radius: f64| rounding + by_slope * radius;
        let differs = |radius: &f64| difference(*radius, turn).abs() > least(*radius);
        let Some(&radius) = RADII.iter().find(|radius| differs(radius)) else { continue };
        let here = difference(radius, turn);
        up |= here > 0.0;
        down |= here < 0.0;
        // A slope makes this a hundred times smaller.
        let nearer = difference(1e-9, turn);
        jumps |= radius < 1e-4 && nearer.abs() > 0.5 * here.abs() && nearer.abs() > 1e-6;
    }
    match (up, down) {
        _ if jumps => Rest::Jump,
        (true, true) => Rest::Saddle,
        (true, false) => Rest::Minimum(None),
        (false, true) => Rest::Maximum,
        (false, false) => Rest::Level(None),
    }
}

/// A schedule has made α so small that nothing moves any more, though there is a slope.
pub(super) fn frozen(sight: &Sight) -> Option<Vec<Claim>> {
    let share = sight.account.scheduled.filter(|share| *share < 1e-3)?;
    let norms = &sight.account.path.grad_norm[..=sight.k];
    let most = norms.iter().copied().fold(0.0, f64::max);
    let gradient = sight.grad_norm();
    let still = 1e3 * sight.last_move? <= 1e-3 * sight.way();
    (still && gradient > 1e-3 * most).then(|| vec![Claim::Frozen { share, gradient }])
}

/// What f looks like around the point here, where the gradient is as good as 0.
fn rest_here(sight: &Sight) -> Rest {
    rest(sight.account.f, sight.theta(), sight.account.here.gradient)
}

/// How far from here a point may be and still count as here: 1 % of the way, and rounding.
fn reach(sight: &Sight) -> f64 {
    let here = sight.theta();
    NEAR * sight.way() + 1e-9 * (1.0 + libm::hypot(here[0], here[1]))
}

/// Whether the run stays here to its end, and would beyond: no velocity is left. What is left of one
/// moves it by a geometric series.
fn stays(sight: &Sight) -> bool {
    let account = sight.account;
    let theta = &account.path.theta;
    let moved = |step: usize| distance(theta[step], theta[step - 1]);
    let goes_on = match account.path.coast.get(sight.last) {
        Some(coast) => libm::hypot(coast[0], coast[1]) / (1.0 - account.values[1]),
        None if sight.linear.is_some() || sight.last < 2 => 0.0,
        // A mean of gradients is a velocity too, and not to be had; and a step of Newton's method may
        // be as long as the one before, however small the gradient.
        None => {
            let [before, now] = [moved(sight.last - 1), moved(sight.last)];
            let kept = if now > 0.0 { (now / before).min(0.99) } else { 0.0 };
            now * kept / (1.0 - kept)
        }
    };
    distance(sight.theta(), theta[sight.last]) + goes_on <= reach(sight)
}

/// From which step on the gradient is as good as 0 up to here, if it is, the local quadratic's
/// stationary point as good as here, and the run at rest.
fn stationary(sight: &Sight) -> Option<usize> {
    if !stays(sight) {
        return None;
    }
    let settled = sight.account.milestones.settled.filter(|step| sight.k >= *step);
    // What rounding of θ makes of its part along an axis.
    let rounding = |axis: usize| {
        let parts = [0, 1].map(|i| (sight.axes[axis][i] * sight.theta()[i]).abs());
        1e-13 * (1.0 + parts[0] + parts[1])
    };
    // How far the run has been off along an axis: along one it may have been thrown 10²⁰ times as far as along
    // the other, and says nothing of that by its length.
    let extent = |axis: usize| {
        let off = |theta: &[f64; 2]| {
            let off = [0, 1].map(|i| theta[i] - sight.theta()[i]);
            dot(off, sight.axes[axis]).abs()
        };
        sight.account.path.theta[..=sight.k].iter().map(off).fold(0.0, f64::max)
    };
    let newton = |axis: usize| {
        let near = (1e-3 * extent(axis).min(sight.way())).max(rounding(axis));
        sight.slope_along(axis).abs() <= near * sight.lambda[axis].abs()
    };
    if settled.is_some() && newton(0) && newton(1) {
        return settled;
    }
    // The distance that the steep curvature leaves is next to nothing.
    let least = sight.lambda[1] * rounding(1);
    let norms = &sight.account.path.grad_norm[..=sight.k];
    let from = norms.iter().rposition(|norm| *norm > least).map_or(0, |last| last + 1);
    (sight.lambda[1] > 0.0 && from <= sight.k).then_some(from)
}

/// Whether the run has come to rest where the gradient is as good as 0.
pub(super) fn is_at_rest(sight: &Sight) -> bool {
    stationary(sight).is_some()
}

/// Whether one direction is all but level, beside the other one or the start: then f itself must tell
/// what it does there, for the curvature may be what is left of the slope in a bent valley.
fn is_all_but_level(sight: &Sight) -> bool {
    let most = |lambda: [f64; 2]| lambda[0].abs().max(lambda[1].abs());
    let [now, start] = [sight.lambda, eigenvalues(sight.account.start.hessian)].map(most);
    sight.lambda.iter().any(|lambda| lambda.abs() <= 1e-6 * now.max(start))
}

/// About how far the stationary point of the local quadratic is: the length of a Newton step.
pub(super) fn newton_step(sight: &Sight) -> f64 {
    let along = |axis: usize| sight.slope_along(axis) / sight.lambda[axis];
    libm::hypot(along(0), along(1))
}

/// At a minimum, to within how much.
pub(super) fn converged(sight: &Sight) -> Option<Vec<Claim>> {
    let account = sight.account;
    let step = stationary(sight).filter(|_| !account.noisy)?;
    let [low, _] = sight.lambda;
    let is_minimum = match is_all_but_level(sight) {
        true => !matches!(rest_here(sight), Rest::Saddle | Rest::Maximum),
        false => !sight.curves_down(),
    };
    if !is_minimum {
        return None;
    }
    let at = account.path.theta[step];
    let here = sight.theta();
    let is_here = |minimum: [f64; 2]| distance(minimum, here) <= reach(sight);
    let goal = match account.milestones.minimum {
        Some(minimum) if is_here(minimum) => {
            Goal::Known { within: distance(minimum, at), sole: account.sole }
        }
        Some(_) if low > 0.0 => Goal::Another(here),
        _ => Goal::Gradient(account.path.grad_norm[step]),
    };
    let above = above_floor(sight);
    let compared = account.rival.filter(|_| above.is_none()).and_then(|_| sight.comparison());
    Some(compared.into_iter().chain([Claim::Converged { step, goal, above }]).collect())
}

/// The gradient is as good as 0, but f curves down somewhere.
pub(super) fn at_a_saddle(sight: &Sight) -> Option<Vec<Claim>> {
    stationary(sight).filter(|_| !sight.account.noisy)?;
    let [low, high] = sight.lambda;
    let is_saddle = match is_all_but_level(sight) {
        true => rest_here(sight) == Rest::Saddle,
        false => sight.curves_down() && high > 0.0,
    };
    let down = sight.curves_down().then(|| (sight.along(0), low));
    let at = Claim::AtSaddle { gradient: sight.grad_norm(), down };
    is_saddle.then(|| [at].into_iter().chain(attracts(sight)).collect())
}

/// The gradient is as good as 0, and f curves down in every direction.
pub(super) fn at_a_maximum(sight: &Sight) -> Option<Vec<Claim>> {
    stationary(sight).filter(|_| !sight.account.noisy)?;
    let [_, high] = sight.lambda;
    let at = Claim::AtMaximum { gradient: sight.grad_norm(), lambda_max: high };
    (high < 0.0 && !is_all_but_level(sight))
        .then(|| [at].into_iter().chain(attracts(sight)).collect())
}

/// Whether Newton's method is what has led the run here.
fn attracts(sight: &Sight) -> Option<Claim> {
    newton::is_drawn(sight).then_some(Claim::Attracts)
}

/// The slope and the curvature are next to nothing, and f is far above what it could be.
pub(super) fn on_a_plateau(sight: &Sight) -> Option<Vec<Claim>> {
    let account = sight.account;
    let above = sight.loss() - account.floor?;
    let remaining = sight.remaining.filter(|remaining| *remaining > 0.0)?;
    // What a bowl of this depth and width would have.
    let usual = 2.0 * above / (remaining * remaining);
    let flat = sight.lambda.iter().all(|lambda| lambda.abs() <= 1e-2 * usual)
        && sight.grad_norm() <= 1e-2 * usual * remaining;
    let moves = match (sight.last_move, sight.linear) {
        (Some(length), _) => length,
        (None, Some([alpha, _])) => alpha * sight.grad_norm(),
        (None, None) => return None,
    };
    if !flat || account.noisy || remaining < 1e4 * moves {
        return None;
    }
    Some(vec![Claim::OnPlateau { gradient: sight.grad_norm(), moves, above }])
}

/// The steps over which a mean is taken, to tell hovering from coming nearer.
const A_WHILE: usize = 20;

/// The mean distance from the minimum over the last steps, if it has stopped shrinking, well short of
/// where the run began.
fn hovering(sight: &Sight) -> Option<f64> {
    let minimum = sight.account.milestones.minimum?;
    let theta = &sight.account.path.theta;
    let end = sight.k + 1;
    if end < 3 * A_WHILE {
        return None;
    }
    let mean = |points: &[[f64; 2]]| {
        points.iter().map(|point| distance(*point, minimum)).sum::<f64>() / points.len() as f64
    };
    let late = mean(&theta[end - A_WHILE..end]);
    let early = mean(&theta[end - 3 * A_WHILE..end - A_WHILE]);
    let far = distance(theta[0], minimum);
    (late > 0.0 && late < 0.2 * far && late > 0.6 * early && late < 1.6 * early).then_some(late)
}

/// The steps do not shrink as the gradient does.
pub(super) fn hovers(sight: &Sight) -> Option<Vec<Claim>> {
    if sight.linear.is_some() || sight.account.noisy || sight.account.scheduled.is_some() {
        return None;
    }
    let mean = hovering(sight)?;
    let theta = &sight.account.path.theta;
    let moved = |i: usize| [0, 1].map(|axis| theta[i][axis] - theta[i - 1][axis]);
    // It hops about the minimum, and does not just pass slowly.
    let turns =
        (sight.k + 2 - A_WHILE..=sight.k).filter(|&i| dot(moved(i), moved(i - 1)) < 0.0).count();
    let step = sight.last_move.filter(|step| turns > A_WHILE / 4 && *step > 0.1 * mean)?;
    Some(vec![Claim::Hovers { mean, step }])
}
