//! A run at one of its steps as the test sees it: its path, and everything else by its own means.

use std::cell::OnceCell;

use ravine::analysis::explain::Direction;
use ravine::data::Batches;
use ravine::labs::planar::PlanarLab;
use ravine::labs::runs::Extra;
use ravine::math::random::Random;
use ravine::training::run::{Path, Status};

use super::ground::Ground;
use super::rules::{Rule, Walker};

/// What is wrong with a claim.
pub type Check = Result<(), String>;

/// That something holds.
pub fn require(holds: bool, what: &str) -> Check {
    if holds { Ok(()) } else { Err(format!("not so: {what}")) }
}

/// That a number is as it is said, to a millionth, or but for so much.
pub fn same(what: &str, said: f64, found: f64, slack: f64) -> Check {
    let off = (said - found).abs();
    let size = said.abs().max(found.abs());
    if said == found || size.is_finite() && off <= 1e-6 * size + slack {
        return Ok(());
    }
    Err(format!("{what} is said to be {said:e} and is {found:e}"))
}

pub fn minus(a: [f64; 2], b: [f64; 2]) -> [f64; 2] {
    [a[0] - b[0], a[1] - b[1]]
}

pub fn plus(a: [f64; 2], b: [f64; 2]) -> [f64; 2] {
    [a[0] + b[0], a[1] + b[1]]
}

pub fn times(a: f64, b: [f64; 2]) -> [f64; 2] {
    [a * b[0], a * b[1]]
}

pub fn dot(a: [f64; 2], b: [f64; 2]) -> f64 {
    a[0] * b[0] + a[1] * b[1]
}

pub fn length(a: [f64; 2]) -> f64 {
    a[0].hypot(a[1])
}

pub fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    length(minus(a, b))
}

pub fn mean(numbers: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = numbers.fold((0.0, 0.0), |(sum, count), one| (sum + one, count + 1.0));
    sum / count
}

/// The eigenvalues of [xx, xy, yy], the smaller first, from its trace and its determinant.
pub fn eigenvalues([xx, xy, yy]: [f64; 3]) -> [f64; 2] {
    let gap = (xx - yy).hypot(2.0 * xy);
    [0.5 * (xx + yy - gap), 0.5 * (xx + yy + gap)]
}

/// Its eigenvectors, from the angle by which it is turned.
pub fn eigenvectors([xx, xy, yy]: [f64; 3]) -> [[f64; 2]; 2] {
    let (sin, cos) = (0.5 * (2.0 * xy).atan2(xx - yy)).sin_cos();
    [[-sin, cos], [cos, sin]]
}

/// A run at one of its steps.
pub struct Witness<'a> {
    pub lab: &'a PlanarLab,
    pub ground: &'a Ground,
    pub run: usize,
    pub rule: Rule,
    /// σ of the noise on its gradient.
    pub noise: f64,
    /// m, if that is not n.
    pub batch: Option<usize>,
    pub path: &'a Path,
    /// The step shown, within the path; and the path's last.
    pub k: usize,
    pub last: usize,
    norms: OnceCell<Vec<f64>>,
}

impl<'a> Witness<'a> {
    /// The run at an index where the lab stands; `None` where it has no point.
    pub fn of(lab: &'a PlanarLab, ground: &'a Ground, run: usize) -> Option<Self> {
        let setup = &lab.experiment().runs[run];
        let path = &lab.paths()[run];
        let last = path.theta.len().checked_sub(1)?;
        Some(Self {
            lab,
            ground,
            run,
            rule: Rule::of(setup),
            noise: setup.noise,
            batch: setup.batch.filter(|m| *m < ground.len()),
            path,
            k: lab.step().min(last),
            last,
            norms: OnceCell::new(),
        })
    }

    pub fn theta(&self) -> [f64; 2] {
        self.path.theta[self.k]
    }

    pub fn start(&self) -> [f64; 2] {
        self.path.theta[0]
    }

    pub fn f(&self) -> f64 {
        self.ground.value(self.theta())
    }

    /// f at a step of the path.
    pub fn f_at(&self, step: usize) -> f64 {
        self.ground.value(self.path.theta[step])
    }

    /// ‖∇f‖ at each step of the path.
    pub fn norms(&self) -> &[f64] {
        self.norms.get_or_init(|| {
            self.path.theta.iter().map(|at| length(self.ground.gradient(*at))).collect()
        })
    }

    pub fn gradient(&self) -> [f64; 2] {
        self.ground.gradient(self.theta())
    }

    pub fn hessian(&self) -> [f64; 3] {
        self.ground.hessian(self.theta())
    }

