//! What a question of a lesson is told of runs on a plane, and how their pictures wait.

use super::PlanarLab;
use super::claims::exact_limit;
use super::scene::chart;
use crate::labs::model::{title, variables};
use crate::labs::planar::experiment::Setting;
use crate::labs::{Contestant, Course, Direction, Picture, Pixel, Pose, Quiz, Whereabouts};
use crate::math::param::Param;

/// Two directions to choose from are at least so far apart, in degrees.
const APART: f64 = 25.0;
/// Where else directions may go, in degrees from straight down: first along the isoline.
const OTHERS: [f64; 6] = [90.0, -50.0, 45.0, -100.0, 140.0, 180.0];

impl PlanarLab {
    /// Whether what lies ahead of the clock may be seen.
    pub fn sees_ahead(&self) -> bool {
        self.experiment.is_on(Setting::Future) && !self.pose.is_veiled
    }

    /// Whether the slope in every direction is shown: not while it would answer a question.
    pub fn shows_slopes(&self) -> bool {
        self.experiment.is_on(Setting::Slopes) && !self.pose.is_veiled
    }

    /// How the pictures wait for an answer.
    pub fn posed(&self) -> &Pose {
        &self.pose
    }
}

impl Quiz for PlanarLab {
    fn contestants(&self) -> Vec<Contestant> {
        let experiment = self.experiment();
        let runs = experiment.runs.names().into_iter().enumerate();
        runs.map(|(index, name)| Contestant {
            name,
            title: title(experiment, index),
            is_hidden: experiment.runs[index].hidden,
        })
        .collect()
    }

    fn course(&self, run: usize) -> Course<'_> {
        let path = &self.paths()[run];
        let pace = chart::pace(self.experiment(), run);
        Course { loss: &path.loss, stride: 1, pace, is_over: path.is_complete() }
    }

    fn floor_of_losses(&self) -> Option<f64> {
        self.is_complete().then(|| self.objective().lowest().unwrap_or(self.floor()))
    }

    fn alpha_of(&self, run: usize) -> &'static Param {
        &self.experiment.runs[run].rule.parameters[0]
    }

    fn whereabouts(&self, run: usize, step: usize) -> Whereabouts {
        let path = &self.paths()[run];
        match path.theta.get(step) {
            Some(&at) => Whereabouts::At(at),
            None if path.is_complete() => Whereabouts::Gone(path.theta.len().saturating_sub(1)),
            None => Whereabouts::Unknown,
        }
    }

    fn plane(&self) -> Option<([f64; 2], [String; 2])> {
        Some((self.experiment.start, variables(&self.experiment)))
    }

    fn exact_limit_of(&self, run: usize) -> Result<Option<f64>, String> {
        if !self.is_complete() {
            return Ok(None);
        }
        let none = || {
            format!(
                "Here {} has no limit that holds whatever the start.",
                title(&self.experiment, run)
            )
        };
        exact_limit(&self.experiment, &self.objective, run).map(Some).ok_or_else(none)
    }

    /// Straight down, towards the lowest minimum known, and others that keep apart, in the order of
    /// their angles.
    fn directions(&self) -> Result<Option<[Direction; 4]>, String> {
        if !self.objective.is_complete() {
            return Ok(None);
        }
        let start = self.experiment.start;
        let gradient = self.objective.gradient(start).gradient;
        let steepest = libm::hypot(gradient[0], gradient[1]);
        if !steepest.is_finite() || steepest == 0.0 {
            return Err("There is no slope at the start.".to_owned());
        }
        let down = libm::atan2(-gradient[1], -gradient[0]);
        let minima = self.objective.minima().iter();
        let lowest = minima.min_by(|a, b| {
            let [a, b] = [a, b].map(|&&at| self.objective.value(at));
            a.total_cmp(&b)
        });
        let toward = lowest.map(|at| libm::atan2(at[1] - start[1], at[0] - start[0]));
        let others = OTHERS.iter().map(|turn| down + turn.to_radians());
        let mut angles = vec![down];
        for angle in toward.into_iter().chain(others) {
            if angles.iter().all(|other| turned(angle - other).abs() >= APART.to_radians()) {
                angles.push(angle);
            }
        }
        let mut angles = [angles[0], angles[1], angles[2], angles[3]].map(turned);
        angles.sort_unstable_by(f64::total_cmp);
        Ok(Some(angles.map(|angle| {
            let (sin, cos) = libm::sincos(angle);
            Direction { along: [cos, sin], slope: gradient[0] * cos + gradient[1] * sin }
        })))
    }

    fn point_under_pixel(&self, picture: Picture, at: Pixel) -> Option<[f64; 2]> {
        let point = match picture {
            Picture::Plot => self.frame().to_data(at),
            Picture::Hill => self.point_under(at)?,
            _ => return None,
        };
        Some(self.resolved(point))
    }

    fn pixel_of_point(&self, picture: Picture, point: [f64; 2]) -> Option<Pixel> {
        match picture {
            Picture::Plot => Some(self.frame().to_pixel(point)),
            Picture::Hill => self.on_hill(|hill| hill.spot(point)).map(|spot| spot.pixel),
            _ => None,
        }
    }

    fn pose(&mut self, pose: &Pose) {
        if self.pose.is_veiled != pose.is_veiled {
            // The chart shows more of the paths, or less.
            self.versions.paths += 1;
        }
        self.pose = pose.clone();
    }
}

/// The same angle from −π to π.
fn turned(angle: f64) -> f64 {
    let (sin, cos) = libm::sincos(angle);
    libm::atan2(sin, cos)
}
