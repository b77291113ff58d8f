//! The Surface lab and the Minibatches lab: runs on a plane, down a surface or the risk over data.
//!
//! | file | what it holds |
//! |---|---|
//! | `experiment.rs`, `presets.rs` | all that can be set, and it as text; experiments worth opening |
//! | `mod.rs`, `lab.rs`, `hand.rs`, `dataset.rs`, `kind.rs` | the experiment as it stands on the page; what the page asks of it: as every lab; with the hand; of its data |
//! | `work.rs`, `inputs.rs`, `tracks.rs` | the work that is left; what depends on what; the paths |
//! | `claims.rs`, `curvature.rs`, `offers.rs`, `fit.rs` | what is said of the runs, and what is offered |
//! | `examples.rs`, `prediction.rs`, `batch.rs`, `program.rs` | the data, the curve of a loss, the batch in view, the pseudo code |
//! | `ensemble.rs`, `swarm.rs`, `start_losses.rs`, `noise_ball.rs` | many seeds at once, many starts at once, and how these end; the noise ball |
//! | `basins.rs`, `trials.rs`, `trials/` | the run from each start; runs with other values of their dials |
//! | `maps.rs` | these left to a worker |
//! | `quiz.rs` | what a question of a lesson is told |
//! | `hill.rs` | the surface in three dimensions, and from where it is seen |
//! | `scene/` | all of it as pictures |
//!
//! The experiment as it stands on the page: its paths, the clock, and what the pointer points at.
//! No browser in here; `page` hands it to one, and tests drive it natively.

mod basins;
mod batch;
mod claims;
mod curvature;
mod dataset;
mod ensemble;
mod examples;
pub mod experiment;
mod fit;
mod hand;
mod hill;
mod inputs;
mod kind;
mod lab;
mod maps;
mod noise_ball;
mod offers;
pub mod prediction;
pub mod presets;
mod program;
mod quiz;
pub mod scene;
mod start_losses;
mod swarm;
mod tracks;
mod trials;
mod work;

use std::cell::RefCell;

use crate::analysis::milestones::Milestones;
use crate::labs::link::{self, Fault, recognize_scene};
use crate::labs::planar::experiment::{Experiment, Setting};
use crate::labs::presets::Preset;
use crate::labs::{Pose, Sizes};
use crate::objective::Objective;
use crate::training::run::Path;
use crate::view::theme::PRESENT_TYPE_SIZE;
use basins::BasinMap;
use claims::InMeanSquare;
use curvature::Curvature;
use ensemble::Seeds;
use examples::Examples;
use maps::Left;
use noise_ball::NoiseBall;
use offers::Offers;
use start_losses::FromStarts;
use swarm::Walking;
use tracks::Track;
use trials::Trials;
use work::Work;

pub use batch::{BatchView, Fan};
pub use claims::Basis;
pub use kind::{MINIBATCHES, SURFACE};
pub use offers::{Beyond, Unstable};

/// A lab at work.
#[derive(Debug)]
pub struct PlanarLab {
    experiment: Experiment,
    faults: Vec<Fault>,
    objective: Objective,
    /// The runs of the experiment, in its order: what follows from their paths, these themselves,
    /// and what happened on them.
    tracks: Vec<Track>,
    paths: Vec<Path>,
    milestones: Vec<Milestones>,
    /// What the loss chart measures from.
    floor: f64,
    versions: Versions,
    /// What the objective was computed from, to tell what a change leaves alone.
    objective_inputs: Vec<u64>,
    /// A number for the objective.
    objective_id: u64,
    work: Work,
    curvature: Curvature,
    /// Of each run, for which inputs it was found.
    in_mean_square: RefCell<Vec<(Vec<u64>, InMeanSquare)>>,
    seen: RefCell<batch::Seen>,
    terrain: RefCell<hill::Sampled>,
    sizes: Sizes,
    present_type_size: f64,
    hover: Option<[f64; 2]>,
    marked_step: Option<usize>,
    /// Whether the hand has moved the start: then it knows that it can.
    has_moved_start: bool,
    /// Whether no hand will touch the pictures.
    is_for_print: bool,
    examples: Examples,
    ensemble: Seeds,
    basins: BasinMap,
    swarm: Walking,
    from_starts: FromStarts,
    /// What a worker does of the work.
    left: Left,
    ball: NoiseBall,
    trials: Trials,
    offers: Offers,
    /// How the pictures wait for an answer.
    pose: Pose,
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
    /// That of what has been computed a while after it was asked for, and is told of.
    pub model: u32,
}

