//! What Newton's method makes of directions in which the surface curves down.

use super::claim::{Claim, Summit};
use super::ends::is_at_rest;
use super::{ROUNDING, Sight};

/// Whether a step leads up along the direction of λ_min, as f curves down there: λ_min + μ < 0.
pub(super) fn leads_up(sight: &Sight) -> bool {
    sight.curves_down() && sight.newton_share(0).is_some_and(|share| share > 0.0)
}

/// Whether a step leads nearer to the stationary point of the local quadratic, in both directions.
pub(super) fn is_drawn(sight: &Sight) -> bool {
    (0..2).all(|axis| sight.newton_share(axis).is_some_and(|share| share > 0.0 && share < 2.0))
}

/// The coming step leads up, to a saddle or a maximum.
pub(super) fn climbs(sight: &Sight) -> Option<Vec<Claim>> {
    let [low, high] = sight.lambda;
    let has_slope = sight.slope_along(0).abs() > 1e-9 * sight.grad_norm();
    let is_curved = high.abs() > ROUNDING * low.abs();
    let goes_up = leads_up(sight) && is_drawn(sight) && has_slope && is_curved;
    if !goes_up || sight.account.noisy || is_at_rest(sight) || sight.ended_early() {
        return None;
    }
    let to = if high > 0.0 { Summit::Saddle } else { Summit::Maximum };
    Some(vec![Claim::Climbs { along: sight.along(0), lambda_min: low, to }])
}
