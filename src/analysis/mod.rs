//! What can be said about a run: its stability, its milestones, and a sentence about both.

pub mod explain;
pub mod milestones;
pub mod noise_ball;
pub mod number;
pub mod plane;
pub mod stability;
