//! What theory says of rules on quadratics, and of α·λ_max elsewhere, held to what the rules do in
//! plain loops along each eigendirection.

use ravine::analysis::explain::{Direction, Measure, Place, Product};

use super::rules::Rule;
use super::witness::{Check, Witness, dot, eigenvalues, length, require, same};

/// That α·λ_max is so, and that the rule is stable up to the value it is compared with.
fn product(rule: &Rule, said: &Product, lambda_max: f64) -> Check {
    if rule.is_newton() {
        let is_damped = rule.values[1] > 0.0;
        require((said.measure == Measure::Damped) == is_damped, "it is called so")?;
        same("the share", said.value, rule.share(lambda_max), 0.0)?;
        let at = |part: f64| {
            let alpha = part * said.bound * rule.alpha() / said.value;
            rule.with_alpha(alpha).radius(lambda_max)
        };
        same("the radius at the limit", at(1.0), 1.0, 0.0)?;
        return require(at(0.999) < 1.0 && at(1.001) > 1.0, "the limit parts stable from unstable");
    }
    let is_averaged = said.measure == Measure::Averaged;
    require(is_averaged || said.measure == Measure::Plain, "it is called so")?;
    let share = if is_averaged { 1.0 - rule.beta() } else { 1.0 };
    same("α·λ_max", said.value, share * rule.alpha() * lambda_max, 0.0)?;
    same("the α that counts", share * rule.alpha(), rule.effective_alpha(), 0.0)?;
    bound(rule, said)
}

/// That the rule is stable just below that value, and not just above it.
fn bound(rule: &Rule, said: &Product) -> Check {
    let at = said.bound / rule.effective_alpha();
    same("the radius at the limit", rule.radius(at), 1.0, 0.0)?;
    require(rule.radius(0.999 * at) < 1.0, "it is stable below the limit")?;
    require(rule.radius(1.001 * at) > 1.0, "it grows above the limit")
}

/// The eigendirections that the run takes part in.
fn parts(w: &Witness) -> Vec<usize> {
    let gradient = w.ground.gradient(w.start());
    let takes_part = |axis: &usize| {
        // Where all directions are alike, any is an eigendirection.
        let [low, high] = w.lambda();
        high - low <= 1e-9 * high.abs()
            || w.is_noisy()
            || dot(gradient, w.axes()[*axis]).abs() > 1e-12 * length(gradient)
    };
    (0..2).filter(takes_part).collect()
}

/// The slower of those, and what a step leaves along it in the long run.
pub fn slowest(w: &Witness) -> Result<(usize, f64), String> {
    require(w.is_theoretical(), "theory speaks of the run")?;
    let mut slowest: Option<(usize, f64)> = None;
    for axis in parts(w) {
        let radius = w.rule.radius(w.lambda()[axis]);
        require(w.lambda()[axis] > 0.0 && radius < 1.0, "it comes to rest along each axis")?;
        if slowest.is_none_or(|(_, most)| radius > most * (1.0 + 1e-9)) {
            slowest = Some((axis, radius));
        }
    }
    slowest.ok_or("it takes part in no direction".to_owned())
}

pub fn above_limit(w: &Witness, said: &Product, place: Place) -> Check {
    let hessian = w.ground.hessian(match place {
        Place::Start => w.start(),
        Place::Everywhere | Place::LastPoint => w.path.theta[w.last],
        Place::Here => w.theta(),
    });
    require(!w.is_scheduled() && w.batch.is_none(), "all steps are alike")?;
    require(w.ground.is_quadratic() == (place == Place::Everywhere), "it is so at this place")?;
    let [_, lambda] = eigenvalues(hessian);
    product(&w.rule, said, lambda)?;
    require(w.rule.radius(lambda) > 1.0, "it diverges with this curvature")
}

pub fn diverges(
    w: &Witness,
    said: &Product,
    factor: f64,
    along: Direction,
    below_gd: bool,
) -> Check {
    let [_, lambda] = w.lambda();
    require(w.is_theoretical() && w.batch.is_none(), "theory speaks of the run")?;
    require(parts(w).contains(&1), "it takes part in the steep direction")?;
    product(&w.rule, said, lambda)?;
    same("the factor", factor, w.rule.radius(lambda), 0.0)?;
    require(factor > 1.0, "it grows")?;
    let [low, _] = w.lambda();
    let is_off = low < 0.0 && parts(w).contains(&0) && w.rule.radius(low) > factor;
    require(!is_off, "it goes no faster off a saddle")?;
    // The swing in a plain loop.
    let swing = w.rule.mode(lambda, factor, 3000);
    let late = swing[2900..].iter().fold(0.0_f64, |most, d| most.max(d.abs()));
    require((1e-6..1e6).contains(&late), "the swing grows by the factor")?;
    let is_below_gd = w.rule.key == "nesterov" && w.rule.alpha() * lambda < 2.0;
    require(below_gd == is_below_gd, "GD is told of where it holds")?;
    w.along(along, 1)
}

