//! The sentence about a run is true for the numbers in hand: the lessons, one by one.

use ravine::analysis::explain::{Account, Fared, Local, claims, text};
use ravine::analysis::milestones::Milestones;
use ravine::optimizers::{RULES, rule};
use ravine::training::run::{Path, Status};

/// f, ∇f and the Hessian (f_xx, f_xy, f_yy) at a point, by hand.
type Surface = fn(f64, f64) -> (f64, [f64; 2], [f64; 3]);

const RAVINE: Surface = |x, y| (0.5 * (x * x + 20.0 * y * y), [x, 20.0 * y], [1.0, 0.0, 20.0]);

/// Goodfellow et al. 2016, figure 4.6: eigenvalues 1 and 5, along the diagonals.
const ASKEW: Surface = |x, y| {
    let f = 1.5 * x * x + 2.0 * x * y + 1.5 * y * y;
    (f, [3.0 * x + 2.0 * y, 2.0 * x + 3.0 * y], [3.0, 2.0, 3.0])
};

const BOWL: Surface = |x, y| (0.5 * (x * x + y * y), [x, y], [1.0, 0.0, 1.0]);

const SADDLE: Surface = |x, y| (x * x - y * y, [2.0 * x, -2.0 * y], [2.0, 0.0, -2.0]);

const ROSENBROCK: Surface = |x, y| {
    let t = y - x * x;
    let f = (1.0 - x) * (1.0 - x) + 100.0 * t * t;
    let gradient = [-2.0 * (1.0 - x) - 400.0 * x * t, 200.0 * t];
    (f, gradient, [2.0 - 400.0 * t + 800.0 * x * x, -400.0 * x, 200.0])
};

const PLATEAU: Surface = |x, y| {
    let e = libm::exp(-0.5 * (x * x + y * y));
    (1.0 - e, [x * e, y * e], [(1.0 - x * x) * e, -x * y * e, (1.0 - y * y) * e])
};

/// x⁴/4 − x²/2 + y²/2: minima at (±1, 0), a saddle at the origin.
const TWO_VALLEYS: Surface = |x, y| {
    let f = 0.25 * x * x * x * x - 0.5 * x * x + 0.5 * y * y;
    (f, [x * x * x - x, y], [3.0 * x * x - 1.0, 0.0, 1.0])
};

/// y²/2 − x/10 + sigmoid(300(x − 1)): a gentle slope, and a wall at x = 1.
const CLIFF: Surface = |x, y| {
    let s = 1.0 / (1.0 + libm::exp(-300.0 * (x - 1.0)));
    let ds = 300.0 * s * (1.0 - s);
    let f = 0.5 * y * y - 0.1 * x + s;
    (f, [ds - 0.1, y], [300.0 * ds * (1.0 - 2.0 * s), 0.0, 1.0])
};

/// ln x + y²/2: no value left of the y axis.
const LOGARITHM: Surface = |x, y| {
    let f = if x > 0.0 { libm::log(x) } else { f64::NAN };
    (f + 0.5 * y * y, [1.0 / x, y], [-1.0 / (x * x), 0.0, 1.0])
};

/// A run to explain; the fields that most runs share have their usual values.
#[derive(Clone)]
struct Lesson {
    surface: Surface,
    quadratic: bool,
    minima: Vec<[f64; 2]>,
    floor: Option<f64>,
    start: [f64; 2],
    rule: &'static str,
    values: Vec<f64>,
    noise: f64,
    steps: usize,
    rival: Option<(&'static str, Fared)>,
}

impl Lesson {
    fn new(surface: Surface, start: [f64; 2], rule: &'static str, values: &[f64]) -> Self {
        Self {
            surface,
            quadratic: false,
            minima: Vec::new(),
            floor: None,
            start,
            rule,
            values: values.to_vec(),
            noise: 0.0,
            steps: 50,
            rival: None,
        }
    }

    /// In the ravine of the opening scene.
    fn in_the_ravine(rule: &'static str, values: &[f64]) -> Self {
        let lesson = Self::new(RAVINE, [10.0, 1.0], rule, values).with_minimum([0.0, 0.0], 0.0);
        Self { quadratic: true, ..lesson }
    }

