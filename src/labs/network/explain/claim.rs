//! What can be said of a run of a net, as a type, and its words. The condition of each claim stands
//! at its variant; `tests/labs/claims` computes it by other means over random links.

use crate::math::number::{beside, count, digits, three};

/// One claim about a run of a net. Ticks are epochs, or updates where the clock counts these; losses
/// are as recorded.
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the comment at each variant speaks of its numbers by name")]
pub enum NetClaim {
    /// After `updates` updates, in the tick `when`, a weight, the loss or the gradient was not finite.
    /// α is named where it is the cause: no weight was set by hand before, and the first update held,
    /// so that an α small enough would stay at the start.
    Diverged { when: usize, updates: usize, alpha: Option<f64>, by_hand: bool },
    /// All units of a hidden layer (from 1; two or more) have equal weights and biases, and so compute
    /// the same and have equal gradients; whether all weights started at 0.
    Identical { layer: usize, zeros: bool },
    /// The test loss was lowest at `at`, ten records ago or more. It is now a quarter above that and
    /// above the training loss, and has risen by a twentieth of what it was at the start; the training
    /// loss is lower than then.
    Overfits { lowest: f64, at: usize },
    /// The training loss, without its penalty, is more than 2 % above that of the start.
    AboveStart { start: f64, now: f64, cause: Cause },
    /// At each record from `since` on every training example is right.
    AllRight { since: usize },
    /// Over the last 20 records, `over` ticks, the training loss changed by this share, below 0.2 %.
    HardlyMoves { share: f64, over: usize },
    /// So many of all hidden units, ReLUs, are 0 for every training example.
    Dead { dead: usize, units: usize },
    /// So many of all hidden units have a slope φ′ of less than a twentieth of the largest for more than
    /// nine in ten of the training examples.
    Saturated { saturated: usize, units: usize },
}

/// Why a training loss is above that of the start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cause {
    /// The loss and its penalty have risen since the start, or since a weight was set by hand: training
    /// itself leads up, and with an α small enough it would not.
    Alpha,
    /// It has not risen since a weight was set by hand at this tick.
    Hand {
        /// When.
        tick: usize,
    },
    /// The loss and its penalty together have not risen.
    Penalty,
    /// One record before, neither the loss nor it with its penalty had risen: one peak does not tell that α is
    /// too large.
    Jump {
        /// The loss then.
        before: f64,
        /// When that was.
        at: usize,
    },
}

/// Claims as plain text; a tick is an `epoch` or an `update`.
pub fn text(claims: &[NetClaim], tick: &str) -> String {
    claims.iter().map(|claim| words(claim, tick)).collect::<Vec<_>>().join(" ")
}

fn words(claim: &NetClaim, tick: &str) -> String {
    match claim {
        NetClaim::Diverged { when, updates, alpha, by_hand } => {
            let start = if *updates == 0 { "the start" } else { "the last good update" };
            let why = match (alpha, by_hand) {
                (Some(alpha), _) => format!(" α = {} is too large here.", three(*alpha)),
                (None, true) => " A weight was set by hand before.".to_owned(),
                (None, false) => String::new(),
            };
            format!(
                "Diverged in {tick} {}: its numbers became too large to compute. The weights are those \
                 of {start}, {}.{why}",
                count(*when),
                count(*updates)
            )
        }
        NetClaim::Identical { layer, zeros } => {
            let why =
                if *zeros { "they all started at 0, and" } else { "their weights are equal, and" };
            format!(
                "The units of layer {layer} are identical: {why} equal gradients keep them equal. \
                 Random weights break the symmetry."
            )
        }
        NetClaim::Overfits { lowest, at } => format!(
            "Overfits: the test loss was lowest, {}, at {tick} {}; since then it has risen, and the \
             training loss has fallen.",
            three(*lowest),
            count(*at)
        ),
        NetClaim::AboveStart { start, now, cause } => {
            let why = match cause {
                Cause::Alpha => "α is too large.".to_owned(),
                Cause::Hand { tick: at } => {
                    format!("a weight was set by hand at {tick} {}.", count(*at))
                }
                Cause::Penalty => "the penalty outweighs it, and has fallen by more.".to_owned(),
                Cause::Jump { before, at } => {
                    format!("at {tick} {} it was still {}.", count(*at), three(*before))
                }
            };
            let [now, start] = [beside(*now, *start), beside(*start, *now)];
            format!("The training loss, {now}, is above that of the start, {start}: {why}")
        }
        NetClaim::AllRight { since } => {
            format!("Every training example has been right since {tick} {}.", count(*since))
        }
        NetClaim::HardlyMoves { share, over } => format!(
            "Hardly moves: the risk changed by {} % in {} {tick}s.",
            digits(100.0 * share, 2),
            count(*over)
        ),
        NetClaim::Dead { dead, units } => format!(
            "{dead} of {units} ReLUs {} dead: 0 for every training example, so no gradient reaches \
             {} weights.",
            if *dead == 1 { "is" } else { "are" },
            if *dead == 1 { "its" } else { "their" }
        ),
        NetClaim::Saturated { saturated, units } => format!(
            "{saturated} of {units} units {} saturated: φ′ is nearly 0 for most training examples, and \
             little gradient passes.",
            if *saturated == 1 { "is" } else { "are" }
        ),
    }
}
