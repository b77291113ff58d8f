//! Laws of the update rules, over the registry: a rule that joins it is held to them all.

#[path = "math/formula/machine.rs"]
mod machine;

use machine::{HELPER, Machine};
use ravine::math::formula::{Formula, Tape};
use ravine::math::param::Scale;
use ravine::optimizers::compiled::CompiledRule;
use ravine::optimizers::{Optimizer, RULES, Rule, equation, rule};

/// Every rule with its defaults, and with each choice that it offers.
fn settings() -> Vec<(&'static Rule, Vec<f64>)> {
    let mut all = Vec::new();
    for rule in RULES {
        all.push((rule, rule.defaults()));
        for (index, parameter) in rule.parameters.iter().enumerate() {
            if let Scale::Choice(choices) = parameter.scale {
                for choice in 1..choices.len() {
                    let mut values = rule.defaults();
                    values[index] = choice as f64;
                    all.push((rule, values));
                }
            }
        }
    }
    all
}

/// ∂/∂θ of ½θ² + 0.1θ⁴, number by number.
fn slopes(theta: &[f64]) -> Vec<f64> {
    theta.iter().map(|t| t + 0.4 * t * t * t).collect()
}

/// The same as a rule follows it: of second order, by the curvature of the first number and of another
/// one.
fn followed(rule: &Rule, values: &[f64], theta: &[f64]) -> Vec<f64> {
    let mut grad = slopes(theta);
    if let Some(direction) = rule.direction {
        for (grad, t) in grad.iter_mut().zip(theta) {
            *grad = direction(values, [1.0 + 1.2 * t * t, 0.0, 3.0], [*grad, 1.0])[0];
        }
    }
    grad
}

/// θ after this many steps down that slope.
fn walk(rule: &Rule, values: &[f64], start: &[f64], steps: usize) -> Vec<f64> {
    let mut optimizer = (rule.make)(values, start.len());
    let mut theta = start.to_vec();
    for _ in 0..steps {
        let grad = followed(rule, values, &theta);
        optimizer.step(&mut theta, &grad);
    }
    theta
}

#[test]
fn a_swarm_moves_as_its_particles_do_alone() {
    let starts: Vec<f64> = (0..14).map(|i| 0.3 * f64::from(i) - 1.9).collect();
    for (rule, values) in settings() {
        let together = walk(rule, &values, &starts, 40);
        for (particle, start) in starts.iter().enumerate() {
            let alone = walk(rule, &values, &[*start], 40);
            assert_eq!(alone[0].to_bits(), together[particle].to_bits(), "{}", rule.key);
        }
    }
}

#[test]
fn the_first_step_goes_down_and_grows_with_alpha() {
    for (rule, values) in settings() {
        let length = |alpha: f64| {
            let mut values = values.clone();
            values[0] = alpha;
            let moved = 1.5 - walk(rule, &values, &[1.5], 1)[0];
            let mirrored = walk(rule, &values, &[-1.5], 1)[0] + 1.5;
            assert_eq!(moved, mirrored, "{}: down is down on both sides", rule.key);
            moved
        };
        let [once, thrice] = [length(0.01), length(0.03)];
        assert!(once > 0.0, "{}", rule.key);
        assert!((thrice / once - 3.0).abs() < 1e-12, "{}", rule.key);
    }
}

#[test]
fn a_small_alpha_walks_down_the_whole_way() {
    for (rule, mut values) in settings() {
        values[0] = 0.01;
        let mut before = 1.0;
        for steps in [20, 40, 80] {
            let after = walk(rule, &values, &[1.0], steps)[0];
            assert!(after < before && after > -0.05, "{}: {after}", rule.key);
            before = after;
        }
    }
}

#[test]
fn an_alpha_that_is_set_is_as_one_that_it_was_made_with() {
    for (rule, values) in settings() {
        let mut other = values.clone();
        other[0] *= 0.375;
        let mut optimizer = (rule.make)(&other, 1);
        optimizer.set_alpha(values[0]);
        let mut theta = [1.5];
        for step in 1..=40 {
            let grad = followed(rule, &values, &theta);
            optimizer.step(&mut theta, &grad);
            assert_eq!(theta[..], walk(rule, &values, &[1.5], step), "{}", rule.key);
        }
    }
}

