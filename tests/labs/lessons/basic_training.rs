//! The lecture, scene by scene: what a scene says is computed from the numbers behind its link.

use std::sync::LazyLock;

use ravine::labs::lesson::{Lesson, built_in};
use ravine::labs::network::scene::losses;
use ravine::math::symmetric::eigenvalues;
use ravine::network::chain;

use crate::scenes::{arrives, distance, down, lab, minibatches, nets, surface, trained};

static LESSON: LazyLock<&Lesson> = LazyLock::new(|| {
    let lesson = &built_in()[0];
    assert_eq!(lesson.key, "basic-training");
    lesson
});

crate::lessons::scenes! {
    &LESSON;
    one_update_makes_the_loss_of_the_example_smaller, "Forward and backward pass" => pass;
    l2_is_stuck_where_cross_entropy_is_not, "Loss functions" => losses;
    the_minimum_moves_to_the_line_of_least_squares, "Empirical risk" => risk;
    no_direction_falls_faster_than_minus_the_gradient,
        "The gradient is the direction of steepest ascent" => steepest;
    alpha_creeps_arrives_and_diverges, "The update and the learning rate" => learning_rate;
    down_the_wall_and_then_along_the_valley, "Walking down the hill" => hill;
    the_chain_rule_gives_the_derivatives, "Backpropagation" => backpropagation;
    one_step_along_the_mean_of_the_gradients, "Gradient descent on the net" => gd_on_the_net;
    an_epoch_is_n_over_m_updates, "Batch or minibatch" => minibatch;
    the_average_settles_and_sgd_does_not, "GD beside SGD" => minibatches::gd_sgd;
    an_epoch_uses_each_example_once, "The pseudo code of SGD" => pseudo_code;
    v_is_a_decaying_sum_of_gradients, "Momentum is a decaying average" => momentum;
    gd_zig_zags_and_momentum_gathers_speed, "The ravine" => surface::ravine;
}

fn pass(link: &str) {
    let lab = trained(link, 20);
    assert_eq!(lab.sets().train.len(), 1, "one example");
    let loss = nets::train(&lab, 0);
    assert!(loss[1] < 0.9 * loss[0], "{} {}", loss[0], loss[1]);
    assert!(loss.windows(2).all(|pair| pair[1] < pair[0]), "{loss:?}");
}

fn losses(link: &str) {
    nets::losses(link);
    // The point on the curve is the example's own: its loss and its δ.
    for tick in [0, 40] {
        let lab = trained(link, tick);
        let places = losses::places(&lab);
        assert_eq!(
            places.iter().map(|place| place.curve.is_entropy).collect::<Vec<_>>(),
            [false, true]
        );
        for place in places {
            let mut trainer = lab.training_runs()[place.run].trainer().clone();
            let (theta, workspace) = trainer.workspace();
            let numbers = workspace.numbers(theta, &lab.sets().train, 0);
            let output = &numbers.layers[numbers.layers.len() - 1];
            assert!((place.curve.value(place.x) - numbers.loss).abs() < 1e-12);
            assert!((place.curve.slope(place.x) - output.delta[0]).abs() < 1e-12);
        }
    }
    let [l2, entropy] = [0, 1].map(|run| losses::places(&trained(link, 0))[run]);
    assert!(l2.curve.slope(l2.x).abs() < 0.1 && entropy.curve.slope(entropy.x).abs() > 0.9);
}

fn risk(link: &str) {
    let all = lab(&link.replace("data.first=1", "data.first=20"));
    let points: Vec<[f64; 2]> =
        (0..20).map(|at| all.objective().risk().unwrap().example(at)).collect();
    // The least-squares line through points.
    let fit = |points: &[[f64; 2]]| {
        let n = points.len() as f64;
        let mean = |of: &dyn Fn([f64; 2]) -> f64| points.iter().map(|&it| of(it)).sum::<f64>() / n;
        let [x, y] = [mean(&|[x, _]| x), mean(&|[_, y]| y)];
        let slope = mean(&|[a, b]| (a - x) * (b - y)) / mean(&|[a, _]| (a - x) * (a - x));
        [slope, y - slope * x]
    };
    let mut missed = Vec::new();
    for k in 1..=20 {
        let lab = lab(&link.replace("data.first=1", &format!("data.first={k}")));
        let used = &points[..k];
        // The mean of the losses of the first k, anywhere.
        let risk = lab.objective().risk().unwrap();
        assert_eq!(lab.examples(), used);
        assert_eq!(lab.waiting_examples(), &points[k..]);
        for theta in [[0.0, 0.0], [1.5, -2.0], lab.experiment().start] {
            let losses = used.iter().map(|&it| risk.loss(theta, it).value).sum::<f64>() / k as f64;
            assert!((lab.objective().value(theta) - losses).abs() < 1e-12 * losses.abs().max(1.0));
        }
        let [low, high] = eigenvalues(lab.objective().constant_hessian().unwrap());
        if k == 1 {
            assert!(low.abs() < 1e-12 * high, "a valley: {low} {high}");
        } else {
            assert!(distance(lab.objective().minima()[0], fit(used)) < 1e-6, "{k}");
            missed.push(distance(lab.objective().minima()[0], fit(&points)));
        }
    }
    assert!(missed[0] > 0.1 && missed[18] < 1e-9, "it moves to the fit: {missed:?}");
}

