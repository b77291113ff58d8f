//! The experiment as it stands on the page: its paths, the clock, and what the pointer points at.
//! No browser in here; `page` hands it to one, and tests drive it natively.

use crate::analysis::milestones::Milestones;
use crate::clock::Clock;
use crate::experiment::{Experiment, Ground, MOST_RUNS, Setting, Setup};
use crate::link::{self, FARTHEST, Fault, NARROWEST};
use crate::objective::Objective;
use crate::optimizers;
use crate::presets::{PRESETS, Preset};
use crate::run::{Path, walk};
use crate::view::frame::Frame;
use crate::window::Window;

/// The Surface lab.
#[derive(Debug)]
pub struct Lab {
    experiment: Experiment,
    faults: Vec<Fault>,
    clock: Clock,
    objective: Objective,
    paths: Vec<Path>,
    milestones: Vec<Milestones>,
    /// For each run the step −α∇f of plain GD at each of its points; empty while not shown.
    gd_steps: Vec<Vec<[f64; 2]>>,
    /// What the loss chart measures from.
    floor: f64,
    versions: Versions,
    /// What the objective and each path were computed from, to tell what a change leaves alone.
    objective_inputs: Vec<u64>,
    path_inputs: Vec<Vec<u64>>,
    plot: [f64; 2],
    hover: Option<[f64; 2]>,
    marked_step: Option<usize>,
    /// Whether the hand has moved the start: then it knows that it can.
    has_moved_start: bool,
}

/// Numbers that grow whenever what they count changes, so that a layer can tell that it is stale.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Versions {
    /// The objective's.
    pub objective: u32,
    /// The paths' and their looks'.
    pub paths: u32,
}

impl Lab {
    /// The lab that a link asks for. [`Lab::faults`] tells what it could not take.
    pub fn new(link: &str) -> Self {
        let (experiment, faults) = link::read(link);
        Self { faults, ..Self::of(experiment) }
    }

    /// The lab of an experiment.
    pub fn of(experiment: Experiment) -> Self {
        let objective = experiment.objective();
        let clock = clock_of(&experiment);
        let mut lab = Self {
            objective_inputs: objective_inputs(&experiment),
            experiment,
            faults: Vec::new(),
            clock,
            objective,
            paths: Vec::new(),
            milestones: Vec::new(),
            gd_steps: Vec::new(),
            floor: 0.0,
            versions: Versions::default(),
            path_inputs: Vec::new(),
            plot: [900.0, 600.0],
            hover: None,
            marked_step: None,
            has_moved_start: false,
        };
        lab.refresh();
        lab
    }

    /// Puts the experiment of a link in place of this one.
    pub fn open(&mut self, link: &str) {
        let (experiment, faults) = link::read(link);
        self.clock = clock_of(&experiment);
        self.experiment = experiment;
        self.faults = faults;
        self.hover = None;
        self.marked_step = None;
        self.refresh();
    }

    /// Opens one of the [`PRESETS`] and keeps the reader's colours, light and size.
    fn open_preset(&mut self, preset: &Preset) {
        let taste = self.experiment.clone();
        self.open(preset.link);
        self.experiment.take_taste_of(&taste);
    }

    /// What the last link held that could not be taken.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// The experiment as a link.
    pub fn link(&self) -> String {
        link::write(&self.experiment)
    }

    /// The experiment.
    pub fn experiment(&self) -> &Experiment {
        &self.experiment
    }

    /// The surface that the runs walk on, its parameters' values put in.
    pub fn objective(&self) -> &Objective {
        &self.objective
    }

    /// The whole path of each run, up to the horizon.
    pub fn paths(&self) -> &[Path] {
        &self.paths
    }

    /// Where the run at `index` stands at the step that is shown: the last point that it has.
    pub fn head(&self, index: usize) -> [f64; 2] {
        let theta = &self.paths[index].theta;
        let last = theta.len().saturating_sub(1);
        theta.get(self.step().min(last)).copied().unwrap_or(self.experiment.start)
    }

    /// What happened on each path, and when.
    pub fn milestones(&self) -> &[Milestones] {
        &self.milestones
    }

