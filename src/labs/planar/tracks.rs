//! The runs' paths and what is made from them, as far as they are computed.

use super::PlanarLab;
use super::inputs::path_inputs;
use crate::analysis::milestones::Milestones;
use crate::labs::planar::experiment::Setting;
use crate::math::budget::Budget;
use crate::objective::Objective;
use crate::training::run::{Averaged, Path, Walker};

/// What belongs to a run besides its path: what that depends on, and what follows from it.
#[derive(Debug)]
pub(super) struct Track {
    inputs: Vec<u64>,
    walker: Walker,
    /// The averaged iterate, if one is drawn.
    pub average: Option<Averaged>,
    /// For each point the step −α∇f of plain GD; empty while not shown.
    pub gd_steps: Vec<[f64; 2]>,
    /// Whether the milestones are known: the path is complete, and so is the search for minima.
    pub is_told: bool,
}

/// Runs make so many updates before it is another's turn.
const TURN: usize = 50;

impl PlanarLab {
    /// The whole path of each run up to the horizon, as far as it is computed
    /// ([`Path::is_complete`]).
    pub fn paths(&self) -> &[Path] {
        &self.paths
    }

    /// What happened on each path, and when: nothing where that is not yet known
    /// ([`PlanarLab::is_told`]).
    pub fn milestones(&self) -> &[Milestones] {
        &self.milestones
    }

    /// Whether all is known of the path of the run at `index` that sentences speak of: the path to
    /// its end, and the minima.
    pub fn is_told(&self, index: usize) -> bool {
        self.tracks[index].is_told
    }

    /// Whether the run at `index` is computed up to the step that is shown, or has ended before:
    /// where it is not, nothing is told of that step.
    pub fn is_there(&self, index: usize) -> bool {
        let path = &self.paths[index];
        path.is_complete() || path.theta.len() > self.step()
    }

    /// The averaged iterate of the run at `index`, if one is drawn.
    pub fn average(&self, index: usize) -> Option<&Averaged> {
        self.tracks.get(index)?.average.as_ref()
    }

    /// The step −α∇f that plain GD would take from each point of the run at `index`, with that
    /// run's α; empty while the experiment does not show them.
    pub fn gd_steps(&self, index: usize) -> &[[f64; 2]] {
        self.tracks.get(index).map_or(&[], |track| &track.gd_steps)
    }

    /// The runs that are shown, by their index.
    pub(super) fn shown_runs(&self) -> Vec<usize> {
        (0..self.paths.len()).filter(|&index| !self.experiment.runs[index].hidden).collect()
    }

    /// Keeps the paths whose inputs are as they were, and begins the others anew.
    pub(super) fn begin_paths(&mut self) {
        let Self { experiment, objective, tracks, paths, milestones, .. } = self;
        let walked = paths.drain(..).zip(milestones.drain(..));
        let mut before: Vec<_> = tracks.drain(..).zip(walked).collect();
        let arrows = experiment.is_on(Setting::Arrows);
        for (index, setup) in experiment.runs.iter().enumerate() {
            let inputs = path_inputs(experiment, index, self.objective_id);
            let kept = before.iter().position(|(track, _)| track.inputs == inputs);
            let (mut track, (path, passed)) = match kept {
                Some(at) => before.swap_remove(at),
                None => {
                    let (walker, path) = Walker::new(objective, &experiment.run_spec(index));
                    let average = setup.average().map(Averaged::new);
                    let gd_steps = Vec::new();
                    let track = Track { inputs, walker, average, gd_steps, is_told: false };
                    (track, (path, Milestones::default()))
                }
            };
            if !arrows {
                track.gd_steps.clear();
            }
            tracks.push(track);
            paths.push(path);
            milestones.push(passed);
        }
        if !before.is_empty() {
            self.take_in_hand();
        }
    }

    /// Walks these runs side by side up to a step; tells whether all are there.
    pub(super) fn walk(&mut self, runs: &[usize], upto: usize, budget: &mut Budget) -> bool {
        let Self { objective, tracks, paths, experiment, .. } = self;
        let upto = upto.min(experiment.steps());
        loop {
            let is_behind =
                |&index: &usize| !paths[index].is_complete() && paths[index].theta.len() <= upto;
            let behind = runs.iter().copied().filter(is_behind);
            let Some(index) = behind.min_by_key(|&index| paths[index].theta.len()) else {
                return true;
            };
            let path = &mut paths[index];
            let turn = (path.theta.len() + TURN - 1).min(upto);
            if !tracks[index].walker.advance(objective, path, turn, budget) {
                return false;
            }
        }
    }

