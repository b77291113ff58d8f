//! What theory says on a quadratic surface, where it is exact.

use super::super::milestones::{NEAR, distance};
use super::super::stability::{Damping, MOST_TAKEN, Mode, alpha_limit};
use super::claim::{Afterwards, Claim, Measure};
use super::{ROUNDING, Sight, dot, newton};

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
    slowest.filter(|_| stable && !sight.curves_down())
}

/// Above this α·λ_max plain GD diverges.
const GD_LIMIT: f64 = MOST_TAKEN;

/// Whether what theory says of the mean holds of the run: with batches, whose curvature differs, only
/// while SGD is stable in the mean square.
fn is_trusted(sight: &Sight) -> bool {
    let batches = sight.account.batches;
    batches.is_none_or(|batches| batches.factor.is_some_and(|factor| factor < 1.0))
}

/// α is at or above the stability limit.
pub(super) fn diverges(sight: &Sight) -> Option<Vec<Claim>> {
    let account = sight.account;
    if !account.quadratic || sight.curves_down() && !swings_farther(sight) {
        return None;
    }
    if let Some(batches) = account.batches {
        let factor = batches.factor.filter(|factor| *factor > 1.0)?;
        let (alpha, limit, m) = (account.values[0], batches.limit?, batches.m);
        return Some(vec![Claim::MeanSquareGrows { alpha, limit, m, factor }]);
    }
    let (axis, mode) = modes(sight).pop()?;
    let product = sight.product()?;
    if axis != 1 || product.value < product.bound {
        return None;
    }
    let along = sight.along(axis);
    if product.value == product.bound {
        // With noise the mean square of the swing grows.
        return (!account.noisy).then(|| vec![Claim::AtLimit { product, along }]);
    }
    // A student who has just seen GD hold at this α asks why Nesterov does not.
    let below_gd = account.rule.key == "nesterov" && product.value < GD_LIMIT;
    let factor = mode.radius();
    (factor > 1.0).then(|| vec![Claim::Diverges { product, factor, along, below_gd }])
}

/// Whether a run off a saddle is soon farther across it than along the way down.
fn swings_farther(sight: &Sight) -> bool {
    let modes = modes(sight);
    let Some(((1, steep), others)) = modes.split_last() else { return false };
    sight.account.batches.is_none()
        && sight.lambda[1] > 0.0
        && steep.radius() > 1.0
        && others.iter().all(|(_, mode)| mode.radius() < steep.radius())
}

/// f curves down somewhere, so a quadratic has no minimum.
pub(super) fn saddle(sight: &Sight) -> Option<Vec<Claim>> {
    let account = sight.account;
    let [low, high] = sight.lambda;
    // Where Newton's method leads up, a saddle may draw it in.
    if !account.quadratic || !sight.curves_down() || newton::leads_up(sight) {
        return None;
    }
    let is_ridge = high.abs() <= ROUNDING * low.abs();
    if high < 0.0 && !is_ridge {
        return Some(vec![Claim::NoMinimum { lambda_max: high }]);
    }
    let (along, lambda_min, gradient) = (sight.along(0), low, sight.grad_norm());
    // Distances from the saddle, along the directions that lead away from it and to it.
    let off = sight.slope_along(0) / low;
    let toward = if is_ridge { 0.0 } else { sight.slope_along(1) / high };
    // What rounding leaves of one is none.
    let start = account.start.gradient;
    let on_line = dot(start, sight.axes[0]).abs() <= 1e-13 * libm::hypot(start[0], start[1]);
    let saddle =
        [0, 1].map(|i| sight.theta()[i] - off * sight.axes[0][i] - toward * sight.axes[1][i]);
    let [before, after] = sight.last_or_next_move()?;
    let is_nearer = distance(after, saddle) < distance(before, saddle);
    let settled = account.milestones.settled.is_some_and(|step| sight.k >= step);
    let draws_in = settled || sight.mode(1).map_or(is_nearer, |mode| mode.radius() < 1.0);
    let is_on_line = on_line && off.abs() <= 1e-3 * toward.abs();
    if is_on_line && draws_in && !account.noisy && !is_ridge {
        return Some(vec![Claim::OnSaddleLine { settled, gradient, along, lambda_min }]);
    }
    let part = |at: [f64; 2], axis: usize| {
        dot([at[0] - saddle[0], at[1] - saddle[1]], sight.axes[axis]).abs()
    };
    if part(after, 0) <= part(before, 0) {
        return None;
    }
    let factor = sight.mode(0).filter(|_| !account.noisy).map(|mode| mode.radius());
    Some(vec![if is_nearer && !is_ridge {
        Claim::NearsSaddle { gradient, factor, along, lambda_min }
    } else {
        Claim::LeavesSaddle { factor, along, lambda_min, ridge: is_ridge }
    }])
}

