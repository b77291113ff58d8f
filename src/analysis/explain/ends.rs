//! Where a run has come to an end, or to where it will not leave.

use super::super::milestones::{NEAR, distance};
use super::super::number::{beside, count, point, three};
use super::super::stability::eigenvalues;
use super::{Sight, dot};

/// Its numbers stopped being finite: too long a step, or f has no value there.
pub(super) fn diverged(sight: &Sight) -> Option<String> {
    let f = sight.account.symbols[0];
    let step = sight.ended()?;
    let path = sight.account.path;
    let size = libm::hypot(path.theta[sight.k][0], path.theta[sight.k][1]);
    let scale = 1.0 + libm::hypot(path.theta[0][0], path.theta[0][1]);
    let grew = size > 1e6 * scale || sight.loss().abs() > 1e12 * (1.0 + path.loss[0].abs());
    let why = cause(sight).map_or(String::new(), |why| format!(" {why}"));
    if !grew {
        return Some(format!(
            "Stopped: step {} leads to where {f} or its gradient is not a finite number.{why}",
            count(step)
        ));
    }
    let when = count(step);
    if sight.loss() < path.loss[0] {
        return Some(format!(
            "Runs off: {f} falls and falls, and at step {when} its numbers outgrew what f64 can hold."
        ));
    }
    Some(format!("Diverged: at step {when} its numbers outgrew what f64 can hold.{why}"))
}

/// Which stability limit the run was above; None if it was above none.
pub(super) fn cause(sight: &Sight) -> Option<String> {
    let [alpha, bound] = sight.linear?;
    let at = |hessian, place: &str| {
        let product = alpha * eigenvalues(hessian)[1];
        (product > bound).then(|| {
            let words = sight.product_in_words(product, bound);
            format!("{words}{place}, above the limit of {}.", beside(bound, product))
        })
    };
    let account = sight.account;
    if account.quadratic {
        return at(account.start.hessian, "");
    }
    at(account.start.hessian, " by the Hessian at the start")
        .or_else(|| at(account.here.hessian, " by the Hessian at its last point"))
}

/// The start is a stationary point, and nothing moves.
pub(super) fn starts_at_rest(sight: &Sight) -> Option<String> {
    let account = sight.account;
    if account.noisy || account.path.grad_norm[..=sight.k].iter().any(|norm| *norm != 0.0) {
        return None;
    }
    let above = account.floor.map(|floor| sight.loss() - floor).filter(|above| *above > 0.0);
    let place = match (sight.lambda, above) {
        ([low, _], _) if low > 0.0 => "The start is a minimum.".to_owned(),
        ([_, high], _) if high < 0.0 => "The start is a maximum.".to_owned(),
        ([low, high], _) if low < 0.0 && high > 0.0 => {
            "The start is a saddle; only noise or another start gets it off.".to_owned()
        }
        (_, Some(above)) => format!("The surface is level, {} above its minimum.", three(above)),
        (_, None) => "The surface is level at the start.".to_owned(),
    };
    Some(format!("Does not move: the gradient is 0. {place}"))
}

/// Whether the gradient is as good as 0 from here on, and the local quadratic's
/// stationary point is as good as here.
fn stationary(sight: &Sight) -> Option<usize> {
    let settled = sight.account.milestones.settled.filter(|step| sight.k >= *step)?;
    let way = distance(sight.account.path.theta[0], sight.account.path.theta[sight.k]);
    let newton =
        |axis: usize| sight.slope_along(axis).abs() <= 1e-3 * way * sight.lambda[axis].abs();
    (newton(0) && newton(1)).then_some(settled)
}

/// About how far the stationary point of the local quadratic is: the length of a Newton step.
pub(super) fn newton_step(sight: &Sight) -> f64 {
    let along = |axis: usize| sight.slope_along(axis) / sight.lambda[axis];
    libm::hypot(along(0), along(1))
}

/// At a minimum, to within how much.
pub(super) fn converged(sight: &Sight) -> Option<String> {
    let f = sight.account.symbols[0];
    let settled = stationary(sight)?;
    if sight.lambda[0] <= 0.0 {
        return None;
    }
    let account = sight.account;
    let at = account.path.theta[settled];
    let here = account.path.theta[sight.k];
    let way = distance(account.path.theta[0], here);
    let step = count(settled);
    let words = match account.milestones.minimum {
        Some(minimum) if distance(minimum, here) <= NEAR * way => {
            let within = three(distance(minimum, at));
            format!("Converged at step {step} to within {within} of the minimum")
        }
        Some(_) => format!("Converged at step {step} to a local minimum at {}", point(here)),
        None => {
            let gradient = three(account.path.grad_norm[settled]);
            format!("Converged at step {step} to within a gradient of {gradient}")
        }
    };
    let above = account.floor.map_or(0.0, |floor| sight.loss() - floor);
    let tiny = 1e-6 * (1.0 + (account.path.loss[0] - sight.loss()).abs());
    if above > tiny {
        let above = three(above);
        return Some(format!("{words}. {f} is {above} above the lowest known value there."));
    }
    let first = match (account.rival, sight.comparison()) {
        (Some(_), Some(comparison)) => format!("{comparison} "),
        _ => String::new(),
    };
    Some(format!("{first}{words}."))
}

