//! What noise makes of a run: whether it has settled into a noise ball, or is on its way.

use super::super::milestones::distance;
use super::super::stability::Mode;
use super::Sight;
use super::claim::Claim;
use crate::math::symmetric::eigenvalues;

/// So many steps at least go into a mean over noise; with batches, whole epochs.
const A_WHILE: usize = 50;
/// In how many blocks the last losses are looked at.
const BLOCKS: usize = 12;

/// The steps that a mean is taken over: whole epochs.
fn while_of(sight: &Sight) -> usize {
    let period = sight.account.batches.map_or(1, |batches| batches.period.max(1));
    period * A_WHILE.div_ceil(period)
}

/// The mean loss over the last so many steps, and over as many before; `None` where the run is too
/// short for that.
fn mean_losses(sight: &Sight, over: usize) -> Option<[f64; 2]> {
    let end = sight.k + 1;
    let from = end.checked_sub(2 * over)?;
    let losses = &sight.account.path.loss;
    let mean = |part: &[f64]| part.iter().sum::<f64>() / part.len() as f64;
    Some([mean(&losses[from..end - over]), mean(&losses[end - over..end])])
}

/// Whether the mean loss no longer falls: over the last steps the line through the means of its
/// blocks (least squares) falls by less than twice the error of its slope, and by little.
fn is_level(sight: &Sight, over: usize) -> bool {
    let end = sight.k + 1;
    let losses = &sight.account.path.loss[end - 2 * over..end];
    let size = losses.len() / BLOCKS;
    let means: Vec<f64> = (losses[losses.len() - BLOCKS * size..].chunks(size))
        .map(|block| block.iter().sum::<f64>() / size as f64)
        .collect();
    let count = means.len() as f64;
    let centre = 0.5 * (count - 1.0);
    let mean = means.iter().sum::<f64>() / count;
    let spread = (0..means.len()).map(|i| (i as f64 - centre) * (i as f64 - centre)).sum::<f64>();
    let slope =
        means.iter().enumerate().map(|(i, m)| (i as f64 - centre) * (m - mean)).sum::<f64>()
            / spread;
    let rest = |(i, m): (usize, &f64)| m - mean - slope * (i as f64 - centre);
    let left = means.iter().enumerate().map(rest).map(|r| r * r).sum::<f64>() / (count - 2.0);
    let error = libm::sqrt(left / spread);
    let excess = mean - sight.account.floor.unwrap_or(0.0).min(mean);
    slope > -2.0 * error && slope * count > -0.3 * excess
}

/// Whether the time was long enough for what the start left to die away: a rule that is linear keeps
/// its spectral radius to the power k of it, by the slower curvature at the minimum. At most a
/// twentieth of the mean distance may be of that. `None` for the other rules.
fn has_had_time(sight: &Sight, mean: f64) -> Option<bool> {
    let account = sight.account;
    let [low, _] = eigenvalues(account.at_minimum?);
    let kept = Mode::new(account.rule, account.values, low)?.radius();
    let far = distance(account.path.theta[0], account.milestones.minimum?);
    Some(low > 0.0 && kept < 1.0 && far * libm::pow(kept, sight.k as f64) < 0.05 * mean)
}

/// The mean distance from a point over the last so many steps.
fn mean_distance(sight: &Sight, from: [f64; 2], over: usize) -> f64 {
    let theta = &sight.account.path.theta[sight.k + 1 - over..=sight.k];
    theta.iter().map(|at| distance(*at, from)).sum::<f64>() / over as f64
}

/// Noise keeps the run from settling.
pub(super) fn in_a_noise_ball(sight: &Sight) -> Option<Vec<Claim>> {
    let account = sight.account;
    let minimum = account.milestones.minimum.filter(|_| account.noisy)?;
    let over = while_of(sight);
    let [before, now] = mean_losses(sight, over)?;
    let mean = mean_distance(sight, minimum, over);
    let short = distance(account.path.theta[0], minimum);
    let floor = account.floor?;
    // Settled means no longer falling, and not rising either.
    let ratio = (now - floor) / (before - floor);
    let is_steady = (0.4..2.5).contains(&ratio) && mean > 0.0 && mean < 0.5 * short;
    let has_had_time = has_had_time(sight, mean);
    // Away from quadratics theory speaks of what is near the minimum alone.
    let is_settled = match has_had_time {
        Some(_) if account.quadratic => has_had_time == Some(true),
        _ => has_had_time != Some(false) && is_level(sight, over),
    };
    // AdaGrad's steps grow ever shorter, and its ball with them.
    let shrinks = account.scheduled.is_some() || account.rule.key == "adagrad";
    let stable = account.batches.is_none_or(|batches| batches.factor.is_none_or(|f| f < 1.0));
    let nearer = sight.linear.is_some() && stable && account.quadratic;
    (is_steady && is_settled && !shrinks && stable)
        .then(|| vec![Claim::InNoiseBall { over, mean, nearer }])
}

/// The mean loss still falls.
pub(super) fn on_its_way(sight: &Sight) -> Option<Vec<Claim>> {
    if !sight.account.noisy {
        return None;
    }
    let over = while_of(sight);
    let [before, now] = mean_losses(sight, over)?;
    let floor = sight.account.floor.unwrap_or(0.0).min(now);
    let [first, second] = mean_losses(sight, over / 2)?;
    let falls = now - floor < 0.98 * (before - floor) && !is_level(sight, over) && second < first;
    // Theory knows better than a mean.
    let minimum = sight.account.milestones.minimum.filter(|_| sight.account.quadratic);
    let has_arrived = minimum.is_some_and(|minimum| {
        has_had_time(sight, mean_distance(sight, minimum, over)) == Some(true)
    });
    (falls && !has_arrived).then(|| vec![Claim::OnItsWay { over, before, now }])
}