    /// The step −α∇f that plain GD would take from each point of the run at `index`, with that
    /// run's α; empty while the experiment does not show them.
    pub fn gd_steps(&self, index: usize) -> &[[f64; 2]] {
        self.gd_steps.get(index).map_or(&[], Vec::as_slice)
    }

    /// The lowest loss known: at a minimum, or of any run.
    pub fn floor(&self) -> f64 {
        self.floor
    }

    /// What has changed since another look.
    pub fn versions(&self) -> Versions {
        self.versions
    }

    /// Sets what a link calls `key`.
    ///
    /// # Errors
    /// What cannot be taken; then nothing has changed.
    pub fn set(&mut self, key: &str, text: &str) -> Result<(), Fault> {
        self.experiment.set(key, text)?;
        if matches!(key, "surface" | "runs") {
            self.clock = Clock::playing();
        }
        self.refresh();
        Ok(())
    }

    /// Does what a button of the cards or the plot asks for: `add` (name: a rule), `duplicate`,
    /// `remove`, `up`, `down` (name: a run), `preset` (name: its index), `fit`, `reset-window`.
    ///
    /// # Errors
    /// A sentence; then nothing has changed.
    pub fn act(&mut self, verb: &str, name: &str) -> Result<(), String> {
        let full = || format!("There is room for {MOST_RUNS} runs, and all of them are taken.");
        match verb {
            "add" => {
                let rule = optimizers::rule(name)
                    .ok_or_else(|| format!("There is no update rule called {name}."))?;
                self.experiment.add(rule).then_some(()).ok_or_else(full)?;
            }
            "preset" => {
                let preset = name.parse().ok().and_then(|index: usize| PRESETS.get(index));
                self.open_preset(preset.ok_or_else(|| format!("There is no preset {name}."))?);
            }
            "fit" => self.experiment.window = self.window_around_everything(),
            "reset-window" => self.experiment.window = self.experiment.ground.window(),
            _ => {
                let names = self.experiment.names();
                let index = (names.iter().position(|run| run == name))
                    .ok_or_else(|| format!("There is no run called {name}."))?;
                let runs = &mut self.experiment.runs;
                match verb {
                    "duplicate" => {
                        self.experiment.duplicate(index).then_some(()).ok_or_else(full)?;
                    }
                    "remove" => drop(runs.remove(index)),
                    "up" if index > 0 => runs.swap(index, index - 1),
                    "down" if index + 1 < runs.len() => runs.swap(index, index + 1),
                    "up" | "down" => {}
                    _ => return Err(format!("There is nothing called {verb} to do.")),
                }
            }
        }
        self.refresh();
        Ok(())
    }

    /// Computes again what depends on something that has changed, and nothing else.
    fn refresh(&mut self) {
        let Self {
            experiment,
            objective,
            paths,
            milestones,
            versions,
            objective_inputs,
            path_inputs,
            ..
        } = self;
        let inputs = self::objective_inputs(experiment);
        if inputs != *objective_inputs {
            *objective = experiment.objective();
            *objective_inputs = inputs;
            versions.objective += 1;
        }
        let walked = paths.drain(..).zip(milestones.drain(..));
        let mut before: Vec<_> = path_inputs.drain(..).zip(walked).collect();
        for index in 0..experiment.runs.len() {
            let inputs = course_inputs(experiment, index, versions.objective);
            let kept = before.iter().position(|(old, _)| *old == inputs);
            let (path, passed) = match kept {
                Some(at) => before.swap_remove(at).1,
                None => {
                    let path = walk(objective, &experiment.course(index));
                    let passed = Milestones::of(&path, objective.minima());
                    (path, passed)
                }
            };
            paths.push(path);
            milestones.push(passed);
            path_inputs.push(inputs);
        }
        let seen = paths.iter().flat_map(|path| &path.loss).copied().reduce(f64::min);
        // Where a minimum was searched for, a run may find a lower one.
        self.floor = objective.lowest().into_iter().chain(seen).reduce(f64::min).unwrap_or(0.0);
        self.gd_steps.clear();
        if experiment.is_on(Setting::Arrows) {
            let steps = |(setup, path): (&Setup, &Path)| {
                let alpha = setup.values[0];
                let step = |&at: &[f64; 2]| objective.gradient(at).gradient.map(|g| -alpha * g);
                path.theta.iter().map(step).collect()
            };
            self.gd_steps = experiment.runs.iter().zip(paths.iter()).map(steps).collect();
        }
        // Looks and order are in the links' text; whatever was said, the paths are drawn again.
        versions.paths += 1;
        self.clock.keep_within(self.experiment.steps());
    }

