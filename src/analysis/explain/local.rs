//! What the local Hessian says where the surface is not a quadratic, and what the path has done.

use super::super::milestones::distance;
use super::super::stability::alpha_limit;
use super::claim::{Claim, Direction};
use super::ends::{cause, fell, newton_step};
use super::{ROUNDING, Sight, dot};
use crate::training::run::Path;

/// f grows or falls without end, though its numbers are finite yet.
pub(super) fn runs_off(sight: &Sight) -> Option<Vec<Claim>> {
    let losses = &sight.account.path.loss;
    let [first, now, end] = [losses[0], sight.loss(), losses[sight.last]];
    let before = losses[sight.k.checked_sub(1)?];
    let range = 1.0 + first.abs() + sight.account.floor.map_or(0.0, f64::abs);
    if now > 1e4 * range && now > before && end >= now {
        let grows = Claim::GrowsOn { from: first, to: now };
        return Some([grows].into_iter().chain(cause(sight)).collect());
    }
    let falls = now < -1e2 * range && fell(&losses[..=sight.k]) && end <= now;
    (falls && sight.account.floor.is_none()).then(|| vec![Claim::FallsOn { from: first, to: now }])
}

/// How it walks where f is not a quadratic: what the curvature here makes of this α.
pub(super) fn walks(sight: &Sight) -> Option<Vec<Claim>> {
    if sight.account.quadratic || sight.account.noisy {
        return None;
    }
    let claim = thrown(sight)
        .or_else(|| bounces(sight))
        .or_else(|| swings(sight))
        .or_else(|| uphill(sight))
        .or_else(|| near_saddle(sight))
        .or_else(|| sight.account.rival.and_then(|_| arrived(sight)))
        .or_else(|| in_a_valley(sight))?;
    Some(vec![claim])
}

/// The displacement of a step.
fn moved(sight: &Sight, step: usize) -> [f64; 2] {
    let theta = &sight.account.path.theta;
    [0, 1].map(|axis| theta[step][axis] - theta[step - 1][axis])
}

/// A wall of the surface threw the run far off: the gradient leapt up, and the step with it, to
/// many times the one before and a good part of the way so far.
fn thrown(sight: &Sight) -> Option<Claim> {
    const MANY: f64 = 8.0;
    sight.linear?;
    let Path { theta, grad_norm, .. } = sight.account.path;
    let length = |step: usize| distance(theta[step], theta[step - 1]);
    let step = (2..=sight.k).rev().find(|&step| {
        let [before, now] = [length(step - 1), length(step)];
        let leapt = grad_norm[step - 1] > MANY * grad_norm[step - 2];
        before > 0.0 && now > MANY * before && leapt && now > distance(theta[0], theta[step - 1])
    })?;
    let (gradient, length, before) = (grad_norm[step - 1], length(step), length(step - 1));
    Some(Claim::Thrown { step, gradient, length, times: length / before })
}

/// The steps are long for the curvature here.
fn swings(sight: &Sight) -> Option<Claim> {
    let account = sight.account;
    let product = sight.product()?;
    if account.scheduled.is_some() {
        return None;
    }
    if product.value > product.bound {
        let limit = alpha_limit(account.rule, account.values, sight.lambda[1])?;
        return Some(Claim::TooLong { product, limit });
    }
    // Most of the last two steps went across the valley, to and fro.
    let part = |step: usize| {
        let step = moved(sight, step);
        dot(step, sight.axes[1]) / libm::hypot(step[0], step[1])
    };
    let to_and_fro = sight.k >= 2 && part(sight.k) * part(sight.k - 1) < -0.25;
    // Where all directions are alike there is no valley.
    let is_valley = sight.along(1) != Direction::Any;
    (to_and_fro && is_valley && product.value > 1.0).then_some(Claim::ZigZagsHere { product })
}

/// A step leads back to where the one before came from.
fn bounces(sight: &Sight) -> Option<Claim> {
    let before = sight.k.checked_sub(2)?;
    let theta = &sight.account.path.theta;
    // Rounding bounces too, next to a minimum.
    let rounding = 1e-9 * (1.0 + libm::hypot(theta[0][0], theta[0][1]));
    let length = sight.last_move.filter(|length| *length > rounding)?;
    (distance(theta[sight.k], theta[before]) < 0.1 * length).then_some(Claim::Bounces { length })
}

/// The velocity carries the run up.
fn uphill(sight: &Sight) -> Option<Claim> {
    let Path { theta, loss: losses, coast, .. } = sight.account.path;
    if !sight.has_velocity() || sight.k == 0 || losses[sight.k] <= losses[sight.k - 1] {
        return None;
    }
    // The velocity alone would have led up, and the gradient alone would not.
    let [from, to] = [theta[sight.k - 1], theta[sight.k]];
    let coasted = [0, 1].map(|i| from[i] + coast[sight.k - 1][i]);
    let pulled = [0, 1].map(|i| to[i] - coast[sight.k - 1][i]);
    let f = sight.account.f;
    let before = losses[sight.k - 1];
    let coasts_up = f(coasted) > before;
    if !coasts_up || f(pulled) > before {
        return None;
    }
    let lowest = (1..=sight.k).rev().find(|&step| losses[step] <= losses[step - 1]).unwrap_or(0);
    // Next to a minimum a little of that is the rule, and no news.
    let risen = losses[sight.k] - losses[lowest];
    (risen >= 1e-4 * (losses[0] - losses[lowest]).abs()).then(|| Claim::Uphill {
        from: losses[lowest],
        to: sight.loss(),
        since: lowest,
    })
}

