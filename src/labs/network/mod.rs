//! The Network lab: nets trained side by side, from the same weights and with the same order of the
//! data.
//!
//! | file | what it holds |
//! |---|---|
//! | `data.rs` | what is learnt: made up or one's own, parted for training and test |
//! | `settings.rs`, `keys.rs`, `experiment.rs`, `link.rs` | all that can be set; an experiment; it as text |
//! | `course.rs` | one run in training, and the way back |
//! | `lab.rs`, `time.rs`, `hand.rs` | the experiment as it stands on the page; its clock; data by hand |
//! | `passes.rs` | forward and backward by the numbers |
//! | `surface.rs` | the loss surface on a plane through the weights |
//! | `explain.rs` | what is going on in a run, in a sentence |
//! | `presets.rs` | experiments worth opening |

mod as_lab;
mod course;
pub mod data;
mod experiment;
mod explain;
pub mod hand;
mod keys;
mod lab;
pub mod link;
mod passes;
mod presets;
mod settings;
mod surface;
mod time;

pub use course::{Course, Records, Sets};
pub use experiment::{Edit, MOST_NETS, NetExperiment};
pub use explain::{Cause, NetClaim, readout};
pub use keys::NetKey;
pub use lab::{NetLab, NetVersions};
pub use passes::{Passes, Stage, WeightUpdate};
pub use presets::PRESETS;
pub use settings::{NET, NetDial, RUN, RunDial, SETTINGS_OF_NETS, Setting};
pub use surface::SurfaceView;