#[test]
fn without_a_gradient_a_rule_at_rest_stays() {
    for (rule, values) in settings() {
        let mut optimizer = (rule.make)(&values, 2);
        let mut theta = [3.0, -0.25];
        for _ in 0..5 {
            optimizer.step(&mut theta, &[0.0, -0.0]);
        }
        assert_eq!(theta, [3.0, -0.25], "{}", rule.key);
    }
}

#[test]
fn coasting_is_the_step_that_a_zero_gradient_would_make() {
    let mut coasting = Vec::new();
    for (rule, values) in settings() {
        let mut optimizer = (rule.make)(&values, 2);
        let mut theta = [1.3, -0.4];
        for _ in 0..7 {
            let grad = slopes(&theta);
            optimizer.step(&mut theta, &grad);
        }
        let mut coast = [f64::NAN; 2];
        if !optimizer.coast(&mut coast) {
            assert!(coast[0].is_nan(), "{}: it said that it wrote nothing", rule.key);
            continue;
        }
        coasting.push(rule.key);
        let before = theta;
        optimizer.step(&mut theta, &[0.0; 2]);
        for i in 0..2 {
            assert!(coast[i] != 0.0, "{}", rule.key);
            assert!((theta[i] - before[i] - coast[i]).abs() < 1e-15, "{}", rule.key);
        }
    }
    assert_eq!(coasting, ["momentum", "momentum", "momentum", "nesterov"]);
}

#[test]
fn an_infinite_gradient_ends_in_a_point_that_is_not_finite_and_in_no_panic() {
    for (rule, values) in settings() {
        let mut optimizer = (rule.make)(&values, 1);
        let mut theta = [1.0];
        optimizer.step(&mut theta, &[f64::NAN]);
        assert!(!theta[0].is_finite(), "{}", rule.key);
    }
}

#[test]
fn every_rule_is_declared_whole() {
    let mut keys = Vec::new();
    for declared in RULES {
        assert!(!keys.contains(&declared.key), "{} is there twice", declared.key);
        keys.push(declared.key);
        assert!(std::ptr::eq(rule(declared.key).unwrap(), declared));
        assert!(!declared.name.is_empty() && !declared.source.is_empty());
        assert_eq!(declared.parameters[0].key, "alpha");
        for parameter in declared.parameters {
            let [least, most] = parameter.range;
            assert!((least..=most).contains(&parameter.default), "{}", parameter.key);
            assert_eq!(
                parameter.read(&parameter.write(parameter.default)),
                Ok(parameter.default),
                "{}.{}",
                declared.key,
                parameter.key
            );
        }
    }
    assert!(rule("sgd").is_none(), "SGD is a batch choice, not a rule");
}

#[test]
fn the_defaults_are_those_of_pytorch() {
    let default = |key: &str, dial: &str| {
        let rule = rule(key).unwrap();
        rule.value(&rule.defaults(), dial).unwrap()
    };
    assert_eq!(default("adagrad", "alpha"), 0.01);
    assert_eq!(default("adagrad", "eps"), 1e-10);
    assert_eq!(default("rmsprop", "alpha"), 0.01);
    assert_eq!(default("rmsprop", "rho"), 0.99);
    assert_eq!(default("rmsprop", "eps"), 1e-8);
    assert_eq!(default("adam", "alpha"), 1e-3);
    assert_eq!(default("adam", "beta1"), 0.9);
    assert_eq!(default("adam", "beta2"), 0.999);
    assert_eq!(default("adam", "eps"), 1e-8);
}

#[test]
fn every_equation_is_one_well_formed_piece_of_mathml() {
    let mut seen = Vec::new();
    for (rule, values) in settings() {
        for name in [equation::GRADIENT, equation::ESTIMATE] {
            let mathml = (rule.equation)(&values, name);
            assert!(mathml.contains(name), "{}", rule.key);
            well_formed(&mathml);
            assert!(!seen.contains(&mathml), "{}: each form has its own equation", rule.key);
            seen.push(mathml);
        }
    }
}