    /// Brings averages and the steps of plain GD of these runs to where their paths are, up to a
    /// step; tells whether they are there.
    pub(super) fn follow_paths(
        &mut self,
        runs: &[usize],
        upto: usize,
        budget: &mut Budget,
    ) -> bool {
        let Self { objective, tracks, paths, experiment, .. } = self;
        let arrows = experiment.is_on(Setting::Arrows);
        runs.iter().all(|&index| {
            let (Track { average, gd_steps, .. }, path) = (&mut tracks[index], &paths[index]);
            let points = &path.theta[..path.theta.len().min(upto.saturating_add(1))];
            let averaged = average.as_mut();
            averaged.is_none_or(|average| average.advance(objective, points, budget))
                && (!arrows || {
                    let alpha = experiment.runs[index].values[0];
                    advance_gd_steps(gd_steps, objective, points, alpha, budget)
                })
        })
    }

    /// Tells the milestones of the paths that are complete; tells whether all are.
    pub(super) fn tell_milestones(&mut self, budget: &mut Budget) -> bool {
        /// What a point costs.
        const POINT: u64 = 10;
        let Self { objective, tracks, paths, milestones, .. } = self;
        let mut all = true;
        for ((track, path), passed) in tracks.iter_mut().zip(paths).zip(milestones) {
            if !track.is_told && path.is_complete() && objective.is_complete() {
                track.is_told = budget.piece(POINT * path.theta.len() as u64);
                if track.is_told {
                    *passed = Milestones::of(path, objective.minima());
                }
            }
            all &= track.is_told;
        }
        all
    }

    /// How much work all paths and what follows from them are, and how much of it is done, in
    /// units.
    pub(super) fn path_work(&self) -> [u64; 2] {
        let mut sum = [0; 2];
        let arrows = self.experiment.is_on(Setting::Arrows);
        for (track, path) in self.tracks.iter().zip(&self.paths) {
            let walked = track.walker.work(path, usize::MAX);
            let points =
                if path.is_complete() { path.theta.len() } else { self.experiment.steps() + 1 };
            let of = |cost: u64, done: usize| [cost * points as u64, cost * done as u64];
            let averaged = track
                .average
                .as_ref()
                .map_or([0; 2], |average| of(Averaged::cost(&self.objective), average.theta.len()));
            let steps = if arrows {
                of(self.objective.cost().gradient, track.gd_steps.len())
            } else {
                [0; 2]
            };
            for [all, done] in [walked, averaged, steps] {
                sum = [sum[0] + all, sum[1] + done];
            }
        }
        sum
    }

    /// The lowest loss known: at a minimum, or so far of any run.
    pub(super) fn lowest_known(&self) -> f64 {
        let averages = self.tracks.iter().filter_map(|track| track.average.as_ref());
        let averaged = averages.flat_map(|average| &average.loss);
        let seen = self.paths.iter().flat_map(|path| &path.loss).chain(averaged);
        let seen = seen.copied().filter(|loss| loss.is_finite()).reduce(f64::min);
        // Where a minimum was searched for, a run may find a lower one.
        self.objective.lowest().into_iter().chain(seen).reduce(f64::min).unwrap_or(0.0)
    }
}

fn advance_gd_steps(
    gd_steps: &mut Vec<[f64; 2]>,
    objective: &Objective,
    points: &[[f64; 2]],
    alpha: f64,
    budget: &mut Budget,
) -> bool {
    while gd_steps.len() < points.len() {
        let missing = &points[gd_steps.len()..];
        let granted = budget.pieces(missing.len(), objective.cost().gradient);
        if granted == 0 {
            return false;
        }
        let step = |&at: &[f64; 2]| objective.gradient(at).gradient.map(|g| -alpha * g);
        gd_steps.extend(missing[..granted].iter().map(step));
    }
    true
}