    fn with_minimum(self, minimum: [f64; 2], floor: f64) -> Self {
        Self { minima: vec![minimum], floor: Some(floor), ..self }
    }

    fn steps(self, steps: usize) -> Self {
        Self { steps, ..self }
    }

    fn path(&self) -> Path {
        let mut optimizer = (rule(self.rule).unwrap().make)(&self.values, 2);
        let mut path = Path::default();
        let mut theta = self.start;
        // Noise that swings between fixed signs is noise enough for a sentence.
        let mut wobble = 0.7_f64;
        for step in 0..=self.steps {
            let (loss, gradient, _) = (self.surface)(theta[0], theta[1]);
            let norm = libm::hypot(gradient[0], gradient[1]);
            if ![theta[0], theta[1], loss, norm].iter().all(|number| number.is_finite()) {
                let grew = theta.iter().chain([&loss]).any(|part| part.abs() > 1e150);
                path.status =
                    if grew { Status::Diverged { step } } else { Status::Stopped { step } };
                break;
            }
            path.theta.push(theta);
            path.loss.push(loss);
            path.grad_norm.push(norm);
            let mut coast = [0.0; 2];
            if optimizer.coast(&mut coast) {
                path.coast.push(coast);
            }
            let noisy = gradient.map(|g| {
                wobble = (wobble * 3.9) * (1.0 - wobble);
                g + self.noise * (4.0 * wobble - 2.0)
            });
            optimizer.step(&mut theta, &noisy);
        }
        path
    }