pub fn at_limit(w: &Witness, said: &Product, along: Direction) -> Check {
    let [_, lambda] = w.lambda();
    require(w.is_theoretical() && !w.is_noisy(), "theory speaks of the path")?;
    require(parts(w).contains(&1), "it takes part in the steep direction")?;
    product(&w.rule, said, lambda)?;
    let swing = w.rule.mode(lambda, 1.0, 3000);
    let sizes = || swing[2900..].iter().map(|d| d.abs());
    let most = sizes().fold(0.0, f64::max);
    require((1e-3..1e3).contains(&most), "it neither grows nor settles")?;
    w.along(along, 1)
}

pub fn zig_zags(w: &Witness, said: &Product, jumps: bool) -> Check {
    require(w.is_theoretical() && w.batch.is_none(), "theory speaks of the run")?;
    let all = parts(w);
    require(all.contains(&1), "it takes part in the steep direction")?;
    product(&w.rule, said, w.lambda()[1])?;
    require(said.value < said.bound, "it is below the limit")?;
    let alternates = |axis: usize| {
        let lambda = w.lambda()[axis];
        let swing = w.rule.mode(lambda, w.rule.radius(lambda), 3000);
        swing[2900..].windows(2).all(|pair| pair[0] * pair[1] < 0.0)
    };
    require(alternates(1), "every step lands on the other side")?;
    require(jumps == all.into_iter().all(alternates), "it jumps if nothing of it goes straight")
}

pub fn creeps(
    w: &Witness,
    kept: f64,
    along: Direction,
    steps: usize,
    alpha: Option<[f64; 2]>,
) -> Check {
    let (axis, radius) = slowest(w)?;
    require(!w.is_noisy(), "no noise")?;
    same("what a step keeps", kept, radius, 0.0)?;
    same("what is left then", kept.powf(steps as f64), 0.01, 0.01 * (1.0 - kept))?;
    require(steps as f64 > 1.99 * w.last as f64, "that is far beyond the end")?;
    // The run itself, in a plain loop, as far as that is quick.
    if steps < 20_000 {
        // The most of a while, for it may just be swinging over.
        let all = w.rule.mode(w.lambda()[axis], 1.0, steps + steps / 2);
        let left = all[steps..].iter().fold(0.0_f64, |most, d| most.max(d.abs()));
        require((1e-3..0.1).contains(&left), &format!("1 % is left then, about, and not {left}"))?;
    }
    let limit = [0.999, 1.001].map(|part| {
        let limit = alpha.map_or(2.0 * w.rule.alpha(), |[_, limit]| limit);
        w.rule.with_alpha(part * limit).radius(w.lambda()[1])
    });
    match alpha {
        None => require(limit[1] > 1.0, "α is no less than half of its limit")?,
        Some([alpha, most]) => {
            same("α", alpha, w.rule.alpha(), 0.0)?;
            require(limit[0] < 1.0 && limit[1] > 1.0, "that is the limit")?;
            require(alpha < 0.5 * most, "α is less than half of it")?;
        }
    }
    w.along(along, axis)
}

pub fn leaves(
    w: &Witness,
    share: f64,
    along: Direction,
    noisy: bool,
    zig_zag: Option<&Product>,
) -> Check {
    let (axis, radius) = slowest(w)?;
    require(noisy == w.is_noisy(), "noise is told of")?;
    same("what a step leaves", share, radius, 0.0)?;
    w.along(along, axis)?;
    if noisy || w.rule.has_velocity() {
        let discriminant = w.rule.discriminant(w.lambda()[axis]);
        require(discriminant > 0.0, "it does not swing")?;
    } else if w.k > 0 {
        // Each step so far has.
        let minimum = w.minimum().ok_or("no minimum is known")?;
        let part = |step: usize| {
            let at = w.path.theta[step];
            dot([at[0] - minimum[0], at[1] - minimum[1]], w.axes()[axis])
        };
        let slack = 1e-12 * (1.0 + length(w.start()));
        same("what the last step left", part(w.k), share * part(w.k - 1), slack)?;
    }
    match zig_zag {
        None => Ok(()),
        Some(said) => {
            product(&w.rule, said, w.lambda()[1])?;
            let swing = w.rule.mode(w.lambda()[1], 1.0, 30);
            require(swing.iter().all(|d| *d >= 0.0), "there is no zig-zag")
        }
    }
}

pub fn at_once(w: &Witness, along: Direction, steps: usize, measure: Measure) -> Check {
    let (axis, _) = slowest(w)?;
    require(!w.is_noisy(), "no noise")?;
    let lambda = w.lambda()[axis];
    match measure {
        Measure::Newton => same("α", w.rule.alpha(), 1.0, 0.0)?,
        Measure::Damped => same("the share", w.rule.share(lambda), 1.0, 0.0)?,
        Measure::Plain | Measure::Averaged => {
            same("α·λ", w.rule.effective_alpha() * lambda, 1.0, 0.0)?;
        }
    }
    require(
        w.rule.is_newton() == (measure == Measure::Newton || measure == Measure::Damped),
        "so",
    )?;
    for part in parts(w) {
        let d = w.rule.mode(w.lambda()[part], 1.0, steps);
        require(d[steps].abs() < 1e-5, "the distance is gone then")?;
        require(d[..steps].iter().all(|d| d.abs() > 1e-5), "it is not gone before")?;
    }
    w.along(along, axis)
}

