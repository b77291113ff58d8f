//! Fit: the window that shows the start, all paths and the minima, whatever their scale.

use super::PlanarLab;
use super::work::Fit;
use crate::labs::Lab as _;
use crate::labs::link::MAX_COORDINATE;
use crate::labs::presets;
use crate::math::param::rounded;
use crate::math::window::Window;
use crate::training::run::Path;

/// A path that runs away is followed so many times as far as everything else reaches.
const AWAY: f64 = 20.0;

impl PlanarLab {
    /// Shows the start, all paths and the minima. The window of a scene as it came belongs to the
    /// scene and stays.
    ///
    /// # Errors
    /// A sentence, where that window leaves something out.
    pub(super) fn begin_fit(&mut self) -> Result<(), String> {
        if presets::as_it_came(&self.link(), self.kind().presets).is_none() {
            self.work.fit = Some(Fit::Everything);
            return Ok(());
        }
        let shown = self.experiment.window;
        if self.points_in_reach().all(|point| shown.contains(point)) {
            return Ok(());
        }
        Err("This is the scene's own window. Zoom out to see where the paths go.".to_owned())
    }

    /// The window that Fit asks for.
    pub(super) fn window_around_everything(&self) -> Window {
        let home = self.experiment.source.window();
        let Some(Window { x, y }) = around(self.points_in_reach()) else { return home };
        // What is far smaller than the objective's own window is shown as large as that.
        let size = ((x[1] - x[0]) / home.width()).max((y[1] - y[0]) / home.height());
        let least = 0.02 * if size > 0.0 { size.min(1.0) } else { 1.0 };
        let widened = |[low, high]: [f64; 2], home: f64| {
            // Rounding the edges needs to tell them apart.
            let farthest = low.abs().max(high.abs());
            let margin = (0.08 * (high - low)).max(least * home).max(1e-6 * farthest);
            let edge = |value: f64| rounded(value, high - low + 2.0 * margin);
            [edge(low - margin).max(-MAX_COORDINATE), edge(high + margin).min(MAX_COORDINATE)]
        };
        Window { x: widened(x, home.width()), y: widened(y, home.height()) }
    }

    /// The start, the minima, and the points of all paths and averages that are shown; of those
    /// that run away, the first part.
    fn points_in_reach(&self) -> impl Iterator<Item = [f64; 2]> + '_ {
        let is_drawable = |[x, y]: &[f64; 2]| x.abs().max(y.abs()) <= 0.9 * MAX_COORDINATE;
        let fixed = || self.objective.minima().iter().chain([&self.experiment.start]).copied();
        let home = self.experiment.source.window();
        let core = around(fixed().filter(is_drawable)).unwrap_or(home);
        let reach =
            AWAY * [core, home].iter().map(|w| w.width().max(w.height())).fold(0.0, f64::max);
        let is_near = move |[x, y]: [f64; 2]| {
            let beyond = |value: f64, [low, high]: [f64; 2]| (low - value).max(value - high);
            beyond(x, core.x).max(beyond(y, core.y)) <= reach
        };
        let runs = self.experiment.runs.iter().zip(&self.paths).zip(&self.tracks);
        let walked =
            runs.filter(|((run, _), _)| !run.hidden).flat_map(move |((_, path), track)| {
                let all = !runs_away(path);
                let average = track.average.as_ref().map_or(&[][..], |average| &average.theta);
                [&path.theta, average].into_iter().flat_map(move |points| {
                    points.iter().copied().take_while(move |&point| all || is_near(point))
                })
            });
        fixed().chain(walked).filter(is_drawable)
    }
}

/// Whether a path grows without bound: it diverged, or its last step is by far its longest.
fn runs_away(path: &Path) -> bool {
    let theta = &path.theta;
    let length = |at: usize| {
        let [[ax, ay], [bx, by]] = [theta[at], theta[at + 1]];
        libm::hypot(bx - ax, by - ay)
    };
    let steps = theta.len().saturating_sub(1);
    let grows = steps >= 4 && {
        let earlier = (0..steps / 2).map(length).fold(0.0, f64::max);
        length(steps - 1) > 2.0 * earlier
    };
    grows || path.status != crate::training::run::Status::Finished
}

/// The least window that holds all of the points; `None` if there is none.
fn around(points: impl Iterator<Item = [f64; 2]>) -> Option<Window> {
    points.fold(None, |window: Option<Window>, [x, y]| {
        let Window { x: [left, right], y: [bottom, top] } =
            window.unwrap_or(Window::new(x, x, y, y));
        Some(Window::new(left.min(x), right.max(x), bottom.min(y), top.max(y)))
    })
}
