//! What is going on in a run, in a sentence: divergence, zeros, dead and saturated units,
//! overfitting.

use super::course::Course;
use super::experiment::NetExperiment;
use super::settings::NetDial;
use crate::analysis::number::{count, digits};
use crate::network::{Activation, Architecture, Examples, Initialization, Workspace};

/// So many examples are looked at.
const LOOKED_AT: usize = 256;
/// A unit is saturated where φ′ is below this share of the largest slope …
const FLAT: f64 = 0.05;
/// … for more than this part of the examples.
const MOST: f64 = 0.9;
/// A test loss so much above its lowest, and above the training's, is overfitting …
const ABOVE: f64 = 1.25;
/// … where that lowest was so many records ago: single batches make losses swing.
const SINCE: usize = 10;

/// Hidden units that do not learn, or hardly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Health {
    /// Units of the hidden layers.
    pub units: usize,
    /// ReLUs that are 0 for every example: φ′ is 0, and no gradient reaches their weights.
    pub dead: usize,
    /// Units whose slope φ′ is next to nothing for nearly all examples.
    pub saturated: usize,
    /// The layer, from 1, all of whose units (two or more) compute the same.
    pub alike: Option<usize>,
}

/// The health of a net on some examples.
pub fn health(workspace: &mut Workspace, theta: &[f64], examples: &Examples) -> Health {
    let net = workspace.architecture().clone();
    let phi = net.activation();
    let hidden = &net.layers()[..net.layers().len() - 1];
    let mut flat = vec![0_usize; net.units()];
    let mut zero = vec![0_usize; net.units()];
    let steepest = if phi == Activation::Sigmoid { 0.25 } else { 1.0 };
    let n = examples.len().min(LOOKED_AT);
    workspace.each_block_of(theta, examples, 0..n, |workspace, _| {
        for (l, layer) in hidden.iter().enumerate() {
            for unit in 0..layer.units {
                let (z, a) = (workspace.z(l, unit), workspace.a(l, unit));
                for (&z, &a) in z.iter().zip(a) {
                    let slope = phi.slope(z, a);
                    flat[layer.first + unit] += usize::from(slope < FLAT * steepest);
                    zero[layer.first + unit] += usize::from(slope == 0.0);
                }
            }
        }
    });
    let units: usize = hidden.iter().map(|layer| layer.units).sum();
    let often = |count: &&usize| **count as f64 > MOST * n as f64;
    let is_sigmoid = matches!(phi, Activation::Tanh | Activation::Sigmoid);
    Health {
        units,
        dead: match phi {
            Activation::Relu => zero[..units].iter().filter(|count| **count == n).count(),
            _ => 0,
        },
        saturated: if is_sigmoid { flat[..units].iter().filter(often).count() } else { 0 },
        alike: alike(&net, theta),
    }
}

/// The first hidden layer, from 1, all of whose units have the same weights and biases.
fn alike(net: &Architecture, theta: &[f64]) -> Option<usize> {
    let hidden = &net.layers()[..net.layers().len() - 1];
    let is_alike = |layer: &crate::network::Layer| {
        let (w, b) = (&theta[layer.weights()], &theta[layer.biases()]);
        let first = &w[..layer.inputs];
        layer.units > 1
            && w.chunks(layer.inputs).all(|row| row == first)
            && b.iter().all(|x| *x == b[0])
    };
    hidden.iter().position(is_alike).map(|layer| layer + 1)
}

/// What is going on in the run at `index`, where it stands.
pub fn sentence(
    experiment: &NetExperiment,
    course: &mut Course,
    index: usize,
    train: &Examples,
) -> String {
    let tick = if experiment.counts_epochs() { "epoch" } else { "update" };
    if let Some(when) = course.diverged() {
        let alpha = digits(experiment.runs[index].values[0], 3);
        let start = if course.updates() == 0 { "the start" } else { "the last good update" };
        return format!(
            "Diverged in {tick} {}: a weight or the loss was no longer finite. The weights are those \
             of {start}, {}; α = {alpha} is too large here.",
            count(when),
            count(course.updates())
        );
    }
    let (theta, workspace) = course.trainer_mut().workspace();
    let health = health(workspace, theta, train);
    let all = health.units;
    if let Some(layer) = health.alike {
        let zeros = Initialization::ALL[experiment.net(NetDial::Initialization) as usize]
            == Initialization::Zeros;
        let why = if zeros { "they all started at 0, and" } else { "their weights are equal, and" };
        return format!(
            "The units of layer {layer} are all one: {why} equal gradients keep them equal. \
             Random weights break the symmetry."
        );
    }
    let mut said = progress(experiment, course);
    if health.dead > 0 {
        said += &format!(
            " {} of {all} ReLUs {} dead: 0 for every example, so no gradient reaches their weights.",
            health.dead,
            if health.dead == 1 { "is" } else { "are" }
        );
    } else if health.saturated > 0 {
        said += &format!(
            " {} of {all} units {} saturated: φ′ is nearly 0 for most examples, and little gradient \
             passes.",
            health.saturated,
            if health.saturated == 1 { "is" } else { "are" }
        );
    }
    said.trim_start().to_owned()
}

/// How the losses go.
fn progress(experiment: &NetExperiment, course: &Course) -> String {
    let (records, stride) = course.records();
    let now = (course.tick() / stride).min(records.train.len().saturating_sub(1));
    let (Some(&first), Some(&train)) = (records.train.first(), records.train.get(now)) else {
        return String::new();
    };
    let test = records.test[now];
    if now == 0 {
        return String::new();
    }
    let mut at = 0;
    for (place, &loss) in records.test[..=now].iter().enumerate() {
        if loss < records.test[at] || !records.test[at].is_finite() {
            at = place;
        }
    }
    let lowest = records.test[at];
    let tick = if experiment.counts_epochs() { "epoch" } else { "update" };
    let is_long_ago = now - at >= SINCE;
    if is_long_ago && test > ABOVE * lowest && test > ABOVE * train && train < records.train[at] {
        return format!(
            "Overfits: the test loss was lowest, {}, at {tick} {}; since then only the training loss \
             falls.",
            digits(lowest, 3),
            count(at * stride)
        );
    }
    if train > 1.02 * first {
        return "The loss is above that of the start: α is too large to go down.".to_owned();
    }
    let right = records.accuracy[0][now];
    if right == 1.0 {
        let all_right = records.accuracy[0][..=now].iter().rposition(|right| *right < 1.0);
        let since = all_right.map_or(0, |at| (at + 1) * stride);
        return format!("Every training example is right since {tick} {}.", count(since));
    }
    let from = now - now.min(20);
    let before = records.train[from];
    if now >= 20 && (before - train).abs() < 0.002 * before {
        return format!(
            "Hardly moves: the risk changed by {} % in {} {tick}s.",
            digits(100.0 * (train - before) / before, 2),
            count((now - from) * stride)
        );
    }
    String::new()
}

/// The loss, and where there are classes the accuracy, for training and test.
pub fn readout(course: &Course) -> String {
    let (records, stride) = course.records();
    let now = (course.tick() / stride).min(records.train.len().saturating_sub(1));
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
