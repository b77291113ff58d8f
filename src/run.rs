//! A run: one update rule walking down one surface from one start.

/// Where a run went, step by step; index 0 is the start.
#[derive(Clone, Debug, PartialEq)]
pub struct Path {
    /// The parameters θ after each step.
    pub theta: Vec<[f64; 2]>,
    /// f(θ) at each of them.
    pub loss: Vec<f64>,
    /// ‖∇f(θ)‖ at each of them.
    pub grad_norm: Vec<f64>,
    /// What the velocity alone would add in the next step; empty if the rule has no velocity.
    pub coast: Vec<[f64; 2]>,
    /// How the run ended.
    pub status: Status,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Status {
    /// It made all its steps.
    Finished,
    /// θ, the loss or the gradient stopped being finite.
    Diverged {
        /// The first step whose point is not finite; that point is not in the path.
        step: usize,
    },
}