    /// A number that two machines agree on if all paths here have the same bits.
    pub fn fingerprint(&self) -> String {
        let all = self.paths.iter().map(Path::fingerprint);
        format!("{:016x}", all.fold(0, |sum: u64, one| sum.rotate_left(9) ^ one))
    }

    // The clock

    /// The step that is shown.
    pub fn step(&self) -> usize {
        self.clock.step()
    }

    /// Whether the clock runs.
    pub fn is_playing(&self) -> bool {
        self.clock.is_playing()
    }

    /// Lets time pass; returns whether the clock still runs.
    pub fn tick(&mut self, milliseconds: f64) -> bool {
        let speed = self.experiment.setting(Setting::Speed);
        self.clock.pass(milliseconds, speed, self.experiment.steps())
    }

    /// Plays, from the start again where the horizon is reached.
    pub fn play(&mut self) {
        self.clock.play(self.experiment.steps());
        self.experiment.stopped_at = None;
    }

    /// Stops at the step that is shown.
    pub fn pause(&mut self) {
        self.clock.pause();
        self.experiment.stopped_at = Some(self.clock.step() as u32);
    }

    /// Shows this step, or the horizon where that is less, and stops there.
    pub fn seek(&mut self, step: usize) {
        self.clock = Clock::stopped_at(step.min(self.experiment.steps()) as u32);
        self.pause();
    }

    /// Goes back to step 0.
    pub fn rewind(&mut self) {
        self.clock.rewind();
        if !self.clock.is_playing() {
            self.pause();
        }
    }

    // The pointer

    /// The plot's size in CSS pixels.
    pub fn set_plot_size(&mut self, width: f64, height: f64) {
        self.plot = [width.max(1.0), height.max(1.0)];
    }

    /// The window laid over the plot's pixels.
    pub fn frame(&self) -> Frame {
        let [width, height] = self.plot;
        Frame { window: self.experiment.window, width, height }
    }

    /// Whether the pointer is on the handle of the start.
    pub fn is_on_start(&self, pixel: [f64; 2]) -> bool {
        const REACH: f64 = 18.0;
        let [x, y] = self.frame().to_pixel(self.experiment.start);
        libm::hypot(x - pixel[0], y - pixel[1]) <= REACH
    }

    /// Puts the start under the pointer.
    pub fn put_start(&mut self, pixel: [f64; 2]) {
        self.has_moved_start = true;
        let Frame { window, .. } = self.frame();
        let [x, y] = self.frame().to_data(pixel);
        self.experiment.start =
            [in_reach(rounded(x, window.width())), in_reach(rounded(y, window.height()))];
        self.refresh();
    }

