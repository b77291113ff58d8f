//! Claims in words: the one place that writes them.

use super::claim::{
    Afterwards, Claim, Direction, Fared, Goal, Measure, Place, Product, Rest, Summit,
};
use crate::math::number::{beside, count, point, three};

/// Claims as plain text, one sentence or two each. The symbols are what the surface is called, and
/// its two variables: `["f", "x", "y"]`. Subscripts are written as `λ_max`.
pub fn text(claims: &[Claim], symbols: [&str; 3]) -> String {
    let words = Words { symbols };
    claims.iter().map(|claim| words.claim(claim)).collect::<Vec<_>>().join(" ")
}

struct Words<'a> {
    symbols: [&'a str; 3],
}

/// `59 %`
fn percent(share: f64) -> String {
    // Shares next to all are told from it.
    format!("{} %", beside(100.0 * share, 100.0))
}

/// `α·λ_max = 1.9`
fn product(product: &Product) -> String {
    format!("{} = {}", measure(product.measure), beside(product.value, product.bound))
}

/// `α·λ_max`
fn measure(measure: Measure) -> &'static str {
    match measure {
        Measure::Plain => "α·λ_max",
        Measure::Averaged => "(1 − β)·α·λ_max",
        Measure::Newton => "α",
        Measure::Damped => "α·λ_max/(λ_max + μ)",
    }
}

/// `, 1.2 times as far at each step`
fn farther(factor: Option<f64>) -> String {
    factor.map_or(String::new(), |factor| {
        format!(", {} times as far at each step", beside(factor, 1.0))
    })
}

/// `√β = 0.707`
fn modulus(modulus: f64, root_beta: bool) -> String {
    format!("{}{}", if root_beta { "√β = " } else { "" }, beside(modulus, 1.0))
}

/// `, 0.5 above the lowest known value`
fn above(above: Option<f64>) -> String {
    above.map_or(String::new(), |above| format!(", {} above the lowest known value", three(above)))
}