    pub fn lambda(&self) -> [f64; 2] {
        eigenvalues(self.hessian())
    }

    pub fn axes(&self) -> [[f64; 2]; 2] {
        eigenvectors(self.hessian())
    }

    /// How much of the gradient here may be rounding.
    pub fn slack(&self) -> f64 {
        self.slack_at(self.theta())
    }

    pub fn slack_at(&self, at: [f64; 2]) -> f64 {
        let steepest = self.ground.hessian(at).iter().fold(0.0_f64, |most, h| most.max(h.abs()));
        // A sum over examples, in which terms about as large as x and y cancel.
        let terms = match self.ground {
            Ground::Surface(..) => 0.0,
            Ground::Data(.., examples) => {
                examples.iter().flatten().fold(1.0, |most: f64, part| most.max(part.abs()))
            }
        };
        1e-13 * steepest * (1.0 + length(at)) + 1e-15 * terms
    }

    /// That the gradient is as long here as is said.
    pub fn gradient_is(&self, said: f64) -> Check {
        same("‖∇f‖", said, length(self.gradient()), self.slack())
    }

    pub fn way(&self) -> f64 {
        distance(self.start(), self.theta())
    }

    /// The length of the step that led to a step of the path.
    pub fn step_length(&self, step: usize) -> f64 {
        distance(self.path.theta[step], self.path.theta[step - 1])
    }

    /// The displacement of that step.
    pub fn moved(&self, step: usize) -> [f64; 2] {
        minus(self.path.theta[step], self.path.theta[step - 1])
    }

    pub fn is_noisy(&self) -> bool {
        self.noise > 0.0 || self.batch.is_some()
    }

    /// The schedule's α at an update, counted from 1, as a part of the first.
    pub fn share(&self, update: usize) -> f64 {
        let setup = &self.lab.experiment().runs[self.run];
        let [kind, tau, gamma] =
            [Extra::Schedule, Extra::Tau, Extra::Gamma].map(|extra| setup.extra(extra));
        let before = update as f64 - 1.0;
        let steps = self.lab.experiment().steps() as f64;
        match kind as u8 {
            0 => 1.0,
            1 => tau / (tau + before),
            2 => (tau / (tau + before)).sqrt(),
            3 => gamma.powi((before / tau) as i32),
            _ => 0.5 + 0.5 * (std::f64::consts::PI * before / steps).cos(),
        }
    }

    /// Whether α follows a schedule.
    pub fn is_scheduled(&self) -> bool {
        self.lab.experiment().runs[self.run].extra(Extra::Schedule) != 0.0
    }

    /// The rule with the α of the coming step.
    pub fn coming(&self) -> Rule {
        let steps = self.lab.experiment().steps();
        self.rule.with_alpha(self.rule.alpha() * self.share((self.lab.step() + 1).min(steps)))
    }

    /// Whether theory speaks of the run as a whole.
    pub fn is_theoretical(&self) -> bool {
        let is_linear = self.rule.is_linear() || self.rule.is_newton();
        self.ground.is_quadratic() && is_linear && !self.is_scheduled()
    }

    /// The minimum that the path ends nearest to, of those that are known.
    pub fn minimum(&self) -> Option<[f64; 2]> {
        let end = self.path.theta[self.last];
        let known = self.lab.objective().minima().iter().copied();
        known.reduce(|a, b| if distance(end, b) < distance(end, a) { b } else { a })
    }

    /// Whether f is as low as there nowhere else on a grid about it that is 40 wide.
    pub fn is_lowest_at(&self, minimum: [f64; 2]) -> bool {
        let least = self.ground.value(minimum);
        let node = |index: i32| f64::from(index) * 0.25;
        let mut offsets = (-80..=80).flat_map(|i| (-80..=80).map(move |j| [i, j]));
        offsets.all(|offset| {
            offset == [0, 0] || self.ground.value(plus(minimum, offset.map(node))) > least
        })
    }

    /// The distance from it, in steps of the path.
    pub fn distances(&self) -> Option<Vec<f64>> {
        let minimum = self.minimum()?;
        Some(self.path.theta.iter().map(|at| distance(*at, minimum)).collect())
    }

    pub fn remaining(&self) -> Result<f64, String> {
        self.minimum().map(|at| distance(at, self.theta())).ok_or("no minimum is known".to_owned())
    }

    /// The least value at a known minimum.
    pub fn floor(&self) -> Option<f64> {
        self.lab.objective().minima().iter().map(|at| self.ground.value(*at)).reduce(f64::min)
    }

