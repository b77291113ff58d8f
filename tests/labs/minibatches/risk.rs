//! The risk: its gradients, its batches, its minima.

use ravine::data::Batches;
use ravine::labs::planar::experiment::Experiment;
use ravine::objective::problems::{PROBLEMS, read_loss};
use ravine::objective::{Epochs, Objective};

use super::{is_near, objectives};

/// Data of every kind: few and many, without noise, far off, wide, with outliers, standardised.
const DATA: &[&str] = &[
    "",
    "&data.n=4",
    "&data.n=31&data.seed=9",
    "&data.noise=0",
    "&data.noise=3&data.outliers=30",
    "&data.center=3&data.spread=2",
    "&data.center=70&data.spread=20&data.standardise=yes",
    "&data.n=600&data.seed=77",
];

/// A few θ about the start of a run, and far from it.
const THETAS: [[f64; 2]; 5] =
    [[0.37, -0.81], [-1.21, 1.93], [2.6, 0.44], [0.0, 0.0], [-7.5, 11.25]];

/// The largest component of a gradient.
fn size([x, y]: [f64; 2]) -> f64 {
    x.abs().max(y.abs())
}

#[test]
fn the_batches_of_an_epoch_weighted_by_their_sizes_make_the_whole_gradient() {
    for more in ["", "&data.n=4", "&data.n=31", "&data.n=57&data.outliers=20"] {
        for (link, objective) in objectives(more) {
            let risk = objective.risk().unwrap();
            let n = risk.len();
            for m in [1, 2, 3, 7, n / 2, n - 1, n] {
                let batches = Batches::new(n, m, 5);
                let mut in_order = Epochs::new(batches);
                for theta in THETAS {
                    // Terms of both signs may all but cancel: relative to their sizes.
                    let (mut mean, mut sizes) = ([0.0; 3], [0.0; 3]);
                    for update in 2 * batches.per_epoch()..3 * batches.per_epoch() {
                        let indices = batches.batch(update);
                        let jet = risk.gradient_over(theta, &indices);
                        assert_eq!(
                            in_order.mean_gradient(risk, theta, update),
                            jet,
                            "{link} m = {m}"
                        );
                        let [gx, gy] = jet.gradient;
                        for (at, part) in [jet.value, gx, gy].into_iter().enumerate() {
                            let share = indices.len() as f64 / n as f64;
                            mean[at] += share * part;
                            sizes[at] += share * part.abs();
                        }
                    }
                    let whole = objective.gradient(theta);
                    let whole = [whole.value, whole.gradient[0], whole.gradient[1]];
                    for at in 0..3 {
                        let near = is_near(mean[at], whole[at], 1e-12 * sizes[at]);
                        assert!(near, "{link} m = {m} at {theta:?}: {} {}", mean[at], whole[at]);
                    }
                }
            }
        }
    }
}

#[test]
fn a_batch_of_all_has_the_bits_of_the_risk() {
    for (link, objective) in objectives("") {
        let risk = objective.risk().unwrap();
        let all: Vec<u32> = (0..risk.len() as u32).collect();
        for theta in THETAS {
            assert_eq!(risk.gradient_over(theta, &all), objective.gradient(theta), "{link}");
            assert_eq!(risk.over(&all).hessian(theta), objective.hessian(theta), "{link}");
        }
    }
}

#[test]
fn the_risk_is_the_mean_of_the_losses() {
    for (link, objective) in objectives("&data.n=50") {
        let risk = objective.risk().unwrap();
        for theta in THETAS {
            let losses: Vec<_> = (0..50).map(|i| risk.loss(theta, risk.example(i))).collect();
            let mean = losses.iter().map(|loss| loss.value).sum::<f64>() / 50.0;
            let jet = objective.gradient(theta);
            assert!(is_near(jet.value, mean, 1e-14 * mean), "{link}");
            assert_eq!(jet.value, objective.value(theta), "{link}");
            let mut on_grid = [0.0];
            objective.grid(&theta[..1], &theta[1..], &mut on_grid);
            assert_eq!(on_grid, [jet.value], "{link}");
            for axis in 0..2 {
                let parts = || losses.iter().map(|loss| loss.gradient[axis]);
                let scale = parts().map(f64::abs).sum::<f64>();
                assert!(is_near(jet.gradient[axis], parts().sum::<f64>() / 50.0, 1e-14 * scale));
            }
        }
    }
}

/// ∂/∂θ of some numbers, by central differences.
fn slopes<const N: usize>(theta: [f64; 2], f: impl Fn([f64; 2]) -> [f64; N]) -> [[f64; N]; 2] {
    let h = 1e-5;
    [[h, 0.0], [0.0, h]].map(|[dx, dy]| {
        let [ahead, behind] =
            [1.0, -1.0].map(|sign| f([theta[0] + sign * dx, theta[1] + sign * dy]));
        std::array::from_fn(|at| (ahead[at] - behind[at]) / (2.0 * h))
    })
}

