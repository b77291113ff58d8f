//! The Network lab: nets trained side by side, from the same weights and with the same order of the
//! data.
//!
//! | file | what it holds |
//! |---|---|
//! | `data.rs` | what is learnt: made up or one's own, parted for training and test |
//! | `settings.rs`, `experiment.rs`, `link.rs` | all that can be set; an experiment; it as text |
//! | `training_run.rs` | one run in training, and the way back |
//! | `nets.rs`, `training.rs` | the experiment as it stands on the page; its runs' training |
//! | `lab.rs`, `hand.rs`, `dataset.rs` | what the page asks of it: as every lab; with the hand; of its data |
//! | `passes.rs` | forward and backward by the numbers |
//! | `surface.rs` | the loss surface on a plane through the weights |
//! | `trials.rs`, `trials/` | what becomes of nets with other dials: the sweep, the maps, the hand on them |
//! | `explain.rs` | what is going on in a run, in a sentence |
//! | `quiz.rs` | what a question of a lesson is told |
//! | `presets.rs` | experiments worth opening |
//! | `scene/` | all of it as pictures |

pub mod data;
mod dataset;
mod experiment;
mod explain;
mod hand;
mod hill;
mod kind;
mod lab;
pub mod link;
mod maps;
mod nets;
mod passes;
mod presets;
mod quiz;
pub mod scene;
mod settings;
mod surface;
mod training;
mod training_run;
pub mod trials;

pub use experiment::{Edit, MOST_NETS, NetExperiment, WHOLE};
pub use explain::{Cause, NetClaim, readout};
pub use kind::NETWORK;
pub use nets::{NetLab, NetVersions};
pub use passes::{Passes, Stage, WeightUpdate};
pub use presets::PRESETS;
pub use settings::{By, NET, NetDial, RUN, RunDial, SETTINGS_OF_NETS, Setting};
pub use surface::SurfaceView;
pub use training_run::{Records, Sets, TrainingRun, edits_of};