    /// What stands beside the handle of the start.
    pub fn start_label(&self) -> &'static str {
        if self.has_moved_start { "" } else { "start, drag me" }
    }

    /// Moves the start by CSS pixels, right and down.
    pub fn nudge_start(&mut self, [dx, dy]: [f64; 2]) {
        let [x, y] = self.frame().to_pixel(self.experiment.start);
        self.put_start([x + dx, y + dy]);
    }

    /// Moves the window with a drag by CSS pixels, right and down.
    pub fn pan(&mut self, [dx, dy]: [f64; 2]) {
        self.show(self.frame().panned([dx, dy]));
    }

    /// Zooms about a pixel: a factor of 2 shows half as much of the plane in each direction.
    pub fn zoom(&mut self, pixel: [f64; 2], factor: f64) {
        self.show(self.frame().zoomed(pixel, factor));
    }

    /// Shows a window, if it is one that f64 resolves.
    fn show(&mut self, window: Window) {
        let (width, height) = (window.width(), window.height());
        let edge = |value: f64, span: f64| rounded(value, span);
        let [left, right] = window.x.map(|value| edge(value, width));
        let [bottom, top] = window.y.map(|value| edge(value, height));
        let farthest =
            [left, right, bottom, top].iter().fold(0.0, |most: f64, v| most.max(v.abs()));
        if farthest <= FARTHEST && width.min(height) > 10.0 * NARROWEST * farthest.max(1e-6) {
            self.experiment.window = Window::new(left, right, bottom, top);
        }
    }

    /// The window that holds the start, the minima and all of the paths that stay in reach.
    fn window_around_everything(&self) -> Window {
        let home = self.experiment.ground.window();
        let reach = 20.0 * home.width().max(home.height());
        let shown = self.experiment.runs.iter().zip(&self.paths).filter(|(run, _)| !run.hidden);
        let points = shown
            .flat_map(|(_, path)| path.theta.iter())
            .chain(self.objective.minima())
            .chain([&self.experiment.start])
            .filter(|[x, y]| x.abs() <= reach && y.abs() <= reach);
        let [mut x, mut y] = [[f64::INFINITY, f64::NEG_INFINITY]; 2];
        for &[px, py] in points {
            x = [x[0].min(px), x[1].max(px)];
            y = [y[0].min(py), y[1].max(py)];
        }
        let widened = |[low, high]: [f64; 2], least: f64| {
            let margin = (0.08 * (high - low)).max(least);
            let edge = |value| rounded(value, high - low + 2.0 * margin);
            if low <= high { [edge(low - margin), edge(high + margin)] } else { [-1.0, 1.0] }
        };
        let [x, y] = [widened(x, 0.02 * home.width()), widened(y, 0.02 * home.height())];
        Window { x, y }
    }

    /// Where the pointer hovers, [x, y], in the surface's coordinates.
    pub fn hover(&self) -> Option<[f64; 2]> {
        self.hover
    }

    /// The pointer hovers over a pixel of the plot, or has left it.
    pub fn set_hover(&mut self, pixel: Option<[f64; 2]>) {
        self.hover = pixel.map(|pixel| self.frame().to_data(pixel));
    }

    /// The step that the pointer marks in the loss chart.
    pub fn marked_step(&self) -> Option<usize> {
        self.marked_step
    }

    /// The pointer marks a step in the loss chart, or has left it.
    pub fn mark_step(&mut self, step: Option<usize>) {
        self.marked_step = step.map(|step| step.min(self.experiment.steps()));
    }
}

fn clock_of(experiment: &Experiment) -> Clock {
    experiment.stopped_at.map_or_else(Clock::playing, Clock::stopped_at)
}

/// The value to the digits that a plot with this span can tell apart: 10⁻⁵ of the span. It keeps
/// links short.
fn rounded(value: f64, span: f64) -> f64 {
    let digits = 5.0 - libm::floor(libm::log10(span));
    if !(0.0..=17.0).contains(&digits) {
        return libm::round(value) + 0.0;
    }
    format!("{value:.*}", digits as usize).parse().unwrap_or(value) + 0.0
}

fn in_reach(value: f64) -> f64 {
    value.clamp(-FARTHEST, FARTHEST)
}

/// Everything that the objective depends on, as bits.
fn objective_inputs(experiment: &Experiment) -> Vec<u64> {
    // A gallery's surface knows its minima, and the same text typed does not.
    let kind = [u64::from(matches!(experiment.ground, Ground::Typed))];
    let text = experiment.formula().text().bytes().map(u64::from);
    kind.into_iter()
        .chain(text)
        .chain(experiment.surface_values().iter().map(|value| value.to_bits()))
        .collect()
}

/// Everything that a path depends on, as bits.
fn course_inputs(experiment: &Experiment, index: usize, objective: u32) -> Vec<u64> {
    let course = experiment.course(index);
    let place = optimizers::RULES.iter().position(|rule| rule.key == course.rule.key);
    let mut inputs = vec![
        u64::from(objective),
        place.unwrap_or(usize::MAX) as u64,
        course.noise.to_bits(),
        course.start[0].to_bits(),
        course.start[1].to_bits(),
        course.steps as u64,
        // The seed moves only what has noise.
        if course.noise > 0.0 { course.seed } else { 0 },
    ];
    inputs.extend(course.values.iter().map(|value| value.to_bits()));
    inputs
}