/// The gradient is the slope of the value, and the Hessian that of the gradient.
fn assert_slopes(name: &str, objective: &Objective) {
    for theta in THETAS {
        let jet = objective.hessian(theta);
        assert_eq!(objective.gradient(theta).gradient, jet.gradient, "{name}");
        let slope = slopes(theta, |theta| [objective.value(theta)]);
        let scale = 1.0 + jet.value.abs() + size(jet.gradient);
        for (exact, [slope]) in jet.gradient.into_iter().zip(slope) {
            assert!(is_near(exact, slope, 1e-6 * scale), "{name} at {theta:?}: {exact} {slope}");
        }
        let [xx, xy, yy] = jet.hessian;
        let curvature = slopes(theta, |theta| objective.gradient(theta).gradient);
        let scale = 1.0 + size(jet.gradient) + xx.abs().max(yy.abs());
        for (exact, slope) in
            [[xx, xy], [xy, yy]].as_flattened().iter().zip(curvature.as_flattened())
        {
            assert!(is_near(*exact, *slope, 1e-6 * scale), "{name} at {theta:?}: {exact} {slope}");
        }
    }
}

#[test]
fn every_gradient_is_the_slope_of_its_risk_and_every_hessian_that_of_its_gradient() {
    for more in DATA {
        for (link, objective) in objectives(more) {
            assert_slopes(&link, &objective);
        }
    }
    for text in ["(y - a*sin(b*x) - c)^2", "cosh(w*x + b - y)", "ln(1 + (theta1*x - y)^2)"] {
        let typed = Experiment::on_loss(&PROBLEMS[1], read_loss(text).unwrap());
        assert_slopes(text, &typed.objective());
    }
}

#[test]
fn the_minima_are_flat_and_nothing_near_them_is_lower() {
    let mut without = Vec::new();
    for more in DATA {
        for (link, objective) in objectives(more) {
            for &minimum in objective.minima() {
                let jet = objective.gradient(minimum);
                let flat = size(jet.gradient) <= 1e-8 * (1.0 + jet.value.abs());
                assert!(flat, "{link} at {minimum:?}: {:?}", jet.gradient);
                for direction in 0..16 {
                    let angle = f64::from(direction) * std::f64::consts::TAU / 16.0;
                    let near = [minimum[0] + 1e-3 * angle.cos(), minimum[1] + 1e-3 * angle.sin()];
                    let low = jet.value * (1.0 - 1e-12) - 1e-15;
                    assert!(objective.value(near) >= low, "{link} is lower at {near:?}");
                }
            }
            if objective.minima().is_empty() {
                without.push(link.clone());
                assert!(falls_for_ever(&objective), "{link} has a minimum that is not found");
            }
        }
    }
    // Classes that one x parts have theirs at an infinite w.
    println!("without a minimum: {without:#?}");
    assert!(without.iter().all(|link| !link.contains("=linear") && !link.contains("=huber")));
}

/// Whether the risk is as low far away as anywhere near.
fn falls_for_ever(objective: &Objective) -> bool {
    let at_angle = |part: i32| {
        let angle = f64::from(part) * std::f64::consts::TAU / 7200.0;
        objective.value([1e6 * angle.cos(), 1e6 * angle.sin()])
    };
    let far = (0..7200).map(at_angle).fold(f64::INFINITY, f64::min);
    let along = |part: i32| 0.25 * f64::from(part);
    let nodes = (-120..=120).flat_map(|row| (-120..=120).map(move |column| [column, row]));
    let near = nodes.map(|node| objective.value(node.map(along))).fold(f64::INFINITY, f64::min);
    far <= near * (1.0 + 1e-9)
}

#[test]
fn no_point_of_the_window_is_lower_than_the_lowest_minimum() {
    for (link, objective) in objectives("") {
        let lowest = objective.lowest().expect(&link);
        let window = super::experiment(&link).window;
        for (row, column) in (0..=60).flat_map(|row| (0..=60).map(move |column| (row, column))) {
            let along =
                |[low, high]: [f64; 2], part: i32| low + (high - low) * f64::from(part) / 60.0;
            let at = [along(window.x, column), along(window.y, row)];
            assert!(objective.value(at) >= lowest - 1e-12 * (1.0 + lowest), "{link} at {at:?}");
        }
        let start = super::experiment(&link).start;
        assert!(window.contains(start), "{link}");
        assert!(objective.minima().iter().any(|&minimum| window.contains(minimum)), "{link}");
    }
}

#[test]
fn the_mean_problem_is_the_lectures() {
    let [(_, objective), ..] = &objectives("")[..] else { panic!("a gallery") };
    let [[x, y]] = objective.minima() else { panic!("{:?}", objective.minima()) };
    assert!(is_near(*x, -6.0, 1e-12) && is_near(*y, 8.0, 1e-12), "({x}, {y})");
    assert_eq!(
        objective.constant_hessian().map(|h| h.map(|part| (part * 1e12).round() / 1e12)),
        Some([2.5, 0.0, 2.0])
    );
}