/// Checks that there is one root, `<math>`, and that every tag is closed in its turn.
fn well_formed(mathml: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = mathml;
    while let Some(from) = rest.find('<') {
        let text = rest[..from].trim();
        assert!(text.is_empty() || !open.is_empty(), "text outside: {mathml}");
        let to = from + rest[from..].find('>').expect("every tag ends");
        let tag = &rest[from + 1..to];
        rest = &rest[to + 1..];
        match tag.strip_prefix('/') {
            Some(name) => assert_eq!(open.pop(), Some(name), "{mathml}"),
            None => {
                let name = tag.split(' ').next().unwrap();
                assert_eq!(open.is_empty(), name == "math", "one root: {mathml}");
                open.push(name);
            }
        }
    }
    assert!(open.is_empty() && rest.is_empty(), "{mathml}");
}

#[test]
fn on_a_bowl_gradient_descent_is_a_power_of_one_minus_alpha_lambda() {
    // f = ½(x² + 20y²) from (10, 1) at α = 0.095: x = 10 · 0.905ᵏ, y = (−0.9)ᵏ.
    let mut optimizer = (rule("gd").unwrap().make)(&[0.095], 2);
    let mut theta = [10.0, 1.0];
    for k in 1..=300 {
        let grad = [theta[0], 20.0 * theta[1]];
        optimizer.step(&mut theta, &grad);
        let exact = [10.0 * f64::powi(0.905, k), f64::powi(-0.9, k)];
        for i in 0..2 {
            assert!((theta[i] / exact[i] - 1.0).abs() < 1e-12, "step {k}");
        }
    }
}

#[test]
fn on_a_bowl_momentum_turns_by_a_fixed_angle_and_shrinks_by_root_beta() {
    // Roots √β e^{±iω} with 2√β cos ω = 1 + β − αλ. From rest at 1, θ₁ = 1 − αλ.
    let [alpha, beta, lambda] = [0.095, 0.5, 20.0_f64];
    let modulus = f64::sqrt(beta);
    let omega = f64::acos((1.0 + beta - alpha * lambda) / (2.0 * modulus));
    let sine = ((1.0 - alpha * lambda) / modulus - omega.cos()) / omega.sin();
    let mut optimizer = (rule("momentum").unwrap().make)(&[alpha, beta, 0.0], 1);
    let mut theta = [1.0];
    for k in 1..=60 {
        let grad = [lambda * theta[0]];
        optimizer.step(&mut theta, &grad);
        let angle = omega * f64::from(k);
        let exact = modulus.powi(k) * (angle.cos() + sine * angle.sin());
        assert!((theta[0] - exact).abs() < 1e-13 * modulus.powi(k) * 100.0, "step {k}");
    }
}

#[test]
fn the_ravine_of_the_opening_scene_takes_47_steps_and_16() {
    let steps_to_one_percent = |key: &str, values: &[f64]| {
        let mut optimizer: Box<dyn Optimizer> = (rule(key).unwrap().make)(values, 2);
        let mut theta = [10.0, 1.0];
        let far = f64::hypot(10.0, 1.0);
        (1..=100).find(|_| {
            let grad = [theta[0], 20.0 * theta[1]];
            optimizer.step(&mut theta, &grad);
            f64::hypot(theta[0], theta[1]) <= 0.01 * far
        })
    };
    assert_eq!(steps_to_one_percent("gd", &[0.095]), Some(47));
    assert_eq!(steps_to_one_percent("momentum", &[0.095, 0.5, 0.0]), Some(16));
}

