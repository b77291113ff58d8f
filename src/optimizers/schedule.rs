//! Schedules of the learning rate: α_t at update t = 1, 2, …, as [`DEFINITIONS`] says.
//!
//! τ is after how many updates the decay sets in; with τ = 1 the second is α/t and the third
//! α/√t. T is the number of updates that a run makes.

use crate::math::param::{Choice, Definition, Param, Scale};

/// What each choice of [`SCHEDULE`] is, in their order.
pub const DEFINITIONS: [Definition; 5] = [
    Definition::new("α_t = α", ""),
    Definition::new("α_t = α / (1 + (t − 1)/τ)", "Robbins & Monro 1951"),
    Definition::new("α_t = α / √(1 + (t − 1)/τ)", "Shalev-Shwartz & Ben-David 2014, 14.3"),
    Definition::new("α_t = α γ^{⌊(t − 1)/τ⌋}", ""),
    Definition::new(
        "α_t = ½α (1 + cos(π (t − 1)/T))",
        "Loshchilov & Hutter 2017, without restarts",
    ),
];

/// Which schedule, as a dial of every run.
pub const SCHEDULE: Param = Param::choice(
    "schedule",
    "schedule of α",
    &[
        Choice { key: "constant", label: "constant" },
        Choice { key: "inverse", label: "1/t" },
        Choice { key: "root", label: "1/√t" },
        Choice { key: "step", label: "step" },
        Choice { key: "cosine", label: "cosine" },
    ],
);

/// τ, in updates.
pub const TAU: Param = Param::new("tau", "τ", "decay time", [1.0, 5000.0], Scale::LogInteger, 20.0)
    .about("τ of the schedule, in updates");

/// γ of the step schedule.
pub const GAMMA: Param = Param::new("gamma", "γ", "step factor", [0.01, 1.0], Scale::Linear, 0.5)
    .about("γ of the schedule");

/// How α changes from update to update.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Schedule {
    /// Not at all.
    Constant,
    /// As 1/t.
    Inverse {
        /// Updates until it is half.
        tau: f64,
    },
    /// As 1/√t.
    Root {
        /// Updates until it is 1/√2.
        tau: f64,
    },
    /// By a factor, every τ updates.
    Step {
        /// Updates between two steps.
        tau: f64,
        /// The factor.
        gamma: f64,
    },
    /// Along half a cosine down to nearly 0 at the last update.
    Cosine {
        /// T, the number of updates.
        steps: f64,
    },
}

impl Schedule {
    /// The schedule of these values of [`SCHEDULE`], [`TAU`] and [`GAMMA`] in a run of so many
    /// updates.
    pub fn of(choice: f64, tau: f64, gamma: f64, steps: usize) -> Self {
        match choice as usize {
            1 => Self::Inverse { tau },
            2 => Self::Root { tau },
            3 => Self::Step { tau, gamma },
            4 => Self::Cosine { steps: steps.max(1) as f64 },
            _ => Self::Constant,
        }
    }

    /// α_t / α at update t, counted from 1.
    pub fn factor(self, t: usize) -> f64 {
        let passed = (t - 1) as f64;
        match self {
            Self::Constant => 1.0,
            Self::Inverse { tau } => 1.0 / (1.0 + passed / tau),
            Self::Root { tau } => 1.0 / (1.0 + passed / tau).sqrt(),
            Self::Step { tau, gamma } => libm::pow(gamma, (passed / tau).floor()),
            Self::Cosine { steps } => {
                0.5 * (1.0 + libm::cos(std::f64::consts::PI * (passed / steps)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn factors(schedule: Schedule, at: [usize; 4]) -> [f64; 4] {
        at.map(|t| schedule.factor(t))
    }

    #[test]
    fn schedules_are_their_formulas() {
        let at = [1, 2, 4, 9];
        assert_eq!(factors(Schedule::Constant, at), [1.0; 4]);
        assert_eq!(factors(Schedule::Inverse { tau: 1.0 }, at), at.map(|t| 1.0 / t as f64));
        assert_eq!(
            factors(Schedule::Root { tau: 1.0 }, at),
            [1.0, 1.0 / 2f64.sqrt(), 0.5, 1.0 / 3.0]
        );
        let step = Schedule::Step { tau: 3.0, gamma: 0.5 };
        assert_eq!(factors(step, [3, 4, 6, 7]), [1.0, 0.5, 0.5, 0.25]);
        let cosine = factors(Schedule::Cosine { steps: 8.0 }, [1, 5, 3, 8]);
        assert!(cosine[0] == 1.0 && (cosine[1] - 0.5).abs() < 1e-15);
        assert!((cosine[2] - 0.5 * (1.0 + 0.5f64.sqrt())).abs() < 1e-15);
        assert!(cosine[3] > 0.0 && cosine[3] < 0.05);
    }

    #[test]
    fn every_choice_has_its_schedule_and_starts_at_alpha() {
        let Scale::Choice(choices) = SCHEDULE.scale else { panic!("a choice") };
        for choice in 0..choices.len() {
            let schedule = Schedule::of(choice as f64, 7.0, 0.3, 50);
            assert_eq!(schedule.factor(1), 1.0);
            assert_eq!(schedule == Schedule::Constant, choice == 0);
            let falls = (1..50).all(|t| schedule.factor(t + 1) <= schedule.factor(t));
            assert!(falls && (choice == 0 || schedule.factor(50) < 0.5));
        }
    }
}
