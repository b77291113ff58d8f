//! The scenes of the Network lab.

use ravine::labs::Lab as _;
use ravine::labs::network::{NetLab, PRESETS};
use ravine::labs::{Action, Change, Hand as _, Picture};
use ravine::network::Output;

use crate::scenes::{SEEDS, down, median, seeded_nets, trained};

crate::scenes::claims! {
    PRESETS;
    momentum_is_down_before_sgd_and_sgd_before_gd, "ways" => ways;
    a_line_parts_no_xor_and_a_layer_does, "xor" => xor;
    small_batches_are_ahead_by_epochs_and_gd_is_smoothest, "batches" => batches;
    one_alpha_creeps_one_learns_one_jumps, "alphas" => alphas;
    the_spiral_takes_hundreds_of_epochs, "spiral" => spiral;
    confident_and_wrong_is_stuck_under_l2, "losses" => losses;
    zeros_stay_twins, "zeros" => zeros;
    each_output_speaks_for_a_class, "classes" => classes;
    the_test_loss_turns_up_but_for_l2, "overfitting" => overfitting;
    the_border_of_trainability_is_the_longer_the_finer_it_is_seen, "trainability" => trainability;
}

/// The training loss of a run at each tick.
pub(crate) fn train(lab: &NetLab, run: usize) -> &[f64] {
    let (records, stride) = lab.training_runs()[run].records();
    assert_eq!(stride, 1);
    &records.train
}

fn accuracy(lab: &NetLab, run: usize) -> f64 {
    *lab.training_runs()[run].records().0.accuracy[0].last().unwrap()
}

fn last(numbers: &[f64]) -> f64 {
    *numbers.last().unwrap()
}

fn ways(link: &str) {
    let mut epochs = [const { Vec::new() }; 3];
    let mut gd = Vec::new();
    for lab in seeded_nets(link, SEEDS, 130) {
        let runs = &lab.experiment().runs;
        assert!(runs.iter().all(|run| run.values[0] == runs[0].values[0]), "one α");
        assert_eq!([0, 1, 2].map(|run| lab.training_runs()[run].updates()), [130, 3250, 3250]);
        for (run, epochs) in epochs.iter_mut().enumerate() {
            epochs.push(down(train(&lab, run), 0.1));
        }
        gd.push(last(train(&lab, 0)));
    }
    let [_, sgd, momentum] = epochs.map(median);
    assert!(momentum < 0.25 * sgd && sgd.is_finite(), "{momentum} {sgd}");
    assert!(median(gd) > 0.5);
}

fn xor(link: &str) {
    let flat = trained(link, 300);
    let mut bent = Vec::new();
    for run in 0..2 {
        // A line has three of XOR's four corners on their sides, at most, but for what noise adds.
        assert!(train(&flat, run).iter().all(|loss| *loss > 0.5));
        assert!(accuracy(&flat, run) < 0.8);
    }
    for seed in 1..=10 {
        let mut lab = NetLab::new(&format!("{link}&seed={seed}"));
        lab.act(&Action::Layers { change: Change::More }).unwrap();
        assert_eq!(lab.experiment().hidden().len(), 1);
        lab.timeline_mut().seek(100);
        lab.settle();
        bent.push(accuracy(&lab, 1));
    }
    assert!(median(bent) > 0.95);
}

fn batches(link: &str) {
    let mut at_ten = [const { Vec::new() }; 3];
    for lab in seeded_nets(link, 1..=5, 10) {
        for (run, losses) in at_ten.iter_mut().enumerate() {
            losses.push(train(&lab, run)[10]);
        }
    }
    let [n, ten, one] = at_ten.map(median);
    assert!(ten < 0.5 * n && one < 0.5 * n, "{n} {ten} {one}");
    // By updates: how often an update raises the loss over all examples.
    let mut rises = [const { Vec::new() }; 3];
    for lab in seeded_nets(&format!("{link}&clock=updates"), 1..=5, 200) {
        for (run, rises) in rises.iter_mut().enumerate() {
            let loss = train(&lab, run);
            rises.push(loss.windows(2).filter(|pair| pair[1] > pair[0]).count() as f64);
        }
    }
    let [n, ten, one] = rises.map(median);
    assert!(n <= 2.0 && ten > 20.0 && one > ten, "{n} {ten} {one}");
}

fn alphas(link: &str) {
    let mut parts = [const { Vec::new() }; 3];
    let mut jumps = [const { Vec::new() }; 3];
    for lab in seeded_nets(link, 1..=10, 100) {
        for run in 0..3 {
            let loss = train(&lab, run);
            parts[run].push(last(loss) / loss[0]);
            let jump = |pair: &&[f64]| pair[1] > 1.1 * pair[0];
            jumps[run].push(loss.windows(2).filter(jump).count() as f64);
        }
    }
    let [small, right, large] = parts.map(median);
    assert!(small < 1.0 && small > 0.7, "creeps: {small}");
    assert!(right < 0.05, "learns: {right}");
    assert!(large > 0.5, "does not come down: {large}");
    let [small, right, large] = jumps.map(median);
    assert!(small == 0.0 && large > 15.0 && large > 3.0 * right, "{small} {right} {large}");
}

fn spiral(link: &str) {
    let mut ends = [const { Vec::new() }; 3];
    let mut early = Vec::new();
    // Long trainings: a few seeds.
    for lab in seeded_nets(link, 1..=3, 300) {
        for (run, ends) in ends.iter_mut().enumerate() {
            let loss = train(&lab, run);
            // Batches make losses swing: their median over the last epochs.
            ends.push(median(loss[280..].iter().copied()));
        }
        early.push(down(train(&lab, 2), 0.1));
    }
    let [sgd, momentum, adam] = ends.map(median);
    assert!(adam < sgd && adam < momentum, "{sgd} {momentum} {adam}");
    assert!(median(early) > 150.0);
}

