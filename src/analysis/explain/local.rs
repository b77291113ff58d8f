//! What the local Hessian says where the surface is not a quadratic, and what the path has done.

use super::super::milestones::distance;
use super::super::number::{beside, count, three};
use super::super::stability::alpha_limit;
use super::ends::{cause, newton_step};
use super::{Sight, dot};
use crate::run::Path;

/// f grows or falls without end, though its numbers are finite yet.
pub(super) fn runs_off(sight: &Sight) -> Option<String> {
    let f = sight.account.symbols[0];
    let losses = &sight.account.path.loss;
    let [first, now] = [losses[0], sight.loss()];
    let range = 1.0 + first.abs() + sight.account.floor.map_or(0.0, f64::abs);
    let [from, to] = [three(first), three(now)];
    if now > 1e4 * range && sight.k > 0 && now > losses[sight.k - 1] {
        let why = cause(sight).map_or(String::new(), |why| format!(" {why}"));
        return Some(format!("Diverges: {f} has grown from {from} to {to}.{why}"));
    }
    let falls = now < -1e2 * range && sight.k > 0 && now < losses[sight.k - 1];
    (falls && sight.account.floor.is_none())
        .then(|| format!("Runs off: {f} has fallen from {from} to {to}, and falls on."))
}

/// How it walks where f is not a quadratic: what the curvature here makes of this α.
pub(super) fn walks(sight: &Sight) -> Option<String> {
    if sight.account.quadratic || sight.account.noisy {
        return None;
    }
    thrown(sight)
        .or_else(|| bounces(sight))
        .or_else(|| swings(sight))
        .or_else(|| uphill(sight))
        .or_else(|| near_saddle(sight))
        .or_else(|| sight.account.rival.and_then(|_| arrived(sight)))
        .or_else(|| along_a_valley(sight))
}

/// A wall of the surface threw the run far off: the gradient leapt up, and the step with it, to
/// many times the one before and a good part of the way so far.
fn thrown(sight: &Sight) -> Option<String> {
    const MANY: f64 = 8.0;
    sight.linear?;
    let Path { theta, grad_norm, .. } = sight.account.path;
    let length = |step: usize| distance(theta[step], theta[step - 1]);
    let step = (2..=sight.k).rev().find(|&step| {
        let [before, now] = [length(step - 1), length(step)];
        let leapt = grad_norm[step - 1] > MANY * grad_norm[step - 2];
        before > 0.0 && now > MANY * before && leapt && now > distance(theta[0], theta[step - 1])
    })?;
    Some(format!(
        "Thrown at step {}: the gradient was {} there, and the step {} long, {} times the one \
         before.",
        count(step),
        three(grad_norm[step - 1]),
        three(length(step)),
        three(length(step) / length(step - 1))
    ))
}

/// The steps are long for the curvature here.
fn swings(sight: &Sight) -> Option<String> {
    let [product, bound] = sight.product()?;
    let words = sight.product_in_words(product, bound);
    let limit = three(bound);
    if product > bound {
        return Some(format!(
            "Too long a step for the curvature here: {words}, and above {limit} it cannot settle.\
             {}",
            alpha_limit(sight.account.rule, sight.account.values, sight.lambda[1]).map_or(
                String::new(),
                |limit| format!(" The limit for α is {} here.", three(limit))
            )
        ));
    }
    let turned = (sight.k >= 2).then(|| {
        let theta = &sight.account.path.theta;
        let part = |i: usize| {
            let step = [0, 1].map(|axis| theta[i][axis] - theta[i - 1][axis]);
            dot(step, sight.axes[1]) / libm::hypot(step[0], step[1])
        };
        [part(sight.k), part(sight.k - 1)]
    });
    // Most of the last two steps went across the valley, to and fro.
    let to_and_fro = turned.is_some_and(|[now, before]| now * before < -0.25);
    (to_and_fro && product > 1.0).then(|| {
        format!("Zig-zags across the valley: here {words}. Above {limit} it could not settle.")
    })
}

/// A step leads back to where the one before came from.
fn bounces(sight: &Sight) -> Option<String> {
    let before = sight.k.checked_sub(2)?;
    let theta = &sight.account.path.theta;
    // Rounding bounces too, next to a minimum.
    let rounding = 1e-9 * (1.0 + libm::hypot(theta[0][0], theta[0][1]));
    let length = sight.last_move.filter(|length| *length > rounding)?;
    (distance(theta[sight.k], theta[before]) < 0.1 * length).then(|| {
        format!("Bounces to and fro: the last step, {} long, undid the one before.", three(length))
    })
}

/// The velocity carries the run up.
fn uphill(sight: &Sight) -> Option<String> {
    let f = sight.account.symbols[0];
    let losses = &sight.account.path.loss;
    if !sight.has_velocity() || sight.k == 0 || losses[sight.k] <= losses[sight.k - 1] {
        return None;
    }
    let lowest = (1..=sight.k).rev().find(|&step| losses[step] <= losses[step - 1]).unwrap_or(0);
    // Next to a minimum a little of that is the rule, and no news.
    if losses[sight.k] - losses[lowest] < 1e-4 * (losses[0] - losses[lowest]).abs() {
        return None;
    }
    Some(format!(
        "Runs uphill on its velocity: {f} has risen from {} to {} since step {}.",
        three(losses[lowest]),
        three(sight.loss()),
        count(lowest)
    ))
}

