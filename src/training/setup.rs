//! How a run is set up, wherever it starts.

use super::run::RunSpec;
use crate::data::Batches;
use crate::optimizers::Rule;
use crate::optimizers::schedule::Schedule;

/// Everything that decides a path besides the objective and the start: what is walked again from other
/// starts, with other values of the dials, with other seeds.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The update rule.
    pub rule: &'static Rule,
    /// The values of the rule's parameters, in their declared order.
    pub values: Vec<f64>,
    /// The standard deviation σ of the noise on each component of the gradient; 0 for none.
    pub noise: f64,
    /// How many updates it makes.
    pub steps: usize,
    /// Where its random numbers begin.
    pub seed: u64,
    /// How a risk's examples are dealt out to updates; `None` on a surface.
    pub batches: Option<Batches>,
    /// How the learning rate changes on the way.
    pub schedule: Schedule,
}

impl Setup {
    /// That of a run.
    pub fn of(run: &RunSpec<'_>) -> Self {
        let RunSpec { rule, values, noise, steps, seed, batches, schedule, .. } = *run;
        Self { rule, values: values.to_vec(), noise, steps, seed, batches, schedule }
    }

    /// The run from a start.
    pub fn run(&self, start: [f64; 2]) -> RunSpec<'_> {
        let Self { rule, ref values, noise, steps, seed, batches, schedule } = *self;
        RunSpec { rule, values, noise, start, steps, seed, batches, schedule }
    }

    /// The same with the seed that comes so many after its own: that of the walker at this place.
    pub fn with_later_seed(&self, later: u64) -> Self {
        let batches = self.batches.map(|batches| Batches { seed: batches.seed + later, ..batches });
        Self { seed: self.seed + later, batches, ..self.clone() }
    }

    /// The seeds of the walkers at these places, of which each has one of its own: so many after the run's.
    /// Where they would make no difference they are all that.
    pub fn seeds(&self, walkers: impl IntoIterator<Item = usize>) -> Vec<u64> {
        let is_random = self.is_random();
        let later = |walker| if is_random { walker as u64 } else { 0 };
        walkers.into_iter().map(|walker| self.seed + later(walker)).collect()
    }

    /// Whether the seed makes a difference: its gradients are noisy, or of batches.
    pub fn is_random(&self) -> bool {
        self.noise > 0.0 || self.batches.is_some_and(|batches| !batches.is_full())
    }
}