fn steepest(link: &str) {
    const STEP: f64 = 1e-6;
    let lab = lab(link);
    let start = lab.experiment().start;
    let [gx, gy] = lab.objective().gradient(start).gradient;
    let size = gx.hypot(gy);
    let slope = |angle: f64| {
        let at = |by: f64| {
            lab.objective().value([start[0] + by * angle.cos(), start[1] + by * angle.sin()])
        };
        (at(STEP) - at(-STEP)) / (2.0 * STEP)
    };
    let downhill = (-gy).atan2(-gx);
    assert!((slope(downhill) + size).abs() < 1e-6 * size);
    for turn in 1..360 {
        assert!(slope(downhill + f64::from(turn).to_radians()) > -size * (1.0 - 1e-9), "{turn}");
    }
    // Along the isoline f stays as it is.
    assert!(slope(downhill + std::f64::consts::FRAC_PI_2).abs() < 1e-6 * size);
    // "It need not point at the minimum."
    let minimum = lab.objective().minima()[0];
    let towards = (minimum[1] - start[1]).atan2(minimum[0] - start[0]);
    assert!((downhill - towards).cos() < 0.999, "{downhill} {towards}");
}

fn learning_rate(link: &str) {
    let lab = lab(link);
    let [low, right, high] = [0, 1, 2].map(|run| lab.experiment().runs[run].values[0]);
    let limit = 2.0 / 20.0;
    assert!(low < right && right < limit && limit < high);
    let [creeps, arrives, leaves] = [0, 1, 2].map(|run| arrives(&lab.paths()[run], [0.0; 2], 0.1));
    assert!(arrives < 50.0 && creeps.is_infinite() && leaves.is_infinite(), "{creeps} {arrives}");
    let out = &lab.paths()[2].theta;
    for pair in out.windows(2) {
        assert!(pair[0][1] * pair[1][1] < 0.0 && pair[1][1].abs() > pair[0][1].abs(), "{pair:?}");
    }
}

fn hill(link: &str) {
    let lab = lab(link);
    let floors = [0, 1].map(|run| {
        let theta = &lab.paths()[run].theta;
        theta.iter().position(|[x, y]| (y - x * x).abs() < 0.05).unwrap()
    });
    assert!(floors.iter().all(|floor| *floor <= 60), "down at once: {floors:?}");
    let [gd, momentum] = [0, 1].map(|run| arrives(&lab.paths()[run], [1.0, 1.0], 0.05));
    assert!(momentum > 200.0, "hundreds of steps: {momentum}");
    assert!(momentum < 0.5 * gd, "far ahead: {momentum} {gd}");
    // The gradient on the floor is small.
    let path = &lab.paths()[0];
    assert!(path.grad_norm[floors[0] + 50] < 0.05 * path.grad_norm[0]);
}