impl PlanarLab {
    /// The lab that a link asks for. Its [faults](crate::labs::Lab::faults) tell what it could not
    /// take.
    pub fn new(link: &str) -> Self {
        let (experiment, faults) = link::read(link);
        Self { faults, ..Self::of(experiment) }
    }

    /// The lab of an experiment.
    pub fn of(experiment: Experiment) -> Self {
        let inputs = inputs::objective_inputs(&experiment);
        let mut lab = Self {
            objective: experiment.begin_objective(),
            objective_id: inputs::objective_id(&inputs),
            objective_inputs: inputs,
            examples: Examples::of(&experiment),
            ensemble: Seeds::default(),
            basins: BasinMap::default(),
            swarm: Walking::default(),
            from_starts: FromStarts::default(),
            left: Left::default(),
            ball: NoiseBall::default(),
            trials: Trials::default(),
            offers: Offers::default(),
            pose: Pose::default(),
            experiment,
            faults: Vec::new(),
            tracks: Vec::new(),
            paths: Vec::new(),
            milestones: Vec::new(),
            floor: 0.0,
            versions: Versions::default(),
            work: Work::default(),
            curvature: Curvature::default(),
            in_mean_square: RefCell::default(),
            seen: RefCell::default(),
            terrain: RefCell::default(),
            sizes: Sizes::page(),
            present_type_size: PRESENT_TYPE_SIZE,
            hover: None,
            marked_step: None,
            has_moved_start: false,
            is_for_print: false,
        };
        lab.refresh();
        lab
    }

    fn put(&mut self, link: &str) {
        let (experiment, faults) = link::read(link);
        self.experiment = experiment;
        self.faults = faults;
        self.hover = None;
        self.marked_step = None;
        self.work.fit = None;
    }

    /// Opens a preset and keeps the reader's own settings.
    fn put_preset(&mut self, preset: &Preset) {
        let preferences = self.experiment.clone();
        self.put(preset.link);
        self.experiment.take_preferences_of(&preferences);
        if self.experiment.is_on(Setting::Paused) {
            self.experiment.timeline.pause();
        }
    }

    /// The step that is shown.
    pub fn step(&self) -> usize {
        self.experiment.timeline.step()
    }

    /// The experiment.
    pub fn experiment(&self) -> &Experiment {
        &self.experiment
    }

    /// The surface that the runs walk on, its parameters' values put in.
    pub fn objective(&self) -> &Objective {
        &self.objective
    }

    /// Where the run at `index` stands at the step that is shown: the last point that it has, also
    /// where it has not yet come there.
    pub fn head(&self, index: usize) -> [f64; 2] {
        let theta = &self.paths[index].theta;
        let last = theta.len().saturating_sub(1);
        theta.get(self.step().min(last)).copied().unwrap_or(self.experiment.start)
    }

    /// The runs of each plot, from left to right: those that use all examples in every update, and
    /// those that use batches. One plot has all of them on a surface, where the experiment asks for
    /// it, and where one side would be empty; with the hill beside the plot, both have all of them.
    pub fn plots(&self) -> Vec<Vec<usize>> {
        let all: Vec<usize> = (0..self.experiment.runs.len()).collect();
        if self.experiment.setting(Setting::View) == hill::BOTH {
            return vec![all.clone(), all];
        }
        let overlay = self.experiment.setting(Setting::Layout) != 0.0;
        let (full, partial): (Vec<usize>, Vec<usize>) =
            all.iter().partition(|&&index| self.experiment.is_full_batch(index));
        if overlay || full.is_empty() || partial.is_empty() {
            return vec![all];
        }
        vec![full, partial]
    }

    /// The lowest loss known: at a minimum, or of any run.
    pub fn floor(&self) -> f64 {
        self.floor
    }

    /// What has changed since another look.
    pub fn versions(&self) -> Versions {
        self.versions
    }

    /// Begins anew what depends on something that has changed, and nothing else, and does a first
    /// slice of the work that there then is.
    fn refresh(&mut self) {
        recognize_scene(&mut self.experiment);
        let inputs = inputs::objective_inputs(&self.experiment);
        if inputs != self.objective_inputs {
            self.objective = self.experiment.begin_objective();
            self.objective_id = inputs::objective_id(&inputs);
            self.objective_inputs = inputs;
            self.versions.objective += 1;
            self.versions.examples += 1;
            self.examples.refresh(&self.experiment);
        }
        self.begin_curvature();
        self.begin_paths();
        // Looks and order are in the links' text; whatever was said, the paths are drawn again.
        self.versions.paths += 1;
        self.begin_ensemble();
        self.begin_swarm();
        self.keep_line();
        self.begin_work();
        self.work_a_slice();
    }
}
