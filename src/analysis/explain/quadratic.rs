//! What theory says on a quadratic surface, where it is exact.

use super::super::milestones::NEAR;
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
            account.noisy || part > 1e-12 * size
        })
        .filter_map(|axis| Some((axis, sight.mode(axis)?)))
        .collect()
}

/// The mode that takes longest, if the run comes to rest in all of them.
fn slowest(sight: &Sight) -> Option<(usize, Mode)> {
    let modes = modes(sight);
    let stable = modes.iter().all(|(axis, mode)| sight.lambda[*axis] > 0.0 && mode.radius() < 1.0);
    // Of two as slow as each other, the one along the valley.
    let slowest =
        modes.into_iter().rev().max_by(|(_, a), (_, b)| a.radius().total_cmp(&b.radius()));
    slowest.filter(|_| stable)
}

/// Above this α·λ_max plain GD diverges.
const GD_LIMIT: f64 = 2.0;

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
        return Some(format!("Neither grows nor settles {along}: {words}, the limit itself."));
    }
    let factor = beside(mode.radius(), 1.0);
    // A student who has just seen GD hold at this α asks why Nesterov does not.
    let whose = if sight.account.rule.key == "nesterov" && product < GD_LIMIT {
        format!("Nesterov's limit of {limit} at this β, though below GD's of 2")
    } else {
        format!("the limit of {limit}")
    };
    Some(format!(
        "Diverges: {words}, above {whose}. Each step makes the swing {along} {factor} times as \
         large."
    ))
}

/// f curves down somewhere, so a quadratic has no minimum.
pub(super) fn saddle(sight: &Sight) -> Option<String> {
    let f = sight.account.symbols[0];
    let account = sight.account;
    let [low, high] = sight.lambda;
    // A valley that is level along its floor has λ_min = 0, but for rounding.
    if !account.quadratic || low >= -1e-12 * high.abs() {
        return None;
    }
    if high < 0.0 {
        return Some(format!(
            "Runs off: {f} curves down in every direction (λ_max = {}), so there is no minimum.",
            three(high)
        ));
    }
    let along = sight.along(0);
    let lambda = three(low);
    let gradient = three(sight.grad_norm());
    // Distances from the saddle, along the directions that lead away from it and to it.
    // What rounding leaves of one is none.
    let off = (sight.slope_along(0) / low).abs();
    let toward = if high > 0.0 { (sight.slope_along(1) / high).abs() } else { 0.0 };
    let start = account.start.gradient;
    let on_line = dot(start, sight.axes[0]).abs() <= 1e-13 * libm::hypot(start[0], start[1]);
    if on_line && !account.noisy && off <= 1e-3 * toward {
        let settled = account.milestones.settled.is_some_and(|step| sight.k >= step);
        let verb = if settled { "At the saddle" } else { "Heads straight for the saddle" };
        return Some(format!(
            "{verb}: the gradient is {gradient}, and 0 {along}, where {f} curves down (λ_min = \
             {lambda}). Only noise or another start gets it off this line."
        ));
    }
    let farther = sight.mode(0).map_or(String::new(), |mode| {
        format!(", {} times as far at each step", three(mode.radius()))
    });
    Some(if off < toward {
        format!(
            "Nears the saddle: the gradient is {gradient}. It also moves off {along}{farther}, as \
             {f} curves down there (λ_min = {lambda})."
        )
    } else {
        format!(
            "Leaves the saddle {along}{farther}: {f} curves down there (λ_min = {lambda}) and has no \
             minimum."
        )
    })
}

/// The velocity carries the run past the minimum.
pub(super) fn overshoots(sight: &Sight) -> Option<String> {
    let account = sight.account;
    let overshoot = account.milestones.overshoot.filter(|past| past.share >= 0.05)?;
    let (_, mode) = slowest(sight)?;
    if !sight.has_velocity() || account.noisy || mode.damping() != Damping::Under {
        return None;
    }
    let [share, step] = [percent(overshoot.share), count(overshoot.step)];
    let verb = if sight.k >= overshoot.step { "Overshot" } else { "Overshoots" };
    let stays = match account.milestones.stays_within {
        Some(step) => {
            let from = count(step);
            format!("It stays within 1 % only from step {from} on.")
        }
        None => {
            format!("Each step keeps {} of the swing.", modulus(sight, mode))
        }
    };
    Some(format!("{verb} by {share} of the distance at step {step}. {stays}"))
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
    sight.account.rival.filter(|_| sight.account.quadratic)?;
    sight.comparison()
}

/// α is so small that the steps of this run are not half enough.
pub(super) fn creeps(sight: &Sight) -> Option<String> {
    let account = sight.account;
    let (axis, mode) = slowest(sight)?;
    let kept = mode.radius();
    let steps = libm::log(NEAR) / libm::log(kept);
    let slow = kept > 0.95 && steps > 2.0 * sight.last as f64;
    if !slow || account.milestones.first_within.is_some() || account.noisy {
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

/// Whether a mode of complex roots r e^{±iω} is all but at rest when it swings over, π/ω
/// steps on: with ω at most half of −ln r, at most e^{−2π} = 0.2 % is left by then.
fn hardly_swings(mode: Mode) -> bool {
    mode.angle() <= -0.5 * libm::log(mode.radius())
}

/// How the slow direction comes to rest.
pub(super) fn damping(sight: &Sight) -> Option<String> {
    let (axis, mode) = slowest(sight)?;
    let along = sight.along(axis);
    let left = percent(mode.radius());
    if sight.account.noisy {
        let noisy = "Apart from the noise, each step leaves";
        return (mode.damping() != Damping::Under)
            .then(|| format!("{noisy} {left} of the distance {along}."));
    }
    let first = sight.comparison().map_or(String::new(), |comparison| format!("{comparison} "));
    if !sight.has_velocity() {
        let [product, _] = sight.product().filter(|[product, _]| *product <= 1.0)?;
        let words = sight.product_in_words(product, 1.0);
        return Some(format!(
            "{first}Each step leaves {left} of the distance {along}. No zig-zag: {words}, and it \
             takes more than 1."
        ));
    }
    Some(match mode.damping() {
        Damping::Critical => {
            format!("{first}Critically damped {along}: with a larger β it would swing.")
        }
        Damping::Under if hardly_swings(mode) => {
            let modulus = modulus(sight, mode);
            format!(
                "{first}Close to critically damped {along}: each step keeps {modulus} of the \
                 distance."
            )
        }
        Damping::Under => {
            let modulus = modulus(sight, mode);
            format!("{first}Underdamped: each step keeps {modulus} of the swing {along}.")
        }
        Damping::Over => {
            format!("{first}Overdamped: each step leaves {left} of the distance {along}.")
        }
    })
}

/// `√β = 0.707`: the modulus of a pair of complex roots; Nesterov's has no such name.
fn modulus(sight: &Sight, mode: Mode) -> String {
    let name = if mode.determinant == sight.account.values[1] { "√β = " } else { "" };
    format!("{name}{}", three(mode.radius()))
}