#[test]
fn on_a_quadratic_one_whole_step_of_newton_is_at_the_minimum() {
    // f = ½ (θ − m)ᵀ A (θ − m), turned and of condition numbers from 1 to 10⁶.
    let newton = rule("newton").unwrap();
    let direction = newton.direction.unwrap();
    for i in 0..100 {
        let t = f64::from(i);
        let (sin, cos) = (0.37 * t).sin_cos();
        let [low, high] = [1.0, 10f64.powf(0.06 * t)];
        let a = [
            low * cos * cos + high * sin * sin,
            (low - high) * sin * cos,
            low * sin * sin + high * cos * cos,
        ];
        let [minimum, start] = [[1.5, -0.25], [3.0 + t, -2.0]];
        let d = [0, 1].map(|axis| start[axis] - minimum[axis]);
        let grad = [a[0] * d[0] + a[1] * d[1], a[1] * d[0] + a[2] * d[1]];
        for alpha in [1.0, 0.25] {
            let values = [alpha, 0.0, 0.0];
            let mut theta = start;
            (newton.make)(&values, 2).step(&mut theta, &direction(&values, a, grad));
            for axis in [0, 1] {
                let left = theta[axis] - minimum[axis] - (1.0 - alpha) * d[axis];
                assert!(left.abs() < 1e-15 * high * (10.0 + t), "{t}, {alpha}: {left}");
            }
        }
    }
}

#[test]
fn with_absolute_values_newton_leaves_a_saddle_and_as_it_is_it_goes_there() {
    // f = x² − y²: each step multiplies the distance by 1 − αλ/(|λ| + μ), or by 1 − α.
    let newton = rule("newton").unwrap();
    let direction = newton.direction.unwrap();
    let walk = |values: [f64; 3]| {
        let mut optimizer = (newton.make)(&values, 2);
        let mut theta = [2.0, 1e-3];
        for _ in 0..20 {
            let grad = [2.0 * theta[0], -2.0 * theta[1]];
            optimizer.step(&mut theta, &direction(&values, [2.0, 0.0, -2.0], grad));
        }
        theta
    };
    assert_eq!(walk([1.0, 0.0, 0.0]), [0.0, 0.0]);
    for alpha in [0.1, 0.5, 1.0] {
        for damping in [0.0, 1.0] {
            let [x, y] = walk([alpha, damping, 1.0]);
            let share = alpha * 2.0 / (2.0 + damping);
            assert!((y / (1e-3 * (1.0 + share).powi(20)) - 1.0).abs() < 1e-12);
            assert!((x - 2.0 * (1.0 - share).powi(20)).abs() < 1e-12);
        }
    }
    // Enough damping leads down as it is, too.
    assert!(walk([0.5, 3.0, 0.0])[1] > 0.1);
}

/// A surface of each kind: a polynomial, functions that the core computes, one with a branch that is
/// rarely taken, one that overflows, one that leaves its domain, and one that is a constant.
const SURFACES: [&str; 6] = [
    "(1 - x)^2 + 100(y - x^2)^2",
    "-20exp(-0.2sqrt((x^2 + y^2)/2)) - exp((cos(2pi x) + cos(2pi y))/2)",
    "sqrt(x^2 + y^2) + 1e-90/(x^2 + 1e-90)",
    "-x^4 - y^2",
    "ln(x) - y",
    "3",
];

#[test]
fn a_compiled_walk_has_the_bits_of_one_update_after_the_other() {
    for text in SURFACES {
        let surface = Formula::parse(text).unwrap().bind(&[]);
        for (rule, values) in settings() {
            let walk = CompiledRule::new(rule, &values);
            assert_eq!(walk.is_none(), rule.direction.is_some(), "{}", rule.key);
            if let Some(walk) = walk {
                let what = format!("{} {values:?} on {text}", rule.key);
                compare_walks(&surface, (rule, &values), &walk, &what);
                compare_updates(&surface, (rule, &values), &walk, &what);
            }
        }
    }
}