/// The velocity carries the run past the minimum.
pub(super) fn overshoots(sight: &Sight) -> Option<Vec<Claim>> {
    let account = sight.account;
    let overshoot = account.milestones.overshoot.filter(|past| past.share >= 0.05)?;
    let (_, mode) = slowest(sight)?;
    if !sight.has_velocity() || account.noisy || mode.damping() != Damping::Under {
        return None;
    }
    let then = match account.milestones.stays_within {
        Some(step) => Afterwards::Stays(step),
        None => Afterwards::Keeps(mode.radius(), is_root_beta(sight, mode)),
    };
    let (share, step) = (overshoot.share, overshoot.step);
    Some(vec![Claim::Overshoots { share, step, passed: sight.k >= step, then }])
}

/// Every step lands on the other side of the valley.
pub(super) fn zig_zags(sight: &Sight) -> Option<Vec<Claim>> {
    let modes = modes(sight);
    let (axis, mode) = *modes.last()?;
    let product = sight.product().filter(|_| sight.account.batches.is_none())?;
    let is_slight = !mode.alternates() || mode.radius() < 0.5;
    if axis != 1 || product.value >= product.bound || is_slight || sight.curves_down() {
        return None;
    }
    let jumps = !matches!(modes[..], [(_, slow), _] if !slow.alternates());
    Some(vec![Claim::ZigZags { product, jumps }])
}

/// When the run comes to 1 % of the starting distance, and how its rival fares.
pub(super) fn reaches(sight: &Sight) -> Option<Vec<Claim>> {
    sight.account.rival.filter(|_| sight.account.quadratic && is_trusted(sight))?;
    Some(vec![sight.comparison()?])
}

/// α is so small that the steps of this run are not half enough.
pub(super) fn creeps(sight: &Sight) -> Option<Vec<Claim>> {
    let account = sight.account;
    let (axis, mode) = slowest(sight)?;
    let kept = mode.radius();
    let steps = libm::log(NEAR) / libm::log(kept);
    let slow = kept > 0.95 && steps > 2.0 * sight.last as f64 && steps < 1e15;
    if !slow || account.milestones.first_within.is_some() || account.noisy {
        return None;
    }
    let limit = alpha_limit(account.rule, account.values, sight.lambda[1])?;
    let alpha = (account.values[0] < 0.5 * limit).then_some([account.values[0], limit]);
    let steps = steps.round() as usize;
    Some(vec![Claim::Creeps { kept, along: sight.along(axis), steps, alpha }])
}

/// Whether a mode of complex roots r e^{±iω} is all but at rest when it swings over, π/ω
/// steps on: with ω at most half of −ln r, at most e^{−2π} = 0.2 % is left by then.
fn hardly_swings(mode: Mode) -> bool {
    mode.angle() <= -0.5 * libm::log(mode.radius())
}

/// How the slow direction comes to rest.
pub(super) fn damping(sight: &Sight) -> Option<Vec<Claim>> {
    let (axis, mode) = slowest(sight).filter(|_| is_trusted(sight))?;
    let (along, share, noisy) = (sight.along(axis), mode.radius(), sight.account.noisy);
    if noisy {
        return (mode.damping() == Damping::Over)
            .then(|| vec![Claim::Leaves { share, along, noisy, product: None }]);
    }
    let root_beta = is_root_beta(sight, mode);
    let damping = if share < 1e-6 {
        let steps = if sight.account.rule.key == "nesterov" { 2 } else { 1 };
        let measure = sight.product().map_or(Measure::Plain, |product| product.measure);
        let measure = if measure == Measure::Averaged { Measure::Plain } else { measure };
        Claim::AtOnce { along, steps, measure }
    } else if !sight.has_velocity() {
        let product = sight.product().filter(|product| product.value <= 1.0)?;
        Claim::Leaves { share, along, noisy, product: Some(product) }
    } else {
        match mode.damping() {
            Damping::Critical if mode.trace > 0.0 => Claim::Critical { along },
            Damping::Under if hardly_swings(mode) => {
                Claim::NearlyCritical { modulus: share, root_beta, along }
            }
            Damping::Under => Claim::Under { modulus: share, root_beta, along },
            Damping::Over if mode.trace > 0.0 => Claim::Over { share, along },
            _ => return None,
        }
    };
    Some(sight.comparison().into_iter().chain([damping]).collect())
}

/// Whether the modulus of a pair of complex roots is √β; Nesterov's has no such name.
fn is_root_beta(sight: &Sight, mode: Mode) -> bool {
    sight.has_velocity() && mode.determinant == sight.account.values[1]
}
