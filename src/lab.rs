//! The experiment as it stands on the page: its paths, the clock, and what the pointer points at.
//! No browser in here; `page` hands it to one, and tests drive it natively.

mod ball;
mod batch;
mod ensemble;
mod examples;
mod hand;
mod inputs;
mod program;
mod time;

use crate::analysis::milestones::Milestones;
use crate::clock::Clock;
use crate::experiment::{Experiment, MOST_RUNS, Setting, Setup};
use crate::link::{self, Fault};
use crate::objective::Objective;
use crate::optimizers;
use crate::param::short;
use crate::presets::{self, Preset};
use crate::run::{Averaged, Path, walk};
use ball::Ball;
use ensemble::Ensemble;
use examples::Examples;
use inputs::{course_inputs, objective_inputs};

pub use batch::{BatchView, Fan};

/// A lab at work.
#[derive(Debug)]
pub struct Lab {
    experiment: Experiment,
    faults: Vec<Fault>,
    clock: Clock,
    objective: Objective,
    paths: Vec<Path>,
    milestones: Vec<Milestones>,
    /// The averaged iterate of each run that has one drawn.
    averages: Vec<Option<Averaged>>,
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
    examples: Examples,
    ensemble: Ensemble,
    ball: Ball,
}

/// Numbers that grow whenever what they count changes, so that a layer can tell that it is stale.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Versions {
    /// The objective's.
    pub objective: u32,
    /// The paths' and their looks'.
    pub paths: u32,
    /// The examples' in view, and which of them is chosen.
    pub examples: u32,
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
        let clock = Clock::opened(experiment.stopped_at);
        let mut lab = Self {
            objective_inputs: objective_inputs(&experiment),
            examples: Examples::of(&experiment, &objective),
            ensemble: Ensemble::default(),
            ball: Ball::default(),
            experiment,
            faults: Vec::new(),
            clock,
            objective,
            paths: Vec::new(),
            milestones: Vec::new(),
            averages: Vec::new(),
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
        self.clock = Clock::opened(experiment.stopped_at);
        self.experiment = experiment;
        self.faults = faults;
        self.hover = None;
        self.marked_step = None;
        self.refresh();
    }

    /// Opens a preset and keeps the reader's colours, light and size.
    fn open_preset(&mut self, preset: &Preset) {
        let taste = self.experiment.clone();
        self.open(preset.link);
        self.experiment.take_taste_of(&taste);
        self.refresh();
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

    /// The averaged iterate of the run at `index`, if one is drawn.
    pub fn average(&self, index: usize) -> Option<&Averaged> {
        self.averages.get(index)?.as_ref()
    }

    /// The runs of each plot, from left to right: those that use all examples in every update, and
    /// those that use batches. One plot has all of them on a surface, where the experiment asks for
    /// it, and where one side would be empty.
    pub fn plots(&self) -> Vec<Vec<usize>> {
        let all: Vec<usize> = (0..self.experiment.runs.len()).collect();
        let overlay = self.experiment.setting(Setting::Layout) != 0.0;
        let (full, partial): (Vec<usize>, Vec<usize>) =
            all.iter().partition(|&&index| self.experiment.is_full_batch(index));
        if overlay || full.is_empty() || partial.is_empty() {
            return vec![all];
        }
        vec![full, partial]
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
        self.faults.retain(|fault| fault.key != key);
        match key {
            "surface" | "problem" | "runs" => self.clock = Clock::playing(),
            "step" => self.clock = Clock::opened(self.experiment.stopped_at),
            _ => {}
        }
        self.refresh();
        // Other data may have their risk's minimum elsewhere.
        if key.starts_with("data") {
            self.fit_to_data();
        }
        Ok(())
    }

    /// Does what a button of the cards or the plot asks for: `add` (name: a rule), `duplicate`,
    /// `remove`, `up`, `down` (name: a run), `preset` (name: its index), `data` (name: `generate`),
    /// `fit`, `reset-window`.
    ///
    /// # Errors
    /// A sentence; then nothing has changed.
    pub fn act(&mut self, verb: &str, name: &str) -> Result<(), String> {
        let full = || format!("There is room for {MOST_RUNS} runs, and all of them are taken.");
        match verb {
            "add" => {
                let rule = optimizers::rule(name).ok_or_else(|| link::unknown_rule(name))?;
                self.experiment.add(rule).then_some(()).ok_or_else(full)?;
            }
            "preset" => {
                let all = presets::of(self.experiment.lab());
                let preset = name.parse().ok().and_then(|index: usize| all.get(index));
                self.open_preset(preset.ok_or_else(|| format!("Unknown scene: {}.", short(name)))?);
            }
            "data" if name == "generate" => self.experiment.data.set_own(None),
            "fit" => self.experiment.window = self.window_around_everything(),
            "reset-window" => self.experiment.window = self.experiment.ground.window(),
            "duplicate" | "remove" | "up" | "down" => {
                let names = self.experiment.names();
                let index = names.iter().position(|run| run == name);
                let index = index.ok_or_else(|| link::unknown_run(name))?;
                let runs = &mut self.experiment.runs;
                match verb {
                    "duplicate" => {
                        self.experiment.duplicate(index).then_some(()).ok_or_else(full)?;
                    }
                    "remove" => drop(runs.remove(index)),
                    "up" if index > 0 => runs.swap(index, index - 1),
                    "down" if index + 1 < runs.len() => runs.swap(index, index + 1),
                    _ => {}
                }
            }
            _ => return Err(link::unknown_action(verb)),
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
            averages,
            versions,
            objective_inputs,
            path_inputs,
            ..
        } = self;
        let inputs = inputs::objective_inputs(experiment);
        if inputs != *objective_inputs {
            *objective = experiment.objective();
            *objective_inputs = inputs;
            versions.objective += 1;
            versions.examples += 1;
            self.examples.refresh(experiment, objective);
        }
        let walked = paths.drain(..).zip(milestones.drain(..)).zip(averages.drain(..));
        let mut before: Vec<_> = path_inputs.drain(..).zip(walked).collect();
        for (index, setup) in experiment.runs.iter().enumerate() {
            let inputs = course_inputs(experiment, index, versions.objective);
            let kept = before.iter().position(|(old, _)| *old == inputs);
            let ((path, passed), averaged) = match kept {
                Some(at) => before.swap_remove(at).1,
                None => {
                    let path = walk(objective, &experiment.course(index));
                    let passed = Milestones::of(&path, objective.minima());
                    let average = setup.average().map(|kind| Averaged::of(objective, &path, kind));
                    ((path, passed), average)
                }
            };
            paths.push(path);
            milestones.push(passed);
            averages.push(averaged);
            path_inputs.push(inputs);
        }
        let averaged = averages.iter().flatten().flat_map(|average| &average.loss);
        let seen = paths.iter().flat_map(|path| &path.loss).chain(averaged);
        let seen = seen.copied().filter(|loss| loss.is_finite()).reduce(f64::min);
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
        self.keep_step();
        self.refresh_ensemble();
        self.refresh_ball();
        self.keep_line();
    }

    /// A number that two machines agree on if all paths here have the same bits.
    pub fn fingerprint(&self) -> String {
        let averages = self.averages.iter().flatten().flat_map(|average| &average.theta);
        let averages = averages.flatten().map(|number| number.to_bits());
        let all = self.paths.iter().map(Path::fingerprint).chain(averages);
        format!("{:016x}", all.fold(0, |sum: u64, one| sum.rotate_left(9) ^ one))
    }
}