fn compare_walks(
    surface: &Tape,
    (rule, values): (&'static Rule, &[f64]),
    walk: &CompiledRule<'_>,
    what: &str,
) {
    const UPDATES: usize = 60;
    let mut machine = Machine::new(&walk.compile(surface, HELPER));
    // α falls on the way, as under a schedule.
    let alphas: Vec<f64> = (0..UPDATES).map(|k| 0.01 / (1.0 + 0.1 * k as f64)).collect();
    let mut optimizer = (rule.make)(values, 2);
    let has_velocity = optimizer.coast(&mut [0.0; 2]);
    let mut theta = [0.7, -0.4];
    let mut numbers = theta.to_vec();
    // What is remembered is 0 at first, but for powers of β, which are 1.
    let remembered: &[f64] = match rule.key {
        "gd" => &[],
        "adam" => &[0.0, 0.0, 0.0, 0.0, 1.0, 1.0],
        _ => &[0.0, 0.0],
    };
    numbers.extend(remembered.iter().chain(&values[1..]));
    let mut arrays = vec![alphas.clone()];
    arrays.resize(if has_velocity { 8 } else { 6 }, vec![0.0; UPDATES]);
    machine.run(0, UPDATES, &mut arrays, &mut numbers);
    for (k, &alpha) in alphas.iter().enumerate() {
        let jet = surface.gradient(theta[0], theta[1]);
        let mut coast = [0.0; 2];
        optimizer.set_alpha(alpha);
        optimizer.coast(&mut coast);
        let want =
            [theta[0], theta[1], jet.value, jet.gradient[0], jet.gradient[1], coast[0], coast[1]];
        for (array, want) in arrays[1..].iter().zip(want) {
            assert!(same(array[k], want), "{what}, update {k}: {} is not {want}", array[k]);
        }
        optimizer.step(&mut theta, &jet.gradient);
    }
    assert!(same(numbers[0], theta[0]) && same(numbers[1], theta[1]), "{what}, in the end");
}

/// The kernel that makes one update of many walks, each with an α and a β of its own, against the rule.
fn compare_updates(
    surface: &Tape,
    (rule, values): (&'static Rule, &[f64]),
    walk: &CompiledRule<'_>,
    what: &str,
) {
    const WALKS: usize = 60;
    let part = |k: usize, step: f64| 2.0 * ((step * (k + 1) as f64) % 1.0) - 1.0;
    let [mut read, mut wanted] = [Vec::new(), Vec::new()];
    let mut shared = Vec::new();
    for k in 0..WALKS {
        let mut dials = values.to_vec();
        dials[0] *= 1.0 + k as f64;
        if let Some(beta) = rule.index("beta") {
            dials[beta] = k as f64 / WALKS as f64;
        }
        let mut theta = [3.0 * part(k, 0.37), 3.0 * part(k, 0.71)];
        let jet = surface.gradient(theta[0], theta[1]);
        let mut optimizer = (rule.make)(&dials, 2);
        for (at, number) in
            optimizer.memory()[..2].iter_mut().flat_map(|all| all.iter_mut()).enumerate()
        {
            *number = part(k + at, 0.53).abs();
        }
        let remembered = |optimizer: &mut Box<dyn Optimizer>| -> Vec<f64> {
            let [own, other, _] = optimizer.memory();
            [own, other].into_iter().flat_map(|all| all.iter().copied()).collect()
        };
        shared = optimizer.memory()[2].to_vec();
        let before = remembered(&mut optimizer);
        read.push([&theta[..], &before, &dials].concat());
        optimizer.step(&mut theta, &jet.gradient);
        wanted.push([&[jet.whole(), theta[0], theta[1]], &remembered(&mut optimizer)[..]].concat());
        assert_eq!(
            jet.whole().is_finite(),
            [jet.value, jet.gradient[0], jet.gradient[1]].iter().all(|u| u.is_finite())
        );
    }
    let mut arrays: Vec<Vec<f64>> =
        (0..read[0].len()).map(|array| read.iter().map(|of| of[array]).collect()).collect();
    let written = arrays.len();
    arrays.resize(written + wanted[0].len(), vec![0.0; WALKS]);
    Machine::new(&walk.compile(surface, HELPER)).run(1, WALKS, &mut arrays, &mut shared);
    for (array, got) in arrays[written..].iter().enumerate() {
        for (k, want) in wanted.iter().enumerate() {
            let (got, want) = (got[k], want[array]);
            assert!(same(got, want), "{what}, walk {k}, number {array}: {got} is not {want}");
        }
    }
}

fn same(got: f64, want: f64) -> bool {
    got.to_bits() == want.to_bits() || got.is_nan() && want.is_nan()
}