impl Words<'_> {
    /// ` along y`, ` across the valley`, or ` along (0.6, 0.8)`; nothing where all are alike.
    fn along(&self, direction: Direction) -> String {
        match direction {
            Direction::Any => String::new(),
            Direction::Axis(at) => format!(" along {}", self.symbols[1 + at]),
            Direction::AlongValley => " along the valley".to_owned(),
            Direction::AcrossValley => " across the valley".to_owned(),
            Direction::Vector(vector) => format!(" along {}", point(vector)),
        }
    }

    fn rest(&self, rest: &Rest) -> String {
        let f = self.symbols[0];
        match rest {
            Rest::Minimum(None) => "The start is a minimum.".to_owned(),
            Rest::Minimum(higher) => format!("The start is a local minimum{}.", above(*higher)),
            Rest::Maximum => {
                "The start is a maximum; only noise or another start gets it off.".to_owned()
            }
            Rest::Saddle => {
                "The start is a saddle; only noise or another start gets it off.".to_owned()
            }
            Rest::Jump => format!("{f} jumps at the start, and has no slope there."),
            Rest::Level(higher) => format!("{f} is level around the start{}.", above(*higher)),
        }
    }

    fn rival(&self, rival: &Option<(&str, Fared)>) -> String {
        match rival {
            None => String::new(),
            Some((name, Fared::Within(step))) => format!("; {name} needs {}", count(*step)),
            Some((name, Fared::NotIn(steps))) => {
                format!("; {name} is not there after {} steps", count(*steps))
            }
            Some((name, Fared::Diverged(step))) => {
                format!("; {name} diverged at step {}", count(*step))
            }
            Some((name, Fared::Stopped(step))) => {
                format!("; {name} stopped at step {}", count(*step))
            }
        }
    }

    fn claim(&self, claim: &Claim) -> String {
        let f = self.symbols[0];
        match claim {
            Claim::NoValueAtStart => {
                format!("{f} or its gradient is not a finite number at the start.")
            }
            Claim::Overflowed { step } => {
                let step = count(*step);
                format!("Diverged: at step {step} its numbers became too large to compute.")
            }
            Claim::FellWithoutEnd { step } => format!(
                "Runs off: {f} falls and falls, and at step {} its numbers became too large to \
                 compute.",
                count(*step)
            ),
            Claim::LeftDomain { step } => format!(
                "Stopped: step {} leads to where {f} or its gradient is not a finite number.",
                count(*step)
            ),
            Claim::Singular { step, damped, batch } => {
                let matrix = if *damped { "H + μI" } else { "the Hessian" };
                let over =
                    batch.map_or(String::new(), |m| format!(" over the batch of {}", count(m)));
                format!(
                    "Stopped: step {} needs the inverse of {matrix}{over}, and that is singular.",
                    count(*step)
                )
            }
            Claim::AboveLimit { product: at, place } => {
                let place = match place {
                    Place::Everywhere => "",
                    Place::Start => " by the Hessian at the start",
                    Place::LastPoint => " by the Hessian at its last point",
                    Place::Here => " by the Hessian here",
                };
                let limit = beside(at.bound, at.value);
                format!("{}{place}, above the limit of {limit}.", product(at))
            }
            Claim::AboveMeanSquareLimit { alpha, limit, m } => format!(
                "α = {} is above the limit for batches of {}, {} (in the mean square).",
                beside(*alpha, *limit),
                count(*m),
                beside(*limit, *alpha)
            ),
            Claim::DoesNotMove(rest) => {
                format!("Does not move: the gradient is 0. {}", self.rest(rest))
            }
            Claim::Diverges { product: at, factor, along, below_gd } => {
                let limit = beside(at.bound, at.value);
                let whose = if *below_gd {
                    format!("Nesterov's limit of {limit} at this β, though below GD's of 2")
                } else {
                    format!("the limit of {limit}")
                };
                format!(
                    "Diverges: {}, above {whose}. Each step makes the swing{} {} times as large.",
                    product(at),
                    self.along(*along),
                    beside(*factor, 1.0)
                )
            }
            Claim::AtLimit { product: at, along } => format!(
                "Neither grows nor settles{}: {}, the limit itself.",
                self.along(*along),
                product(at)
            ),
            Claim::MeanSquareGrows { alpha, limit, m, factor } => format!(
                "Unstable in the mean square: α = {} is above {}, the limit for batches of {}. On \
                 average over random batches an update multiplies the squared distance by {}.",
                beside(*alpha, *limit),
                beside(*limit, *alpha),
                count(*m),
                beside(*factor, 1.0)
            ),
            Claim::NoMinimum { lambda_max } => format!(
                "Runs off: {f} curves down in every direction (λ_max = {}), so there is no minimum \
                 and no α is stable.",
                three(*lambda_max)
            ),
            Claim::OnSaddleLine { settled, gradient, along, lambda_min } => format!(
                "{}: the gradient is {}, and 0{}, where {f} curves down (λ_min = {}). No α is stable \
                 here; only noise or another start gets it off this line.",
                if *settled { "At the saddle" } else { "Heads straight for the saddle" },
                three(*gradient),
                self.along(*along),
                three(*lambda_min)
            ),
            Claim::NearsSaddle { gradient, factor, along, lambda_min } => format!(
                "Nears the saddle: the gradient is {}. It also moves off{}{}, as {f} curves down \
                 there (λ_min = {}): no α is stable.",
                three(*gradient),
                self.along(*along),
                farther(*factor),
                three(*lambda_min)
            ),
            Claim::LeavesSaddle { factor, along, lambda_min, ridge } => format!(
                "Leaves the {}{}{}: {f} curves down there (λ_min = {}) and has no minimum, so no α \
                 is stable.",
                if *ridge { "ridge" } else { "saddle" },
                self.along(*along),
                farther(*factor),
                three(*lambda_min)
            ),
            Claim::Overshoots { share, step, passed, then } => {
                let verb = if *passed { "Overshot" } else { "Overshoots" };
                let then = match then {
                    Afterwards::Stays(step) => {
                        format!("It stays within 1 % only from step {} on.", count(*step))
                    }
                    Afterwards::Keeps(share, root_beta) => {
                        format!("Each step keeps {} of the swing.", modulus(*share, *root_beta))
                    }
                };
                let step = count(*step);
                let share = three(100.0 * share);
                format!("{verb} by {share} % of the starting distance at step {step}. {then}")
            }
            Claim::ZigZags { product: at, jumps } => format!(
                "{}: {}. Above {} it diverges.",
                if *jumps { "Jumps across the minimum at each step" } else { "Zig-zags" },
                product(at),
                three(at.bound)
            ),
            Claim::Within { step, rival } => format!(
                "Within 1 % of the starting distance at step {}{}.",
                count(*step),
                self.rival(rival)
            ),
            Claim::Creeps { kept, along, steps, alpha } => {
                let hint = alpha.map_or(String::new(), |[alpha, limit]| {
                    format!(" α is {}; its limit is {}.", three(alpha), three(limit))
                });
                format!(
                    "Creeps: a step removes {} % of the distance{}, so 1 % is left after about {} \
                     steps.{hint}",
                    three(100.0 * (1.0 - kept)),
                    self.along(*along),
                    count(*steps)
                )
            }
            Claim::Leaves { share, along, noisy, product: at } => {
                let each = if *noisy { "Apart from the noise, each" } else { "Each" };
                let zig_zag = at.as_ref().map_or(String::new(), |at| {
                    let words = product(&Product { bound: 1.0, ..*at });
                    format!(" No zig-zag: {words}, and zig-zag begins above 1.")
                });
                format!(
                    "{each} step leaves {} of the distance{}.{zig_zag}",
                    percent(*share),
                    self.along(*along)
                )
            }
            Claim::AtOnce { along, steps: 1, measure: of } => {
                let product = measure(*of).replace("_max", "");
                format!(
                    "{product} = 1{}: one step removes all of the distance.",
                    self.along(*along)
                )
            }
            Claim::AtOnce { along, steps, .. } => format!(
                "α·λ = 1{}: both roots are 0 whatever β, and {} steps remove all of the distance.",
                self.along(*along),
                count(*steps)
            ),
            Claim::Critical { along } => {
                format!("Critically damped{}: with a larger β it would swing.", self.along(*along))
            }
            Claim::NearlyCritical { modulus: share, root_beta, along } => format!(
                "Close to critically damped{}: each step keeps {} of the distance.",
                self.along(*along),
                modulus(*share, *root_beta)
            ),
            Claim::Under { modulus: share, root_beta, along } => format!(
                "Underdamped: each step keeps {} of the swing{}.",
                modulus(*share, *root_beta),
                self.along(*along)
            ),
            Claim::Over { share, along } => format!(
                "Overdamped: each step leaves {} of the distance{}.",
                percent(*share),
                self.along(*along)
            ),
            Claim::Converged { step, goal, above } => {
                let goal = match goal {
                    Goal::Known { within, sole } => {
                        let which = if *sole { "the" } else { "a" };
                        match *within {
                            0.0 => format!("{which} minimum exactly"),
                            within => format!("within {} of {which} minimum", three(within)),
                        }
                    }
                    Goal::Another(at) => format!("a local minimum at {}", point(*at)),
                    Goal::Gradient(gradient) => {
                        format!("within a gradient of {}", three(*gradient))
                    }
                };
                let above = above.map_or(String::new(), |above| {
                    format!(" {f} is {} above the lowest known value there.", three(above))
                });
                format!("Converged at step {} to {goal}.{above}", count(*step))
            }
            Claim::AtSaddle { gradient, down } => {
                let curves = match down {
                    Some((along, lambda)) => format!(
                        "{f} curves down{} (λ_min = {})",
                        self.along(*along),
                        three(*lambda)
                    ),
                    None => format!("{f} is lower near by"),
                };
                format!("At a saddle: the gradient is {}, yet {curves}.", three(*gradient))
            }
            Claim::AtMaximum { gradient, lambda_max } => format!(
                "At a maximum: the gradient is {}, and {f} curves down (λ_max = {}).",
                three(*gradient),
                three(*lambda_max)
            ),
            Claim::Attracts => "Newton's steps lead to every kind of stationary point.".to_owned(),
            Claim::Climbs { along, lambda_min, to } => format!(
                "Goes up{}: {f} curves down there (λ_min = {}), and a Newton step leads to where the \
                 local quadratic is level, here {}.",
                self.along(*along),
                three(*lambda_min),
                match to {
                    Summit::Saddle => "a saddle",
                    Summit::Maximum => "a maximum",
                }
            ),
            Claim::OnPlateau { gradient, moves, above } => {
                let moves = match *moves {
                    0.0 => "a step moves nothing at all".to_owned(),
                    moves => format!("a step moves {}", three(moves)),
                };
                format!(
                    "Stuck on a plateau: the gradient is {}, so {moves}. {f} is {} above the lowest \
                     known value.",
                    three(*gradient),
                    three(*above)
                )
            }
            Claim::Frozen { share, gradient } => format!(
                "Frozen by its schedule: α is down to {} of its start, and the gradient is still {}.",
                percent(*share),
                three(*gradient)
            ),
            Claim::InNoiseBall { over, mean, nearer } => format!(
                "Noise keeps it moving: over the last {} steps it was {} from the minimum on \
                 average.{}",
                count(*over),
                three(*mean),
                if *nearer { " A smaller α brings it nearer." } else { "" }
            ),
            Claim::OnItsWay { over, before, now } => {
                let steps = count(*over);
                format!(
                    "Still on its way: {f} was {} on average over the last {steps} steps, and {} \
                     over the {steps} before.",
                    beside(*now, *before),
                    beside(*before, *now)
                )
            }
            Claim::Hovers { mean, step } => format!(
                "Hovers about {} from the minimum: its steps are still {} long.",
                three(*mean),
                three(*step)
            ),
            Claim::Median { walkers, distance, average } => {
                let seeds = count(*walkers);
                if !distance.is_finite() {
                    return format!("Half of {seeds} seeds or more have diverged.");
                }
                let average = average
                    .map_or(String::new(), |average| format!(", its average {}", three(average)));
                format!(
                    "Median of {seeds} seeds: the run is {} from the minimum{average}.",
                    three(*distance)
                )
            }
            Claim::Averages { average, run } => format!(
                "The average is {} from the minimum, the run itself {}.",
                three(*average),
                three(*run)
            ),
            Claim::GrowsOn { from, to } => {
                format!("Diverges: {f} has grown from {} to {}.", three(*from), three(*to))
            }
            Claim::FallsOn { from, to } => format!(
                "Runs off: {f} has fallen from {} to {}, and falls on.",
                three(*from),
                three(*to)
            ),
            Claim::Thrown { step, gradient, length, times } => format!(
                "Thrown at step {}: the gradient was {} there, and the step {} long, {} times the \
                 one before.",
                count(*step),
                three(*gradient),
                three(*length),
                three(*times)
            ),
            Claim::TooLong { product: at, limit } => format!(
                "Too long a step for the curvature here: {}, and above {} it cannot settle. The \
                 limit for α is {} here.",
                product(at),
                beside(at.bound, at.value),
                three(*limit)
            ),
            Claim::ZigZagsHere { product: at } => format!(
                "Zig-zags across the valley: here {}. Above {} it could not settle.",
                product(at),
                beside(at.bound, at.value)
            ),
            Claim::Bounces { length } => format!(
                "Bounces to and fro: the last step, {} long, undid the one before.",
                three(*length)
            ),
            Claim::Uphill { from, to, since } => format!(
                "Runs uphill on its velocity: {f} has risen from {} to {} since step {}.",
                beside(*from, *to),
                beside(*to, *from),
                count(*since)
            ),
            Claim::SlowNearSaddle { gradient, along, lambda_min } => format!(
                "Slow near a saddle: the gradient is {}, and {f} curves down{} (λ_min = {}).",
                three(*gradient),
                self.along(*along),
                three(*lambda_min)
            ),
            Claim::InValley { ratio, steps } => format!(
                "{} along a valley: here {f} curves {} times as much across as along it. At this \
                 pace the minimum is at least {} steps away.",
                if *steps >= 300 { "Crawls" } else { "Moves" },
                three(*ratio),
                count(*steps)
            ),
            Claim::NearsAnother { distance } => format!(
                "Nears a local minimum, about {} away by the curvature here.",
                three(*distance)
            ),
            Claim::Slow { length, remaining, steps } => format!(
                "Creeps: the last step was {} long, and the minimum is {} away: at least {} steps at \
                 this pace.",
                three(*length),
                three(*remaining),
                count(*steps)
            ),
            Claim::HardlyMoves { gradient, length } => format!(
                "Hardly moves: the gradient is {}, and the last step was {} long.",
                three(*gradient),
                three(*length)
            ),
            Claim::Starts { f: first, gradient, product: at } => {
                let start = format!(
                    "Starts at {f} = {} with a gradient of {}",
                    three(*first),
                    three(*gradient)
                );
                match at {
                    Some(at) => {
                        let side = if at.value < at.bound { "below" } else { "not below" };
                        let limit = beside(at.bound, at.value);
                        format!("{start}; here {}, {side} the limit of {limit}.", product(at))
                    }
                    None => format!("{start}."),
                }
            }
            Claim::Progress { from, to, gradient } => {
                let gradient = three(*gradient);
                let [first, now] = [beside(*from, *to), beside(*to, *from)];
                if from == to {
                    return format!("{f} is {now}, as at the start; the gradient is {gradient}.");
                }
                let moved = if to < from { "fallen" } else { "risen" };
                format!("{f} has {moved} from {first} to {now}; the gradient is {gradient}.")
            }
        }
    }
}