/// Slow, and f curves down somewhere.
fn near_saddle(sight: &Sight) -> Option<Claim> {
    let [low, high] = sight.lambda;
    let norms = &sight.account.path.grad_norm[..=sight.k];
    let most = norms.iter().copied().fold(0.0, f64::max);
    let slow = sight.k > 0 && sight.grad_norm() <= 0.05 * most;
    let near = newton_step(sight) <= 0.2 * sight.way();
    let gradient = sight.grad_norm();
    // On a plateau curvatures are rounding beside that which made the largest gradient.
    let is_curved = high * sight.way() > 1e-9 * most;
    (slow && near && is_curved && low < -1e-3 * high).then(|| Claim::SlowNearSaddle {
        gradient,
        along: sight.along(0),
        lambda_min: low,
    })
}

/// It has come near the minimum.
fn arrived(sight: &Sight) -> Option<Claim> {
    let near = sight.account.milestones.first_within?;
    (sight.k >= near).then(|| sight.comparison()).flatten()
}

/// f curves much more across the valley than along it, and the last two steps went along it.
fn in_a_valley(sight: &Sight) -> Option<Claim> {
    let [low, high] = sight.lambda;
    let steps = steps_at_this_pace(sight).filter(|steps| *steps >= 50.0)?;
    let ratio = high / low.abs();
    let along = |step: usize| {
        let step = moved(sight, step);
        dot(step, sight.axes[0]).abs() / libm::hypot(step[0], step[1])
    };
    let goes_along = sight.k >= 2 && along(sight.k) > 0.9 && along(sight.k - 1) > 0.9;
    // Beyond that the curvature along it is rounding.
    let is_valley = (50.0..1.0 / ROUNDING).contains(&ratio);
    (sight.linear.is_some() && is_valley && goes_along)
        .then_some(Claim::InValley { ratio, steps: steps as usize })
}

/// The slope and the curvature here point to a minimum that is not the known one: where it is, and how far.
fn another(sight: &Sight) -> Option<([f64; 2], f64)> {
    let newton = newton_step(sight);
    let near = newton > 0.0 && newton < 0.02 * sight.remaining?.min(sight.way());
    let at: [f64; 2] = std::array::from_fn(|i| {
        let along =
            |axis: usize| sight.slope_along(axis) / sight.lambda[axis] * sight.axes[axis][i];
        sight.theta()[i] - along(0) - along(1)
    });
    let is_bowl = sight.lambda[0] > 0.0 && !sight.account.noisy;
    (near && is_bowl && is_below_surroundings(sight.account.f, at, newton)).then_some((at, newton))
}

/// It is beside a minimum that is not the known one, and the last step led nearer to it.
fn nears_another(sight: &Sight) -> Option<Claim> {
    let (at, newton) = another(sight)?;
    let [before, after] = sight.last_or_next_move()?;
    let nearer = sight.k > 0 && distance(after, at) < distance(before, at);
    nearer.then_some(Claim::NearsAnother { distance: newton })
}

/// Whether f is lower at a point than all around at this distance: then a minimum is within it.
fn is_below_surroundings(f: &dyn Fn([f64; 2]) -> f64, [x, y]: [f64; 2], distance: f64) -> bool {
    const DIRECTIONS: u32 = 32;
    let here = f([x, y]);
    (0..DIRECTIONS).all(|turn| {
        let angle = std::f64::consts::TAU * f64::from(turn) / f64::from(DIRECTIONS);
        let (sin, cos) = libm::sincos(angle);
        f([x + distance * cos, y + distance * sin]) > here
    })
}

/// In how many steps as long as the last it could be at the minimum, on a straight line.
fn steps_at_this_pace(sight: &Sight) -> Option<f64> {
    let steps = sight.remaining? / sight.last_move?;
    (steps.is_finite() && steps < 1e15).then_some(steps)
}

/// At the pace of its last step it needs far more steps than the run has left.
pub(super) fn pace(sight: &Sight) -> Option<Vec<Claim>> {
    let account = sight.account;
    let arrived = account.rival.and_then(|_| arrived(sight));
    let claim = arrived.or_else(|| nears_another(sight)).or_else(|| slow(sight)).or_else(|| {
        let [before, after] = sight.last_or_next_move()?;
        // Along either axis: it may be far off along one of them.
        let is_small = |i: usize| (after[i] - before[i]).abs() < 1e-7 * (1.0 + after[i].abs());
        let is_slow = account.milestones.minimum.is_none() && is_small(0) && is_small(1);
        let length = sight.last_move.filter(|_| is_slow && !account.noisy)?;
        Some(Claim::HardlyMoves { gradient: sight.grad_norm(), length })
    })?;
    Some(vec![claim])
}

/// The minimum is many more steps away than the run has left, and it goes there: what swings about another
/// one will not.
fn slow(sight: &Sight) -> Option<Claim> {
    let account = sight.account;
    let left = sight.last - sight.k;
    let never_near = account.milestones.first_within.is_none() && !account.noisy;
    let steps = steps_at_this_pace(sight)?;
    let (length, remaining) = (sight.last_move?, sight.remaining?);
    let is_slow = never_near && steps > 50.0 && steps > 1.5 * left as f64;
    (is_slow && another(sight).is_none()).then_some(Claim::Slow {
        length,
        remaining,
        steps: steps as usize,
    })
}

/// How far f has come: what can always be said.
pub(super) fn progress(sight: &Sight) -> Claim {
    let [from, to] = [sight.account.path.loss[0], sight.loss()];
    let gradient = sight.grad_norm();
    if sight.k > 0 {
        return Claim::Progress { from, to, gradient };
    }
    let is_upward = sight.lambda[0] >= 0.0 && !sight.account.noisy;
    Claim::Starts { f: from, gradient, product: sight.product().filter(|_| is_upward) }
}