fn backpropagation(link: &str) {
    const STEP: f64 = 1e-6;
    let mut lab = trained(link, 0);
    // Of each weight and of each example: its paths, backpropagation, finite differences.
    for example in [0, 7, 100] {
        let mut trainer = lab.training_runs()[0].trainer().clone();
        let (theta, workspace) = trainer.workspace();
        let numbers = workspace.numbers(theta, &lab.sets().train, example);
        let net = lab.experiment().architecture();
        for (index, derivative) in numbers.gradient.iter().enumerate() {
            let paths = chain::paths(&net, theta, &numbers, net.place(index).unwrap());
            assert_eq!(paths.len(), chain::count(&net, net.place(index).unwrap().layer));
            let sum: f64 = paths.iter().map(chain::Path::product).sum();
            assert!((sum - derivative).abs() < 1e-12, "weight {index}: {sum} {derivative}");
            let slope = lab.finite_difference(index, example as usize, 1e-5).unwrap();
            assert!((slope - derivative).abs() < 1e-8, "weight {index}: {slope} {derivative}");
        }
    }
    assert_eq!(chain::count(&lab.experiment().architecture(), 0), 2, "two paths are lit");
    assert_eq!(lab.lit_weights().len(), 1 + 2 + 2);
    let train = lab.sets().train.clone();
    let trainer = lab.training_run_mut(0).trainer_mut();
    let here = trainer.checkpoint();
    trainer.step(&train).unwrap();
    let grad = trainer.grad().to_vec();
    trainer.restore(&here);
    for (index, derivative) in grad.iter().enumerate() {
        let weight = trainer.theta()[index];
        let [up, down] = [STEP, -STEP].map(|by| {
            trainer.set_weight(index, weight + by);
            trainer.risk(&train).loss
        });
        trainer.set_weight(index, weight);
        let slope = (up - down) / (2.0 * STEP);
        assert!((slope - derivative).abs() < 1e-7, "weight {index}: {slope} {derivative}");
    }
}

fn gd_on_the_net(link: &str) {
    let mut lab = trained(link, 1000);
    let loss = nets::train(&lab, 0);
    assert!(loss.windows(2).all(|pair| pair[1] < pair[0]), "the training loss falls at each");
    assert_eq!(lab.training_runs()[0].updates(), 1000, "an update an epoch");
    // The gradient over all is the mean of those of each: of one update, and of as many as there are
    // examples.
    let train = lab.sets().train.clone();
    let trainer = lab.training_run_mut(0).trainer_mut();
    let here = trainer.checkpoint();
    let n = train.len() as u32;
    let mut mean = vec![0.0; trainer.theta().len()];
    for example in 0..n {
        trainer.step_with(&train, &[example]).unwrap();
        for (mean, part) in mean.iter_mut().zip(trainer.grad()) {
            *mean += part / f64::from(n);
        }
        trainer.restore(&here);
    }
    trainer.step(&train).unwrap();
    for (all, mean) in trainer.grad().iter().zip(&mean) {
        assert!((all - mean).abs() < 1e-12, "{all} {mean}");
    }
}

fn minibatch(link: &str) {
    let lab = lab(link);
    let sizes = [105, 10, 1];
    let gradients = [0, 1, 2].map(|run| {
        let batches = lab.experiment().batches(run).unwrap();
        assert_eq!(batches.m, sizes[run]);
        let updates = down(&minibatches::excess(&lab, run), 0.05);
        assert!(updates.is_finite());
        (0..updates as usize).map(|update| batches.batch(update).len()).sum::<usize>()
    });
    // "What is left over is one smaller batch."
    let batches = lab.experiment().batches(1).unwrap();
    assert_eq!(batches.per_epoch(), 11);
    let lengths: Vec<usize> = (0..11).map(|update| batches.batch(update).len()).collect();
    assert_eq!((&lengths[..10], lengths[10]), (&[10; 10][..], 5));
    assert!(gradients[0] > 210 && gradients[1] < 210 && gradients[2] < 210, "{gradients:?}");
}

fn pseudo_code(link: &str) {
    let lab = lab(link);
    let batches = lab.experiment().batches(0).unwrap();
    assert_eq!((batches.n, batches.m, batches.per_epoch()), (12, 4, 3));
    let epoch = |from: usize| -> Vec<u32> {
        (from..from + 3).flat_map(|update| batches.batch(update)).collect()
    };
    let [first, second] = [epoch(0), epoch(3)];
    assert_ne!(first, second, "shuffled anew");
    for mut used in [first, second] {
        used.sort_unstable();
        assert_eq!(used, (0..12).collect::<Vec<u32>>(), "each once");
    }
}

fn momentum(link: &str) {
    let lab = lab(link);
    let [alpha, beta] = [0, 1].map(|dial| lab.experiment().runs[0].values[dial]);
    let theta = &lab.paths()[0].theta;
    for (step, pair) in theta.windows(2).enumerate() {
        let mut v = [0.0; 2];
        for (past, &at) in theta[..=step].iter().enumerate() {
            let weight = beta.powi((step - past) as i32);
            let gradient = lab.objective().gradient(at).gradient;
            v = [v[0] + weight * gradient[0], v[1] + weight * gradient[1]];
        }
        for axis in 0..2 {
            let moved = (pair[0][axis] - pair[1][axis]) / alpha;
            assert!((moved - v[axis]).abs() < 1e-9 * v[axis].abs().max(1.0), "step {step}");
        }
    }
}