    /// The sentence at this step.
    fn at(&self, shown: usize) -> String {
        let path = self.path();
        let milestones = Milestones::of(&path, &self.minima);
        let local = |[x, y]: [f64; 2]| {
            let (_, gradient, hessian) = (self.surface)(x, y);
            Local { gradient, hessian }
        };
        let here = path.theta.get(shown.min(path.theta.len().max(1) - 1));
        let all = claims(&Account {
            scheduled: None,
            batches: None,
            at_minimum: milestones.minimum.map(|minimum| local(minimum).hessian),
            f: &|[x, y]| (self.surface)(x, y).0,
            rule: rule(self.rule).unwrap(),
            values: &self.values,
            noisy: self.noise > 0.0,
            path: &path,
            milestones: &milestones,
            shown,
            start: local(self.start),
            here: local(*here.unwrap_or(&self.start)),
            quadratic: self.quadratic,
            floor: self.floor,
            sole: self.quadratic && self.minima.len() == 1,
            rival: self.rival,
        });
        text(&all, ["f", "x", "y"])
    }
}

#[test]
fn the_opening_scene() {
    let gd = Lesson::in_the_ravine("gd", &[0.095]);
    for step in [0, 21, 50] {
        assert_eq!(gd.at(step), "Zig-zags: α·λ_max = 1.9. Above 2 it diverges.");
    }
    let mut momentum = Lesson::in_the_ravine("momentum", &[0.095, 0.5, 0.0]);
    momentum.rival = Some(("GD", Fared::Within(47)));
    let compared = "Within 1 % of the starting distance at step 16; GD needs 47.";
    assert_eq!(momentum.at(0), compared);
    assert_eq!(momentum.at(16), compared);
    assert_eq!(
        momentum.at(50),
        format!("{compared} Converged at step 41 to within 1.71e−5 of the minimum.")
    );
    momentum.rival = None;
    assert_eq!(
        momentum.at(21),
        "Within 1 % of the starting distance at step 16. Close to critically damped along x: \
         each step keeps √β = 0.707 of the distance."
    );
}

#[test]
fn too_much_momentum() {
    let lesson = Lesson::in_the_ravine("momentum", &[0.095, 0.9, 0.0]);
    assert_eq!(
        lesson.at(21),
        "Overshot by 59 % of the starting distance at step 10. Each step keeps √β = 0.949 of the \
         swing."
    );
    assert_eq!(
        lesson.steps(150).at(5),
        "Overshoots by 59 % of the starting distance at step 10. It stays within 1 % only from step 83 on."
    );
}

#[test]
fn alpha_too_small_and_too_large() {
    assert_eq!(
        Lesson::in_the_ravine("gd", &[0.005]).at(50),
        "Creeps: a step removes 0.5 % of the distance along x, so 1 % is left after about 919 \
         steps. α is 0.005; its limit is 0.1."
    );
    assert_eq!(
        Lesson::in_the_ravine("gd", &[0.101]).at(50),
        "Diverges: α·λ_max = 2.02, above the limit of 2. Each step makes the swing along y 1.02 \
         times as large."
    );
    assert_eq!(
        Lesson::in_the_ravine("gd", &[0.2]).steps(5_000).at(5_000),
        "Diverged: at step 322 its numbers became too large to compute. α·λ_max = 4, above the \
         limit of 2."
    );
    assert_eq!(
        Lesson::in_the_ravine("gd", &[0.1]).at(7),
        "Neither grows nor settles along y: α·λ_max = 2, the limit itself."
    );
    assert_eq!(
        Lesson::in_the_ravine("momentum", &[0.52, 0.5, 2.0]).at(7),
        "Diverges: (1 − β)·α·λ_max = 5.2, above the limit of 3. Each step makes the swing along y \
         3.56 times as large."
    );
}

#[test]
fn an_alpha_just_beyond_the_limit_is_not_rounded_onto_it() {
    let said = Lesson::in_the_ravine("gd", &[0.100002]).at(3);
    assert!(said.starts_with("Diverges: α·λ_max = 2.00004, above the limit of 2."), "{said}");
    let said = Lesson::in_the_ravine("gd", &[0.099998]).at(3);
    assert_eq!(said, "Zig-zags: α·λ_max = 1.99996. Above 2 it diverges.");
}

#[test]
fn a_direction_that_the_run_takes_no_part_in_is_not_spoken_of() {
    // On the x axis the steep direction is at rest: αλ_max = 2.02 harms nobody.
    let mut lesson = Lesson::in_the_ravine("gd", &[0.101]);
    lesson.start = [10.0, 0.0];
    let said = lesson.at(20);
    assert!(!said.contains("iverges") && !said.contains("Zig"), "{said}");
    // Noise brings it in.
    lesson.noise = 0.1;
    assert!(lesson.at(20).starts_with("Diverges: α·λ_max = 2.02"), "{}", lesson.at(20));
}

#[test]
fn at_a_saddle() {
    let lesson = |start, alpha: f64| Lesson {
        quadratic: true,
        steps: 100,
        ..Lesson::new(SADDLE, start, "gd", &[alpha])
    };
    let beside = lesson([1.0, 1e-3], 0.1);
    assert_eq!(
        beside.at(17),
        "Nears the saddle: the gradient is 0.0632. It also moves off along y, 1.2 times as far at \
         each step, as f curves down there (λ_min = −2): no α is stable."
    );
    assert_eq!(
        beside.at(30),
        "Leaves the saddle along y, 1.2 times as far at each step: f curves down there (λ_min = \
         −2) and has no minimum, so no α is stable."
    );
    assert_eq!(
        Lesson { steps: 5_000, ..beside }.at(5_000),
        "Runs off: f falls and falls, and at step 1,985 its numbers became too large to compute."
    );
    let on_the_axis = lesson([1.0, 0.0], 0.1);
    assert!(on_the_axis.at(50).starts_with("Heads straight for the saddle: the gradient is"));
    assert_eq!(
        on_the_axis.at(100),
        "At the saddle: the gradient is 4.07e−10, and 0 along y, where f curves down (λ_min = \
         −2). No α is stable here; only noise or another start gets it off this line."
    );
    assert_eq!(
        lesson([0.0, 0.0], 0.1).at(9),
        "Does not move: the gradient is 0. The start is a saddle; only noise or another start \
         gets it off."
    );
}

#[test]
fn between_two_valleys() {
    let lesson = |start| Lesson {
        minima: vec![[1.0, 0.0], [-1.0, 0.0]],
        floor: Some(-0.25),
        steps: 100,
        ..Lesson::new(TWO_VALLEYS, start, "gd", &[0.2])
    };
    assert_eq!(
        lesson([1e-4, 1.0]).at(20),
        "Slow near a saddle: the gradient is 0.0121, and f curves down along x (λ_min = −1)."
    );
    assert_eq!(lesson([1e-4, 1.0]).at(100), "Converged at step 78 to within 4.33e−7 of a minimum.");
    assert_eq!(
        lesson([0.0, 1.0]).at(100),
        "At a saddle: the gradient is 2.04e−10, yet f curves down along x (λ_min = −1)."
    );
    let unknown = Lesson { minima: Vec::new(), floor: None, ..lesson([1e-4, 1.0]) };
    assert_eq!(unknown.at(100), "Converged at step 78 to within a gradient of 8.64e−7.");
    let elsewhere = Lesson { minima: vec![[-1.0, 0.0]], ..lesson([1e-4, 1.0]) };
    assert_eq!(elsewhere.at(100), "Converged at step 78 to a local minimum at (1, 0).");
    assert_eq!(
        elsewhere.at(70),
        "Nears a local minimum, about 2.57e−5 away by the curvature here."
    );
    // At (1, 0) f_xx = 2, and α is above 2/f_xx: the run settles into a cycle of two
    // points, √(1/11) apart.
    let bouncing = Lesson { values: vec![1.1], start: [0.9, 0.0], ..elsewhere.clone() };
    assert_eq!(
        bouncing.at(100),
        "Bounces to and fro: the last step, 0.302 long, undid the one before."
    );
    let higher = Lesson { floor: Some(-0.75), ..lesson([1e-4, 1.0]) };
    assert_eq!(
        higher.at(100),
        "Converged at step 78 to within 4.33e−7 of a minimum. f is 0.5 above the lowest known \
         value there."
    );
}

#[test]
fn in_rosenbrocks_valley() {
    let lesson = |alpha: f64| {
        Lesson::new(ROSENBROCK, [-1.2, 1.0], "gd", &[alpha])
            .with_minimum([1.0, 1.0], 0.0)
            .steps(500)
    };
    assert_eq!(
        lesson(1e-3).at(0),
        "Starts at f = 24.2 with a gradient of 233; here α·λ_max = 1.51, below the limit of 2."
    );
    assert_eq!(
        lesson(1e-3).at(100),
        "Crawls along a valley: here f curves 3,470 times as much across as along it. At this pace \
         the minimum is at least 1,073 steps away."
    );
    assert_eq!(
        lesson(2e-3).at(0),
        "Too long a step for the curvature here: α·λ_max = 3.01, and above 2 it cannot settle. The \
         limit for α is 0.00133 here."
    );
    assert_eq!(
        lesson(2e-3).at(5),
        "Zig-zags across the valley: here α·λ_max = 1.43. Above 2 it could not settle."
    );
    assert_eq!(
        lesson(1e-2).at(500),
        "Diverged: at step 6 its numbers became too large to compute. α·λ_max = 15.1 by the Hessian \
         at the start, above the limit of 2."
    );
    let mut momentum = lesson(1e-3);
    momentum.rule = "momentum";
    momentum.values = vec![1e-3, 0.9, 0.0];
    assert_eq!(
        momentum.at(5),
        "Runs uphill on its velocity: f has risen from 4 to 17 since step 4."
    );
}

#[test]
fn on_a_plateau() {
    let lesson = |start, rule, values: &[f64]| {
        Lesson::new(PLATEAU, start, rule, values).with_minimum([0.0, 0.0], 0.0)
    };
    for step in [0, 50] {
        assert_eq!(
            lesson([5.0, 3.0], "gd", &[0.1]).at(step),
            "Stuck on a plateau: the gradient is 2.41e−7, so a step moves 2.41e−8. f is 1 above \
             the lowest known value."
        );
    }
    assert_eq!(
        lesson([50.0, 3.0], "gd", &[0.1]).at(9),
        "Does not move: the gradient is 0. f is level around the start, 1 above the lowest known value."
    );
    // Adam divides by the size of the gradient, and so it walks.
    let adam = lesson([5.0, 3.0], "adam", &[0.1, 0.9, 0.999, 1e-8]).at(50);
    assert!(adam.starts_with("f has fallen from 1 to 0.05"), "{adam}");
}

#[test]
fn a_small_alpha_does_not_make_a_plateau() {
    let said = Lesson::new(BOWL, [3.0, 1.0], "gd", &[1e-6]).with_minimum([0.0, 0.0], 0.0).at(50);
    assert_eq!(
        said,
        "Creeps: the last step was 3.16e−6 long, and the minimum is 3.16 away: at least 999,999 \
         steps at this pace."
    );
}

#[test]
fn a_valley_that_runs_askew_is_called_a_valley() {
    let lesson = |rule, values: &[f64]| Lesson {
        quadratic: true,
        ..Lesson::new(ASKEW, [3.0, -1.0], rule, values).with_minimum([0.0, 0.0], 0.0)
    };
    assert_eq!(lesson("gd", &[0.38]).at(3), "Zig-zags: α·λ_max = 1.9. Above 2 it diverges.");
    assert_eq!(
        lesson("gd", &[0.41]).at(3),
        "Diverges: α·λ_max = 2.05, above the limit of 2. Each step makes the swing across the \
         valley 1.05 times as large."
    );
    assert_eq!(
        lesson("momentum", &[0.25, 0.25, 0.0]).at(3),
        "Within 1 % of the starting distance at step 9. Critically damped along the valley: with \
         a larger β it would swing."
    );
}

#[test]
fn at_a_cliff() {
    let lesson = Lesson::new(CLIFF, [0.549, 0.01], "gd", &[0.9]);
    assert!(lesson.at(4).starts_with("f has fallen"), "{}", lesson.at(4));
    assert_eq!(
        lesson.at(9),
        "Thrown at step 6: the gradient was 73.2 there, and the step 65.9 long, 732 times the one \
         before."
    );
}

#[test]
fn off_the_map_of_f() {
    let lesson = Lesson::new(LOGARITHM, [0.5, 1.0], "gd", &[0.2]);
    assert_eq!(
        lesson.at(9),
        "Stopped: step 2 leads to where f or its gradient is not a finite number."
    );
    let nowhere = Lesson { start: [-0.5, 1.0], ..lesson };
    assert_eq!(nowhere.at(9), "f or its gradient is not a finite number at the start.");
}

#[test]
fn nesterov_is_told_apart_from_gd_where_only_gd_holds() {
    let lesson = Lesson::in_the_ravine("nesterov", &[0.095, 0.5]);
    assert_eq!(
        lesson.at(5),
        "Diverges: α·λ_max = 1.9, above Nesterov's limit of 1.5 at this β, though below GD's of 2. \
         Each step makes the swing along y 1.63 times as large."
    );
    let beyond_both = Lesson { values: vec![0.105, 0.5], ..lesson };
    assert!(beyond_both.at(5).contains("above the limit of 1.5."), "{}", beyond_both.at(5));
}

#[test]
fn noise_keeps_a_run_from_settling() {
    let mut lesson =
        Lesson::new(BOWL, [3.0, 1.0], "gd", &[0.1]).with_minimum([0.0, 0.0], 0.0).steps(300);
    lesson.quadratic = true;
    lesson.noise = 0.5;
    let said = lesson.at(300);
    assert!(
        said.starts_with("Noise keeps it moving: over the last 50 steps it was 0.36"),
        "{said}"
    );
    assert_eq!(lesson.at(10), "Apart from the noise, each step leaves 90 % of the distance.");
    lesson.noise = 0.0;
    assert!(lesson.at(300).starts_with("Converged at step "), "{}", lesson.at(300));
    lesson.values = vec![1.8];
    assert_eq!(
        lesson.at(3),
        "Jumps across the minimum at each step: α·λ_max = 1.8. Above 2 it diverges."
    );
}

#[test]
fn rules_without_a_limit_are_told_by_their_steps() {
    let adam = Lesson::in_the_ravine("adam", &[1e-3, 0.9, 0.999, 1e-8]);
    assert_eq!(
        adam.at(50),
        "Creeps: the last step was 0.0014 long, and the minimum is 10 away: at least 7,129 steps \
         at this pace."
    );
    let rmsprop = Lesson::in_the_ravine("rmsprop", &[0.01, 0.99, 1e-8]).steps(5_000);
    assert_eq!(
        rmsprop.at(5_000),
        "Hovers about 0.00707 from the minimum: its steps are still 0.0141 long."
    );
}

/// The last distance from the minimum in the ravine after many steps, over the first.
fn in_the_long_run(lesson: &Lesson) -> f64 {
    let path = lesson.clone().steps(40_000).path();
    match (path.status, path.theta.last()) {
        (Status::Finished, Some([x, y])) => libm::hypot(*x, *y) / libm::hypot(10.0, 1.0),
        _ => f64::INFINITY,
    }
}

#[test]
fn whoever_is_said_to_diverge_does_and_nobody_else() {
    let settings: [(&str, &[f64]); 7] = [
        ("gd", &[]),
        ("momentum", &[0.5, 0.0]),
        ("momentum", &[0.9, 1.0]),
        ("momentum", &[0.3, 2.0]),
        ("momentum", &[0.9, 2.0]),
        ("nesterov", &[0.5]),
        ("nesterov", &[0.9]),
    ];
    for (rule, others) in settings {
        let mut told = [0, 0];
        for rung in 0..40 {
            let alpha = 1e-3 * libm::pow(10.0, 0.0987 * f64::from(rung));
            let lesson = Lesson::in_the_ravine(rule, &[&[alpha], others].concat());
            let end = in_the_long_run(&lesson);
            for step in [0, 20] {
                let said = lesson.at(step);
                let diverges = said.contains("Diverge");
                assert_eq!(diverges, end > 1.0, "{rule} {others:?} α = {alpha}: {said} ({end})");
                assert!(diverges || end < 1e-6, "{rule} {others:?} α = {alpha}: {end}");
                told[usize::from(diverges)] += 1;
            }
        }
        assert!(told[0] >= 10 && told[1] >= 6, "{rule} {others:?}: both happen, {told:?}");
    }
}

#[test]
fn the_steps_foretold_are_those_it_takes() {
    for alpha in [0.001, 0.002, 0.005, 0.02] {
        let lesson = Lesson::in_the_ravine("gd", &[alpha]);
        let said = lesson.at(10);
        let about = said.split("after about ").nth(1).expect("it creeps");
        let about: f64 = about.split(' ').next().unwrap().replace(',', "").parse().unwrap();
        let path = lesson.clone().steps(10_000).path();
        let near = Milestones::of(&path, &[[0.0, 0.0]]).first_within.unwrap() as f64;
        assert!((about / near - 1.0).abs() < 0.02, "α = {alpha}: {about}, and it takes {near}");
    }
}

#[test]
fn there_is_always_a_short_plain_sentence() {
    // The surfaces, and whether they are quadratic.
    let surfaces: [(Surface, bool); 7] = [
        (RAVINE, true),
        (BOWL, true),
        (SADDLE, true),
        (ROSENBROCK, false),
        (PLATEAU, false),
        (TWO_VALLEYS, false),
        (LOGARITHM, false),
    ];
    let starts = [[10.0, 1.0], [0.0, 0.0], [1e-3, 0.0], [0.7, -0.7], [300.0, 0.0], [1e160, 1.0]];
    for (surface, quadratic) in surfaces {
        for start in starts {
            for rule in RULES {
                for alpha in [1e-6, 1e-2, 0.3, 10.0] {
                    for (noise, known) in [(0.0, true), (0.4, true), (0.0, false)] {
                        let mut values = rule.defaults();
                        values[0] = alpha;
                        let mut lesson = Lesson::new(surface, start, rule.key, &values).steps(60);
                        lesson.quadratic = quadratic;
                        lesson.noise = noise;
                        if known {
                            lesson = lesson.with_minimum([0.0, 0.0], 0.0);
                            lesson.rival = Some(("GD", Fared::NotIn(60)));
                        }
                        for step in [0, 1, 30, 60, 99] {
                            let said = lesson.at(step);
                            assert!(said.ends_with('.') && said.len() < 260, "{said}");
                            for bad in ["NaN", "not a number.", "∞", "inf", "  ", "..", " -", "e-"]
                            {
                                assert!(!said.contains(bad), "{} {values:?}: {said}", rule.key);
                            }
                        }
                    }
                }
            }
        }
    }
}
