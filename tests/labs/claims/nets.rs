//! Claims about nets, held to the table that `trace` prints of their link, to their weights, and to a
//! forward pass of plain loops.

use std::collections::BTreeMap;

use ravine::export::net_trace;
use ravine::labs::Lab as _;
use ravine::labs::network::{Cause, NetClaim, NetLab, link};

use crate::laws::dice::{Dice, cases};

const HIDDEN: [&str; 7] = ["none", "2", "3", "4,2", "2,2", "8", "3,3,2"];
const SHAPES: [&str; 7] = ["circle", "xor", "gauss", "spiral", "blobs3", "plane", "hills"];
const ACTIVATIONS: [&str; 6] = ["tanh", "relu", "leaky", "sigmoid", "elu", "linear"];
const RULES: [&str; 6] = ["gd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"];
/// Links to claims that chance seldom leads to.
const SELDOM: [&str; 3] = [
    "net=8,8&data.n=12&data.shape=spiral&data.noise=40&runs=adam&adam.alpha=0.1&steps=200&step=200",
    "net=4&data.n=12&data.noise=30&runs=gd&gd.l2=1&gd.alpha=0.01&init=he&hand=0,w1.1.1,9&steps=60&step=40",
    "net=4,2&runs=gd&gd.alpha=0.001&data.n=20&hand=30,w3.1.1,30&steps=60&step=60",
];

fn random_link(dice: &mut Dice) -> String {
    let rule = dice.of(&RULES);
    let steps = 1 + dice.below(50);
    let alpha = 10.0_f64.powf(dice.within(-4.0..1.0));
    let mut link = format!(
        "net={}&data.shape={}&data.n={}&data.noise={}&activation={}&init={}&runs={rule}\
         &{rule}.alpha={alpha}&steps={steps}&step={}",
        dice.of(&HIDDEN),
        dice.of(&SHAPES),
        4 + dice.below(30),
        dice.below(51),
        dice.of(&ACTIVATIONS),
        dice.of(&["xavier", "xavier", "he", "normal", "zeros"]),
        dice.below(steps + 1),
    );
    for (odds, text) in [
        (2, format!("{rule}.batch={}", 1 + dice.below(4))),
        (5, format!("{rule}.l1={}", dice.within(0.0..0.5))),
        (5, format!("{rule}.l2={}", dice.within(0.0..2.0))),
        (5, format!("data.train={}", 30 + dice.below(71))),
        (6, format!("hand={},w1.1.1,{}", dice.below(steps), dice.within(-20.0..20.0))),
        (6, "data.standardise=yes".to_owned()),
    ] {
        if dice.one_in(odds) {
            link.push_str(&format!("&{text}"));
        }
    }
    link
}

/// The training and the test loss and the training accuracy at each tick, as far as it goes.
fn table(text: &str) -> Vec<[f64; 3]> {
    let mut out = Vec::new();
    net_trace::trace(&link::read(text).0, &mut out).unwrap();
    let number = |cell: &str| if cell.is_empty() { f64::NAN } else { cell.parse().unwrap() };
    let rows = String::from_utf8(out).unwrap();
    let rows = rows.lines().skip(1).map(|row| row.split(',').map(str::to_owned).collect());
    rows.map(|cells: Vec<String>| [4, 5, 6].map(|at| number(&cells[at]))).collect()
}

