//! The loss surface of nets on a plane through their weights: which plane, and its survey a few
//! points at a time.

use super::NetLab;
use super::settings::Setting;
use crate::analysis::plane::{Plane, Survey, window_around};
use crate::math::budget::Budget;
use crate::math::number::digits;
use crate::math::window::Window;
use crate::network::Regularisation;

/// So many nodes lie along each side of the survey.
const NODES: [usize; 2] = [44, 33];
/// The main plane is laid through so many numbers at most: where long paths of large nets have more,
/// through some of their points.
const NUMBERS: usize = 250_000;
/// While the clock runs, the first survey waits for a path of so many ticks.
const PATH: usize = 12;
/// About a point in random directions the surface is shown so far, in filter norms.
const REACH: f64 = 1.2;

/// The surface as far as it is known.
#[derive(Default)]
pub struct SurfaceView {
    survey: Option<Survey>,
    made_from: Option<Origin>,
    /// The one before, of the same, which is shown until that is finished.
    before: Option<Survey>,
    /// Grows with each survey that is finished, and where none is shown any more.
    version: u32,
    /// The share of the paths' variance that the plane holds, with the version and the tick that it
    /// was computed for.
    share: Option<(u32, usize, f64)>,
    size: [f64; 2],
}

/// What a survey was begun for.
#[derive(Clone, Copy, PartialEq)]
struct Origin {
    /// Which kind of plane, the followed run, and the two weights.
    what: [usize; 4],
    /// The version of the runs.
    runs: u32,
    tick: usize,
    /// That of the picture.
    size: [f64; 2],
}

impl Origin {
    /// Whether both are of the same runs on the same kind of plane.
    fn is_like(&self, other: &Self) -> bool {
        (self.what, self.runs) == (other.what, other.runs)
    }
}

impl SurfaceView {
    /// The last survey that is finished, if what it is of is still asked for.
    pub fn survey(&self) -> Option<&Survey> {
        self.survey.as_ref().filter(|survey| survey.finished()).or(self.before.as_ref())
    }

    /// The nets are others: a plane through the weights of those before says nothing of them.
    pub(super) fn forget(&mut self) {
        (self.survey, self.before, self.made_from) = (None, None, None);
        self.version += 1;
    }

    /// Grows with each survey that is finished, and where none is shown any more.
    pub fn version(&self) -> u32 {
        self.version
    }

    /// Its size in CSS pixels.
    pub fn size(&self) -> [f64; 2] {
        self.size
    }

    /// Takes its size in CSS pixels.
    pub(super) fn set_size(&mut self, size: [f64; 2]) {
        self.size = size;
    }
}

/// The main plane of paths.
fn main_plane(paths: &[&[Vec<f64>]]) -> Option<Plane> {
    let numbers: usize = paths.iter().copied().flatten().map(Vec::len).sum();
    let every = numbers.div_ceil(NUMBERS);
    if every <= 1 {
        return Plane::of_paths(paths);
    }
    let some = |path: &&[Vec<f64>]| path.iter().step_by(every).cloned().collect::<Vec<_>>();
    let paths: Vec<Vec<Vec<f64>>> = paths.iter().map(some).collect();
    Plane::of_paths(&paths.iter().map(Vec::as_slice).collect::<Vec<_>>())
}

impl NetLab {
    /// The loss surface as far as it is known.
    pub fn surface(&self) -> &SurfaceView {
        &self.surface
    }

    /// Whether the loss functions are what stands beside the net.
    pub fn shows_losses(&self) -> bool {
        self.experiment().setting(Setting::Deck) == 3.0
    }

    /// Whether the surface is what stands beside the net.
    pub fn shows_surface(&self) -> bool {
        self.experiment().setting(Setting::Deck) == 2.0
    }

    /// The records of a run up to the tick that is shown.
    fn path(&self, index: usize) -> &[Vec<f64>] {
        let (records, stride) = self.training_runs()[index].records();
        let upto = self.training_runs()[index].tick() / stride + 1;
        &records.theta[..upto.min(records.theta.len())]
    }

    /// The paths of all runs that are shown.
    fn paths(&self) -> Vec<&[Vec<f64>]> {
        self.shown().into_iter().map(|index| self.path(index)).collect()
    }

    /// The path of a run on the plane, up to where it stands.
    pub fn projected(&self, index: usize) -> Vec<[f64; 2]> {
        let Some(survey) = self.surface.survey() else { return Vec::new() };
        let plane = survey.plane();
        let mut points: Vec<[f64; 2]> =
            self.path(index).iter().map(|theta| plane.project(theta)).collect();
        points.push(plane.project(self.training_runs()[index].trainer().theta()));
        points
    }