pub fn critical(w: &Witness, along: Direction) -> Check {
    let (axis, _) = slowest(w)?;
    let lambda = w.lambda()[axis];
    require(w.rule.has_velocity() && !w.is_noisy(), "a velocity, and no noise")?;
    require(w.rule.discriminant(lambda).abs() < 1e-11, "the roots are equal")?;
    let larger = w.rule.with_beta(w.rule.beta() + 1e-3 * (1.0 - w.rule.beta()));
    require(larger.discriminant(lambda) < 0.0, "with a larger β it swings")?;
    require(w.rule.mode(lambda, 1.0, 60).iter().all(|d| *d > 0.0), "it does not swing")?;
    w.along(along, axis)
}

/// What is said of complex roots: their size, and whether it is √β.
fn swing(w: &Witness, modulus: f64, root_beta: bool) -> Result<(usize, f64), String> {
    let (axis, radius) = slowest(w)?;
    require(w.rule.has_velocity() && !w.is_noisy(), "a velocity, and no noise")?;
    same("what a step keeps", modulus, radius, 0.0)?;
    if root_beta {
        same("√β", modulus, w.rule.beta().sqrt(), 0.0)?;
    }
    let lambda = w.lambda()[axis];
    require(w.rule.discriminant(lambda) < 0.0, "the roots are complex")?;
    Ok((axis, lambda))
}

pub fn nearly_critical(w: &Witness, modulus: f64, root_beta: bool, along: Direction) -> Check {
    let (axis, lambda) = swing(w, modulus, root_beta)?;
    let d = w.rule.mode(lambda, 1.0, 20_000);
    let over = d.iter().position(|d| *d < 0.0).unwrap_or(d.len());
    let past = d[over..].iter().fold(0.0_f64, |most, d| most.max(d.abs()));
    require(past < 0.005, &format!("next to nothing swings over, and not {past}"))?;
    w.along(along, axis)
}

pub fn under(w: &Witness, modulus: f64, root_beta: bool, along: Direction) -> Check {
    let (axis, lambda) = swing(w, modulus, root_beta)?;
    let d = w.rule.mode(lambda, modulus, 20_000);
    let turns = d.windows(2).filter(|pair| pair[0] * pair[1] < 0.0).count();
    require(turns > 2, "it swings")?;
    w.along(along, axis)
}

pub fn over(w: &Witness, share: f64, along: Direction) -> Check {
    let (axis, radius) = slowest(w)?;
    require(w.rule.has_velocity() && !w.is_noisy(), "a velocity, and no noise")?;
    same("what a step leaves", share, radius, 0.0)?;
    let lambda = w.lambda()[axis];
    require(w.rule.discriminant(lambda) > 0.0, "the roots are real")?;
    let d = w.rule.mode(lambda, share, 3000);
    same("what the last step left", d[3000], d[2999], 1e-6)?;
    require(d[3000] > 0.0, "it does not swing over")?;
    w.along(along, axis)
}

pub fn too_long(w: &Witness, said: &Product, limit: f64) -> Check {
    let [_, lambda] = w.lambda();
    require(!w.ground.is_quadratic() && !w.is_noisy() && !w.is_scheduled(), "it is said of it")?;
    product(&w.rule, said, lambda)?;
    require(w.rule.radius(lambda) > 1.0, "it grows with this curvature")?;
    require(w.rule.with_alpha(0.999 * limit).radius(lambda) < 1.0, "it is stable below the limit")?;
    require(w.rule.with_alpha(1.001 * limit).radius(lambda) > 1.0, "and not above it")
}

pub fn zig_zags_here(w: &Witness, said: &Product) -> Check {
    let [_, lambda] = w.lambda();
    product(&w.rule, said, lambda)?;
    require(!w.ground.is_quadratic() && !w.is_noisy() && !w.is_scheduled(), "it is said of it")?;
    require(said.value > 1.0 && said.value <= said.bound, "α·λ_max is in between")?;
    let [before, now] = [w.moved(w.k - 1), w.moved(w.k)];
    let [a, b] = [before, now].map(|step| dot(step, w.axes()[1]));
    require(a * b < 0.0, "the last two steps went to and fro across")?;
    // Half of their lengths in the geometric mean.
    require(-a * b > 0.2499 * length(before) * length(now), "most of them went across")
}

pub fn starts(w: &Witness, f: f64, gradient: f64, said: Option<&Product>) -> Check {
    require(w.k == 0, "it is the start")?;
    same("f", f, w.f(), 1e-12)?;
    w.gradient_is(gradient)?;
    let [low, high] = w.lambda();
    match said {
        None => Ok(()),
        Some(said) => {
            require(high > 0.0 && low >= -1e-9 * high, "it curves upward")?;
            product(&w.coming(), said, high)
        }
    }
}
