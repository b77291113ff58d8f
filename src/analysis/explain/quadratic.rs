//! What theory says on a quadratic surface, where it is exact.

use super::super::number::{beside, count, three};
use super::super::stability::{Damping, Mode, alpha_limit, eigenvalues};
use super::{Sight, dot, percent};

/// The modes of a linear rule on a quadratic that its run takes part in, the slow first:
/// (eigendirection, mode). A start on an eigendirection leaves the other one at rest.
fn modes(sight: &Sight) -> Vec<(usize, Mode)> {
    let account = sight.account;
    if !account.quadratic {
        return Vec::new();
    }
    let gradient = account.start.gradient;
    let size = libm::hypot(gradient[0], gradient[1]);
    (0..2)
        .filter(|axis| {
            let part = dot(gradient, sight.axes[*axis]).abs();
            account.noise > 0.0 || part > 1e-12 * size
        })
        .filter_map(|axis| Some((axis, sight.mode(axis)?)))
        .collect()
}

/// The mode that takes longest, if the run comes to rest in all of them.
fn slowest(sight: &Sight) -> Option<(usize, Mode)> {
    let modes = modes(sight);
    let stable = modes.iter().all(|(axis, mode)| sight.lambda[*axis] > 0.0 && mode.radius() < 1.0);
    let slowest = modes.into_iter().max_by(|(_, a), (_, b)| a.radius().total_cmp(&b.radius()));
    slowest.filter(|_| stable)
}

/// α is at or above the stability limit.
pub(super) fn diverges(sight: &Sight) -> Option<String> {
    let (axis, mode) = modes(sight).pop()?;
    let [product, bound] = sight.product()?;
    if axis != 1 || product < bound {
        return None;
    }
    let words = sight.product_in_words(product, bound);
    let limit = three(bound);
    let along = sight.along(axis);
    if product == bound {
        return Some(format!("Neither grows nor settles {along}: {words} is the limit itself."));
    }
    let factor = beside(mode.radius(), 1.0);
    Some(format!(
        "Diverges: {words}, above the limit of {limit}. Each step makes the swing {along} {factor} \
         times as large."
    ))
}

/// f curves down somewhere, so a quadratic has no minimum.
pub(super) fn saddle(sight: &Sight) -> Option<String> {
    let account = sight.account;
    let [low, high] = sight.lambda;
    if !account.quadratic || low >= 0.0 {
        return None;
    }
    if high < 0.0 {
        return Some(format!(
            "Runs off: f curves down in every direction (λ_max = {}), so there is no minimum.",
            three(high)
        ));
    }
    let along = sight.along(0);
    let lambda = three(low);
    let gradient = three(sight.grad_norm());
    // Distances from the saddle, by eigendirection. What is left of one by rounding is none.
    let start = account.start.gradient;
    let off_line = dot(start, sight.axes[0]).abs() > 1e-13 * libm::hypot(start[0], start[1]);
    let off = (sight.slope_along(0) / low).abs();
    let toward = if high > 0.0 { (sight.slope_along(1) / high).abs() } else { 0.0 };
    if !off_line && account.noise == 0.0 {
        let settled = account.milestones.settled.is_some_and(|step| sight.k >= step);
        let verb = if settled { "At the saddle" } else { "Heads straight for the saddle" };
        return Some(format!(
            "{verb}: the gradient is {gradient}, and exactly 0 {along}, where f curves down \
             (λ_min = {lambda}). Only noise or another start gets it off this line."
        ));
    }
    let factor = match sight.mode(0) {
        Some(mode) => format!(", where each step takes it {} times as far", three(mode.radius())),
        None => String::new(),
    };
    if off < toward {
        return Some(format!(
            "Nears the saddle: the gradient is {gradient}. f curves down {along} (λ_min = \
             {lambda}){factor}."
        ));
    }
    Some(format!(
        "Leaves the saddle {along}: f curves down there (λ_min = {lambda}) and has no minimum."
    ))
}