pub(crate) fn losses(link: &str) {
    let start = trained(link, 0);
    let end = trained(link, 300);
    assert_eq!([accuracy(&start, 0), accuracy(&start, 1)], [0.0; 2], "wrong");
    // f (1 − f) of each example: the factor that δ has under L2.
    let train_set = start.sets().train.clone();
    let mut lab = trained(link, 0);
    let (theta, workspace) = lab.training_run_mut(1).trainer_mut().workspace();
    let mut most: f64 = 0.0;
    workspace.each_block_of(theta, &train_set, 0..train_set.len(), |workspace, _| {
        for f in workspace.a(0, 0) {
            most = most.max(f * (1.0 - f));
        }
    });
    assert!(most < 0.2);
    let moved = |run: usize| last(train(&end, run)) / last(train(&start, run));
    assert!((moved(0) - 1.0).abs() < 0.01, "stuck: {}", moved(0));
    assert!(moved(1) < 0.01 && accuracy(&end, 1) > 0.99, "{}", moved(1));
}

fn zeros(link: &str) {
    for tick in [0, 1, 10, 100, 300] {
        let lab = trained(link, tick);
        let net = lab.experiment().architecture();
        assert_eq!(lab.experiment().hidden(), [4]);
        for training_run in lab.training_runs() {
            let theta = training_run.trainer().theta();
            let layers = net.layers();
            let (w, b) = (&theta[layers[0].weights()], &theta[layers[0].biases()]);
            let inputs = layers[0].inputs;
            assert!(w.chunks(inputs).all(|row| row == &w[..inputs]));
            assert!(b.iter().all(|bias| *bias == b[0]));
            let out = &theta[layers[1].weights()];
            assert!(out.iter().all(|weight| *weight == out[0]));
        }
    }
}

fn classes(link: &str) {
    let mut right = Vec::new();
    for lab in seeded_nets(link, 1..=3, 300) {
        assert_eq!(lab.experiment().output(), Output::Softmax(3));
        right.push(accuracy(&lab, 0).max(accuracy(&lab, 1)));
    }
    assert!(median(right) > 0.8, "a unit speaks for its class");
}

fn overfitting(link: &str) {
    let mut rise = [const { Vec::new() }; 2];
    let mut sizes = [const { Vec::new() }; 2];
    let mut falls = Vec::new();
    let check = |lab: &NetLab, run: usize| {
        let (records, _) = lab.training_runs()[run].records();
        let lowest =
            (0..records.test.len()).min_by(|&a, &b| records.test[a].total_cmp(&records.test[b]));
        let at = lowest.unwrap();
        (last(&records.test) / records.test[at], last(&records.train) / records.train[at])
    };
    for lab in seeded_nets(link, 1..=10, 300) {
        for run in 0..2 {
            let (test, train) = check(&lab, run);
            rise[run].push(test);
            if run == 0 {
                falls.push(train);
            }
            let theta = lab.training_runs()[run].trainer().theta();
            sizes[run].push(theta.iter().map(|w| w * w).sum::<f64>().sqrt());
        }
    }
    let [plain, penalised] = rise.map(median);
    assert!(plain > 1.5 && penalised < 1.25, "{plain} {penalised}");
    assert!(median(falls) < 0.5);
    let [plain, penalised] = sizes.map(median);
    assert!(penalised < 0.7 * plain);
    // What the cards say of it.
    let mut lab = trained(link, 300);
    assert!(lab.sentence(0).starts_with("Overfits"), "{}", lab.sentence(0));
    assert!(!lab.sentence(1).contains("Overfits"), "{}", lab.sentence(1));
}

fn trainability(link: &str) {
    let lab = trained(link, 40);
    let [low, high] = [0, 1].map(|run| {
        let loss = train(&lab, run);
        last(loss) / loss[0]
    });
    assert!(low < 0.5 && high > 1e3, "{low} {high}");
    // How many cells of a map lie at the border, and how many there are of both.
    let border = |window: &str, side: f64| {
        let mut lab = NetLab::new(&format!("{link}&window={window}"));
        lab.set_size(Picture::Chart, [side; 2]);
        lab.settle_trials();
        let map = lab.trial_map().unwrap().clone();
        let learns: Vec<bool> = map.values.iter().map(|end| end.loss < end.start).collect();
        let is_other = |cell: usize, other: usize| learns[cell] != learns[other];
        let at = (0..learns.len())
            .filter(|&cell| {
                let (column, row) = (cell % map.columns, cell / map.columns);
                column + 1 < map.columns && is_other(cell, cell + 1)
                    || row + 1 < map.rows && is_other(cell, cell + map.columns)
            })
            .count();
        (map.columns as f64, at as f64, learns.iter().filter(|learns| **learns).count())
    };
    // A smooth line has twice as many where cells are half as wide: its dimension is 1.
    for window in ["-0.4,0.4,-1,1", "-0.05,0.15,-0.1,0.4", "-0.1,0.1,0.4,0.9"] {
        let [coarse, fine] = [100.0, 400.0].map(|side| border(window, side));
        let dimension = (fine.1 / coarse.1).ln() / (fine.0 / coarse.0).ln();
        assert!(dimension > 1.2, "{window}: {dimension}, {coarse:?} {fine:?}");
    }
}
