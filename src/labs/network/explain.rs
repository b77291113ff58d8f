//! What is going on in a run of a net: divergence, zeros, dead and saturated units, overfitting.
//!
//! [`claims`] says it as claims, each with its condition; [`text`] puts them into words.

mod claim;
mod health;

use super::experiment::NetExperiment;
use super::settings::NetDial;
use super::training_run::{Records, TrainingRun};
use crate::math::number::digits;
use crate::network::{Examples, Initialization};

pub use claim::{Cause, NetClaim, text};
pub use health::health;

/// A test loss so many times its lowest, and the training's, is overfitting …
const ABOVE: f64 = 1.25;
/// … where it has risen by this part of what it was at the start, at least …
const MATTERS: f64 = 0.05;
/// … and its lowest was so many records ago: single batches make losses swing.
const SINCE: usize = 10;
/// A training loss so many times that of the start is above it.
const RISEN: f64 = 1.02;

/// What is going on in the run at `index`, where it stands.
pub fn claims(
    experiment: &NetExperiment,
    training_run: &mut TrainingRun,
    index: usize,
    train: &Examples,
) -> Vec<NetClaim> {
    let updates = training_run.updates();
    if let Some(when) = training_run.diverged() {
        let by_hand = training_run.edits().iter().any(|edit| edit.tick < when);
        let alpha = experiment.runs[index].values[0];
        // Where the very first update fails, the loss at the start may be at fault.
        let alpha = (!by_hand && updates > 0).then_some(alpha);
        return vec![NetClaim::Diverged { when, updates, alpha, by_hand }];
    }
    let (theta, workspace) = training_run.trainer_mut().workspace();
    let health = health(workspace, theta, train);
    if let Some(layer) = health.identical {
        let zeros = Initialization::ALL[experiment.net(NetDial::Initialization) as usize]
            == Initialization::Zeros
            && training_run.edits().is_empty();
        return vec![NetClaim::Identical { layer, zeros }];
    }
    let units = health.units;
    let of_units = if health.dead > 0 {
        Some(NetClaim::Dead { dead: health.dead, units })
    } else {
        (health.saturated > 0).then_some(NetClaim::Saturated { saturated: health.saturated, units })
    };
    let place = training_run.tick() / training_run.records().1;
    let of_losses =
        of_losses(training_run, place).or_else(|| risen(experiment, training_run, index, place));
    let of_losses = of_losses.or_else(|| still(training_run, place));
    of_losses.into_iter().chain(of_units).collect()
}

/// The records, and which of them stands for what is shown; `None` before the second.
fn now(training_run: &TrainingRun, place: usize) -> Option<(&Records, usize)> {
    let (records, _) = training_run.records();
    let now = place.min(records.train.len().checked_sub(1)?);
    (now > 0).then_some((records, now))
}

/// Overfitting, or all training examples right.
fn of_losses(training_run: &TrainingRun, place: usize) -> Option<NetClaim> {
    let (records, now) = now(training_run, place)?;
    let stride = training_run.records().1;
    let test = &records.test[..=now];
    let at = (0..test.len()).min_by(|&a, &b| test[a].total_cmp(&test[b]))?;
    let (lowest, train) = (test[at], &records.train);
    let has_risen = test[now] > ABOVE * lowest && test[now] - lowest > MATTERS * test[0];
    let is_long_ago = now - at >= SINCE;
    if is_long_ago && has_risen && test[now] > ABOVE * train[now] && train[now] < train[at] {
        return Some(NetClaim::Overfits { lowest, at: at * stride });
    }
    if train[now] > RISEN * train[0] || records.accuracy[0][now] < 1.0 {
        return None;
    }
    let right = &records.accuracy[0][..=now];
    let since = right.iter().rposition(|right| *right < 1.0).map_or(0, |at| (at + 1) * stride);
    (records.accuracy[0][now] == 1.0).then_some(NetClaim::AllRight { since })
}

/// The training loss is above that of the start, and why.
fn risen(
    experiment: &NetExperiment,
    training_run: &TrainingRun,
    index: usize,
    place: usize,
) -> Option<NetClaim> {
    let (records, now) = now(training_run, place)?;
    let stride = training_run.records().1;
    let Records { train, theta, .. } = records;
    // Neither where it is not finite: of such a loss nothing can be said.
    if train[now] <= RISEN * train[0] || !train[now].is_finite() {
        return None;
    }
    // The last weight that was set by hand on the way, and the first record after it.
    let edits = training_run.edits().iter().filter(|edit| (1..=now * stride).contains(&edit.tick));
    let edit = edits.map(|edit| edit.tick).next_back();
    let from = edit.map_or(0, |tick| tick.div_ceil(stride));
    let regularisation = experiment.regularisation(index);
    let net = experiment.shape(experiment.output_of(index));
    let whole = |at: usize| train[at] + regularisation.penalty(&net, &theta[at]);
    let cause = if train[now] <= RISEN * train[from] {
        Cause::Hand { tick: edit? }
    } else if whole(now) <= whole(from) {
        Cause::Penalty
    } else if now - 1 > from && train[now - 1] <= train[from] && whole(now - 1) <= whole(from) {
        Cause::Jump { before: train[now - 1], at: (now - 1) * stride }
    } else {
        Cause::Alpha
    };
    Some(NetClaim::AboveStart { start: train[0], now: train[now], cause })
}

/// The training loss has not moved.
fn still(training_run: &TrainingRun, place: usize) -> Option<NetClaim> {
    let (records, now) = now(training_run, place)?;
    let from = now.checked_sub(20)?;
    let [before, train] = [from, now].map(|at| records.train[at]);
    let share = (train - before) / before;
    let over = (now - from) * training_run.records().1;
    (share.abs() < 0.002).then_some(NetClaim::HardlyMoves { share, over })
}

/// The loss, and where there are classes the accuracy, for training and test.
pub fn readout(training_run: &TrainingRun) -> String {
    let (records, stride) = training_run.records();
    let now = (training_run.tick() / stride).min(records.train.len().saturating_sub(1));
    let Some(&train) = records.train.get(now) else {
        return "The loss is not finite at the start.".to_owned();
    };
    let loss = |loss: f64| digits(loss, 3);
    let percent = |part: f64| format!("{} %", (100.0 * part).round() as u32);
    let [right, right_test] = [0, 1].map(|at| records.accuracy[at][now]);
    let has_test = records.test[now].is_finite();
    match (right.is_nan(), has_test) {
        (true, false) => format!("R = {}", loss(train)),
        (true, true) => format!("R = {}, test {}", loss(train), loss(records.test[now])),
        (false, false) => format!("R = {}, {} right", loss(train), percent(right)),
        (false, true) => format!(
            "R = {}, {} right; test {}, {}",
            loss(train),
            percent(right),
            loss(records.test[now]),
            percent(right_test)
        ),
    }
}