/// The weights at a tick: of each layer, for each unit, those of its inputs and then its bias.
fn weights(text: &str, tick: usize) -> Vec<Vec<Vec<f64>>> {
    let mut experiment = link::read(text).0;
    experiment.timeline.seek(tick);
    let mut out = Vec::new();
    net_trace::weights(&experiment, &mut out).unwrap();
    let mut all: BTreeMap<[usize; 2], (Vec<f64>, f64)> = BTreeMap::new();
    for line in String::from_utf8(out).unwrap().lines().skip(1) {
        let [_, name, value] = line.split(',').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let at: Vec<usize> = name[1..].split('.').map(|part| part.parse().unwrap()).collect();
        let unit = all.entry([at[0], at[1]]).or_default();
        match at[..] {
            [_, _, _] => unit.0.push(value.parse().unwrap()),
            _ => unit.1 = value.parse().unwrap(),
        }
    }
    let mut layers = Vec::new();
    for ([layer, _], (mut inputs, bias)) in all {
        layers.resize(layer.max(layers.len()), Vec::new());
        inputs.push(bias);
        layers[layer - 1].push(inputs);
    }
    layers
}

/// λ₁ Σ |w| + λ₂/2 Σ w², biases left out.
fn penalty(lab: &NetLab, text: &str, tick: usize) -> f64 {
    let [l1, l2] = ["l1", "l2"].map(|key| {
        let part = lab.link().split('&').find_map(|part| {
            part.split_once(&format!(".{key}=")).map(|(_, value)| value.parse::<f64>().unwrap())
        });
        part.unwrap_or(0.0)
    });
    let layers = weights(text, tick);
    let all = layers.iter().flatten().flat_map(|unit| &unit[..unit.len() - 1]);
    all.map(|w| l1 * w.abs() + 0.5 * l2 * w * w).sum()
}

/// φ′(z) for each hidden unit (all layers, one after the other) and each training example.
fn slopes(lab: &NetLab, text: &str, tick: usize) -> Vec<Vec<f64>> {
    let layers = weights(text, tick);
    let activation = text.split("activation=").nth(1).and_then(|rest| rest.split('&').next());
    let parts = &lab.sets().parts;
    let mut slopes = vec![Vec::new(); layers[..layers.len() - 1].iter().map(Vec::len).sum()];
    for row in &parts.train {
        let scaled = row.x.iter().zip(&parts.scale).map(|(x, [off, by])| (x - off) / by);
        let mut a: Vec<f64> = scaled.collect();
        let mut first = 0;
        for layer in &layers[..layers.len() - 1] {
            let z = layer.iter().map(|unit| {
                let (bias, w) = unit.split_last().unwrap();
                w.iter().zip(&a).map(|(w, a)| w * a).sum::<f64>() + bias
            });
            let z: Vec<f64> = z.collect();
            a.clear();
            for (at, z) in z.into_iter().enumerate() {
                let (value, slope) = match activation.unwrap_or("tanh") {
                    "tanh" => (z.tanh(), 1.0 - z.tanh().powi(2)),
                    "sigmoid" => {
                        let s = 1.0 / (1.0 + (-z).exp());
                        (s, s * (1.0 - s))
                    }
                    "relu" => (z.max(0.0), f64::from(u8::from(z > 0.0))),
                    other => panic!("{other} neither dies nor saturates"),
                };
                a.push(value);
                slopes[first + at].push(slope);
            }
            first += layer.len();
        }
    }
    slopes
}