/// The velocity carries the run past the minimum.
pub(super) fn overshoots(sight: &Sight) -> Option<String> {
    let account = sight.account;
    let overshoot = account.milestones.overshoot.filter(|past| past.share >= 0.05)?;
    let (_, mode) = slowest(sight)?;
    if !sight.has_velocity() || account.noise > 0.0 || mode.damping() != Damping::Under {
        return None;
    }
    let [share, step] = [percent(overshoot.share), count(overshoot.step)];
    let verb = if sight.k >= overshoot.step { "Overshot" } else { "Overshoots" };
    let stays = match account.milestones.stays_within {
        Some(step) => {
            let from = count(step);
            format!("It stays within 1 % of the starting distance only from step {from} on.")
        }
        None => {
            let kept = percent(mode.radius());
            format!("The swing keeps {kept} of its size at each step.")
        }
    };
    Some(format!("{verb} by {share} of the starting distance at step {step}. {stays}"))
}

/// Every step lands on the other side of the valley.
pub(super) fn zig_zags(sight: &Sight) -> Option<String> {
    let modes = modes(sight);
    let (axis, mode) = *modes.last()?;
    let [product, bound] = sight.product()?;
    if axis != 1 || product >= bound || !mode.alternates() || mode.radius() < 0.5 {
        return None;
    }
    let zig_zag = match modes[..] {
        [(_, slow), _] if !slow.alternates() => "Zig-zags",
        _ => "Jumps across the minimum at each step",
    };
    let words = sight.product_in_words(product, bound);
    Some(format!("{zig_zag}: {words}. Above {} it diverges.", three(bound)))
}

/// When the run comes to 1 % of the starting distance, and when its rival does.
pub(super) fn reaches(sight: &Sight) -> Option<String> {
    sight.account.rival?;
    sight.comparison()
}

/// α is so small that the horizon is too short.
pub(super) fn creeps(sight: &Sight) -> Option<String> {
    let account = sight.account;
    let (axis, mode) = slowest(sight)?;
    let kept = mode.radius();
    let steps = libm::log(0.01) / libm::log(kept);
    if account.milestones.first_within.is_some()
        || account.noise > 0.0
        || steps <= sight.last as f64
    {
        return None;
    }
    let along = sight.along(axis);
    let removed = percent(1.0 - kept);
    let limit = alpha_limit(account.rule, account.values, eigenvalues(account.here.hessian)[1])?;
    let hint = if account.values[0] < 0.5 * limit {
        format!(" α is {}; its limit is {}.", three(account.values[0]), three(limit))
    } else {
        String::new()
    };
    Some(format!(
        "Creeps: a step removes {removed} of the distance {along}, so 1 % is left after about {} \
         steps.{hint}",
        count(steps.round() as usize)
    ))
}

/// A mode that turns by less than this in a step, in radians, has all but come to rest
/// before it swings over: e^{-π / 0.15} of it is left even at √β = 0.9.
const ALMOST_NO_TURN: f64 = 0.15;

/// How the slow direction comes to rest.
pub(super) fn damping(sight: &Sight) -> Option<String> {
    let (axis, mode) = slowest(sight)?;
    let along = sight.along(axis);
    let kept = percent(mode.radius());
    let first = sight.comparison().map_or(String::new(), |words| format!("{words} "));
    if !sight.has_velocity() {
        let [product, bound] = sight.product()?;
        let smooth = if product < 1.0 { ", so it does not zig-zag" } else { "" };
        return Some(format!(
            "{first}Each step leaves {kept} of the distance {along}. {}{smooth}.",
            sight.product_in_words(product, if product < 1.0 { 1.0 } else { bound })
        ));
    }
    let turn = mode.angle();
    Some(match mode.damping() {
        Damping::Critical => {
            format!("{first}Critically damped {along}: with a larger β it would swing.")
        }
        Damping::Under if turn < ALMOST_NO_TURN => {
            format!(
                "{first}Close to critically damped {along}: each step leaves {kept} of the distance."
            )
        }
        Damping::Under => {
            format!("{first}Underdamped {along}: the swing keeps {kept} of its size at each step.")
        }
        Damping::Over => {
            format!("{first}Overdamped {along}: each step leaves {kept} of the distance.")
        }
    })
}
