//! What can be said of a run in the plane, as a type: each claim with the numbers that it speaks of.
//!
//! The condition of each stands at its variant; `tests/labs/claims` computes it by other means over random
//! links. [`super::text`] alone turns claims into words.

/// A direction in the plane, by the name that it is given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Direction {
    /// The eigenvalues agree to rounding: every direction is as good.
    Any,
    /// Along the first or the second axis.
    Axis(usize),
    /// The flat direction of a bowl that is more than twice as steep in the other.
    AlongValley,
    /// The steep one.
    AcrossValley,
    /// A unit vector.
    Vector([f64; 2]),
}

/// A product α·λ_max beside the value that it must stay below, and what it is called for the rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Product {
    /// The effective α times the largest eigenvalue.
    pub value: f64,
    /// Above this the rule diverges: 2 for GD.
    pub bound: f64,
    /// What it is of.
    pub measure: Measure,
}

/// What a [`Product`] is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// α·λ_max
    Plain,
    /// (1 − β)·α·λ_max, in the average form of momentum.
    Averaged,
    /// α alone: Newton's method divides by λ_max.
    Newton,
    /// α·λ_max/(λ_max + μ): the same with damping.
    Damped,
}

/// What Newton's method leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Summit {
    /// f curves up in the other direction.
    Saddle,
    /// f curves down in every direction.
    Maximum,
}

/// Where a Hessian was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// It is the same everywhere.
    Everywhere,
    /// At the start.
    Start,
    /// At the last point of the path.
    LastPoint,
    /// At the step shown, before the last.
    Here,
}

/// What a point with gradient 0 is. Each is judged by f on small circles about the point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rest {
    /// f is nowhere lower near by; how far above the lowest known value it is, if it is.
    Minimum(Option<f64>),
    /// f is nowhere higher near by, and lower somewhere.
    Maximum,
    /// f is lower in one direction and higher in another.
    Saddle,
    /// However near, f differs by as much.
    Jump,
    /// f is the same near by; how far above the lowest known value it is, if it is.
    Level(Option<f64>),
}

/// How a run fared that another is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fared {
    /// It came within 1 % of its starting distance at this step.
    Within(usize),
    /// It did not, in so many steps.
    NotIn(usize),
    /// It diverged at this step.
    Diverged(usize),
    /// It left the domain of f at this step.
    Stopped(usize),
}

/// What an overshooting run does next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Afterwards {
    /// It stays within 1 % of the starting distance from this step on.
    Stays(usize),
    /// Each step keeps this share of the swing; whether it is √β.
    Keeps(f64, bool),
}

/// Where a run has converged to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Goal {
    /// A known minimum.
    Known {
        /// How far from it the run was when it settled.
        within: f64,
        /// Whether theory knows that f is as low nowhere else.
        sole: bool,
    },
    /// A minimum that is not the known one nearest to it.
    Another([f64; 2]),
    /// Where no minimum is known: the gradient when it settled.
    Gradient(f64),
}

/// One claim about a run.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the comment at each variant speaks of its numbers by name")]
pub enum Claim {
    /// f or ∇f is not finite at the start.
    NoValueAtStart,
    /// The update at `step` is the first whose outcome is not finite, and that is too large: on the
    /// way there f passes all bounds, or θ has.
    Overflowed { step: usize },
    /// The same where f is below that of the start, and fell at each of the last three steps.
    FellWithoutEnd { step: usize },
    /// The update at `step` leads to where f or ∇f is not finite, and not by its size.
    LeftDomain { step: usize },
    /// Newton's method would need the inverse of the Hessian at its last point, with the damping if
    /// there is one, over the coming batch if that is not all examples: and it has none.
    Singular { step: usize, damped: bool, batch: Option<usize> },
    /// α·λ_max by the Hessian at this place is above the rule's limit.
    AboveLimit { product: Product, place: Place },
    /// With batches of m examples, α is above the limit in the mean square.
    AboveMeanSquareLimit { alpha: f64, limit: f64, m: usize },
    /// The gradient was exactly 0 at every step so far, without noise.
    DoesNotMove(Rest),