    /// That f is so much above the lowest known value.
    pub fn above_is(&self, above: f64) -> Check {
        let floor = self.floor().ok_or("no value is known")?;
        same("above", above, self.f() - floor, 1e-12 * (1.0 + floor.abs() + self.f().abs()))?;
        require(above > 0.0, "it is above")
    }

    /// Whether f is finite there, and so is its gradient.
    pub fn is_finite_at(&self, at: [f64; 2]) -> bool {
        let [gx, gy] = self.ground.gradient(at);
        [at[0], at[1], self.ground.value(at), gx, gy].iter().all(|part| part.is_finite())
    }

    /// The examples of an update, counted from 0.
    pub fn batch_of(&self, update: usize) -> Vec<usize> {
        let n = self.ground.len();
        match self.batch {
            None => (0..n).collect(),
            Some(m) => {
                let batch = Batches::new(n, m, self.seed()).batch(update);
                batch.iter().map(|index| *index as usize).collect()
            }
        }
    }

    /// What the rule follows in an update, counted from 0; the noise is that of its place.
    fn estimate(&self, at: [f64; 2], update: usize, noise: [f64; 2]) -> [f64; 2] {
        let batch = self.batch_of(update);
        let g = self.ground.gradient_over(at, batch.iter().copied());
        let g = plus(g, times(self.noise, noise));
        if !self.rule.is_newton() {
            return g;
        }
        self.rule.follows(self.ground.hessian_over(at, batch.iter().copied()), g)
    }

    fn seed(&self) -> u64 {
        self.lab.experiment().run_spec(self.run).seed
    }

    /// The rule after the updates up to a step of the path, as it was led by the points of the path.
    /// Each of these points is where the rule leads to from the one before.
    pub fn walker(&self, upto: usize) -> Result<Walker, String> {
        let mut random = Random::new(self.seed());
        let mut walker = self.rule.start();
        for update in 0..upto {
            let noise = if self.noise > 0.0 { random.gaussians() } else { [0.0; 2] };
            let at = self.path.theta[update];
            let g = self.estimate(at, update, noise);
            let to = walker.step(at, g, self.rule.alpha() * self.share(update + 1));
            let there = self.path.theta[update + 1];
            // Rounding of a gradient is all there is where the rest of it cancels, and a rule that
            // divides by the gradient's size makes any of it a whole step.
            let rounding = self.rule.alpha() * self.slack_at(at)
                + 1e-9 * (length(at) + length(there) + self.step_length(update + 1));
            let is_rule = self.rule.is_linear();
            if is_rule && to.iter().all(|part| part.is_finite()) && distance(to, there) > rounding {
                return Err(format!("update {update} from {at:?} leads to {to:?}, not {there:?}"));
            }
        }
        Ok(walker)
    }

    /// Where the run would go on to after its last point, without noise, in so many more steps.
    pub fn beyond(&self, more: usize) -> Result<Vec<[f64; 2]>, String> {
        let mut walker = self.walker(self.last)?;
        let mut at = self.path.theta[self.last];
        let mut random = Random::new(self.seed());
        for _ in 0..if self.noise > 0.0 { self.last } else { 0 } {
            random.gaussians();
        }
        let mut all = Vec::new();
        for update in self.last..self.last + more {
            let noise = if self.noise > 0.0 { random.gaussians() } else { [0.0; 2] };
            let g = self.estimate(at, update, noise);
            at = walker.step(at, g, self.rule.alpha() * self.share(update + 1));
            all.push(at);
        }
        Ok(all)
    }

    /// Whether the path made all its updates.
    pub fn is_finished(&self) -> bool {
        self.path.status == Status::Finished
    }

    /// That a direction is called by a name that it has: the eigenvector of the smaller eigenvalue
    /// (0) or the larger one (1) of the Hessian here.
    pub fn along(&self, direction: Direction, axis: usize) -> Check {
        let [low, high] = self.lambda();
        let vector = self.axes()[axis];
        let is_valley = low > 0.0 && high > 1.999 * low;
        require(
            match direction {
                Direction::Any => high - low <= 1e-8 * high.abs().max(low.abs()),
                Direction::Axis(at) => vector[1 - at].abs() < 1.1e-3,
                Direction::AlongValley => is_valley && axis == 0,
                Direction::AcrossValley => is_valley && axis == 1,
                Direction::Vector([x, y]) => {
                    let across = x * vector[1] - y * vector[0];
                    across.abs() < 1e-6 && (x.hypot(y) - 1.0).abs() < 1e-9
                }
            },
            &format!("{direction:?} is the name of {vector:?}, where λ is {:?}", [low, high]),
        )
    }
}
