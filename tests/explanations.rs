//! The sentence about a run is true for the numbers in hand: the lessons, one by one.

use ravine::analysis::explain::{Account, Local, sentence};
use ravine::analysis::milestones::Milestones;
use ravine::optimizers::{RULES, rule};
use ravine::run::{Path, Status};

/// f, ∇f and the Hessian (f_xx, f_xy, f_yy) at a point, by hand.
type Surface = fn(f64, f64) -> (f64, [f64; 2], [f64; 3]);

const RAVINE: Surface = |x, y| (0.5 * (x * x + 20.0 * y * y), [x, 20.0 * y], [1.0, 0.0, 20.0]);

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
    rival: Option<(&'static str, Option<usize>)>,
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
        let mut path = Path {
            theta: Vec::new(),
            loss: Vec::new(),
            grad_norm: Vec::new(),
            coast: Vec::new(),
            status: Status::Finished,
        };
        let mut theta = self.start;
        // Noise that swings between fixed signs is noise enough for a sentence.
        let mut wobble = 0.7_f64;
        for step in 0..=self.steps {
            let (loss, gradient, _) = (self.surface)(theta[0], theta[1]);
            let norm = libm::hypot(gradient[0], gradient[1]);
            if ![theta[0], theta[1], loss, norm].iter().all(|number| number.is_finite()) {
                path.status = Status::Diverged { step };
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
        sentence(&Account {
            rule: rule(self.rule).unwrap(),
            values: &self.values,
            noise: self.noise,
            path: &path,
            milestones: &milestones,
            shown,
            start: local(self.start),
            here: local(*here.unwrap_or(&self.start)),
            quadratic: self.quadratic,
            floor: self.floor,
            rival: self.rival,
        })
    }
}

#[test]
fn show() {
    let r = Lesson::in_the_ravine;
    let p = |name: &str, l: &Lesson, at: &[usize]| {
        for k in at {
            println!("{name:28} {k:4}: {}", l.at(*k));
        }
    };
    p("gd .095", &r("gd", &[0.095]), &[0, 1, 21, 50]);
    p("gd .095 200", &r("gd", &[0.095]).steps(300), &[150, 300]);
    let mut m = r("momentum", &[0.095, 0.5, 0.0]);
    m.rival = Some(("GD", Some(47)));
    p("mom .095 .5", &m, &[0, 10, 16, 50]);
    m.rival = None;
    p("mom .095 .5 alone", &m, &[0, 10, 16, 50]);
    let mut m = r("momentum", &[0.095, 0.9, 0.0]);
    m.rival = Some(("GD", Some(47)));
    p("mom .095 .9", &m, &[0, 21, 50]);
    p("mom .095 .9 150", &m.clone().steps(150), &[5, 21, 150]);
    p("mom .9 300", &m.clone().steps(400), &[400]);
    p("mom avg", &r("momentum", &[0.095, 0.5, 2.0]), &[0, 20, 50]);
    p("mom over", &r("momentum", &[0.02, 0.3, 0.0]), &[0, 20, 50]);
    p("mom crit", &r("momentum", &[0.25, 0.25, 0.0]), &[0, 20, 50]);
    p("mom crit small", &r("momentum", &[0.01, 0.81, 0.0]), &[0, 20, 50]);
    p("mom 0.149", &r("momentum", &[0.149, 0.5, 0.0]), &[0, 20, 50]);
    p("mom 0.151", &r("momentum", &[0.151, 0.5, 0.0]), &[0, 20, 50]);
    p("nesterov", &r("nesterov", &[0.04, 0.5]), &[0, 20, 50]);
    p("gd .005", &r("gd", &[0.005]), &[0, 20, 50]);
    p("gd .04", &r("gd", &[0.04]), &[0, 20, 50]);
    p("gd .06", &r("gd", &[0.06]), &[0, 20, 50]);
    p("gd .101", &r("gd", &[0.101]), &[0, 20, 50]);
    p("gd .1", &r("gd", &[0.1]), &[0, 20, 50]);
    p("gd .2 5000", &r("gd", &[0.2]).steps(5000), &[0, 20, 5000]);
    for rr in RULES {
        p(&format!("{} default", rr.key), &r(rr.key, &rr.defaults()), &[0, 20, 50]);
        p(
            &format!("{} default 5000", rr.key),
            &r(rr.key, &rr.defaults()).steps(5000),
            &[0, 20, 1000, 5000],
        );
    }
    let s = |start: [f64; 2], rule, v: &[f64]| Lesson {
        quadratic: true,
        ..Lesson::new(SADDLE, start, rule, v)
    };
    p("saddle 1e-3", &s([1.0, 1e-3], "gd", &[0.1]), &[0, 10, 17, 25, 50]);
    p("saddle axis", &s([1.0, 0.0], "gd", &[0.1]).steps(100), &[0, 10, 50, 100]);
    p("saddle adam", &s([1.0, 1e-3], "adam", &[0.05, 0.9, 0.999, 1e-8]), &[0, 10, 50]);
    p("saddle origin", &s([0.0, 0.0], "gd", &[0.1]), &[0, 10]);
    p("saddle gd 1.5", &s([1.0, 1e-3], "gd", &[1.5]), &[0, 10]);
    let ros = |rule, v: &[f64]| {
        Lesson::new(ROSENBROCK, [-1.2, 1.0], rule, v).with_minimum([1.0, 1.0], 0.0)
    };
    p("rosen gd 1e-3", &ros("gd", &[1e-3]).steps(500), &[0, 1, 2, 3, 5, 10, 100, 500]);
    p("rosen gd 2e-3", &ros("gd", &[2e-3]).steps(500), &[0, 1, 2, 3, 5, 10, 100, 500]);
    p("rosen gd 1e-2", &ros("gd", &[1e-2]).steps(500), &[0, 1, 2, 3, 5, 10, 500]);
    p("rosen mom", &ros("momentum", &[1e-3, 0.9, 0.0]).steps(500), &[0, 1, 2, 3, 5, 10, 100, 500]);
    p("rosen mom 5000", &ros("momentum", &[5e-4, 0.9, 0.0]).steps(5000), &[500, 1000, 5000]);
    p("rosen adam", &ros("adam", &[1e-2, 0.9, 0.999, 1e-8]).steps(500), &[0, 1, 10, 100, 500]);
    let pl = |start: [f64; 2], rule, v: &[f64]| {
        Lesson::new(PLATEAU, start, rule, v).with_minimum([0.0, 0.0], 0.0)
    };
    p("plateau far", &pl([5.0, 3.0], "gd", &[0.1]), &[0, 1, 50]);
    p("plateau edge", &pl([2.0, 1.5], "gd", &[0.1]), &[0, 1, 50]);
    p("plateau adam", &pl([5.0, 3.0], "adam", &[0.1, 0.9, 0.999, 1e-8]), &[0, 1, 50]);
    p("plateau very far", &pl([50.0, 3.0], "gd", &[0.1]), &[0, 1, 50]);
    let tv = |start: [f64; 2], v: &[f64]| Lesson {
        minima: vec![[1.0, 0.0], [-1.0, 0.0]],
        floor: Some(-0.25),
        ..Lesson::new(TWO_VALLEYS, start, "gd", v)
    };
    p("two valleys", &tv([1e-4, 1.0], &[0.2]).steps(100), &[0, 5, 20, 30, 40, 50, 100]);
    p("two valleys axis", &tv([0.0, 1.0], &[0.2]).steps(100), &[0, 5, 20, 100]);
    p(
        "two valleys unknown",
        &Lesson { minima: vec![], floor: None, ..tv([1e-4, 1.0], &[0.2]).steps(100) },
        &[100],
    );
    p("log", &Lesson::new(LOGARITHM, [0.5, 1.0], "gd", &[0.2]), &[0, 1, 2, 50]);
    p("log at", &Lesson::new(LOGARITHM, [-0.5, 1.0], "gd", &[0.2]), &[0, 1, 2, 50]);
    let mut b =
        Lesson::new(BOWL, [3.0, 1.0], "gd", &[0.1]).with_minimum([0.0, 0.0], 0.0).steps(300);
    b.quadratic = true;
    b.noise = 0.5;
    p("noise", &b, &[0, 10, 100, 300]);
    b.noise = 0.0;
    b.values = vec![1.8];
    p("bowl jumps", &b, &[0, 10, 300]);
}