    /// On a quadratic, without batches: along the direction of λ_max, in which the run takes part, the
    /// spectral radius of the rule is `factor` > 1; and where λ_min < 0, it is the larger one.
    Diverges { product: Product, factor: f64, along: Direction, below_gd: bool },
    /// On a quadratic, without noise: α·λ_max is the limit itself, and the spectral radius 1.
    AtLimit { product: Product, along: Direction },
    /// SGD, all examples quadratic: for batches drawn anew E|θ − θ*|² grows by `factor` > 1 an
    /// update in the long run, and α is above `limit`.
    MeanSquareGrows { alpha: f64, limit: f64, m: usize, factor: f64 },
    /// On a quadratic: λ_max < 0.
    NoMinimum { lambda_max: f64 },
    /// On a quadratic with λ_min < 0 < λ_max the gradient has no part along λ_min's direction. The
    /// rule is stable along the other one, or, if it is not linear, the last step (at the start: the
    /// next) led nearer to the saddle.
    OnSaddleLine { settled: bool, gradient: f64, along: Direction, lambda_min: f64 },
    /// On a quadratic with λ_min < 0 < λ_max the last step (at the start: the next) leads nearer to
    /// the saddle, and farther from it along λ_min's direction; by `factor` in the long run.
    NearsSaddle { gradient: f64, factor: Option<f64>, along: Direction, lambda_min: f64 },
    /// The same, and it does not; `ridge` where λ_max is 0 to rounding: then there is no saddle.
    LeavesSaddle { factor: Option<f64>, along: Direction, lambda_min: f64, ridge: bool },
    /// The path went `share` of the starting distance past the minimum at `step`, its furthest.
    Overshoots { share: f64, step: usize, passed: bool, then: Afterwards },
    /// On a quadratic below the limit, without batches: the steep mode's leading root is negative.
    /// `jumps` where the run takes no part in a mode whose root is positive.
    ZigZags { product: Product, jumps: bool },
    /// The path comes within 1 % of the starting distance from the minimum first at `step`; how the
    /// run that it is compared with fared.
    Within { step: usize, rival: Option<(&'static str, Fared)> },
    /// On a quadratic the slow mode keeps `kept` of the distance at each step, which is 1 % after
    /// about `steps`; α and its limit, where α is below half of that.
    Creeps { kept: f64, along: Direction, steps: usize, alpha: Option<[f64; 2]> },
    /// On a quadratic each step leaves this share of the distance along the slow direction: without
    /// velocity and noise exactly, in the mean over noise and batches else. The product, where the
    /// reader may look for a zig-zag.
    Leaves { share: f64, along: Direction, noisy: bool, product: Option<Product> },
    /// α·λ = 1 with Nesterov's rule, or without velocity: all roots are 0, and this many steps remove
    /// the distance. For Newton's method it is another product that is 1.
    AtOnce { along: Direction, steps: usize, measure: Measure },
    /// The roots of the slow mode are equal and positive; a larger β makes them complex.
    Critical { along: Direction },
    /// The roots are complex, but by the time that they swing over, 0.2 % at most is left.
    NearlyCritical { modulus: f64, root_beta: bool, along: Direction },
    /// The roots of the slow mode are complex.
    Under { modulus: f64, root_beta: bool, along: Direction },
    /// The roots of the slow mode are real and different.
    Over { share: f64, along: Direction },

    /// From `step` on the gradient stays as good as 0, f is nowhere lower near by, and no velocity
    /// carries the run away; how far above the lowest known value f is, if it is.
    Converged { step: usize, goal: Goal, above: Option<f64> },
    /// The gradient is as good as 0, and f is lower near by; along which direction it curves down.
    AtSaddle { gradient: f64, down: Option<(Direction, f64)> },
    /// The gradient is as good as 0, and f curves down in every direction.
    AtMaximum { gradient: f64, lambda_max: f64 },
    /// At a saddle or a maximum: by the curvature there, a step of Newton's method leads from all
    /// around nearer to it.
    Attracts,
    /// Newton's method, without noise: the next step leads up along λ_min's direction, where f curves
    /// down, and nearer to the stationary point of the local quadratic in both directions.
    Climbs { along: Direction, lambda_min: f64, to: Summit },
    /// Slope and curvature are less than a hundredth of those of a bowl as deep and wide.
    OnPlateau { gradient: f64, moves: f64, above: f64 },
    /// The schedule has left less than a thousandth of α, a thousand steps like the last would not
    /// move a thousandth of the way, and the gradient is no thousandth of its largest.
    Frozen { share: f64, gradient: f64 },
    /// Noise is on the gradient, α is constant, the rule does not shrink it, and the run has settled: its mean loss does not fall any
    /// more, however long it goes on. Of a linear rule what the start left has died away, by the slower
    /// curvature at the minimum; of the others the mean loss has had no trend. The mean distance from
    /// the minimum over the last `over` steps, whole epochs. `nearer` on quadratics, where the rule's
    /// step is proportional to the gradient: then the mean distance of a smaller α is smaller.
    InNoiseBall { over: usize, mean: f64, nearer: bool },
    /// Noise is on the gradient, and the mean loss over the last `over` steps is below that over as
    /// many before, and lower in their second half than in the first.
    OnItsWay { over: usize, before: f64, now: f64 },
    /// Without noise the mean distance over the last steps stays, and the steps go to and fro.
    Hovers { mean: f64, step: f64 },

    /// f is more than 10⁴ times its start's scale, rose at the last step, and does not end lower.
    GrowsOn { from: f64, to: f64 },
    /// f is far below its start, fell at each of the last three steps, and does not end higher; no
    /// floor is known.
    FallsOn { from: f64, to: f64 },
    /// The step was 8 times as long as the one before, and longer than the way so far, because the
    /// gradient leapt up as much.
    Thrown { step: usize, gradient: f64, length: f64, times: f64 },
    /// Away from quadratics, at constant α: α·λ_max here is above the limit; the α that is not.
    TooLong { product: Product, limit: f64 },
    /// Away from quadratics: the last two steps went to and fro across the valley, and α·λ_max is
    /// between 1 and the limit.
    ZigZagsHere { product: Product },
    /// The last two steps together led less than a tenth of the last one's length away.
    Bounces { length: f64 },
    /// f has risen since a step, and the last velocity alone would have raised it, which the
    /// gradient's part of the step would not.
    Uphill { from: f64, to: f64, since: usize },
    /// The gradient is a twentieth of its largest at most, the stationary point of the local
    /// quadratic is near, and the Hessian is indefinite, beyond the rounding on a plateau.
    SlowNearSaddle { gradient: f64, along: Direction, lambda_min: f64 },
    /// f curves `ratio` times as much across as along, and the last two steps went along; in how many
    /// steps like the last a straight line is at the minimum.
    InValley { ratio: f64, steps: usize },
    /// The Hessian is positive definite, its quadratic's minimum is this far, nearer than before the
    /// last step, and much nearer than the known one; f is lower there than all around it.
    NearsAnother { distance: f64 },
    /// The last step was `length` long, the minimum is `remaining` away: so many steps at least.
    Slow { length: f64, remaining: f64, steps: usize },
    /// No minimum is known, and the last step was tiny.
    HardlyMoves { gradient: f64, length: f64 },
    /// At the start: f, its gradient, and the product where the curvature is upward.
    Starts { f: f64, gradient: f64, product: Option<Product> },
    /// f then and now, and the gradient now.
    Progress { from: f64, to: f64, gradient: f64 },

    /// The median distance from the minimum of the walkers, and of their averages; infinite where
    /// half of them have diverged.
    Median { walkers: usize, distance: f64, average: Option<f64> },
    /// The distance from the minimum of the averaged iterate and of the run itself.
    Averages { average: f64, run: f64 },
}