/// The gradient is as good as 0, but f curves down somewhere.
pub(super) fn at_a_saddle(sight: &Sight) -> Option<String> {
    let f = sight.account.symbols[0];
    stationary(sight)?;
    let [low, high] = sight.lambda;
    let gradient = three(sight.grad_norm());
    (low < 0.0 && high > 0.0).then(|| {
        format!(
            "At a saddle: the gradient is {gradient}, yet {f} curves down {} (λ_min = {}).",
            sight.along(0),
            three(low)
        )
    })
}

/// The slope and the curvature are next to nothing, and f is far above what it could be.
pub(super) fn on_a_plateau(sight: &Sight) -> Option<String> {
    let f = sight.account.symbols[0];
    let account = sight.account;
    let above = sight.loss() - account.floor?;
    let remaining = sight.remaining.filter(|remaining| *remaining > 0.0)?;
    // What a bowl of this depth and width would have.
    let usual = 2.0 * above / (remaining * remaining);
    let flat = sight.lambda.iter().all(|lambda| lambda.abs() <= 1e-2 * usual);
    let next = match (sight.last_move, sight.linear) {
        (Some(length), _) => length,
        (None, Some([alpha, _])) => alpha * sight.grad_norm(),
        (None, None) => return None,
    };
    if !flat || account.noisy || remaining < 1e4 * next {
        return None;
    }
    let gradient = three(sight.grad_norm());
    let moves = if next > 0.0 {
        format!("a step moves {}", three(next))
    } else {
        "a step moves nothing at all".to_owned()
    };
    Some(format!(
        "Stuck on a plateau: the gradient is {gradient}, so {moves}. {f} is {} above the minimum.",
        three(above)
    ))
}

/// The steps over which a mean is taken, to tell hovering from coming nearer.
const A_WHILE: usize = 20;
/// The same where noise is on it, which takes longer to average out.
const A_NOISY_WHILE: usize = 50;

/// The mean distance from the minimum over the last steps, if it has stopped shrinking
/// short of where the run began: at most `short` of the starting distance.
fn hovering(sight: &Sight, a_while: usize, short: f64) -> Option<f64> {
    let minimum = sight.account.milestones.minimum?;
    let theta = &sight.account.path.theta;
    let end = sight.k + 1;
    if end < 3 * a_while {
        return None;
    }
    let mean = |points: &[[f64; 2]]| {
        points.iter().map(|point| distance(*point, minimum)).sum::<f64>() / points.len() as f64
    };
    let late = mean(&theta[end - a_while..end]);
    let early = mean(&theta[end - 3 * a_while..end - a_while]);
    let far = distance(theta[0], minimum);
    (late > 0.0 && late < short * far && late > 0.6 * early && late < 1.6 * early).then_some(late)
}

/// Noise keeps the run from settling.
pub(super) fn in_a_noise_ball(sight: &Sight) -> Option<String> {
    if !sight.account.noisy {
        return None;
    }
    let mean = three(hovering(sight, A_NOISY_WHILE, 0.5)?);
    Some(format!(
        "Noise keeps it moving: over the last {A_NOISY_WHILE} steps it was {mean} from the minimum on \
         average.{}",
        if sight.linear.is_some() { " A smaller α brings it nearer." } else { "" }
    ))
}

/// The steps do not shrink as the gradient does.
pub(super) fn hovers(sight: &Sight) -> Option<String> {
    if sight.linear.is_some() || sight.account.noisy {
        return None;
    }
    let mean = hovering(sight, A_WHILE, 0.2)?;
    let theta = &sight.account.path.theta;
    let moved = |i: usize| [0, 1].map(|axis| theta[i][axis] - theta[i - 1][axis]);
    // It hops about the minimum, and does not just pass slowly.
    let turns =
        (sight.k + 2 - A_WHILE..=sight.k).filter(|&i| dot(moved(i), moved(i - 1)) < 0.0).count();
    let step = sight.last_move.filter(|step| turns > A_WHILE / 4 && *step > 0.1 * mean)?;
    Some(format!(
        "Hovers about {} from the minimum: its steps are still {} long.",
        three(mean),
        three(step)
    ))
}
