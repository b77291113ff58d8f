//! What can be said about a run: its stability, its milestones, a sentence about both, and for a net
//! the plane that its path is drawn on.

pub mod alpha_beta;
pub mod alpha_sweep;
pub mod explain;
pub mod mean_square;
pub mod milestones;
pub mod net_trial;
pub mod noise_ball;
pub mod plane;
pub mod stability;