/// Whether a claim of what stands at tick `now` is true.
fn holds(claim: &NetClaim, lab: &NetLab, text: &str, now: usize) -> bool {
    let table = table(text);
    let [train, test, right] =
        [0, 1, 2].map(|at| table.iter().map(|row| row[at]).collect::<Vec<_>>());
    let edits = text.split('&').any(|part| part.starts_with("hand="));
    match *claim {
        // The table ends before the tick in which it happened.
        NetClaim::Diverged { when, alpha, by_hand, .. } => {
            when == table.len()
                && when <= now
                && (alpha.is_none() || !by_hand)
                && (edits || !by_hand)
        }
        NetClaim::Identical { layer, zeros } => {
            let units = &weights(text, now)[layer - 1];
            let from_zero = text.contains("init=zeros") && !edits;
            units.len() > 1 && units.iter().all(|unit| *unit == units[0]) && (!zeros || from_zero)
        }
        NetClaim::Overfits { lowest, at } => {
            test[..=now].iter().all(|loss| *loss >= lowest)
                && test[at] == lowest
                && now >= at + 10
                && test[now] > 1.25 * lowest
                && test[now] > 1.25 * train[now]
                && test[now] - lowest > 0.05 * test[0]
                && train[now] < train[at]
        }
        NetClaim::AboveStart { start, now: loss, cause } => {
            let whole = |tick| train[tick] + penalty(lab, text, tick);
            let hand = text
                .split("hand=")
                .nth(1)
                .map(|rest| rest.split(',').next().unwrap().parse::<usize>().unwrap());
            let hand = hand.filter(|tick| (1..=now).contains(tick));
            let from = hand.unwrap_or(0);
            start == train[0]
                && loss == train[now]
                && loss > 1.02 * start
                && match cause {
                    Cause::Hand { tick } => hand == Some(tick) && loss <= 1.02 * train[tick],
                    Cause::Penalty => whole(now) <= whole(from),
                    Cause::Jump { before, at } => {
                        at > from
                            && at < now
                            && before == train[at]
                            && before <= train[from]
                            && whole(at) <= whole(from)
                            && whole(now) > whole(from)
                    }
                    Cause::Alpha => train[now] > train[from] && whole(now) > whole(from),
                }
        }
        NetClaim::AllRight { since } => {
            right[since..=now].iter().all(|part| *part == 1.0)
                && (since == 0 || right[since - 1] < 1.0)
        }
        NetClaim::HardlyMoves { share, over } => {
            let change = train[now] / train[now - over] - 1.0;
            over == 20 && change.abs() < 0.002 && (change - share).abs() < 1e-9
        }
        NetClaim::Dead { dead, units } => {
            let slopes = slopes(lab, text, now);
            let is_dead = |of: &&Vec<f64>| of.iter().all(|slope| *slope == 0.0);
            slopes.len() == units && slopes.iter().filter(is_dead).count() == dead && dead > 0
        }
        NetClaim::Saturated { saturated, units } => {
            let slopes = slopes(lab, text, now);
            let steepest = if text.contains("activation=sigmoid") { 0.25 } else { 1.0 };
            let is_saturated = |of: &&Vec<f64>| {
                let flat = of.iter().filter(|slope| **slope < 0.05 * steepest).count();
                flat as f64 > 0.9 * of.len() as f64
            };
            let count = slopes.iter().filter(is_saturated).count();
            slopes.len() == units && count == saturated && count > 0
        }
    }
}

const KINDS: [&str; 8] = [
    "Diverged",
    "Identical",
    "Overfits",
    "AboveStart",
    "AllRight",
    "HardlyMoves",
    "Dead",
    "Saturated",
];

#[test]
fn what_is_said_of_nets_holds_over_random_links() {
    let mut dice = Dice::new(11);
    let mut said: BTreeMap<&str, usize> = BTreeMap::new();
    let random = (0..cases(2000)).map(|_| random_link(&mut dice));
    for text in random.chain(SELDOM.map(str::to_owned)) {
        let mut lab = NetLab::new(&text);
        // What of it could not be taken, such as a batch of more examples than there are, is gone.
        let text = lab.link();
        lab.settle();
        let now = lab.step();
        assert!(lab.training_runs()[0].records().1 == 1, "{text}: records are thinned");
        for claim in lab.claims(0) {
            assert!(holds(&claim, &lab, &text, now), "{text} at {now}: {claim:?}");
            let name = format!("{claim:?}");
            let kind = KINDS.into_iter().find(|kind| name.starts_with(kind));
            *said.entry(kind.expect("every kind is named here")).or_default() += 1;
        }
    }
    let missing: Vec<_> = KINDS.into_iter().filter(|kind| !said.contains_key(kind)).collect();
    assert!(missing.is_empty(), "nothing leads to {missing:?}: {said:?}");
}