    /// Lays the plane that is asked for, with the window to be shown.
    fn plane(&self, index: usize) -> Option<(Plane, Window)> {
        let theta = self.training_runs()[index].trainer().theta();
        let (paths, [width, height]) = (self.paths(), self.surface.size);
        let aspect = Some(width / height);
        let choice = self.experiment().setting(Setting::Plane) as usize;
        let plane = match choice {
            0 => main_plane(&paths)?,
            1 => Plane::random(&self.experiment().architecture(), theta, self.experiment().seed()),
            _ => Plane::of_weights(theta, self.experiment().pair),
        };
        let projected = paths.into_iter().flatten().map(|theta| plane.project(theta));
        let window = match choice {
            // About the weights as they are: paths that began far away would hide the surface.
            1 => window_around([[-REACH; 2], [REACH; 2]].into_iter(), aspect),
            2 => {
                let [a, b] = plane.project(theta);
                let corners = [[a - 3.0, b - 3.0], [a + 3.0, b + 3.0]];
                window_around(projected.chain(corners), None)
            }
            _ => window_around(projected, aspect),
        };
        Some((plane, window))
    }

    /// Goes on with the survey as far as the budget lets it; returns whether it goes on.
    pub(super) fn survey(&mut self, budget: &mut Budget) -> bool {
        let Some(index) = self.experiment().followed().filter(|_| self.shows_surface()) else {
            return false;
        };
        let choice = self.experiment().setting(Setting::Plane) as usize;
        let [a, b] = self.experiment().pair;
        let now = Origin {
            what: [choice, index, a, b],
            runs: self.versions().runs,
            tick: self.step(),
            size: self.surface.size,
        };
        let is_playing = self.experiment().timeline.is_playing();
        let before = self.surface.made_from;
        let stale = before.map_or(!is_playing || now.tick >= PATH, |before| {
            // What the plane is laid through goes on while the clock runs; then it is laid anew.
            let elsewhere = now.tick != before.tick && !is_playing;
            let is_resized = now.size != before.size;
            !now.is_like(&before) || is_resized || elsewhere || before.tick == 0 && now.tick >= PATH
        });
        if stale {
            self.surface.made_from = Some(now);
            let plane = self.plane(index);
            let kept = self.surface.survey().cloned();
            self.surface.before = kept
                .filter(|_| plane.is_some() && before.is_some_and(|before| now.is_like(&before)));
            self.surface.version += u32::from(self.surface.before.is_none());
            self.surface.survey =
                plane.map(|(plane, window)| Survey::new(plane, window, NODES[0], NODES[1]));
        }
        let Some(mut survey) = self.surface.survey.take() else { return false };
        let was_finished = survey.finished();
        let regularisation = self.experiment().regularisation(index);
        let sets = self.sets().clone();
        let cost = self.training_runs()[index].trainer().cost(sets.train.len());
        let (_, workspace) = self.training_run_mut(index).trainer_mut().workspace();
        while !survey.finished() {
            let granted = budget.pieces(survey.left(), cost);
            if granted == 0 {
                break;
            }
            survey.advance_points(workspace, &sets.train, regularisation, granted);
        }
        let goes_on = !survey.finished();
        if !was_finished && !goes_on {
            self.surface.before = None;
            self.surface.version += 1;
        }
        self.surface.survey = Some(survey);
        goes_on
    }

    /// The share of the paths' variance that the plane holds. All records go into it: while the clock
    /// runs, it is computed anew when the paths are a sixteenth longer, and not for every frame.
    fn share(&mut self, plane: &Plane) -> f64 {
        let (version, tick) = (self.surface.version, self.step());
        let is_fresh = |&(of, at, _): &(u32, usize, f64)| {
            of == version
                && (tick == at
                    || self.experiment().timeline.is_playing()
                        && (at..at + at / 16).contains(&tick))
        };
        if let Some((.., share)) = self.surface.share.filter(is_fresh) {
            return share;
        }
        let share = plane.share(&self.paths());
        self.surface.share = Some((version, tick, share));
        share
    }

    /// Surveys to the end.
    pub fn settle_surface(&mut self) {
        while self.survey(&mut Budget::unlimited()) {}
    }

    /// How far the survey is, from 0 to 1, and what is to be said of it.
    pub fn surface_note(&mut self) -> (f64, String) {
        let Some(index) = self.experiment().followed().filter(|_| self.shows_surface()) else {
            return (1.0, String::new());
        };
        let Some(survey) = self.surface.survey.take() else {
            if self.surface.made_from.is_none() {
                return (0.0, String::new());
            }
            let why =
                "The runs have not moved yet: there is no path that a plane could be laid through.";
            return (1.0, why.to_owned());
        };
        let share = self.share(survey.plane());
        let regularisation = self.experiment().regularisation(index);
        let sets = self.sets().clone();
        let (theta, workspace) = self.training_run_mut(index).trainer_mut().workspace();
        let error = survey.plane().loss_error(theta, workspace, &sets.train, regularisation);
        let progress = survey.progress();
        self.surface.survey = Some(survey);
        let loss = if regularisation == Regularisation::default() {
            "loss"
        } else {
            "loss, its penalty included,"
        };
        let size = digits(error.abs(), 2);
        let off = match (size == "0", error < 0.0) {
            (true, _) => format!("On this plane the net's {loss} is exact."),
            (false, true) => format!("On this plane the net's {loss} is shown {size} too low."),
            (false, false) => format!("On this plane the net's {loss} is shown {size} too high."),
        };
        let share = digits(100.0 * share, 3);
        let note = format!("The plane holds {share} % of the paths’ variance. {off}");
        (progress, note)
    }
}