/// Slow, and f curves down somewhere.
fn near_saddle(sight: &Sight) -> Option<String> {
    let f = sight.account.symbols[0];
    let [low, high] = sight.lambda;
    let norms = &sight.account.path.grad_norm[..=sight.k];
    let most = norms.iter().copied().fold(0.0, f64::max);
    let slow = sight.k > 0 && sight.grad_norm() <= 0.05 * most;
    let way = distance(sight.account.path.theta[0], sight.account.path.theta[sight.k]);
    let near = newton_step(sight) <= 0.2 * way;
    (slow && near && low < 0.0 && high > 0.0 && low < -1e-3 * high).then(|| {
        format!(
            "Slow near a saddle: the gradient is {}, and {f} curves down {} (λ_min = {}).",
            three(sight.grad_norm()),
            sight.along(0),
            three(low)
        )
    })
}

/// It has come near the minimum.
fn arrived(sight: &Sight) -> Option<String> {
    let near = sight.account.milestones.first_within?;
    (sight.k >= near).then(|| sight.comparison()).flatten()
}

/// f curves much more across the valley than along it.
fn along_a_valley(sight: &Sight) -> Option<String> {
    let f = sight.account.symbols[0];
    let [low, high] = sight.lambda;
    let pace = steps_at_this_pace(sight).filter(|steps| *steps >= 50.0)?;
    if sight.linear.is_none() || high < 50.0 * low.abs() {
        return None;
    }
    let verb = if pace >= 300.0 { "Crawls" } else { "Moves" };
    let more = three(high / low.abs());
    Some(format!(
        "{verb} along a valley: here {f} curves {more} times as much across as along it. At this \
         pace the minimum is at least {} steps away.",
        count(pace as usize)
    ))
}

/// The slope and the curvature here point to a minimum that is not the known one.
fn nears_another(sight: &Sight) -> Option<String> {
    let newton = newton_step(sight);
    let way = distance(sight.account.path.theta[0], sight.account.path.theta[sight.k]);
    let near = newton > 0.0 && newton < 0.02 * sight.remaining?.min(way);
    (near && sight.lambda[0] > 0.0 && !sight.account.noisy).then(|| {
        format!("Nears a local minimum, about {} away by the curvature here.", three(newton))
    })
}

/// In how many steps as long as the last it could be at the minimum, on a straight line.
fn steps_at_this_pace(sight: &Sight) -> Option<f64> {
    let steps = sight.remaining? / sight.last_move?;
    (steps.is_finite() && steps < 1e15).then_some(steps)
}

/// At the pace of its last step it needs far more steps than the run has left.
pub(super) fn pace(sight: &Sight) -> Option<String> {
    let account = sight.account;
    if let Some(comparison) = account.rival.and_then(|_| arrived(sight)) {
        return Some(comparison);
    }
    if let Some(another) = nears_another(sight) {
        return Some(another);
    }
    let left = sight.last - sight.k;
    let never_near = account.milestones.first_within.is_none() && !account.noisy;
    if let Some(steps) = steps_at_this_pace(sight)
        && never_near
        && steps > 50.0
        && steps > 1.5 * left as f64
    {
        return Some(format!(
            "Creeps: the last step was {} long, and the minimum is {} away: at least {} steps at \
             this pace.",
            three(sight.last_move?),
            three(sight.remaining?),
            count(steps as usize)
        ));
    }
    let scale = 1.0 + libm::hypot(account.path.theta[sight.k][0], account.path.theta[sight.k][1]);
    let still = account.milestones.minimum.is_none() && !account.noisy;
    let length = sight.last_move.filter(|length| still && *length < 1e-7 * scale)?;
    Some(format!(
        "Hardly moves: the gradient is {}, and the last step was {} long.",
        three(sight.grad_norm()),
        three(length)
    ))
}

/// How far f has come: what can always be said.
pub(super) fn progress(sight: &Sight) -> String {
    let f = sight.account.symbols[0];
    let [first, now] = [sight.account.path.loss[0], sight.loss()];
    let gradient = three(sight.grad_norm());
    if sight.k == 0 {
        let start = format!("Starts at {f} = {} with a gradient of {gradient}", three(first));
        return match sight.product() {
            Some([product, bound]) if !sight.account.noisy => {
                let side = if product < bound { "below" } else { "not below" };
                let words = sight.product_in_words(product, bound);
                format!("{start}; here {words}, {side} the limit of {}.", three(bound))
            }
            _ => format!("{start}."),
        };
    }
    let from = beside(first, now);
    let to = beside(now, first);
    if now == first {
        return format!("{f} is {to}, as at the start; the gradient is {gradient}.");
    }
    let moved = if now < first { "fallen" } else { "risen" };
    format!("{f} has {moved} from {from} to {to}; the gradient is {gradient}.")
}
