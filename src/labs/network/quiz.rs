//! What a question of a lesson is told of nets in training, and how their pictures wait.

use super::scene::chart;
use super::{NetLab, Setting};
use crate::labs::model::net::title;
use crate::labs::{Contestant, Course, Lab, Pose, Quiz};
use crate::math::param::Param;

impl NetLab {
    /// Whether what lies ahead of the clock may be seen.
    pub fn sees_ahead(&self) -> bool {
        self.experiment.is_on(Setting::Future) && !self.is_veiled
    }
}

impl Quiz for NetLab {
    fn contestants(&self) -> Vec<Contestant> {
        let runs = &self.experiment().runs;
        (runs.names().into_iter().enumerate())
            .map(|(index, name)| Contestant {
                name,
                title: title(self.experiment(), index),
                is_hidden: runs[index].hidden,
            })
            .collect()
    }

    /// A net is trained as far as the clock has been.
    fn course(&self, run: usize) -> Course<'_> {
        let training_run = &self.training_runs()[run];
        let (records, stride) = training_run.records();
        let has_arrived = training_run.tick() >= self.timeline().horizon();
        Course {
            loss: &records.train,
            stride,
            pace: chart::pace(self, run),
            is_over: has_arrived || training_run.diverged().is_some(),
        }
    }

    /// No loss of a net is below 0.
    fn floor_of_losses(&self) -> Option<f64> {
        Some(0.0)
    }

    fn alpha_of(&self, run: usize) -> &'static Param {
        &self.experiment().runs[run].rule.parameters[0]
    }

    fn pose(&mut self, pose: &Pose) {
        if self.is_veiled != pose.is_veiled {
            self.is_veiled = pose.is_veiled;
            self.versions.runs += 1;
        }
    }
}
