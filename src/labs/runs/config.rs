//! One run of an experiment, as it is set up, and the parameters of runs in every lab.

use super::LOOKS;
use crate::math::param::{Param, Scale};
use crate::optimizers::Rule;
use crate::optimizers::average::{AVERAGE, Average, KEEP};
use crate::optimizers::schedule::{GAMMA, SCHEDULE, Schedule, TAU};

/// What every run has besides its rule's own parameters.
pub const NOISE: Param = Param::new("noise", "σ", "gradient noise", [0.0, 100.0], Scale::Log, 0.0)
    .about("σ of the noise on the gradient");

/// Whether a run is left out of the pictures.
pub const HIDDEN: Param =
    Param::switch("hidden", "hidden", false).about("whether it is left out of the pictures");

/// Which colour, dash and marker a run wears, counted from 1.
pub const LOOK: Param = Param::new("look", "", "look", [1.0, LOOKS as f64], Scale::Integer, 1.0)
    .about("which colour, dash and marker it has");

/// What runs on data have besides. Their declarations are [`EXTRAS`], in the same order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extra {
    /// How α changes.
    Schedule,
    /// τ of the schedule.
    Tau,
    /// γ of the schedule.
    Gamma,
    /// Which average is drawn.
    Average,
    /// ρ of the exponential average.
    Keep,
}

/// The declarations of what runs on data have besides, in the order of [`Extra`].
pub static EXTRAS: [Param; 5] = [SCHEDULE, TAU, GAMMA, AVERAGE, KEEP];

/// The batch size m of a run on n examples; n stands for all of them.
pub const fn batch_of(n: usize) -> Param {
    Param::new("batch", "m", "batch size", [1.0, n as f64], Scale::LogInteger, n as f64)
}

/// One run of an experiment, as it is set up.
#[derive(Clone, Debug)]
pub struct RunConfig {
    /// The update rule.
    pub rule: &'static Rule,
    /// The values of its parameters, in their declared order.
    pub values: Vec<f64>,
    /// σ of the gradient noise.
    pub noise: f64,
    /// m, the examples that an update uses; `None` for all of them, however many there are.
    pub batch: Option<usize>,
    /// The values of [`EXTRAS`], in their order.
    pub extras: [f64; EXTRAS.len()],
    /// The values of what runs of nets have besides, in the order of [`crate::labs::network::RUN`].
    pub of_net: [f64; 3],
    /// Whether the data view and the pseudo code show this run.
    pub followed: bool,
    /// Whether it is left out of the pictures.
    pub hidden: bool,
    /// Which of the looks (colour, dash, marker) it wears.
    pub look: usize,
}

impl RunConfig {
    /// A fresh run.
    pub fn new(rule: &'static Rule, alpha: f64, look: usize) -> Self {
        let mut values = rule.defaults();
        values[0] = alpha;
        Self {
            rule,
            values,
            noise: NOISE.default,
            batch: None,
            extras: EXTRAS.each_ref().map(|param| param.default),
            of_net: [0.0; 3],
            followed: false,
            hidden: false,
            look,
        }
    }

    /// Forgets what only runs on data have.
    pub fn forget_data(&mut self) {
        self.batch = None;
        self.extras = EXTRAS.each_ref().map(|param| param.default);
        self.followed = false;
    }

    /// The value of an extra.
    pub fn extra(&self, extra: Extra) -> f64 {
        self.extras[extra as usize]
    }

    /// m, where there are n examples.
    pub fn batch_size(&self, n: usize) -> usize {
        self.batch.map_or(n, |m| m.min(n))
    }

    /// How its α changes in a run of so many updates.
    pub fn schedule(&self, steps: usize) -> Schedule {
        let [choice, tau, gamma] =
            [Extra::Schedule, Extra::Tau, Extra::Gamma].map(|e| self.extra(e));
        Schedule::of(choice, tau, gamma, steps)
    }

    /// The average that is drawn of it, if any is.
    pub fn average(&self) -> Option<Average> {
        Average::of(self.extra(Extra::Average), self.extra(Extra::Keep))
    }

    /// Whether the extra at an index of [`EXTRAS`] does anything.
    pub fn uses_at(&self, index: usize) -> bool {
        let all = [Extra::Schedule, Extra::Tau, Extra::Gamma, Extra::Average, Extra::Keep];
        all.get(index).is_some_and(|&extra| self.uses(extra))
    }

    /// Whether the extra does anything, as the others are set: τ needs a schedule that has one.
    pub fn uses(&self, extra: Extra) -> bool {
        match extra {
            Extra::Schedule | Extra::Average => true,
            Extra::Tau => matches!(self.extra(Extra::Schedule) as usize, 1..=3),
            Extra::Gamma => self.extra(Extra::Schedule) as usize == 3,
            Extra::Keep => self.extra(Extra::Average) as usize == 3,
        }
    }
}
